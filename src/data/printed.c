/*
 * Which rows of the data sets are printed. A row by the shorthand is known by
 * its rowid. One of a SELECT is the row that alone has the values which the
 * SELECT took from its data set: a key among them, or enough others.
 */
#include "data/printed_int.h"

#include "base/seen.h"

#include <stdio.h>
#include <string.h>

/* What a SELECT takes from one data set with a key. */
struct trace {
    const struct set *set;
    uint32_t *columns; /* of the result */
    uint32_t ncolumns;
    struct seen *rows; /* by these values: rowid, or SEVERAL */
    struct trace *next;
};

#define SEVERAL UINT32_MAX

struct printing {
    struct arena *a; /* emptied in the end */
    struct buf key; /* of the row that is looked up */
    bool *listed; /* by data set; NULL: rows do not matter */
    uint8_t **bits; /* by data set, by rowid - 1: it is printed */
    const struct field *period; /* NULL: dates do not matter */
    struct printed *out;
    size_t outside_cap, unprinted_cap;
};

static void free_arena(void *a)
{
    arena_free(a);
}

/* The report's period, if dates are to be held against it. */
static const struct field *period_of(const struct expand *x)
{
    const struct field *f = model_field(x->r, SLICE("period"));
    return diag_is_on(x->l->d, D_DATE_OUTSIDE) && f && f->given ? f : NULL;
}

void printed_begin(struct expand *x)
{
    if (!x->r->ndatasets)
        return;
    const struct sets *s = expand_sets(x);
    struct arena *a = arena_beside(x->l->a);
    if (!a)
        arena_exhausted(x->l->a);
    arena_on_free(x->l->a, free_arena, a);
    struct printing *p = x->printing = ARENA_NEW(x->l->a, struct printing);
    p->a = a;
    p->key = buf_new(a);
    p->out = x->r->printed = ARENA_NEW(x->l->a, struct printed);
    p->period = period_of(x);
    dated_check(x, &x->r->lint[LINT_PERIOD]);
    dated_check(x, &x->r->lint[LINT_STALE]);
    if (!diag_is_on(x->l->d, D_ROW_UNPRINTED))
        return;
    p->listed = printed_listed(x);
    p->bits = ARENA_ARRAY(a, s->n, uint8_t *);
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->sets[i].key >= 0 && p->listed[i])
            p->bits[i] = ARENA_ARRAY(a, s->sets[i].nrows / 8 + 1, uint8_t);
    }
}

static void mark(struct expand *x, const struct set *set, int64_t rowid)
{
    uint8_t *bits = x->printing->bits[set - x->sets->sets];
    if (bits && rowid >= 1 && rowid <= set->nrows)
        bits[(rowid - 1) / 8] |= (uint8_t)(1 << (rowid - 1) % 8);
}

/* Add a value of a row, with all that tells it from others. */
static void put_value(struct buf *b, const struct set_value *v)
{
    buf_put(b, &v->storage, 1);
    if (v->storage == SET_TEXT) {
        buf_put(b, &v->s.n, sizeof v->s.n);
        buf_put(b, v->s.s, v->s.n);
    } else if (v->storage == SET_INTEGER) {
        buf_put(b, &v->i, sizeof v->i);
    } else if (v->storage == SET_REAL) {
        buf_put(b, &v->d, sizeof v->d);
    }
}

static struct set_value column_value(sqlite3_stmt *stmt, int i)
{
    struct set_value v = {.storage = SET_NULL};
    int type = sqlite3_column_type(stmt, i);
    if (type == SQLITE_INTEGER) {
        v.storage = SET_INTEGER;
        v.i = sqlite3_column_int64(stmt, i);
    } else if (type == SQLITE_FLOAT) {
        v.storage = SET_REAL;
        v.d = sqlite3_column_double(stmt, i);
    } else if (type != SQLITE_NULL) {
        const char *s = (const char *)sqlite3_column_text(stmt, i);
        v.storage = SET_TEXT;
        v.s = (struct slice){s, s ? (size_t)sqlite3_column_bytes(stmt, i) : 0};
    }
    return v;
}

/* Know the rows of a data set by the columns that were taken of it. */
static void read_rows(struct expand *x, struct trace *t, const struct result *r)
{
    struct arena *a = x->printing->a;
    struct buf sql = buf_new(x->l->a);
    buf_puts(&sql, "SELECT rowid");
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        uint32_t column = r->origins[t->columns[i]].column;
        buf_printf(&sql, ", \"%s\"", t->set->columns[column].name);
    }
    buf_printf(&sql, " FROM \"%s\"", t->set->name);
    sqlite3_stmt *stmt = sets_prepare(x->sets, sql.s);
    struct buf key = buf_new(a);
    t->rows = seen_new(a);
    while (sets_result(x->sets, sqlite3_step(stmt)) == SQLITE_ROW) {
        key.n = 0;
        for (uint32_t i = 0; i < t->ncolumns; i++) {
            struct set_value v = column_value(stmt, (int)i + 1);
            put_value(&key, &v);
        }
        struct slice values = {arena_strndup(a, key.s, key.n), key.n};
        uint32_t *row = seen_number(t->rows, values);
        *row = *row ? SEVERAL : (uint32_t)sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
}

/* The columns of a result that come from a data set: its key alone if it is. */
static void find_columns(
    struct arena *a, struct trace *t, const struct result *r)
{
    t->columns = ARENA_ARRAY(a, r->ncolumns, uint32_t);
    for (uint32_t i = 0; i < r->ncolumns; i++) {
        if (r->origins[i].set != t->set)
            continue;
        if ((int32_t)r->origins[i].column == t->set->key) {
            t->columns[0] = i;
            t->ncolumns = 1;
            return;
        }
        t->columns[t->ncolumns++] = i;
    }
}

/* Once for each query: what it takes from data sets whose rows matter. */
static struct trace *find_traces(struct expand *x, const struct result *r)
{
    struct compiled *c = r->query->compiled;
    struct arena *a = x->printing->a;
    for (uint32_t i = 0; !c->traced && i < x->sets->n; i++) {
        struct trace t = {.set = &x->sets->sets[i], .next = c->traces};
        if (!x->printing->bits[i])
            continue;
        find_columns(a, &t, r);
        /* That some row has a value is not that row, but for its key. */
        bool keyed = t.ncolumns == 1 &&
            (int32_t)r->origins[t.columns[0]].column == t.set->key;
        if (!t.ncolumns || (c->grouped && !keyed))
            continue;
        read_rows(x, &t, r);
        c->traces = ARENA_NEW(a, struct trace);
        *c->traces = t;
    }
    c->traced = true;
    return c->traces;
}

static void mark_traced(struct expand *x, const struct result *r, uint32_t row)
{
    const struct datum *data = &r->data[(size_t)row * r->ncolumns];
    for (struct trace *t = find_traces(x, r); t; t = t->next) {
        struct buf *key = &x->printing->key;
        key->n = 0;
        for (uint32_t i = 0; i < t->ncolumns; i++)
            put_value(key, &data[t->columns[i]].value);
        uint32_t rowid = seen_find(t->rows, (struct slice){key->s, key->n});
        if (rowid && rowid != SEVERAL)
            mark(x, t->set, rowid);
    }
}

/* Note the dates of a row that are outside the period. */
static void note_dates(struct expand *x, const struct result *r, uint32_t row)
{
    struct printing *p = x->printing;
    int32_t from = uni_date_days(p->period->from);
    int32_t to = uni_date_days(p->period->to);
    for (uint32_t i = 0; i < r->ncolumns; i++) {
        const struct datum *d = &r->data[(size_t)row * r->ncolumns + i];
        const struct origin *o = &r->origins[i];
        struct date date;
        if (!o->set || d->value.storage != SET_TEXT ||
            !dated_wants(&x->r->lint[LINT_PERIOD], o->set, o->column) ||
            !uni_parse_date(d->value.s, &date))
            continue;
        int32_t day = uni_date_days(date);
        if (day >= from && day <= to)
            continue;
        struct printed *out = p->out;
        out->outside = arena_grow(x->l->a, out->outside, &p->outside_cap,
            (size_t)out->noutside + 1, sizeof *out->outside);
        out->outside[out->noutside++] = (struct printed_date){
            .column = arena_printf(x->l->a, "%s.%s", o->set->name,
                o->set->columns[o->column].name),
            .date = date,
            .pos = query_pos(r, row, i)};
    }
}

/* Mark the row of a data set that a row of a result is. */
static void mark_row(struct expand *x, const struct result *r, uint32_t row)
{
    if (r->set)
        mark(x, r->set, r->rowids[row]);
    else
        mark_traced(x, r, row);
}

void printed_row(struct expand *x, const struct result *r, uint32_t row)
{
    struct printing *p = x->printing;
    if (p && p->bits)
        mark_row(x, r, row);
    if (p && p->period)
        note_dates(x, r, row);
}

/* Rows that need not be printed count as if they were. */
static void mark_exceptions(struct expand *x)
{
    const struct lint *lint = &x->r->lint[LINT_UNPRINTED];
    for (uint32_t i = 0; i < lint->nexcept; i++) {
        const struct result *r =
            query_run(x, &lint->except[i], NULL, QUERY_ANY_ORDER);
        for (uint32_t row = 0; r && row < r->nrows; row++)
            mark_row(x, r, row);
    }
}

/* Add the rows of a data set that nothing prints. */
static void find_unprinted(struct expand *x, uint32_t index)
{
    struct printing *p = x->printing;
    const struct set *set = &x->sets->sets[index];
    const char *sql = arena_printf(x->l->a,
        "SELECT rowid, CAST(\"%s\" AS TEXT) FROM \"%s\" ORDER BY rowid",
        set->columns[set->key].name, set->name);
    sqlite3_stmt *stmt = sets_prepare(x->sets, sql);
    while (sets_result(x->sets, sqlite3_step(stmt)) == SQLITE_ROW) {
        sqlite3_int64 rowid = sqlite3_column_int64(stmt, 0);
        if (p->bits[index][(rowid - 1) / 8] >> (rowid - 1) % 8 & 1)
            continue;
        struct set_value v = column_value(stmt, 1);
        char *name = arena_printf(
            x->l->a, "%s/%.*s", set->name, (int)v.s.n, v.s.n ? v.s.s : "");
        size_t before = strlen(set->name) + 1;
        struct printed *out = p->out;
        out->unprinted = arena_grow(x->l->a, out->unprinted, &p->unprinted_cap,
            (size_t)out->nunprinted + 1, sizeof *out->unprinted);
        out->unprinted[out->nunprinted++] =
            (struct unprinted){.name = {name, before + v.s.n},
                .set = set->name,
                .key = {name + before, v.s.n},
                .pos = sets_pos(x->sets, set, rowid)};
    }
    sqlite3_finalize(stmt);
}

void printed_end(struct expand *x)
{
    struct printing *p = x->printing;
    if (!p)
        return;
    /* Where something failed, much is missing, and not by mistake. */
    bool sound = !diag_errors(x->l->d);
    if (sound && p->bits)
        mark_exceptions(x);
    for (uint32_t i = 0; sound && p->bits && i < x->sets->n; i++) {
        if (p->bits[i] && !x->sets->sets[i].bad)
            find_unprinted(x, i);
    }
    if (sound && diag_is_on(x->l->d, D_DATA_STALE))
        p->out->latest = dated_latest(x);
    x->printing = NULL;
    arena_reset(p->a);
}
