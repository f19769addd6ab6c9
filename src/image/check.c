/* The images of the figures: found, decoded, and read again. */
#include "image/image_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* All images being checked. */
struct check {
    const struct load *l;
    struct arena *scratch;
    struct doc *doc;
    struct images *images;
    size_t cap;
    uint64_t pixels; /* of all so far */
};

bool image_wrong(struct image_job *job, enum diag_id id, const char *fmt, ...)
{
    va_list args;
    if (job->wrong[0])
        return false;
    va_start(args, fmt);
    vsnprintf(job->wrong, sizeof job->wrong, fmt, args);
    va_end(args);
    job->id = id;
    return false;
}

bool image_fits(struct image_job *job, uint64_t width, uint64_t height)
{
    uint64_t side = (uint64_t)job->limits->image_side;
    uint64_t most = (uint64_t)job->limits->image_pixels;
    bool long_side = width > side || height > side;
    if (!long_side && width * height <= most)
        return true;
    job->limit = long_side ? "image-side" : "image-pixels";
    return image_wrong(job, D_LIMIT_IMAGE,
        "has %llu by %llu pixels, more than %llu %s", (unsigned long long)width,
        (unsigned long long)height,
        (unsigned long long)(long_side ? side : most),
        long_side ? "side by side" : "together");
}

void image_resolve(struct image *image, double x, double y)
{
    /* An rlen has room for the longest side, 65,500 pixels, at the least. */
    static const double USUAL = 150, LEAST = 10, MOST = 10000, INCH = PT(72);
    if (!(x >= LEAST && x <= MOST && y >= LEAST && y <= MOST))
        x = y = USUAL;
    rlen width = (rlen)(image->width * INCH / x);
    rlen height = (rlen)(image->height * INCH / y);
    bool lies = image_lies(image);
    image->natural_width = lies ? height : width;
    image->natural_height = lies ? width : height;
}

static bool begins(struct slice in, struct slice with)
{
    return in.n >= with.n && memcmp(in.s, with.s, with.n) == 0;
}

/* What a file is that is none of ours, by its first bytes; or NULL. */
static const char *other_kind(struct slice in)
{
    static const struct {
        struct slice begin;
        const char *name;
    } KINDS[] = {{{"GIF8", 4}, "a GIF"}, {{"BM", 2}, "a BMP"},
        {{"II*\0", 4}, "a TIFF"}, {{"MM\0*", 4}, "a TIFF"},
        {{"%PDF", 4}, "a PDF"}, {{"%!PS", 4}, "PostScript"},
        {{"<svg", 4}, "an SVG"}, {{"<?xml", 5}, "XML, perhaps an SVG"},
        {{"<!DOCTYPE", 9}, "a web page"}, {{"<!doctype", 9}, "a web page"},
        {{"<html", 5}, "a web page"}, {{"<HTML", 5}, "a web page"}};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (begins(in, KINDS[i].begin))
            return KINDS[i].name;
    }
    if (in.n >= 12 && memcmp(in.s, "RIFF", 4) == 0 &&
        memcmp(in.s + 8, "WEBP", 4) == 0)
        return "a WebP";
    if (in.n >= 12 && memcmp(in.s + 4, "ftypavif", 8) == 0)
        return "an AVIF";
    if (in.n >= 12 && memcmp(in.s + 4, "ftyphei", 7) == 0)
        return "a HEIF";
    return NULL;
}

static bool read_image(struct image_job *job)
{
    const struct slice png = {"\x89PNG\r\n\x1a\n", 8}, jpeg = {"\xff\xd8", 2};
    if (begins(job->in, png))
        return image_png(job);
    if (begins(job->in, jpeg))
        return image_jpeg(job);
    if (job->in.n > 4 && memcmp(job->in.s + 1, "PNG", 3) == 0)
        return image_wrong(
            job, D_IMAGE_BAD, "cannot be read: its first bytes were changed");
    const char *kind = other_kind(job->in);
    if (!job->in.n)
        return image_wrong(job, D_IMAGE_KIND, "is empty");
    if (kind)
        return image_wrong(
            job, D_IMAGE_KIND, "is %s, not a PNG or JPEG image", kind);
    return image_wrong(job, D_IMAGE_KIND, "is not a PNG or JPEG image");
}

/* Report at the path in the report; its node is bad from now on. */
static void tell(
    const struct load *l, struct node *file, const struct image_job *job)
{
    if (!load_diag(
            l, job->id, file, "%s %s", diag_quote(l->d, file->s), job->wrong))
        return;
    if (job->limit)
        diag_hint(l->d, "--limit %s=N raises this limit", job->limit);
    else if (job->id == D_IMAGE_KIND && job->in.n)
        diag_hint(l->d, "save it as PNG (drawings, screens) or JPEG (photos)");
    else
        diag_hint(l->d, "save the image again");
}

static void tell_file(
    const struct load *l, enum file_error e, struct node *file, size_t most)
{
    files_diag(l->d, e, file->pos, file->s, most);
    files_hint(l->d, e, file->s);
    if (e == FILE_TOO_LARGE)
        diag_hint(l->d, "--limit image=N raises this limit");
    diag_path(l->d, load_path(l->a, file));
    file->bad = true;
}

/* Do all images together have too many pixels? Reported once. */
static bool is_too_much(
    struct check *c, struct node *file, const struct image *image)
{
    uint64_t most = (uint64_t)c->l->limits->images_pixels;
    bool before = c->pixels > most;
    c->pixels += (uint64_t)image->width * image->height;
    if (c->pixels <= most || before)
        return before;
    if (load_diag(c->l, D_LIMIT_IMAGE, file,
            "up to %s, all images have more than %llu pixels",
            diag_quote(c->l->d, file->s), (unsigned long long)most))
        diag_hint(c->l->d, "--limit images-pixels=N raises this limit");
    return true;
}

/* The index of a file's image, or 0. */
static uint32_t find_image(const struct images *images, uint32_t file)
{
    for (uint32_t i = 1; i < images->n; i++) {
        if (images->v[i].file == file)
            return i;
    }
    return 0;
}

static uint32_t add_image(struct check *c, const struct image *image)
{
    struct images *images = c->images;
    images->v = arena_grow(
        c->l->a, images->v, &c->cap, (size_t)images->n + 1, sizeof *images->v);
    images->v[images->n] = *image;
    return images->n++;
}

/* The image of a path; 0 if there is none, which was reported. */
static uint32_t check_image(struct check *c, struct node *file)
{
    const struct load *l = c->l;
    size_t most = (size_t)l->limits->image;
    struct image image = {.node = file, .turn = TURN_NONE};
    struct image_job job = {
        .limits = l->limits, .a = c->scratch, .image = &image};
    enum file_error e = files_pass(l->files, file->s, file->pos.file, most,
        &image.file, c->scratch, &job.in);
    if (e != FILE_OK) {
        tell_file(l, e, file, most);
        return 0;
    }
    if (!job.in.s)
        return find_image(c->images, image.file);
    files_set_role(l->files, image.file, FILE_IMAGE);
    if (!read_image(&job)) {
        tell(l, file, &job);
        return 0;
    }
    return is_too_much(c, file, &image) ? 0 : add_image(c, &image);
}

void image_check(const struct load *l, struct arena *scratch, struct doc *doc)
{
    struct check c = {.l = l, .scratch = scratch, .doc = doc};
    c.images = ARENA_NEW(l->a, struct images);
    add_image(&c, &(struct image){0});
    doc->images = c.images;
    for (uint32_t i = 1; i < doc->nfigures; i++) {
        struct node *file = doc->figures[i].figure->file;
        if (file && !file->bad)
            doc->figures[i].image = check_image(&c, file);
        arena_reset(scratch);
    }
}

bool image_read(const struct load *l, struct arena *a,
    const struct image *image, struct image_data *out)
{
    struct image now = *image;
    struct image_job job = {
        .limits = l->limits, .a = a, .image = &now, .out = out};
    const struct node *file = image->node;
    *out = (struct image_data){0};
    enum file_error e = files_again(l->files, image->file, a, &job.in);
    if (e == FILE_OK && !read_image(&job))
        e = FILE_CHANGED;
    if (e != FILE_OK)
        files_diag(l->d, e, file->pos, file->s, 0);
    return e == FILE_OK;
}
