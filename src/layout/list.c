/* Lists: marks in a column of their own, items beside them. */
#include "layout/layout_int.h"

/* The marks of all items; equal neighbours share one. Sets the widest. */
static struct para **shape_marks(
    struct layout *y, const struct list_doc *list, int style, rlen *widest)
{
    struct para **marks = ARENA_ARRAY(y->a, list->n, struct para *);
    struct para_spec spec = layout_greedy(y, style);
    spec.align = ALIGN_START;
    *widest = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct slice label = list->items[i].label;
        if (i && slice_eq(label, list->items[i - 1].label))
            marks[i] = marks[i - 1];
        else
            marks[i] = layout_shape_plain(y, label, (struct pos){0}, &spec);
        if (marks[i]->items.natural > *widest)
            *widest = marks[i]->items.natural;
    }
    for (uint32_t i = 0; i < list->n; i++)
        if (!marks[i]->lines.n)
            layout_break(y, marks[i], *widest);
    return marks;
}

/* An item without a first line for its mark gets an empty one. */
static void item(
    struct layout *y, const struct list_item *it, const struct place *in)
{
    layout_blocks(y, &it->body, in);
    if (in->mark->used)
        return;
    struct block *empty = ARENA_NEW(y->a, struct block);
    *empty = (struct block){.kind = BLOCK_PARAGRAPH, .style = -1};
    struct blocks one = {empty, 1};
    layout_blocks(y, &one, in);
}

/* A list has its style's space around it, unless the list around is tight. */
static void space_around(
    struct layout *y, size_t first, const struct style *style)
{
    struct flow *f = y->flow;
    if (f->n == first)
        return;
    if (f->boxes[first].before < style->before)
        f->boxes[first].before = style->before;
    if (f->boxes[f->n - 1].after < style->after)
        f->boxes[f->n - 1].after = style->after;
}

/*
 * Say of the boxes of item i of n, from `begin` on, what ends a page before
 * them: the list is divided, for the first item only after its first box.
 */
static void divide(struct flow *f, size_t begin, uint32_t i, uint32_t n)
{
    bool edge = i == 1 || i + 1 == n;
    for (size_t k = begin + (i == 0); k < f->n; k++)
        if (f->boxes[k].list == LIST_OUTSIDE)
            f->boxes[k].list = LIST_INSIDE;
    if (i > 0 && edge && begin < f->n)
        f->boxes[begin].list = LIST_EDGE;
}

void layout_list(
    struct layout *y, const struct list_doc *list, const struct place *at)
{
    bool own = at->style == STYLE_NOTE || at->style == STYLE_QUOTE;
    int id = own ? at->style : STYLE_LIST;
    const struct style *style = layout_style(y, id);
    const struct list_level *level =
        &y->profile->levels[list->level < LIST_LEVELS ? list->level
                                                      : LIST_LEVELS - 1];
    rlen widest;
    struct para **marks = shape_marks(y, list, id, &widest);
    rlen hang = widest + style->size * 3 / 10;
    if (hang < level->hang)
        hang = level->hang;
    rlen indent = level->indent + (at->contained ? 0 : style->indent);
    rlen end = at->contained ? 0 : style->indent_end;

    struct tags *tags = y->flow->tags;
    uint32_t elem = tags_add(tags, TAG_L, at->parent);
    if (list->numbered)
        tags->v[elem].extra = 1u + level->numbering;
    size_t first = y->flow->n;
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t li = tags_add(tags, TAG_LI, elem);
        struct mark mark = {
            .para = marks[i], .x = at->x + indent, .outer = at->mark};
        mark.elem = tags_add(tags, TAG_LBL, li);
        struct place in = *at;
        in.x += indent + hang;
        in.width -= indent + hang + end;
        in.parent = tags_add(tags, TAG_LBODY, li);
        in.style = (int16_t)id;
        in.contained = true;
        in.tight = list->tight;
        in.between = i ? level->between : 0;
        in.mark = &mark;
        size_t begin = y->flow->n;
        item(y, &list->items[i], &in);
        divide(y->flow, begin, i, list->n);
    }
    if (!at->tight)
        space_around(y, first, style);
}
