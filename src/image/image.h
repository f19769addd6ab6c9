/*
 * PNG and JPEG: each image is decoded once before layout, so that no fault is
 * found later, kept on no heap, and read again when it is painted. Only home of
 * <png.h> and <jpeglib.h>.
 */
#ifndef RAP_IMAGE_IMAGE_H
#define RAP_IMAGE_IMAGE_H

#include "inline/doc.h"

enum image_format { IMAGE_PNG, IMAGE_JPEG };

/* What its samples are. */
enum image_model { IMAGE_GRAY, IMAGE_RGB, IMAGE_PALETTE, IMAGE_CMYK };

/* How the stored rows and columns stand when seen, as Exif numbers it. */
enum image_turn {
    TURN_NONE = 1,
    TURN_MIRROR,
    TURN_180,
    TURN_FLIP,
    TURN_TRANSPOSE, /* from here on width and height change places */
    TURN_RIGHT,
    TURN_TRANSVERSE,
    TURN_LEFT
};

/* What is known of an image without its pixels. */
struct image {
    uint32_t file; /* its number */
    const struct node *node; /* the first that names it */
    uint8_t format; /* enum image_format */
    uint8_t model; /* enum image_model */
    uint8_t bits; /* of a sample: 1, 2, 4, 8, 16 */
    uint8_t turn; /* enum image_turn */
    bool alpha; /* PNG: some pixel is not opaque */
    bool inverted; /* CMYK: 0 is full ink */
    uint32_t width, height; /* as stored [pixels] */
    /* When seen, by its resolution or 150 pixels an inch; > 0. */
    rlen natural_width, natural_height;
};

struct images {
    struct image *v; /* [1..n-1], one for each file */
    uint32_t n;
};

/* The pixels of an image, as they go into a PDF. */
struct image_data {
    /*
     * PNG: rows of samples as they are, high bytes first, each row after a
     * byte that is free. JPEG: a whole JPEG without what is no picture.
     */
    uint8_t *bytes;
    size_t n, row; /* [bytes]; PNG: of a row, with its free byte */
    uint8_t *alpha; /* PNG: rows of one sample for each pixel; NULL: opaque */
    size_t alpha_row; /* [bytes] of a row, with its free byte */
    uint8_t alpha_bits; /* of a sample: 8, 16 */
    uint8_t palette[256][3]; /* IMAGE_PALETTE: red, green, blue */
    uint32_t npalette;
    struct slice icc; /* a sound profile that it brings; n 0: none */
};

/*
 * Read, decode and forget the image of each figure: sets doc->images and the
 * figures' own. Reports missing-file and the like, unknown-image, bad-image,
 * limit-image at the path in the report. Resets scratch.
 */
void image_check(const struct load *l, struct arena *scratch, struct doc *doc);

/*
 * Read one again, into arena `a`, which the caller resets. False if errors were
 * reported: it has changed since.
 */
bool image_read(const struct load *l, struct arena *a,
    const struct image *image, struct image_data *out);

/* Is it seen with width and height exchanged? */
static inline bool image_lies(const struct image *image)
{
    return image->turn >= TURN_TRANSPOSE;
}

#endif
