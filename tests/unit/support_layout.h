/* What the tests of src/layout share: a small document made by hand. */
#ifndef RAP_TESTS_SUPPORT_LAYOUT_H
#define RAP_TESTS_SUPPORT_LAYOUT_H

#include "support_base.h"

#include "layout/layout.h"

enum { WORLD_BLOCKS = 32 };

/*
 * A document under construction. The text area is 300 pt wide and 500 pt high;
 * every style has 10 pt on 12 pt, before and after 0.
 */
struct world {
    struct arena *a, *scratch;
    struct load *l;
    struct report report;
    struct profile profile;
    struct doc doc;
    struct flow *flow;
};

/* Fixtures: *state is a struct world. */
int set_up_world(void **state);
int tear_down_world(void **state);

/* A text of one span. */
struct rich rich_of(struct world *w, const char *text);

/* Add a span to a text made by rich_of; to be filled. */
struct span *add_span(struct world *w, struct rich *r);

/* Blocks: up to WORLD_BLOCKS of them, added one by one. */
struct block *add_block(
    struct world *w, struct blocks *to, enum block_kind kind);
struct block *add_paragraph(
    struct world *w, struct blocks *to, const char *text);

/* A list with `n` items, marks "•" or "1." and so on; bodies to be filled. */
struct list_doc *add_list(
    struct world *w, struct blocks *to, uint32_t n, bool numbered);

/*
 * A table with these rows of plain cells; title NULL: no header row. Columns
 * are automatic.
 */
struct table_doc *add_table(struct world *w, struct blocks *to,
    uint32_t ncolumns, const char *const *titles, uint32_t nrows,
    const char *const *cells);

/* A new target; its number. */
uint32_t add_target(struct world *w, enum target_kind kind, const char *id);

/* Add a section to an array of up to 8. */
struct section_doc *add_section(struct world *w, struct section_doc **to,
    uint32_t *n, unsigned level, const char *label, const char *title);

/* A footnote; its number. */
uint32_t add_note(struct world *w, const char *text);

/* Lay the document out; *w->flow. */
struct flow *lay_out(struct world *w);

/* "Document/Table/TBody": an element and its parents. */
const char *tag_path(struct world *w, uint32_t elem);

/* The text of a paragraph, its lines joined by '|'. */
const char *para_text(struct world *w, const struct para *p);

/* The messages so far: "text [name]\n…". */
const char *world_messages(struct world *w);

#endif
