/* Tests of total fit: the lines of whole paragraphs, and their spaces. */
#include "support_text.h"

#include <stdlib.h>
#include <string.h>

/* Spaces of a line as they are painted. */
static rlen painted(const struct items *items, const struct line *line)
{
    rlen width = line->width;
    for (uint32_t i = line->first; i < line->last; i++)
        if (items->v[i].kind == ITEM_SPACE || items->v[i].kind == ITEM_FIXED)
            width += line->stretch;
    return width;
}

static void justifies(void **state)
{
    struct type *t = open_type(*state);
    struct items items = make_items(t, "aa aa=aa aa");
    struct lines lines = break_items(t, &items, PT(70), TEXT_JUSTIFY);
    assert_string_equal(show_lines(t, &items, &lines), "aa aa=aa/aa");
    assert_int_equal(lines.v[0].stretch, PT(2));
    assert_int_equal(lines.v[0].width, PT(66));
    assert_int_equal(painted(&items, &lines.v[0]), PT(70));
    assert_int_equal(lines.v[0].ratio, 133); /* 4 of 3 pt */
    assert_int_equal(lines.v[1].stretch, 0);
    /* Neither the last line nor one that is ended. */
    items = make_items(t, "aa aa/aa aa");
    lines = break_items(t, &items, PT(60), TEXT_JUSTIFY);
    assert_int_equal(lines.n, 2);
    assert_int_equal(lines.v[0].stretch, 0);
    assert_int_equal(lines.v[1].stretch, 0);
    /* Nor one whose gaps would be huge, nor in another mode. */
    items = make_items(t, "aa aa bbbbbb");
    lines = break_items(t, &items, PT(60), TEXT_JUSTIFY);
    assert_int_equal(lines.v[0].stretch, 0);
    items = make_items(t, "aa aa aa aa");
    lines = break_items(t, &items, PT(70), TEXT_RAGGED);
    assert_int_equal(lines.v[0].stretch, 0);
}

static void shrinks_by_a_third(void **state)
{
    struct type *t = open_type(*state);
    struct items items = make_items(t, "aa aa aa aa");
    /* 89 pt with three spaces of 3 pt, which may lose 3 pt together. */
    struct lines lines = break_items(t, &items, PT(86), TEXT_JUSTIFY);
    assert_int_equal(lines.n, 1);
    assert_int_equal(lines.v[0].stretch, -PT(1));
    assert_int_equal(lines.v[0].ratio, -100);
    assert_false(lines.v[0].over);
    assert_int_equal(painted(&items, &lines.v[0]), PT(86));
    lines = break_items(t, &items, PT(86) - 1, TEXT_JUSTIFY);
    assert_int_equal(lines.n, 2);
    lines = break_items(t, &items, PT(86), TEXT_RAGGED);
    assert_int_equal(lines.n, 2);
}

/* A line is left emptier for the sake of the whole: a greedy one is not. */
static void looks_ahead(void **state)
{
    struct type *t = open_type(*state);
    const char *s = "aaa aa a aaaa aaaa aa aaa";
    assert_string_equal(
        lines_of(t, s, PT(72), TEXT_GREEDY), "aaa aa a/aaaa/aaaa aa/aaa");
    assert_string_equal(
        lines_of(t, s, PT(72), TEXT_RAGGED), "aaa aa/a aaaa/aaaa/aa aaa");
}

/* No paragraph ends with one short word, if that can be helped. */
static void keeps_company_for_the_last_word(void **state)
{
    struct type *t = open_type(*state);
    const char *s = "aaaa aaaa aaaa aaaa aaaa aaaa a";
    assert_string_equal(lines_of(t, s, PT(130), TEXT_GREEDY),
        "aaaa aaaa aaaa/aaaa aaaa aaaa/a");
    assert_string_equal(lines_of(t, s, PT(130), TEXT_RAGGED),
        "aaaa aaaa/aaaa aaaa aaaa/aaaa a");
}

static void breaks_dates_and_names_last(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(
        lines_of(t, "aaaa aaa aa_aaa aaa", PT(100), TEXT_RAGGED),
        "aaaa aaa/aa aaa aaa");
    assert_string_equal(
        lines_of(t, "aaaa aaa aa?aaa aaa", PT(100), TEXT_RAGGED),
        "aaaa aaa/aaaaa aaa");
    assert_string_equal(
        lines_of(t, "aa aaaaa?aaaaa", PT(75), TEXT_RAGGED), "aa aaaaa/aaaaa");
}

/* Never three hyphens in a row, and not one before a short last line. */
static void spreads_hyphens(void **state)
{
    struct type *t = open_type(*state);
    struct items items =
        make_items(t, "aaaaa-a aaaa-aa aaaa-aa aaa-aaa aaa-aaa aaa-aaa aaa");
    struct lines lines = break_items(t, &items, PT(70), TEXT_RAGGED);
    unsigned run = 0;
    for (uint32_t i = 0; i < lines.n; i++) {
        run = lines.v[i].hyphen ? run + 1 : 0;
        assert_in_range(run, 0, 2);
    }
    /* Even where a far better way to a line leads to a third one. */
    assert_string_equal(
        lines_of(t, "a aaa-aa-a-aaaa-aaaa", PT(60), TEXT_RAGGED),
        "a/aaaaa-/aaaaa-/aaaa");
}

static void lets_wide_parts_stand_out(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(
        lines_of(t, "a bbbb cc", PT(30), TEXT_RAGGED), "a/bbbb!/cc");
    assert_string_equal(
        lines_of(t, "bbbb-cc", PT(30), TEXT_JUSTIFY), "bbbb-!/cc");
    struct items items = make_items(t, "bbbb cc");
    struct lines lines = break_items(t, &items, PT(30), TEXT_JUSTIFY);
    assert_int_equal(lines.width, PT(40));
    assert_true(lines.v[0].over);
    assert_int_equal(lines.v[0].stretch, 0);
}

static void obeys_forced_breaks(void **state)
{
    struct type *t = open_type(*state);
    for (unsigned mode = TEXT_RAGGED; mode <= TEXT_JUSTIFY; mode++) {
        assert_string_equal(lines_of(t, "", PT(50), mode), "");
        assert_string_equal(lines_of(t, "a//b", PT(50), mode), "a//b");
        assert_string_equal(lines_of(t, "/b", PT(50), mode), "/b");
        assert_string_equal(lines_of(t, "b/", PT(50), mode), "b");
        assert_string_equal(lines_of(t, "aa bb/cc", PT(20), mode), "aa/bb/cc");
    }
}

/*
 * Every item but the spaces at line ends stands on one line, in order; a line
 * is only too wide where it has one part.
 */
static void check_random(struct type *t, const char *s, rlen width)
{
    struct items items = make_items(t, s);
    for (unsigned mode = TEXT_RAGGED; mode <= TEXT_JUSTIFY; mode++) {
        struct lines lines = break_items(t, &items, width, mode);
        uint32_t next = 0;
        for (uint32_t i = 0; i < lines.n; i++) {
            const struct line *line = &lines.v[i];
            while (next < items.n && items.v[next].kind == ITEM_SPACE)
                next++;
            assert_int_equal(line->first, next);
            next = line->last;
            assert_true(line->over || painted(&items, line) <= width);
            for (uint32_t k = line->first; line->over && k < line->last; k++)
                assert_int_equal(items.v[k].kind, ITEM_WORD);
        }
        assert_int_equal(next, items.n);
    }
}

static void loses_nothing(void **state)
{
    struct type *t = open_type(*state);
    srand(11);
    for (int round = 0; round < 300; round++) {
        char s[200];
        size_t n = 0;
        while (n < 190) {
            int letters = 1 + rand() % 5;
            while (letters-- && n < 190)
                s[n++] = (char)('a' + rand() % 26);
            s[n++] = " |-?_ "[rand() % 6];
        }
        s[n - 1] = 'z';
        s[n] = '\0';
        check_random(t, s, PT(20 + rand() % 100));
    }
}

static void takes_linear_time(void **state)
{
    breaks_long_paragraphs(open_type(*state), PT(400), TEXT_JUSTIFY);
}

/* Real text: the point after "end" stands in the margin if it may. */
static void hangs_punctuation(void **state)
{
    struct type *t = open_type(*state);
    struct items items = shape_plain(t,
        "\xe2\x80\x9c"
        "to the end. to");
    struct break_spec spec = {.width = items.natural -
            items.v[items.n - 1].width - items.v[items.n - 2].width,
        .mode = TEXT_JUSTIFY};
    struct lines plain = text_break(t->fonts, t->a, &items, &spec);
    assert_int_equal(plain.n, 2);
    assert_int_equal(painted(&items, &plain.v[0]), spec.width);
    spec.hang = true;
    struct lines hung = text_break(t->fonts, t->a, &items, &spec);
    assert_int_equal(hung.n, 2);
    /* 70 % of a point of 2.5 pt; rounding by whole spaces takes a little. */
    rlen right = painted(&items, &hung.v[0]) - hung.v[0].hang - spec.width;
    assert_in_range(right, 1745, 1750);
    assert_int_equal(hung.v[1].hang, 0);
}

/* What is left on a line is as wide there as it is by itself. */
static void check_widths(struct type *t, const struct items *items)
{
    for (uint32_t i = 0; i < items->n; i++) {
        const struct item *it = &items->v[i];
        const struct face *face = t->fonts->faces[it->word->face];
        assert_int_equal(
            it->width, width_at(it->word->width, PT(10), face->upem));
    }
}

static void divides_words(void **state)
{
    struct type *t = open_type(*state);
    struct items items =
        shape_plain(t, "An international representative organization");
    struct break_spec spec = {
        .width = PT(85), .mode = TEXT_JUSTIFY, .hyphenate = true};
    struct break_spec narrow = spec;
    narrow.width = PT(16);
    struct items whole = items;
    struct lines lines = text_break(t->fonts, t->a, &items, &spec);
    assert_string_equal(show_lines(t, &items, &lines),
        "An international rep-/resentative organiza-/tion");
    for (uint32_t i = 0; i + 1 < lines.n; i++)
        assert_in_range(painted(&items, &lines.v[i]), PT(85) - 10, PT(85));
    /* What was not divided is the word that it was. */
    assert_ptr_equal(items.v[2].word, whole.v[2].word);
    check_widths(t, &items);
    /* The line end has taken a ligature apart. */
    struct items ligature = shape_plain(t, "efficient");
    lines = text_break(t->fonts, t->a, &ligature, &narrow);
    assert_string_equal(show_lines(t, &ligature, &lines), "ef-/fi-/cient!");
    check_widths(t, &ligature);
    spec.hyphenate = false;
    items = whole;
    lines = text_break(t->fonts, t->a, &items, &spec);
    assert_string_equal(show_lines(t, &items, &lines),
        "An international/representative/organization");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            justifies, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            shrinks_by_a_third, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            looks_ahead, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            keeps_company_for_the_last_word, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_dates_and_names_last, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            spreads_hyphens, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            lets_wide_parts_stand_out, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            obeys_forced_breaks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            loses_nothing, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            takes_linear_time, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            hangs_punctuation, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            divides_words, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
