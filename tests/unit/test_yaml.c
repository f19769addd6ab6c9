/* Nodes and their places from YAML as libyaml reads it. */
#include "support_load.h"

#include <string.h>

struct reading {
    const char *yaml;
    const char *nodes;
};

static const struct reading readings[] = {
    /* plain texts stay as typed */
    {"a: No\nb: 1.10\nc: 010\nd: ~\ne: null\nf:\n",
        "{\"a\": \"No\", \"b\": \"1.10\", \"c\": \"010\", \"d\": \"~\", "
        "\"e\": \"null\", \"f\": \"\"}"},
    {"a: C#1\nb: a#b\nc: x:y\nd: http://x.y/#z\n",
        "{\"a\": \"C#1\", \"b\": \"a#b\", \"c\": \"x:y\", "
        "\"d\": \"http://x.y/#z\"}"},
    {"one\n two\n\n three\n", "\"one two\nthree\""},
    /* quotes */
    {"- 'it''s'\n- \"a\\tb\\x41\\u00e9\\\n   c\"\n- 'a\n\n  b'\n- ''\n",
        "[\"it's\", \"a\tbA\xc3\xa9"
        "c\", \"a\nb\", \"\"]"},
    /* blocks with indicators */
    {"- |\n  a\n   b\n\n- |-\n  a\n- |+\n  a\n\n- |2\n    a\n- >\n  a\n  b\n",
        "[\"a\n b\n\", \"a\", \"a\n\n\", \"  a\n\", \"a b\n\"]"},
    {"a: |  # what follows\n  # text\n  b: c\nd: >-\n\n  e\n\n  f\n",
        "{\"a\": \"# text\nb: c\n\", \"d\": \"\ne\nf\"}"},
    /* flow in blocks, and in flow */
    {"a: [x, {b: c, d}, [], {}]\ne: {f: [g,\n  h], 'i': j,}\n",
        "{\"a\": [\"x\", {\"b\": \"c\", \"d\": \"\"}, [], {}], "
        "\"e\": {\"f\": [\"g\", \"h\"], \"i\": \"j\"}}"},
    {"[a: b, c]\n", "[{\"a\": \"b\"}, \"c\"]"},
    /* lists indented like their key, and in lists */
    {"a:\n- b\n-\n  c: d\n- - e\n  - f\n",
        "{\"a\": [\"b\", {\"c\": \"d\"}, [\"e\", \"f\"]]}"},
    {"? a\n: b\n? 'c'\n", "{\"a\": \"b\", \"c\": \"\"}"},
    /* comments everywhere */
    {"# x\n\na:  # y\n  # z\n  - b  # w\n\n# v\n  - c\n# u\n",
        "{\"a\": [\"b\", \"c\"]}"},
    /* anchors */
    {"a: &x {b: &y c}\nd: *x\ne: [*y, *x]\n",
        "{\"a\": {\"b\": \"c\"}, \"d\": {\"b\": \"c\"}, "
        "\"e\": [\"c\", {\"b\": \"c\"}]}"},
    {"- &x a\n- *x\n- &x b\n- *x\n", "[\"a\", \"a\", \"b\", \"b\"]"},
    {"&k a: 1\nb: *k\n", "{\"a\": \"1\", \"b\": \"a\"}"},
    /* directives, marks, bytes */
    {"%YAML 1.2\n---\na: b\n...\n", "{\"a\": \"b\"}"},
    {"\xef\xbb\xbf"
     "a: \xc3\xa9\n",
        "{\"a\": \"\xc3\xa9\"}"},
    {"a: |\r\n  b\r\n  c\r\nd: e\r\n", "{\"a\": \"b\nc\n\", \"d\": \"e\"}"},
    {"a: b\rc: d\r", "{\"a\": \"b\", \"c\": \"d\"}"},
    {"a: b", "{\"a\": \"b\"}"},
    {"\"<<\": a\n", "{\"<<\": \"a\"}"},
    {"''\n", "\"\""},
};

static void reads_what_yaml_says(void **state)
{
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        struct load *l = new_load(*state);
        const struct node *root = load_string(l, readings[i].yaml);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(dump_node(l, root), readings[i].nodes);
    }
}

/* What the file has from a node's start to its end. */
static void has_source(struct load *l, const struct node *n, const char *text)
{
    const char *s = files_at(l->files, n->pos.file)->s;
    assert_true(n->end >= n->pos.off);
    const char *have = arena_strndup(l->a, s + n->pos.off, n->end - n->pos.off);
    assert_string_equal(have, text);
}

/* Marks count characters: after a mark, accents and symbols too. */
static void places_are_bytes(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l,
        "\xef\xbb\xbf\xc3\xa9: \"\xe2\x82\xac "
        "\xf0\x9f\x98\x80\"\nb: [x, 'y']\nc: z\n");
    assert_string_equal(short_messages(l), "");
    has_source(l, root->keys[0], "\xc3\xa9");
    has_source(l, root->items[0], "\"\xe2\x82\xac \xf0\x9f\x98\x80\"");
    has_source(l, root->items[1], "[x, 'y']");
    has_source(l, root->items[1]->items[1], "'y'");
    has_source(l, root->items[2], "z");
    assert_int_equal(root->pos.off, 3);
}

static void places_are_after_anchors(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l,
        "a: &p  one\nb: &q # c\n  - x\n  -  y\nc: &r\n- z\nd: &s\n  k: v\n"
        "e: &t [w]\nf: &u\ng: &v |\n  text\n\n\nh: &w {}\ni: &x\n- - 1\n"
        "j: &y:z\nk: [*p, *u, *v, *y]\n");
    assert_string_equal(short_messages(l), "");
    has_source(l, load_find(root, "a"), "one");
    has_source(l, load_find(root, "b"), "- x\n  -  y");
    has_source(l, load_find(root, "c"), "- z");
    has_source(l, load_find(root, "d"), "k: v");
    has_source(l, load_find(root, "e"), "[w]");
    has_source(l, load_find(root, "f"), "");
    has_source(l, load_find(root, "g"), "|\n  text");
    has_source(l, load_find(root, "h"), "{}");
    has_source(l, load_find(root, "i"), "- - 1");
    has_source(l, load_find(root, "j"), ":z");
}

static void knows_styles(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l, "[a, 'b', \"c\"]\n");
    assert_int_equal(root->style, NODE_FLOW);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(root->items[i]->style, NODE_PLAIN + (int)i);
    root = load_string(l, "- |\n  a\n- >\n  b\n");
    assert_int_equal(root->style, NODE_BLOCK);
    assert_int_equal(root->items[0]->style, NODE_LITERAL);
    assert_int_equal(root->items[1]->style, NODE_FOLDED);
}

static void refuses_empty_and_several(void **state)
{
    static const char *const empty[] = {"", "# only\n", "---\n", "\n\n"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        struct load *l = new_load(*state);
        assert_null(load_string(l, empty[i]));
        assert_string_equal(
            short_messages(l), "1:1: nothing is in this file [empty-file]\n");
    }
    struct load *l = new_load(*state);
    assert_null(load_string(l, "a: b\n---\nc: d\n"));
    assert_string_equal(short_messages(l),
        "2:1: a second YAML document starts here [several-documents]\n");
}

static void own_text_may_be_empty(void **state)
{
    struct load *l = new_load(*state);
    uint32_t number = files_add_text(l->files, "<x>", SLICE(""));
    const struct node *root = load_text(l, number);
    assert_non_null(root);
    assert_int_equal(root->kind, NODE_SCALAR);
    assert_int_equal(root->s.n, 0);
    number = files_add_text(l->files, "<y>", SLICE("[{include: x}]"));
    assert_string_equal(
        dump_node(l, load_text(l, number)), "[{\"include\": \"x\"}]");
    assert_string_equal(short_messages(l), "");
}

/* Memory that runs out within an event leaves nothing behind (by the leak
 * check of the sanitizers), and the jump is taken. */
static void memory_may_run_out(void **state)
{
    (void)state;
    static struct arena_budget budget;
    struct buf yaml;
    volatile size_t limit = 1 << 16;
    volatile bool done = false;
    while (!done) {
        budget = (struct arena_budget){.limit = limit};
        struct arena *volatile a = arena_new(&budget);
        assert_non_null(a);
        if (setjmp(budget.jump) == 0) {
            struct load *l = new_load(a);
            yaml = buf_new(a);
            for (int i = 0; i < 2000; i++)
                buf_puts(&yaml, "- &a {key: \"te\\x41xt\", list: [a, b]}\n");
            done = load_string(l, yaml.s);
            assert_true(done);
        }
        arena_free(a);
        limit *= 2;
    }
    assert_true(limit > (1 << 17));
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(reads_what_yaml_says),
        TEST(places_are_bytes),
        TEST(places_are_after_anchors),
        TEST(knows_styles),
        TEST(refuses_empty_and_several),
        TEST(own_text_may_be_empty),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
