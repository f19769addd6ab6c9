/* A document made by hand, for the tests of the PDF stage. */
#ifndef RAP_TESTS_SUPPORT_PDF_H
#define RAP_TESTS_SUPPORT_PDF_H

#include "pdf/pdf_int.h"

enum { SAMPLE_FACES = 2, SAMPLE_LOOKS = 6, SAMPLE_TARGETS = 8 };

/* The looks: what the tests change. */
enum {
    LOOK_PLAIN, /* face 0 at 10 pt */
    LOOK_BOLD, /* face 1 at 10 pt */
    LOOK_LARGE, /* face 0 at 20 pt */
    LOOK_RAISED, /* face 0 at 10 pt, 4 pt up */
    LOOK_RED,
    LOOK_GREY
};

struct sample {
    struct arena *a, *scratch;
    struct limits limits;
    struct load load;
    struct face *faces[SAMPLE_FACES];
    struct look looks[SAMPLE_LOOKS];
    struct fonts fonts;
    struct profile profile;
    struct target targets[SAMPLE_TARGETS];
    struct section_doc sections[SAMPLE_TARGETS];
    struct link links[4];
    const char *langs[1];
    struct report report; /* of no facts */
    struct doc doc;
    struct box boxes[SAMPLE_TARGETS];
    struct flow flow;
    struct page page[4];
    uint32_t page_of[SAMPLE_TARGETS];
    rlen y_of[SAMPLE_TARGETS];
    struct pages pages;
    struct pdf_options opt;
};

/*
 * On a page of 400 x 600 pt; no pages, targets or boxes yet. The structure is a
 * Document with one P, number 2, whose are all texts.
 */
struct sample *sample_new(struct arena *a);

/* A word as the text stage makes it: shaped, its glyphs' texts noted. */
struct word *sample_word(struct sample *s, uint16_t face, const char *text);

/* Items of a text in one look, words and spaces; returns their number. */
uint32_t sample_items(
    struct sample *s, uint16_t look, const char *text, struct item **items);

/* A text to paint, its baseline at x, y [pt]. */
struct draw sample_text(
    struct sample *s, uint16_t look, int x, int y, const char *text);

/* A heading on page i, y [pt] from its top, as the next target and box. */
uint32_t sample_heading(struct sample *s, uint8_t level, const char *id,
    const char *title, uint32_t i, int y);

/* Errors reported so far. */
unsigned sample_errors(const struct sample *s);

/* Write the document to the file `path`; true if all went well. */
bool sample_write(struct sample *s, const char *path, pdf_paint_fn paint);

/* A file's bytes, and the same with every packed stream unpacked. */
struct slice sample_read(struct arena *a, const char *path);
struct slice sample_unpacked(struct arena *a, const char *path);

/* The first place of a text in binary data, or NULL. */
const char *sample_find(struct slice in, const char *what);
bool sample_has(struct slice in, const char *what);
unsigned sample_count(struct slice in, const char *what);

#endif
