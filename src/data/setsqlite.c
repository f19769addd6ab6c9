/*
 * Data sets from SQLite files: their bytes are read like any other file's and
 * opened in memory, so that nothing is ever written and no path leads out. The
 * rows are written down as lines of a text of our own, to have places.
 */
#include "data/setload_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* [steps of SQLite's machine] A view may take them, and how often it is asked.
 */
enum { STEPS_MOST = 100000000, STEPS_EACH = 100000, HEADER = 100 };

/* A file that is open. */
struct opened {
    struct set_loading *ld;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    struct buf lines; /* the rows as text */
    size_t *starts; /* of each line */
    size_t nrows, cap;
    uint64_t steps;
};

static void close_file(void *p)
{
    const struct opened *o = p;
    sqlite3_finalize(o->stmt);
    sqlite3_close(o->db);
}

/* Report the file, at its path in the report. */
static bool tell(struct opened *o, enum diag_id id, const char *what)
{
    struct node *file = o->ld->set->def->file;
    return load_diag(o->ld->s->l, id, file, "%s: %s",
        diag_quote(o->ld->s->l->d, file->s), what);
}

/* SQLite could not do it: for lack of memory, or the file is to blame. */
static void tell_sqlite(struct opened *o, int result)
{
    if (result == SQLITE_NOMEM)
        sets_result(o->ld->s, result);
    tell(o, D_DATABASE_BAD,
        result == SQLITE_INTERRUPT ? "its view takes too long"
                                   : sqlite3_errmsg(o->db));
    o->ld->set->bad = true;
}

/* Has a file beside the database what is not in it yet? */
static bool has_beside(struct opened *o, const char *end)
{
    const struct load *l = &o->ld->scratch;
    const struct node *file = o->ld->set->def->file;
    const char *path =
        arena_printf(l->a, "%.*s%s", (int)file->s.n, file->s.s, end);
    uint64_t size = 0;
    enum file_error e =
        files_size(l->files, slice_of(path), file->pos.file, &size);
    return e != FILE_MISSING && (e != FILE_OK || size > 0);
}

/* Is it whole, and of SQLite at all? */
static bool check_file(struct opened *o, const struct source *source)
{
    static const char MAGIC[] = "SQLite format 3";
    const struct load *l = o->ld->s->l;
    if (source->n < HEADER || memcmp(source->s, MAGIC, sizeof MAGIC) != 0) {
        tell(o, D_DATABASE_BAD, "this is no SQLite database");
        return false;
    }
    bool wal = has_beside(o, "-wal");
    if (!wal && !has_beside(o, "-journal"))
        return true;
    if (tell(o, D_DATABASE_OPEN,
            wal ? "changes in the -wal file beside it are not in it yet"
                : "a change of it was not finished: a -journal file is beside "
                  "it"))
        diag_hint(l->d,
            "end the programs that have it open; else open and close it once: "
            "sqlite3 FILE \"PRAGMA wal_checkpoint(TRUNCATE)\"");
    return false;
}

/*
 * The bytes for SQLite. A file that was in WAL mode, with nothing in a -wal, is
 * whole: its header is to say so, since there is no such mode in memory.
 */
static unsigned char *database_bytes(
    struct opened *o, const struct source *source)
{
    enum { WRITE_VERSION = 18, READ_VERSION = 19, WAL = 2, LEGACY = 1 };
    unsigned char *bytes = arena_alloc(o->ld->scratch.a, source->n);
    memcpy(bytes, source->s, source->n);
    if (bytes[WRITE_VERSION] == WAL)
        bytes[WRITE_VERSION] = LEGACY;
    if (bytes[READ_VERSION] == WAL)
        bytes[READ_VERSION] = LEGACY;
    return bytes;
}

/* Functions whose result is not the file's alone. */
static bool is_refused(const char *function)
{
    static const char *const NAMES[] = {"random", "randomblob", "date", "time",
        "datetime", "julianday", "unixepoch", "strftime", "timediff",
        "current_date", "current_time", "current_timestamp", "load_extension",
        "changes", "total_changes", "last_insert_rowid", "sqlite_version",
        "sqlite_source_id", "fts3_tokenizer", NULL};
    for (size_t i = 0; NAMES[i]; i++) {
        if (sqlite3_stricmp(function, NAMES[i]) == 0)
            return true;
    }
    return false;
}

static int authorize(void *p, int action, const char *first, const char *second,
    const char *database, const char *view)
{
    (void)p, (void)first, (void)database, (void)view;
    if (action == SQLITE_FUNCTION)
        return is_refused(second) ? SQLITE_DENY : SQLITE_OK;
    return action == SQLITE_SELECT || action == SQLITE_READ ||
            action == SQLITE_RECURSIVE
        ? SQLITE_OK
        : SQLITE_DENY;
}

static int on_steps(void *p)
{
    struct opened *o = p;
    o->steps += STEPS_EACH;
    return o->steps > STEPS_MOST;
}

static bool open_file(struct opened *o, const struct source *source)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
        SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    arena_on_free(o->ld->scratch.a, close_file, o);
    int result = sqlite3_open_v2(":memory:", &o->db, flags, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_deserialize(o->db, "main", database_bytes(o, source),
            (sqlite3_int64)source->n, (sqlite3_int64)source->n,
            SQLITE_DESERIALIZE_READONLY);
    if (result != SQLITE_OK) {
        tell_sqlite(o, result);
        return false;
    }
    sqlite3_db_config(o->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(o->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(o->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_limit(o->db, SQLITE_LIMIT_LENGTH, (int)source->n + (1 << 20));
    sqlite3_progress_handler(o->db, STEPS_EACH, on_steps, o);
    return true;
}

/* "a, b": the tables and views of the file; NULL if it cannot be read. */
static const char *list_tables(struct opened *o, uint32_t *n)
{
    struct buf list = buf_new(o->ld->scratch.a);
    sqlite3_stmt *stmt = NULL;
    int result = sqlite3_prepare_v2(o->db,
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        -1, &stmt, NULL);
    o->stmt = stmt;
    *n = 0;
    buf_puts(&list, "");
    while (result == SQLITE_OK && (result = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        buf_printf(&list, "%s%s", *n ? ", " : "", name ? name : "");
        (*n)++;
        result = SQLITE_OK;
    }
    if (result != SQLITE_DONE)
        tell_sqlite(o, result);
    sqlite3_finalize(stmt);
    o->stmt = NULL;
    return result == SQLITE_DONE ? list.s : NULL;
}

/* The name as SQL has it. */
static const char *quote_name(struct arena *a, struct slice name)
{
    struct buf b = buf_new(a);
    buf_putc(&b, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.s[i] == '"')
            buf_putc(&b, '"');
        buf_putc(&b, name.s[i]);
    }
    buf_putc(&b, '"');
    return b.s;
}

/*
 * Has it an order of its own? Some versions of SQLite let a view have the row
 * numbers of what it reads.
 */
static bool is_view(struct opened *o, struct slice name)
{
    sqlite3_stmt *stmt = NULL;
    int result = sqlite3_prepare_v2(o->db,
        "SELECT 1 FROM sqlite_schema WHERE type = 'view' "
        "AND name = ?1 COLLATE NOCASE",
        -1, &stmt, NULL);
    if (result == SQLITE_OK)
        sqlite3_bind_text(stmt, 1, name.s, (int)name.n, SQLITE_STATIC);
    bool view = result == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW;
    sqlite3_finalize(stmt);
    return view;
}

/* Rows are read in the order of their numbers, unless they have none. */
static bool prepare(struct opened *o)
{
    static const char *const ORDERS[] = {" ORDER BY _rowid_", ""};
    const struct dataset *def = o->ld->set->def;
    struct arena *a = o->ld->scratch.a;
    uint32_t n;
    const char *tables = list_tables(o, &n);
    if (!tables)
        return false;
    if (!def->table.n) {
        if (tell(o, D_KEY_MISSING, "'table' is to say which table is read"))
            diag_hint(o->ld->s->l->d, "its tables: %s", n ? tables : "none");
        return false;
    }
    size_t first = is_view(o, def->table) ? 1 : 0;
    sqlite3_set_authorizer(o->db, authorize, NULL);
    int result = SQLITE_ERROR;
    for (size_t i = first; i < 2 && result == SQLITE_ERROR; i++) {
        const char *sql = arena_printf(
            a, "SELECT * FROM %s%s", quote_name(a, def->table), ORDERS[i]);
        result = sqlite3_prepare_v2(o->db, sql, -1, &o->stmt, NULL);
    }
    if (result == SQLITE_OK)
        return true;
    struct node *table = load_find(def->node, "table");
    if (strncmp(sqlite3_errmsg(o->db), "no such table", 13) != 0) {
        tell_sqlite(o, result);
    } else if (load_diag(o->ld->s->l, D_DATABASE_BAD, table,
                   "%s has no table %s",
                   diag_quote(o->ld->s->l->d, def->file->s),
                   diag_quote(o->ld->s->l->d, def->table))) {
        diag_hint(o->ld->s->l->d, "its tables: %s", n ? tables : "none");
    }
    return false;
}

/* A number as the shortest text that gives it again. */
static struct slice real_text(struct arena *a, double value)
{
    char room[64];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(room, sizeof room, "%.*g", digits, value);
        if (strtod(room, NULL) == value)
            break;
    }
    return slice_of(arena_strndup(a, room, strlen(room)));
}

/* A value as text; *bad: it is none. In arena `a` or until the next step. */
static struct slice value_text(
    struct opened *o, int column, struct arena *a, const char **bad)
{
    *bad = NULL;
    switch (sqlite3_column_type(o->stmt, column)) {
    case SQLITE_NULL:
        return SLICE("");
    case SQLITE_FLOAT:
        return real_text(a, sqlite3_column_double(o->stmt, column));
    case SQLITE_BLOB:
        *bad = "has bytes, no text";
        return SLICE("");
    default:
        break;
    }
    const char *text = (const char *)sqlite3_column_text(o->stmt, column);
    if (!text)
        arena_exhausted(o->ld->s->l->a);
    return (struct slice){text, (size_t)sqlite3_column_bytes(o->stmt, column)};
}

/* A value without its line breaks. */
static void put_line(struct buf *line, struct slice s)
{
    while (s.n) {
        const char *newline = memchr(s.s, '\n', s.n);
        size_t n = newline ? (size_t)(newline - s.s) : s.n;
        buf_readable(line, (struct slice){s.s, n});
        if (newline)
            buf_putc(line, ' ');
        n += newline != NULL;
        s = (struct slice){s.s + n, s.n - n};
    }
}

/* Write the row that SQLite is at as a line. */
static void write_line(struct opened *o, int columns)
{
    struct arena *a = o->ld->scratch.a;
    const char *bad;
    o->starts = arena_grow(a, o->starts, &o->cap, o->nrows + 1, sizeof(size_t));
    o->starts[o->nrows++] = o->lines.n;
    for (int i = 0; i < columns; i++) {
        if (i)
            buf_puts(&o->lines, " | ");
        put_line(&o->lines, value_text(o, i, a, &bad));
    }
    buf_putc(&o->lines, '\n');
}

/* Is all of it text that a report may have? */
static bool check_text(struct opened *o, struct slice s, struct pos at)
{
    const struct load *l = &o->ld->scratch;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = 0;
        size_t length = utf8_decode(s.s + i, s.n - i, &cp);
        if (!length) {
            diag(l->d, D_ENCODING, at, "a value of this row is not UTF-8");
            return false;
        }
        if (!utf8_allowed(cp)) {
            load_report_character(l, at, cp);
            return false;
        }
        i += length;
    }
    return true;
}

static void take_value(
    struct opened *o, int column, struct arena *a, struct pos at)
{
    struct set_loading *ld = o->ld;
    const char *bad;
    struct slice s = value_text(o, column, a, &bad);
    if (bad) {
        diag(ld->scratch.d, D_SET_VALUE, at, "'%s' of '%s' %s",
            ld->set->columns[column].name, ld->set->name, bad);
        set_drop(ld, (uint32_t)column);
    } else if (!check_text(o, s, at)) {
        set_drop(ld, (uint32_t)column);
    } else if (!set_put(ld, (uint32_t)column, s)) {
        set_refuse(ld, (uint32_t)column, s, at);
    }
}

/* The rows once more, with the places that they have now. */
static void take_rows(struct opened *o, int columns, uint32_t text)
{
    struct arena *a = o->ld->scratch.a;
    int result = SQLITE_DONE;
    for (size_t i = 0; i < o->nrows; i++) {
        struct pos at = {text, (uint32_t)o->starts[i]};
        result = sqlite3_step(o->stmt);
        if (result != SQLITE_ROW)
            break;
        for (int k = 0; k < columns; k++)
            take_value(o, k, a, at);
        if (!set_row(o->ld, at))
            return;
    }
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        tell_sqlite(o, result);
}

/* Its columns, which have no place but that of the table's name. */
static bool take_columns(struct opened *o, int columns)
{
    struct set_loading *ld = o->ld;
    struct node *table = load_find(ld->set->def->node, "table");
    struct set_found *found =
        ARENA_ARRAY(ld->scratch.a, (size_t)columns, struct set_found);
    for (int i = 0; i < columns; i++) {
        const char *name = sqlite3_column_name(o->stmt, i);
        if (!name)
            arena_exhausted(ld->s->l->a);
        struct slice source = slice_of(name);
        source.s = arena_strndup(ld->scratch.a, source.s, source.n);
        found[i] = (struct set_found){source, table->pos};
    }
    return set_columns(ld, found, (uint32_t)columns);
}

static void read_rows(struct opened *o, const struct source *source)
{
    struct set_loading *ld = o->ld;
    const struct load *l = ld->s->l;
    int columns = sqlite3_column_count(o->stmt), result;
    if (!take_columns(o, columns))
        return;
    o->lines = buf_new(ld->scratch.a);
    buf_puts(&o->lines, "");
    while ((result = sqlite3_step(o->stmt)) == SQLITE_ROW &&
        (int64_t)o->nrows <= l->limits->rows)
        write_line(o, columns);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        tell_sqlite(o, result);
        return;
    }
    sqlite3_reset(o->stmt);
    o->steps = 0;
    const char *name = arena_printf(l->a, "%s[%.*s]", source->path,
        (int)ld->set->def->table.n, ld->set->def->table.s);
    uint32_t text =
        files_add_text(l->files, name, (struct slice){o->lines.s, o->lines.n});
    set_room(ld, (uint32_t)o->nrows);
    take_rows(o, columns, text);
}

void set_read_sqlite(struct set_loading *ld)
{
    const struct source *source = files_at(ld->s->l->files, ld->file);
    struct opened *o = ARENA_NEW(ld->scratch.a, struct opened);
    o->ld = ld;
    unsigned before = diag_errors(ld->s->l->d);
    if (check_file(o, source) && open_file(o, source) && prepare(o))
        read_rows(o, source);
    if (diag_errors(ld->s->l->d) != before)
        ld->set->partial = true;
}
