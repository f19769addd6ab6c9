/* Output that appears whole or not at all. */
#define _XOPEN_SOURCE 700
#include "base/file.h"
#include "base/progress.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 1 << 17 };

/* A piece of what waits for standard output. */
struct chunk {
    struct chunk *next;
    size_t n; /* [bytes] */
    char s[BUFFER];
};

struct outfile {
    struct arena *a;
    const struct files *inputs;
    const char *path;
    char *temp; /* the temporary file; NULL: standard output */
    int fd; /* -1 once closed */
    int error; /* errno of the first failure */
    bool prepared; /* only its name is still another */
    bool done; /* committed or abandoned */
    struct chunk *first, *last; /* for a file only one, its buffer */
    _Atomic(struct outfile *) next; /* in the list of open ones */
};

/*
 * The open ones, for the signal handler. Changed only with these signals
 * blocked; a removed one's memory lives on in its arena.
 */
static _Atomic(struct outfile *) open_files;

/* These end the program: the temporary files go first. */
static const int ENDING[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};

/* These become errors of write, so that it can be cleaned up. */
static const int WRITING[] = {SIGPIPE, SIGXFSZ};

enum {
    ENDINGS = sizeof ENDING / sizeof *ENDING,
    WRITINGS = sizeof WRITING / sizeof *WRITING
};

/* What the signals did before. */
static struct sigaction old_ending[ENDINGS], old_writing[WRITINGS];

void outfile_remove_all(void)
{
    for (struct outfile *o = open_files; o; o = o->next)
        if (o->temp)
            unlink(o->temp);
}

static void remove_and_end(int number)
{
    int saved = errno;
    outfile_remove_all();
    progress_abandon();
    for (size_t i = 0; i < ENDINGS; i++)
        if (ENDING[i] == number)
            sigaction(number, &old_ending[i], NULL);
    /* Blocked until the handler returns. */
    raise(number);
    errno = saved;
}

static void install(int number, void (*handler)(int), struct sigaction *old)
{
    struct sigaction new = {.sa_handler = handler};
    sigemptyset(&new.sa_mask);
    sigaction(number, NULL, old);
    /* What the caller ignores (nohup) stays ignored. */
    if (old->sa_handler != SIG_IGN)
        sigaction(number, &new, NULL);
}

static void block_signals(sigset_t *old)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ENDINGS; i++)
        sigaddset(&set, ENDING[i]);
    pthread_sigmask(SIG_BLOCK, &set, old);
}

/* Signals are to be blocked. */
static void enlist(struct outfile *o)
{
    if (!open_files) {
        for (size_t i = 0; i < ENDINGS; i++)
            install(ENDING[i], remove_and_end, &old_ending[i]);
        for (size_t i = 0; i < WRITINGS; i++)
            install(WRITING[i], SIG_IGN, &old_writing[i]);
    }
    o->next = open_files;
    open_files = o;
}

static void delist(struct outfile *o)
{
    _Atomic(struct outfile *) *link = &open_files;
    while (*link && *link != o)
        link = &(*link)->next;
    if (!*link)
        return;
    *link = o->next;
    if (open_files)
        return;
    for (size_t i = 0; i < ENDINGS; i++)
        sigaction(ENDING[i], &old_ending[i], NULL);
    for (size_t i = 0; i < WRITINGS; i++)
        sigaction(WRITING[i], &old_writing[i], NULL);
}

/* Close and remove what is left, once. */
static void finish(struct outfile *o, bool remove)
{
    if (o->done)
        return;
    o->done = true;
    sigset_t old;
    block_signals(&old);
    if (o->temp) {
        if (o->fd >= 0)
            close(o->fd);
        if (remove)
            unlink(o->temp);
    }
    o->fd = -1;
    delist(o);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static bool fail(struct outfile *o, int error)
{
    if (!o->error)
        o->error = error;
    finish(o, true);
    errno = o->error;
    return false;
}

static bool is_input(const struct files *inputs, const struct stat *st)
{
    for (uint32_t i = 1; inputs && i <= files_count(inputs); i++) {
        const struct source *s = files_at(inputs, i);
        if (s->ino && s->dev == st->st_dev && s->ino == st->st_ino)
            return true;
    }
    return false;
}

/*
 * What is wrong with the target, or NULL; *mode gets its permissions, or those
 * of a new file.
 */
static const char *check_target(
    const struct files *inputs, const char *path, mode_t *mode)
{
    struct stat st;
    size_t n = strlen(path);
    if (!n || path[n - 1] == '/')
        return "it is a folder";
    if (lstat(path, &st) != 0) {
        /* The mask can only be read by setting it. */
        mode_t mask = umask(0);
        umask(mask);
        *mode = 0666 & ~mask;
        return errno == ENOENT ? NULL : strerror(errno);
    }
    if (S_ISDIR(st.st_mode))
        return "it is a folder";
    if (S_ISLNK(st.st_mode))
        return "it is a symbolic link";
    if (!S_ISREG(st.st_mode))
        return "it is a device, pipe or socket";
    if (is_input(inputs, &st))
        return "it is one of the files that are read";
    /* A rename would replace even what must not be written. */
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return strerror(errno);
    *mode = st.st_mode & 0777;
    return NULL;
}

/* The name of a temporary file; its last letters differ. */
static const char TEMP[] = ".rapporteur-XXXXXX";
enum { ENDING_LETTERS = 6 };

/* That name beside the path. */
static char *temp_path(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path + 1) : 0;
    return arena_printf(a, "%.*s%s", folder, path, TEMP);
}

static bool create_temp(struct outfile *o, mode_t mode)
{
    char *temp = temp_path(o->a, o->path);
    sigset_t old;
    block_signals(&old);
    o->fd = mkstemp(temp);
    if (o->fd >= 0) {
        o->temp = temp;
        enlist(o);
    }
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = error;
    return o->fd >= 0 && fcntl(o->fd, F_SETFD, FD_CLOEXEC) == 0 &&
        fchmod(o->fd, mode) == 0;
}

/* Where the target's name begins in its path. */
static size_t name_start(const struct outfile *o)
{
    const char *slash = strrchr(o->path, '/');
    return slash ? (size_t)(slash - o->path) + 1 : 0;
}

static const char *folder_of(const struct outfile *o)
{
    size_t n = name_start(o);
    return n ? arena_strndup(o->a, o->path, n) : ".";
}

/* Is it what a build left that was killed long ago? None takes a day. */
static bool is_stale(int folder, const char *name, time_t now)
{
    enum { DAY = 24 * 60 * 60 };
    struct stat st;
    size_t n = sizeof TEMP - 1;
    return strncmp(name, TEMP, n - ENDING_LETTERS) == 0 && strlen(name) == n &&
        fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        st.st_mtime < now - DAY;
}

/* Remove such files from the folder of the output. */
static void sweep(const struct outfile *o)
{
    DIR *folder = opendir(folder_of(o));
    if (!folder)
        return;
    time_t now = time(NULL);
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        if (is_stale(dirfd(folder), e->d_name, now))
            unlinkat(dirfd(folder), e->d_name, 0);
    closedir(folder);
}

static void add_chunk(struct outfile *o)
{
    struct chunk *c = arena_alloc(o->a, sizeof *c);
    c->next = NULL;
    c->n = 0;
    if (o->last)
        o->last->next = c;
    else
        o->first = c;
    o->last = c;
}

static void abandon(void *p)
{
    finish(p, true);
}

struct outfile *outfile_open(struct arena *a, const struct files *inputs,
    const char *path, const char **why)
{
    struct outfile *o = ARENA_NEW(a, struct outfile);
    o->a = a;
    o->inputs = inputs;
    o->fd = -1;
    o->path = arena_strndup(a, path, strlen(path));
    arena_on_free(a, abandon, o);
    add_chunk(o);
    mode_t mode = 0;
    if (strcmp(path, "-") == 0) {
        sigset_t old;
        o->fd = STDOUT_FILENO;
        block_signals(&old);
        enlist(o);
        pthread_sigmask(SIG_SETMASK, &old, NULL);
        return o;
    }
    *why = check_target(inputs, path, &mode);
    if (*why)
        return NULL;
    if (!create_temp(o, mode)) {
        *why = strerror(errno);
        finish(o, true);
        return NULL;
    }
    sweep(o);
    return o;
}

struct outfile *outfile_memory(struct arena *a)
{
    struct outfile *o = ARENA_NEW(a, struct outfile);
    o->a = a;
    o->fd = -1;
    add_chunk(o);
    return o;
}

struct slice outfile_bytes(const struct outfile *o)
{
    struct buf b = buf_new(o->a);
    size_t n = 0;
    for (const struct chunk *c = o->first; c; c = c->next)
        n += c->n;
    b.s = arena_grow(o->a, NULL, &b.cap, n + 1, 1);
    for (const struct chunk *c = o->first; c; c = c->next)
        buf_put(&b, c->s, c->n);
    return (struct slice){b.s, b.n};
}

static bool write_all(int fd, const char *s, size_t n)
{
    while (n) {
        ssize_t done = write(fd, s, n);
        if (done < 0 && errno == EAGAIN) {
            struct pollfd p = {.fd = fd, .events = POLLOUT};
            poll(&p, 1, -1);
        } else if (done < 0 && errno != EINTR) {
            return false;
        } else if (done > 0) {
            s += done;
            n -= (size_t)done;
        }
    }
    return true;
}

/* Make room in the last chunk. */
static bool flush(struct outfile *o)
{
    if (!o->temp) {
        add_chunk(o);
        return true;
    }
    if (!write_all(o->fd, o->last->s, o->last->n))
        return fail(o, errno);
    o->last->n = 0;
    return true;
}

bool outfile_write(struct outfile *o, const void *s, size_t n)
{
    if (o->done) {
        errno = o->error ? o->error : EBADF;
        return false;
    }
    const char *from = s;
    while (n) {
        if (o->last->n == BUFFER && !flush(o))
            return false;
        size_t part = BUFFER - o->last->n < n ? BUFFER - o->last->n : n;
        memcpy(o->last->s + o->last->n, from, part);
        o->last->n += part;
        from += part;
        n -= part;
    }
    return true;
}

bool outfile_same(const struct outfile *a, const struct outfile *b)
{
    struct stat x, y;
    if (!a->temp || !b->temp)
        return a->temp == b->temp;
    return strcmp(a->path + name_start(a), b->path + name_start(b)) == 0 &&
        stat(folder_of(a), &x) == 0 && stat(folder_of(b), &y) == 0 &&
        x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Make the folder's new entry last. Some file systems cannot: no failure. */
static void sync_folder(const struct outfile *o)
{
    int fd = open(folder_of(o), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static bool commit_stdout(struct outfile *o)
{
    for (const struct chunk *c = o->first; c; c = c->next)
        if (!write_all(STDOUT_FILENO, c->s, c->n))
            return fail(o, errno);
    /* Some file systems report what went wrong only at close. */
    int copy = dup(STDOUT_FILENO);
    if (copy < 0 || close(copy) != 0)
        return fail(o, errno);
    finish(o, false);
    return true;
}

bool outfile_prepare(struct outfile *o)
{
    if (o->done) {
        errno = o->error ? o->error : EBADF;
        return false;
    }
    if (!o->temp || o->prepared)
        return true;
    if (!flush(o))
        return false;
    if (fsync(o->fd) != 0)
        return fail(o, errno);
    int fd = o->fd;
    o->fd = -1;
    if (close(fd) != 0)
        return fail(o, errno);
    /* The target may have been read, or changed its kind, since it was opened.
     */
    mode_t mode;
    if (check_target(o->inputs, o->path, &mode))
        return fail(o, EEXIST);
    o->prepared = true;
    return true;
}

bool outfile_commit(struct outfile *o)
{
    if (!outfile_prepare(o))
        return false;
    if (!o->temp)
        return commit_stdout(o);
    if (rename(o->temp, o->path) != 0)
        return fail(o, errno);
    finish(o, false);
    sync_folder(o);
    return true;
}

void outfile_abandon(struct outfile *o)
{
    finish(o, true);
}
