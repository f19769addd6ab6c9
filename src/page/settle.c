/* Page numbers of targets, and references to them: settled in a few passes. */
#include "page/page_int.h"

#include <stdio.h>
#include <string.h>

enum { PASSES = 5, PASS_THAT_WIDENS = 3 };

/* Where each note stands; the notes of a page follow one another. */
static void index_notes(struct pages *p, struct arena *a)
{
    const struct flow *flow = p->flow;
    p->note_page = ARENA_ARRAY(a, (size_t)flow->doc->nnotes + 1, uint32_t);
    p->note_y = ARENA_ARRAY(a, (size_t)flow->doc->nnotes + 1, rlen);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct page *page = &p->v[i];
        rlen y = flow->doc->profile->top + page->notes_y;
        for (uint32_t k = 0; k < page->nnotes; k++) {
            uint32_t note = p->notes[page->note + k];
            p->note_page[note] = i + 1;
            p->note_y[note] = y;
            y += flow->notes[note].height;
        }
    }
}

void pages_index(struct pages *p, struct arena *a, bool whole)
{
    index_notes(p, a);
    const struct flow *flow = p->flow;
    uint32_t n = flow->doc->ntargets;
    p->page_of = ARENA_ARRAY(a, n + 1, uint32_t);
    p->y_of = ARENA_ARRAY(a, n + 1, rlen);
    if (whole)
        p->number_of = ARENA_ARRAY(a, n + 1, uint32_t);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct page *page = &p->v[i];
        for (uint32_t k = 0; k < page->nparts; k++) {
            const struct part *part = &p->parts[page->part + k];
            if (!part->first)
                continue;
            uint32_t t = flow->boxes[part->box].target;
            for (; t && !p->page_of[t]; t = flow->next_target[t]) {
                p->page_of[t] = i + 1;
                p->y_of[t] = flow->doc->profile->top + part->y;
                if (whole)
                    p->number_of[t] = page->number;
            }
        }
    }
}

/*
 * Write the page numbers into late->page_of. Returns the first target whose
 * number differs from before, or 0.
 * `widen`: a number never gets shorter, figure spaces take the room.
 */
static uint32_t update_late(
    struct late *late, const struct pages *p, struct arena *a, bool widen)
{
    static const char FIGURE_SPACE[] = "\xE2\x80\x87";
    struct slice *now = ARENA_ARRAY(a, late->ntargets + 1, struct slice);
    uint32_t moved = 0;
    for (uint32_t t = 1; t < late->ntargets; t++) {
        if (!p->number_of[t])
            continue;
        char digits[16];
        int n = snprintf(digits, sizeof digits, "%u", p->number_of[t]);
        struct buf b = buf_new(a);
        size_t before = late->page_of
            ? utf8_count(late->page_of[t].s, late->page_of[t].n)
            : 0;
        for (size_t k = (size_t)n; widen && k < before; k++)
            buf_puts(&b, FIGURE_SPACE);
        buf_put(&b, digits, (size_t)n);
        now[t] = (struct slice){b.s, b.n};
        bool same = late->page_of && slice_eq(now[t], late->page_of[t]);
        if (!same && !moved)
            moved = t;
    }
    late->page_of = now;
    return moved;
}

static struct pages *settle(
    const struct load *l, struct arena *scratch, struct flow *flow)
{
    struct late late = {.ntargets = flow->doc->ntargets};
    uint32_t moved = 0;
    for (int pass = 1; pass <= PASSES; pass++) {
        struct pages *p = paginate_once(l, l->a, flow);
        if (!p)
            return NULL;
        pages_index(p, l->a, true);
        if (!flow->doc->has_page_refs)
            return p;
        bool widen = pass + 1 >= PASS_THAT_WIDENS;
        moved = update_late(&late, p, l->a, widen);
        if (!moved)
            return p;
        layout_refresh(l, scratch, flow, &late);
        if (diag_errors(l->d))
            return NULL;
    }
    diag(l->d, D_PAGES_UNSETTLED, flow->doc->targets[moved].pos,
        "page references did not settle in %d passes: they move this", PASSES);
    diag_hint(l->d, "remove a [](#id \"page\") near a page's end");
    return NULL;
}

struct pages *page_paginate(
    const struct load *l, struct arena *scratch, struct flow *flow)
{
    struct pages *p = settle(l, scratch, flow);
    if (!p)
        return NULL;
    page_check(l, p, scratch);
    return diag_errors(l->d) ? NULL : p;
}
