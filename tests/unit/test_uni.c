/* Tests of what is asked of ICU about characters, languages, normal forms. */
#include "support_base.h"

#include "base/uni.h"

static void knows_languages(void **state)
{
    (void)state;
    static const char *const right[] = {"en", "fr", "en-GB", "zh-Hans", "ar",
        "sr-Latn-RS", "de-CH-1996", "tlh", "EN", "es-419", "en-x-draft"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(uni_lang_known(slice_of(right[i])));
    static const char *const wrong[] = {"", "e", "english", "en_GB", "en-",
        "-en", "en--GB", "xx", "qqq", "en GB", "en\n", "\xc3\xa9n", "en-GB-",
        "12", "x-draft", "en@calendar=buddhist", "en.UTF-8"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (uni_lang_known(slice_of(wrong[i])))
            fail_msg("%s", wrong[i]);
    char longest[300];
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = i % 3 == 2 ? '-' : 'e';
    assert_false(uni_lang_known((struct slice){longest, sizeof longest}));
    assert_true(uni_lang_known((struct slice){"en-GBx", 5}));
}

static void tells_right_to_left(void **state)
{
    (void)state;
    static const uint32_t rtl[] = {
        0x5d0, 0x627, 0x202b, 0x202e, 0x2067, 0x200f, 0x10800, 0x1e900};
    for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++)
        assert_true(uni_is_rtl(rtl[i]));
    static const uint32_t ltr[] = {'a', ' ', '(', 0xe9, 0x4e00, 0x202a, 0x2066,
        0x660, 0x200e, 0x2069, 0x10ffff};
    for (size_t i = 0; i < sizeof ltr / sizeof *ltr; i++)
        assert_false(uni_is_rtl(ltr[i]));
}

#define TAG(a, b, c, d) \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

static void names_scripts(void **state)
{
    (void)state;
    assert_int_equal(uni_script('a'), TAG('L', 'a', 't', 'n'));
    assert_int_equal(uni_script(0x3b1), TAG('G', 'r', 'e', 'k'));
    assert_int_equal(uni_script(0x4e00), TAG('H', 'a', 'n', 'i'));
    assert_int_equal(uni_script('1'), TAG('Z', 'y', 'y', 'y'));
    assert_int_equal(uni_script(0x301), TAG('Z', 'i', 'n', 'h'));
    assert_int_equal(uni_script(0x10ffff), TAG('Z', 'z', 'z', 'z'));
}

static void tells_marks(void **state)
{
    (void)state;
    static const uint32_t marks[] = {0x300, 0x301, 0x20dd, 0x64b, 0x93f, 0x200d,
        0x200c, 0xfe0f, 0x1f3fb, 0x903};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!uni_is_mark(marks[i]))
            fail_msg("U+%04X", (unsigned)marks[i]);
    static const uint32_t others[] = {'a', '^', 0xa8, 0xb4, 0x2c6, 0xe9, 0x3b1,
        0x2019, 0x200b, 0x4e00, 0x1f600};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (uni_is_mark(others[i]))
            fail_msg("U+%04X", (unsigned)others[i]);
}

static void counts_columns(void **state)
{
    (void)state;
    assert_int_equal(uni_columns('a'), 1);
    assert_int_equal(uni_columns(0xe9), 1);
    assert_int_equal(uni_columns(0x628), 1);
    assert_int_equal(uni_columns(0x903), 1);
    assert_int_equal(uni_columns(0x301), 0);
    assert_int_equal(uni_columns(0x4e00), 2);
    assert_int_equal(uni_columns(0xff01), 2);
    assert_int_equal(uni_columns(0x1f600), 2);
}

static void names_characters(void **state)
{
    assert_string_equal(uni_name(*state, 0x628), "ARABIC LETTER BEH");
    assert_string_equal(uni_name(*state, 'A'), "LATIN CAPITAL LETTER A");
    assert_string_equal(uni_name(*state, 0x4e00), "CJK UNIFIED IDEOGRAPH-4E00");
    assert_string_equal(uni_name(*state, 7), "");
    assert_string_equal(uni_name(*state, 0x10ffff), "");
}

static void normalizes(void **state)
{
    static const struct {
        const char *from, *to;
    } cases[] = {{"e\xcc\x81", "\xc3\xa9"}, {"\xe2\x84\xab", "\xc3\x85"},
        {"a\xcc\xa3\xcc\x82"
         "z",
            "\xe1\xba\xad"
            "z"},
        {"\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80"},
        /* A composition exclusion grows: U+1D160. */
        {"\xf0\x9d\x85\xa0",
            "\xf0\x9d\x85\x98\xf0\x9d\x85\xa5\xf0\x9d\x85\xae"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice out = uni_nfc(*state, slice_of(cases[i].from));
        assert_true(slice_is(out, cases[i].to));
    }
    static const char *const same[] = {"", "plain", "\xc3\xa9t\xc3\xa9",
        "\xe2\x80\x93", "\xce\xb1", "q\xcc\x81", "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct slice s = slice_of(same[i]);
        struct slice out = uni_nfc(*state, s);
        assert_ptr_equal(out.s, s.s);
        assert_int_equal(out.n, s.n);
    }
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
        T(knows_languages),
        T(tells_right_to_left),
        T(names_scripts),
        T(tells_marks),
        T(names_characters),
        T(counts_columns),
        T(normalizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
