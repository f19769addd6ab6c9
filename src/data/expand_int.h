/* Inside data: one expansion of a report, and what its files share. */
#ifndef RAP_DATA_EXPAND_INT_H
#define RAP_DATA_EXPAND_INT_H

#include "data/query_int.h"
#include "model/profile.h"

struct guard;
struct late;
struct printing;
struct trace;

/* How far a field or value is: in order of use, none needs itself. */
enum use_state { USE_NEW, USE_BUSY, USE_DONE, USE_FAILED };

/* A date as it was formatted once: a report has few, many times. */
struct dated {
    struct date date;
    struct slice pattern;
    struct slice s;
};

enum { DATED = 8 };

struct expand {
    const struct load *l;
    struct report *r;
    struct rows_in rows;
    uint8_t *field_states; /* of each field: enum use_state */
    struct slice *fields; /* of each text field: its value */
    uint8_t *value_states; /* of each of r->values: enum use_state */
    struct datum *values;
    struct pos *value_pos; /* the data row that each came from, or {0} */
    struct dated dated[DATED];
    unsigned ndated;
    struct sets *sets; /* NULL: not loaded yet; see expand_sets */
    struct scope nothing; /* a scope without rows: texts in it are copied */
    struct guard *guard; /* what keeps queries within their bounds */
    size_t left_out_cap; /* of r->left_out */
    struct printing *printing; /* printed.c: NULL: there are no data sets */
    struct late *late; /* places that are found when a message names them */
};

/* The data sets, loaded at the first use; the guard with them. */
struct sets *expand_sets(struct expand *x);

/* A new one, its data sets loaded if the report has some. */
struct expand *expand_new(const struct load *l, struct report *r);

/* Has the text values? */
bool expand_has_values(const struct text *t);

/* expand_text_in; `optional`: what the report does not give is only marked. */
struct text *expand_fill(
    struct expand *x, struct text *t, const struct scope *scope, bool optional);

/* The data row that the first value of a text came from, or {0}. */
struct pos expand_origin(const struct text *t);

/* values.c */

/*
 * What a value says, with its type and the data row that it came from (or
 * {0}): for a parameter. False if that was reported.
 */
bool expand_datum(struct expand *x, const struct text *t, const struct piece *p,
    const struct scope *scope, struct datum *out, struct pos *pos);

/* Fill in the text of a fact, once: i is its index in the report's fields. */
void expand_fact(struct expand *x, size_t i);

/* Find one of the report's `values`, once; false if it failed. */
bool expand_value_of(struct expand *x, uint32_t i);

/* Fill in a value of a text; `optional`: what is not given is only marked. */
void expand_piece(struct expand *x, const struct text *t, struct piece *p,
    const struct scope *scope, bool optional, struct load_cursor *cursor);

/* A datum as it is printed; dates by the report's pattern. */
struct slice expand_print(struct expand *x, const struct datum *d);

/* A text's pieces one after another. */
struct slice expand_join(struct arena *a, const struct text *t);

/* The rest of "prefix.rest", or nothing. */
struct slice expand_part(struct slice name, struct slice prefix);

/* Report at byte off of a text; false if the text was reported before. */
bool expand_tell(struct expand *x, const struct text *t, size_t off,
    struct load_cursor *cursor, enum diag_id id, const char *what);

/* A text of one value that has markup of its own, all of it at one place. */
struct text *expand_markup(struct expand *x, struct slice s, struct pos pos);

/* each.c: what stands for each row, or where a condition holds. */

void expand_body(
    struct expand *x, struct body *b, const struct scope *scope, bool optional);
void expand_sections(struct expand *x, struct section **list, uint32_t *n,
    const struct scope *scope);
void expand_notes(struct expand *x, struct note **notes, uint32_t n,
    const struct scope *scope);

/* rules.c: report the rows that the report's own checks find. */
void expand_rules(struct expand *x);

/* queryrows.c: the rows of a table by query. */
struct rows *expand_query_rows(
    struct expand *x, struct table *t, const struct scope *scope);

/* sql.c: SQL as written to what SQLite is given. */

/* Bytes of the SQL and where they stand in the text. */
struct sql_seg {
    uint32_t sql, off;
};

enum token_kind {
    TOKEN_WORD, /* also in double quotes, without these */
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_PARAM, /* ?N of ours */
    TOKEN_OTHER /* an operator, a comma, a bracket */
};

struct token {
    uint8_t kind; /* enum token_kind */
    uint8_t depth; /* of brackets around it, as far as 255 */
    uint32_t param; /* TOKEN_PARAM: index in params */
    uint32_t at; /* in the SQL */
    struct slice s;
};

struct sql {
    struct buf s;
    const struct text *text;
    struct sql_seg *segs;
    size_t segs_cap;
    uint32_t nsegs;
    const struct piece **params; /* ?1, ?2 …: the first piece of each name */
    size_t params_cap;
    uint32_t nparams;
    struct token *tokens;
    size_t tokens_cap;
    uint32_t ntokens;
};

/* Read the SQL of a query; false if it was reported. */
bool sql_read(struct expand *x, const struct query *q, struct sql *out);

/* The offset in the text of byte `at` of the SQL. */
uint32_t sql_off(const struct sql *sql, uint32_t at);

/* Is the token that word, in any case? */
bool sql_is(const struct token *t, const char *word);

/* Has the SELECT an ORDER BY, a LIMIT of its own? */
bool sql_is_ordered(const struct sql *sql);
bool sql_is_limited(const struct sql *sql);

/* Is a row of the SELECT what several rows have in common? */
bool sql_is_grouped(const struct sql *sql);

/* Does it define a table of its own by that name: WITH name AS (…)? */
bool sql_defines(const struct sql *sql, struct slice name);

/* Warn where a column of text is compared with a number. */
struct compiled;
void sql_check_types(struct expand *x, const struct sql *sql,
    const struct compiled *c, const struct scope *scope);

/* guard.c: what queries may do. */

enum { READS_MOST = 256 };

/* A column that a query reads. */
struct read {
    const struct set *set;
    const struct set_column *column; /* NULL: of the history */
};

struct guard {
    struct expand *x;
    sqlite3 *db;
    bool on; /* a query of the report is compiled or run */
    int64_t steps; /* that are left */
    bool out_of_steps, steps_told;
    const char *denied; /* what was refused of the last one; NULL: nothing */
    char denied_name[64];
    bool denied_function;
    struct read reads[READS_MOST]; /* of the last one compiled */
    unsigned nreads;
    const char *failure; /* why a function of ours failed; NULL: it did not */
    const char *failure_hint;
    const struct sql *sql; /* being compiled; NULL: a shorthand */
    sqlite3 *lender; /* of functions; NULL: not used yet */
    struct arena *scratch; /* of the sort keys */
};

/* Put the data sets' database under guard. */
struct guard *guard_new(struct expand *x);

/*
 * A query of the report begins and ends to be compiled or run: `was` keeps
 * what guard_leave restores.
 */
struct guard_was {
    bool on;
    sqlite3_int64 heap;
};
struct guard_was guard_enter(struct guard *g);
void guard_leave(struct guard *g, struct guard_was was);

/* query.c: what is kept of a query from run to run. */

struct param {
    const struct text *text; /* NULL: it is `fixed` */
    const struct piece *piece; /* the one value of the text that it is; NULL:
                                  all of the text */
    struct set_value fixed;
};

struct compiled {
    bool bad; /* it was reported */
    sqlite3_stmt *stmt;
    const char *sql; /* what SQLite was given */
    struct param *params;
    uint32_t nparams;
    struct set_value *bound; /* a condition's, from run to run */
    struct slice *names; /* of the columns */
    struct origin *origins;
    uint32_t ncolumns; /* without the rowid */
    const struct set *set; /* shorthand: the rows are its */
    uint32_t runs;
    struct trace *traces; /* printed.c: what it takes from data sets */
    bool grouped; /* its rows stand for several of a data set */
    bool traced; /* … is known */
    const char *index; /* shorthand: makes an index for its `where`, or NULL */
};

/* The shorthand in SQL (shorthand.c); false if it was reported. */
bool query_shorthand(
    struct expand *x, struct query *q, struct compiled *c, struct buf *sql);

/* Compile a query, unless it is; false if it failed, now or before. */
bool query_compile(struct expand *x, struct query *q, const struct scope *scope,
    unsigned flags);

struct late_run;

/* A run of a query, row by row. */
struct run {
    struct expand *x;
    struct query *q;
    struct compiled *c;
    struct set_value *bound; /* its parameters */
    struct result result; /* one row, whose texts last as long as the row */
    struct datum *row;
    struct pos pos; /* of the row */
    sqlite3_int64 rowid; /* shorthand */
    uint32_t nrows; /* so far */
    struct late_run *late; /* late.c's own */
};

/* False if it failed, which was reported; then it need not be closed. */
bool query_open(struct run *run, struct expand *x, struct query *q,
    const struct scope *scope, unsigned flags);

/* The next row into run->result: 1, 0 at the end, -1 if it failed. */
int query_next(struct run *run);
void query_close(struct run *run);

/* Where a query begins. */
struct pos query_place(const struct expand *x, const struct query *q);

/* Report what SQLite said of a query; sql: what is wrong with that. */
void query_fail(
    struct expand *x, const struct query *q, const struct sql *sql, int rc);

/* late.c: the place of a full query's next row, with one after it for each of
 * its columns. */
struct pos late_row(struct run *run);

#endif
