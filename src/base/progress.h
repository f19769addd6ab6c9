/* How far a long build is: one line on a terminal, gone at the end. */
#ifndef RAP_BASE_PROGRESS_H
#define RAP_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * "  layout: 45,000 of 100,000 rows [####------]". Nothing is written before
 * the delay is over, then at most ten times a second. Who writes elsewhere on
 * the terminal calls progress_clear before.
 */
struct progress {
    FILE *out; /* a terminal; NULL: nothing is ever shown */
    const char *stage; /* NULL: between stages, nothing is drawn */
    const char *what; /* the stage counts; NULL: nothing */
    int64_t next; /* [ms, monotonic] when it may be drawn again */
    bool shown;
};

/* Begin: show nothing for `delay` ms, and never if out is NULL. */
void progress_start(struct progress *p, FILE *out, int delay);

/* A stage begins; what it counts ("rows"), or NULL. Both are borrowed. */
void progress_stage(struct progress *p, const char *stage, const char *what);

/* Draw if it is time to: see progress_tick. */
void progress_draw(struct progress *p, uint64_t done, uint64_t total);

/* Erase the line; it comes back with the next stage or tick. */
void progress_clear(struct progress *p);

/*
 * Erase the line that any progress shows, as the process ends. Safe in a signal
 * handler.
 */
void progress_abandon(void);

/*
 * So many of so many are done (total 0: nobody knows). p may be NULL. Reads the
 * clock if there is a terminal, so that a stage may tick for every row.
 */
static inline void progress_tick(
    struct progress *p, uint64_t done, uint64_t total)
{
    if (p && p->out)
        progress_draw(p, done, total);
}

#endif
