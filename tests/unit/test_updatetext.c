/* Tests of writing an entry into the text of an update file. */
#include "support_base.h"

#include "verbs/update_int.h"

#include <string.h>

static struct arena *a;

static int begin(void **state)
{
    int failed = set_up_arena(state);
    a = *state;
    return failed;
}

static struct change_value STATUS[] = {{.column = {"status", 6},
    .to = {"approved", 8},
    .from = {"under study", 11},
    .has_from = true}};

/* A change of one row, with these values. */
static struct row_change change(struct change_value *values, size_t n)
{
    return (struct row_change){.what = RAP_CHANGE_SET,
        .date = SLICE("2026-01-15"),
        .source = SLICE("TSAG"),
        .dataset = SLICE("items"),
        .key = SLICE("wi-1"),
        .values = values,
        .n = n};
}

/* The file with the entry; "refused: why" if it cannot be had. */
static const char *append(const char *old, const struct row_change *c)
{
    struct limits limits;
    const char *why = NULL;
    limits_init(&limits);
    struct slice s = entry_append(a, &limits, slice_of(old), c, &why);
    return s.s ? s.s : arena_printf(a, "refused: %s", why);
}

static void quotes_what_yaml_would_read_otherwise(void **state)
{
    (void)state;
    static const char *const PLAIN[] = {"approved", "under study", "Y.4241",
        "SG20-TD1 (Gen)", "a/b_c", "Überblick – neu", "nothing", "yesterday",
        "e.g."};
    static const char *const QUOTED[] = {"", "yes", "No", "TRUE", "null", "~",
        "1.10", "31", "-3", "+1", ".5", "2026-01-15", "a: b", "a:b", "a #b",
        "#a", " a", "a ", "[a]", "{a}", "a,b", "*a", "&a", "!a", "%a", "@a",
        "`a", "'a'", "- a", "-", "?", "| a", "> a", "a=b", "<<"};
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        assert_string_equal(
            entry_scalar(a, slice_of(PLAIN[i]), false), PLAIN[i]);
    for (size_t i = 0; i < sizeof QUOTED / sizeof *QUOTED; i++)
        assert_string_equal(entry_scalar(a, slice_of(QUOTED[i]), false),
            arena_printf(a, "\"%s\"", QUOTED[i]));
    assert_string_equal(
        entry_scalar(a, SLICE("say \"no\""), false), "'say \"no\"'");
    assert_string_equal(entry_scalar(a, SLICE("it's \"C:\\\""), false),
        "\"it's \\\"C:\\\\\\\"\"");
    assert_string_equal(
        entry_scalar(a, SLICE("a\n\"b\"\tc"), false), "\"a\\n\\\"b\\\"\\tc\"");
    /* A column of numbers or dates has them without quotes. */
    assert_string_equal(entry_scalar(a, SLICE("31"), true), "31");
    assert_string_equal(
        entry_scalar(a, SLICE("2026-01-15"), true), "2026-01-15");
    assert_string_equal(entry_scalar(a, SLICE("-1.5"), true), "-1.5");
    assert_string_equal(entry_scalar(a, SLICE("no"), true), "\"no\"");
}

static void a_text_is_one_line(void **state)
{
    (void)state;
    assert_true(entry_allows(SLICE("a – b")));
    assert_true(entry_allows(SLICE("")));
    static const char *const REFUSED[] = {"a\nb", "a\tb", "\x1b[1m", "\x7f",
        "\xc2\x85", "\xff", "\xe2\x80\xa8", "\xef\xbb\xbf", "\xc0\x80"};
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++)
        assert_false(entry_allows(slice_of(REFUSED[i])));
}

static void a_new_file_has_the_entry_alone(void **state)
{
    (void)state;
    struct row_change c = change(STATUS, 1);
    assert_string_equal(append("", &c),
        "- date: 2026-01-15\n"
        "  source: TSAG\n"
        "  dataset: items\n"
        "  set:\n"
        "    wi-1:\n"
        "      status: {from: under study, to: approved}\n");
}

static void rows_are_added_and_removed(void **state)
{
    (void)state;
    struct change_value values[] = {
        {.column = SLICE("id"), .to = SLICE("wi-2")},
        {.column = SLICE("position"), .to = SLICE("3"), .typed = true},
        {.column = SLICE("title"), .to = SLICE("A: B")}};
    struct row_change c = change(values, 3);
    c.what = RAP_CHANGE_ADD;
    assert_string_equal(append("", &c),
        "- date: 2026-01-15\n"
        "  source: TSAG\n"
        "  dataset: items\n"
        "  add:\n"
        "    - id: wi-2\n"
        "      position: 3\n"
        "      title: \"A: B\"\n");
    c.what = RAP_CHANGE_REMOVE;
    c.key = SLICE("31");
    c.n = 0;
    assert_string_equal(append("", &c),
        "- date: 2026-01-15\n"
        "  source: TSAG\n"
        "  dataset: items\n"
        "  remove: [\"31\"]\n");
}

static void long_values_take_lines_of_their_own(void **state)
{
    (void)state;
    struct change_value title = {.column = SLICE("title"),
        .from = SLICE("Framework and requirements of things"),
        .to = SLICE("Framework and requirements of many things"),
        .has_from = true};
    struct row_change c = change(&title, 1);
    assert_non_null(strstr(append("", &c),
        "      title:\n"
        "        from: Framework and requirements of things\n"
        "        to: Framework and requirements of many things\n"));
}

#define ENTRY \
    "date: 2026-01-15\n" \
    "  source: TSAG\n" \
    "  dataset: items\n" \
    "  set:\n" \
    "    wi-1:\n" \
    "      status: {from: under study, to: approved}\n"

/* What is added to a file of that text, which must stay as it is. */
static const char *added(const char *old, const struct row_change *c)
{
    const char *now = append(old, c);
    if (strncmp(now, old, strlen(old)) != 0)
        fail_msg("%s became %s", old, now);
    return now + strlen(old);
}

static void comments_and_layout_stay(void **state)
{
    (void)state;
    struct row_change c = change(STATUS, 1);
    assert_string_equal(added("# yaml-language-server: x\n"
                              "- date: 2026-01-02  # a day\n"
                              "  dataset: items\n"
                              "  remove: [ 'a',  b ]  # both\n"
                              "# the end\n",
                            &c),
        "- " ENTRY);
    /* Without the last line end; with a byte order mark. */
    assert_string_equal(
        added("- {date: 2026-01-02, dataset: i, remove: [a]}", &c),
        "\n- " ENTRY);
    assert_string_equal(
        added("\xef\xbb\xbf- date: 2026-01-02\n  remove: [a]\n", &c),
        "- " ENTRY);
    assert_string_equal(added("- a: 1  # no end", &c), "\n- " ENTRY);
    assert_string_equal(added("---\n- a: 1\n", &c), "- " ENTRY);
    /* A text block that ends the file keeps its last line. */
    assert_string_equal(added("- a: |\n    text\n\n", &c), "- " ENTRY);
    assert_string_equal(added("- a: |+\n    text\n\n", &c), "- " ENTRY);
}

static void the_entry_is_laid_out_as_the_others(void **state)
{
    (void)state;
    struct row_change c = change(STATUS, 1);
    assert_string_equal(added("  -   date: 2026-01-02\n"
                              "      set:\n"
                              "         a:\n"
                              "            b: c\n",
                            &c),
        "  -   date: 2026-01-15\n"
        "      source: TSAG\n"
        "      dataset: items\n"
        "      set:\n"
        "         wi-1:\n"
        "            status: {from: under study, to: approved}\n");
    /* An empty line between entries, if there are some. */
    assert_string_equal(
        added("- a: 1\n\n# second\n- a: 2\n", &c), "\n- " ENTRY);
    assert_string_equal(added("- a: 1\n\n- a: 2\n\n", &c), "- " ENTRY);
    assert_string_equal(added("- a: 1\n- a: 2\n", &c), "- " ENTRY);
}

static void line_ends_are_those_of_the_file(void **state)
{
    (void)state;
    struct row_change c = change(STATUS, 1);
    const char *s = added("- a: 1\r\n\r\n- a: 2\r\n", &c);
    assert_string_equal(s,
        "\r\n- date: 2026-01-15\r\n  source: TSAG\r\n  dataset: items\r\n"
        "  set:\r\n    wi-1:\r\n"
        "      status: {from: under study, to: approved}\r\n");
    assert_true(strncmp(added("- a: 1\r\n- a: 2", &c), "\r\n- ", 4) == 0);
}

static void other_forms_are_refused_with_a_hint(void **state)
{
    (void)state;
    struct row_change c = change(STATUS, 1);
    static const struct {
        const char *old, *why;
    } CASES[] = {{"[{a: 1}]\n", "before each entry"}, {"[]\n", "before each"},
        {"a: 1\n", "make it a list"}, {"text\n", "before each entry"},
        {"- a: 1\n...\n", "after the last entry"},
        {"- a: 1\n--- \n", "has errors"}, {"- a: [\n", "has errors"},
        {"- a: 1\n- a: 1\n  a: 2\n", "has errors"},
        /* More text would be part of the last one. */
        {"- a: |\n    text", "after the last entry"},
        {"# only this\n", "before each entry"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *now = append(CASES[i].old, &c);
        if (strncmp(now, "refused: ", 9) != 0 || !strstr(now, CASES[i].why))
            fail_msg("%s gives %s", CASES[i].old, now);
    }
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(quotes_what_yaml_would_read_otherwise), TEST(a_text_is_one_line),
        TEST(a_new_file_has_the_entry_alone), TEST(rows_are_added_and_removed),
        TEST(long_values_take_lines_of_their_own),
        TEST(comments_and_layout_stay),
        TEST(the_entry_is_laid_out_as_the_others),
        TEST(line_ends_are_those_of_the_file),
        TEST(other_forms_are_refused_with_a_hint)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
