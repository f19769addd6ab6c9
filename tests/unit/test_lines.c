/* Tests of breaking items into lines. */
#include "support_text.h"

#include <stdlib.h>
#include <string.h>

static void fills_lines(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(lines_of(t, "", PT(50), 0), "");
    assert_string_equal(lines_of(t, "a", PT(50), 0), "a");
    assert_string_equal(lines_of(t, "aa aa aa", PT(43), 0), "aa aa/aa");
    assert_string_equal(lines_of(t, "aa aa aa", PT(43) - 1, 0), "aa/aa/aa");
    assert_string_equal(lines_of(t, "aa|bb cc", PT(40), 0), "aabb/cc");
    assert_string_equal(lines_of(t, "aa|bb cc", PT(39), 0), "aa/bb/cc");
    assert_string_equal(lines_of(t, "aa=bb cc", PT(43), 0), "aa=bb/cc");
    /* Spaces hang over the end, how many soever. */
    assert_string_equal(lines_of(t, "aa    bb", PT(20), 0), "aa/bb");
}

static void gives_one_empty_line(void **state)
{
    struct type *t = open_type(*state);
    struct items none = {0};
    struct lines lines = break_items(t, &none, PT(50), TEXT_GREEDY);
    assert_int_equal(lines.n, 1);
    assert_int_equal(lines.v[0].first, lines.v[0].last);
    assert_int_equal(lines.v[0].width, 0);
    assert_int_equal(lines.width, 0);
}

/* The short cut for what fits on one line gives what the long way does. */
static void takes_the_short_cut(void **state)
{
    struct type *t = open_type(*state);
    struct items items = make_items(t, "aa bb-cc=dd");
    items.natural = PT(86);
    for (unsigned mode = TEXT_GREEDY; mode <= TEXT_JUSTIFY; mode++) {
        struct lines lines = break_items(t, &items, PT(86), mode);
        assert_string_equal(show_lines(t, &items, &lines), "aa bbcc=dd");
        assert_int_equal(lines.v[0].width, PT(86));
        assert_int_equal(lines.v[0].stretch, 0);
        lines = break_items(t, &items, PT(86) - 1, mode);
        assert_int_equal(lines.n, mode == TEXT_JUSTIFY ? 1 : 2);
    }
    items = make_items(t, "aa/bb");
    items.natural = PT(20);
    struct lines lines = break_items(t, &items, PT(60), TEXT_GREEDY);
    assert_int_equal(lines.n, 2);
}

static void obeys_forced_breaks(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(lines_of(t, "a/b", PT(50), 0), "a/b");
    assert_string_equal(lines_of(t, "a//b", PT(50), 0), "a//b");
    assert_string_equal(lines_of(t, "/b", PT(50), 0), "/b");
    assert_string_equal(lines_of(t, "aa bb/cc", PT(20), 0), "aa/bb/cc");
    assert_string_equal(lines_of(t, "aaaa/b", PT(20), 0), "aaaa!/b");
}

static void prints_hyphens(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(lines_of(t, "aa-bb", PT(40), 0), "aabb");
    assert_string_equal(lines_of(t, "aa-bb", PT(39), 0), "aa-/bb");
    /* The hyphen itself must fit. */
    assert_string_equal(lines_of(t, "a aa-bb", PT(36), 0), "a/aa-/bb");
    assert_string_equal(lines_of(t, "a aa-bb", PT(37), 0), "a aa-/bb");
    struct items items = make_items(t, "aa-bb");
    struct lines lines = break_items(t, &items, PT(30), TEXT_GREEDY);
    assert_true(lines.v[0].hyphen);
    assert_int_equal(lines.v[0].width, PT(20) + 3330);
    assert_false(lines.v[1].hyphen);
}

static void breaks_names_only_if_need_be(void **state)
{
    struct type *t = open_type(*state);
    /* It fits on a line of its own, however empty the one before is left. */
    assert_string_equal(lines_of(t, "aaaa bb?cc", PT(66), 0), "aaaa/bbcc");
    assert_string_equal(lines_of(t, "a bbb?cc dd", PT(62), 0), "a/bbbcc/dd");
    /* It fits on no line. */
    assert_string_equal(
        lines_of(t, "aaaa bb?cccccc", PT(70), 0), "aaaa bb/cccccc");
    assert_string_equal(lines_of(t, "bb?cc?dd?ee", PT(40), 0), "bbcc/ddee");
    /* An ordinary break is better. */
    assert_string_equal(lines_of(t, "bbb|cc?dd", PT(50), 0), "bbb/ccdd");
}

/* A hyphen of an address at a line's end might be taken for ours. */
static void breaks_addresses_at_slashes(void **state)
{
    struct type *t = open_type(*state);
    struct items items = make_items(t, "aaaa?bb?cc");
    items.v[3].word = ARENA_NEW(*state, struct word);
    struct word *w = ARENA_NEW(*state, struct word);
    *w = *items.v[5].word;
    items.v[5].word = w;
    w->s = SLICE("b-");
    struct lines lines = break_items(t, &items, PT(66), TEXT_GREEDY);
    assert_int_equal(lines.v[0].last, 4);
    w->s = SLICE("b/");
    lines = break_items(t, &items, PT(66), TEXT_GREEDY);
    assert_int_equal(lines.v[0].last, 6);
    /* But not if the line would be left rather empty. */
    w->s = SLICE("b-");
    lines = break_items(t, &items, PT(70), TEXT_GREEDY);
    assert_int_equal(lines.v[0].last, 6);
}

static void lets_wide_parts_stand_out(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(lines_of(t, "a bbbb cc", PT(30), 0), "a/bbbb!/cc");
    assert_string_equal(lines_of(t, "bbbb?cc", PT(30), 0), "bbbb!/cc");
    assert_string_equal(lines_of(t, "bbbb-cc", PT(30), 0), "bbbb-!/cc");
}

static void balances_titles(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(lines_of(t, "aa aa aa aa aa aa", PT(115), TEXT_GREEDY),
        "aa aa aa aa aa/aa");
    assert_string_equal(lines_of(t, "aa aa aa aa aa aa", PT(115), TEXT_BALANCE),
        "aa aa aa/aa aa aa");
    assert_string_equal(
        lines_of(t, "aa aa aa", PT(115), TEXT_BALANCE), "aa aa aa");
    /* Not at the price of a broken name or date. */
    assert_string_equal(
        lines_of(t, "aa bbb?bb cc", PT(80), TEXT_BALANCE), "aa bbbbb/cc");
    assert_string_equal(
        lines_of(t, "aa bbb_bb cc", PT(83), TEXT_BALANCE), "aa bbb bb/cc");
}

/* Every line is full: the first part of the next would not have fitted. */
static void check_greedy(struct type *t, struct items *items, rlen width)
{
    struct lines lines = break_items(t, items, width, TEXT_GREEDY);
    rlen widest = 0;
    uint32_t next = 0;
    for (uint32_t i = 0; i < lines.n; i++) {
        const struct line *line = &lines.v[i];
        while (next < items->n && items->v[next].kind == ITEM_SPACE)
            next++;
        assert_int_equal(line->first, next);
        assert_true(line->last > line->first);
        next = line->last;
        assert_int_equal(line->over, line->width > width);
        widest = line->width > widest ? line->width : widest;
        if (line->over || i + 1 == lines.n)
            continue;
        int64_t more = line->width;
        uint32_t j = line->last;
        for (; j < lines.v[i + 1].last; j++) {
            more += items->v[j].width;
            if (items->v[j].brk == ITEM_BREAK_ALLOWED ||
                (j + 1 < items->n && items->v[j].kind == ITEM_WORD &&
                    items->v[j + 1].kind == ITEM_SPACE))
                break;
        }
        assert_true(more > width);
    }
    assert_int_equal(next, items->n);
    assert_int_equal(lines.width, widest);
}

static void fills_every_line(void **state)
{
    struct type *t = open_type(*state);
    srand(7);
    for (int round = 0; round < 300; round++) {
        char s[200];
        size_t n = 0;
        while (n < 190) {
            int letters = 1 + rand() % 5;
            while (letters-- && n < 190)
                s[n++] = (char)('a' + rand() % 26);
            s[n++] = rand() % 3 ? ' ' : '|';
        }
        s[n - 1] = 'z';
        s[n] = '\0';
        struct items items = make_items(t, s);
        check_greedy(t, &items, PT(20 + rand() % 100));
    }
}

static void takes_linear_time(void **state)
{
    breaks_long_paragraphs(open_type(*state), PT(2000), TEXT_GREEDY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            fills_lines, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            gives_one_empty_line, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            takes_the_short_cut, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            obeys_forced_breaks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            prints_hyphens, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_names_only_if_need_be, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_addresses_at_slashes, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            lets_wide_parts_stand_out, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            balances_titles, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            fills_every_line, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            takes_linear_time, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
