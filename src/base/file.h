/* Files: read safely below a root, kept for messages, written atomically. */
#ifndef RAP_BASE_FILE_H
#define RAP_BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* What a file is to the report. */
enum file_role {
    FILE_SOURCE, /* written by its authors: YAML, Markdown, a style */
    FILE_DATA, /* rows of its tables */
    FILE_IMAGE,
    FILE_FONT,
    FILE_OURS, /* it came with the program */
    FILE_UNUSED /* of its data, but nothing of it counts yet */
};

/* One file that was read. */
struct source {
    const char *path; /* as messages show it: relative to the start folder */
    const char *real; /* absolute */
    const char *s; /* the bytes, a NUL after them; NULL: not kept */
    size_t n; /* [bytes] */
    uint64_t dev, ino;
    uint8_t role; /* enum file_role; FILE_SOURCE until files_set_role */
};

/* All files of a build, in the order they were first read. */
struct files;

struct files *files_new(struct arena *a);

/*
 * Files below `dir` may be read (the report's folder, or --root), and those
 * below folders added by files_allow (profiles, fonts). False, with errno set,
 * if it is no folder. Paths are resolved so that no "..", absolute path or
 * symbolic link leads out (openat2 with RESOLVE_BENEATH where the kernel has
 * it, a walk without following links elsewhere).
 */
bool files_root(struct files *f, const char *dir);
bool files_allow(struct files *f, const char *dir);

enum file_error {
    FILE_OK,
    FILE_MISSING, /* no such file */
    FILE_OUTSIDE, /* leads out of the root */
    FILE_NOT_PLAIN, /* a folder, device, pipe or socket */
    FILE_TOO_LARGE, /* over the limit given */
    FILE_CHANGED, /* it changed while it was read */
    FILE_URL, /* "scheme:" is not a file */
    FILE_FAILED /* errno says why */
};

/*
 * Read a file once; the same file asked for again gives the same number.
 * `path` is relative to the folder of file number `from`, and not absolute.
 * from = 0 is for a path that the user typed or the program knows: relative to
 * the start folder or absolute; it must lie below an allowed folder too, but
 * if none was set yet, its own becomes the root. On success *number is its
 * number (from 1). max [bytes]; FILE_FAILED leaves errno.
 */
enum file_error files_read(struct files *f, struct slice path, uint32_t from,
    size_t max, uint32_t *number);

/*
 * The same for a file whose bytes are not kept but handed over, in arena `to`:
 * an image. bytes->s is NULL if that was done before.
 */
enum file_error files_pass(struct files *f, struct slice path, uint32_t from,
    size_t max, uint32_t *number, struct arena *to, struct slice *bytes);

/* Its bytes once more; FILE_CHANGED if they are not those of the first time. */
enum file_error files_again(
    struct files *f, uint32_t number, struct arena *to, struct slice *bytes);

/* How long a file is [bytes], read as files_read would, without reading it. */
enum file_error files_size(
    struct files *f, struct slice path, uint32_t from, uint64_t *size);

/*
 * The files that a pattern names: a path whose last part may have '*' in it,
 * each for any characters. Names that begin with a dot do not fit. The folder
 * counts as searched (files_deps). A pattern without '*' names the one file,
 * whether it is there or not.
 */
struct file_match {
    const char **paths; /* for files_read, sorted by the bytes of the names */
    size_t n;
    bool others; /* the folder has files that do not fit */
};
enum file_error files_match(struct files *f, struct slice pattern,
    uint32_t from, struct file_match *out);

/* Does a name fit a pattern's last part? */
bool file_fits(struct slice name, struct slice pattern);

/* A file as it would be after a change. */
struct file_change {
    uint64_t dev, ino; /* of the folder that it stands in */
    const char *name; /* in that */
    struct slice bytes; /* a NUL after them */
};

/*
 * Take that file as it would be, also if it is not there yet: for a build
 * that shows what the change does. Borrowed; before anything is read.
 */
void files_pretend(struct files *f, const struct file_change *change);

/* Was it read? */
bool files_pretended(const struct files *f);

/* A text of our own under a name in angle brackets, e.g. <command line>. */
uint32_t files_add_text(struct files *f, const char *name, struct slice text);

/* Report a failure of files_read at `at` in the usual words, errno still its.
 */
void files_diag(struct diags *d, enum file_error e, struct pos at,
    struct slice path, size_t max);

/* What to say then of a path that a report's file names. */
void files_hint(struct diags *d, enum file_error e, struct slice path);

/*
 * A place that is found only when a message names it: its file is FILE_LATE,
 * and its offset what `find` is to be asked for. diag() does so.
 */
enum { FILE_LATE = INT32_MAX };
void files_set_late(
    struct files *f, struct pos (*find)(void *data, uint32_t off), void *data);

/* The place itself, if it is such a one. */
struct pos files_place(const struct files *f, struct pos at);

uint32_t files_count(const struct files *f);
uint64_t files_total(const struct files *f); /* [bytes] read so far */
const struct source *files_at(const struct files *f, uint32_t number);

/* A file that one of ours names is ours from the start. */
void files_set_role(struct files *f, uint32_t number, enum file_role role);

/*
 * The path of a file from the root, the first folder that was allowed: it is
 * the same wherever the report lies. NULL for a file from elsewhere or a text.
 */
const char *files_below(const struct files *f, uint32_t number);

/*
 * 1-based line and column [bytes] of a place; *whole_line gets the line unless
 * it is NULL. Places asked for in order cost one pass over the file.
 */
void files_locate(const struct files *f, struct pos at, uint32_t *line,
    uint32_t *col, struct slice *whole_line);

/* Note a file or folder that decided the output without being kept (fonts). */
void files_depend(struct files *f, const char *real);

/*
 * Make syntax: "target: file file…", each file also as an empty rule, names
 * escaped so that each is one word and none a command.
 */
void files_deps(const struct files *f, const char *target, struct buf *out);

/*
 * The folder with our profiles/ and labels (beside the uninstalled program's
 * checkout: input/; installed: PREFIX/share/rapporteur), and the one with
 * families.yaml (fonts/). Absolute; in arena a; NULL if neither exists.
 */
const char *file_data_dir(struct arena *a);
const char *file_fonts_dir(struct arena *a);

/* The names in a folder that end so, without that end, sorted; then NULL. */
const char **file_names(struct arena *a, const char *folder, const char *end);

/*
 * An output that appears whole or not at all: a temporary file in the target's
 * folder, removed on any failure and by SIGINT, SIGTERM, SIGHUP; checked close,
 * then renamed. A path "-" collects and writes to standard output at commit.
 * Refused: a folder, device or symbolic link, what may not be written, and the
 * `inputs` that were read (NULL: none), by any of their names. Abandoned with
 * its arena. Each returns false with errno set on failure.
 */
struct outfile;
struct outfile *outfile_open(struct arena *a, const struct files *inputs,
    const char *path,
    const char **why); /* NULL: *why says what is wrong with the target */
bool outfile_write(struct outfile *o, const void *s, size_t n);

/* One that only collects; it is not committed, its bytes are asked for. */
struct outfile *outfile_memory(struct arena *a);
struct slice outfile_bytes(const struct outfile *o);

/*
 * Do all that may fail before the output can take its place: of several that
 * belong together, all are prepared before the first is committed.
 */
bool outfile_prepare(struct outfile *o);
bool outfile_commit(struct outfile *o); /* prepares it if need be */

/* Would both be the same file, whatever the paths are? */
bool outfile_same(const struct outfile *a, const struct outfile *b);
void outfile_abandon(struct outfile *o);

/* Remove all temporary files, as the process ends. Safe in a handler. */
void outfile_remove_all(void);

#endif
