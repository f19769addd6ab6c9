/* Inside data: update files, applied to the data sets. */
#ifndef RAP_DATA_UPDATES_INT_H
#define RAP_DATA_UPDATES_INT_H

#include "data/sets_int.h"

/*
 * Read the update files that data sets name, and apply those entries that are
 * not later than the report's status date, in order of date, file name and
 * place; tell in a note how many others there are. Those are checked too, as
 * if they were applied. Each data set with `updates` gets a further set NAME
 * _history: date, key, column, old, new, source, all texts; what is added has
 * no old values, what is removed no new ones. Pointers to sets that were taken
 * before are void. Reports as the data group of base/diag_list.h.
 */
void updates_apply(struct sets *s, const struct report *r);

/* A data set that has updates, and its history, by their numbers in `sets`. */
struct target {
    uint32_t set, history;
    sqlite3_stmt *find, *insert, *remove, *note; /* NULL until used */
    sqlite3_stmt **get, **put; /* by column; the same */
};

/* An entry, to be brought into order. */
struct dated_update {
    const struct update *update;
    const char *file; /* its name, without the folder */
    size_t order; /* in which it was read */
    struct target *target;
};

/* All updates of a report. */
struct applying {
    struct sets *s;
    const struct report *r;
    struct target *targets;
    uint32_t ntargets;
    struct dated_update *list;
    size_t n, cap;
    bool later; /* only to see whether it could be applied */
    /* What was refused, so that what may follow from it is not reported. */
    bool partial; /* files or entries */
    bool rows; /* new rows */
    bool values; /* of changes */
    unsigned hints; /* how often a missing row was looked for elsewhere */
};

/* apply.c: apply an entry to its data set. */
void updates_apply_one(struct applying *a, const struct dated_update *u);

#endif
