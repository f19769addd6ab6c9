/* One font file: opened with care, and what it has. */
#include "text/text_int.h"

#include "base/uni.h"

#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UPEM_LEAST = 16, UPEM_MOST = 16384 };

/* What an open face holds; each may be missing. */
struct handles {
    void *map;
    size_t n; /* [bytes] of the file */
    hb_face_t *face;
    hb_font_t *font;
};

static void release(void *p)
{
    struct handles *h = p;
    hb_font_destroy(h->font);
    hb_face_destroy(h->face);
    if (h->map)
        munmap(h->map, h->n);
}

/* Map a file; false with *why set if it cannot be, NULL if it is not there. */
static bool map_file(const struct load *l, const char *path,
    struct handles *out, const char **why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        *why = errno == ENOENT || errno == ENOTDIR ? NULL : strerror(errno);
        return false;
    }
    struct stat st;
    *why = NULL;
    if (fstat(fd, &st) != 0)
        *why = strerror(errno);
    else if (!S_ISREG(st.st_mode))
        *why = "it is a folder or a device, not a file";
    else if (st.st_size == 0)
        *why = "it is empty";
    else if (st.st_size > l->limits->font)
        *why = "it is larger than --limit font allows";
    if (!*why) {
        out->n = (size_t)st.st_size;
        void *map = mmap(NULL, out->n, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            *why = strerror(errno);
        else
            out->map = map;
    }
    close(fd);
    return !*why;
}

/* A copy of the first bytes of a table; the rest of `out` stays zero. */
static unsigned read_table(
    hb_face_t *face, hb_tag_t tag, unsigned char *out, unsigned most)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned n;
    const char *s = hb_blob_get_data(blob, &n);
    if (n)
        memcpy(out, s, n < most ? n : most);
    hb_blob_destroy(blob);
    return n;
}

/* What the OS/2 table says on embedding, where it says anything. */
static const char *embedding_fault(hb_face_t *face)
{
    enum {
        RESTRICTED = 2,
        LENIENT = 4 | 8,
        NO_SUBSETS = 0x100,
        BITMAPS = 0x200
    };
    unsigned char table[10] = {0};
    read_table(face, HB_TAG('O', 'S', '/', '2'), table, sizeof table);
    unsigned fs_type = (unsigned)table[8] << 8 | table[9];
    /* The most lenient of its licences counts. */
    if (fs_type & RESTRICTED && !(fs_type & LENIENT))
        return "its licence forbids embedding";
    if (fs_type & (NO_SUBSETS | BITMAPS))
        return "its licence forbids embedding a subset of its outlines";
    return NULL;
}

static uint32_t read_u32(const unsigned char *s)
{
    return (uint32_t)s[0] << 24 | (uint32_t)s[1] << 16 | (uint32_t)s[2] << 8 |
        s[3];
}

/*
 * Does a table of the file's first font lie beyond the file's end? HarfBuzz
 * takes such a table for a shorter one, and its glyphs come out blank.
 */
static bool is_cut_short(const unsigned char *s, size_t size)
{
    enum { HEADER = 12, RECORD = 16 };
    uint64_t at = 0;
    if (size >= HEADER + 4 && memcmp(s, "ttcf", 4) == 0)
        at = read_u32(s + HEADER);
    if (at + HEADER > size)
        return true;
    unsigned tables = (unsigned)s[at + 4] << 8 | s[at + 5];
    at += HEADER;
    for (unsigned i = 0; i < tables; i++, at += RECORD) {
        if (at + RECORD > size)
            return true;
        uint64_t start = read_u32(s + at + 8), n = read_u32(s + at + 12);
        if (start + n > size)
            return true;
    }
    return false;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    unsigned char first[1] = {0};
    return read_table(face, tag, first, sizeof first) > 0;
}

/* What is wrong with a face, or NULL. */
static const char *face_fault(hb_face_t *face)
{
    unsigned upem = hb_face_get_upem(face);
    unsigned glyphs = hb_face_get_glyph_count(face);
    if (!glyphs || glyphs > UINT16_MAX)
        return "it is no font, or damaged";
    if (upem < UPEM_LEAST || upem > UPEM_MOST)
        return "its units per em lie outside 16 to 16384";
    if (!has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
        !has_table(face, HB_TAG('C', 'F', 'F', ' ')))
        return "it has no outlines";
    return embedding_fault(face);
}

static int32_t metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int32_t other)
{
    hb_position_t p;
    return hb_ot_metrics_get_position(font, tag, &p) ? p : other;
}

static void read_metrics(struct face *face)
{
    int32_t em = face->upem;
    face->ascent =
        metric(face->font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, em * 4 / 5);
    face->descent =
        metric(face->font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -em / 5);
    face->cap_height =
        metric(face->font, HB_OT_METRICS_TAG_CAP_HEIGHT, em * 7 / 10);
    if (face->descent > 0)
        face->descent = -face->descent;
}

static struct handles *new_handles(const struct load *l)
{
    struct handles *h = ARENA_NEW(l->a, struct handles);
    arena_on_free(l->a, release, h);
    return h;
}

/* The face in h->n bytes at s. */
static struct face *make_face(const struct load *l, struct handles *h,
    const char *s, const char *path, const char **why)
{
    hb_blob_t *blob =
        hb_blob_create(s, (unsigned)h->n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    h->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    *why = face_fault(h->face);
    if (!*why && is_cut_short((const unsigned char *)s, h->n))
        *why = "it is cut short";
    if (*why)
        return NULL;
    h->font = hb_font_create(h->face);
    struct face *face = ARENA_NEW(l->a, struct face);
    face->path = path;
    face->hb = h->face;
    face->font = h->font;
    face->upem = (int32_t)hb_face_get_upem(face->hb);
    face->nglyphs = hb_face_get_glyph_count(face->hb);
    face->cff = !has_table(face->hb, HB_TAG('g', 'l', 'y', 'f'));
    read_metrics(face);
    return face;
}

struct face *face_open(const struct load *l, const char *path, const char **why)
{
    struct handles *h = new_handles(l);
    if (!map_file(l, path, h, why))
        return NULL;
    return make_face(l, h, h->map, path, why);
}

struct face *face_read(
    const struct load *l, const struct source *file, const char **why)
{
    struct handles *h = new_handles(l);
    h->n = file->n;
    *why = "it is empty";
    return h->n ? make_face(l, h, file->s, file->real, why) : NULL;
}

/* Characters that print nothing, whatever the font. */
static bool is_ignorable(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c},
        {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},
        {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f},
        {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfff8},
        {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
    if (cp < ranges[0].first)
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (cp <= ranges[i].last)
            return cp >= ranges[i].first;
    return false;
}

/* Spaces of other widths, which HarfBuzz makes from the ordinary one. */
static bool is_space(uint32_t cp)
{
    return cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f ||
        cp == 0x205f || cp == 0x3000;
}

static bool has_glyph(const struct face *face, uint32_t cp)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->font, cp, &glyph);
}

/* The glyphs of an ASCII text with a feature on; at most n of them. */
static unsigned glyphs_with(const struct face *face, const char *text,
    const hb_feature_t *feature, hb_codepoint_t *out, unsigned n)
{
    static const char *const shapers[] = {"ot", NULL};
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(b);
    hb_shape_full(face->font, b, feature, feature ? 1 : 0, shapers);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &count);
    for (unsigned i = 0; i < count && i < n; i++)
        out[i] = info[i].codepoint;
    hb_buffer_destroy(b);
    return count;
}

unsigned face_changes(
    const struct face *face, hb_tag_t feature, const char *text)
{
    enum { MOST = 16 };
    const hb_feature_t on = {
        feature, 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_codepoint_t usual[MOST], other[MOST];
    unsigned n = glyphs_with(face, text, NULL, usual, MOST), changed = 0;
    if (n > MOST || glyphs_with(face, text, &on, other, MOST) != n)
        return 0;
    for (unsigned i = 0; i < n; i++)
        changed += usual[i] != other[i];
    return changed;
}

bool face_covers(const struct face *face, uint32_t cp)
{
    enum { DEEPEST = 4 };
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (int depth = 0; depth < DEEPEST; depth++) {
        if (has_glyph(face, cp) || is_ignorable(cp))
            return true;
        if (is_space(cp))
            return has_glyph(face, ' ');
        if (cp == 0x2011) /* a no-break hyphen */
            return has_glyph(face, 0x2010) || has_glyph(face, '-');
        hb_codepoint_t base, mark;
        if (!hb_unicode_decompose(unicode, cp, &base, &mark) ||
            (mark && !has_glyph(face, mark)))
            return false;
        cp = base;
    }
    return false;
}
