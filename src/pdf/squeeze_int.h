/* Inside the PDF stage: streams packed on several cores, in one order. */
#ifndef RAP_PDF_SQUEEZE_INT_H
#define RAP_PDF_SQUEEZE_INT_H

#include "base/str.h"

/*
 * A queue of streams. They come out packed in the order in which they were put
 * in, each packed by itself: what comes out does not depend on how many threads
 * pack, nor on which of them.
 *
 * - The caller's thread puts in, takes out, and packs where it would wait.
 * - The others only pack: from one buffer to another, both grown before. They
 *   see no arena, no libharu, no message and no file, and no signal sees them.
 * - They are started when there is work for them; one that cannot be started
 *   is done without.
 * - They are gone before the arena's memory is: it may be freed at any time
 *   that the caller's thread is not inside a function of this file, or has
 *   left it by the arena's jump.
 */
struct squeeze;

/* A stream that comes out. */
struct squeezed {
    uint32_t id; /* of its object */
    bool compress; /* was asked for */
    struct slice entries; /* as they were put in */
    char *s; /* the data as they go to the file */
    size_t n; /* [bytes] */
};

/* What may be written before s and after s + n, for the rest of the object. */
enum { SQUEEZE_FRONT = 256, SQUEEZE_BACK = 32 };

/* Called in the order of putting, by the thread that puts or drains. */
typedef void (*squeeze_out_fn)(void *owner, const struct squeezed *stream);

/*
 * A queue for `jobs` threads, the caller's among them, 64 at most; 0: one for
 * each core that the process may use, at most 8.
 */
struct squeeze *squeeze_new(
    struct arena *a, unsigned jobs, squeeze_out_fn out, void *owner);

/* Put a stream in: entries and data are copied, or used before it returns. */
void squeeze_put(struct squeeze *q, uint32_t id, struct slice entries,
    struct slice data, bool compress);

/* Let all come out, and this stream after it, whose data are not copied. */
void squeeze_put_last(struct squeeze *q, uint32_t id, struct slice entries,
    struct slice data, bool compress);

/* Let all come out that was put in. */
void squeeze_drain(struct squeeze *q);

/* How many threads were started. */
unsigned squeeze_threads(const struct squeeze *q);

#endif
