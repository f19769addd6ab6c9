/* Tests of the rules for make, by make's own reading where it is there. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void lists_each_file_once(void **state)
{
    write_file("rep/report.yaml", "x");
    write_file("rep/a b.csv", "y");
    struct files *f = files_new(*state);
    uint32_t report, data;
    assert_int_equal(
        files_read(f, SLICE("rep/report.yaml"), 0, 10, &report), FILE_OK);
    files_add_text(f, "<command line>", SLICE("z"));
    assert_int_equal(
        files_read(f, SLICE("a b.csv"), report, 10, &data), FILE_OK);
    files_depend(f, "/fonts/x.ttf");
    files_depend(f, "/fonts/x.ttf");
    struct buf out = buf_new(*state);
    files_deps(f, "out.pdf", &out);
    assert_string_equal(out.s,
        "out.pdf: \\\n rep/report.yaml \\\n"
        " rep/a\\ b.csv \\\n /fonts/x.ttf\n"
        "\nrep/report.yaml:\n"
        "\nrep/a\\ b.csv:\n"
        "\n/fonts/x.ttf:\n");
}

static void quotes_what_make_would_read_otherwise(void **state)
{
    struct files *f = files_new(*state);
    files_depend(f, "a$b#c\\d");
    files_depend(f, "e\\ f");
    files_depend(f, "g:h");
    files_depend(f, "i\\");
    struct buf out = buf_new(*state);
    files_deps(f, "o p", &out);
    static const char start[] =
        "o\\ p: \\\n a$$b\\#c\\d \\\n e\\\\\\ f \\\n g\\:h \\\n i\\\n";
    assert_memory_equal(out.s, start, sizeof start - 1);
}

/* A make of its own, also where the tests were started by make. */
static const char MAKE[] =
    "env -u MAKEFLAGS -u MAKELEVEL make -f rules 'out put' >log 2>&1";

static void is_read_by_make_as_meant(void **state)
{
    static const char *const names[] = {
        "a b", "c$d", "e#f", "g\\h", "i:j", "k'l", "m\"n", "q\\ r"};
    enum { NAMES = sizeof names / sizeof *names };
    struct files *f = files_new(*state);
    for (size_t i = 0; i < NAMES; i++) {
        write_file(names[i], "");
        files_depend(f, names[i]);
    }
    struct buf out = buf_new(*state);
    files_deps(f, "out put", &out);
    buf_puts(&out, "\nout\\ put:\n\t@echo made\n");
    write_file("rules", out.s);
    /* Silent but for our line: every name was found, none is a pattern. */
    int status = system(MAKE);
    if (status == 127 << 8)
        skip();
    char *log = read_file("log");
    assert_string_equal(log, "made\n");
    free(log);
    /* A file that is gone means: make it anew, not: stop. */
    for (size_t i = 0; i < NAMES; i++)
        remove(names[i]);
    write_file("out put", "");
    assert_int_equal(system(MAKE), 0);
    log = read_file("log");
    assert_string_equal(log, "made\n");
    free(log);
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        T(lists_each_file_once),
        T(quotes_what_make_would_read_otherwise),
        T(is_read_by_make_as_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
