/* A cover's grid: what of it is printed, and where its rules are then. */
#include "inline/inline_int.h"

/* The text of a cell; n 0 if it is not printed. */
static struct rich cell_text(struct resolver *in, const struct mast_cell *c)
{
    struct rich nothing = {0};
    if (inline_absent(c->with))
        return nothing;
    in->value_lines = c->lines;
    struct rich text = inline_rich(in, c->text);
    in->value_lines = false;
    return text;
}

static struct mast_row_doc convert_row(
    struct resolver *in, const struct mast_row *row)
{
    struct mast_row_doc doc = {.row = row};
    doc.cells = ARENA_ARRAY(in->l->a, row->ncells, struct mast_cell_doc);
    for (uint32_t i = 0; i < row->ncells; i++) {
        const struct mast_cell *cell = &row->cells[i];
        struct rich text = cell_text(in, cell);
        if (text.n)
            doc.cells[doc.n++] = (struct mast_cell_doc){cell, text, 1};
    }
    return doc;
}

static rlen thicker(rlen a, rlen b)
{
    return a > b ? a : b;
}

/* Of the rows that a cell spans, those that are printed. */
static void count_spans(struct mast_doc *doc)
{
    for (uint32_t i = 0; i < doc->n; i++) {
        struct mast_row_doc *row = &doc->rows[i];
        for (uint32_t k = 0; k < row->n; k++) {
            const struct mast_row *end = row->row + row->cells[k].cell->rows;
            uint32_t last = i;
            while (last + 1 < doc->n && doc->rows[last + 1].row < end)
                last++;
            row->cells[k].rows = last - i + 1;
        }
    }
}

/*
 * Between two printed rows stands the thickest rule of theirs and of the rows
 * left out between them; at the edges, those that face the edge.
 */
struct mast_doc *inline_grid(struct resolver *in, const struct masthead *g)
{
    struct mast_doc *doc = ARENA_NEW(in->l->a, struct mast_doc);
    doc->grid = g;
    doc->rows = ARENA_ARRAY(in->l->a, g->nrows, struct mast_row_doc);
    rlen before = 0, after = 0;
    for (uint32_t i = 0; i < g->nrows; i++) {
        const struct mast_row *row = &g->rows[i];
        struct mast_row_doc one = convert_row(in, row);
        before = thicker(before, row->rule_before);
        if (!one.n) {
            after = thicker(after, row->rule_after);
            continue;
        }
        one.rule = doc->n ? thicker(before, after) : before;
        doc->rows[doc->n++] = one;
        before = 0;
        after = row->rule_after;
    }
    doc->rule = after;
    count_spans(doc);
    return doc->n ? doc : NULL;
}
