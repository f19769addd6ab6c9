/* Blocks to boxes of known height, in one flow, not yet on pages. */
#ifndef RAP_LAYOUT_LAYOUT_H
#define RAP_LAYOUT_LAYOUT_H

#include "image/image.h"
#include "layout/tags.h"
#include "text/text.h"

/* A broken text with what painting it needs. Shared by equal cells. */
struct para {
    const struct rich *text; /* NULL for a plain cell */
    struct items items;
    struct lines lines;
    rlen width; /* of its frame */
    rlen leading; /* of each line */
    rlen baseline; /* of the first line below its top */
    uint8_t align; /* enum align */
    rlen hang; /* code: lines that go on are set in by it; 0: none */
    uint8_t mode; /* enum text_mode: how it is broken */
    bool hyphenate, hang_punctuation; /* see struct break_spec */
    /*
     * The structure element of each span, [text->n], where some span has one
     * of its own (link, footnote mark, language); NULL: all belong to the
     * element of the box or cell.
     */
    uint32_t *span_elems;
    bool page_refs; /* holds SPAN_PAGE_OF */
    bool goes_on; /* more of its element follows: a space divides them */
};

/* Height of lines from..to-1. */
static inline int64_t para_height(
    const struct para *p, uint32_t from, uint32_t to)
{
    return (int64_t)(to - from) * p->leading;
}

/* Does line i go on with what the line before it could not hold? */
static inline bool para_goes_on(const struct para *p, uint32_t i)
{
    uint32_t first = p->lines.v[i].first;
    return i && first && p->items.v[first - 1].kind != ITEM_BREAK;
}

/* A footnote mark in a box: the note belongs on the same page. */
struct note_ref {
    uint32_t row; /* table: row; else 0 */
    uint32_t line; /* line of the paragraph or cell */
    uint32_t note; /* index in doc.notes */
};

/* A row of a table as laid out: header or body. */
struct grid_row {
    rlen height; /* with padding, without rules */
    uint32_t elem; /* its TR; cells follow it */
};

/* A table as laid out. */
struct grid {
    const struct table_doc *table;
    uint32_t ncolumns;
    rlen *x; /* [ncolumns] start of each column, from the box's x */
    rlen *width; /* [ncolumns] of each column, with padding */
    rlen pad_x, pad_top, pad_bottom;
    struct para **head; /* [ncolumns], NULL if the table has no header row */
    struct grid_row head_row;
    struct para **cells; /* [nrows * ncolumns] */
    struct grid_row *rows;
    uint32_t nrows;
    struct para *caption; /* NULL: none */
    struct para *caption_continued; /* on later pages; NULL: none */
    struct para *caption_concluded; /* on the last */
    uint32_t caption_elem;
    rlen caption_gap; /* between caption and table */
    bool page_refs; /* some cell, title or caption holds SPAN_PAGE_OF */
};

/* A figure as laid out: an image and its caption below. */
struct picture {
    const struct figure_doc *figure;
    rlen room, tall; /* the place that both have */
    rlen x; /* of the image, from the box's x */
    rlen width, height; /* of the image */
    rlen gap; /* between image and caption; 0 without one */
    struct para *caption; /* NULL: none */
    uint32_t caption_elem;
};

/* The height of image and caption. */
static inline int64_t picture_height(const struct picture *p)
{
    const struct para *caption = p->caption;
    return (int64_t)p->height + p->gap +
        (caption ? para_height(caption, 0, caption->lines.n) : 0);
}

/* A cell of a cover's grid as laid out; its places are in the board. */
struct board_cell {
    struct para *para;
    const struct style *style; /* its rules and fill */
    const struct mast_cell_doc *cell;
    uint32_t row; /* its first one */
    uint32_t elem; /* structure element */
    rlen x, width; /* of its frame, from the board's start edge */
    rlen y; /* of its frame */
    rlen height; /* of its frame */
};

/* A rule across a board. */
struct board_rule {
    rlen y; /* its top */
    rlen thickness;
};

/*
 * What is set as a whole: a cover's grid, or the rule that closes the document,
 * which has no cells.
 */
struct board {
    const struct mast_doc *grid; /* NULL: the closing rule */
    struct board_cell *cells;
    uint32_t ncells;
    struct board_rule *rules;
    uint32_t nrules;
    struct colour colour; /* of the rules */
    rlen height;
};

/* The rules and the fill of a style around one box or several. */
struct frame {
    const struct style *style;
    rlen x, width; /* from the start edge of the text area */
    size_t first, last; /* indices in flow.boxes */
    bool begun; /* some box stands in it */
    bool single; /* no more than one will */
    struct frame *outer; /* around this one; or NULL */
};

/* What rules and fill take beside a text. */
struct trim {
    rlen top, bottom;
    rlen side; /* at either side */
};

struct trim layout_trim(const struct style *s);

/* A heading's number or the mark of a list item, on a box's first line. */
struct box_label {
    struct para *para;
    rlen x;
    uint32_t elem; /* structure element */
    const struct box_label *next; /* of a list that begins the item, or NULL */
};

enum box_kind {
    BOX_PARA, /* a paragraph, heading, list item, code … */
    BOX_TABLE,
    BOX_FIGURE, /* never divided */
    BOX_CONTENTS, /* a line of the contents: para, leader, page number */
    BOX_BREAK, /* a forced page break, no height */
    BOX_BOARD /* a grid or a rule, never divided */
};

/* Where the end of a page before a box leaves a list. */
enum list_place {
    LIST_OUTSIDE, /* whole */
    LIST_INSIDE, /* divided */
    LIST_EDGE /* divided after its first or before its last item */
};

/*
 * A piece of the flow. Lengths from the start edge of the text area. Space
 * between two boxes is the larger of `after` and `before`; none at a page's
 * top.
 */
struct box {
    uint8_t kind; /* enum box_kind */
    uint8_t change; /* enum change_mark: a bar in the margin beside all of it;
                       TOLD: not even beside its lines */
    bool keep_next; /* no page break between this and the next box */
    bool new_page; /* begins on a new page */
    uint8_t heading; /* 1..6: outline level; 0: no heading */
    int16_t style; /* enum style_id */
    rlen before, after;
    rlen x; /* of the frame */
    rlen width; /* of the frame */
    struct para *para; /* PARA, CONTENTS */
    const struct box_label *labels; /* from the start edge on; NULL: none */
    uint32_t elem; /* structure element of its text */
    struct grid *grid; /* TABLE */
    struct picture *picture; /* FIGURE; elem 0: decorative */
    struct board *board; /* BOARD */
    struct frame *frame; /* the innermost around it; NULL: none */
    rlen top, bottom; /* within its height: of frames that begin, end here */
    uint32_t target; /* destination here; more by flow.next_target; 0: none */
    uint32_t contents; /* CONTENTS: the heading's target */
    uint32_t link_elem; /* CONTENTS: element of its link */
    rlen number_width; /* CONTENTS: kept free at the end for the number */
    uint32_t section; /* target of the heading it stands under; 0: none */
    const struct note_ref *notes; /* in order of row, then of the text */
    uint32_t nnotes;
    rlen bar_x; /* a vertical bar beside it (note block) */
    rlen bar; /* its thickness; 0: none */
    uint8_t list; /* enum list_place: what ends a page before it */
    bool bar_next; /* it goes on to the next box, of the same note */
    struct pos pos; /* for messages */
};

/* A footnote as laid out. */
struct note_box {
    struct para *para;
    struct para *label;
    uint32_t elem, label_elem;
    rlen x, label_x;
    rlen height;
};

/* The whole document in one column. */
struct flow {
    const struct doc *doc;
    struct fonts *fonts;
    struct tags *tags;
    struct arena *a;
    rlen width; /* of the text area */
    rlen height; /* of the text area */
    struct box *boxes;
    size_t n;
    struct note_box *notes; /* by index in doc.notes; [0] empty */
    size_t body; /* index of the first box after cover and contents */
    uint32_t *next_target; /* by target: another at the same box; 0: none */
};

/*
 * Lay out cover, contents, body, sections, annexes. `late` gives the page
 * numbers known so far (the first time: none). Reports word-too-wide,
 * table-too-wide, figure-too-large, header-too-tall and the text group; the
 * places name table, column and row. In arena l->a; `scratch` is reset.
 */
struct flow *layout_flow(const struct load *l, struct arena *scratch,
    const struct doc *doc, struct fonts *fonts, const struct late *late);

/*
 * Lay out again what prints page numbers of others: the paragraphs and tables
 * with page_refs. Column widths stay.
 */
void layout_refresh(const struct load *l, struct arena *scratch,
    struct flow *flow, const struct late *late);

/* The width of the text area on a page of this kind, its start edge from the
 * page's start. */
rlen layout_text_width(const struct profile *p);

#endif
