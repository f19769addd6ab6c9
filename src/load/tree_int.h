/* Building the nodes of one file from what its reader finds, one by one. */
#ifndef RAP_LOAD_TREE_INT_H
#define RAP_LOAD_TREE_INT_H

#include "load/load_int.h"

/* A named node. Its size and height are known once it is closed. */
struct anchor {
    struct anchor *next; /* in its bucket, defined earlier */
    uint32_t off; /* where it stands, or the tag before it */
    bool used;
    struct slice name;
    struct node *node;
    int64_t size; /* values, aliases expanded */
    unsigned height; /* collections within each other */
    bool open;
};

/* A list or mapping that is being read. */
struct frame {
    struct node *node; /* NULL: what holds the root */
    size_t base; /* of its children in tree.kids */
    struct anchor *anchor;
    int64_t size; /* of its children */
    unsigned height; /* of its children */
    uint32_t end; /* offset after its last child */
};

struct tree {
    struct loading *g;
    const struct load *l;
    const struct source *src;
    uint32_t file; /* number of src */
    const struct load_place *place;
    struct load_lists *lists; /* or NULL */

    struct node *root;
    struct frame *frames; /* [limit of depth + 1] */
    unsigned open; /* of the innermost frame; 0 holds the root */
    unsigned outside; /* depth of the place where the root will stand */
    struct node **kids; /* children of the open frames, one after another */
    size_t nkids, kids_cap;
    struct anchor **anchors; /* buckets, or NULL while there is none */
    bool failed; /* nothing more is to be read */
};

/* What the reader found: offsets in the file. */
struct found {
    uint32_t start; /* with its anchor and tag */
    uint32_t at; /* after them */
    uint32_t end;
    const char *anchor; /* its name, or NULL */
    bool tag; /* has one */
};

/* An empty tree for file `number`; the rest as load_parse has it. */
void load_tree_init(struct tree *t, struct loading *g, uint32_t number,
    const struct load_place *place, struct load_lists *lists);

/* The next node. Each reports and counts; t->failed: stop reading. */
void load_tree_scalar(struct tree *t, const struct found *f,
    enum node_style style, struct slice value);
void load_tree_alias(struct tree *t, const struct found *f, struct slice name);
void load_tree_open(struct tree *t, const struct found *f, enum node_kind kind,
    enum node_style style);

/* The end of the list or mapping that was opened last and is still open. */
void load_tree_close(struct tree *t, uint32_t end);

/* A new node of the file, without a place in the tree. */
struct node *load_tree_node(struct tree *t, enum node_kind kind,
    enum node_style style, uint32_t off, uint32_t end);

/* Report texts that have an anchor, but no alias: maybe it began the text. */
void load_tree_check_anchors(struct tree *t);

#endif
