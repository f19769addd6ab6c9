/*
 * Inside data: queries of the data sets, and the scopes that their $(…) and
 * those of texts are looked up in.
 */
#ifndef RAP_DATA_QUERY_INT_H
#define RAP_DATA_QUERY_INT_H

#include "data/data_int.h"
#include "data/sets_int.h"

/* One value of a result, with the type that it is bound with further on. */
struct datum {
    struct set_value value; /* SET_NULL: nothing; its text lives in l->a */
    uint8_t kind; /* enum column_kind of the column it comes from; a computed
                     value has COLUMN_TEXT, _INTEGER or _NUMBER */
};

/* Where a column of a result comes from. */
struct origin {
    const struct set *set; /* NULL: it is computed */
    uint32_t column; /* of the set */
};

/* The rows of one run of a query. */
struct result {
    struct query *query;
    const struct sets *sets;
    const struct set *set; /* shorthand: the rows and columns are its */
    struct slice *names; /* of the columns */
    struct origin *origins;
    uint32_t ncolumns;
    uint32_t nrows;
    struct datum *data; /* nrows * ncolumns, row by row */
    struct pos *pos; /* of each row: that of a data set's row where it is
                        known, else FILE_LATE: diag() finds it */
    sqlite3_int64 *rowids; /* shorthand: of each row */
};

/* A name and the row that it stands for: `for-each: {as: …}`, row. */
struct scope {
    struct slice name; /* "q", "row" */
    const struct result *result;
    uint32_t row;
    const struct scope *up; /* the ones around it; NULL: none */
};

struct expand; /* all of one expansion: expand_int.h */

enum query_flag {
    QUERY_ANY_ORDER = 1, /* no warning where the SQL has no ORDER BY */
    QUERY_ONE_ROW = 2 /* one is wanted: two at most are read */
};

/*
 * Compile a query, unless it is, and run it with the values of its $(…) in
 * that scope. NULL if it failed, which was reported at its place; it is silent
 * from then on. A result without rows is not NULL.
 */
const struct result *query_run(struct expand *x, struct query *q,
    const struct scope *scope, unsigned flags);

/*
 * Does a condition hold in that scope? As SQL has it: not if it is null. -1 if
 * it failed, which was reported. NULL holds.
 */
int query_holds(
    struct expand *x, struct query *when, const struct scope *scope);

/* The column of that name, or NULL. */
const struct datum *query_datum(
    const struct result *r, uint32_t row, struct slice name);

/* Where a value stands: column is an index. For late messages. */
struct pos query_pos(const struct result *r, uint32_t row, uint32_t column);

/*
 * A text with its values filled in, all of them at once: the same text where it
 * has no value, a copy of its own if `scope` is not NULL. NULL gives NULL.
 */
struct text *expand_text_in(
    struct expand *x, struct text *t, const struct scope *scope);

/* The same as one plain string, for messages, addresses, ids. */
struct slice expand_plain(
    struct expand *x, struct text *t, const struct scope *scope);

#endif
