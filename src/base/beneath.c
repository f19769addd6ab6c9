/* Opening a file so that its path cannot lead out of a folder. */
#define _GNU_SOURCE
#include "base/file_int.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A pipe must not block us, a terminal not become ours. */
enum { HOW = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

const char *file_clean_path(struct arena *a, const char *path)
{
    char *clean = arena_alloc(a, strlen(path) + 2);
    size_t n = 0, depth = 0; /* depth: names that ".." may take back */
    bool absolute = path[0] == '/';
    if (absolute)
        clean[n++] = '/';
    while (*path) {
        size_t len = strcspn(path, "/");
        bool up = len == 2 && memcmp(path, "..", 2) == 0;
        if (up && depth) {
            while (n && clean[n - 1] != '/')
                n--;
            n -= n > 1;
            depth--;
        } else if (len && !(len == 1 && *path == '.') && !(up && absolute)) {
            if (n && clean[n - 1] != '/')
                clean[n++] = '/';
            memcpy(clean + n, path, len);
            n += len;
            depth += !up;
        }
        path += len;
        path += *path == '/';
    }
    if (!n)
        clean[n++] = '.';
    clean[n] = '\0';
    return clean;
}

static int open_at(int dir, const char *name, int how)
{
    int fd;
    do
        fd = openat(dir, name, how);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* Tell a link, which is not followed, from what is no folder at all. */
static int why_no_folder(int dir, const char *name, int error)
{
    struct stat st;
    if (error == ENOTDIR && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(st.st_mode))
        return ELOOP;
    return error;
}

int file_open_walk(struct arena *a, int dir, const char *path)
{
    const char *clean = file_clean_path(a, path);
    size_t n = strlen(clean);
    if (clean[0] == '/' || strcmp(clean, "..") == 0 ||
        strncmp(clean, "../", 3) == 0) {
        errno = EXDEV;
        return -1;
    }
    char *name = arena_strndup(a, clean, n);
    int at = dir;
    for (;;) {
        char *slash = strchr(name, '/');
        if (slash)
            *slash = '\0';
        int how = slash ? O_PATH | O_DIRECTORY | O_CLOEXEC : HOW;
        int fd = open_at(at, name, how | O_NOFOLLOW);
        int saved = fd < 0 ? why_no_folder(at, name, errno) : errno;
        if (at != dir)
            close(at);
        errno = saved;
        if (fd < 0 || !slash)
            return fd;
        at = fd;
        name = slash + 1;
    }
}

/* The kernel gives up with EAGAIN when something is moved meanwhile. */
enum { TRIES = 32 };

int file_open_beneath(struct arena *a, int dir, const char *path)
{
    /* Where no link is in the way the walk does, on any kernel. */
    if (!strstr(path, "..")) {
        int plain = file_open_walk(a, dir, path);
        if (plain >= 0 || errno != ELOOP)
            return plain;
    }
    struct open_how how = {
        .flags = HOW, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    long fd = -1;
    for (int i = 0; i < TRIES; i++) {
        fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    /* An old kernel has no such call; a sandbox may forbid it. */
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        return file_open_walk(a, dir, path);
    return (int)fd;
}
