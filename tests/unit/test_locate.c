/* From a byte of a text to its place in the file. */
#include "support_load.h"

#include <string.h>

/* The scalars of a report one after another. */
static const char *const reports[] = {
    "plain text\n",
    "a: plain\n  text over\n\n\n  lines \xc3\xa9\xe2\x82\xac\n  end\n",
    "a: 'it''s  a\n\n\n   quoted   \n text'''\n",
    "a: \"x\\ty\\x41\\u20ac\\U0001F600\\N\\_\\L\\\"\\\\z\\/ \\\n   w\n\n  v  \n u\"\n",
    "a: \"x\\\n\n\n  y\\  \\\n z\"\n",
    "a: |\n  one\n\n   two \n  \xc3\xa9\nb: c\n",
    "a: |2-\n    one\n\n   two\n\n\nb: c\n",
    "a: |+  # what follows\n\n\n  one\n     \n  two\n\n",
    "a:\n  - |\n     one\n     two",
    "a: |\r\n  one\r\n\r\n  two\r\nb: \"x\r\n  y\r\n\r\n  z\"\r\n",
    "a: >\n  one\n  two\n\n  three\n\n\n    more\n   less\n\n  four\n  five\n",
    "a: >-\n\n\n    one\n    two\n",
    "a: >1\n   one\n  two\n three\n four\n",
    "a: >\r\n  one\r\n  two\r\n\r\n  three\r\n",
    "[one, 'two', \"th\\x72ee\", four\n  five]\n",
};

/* May byte c of a value stand for the file's bytes at s? */
static bool stands_for(const char *s, char c, const struct node *n)
{
    if (*s == c || (n->style == NODE_QUOTED2 && *s == '\\'))
        return true;
    /* a joined or empty line */
    return (c == ' ' || c == '\n') && strchr(" \t\r\n", *s);
}

static void check_scalar(struct load *l, const struct node *n)
{
    const char *s = files_at(l->files, n->pos.file)->s;
    uint32_t last = n->pos.off;
    bool escape = false;
    for (size_t i = 0; i < n->s.n; i++) {
        struct pos at = load_locate(l->files, n, i);
        assert_int_equal(at.file, n->pos.file);
        assert_in_range(at.off, last, n->end);
        /* further bytes of an escaped character stand at its start */
        bool same = escape && at.off == last;
        if (!same && !stands_for(s + at.off, n->s.s[i], n))
            fail_msg("byte %zu of '%.*s' is not at %u", i, (int)n->s.n, n->s.s,
                (unsigned)at.off);
        escape = s[at.off] == '\\';
        last = at.off;
    }
    /* A cursor changes nothing, wherever it goes. */
    struct load_cursor c = {0};
    for (size_t i = 0; i <= 2 * n->s.n; i++) {
        size_t off = i <= n->s.n ? i : i * 7 % (n->s.n + 1);
        assert_int_equal(load_locate_from(l->files, &c, n, off).off,
            load_locate(l->files, n, off).off);
    }
    assert_in_range(load_locate(l->files, n, n->s.n).off, last, n->end);
    assert_int_equal(load_locate(l->files, n, SIZE_MAX).off,
        load_locate(l->files, n, n->s.n).off);
}

static void every_byte_has_its_place(void **state)
{
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        struct load *l = new_load(*state);
        const char *yaml = reports[i];
        /* U+0085 and U+2028 by escapes: places even for what is refused */
        const struct node *root = load_string(l, yaml);
        assert_non_null(root);
        if (root->kind == NODE_SCALAR)
            check_scalar(l, root);
        for (uint32_t k = 0; k < root->count; k++) {
            const struct node *n = root->items[k];
            check_scalar(l, n->kind == NODE_LIST ? n->items[0] : n);
        }
    }
}

/* The place of a word of the one value of a mapping, as line and column. */
static void check_word(void **state, const char *yaml, const char *word,
    unsigned line, unsigned column)
{
    struct load *l = new_load(*state);
    const struct node *n = load_find(load_string(l, yaml), "a");
    for (size_t i = 0; i + strlen(word) <= n->s.n; i++) {
        if (memcmp(n->s.s + i, word, strlen(word)) != 0)
            continue;
        uint32_t have_line, have_column;
        files_locate(l->files, load_locate(l->files, n, i), &have_line,
            &have_column, NULL);
        assert_int_equal(have_line, line);
        assert_int_equal(have_column, column);
        return;
    }
    fail_msg("no '%s' in '%.*s'", word, (int)n->s.n, n->s.s);
}

static void words_have_lines_and_columns(void **state)
{
    check_word(state, "a: one two\n", "two", 1, 8);
    check_word(state, "a: one\n  two\n\n   three\n", "three", 4, 4);
    check_word(state, "a: 'it''s two'\n", "two", 1, 11);
    check_word(state, "a: 'one\n\n\n  two'\n", "two", 4, 3);
    check_word(state, "a: \"\\x41\\u20ac two\"\n", "two", 1, 16);
    check_word(state, "a: \"one\\\n   two\"\n", "two", 2, 4);
    check_word(state, "a: |\n  one\n\n   two\n", "two", 4, 4);
    check_word(state, "a: |\n  one\n\n   two\n", " two", 4, 3);
    check_word(state, "a: |4-\n     one\n\n      two\n", "two", 4, 7);
    check_word(state, "a: |\r\n  one\r\n  \xc3\xa9 two\r\n", "two", 3, 6);
    check_word(state, "a: >\n  one\n  two\n\n    three\n", "two", 3, 3);
    check_word(state, "a: >\n  one\n  two\n\n    three\n", "three", 5, 5);
    check_word(state, "a: >\n\n\n  one\n   two\n  six\n", "six", 6, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_byte_has_its_place, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            words_have_lines_and_columns, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
