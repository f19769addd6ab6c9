/* The objects of a PDF of ours, found by its cross-reference stream. */
#include "pdf/pdf_int.h"
#include "pdf/read_int.h"

#include <libdeflate.h>
#include <string.h>

/* No stream of ours is larger unpacked, but for an attachment. */
static const size_t UNPACKED_MOST = (size_t)1 << 30;

/* Deflate packs no better. */
enum { RATIO_MOST = 1032, RATIO_FIRST = 8, SMALL = 1024 };

static bool unpack(
    struct pdf_reader *r, struct arena *a, struct slice in, struct slice *out)
{
    size_t most = in.n < UNPACKED_MOST / RATIO_MOST ? in.n * RATIO_MOST + SMALL
                                                    : UNPACKED_MOST;
    size_t room = in.n * RATIO_FIRST + SMALL;
    for (;;) {
        room = room < most ? room : most;
        char *s = arena_alloc(a, room + 1);
        size_t n;
        enum libdeflate_result result =
            libdeflate_zlib_decompress(r->zip, in.s, in.n, s, room, &n);
        if (result == LIBDEFLATE_SUCCESS) {
            *out = (struct slice){s, n};
            return true;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == most)
            return false;
        room *= RATIO_FIRST;
    }
}

bool reader_stream(struct pdf_reader *r, struct arena *a,
    const struct value *stream, struct slice *out)
{
    const struct value *filter = read_key(stream, "Filter");
    *out = stream->s;
    if (!stream->stream)
        return false;
    if (filter->kind == VALUE_NULL)
        return true;
    return filter->kind == VALUE_NAME && slice_is(filter->s, "FlateDecode") &&
        unpack(r, a, stream->s, out);
}

/* "12 0 obj" and what follows, at a place in the file. */
static bool read_object(
    struct pdf_reader *r, uint64_t at, uint32_t id, struct value *out)
{
    if (at >= r->bytes.n)
        return false;
    struct cursor c = {
        .a = r->a, .at = r->bytes.s + at, .end = r->bytes.s + r->bytes.n};
    struct value number = read_value(&c), generation = read_value(&c);
    if (c.failed || number.kind != VALUE_NUMBER || number.n != id ||
        generation.kind != VALUE_NUMBER || !read_word(&c, "obj"))
        return false;
    *out = read_value(&c);
    if (c.failed || out->kind != VALUE_DICT || !read_word(&c, "stream\n"))
        return !c.failed;
    const struct value *length = read_key(out, "Length");
    if (length->kind != VALUE_NUMBER || length->n < 0 ||
        length->n > c.end - c.at)
        return false;
    out->stream = true;
    out->s = (struct slice){c.at, (size_t)length->n};
    return true;
}

/* The offset that stands after the last "startxref". */
static bool find_start(const struct pdf_reader *r, uint64_t *at)
{
    static const char WORD[] = "startxref";
    enum { TAIL = 1024, LEN = sizeof WORD - 1 };
    size_t from = r->bytes.n > TAIL ? r->bytes.n - TAIL : 0;
    for (size_t i = r->bytes.n; i-- > from;) {
        if (r->bytes.n - i < LEN || memcmp(r->bytes.s + i, WORD, LEN) != 0)
            continue;
        struct cursor c = {.a = r->a,
            .at = r->bytes.s + i + LEN,
            .end = r->bytes.s + r->bytes.n};
        struct value v = read_value(&c);
        *at = (uint64_t)v.n;
        return !c.failed && v.kind == VALUE_NUMBER && v.n >= 0 &&
            read_word(&c, "%%EOF");
    }
    return false;
}

static uint64_t big_endian(const uint8_t *s, size_t n)
{
    uint64_t v = 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | s[i];
    return v;
}

/* Undo what place_rows of save.c does. */
static bool read_rows(struct pdf_reader *r, struct slice rows, size_t width)
{
    enum { PREDICTOR_UP = 2 };
    size_t columns = width + 2, n = rows.n / (columns + 1);
    uint8_t now[16] = {0};
    if (rows.n % (columns + 1))
        return false;
    r->places = ARENA_ARRAY(r->a, n, struct reader_place);
    for (size_t i = 0; i < n; i++) {
        const uint8_t *row = (const uint8_t *)rows.s + i * (columns + 1);
        if (row[0] != PREDICTOR_UP)
            return false;
        for (size_t k = 0; k < columns; k++)
            now[k] = (uint8_t)(now[k] + row[1 + k]);
        r->places[i] = (struct reader_place){.kind = now[0],
            .at = big_endian(now + 1, width),
            .index = now[1 + width]};
    }
    r->nplaces = n;
    return true;
}

bool reader_has_end(const struct pdf_reader *r)
{
    uint64_t at;
    return find_start(r, &at);
}

bool reader_open(struct pdf_reader *r)
{
    enum { WIDTH_MOST = 8 };
    uint64_t at;
    struct slice rows;
    if (!find_start(r, &at) || at >= r->bytes.n)
        return false;
    struct cursor c = {
        .a = r->a, .at = r->bytes.s + at, .end = r->bytes.s + r->bytes.n};
    struct value id = read_value(&c);
    if (c.failed || id.kind != VALUE_NUMBER || id.n < 0 || id.n > UINT32_MAX ||
        !read_object(r, at, (uint32_t)id.n, &r->trailer))
        return false;
    const struct value *w = read_key(&r->trailer, "W");
    bool ours = read_key(&r->trailer, "Prev")->kind == VALUE_NULL &&
        w->kind == VALUE_ARRAY && w->count == 3 && w->items[0].n == 1 &&
        w->items[1].n >= 1 && w->items[1].n <= WIDTH_MOST && w->items[2].n == 1;
    if (!ours || !reader_stream(r, r->a, &r->trailer, &rows) ||
        !read_rows(r, rows, (size_t)w->items[1].n))
        return false;
    r->objects = ARENA_ARRAY(r->a, r->nplaces, struct value *);
    r->unpacked = ARENA_ARRAY(r->a, r->nplaces, struct unpacked *);
    return true;
}

/* Read the numbers with which an object stream begins. */
static bool read_index(struct pdf_reader *r, struct unpacked *u)
{
    struct cursor c = {.a = r->a, .at = u->s.s, .end = u->s.s + u->first};
    u->ids = ARENA_ARRAY(r->a, u->n * 2, uint32_t);
    for (size_t i = 0; i < u->n * 2; i++) {
        struct value v = read_value(&c);
        if (c.failed || v.kind != VALUE_NUMBER || v.n < 0 || v.n > UINT32_MAX)
            return false;
        u->ids[i] = (uint32_t)v.n;
    }
    return true;
}

/* An object stream, unpacked once; NULL if it is none. */
static const struct unpacked *unpacked_at(struct pdf_reader *r, uint64_t id)
{
    enum { OBJECTS_MOST = 256 };
    struct value stream;
    if (id >= r->nplaces || r->places[id].kind != PLACE_FILE)
        return NULL;
    if (r->unpacked[id])
        return r->unpacked[id]->n ? r->unpacked[id] : NULL;
    struct unpacked *u = ARENA_NEW(r->a, struct unpacked);
    r->unpacked[id] = u;
    if (!read_object(r, r->places[id].at, (uint32_t)id, &stream) ||
        !reader_stream(r, r->a, &stream, &u->s))
        return NULL;
    int64_t n = read_key(&stream, "N")->n;
    int64_t first = read_key(&stream, "First")->n;
    if (n < 1 || n > OBJECTS_MOST || first < 0 || (size_t)first > u->s.n)
        return NULL;
    u->first = (size_t)first;
    u->n = (size_t)n;
    if (!read_index(r, u))
        u->n = 0;
    return u->n ? u : NULL;
}

static bool read_packed(struct pdf_reader *r, const struct reader_place *place,
    uint32_t id, struct value *out)
{
    const struct unpacked *u = unpacked_at(r, place->at);
    if (!u || place->index >= u->n || u->ids[place->index * 2] != id)
        return false;
    size_t from = u->first + u->ids[place->index * 2 + 1];
    if (from >= u->s.n)
        return false;
    struct cursor c = {.a = r->a, .at = u->s.s + from, .end = u->s.s + u->s.n};
    *out = read_value(&c);
    return !c.failed;
}

const struct value *reader_follow(
    struct pdf_reader *r, const struct value *value)
{
    static const struct value NONE = {.kind = VALUE_NULL};
    if (value->kind != VALUE_REF)
        return value;
    if (value->n < 0 || (uint64_t)value->n >= r->nplaces)
        return &NONE;
    uint32_t id = (uint32_t)value->n;
    if (r->objects[id])
        return r->objects[id];
    struct value *object = ARENA_NEW(r->a, struct value);
    const struct reader_place *place = &r->places[id];
    bool found = place->kind == PLACE_FILE
        ? read_object(r, place->at, id, object)
        : place->kind == PLACE_PACKED && read_packed(r, place, id, object);
    /* None of our objects is only a reference to another. */
    if (!found || object->kind == VALUE_REF)
        *object = NONE;
    return r->objects[id] = object;
}

const struct value *reader_get(
    struct pdf_reader *r, const struct value *dict, const char *key)
{
    return reader_follow(r, read_key(dict, key));
}
