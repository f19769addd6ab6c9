/* A PDF of ours read back. Any bytes may be given: what is not as we write it
 * is refused, and nothing is believed. */
#ifndef RAP_PDF_READ_H
#define RAP_PDF_READ_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdint.h>

enum read_error {
    READ_OK,
    READ_NO_PDF, /* no PDF at all */
    READ_FOREIGN, /* made by another program */
    READ_DAMAGED /* ours once, cut or changed since */
};

/* A file that the PDF carries. */
struct read_attachment {
    struct slice name; /* UTF-8, as it stands there: print it with care */
    struct slice relation; /* "Source", as it stands there */
    size_t size; /* [bytes] */
    char sha256[HASH_SHA256_HEX];
};

struct read_file {
    struct slice version; /* of the program that made it */
    struct slice date; /* 2025-12-04T00:00:00Z */
    struct slice pdfa, pdfua; /* "3a", "1"; empty: not claimed */
    const char **made_with; /* options that decided its bytes; then NULL */
    struct read_attachment *attachments; /* by name */
    size_t nattachments;
    struct slice xmp; /* all that it says of itself */
    struct slice *pages; /* what is painted on each, as packed */
    size_t npages;
};

/* Read a file, which stays borrowed. READ_OK if *out has all of it. */
enum read_error pdf_read(struct arena *a, struct arena *scratch,
    struct slice bytes, struct read_file *out);

#endif
