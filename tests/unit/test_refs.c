/* References, ids, footnotes, and what covers and slots print. */
#include "support_doc.h"

#include <string.h>

#define TABLE \
    "sections:\n" \
    "  - id: two\n" \
    "    title: One *two*\n" \
    "    sections-numbering: none\n" \
    "    sections: [{id: free, title: Free $(report.title)}]\n" \
    "annexes:\n" \
    "  - id: annex\n" \
    "    title: Annexed\n" \
    "    body:\n" \
    "      - table:\n" \
    "          id: counted\n" \
    "          caption: Counted\n" \
    "          columns: [{key: a}]\n" \
    "          rows: [[x], [y]]\n" \
    "      - table:\n" \
    "          id: bare\n" \
    "          columns: [{key: a}]\n" \
    "          rows: []\n" \
    "          empty: {a: none}\n" \
    "      - {id: quoted, quote: q}\n"

static struct doc *resolve_with(struct load *l, const char *body)
{
    return resolve_report(l, arena_printf(l->a, TABLE "body: |\n  %s\n", body));
}

static void test_forms(void **state)
{
    static const char *const CASES[][2] = {
        {"[](#two)", "P [1](#two)"},
        {"See [](#annex).",
            "P See [Annex\xc2\xa0"
            "1](#annex)."},
        {"“[](#free)”", "P “[Free T](#free)”"},
        {"**[](#counted)**",
            "P [{S:Table\xc2\xa0"
            "1}](#counted)"},
        {"[](#annex \"page\")", "P [@annex](#annex)"},
        {"[](#quoted \"page\")", "P [@quoted](#quoted)"},
        {"[](#counted \"rows\")", "P [2](#counted)"},
        {"[](#bare \"rows\")", "P [0](#bare)"},
        {"[2](#counted \"rows\") [0](#bare \"rows\")",
            "P [2](#counted) [0](#bare)"},
        {"[*the* table](#bare)", "P [{E:the}](#bare)[ table](#bare)"},
        {"[a](#two)[](#two)[b](#two)", "P [a](#two)[1](#two)[b](#two)"},
        {"a[ ](#two)b", "P a[ 1](#two)b"},
        {"[](#two)[](#annex \"page\") [](#counted)",
            "P [1](#two)[@annex](#annex) [Table\xc2\xa0"
            "1](#counted)"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc = resolve_with(l, CASES[i][0]);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(print_blocks(l, doc, &doc->body), CASES[i][1]);
        assert_int_equal(
            doc->has_page_refs, strstr(CASES[i][0], "page") != NULL);
    }
}

static void test_faults(void **state)
{
    static const char *const CASES[][2] = {
        {"a [](#tow) b",
            "23:5: nothing has the id 'tow' "
            "[unknown-reference]\n"},
        {"[x](#no-such)",
            "23:3: nothing has the id 'no-such' [unknown-reference]\n"},
        {"[x](#)", "23:3: nothing has the id '' [unknown-reference]\n"},
        {"[](#bare)",
            "23:3: 'bare' has no number to print [empty-reference]\n"},
        {"[](#quoted)",
            "23:3: 'quoted' has no number to print [empty-reference]\n"},
        {"[](#two \"rows\")",
            "23:3: only a table has rows to count [bad-reference]\n"},
        {"[3](#annex \"rows\")",
            "23:3: only a table has rows to count [bad-reference]\n"},
        {"[x](#counted \"rows\")",
            "23:3: 'x' is no number of rows [bad-reference]\n"},
        {"[x](#two \"page\")",
            "23:3: a reference to a page has no text of its own "
            "[bad-reference]\n"},
        {"[](#two \"title\")",
            "23:3: a reference is followed by \"page\" or \"rows\", if by "
            "anything [bad-reference]\n"},
        {"a [](#two “page”) b [2](#counted „rows“)",
            "23:5: this looks like a reference, but is none "
            "[bad-reference]\n"
            "23:27: this looks like a reference, but is none "
            "[bad-reference]\n"},
        {"a [] (#two) *[] (#two)*",
            "23:5: this looks like a reference, but is none "
            "[bad-reference]\n"
            "23:16: this looks like a reference, but is none "
            "[bad-reference]\n"},
        {"[](#two page) [](# two) [a](#two",
            "23:3: this looks like a reference, but is none "
            "[bad-reference]\n"
            "23:17: this looks like a reference, but is none "
            "[bad-reference]\n"
            "23:27: this looks like a reference, but is none "
            "[bad-reference]\n"},
        {"[a](https://a.b/c d) [a](mailto:a@b.c",
            "23:3: this looks like a link, but is none [bad-link]\n"
            "23:24: this looks like a link, but is none [bad-link]\n"},
        {"[](two)", "23:3: a link without a text [bad-link]\n"},
        {"a [3](#counted \"rows\")",
            "23:5: 3 is stated, but the table 'counted' has 2 rows "
            "[wrong-count]\n"},
        {"a[ ](#tow)b[\\\n  ](#tow)",
            "23:4: nothing has the id 'tow' [unknown-reference]\n"
            "23:14: nothing has the id 'tow' [unknown-reference]\n"},
        {"[1](#bare \"rows\")",
            "23:3: 1 is stated, but the table 'bare' has 0 rows "
            "[wrong-count]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        resolve_with(l, CASES[i][0]);
        assert_string_equal(short_messages(l), CASES[i][1]);
    }
    struct load *l = new_load(*state);
    resolve_with(l, "[](#conted)");
    assert_non_null(strstr(messages(l), "did you mean '#counted'?"));
    l = new_load(*state);
    resolve_with(l, "[](#two  ”page”) [] (#two)");
    assert_non_null(
        strstr(messages(l), "write straight quotes: [](#two \"page\")\n"));
    assert_non_null(strstr(messages(l), "no blank between ] and (\n"));
}

/* Only what has the very form of a reference is taken for one. */
static void test_no_references(void **state)
{
    static const char *const CASES[] = {"\\[](#two “page”)",
        "[\\](#two “page”)", "`[](#two “page”) [] (#two)`", "\\[] (#two)",
        "[] (# two)", "[x] (#two)", "](#two “page”)", "](https://a.b c)",
        "\\[a](https://a.b c)", "[a](https", "[] ("};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        resolve_with(l, CASES[i]);
        assert_string_equal(short_messages(l), "");
    }
}

static void test_counts(void **state)
{
    static const char *const GOOD[] = {"1234", "1 234", "1,234", "1.234",
        "1\xc2\xa0"
        "234",
        "1\xe2\x80\xaf"
        "234",
        "1'234"};
    static const char *const BAD[] = {"1235", "", "12e3", "-1234", "1234,",
        ",1234", "1234567890123456789012"};
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml,
        "sections:\n  - title: x\n    body:\n      - table:\n"
        "          id: t\n          columns: [{key: a}]\n          rows:\n");
    for (int i = 0; i < 1234; i++)
        buf_puts(&yaml, "            - [x]\n");
    buf_puts(&yaml, "body: \"");
    size_t n = yaml.n;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        buf_printf(&yaml, "[%s](#t 'rows') ", GOOD[i]);
    buf_puts(&yaml, "\"\n");
    struct load *l = new_load(*state);
    resolve_report(l, yaml.s);
    assert_string_equal(short_messages(l), "");
    yaml.n = n;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        buf_printf(&yaml, "[%s](#t 'rows') ", BAD[i]);
    buf_puts(&yaml, "\"\n");
    l = new_load(*state);
    resolve_report(l, yaml.s);
    /* The empty one prints the number. */
    assert_int_equal(diag_errors(l->d), sizeof BAD / sizeof *BAD - 1);
}

static void test_double_id(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "body: [{id: x, quote: q}]\n"
        "sections:\n"
        "  - title: a\n"
        "    id: x\n"
        "  - id: y\n"
        "    title: b\n");
    assert_string_equal(
        short_messages(l), "5:9: the id 'x' is given twice [duplicate-id]\n");
    assert_non_null(strstr(messages(l), "first defined here"));
    assert_int_equal(inline_target(doc, SLICE("x")), doc->body.b->target);
    assert_int_equal(inline_target(doc, SLICE("y")), doc->sections[1].target);
    assert_int_equal(inline_target(doc, SLICE("z")), 0);
}

/* Many ids and references: found by hash, each its own. */
static void test_many(void **state)
{
    enum { MANY = 3000 };
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml, "sections:\n");
    for (int i = 0; i < MANY; i++)
        buf_printf(&yaml, "  - {id: s%d, title: T, body: '[](#s%d)'}\n", i,
            MANY - 1 - i);
    struct doc *doc = resolve_report(l, yaml.s);
    assert_string_equal(short_messages(l), "");
    for (uint32_t i = 0; i < MANY; i++) {
        const struct span *s = doc->sections[i].body.b->text.spans;
        char want[8];
        snprintf(want, sizeof want, "%u", MANY - i);
        assert_true(slice_is(s->s, want));
        assert_true(slice_is(doc->links[s->link].text, want));
    }
}

/* A title may name another thing, but not in a circle. */
static void test_titles(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "body: '[](#b)'\n"
        "sections-numbering: none\n"
        "sections:\n"
        "  - {id: b, title: 'After [](#annex)'}\n"
        "annexes: [{id: annex, title: x}]\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(print_blocks(l, doc, &doc->body),
        "P [After Annex\xc2\xa0"
        "1](#b)");

    l = new_load(*state);
    resolve_report(l,
        "sections-numbering: none\n"
        "sections:\n"
        "  - {id: a, title: 'See [](#b)'}\n"
        "  - {id: b, title: 'See [](#a)'}\n");
    assert_int_equal(diag_errors(l->d), 2);
    assert_non_null(strstr(short_messages(l), "[bad-reference]"));
}

static void test_link_texts(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_with(
        l, "[a *b*](#two) <https://x.org> [](#annex) [](#two \"page\")");
    assert_int_equal(doc->nlinks, 5);
    static const char *const wanted[] = {
        "a b", "https://x.org", "Annex\302\2401", ""};
    for (uint32_t i = 1; i < doc->nlinks; i++)
        assert_true(slice_is(doc->links[i].text, wanted[i - 1]));
}

static void test_notes(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "notes: {all: 'For *all*, see [](#s).', first: One.}\n"
        "body: 'a[^first] b[^all] c[^first] `[^x]` \\[^y] [^z'\n"
        "sections:\n"
        "  - id: s\n"
        "    title: S[^own]\n"
        "    notes: {own: Own., first: Inner.}\n"
        "    body: 'x[^first]'\n"
        "    sections: [{title: U, body: '!y[^first]: [^all]'}]\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(
        print_blocks(l, doc, &doc->body), "P a^1 b^2 c^1 {C:[^x]} [^y] [^z");
    const struct section_doc *s = doc->sections;
    assert_string_equal(print_rich(l, doc, &s->title), "S^3");
    assert_true(slice_is(inline_plain(l->a, doc, &s->title), "S"));
    assert_string_equal(print_blocks(l, doc, &s->body), "P x^4");
    assert_string_equal(print_blocks(l, doc, &s->sections->body), "P !y^4: ^2");
    static const char *const wanted[] = {
        "One.", "For {E:all}, see [1](#s).", "Own.", "Inner."};
    assert_int_equal(doc->nnotes, 5);
    for (uint32_t i = 1; i < doc->nnotes; i++) {
        assert_int_equal(doc->notes[i].number, i);
        assert_string_equal(
            print_rich(l, doc, &doc->notes[i].text), wanted[i - 1]);
    }
}

static void test_note_faults(void **state)
{
    struct load *l = new_load(*state);
    resolve_report(l,
        "notes: {a: 'see[^b]', b: x}\n"
        "body: 'x[^a] y[^c]'\n"
        "sections: [{title: t, notes: {d: z}}]\n"
        "after: 'w[^d]'\n");
    assert_string_equal(short_messages(l),
        "2:16: there is no note 'b' [unknown-note]\n"
        "2:26: no mark refers to the note 'b' [unused-note]\n"
        "3:15: there is no note 'c' [unknown-note]\n"
        "4:34: no mark refers to the note 'd' [unused-note]\n"
        "5:10: there is no note 'd' [unknown-note]\n");
    l = new_load(*state);
    resolve_report(l,
        "notes: {a: x}\n"
        "body: '[^a]: y'\n");
    assert_string_equal(short_messages(l),
        "3:8: this looks like a definition of Markdown, which has none here "
        "[markdown-definition]\n");
}

static void test_cover_and_slots(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "profile:\n"
        "  cover:\n"
        "    - {style: title, text: $(report.title)}\n"
        "    - 'By $(report.source)'\n"
        "    - '**On** $(report.status-date)'\n"
        "  header: {all: {start: $(section), end: $(report.source) x}}\n"
        "  footer: {first: {}, all: {centre: Page $(page)/$(pages)}}\n"
        "body: x\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(
        print_blocks(l, doc, &doc->cover), "P T | P {S:On} 31 January 2025");
    assert_int_equal(doc->cover.b[0].style, STYLE_TITLE);
    assert_int_equal(doc->cover.b[1].style, STYLE_FIELD);
    assert_int_equal(doc->body.b[0].style, -1);
    const struct rich *head = doc->header[PAGE_RIGHT];
    const struct rich *foot = doc->footer[PAGE_RIGHT];
    assert_string_equal(print_rich(l, doc, &head[0]), "%2");
    assert_int_equal(head[1].n, 0);
    assert_int_equal(head[2].n, 0);
    assert_string_equal(print_rich(l, doc, &foot[1]), "Page %0/%1");
    assert_int_equal(doc->footer[PAGE_FIRST][1].n, 0);
    l = new_load(*state);
    resolve_report(l,
        "profile: {footer: {all: {start: '[x](https://x.org/$(page))',\n"
        "  end: '[$(page)](https://x.org) `$(pages)`'}}}\n"
        "body: x\n");
    assert_string_equal(short_messages(l),
        "2:52: what differs from page to page is no part of an address "
        "[bad-link]\n");
}

static void test_facts(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l, "body: x\n");
    assert_string_equal(print_rich(l, doc, &doc->title), "T");
    for (uint32_t i = 0; i < doc->report->nfields; i++) {
        bool title = strcmp(doc->report->fields[i].name, "title") == 0;
        assert_int_equal(doc->facts[i].n, title);
    }
}

/* Cells and column titles of a table written in place. */
static void test_table(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "body:\n"
        "  - table:\n"
        "      columns: [{key: a, title: A *b*}, {key: b}]\n"
        "      rows: [[x, '[y](https://x.org)'], ['', '-  z']]\n"
        "  - table: {columns: [{key: a}], rows: [], empty: None *yet*.}\n");
    assert_string_equal(short_messages(l), "");
    const struct table_doc *t = doc->body.b[0].table;
    assert_true(t->head);
    assert_string_equal(print_rich(l, doc, &t->columns[0].title), "A {E:b}");
    assert_int_equal(t->columns[1].title.n, 0);
    static const char *const wanted[] = {"x", "[y](https://x.org)", "", "- z"};
    for (uint32_t i = 0; i < 4; i++) {
        const struct cell *c = data_cell(t->rows, i / 2, i % 2);
        assert_int_equal(c->kind, CELL_RICH);
        assert_string_equal(print_rich(l, doc, c->rich), wanted[i]);
    }
    t = doc->body.b[1].table;
    assert_false(t->head);
    assert_int_equal(t->rows->count, 0);
    assert_string_equal(print_rich(l, doc, &t->empty), "None {E:yet}.");
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {TEST(test_forms), TEST(test_faults),
        TEST(test_no_references), TEST(test_counts), TEST(test_double_id),
        TEST(test_many), TEST(test_titles), TEST(test_link_texts),
        TEST(test_notes), TEST(test_note_faults), TEST(test_cover_and_slots),
        TEST(test_facts), TEST(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
