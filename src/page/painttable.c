/* A table's part on a page: fills, header, rows, rules. */
#include "page/page_int.h"

/* What painting one part of a table keeps at hand. */
struct part_painter {
    struct painter *p;
    const struct grid *g;
    const struct table_style *style;
    const struct part *part;
    rlen x, width; /* of the whole table on the page */
};

static rlen table_width(const struct grid *g)
{
    uint32_t last = g->ncolumns - 1;
    return g->x[last] + g->width[last];
}

static void paint_cell(const struct part_painter *t, const struct para *cell,
    uint32_t column, uint32_t from, uint32_t to, rlen y, uint32_t elem)
{
    const struct grid *g = t->g;
    paint_lines(t->p, cell, from, to, t->x + g->x[column] + g->pad_x, y,
        g->width[column] - 2 * g->pad_x, elem);
}

static rlen paint_caption(
    const struct part_painter *t, const struct table_top *top, rlen y)
{
    if (!top->caption)
        return y;
    uint32_t elem = t->part->first ? t->g->caption_elem : 0;
    paint_lines(t->p, top->caption, 0, top->caption->lines.n, t->x, y,
        top->caption->width, elem);
    return y + top->caption_height + top->gap;
}

static rlen paint_head(const struct part_painter *t, rlen y)
{
    const struct grid *g = t->g;
    if (!g->head)
        return y;
    rlen height = g->head_row.height;
    if (t->style->head_fill)
        paint_fill(t->p, t->x, y, t->width, height, t->style->head_colour);
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        uint32_t elem = t->part->first ? g->head_row.elem + 1 + c : 0;
        paint_cell(
            t, g->head[c], c, 0, g->head[c]->lines.n, y + g->pad_top, elem);
    }
    return y + height;
}

/* The lines of a row that stand on this page, and how high they are. */
struct row_part {
    uint32_t from, to; /* UINT32_MAX: to the end */
    rlen height; /* with padding */
};

static struct row_part row_part(const struct part_painter *t, uint32_t row)
{
    const struct grid *g = t->g;
    const struct part *part = t->part;
    bool to_end = row + 1 < part->to || part->line_to == UINT32_MAX;
    struct row_part r = {.from = row == part->from ? part->line_from : 0,
        .to = to_end ? UINT32_MAX : part->line_to,
        .height = g->rows[row].height};
    if (r.from || !to_end) {
        uint32_t lines = (to_end ? page_row_lines(g, row) : r.to) - r.from;
        const struct para *cell = g->cells[(size_t)row * g->ncolumns];
        r.height = (rlen)lines * cell->leading + g->pad_top + g->pad_bottom;
    }
    return r;
}

/* Behind all rules, which lie half on the rows beside them. */
static void paint_zebra(const struct part_painter *t, rlen y)
{
    for (uint32_t row = t->part->from; row < t->part->to; row++) {
        rlen height = row_part(t, row).height;
        if (row % 2)
            paint_fill(t->p, t->x, y, t->width, height, t->style->zebra_colour);
        y += height;
    }
}

/* Returns its bottom. */
static rlen paint_row(const struct part_painter *t, uint32_t row, rlen y)
{
    const struct grid *g = t->g;
    struct para *const *cells = &g->cells[(size_t)row * g->ncolumns];
    struct row_part r = row_part(t, row);
    for (uint32_t c = 0; c < g->ncolumns; c++)
        paint_cell(t, cells[c], c, r.from, r.to, y + g->pad_top,
            g->rows[row].elem + 1 + c);
    return y + r.height;
}

/* A rule of some thickness whose middle is at y. */
static void rule(const struct part_painter *t, rlen y, rlen thickness)
{
    if (thickness)
        paint_fill(t->p, t->x, y - thickness / 2, t->width, thickness,
            t->style->rule_colour);
}

static void vertical_rules(const struct part_painter *t, rlen top, rlen bottom)
{
    if (!t->style->frame)
        return;
    const struct grid *g = t->g;
    for (uint32_t c = 0; c <= g->ncolumns; c++) {
        bool edge = c == 0 || c == g->ncolumns;
        rlen thick = edge ? t->style->rule_outer : t->style->rule;
        rlen x = t->x + (c < g->ncolumns ? g->x[c] : t->width);
        if (thick)
            paint_fill(t->p, x - thick / 2, top, thick, bottom - top,
                t->style->rule_colour);
    }
}

/* The baseline of the first text below y. */
static rlen first_baseline(const struct grid *g, rlen y)
{
    if (g->caption)
        return y + g->caption->baseline;
    const struct para *cell = g->head ? g->head[0] : g->cells[0];
    return y + g->pad_top + cell->baseline;
}

static bool is_changed(const struct rows *rows, uint32_t row)
{
    return rows->change && row < rows->count && rows->change[row];
}

void paint_table(
    struct painter *p, const struct box *box, const struct part *part)
{
    const struct grid *g = box->grid;
    struct part_painter t = {.p = p,
        .g = g,
        .style = &p->profile->table,
        .part = part,
        .x = p->x + box->x,
        .width = table_width(g)};
    struct table_top top = page_table_top(g, part->first, part->last);
    rlen y = paint_top(p, box, part);
    if (part->first)
        paint_labels(p, box, first_baseline(g, y));
    y = paint_caption(&t, &top, y);
    rlen start = y;
    y = paint_head(&t, y);
    rlen head_bottom = y;
    if (t.style->zebra)
        paint_zebra(&t, y);
    for (uint32_t row = part->from; row < part->to; row++) {
        if (row > part->from)
            rule(&t, y, t.style->rule);
        rlen row_top = y;
        y = paint_row(&t, row, y);
        if (is_changed(g->table->rows, row))
            paint_changed(p, row_top, y - row_top);
    }
    rule(&t, start, t.style->rule_outer);
    if (g->head)
        rule(&t, head_bottom, t.style->rule_head);
    rule(&t, y, t.style->rule_outer);
    vertical_rules(&t, start, y);
    if (box->change)
        paint_changed(p, start, y - start);
    paint_bar(p, box, part, part->last ? y + box->bottom : y);
}
