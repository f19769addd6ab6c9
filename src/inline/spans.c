/* Spans: built from pieces of text, with blanks as they are printed. */
#include "inline/inline_int.h"

#include <string.h>

struct builder *inline_builder(struct resolver *in)
{
    struct builder *b = in->free_builders;
    if (b) {
        in->free_builders = b->next;
    } else {
        b = ARENA_NEW(in->l->a, struct builder);
        b->in = in;
        b->text = buf_new(in->l->a);
    }
    inline_reset(b);
    return b;
}

void inline_builder_free(struct builder *b)
{
    b->next = b->in->free_builders;
    b->in->free_builders = b;
}

void inline_reset(struct builder *b)
{
    b->text.n = 0;
    b->n = 0;
    b->skip = true;
    b->trail = b->lost = false;
    b->line = 0;
    b->line_text = 0;
    b->style = 0;
    b->lang = 0;
    b->link = 0;
    b->npending = 0;
    b->nranges = 0;
}

struct span *inline_put_span(
    struct builder *b, enum span_kind kind, struct place at)
{
    b->spans = arena_grow(
        b->in->l->a, b->spans, &b->cap, (size_t)b->n + 1, sizeof *b->spans);
    struct span *s = &b->spans[b->n++];
    *s = (struct span){.kind = (uint8_t)kind,
        .style = b->style,
        .fixed = at.fixed,
        .origin = at.origin,
        .lang = b->lang,
        .link = b->link};
    s->pos = inline_pos(b->in, at.text, at.off);
    b->skip = b->trail = false;
    return s;
}

/*
 * Does a word after a blank stand in the file where its span says? Not if a
 * line, more blanks, markup or a value stand between.
 */
static bool in_place(
    struct builder *b, const struct span *last, struct place at)
{
    struct pos pos = inline_pos(b->in, at.text, at.off);
    uint32_t n = at.fixed ? 0 : (uint32_t)last->s.n;
    return last->fixed == at.fixed && pos.file == last->pos.file &&
        pos.off == last->pos.off + n;
}

/*
 * Append to the last span if it looks the same, else to a new one. No word is
 * parted because its bytes stand apart in the file.
 */
static void append(
    struct builder *b, const char *s, size_t n, struct place at, size_t skipped)
{
    struct span *last = b->n ? &b->spans[b->n - 1] : NULL;
    if (!at.fixed)
        at.off += (uint32_t)skipped;
    bool same = last && last->kind == SPAN_TEXT && last->style == b->style &&
        last->lang == b->lang && last->link == b->link;
    bool word = same && last->s.n && b->text.s[b->text.n - 1] == ' ';
    if (!same || (word && !in_place(b, last, at)))
        last = inline_put_span(b, SPAN_TEXT, at);
    last->s.n += n;
    buf_put(&b->text, s, n);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void inline_put(struct builder *b, struct slice s, struct place at)
{
    for (size_t i = 0; i < s.n;) {
        if (is_blank(s.s[i])) {
            if (!b->skip) {
                append(b, " ", 1, at, i);
                b->skip = b->trail = true;
            }
            i++;
            continue;
        }
        size_t from = i;
        while (i < s.n && !is_blank(s.s[i]))
            i++;
        append(b, s.s + from, i - from, at, from);
        b->skip = b->trail = false;
    }
}

void inline_put_code(struct builder *b, struct slice s, struct place at)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && (s.s[i] == ' ' || !is_blank(s.s[i])))
            i++;
        if (i > from)
            append(b, s.s + from, i - from, at, from);
        if (i < s.n)
            append(b, " ", 1, at, i++);
        b->skip = b->trail = false;
    }
}

/* Take the blank at the end away. */
static void trim(struct builder *b)
{
    if (!b->trail)
        return;
    b->trail = false;
    b->text.n--;
    if (--b->spans[b->n - 1].s.n == 0)
        b->n--;
}

void inline_put_break(struct builder *b, struct place at)
{
    trim(b);
    inline_put_span(b, SPAN_BREAK, at);
    b->skip = true;
}

/* Take the line at the end away, and what was noted about its spans. */
static void drop_line(struct builder *b)
{
    b->n = b->line;
    b->text.n = b->line_text;
    b->lost = b->trail = false;
    b->skip = true;
    while (b->npending && b->pending[b->npending - 1].index >= b->n)
        b->npending--;
    while (b->nranges && b->ranges[b->nranges - 1].first >= b->n)
        b->nranges--;
    struct link_range *last = b->nranges ? &b->ranges[b->nranges - 1] : NULL;
    if (last && last->n > b->n - last->first)
        last->n = b->n - last->first;
}

void inline_put_line(struct builder *b, struct place at)
{
    bool follows = !b->lost || b->line;
    if (b->lost)
        drop_line(b);
    trim(b);
    b->line = b->n;
    b->line_text = b->text.n;
    if (follows)
        inline_put_break(b, at);
}

struct slice inline_built(const struct builder *b, uint32_t first)
{
    size_t n = 0;
    for (uint32_t i = first; i < b->n; i++)
        n += b->spans[i].s.n;
    const char *s = n ? b->text.s + (b->text.n - n) : "";
    return (struct slice){arena_strndup(b->in->l->a, s, n), n};
}

/* What was noted about spans while they were built: for the whole report. */
static void hand_over(struct builder *b, struct span *spans, uint32_t n)
{
    struct resolver *in = b->in;
    struct arena *a = in->l->a;
    for (uint32_t i = 0; i < b->npending; i++) {
        struct pending *p = &b->pending[i];
        p->span = p->index < n ? &spans[p->index] : NULL;
        p->title_of = in->title_of;
        in->pending = arena_grow(a, in->pending, &in->pending_cap,
            (size_t)in->npending + 1, sizeof *p);
        in->pending[in->npending++] = *p;
    }
    for (uint32_t i = 0; i < b->nranges; i++) {
        struct link_range r = b->ranges[i];
        if (r.first >= n)
            continue;
        r.n = r.first + r.n > n ? n - r.first : r.n;
        r.spans = &spans[r.first];
        in->ranges = arena_grow(
            a, in->ranges, &in->ranges_cap, (size_t)in->nranges + 1, sizeof r);
        in->ranges[in->nranges++] = r;
    }
}

struct rich inline_finish(struct builder *b)
{
    if (b->lost)
        drop_line(b);
    trim(b);
    while (b->n && b->spans[b->n - 1].kind == SPAN_BREAK)
        b->n--;
    struct arena *a = b->in->l->a;
    struct rich r = {.n = b->n};
    if (r.n) {
        r.spans = arena_alloc(a, r.n * sizeof *r.spans);
        memcpy(r.spans, b->spans, r.n * sizeof *r.spans);
        const char *s = arena_strndup(a, b->text.s ? b->text.s : "", b->text.n);
        for (uint32_t i = 0; i < r.n; i++) {
            r.spans[i].s.s = s;
            s += r.spans[i].s.n;
        }
    }
    hand_over(b, r.spans, r.n);
    inline_reset(b);
    return r;
}
