/* What the files of the text stage share. */
#ifndef RAP_TEXT_TEXT_INT_H
#define RAP_TEXT_TEXT_INT_H

#include "text/text.h"

#include <string.h>

/* The four cuts of a font, as bits. */
enum { CUT_BOLD = 1, CUT_ITALIC = 2, CUTS = FONT_CUTS };

enum file_state { FILE_UNTRIED, FILE_OPEN, FILE_ABSENT, FILE_BAD };

/* One font file that families.yaml or the profile names. */
struct font_file {
    const char *name; /* without its folder; NULL: there is no such cut */
    const struct font_bytes *house; /* the profile's, read; else NULL */
    struct face *face; /* once FILE_OPEN */
    uint8_t state; /* enum file_state */
    bool reported; /* missing-font or bad-font was said */
};

/* One entry under `fonts:`. */
struct font {
    struct font_file files[CUTS]; /* [0], the regular one, is always named */
    uint32_t script; /* ISO 15924 tag; 0: any */
    const char *package; /* the Debian package that brings it */
};

struct family {
    const char *key, *name;
    struct font *fonts; /* the first is the family's own */
    uint32_t nfonts;
    uint16_t *fallback; /* indices in families.v */
    uint32_t nfallback;
};

/* The hyphenation dictionary of a language. */
struct dictionary {
    const char *lang; /* BCP 47: serves its narrower tags too */
    const char *file; /* without its folder */
    const char *package; /* the Debian package that brings it */
};

struct families {
    const char **folders;
    uint32_t nfolders;
    struct family *v; /* those of the profile last */
    uint32_t n;
    uint32_t own; /* so many are those of families.yaml */
    const char **names; /* all keys, NULL after them, for hints */
    const char *hyphen_folder; /* of the dictionaries */
    struct dictionary *dictionaries;
    uint32_t ndictionaries;
};

/*
 * Read families.yaml. NULL if it cannot be had or is not sound, which was
 * reported. In arena l->a.
 */
struct families *families_read(const struct load *l);

/* The same of a file that was read: its root. */
struct families *families_of(const struct load *l, struct node *root);

/*
 * Add those of the profile, which go before others of their names. Reports
 * unknown-font at a fallback that there is not.
 */
void families_add(
    const struct load *l, struct families *f, const struct profile *p);

/* Report a name that no family has, with a hint. */
void families_unknown(const struct load *l, const struct families *f,
    struct slice name, struct pos pos);

/* The index of the family of that key or name, or -1. */
int32_t families_find(const struct families *f, struct slice name);

/*
 * Open a font file for shaping: regular, within the limit, its tables sound,
 * 16..16384 units per em, embedding allowed. NULL with *why set (in words, or
 * NULL if there is no such file) if it cannot be used. In arena l->a.
 */
struct face *face_open(
    const struct load *l, const char *path, const char **why);

/* The same of a file that was read, which must stay as it is. */
struct face *face_read(
    const struct load *l, const struct source *file, const char **why);

/* Has the face a glyph for cp, or what HarfBuzz takes in its place? */
bool face_covers(const struct face *face, uint32_t cp);

/*
 * How many of the characters of an ASCII text get another glyph by an OpenType
 * feature?
 */
unsigned face_changes(
    const struct face *face, hb_tag_t feature, const char *text);

/* A part of a token: a word, a space in it, and whether a line may end then. */
struct part {
    const struct word *word;
    uint8_t kind; /* enum item_kind: WORD, SPACE or FIXED */
    uint8_t brk; /* enum item_break */
};

/* What may be done within a token: part of its key in the cache. */
enum token_mode {
    MODE_PROSE, /* breaks of UAX #14 */
    MODE_IDENTIFIER, /* breaks after . - _ / if need be */
    MODE_URL, /* breaks after / ? & = - _ . # : if need be */
    MODE_CODE, /* breaks between any characters if need be */
    MODE_WHOLE /* no breaks */
};

/* What the glyphs of a token are like: part of its key too. */
enum token_feature {
    FEATURE_PLAIN = 1, /* no ligatures: code */
    FEATURE_TABULAR = 2, /* figures of equal width, for numbers only */
    FEATURE_SUPERIOR = 4, /* small raised figures */
    FEATURES = 3 /* bits */
};

enum token_bind {
    BIND_BEFORE = 1, /* no line ends at the space before it */
    BIND_AFTER = 2 /* … or after it */
};

/* What stands between two spaces, shaped once. */
struct token {
    struct slice s;
    struct part *parts;
    uint64_t key; /* cut, language and mode */
    uint32_t n;
    uint8_t bind; /* of enum token_bind */
};

/* The faces that a family's cut is set in. */
struct cut {
    bool tried;
    bool ascii; /* the face has all of printable ASCII */
    bool superior; /* it has small figures of its own … */
    bool superior_known; /* … when that has been asked */
    struct face
        *face; /* its own, or what stands in; NULL: none can be opened */
    const struct word *space, *hyphen; /* NULL only without a face */
};

/* Where the bytes of a text stand that begins at a place. */
enum text_place {
    PLACE_AFTER, /* as far after it as in the text */
    PLACE_FIXED, /* all at it: a value, a label, a number */
    PLACE_ROW /* at least so far: a cell of the row that begins there */
};

/* What does not change within a span. */
struct setting {
    uint32_t cut; /* index in fonts_priv.cuts */
    uint16_t lang; /* index in fonts_priv.langs */
    uint8_t mode; /* enum token_mode */
    uint8_t features; /* of enum token_feature */
    uint8_t place; /* enum text_place; what is shaped does not depend on it */
};

/* The place of byte `off` of a text that begins at pos. */
static inline struct pos place_of(
    const struct setting *set, struct pos pos, size_t off)
{
    if (pos.file && pos.file != FILE_LATE && set->place != PLACE_FIXED)
        pos.off += (uint32_t)off;
    return pos;
}

/* A look that was asked for, to find it again without a search. */
struct look_memo {
    struct look look;
    uint16_t index; /* + 1; 0: empty */
};

enum { LOOK_MEMOS = 64 };

/*
 * A place where a line may end. The widths are sums over all items before it:
 * the difference of two points is what stands between them.
 */
struct breakpoint {
    uint32_t last; /* one after the last item of the line that ends here */
    uint32_t next; /* the first item of the next line */
    int64_t end, end_spaces; /* before `last`: all, and the spaces in it */
    int64_t start, start_spaces; /* before `next` */
    rlen hyphen; /* width of the one that a line gets here; else 0 */
    rlen hang_end, hang_start; /* that may stand out of this line's end and of
                                  the next one's start */
    uint16_t penalty;
    bool hyphenated; /* a line that ends here ends with a hyphen */
    bool forced; /* it must end here */
    bool final; /* the paragraph ends */
};

/* A breakpoint reached in the best way of its kind. */
struct fit_node {
    int64_t demerits; /* of all lines up to it */
    uint32_t point;
    uint32_t from; /* the node at which the line begins */
    uint8_t fitness; /* class of the line */
    uint8_t hyphens; /* lines in a row that end with a hyphen, at most 3 */
    bool over; /* the line is too wide */
};

struct slot {
    uint64_t hash;
    struct token *token;
};

struct fonts_priv {
    const struct load *l;
    const struct doc *doc;
    struct families *families;
    struct cut *cuts; /* [families.n * CUTS] */
    rlen *space_width; /* by look; of its space */
    size_t faces_cap, looks_cap, spaces_cap;
    struct look_memo memos[LOOK_MEMOS];
    /* words.c: the tokens by hash, open addressing, at most half full. */
    struct slot *slots;
    size_t nslots, ntokens;
    /* shape.c */
    hb_buffer_t *buffer;
    hb_language_t *langs; /* [doc.nlangs] */
    hb_set_t *reported; /* characters that no font has */
    struct pos rtl; /* just after the last right-to-left one */
    /*
     * Scratch that is used again: a token in context with its break flags; a
     * token of several spans; parts, as a stack; items.
     */
    struct buf context, bytes;
    uint8_t *raw, *flags;
    struct part *parts;
    struct item *items;
    size_t nparts;
    size_t raw_cap, flags_cap, parts_cap, items_cap;
    /* points.c, fit.c: scratch too. */
    struct breakpoint *points;
    struct fit_node *nodes;
    uint32_t *active;
    size_t points_cap, nodes_cap, active_cap;
    struct hyphens *hyphens; /* hyphen.c; NULL: not asked for yet */
    struct months *months; /* [doc.nlangs] dates.c; NULL: not asked for yet */
};

/* fonts.c */

/* The cut that a look is set in, its face opened. */
uint32_t fonts_cut(struct fonts *f, uint16_t look);

/*
 * The face for the n bytes at s, a base character and its marks, tried in the
 * order of families.yaml; `last` (may be NULL) is the face before, preferred
 * for what belongs to no script. NULL if no font has them, or if one that
 * might is not installed, which was reported.
 */
struct face *fonts_face(struct fonts *f, uint32_t cut, struct face *last,
    struct slice cluster, struct pos pos);

/* Count the face among fonts.faces, with room for what its glyphs say. */
void fonts_use(struct fonts *f, struct face *face);

/* The look with another colour. */
uint16_t fonts_look_coloured(
    struct fonts *f, uint16_t look, struct colour colour);

/* Has the cut small raised figures of its own? */
bool fonts_has_superior(struct fonts *f, uint32_t cut);

/* The widths of a space and of a hyphen in a look whose cut is open. */
rlen fonts_space_width(struct fonts *f, uint16_t look);
rlen fonts_hyphen_width(const struct fonts *f, uint16_t look);

/* shape.c */

/*
 * Shape bytes without a break chance into words, one for each face that they
 * need, and append them to priv->parts. Reports missing-glyph and
 * right-to-left. s must live as long as the build.
 */
void shape_piece(
    struct fonts *f, const struct setting *set, struct slice s, struct pos pos);

/* words.c */

/* The token, from the cache or shaped now. s.n > 0; pos is its place. */
const struct token *words_token(
    struct fonts *f, const struct setting *set, struct slice s, struct pos pos);

/*
 * Fill flags[0..s.n] with the break chances (enum item_break) before each byte
 * of a token of prose that stands between spaces; none at its ends. Returns
 * its enum token_bind bits.
 */
unsigned words_breaks(
    struct fonts *f, uint16_t lang, struct slice s, uint8_t *flags);

/* Change the chances at flags[1..s.n-1] to those of a mode. */
void words_rules(unsigned mode, struct slice s, uint8_t *flags);

/* Move the chances after what prints nothing before it. */
void words_hide(struct slice s, uint8_t *flags);

/*
 * Cut s into parts at flags[1..s.n] (NULL: nowhere) and append them to
 * priv->parts. `kept`: s lives as long as the build.
 */
void words_split(struct fonts *f, const struct setting *set, struct slice s,
    const uint8_t *flags, struct pos pos, bool kept);

/* One more of priv->parts. */
struct part *words_add_part(struct fonts *f);

/* Room for n of priv->flags; what was there is gone. */
uint8_t *words_flags(struct fonts *f, size_t n);

/* dates.c */

/*
 * Make the spaces inside dates, "4 December 2025", places where a line ends
 * only if need be (ITEM_BREAK_LAST).
 */
void dates_bind(
    struct fonts *f, struct item *items, size_t n, const struct rich *text);

/* points.c */

/*
 * Fill priv->points with the places where a line of the items may end, the
 * first for the start, the last for the end. Returns how many, at least 2.
 */
size_t points_collect(struct fonts *f, const struct items *items, bool hang);

/*
 * How much of an item's last glyph (or its first, if not `end`) may stand out
 * of a frame; `hyphen`: of the hyphen after it.
 */
rlen points_hang(
    const struct fonts *f, const struct item *it, bool end, bool hyphen);

/* fit.c: text_break by total fit. */
struct lines fit_lines(struct fonts *f, struct arena *a, struct items *items,
    const struct break_spec *spec);

/* hyphen.c */

/*
 * Mark in marks[0..s.n-1] (cleared by the callee) after which byte of a word,
 * only letters, it may be divided in a language (index in doc.langs). False
 * if there is no dictionary, which was reported where one should be installed,
 * or no such place.
 */
bool hyphen_marks(
    struct fonts *f, uint16_t lang, struct slice s, uint8_t *marks);

/* divide.c */

/* Items in which words are divided where they may be hyphenated. */
struct divided {
    struct items items;
    uint32_t *source; /* [items.n] index of the item that it is of */
    bool any; /* some word was divided */
};

/* Divide the prose among the items; in arena a. */
struct divided divide_words(struct fonts *f, struct arena *a,
    const struct items *items, const struct rich *text);

/*
 * Put together again what no line end divides: sets items (in arena a) and
 * first and last of each line.
 */
void divide_join(struct fonts *f, struct arena *a, const struct divided *d,
    const struct rich *text, struct items *items, struct lines *lines);

/* The language (index in doc.langs) of an item of a text; NULL: plain. */
static inline uint16_t item_lang(const struct rich *text, const struct item *it)
{
    return text ? text->spans[it->span].lang : 0;
}

/* Is an item a word that ends with one of these ASCII characters? */
static inline bool item_ends_with(const struct item *it, const char *marks)
{
    return it->kind == ITEM_WORD && it->word && it->word->s.n &&
        strchr(marks, it->word->s.s[it->word->s.n - 1]);
}

/* A hyphen or point at a line's end, which a reader may take for ours. */
#define DOUBTFUL_MARKS "-._"

/* A width in font units at a size. */
static inline rlen width_at(int64_t units, rlen size, int32_t upem)
{
    return (rlen)((units * size + upem / 2) / upem);
}

#endif
