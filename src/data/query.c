/* Queries: compiled once, run with the values of their $(…), row by row. */
#include "data/expand_int.h"

#include <string.h>

/* Where a query stands, for messages. */
static struct node *node_of(const struct query *q)
{
    /* The scalar is a text's, which only promises not to change it. */
    bool own = q->sql && q->sql->node;
    return own ? (struct node *)(uintptr_t)q->sql->node : q->node;
}

struct pos query_place(const struct expand *x, const struct query *q)
{
    struct load_cursor cursor = {0};
    return q->sql ? model_text_pos(x->l->files, &cursor, q->sql, 0)
                  : q->node->pos;
}

/* Report at a query that failed; it is silent from then on. */
static bool tell(struct expand *x, const struct query *q, enum diag_id id,
    struct pos at, const char *what)
{
    struct node *n = node_of(q);
    if (q->compiled)
        q->compiled->bad = true;
    for (const struct node *up = n; up; up = up->parent) {
        if (up->bad)
            return false;
    }
    diag(x->l->d, id, at, "%s", what);
    if (n) {
        diag_path(x->l->d, load_path(x->l->a, n));
        n->bad = true;
    }
    return true;
}

/* What could have been meant by the name of a column. */
static void hint_column(struct expand *x, struct slice name)
{
    const struct sets *s = x->sets;
    size_t most = 1, n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        most += s->sets[i].ncolumns;
    const char **names = ARENA_ARRAY(x->l->a, most, const char *);
    for (uint32_t i = 0; i < s->n; i++) {
        for (uint32_t k = 0; k < s->sets[i].ncolumns; k++)
            names[n++] = s->sets[i].columns[k].name;
    }
    const char *dot = memchr(name.s, '.', name.n);
    if (dot)
        name = (struct slice){dot + 1, name.n - (size_t)(dot + 1 - name.s)};
    const char *near = n ? str_nearest(name, names) : NULL;
    if (near)
        diag_hint(x->l->d, "did you mean '%s'?", near);
    diag_hint(
        x->l->d, "a text stands in single quotes: '%.*s'", (int)name.n, name.s);
}

/* The rest of a message of SQLite after these words, or nothing. */
static struct slice rest_of(const char *message, const char *words)
{
    size_t n = strlen(words);
    if (strncmp(message, words, n) != 0)
        return (struct slice){0};
    struct slice s = slice_of(message + n);
    /* Some versions go on with a guess of their own. */
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (memcmp(s.s + i, " - ", 3) == 0)
            s.n = i;
    }
    if (s.n > 1 && s.s[0] == '"' && s.s[s.n - 1] == '"')
        s = (struct slice){s.s + 1, s.n - 2};
    return s;
}

/* Report what is wrong with the SQL, in words that do not change by version. */
static void fail_sql(
    struct expand *x, const struct query *q, struct pos at, const char *message)
{
    struct arena *a = x->l->a;
    struct diags *d = x->l->d;
    struct slice table = rest_of(message, "no such table: ");
    struct slice column = rest_of(message, "no such column: ");
    struct slice function = rest_of(message, "no such function: ");
    const struct set *set = table.n ? sets_find(x->sets, table) : NULL;
    if ((set && set->bad) || (column.n && x->sets->bad)) {
        q->compiled->bad = true; /* that was reported */
        return;
    }
    if (table.n &&
        tell(x, q, D_QUERY, at,
            arena_printf(a, "there is no data set %s", diag_quote(d, table))))
        sets_hint_set(x->sets, table);
    else if (column.n &&
        tell(x, q, D_QUERY, at,
            arena_printf(a, "there is no column %s", diag_quote(d, column))))
        hint_column(x, column);
    else if (function.n &&
        tell(x, q, D_QUERY, at,
            arena_printf(
                a, "there is no function %s", diag_quote(d, function))))
        diag_hint(d, "the functions of SQLite's core are there");
    else if (!table.n && !column.n && !function.n)
        tell(x, q, D_QUERY, at, arena_printf(a, "in SQL: %s", message));
}

/* Report what the guard has refused. */
static void fail_denied(struct expand *x, const struct query *q, struct pos at)
{
    const struct guard *g = x->guard;
    struct slice name = slice_of(g->denied_name);
    bool read = strncmp(g->denied, "read", 4) == 0;
    const char *what = !name.n       ? ""
        : read || g->denied_function ? diag_quote(x->l->d, name)
                                     : g->denied_name;
    if (!tell(x, q, D_QUERY_FORBIDDEN, at,
            arena_printf(x->l->a, "a query may not %s%s%s", g->denied,
                name.n ? " " : "", what)))
        return;
    if (read)
        diag_hint(x->l->d, "it reads the report's data sets alone");
    else if (g->denied_function)
        diag_hint(x->l->d, "what it says depends on the report's data alone");
    else
        diag_hint(x->l->d, "a query is one SELECT over the data sets");
}

static bool fail_limit(
    struct expand *x, const struct query *q, struct pos at, int rc)
{
    struct arena *a = x->l->a;
    const struct limits *l = x->l->limits;
    enum diag_id id = D_LIMIT_QUERY_STEPS;
    const char *what, *name;
    if (x->guard->out_of_steps) {
        name = "query-steps";
        what = arena_printf(a,
            "the queries of the report take more than %lld steps",
            (long long)l->query_steps);
    } else if (rc == SQLITE_NOMEM) {
        id = D_LIMIT_QUERY_MEMORY;
        name = "query-memory";
        what = arena_printf(a, "a query needs more than %lld bytes of memory",
            (long long)l->query_memory);
    } else if (rc == SQLITE_TOOBIG) {
        id = D_LIMIT_CELL;
        name = "cell";
        what = "a text in a query is too long";
    } else {
        return false;
    }
    if (x->guard->out_of_steps && x->guard->steps_told) {
        q->compiled->bad = true; /* one message is enough */
        return true;
    }
    x->guard->steps_told = x->guard->out_of_steps;
    if (tell(x, q, id, at, what))
        diag_hint(x->l->d, "--limit %s=N raises this limit", name);
    return true;
}

/* Where SQLite found something wrong. */
static struct pos place_of(
    struct expand *x, const struct query *q, const struct sql *sql)
{
    int at = sql ? sqlite3_error_offset(x->sets->db) : -1;
    if (!sql)
        return query_place(x, q);
    struct load_cursor cursor = {0};
    uint32_t off = at < 0 ? 0 : sql_off(sql, (uint32_t)at);
    return model_text_pos(x->l->files, &cursor, sql->text, off);
}

/* Was the ')' that is put after a condition not to be there? */
static bool is_unfinished(
    const struct expand *x, const struct query *q, const struct sql *sql)
{
    int at = sqlite3_error_offset(x->sets->db);
    return q->condition && at >= 0 && (size_t)at + 1 == sql->s.n;
}

void query_fail(
    struct expand *x, const struct query *q, const struct sql *sql, int rc)
{
    struct guard *g = x->guard;
    struct pos at = place_of(x, q, sql);
    const char *message = sqlite3_errmsg(x->sets->db);
    if (fail_limit(x, q, at, rc & 0xff))
        return;
    if (g->denied) {
        fail_denied(x, q, at);
    } else if (g->failure) {
        if (tell(x, q, D_QUERY_FAILED, at, g->failure) && g->failure_hint)
            diag_hint(x->l->d, "%s", g->failure_hint);
    } else if (sql) {
        bool more = is_unfinished(x, q, sql);
        fail_sql(
            x, q, at, more ? "incomplete input, or one ')' too many" : message);
    } else {
        tell(x, q, D_QUERY_FAILED, at,
            arena_printf(x->l->a, "the query failed: %s", message));
    }
}

/* Is it a SELECT, as far as its first word says? */
static bool begins_well(
    struct expand *x, const struct query *q, const struct sql *sql)
{
    static const char *const WORDS[] = {"select", "with", "values"};
    const struct token *first = sql->tokens;
    for (size_t i = 0; sql->ntokens && i < sizeof WORDS / sizeof *WORDS; i++) {
        if (sql_is(first, WORDS[i]))
            return true;
    }
    struct load_cursor cursor = {0};
    struct pos at = model_text_pos(x->l->files, &cursor, sql->text,
        sql->ntokens ? sql_off(sql, first->at) : 0);
    if (!sql->ntokens)
        tell(x, q, D_QUERY, at, "there is no SELECT in this query");
    else if (tell(x, q, D_QUERY_FORBIDDEN, at,
                 arena_printf(x->l->a,
                     "a query begins with SELECT, not with %s",
                     diag_quote(x->l->d, first->s))))
        diag_hint(x->l->d, "it only reads the report's data sets");
    return false;
}

/* Does anything but a semicolon follow the statement? */
static bool ends_well(struct expand *x, const struct query *q,
    const struct sql *sql, const char *tail)
{
    uint32_t end = (uint32_t)(tail - sql->s.s);
    for (uint32_t i = 0; i < sql->ntokens; i++) {
        const struct token *t = &sql->tokens[i];
        if (t->at < end || slice_is(t->s, ";"))
            continue;
        struct load_cursor cursor = {0};
        struct pos at = model_text_pos(
            x->l->files, &cursor, sql->text, sql_off(sql, t->at));
        if (tell(x, q, D_QUERY_FORBIDDEN, at, "a second statement in a query"))
            diag_hint(x->l->d, "a query is one SELECT");
        return false;
    }
    return true;
}

static bool prepare(struct expand *x, struct query *q, struct compiled *c,
    const char *text, const struct sql *sql)
{
    const char *tail = text;
    x->guard->sql = sql;
    struct guard_was was = guard_enter(x->guard);
    int rc = sqlite3_prepare_v3(
        x->sets->db, text, -1, SQLITE_PREPARE_PERSISTENT, &c->stmt, &tail);
    guard_leave(x->guard, was);
    x->guard->sql = NULL;
    c->sql = text;
    if (rc != SQLITE_OK || !c->stmt)
        query_fail(x, q, sql, rc);
    else if (sql && !q->condition && !ends_well(x, q, sql, tail))
        c->bad = true;
    return !c->bad;
}

/* Where a column of the statement comes from. */
static struct origin origin_of(
    const struct expand *x, sqlite3_stmt *stmt, int i)
{
    const char *table = sqlite3_column_table_name(stmt, i);
    const char *name = sqlite3_column_origin_name(stmt, i);
    struct set *set = table ? sets_find(x->sets, slice_of(table)) : NULL;
    struct set_column *c =
        set && name ? sets_column(set, slice_of(name)) : NULL;
    if (!c)
        return (struct origin){0};
    return (struct origin){set, (uint32_t)(c - set->columns)};
}

static void read_columns(struct expand *x, struct compiled *c)
{
    struct arena *a = x->l->a;
    c->ncolumns = (uint32_t)sqlite3_column_count(c->stmt) - (c->set != NULL);
    c->names = ARENA_ARRAY(a, c->ncolumns, struct slice);
    c->origins = ARENA_ARRAY(a, c->ncolumns, struct origin);
    for (uint32_t i = 0; i < c->ncolumns; i++) {
        const char *name = sqlite3_column_name(c->stmt, (int)i);
        c->names[i] = slice_of(arena_strndup(a, name, strlen(name)));
        c->origins[i] = origin_of(x, c->stmt, (int)i);
    }
}

/* The order of rows is the query's own affair: say so. */
static void check_order(struct expand *x, const struct query *q,
    const struct sql *sql, unsigned flags)
{
    bool wanted = flags & QUERY_ONE_ROW ? sql_is_limited(sql)
                                        : !(flags & QUERY_ANY_ORDER);
    if (q->condition || !wanted || sql_is_ordered(sql))
        return;
    struct load_cursor cursor = {0};
    if (expand_tell(x, q->sql, 0, &cursor, D_QUERY_ORDER,
            "this query has no ORDER BY: its rows may come in any order"))
        diag_hint(x->l->d, "order by rowid is the order of the data set");
}

/* The values of a SELECT become its parameters; false if one is not known. */
static bool read_params(struct expand *x, struct compiled *c,
    const struct sql *sql, const struct scope *scope)
{
    bool known = true;
    c->nparams = sql->nparams;
    c->params = ARENA_ARRAY(x->l->a, sql->nparams, struct param);
    for (uint32_t i = 0; i < sql->nparams; i++) {
        struct datum d;
        struct pos pos;
        c->params[i].text = sql->text;
        c->params[i].piece = sql->params[i];
        known = expand_datum(x, sql->text, sql->params[i], scope, &d, &pos) &&
            known;
    }
    return known;
}

static bool compile_sql(struct expand *x, struct query *q, struct compiled *c,
    const struct scope *scope, unsigned flags)
{
    struct sql sql;
    for (const struct node *up = node_of(q); up; up = up->parent) {
        if (up->bad)
            return false;
    }
    if (!sql_read(x, q, &sql) || (!q->condition && !begins_well(x, q, &sql)) ||
        !read_params(x, c, &sql, scope) || !prepare(x, q, c, sql.s.s, &sql))
        return false;
    read_columns(x, c);
    c->grouped = sql_is_grouped(&sql);
    check_order(x, q, &sql, flags);
    sql_check_types(x, &sql, c, scope);
    return true;
}

static bool compile_shorthand(
    struct expand *x, struct query *q, struct compiled *c)
{
    struct buf sql = buf_new(x->l->a);
    if (!query_shorthand(x, q, c, &sql) || !prepare(x, q, c, sql.s, NULL))
        return false;
    read_columns(x, c);
    return true;
}

bool query_compile(struct expand *x, struct query *q, const struct scope *scope,
    unsigned flags)
{
    if (q->compiled)
        return !q->compiled->bad;
    expand_sets(x);
    struct compiled *c = q->compiled = ARENA_NEW(x->l->a, struct compiled);
    if (!q->sql && !q->from.n)
        c->bad = true;
    else if (!(q->sql ? compile_sql(x, q, c, scope, flags)
                      : compile_shorthand(x, q, c)))
        c->bad = true;
    return !c->bad;
}

/* The value of a parameter in that scope; false if it was reported. */
static bool value_of(struct expand *x, const struct param *p,
    const struct scope *scope, struct set_value *out)
{
    struct datum d;
    struct pos pos;
    if (!p->text) {
        *out = p->fixed;
    } else if (p->piece) {
        if (!expand_datum(x, p->text, p->piece, scope, &d, &pos))
            return false;
        *out = d.value;
    } else {
        struct slice s = expand_plain(
            x, (struct text *)(uintptr_t)p->text, scope ? scope : &x->nothing);
        *out = (struct set_value){.storage = s.n ? SET_TEXT : SET_NULL, .s = s};
    }
    return true;
}

/* A condition is asked often, and its values are not asked for again. */
static struct set_value *room_for_values(struct run *run)
{
    struct compiled *c = run->c;
    if (c->bound && run->q->condition)
        return c->bound;
    return c->bound = ARENA_ARRAY(run->x->l->a, c->nparams, struct set_value);
}

static bool bind(struct run *run, const struct scope *scope)
{
    struct compiled *c = run->c;
    run->bound = room_for_values(run);
    for (uint32_t i = 0; i < c->nparams; i++) {
        if (!value_of(run->x, &c->params[i], scope, &run->bound[i]))
            return false;
        sets_bind(run->x->sets, c->stmt, (int)i + 1, &run->bound[i]);
    }
    return true;
}

/* A query that is run often for some of many rows gets an index. */
static void make_index(struct run *run)
{
    enum { RUNS = 3, ROWS = 200 };
    struct compiled *c = run->c;
    if (!c->index || c->runs++ < RUNS || c->set->nrows < ROWS)
        return;
    struct guard *g = run->x->guard;
    bool on = g->on;
    g->on = false;
    /* Without it the query only takes longer. */
    sqlite3_exec(run->x->sets->db, c->index, NULL, NULL, NULL);
    g->on = on;
    c->index = NULL;
}

bool query_open(struct run *run, struct expand *x, struct query *q,
    const struct scope *scope, unsigned flags)
{
    *run = (struct run){.x = x, .q = q};
    if (!query_compile(x, q, scope, flags))
        return false;
    struct compiled *c = run->c = q->compiled;
    make_index(run);
    sqlite3_reset(c->stmt);
    if (!bind(run, scope))
        return false;
    if (!q->condition)
        run->row = ARENA_ARRAY(x->l->a, c->ncolumns, struct datum);
    run->result = (struct result){.query = q,
        .sets = x->sets,
        .set = c->set,
        .names = c->names,
        .origins = c->origins,
        .ncolumns = c->ncolumns,
        .nrows = 1,
        .data = run->row,
        .pos = &run->pos,
        .rowids = &run->rowid};
    return true;
}

void query_close(struct run *run)
{
    sqlite3_reset(run->c->stmt);
}

/* Report a text that may not be printed; what stands for it is sound. */
static struct slice check_text(struct run *run, uint32_t column, struct slice s)
{
    const struct load *l = run->x->l;
    for (size_t i = 0; i < s.n;) {
        unsigned char byte = (unsigned char)s.s[i];
        if (byte >= 0x20 && byte < 0x7f) {
            i++;
            continue;
        }
        uint32_t cp;
        size_t n = utf8_decode(s.s + i, s.n - i, &cp);
        if (n && (utf8_allowed(cp) || cp == '\r')) {
            i += n;
            continue;
        }
        struct pos at =
            files_place(l->files, query_pos(&run->result, 0, column));
        if (n)
            load_report_character(l, at, cp);
        else
            diag(l->d, D_ENCODING, at,
                "a value of the column '%.*s' is not UTF-8",
                (int)run->c->names[column].n, run->c->names[column].s);
        return SLICE("?");
    }
    return s;
}

static struct datum read_value(struct run *run, uint32_t i)
{
    sqlite3_stmt *stmt = run->c->stmt;
    const struct origin *o = &run->c->origins[i];
    struct datum d = {.kind = COLUMN_TEXT};
    if (o->set)
        d.kind = o->set->columns[o->column].kind;
    int type = sqlite3_column_type(stmt, (int)i);
    if (type == SQLITE_INTEGER) {
        d.value.storage = SET_INTEGER;
        d.value.i = sqlite3_column_int64(stmt, (int)i);
        d.kind = COLUMN_INTEGER;
    } else if (type == SQLITE_FLOAT) {
        d.value.storage = SET_REAL;
        d.value.d = sqlite3_column_double(stmt, (int)i);
        d.kind = COLUMN_NUMBER;
    } else if (type != SQLITE_NULL) {
        const char *s = (const char *)sqlite3_column_text(stmt, (int)i);
        struct slice text = {s, (size_t)sqlite3_column_bytes(stmt, (int)i)};
        d.value.storage = SET_TEXT;
        d.value.s = s ? check_text(run, i, text) : SLICE("");
    }
    return d;
}

/* Is the row within the limits? */
static bool check_row(struct run *run)
{
    const struct load *l = run->x->l;
    int64_t most = l->limits->rows;
    if (run->nrows > most) {
        if (tell(run->x, run->q, D_LIMIT_ROWS, query_place(run->x, run->q),
                arena_printf(l->a, "the query gives more than %lld rows",
                    (long long)most)))
            diag_hint(l->d, "--limit rows=N raises this limit");
        return false;
    }
    for (uint32_t i = 0; i < run->c->ncolumns; i++) {
        const struct set_value *v = &run->row[i].value;
        if (v->storage != SET_TEXT || (int64_t)v->s.n <= l->limits->cell)
            continue;
        if (tell(run->x, run->q, D_LIMIT_CELL, query_place(run->x, run->q),
                arena_printf(l->a, "a value of %zu bytes, more than %lld",
                    v->s.n, (long long)l->limits->cell)))
            diag_hint(l->d, "--limit cell=N raises this limit");
        return false;
    }
    return true;
}

int query_next(struct run *run)
{
    struct compiled *c = run->c;
    struct guard_was was = guard_enter(run->x->guard);
    int rc = sqlite3_step(c->stmt);
    guard_leave(run->x->guard, was);
    if (rc == SQLITE_DONE)
        return 0;
    if (rc != SQLITE_ROW) {
        query_fail(run->x, run->q, NULL, rc);
        return -1;
    }
    if (c->set) {
        run->rowid = sqlite3_column_int64(c->stmt, (int)c->ncolumns);
        run->pos = sets_pos(run->x->sets, c->set, run->rowid);
    } else {
        run->pos = late_row(run);
    }
    for (uint32_t i = 0; i < c->ncolumns; i++)
        run->row[i] = read_value(run, i);
    run->nrows++;
    return check_row(run) ? 1 : -1;
}

struct pos query_pos(const struct result *r, uint32_t row, uint32_t column)
{
    struct pos at = r->pos[row];
    if (at.file == FILE_LATE)
        at.off += column + 1;
    else if (r->set)
        at = sets_value_pos(r->sets, r->set, r->rowids[row], column);
    return at;
}

const struct datum *query_datum(
    const struct result *r, uint32_t row, struct slice name)
{
    for (uint32_t i = 0; i < r->ncolumns; i++) {
        if (slice_eq(r->names[i], name))
            return &r->data[(size_t)row * r->ncolumns + i];
    }
    return NULL;
}

/* Room for the rows of a result. */
struct room {
    size_t data, pos, rowids;
};

static void keep_row(struct run *run, struct result *r, struct room *room)
{
    struct arena *a = run->x->l->a;
    size_t n = r->nrows, columns = r->ncolumns;
    r->data =
        arena_grow(a, r->data, &room->data, (n + 1) * columns, sizeof *r->data);
    r->pos = arena_grow(a, r->pos, &room->pos, n + 1, sizeof *r->pos);
    r->rowids =
        arena_grow(a, r->rowids, &room->rowids, n + 1, sizeof *r->rowids);
    for (size_t i = 0; i < columns; i++) {
        struct datum *d = &r->data[n * columns + i];
        *d = run->row[i];
        if (d->value.storage == SET_TEXT)
            d->value.s.s = arena_strndup(a, d->value.s.s, d->value.s.n);
    }
    r->pos[n] = run->pos;
    r->rowids[n] = run->rowid;
    r->nrows++;
}

const struct result *query_run(struct expand *x, struct query *q,
    const struct scope *scope, unsigned flags)
{
    struct run run;
    if (!query_open(&run, x, q, scope, flags))
        return NULL;
    struct result *r = ARENA_NEW(x->l->a, struct result);
    struct room room = {0};
    *r = run.result;
    r->nrows = 0;
    r->data = NULL;
    r->pos = NULL;
    r->rowids = NULL;
    int more = 1;
    while (more > 0 && !(flags & QUERY_ONE_ROW && r->nrows == 2)) {
        more = query_next(&run);
        if (more > 0)
            keep_row(&run, r, &room);
    }
    query_close(&run);
    return more < 0 ? NULL : r;
}

int query_holds(struct expand *x, struct query *when, const struct scope *scope)
{
    if (!when)
        return 1;
    struct run run;
    if (!query_open(&run, x, when, scope, 0))
        return -1;
    struct guard_was was = guard_enter(x->guard);
    int rc = sqlite3_step(run.c->stmt);
    guard_leave(x->guard, was);
    int holds = 0;
    if (rc == SQLITE_ROW)
        holds = sqlite3_column_type(run.c->stmt, 0) != SQLITE_NULL &&
            sqlite3_column_double(run.c->stmt, 0) != 0;
    else
        query_fail(x, when, NULL, rc), holds = -1;
    query_close(&run);
    return holds;
}
