/* The line that shows how far a build is. */
#include "base/progress.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* [ms] between two drawings. */
enum { PACE = 100 };

/* [columns] of the text with its blanks; of a bar; of a terminal that tells
 * none. */
enum { TEXT_MAX = 120, BAR_MIN = 10, BAR_MAX = 40, COLUMNS = 80 };

static const char CLEAR[] = "\r\033[K";

/* Where a line stands: a file descriptor + 1, or 0. */
static volatile sig_atomic_t standing;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_start(struct progress *p, FILE *out, int delay)
{
    *p = (struct progress){.out = out};
    if (out)
        p->next = now() + delay;
}

/* "1,234,567" at s; returns its end. */
static char *put_count(char *s, uint64_t n)
{
    char digits[32];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            *s++ = ',';
        *s++ = digits[i];
    }
    return s;
}

/* The text without a bar, in TEXT_MAX bytes; returns its length. */
static size_t put_text(
    char *s, const struct progress *p, uint64_t done, uint64_t total)
{
    /* Names are short; two counts take 54 bytes at most. */
    char *end = s + snprintf(s, TEXT_MAX / 4, "  %s", p->stage);
    if (p->what && (done || total)) {
        end += sprintf(end, ": ");
        end = put_count(end, done);
        if (total) {
            end += sprintf(end, " of ");
            end = put_count(end, total);
        }
        end += snprintf(end, TEXT_MAX / 4, " %s", p->what);
    }
    return (size_t)(end - s);
}

/* " [####----]" in so many columns, if a bar of use fits. */
static size_t put_bar(char *s, size_t columns, uint64_t done, uint64_t total)
{
    enum { AROUND = 3 };
    if (!total || columns < BAR_MIN + AROUND)
        return 0;
    size_t n = columns - AROUND < BAR_MAX ? columns - AROUND : BAR_MAX;
    double share = done < total ? (double)done / (double)total : 1;
    size_t full = (size_t)(share * (double)n);
    memcpy(s, " [", 2);
    memset(s + 2, '#', full);
    memset(s + 2 + full, '-', n - full);
    s[2 + n] = ']';
    return n + AROUND;
}

/* Columns of the terminal; 0: it is not ours to write on now. */
static size_t columns_of(int fd)
{
    struct winsize size;
    pid_t front = tcgetpgrp(fd);
    if (front >= 0 && front != getpgrp())
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return COLUMNS;
    return size.ws_col;
}

static void draw(struct progress *p, uint64_t done, uint64_t total)
{
    char line[sizeof CLEAR + TEXT_MAX + BAR_MAX + 4];
    size_t columns = columns_of(fileno(p->out));
    if (columns < 2)
        return;
    /* In the last column a terminal may begin a line. */
    columns--;
    line[0] = '\r';
    size_t n = put_text(line + 1, p, done, total);
    n = n < columns ? n + put_bar(line + 1 + n, columns - n, done, total)
                    : columns;
    memcpy(line + 1 + n, CLEAR + 1, sizeof CLEAR - 2);
    standing = (sig_atomic_t)fileno(p->out) + 1;
    fwrite(line, 1, n + sizeof CLEAR - 1, p->out);
    fflush(p->out);
    p->shown = true;
}

void progress_draw(struct progress *p, uint64_t done, uint64_t total)
{
    int64_t t;
    if (!p->stage || (t = now()) < p->next)
        return;
    p->next = t + PACE;
    draw(p, done, total);
}

void progress_stage(struct progress *p, const char *stage, const char *what)
{
    p->stage = stage;
    p->what = what;
    if (!p->out || !stage)
        return;
    /* Not a word of the stage before while this one says nothing. */
    if (p->shown)
        p->next = 0;
    progress_draw(p, 0, 0);
}

void progress_clear(struct progress *p)
{
    if (!p->shown)
        return;
    fputs(CLEAR, p->out);
    fflush(p->out);
    standing = 0;
    p->shown = false;
}

void progress_abandon(void)
{
    if (!standing)
        return;
    ssize_t n = write(standing - 1, CLEAR, sizeof CLEAR - 1);
    (void)n;
    standing = 0;
}
