/* What the parts of the layout share: one run's state, and its steps. */
#ifndef RAP_LAYOUT_LAYOUT_INT_H
#define RAP_LAYOUT_LAYOUT_INT_H

#include "layout/layout.h"

/* One run over the document. */
struct layout {
    const struct load *l;
    struct arena *a; /* of the build */
    struct arena *scratch;
    const struct doc *doc;
    const struct profile *profile;
    struct fonts *fonts;
    const struct late *late;
    struct flow *flow;
    size_t cap; /* of flow.boxes */
    uint32_t section; /* target of the heading that the next box is under */
    uint32_t target; /* destinations that the next box takes; 0: none */
    uint64_t steps; /* two for each row of a table: shaped, broken */
    bool new_page; /* the next box begins a page */
    bool titled; /* the document's title has been met */
    struct series *series; /* series.c; NULL: no table is in one */
    rlen note_hang; /* of the labels of footnotes; 0: not known yet */
};

/* Say how far it is: once for every box, and for every row of a table. */
static inline void layout_tick(const struct layout *y)
{
    progress_tick(y->l->progress, y->steps / 2, y->doc->nrows);
}

/* The mark of a list item, for the item's first line. */
struct mark {
    struct para *para;
    rlen x;
    uint32_t elem;
    bool used;
    struct mark *outer; /* of the item that the list stands in, or NULL */
};

/* Where blocks stand. */
struct place {
    rlen x, width; /* of the frame */
    uint32_t parent; /* structure element */
    int16_t style; /* enum style_id of its paragraphs */
    bool contained; /* the frame has the style's indent in it already */
    bool tight; /* of a tight list: no space between paragraphs … */
    rlen between; /* … but so much before an item */
    struct mark *mark; /* of a list item; or NULL */
    rlen bar_x, bar; /* a vertical bar beside them; bar 0: none */
    struct frame *frame; /* the innermost around them; NULL: none */
};

/* How a text is set. */
struct para_spec {
    const struct style *style;
    uint8_t align; /* enum align */
    uint8_t mode; /* enum text_mode */
    bool hyphenate; /* words may be divided */
    bool identifier, tabular; /* see struct shape_spec */
    bool verbatim; /* code: its long lines hang */
};

/* Footnote marks of a box, in order. */
struct note_refs {
    struct note_ref *v;
    size_t n, cap;
};

/* para.c */
const struct style *layout_style(const struct layout *y, int style);
struct para_spec layout_spec(const struct layout *y, int style);

/*
 * The same for titles, headings, captions: lines of even length, neither
 * stretched nor hyphenated.
 */
struct para_spec layout_title(const struct layout *y, int style);

/* The same for cells, marks and code: each line as full as can be. */
struct para_spec layout_greedy(const struct layout *y, int style);

/* Shape a text: a paragraph not yet broken. */
struct para *layout_shape(
    struct layout *y, const struct rich *text, const struct para_spec *spec);
struct para *layout_shape_plain(struct layout *y, struct slice s,
    struct pos pos, const struct para_spec *spec);

/*
 * The items with their widths as of page numbers of four digits, as in the
 * contents: two more than what stands for those that are not known yet. For
 * what is measured but once.
 */
struct items layout_measure(
    struct layout *y, const struct para *p, const struct para_spec *spec);

/* Break it into lines; a justified one by its align. */
void layout_break(struct layout *y, struct para *p, rlen width);

/* Shape again what prints page numbers, with those known now, and break. */
void layout_reshape(
    struct layout *y, struct para *p, const struct para_spec *spec);

/* The first line that is too wide, or NULL. */
const struct line *layout_over(const struct para *p);

/* Report the first line that is too wide for its paragraph. */
void layout_check(struct layout *y, const struct para *p, struct pos pos);

/* A new text: `lead`, set in `style` (of enum span_style), before `text`. */
struct rich *layout_run_in(struct layout *y, struct slice lead, unsigned style,
    const struct rich *text);

/*
 * A copy without footnote marks and links, for what repeats another text;
 * `tail` comes after it.
 */
struct rich *layout_bare(
    struct layout *y, const struct rich *text, struct slice tail);

/* Give the spans elements of their own within elem, where they need them. */
void layout_spans(struct layout *y, struct para *p, uint32_t elem);

/*
 * Collect the first marks of footnotes in a broken paragraph and lay out these
 * notes, with elements in `parent`.
 */
void layout_marks(struct layout *y, const struct para *p, uint32_t row,
    uint32_t parent, struct note_refs *refs);

/*
 * Find the lines of the marks refs[from..n-1] again, as far as they stand in
 * this paragraph; returns the index of the first that does not.
 */
size_t layout_find_marks(
    const struct para *p, struct note_ref *refs, size_t from, size_t n);

/*
 * The labels of a box that is the first of a list item: the item's mark, and
 * those of the items around it that begin here too. NULL if there is none.
 */
const struct box_label *layout_labels(struct layout *y, struct mark *mark);

/* Add a box, of the section, page and destinations that are due. */
void layout_box(struct layout *y, const struct box *b);

/* A destination for the next box. */
void layout_anchor(struct layout *y, uint32_t target);

/*
 * A box of a style in a place, without its text, set in by what the style's
 * fill takes at the sides.
 */
struct box layout_box_in(struct layout *y, const struct place *at, int style);

/*
 * frame.c: the frame of a style that has rules or a fill, at x..x+width within
 * another one or NULL; else that one.
 */
struct frame *layout_frame(struct layout *y, const struct style *s, rlen x,
    rlen width, struct frame *outer);

/* The last box has been added: the frames begin whose first one it is. */
void layout_frame_begin(struct layout *y);

/* No more boxes come into the frame. */
void layout_frame_end(struct layout *y, struct frame *f);

/*
 * Add a box with the text, broken to b->width; its notes' elements go to
 * `parent`. Everything else of b is set by the caller.
 */
void layout_text_box(
    struct layout *y, struct box *b, struct para *p, uint32_t parent);

/* A length for a message: "12.3 mm". */
const char *layout_mm(struct layout *y, int64_t n);

/* The others, a file each. The texts of blocks live as long as the flow: its
 * paragraphs refer to them. */
void layout_blocks(
    struct layout *y, const struct blocks *blocks, const struct place *at);
void layout_list(
    struct layout *y, const struct list_doc *list, const struct place *at);
void layout_heading(
    struct layout *y, const struct section_doc *s, const struct place *at);
void layout_contents(struct layout *y, const struct place *at);
void layout_table(
    struct layout *y, const struct block *b, const struct place *at);

/* board.c */
void layout_board(
    struct layout *y, const struct block *b, const struct place *at);
void layout_end(struct layout *y, const struct place *at);

/* The element of a paragraph: the first title of all is the document's. */
enum tag layout_paragraph_tag(struct layout *y, int style);

/* Find the heights of a board, whose cells are broken. */
void layout_board_heights(struct board *b);

/* figure.c */
void layout_figure(
    struct layout *y, const struct block *b, const struct place *at);

/*
 * Find the size of an image whose caption is broken. Reports one that was given
 * and does not fit.
 */
void layout_picture_size(struct layout *y, struct picture *p);

/* How a cell of a grid is set. */
struct para_spec layout_board_spec(
    const struct layout *y, const struct board *b, const struct board_cell *c);

/* notes.c: lay out a footnote that has no place yet. */
void layout_note(struct layout *y, uint32_t note, uint32_t parent);
void layout_note_height(const struct layout *y, struct note_box *box);

/* What a column asks for; lengths without padding. */
struct column_need {
    uint8_t kind; /* enum width_kind */
    rlen fixed; /* WIDTH_FIXED */
    int32_t share; /* WIDTH_SHARE */
    rlen narrow; /* every break used: less is not possible */
    rlen widest; /* no identifier or address broken */
    rlen usual; /* holds all but a few very long cells on one line */
    rlen natural; /* holds every cell on one line; >= usual >= widest >= narrow
                   */
};

/*
 * Share `room` between n columns (at most LAYOUT_COLUMNS), each of which has
 * this much padding besides. False if it is too small: width[] then gets the
 * least that they need.
 */
bool layout_columns(const struct column_need *c, uint32_t n, rlen room,
    rlen padding, rlen *width);

enum {
    LAYOUT_COLUMNS = 256, /* the cap of the limit on columns */
    LAYOUT_TALL = INT32_MAX / 4 /* taller than any page: no need to know more */
};

/* Natural widths of cells, in points: how they spread. */
struct spread {
    int64_t n, sum, squares;
};

/* What a column's cells need; several tables can be added up. */
struct column_measure {
    struct column_need need; /* all but `usual` and what the report says */
    struct spread spread;
    rlen title; /* natural width of the column's title */
};

/*
 * cells.c: shape the cells of a table into grid->cells; widths unknown yet.
 * Fills m[grid->ncolumns].
 */
void layout_cells(struct layout *y, struct grid *g, struct column_measure *m);

/* Add what the cells of another table need in the same column. */
void layout_add_measure(
    struct column_measure *to, const struct column_measure *more);

/* What the column asks for, `usual` among it. */
struct column_need layout_need(const struct column_measure *m);

/* table.c: the grid of a table, its cells shaped, and what its columns need. */
struct grid *layout_shape_table(struct layout *y, const struct block *block,
    struct column_measure **columns);

/* A table of a series: measures of its own columns and of the whole series. */
struct series_table {
    struct grid *grid;
    struct column_measure *own, *all;
};

/*
 * series.c: find the tables that are in a series with others and shape them,
 * before anything is laid out.
 */
void layout_collect_series(struct layout *y);

/*
 * The table if it is in a series; false if it stands by itself. Called for
 * each table of the document in order.
 */
bool layout_series_table(
    struct layout *y, const struct block *block, struct series_table *out);

/* What a caption prints: the label and the separator in bold before it. */
const struct rich *layout_caption(
    struct layout *y, struct slice label, const struct rich *caption);

/* How the cells or the title of a column are set. */
struct para_spec layout_cell_spec(
    const struct layout *y, const struct table_doc *t, uint32_t c, bool head);

/* The height of a row with these cells. */
rlen layout_row_height(const struct grid *g, struct para *const *cells);

/*
 * The marks in caption and column titles, which come before the rows', count
 * as of the first line: returns how many of refs[0..n-1] they are.
 */
size_t layout_head_marks(const struct grid *g, struct note_ref *refs, size_t n);

#endif
