/* The generic reader: mappings by tables of keys, lists, one of several. */
#include "model/keys_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_MOST = 1024, HINT_KEYS = 20 };

static bool is_silent(const struct node *n)
{
    for (; n; n = n->parent) {
        if (n->bad)
            return true;
    }
    return false;
}

bool keys_diag(
    struct reader *r, enum diag_id id, struct node *n, const char *fmt, ...)
{
    if (is_silent(n))
        return false;
    char text[MESSAGE_MOST];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    load_diag(r->l, id, n, "%s", text);
    return true;
}

bool keys_remark(struct reader *r, enum diag_id id, const struct node *n,
    const char *fmt, ...)
{
    if (is_silent(n))
        return false;
    char text[MESSAGE_MOST];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    diag(r->l->d, id, n->pos, "%s", text);
    diag_path(r->l->d, load_path(r->l->a, n));
    return true;
}

const char *keys_name(struct reader *r, const struct dest *to)
{
    return arena_printf(
        r->l->a, to->item ? "an item of '%s'" : "'%s'", to->name);
}

const char *keys_join(struct arena *a, const char *const *names)
{
    struct buf b = buf_new(a);
    for (size_t i = 0; names[i]; i++) {
        if (i)
            buf_puts(&b, names[i + 1] ? ", " : " or ");
        buf_puts(&b, names[i]);
    }
    return b.n ? b.s : "";
}

/* The name that the key "name:value", a blank missing, begins with, or NULL. */
static const char *cramped_name(struct slice key, const char *const *names)
{
    for (; *names; names++) {
        size_t n = strlen(*names);
        if (key.n > n && key.s[n] == ':' && memcmp(key.s, *names, n) == 0)
            return *names;
    }
    return NULL;
}

const char *keys_unknown(struct reader *r, struct node *key, const char *what,
    const char *const *names, const char *hint)
{
    size_t n = 0;
    while (names[n])
        n++;
    const char *near = cramped_name(key->s, names);
    bool cramped = near != NULL;
    if (!near)
        near = str_nearest(key->s, names);
    if (!keys_diag(r, D_KEY_UNKNOWN, key, "unknown key %s in %s",
            diag_quote(r->l->d, key->s), what))
        return near;
    if (cramped)
        diag_hint(r->l->d, "a blank is missing after '%s:'", near);
    else if (near)
        diag_hint(r->l->d, "did you mean '%s'?", near);
    else if (hint)
        diag_hint(r->l->d, "%s", hint);
    else if (n && n <= HINT_KEYS)
        diag_hint(r->l->d, "allowed here: %s", keys_join(r->l->a, names));
    return near;
}

bool keys_refuse(
    struct reader *r, struct node *map, const char *key, const char *why)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (slice_is(map->keys[i]->s, key))
            return keys_diag(r, D_KEY_CONFLICT, map->keys[i], "%s", why);
    }
    return false;
}

void keys_nothing(struct reader *r, struct node *n, const struct dest *to)
{
    keys_diag(r, D_TYPE, n, "%s has no value", keys_name(r, to));
}

/* What a user would call a value of this type. */
static const char *wants(const struct type *t)
{
    switch ((enum type_kind)t->kind) {
    case TYPE_MAP:
    case TYPE_NAMED:
        return "a mapping";
    case TYPE_LIST:
        return "a list";
    case TYPE_BOOL:
        return "true or false";
    case TYPE_INT:
        return "a number";
    case TYPE_LENGTH:
    case TYPE_WIDTH:
        return "a length";
    case TYPE_COLOUR:
        return "a colour";
    case TYPE_DATE:
        return "a date";
    case TYPE_TEXT:
    case TYPE_WORD:
    case TYPE_ID:
    case TYPE_FILE:
    case TYPE_TRUE:
    case TYPE_ENUM:
    case TYPE_LANGUAGE:
    case TYPE_PATTERN:
    case TYPE_ONE_OF:
        break;
    }
    return "a text";
}

static enum node_kind kind_of(const struct type *t)
{
    return t->kind == TYPE_MAP || t->kind == TYPE_NAMED ? NODE_MAP
        : t->kind == TYPE_LIST                          ? NODE_LIST
                                                        : NODE_SCALAR;
}

const struct type *keys_form(const struct type *t, const struct node *n)
{
    if (t->kind != TYPE_ONE_OF)
        return kind_of(t) == (enum node_kind)n->kind ? t : NULL;
    for (const struct type *const *form = t->forms; *form; form++) {
        if (kind_of(*form) == (enum node_kind)n->kind)
            return *form;
    }
    return NULL;
}

static const char *has(const struct node *n)
{
    if (n->kind == NODE_SCALAR)
        return n->s.n ? "a text" : "nothing";
    return n->kind == NODE_LIST ? "a list" : "a mapping";
}

static bool ends_with(struct slice s, const char *end)
{
    size_t n = strlen(end);
    return s.n > n && memcmp(s.s + s.n - n, end, n) == 0;
}

/* The length of the "word:" that a text begins with, a blank missing, or 0. */
static size_t cramped_key(const struct node *n)
{
    size_t i = 0;
    while (i < n->s.n &&
        ((n->s.s[i] >= 'a' && n->s.s[i] <= 'z') || (i && n->s.s[i] == '-')))
        i++;
    bool found = i && i + 1 < n->s.n && n->s.s[i] == ':' &&
        !strchr(" \n/", n->s.s[i + 1]);
    return found && n->style == NODE_PLAIN ? i + 1 : 0;
}

/* A text where a list or mapping is wanted. */
static void hint_text(struct reader *r, const struct type *t,
    const struct node *n, const struct dest *to)
{
    struct diags *d = r->l->d;
    int len = (int)n->s.n, key = (int)cramped_key(n);
    if (strcmp(to->name, "rows") == 0 && !to->item &&
        (ends_with(n->s, ".csv") || ends_with(n->s, ".tsv")))
        diag_hint(d, "write {file: %.*s}", len, n->s.s);
    else if (to->item && ends_with(n->s, ".yaml"))
        diag_hint(d, "write 'include: %.*s'", len, n->s.s);
    else if (t->kind == TYPE_MAP && key)
        diag_hint(d, "a blank is missing after '%.*s'", key, n->s.s);
}

static void report_type(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    const char *names[4] = {wants(t)};
    for (size_t i = 0; t->kind == TYPE_ONE_OF && t->forms[i] && i < 3; i++)
        names[i] = wants(t->forms[i]);
    if (!keys_diag(r, D_TYPE, n, "%s wants %s, has %s", keys_name(r, to),
            keys_join(r->l->a, names), has(n)))
        return;
    if (n->kind == NODE_SCALAR && !n->s.n && n->style == NODE_PLAIN)
        diag_hint(r->l->d, "indent what belongs to it more deeply");
    else if (n->kind == NODE_SCALAR)
        hint_text(r, t, n, to);
    else if (t->kind == TYPE_LIST && n->kind == NODE_MAP)
        diag_hint(r->l->d, "begin the first with '- '");
    if (strcmp(names[0], "a text") != 0 || n->kind == NODE_SCALAR)
        return;
    if (n->kind == NODE_MAP && names[1])
        diag_hint(r->l->d,
            "a list of one block begins with '- '; a text with "
            "': ' in it stands in quotes");
    else if (n->style == NODE_FLOW)
        diag_hint(r->l->d, "a text that begins with '%c' stands in quotes",
            n->kind == NODE_LIST ? '[' : '{');
}

bool keys_list(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    const struct type *item = t->item;
    if (!n->count && (t->flags & TYPE_SOME)) {
        keys_diag(r, D_VALUE, n, "%s is an empty list", keys_name(r, to));
        return false;
    }
    char *array = arena_zalloc(r->l->a, n->count, item->size);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        struct dest at = {.name = to->name,
            .item = true,
            .at = array + kept * item->size,
            .size = item->size};
        if (keys_value(r, item, n->items[i], &at))
            kept++;
    }
    memcpy(to->at, &(void *){array}, sizeof(void *));
    *to->count = kept;
    return true;
}

bool keys_value(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (n->bad)
        return false;
    const struct type *form = keys_form(t, n);
    if (!form) {
        report_type(r, t, n, to);
        return false;
    }
    bool ok = true;
    if (t->read)
        ok = t->read(r, t, n, to);
    else if (form->read)
        ok = form->read(r, form, n, to);
    else if (form->kind == TYPE_MAP)
        keys_read(r, form->map, n, to->at);
    else if (form->kind == TYPE_LIST)
        ok = keys_list(r, form, n, to);
    else
        ok = keys_scalar(r, form, n, to);
    if (to->given && ok && t->kind != TYPE_COLOUR)
        *to->given = true;
    return ok;
}

static struct dest dest_of(const struct key *key, void *record)
{
    char *base = record;
    return (struct dest){.name = key->name,
        .at = base + key->offset,
        .size = key->size,
        .count = key->count ? (void *)(base + key->count) : NULL,
        .given = key->given ? (void *)(base + key->given) : NULL};
}

/* Does a list's item mean to include a file? Then its key is reported. */
static bool report_include(struct reader *r, struct node *map, struct node *key)
{
    static const char *const NAMES[] = {"include", NULL};
    if (!map->parent || map->parent->kind != NODE_LIST ||
        !str_nearest(key->s, NAMES))
        return false;
    keys_unknown(r, key, "this list item", NAMES, NULL);
    return true;
}

/* The set of the keys that misspelt ones seem to mean. */
static uint64_t report_unknown(
    struct reader *r, const struct keys *k, struct node *map)
{
    const char *names[KEYS_MOST + 1] = {NULL};
    for (size_t i = 0; i < k->n; i++)
        names[i] = k->list[i].name;
    uint64_t meant = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct node *key = map->keys[i];
        size_t j = 0;
        while (j < k->n && !slice_is(key->s, names[j]))
            j++;
        if (j < k->n || k->open)
            continue;
        /* Which of the choice it should be, nobody knows. */
        if (k->choice)
            meant |= (UINT64_C(1) << k->choice) - 1;
        if (report_include(r, map, key)) {
            meant = UINT64_MAX;
            continue;
        }
        const char *near = keys_unknown(r, key, k->what, names, k->hint);
        for (j = 0; near && names[j] != near;)
            j++;
        meant |= near ? UINT64_C(1) << j : 0;
    }
    return meant;
}

/* One of the first keys must be given, in some mappings no other of them. */
static void check_choice(
    struct reader *r, const struct keys *k, struct node *map, uint64_t meant)
{
    struct node *first = NULL;
    const char *names[KEYS_MOST + 1] = {NULL};
    for (uint32_t i = 0; i < map->count; i++) {
        struct node *key = map->keys[i];
        size_t j = 0;
        while (j < k->choice && !slice_is(key->s, k->list[j].name))
            j++;
        if (j == k->choice)
            continue;
        if (first && k->exclusive &&
            keys_diag(r, D_KEY_CONFLICT, key,
                "%s has either '%.*s' or '%.*s', not both", k->what,
                (int)first->s.n, first->s.s, (int)key->s.n, key->s.s))
            diag_also(r->l->d, first->pos, "the other one");
        if (!first)
            first = key;
    }
    if (first || (meant & 1))
        return;
    for (size_t i = 0; i < k->choice; i++)
        names[i] = k->list[i].name;
    keys_remark(r, D_KEY_MISSING, map, "%s needs %s", k->what,
        keys_join(r->l->a, names));
}

void keys_read(
    struct reader *r, const struct keys *k, struct node *map, void *record)
{
    uint64_t meant = report_unknown(r, k, map);
    for (size_t i = 0; i < k->n; i++) {
        const struct key *key = &k->list[i];
        struct node *value = load_find(map, key->name);
        struct dest to = dest_of(key, record);
        if (value)
            keys_value(r, key->type, value, &to);
        else if (key->required && !(meant >> i & 1))
            keys_remark(
                r, D_KEY_MISSING, map, "%s needs '%s'", k->what, key->name);
        else if (key->by && !(meant >> i & 1))
            fact_report_missing(r, map, key);
    }
    if (k->choice)
        check_choice(r, k, map, meant);
    if (k->done)
        k->done(r, map, record);
}
