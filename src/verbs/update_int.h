/* Inside update: an entry of an update file as text. */
#ifndef RAP_VERBS_UPDATE_INT_H
#define RAP_VERBS_UPDATE_INT_H

#include "load/load.h"

#include <rapporteur.h>

/* A column and what it gets. */
struct change_value {
    struct slice column, to;
    struct slice from; /* what it has before */
    bool has_from;
    bool typed; /* a date or number, which may stand without quotes */
};

/* The entry that is to be added. */
struct row_change {
    enum rap_change what;
    struct slice date, source, dataset;
    struct slice key; /* of the row; add: one of the values too */
    struct change_value *values;
    size_t n;
};

/* How a file writes its entries. */
struct entry_form {
    size_t indent; /* [columns] before the '-' */
    size_t gap; /* [columns] from the '-' to the keys after it */
    size_t step; /* [columns] that what is within stands further in */
    const char *eol; /* what ends a line */
    bool blank; /* an empty line stands between entries */
};

/* May the text stand in an entry: one line of UTF-8 without controls? */
bool entry_allows(struct slice s);

/* A text as a YAML scalar, in quotes where it needs them. */
const char *entry_scalar(struct arena *a, struct slice s, bool typed);

/* Write the entry, with its line ends. */
void entry_put(
    struct buf *out, const struct row_change *c, const struct entry_form *form);

/*
 * The text of an update file with the entry at its end: comments and layout
 * stay, and what is new is laid out as the rest. An empty slice, with *why (a
 * hint), if the file is written in a way that cannot be added to safely.
 */
struct slice entry_append(struct arena *a, const struct limits *limits,
    struct slice text, const struct row_change *c, const char **why);

#endif
