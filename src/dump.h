/* Each stage's result as stable text, for tests and tools. */
#ifndef RAP_DUMP_H
#define RAP_DUMP_H

#include "page/page.h"

/* The resolved report as JSON (the form is given in rapporteur.5). */
void dump_model(const struct doc *doc, struct arena *a, struct buf *out);

/* YAML values with their places, one a line. */
void dump_nodes(
    const struct files *files, const struct node *root, struct buf *out);

/* Every broken line: its width, stretch and text. Lengths in 1/1000 pt. */
void dump_lines(const struct flow *flow, struct arena *a, struct buf *out);

/* Boxes with their places in the flow, tables with their columns and rows. */
void dump_boxes(const struct flow *flow, struct arena *a, struct buf *out);

/* Each page's display list. `scratch` is reset for each. */
void dump_pages(
    const struct pages *pages, struct arena *scratch, struct buf *out);

#endif
