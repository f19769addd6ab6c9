/* Facts that a profile declares or requires. */
#include "support_model.h"

#include <string.h>

#define HEAD "report:\n  title: T\n  language: en\n"

static void test_declared(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        HEAD "  meeting: Geneva, $(report.opens)\n  opens: 2026-01-02\n"
             "  cycle: {from: 2025-01-01, to: 2028-12-31}\n"
             "profile:\n  fields:\n    meeting: {required: true}\n"
             "    opens: {type: date}\n    cycle: {type: period}\n"
             "    group: {type: text, required: false}\n    number: {}\n");
    assert_messages(l, "");
    const struct field *f = model_field(r, SLICE("meeting"));
    assert_int_equal(f->type, FIELD_TEXT);
    assert_int_equal(f->text->npieces, 2);
    f = model_field(r, SLICE("opens"));
    assert_int_equal(f->type, FIELD_DATE);
    assert_int_equal(f->from.day, 2);
    f = model_field(r, SLICE("cycle"));
    assert_int_equal(f->type, FIELD_PERIOD);
    assert_true(f->given);
    assert_int_equal(f->to.year, 2028);
    assert_non_null(f->node);
    assert_false(model_field(r, SLICE("group"))->given);
    /* After the common ones, and those only once. */
    assert_int_equal(r->nfields, 17 + 4);
    assert_string_equal(r->fields[0].name, "title");
    assert_string_equal(r->fields[17].name, "meeting");
}

static void test_unknown(void **state)
{
    struct load *l = new_load(*state);
    read_report(
        l, HEAD "  meting: x\n  room: y\nprofile: {fields: {meeting: {}}}\n");
    assert_messages(l,
        "4:3: unknown key 'meting' in 'report' [unknown-key]\n"
        "5:3: unknown key 'room' in 'report' [unknown-key]\n");
    assert_non_null(strstr(messages(l), "did you mean 'meeting'?"));
    assert_non_null(
        strstr(messages(l), "a profile can declare further facts under"));
}

static void test_bad_values(void **state)
{
    struct load *l = new_load(*state);
    read_report(l,
        HEAD "  opens: soon\n  cycle: 2026\n  meeting: ''\n"
             "profile: {fields: {opens: {type: date, required: true}, "
             "cycle: {type: period}, meeting: {}}}\n");
    assert_messages(l,
        "4:10: 'opens' cannot be 'soon': a date, year-month-day as in "
        "2025-12-04 [bad-value]\n"
        "5:10: 'cycle' wants a mapping, has a text [wrong-type]\n"
        "6:12: 'meeting' has no value [wrong-type]\n");
}

static void test_required(void **state)
{
    struct load *l = new_load(*state);
    read_report(l,
        HEAD "profile: {fields: {meeting: {required: true}, "
             "source: {required: true}, status-date: {type: date}}}\n");
    assert_messages(l,
        "2:3: 'report' needs 'source': its profile requires it [missing-key]\n"
        "2:3: 'report' needs 'meeting': its profile requires it "
        "[missing-key]\n");
    assert_non_null(strstr(messages(l), "<test>:4:40: note: required here"));
    /* A slip is told once. */
    l = new_load(*state);
    read_report(
        l, HEAD "  sorce: x\nprofile: {fields: {source: {required: true}}}\n");
    assert_messages(l, "4:3: unknown key 'sorce' in 'report' [unknown-key]\n");
}

static void test_bad_declarations(void **state)
{
    static const struct {
        const char *fields, *wanted;
    } CASES[] = {
        {"{Meeting: {}}",
            "4:20: a fact cannot be named 'Meeting': small letters, digits "
            "and hyphens, a letter first [bad-id]\n"},
        {"{meeting: {type: number}}",
            "4:36: 'type' cannot be 'number': text, date or period "
            "[bad-value]\n"},
        {"{meeting: {typ: date}}",
            "4:30: unknown key 'typ' in a fact [unknown-key]\n"},
        {"{meeting: date}",
            "4:29: an item of 'fields' wants a mapping, has a text "
            "[wrong-type]\n"},
        {"[meeting]",
            "4:19: 'fields' wants a mapping, has a list [wrong-type]\n"},
        {"{period: {type: date}}",
            "4:35: the type of 'period' is period in every report, it cannot "
            "be 'date' [bad-value]\n"},
        {"{language: {type: text}}",
            "4:37: the type of 'language' is language in every report, it "
            "cannot be 'text' [bad-value]\n"},
        {"{title: {required: false}}",
            "4:38: every report has a 'title' [bad-value]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        read_report(l,
            arena_printf(
                *state, HEAD "profile: {fields: %s}\n", CASES[i].fields));
        assert_messages(l, CASES[i].wanted);
    }
}

/* Where the profile was not read in full, nobody knows what it declares. */
static void test_partial(void **state)
{
    static const char *const PROFILES[] = {"profile: {fields: {a: {typ: x}}}",
        "profile: {field: {room: {}}}", "profile: nowhere", "profile: [a]",
        "profil: house.yaml", "profile: {extends: nowhere}"};
    for (size_t i = 0; i < sizeof PROFILES / sizeof *PROFILES; i++) {
        struct load *l = new_load(*state);
        const char *const sets[] = {"report.hall=1", NULL};
        struct report *r = read_with(l,
            arena_printf(*state, "%s\n" HEAD "  room: x\n", PROFILES[i]), sets);
        assert_true(r->profile->partial);
        assert_int_equal(diag_errors(l->d), 1);
        assert_null(strstr(messages(l), "'room'"));
    }
}

static void test_too_many(void **state)
{
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml, HEAD "profile:\n  fields:\n");
    for (int i = 0; i < 40; i++)
        buf_printf(&yaml, "    f%d: {}\n", i);
    struct load *l = new_load(*state);
    assert_int_equal(read_report(l, yaml.s)->nfields, 17 + 40);
    assert_messages(l, "");
    buf_puts(&yaml, "    more: {}\n");
    l = new_load(*state);
    read_report(l, yaml.s);
    assert_messages(
        l, "6:5: 'fields' declares 41 facts: 40 are the most [bad-value]\n");
}

static void test_set(void **state)
{
    static const char *const SETS[] = {
        "report.opens=2026-03-03", "report.cycle.to=2027-01-01", NULL};
    struct load *l = new_load(*state);
    struct report *r = read_with(l,
        HEAD
        "  cycle: {from: 2025-01-01, to: 2028-12-31}\n"
        "profile: {fields: {opens: {type: date}, cycle: {type: period}}}\n",
        SETS);
    assert_messages(l, "");
    assert_int_equal(model_field(r, SLICE("opens"))->from.month, 3);
    assert_int_equal(model_field(r, SLICE("cycle"))->to.year, 2027);
    static const char *const WRONG[] = {
        "report.room=x", "report.cycle=x", NULL};
    l = new_load(*state);
    read_with(l, HEAD "profile: {fields: {cycle: {type: period}}}\n", WRONG);
    assert_messages(l,
        "1:1: --set cannot set 'report.room' [bad-set]\n"
        "1:1: --set cannot set 'report.cycle' [bad-set]\n");
    assert_non_null(strstr(messages(l), "set 'report.cycle.from'"));
}

/* Profiles add to one another; the command line may name another one. */
static void test_profiles(void **state)
{
    write_file("styles/base.yaml",
        "fields: {meeting: {required: true}, opens: {type: date}}\n");
    write_file("styles/house.yaml",
        "extends: base.yaml\nfields: {opens: {required: true}, room: {}}\n");
    write_file("styles/lax.yaml",
        "extends: house.yaml\nfields: {meeting: {required: false}, "
        "opens: {required: false}}\n");
    write_file("report.yaml", HEAD "  room: 3\nprofile: styles/house.yaml\n");
    struct load *l = new_load(*state);
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l,
        "2:3: 'report' needs 'meeting': the profile 'base' requires it "
        "[missing-key]\n"
        "2:3: 'report' needs 'opens': the profile 'house' requires it "
        "[missing-key]\n");
    assert_non_null(strstr(messages(l), "base.yaml:1:30: note: required here"));
    l = new_load(*state);
    struct model_options opt = {.profile = "styles/lax.yaml"};
    model_read(l, load_path_of(l, "report.yaml"), &opt);
    assert_messages(l, "");
    opt.profile = "plain";
    l = new_load(*state);
    model_read(l, load_path_of(l, "report.yaml"), &opt);
    assert_messages(l, "4:3: unknown key 'room' in 'report' [unknown-key]\n");
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_declared),
        TEST(test_unknown),
        TEST(test_bad_values),
        TEST(test_required),
        TEST(test_bad_declarations),
        TEST(test_partial),
        TEST(test_too_many),
        TEST(test_set),
        TEST(test_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
