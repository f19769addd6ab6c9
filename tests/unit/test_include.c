/* Included files: what they give, where they stand, what is refused. */
#include "support_load.h"

#include <string.h>

static struct limits *limits_of(struct load *l)
{
    struct limits *limits = ARENA_NEW(l->a, struct limits);
    *limits = *l->limits;
    l->limits = limits;
    return limits;
}

static void splices_lists_and_takes_the_rest(void **state)
{
    write_file("r.yaml",
        "a:\n  - x\n  - include: s/list.yaml\n"
        "  - include: s/map.yaml\n  - include: s/text.yaml\n"
        "  - y\n");
    write_file("s/list.yaml", "- b\n- include: ../deep.yaml\n- c\n");
    write_file("s/map.yaml", "d:\n  - include: t/none.yaml\n  - e\n");
    write_file("s/text.yaml", "'only text'\n");
    write_file("s/t/none.yaml", "[]\n");
    write_file("deep.yaml", "- - include: s/text.yaml\n- f\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(messages(l), "");
    assert_string_equal(dump_node(l, root),
        "{\"a\": [\"x\", \"b\", [\"only text\"], \"f\", \"c\", "
        "{\"d\": [\"e\"]}, \"only text\", \"y\"]}");
    const struct node *list = load_find(root, "a");
    for (uint32_t i = 0; i < list->count; i++) {
        assert_ptr_equal(list->items[i]->parent, list);
        assert_int_equal(list->items[i]->index, i);
    }
    assert_string_equal(load_path(l->a, list->items[2]->items[0]), "a[2][0]");
    assert_string_equal(
        load_path(l->a, load_find(list->items[5], "d")->items[0]), "a[5].d[0]");
    assert_string_equal(
        files_at(l->files, list->items[3]->pos.file)->path, "deep.yaml");
}

static void the_same_file_may_come_twice(void **state)
{
    write_file("r.yaml", "- include: s.yaml\n- [include: s.yaml]\n");
    write_file("s.yaml", "- a\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(dump_node(l, root), "[\"a\", [\"a\"]]");
    assert_string_equal(load_path(l->a, root->items[0]), "[0]");
    assert_string_equal(load_path(l->a, root->items[1]->items[0]), "[1][0]");
}

static void only_items_of_lists_include(void **state)
{
    write_file("r.yaml", "a: {include: s.yaml}\nb: [{x: {include: s.yaml}}]\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(dump_node(l, root),
        "{\"a\": {\"include\": \"s.yaml\"}, "
        "\"b\": [{\"x\": {\"include\": \"s.yaml\"}}]}");
    assert_string_equal(messages(l), "");
}

static void refuses_what_names_no_file(void **state)
{
    write_file("r.yaml",
        "a:\n  - include: none.yaml\n  - include:\n"
        "  - include: [x]\n"
        "  - {title: t, include: s.yaml}\n  - good\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_int_equal(root->items[0]->count, 5);
    for (unsigned i = 0; i < 4; i++)
        assert_true(root->items[0]->items[i]->bad);
    assert_false(root->items[0]->items[4]->bad);
    const char *said = short_messages(l);
    assert_non_null(strstr(said, "2:14: "));
    assert_non_null(strstr(said, "[missing-file]\n"));
    assert_non_null(strstr(said, "3:13: 'include' names no file [bad-value]"));
    assert_non_null(strstr(
        said, "4:14: 'include' wants the name of one file [wrong-type]"));
    assert_non_null(strstr(
        said, "5:6: 'title' cannot stand beside 'include' [conflicting-keys]"));
    assert_int_equal(diag_errors(l->d), 4);
    assert_non_null(strstr(messages(l), "in a[0].include\n"));
}

static void reports_in_files_have_the_reports_path(void **state)
{
    write_file("r.yaml", "a:\n  - [x]\n  - include: s.yaml\n  - z\n");
    write_file("s.yaml",
        "- y\n- b: !t c\n- include: t.yaml\n"
        "- include: u.yaml\n- include: none.yaml\n");
    write_file("t.yaml", "d: [e, {f: 1, f: 2}]\n");
    write_file("u.yaml", "g: h: i\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    const char *said = messages(l);
    assert_non_null(strstr(said, "s.yaml:2:6: error: a tag"));
    assert_non_null(strstr(said, "  in a[2].b\n"));
    assert_non_null(strstr(said, "t.yaml:1:15: error: the key 'f' stands"));
    assert_non_null(strstr(said, "  in a[3].d[1].f\n"));
    assert_non_null(strstr(said, "u.yaml:1:5: error: a text without quotes"));
    assert_non_null(strstr(said, "s.yaml:5:12: error: "));
    assert_non_null(strstr(said, "  in a[5].include\n"));
    assert_string_equal(dump_node(l, root),
        "{\"a\": [[\"x\"], \"y\", {\"b\": !\"c\"}, "
        "{\"d\": [\"e\", {\"f\": \"1\"}]}, !{\"include\": \"u.yaml\"}, "
        "!{\"include\": \"none.yaml\"}, \"z\"]}");
}

static void refuses_cycles(void **state)
{
    write_file("r.yaml", "- include: s.yaml\n");
    write_file("s.yaml", "a:\n  - include: t.yaml\n");
    write_file("t.yaml", "- include: ./s.yaml\n- b\n");
    write_file("self.yaml", "- include: self.yaml\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(dump_node(l, root),
        "[{\"a\": [!{\"include\": !\"./s.yaml\"}, \"b\"]}]");
    const char *said = messages(l);
    assert_int_equal(diag_errors(l->d), 1);
    assert_non_null(strstr(said,
        "t.yaml:1:12: error: './s.yaml' includes itself [include-cycle]"));
    assert_non_null(strstr(said, "in [0].a[0].include"));
    assert_non_null(strstr(said, "s.yaml:2:14: note: by way of this file"));
    l = new_load(*state);
    assert_non_null(load_path_of(l, "self.yaml"));
    assert_non_null(strstr(
        messages(l), "self.yaml:1:12: error: 'self.yaml' includes itself"));
}

static void counts_files(void **state)
{
    write_file("r.yaml",
        "- include: a.yaml\n- include: b.yaml\n"
        "- include: b.yaml\n- include: b.yaml\n");
    write_file("a.yaml", "- include: b.yaml\n");
    write_file("b.yaml", "- x\n");
    for (int most = 4; most <= 5; most++) {
        struct load *l = new_load(*state);
        limits_of(l)->includes = most;
        assert_int_equal(load_path_of(l, "r.yaml") != NULL, most == 5);
        assert_string_equal(short_messages(l),
            most == 5 ? ""
                      : "4:12: more than 4 included files [limit-includes]\n");
        l = new_load(*state);
        limits_of(l)->include_depth = most - 3;
        assert_int_equal(load_path_of(l, "r.yaml") != NULL, most == 5);
        assert_string_equal(short_messages(l),
            most == 5 ? ""
                      : "1:12: more than 1 files that include one another "
                        "[limit-includes]\n");
    }
}

static void counts_bytes(void **state)
{
    write_file("r.yaml", "- include: a.yaml\n");
    write_file("a.yaml", "- 1234567\n");
    for (int most = 27; most <= 28; most++) {
        struct load *l = new_load(*state);
        limits_of(l)->input = most;
        assert_int_equal(load_path_of(l, "r.yaml") != NULL, most == 28);
        assert_int_equal(diag_errors(l->d), most == 27);
        if (most == 27)
            assert_non_null(strstr(messages(l), "[limit-input]"));
    }
    struct load *l = new_load(*state);
    limits_of(l)->input = 17;
    assert_null(load_path_of(l, "r.yaml"));
    assert_non_null(strstr(messages(l), "r.yaml:1:1: error: all files"));
    l = new_load(*state);
    limits_of(l)->file = 9;
    assert_non_null(load_path_of(l, "r.yaml"));
    assert_non_null(strstr(messages(l), "[file-too-large]"));
}

/* A spliced list adds no level; what stands in it is as deep as its place. */
static void counts_depth_over_files(void **state)
{
    write_file("r.yaml", "- - include: a.yaml\n");
    write_file("a.yaml", "- [[x]]\n");
    for (int most = 3; most <= 4; most++) {
        struct load *l = new_load(*state);
        limits_of(l)->depth = most;
        const struct node *root = load_path_of(l, "r.yaml");
        assert_string_equal(
            dump_node(l, root), most == 4 ? "[[[[\"x\"]]]]" : "NULL");
        assert_string_equal(short_messages(l),
            most == 4 ? ""
                      : "1:4: nested in more than 3 lists and mappings "
                        "[limit-depth]\n");
    }
}

/* A file within an anchor counts as often as its aliases. */
static void counts_files_in_anchors(void **state)
{
    write_file("r.yaml", "- &a [include: a.yaml]\n- *a\n- [[[*a]]]\n");
    write_file("a.yaml", "- [1, 2, [3]]\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(dump_node(l, root),
        "[[[\"1\", \"2\", [\"3\"]]], [[\"1\", \"2\", [\"3\"]]], "
        "[[[[[\"1\", \"2\", [\"3\"]]]]]]]");
    l = new_load(*state);
    limits_of(l)->nodes = 21;
    assert_null(load_path_of(l, "r.yaml"));
    assert_non_null(strstr(messages(l), "[limit-nodes]"));
    l = new_load(*state);
    limits_of(l)->nodes = 22;
    assert_non_null(load_path_of(l, "r.yaml"));
    l = new_load(*state);
    limits_of(l)->depth = 6;
    assert_null(load_path_of(l, "r.yaml"));
    assert_non_null(strstr(messages(l), "[limit-depth]"));
}

/* An alias of an item that includes a file is read anew. */
static void aliases_may_include(void **state)
{
    write_file("r.yaml", "a: [&x {include: a.yaml}]\nb: [y, *x, z]\n");
    write_file("a.yaml", "- 1\n- 2\n");
    struct load *l = new_load(*state);
    const struct node *root = load_path_of(l, "r.yaml");
    assert_string_equal(dump_node(l, root),
        "{\"a\": [\"1\", \"2\"], \"b\": [\"y\", \"1\", \"2\", \"z\"]}");
    assert_string_equal(
        load_path(l->a, load_find(root, "b")->items[3]), "b[3]");
    assert_string_equal(
        load_path(l->a, load_find(root, "b")->items[2]), "b[2]");
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(splices_lists_and_takes_the_rest),
        TEST(the_same_file_may_come_twice),
        TEST(only_items_of_lists_include),
        TEST(refuses_what_names_no_file),
        TEST(reports_in_files_have_the_reports_path),
        TEST(refuses_cycles),
        TEST(counts_files),
        TEST(counts_bytes),
        TEST(counts_depth_over_files),
        TEST(counts_files_in_anchors),
        TEST(aliases_may_include),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
