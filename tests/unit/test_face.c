/* Tests of opening font files: good, missing, damaged, not to be embedded. */
#include "support_text.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A font's bytes, to be damaged. */
struct bytes {
    unsigned char *s;
    size_t n;
};

static const char *font_path(struct arena *a)
{
    struct type *t = open_type(a);
    return t->fonts->faces[0]->path;
}

static struct bytes font_bytes(struct arena *a)
{
    enum { MOST = 1 << 20 };
    FILE *f = fopen(font_path(a), "rb");
    assert_non_null(f);
    struct bytes b = {arena_alloc(a, MOST), 0};
    b.n = fread(b.s, 1, MOST, f);
    assert_true(b.n > 100000 && b.n < MOST);
    fclose(f);
    return b;
}

static unsigned number(const unsigned char *p)
{
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 |
        p[3];
}

/* The record of a table in the font's directory. */
static unsigned char *record_of(struct bytes b, const char *tag)
{
    unsigned n = (unsigned)b.s[4] << 8 | b.s[5];
    for (unsigned i = 0; i < n; i++)
        if (memcmp(b.s + 12 + 16 * i, tag, 4) == 0)
            return b.s + 12 + 16 * i;
    fail_msg("no table %s", tag);
    return NULL;
}

static unsigned char *table_of(struct bytes b, const char *tag)
{
    return b.s + number(record_of(b, tag) + 8);
}

static struct face *open_bytes(struct load *l, struct bytes b, const char **why)
{
    FILE *f = fopen("font.ttf", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(b.s, 1, b.n, f), b.n);
    assert_int_equal(fclose(f), 0);
    return face_open(l, "font.ttf", why);
}

static void opens_a_font(void **state)
{
    struct load *l = new_load(*state);
    const char *why = "unset";
    struct face *face = face_open(l, font_path(*state), &why);
    assert_non_null(face);
    assert_null(why);
    assert_int_equal(face->upem, 2048);
    assert_true(face->nglyphs > 600);
    assert_true(face->ascent > 1500 && face->ascent < 2048);
    assert_true(face->descent < -300 && face->descent > -600);
    assert_true(face->cap_height > 1200 && face->cap_height < 1600);
    assert_false(face->cff);
    assert_null(face->unicode);
}

static void covers_characters(void **state)
{
    const char *why;
    struct face *face = face_open(new_load(*state), font_path(*state), &why);
    assert_true(face_covers(face, 'A'));
    assert_true(face_covers(face, 0x2013));
    /* Made by HarfBuzz: spaces, a hyphen, what prints nothing. */
    assert_true(face_covers(face, 0x2007));
    assert_true(face_covers(face, 0x202f));
    assert_true(face_covers(face, 0x2011));
    assert_true(face_covers(face, 0xad));
    assert_true(face_covers(face, 0x200b));
    assert_true(face_covers(face, 0xfe0f));
    assert_true(face_covers(face, 0x212b)); /* angstrom sign: A with ring */
    assert_false(face_covers(face, 0x10d0));
    assert_false(face_covers(face, 0x1f9ff));
}

static void tells_a_missing_font(void **state)
{
    struct load *l = new_load(*state);
    const char *why = "unset";
    assert_null(face_open(l, "nowhere.ttf", &why));
    assert_null(why);
    write_file("file", "x");
    assert_null(face_open(l, "file/font.ttf", &why));
    assert_null(why);
}

static void refuses_what_is_no_font(void **state)
{
    struct load *l = new_load(*state);
    const char *why = NULL;
    assert_null(face_open(l, ".", &why));
    assert_string_equal(why, "it is a folder or a device, not a file");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_null(face_open(l, "pipe", &why));
    assert_string_equal(why, "it is a folder or a device, not a file");
    write_file("empty.ttf", "");
    assert_null(face_open(l, "empty.ttf", &why));
    assert_string_equal(why, "it is empty");
    write_file("text.ttf", "This is no font at all.\n");
    assert_null(face_open(l, "text.ttf", &why));
    assert_string_equal(why, "it is no font, or damaged");
    struct limits low = *l->limits;
    low.font = 10;
    l->limits = &low;
    assert_null(face_open(l, "text.ttf", &why));
    assert_string_equal(why, "it is larger than --limit font allows");
}

static void refuses_odd_units(void **state)
{
    static const unsigned odd[] = {15, 16385, 65535};
    struct bytes b = font_bytes(*state);
    unsigned char *upem = table_of(b, "head") + 18;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *why;
        upem[0] = (unsigned char)(odd[i] >> 8);
        upem[1] = (unsigned char)(odd[i] & 0xff);
        struct face *face = open_bytes(new_load(*state), b, &why);
        /* HarfBuzz may correct them itself: then they are in range. */
        if (face)
            assert_in_range(face->upem, 16, 16384);
        else
            assert_string_equal(
                why, "its units per em lie outside 16 to 16384");
    }
}

static void refuses_damage(void **state)
{
    const char *why;
    struct bytes b = font_bytes(*state);
    memcpy(record_of(b, "maxp"), "mxxp", 4);
    assert_null(open_bytes(new_load(*state), b, &why));
    assert_string_equal(why, "it is no font, or damaged");
    b = font_bytes(*state);
    memcpy(record_of(b, "glyf"), "glxf", 4);
    assert_null(open_bytes(new_load(*state), b, &why));
    assert_string_equal(why, "it has no outlines");
    b = font_bytes(*state);
    b.n = 200;
    assert_null(open_bytes(new_load(*state), b, &why));
    assert_string_equal(why, "it is no font, or damaged");
}

static void obeys_licences(void **state)
{
    static const struct {
        unsigned char high, low;
        const char *why;
    } cases[] = {
        {0, 0, NULL},
        {0, 4, NULL},
        {0, 8, NULL},
        {0, 2, "its licence forbids embedding"},
        {0, 2 | 8, NULL},
        {1, 0, "its licence forbids embedding a subset of its outlines"},
        {2, 8, "its licence forbids embedding a subset of its outlines"},
    };
    struct bytes b = font_bytes(*state);
    unsigned char *type = table_of(b, "OS/2") + 8;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why;
        type[0] = cases[i].high;
        type[1] = cases[i].low;
        struct face *face = open_bytes(new_load(*state), b, &why);
        assert_true(!face == !!cases[i].why);
        if (cases[i].why)
            assert_string_equal(why, cases[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            opens_a_font, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            covers_characters, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            tells_a_missing_font, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            refuses_what_is_no_font, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            refuses_odd_units, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            refuses_damage, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            obeys_licences, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
