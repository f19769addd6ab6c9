/* Update files: found, read, ordered, and applied up to the status date. */
#include "data/updates_int.h"

#include "model/update.h"

#include <stdlib.h>
#include <string.h>

/* What a history has in its columns. */
static const char *const HISTORY[] = {
    "date", "key", "column", "old", "new", "source"};
enum { HISTORY_COLUMNS = sizeof HISTORY / sizeof *HISTORY };

static const char END[] = "_history";

static void run_sql(struct sets *s, const char *sql)
{
    sqlite3_stmt *stmt = sets_prepare(s, sql);
    sets_result(s, sqlite3_step(stmt));
    sqlite3_finalize(stmt);
}

/* Make the data set that has the changes of another. */
static void make_history(struct sets *s, const struct set *of, struct set *out)
{
    struct arena *a = s->l->a;
    struct dataset *def = ARENA_NEW(a, struct dataset);
    struct set_column *columns =
        ARENA_ARRAY(a, HISTORY_COLUMNS, struct set_column);
    const char *name = arena_printf(a, "%s%s", of->name, END);
    struct buf sql = buf_new(a);
    *def = *of->def;
    def->name = slice_of(name);
    def->updates = NULL;
    buf_printf(&sql, "create table \"%s\" (", name);
    for (size_t i = 0; i < HISTORY_COLUMNS; i++) {
        columns[i] = (struct set_column){.source = slice_of(HISTORY[i]),
            .name = HISTORY[i],
            .kind = i == 0 ? COLUMN_DATE : COLUMN_TEXT,
            .storage = SET_TEXT};
        buf_printf(&sql, "%s\"%s\" text", i ? ", " : "", HISTORY[i]);
    }
    buf_putc(&sql, ')');
    run_sql(s, sql.s);
    *out = (struct set){.def = def,
        .name = name,
        .columns = columns,
        .ncolumns = HISTORY_COLUMNS,
        .key = -1};
}

static bool has_updates(const struct set *set)
{
    return set->def->updates && !set->def->updates->bad;
}

/* Columns refer to sets, which have moved. */
static void follow_sets(struct sets *s, const struct set *old)
{
    for (uint32_t i = 0; i < s->n; i++) {
        struct set *set = &s->sets[i];
        for (uint32_t k = 0; k < set->ncolumns; k++) {
            if (set->columns[k].in)
                set->columns[k].in = s->sets + (set->columns[k].in - old);
        }
    }
}

/* A target and a history for each data set that has updates. */
static void open_targets(struct applying *a)
{
    struct sets *s = a->s;
    struct arena *arena = s->l->a;
    const struct set *old = s->sets;
    uint32_t n = s->n;
    s->sets = ARENA_ARRAY(arena, (size_t)n * 2, struct set);
    if (n)
        memcpy(s->sets, old, n * sizeof *s->sets);
    follow_sets(s, old);
    a->targets = ARENA_ARRAY(arena, n, struct target);
    for (uint32_t i = 0; i < n; i++) {
        struct set *set = &s->sets[i];
        if (!has_updates(set))
            continue;
        make_history(s, set, &s->sets[s->n]);
        a->targets[a->ntargets++] = (struct target){.set = i,
            .history = s->n++,
            .get = ARENA_ARRAY(arena, set->ncolumns, sqlite3_stmt *),
            .put = ARENA_ARRAY(arena, set->ncolumns, sqlite3_stmt *)};
    }
}

/* The folder of a pattern as it stands there; "." if it has none. */
static const char *folder_of(struct arena *a, struct slice pattern)
{
    size_t n = pattern.n;
    while (n && pattern.s[n - 1] != '/')
        n--;
    return n > 1 ? arena_strndup(a, pattern.s, n - 1) : n ? "/" : ".";
}

/* Report that the files of a pattern cannot be looked for. */
static void tell_folder(
    const struct load *l, struct node *pattern, enum file_error e)
{
    const char *folder = folder_of(l->a, pattern->s);
    if (e != FILE_MISSING && e != FILE_NOT_PLAIN) {
        files_diag(l->d, e, pattern->pos, slice_of(folder), 0);
    } else {
        diag(l->d, e == FILE_MISSING ? D_FILE_MISSING : D_FILE_KIND,
            pattern->pos,
            e == FILE_MISSING ? "there is no folder %s" : "%s is no folder",
            diag_quote(l->d, slice_of(folder)));
        diag_hint(l->d,
            "make it, even if it is empty so far; a path is relative to the "
            "file that it stands in");
    }
    diag_path(l->d, load_path(l->a, pattern));
}

/* One file of updates, and the data sets that name it. */
struct update_file {
    uint32_t number;
    bool *of; /* by target */
};

struct update_files {
    struct update_file *list;
    size_t n, cap;
};

/* A file of one data set, read now or for another one before. */
static void take_file(struct applying *a, struct update_files *files,
    uint32_t target, const char *path)
{
    const struct load *l = a->s->l;
    struct node *pattern = a->s->sets[a->targets[target].set].def->updates;
    uint32_t number;
    size_t most = (size_t)l->limits->file, i = 0;
    enum file_error e =
        files_read(l->files, slice_of(path), pattern->pos.file, most, &number);
    if (e != FILE_OK) {
        files_diag(l->d, e, pattern->pos, slice_of(path), most);
        files_hint(l->d, e, slice_of(path));
        diag_path(l->d, load_path(l->a, pattern));
        a->partial = true;
        return;
    }
    while (i < files->n && files->list[i].number != number)
        i++;
    if (i == files->n) {
        files->list = arena_grow(
            l->a, files->list, &files->cap, i + 1, sizeof *files->list);
        files->list[files->n++] =
            (struct update_file){number, ARENA_ARRAY(l->a, a->ntargets, bool)};
        files_set_role(l->files, number, FILE_DATA);
    }
    files->list[i].of[target] = true;
}

static void find_files(struct applying *a, struct update_files *files)
{
    const struct load *l = a->s->l;
    for (uint32_t i = 0; i < a->ntargets; i++) {
        struct node *pattern = a->s->sets[a->targets[i].set].def->updates;
        struct file_match match;
        enum file_error e =
            files_match(l->files, pattern->s, pattern->pos.file, &match);
        if (e != FILE_OK) {
            tell_folder(l, pattern, e);
            a->partial = true;
            continue;
        }
        for (size_t k = 0; k < match.n; k++)
            take_file(a, files, i, match.paths[k]);
        if (!match.n && match.others) {
            diag(l->d, D_UPDATE_NONE, pattern->pos,
                "%s fits none of the files in its folder",
                diag_quote(l->d, pattern->s));
            diag_path(l->d, load_path(l->a, pattern));
        }
    }
}

/* The target that an entry of a file names; NULL: reported. */
static struct target *find_target(
    struct applying *a, const struct update *u, const struct update_file *file)
{
    struct sets *s = a->s;
    const struct load *l = s->l;
    for (uint32_t i = 0; i < a->ntargets; i++) {
        const struct set *set = &s->sets[a->targets[i].set];
        if (slice_is(u->dataset, set->name) && file->of[i])
            return &a->targets[i];
    }
    const struct set *set = sets_find(s, u->dataset);
    a->partial = true;
    if (!set || !set->def->node) {
        if (load_diag(l, D_SET_UNKNOWN, u->dataset_node,
                "there is no data set %s", diag_quote(l->d, u->dataset)))
            sets_hint_set(s, u->dataset);
        return NULL;
    }
    if (load_diag(l, D_SET_UNKNOWN, u->dataset_node,
            "the data set %s does not take updates from this file",
            diag_quote(l->d, u->dataset))) {
        diag_also(l->d, set->def->key_node->pos, "it is described here");
        diag_hint(l->d, "its key 'updates' names the files");
    }
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void read_files(struct applying *a, const struct update_files *files)
{
    const struct load *l = a->s->l;
    for (size_t i = 0; i < files->n; i++) {
        const struct update_file *file = &files->list[i];
        struct node *root = load_file(l, file->number);
        if (!root) {
            a->partial = true;
            continue;
        }
        struct updates updates = model_read_updates(l, root);
        a->partial = a->partial || updates.partial;
        a->list = arena_grow(
            l->a, a->list, &a->cap, a->n + updates.n, sizeof *a->list);
        for (uint32_t k = 0; k < updates.n; k++) {
            struct target *t = find_target(a, &updates.list[k], file);
            if (!t)
                continue;
            a->list[a->n] = (struct dated_update){&updates.list[k],
                base_name(files_at(l->files, file->number)->path), a->n, t};
            a->n++;
        }
    }
}

static int32_t days_of(const struct dated_update *u)
{
    return uni_date_days(u->update->date);
}

static int compare_updates(const void *x, const void *y)
{
    const struct dated_update *a = x, *b = y;
    int32_t i = days_of(a), k = days_of(b);
    if (i != k)
        return i < k ? -1 : 1;
    int order = strcmp(a->file, b->file);
    return order ? order : a->order < b->order ? -1 : 1;
}

/* The last day of which updates are applied; reports that there is none. */
static int32_t last_day(struct applying *a)
{
    const struct load *l = a->s->l;
    const struct field *f = model_field(a->r, SLICE("status-date"));
    if (f && f->given)
        return uni_date_days(f->from);
    struct node *facts = a->r->node ? load_find(a->r->node, "report") : NULL;
    if (facts && facts->kind == NODE_MAP && !load_find(facts, "status-date")) {
        struct node *by = a->s->sets[a->targets[0].set].def->updates;
        if (load_diag(l, D_KEY_MISSING, by,
                "'updates' needs 'status-date' in 'report': they are applied "
                "up to that day"))
            diag_hint(l->d, "--as-of DATE gives it too");
    }
    return INT32_MAX;
}

static void tell_later(struct applying *a, size_t first)
{
    const struct load *l = a->s->l;
    const struct update *u = a->list[first].update;
    const struct node *date = load_find(u->node, "date");
    size_t n = a->n - first;
    diag(l->d, D_UPDATE_LATER, date->pos,
        "%zu update%s later than the status date, and not applied; the first "
        "is of %.*s",
        n, n == 1 ? " is" : "s are", (int)date->s.n, date->s.s);
    diag_path(l->d, load_path(l->a, u->node));
}

/*
 * A file whose updates are all later is no part of the report, which does not
 * carry it: so its PDF stays the same when they are recorded.
 */
static void note_unused(struct applying *a, size_t first)
{
    struct files *files = a->s->l->files;
    for (size_t i = a->n; i-- > 0;) {
        uint32_t number = a->list[i].update->node->pos.file;
        files_set_role(files, number, i < first ? FILE_DATA : FILE_UNUSED);
    }
}

/*
 * See whether the later ones could be applied: what they do is undone, but for
 * the messages.
 */
static void try_later(struct applying *a, size_t first)
{
    uint32_t *rows = ARENA_ARRAY(a->s->l->a, a->s->n, uint32_t);
    for (uint32_t i = 0; i < a->s->n; i++)
        rows[i] = a->s->sets[i].nrows;
    a->later = true;
    run_sql(a->s, "savepoint later");
    for (size_t i = first; i < a->n; i++)
        updates_apply_one(a, &a->list[i]);
    run_sql(a->s, "rollback to later");
    run_sql(a->s, "release later");
    for (uint32_t i = 0; i < a->s->n; i++)
        a->s->sets[i].nrows = rows[i];
}

/* Updates are of rows, which a key names. */
static void check_keys(struct applying *a)
{
    for (uint32_t i = 0; i < a->ntargets; i++) {
        const struct set *set = &a->s->sets[a->targets[i].set];
        if (!set->bad && set->key < 0)
            load_diag(a->s->l, D_KEY_MISSING, set->def->updates,
                "a data set with 'updates' needs 'key', the column that names "
                "its rows");
    }
}

static void close_statements(struct target *t, uint32_t columns)
{
    sqlite3_finalize(t->find);
    sqlite3_finalize(t->insert);
    sqlite3_finalize(t->remove);
    sqlite3_finalize(t->note);
    for (uint32_t i = 0; i < columns; i++) {
        sqlite3_finalize(t->get[i]);
        sqlite3_finalize(t->put[i]);
    }
}

void updates_apply(struct sets *s, const struct report *r)
{
    struct applying *a = ARENA_NEW(s->l->a, struct applying);
    struct update_files files = {0};
    a->s = s;
    a->r = r;
    open_targets(a);
    if (!a->ntargets)
        return;
    check_keys(a);
    find_files(a, &files);
    read_files(a, &files);
    int32_t last = last_day(a);
    if (a->n)
        qsort(a->list, a->n, sizeof *a->list, compare_updates);
    size_t i = 0;
    run_sql(s, "begin");
    for (; i < a->n && days_of(&a->list[i]) <= last; i++)
        updates_apply_one(a, &a->list[i]);
    if (i < a->n) {
        tell_later(a, i);
        note_unused(a, i);
        try_later(a, i);
    }
    run_sql(s, "commit");
    for (uint32_t k = 0; k < a->ntargets; k++) {
        struct target *t = &a->targets[k];
        close_statements(t, s->sets[t->set].ncolumns);
    }
    sets_account(s);
}
