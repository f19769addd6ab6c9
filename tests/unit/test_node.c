/* Finding keys, naming places, reporting at nodes. */
#include "support_load.h"

#include "load/load_int.h"

#include <string.h>

static void finds_keys(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l, "a: 1\nab: 2\n\"\\u00e9\": 3\n");
    assert_ptr_equal(load_find(root, "ab"), root->items[1]);
    assert_ptr_equal(load_find(root, "\xc3\xa9"), root->items[2]);
    assert_null(load_find(root, "b"));
    assert_null(load_find(root, ""));
    assert_null(load_find(load_find(root, "a"), "a"));
    assert_null(load_find(load_string(l, "[a]"), "a"));
    assert_null(load_find(load_string(l, "{}"), "a"));
}

static void names_places(void **state)
{
    struct load *l = new_load(*state);
    struct node *root = load_string(l,
        "sections:\n  - title: x\n  - body:\n      - table:\n"
        "          columns: [{width: 1fr}, {width: 2fr}]\n"
        "values: {number of items: [[a, b]]}\n");
    assert_string_equal(load_path(l->a, root), "");
    struct node *n = load_find(root, "sections");
    assert_string_equal(load_path(l->a, n), "sections");
    n = load_find(n->items[1], "body");
    n = load_find(load_find(n->items[0], "table"), "columns");
    n = n->items[1];
    assert_string_equal(load_path(l->a, load_find(n, "width")),
        "sections[1].body[0].table.columns[1].width");
    /* a key is named like its value */
    assert_string_equal(load_path(l->a, n->keys[0]),
        "sections[1].body[0].table.columns[1].width");
    n = load_find(root, "values")->items[0]->items[0]->items[1];
    assert_string_equal(
        load_path(l->a, n), "values[\"number of items\"][0][1]");
}

static void reports_once(void **state)
{
    struct load *l = new_load(*state);
    struct node *root = load_string(l, "a: [b, c]\nd: e\n");
    struct node *a = load_find(root, "a"), *d = load_find(root, "d");
    assert_true(load_diag(l, D_VALUE, a->items[1], "no %s%%", "good"));
    assert_true(a->items[1]->bad);
    assert_false(a->bad);
    assert_false(load_diag(l, D_TYPE, a->items[1], "again"));
    assert_true(load_diag(l, D_TYPE, a, "the list"));
    assert_false(load_diag(l, D_TYPE, a->items[0], "within it"));
    assert_true(load_diag(l, D_TYPE, d, "beside it"));
    assert_string_equal(short_messages(l),
        "1:4: the list [wrong-type]\n1:8: no good% [bad-value]\n"
        "2:4: beside it [wrong-type]\n");
    assert_non_null(strstr(messages(l), "  in a[1]\n"));
}

static void measures_depth(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l, "a: [[b], c]\n");
    assert_int_equal(load_depth(NULL), 0);
    assert_int_equal(load_depth(root), 1);
    assert_int_equal(load_depth(root->items[0]->items[0]), 3);
    assert_int_equal(load_depth(root->items[0]->items[0]->items[0]), 3);
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(finds_keys),
        TEST(names_places),
        TEST(reports_once),
        TEST(measures_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
