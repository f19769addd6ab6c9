/* What queries may do: an allow-list, limits, a clock that stands still. */
#include "data/expand_int.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEPS_BETWEEN = 1000, /* looks at their limit */
    DATE_ARGS = 8, /* of a date function */
    CELLS_ROW = 16 /* the longest text of a query, in `cell` limits */
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
    return deny(g, "use", action_name(action));
}

/* Called every so many steps; not 0 ends the query. */
static int count_steps(void *data)
{
    struct guard *g = data;
    if (!g->on)
        return 0;
    g->steps -= STEPS_BETWEEN;
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

/* A function of dates, calculated by SQLite where no guard is. */
struct dates {
    struct guard *g;
    const char *name;
    int time; /* the argument that is a time, from 0 */
    sqlite3_stmt *stmts[DATE_ARGS + 1]; /* by number of arguments */
};

static void free_scratch(void *data)
{
    arena_free(data);
}

static void close_clock(void *data)
{
    struct guard *g = data;
    sqlite3_stmt *stmt;
    while (g->clock && (stmt = sqlite3_next_stmt(g->clock, NULL)) != NULL)
        sqlite3_finalize(stmt);
    sqlite3_close(g->clock);
}

static sqlite3_stmt *date_stmt(struct dates *d, int n)
{
    if (d->stmts[n])
        return d->stmts[n];
    struct guard *g = d->g;
    if (!g->clock && sqlite3_open(":memory:", &g->clock) != SQLITE_OK)
        return NULL;
    char sql[64 + 4 * DATE_ARGS];
    int at = (int)strlen(
        sqlite3_snprintf((int)sizeof sql, sql, "SELECT %s(", d->name));
    for (int i = 0; i < n; i++)
        at += (int)strlen(
            sqlite3_snprintf((int)sizeof sql - at, sql + at, i ? ", ?" : "?"));
    sqlite3_snprintf((int)sizeof sql - at, sql + at, ")");
    sqlite3_prepare_v3(
        g->clock, sql, -1, SQLITE_PREPARE_PERSISTENT, &d->stmts[n], NULL);
    return d->stmts[n];
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
static bool bind_dates(struct dates *d, sqlite3_context *ctx,
    sqlite3_stmt *stmt, int n, int given, sqlite3_value **v)
{
    struct guard *g = d->g;
    char today[16];
    for (int i = 0; i < n; i++) {
        if (i == d->time && (i >= given || is_text(v[i], "now"))) {
            const char *date = status_date(g, today);
            if (!date) {
                fail(g, ctx,
                    "the clock of queries is the status date, and the "
                    "report gives none",
                    "add 'status-date' to 'report'");
                return false;
            }
            sqlite3_bind_text(stmt, i + 1, date, -1, SQLITE_TRANSIENT);
            continue;
        }
        if (i > d->time &&
            (is_text(v[i], "localtime") || is_text(v[i], "utc"))) {
            fail(g, ctx, "a query knows no time zone",
                "leave 'localtime' and 'utc' out");
            return false;
        }
        sqlite3_bind_value(stmt, i + 1, v[i]);
    }
    return true;
}

static void call_date(sqlite3_context *ctx, int given, sqlite3_value **v)
{
    struct dates *d = sqlite3_user_data(ctx);
    int n = given > d->time ? given : d->time + 1;
    if (given < d->time || n > DATE_ARGS) {
        fail(d->g, ctx, "a date function with too few or many arguments", NULL);
        return;
    }
    sqlite3_stmt *stmt = date_stmt(d, n);
    if (!stmt) {
        sqlite3_result_error_nomem(ctx);
        return;
    }
    if (bind_dates(d, ctx, stmt, n, given, v)) {
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

static void add_functions(struct guard *g)
{
    static const struct {
        const char *name;
        const char *sql; /* what it is for the clock */
        int args, time;
    } DATES[] = {{"date", "date", -1, 0}, {"time", "time", -1, 0},
        {"datetime", "datetime", -1, 0}, {"julianday", "julianday", -1, 0},
        {"unixepoch", "unixepoch", -1, 0}, {"strftime", "strftime", -1, 1},
        {"current_date", "date", 0, 0}, {"current_time", "time", 0, 0},
        {"current_timestamp", "datetime", 0, 0}};
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++) {
        struct dates *d = ARENA_NEW(g->x->l->a, struct dates);
        *d =
            (struct dates){.g = g, .name = DATES[i].sql, .time = DATES[i].time};
        sets_result(g->x->sets,
            sqlite3_create_function_v2(g->db, DATES[i].name, DATES[i].args,
                flags, d, call_date, NULL, NULL, NULL));
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
    arena_on_free(x->l->a, close_clock, g);
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
