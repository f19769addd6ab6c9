/* Inside review: marking what changed in the newer report. */
#ifndef RAP_REVIEW_MARK_INT_H
#define RAP_REVIEW_MARK_INT_H

#include "review/print_int.h"

/* A block or item to put into what is there. */
struct put_in {
    uint8_t depth; /* of `in` or `list`: inner ones are put first */
    struct blocks *in; /* NULL: an item */
    struct list_doc *list;
    uint32_t at; /* before the one that is there now */
    uint32_t order; /* among those at one place */
    struct block block;
    struct list_item item;
};

/* The newer report being marked. */
struct marker {
    struct arena *a;
    const struct comparison *c;
    struct doc *doc;
    struct pos pos; /* for messages about what has no place of its own */
    struct put_in *v;
    size_t cap;
    uint32_t n;
    bool excerpt; /* of texts: what differs, with some words around */
    struct list_doc *row; /* a list of our own that goes on, … */
    struct blocks *row_in; /* … there */
    uint32_t row_at;
    size_t row_cap;
};

/* markwords.c */

/* The words of both texts, marked. */
struct rich mark_words(struct marker *m, const struct word_diff *d);

/* All of a text is new. */
void mark_inserted(struct rich *text);

/* All of a text of the older report. */
struct rich mark_deleted(struct marker *m, const struct rich *text);

/* A text of our own. */
struct span mark_span(
    const struct marker *m, struct slice s, enum change_mark change);

/* The index of a language of the older report in the newer one. */
uint16_t mark_lang(struct marker *m, uint16_t old);

/* markgone.c: what is no more, put where it was. */

/* The leaves and sections of the older report that are no more. */
void mark_gone(struct marker *m);

/* Put all of it in. */
void mark_put_in(struct marker *m);

#endif
