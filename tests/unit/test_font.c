/* Fonts beside a profile. */
#include "support_model.h"

#include <string.h>

#define HEAD "report: {title: T, language: en}\n"

static const struct font_bytes *cut(
    const struct profile *p, uint32_t family, unsigned index)
{
    assert_true(family < p->nfamilies);
    return &p->families[family].cuts[index];
}

static const char *path_of(struct load *l, const struct font_bytes *b)
{
    return b->node ? files_at(l->files, b->file)->path : "";
}

/* Each file names its fonts from its own place, and from its own folder. */
static void test_places(void **state)
{
    write_file("house/faces/a.ttf", "a");
    write_file("house/faces/b.ttf", "b");
    write_file("more/c.ttf", "c");
    write_file("d.ttf", "d");
    write_file("house/base.yaml",
        "fonts:\n  folder: faces\n  families:\n"
        "    One: {regular: a.ttf, bold: b.ttf, fallback: [sans, Two]}\n"
        "    Two: {regular: a.ttf}\n");
    write_file("more/more.yaml",
        "extends: ../house/base.yaml\n"
        "fonts: {families: {Two: {bold-italic: ./c.ttf}}}\n");
    write_file("report.yaml",
        HEAD "profile:\n  extends: more/more.yaml\n"
             "  fonts: {families: {One: {italic: d.ttf}}}\n");
    struct load *l = new_load(*state);
    const struct profile *p =
        model_read(l, load_path_of(l, "report.yaml"), NULL)->profile;
    assert_messages(l, "");
    assert_int_equal(p->nfamilies, 2);
    assert_string_equal(p->families[0].name, "One");
    assert_string_equal(path_of(l, cut(p, 0, 0)), "house/faces/a.ttf");
    assert_string_equal(path_of(l, cut(p, 0, 1)), "house/faces/b.ttf");
    assert_string_equal(path_of(l, cut(p, 0, 2)), "d.ttf");
    assert_null(cut(p, 0, 3)->node);
    assert_int_equal(p->families[0].nfallback, 2);
    assert_slice(p->families[0].fallback[1]->s, "Two");
    assert_int_equal(cut(p, 1, 0)->file, cut(p, 0, 0)->file);
    assert_string_equal(path_of(l, cut(p, 1, 3)), "more/c.ttf");
    assert_false(p->families[1].fallback_given);
    struct buf deps = buf_new(*state);
    files_deps(l->files, "out", &deps);
    assert_non_null(strstr(deps.s, " house/faces/b.ttf"));
}

static void test_refused(void **state)
{
    write_file("house/h.yaml",
        "fonts:\n  folder: faces\n  families:\n"
        "    A: {regular: a.ttf}\n    B: {bold: ../../../b.ttf}\n"
        "    C: {regular: /etc/passwd, bold: 'https://a.b/c'}\n"
        "    D: {regular: ..}\n    ' ': {regular: h.yaml}\n"
        "    E: {regular: '', fallback: []}\n    F: a.ttf\n");
    write_file("house/faces/h.yaml", "h");
    write_file("report.yaml", HEAD "profile: house/h.yaml\n");
    struct load *l = new_load(*state);
    struct report *r = model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_int_equal(r->profile->nfamilies, 0);
    assert_messages(l,
        "4:18: there is no file 'faces/a.ttf' [missing-file]\n"
        "5:8: a family needs 'regular' [missing-key]\n"
        "5:15: 'faces/../../../b.ttf' leads out of the folder that may be "
        "read [outside-root]\n"
        "6:18: '/etc/passwd' leads out of the folder that may be read "
        "[outside-root]\n"
        "6:37: 'https://a.b/c' is an address, not a file [not-a-file]\n"
        "7:18: 'faces/..' is a folder or a device, not a file [not-a-file]\n"
        "8:5: a family of fonts has no name [bad-value]\n"
        "9:18: 'regular' has no value [wrong-type]\n"
        "9:32: 'fallback' is an empty list [bad-value]\n"
        "10:8: an item of 'families' wants a mapping, has a text "
        "[wrong-type]\n");
    assert_non_null(
        strstr(messages(l), "it is looked for in 'faces' beside house/h.yaml"));
}

static void test_folder(void **state)
{
    write_file(
        "base.yaml", "fonts: {folder: [a], families: {A: {regular: a.ttf}}}\n");
    write_file("house.yaml", "extends: base.yaml\nfonts: {folder: ''}\n");
    write_file("report.yaml", HEAD "profile: house.yaml\n");
    struct load *l = new_load(*state);
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l,
        "2:17: 'folder' has no value [wrong-type]\n"
        "1:17: 'folder' wants a text, has a list [wrong-type]\n");
}

static void test_limits(void **state)
{
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml, HEAD "profile:\n  fonts:\n    families:\n");
    for (int i = 0; i < 101; i++)
        buf_printf(&yaml, "      F%d: {regular: a.ttf}\n", i);
    write_file("a.ttf", "abc");
    write_file("report.yaml", yaml.s);
    struct load *l = new_load(*state);
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(
        l, "5:7: 'families' has 101 families: 100 are the most [bad-value]\n");
    write_file("report.yaml",
        HEAD "profile: {fonts: {families: {A: {regular: a.ttf}}}}\n");
    struct limits small = *l->limits;
    small.font = 2;
    l = new_load(*state);
    struct load with = *l;
    with.limits = &small;
    model_read(&with, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l,
        "2:43: 'a.ttf' is larger than the limit of 2 bytes "
        "[file-too-large]\n");
    assert_non_null(strstr(messages(l), "--limit font=N raises this limit"));
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_places),
        TEST(test_refused),
        TEST(test_folder),
        TEST(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
