/* What the files of this folder share: one loading of a file and its includes.
 */
#ifndef RAP_LOAD_LOAD_INT_H
#define RAP_LOAD_LOAD_INT_H

#include "load/load.h"

/* Lists with an item that includes a file. */
struct load_lists {
    struct node **items;
    size_t n, cap;
};

/* One call of load_file or load_text. */
struct loading {
    const struct load *l;
    int64_t nodes; /* values so far, aliases expanded, all files */
    int64_t aliases; /* so far, all files */
    int64_t anchors; /* so far, all files */
    int64_t includes; /* files included so far */
    bool stopped; /* at a limit: nothing more is read or said */
};

/* Where the root of a file will stand: at item `index` of `list`. */
struct load_place {
    const struct node *list; /* NULL: it is the root of the report */
    uint32_t index;
};

/*
 * Parse the YAML file `number` into nodes, without its includes: lists that
 * hold one are added to *lists. lists NULL: a text of our own, which has no
 * includes and may be empty. NULL if there is no root that could be used; then
 * it was reported.
 */
struct node *load_parse(struct loading *g, uint32_t number,
    const struct load_place *place, struct load_lists *lists);

/* A list item that is to be replaced by a file. */
bool load_is_include(const struct node *item);

/* How many collections n stands in, itself counted; 0 for NULL. */
unsigned load_depth(const struct node *n);

/* Add ".key" or "[index]" to a path. */
void load_path_key(struct buf *path, struct slice key);
void load_path_index(struct buf *path, uint32_t index);

/* Offset of the text in a file after a byte order mark. */
size_t load_skip_bom(const struct source *src);

/*
 * Is nothing lost or refused in a scalar that has its text and parent? Reports
 * the first fault that it finds: the caller adds the path.
 */
bool load_check_scalar(const struct load *l, const struct node *n, bool key);

/* What libyaml could not read. */
struct load_fault {
    const char *problem; /* its words, or NULL */
    const char *context; /* "while parsing …", or NULL */
    uint32_t at; /* offset of the problem */
    uint32_t from; /* offset where the context started */
    uint32_t quoted, quoted_end; /* offsets of the last text, if it is quoted */
};
void load_report_fault(
    const struct load *l, uint32_t number, const struct load_fault *fault);

/* Say which option raises the limit that the last message is about. */
void load_hint_limit(const struct load *l, const char *name);

#endif
