/* Tests of reading families.yaml. */
#include "support_text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct families *read_text(struct load *l, const char *yaml)
{
    struct node *root = load_string(l, yaml);
    assert_non_null(root);
    return families_of(l, root);
}

static void reads_the_shipped_file(void **state)
{
    struct load *l = new_load(*state);
    struct families *f = families_read(l);
    assert_string_equal(messages(l), "");
    assert_non_null(f);
    int32_t serif = families_find(f, SLICE("serif"));
    assert_true(serif >= 0);
    assert_int_equal(families_find(f, SLICE("Liberation Serif")), serif);
    assert_true(families_find(f, SLICE("sans")) >= 0);
    assert_true(families_find(f, SLICE("mono")) >= 0);
    assert_int_equal(families_find(f, SLICE("seri")), -1);
    assert_int_equal(files_count(l->files), 1);
    const struct font *own = &f->v[serif].fonts[0];
    assert_string_equal(own->package, "fonts-liberation");
    for (unsigned cut = 0; cut < CUTS; cut++)
        assert_non_null(own->files[cut].name);
    assert_string_equal(own->files[CUT_BOLD].name, "LiberationSerif-Bold.ttf");
}

/* A name with a slip would be found only by the report that needs it. */
static void every_font_exists(void **state)
{
    struct families *f = families_read(new_load(*state));
    unsigned count = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        for (uint32_t j = 0; j < f->v[i].nfonts * (uint32_t)CUTS; j++) {
            const char *name = f->v[i].fonts[j / CUTS].files[j % CUTS].name;
            bool found = !name;
            for (uint32_t k = 0; k < f->nfolders && !found; k++)
                found =
                    access(arena_printf(*state, "%s/%s", f->folders[k], name),
                        R_OK) == 0;
            if (!found)
                fail_msg("%s is in none of the folders", name);
            count += name != NULL;
        }
    }
    assert_true(count > 100);
}

static void reads_fonts(void **state)
{
    struct load *l = new_load(*state);
    struct families *f = read_text(l,
        "folders: [/a, /b]\n"
        "families:\n"
        "  one:\n"
        "    {name: One, package: p, fallback: [two, one], fonts: [\n"
        "      {regular: r.ttf, bold-italic: bi.ttf},\n"
        "      {regular: s.ttf, script: Deva, package: q}]}\n"
        "  two: {name: Two, package: p2, fonts: [{regular: t.ttf}]}\n");
    assert_string_equal(messages(l), "");
    assert_int_equal(f->nfolders, 2);
    assert_string_equal(f->folders[1], "/b");
    assert_int_equal(f->n, 2);
    const struct family *one = &f->v[0];
    assert_int_equal(one->nfonts, 2);
    assert_string_equal(one->fonts[0].package, "p");
    assert_int_equal(one->fonts[0].script, 0);
    assert_null(one->fonts[0].files[CUT_BOLD].name);
    assert_string_equal(
        one->fonts[0].files[CUT_BOLD | CUT_ITALIC].name, "bi.ttf");
    assert_string_equal(one->fonts[1].package, "q");
    assert_int_equal(one->fonts[1].script, HB_TAG('D', 'e', 'v', 'a'));
    assert_int_equal(one->nfallback, 2);
    assert_int_equal(one->fallback[0], 1);
    assert_int_equal(one->fallback[1], 0);
    assert_string_equal(f->names[1], "two");
    assert_null(f->names[2]);
}

/* A family of a profile, with a fallback or NULL. */
static struct house_family house(
    struct load *l, const char *name, const char *fallback)
{
    struct house_family h = {.name = name};
    h.cuts[0] = (struct font_bytes){load_string(l, "r.ttf\n"),
        files_add_text(l->files, "r.ttf", SLICE("x"))};
    if (fallback) {
        struct node *list = load_string(l, fallback);
        h.fallback = list->items;
        h.nfallback = list->count;
        h.fallback_given = true;
    }
    return h;
}

static void adds_those_of_the_profile(void **state)
{
    struct load *l = new_load(*state);
    struct families *f = families_read(l);
    uint32_t own = f->n;
    struct house_family list[] = {house(l, "House", NULL),
        house(l, "serif", "[serif, Other, mono]\n"),
        house(l, "Other", "[serif]\n")};
    struct profile p = {.families = list, .nfamilies = 3};
    families_add(l, f, &p);
    assert_string_equal(messages(l), "");
    assert_int_equal(f->own, own);
    assert_int_equal(f->n, own + 3);
    assert_int_equal(families_find(f, SLICE("House")), own);
    assert_int_equal(families_find(f, SLICE("serif")), own + 1);
    assert_true(families_find(f, SLICE("Liberation Serif")) < (int)own);
    assert_string_equal(f->names[0], "House");
    assert_string_equal(f->names[3], "serif");
    assert_null(f->names[own + 3]);
    const struct family *v = f->v;
    assert_string_equal(v[own].fonts->files[0].name, "r.ttf");
    assert_null(v[own].fonts->files[CUT_BOLD].name);
    assert_int_equal(v[own].nfallback, 2);
    assert_string_equal(v[v[own].fallback[0]].key, "noto-serif");
    assert_string_equal(v[v[own].fallback[1]].key, "noto-sans");
    /* Its own name is the installed family, else the profile's goes before. */
    assert_int_equal(
        v[own + 1].fallback[0], families_find(f, SLICE("Liberation Serif")));
    assert_int_equal(v[own + 1].fallback[1], own + 2);
    assert_int_equal(v[own + 2].fallback[0], own + 1);
}

static void reports_an_unknown_fallback(void **state)
{
    struct load *l = new_load(*state);
    struct families *f = families_read(l);
    struct house_family list[] = {house(l, "House", "[House, sreif, x]\n")};
    struct profile p = {.families = list, .nfamilies = 1};
    families_add(l, f, &p);
    assert_string_equal(short_messages(l),
        "1:2: there is no font family 'House' [unknown-font]\n"
        "1:9: there is no font family 'sreif' [unknown-font]\n"
        "1:16: there is no font family 'x' [unknown-font]\n");
    assert_non_null(strstr(messages(l), "did you mean 'serif'?"));
    assert_non_null(strstr(
        messages(l), "the profile and families.yaml have House, serif, "));
}

#define FONTS "fonts: [{regular: r.ttf}]"

static void refuses_what_is_wrong(void **state)
{
    static const struct {
        const char *yaml, *name;
    } cases[] = {
        {"[]", "[wrong-type]"},
        {"folders: [/a]", "[missing-key]"},
        {"families: {a: {name: A, package: p, " FONTS "}}", "[missing-key]"},
        {"folders: [a]\nfamilies: {}", "[wrong-type]"},
        {"folders: [/a]\nfamilies: {}", "[wrong-type]"},
        {"folders: [/a]\nsizes: 1\nfamilies: {}", "[unknown-key]"},
        {"folders: [/a]\nfamilies: {a: {package: p, " FONTS "}}",
            "[missing-key]"},
        {"folders: [/a]\nfamilies: {a: {name: A, " FONTS "}}", "[missing-key]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p}}",
            "[missing-key]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fonts: []}}",
            "[wrong-type]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fonts: "
         "[{bold: b.ttf}]}}",
            "[missing-key]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fonts: "
         "[{regular: ../b.ttf}]}}",
            "[wrong-type]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fonts: "
         "[{regular: b.ttf, heavy: c.ttf}]}}",
            "[unknown-key]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fonts: "
         "[{regular: b.ttf, script: Latin}]}}",
            "[wrong-type]"},
        {"folders: [/a]\nfamilies: {a: {name: A, package: p, fallback: [b], " FONTS
         "}}",
            "[wrong-type]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct load *l = new_load(*state);
        assert_null(read_text(l, cases[i].yaml));
        if (!strstr(messages(l), cases[i].name))
            fail_msg("%s: %s", cases[i].yaml, messages(l));
        assert_int_equal(diag_errors(l->d), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            reads_the_shipped_file, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            every_font_exists, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reads_fonts, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            adds_those_of_the_profile, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            reports_an_unknown_fallback, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            refuses_what_is_wrong, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
