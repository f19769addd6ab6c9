/*
 * Preloaded into the command: fails one call, to see that it ends well. The
 * allocations are those of the command's own allocator, so of all libraries.
 *
 * OOM_AT=N fails the N-th allocation, OOM_FROM=N that one and all after it;
 * IO_AT=N the N-th call that opens, reads, writes, syncs, closes or renames.
 * OOM_COUNT=FILE: both counts are written there at the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* glibc's own, which the command calls. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static long allocations, calls;

/* Counting begins when this is ready: what the loader allocates is not ours. */
static bool started;
static long fail_at, fail_from, io_at;
static void *(*real_malloc)(size_t), *(*real_calloc)(size_t, size_t),
    *(*real_realloc)(void *, size_t);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_rename)(const char *, const char *);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fstat)(int, struct stat *);
static int (*real_fchmod)(int, mode_t);
static int (*real_mkstemp)(char *);

static long number(const char *name)
{
    const char *s = getenv(name);
    return s ? strtol(s, NULL, 10) : 0;
}

#define LOOK_UP(name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

/* What the command's own allocator calls. */
static void look_up_allocator(void)
{
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "__libc_malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "__libc_calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "__libc_realloc");
}

__attribute__((constructor)) static void begin(void)
{
    LOOK_UP(close);
    LOOK_UP(fsync);
    LOOK_UP(rename);
    LOOK_UP(read);
    LOOK_UP(write);
    LOOK_UP(fstat);
    LOOK_UP(fchmod);
    LOOK_UP(mkstemp);
    fail_at = number("OOM_AT");
    fail_from = number("OOM_FROM");
    io_at = number("IO_AT");
    started = true;
}

__attribute__((destructor)) static void end(void)
{
    started = false;
    const char *path = getenv("OOM_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f)
        return;
    fprintf(f, "%ld %ld\n", allocations, calls);
    fclose(f);
}

static bool no_memory(void)
{
    if (!started)
        return false;
    long n = ++allocations;
    if (n != fail_at && !(fail_from && n >= fail_from))
        return false;
    errno = ENOMEM;
    return true;
}

static bool io_fails(void)
{
    if (!started || ++calls != io_at)
        return false;
    errno = EIO;
    return true;
}

void *__libc_malloc(size_t n)
{
    if (!real_malloc)
        look_up_allocator();
    return no_memory() ? NULL : real_malloc(n);
}

void *__libc_calloc(size_t n, size_t size)
{
    if (!real_calloc)
        look_up_allocator();
    return no_memory() ? NULL : real_calloc(n, size);
}

void *__libc_realloc(void *p, size_t n)
{
    if (!real_realloc)
        look_up_allocator();
    return no_memory() ? NULL : real_realloc(p, n);
}

ssize_t read(int fd, void *s, size_t n)
{
    return io_fails() ? -1 : real_read(fd, s, n);
}

ssize_t write(int fd, const void *s, size_t n)
{
    return io_fails() ? -1 : real_write(fd, s, n);
}

int fsync(int fd)
{
    return io_fails() ? -1 : real_fsync(fd);
}

int rename(const char *from, const char *to)
{
    return io_fails() ? -1 : real_rename(from, to);
}

int fstat(int fd, struct stat *st)
{
    return io_fails() ? -1 : real_fstat(fd, st);
}

int fchmod(int fd, mode_t mode)
{
    return io_fails() ? -1 : real_fchmod(fd, mode);
}

int mkstemp(char *name)
{
    return io_fails() ? -1 : real_mkstemp(name);
}

/* The descriptor is gone even where closing fails. */
int close(int fd)
{
    bool failed = io_fails();
    int result = real_close(fd);
    if (failed)
        errno = EIO;
    return failed ? -1 : result;
}
