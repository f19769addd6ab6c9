/* Tests of the limits. */
#include "support_base.h"

#include "base/limits.h"

static void starts_with_the_standard(void **state)
{
    (void)state;
    struct limits l;
    limits_init(&l);
    assert_int_equal(l.depth, 64);
    assert_int_equal(l.headings, 6);
    assert_true(l.memory == 1 << 30);
#define X(member, name, standard, cap) \
    assert_true(l.member == (standard) && l.member >= 1 && l.member <= (cap));
    LIMIT_LIST(X)
#undef X
}

static void sets_each_up_to_its_cap(void **state)
{
    (void)state;
    struct limits l;
    limits_init(&l);
#define X(member, name, standard, cap) \
    assert_true(limits_set(&l, slice_of(name), (cap))); \
    assert_true(l.member == (cap)); \
    assert_false(limits_set(&l, slice_of(name), (int64_t)(cap) + 1)); \
    assert_true(l.member == (cap)); \
    assert_true(limits_set(&l, slice_of(name), 1) && l.member == 1);
    LIMIT_LIST(X)
#undef X
}

static void refuses_the_rest(void **state)
{
    (void)state;
    struct limits l;
    limits_init(&l);
    assert_false(limits_set(&l, SLICE("include_depth"), 2));
    assert_false(limits_set(&l, SLICE("Depth"), 2));
    assert_false(limits_set(&l, SLICE(""), 2));
    assert_false(limits_set(&l, SLICE("depth"), 0));
    assert_false(limits_set(&l, SLICE("depth"), -1));
    assert_false(limits_set(&l, SLICE("depth"), INT64_MIN));
    assert_int_equal(l.depth, 64);
    assert_true(limits_set(&l, SLICE("include-depth"), 2));
    assert_int_equal(l.include_depth, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_with_the_standard),
        cmocka_unit_test(sets_each_up_to_its_cap),
        cmocka_unit_test(refuses_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
