/* Values: what $(report.…) says, and what is reported about it. */
#include "support_doc.h"

#include "model/profile.h"

#include <string.h>

#define PERIOD "period: {from: 2025-06-01, to: 2025-12-31}"

/* Expand a whole report as given. */
static struct report *expand(struct load *l, const char *yaml)
{
    struct model_options options = {0};
    struct node *root = load_string(l, yaml);
    assert_non_null(root);
    struct report *r = model_read(l, root, &options);
    data_expand(l, r);
    return r;
}

/* The pieces of a text one after another. */
static const char *joined(struct load *l, const struct text *t)
{
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        if (p->kind == PIECE_SOURCE)
            buf_put(&out, t->s.s + p->off, p->n);
        else if (p->absent)
            buf_puts(&out, "ABSENT");
        else
            buf_put(&out, p->value.s, p->value.n);
    }
    return out.s;
}

/* What a body says in a report with these further facts. */
static const char *expanded(struct load *l, const char *facts, const char *body)
{
    struct report *r = expand(l,
        arena_printf(l->a,
            "report: {title: T, language: en, status-date: 2025-01-31%s%s}\n"
            "body: '%s'\n",
            *facts ? ", " : "", facts, body));
    return joined(l, r->body.entries[0].text);
}

static void test_values(void **state)
{
    static const char *const CASES[][3] = {
        {"", "$(report.title)", "T"},
        {"", "a $(report.title)$(report.title) b", "a TT b"},
        {"", "$$(report.title)", "$(report.title)"},
        {"", "$(report.language)", "en"},
        {"", "$(report.status-date)", "31 January 2025"},
        {"", "$(report.status-date:d/M/yy)", "31/1/25"},
        {"", "$(report.status-date:MMMM yyyy)", "January 2025"},
        {PERIOD, "$(report.period.from:MMMM)-$(report.period.to:MMMM yyyy)",
            "June-December 2025"},
        {PERIOD, "$(report.period)", "01 June 2025 – 31 December 2025"},
        {PERIOD, "$(report.period:MMM)", "Jun – Dec"},
        {"source: A *b*", "$(report.source)", "A *b*"},
        {"source: Q $(report.title)", "$(report.source)", "Q T"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        const char *s = expanded(l, CASES[i][0], CASES[i][1]);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(s, CASES[i][2]);
    }
}

static void test_dates(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = expand(l,
        "report: {title: T, language: fr, status-date: 2025-08-01}\n"
        "dates: d MMMM yyyy\n"
        "body: $(report.status-date)\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(joined(l, r->body.entries[0].text), "1 août 2025");
}

static void test_messages(void **state)
{
    static const char *const CASES[][3] = {
        {"", "a $(report.titel)",
            "2:10: there is no value 'report.titel' [unknown-value]\n"},
        {"", "$(title)", "2:8: there is no value 'title' [unknown-value]\n"},
        {"", "$(report.title.x)",
            "2:8: there is no value 'report.title.x' [unknown-value]\n"},
        {PERIOD, "$(report.period.till)",
            "2:8: there is no value 'report.period.till' [unknown-value]\n"},
        {"", "$(page)", "2:8: there is no value 'page' [unknown-value]\n"},
        {"", "$(report.source)",
            "2:8: the report gives no 'source' [unknown-value]\n"},
        {"", "$(report.status-date:hh:mm)",
            "2:8: 'hh:mm' is no pattern for a date [bad-date-pattern]\n"},
        {"", "$(report.title:MMMM)",
            "2:8: only a date takes a format [bad-date-pattern]\n"},
        {"source: $(report.author), author: $(report.source)", "x",
            "1:93: 'report.source' is part of its own value "
            "[unknown-value]\n"},
        {"source: $(report.source)", "x",
            "1:67: 'report.source' is part of its own value "
            "[unknown-value]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        expanded(l, CASES[i][0], CASES[i][1]);
        assert_string_equal(short_messages(l), CASES[i][2]);
    }
}

static void test_hints(void **state)
{
    static const char *const CASES[][2] = {
        {"$(report.titel)", "did you mean 'report.title'?"},
        {"$(title)", "did you mean 'report.title'?"},
        {"$(report.period.form)", "did you mean 'report.period.from'?"},
        {"$(pages)", "in headers and footers only"},
        {"$(report.source)", "add 'source' to 'report'"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        expanded(l, "", CASES[i][0]);
        assert_non_null(strstr(messages(l), CASES[i][1]));
    }
}

/* A fact that is given wrongly is reported once, not at each use. */
static void test_bad_fact(void **state)
{
    struct load *l = new_load(*state);
    expand(l,
        "report: {title: T, language: en, status-date: 2025-02-30}\n"
        "body: $(report.status-date)\n");
    assert_int_equal(diag_errors(l->d), 1);
}

/* Every place that may hold a text. */
static void test_everywhere(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = expand(l,
        "report: {title: T, language: en, status-date: 2025-01-31}\n"
        "notes: {n: $(report.title)1}\n"
        "body:\n"
        "  - bullets: [[{quote: $(report.title)2}]]\n"
        "  - code: $(report.title)3\n"
        "  - table:\n"
        "      caption: $(report.title)4\n"
        "      columns: [{key: a, title: $(report.title)5}]\n"
        "      rows: [[$(report.title)6]]\n"
        "sections:\n"
        "  - title: $(report.title)7\n"
        "    sections:\n"
        "      - title: x\n"
        "        subtitle: $(report.title)8\n"
        "        notes: {n: $(report.title)9}\n"
        "after: $(report.title)a\n"
        "annexes: [{title: $(report.title)b, after: $(report.title)c}]\n");
    assert_string_equal(short_messages(l), "");
    const struct entry *e = r->body.entries;
    const struct section *s = r->sections, *in = s->sections;
    const struct text *texts[] = {r->notes[0].text,
        e[0].bodies[0].entries[0].bodies[0].entries[0].text, e[1].text,
        e[2].table->caption, e[2].table->columns[0].title, e[2].table->cells[0],
        s->title, in->subtitle, in->notes[0].text, r->after.entries[0].text,
        r->annexes[0].title, r->annexes[0].after.entries[0].text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char want[3] = {'T', "123456789abc"[i], '\0'};
        assert_string_equal(joined(l, texts[i]), want);
    }
}

/* Covers and slots may name what the report lacks. */
static void test_absent(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = expand(l,
        "report: {title: T, language: en, status-date: 2025-01-31}\n"
        "profile:\n"
        "  cover: ['By $(report.source)', $(report.title)]\n"
        "  footer: {all: {start: $(report.source), end: $(page)}}\n"
        "body: x\n");
    assert_string_equal(short_messages(l), "");
    const struct body *cover = &r->profile->cover;
    assert_string_equal(joined(l, cover->entries[0].text), "By ABSENT");
    assert_string_equal(joined(l, cover->entries[1].text), "T");
    const struct slots *s = &r->profile->footer[PAGE_RIGHT];
    assert_true(s->start->pieces[0].absent);
    assert_int_equal(s->end->pieces[0].kind, PIECE_LATE);
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {TEST(test_values), TEST(test_dates),
        TEST(test_messages), TEST(test_hints), TEST(test_bad_fact),
        TEST(test_everywhere), TEST(test_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
