/* Rows out of the order that their table declares. */
#include "review/checks_int.h"

#include "base/uni.h"

#include <math.h>

/* Keys of so many rows are made before their memory is used again. */
enum { ROWS_AT_ONCE = 1024 };

struct ordered {
    struct checks *c;
    const struct table *table;
    const struct rows *rows;
    struct arena *a; /* of the keys */
    struct slice *last; /* the keys of the row above, one per column */
    struct slice *next;
};

static void make_keys(const struct ordered *o, uint32_t row, struct slice *out)
{
    for (uint32_t i = 0; i < o->table->nexpected; i++) {
        uint32_t column = o->table->expected[i].column;
        out[i] = uni_sort_key(
            o->a, checks_cell(o->c, o->rows, row, column), o->c->doc->langs[0]);
    }
}

/* < 0, 0, > 0: how the row above compares with a row by an order's column. */
static int compare(const struct ordered *o, uint32_t row, uint32_t i)
{
    size_t n = o->table->nexpected;
    if (o->rows->sorts) {
        const double *next = &o->rows->sorts[row * n + i], *last = next - n;
        if (!isnan(*last) && !isnan(*next))
            return (*last > *next) - (*last < *next);
    }
    return slice_compare(o->last[i], o->next[i]);
}

/* The column by which a row must not come after the one above it, or -1. */
static int64_t find_fault(const struct ordered *o, uint32_t row)
{
    for (uint32_t i = 0; i < o->table->nexpected; i++) {
        int by = compare(o, row, i);
        if (by)
            return (by > 0) != o->table->expected[i].descending ? (int64_t)i
                                                                : -1;
    }
    return -1;
}

static void tell_fault(const struct ordered *o, uint32_t row, uint32_t by)
{
    struct checks *c = o->c;
    const struct expected *e = &o->table->expected[by];
    struct slice cell = checks_cell(c, o->rows, row, e->column);
    struct slice above = checks_cell(c, o->rows, row - 1, e->column);
    if (!checks_find(c, LINT_ORDER, cell,
            checks_cell_pos(o->rows, row, e->column),
            "%s stands after %s, out of the order of its table",
            diag_quote(c->l->d, cell), diag_quote(c->l->d, above)))
        return;
    diag_also(c->l->d, o->table->expect_node->pos, "which is declared here");
    checks_hint(c, LINT_ORDER, cell);
}

static void free_arena(void *a)
{
    arena_free(a);
}

static void check_table(
    struct checks *c, const struct table_doc *t, struct arena *keys)
{
    struct ordered o = {.c = c, .table = t->table, .rows = t->rows, .a = keys};
    o.last = ARENA_ARRAY(c->a, t->table->nexpected, struct slice);
    o.next = ARENA_ARRAY(c->a, t->table->nexpected, struct slice);
    for (uint32_t row = 0; row < t->rows->count; row++) {
        if (row % ROWS_AT_ONCE == 0) {
            arena_reset(keys);
            if (row)
                make_keys(&o, row - 1, o.last);
        }
        make_keys(&o, row, o.next);
        int64_t fault = row ? find_fault(&o, row) : -1;
        if (fault >= 0)
            tell_fault(&o, row, (uint32_t)fault);
        struct slice *last = o.last;
        o.last = o.next;
        o.next = last;
    }
}

void check_order(struct checks *c)
{
    struct arena *keys = NULL;
    for (uint32_t i = 0; checks_on(c, LINT_ORDER) && i < c->nlists; i++) {
        const struct table_doc *t = c->lists[i].table;
        if (!t->table->nexpected)
            continue;
        if (!keys) {
            keys = arena_beside(c->a);
            if (!keys)
                arena_exhausted(c->a);
            arena_on_free(c->a, free_arena, keys);
        }
        check_table(c, t, keys);
    }
}
