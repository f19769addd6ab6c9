/* Files as the parts of this folder see them. */
#ifndef RAP_BASE_FILE_INT_H
#define RAP_BASE_FILE_INT_H

#include "base/file.h"

#include <stdint.h>

/* A folder below which files may be read. */
struct root {
    const char *real; /* absolute, without links */
    int fd;
};

struct entry {
    struct source source;
    uint32_t root; /* index of the root it was read below; unused for texts */
    const char *in; /* its path from there; NULL: a text of our own */
    bool passing; /* of files_pass … */
    uint64_t hash; /* … and of its bytes, which are not kept */
    /* The last place asked for, where the next search may start. */
    uint32_t seen_off, seen_line;
};

/* Where a file is to be opened, and its name in messages. */
struct file_target {
    uint32_t root; /* index */
    const char *in; /* its path from there */
    const char *shown;
    uint8_t role; /* enum file_role */
};

struct files {
    struct arena *a;
    struct root *roots;
    size_t root_count, root_cap;
    struct entry **entries;
    size_t count, cap;
    const char **depends; /* of files_depend */
    size_t depend_count, depend_cap;
    uint64_t total; /* [bytes] read */
    const struct file_change *change; /* of files_pretend, or NULL */
    uint32_t changed; /* its number once it was read, else 0 */
    struct pos (*find_late)(void *data, uint32_t off);
    void *late_data;
};

/* Find where a path leads; says nothing of whether there is such a file. */
enum file_error file_find(
    struct files *f, struct slice path, uint32_t from, struct file_target *t);

/* What an errno of opening a file means. */
enum file_error file_error_of(int number);

/* A new entry, the last. */
struct entry *file_add(struct files *f, uint32_t *number);

/* Is this the file that is taken as changed? Then *number is its number. */
bool file_pretended(
    struct files *f, const struct file_target *t, uint32_t *number);

/* The folder part of a path: "." if it has none. */
const char *file_folder(struct arena *a, const char *path);

/* A path from a folder on. */
const char *file_join(struct arena *a, const char *folder, const char *path);

/*
 * Open a file below the folder `dir` for reading, by openat2, or by a walk
 * that follows no link. -1 with errno set on failure: EXDEV or ELOOP if the
 * path leads out.
 */
int file_open_beneath(struct arena *a, int dir, const char *path);
int file_open_walk(struct arena *a, int dir, const char *path);

/*
 * The path without "." and "a/.." in it, read as text: arena memory. What
 * leads out of a relative path's start stays as "..".
 */
const char *file_clean_path(struct arena *a, const char *path);

#endif
