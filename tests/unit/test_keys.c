/* The reader of typed keys: what it takes, what it says. */
#include "support_model.h"

#include "model/keys_int.h"

#include <string.h>

static const char *const NAMES[] = {"start", "centre", "end", NULL};
static const struct type TEXT = {.kind = TYPE_TEXT};
static const struct type WORD = {.kind = TYPE_WORD, .flags = TYPE_SOME};
static const struct type ID = {.kind = TYPE_ID};
static const struct type BOOL = {.kind = TYPE_BOOL};
static const struct type ONLY_TRUE = {.kind = TYPE_TRUE};
static const struct type INT = {.kind = TYPE_INT, .min = 1, .max = 10};
static const struct type LENGTH = {
    .kind = TYPE_LENGTH, .min = 0, .max = PT(100)};
static const struct type WIDTH = {.kind = TYPE_WIDTH};
static const struct type COLOUR = {.kind = TYPE_COLOUR};
static const struct type FILL = {.kind = TYPE_COLOUR, .flags = TYPE_NONE};
static const struct type DATE = {.kind = TYPE_DATE};
static const struct type ALIGN = {.kind = TYPE_ENUM, .names = NAMES};
static const struct type TAG = {.kind = TYPE_LANGUAGE};
static const struct type PATTERN = {.kind = TYPE_PATTERN};
static const struct type WORDS = {.kind = TYPE_LIST, .item = &WORD};
static const struct type *const FORMS[] = {&WORD, &WORDS, NULL};
static const struct type EITHER = {.kind = TYPE_ONE_OF, .forms = FORMS};

struct record {
    struct text *text;
    struct slice word, id, tag, pattern, either;
    bool yes, given, filled;
    int32_t count;
    rlen length;
    struct column column;
    struct colour colour, fill;
    struct date date;
    uint8_t align;
};

static const struct key LIST[] = {
    KEY("text", &TEXT, "", AT(struct record, text)),
    KEY("word", &WORD, "", AT(struct record, word)),
    KEY("id", &ID, "", AT(struct record, id)),
    KEY("switch", &BOOL, "", AT(struct record, yes)),
    KEY("once", &ONLY_TRUE, "", .offset = 0),
    KEY("count", &INT, "", AT(struct record, count)),
    KEY("length", &LENGTH, "", AT(struct record, length)),
    KEY("width", &WIDTH, "", AT(struct record, column)),
    KEY("colour", &COLOUR, "", AT(struct record, colour)),
    KEY("fill", &FILL, "", AT(struct record, fill),
        .given = offsetof(struct record, filled)),
    KEY("date", &DATE, "", AT(struct record, date)),
    KEY("align", &ALIGN, "", AT(struct record, align),
        .given = offsetof(struct record, given)),
    KEY("tag", &TAG, "", AT(struct record, tag)),
    KEY("pattern", &PATTERN, "", AT(struct record, pattern)),
    KEY("either", &EITHER, "", AT(struct record, either))};
static const struct keys KEYS = {
    .what = "a record", .list = LIST, .n = COUNT_OF(LIST)};

static const struct key NEEDED[] = {
    KEY("title", &WORD, "", .offset = 0, .required = true),
    KEY("source", &WORD, "", .offset = 0, .required = true)};
static const struct keys NEEDS = {
    .what = "a record", .list = NEEDED, .n = COUNT_OF(NEEDED)};

static const struct key CHOICE[] = {KEY("one", &WORD, "", .offset = 0),
    KEY("two", &WORD, "", .offset = 0), KEY("beside", &WORD, "", .offset = 0)};
static const struct keys CHOOSES = {.what = "a record",
    .list = CHOICE,
    .n = COUNT_OF(CHOICE),
    .choice = 2,
    .exclusive = true};

/* Read a mapping by a table; its record. */
static struct record read_map(
    struct load *l, const struct keys *k, const char *yaml)
{
    struct reader r = {.l = l};
    struct record out = {.count = -1};
    keys_read(&r, k, load_string(l, yaml), &out);
    return out;
}

/* What is said of a mapping. */
static const char *said(struct arena *a, const struct keys *k, const char *yaml)
{
    struct load *l = new_load(a);
    read_map(l, k, yaml);
    return short_messages(l);
}

static void test_values(void **state)
{
    struct load *l = new_load(*state);
    struct record r = read_map(l, &KEYS,
        "text: No\nword: 1.10\nid: a-1\nswitch: true\nonce: true\ncount: 10\n"
        "length: 1in\nwidth: 1.5fr\ncolour: '#1a2B3c'\nfill: none\n"
        "date: 2024-02-29\nalign: end\ntag: pt-BR\npattern: d MMMM\n"
        "either: x\n");
    assert_messages(l, "");
    assert_slice(r.text->s, "No");
    assert_slice(r.word, "1.10");
    assert_slice(r.id, "a-1");
    assert_true(r.yes);
    assert_int_equal(r.count, 10);
    assert_int_equal(r.length, PT(72));
    assert_int_equal(r.column.width_kind, WIDTH_SHARE);
    assert_int_equal(r.column.share, 1500);
    assert_int_equal(r.colour.r, 0x1a);
    assert_int_equal(r.colour.g, 0x2b);
    assert_int_equal(r.colour.b, 0x3c);
    assert_false(r.filled);
    assert_int_equal(r.date.day, 29);
    assert_int_equal(r.align, 2);
    assert_true(r.given);
    assert_slice(r.either, "x");
}

static void test_widths(void **state)
{
    static const struct {
        const char *text;
        int kind;
        int32_t value;
    } CASES[] = {{"auto", WIDTH_AUTO, 0}, {"1fr", WIDTH_SHARE, 1000},
        {"0.125fr", WIDTH_SHARE, 125}, {"1000fr", WIDTH_SHARE, 1000000},
        {"25.4mm", WIDTH_FIXED, PT(72)}};
    static const char *const BAD[] = {"0fr", "fr", "1.fr", ".5fr", "1.2345fr",
        "-1fr", "1001fr", "0mm", "16", "1e3fr", "99999999999fr", "1.2.3fr"};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct load *l = new_load(*state);
        struct record r = read_map(
            l, &KEYS, arena_printf(*state, "width: %s\n", CASES[i].text));
        assert_messages(l, "");
        assert_int_equal(r.column.width_kind, CASES[i].kind);
        int32_t have = r.column.width_kind == WIDTH_FIXED ? r.column.width
                                                          : r.column.share;
        assert_int_equal(have, CASES[i].value);
    }
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        const char *text =
            said(*state, &KEYS, arena_printf(*state, "width: %s\n", BAD[i]));
        assert_non_null(strstr(text, "[bad-value]"));
    }
}

static void test_refused(void **state)
{
    static const char *const CASES[][2] = {
        {"switch: yes", "'switch' cannot be 'yes': true or false [bad-value]"},
        {"once: false",
            "'once' cannot be 'false': only true, or leave the key "
            "out [bad-value]"},
        {"count: 11",
            "'count' cannot be '11': a whole number from 1 to 10 "
            "[bad-value]"},
        {"count: 99999999999999999999", "a whole number from 1 to 10"},
        {"count: 1e999", "a whole number from 1 to 10"},
        {"length: 101pt",
            "a length such as 16mm or 12pt, from 0pt to 100pt "
            "[bad-value]"},
        {"length: -1pt", "from 0pt to 100pt [bad-value]"},
        {"length: .inf", "[bad-value]"},
        {"colour: none", "a colour such as \"#1a2b3c\" [bad-value]"},
        {"colour: '#1a2b3'", "[bad-value]"},
        {"colour: '#1a2b3g'", "[bad-value]"},
        {"date: 2025-02-29", "a date, year-month-day as in 2025-12-04"},
        {"align: left", "'align' cannot be 'left': start, centre or end"},
        {"id: A",
            "'id' cannot be 'A': small letters, digits and hyphens, a "
            "letter first [bad-id]"},
        {"id: 1a", "[bad-id]"},
        {"tag: xx-", "[unknown-language]"},
        {"pattern: HH:mm", "[bad-date-pattern]"},
        {"word: ", "'word' has no value [wrong-type]"},
        {"count: ", "'count' has no value [wrong-type]"},
        {"word: [a]", "'word' wants a text, has a list [wrong-type]"},
        {"count: {}", "'count' wants a number, has a mapping [wrong-type]"},
        {"either: {}",
            "'either' wants a text or a list, has a mapping [wrong-type]"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const char *text =
            said(*state, &KEYS, arena_printf(*state, "%s\n", CASES[i][0]));
        if (!strstr(text, CASES[i][1]))
            fail_msg("%s: %s", CASES[i][0], text);
        assert_null(strchr(strchr(text, '\n') + 1, '\n'));
    }
}

static void test_hints(void **state)
{
    static const char *const CASES[][2] = {
        {"date: 4.12.2025", "write 2025-12-04"},
        {"date: 04. 12. 2025", "write 2025-12-04"},
        {"date: 2025-12-4", "write 2025-12-04"},
        {"date: 2025/12/04", "write 2025-12-04"},
        {"WORD: x", "did you mean 'word'?"},
        {"length: 16", "a unit is missing"},
        {"length: '2,5cm'", "write 2.5cm\n"},
        {"align: right", "did you mean 'end'?"},
        {"align: center", "did you mean 'centre'?"},
        {"wrod: x", "did you mean 'word'?"},
        {"word: [a]", "a text that begins with '[' stands in quotes"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct load *l = new_load(*state);
        read_map(l, &KEYS, arena_printf(*state, "%s\n", CASES[i][0]));
        if (!strstr(messages(l), CASES[i][1]))
            fail_msg("%s: %s", CASES[i][0], messages(l));
    }
    static const char *const NO_DATES[] = {"31.13.2025", "2025-02-30",
        "12/04/2025", "04-12-2025", "2025-12/04", "1.2.3"};
    for (size_t i = 0; i < COUNT_OF(NO_DATES); i++) {
        struct load *l = new_load(*state);
        read_map(l, &KEYS, arena_printf(*state, "date: %s\n", NO_DATES[i]));
        assert_null(strstr(messages(l), "write"));
    }
}

/* Every mistake in one run, but none twice. */
static void test_keys(void **state)
{
    assert_string_equal(said(*state, &NEEDS, "{}\n"),
        "1:1: a record needs 'title' [missing-key]\n"
        "1:1: a record needs 'source' [missing-key]\n");
    assert_string_equal(said(*state, &NEEDS, "titel: a\nx: b\n"),
        "1:1: unknown key 'titel' in a record [unknown-key]\n"
        "1:1: a record needs 'source' [missing-key]\n"
        "2:1: unknown key 'x' in a record [unknown-key]\n");
    assert_string_equal(said(*state, &NEEDS, "title: []\nsource: \n"),
        "1:8: 'title' wants a text, has a list [wrong-type]\n"
        "2:8: 'source' has no value [wrong-type]\n");
    assert_string_equal(said(*state, &CHOOSES, "one: a\nbeside: b\n"), "");
    assert_string_equal(said(*state, &CHOOSES, "beside: b\n"),
        "1:1: a record needs one or two [missing-key]\n");
    assert_string_equal(said(*state, &CHOOSES, "onne: b\n"),
        "1:1: unknown key 'onne' in a record [unknown-key]\n");
    assert_string_equal(said(*state, &CHOOSES, "two: b\none: a\n"),
        "2:1: a record has either 'two' or 'one', not both "
        "[conflicting-keys]\n");
}

/* What load found bad is neither used nor spoken of again. */
static void test_silent(void **state)
{
    struct load *l = new_load(*state);
    struct node *map = load_string(l, "title: []\nsource: x\n");
    map->items[0]->bad = true;
    struct reader r = {.l = l};
    struct slice out = {0};
    keys_read(&r, &NEEDS, map, &out);
    assert_messages(l, "");
    struct node *whole = load_string(l, "nonsense: x\n");
    whole->bad = true;
    keys_read(&r, &NEEDS, whole, &out);
    assert_messages(l, "");
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_values),
        TEST(test_widths),
        TEST(test_refused),
        TEST(test_hints),
        TEST(test_keys),
        TEST(test_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
