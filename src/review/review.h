/* The built-in checks: what is likely a mistake in a resolved report. */
#ifndef RAP_REVIEW_REVIEW_H
#define RAP_REVIEW_REVIEW_H

#include "inline/doc.h"

/*
 * Look through a resolved report for what its built-in checks find, as `lint:`
 * sets them, and report it: the review group of base/diag_list.h. What a
 * mistake that was reported before would make them find is left out. The
 * scratch arena is left as it is.
 */
void review_check(
    const struct load *l, struct arena *scratch, const struct doc *doc);

#endif
