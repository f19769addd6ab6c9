/* Update files: dated changes of data sets. */
#ifndef RAP_MODEL_UPDATE_H
#define RAP_MODEL_UPDATE_H

#include "base/uni.h"
#include "load/load.h"

/* A column and what it gets. */
struct update_value {
    struct node *column; /* its name, as it stands there */
    struct node *from; /* {from: …}: what it has before; NULL: not said */
    struct node *to; /* a scalar; empty: nothing */
};

/* What happens to one row. */
struct update_row {
    struct node *node; /* add: the new row; else its key */
    struct update_value *values; /* none of a row that is removed */
    uint32_t nvalues;
};

/* One entry of an update file: additions, changes and removals, in that order.
 */
struct update {
    struct node *node;
    struct date date;
    struct slice source; /* who or what says so; empty: not given */
    struct slice dataset; /* its name */
    struct node *dataset_node;
    struct update_row *add, *set, *remove;
    uint32_t nadd, nset, nremove;
};

/* A file of them. */
struct updates {
    struct update *list; /* in the order of the file */
    uint32_t n;
    bool partial; /* some of it was refused, as reported */
};

/*
 * Read an update file's root: a list of entries, or a single one. Reports the
 * model group of base/diag_list.h and leaves out what is not sound.
 */
struct updates model_read_updates(const struct load *l, struct node *root);

#endif
