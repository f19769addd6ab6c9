/* Inside review: what the forms of a difference share. */
#ifndef RAP_REVIEW_PRINT_INT_H
#define RAP_REVIEW_PRINT_INT_H

#include "review/review_int.h"

/* "file:line:column"; nothing for no place. */
void review_put_pos(
    struct buf *out, const struct edition *edition, struct pos pos);

/* The index of the section around one; 0: the report itself. */
uint32_t review_parent(const struct side *s, const struct section_doc *section);

/* A section with as much above it as tells which it is; "" for NULL. */
struct slice review_path(
    struct arena *a, const struct side *s, const struct section_doc *section);

/* The same in short: of what has a number, that alone. */
struct slice review_brief(
    struct arena *a, const struct side *s, const struct section_doc *section);

#endif
