/* tounicode.c: what glyphs say. */
#include "support_base.h"
#include "support_pdf.h"

static struct slice texts[1024];

static struct slice cmap(struct arena *a, const uint16_t *glyphs, uint32_t n)
{
    return pdf_tounicode(a, texts, glyphs, n);
}

static int clear(void **state)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        texts[i] = (struct slice){NULL, 0};
    return set_up_arena(state);
}

static void neighbours_are_a_range(void **state)
{
    uint16_t glyphs[] = {36, 37, 38, 40};
    texts[36] = SLICE("A");
    texts[37] = SLICE("B");
    texts[38] = SLICE("C");
    texts[40] = SLICE("D");
    struct slice s = cmap(*state, glyphs, 4);
    assert_true(sample_has(s,
        "1 beginbfchar\n<0028> <0044>\nendbfchar\n"
        "1 beginbfrange\n<0024> <0026> <0041>\nendbfrange\nendcmap\n"));
}

static void ligatures_and_astral_characters_stand_alone(void **state)
{
    uint16_t glyphs[] = {1, 2, 3, 4, 5};
    texts[1] = SLICE("fi");
    texts[2] = SLICE("fj");
    texts[3] = SLICE("\xf0\xa0\xae\x9f");
    texts[4] = SLICE("\xf0\xa0\xae\xa0");
    struct slice s = cmap(*state, glyphs, 5); /* 5 says nothing */
    assert_true(sample_has(s,
        "4 beginbfchar\n<0001> <00660069>\n<0002> <0066006A>\n"
        "<0003> <D842DF9F>\n<0004> <D842DFA0>\nendbfchar\nendcmap\n"));
}

static void ranges_end_with_the_last_byte(void **state)
{
    uint16_t glyphs[] = {0xfe, 0xff, 0x100, 0x101, 0x200, 0x201};
    texts[0xfe] = SLICE("a");
    texts[0xff] = SLICE("b");
    texts[0x100] = SLICE("c");
    texts[0x101] = SLICE("d");
    texts[0x200] = SLICE("\xc3\xbf"); /* U+00FF */
    texts[0x201] = SLICE("\xc4\x80"); /* U+0100 */
    struct slice s = cmap(*state, glyphs, 6);
    assert_true(sample_has(s, "2 beginbfchar\n<0200> <00FF>\n<0201> <0100>\n"));
    assert_true(sample_has(
        s, "2 beginbfrange\n<00FE> <00FF> <0061>\n<0100> <0101> <0063>\n"));
}

static void sections_have_at_most_a_hundred(void **state)
{
    uint16_t glyphs[250];
    for (uint16_t i = 0; i < 250; i++) {
        glyphs[i] = (uint16_t)(i + 1);
        texts[i + 1] = SLICE("x");
    }
    struct slice s = cmap(*state, glyphs, 250);
    assert_int_equal(sample_count(s, "100 beginbfchar\n"), 2);
    assert_int_equal(sample_count(s, "\n50 beginbfchar\n"), 1);
    assert_int_equal(sample_count(s, "endbfchar\n"), 3);
    assert_int_equal(sample_count(s, "bfrange"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            neighbours_are_a_range, clear, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            ligatures_and_astral_characters_stand_alone, clear,
            tear_down_arena),
        cmocka_unit_test_setup_teardown(
            ranges_end_with_the_last_byte, clear, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            sections_have_at_most_a_hundred, clear, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
