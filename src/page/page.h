/* Boxes to page records, and one page's display list on demand. */
#ifndef RAP_PAGE_PAGE_H
#define RAP_PAGE_PAGE_H

#include "layout/layout.h"

/* A part of a box on a page. */
struct part {
    uint32_t box; /* index in flow.boxes */
    uint32_t from, to; /* PARA: lines; TABLE: rows */
    uint32_t line_from; /* TABLE: first line of row `from`, if it was split */
    uint32_t line_to; /* TABLE: lines of row to-1 end here; UINT32_MAX: all */
    rlen y; /* top, from the top of the text area */
    rlen height; /* on the page, with what frames take */
    bool head; /* TABLE: print the header row */
    bool first, last; /* the box begins, ends here */
};

struct page {
    uint32_t part, nparts; /* in pages.parts */
    uint32_t note, nnotes; /* in pages.notes */
    rlen notes_y; /* top of the footnotes, from the text area's top */
    uint32_t number; /* printed, and its page label; from 1 */
    uint8_t kind; /* enum page_kind */
    uint32_t section; /* target of the section that it begins in or opens */
};

struct pages {
    const struct flow *flow;
    struct page *v;
    uint32_t n;
    uint32_t total; /* the Y of "X of Y": of the whole report */
    struct part *parts;
    uint32_t *notes; /* indices in doc.notes */
    uint32_t *page_of; /* by target: index in v + 1; 0: not in the output */
    rlen *y_of; /* by target: from the page's top */
    uint32_t *number_of; /* by target: the page number in the whole; 0: none */
    uint32_t *note_page; /* by note: index in v + 1; 0: not in the output */
    rlen *note_y; /* by note: its top, from the page's top */
};

/*
 * Break a flow into pages: no widows or orphans, headings kept with what
 * follows, header rows repeated, rows whole unless taller than a page; page
 * references settled in at most 5 passes. Reports limit-pages,
 * header-too-tall, note-too-tall, grid-too-tall, unsettled-pages, and what
 * headers, footers and leaders cannot print. NULL if errors were reported;
 * resets scratch.
 */
struct pages *page_paginate(
    const struct load *l, struct arena *scratch, struct flow *flow);

/*
 * Only the sections and annexes of these ids, in order of the report, each
 * beginning on a page of its own with the number it has in the whole. NULL if
 * errors were reported (unknown-part, and what headers cannot print); resets
 * scratch.
 */
struct pages *page_only(const struct load *l, struct arena *scratch,
    const struct pages *whole, const char *const *ids);

enum draw_kind { DRAW_TEXT, DRAW_FILL, DRAW_LINK, DRAW_IMAGE };

enum draw_artifact {
    ARTIFACT_NONE,
    ARTIFACT_LAYOUT, /* rules, fills, leaders */
    ARTIFACT_PAGINATION, /* what repeats on a page: header row, caption */
    ARTIFACT_HEADER,
    ARTIFACT_FOOTER
};

/*
 * One thing on a page, in painting and reading order. From the page's top and
 * left edges, y down.
 */
struct draw {
    uint8_t kind; /* enum draw_kind */
    uint8_t
        artifact; /* enum draw_artifact; NONE: elem says what it is part of */
    bool hyphen; /* TEXT: ends with a hyphen that breaks a word */
    uint32_t elem; /* structure element; 0 with an artifact */
    rlen x, y; /* TEXT: start of the baseline; else top left corner */
    union {
        struct {
            const struct item *items;
            uint32_t n;
            rlen stretch; /* to add to each space */
        } text;
        struct {
            rlen width, height;
            struct colour colour;
        } fill;
        struct {
            rlen width, height;
            uint32_t link; /* index in doc.links; 0: to `target` or `note` */
            uint32_t target; /* index in doc.targets; 0: to `note` */
            uint32_t note; /* index in doc.notes */
        } link;
        struct {
            rlen width, height;
            uint32_t image; /* index in doc.images */
        } image;
    };
};

struct display {
    struct draw *v;
    size_t n;
};

/*
 * The display list of page i, in arena scratch, which the caller resets after
 * each page. Links to what is not in the output are left out.
 */
struct display page_paint(
    const struct pages *p, uint32_t i, struct arena *scratch);

#endif
