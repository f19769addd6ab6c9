/*
 * What md4c sees of a text: the text, with stand-ins for values, footnote marks
 * and addresses, so that none can become markup, and with marks that hide
 * constructs. (What md4c takes for an address differs between its versions.)
 * Stand-ins are spelt in noncharacters, which no text may have; all of them
 * look to md4c like letters.
 */
#include "inline/inline_int.h"

#include <string.h>

/* U+FDD0 digits U+FDD1, digits from U+FDD2; U+FDDC says nothing. */
#define OPEN "\xef\xb7\x90"
#define CLOSE "\xef\xb7\x91"
#define HIDE "\xef\xb7\x9c"
#define NBSP "\xc2\xa0"
enum { LETTER = 3, DIGIT_0 = 0x92, DIGIT_9 = 0x9b };

/* One text being copied. */
struct copy {
    struct resolver *in;
    struct md_text *mt;
    uint32_t end; /* of what is copied */
    uint32_t from; /* what is not copied yet begins here */
    bool inline_only;
    bool line_start;
};

static void add_seg(struct copy *c, struct seg seg)
{
    struct md_text *mt = c->mt;
    mt->segs = arena_grow(c->in->l->a, mt->segs, &mt->cap,
        (size_t)mt->nsegs + 1, sizeof *mt->segs);
    mt->segs[mt->nsegs++] = seg;
}

/* Copy up to byte `to` of the text. */
static void flush(struct copy *c, uint32_t to)
{
    if (to <= c->from)
        return;
    uint32_t n = to - c->from;
    add_seg(c,
        (struct seg){.md = (uint32_t)c->mt->s.n,
            .n = n,
            .off = c->from,
            .src = n,
            .kind = SEG_COPY});
    buf_put(&c->mt->s, c->mt->text->s.s + c->from, n);
    c->from = to;
}

/* Put a mark in front of byte `at`. */
static void hide(struct copy *c, uint32_t at, const char *mark)
{
    flush(c, at);
    uint32_t n = (uint32_t)strlen(mark);
    add_seg(c,
        (struct seg){
            .md = (uint32_t)c->mt->s.n, .n = n, .off = at, .kind = SEG_MARK});
    buf_put(&c->mt->s, mark, n);
}

/* Put a stand-in in the place of n bytes. */
static void stand_in(struct copy *c, struct seg seg)
{
    flush(c, seg.off);
    struct buf *s = &c->mt->s;
    seg.md = (uint32_t)s->n;
    char digits[16];
    size_t n = 0;
    for (uint32_t number = c->mt->nsegs; number || !n; number /= 10)
        digits[n++] = (char)(DIGIT_0 + number % 10);
    buf_put(s, OPEN, LETTER);
    while (n) {
        buf_put(s, OPEN, LETTER - 1);
        buf_putc(s, digits[--n]);
    }
    buf_put(s, CLOSE, LETTER);
    seg.n = (uint32_t)s->n - seg.md;
    add_seg(c, seg);
    c->from = seg.off + seg.src;
}

/* The length of "[^name]" at the n bytes at s, or 0. */
static uint32_t note_length(const char *s, size_t n)
{
    if (n < 4 || s[1] != '^')
        return 0;
    size_t i = 2;
    while (i < n && !strchr(" \t\n[]", s[i]))
        i++;
    return i > 2 && i < n && s[i] == ']' ? (uint32_t)i + 1 : 0;
}

/* Is the byte at `at` escaped by a backslash? Looks no further than `from`. */
static bool is_escaped(const char *s, uint32_t from, uint32_t at)
{
    uint32_t n = 0;
    while (at - n > from && s[at - n - 1] == '\\')
        n++;
    return n % 2;
}

/* Does no address go on here? Blanks, quotes and brackets of all kinds. */
static bool ends_address(const char *s, size_t n)
{
    unsigned char byte = (unsigned char)*s;
    if (byte < 0x80)
        return byte <= ' ' || byte == 0x7f || strchr("<>\"`\\[]{}^", *s);
    uint32_t cp;
    utf8_decode(s, n, &cp);
    return cp < 0xC0 || (cp >= 0x2000 && cp < 0x2070) ||
        (cp >= 0x3000 && cp < 0x3040) || (cp >= 0xFF00 && cp < 0xFF10);
}

/* Do the n bytes at s begin with "&name;" or "&#1;"? */
static bool is_entity(const char *s, size_t n)
{
    size_t i = 1;
    if (s[0] != '&')
        return false;
    while (i < n &&
        ((s[i] >= '0' && s[i] <= '9') ||
            ((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'z') ||
            (s[i] == '#' && i == 1)))
        i++;
    return i > 1 && i < n && s[i] == ';';
}

/* The piece that holds byte `at`, from piece *i on; NULL if none does. */
static const struct piece *piece_at(
    const struct text *t, uint32_t *i, uint32_t at)
{
    while (*i < t->npieces && t->pieces[*i].off + t->pieces[*i].n <= at)
        ++*i;
    return *i < t->npieces && t->pieces[*i].off <= at ? &t->pieces[*i] : NULL;
}

/*
 * Where the address that begins at `at` ends, values in it included; `at` if
 * there is none. What closes a sentence or a bracket around it is left out.
 */
static uint32_t address_end(const struct copy *c, uint32_t i, uint32_t at)
{
    const struct text *t = c->mt->text;
    const char *s = t->s.s;
    size_t left = c->end - at;
    uint32_t scheme = left > 8 && memcmp(s + at, "https://", 8) == 0 ? 8
        : left > 7 && memcmp(s + at, "http://", 7) == 0              ? 7
                                                                     : 0;
    uint32_t end = at + scheme, last = end; /* of the last value */
    unsigned open = 0;
    while (scheme && end < c->end) {
        const struct piece *p = piece_at(t, &i, end);
        if (p && p->kind == PIECE_VALUE) {
            last = end = p->off + p->n;
            continue;
        }
        if (!p || p->kind != PIECE_SOURCE ||
            ends_address(s + end, c->end - end) ||
            is_entity(s + end, c->end - end))
            break;
        open += s[end] == '(';
        if (s[end] == ')' && !open--)
            break;
        end++;
    }
    while (end > last && strchr("?!.,:;*_~'", s[end - 1]))
        end--;
    uint32_t host = at + scheme;
    bool named = end > host &&
        (last > host || (s[host] | 0x20) >= 'a' || s[host] <= '9');
    return scheme && named && s[host] != '/' ? end : at;
}

/* Is this where a word begins? Addresses in < > are md4c's. */
static bool begins_word(const char *s, uint32_t begin, uint32_t at)
{
    if (at == begin)
        return true;
    char c = s[at - 1];
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return !letter && !(c >= '0' && c <= '9') && c != '<';
}

/* May a line that begins so be a block of its own to md4c? */
static bool begins_block(char c)
{
    return (c >= '0' && c <= '9') || strchr("-+*#>=_`~|:<", c) != NULL;
}

/*
 * At the start of a line of inline Markdown: leave its indent out, a blank
 * line whole, and put a no-break space before what might begin a block, as it
 * is a blank to emphasis but not to blocks. Returns where to go on.
 */
static uint32_t start_line(struct copy *c, uint32_t at, uint32_t end)
{
    const char *s = c->mt->text->s.s;
    flush(c, at);
    while (at < end && strchr(" \t\n", s[at]))
        at++;
    c->from = at;
    if (at < end && begins_block(s[at]))
        hide(c, at, NBSP);
    c->line_start = at == end;
    return at;
}

/* A footnote's mark or an address at `at`? Then its end, else `at`. */
static uint32_t copy_special(
    struct copy *c, uint32_t i, uint32_t begin, uint32_t at)
{
    const char *s = c->mt->text->s.s;
    uint32_t end = at;
    uint8_t kind = SEG_NOTE;
    if (s[at] == '[' && !is_escaped(s, begin, at)) {
        end += note_length(s + at, c->end - at);
    } else if (s[at] == 'h' && begins_word(s, begin, at)) {
        end = address_end(c, i, at);
        kind = SEG_ADDRESS;
    }
    if (end > at)
        stand_in(c, (struct seg){.off = at, .src = end - at, .kind = kind});
    return end;
}

/* Copy bytes at..end of the text, which piece i holds. */
static void copy_source(struct copy *c, uint32_t i, uint32_t at, uint32_t end)
{
    const char *s = c->mt->text->s.s;
    uint32_t begin = at;
    c->from = at;
    while (at < end) {
        if (c->line_start) {
            at = start_line(c, at, end);
            continue;
        }
        uint32_t next = copy_special(c, i, begin, at);
        if (next > at) {
            at = next;
            continue;
        }
        if (s[at] == ']' && at + 1 < end && s[at + 1] == ':')
            hide(c, at + 1, HIDE);
        c->line_start = c->inline_only && s[at] == '\n';
        at++;
    }
    flush(c, end);
}

struct md_text *inline_md_text(struct resolver *in, const struct text *t,
    uint32_t from, uint32_t to, bool inline_only)
{
    struct md_text *mt = in->free_texts;
    if (mt) {
        in->free_texts = mt->next;
    } else {
        mt = ARENA_NEW(in->l->a, struct md_text);
        mt->s = buf_new(in->l->a);
    }
    mt->text = t;
    mt->s.n = 0;
    mt->nsegs = 0;
    struct copy c = {in, mt, to, from, inline_only, inline_only};
    uint32_t i = inline_first_piece(t, from);
    for (; i < t->npieces && t->pieces[i].off < to; i++) {
        const struct piece *p = &t->pieces[i];
        uint32_t begin = p->off < c.from ? c.from : p->off;
        uint32_t end = p->off + p->n > to ? to : p->off + p->n;
        if (begin >= end) /* part of an address */
            continue;
        if (p->kind == PIECE_SOURCE) {
            copy_source(&c, i, begin, end);
            continue;
        }
        c.from = p->off;
        c.line_start = false;
        stand_in(&c,
            (struct seg){
                .off = p->off, .src = p->n, .piece = i, .kind = SEG_VALUE});
    }
    /* md4c may look at the byte after the last one. */
    buf_putc(&mt->s, '\n');
    mt->s.n--;
    return mt;
}

void inline_md_text_free(struct resolver *in, struct md_text *mt)
{
    mt->next = in->free_texts;
    in->free_texts = mt;
}

const struct seg *inline_seg(const struct md_text *mt, uint32_t md)
{
    uint32_t low = 0, high = mt->nsegs;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (mt->segs[middle].md <= md)
            low = middle;
        else
            high = middle;
    }
    return mt->nsegs ? &mt->segs[low] : NULL;
}

uint32_t inline_md_off(const struct md_text *mt, uint32_t md)
{
    const struct seg *seg = inline_seg(mt, md);
    if (!seg)
        return 0;
    uint32_t in = md - seg->md;
    return seg->off + (seg->kind == SEG_COPY ? in : 0);
}

size_t inline_stand_in(
    const struct md_text *mt, const char *s, size_t n, struct seg *seg)
{
    if (n < LETTER || memcmp(s, OPEN, LETTER - 1) != 0)
        return 0;
    if (memcmp(s, HIDE, LETTER) == 0) {
        *seg = (struct seg){.kind = SEG_MARK};
        return LETTER;
    }
    if (memcmp(s, OPEN, LETTER) != 0)
        return 0;
    uint32_t number = 0;
    size_t i = LETTER;
    for (; i + LETTER <= n; i += LETTER) {
        unsigned char digit = (unsigned char)s[i + LETTER - 1];
        if (digit < DIGIT_0 || digit > DIGIT_9)
            break;
        number = number * 10 + (digit - DIGIT_0);
    }
    if (number >= mt->nsegs)
        return 0;
    *seg = mt->segs[number];
    return i + LETTER;
}
