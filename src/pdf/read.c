/* A PDF of ours read back: what it says of itself, attachments, pages. */
#include "pdf/pdf_int.h"
#include "pdf/read_int.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* The first place of a text, or NULL. */
static const char *find(struct slice in, const char *what)
{
    size_t n = strlen(what);
    const char *at = in.s, *end = in.s + in.n;
    while (n && (size_t)(end - at) >= n) {
        at = memchr(at, what[0], (size_t)(end - at) - n + 1);
        if (!at || memcmp(at, what, n) == 0)
            return at;
        at++;
    }
    return NULL;
}

static struct slice from(struct slice in, const char *at)
{
    return (struct slice){at, (size_t)(in.s + in.n - at)};
}

/* Undo pdf_put_xml. */
static struct slice unescape(struct arena *a, struct slice s)
{
    static const struct {
        const char *name;
        char c;
    } ENTITIES[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    struct buf b = buf_new(a);
    for (size_t i = 0; i < s.n;) {
        size_t len = 1;
        char c = s.s[i];
        for (size_t k = 0; k < sizeof ENTITIES / sizeof *ENTITIES; k++) {
            size_t n = strlen(ENTITIES[k].name);
            if (s.n - i >= n && memcmp(s.s + i, ENTITIES[k].name, n) == 0) {
                c = ENTITIES[k].c;
                len = n;
            }
        }
        buf_putc(&b, c);
        i += len;
    }
    return (struct slice){b.s, b.n};
}

/* What stands in an element of that name; empty if there is none. */
static struct slice element(struct arena *a, struct slice xmp, const char *name)
{
    const char *open = arena_printf(a, "<%s>", name);
    const char *close = arena_printf(a, "</%s>", name);
    const char *at = find(xmp, open);
    if (!at)
        return (struct slice){NULL, 0};
    struct slice rest = from(xmp, at + strlen(open));
    const char *end = find(rest, close);
    return end ? (struct slice){rest.s, (size_t)(end - rest.s)}
               : (struct slice){NULL, 0};
}

static struct slice property(
    struct arena *a, struct slice xmp, const char *name)
{
    return unescape(a, element(a, xmp, name));
}

static const char **read_options(struct arena *a, struct slice xmp)
{
    static const char OPEN[] = "<rdf:li>", CLOSE[] = "</rdf:li>";
    struct slice list = element(a, xmp, "rapporteur:Options");
    size_t n = 0, cap = 0;
    const char **options = arena_grow(a, NULL, &cap, 1, sizeof *options);
    const char *at, *end;
    while (list.n && (at = find(list, OPEN)) != NULL) {
        list = from(list, at + sizeof OPEN - 1);
        end = find(list, CLOSE);
        if (!end)
            break;
        struct slice s =
            unescape(a, (struct slice){list.s, (size_t)(end - list.s)});
        options = arena_grow(a, options, &cap, n + 2, sizeof *options);
        options[n++] = arena_strndup(a, s.s, s.n);
        list = from(list, end);
    }
    options[n] = NULL;
    return options;
}

/* "3A" as "3a". */
static struct slice pdfa_name(struct arena *a, struct slice xmp)
{
    struct slice part = property(a, xmp, "pdfaid:part");
    struct slice level = property(a, xmp, "pdfaid:conformance");
    char letter = level.n == 1 ? (char)(level.s[0] | 0x20) : '\0';
    return part.n == 1 ? slice_of(arena_printf(a, "%c%c", part.s[0], letter))
                       : (struct slice){NULL, 0};
}

static bool read_metadata(
    struct pdf_reader *r, const struct value *catalog, struct read_file *out)
{
    struct slice xmp;
    if (!reader_stream(r, r->a, reader_get(r, catalog, "Metadata"), &xmp))
        return false;
    out->xmp = xmp;
    out->version = property(r->a, xmp, "rapporteur:Version");
    out->date = property(r->a, xmp, "xmp:CreateDate");
    out->pdfa = pdfa_name(r->a, xmp);
    out->pdfua = property(r->a, xmp, "pdfuaid:part");
    out->made_with = read_options(r->a, xmp);
    return out->version.n > 0;
}

static int by_name(const void *a, const void *b)
{
    const struct read_attachment *x = a, *y = b;
    return slice_compare(x->name, y->name);
}

/* All files in the catalog's /AF. */
static bool read_attachments(
    struct pdf_reader *r, const struct value *catalog, struct read_file *out)
{
    const struct value *list = reader_get(r, catalog, "AF");
    size_t n = list->kind == VALUE_ARRAY ? list->count : 0;
    out->attachments = ARENA_ARRAY(r->a, n, struct read_attachment);
    out->nattachments = n;
    for (size_t i = 0; i < n; i++) {
        struct read_attachment *file = &out->attachments[i];
        const struct value *spec = reader_follow(r, &list->items[i]);
        const struct value *streams = reader_get(r, spec, "EF");
        const struct value *name = reader_get(r, spec, "UF");
        struct slice data;
        if (name->kind != VALUE_STRING ||
            !reader_stream(r, r->scratch, reader_get(r, streams, "F"), &data))
            return false;
        file->size = data.n;
        hash_sha256(data, file->sha256);
        arena_reset(r->scratch);
        file->name = read_text(r->a, name->s);
        file->relation = reader_get(r, spec, "AFRelationship")->s;
    }
    if (n)
        qsort(out->attachments, n, sizeof *out->attachments, by_name);
    return true;
}

/* The pages that are still to be read. */
struct walk {
    struct pdf_reader *r;
    struct read_file *out;
    size_t cap;
    size_t nodes; /* seen: no tree has more than there are objects */
};

enum { TREE_DEPTH_MOST = 32 };

static bool read_pages(struct walk *w, const struct value *node, unsigned depth)
{
    struct pdf_reader *r = w->r;
    const struct value *kids = reader_get(r, node, "Kids");
    if (depth > TREE_DEPTH_MOST || w->nodes++ > r->nplaces)
        return false;
    if (kids->kind == VALUE_ARRAY) {
        for (size_t i = 0; i < kids->count; i++)
            if (!read_pages(w, reader_follow(r, &kids->items[i]), depth + 1))
                return false;
        return true;
    }
    struct read_file *out = w->out;
    out->pages = arena_grow(
        r->a, out->pages, &w->cap, out->npages + 1, sizeof *out->pages);
    const struct value *content = reader_get(r, node, "Contents");
    out->pages[out->npages++] = content->s;
    return content->stream;
}

static void free_zip(void *zip)
{
    libdeflate_free_decompressor(zip);
}

/* What is wrong with a file that cannot be read: was it ours? */
static enum read_error blame(struct slice bytes)
{
    return find(bytes, PDF_MADE_URI) ? READ_DAMAGED : READ_FOREIGN;
}

enum read_error pdf_read(struct arena *a, struct arena *scratch,
    struct slice bytes, struct read_file *out)
{
    static const char HEADER[] = "%PDF-";
    struct pdf_reader *r = ARENA_NEW(a, struct pdf_reader);
    *out = (struct read_file){.npages = 0};
    if (bytes.n < sizeof HEADER || memcmp(bytes.s, HEADER, 5) != 0)
        return READ_NO_PDF;
    r->a = a;
    r->scratch = scratch;
    r->bytes = bytes;
    r->zip = libdeflate_alloc_decompressor();
    if (!r->zip)
        arena_exhausted(a);
    arena_on_free(a, free_zip, r->zip);
    if (!reader_has_end(r))
        return READ_DAMAGED;
    if (!reader_open(r))
        return blame(bytes);
    const struct value *catalog = reader_get(r, &r->trailer, "Root");
    struct walk walk = {.r = r, .out = out};
    return read_metadata(r, catalog, out) &&
            read_attachments(r, catalog, out) &&
            read_pages(&walk, reader_get(r, catalog, "Pages"), 0)
        ? READ_OK
        : blame(bytes);
}
