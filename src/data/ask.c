/* What `update` must know of a data set. */
#include "data/updates_int.h"

/* The rowid of the row with that key, or 0. */
static int64_t find_row(struct sets *s, const struct set *set, struct slice key)
{
    const char *name = set->columns[set->key].name;
    struct set_value v = {.storage = SET_TEXT, .s = key};
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a, "select rowid from \"%s\" where \"%s\" = ?1",
            set->name, name));
    sets_bind(s, stmt, 1, &v);
    int64_t row = sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW
        ? sqlite3_column_int64(stmt, 0)
        : 0;
    sqlite3_finalize(stmt);
    return row;
}

static void read_value(struct sets *s, const struct set *set, int64_t row,
    const struct set_column *column, struct data_asked *asked)
{
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a,
            "select cast(\"%s\" as text) from \"%s\" where rowid = ?1",
            column->name, set->name));
    sqlite3_bind_int64(stmt, 1, row);
    if (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW) {
        const void *text = sqlite3_column_text(stmt, 0);
        size_t n = (size_t)sqlite3_column_bytes(stmt, 0);
        if (text)
            asked->now = (struct slice){arena_strndup(s->l->a, text, n), n};
    }
    sqlite3_finalize(stmt);
}

void data_ask(
    const struct load *l, const struct report *r, struct data_ask *ask)
{
    struct sets *s = sets_load(l, r);
    updates_apply(s, r);
    sets_check(s);
    const struct set *set = sets_find(s, ask->dataset);
    if (!set || set->bad || set->key < 0)
        return;
    int64_t row = ask->key.n ? find_row(s, set, ask->key) : 0;
    ask->found = row != 0;
    ask->key_column = slice_of(set->columns[set->key].name);
    for (size_t i = 0; i < ask->n; i++) {
        const struct set_column *column =
            sets_column(set, ask->columns[i].column);
        if (!column)
            continue;
        ask->columns[i].known = true;
        ask->columns[i].typed =
            column->storage != SET_TEXT || column->kind == COLUMN_DATE;
        if (row)
            read_value(s, set, row, column, &ask->columns[i]);
    }
}
