/* Figures: the size of an image, and its caption below. */
#include "layout/layout_int.h"

/* An image is at least so high, however long its caption is. */
enum { LEAST_HEIGHT = PT(12) };

/* "Figure 3", "figure 'chart'" or "the figure 'chart.png'". */
static const char *name_of(const struct layout *y, const struct figure_doc *f)
{
    struct diags *d = y->l->d;
    if (f->label.n)
        return arena_printf(y->a, "%.*s", (int)f->label.n, f->label.s);
    return arena_printf(
        y->a, "the figure %s", diag_quote(d, f->figure->file->s));
}

/* b such that a : b is from : to. */
static int64_t scale(int64_t a, int64_t from, int64_t to)
{
    int64_t b = (a * to + from / 2) / from;
    return b ? b : 1;
}

static void too_large(struct layout *y, const struct picture *p, int64_t width,
    int64_t height, int64_t tall)
{
    struct diags *d = y->l->d;
    const struct figure_doc *f = p->figure;
    const struct node *at = load_find(f->figure->node, "width");
    if (width > p->room)
        diag(d, D_FIGURE_LARGE, at ? at->pos : f->pos,
            "%s is to be %s wide, but the text is %s wide", name_of(y, f),
            layout_mm(y, width), layout_mm(y, p->room));
    else
        diag(d, D_FIGURE_LARGE, at ? at->pos : f->pos,
            "%s is %s high, but with its caption a page has room for %s",
            name_of(y, f), layout_mm(y, height), layout_mm(y, tall));
    diag_hint(d,
        at ? "without 'width' it is as large as fits"
           : "make its caption shorter");
}

void layout_picture_size(struct layout *y, struct picture *p)
{
    const struct figure *figure = p->figure->figure;
    const struct image *image = &y->doc->images->v[p->figure->image];
    int64_t tall = (int64_t)p->tall - picture_height(p) + p->height;
    int64_t width = figure->width ? figure->width : image->natural_width;
    if (!figure->width && width > p->room)
        width = p->room;
    int64_t height = scale(width, image->natural_width, image->natural_height);
    bool fits = width <= p->room && height <= tall;
    if (!fits && (figure->width || tall < LEAST_HEIGHT)) {
        too_large(y, p, width, height, tall);
        width = height = 1;
    } else if (!fits) {
        height = tall;
        width = scale(height, image->natural_height, image->natural_width);
    }
    p->width = (rlen)width;
    p->height = (rlen)height;
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    p->x = 0;
    if (spec.align == ALIGN_CENTRE)
        p->x = (p->room - p->width) / 2;
    else if (spec.align == ALIGN_END)
        p->x = p->room - p->width;
}

/* What the frames around it may take of a page. */
static rlen frames(const struct place *at)
{
    rlen taken = 0;
    for (const struct frame *f = at->frame; f; f = f->outer) {
        struct trim trim = layout_trim(f->style);
        taken += trim.bottom + (f->begun ? 0 : trim.top);
    }
    return taken;
}

static void caption(struct layout *y, struct picture *p, struct box *box)
{
    const struct figure_doc *f = p->figure;
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    struct note_refs refs = {0};
    const struct rich *text = layout_caption(y, f->label, &f->caption);
    p->caption_elem = tags_add(y->flow->tags, TAG_CAPTION, box->elem);
    p->caption = layout_shape(y, text, &spec);
    p->gap = spec.style->after;
    layout_break(y, p->caption, p->room);
    layout_check(y, p->caption, f->pos);
    layout_spans(y, p->caption, p->caption_elem);
    layout_marks(y, p->caption, 0, p->caption_elem, &refs);
    /* It is one atom, whatever line a mark stands in. */
    for (size_t i = 0; i < refs.n; i++)
        refs.v[i].line = 0;
    box->notes = refs.v;
    box->nnotes = (uint32_t)refs.n;
}

void layout_figure(
    struct layout *y, const struct block *block, const struct place *at)
{
    const struct table_style *style = &y->profile->table;
    struct picture *p = ARENA_NEW(y->a, struct picture);
    *p = (struct picture){.figure = &y->doc->figures[block->figure],
        .room = at->width,
        .tall = y->flow->height - frames(at)};
    struct box box = {.kind = BOX_FIGURE,
        .change = block->change,
        .style = STYLE_CAPTION,
        .before = style->before,
        .after = style->after,
        .x = at->x,
        .width = at->width,
        .labels = layout_labels(y, at->mark),
        .picture = p,
        .target = block->target,
        .bar_x = at->bar_x,
        .bar = at->bar,
        .frame = at->frame,
        .pos = block->pos};
    if (!p->figure->figure->decorative) {
        box.elem = tags_add(y->flow->tags, TAG_FIGURE, at->parent);
        y->flow->tags->v[box.elem].extra = block->figure;
    }
    if (p->figure->caption.n)
        caption(y, p, &box);
    layout_picture_size(y, p);
    layout_box(y, &box);
}
