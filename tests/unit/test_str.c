/* Tests of slices, buffers, hashing, UTF-8 and near misses. */
#include "support_base.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static void compares_slices(void **state)
{
    (void)state;
    assert_true(slice_is(SLICE("abc"), "abc"));
    assert_false(slice_is(SLICE("abc"), "abcd"));
    assert_false(slice_is(SLICE("abc"), "abd"));
    assert_true(slice_eq(slice_of(NULL), slice_of("")));
    assert_false(slice_eq(SLICE("a\0b"), SLICE("a\0c")));
    assert_true(slice_ends(SLICE("list.CSV"), ".csv"));
    assert_false(slice_ends(SLICE("csv"), ".csv"));
    assert_int_equal(slice_compare(SLICE("ab"), SLICE("ab")), 0);
    assert_int_equal(slice_compare(slice_of(NULL), slice_of("")), 0);
    assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
    assert_true(slice_compare(SLICE("b"), SLICE("abc")) > 0);
    assert_true(slice_compare(SLICE("\x7f"), SLICE("\xc3\xa9")) < 0);
}

static void buffers_grow(void **state)
{
    struct buf b = buf_new(*state);
    assert_int_equal(b.n, 0);
    buf_put(&b, NULL, 0);
    assert_string_equal(b.s, "");
    for (int i = 0; i < 1000; i++) {
        buf_printf(&b, "%d,", i);
        buf_putc(&b, '.');
    }
    buf_puts(&b, "end");
    buf_utf8(&b, 0x20ac);
    assert_int_equal(strlen(b.s), b.n);
    assert_memory_equal(b.s, "0,.1,.2,.", 9);
    assert_string_equal(b.s + b.n - 10, "99,.end\xe2\x82\xac");
    buf_put(&b, "x\0y", 3);
    assert_memory_equal(b.s + b.n - 3, "x\0y", 4);
    buf_printf(&b, "%3000d", 5);
    assert_int_equal(b.s[b.n - 1], '5');
    assert_int_equal(b.s[b.n], 0);
}

static int compare_hashes(const void *x, const void *y)
{
    uint64_t a, b;
    memcpy(&a, x, sizeof a);
    memcpy(&b, y, sizeof b);
    return a < b ? -1 : a > b;
}

static void hashes_spread(void **state)
{
    enum { COUNT = 20000, SLOTS = 1 << 14 };
    uint64_t *hashes = ARENA_ARRAY(*state, COUNT, uint64_t);
    unsigned *slots = ARENA_ARRAY(*state, SLOTS, unsigned);
    unsigned fullest = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        const char *key = arena_printf(*state, "question-%u", i);
        hashes[i] = str_hash(key, strlen(key), 0);
        unsigned *slot = &slots[hashes[i] % SLOTS];
        if (++*slot > fullest)
            fullest = *slot;
    }
    assert_true(fullest < 12);
    qsort(hashes, COUNT, sizeof *hashes, compare_hashes);
    for (unsigned i = 1; i < COUNT; i++)
        assert_true(hashes[i] != hashes[i - 1]);
    assert_true(str_hash("abc", 3, 1) != str_hash("abc", 3, 2));
    assert_true(str_hash("abc", 3, 1) == str_hash("abcd", 3, 1));
    assert_true(str_hash("a\0", 2, 1) != str_hash("a", 1, 1));
    assert_true(str_hash("", 0, 1) != str_hash("\0", 1, 1));
}

static void decodes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        char s[4];
        uint32_t back = 0;
        size_t n = utf8_encode(cp, s);
        if (cp >= 0xd800 && cp < 0xe000) {
            assert_int_equal(utf8_decode(s, n, &back), 0);
            continue;
        }
        if (utf8_decode(s, n, &back) != n || back != cp || n > 4 ||
            utf8_valid(s, n) != n || utf8_count(s, n) != 1)
            fail_msg("U+%04X", (unsigned)cp);
        for (size_t cut = 1; cut < n; cut++)
            if (utf8_decode(s, cut, &back) || utf8_valid(s, cut))
                fail_msg("U+%04X cut", (unsigned)cp);
    }
}

static void refuses_bad_utf8(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf",
        "\xc3\x28", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xe2\x28\xa1", "\xe2\x82\x28", "\xf0\x80\x80\xaf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe",
        "\xff", "\xf8\x88\x80\x80\x80", "\xf0\x9f\x98"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t n = strlen(wrong[i]);
        uint32_t cp = 7;
        assert_int_equal(utf8_decode(wrong[i], n, &cp), 0);
        for (size_t before = 0; before < 20; before++) {
            char text[64];
            memset(text, 'a', sizeof text);
            memcpy(text + before, wrong[i], n);
            assert_int_equal(utf8_valid(text, 40), before);
        }
    }
    assert_int_equal(utf8_valid("", 0), 0);
    assert_int_equal(utf8_valid("a\xc3\xa9z", 4), 4);
    assert_int_equal(
        utf8_count("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 10), 4);
}

static void allows_text_only(void **state)
{
    (void)state;
    static const uint32_t wrong[] = {0, 1, 8, 0xb, 0xc, 0xd, 0x1b, 0x1f, 0x7f,
        0x80, 0x85, 0x9f, 0xd800, 0xdfff, 0xfdd0, 0xfdef, 0xfffe, 0xffff,
        0x2028, 0x2029, 0xfeff, 0xe0001, 0xe0041, 0xe007f, 0x1fffe, 0x10ffff,
        0x110000};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(utf8_allowed(wrong[i]));
    static const uint32_t right[] = {'\t', '\n', ' ', '~', 0xa0, 0xad, 0xd7ff,
        0xe000, 0xfdcf, 0xfdf0, 0xfffd, 0xe0100, 0x10000, 0x10fffd, 0x202e};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(utf8_allowed(right[i]));
}

static void makes_any_bytes_readable(void **state)
{
    struct buf b = buf_new(*state);
    buf_readable(&b, SLICE("a\x1b[2J\n\t\xc2\x9b\xff\xc3\xa9\xc3"));
    buf_putc(&b, '\0');
    assert_string_equal(b.s,
        "a\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
        "\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd");
}

static void finds_the_name_meant(void **state)
{
    (void)state;
    static const char *const names[] = {"columns", "caption", "title", "to",
        "from", "status-date", "rows", "row", "id", NULL};
    assert_string_equal(str_nearest(SLICE("colums"), names), "columns");
    assert_string_equal(str_nearest(SLICE("Title"), names), "title");
    assert_string_equal(
        str_nearest(SLICE("STATUS_DATE"), names), "status-date");
    assert_string_equal(str_nearest(SLICE("tilte"), names), "title");
    assert_string_equal(str_nearest(SLICE("FORM"), names), "from");
    assert_string_equal(str_nearest(SLICE("form"), names), "from");
    assert_string_equal(str_nearest(SLICE("di"), names), "id");
    assert_string_equal(str_nearest(SLICE("statusdate"), names), "status-date");
    assert_string_equal(str_nearest(SLICE("rowz"), names), "rows");
    assert_string_equal(str_nearest(SLICE("title"), names), "title");
    assert_null(str_nearest(SLICE("picture"), names));
    assert_null(str_nearest(SLICE("x"), names));
    assert_null(str_nearest(SLICE(""), names));
    char longest[100];
    memset(longest, 'a', sizeof longest);
    assert_null(str_nearest((struct slice){longest, sizeof longest}, names));
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(compares_slices),
        T(buffers_grow),
        T(hashes_spread),
        T(decodes_every_code_point),
        T(refuses_bad_utf8),
        T(allows_text_only),
        T(makes_any_bytes_readable),
        T(finds_the_name_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
