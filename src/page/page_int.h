/* What the files of the page stage share. */
#ifndef RAP_PAGE_PAGE_INT_H
#define RAP_PAGE_PAGE_INT_H

#include "page/page.h"

/* Space between the text and the first footnote, with the rule in it. */
#define NOTE_GAP PT(9)

/* What repeats above a table's rows: caption, gap, header row. */
struct table_top {
    const struct para *caption; /* NULL: none */
    rlen caption_height;
    rlen gap;
    rlen head; /* height of the header row; 0: none */
};

/* `first`: where the table begins; else where it goes on (`last`: and ends). */
struct table_top page_table_top(const struct grid *g, bool first, bool last);
rlen page_table_top_height(const struct grid *g, bool first);

/* Lines in the highest cell of a row. */
uint32_t page_row_lines(const struct grid *g, uint32_t row);

/* atoms.c */

/* Where the next atom comes from. An atom is a line, a row, or a row's line. */
struct cursor {
    uint32_t box;
    uint32_t pos; /* line of a paragraph, row of a table */
    uint32_t line; /* of a row taller than a page */
    uint32_t note; /* next of the box's note_refs */
};

/* A page being filled. */
struct fill {
    struct cursor at;
    rlen y; /* bottom of what stands on it */
    rlen after; /* space that the last box wants below */
    rlen notes; /* height of the footnotes, with the gap above */
    uint32_t gaps; /* spaces between its boxes, which feathering may widen */
    bool begun; /* something stands on it */
};

struct atom {
    rlen gap; /* above it */
    rlen frame; /* of frames that begin or end with its box */
    rlen top; /* what repeats above it: a table's header */
    rlen height; /* of itself */
    rlen notes; /* that its footnotes add */
    uint32_t next_pos, next_line, next_note;
    bool ends_box;
    bool may_break; /* after it */
};

/* Which comes first in the flow: < 0 if a, 0 if they are one place. */
int cursor_compare(const struct cursor *a, const struct cursor *b);

/* Notes of an atom are appended to these, if they are wanted. */
struct note_list {
    uint32_t *v;
    size_t n, cap;
};

/*
 * The next atom for a page, in a flow with boxes left and no break box there.
 * Its notes go to `notes` (in arena a), which may be NULL.
 */
struct atom atom_next(const struct flow *flow, const struct fill *f,
    struct arena *a, struct note_list *notes);

/* The height of the page up to the atom's bottom, with the notes. */
int64_t atom_bottom(const struct fill *f, const struct atom *atom);

/* Put it on the page. */
void atom_put(const struct flow *flow, struct fill *f, const struct atom *atom);

/* Does the page end before the box at f->at, whatever there is room for? */
bool atom_must_end(const struct flow *flow, const struct fill *f);

/* What feathering may add to a page, by the profile's limit. */
int64_t atom_feather(const struct flow *flow, const struct fill *f);

/* choose.c */

/* Where each page ends, in order: the cursor after it. */
struct ends {
    struct cursor *v;
    size_t n;
};

/*
 * Choose where pages end, over the whole flow, so that what they cost together
 * is least. In arena a. False if errors were reported.
 */
bool choose_ends(const struct load *l, struct arena *a, const struct flow *flow,
    struct ends *out);

/* paginate.c */

/*
 * Break the flow into pages once, in arena `a`. NULL if errors were reported.
 * page_of, y_of and number_of are not set yet.
 */
struct pages *paginate_once(
    const struct load *l, struct arena *a, const struct flow *flow);

/* Fill page_of, y_of, number_of from the parts. number_of only if `whole`. */
void pages_index(struct pages *p, struct arena *a, bool whole);

/* A display list being made. */
struct painter {
    const struct pages *pages;
    const struct flow *flow;
    const struct doc *doc;
    const struct profile *profile;
    const struct page *page;
    struct arena *a;
    struct display out;
    size_t cap;
    uint8_t artifact; /* enum draw_artifact: of texts that are no content */
    rlen x, y; /* of the text area, from the page's corner */
    bool told; /* lines that tell of changes: no bars */
    rlen bar_from; /* where the bar of a note goes on; 0: none does */
    struct furniture_check *check; /* NULL: paint, do not check */
};

struct painter page_painter(
    const struct pages *pages, uint32_t i, struct arena *scratch);

struct draw *paint_add(struct painter *p, enum draw_kind kind);

/* A filled rectangle that is no content. */
void paint_fill(struct painter *p, rlen x, rlen y, rlen width, rlen height,
    struct colour colour);

/* A bar in the margin, beside what changed. */
void paint_changed(struct painter *p, rlen top, rlen height);

/* The labels of a box whose first line has its baseline there. */
void paint_labels(struct painter *p, const struct box *box, rlen baseline);

/*
 * The bar beside a box, from the bottom of the one before it in its note: it
 * runs through the space between them.
 */
void paint_bar(struct painter *p, const struct box *box,
    const struct part *part, rlen bottom);

/*
 * The lines from..to-1 of a paragraph in a frame at x, y (of the first line's
 * top) of this width. elem 0: an artifact of pagination.
 */
void paint_lines(struct painter *p, const struct para *para, uint32_t from,
    uint32_t to, rlen x, rlen y, rlen width, uint32_t elem);

/* The frames of all parts of the page: what is behind the text. */
void paint_frames(struct painter *p);

/* A grid of the cover, or the closing rule. */
void paint_board(
    struct painter *p, const struct box *box, const struct part *part);

/* Where a part's content begins: below what frames take. */
rlen paint_top(
    const struct painter *p, const struct box *box, const struct part *part);

void paint_table(
    struct painter *p, const struct box *box, const struct part *part);

/* Header and footer of the page. */
void paint_furniture(struct painter *p);

/* Nothing but the page's lines of the contents. */
void paint_contents(struct painter *p);

/*
 * Set what only painting sets, headers, footers and the ends of the contents'
 * lines, before any page is painted: reports word-too-wide, header-too-tall
 * and the text group, and opens the faces. Resets scratch.
 */
void page_check(
    const struct load *l, const struct pages *pages, struct arena *scratch);

#endif
