/* Fuzz target: a file to verify, which may be anything. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    fuzz_verify((struct fuzz_text){s, n});
    return 0;
}
