/* The keys of `lint:`. */
#include "model/keys_int.h"

static const char *const LEVELS[] = {[LINT_OFF - 1] = "off",
    [LINT_WARNING - 1] = "warning",
    [LINT_ERROR - 1] = "error",
    NULL};
static const struct type LEVEL = {.kind = TYPE_ENUM,
    .names = LEVELS,
    .def = "lint-level",
    .what = "What its findings are: nothing, warnings or errors"};
static const struct type ACCEPTED = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "accepted",
    .what = "What the finding is about, as its hint says",
    .size = sizeof(struct node *),
    .read = lint_read_word};
static const struct type ACCEPT = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &ACCEPTED};
static const struct type COLUMN = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "set-column",
    .what = "A column of a data set: dataset.column",
    .size = sizeof(struct node *),
    .read = lint_read_word};
static const struct type COLUMNS = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &COLUMN};
static const struct type SPAN = {.kind = TYPE_INT, .min = 0, .max = 36525};

#define KEYS_common \
    KEY("level", &LEVEL, "off, warning or error", AT(struct lint, level)), \
        KEY("accept", &ACCEPT, "The findings that are right as they are", \
            AT(struct lint, accept), .count = offsetof(struct lint, naccept)), \
        KEY("because", &model_word, "Why they are", AT(struct lint, because))
#define KEYS_printed \
    KEYS_common, \
        KEY("except", &model_except, "Rows that need not be printed", \
            AT(struct lint, except), .count = offsetof(struct lint, nexcept))
#define KEYS_dated \
    KEYS_common, \
        KEY("columns", &COLUMNS, \
            "The columns of dates that count; else all of them", \
            AT(struct lint, columns), \
            .count = offsetof(struct lint, ncolumns))
#define KEYS_stale \
    KEYS_dated, \
        KEY("span", &SPAN, \
            "How many days the status date may be later than the last row; 92", \
            AT(struct lint, span), .given = offsetof(struct lint, span_given))

/* Of each check the keys of its mapping, and its two forms. */
#define X(id, name, own, text) \
    static const struct key id##_LIST[] = {KEYS_##own}; \
    static const struct keys id##_KEYS = {.what = "'" name "'", \
        .list = id##_LIST, \
        .n = COUNT_OF(id##_LIST), \
        .done = lint_done}; \
    static const struct type id##_MAP = {.kind = TYPE_MAP, \
        .def = "lint-" #own, \
        .what = "What is said of a check", \
        .map = &id##_KEYS}; \
    static const struct type *const id##_FORMS[] = {&LEVEL, &id##_MAP, NULL}; \
    static const struct type id##_RULE = { \
        .kind = TYPE_ONE_OF, .forms = id##_FORMS, .read = lint_read};
LINT_LIST(X)
#undef X

static const struct key CHECKS[] = {
#define X(id, name, own, what) \
    KEY(name, &id##_RULE, what, .offset = LINT_##id * sizeof(struct lint)),
    LINT_LIST(X)
#undef X
};
static const struct keys CHECKS_KEYS = {
    .what = "'lint'", .list = CHECKS, .n = COUNT_OF(CHECKS)};
const struct type model_lint = {.kind = TYPE_MAP,
    .def = "lint",
    .what = "The built-in checks: which are on, and which findings are right "
            "as they are",
    .map = &CHECKS_KEYS};
