/* Faces to fonts: what of each was used, subset, with its widths and texts. */
#include "pdf/pdf_int.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <string.h>

/* A face on its way into the file. */
struct font {
    struct pdf *p;
    const struct face *face;
    const struct face_use *use;
    uint16_t *glyphs; /* used, ascending */
    uint32_t n;
    bool keep_ids; /* the subset has the face's own glyph ids */
    char name[80]; /* with the subset's tag */
    uint32_t descriptor, descendant, program;
};

/* Handles of an embedded program, to be released also on running out. */
struct subset {
    hb_subset_input_t *input;
    hb_subset_plan_t *plan;
    hb_face_t *face;
    hb_blob_t *program;
};

struct face_use *pdf_font_use(struct pdf *p, uint16_t face)
{
    struct face_use *use = &p->uses[face];
    if (!use->used) {
        use->used = ARENA_ARRAY(
            p->a, p->pages->flow->fonts->faces[face]->nglyphs + 1, uint8_t);
        use->id = pdf_new_id(p);
    }
    return use;
}

int32_t pdf_font_advance(struct pdf *p, uint16_t face, uint16_t glyph)
{
    struct face_use *use = &p->uses[face];
    const struct face *f = p->pages->flow->fonts->faces[face];
    if (!use->advance)
        use->advance = ARENA_ARRAY(p->a, f->nglyphs + 1, int32_t);
    if (!use->advance[glyph])
        use->advance[glyph] = hb_font_get_glyph_h_advance(f->font, glyph) + 1;
    return use->advance[glyph] - 1;
}

/* A big-endian number of 16 bits in a table of the font; 0 if it has none. */
static int table_number(const struct face *face, hb_tag_t tag, unsigned off)
{
    hb_blob_t *blob = hb_face_reference_table(face->hb, tag);
    unsigned n;
    const char *s = hb_blob_get_data(blob, &n);
    int v = 0;
    if (off + 2 <= n)
        v = (int16_t)((uint8_t)s[off] << 8 | (uint8_t)s[off + 1]);
    hb_blob_destroy(blob);
    return v;
}

/* Font units to the thousandths of an em that PDF counts in. */
static int64_t thousandths(const struct font *f, int64_t v)
{
    return pdf_round(v * 1000, f->face->upem);
}

static void list_glyphs(struct font *f)
{
    uint32_t nglyphs = f->face->nglyphs;
    for (uint32_t g = 0; g < nglyphs; g++)
        f->n += f->use->used[g];
    f->glyphs = ARENA_ARRAY(f->p->a, f->n, uint16_t);
    f->n = 0;
    for (uint32_t g = 0; g < nglyphs; g++)
        if (f->use->used[g])
            f->glyphs[f->n++] = (uint16_t)g;
}

/* "ABCDEF+LiberationSerif": the tag tells this glyph set from others. */
static void make_name(struct font *f)
{
    enum { TAG = 7, MOST = 63 };
    char name[MOST + 1];
    unsigned room = sizeof name;
    uint64_t h = str_hash(f->glyphs, f->n * sizeof *f->glyphs, f->face->id);
    for (int i = 0; i < TAG - 1; i++, h /= 26)
        f->name[i] = (char)('A' + h % 26);
    f->name[TAG - 1] = '+';
    char *to = f->name + TAG;
    hb_ot_name_get_utf8(f->face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME,
        HB_LANGUAGE_INVALID, &room, name);
    for (unsigned i = 0; i < room && i < MOST; i++) {
        char c = name[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.')
            *to++ = c;
    }
    if (to == f->name + TAG) {
        memcpy(to, "Font", 4);
        to += 4;
    }
    *to = '\0';
}

static void subset_free(void *subset)
{
    struct subset *s = subset;
    hb_blob_destroy(s->program);
    hb_face_destroy(s->face);
    hb_subset_plan_destroy(s->plan);
    hb_subset_input_destroy(s->input);
    *s = (struct subset){NULL, NULL, NULL, NULL};
}

/* What only shaping, other formats or other systems need is left out. */
static void drop_tables(hb_subset_input_t *input)
{
    static const char TAGS[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF",
        "MATH", "kern", "cmap", "name", "OS/2", "post", "vhea", "vmtx", "VORG",
        "DSIG", "gasp", "hdmx", "VDMX", "LTSH", "PCLT", "meta", "FFTM"};
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        hb_set_add(drop, hb_tag_from_string(TAGS[i], 4));
}

static enum cff_kind kind_of_cff(const struct face *face)
{
    hb_blob_t *blob =
        hb_face_reference_table(face->hb, HB_TAG('C', 'F', 'F', ' '));
    unsigned n;
    const char *s = hb_blob_get_data(blob, &n);
    enum cff_kind kind = pdf_cff_kind(s, n, face->nglyphs);
    hb_blob_destroy(blob);
    return kind;
}

/*
 * The content has the face's own glyph ids, since pages are written before the
 * subset is known. So the subset keeps them: what it leaves out packs to
 * nothing, a map from old ids to new ones is no smaller. Only CFF by CIDs is
 * renumbered: the CIDs go along as the names of its glyphs.
 */
static bool make_subset(struct font *f, struct subset *s)
{
    unsigned flags =
        HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    enum cff_kind kind = f->face->cff ? kind_of_cff(f->face) : CFF_NAMES;
    if (kind == CFF_NAMES)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    s->input = hb_subset_input_create_or_fail();
    if (!s->input || kind == CFF_BAD || kind == CFF_CIDS_MAP)
        return false;
    hb_subset_input_set_flags(s->input, flags);
    drop_tables(s->input);
    hb_set_t *set = hb_subset_input_glyph_set(s->input);
    for (uint32_t i = 0; i < f->n; i++)
        hb_set_add(set, f->glyphs[i]);
    s->plan = hb_subset_plan_create_or_fail(f->face->hb, s->input);
    s->face = s->plan ? hb_subset_plan_execute_or_fail(s->plan) : NULL;
    if (!s->face)
        return false;
    s->program = f->face->cff
        ? hb_face_reference_table(s->face, HB_TAG('C', 'F', 'F', ' '))
        : hb_face_reference_blob(s->face);
    return hb_blob_get_length(s->program) > 0;
}

static void write_program(struct font *f, const struct subset *s)
{
    unsigned n;
    const char *bytes = hb_blob_get_data(s->program, &n);
    struct buf b = buf_new(f->p->a);
    if (f->face->cff)
        buf_puts(&b, "/Subtype /CIDFontType0C ");
    else
        buf_printf(&b, "/Length1 %u ", n);
    f->program = pdf_new_id(f->p);
    pdf_save_stream(f->p, f->program, (struct slice){b.s, b.n},
        (struct slice){bytes, n}, true);
}

/* PDF 1.7, table 123. */
static int descriptor_flags(const struct face *face, int italic_angle)
{
    enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    int flags = SYMBOLIC; /* the encoding is the font's own */
    hb_tag_t os2 = HB_TAG('O', 'S', '/', '2');
    int panose = table_number(face, os2, 32);
    int family = panose >> 8 & 0xff, serifs = panose & 0xff;
    if (table_number(face, HB_TAG('p', 'o', 's', 't'), 12) ||
        table_number(face, HB_TAG('p', 'o', 's', 't'), 14))
        flags |= FIXED;
    /* Latin text, and of its kinds of serifs those that are some. */
    if (family == 2 && serifs >= 2 && serifs <= 10)
        flags |= SERIF;
    if (italic_angle)
        flags |= ITALIC;
    return flags;
}

static void write_descriptor(struct font *f)
{
    static const hb_tag_t HEAD = HB_TAG('h', 'e', 'a', 'd');
    enum { BOX = 36, WEIGHT = 4, ANGLE = 4 };
    const struct face *face = f->face;
    int angle = table_number(face, HB_TAG('p', 'o', 's', 't'), ANGLE);
    int weight = table_number(face, HB_TAG('O', 'S', '/', '2'), WEIGHT);
    struct buf b = buf_new(f->p->a);
    buf_printf(&b,
        "<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [", f->name,
        descriptor_flags(face, angle));
    for (unsigned i = 0; i < 4; i++) {
        pdf_put_number(
            &b, thousandths(f, table_number(face, HEAD, BOX + 2 * i)), 0);
        buf_putc(&b, i < 3 ? ' ' : ']');
    }
    buf_printf(&b, " /ItalicAngle %d /Ascent ", angle);
    pdf_put_number(&b, thousandths(f, face->ascent), 0);
    buf_puts(&b, " /Descent ");
    pdf_put_number(&b, thousandths(f, face->descent), 0);
    buf_puts(&b, " /CapHeight ");
    pdf_put_number(&b, thousandths(f, face->cap_height), 0);
    /* No table has the stems' width: 88 for regular, 166 for bold. */
    buf_printf(&b, " /StemV %d /FontFile%c ", 50 + weight * weight / (65 * 65),
        face->cff ? '3' : '2');
    pdf_put_ref(&b, f->program);
    buf_puts(&b, ">>");
    pdf_save_object(f->p, f->descriptor, (struct slice){b.s, b.n});
}

/* A glyph's advance [1/1000 of a thousandth of an em]. */
static int64_t width_of(const struct font *f, uint32_t i)
{
    hb_position_t advance =
        hb_font_get_glyph_h_advance(f->face->font, f->glyphs[i]);
    return pdf_round((int64_t)advance * 1000000, f->face->upem);
}

/*
 * Every width is listed: /DW with a fraction is not understood by all readers,
 * which then take 1000 for the glyphs that are left to it.
 */
static void put_widths(const struct font *f, struct buf *b)
{
    uint32_t next = 0; /* the id that would go on in an open list; 0: none */
    buf_puts(b, " /W [");
    for (uint32_t i = 0; i < f->n; i++) {
        if (next && next == f->glyphs[i]) {
            buf_putc(b, ' ');
        } else {
            if (next)
                buf_puts(b, "] ");
            pdf_put_number(b, f->glyphs[i], 0);
            buf_puts(b, " [");
        }
        pdf_put_number(b, width_of(f, i), 3);
        next = f->glyphs[i] + 1U;
    }
    buf_puts(b, next ? "]]" : "]");
}

static void write_descendant(struct font *f)
{
    struct buf b = buf_new(f->p->a);
    buf_printf(&b,
        "<</Type /Font /Subtype /CIDFontType%c /BaseFont /%s /CIDSystemInfo "
        "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
        "/FontDescriptor ",
        f->face->cff ? '0' : '2', f->name);
    pdf_put_ref(&b, f->descriptor);
    if (!f->face->cff)
        buf_puts(&b, " /CIDToGIDMap /Identity");
    put_widths(f, &b);
    buf_puts(&b, ">>");
    pdf_save_object(f->p, f->descendant, (struct slice){b.s, b.n});
}

static void write_type0(struct font *f)
{
    struct buf b = buf_new(f->p->a);
    uint32_t cmap = pdf_new_id(f->p);
    pdf_save_stream(f->p, cmap, (struct slice){NULL, 0},
        pdf_tounicode(f->p->a, f->face->unicode, f->glyphs, f->n), true);
    buf_printf(&b,
        "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "
        "/DescendantFonts [",
        f->name);
    pdf_put_ref(&b, f->descendant);
    buf_puts(&b, "] /ToUnicode ");
    pdf_put_ref(&b, cmap);
    buf_puts(&b, ">>");
    pdf_save_object(f->p, f->use->id, (struct slice){b.s, b.n});
}

static void write_font(struct pdf *p, uint32_t i)
{
    struct font f = {
        .p = p, .face = p->pages->flow->fonts->faces[i], .use = &p->uses[i]};
    struct subset *s = ARENA_NEW(p->a, struct subset);
    arena_on_free(p->a, subset_free, s);
    list_glyphs(&f);
    make_name(&f);
    if (!make_subset(&f, s)) {
        pdf_fail(p, D_PDF_FAILED, "no subset can be made of the font %s",
            f.face->path);
        return;
    }
    f.descriptor = pdf_new_id(p);
    f.descendant = pdf_new_id(p);
    write_program(&f, s);
    subset_free(s);
    write_descriptor(&f);
    write_descendant(&f);
    write_type0(&f);
}

void pdf_fonts_write(struct pdf *p)
{
    struct buf *b = pdf_extra(p, p->resources);
    buf_puts(b, "/Font <<");
    for (uint32_t i = 0; i < p->pages->flow->fonts->nfaces; i++) {
        if (!p->uses[i].id || p->failed)
            continue;
        write_font(p, i);
        buf_printf(b, "/F%u ", (unsigned)i);
        pdf_put_ref(b, p->uses[i].id);
        buf_putc(b, ' ');
    }
    buf_puts(b, ">>\n");
}
