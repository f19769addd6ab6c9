/* Messages: one list of all that was found, sorted and printed at the end. */
#ifndef RAP_BASE_DIAG_H
#define RAP_BASE_DIAG_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct files;

/*
 * A place in a file that was read: bytes are kept, so line and column are
 * found only when a message is printed. file 0 means no place.
 */
struct pos {
    uint32_t file; /* number in struct files, from 1 */
    uint32_t off; /* [bytes] from the file's start */
};

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* A warning that is not printed unless it is switched on. */
enum { DIAG_OFF = DIAG_ERROR + 1 };

/* What kind of failure an error is: it decides the exit status. */
enum diag_class {
    DIAG_INPUT, /* 1: the report is at fault */
    DIAG_SYSTEM, /* 3: file, disk, font, memory */
    DIAG_LIMIT /* 4: a limit, which --limit raises */
};

/*
 * Every message of the program: id, level, class, stable name, and what it
 * means in a few words (`rapporteur explain` and rapporteur.5 say more). A name
 * never changes once released; -W and -E take it.
 */
#include "base/diag_list.h"

enum diag_id {
#define X(id, level, class, name, text) D_##id,
    DIAG_LIST(X)
#undef X
        D_COUNT
};

struct diags;

/*
 * An empty list. `a` and `files` are borrowed; places are printed relative to
 * the folder the program was started in.
 */
struct diags *diags_new(struct arena *a, const struct files *files);

/*
 * Add a message at a place. The text is printf's, without the final full
 * stop; user text in it is cut at 200 characters and freed of control
 * characters when printed. Use %.*s or diag_quote for slices. Further calls of
 * diag_also/diag_hint/diag_path belong to the message added last. The same
 * text at the same place counts once; beyond 100,000 they are only counted.
 */
void diag(struct diags *d, enum diag_id id, struct pos at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/*
 * A slice of user text for a message, in single quotes, cut at 200 characters:
 * diag(d, id, at, "unknown key %s", diag_quote(d, key)).
 */
const char *diag_quote(struct diags *d, struct slice s);

/* A second place: "first defined here". */
void diag_also(struct diags *d, struct pos at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What the user can do about it: "did you mean 'columns'?". */
void diag_hint(struct diags *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Where it stands in the report: "annexes[1].body[0].table.columns[2]". */
void diag_path(struct diags *d, const char *path);

/*
 * Set the level of a message name: false if no such name, or if it is an error
 * that may not be lowered. For -W name, -W no-name, -E name and `lint:`.
 */
bool diag_set_level(struct diags *d, struct slice name, enum diag_level level);
bool diag_set_off(struct diags *d, struct slice name);

/*
 * The same as a report says it: the command line, which was there before, goes
 * first.
 */
void diag_suggest(struct diags *d, enum diag_id id, enum diag_level level);
void diag_suggest_off(struct diags *d, enum diag_id id);

/* Is a message printed? For what is costly to find. */
bool diag_is_on(const struct diags *d, enum diag_id id);
void diag_set_strict(struct diags *d); /* every warning is an error */

unsigned diag_errors(const struct diags *d); /* so far */
unsigned diag_warnings(const struct diags *d); /* so far */

/* 0, or the exit status that the errors so far call for: 1, 3 or 4 (3 and 4
 * only if no error of class DIAG_INPUT stands beside them). */
int diag_status(const struct diags *d);

enum diag_format { DIAG_HUMAN, DIAG_SHORT };

/*
 * Print all messages to out, sorted by file and place (files in the order they
 * were first read), at most `most` of them, then how many were left out.
 * quiet: errors only. colour: with terminal colours.
 */
struct diag_print {
    enum diag_format format;
    bool quiet;
    bool colour;
    unsigned most; /* 0: all */
};
void diag_print(const struct diags *d, const struct diag_print *how, FILE *out);

/* The name and the explanation of a message, for `explain` and tests. */
const char *diag_name(enum diag_id id);
const char *diag_text(enum diag_id id);

#endif
