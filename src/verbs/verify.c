/* verify: what a PDF of ours claims, and whether its report still gives it. */
#define _XOPEN_SOURCE 700
#include "base/limits.h"
#include "build.h"
#include "pdf/read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One file that is verified. */
struct verify {
    struct arena_budget budget;
    struct arena *a, *scratch;
    struct limits limits;
    struct files *files;
    struct diags *d;
    const char *path;
    struct slice bytes;
    struct read_file file;
    FILE *out, *log;
};

static void put_line(struct buf *b, const char *what, struct slice s)
{
    buf_printf(b, "%-12s ", what);
    buf_readable(b, s);
    buf_putc(b, '\n');
}

static void put_claims(struct buf *b, const struct read_file *file)
{
    struct slice ua = file->pdfua, a = file->pdfa;
    struct buf s = buf_new(b->a);
    if (ua.n)
        buf_printf(&s, "PDF/UA-%.*s", (int)ua.n, ua.s);
    if (ua.n && a.n)
        buf_puts(&s, ", ");
    if (a.n)
        buf_printf(&s, "PDF/A-%.*s", (int)a.n, a.s);
    put_line(b, "claims",
        s.n ? (struct slice){s.s, s.n} : SLICE("nothing in particular"));
}

/* Say what the file is, makes known and carries. */
static void describe(struct verify *v)
{
    const struct read_file *file = &v->file;
    struct buf b = buf_new(v->a);
    put_line(&b, "file", slice_of(v->path));
    put_line(&b, "made by",
        slice_of(arena_printf(
            v->a, "rapporteur %.*s", (int)file->version.n, file->version.s)));
    put_claims(&b, file);
    put_line(&b, "date", file->date);
    for (const char **option = file->made_with; *option; option++)
        put_line(&b, "option", slice_of(*option));
    buf_printf(&b, "%-12s %zu\n", "pages", file->npages);
    for (size_t i = 0; i < file->nattachments; i++) {
        const struct read_attachment *f = &file->attachments[i];
        struct buf line = buf_new(v->a);
        buf_printf(&line, "%s %10zu %.*s ", f->sha256, f->size,
            (int)f->relation.n, f->relation.s);
        buf_put(&line, f->name.s, f->name.n);
        put_line(&b, "attachment", (struct slice){line.s, line.n});
    }
    fwrite(b.s, 1, b.n, v->out);
    fflush(v->out);
}

static void put_attachment(
    struct buf *b, const struct read_attachment *f, const char *what)
{
    buf_puts(b, "  attachment ");
    buf_readable(b, f->name);
    buf_printf(b, ": %s\n", what);
}

/* Both lists are sorted by name. */
static void put_attachments(
    struct buf *b, const struct read_file *old, const struct read_file *now)
{
    size_t i = 0, k = 0;
    while (i < old->nattachments || k < now->nattachments) {
        const struct read_attachment *x = &old->attachments[i];
        const struct read_attachment *y = &now->attachments[k];
        int order = i == old->nattachments ? 1
            : k == now->nattachments       ? -1
                                           : slice_compare(x->name, y->name);
        if (order < 0)
            put_attachment(b, x, "only in the file");
        else if (order > 0)
            put_attachment(b, y, "not in the file");
        else if (strcmp(x->sha256, y->sha256) != 0)
            put_attachment(b, x, "has changed");
        i += order <= 0;
        k += order >= 0;
    }
}

/* "3, 5-7": the pages that both have and that differ. */
static void put_pages(
    struct buf *b, const struct read_file *old, const struct read_file *now)
{
    size_t n = old->npages < now->npages ? old->npages : now->npages;
    struct buf list = buf_new(b->a);
    for (size_t i = 0; i < n; i++) {
        size_t first = i;
        while (i < n && !slice_eq(old->pages[i], now->pages[i]))
            i++;
        if (i == first)
            continue;
        buf_printf(&list, "%s%zu", list.n ? ", " : "", first + 1);
        if (i > first + 1)
            buf_printf(&list, "-%zu", i);
    }
    if (old->npages != now->npages)
        buf_printf(
            b, "  pages: %zu in the file, %zu now\n", old->npages, now->npages);
    if (list.n)
        buf_printf(b, "  pages that differ: %.*s\n", (int)list.n, list.s);
}

static void put_differences(
    struct buf *b, const struct read_file *old, const struct read_file *now)
{
    size_t before = b->n;
    if (!slice_eq(old->version, now->version)) {
        buf_puts(b, "  program: the file was made by version ");
        buf_readable(b, old->version);
        buf_printf(b, ", this is %.*s\n", (int)now->version.n, now->version.s);
    }
    put_attachments(b, old, now);
    put_pages(b, old, now);
    if (b->n == before && !slice_eq(old->xmp, now->xmp))
        buf_puts(b, "  metadata: title, dates or other facts\n");
    if (b->n == before)
        buf_puts(b, "  fonts, images, links, outline or tags\n");
}

/* What a rebuilt file is held against, and what came of it. */
struct comparison {
    const struct verify *v;
    const char *report;
    bool same;
};

static void compare(
    void *to, struct arena *a, struct arena *scratch, struct slice pdf)
{
    struct comparison *c = to;
    const struct verify *v = c->v;
    struct buf b = buf_new(a);
    struct read_file now;
    c->same = slice_eq(v->bytes, pdf);
    buf_puts(&b, c->same ? "same as " : "different from ");
    buf_readable(&b, slice_of(c->report));
    buf_puts(&b, c->same ? " gives today\n" : " gives today:\n");
    if (v->bytes.n > pdf.n && memcmp(v->bytes.s, pdf.s, pdf.n) == 0)
        buf_puts(&b, "  more bytes follow where the file should end\n");
    else if (!c->same && pdf_read(a, scratch, pdf, &now) == READ_OK)
        put_differences(&b, &v->file, &now);
    fwrite(b.s, 1, b.n, v->out);
}

/* The folder that paths recorded in the file begin at. */
static const char *root_of(struct arena *a, const struct rap_options *opt)
{
    if (opt->root)
        return opt->root;
    const char *slash = strrchr(opt->input, '/');
    return slash
        ? arena_strndup(a, opt->input, (size_t)(slash - opt->input) + 1)
        : ".";
}

static enum rap_status rebuild(struct verify *v, const struct rap_options *opt)
{
    struct rap_options again = *opt;
    struct comparison c = {.v = v, .report = opt->input};
    struct build_use use = {.take = compare, .to = &c};
    const char *unknown = record_apply(
        v->a, v->file.made_with, root_of(v->a, opt), &again, &use.epoch);
    if (unknown) {
        diag(v->d, D_PDF_OPTION, (struct pos){0},
            "%s was made with %s, which this version does not know",
            diag_quote(v->d, slice_of(v->path)),
            diag_quote(v->d, slice_of(unknown)));
        return RAP_REPORT;
    }
    again.quiet = true;
    enum rap_status status = build_into(&again, &use);
    return status != RAP_DONE || c.same ? status : RAP_DIFFERENT;
}

static bool read_bytes(struct verify *v)
{
    uint32_t number;
    size_t max = (size_t)v->limits.output;
    /* What the user names may be a link to anywhere. */
    char *real = realpath(v->path, NULL);
    const char *path = real ? arena_strndup(v->a, real, strlen(real)) : v->path;
    free(real);
    enum file_error e = files_read(v->files, slice_of(path), 0, max, &number);
    if (e != FILE_OK) {
        files_diag(v->d, e, (struct pos){0}, slice_of(v->path), max);
        return false;
    }
    const struct source *source = files_at(v->files, number);
    v->bytes = (struct slice){source->s, source->n};
    return true;
}

static bool understand(struct verify *v)
{
    const char *name = diag_quote(v->d, slice_of(v->path));
    switch (pdf_read(v->a, v->scratch, v->bytes, &v->file)) {
    case READ_OK:
        return true;
    case READ_NO_PDF:
        diag(v->d, D_PDF_FOREIGN, (struct pos){0}, "%s is no PDF", name);
        break;
    case READ_FOREIGN:
        diag(v->d, D_PDF_FOREIGN, (struct pos){0},
            "%s was not made by this program", name);
        break;
    case READ_DAMAGED:
        diag(v->d, D_PDF_DAMAGED, (struct pos){0},
            "%s was cut, damaged or changed after it was made", name);
        break;
    }
    return false;
}

/* Not inlined: what it holds must not be in registers that longjmp restores. */
static __attribute__((noinline)) enum rap_status run(
    struct verify *v, const struct rap_options *opt)
{
    enum rap_status status = RAP_DONE;
    v->a = arena_new(&v->budget);
    v->scratch = v->a ? arena_new(&v->budget) : NULL;
    if (!v->scratch)
        arena_exhausted_at(&v->budget);
    v->budget.limit = (size_t)v->limits.memory;
    v->files = files_new(v->a);
    v->d = diags_new(v->a, v->files);
    if (read_bytes(v) && understand(v)) {
        describe(v);
        if (opt->input)
            status = rebuild(v, opt);
    }
    struct diag_print how = {.format = DIAG_HUMAN, .colour = opt->colour};
    diag_print(v->d, &how, v->log);
    return diag_errors(v->d) ? (enum rap_status)diag_status(v->d) : status;
}

enum rap_status rap_verify(
    const char *pdf, const struct rap_options *opt, FILE *out)
{
    struct verify v = {.path = pdf, .out = out, .log = opt->log};
    if (!v.log)
        v.log = stderr;
    if (!build_limits(&v.limits, opt, v.log))
        return RAP_USAGE;
    volatile enum rap_status status;
    if (setjmp(v.budget.jump) == 0)
        status = run(&v, opt);
    else
        status = build_out_of_memory(&v.budget, v.log);
    arena_free(v.scratch);
    arena_free(v.a);
    if (fflush(out) != 0 || ferror(out)) {
        fputs("rapporteur: cannot write what was found\n", v.log);
        status = RAP_SYSTEM;
    }
    return status;
}
