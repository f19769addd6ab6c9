/* Texts to numbers by hash. */
#ifndef RAP_BASE_SEEN_H
#define RAP_BASE_SEEN_H

#include "base/str.h"

struct seen;

/* An empty one, in arena a. */
struct seen *seen_new(struct arena *a);

/*
 * The number of a text, 0 if it is new: the caller sets it. The text is
 * borrowed. The place is good until the next call.
 */
uint32_t *seen_number(struct seen *s, struct slice text);

/* The number of a text, 0 if it is not there. */
uint32_t seen_find(const struct seen *s, struct slice text);

#endif
