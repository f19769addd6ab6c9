/*
 * Inside data: data sets, each a table of one SQLite database in memory.
 *
 * The tables have the data sets' names, and the columns of their files in
 * order. Rowids are 1, 2, … in the order of the file. What is empty is NULL.
 */
#ifndef RAP_DATA_SETS_INT_H
#define RAP_DATA_SETS_INT_H

#include "data/data.h"

#include <sqlite3.h>

/* How a value is kept. */
enum set_storage {
    SET_NULL,
    SET_TEXT, /* texts, dates as YYYY-MM-DD, Markdown, allowed values */
    SET_INTEGER,
    SET_REAL
};

/* A value of a data set, as it is bound. */
struct set_value {
    uint8_t storage; /* enum set_storage */
    int64_t i; /* SET_INTEGER */
    double d; /* SET_REAL */
    struct slice s; /* SET_TEXT: borrowed from the text it was made of */
};

struct set;

struct set_column {
    struct slice source; /* its name in the file */
    const char *name; /* … and in SQL: [a-z_][a-z0-9_]* */
    const struct column_type *type; /* NULL: a plain text */
    uint8_t kind; /* enum column_kind of model/model.h */
    uint8_t storage; /* enum set_storage: SET_TEXT, SET_INTEGER, SET_REAL */
    const struct set *in; /* COLUMN_IN: the data set that has its values … */
    uint32_t in_column; /* … and the column there; in NULL: not known */
    const struct slice *choices; /* COLUMN_CHOICE: sorted */
};

struct set_places; /* of values that did not come with their rows */

struct set {
    const struct dataset *def;
    const char *name; /* [a-z][a-z0-9_]* */
    struct set_column *columns;
    uint32_t ncolumns;
    int32_t key; /* the column that names a row, unique; -1: none */
    uint32_t nrows; /* rowids go from 1 to it */
    struct pos *pos; /* of each row, by rowid - 1 */
    size_t pos_cap;
    struct set_places *places;
    uint32_t file; /* its number; 0: not read */
    char separator; /* of a CSV file; '\0': it is another kind of file */
    /*
     * It was reported and has no table, or not all its columns: what a query
     * finds wrong may come from that.
     */
    bool bad;
    bool partial; /* rows were left out, or values are NULL, as reported */
};

/* All data sets of a report. */
struct sets {
    const struct load *l;
    const struct report *report;
    sqlite3 *db; /* closed with the arena */
    struct set *sets; /* in the order of `data:` */
    uint32_t n;
    bool bad, partial; /* some set is */
    struct arena *account; /* whose charge is what SQLite holds */
    sqlite3_int64 charged; /* [bytes] of that */
    sqlite3_int64 before; /* [bytes] that SQLite had when it was opened */
};

/*
 * Load the data sets of a report: read their files, create and fill their
 * tables, check values and keys. Never NULL; there is a database also without
 * data sets. Reports the data group of base/diag_list.h.
 */
struct sets *sets_load(const struct load *l, const struct report *r);

/*
 * Once the updates are in: check that the columns typed {in: …} hold only
 * values of theirs. Reports each other one at its place.
 */
void sets_check(struct sets *s);

/* The data set or column of a name (in SQL), or NULL. */
struct set *sets_find(const struct sets *s, struct slice name);
struct set_column *sets_column(const struct set *set, struct slice name);

/* Add to the last message what could have been meant by an unknown name. */
void sets_hint_set(const struct sets *s, struct slice name);
void sets_hint_column(
    const struct sets *s, const struct set *set, struct slice name);

/* Where a row stands, or what an update last made of it; {0} if none. */
struct pos sets_pos(const struct sets *s, const struct set *set, int64_t rowid);

/* The same for one value of it: column is an index. */
struct pos sets_value_pos(const struct sets *s, const struct set *set,
    int64_t rowid, uint32_t column);

/* Note the place of a row that was added: its rowid is nrows + 1. */
void sets_add_row(struct sets *s, struct set *set, struct pos at);

/* Note that a value of a row now comes from another place. */
void sets_move_value(struct sets *s, struct set *set, int64_t rowid,
    uint32_t column, struct pos at);

/*
 * Make a value for a column of what is written at a place; an empty text is
 * NULL. False, reported at `at`, if the column's type does not allow it; the
 * caller may add a path. Whether an {in: …} holds is for sets_check.
 */
bool sets_value(struct sets *s, const struct set *set,
    const struct set_column *column, struct slice text, struct pos at,
    struct set_value *out);

/* Bind it to parameter number `at`; the text must live until the step. */
void sets_bind(
    struct sets *s, sqlite3_stmt *stmt, int at, const struct set_value *v);

/* Prepare a statement of ours; finished by the caller or with the arena. */
sqlite3_stmt *sets_prepare(struct sets *s, const char *sql);
void sets_finish(struct sets *s, sqlite3_stmt *stmt);

/*
 * The result of a call for which only memory can be lacking: SQLITE_OK, _ROW
 * or _DONE are given back, anything else ends the build.
 */
int sets_result(struct sets *s, int result);

/*
 * Count what SQLite holds by now against the build's memory, and let it take
 * what is left of that at most.
 */
void sets_account(struct sets *s);

#endif
