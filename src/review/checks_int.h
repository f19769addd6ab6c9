/* Inside review: what the built-in checks share. */
#ifndef RAP_REVIEW_CHECKS_INT_H
#define RAP_REVIEW_CHECKS_INT_H

#include "base/seen.h"
#include "review/review.h"

/* A table of the report, with rows from data. */
struct list {
    const struct table_doc *table;
    uint32_t number; /* from 1, in order of the report */
    int64_t identifiers; /* its first column of identifiers, or -1 */
};

/* A finding that `lint:` accepts. */
struct accepted {
    const struct node *node;
    bool found;
};

/* One run of the checks. */
struct checks {
    const struct load *l;
    struct arena *a; /* for the run */
    const struct doc *doc;
    struct list *lists; /* in order of the report */
    uint32_t nlists;
    bool sound; /* nothing was reported that could lead to findings */
    struct accepted *accepted[LINT_COUNT];
    struct seen *accepted_by[LINT_COUNT]; /* by value: index + 1 */
    bool hinted[LINT_COUNT];
};

/* Is a check to run? */
bool checks_on(const struct checks *c, enum lint_check check);

/*
 * Report a finding, unless `lint:` accepts its value: then false. After true
 * the caller may add a second place, then calls checks_hint.
 */
bool checks_find(struct checks *c, enum lint_check check, struct slice value,
    struct pos at, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Note that a value occurs, whether or not it is a finding. */
bool checks_accepts(
    struct checks *c, enum lint_check check, struct slice value);

/* Say, once for each check, how a finding of that value is accepted. */
void checks_hint(struct checks *c, enum lint_check check, struct slice value);

/* What a cell prints, plain. */
struct slice checks_cell(
    const struct checks *c, const struct rows *rows, uint32_t row, uint32_t i);

/* Where a cell stands: at its text if that is known, else at its row. */
struct pos checks_cell_pos(
    const struct rows *rows, uint32_t row, uint32_t column);

/* The checks; each looks at checks_on itself. */
void check_identifiers(struct checks *c);
void check_order(struct checks *c);
void check_links(struct checks *c);
void check_data(struct checks *c);

/* What is called on for each text and table of a report, in order. */
struct walk {
    void *to;
    void (*text)(void *to, const struct rich *text); /* not cells; or NULL */
    void (*table)(void *to, const struct table_doc *table); /* or NULL */
};

/* Walk through the report's own texts: not its profile's, not its facts. */
void checks_walk(const struct doc *doc, const struct walk *w);

/* identifier.c */

enum { IDENTIFIERS_MOST = 16 }; /* of one cell that are looked at */

/*
 * The identifiers in a cell: what commas and line breaks divide, and of "Y.2
 * (ex Y.1)" both. Words that are no identifiers, such as "none", are left out.
 */
size_t identifiers_of(struct slice cell, struct slice out[IDENTIFIERS_MOST]);

/* The same for identifiers that differ in case, blanks and marks only. */
struct slice identifier_key(struct arena *a, struct slice identifier);

/* The first word or the first two of an identifier, without digits. */
struct prefix {
    struct slice whole; /* as it is spelt: "Y.Sup-" */
    struct slice own; /* what is compared: "Sup-" after "Y." */
    struct slice word; /* "Sup" */
    struct slice above; /* the word before it, or empty: "Y" */
    uint8_t depth; /* 1 or 2 words */
    bool number; /* one word, and a digit comes after it: "X-1" is a number,
                    "X.new-thing" a name, and both may be right */
};

/* The prefixes of an identifier, of one and of two words: 0 to 2 of them. */
size_t identifier_prefixes(struct slice identifier, struct prefix out[2]);

/* Add a word in small letters. */
void identifier_fold(struct buf *out, struct slice word);

/*
 * Is one of two words, both as spelt, the other, but for case, or its
 * beginning, so that "Sup" and "Suppl" are one? But not "IoT" and "IoTMV": an
 * abbreviation has three letters or more, and small ones are left out of it.
 */
bool identifier_same_word(struct slice shorter, struct slice longer);

#endif
