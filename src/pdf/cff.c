/* CFF font programs: are their glyphs named, or numbered as CIDs? */
#include "pdf/pdf_int.h"

/*
 * Adobe Technical Note 5176. Reading beyond the end gives 0 and marks the
 * reader bad.
 */
struct reader {
    const uint8_t *s;
    size_t n, at;
    bool bad;
};

static uint32_t take(struct reader *r, unsigned bytes)
{
    uint32_t v = 0;
    if (r->bad || r->at > r->n || r->n - r->at < bytes) {
        r->bad = true;
        return 0;
    }
    while (bytes--)
        v = v << 8 | r->s[r->at++];
    return v;
}

/* Read an INDEX and stand after it; *from..*to gets its first element. */
static void take_index(struct reader *r, size_t *from, size_t *to)
{
    uint32_t count = take(r, 2);
    *from = *to = r->at;
    if (!count)
        return;
    unsigned width = take(r, 1);
    if (width < 1 || width > 4)
        r->bad = true;
    size_t offsets = r->at;
    size_t data = offsets + (size_t)(count + 1) * width - 1;
    *from = data + take(r, width);
    *to = data + take(r, width);
    r->at = offsets + (size_t)count * width;
    r->at = data + take(r, width);
}

/* The whole number that begins with byte b0; what is none gives 0. */
static uint32_t take_number(struct reader *r, uint32_t b0)
{
    enum { SHORT = 28, LONG = 29, REAL = 30 };
    if (b0 == SHORT)
        return take(r, 2);
    if (b0 == LONG)
        return take(r, 4);
    if (b0 >= 32 && b0 <= 246)
        return b0 - 139;
    if (b0 >= 247 && b0 <= 254)
        return take(r, 1) + (b0 - 247) * 256 + 108;
    if (b0 == REAL) {
        /* Half bytes up to one that is 15. */
        uint32_t b;
        do
            b = take(r, 1);
        while (!r->bad && (b & 15) != 15 && b >> 4 != 15);
    }
    return 0;
}

struct top_dict {
    bool by_cid;
    uint32_t charset; /* [bytes] from the table's start */
};

static struct top_dict take_top_dict(struct reader *r, size_t end)
{
    enum { CHARSET = 15, ESCAPE = 12, ROS = 30, LAST_OPERATOR = 21 };
    struct top_dict top = {false, 0};
    uint32_t operand = 0;
    while (r->at < end && !r->bad) {
        uint32_t b = take(r, 1);
        if (b > LAST_OPERATOR)
            operand = take_number(r, b);
        else if (b == CHARSET)
            top.charset = operand;
        else if (b == ESCAPE && take(r, 1) == ROS)
            top.by_cid = true;
    }
    return top;
}

/* Does the charset name each glyph by its own id? */
static bool is_identity(struct reader *r, uint32_t nglyphs)
{
    uint32_t format = take(r, 1);
    uint32_t glyph = 1; /* .notdef is not listed */
    if (format > 2)
        r->bad = true;
    while (glyph < nglyphs && !r->bad) {
        if (take(r, 2) != glyph)
            return false;
        glyph += 1 + (format ? take(r, format) : 0);
    }
    return true;
}

enum cff_kind pdf_cff_kind(const void *table, size_t n, uint32_t nglyphs)
{
    enum { HEADER_SIZE_AT = 2, PREDEFINED = 2 };
    struct reader r = {.s = table, .n = n, .at = HEADER_SIZE_AT};
    size_t from, to;
    r.at = take(&r, 1);
    take_index(&r, &from, &to); /* font names */
    take_index(&r, &from, &to); /* top dictionaries */
    r.at = from;
    struct top_dict top = take_top_dict(&r, to);
    if (r.bad || from == to)
        return CFF_BAD;
    if (!top.by_cid)
        return CFF_NAMES;
    if (top.charset <= PREDEFINED)
        return CFF_BAD;
    r.at = top.charset;
    bool identity = is_identity(&r, nglyphs);
    if (r.bad)
        return CFF_BAD;
    return identity ? CFF_CIDS : CFF_CIDS_MAP;
}
