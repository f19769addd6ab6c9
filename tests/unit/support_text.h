/* What the tests of src/text share: fonts, looks, items by hand. */
#ifndef RAP_TESTS_SUPPORT_TEXT_H
#define RAP_TESTS_SUPPORT_TEXT_H

#include "support_load.h"

#include "text/text_int.h"

/* Fonts and what they were opened with; in the test's arena. */
struct type {
    struct arena *a;
    struct load *l;
    struct doc *doc;
    struct profile *profile;
    struct fonts *fonts;
    struct style style; /* serif, 10 pt */
};

/* Everything that fonts_open needs, all styles serif; not yet opened. */
struct type *new_type(struct arena *a);

/* The same, opened. */
struct type *open_type(struct arena *a);

/*
 * Items as text: words in brackets with the break after them ('|' allowed,
 * '?' only if need be, '-' a soft hyphen), '_' a space, '=' a fixed one, '/' a
 * forced break.
 */
const char *show_items(struct type *t, const struct items *items);

/* Shape plain text, and show it. */
struct items shape_plain(struct type *t, const char *s);
const char *show_plain(struct type *t, const char *s);

/* The lines of items, a '/' between them, '-' where a hyphen ends one. */
const char *show_lines(
    struct type *t, const struct items *items, const struct lines *lines);

/*
 * Items by hand: a letter is a word of 10 pt, ' ' a space of 3 pt, '_' one
 * inside a date, '=' a fixed one, '/' a forced break; '|', '?' and '-' after a
 * letter are its break. Letters without one between hang together. The hyphen
 * has 10 pt's real one.
 */
struct items make_items(struct type *t, const char *s);

/* Break them in a mode, without hyphenation; the same of items by hand. */
struct lines break_items(
    struct type *t, struct items *items, rlen width, unsigned mode);
const char *lines_of(struct type *t, const char *s, rlen width, unsigned mode);

/*
 * Break paragraphs of 400,000 items: with a method that is not linear that
 * takes for ever.
 */
void breaks_long_paragraphs(struct type *t, rlen width, unsigned mode);

#endif
