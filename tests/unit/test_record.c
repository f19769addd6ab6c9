/* record.c: the options that decide a PDF's bytes, there and back. */
#include "support_base.h"

#include "build.h"

#include <string.h>
#include <unistd.h>

static void all_come_back(void **state)
{
    static const char *const SETS[] = {"report.title=A, B = C", "x=", NULL};
    static const char *const ONLY[] = {"annex-1", "annex-2", NULL};
    struct rap_options opt = {.sets = SETS,
        .only = ONLY,
        .profile = "modern",
        .standard = "none",
        .as_of = "2025-12-04"};
    const char *const *list = record_options(*state, NULL, &opt, "86400");
    assert_string_equal(list[0], "--standard none");
    assert_string_equal(list[1], "--as-of 2025-12-04");
    assert_string_equal(list[2], "--profile modern");
    assert_string_equal(list[3], "--only annex-1,annex-2");
    assert_string_equal(list[4], "--set report.title=A, B = C");
    assert_string_equal(list[5], "--set x=");
    assert_string_equal(list[6], "SOURCE_DATE_EPOCH=86400");
    assert_null(list[7]);

    struct rap_options again = {.input = "r.yaml"};
    const char *epoch = NULL;
    assert_null(record_apply(*state, list, "root", &again, &epoch));
    assert_string_equal(again.input, "r.yaml");
    assert_string_equal(again.standard, "none");
    assert_string_equal(again.profile, "modern");
    assert_string_equal(again.as_of, "2025-12-04");
    assert_string_equal(again.only[0], "annex-1");
    assert_string_equal(again.only[1], "annex-2");
    assert_null(again.only[2]);
    assert_string_equal(again.sets[0], SETS[0]);
    assert_string_equal(again.sets[1], SETS[1]);
    assert_null(again.sets[2]);
    assert_string_equal(epoch, "86400");
}

static void nothing_is_recorded_of_a_plain_build(void **state)
{
    static const char *const NONE[] = {NULL};
    struct rap_options opt = {.input = "r.yaml", .strict = true};
    const char *epoch = NULL;
    assert_null(record_options(*state, NULL, &opt, NULL));
    assert_null(record_apply(*state, NONE, ".", &opt, &epoch));
    assert_null(epoch);
    assert_null(opt.sets);
}

static void an_unknown_option_is_named(void **state)
{
    static const char *const LISTS[][3] = {{"--only a", "--until 1", NULL},
        {"--only", NULL}, {"", NULL}, {"--setx y", NULL}};
    static const char *const UNKNOWN[] = {
        "--until 1", "--only", "", "--setx y"};
    for (size_t i = 0; i < 4; i++) {
        struct rap_options opt = {.input = "r.yaml"};
        const char *epoch;
        assert_string_equal(
            record_apply(*state, LISTS[i], ".", &opt, &epoch), UNKNOWN[i]);
    }
}

/* A path is recorded from the root, whatever way it was typed. */
static void profiles_by_their_paths(void **state)
{
    struct files *files = files_new(*state);
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    write_file("reports/styles/house.yaml", "extends: plain\n");
    write_file("other/house.yaml", "extends: plain\n");
    assert_true(files_root(files, "reports"));
    const char *typed[] = {"reports/styles/house.yaml",
        "./reports/styles/../styles/house.yaml",
        arena_printf(*state, "%s/reports/styles/house.yaml", here)};
    for (size_t i = 0; i < 3; i++) {
        struct rap_options opt = {.profile = typed[i]};
        assert_string_equal(*record_options(*state, files, &opt, NULL),
            "--profile styles/house.yaml");
    }
    struct rap_options opt = {.profile = "other/house.yaml"};
    assert_string_equal(
        *record_options(*state, files, &opt, NULL), "--profile house");

    static const char *const LIST[] = {"--profile styles/house.yaml", NULL};
    const char *epoch;
    assert_null(record_apply(*state, LIST, "reports", &opt, &epoch));
    assert_string_equal(opt.profile, "reports/styles/house.yaml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            all_come_back, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(nothing_is_recorded_of_a_plain_build,
            set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            an_unknown_option_is_named, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            profiles_by_their_paths, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
