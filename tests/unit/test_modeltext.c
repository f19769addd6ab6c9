/* Texts: how they are split at their values. */
#include "support_model.h"

#include <string.h>

/* The pieces of a text, as "s'source' v'name|format' l'page'". */
static const char *split_as(struct load *l, const char *text, bool late)
{
    struct node *n = load_string(l, arena_printf(l->a, "k: '%s'\n", text));
    struct text *t = model_text(l, n->items[0], late);
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        if (i)
            buf_putc(&out, ' ');
        if (p->kind == PIECE_SOURCE) {
            buf_printf(&out, "s'%.*s'", (int)p->n, t->s.s + p->off);
            continue;
        }
        assert_true(t->s.s[p->off] == '$');
        assert_true(t->s.s[p->off + p->n - 1] == ')');
        buf_printf(&out, "%c'%.*s", p->kind == PIECE_LATE ? 'l' : 'v',
            (int)p->name.n, p->name.s);
        if (p->format.n)
            buf_printf(&out, "|%.*s", (int)p->format.n, p->format.s);
        buf_putc(&out, '\'');
    }
    return out.s;
}

static void test_pieces(void **state)
{
    static const char *const CASES[][2] = {
        {"", ""},
        {"plain", "s'plain'"},
        {"costs $5 (or $)", "s'costs $5 (or $)'"},
        {"$(report.title)", "v'report.title'"},
        {"a $(x) b", "s'a ' v'x' s' b'"},
        {"$(a)$(b-1.2)", "v'a' v'b-1.2'"},
        {"$(d:dd MMMM yyyy)", "v'd|dd MMMM yyyy'"},
        {"$(d:HH:mm)", "v'd|HH:mm'"},
        {"$$(x)", "s'$(x)'"},
        {"a $$(x) $(y)", "s'a ' s'$(x) ' v'y'"},
        {"$$$(x)", "s'$' s'$(x)'"},
        {"$$ and $", "s'$$ and $'"},
        {"$(page)", "v'page'"},
    };
    struct load *l = new_load(*state);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        assert_string_equal(split_as(l, CASES[i][0], false), CASES[i][1]);
    assert_string_equal(split_as(l, "$(page)/$(pages) $(section) $(x)", true),
        "l'page' s'/' l'pages' s' ' l'section' s' ' v'x'");
    assert_messages(l, "");
}

static void test_bad(void **state)
{
    static const char *const CASES[][2] = {
        {"a $(b", "1:7: no ')' ends this '$(' [bad-substitution]\n"},
        {"a $(b:y $(c:y)", "1:7: no ')' ends this '$(' [bad-substitution]\n"},
        {"$()", "1:7: a name is missing in '$()' [bad-substitution]\n"},
        {"$(a b)", "1:8: this is not the name of a value [bad-substitution]\n"},
        {"$(A)", "1:7: this is not the name of a value [bad-substitution]\n"},
        {"$(1a)", "1:7: this is not the name of a value [bad-substitution]\n"},
        {"$(a..b)",
            "1:7: this is not the name of a value [bad-substitution]\n"},
        {"$(a.)", "1:7: this is not the name of a value [bad-substitution]\n"},
        {"$(a:)", "1:8: no format follows this ':' [bad-substitution]\n"},
        {"$(page:x)", "1:11: this value takes no format [bad-substitution]\n"},
        {"$( ) $(b",
            "1:7: this is not the name of a value [bad-substitution]\n"
            "1:10: no ')' ends this '$(' [bad-substitution]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct load *l = new_load(*state);
        split_as(l, CASES[i][0], true);
        assert_messages(l, CASES[i][1]);
    }
}

/* A value ends in its line, so that a forgotten ')' does not eat a body. */
static void test_lines(void **state)
{
    struct load *l = new_load(*state);
    struct node *n = load_string(l, "k: |\n  a $(b\n  c) $(d)\n");
    struct text *t = model_text(l, n->items[0], false);
    assert_messages(l, "2:5: no ')' ends this '$(' [bad-substitution]\n");
    assert_int_equal(t->npieces, 3);
    assert_slice(t->pieces[1].name, "d");
}

/* Nothing is said of a text that is bad already. */
static void test_silent(void **state)
{
    struct load *l = new_load(*state);
    struct node *n = load_string(l, "k: $(a\n");
    n->bad = true;
    model_text(l, n->items[0], false);
    assert_messages(l, "");
}

static void test_places(void **state)
{
    struct load *l = new_load(*state);
    struct node *n = load_string(l, "k: |\n  one\n  two\n");
    struct text *t = model_text(l, n->items[0], false);
    struct load_cursor c = {0};
    struct pos at = model_text_pos(l->files, &c, t, strlen("one\nt"));
    uint32_t line, column;
    files_locate(l->files, at, &line, &column, NULL);
    assert_int_equal(line, 3);
    assert_int_equal(column, 4);
    struct text data = {.s = SLICE("cell"), .pos = {at.file, 7}};
    at = model_text_pos(l->files, &c, &data, 2);
    assert_int_equal(at.off, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_pieces, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            test_bad, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            test_lines, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            test_silent, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            test_places, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
