/* The walk over the document: from cover to annexes, one column of boxes. */
#include "layout/layout_int.h"

rlen layout_text_width(const struct profile *p)
{
    return p->width - p->inner - p->outer;
}

/* Sections nest no deeper than there are levels of headings. */
static void sections(struct layout *y, const struct section_doc *s, uint32_t n,
    const struct place *at)
{
    for (uint32_t i = 0; i < n; i++) {
        layout_heading(y, &s[i], at);
        layout_blocks(y, &s[i].body, at);
        sections(y, s[i].sections, s[i].nsections, at);
        y->section = s[i].target;
        layout_blocks(y, &s[i].after, at);
    }
}

static struct flow *new_flow(
    struct arena *a, const struct doc *doc, struct fonts *fonts)
{
    const struct profile *p = doc->profile;
    struct flow *f = ARENA_NEW(a, struct flow);
    f->doc = doc;
    f->fonts = fonts;
    f->tags = tags_new(a);
    f->a = a;
    f->width = layout_text_width(p);
    f->height = p->height - p->top - p->bottom;
    f->notes = ARENA_ARRAY(a, (size_t)doc->nnotes + 1, struct note_box);
    f->next_target = ARENA_ARRAY(a, (size_t)doc->ntargets + 1, uint32_t);
    return f;
}

/* Destinations that no box came for lead to the last one. */
static void rest_of_targets(struct layout *y)
{
    struct flow *f = y->flow;
    if (!y->target || !f->n)
        return;
    uint32_t *end = &f->boxes[f->n - 1].target;
    while (*end)
        end = &f->next_target[*end];
    *end = y->target;
}

/* Cover and contents are set off from what follows as from one another. */
static void set_apart(struct layout *y)
{
    if (!y->flow->n)
        return;
    struct box *last = &y->flow->boxes[y->flow->n - 1];
    rlen apart = y->profile->styles[STYLE_CONTENTS_TITLE].before;
    if (last->after < apart)
        last->after = apart;
}

struct flow *layout_flow(const struct load *l, struct arena *scratch,
    const struct doc *doc, struct fonts *fonts, const struct late *late)
{
    struct layout y = {.l = l,
        .a = l->a,
        .scratch = scratch,
        .doc = doc,
        .profile = doc->profile,
        .fonts = fonts,
        .late = late,
        .flow = new_flow(l->a, doc, fonts)};
    struct flow *f = y.flow;
    struct place at = {.width = f->width, .parent = 1, .style = STYLE_BODY};
    layout_collect_series(&y);
    layout_blocks(&y, &doc->cover, &at);
    set_apart(&y);
    if (y.profile->contents_depth > 0) {
        size_t before = f->n;
        layout_contents(&y, &at);
        set_apart(&y);
        y.new_page = f->n > before && y.profile->contents_new_page;
    }
    f->body = f->n;
    layout_blocks(&y, &doc->body, &at);
    sections(&y, doc->sections, doc->nsections, &at);
    y.section = 0;
    layout_blocks(&y, &doc->after, &at);
    sections(&y, doc->annexes, doc->nannexes, &at);
    layout_end(&y, &at);
    rest_of_targets(&y);
    arena_reset(scratch);
    return f;
}
