/* The fonts of a build: families to faces, fallback, looks. */
#include "text/text_int.h"

#include "base/uni.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The script tags of what belongs to no script. */
static const uint32_t COMMON = HB_TAG('Z', 'y', 'y', 'y');
static const uint32_t INHERITED = HB_TAG('Z', 'i', 'n', 'h');

/* The file of a font that is nearest to a cut. */
static struct font_file *nearest_file(struct font *font, unsigned cut)
{
    if (font->files[cut].name)
        return &font->files[cut];
    if (font->files[cut & CUT_BOLD].name)
        return &font->files[cut & CUT_BOLD];
    if (font->files[cut & CUT_ITALIC].name)
        return &font->files[cut & CUT_ITALIC];
    return &font->files[0];
}

/* The face of a file of the profile that was opened before, or NULL. */
static struct face *opened_before(
    const struct families *families, const struct font_file *file)
{
    for (uint32_t i = families->own * (uint32_t)CUTS;
         i < families->n * (uint32_t)CUTS; i++) {
        const struct font_file *other =
            &families->v[i / CUTS].fonts->files[i % CUTS];
        if (other->house && other->house->file == file->house->file &&
            other->face)
            return other->face;
    }
    return NULL;
}

/* A file of the profile: a fault is told where it is named. */
static void open_house(struct fonts *f, struct font_file *file)
{
    const struct load *l = f->priv->l;
    const struct source *source = files_at(l->files, file->house->file);
    struct node *n = file->house->node;
    const char *why = NULL;
    file->face = opened_before(f->priv->families, file);
    if (!file->face)
        file->face = face_read(l, source, &why);
    file->state = file->face ? FILE_OPEN : FILE_BAD;
    if (file->face)
        return;
    file->reported = true;
    if (load_diag(l, D_FONT_BAD, n, "the font %s cannot be used: %s",
            diag_quote(l->d, slice_of(source->path)), why))
        diag_hint(l->d,
            "name a TrueType or OpenType font (.ttf, .otf) that may be "
            "embedded");
}

/* All of the profile's are opened: what is wrong with them is told at once. */
static void open_houses(struct fonts *f)
{
    const struct families *families = f->priv->families;
    for (uint32_t i = families->own * (uint32_t)CUTS;
         i < families->n * (uint32_t)CUTS; i++) {
        struct font_file *file = &families->v[i / CUTS].fonts->files[i % CUTS];
        if (file->house)
            open_house(f, file);
    }
}

static void open_file(struct fonts *f, struct font_file *file)
{
    const struct load *l = f->priv->l;
    const struct families *families = f->priv->families;
    file->state = FILE_ABSENT;
    for (uint32_t i = 0; i < families->nfolders; i++) {
        const char *path =
            arena_printf(l->a, "%s/%s", families->folders[i], file->name);
        const char *why;
        file->face = face_open(l, path, &why);
        if (!file->face && !why)
            continue;
        files_depend(l->files, path);
        file->state = file->face ? FILE_OPEN : FILE_BAD;
        if (!file->face) {
            file->reported = true;
            diag(l->d, D_FONT_BAD, (struct pos){0},
                "the font %s cannot be used: %s", path, why);
        }
        return;
    }
}

/* The face of a font's cut, or NULL. */
static struct face *font_face(struct fonts *f, struct font_file *file)
{
    if (file->state == FILE_UNTRIED)
        open_file(f, file);
    return file->face;
}

/* Say once that a font that is needed is not installed. */
static void report_absent(struct fonts *f, const struct font *font,
    struct font_file *file, struct pos pos)
{
    struct diags *d = f->priv->l->d;
    if (file->state != FILE_ABSENT || file->reported)
        return;
    file->reported = true;
    diag(d, D_FONT_FILE, pos, "the font %s is not installed", file->name);
    diag_hint(d, "Debian's package %s brings it", font->package);
}

void fonts_use(struct fonts *f, struct face *face)
{
    struct fonts_priv *p = f->priv;
    if (face->unicode)
        return;
    f->faces = arena_grow(
        p->l->a, f->faces, &p->faces_cap, f->nfaces + 1, sizeof *f->faces);
    face->id = (uint16_t)f->nfaces;
    f->faces[f->nfaces++] = face;
    face->unicode = ARENA_ARRAY(p->l->a, face->nglyphs, struct slice);
    face->used = ARENA_ARRAY(p->l->a, face->nglyphs, uint8_t);
}

static const struct word *lone_word(
    struct fonts *f, uint32_t cut, struct slice s)
{
    struct setting set = {.cut = cut, .mode = MODE_WHOLE};
    const struct token *t = words_token(f, &set, s, (struct pos){0});
    return t->n ? t->parts[0].word : NULL;
}

/*
 * Where a cut's own font cannot be had, which is reported, any other stands
 * in, so that the faults of the text are still found.
 */
static struct face *stand_in(struct fonts *f)
{
    struct families *families = f->priv->families;
    for (uint32_t i = 0; i < families->n; i++) {
        struct font *font = &families->v[i].fonts[0];
        for (unsigned cut = 0; cut < CUTS; cut++)
            if (font->files[cut].name && font_face(f, &font->files[cut]))
                return font->files[cut].face;
    }
    return NULL;
}

static void open_cut(struct fonts *f, uint32_t index)
{
    struct cut *cut = &f->priv->cuts[index];
    struct font *font = &f->priv->families->v[index / CUTS].fonts[0];
    struct font_file *file = nearest_file(font, index % CUTS);
    cut->tried = true;
    cut->face = font_face(f, file);
    if (!cut->face) {
        report_absent(f, font, file, (struct pos){0});
        cut->face = stand_in(f);
    }
    if (!cut->face)
        return;
    cut->ascii = true;
    for (uint32_t cp = '!'; cp <= '~'; cp++)
        cut->ascii = cut->ascii && face_covers(cut->face, cp);
    cut->space = lone_word(f, index, SLICE(" "));
    cut->hyphen = lone_word(f, index, SLICE("-"));
}

static uint32_t cut_of(const struct look *look)
{
    return look->family * (uint32_t)CUTS + (look->bold ? CUT_BOLD : 0) +
        (look->italic ? CUT_ITALIC : 0);
}

uint32_t fonts_cut(struct fonts *f, uint16_t look)
{
    uint32_t index = cut_of(&f->looks[look]);
    if (f->priv->cuts && !f->priv->cuts[index].tried)
        open_cut(f, index);
    return index;
}

bool fonts_has_superior(struct fonts *f, uint32_t cut)
{
    static const char FIGURES[] = "0123456789";
    struct cut *c = &f->priv->cuts[cut];
    if (c->face && !c->superior_known) {
        c->superior_known = true;
        c->superior = face_changes(c->face, HB_TAG('s', 'u', 'p', 's'),
                          FIGURES) == sizeof FIGURES - 1;
    }
    return c->superior;
}

/* Has the face all of a cluster, as it is or composed? */
static bool covers(
    struct fonts *f, const struct face *face, struct slice cluster)
{
    for (int form = 0; form < 2; form++) {
        bool all = true;
        size_t len;
        for (size_t i = 0; i < cluster.n && all; i += len) {
            uint32_t cp;
            len = utf8_decode(cluster.s + i, cluster.n - i, &cp);
            all = face_covers(face, cp);
        }
        struct slice composed = uni_nfc(f->priv->l->a, cluster);
        if (all || slice_eq(composed, cluster))
            return all;
        cluster = composed;
    }
    return false;
}

/* What is looked for, and how. */
struct search {
    struct slice cluster;
    uint32_t script;
    unsigned cut; /* bits */
    bool others; /* the fonts of other scripts, as far as installed */
    bool absent; /* a font that should be asked is not installed */
    struct pos pos;
};

static struct face *search_family(
    struct fonts *f, struct search *s, struct family *family)
{
    for (uint32_t i = 0; i < family->nfonts; i++) {
        struct font *font = &family->fonts[i];
        bool other = font->script && font->script != s->script;
        if (other != s->others)
            continue;
        struct font_file *file = nearest_file(font, s->cut);
        struct face *face = font_face(f, file);
        if (face && covers(f, face, s->cluster))
            return face;
        if (!face && !s->others) {
            report_absent(f, font, file, s->pos);
            s->absent = true;
            return NULL;
        }
    }
    return NULL;
}

static struct face *search_all(
    struct fonts *f, struct search *s, uint32_t family)
{
    struct families *families = f->priv->families;
    struct family *own = &families->v[family];
    struct face *face = search_family(f, s, own);
    for (uint32_t i = 0; i < own->nfallback && !face && !s->absent; i++)
        face = search_family(f, s, &families->v[own->fallback[i]]);
    return face;
}

struct face *fonts_face(struct fonts *f, uint32_t cut, struct face *last,
    struct slice cluster, struct pos pos)
{
    struct face *own = f->priv->cuts[cut].face;
    if (covers(f, own, cluster))
        return own;
    uint32_t base;
    utf8_decode(cluster.s, cluster.n, &base);
    if (hb_set_has(f->priv->reported, base))
        return NULL;
    struct search s = {.cluster = cluster,
        .script = uni_script(base),
        .cut = cut % CUTS,
        .pos = pos};
    bool common = s.script == COMMON || s.script == INHERITED;
    if (common && last && covers(f, last, cluster))
        return last;
    struct face *face = search_all(f, &s, cut / CUTS);
    if (!face && !s.absent && common) {
        s.others = true;
        face = search_all(f, &s, cut / CUTS);
    }
    /* What a missing font may have is no missing character. */
    if (s.absent)
        hb_set_add(f->priv->reported, base);
    return face;
}

static bool same_look(const struct look *a, const struct look *b)
{
    return a->size == b->size && a->rise == b->rise && a->family == b->family &&
        a->bold == b->bold && a->italic == b->italic &&
        a->colour.r == b->colour.r && a->colour.g == b->colour.g &&
        a->colour.b == b->colour.b;
}

static uint16_t add_look(struct fonts *f, const struct look *look)
{
    struct fonts_priv *p = f->priv;
    for (uint32_t i = 0; i < f->nlooks; i++)
        if (same_look(&f->looks[i], look))
            return (uint16_t)i;
    if (f->nlooks > UINT16_MAX)
        arena_exhausted(p->l->a);
    size_t want = f->nlooks + 1;
    f->looks =
        arena_grow(p->l->a, f->looks, &p->looks_cap, want, sizeof *f->looks);
    p->space_width = arena_grow(
        p->l->a, p->space_width, &p->spaces_cap, want, sizeof *p->space_width);
    f->looks[f->nlooks] = *look;
    p->space_width[f->nlooks] = -1;
    return (uint16_t)f->nlooks++;
}

/* The number of a look, mostly without a search. */
static uint16_t find_look(struct fonts *f, const struct look *look)
{
    uint32_t mix = (uint32_t)look->size * 31U + (uint32_t)look->rise * 7U +
        look->family * 5U + look->bold * 2U + look->italic + look->colour.r +
        look->colour.g * 3U + look->colour.b * 9U;
    struct look_memo *memo = &f->priv->memos[mix % LOOK_MEMOS];
    if (!memo->index || !same_look(&memo->look, look)) {
        memo->look = *look;
        memo->index = (uint16_t)(add_look(f, look) + 1);
    }
    return (uint16_t)(memo->index - 1);
}

static uint16_t find_family(const struct fonts *f, struct slice name)
{
    const struct families *families = f->priv->families;
    int32_t index = families ? families_find(families, name) : 0;
    return index < 0 ? 0 : (uint16_t)index;
}

/* Code among other text is set smaller: it looks larger than it is. */
enum { CODE_NUM = 92, CODE_DEN = 100 };

static struct look style_look(
    struct fonts *f, const struct style *style, unsigned span_style)
{
    struct look look = {.family = find_family(f, style->family),
        .bold = style->bold || span_style & SPAN_STRONG,
        /* Emphasis in italics is upright. */
        .italic = style->italic != !!(span_style & SPAN_EMPHASIS),
        .size = style->size,
        .colour = style->colour};
    if (span_style & SPAN_CODE) {
        const struct style *code = &f->priv->doc->profile->styles[STYLE_CODE];
        uint16_t family = find_family(f, code->family);
        if (family != look.family) {
            look.family = family;
            look.size = unit_scale(look.size, CODE_NUM, CODE_DEN);
        }
    }
    return look;
}

uint16_t fonts_look(
    struct fonts *f, const struct style *style, unsigned span_style)
{
    struct look look = style_look(f, style, span_style);
    return find_look(f, &look);
}

uint16_t fonts_look_raised(
    struct fonts *f, const struct style *style, unsigned span_style)
{
    struct look look = style_look(f, style, span_style);
    look.rise = unit_scale(look.size, 33, 100);
    look.size = unit_scale(look.size, 65, 100);
    return find_look(f, &look);
}

uint16_t fonts_look_coloured(
    struct fonts *f, uint16_t look, struct colour colour)
{
    struct look with = f->looks[look];
    with.colour = colour;
    return find_look(f, &with);
}

static rlen word_width(
    const struct fonts *f, const struct word *word, uint16_t look)
{
    if (!word)
        return 0;
    int32_t upem = f->faces[word->face]->upem;
    return width_at(word->width, f->looks[look].size, upem);
}

rlen fonts_space_width(struct fonts *f, uint16_t look)
{
    rlen *width = &f->priv->space_width[look];
    if (*width < 0)
        *width =
            word_width(f, f->priv->cuts[cut_of(&f->looks[look])].space, look);
    return *width;
}

rlen fonts_hyphen_width(const struct fonts *f, uint16_t look)
{
    return word_width(f, f->priv->cuts[cut_of(&f->looks[look])].hyphen, look);
}

rlen fonts_baseline(struct fonts *f, const struct style *style)
{
    uint16_t look = fonts_look(f, style, 0);
    if (!f->priv->cuts)
        return style->leading;
    const struct face *face = f->priv->cuts[fonts_cut(f, look)].face;
    if (!face)
        return style->leading;
    rlen ascent = unit_scale(face->ascent, style->size, face->upem);
    rlen descent = unit_scale(-face->descent, style->size, face->upem);
    rlen y = (style->leading - ascent - descent) / 2 + ascent;
    return y < 0 ? 0 : y > style->leading ? style->leading : y;
}

/* The place of a style's family in the profile's files or the report. */
static struct pos find_place(const struct profile *p, struct slice family)
{
    struct node *styles = p->node ? load_find(p->node, "styles") : NULL;
    for (uint32_t i = 0; styles && i < styles->count; i++) {
        struct node *n = load_find(styles->items[i], "family");
        if (n && slice_eq(n->s, family))
            return n->pos;
    }
    return p->node ? p->node->pos : (struct pos){0};
}

/* Report each unknown family once, and open the faces of the known ones. */
static void open_styles(struct fonts *f, const struct profile *profile)
{
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        const struct style *style = &profile->styles[i];
        bool known = families_find(f->priv->families, style->family) >= 0;
        bool met = false;
        for (size_t j = 0; j < i && !met; j++)
            met = slice_eq(profile->styles[j].family, style->family);
        if (known)
            fonts_cut(f, fonts_look(f, style, 0));
        else if (!met)
            families_unknown(f->priv->l, f->priv->families, style->family,
                find_place(profile, style->family));
    }
}

static void destroy_buffer(void *p)
{
    hb_buffer_destroy(p);
}

static void destroy_set(void *p)
{
    hb_set_destroy(p);
}

struct fonts *fonts_open(const struct load *l, const struct doc *doc)
{
    struct fonts *f = ARENA_NEW(l->a, struct fonts);
    struct fonts_priv *p = f->priv = ARENA_NEW(l->a, struct fonts_priv);
    struct load *own = ARENA_NEW(l->a, struct load);
    *own = *l;
    p->l = own;
    p->doc = doc;
    p->bytes = buf_new(l->a);
    p->context = buf_new(l->a);
    p->buffer = hb_buffer_create();
    arena_on_free(l->a, destroy_buffer, p->buffer);
    p->reported = hb_set_create();
    arena_on_free(l->a, destroy_set, p->reported);
    p->langs = ARENA_ARRAY(l->a, doc->nlangs + 1, hb_language_t);
    for (uint32_t i = 0; i < doc->nlangs; i++)
        p->langs[i] = hb_language_from_string(doc->langs[i], -1);
    p->families = families_read(l);
    if (!p->families)
        return f;
    families_add(own, p->families, doc->profile);
    open_houses(f);
    p->cuts = ARENA_ARRAY(l->a, p->families->n * CUTS, struct cut);
    open_styles(f, doc->profile);
    return f;
}
