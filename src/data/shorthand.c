/* The shorthand of queries in SQL: from, where, order-by, limit. */
#include "data/expand_int.h"

#include <string.h>

struct making {
    struct expand *x;
    struct query *q;
    struct compiled *c;
    const struct set *set;
    struct buf *sql;
    size_t params_cap;
    bool bad;
};

/* The column of that name, or NULL, which is reported. */
static const struct set_column *find_column(
    struct making *m, struct slice name, struct node *at)
{
    const struct load *l = m->x->l;
    const struct set_column *c = sets_column(m->set, name);
    if (c)
        return c;
    m->bad = true;
    if (!m->set->bad &&
        load_diag(l, D_ROW_COLUMN, at, "the data set '%s' has no column %s",
            m->set->name, diag_quote(l->d, name)))
        sets_hint_column(m->x->sets, m->set, name);
    return NULL;
}

/* An operand as a parameter; false if it is null for sure, or reported. */
static bool add_operand(
    struct making *m, const struct set_column *column, struct text *t)
{
    struct arena *a = m->x->l->a;
    struct compiled *c = m->c;
    struct param p = {0};
    if (!expand_has_values(t)) {
        struct slice s = expand_join(a, t);
        if (!sets_value(
                m->x->sets, m->set, column, s, t->node->pos, &p.fixed)) {
            m->bad = true;
            return false;
        }
        if (p.fixed.storage == SET_NULL)
            return false;
    } else {
        p.text = t;
        p.piece = t->npieces == 1 ? t->pieces : NULL;
        if (p.piece && p.piece->format.n) {
            struct load_cursor cursor = {0};
            m->bad = true;
            if (expand_tell(m->x, t, p.piece->off, &cursor, D_QUERY,
                    "a value in a query takes no format"))
                diag_hint(m->x->l->d, "dates are bound as 2025-12-04");
        }
    }
    c->params = arena_grow(
        a, c->params, &m->params_cap, (size_t)c->nparams + 1, sizeof p);
    c->params[c->nparams++] = p;
    return true;
}

/* "column" IS ?1 OR "column" IS NULL OR "column" IN (?2, ?3) */
static void put_where(struct making *m, const struct where *w)
{
    const struct set_column *column = find_column(m, w->column, w->node);
    struct buf list = buf_new(m->x->l->a);
    const char *before = "";
    for (uint32_t i = 0; column && i < w->nvalues; i++) {
        bool some = add_operand(m, column, w->values[i]);
        unsigned long at = m->c->nparams;
        bool is = w->nvalues == 1 || expand_has_values(w->values[i]);
        if (some && !is) {
            buf_printf(&list, "%s?%lu", list.n ? ", " : "", at);
            continue;
        }
        buf_printf(m->sql, "%s\"%s\" IS ", before, column->name);
        if (some)
            buf_printf(m->sql, "?%lu", at);
        else
            buf_puts(m->sql, "NULL");
        before = " OR ";
    }
    if (list.n)
        buf_printf(m->sql, "%s\"%s\" IN (%s)", before, column->name, list.s);
}

static void put_order(struct making *m, const struct order *o)
{
    const struct set_column *c = find_column(m, o->column, o->node);
    if (c)
        buf_printf(m->sql, "%s\"%s\"%s%s, ", o->natural ? "\"natural\"(" : "",
            c->name, o->natural ? ")" : "", o->descending ? " DESC" : "");
}

/* An index for the first column that is one value. */
static void plan_index(struct making *m)
{
    for (uint32_t i = 0; i < m->q->nwhere; i++) {
        const struct where *w = &m->q->where[i];
        const struct set_column *c = sets_column(m->set, w->column);
        if (w->nvalues != 1 || !c || !expand_has_values(w->values[0]))
            continue;
        m->c->index = arena_printf(m->x->l->a,
            "CREATE INDEX IF NOT EXISTS \"%s:%s\" ON \"%s\"(\"%s\")",
            m->set->name, c->name, m->set->name, c->name);
        return;
    }
}

bool query_shorthand(
    struct expand *x, struct query *q, struct compiled *c, struct buf *sql)
{
    const struct load *l = x->l;
    struct making m = {.x = x, .q = q, .c = c, .sql = sql};
    m.set = sets_find(x->sets, q->from);
    if (!m.set) {
        if (load_diag(l, D_QUERY, q->from_node, "there is no data set %s",
                diag_quote(l->d, q->from)))
            sets_hint_set(x->sets, q->from);
        return false;
    }
    if (m.set->bad)
        return false;
    c->set = m.set;
    buf_puts(sql, "SELECT ");
    for (uint32_t i = 0; i < m.set->ncolumns; i++)
        buf_printf(sql, "\"%s\", ", m.set->columns[i].name);
    buf_printf(sql, "rowid FROM \"%s\"", m.set->name);
    for (uint32_t i = 0; i < q->nwhere; i++) {
        buf_puts(sql, i ? " AND (" : " WHERE (");
        put_where(&m, &q->where[i]);
        buf_puts(sql, ")");
    }
    buf_puts(sql, " ORDER BY ");
    for (uint32_t i = 0; i < q->norder; i++)
        put_order(&m, &q->order[i]);
    buf_puts(sql, "rowid");
    if (q->limit)
        buf_printf(sql, " LIMIT %lld", (long long)q->limit);
    plan_index(&m);
    return !m.bad;
}
