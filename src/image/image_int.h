/* What the readers of the formats share. */
#ifndef RAP_IMAGE_IMAGE_INT_H
#define RAP_IMAGE_IMAGE_INT_H

#include "image/image.h"

enum {
    IMAGE_TEXT = 200, /* of a message [bytes] */
    IMAGE_ICC_MOST = 1 << 20 /* of a colour profile [bytes] */
};

/* One image being read. */
struct image_job {
    const struct limits *limits;
    struct arena *a; /* everything until the image is done */
    struct slice in; /* the file */
    struct image *image; /* to be filled, if `out` is NULL … */
    struct image_data *out; /* … else read already: its pixels are wanted */
    enum diag_id id; /* what is wrong */
    char wrong[IMAGE_TEXT];
    const char *limit; /* that was reached; or NULL */
};

/* Note what is wrong, if it is the first; false. */
bool image_wrong(struct image_job *job, enum diag_id id, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* May it have so many pixels? If not, that is noted. */
bool image_fits(struct image_job *job, uint64_t width, uint64_t height);

/*
 * Its natural size: pixels for x an inch in width and y in height; 0: not
 * known. What cannot be meant counts as not known.
 */
void image_resolve(struct image *image, double x, double y);

/* Read a PNG or JPEG; false if job->wrong says why not. */
bool image_png(struct image_job *job);
bool image_jpeg(struct image_job *job);

/* icc.c: is it a colour profile that may stand in a PDF, for so many colours?
 */
bool image_icc_sound(struct slice icc, unsigned colours);

/* exif.c: the enum image_turn that Exif data tell; TURN_NONE if they do not. */
uint8_t image_exif_turn(struct slice exif);

#endif
