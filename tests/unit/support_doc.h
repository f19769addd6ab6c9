/* What the tests of src/data and src/inline share: resolve and print reports.
 */
#ifndef RAP_TESTS_SUPPORT_DOC_H
#define RAP_TESTS_SUPPORT_DOC_H

#include "support_load.h"

#include "inline/doc.h"

/*
 * Resolve a report: the required facts, then `yaml`, whose first line is
 * number 2.
 */
struct doc *resolve_report(struct load *l, const char *yaml);

/* The same up to data_expand. */
struct report *expand_report(struct load *l, const char *yaml);

/* A report whose body is one Markdown text, given with \n for lines. */
struct doc *resolve_body(struct load *l, const char *markdown);

/*
 * Spans as text: {S:strong}, {E:…}, {C:code}, {SE:…}; links as
 * [text](address) or [text](#id), an address that breaks as one with "U" in
 * its style; "/" for a break, "^1" for a note's mark, "@id" for a page,
 * <fr:texte>, "%0" to "%2" for page, pages and section.
 */
const char *print_rich(
    struct load *l, const struct doc *doc, const struct rich *text);

/*
 * Blocks: "P spans", "UL[• P …; • P …]", "OL[…]", "NOTE[…]", "QUOTE[…]",
 * "CODE[line/line]", "TABLE", "BREAK", "GRID[0:text 2:x2:text;
 * 1-0:text]" with columns, rows that are spanned and rules, with " | " between
 * them; "loose" before a list that is.
 */
const char *print_blocks(
    struct load *l, const struct doc *doc, const struct blocks *blocks);

#endif
