/* Inside data: tables' rows, read before the texts' values are filled in. */
#ifndef RAP_DATA_INT_H
#define RAP_DATA_INT_H

#include "data/data.h"

/* What the rows of all tables share. */
struct rows_in {
    const struct load *l;
    int64_t cells; /* of the report, so far */
    bool cells_told; /* their limit was reported */
    char *block; /* of the cells' text */
    size_t block_left;
};

/*
 * Parse the CSV or TSV file `number` into rows of t's columns; never NULL.
 * Reports what is wrong with it, the table's columns among it.
 */
struct rows *data_read_csv(
    struct rows_in *in, const struct table *t, uint32_t number);

/* Count `more` cells of the report; false, reported at `at`, if too many. */
bool data_count_cells(struct rows_in *in, uint32_t more, struct pos at);

/* A copy of a cell's text; short ones stand side by side in blocks. */
struct slice data_copy(struct rows_in *in, const char *s, size_t n);

/* Line breaks and tabs of a plain cell are spaces; returns the new length. */
size_t data_join_lines(char *s, size_t n);

/* Give a table its rows: from its file, as written, or the `empty` one. */
void data_table_rows(struct rows_in *in, struct table *t);

#endif
