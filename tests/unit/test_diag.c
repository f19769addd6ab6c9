/* Tests of the messages: levels, counts, order and the printed form. */
#include "support_base.h"

#include "base/diag.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct files *files;
static struct diags *diags;

static int set_up(void **state)
{
    if (set_up_arena(state) != 0)
        return -1;
    files = files_new(*state);
    diags = diags_new(*state, files);
    return 0;
}

static struct pos at(uint32_t file, uint32_t off)
{
    return (struct pos){file, off};
}

/* What is printed, in the test's arena. */
static const char *print(void *state, struct diag_print how)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diag_print(diags, &how, out);
    fclose(out);
    const char *copy = arena_strndup(state, text, n);
    free(text);
    return copy;
}

static const char *print_short(void *state)
{
    return print(state, (struct diag_print){.format = DIAG_SHORT});
}

static const char *print_human(void *state)
{
    return print(state, (struct diag_print){.format = DIAG_HUMAN});
}

static void prints_place_line_caret_and_hints(void **state)
{
    uint32_t a = files_add_text(
        files, "a.yaml", SLICE("title: x\n  colums: 3\r\ntitle: y\n"));
    diag(diags, D_KEY_UNKNOWN, at(a, 11), "unknown key %s",
        diag_quote(diags, SLICE("colums")));
    diag_path(diags, "annexes[1].table");
    diag_hint(diags, "did you mean 'columns'?");
    diag(diags, D_YAML_DUPLICATE, at(a, 22), "title is given twice");
    diag_also(diags, at(a, 0), "first defined here");
    assert_string_equal(print_human(*state),
        "a.yaml:2:3: error: unknown key 'colums' [unknown-key]\n"
        "  in annexes[1].table\n"
        "      colums: 3\n"
        "      ^\n"
        "  hint: did you mean 'columns'?\n"
        "a.yaml:3:1: error: title is given twice [duplicate-key]\n"
        "    title: y\n"
        "    ^\n"
        "a.yaml:1:1: note: first defined here\n"
        "    title: x\n"
        "    ^\n");
    assert_string_equal(print_short(*state),
        "a.yaml:2:3: error: unknown key 'colums' [unknown-key]\n"
        "a.yaml:3:1: error: title is given twice [duplicate-key]\n");
}

static void sorts_by_file_and_place_and_drops_equal_ones(void **state)
{
    uint32_t a = files_add_text(files, "a", SLICE("1\n2\n3\n"));
    uint32_t b = files_add_text(files, "b", SLICE("1\n2\n3\n"));
    diag(diags, D_VALUE, at(b, 0), "one");
    diag(diags, D_VALUE, at(a, 4), "two");
    diag(diags, D_VALUE, at(a, 2), "three");
    diag(diags, D_VALUE, at(a, 4), "four");
    diag(diags, D_VALUE, at(a, 4), "two");
    diag_hint(diags, "to a message that is not printed again");
    diag(diags, D_TYPE, at(a, 4), "two");
    diag(diags, D_OUTPUT_FAILED, at(0, 0), "no room");
    assert_int_equal(diag_errors(diags), 6);
    assert_string_equal(print_short(*state),
        "rapporteur: error: no room [output-failed]\n"
        "a:2:1: error: three [bad-value]\n"
        "a:3:1: error: two [bad-value]\n"
        "a:3:1: error: four [bad-value]\n"
        "a:3:1: error: two [wrong-type]\n"
        "b:1:1: error: one [bad-value]\n");
    assert_null(strstr(print_human(*state), "hint"));
}

static void aligns_the_caret_below_tabs_and_wide_texts(void **state)
{
    static const char text[] = "\ta\t\xc3\xa9\x1b[0mx\n";
    uint32_t a = files_add_text(files, "a", slice_of(text));
    diag(diags, D_VALUE, at(a, 9), "wrong");
    /* A tab stays a tab; the escape is shown as four characters. */
    assert_string_equal(print_human(*state),
        "a:1:10: error: wrong [bad-value]\n"
        "    \ta\t\xc3\xa9\\x1b[0mx\n"
        "    \t \t        ^\n");
    /* Two columns, none, and one; then more than a line in escapes. */
    static const char wide[] = "\xe4\xb8\xad"
                               "e\xcc\x81x\n";
    uint32_t b = files_add_text(files, "b", slice_of(wide));
    diags = diags_new(*state, files);
    diag(diags, D_VALUE, at(b, 6), "wrong");
    assert_string_equal(strchr(print_human(*state), '\n') + 1,
        "    \xe4\xb8\xad"
        "e\xcc\x81x\n"
        "       ^\n");
    struct buf escapes = buf_new(*state);
    for (int i = 0; i < 40; i++)
        buf_puts(&escapes, "\x1b");
    buf_puts(&escapes, "x");
    uint32_t c =
        files_add_text(files, "c", (struct slice){escapes.s, escapes.n});
    diags = diags_new(*state, files);
    diag(diags, D_VALUE, at(c, 40), "wrong");
    const char *caret = strrchr(print_human(*state), '\n') - 1;
    assert_int_equal(caret[-165], '\n');
}

static void cuts_long_lines_around_the_caret(void **state)
{
    struct buf b = buf_new(*state);
    for (int i = 0; i < 1000; i++)
        buf_utf8(&b, 0xe9);
    uint32_t a = files_add_text(files, "a", (struct slice){b.s, b.n});
    diag(diags, D_VALUE, at(a, 1000), "wrong");
    const char *out = strchr(print_human(*state), '\n') + 1;
    struct buf want = buf_new(*state);
    buf_puts(&want, "    …");
    for (int i = 0; i < 100; i++)
        buf_utf8(&want, 0xe9);
    buf_printf(&want, "…\n%65s^\n", "");
    assert_string_equal(out, want.s);
}

static void frees_user_text_of_controls(void **state)
{
    uint32_t a = files_add_text(files, "a\x1b", SLICE("x\n"));
    diag(diags, D_VALUE, at(a, 0), "key %s",
        diag_quote(diags, SLICE("\x1b]0;x\x07\xc2\x85\xe2\x80\xae\xff\n\t")));
    diag_path(diags, "a\x1b[1m");
    diag_hint(diags, "\x9b\x7f");
    assert_string_equal(print_human(*state),
        "a\\x1b:1:1: error: key "
        "'\\x1b]0;x\\x07\\u0085\\u202e\\xff\\n\\t' [bad-value]\n"
        "  in a\\x1b[1m\n"
        "    x\n"
        "    ^\n"
        "  hint: \\x9b\\x7f\n");
}

static void cuts_long_texts(void **state)
{
    char text[5000];
    memset(text, 'a', sizeof text);
    const char *quoted = diag_quote(diags, (struct slice){text, sizeof text});
    assert_int_equal(strlen(quoted), 1 + 200 + strlen("…") + 1);
    assert_string_equal(diag_quote(diags, (struct slice){text, 3}), "'aaa'");
    diag(diags, D_VALUE, at(0, 0), "begin %.*s end", 1000, text);
    diag(diags, D_VALUE, at(0, 0), "%.*s", 5000, text);
    const char *out = print_short(*state);
    assert_non_null(strstr(out, "error: begin aaa"));
    assert_non_null(strstr(out, "aaa end [bad-value]"));
    assert_non_null(strstr(out, "aaa…aaa"));
    assert_true(strlen(out) < 500);
}

static void switches_levels(void **state)
{
    /* Whatever warnings and notes there are; errors cannot be lowered. */
    for (unsigned i = 0; i < D_COUNT; i++) {
        enum diag_id id = (enum diag_id)i;
        struct slice name = slice_of(diag_name(id));
        assert_true(*diag_text(id) && name.n > 2);
        diag(diags, id, at(0, 0), "message %u", i);
        unsigned errors = diag_errors(diags);
        if (diag_set_off(diags, name)) {
            assert_null(strstr(print_short(*state), "error: message"));
            assert_true(diag_set_level(diags, name, DIAG_NOTE));
            assert_int_equal(diag_warnings(diags), 0);
            assert_true(diag_set_level(diags, name, DIAG_WARNING));
            assert_int_equal(diag_warnings(diags), 1);
            assert_true(diag_set_level(diags, name, DIAG_ERROR));
            assert_int_equal(diag_errors(diags), errors + 1);
            assert_int_equal(diag_warnings(diags), 0);
            assert_true(diag_status(diags) != 0);
        } else {
            assert_false(diag_set_level(diags, name, DIAG_WARNING));
            assert_false(diag_set_level(diags, name, DIAG_NOTE));
            assert_true(diag_set_level(diags, name, DIAG_ERROR));
            assert_int_equal(errors, 1);
            assert_int_equal(diag_errors(diags), 1);
        }
        diags = diags_new(*state, files);
    }
    assert_false(diag_set_level(diags, SLICE("no-such-name"), DIAG_ERROR));
    assert_false(diag_set_off(diags, SLICE("")));
}

/* What a report says of a check holds, unless the command line says else. */
static void command_line_goes_first(void **state)
{
    (void)state;
    assert_true(diag_is_on(diags, D_ROW_UNPRINTED));
    assert_false(diag_is_on(diags, D_DATA_STALE));
    diag(diags, D_DATA_STALE, at(0, 0), "a");
    assert_int_equal(diag_warnings(diags), 0);
    diag_suggest(diags, D_DATA_STALE, DIAG_WARNING);
    assert_int_equal(diag_warnings(diags), 1);
    diag_suggest(diags, D_DATA_STALE, DIAG_ERROR);
    assert_int_equal(diag_errors(diags), 1);
    diag_suggest_off(diags, D_DATA_STALE);
    assert_int_equal(diag_errors(diags), 0);
    struct slice name = slice_of(diag_name(D_DATA_STALE));
    assert_true(diag_set_level(diags, name, DIAG_WARNING));
    diag_suggest_off(diags, D_DATA_STALE);
    diag_suggest(diags, D_DATA_STALE, DIAG_ERROR);
    assert_int_equal(diag_errors(diags), 0);
    assert_int_equal(diag_warnings(diags), 1);
    assert_true(diag_set_off(diags, name));
    diag_suggest(diags, D_DATA_STALE, DIAG_ERROR);
    assert_false(diag_is_on(diags, D_DATA_STALE));
}

static void strict_makes_warnings_errors(void **state)
{
    for (unsigned i = 0; i < D_COUNT; i++) {
        diags = diags_new(*state, files);
        diag(diags, (enum diag_id)i, at(0, 0), "x");
        unsigned both = diag_errors(diags) + diag_warnings(diags);
        diag_set_strict(diags);
        assert_int_equal(diag_errors(diags), both);
        assert_int_equal(diag_warnings(diags), 0);
    }
}

static void names_are_unique(void **state)
{
    (void)state;
    for (unsigned i = 0; i < D_COUNT; i++)
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(
                diag_name((enum diag_id)i), diag_name((enum diag_id)k));
}

static void gives_the_exit_status(void **state)
{
    (void)state;
    assert_int_equal(diag_status(diags), 0);
    diag(diags, D_LIMIT_DEPTH, at(0, 0), "too deep");
    assert_int_equal(diag_status(diags), 4);
    diag(diags, D_FILE_FAILED, at(0, 0), "unreadable");
    assert_int_equal(diag_status(diags), 3);
    diag(diags, D_VALUE, at(0, 0), "wrong");
    assert_int_equal(diag_status(diags), 1);
}

static void counts_what_it_leaves_out(void **state)
{
    uint32_t a = files_add_text(files, "a", SLICE("1\n2\n3\n"));
    for (unsigned i = 0; i < 6; i++)
        diag(diags, D_VALUE, at(a, i), "message %u", i);
    struct diag_print how = {.format = DIAG_SHORT, .most = 2};
    assert_string_equal(print(*state, how),
        "a:1:1: error: message 0 [bad-value]\n"
        "a:1:2: error: message 1 [bad-value]\n"
        "rapporteur: note: 4 more messages not shown\n");
    how.most = 5;
    assert_non_null(strstr(print(*state, how), ": 1 more message not shown"));
    how.most = 6;
    assert_null(strstr(print(*state, how), "more"));
}

static void keeps_its_head_in_a_flood(void **state)
{
    enum { FLOOD = 150000 };
    for (unsigned i = 0; i < FLOOD; i++) {
        diag(diags, D_VALUE, at(0, 0), "message %u", i);
        diag_hint(diags, "hint");
    }
    assert_int_equal(diag_errors(diags), FLOOD);
    assert_true(arena_size(*state) < 64 << 20);
    struct diag_print how = {.format = DIAG_SHORT, .most = 1};
    assert_string_equal(print(*state, how),
        "rapporteur: error: message 0 [bad-value]\n"
        "rapporteur: note: 149999 more messages not shown\n");
}

static void colours_only_when_asked(void **state)
{
    uint32_t a = files_add_text(files, "a", SLICE("x\n"));
    diag(diags, D_VALUE, at(a, 0), "wrong");
    diag_hint(diags, "right");
    assert_null(strchr(print_human(*state), '\033'));
    struct diag_print how = {.format = DIAG_HUMAN, .colour = true};
    assert_string_equal(print(*state, how),
        "\033[1ma:1:1: \033[0m\033[1;31merror: \033[0mwrong [bad-value]\n"
        "    x\n"
        "    \033[1;32m^\033[0m\n"
        "  \033[1mhint:\033[0m right\n");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(prints_place_line_caret_and_hints),
        T(sorts_by_file_and_place_and_drops_equal_ones),
        T(aligns_the_caret_below_tabs_and_wide_texts),
        T(cuts_long_lines_around_the_caret),
        T(frees_user_text_of_controls),
        T(cuts_long_texts),
        T(switches_levels),
        T(command_line_goes_first),
        T(strict_makes_warnings_errors),
        T(names_are_unique),
        T(gives_the_exit_status),
        T(counts_what_it_leaves_out),
        T(keeps_its_head_in_a_flood),
        T(colours_only_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
