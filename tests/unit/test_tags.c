/* Structure elements: numbers in order, rows with their cells. */
#include "support_base.h"

#include "layout/tags.h"

static void document_is_number_one(void **state)
{
    struct tags *t = tags_new(*state);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->v[1].tag, TAG_DOCUMENT);
    assert_int_equal(t->v[1].parent, 0);
    uint32_t p = tags_add(t, TAG_P, 1);
    assert_int_equal(p, 2);
    assert_int_equal(t->v[p].parent, 1);
    assert_int_equal(t->v[p].tag, TAG_P);
    assert_int_equal(t->v[p].extra, 0);
}

static void cells_follow_their_row(void **state)
{
    struct tags *t = tags_new(*state);
    const bool header[] = {false, true, false};
    uint32_t table = tags_add(t, TAG_TABLE, 1);
    uint32_t head = tags_add_row(t, table, 3, NULL, true);
    uint32_t row = tags_add_row(t, table, 3, header, false);
    uint32_t plain = tags_add_row(t, table, 3, NULL, false);
    assert_int_equal(row, head + 4);
    assert_int_equal(plain, row + 4);
    assert_int_equal(t->v[row].tag, TAG_TR);
    for (uint32_t c = 1; c <= 3; c++) {
        assert_int_equal(t->v[row + c].parent, row);
        assert_int_equal(t->v[head + c].tag, TAG_TH);
        assert_int_equal(t->v[head + c].scope, SCOPE_COLUMN);
        assert_int_equal(t->v[row + c].tag, c == 2 ? TAG_TH : TAG_TD);
        assert_int_equal(t->v[row + c].scope, c == 2 ? SCOPE_ROW : SCOPE_NONE);
        assert_int_equal(t->v[plain + c].tag, TAG_TD);
    }
}

static void grows_and_keeps(void **state)
{
    struct tags *t = tags_new(*state);
    for (uint32_t i = 2; i < 5000; i++)
        assert_int_equal(tags_add(t, TAG_SPAN, i - 1), i);
    for (uint32_t i = 2; i < 5000; i++)
        assert_int_equal(t->v[i].parent, i - 1);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(tags_name(TAG_DOCUMENT), "Document");
    assert_string_equal(tags_name(TAG_H6), "H6");
    assert_string_equal(tags_name(TAG_LBODY), "LBody");
    assert_string_equal(tags_name(TAG_FIGURE), "Figure");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            document_is_number_one, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            cells_follow_their_row, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            grows_and_keeps, set_up_arena, tear_down_arena),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
