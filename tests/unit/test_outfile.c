/* Tests of output: whole or not at all, whatever happens. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct outfile *open_output(void *state, const char *path)
{
    const char *why = NULL;
    struct outfile *o = outfile_open(state, NULL, path, &why);
    if (!o)
        fail_msg("%s", why);
    return o;
}

static void assert_content(const char *path, const char *text)
{
    char *content = read_file(path);
    assert_string_equal(content, text);
    free(content);
}

static void appears_at_commit(void **state)
{
    write_file("d/out", "old");
    struct outfile *o = open_output(*state, "d/out");
    assert_true(outfile_write(o, "new", 3));
    assert_true(outfile_write(o, "", 0));
    assert_content("d/out", "old");
    assert_int_equal(count_entries("d"), 2);
    assert_true(outfile_commit(o));
    assert_content("d/out", "new");
    assert_int_equal(count_entries("d"), 1);
    /* It is over. */
    assert_false(outfile_write(o, "x", 1));
    assert_false(outfile_commit(o));
    outfile_abandon(o);
    assert_content("d/out", "new");
}

static void prepares_before_it_commits(void **state)
{
    write_file("d/out", "old");
    struct outfile *o = open_output(*state, "d/out");
    struct outfile *same = open_output(*state, "d/../d/out");
    struct outfile *other = open_output(*state, "out");
    assert_true(outfile_same(o, same));
    assert_false(outfile_same(o, other));
    assert_true(outfile_write(o, "new", 3));
    assert_true(outfile_prepare(o));
    assert_true(outfile_prepare(o));
    assert_content("d/out", "old");
    assert_true(outfile_commit(o));
    assert_content("d/out", "new");
    assert_true(outfile_prepare(same));
    outfile_abandon(same);
    assert_content("d/out", "new");
    assert_int_equal(count_entries("d"), 1);
    outfile_abandon(other);
}

static void writes_any_amount(void **state)
{
    struct outfile *o = open_output(*state, "out");
    enum { LINES = 200000 };
    for (int i = 0; i < LINES; i++)
        assert_true(outfile_write(o, "0123456\n", 8));
    char *big = calloc(1, 1 << 20);
    assert_true(outfile_write(o, big, 1 << 20));
    free(big);
    assert_true(outfile_commit(o));
    struct stat st;
    assert_int_equal(stat("out", &st), 0);
    assert_int_equal(st.st_size, LINES * 8 + (1 << 20));
    FILE *f = fopen("out", "rb");
    char line[16];
    for (int i = 0; i < LINES; i++) {
        assert_non_null(fgets(line, sizeof line, f));
        assert_string_equal(line, "0123456\n");
    }
    fclose(f);
}

static void collects_in_memory(void **state)
{
    struct outfile *o = outfile_memory(*state);
    char part[1000];
    size_t n = 0;
    assert_int_equal(outfile_bytes(o).n, 0);
    /* More than one buffer takes. */
    for (unsigned i = 0; i < 300; i++, n += sizeof part) {
        memset(part, (int)('a' + i % 26), sizeof part);
        assert_true(outfile_write(o, part, sizeof part));
    }
    struct slice s = outfile_bytes(o);
    assert_int_equal(s.n, n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(s.s[i], 'a' + i / sizeof part % 26);
    assert_int_equal(count_entries("."), 0);
}

static void leaves_nothing_when_abandoned(void **state)
{
    struct outfile *o = open_output(*state, "out");
    outfile_write(o, "new", 3);
    outfile_abandon(o);
    outfile_abandon(o);
    assert_int_equal(count_entries("."), 0);
    assert_false(outfile_commit(o));
    open_output(*state, "out");
    assert_int_equal(count_entries("."), 1);
    arena_reset(*state);
    assert_int_equal(count_entries("."), 0);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static void minds_umask_and_mode(void **state)
{
    mode_t mask = umask(027);
    assert_true(outfile_commit(open_output(*state, "new")));
    assert_int_equal(mode_of("new"), 0640);
    assert_int_equal(chmod("new", 0604), 0);
    assert_true(outfile_commit(open_output(*state, "new")));
    assert_int_equal(mode_of("new"), 0604);
    assert_int_equal(umask(mask), 027);
}

static void refuses_bad_targets(void **state)
{
    mkdir("dir", 0700);
    mkfifo("fifo", 0600);
    write_file("plain", "x");
    assert_int_equal(symlink("plain", "link"), 0);
    assert_int_equal(symlink("none", "broken"), 0);
    static const char *const wrong[] = {"dir", ".", "", "dir/", "fifo", "link",
        "broken", "/dev/null", "/dev/full", "none/out", "plain/out", "/"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *why = NULL;
        assert_null(outfile_open(*state, NULL, wrong[i], &why));
        assert_true(why && *why);
    }
    assert_int_equal(count_entries("."), 5);
    assert_int_equal(count_entries("dir"), 0);
}

static void refuses_its_own_input(void **state)
{
    write_file("in.yaml", "input");
    assert_int_equal(link("in.yaml", "hard"), 0);
    struct files *f = files_new(*state);
    uint32_t number;
    assert_int_equal(files_read(f, SLICE("in.yaml"), 0, 100, &number), FILE_OK);
    const char *why = NULL;
    assert_null(outfile_open(*state, f, "in.yaml", &why));
    assert_non_null(strstr(why, "read"));
    assert_null(outfile_open(*state, f, "./hard", &why));
    /* Also one that is read only after the output was opened. */
    write_file("late.yaml", "late");
    struct outfile *o = outfile_open(*state, f, "late.yaml", &why);
    assert_non_null(o);
    assert_int_equal(
        files_read(f, SLICE("late.yaml"), 0, 100, &number), FILE_OK);
    assert_false(outfile_commit(o));
    assert_content("late.yaml", "late");
    assert_int_equal(count_entries("."), 3);
}

static void refuses_what_may_not_be_written(void **state)
{
    write_file("out", "old");
    assert_int_equal(chmod("out", 0444), 0);
    assert_int_equal(mkdir("d", 0555), 0);
    const char *why = NULL;
    drop_root();
    const struct outfile *out = outfile_open(*state, NULL, "out", &why);
    const struct outfile *in = outfile_open(*state, NULL, "d/out", &why);
    regain_root();
    assert_null(out);
    assert_null(in);
    assert_string_equal(why, strerror(EACCES));
    assert_content("out", "old");
    assert_int_equal(count_entries("."), 2);
}

/* Run fn in a child whose output goes to fd; its wait status. */
static int run_child(void (*fn)(void *), void *state, int out)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (out >= 0)
            dup2(out, STDOUT_FILENO);
        fn(state);
        _exit(0);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void write_much(struct outfile *o)
{
    static char block[10000];
    for (int i = 0; i < 100; i++)
        if (!outfile_write(o, block, sizeof block))
            _exit(errno == EFBIG ? 10 : 11);
    if (!outfile_commit(o))
        _exit(errno == EFBIG ? 12 : 13);
}

static void fill_disk(void *state)
{
    struct rlimit limit = {300000, 300000};
    setrlimit(RLIMIT_FSIZE, &limit);
    write_much(open_output(state, "out"));
}

static void survives_a_full_disk(void **state)
{
    write_file("out", "old");
    int status = run_child(fill_disk, *state, -1);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 10);
    assert_content("out", "old");
    assert_int_equal(count_entries("."), 1);
}

static int signal_sent;

static void be_ended(void *state)
{
    struct outfile *o = open_output(state, "out");
    struct outfile *other = open_output(state, "other");
    outfile_write(o, "new", 3);
    outfile_commit(other);
    open_output(state, "third");
    raise(signal_sent);
}

static void goes_with_a_signal(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
    write_file("out", "old");
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        signal_sent = signals[i];
        int status = run_child(be_ended, *state, -1);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_content("out", "old");
        assert_int_equal(count_entries("."), 2);
    }
}

static volatile sig_atomic_t handled;

static void handle(int number)
{
    handled = number;
}

static void gives_back_the_signals(void **state)
{
    struct sigaction ours = {.sa_handler = handle}, now;
    sigaction(SIGTERM, &ours, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGHUP, &ignore, NULL);
    struct outfile *a = open_output(*state, "a");
    struct outfile *b = open_output(*state, "b");
    sigaction(SIGHUP, NULL, &now);
    assert_true(now.sa_handler == SIG_IGN);
    raise(SIGHUP);
    assert_true(outfile_commit(a));
    sigaction(SIGTERM, NULL, &now);
    assert_true(now.sa_handler != handle);
    outfile_abandon(b);
    sigaction(SIGTERM, NULL, &now);
    assert_true(now.sa_handler == handle);
    sigaction(SIGPIPE, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL);
    sigaction(SIGXFSZ, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL);
    /* The handler of the caller's follows ours. */
    open_output(*state, "c");
    handled = 0;
    raise(SIGTERM);
    assert_int_equal(handled, SIGTERM);
    assert_int_equal(count_entries("."), 1);
    arena_reset(*state);
    ours.sa_handler = SIG_DFL;
    sigaction(SIGTERM, &ours, NULL);
    sigaction(SIGHUP, &ours, NULL);
}

static void write_hello(void *state)
{
    struct outfile *o = open_output(state, "-");
    if (!outfile_write(o, "hello", 5))
        _exit(1);
    struct stat st;
    fstat(STDOUT_FILENO, &st);
    if (st.st_size != 0)
        _exit(2);
    if (!outfile_commit(o))
        _exit(3);
}

static void write_much_to_stdout(void *state)
{
    write_much(open_output(state, "-"));
}

static void abandon_stdout(void *state)
{
    struct outfile *o = open_output(state, "-");
    outfile_write(o, "hello", 5);
    outfile_abandon(o);
}

static void writes_standard_output_at_commit(void **state)
{
    int fd = open("stdout", O_WRONLY | O_CREAT, 0600);
    assert_int_equal(run_child(abandon_stdout, *state, fd), 0);
    assert_content("stdout", "");
    assert_int_equal(run_child(write_hello, *state, fd), 0);
    assert_content("stdout", "hello");
    assert_int_equal(run_child(write_much_to_stdout, *state, fd), 0);
    struct stat st;
    fstat(fd, &st);
    assert_int_equal(st.st_size, 5 + 1000000);
    close(fd);
}

static void notices_what_standard_output_refuses(void **state)
{
    int full = open("/dev/full", O_WRONLY);
    assert_int_equal(run_child(write_hello, *state, full), 3 << 8);
    close(full);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(run_child(write_much_to_stdout, *state, ends[1]), 13 << 8);
    close(ends[1]);
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        T(appears_at_commit),
        T(prepares_before_it_commits),
        T(writes_any_amount),
        T(collects_in_memory),
        T(leaves_nothing_when_abandoned),
        T(minds_umask_and_mode),
        T(refuses_bad_targets),
        T(refuses_its_own_input),
        T(refuses_what_may_not_be_written),
        T(survives_a_full_disk),
        T(goes_with_a_signal),
        T(gives_back_the_signals),
        T(writes_standard_output_at_commit),
        T(notices_what_standard_output_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
