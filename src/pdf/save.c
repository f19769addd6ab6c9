/* Objects to the file: object streams, cross-reference stream, trailer. */
#include "pdf/pdf_int.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * An object stream of 200 small objects loses nothing against a larger one, and
 * readers inflate it whole.
 */
enum { OBJECTS_PER_STREAM = 200, HEAD_MAX = SQUEEZE_FRONT / 2 };

/*
 * A place in 64 bits: its kind, the object's index in its stream, and its
 * offset in the file or the stream's id.
 */
enum { KIND_BITS = 2, INDEX_BITS = 8, AT_SHIFT = KIND_BITS + INDEX_BITS };

/* Places come in chunks of so many. */
enum { PLACES = 4096 };

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

/* The place of an object; a new one is PLACE_NONE. */
static uint64_t *place_of(struct pdf *p, uint32_t id)
{
    struct save *o = &p->save;
    size_t chunk = id / PLACES;
    if (chunk >= o->cap) {
        size_t had = o->cap;
        o->places =
            arena_grow(p->a, o->places, &o->cap, chunk + 1, sizeof *o->places);
        memset(o->places + had, 0, (o->cap - had) * sizeof *o->places);
    }
    if (!o->places[chunk])
        o->places[chunk] = ARENA_ARRAY(p->a, PLACES, uint64_t);
    if (id >= o->nplaces)
        o->nplaces = (size_t)id + 1;
    return &o->places[chunk][id % PLACES];
}

static void put_place(struct pdf *p, uint32_t id, enum place_kind kind,
    uint64_t at, unsigned index)
{
    *place_of(p, id) = at << AT_SHIFT | (uint64_t)index << KIND_BITS | kind;
}

/*
 * One object is one write: the head goes right before the data, whose length
 * is known only when they are packed.
 */
static void write_stream(void *owner, const struct squeezed *stream)
{
    static const char TAIL[] = "\nendstream\nendobj\n";
    struct pdf *p = owner;
    struct slice entries = stream->entries;
    char head[HEAD_MAX], rest[HEAD_MAX], *start = stream->s;
    if (p->failed)
        return;
    int before =
        snprintf(head, sizeof head, "%" PRIu32 " 0 obj\n<<", stream->id);
    int after = snprintf(rest, sizeof rest, "%s/Length %zu>>\nstream\n",
        stream->compress ? "/Filter /FlateDecode " : "", stream->n);
    memcpy(stream->s + stream->n, TAIL, sizeof TAIL - 1);
    start -= after;
    memcpy(start, rest, (size_t)after);
    start -= entries.n;
    if (entries.n)
        memcpy(start, entries.s, entries.n);
    start -= before;
    memcpy(start, head, (size_t)before);
    put_place(p, stream->id, PLACE_FILE, p->save.at, 0);
    emit(p, start, (size_t)(stream->s - start) + stream->n + sizeof TAIL - 1);
}

void pdf_save_start(struct pdf *p, struct outfile *out)
{
    /* Four bytes above 127 say that this is no text (PDF 1.7, 7.5.2). */
    char header[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    if (pdf_is_2(p))
        memcpy(header + 5, "2.0", 3);
    struct save *o = &p->save;
    o->out = out;
    o->index = buf_new(p->a);
    o->bodies = buf_new(p->a);
    o->queue = squeeze_new(p->a, p->opt->jobs, write_stream, p);
    emit(p, header, sizeof header - 1);
}

void pdf_save_stream(struct pdf *p, uint32_t id, struct slice entries,
    struct slice data, bool compress)
{
    if (!p->failed)
        squeeze_put(p->save.queue, id, entries, data, compress);
}

static void flush_objects(struct pdf *p)
{
    struct save *o = &p->save;
    char entries[HEAD_MAX];
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
    put_place(p, id, PLACE_PACKED, o->stream, o->waiting);
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
    uint8_t *rows = arena_alloc(p->a, o->nplaces * (columns + 1));
    uint8_t last[16] = {0}, now[16] = {0};
    uint8_t *row = rows;
    for (size_t id = 0; id < o->nplaces; id++) {
        uint64_t place = *place_of(p, (uint32_t)id);
        uint64_t at = place >> AT_SHIFT;
        now[0] = place & ((1 << KIND_BITS) - 1);
        for (unsigned i = 0; i < width; i++)
            now[1 + i] = (uint8_t)(at >> 8 * (width - 1 - i));
        now[1 + width] = (uint8_t)(place >> KIND_BITS);
        *row++ = PREDICTOR_UP;
        for (size_t i = 0; i < columns; i++)
            *row++ = (uint8_t)(now[i] - last[i]);
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
    squeeze_drain(o->queue);
    if (p->failed)
        return;
    uint64_t start = o->at;
    put_place(p, id, PLACE_FILE, start, 0);
    unsigned width = width_of(start > id ? start : id);
    struct buf b = buf_new(p->a);
    buf_printf(&b,
        "/Type /XRef /Size %zu /W [1 %u 1] /DecodeParms "
        "<</Predictor 12 /Columns %u>> /Root ",
        o->nplaces, width, width + 2);
    pdf_put_ref(&b, pdf_id(p->haru->catalog));
    if (!pdf_is_2(p)) {
        buf_puts(&b, " /Info ");
        pdf_put_ref(&b, pdf_id(p->haru->info));
    }
    buf_putc(&b, ' ');
    put_file_id(p, &b);
    struct slice rows = place_rows(p, width);
    squeeze_put_last(o->queue, id, (struct slice){b.s, b.n}, rows, true);
    b.n = 0;
    buf_printf(&b, "startxref\n%" PRIu64 "\n%%%%EOF\n", start);
    emit(p, b.s, b.n);
}
