/* Images as objects: once in the file, however often they are painted. */
#include "pdf/pdf_int.h"

/* Of a CMYK image that brings no sound profile: see .ci/cmyk-profile. */
extern const unsigned char pdf_cmyk_profile[];
extern const size_t pdf_cmyk_profile_n;

/* A colour profile in the file, found by what is in it. */
struct icc_use {
    uint64_t hash;
    size_t n;
    uint32_t id;
    struct icc_use *next;
};

void pdf_image_use(struct pdf *p, uint32_t image)
{
    if (!p->image_ids)
        p->image_ids = ARENA_ARRAY(p->a, p->doc->images->n, uint32_t);
    if (!p->image_ids[image])
        p->image_ids[image] = pdf_new_id(p);
}

/* The corners of the image as seen, for its rows as they are stored. */
struct matrix pdf_image_matrix(const struct image *image)
{
    static const struct matrix TURNS[] = {[TURN_NONE] = {1, 0, 0, 1, 0, 0},
        [TURN_MIRROR] = {-1, 0, 0, 1, 1, 0},
        [TURN_180] = {-1, 0, 0, -1, 1, 1},
        [TURN_FLIP] = {1, 0, 0, -1, 0, 1},
        [TURN_TRANSPOSE] = {0, -1, -1, 0, 1, 1},
        [TURN_RIGHT] = {0, -1, 1, 0, 0, 1},
        [TURN_TRANSVERSE] = {0, 1, 1, 0, 0, 0},
        [TURN_LEFT] = {0, 1, -1, 0, 1, 0}};
    return TURNS[image->turn];
}

/* The id of a profile's stream. */
static uint32_t save_profile(struct pdf *p, struct slice icc, unsigned colours)
{
    uint64_t hash = str_hash(icc.s, icc.n, colours);
    for (const struct icc_use *u = p->profiles; u; u = u->next) {
        if (u->hash == hash && u->n == icc.n)
            return u->id;
    }
    struct icc_use *u = ARENA_NEW(p->a, struct icc_use);
    *u = (struct icc_use){hash, icc.n, pdf_new_id(p), p->profiles};
    p->profiles = u;
    pdf_save_stream(
        p, u->id, slice_of(arena_printf(p->a, "/N %u ", colours)), icc, true);
    return u->id;
}

/* "/ColorSpace …": device colours, or those of the image's own profile. */
static void put_colours(struct pdf *p, struct buf *b, const struct image *image,
    const struct image_data *data)
{
    static const char *const DEVICE[] = {[IMAGE_GRAY] = "/DeviceGray",
        [IMAGE_RGB] = "/DeviceRGB",
        [IMAGE_PALETTE] = "/DeviceRGB"};
    static const unsigned COLOURS[] = {[IMAGE_GRAY] = 1,
        [IMAGE_RGB] = 3,
        [IMAGE_PALETTE] = 3,
        [IMAGE_CMYK] = 4};
    struct slice icc = data->icc;
    if (!icc.n && image->model == IMAGE_CMYK)
        icc =
            (struct slice){(const char *)pdf_cmyk_profile, pdf_cmyk_profile_n};
    buf_puts(b, "/ColorSpace ");
    if (image->model == IMAGE_PALETTE)
        buf_puts(b, "[/Indexed ");
    if (icc.n) {
        buf_puts(b, "[/ICCBased ");
        pdf_put_ref(b, save_profile(p, icc, COLOURS[image->model]));
        buf_puts(b, "] ");
    } else {
        buf_printf(b, "%s ", DEVICE[image->model]);
    }
    if (image->model != IMAGE_PALETTE)
        return;
    buf_printf(b, "%u <", (unsigned)data->npalette - 1);
    for (uint32_t i = 0; i < data->npalette; i++)
        buf_printf(b, "%02X%02X%02X", data->palette[i][0], data->palette[i][1],
            data->palette[i][2]);
    buf_puts(b, ">] ");
}

/* What both an image and its alpha have. */
static void put_size(
    struct buf *b, const struct image *image, unsigned bits, unsigned colours)
{
    buf_printf(b,
        "/Type /XObject /Subtype /Image /Width %u /Height %u "
        "/BitsPerComponent %u ",
        (unsigned)image->width, (unsigned)image->height, bits);
    if (image->format == IMAGE_PNG)
        buf_printf(b,
            "/DecodeParms <</Predictor 15 /Colors %u /BitsPerComponent %u "
            "/Columns %u>> ",
            colours, bits, (unsigned)image->width);
}

/* Rows of at least a byte a sample as differences, into the file. */
static void save_rows(struct pdf *p, struct arena *a, uint32_t id,
    struct slice entries, uint8_t *rows, size_t row, size_t n, size_t pixel)
{
    pdf_predict(rows, row, n, pixel, arena_alloc(a, row));
    pdf_save_stream(
        p, id, entries, (struct slice){(const char *)rows, n}, true);
}

static uint32_t save_alpha(struct pdf *p, struct arena *a,
    const struct image *image, const struct image_data *data)
{
    struct buf b = buf_new(a);
    uint32_t id = pdf_new_id(p);
    put_size(&b, image, data->alpha_bits, 1);
    buf_puts(&b, "/ColorSpace /DeviceGray ");
    save_rows(p, a, id, (struct slice){b.s, b.n}, data->alpha, data->alpha_row,
        data->alpha_row * image->height, data->alpha_bits / 8);
    return id;
}

static void save_image(struct pdf *p, struct arena *a, uint32_t id,
    const struct image *image, const struct image_data *data)
{
    struct buf b = buf_new(a);
    unsigned colours = image->model == IMAGE_RGB ? 3 : 1;
    put_size(&b, image, image->bits, colours);
    put_colours(p, &b, image, data);
    if (data->alpha) {
        buf_puts(&b, "/SMask ");
        pdf_put_ref(&b, save_alpha(p, a, image, data));
        buf_putc(&b, ' ');
    }
    if (image->inverted)
        buf_puts(&b, "/Decode [1 0 1 0 1 0 1 0] ");
    if (image->format == IMAGE_JPEG) {
        buf_puts(&b, "/Filter /DCTDecode ");
        pdf_save_stream(p, id, (struct slice){b.s, b.n},
            (struct slice){(const char *)data->bytes, data->n}, false);
        return;
    }
    /* Neighbours in a palette, or within a byte, are no neighbours. */
    bool differs = image->model != IMAGE_PALETTE && image->bits >= 8;
    save_rows(p, a, id, (struct slice){b.s, b.n}, data->bytes, data->row,
        data->n, differs ? (size_t)colours * image->bits / 8 : 0);
}

void pdf_images_write(struct pdf *p, struct arena *scratch)
{
    const struct images *images = p->doc->images;
    if (!p->image_ids || p->failed)
        return;
    struct buf *b = pdf_extra(p, p->resources);
    buf_puts(b, "/XObject <<");
    for (uint32_t i = 1; i < images->n && !p->failed; i++) {
        struct image_data data;
        if (!p->image_ids[i])
            continue;
        buf_printf(b, "/Im%u ", (unsigned)i);
        pdf_put_ref(b, p->image_ids[i]);
        if (image_read(p->l, scratch, &images->v[i], &data))
            save_image(p, scratch, p->image_ids[i], &images->v[i], &data);
        else
            p->failed = true;
        arena_reset(scratch);
    }
    buf_puts(b, ">>\n");
}
