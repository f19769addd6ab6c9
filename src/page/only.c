/* A part of the report alone, with the numbers it has in the whole. */
#include "page/page_int.h"

#include <string.h>

/* The boxes of one chosen section or annex: from..to-1. */
struct range {
    uint32_t from, to;
    uint32_t top; /* target of the top heading that it is or stands under */
};

struct chooser {
    const struct load *l;
    const struct pages *whole;
    bool *chosen; /* by target */
    struct range *ranges;
    uint32_t nranges;
};

static const struct section_doc *section_of(const struct doc *doc, uint32_t t)
{
    return doc->targets[t].kind == TARGET_SECTION ? doc->targets[t].section
                                                  : NULL;
}

/* The first ids of a report, with commas between them. */
static const char *list_ids(struct arena *a, const char *const *names, size_t n)
{
    enum { MOST = 20 };
    struct buf b = buf_new(a);
    for (size_t i = 0; i < n && i < MOST; i++)
        buf_printf(&b, "%s%s", i ? ", " : "", names[i]);
    if (n > MOST)
        buf_puts(&b, ", …");
    return b.s;
}

static void hint_ids(
    const struct load *l, const struct doc *doc, struct slice id)
{
    const char **names = ARENA_ARRAY(l->a, doc->ntargets + 1, const char *);
    uint32_t n = 0;
    for (uint32_t t = 1; t < doc->ntargets; t++)
        if (section_of(doc, t) && doc->targets[t].id.n)
            names[n++] =
                arena_strndup(l->a, doc->targets[t].id.s, doc->targets[t].id.n);
    const char *near = str_nearest(id, names);
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
    else if (n)
        diag_hint(l->d, "sections and annexes with an id: %s",
            list_ids(l->a, names, n));
}

static void choose_ids(struct chooser *c, const char *const *ids)
{
    const struct doc *doc = c->whole->flow->doc;
    for (; *ids; ids++) {
        struct slice id = slice_of(*ids);
        uint32_t t = inline_target(doc, id);
        if (t && section_of(doc, t)) {
            c->chosen[t] = true;
            continue;
        }
        diag(c->l->d, D_ONLY_UNKNOWN, (struct pos){0},
            "--only %s: no section or annex has this id", *ids);
        hint_ids(c->l, doc, id);
    }
}

/* The outline depth of a heading box's section. */
static uint32_t level_of(const struct doc *doc, uint32_t target)
{
    const struct section_doc *s = section_of(doc, target);
    return s ? s->level : 0;
}

/*
 * A chosen section spans its heading and all boxes up to the next that are not
 * under it: a heading of its level or above, or what stands after the sections
 * of the one above. The first of an annex's boxes is the one with the target.
 */
static void find_ranges(struct chooser *c)
{
    const struct flow *flow = c->whole->flow;
    const struct doc *doc = flow->doc;
    uint32_t open = 0; /* level of the range being read; 0: none */
    uint32_t top = 0;
    for (uint32_t i = 0; i < flow->n; i++) {
        const struct box *box = &flow->boxes[i];
        uint32_t level = box->target ? level_of(doc, box->target) : 0;
        if (level == 1)
            top = box->target;
        bool leaves =
            level ? level <= open : level_of(doc, box->section) < open;
        if (open && leaves) {
            c->ranges[c->nranges - 1].to = i;
            open = 0;
        }
        if (level && !open && c->chosen[box->target]) {
            c->ranges[c->nranges++] = (struct range){i, (uint32_t)flow->n, top};
            open = level;
        }
    }
}

/* What has been cut out so far. */
struct cut {
    struct pages *out;
    struct arena *a;
    uint32_t nparts;
    size_t nnotes, notes_cap;
};

/* The footnotes of a page whose marks stand in parts that are printed. */
static void keep_notes(const struct pages *whole, const struct page *from,
    struct cut *cut, struct page *page)
{
    const struct flow *flow = whole->flow;
    struct pages *out = cut->out;
    page->note = (uint32_t)cut->nnotes;
    page->nnotes = 0;
    rlen height = 0;
    for (uint32_t i = 0; i < from->nnotes; i++) {
        uint32_t note = whole->notes[from->note + i];
        bool here = false;
        for (uint32_t k = 0; k < page->nparts && !here; k++) {
            const struct box *box =
                &flow->boxes[out->parts[page->part + k].box];
            here = box->nnotes && note >= box->notes[0].note &&
                note <= box->notes[box->nnotes - 1].note;
        }
        if (!here)
            continue;
        /* Two parts of one page may both have a mark of it. */
        out->notes = arena_grow(cut->a, out->notes, &cut->notes_cap,
            cut->nnotes + 1, sizeof *out->notes);
        out->notes[cut->nnotes++] = note;
        page->nnotes++;
        height += flow->notes[note].height;
    }
    page->notes_y = flow->height - height;
}

/* The parts of one page of the whole that lie in a range; none: no page. */
static void cut_page(const struct pages *whole, const struct page *from,
    const struct range *range, struct cut *cut)
{
    struct pages *out = cut->out;
    struct page page = *from;
    page.part = cut->nparts;
    page.nparts = 0;
    page.section = range->top;
    for (uint32_t k = 0; k < from->nparts; k++) {
        const struct part *part = &whole->parts[from->part + k];
        if (part->box < range->from || part->box >= range->to)
            continue;
        out->parts[page.part + page.nparts++] = *part;
    }
    if (!page.nparts)
        return;
    /* What began further down stands at the page's top now. */
    const struct part *first = &out->parts[page.part];
    if (first->box == range->from && first->first) {
        rlen up = first->y;
        for (uint32_t k = 0; k < page.nparts; k++)
            out->parts[page.part + k].y -= up;
    }
    cut->nparts += page.nparts;
    keep_notes(whole, from, cut, &page);
    out->v[out->n++] = page;
}

/*
 * A page of the whole may hold the end of one range and the start of the
 * next: it then gives two pages with one number.
 */
static struct pages *cut_all(struct chooser *c)
{
    const struct pages *whole = c->whole;
    struct arena *a = c->l->a;
    struct pages *out = ARENA_NEW(a, struct pages);
    *out = *whole;
    uint32_t all_parts = 0;
    for (uint32_t i = 0; i < whole->n; i++)
        all_parts += whole->v[i].nparts;
    out->v = ARENA_ARRAY(a, (size_t)whole->n + c->nranges, struct page);
    out->parts = ARENA_ARRAY(a, (size_t)all_parts + 1, struct part);
    out->notes = NULL;
    out->n = 0;
    struct cut cut = {.out = out, .a = a};
    uint32_t page = 0;
    for (uint32_t r = 0; r < c->nranges; r++) {
        const struct range *range = &c->ranges[r];
        /* Ranges and pages are both in order: never look back but one page. */
        for (uint32_t i = page ? page - 1 : 0; i < whole->n; i++) {
            const struct page *p = &whole->v[i];
            if (p->nparts && whole->parts[p->part].box >= range->to)
                break;
            uint32_t before = out->n;
            cut_page(whole, p, range, &cut);
            if (out->n > before)
                page = i + 1;
        }
    }
    pages_index(out, a, false);
    return out;
}

/* Headings begin with H1 (PDF/UA-1, 7.4.2), whatever their size on the page. */
static void raise_headings(const struct chooser *c)
{
    const struct flow *flow = c->whole->flow;
    for (uint32_t r = 0; r < c->nranges; r++) {
        const struct range *range = &c->ranges[r];
        uint8_t above = flow->boxes[range->from].heading - 1;
        for (uint32_t i = range->from; i < range->to; i++)
            if (flow->boxes[i].heading)
                flow->tags->v[flow->boxes[i].elem].tag -= above;
    }
}

/* Where footnotes are printed. */
struct noted {
    const struct load *l;
    const struct doc *doc;
    bool *known; /* by note: its text is printed, or this was reported */
    uint32_t *page_of; /* by note: the number of its page in the whole */
};

/* A later mark of a note may be printed where the first one, its text, is not.
 */
static void check_marks(struct noted *n, const struct para *p)
{
    for (uint32_t i = 0; p && p->text && i < p->text->n; i++) {
        const struct span *s = &p->text->spans[i];
        if (s->kind != SPAN_NOTE || n->known[s->note])
            continue;
        n->known[s->note] = true;
        diag(n->l->d, D_NOTE_ELSEWHERE, s->pos,
            "the text of footnote %u is not printed: it stands at its first "
            "mark, on page %u",
            n->doc->notes[s->note].number, n->page_of[s->note]);
        diag_hint(n->l->d, "give --only that section too");
    }
}

/* Caption, column titles and cells. */
static void check_grid(struct noted *n, const struct grid *g)
{
    check_marks(n, g->caption);
    for (uint32_t c = 0; g->head && c < g->ncolumns; c++)
        check_marks(n, g->head[c]);
    for (size_t c = 0; c < (size_t)g->nrows * g->ncolumns; c++)
        check_marks(n, g->cells[c]);
}

static void check_notes(
    const struct load *l, const struct pages *whole, const struct pages *out)
{
    const struct flow *flow = whole->flow;
    struct noted n = {.l = l, .doc = flow->doc};
    n.known = ARENA_ARRAY(l->a, n.doc->nnotes, bool);
    n.page_of = ARENA_ARRAY(l->a, n.doc->nnotes, uint32_t);
    for (uint32_t i = 0; i < whole->n; i++)
        for (uint32_t k = 0; k < whole->v[i].nnotes; k++)
            n.page_of[whole->notes[whole->v[i].note + k]] = whole->v[i].number;
    for (uint32_t i = 0; i < out->n; i++)
        for (uint32_t k = 0; k < out->v[i].nnotes; k++)
            n.known[out->notes[out->v[i].note + k]] = true;
    for (uint32_t i = 0; i < out->n; i++) {
        for (uint32_t k = 0; k < out->v[i].nparts; k++) {
            const struct part *part = &out->parts[out->v[i].part + k];
            const struct box *box = &flow->boxes[part->box];
            if (!part->first)
                continue;
            check_marks(&n, box->para);
            if (box->grid)
                check_grid(&n, box->grid);
        }
    }
}

struct pages *page_only(const struct load *l, struct arena *scratch,
    const struct pages *whole, const char *const *ids)
{
    const struct doc *doc = whole->flow->doc;
    struct chooser c = {.l = l, .whole = whole};
    c.chosen = ARENA_ARRAY(l->a, doc->ntargets + 1, bool);
    c.ranges = ARENA_ARRAY(l->a, doc->ntargets + 1, struct range);
    choose_ids(&c, ids);
    if (diag_errors(l->d))
        return NULL;
    find_ranges(&c);
    raise_headings(&c);
    struct pages *out = cut_all(&c);
    if (doc->nnotes > 1)
        check_notes(l, whole, out);
    page_check(l, out, scratch);
    return diag_errors(l->d) ? NULL : out;
}
