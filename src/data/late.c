/*
 * Where a row of a full query comes from: found when a message names it, by
 * running the query again up to that row, and its data set's row by a value.
 */
#include "data/expand_int.h"

#include <string.h>

/* A run whose rows may have to be found. */
struct late_run {
    struct query *q;
    const struct compiled *c;
    const struct set_value *bound; /* its parameters */
};

/* Rows of a run that follow one another have places that do. */
struct late_part {
    uint32_t off; /* of the first row's place */
    uint32_t row;
    struct late_run *run;
};

struct late {
    struct expand *x;
    struct late_part *parts;
    size_t cap;
    uint32_t n;
    uint32_t next; /* offset */
    const struct run *last; /* whose row came last … */
    uint32_t last_row;
    unsigned found; /* so far */
};

/* A query that finds so many places of its own takes long enough. */
enum { FOUND_MOST = 200 };

static struct pos find_late(void *data, uint32_t off);

struct pos late_row(struct run *run)
{
    struct expand *x = run->x;
    uint32_t step = run->c->ncolumns + 1;
    if (!x->late) {
        x->late = ARENA_NEW(x->l->a, struct late);
        x->late->x = x;
        files_set_late(x->l->files, find_late, x->late);
    }
    struct late *late = x->late;
    if (late->next > UINT32_MAX - step)
        return query_place(x, run->q);
    if (!run->late) {
        run->late = ARENA_NEW(x->l->a, struct late_run);
        *run->late = (struct late_run){run->q, run->c, run->bound};
    }
    bool follows = late->last == run && late->n &&
        late->parts[late->n - 1].run == run->late;
    if (!follows) {
        late->parts = arena_grow(x->l->a, late->parts, &late->cap,
            (size_t)late->n + 1, sizeof *late->parts);
        late->parts[late->n++] =
            (struct late_part){late->next, run->nrows, run->late};
    }
    late->last = run;
    struct pos at = {FILE_LATE, late->next};
    late->next += step;
    return at;
}

/* Run the query again as far as that row; false if it cannot be. */
static bool run_again(const struct expand *x, const struct late_run *run,
    uint32_t row, sqlite3_stmt **out)
{
    sqlite3_stmt *stmt = NULL;
    *out = NULL;
    if (sqlite3_prepare_v2(x->sets->db, run->c->sql, -1, &stmt, NULL) !=
        SQLITE_OK)
        return false;
    *out = stmt;
    for (uint32_t i = 0; i < run->c->nparams; i++)
        sets_bind(x->sets, stmt, (int)i + 1, &run->bound[i]);
    for (uint32_t i = 0; i <= row; i++) {
        if (sqlite3_step(stmt) != SQLITE_ROW)
            return false;
    }
    return true;
}

/* The column that tells best where a row comes from; -1: none does. */
static int best_column(const struct late_run *run, sqlite3_stmt *stmt)
{
    int best = -1;
    for (uint32_t i = 0; i < run->c->ncolumns; i++) {
        const struct origin *o = &run->c->origins[i];
        if (!o->set || sqlite3_column_type(stmt, (int)i) == SQLITE_NULL)
            continue;
        if (o->set->key == (int32_t)o->column)
            return (int)i;
        best = best < 0 ? (int)i : best;
    }
    return best;
}

/*
 * The first row of the data set that has the value, and those of the other
 * columns that come from the set, unless `alone`; 0: there is none.
 */
static sqlite3_int64 look_up_row(const struct expand *x,
    const struct late_run *run, sqlite3_stmt *from, int column, bool alone)
{
    const struct set *set = run->c->origins[column].set;
    struct buf sql = buf_new(x->l->a);
    const char *before = "WHERE";
    buf_printf(&sql, "SELECT rowid FROM \"%s\" ", set->name);
    for (uint32_t i = 0; i < run->c->ncolumns; i++) {
        const struct origin *o = &run->c->origins[i];
        if (o->set != set || (alone && (int)i != column))
            continue;
        buf_printf(&sql, "%s \"%s\" IS ?%lu ", before,
            set->columns[o->column].name, (unsigned long)i + 1);
        before = "AND";
    }
    buf_puts(&sql, "ORDER BY rowid LIMIT 1");
    sqlite3_stmt *stmt = NULL;
    sqlite3_int64 found = 0;
    bool sound =
        sqlite3_prepare_v2(x->sets->db, sql.s, -1, &stmt, NULL) == SQLITE_OK;
    for (int i = 0; sound && i < sqlite3_bind_parameter_count(stmt); i++)
        sound = sqlite3_bind_value(
                    stmt, i + 1, sqlite3_column_value(from, i)) == SQLITE_OK;
    if (sound && sqlite3_step(stmt) == SQLITE_ROW)
        found = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return found;
}

/* Where a value is; the columns of a set may be those of several rows. */
static struct pos look_up(const struct expand *x, const struct late_run *run,
    sqlite3_stmt *from, int column)
{
    const struct origin *o = &run->c->origins[column];
    sqlite3_int64 row = look_up_row(x, run, from, column, false);
    if (!row)
        row = look_up_row(x, run, from, column, true);
    return row ? sets_value_pos(x->sets, o->set, row, o->column)
               : (struct pos){0};
}

static struct pos find_row(const struct expand *x, const struct late_run *run,
    uint32_t row, int column)
{
    sqlite3_stmt *stmt;
    struct pos at = {0};
    if (run_again(x, run, row, &stmt)) {
        if (column < 0)
            column = best_column(run, stmt);
        if (column >= 0 && run->c->origins[column].set)
            at = look_up(x, run, stmt, column);
    }
    sqlite3_finalize(stmt);
    return at;
}

static struct pos find_late(void *data, uint32_t off)
{
    struct late *late = data;
    uint32_t low = 0, high = late->n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (late->parts[middle].off > off)
            high = middle;
        else
            low = middle;
    }
    if (low == late->n)
        return (struct pos){0};
    const struct late_part *part = &late->parts[low];
    uint32_t step = part->run->c->ncolumns + 1;
    uint32_t row = part->row + (off - part->off) / step;
    int column = (int)((off - part->off) % step) - 1;
    struct pos at = {0};
    if (late->found++ < FOUND_MOST) {
        struct guard *g = late->x->guard;
        bool on = g->on;
        g->on = false;
        at = find_row(late->x, part->run, row, column);
        g->on = on;
    }
    return at.file ? at : query_place(late->x, part->run->q);
}
