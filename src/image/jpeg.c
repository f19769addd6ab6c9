/* JPEG: decoded once, then written again from its coefficients. */
#include "image/image_int.h"

#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>

#include <string.h>

enum {
    SCANS_MOST = 100, /* a progressive one may not make work without end */
    OUTPUT_STEP = 1 << 16, /* [bytes] */
    EXIF = JPEG_APP0 + 1,
    PROFILE = JPEG_APP0 + 2,
    MARKER_MOST = 65533, /* [bytes] in a marker */
    PROFILE_HEAD = 14 /* "ICC_PROFILE", its number, how many there are */
};

struct jpeg {
    struct image_job *job;
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct to;
    struct jpeg_error_mgr error;
    struct jpeg_progress_mgr progress;
    struct jpeg_destination_mgr target;
    struct buf written;
    jmp_buf failed;
};

static void on_error(j_common_ptr c)
{
    struct jpeg *j = c->client_data;
    char text[JMSG_LENGTH_MAX];
    if (c->err->msg_code == JERR_OUT_OF_MEMORY)
        arena_exhausted(j->job->a);
    c->err->format_message(c, text);
    image_wrong(j->job, D_IMAGE_BAD, "cannot be read: %s", text);
    longjmp(j->failed, 1);
}

/* A warning means that pixels were made up: the file is damaged. */
static void on_message(j_common_ptr c, int level)
{
    if (level < 0)
        on_error(c);
}

static void on_progress(j_common_ptr c)
{
    struct jpeg *j = c->client_data;
    if (j->in.input_scan_number <= SCANS_MOST)
        return;
    image_wrong(j->job, D_IMAGE_BAD, "has more than %d scans", (int)SCANS_MOST);
    longjmp(j->failed, 1);
}

/* libjpeg's memory is its own, so it goes when the arena does. */
static void forget(void *p)
{
    struct jpeg *j = p;
    jpeg_destroy_decompress(&j->in);
    jpeg_destroy_compress(&j->to);
}

static struct jpeg *open_jpeg(struct image_job *job)
{
    struct jpeg *j = ARENA_NEW(job->a, struct jpeg);
    j->job = job;
    j->in.err = j->to.err = jpeg_std_error(&j->error);
    j->in.client_data = j->to.client_data = j;
    j->error.error_exit = on_error;
    j->error.emit_message = on_message;
    j->progress.progress_monitor = on_progress;
    arena_on_free(job->a, forget, j);
    return j;
}

/* The Exif data that come first. */
static uint8_t find_turn(const struct jpeg *j)
{
    for (jpeg_saved_marker_ptr m = j->in.marker_list; m; m = m->next) {
        struct slice data = {(const char *)m->data, m->data_length};
        if (m->marker == EXIF && data.n >= 6 && memcmp(data.s, "Exif", 5) == 0)
            return image_exif_turn(data);
    }
    return TURN_NONE;
}

static void find_resolution(const struct jpeg *j, struct image *image)
{
    static const double INCH = 2.54; /* cm */
    double x = j->in.X_density, y = j->in.Y_density;
    if (j->in.density_unit == 2)
        image_resolve(image, x * INCH, y * INCH);
    else if (j->in.density_unit == 1)
        image_resolve(image, x, y);
    else if (j->in.saw_JFIF_marker && x > 0 && y > 0)
        image_resolve(image, 150, 150 * y / x); /* only the pixels' shape */
    else
        image_resolve(image, 0, 0);
}

static void read_header(struct jpeg *j)
{
    jpeg_create_decompress(&j->in);
    j->in.progress = &j->progress;
    jpeg_mem_src(&j->in, (const unsigned char *)j->job->in.s,
        (unsigned long)j->job->in.n);
    jpeg_save_markers(&j->in, EXIF, MARKER_MOST);
    jpeg_save_markers(&j->in, PROFILE, MARKER_MOST);
    jpeg_read_header(&j->in, TRUE);
}

static bool find_model(struct jpeg *j, struct image *image)
{
    J_COLOR_SPACE space = j->in.jpeg_color_space;
    if (space == JCS_GRAYSCALE)
        image->model = IMAGE_GRAY;
    else if (space == JCS_RGB || space == JCS_YCbCr)
        image->model = IMAGE_RGB;
    else if (space == JCS_CMYK || space == JCS_YCCK)
        image->model = IMAGE_CMYK;
    else
        return image_wrong(j->job, D_IMAGE_BAD,
            "has %d colour components, not 1, 3 or 4", j->in.num_components);
    image->inverted = image->model == IMAGE_CMYK && j->in.saw_Adobe_marker;
    return true;
}

/* The header; false if it is of a kind that no PDF has. */
static bool read_facts(struct jpeg *j)
{
    struct image *image = j->job->image;
    read_header(j);
    if (!image_fits(j->job, j->in.image_width, j->in.image_height))
        return false;
    image->format = IMAGE_JPEG;
    image->bits = 8;
    image->width = j->in.image_width;
    image->height = j->in.image_height;
    image->turn = find_turn(j);
    find_resolution(j, image);
    return find_model(j, image);
}

/* Decode all of it and forget it. */
static void decode(struct jpeg *j)
{
    if (j->in.jpeg_color_space == JCS_YCCK)
        j->in.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&j->in);
    size_t n = (size_t)j->in.output_width * (unsigned)j->in.output_components;
    JSAMPROW row = arena_alloc(j->job->a, n);
    while (j->in.output_scanline < j->in.output_height)
        jpeg_read_scanlines(&j->in, &row, 1);
    jpeg_finish_decompress(&j->in);
    jpeg_destroy_decompress(&j->in);
}

/* The parts of a profile, in their order, as one; n 0 if one lacks. */
static struct slice join_profile(const struct jpeg *j)
{
    struct buf out = buf_new(j->job->a);
    struct slice none = {NULL, 0};
    unsigned count = 0;
    for (unsigned i = 1; i <= (count ? count : 1); i++) {
        jpeg_saved_marker_ptr m = j->in.marker_list;
        while (m &&
            !(m->marker == PROFILE && m->data_length > PROFILE_HEAD &&
                memcmp(m->data, "ICC_PROFILE", 12) == 0 && m->data[12] == i))
            m = m->next;
        if (!m || out.n > IMAGE_ICC_MOST)
            return none;
        count = m->data[13];
        buf_put(&out, m->data + PROFILE_HEAD, m->data_length - PROFILE_HEAD);
    }
    return (struct slice){out.s, out.n};
}

static void start_output(j_compress_ptr c)
{
    struct jpeg *j = c->client_data;
    struct buf *b = &j->written;
    if (b->cap - b->n < OUTPUT_STEP)
        b->s = arena_grow(b->a, b->s, &b->cap, b->n + OUTPUT_STEP, 1);
    j->target.next_output_byte = (JOCTET *)b->s + b->n;
    j->target.free_in_buffer = OUTPUT_STEP;
}

static boolean more_output(j_compress_ptr c)
{
    struct jpeg *j = c->client_data;
    j->written.n += j->job->out ? OUTPUT_STEP : 0;
    start_output(c);
    return TRUE;
}

static void end_output(j_compress_ptr c)
{
    struct jpeg *j = c->client_data;
    j->written.n += OUTPUT_STEP - j->target.free_in_buffer;
}

/*
 * The same coefficients in a file without comments, Exif and thumbnails, and
 * without arithmetic coding, which a PDF has not. Forgotten if only its faults
 * are wanted: there are some that decoding does not mind.
 */
static void write_again(struct jpeg *j)
{
    struct image_data *out = j->job->out;
    size_t room = out ? j->job->in.n : 0; /* mostly it gets shorter */
    jvirt_barray_ptr *coefficients = jpeg_read_coefficients(&j->in);
    jpeg_create_compress(&j->to);
    j->written = buf_new(j->job->a);
    j->written.s =
        arena_grow(j->job->a, NULL, &j->written.cap, room + OUTPUT_STEP, 1);
    j->target.init_destination = start_output;
    j->target.empty_output_buffer = more_output;
    j->target.term_destination = end_output;
    j->to.dest = &j->target;
    jpeg_copy_critical_parameters(&j->in, &j->to);
    j->to.optimize_coding = TRUE;
    jpeg_write_coefficients(&j->to, coefficients);
    jpeg_finish_compress(&j->to);
    struct slice icc = join_profile(j);
    if (out) {
        out->bytes = (uint8_t *)j->written.s;
        out->n = j->written.n;
        if (image_icc_sound(icc, (unsigned)j->in.num_components))
            out->icc = icc;
    }
    jpeg_finish_decompress(&j->in);
    forget(j);
}

static bool read_image(struct jpeg *j)
{
    if (!read_facts(j))
        return false;
    if (!j->job->out) {
        decode(j);
        read_header(j);
    }
    write_again(j);
    return true;
}

/* Nothing in here lives across the jump: see setjmp(3). */
bool image_jpeg(struct image_job *job)
{
    struct jpeg *j = open_jpeg(job);
    if (setjmp(j->failed) != 0)
        return false;
    return read_image(j);
}
