/* Spans and a width to lines of glyph runs. Home of <hb.h>. */
#ifndef RAP_TEXT_TEXT_H
#define RAP_TEXT_TEXT_H

#include "inline/doc.h"

#include <hb.h>

/*
 * One font file opened for shaping, with what the PDF needs of it. Faces live
 * as long as the build; their handles are freed with the arena.
 */
struct face {
    uint16_t id; /* index in fonts.faces */
    const char *path; /* of the file, absolute */
    unsigned index; /* in a collection */
    hb_face_t *hb;
    hb_font_t *font; /* scaled to units per em: lengths in font units */
    int32_t upem; /* 16..16384 */
    int32_t ascent, descent, cap_height; /* [font units], descent < 0 */
    uint32_t nglyphs;
    bool cff; /* CFF outlines, else TrueType */
    /*
     * What each glyph says, for ToUnicode: set when a word is first shaped.
     * n 0: not met yet. UTF-8 in the build's arena.
     */
    struct slice *unicode; /* [nglyphs] */
    uint8_t *used; /* [nglyphs], 1: stands in a shaped word */
};

/* One glyph of a cached word, in font units: 8 bytes. */
struct glyph {
    uint16_t id;
    int16_t advance;
    int16_t dx, dy;
};

/*
 * A piece of text without a break chance inside, of one face, shaped once for
 * all sizes. Words stay as long as the build.
 */
struct word {
    struct slice s; /* its text; for ActualText */
    const struct glyph *glyphs;
    uint16_t n;
    uint16_t face; /* index in fonts.faces */
    int32_t width; /* [font units] */
    bool simple; /* every advance is the font's own, no offset */
    bool actual; /* its glyphs do not tell its text: needs ActualText */
};

/* How a run is set: a face's family and cut at a size, in a colour. */
struct look {
    uint16_t family; /* internal number of the family */
    bool bold, italic;
    rlen size;
    rlen rise; /* of the baseline, > 0 upwards (superscripts) */
    struct colour colour;
};

enum item_kind {
    ITEM_WORD,
    ITEM_SPACE, /* stretches and shrinks; a line may break here */
    ITEM_FIXED, /* a no-break space: stretches like a space, no break */
    ITEM_BREAK /* forced line break */
};

enum item_break {
    ITEM_BREAK_NONE,
    ITEM_BREAK_ALLOWED, /* after a hyphen, dash, slash … */
    ITEM_BREAK_LAST, /* inside an address, name or date: only if need be */
    ITEM_BREAK_HYPHEN /* a soft hyphen: prints "-" if a line ends here */
};

/* A box or glue of a paragraph: 24 bytes. */
struct item {
    const struct word *word; /* NULL for ITEM_BREAK; a space's is its glyph */
    rlen width; /* at the look's size */
    uint32_t span; /* index of its span in the rich text */
    uint16_t look; /* index in fonts.looks */
    uint8_t kind; /* enum item_kind */
    uint8_t brk; /* enum item_break: after this item; SPACE: NONE or LAST */
};

/* Does it print a space, which a justified line stretches? */
static inline bool item_is_space(const struct item *it)
{
    return it->kind == ITEM_SPACE || it->kind == ITEM_FIXED;
}

/* Shaped text, not yet broken. */
struct items {
    struct item *v;
    uint32_t n;
    rlen widest; /* widest part that cannot be broken (LAST breaks not used) */
    rlen narrow; /* the same with LAST breaks used */
    rlen natural; /* width on one line, up to the widest forced line */
};

/* A line: items first..last-1, without the spaces around. 24 bytes. */
struct line {
    uint32_t first, last;
    rlen width; /* natural, with the hyphen if any */
    rlen stretch; /* to add to each space when painted justified; may be < 0 */
    rlen hang; /* that stands out of its frame at the start, >= 0 */
    int16_t ratio; /* stretch against the allowance, 1/100; 0 if ragged */
    bool hyphen; /* print a hyphen after it */
    bool over; /* wider than its frame: reported */
};

struct lines {
    struct line *v;
    uint32_t n;
    rlen width; /* the widest */
};

/* What stands for spans whose text is known only later. */
struct late {
    const struct slice *page_of; /* by target; n 0: not known yet */
    uint32_t ntargets;
    struct slice page, pages, section;
};

struct fonts {
    struct face **faces;
    uint32_t nfaces;
    struct look *looks;
    uint32_t nlooks;
    /* The rest is the text stage's own. */
    struct fonts_priv *priv;
};

/*
 * Open families.yaml and the faces that the profile's styles name; others are
 * opened when first needed. Reports unknown-font, missing-font, bad-font.
 * Never NULL. In arena l->a.
 */
struct fonts *fonts_open(const struct load *l, const struct doc *doc);

/* The look of a style, changed by a span's style (enum span_style bits). */
uint16_t fonts_look(
    struct fonts *f, const struct style *style, unsigned span_style);

/* The same raised and reduced, for footnote marks. */
uint16_t fonts_look_raised(
    struct fonts *f, const struct style *style, unsigned span_style);

/*
 * The height of the baseline below the top of a line of the style: half of
 * the leading that is over, and the ascent. Between 0 and leading.
 */
rlen fonts_baseline(struct fonts *f, const struct style *style);

struct shape_spec {
    const struct style *style;
    bool identifier; /* break after . - _ / only, and at spaces */
    bool verbatim; /* code: spaces are kept, no break but at them */
    bool tabular; /* figures of equal width, if the font has others */
    const struct late *late; /* may be NULL where no late span stands */
};

/*
 * Shape a rich text into items, in arena a (words go to the fonts' own).
 * Reports missing-glyph once per character, and right-to-left once for what
 * stands together, both at the span's place. Spaces at both ends are dropped,
 * runs of spaces are one item.
 */
struct items text_shape(struct fonts *f, struct arena *a, const struct doc *doc,
    const struct rich *text, const struct shape_spec *spec);

/* The same for n plain bytes with no markup (a cell of a data file). */
struct items text_shape_plain(struct fonts *f, struct arena *a, struct slice s,
    struct pos pos, const struct shape_spec *spec);

enum text_mode {
    TEXT_GREEDY, /* each line as full as can be: cells */
    TEXT_BALANCE, /* the same with even lines: titles */
    TEXT_RAGGED, /* the best lines of the whole paragraph */
    TEXT_JUSTIFY /* the same, their spaces stretched to the frame */
};

/* How items become lines. */
struct break_spec {
    rlen width; /* of the frame */
    rlen first_more; /* GREEDY: that the first line is wider by */
    uint8_t mode; /* enum text_mode */
    bool hyphenate; /* RAGGED and JUSTIFY: words may be divided if need be */
    bool hang; /* JUSTIFY: punctuation may stand out of the frame */
    const struct rich *text; /* what the items were made of; NULL: plain */
};

/*
 * Break items into lines no wider than the frame. RAGGED and JUSTIFY are the
 * total fit of Knuth and Plass ("Breaking Paragraphs into Lines", 1981): first
 * without hyphens, then with them, at last with as much stretch as it takes. A
 * LAST break is used only where no other serves. A part wider than the frame
 * gets a line of its own with `over` set: the caller reports it. At least one
 * line, also for no items. Where words are divided the items are made anew, in
 * arena a. Reports missing-dictionary.
 */
struct lines text_break(struct fonts *f, struct arena *a, struct items *items,
    const struct break_spec *spec);

/* The hyphen that ends a line whose `hyphen` is set, in the look given. */
struct item text_hyphen(struct fonts *f, uint16_t look);

/* A space of the look given. */
struct item text_space(struct fonts *f, uint16_t look);

/* The text of the items first..last-1, for dumps and messages. */
struct slice text_of(struct arena *a, const struct item *items, uint32_t n);

#endif
