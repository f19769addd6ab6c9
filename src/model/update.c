/* Update files: their keys, and reading them. */
#include "model/update.h"
#include "model/keys_int.h"

#include <string.h>

/* Values are kept as nodes: what they mean, the data set's types say. */
static bool read_values(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
static bool read_added(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
static bool read_rows(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
static bool read_removed(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
static bool read_update(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

static const struct type DAY = {
    .kind = TYPE_DATE, .def = "date", .what = "A date: year-month-day"};
static const struct type VALUE = {.kind = TYPE_WORD,
    .def = "value",
    .what = "Text as it is; may be empty",
    .read = table_keep};
static const struct key CHANGE_LIST[] = {
    KEY("from", &VALUE, "What the column has before",
        AT(struct update_value, from), .required = true),
    KEY("to", &VALUE, "What it gets", AT(struct update_value, to),
        .required = true)};
static const struct keys CHANGE_KEYS = {
    .what = "a change", .list = CHANGE_LIST, .n = COUNT_OF(CHANGE_LIST)};
static const struct type CHANGE = {.kind = TYPE_MAP, .map = &CHANGE_KEYS};
static const struct type *const SET_FORMS[] = {&VALUE, &CHANGE, NULL};
static const struct type SET_VALUE = {.kind = TYPE_ONE_OF, .forms = SET_FORMS};

static const struct type ADDED = {.kind = TYPE_NAMED,
    .item = &VALUE,
    .size = sizeof(struct update_row),
    .read = read_added};
static const struct type ADD = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &ADDED};
static const struct type SET_VALUES = {
    .kind = TYPE_NAMED, .item = &SET_VALUE, .read = read_values};
static const struct type SET = {
    .kind = TYPE_NAMED, .item = &SET_VALUES, .read = read_rows};
static const struct type REMOVED = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .size = sizeof(struct update_row),
    .read = read_removed};
static const struct type REMOVE = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &REMOVED};

static const struct key UPDATE_LIST[] = {
    KEY("add", &ADD, "Rows that are new, by column", AT(struct update, add),
        .count = offsetof(struct update, nadd)),
    KEY("set", &SET, "Rows that change, by key: their columns",
        AT(struct update, set), .count = offsetof(struct update, nset)),
    KEY("remove", &REMOVE, "Keys of rows that are gone",
        AT(struct update, remove), .count = offsetof(struct update, nremove)),
    KEY("date", &DAY, "The day from which it holds", AT(struct update, date),
        .required = true),
    KEY("source", &model_word, "Who or what says so",
        AT(struct update, source)),
    KEY("dataset", &model_word, "The data set that changes",
        AT(struct update, dataset), .required = true)};
static const struct keys UPDATE_KEYS = {.what = "an update",
    .list = UPDATE_LIST,
    .n = COUNT_OF(UPDATE_LIST),
    .choice = 3};
static const struct type UPDATE = {.kind = TYPE_MAP,
    .map = &UPDATE_KEYS,
    .size = sizeof(struct update),
    .read = read_update};
static const struct type UPDATES = {.kind = TYPE_LIST, .item = &UPDATE};

static void keep_array(const struct dest *to, void *array, uint32_t n)
{
    memcpy(to->at, &array, sizeof array);
    *to->count = n;
}

/* Read the columns of a row, each as a text or as {from, to}. */
static uint32_t read_columns(struct reader *r, const struct type *item,
    const struct node *map, struct update_value *out)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct node *key = map->keys[i], *n = map->items[i];
        struct update_value *v = &out[kept];
        struct dest to = {.name = arena_strndup(r->l->a, key->s.s, key->s.n),
            .at = n->kind == NODE_MAP ? (void *)v : (void *)&v->to};
        bool sound = keys_value(r, item, n, &to) && v->to;
        *v = sound ? *v : (struct update_value){0};
        v->column = key;
        kept += sound;
        r->partial = r->partial || !sound;
    }
    return kept;
}

static bool read_row(struct reader *r, const struct type *t, struct node *map,
    struct update_row *row)
{
    row->node = map;
    row->values = ARENA_ARRAY(r->l->a, map->count, struct update_value);
    row->nvalues = read_columns(r, t->item, map, row->values);
    r->partial = r->partial || map->bad;
    return row->nvalues > 0;
}

static bool read_added(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (!n->count)
        keys_diag(r, D_VALUE, n, "a new row without columns");
    return read_row(r, t, n, to->at);
}

static bool read_values(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (!n->count)
        keys_diag(r, D_VALUE, n, "a change of no column");
    return read_row(r, t, n, to->at);
}

static bool read_rows(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct update_row *rows = ARENA_ARRAY(r->l->a, n->count, struct update_row);
    uint32_t kept = 0;
    if (!n->count)
        keys_diag(r, D_VALUE, n, "'%s' is an empty mapping", to->name);
    for (uint32_t i = 0; i < n->count; i++) {
        struct dest row = {.name = to->name, .item = true, .at = &rows[kept]};
        rows[kept] = (struct update_row){0};
        if (keys_value(r, t->item, n->items[i], &row))
            rows[kept++].node = n->keys[i];
        else
            r->partial = true;
    }
    keep_array(to, rows, kept);
    return true;
}

static bool read_removed(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct slice key;
    struct dest word = *to;
    word.at = &key;
    *(struct update_row *)to->at = (struct update_row){.node = n};
    return keys_scalar(r, t, n, &word);
}

static bool read_update(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct update *u = to->at;
    *u = (struct update){.node = n};
    keys_read(r, t->map, n, u);
    u->dataset_node = load_find(n, "dataset");
    bool sound = u->date.year && u->dataset.n && !n->bad &&
        u->nadd + u->nset + u->nremove > 0;
    r->partial = r->partial || !sound;
    return sound;
}

struct updates model_read_updates(const struct load *l, struct node *root)
{
    struct updates out = {0};
    struct reader *r = ARENA_NEW(l->a, struct reader);
    r->l = l;
    struct dest to = {.name = "updates", .at = &out.list, .count = &out.n};
    unsigned before = diag_errors(l->d);
    if (root->kind == NODE_MAP) {
        out.list = ARENA_NEW(l->a, struct update);
        to.at = out.list;
        out.n = keys_value(r, &UPDATE, root, &to);
    } else if (!keys_value(r, &UPDATES, root, &to)) {
        out.n = 0;
    }
    out.partial = r->partial || diag_errors(l->d) > before;
    return out;
}
