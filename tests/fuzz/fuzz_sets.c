/*
 * Fuzz target: the file of a data set. The first byte says what kind of file it
 * is, the second which types its columns have.
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

static const char *const NAMES[] = {
    "t.csv", "t.yaml", "t.json", "t.sqlite", "u.tsv"};
static const char *const KEYS[] = {"", ", key: a",
    ", key: b, types: {a: integer, b: date}",
    ", types: {a: number, b: [x, under study]}",
    ", types: {a: {in: d.b}, b: {in: d.a}}",
    ", columns: {b: \"B b\"}, types: {b: markdown}"};

enum {
    NNAMES = sizeof NAMES / sizeof *NAMES,
    NKEYS = sizeof KEYS / sizeof *KEYS
};

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    char report[512];
    if (n < 2)
        return 0;
    const char *name = NAMES[s[0] % NNAMES];
    snprintf(report, sizeof report,
        "report: {title: T, language: en, status-date: 2026-01-31}\n"
        "data:\n"
        "  d: {file: %s%s%s}\n"
        "  e: {file: %s%s}\n",
        name, KEYS[s[1] % NKEYS], strstr(name, "sqlite") ? ", table: t" : "",
        name, strstr(name, "sqlite") ? ", table: u" : "");
    fuzz_name_data(name);
    fuzz_run((struct fuzz_text){report, strlen(report)},
        (struct fuzz_text){s + 2, n - 2}, "model");
    return 0;
}
