/* Tests of the cache of tokens and of where tokens may break. */
#include "support_text.h"

#include <string.h>

static const struct token *find(
    struct type *t, unsigned style, uint16_t lang, unsigned mode, const char *s)
{
    struct setting set = {
        .cut = fonts_cut(t->fonts, fonts_look(t->fonts, &t->style, style)),
        .lang = lang,
        .mode = (uint8_t)mode};
    return words_token(t->fonts, &set, slice_of(s), (struct pos){0});
}

static void keeps_tokens(void **state)
{
    struct type *t = open_type(*state);
    char text[] = "token";
    const struct token *first = find(t, 0, 0, MODE_PROSE, text);
    text[0] = 'b'; /* the cache has bytes of its own */
    assert_true(slice_is(first->s, "token"));
    assert_true(slice_is(first->parts[0].word->s, "token"));
    assert_ptr_equal(find(t, 0, 0, MODE_PROSE, "token"), first);
    assert_ptr_not_equal(find(t, SPAN_STRONG, 0, MODE_PROSE, "token"), first);
    assert_ptr_not_equal(find(t, 0, 1, MODE_PROSE, "token"), first);
    assert_ptr_not_equal(find(t, 0, 0, MODE_IDENTIFIER, "token"), first);
    assert_ptr_not_equal(find(t, 0, 0, MODE_PROSE, "tokens"), first);
    /* Another size is no other word. */
    t->style.size = PT(30);
    assert_ptr_equal(find(t, 0, 0, MODE_PROSE, "token"), first);
}

static void grows(void **state)
{
    enum { COUNT = 5000 };
    struct type *t = open_type(*state);
    const struct token **tokens =
        ARENA_ARRAY(*state, COUNT, const struct token *);
    for (int i = 0; i < COUNT; i++)
        tokens[i] = find(t, 0, 0, MODE_PROSE, arena_printf(*state, "t%d", i));
    const struct fonts_priv *p = t->fonts->priv;
    assert_true(p->ntokens >= COUNT && p->nslots >= 2 * p->ntokens);
    size_t before = p->ntokens;
    for (int i = 0; i < COUNT; i++)
        assert_ptr_equal(
            find(t, 0, 0, MODE_PROSE, arena_printf(*state, "t%d", i)),
            tokens[i]);
    assert_int_equal(p->ntokens, before);
}

/* The parts of a token with their breaks, as show_items has them. */
static const char *parts(struct type *t, unsigned mode, const char *s)
{
    struct items items = {0};
    const struct token *token = find(t, 0, 0, mode, s);
    items.v = ARENA_ARRAY(t->a, token->n, struct item);
    for (; items.n < token->n; items.n++)
        items.v[items.n] = (struct item){.word = token->parts[items.n].word,
            .kind = token->parts[items.n].kind,
            .brk = token->parts[items.n].brk};
    return show_items(t, &items);
}

struct example {
    const char *s, *parts;
};

static void check(struct type *t, unsigned mode, const struct example *e)
{
    for (; e->s; e++)
        assert_string_equal(parts(t, mode, e->s), e->parts);
}

static void breaks_prose(void **state)
{
    static const struct example examples[] = {
        {"people-centred", "[people-]|[centred]"},
        {"end-to-end.", "[end-]|[to-]|[end.]"},
        {"and/or", "[and/]|[or]"},
        {"cost\xe2\x80\x93"
         "benefit",
            "[cost\xe2\x80\x93]|[benefit]"},
        {"Question", "[Question]"},
        {"(SSC&C).", "[(SSC&C).]"},
        {"2025-12-04", "[2025-12-04]"},
        {"15-25", "[15-25]"},
        {"Q2/20", "[Q2/20]"},
        {"WP1/20", "[WP1/20]"},
        {"Y.4241", "[Y.4241]"},
        /* No lone letter on a line, unless need be. */
        {"ITU-T", "[ITU-]?[T]"},
        {"e-Health", "[e-]?[Health]"},
        {"I/O", "[I/]?[O]"},
        /* Names are broken only if need be. */
        {"Y.dt-SComCam", "[Y.dt-]?[SComCam]"},
        {"Y.citiverse-reqts", "[Y.citiverse-]?[reqts]"},
        {"Y.4201-Rev", "[Y.4201-]?[Rev]"},
        {"IoT-based", "[IoT-]?[based]"},
        {"2025\xe2\x80\x93"
         "2028",
            "[2025\xe2\x80\x93]?[2028]"},
        {"\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2\xe0\xb8\xa0\xe0\xb8\xb2"
         "\xe0\xb8\xa9\xe0\xb8\xb2",
            "[\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2]|[\xe0\xb8\xa0\xe0\xb8\xb2"
            "\xe0\xb8\xa9\xe0\xb8\xb2]"},
        {0},
    };
    check(open_type(*state), MODE_PROSE, examples);
}

static void divides_at_special_characters(void **state)
{
    static const struct example examples[] = {
        {"10\xc2\xa0"
         "km",
            "[10]=[km]"},
        {"10\xe2\x80\xaf"
         "000",
            "[10]=[000]"},
        {"1\xe2\x80\x87"
         "2",
            "[1]=[2]"},
        {"\xc2\xa0", "="},
        {"a\xe2\x80\x83"
         "b",
            "[a]_[b]"},
        {"assess\xc2\xadment", "[assess]-[ment]"},
        {"\xc2\xad", ""},
        {"a\xe2\x80\x8b"
         "b",
            "[a]|[b]"},
        {"nb\xe2\x80\x91"
         "hyphen",
            "[nb\xe2\x80\x91hyphen]"},
        {0},
    };
    struct type *t = open_type(*state);
    check(t, MODE_PROSE, examples);
    assert_string_equal(parts(t, MODE_WHOLE, "a\xe2\x80\x8b-b"), "[a][-b]");
}

static void breaks_identifiers(void **state)
{
    static const struct example examples[] = {
        {"Y.4241", "[Y.]?[4241]"},
        {"Y.dt-SComCam", "[Y.]?[dt-]?[SComCam]"},
        {"Y.Sup_DRI/id", "[Y.]?[Sup_]?[DRI/]?[id]"},
        {"people-centred", "[people-]?[centred]"},
        {"(ex", "[(ex]"},
        {"-5", "[-5]"},
        {"a.", "[a.]"},
        {"a--b", "[a--b]"},
        {"so\xc2\xad"
         "ft",
            "[so][ft]"},
        {0},
    };
    check(open_type(*state), MODE_IDENTIFIER, examples);
}

static void breaks_addresses(void **state)
{
    static const struct example examples[] = {
        {"https://www.itu.int/en/ITU-T/",
            "[https://www.]?[itu.]?[int/]?[en/]?[ITU-]?[T/]"},
        {"http://a/?q=1&r=x_y#z:1",
            "[http://a/?]?[q=]?[1&]?[r=]?[x_]?[y#]?[z:]?[1]"},
        {"plain", "[plain]"},
        {0},
    };
    check(open_type(*state), MODE_URL, examples);
}

static void binds_to_neighbours(void **state)
{
    static const struct {
        const char *s;
        unsigned bind;
    } cases[] = {
        {"word", 0},
        {"\xe2\x80\x93", BIND_BEFORE},
        {"\xe2\x80\x94", BIND_BEFORE},
        {"-", BIND_BEFORE},
        {"-5", 0},
        {":", BIND_BEFORE},
        {"!", BIND_BEFORE},
        {"/", BIND_BEFORE},
        {")", BIND_BEFORE},
        {"(", BIND_AFTER},
        {"(a)", 0},
    };
    struct type *t = open_type(*state);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            find(t, 0, 0, MODE_PROSE, cases[i].s)->bind, cases[i].bind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            keeps_tokens, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(grows, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_prose, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            divides_at_special_characters, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_identifiers, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_addresses, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            binds_to_neighbours, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
