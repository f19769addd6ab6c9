/* Paragraphs: texts shaped, broken, and put into boxes. */
#include "layout/layout_int.h"

#include <string.h>

const struct style *layout_style(const struct layout *y, int style)
{
    return &y->profile->styles[style];
}

struct para_spec layout_spec(const struct layout *y, int style)
{
    const struct style *s = layout_style(y, style);
    return (struct para_spec){.style = s,
        .align = s->align,
        .mode = s->align == ALIGN_JUSTIFY ? TEXT_JUSTIFY
            : s->align == ALIGN_CENTRE    ? TEXT_BALANCE
                                          : TEXT_RAGGED,
        .hyphenate = s->hyphenate};
}

/* Not justified and not hyphenated. */
static struct para_spec unstretched(
    const struct layout *y, int style, enum text_mode mode)
{
    struct para_spec spec = layout_spec(y, style);
    spec.mode = (uint8_t)mode;
    spec.hyphenate = false;
    if (spec.align == ALIGN_JUSTIFY)
        spec.align = ALIGN_START;
    return spec;
}

struct para_spec layout_title(const struct layout *y, int style)
{
    return unstretched(y, style, TEXT_BALANCE);
}

struct para_spec layout_greedy(const struct layout *y, int style)
{
    return unstretched(y, style, TEXT_GREEDY);
}

static struct shape_spec shape_spec(
    const struct layout *y, const struct para_spec *spec)
{
    return (struct shape_spec){.style = spec->style,
        .identifier = spec->identifier,
        .verbatim = spec->verbatim,
        .tabular = spec->tabular,
        .late = y->late};
}

static struct para *new_para(struct layout *y, const struct para_spec *spec)
{
    struct para *p = ARENA_NEW(y->a, struct para);
    p->leading = spec->style->leading;
    p->baseline = fonts_baseline(y->fonts, spec->style);
    p->align = spec->align;
    p->mode = spec->mode;
    p->hyphenate = spec->hyphenate;
    p->hang_punctuation = spec->style->hang_punctuation;
    p->hang = spec->verbatim ? spec->style->size * 12 / 10 : 0;
    return p;
}

static bool has_page_refs(const struct layout *y, const struct rich *text)
{
    if (!y->doc->has_page_refs)
        return false;
    for (uint32_t i = 0; i < text->n; i++)
        if (text->spans[i].kind == SPAN_PAGE_OF)
            return true;
    return false;
}

struct para *layout_shape(
    struct layout *y, const struct rich *text, const struct para_spec *spec)
{
    struct shape_spec shape = shape_spec(y, spec);
    struct para *p = new_para(y, spec);
    p->text = text;
    p->items = text_shape(y->fonts, y->a, y->doc, text, &shape);
    p->page_refs = has_page_refs(y, text);
    return p;
}

struct para *layout_shape_plain(struct layout *y, struct slice s,
    struct pos pos, const struct para_spec *spec)
{
    struct shape_spec shape = shape_spec(y, spec);
    struct para *p = new_para(y, spec);
    p->items = text_shape_plain(y->fonts, y->a, s, pos, &shape);
    return p;
}

static rlen sum(rlen a, rlen b)
{
    return a < RLEN_MAX ? a + b : a;
}

struct items layout_measure(
    struct layout *y, const struct para *p, const struct para_spec *spec)
{
    struct items items = p->items;
    if (!p->page_refs)
        return items;
    struct para *more =
        layout_shape_plain(y, SLICE("00"), (struct pos){0}, spec);
    items.narrow = sum(items.narrow, more->items.natural);
    items.widest = sum(items.widest, more->items.natural);
    for (uint32_t i = 0; i < p->text->n; i++)
        if (p->text->spans[i].kind == SPAN_PAGE_OF)
            items.natural = sum(items.natural, more->items.natural);
    return items;
}

/* Each line as it was given by itself, what follows its first line set in. */
static struct lines break_hanging(
    struct layout *y, const struct para *p, rlen width)
{
    const struct items *all = &p->items;
    const struct break_spec spec = {
        .width = width - p->hang, .first_more = p->hang, .mode = TEXT_GREEDY};
    struct lines out = {0};
    size_t cap = 0;
    struct items one = {.v = all->v};
    for (uint32_t i = 0; i <= all->n; i++) {
        if (i < all->n && all->v[i].kind != ITEM_BREAK) {
            one.natural += all->v[i].width;
            one.n++;
            continue;
        }
        struct lines some = text_break(y->fonts, y->a, &one, &spec);
        out.v = arena_grow(
            y->a, out.v, &cap, (size_t)out.n + some.n, sizeof *out.v);
        for (uint32_t k = 0; k < some.n; k++) {
            out.v[out.n] = some.v[k];
            out.v[out.n].first += i - one.n;
            out.v[out.n++].last += i - one.n;
        }
        if (out.width < some.width)
            out.width = some.width;
        one = (struct items){.v = all->v + i + 1};
    }
    return out;
}

void layout_break(struct layout *y, struct para *p, rlen width)
{
    struct break_spec spec = {.width = width,
        .mode = p->mode,
        .hyphenate = p->hyphenate,
        .hang = p->hang_punctuation,
        .text = p->text};
    p->width = width;
    if (p->hang)
        p->lines = break_hanging(y, p, width);
    else
        p->lines = text_break(y->fonts, y->a, &p->items, &spec);
}

void layout_reshape(
    struct layout *y, struct para *p, const struct para_spec *spec)
{
    struct shape_spec shape = shape_spec(y, spec);
    p->items = text_shape(y->fonts, y->a, y->doc, p->text, &shape);
    layout_break(y, p, p->width);
}

const struct line *layout_over(const struct para *p)
{
    for (uint32_t i = 0; i < p->lines.n; i++)
        if (p->lines.v[i].over)
            return &p->lines.v[i];
    return NULL;
}

const char *layout_mm(struct layout *y, int64_t n)
{
    rlen tenths = unit_scale(n < 0 ? 0 : n, 254, 72000);
    return arena_printf(y->a, "%d.%d mm", tenths / 10, tenths % 10);
}

void layout_check(struct layout *y, const struct para *p, struct pos pos)
{
    const struct line *line = layout_over(p);
    if (!line)
        return;
    const struct item *items = &p->items.v[line->first];
    if (p->text)
        pos = p->text->spans[items->span].pos;
    struct diags *d = y->l->d;
    struct slice word = text_of(y->a, items, line->last - line->first);
    diag(d, D_WORD_WIDE, pos, "%s is %s wide, its line only %s",
        diag_quote(d, word), layout_mm(y, line->width),
        layout_mm(y, p->width - p->hang));
}

struct rich *layout_run_in(struct layout *y, struct slice lead, unsigned style,
    const struct rich *text)
{
    struct rich *r = ARENA_NEW(y->a, struct rich);
    r->n = text->n + 1;
    r->spans = ARENA_ARRAY(y->a, r->n, struct span);
    r->spans[0].style = (uint8_t)style;
    r->spans[0].s = lead;
    r->spans[0].fixed = true;
    if (text->n) {
        r->spans[0].pos = text->spans[0].pos;
        memcpy(&r->spans[1], text->spans, text->n * sizeof *text->spans);
    }
    return r;
}

struct rich *layout_bare(
    struct layout *y, const struct rich *text, struct slice tail)
{
    struct rich *r = ARENA_NEW(y->a, struct rich);
    r->spans = ARENA_ARRAY(y->a, (size_t)text->n + 1, struct span);
    for (uint32_t i = 0; i < text->n; i++) {
        if (text->spans[i].kind == SPAN_NOTE ||
            text->spans[i].change == CHANGE_DELETED)
            continue;
        r->spans[r->n] = text->spans[i];
        r->spans[r->n].change = CHANGE_NONE;
        r->spans[r->n++].link = 0;
    }
    if (tail.n)
        r->spans[r->n++] = (struct span){.s = tail};
    return r;
}

/* Are words of such a change told from others by an element of their own? */
static bool is_told(const struct span *span)
{
    return span->kind != SPAN_NOTE && span->change != CHANGE_NONE &&
        span->change != CHANGE_TOUCHED;
}

/* Do two spans that follow one another belong to one element? */
static bool is_one(const struct span *last, const struct span *span)
{
    return last && last->kind != SPAN_NOTE && last->link == span->link &&
        last->lang == span->lang && is_told(last) == is_told(span) &&
        (!is_told(span) || last->change == span->change);
}

/* What is said of the words of a change, from span i on. */
static uint32_t change_mark(struct layout *y, const struct para *p, uint32_t i)
{
    static const uint8_t LABELS[] = {[CHANGE_INSERTED] = LABEL_INSERTED,
        [CHANGE_DELETED] = LABEL_DELETED,
        [CHANGE_NEW] = LABEL_NEW,
        [CHANGE_CAME] = LABEL_CAME};
    const struct span *spans = p->text->spans;
    uint8_t change = spans[i].change;
    struct buf text = buf_new(y->a);
    buf_puts(&text, "");
    for (uint32_t k = i; k < p->text->n; k++) {
        if (k > i && !is_one(&spans[k - 1], &spans[k]))
            break;
        if (spans[k].kind == SPAN_TEXT)
            buf_put(&text, spans[k].s.s, spans[k].s.n);
        else
            buf_putc(&text, ' ');
    }
    struct slice alt = inline_label(y->a, y->profile->labels[LABELS[change]],
        (struct slice){text.s, text.n});
    return tags_mark(y->flow->tags, (struct tag_mark){change, alt});
}

/* The element of span i, those before it being known. */
static uint32_t span_elem(
    struct layout *y, const struct para *p, uint32_t i, uint32_t elem)
{
    struct tags *tags = y->flow->tags;
    const struct span *span = &p->text->spans[i];
    const struct span *last = i ? span - 1 : NULL;
    if (span->kind == SPAN_NOTE) {
        uint32_t mark = tags_add(tags, TAG_REFERENCE, elem);
        tags->v[mark].extra = span->note;
        return tags_add(tags, TAG_LINK, mark);
    }
    if (is_one(last, span))
        return p->span_elems[i - 1];
    if (span->link) {
        bool inside = last && last->link == span->link;
        uint32_t link = inside ? p->span_elems[i - 1] : 0;
        while (inside && tags->v[link].tag != TAG_LINK)
            link = tags->v[link].parent;
        if (!inside) {
            link = tags_add(tags, TAG_LINK, elem);
            tags->v[link].extra = span->link;
            tags->v[link].lang = span->lang;
        }
        elem = link;
        if (tags->v[link].lang == span->lang && !is_told(span))
            return link;
    } else if (!span->lang && !is_told(span)) {
        return elem;
    }
    uint32_t own = tags_add(tags, TAG_SPAN, elem);
    tags->v[own].lang = span->lang;
    if (is_told(span))
        tags->v[own].extra = change_mark(y, p, i);
    return own;
}

void layout_spans(struct layout *y, struct para *p, uint32_t elem)
{
    bool any = false;
    for (uint32_t i = 0; p->text && i < p->text->n && !any; i++) {
        const struct span *span = &p->text->spans[i];
        any = span->link || span->lang || span->kind == SPAN_NOTE ||
            is_told(span);
    }
    if (!any)
        return;
    p->span_elems = ARENA_ARRAY(y->a, p->text->n, uint32_t);
    for (uint32_t i = 0; i < p->text->n; i++)
        p->span_elems[i] = span_elem(y, p, i, elem);
}
