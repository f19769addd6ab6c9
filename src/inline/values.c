/* Values: put into spans where their stand-ins were. */
#include "inline/inline_int.h"

#include <string.h>

bool inline_absent(const struct text *t)
{
    for (uint32_t i = 0; t && i < t->npieces; i++) {
        if (t->pieces[i].absent)
            return true;
    }
    return false;
}

static const char FACTS[] = "report.";

static bool is_fact(const struct piece *p)
{
    const size_t n = sizeof FACTS - 1;
    return p->name.n > n && memcmp(p->name.s, FACTS, n) == 0;
}

const struct field *inline_text_field(
    const struct resolver *in, const struct piece *p)
{
    const size_t n = sizeof FACTS - 1;
    if (!is_fact(p))
        return NULL;
    const struct field *f =
        model_field(in->r, (struct slice){p->name.s + n, p->name.n - n});
    return f && f->type == FIELD_TEXT && f->text ? f : NULL;
}

static void put_late(struct builder *b, const struct piece *p, struct place at)
{
    enum span_kind kind = slice_is(p->name, "page") ? SPAN_PAGE
        : slice_is(p->name, "pages")                ? SPAN_PAGES
                                                    : SPAN_SECTION;
    inline_put_span(b, kind, at);
}

/* Add a value with markup of its own; its notes, if any, are not known here. */
static void put_markup(struct builder *b, const struct text *markup)
{
    struct resolver *in = b->in;
    const struct scope *scope = in->scope;
    bool in_value = in->in_value;
    in->scope = NULL;
    in->in_value = true;
    inline_run(b, markup, 0, (uint32_t)markup->s.n);
    in->in_value = in_value;
    in->scope = scope;
}

/*
 * Add the text of a field, which has inline Markdown of its own. As deep as
 * there are fields: one that is being read is not entered again.
 */
static void put_field(struct builder *b, const struct field *f)
{
    struct resolver *in = b->in;
    bool *busy = &in->busy[f - in->r->fields];
    if (*busy)
        return;
    *busy = true;
    put_markup(b, f->text);
    *busy = false;
}

struct slice inline_value_plain(
    struct resolver *in, const struct text *t, const struct piece *p)
{
    if (p->kind == PIECE_LATE)
        inline_tell(in, D_MD_LINK, t, p->off,
            "what differs from page to page is no part of an address", NULL);
    const struct field *f = inline_text_field(in, p);
    if (!f)
        return p->value;
    struct builder *b = inline_builder(in);
    put_field(b, f);
    struct rich r = inline_finish(b);
    inline_builder_free(b);
    return inline_plain(in->l->a, in->doc, &r);
}

void inline_value(
    struct builder *b, const struct text *t, const struct piece *p, bool code)
{
    struct place at = {.text = t,
        .off = p->off,
        .fixed = true,
        .origin = is_fact(p) ? ORIGIN_FACT : ORIGIN_VALUE};
    const struct field *f;
    b->lost |= p->absent;
    if (p->kind == PIECE_LATE)
        put_late(b, p, at);
    else if (code)
        inline_put_code(b, inline_value_plain(b->in, t, p), at);
    else if ((f = inline_text_field(b->in, p)) != NULL)
        put_field(b, f);
    else if (p->markup)
        put_markup(b, p->markup);
    else
        inline_put(b, p->value, at);
}

uint32_t inline_first_piece(const struct text *t, size_t off)
{
    uint32_t low = 0, high = t->npieces;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct piece *p = &t->pieces[middle];
        if (p->off + p->n > off)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void inline_literal(struct builder *b, const struct text *t, uint32_t from,
    uint32_t to, bool code)
{
    for (uint32_t i = inline_first_piece(t, from); i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        uint32_t begin = p->off < from ? from : p->off;
        uint32_t end = p->off + p->n > to ? to : p->off + p->n;
        if (begin >= end)
            break;
        struct slice s = {t->s.s + begin, end - begin};
        struct place at = {.text = t, .off = begin};
        if (p->kind != PIECE_SOURCE)
            inline_value(b, t, p, code);
        else if (code)
            inline_put_code(b, s, at);
        else
            inline_put(b, s, at);
    }
}

struct slice inline_literal_plain(
    struct resolver *in, const struct text *t, uint32_t from, uint32_t to)
{
    struct buf out = buf_new(in->l->a);
    for (uint32_t i = inline_first_piece(t, from); i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        uint32_t begin = p->off < from ? from : p->off;
        uint32_t end = p->off + p->n > to ? to : p->off + p->n;
        if (begin >= end)
            break;
        struct slice s = {t->s.s + begin, end - begin};
        if (p->kind != PIECE_SOURCE)
            s = inline_value_plain(in, t, p);
        buf_put(&out, s.s, s.n);
    }
    return (struct slice){out.s, out.n};
}
