/* What queries may do: an allow-list, limits, a clock that stands still. */
#include "data/expand_int.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEPS_BETWEEN = 1000, /* looks at their limit */
    LARGE = 8 << 10, /* [bytes] of one allocation: it is counted as steps */
    LENT_ARGS = 16, /* of a function that is looked at first */
    CELLS_ROW = 2 /* the longest row or text of a query, in `cell` limits */
};

/* Functions that a query may use, sorted. */
static const char *const FUNCTIONS[] = {"abs", "avg", "ceil", "ceiling", "char",
    "coalesce", "concat", "concat_ws", "count", "cume_dist", "current_date",
    "current_time", "current_timestamp", "date", "datetime", "dense_rank",
    "first_value", "floor", "format", "glob", "group_concat", "ifnull", "iif",
    "instr", "julianday", "lag", "last_value", "lead", "length", "like",
    "lower", "ltrim", "max", "min", "mod", "natural", "nth_value", "ntile",
    "nullif", "percent_rank", "printf", "rank", "replace", "round",
    "row_number", "rtrim", "sign", "strftime", "string_agg", "substr",
    "substring", "sum", "time", "total", "trim", "trunc", "typeof", "unicode",
    "unixepoch", "upper"};

static int compare_names(const void *name, const void *item)
{
    return sqlite3_stricmp(name, *(const char *const *)item);
}

static bool is_allowed(const char *function)
{
    return bsearch(function, FUNCTIONS, sizeof FUNCTIONS / sizeof *FUNCTIONS,
               sizeof *FUNCTIONS, compare_names) != NULL;
}

/* What is asked for in the words of SQL; NULL: by its name. */
static const char *action_name(int action)
{
    static const struct {
        int action;
        const char *name;
    } NAMES[] = {{SQLITE_ATTACH, "ATTACH"}, {SQLITE_DETACH, "DETACH"},
        {SQLITE_PRAGMA, "PRAGMA"}, {SQLITE_INSERT, "INSERT"},
        {SQLITE_UPDATE, "UPDATE"}, {SQLITE_DELETE, "DELETE"},
        {SQLITE_TRANSACTION, "transactions"}, {SQLITE_SAVEPOINT, "SAVEPOINT"},
        {SQLITE_REINDEX, "REINDEX"}, {SQLITE_ANALYZE, "ANALYZE"},
        {SQLITE_ALTER_TABLE, "ALTER"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (NAMES[i].action == action)
            return NAMES[i].name;
    }
    return "anything but SELECT";
}

static int deny(struct guard *g, const char *what, const char *name)
{
    if (!g->denied) {
        g->denied = what;
        g->denied_name[0] = '\0';
        if (name)
            sqlite3_snprintf(
                (int)sizeof g->denied_name, g->denied_name, "%s", name);
    }
    return SQLITE_DENY;
}

/* "items_history", of the updates of "items". */
static const struct set *history_of(const struct sets *sets, struct slice name)
{
    static const char end[] = "_history";
    const size_t n = sizeof end - 1;
    if (name.n <= n || memcmp(name.s + name.n - n, end, n) != 0)
        return NULL;
    return sets_find(sets, (struct slice){name.s, name.n - n});
}

static void note_read(
    struct guard *g, const struct set *set, const struct set_column *column)
{
    for (unsigned i = 0; i < g->nreads; i++) {
        if (g->reads[i].set == set && g->reads[i].column == column)
            return;
    }
    if (g->nreads < READS_MOST)
        g->reads[g->nreads++] = (struct read){set, column};
}

static int may_read(
    struct guard *g, const char *table, const char *column, const char *db)
{
    struct slice name = slice_of(table);
    struct set *set = sets_find(g->x->sets, name);
    if (db && sqlite3_stricmp(db, "main") != 0)
        return deny(g, "read", table);
    if (!*column && g->sql && sql_defines(g->sql, name))
        return SQLITE_OK;
    if (set) {
        note_read(g, set, sets_column(set, slice_of(column)));
        return SQLITE_OK;
    }
    return history_of(g->x->sets, name) ? SQLITE_OK : deny(g, "read", table);
}

static int authorize(void *data, int action, const char *one, const char *two,
    const char *db, const char *inner)
{
    struct guard *g = data;
    (void)inner;
    if (!g->on || action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    if (action == SQLITE_READ)
        return may_read(g, one, two, db);
    if (action == SQLITE_FUNCTION) {
        if (is_allowed(two))
            return SQLITE_OK;
        g->denied_function = true;
        return deny(g, "use the function", two);
    }
    /* What a SELECT has SQLite write there is a table that is none of ours. */
    if (one && sqlite3_strnicmp(one, "sqlite_", 7) == 0)
        return deny(g, "read tables that are no data sets", NULL);
    return deny(g, "use", action_name(action));
}

/* Called every so many steps; not 0 ends the query. */
static int count_steps(void *data)
{
    struct guard *g = data;
    if (!g->on)
        return 0;
    int used, largest;
    /* What is copied takes its time, too. */
    sqlite3_status(SQLITE_STATUS_MALLOC_SIZE, &used, &largest, true);
    g->steps -= STEPS_BETWEEN;
    if (largest > LARGE)
        g->steps -= (int64_t)STEPS_BETWEEN * (largest / LARGE);
    if (g->steps >= 0)
        return 0;
    g->out_of_steps = true;
    return 1;
}

static void fail(
    struct guard *g, sqlite3_context *ctx, const char *what, const char *hint)
{
    g->failure = what;
    g->failure_hint = hint;
    sqlite3_result_error(ctx, what, -1);
}

/*
 * A function of SQLite's that is looked at first: it is called where no guard
 * is, by a statement of another database.
 */
struct lent {
    struct guard *g;
    const char *name;
    int time; /* dates: the argument that is a time, from 0; else -1 … */
    bool search; /* … and it takes the longer for long texts, else a format */
    sqlite3_stmt *stmts[LENT_ARGS + 1]; /* by number of arguments */
};

static void free_scratch(void *data)
{
    arena_free(data);
}

static void close_lender(void *data)
{
    struct guard *g = data;
    sqlite3_stmt *stmt;
    while (g->lender && (stmt = sqlite3_next_stmt(g->lender, NULL)) != NULL)
        sqlite3_finalize(stmt);
    sqlite3_close(g->lender);
}

static sqlite3_stmt *lent_stmt(struct lent *f, int n)
{
    if (f->stmts[n])
        return f->stmts[n];
    struct guard *g = f->g;
    if (!g->lender && sqlite3_open(":memory:", &g->lender) != SQLITE_OK)
        return NULL;
    sqlite3_limit(g->lender, SQLITE_LIMIT_LENGTH,
        sqlite3_limit(g->db, SQLITE_LIMIT_LENGTH, -1));
    char sql[64 + 4 * LENT_ARGS];
    int at = (int)strlen(
        sqlite3_snprintf((int)sizeof sql, sql, "SELECT %s(", f->name));
    for (int i = 0; i < n; i++)
        at += (int)strlen(
            sqlite3_snprintf((int)sizeof sql - at, sql + at, i ? ", ?" : "?"));
    sqlite3_snprintf((int)sizeof sql - at, sql + at, ")");
    sqlite3_prepare_v3(
        g->lender, sql, -1, SQLITE_PREPARE_PERSISTENT, &f->stmts[n], NULL);
    return f->stmts[n];
}

static bool is_text(sqlite3_value *v, const char *text)
{
    const char *s = sqlite3_value_type(v) == SQLITE_TEXT
        ? (const char *)sqlite3_value_text(v)
        : NULL;
    return s && sqlite3_stricmp(s, text) == 0;
}

/* The status date as queries have it, or NULL. */
static const char *status_date(struct guard *g, char out[16])
{
    const struct field *f = model_field(g->x->r, SLICE("status-date"));
    if (!f || !f->given || !f->from.year)
        return NULL;
    return sqlite3_snprintf(
        16, out, "%04d-%02d-%02d", f->from.year, f->from.month, f->from.day);
}

/* Bind what a date function was given; false if that may not be. */
static bool bind_dates(struct lent *f, sqlite3_context *ctx, sqlite3_stmt *stmt,
    int n, int given, sqlite3_value **v)
{
    struct guard *g = f->g;
    char today[16];
    for (int i = 0; i < n; i++) {
        if (i == f->time && (i >= given || is_text(v[i], "now"))) {
            const char *date = status_date(g, today);
            if (!date) {
                fail(g, ctx,
                    "the clock of queries is the status date, and the report "
                    "gives none",
                    "add 'status-date' to 'report'");
                return false;
            }
            sqlite3_bind_text(stmt, i + 1, date, -1, SQLITE_TRANSIENT);
            continue;
        }
        if (i > f->time &&
            (is_text(v[i], "localtime") || is_text(v[i], "utc"))) {
            fail(g, ctx, "a query knows no time zone",
                "leave 'localtime' and 'utc' out");
            return false;
        }
        sqlite3_bind_value(stmt, i + 1, v[i]);
    }
    return true;
}

/* Does a format ask for no more than 99 characters at a time? */
static bool is_modest(const char *format)
{
    for (const char *s = format; s && *s; s++) {
        if (*s != '%')
            continue;
        unsigned digits = 0;
        for (s++; *s && strchr("-+ 0#!,.*123456789", *s); s++) {
            bool digit = *s >= '0' && *s <= '9';
            digits = digit ? digits + 1 : 0;
            if (*s == '*' || digits > 2)
                return false;
        }
        if (!*s)
            break;
    }
    return true;
}

/* Count what a search takes; false if that is too much. */
static bool count_search(
    struct guard *g, sqlite3_context *ctx, int n, sqlite3_value **v)
{
    enum { BYTES_STEP = 64 }; /* looked at in the time of a step */
    int64_t bytes = n ? sqlite3_value_bytes(v[0]) : 0;
    g->steps -= bytes * (n > 1 ? sqlite3_value_bytes(v[1]) : 1) / BYTES_STEP;
    if (g->steps >= 0)
        return true;
    g->out_of_steps = true;
    sqlite3_result_error(ctx, "too many steps", -1);
    return false;
}

static bool bind_others(struct lent *f, sqlite3_context *ctx,
    sqlite3_stmt *stmt, int n, sqlite3_value **v)
{
    if (f->search && !count_search(f->g, ctx, n, v))
        return false;
    if (!f->search && n && !is_modest((const char *)sqlite3_value_text(v[0]))) {
        fail(f->g, ctx, "a format with a width that is not from 1 to 99", NULL);
        return false;
    }
    for (int i = 0; i < n; i++)
        sqlite3_bind_value(stmt, i + 1, v[i]);
    return true;
}

/* Give back what the lent function has given. */
static void give(sqlite3_context *ctx, sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);
    if (rc != SQLITE_ROW)
        sqlite3_result_error_code(ctx, rc);
    else if (sqlite3_column_type(stmt, 0) == SQLITE_TEXT)
        sqlite3_result_text(ctx, (const char *)sqlite3_column_text(stmt, 0),
            sqlite3_column_bytes(stmt, 0), SQLITE_TRANSIENT);
    else if (sqlite3_column_type(stmt, 0) == SQLITE_INTEGER)
        sqlite3_result_int64(ctx, sqlite3_column_int64(stmt, 0));
    else if (sqlite3_column_type(stmt, 0) == SQLITE_FLOAT)
        sqlite3_result_double(ctx, sqlite3_column_double(stmt, 0));
}

static void call_lent(sqlite3_context *ctx, int given, sqlite3_value **v)
{
    struct lent *f = sqlite3_user_data(ctx);
    int n = given > f->time ? given : f->time + 1;
    if (given < f->time || n > LENT_ARGS) {
        fail(f->g, ctx, "a function with too few or too many arguments", NULL);
        return;
    }
    sqlite3_stmt *stmt = lent_stmt(f, n);
    if (!stmt) {
        sqlite3_result_error_nomem(ctx);
        return;
    }
    if (f->time < 0 ? bind_others(f, ctx, stmt, n, v)
                    : bind_dates(f, ctx, stmt, n, given, v))
        give(ctx, stmt);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

/* A sort key to be made, where memory may run out. */
struct keying {
    struct guard *g;
    struct slice text, key;
};

static void make_key(void *data)
{
    struct keying *k = data;
    k->key = uni_sort_key(k->g->scratch, k->text, k->g->x->r->language);
}

/* natural(text): what stands for it in ORDER BY. */
static void call_natural(sqlite3_context *ctx, int n, sqlite3_value **v)
{
    (void)n;
    struct guard *g = sqlite3_user_data(ctx);
    const char *s = (const char *)sqlite3_value_text(v[0]);
    if (!s) /* null */
        return;
    struct keying k = {g, {s, (size_t)sqlite3_value_bytes(v[0])}, {0}};
    if (arena_try(g->scratch, make_key, &k))
        sqlite3_result_blob(ctx, k.key.s, (int)k.key.n, SQLITE_TRANSIENT);
    else
        sqlite3_result_error_nomem(ctx);
    arena_reset(g->scratch);
}

/* Functions that are lent; args: -1 for any number. */
static const struct {
    const char *name;
    const char *sql; /* what it is where it is lent from */
    int args, time;
    bool search;
} LENT[] = {{"date", "date", -1, 0, false}, {"time", "time", -1, 0, false},
    {"datetime", "datetime", -1, 0, false},
    {"julianday", "julianday", -1, 0, false},
    {"unixepoch", "unixepoch", -1, 0, false},
    {"strftime", "strftime", -1, 1, false},
    {"current_date", "date", 0, 0, false},
    {"current_time", "time", 0, 0, false},
    {"current_timestamp", "datetime", 0, 0, false},
    {"printf", "printf", -1, -1, false}, {"format", "printf", -1, -1, false},
    {"like", "like", 2, -1, true}, {"like", "like", 3, -1, true},
    {"glob", "glob", 2, -1, true}, {"instr", "instr", 2, -1, true},
    {"replace", "replace", 3, -1, true}, {"length", "length", 1, -1, true},
    {"upper", "upper", 1, -1, true}, {"lower", "lower", 1, -1, true},
    {"trim", "trim", 1, -1, true}, {"trim", "trim", 2, -1, true},
    {"ltrim", "ltrim", 1, -1, true}, {"ltrim", "ltrim", 2, -1, true},
    {"rtrim", "rtrim", 1, -1, true}, {"rtrim", "rtrim", 2, -1, true},
    {"substr", "substr", 2, -1, true}, {"substr", "substr", 3, -1, true},
    {"substring", "substr", 2, -1, true}, {"substring", "substr", 3, -1, true}};

static void add_functions(struct guard *g)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < sizeof LENT / sizeof *LENT; i++) {
        struct lent *f = ARENA_NEW(g->x->l->a, struct lent);
        *f = (struct lent){.g = g,
            .name = LENT[i].sql,
            .time = LENT[i].time,
            .search = LENT[i].search};
        sets_result(g->x->sets,
            sqlite3_create_function_v2(g->db, LENT[i].name, LENT[i].args, flags,
                f, call_lent, NULL, NULL, NULL));
    }
    sets_result(g->x->sets,
        sqlite3_create_function_v2(
            g->db, "natural", 1, flags, g, call_natural, NULL, NULL, NULL));
}

static void set_limits(struct guard *g)
{
    const struct limits *l = g->x->l->limits;
    const int64_t longest = l->cell * CELLS_ROW;
    const struct {
        int limit, value;
    } LIMITS[] = {{SQLITE_LIMIT_LENGTH, (int)longest},
        {SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, {SQLITE_LIMIT_EXPR_DEPTH, 200},
        {SQLITE_LIMIT_COMPOUND_SELECT, 100}, {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_WORKER_THREADS, 0}};
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++)
        sqlite3_limit(g->db, LIMITS[i].limit, LIMITS[i].value);
    static const int OFF[] = {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL,
        SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
        SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
        SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER};
    for (size_t i = 0; i < sizeof OFF / sizeof *OFF; i++)
        sqlite3_db_config(g->db, OFF[i], 0, NULL);
    sqlite3_db_config(g->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_exec(g->db, "PRAGMA temp_store = memory", NULL, NULL, NULL);
}

struct guard *guard_new(struct expand *x)
{
    struct guard *g = ARENA_NEW(x->l->a, struct guard);
    g->x = x;
    g->db = x->sets->db;
    g->steps = x->l->limits->query_steps;
    g->scratch = arena_beside(x->l->a);
    if (!g->scratch)
        arena_exhausted(x->l->a);
    arena_on_free(x->l->a, free_scratch, g->scratch);
    arena_on_free(x->l->a, close_lender, g);
    set_limits(g);
    add_functions(g);
    sqlite3_progress_handler(g->db, STEPS_BETWEEN, count_steps, g);
    sqlite3_set_authorizer(g->db, authorize, g);
    return g;
}

struct guard_was guard_enter(struct guard *g)
{
    struct guard_was was = {g->on, sqlite3_hard_heap_limit64(-1)};
    sqlite3_int64 most = sqlite3_memory_used() + g->x->l->limits->query_memory;
    if (!was.on && (!was.heap || most < was.heap))
        sqlite3_hard_heap_limit64(most);
    g->on = true;
    g->denied = NULL;
    g->denied_function = false;
    g->failure = NULL;
    g->nreads = 0;
    return was;
}

void guard_leave(struct guard *g, struct guard_was was)
{
    g->on = was.on;
    if (!was.on)
        sqlite3_hard_heap_limit64(was.heap);
}
