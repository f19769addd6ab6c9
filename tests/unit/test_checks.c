/* The built-in checks over small reports: what they find, and what not. */
#include "support_doc.h"

#include "review/review.h"

#include <string.h>

/* All checks are errors, so that their messages come in short. */
#define ALL \
    "report: {title: T, language: en, status-date: 2025-01-31}\n" \
    "lint: {out-of-order: error, prefix-spelling: error, vague-link: error, " \
    "identifier-in-two-lists: error}\n"

/* What the checks say of a report. */
static const char *check(struct load *l, const char *yaml)
{
    struct model_options options = {0};
    struct node *root = load_string(l, arena_printf(l->a, "%s%s", ALL, yaml));
    assert_non_null(root);
    struct report *r = model_read(l, root, &options);
    review_levels(l->d, r);
    data_expand(l, r);
    struct doc *doc = inline_resolve(l, r);
    assert_string_equal(short_messages(l), "");
    struct arena *scratch = arena_beside(l->a);
    assert_non_null(scratch);
    review_check(l, scratch, doc);
    arena_free(scratch);
    return short_messages(l);
}

/* Which cells of a table are out of order, of column a and then b. */
static const char *disorder(struct load *l, const char *order, const char *rows)
{
    const char *found = check(l,
        arena_printf(l->a,
            "body: [table: {columns: [{key: a}, {key: b}], expect-order: "
            "'%s', rows: [%s]}]\n",
            order, rows));
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    for (const char *at = found; (at = strchr(at, '\'')) != NULL;) {
        const char *end = strchr(at + 1, '\'');
        assert_non_null(end);
        buf_put(&out, at + 1, (size_t)(end - at - 1));
        at = strchr(end, '\n');
        buf_putc(&out, ' ');
    }
    return out.s;
}

static void knows_orders(void **state)
{
    static const char *const CASES[][3] = {
        {"a", "[Y.9, ''], [Y.10, ''], [Y.11, '']", ""},
        {"a", "[Y.10, ''], [Y.9, '']", "Y.9 "},
        {"a", "[Y.9, ''], [Y.9, ''], [Y.8, ''], [Y.7, '']", "Y.8 Y.7 "},
        {"a", "[Y.9, ''], [Y.1, ''], [Y.10, '']", "Y.1 "},
        {"a desc", "[Y.10, ''], [Y.9, ''], [Y.9, '']", ""},
        {"a desc", "[Y.9, ''], [Y.10, '']", "Y.10 "},
        {"natural(a) desc", "[Y.9, ''], [Y.10, '']", "Y.10 "},
        {"a asc", "[B, ''], [a, '']", "a "},
        {"a", "[a, ''], [B, ''], [ä, '']", "ä "},
        {"b", "[z, 1], [y, 2]", ""},
        {"b, a", "[x, 1], [y, 1], [a, 2]", ""},
        {"b, a", "[y, 1], [x, 1], [a, 2]", "x "},
        {"b desc,a desc", "[x, 2], [y, 2], [z, 1]", "y "},
        {"a", "['*Y.10*', ''], ['**Y.9**', '']", "Y.9 "},
        {"a", "['', ''], [A, ''], ['', '']", " "},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(disorder(l, CASES[i][0], CASES[i][1]), CASES[i][2]);
    }
}

/* Keys of rows are made in lots: the first of a lot is compared, too. */
static void compares_long_lists(void **state)
{
    struct load *l = new_load(*state);
    struct buf rows = buf_new(l->a);
    for (unsigned i = 0; i < 5000; i++)
        buf_printf(&rows, "[N%u, ''], ", i % 1024 == 0 && i ? i - 2 : i);
    buf_puts(&rows, "[Z, '']");
    assert_string_equal(disorder(l, "a", rows.s), "N1022 N2046 N3070 N4094 ");
}

static const char *spelt(struct load *l, const char *cells)
{
    return check(l,
        arena_printf(l->a,
            "body: [table: {columns: [{key: a, break: identifier}], rows: "
            "[%s]}]\n",
            cells));
}

/* The most frequent spelling is right, the first one of equals. */
static void counts_spellings(void **state)
{
    struct load *l = new_load(*state);
    const char *found =
        spelt(l, "[Y.Suppl.1], [Y.Sup-a], [Y.Sup-b], [Y.sup.c], [Y.Sup-d]");
    assert_string_equal(found,
        "3:64: 1 identifier begins with 'Y.Suppl.', 3 with 'Y.Sup-': one "
        "prefix, spelt in two ways [prefix-spelling]\n"
        "3:99: 1 identifier begins with 'Y.sup.', 3 with 'Y.Sup-': one "
        "prefix, spelt in two ways [prefix-spelling]\n");
    l = new_load(*state);
    assert_non_null(strstr(spelt(l, "[X-a-1], [x.a-1]"),
        "1 identifier begins with 'x.', 1 with 'X-'"));
    l = new_load(*state);
    assert_string_equal(spelt(l, "[X-1], [X.a]"), "");
}

/* A long list of names, all with a prefix of their own, takes no time. */
static void takes_many_prefixes(void **state)
{
    struct load *l = new_load(*state);
    struct buf rows = buf_new(l->a);
    for (unsigned i = 0; i < 20000; i++)
        buf_printf(&rows, "[Y.%c%c%c%c-%u], ", 'A' + (int)(i % 26),
            'A' + (int)(i / 26 % 26), 'A' + (int)(i / 676 % 26),
            'A' + (int)(i / 17576), i);
    buf_puts(&rows, "[Z-1]");
    assert_string_equal(spelt(l, rows.s), "");
}

static void knows_vague_links(void **state)
{
    static const char *const CASES[][2] = {
        {"[here](https://a.org)", "'here'"},
        {"[HERE.](https://a.org)", "'HERE.'"},
        {"[*Click*  here](https://a.org)", "'Click here'"},
        {"[“this link” →](https://a.org)", "'“this link” →'"},
        {"[ici](https://a.org)", NULL},
        {"[here and there](https://a.org)", NULL},
        {"[Where](https://a.org)", NULL},
        {"[1](https://a.org)", NULL},
        {"https://here.org", NULL},
        {"here", NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        const char *found =
            check(l, arena_printf(l->a, "body: |\n  %s\n", CASES[i][0]));
        if (CASES[i][1])
            assert_non_null(strstr(found, CASES[i][1]));
        else
            assert_string_equal(found, "");
    }
}

/* Each name in `lint:` sets the message of that name, and no other. */
static void sets_each_level(void **state)
{
    static const char *const NAMES[] = {
#define X(id, name, own, what) name,
        LINT_LIST(X)
#undef X
    };
    for (unsigned i = 0; i < LINT_COUNT; i++) {
        struct load *l = new_load(*state);
        struct report *r = ARENA_NEW(l->a, struct report);
        for (unsigned k = 0; k < LINT_COUNT; k++)
            r->lint[k].level = k == i ? LINT_OFF : LINT_ERROR;
        review_levels(l->d, r);
        unsigned off = 0;
        for (unsigned id = 0; id < D_COUNT; id++) {
            if (diag_is_on(l->d, (enum diag_id)id))
                continue;
            assert_string_equal(diag_name((enum diag_id)id), NAMES[i]);
            off++;
        }
        assert_int_equal(off, 1);
    }
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(sets_each_level),
        T(knows_orders),
        T(compares_long_lists),
        T(counts_spellings),
        T(takes_many_prefixes),
        T(knows_vague_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
