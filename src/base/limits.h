/* The limits that keep bad input cheap, by name: --limit NAME=N raises them. */
#ifndef RAP_BASE_LIMITS_H
#define RAP_BASE_LIMITS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(member, name, default, absolute cap): bytes or counts. */
#define LIMIT_LIST(X) \
    X(file, "file", 16 << 20, 1 << 30) /* one YAML file [bytes] */ \
    X(data, "data", 64 << 20, 1 << 30) /* one data file [bytes] */ \
    X(input, "input", 256 << 20, INT64_C(4) << 30) /* all files [bytes] */ \
    X(depth, "depth", 64, 256) /* YAML nesting */ \
    X(nodes, "nodes", 2000000, 100000000) /* with expanded aliases */ \
    X(aliases, "aliases", 10000, 1000000) \
    X(key, "key", 256, 4096) /* [bytes] */ \
    X(text, "text", 1 << 20, 1 << 26) /* one scalar [bytes] */ \
    X(includes, "includes", 256, 10000) /* files */ \
    X(include_depth, "include-depth", 8, 32) \
    X(headings, "headings", 6, 6) /* levels; PDF/UA-1 has H1 to H6 */ \
    X(lists, "lists", 8, 16) /* levels */ \
    X(columns, "columns", 64, 256) /* of a table */ \
    X(datasets, "datasets", 256, 4096) \
    X(data_columns, "data-columns", 256, 2000) /* of a data set */ \
    X(rows, "rows", 200000, 10000000) /* of a table or data set */ \
    X(cells, "cells", 2000000, 100000000) /* of the report */ \
    X(cell, "cell", 64 << 10, 1 << 20) /* one cell [bytes] */ \
    X(query_steps, "query-steps", 100000000, \
        INT64_C(1000000000000)) /* of SQLite, of all queries */ \
    X(query_memory, "query-memory", 64 << 20, \
        INT64_C(64) << 30) /* of one query [bytes] */ \
    X(markdown, "markdown", 256 << 10, \
        1 << 24) /* one Markdown text [bytes] */ \
    X(pages, "pages", 20000, 1000000) \
    X(font, "font", 64 << 20, 256 << 20) /* one font file [bytes] */ \
    X(attachment, "attachment", 32 << 20, 1 << 30) /* one of them [bytes] */ \
    X(attachments, "attachments", 1000, 4000) /* files */ \
    X(image, "image", 32 << 20, 1 << 30) /* one image file [bytes] */ \
    X(image_side, "image-side", 20000, 65500) /* of one image [pixels] */ \
    X(image_pixels, "image-pixels", 50000000, 1000000000) /* of one */ \
    X(images_pixels, "images-pixels", 400000000, \
        INT64_C(100000000000)) /* of all images */ \
    X(output, "output", 1 << 30, INT64_C(64) << 30) /* [bytes] */ \
    X(memory, "memory", 1 << 30, INT64_C(64) << 30) /* [bytes] */ \
    X(messages, "messages", 100, 1000000) /* printed */

struct limits {
#define X(member, name, standard, cap) int64_t member;
    LIMIT_LIST(X)
#undef X
};

void limits_init(struct limits *l);

/*
 * Set the limit of that name. False if there is none, or n is not within
 * 1..its cap.
 */
bool limits_set(struct limits *l, struct slice name, int64_t n);

/* The most that a limit may be raised to; 0 if there is none of that name. */
int64_t limits_cap(struct slice name);

/* The name nearest to a wrong one, or NULL if none is near. */
const char *limits_near(struct slice name);

#endif
