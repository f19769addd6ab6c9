/* The files of a build: read once, below the allowed folders, and numbered. */
#define _XOPEN_SOURCE 700
#include "base/file_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

struct files *files_new(struct arena *a)
{
    struct files *f = ARENA_NEW(a, struct files);
    f->a = a;
    return f;
}

static void close_root(void *p)
{
    const struct root *root = p;
    close(root->fd);
}

bool files_allow(struct files *f, const char *dir)
{
    char *real = realpath(dir, NULL);
    if (!real)
        return false;
    const char *kept = arena_strndup(f->a, real, strlen(real));
    free(real);
    int fd = open(kept, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    struct root *root = ARENA_NEW(f->a, struct root);
    *root = (struct root){kept, fd};
    arena_on_free(f->a, close_root, root);
    f->roots = arena_grow(
        f->a, f->roots, &f->root_cap, f->root_count + 1, sizeof *f->roots);
    f->roots[f->root_count++] = *root;
    return true;
}

bool files_root(struct files *f, const char *dir)
{
    return files_allow(f, dir);
}

/* "scheme:", of two letters at least, before any slash. */
static bool is_url(struct slice path)
{
    size_t i = 0;
    while (i < path.n &&
        ((path.s[i] >= 'a' && path.s[i] <= 'z') ||
            (path.s[i] >= 'A' && path.s[i] <= 'Z')))
        i++;
    return i >= 2 && i < path.n && path.s[i] == ':';
}

const char *file_folder(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return arena_strndup(a, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *file_join(struct arena *a, const char *folder, const char *path)
{
    if (strcmp(folder, ".") == 0)
        return path;
    size_t n = strlen(folder);
    return arena_printf(
        a, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", path);
}

/* What is left of the absolute path below the folder, or NULL. */
static const char *path_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    while (n && folder[n - 1] == '/')
        n--;
    if (strncmp(path, folder, n) != 0 || path[n] != '/')
        return NULL;
    return path + n + 1;
}

/* The path as messages show it: from the start folder if it lies below. */
static const char *shown_path(struct files *f, const char *path)
{
    path = file_clean_path(f->a, path);
    char cwd[PATH_MAX];
    if (path[0] != '/' || !getcwd(cwd, sizeof cwd))
        return path;
    const char *below = path_below(path, cwd);
    return below ? below : path;
}

enum file_error file_error_of(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return FILE_MISSING;
    case EXDEV:
    case ELOOP:
        return FILE_OUTSIDE;
    case ENXIO:
    case ENODEV:
    case EISDIR:
        return FILE_NOT_PLAIN;
    default:
        return FILE_FAILED;
    }
}

/*
 * A path that the user typed: its folder is taken as it is, links and all, and
 * must lie below a root; the first path of all makes its folder the root.
 */
static enum file_error find_typed(
    struct files *f, const char *path, struct file_target *t)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *folder = file_folder(f->a, path);
    if (strcmp(name, "..") == 0 || strcmp(name, ".") == 0 || !*name)
        return FILE_NOT_PLAIN;
    if (!f->root_count && !files_root(f, folder))
        return file_error_of(errno);
    char *real = realpath(folder, NULL);
    if (!real)
        return file_error_of(errno);
    const char *whole = file_join(f->a, real, name);
    free(real);
    for (uint32_t i = 0; i < f->root_count; i++) {
        t->in = path_below(whole, f->roots[i].real);
        if (t->in) {
            t->root = i;
            t->shown = shown_path(f, path);
            return FILE_OK;
        }
    }
    return FILE_OUTSIDE;
}

enum file_error file_find(
    struct files *f, struct slice path, uint32_t from, struct file_target *t)
{
    if (!path.n || memchr(path.s, '\0', path.n))
        return FILE_MISSING;
    if (is_url(path))
        return FILE_URL;
    const char *text = arena_strndup(f->a, path.s, path.n);
    const struct entry *e = from ? f->entries[from - 1] : NULL;
    if (!e || !e->in)
        return find_typed(f, text, t);
    if (text[0] == '/')
        return FILE_OUTSIDE;
    t->root = e->root;
    t->role = e->source.role == FILE_OURS ? FILE_OURS : FILE_SOURCE;
    t->in = file_join(f->a, file_folder(f->a, e->in), text);
    t->shown =
        shown_path(f, file_join(f->a, file_folder(f->a, e->source.path), text));
    return FILE_OK;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/*
 * Read all of an open file. One byte more than it has is asked for, to see
 * whether it grows.
 */
static enum file_error read_all(
    struct arena *a, int fd, const struct stat *st, struct source *source)
{
    size_t size = (size_t)st->st_size;
    char *s = arena_alloc(a, size + 1);
    size_t n = 0;
    while (n <= size) {
        ssize_t got = read(fd, s + n, size + 1 - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FILE_FAILED;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    struct stat after;
    if (fstat(fd, &after) != 0)
        return FILE_FAILED;
    if (n != size || after.st_size != st->st_size ||
        !same_time(after.st_mtim, st->st_mtim))
        return FILE_CHANGED;
    s[n] = '\0';
    source->s = s;
    source->n = n;
    return FILE_OK;
}

struct entry *file_add(struct files *f, uint32_t *number)
{
    f->entries = arena_grow(
        f->a, f->entries, &f->cap, f->count + 1, sizeof(struct entry *));
    struct entry *e = ARENA_NEW(f->a, struct entry);
    f->entries[f->count++] = e;
    e->seen_line = 1;
    *number = (uint32_t)f->count;
    return e;
}

static bool find_known(const struct files *f, const struct stat *st,
    bool passing, uint32_t *number)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct entry *e = f->entries[i];
        if (e->in && e->passing == passing && e->source.dev == st->st_dev &&
            e->source.ino == st->st_ino) {
            *number = (uint32_t)i + 1;
            return true;
        }
    }
    return false;
}

/*
 * Read the open file unless it is known already; *bytes, if it is wanted, are
 * to pass: they go to arena `to`.
 */
static enum file_error take_file(struct files *f, int fd,
    const struct file_target *t, size_t max, uint32_t *number, struct arena *to,
    struct slice *bytes)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return FILE_FAILED;
    if (!S_ISREG(st.st_mode))
        return FILE_NOT_PLAIN;
    if (find_known(f, &st, bytes != NULL, number))
        return FILE_OK;
    /* Offsets are 32 bits wide. */
    if ((uint64_t)st.st_size > max || st.st_size >= UINT32_MAX)
        return FILE_TOO_LARGE;
    struct source source = {.path = t->shown,
        .real = file_clean_path(
            f->a, file_join(f->a, f->roots[t->root].real, t->in)),
        .dev = st.st_dev,
        .ino = st.st_ino};
    enum file_error e = read_all(to, fd, &st, &source);
    if (e != FILE_OK)
        return e;
    struct entry *entry = file_add(f, number);
    if (bytes) {
        *bytes = (struct slice){source.s, source.n};
        entry->passing = true;
        entry->hash = str_hash(source.s, source.n, 0);
        source.s = NULL;
    }
    entry->source = source;
    entry->root = t->root;
    entry->in = t->in;
    entry->source.role = t->role;
    f->total += source.n;
    return FILE_OK;
}

static enum file_error read_file(struct files *f, struct slice path,
    uint32_t from, size_t max, uint32_t *number, struct arena *to,
    struct slice *bytes)
{
    struct file_target t = {0};
    enum file_error e = file_find(f, path, from, &t);
    if (e != FILE_OK)
        return e;
    if (!bytes && file_pretended(f, &t, number))
        return FILE_OK;
    int fd = file_open_beneath(f->a, f->roots[t.root].fd, t.in);
    if (fd < 0)
        return file_error_of(errno);
    e = take_file(f, fd, &t, max, number, to, bytes);
    int saved = errno;
    close(fd);
    errno = saved;
    return e;
}

enum file_error files_read(struct files *f, struct slice path, uint32_t from,
    size_t max, uint32_t *number)
{
    return read_file(f, path, from, max, number, f->a, NULL);
}

enum file_error files_pass(struct files *f, struct slice path, uint32_t from,
    size_t max, uint32_t *number, struct arena *to, struct slice *bytes)
{
    *bytes = (struct slice){NULL, 0};
    return read_file(f, path, from, max, number, to, bytes);
}

enum file_error files_again(
    struct files *f, uint32_t number, struct arena *to, struct slice *bytes)
{
    const struct entry *e = f->entries[number - 1];
    int fd = file_open_beneath(to, f->roots[e->root].fd, e->in);
    if (fd < 0)
        return file_error_of(errno);
    struct source source = {0};
    struct stat st;
    enum file_error error = fstat(fd, &st) != 0 ? FILE_FAILED
        : !S_ISREG(st.st_mode) || (uint64_t)st.st_size != e->source.n
        ? FILE_CHANGED
        : read_all(to, fd, &st, &source);
    int saved = errno;
    close(fd);
    errno = saved;
    if (error == FILE_OK && str_hash(source.s, source.n, 0) != e->hash)
        error = FILE_CHANGED;
    *bytes = (struct slice){source.s, source.n};
    return error;
}

enum file_error files_size(
    struct files *f, struct slice path, uint32_t from, uint64_t *size)
{
    struct file_target t = {0};
    struct stat st;
    enum file_error e = file_find(f, path, from, &t);
    if (e != FILE_OK)
        return e;
    int fd = file_open_beneath(f->a, f->roots[t.root].fd, t.in);
    if (fd < 0)
        return file_error_of(errno);
    e = fstat(fd, &st) != 0   ? FILE_FAILED
        : S_ISREG(st.st_mode) ? FILE_OK
                              : FILE_NOT_PLAIN;
    *size = (uint64_t)st.st_size;
    int saved = errno;
    close(fd);
    errno = saved;
    return e;
}

uint32_t files_add_text(struct files *f, const char *name, struct slice text)
{
    uint32_t number;
    struct entry *e = file_add(f, &number);
    e->source.path = e->source.real = arena_strndup(f->a, name, strlen(name));
    e->source.s = arena_strndup(f->a, text.s, text.n);
    e->source.n = text.n;
    return number;
}

void files_set_late(
    struct files *f, struct pos (*find)(void *data, uint32_t off), void *data)
{
    f->find_late = find;
    f->late_data = data;
}

struct pos files_place(const struct files *f, struct pos at)
{
    if (at.file != FILE_LATE)
        return at;
    return f->find_late ? f->find_late(f->late_data, at.off) : (struct pos){0};
}

uint32_t files_count(const struct files *f)
{
    return (uint32_t)f->count;
}

uint64_t files_total(const struct files *f)
{
    return f->total;
}

const struct source *files_at(const struct files *f, uint32_t number)
{
    return &f->entries[number - 1]->source;
}

void files_set_role(struct files *f, uint32_t number, enum file_role role)
{
    f->entries[number - 1]->source.role = (uint8_t)role;
}

const char *files_below(const struct files *f, uint32_t number)
{
    const struct entry *e = f->entries[number - 1];
    return e->in && e->root == 0 ? file_clean_path(f->a, e->in) : NULL;
}

void files_locate(const struct files *f, struct pos at, uint32_t *line,
    uint32_t *col, struct slice *whole_line)
{
    struct entry *e = f->entries[at.file - 1];
    const char *s = e->passing ? "" : e->source.s;
    size_t n = e->passing ? 0 : e->source.n;
    size_t off = at.off < n ? at.off : n;
    if (off < e->seen_off) {
        e->seen_off = 0;
        e->seen_line = 1;
    }
    /* seen_off is always the start of a line. */
    const char *start = s + e->seen_off, *newline;
    while ((newline = memchr(start, '\n', (size_t)(s + off - start)))) {
        start = newline + 1;
        e->seen_line++;
    }
    e->seen_off = (uint32_t)(start - s);
    *line = e->seen_line;
    size_t left = n - e->seen_off;
    /* A byte order mark is no part of the first line. */
    if (e->seen_off == 0 && left >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
        start += 3;
        left -= 3;
    }
    *col = s + off > start ? (uint32_t)(s + off - start) + 1 : 1;
    if (!whole_line)
        return;
    newline = memchr(start, '\n', left);
    if (newline)
        left = (size_t)(newline - start);
    if (left && start[left - 1] == '\r')
        left--;
    *whole_line = (struct slice){start, left};
}

void files_diag(struct diags *d, enum file_error e, struct pos at,
    struct slice path, size_t max)
{
    int number = errno;
    const char *name = diag_quote(d, path);
    switch (e) {
    case FILE_OK:
        return;
    case FILE_MISSING:
        diag(d, D_FILE_MISSING, at, "there is no file %s", name);
        if (memchr(path.s, '\\', path.n))
            diag_hint(d, "folders are divided by '/', not by '\\'");
        return;
    case FILE_OUTSIDE:
        diag(d, D_FILE_OUTSIDE, at,
            "%s leads out of the folder that may be read", name);
        diag_hint(d, "%s--root DIR allows all files below DIR",
            path.s[0] == '/'
                ? "a path in a report is relative to the file that "
                  "it stands in; "
                : "");
        return;
    case FILE_NOT_PLAIN:
        diag(
            d, D_FILE_KIND, at, "%s is a folder or a device, not a file", name);
        return;
    case FILE_TOO_LARGE:
        diag(d, D_FILE_LIMIT, at, "%s is larger than the limit of %zu bytes",
            name, max);
        return;
    case FILE_CHANGED:
        diag(d, D_FILE_CHANGED, at, "%s changed while it was read", name);
        diag_hint(d, "run it again");
        return;
    case FILE_URL:
        diag(d, D_FILE_KIND, at, "%s is an address, not a file", name);
        diag_hint(d,
            "nothing is fetched: save it beside the report and name "
            "that file");
        return;
    case FILE_FAILED:
        diag(d, D_FILE_FAILED, at, "%s cannot be read: %s", name,
            strerror(number));
        return;
    }
}

void files_hint(struct diags *d, enum file_error e, struct slice path)
{
    if (e == FILE_MISSING && !memchr(path.s, '\\', path.n))
        diag_hint(d,
            "a path is relative to the file that it stands in; small and "
            "capital letters differ");
}

static bool exists(struct arena *a, const char *folder, const char *name)
{
    return access(file_join(a, folder, name), F_OK) == 0;
}

enum { LEVELS_UP = 4 };

/*
 * The checkout that the running program was built in: a folder not far above
 * it that holds our data. NULL if it is installed.
 */
static const char *find_checkout(struct arena *a, const char *program)
{
    const char *folder = program;
    for (int i = 0; i < LEVELS_UP; i++) {
        folder = file_folder(a, folder);
        if (exists(a, folder, "fonts/families.yaml") &&
            exists(a, folder, "input/profiles"))
            return folder;
    }
    return NULL;
}

/*
 * The path of the running program, or NULL: as the kernel names it, or, where
 * /proc is not mounted (a bare chroot), as it was started.
 */
static const char *program_path(struct arena *a)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n > 0)
        return arena_strndup(a, path, (size_t)n);
    /* The kernel gives the address of a string as a number. */
    const char *started = (const char *)(uintptr_t)getauxval(AT_EXECFN);
    return started && realpath(started, path)
        ? arena_strndup(a, path, strlen(path))
        : NULL;
}

/*
 * The folder `own` of the checkout, or `installed` of the data folder if it
 * has the file `witness`: that of the program's prefix, so that it can be
 * moved, or of the one configured.
 */
static const char *find_data(struct arena *a, const char *own,
    const char *installed, const char *witness)
{
    const char *program = program_path(a);
    if (program) {
        const char *checkout = find_checkout(a, program);
        if (checkout)
            return file_join(a, checkout, own);
        const char *prefix = file_folder(a, file_folder(a, program));
        const char *data = file_join(a, prefix, "share/rapporteur");
        if (exists(a, data, witness))
            return file_clean_path(a, file_join(a, data, installed));
    }
#ifdef RAP_DATADIR
    if (exists(a, RAP_DATADIR, witness))
        return file_clean_path(a, file_join(a, RAP_DATADIR, installed));
#endif
    return NULL;
}

const char *file_data_dir(struct arena *a)
{
    return find_data(a, "input", ".", "profiles/plain.yaml");
}

const char *file_fonts_dir(struct arena *a)
{
    return find_data(a, "fonts", "fonts", "fonts/families.yaml");
}

static void close_folder(void *folder)
{
    closedir(folder);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **file_names(struct arena *a, const char *folder, const char *end)
{
    size_t n = 0, cap = 0, tail = strlen(end);
    const char **names = arena_grow(a, NULL, &cap, 1, sizeof *names);
    DIR *dir = opendir(folder);
    if (dir)
        arena_on_free(a, close_folder, dir);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name);
        if (len <= tail || strcmp(entry->d_name + len - tail, end) != 0)
            continue;
        names = arena_grow(a, names, &cap, n + 2, sizeof *names);
        names[n++] = arena_strndup(a, entry->d_name, len - tail);
    }
    names[n] = NULL;
    qsort(names, n, sizeof *names, compare_names);
    return names;
}
