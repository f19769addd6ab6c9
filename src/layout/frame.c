/* Frames: rules above and below blocks, and what is behind them. */
#include "layout/layout_int.h"

struct trim layout_trim(const struct style *s)
{
    struct trim t = {0};
    if (s->rule_before || s->fill)
        t.top = s->rule_before + s->rule_gap;
    if (s->rule_after || s->fill)
        t.bottom = s->rule_after + s->rule_gap;
    if (s->fill)
        t.side = s->rule_gap;
    return t;
}

struct frame *layout_frame(struct layout *y, const struct style *s, rlen x,
    rlen width, struct frame *outer)
{
    if (!s->rule_before && !s->rule_after && !s->fill)
        return outer;
    struct frame *f = ARENA_NEW(y->a, struct frame);
    *f = (struct frame){.style = s, .x = x, .width = width, .outer = outer};
    return f;
}

void layout_frame_begin(struct layout *y)
{
    size_t last = y->flow->n - 1;
    struct box *box = &y->flow->boxes[last];
    for (struct frame *f = box->frame; f && !f->begun; f = f->outer) {
        f->begun = true;
        f->first = f->last = last;
        box->top += layout_trim(f->style).top;
    }
    if (box->frame->single)
        layout_frame_end(y, box->frame);
}

/* A page break at the end is outside. */
void layout_frame_end(struct layout *y, struct frame *f)
{
    if (!f->begun)
        return;
    f->last = y->flow->n - 1;
    while (f->last > f->first && y->flow->boxes[f->last].kind == BOX_BREAK)
        f->last--;
    y->flow->boxes[f->last].bottom += layout_trim(f->style).bottom;
}
