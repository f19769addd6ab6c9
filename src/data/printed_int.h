/* Inside data: which rows of the data sets are printed. */
#ifndef RAP_DATA_PRINTED_INT_H
#define RAP_DATA_PRINTED_INT_H

#include "data/expand_int.h"
#include "data/printed.h"

/*
 * Look which data sets the tables and for-each of a report ask for that is not
 * yet expanded, and begin to note which rows they get.
 */
void printed_begin(struct expand *x);

/* Note that a row of a result is printed: by a table or a for-each. */
void printed_row(struct expand *x, const struct result *r, uint32_t row);

/* Find what the checks want to know, into the report. */
void printed_end(struct expand *x);

/* listed.c: whether a table or for-each asks for each data set. */
bool *printed_listed(struct expand *x);

/* dated.c */

/* Report columns in `lint:` that there are not, or that hold no dates. */
void dated_check(struct expand *x, const struct lint *lint);

/* Does a built-in check look at a column of dates? */
bool dated_wants(
    const struct lint *lint, const struct set *set, uint32_t column);

/* The latest date of the data, by the columns that `stale-data` looks at. */
struct latest dated_latest(struct expand *x);

#endif
