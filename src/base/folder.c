/* Folders that are searched, and a file taken as it would be. */
#define _XOPEN_SOURCE 700
#include "base/file_int.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_fits(struct slice name, struct slice pattern)
{
    /* Where the last '*' stood, and what of the name it has taken. */
    size_t i = 0, k = 0, star = SIZE_MAX, taken = 0;
    if (name.n && name.s[0] == '.')
        return false;
    while (i < name.n) {
        if (k < pattern.n && pattern.s[k] == '*') {
            star = k++;
            taken = i;
        } else if (k < pattern.n && pattern.s[k] == name.s[i]) {
            k++;
            i++;
        } else if (star != SIZE_MAX) {
            k = star + 1;
            i = ++taken;
        } else {
            return false;
        }
    }
    while (k < pattern.n && pattern.s[k] == '*')
        k++;
    return k == pattern.n;
}

/* A pattern, divided before its last part. */
struct divided {
    struct slice folder; /* with the slash; empty: none */
    struct slice last;
};

static struct divided divide(struct slice pattern)
{
    size_t n = pattern.n;
    while (n && pattern.s[n - 1] != '/')
        n--;
    return (struct divided){{pattern.s, n}, {pattern.s + n, pattern.n - n}};
}

struct search {
    struct files *f;
    struct divided pattern;
    struct file_match *out;
    size_t cap;
};

static void add_path(struct search *s, const char *name)
{
    struct file_match *m = s->out;
    struct slice folder = s->pattern.folder;
    m->paths =
        arena_grow(s->f->a, m->paths, &s->cap, m->n + 1, sizeof *m->paths);
    m->paths[m->n++] =
        arena_printf(s->f->a, "%.*s%s", (int)folder.n, folder.s, name);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is the folder the one of the file that is taken as changed? */
static bool is_changed(const struct files *f, int folder)
{
    struct stat st;
    return f->change && fstat(folder, &st) == 0 &&
        st.st_dev == f->change->dev && st.st_ino == f->change->ino;
}

static void add_names(struct search *s, DIR *dir)
{
    const char *extra =
        is_changed(s->f, dirfd(dir)) ? s->f->change->name : NULL;
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;
        if (name[0] == '.' || (extra && strcmp(name, extra) == 0))
            continue;
        if (file_fits(slice_of(name), s->pattern.last))
            add_path(s, name);
        else
            s->out->others = true;
    }
    if (extra && file_fits(slice_of(extra), s->pattern.last))
        add_path(s, extra);
    if (s->out->n)
        qsort(s->out->paths, s->out->n, sizeof *s->out->paths, compare_paths);
}

/* Open the folder of the pattern; NULL if it cannot be searched. */
static DIR *open_folder(struct search *s, uint32_t from, enum file_error *e)
{
    struct files *f = s->f;
    struct file_target t = {0};
    struct slice folder = s->pattern.folder;
    /* What is in it, so that "." and names are found in the same way. */
    const char *path = arena_printf(f->a, "%.*sx", (int)folder.n, folder.s);
    *e = file_find(f, slice_of(path), from, &t);
    if (*e != FILE_OK)
        return NULL;
    const char *in = file_folder(f->a, t.in);
    files_depend(f, file_folder(f->a, t.shown));
    int fd = file_open_beneath(f->a, f->roots[t.root].fd, in);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        int saved = errno;
        *e = saved == ENOTDIR ? FILE_NOT_PLAIN : file_error_of(saved);
        if (fd >= 0)
            close(fd);
        errno = saved;
        return NULL;
    }
    return dir;
}

static void close_folder(void *folder)
{
    closedir(folder);
}

enum file_error files_match(struct files *f, struct slice pattern,
    uint32_t from, struct file_match *out)
{
    struct search s = {.f = f, .pattern = divide(pattern), .out = out};
    *out = (struct file_match){0};
    if (!memchr(pattern.s, '*', pattern.n)) {
        s.pattern.folder = (struct slice){pattern.s, 0};
        add_path(&s, arena_strndup(f->a, pattern.s, pattern.n));
        return FILE_OK;
    }
    enum file_error e;
    DIR *dir = open_folder(&s, from, &e);
    if (!dir)
        return e;
    /* Also if memory runs out meanwhile. */
    arena_on_free(f->a, close_folder, dir);
    add_names(&s, dir);
    return FILE_OK;
}

void files_pretend(struct files *f, const struct file_change *change)
{
    f->change = change;
}

bool files_pretended(const struct files *f)
{
    return f->changed != 0;
}

bool file_pretended(
    struct files *f, const struct file_target *t, uint32_t *number)
{
    const char *slash = strrchr(t->in, '/');
    if (!f->change || strcmp(slash ? slash + 1 : t->in, f->change->name) != 0)
        return false;
    int fd =
        file_open_beneath(f->a, f->roots[t->root].fd, file_folder(f->a, t->in));
    if (fd < 0)
        return false;
    bool changed = is_changed(f, fd);
    close(fd);
    if (!changed)
        return false;
    if (!f->changed) {
        struct entry *e = file_add(f, &f->changed);
        e->source = (struct source){.path = t->shown,
            .real = file_clean_path(
                f->a, file_join(f->a, f->roots[t->root].real, t->in)),
            .s = f->change->bytes.s,
            .n = f->change->bytes.n,
            .role = t->role};
        e->root = t->root;
        e->in = t->in;
        f->total += f->change->bytes.n;
    }
    *number = f->changed;
    return true;
}
