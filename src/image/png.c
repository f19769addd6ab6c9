/* PNG, row by row through libpng: the passes are put together here. */
#include "image/image_int.h"

#include <png.h>
#include <string.h>

enum {
    CHUNKS_MOST = 1000, /* that libpng would keep */
    PASSES = 7, /* of an interlaced image */
    OPAQUE = 255
};

struct png {
    struct image_job *job;
    png_structp png;
    png_infop info;
    size_t at; /* [bytes] read of the file */
    uint8_t *row; /* one of a pass, as libpng gives it */
    unsigned channels; /* in such a row, with alpha */
    bool interlaced;
    int ncolours; /* of the palette */
    uint8_t see_through[256]; /* palette: alpha by index */
    bool by_index, by_key; /* tRNS says which pixels are transparent */
    uint8_t key[6]; /* the samples of the one colour that is */
    jmp_buf failed;
};

static void on_error(png_structp p, png_const_charp text)
{
    struct png *g = png_get_error_ptr(p);
    image_wrong(g->job, D_IMAGE_BAD, "cannot be read: %s", text);
    longjmp(g->failed, 1);
}

/* What libpng can do without: text, times, a profile that is none. */
static void on_warning(png_structp p, png_const_charp text)
{
    (void)p, (void)text;
}

/* Everything goes with the arena, also when it runs out in here. */
static png_voidp take(png_structp p, png_alloc_size_t n)
{
    const struct png *g = png_get_mem_ptr(p);
    return arena_alloc(g->job->a, n);
}

static void leave(png_structp p, png_voidp memory)
{
    (void)p, (void)memory;
}

static void read_bytes(png_structp p, png_bytep to, size_t n)
{
    struct png *g = png_get_io_ptr(p);
    const struct slice *in = &g->job->in;
    if (n > in->n - g->at)
        png_error(p, "the file ends too early");
    memcpy(to, in->s + g->at, n);
    g->at += n;
}

/* Chunks that say nothing about the pixels are checked, but not read. */
static void skip_chunks(struct png *g)
{
    static const char SKIPPED[] = "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iTXt\0oFFs\0"
                                  "pCAL\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0"
                                  "zTXt";
    png_set_keep_unknown_chunks(g->png, PNG_HANDLE_CHUNK_NEVER,
        (png_const_bytep)SKIPPED, sizeof SKIPPED / 5);
}

static void start(struct png *g)
{
    g->png = png_create_read_struct_2(
        PNG_LIBPNG_VER_STRING, g, on_error, on_warning, g, take, leave);
    if (!g->png)
        arena_exhausted(g->job->a);
    g->info = png_create_info_struct(g->png);
    if (!g->info)
        arena_exhausted(g->job->a);
    png_set_read_fn(g->png, g, read_bytes);
    /* Sizes are looked at before anything is read into them. */
    png_set_user_limits(g->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_cache_max(g->png, CHUNKS_MOST);
    png_set_chunk_malloc_max(g->png, IMAGE_ICC_MOST);
    png_set_crc_action(g->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    skip_chunks(g);
    png_read_info(g->png, g->info);
}

static void read_resolution(struct png *g, struct image *image)
{
    static const double INCH = 0.0254; /* m */
    png_uint_32 x = 0, y = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;
    png_get_pHYs(g->png, g->info, &x, &y, &unit);
    if (unit == PNG_RESOLUTION_METER)
        image_resolve(image, x * INCH, y * INCH);
    else if (x && y) /* only the pixels' shape */
        image_resolve(image, 150, 150.0 * y / x);
    else
        image_resolve(image, 0, 0);
}

/* Which colour or which indices of the palette are transparent. */
static void read_transparency(struct png *g)
{
    png_bytep alpha = NULL;
    png_color_16p key = NULL;
    int n = 0;
    unsigned bits = g->job->image->bits;
    memset(g->see_through, OPAQUE, sizeof g->see_through);
    if (!png_get_tRNS(g->png, g->info, &alpha, &n, &key))
        return;
    if (g->job->image->model == IMAGE_PALETTE) {
        g->by_index = true;
        memcpy(g->see_through, alpha, (size_t)n);
        return;
    }
    g->by_key = true;
    uint16_t samples[3] = {key->red, key->green, key->blue};
    if (g->job->image->model == IMAGE_GRAY)
        samples[0] = key->gray;
    for (unsigned i = 0; i < 3; i++) {
        unsigned v = samples[i] & ((1u << bits) - 1);
        if (bits == 16) {
            g->key[2 * i] = (uint8_t)(v >> 8);
            g->key[2 * i + 1] = (uint8_t)v;
        } else {
            g->key[i] = (uint8_t)v;
        }
    }
}

/* The facts of the header; what the pixels say comes later. */
static void read_facts(struct png *g)
{
    static const uint8_t MODELS[] = {[PNG_COLOR_TYPE_GRAY] = IMAGE_GRAY,
        [PNG_COLOR_TYPE_RGB] = IMAGE_RGB,
        [PNG_COLOR_TYPE_PALETTE] = IMAGE_PALETTE,
        [PNG_COLOR_TYPE_GRAY_ALPHA] = IMAGE_GRAY,
        [PNG_COLOR_TYPE_RGB_ALPHA] = IMAGE_RGB};
    struct image *image = g->job->image;
    image->format = IMAGE_PNG;
    image->width = png_get_image_width(g->png, g->info);
    image->height = png_get_image_height(g->png, g->info);
    image->model = MODELS[png_get_color_type(g->png, g->info)];
    image->bits = png_get_bit_depth(g->png, g->info);
    g->channels = png_get_channels(g->png, g->info);
    g->interlaced =
        png_get_interlace_type(g->png, g->info) == PNG_INTERLACE_ADAM7;
    if (!image_fits(g->job, image->width, image->height))
        longjmp(g->failed, 1);
    read_resolution(g, image);
    read_transparency(g);
    png_colorp colours;
    if (image->model == IMAGE_PALETTE)
        png_get_PLTE(g->png, g->info, &colours, &g->ncolours);
}

static void read_palette(struct png *g)
{
    struct image_data *out = g->job->out;
    png_colorp colours = NULL;
    int n = 0;
    png_get_PLTE(g->png, g->info, &colours, &n);
    out->npalette = (uint32_t)n;
    for (int i = 0; i < n; i++) {
        out->palette[i][0] = colours[i].red;
        out->palette[i][1] = colours[i].green;
        out->palette[i][2] = colours[i].blue;
    }
}

static void read_profile(struct png *g)
{
    png_charp name = NULL;
    png_bytep icc = NULL;
    png_uint_32 n = 0;
    int how = 0;
    bool gray = g->job->image->model == IMAGE_GRAY;
    if (!png_get_iCCP(g->png, g->info, &name, &how, &icc, &n))
        return;
    struct slice profile = {(const char *)icc, n};
    if (image_icc_sound(profile, gray ? 1 : 3))
        g->job->out->icc = profile;
}

/* Has a row of pixels alpha samples of its own? */
static bool has_alpha(const struct png *g)
{
    return g->channels == 2 || g->channels == 4;
}

/* Room for the pixels: a byte before each row stays free. */
static void make_room(struct png *g)
{
    struct image_data *out = g->job->out;
    const struct image *image = g->job->image;
    size_t colours = has_alpha(g) ? g->channels - 1 : g->channels;
    out->row = 1 + ((size_t)image->width * colours * image->bits + 7) / 8;
    out->n = out->row * image->height;
    out->bytes = arena_zalloc(g->job->a, out->n, 1);
    if (!image->alpha)
        return;
    out->alpha_bits = has_alpha(g) ? image->bits : 8;
    out->alpha_row = 1 + (size_t)image->width * (out->alpha_bits / 8);
    out->alpha = arena_zalloc(g->job->a, out->alpha_row * image->height, 1);
}

/* Copy pixel `from` of a row to pixel `to` of another, of `bits` each. */
static void copy_pixel(
    uint8_t *out, size_t to, const uint8_t *in, size_t from, unsigned bits)
{
    if (bits >= 8) {
        size_t n = bits / 8;
        for (size_t i = 0; i < n; i++)
            out[to * n + i] = in[from * n + i];
        return;
    }
    unsigned mask = (1u << bits) - 1;
    unsigned down = 8 - bits - from * bits % 8, up = 8 - bits - to * bits % 8;
    unsigned v = (unsigned)in[from * bits / 8] >> down & mask;
    uint8_t *byte = &out[to * bits / 8];
    *byte = (uint8_t)((*byte & ~(mask << up)) | v << up);
}

/* Sample i of a row of the pass, of at most 8 bits. */
static uint8_t small_sample(const struct png *g, size_t i, unsigned bits)
{
    unsigned down = 8 - bits - i * bits % 8;
    unsigned byte = g->row[i * bits / 8];
    return (uint8_t)(byte >> down & ((1u << bits) - 1));
}

/* The alpha of pixel i of a row of the pass, at `to`: 1 or 2 bytes. */
static void find_alpha(const struct png *g, size_t i, uint8_t *to)
{
    unsigned bits = g->job->image->bits;
    if (has_alpha(g)) {
        size_t n = bits / 8;
        const uint8_t *from = g->row + (i + 1) * g->channels * n - n;
        for (size_t k = 0; k < n; k++)
            to[k] = from[k];
        return;
    }
    size_t n = bits == 16 ? g->channels * 2 : g->channels;
    uint8_t pixel[6] = {0};
    if (bits >= 8)
        memcpy(pixel, g->row + i * n, n);
    else
        pixel[0] = small_sample(g, i, bits);
    *to = g->by_index                   ? g->see_through[pixel[0]]
        : memcmp(pixel, g->key, n) == 0 ? 0
                                        : OPAQUE;
}

/* Is some pixel of the row not opaque? */
static bool see_alpha(const struct png *g, uint32_t n)
{
    unsigned bytes = has_alpha(g) ? g->job->image->bits / 8 : 1;
    if (!has_alpha(g) && !g->by_index && !g->by_key)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint8_t alpha[2] = {OPAQUE, OPAQUE};
        find_alpha(g, i, alpha);
        if (alpha[0] != OPAQUE || (bytes == 2 && alpha[1] != OPAQUE))
            return true;
    }
    return false;
}

/* Look at a row without keeping it. */
static void look_at(struct png *g, uint32_t n)
{
    struct image *image = g->job->image;
    image->alpha = image->alpha || see_alpha(g, n);
    if (image->model != IMAGE_PALETTE || g->ncolours >= 1 << image->bits)
        return;
    for (uint32_t i = 0; i < n; i++) {
        if (small_sample(g, i, image->bits) >= g->ncolours)
            png_error(g->png, "a pixel is of no colour in the palette");
    }
}

/* The row as it stands in the image: pixels x, x + step … of row y. */
static void put_row(
    const struct png *g, uint32_t n, uint32_t x, uint32_t step, uint32_t y)
{
    const struct image_data *out = g->job->out;
    unsigned bits = g->job->image->bits;
    unsigned colours = has_alpha(g) ? g->channels - 1 : g->channels;
    uint8_t *to = out->bytes + y * out->row + 1;
    if (step == 1 && !has_alpha(g)) {
        memcpy(to, g->row, out->row - 1);
    } else if (!has_alpha(g)) {
        for (uint32_t i = 0; i < n; i++)
            copy_pixel(to, x + (size_t)i * step, g->row, i, bits * colours);
    } else {
        size_t whole = (size_t)bits / 8 * g->channels;
        for (uint32_t i = 0; i < n; i++)
            copy_pixel(to, x + (size_t)i * step, g->row + i * whole, 0,
                bits * colours);
    }
    if (!out->alpha)
        return;
    uint8_t *alpha = out->alpha + y * out->alpha_row + 1;
    for (uint32_t i = 0; i < n; i++)
        find_alpha(
            g, i, alpha + (x + (size_t)i * step) * (out->alpha_bits / 8));
}

/* Which pixels a pass has: from x and y on, so far from one another. */
struct pass {
    uint8_t x, y, across, down;
};

/* The number of pixels in a row, or of rows. */
static uint32_t count(uint32_t all, uint32_t from, uint32_t step)
{
    return all > from ? (all - from + step - 1) / step : 0;
}

static void read_pass(struct png *g, const struct pass *pass)
{
    const struct image *image = g->job->image;
    uint32_t n = count(image->width, pass->x, pass->across);
    uint32_t rows = count(image->height, pass->y, pass->down);
    /* libpng, too, leaves out a pass without pixels. */
    for (uint32_t i = 0; n && i < rows; i++) {
        png_read_row(g->png, g->row, NULL);
        if (g->job->out)
            put_row(g, n, pass->x, pass->across, pass->y + i * pass->down);
        else
            look_at(g, n);
    }
}

static void read_passes(struct png *g)
{
    static const struct pass WHOLE = {0, 0, 1, 1},
                             ADAM7[] = {{0, 0, 8, 8}, {4, 0, 8, 8},
                                 {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
                                 {1, 0, 2, 2}, {0, 1, 1, 2}};
    if (!g->interlaced)
        read_pass(g, &WHOLE);
    for (unsigned i = 0; g->interlaced && i < PASSES; i++)
        read_pass(g, &ADAM7[i]);
}

static void read_image(struct png *g)
{
    start(g);
    read_facts(g);
    if (g->job->out) {
        read_palette(g);
        read_profile(g);
        make_room(g);
    }
    png_start_read_image(g->png);
    g->row = arena_alloc(g->job->a, png_get_rowbytes(g->png, g->info));
    read_passes(g);
    png_read_end(g->png, NULL);
}

/* Nothing in here lives across the jump: see setjmp(3). */
bool image_png(struct image_job *job)
{
    struct png *g = ARENA_NEW(job->a, struct png);
    g->job = job;
    if (setjmp(g->failed) != 0)
        return false;
    read_image(g);
    return true;
}
