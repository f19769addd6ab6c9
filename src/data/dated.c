/* Columns of dates, as built-in checks look at them. */
#include "data/printed_int.h"

#include <string.h>

/* The two parts of "events.day"; false if it has no dot. */
static bool split(struct slice s, struct slice *set, struct slice *column)
{
    const char *dot = memchr(s.s, '.', s.n);
    if (!dot)
        return false;
    *set = (struct slice){s.s, (size_t)(dot - s.s)};
    *column = (struct slice){dot + 1, s.n - set->n - 1};
    return true;
}

static const char HISTORY[] = "_history";

/* The data set whose updates "events_history" has, or NULL. */
static const struct set *history_of(const struct sets *s, struct slice name)
{
    const size_t n = sizeof HISTORY - 1;
    if (name.n <= n || memcmp(name.s + name.n - n, HISTORY, n) != 0)
        return NULL;
    return sets_find(s, (struct slice){name.s, name.n - n});
}

static void check_column(struct expand *x, struct node *n)
{
    struct diags *d = x->l->d;
    struct slice name, column;
    if (!split(n->s, &name, &column)) {
        if (load_diag(
                x->l, D_VALUE, n, "%s names no column", diag_quote(d, n->s)))
            diag_hint(d, "write dataset.column");
        return;
    }
    const struct set *set = sets_find(x->sets, name);
    if (!set && history_of(x->sets, name) && slice_is(column, "date"))
        return;
    if (!set) {
        if (load_diag(x->l, D_SET_UNKNOWN, n, "there is no data set %s",
                diag_quote(d, name)))
            sets_hint_set(x->sets, name);
        return;
    }
    const struct set_column *c = sets_column(set, column);
    if (set->bad || (c && c->kind == COLUMN_DATE))
        return;
    if (!c) {
        if (load_diag(x->l, D_ROW_COLUMN, n,
                "the data set '%s' has no column %s", set->name,
                diag_quote(d, column)))
            sets_hint_column(x->sets, set, column);
    } else if (load_diag(x->l, D_VALUE, n, "the column %s holds no dates",
                   diag_quote(d, n->s))) {
        diag_hint(d, "its data set says so: types: {%s: date}", c->name);
    }
}

void dated_check(struct expand *x, const struct lint *lint)
{
    for (uint32_t i = 0; i < lint->ncolumns; i++)
        check_column(x, lint->columns[i]);
}

/* Is the column among those that were named, or was none? */
static bool is_named(
    const struct lint *lint, struct slice set, const char *column)
{
    for (uint32_t i = 0; i < lint->ncolumns; i++) {
        struct slice s, c;
        if (split(lint->columns[i]->s, &s, &c) && slice_eq(s, set) &&
            slice_is(c, column))
            return true;
    }
    return !lint->ncolumns;
}

bool dated_wants(
    const struct lint *lint, const struct set *set, uint32_t column)
{
    const struct set_column *c = &set->columns[column];
    return c->kind == COLUMN_DATE &&
        is_named(lint, slice_of(set->name), c->name);
}

/* Take the greatest value of a column, if it is the latest date so far. */
static void look_at(struct expand *x, const struct set *set, const char *table,
    const char *column, struct latest *latest)
{
    struct sets *s = x->sets;
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(x->l->a,
            "SELECT rowid, \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL ORDER "
            "BY \"%s\" DESC, rowid LIMIT 1",
            column, table, column, column));
    if (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW) {
        struct slice text =
            slice_of((const char *)sqlite3_column_text(stmt, 1));
        const struct set_column *c =
            set ? sets_column(set, slice_of(column)) : NULL;
        struct date date;
        if (uni_parse_date(text, &date) &&
            (!latest->date.year ||
                uni_date_days(date) > uni_date_days(latest->date))) {
            latest->date = date;
            latest->pos = c
                ? sets_value_pos(s, set, sqlite3_column_int64(stmt, 0),
                      (uint32_t)(c - set->columns))
                : (struct pos){0};
        }
    }
    sqlite3_finalize(stmt);
}

struct latest dated_latest(struct expand *x)
{
    const struct lint *lint = &x->r->lint[LINT_STALE];
    struct latest latest = {0};
    for (uint32_t i = 0; i < x->sets->n; i++) {
        const struct set *set = &x->sets->sets[i];
        for (uint32_t k = 0; !set->bad && k < set->ncolumns; k++) {
            if (dated_wants(lint, set, k))
                look_at(x, set, set->name, set->columns[k].name, &latest);
        }
        const char *history = arena_printf(x->l->a, "%s%s", set->name, HISTORY);
        if (is_named(lint, slice_of(history), "date") &&
            sqlite3_table_column_metadata(x->sets->db, NULL, history, "date",
                NULL, NULL, NULL, NULL, NULL) == SQLITE_OK)
            look_at(x, NULL, history, "date", &latest);
    }
    return latest;
}
