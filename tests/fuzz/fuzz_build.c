/* Fuzz target: a report, and after a line "---- t.csv" its data file. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    static const char DIVIDER[] = "\n---- t.csv\n";
    const uint8_t *cut = n ? memmem(s, n, DIVIDER, strlen(DIVIDER)) : NULL;
    const uint8_t *data = cut ? cut + strlen(DIVIDER) : s + n;
    fuzz_run((struct fuzz_text){s, cut ? (size_t)(cut - s) + 1 : n},
        (struct fuzz_text){data, (size_t)(s + n - data)}, NULL);
    return 0;
}
