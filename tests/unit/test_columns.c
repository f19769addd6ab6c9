/* Column widths from what the cells need. */
#include "layout/layout_int.h"

#include "support_base.h"

static struct column_need automatic(rlen narrow, rlen widest, rlen natural)
{
    return (struct column_need){.kind = WIDTH_AUTO,
        .narrow = narrow,
        .widest = widest,
        .usual = natural,
        .natural = natural};
}

static struct column_need shared(int32_t share, rlen widest, rlen natural)
{
    struct column_need c = automatic(widest, widest, natural);
    c.kind = WIDTH_SHARE;
    c.share = share;
    return c;
}

static struct column_need fixed(rlen width)
{
    return (struct column_need){.kind = WIDTH_FIXED, .fixed = width};
}

static int64_t total(const rlen *width, uint32_t n)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += width[i];
    return sum;
}

static void natural_if_all_fits(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(10, 10, 40), automatic(30, 50, 200), fixed(60)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 300, 0, w));
    assert_int_equal(w[0], 40);
    assert_int_equal(w[1], 200);
    assert_int_equal(w[2], 60);
    assert_true(layout_columns(c, 3, 9000, 0, w));
    assert_int_equal(total(w, 3), 300);
}

static void long_text_shrinks_first(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(20, 40, 60), automatic(50, 50, 3000), automatic(30, 30, 90)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 400, 0, w));
    assert_int_equal(w[0], 60);
    assert_int_equal(w[1], 250);
    assert_int_equal(w[2], 90);
}

static void two_long_texts_share_by_what_they_lack(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(50, 50, 1050), automatic(50, 50, 3050), automatic(9, 9, 20)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 520, 0, w));
    assert_int_equal(w[2], 20);
    assert_int_equal(w[0], 150);
    assert_int_equal(w[1], 350);
}

static void words_are_kept_before_anything(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(200, 200, 220), automatic(20, 100, 5000)};
    rlen w[2];
    assert_true(layout_columns(c, 2, 300, 0, w));
    assert_int_equal(w[0], 200);
    assert_int_equal(w[1], 100);
}

static void names_break_where_words_do_not_fit(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(40, 200, 200), automatic(100, 100, 500)};
    rlen w[2];
    assert_true(layout_columns(c, 2, 200, 0, w));
    assert_int_equal(w[0], 100);
    assert_int_equal(w[1], 100);
}

/* Beside names that take all the room, a text is not set word by word. */
static void names_break_where_a_text_would_be_starved(void **state)
{
    (void)state;
    struct column_need c[] = {
        automatic(20, 30, 900), automatic(40, 250, 250), automatic(40, 90, 90)};
    rlen w[3];
    for (rlen more = 0; more <= 100; more += 50) {
        c[1].widest = c[1].usual = c[1].natural = 250 + more;
        assert_true(layout_columns(c, 3, 390, 0, w));
        assert_int_equal(total(w, 3), 390);
        assert_int_equal(w[0], 130);
        assert_int_equal(w[2], 90);
    }
}

static void too_small_a_room(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(40, 200, 200), shared(1000, 100, 500), fixed(70)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 210, 0, w));
    assert_int_equal(total(w, 3), 210);
    assert_false(layout_columns(c, 3, 209, 0, w));
    assert_int_equal(w[0], 40);
    assert_int_equal(w[1], 100);
    assert_int_equal(w[2], 70);
    assert_false(layout_columns(&c[2], 1, 69, 0, w));
    assert_true(layout_columns(&c[2], 1, 70, 0, w));
    assert_false(layout_columns(c, 3, -500, 0, w));
}

static void shares_fill_the_room(void **state)
{
    (void)state;
    const struct column_need c[] = {
        fixed(100), shared(1000, 20, 2000), shared(2000, 20, 2000)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 400, 0, w));
    assert_int_equal(w[1], 100);
    assert_int_equal(w[2], 200);
    /* Also where their text is short. */
    const struct column_need brief[] = {
        automatic(30, 30, 50), shared(1000, 20, 40)};
    assert_true(layout_columns(brief, 2, 400, 0, w));
    assert_int_equal(w[0], 50);
    assert_int_equal(w[1], 350);
}

static void a_share_is_no_narrower_than_its_words(void **state)
{
    (void)state;
    const struct column_need c[] = {
        shared(1000, 150, 2000), shared(8000, 20, 2000), shared(1000, 10, 100)};
    rlen w[3];
    assert_true(layout_columns(c, 3, 420, 0, w));
    assert_int_equal(w[0], 150);
    assert_int_equal(w[1], 240);
    assert_int_equal(w[2], 30);
}

/* 2fr is twice as wide as 1fr with the padding, not within it. */
static void shares_are_of_whole_columns(void **state)
{
    (void)state;
    const struct column_need c[] = {
        shared(1000, 10, 40), shared(2000, 10, 40), shared(1000, 95, 100)};
    rlen w[3];
    assert_true(layout_columns(c, 2, 260, 20, w));
    assert_int_equal(w[0] + 20, 100);
    assert_int_equal(w[1] + 20, 200);
    /* A column held open by its words leaves the rest in these proportions. */
    assert_true(layout_columns(c, 3, 340, 20, w));
    assert_int_equal(w[2], 95);
    assert_int_equal(w[0] + 20, 95);
    assert_int_equal(w[1] + 20, 190);
    /* With much padding, words still fit. */
    assert_true(layout_columns(c, 3, 115, 90, w));
    assert_int_equal(total(w, 3), 115);
    assert_true(w[0] >= 10 && w[1] >= 10 && w[2] == 95);
}

static void an_automatic_column_leaves_room_for_a_share(void **state)
{
    (void)state;
    const struct column_need c[] = {
        automatic(50, 50, 900), shared(1000, 40, 800)};
    rlen w[2];
    assert_true(layout_columns(c, 2, 400, 0, w));
    assert_int_equal(w[0], 200);
    assert_int_equal(w[1], 200);
}

static void a_few_long_cells_do_not_decide(void **state)
{
    (void)state;
    struct column_need c[] = {automatic(50, 50, 300), shared(1000, 40, 800)};
    c[0].usual = 80;
    rlen w[2];
    assert_true(layout_columns(c, 2, 400, 0, w));
    assert_int_equal(w[0], 80);
    assert_int_equal(w[1], 320);
    /* Without a share, what is left goes to them. */
    c[1] = automatic(50, 50, 250);
    assert_true(layout_columns(c, 2, 400, 0, w));
    assert_int_equal(total(w, 2), 400);
    assert_in_range(w[0], 80, 300);
}

static void nothing_lost_in_rounding(void **state)
{
    (void)state;
    struct column_need c[7];
    for (int i = 0; i < 7; i++)
        c[i] = automatic(10, 10 + i, 1000 + 333 * i);
    rlen w[7];
    for (rlen room = 100; room < 1500; room += 37) {
        assert_true(layout_columns(c, 7, room, 0, w));
        assert_int_equal(total(w, 7), room);
        for (int i = 0; i < 7; i++)
            assert_in_range(w[i], 10 + i, 1000 + 333 * i);
    }
}

static void most_columns(void **state)
{
    (void)state;
    struct column_need c[LAYOUT_COLUMNS];
    rlen w[LAYOUT_COLUMNS];
    for (int i = 0; i < LAYOUT_COLUMNS; i++)
        c[i] = automatic(1000, 2000, RLEN_MAX);
    assert_true(layout_columns(c, LAYOUT_COLUMNS, PT(512), 0, w));
    assert_int_equal(total(w, LAYOUT_COLUMNS), PT(512));
    assert_false(layout_columns(c, LAYOUT_COLUMNS, PT(255), 0, w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natural_if_all_fits),
        cmocka_unit_test(long_text_shrinks_first),
        cmocka_unit_test(two_long_texts_share_by_what_they_lack),
        cmocka_unit_test(words_are_kept_before_anything),
        cmocka_unit_test(names_break_where_words_do_not_fit),
        cmocka_unit_test(names_break_where_a_text_would_be_starved),
        cmocka_unit_test(too_small_a_room),
        cmocka_unit_test(shares_fill_the_room),
        cmocka_unit_test(a_share_is_no_narrower_than_its_words),
        cmocka_unit_test(shares_are_of_whole_columns),
        cmocka_unit_test(an_automatic_column_leaves_room_for_a_share),
        cmocka_unit_test(a_few_long_cells_do_not_decide),
        cmocka_unit_test(nothing_lost_in_rounding),
        cmocka_unit_test(most_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
