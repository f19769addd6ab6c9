/* Tests of shaping: glyphs, widths, what glyphs say, characters no font has. */
#include "support_text.h"

#include <string.h>

/* The words of one piece. */
static const struct token *shape(struct type *t, const char *s, bool plain)
{
    struct setting set = {
        .cut = fonts_cut(t->fonts, fonts_look(t->fonts, &t->style, 0)),
        .mode = MODE_WHOLE,
        .features = plain ? FEATURE_PLAIN : 0};
    return words_token(t->fonts, &set, slice_of(s), (struct pos){0});
}

static const struct word *shape_word(struct type *t, const char *s)
{
    const struct token *token = shape(t, s, false);
    assert_int_equal(token->n, 1);
    return token->parts[0].word;
}

/* What the glyphs of a word say by themselves. */
static const char *said(struct type *t, const struct word *w)
{
    const struct face *face = t->fonts->faces[w->face];
    struct buf out = buf_new(t->a);
    buf_puts(&out, "");
    for (uint16_t i = 0; i < w->n; i++) {
        struct slice s = face->unicode[w->glyphs[i].id];
        assert_int_equal(face->used[w->glyphs[i].id], 1);
        assert_true(s.n > 0);
        buf_put(&out, s.s, s.n);
    }
    return out.s;
}

static void shapes_words(void **state)
{
    struct type *t = open_type(*state);
    const struct word *w = shape_word(t, "hand");
    assert_int_equal(w->n, 4);
    /* Times' widths, in 2048 units: h 1024, a 909, n 1024, d 1024. */
    assert_int_equal(w->width, 3981);
    assert_int_equal(w->glyphs[1].advance, 909);
    assert_true(w->simple);
    assert_false(w->actual);
    assert_true(slice_is(w->s, "hand"));
    assert_string_equal(said(t, w), "hand");
}

static void kerns(void **state)
{
    struct type *t = open_type(*state);
    const struct word *v = shape_word(t, "V"), *a = shape_word(t, "A");
    const struct word *both = shape_word(t, "VA");
    assert_true(both->width < v->width + a->width);
    assert_false(both->simple);
    assert_false(both->actual);
    int32_t sum = 0;
    for (uint16_t i = 0; i < both->n; i++)
        sum += both->glyphs[i].advance;
    assert_int_equal(sum, both->width);
}

static void sums_widths_at_a_size(void **state)
{
    struct type *t = open_type(*state);
    struct items items = shape_plain(t, "hand");
    assert_int_equal(items.v[0].width, 19438); /* 3981 * 10000 / 2048 */
    assert_int_equal(width_at(1, 1024, 2048), 1);
    assert_int_equal(width_at(1, 1023, 2048), 0);
    assert_int_equal(width_at(3, 10000, 1000), 30);
}

/* Two characters drawn by one glyph: the second needs its text told. */
static void tells_what_glyphs_cannot(void **state)
{
    struct type *t = open_type(*state);
    const struct word *micro = shape_word(t, "\xc2\xb5");
    const struct word *mu = shape_word(t, "\xce\xbc");
    assert_false(micro->actual);
    assert_int_equal(mu->actual, micro->glyphs[0].id == mu->glyphs[0].id);
    /* A character that prints nothing makes no glyph say more than it does. */
    const struct word *joined = shape_word(t, "q\xe2\x81\xa0");
    assert_int_equal(joined->n, 1);
    assert_true(joined->actual);
    assert_string_equal(said(t, joined), "q");
    assert_false(shape_word(t, "q")->actual);
    /* Where a font lacks a thin no-break space, its space is drawn narrower. */
    const struct word *thin = shape_word(t, "\xe2\x80\xaf");
    const struct word *space = shape_word(t, " ");
    assert_int_equal(thin->actual, thin->glyphs[0].id == space->glyphs[0].id);
    assert_true(thin->width < space->width);
    assert_false(shape_word(t, "\xc2\xa0")->actual);
}

static void composes_marks(void **state)
{
    struct type *t = open_type(*state);
    const struct word *one = shape_word(t, "\xc3\xa9");
    const struct word *two = shape_word(t, "e\xcc\x81");
    assert_int_equal(two->n, 1);
    assert_int_equal(two->glyphs[0].id, one->glyphs[0].id);
    assert_int_equal(two->width, one->width);
    assert_false(one->actual);
    assert_true(two->actual);
    /* A glyph that is a letter of its own still says that letter. */
    shape_word(t, "s\xcc\xa7\xcc\x84");
    assert_string_equal(said(t, shape_word(t, "s")), "s");
    assert_false(shape_word(t, "s")->actual);
}

/* A ligature says its letters; code has none. */
static void ligates_but_code(void **state)
{
    struct type *t = open_type(*state);
    const char *s = "\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7"; /* ksha */
    const struct word *w = shape_word(t, s);
    assert_int_equal(w->n, 1);
    assert_string_equal(said(t, w), s);
    assert_false(w->actual);
    t->style.family = SLICE("noto-sans");
    const struct token *joined = shape(t, "ffi", false);
    const struct token *apart = shape(t, "ffi", true);
    assert_int_equal(apart->parts[0].word->n, 3);
    assert_true(joined->parts[0].word->n <= 3);
    assert_string_equal(said(t, apart->parts[0].word), "ffi");
}

static void splits_faces_and_scripts(void **state)
{
    struct type *t = open_type(*state);
    const struct token *token =
        shape(t, "ab\xe1\x83\xa5\xe1\x83\xa6.\xd0\xb6", false);
    assert_int_equal(token->n, 3);
    assert_true(slice_is(token->parts[0].word->s, "ab"));
    assert_true(slice_is(token->parts[1].word->s, "\xe1\x83\xa5\xe1\x83\xa6"));
    assert_true(slice_is(token->parts[2].word->s, ".\xd0\xb6"));
    assert_int_equal(token->parts[0].word->face, token->parts[2].word->face);
    /* Latin and Cyrillic of one face are shaped apart. */
    assert_int_equal(shape(t, "ab\xd0\xb6", false)->n, 2);
}

static void splits_long_runs(void **state)
{
    enum { LONG = 10000 };
    struct type *t = open_type(*state);
    char *s = arena_alloc(*state, LONG + 1);
    memset(s, 'n', LONG);
    s[LONG] = '\0';
    const struct token *token = shape(t, s, false);
    assert_int_equal(token->n, 3);
    assert_int_equal(token->parts[0].word->n, 4096);
    int64_t width = 0;
    for (uint32_t i = 0; i < token->n; i++)
        width += token->parts[i].word->width;
    assert_int_equal(width, LONG * 1024);
}

/* HarfBuzz takes quadratic time over the marks of one base character. */
static void caps_marks(void **state)
{
    enum { MARKS = 20000 };
    struct type *t = open_type(*state);
    struct buf s = buf_new(*state);
    buf_puts(&s, "x");
    for (int i = 0; i < MARKS; i++)
        buf_puts(&s, "\xcc\xa7");
    const struct token *token = shape(t, s.s, false);
    size_t bytes = 0;
    for (uint32_t i = 0; i < token->n; i++) {
        assert_true(token->parts[i].word->s.n <= 1 + 2 * 33);
        bytes += token->parts[i].word->s.n;
    }
    assert_int_equal(bytes, s.n);
    assert_int_equal(diag_errors(t->l->d), 0);
}

static struct pos place(struct type *t, const char *text, uint32_t off)
{
    return (struct pos){
        files_add_text(t->l->files, "<test>", slice_of(text)), off};
}

static void reports_missing_characters_once(void **state)
{
    static const char text[] =
        "a: one \xf0\x9f\xa7\xbf\nb: \xe4\xb8\xad\xf0\x9f\xa7\xbf";
    struct type *t = open_type(*state);
    struct shape_spec spec = {.style = &t->style};
    struct pos pos = place(t, text, 3);
    struct slice s = slice_of(text);
    struct slice first = {s.s + 3, 8}, second = {s.s + 15, 7};
    text_shape_plain(t->fonts, *state, first, pos, &spec);
    pos.off = 15;
    text_shape_plain(t->fonts, *state, second, pos, &spec);
    t->style.bold = true;
    text_shape_plain(t->fonts, *state, second, pos, &spec);
    assert_string_equal(short_messages(t->l),
        "1:8: no font has the character U+1F9FF (NAZAR AMULET) "
        "[missing-glyph]\n"
        "2:4: no font has the character U+4E2D (CJK UNIFIED IDEOGRAPH-4E2D) "
        "[missing-glyph]\n");
    assert_int_equal(diag_status(t->l->d), 1);
}

/* In a data file's row, whatever stands before the cell. */
static void finds_a_character_in_its_row(void **state)
{
    static const char text[] =
        "a,b\n\"one\ntwo\",\"x \"\"y\"\" \xf0\x9f\xa7\xbf\"\n";
    struct type *t = open_type(*state);
    struct shape_spec spec = {.style = &t->style};
    text_shape_plain(t->fonts, *state, SLICE("x \"y\" \xf0\x9f\xa7\xbf"),
        place(t, text, 4), &spec);
    assert_string_equal(short_messages(t->l),
        "3:15: no font has the character U+1F9FF (NAZAR AMULET) "
        "[missing-glyph]\n");
}

static void reports_a_missing_mark(void **state)
{
    struct type *t = open_type(*state);
    /* The letter is had, but not a mark of Nag Mundari on it. */
    const char *text = "x\xf0\x9e\x93\xac";
    struct shape_spec spec = {.style = &t->style};
    text_shape_plain(
        t->fonts, *state, slice_of(text), place(t, text, 0), &spec);
    assert_string_equal(short_messages(t->l),
        "1:2: no font has the character U+1E4EC (NAG MUNDARI SIGN MUHOR) "
        "[missing-glyph]\n");
}

/* Once for what stands together, not for each letter, nor for all. */
static void reports_right_to_left(void **state)
{
    static const char text[] = "a \xd7\x90\xd7\x91 b, \xd8\xa8\n"
                               "\xd7\x91,\xd7\x92";
    struct type *t = open_type(*state);
    struct shape_spec spec = {.style = &t->style};
    text_shape_plain(
        t->fonts, *state, slice_of(text), place(t, text, 0), &spec);
    assert_string_equal(short_messages(t->l),
        "1:3: U+05D0 (HEBREW LETTER ALEF) is written from right to left, "
        "which cannot be set yet [right-to-left]\n"
        "2:1: U+05D1 (HEBREW LETTER BET) is written from right to left, "
        "which cannot be set yet [right-to-left]\n"
        "2:4: U+05D2 (HEBREW LETTER GIMEL) is written from right to left, "
        "which cannot be set yet [right-to-left]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            shapes_words, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(kerns, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            sums_widths_at_a_size, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            tells_what_glyphs_cannot, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            composes_marks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            ligates_but_code, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            splits_faces_and_scripts, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            splits_long_runs, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            caps_marks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reports_missing_characters_once, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reports_a_missing_mark, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            finds_a_character_in_its_row, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reports_right_to_left, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
