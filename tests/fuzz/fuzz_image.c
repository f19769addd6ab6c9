/* Fuzz target: an image, before layout and when it is written. */
#include "fuzz.h"

#include "image/image_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void broken(const char *promise, const char *wrong)
{
    fprintf(stderr, "broken: %s (%s)\n", promise, wrong);
    abort();
}

/* ISO 3309, bit by bit. */
static uint32_t sum_of(const uint8_t *s, size_t n)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        sum ^= s[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum;
}

/* Mend the checksums of a PNG's chunks, or hardly any would be read. */
static void mend(uint8_t *s, size_t n)
{
    for (size_t at = 8; n >= 12 && at <= n - 12;) {
        size_t size = (size_t)s[at] << 24 | (size_t)s[at + 1] << 16 |
            (size_t)s[at + 2] << 8 | s[at + 3];
        if (size > n - 12 - at)
            return;
        uint32_t sum = sum_of(s + at + 4, size + 4);
        for (size_t i = 0; i < 4; i++)
            s[at + 8 + size + i] = (uint8_t)(sum >> (24 - 8 * i));
        at += size + 12;
    }
}

static bool read_image(struct image_job *job)
{
    return job->in.n && job->in.s[0] == '\x89' ? image_png(job)
                                               : image_jpeg(job);
}

/* Memory that is read shows whether it was written. */
static void check_data(const struct image *image, const struct image_data *data)
{
    uint64_t sum = str_hash(data->bytes, data->n, 0);
    if (data->alpha)
        sum ^= str_hash(data->alpha, data->alpha_row * image->height, 0);
    if (sum == 1 || !data->n)
        broken("some pixels", "none");
    if (image->format != IMAGE_PNG)
        return;
    if (data->n != data->row * image->height ||
        (data->alpha != NULL) != image->alpha)
        broken("all rows, and alpha where there is some", "PNG");
}

static void run(struct arena *a, struct slice in, const struct limits *limits)
{
    struct image image = {.turn = TURN_NONE};
    struct image_data data = {0};
    struct image_job job = {
        .limits = limits, .a = a, .in = in, .image = &image};
    if (!read_image(&job)) {
        if (!job.wrong[0])
            broken("a message", "");
        return;
    }
    if (image.natural_width < 1 || image.natural_height < 1)
        broken("a natural size", "");
    job.out = &data;
    if (!read_image(&job))
        broken("what was right before layout is right after it", job.wrong);
    check_data(&image, &data);
}

int LLVMFuzzerTestOneInput(const uint8_t *s, size_t n)
{
    static struct arena_budget budget;
    struct limits limits;
    limits_init(&limits);
    limits.image_pixels = 100000;
    budget = (struct arena_budget){.limit = 64 << 20};
    struct arena *a = arena_new(&budget);
    if (setjmp(budget.jump) == 0) {
        char *copy = arena_strndup(a, (const char *)s, n);
        if (n && s[0] == 0x89)
            mend((uint8_t *)copy, n);
        run(a, (struct slice){copy, n}, &limits);
    }
    arena_free(a);
    return 0;
}
