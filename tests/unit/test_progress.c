/* progress.c: what is on the terminal, when, and that it goes. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "base/progress.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CLEAR "\r\033[K"

/* A file in the terminal's place; it is 80 columns wide. */
static FILE *out;
static long from; /* what was read of it */

static void begin(struct progress *p, int delay)
{
    from = 0;
    out = fopen("out", "w+");
    assert_non_null(out);
    progress_start(p, out, delay);
}

/* What was written since the last time, in a static buffer. */
static const char *written(void)
{
    static char text[1000];
    fseek(out, from, SEEK_SET);
    size_t n = fread(text, 1, sizeof text - 1, out);
    text[n] = '\0';
    from += (long)n;
    return text;
}

static int end(struct progress *p)
{
    progress_clear(p);
    return fclose(out);
}

static void nothing_is_shown_before_the_delay(void **state)
{
    (void)state;
    struct progress p;
    begin(&p, 60000);
    progress_stage(&p, "layout", "rows");
    progress_tick(&p, 5, 10);
    progress_clear(&p);
    progress_abandon();
    assert_string_equal(written(), "");
    end(&p);
}

static void counts_have_a_bar_where_the_end_is_known(void **state)
{
    (void)state;
    struct progress p;
    begin(&p, 0);
    progress_stage(&p, "pdf", "pages");
    assert_string_equal(written(), "\r  pdf\033[K");
    p.next = 0;
    progress_tick(&p, 1234, 2468);
    assert_string_equal(written(),
        "\r  pdf: 1,234 of 2,468 pages "
        "[####################--------------------]\033[K");
    p.next = 0;
    progress_tick(&p, 1234567, 0);
    assert_string_equal(written(), "\r  pdf: 1,234,567 pages\033[K");
    p.next = 0;
    progress_tick(&p, 12, 10);
    assert_string_equal(written(),
        "\r  pdf: 12 of 10 pages "
        "[########################################]\033[K");
    progress_stage(&p, "sign", NULL);
    assert_string_equal(written(), "\r  sign\033[K");
    p.next = 0;
    progress_tick(&p, 1, 2);
    assert_string_equal(
        written(), "\r  sign [####################--------------------]\033[K");
    end(&p);
}

static void it_is_drawn_ten_times_a_second(void **state)
{
    (void)state;
    struct progress p;
    begin(&p, 0);
    progress_stage(&p, "a", "rows");
    written();
    for (unsigned i = 1; i < 1000; i++)
        progress_tick(&p, i, 1000);
    /* Should that have taken long, there are a few. */
    assert_true(strlen(written()) < 1000);
    progress_stage(&p, "b", "rows");
    assert_string_equal(written(), "\r  b\033[K");
    end(&p);
}

static void it_goes_and_comes_back(void **state)
{
    (void)state;
    struct progress p;
    begin(&p, 0);
    progress_stage(&p, "a", "rows");
    written();
    progress_clear(&p);
    assert_string_equal(written(), CLEAR);
    progress_clear(&p);
    assert_string_equal(written(), "");
    progress_stage(&p, NULL, NULL);
    p.next = 0;
    progress_tick(&p, 1, 2);
    assert_string_equal(written(), "");
    progress_stage(&p, "b", "rows");
    assert_string_equal(written(), "\r  b\033[K");
    progress_abandon();
    progress_abandon();
    assert_string_equal(written(), CLEAR);
    end(&p);
}

static void without_a_terminal_it_is_silent(void **state)
{
    (void)state;
    struct progress p;
    progress_start(&p, NULL, 0);
    progress_stage(&p, "a", "rows");
    progress_tick(&p, 1, 2);
    progress_clear(&p);
    progress_tick(NULL, 1, 2);
}

/* The visible part of one drawing on a terminal of so many columns. */
static char *drawn(int terminal, unsigned short columns)
{
    static char text[400];
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    struct progress p;
    assert_int_equal(ioctl(terminal, TIOCSWINSZ, &size), 0);
    out = fopen(ptsname(terminal), "w");
    assert_non_null(out);
    progress_start(&p, out, 0);
    p.stage = "layout";
    p.what = "rows";
    progress_tick(&p, 4500, 10000);
    bool shown = p.shown;
    progress_clear(&p);
    ssize_t n = shown ? read(terminal, text, sizeof text - 1) : 0;
    assert_true(n >= 0);
    text[n] = '\0';
    char *stop = strchr(text, '\033');
    if (stop)
        *stop = '\0';
    fclose(out);
    return text;
}

static void it_never_fills_the_line(void **state)
{
    (void)state;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        skip();
    /* As long as someone has it open, it is not hung up. */
    int held = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    assert_string_equal(drawn(terminal, 50),
        "\r  layout: 4,500 of 10,000 rows [#######---------]");
    assert_string_equal(
        drawn(terminal, 44), "\r  layout: 4,500 of 10,000 rows [####------]");
    assert_string_equal(
        drawn(terminal, 43), "\r  layout: 4,500 of 10,000 rows");
    assert_string_equal(drawn(terminal, 12), "\r  layout: 4");
    assert_string_equal(drawn(terminal, 1), "");
    close(held);
    close(terminal);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_shown_before_the_delay),
        TEST(counts_have_a_bar_where_the_end_is_known),
        TEST(it_is_drawn_ten_times_a_second),
        TEST(it_goes_and_comes_back),
        TEST(without_a_terminal_it_is_silent),
        TEST(it_never_fills_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
