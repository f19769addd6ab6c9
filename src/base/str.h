/* Strings: slices, growing buffers, hashing, strict UTF-8. */
#ifndef RAP_BASE_STR_H
#define RAP_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that belong to someone else: UTF-8 unless said, no NUL promised. */
struct slice {
    const char *s;
    size_t n; /* [bytes] */
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

struct slice slice_of(
    const char *s); /* of a NUL-terminated string; NULL: empty */
bool slice_eq(struct slice a, struct slice b);
bool slice_is(struct slice a, const char *s);
/* Does it end so, whatever the case of its ASCII letters? end: small ones. */
bool slice_ends(struct slice s, const char *end);
int slice_compare(struct slice a, struct slice b); /* by bytes: < 0, 0, > 0 */

/* A buffer that grows in an arena; s is always NUL-terminated once used. */
struct buf {
    struct arena *a;
    char *s;
    size_t n; /* [bytes] without the NUL */
    size_t cap; /* [bytes] */
};

struct buf buf_new(struct arena *a);
void buf_put(struct buf *b, const void *s, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_utf8(struct buf *b, uint32_t cp);

/* Any bytes as one line of text: what may not stand in it becomes U+FFFD. */
void buf_readable(struct buf *b, struct slice s);

/* A 64-bit hash of n bytes, mixed with seed; the same in every run. */
uint64_t str_hash(const void *s, size_t n, uint64_t seed);

/*
 * Decode one code point of strict UTF-8 (RFC 3629: no overlong form, no
 * surrogate, at most U+10FFFF) at s, which has n > 0 bytes. Returns its length
 * in bytes and sets *cp, or returns 0 if the bytes are not valid.
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);

/* Write cp at out (4 bytes of room); returns the length [bytes]. */
size_t utf8_encode(uint32_t cp, char *out);

/* How many of the n bytes at s are valid UTF-8 from the start: n if all. */
size_t utf8_valid(const char *s, size_t n);

/* Number of code points in valid UTF-8. */
size_t utf8_count(const char *s, size_t n);

/*
 * May cp stand in a report's text? Not the controls but TAB and LF, DEL, C1,
 * the noncharacters, or lone surrogates (PDF/UA needs each glyph mapped to
 * text; ISO 14289-1, 7.21.7), and not what nobody sees: U+2028, U+2029, U+FEFF,
 * tag characters.
 */
bool utf8_allowed(uint32_t cp);

/*
 * The candidate nearest to s by edit distance if it is near enough to be a
 * slip of the pen, else NULL. `names` ends with NULL. For "did you mean".
 */
const char *str_nearest(struct slice s, const char *const *names);

#endif
