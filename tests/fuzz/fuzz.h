/* What the fuzz targets share: one run of the whole program in this process. */
#ifndef RAP_FUZZ_H
#define RAP_FUZZ_H

#include <stddef.h>
#include <stdint.h>

struct fuzz_text {
    const void *s;
    size_t n;
};

/*
 * Put the texts into a folder of our own as report.yaml and t.csv and build
 * the report, or dump the stage `dump`; then check it. Aborts unless what is
 * promised of any input holds: a status of the report or of a limit, one and
 * the same from both; a message if it is not 0, and then no output; no control
 * characters in messages; a PDF that begins and ends as one.
 */
void fuzz_run(struct fuzz_text report, struct fuzz_text data, const char *dump);

/* From now on the second text is put there under this name. */
void fuzz_name_data(const char *name);

/*
 * Verify a file of these bytes. Aborts unless the status is that of a report
 * or a limit, with a message if it is not 0, and no control characters are
 * printed.
 */
void fuzz_verify(struct fuzz_text pdf);

/* A target: called by libFuzzer, or by replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n);

#endif
