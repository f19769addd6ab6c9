/* Headings: of sections with a hanging label, of annexes on lines of their own.
 */
#include "layout/layout_int.h"

static uint32_t heading_elem(
    struct layout *y, const struct section_doc *s, uint32_t parent)
{
    struct tags *tags = y->flow->tags;
    uint32_t elem = tags_add(tags, (enum tag)(TAG_H1 + s->level - 1), parent);
    tags->v[elem].extra = s->target;
    return elem;
}

/* A line or more of a heading; `leads` carries the outline entry. */
static void heading_box(struct layout *y, const struct section_doc *s,
    const struct place *at, int style, struct para *p, uint32_t elem,
    bool leads)
{
    struct box b = layout_box_in(y, at, style);
    b.keep_next = true;
    b.change = s->change;
    b.pos = s->pos;
    b.elem = elem;
    if (leads) {
        b.heading = s->level;
        b.target = s->target;
    }
    layout_text_box(y, &b, p, at->parent);
}

static void subtitle(struct layout *y, const struct section_doc *s,
    const struct place *at, int style)
{
    if (!s->subtitle.n)
        return;
    struct para_spec spec = layout_title(y, style);
    struct para *p = layout_shape(y, &s->subtitle, &spec);
    uint32_t elem = tags_add(y->flow->tags, TAG_P, at->parent);
    heading_box(y, s, at, style, p, elem, false);
}

static void annex(
    struct layout *y, const struct section_doc *s, const struct place *at)
{
    y->new_page |= y->profile->annex_new_page;
    uint32_t elem = heading_elem(y, s, at->parent);
    bool label = s->label.n;
    if (label) {
        struct para_spec spec = layout_title(y, STYLE_ANNEX_LABEL);
        struct para *p = layout_shape_plain(y, s->label, s->pos, &spec);
        p->goes_on = true;
        heading_box(y, s, at, STYLE_ANNEX_LABEL, p, elem, true);
    }
    struct para_spec spec = layout_title(y, STYLE_ANNEX_TITLE);
    struct para *p = layout_shape(y, &s->title, &spec);
    heading_box(y, s, at, STYLE_ANNEX_TITLE, p, elem, !label);
    subtitle(y, s, at, STYLE_ANNEX_SUBTITLE);
}

/* The label hangs beside the title: the column grows if it is too wide. */
static void hang(struct layout *y, const struct section_doc *s,
    const struct para_spec *spec, struct box *b)
{
    struct para_spec start = *spec;
    start.align = ALIGN_START;
    struct para *label = layout_shape_plain(y, s->label, s->pos, &start);
    rlen column = label->items.natural + spec->style->size / 2;
    if (column < spec->style->hang)
        column = spec->style->hang;
    layout_break(y, label, column);
    label->goes_on = true;
    struct box_label *own = ARENA_NEW(y->a, struct box_label);
    *own = (struct box_label){.para = label, .x = b->x, .elem = b->elem};
    b->labels = own;
    b->x += column;
    b->width -= column;
}

void layout_heading(
    struct layout *y, const struct section_doc *s, const struct place *at)
{
    y->section = s->target;
    if (s->annex) {
        annex(y, s, at);
        return;
    }
    int style = STYLE_HEADING_1 + s->level - 1;
    struct para_spec spec = layout_title(y, style);
    const struct rich *title = &s->title;
    struct box b = layout_box_in(y, at, style);
    b.keep_next = true;
    b.change = s->change;
    b.pos = s->pos;
    b.heading = s->level;
    b.target = s->target;
    b.elem = heading_elem(y, s, at->parent);
    bool hangs = spec.style->hang > 0 && spec.align == ALIGN_START;
    if (s->label.n && hangs) {
        hang(y, s, &spec, &b);
    } else if (s->label.n) {
        /* Run in, with two no-break spaces. */
        struct slice lead = slice_of(arena_printf(
            y->a, "%.*s\xc2\xa0\xc2\xa0", (int)s->label.n, s->label.s));
        title = layout_run_in(y, lead, 0, title);
    }
    layout_text_box(y, &b, layout_shape(y, title, &spec), at->parent);
    subtitle(y, s, at, STYLE_SECTION_SUBTITLE);
}
