/* Objects to the file: object streams, cross-reference stream, trailer. */
#include "pdf/pdf_int.h"

#include <errno.h>
#include <inttypes.h>
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

/*
 * Level 6 has zlib's size at twice its speed. An object stream of 200 small
 * objects loses nothing against a larger one, and readers inflate it whole.
 */
enum { LEVEL = 6, OBJECTS_PER_STREAM = 200, HEADER_MAX = 128 };

static void zip_free(void *save)
{
    const struct save *o = save;
    if (o->zip)
        libdeflate_free_compressor(o->zip);
}

static void emit(struct pdf *p, const void *s, size_t n)
{
    struct save *o = &p->save;
    uint64_t limit = (uint64_t)p->l->limits->output;
    if (p->failed)
        return;
    if (o->at + n > limit) {
        pdf_fail(p, D_LIMIT_OUTPUT,
            "the PDF is larger than the limit of %" PRIu64 " bytes", limit);
        return;
    }
    if (!outfile_write(o->out, s, n)) {
        pdf_fail(
            p, D_OUTPUT_FAILED, "cannot write the PDF: %s", strerror(errno));
        return;
    }
    o->at += n;
    o->hash[0] = str_hash(s, n, o->hash[0]);
    o->hash[1] = str_hash(s, n, ~o->hash[1]);
}

void pdf_save_start(struct pdf *p, struct outfile *out)
{
    /* Four bytes above 127 say that this is no text (PDF 1.7, 7.5.2). */
    static const char HEADER[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    struct save *o = &p->save;
    o->out = out;
    o->index = buf_new(p->a);
    o->bodies = buf_new(p->a);
    o->packed = buf_new(p->a);
    arena_on_free(p->a, zip_free, o);
    o->zip = libdeflate_alloc_compressor(LEVEL);
    if (!o->zip)
        arena_exhausted(p->a);
    emit(p, HEADER, sizeof HEADER - 1);
}

static struct place *place_of(struct pdf *p, uint32_t id)
{
    struct save *o = &p->save;
    if (id >= o->nplaces) {
        size_t n = (size_t)id + 1;
        o->places = arena_grow(p->a, o->places, &o->cap, n, sizeof *o->places);
        memset(o->places + o->nplaces, 0, (n - o->nplaces) * sizeof *o->places);
        o->nplaces = n;
    }
    return &o->places[id];
}

/*
 * One object is one write: the head goes right before the data, whose length
 * is known only when they are packed.
 */
void pdf_save_stream(struct pdf *p, uint32_t id, struct slice entries,
    struct slice data, bool compress)
{
    static const char TAIL[] = "\nendstream\nendobj\n";
    struct save *o = &p->save;
    struct buf *b = &o->packed;
    if (p->failed)
        return;
    size_t room = HEADER_MAX + entries.n;
    size_t n = data.n;
    size_t most = compress ? libdeflate_zlib_compress_bound(o->zip, n) : n;
    b->n = 0;
    char *start = pdf_room(b, room + most + sizeof TAIL) + room;
    if (compress)
        n = libdeflate_zlib_compress(o->zip, data.s, data.n, start, most);
    else if (n)
        memcpy(start, data.s, n);
    memcpy(start + n, TAIL, sizeof TAIL - 1);

    char head[HEADER_MAX], rest[HEADER_MAX];
    int before = snprintf(head, sizeof head, "%" PRIu32 " 0 obj\n<<", id);
    int after = snprintf(rest, sizeof rest, "%s/Length %zu>>\nstream\n",
        compress ? "/Filter /FlateDecode " : "", n);
    start -= after;
    memcpy(start, rest, (size_t)after);
    start -= entries.n;
    if (entries.n)
        memcpy(start, entries.s, entries.n);
    start -= before;
    memcpy(start, head, (size_t)before);

    struct place *at = place_of(p, id);
    at->kind = PLACE_FILE;
    at->at = o->at;
    emit(p, start,
        (size_t)before + entries.n + (size_t)after + n + sizeof TAIL - 1);
}

static void flush_objects(struct pdf *p)
{
    struct save *o = &p->save;
    char entries[HEADER_MAX];
    if (!o->waiting)
        return;
    snprintf(entries, sizeof entries, "/Type /ObjStm /N %u /First %zu ",
        (unsigned)o->waiting, o->index.n);
    buf_put(&o->index, o->bodies.s, o->bodies.n);
    pdf_save_stream(p, o->stream, slice_of(entries),
        (struct slice){o->index.s, o->index.n}, true);
    o->index.n = o->bodies.n = 0;
    o->waiting = 0;
}

/* Count an object whose text, from `start` on, was added to o->bodies. */
static void add_packed(struct pdf *p, uint32_t id, size_t start)
{
    struct save *o = &p->save;
    if (!o->waiting)
        o->stream = pdf_new_id(p);
    buf_putc(&o->bodies, '\n');
    pdf_put_number(&o->index, id, 0);
    buf_putc(&o->index, ' ');
    pdf_put_number(&o->index, (int64_t)start, 0);
    buf_putc(&o->index, ' ');
    *place_of(p, id) = (struct place){o->stream, o->waiting, PLACE_PACKED};
    if (++o->waiting == OBJECTS_PER_STREAM)
        flush_objects(p);
}

void pdf_save_object(struct pdf *p, uint32_t id, struct slice body)
{
    size_t start = p->save.bodies.n;
    if (p->failed)
        return;
    buf_put(&p->save.bodies, body.s, body.n);
    add_packed(p, id, start);
}

static HPDF_STATUS to_bodies(HPDF_Stream from, const HPDF_BYTE *s, HPDF_UINT n)
{
    buf_put(from->attr, s, n);
    return HPDF_OK;
}

static void save_haru_objects(struct pdf *p)
{
    struct save *o = &p->save;
    HPDF_Xref xref = p->haru->xref;
    HPDF_Stream to =
        HPDF_CallbackWriter_New(p->haru->mmgr, to_bodies, &o->bodies);
    HPDF_UINT count = xref->entries->count;
    if (!to)
        pdf_ok(p);
    for (HPDF_UINT i = 1; i < count && !p->failed; i++) {
        HPDF_XrefEntry e = HPDF_Xref_GetEntry(xref, i);
        size_t start = o->bodies.n;
        if (!e || !e->obj)
            continue;
        HPDF_Obj_WriteValue(e->obj, to, NULL);
        if (pdf_ok(p))
            add_packed(p, pdf_id(e->obj), start);
    }
}

/* How many bytes a number needs. */
static unsigned width_of(uint64_t v)
{
    unsigned width = 1;
    while (v >>= 8)
        width++;
    return width;
}

/*
 * The places as rows of `1 + width + 1` bytes: kind, where, which. Each is
 * written as its difference from the row before (PNG's predictor "up", its
 * number in front), which packs to half.
 */
static struct slice place_rows(struct pdf *p, unsigned width)
{
    enum { PREDICTOR_UP = 2 };
    struct save *o = &p->save;
    size_t columns = width + 2;
    uint8_t *rows = ARENA_ARRAY(p->a, o->nplaces * (columns + 1), uint8_t);
    uint8_t last[16] = {0}, now[16] = {0};
    for (size_t id = 0; id < o->nplaces; id++) {
        const struct place *place = &o->places[id];
        uint8_t *row = rows + id * (columns + 1);
        now[0] = place->kind;
        for (unsigned i = 0; i < width; i++)
            now[1 + i] = (uint8_t)(place->at >> 8 * (width - 1 - i));
        now[1 + width] = place->index;
        row[0] = PREDICTOR_UP;
        for (size_t i = 0; i < columns; i++)
            row[1 + i] = (uint8_t)(now[i] - last[i]);
        memcpy(last, now, columns);
    }
    return (struct slice){(const char *)rows, o->nplaces * (columns + 1)};
}

static void put_file_id(struct pdf *p, struct buf *b)
{
    const uint64_t *hash = p->save.hash;
    buf_puts(b, "/ID [");
    for (int i = 0; i < 2; i++)
        buf_printf(b, "<%016" PRIX64 "%016" PRIX64 ">", hash[0], hash[1]);
    buf_puts(b, "] ");
}

void pdf_save_finish(struct pdf *p)
{
    struct save *o = &p->save;
    save_haru_objects(p);
    flush_objects(p);
    uint32_t id = pdf_new_id(p);
    if (p->failed)
        return;
    uint64_t start = o->at;
    struct place *own = place_of(p, id);
    *own = (struct place){start, 0, PLACE_FILE};
    unsigned width = width_of(start > id ? start : id);
    struct buf b = buf_new(p->a);
    buf_printf(&b,
        "/Type /XRef /Size %zu /W [1 %u 1] /DecodeParms "
        "<</Predictor 12 /Columns %u>> /Root ",
        o->nplaces, width, width + 2);
    pdf_put_ref(&b, pdf_id(p->haru->catalog));
    buf_puts(&b, " /Info ");
    pdf_put_ref(&b, pdf_id(p->haru->info));
    buf_putc(&b, ' ');
    put_file_id(p, &b);
    struct slice rows = place_rows(p, width);
    pdf_save_stream(p, id, (struct slice){b.s, b.n}, rows, true);
    b.n = 0;
    buf_printf(&b, "startxref\n%" PRIu64 "\n%%%%EOF\n", start);
    emit(p, b.s, b.n);
}
