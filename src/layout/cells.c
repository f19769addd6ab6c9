/* The cells of a table: shaped once, equal plain ones shared, and measured. */
#include "layout/layout_int.h"

#include <string.h>

struct para_spec layout_cell_spec(
    const struct layout *y, const struct table_doc *t, uint32_t c, bool head)
{
    const struct column *column = t->columns[c].column;
    struct para_spec spec =
        layout_greedy(y, head ? STYLE_TABLE_HEAD : STYLE_TABLE_CELL);
    if (column->align_given)
        spec.align = column->align;
    if (head && y->profile->table.head_align_given)
        spec.align = y->profile->table.head_align;
    spec.tabular = true;
    if (column->hyphenate && !head) {
        spec.mode = TEXT_RAGGED;
        spec.hyphenate = true;
    }
    spec.identifier = column->identifier && !head;
    return spec;
}

/*
 * Paragraphs of plain cells by column and bytes: slots hold 1 + the index of
 * the first cell of its kind, 0 where empty. At most half of them are taken.
 */
struct shared {
    uint32_t *slots;
    size_t mask;
};

static struct shared new_shared(struct layout *y, size_t cells)
{
    size_t n = 16;
    while (n < 2 * cells)
        n *= 2;
    return (struct shared){ARENA_ARRAY(y->scratch, n, uint32_t), n - 1};
}

/* The slot of a plain cell: empty, or with the first of its kind. */
static uint32_t *find_shared(
    const struct shared *shared, const struct rows *rows, size_t index)
{
    const struct cell *cell = &rows->cells[index];
    size_t column = index % rows->ncolumns;
    size_t i = (size_t)str_hash(cell->s, cell->n, column);
    for (;; i++) {
        uint32_t *slot = &shared->slots[i & shared->mask];
        if (!*slot)
            return slot;
        size_t other = *slot - 1;
        const struct cell *known = &rows->cells[other];
        if (known->n == cell->n && other % rows->ncolumns == column &&
            (!cell->n || memcmp(known->s, cell->s, cell->n) == 0))
            return slot;
    }
}

static int64_t square_root(int64_t v)
{
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 30; bit; bit /= 2)
        if ((root + bit) * (root + bit) <= v)
            root += bit;
    return root;
}

/* A few very long cells shall not decide: mean and two standard deviations. */
static rlen usual_width(const struct spread *s)
{
    if (!s->n)
        return 0;
    int64_t mean = s->sum / s->n;
    int64_t variance = s->squares / s->n - mean * mean;
    if (variance < 0)
        variance = 0;
    int64_t usual = mean + 1 + 2 * square_root(variance + 1);
    return usual > RLEN_MAX / 1000 ? RLEN_MAX : (rlen)usual * 1000;
}

static rlen at_most(rlen v, rlen most)
{
    return v < most ? v : most;
}

static void widen(struct column_need *to, const struct column_need *by)
{
    if (to->narrow < by->narrow)
        to->narrow = at_most(by->narrow, RLEN_MAX);
    if (to->widest < by->widest)
        to->widest = at_most(by->widest, RLEN_MAX);
    if (to->natural < by->natural)
        to->natural = at_most(by->natural, RLEN_MAX);
}

static void measure(struct column_measure *m, const struct items *items)
{
    const struct column_need need = {.narrow = items->narrow,
        .widest = items->widest,
        .natural = items->natural};
    int64_t points = at_most(items->natural, RLEN_MAX) / 1000;
    widen(&m->need, &need);
    m->spread.n++;
    m->spread.sum += points;
    m->spread.squares += points * points;
}

void layout_add_measure(
    struct column_measure *to, const struct column_measure *more)
{
    widen(&to->need, &more->need);
    to->spread.n += more->spread.n;
    to->spread.sum += more->spread.sum;
    to->spread.squares += more->spread.squares;
    if (to->title < more->title)
        to->title = more->title;
}

struct column_need layout_need(const struct column_measure *m)
{
    struct column_need need = m->need;
    rlen usual = usual_width(&m->spread);
    if (usual < need.widest)
        usual = need.widest;
    /* A title may ask for a third more to stay on one line. */
    if (usual < m->title && m->title <= usual + usual / 3)
        usual = m->title;
    need.usual = at_most(usual, need.natural);
    return need;
}

static struct para *shape_cell(struct layout *y, const struct rows *rows,
    size_t index, const struct para_spec *spec)
{
    const struct cell *cell = &rows->cells[index];
    if (cell->kind == CELL_RICH)
        return layout_shape(y, cell->rich, spec);
    struct slice s = {cell->s, cell->n};
    struct pos pos = data_pos(rows, (uint32_t)(index / rows->ncolumns),
        (uint32_t)(index % rows->ncolumns));
    return layout_shape_plain(y, s, pos, spec);
}

static void shape_rows(struct layout *y, struct grid *g,
    struct column_measure *m, const struct para_spec *specs)
{
    const struct rows *rows = g->table->rows;
    size_t n = (size_t)rows->count * rows->ncolumns;
    struct shared shared = new_shared(y, n);
    for (size_t i = 0, c = 0; i < n; i++) {
        uint32_t *slot = NULL;
        if (rows->cells[i].kind == CELL_PLAIN)
            slot = find_shared(&shared, rows, i);
        if (slot && *slot) {
            g->cells[i] = g->cells[*slot - 1];
        } else {
            g->cells[i] = shape_cell(y, rows, i, &specs[c]);
            g->page_refs |= g->cells[i]->page_refs;
            if (slot)
                *slot = (uint32_t)i + 1;
        }
        struct items items = layout_measure(y, g->cells[i], &specs[c]);
        measure(&m[c], &items);
        if (++c < rows->ncolumns)
            continue;
        c = 0;
        y->steps++;
        layout_tick(y);
    }
    arena_reset(y->scratch);
}

/* A table without rows keeps a blank one, so that its header is not alone. */
static void blank_row(
    struct layout *y, struct grid *g, const struct para_spec *specs)
{
    for (uint32_t c = 0; c < g->ncolumns; c++)
        g->cells[c] = layout_shape_plain(
            y, (struct slice){"", 0}, (struct pos){0}, &specs[c]);
}

static void shape_titles(
    struct layout *y, struct grid *g, struct column_measure *m)
{
    g->head = ARENA_ARRAY(y->a, g->ncolumns, struct para *);
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        struct para_spec spec = layout_cell_spec(y, g->table, c, true);
        g->head[c] = layout_shape(y, &g->table->columns[c].title, &spec);
        g->page_refs |= g->head[c]->page_refs;
        struct items items = layout_measure(y, g->head[c], &spec);
        const struct column_need need = {.narrow = items.narrow,
            .widest = items.widest,
            .natural = items.natural};
        widen(&m[c].need, &need);
        m[c].title = g->head[c]->items.natural;
    }
}

void layout_cells(struct layout *y, struct grid *g, struct column_measure *m)
{
    struct para_spec specs[LAYOUT_COLUMNS];
    for (uint32_t c = 0; c < g->ncolumns; c++)
        specs[c] = layout_cell_spec(y, g->table, c, false);
    if (g->table->head)
        shape_titles(y, g, m);
    if (g->table->rows->count)
        shape_rows(y, g, m, specs);
    else
        blank_row(y, g, specs);
}
