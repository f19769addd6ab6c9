/* What a stretch of work costs: wall clock, CPU, memory. */
#ifndef RAP_BASE_CLOCKS_H
#define RAP_BASE_CLOCKS_H

#include <stdio.h>
#include <time.h>

/* A moment, by the wall and by the CPU time of all threads. */
struct clocks {
    struct timespec wall, cpu;
};

struct clocks clocks_now(void);

/* Print a line: what was spent since then, and the most memory held so far. */
void clocks_print(FILE *out, const char *name, const struct clocks *since);

#endif
