/* The resolved report: blocks and spans, with labels, ids and references. */
#ifndef RAP_INLINE_DOC_H
#define RAP_INLINE_DOC_H

#include "data/data.h"
#include "model/model.h"
#include "model/profile.h"

struct images;
struct names;

enum span_kind {
    SPAN_TEXT,
    SPAN_BREAK, /* a forced line break */
    SPAN_NOTE, /* the mark of footnote `note` */
    SPAN_PAGE_OF, /* the page number of target `target` */
    SPAN_PAGE, /* header and footer: this page's number */
    SPAN_PAGES, /* … the number of pages */
    SPAN_SECTION /* … the title of the section the page begins in or opens */
};

enum span_style {
    SPAN_STRONG = 1,
    SPAN_EMPHASIS = 2,
    SPAN_CODE = 4,
    SPAN_URL = 8,
    SPAN_WHOLE = 16 /* a label: its words are not divided */
};

/* What happened to a text or row since an edition it was compared with. */
enum change_mark {
    CHANGE_NONE,
    CHANGE_INSERTED,
    CHANGE_DELETED, /* it is not part of the report: that edition printed it */
    CHANGE_TOUCHED, /* it says the same; its look, link or place is another */
    CHANGE_NEW, /* our sign of a row that is new */
    CHANGE_CAME, /* … that came from another table */
    CHANGE_TOLD /* a block that tells of changes: no bar beside it */
};

/* What the text of a span is taken from, beside the report's own words. */
enum span_origin {
    ORIGIN_TEXT, /* words of the text, or of a value that stands in it */
    ORIGIN_VALUE, /* it begins with a value, */
    ORIGIN_FACT /* … one of the report's facts */
};

/* A stretch of text of one look. */
struct span {
    uint8_t kind; /* enum span_kind */
    uint8_t style; /* of enum span_style; SPAN_URL: break it as an address */
    uint8_t change; /* enum change_mark */
    bool fixed; /* all of it stands at pos: a value, a label, a number */
    uint8_t origin; /* enum span_origin */
    uint16_t lang; /* index in doc.langs */
    uint32_t link; /* index in doc.links; 0: none */
    uint32_t target; /* SPAN_PAGE_OF: index in doc.targets */
    uint32_t note; /* SPAN_NOTE: index in doc.notes */
    struct slice s; /* SPAN_TEXT: UTF-8, no line break, allowed characters */
    struct pos pos; /* of its first byte, for late messages; the rest follows
                       it there as here, but within a word */
};

/* A text after Markdown: what one paragraph, title or cell prints. */
struct rich {
    struct span *spans;
    uint32_t n;
};

enum target_kind { TARGET_SECTION, TARGET_TABLE, TARGET_FIGURE, TARGET_BLOCK };

/* A thing with a place on a page: whatever has an id, and every heading. */
struct target {
    uint8_t kind; /* enum target_kind */
    struct slice id; /* empty for a heading without id */
    struct slice
        label; /* what [](#id) prints: "Annex 2", "Table 3", "2.2 a)" */
    struct pos pos; /* where the id was given */
    const struct section_doc *section; /* TARGET_SECTION */
    const struct table_doc *table; /* TARGET_TABLE */
};

struct link {
    struct slice
        uri; /* http, https, mailto; percent-encoded; empty: internal */
    uint32_t target; /* internal: index in doc.targets */
    struct slice text; /* what the link says, for its Contents entry */
};

/* A footnote, in order of its first mark. */
struct note_doc {
    struct slice name;
    uint32_t number; /* printed, from 1 through the report */
    struct rich text;
    struct pos pos;
};

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_LIST,
    BLOCK_TABLE,
    BLOCK_FIGURE,
    BLOCK_NOTE,
    BLOCK_QUOTE,
    BLOCK_CODE,
    BLOCK_PAGE_BREAK,
    BLOCK_GRID /* of the cover */
};

struct blocks {
    struct block *b;
    uint32_t n;
};

struct list_item {
    struct slice label; /* numbered: "3."; bullets: the mark */
    struct blocks body;
};

struct list_doc {
    struct list_item *items;
    uint32_t n;
    bool numbered;
    bool tight; /* no space between its items */
    uint8_t level; /* 0 outermost */
};

struct column_doc {
    struct rich title; /* n 0: none */
    const struct column *column; /* width, align, break, header */
};

struct table_doc {
    const struct table *table;
    struct column_doc *columns;
    uint32_t ncolumns;
    bool head; /* some column has a title */
    struct slice label; /* "Table 3"; empty without a caption */
    struct rich caption; /* n 0: none */
    struct rows *rows; /* cells are CELL_PLAIN or CELL_RICH now */
    struct rich empty; /* printed where there is no row; n 0: nothing */
};

struct figure_doc {
    const struct figure *figure; /* file, width */
    struct slice alt; /* what it shows; empty: it is decorative */
    struct slice label; /* "Figure 3"; empty without a caption */
    struct rich caption; /* n 0: none */
    uint32_t image; /* its index in doc.images; 0: there is none */
    struct pos pos;
};

/* A cell of a cover's grid that is printed. */
struct mast_cell_doc {
    const struct mast_cell *cell; /* column, style, align */
    struct rich text; /* n > 0 */
    uint32_t rows; /* that are printed, of those it spans */
};

/* A row of a cover's grid of which some cell is printed. */
struct mast_row_doc {
    const struct mast_row *row; /* before, after */
    rlen rule; /* thickness of the rule above it; 0: none */
    struct mast_cell_doc *cells;
    uint32_t n;
};

/* A cover's grid, less what the report lacks. */
struct mast_doc {
    const struct masthead *grid; /* columns, gap, style */
    struct mast_row_doc *rows;
    uint32_t n;
    rlen rule; /* below the last row */
};

struct block {
    uint8_t kind; /* enum block_kind */
    uint8_t change; /* enum change_mark: of a block as a whole */
    int16_t style; /* enum style_id, or -1: by kind */
    uint32_t target; /* index in doc.targets; 0: none */
    struct pos pos;
    union {
        struct rich text; /* PARAGRAPH */
        struct list_doc *list; /* LIST */
        struct table_doc *table; /* TABLE */
        uint32_t figure; /* FIGURE: index in doc.figures */
        struct blocks body; /* NOTE, QUOTE */
        struct mast_doc *grid; /* GRID */
        struct rich *lines; /* CODE: one per line, `nlines` of them */
    };
    uint32_t nlines;
};

struct section_doc {
    struct slice id;
    uint8_t level; /* 1..6: of its heading */
    uint8_t change; /* enum change_mark: of the section as a whole */
    bool annex; /* an annex itself (level 1), not a section in one */
    struct slice label; /* printed: "2.1", "a)", "Annex 1"; or empty */
    struct rich title;
    struct rich subtitle; /* n 0: none */
    uint32_t target; /* never 0 */
    struct pos pos;
    struct blocks body, after;
    struct section_doc *sections;
    uint32_t nsections;
};

/* Arrays with an index 0 that means none begin with an empty element. */
struct doc {
    const struct report *report;
    const struct profile *profile;
    struct rich title; /* the report's; n 0 cannot be: it is required */
    struct blocks cover; /* the profile's cover, over the report's facts */
    struct rich header[PAGE_KINDS][3],
        footer[PAGE_KINDS][3]; /* start, centre, end */
    struct blocks body, after;
    struct section_doc *sections;
    uint32_t nsections;
    struct section_doc *annexes;
    uint32_t nannexes;
    struct target
        *targets; /* [1..ntargets-1], headings in order of the report */
    uint32_t ntargets;
    struct link *links; /* [1..nlinks-1] */
    uint32_t nlinks;
    struct note_doc *notes; /* [1..nnotes-1], in order of their marks */
    uint32_t nnotes;
    struct figure_doc *figures; /* [1..nfigures-1] */
    uint32_t nfigures;
    const struct images *images; /* of the figures; set by image_check */
    const char **langs; /* [0] is the report's */
    uint32_t nlangs;
    uint64_t nrows; /* of all tables */
    bool has_page_refs; /* some SPAN_PAGE_OF stands in it */
    struct rich *facts; /* one per report->fields; n 0 unless a given text */
    struct names *ids; /* for inline_target */
};

/*
 * Markdown to blocks and spans, then labels, ids and references. Reports the
 * inline group and goes on. In arena l->a; never NULL.
 */
struct doc *inline_resolve(const struct load *l, struct report *r);

/* The index in doc.targets of an id, or 0. */
uint32_t inline_target(const struct doc *doc, struct slice id);

/* Add a target to a resolved report; its index. An id that is taken is left
 * out. */
uint32_t inline_append_target(
    struct arena *a, struct doc *doc, const struct target *target);

/* Add a link to a target that is there; its index. */
uint32_t inline_append_link(
    struct arena *a, struct doc *doc, uint32_t target, struct slice text);

/* What annex number n, from 1, prints as its label. */
struct slice inline_annex_label(
    struct arena *a, const struct profile *p, int64_t n);

/* A profile's label with its number, or a text, in the place of "$(n)". */
struct slice inline_label(
    struct arena *a, struct slice label, struct slice number);

/*
 * All text of a rich text, plain, in arena a (footnote marks left out, and what
 * only an older edition prints).
 */
struct slice inline_plain(
    struct arena *a, const struct doc *doc, const struct rich *text);

#endif
