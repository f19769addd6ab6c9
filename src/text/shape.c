/* One word through HarfBuzz: faces, glyphs, and what they say. */
#include "text/text_int.h"

#include "base/uni.h"

#include <string.h>

enum {
    RUN_MOST = 4096, /* code points: HarfBuzz 6 is quadratic in marks */
    MARKS_MOST = 32 /* after one base character */
};

static const uint32_t NB_HYPHEN = 0x2011, HYPHEN = 0x2010, NB_SPACE = 0xa0,
                      JOINER = 0x200d;

/* A stretch of a piece that is shaped at once. */
struct run {
    struct slice s;
    struct face *face;
    uint32_t script; /* 0: of none in particular */
    unsigned count; /* code points */
};

static bool has_glyph(
    const struct face *face, uint32_t cp, hb_codepoint_t *glyph)
{
    return hb_font_get_nominal_glyph(face->font, cp, glyph);
}

/* What is shaped for a character. */
static uint32_t stand_in(const struct face *face, uint32_t cp)
{
    hb_codepoint_t glyph;
    if (cp == NB_HYPHEN && !has_glyph(face, cp, &glyph) &&
        !has_glyph(face, HYPHEN, &glyph))
        return '-';
    return cp;
}

static void fill_buffer(
    struct fonts *f, const struct setting *set, const struct run *r)
{
    hb_buffer_t *b = f->priv->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(b,
        (hb_buffer_flags_t)(HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES |
            HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE));
    size_t len;
    for (size_t i = 0; i < r->s.n; i += len) {
        uint32_t cp;
        len = utf8_decode(r->s.s + i, r->s.n - i, &cp);
        hb_buffer_add(b, stand_in(r->face, cp), (unsigned)i);
    }
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_language(b, f->priv->langs[set->lang]);
    hb_buffer_guess_segment_properties(b);
}

static void shape_buffer(
    struct fonts *f, const struct setting *set, const struct run *r)
{
    /* Named, so that no environment variable picks another. */
    static const char *const shapers[] = {"ot", NULL};
    static const struct {
        hb_tag_t tag;
        uint32_t value;
        unsigned feature; /* of enum token_feature */
    } FEATURE_LIST[] = {{HB_TAG('l', 'i', 'g', 'a'), 0, FEATURE_PLAIN},
        {HB_TAG('c', 'l', 'i', 'g'), 0, FEATURE_PLAIN},
        {HB_TAG('t', 'n', 'u', 'm'), 1, FEATURE_TABULAR},
        {HB_TAG('k', 'e', 'r', 'n'), 0, FEATURE_TABULAR},
        {HB_TAG('s', 'u', 'p', 's'), 1, FEATURE_SUPERIOR}};
    hb_feature_t features[sizeof FEATURE_LIST / sizeof *FEATURE_LIST];
    unsigned n = 0;
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (set->features & FEATURE_LIST[i].feature)
            features[n++] =
                (hb_feature_t){FEATURE_LIST[i].tag, FEATURE_LIST[i].value,
                    HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_buffer_t *b = f->priv->buffer;
    hb_shape_full(r->face->font, b, features, n, shapers);
    if (!hb_buffer_allocation_successful(b))
        arena_exhausted(f->priv->l->a);
}

/* A character of the text (or of its decomposition) that the glyph draws. */
static uint32_t nominal_of(
    const struct face *face, struct slice text, hb_codepoint_t glyph)
{
    enum { DEEPEST = 4 };
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t len;
    for (size_t i = 0; i < text.n; i += len) {
        uint32_t cp;
        len = utf8_decode(text.s + i, text.n - i, &cp);
        for (int depth = 0; depth < DEEPEST; depth++) {
            hb_codepoint_t g, base, mark;
            if (has_glyph(face, cp, &g) && g == glyph)
                return cp;
            if (!hb_unicode_decompose(unicode, cp, &base, &mark))
                break;
            if (mark && has_glyph(face, mark, &g) && g == glyph)
                return mark;
            cp = base;
        }
    }
    return 0;
}

/*
 * What a glyph says from its first use on: the character that it stands for by
 * itself where there is one, so that no rarer use of it becomes the rule.
 */
static struct slice first_saying(struct fonts *f, const struct face *face,
    hb_codepoint_t glyph, struct slice text)
{
    uint32_t cp = nominal_of(face, text, glyph), first;
    hb_codepoint_t other;
    if (!cp && utf8_decode(text.s, text.n, &first) && first == NB_HYPHEN)
        cp = has_glyph(face, HYPHEN, &other) && other == glyph ? HYPHEN : '-';
    if (!cp)
        return text;
    char bytes[4];
    struct slice said = {bytes, utf8_encode(cp, bytes)};
    if (slice_eq(said, text))
        return text;
    said.s = arena_strndup(f->priv->l->a, bytes, said.n);
    return said;
}

/* Do the n glyphs, which draw the text, tell it? */
static bool glyphs_tell(struct fonts *f, struct face *face,
    const hb_glyph_info_t *glyphs, unsigned n, struct slice text)
{
    for (unsigned i = 0; i < n; i++) {
        hb_codepoint_t glyph = glyphs[i].codepoint;
        face->used[glyph] = 1;
        if (!face->unicode[glyph].n)
            face->unicode[glyph] = first_saying(f, face, glyph, text);
    }
    if (n > 1)
        return false;
    struct slice said = face->unicode[glyphs->codepoint];
    uint32_t cp;
    /* A no-break space may well be read as a space. */
    if (utf8_decode(text.s, text.n, &cp) == text.n && cp == NB_SPACE)
        return slice_is(said, " ") || slice_eq(said, text);
    return slice_eq(said, text);
}

static bool fits16(hb_position_t p)
{
    return p >= INT16_MIN && p <= INT16_MAX;
}

/* One glyph as it is kept; false if it does not fit. */
static bool keep_glyph(const struct face *face, const hb_glyph_info_t *info,
    const hb_glyph_position_t *pos, struct glyph *out, struct word *w)
{
    if (info->codepoint >= face->nglyphs || !fits16(pos->x_advance) ||
        !fits16(pos->x_offset) || !fits16(pos->y_offset))
        return false;
    *out = (struct glyph){.id = (uint16_t)info->codepoint,
        .advance = (int16_t)pos->x_advance,
        .dx = (int16_t)pos->x_offset,
        .dy = (int16_t)pos->y_offset};
    w->width += pos->x_advance;
    w->simple = w->simple && !pos->x_offset && !pos->y_offset &&
        pos->x_advance ==
            hb_font_get_glyph_h_advance(face->font, info->codepoint);
    return true;
}

/* See whether each cluster's glyphs tell its text. */
static bool clusters_tell(struct fonts *f, const struct run *r,
    const hb_glyph_info_t *glyphs, unsigned n)
{
    bool tell = true;
    unsigned end;
    for (unsigned i = 0; i < n; i = end) {
        end = i + 1;
        while (end < n && glyphs[end].cluster == glyphs[i].cluster)
            end++;
        /* What stands before the first glyph and prints nothing is its too. */
        size_t from = i ? glyphs[i].cluster : 0;
        size_t to = end < n ? glyphs[end].cluster : r->s.n;
        struct slice text = {r->s.s + from, to - from};
        tell &= glyphs_tell(f, r->face, glyphs + i, end - i, text);
    }
    return tell;
}

static const struct word *shape_run(
    struct fonts *f, const struct setting *set, const struct run *r)
{
    struct arena *a = f->priv->l->a;
    fonts_use(f, r->face);
    fill_buffer(f, set, r);
    shape_buffer(f, set, r);
    unsigned n;
    const hb_glyph_info_t *info =
        hb_buffer_get_glyph_infos(f->priv->buffer, &n);
    const hb_glyph_position_t *pos =
        hb_buffer_get_glyph_positions(f->priv->buffer, NULL);
    struct word *w = ARENA_NEW(a, struct word);
    *w = (struct word){.s = r->s, .face = r->face->id, .simple = true};
    struct glyph *glyphs = ARENA_ARRAY(a, n, struct glyph);
    bool good = n <= UINT16_MAX;
    for (unsigned i = 0; i < n && good; i++)
        good = keep_glyph(r->face, &info[i], &pos[i], &glyphs[i], w);
    if (!good) {
        diag(f->priv->l->d, D_FONT_BAD, (struct pos){0},
            "the font %s cannot be used: its measures are out of range",
            r->face->path);
        return w;
    }
    w->glyphs = glyphs;
    w->n = (uint16_t)n;
    w->actual = !clusters_tell(f, r, info, n);
    return w;
}

/* The end of the base character at i and the marks that stay with it. */
static size_t cluster_end(struct slice s, size_t i, unsigned *count)
{
    uint32_t cp;
    size_t end = i + utf8_decode(s.s + i, s.n - i, &cp);
    *count = 1;
    while (end < s.n && *count <= MARKS_MOST) {
        bool joined = cp == JOINER;
        size_t len = utf8_decode(s.s + end, s.n - end, &cp);
        if (!joined && !uni_is_mark(cp))
            break;
        end += len;
        ++*count;
    }
    return end;
}

/* The place of a character: in a row, the first such one. */
static struct pos find_character(const struct fonts *f,
    const struct setting *set, struct pos pos, uint32_t cp)
{
    char bytes[4];
    size_t n = utf8_encode(cp, bytes);
    pos = files_place(f->priv->l->files, pos);
    if (set->place != PLACE_ROW || !pos.file)
        return pos;
    const struct source *file = files_at(f->priv->l->files, pos.file);
    for (size_t i = pos.off; i + n <= file->n; i++) {
        if (memcmp(file->s + i, bytes, n) == 0)
            return (struct pos){pos.file, (uint32_t)i};
    }
    return pos;
}

/*
 * The first text with a character in a node of the profile; no place if there
 * is none. As deep as the nodes are, which load bounds.
 */
static struct pos find_in_node(const struct node *n, struct slice bytes)
{
    if (!n)
        return (struct pos){0};
    struct pos found = {0};
    for (size_t i = 0; n->kind == NODE_SCALAR && i + bytes.n <= n->s.n; i++) {
        if (memcmp(n->s.s + i, bytes.s, bytes.n) == 0)
            return n->pos;
    }
    for (uint32_t i = 0; i < n->count && !found.file; i++)
        found = find_in_node(n->items[i], bytes);
    return found;
}

/* The place in the profile of a character in a word of its own, which is set
 * without one. */
static struct pos find_in_profile(const struct profile *p, uint32_t cp)
{
    static const char *const WORDS[] = {"lists", "labels", "contents"};
    char s[4];
    struct slice bytes = {s, utf8_encode(cp, s)};
    struct pos found = {0};
    for (size_t i = 0;
         p->node && !found.file && i < sizeof WORDS / sizeof *WORDS; i++)
        found = find_in_node(load_find(p->node, WORDS[i]), bytes);
    return found;
}

/* Report a character that no font has, once. */
static void report_missing(
    struct fonts *f, const struct setting *set, uint32_t cp, struct pos pos)
{
    const struct load *l = f->priv->l;
    if (hb_set_has(f->priv->reported, cp))
        return;
    hb_set_add(f->priv->reported, cp);
    pos = pos.file ? find_character(f, set, pos, cp)
                   : find_in_profile(f->priv->doc->profile, cp);
    const char *name = uni_name(l->a, cp);
    const char *open = *name ? " (" : "", *close = *name ? ")" : "";
    diag(l->d, D_GLYPH_MISSING, pos, "no font has the character U+%04X%s%s%s",
        (unsigned)cp, open, name, close);
}

static bool is_private(uint32_t cp)
{
    return (cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000;
}

/*
 * Report, once, a character whose meaning only some know: each standard wants
 * to be told it.
 */
static void report_private(
    struct fonts *f, const struct setting *set, uint32_t cp, struct pos pos)
{
    const struct load *l = f->priv->l;
    enum standard standard = f->priv->doc->report->standard;
    if (standard == STANDARD_NONE || hb_set_has(f->priv->reported, cp))
        return;
    hb_set_add(f->priv->reported, cp);
    diag(l->d, D_TEXT_PRIVATE,
        pos.file ? find_character(f, set, pos, cp)
                 : find_in_profile(f->priv->doc->profile, cp),
        "U+%04X is for private use: a PDF that conforms to '%s' cannot have it",
        (unsigned)cp, model_standard_name(standard));
    diag_hint(l->d,
        "write a character with a meaning of its own, or choose 'standard: %s'",
        model_standard_name(STANDARD_NONE));
}

/*
 * Does it stand with the right-to-left character before it: on the same line,
 * no end of a cell between them?
 */
static bool goes_on(const struct fonts *f, struct pos pos)
{
    struct pos last = f->priv->rtl;
    if (!pos.file || pos.file != last.file)
        return false;
    const char *s = files_at(f->priv->l->files, pos.file)->s;
    /* In a row it may be found before the last one. */
    bool before = pos.off < last.off;
    uint32_t end = before ? last.off : pos.off;
    for (uint32_t i = before ? pos.off : last.off; i < end; i++) {
        if (s[i] == '\n' || s[i] == '\t' || (s[i] == ',' && s[i + 1] != ' '))
            return false;
    }
    return true;
}

/* Report the first of several characters from right to left. */
static void report_rtl(struct fonts *f, const struct setting *set, uint32_t cp,
    struct pos pos, size_t len)
{
    const struct load *l = f->priv->l;
    pos = find_character(f, set, pos, cp);
    bool told = goes_on(f, pos);
    f->priv->rtl = place_of(set, pos, len);
    if (told)
        return;
    const char *name = uni_name(l->a, cp);
    const char *open = *name ? " (" : "", *close = *name ? ")" : "";
    diag(l->d, D_TEXT_RTL, pos,
        "U+%04X%s%s%s is written from right to left, which cannot be set yet",
        (unsigned)cp, open, name, close);
}

/* The face of a cluster; one that lacks it, with a report, if none has it. */
static struct face *face_of(struct fonts *f, const struct setting *set,
    struct face *last, struct slice cluster, struct pos pos)
{
    uint32_t cut = set->cut;
    uint32_t cp;
    size_t len;
    for (size_t i = 0; i < cluster.n; i += len) {
        len = utf8_decode(cluster.s + i, cluster.n - i, &cp);
        if (is_private(cp))
            report_private(f, set, cp, place_of(set, pos, i));
        if (!uni_is_rtl(cp))
            continue;
        report_rtl(f, set, cp, place_of(set, pos, i), len);
        return f->priv->cuts[cut].face;
    }
    struct face *face = fonts_face(f, cut, last, cluster, pos);
    if (face)
        return face;
    /* The base may be had without its marks. */
    len = utf8_decode(cluster.s, cluster.n, &cp);
    struct slice base = {cluster.s, len};
    if (len < cluster.n)
        face = fonts_face(f, cut, last, base, pos);
    if (!face) {
        report_missing(f, set, cp, pos);
        return f->priv->cuts[cut].face;
    }
    for (size_t i = len; i < cluster.n; i += len) {
        len = utf8_decode(cluster.s + i, cluster.n - i, &cp);
        if (!face_covers(face, cp))
            report_missing(f, set, cp, place_of(set, pos, i));
    }
    return face;
}

static uint32_t strong_script(uint32_t cp)
{
    uint32_t script = uni_script(cp);
    bool none = script == HB_TAG('Z', 'y', 'y', 'y') ||
        script == HB_TAG('Z', 'i', 'n', 'h') ||
        script == HB_TAG('Z', 'z', 'z', 'z');
    return none ? 0 : script;
}

static void flush_run(struct fonts *f, const struct setting *set, struct run *r)
{
    if (!r->s.n)
        return;
    const struct word *w = shape_run(f, set, r);
    *words_add_part(f) = (struct part){.word = w, .kind = ITEM_WORD};
    *r = (struct run){.s = {r->s.s + r->s.n, 0}, .face = r->face};
}

static bool is_ascii(struct slice s)
{
    unsigned char all = 0;
    for (size_t i = 0; i < s.n; i++)
        all |= (unsigned char)s.s[i];
    return all < 0x80;
}

void shape_piece(
    struct fonts *f, const struct setting *set, struct slice s, struct pos pos)
{
    const struct cut *cut = &f->priv->cuts[set->cut];
    if (!cut->face)
        return;
    struct run r = {.s = {s.s, 0}, .face = cut->face};
    if (cut->ascii && s.n <= RUN_MOST && is_ascii(s)) {
        r.s = s;
        flush_run(f, set, &r);
        return;
    }
    struct face *last = NULL;
    size_t end;
    for (size_t i = 0; i < s.n; i = end) {
        unsigned count;
        uint32_t base;
        end = cluster_end(s, i, &count);
        utf8_decode(s.s + i, s.n - i, &base);
        struct slice cluster = {s.s + i, end - i};
        last = face_of(f, set, last, cluster, place_of(set, pos, i));
        uint32_t script = strong_script(base);
        if (last != r.face || (script && r.script && script != r.script) ||
            r.count + count > RUN_MOST || uni_is_mark(base))
            flush_run(f, set, &r);
        r.face = last;
        r.s.n += end - i;
        r.count += count;
        if (script)
            r.script = script;
    }
    flush_run(f, set, &r);
}
