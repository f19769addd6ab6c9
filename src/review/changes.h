/* What differs between two resolved reports: the difference, and its forms. */
#ifndef RAP_REVIEW_CHANGES_H
#define RAP_REVIEW_CHANGES_H

#include "base/json.h"
#include "inline/doc.h"

/* One of the two reports, resolved. */
struct edition {
    const struct load *load; /* with the files and messages of its own */
    struct doc *doc;
    const char *name; /* how a reader knows it: a path, a date */
};

/* What a change is about. */
enum change_what {
    WHAT_FACT, /* one of report's facts */
    WHAT_SECTION,
    WHAT_TITLE, /* a section's subtitle, a table's caption or column title */
    WHAT_TEXT, /* a paragraph, code, the text of a list's item or a footnote */
    WHAT_FIGURE,
    WHAT_TABLE, /* a table as a whole, or its columns */
    WHAT_ITEM /* a row of a table */
};

/* What happened to it: several may hold of one section or item. */
enum change_how {
    HOW_ADDED = 1,
    HOW_REMOVED = 2,
    HOW_MOVED = 4, /* to another section, list or place */
    HOW_RENUMBERED = 8, /* item: another identifier */
    HOW_RETITLED = 16, /* section, item */
    HOW_CHANGED = 32, /* its words or other cells */
    HOW_REORDERED = 64 /* table: rows stand in another order */
};

/* What happened to a run of words. */
enum word_op {
    WORD_SAME,
    WORD_DELETED,
    WORD_INSERTED,
    WORD_FOLLOWS, /* a count, number or fact that follows another change */
    WORD_TOUCHED /* the same words in another look, or with another link */
};

/* A run of words: `old` is empty where they are inserted, `new` if deleted. */
struct word_run {
    uint8_t op; /* enum word_op */
    uint32_t old_from, old_to; /* words of the old text */
    uint32_t new_from, new_to; /* words of the new one */
};

struct comparison;
struct words; /* a text in words: review_int.h */

/* Two texts, word by word. */
struct word_diff {
    const struct words *old, *new;
    struct word_run *runs; /* over all words, in order */
    uint32_t n;
};

/* Where something stands in one of the reports. */
struct change_place {
    bool here; /* else it does not stand in that report */
    const struct section_doc *section; /* NULL: in none */
    const struct table_doc *table; /* NULL: in none */
    struct slice table_id; /* its id, or empty */
    uint32_t row; /* of the table, from 1; 0: no row of it */
    struct pos pos;
};

/* A cell of an item that differs. */
struct cell_diff {
    struct slice column; /* its title, or else its key */
    struct word_diff words;
};

/* A text of what was added or removed as a whole. */
struct change_text {
    const struct block *block; /* NULL: a row */
    struct slice text;
};

/* One change. */
struct change {
    uint8_t what; /* enum change_what */
    uint8_t how; /* of enum change_how */
    struct change_place old, new;
    bool column; /* table: of a column of it, or their order */
    const char *kind; /* of what it is about, for readers: "list item" */
    struct slice old_name, new_name; /* number, identifier or fact's name */
    struct slice old_title, new_title; /* section, item: its title; else what
                                          it says if it was added or removed */
    struct word_diff words; /* how the text or title changed; n 0: not */
    struct cell_diff *cells; /* item: other cells that differ */
    uint32_t ncells;
    struct change_text *texts; /* section, table: all that came or went with it,
                                  but items that stand elsewhere */
    uint32_t ntexts;
    struct change *next; /* in its group */
};

/* A place that prints a number or fact which follows other changes. */
struct change_follow {
    const struct section_doc *old_section, *new_section;
    struct pos old_pos, new_pos;
    struct word_diff words;
    struct change_follow *next;
};

/* An item that left a list for another. */
struct change_left {
    struct slice name;
    const struct section_doc *section; /* of the new report: where it is now */
    struct change_left *next;
};

enum change_group_kind {
    GROUP_FACTS,
    GROUP_SECTION, /* what stands in it, but for its tables and sections */
    GROUP_TABLE,
    GROUP_NOTES /* the footnotes */
};

/* The changes of one place, and what follows from them. */
struct change_group {
    uint8_t kind; /* enum change_group_kind */
    struct change_place old, new; /* of the section or table */
    struct change *first, *last;
    bool counted; /* the table's number of rows differs: */
    uint32_t old_count, new_count;
    struct change_left *left, *left_last; /* table: items that went elsewhere */
    struct change_follow *follows, *follows_last;
    struct change_group *next;
};

/* All that differs, in order of the new report. */
struct changes {
    struct edition old, new;
    struct change_group *first; /* NULL: nothing */
    uint32_t n; /* changes */
    struct comparison *all; /* review_int.h: what is alike, too */
};

/*
 * Compare two resolved reports: their facts, sections, texts, tables, figures
 * and footnotes, not how they look on pages. Rows are matched by identity where
 * both have one, else by identifier, title and likeness. In arena a.
 */
struct changes *review_compare(
    struct arena *a, struct edition old, struct edition new);

/*
 * Mark the newer report with it, before it is laid out: words, blocks, rows;
 * what is no more is put back where it was, as deleted.
 */
void review_mark(const struct changes *c);

/*
 * Add an annex to the newer report, after it was marked, that lists it all:
 * "Changes since", the older one's status date.
 */
void review_annex(const struct changes *c);

/* The forms of it: for a terminal, for mail and wikis, for tools. */
void review_text(const struct changes *c, struct arena *a, struct buf *out);
void review_markdown(const struct changes *c, struct arena *a, struct buf *out);
void review_json(const struct changes *c, struct arena *a, struct buf *out);

#endif
