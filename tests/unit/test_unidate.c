/* Tests of dates. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/uni.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool reads(const char *s)
{
    struct date d;
    return uni_parse_date(slice_of(s), &d);
}

static void reads_exact_dates_only(void **state)
{
    (void)state;
    struct date d;
    assert_true(uni_parse_date(SLICE("2025-12-04"), &d));
    assert_int_equal(d.year, 2025);
    assert_int_equal(d.month, 12);
    assert_int_equal(d.day, 4);
    assert_true(reads("0001-01-01"));
    assert_true(reads("9999-12-31"));
    assert_true(reads("2024-02-29"));
    assert_true(reads("2000-02-29"));
    static const char *const wrong[] = {"", "2025-12-4", "2025-12-041",
        "2025/12/04", "2025-13-01", "2025-00-01", "2025-01-00", "2025-01-32",
        "2025-02-29", "1900-02-29", "2025-04-31", "0000-01-01", "-025-01-01",
        "2025-1 -01", "+025-01-01", "2025-12-04 ", " 2025-12-0", "20251204"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (reads(wrong[i]))
            fail_msg("%s", wrong[i]);
}

static void counts_every_day_once(void **state)
{
    (void)state;
    int32_t expected = uni_date_days((struct date){1, 1, 1});
    assert_int_equal(expected, -719162);
    assert_int_equal(uni_date_days((struct date){1970, 1, 1}), 0);
    for (int y = 1; y < 10000; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int day = 1; day <= 31; day++) {
                char s[11];
                for (int k = 0, v = y; k < 4; k++, v /= 10)
                    s[3 - k] = (char)('0' + v % 10);
                s[4] = s[7] = '-';
                s[5] = (char)('0' + m / 10);
                s[6] = (char)('0' + m % 10);
                s[8] = (char)('0' + day / 10);
                s[9] = (char)('0' + day % 10);
                struct date d;
                if (!uni_parse_date((struct slice){s, 10}, &d))
                    continue;
                if (uni_date_days(d) != expected++)
                    fail_msg("%.10s", s);
            }
        }
    }
    assert_int_equal(expected - 1, uni_date_days((struct date){9999, 12, 31}));
}

static const char *format(
    void *state, const char *date, const char *pattern, const char *lang)
{
    struct date d;
    assert_true(uni_parse_date(slice_of(date), &d));
    return uni_format_date(state, d, slice_of(pattern), lang);
}

static void formats_by_pattern_and_language(void **state)
{
    static const struct {
        const char *date, *pattern, *lang, *text;
    } cases[] = {
        {"2025-12-04", "dd MMMM yyyy", "en", "04 December 2025"},
        {"2025-12-04", "d MMM yy", "en", "4 Dec 25"},
        {"2025-12-04", "EEEE d MMMM yyyy", "fr",
            "jeudi 4 d\xc3\xa9"
            "cembre 2025"},
        {"2025-12-04", "d. MMMM yyyy", "de-CH", "4. Dezember 2025"},
        {"2025-12-04", "LLLL", "ru",
            "\xd0\xb4\xd0\xb5\xd0\xba\xd0\xb0\xd0\xb1\xd1\x80\xd1\x8c"},
        {"2025-12-04", "yyyy'-W'ww", "en-GB", "2025-W49"},
        {"2025-12-04", "QQQ", "en", "Q4"},
        {"2025-12-04", "D", "en", "338"},
        {"2025-12-04", "d 'of' MMMM ''yy", "en", "4 of December '25"},
        {"2025-12-04", "yyyy-MM-dd", "", "2025-12-04"},
        /* Neither the Buddhist nor the Julian calendar. */
        {"2025-12-04", "yyyy", "th", "2025"},
        {"1582-10-10", "yyyy-MM-dd", "en", "1582-10-10"},
        {"1066-10-20", "yyyy-MM-dd", "en", "1066-10-20"},
        {"0001-01-01", "yyyy-MM-dd", "en", "0001-01-01"},
        {"9999-12-31", "yyyy-MM-dd", "en", "9999-12-31"},
        {"2025-12-04", "dd/MM/yyyy", "no such language", "04/12/2025"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text =
            format(*state, cases[i].date, cases[i].pattern, cases[i].lang);
        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
    assert_string_equal(format(*state, "2025-12-04", "yyyy", NULL), "2025");
}

static void refuses_times_and_unknown_letters(void **state)
{
    static const char *const wrong[] = {"", "HH:mm", "yyyy-MM-dd HH", "h a",
        "YYYY", "z", "dd MMMM yyyy 'at", "'", "''' ", "MMMMMMM", "jj", "S", "A",
        "u", "yyyy b", "2025", "'yyyy'"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (format(*state, "2025-12-04", wrong[i], "en"))
            fail_msg("%s", wrong[i]);
    assert_string_equal(
        format(*state, "2025-12-04", "'HH:mm' d", "en"), "HH:mm 4");
}

static void takes_no_notice_of_the_environment(void **state)
{
    assert_int_equal(setenv("TZ", "Pacific/Kiritimati", 1), 0);
    assert_int_equal(setenv("LC_ALL", "de_DE.UTF-8", 1), 0);
    tzset();
    uni_cleanup();
    assert_string_equal(
        format(*state, "2025-01-01", "d MMMM yyyy", "en"), "1 January 2025");
    unsetenv("TZ");
    unsetenv("LC_ALL");
    tzset();
}

static void formats_again(void **state)
{
    for (int i = 0; i < 3; i++) {
        assert_string_equal(
            format(*state, "2025-12-04", "d MMMM", "en"), "4 December");
        assert_string_equal(
            format(*state, "2025-11-03", "d MMMM", "en"), "3 November");
        assert_string_equal(
            format(*state, "2025-11-03", "d MMMM", "fr"), "3 novembre");
        assert_string_equal(
            format(*state, "2025-11-03", "MMMM", "fr"), "novembre");
    }
    char longest[300];
    memset(longest, '-', sizeof longest);
    longest[0] = 'd';
    const struct date d = {2025, 1, 2};
    const char *text =
        uni_format_date(*state, d, (struct slice){longest, 128}, "en");
    assert_int_equal(strlen(text), 128);
    assert_int_equal(text[0], '2');
    assert_null(uni_format_date(*state, d, (struct slice){longest, 129}, "en"));
}

static int tear_down(void **state)
{
    uni_cleanup();
    return tear_down_arena(state);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down)
    const struct CMUnitTest tests[] = {
        T(reads_exact_dates_only),
        T(counts_every_day_once),
        T(formats_by_pattern_and_language),
        T(refuses_times_and_unknown_letters),
        T(takes_no_notice_of_the_environment),
        T(formats_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
