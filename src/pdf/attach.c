/* Files that the PDF carries: which they are, and how it names them. */
#include "base/hash.h"
#include "pdf/pdf_int.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct files *files, uint32_t i, enum attach attach)
{
    switch ((enum file_role)files_at(files, i)->role) {
    case FILE_DATA:
        return attach != ATTACH_NONE;
    case FILE_SOURCE:
    case FILE_IMAGE:
        return attach == ATTACH_SOURCES;
    case FILE_FONT:
    case FILE_OURS:
    case FILE_UNUSED:
        break;
    }
    return false;
}

/* Names are shown: what is no text becomes U+FFFD. */
static struct slice readable(struct arena *a, struct slice s)
{
    struct buf b = buf_new(a);
    buf_readable(&b, s);
    return (struct slice){b.s, b.n};
}

static int by_name(const void *a, const void *b)
{
    const struct pdf_attachment *x = a, *y = b;
    int order = slice_compare(x->name, y->name);
    return order ? order : (x->file > y->file) - (x->file < y->file);
}

/* A file that is both an image and something else is listed once. */
static size_t drop_doubles(struct pdf_attachment *list, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!kept || !slice_eq(list[kept - 1].name, list[i].name))
            list[kept++] = list[i];
    }
    return kept;
}

static bool is_too_large(const struct load *l, const struct node *at,
    const struct source *file, struct slice name)
{
    if (file->n <= (size_t)l->limits->attachment)
        return false;
    diag(l->d, D_LIMIT_ATTACHMENT, at->pos,
        "%s has %zu bytes: %lld are the most of a file to attach",
        diag_quote(l->d, name), file->n, (long long)l->limits->attachment);
    diag_path(l->d, load_path(l->a, at));
    diag_hint(l->d, "--limit attachment=N raises this limit");
    return true;
}

static void report_many(const struct load *l, const struct node *at, size_t n)
{
    diag(l->d, D_LIMIT_ATTACHMENTS, at->pos,
        "%zu files to attach: %lld are the most", n,
        (long long)l->limits->attachments);
    diag_path(l->d, load_path(l->a, at));
    diag_hint(l->d, "--limit attachments=N raises this limit");
}

const struct pdf_attachment *pdf_attachments(
    const struct load *l, const struct report *report, size_t *n)
{
    uint32_t count = files_count(l->files);
    struct pdf_attachment *list =
        ARENA_ARRAY(l->a, count, struct pdf_attachment);
    const struct field *attach = model_field(report, SLICE("attach"));
    *n = 0;
    if (report->attach == ATTACH_NONE)
        return list;
    for (uint32_t i = 1; i <= count; i++) {
        const struct source *file = files_at(l->files, i);
        const char *name = files_below(l->files, i);
        if (!name || !is_wanted(l->files, i, report->attach))
            continue;
        list[*n] =
            (struct pdf_attachment){.name = readable(l->a, slice_of(name)),
                .file = i,
                .role = file->role};
        *n += !is_too_large(l, attach->node, file, list[*n].name);
    }
    if (*n)
        qsort(list, *n, sizeof *list, by_name);
    *n = drop_doubles(list, *n);
    if (*n > (size_t)l->limits->attachments)
        report_many(l, attach->node, *n);
    if (!*n && report->standard == STANDARD_UA2_A4F)
        model_nothing_attached(l, attach->node);
    return list;
}

/* Media types by the ends of names, as a PDF name has them. */
static const char *media_type(struct slice name)
{
    static const struct {
        const char *end, *type;
    } TYPES[] = {{".yaml", "application#2Fyaml"},
        {".yml", "application#2Fyaml"}, {".csv", "text#2Fcsv"},
        {".tsv", "text#2Ftab-separated-values"},
        {".json", "application#2Fjson"}, {".md", "text#2Fmarkdown"},
        {".txt", "text#2Fplain"}, {".png", "image#2Fpng"},
        {".jpg", "image#2Fjpeg"}, {".jpeg", "image#2Fjpeg"},
        {".sqlite", "application#2Fvnd.sqlite3"}};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        size_t n = strlen(TYPES[i].end);
        if (name.n > n && memcmp(name.s + name.n - n, TYPES[i].end, n) == 0)
            return TYPES[i].type;
    }
    return "application#2Foctet-stream";
}

/* What the file is to the document, in PDF's word and in ours. */
static const char *relationship(enum file_role role)
{
    return role == FILE_SOURCE ? "Source"
        : role == FILE_DATA    ? "Data"
                               : "Supplement";
}

static const char *description(enum file_role role)
{
    return role == FILE_SOURCE ? "Source of the report"
        : role == FILE_DATA    ? "Data of the report"
                               : "Image of the report";
}

/* The bytes of a file, of an image once more. False if that was reported. */
static bool read_again(struct pdf *p, struct arena *scratch,
    const struct pdf_attachment *f, struct slice *data)
{
    const struct source *file = files_at(p->l->files, f->file);
    *data = (struct slice){file->s, file->n};
    if (f->role != FILE_IMAGE)
        return true;
    enum file_error e = files_again(p->l->files, f->file, scratch, data);
    if (e == FILE_OK)
        return true;
    files_diag(p->l->d, e, (struct pos){0}, f->name, 0);
    p->failed = true;
    return false;
}

/* Write the bytes; returns their id. Resets scratch. */
static uint32_t write_bytes(
    struct pdf *p, struct arena *scratch, const struct pdf_attachment *f)
{
    struct buf b = buf_new(p->a);
    char sum[HASH_MD5_HEX];
    struct slice data;
    uint32_t id = pdf_new_id(p);
    if (!read_again(p, scratch, f, &data))
        return 0;
    hash_md5(data, sum);
    buf_printf(&b,
        "/Type /EmbeddedFile /Subtype /%s /Params <</Size %zu /CheckSum <%s> "
        "/ModDate ",
        media_type(f->name), data.n, sum);
    pdf_put_date(&b, p->opt->date);
    buf_puts(&b, ">> ");
    pdf_save_stream(p, id, (struct slice){b.s, b.n}, data, true);
    arena_reset(scratch);
    return id;
}

/* Write one file; returns the id of its specification. */
static uint32_t write_file(
    struct pdf *p, struct arena *scratch, const struct pdf_attachment *f)
{
    struct buf b = buf_new(p->a);
    uint32_t bytes = write_bytes(p, scratch, f), id = pdf_new_id(p);
    buf_puts(&b, "<</Type /Filespec /F ");
    pdf_put_bytes(&b, f->name);
    buf_puts(&b, " /UF ");
    pdf_put_text(&b, f->name);
    buf_printf(&b, " /AFRelationship /%s /Desc (%s) /EF <</F ",
        relationship(f->role), description(f->role));
    pdf_put_ref(&b, bytes);
    buf_puts(&b, " /UF ");
    pdf_put_ref(&b, bytes);
    buf_puts(&b, ">>>>");
    pdf_save_object(p, id, (struct slice){b.s, b.n});
    return id;
}

uint32_t pdf_attach(struct pdf *p, struct arena *scratch)
{
    const struct pdf_attachment *list = p->opt->attachments;
    size_t n = p->opt->nattachments;
    if (!n)
        return 0;
    struct tree names = pdf_tree(p, true);
    struct buf *catalog = pdf_extra(p, p->haru->catalog);
    buf_puts(catalog, "/AF [");
    for (size_t i = 0; i < n && !p->failed; i++) {
        struct buf key = buf_new(p->a);
        uint32_t id = write_file(p, scratch, &list[i]);
        pdf_put_bytes(&key, list[i].name);
        pdf_put_ref(pdf_tree_entry(&names, (struct slice){key.s, key.n}), id);
        pdf_put_ref(catalog, id);
        buf_putc(catalog, ' ');
    }
    buf_puts(catalog, "]\n");
    return pdf_tree_end(&names);
}
