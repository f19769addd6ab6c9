/*
 * Run a command once and print its CPU time (user and system) [s], wall time
 * [s] and peak memory [kB]. A small program starts it, since a child's peak
 * counts what its parent held when it was started.
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct rusage used;
    double start;
    int status;
    pid_t child;

    if (argc < 2)
        return 2;
    start = now();
    child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        return 3;
    printf("%.6f %.6f %ld\n", seconds(used.ru_utime) + seconds(used.ru_stime),
        now() - start, used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}
