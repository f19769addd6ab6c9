/* Boxes: added to the flow with the destinations and notes that are due. */
#include "layout/layout_int.h"

void layout_anchor(struct layout *y, uint32_t target)
{
    if (!target)
        return;
    y->flow->next_target[target] = y->target;
    y->target = target;
}

const struct box_label *layout_labels(struct layout *y, struct mark *mark)
{
    struct box_label *first = NULL;
    for (; mark && !mark->used; mark = mark->outer) {
        struct box_label *label = ARENA_NEW(y->a, struct box_label);
        *label = (struct box_label){mark->para, mark->x, mark->elem, first};
        first = label;
        mark->used = true;
    }
    return first;
}

void layout_box(struct layout *y, const struct box *b)
{
    struct flow *f = y->flow;
    layout_tick(y);
    layout_anchor(y, b->target);
    f->boxes = arena_grow(y->a, f->boxes, &y->cap, f->n + 1, sizeof *f->boxes);
    struct box *box = &f->boxes[f->n++];
    *box = *b;
    box->section = y->section;
    /* What would belong to a page break belongs to what it brings. */
    if (b->kind == BOX_BREAK)
        return;
    box->target = y->target;
    box->new_page = y->new_page;
    y->target = 0;
    y->new_page = false;
    if (box->frame)
        layout_frame_begin(y);
}

struct box layout_box_in(struct layout *y, const struct place *at, int style)
{
    const struct style *s = layout_style(y, style);
    struct box b = {.kind = BOX_PARA,
        .keep_next = s->keep_next,
        .style = (int16_t)style,
        .before = s->before,
        .after = s->after,
        .x = at->x,
        .width = at->width,
        .bar_x = at->bar_x,
        .bar = at->bar,
        .frame = at->frame};
    if (!at->contained) {
        b.x += s->indent;
        b.width -= s->indent + s->indent_end;
    }
    /* A note's or quotation's own paragraphs stand in its frame already. */
    if (at->contained && at->style == style)
        return b;
    b.frame = layout_frame(y, s, b.x, b.width, at->frame);
    if (b.frame == at->frame)
        return b;
    b.frame->single = true;
    rlen side = layout_trim(s).side;
    b.x += side;
    b.width -= 2 * side;
    return b;
}

void layout_text_box(
    struct layout *y, struct box *b, struct para *p, uint32_t parent)
{
    struct note_refs refs = {0};
    layout_break(y, p, b->width);
    layout_check(y, p, b->pos);
    layout_spans(y, p, b->elem);
    layout_marks(y, p, 0, parent, &refs);
    b->para = p;
    b->notes = refs.v;
    b->nnotes = (uint32_t)refs.n;
    layout_box(y, b);
}
