/* Gives a fuzz target the files named: what it broke on must not come back. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    enum { MOST = 1 << 20 };
    uint8_t *s = malloc(MOST);
    if (!s)
        return 3;
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) {
            perror(argv[i]);
            failed = 1;
            continue;
        }
        size_t n = fread(s, 1, MOST, f);
        fclose(f);
        /* The last name printed is that of the file it breaks on. */
        printf("%s\n", argv[i]);
        fflush(stdout);
        LLVMFuzzerTestOneInput(s, n);
    }
    free(s);
    return failed;
}
