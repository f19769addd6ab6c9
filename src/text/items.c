/* Spans to items: boxes and glue, with the places where a line may end. */
#include "text/text_int.h"

#include "base/uni.h"

#include <string.h>

enum { TAB_SPACES = 4 };

/* A paragraph in the making. */
struct maker {
    struct fonts *f;
    struct arena *a;
    const struct doc *doc; /* NULL: plain bytes */
    const struct rich *text;
    const struct shape_spec *spec;
    size_t n; /* of priv->items */
    /* The spaces since the last item; they print if something follows. */
    uint32_t spaces;
    uint32_t space_span;
    uint16_t space_look;
    unsigned bind; /* BIND_AFTER of the last token */
    bool begun; /* something stands on this forced line */
};

/* How a span is set. */
struct manner {
    struct setting set;
    uint16_t look;
    rlen size;
    uint32_t span;
    struct pos pos;
};

static struct item *add_item(struct maker *m)
{
    struct fonts_priv *p = m->f->priv;
    p->items = arena_grow(
        p->l->a, p->items, &p->items_cap, m->n + 1, sizeof *p->items);
    return &p->items[m->n++];
}

static void add_space(struct maker *m, enum item_kind kind)
{
    struct fonts *f = m->f;
    const struct cut *cut = &f->priv->cuts[fonts_cut(f, m->space_look)];
    *add_item(m) = (struct item){.word = cut->space,
        .width = fonts_space_width(f, m->space_look),
        .span = m->space_span,
        .look = m->space_look,
        .kind = (uint8_t)kind};
}

/*
 * The spaces before a token: one item, which a line may end at unless one of
 * its neighbours forbids it. In code each counts, and none is lost.
 */
static void add_spaces(struct maker *m, unsigned bind)
{
    bool fixed = (m->bind | bind) & (BIND_BEFORE | BIND_AFTER);
    if (m->spec->verbatim) {
        for (; m->spaces > 1; m->spaces--)
            add_space(m, ITEM_FIXED);
        fixed = !m->begun;
    } else if (!m->begun) {
        m->spaces = 0;
    }
    if (m->spaces)
        add_space(m, fixed ? ITEM_FIXED : ITEM_SPACE);
    m->spaces = 0;
}

static void add_parts(
    struct maker *m, const struct part *parts, size_t n, const struct manner *w)
{
    for (size_t i = 0; i < n; i++) {
        const struct word *word = parts[i].word;
        *add_item(m) = (struct item){.word = word,
            .width =
                width_at(word->width, w->size, m->f->faces[word->face]->upem),
            .span = w->span,
            .look = w->look,
            .kind = parts[i].kind,
            .brk = parts[i].brk};
    }
}

/* Is a token a number, such as "1,200.50" or "2025-12-04"? */
static bool is_number(struct slice s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        bool own = uni_is_digit((unsigned char)s.s[i]);
        if (!own && !strchr(".,:-+/%()'", s.s[i]))
            return false;
        digit |= own;
    }
    return digit;
}

static void add_token(
    struct maker *m, const struct manner *w, struct slice s, struct pos pos)
{
    struct setting set = w->set;
    if (set.features & FEATURE_TABULAR && !is_number(s))
        set.features &= (uint8_t)~FEATURE_TABULAR;
    const struct token *t = words_token(m->f, &set, s, pos);
    unsigned bind = m->spec->verbatim ? 0 : t->bind;
    if (m->spaces)
        add_spaces(m, bind & BIND_BEFORE);
    add_parts(m, t->parts, t->n, w);
    m->bind = bind & BIND_AFTER;
    m->begun = true;
}

static void add_break(struct maker *m, uint32_t span, uint16_t look)
{
    m->spaces = 0;
    m->bind = 0;
    m->begun = false;
    *add_item(m) =
        (struct item){.span = span, .look = look, .kind = ITEM_BREAK};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static void note_blank(struct maker *m, const struct manner *w, char c)
{
    if (!m->spaces) {
        m->space_span = w->span;
        m->space_look = w->look;
    }
    if (m->spec->verbatim)
        m->spaces += c == '\t' ? TAB_SPACES : 1;
    else
        m->spaces = 1;
}

static size_t token_end(struct slice s, size_t i)
{
    while (i < s.n && !is_blank(s.s[i]))
        i++;
    return i;
}

/* The text that a span prints; empty for a forced break. */
static struct slice span_text(struct maker *m, const struct span *s)
{
    const struct late *late = m->spec->late;
    static const struct slice none = {"", 0};
    /* Until a page is known, a number of the usual width stands for it. */
    static const struct slice unknown = {"00", 2};
    switch ((enum span_kind)s->kind) {
    case SPAN_TEXT:
        return s->s;
    case SPAN_BREAK:
        return none;
    case SPAN_NOTE:
        return slice_of(
            arena_printf(m->a, "%u", (unsigned)m->doc->notes[s->note].number));
    case SPAN_PAGE_OF:
        if (!late || !late->page_of || s->target >= late->ntargets ||
            !late->page_of[s->target].n)
            return unknown;
        return late->page_of[s->target];
    case SPAN_PAGE:
        return late ? late->page : unknown;
    case SPAN_PAGES:
        return late ? late->pages : unknown;
    case SPAN_SECTION:
        return late ? late->section : none;
    }
    return none;
}

static unsigned mode_of(const struct shape_spec *spec, unsigned style)
{
    if (spec->verbatim)
        return MODE_CODE;
    if (style & SPAN_URL)
        return MODE_URL;
    return spec->identifier || style & SPAN_CODE ? MODE_IDENTIFIER : MODE_PROSE;
}

static unsigned features_of(const struct shape_spec *spec, unsigned style)
{
    return (spec->verbatim || style & SPAN_CODE ? FEATURE_PLAIN : 0U) |
        (spec->tabular ? FEATURE_TABULAR : 0U);
}

static struct manner manner_of(struct maker *m, uint32_t index)
{
    const struct span *s = &m->text->spans[index];
    struct manner w = {.span = index, .pos = s->pos};
    unsigned features = features_of(m->spec, s->style);
    w.look = fonts_look(m->f, m->spec->style, s->style);
    if (s->kind == SPAN_NOTE) {
        if (fonts_has_superior(m->f, fonts_cut(m->f, w.look)))
            features |= FEATURE_SUPERIOR;
        else
            w.look = fonts_look_raised(m->f, m->spec->style, s->style);
    }
    if (s->link && m->doc->profile)
        w.look =
            fonts_look_coloured(m->f, w.look, m->doc->profile->link_colour);
    w.size = m->f->looks[w.look].size;
    w.set = (struct setting){.cut = fonts_cut(m->f, w.look),
        .lang = s->lang,
        .mode = (uint8_t)mode_of(m->spec, s->style),
        .features = (uint8_t)features,
        .place = s->fixed ? PLACE_FIXED : PLACE_AFTER};
    return w;
}

/* Where a token goes on: span and byte. */
struct place {
    uint32_t span;
    size_t off;
};

/*
 * The next segment of a token that may go over several spans, and the place
 * after it. False at its end.
 */
static bool next_segment(struct maker *m, struct place *at, struct slice *out)
{
    for (; at->span < m->text->n; at->span++, at->off = 0) {
        const struct span *s = &m->text->spans[at->span];
        if (s->kind == SPAN_BREAK)
            return false;
        struct slice text = span_text(m, s);
        if (at->off == text.n)
            continue;
        size_t end = token_end(text, at->off);
        *out = (struct slice){text.s + at->off, end - at->off};
        at->off = end;
        return out->n > 0;
    }
    return false;
}

/* The break chances of a token in `bytes`, each segment by its own rules. */
static unsigned mixed_breaks(
    struct maker *m, struct place at, struct slice whole, uint8_t *flags)
{
    uint16_t lang = m->text->spans[at.span].lang;
    unsigned bind = words_breaks(m->f, lang, whole, flags);
    unsigned mode = mode_of(m->spec, 0);
    words_rules(mode, whole, flags);
    struct slice segment;
    for (size_t off = 0; next_segment(m, &at, &segment); off += segment.n) {
        const struct span *s = &m->text->spans[at.span];
        unsigned own = mode_of(m->spec, s->style);
        struct slice part = {whole.s + off, segment.n};
        if (own != mode)
            words_rules(own, part, flags + off);
        /* A mark of a note never begins a line. */
        if (s->kind == SPAN_NOTE)
            flags[off] = ITEM_BREAK_NONE;
    }
    words_hide(whole, flags);
    return m->spec->verbatim ? 0 : bind;
}

/* A token that begins in one span and ends in another: not cached whole. */
static void add_mixed(struct maker *m, struct place *at)
{
    struct fonts_priv *p = m->f->priv;
    struct place start = *at, end = *at;
    struct slice segment;
    p->bytes.n = 0;
    while (next_segment(m, &end, &segment))
        buf_put(&p->bytes, segment.s, segment.n);
    struct slice whole = {p->bytes.s, p->bytes.n};
    uint8_t *flags = words_flags(m->f, whole.n + 1);
    unsigned bind = mixed_breaks(m, start, whole, flags);
    if (m->text->spans[start.span].kind == SPAN_NOTE)
        bind |= BIND_BEFORE;
    if (m->spaces)
        add_spaces(m, bind & BIND_BEFORE);
    size_t off = 0, in_span = start.off;
    while (next_segment(m, at, &segment)) {
        struct manner w = manner_of(m, at->span);
        w.set.features &= (uint8_t)~FEATURE_TABULAR;
        size_t first = p->nparts;
        words_split(m->f, &w.set, segment, flags + off,
            place_of(&w.set, w.pos, in_span), false);
        add_parts(m, p->parts + first, p->nparts - first, &w);
        p->nparts = first;
        off += segment.n;
        in_span = 0;
    }
    m->bind = bind & BIND_AFTER;
    m->begun = true;
}

/* Does the token that ends with span `index` go on after it? */
static bool goes_on(struct maker *m, uint32_t index)
{
    struct slice segment;
    struct place at = {index + 1, 0};
    return next_segment(m, &at, &segment);
}

static void make_spans(struct maker *m)
{
    struct place at = {0, 0};
    while (at.span < m->text->n) {
        const struct span *s = &m->text->spans[at.span];
        struct manner w = manner_of(m, at.span);
        struct slice text = span_text(m, s);
        if (s->kind == SPAN_BREAK)
            add_break(m, at.span, w.look);
        uint32_t own = at.span;
        while (at.span == own && at.off < text.n) {
            size_t end = token_end(text, at.off);
            if (end == at.off) {
                note_blank(m, &w, text.s[at.off++]);
            } else if (s->kind == SPAN_NOTE ||
                (end == text.n && goes_on(m, own))) {
                add_mixed(m, &at);
            } else {
                struct slice token = {text.s + at.off, end - at.off};
                add_token(m, &w, token, place_of(&w.set, w.pos, at.off));
                at.off = end;
            }
        }
        if (at.span == own)
            at = (struct place){own + 1, 0};
    }
}

static void make_plain(struct maker *m, struct slice s, struct pos pos)
{
    struct manner w = {.look = fonts_look(m->f, m->spec->style, 0), .pos = pos};
    w.size = m->f->looks[w.look].size;
    w.set = (struct setting){.cut = fonts_cut(m->f, w.look),
        .mode = (uint8_t)mode_of(m->spec, 0),
        .features = (uint8_t)features_of(m->spec, 0),
        .place = PLACE_ROW};
    for (size_t i = 0; i < s.n;) {
        size_t end = token_end(s, i);
        if (end == i) {
            note_blank(m, &w, s.s[i++]);
            continue;
        }
        add_token(
            m, &w, (struct slice){s.s + i, end - i}, place_of(&w.set, pos, i));
        i = end;
    }
}

struct item text_hyphen(struct fonts *f, uint16_t look)
{
    struct item it = {.look = look, .kind = ITEM_WORD};
    if (f->priv->cuts) {
        it.word = f->priv->cuts[fonts_cut(f, look)].hyphen;
        it.width = fonts_hyphen_width(f, look);
    }
    return it;
}

struct item text_space(struct fonts *f, uint16_t look)
{
    struct item it = {.look = look, .kind = ITEM_SPACE};
    if (f->priv->cuts) {
        it.word = f->priv->cuts[fonts_cut(f, look)].space;
        it.width = fonts_space_width(f, look);
    }
    return it;
}

/* The widths of parts, up to a break that counts. */
struct measure {
    int64_t widest, part, spaces;
};

static void widen(struct measure *m, rlen more)
{
    m->part += m->spaces + more;
    m->spaces = 0;
    if (m->part > m->widest)
        m->widest = m->part;
}

static rlen widest_of(const struct measure *m)
{
    return m->widest > INT32_MAX ? INT32_MAX : (rlen)m->widest;
}

/* The items made, kept in the caller's arena and measured. */
static struct items finish(struct maker *m)
{
    struct items out = {.n = (uint32_t)m->n};
    if (!m->spec->verbatim)
        dates_bind(m->f, m->f->priv->items, m->n, m->text);
    out.v = arena_alloc(m->a, m->n * sizeof *out.v);
    if (m->n)
        memcpy(out.v, m->f->priv->items, m->n * sizeof *out.v);
    struct measure line = {0}, part = {0}, least = {0};
    for (uint32_t i = 0; i < out.n; i++) {
        const struct item *it = &out.v[i];
        if (it->kind == ITEM_BREAK) {
            line.part = line.spaces = part.part = least.part = 0;
        } else if (it->kind == ITEM_SPACE) {
            line.spaces += it->width;
            part.part = least.part = 0;
        } else {
            widen(&line, it->width);
            widen(&part, it->width);
            widen(&least, it->width);
        }
        if (it->brk == ITEM_BREAK_NONE)
            continue;
        if (it->brk == ITEM_BREAK_HYPHEN) {
            rlen hyphen = fonts_hyphen_width(m->f, it->look);
            widen(&part, hyphen);
            widen(&least, hyphen);
        }
        if (it->brk != ITEM_BREAK_LAST)
            part.part = 0;
        least.part = 0;
    }
    out.natural = widest_of(&line);
    out.widest = widest_of(&part);
    out.narrow = widest_of(&least);
    return out;
}

struct items text_shape(struct fonts *f, struct arena *a, const struct doc *doc,
    const struct rich *text, const struct shape_spec *spec)
{
    struct maker m = {.f = f, .a = a, .doc = doc, .text = text, .spec = spec};
    if (f->priv->cuts)
        make_spans(&m);
    return finish(&m);
}

struct items text_shape_plain(struct fonts *f, struct arena *a, struct slice s,
    struct pos pos, const struct shape_spec *spec)
{
    struct maker m = {.f = f, .a = a, .spec = spec};
    if (f->priv->cuts)
        make_plain(&m, s, pos);
    return finish(&m);
}

struct slice text_of(struct arena *a, const struct item *items, uint32_t n)
{
    struct buf text = buf_new(a);
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].kind == ITEM_BREAK)
            buf_putc(&text, '\n');
        else if (items[i].word)
            buf_put(&text, items[i].word->s.s, items[i].word->s.n);
    }
    return (struct slice){text.s ? text.s : "", text.n};
}
