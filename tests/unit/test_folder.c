/* Tests of searching a folder, and of a file taken as it would be. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX = 1 << 20 };

static struct arena *a;
static struct files *f;
static uint32_t report; /* rep/report.yaml */

static int set_up(void **state)
{
    if (set_up_folder(state) != 0)
        return -1;
    write_file("rep/report.yaml", "title: x\n");
    write_file("rep/up/b.yaml", "b");
    write_file("rep/up/a-2.yaml", "a2");
    write_file("rep/up/a-10.yaml", "a10");
    write_file("rep/up/.hidden.yaml", "h");
    write_file("rep/up/notes.txt", "n");
    write_file("out/c.yaml", "c");
    a = *state;
    f = files_new(a);
    return files_read(f, SLICE("rep/report.yaml"), 0, MAX, &report) != FILE_OK;
}

/* The paths that a pattern in the report gives, divided by blanks. */
static const char *found(const char *pattern)
{
    struct file_match match;
    struct buf b = buf_new(a);
    buf_puts(&b, "");
    enum file_error e = files_match(f, slice_of(pattern), report, &match);
    if (e != FILE_OK)
        return arena_printf(a, "error %d", (int)e);
    for (size_t i = 0; i < match.n; i++)
        buf_printf(&b, "%s%s", i ? " " : "", match.paths[i]);
    return b.s;
}

static void stars_stand_for_any_characters(void **state)
{
    (void)state;
    static const struct {
        const char *name, *pattern;
        bool fits;
    } CASES[] = {{"a.yaml", "*.yaml", true}, {"a.yaml", "*", true},
        {"a.yaml", "a.yaml", true}, {"a.yaml", "*a*", true},
        {"a.yaml", "a*.yaml", true}, {"a.yaml", "*.yam", false},
        {"a.yaml", "b*", false}, {"a.yaml", "?.yaml", false},
        {"aXbXc", "a*X*c", true}, {"aXbXcd", "a*X*c", false},
        {"abcabc", "*abc", true}, {"", "*", true}, {"a", "", false},
        {".a.yaml", "*.yaml", false}, {".a", ".a", false},
        {"a.yaml", "**.yaml**", true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (file_fits(slice_of(CASES[i].name), slice_of(CASES[i].pattern)) !=
            CASES[i].fits)
            fail_msg("%s and %s", CASES[i].name, CASES[i].pattern);
}

static void a_pattern_gives_paths_by_their_bytes(void **state)
{
    (void)state;
    assert_string_equal(
        found("up/*.yaml"), "up/a-10.yaml up/a-2.yaml up/b.yaml");
    assert_string_equal(found("up/a*.yaml"), "up/a-10.yaml up/a-2.yaml");
    assert_string_equal(found("*.yaml"), "report.yaml");
    assert_string_equal(found("./up/../up/b*"), "./up/../up/b.yaml");
    assert_string_equal(found("up/x*"), "");
    /* Without a star it is a file, there or not. */
    assert_string_equal(found("up/none.yaml"), "up/none.yaml");
}

static void other_files_are_told_apart_from_none(void **state)
{
    (void)state;
    struct file_match match;
    assert_int_equal(mkdir("rep/empty", 0777), 0);
    assert_int_equal(files_match(f, SLICE("empty/*"), report, &match), FILE_OK);
    assert_false(match.others);
    write_file("rep/empty/.keep", "");
    assert_int_equal(
        files_match(f, SLICE("empty/*.yml"), report, &match), FILE_OK);
    assert_false(match.others);
    assert_int_equal(
        files_match(f, SLICE("up/*.yml"), report, &match), FILE_OK);
    assert_true(match.others);
}

static void a_folder_elsewhere_is_not_searched(void **state)
{
    (void)state;
    assert_int_equal(symlink("../out", "rep/link"), 0);
    assert_int_equal(symlink("up", "rep/inside"), 0);
    char outside[] = "error 0", missing[] = "error 0", kind[] = "error 0";
    outside[6] = (char)('0' + FILE_OUTSIDE);
    missing[6] = (char)('0' + FILE_MISSING);
    kind[6] = (char)('0' + FILE_NOT_PLAIN);
    assert_string_equal(found("../out/*.yaml"), outside);
    assert_string_equal(found("/tmp/*"), outside);
    assert_string_equal(found("link/*.yaml"), outside);
    assert_string_equal(found("none/*.yaml"), missing);
    assert_string_equal(found("report.yaml/*"), kind);
    assert_string_equal(found("inside/b*"), "inside/b.yaml");
}

static void a_searched_folder_is_a_dependency(void **state)
{
    (void)state;
    struct buf deps = buf_new(a);
    found("up/*.yaml");
    files_deps(f, "out.pdf", &deps);
    assert_non_null(strstr(deps.s, " rep/up\n"));
}

/* Take a file of rep/up as it would be. */
static void pretend(const char *name, const char *bytes)
{
    struct stat st;
    struct file_change *change = ARENA_NEW(a, struct file_change);
    assert_int_equal(stat("rep/up", &st), 0);
    *change = (struct file_change){.dev = st.st_dev,
        .ino = st.st_ino,
        .name = name,
        .bytes = slice_of(bytes)};
    files_pretend(f, change);
}

static void a_changed_file_is_read_as_it_would_be(void **state)
{
    (void)state;
    uint32_t number, again;
    assert_int_equal(symlink("up", "rep/inside"), 0);
    pretend("b.yaml", "new");
    assert_false(files_pretended(f));
    /* By whatever path. */
    assert_int_equal(
        files_read(f, SLICE("inside/b.yaml"), report, MAX, &number), FILE_OK);
    assert_string_equal(files_at(f, number)->s, "new");
    assert_true(files_pretended(f));
    assert_int_equal(
        files_read(f, SLICE("up/b.yaml"), report, MAX, &again), FILE_OK);
    assert_int_equal(again, number);
    /* Others are what they are. */
    assert_int_equal(
        files_read(f, SLICE("up/a-2.yaml"), report, MAX, &number), FILE_OK);
    assert_string_equal(files_at(f, number)->s, "a2");
    assert_string_equal(
        found("up/*.yaml"), "up/a-10.yaml up/a-2.yaml up/b.yaml");
}

static void a_file_that_is_not_there_yet_is_found(void **state)
{
    (void)state;
    uint32_t number;
    pretend("a-3.yaml", "new");
    assert_string_equal(found("up/a*"), "up/a-10.yaml up/a-2.yaml up/a-3.yaml");
    assert_int_equal(
        files_read(f, SLICE("up/a-3.yaml"), report, MAX, &number), FILE_OK);
    assert_string_equal(files_at(f, number)->s, "new");
    assert_string_equal(files_at(f, number)->path, "rep/up/a-3.yaml");
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down_folder)
    const struct CMUnitTest tests[] = {TEST(stars_stand_for_any_characters),
        TEST(a_pattern_gives_paths_by_their_bytes),
        TEST(other_files_are_told_apart_from_none),
        TEST(a_folder_elsewhere_is_not_searched),
        TEST(a_searched_folder_is_a_dependency),
        TEST(a_changed_file_is_read_as_it_would_be),
        TEST(a_file_that_is_not_there_yet_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
