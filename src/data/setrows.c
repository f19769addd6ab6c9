/* The rows of data sets: put in, checked, and where each of them stands. */
#include "data/csv_int.h"
#include "data/setload_int.h"

#include <string.h>

/* [entries] Values for which a misspelt one is compared with all. */
enum { HINTED = 20, COMPARED = 1000 };

void set_room(struct set_loading *ld, uint32_t rows)
{
    int64_t most = ld->s->l->limits->rows + 1;
    size_t room = rows < most ? rows : (size_t)most;
    struct set *set = ld->set;
    set->pos = arena_grow(
        ld->s->l->a, set->pos, &set->pos_cap, room, sizeof *set->pos);
}

bool set_put(struct set_loading *ld, uint32_t column, struct slice text)
{
    if ((int64_t)text.n > ld->s->l->limits->cell)
        return false;
    return set_convert(&ld->set->columns[column], text, &ld->values[column]);
}

void set_drop(struct set_loading *ld, uint32_t column)
{
    ld->values[column] = (struct set_value){.storage = SET_NULL};
    ld->set->partial = true;
    if ((int32_t)column == ld->set->key)
        ld->unnamed = true;
}

void set_refuse(
    struct set_loading *ld, uint32_t column, struct slice text, struct pos at)
{
    const struct set_column *c = &ld->set->columns[column];
    if (csv_check_cell(ld->s->l, c->source, text.n, at))
        set_report(ld->s, ld->set, c, text, at);
    set_drop(ld, column);
}

bool set_row(struct set_loading *ld, struct pos at)
{
    struct set *set = ld->set;
    const struct load *l = ld->s->l;
    if (set->nrows >= l->limits->rows) {
        diag(l->d, D_LIMIT_ROWS, at, "the data set has more than %lld rows",
            (long long)l->limits->rows);
        diag_hint(l->d, "--limit rows=N raises this limit");
        set->partial = true;
        return false;
    }
    ld->cells += set->ncolumns;
    progress_tick(l->progress, ld->cells, 0);
    /* A row whose key was refused would only be one without a key. */
    for (uint32_t i = 0; !ld->unnamed && i < set->ncolumns; i++)
        sets_bind(ld->s, ld->insert, (int)i + 1, &ld->values[i]);
    if (!ld->unnamed) {
        sets_result(ld->s, sqlite3_step(ld->insert));
        sqlite3_reset(ld->insert);
        sets_add_row(ld->s, set, at);
    }
    ld->unnamed = false;
    memset(ld->values, 0, set->ncolumns * sizeof *ld->values);
    return true;
}

/* Report the rows that a query finds; its columns are as `tell` wants. */
static void tell_rows(struct sets *s, struct set *set, const char *sql,
    void (*tell)(struct sets *s, struct set *set, sqlite3_stmt *stmt))
{
    sqlite3_stmt *stmt = sets_prepare(s, sql);
    while (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW)
        tell(s, set, stmt);
    sets_finish(s, stmt);
}

/* The text of a value in a result. */
static struct slice text_of(struct sets *s, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    if (!text)
        arena_exhausted(s->l->a);
    return (struct slice){text, (size_t)sqlite3_column_bytes(stmt, column)};
}

static void tell_unnamed(struct sets *s, struct set *set, sqlite3_stmt *stmt)
{
    int64_t row = sqlite3_column_int64(stmt, 0);
    diag(s->l->d, D_ROW_UNNAMED,
        sets_value_pos(s, set, row, (uint32_t)set->key),
        "the row has no '%s', which is the key of '%s'",
        set->columns[set->key].name, set->name);
    set->partial = true;
}

static void tell_double(struct sets *s, struct set *set, sqlite3_stmt *stmt)
{
    int64_t row = sqlite3_column_int64(stmt, 0);
    int64_t first = sqlite3_column_int64(stmt, 1);
    uint32_t key = (uint32_t)set->key;
    diag(s->l->d, D_ROW_DOUBLE, sets_value_pos(s, set, row, key),
        "a second row of '%s' with the key %s", set->name,
        diag_quote(s->l->d, text_of(s, stmt, 2)));
    diag_also(s->l->d, sets_value_pos(s, set, first, key), "the first one");
    set->partial = true;
}

/* A name of the index that no data set can have. */
static int make_index(struct sets *s, const struct set *set)
{
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a,
            "CREATE UNIQUE INDEX \"%s key\" ON \"%s\"(\"%s\")", set->name,
            set->name, set->columns[set->key].name));
    int result = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return result;
}

void set_check_key(struct sets *s, struct set *set)
{
    if (set->key < 0)
        return;
    const char *key = set->columns[set->key].name;
    tell_rows(s, set,
        arena_printf(s->l->a,
            "SELECT rowid FROM \"%s\" WHERE \"%s\" IS NULL ORDER BY rowid",
            set->name, key),
        tell_unnamed);
    int result = make_index(s, set);
    if (result != SQLITE_CONSTRAINT) {
        sets_result(s, result);
        return;
    }
    tell_rows(s, set,
        arena_printf(s->l->a,
            "SELECT id, first, key FROM (SELECT rowid AS id, \"%s\" AS key, "
            "min(rowid) OVER (PARTITION BY \"%s\") AS first FROM \"%s\" "
            "WHERE \"%s\" IS NOT NULL) WHERE id <> first ORDER BY id",
            key, key, set->name, key),
        tell_double);
}

/* Of the values of a column, the nearest to one that is not among them. */
static void hint_value(
    struct sets *s, const struct set_column *c, struct slice text)
{
    const char **names = ARENA_ARRAY(s->l->a, COMPARED + 1, const char *);
    size_t n = 0;
    const char *column = c->in->columns[c->in_column].name;
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a,
            "SELECT DISTINCT \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL "
            "LIMIT %d",
            column, c->in->name, column, COMPARED));
    while (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW) {
        struct slice value = text_of(s, stmt, 0);
        names[n++] = arena_strndup(s->l->a, value.s, value.n);
    }
    sets_finish(s, stmt);
    const char *near = str_nearest(text, names);
    if (near)
        diag_hint(s->l->d, "did you mean '%s'?", near);
}

static void check_in(struct sets *s, struct set *set, uint32_t column)
{
    const struct set_column *c = &set->columns[column];
    const struct set_column *target = &c->in->columns[c->in_column];
    unsigned told = 0;
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a,
            "SELECT rowid, \"%s\" FROM \"%s\" WHERE \"%s\" NOT IN (SELECT "
            "\"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL) ORDER BY rowid",
            c->name, set->name, c->name, target->name, c->in->name,
            target->name));
    while (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW) {
        struct slice text = text_of(s, stmt, 1);
        diag(s->l->d, D_SET_DANGLING,
            sets_value_pos(s, set, sqlite3_column_int64(stmt, 0), column),
            "'%s' of '%s' cannot be %s: '%s' has no such '%s'", c->name,
            set->name, diag_quote(s->l->d, text), c->in->name, target->name);
        if (told++ < HINTED)
            hint_value(s, c, text);
        set->partial = s->partial = true;
    }
    sets_finish(s, stmt);
}

void sets_check(struct sets *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        struct set *set = &s->sets[i];
        for (uint32_t k = 0; !set->bad && k < set->ncolumns; k++) {
            const struct set *in = set->columns[k].in;
            /* What was refused there could be what is missing here. */
            if (in && (in == set || !in->partial))
                check_in(s, set, k);
        }
    }
}
