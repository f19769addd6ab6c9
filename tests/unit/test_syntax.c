/* What is said about YAML that cannot be read. */
#include "support_load.h"

#include <string.h>

/* The place and a part of the message or its hint. */
static const struct {
    const char *yaml;
    const char *place;
    const char *words;
} faults[] = {
    {"title: Foo: bar\n", "1:11", "in quotes: it contains ': '\n"},
    {"a: b\n  c: d\n", "2:4", "if this is a key, indent it"},
    {"{a: b: c}\n", "1:6", "in quotes: it contains ': '"},
    {"a: 1\nfoo bar\nb: 2\n", "2:1", "': ' is missing"},
    {"a: 1\nfoo #5: bar\nb: 2\n", "2:1", "' #' starts a comment"},
    {"a: 1\ntitle:Costs\nb: 2\n", "2:7", "missing after 'title:'"},
    {"- title:Costs\n\n  b: c\n", "1:9", "write 'title: ' before"},
    {"- http://x\n  b: c\n", "2:4", "if this is a key, indent it"},
    {"a:\n\tb: c\n", "2:1", "indent with blanks"},
    {"a: b\n\tc: d\n", "2:1", "indent with blanks"},
    {"a: |\n\tb\n", "2:1", "indent with blanks"},
    {"a: \"x\nb: c\n", "1:4", "this quote is not closed"},
    {"a: 'x\nb: c\n", "1:4", "this quote is not closed"},
    {"a: 'it's'\n", "1:8", "within single quotes write ''"},
    {"a: \"x\"y\"\n", "1:7", "within double quotes write \\\""},
    {"a: \"x\" y\n", "1:8", "put the whole text in quotes"},
    {"a: \"x\nb: c\nd: \"e\"\n", "3:5", ":1:4: note: the quote opens here"},
    {"a: b\n\xc2\xa0\xc2\xa0"
     "c: d\n  e: f\n",
        "2:1", "a no-break space in the indentation"},
    {"a: \"\\q\"\n", "1:5", "write \\\\ for a backslash"},
    {"a: \"\\ud800\"\n", "1:7", "this is no escape"},
    {"a: @b\n", "1:4", "starts with '@'"},
    {"a: `b\n", "1:4", "starts with '`'"},
    {"a: %b\n", "1:4", "starts with '%'"},
    {"%b c\n", "1:1", "starts with '%'"},
    {"a: &-\xc3\xa9\n", "1:4", "starts with '&'"},
    {"a: **b** c\n", "1:4", "starts with '*'"},
    {"a: *b* c\n", "1:4", "starts with '*'"},
    {"a: !<b c\n", "1:4", "starts with '!'"},
    {"a: !b!c d\n", "1:4", "starts with '!'"},
    {"a: | b\n", "1:4", "starts with '|'"},
    {"a: > 5\n", "1:4", "starts with '>'"},
    {"a: , b\n", "1:4", "starts with ','"},
    {"a: }b\n", "1:4", "starts with '}'"},
    {"a: [b] c\n", "1:8", "starts with '['"},
    {"a: {b} c\n", "1:8", "starts with '{'"},
    {"a: [b\nc: d\n", "2:2", "',' or ']' is missing"},
    {"a: [b, c\n", "1:4", "this '[' is not closed"},
    {"a: [b}\n", "1:6", "',' or ']' is missing"},
    {"a: - b\n", "1:4", "starts with '- '"},
    {"a: ? b\n", "1:4", "starts with '? '"},
    {"- a\nb: c\n", "2:1", "start each item with '- '"},
    {"a:\n  b: 1\n c: 2\n", "3:2", "indented alike"},
    {"%YAML 3.0\n---\na\n", "1:1", "incompatible"},
};

static void says_what_to_do(void **state)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct load *l = new_load(*state);
        assert_null(load_string(l, faults[i].yaml));
        const char *said = messages(l);
        const char *start =
            arena_printf(l->a, "<test>:%s: error: ", faults[i].place);
        if (strncmp(said, start, strlen(start)) != 0 ||
            !strstr(said, faults[i].words) || !strstr(said, "[yaml-syntax]") ||
            diag_errors(l->d) != 1)
            fail_msg("not '%s' and '%s' but\n%s", start, faults[i].words, said);
    }
}

/* The last character may be cut anywhere: nothing is read beyond the end. */
static void ends_anywhere(void **state)
{
    static const char yaml[] =
        "%YAML 1.2\n---\na: &x [b, {c: \"d\\x41 \xc3\xa9\"}, 'e''f']\n"
        "? g\n: |2-\n    h\n  \nj: >+\n  k\n\n  l\n*x : !t m # n\n";
    for (size_t n = 0; n < sizeof yaml - 1; n++) {
        struct load *l = new_load(*state);
        const struct node *root = load_bytes(l, yaml, n);
        assert_true(root || diag_errors(l->d) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            says_what_to_do, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            ends_anywhere, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
