/* Data sets: what `data:` says of them. */
#include "model/keys_int.h"

#include <string.h>

/* "[a-z_][a-z0-9_]*": a name in SQL that needs no quotes. */
static bool is_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || c == '_';
        if (!letter && !(i && c >= '0' && c <= '9'))
            return false;
    }
    return s.n > 0;
}

static bool begins_with(struct slice s, const char *start)
{
    size_t n = strlen(start);
    return s.n >= n && memcmp(s.s, start, n) == 0;
}

/* Report a name that is none; *key is where it stands. */
static bool check_name(struct reader *r, struct node *key, const char *what)
{
    struct slice s = key->s;
    if (is_name(s))
        return true;
    if (!keys_diag(r, D_NAME_FORM, key,
            "%s cannot be named %s: small letters, digits and '_', no digit "
            "first",
            what, diag_quote(r->l->d, s)))
        return false;
    char *other = arena_strndup(r->l->a, s.s, s.n);
    for (size_t i = 0; i < s.n; i++) {
        if (other[i] >= 'A' && other[i] <= 'Z')
            other[i] = (char)(other[i] - 'A' + 'a');
        else if (strchr(" -.", other[i]))
            other[i] = '_';
    }
    if (is_name((struct slice){other, s.n}))
        diag_hint(r->l->d, "write %s", other);
    return false;
}

/* "dataset.column" */
static bool split_in(struct reader *r, struct node *n, struct column_type *type)
{
    struct slice s = type->in_set;
    const char *dot = memchr(s.s, '.', s.n);
    size_t set = dot ? (size_t)(dot - s.s) : 0;
    type->in_set = (struct slice){s.s, set};
    type->in_column = (struct slice){s.s + set + 1, dot ? s.n - set - 1 : 0};
    if (dot && is_name(type->in_set) && is_name(type->in_column))
        return true;
    if (keys_diag(r, D_VALUE, load_find(n, "in"),
            "'in' cannot be %s: a data "
            "set and a column of it",
            diag_quote(r->l->d, s)))
        diag_hint(r->l->d, "write {in: dataset.column}");
    return false;
}

static bool read_choices(struct reader *r, const struct type *list,
    struct node *n, struct column_type *type)
{
    struct dest to = {
        .name = "types", .at = &type->choices, .count = &type->nchoices};
    return keys_list(r, list, n, &to);
}

/* Read one of the forms that a type has: a word, a list, a mapping. */
static bool read_type(struct reader *r, const struct type *t, struct node *n,
    struct column_type *type)
{
    struct dest to = {.name = "types", .item = true};
    if (n->kind == NODE_SCALAR) {
        to.at = &type->kind;
        to.size = sizeof type->kind;
        return keys_value(r, t, n, &to);
    }
    if (n->bad)
        return false;
    if (n->kind == NODE_LIST) {
        type->kind = COLUMN_CHOICE;
        return read_choices(r, t->forms[1], n, type);
    }
    type->kind = COLUMN_IN;
    to.at = type;
    keys_value(r, t, n, &to);
    return type->in_set.n && split_in(r, n, type);
}

/* Report a mapping of more columns than a data set may have. */
static bool is_too_many(struct reader *r, struct node *n, const struct dest *to)
{
    int64_t most = r->l->limits->data_columns;
    if (n->count <= most)
        return false;
    if (keys_diag(r, D_LIMIT_COLUMNS, n,
            "'%s' names %lu columns: the limit is %ld", to->name,
            (unsigned long)n->count, (long)most))
        diag_hint(r->l->d, "--limit data-columns=N raises this limit");
    return true;
}

bool dataset_read_types(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (is_too_many(r, n, to))
        return false;
    struct column_type *types =
        ARENA_ARRAY(r->l->a, n->count, struct column_type);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        struct column_type *type = &types[kept];
        *type = (struct column_type){
            .name = n->keys[i]->s, .key = n->keys[i], .node = n->items[i]};
        bool named = check_name(r, n->keys[i], "a column");
        if (read_type(r, t->item, n->items[i], type) && named)
            kept++;
    }
    memcpy(to->at, &(void *){types}, sizeof(void *));
    *to->count = kept;
    return true;
}

/* What one column is called cannot be called another. */
static void check_sources(
    struct reader *r, const struct column_name *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (slice_eq(names[i].source, names[k].source) &&
                keys_diag(r, D_VALUE, names[i].node,
                    "two columns are to be %s of the file",
                    diag_quote(r->l->d, names[i].source)))
                diag_also(r->l->d, names[k].node->pos, "the first one");
        }
    }
}

bool dataset_read_columns(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to)
{
    if (is_too_many(r, n, to))
        return false;
    struct column_name *names =
        ARENA_ARRAY(r->l->a, n->count, struct column_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        struct column_name *name = &names[kept];
        struct dest word = {
            .name = to->name, .item = true, .at = &name->source};
        *name = (struct column_name){
            .name = n->keys[i]->s, .key = n->keys[i], .node = n->items[i]};
        bool named = check_name(r, n->keys[i], "a column");
        if (keys_value(r, t->item, n->items[i], &word) && named)
            kept++;
    }
    check_sources(r, names, kept);
    memcpy(to->at, &(void *){names}, sizeof(void *));
    *to->count = kept;
    return true;
}

/* One folder is searched: '*' stands in the last part only. */
bool dataset_read_updates(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to)
{
    struct slice s = n->s;
    size_t last = s.n;
    if (!keys_scalar(r, t, n, to))
        return false;
    while (last && s.s[last - 1] != '/')
        last--;
    bool ends = last == s.n, star = memchr(s.s, '*', last) != NULL;
    if (!ends && !star)
        return true;
    if (keys_diag(r, D_VALUE, n, "%s cannot be %s: %s", keys_name(r, to),
            diag_quote(r->l->d, s),
            star ? "'*' stands in the last part of a path only"
                 : "it names a folder, not files in it") &&
        ends && !star)
        diag_hint(r->l->d, "write %.*s*.yaml", (int)s.n, s.s);
    return false;
}

/* Names that would be taken for something else in a query or $(name). */
static bool check_free(struct reader *r, struct node *key)
{
    static const char *const TAKEN[] = {"report", "values", "row", NULL};
    for (size_t i = 0; TAKEN[i]; i++) {
        if (slice_is(key->s, TAKEN[i])) {
            keys_diag(r, D_NAME_FORM, key,
                "a data set cannot be named '%s': $(%s.…) is something else",
                TAKEN[i], TAKEN[i]);
            return false;
        }
    }
    if (!begins_with(key->s, "sqlite_"))
        return true;
    keys_diag(r, D_NAME_FORM, key,
        "a data set cannot be named %s: such names are SQLite's own",
        diag_quote(r->l->d, key->s));
    return false;
}

static const struct dataset *find_set(
    const struct dataset *sets, uint32_t n, struct slice name)
{
    for (uint32_t i = 0; i < n; i++) {
        if (slice_eq(sets[i].name, name))
            return &sets[i];
    }
    return NULL;
}

/* The changes of a data set NAME can be queried as NAME_history. */
static void check_history(
    struct reader *r, const struct dataset *sets, uint32_t n)
{
    static const char END[] = "_history";
    const size_t end = sizeof END - 1;
    for (uint32_t i = 0; i < n; i++) {
        struct slice s = sets[i].name;
        if (s.n <= end || memcmp(s.s + s.n - end, END, end) != 0)
            continue;
        const struct dataset *of =
            find_set(sets, n, (struct slice){s.s, s.n - end});
        if (of &&
            keys_diag(r, D_NAME_FORM, sets[i].key_node,
                "a data set cannot be named %s: it is the history of another",
                diag_quote(r->l->d, s)))
            diag_also(r->l->d, of->key_node->pos, "the other one");
    }
}

/* What each {in: …} names must be there. `map` has all names, sound or not. */
static void check_in(struct reader *r, const struct dataset *set,
    const struct node *map, const char *const *names)
{
    for (uint32_t i = 0; i < set->ntypes; i++) {
        const struct column_type *type = &set->types[i];
        if (type->kind != COLUMN_IN)
            continue;
        uint32_t k = 0;
        while (k < map->count && !slice_eq(map->keys[k]->s, type->in_set))
            k++;
        if (k < map->count ||
            !keys_diag(r, D_SET_UNKNOWN, load_find(type->node, "in"),
                "there is no data set %s", diag_quote(r->l->d, type->in_set)))
            continue;
        const char *near = str_nearest(type->in_set, names);
        if (near)
            diag_hint(r->l->d, "did you mean '%s'?", near);
    }
}

bool dataset_read_all(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    int64_t most = r->l->limits->datasets;
    if (n->count > most) {
        if (keys_diag(r, D_LIMIT_SETS, n, "%lu data sets: the limit is %ld",
                (unsigned long)n->count, (long)most))
            diag_hint(r->l->d, "--limit datasets=N raises this limit");
        return false;
    }
    struct dataset *sets = ARENA_ARRAY(r->l->a, n->count, struct dataset);
    const char **names =
        ARENA_ARRAY(r->l->a, (size_t)n->count + 1, const char *);
    for (uint32_t i = 0; i < n->count; i++) {
        struct dataset *set = &sets[i];
        struct node *key = n->keys[i];
        struct dest map = {.name = to->name, .item = true, .at = set};
        names[i] = arena_strndup(r->l->a, key->s.s, key->s.n);
        set->node = n->items[i];
        set->key_node = key;
        set->name = key->s;
        if (check_name(r, key, "a data set"))
            check_free(r, key);
        keys_value(r, t->item, n->items[i], &map);
    }
    for (uint32_t i = 0; i < n->count; i++)
        check_in(r, &sets[i], n, names);
    check_history(r, sets, n->count);
    memcpy(to->at, &(void *){sets}, sizeof(void *));
    *to->count = n->count;
    return true;
}
