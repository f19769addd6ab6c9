/* Inside data: what fills data sets, one function for each kind of file. */
#ifndef RAP_DATA_SETLOAD_INT_H
#define RAP_DATA_SETLOAD_INT_H

#include "data/sets_int.h"

/* A data set that is being filled. */
struct set_loading {
    struct sets *s;
    struct set *set;
    struct load scratch; /* with an arena that goes when the set is filled */
    uint32_t file; /* number of its file */
    sqlite3_stmt *insert;
    struct set_value *values; /* of the row being read, by column */
    bool unnamed; /* the row's key was refused */
    uint64_t cells; /* so far, for the progress line */
};

/* A column as it was found in a file. */
struct set_found {
    struct slice source; /* its name there */
    struct pos at;
};

/*
 * Make the table for the columns that the file has: name them, look for those
 * that the report speaks of. False, with the set bad, if that was reported.
 */
bool set_columns(
    struct set_loading *ld, const struct set_found *found, uint32_t n);

/* Read what may be any file's word for a column into its name in SQL. */
const char *set_sql_name(struct arena *a, struct slice source);

/* Room for so many rows, or one above the limit. */
void set_room(struct set_loading *ld, uint32_t rows);

/* The value of a column in the row being read; false: as set_refuse wants. */
bool set_put(struct set_loading *ld, uint32_t column, struct slice text);

/* Report that value, at its place; it is NULL now. */
void set_refuse(
    struct set_loading *ld, uint32_t column, struct slice text, struct pos at);

/* Take a value back that the reader itself reported. */
void set_drop(struct set_loading *ld, uint32_t column);

/*
 * Insert the row that was read, its values must still be there, and begin the
 * next; columns without a value are NULL. False at the limit of rows.
 */
bool set_row(struct set_loading *ld, struct pos at);

/* How a column that is {in: …} is stored in the end: by its target's type. */
uint8_t set_storage_of(const struct report *r, const struct column_type *type);

/* Can the text be a value of the column? */
bool set_convert(
    const struct set_column *column, struct slice text, struct set_value *out);

/* Report that it cannot. */
void set_report(struct sets *s, const struct set *set,
    const struct set_column *column, struct slice text, struct pos at);

/* Does a double keep all digits of the number? */
bool set_keeps_digits(struct slice number);

/* Once all rows are there: the key is unique, and an index. */
void set_check_key(struct sets *s, struct set *set);

/* Readers of files of each kind. */
void set_read_csv(struct set_loading *ld);
void set_read_yaml(struct set_loading *ld);
void set_read_json(struct set_loading *ld);
void set_read_sqlite(struct set_loading *ld);

/*
 * Rows from a list of mappings of texts. `json`: unquoted values are numbers,
 * which must be what other programs read.
 */
void set_read_nodes(struct set_loading *ld, struct node *root, bool json);

#endif
