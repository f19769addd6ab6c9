/* What glyphs say: the ToUnicode CMap of a font. */
#include "pdf/pdf_int.h"

/* Glyphs first..last say the characters from cp on, or `first` says `text`. */
struct run {
    uint16_t first, last;
    uint32_t cp;
    struct slice text;
};

struct runs {
    struct run *v;
    size_t n, cap;
    size_t singles;
};

/* The one character of the BMP that a text is, or 0. */
static uint32_t only_character(struct slice s)
{
    uint32_t cp;
    size_t len = utf8_decode(s.s, s.n, &cp);
    return len == s.n && cp < 0x10000 ? cp : 0;
}

/*
 * Only the last byte may change within a range, of the codes and of what they
 * say (PDF 1.7, 9.10.3).
 */
static bool goes_on(const struct run *r, uint16_t glyph, uint32_t cp)
{
    return r->cp && cp && glyph == r->last + 1 && glyph >> 8 == r->first >> 8 &&
        cp == r->cp + (glyph - r->first) && cp >> 8 == r->cp >> 8;
}

static struct runs find_runs(struct arena *a, const struct slice *unicode,
    const uint16_t *glyphs, uint32_t n)
{
    struct runs runs = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint16_t g = glyphs[i];
        if (!unicode[g].n)
            continue;
        uint32_t cp = only_character(unicode[g]);
        struct run *last = runs.n ? &runs.v[runs.n - 1] : NULL;
        if (last && goes_on(last, g, cp)) {
            runs.singles -= last->first == last->last;
            last->last = g;
            continue;
        }
        runs.v = arena_grow(a, runs.v, &runs.cap, runs.n + 1, sizeof *runs.v);
        runs.v[runs.n++] = (struct run){g, g, cp, unicode[g]};
        runs.singles++;
    }
    return runs;
}

/* All runs of one kind, in sections of at most 100. */
static void put_runs(struct buf *b, const struct runs *runs, bool ranges)
{
    enum { SECTION = 100 };
    const char *name = ranges ? "bfrange" : "bfchar";
    size_t left = ranges ? runs->n - runs->singles : runs->singles;
    size_t in_section = 0;
    for (size_t i = 0; i < runs->n; i++) {
        const struct run *r = &runs->v[i];
        if ((r->first != r->last) != ranges)
            continue;
        if (!in_section) {
            in_section = left < SECTION ? left : SECTION;
            left -= in_section;
            buf_printf(b, "%zu begin%s\n", in_section, name);
        }
        buf_printf(b, "<%04X> ", (unsigned)r->first);
        if (ranges)
            buf_printf(b, "<%04X> ", (unsigned)r->last);
        buf_putc(b, '<');
        pdf_put_utf16(b, r->text);
        buf_puts(b, ">\n");
        if (!--in_section)
            buf_printf(b, "end%s\n", name);
    }
}

struct slice pdf_tounicode(struct arena *a, const struct slice *unicode,
    const uint16_t *glyphs, uint32_t n)
{
    struct buf b = buf_new(a);
    struct runs runs = find_runs(a, unicode, glyphs, n);
    buf_puts(&b,
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> "
        "def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    put_runs(&b, &runs, false);
    put_runs(&b, &runs, true);
    buf_puts(&b,
        "endcmap\nCMapName currentdict /CMap defineresource pop\n"
        "end\nend\n");
    return (struct slice){b.s, b.n};
}
