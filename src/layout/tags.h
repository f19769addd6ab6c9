/* The structure tree of the document: what each thing on a page is part of. */
#ifndef RAP_LAYOUT_TAGS_H
#define RAP_LAYOUT_TAGS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Standard structure types (PDF 1.7, 14.8.4). */
/* clang-format off */
#define TAG_LIST(X) \
    X(DOCUMENT, "Document") X(PART, "Part") X(SECT, "Sect") \
    X(TITLE, "Title") X(H1, "H1") X(H2, "H2") X(H3, "H3") X(H4, "H4") \
    X(H5, "H5") X(H6, "H6") X(P, "P") X(L, "L") X(LI, "LI") X(LBL, "Lbl") \
    X(LBODY, "LBody") X(TABLE, "Table") X(THEAD, "THead") X(TBODY, "TBody") \
    X(TR, "TR") X(TH, "TH") X(TD, "TD") X(CAPTION, "Caption") \
    X(LINK, "Link") X(NOTE, "Note") X(REFERENCE, "Reference") X(TOC, "TOC") \
    X(TOCI, "TOCI") X(SPAN, "Span") X(BLOCK_QUOTE, "BlockQuote") \
    X(DIV, "Div") X(CODE, "Code") X(FIGURE, "Figure")
/* clang-format on */

enum tag {
#define X(id, name) TAG_##id,
    TAG_LIST(X)
#undef X
};

/* Scope of TH: what it heads. */
enum tag_scope { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW };

/*
 * A structure element: 12 bytes, since a long annex has a million. Children
 * stand in order of their numbers; a parent's number is below its children's.
 */
struct elem {
    uint32_t parent; /* 0 for the Document element, number 1 */
    /*
     * LINK: doc.links; NOTE, and REFERENCE of a note's mark: doc.notes; H* and
     * TOCI: doc.targets; FIGURE: doc.figures; numbered L: 1 + enum numbering;
     * SPAN: tags.marks.
     */
    uint32_t extra;
    uint16_t lang; /* index in doc.langs */
    uint8_t tag; /* enum tag */
    uint8_t scope; /* enum tag_scope */
};

/* What happened to the words of an element since an edition. */
struct tag_mark {
    uint8_t change; /* enum change_mark of inline/doc.h */
    struct slice alt; /* what is said of them, with themselves */
};

/* Elements [1..n-1]; number 0 stands for "an artifact". */
struct tags {
    struct arena *a;
    struct elem *v;
    size_t n, cap;
    struct tag_mark *marks; /* [1..nmarks-1] */
    size_t nmarks, marks_cap;
};

struct tags *tags_new(struct arena *a); /* holds Document as number 1 */

/* Add an element; returns its number. */
uint32_t tags_add(struct tags *t, enum tag tag, uint32_t parent);

/*
 * Add a TR with one TH or TD per column; returns the TR's number, its cells
 * have the numbers after it. row_header[c]: cell c is TH with row scope.
 */
uint32_t tags_add_row(struct tags *t, uint32_t parent, uint32_t ncolumns,
    const bool *row_header, bool head);

/* Add a mark; returns its number. */
uint32_t tags_mark(struct tags *t, struct tag_mark mark);

const char *tags_name(enum tag tag);

#endif
