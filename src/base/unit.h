/* Lengths: one integer type for every distance between load and painting. */
#ifndef RAP_BASE_UNIT_H
#define RAP_BASE_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A length in 1/1000 pt (1 pt = 1/72 inch), y growing downwards. Sums over a
 * whole document are int64_t. Floating point exists only where the PDF's
 * numbers are written.
 */
typedef int32_t rlen;

#define PT(n) ((rlen)((n)*1000))

/* The largest coordinate a page may have: 14,400 pt (PDF 1.7, annex C.2). */
#define RLEN_MAX PT(14400)

/*
 * Read a length such as "16mm", "2.5cm", "12pt", "1in" from the n bytes at s
 * into *out. False, with *out untouched, if it is no number followed by one of
 * these units, has more than 3 decimals, or lies outside +-RLEN_MAX.
 */
bool unit_parse(const char *s, size_t n, rlen *out);

/*
 * Read a decimal integer that uses all n bytes at s, within min..max.
 * False, with *out untouched, otherwise. No sign but '-', no blanks.
 */
bool unit_parse_int(
    const char *s, size_t n, int64_t min, int64_t max, int64_t *out);

/* a * b / c in 64 bits, rounded to nearest; c > 0. */
rlen unit_scale(int64_t a, int64_t b, int64_t c);

#endif
