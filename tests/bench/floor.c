/*
 * The floor: what libharu alone costs for text that somebody has laid out.
 * Each word is shown at its place in Liberation Serif, the cells of each table
 * row are drawn, a page has one outline entry and one link; all is compressed.
 *
 * usage: floor WORDS OUT.pdf
 * WORDS, from bench.py, is a series of records in the machine's byte order:
 * 'P' a page; 'R' y, a table row whose text stands on y; 'W' x, y, size, a
 * NUL-terminated word in CP1252. The numbers are floats [pt], y up.
 */
#include <hpdf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FONTS "/usr/share/fonts/truetype/liberation/LiberationSerif-"

/* The columns of the annexes' tables: where each starts, and its width. */
static const float columns[][2] = {{70.9f, 30}, {101, 120}, {221, 303}};

struct floor {
    HPDF_Doc pdf;
    HPDF_Font regular, bold;
    HPDF_Page page;
    unsigned pages;
    bool text; /* within a text object */
    float x, y; /* where the last word of it stands */
    float size; /* of the last word on this page */
    HPDF_Font font; /* and its font */
};

static void fail(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)data;
    fprintf(stderr, "floor: libharu failed: %lx, %lu\n", error, detail);
    exit(3);
}

static char *read_file(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long end;

    if (file != NULL && fseek(file, 0, SEEK_END) == 0 &&
        (end = ftell(file)) > 0 && (bytes = malloc((size_t)end)) != NULL) {
        rewind(file);
        *n = fread(bytes, 1, (size_t)end, file);
    }
    if (file != NULL)
        fclose(file);
    return bytes;
}

static HPDF_Font load_font(HPDF_Doc pdf, const char *path)
{
    return HPDF_GetFont(
        pdf, HPDF_LoadTTFontFromFile(pdf, path, HPDF_TRUE), "CP1252");
}

static float take_float(const char **at)
{
    float value;

    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return value;
}

static void begin_text(struct floor *f)
{
    HPDF_Page_BeginText(f->page);
    f->text = true;
    f->x = f->y = 0;
}

static void end_text(struct floor *f)
{
    if (f->text)
        HPDF_Page_EndText(f->page);
    f->text = false;
}

static void begin_page(struct floor *f)
{
    const HPDF_Rect link = {70, 800, 200, 812};
    HPDF_Outline entry;
    char title[32];

    end_text(f);
    f->page = HPDF_AddPage(f->pdf);
    HPDF_Page_SetSize(f->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    snprintf(title, sizeof title, "Page %u", ++f->pages);
    entry = HPDF_CreateOutline(f->pdf, NULL, title, NULL);
    HPDF_Outline_SetDestination(entry, HPDF_Page_CreateDestination(f->page));
    HPDF_Page_CreateURILinkAnnot(f->page, link, "https://www.itu.int/");
    f->size = 0;
}

static void draw_row(struct floor *f, float y)
{
    end_text(f);
    HPDF_Page_SetLineWidth(f->page, 0.4f);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        HPDF_Page_Rectangle(f->page, columns[i][0], y - 3, columns[i][1], 15);
    HPDF_Page_Stroke(f->page);
}

static void show_word(
    struct floor *f, float x, float y, float size, const char *word)
{
    HPDF_Font font = size > 11.5f ? f->bold : f->regular;

    if (!f->text)
        begin_text(f);
    if (size < f->size || size > f->size || font != f->font) {
        HPDF_Page_SetFontAndSize(f->page, font, size);
        f->size = size;
        f->font = font;
    }
    HPDF_Page_MoveTextPos(f->page, x - f->x, y - f->y);
    f->x = x;
    f->y = y;
    HPDF_Page_ShowText(f->page, word);
}

int main(int argc, char **argv)
{
    struct floor f = {0};
    const char *at, *end;
    size_t n = 0;

    if (argc != 3 || (at = read_file(argv[1], &n)) == NULL)
        return 2;
    end = at + n;
    f.pdf = HPDF_New(fail, NULL);
    HPDF_SetCompressionMode(f.pdf, HPDF_COMP_ALL);
    f.regular = load_font(f.pdf, FONTS "Regular.ttf");
    f.bold = load_font(f.pdf, FONTS "Bold.ttf");
    while (at < end) {
        char kind = *at++;

        if (kind == 'P') {
            begin_page(&f);
        } else if (kind == 'R') {
            draw_row(&f, take_float(&at));
        } else {
            float x = take_float(&at);
            float y = take_float(&at);
            float size = take_float(&at);

            show_word(&f, x, y, size, at);
            at += strlen(at) + 1;
        }
    }
    end_text(&f);
    HPDF_SaveToFile(f.pdf, argv[2]);
    HPDF_Free(f.pdf);
    return 0;
}
