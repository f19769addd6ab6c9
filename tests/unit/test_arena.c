/* Tests of the arena: alignment, growth, budget, clean-up. */
#include "support_base.h"

#include <stdbool.h>
#include <string.h>

static void gives_aligned_blocks_that_do_not_overlap(void **state)
{
    enum { COUNT = 2000 };
    char *blocks[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        blocks[i] = arena_alloc(*state, i % 97);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)(i % 251), i % 97);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < i % 97; k++)
            assert_int_equal((unsigned char)blocks[i][k], i % 251);
}

static void clears_what_was_used_before(void **state)
{
    memset(arena_alloc(*state, 1000), 0xff, 1000);
    arena_reset(*state);
    const char *p = arena_zalloc(*state, 10, 100);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
}

static void grows_an_array_and_keeps_its_content(void **state)
{
    int *items = NULL;
    size_t cap = 0;
    for (int i = 0; i < 10000; i++) {
        items = arena_grow(*state, items, &cap, (size_t)i + 1, sizeof *items);
        items[i] = i;
    }
    for (int i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    assert_true(cap >= 10000 && cap < 20001);
    assert_ptr_equal(arena_grow(*state, items, &cap, 1, sizeof *items), items);
}

static void makes_strings(void **state)
{
    assert_string_equal(arena_strndup(*state, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(*state, NULL, 0), "");
    assert_string_equal(arena_printf(*state, "%d-%s", 7, "x"), "7-x");
    char *big = arena_printf(*state, "%5000d", 1);
    assert_int_equal(strlen(big), 5000);
}

static char order[8];

static void note(void *p)
{
    strcat(order, p);
}

static void cleans_up_last_in_first_out(void **state)
{
    static char a[] = "a", b[] = "b", c[] = "c";
    order[0] = '\0';
    arena_on_free(*state, note, a);
    arena_on_free(*state, note, b);
    arena_reset(*state);
    assert_string_equal(order, "ba");
    arena_on_free(*state, note, c);
    arena_reset(*state);
    assert_string_equal(order, "bac");
}

enum asked { TOO_MUCH_ONCE, BIT_BY_BIT, OVERFLOW, NEGATIVE, ON_PURPOSE };

static void ask(struct arena *a, enum asked what)
{
    size_t cap = 4;
    int items[4];
    switch (what) {
    case TOO_MUCH_ONCE:
        arena_alloc(a, 1 << 20);
        return;
    case BIT_BY_BIT:
        for (int i = 0; i < 1 << 16; i++)
            arena_alloc(a, 16);
        return;
    case OVERFLOW:
        arena_zalloc(a, SIZE_MAX / 2, 3);
        return;
    case NEGATIVE:
        arena_alloc(a, (size_t)-1);
        return;
    case ON_PURPOSE:
        arena_exhausted(a);
    default:
        arena_grow(a, items, &cap, SIZE_MAX / 2, sizeof *items);
        return;
    }
}

static void jumps_when_the_budget_is_used_up(void **state)
{
    (void)state;
    static struct arena_budget budget;
    /* Changed between setjmp and its return. */
    volatile unsigned what = TOO_MUCH_ONCE, jumps = 0;
    for (; what <= ON_PURPOSE + 1; what++) {
        budget.limit = 1 << 18;
        struct arena *a = arena_new(&budget);
        if (setjmp(budget.jump) == 0)
            ask(a, (enum asked)what);
        else
            jumps++;
        assert_true(budget.used <= budget.limit);
        assert_true(budget.peak <= budget.limit);
        assert_int_equal(budget.used, arena_size(a));
        arena_free(a);
        assert_int_equal(budget.used, 0);
    }
    assert_int_equal(jumps, ON_PURPOSE + 2);
}

static void shares_a_budget(void **state)
{
    (void)state;
    static struct arena_budget budget;
    struct arena *a = arena_new(&budget), *b = arena_new(&budget);
    arena_alloc(a, 100);
    arena_alloc(b, 3 << 20);
    assert_int_equal(budget.used, arena_size(a) + arena_size(b));
    arena_reset(b);
    assert_true(arena_size(b) <= 2 << 20);
    arena_free(a);
    arena_free(b);
    assert_true(budget.peak >= 3 << 20);
    assert_int_equal(budget.used, 0);
    arena_free(NULL);
}

static void use_much(void *a)
{
    arena_alloc(a, 1 << 19);
}

static void use_little(void *a)
{
    arena_alloc(a, 1);
}

/* Tried, it runs out where it was tried; then to the owner again. */
static void tries(void **state)
{
    (void)state;
    static struct arena_budget budget;
    budget.limit = 1 << 18;
    struct arena *a = arena_new(&budget);
    volatile bool owned = false;
    if (setjmp(budget.jump) == 0) {
        assert_true(arena_try(a, use_little, a));
        assert_false(arena_try(a, use_much, a));
        assert_true(budget.limited);
        assert_true(arena_try(a, use_little, a));
        owned = true;
        arena_exhausted(a);
    }
    assert_true(owned);
    arena_free(a);
}

static void arenas_beside_each_other_share_a_budget(void **state)
{
    (void)state;
    struct arena_budget budget = {.limit = 0};
    struct arena *a = arena_new(&budget);
    arena_alloc(a, 100);
    size_t used = budget.used;
    struct arena *b = arena_beside(a);
    arena_alloc(b, 1000000);
    assert_true(budget.used >= used + 1000000);
    arena_free(b);
    assert_int_equal(budget.used, used);
    arena_free(a);
}

/* What a foreign library holds counts, each time in place of the last. */
static void charges_what_others_hold(void **state)
{
    (void)state;
    struct arena_budget budget = {.limit = 1 << 20};
    struct arena *volatile a = arena_new(&budget);
    struct arena *b = arena_beside(a);
    assert_int_equal(arena_left(a), 1 << 20);
    arena_charge(a, 600000);
    arena_charge(b, 300000);
    assert_int_equal(arena_left(a), (1 << 20) - 900000);
    arena_charge(a, 400000);
    assert_int_equal(budget.used, 700000);
    assert_int_equal(budget.peak, 900000);
    arena_free(b);
    volatile bool ran_out = true;
    if (setjmp(budget.jump) == 0) {
        arena_charge(a, 1 << 20);
        arena_charge(a, (1 << 20) + 1);
        ran_out = false;
    }
    assert_true(ran_out);
    assert_true(budget.limited);
    arena_free(a);
    assert_int_equal(budget.used, 0);
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(gives_aligned_blocks_that_do_not_overlap),
        T(clears_what_was_used_before),
        T(grows_an_array_and_keeps_its_content),
        T(makes_strings),
        T(cleans_up_last_in_first_out),
        T(jumps_when_the_budget_is_used_up),
        T(shares_a_budget),
        T(arenas_beside_each_other_share_a_budget),
        T(tries),
        T(charges_what_others_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
