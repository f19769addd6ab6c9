/* What the command line sets: --set report.key=value, --as-of, --profile. */
#include "model/keys_int.h"

#include <string.h>

static const char PREFIX[] = "report.";
#define STATUS_DATE "report.status-date"

static const struct key *find_key(const struct keys *k, struct slice name)
{
    for (size_t i = 0; i < k->n; i++) {
        if (slice_is(name, k->list[i].name))
            return &k->list[i];
    }
    return NULL;
}

/* The full names of all that can be set; ends with NULL. */
static const char **all_names(struct arena *a, const struct keys *facts)
{
    size_t cap = 0, n = 0;
    const char **names = arena_grow(a, NULL, &cap, 1, sizeof *names);
    for (size_t i = 0; i < facts->n; i++) {
        const struct key *key = &facts->list[i];
        const struct keys *inner =
            key->type->kind == TYPE_MAP ? key->type->map : NULL;
        size_t count = inner ? inner->n : 1;
        names = arena_grow(a, names, &cap, n + count + 1, sizeof *names);

        for (size_t j = 0; j < count; j++)
            names[n++] = inner ? arena_printf(a, "%s%s.%s", PREFIX, key->name,
                                     inner->list[j].name)
                               : arena_printf(a, "%s%s", PREFIX, key->name);
    }
    names[n] = NULL;
    return names;
}

static bool is_name(const char *const *names, struct slice name)
{
    while (*names && !slice_is(name, *names))
        names++;
    return *names != NULL;
}

/* A line of YAML that says what the command line said, whatever the value. */
static struct slice yaml_line(
    struct arena *a, struct slice name, struct slice value)
{
    struct buf b = buf_new(a);
    buf_put(&b, name.s, name.n);
    buf_puts(&b, ": \"");
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.s[i];
        if (c == '"' || c == '\\')
            buf_putc(&b, '\\');
        if (c < 0x20 || c == 0x7f)
            buf_printf(&b, "\\x%02x", c);
        else
            buf_putc(&b, (char)c);
    }
    buf_puts(&b, "\"\n");
    return (struct slice){b.s, b.n};
}

/* The scalar that the command line gives, or NULL if that was reported. */
static struct node *read_value(
    struct reader *r, struct slice name, struct slice value)
{
    struct slice line = yaml_line(r->l->a, name, value);
    uint32_t number = files_add_text(r->l->files, "<command line>", line);
    struct node *map = load_text(r->l, number);
    return map && map->kind == NODE_MAP && map->count == 1 ? map->items[0]
                                                           : NULL;
}

/* Put a value into a mapping, in place of the one it has for that key. */
static void put_value(
    struct arena *a, struct node *map, struct slice name, struct node *value)
{
    uint32_t i = 0;
    while (i < map->count && !slice_eq(map->keys[i]->s, name))
        i++;
    if (i == map->count) {
        struct node **items = ARENA_ARRAY(a, i + 1, struct node *);
        struct node **keys = ARENA_ARRAY(a, i + 1, struct node *);
        if (i) {
            memcpy(items, map->items, i * sizeof(struct node *));
            memcpy(keys, map->keys, i * sizeof(struct node *));
        }
        keys[i] = ARENA_NEW(a, struct node);
        *keys[i] = (struct node){.kind = NODE_SCALAR,
            .s = name,
            .pos = value->pos,
            .parent = map,
            .index = i};
        map->items = items;
        map->keys = keys;
        map->count++;
    }
    map->items[i] = value;
    value->parent = map;
    value->index = i;
}

/* The mapping of that key, made if there is none; NULL if it is no mapping. */
static struct node *open_map(struct arena *a, struct node *map,
    struct slice name, const struct node *value)
{
    const char *key = arena_strndup(a, name.s, name.n);
    struct node *inner = load_find(map, key);
    if (!inner) {
        inner = ARENA_NEW(a, struct node);
        *inner = (struct node){
            .kind = NODE_MAP, .style = NODE_BLOCK, .pos = value->pos};
        put_value(a, map, name, inner);
    }
    return inner->kind == NODE_MAP ? inner : NULL;
}

static struct slice skip(struct slice s, size_t n)
{
    return (struct slice){s.s + n, s.n - n};
}

/* Set "report.title" or "report.period.from". */
static void set_value(
    struct reader *r, struct node *root, struct slice name, struct slice value)
{
    struct node *scalar = read_value(r, name, value);
    struct slice rest = skip(name, sizeof PREFIX - 1);
    struct slice first = {name.s, sizeof PREFIX - 2};
    struct node *map = root;
    while (scalar && map) {
        map = open_map(r->l->a, map, first, scalar);
        const char *dot = memchr(rest.s, '.', rest.n);
        if (!dot)
            break;
        first = (struct slice){rest.s, (size_t)(dot - rest.s)};
        rest = skip(rest, first.n + 1);
    }
    if (scalar && map)
        put_value(r->l->a, map, rest, scalar);
}

static void report_set(
    struct reader *r, struct slice arg, struct slice name, const char **names)
{
    if (r->facts->open && name.n < arg.n)
        return;
    uint32_t number = files_add_text(r->l->files, "<command line>", arg);
    struct diags *d = r->l->d;
    const char *near = str_nearest(name, names);
    const struct key *map = NULL;
    if (name.n > sizeof PREFIX - 1)
        map = find_key(r->facts, skip(name, sizeof PREFIX - 1));
    diag(d, D_SET, (struct pos){number, 0},
        name.n == arg.n ? "--set wants report.KEY=VALUE, has %s"
                        : "--set cannot set %s",
        diag_quote(d, name));
    if (map && map->type->kind == TYPE_MAP)
        diag_hint(d, "it is a mapping: set '%s%s.%s'", PREFIX, map->name,
            map->type->map->list[0].name);
    else if (near && name.n < arg.n)
        diag_hint(d, "did you mean '%s'?", near);
    else if (name.n < arg.n && name.n > sizeof PREFIX - 1 &&
        memcmp(name.s, PREFIX, sizeof PREFIX - 1) == 0)
        diag_hint(d, "%s", r->facts->hint);
}

/* The date would be given twice. */
static void report_both(struct reader *r, struct slice arg)
{
    uint32_t number = files_add_text(r->l->files, "<command line>", arg);
    diag(r->l->d, D_SET, (struct pos){number, 0},
        "--as-of gives the status date already");
    diag_hint(r->l->d, "leave this --set out");
}

void set_profile(
    struct reader *r, struct node *root, const struct model_options *opt)
{
    if (!opt || !opt->profile)
        return;
    struct slice name = SLICE("profile");
    struct node *value = read_value(r, name, slice_of(opt->profile));
    if (value)
        put_value(r->l->a, root, name, value);
}

void set_apply(
    struct reader *r, struct node *root, const struct model_options *opt)
{
    if (!opt)
        return;
    if (opt->standard)
        set_value(r, root, SLICE("report.standard"), slice_of(opt->standard));
    if (opt->as_of)
        set_value(r, root, SLICE(STATUS_DATE), slice_of(opt->as_of));
    const char **names = all_names(r->l->a, r->facts);
    for (const char *const *set = opt->sets; set && *set; set++) {
        struct slice arg = slice_of(*set);
        const char *equals = strchr(*set, '=');
        struct slice name = {arg.s, equals ? (size_t)(equals - arg.s) : arg.n};
        if (opt->as_of && slice_is(name, STATUS_DATE))
            report_both(r, arg);
        else if (equals && is_name(names, name))
            set_value(r, root, name, skip(arg, name.n + 1));
        else
            report_set(r, arg, name, names);
    }
}
