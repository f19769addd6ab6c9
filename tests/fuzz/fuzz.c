/* One run of the whole program in this process, and what must hold after it. */
#include "fuzz.h"

#include <rapporteur.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder's files by their whole paths: nobody's folder is changed. */
static char folder[] = "/tmp/rapporteur-fuzz-XXXXXX";
static const char *const NAMES[] = {"report.yaml", "t.csv", "out"};
enum { REPORT, DATA, OUT, MOST };
static char paths[MOST][64];

static void remove_folder(void)
{
    for (size_t i = 0; i < MOST; i++)
        unlink(paths[i]);
    rmdir(folder);
}

/* What was promised does not hold: libFuzzer and replay.c keep the input. */
static _Noreturn void broken(const char *promise, const char *messages)
{
    fprintf(stderr, "broken: %s\n%s", promise, messages);
    remove_folder();
    abort();
}

static void make_folder(void)
{
    if (paths[OUT][0])
        return;
    if (!mkdtemp(folder))
        broken("a folder of our own", "");
    for (size_t i = 0; i < MOST; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, NAMES[i]);
    atexit(remove_folder);
}

void fuzz_name_data(const char *name)
{
    make_folder();
    unlink(paths[DATA]);
    snprintf(paths[DATA], sizeof paths[DATA], "%s/%s", folder, name);
}

static void write_file(const char *path, const void *s, size_t n)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(s, 1, n, f) != n || fclose(f) != 0)
        broken("a file of our own", path);
}

/* Control characters could change what a terminal does. */
static bool is_clean(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)s[i + 1] < 0xa0;
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c1)
            return false;
    }
    return true;
}

static bool is_pdf(void)
{
    char head[5] = "", tail[6] = "";
    FILE *f = fopen(paths[OUT], "rb");
    bool whole = f && fread(head, 1, 5, f) == 5 &&
        fseek(f, -6, SEEK_END) == 0 && fread(tail, 1, 6, f) == 6 &&
        memcmp(head, "%PDF-", 5) == 0 && memcmp(tail, "%%EOF\n", 6) == 0;
    if (f)
        fclose(f);
    return whole;
}

/* Build or check, the messages into *messages: to be freed. */
static enum rap_status run(const char *dump, bool check, char **messages)
{
    /* Few of anything are enough to find what is wrong, and quick. */
    static const char *const LIMITS[] = {
        "nodes=20000", "pages=200", "memory=268435456", NULL};
    size_t n;
    FILE *log = open_memstream(messages, &n);
    struct rap_options opt = {.input = paths[REPORT],
        .output = paths[OUT],
        .dump = dump,
        .limits = LIMITS,
        .log = log};
    if (!log)
        broken("memory for messages", "");
    enum rap_status status = check ? rap_check(&opt) : rap_build(&opt);
    fclose(log);
    if (!is_clean(*messages, n))
        broken("no control characters in messages", *messages);
    return status;
}

void fuzz_verify(struct fuzz_text pdf)
{
    static const char *const LIMITS[] = {"memory=268435456", NULL};
    make_folder();
    write_file(paths[OUT], pdf.s, pdf.n);
    char *found, *messages;
    size_t nfound, nmessages;
    FILE *out = open_memstream(&found, &nfound);
    FILE *log = open_memstream(&messages, &nmessages);
    struct rap_options opt = {.limits = LIMITS, .log = log};
    if (!out || !log)
        broken("memory for messages", "");
    enum rap_status status = rap_verify(paths[OUT], &opt, out);
    fclose(out);
    fclose(log);
    if (status != RAP_DONE && status != RAP_REPORT && status != RAP_LIMIT)
        broken("a status of the report or of a limit", messages);
    if ((status != RAP_DONE) != (nmessages > 0))
        broken("a message if and only if it is refused", messages);
    if (!is_clean(found, nfound) || !is_clean(messages, nmessages))
        broken("no control characters", messages);
    free(found);
    free(messages);
}

void fuzz_run(struct fuzz_text report, struct fuzz_text data, const char *dump)
{
    make_folder();
    write_file(paths[REPORT], report.s, report.n);
    write_file(paths[DATA], data.s, data.n);
    unlink(paths[OUT]);
    char *messages, *again;
    enum rap_status status = run(dump, false, &messages);
    if (status != RAP_DONE && status != RAP_REPORT && status != RAP_LIMIT)
        broken("a status of the report or of a limit", messages);
    if (status != RAP_DONE && !*messages)
        broken("a message", "");
    if ((access(paths[OUT], F_OK) == 0) != (status == RAP_DONE))
        broken("an output if and only if all is well", messages);
    if (status == RAP_DONE && !dump && !is_pdf())
        broken("a whole PDF", messages);
    if (run(dump, true, &again) != status || strcmp(messages, again) != 0)
        broken("the same from check", messages);
    free(messages);
    free(again);
}
