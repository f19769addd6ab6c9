/* Boxes to page records, each page up to the end that was chosen for it. */
#include "page/page_int.h"

#include <string.h>

struct paginator {
    const struct load *l;
    const struct flow *flow;
    const struct profile *profile;
    struct arena *a;
    struct part *parts;
    size_t nparts, parts_cap;
    struct note_list notes;
    struct page *pages;
    size_t npages, pages_cap;
    uint32_t section; /* target of the last top heading that was passed */
};

/* The part that an atom is of grows by it, or begins. */
static void add_part(struct paginator *p, const struct fill *f,
    const struct atom *atom, size_t first_part)
{
    const struct box *box = &p->flow->boxes[f->at.box];
    struct part *last =
        p->nparts > first_part ? &p->parts[p->nparts - 1] : NULL;
    if (!last || last->box != f->at.box) {
        p->parts = arena_grow(
            p->a, p->parts, &p->parts_cap, p->nparts + 1, sizeof *p->parts);
        last = &p->parts[p->nparts++];
        *last = (struct part){.box = f->at.box,
            .from = f->at.pos,
            .line_from = f->at.line,
            .y = f->y + atom->gap,
            .head = box->kind == BOX_TABLE,
            .first = f->at.pos == 0 && f->at.line == 0};
    }
    last->to = atom->next_line ? atom->next_pos + 1 : atom->next_pos;
    last->line_to = atom->next_line ? atom->next_line : UINT32_MAX;
    last->last = atom->ends_box;
    last->height =
        f->y + atom->gap + atom->frame + atom->top + atom->height - last->y;
}

/* Fill one page from f->at up to its end. */
static void fill_page(
    struct paginator *p, struct fill *f, const struct cursor *end)
{
    size_t first_part = p->nparts;
    while (cursor_compare(&f->at, end) < 0) {
        if (p->flow->boxes[f->at.box].kind == BOX_BREAK) {
            f->at = (struct cursor){.box = f->at.box + 1};
            continue;
        }
        struct atom atom = atom_next(p->flow, f, p->a, &p->notes);
        add_part(p, f, &atom, first_part);
        atom_put(p->flow, f, &atom);
    }
}

/* The section named in a page's header: where it begins, or what opens it. */
static uint32_t page_section(struct paginator *p, const struct page *page)
{
    uint32_t named = p->section;
    for (uint32_t i = 0; i < page->nparts; i++) {
        const struct part *part = &p->parts[page->part + i];
        const struct box *box = &p->flow->boxes[part->box];
        if (box->heading == 1 && part->first) {
            if (i == 0 || !named)
                named = box->target;
            p->section = box->target;
        }
    }
    return named;
}

/* Notes stand in order, though the lines of a split row may mark them in none.
 */
static void sort_notes(uint32_t *notes, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t note = notes[i], k = i;
        for (; k && notes[k - 1] > note; k--)
            notes[k] = notes[k - 1];
        notes[k] = note;
    }
}

static void add_page(struct paginator *p, const struct fill *f,
    size_t first_part, size_t first_note)
{
    p->pages = arena_grow(
        p->a, p->pages, &p->pages_cap, p->npages + 1, sizeof *p->pages);
    struct page *page = &p->pages[p->npages++];
    uint32_t number = (uint32_t)p->npages;
    *page = (struct page){.part = (uint32_t)first_part,
        .nparts = (uint32_t)(p->nparts - first_part),
        .note = (uint32_t)first_note,
        .nnotes = (uint32_t)(p->notes.n - first_note),
        .notes_y = p->flow->height - f->notes + (f->notes ? NOTE_GAP : 0),
        .number = number,
        .kind = number == 1                         ? PAGE_FIRST
            : p->profile->duplex && number % 2 == 0 ? PAGE_LEFT
                                                    : PAGE_RIGHT};
    page->section = page_section(p, page);
    if (page->nnotes)
        sort_notes(p->notes.v + first_note, page->nnotes);
}

/*
 * Widen the spaces of a page evenly, so that its text ends at the foot, if the
 * profile's limit allows as much and the page is not the last of its run.
 */
static void feather(
    struct paginator *p, const struct fill *f, size_t first_part)
{
    int64_t empty = (int64_t)p->flow->height - f->y - f->notes;
    if (empty <= 0 || empty > atom_feather(p->flow, f) ||
        atom_must_end(p->flow, f))
        return;
    int64_t gaps = 0;
    for (size_t i = first_part + 1; i < p->nparts; i++) {
        const struct box *before = &p->flow->boxes[p->parts[i - 1].box];
        const struct box *box = &p->flow->boxes[p->parts[i].box];
        gaps += before->after > 0 || box->before > 0;
        p->parts[i].y += (rlen)(empty * gaps / f->gaps);
    }
}

struct pages *paginate_once(
    const struct load *l, struct arena *a, const struct flow *flow)
{
    struct paginator p = {
        .l = l, .flow = flow, .profile = flow->doc->profile, .a = a};
    struct ends ends;
    if (!choose_ends(l, a, flow, &ends))
        return NULL;
    struct fill f = {0};
    for (size_t i = 0; i < ends.n; i++) {
        size_t first_part = p.nparts, first_note = p.notes.n;
        f = (struct fill){.at = f.at};
        fill_page(&p, &f, &ends.v[i]);
        feather(&p, &f, first_part);
        add_page(&p, &f, first_part, first_note);
    }
    struct pages *pages = ARENA_NEW(a, struct pages);
    *pages = (struct pages){.flow = flow,
        .v = p.pages,
        .n = (uint32_t)p.npages,
        .total = (uint32_t)p.npages,
        .parts = p.parts,
        .notes = p.notes.v};
    return pages;
}
