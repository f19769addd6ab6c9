/* Tests of lengths and integers. */
#include "support_base.h"

#include "base/unit.h"

#include <string.h>

static rlen length(const char *s)
{
    rlen out = 12345;
    return unit_parse(s, strlen(s), &out) ? out : INT32_MIN;
}

static void reads_lengths_exactly(void **state)
{
    (void)state;
    assert_int_equal(length("12pt"), 12000);
    assert_int_equal(length("1in"), 72000);
    assert_int_equal(length("25.4mm"), 72000);
    assert_int_equal(length("2.54cm"), 72000);
    assert_int_equal(length("16mm"), 45354); /* 45354.33 */
    assert_int_equal(length("210mm"), 595276); /* 595275.59 */
    assert_int_equal(length("0.001pt"), 1);
    assert_int_equal(length("0pt"), 0);
    assert_int_equal(length("-2.5pt"), -2500);
    assert_int_equal(length("-16mm"), -45354);
    assert_int_equal(length("007pt"), 7000);
    assert_int_equal(length("14400pt"), RLEN_MAX);
    assert_int_equal(length("-200in"), -RLEN_MAX);
}

static void refuses_what_is_no_length(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "-", "mm", "12", "12 pt", " 12pt",
        "12pt ", "12px", "12PT", ".5pt", "5.pt", "1.2345pt", "1e3pt", "+1pt",
        "--1pt", "1,5mm", "0x1pt", "14400.001pt", "5081mm", "-14401pt",
        "999999999999999999999999pt", "nanpt", "12p", "12ptt", "1.-1pt"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(length(wrong[i]), INT32_MIN);
    rlen out = 7;
    assert_false(unit_parse("12pt", 3, &out));
    assert_int_equal(out, 7);
}

static void reads_integers_in_range(void **state)
{
    (void)state;
    int64_t n = 0;
    assert_true(unit_parse_int("42", 2, 0, 100, &n) && n == 42);
    assert_true(unit_parse_int("-5", 2, -5, 5, &n) && n == -5);
    assert_true(unit_parse_int("423", 2, 0, 100, &n) && n == 42);
    assert_true(
        unit_parse_int("9223372036854775807", 19, INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MAX);
    assert_true(
        unit_parse_int("-9223372036854775808", 20, INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MIN);
    static const char *const wrong[] = {"", "-", "+1", " 1", "1 ", "1.0",
        "0x10", "9223372036854775808", "-9223372036854775809", "1e3",
        "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(unit_parse_int(
            wrong[i], strlen(wrong[i]), INT64_MIN, INT64_MAX, &n));
    assert_false(unit_parse_int("101", 3, 0, 100, &n));
    assert_false(unit_parse_int("-1", 2, 0, 100, &n));
    assert_true(n == INT64_MIN);
}

static void scales_to_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(unit_scale(10, 1, 3), 3);
    assert_int_equal(unit_scale(11, 1, 3), 4);
    assert_int_equal(unit_scale(1, 1, 2), 1);
    assert_int_equal(unit_scale(-1, 1, 2), -1);
    assert_int_equal(unit_scale(-10, 1, 3), -3);
    assert_int_equal(unit_scale(-10, -1, 4), 3);
    assert_int_equal(unit_scale(0, 5, 7), 0);
    assert_int_equal(unit_scale(1000000, 1000000, 1000000), 1000000);
    assert_int_equal(unit_scale(INT64_MAX, INT64_MAX, 1), INT32_MAX);
    assert_int_equal(unit_scale(INT64_MIN, 2, 1), -INT32_MAX);
    assert_int_equal(unit_scale(INT64_MAX, 1, INT64_MAX), INT32_MAX);
    assert_int_equal(unit_scale(INT32_MAX, 2, 1), INT32_MAX);
    assert_int_equal(unit_scale(INT32_MAX, -2, 1), -INT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lengths_exactly),
        cmocka_unit_test(refuses_what_is_no_length),
        cmocka_unit_test(reads_integers_in_range),
        cmocka_unit_test(scales_to_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
