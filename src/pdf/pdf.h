/* Pages to a PDF file. Home of <hpdf.h>, <hb-subset.h>, <libdeflate.h>. */
#ifndef RAP_PDF_PDF_H
#define RAP_PDF_PDF_H

#include "base/file.h"
#include "page/page.h"

/* A file that the PDF carries. */
struct pdf_attachment {
    struct slice name; /* UTF-8: its path below the folder of the report */
    uint32_t file; /* its number */
    uint8_t role; /* enum file_role of base/file.h */
};

struct pdf_options {
    uint8_t standard; /* enum standard: what the PDF claims */
    const struct pdf_attachment *attachments; /* sorted by name */
    size_t nattachments;
    int64_t date; /* seconds since 1970-01-01 UTC, for the metadata */
    const char *producer; /* "Rapporteur 0.1" */
    const char *version; /* of the program: "0.1.0" */
    const char *const *made_with; /* options that decide the bytes, as typed:
                                     "--only annex-1"; then NULL; or NULL */
    unsigned jobs; /* threads that pack; 0: one for each core, at most 8 */
};

/*
 * The files that the report attaches, sorted by name; *n is their number. To
 * be called when all files are read. Reports limit-attachment,
 * limit-attachments, missing-attachment.
 */
const struct pdf_attachment *pdf_attachments(
    const struct load *l, const struct report *report, size_t *n);

/*
 * Write the document: pages, fonts, outline of every heading, links, named
 * destinations, page labels, metadata and attachments. Painted and compressed
 * page by page into `out`, which the caller commits. False if errors were
 * reported (pdf-failed, output-failed, limit-output). The bytes depend on
 * nothing but the arguments, and not on `jobs`.
 */
bool pdf_write(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out);

#endif
