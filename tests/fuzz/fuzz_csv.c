/* Fuzz target: a data file, for a table that wants two of its columns. */
#include "fuzz.h"

#include <string.h>

static const char REPORT[] =
    "report: {title: T, language: en, status-date: 2026-01-31}\n"
    "body:\n"
    "  - table:\n"
    "      columns: [{key: a, title: A}, {key: b, title: B}]\n"
    "      rows: {file: t.csv}\n";

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    fuzz_run((struct fuzz_text){REPORT, strlen(REPORT)},
        (struct fuzz_text){s, n}, "model");
    return 0;
}
