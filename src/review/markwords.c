/* Marks in texts: inserted words, and the deleted ones put back. */
#include "review/mark_int.h"

#include <string.h>

/* A text being put together from two. */
struct merger {
    struct marker *m;
    struct span *spans;
    size_t cap;
    uint32_t n;
};

uint16_t mark_lang(struct marker *m, uint16_t old)
{
    struct doc *doc = m->doc;
    const char *tag = m->c->old.doc->langs[old];
    for (uint32_t i = 0; i < doc->nlangs; i++)
        if (strcmp(doc->langs[i], tag) == 0)
            return (uint16_t)i;
    if (doc->nlangs > UINT16_MAX)
        return 0;
    const char **langs =
        arena_alloc(m->a, ((size_t)doc->nlangs + 1) * sizeof *langs);
    memcpy(langs, doc->langs, doc->nlangs * sizeof *langs);
    langs[doc->nlangs] = tag;
    doc->langs = langs;
    return (uint16_t)doc->nlangs++;
}

static struct span *add(struct merger *g)
{
    g->spans = arena_grow(
        g->m->a, g->spans, &g->cap, (size_t)g->n + 1, sizeof *g->spans);
    return &g->spans[g->n++];
}

/* What stands in the old report: no link, mark of a note or page of it. */
static bool make_old(struct merger *g, struct span *s)
{
    if (s->kind != SPAN_TEXT && s->kind != SPAN_BREAK)
        return false;
    s->link = s->target = s->note = 0;
    s->lang = mark_lang(g->m, s->lang);
    s->change = CHANGE_DELETED;
    s->fixed = true;
    s->pos = g->m->pos;
    return true;
}

/* Bytes from..to of a text's line, as spans with that mark. */
static void copy(struct merger *g, const struct words *w, uint32_t from,
    uint32_t to, enum change_mark change)
{
    for (uint32_t i = 0; i < w->text->n && w->starts[i] < to; i++) {
        uint32_t begin = w->starts[i] < from ? from : w->starts[i];
        uint32_t end = w->starts[i + 1] > to ? to : w->starts[i + 1];
        if (begin >= end)
            continue;
        struct span s = w->text->spans[i];
        if (g->m->excerpt && s.kind == SPAN_NOTE)
            continue;
        if (s.kind == SPAN_TEXT) {
            if (!s.fixed)
                s.pos.off += begin - w->starts[i];
            s.s = (struct slice){w->line.s + begin, end - begin};
        }
        if (g->m->excerpt) {
            s.link = 0;
            if (s.kind == SPAN_BREAK)
                s = (struct span){.s = SLICE(" "), .fixed = true, .pos = s.pos};
        }
        if (change != CHANGE_NONE && s.change == CHANGE_NONE)
            s.change = (uint8_t)change;
        if (change == CHANGE_DELETED && !make_old(g, &s))
            continue;
        *add(g) = s;
    }
}

static bool is_blank(const struct words *w, uint32_t word)
{
    return word && w->v[word].from > w->v[word - 1].to;
}

/* A blank of our own, in the look of what stands before. */
static void add_blank(struct merger *g)
{
    struct span s = g->n ? g->spans[g->n - 1] : (struct span){0};
    s.kind = SPAN_TEXT;
    s.change = CHANGE_NONE;
    s.link = 0;
    s.s = SLICE(" ");
    *add(g) = s;
}

/* Does what was put so far end so that a word would run into it? */
static bool runs_in(const struct merger *g)
{
    const struct span *last = g->n ? &g->spans[g->n - 1] : NULL;
    return last && last->change == CHANGE_DELETED && last->s.n;
}

/* Words from..to-1 with a mark, after their blank without one. */
static void put(struct merger *g, const struct words *w, uint32_t from,
    uint32_t to, enum change_mark change)
{
    if (from == to)
        return;
    uint32_t begin = w->v[from].from;
    if (is_blank(w, from) && g->n)
        copy(g, w, w->v[from - 1].to, begin, CHANGE_NONE);
    else if (runs_in(g) && (!from || change == CHANGE_INSERTED))
        add_blank(g);
    copy(g, w, begin, w->v[to - 1].to, change);
}

/* The words that are the same, in an excerpt those near to others. */
static void put_same(struct merger *g, const struct word_diff *d, uint32_t i)
{
    enum { CONTEXT = 6 };
    const struct word_run *r = &d->runs[i];
    uint32_t before = i ? CONTEXT : 0, after = i + 1 < d->n ? CONTEXT : 0;
    enum change_mark mark = r->op == WORD_SAME ? CHANGE_NONE : CHANGE_TOUCHED;
    if (!g->m->excerpt || r->op != WORD_SAME ||
        r->new_to - r->new_from <= before + after + 2) {
        put(g, d->new, r->new_from, r->new_to, mark);
        return;
    }
    put(g, d->new, r->new_from, r->new_from + before, mark);
    *add(g) = mark_span(g->m, i ? SLICE(" …") : SLICE("…"), CHANGE_NONE);
    put(g, d->new, r->new_to - after, r->new_to, mark);
}

struct rich mark_words(struct marker *m, const struct word_diff *d)
{
    struct merger g = {.m = m};
    for (uint32_t i = 0; i < d->n; i++) {
        const struct word_run *r = &d->runs[i];
        if (r->op != WORD_SAME && r->op != WORD_TOUCHED) {
            put(&g, d->old, r->old_from, r->old_to, CHANGE_DELETED);
            put(&g, d->new, r->new_from, r->new_to, CHANGE_INSERTED);
            continue;
        }
        put_same(&g, d, i);
    }
    /* The mark of a note that is left out leaves a blank. */
    while (m->excerpt && g.n && slice_is(g.spans[g.n - 1].s, " "))
        g.n--;
    return (struct rich){g.spans, g.n};
}

void mark_inserted(struct rich *text)
{
    for (uint32_t i = 0; i < text->n; i++)
        if (text->spans[i].change == CHANGE_NONE)
            text->spans[i].change = CHANGE_INSERTED;
}

struct rich mark_deleted(struct marker *m, const struct rich *text)
{
    struct merger g = {.m = m};
    for (uint32_t i = 0; i < text->n; i++) {
        struct span s = text->spans[i];
        if (make_old(&g, &s))
            *add(&g) = s;
    }
    return (struct rich){g.spans, g.n};
}

struct span mark_span(
    const struct marker *m, struct slice s, enum change_mark change)
{
    return (struct span){
        .s = s, .change = (uint8_t)change, .fixed = true, .pos = m->pos};
}
