/* Reading reports: facts, sections, bodies, tables, --set. */
#include "support_model.h"

#include <string.h>

static struct report *read_sound(struct load *l, const char *yaml)
{
    struct report *r = read_report(l, yaml);
    assert_messages(l, "");
    return r;
}

static void test_smallest(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l, FACTS);
    assert_string_equal(r->language, "en");
    assert_int_equal(r->nsections, 0);
    assert_int_equal(r->body.n, 0);
    assert_slice(r->dates, "dd MMMM yyyy");
    assert_null(r->dates_node);
    const struct field *title = model_field(r, SLICE("title"));
    assert_true(title->given);
    assert_slice(title->text->s, "T");
    const struct field *source = model_field(r, SLICE("source"));
    assert_false(source->given);
    assert_null(source->node);
    assert_null(model_field(r, SLICE("titel")));
}

static void test_facts(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l,
        "report:\n  title: T\n  language: pt-BR\n  status-date: 2025-12-04\n"
        "  period: {from: 2025-06-01, to: 2025-06-01}\n"
        "profile: {}\ndates: d.M.yyyy\n");
    assert_string_equal(r->language, "pt-BR");
    assert_slice(r->dates, "d.M.yyyy");
    assert_non_null(r->dates_node);
    const struct field *date = model_field(r, SLICE("status-date"));
    assert_int_equal(date->type, FIELD_DATE);
    assert_int_equal(date->from.month, 12);
    const struct field *period = model_field(r, SLICE("period"));
    assert_int_equal(period->type, FIELD_PERIOD);
    assert_true(period->given);
    assert_int_equal(period->to.month, 6);
    assert_int_equal(model_field(r, SLICE("language"))->type, FIELD_LANGUAGE);
}

static void test_bad_facts(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        "report:\n  status-date: 4.12.2025\n"
        "  period: {from: 2025-06-02, to: 2025-06-01}\nprofile: {}\n");
    assert_messages(l,
        "2:3: 'report' needs 'title' [missing-key]\n"
        "2:3: 'report' needs 'language' [missing-key]\n"
        "2:16: 'status-date' cannot be '4.12.2025': a date, year-month-day as "
        "in 2025-12-04 [bad-value]\n"
        "3:34: the period ends before it begins [bad-value]\n");
    assert_string_equal(r->language, "en");
    assert_false(model_field(r, SLICE("period"))->given);
    assert_false(model_field(r, SLICE("status-date"))->given);
}

static void test_no_report(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = model_read(l, NULL, NULL);
    assert_non_null(r->profile);
    assert_messages(l, "");
    read_report(l, "- a\n");
    assert_messages(
        l, "1:1: a report is a mapping, this is a list [wrong-type]\n");
    l = new_load(*state);
    read_report(l, "profile: {}\n");
    assert_messages(l, "1:1: the report needs 'report' [missing-key]\n");
}

static void test_sections(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l,
        FACTS "sections-numbering: none\nsections:\n"
              "  - id: one\n    title: One\n    subtitle: Sub\n"
              "    sections-numbering: letter\n"
              "    sections: [{title: Inner, after: End}]\n"
              "    notes: {a1: Note, '2': Other}\n"
              "annexes: [{title: Annex, sections: [{title: In}]}]\n");
    assert_int_equal(r->numbering, NUMBERING_NONE);
    assert_int_equal(r->nsections, 1);
    const struct section *s = r->sections;
    assert_slice(s->id, "one");
    assert_slice(s->title->s, "One");
    assert_slice(s->subtitle->s, "Sub");
    assert_int_equal(s->numbering, NUMBERING_LETTER);
    assert_false(s->annex);
    assert_int_equal(s->nsections, 1);
    assert_int_equal(s->sections->after.n, 1);
    assert_int_equal(s->sections->numbering, NUMBERING_DECIMAL);
    assert_int_equal(s->nnotes, 2);
    assert_slice(s->notes[1].name, "2");
    assert_slice(s->notes[1].text->s, "Other");
    assert_true(r->annexes->annex);
    assert_false(r->annexes->sections->annex);
}

/* What is wrong with a part does not take the rest away. */
static void test_bad_sections(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        FACTS "sections:\n  - {id: a, body: x}\n  - x\n  - title: ''\n"
              "  - {title: T, picture: f, notes: {A: x, b: y}}\n");
    assert_messages(l,
        "4:5: a section needs 'title' [missing-key]\n"
        "5:5: an item of 'sections' wants a mapping, has a text "
        "[wrong-type]\n"
        "6:12: 'title' has no value [wrong-type]\n"
        "7:16: unknown key 'picture' in a section [unknown-key]\n"
        "7:36: a note cannot be named 'A': small letters, digits and hyphens "
        "[bad-id]\n");
    assert_int_equal(r->nsections, 3);
    assert_int_equal(r->sections[0].title->s.n, 0);
    assert_slice(r->sections[0].id, "a");
    assert_int_equal(r->sections[2].nnotes, 1);
    assert_slice(r->sections[2].notes[0].name, "b");
}

/* What to write instead of a value of another kind. */
static void test_type_hints(void **state)
{
    static const char *const CASES[][2] = {
        {"sections: [a.yaml]\n", "hint: write 'include: a.yaml'\n"},
        {"sections: {title: A}\n", "hint: begin the first with '- '\n"},
        {"sections:\n  - title:A\n",
            "hint: a blank is missing after 'title:'\n"},
        {"body:\n  - table: {columns: [{key: a}], rows: d.csv}\n",
            "hint: write {file: d.csv}\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        read_report(l, arena_printf(*state, FACTS "%s", CASES[i][0]));
        assert_int_equal(diag_errors(l->d), 1);
        assert_non_null(strstr(messages(l), CASES[i][1]));
    }
    struct load *l = new_load(*state);
    read_report(l, FACTS "sections: ['title:A', 'http://x']\n");
    assert_null(strstr(messages(l), "hint:"));
}

/* A slip in `include` is one mistake, not also a section without title. */
static void test_include(void **state)
{
    struct load *l = new_load(*state);
    read_report(l, FACTS "sections:\n  - inclde: a.yaml\n");
    assert_messages(
        l, "4:5: unknown key 'inclde' in this list item [unknown-key]\n");
    assert_non_null(strstr(messages(l), "did you mean 'include'?"));
}

static void test_headings_limit(void **state)
{
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml, FACTS "sections: ");
    for (int i = 0; i < 6; i++)
        buf_puts(&yaml, "[{title: T, sections: ");
    buf_puts(&yaml, "[]");
    for (int i = 0; i < 6; i++)
        buf_puts(&yaml, "}]");
    struct load *l = new_load(*state);
    read_sound(l, yaml.s);
    l = new_load(*state);
    struct limits limits = *l->limits;
    limits.headings = 5;
    l->limits = &limits;
    read_report(l, yaml.s);
    assert_non_null(strstr(short_messages(l),
        "a section at level 6: the limit is 5 [limit-headings]"));
}

static void test_entries(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l,
        FACTS "body:\n  - Text\n  - {text: More, id: more}\n"
              "  - bullets: [a, [b, {bullets: [c]}]]\n"
              "  - {numbered: [a], start: 3}\n  - note: N\n"
              "  - quote: [p, q]\n  - code: 'x  y'\n  - page-break: true\n"
              "after: ''\n");
    static const uint8_t KINDS[] = {ENTRY_TEXT, ENTRY_TEXT, ENTRY_BULLETS,
        ENTRY_NUMBERED, ENTRY_NOTE, ENTRY_QUOTE, ENTRY_CODE, ENTRY_PAGE_BREAK};
    const struct entry *e = r->body.entries;
    assert_int_equal(r->body.n, sizeof KINDS);
    for (size_t i = 0; i < sizeof KINDS; i++) {
        assert_int_equal(e[i].kind, KINDS[i]);
        assert_int_equal(e[i].style, -1);
        assert_non_null(e[i].node);
    }
    assert_slice(e[1].id, "more");
    assert_int_equal(e[2].nbodies, 2);
    assert_int_equal(e[2].bodies[1].n, 2);
    assert_int_equal(e[2].bodies[1].entries[1].kind, ENTRY_BULLETS);
    assert_int_equal(e[2].start, 1);
    assert_int_equal(e[3].start, 3);
    assert_int_equal(e[4].nbodies, 1);
    assert_int_equal(e[5].bodies->n, 2);
    assert_slice(e[6].text->s, "x  y");
    assert_int_equal(r->after.n, 0);
}

static void test_bad_entries(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        FACTS "body:\n  - {text: a, note: b}\n  - {id: x}\n"
              "  - {bullets: [], id: b}\n  - {text: a, start: 2}\n"
              "  - ''\n  - {bullets: a}\n  - {page-break: true, id: p}\n"
              "  - [a]\n  - {picture: x}\n  - Sound\n"
              "  - ' '\n  - {bullets: [\"\\n\"]}\n  - {note: ' '}\n");
    assert_messages(l,
        "4:15: an entry has either 'text' or 'note', not both "
        "[conflicting-keys]\n"
        "5:5: an entry needs text, bullets, numbered, table, figure, note, quote, "
        "code or page-break [missing-key]\n"
        "6:15: 'bullets' is an empty list [bad-value]\n"
        "7:15: 'start' stands beside 'numbered' only [conflicting-keys]\n"
        "8:5: an item of 'body' has no value [wrong-type]\n"
        "9:15: 'bullets' wants a list, has a text [wrong-type]\n"
        "10:24: a page break has no 'id' [conflicting-keys]\n"
        "11:5: an item of 'body' wants a text or a mapping, has a list "
        "[wrong-type]\n"
        "12:6: unknown key 'picture' in an entry [unknown-key]\n"
        "14:5: an item of 'body' has no value [wrong-type]\n"
        "15:16: an item of 'bullets' has no value [wrong-type]\n"
        "16:12: 'note' has no value [wrong-type]\n");
    bool sound = false;
    for (uint32_t i = 0; i < r->body.n; i++)
        sound |= r->body.entries[i].text &&
            slice_is(r->body.entries[i].text->s, "Sound");
    assert_true(sound);
    for (uint32_t i = 0; i < r->body.n; i++)
        assert_true(
            r->body.entries[i].kind != ENTRY_TEXT || r->body.entries[i].text);
}

static const struct table *first_table(const struct report *r)
{
    assert_int_equal(r->body.entries[0].kind, ENTRY_TABLE);
    return r->body.entries[0].table;
}

static void test_table(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l,
        FACTS "body:\n  - table:\n      id: t\n      caption: C\n"
              "      columns:\n"
              "        - {key: a, title: A, width: 16mm, align: end}\n"
              "        - {key: b, break: identifier, header: row}\n"
              "      rows: [[1, ''], {b: 2}]\n      empty: {b: none}\n");
    const struct table *t = first_table(r);
    assert_slice(r->body.entries[0].id, "t");
    assert_slice(t->caption->s, "C");
    assert_int_equal(t->ncolumns, 2);
    assert_true(t->columns[0].align_given);
    assert_int_equal(t->columns[0].align, ALIGN_END);
    assert_false(t->columns[0].identifier);
    assert_true(t->columns[1].identifier);
    assert_true(t->columns[1].row_header);
    assert_false(t->columns[1].align_given);
    assert_int_equal(t->columns[1].width_kind, WIDTH_AUTO);
    assert_int_equal(t->nrows, 2);
    assert_slice(t->cells[0]->s, "1");
    assert_slice(t->cells[1]->s, "");
    assert_slice(t->cells[2]->s, "");
    assert_slice(t->cells[3]->s, "2");
    assert_ptr_equal(t->row_nodes[1], t->rows_node->items[1]);
    assert_null(t->file);
    assert_null(t->empty_text);
    assert_null(t->empty_row[0]);
    assert_slice(t->empty_row[1]->s, "none");
}

static void test_table_file(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_sound(l,
        FACTS "body:\n  - table:\n      columns: [{key: a}]\n"
              "      rows: {file: a.csv}\n      empty: None.\n");
    const struct table *t = first_table(r);
    assert_slice(t->file->s, "a.csv");
    assert_null(t->cells);
    assert_slice(t->empty_text->s, "None.");
}

static void test_bad_rows(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        FACTS "body:\n  - table:\n      columns: [{key: a}, {key: b}]\n"
              "      rows:\n        - [x]\n        - {a: 1, c: 2}\n"
              "        - x\n        - [x, [y]]\n        - [x, y, z]\n"
              "      empty: {c: x}\n");
    assert_messages(l,
        "7:11: this row has 1 cell, the table 2 columns [ragged-row]\n"
        "8:18: unknown key 'c' in 'rows' of this table [unknown-key]\n"
        "9:11: a row is a list of cells, has a text [wrong-type]\n"
        "10:15: an item of 'rows' wants a text, has a list [wrong-type]\n"
        "11:11: this row has 3 cells, the table 2 columns [ragged-row]\n"
        "12:15: unknown key 'c' in 'empty' of this table [unknown-key]\n");
    const struct table *t = first_table(r);
    assert_int_equal(t->nrows, 5);
    for (uint32_t i = 0; i < t->nrows * t->ncolumns; i++)
        assert_non_null(t->cells[i]);
}

static void test_bad_columns(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_report(l,
        FACTS "body:\n"
              "  - table: {columns: [{key: a}, {key: a}], rows: [[1, 2]]}\n"
              "  - table: {columns: [{key: a}, x], rows: [[1]]}\n"
              "  - table: {columns: [{width: 1fr}], rows: [[1]]}\n"
              "  - table: {columns: [{title: A}], rows: {file: x.csv}}\n"
              "  - table: {columns: [], rows: [[1]]}\n"
              "  - table: {columns: [{kye: a}], rows: {file: x.csv}, "
              "empty: {a: x}}\n"
              "  - table: {id: lone}\n");
    assert_messages(l,
        "4:39: two columns have the key 'a' [bad-value]\n"
        "5:33: an item of 'columns' wants a mapping, has a text "
        "[wrong-type]\n"
        "6:23: a column needs key, title or text [missing-key]\n"
        "7:23: a column needs 'key' where the rows name their cells "
        "[missing-key]\n"
        "8:22: 'columns' is an empty list [bad-value]\n"
        "9:24: unknown key 'kye' in a column [unknown-key]\n"
        "10:12: a table needs 'columns' [missing-key]\n"
        "10:12: a table needs 'rows' [missing-key]\n");
    /* All are kept: what refers to their ids is not at fault. */
    assert_int_equal(r->body.n, 7);
    assert_slice(r->body.entries[6].id, "lone");
    assert_null(r->body.entries[1].table->cells);
}

/* A million cells must not be a million pieces. */
static void test_compact(void **state)
{
    enum { ROWS = 20000 };
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml,
        FACTS "body:\n  - table:\n      columns: [{key: a}, "
              "{key: b}]\n      rows:\n");
    for (int i = 0; i < ROWS; i++)
        buf_printf(&yaml, "        - [SG20, Y.%d]\n", i);
    struct node *root = load_string(l, yaml.s);
    size_t before = arena_size(*state);
    struct report *r = model_read(l, root, NULL);
    assert_messages(l, "");
    assert_int_equal(first_table(r)->nrows, ROWS);
    assert_true(arena_size(*state) - before < 2 * ROWS * 80);
}

static void test_set(void **state)
{
    static const char *const SETS[] = {"report.title=A: \"b\" #1\\",
        "report.status-date=2025-01-02", "report.period.from=2025-01-01",
        "report.period.to=2025-01-31", NULL};
    struct load *l = new_load(*state);
    struct report *r = read_with(l, FACTS, SETS);
    assert_messages(l, "");
    assert_slice(model_field(r, SLICE("title"))->text->s, "A: \"b\" #1\\");
    assert_int_equal(model_field(r, SLICE("status-date"))->from.day, 2);
    assert_int_equal(model_field(r, SLICE("period"))->to.day, 31);
    static const char *const LAST[] = {
        "report.title=A", "report.title=B", NULL};
    l = new_load(*state);
    r = read_with(l, "profile: {}\nreport: {language: en}\n", LAST);
    assert_messages(l, "");
    assert_slice(model_field(r, SLICE("title"))->text->s, "B");
}

static void test_bad_set(void **state)
{
    static const struct {
        const char *set, *message, *hint;
    } CASES[] = {
        {"report.titel=x", "--set cannot set 'report.titel' [bad-set]",
            "did you mean 'report.title'?"},
        {"title=x", "--set cannot set 'title' [bad-set]", ""},
        {"report.title", "--set wants report.KEY=VALUE, has 'report.title'",
            ""},
        {"report.period=2025", "--set cannot set 'report.period' [bad-set]",
            "set 'report.period.from'"},
        {"report.status-date=x", "'status-date' cannot be 'x'", ""},
        {"report.title=\xff", "[bad-encoding]", ""},
        {"=", "[bad-set]", ""},
        {"", "[bad-set]", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const char *const sets[] = {CASES[i].set, NULL};
        struct load *l = new_load(*state);
        read_with(l, FACTS, sets);
        const char *all = messages(l);
        assert_non_null(strstr(all, "<command line>:1:"));
        if (!strstr(all, CASES[i].message) || !strstr(all, CASES[i].hint))
            fail_msg("%s: %s", CASES[i].set, all);
    }
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_smallest),
        TEST(test_facts),
        TEST(test_bad_facts),
        TEST(test_no_report),
        TEST(test_sections),
        TEST(test_bad_sections),
        TEST(test_type_hints),
        TEST(test_include),
        TEST(test_headings_limit),
        TEST(test_entries),
        TEST(test_bad_entries),
        TEST(test_table),
        TEST(test_table_file),
        TEST(test_bad_rows),
        TEST(test_bad_columns),
        TEST(test_compact),
        TEST(test_set),
        TEST(test_bad_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
