/* Data sets: their database, and what is loaded into it. */
#include "data/setload_int.h"

#include <string.h>

/* A database and what this process may allocate, put back in the end. */
struct opened {
    struct sets *s;
    sqlite3_int64 limit; /* [bytes] of all SQLite's memory, before */
};

static void close_database(void *p)
{
    const struct opened *o = p;
    sqlite3_stmt *stmt;
    while ((stmt = sqlite3_next_stmt(o->s->db, NULL)) != NULL)
        sqlite3_finalize(stmt);
    sqlite3_close(o->s->db);
    sqlite3_hard_heap_limit64(o->limit);
}

/*
 * Was it our limit that SQLite met, or did malloc fail well below? It does not
 * say how much it wanted.
 */
static bool is_near_limit(const struct sets *s)
{
    enum { NEAR = 1 << 20 };
    sqlite3_int64 more = sqlite3_memory_used() - s->before - s->charged;
    size_t taken = more > 0 ? (size_t)more : 0, left = arena_left(s->l->a);
    return left < taken + NEAR || taken > left / 2;
}

int sets_result(struct sets *s, int result)
{
    if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
        return result;
    if (is_near_limit(s))
        arena_exhausted_limit(s->l->a);
    arena_exhausted(s->l->a);
}

sqlite3_stmt *sets_prepare(struct sets *s, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    sets_result(s, sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL));
    return stmt;
}

void sets_finish(struct sets *s, sqlite3_stmt *stmt)
{
    sets_result(s, sqlite3_finalize(stmt));
}

static void run(struct sets *s, const char *sql)
{
    sqlite3_stmt *stmt = sets_prepare(s, sql);
    sets_result(s, sqlite3_step(stmt));
    sets_finish(s, stmt);
}

void sets_account(struct sets *s)
{
    sqlite3_int64 used = sqlite3_memory_used();
    s->charged = used > s->before ? used - s->before : 0;
    arena_charge(s->account, (size_t)s->charged);
    size_t left = arena_left(s->l->a);
    sqlite3_hard_heap_limit64(
        left < INT64_MAX - (size_t)used ? used + (sqlite3_int64)left : 0);
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

/* One that goes with the build's. */
static struct arena *new_arena(struct sets *s)
{
    struct arena *a = arena_beside(s->l->a);
    if (!a)
        arena_exhausted(s->l->a);
    arena_on_free(s->l->a, free_arena, a);
    return a;
}

static void open_database(struct sets *s)
{
    const struct load *l = s->l;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
        SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    s->account = new_arena(s);
    s->before = sqlite3_memory_used();
    struct opened *o = ARENA_NEW(l->a, struct opened);
    *o = (struct opened){s, sqlite3_hard_heap_limit64(-1)};
    arena_on_free(l->a, close_database, o);
    sets_account(s);
    sets_result(s, sqlite3_open_v2(":memory:", &s->db, flags, NULL));
    sqlite3_extended_result_codes(s->db, 0);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    run(s, "PRAGMA temp_store = memory");
}

struct set *sets_find(const struct sets *s, struct slice name)
{
    for (uint32_t i = 0; i < s->n; i++) {
        if (slice_is(name, s->sets[i].name))
            return &s->sets[i];
    }
    return NULL;
}

struct set_column *sets_column(const struct set *set, struct slice name)
{
    for (uint32_t i = 0; i < set->ncolumns; i++) {
        if (slice_is(name, set->columns[i].name))
            return &set->columns[i];
    }
    return NULL;
}

enum { SHOWN = 20 };

/* Add to the last message the name that was meant, or all if they are few. */
static void hint_names(
    const struct load *l, struct slice name, const char **names, uint32_t n)
{
    const char *near = str_nearest(name, names);
    if (near) {
        diag_hint(l->d, "did you mean '%s'?", near);
        return;
    }
    struct buf list = buf_new(l->a);
    for (uint32_t i = 0; i < n && i < SHOWN; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    if (n)
        diag_hint(l->d, "it may be: %s%s", list.s, n > SHOWN ? ", …" : "");
}

void sets_hint_set(const struct sets *s, struct slice name)
{
    const char **names = ARENA_ARRAY(s->l->a, (size_t)s->n + 1, const char *);
    for (uint32_t i = 0; i < s->n; i++)
        names[i] = s->sets[i].name;
    hint_names(s->l, name, names, s->n);
}

void sets_hint_column(
    const struct sets *s, const struct set *set, struct slice name)
{
    const char **names =
        ARENA_ARRAY(s->l->a, (size_t)set->ncolumns + 1, const char *);
    for (uint32_t i = 0; i < set->ncolumns; i++)
        names[i] = set->columns[i].name;
    hint_names(s->l, name, names, set->ncolumns);
}

/* Files are known by their names. */
static const struct {
    const char *end;
    void (*read)(struct set_loading *ld);
} KINDS[] = {{".csv", set_read_csv}, {".tsv", set_read_csv},
    {".yaml", set_read_yaml}, {".yml", set_read_yaml}, {".json", set_read_json},
    {".sqlite", set_read_sqlite}, {".sqlite3", set_read_sqlite},
    {".db", set_read_sqlite}};

enum { NKINDS = sizeof KINDS / sizeof *KINDS };

/* The place in KINDS of a data set's file; NKINDS, reported, if it has none. */
static unsigned find_kind(const struct load *l, struct node *file)
{
    unsigned kind = 0;
    while (kind < NKINDS && !slice_ends(file->s, KINDS[kind].end))
        kind++;
    if (kind == NKINDS &&
        load_diag(l, D_SET_KIND, file,
            "%s: data sets are read from files of other names",
            diag_quote(l->d, file->s)))
        diag_hint(l->d, "its name ends in .csv, .tsv, .yaml, .json or .sqlite");
    return kind;
}

/* Report a key of the data set that says nothing for such a file. */
static bool refuse_key(const struct load *l, const struct dataset *def,
    const char *name, const char *why)
{
    struct node *n = load_find(def->node, name);
    return n &&
        load_diag(l, D_KEY_CONFLICT, n, "'%s' is for %s files only", name, why);
}

static bool read_file(struct set_loading *ld)
{
    const struct load *l = ld->s->l;
    struct node *file = ld->set->def->file;
    size_t most = (size_t)l->limits->data;
    enum file_error e =
        files_read(l->files, file->s, file->pos.file, most, &ld->file);
    if (e == FILE_OK) {
        files_set_role(l->files, ld->file, FILE_DATA);
        ld->set->file = ld->file;
        return true;
    }
    files_diag(l->d, e, file->pos, file->s, most);
    files_hint(l->d, e, file->s);
    diag_path(l->d, load_path(l->a, file));
    file->bad = true;
    return false;
}

/* Fill a set from its file, with memory that goes afterwards. */
static void load_set(struct set_loading *ld)
{
    const struct load *l = ld->s->l;
    const struct dataset *def = ld->set->def;
    ld->set->bad = true;
    if (def->key_node->bad || def->node->bad || !def->file || def->file->bad)
        return;
    unsigned kind = find_kind(l, def->file);
    if (kind == NKINDS)
        return;
    bool csv = KINDS[kind].read == set_read_csv;
    bool sqlite = KINDS[kind].read == set_read_sqlite;
    if ((!csv && refuse_key(l, def, "separator", "CSV")) ||
        (!sqlite && refuse_key(l, def, "table", "SQLite")) || !read_file(ld))
        return;
    KINDS[kind].read(ld);
    if (ld->insert)
        sets_finish(ld->s, ld->insert);
    if (!ld->set->bad)
        set_check_key(ld->s, ld->set);
}

/* Find the columns that have the values of those typed {in: …}. */
static void find_targets(struct sets *s, struct set *set)
{
    for (uint32_t i = 0; i < set->ncolumns; i++) {
        struct set_column *c = &set->columns[i];
        if (c->kind != COLUMN_IN)
            continue;
        const struct set *in = sets_find(s, c->type->in_set);
        if (!in || in->bad)
            continue;
        const struct set_column *target = sets_column(in, c->type->in_column);
        if (target) {
            c->in = in;
            c->in_column = (uint32_t)(target - in->columns);
        } else if (load_diag(s->l, D_ROW_COLUMN, load_find(c->type->node, "in"),
                       "the data set '%s' has no column %s", in->name,
                       diag_quote(s->l->d, c->type->in_column))) {
            sets_hint_column(s, in, c->type->in_column);
        }
    }
}

struct sets *sets_load(const struct load *l, const struct report *r)
{
    struct sets *s = ARENA_NEW(l->a, struct sets);
    s->l = l;
    s->report = r;
    s->sets = ARENA_ARRAY(l->a, r->ndatasets, struct set);
    s->n = r->ndatasets;
    for (uint32_t i = 0; i < s->n; i++) {
        const struct dataset *def = &r->datasets[i];
        s->sets[i] = (struct set){.def = def,
            .name = arena_strndup(l->a, def->name.s, def->name.n),
            .key = -1};
    }
    open_database(s);
    struct arena *scratch = new_arena(s);
    run(s, "BEGIN");
    for (uint32_t i = 0; i < s->n; i++) {
        struct set_loading ld = {.s = s, .set = &s->sets[i], .scratch = *l};
        ld.scratch.a = scratch;
        load_set(&ld);
        arena_reset(scratch);
        s->bad = s->bad || ld.set->bad;
        s->partial = s->partial || ld.set->partial;
        sets_account(s);
    }
    run(s, "COMMIT");
    for (uint32_t i = 0; i < s->n; i++)
        find_targets(s, &s->sets[i]);
    sets_account(s);
    return s;
}
