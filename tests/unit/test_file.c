/* Tests of reading files: what is refused, and places in what is read. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/file_int.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MAX = 1 << 20 };

static struct files *f;
static uint32_t report; /* rep/report.yaml */

static int set_up(void **state)
{
    if (set_up_folder(state) != 0)
        return -1;
    write_file("rep/report.yaml", "title: x\n");
    write_file("rep/parts/one.yaml", "one");
    write_file("rep/parts/deep/two.yaml", "two");
    write_file("rep/data.csv", "a,b\n");
    write_file("secret", "secret");
    f = files_new(*state);
    return files_read(f, SLICE("rep/report.yaml"), 0, MAX, &report) != FILE_OK;
}

static enum file_error read_from(uint32_t from, const char *path)
{
    uint32_t number;
    return files_read(f, slice_of(path), from, MAX, &number);
}

static void reads_relative_to_the_file_that_names_it(void **state)
{
    (void)state;
    uint32_t one, two, data, again;
    assert_int_equal(report, 1);
    assert_int_equal(
        files_read(f, SLICE("parts/one.yaml"), report, MAX, &one), FILE_OK);
    assert_int_equal(
        files_read(f, SLICE("deep/two.yaml"), one, MAX, &two), FILE_OK);
    assert_int_equal(
        files_read(f, SLICE("../../data.csv"), two, MAX, &data), FILE_OK);
    assert_int_equal(
        files_read(f, SLICE("./parts/../data.csv"), report, MAX, &again),
        FILE_OK);
    assert_int_equal(again, data);
    assert_int_equal(
        files_read(f, SLICE("../report.yaml"), one, MAX, &again), FILE_OK);
    assert_int_equal(again, report);
    assert_int_equal(files_count(f), 4);
    const struct source *s = files_at(f, two);
    assert_string_equal(s->path, "rep/parts/deep/two.yaml");
    char *real = realpath("rep/parts/deep/two.yaml", NULL);
    assert_string_equal(s->real, real);
    free(real);
    assert_string_equal(s->s, "two");
    assert_int_equal(s->n, 3);
    assert_string_equal(files_at(f, data)->path, "rep/data.csv");
    assert_int_equal(files_total(f), 9 + 3 + 3 + 4);
}

static void refuses_what_leads_out(void **state)
{
    (void)state;
    char *absolute = realpath("rep/data.csv", NULL);
    static const char *const wrong[] = {"../secret", "/etc/passwd",
        "parts/../../secret", "parts/deep/../../../secret", "..", "../..",
        "../rep/data.csv", "/", "//etc/passwd"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(read_from(report, wrong[i]), FILE_OUTSIDE);
    assert_int_equal(read_from(report, absolute), FILE_OUTSIDE);
    free(absolute);
    assert_int_equal(read_from(0, "secret"), FILE_OUTSIDE);
    assert_int_equal(read_from(0, "/etc/passwd"), FILE_OUTSIDE);
    assert_int_equal(read_from(0, "rep/../secret"), FILE_OUTSIDE);
    assert_int_equal(files_count(f), 1);
}

static void passes_without_keeping(void **state)
{
    struct arena *a = *state;
    uint32_t number, again, kept;
    struct slice s, t;
    uint64_t before = files_total(f);
    write_file("rep/chart.png", "chart");
    assert_int_equal(
        files_pass(f, SLICE("chart.png"), report, 4, &number, a, &s),
        FILE_TOO_LARGE);
    assert_int_equal(
        files_pass(f, SLICE("chart.png"), report, 5, &number, a, &s), FILE_OK);
    assert_true(slice_is(s, "chart"));
    assert_null(files_at(f, number)->s);
    assert_int_equal(files_at(f, number)->n, 5);
    assert_int_equal(files_total(f), before + 5);
    /* The same file is known, but one that is kept is another. */
    assert_int_equal(
        files_pass(f, SLICE("./chart.png"), report, 5, &again, a, &s), FILE_OK);
    assert_int_equal(again, number);
    assert_null(s.s);
    assert_int_equal(
        files_read(f, SLICE("chart.png"), report, MAX, &kept), FILE_OK);
    assert_string_equal(files_at(f, kept)->s, "chart");
    assert_int_equal(files_again(f, number, a, &t), FILE_OK);
    assert_true(slice_is(t, "chart"));
    write_file("rep/chart.png", "Chart");
    assert_int_equal(files_again(f, number, a, &t), FILE_CHANGED);
    write_file("rep/chart.png", "charts");
    assert_int_equal(files_again(f, number, a, &t), FILE_CHANGED);
    assert_int_equal(remove("rep/chart.png"), 0);
    assert_int_equal(files_again(f, number, a, &t), FILE_MISSING);
    uint32_t line, column;
    files_locate(f, (struct pos){number, 3}, &line, &column, NULL);
    assert_int_equal(line, 1);
}

static void follows_links_only_within_the_root(void **state)
{
    (void)state;
    assert_int_equal(symlink("../secret", "rep/out"), 0);
    assert_int_equal(symlink("/etc/passwd", "rep/passwd"), 0);
    assert_int_equal(symlink("..", "rep/up"), 0);
    assert_int_equal(symlink("/proc/self/cwd", "rep/magic"), 0);
    assert_int_equal(symlink("loop", "rep/loop"), 0);
    assert_int_equal(symlink("parts/one.yaml", "rep/in"), 0);
    assert_int_equal(read_from(report, "out"), FILE_OUTSIDE);
    assert_int_equal(read_from(report, "passwd"), FILE_OUTSIDE);
    assert_int_equal(read_from(report, "up/secret"), FILE_OUTSIDE);
    assert_int_equal(read_from(report, "magic/secret"), FILE_OUTSIDE);
    assert_int_equal(read_from(report, "loop"), FILE_OUTSIDE);
    assert_int_equal(read_from(report, "in"), FILE_OK);
    assert_int_equal(read_from(0, "rep/out"), FILE_OUTSIDE);
    uint32_t in, one;
    files_read(f, SLICE("in"), report, MAX, &in);
    files_read(f, SLICE("parts/one.yaml"), report, MAX, &one);
    assert_int_equal(in, one);
}

static void walks_without_following_links(void **state)
{
    assert_int_equal(symlink("parts", "rep/link"), 0);
    assert_int_equal(symlink("parts/one.yaml", "rep/in"), 0);
    int dir = open("rep", O_RDONLY | O_DIRECTORY);
    static const char *const right[] = {"data.csv", "parts/one.yaml",
        "parts/deep/two.yaml", "./parts/../parts//one.yaml"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        int fd = file_open_walk(*state, dir, right[i]);
        assert_true(fd >= 0);
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        close(fd);
    }
    static const struct {
        const char *path;
        int error;
    } wrong[] = {{"../secret", EXDEV}, {"/etc/passwd", EXDEV}, {"..", EXDEV},
        {"parts/../../secret", EXDEV}, {"in", ELOOP}, {"link/one.yaml", ELOOP},
        {"none", ENOENT}, {"none/x", ENOENT}, {"data.csv/x", ENOTDIR}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(file_open_walk(*state, dir, wrong[i].path), -1);
        assert_int_equal(errno, wrong[i].error);
    }
    close(dir);
}

static void refuses_what_is_no_plain_file(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("rep/fifo", 0600), 0);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "rep/sock"};
    assert_int_equal(bind(s, (struct sockaddr *)&name, sizeof name), 0);
    close(s);
    assert_int_equal(read_from(report, "fifo"), FILE_NOT_PLAIN);
    assert_int_equal(read_from(report, "sock"), FILE_NOT_PLAIN);
    assert_int_equal(read_from(report, "parts"), FILE_NOT_PLAIN);
    assert_int_equal(read_from(report, "."), FILE_NOT_PLAIN);
    assert_int_equal(read_from(0, "rep/"), FILE_NOT_PLAIN);
    assert_int_equal(read_from(0, "rep/.."), FILE_NOT_PLAIN);
    assert_true(files_allow(f, "/dev"));
    assert_int_equal(read_from(0, "/dev/zero"), FILE_NOT_PLAIN);
}

static void tells_addresses_and_missing_files(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "http://x/y", "file:///etc/passwd", "data:,x", "FTP:x"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        assert_int_equal(read_from(report, urls[i]), FILE_URL);
    write_file("rep/a:b", "x");
    write_file("rep/parts:c", "x");
    assert_int_equal(read_from(report, "a:b"), FILE_OK);
    assert_int_equal(read_from(report, "./parts:c"), FILE_OK);
    assert_int_equal(read_from(report, "none.yaml"), FILE_MISSING);
    assert_int_equal(read_from(report, "data.csv/x"), FILE_MISSING);
    assert_int_equal(read_from(report, ""), FILE_MISSING);
    assert_int_equal(read_from(0, "none/none.yaml"), FILE_MISSING);
    uint32_t number;
    assert_int_equal(files_read(f, SLICE("data.csv\0x"), report, MAX, &number),
        FILE_MISSING);
    char path[5000];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_int_equal(read_from(report, path), FILE_MISSING);
}

static void reports_what_the_system_refuses(void **state)
{
    (void)state;
    assert_int_equal(chmod("rep/data.csv", 0), 0);
    drop_root();
    enum file_error e = read_from(report, "data.csv");
    int error = errno;
    regain_root();
    assert_int_equal(e, FILE_FAILED);
    assert_int_equal(error, EACCES);
}

static void keeps_to_the_limit(void **state)
{
    (void)state;
    uint32_t number = 7;
    assert_int_equal(
        files_read(f, SLICE("data.csv"), report, 3, &number), FILE_TOO_LARGE);
    assert_int_equal(number, 7);
    assert_int_equal(
        files_read(f, SLICE("data.csv"), report, 4, &number), FILE_OK);
    assert_int_equal(number, 2);
    write_file("rep/empty", "");
    assert_int_equal(
        files_read(f, SLICE("empty"), report, 1, &number), FILE_OK);
    assert_string_equal(files_at(f, number)->s, "");
    /* A file of the kernel's says it is empty and is not. */
    if (access("/proc/version", R_OK) != 0)
        skip(); /* a bare chroot without /proc */
    assert_true(files_allow(f, "/proc"));
    assert_int_equal(read_from(0, "/proc/version"), FILE_CHANGED);
}

static _Atomic int stop;

static void *append(void *p)
{
    (void)p;
    int fd = open("rep/growing", O_WRONLY | O_APPEND);
    while (!stop)
        if (write(fd, "x", 1) != 1)
            break;
    close(fd);
    return NULL;
}

static void notices_a_file_that_changes(void **state)
{
    (void)state;
    char *big = malloc((1 << 20) + 1);
    memset(big, 'a', 1 << 20);
    big[1 << 20] = '\0';
    write_file("rep/growing", big);
    free(big);
    stop = 0;
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, append, NULL), 0);
    enum file_error e = FILE_OK;
    uint32_t number;
    /* Whether the writer gets its turn in between is the scheduler's affair. */
    for (int i = 0; i < 1000 && e == FILE_OK; i++) {
        struct files *fresh = files_new(*state);
        e = files_read(fresh, SLICE("rep/growing"), 0, 1 << 30, &number);
        arena_reset(*state);
    }
    stop = 1;
    pthread_join(writer, NULL);
    assert_int_equal(e, FILE_CHANGED);
}

static void knows_several_roots(void **state)
{
    (void)state;
    write_file("profiles/plain.yaml", "plain");
    write_file("profiles/base.yaml", "base");
    assert_true(files_allow(f, "profiles"));
    char *absolute = realpath("profiles/plain.yaml", NULL);
    uint32_t plain, base, again;
    assert_int_equal(
        files_read(f, slice_of(absolute), 0, MAX, &plain), FILE_OK);
    assert_string_equal(files_at(f, plain)->path, "profiles/plain.yaml");
    assert_int_equal(
        files_read(f, SLICE("base.yaml"), plain, MAX, &base), FILE_OK);
    assert_int_equal(
        files_read(f, SLICE("profiles/base.yaml"), 0, MAX, &again), FILE_OK);
    assert_int_equal(again, base);
    assert_int_equal(read_from(plain, "../rep/data.csv"), FILE_OUTSIDE);
    assert_int_equal(read_from(plain, "../secret"), FILE_OUTSIDE);
    free(absolute);
    assert_false(files_allow(f, "none"));
    assert_int_equal(errno, ENOENT);
    assert_false(files_root(f, "secret"));
    assert_int_equal(errno, ENOTDIR);
}

/* What a file is called in the PDF, and whether it is the report's own. */
static void knows_whose_files_they_are(void **state)
{
    (void)state;
    uint32_t one, secret, text, other;
    assert_int_equal(
        files_read(f, SLICE("parts/../parts/one.yaml"), report, MAX, &one),
        FILE_OK);
    assert_string_equal(files_below(f, report), "report.yaml");
    assert_string_equal(files_below(f, one), "parts/one.yaml");
    assert_int_equal(files_at(f, one)->role, FILE_SOURCE);
    files_set_role(f, one, FILE_DATA);
    assert_int_equal(files_at(f, one)->role, FILE_DATA);
    text = files_add_text(f, "<text>", SLICE("x"));
    assert_null(files_below(f, text));

    /* Another root has no part in the names; what ours name is ours. */
    assert_true(files_allow(f, "."));
    assert_int_equal(files_read(f, SLICE("secret"), 0, MAX, &secret), FILE_OK);
    assert_null(files_below(f, secret));
    files_set_role(f, secret, FILE_OURS);
    write_file("other", "");
    assert_int_equal(
        files_read(f, SLICE("other"), secret, MAX, &other), FILE_OK);
    assert_int_equal(files_at(f, other)->role, FILE_OURS);
}

static void a_wider_root_allows_more(void **state)
{
    struct files *wide = files_new(*state);
    uint32_t r, s;
    assert_true(files_root(wide, "."));
    assert_int_equal(
        files_read(wide, SLICE("rep/report.yaml"), 0, MAX, &r), FILE_OK);
    assert_int_equal(files_read(wide, SLICE("../secret"), r, MAX, &s), FILE_OK);
    assert_string_equal(files_at(wide, s)->path, "secret");
    assert_int_equal(
        files_read(wide, SLICE("../../secret"), r, MAX, &s), FILE_OUTSIDE);
}

static void cleans_paths(void **state)
{
    static const struct {
        const char *path, *clean;
    } paths[] = {{"a/b", "a/b"}, {"./a//b/", "a/b"}, {"a/../b", "b"},
        {"a/b/../../c", "c"}, {"../a", "../a"}, {"a/../../b", "../b"},
        {"../../a/..", "../.."}, {"a/..", "."}, {".", "."}, {"", "."},
        {"/", "/"}, {"/a/../..", "/"}, {"/a/./b", "/a/b"}, {"//a", "/a"},
        {"..a/.b", "..a/.b"}, {"/../a", "/a"}};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_string_equal(
            file_clean_path(*state, paths[i].path), paths[i].clean);
}

static void check_place(
    uint32_t file, uint32_t off, uint32_t line, uint32_t col, const char *text)
{
    uint32_t found_line, found_col;
    struct slice whole;
    files_locate(f, (struct pos){file, off}, &found_line, &found_col, &whole);
    assert_int_equal(found_line, line);
    assert_int_equal(found_col, col);
    assert_true(slice_is(whole, text));
}

static void finds_lines_and_columns(void **state)
{
    (void)state;
    uint32_t t =
        files_add_text(f, "<command line>", SLICE("one\r\n\n\xc3\xa9two\nend"));
    check_place(t, 0, 1, 1, "one");
    check_place(t, 3, 1, 4, "one");
    check_place(t, 5, 2, 1, "");
    check_place(t, 8, 3, 3, "\xc3\xa9two");
    check_place(t, 11, 3, 6, "\xc3\xa9two");
    check_place(t, 12, 4, 1, "end");
    check_place(t, 14, 4, 3, "end");
    check_place(t, 15, 4, 4, "end");
    check_place(t, 99, 4, 4, "end");
    check_place(t, 5, 2, 1, "");
    check_place(t, 1, 1, 2, "one");
    uint32_t marked = files_add_text(f, "bom",
        SLICE("\xef\xbb\xbf"
              "ab\ncd\n"));
    check_place(marked, 0, 1, 1, "ab");
    check_place(marked, 4, 1, 2, "ab");
    check_place(marked, 7, 2, 2, "cd");
    check_place(marked, 9, 3, 1, "");
    uint32_t empty = files_add_text(f, "empty", SLICE(""));
    check_place(empty, 0, 1, 1, "");
    assert_string_equal(files_at(f, t)->path, "<command line>");
    /* A text's own paths are those of the start folder. */
    assert_int_equal(read_from(t, "rep/data.csv"), FILE_OK);
}

static void reports_each_failure(void **state)
{
    struct diags *d = diags_new(*state, f);
    static const struct {
        enum file_error e;
        int status;
    } cases[] = {{FILE_MISSING, 1}, {FILE_OUTSIDE, 1}, {FILE_NOT_PLAIN, 1},
        {FILE_URL, 1}, {FILE_TOO_LARGE, 4}, {FILE_CHANGED, 3}, {FILE_FAILED, 3},
        {FILE_OK, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        d = diags_new(*state, f);
        errno = EACCES;
        files_diag(d, cases[i].e, (struct pos){1, 0}, SLICE("x"), 7);
        assert_int_equal(diag_status(d), cases[i].status);
        assert_int_equal(diag_errors(d), cases[i].status != 0);
    }
}

/* This program, wherever the tests have gone: /proc may not be mounted. */
static char *self;

/* Run a copy of this program from another place; what it prints. */
static char *dirs_seen_from(const char *program)
{
    char command[PATH_MAX + 512];
    snprintf(command, sizeof command,
        "mkdir -p \"$(dirname %s)\" && cp '%s' %s && %s --dirs >out", program,
        self, program, program);
    assert_int_equal(system(command), 0);
    return read_file("out");
}

static void finds_the_data_beside_the_program(void **state)
{
    char *here = realpath(".", NULL);
    char *out = dirs_seen_from("./away/bin/program");
    assert_string_equal(out, "none none\n");
    free(out);
    write_file("co/fonts/families.yaml", "");
    write_file("co/input/profiles/plain.yaml", "");
    const char *want =
        arena_printf(*state, "%s/co/input %s/co/fonts\n", here, here);
    static const char *const built[] = {
        "co/rapporteur", "co/.build/dev/rapporteur", "co/.build/dev/unit/x"};
    for (size_t i = 0; i < sizeof built / sizeof *built; i++) {
        out = dirs_seen_from(built[i]);
        assert_string_equal(out, want);
        free(out);
    }
    write_file("usr/share/rapporteur/fonts/families.yaml", "");
    write_file("usr/share/rapporteur/profiles/plain.yaml", "");
    want = arena_printf(*state,
        "%s/usr/share/rapporteur %s/usr/share/rapporteur/fonts\n", here, here);
    out = dirs_seen_from("usr/bin/rapporteur");
    assert_string_equal(out, want);
    free(out);
    free(here);
}

static int print_dirs(void)
{
    void *a;
    if (set_up_arena(&a) != 0)
        return 1;
    const char *data = file_data_dir(a), *fonts = file_fonts_dir(a);
    printf("%s %s\n", data ? data : "none", fonts ? fonts : "none");
    return tear_down_arena(&a);
}

static void names_what_a_folder_holds(void **state)
{
    write_file("rep/parts/again.yaml", "x");
    write_file("rep/parts/.yaml", "x");
    const char **names = file_names(*state, "rep/parts", ".yaml");
    assert_string_equal(names[0], "again");
    assert_string_equal(names[1], "one");
    assert_null(names[2]);
    assert_null(file_names(*state, "rep/none", ".yaml")[0]);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--dirs") == 0)
        return print_dirs();
    self = realpath(argv[0], NULL);
    assert_non_null(self);
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down_folder)
    const struct CMUnitTest tests[] = {
        T(reads_relative_to_the_file_that_names_it),
        T(refuses_what_leads_out),
        T(passes_without_keeping),
        T(follows_links_only_within_the_root),
        T(walks_without_following_links),
        T(refuses_what_is_no_plain_file),
        T(tells_addresses_and_missing_files),
        T(reports_what_the_system_refuses),
        T(keeps_to_the_limit),
        T(notices_a_file_that_changes),
        T(knows_several_roots),
        T(knows_whose_files_they_are),
        T(a_wider_root_allows_more),
        T(cleans_paths),
        T(finds_lines_and_columns),
        T(reports_each_failure),
        T(finds_the_data_beside_the_program),
        T(names_what_a_folder_holds),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(self);
    return failed;
}
