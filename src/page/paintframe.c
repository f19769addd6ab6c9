/* What is behind texts and around them: frames; and boards, which have some. */
#include "page/page_int.h"

rlen paint_top(
    const struct painter *p, const struct box *box, const struct part *part)
{
    return p->y + part->y + (part->first ? box->top : 0);
}

/* Which ends of a frame are on the page. */
struct edges {
    bool top, bottom;
};

/* The fill and the rules of a style around a place of this size. */
static void paint_style(struct painter *p, const struct style *s, rlen x,
    rlen y, rlen width, rlen height, struct edges edges)
{
    if (s->fill)
        paint_fill(p, x, y, width, height, s->fill_colour);
    if (s->rule_before && edges.top)
        paint_fill(p, x, y, width, s->rule_before, s->rule_colour);
    if (s->rule_after && edges.bottom)
        paint_fill(p, x, y + height - s->rule_after, width, s->rule_after,
            s->rule_colour);
}

/*
 * The frame from part k of the page on, if it begins there or the page does.
 * Outer frames come first; as deep as notes and quotations may nest.
 */
static void paint_frame(struct painter *p, const struct frame *f, uint32_t k)
{
    const struct part *parts = &p->pages->parts[p->page->part];
    if (!f || (k && parts[k - 1].box >= f->first))
        return;
    paint_frame(p, f->outer, k);
    uint32_t last = k;
    while (last + 1 < p->page->nparts && parts[last + 1].box <= f->last)
        last++;
    struct edges edges = {.top = parts[k].box == f->first && parts[k].first,
        .bottom = parts[last].box == f->last && parts[last].last};
    rlen bottom = parts[last].y + parts[last].height;
    paint_style(p, f->style, p->x + f->x, p->y + parts[k].y, f->width,
        bottom - parts[k].y, edges);
}

void paint_frames(struct painter *p)
{
    for (uint32_t k = 0; k < p->page->nparts; k++) {
        const struct part *part = &p->pages->parts[p->page->part + k];
        paint_frame(p, p->flow->boxes[part->box].frame, k);
    }
}

void paint_board(
    struct painter *p, const struct box *box, const struct part *part)
{
    const struct board *b = box->board;
    rlen x = p->x + box->x, y = paint_top(p, box, part);
    for (uint32_t i = 0; i < b->nrules; i++)
        paint_fill(p, x, y + b->rules[i].y, box->width, b->rules[i].thickness,
            b->colour);
    for (uint32_t i = 0; i < b->ncells; i++) {
        const struct board_cell *c = &b->cells[i];
        struct trim trim = layout_trim(c->style);
        paint_style(p, c->style, x + c->x, y + c->y, c->width, c->height,
            (struct edges){true, true});
        paint_lines(p, c->para, 0, c->para->lines.n, x + c->x + trim.side,
            y + c->y + trim.top, c->width - 2 * trim.side, c->elem);
    }
    paint_bar(p, box, part, y + b->height);
}
