/* Tests of families to faces, of fallback and of looks. */
#include "support_text.h"

#include <string.h>

static const char *file_of(const struct type *t, const struct word *w)
{
    return strrchr(t->fonts->faces[w->face]->path, '/') + 1;
}

static void opens_what_the_profile_names(void **state)
{
    struct type *t = new_type(*state);
    t->profile->styles[STYLE_CODE].family = SLICE("mono");
    t->profile->styles[STYLE_TITLE].bold = true;
    t->fonts = fonts_open(t->l, t->doc);
    assert_string_equal(messages(t->l), "");
    assert_int_equal(t->fonts->nfaces, 3);
    for (uint32_t i = 0; i < t->fonts->nfaces; i++) {
        assert_int_equal(t->fonts->faces[i]->id, i);
        assert_int_equal(t->fonts->faces[i]->path[0], '/');
    }
    /* The rest is opened when it is needed. */
    fonts_cut(t->fonts, fonts_look(t->fonts, &t->style, SPAN_EMPHASIS));
    assert_int_equal(t->fonts->nfaces, 4);
    struct buf deps = buf_new(*state);
    files_deps(t->l->files, "out", &deps);
    assert_non_null(strstr(deps.s, "LiberationSerif-Italic.ttf"));
    assert_non_null(strstr(deps.s, "families.yaml"));
    assert_null(strstr(deps.s, "Noto"));
}

static void reports_unknown_families_once(void **state)
{
    struct type *t = new_type(*state);
    t->profile->node = load_string(t->l,
        "styles:\n"
        "  body: {size: 10pt}\n"
        "  code: {family: serfi}\n");
    t->profile->styles[STYLE_CODE].family = SLICE("serfi");
    t->profile->styles[STYLE_QUOTE].family = SLICE("serfi");
    t->fonts = fonts_open(t->l, t->doc);
    assert_non_null(t->fonts);
    assert_string_equal(short_messages(t->l),
        "3:18: there is no font family 'serfi' [unknown-font]\n");
    assert_non_null(strstr(messages(t->l), "did you mean 'serif'?"));
    /* Text can still be set, to find its faults. */
    assert_string_equal(show_plain(t, "a b"), "[a]_[b]");
}

static void finds_looks_again(void **state)
{
    struct type *t = open_type(*state);
    struct fonts *f = t->fonts;
    uint16_t plain = fonts_look(f, &t->style, 0);
    struct style copy = t->style;
    assert_int_equal(fonts_look(f, &copy, 0), plain);
    assert_int_equal(fonts_look(f, &copy, SPAN_URL), plain);
    uint32_t before = f->nlooks;
    for (rlen size = PT(5); size < PT(105); size += 500) {
        copy.size = size;
        uint16_t look = fonts_look(f, &copy, 0);
        assert_int_equal(f->looks[look].size, size);
        assert_int_equal(fonts_look(f, &copy, 0), look);
    }
    assert_int_equal(f->nlooks, before + 199);
    assert_int_equal(fonts_look(f, &t->style, 0), plain);
}

static void looks_follow_spans(void **state)
{
    struct type *t = open_type(*state);
    struct fonts *f = t->fonts;
    t->style.italic = true;
    const struct look *look =
        &f->looks[fonts_look(f, &t->style, SPAN_STRONG | SPAN_EMPHASIS)];
    assert_true(look->bold);
    assert_false(look->italic); /* emphasis in italics is upright */
    uint16_t code = fonts_look(f, &t->style, SPAN_CODE);
    assert_string_equal(
        f->priv->families->v[f->looks[code].family].key, "mono");
    assert_int_equal(f->looks[code].size, 9200);
    t->style.family = SLICE("mono");
    code = fonts_look(f, &t->style, SPAN_CODE);
    assert_int_equal(f->looks[code].size, PT(10));
    uint16_t raised = fonts_look_raised(f, &t->style, 0);
    assert_int_equal(f->looks[raised].rise, 3300);
    assert_int_equal(f->looks[raised].size, 6500);
    struct colour blue = {0, 0, 200};
    uint16_t coloured = fonts_look_coloured(f, raised, blue);
    assert_int_equal(f->looks[coloured].colour.b, 200);
    assert_int_equal(f->looks[coloured].rise, 3300);
    assert_int_not_equal(coloured, raised);
}

static void sets_baselines(void **state)
{
    struct type *t = open_type(*state);
    /* Ascent and descent of Liberation Serif: 1825 and 443 of 2048. */
    assert_int_equal(fonts_baseline(t->fonts, &t->style), 9374);
    t->style.leading = PT(24);
    assert_int_equal(fonts_baseline(t->fonts, &t->style), 15374);
    t->style.leading = PT(1);
    rlen y = fonts_baseline(t->fonts, &t->style);
    assert_true(y >= 0 && y <= PT(1));
}

static void takes_the_first_font_that_has_it(void **state)
{
    static const struct {
        const char *s, *file;
    } cases[] = {
        {"a", "LiberationSerif-Regular.ttf"},
        {"\xd0\x96", "LiberationSerif-Regular.ttf"},
        {"\xe1\x83\xa5", "NotoSerifGeorgian-Regular.ttf"},
        {"\xe0\xa4\xa8", "NotoSerifDevanagari-Regular.ttf"},
        {"\xe1\x8f\xa3", "NotoSansCherokee-Regular.ttf"},
        {"\xe2\x91\xa0", "NotoSansSymbols-Regular.ttf"},
        /* A mark stays with its base character. */
        {"x\xe1\xb7\x99", "NotoSerif-Regular.ttf"},
        {"e\xcc\x81", "LiberationSerif-Regular.ttf"},
    };
    struct type *t = open_type(*state);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct items items = shape_plain(t, cases[i].s);
        assert_int_equal(items.n, 1);
        assert_string_equal(file_of(t, items.v[0].word), cases[i].file);
    }
    assert_string_equal(messages(t->l), "");
    t->style.bold = true;
    struct items items = shape_plain(t, "\xe1\x83\xa5 \xe1\x8f\xa3");
    assert_string_equal(
        file_of(t, items.v[0].word), "NotoSerifGeorgian-Bold.ttf");
    t->style.italic = true;
    items = shape_plain(t, "\xe1\x83\xa5");
    assert_string_equal(
        file_of(t, items.v[0].word), "NotoSerifGeorgian-Bold.ttf");
}

/* What belongs to no script stays in the face of what it stands beside. */
static void keeps_the_face(void **state)
{
    struct type *t = open_type(*state);
    struct items items =
        shape_plain(t, "\xe0\xa4\xa8\xe0\xa5\xa4 \xe0\xa6\x95\xe0\xa5\xa4");
    assert_int_equal(items.n, 3);
    assert_string_equal(
        file_of(t, items.v[0].word), "NotoSerifDevanagari-Regular.ttf");
    assert_string_equal(
        file_of(t, items.v[2].word), "NotoSerifBengali-Regular.ttf");
}

/* As if the font were not installed. */
static void lose_font(struct type *t, const char *family, const char *name)
{
    struct families *f = t->fonts->priv->families;
    int32_t index = families_find(f, slice_of(family));
    for (uint32_t i = 0; i < f->v[index].nfonts * (uint32_t)CUTS; i++) {
        struct font_file *file = &f->v[index].fonts[i / CUTS].files[i % CUTS];
        if (file->name && strcmp(file->name, name) == 0) {
            *file = (struct font_file){.name = "Nowhere.ttf"};
            return;
        }
    }
    fail_msg("no font %s", name);
}

static void names_the_package_of_a_missing_font(void **state)
{
    struct type *t = open_type(*state);
    lose_font(t, "serif", "LiberationSerif-Bold.ttf");
    assert_string_equal(show_plain(t, "a"), "[a]");
    assert_string_equal(messages(t->l), "");
    t->style.bold = true;
    assert_string_equal(show_plain(t, "a b"), "[a]_[b]");
    assert_string_equal(show_plain(t, "c"), "[c]");
    assert_string_equal(messages(t->l),
        "rapporteur: error: the font Nowhere.ttf is not installed "
        "[missing-font]\n"
        "  hint: Debian's package fonts-liberation brings it\n");
    assert_int_equal(diag_status(t->l->d), 3);
}

static void a_missing_fallback_is_no_missing_glyph(void **state)
{
    struct type *t = open_type(*state);
    lose_font(t, "noto-serif", "NotoSerifGeorgian-Regular.ttf");
    /* Other characters do not need it. */
    assert_string_equal(show_plain(t, "\xe0\xa4\xa8"), "[\xe0\xa4\xa8]");
    assert_int_equal(diag_errors(t->l->d), 0);
    shape_plain(t, "\xe1\x83\xa5\xe1\x83\xa6 \xe1\x83\xa5");
    assert_int_equal(diag_errors(t->l->d), 1);
    assert_non_null(strstr(messages(t->l), "[missing-font]"));
    assert_non_null(strstr(messages(t->l), "fonts-noto-core"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            opens_what_the_profile_names, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reports_unknown_families_once, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            finds_looks_again, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            looks_follow_spans, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            sets_baselines, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            takes_the_first_font_that_has_it, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            keeps_the_face, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            names_the_package_of_a_missing_font, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(a_missing_fallback_is_no_missing_glyph,
            set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
