/* Words divided where they may be hyphenated, and put together again. */
#include "text/text_int.h"

#include "base/uni.h"

#include <string.h>

/* The items being made. */
struct divider {
    struct fonts *f;
    struct arena *a;
    const struct items *from;
    const struct rich *text;
    struct divided out;
    size_t cap, source_cap;
    uint8_t *marks; /* of the word at hand */
    size_t marks_cap;
};

static void put(struct divider *d, struct item it, uint32_t source)
{
    struct items *to = &d->out.items;
    size_t n = to->n;
    to->v = arena_grow(d->a, to->v, &d->cap, n + 1, sizeof *to->v);
    d->out.source = arena_grow(
        d->a, d->out.source, &d->source_cap, n + 1, sizeof *d->out.source);
    to->v[n] = it;
    d->out.source[n] = source;
    to->n++;
}

/* Does a word begin, or end, with a letter or what belongs to one? */
static bool has_letter(const struct item *it, bool at_end)
{
    struct slice s = it->word ? it->word->s : (struct slice){0};
    size_t i = at_end && s.n ? s.n - 1 : 0;
    while (i > 0 && ((unsigned char)s.s[i] & 0xc0) == 0x80)
        i--;
    uint32_t cp;
    return s.n && utf8_decode(s.s + i, s.n - i, &cp) &&
        (uni_is_letter(cp) || uni_is_mark(cp));
}

/* Does a word go on from item a to item b, in another look or face? */
static bool goes_on(const struct item *a, const struct item *b)
{
    return a->kind == ITEM_WORD && b->kind == ITEM_WORD &&
        a->brk == ITEM_BREAK_NONE && has_letter(a, true) &&
        has_letter(b, false);
}

/*
 * May the item be divided? Not names, addresses, code; not what has a hyphen
 * of its own, in the text or put there by the author as a soft one; nor part
 * of a word, which the dictionary does not know.
 */
static bool is_divisible(const struct divider *d, uint32_t i)
{
    const struct item *v = d->from->v, *it = &v[i];
    if (it->kind != ITEM_WORD || it->word->actual)
        return false;
    if (d->text &&
        d->text->spans[it->span].style & (SPAN_URL | SPAN_CODE | SPAN_WHOLE))
        return false;
    if (it->brk == ITEM_BREAK_HYPHEN || it->brk == ITEM_BREAK_LAST ||
        item_ends_with(it, "-"))
        return false;
    if ((i > 0 && goes_on(it - 1, it)) ||
        (i + 1 < d->from->n && goes_on(it, it + 1)))
        return false;
    return i == 0 ||
        (v[i - 1].brk != ITEM_BREAK_HYPHEN && v[i - 1].brk != ITEM_BREAK_LAST &&
            !item_ends_with(&v[i - 1], "-"));
}

/* Letters of a word that begin at i: small ones, the first may be a capital. */
static size_t letters_end(struct slice s, size_t i, bool *plain)
{
    size_t len;
    bool first = true;
    for (; i < s.n; i += len, first = false) {
        uint32_t cp;
        len = utf8_decode(s.s + i, s.n - i, &cp);
        if (!uni_is_letter(cp) && !uni_is_mark(cp))
            break;
        if (!first && uni_lower(cp) != cp)
            *plain = false;
    }
    return i;
}

/* The longest run of letters in a word, if it is one that may be divided. */
static bool find_letters(struct slice s, size_t *from, size_t *to)
{
    size_t len;
    bool plain = true;
    *from = *to = 0;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t cp;
        len = utf8_decode(s.s + i, s.n - i, &cp);
        if (uni_is_digit(cp) ||
            (cp < 0x80 && strchr("./_@&+=", (int)cp) && i > 0 && i + len < s.n))
            return false;
        if (!uni_is_letter(cp))
            continue;
        size_t end = letters_end(s, i, &plain);
        if (end - i > *to - *from) {
            *from = i;
            *to = end;
        }
        len = end - i;
    }
    return plain && *to > *from;
}

/* One shaped word of a part of an item's text; NULL if it takes several. */
static const struct word *shape_part(struct fonts *f, const struct rich *text,
    const struct item *it, struct slice s)
{
    struct setting set = {.cut = fonts_cut(f, it->look),
        .lang = item_lang(text, it),
        .mode = MODE_WHOLE};
    const struct token *t = words_token(f, &set, s, (struct pos){0});
    return t->n == 1 ? t->parts[0].word : NULL;
}

static rlen width_of(
    const struct fonts *f, const struct item *it, const struct word *w)
{
    return width_at(w->width, f->looks[it->look].size, f->faces[w->face]->upem);
}

/*
 * The fragments of item i between its marks. Each is as wide as what it adds
 * to those before it, so that together they are as wide as the word.
 */
static void put_fragments(struct divider *d, uint32_t i)
{
    const struct item *it = &d->from->v[i];
    struct slice s = it->word->s;
    rlen before = 0;
    size_t from = 0;
    uint32_t first = d->out.items.n;
    for (size_t k = 0; k < s.n; k++) {
        if (!d->marks[k])
            continue;
        struct slice head = {s.s, k + 1}, own = {s.s + from, k + 1 - from};
        const struct word *upto = shape_part(d->f, d->text, it, head);
        const struct word *w = shape_part(d->f, d->text, it, own);
        if (!upto || !w)
            continue;
        struct item fragment = *it;
        fragment.word = w;
        fragment.width = width_of(d->f, it, upto) - before;
        fragment.brk = ITEM_BREAK_HYPHEN;
        put(d, fragment, i);
        before += fragment.width;
        from = k + 1;
    }
    struct item rest = *it;
    if (from) {
        rest.word = shape_part(
            d->f, d->text, it, (struct slice){s.s + from, s.n - from});
        rest.width = it->width - before;
    }
    if (!rest.word) {
        d->out.items.n = first;
        rest = *it;
    }
    put(d, rest, i);
    d->out.any |= rest.word != it->word;
}

struct divided divide_words(struct fonts *f, struct arena *a,
    const struct items *items, const struct rich *text)
{
    struct divider d = {.f = f, .a = a, .from = items, .text = text};
    for (uint32_t i = 0; i < items->n; i++) {
        const struct item *it = &items->v[i];
        size_t from, to;
        if (!is_divisible(&d, i) || !find_letters(it->word->s, &from, &to)) {
            put(&d, *it, i);
            continue;
        }
        struct slice s = it->word->s;
        d.marks = arena_grow(a, d.marks, &d.marks_cap, s.n, 1);
        memset(d.marks, 0, s.n);
        struct slice letters = {s.s + from, to - from};
        if (hyphen_marks(f, item_lang(text, it), letters, d.marks + from))
            put_fragments(&d, i);
        else
            put(&d, *it, i);
    }
    return d.out;
}

/*
 * What becomes of the fragments from..to-1, all of one item, on one line: the
 * item that they are together, or what they are if it takes several words.
 * Returns how many.
 */
static uint32_t join(struct fonts *f, const struct divided *d,
    const struct rich *text, const struct item *whole, uint32_t from,
    uint32_t to, struct item *out)
{
    const struct item *v = d->items.v;
    size_t n = 0, off = 0;
    for (uint32_t i = from; i < to; i++)
        n += v[i].word ? v[i].word->s.n : 0;
    if (!whole->word || n == whole->word->s.n) {
        *out = *whole;
        return 1;
    }
    uint32_t source = d->source[from];
    for (uint32_t i = from; i > 0 && d->source[i - 1] == source; i--)
        off += v[i - 1].word->s.n;
    struct slice s = {whole->word->s.s + off, n};
    const struct word *w = shape_part(f, text, whole, s);
    if (!w) {
        memcpy(out, v + from, (to - from) * sizeof *out);
        return to - from;
    }
    *out = v[to - 1];
    out->word = w;
    out->width = width_of(f, whole, w);
    return 1;
}

/* Copy the items from..to-1, those of one item as one. Returns how many. */
static uint32_t join_range(struct fonts *f, const struct divided *d,
    const struct rich *text, const struct item *wholes, uint32_t from,
    uint32_t to, struct item *out)
{
    uint32_t n = 0, end;
    for (uint32_t i = from; i < to; i = end) {
        end = i + 1;
        while (end < to && d->source[end] == d->source[i])
            end++;
        n += join(f, d, text, &wholes[d->source[i]], i, end, out + n);
    }
    return n;
}

void divide_join(struct fonts *f, struct arena *a, const struct divided *d,
    const struct rich *text, struct items *items, struct lines *lines)
{
    struct item *out = ARENA_ARRAY(a, d->items.n, struct item);
    uint32_t n = 0, i = 0;
    for (uint32_t k = 0; k <= lines->n; k++) {
        struct line *line = k < lines->n ? &lines->v[k] : NULL;
        uint32_t first = line ? line->first : d->items.n;
        n += join_range(f, d, text, items->v, i, first, out + n);
        if (!line)
            break;
        i = line->last;
        line->first = n;
        n += join_range(f, d, text, items->v, first, i, out + n);
        line->last = n;
    }
    items->v = out;
    items->n = n;
}
