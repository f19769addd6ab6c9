/* Rows of tables, and the values that stand in texts. Only home of <csv.h>. */
#ifndef RAP_DATA_DATA_H
#define RAP_DATA_DATA_H

#include "model/model.h"

struct rich;

enum cell_kind {
    CELL_PLAIN, /* bytes from a data file: no markup */
    CELL_TEXT, /* a text with inline Markdown, until inline_resolve */
    CELL_LINK, /* one of these that leads to an address, until then */
    CELL_RICH /* its spans, from then on */
};

/* One cell: 16 bytes, since an annex may have a million. */
struct cell {
    union {
        const char *s; /* CELL_PLAIN: n bytes, UTF-8, no NUL promised */
        struct text *text; /* CELL_TEXT */
        struct linked *linked; /* CELL_LINK */
        struct rich *rich; /* CELL_RICH */
    };
    uint32_t n; /* [bytes] of a plain cell */
    uint8_t kind; /* enum cell_kind */
};

/* A cell that leads to an address. */
struct linked {
    struct cell cell; /* CELL_PLAIN or CELL_TEXT */
    struct text *address; /* "https://…", or "#" and an id; not empty */
    struct pos pos; /* of the cell */
};

/* The rows that a table prints, in order. */
struct rows {
    struct cell *cells; /* count * ncolumns, row by row */
    struct pos *pos; /* where each row stands in its file */
    struct slice *identity; /* of each row, the same in every edition: data set
                               and key ("items/Y.4241"); NULL: not known */
    uint8_t *change; /* enum change_mark of inline/doc.h; NULL: no mark */
    double *sorts; /* by query, of a table with expect-order: count * nexpected
                      dates in days and numbers; NAN: what is printed sorts */
    uint32_t count;
    uint32_t ncolumns;
    uint32_t
        data_count; /* what [](#id "rows") prints: an `empty` row is none */
    uint32_t *late; /* by query: of each column, how far after the row's
                       place its cells have theirs; NULL: at it */
    bool failed; /* they are not all there, as was reported */
};

/* The cell at row, column. */
static inline struct cell *data_cell(
    const struct rows *r, uint32_t row, uint32_t column)
{
    return &r->cells[(size_t)row * r->ncolumns + column];
}

/* Where a cell stands, for messages. */
static inline struct pos data_pos(
    const struct rows *r, uint32_t row, uint32_t column)
{
    struct pos at = r->pos[row];
    at.off += r->late ? r->late[column] : 0;
    return at;
}

/*
 * Expand a report in place: fill each value piece of its texts (and of its
 * profile's slots and cover), read the data files that tables name, and give
 * each table its rows. A table without data rows and with `empty` as a mapping
 * gets that one row; with `empty` as text it keeps no row, and the text is
 * printed instead. Reports the data group and goes on.
 */
void data_expand(const struct load *l, struct report *r);

enum data_kind { DATA_NULL, DATA_TEXT, DATA_NUMBER };

/* A value of an answer. */
struct data_value {
    uint8_t kind; /* enum data_kind */
    struct slice s; /* as it is written; empty: null */
};

/* What a query gives. */
struct data_table {
    struct slice *names; /* of the columns */
    uint32_t ncolumns;
    uint32_t nrows;
    struct data_value *values; /* row by row */
};

/*
 * Load the data sets, apply the updates up to the status date, and run a
 * query, which may have $(…) of the report's facts and values. Reports what is
 * wrong with it, in "<query>". NULL if there are errors.
 */
const struct data_table *data_query(
    const struct load *l, struct report *r, struct slice sql);

/* A column of a row that `update` is to change. */
struct data_asked {
    struct slice column;
    struct slice now; /* what it has; empty: nothing */
    bool known; /* there is such a column */
    bool typed; /* a number or date */
};

/* What `update` must know before it writes an entry. */
struct data_ask {
    struct slice dataset, key; /* asked for; the key may be empty */
    struct data_asked *columns; /* of these; unknown ones stay as they are */
    size_t n;
    struct slice key_column; /* empty: there is none */
    bool found; /* there is such a row */
};

/*
 * Load the data sets, apply the updates up to the status date, and answer.
 * Reports as data_expand does, but says nothing of what is not there.
 */
void data_ask(
    const struct load *l, const struct report *r, struct data_ask *ask);

#endif
