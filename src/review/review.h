/* The built-in checks: what is likely a mistake in a resolved report. */
#ifndef RAP_REVIEW_REVIEW_H
#define RAP_REVIEW_REVIEW_H

#include "inline/doc.h"

/* Set the levels of the checks' messages as `lint:` says, before the data are
 * looked at: what a check that is off wants to know is not gathered. */
void review_levels(struct diags *d, const struct report *report);

/*
 * Look through a resolved report for what its built-in checks find, as `lint:`
 * sets them, and report it: the review group of base/diag_list.h. What a
 * mistake that was reported before would make them find is left out. The
 * scratch arena is left as it is.
 */
void review_check(
    const struct load *l, struct arena *scratch, const struct doc *doc);

#endif
