/* font.c: the subset, its widths and its descriptor. */
#include "support_base.h"
#include "support_pdf.h"

#include <hb-ot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct slice written; /* the file, unpacked */
static struct sample *s;
static const char *shown;

static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    (void)i;
    (void)scratch;
    static struct draw d;
    d = sample_text(s, LOOK_BOLD, 50, 100, shown);
    return (struct display){&d, 1};
}

static void write_text(struct arena *a, const char *text)
{
    s = sample_new(a);
    s->scratch = arena_new(&(struct arena_budget){.limit = 0});
    shown = text;
    s->pages.n = 1;
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    written = sample_unpacked(a, "out.pdf");
}

static void a_font_is_embedded_with_what_it_says(void **state)
{
    write_text(*state, "Band");
    assert_int_equal(sample_count(written, "/Subtype /Type0 "), 1);
    assert_int_equal(sample_count(written, "/Encoding /Identity-H "), 1);
    assert_int_equal(sample_count(written, "+LiberationSerif-Bold "), 3);
    assert_true(sample_has(written, "/CIDToGIDMap /Identity "));
    assert_true(sample_has(written, "<0025> <0042>\n")); /* B */
    assert_true(sample_has(written, "/Font <</F1 "));
    assert_false(sample_has(written, "/F0 "));
}

static void the_descriptor_has_the_faces_measures(void **state)
{
    write_text(*state, "B");
    /* Symbolic, with serifs; of 1825, -443 and 1341 in 2048. */
    /* The box differs between versions of the font. */
    assert_true(sample_has(written, " /Flags 6 /FontBBox [-"));
    assert_true(sample_has(written,
        " /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 655 "
        "/StemV 165 /FontFile2 "));
}

static void every_width_is_listed(void **state)
{
    /* Readers that know no fraction in /DW would set these at 1000. */
    write_text(*state, "II");
    assert_false(sample_has(written, "/DW"));
    assert_true(sample_has(written, " /W [44 [389.16]]"));
}

static void neighbours_share_a_list(void **state)
{
    write_text(*state, "nlm");
    assert_true(sample_has(written, " /W [79 [277.832 833.008 556.152]]"));
}

static void the_tag_is_of_the_glyphs(void **state)
{
    char tags[3][7];
    static const char *const TEXTS[] = {"abc", "cab", "abd"};
    for (int i = 0; i < 3; i++) {
        write_text(*state, TEXTS[i]);
        const char *at = sample_find(written, "+LiberationSerif-Bold ");
        memcpy(tags[i], at - 6, 6);
        tags[i][6] = '\0';
        assert_int_equal(strspn(tags[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 6);
    }
    assert_string_equal(tags[0], tags[1]);
    assert_string_not_equal(tags[0], tags[2]);
}

/* The font program as HarfBuzz reads it. */
static hb_face_t *embedded(void)
{
    const char *at = sample_find(written, "/Length1 ");
    unsigned n = (unsigned)strtoul(at + 9, NULL, 10);
    hb_blob_t *blob = hb_blob_create(
        strstr(at, "stream\n") + 7, n, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return face;
}

static bool has_outline(hb_font_t *font, hb_codepoint_t glyph)
{
    hb_glyph_extents_t box;
    return hb_font_get_glyph_extents(font, glyph, &box) && box.width > 0;
}

static void the_program_keeps_the_used_glyphs_under_their_ids(void **state)
{
    write_text(*state, "AC\xc3\x89"); /* É is made of E and an accent */
    hb_face_t *face = embedded();
    hb_font_t *font = hb_font_create(face);
    const struct word *accented = sample_word(s, 1, "\xc3\x89");
    assert_true(has_outline(font, 'A' - 29));
    assert_false(has_outline(font, 'B' - 29));
    assert_true(has_outline(font, 'C' - 29));
    assert_true(has_outline(font, accented->glyphs[0].id));
    assert_int_equal(hb_font_get_glyph_h_advance(font, 'A' - 29),
        hb_font_get_glyph_h_advance(s->faces[1]->font, 'A' - 29));
    hb_blob_t *layout =
        hb_face_reference_table(face, HB_TAG('G', 'S', 'U', 'B'));
    assert_int_equal(hb_blob_get_length(layout), 0);
    hb_blob_destroy(layout);
    hb_font_destroy(font);
    hb_face_destroy(face);
}

static struct display paint_cff(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    /* Claimed when it is in use: no table of that kind will be found. */
    s->faces[1]->cff = true;
    return paint(pages, i, scratch);
}

static void a_font_without_a_subset_is_an_error(void **state)
{
    s = sample_new(*state);
    s->scratch = arena_new(&(struct arena_budget){.limit = 0});
    shown = "A";
    s->pages.n = 1;
    assert_false(sample_write(s, "out.pdf", paint_cff));
    assert_int_equal(sample_errors(s), 1);
    assert_int_equal(diag_status(s->load.d), 3);
    arena_free(s->scratch);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(a_font_is_embedded_with_what_it_says),
        TEST(the_descriptor_has_the_faces_measures),
        TEST(every_width_is_listed),
        TEST(neighbours_share_a_list),
        TEST(the_tag_is_of_the_glyphs),
        TEST(the_program_keeps_the_used_glyphs_under_their_ids),
        TEST(a_font_without_a_subset_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
