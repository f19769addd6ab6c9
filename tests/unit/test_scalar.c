/* Bytes, characters and comments that are refused, and those that are not. */
#include "support_load.h"

#include <string.h>

/* Load n bytes: these messages. */
static void check_bytes(
    void **state, const char *yaml, size_t n, const char *said)
{
    struct load *l = new_load(*state);
    const struct node *root = load_bytes(l, yaml, n);
    assert_string_equal(short_messages(l), said);
    assert_int_equal(root == NULL, *said != '\0');
}

#define CHECK_BYTES(yaml, said) \
    check_bytes(state, (yaml), sizeof(yaml) - 1, (said))

static void refuses_other_encodings(void **state)
{
    CHECK_BYTES("a: \xc0\xaf\n",
        "1:4: the byte 0xC0 is not UTF-8 here [bad-encoding]\n");
    CHECK_BYTES("a: b\n# caf\xe9\n",
        "2:6: the byte 0xE9 is not UTF-8 here [bad-encoding]\n");
    CHECK_BYTES("a: \xed\xa0\x80\n",
        "1:4: the byte 0xED is not UTF-8 here [bad-encoding]\n");
    CHECK_BYTES(
        "a: \xf5", "1:4: the byte 0xF5 is not UTF-8 here [bad-encoding]\n");
    CHECK_BYTES(
        "a: \xe2\x82", "1:4: the byte 0xE2 is not UTF-8 here [bad-encoding]\n");
    CHECK_BYTES("\xff\xfe"
                "a\0:\0",
        "1:1: this is UTF-16, not UTF-8 [bad-encoding]\n");
    CHECK_BYTES(
        "\xfe\xff\0a\0:", "1:1: this is UTF-16, not UTF-8 [bad-encoding]\n");
    CHECK_BYTES("a\0:\0 \0", "1:1: this is UTF-16, not UTF-8 [bad-encoding]\n");
    CHECK_BYTES("\0a\0:", "1:1: this is UTF-16, not UTF-8 [bad-encoding]\n");
}

static void refuses_raw_characters(void **state)
{
    CHECK_BYTES("a: b\0c\n",
        "1:5: the character U+0000 may not stand in text [bad-character]\n");
    CHECK_BYTES("a: \x7f # \x1b\n",
        "1:4: the character U+007F may not stand in text [bad-character]\n"
        "1:8: the character U+001B may not stand in text [bad-character]\n");
    CHECK_BYTES("a: \xc2\x85\n",
        "1:4: the character U+0085 may not stand in text [bad-character]\n");
    CHECK_BYTES("a: \xef\xbf\xbe\n",
        "1:4: the character U+FFFE may not stand in text [bad-character]\n");
    CHECK_BYTES("a: \xf0\x9f\xbf\xbf\n",
        "1:4: the character U+1FFFF may not stand in text [bad-character]\n");
    /* it would end the comment, and what follows would be a key */
    CHECK_BYTES("# a\xe2\x80\xa8k: v\n",
        "1:4: the character U+2028 may not stand in text [bad-character]\n");
    CHECK_BYTES("\xef\xbb\xbf"
                "a: b\n\xef\xbb\xbf"
                "c: d\n",
        "2:1: the character U+FEFF may not stand in text [bad-character]\n");
    CHECK_BYTES("a: \xc2\xa0\xe2\x82\xac\xef\xbf\xbd\xf0\x9f\x98\x80\tb\n", "");
}

static void a_binary_file_is_told_briefly(void **state)
{
    char bytes[1000];
    memset(bytes, 1, sizeof bytes);
    struct load *l = new_load(*state);
    assert_null(load_bytes(l, bytes, sizeof bytes));
    assert_int_equal(diag_errors(l->d), 20);
}

static void refuses_escaped_characters(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l,
        "a: \"x\\0\"\nb: [\"\\x07\"]\nc: \"one\n\n  two \\uFFFE\"\n"
        "d: \"\\t\\n\\\\ \\u20AC\"\n\"\\e\": f\n");
    assert_string_equal(short_messages(l),
        "1:6: the character U+0000 may not stand in text [bad-character]\n"
        "2:6: the character U+0007 may not stand in text [bad-character]\n"
        "5:7: the character U+FFFE may not stand in text [bad-character]\n"
        "7:2: the character U+001B may not stand in text [bad-character]\n");
    /* what is refused is not handed on */
    assert_string_equal(dump_node(l, root),
        "!{\"a\": !\"\", \"b\": [!\"\"], \"c\": !\"\", "
        "\"d\": \"\t\n\\ \xe2\x82\xac\"}");
    assert_non_null(strstr(messages(l), "in b[0]\n"));
}

/* Each is a mapping whose value (or item) may have lost its end. */
static const struct {
    const char *yaml;
    const char *place; /* of the '#', or NULL: it is a comment */
} comments[] = {
    {"a: Issue #5\n", "1:10"},
    {"a: Issue # 5\n", "1:10"},
    {"a: Issue\t# 5\n", "1:10"},
    {"a: Issue  #5\n", "1:11"},
    {"a: Issue  # 5\n", NULL},
    {"a: Issue   #\n", NULL},
    {"a: Issue  #", NULL},
    {"a: Issue#5\n", NULL},
    {"a: C# and F#\n", NULL},
    {"a: one\n  two #5\n", "2:7"},
    {"a: one\n  two  # 5\n", NULL},
    {"a: one\n  #5\n", "2:3"},
    {"a: one\r\n  #5\r\n", "2:3"},
    {"a: one\n  # five\n", NULL},
    {"a: one\n#five\n", NULL},
    {"a:\n  b: one\n  #c: two\n", NULL},
    {"a:\n  - one\n  #- two\n", NULL},
    {"a: one\n\n  #five\n", NULL},
    {"a: #5\n", "1:4"},
    {"a: # five\n", NULL},
    {"a: #\n", NULL},
    {"a:  # five\n  - b\n", NULL},
    {"a: #five\n  - b\n", NULL},
    {"- # one\n  a: b\n- #5\n", "3:3"},
    {"- a\n- #\n", NULL},
    {"a: [b #5\n  ]\n", "1:7"},
    {"a: [b,  # one\n  c]  # two\n", NULL},
    {"a: {b: c #5\n  }\n", "1:10"},
    {"a: \"b\" # c\n", NULL},
    {"a: \"b\"#c\n", "1:7"},
    {"a: 'b #5'\n", NULL},
    {"a: |\n  b #5\n", NULL},
    {"a: | # b\n  c\n", NULL},
    {"? a #5\n", "1:5"},
};

static void refuses_doubtful_comments(void **state)
{
    for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
        struct load *l = new_load(*state);
        const char *place = comments[i].place;
        assert_non_null(load_string(l, comments[i].yaml));
        const char *want = "";
        if (place)
            want = arena_printf(l->a,
                "%s: this '#' starts a comment: what follows it is not read "
                "[comment-or-text]\n",
                place);
        assert_string_equal(short_messages(l), want);
    }
}

static void limits_texts_and_keys(void **state)
{
    struct load *l = new_load(*state);
    struct limits limits = *l->limits;
    limits.text = 5;
    limits.key = 3;
    l->limits = &limits;
    assert_non_null(load_string(l, "key: [12345, 123456]\n"));
    assert_string_equal(short_messages(l),
        "1:14: this text has 6 bytes, more than 5 [limit-text]\n");
    l = new_load(*state);
    l->limits = &limits;
    assert_non_null(load_string(l, "key: a\nkeys: b\n"));
    assert_string_equal(short_messages(l),
        "2:1: this key has 4 bytes, more than 3 [limit-key]\n");
    assert_non_null(strstr(messages(l), "hint: --limit key=N"));
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(refuses_other_encodings),
        TEST(refuses_raw_characters),
        TEST(a_binary_file_is_told_briefly),
        TEST(refuses_escaped_characters),
        TEST(refuses_doubtful_comments),
        TEST(limits_texts_and_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
