/* Fuzz target: Markdown, as a body, a title, a cell and a footnote. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char HEAD[] =
    "report: {title: T, language: en, status-date: 2026-01-31}\n"
    "body:\n"
    "  - &text |2\n";
static const char TAIL[] = "  - text: A[^a]\n"
                           "    id: a\n"
                           "  - table:\n"
                           "      id: t\n"
                           "      columns: [{title: *text}]\n"
                           "      rows: [[*text]]\n"
                           "sections:\n"
                           "  - title: *text\n"
                           "    id: s\n"
                           "notes:\n"
                           "  a: *text\n";

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    size_t lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += s[i] == '\n';
    char *yaml = malloc(sizeof HEAD + sizeof TAIL + n + 4 * lines + 1);
    if (!yaml)
        return 0;
    size_t at = strlen(HEAD);
    memcpy(yaml, HEAD, at);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || s[i - 1] == '\n') {
            memcpy(yaml + at, "    ", 4);
            at += 4;
        }
        yaml[at++] = (char)s[i];
    }
    yaml[at++] = '\n';
    memcpy(yaml + at, TAIL, strlen(TAIL));
    fuzz_run((struct fuzz_text){yaml, at + strlen(TAIL)},
        (struct fuzz_text){"", 0}, "model");
    free(yaml);
    return 0;
}
