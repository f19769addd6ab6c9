/* What sequences have in common, and matching by keys. */
#include "support_base.h"

#include "review/review_int.h"

#include <string.h>

/* Numbers that are the same in every run. */
static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* The length of a longest common subsequence, by the textbook. */
static uint32_t longest(
    const uint64_t *x, uint32_t nx, const uint64_t *y, uint32_t ny)
{
    uint32_t best[48][48];
    memset(best, 0, sizeof best);
    for (uint32_t i = nx; i-- > 0;)
        for (uint32_t j = ny; j-- > 0;) {
            uint32_t skip = best[i + 1][j] > best[i][j + 1] ? best[i + 1][j]
                                                            : best[i][j + 1];
            best[i][j] = x[i] == y[j] ? best[i + 1][j + 1] + 1 : skip;
        }
    return best[0][0];
}

static uint32_t matched(struct arena *a, const uint64_t *x, uint32_t nx,
    const uint64_t *y, uint32_t ny)
{
    struct arena *inner = arena_beside(a);
    struct match_runs runs = {0};
    uint32_t at = 0, to = 0, all = 0;
    review_match(a, inner, x, nx, y, ny, &runs);
    for (uint32_t i = 0; i < runs.n; i++) {
        const struct match_run *r = &runs.v[i];
        assert_true(r->n > 0 && r->x >= at && r->y >= to);
        assert_true(r->x + r->n <= nx && r->y + r->n <= ny);
        for (uint32_t k = 0; k < r->n; k++)
            assert_true(x[r->x + k] == y[r->y + k]);
        at = r->x + r->n;
        to = r->y + r->n;
        all += r->n;
    }
    arena_free(inner);
    return all;
}

static void short_sequences_match_as_far_as_can_be(void **state)
{
    uint32_t seed = 7;
    for (unsigned round = 0; round < 3000; round++) {
        uint64_t x[40], y[40];
        uint32_t nx = next(&seed) % 40, ny = next(&seed) % 40;
        uint32_t letters = 1 + next(&seed) % 12;
        for (uint32_t i = 0; i < nx; i++)
            x[i] = next(&seed) % letters;
        for (uint32_t i = 0; i < ny; i++)
            y[i] = next(&seed) % letters;
        assert_int_equal(matched(*state, x, nx, y, ny), longest(x, nx, y, ny));
    }
}

static void long_sequences_match_around_what_is_unique(void **state)
{
    enum { N = 50000 };
    uint64_t *x = arena_alloc(*state, N * sizeof *x);
    uint64_t *y = arena_alloc(*state, N * sizeof *y);
    uint32_t n = 0, dropped = 0;
    /* Every seventh is the same; some go, some come. */
    for (uint32_t i = 0; i < N; i++)
        x[i] = i % 7 ? i : 1;
    for (uint32_t i = 0; i < N; i++) {
        if (i % 100 == 50) {
            dropped++;
            continue;
        }
        y[n++] = i % 1000 == 3 ? (uint64_t)N + i : x[i];
    }
    uint32_t same = matched(*state, x, N, y, n);
    assert_int_equal(same, N - dropped - N / 1000);
}

static void a_rising_subsequence_is_a_longest_one(void **state)
{
    uint32_t seed = 3;
    for (unsigned round = 0; round < 500; round++) {
        uint32_t v[30], n = next(&seed) % 30;
        bool in[30] = {false};
        for (uint32_t i = 0; i < n; i++)
            v[i] = i;
        for (uint32_t i = n; i > 1; i--) {
            uint32_t k = next(&seed) % i, held = v[k];
            v[k] = v[i - 1];
            v[i - 1] = held;
        }
        review_rising(*state, v, n, in);
        uint32_t best[30] = {0}, most = 0, have = 0, last = 0;
        for (uint32_t i = 0; i < n; i++) {
            best[i] = 1;
            for (uint32_t k = 0; k < i; k++)
                if (v[k] < v[i] && best[k] >= best[i])
                    best[i] = best[k] + 1;
            most = best[i] > most ? best[i] : most;
            if (!in[i])
                continue;
            assert_true(!have++ || v[i] > last);
            last = v[i];
        }
        assert_int_equal(have, most);
    }
}

static void keys_match_first_to_first_and_unique_ones_alone(void **state)
{
    /* 5 stands twice on each side, 6 once, 7 twice on one side. */
    const uint64_t x[] = {5, 6, 5, 7}, y[] = {7, 5, 7, 6, 5};
    for (unsigned unique = 0; unique < 2; unique++) {
        struct keys kx = {0}, ky = {0};
        uint32_t mx[4], my[5];
        memset(mx, 0xff, sizeof mx);
        memset(my, 0xff, sizeof my);
        for (uint32_t i = 0; i < 4; i++)
            review_key(*state, &kx, x[i], i);
        for (uint32_t i = 0; i < 5; i++)
            review_key(*state, &ky, y[i], i);
        review_join(*state, &kx, &ky, unique, mx, my);
        const uint32_t all[] = {3, 0, REVIEW_NONE, 1, 2};
        const uint32_t one[] = {
            REVIEW_NONE, REVIEW_NONE, REVIEW_NONE, 1, REVIEW_NONE};
        assert_memory_equal(my, unique ? one : all, sizeof my);
        for (uint32_t j = 0; j < 5; j++)
            if (my[j] != REVIEW_NONE)
                assert_int_equal(mx[my[j]], j);
    }
}

static uint32_t near_ones(void *to, uint32_t i, uint32_t j)
{
    (void)to;
    /* 1 is like 0 and 2; 0 is like nothing else. */
    if (i == 1 && j == 0)
        return 600;
    if (i == 1 && j == 2)
        return 900;
    return i == 0 && j == 1 ? REVIEW_ALIKE : 100;
}

static void pairs_are_those_that_are_most_alike_in_order(void **state)
{
    uint32_t match[3];
    review_pair(*state, 3, 3, near_ones, NULL, match);
    const uint32_t wanted[] = {1, 2, REVIEW_NONE};
    assert_memory_equal(match, wanted, sizeof match);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
        TEST(short_sequences_match_as_far_as_can_be),
        TEST(long_sequences_match_around_what_is_unique),
        TEST(a_rising_subsequence_is_a_longest_one),
        TEST(keys_match_first_to_first_and_unique_ones_alone),
        TEST(pairs_are_those_that_are_most_alike_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
