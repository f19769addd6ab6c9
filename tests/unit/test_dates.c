/* Tests of keeping dates together. */
#include "support_text.h"

/* The text with '~' for the spaces at which no line should end. */
static const char *bound(struct type *t, const char *s)
{
    struct items items = shape_plain(t, s);
    struct buf out = buf_new(t->a);
    for (uint32_t i = 0; i < items.n; i++) {
        const struct item *it = &items.v[i];
        if (it->kind == ITEM_SPACE)
            buf_putc(&out, it->brk == ITEM_BREAK_LAST ? '~' : ' ');
        else
            buf_put(&out, it->word->s.s, it->word->s.n);
    }
    return out.s;
}

static void binds_dates(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(
        bound(t, "on 4 December 2025, in"), "on 4~December~2025, in");
    assert_string_equal(
        bound(t, "from 15-25 September (2025)"), "from 15-25~September (2025)");
    assert_string_equal(
        bound(t, "in (June 2025) 3 Feb."), "in (June~2025) 3~Feb.");
    assert_string_equal(
        bound(t, "on December 4, 2025 they"), "on December~4,~2025 they");
}

static void leaves_other_numbers(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(
        bound(t, "21 New Work 30 items"), "21 New Work 30 items");
    assert_string_equal(bound(t, "in 2025 May be"), "in 2025 May be");
    assert_string_equal(bound(t, "section 4, 2025 and"), "section 4, 2025 and");
    assert_string_equal(bound(t, "2025 12 Septembers"), "2025 12 Septembers");
}

static void knows_the_language(void **state)
{
    static const char *langs[] = {"fr"};
    struct type *t = new_type(*state);
    t->doc->langs = langs;
    t->doc->nlangs = 1;
    t->fonts = fonts_open(t->l, t->doc);
    assert_string_equal(bound(t, "le 4 décembre 2025"), "le 4~décembre~2025");
    assert_string_equal(bound(t, "le 4 December"), "le 4 December");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            binds_dates, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            leaves_other_numbers, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            knows_the_language, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
