/* Tests of where words may be divided. */
#include "support_text.h"

#include <string.h>

/* The word with '-' where it may be divided; langs: 0 en, 3 ru, 4 eu. */
static const char *divided(struct type *t, uint16_t lang, const char *word)
{
    uint8_t marks[200];
    struct slice s = slice_of(word);
    struct buf out = buf_new(t->a);
    bool any = hyphen_marks(t->fonts, lang, s, marks);
    for (size_t i = 0; i < s.n; i++) {
        buf_putc(&out, s.s[i]);
        if (marks[i])
            buf_putc(&out, '-');
    }
    assert_int_equal(any, strchr(out.s, '-') != NULL);
    return out.s;
}

static struct type *open_langs(struct arena *a)
{
    static const char *langs[] = {"en", "en-US", "th", "ru-RU", "eu"};
    struct type *t = new_type(a);
    t->doc->langs = langs;
    t->doc->nlangs = sizeof langs / sizeof *langs;
    t->fonts = fonts_open(t->l, t->doc);
    return t;
}

static void divides_english(void **state)
{
    struct type *t = open_langs(*state);
    assert_string_equal(divided(t, 0, "hyphenation"), "hy-phen-ation");
    assert_string_equal(divided(t, 1, "Recommendation"), "Rec-om-men-da-tion");
    assert_string_equal(divided(t, 0, "through"), "through");
    assert_string_equal(divided(t, 0, "also"), "also");
    assert_string_equal(messages(t->l), "");
}

/* Its dictionary has one byte a letter, the text two. */
static void divides_another_character_set(void **state)
{
    struct type *t = open_langs(*state);
    assert_string_equal(divided(t, 3, "переносить"), "пе-ре-но-сить");
    assert_string_equal(divided(t, 3, "ПЕРЕНОСИТЬ"), "ПЕ-РЕ-НО-СИТЬ");
    /* What that set does not have is left whole. */
    assert_string_equal(divided(t, 3, "перенос漢字ить"), "перенос漢字ить");
}

static void leaves_other_languages(void **state)
{
    struct type *t = open_langs(*state);
    assert_string_equal(divided(t, 4, "international"), "international");
    assert_string_equal(messages(t->l), "");
}

static void leaves_marks_with_their_letters(void **state)
{
    struct type *t = open_langs(*state);
    assert_string_equal(divided(t, 0, "leprosarium"), "lep-rosar-ium");
    assert_string_equal(
        divided(t, 0, "lep\xcc\x81rosarium"), "lep\xcc\x81rosar-ium");
}

static void leaves_very_long_words(void **state)
{
    struct type *t = open_langs(*state);
    char word[190];
    memset(word, 'a', sizeof word);
    for (size_t i = 0; i < sizeof word; i += 5)
        memcpy(word + i, "ation", 5);
    word[sizeof word - 1] = '\0';
    assert_string_equal(divided(t, 0, word), word);
    word[99] = '\0';
    assert_string_not_equal(divided(t, 0, word), word);
}

/* What a narrow justified paragraph divides, and what it must not. */
static const char *set(struct type *t, const char *s)
{
    struct items items = shape_plain(t, s);
    struct break_spec spec = {
        .width = PT(40), .mode = TEXT_JUSTIFY, .hyphenate = true};
    struct lines lines = text_break(t->fonts, t->a, &items, &spec);
    return show_lines(t, &items, &lines);
}

static void divides_only_words(void **state)
{
    struct type *t = open_langs(*state);
    assert_string_equal(set(t, "(organization),"), "(organi-/zation),");
    /* Not names, nor what has a hyphen of its own. */
    assert_string_equal(set(t, "OrganizaTion"), "OrganizaTion!");
    assert_string_equal(set(t, "ORGANIZATION"), "ORGANIZATION!");
    assert_string_equal(set(t, "organization2"), "organization2!");
    assert_string_equal(set(t, "half-organization"), "half-/organization!");
    /* Where the author says so, and nowhere else. */
    assert_string_equal(set(t, "orga\xc2\xadnizational"), "orga-/nizational");
}

/* The label that a reference prints is a name. */
static void leaves_labels(void **state)
{
    struct type *t = open_langs(*state);
    struct span span = {.s = SLICE("organization"), .style = SPAN_WHOLE};
    struct rich text = {&span, 1};
    struct shape_spec shape = {.style = &t->style};
    struct break_spec spec = {.width = PT(40),
        .mode = TEXT_JUSTIFY,
        .hyphenate = true,
        .text = &text};
    struct items items = text_shape(t->fonts, t->a, t->doc, &text, &shape);
    struct lines lines = text_break(t->fonts, t->a, &items, &spec);
    assert_string_equal(show_lines(t, &items, &lines), "organization!");
}

/* What stands in another look is no word by itself. */
static void leaves_parts_of_words(void **state)
{
    struct type *t = open_langs(*state);
    struct span spans[] = {{.s = SLICE("(re")},
        {.s = SLICE("organization"), .style = SPAN_STRONG}, {.s = SLICE(", ")},
        {.s = SLICE("organization"), .style = SPAN_STRONG}, {.s = SLICE(").")}};
    struct rich text = {spans, sizeof spans / sizeof *spans};
    struct shape_spec shape = {.style = &t->style};
    struct break_spec spec = {.width = PT(50),
        .mode = TEXT_JUSTIFY,
        .hyphenate = true,
        .text = &text};
    struct items items = text_shape(t->fonts, t->a, t->doc, &text, &shape);
    struct lines lines = text_break(t->fonts, t->a, &items, &spec);
    assert_string_equal(
        show_lines(t, &items, &lines), "(reorganization,!/organiza-/tion).");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            divides_english, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            divides_another_character_set, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_other_languages, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_marks_with_their_letters, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_very_long_words, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_labels, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_parts_of_words, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            divides_only_words, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
