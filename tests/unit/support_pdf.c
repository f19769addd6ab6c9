/* A document made by hand, for the tests of the PDF stage. */
#include "support_pdf.h"

#include <hb-ot.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const FILES[SAMPLE_FACES] = {
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
};

static void free_font(void *font)
{
    hb_font_destroy(font);
}

static void free_face(void *face)
{
    hb_face_destroy(face);
}

static struct face *open_face(struct arena *a, uint16_t id)
{
    struct face *f = ARENA_NEW(a, struct face);
    hb_blob_t *blob = hb_blob_create_from_file(FILES[id]);
    f->id = id;
    f->path = FILES[id];
    f->hb = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    f->font = hb_font_create(f->hb);
    arena_on_free(a, free_face, f->hb);
    arena_on_free(a, free_font, f->font);
    f->upem = (int32_t)hb_face_get_upem(f->hb);
    f->ascent = 1825;
    f->descent = -443;
    f->cap_height = 1341;
    f->nglyphs = hb_face_get_glyph_count(f->hb);
    f->unicode = ARENA_ARRAY(a, f->nglyphs, struct slice);
    f->used = ARENA_ARRAY(a, f->nglyphs, uint8_t);
    return f;
}

struct sample *sample_new(struct arena *a)
{
    struct sample *s = ARENA_NEW(a, struct sample);
    struct look plain = {.size = PT(10)};
    s->a = a;
    limits_init(&s->limits);
    struct files *files = files_new(a);
    s->load = (struct load){
        .a = a, .d = diags_new(a, files), .files = files, .limits = &s->limits};
    for (uint16_t i = 0; i < SAMPLE_FACES; i++)
        s->faces[i] = open_face(a, i);
    for (int i = 0; i < SAMPLE_LOOKS; i++)
        s->looks[i] = plain;
    s->looks[LOOK_BOLD].bold = true;
    s->looks[LOOK_LARGE].size = PT(20);
    s->looks[LOOK_RAISED].rise = PT(4);
    s->looks[LOOK_RED].colour = (struct colour){255, 0, 51};
    s->looks[LOOK_GREY].colour = (struct colour){51, 51, 51};
    s->fonts = (struct fonts){
        .faces = s->faces, .nfaces = SAMPLE_FACES, .looks = s->looks};
    s->profile.width = PT(400);
    s->profile.height = PT(600);
    s->langs[0] = "en";
    s->doc = (struct doc){.report = &s->report,
        .profile = &s->profile,
        .targets = s->targets,
        .ntargets = 1,
        .links = s->links,
        .langs = s->langs,
        .nlangs = 1};
    s->flow = (struct flow){.doc = &s->doc,
        .fonts = &s->fonts,
        .tags = tags_new(a),
        .a = a,
        .boxes = s->boxes};
    tags_add(s->flow.tags, TAG_P, 1);
    s->pages = (struct pages){
        .flow = &s->flow, .v = s->page, .page_of = s->page_of, .y_of = s->y_of};
    s->opt =
        (struct pdf_options){.date = 1764806400, .producer = "Rapporteur test"};
    return s;
}

/* One font's glyphs say what the cluster they begin with says. */
static void note_texts(
    struct face *f, const char *text, const hb_glyph_info_t *info, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        size_t from = info[i].cluster;
        size_t to = i + 1 < n ? info[i + 1].cluster : strlen(text);
        f->unicode[info[i].codepoint] = (struct slice){text + from, to - from};
        f->used[info[i].codepoint] = 1;
    }
}

struct word *sample_word(struct sample *s, uint16_t face, const char *text)
{
    struct face *f = s->faces[face];
    hb_buffer_t *buffer = hb_buffer_create();
    struct word *w = ARENA_NEW(s->a, struct word);
    unsigned n;
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(f->font, buffer, NULL, 0);
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &n);
    struct glyph *glyphs = ARENA_ARRAY(s->a, n, struct glyph);
    *w = (struct word){.s = slice_of(arena_strndup(s->a, text, strlen(text))),
        .glyphs = glyphs,
        .n = (uint16_t)n,
        .face = face,
        .simple = true};
    for (unsigned i = 0; i < n; i++) {
        glyphs[i] = (struct glyph){(uint16_t)info[i].codepoint,
            (int16_t)at[i].x_advance, (int16_t)at[i].x_offset,
            (int16_t)at[i].y_offset};
        w->width += at[i].x_advance;
        w->simple = w->simple && !at[i].x_offset && !at[i].y_offset &&
            at[i].x_advance ==
                hb_font_get_glyph_h_advance(f->font, info[i].codepoint);
    }
    note_texts(f, w->s.s, info, n);
    hb_buffer_destroy(buffer);
    return w;
}

uint32_t sample_items(
    struct sample *s, uint16_t look, const char *text, struct item **items)
{
    uint16_t face = look == LOOK_BOLD;
    struct item *v = ARENA_ARRAY(s->a, strlen(text), struct item);
    uint32_t n = 0;
    while (*text) {
        size_t len = *text == ' ' ? 1 : strcspn(text, " ");
        const struct word *w =
            sample_word(s, face, arena_strndup(s->a, text, len));
        v[n++] = (struct item){.word = w,
            .width =
                unit_scale(w->width, s->looks[look].size, s->faces[face]->upem),
            .look = look,
            .kind = *text == ' ' ? ITEM_SPACE : ITEM_WORD};
        text += len;
    }
    *items = v;
    return n;
}

struct draw sample_text(
    struct sample *s, uint16_t look, int x, int y, const char *text)
{
    struct item *items;
    struct draw d = {.kind = DRAW_TEXT, .elem = 2, .x = PT(x), .y = PT(y)};
    d.text.n = sample_items(s, look, text, &items);
    d.text.items = items;
    return d;
}

uint32_t sample_heading(struct sample *s, uint8_t level, const char *id,
    const char *title, uint32_t i, int y)
{
    uint32_t t = s->doc.ntargets++;
    struct span *span = ARENA_NEW(s->a, struct span);
    span->s = slice_of(title);
    s->sections[t] =
        (struct section_doc){.level = level, .title = {span, 1}, .target = t};
    s->targets[t] =
        (struct target){.id = slice_of(id), .section = &s->sections[t]};
    s->boxes[s->flow.n++] = (struct box){.heading = level, .target = t};
    s->page_of[t] = i + 1;
    s->y_of[t] = PT(y);
    return t;
}

unsigned sample_errors(const struct sample *s)
{
    return diag_errors(s->load.d);
}

bool sample_write(struct sample *s, const char *path, pdf_paint_fn paint)
{
    const char *why;
    struct outfile *out = outfile_open(s->a, s->load.files, path, &why);
    return out &&
        pdf_write_painted(
            &s->load, s->scratch, &s->pages, &s->opt, out, paint) &&
        outfile_commit(out);
}

struct slice sample_read(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct buf b = buf_new(a);
    char part[4096];
    size_t n;
    if (!f)
        return (struct slice){"", 0};
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, part, n);
    fclose(f);
    return (struct slice){b.s, b.n};
}

const char *sample_find(struct slice in, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= in.n; i++)
        if (memcmp(in.s + i, what, n) == 0)
            return in.s + i;
    return NULL;
}

static struct slice from(struct slice in, const char *at)
{
    return (struct slice){at, in.n - (size_t)(at - in.s)};
}

struct slice sample_unpacked(struct arena *a, const char *path)
{
    static const char MARK[] = "/Filter /FlateDecode /Length ";
    struct slice left = sample_read(a, path);
    struct buf b = buf_new(a);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    const char *at;
    while ((at = sample_find(left, MARK)) != NULL) {
        const char *data = sample_find(from(left, at), "stream\n") + 7;
        size_t length = strtoul(at + sizeof MARK - 1, NULL, 10);
        size_t n, most = 1 << 22;
        char *text = arena_alloc(a, most);
        buf_put(&b, left.s, (size_t)(data - left.s));
        if (libdeflate_zlib_decompress(d, data, length, text, most, &n) ==
            LIBDEFLATE_SUCCESS)
            buf_put(&b, text, n);
        left = from(left, data + length);
    }
    libdeflate_free_decompressor(d);
    buf_put(&b, left.s, left.n);
    return (struct slice){b.s, b.n};
}

bool sample_has(struct slice in, const char *what)
{
    return sample_find(in, what) != NULL;
}

unsigned sample_count(struct slice in, const char *what)
{
    unsigned n = 0;
    const char *at;
    while ((at = sample_find(in, what)) != NULL) {
        n++;
        in = from(in, at + 1);
    }
    return n;
}
