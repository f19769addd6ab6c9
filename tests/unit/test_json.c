/* Tests of writing JSON. */
#include "support_base.h"

#include "base/json.h"

#include <stdbool.h>
#include <string.h>

static const char *text_of(void *state, const struct json *v)
{
    struct buf b = buf_new(state);
    json_write(v, &b);
    return b.s;
}

static void writes_stable_text(void **state)
{
    struct json *top = json_new_object(*state);
    json_add_str(top, "zebra", SLICE("last letter first"));
    json_add_int(top, "n", INT64_MIN);
    json_add_bool(top, "yes", true);
    json_add_bool(top, "no", false);
    struct json *list = json_new_array(*state);
    json_add(top, "list", list);
    /* What was added may still grow. */
    json_add_int(list, NULL, 1);
    json_add(list, NULL, json_new_object(*state));
    json_add(list, NULL, json_new_array(*state));
    json_add_str(top, "alpha", SLICE(""));
    assert_string_equal(text_of(*state, top),
        "{\n"
        "  \"zebra\": \"last letter first\",\n"
        "  \"n\": -9223372036854775808,\n"
        "  \"yes\": true,\n"
        "  \"no\": false,\n"
        "  \"list\": [\n"
        "    1,\n"
        "    {},\n"
        "    []\n"
        "  ],\n"
        "  \"alpha\": \"\"\n"
        "}\n");
}

static void escapes_what_must_be(void **state)
{
    struct json *list = json_new_array(*state);
    json_add_str(list, NULL, SLICE("\"\\/\n\t\x01\x7f\0z"));
    json_add_str(list, NULL, SLICE("\xc3\xa9\xe2\x80\x93\xf0\x9f\x98\x80"));
    json_add_str(list, NULL, SLICE("a\xff\xc3z\xed\xa0\x80"));
    json_add_str(list, NULL, (struct slice){NULL, 0});
    assert_string_equal(text_of(*state, list),
        "[\n"
        "  \"\\\"\\\\/\\n\\t\\u0001\x7f\\u0000z\",\n"
        "  \"\xc3\xa9\xe2\x80\x93\xf0\x9f\x98\x80\",\n"
        "  \"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\",\n"
        "  \"\"\n"
        "]\n");
}

static void appends_to_a_buffer(void **state)
{
    struct buf b = buf_new(*state);
    buf_puts(&b, "x");
    json_write(json_new_array(*state), &b);
    json_write(json_new_object(*state), &b);
    assert_string_equal(b.s, "x[]\n{}\n");
}

static void bears_many_rows(void **state)
{
    struct json *rows = json_new_array(*state);
    enum { ROWS = 20000 };
    for (int i = 0; i < ROWS; i++) {
        struct json *row = json_new_array(*state);
        json_add(rows, NULL, row);
        for (int k = 0; k < 3; k++)
            json_add_str(row, NULL, SLICE("a cell"));
    }
    const char *text = text_of(*state, rows);
    size_t cells = 0;
    for (const char *p = text; (p = strstr(p, "a cell")); p++)
        cells++;
    assert_int_equal(cells, ROWS * 3);
}

static void runs_out_without_a_leak(void **state)
{
    (void)state;
    static struct arena_budget budget;
    /* Changed between setjmp and its return. */
    volatile bool ended = false;
    budget.limit = 1 << 20;
    struct arena *a = arena_new(&budget);
    if (setjmp(budget.jump) == 0) {
        struct json *list = json_new_array(a);
        for (;;) {
            struct json *item = json_new_object(a);
            json_add_str(item, "key", SLICE("a text of some length"));
            json_add(list, NULL, item);
        }
    } else {
        ended = true;
    }
    arena_free(a);
    assert_true(ended);
    assert_int_equal(budget.used, 0);
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(writes_stable_text),
        T(escapes_what_must_be),
        T(appends_to_a_buffer),
        T(bears_many_rows),
        T(runs_out_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
