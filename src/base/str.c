/* Strings: slices, growing buffers, hashing, strict UTF-8, near misses. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct slice slice_of(const char *s)
{
    return (struct slice){s, s ? strlen(s) : 0};
}

bool slice_eq(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

bool slice_is(struct slice a, const char *s)
{
    return slice_eq(a, slice_of(s));
}

bool slice_ends(struct slice s, const char *end)
{
    size_t n = strlen(end);
    if (s.n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.s[s.n - n + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i])
            return false;
    }
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

struct buf buf_new(struct arena *a)
{
    return (struct buf){.a = a};
}

/* Make room for n more bytes and the NUL after them. */
static char *buf_room(struct buf *b, size_t n)
{
    if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
        arena_exhausted(b->a);
    size_t want = b->n + n + 1;
    if (want > b->cap) {
        if (!b->cap && want < 64)
            want = 64;
        b->s = arena_grow(b->a, b->s, &b->cap, want, 1);
    }
    return b->s + b->n;
}

void buf_put(struct buf *b, const void *s, size_t n)
{
    char *to = buf_room(b, n);
    if (n)
        /* cppcheck-suppress uninitvar ; it is set wherever it comes from */
        memcpy(to, s, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
    char *to = buf_room(b, 1);
    to[0] = c;
    to[1] = '\0';
    b->n++;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0)
        arena_exhausted(b->a);
    char *to = buf_room(b, (size_t)n);
    va_start(args, fmt);
    vsnprintf(to, (size_t)n + 1, fmt, args);
    va_end(args);
    b->n += (size_t)n;
}

void buf_utf8(struct buf *b, uint32_t cp)
{
    char bytes[4];
    buf_put(b, bytes, utf8_encode(cp, bytes));
}

void buf_readable(struct buf *b, struct slice s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = utf8_decode(s.s + i, s.n - i, &cp);
        buf_utf8(b, len && utf8_allowed(cp) && cp >= ' ' ? cp : 0xfffd);
        i += len ? len : 1;
    }
}

/* One to seven bytes as a word, each of them in it. */
static uint64_t last_word(const char *p, size_t n)
{
    if (n < 4) {
        const unsigned char *b = (const unsigned char *)p;
        return b[0] | (uint64_t)b[n / 2] << 8 | (uint64_t)b[n - 1] << 16;
    }
    uint32_t first, last;
    memcpy(&first, p, 4);
    memcpy(&last, p + n - 4, 4);
    return first | (uint64_t)last << 32;
}

/*
 * Multiply and fold, eight bytes at a time. The order of nothing may depend on
 * it: it differs between byte orders.
 */
uint64_t str_hash(const void *s, size_t n, uint64_t seed)
{
    static const uint64_t K = UINT64_C(0x9e3779b97f4a7c15);
    const char *p = s;
    uint64_t h = (seed ^ n) * K;
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = (h ^ (h >> 32) ^ word) * K;
    }
    if (n)
        h = (h ^ (h >> 32) ^ last_word(p, n)) * K;
    h = (h ^ (h >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return h ^ (h >> 32);
}

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    size_t len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc2 || p[0] > 0xf4 || len > n)
        return 0;
    uint32_t c = p[0] & (0xffU >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3fU);
    }
    /* Overlong forms, surrogates, beyond Unicode. */
    if ((len == 3 && c < 0x800) || (len == 4 && c < 0x10000) ||
        (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
        return 0;
    *cp = c;
    return len;
}

size_t utf8_encode(uint32_t cp, char *out)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3f));
        cp >>= 6;
    }
    out[0] = (char)((0xf00 >> len & 0xf0) | cp);
    return len;
}

/* How many of the n bytes at s are ASCII from the start, in whole words. */
static size_t ascii_words(const char *s, size_t n)
{
    size_t i = 0;
    for (; n - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, s + i, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return i;
}

size_t utf8_valid(const char *s, size_t n)
{
    size_t i = ascii_words(s, n);
    while (i < n) {
        uint32_t cp;
        size_t len = utf8_decode(s + i, n - i, &cp);
        if (!len)
            return i;
        i += len;
        if (len == 1)
            i += ascii_words(s + i, n - i);
    }
    return n;
}

size_t utf8_count(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xc0) != 0x80;
    return count;
}

bool utf8_allowed(uint32_t cp)
{
    if (cp < 0x20)
        return cp == '\t' || cp == '\n';
    if (cp < 0x7f)
        return true;
    if (cp < 0xa0 || (cp >= 0xd800 && cp < 0xe000) || cp > 0x10ffff)
        return false;
    /* Line and paragraph separators, a mark of byte order, tags. */
    if (cp == 0x2028 || cp == 0x2029 || cp == 0xfeff || cp >> 7 == 0xe0000 >> 7)
        return false;
    /* The noncharacters: U+FDD0..U+FDEF and the last two of each plane. */
    return (cp & 0xfffe) != 0xfffe && (cp < 0xfdd0 || cp > 0xfdef);
}

enum { NEAR_LONGEST = 64, NEAR_MOST = 3 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letter(char a, char b)
{
    return a == b || small_letter(a) == small_letter(b);
}

/*
 * Changes from a to b by inserting, deleting or replacing a byte or swapping
 * two neighbours (optimal string alignment); large letters count as small ones.
 * Both at most NEAR_LONGEST.
 */
static unsigned distance(struct slice a, struct slice b)
{
    unsigned rows[3][NEAR_LONGEST + 1] = {{0}};
    for (unsigned j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3];
        const unsigned *before = rows[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            unsigned cost = !same_letter(a.s[i - 1], b.s[j - 1]);
            now[j] = least(last[j - 1] + cost, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a.s[i - 1], b.s[j - 2]) &&
                same_letter(a.s[i - 2], b.s[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

const char *str_nearest(struct slice s, const char *const *names)
{
    if (!s.n || s.n > NEAR_LONGEST)
        return NULL;
    const char *nearest = NULL;
    unsigned best = least(NEAR_MOST, ((unsigned)s.n + 2) / 3) + 1;
    for (; *names; names++) {
        struct slice name = slice_of(*names);
        size_t gap = name.n > s.n ? name.n - s.n : s.n - name.n;
        if (name.n > NEAR_LONGEST || gap >= best)
            continue;
        unsigned changes = distance(s, name);
        /* One letter for another is no slip but another word. */
        if (changes < best && (s.n > 1 || changes == 0)) {
            best = changes;
            nearest = *names;
        }
    }
    return nearest;
}
