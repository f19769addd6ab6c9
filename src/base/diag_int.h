/* The list of messages as its keeper (diag.c) and its printer see it. */
#ifndef RAP_BASE_DIAG_INT_H
#define RAP_BASE_DIAG_INT_H

#include "base/diag.h"

/* A hint or a second place of a message, in the order they were added. */
struct remark {
    struct remark *next;
    struct pos at; /* not of a hint */
    bool hint;
    const char *text;
};

struct message {
    struct message *next; /* the one added after it */
    enum diag_id id;
    struct pos at;
    const char *text;
    const char *path; /* in the report, or NULL */
    struct remark *remarks;
};

struct diags {
    struct arena *a;
    const struct files *files;
    struct message *first;
    struct message **tail;
    struct message *last; /* NULL: the last one added was not kept */
    struct message **table; /* the kept ones by hash, open addressing */
    size_t slots; /* of the table, a power of two */
    size_t kept;
    unsigned counts[D_COUNT]; /* added, by id; equal ones once */
    unsigned dropped[D_COUNT]; /* of these not kept */
    uint8_t levels[D_COUNT]; /* enum diag_level */
    bool off[D_COUNT];
    bool switched[D_COUNT]; /* by the command line */
    bool strict;
};

/* The level that counts for a message, after -W, -E and --strict. */
enum diag_level diag_level_of(const struct diags *d, enum diag_id id);

#endif
