/* YAML bytes to nodes with positions. Only home of <yaml.h>. */
#ifndef RAP_LOAD_LOAD_H
#define RAP_LOAD_LOAD_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/progress.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

enum node_style {
    NODE_PLAIN,
    NODE_QUOTED1,
    NODE_QUOTED2,
    NODE_LITERAL,
    NODE_FOLDED,
    NODE_FLOW,
    NODE_BLOCK
};

/*
 * One YAML value. Aliases are expanded by sharing: the same node may be the
 * child of several (never of itself). `parent` and `index` are those of its
 * first place. The keys of a map differ from each other: an entry whose key was
 * refused is left out, and the map marked unless the key only stood twice.
 */
struct node {
    uint8_t kind; /* enum node_kind */
    uint8_t style; /* enum node_style */
    bool bad; /* an error was reported here: be silent from now on */
    struct pos pos; /* of its first character, after an anchor */
    uint32_t end; /* offset in the same file just after it */
    struct slice s; /* scalar: its text, valid UTF-8, no refused characters */
    uint32_t count; /* list: items; map: entries */
    struct node **items; /* list: the items; map: the values */
    struct node **keys; /* map: the keys, scalars, in order of the file */
    struct node *parent; /* NULL at the root, and if its place was left out */
    uint32_t index; /* in its parent */
};

struct load {
    struct arena *a;
    struct diags *d;
    struct files *files;
    const struct limits *limits;
    struct progress *progress; /* what stages tick; may be NULL */
};

/*
 * Read the YAML file `number` and all files that it includes: a list item that
 * is a mapping with the one key `include` is replaced by the named file's
 * content (a list is spliced). Paths are relative to the file that names them.
 * Returns its root, in arena l->a, or NULL if errors were reported. What is
 * sound beside an error is still returned where a root can be had.
 * Reports: every message of the load group of base/diag_list.h.
 */
struct node *load_file(const struct load *l, uint32_t number);

/* The same for a text of our own, e.g. the value of --set; no includes. */
struct node *load_text(const struct load *l, uint32_t number);

/* The value of a key in a map, or NULL; also NULL if it is no map. */
struct node *load_find(const struct node *map, const char *key);

/*
 * The place of byte `off` of a scalar's text in its file: exact for literal
 * block, plain and quoted one-line scalars; the right line and nearly the
 * column for folded ones (blanks and escapes are followed).
 */
struct pos load_locate(
    const struct files *files, const struct node *scalar, size_t off);

/*
 * Where the last search in a scalar got to, so that places asked for in order
 * cost one walk through it. Zeroed: nowhere. All is locate.c's own.
 */
struct load_cursor {
    const struct node *scalar;
    size_t off; /* what was asked for */
    size_t p, i; /* offsets in the file and in the value that match */
    size_t end; /* blocks: of the line at p, in the file; 0: not known yet */
    size_t n; /* literal: the length of that line in the value */
    size_t indent, last; /* folded: of lines; end of the last one with text */
};

/* The same, going on from the cursor if that is not too far. */
struct pos load_locate_from(const struct files *files, struct load_cursor *c,
    const struct node *scalar, size_t off);

/* "annexes[1].body[0].table.columns[2]" in arena a; "" at the root. */
const char *load_path(struct arena *a, const struct node *n);

/*
 * Report at a node, with its path, and mark it bad. Silent if it, or a parent,
 * is bad already: true if it was reported, so that a hint belongs to it.
 */
bool load_diag(const struct load *l, enum diag_id id, struct node *n,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Do its first four bytes say that a file is no text in UTF-8: UTF-16, or a
 * workbook? */
bool load_is_other(const struct source *src);

/*
 * Are the bytes of a file UTF-8 without refused characters? Reports what is
 * wrong. *ascii: one byte is one character throughout.
 */
bool load_check_bytes(const struct load *l, uint32_t number, bool *ascii);

/* Report a byte that is not UTF-8, or the file if all of it is not. */
void load_report_bytes(const struct load *l, struct pos at);

/* Report a character that may not stand in text. */
void load_report_character(const struct load *l, struct pos at, uint32_t cp);

#endif
