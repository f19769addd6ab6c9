/* The contents: a line for each heading, with room for its page number. */
#include "layout/layout_int.h"

/* The lines, and how wide their labels are by level, apart in annexes. */
struct toc {
    struct toc_line {
        const struct section_doc *section;
        struct para *label; /* NULL: none */
        bool annex; /* of an annex or in one */
    } * lines;
    size_t n, cap;
    rlen widest[2][6];
};

static int toc_style(const struct section_doc *s)
{
    return STYLE_CONTENTS_1 + s->level - 1;
}

static struct para_spec toc_spec(
    const struct layout *y, const struct section_doc *s)
{
    struct para_spec spec = layout_greedy(y, toc_style(s));
    spec.align = ALIGN_START;
    return spec;
}

/* Sections nest no deeper than there are levels of headings. */
static void collect(struct layout *y, struct toc *toc,
    const struct section_doc *sections, uint32_t n, bool annex)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct section_doc *s = &sections[i];
        if (s->level > y->profile->contents_depth)
            continue;
        toc->lines = arena_grow(
            y->a, toc->lines, &toc->cap, toc->n + 1, sizeof *toc->lines);
        struct toc_line *line = &toc->lines[toc->n++];
        *line = (struct toc_line){.section = s, .annex = annex};
        if (s->label.n) {
            struct para_spec spec = toc_spec(y, s);
            line->label = layout_shape_plain(y, s->label, s->pos, &spec);
            rlen *widest = &toc->widest[annex][s->level - 1];
            if (*widest < line->label->items.natural)
                *widest = line->label->items.natural;
        }
        collect(y, toc, s->sections, s->nsections, annex);
    }
}

/* The widest number has four digits; a gap before it. */
static rlen number_width(struct layout *y, const struct section_doc *s)
{
    struct para_spec spec = toc_spec(y, s);
    struct para *p =
        layout_shape_plain(y, SLICE("0000"), (struct pos){0}, &spec);
    return p->items.natural + spec.style->size;
}

static void toc_line(struct layout *y, const struct toc *toc,
    const struct toc_line *line, const struct place *at)
{
    const struct section_doc *s = line->section;
    struct para_spec spec = toc_spec(y, s);
    struct tags *tags = y->flow->tags;
    struct box b = layout_box_in(y, at, toc_style(s));
    b.kind = BOX_CONTENTS;
    b.pos = s->pos;
    b.contents = s->target;
    uint32_t item = tags_add(tags, TAG_TOCI, at->parent);
    tags->v[item].extra = s->target;
    uint32_t reference = tags_add(tags, TAG_REFERENCE, item);
    b.elem = tags_add(tags, TAG_LINK, reference);
    b.link_elem = b.elem;
    if (line->label) {
        rlen column =
            toc->widest[line->annex][s->level - 1] + spec.style->size * 6 / 10;
        if (column < spec.style->hang)
            column = spec.style->hang;
        layout_break(y, line->label, column);
        line->label->goes_on = true;
        struct box_label *label = ARENA_NEW(y->a, struct box_label);
        *label =
            (struct box_label){.para = line->label, .x = b.x, .elem = b.elem};
        b.labels = label;
        b.x += column;
        b.width -= column;
    }
    b.number_width = number_width(y, s);
    struct rich *title = layout_bare(y, &s->title, (struct slice){0});
    struct para *p = layout_shape(y, title, &spec);
    p->goes_on = true;
    rlen width = b.width;
    b.width -= b.number_width;
    layout_text_box(y, &b, p, at->parent);
    y->flow->boxes[y->flow->n - 1].width = width;
}

void layout_contents(struct layout *y, const struct place *at)
{
    struct toc toc = {0};
    collect(y, &toc, y->doc->sections, y->doc->nsections, false);
    collect(y, &toc, y->doc->annexes, y->doc->nannexes, true);
    if (!toc.n)
        return;
    struct slice title = y->profile->labels[LABEL_CONTENTS];
    if (title.n) {
        struct para_spec spec = layout_title(y, STYLE_CONTENTS_TITLE);
        struct box b = layout_box_in(y, at, STYLE_CONTENTS_TITLE);
        b.keep_next = true;
        b.elem = tags_add(y->flow->tags, TAG_P, at->parent);
        layout_text_box(
            y, &b, layout_shape_plain(y, title, b.pos, &spec), at->parent);
    }
    /* One TOC for each level that is open, within that of the level above. */
    uint32_t open[8] = {at->parent};
    unsigned depth = 0;
    for (size_t i = 0; i < toc.n; i++) {
        unsigned level = toc.lines[i].section->level;
        for (; depth < level; depth++)
            open[depth + 1] = tags_add(y->flow->tags, TAG_TOC, open[depth]);
        depth = level;
        struct place in = *at;
        in.parent = open[level];
        toc_line(y, &toc, &toc.lines[i], &in);
        bool leads = i + 1 < toc.n && toc.lines[i + 1].section->level > level;
        y->flow->boxes[y->flow->n - 1].keep_next = leads;
    }
}
