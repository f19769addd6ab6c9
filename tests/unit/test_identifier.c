/* Identifiers in cells: which there are, when two are one, their prefixes. */
#include "support_base.h"

#include "review/checks_int.h"

#include <string.h>

/* The identifiers of a cell, with bars between them. */
static const char *found_in(struct arena *a, const char *cell)
{
    struct slice out[IDENTIFIERS_MOST];
    size_t n = identifiers_of(slice_of(cell), out);
    struct buf b = buf_new(a);
    buf_puts(&b, "");
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s%.*s", i ? " | " : "", (int)out[i].n, out[i].s);
    return b.s;
}

static void finds_identifiers(void **state)
{
    static const char *const CASES[][2] = {
        {"Y.4241", "Y.4241"},
        {"  Y.4241 ", "Y.4241"},
        {"Y.4241 (ex Y.dt-SComCam)", "Y.4241 | Y.dt-SComCam"},
        {"Y.4241 (formerly Y.1 to 3), Y.4242", "Y.4241 | Y.1 to 3 | Y.4242"},
        {"Y.4241 (revised)", "Y.4241 (revised)"},
        {"Y.4241 (2019)", "Y.4241 (2019)"},
        {"Y.4241 (Amd. 1)", "Y.4241 (Amd. 1)"},
        {"Y.4241, Y.4242; Y.4243\nY.4244", "Y.4241 | Y.4242 | Y.4243 | Y.4244"},
        {"Suppl. Y.58", "Suppl. Y.58"},
        {"RFC 9110", "RFC 9110"},
        {"Y.4241 (ex Y.old", "Y.4241 | Y.old"},
        {"Y.a-b)", "Y.a-b)"},
        {"OOS.new", "OOS.new"},
        {"Ü.çé", "Ü.çé"},
        {"none", ""},
        {"None.", ""},
        {"n/a", ""},
        {"–", ""},
        {"12", ""},
        {"to be decided", ""},
        {"", ""},
        {",;(ex ", ""},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(found_in(a, CASES[i][0]), CASES[i][1]);
}

/* Of a cell without end only so many are looked at. */
static void looks_at_so_many(void **state)
{
    struct buf b = buf_new(*state);
    for (unsigned i = 0; i < 40; i++)
        buf_printf(&b, "Y.%u,", 1000 + i);
    struct slice out[IDENTIFIERS_MOST];
    assert_int_equal(
        identifiers_of((struct slice){b.s, b.n}, out), IDENTIFIERS_MOST);
    assert_true(slice_is(out[IDENTIFIERS_MOST - 1], "Y.1015"));
}

static bool same_key(struct arena *a, const char *x, const char *y)
{
    return slice_eq(
        identifier_key(a, slice_of(x)), identifier_key(a, slice_of(y)));
}

static void compares_identifiers(void **state)
{
    struct arena *a = *state;
    assert_true(same_key(a, "Y.DT_Campus", "y.dt-campus"));
    assert_true(same_key(a, "Y.4480Rev", "Y.4480-Rev"));
    assert_true(same_key(a, "RFC 9110", "RFC9110"));
    assert_true(same_key(a,
        "Y\xe2\x80\x91"
        "4241",
        "Y.4241"));
    assert_true(same_key(a, "Ä-1", "ä 1"));
    assert_false(same_key(a, "Y.1.23", "Y.12.3"));
    assert_false(same_key(a, "Y.4241", "Y.4241 (revised)"));
    assert_false(same_key(a, "Y.Sup-1", "Y.Supp-1"));
    assert_false(same_key(a, "Y.ab-c", "Y.a-bc"));
}

/* Prefixes as they are spelt, with what is compared in brackets. */
static const char *prefixes_of(struct arena *a, const char *identifier)
{
    struct prefix out[2];
    size_t n = identifier_prefixes(slice_of(identifier), out);
    struct buf b = buf_new(a);
    buf_puts(&b, "");
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s%.*s(%.*s+%.*s)%s", i ? " | " : "",
            (int)out[i].whole.n, out[i].whole.s, (int)out[i].above.n,
            out[i].above.s, (int)out[i].word.n, out[i].word.s,
            out[i].number ? "#" : "");
    return b.s;
}

static void finds_prefixes(void **state)
{
    static const char *const CASES[][2] = {
        {"Y.4241", "Y.(+Y)#"},
        {"Y.CIP", "Y.(+Y)"},
        {"Y.Suppl.58", "Y.(+Y) | Y.Suppl.(Y+Suppl)"},
        {"Y.Sup-DIoT-IS", "Y.(+Y) | Y.Sup-(Y+Sup)"},
        {"Y. Suppl. 58", "Y. (+Y) | Y. Suppl. (Y+Suppl)"},
        {"Suppl. Y.58", "Suppl. Y.(Y+Suppl)"},
        {"Y.4480Rev", "Y.(+Y)#"},
        {"YSTR.IoT-PGMS", "YSTR.(+YSTR) | YSTR.IoT-(YSTR+IoT)"},
        {"3GPP-1", ""},
        {"Y4.a-1", ""},
        {"Y.", ""},
        {"Y", ""},
        {"", ""},
        {"Y.(x)", ""},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(prefixes_of(a, CASES[i][0]), CASES[i][1]);
}

static bool same_word(const char *x, const char *y)
{
    return identifier_same_word(slice_of(x), slice_of(y));
}

static void knows_abbreviations(void **state)
{
    (void)state;
    assert_true(same_word("Sup", "Suppl"));
    assert_true(same_word("sup", "Supplement"));
    assert_true(same_word("dt", "DT"));
    assert_true(same_word("é", "É"));
    assert_false(same_word("Suppl", "Sup"));
    assert_false(same_word("IoT", "IoTMV"));
    assert_false(same_word("DT", "DTs"));
    assert_false(same_word("Sub", "Sup"));
    assert_false(same_word("Smart", "SmartBuilding"));
}

/* Numbers by text: each its own, also when the table has grown. */
static void remembers_texts(void **state)
{
    struct arena *a = *state;
    struct seen *s = seen_new(a);
    for (uint32_t i = 1; i <= 1000; i++) {
        uint32_t *number =
            seen_number(s, slice_of(arena_printf(a, "text %u", (unsigned)i)));
        assert_int_equal(*number, 0);
        *number = i;
    }
    assert_int_equal(*seen_number(s, SLICE("text 1")), 1);
    assert_int_equal(*seen_number(s, SLICE("text 1000")), 1000);
    assert_int_equal(*seen_number(s, SLICE("")), 0);
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {
        T(finds_identifiers),
        T(looks_at_so_many),
        T(compares_identifiers),
        T(finds_prefixes),
        T(knows_abbreviations),
        T(remembers_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
