/* Figures: what they show, their numbers and captions. */
#include "inline/inline_int.h"

/* A text without markup on one line. */
static struct slice plain_line(struct resolver *in, const struct text *t)
{
    struct builder *b = inline_builder(in);
    inline_literal(b, t, 0, (uint32_t)t->s.n, false);
    struct rich r = inline_finish(b);
    inline_builder_free(b);
    return inline_plain(in->l->a, in->doc, &r);
}

static struct slice figure_label(struct resolver *in)
{
    struct arena *a = in->l->a;
    return inline_label(a, in->doc->profile->labels[LABEL_FIGURE],
        inline_number(a, NUMBERING_DECIMAL, ++in->figures, false));
}

uint32_t inline_figure(struct resolver *in, const struct figure *f)
{
    struct doc *doc = in->doc;
    doc->figures = arena_grow(in->l->a, doc->figures, &in->figures_cap,
        (size_t)doc->nfigures + 1, sizeof *doc->figures);
    struct figure_doc *to = &doc->figures[doc->nfigures];
    *to = (struct figure_doc){.figure = f, .pos = f->node->pos};
    if (f->alt)
        to->alt = plain_line(in, f->alt);
    if (f->caption) {
        to->label = figure_label(in);
        to->caption = inline_rich(in, f->caption);
    }
    return doc->nfigures++;
}
