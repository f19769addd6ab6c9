/* content.c: a display list to operators. Glyph 36 is "A", 3 the space. */
#include "support_base.h"
#include "support_pdf.h"

#include <string.h>

/* What the display list of these n draws becomes, against `want`. */
static void check(
    struct sample *s, const struct draw *draws, size_t n, struct slice want)
{
    struct display display = {ARENA_ARRAY(s->a, n, struct draw), n};
    memcpy(display.v, draws, n * sizeof *draws);
    struct pdf *p = pdf_open(&s->load, &s->pages, &s->opt);
    struct slice got = pdf_content(p, 0, &display);
    assert_int_equal(got.n, want.n);
    assert_memory_equal(got.s, want.s, want.n);
}

#define CHECK(s, draws, want) \
    check(s, draws, sizeof(draws) / sizeof *(draws), SLICE(want))

/* The same for texts of one paragraph: `inside` is what its marks enclose. */
#define CHECK_TEXT(s, draws, inside) \
    CHECK(s, draws, "BT\n/P<</MCID 0 >>BDC\n" inside "EMC\nET\n")

static void nothing_gives_nothing(void **state)
{
    struct sample *s = sample_new(*state);
    struct pdf *p = pdf_open(&s->load, &s->pages, &s->opt);
    struct display none = {NULL, 0};
    assert_int_equal(pdf_content(p, 0, &none).n, 0);
    struct draw draws[] = {{.kind = DRAW_LINK}, {.kind = DRAW_TEXT}};
    CHECK(s, draws, "");
}

static void a_line_is_one_string(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 50, 100, "A B")};
    CHECK_TEXT(s, draws, "50 500 Td\n/F0 10 Tf\n(\0$\0\3\0%)Tj\n");
}

static void positions_are_differences(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 50, 100, "A"),
        sample_text(s, LOOK_PLAIN, 50, 114, "B"),
        sample_text(s, LOOK_BOLD, 40, 114, "B")};
    draws[1].x += 4; /* hardly: rounds to nothing */
    draws[2].y += 6; /* rounds to a hundredth */
    CHECK_TEXT(s, draws,
        "50 500 Td\n/F0 10 Tf\n(\0$)Tj\n0 -14 Td\n(\0%)Tj\n"
        "-10 -0.01 Td\n/F1 10 Tf\n(\0%)Tj\n");
}

static void bytes_of_strings_are_escaped(void **state)
{
    struct sample *s = sample_new(*state);
    /* The glyphs 40, 41, 92, 13: "(", ")", "\" and carriage return. */
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "EFy*")};
    CHECK_TEXT(s, draws, "0 0 Td\n/F0 10 Tf\n(\0\\(\0\\)\0\\\\\0\\r)Tj\n");
}

static void spaces_stretch(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "A B A"),
        sample_text(s, LOOK_LARGE, 0, 600, "A B")};
    draws[0].text.stretch = 123;
    draws[1].text.stretch = -500;
    CHECK_TEXT(s, draws,
        "0 0 Td\n/F0 10 Tf\n[(\0$\0\3)-12.3(\0%\0\3)-12.3(\0$)]TJ\n"
        "0 0 Td\n/F0 20 Tf\n[(\0$\0\3)25(\0%)]TJ\n");
}

static void a_last_space_needs_no_shift(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "A "),
        sample_text(s, LOOK_PLAIN, 0, 600, "B")};
    draws[0].text.stretch = 100;
    CHECK_TEXT(s, draws, "0 0 Td\n/F0 10 Tf\n(\0$\0\3)Tj\n0 0 Td\n(\0%)Tj\n");
}

static void a_fixed_space_stretches_and_a_break_prints_nothing(void **state)
{
    struct sample *s = sample_new(*state);
    struct item *items;
    uint32_t n = sample_items(s, LOOK_PLAIN, "A B A", &items);
    items[1].kind = ITEM_FIXED;
    items[3] = (struct item){.kind = ITEM_BREAK};
    struct draw draws[] = {{.kind = DRAW_TEXT, .elem = 2, .y = PT(600)}};
    draws[0].text.items = items;
    draws[0].text.n = n;
    draws[0].text.stretch = 100;
    CHECK_TEXT(s, draws, "0 0 Td\n/F0 10 Tf\n[(\0$\0\3)-10(\0%\0$)]TJ\n");
}

/* A text of two looks, with a stretched space before the change. */
static struct draw two_looks(struct sample *s, uint16_t first, uint16_t second)
{
    struct item *a, *b, *both = ARENA_ARRAY(s->a, 3, struct item);
    struct draw d = {.kind = DRAW_TEXT, .elem = 2, .y = PT(600)};
    sample_items(s, first, "A ", &a);
    sample_items(s, second, "B", &b);
    both[0] = a[0];
    both[1] = a[1];
    both[2] = b[0];
    d.text.items = both;
    d.text.n = 3;
    d.text.stretch = 100;
    return d;
}

static void a_shift_is_written_at_its_own_size(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {two_looks(s, LOOK_PLAIN, LOOK_LARGE)};
    CHECK_TEXT(
        s, draws, "0 0 Td\n/F0 10 Tf\n[(\0$\0\3)-10]TJ\n/F0 20 Tf\n(\0%)Tj\n");
}

static void colour_and_rise_change_where_they_must(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {two_looks(s, LOOK_RED, LOOK_RAISED),
        sample_text(s, LOOK_PLAIN, 0, 600, "A"),
        sample_text(s, LOOK_GREY, 0, 600, "A")};
    CHECK_TEXT(s, draws,
        "0 0 Td\n/F0 10 Tf\n1 0 0.2 rg\n(\0$\0\3)Tj\n0 g\n4 Ts\n"
        "[-10(\0%)]TJ\n0 0 Td\n0 Ts\n(\0$)Tj\n0 0 Td\n0.2 g\n(\0$)Tj\n");
}

static void kerning_shifts(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "AVA")};
    assert_false(draws[0].text.items[0].word->simple);
    CHECK_TEXT(s, draws, "0 0 Td\n/F0 10 Tf\n[(\0$)129(\0009)129(\0$)]TJ\n");
}

static void what_a_shift_leaves_over_goes_into_the_next(void **state)
{
    struct sample *s = sample_new(*state);
    struct word *w = sample_word(s, 0, "AAAAA");
    struct glyph glyphs[5];
    memcpy(glyphs, w->glyphs, sizeof glyphs);
    /* 3 units of 2048 are 1.46 thousandths, twice that 2.93, then 4.39. */
    for (int i = 0; i < 5; i++)
        glyphs[i].advance = (int16_t)(glyphs[i].advance - 3);
    w->glyphs = glyphs;
    w->simple = false;
    struct item item = {.word = w};
    struct draw draws[] = {{.kind = DRAW_TEXT, .elem = 2, .y = PT(600)}};
    draws[0].text.items = &item;
    draws[0].text.n = 1;
    CHECK_TEXT(s, draws,
        "0 0 Td\n/F0 10 Tf\n"
        "[(\0$)1(\0$)2(\0$)1(\0$)2(\0$)]TJ\n");
}

static void offsets_move_one_glyph_only(void **state)
{
    struct sample *s = sample_new(*state);
    struct word *w = sample_word(s, 0, "ABA");
    struct glyph glyphs[3];
    memcpy(glyphs, w->glyphs, sizeof glyphs);
    glyphs[1].dx = 1024;
    glyphs[1].dy = -1024;
    w->glyphs = glyphs;
    w->simple = false;
    struct item item = {.word = w};
    struct draw draws[] = {{.kind = DRAW_TEXT, .elem = 2, .y = PT(600)}};
    draws[0].text.items = &item;
    draws[0].text.n = 1;
    CHECK_TEXT(s, draws,
        "0 0 Td\n/F0 10 Tf\n(\0$)Tj\n-5 Ts\n[-500(\0%)]TJ\n0 Ts\n"
        "[500(\0$)]TJ\n");
}

static void words_may_say_what_their_glyphs_do_not(void **state)
{
    struct sample *s = sample_new(*state);
    struct item *items;
    uint32_t n = sample_items(s, LOOK_PLAIN, "A B A", &items);
    struct word *w = sample_word(s, 0, "B");
    w->actual = true;
    w->s = SLICE("\xc3\x9f");
    items[2].word = w;
    struct draw draws[] = {{.kind = DRAW_TEXT, .elem = 2, .y = PT(600)}};
    draws[0].text.items = items;
    draws[0].text.n = n;
    CHECK(s, draws,
        "BT\n/P<</MCID 0 >>BDC\n0 0 Td\n/F0 10 Tf\n(\0$\0\3)Tj\nEMC\n"
        "/Span<</MCID 1 /ActualText<FEFF00DF>>>BDC\n(\0%)Tj\nEMC\n"
        "/P<</MCID 2 >>BDC\n(\0\3\0$)Tj\nEMC\nET\n");
}

static struct draw fill(int x, int y, rlen width, rlen height, uint8_t grey)
{
    struct draw d = {
        .kind = DRAW_FILL, .artifact = ARTIFACT_LAYOUT, .x = x, .y = y};
    d.fill.width = width;
    d.fill.height = height;
    d.fill.colour = (struct colour){grey, grey, grey};
    return d;
}

static void fills_come_first_and_share_paths(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "A"),
        fill(PT(10), PT(20), PT(100), 500, 0),
        fill(PT(10), PT(40), PT(100), 500, 0),
        fill(PT(10), PT(60), PT(100), PT(1), 255)};
    CHECK(s, draws,
        "/Artifact<</Type/Layout>>BDC\n"
        "10 579.5 100 0.5 re\n10 559.5 100 0.5 re\nf\n"
        "1 g\n10 539 100 1 re\nf\nEMC\n"
        "BT\n/P<</MCID 0 >>BDC\n0 0 Td\n/F0 10 Tf\n0 g\n(\0$)Tj\n"
        "EMC\nET\n");
}

static void fills_that_touch_go_on_touching(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {
        fill(10004, 0, 10004, 10004, 0), fill(20008, 10004, 10004, 10004, 0)};
    /* 10.004..20.008..30.012 become 10..20.01..30.01. */
    CHECK(s, draws,
        "/Artifact<</Type/Layout>>BDC\n"
        "10 590 10.01 10 re\n20.01 579.99 10 10.01 re\nf\nEMC\n");
}

static void marks_follow_the_elements(void **state)
{
    struct sample *s = sample_new(*state);
    uint32_t link = tags_add(s->flow.tags, TAG_LINK, 2);
    struct draw draws[5];
    for (int i = 0; i < 5; i++)
        draws[i] = sample_text(s, LOOK_PLAIN, 0, 600, "A");
    draws[2].elem = link;
    draws[4].elem = 0;
    draws[4].artifact = ARTIFACT_FOOTER;
    CHECK(s, draws,
        "BT\n/P<</MCID 0 >>BDC\n0 0 Td\n/F0 10 Tf\n(\0$)Tj\n"
        "0 0 Td\n(\0$)Tj\nEMC\n"
        "/Link<</MCID 1 >>BDC\n0 0 Td\n(\0$)Tj\nEMC\n"
        "/P<</MCID 2 >>BDC\n0 0 Td\n(\0$)Tj\nEMC\n"
        "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"
        "0 0 Td\n(\0$)Tj\nEMC\nET\n");
}

static void a_hyphen_that_divides_a_word_is_soft(void **state)
{
    struct sample *s = sample_new(*state);
    struct draw draws[] = {sample_text(s, LOOK_PLAIN, 0, 600, "A"),
        sample_text(s, LOOK_PLAIN, 0, 600, "B"),
        sample_text(s, LOOK_PLAIN, 0, 600, "B")};
    draws[1].hyphen = draws[2].hyphen = true;
    draws[2].elem = 0;
    draws[2].artifact = ARTIFACT_FOOTER;
    CHECK(s, draws,
        "BT\n/P<</MCID 0 >>BDC\n0 0 Td\n/F0 10 Tf\n(\0$)Tj\n"
        "0 0 Td\nEMC\n"
        "/Span<</MCID 1 /ActualText<FEFF00AD>>>BDC\n(\0%)Tj\nEMC\n"
        "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"
        "0 0 Td\n/Span<</ActualText<FEFF00AD>>>BDC\n(\0%)Tj\nEMC\nEMC\nET\n");
}

static void what_is_shown_is_used(void **state)
{
    struct sample *s = sample_new(*state);
    struct pdf *p = pdf_open(&s->load, &s->pages, &s->opt);
    struct draw d = sample_text(s, LOOK_PLAIN, 0, 0, "AV");
    struct display display = {&d, 1};
    sample_word(s, 0, "B");
    pdf_content(p, 0, &display);
    assert_true(p->uses[0].id > 0);
    assert_int_equal(p->uses[0].used['A' - 29], 1);
    assert_int_equal(p->uses[0].used['V' - 29], 1);
    assert_int_equal(p->uses[0].used['B' - 29], 0);
    assert_int_equal(p->uses[1].id, 0);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(nothing_gives_nothing),
        TEST(a_line_is_one_string),
        TEST(positions_are_differences),
        TEST(bytes_of_strings_are_escaped),
        TEST(spaces_stretch),
        TEST(a_last_space_needs_no_shift),
        TEST(a_fixed_space_stretches_and_a_break_prints_nothing),
        TEST(a_shift_is_written_at_its_own_size),
        TEST(colour_and_rise_change_where_they_must),
        TEST(kerning_shifts),
        TEST(what_a_shift_leaves_over_goes_into_the_next),
        TEST(offsets_move_one_glyph_only),
        TEST(words_may_say_what_their_glyphs_do_not),
        TEST(fills_come_first_and_share_paths),
        TEST(fills_that_touch_go_on_touching),
        TEST(marks_follow_the_elements),
        TEST(a_hyphen_that_divides_a_word_is_soft),
        TEST(what_is_shown_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
