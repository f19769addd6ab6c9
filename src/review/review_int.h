/* Inside review: what its files share while two reports are compared. */
#ifndef RAP_REVIEW_REVIEW_INT_H
#define RAP_REVIEW_REVIEW_INT_H

#include "review/changes.h"

/* No index: nothing matches. */
#define REVIEW_NONE UINT32_MAX

/* sequence.c: what two sequences have in common. */

/* x[x..x + n - 1] is y[y..y + n - 1]. */
struct match_run {
    uint32_t x, y, n;
};

struct match_runs {
    struct match_run *v;
    size_t cap;
    uint32_t n;
};

/*
 * The runs that two sequences have in common, in order: the most there are if
 * the sequences are short or alike, else those around what is unique in both.
 * In arena a; resets inner.
 */
void review_match(struct arena *a, struct arena *inner, const uint64_t *x,
    uint32_t nx, const uint64_t *y, uint32_t ny, struct match_runs *out);

/*
 * Set in[i] for the elements of a longest rising subsequence of v, which holds
 * each number once.
 */
void review_rising(struct arena *a, const uint32_t *v, uint32_t n, bool *in);

/* How alike x[i] and y[j] are: 0 to 1000. */
typedef uint32_t review_score(void *to, uint32_t i, uint32_t j);

enum { REVIEW_ALIKE = 500 }; /* what goes for another version of a thing */

/*
 * Pair elements that are alike, in order, so that they are so in all as much as
 * can be: match[i] gets j or REVIEW_NONE. Of long sequences the i-th is held
 * against the i-th only.
 */
void review_pair(struct arena *a, uint32_t nx, uint32_t ny, review_score *score,
    void *to, uint32_t *match);

/* join.c: matching by keys. */

struct key {
    uint64_t hash;
    uint32_t index; /* of what has it */
};

struct keys {
    struct key *v;
    size_t cap;
    uint32_t n;
};

/* Keys are added in order of their indices. */
void review_key(struct arena *a, struct keys *k, uint64_t hash, uint32_t index);

/*
 * Match what is free (REVIEW_NONE in mx, my) and has a key in common: the first
 * with the first; `unique`: only where one on each side has it. In order of y,
 * not of hashes.
 */
void review_join(struct arena *a, struct keys *x, struct keys *y, bool unique,
    uint32_t *mx, uint32_t *my);

/* words.c: texts as words. */

enum word_class {
    CLASS_OWN, /* words of the report */
    CLASS_VALUE, /* of a value */
    CLASS_FACT, /* of a fact of the report */
    CLASS_COUNT, /* the number of a table's rows */
    CLASS_LABEL /* what a reference prints of its target */
};

/* A word, a punctuation mark, a line break, the mark of a note … */
struct word {
    uint64_t hash; /* what it stands for; of a count or label: its target */
    uint64_t look; /* style, language, link */
    uint32_t from, to; /* bytes of words.line */
    uint32_t span; /* that it begins in */
    uint8_t class; /* enum word_class */
};

struct words {
    const struct rich *text;
    struct slice line; /* all spans one after another; '\n' for a break,
                          WORDS_OTHER for what is not known before pages */
    uint32_t *starts; /* [text->n + 1] of each span, in line */
    struct word *v;
    uint32_t n;
};

enum { WORDS_OTHER = 1 }; /* no character that may stand in a text */

struct side;

/* The words of a text of that side. In arena a. */
struct words *review_words(
    struct arena *a, const struct side *s, const struct rich *text);

/* One plain string as a text. */
struct rich *review_plain(struct arena *a, struct slice s);

/* What words from..to-1 say; marks of notes as [^name]. */
struct slice review_said(struct arena *a, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to);

/* The same with the blank before it, so that runs can be put together. */
struct slice review_said_after(struct arena *a, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to);

/* The hashes of all words, sorted: for review_likeness. */
struct bag {
    uint64_t *v;
    uint32_t n;
};

struct bag review_bag(struct arena *a, const struct words *w);
void review_bag_sort(struct bag *bag);

/* The share of words in common: 0 to 1000. */
uint32_t review_likeness(const struct bag *x, const struct bag *y);

/* What the differences of two texts come to. */
enum text_verdict {
    TEXT_OWN = 1, /* words of the report differ */
    TEXT_TOUCHED = 2, /* looks or links do */
    TEXT_COUNTS = 4, /* numbers of rows do, */
    TEXT_NUMBERS = 8, /* … numbers that are values, */
    TEXT_FACTS = 16, /* … facts, */
    TEXT_LABELS = 32 /* … labels of what is referred to */
};

/*
 * Compare word by word, in arena a; returns of enum text_verdict. Resets
 * inner.
 */
unsigned review_diff(struct arena *a, struct arena *inner,
    const struct words *old, const struct words *new, struct word_diff *out);

/* gather.c: a report as flat lists. */

enum leaf_kind { LEAF_TEXT, LEAF_CODE, LEAF_TABLE, LEAF_FIGURE };

enum leaf_role {
    ROLE_PARAGRAPH,
    ROLE_BULLET,
    ROLE_NUMBERED,
    ROLE_NOTE,
    ROLE_QUOTE
};

/* A block without blocks in it. */
struct leaf {
    uint8_t kind; /* enum leaf_kind */
    uint8_t role; /* enum leaf_role */
    uint8_t depth; /* of lists, notes and quotations around it */
    bool begins; /* an item of a list */
    uint32_t section; /* index in sects */
    uint32_t table; /* TABLE: index in tabs */
    struct block *block;
    struct blocks *in; /* what it stands in */
    struct list_doc *list; /* the innermost list around it, or NULL, … */
    uint32_t item; /* … and its item there */
    uint32_t top; /* of the blocks of its section: the one that holds it */
    bool after; /* it stands in the section's `after` */
    struct rich *text; /* TEXT, CODE; FIGURE: its caption */
    uint32_t nwords;
    uint64_t hash; /* what is alike has the same: kind, place in lists, words */
    uint64_t exact; /* … and says the same in the same look */
};

/* Has what stays become another kind of block, or one of another level? */
bool review_reset(const struct leaf *old, const struct leaf *new);

struct sect {
    struct section_doc *doc; /* NULL: the report itself, index 0 */
    uint32_t parent; /* of the report itself: REVIEW_NONE */
    uint32_t first, next; /* its first section; the next beside it */
    uint32_t leaf, nleaves; /* of its body, then of `after` */
    uint32_t nbody; /* leaves of its body */
    struct slice title;
    uint64_t content; /* of its own leaves, as plain text */
    bool moved;
    uint32_t removed; /* new side: first of the old sections that stood before
                         its own first section, and are no more */
    uint32_t removed_after; /* new side: … that stood after it */
    uint32_t next_removed; /* old side: the next in such a list */
    struct merged *merged; /* new side: its leaves with the old ones */
    uint32_t nmerged;
};

/* Leaves of both sides in one order; one of them may be REVIEW_NONE. */
struct merged {
    uint32_t old, new;
};

struct tab {
    struct table_doc *doc;
    struct block *block;
    uint32_t section;
    uint32_t row, nrows; /* in rows; without what an empty table prints */
    uint32_t number, title; /* columns of identifier and title, or NONE */
    uint64_t columns; /* hash of their keys */
};

struct row {
    uint32_t tab;
    uint32_t row; /* of its table, from 0 */
};

/* One report, flat. The match_* arrays lead to the other side. */
struct side {
    const struct edition *edition;
    const struct doc *doc;
    struct arena *a, *scratch;
    struct sect *sects;
    struct leaf *leaves;
    struct tab *tabs;
    struct row *rows;
    size_t sects_cap, leaves_cap, tabs_cap;
    uint32_t nsects, nleaves, ntabs, nrows;
    uint32_t *match_sect, *match_leaf, *match_tab, *match_row;
    uint64_t *target; /* by target: what stands for it on both sides */
    uint32_t *sect_of; /* by target: of a section, its index; else 0 */
    uint32_t *tab_of; /* by target: of a table, its index; else NONE */
    uint64_t *image; /* by figure: of its bytes; 0: not known yet */
    bool identities; /* some row has one */
};

void review_gather(struct side *s);

/* Hash what leaves say, when targets are known. */
void review_hash_leaves(struct side *s);

/* The text of a cell, plain. */
struct slice review_cell(
    const struct side *s, const struct tab *t, uint32_t row, uint32_t column);

/* Who a column is, in any edition: its key, else its title. */
struct slice review_column(
    const struct side *s, const struct tab *t, uint32_t column);

/* All of a comparison. */
struct comparison {
    struct arena *a; /* of the result */
    struct arena *work; /* of a step; it is reset at its end */
    struct arena *scratch; /* of a function, which resets it */
    struct arena *inner; /* of review_match */
    struct side old, new;
    struct changes *changes;
    struct change_group *last; /* of the groups */
    struct change_group **group_of; /* new tables: their groups */
    struct change_group *facts;
    struct word_diff **diff; /* by new leaf: its differences, or NULL */
    uint8_t *verdict; /* by new leaf: of enum text_verdict */
    uint32_t *leaf_moved; /* by new leaf: the old one it was, or NONE */
    uint32_t *old_moved; /* by old leaf: the new one it is, or NONE */
    uint32_t *note_of; /* by new footnote: the old one it was, or NONE */
};

/* sections.c: match sections and say which were moved. */
void review_sections(struct comparison *c);

/* tables.c: match tables, by id; then those that alignment found. */
void review_tables(struct comparison *c);

/* bodies.c: match the leaves of matched sections, then what moved. */
void review_bodies(struct comparison *c);

/* items.c: match rows over all tables. */
void review_items(struct comparison *c);

/* emit.c: the list of changes from all that. */

void review_emit(struct comparison *c);

/* A new group at the end. */
struct change_group *review_group(struct comparison *c,
    enum change_group_kind kind, struct change_place old,
    struct change_place new);

/* The group of a new table, of which others may know before its turn. */
struct change_group *review_table_group(struct comparison *c, uint32_t tab);

/* Put a group that was made before its turn at the end. */
void review_append(struct comparison *c, struct change_group *g);

/* A new change in a group. */
struct change *review_change(struct comparison *c, struct change_group *g,
    enum change_what what, unsigned how);

/* Note a text whose numbers or facts follow from other changes. */
void review_follow(struct comparison *c, struct change_group *g,
    struct change_place old, struct change_place new, unsigned verdict,
    const struct word_diff *words);

/* Compare two texts; own and touched words are for the caller to report. */
unsigned review_texts(struct comparison *c, const struct rich *old,
    const struct rich *new, struct word_diff *out);

struct change_place review_place(
    const struct side *s, uint32_t section, struct pos pos);

struct change_place review_table_place(const struct side *s, uint32_t tab);

/* A text of what came or went as a whole. */
struct texts {
    struct change_text *v;
    size_t cap;
    uint32_t n;
};

void review_add_text(struct arena *a, struct texts *t,
    const struct block *block, struct slice text);

/* emititem.c: tables and their rows. */

/* Two tables that are matched; `moved`: from another section. */
void review_table_pair(
    struct comparison *c, uint32_t old, uint32_t new, bool moved);

/* A table that came: its rows that are new go to `texts`. */
void review_table_added(
    struct comparison *c, uint32_t new, struct texts *texts);

/* The rows of a table that went, but those that went to another. */
void review_table_removed(
    struct comparison *c, uint32_t old, struct texts *texts);

/* A column of a new row that differs from what it was; of text_verdict. */
typedef void review_differs(
    void *to, uint32_t column, unsigned verdict, const struct word_diff *words);

/* Call `differs` for each cell of a row that was another or looked so. */
void review_row_cells(struct comparison *c, const struct row *old,
    const struct row *new, review_differs *differs, void *to);

/* What a row says, in a line. */
struct slice review_row_text(
    struct arena *a, const struct side *s, const struct row *r);

/* emitfact.c: facts, and footnotes. */
void review_facts(struct comparison *c);
void review_notes(struct comparison *c);

#endif
