/* Keys, aliases and limits while nodes are built. */
#include "support_load.h"

#include <string.h>

static struct limits *limits_of(struct load *l)
{
    struct limits *limits = ARENA_NEW(l->a, struct limits);
    *limits = *l->limits;
    l->limits = limits;
    return limits;
}

/* Load a text: these nodes, these messages. */
static void check(
    void **state, const char *yaml, const char *nodes, const char *said)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l, yaml);
    assert_string_equal(dump_node(l, root), nodes);
    assert_string_equal(short_messages(l), said);
}

static void refuses_duplicate_keys(void **state)
{
    check(state, "a: 1\nb: 2\na: 3\n", "{\"a\": \"1\", \"b\": \"2\"}",
        "3:1: the key 'a' stands twice [duplicate-key]\n");
    check(state, "{a: 1, \"a\": 2, ab: 3, 'a': 4}",
        "{\"a\": \"1\", \"ab\": \"3\"}",
        "1:8: the key 'a' stands twice [duplicate-key]\n"
        "1:23: the key 'a' stands twice [duplicate-key]\n");
    struct load *l = new_load(*state);
    load_string(l, "x:\n  - a: 1\n    a: 3\n");
    assert_non_null(strstr(messages(l), "in x[0].a\n"));
    assert_non_null(strstr(messages(l), ":2:5: note: first defined here"));
}

static void refuses_bad_keys(void **state)
{
    check(state, "<<: {a: b}\nc: d\n", "!{\"c\": \"d\"}",
        "1:1: a merge key ('<<') [yaml-merge]\n");
    check(state, "? [a]\n: b\nc: d\n", "!{\"c\": \"d\"}",
        "1:3: a key that is a list [bad-key]\n");
    check(state, "{{a: b}: c}", "!{}",
        "1:2: a key that is a mapping [bad-key]\n");
    check(state, "\"\": b\nc: d\n", "!{\"c\": \"d\"}",
        "1:1: an empty key [bad-key]\n");
    check(state, "a: &x b\n*x : c\n", "!{\"a\": \"b\"}",
        "2:1: an alias as a key [bad-key]\n");
}

static void refuses_tags(void **state)
{
    check(state, "a: !!str b\n", "{\"a\": !\"b\"}",
        "1:4: a tag: '!!str' [yaml-tag]\n");
    check(state, "a: &x !x [b]\n", "{\"a\": ![\"b\"]}",
        "1:7: a tag: '!x' [yaml-tag]\n");
    check(state, "a: ! {b: c}\n", "{\"a\": !{\"b\": \"c\"}}",
        "1:4: a tag: '!' [yaml-tag]\n");
    check(state, "a: '!x'\n", "{\"a\": \"!x\"}", "");
}

static void refuses_aliases_that_go_nowhere(void **state)
{
    check(state, "&a [*a]", "[!\"\"]",
        "1:5: the alias 'a' stands within what it repeats [alias-cycle]\n");
    check(state, "&a {b: [{c: *a}]}", "{\"b\": [{\"c\": !\"\"}]}",
        "1:13: the alias 'a' stands within what it repeats [alias-cycle]\n");
    check(state, "a: *b\nc: &b d\n", "{\"a\": !\"\", \"c\": \"d\"}",
        "1:4: no anchor has the name 'b' [yaml-syntax]\n"
        "2:4: nothing repeats the text that is named '&b' here "
        "[yaml-syntax]\n");
    /* a name may be given again within what had it */
    check(state, "&a [&a b, *a]", "[\"b\", \"b\"]", "");
}

/* The name may have been meant as the start of the text. */
static void refuses_names_of_texts_without_use(void **state)
{
    check(state, "a: &Co the rest\nb: &x [c]\n",
        "{\"a\": \"the rest\", \"b\": [\"c\"]}",
        "1:4: nothing repeats the text that is named '&Co' here "
        "[yaml-syntax]\n");
}

static void aliases_share_their_node(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root =
        load_string(l, "k: &x {a: b}\nl: [*x, *x]\nm: *x\n");
    const struct node *x = load_find(root, "k");
    assert_ptr_equal(load_find(root, "m"), x);
    assert_ptr_equal(load_find(root, "l")->items[1], x);
    assert_ptr_equal(x->parent, root);
    assert_int_equal(x->index, 0);
}

static void keeps_first_place_of_a_shared_node(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root = load_string(l, "d: 1\nd: 2\na: &x b\nc: *x\n");
    const struct node *x = load_find(root, "a");
    assert_ptr_equal(x, load_find(root, "c"));
    assert_int_equal(x->index, 1);
    assert_string_equal(load_path(l->a, x), "a");
}

static void keeps_what_a_dropped_key_held(void **state)
{
    struct load *l = new_load(*state);
    const struct node *root =
        load_string(l, "a: 1\na: &x [2]\n? &y [3]\n: 4\nb: [*x, *y]\n");
    assert_string_equal(
        dump_node(l, root), "!{\"a\": \"1\", \"b\": [[\"2\"], ![\"3\"]]}");
    const struct node *b = load_find(root, "b");
    assert_string_equal(load_path(l->a, b->items[0]->items[0]), "[0]");
    assert_string_equal(load_path(l->a, b->items[1]), "");
}

static void counts_depth(void **state)
{
    for (int more = 0; more < 2; more++) {
        struct load *l = new_load(*state);
        limits_of(l)->depth = 5;
        struct buf yaml = buf_new(l->a);
        for (int i = 0; i < 5 + more; i++)
            buf_puts(&yaml, i % 2 ? "{a: " : "[");
        buf_puts(&yaml, "x");
        for (int i = 5 + more; i-- > 0;)
            buf_puts(&yaml, i % 2 ? "}" : "]");
        assert_int_equal(load_string(l, yaml.s) == NULL, more);
        assert_string_equal(short_messages(l),
            more ? "1:12: nested in more than 5 lists and mappings "
                   "[limit-depth]\n"
                 : "");
    }
}

/* libyaml takes 40 s for this. */
static void deep_nesting_ends_at_once(void **state)
{
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(l->a);
    for (int i = 0; i < 100000; i++)
        buf_putc(&yaml, '[');
    assert_null(load_string(l, yaml.s));
    assert_string_equal(short_messages(l),
        "1:65: nested in more than 64 lists and mappings [limit-depth]\n");
}

static void aliases_count_for_depth(void **state)
{
    const char *yaml = "- &a [x]\n- &b [*a]\n- &c [*b]\n- [[*a]]\n- [[*b]]\n";
    for (int depth = 4; depth <= 5; depth++) {
        struct load *l = new_load(*state);
        limits_of(l)->depth = depth;
        assert_int_equal(load_string(l, yaml) != NULL, depth == 5);
        assert_string_equal(short_messages(l),
            depth == 5 ? ""
                       : "5:5: nested in more than 4 lists and mappings "
                         "[limit-depth]\n");
    }
}

/* 2 lists, 3 texts, and once more the inner list with its texts. */
static void aliases_count_for_nodes(void **state)
{
    for (int nodes = 7; nodes <= 8; nodes++) {
        struct load *l = new_load(*state);
        limits_of(l)->nodes = nodes;
        const struct node *root = load_string(l, "[a, &x [b, c], *x]");
        assert_int_equal(root != NULL, nodes == 8);
        assert_string_equal(short_messages(l),
            nodes == 8 ? ""
                       : "1:16: more than 7 values, counting each use of an "
                         "alias [limit-nodes]\n");
    }
}

/* Nine levels of nine: 306 bytes that stand for 387 million values. */
static void bomb_is_refused(void **state)
{
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(l->a);
    buf_puts(&yaml, "- &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c <= 'i'; c++) {
        buf_printf(&yaml, "- &%c [", c);
        for (int i = 0; i < 9; i++)
            buf_printf(&yaml, "%s*%c", i ? "," : "", c - 1);
        buf_puts(&yaml, "]\n");
    }
    assert_null(load_string(l, yaml.s));
    assert_non_null(strstr(short_messages(l), "[limit-nodes]"));
}

static void counts_aliases(void **state)
{
    struct load *l = new_load(*state);
    limits_of(l)->aliases = 2;
    assert_null(load_string(l, "[&x a, *x, *x, *x]"));
    assert_string_equal(
        short_messages(l), "1:16: more than 2 aliases [limit-aliases]\n");
    l = new_load(*state);
    limits_of(l)->aliases = 2;
    assert_null(load_string(l, "[&x a, &y b, &z c]"));
    assert_string_equal(
        short_messages(l), "1:17: more than 2 anchors [limit-aliases]\n");
    l = new_load(*state);
    limits_of(l)->aliases = 2;
    assert_non_null(load_string(l, "[&x a, &y b, *x, *y]"));
}

static void many_keys_are_not_slow(void **state)
{
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(l->a);
    for (int i = 0; i < 200000; i++)
        buf_printf(&yaml, "k%d: v\n", i);
    buf_puts(&yaml, "k77: w\n");
    const struct node *root = load_string(l, yaml.s);
    assert_int_equal(root->count, 200000);
    assert_string_equal(short_messages(l),
        "200001:1: the key 'k77' stands twice [duplicate-key]\n");
}

/* Under 1 kB for a row of three cells. */
static void rows_are_small(void **state)
{
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(l->a);
    for (int i = 0; i < 10000; i++)
        buf_puts(&yaml, "- [a, b, c]\n");
    size_t before = arena_size(l->a);
    assert_int_equal(load_string(l, yaml.s)->count, 10000);
    assert_true(arena_size(l->a) - before < 10000 * 500 + (1 << 20));
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(refuses_duplicate_keys),
        TEST(refuses_bad_keys),
        TEST(refuses_tags),
        TEST(refuses_aliases_that_go_nowhere),
        TEST(refuses_names_of_texts_without_use),
        TEST(aliases_share_their_node),
        TEST(keeps_first_place_of_a_shared_node),
        TEST(keeps_what_a_dropped_key_held),
        TEST(counts_depth),
        TEST(deep_nesting_ends_at_once),
        TEST(aliases_count_for_depth),
        TEST(aliases_count_for_nodes),
        TEST(bomb_is_refused),
        TEST(counts_aliases),
        TEST(many_keys_are_not_slow),
        TEST(rows_are_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
