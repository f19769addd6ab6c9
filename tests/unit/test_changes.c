/* What changed between two reports, case by case. */
#include "support_doc.h"

#include "review/changes.h"

#include <stdio.h>
#include <string.h>

/* The difference as text, without its first line; "" if there is none. */
static const char *compare(struct arena *a, const char *old, const char *new)
{
    struct load *l = new_load(a), *m = new_load(a);
    struct edition was = {l, resolve_report(l, old), "old"};
    struct edition is = {m, resolve_report(m, new), "new"};
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    assert_string_equal(messages(l), "");
    assert_string_equal(messages(m), "");
    review_text(review_compare(a, was, is), a, &out);
    const char *end = strchr(out.s, '\n');
    return end ? end + 1 : out.s;
}

/* Does a line of the difference hold this? */
static void assert_says(const char *difference, const char *wanted)
{
    if (strstr(difference, wanted))
        return;
    print_error("%s\n-- does not say --\n%s\n", difference, wanted);
    fail();
}

static void assert_silent(const char *difference, const char *unwanted)
{
    if (!strstr(difference, unwanted))
        return;
    print_error("%s\n-- should not say --\n%s\n", difference, unwanted);
    fail();
}

static const char *bodies(struct arena *a, const char *old, const char *new)
{
    return compare(a, arena_printf(a, "body: |\n  %s\n", old),
        arena_printf(a, "body: |\n  %s\n", new));
}

static void a_report_and_itself_differ_in_nothing(void **state)
{
    static const char REPORT[] =
        "notes: {n: A note.}\n"
        "body: |\n  Some **words**, a [link](https://example.org). [^n]\n"
        "sections:\n"
        "  - title: Same\n    body: |\n      - one\n      - one\n"
        "  - title: Same\n    id: x\n    body: |\n      - one\n      - one\n"
        "    sections: [{title: Same, body: Same}]\n"
        "annexes:\n  - title: T\n    body:\n      - table:\n"
        "          id: t\n          columns: [{key: a}, {key: title}]\n"
        "          rows: [[1, x], [1, x], [2, x], ['', '']]\n"
        "      - table:\n          columns: [{key: a}]\n          rows: []\n"
        "          empty: None.\n"
        "      - text: See [](#t \"rows\") in [](#x).\n";
    assert_string_equal(compare(*state, REPORT, REPORT), "");
}

static void words_are_told_from_marks(void **state)
{
    const char *s = bodies(*state, "One, two (and) three words stay here.",
        "One; two (or) three words stay here!");
    assert_says(s, "One[-,-]{+;+} two ([-and-]{+or+}) three words");
    assert_says(s, "here[-.-]{+!+}");
}

static void a_blank_more_is_a_difference(void **state)
{
    assert_says(bodies(*state, "A word(s) of five letters.",
                    "A word (s) of five letters."),
        "paragraph changed");
}

static void another_address_or_look_touches_words(void **state)
{
    const char *s = bodies(*state, "See [the site](https://example.org/a) now.",
        "See [the site](https://example.org/b) now.");
    assert_says(s, "See {~the site~} now.");
    s = bodies(*state, "Some *words* and more.", "Some **words** and more.");
    assert_says(s, "Some {~words~} and more.");
}

static void what_is_hardly_alike_is_another_paragraph(void **state)
{
    const char *s = bodies(*state, "The weather was fine in spring.",
        "Nobody came by ship or train.");
    assert_says(s, "paragraph removed: The weather");
    assert_says(s, "paragraph added: Nobody came");
    s = bodies(*state, "The weather was fine in spring.",
        "- The weather was fine in spring.");
    assert_says(s, "paragraph, now a list item changed");
}

/* Three sections, of which one holds what the others say of it. */
static const char *ordered(
    struct arena *a, const char *one, const char *two, const char *three)
{
    const char *titles[] = {one, two, three};
    struct buf yaml = buf_new(a);
    buf_puts(&yaml, "sections:\n");
    for (unsigned i = 0; i < 3; i++)
        buf_printf(&yaml,
            "  - title: %s\n    id: %c\n    body: What %s says. See [](#z).\n",
            titles[i], titles[i][0] | 0x20, titles[i]);
    return yaml.s;
}

static void a_section_that_moves_is_one_change(void **state)
{
    const char *s = compare(*state, ordered(*state, "Anna", "Bert", "Zoe"),
        ordered(*state, "Zoe", "Anna", "Bert"));
    assert_says(s, "section moved: 1 Zoe");
    assert_says(s, "from 3 ");
    /* The labels of the others, and references to it, follow. */
    assert_silent(s, "changed");
    assert_silent(s, "Anna");
}

static void a_section_is_known_by_what_it_says(void **state)
{
    const char *s = compare(*state,
        "sections:\n  - title: Results\n    body: We met in May and wrote a "
        "long report on it.\n",
        "sections:\n  - title: Achievements\n    body: We met in June and "
        "wrote a long report on it.\n");
    assert_says(s, "section retitled: 1 Achievements");
    assert_says(s, "We met in [-May-] {+June+} and");
}

#define COLUMNS \
    "          columns:\n" \
    "            - {key: number, title: No}\n" \
    "            - {key: title, title: Title}\n"

/* A report with two tables. */
static const char *tables(struct arena *a, const char *rows, const char *other)
{
    return arena_printf(a,
        "sections:\n"
        "  - title: First\n    body:\n      - table:\n          id: one\n" COLUMNS
        "          rows: [%s]\n"
        "  - title: Second\n    body:\n      - table:\n          id: two\n" COLUMNS
        "          rows: [%s]\n",
        rows, other);
}

static void rows_that_are_counted_are_not_renumbered(void **state)
{
    const char *s = compare(*state,
        tables(*state, "[1, the old first], [2, the old second]", ""),
        tables(*state, "[1, new one], [2, the old first], [3, the old second]",
            ""));
    assert_says(s, "item added: 1 new one");
    assert_silent(s, "renumbered");
    assert_silent(s, "retitled");
    assert_says(s, "rows: 2 → 3");
}

static void numbers_of_two_lists_are_not_one_item(void **state)
{
    const char *s =
        compare(*state, tables(*state, "[7, the weather in spring]", ""),
            tables(*state, "", "[7, ships that pass by night]"));
    assert_says(s, "item added: 7 ships");
    assert_says(s, "item removed: 7 the weather");
}

static void an_item_is_known_by_the_name_it_had(void **state)
{
    const char *s = compare(*state,
        tables(*state, "[Y.twin, a title], [Y.twin2, b title]", ""),
        tables(*state, "[Y.twin2, b title]",
            "['Y.4241 (ex Y.twin)', another name of it]"));
    assert_says(s, "item moved, renumbered and retitled: Y.4241 (ex Y.twin)");
    assert_says(s, "from 1, row 1");
    assert_says(s, "number: Y.twin → Y.4241 (ex Y.twin)");
    assert_says(s, "rows: 2 → 1 (Y.twin moved to 2)");
}

static void another_item_of_the_same_kind_is_not_the_same(void **state)
{
    const char *s = compare(*state,
        tables(*state,
            "[Y.aa, Requirements and framework of digital twins for ports]",
            ""),
        tables(*state,
            "[Y.bb, Requirements and framework of sensing systems for mines]",
            ""));
    assert_says(s, "item added: Y.bb");
    assert_says(s, "item removed: Y.aa");
}

static void another_order_of_rows_is_one_change(void **state)
{
    const char *s = compare(*state,
        tables(*state, "[Y.aa, first], [Y.bb, second], [Y.cc, third]", ""),
        tables(*state, "[Y.cc, third], [Y.aa, first], [Y.bb, second]", ""));
    assert_says(s, "order of the rows changed");
    assert_says(s, "\n      Y.cc third\n");
    assert_silent(s, "item");
}

static void a_column_more_leaves_the_rows_the_same(void **state)
{
    const char *old = tables(*state, "[Y.aa, first]", "");
    char *new = arena_strndup(*state, old, strlen(old));
    /* The second table's title has another name. */
    char *at = strstr(strstr(new, "id: two"), "title: Title");
    memcpy(at, "title: Names", strlen("title: Names"));
    const char *s = compare(*state, old, new);
    assert_says(s, "title of a column changed");
    assert_says(s, "[-Title-] {+Names+}");
    assert_silent(s, "item");
}

static void what_becomes_a_list_item_is_marked(void **state)
{
    struct load *l = new_load(*state), *m = new_load(*state);
    struct doc *old = resolve_report(l, "body: [One., Two., Three.]\n");
    struct doc *new =
        resolve_report(m, "body: [One., {bullets: [Two.]}, Three.]\n");
    struct edition was = {l, old, "old"}, is = {m, new, "new"};
    review_mark(review_compare(*state, was, is));
    assert_int_equal(new->body.n, 3);
    assert_int_equal(new->body.b[0].change, CHANGE_NONE);
    struct block *list = &new->body.b[1];
    assert_int_equal(list->kind, BLOCK_LIST);
    assert_int_equal(list->list->items[0].body.b[0].change, CHANGE_TOUCHED);
    assert_int_equal(new->body.b[2].change, CHANGE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
        TEST(a_report_and_itself_differ_in_nothing),
        TEST(words_are_told_from_marks), TEST(a_blank_more_is_a_difference),
        TEST(another_address_or_look_touches_words),
        TEST(what_is_hardly_alike_is_another_paragraph),
        TEST(a_section_that_moves_is_one_change),
        TEST(a_section_is_known_by_what_it_says),
        TEST(rows_that_are_counted_are_not_renumbered),
        TEST(numbers_of_two_lists_are_not_one_item),
        TEST(an_item_is_known_by_the_name_it_had),
        TEST(another_item_of_the_same_kind_is_not_the_same),
        TEST(another_order_of_rows_is_one_change),
        TEST(a_column_more_leaves_the_rows_the_same),
        TEST(what_becomes_a_list_item_is_marked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
