/* A page's display list to the operators of its content stream. */
#include "pdf/pdf_int.h"

#include <string.h>

/* What stands open at the end of the content. */
enum show {
    SHOW_NONE,
    SHOW_STRING, /* "(..": a string for Tj, or the first of a TJ */
    SHOW_ARRAY, /* "[.. 12": an array for TJ, no string open */
    SHOW_ARRAY_STRING /* "[.. 12(..": a string in it */
};

/*
 * Positions are kept in 1/100 pt, y up, and only their differences written:
 * each is exact, so nothing adds up along a page.
 */
struct painter {
    struct pdf *p;
    struct buf *b;
    uint32_t page; /* index */
    rlen height; /* of the page */
    bool marked; /* a sequence of marked content is open … */
    uint8_t artifact; /* … of this artifact, or … */
    uint32_t elem; /* … of this element */
    int64_t x, y; /* where the last text began */
    uint16_t look; /* index in fonts.looks; valid if `use` is */
    uint16_t face;
    struct face_use *use; /* of the face; NULL: no font set yet */
    rlen size, rise; /* as set in the page */
    struct colour colour;
    uint8_t show; /* enum show */
    size_t start; /* in b: where the string for SHOW_STRING began */
    int64_t shift; /* to the start edge, not written yet [1/10,000 em] */
};

/* A number followed by a blank. */
static void put(struct painter *c, int64_t v, unsigned decimals)
{
    struct buf *b = c->b;
    char *s = pdf_number(pdf_room(b, PDF_NUMBER_MAX + 1), v, decimals);
    *s++ = ' ';
    b->n = (size_t)(s - b->s);
}

static void put_op(struct painter *c, const char *op)
{
    buf_puts(c->b, op);
}

/* Thousandths of a point to the hundredths that are written. */
static int64_t hundredths(int64_t v)
{
    return pdf_round(v, 10);
}

static int64_t up(const struct painter *c, int64_t y)
{
    return hundredths(c->height - y);
}

static bool same_colour(struct colour a, struct colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void set_colour(struct painter *c, struct colour colour)
{
    if (same_colour(colour, c->colour))
        return;
    c->colour = colour;
    put(c, pdf_round(colour.r * 1000, 255), 3);
    if (colour.r == colour.g && colour.g == colour.b) {
        put_op(c, "g\n");
        return;
    }
    put(c, pdf_round(colour.g * 1000, 255), 3);
    put(c, pdf_round(colour.b * 1000, 255), 3);
    put_op(c, "rg\n");
}

static void end_mark(struct painter *c)
{
    if (c->marked)
        put_op(c, "EMC\n");
    c->marked = false;
}

/* Begin content of the element: its type, "/P", and its number. */
static void mark_elem(struct painter *c, const char *type)
{
    put_op(c, "/");
    put_op(c, type);
    put_op(c, "<</MCID ");
    put(c, pdf_mark(c->p, c->page, c->elem), 0);
}

/* Begin what marks a piece of the page. PDF 1.7, 14.6 and 14.8.2.2. */
static void begin_mark(struct painter *c)
{
    static const char *const ARTIFACTS[] = {[ARTIFACT_NONE] = "/Artifact BMC\n",
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
        [ARTIFACT_PAGINATION] = "/Artifact<</Type/Pagination>>BDC\n",
        [ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        [ARTIFACT_FOOTER] =
            "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"};
    c->marked = true;
    if (c->elem) {
        mark_elem(c, tags_name(c->p->pages->flow->tags->v[c->elem].tag));
        put_op(c, ">>BDC\n");
    } else {
        put_op(c, ARTIFACTS[c->artifact]);
    }
}

/* The same for d, unless it goes on with what is open. */
static void mark(struct painter *c, const struct draw *d)
{
    if (c->marked && c->elem == d->elem && c->artifact == d->artifact)
        return;
    end_mark(c);
    c->elem = d->elem;
    c->artifact = d->artifact;
    begin_mark(c);
}

static void paint_fill(struct painter *c, const struct draw *d)
{
    /* Edges are rounded, not sizes: what touches goes on touching. */
    int64_t x = hundredths(d->x), y = up(c, (int64_t)d->y + d->fill.height);
    put(c, x, 2);
    put(c, y, 2);
    put(c, hundredths((int64_t)d->x + d->fill.width) - x, 2);
    put(c, up(c, d->y) - y, 2);
    put_op(c, "re\n");
}

/* Rectangles of one colour that follow one another are one path. */
static void paint_fills(struct painter *c, const struct display *display)
{
    bool open = false;
    for (size_t i = 0; i < display->n; i++) {
        const struct draw *d = &display->v[i];
        if (d->kind != DRAW_FILL)
            continue;
        if (open && !same_colour(d->fill.colour, c->colour)) {
            put_op(c, "f\n");
            open = false;
        }
        if (!open)
            mark(c, d);
        set_colour(c, d->fill.colour);
        paint_fill(c, d);
        open = true;
    }
    if (open)
        put_op(c, "f\n");
    end_mark(c);
}

/* Edges are rounded, not sizes: what touches goes on touching. */
static void paint_image(struct painter *c, const struct draw *d)
{
    const struct image *image = &c->p->doc->images->v[d->image.image];
    struct matrix m = pdf_image_matrix(image);
    int64_t x = hundredths(d->x), y = up(c, (int64_t)d->y + d->image.height);
    int64_t width = hundredths((int64_t)d->x + d->image.width) - x;
    int64_t height = up(c, d->y) - y;
    pdf_image_use(c->p, d->image.image);
    mark(c, d);
    if (d->elem)
        pdf_figure_place(
            c->p, d->elem, (struct bounds){x, y, x + width, y + height});
    put_op(c, "q\n");
    put(c, m.a * width, 2);
    put(c, m.b * height, 2);
    put(c, m.c * width, 2);
    put(c, m.d * height, 2);
    put(c, x + m.e * width, 2);
    put(c, y + m.f * height, 2);
    put_op(c, "cm\n/Im");
    put(c, d->image.image, 0);
    put_op(c, "Do\nQ\n");
}

static void paint_images(struct painter *c, const struct display *display)
{
    for (size_t i = 0; i < display->n; i++) {
        if (display->v[i].kind == DRAW_IMAGE)
            paint_image(c, &display->v[i]);
    }
    end_mark(c);
}

/*
 * Write the shift, in an array; a string that stood alone becomes the array's
 * first.
 */
static void put_shift(struct painter *c)
{
    struct buf *b = c->b;
    char *s = pdf_room(b, PDF_NUMBER_MAX + 2);
    if (c->show == SHOW_STRING) {
        memmove(b->s + c->start + 1, b->s + c->start, b->n - c->start);
        b->s[c->start] = '[';
        s++;
    }
    if (c->show == SHOW_NONE)
        *s++ = '[';
    else if (c->show != SHOW_ARRAY)
        *s++ = ')';
    s = pdf_number(s, c->shift, 1);
    b->n = (size_t)(s - b->s);
    c->shift = 0;
    c->show = SHOW_ARRAY;
}

static void open_string(struct painter *c)
{
    if (c->shift)
        put_shift(c);
    if (c->show == SHOW_NONE) {
        c->start = c->b->n;
        c->show = SHOW_STRING;
        buf_putc(c->b, '(');
    } else if (c->show == SHOW_ARRAY) {
        c->show = SHOW_ARRAY_STRING;
        buf_putc(c->b, '(');
    }
}

/* Show what stands open. A shift is left pending: it may turn out useless. */
static void end_show(struct painter *c)
{
    static const char *const END[] = {"", ")Tj\n", "]TJ\n", ")]TJ\n"};
    put_op(c, END[c->show]);
    c->show = SHOW_NONE;
}

/* The same with the shift, before it would be taken at another size. */
static void end_show_shifted(struct painter *c)
{
    if (c->shift)
        put_shift(c);
    end_show(c);
}

static void set_rise(struct painter *c, rlen rise)
{
    if (rise == c->rise)
        return;
    end_show(c);
    c->rise = rise;
    put(c, hundredths(rise), 2);
    put_op(c, "Ts\n");
}

static void set_look(struct painter *c, const struct item *item)
{
    const struct look *look = &c->p->pages->flow->fonts->looks[item->look];
    bool other_face = !c->use || c->face != item->word->face;
    if (other_face || look->size != c->size) {
        end_show_shifted(c);
        if (other_face)
            c->use = pdf_font_use(c->p, item->word->face);
        c->face = item->word->face;
        c->size = look->size;
        put_op(c, "/F");
        put(c, c->face, 0);
        put(c, hundredths(c->size), 2);
        put_op(c, "Tf\n");
    }
    if (!same_colour(look->colour, c->colour)) {
        end_show(c);
        set_colour(c, look->colour);
    }
    c->look = item->look;
}

/* What stands for a byte of a string after a backslash; 0: the byte itself. */
static const char ESCAPE[256] = {
    ['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};

static char *put_byte(char *s, uint8_t byte)
{
    char escaped = ESCAPE[byte];
    if (escaped)
        *s++ = '\\';
    *s++ = escaped ? escaped : (char)byte;
    return s;
}

/* Room for a glyph's two bytes, each with a backslash. */
enum { GLYPH_MAX = 4 };

static char *put_glyph(struct painter *c, char *s, uint16_t glyph)
{
    c->use->used[glyph] = 1;
    s = put_byte(s, (uint8_t)(glyph >> 8));
    return put_byte(s, (uint8_t)glyph);
}

static void show_simple(struct painter *c, const struct word *w)
{
    open_string(c);
    char *s = pdf_room(c->b, (size_t)w->n * GLYPH_MAX);
    for (uint16_t i = 0; i < w->n; i++)
        s = put_glyph(c, s, w->glyphs[i].id);
    c->b->n = (size_t)(s - c->b->s);
}

/*
 * A word whose glyphs do not stand where their own advances would put them.
 * `at` is where the file's reader is, in 1/1000 of a font unit: shifts are
 * whole thousandths of the em, and what one leaves over goes into the next.
 */
static void show_placed(struct painter *c, const struct word *w)
{
    const struct face *face = c->p->pages->flow->fonts->faces[w->face];
    rlen rise = c->rise;
    int64_t x = 0, at = 0;
    for (uint16_t i = 0; i < w->n; i++) {
        const struct glyph *g = &w->glyphs[i];
        int64_t move = pdf_round(at - (x + g->dx) * 1000, face->upem);
        c->shift += move * 10;
        at -= move * face->upem;
        set_rise(c, rise + unit_scale(g->dy, c->size, face->upem));
        open_string(c);
        char *s = put_glyph(c, pdf_room(c->b, GLYPH_MAX), g->id);
        c->b->n = (size_t)(s - c->b->s);
        at += (int64_t)pdf_font_advance(c->p, w->face, g->id) * 1000;
        x += g->advance;
    }
    c->shift += pdf_round(at - x * 1000, face->upem) * 10;
    set_rise(c, rise);
}

/*
 * What follows, up to end_actual, stands for this text. It is content of its
 * own: poppler takes the end of a sequence within another for that of both.
 */
static void begin_actual(struct painter *c, struct slice text)
{
    end_show(c);
    if (c->elem) {
        end_mark(c);
        mark_elem(c, "Span");
    } else {
        put_op(c, "/Span<<");
    }
    put_op(c, "/ActualText<FEFF");
    pdf_put_utf16(c->b, text);
    put_op(c, ">>>BDC\n");
}

static void end_actual(struct painter *c)
{
    end_show(c);
    put_op(c, "EMC\n");
    if (c->elem)
        c->marked = false;
}

/* `actual`: what the word stands for is said around it. */
static void show_word(struct painter *c, const struct word *w, bool actual)
{
    bool begin = w->actual && !actual;
    if (begin)
        begin_actual(c, w->s);
    else if (!actual && !c->marked)
        begin_mark(c);
    if (w->simple)
        show_simple(c, w);
    else
        show_placed(c, w);
    if (begin)
        end_actual(c);
}

static void paint_text(struct painter *c, const struct draw *d)
{
    const struct look *looks = c->p->pages->flow->fonts->looks;
    int64_t x = hundredths(d->x), y = up(c, d->y);
    put(c, x - c->x, 2);
    put(c, y - c->y, 2);
    put_op(c, "Td\n");
    c->x = x;
    c->y = y;
    /* A hyphen that divides a word is a soft one (PDF 1.7, 14.8.2.2.3). */
    if (d->hyphen)
        begin_actual(c, SLICE("\xc2\xad"));
    for (uint32_t i = 0; i < d->text.n; i++) {
        const struct item *item = &d->text.items[i];
        if (!item->word)
            continue;
        if (!c->use || item->look != c->look || item->word->face != c->face)
            set_look(c, item);
        set_rise(c, looks[item->look].rise);
        show_word(c, item->word, d->hyphen);
        if (item_is_space(item))
            c->shift -= pdf_round((int64_t)d->text.stretch * 10000, c->size);
    }
    if (d->hyphen)
        end_actual(c);
    end_show(c);
    c->shift = 0;
}

static void paint_texts(struct painter *c, const struct display *display)
{
    bool open = false;
    for (size_t i = 0; i < display->n; i++) {
        const struct draw *d = &display->v[i];
        if (d->kind != DRAW_TEXT || !d->text.n)
            continue;
        if (!open)
            put_op(c, "BT\n");
        open = true;
        mark(c, d);
        paint_text(c, d);
    }
    end_mark(c);
    if (open)
        put_op(c, "ET\n");
}

struct slice pdf_content(
    struct pdf *p, uint32_t i, const struct display *display)
{
    struct painter c = {
        .p = p, .b = &p->content, .page = i, .height = p->doc->profile->height};
    p->content.n = 0;
    pdf_mark_page(p, i);
    paint_fills(&c, display);
    paint_images(&c, display);
    paint_texts(&c, display);
    return (struct slice){p->content.s, p->content.n};
}
