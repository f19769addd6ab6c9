/* update: add a change of a data set to an update file, or leave all as it is.
 */
#define _DEFAULT_SOURCE
#include "build.h"
#include "data/data.h"
#include "verbs/update_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* One call. Memory of its own outlives that of the builds within it. */
struct updating {
    struct arena_budget budget;
    struct arena *a;
    struct limits limits;
    const struct rap_options *opt;
    const struct rap_update *update;
    FILE *log;
    struct row_change change;
    struct file_change file; /* the update file as it would be */
    const char *path, *shown; /* of it; shown in messages */
    struct slice old; /* its bytes; s NULL: there is no such file yet */
};

static bool refuse(struct updating *u, const char *problem, const char *what)
{
    struct buf b = buf_new(u->a);
    buf_readable(&b, slice_of(what));
    fprintf(u->log, "rapporteur: %s%s%s\n", problem, b.n ? " " : "",
        b.n ? b.s : "");
    return false;
}

static bool check_text(
    struct updating *u, const char *text, const char *problem)
{
    if (text && *text && entry_allows(slice_of(text)))
        return true;
    return refuse(u, problem, text);
}

/* Take "column=value". */
static bool take_value(
    struct updating *u, const char *arg, struct change_value *out)
{
    const char *eq = strchr(arg, '=');
    if (!eq || eq == arg)
        return refuse(u, "update wants COLUMN=VALUE, not", arg);
    *out = (struct change_value){
        .column = {arg, (size_t)(eq - arg)}, .to = slice_of(eq + 1)};
    if (entry_allows(out->column) && entry_allows(out->to))
        return true;
    return refuse(
        u, "a value is one line of UTF-8 without control characters, not", arg);
}

/* Take all of them, each column once; n is how many there are. */
static bool take_values(struct updating *u, const char *const *args, size_t n)
{
    struct row_change *c = &u->change;
    for (; c->n < n; c->n++) {
        if (!take_value(u, args[c->n], &c->values[c->n]))
            return false;
        for (size_t i = 0; i < c->n; i++) {
            if (slice_eq(c->values[i].column, c->values[c->n].column))
                return refuse(u, "a column is given twice:", args[c->n]);
        }
    }
    return true;
}

/* Understand what is asked for; false: it was reported. */
static bool take_change(struct updating *u)
{
    const struct rap_update *from = u->update;
    struct row_change *c = &u->change;
    struct date date;
    size_t n = 0;
    while (from->values && from->values[n])
        n++;
    if (!from->date || !uni_parse_date(slice_of(from->date), &date))
        return refuse(u, "--date wants a day as in 2025-12-04, not",
            from->date ? from->date : "nothing");
    if (!check_text(u, from->source,
            "--source wants a line of text: who or what says so, not") ||
        !check_text(u, from->dataset,
            "update wants the name of a data set, "
            "not") ||
        (from->key &&
            !check_text(u, from->key,
                "a key is a line of text, "
                "not")))
        return false;
    if (!from->key && !(from->what == RAP_CHANGE_ADD && n))
        return refuse(u, "update wants the key of a row", NULL);
    if (from->what == RAP_CHANGE_SET && !n)
        return refuse(u, "update wants COLUMN=VALUE, --add or --remove", NULL);
    if (from->what == RAP_CHANGE_REMOVE && n)
        return refuse(
            u, "--remove takes the whole row, so no", from->values[0]);
    *c = (struct row_change){.what = from->what,
        .date = slice_of(from->date),
        .source = slice_of(from->source),
        .dataset = slice_of(from->dataset),
        .key = slice_of(from->key),
        .values = ARENA_ARRAY(u->a, n + 1, struct change_value)};
    return take_values(u, from->values, n);
}

/* A place for what the command line says. */
static struct pos typed(const struct load *l, struct slice s)
{
    return (struct pos){files_add_text(l->files, "<command line>", s), 0};
}

/* The data set that is meant; NULL: it was reported. */
static const struct dataset *find_dataset(
    const struct updating *u, const struct load *l, const struct report *r)
{
    struct slice name = u->change.dataset;
    const char **names =
        ARENA_ARRAY(l->a, (size_t)r->ndatasets + 1, const char *);
    for (uint32_t i = 0; i < r->ndatasets; i++) {
        const struct dataset *set = &r->datasets[i];
        names[i] = arena_strndup(l->a, set->name.s, set->name.n);
        if (!slice_eq(set->name, name))
            continue;
        if (set->updates)
            return set;
        if (load_find(set->node, "updates"))
            return NULL;
        diag(l->d, D_KEY_MISSING, set->node->pos,
            "the data set %s has no 'updates', which says where its changes "
            "are kept",
            diag_quote(l->d, name));
        diag_hint(l->d, "write 'updates: updates/*.yaml', and make the folder");
        return NULL;
    }
    /* What was refused may have been it. */
    if (diag_errors(l->d))
        return NULL;
    diag(l->d, D_SET_UNKNOWN, typed(l, name), "there is no data set %s",
        diag_quote(l->d, name));
    const char *near = str_nearest(name, names);
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A path up to the last slash, which it has, or nothing. */
static const char *folder_part(struct arena *a, const char *path)
{
    return arena_strndup(a, path, (size_t)(base_name(path) - path));
}

static void close_folder(void *folder)
{
    if (*(const int *)folder >= 0)
        close(*(const int *)folder);
}

/*
 * Open a folder and let no other update into it until this one is done; -1 if
 * it cannot be opened. Where folders cannot be locked, what another one did
 * meanwhile is still seen at the end.
 */
static int lock(struct updating *u, const char *path)
{
    int *folder = ARENA_NEW(u->a, int);
    *folder = -1;
    arena_on_free(u->a, close_folder, folder);
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (*folder >= 0 && flock(*folder, LOCK_EX) != 0 && errno == EINTR)
        continue;
    return *folder;
}

/* Report a --file that the build would not read as an update. */
static void tell_foreign(const struct load *l, const struct dataset *set,
    const char *file, const char *why)
{
    diag(l->d, D_UPDATE_FILE, typed(l, slice_of(file)), "%s is %s",
        diag_quote(l->d, slice_of(file)), why);
    diag_also(l->d, set->updates->pos, "the files of this data set");
}

/* Is the file that the user names in the folder of the updates? */
static bool check_file(const struct updating *u, const struct load *l,
    const struct dataset *set, const struct stat *folder)
{
    const char *file = u->update->file;
    struct stat st;
    if (!file)
        return true;
    const char *in = folder_part(u->a, file);
    if (stat(*in ? in : ".", &st) == 0 && st.st_dev == folder->st_dev &&
        st.st_ino == folder->st_ino)
        return true;
    tell_foreign(l, set, file, "not in the folder of the updates");
    return false;
}

/*
 * Find the file to add to, and lock its folder; false: it was reported, or
 * will be when the updates are looked for.
 */
static bool find_file(
    struct updating *u, const struct load *l, const struct dataset *set)
{
    const struct source *by = files_at(l->files, set->updates->pos.file);
    const char *pattern =
        arena_strndup(u->a, set->updates->s.s, set->updates->s.n);
    const char *last = base_name(pattern), *folder = folder_part(u->a, pattern);
    const char *real =
        arena_printf(u->a, "%s%s", folder_part(u->a, by->real), folder);
    struct stat st;
    int fd = lock(u, *real ? real : ".");
    if (fd < 0 || fstat(fd, &st) != 0 || !check_file(u, l, set, &st))
        return false;
    const char *name = u->update->file ? base_name(u->update->file)
        : strchr(last, '*') ? arena_printf(u->a, "%s.yaml", u->update->date)
                            : last;
    if (!file_fits(slice_of(name), slice_of(last))) {
        tell_foreign(l, set, name, "no name of an update file here");
        if (!u->update->file)
            diag_hint(l->d, "--file FILE names another");
        return false;
    }
    u->path = arena_printf(u->a, "%s%s", real, name);
    u->shown =
        arena_printf(u->a, "%s%s%s", folder_part(u->a, by->path), folder, name);
    u->file =
        (struct file_change){.dev = st.st_dev, .ino = st.st_ino, .name = name};
    return true;
}

/* Read the file that is added to; FILE_MISSING if it is new. */
static enum file_error read_file(struct updating *u, struct slice *bytes)
{
    struct files *files = files_new(u->a);
    uint32_t number;
    enum file_error e = files_read(
        files, slice_of(u->path), 0, (size_t)u->limits.file, &number);
    *bytes = (struct slice){NULL, 0};
    if (e == FILE_OK) {
        const struct source *source = files_at(files, number);
        *bytes = (struct slice){source->s, source->n};
    }
    return e;
}

/* Say in the entry what the columns have before; refuse what they have now. */
static void take_present(
    struct updating *u, const struct load *l, const struct data_ask *asked)
{
    struct row_change *c = &u->change;
    for (size_t i = 0; i < c->n; i++) {
        const struct data_asked *column = &asked->columns[i];
        struct change_value *v = &c->values[i];
        struct slice now = column->now;
        v->typed = column->typed;
        v->has_from =
            asked->found && column->known && c->what == RAP_CHANGE_SET;
        v->from = (struct slice){
            arena_strndup(u->a, now.s ? now.s : "", now.n), now.n};
        if (v->has_from && slice_eq(v->from, v->to))
            diag(l->d, D_UPDATE_DONE, typed(l, v->column),
                "%s of %s is %s already", diag_quote(l->d, v->column),
                diag_quote(l->d, c->key),
                v->to.n ? diag_quote(l->d, v->to) : "empty");
    }
}

/* A new row's key is a column like others: the first, unless it is named. */
static void add_key(
    struct updating *u, const struct load *l, struct slice column)
{
    struct row_change *c = &u->change;
    for (size_t i = 0; i < c->n; i++) {
        if (!slice_eq(c->values[i].column, column))
            continue;
        if (!slice_eq(c->values[i].to, c->key))
            diag(l->d, D_VALUE, typed(l, c->values[i].to),
                "the row is to be %s, so its '%.*s' cannot be this",
                diag_quote(l->d, c->key), (int)column.n, column.s);
        return;
    }
    memmove(c->values + 1, c->values, c->n * sizeof *c->values);
    c->values[0] = (struct change_value){.to = c->key,
        .column = {arena_strndup(u->a, column.s, column.n), column.n}};
    c->n++;
}

/* Ask about the row that changes. */
static void ask(
    struct updating *u, const struct load *l, const struct report *r)
{
    struct row_change *c = &u->change;
    struct data_asked *columns = ARENA_ARRAY(l->a, c->n, struct data_asked);
    struct data_ask asked = {
        .dataset = c->dataset, .key = c->key, .columns = columns, .n = c->n};
    for (size_t i = 0; i < c->n; i++)
        columns[i].column = c->values[i].column;
    data_ask(l, r, &asked);
    take_present(u, l, &asked);
    if (c->what == RAP_CHANGE_ADD && c->key.n && asked.key_column.n)
        add_key(u, l, asked.key_column);
}

/* With the report as written: make the text of the file as it would be. */
static void write_entry(void *to, const struct load *l, struct report *r)
{
    struct updating *u = to;
    const struct dataset *set = find_dataset(u, l, r);
    bool found = set && find_file(u, l, set);
    if (set && (found || !diag_errors(l->d)))
        ask(u, l, r);
    if (!found || diag_errors(l->d))
        return;
    struct stat st;
    if (lstat(u->path, &st) == 0 && S_ISLNK(st.st_mode)) {
        diag(l->d, D_OUTPUT_TARGET, (struct pos){0},
            "cannot write %s: it is a symbolic link", u->shown);
        return;
    }
    enum file_error e = read_file(u, &u->old);
    if (e != FILE_OK && e != FILE_MISSING) {
        files_diag(l->d, e, (struct pos){0}, slice_of(u->shown),
            (size_t)u->limits.file);
        return;
    }
    const char *why = NULL;
    u->file.bytes = entry_append(u->a, &u->limits, u->old, &u->change, &why);
    if (u->file.bytes.s)
        return;
    diag(l->d, D_UPDATE_FORM, (struct pos){0}, "nothing can be added to %s",
        diag_quote(l->d, slice_of(u->shown)));
    diag_hint(l->d, "%s", why);
}

/* Did nobody else change the file meanwhile? */
static bool is_unchanged(struct updating *u)
{
    struct slice now;
    enum file_error e = read_file(u, &now);
    if (e == FILE_MISSING)
        return !u->old.s;
    return e == FILE_OK && u->old.s && slice_eq(now, u->old);
}

/* Put the new file in place of the old one. */
static enum rap_status replace(struct updating *u)
{
    const char *why = NULL;
    struct slice text = u->file.bytes;
    struct outfile *out = outfile_open(u->a, NULL, u->path, &why);
    bool done =
        out && outfile_write(out, text.s, text.n) && outfile_prepare(out);
    if (done && !is_unchanged(u)) {
        outfile_abandon(out);
        fprintf(u->log,
            "rapporteur: error: %s changed meanwhile: nothing was written "
            "[%s]\n  hint: run it again\n",
            u->shown, diag_name(D_FILE_CHANGED));
        return RAP_SYSTEM;
    }
    if (done && outfile_commit(out))
        return RAP_DONE;
    fprintf(u->log, "rapporteur: error: cannot write %s: %s [%s]\n", u->shown,
        why ? why : strerror(errno),
        diag_name(why ? D_OUTPUT_TARGET : D_OUTPUT_FAILED));
    return RAP_SYSTEM;
}

static enum rap_status run(struct updating *u)
{
    u->a = arena_new(&u->budget);
    if (!u->a)
        arena_exhausted_at(&u->budget);
    u->budget.limit = (size_t)u->limits.memory;
    if (!take_change(u))
        return RAP_USAGE;
    struct rap_options first = *u->opt;
    first.as_of = u->update->date;
    first.quiet = true;
    struct build_use reading = {.model = write_entry, .to = u};
    enum rap_status status = build_into(&first, &reading);
    if (status == RAP_DONE && !u->file.bytes.s) {
        refuse(u, "the folder of the updates cannot be opened", NULL);
        return RAP_SYSTEM;
    }
    if (status != RAP_DONE)
        return status;
    struct build_use trying = {.change = &u->file};
    status = build_into(u->opt, &trying);
    if (status != RAP_DONE)
        return status;
    status = replace(u);
    if (status == RAP_DONE && !u->opt->quiet)
        fprintf(u->log, "rapporteur: %s %s\n",
            u->old.s ? "added an entry to" : "wrote the first entry of",
            u->shown);
    return status;
}

enum rap_status rap_update(
    const struct rap_options *opt, const struct rap_update *update)
{
    struct rap_options own = *opt;
    struct updating u = {.opt = &own, .update = update, .log = opt->log};
    own.only = own.sets = NULL;
    own.dump = own.profile = own.standard = own.as_of = NULL;
    own.progress = false;
    if (!u.log)
        u.log = stderr;
    if (!build_limits(&u.limits, opt, u.log))
        return RAP_USAGE;
    volatile enum rap_status status;
    if (setjmp(u.budget.jump) == 0)
        status = run(&u);
    else
        status = build_out_of_memory(&u.budget, u.log);
    arena_free(u.a);
    return status;
}
