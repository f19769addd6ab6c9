/* squeeze.c: order, bytes, threads, and leaving half-way. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include "pdf/squeeze_int.h"

#include <libdeflate.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 19, STREAMS = 800 };

/* What came out, and what is to happen when it does. */
struct outlet {
    struct arena *a;
    struct buf all; /* each stream's entries and data */
    uint32_t n;
    uint32_t leave_at; /* by the arena's jump; 0: never */
};

static void come_out(void *p, const struct squeezed *stream)
{
    struct outlet *o = p;
    assert_int_equal(stream->id, o->n++);
    buf_put(&o->all, stream->entries.s, stream->entries.n);
    buf_put(&o->all, stream->s, stream->n);
    /* Others' data must not be here. */
    memset(stream->s - stream->entries.n - SQUEEZE_FRONT, 0xff,
        SQUEEZE_FRONT + stream->entries.n);
    memset(stream->s + stream->n, 0xff, SQUEEZE_BACK);
    if (o->leave_at && o->n == o->leave_at)
        arena_exhausted(o->a);
}

/* Stream i: its size is of all kinds, and its bytes are its own. */
static struct slice data_of(uint32_t i, char *to)
{
    static const size_t SIZES[] = {
        20000, 0, 511, 512, 30000, 1, 8000, 100, 60000, 4000, 10};
    size_t n = SIZES[i * 7 % (sizeof SIZES / sizeof *SIZES)];
    uint32_t x = i;
    if (i % 60 < 40)
        n = 50 + i % 60; /* many small ones, more than wait anywhere */
    if (i % 97 == 50)
        n = 300000; /* in memory of its own */
    for (size_t k = 0; k < n; k++) {
        x = x * 1664525 + 1013904223;
        to[k] = (char)('a' + (x >> 28));
    }
    return (struct slice){to, n};
}

static bool is_compressed(uint32_t i)
{
    return i % 13 != 5;
}

static struct outlet *put_all(
    struct arena *a, unsigned jobs, uint32_t leave_at, struct squeeze **queue)
{
    struct outlet *o = ARENA_NEW(a, struct outlet);
    char *data = arena_alloc(a, MOST);
    *o = (struct outlet){a, buf_new(a), 0, leave_at};
    struct squeeze *q = squeeze_new(a, jobs, come_out, o);
    if (queue)
        *queue = q;
    for (uint32_t i = 0; i < STREAMS; i++) {
        char *entries = arena_printf(a, "/I %u /Some%.*s", (unsigned)i,
            (int)(i % 30), "thing that is more or less long");
        struct slice in = data_of(i, data);
        squeeze_put(q, i, slice_of(entries), in, is_compressed(i));
        memset(data, 0, in.n);
        memset(entries, 0, strlen(entries));
    }
    squeeze_drain(q);
    return o;
}

static void many_threads_give_the_bytes_of_one(void **state)
{
    static const unsigned JOBS[] = {2, 3, 8, 0};
    const struct outlet *one = put_all(*state, 1, 0, NULL);
    assert_int_equal(one->n, STREAMS);
    for (size_t i = 0; i < sizeof JOBS / sizeof *JOBS; i++) {
        const struct outlet *o = put_all(*state, JOBS[i], 0, NULL);
        assert_int_equal(o->n, STREAMS);
        assert_int_equal(o->all.n, one->all.n);
        assert_memory_equal(o->all.s, one->all.s, one->all.n);
    }
}

static char data[MOST], unpacked[MOST];
static struct libdeflate_decompressor *unzip;

static void unpack(void *p, const struct squeezed *stream)
{
    uint32_t *n = p;
    size_t length;
    struct slice in = data_of(*n, data);
    assert_int_equal(stream->compress, is_compressed(*n));
    if (!stream->compress) {
        assert_int_equal(stream->n, in.n);
        assert_memory_equal(stream->s, in.s, in.n);
    } else {
        assert_int_equal(libdeflate_zlib_decompress(unzip, stream->s, stream->n,
                             unpacked, MOST, &length),
            LIBDEFLATE_SUCCESS);
        assert_int_equal(length, in.n);
        assert_memory_equal(unpacked, in.s, in.n);
    }
    ++*n;
}

static void what_comes_out_is_what_was_put_in(void **state)
{
    uint32_t n = 0;
    struct squeeze *q = squeeze_new(*state, 3, unpack, &n);
    char *in = arena_alloc(*state, MOST);
    unzip = libdeflate_alloc_decompressor();
    for (uint32_t i = 0; i < STREAMS; i++)
        squeeze_put(
            q, i, (struct slice){NULL, 0}, data_of(i, in), is_compressed(i));
    squeeze_drain(q);
    libdeflate_free_decompressor(unzip);
    assert_int_equal(n, STREAMS);
}

static void threads_are_started_when_there_is_work(void **state)
{
    struct outlet o = {*state, buf_new(*state), 0, 0};
    struct squeeze *q = squeeze_new(*state, 4, come_out, &o);
    char *in = arena_alloc(*state, MOST);
    squeeze_put(q, 0, (struct slice){NULL, 0}, data_of(0, in), true);
    squeeze_put(q, 1, (struct slice){NULL, 0}, (struct slice){in, 100}, true);
    assert_int_equal(squeeze_threads(q), 0);
    put_all(*state, 4, 0, &q);
    assert_int_equal(squeeze_threads(q), 3);
    put_all(*state, 1, 0, &q);
    assert_int_equal(squeeze_threads(q), 0);
}

static void nothing_waits_where_no_thread_is(void **state)
{
    struct outlet o = {*state, buf_new(*state), 0, 0};
    struct squeeze *q = squeeze_new(*state, 1, come_out, &o);
    for (uint32_t i = 0; i < 3; i++) {
        squeeze_put(q, i, (struct slice){NULL, 0}, SLICE("text"), true);
        assert_int_equal(o.n, i + 1);
    }
}

static void count(void *p, const struct squeezed *stream)
{
    uint32_t *n = p;
    assert_int_equal(stream->id, ++*n);
}

static void images_pass_in_little_memory(void **state)
{
    /* Some are copied, one is not; all of them would be 500 MB. */
    static const size_t SIZES[] = {9 << 20, 17 << 20, 300000, 16 << 20};
    enum { IMAGES = 40, ROOM = 18 << 20 };
    struct arena_budget budget = {.limit = 0};
    struct arena *a = arena_new(&budget);
    uint32_t n = 0;
    char *in = arena_zalloc(*state, ROOM, 1);
    struct squeeze *q = squeeze_new(a, 3, count, &n);
    for (uint32_t i = 1; i <= IMAGES; i++)
        squeeze_put(q, i, SLICE("/Type /XObject "),
            (struct slice){in, SIZES[i % 4]}, i % 3);
    squeeze_drain(q);
    assert_int_equal(n, IMAGES);
    assert_true(budget.peak < 150 << 20);
    assert_true(budget.used < 5 << 20);
    arena_free(a);
}

/* Put all and see it end by the arena's jump; was it the limit's? */
static bool leave(size_t limit, unsigned jobs, uint32_t at)
{
    struct arena_budget budget = {.limit = limit};
    struct arena *a = arena_new(&budget);
    assert_non_null(a);
    if (setjmp(budget.jump) == 0) {
        put_all(a, jobs, at, NULL);
        fail();
    }
    /* Threads that still packed would crash, or never end. */
    arena_free(a);
    assert_int_equal(budget.used, 0);
    return budget.limited;
}

static void memory_may_go_at_any_time(void **state)
{
    (void)state;
    for (uint32_t at = 1; at < STREAMS; at += 47)
        assert_false(leave(0, 3, at));
}

static void a_limit_of_memory_ends_it(void **state)
{
    (void)state;
    for (size_t limit = 30000; limit < 5000000; limit += 200000)
        assert_true(leave(limit, 2, 0));
}

static void ignore(int number)
{
    (void)number;
}

static void signals_are_for_the_caller_s_thread(void **state)
{
    struct squeeze *q;
    sigset_t set, old, pending;
    struct sigaction quiet = {.sa_handler = ignore}, before;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaction(SIGTERM, &quiet, &before);
    put_all(*state, 4, 0, &q);
    assert_int_equal(squeeze_threads(q), 3);
    /* Only they could take it now. */
    sigprocmask(SIG_BLOCK, &set, &old);
    kill(getpid(), SIGTERM);
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    sigpending(&pending);
    assert_true(sigismember(&pending, SIGTERM));
    sigprocmask(SIG_SETMASK, &old, NULL);
    sigaction(SIGTERM, &before, NULL);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        TEST(many_threads_give_the_bytes_of_one),
        TEST(what_comes_out_is_what_was_put_in),
        TEST(threads_are_started_when_there_is_work),
        TEST(nothing_waits_where_no_thread_is),
        TEST(images_pass_in_little_memory),
        TEST(memory_may_go_at_any_time),
        TEST(a_limit_of_memory_ends_it),
        TEST(signals_are_for_the_caller_s_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
