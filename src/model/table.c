/* Tables: their columns, and their rows where they stand in the report. */
#include "model/keys_int.h"

#include <string.h>

/* The value is looked at when the columns are known. */
bool table_keep(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    (void)r, (void)t;
    memcpy(to->at, &n, sizeof n);
    return true;
}

bool table_read_column(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct column *c = to->at;
    c->node = n;
    keys_read(r, t->map, n, c);
    return true;
}

bool table_read_columns(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    int64_t most = r->l->limits->columns;
    if (n->count <= most)
        return keys_list(r, t, n, to);
    if (keys_diag(r, D_LIMIT_COLUMNS, n,
            "a table of %lu columns: the limit is %ld", (unsigned long)n->count,
            (long)most))
        diag_hint(r->l->d, "--limit columns=N raises this limit");
    return false;
}

static void check_keys(struct reader *r, const struct table *t)
{
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        const struct column *c = &t->columns[i];
        for (uint32_t j = 0; c->key.n && j < i; j++) {
            if (!slice_eq(c->key, t->columns[j].key))
                continue;
            struct node *key = load_find(c->node, "key");
            if (keys_diag(r, D_VALUE, key, "two columns have the key %s",
                    diag_quote(r->l->d, c->key)))
                diag_also(r->l->d, load_find(t->columns[j].node, "key")->pos,
                    "the first one");
        }
    }
}

/* The place of a key among the columns; ncolumns if there is none. */
static uint32_t find_column(const struct table *t, struct slice key)
{
    uint32_t i = 0;
    while (i < t->ncolumns &&
        !(t->columns[i].key.n && slice_eq(t->columns[i].key, key)))
        i++;
    return i;
}

/* NULL-terminated, for hints; made once for all rows of a table. */
static const char **column_names(struct reader *r, const struct table *t)
{
    if (r->hinted == t)
        return r->names;
    const char **names = ARENA_ARRAY(r->l->a, t->ncolumns + 1, const char *);
    size_t n = 0;
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        struct slice key = t->columns[i].key;
        if (key.n)
            names[n++] = arena_strndup(r->l->a, key.s, key.n);
    }
    r->hinted = t;
    r->names = names;
    return names;
}

/* Read texts by column key into the array of as many texts as columns. */
static void read_named(struct reader *r, const struct table *t,
    struct node *map, const char *what, struct text **out)
{
    for (uint32_t i = 0; i < map->count; i++) {
        uint32_t c = find_column(t, map->keys[i]->s);
        struct dest to = {.name = what, .item = true};
        if (c == t->ncolumns) {
            keys_unknown(r, map->keys[i],
                arena_printf(r->l->a, "'%s' of this table", what),
                column_names(r, t), NULL);
            continue;
        }
        to.at = &out[c];
        keys_value(r, &model_cell, map->items[i], &to);
    }
}

static void read_listed(struct reader *r, const struct table *t,
    struct node *row, struct text **out)
{
    if (row->count != t->ncolumns) {
        if (keys_diag(r, D_ROW_RAGGED, row,
                "this row has %lu cell%s, the table %lu column%s",
                (unsigned long)row->count, row->count == 1 ? "" : "s",
                (unsigned long)t->ncolumns, t->ncolumns == 1 ? "" : "s") &&
            row->count > t->ncolumns)
            diag_hint(r->l->d,
                "a comma divides cells: put quotes around a text that has one");
        return;
    }
    for (uint32_t i = 0; i < row->count; i++) {
        struct dest to = {.name = "rows", .item = true, .at = &out[i]};
        keys_value(r, &model_cell, row->items[i], &to);
    }
}

/* What only rows by query have. */
static void refuse_text(struct reader *r, const struct table *t)
{
    static const char *const NAMES[] = {"text", "link"};
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        for (size_t k = 0; k < COUNT_OF(NAMES); k++) {
            const char *why = arena_printf(r->l->a,
                "'%s' of a column is only for rows that come by query",
                NAMES[k]);
            keys_refuse(r, t->columns[i].node, NAMES[k], why);
        }
    }
}

/* Rows by query fill a column by its key, or as its text says. */
static void want_key_or_text(struct reader *r, const struct table *t)
{
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        const struct column *c = &t->columns[i];
        if (!load_find(c->node, "key") && !load_find(c->node, "text"))
            keys_remark(r, D_KEY_MISSING, c->node,
                "a column needs 'key' or 'text' where rows come by query");
    }
}

/* Rows by key and from files fill a column by its key. */
static void want_keys(struct reader *r, const struct table *t)
{
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        const struct column *c = &t->columns[i];
        if (!load_find(c->node, "key"))
            keys_remark(r, D_KEY_MISSING, c->node,
                "a column needs 'key' where the rows name their cells");
    }
}

/* An omitted cell is empty; no row is left out, so that none moves. */
static void read_rows(struct reader *r, struct table *t)
{
    struct node *rows = t->rows_node;
    size_t n = t->ncolumns;
    bool named = false;
    struct text *nothing = text_empty(r->l->a, rows->pos);
    t->nrows = rows->count;
    t->row_nodes = rows->items;
    t->cells = arena_zalloc(r->l->a, rows->count, n * sizeof(struct text *));
    for (uint32_t i = 0; i < rows->count; i++) {
        struct node *row = rows->items[i];
        struct text **out = t->cells + i * n;
        if (row->kind == NODE_SCALAR) {
            keys_diag(r, D_TYPE, row, "a row is a list of cells, has %s",
                row->s.n ? "a text" : "nothing");
        } else if (row->kind == NODE_MAP) {
            named = true;
            read_named(r, t, row, "rows", out);
        } else if (!row->bad) {
            read_listed(r, t, row, out);
        }
        for (size_t c = 0; c < n; c++)
            out[c] = out[c] ? out[c] : nothing;
    }
    if (named)
        want_keys(r, t);
}

static void read_empty(struct reader *r, struct table *t)
{
    struct dest to = {.name = "empty", .at = &t->empty_text};
    if (t->empty->kind == NODE_SCALAR) {
        keys_value(r, &model_line, t->empty, &to);
    } else {
        t->empty_row = ARENA_ARRAY(r->l->a, t->ncolumns, struct text *);
        read_named(r, t, t->empty, "empty", t->empty_row);
    }
}

/*
 * Are the columns what the author means? If not, the rows could only be found
 * wrong for want of them.
 */
static bool has_columns(const struct table *t, const struct node *n)
{
    const struct node *columns = load_find(n, "columns");
    if (!columns || !t->ncolumns || t->ncolumns != columns->count)
        return false;
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        const struct node *column = t->columns[i].node;
        for (uint32_t k = 0; !t->columns[i].key.n && k < column->count; k++) {
            if (column->keys[k]->bad || column->items[k]->bad)
                return false;
        }
    }
    return true;
}

/* Rows from a file or by query. */
static void read_elsewhere(struct reader *r, struct table *t)
{
    struct raw_rows *rows = ARENA_NEW(r->l->a, struct raw_rows);
    keys_read(r, &model_rows_keys, t->rows_node, rows);
    t->file = rows->file;
    if (!rows->file && query_is_sound(&rows->query))
        t->query = &rows->query;
}

bool table_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct raw_table *raw = ARENA_NEW(r->l->a, struct raw_table);
    struct table *table = &raw->table;
    struct entry *e = to->at;
    keys_read(r, t->map, n, raw);
    e->table = table;
    e->id = raw->id;
    check_keys(r, table);
    bool elsewhere = table->rows_node && table->rows_node->kind == NODE_MAP;
    if (elsewhere)
        read_elsewhere(r, table);
    if (!has_columns(table, n)) {
        table->file = NULL;
        table->query = NULL;
        return true;
    }
    if (table->query)
        want_key_or_text(r, table);
    else if (table->file || !elsewhere)
        refuse_text(r, table);
    if (table->expect_node)
        table_read_order(r, table, table->expect_node);
    if (table->file)
        want_keys(r, table);
    else if (table->rows_node && !elsewhere)
        read_rows(r, table);
    if (table->empty)
        read_empty(r, table);
    return true;
}
