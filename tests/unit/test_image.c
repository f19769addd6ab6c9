/* Images: what is known of them, and that nothing of their pixels is lost. */
#include "support_base.h"

#include "image/image_int.h"

#include <stdio.h>

#include <jpeglib.h>

#include <stdlib.h>
#include <string.h>

static struct limits limits;

/* A file of tests/jpeg, in the arena. */
static struct slice load(struct arena *a, const char *name)
{
    const char *tests = getenv("TESTS");
    FILE *f = fopen(
        arena_printf(a, "%s/jpeg/%s.jpg", tests ? tests : "tests", name), "rb");
    assert_non_null(f);
    char *s = arena_alloc(a, 4096);
    size_t n = fread(s, 1, 4096, f);
    fclose(f);
    assert_in_range(n, 1, 4095);
    return (struct slice){s, n};
}

static struct image_job job_of(
    struct arena *a, struct slice in, struct image *image)
{
    limits_init(&limits);
    return (struct image_job){
        .limits = &limits, .a = a, .in = in, .image = image};
}

static struct image look(struct arena *a, struct slice in)
{
    struct image image = {0};
    struct image_job job = job_of(a, in, &image);
    assert_true(image_jpeg(&job));
    return image;
}

static void assert_wrong(struct arena *a, struct slice in, const char *wrong)
{
    struct image image = {0};
    struct image_job job = job_of(a, in, &image);
    assert_false(image_jpeg(&job));
    assert_string_equal(job.wrong, wrong);
}

/* The file as it goes into a PDF. */
static struct slice again(struct arena *a, struct slice in)
{
    struct image image = {0};
    struct image_data data = {0};
    struct image_job job = job_of(a, in, &image);
    job.out = &data;
    assert_true(image_jpeg(&job));
    return (struct slice){(const char *)data.bytes, data.n};
}

/* Its samples as stored, without change of colours. */
static struct slice decode(struct arena *a, struct slice in)
{
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr error;
    struct buf out = buf_new(a);
    c.err = jpeg_std_error(&error);
    jpeg_create_decompress(&c);
    jpeg_mem_src(&c, (const unsigned char *)in.s, (unsigned long)in.n);
    assert_int_equal(jpeg_read_header(&c, TRUE), JPEG_HEADER_OK);
    c.out_color_space = c.jpeg_color_space;
    jpeg_start_decompress(&c);
    size_t n = (size_t)c.output_width * (unsigned)c.output_components;
    JSAMPROW row = arena_alloc(a, n);
    while (c.output_scanline < c.output_height) {
        jpeg_read_scanlines(&c, &row, 1);
        buf_put(&out, row, n);
    }
    jpeg_destroy_decompress(&c);
    return (struct slice){out.s, out.n};
}

static bool has(struct slice s, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.n; i++) {
        if (memcmp(s.s + i, what, n) == 0)
            return true;
    }
    return false;
}

static void jpeg_keeps_every_sample(void **state)
{
    static const char *const names[] = {"rgb", "progressive", "arithmetic",
        "restart", "trailer", "gray", "exif", "cmyk-adobe", "cmyk-plain",
        "ycck"};
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct slice in = load(a, names[i]), out = again(a, in);
        struct slice want = decode(a, in), have = decode(a, out);
        assert_true(want.n > 0 && slice_eq(want, have));
        assert_false(has(out, "SECRET") || has(out, "Exif"));
        /* Baseline, with Huffman's codes: every reader of PDF has these. */
        assert_true(has(out, "\xff\xc0"));
        assert_true(has(out, "\xff\xc4"));
    }
}

static void jpeg_facts(void **state)
{
    struct arena *a = *state;
    struct image image = look(a, load(a, "gray"));
    assert_int_equal(image.format, IMAGE_JPEG);
    assert_int_equal(image.model, IMAGE_GRAY);
    assert_int_equal(image.width, 64);
    assert_int_equal(image.height, 40);
    assert_int_equal(image.natural_width, PT(64 * 72) / 150);
    assert_int_equal(image.turn, TURN_NONE);
    assert_int_equal(look(a, load(a, "progressive")).model, IMAGE_RGB);
    assert_true(look(a, load(a, "cmyk-adobe")).inverted);
    assert_true(look(a, load(a, "ycck")).inverted);
    image = look(a, load(a, "cmyk-plain"));
    assert_int_equal(image.model, IMAGE_CMYK);
    assert_false(image.inverted);
    image = look(a, load(a, "exif"));
    assert_int_equal(image.turn, TURN_RIGHT);
    assert_int_equal(image.width, 32);
    assert_int_equal(image.natural_width, PT(24 * 72) / 150);
    assert_int_equal(image.natural_height, PT(32 * 72) / 150);
}

/* JFIF says 72 dots an inch, 50 a centimetre, or only how wide a dot is. */
static void jpeg_resolution(void **state)
{
    struct arena *a = *state;
    struct slice in = load(a, "rgb");
    char *s = arena_strndup(a, in.s, in.n);
    in.s = s;
    s[13] = 1;
    s[15] = s[17] = 72;
    assert_int_equal(look(a, in).natural_width, PT(64));
    s[13] = 2;
    s[15] = s[17] = 50;
    assert_int_equal(look(a, in).natural_width, PT(64 * 72) / 127);
    s[13] = 0;
    s[15] = 1;
    s[17] = 2;
    assert_int_equal(look(a, in).natural_width, PT(64 * 72) / 150);
    assert_int_equal(look(a, in).natural_height, PT(40 * 72) / 300);
    s[13] = 1;
    s[15] = s[17] = 3; /* nobody means that */
    assert_int_equal(look(a, in).natural_width, PT(64 * 72) / 150);
}

static void jpeg_refused(void **state)
{
    struct arena *a = *state;
    struct slice in = load(a, "rgb");
    for (size_t n = 2; n < in.n; n++) {
        struct image image = {0};
        struct image_job job = job_of(a, (struct slice){in.s, n}, &image);
        assert_false(image_jpeg(&job));
        assert_int_equal(job.id, D_IMAGE_BAD);
    }
    struct image image = {0};
    struct image_job job = job_of(a, in, &image);
    limits.image_side = 63;
    assert_false(image_jpeg(&job));
    assert_int_equal(job.id, D_LIMIT_IMAGE);
    assert_string_equal(job.limit, "image-side");
}

/* A scan for each coefficient of each colour. */
static struct slice many_scans(struct arena *a)
{
    enum { COEFFICIENTS = 64, COLOURS = 3 };
    static jpeg_scan_info scans[COEFFICIENTS * COLOURS];
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr error;
    unsigned char *s = NULL;
    unsigned long n = 0;
    c.err = jpeg_std_error(&error);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &s, &n);
    c.image_width = c.image_height = 8;
    c.input_components = COLOURS;
    c.in_color_space = JCS_RGB;
    jpeg_set_defaults(&c);
    for (int i = 0; i < COEFFICIENTS * COLOURS; i++) {
        jpeg_scan_info *scan = &scans[i];
        scan->comps_in_scan = 1;
        scan->component_index[0] = i % COLOURS;
        scan->Ss = scan->Se = i / COLOURS;
    }
    c.scan_info = scans;
    c.num_scans = COEFFICIENTS * COLOURS;
    jpeg_start_compress(&c, TRUE);
    JSAMPLE row[8 * COLOURS] = {0};
    JSAMPROW rows = row;
    for (int i = 0; i < 8; i++)
        jpeg_write_scanlines(&c, &rows, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    char *copy = arena_strndup(a, (const char *)s, n);
    free(s);
    return (struct slice){copy, n};
}

static void jpeg_of_many_scans(void **state)
{
    assert_wrong(*state, many_scans(*state), "has more than 100 scans");
}

static void exif_of_both_orders(void **state)
{
    (void)state;
    static const char big[] =
        "Exif\0\0MM\0*\0\0\0\x08\0\2\1\0\0\3\0\0\0\1\0\7\0"
        "\0\1\x12\0\3\0\0\0\1\0\3\0\0";
    static const char little[] =
        "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x08\0\0\0";
    struct slice s = {big, sizeof big - 1};
    assert_int_equal(image_exif_turn(s), TURN_180);
    for (s.n = 0; s.n < sizeof big - 4; s.n++)
        assert_int_equal(image_exif_turn(s), TURN_NONE);
    s = (struct slice){little, sizeof little - 1};
    assert_int_equal(image_exif_turn(s), TURN_LEFT);
    char other[sizeof little];
    memcpy(other, little, sizeof little);
    other[24] = 9;
    assert_int_equal(
        image_exif_turn((struct slice){other, sizeof little - 1}), TURN_NONE);
    memset(other + 10, 0xff, 4); /* the tags begin outside */
    assert_int_equal(
        image_exif_turn((struct slice){other, sizeof little - 1}), TURN_NONE);
}

/* The smallest that is taken: a header and one tag. */
static void make_profile(char *s)
{
    memset(s, 0, 148);
    s[3] = (char)148;
    s[8] = 4;
    memcpy(s + 12, "mntrRGB XYZ ", 12);
    memcpy(s + 36, "acsp", 4);
    s[131] = 1;
    memcpy(s + 132, "desc\0\0\0\x90\0\0\0\x04", 12);
}

static bool sound(const char *s, size_t n, unsigned colours)
{
    return image_icc_sound((struct slice){s, n}, colours);
}

static void profiles(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        char c;
    } faults[] = {{3, 7}, {8, 5}, {8, 1}, {12, 'x'}, {16, 'G'}, {20, 'R'},
        {36, 'A'}, {131, 0}, {131, 2}, {128, 1}, {138, 1}, {142, 1}, {143, 5},
        {139, 4}};
    char s[148];
    make_profile(s);
    assert_true(sound(s, sizeof s, 3));
    assert_false(sound(s, sizeof s, 1));
    assert_false(sound(s, sizeof s, 4));
    assert_false(sound(s, sizeof s - 1, 3));
    assert_false(sound(s, 0, 3));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        make_profile(s);
        s[faults[i].at] = faults[i].c;
        assert_false(sound(s, sizeof s, 3));
    }
}

/* A profile in the parts of two markers, the second one first. */
static struct slice with_profile(struct arena *a, const char *icc, bool whole)
{
    struct slice in = load(a, "rgb");
    struct buf b = buf_new(a);
    static const char head[] = "\xff\xe2\0\x5aICC_PROFILE\0";
    buf_put(&b, in.s, 2);
    for (char part = 2; part > 0; part--) {
        if (part == 1 && !whole)
            continue;
        buf_put(&b, head, 16);
        buf_putc(&b, part);
        buf_putc(&b, 2);
        buf_put(&b, icc + (part == 2 ? 74 : 0), 74);
    }
    buf_put(&b, in.s + 2, in.n - 2);
    return (struct slice){b.s, b.n};
}

static void jpeg_profile_in_parts(void **state)
{
    struct arena *a = *state;
    char icc[148];
    make_profile(icc);
    struct image image = {0};
    struct image_data data = {0};
    struct image_job job = job_of(a, with_profile(a, icc, true), &image);
    job.out = &data;
    assert_true(image_jpeg(&job));
    assert_true(slice_eq(data.icc, (struct slice){icc, sizeof icc}));
    assert_false(
        has((struct slice){(const char *)data.bytes, data.n}, "ICC_PROFILE"));
    job = job_of(a, with_profile(a, icc, false), &image);
    data = (struct image_data){0};
    job.out = &data;
    assert_true(image_jpeg(&job));
    assert_int_equal(data.icc.n, 0);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(jpeg_keeps_every_sample),
        TEST(jpeg_facts),
        TEST(jpeg_resolution),
        TEST(jpeg_refused),
        TEST(jpeg_of_many_scans),
        TEST(exif_of_both_orders),
        TEST(profiles),
        TEST(jpeg_profile_in_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
