/* Pages to a PDF file. Home of <hpdf.h>, <hb-subset.h>, <libdeflate.h>. */
#ifndef RAP_PDF_PDF_H
#define RAP_PDF_PDF_H

#include "base/file.h"
#include "page/page.h"

struct pdf_options {
    int64_t date; /* seconds since 1970-01-01 UTC, for the metadata */
    const char *producer; /* "Rapporteur 0.1" */
};

/*
 * Write the document: pages, fonts, outline of every heading, links, named
 * destinations, page labels, title and language. Painted and compressed page
 * by page into `out`, which the caller commits. False if errors were reported
 * (pdf-failed, output-failed, limit-output). The bytes depend on nothing but
 * the arguments.
 */
bool pdf_write(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out);

#endif
