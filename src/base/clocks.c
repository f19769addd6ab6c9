/* Times and peak memory of the process. */
#include "base/clocks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct clocks clocks_now(void)
{
    struct clocks now;
    clock_gettime(CLOCK_MONOTONIC, &now.wall);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now.cpu);
    return now;
}

static double ms_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) * 1e3 +
        (double)(to->tv_nsec - from->tv_nsec) / 1e6;
}

/*
 * The most memory that the process has held [kB]. That of getrusage counts
 * what its parent held when it was started, too.
 */
static long peak_memory(void)
{
    struct rusage use;
    char line[256];
    long peak = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && !peak && fgets(line, sizeof line, f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
    if (f)
        fclose(f);
    if (peak || getrusage(RUSAGE_SELF, &use) != 0)
        return peak;
    return use.ru_maxrss;
}

void clocks_print(FILE *out, const char *name, const struct clocks *since)
{
    struct clocks now = clocks_now();
    fprintf(out, "%-8s %9.2f ms wall %9.2f ms CPU %7ld kB peak\n", name,
        ms_between(&since->wall, &now.wall), ms_between(&since->cpu, &now.cpu),
        peak_memory());
}
