/* Labels: numbers of sections, annexes, tables and items of lists. */
#include "support_doc.h"

#include "inline/inline_int.h"

#include <string.h>

static void test_numbers(void **state)
{
    static const struct {
        enum numbering how;
        int64_t n;
        bool upper;
        const char *wanted;
    } CASES[] = {
        {NUMBERING_DECIMAL, 1, false, "1"},
        {NUMBERING_DECIMAL, 0, false, "0"},
        {NUMBERING_LETTER, 1, false, "a"},
        {NUMBERING_LETTER, 26, false, "z"},
        {NUMBERING_LETTER, 27, false, "aa"},
        {NUMBERING_LETTER, 702, false, "zz"},
        {NUMBERING_LETTER, 703, true, "AAA"},
        {NUMBERING_LETTER, 0, false, "0"},
        {NUMBERING_LETTER, INT64_MAX, false, "crpxnlskvljfhg"},
        {NUMBERING_ROMAN, 1, false, "i"},
        {NUMBERING_ROMAN, 4, true, "IV"},
        {NUMBERING_ROMAN, 3888, false, "mmmdccclxxxviii"},
        {NUMBERING_ROMAN, 3999, false, "mmmcmxcix"},
        {NUMBERING_ROMAN, 4000, false, "4000"},
        {NUMBERING_NONE, 3, false, ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice s =
            inline_number(*state, CASES[i].how, CASES[i].n, CASES[i].upper);
        assert_true(slice_is(s, CASES[i].wanted));
    }
}

static void test_templates(void **state)
{
    static const char *const CASES[][3] = {
        {"Annex $(n)", "2", "Annex 2"},
        {"$(n). Anhang", "A", "A. Anhang"},
        {"Annex", "2", "Annex"},
        {"Annex $(n)", "", "Annex"},
        {"$(n)$(n", "1", "1$(n"},
        {"", "1", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice s =
            inline_label(*state, slice_of(CASES[i][0]), slice_of(CASES[i][1]));
        assert_true(slice_is(s, CASES[i][2]));
    }
}

static void put_labels(struct buf *out, const struct doc *doc,
    const struct section_doc *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct target *t = &doc->targets[s[i].target];
        assert_ptr_equal(t->section, &s[i]);
        buf_printf(out, "%u%s'%.*s'=%.*s ", (unsigned)s[i].level,
            s[i].annex ? "A" : "", (int)s[i].label.n, s[i].label.s,
            (int)t->label.n, t->label.s);
        put_labels(out, doc, s[i].sections, s[i].nsections);
    }
}

/* level'label'=what a reference prints, in order. */
static const char *labels(struct load *l, const char *yaml)
{
    struct doc *doc = resolve_report(l, yaml);
    assert_string_equal(short_messages(l), "");
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    put_labels(&out, doc, doc->sections, doc->nsections);
    put_labels(&out, doc, doc->annexes, doc->nannexes);
    return out.s;
}

static void test_sections(void **state)
{
    struct load *l = new_load(*state);
    assert_string_equal(labels(l,
                            "sections:\n"
                            "  - title: One\n"
                            "    sections: [{title: x}, {title: y}]\n"
                            "  - title: Two\n"
                            "    sections:\n"
                            "      - title: Two one\n"
                            "        sections-numbering: letter\n"
                            "        sections:\n"
                            "          - title: x\n"
                            "            sections-numbering: roman\n"
                            "            sections: [{title: x}, {title: y}]\n"
                            "          - {title: y}\n"
                            "      - title: Two two\n"
                            "        sections-numbering: none\n"
                            "        sections: [{title: The end}]\n"),
        "1'1'=1 2'1.1'=1.1 2'1.2'=1.2 1'2'=2 2'2.1'=2.1 3'a)'=2.1 a) "
        "4'i)'=2.1 a) i) 4'ii)'=2.1 a) ii) 3'b)'=2.1 b) 2'2.2'=2.2 "
        "3''=The end ");
}

/* No two decimal labels are alike, whatever stands between them. */
static void test_decimal_below_others(void **state)
{
    struct load *l = new_load(*state);
    assert_string_equal(
        labels(l,
            "sections:\n"
            "  - title: One\n"
            "    sections-numbering: letter\n"
            "    sections:\n"
            "      - {title: A, sections: [{title: x}, {title: y}]}\n"
            "      - {title: B, sections: [{title: x}]}\n"
            "  - title: Two\n"
            "    sections-numbering: none\n"
            "    sections:\n"
            "      - {title: A, sections: [{title: x}, {title: y}]}\n"
            "      - {title: B, sections: [{title: x}]}\n"),
        "1'1'=1 2'a)'=1 a) 3'a.1'=1 a.1 3'a.2'=1 a.2 2'b)'=1 b) 3'b.1'=1 b.1 "
        "1'2'=2 2''=A 3'2.1'=2.1 3'2.2'=2.2 2''=B 3'2.3'=2.3 ");
}

static void test_annexes(void **state)
{
    struct load *l = new_load(*state);
    assert_string_equal(
        labels(l,
            "sections: [{title: One}]\n"
            "annexes:\n"
            "  - title: First\n"
            "    sections-numbering: letter\n"
            "    sections: [{title: x}, {title: y}]\n"
            "  - title: Second\n"
            "    sections: [{title: x, sections: [{title: y}]}]\n"),
        "1'1'=1 1A'Annex 1'=Annex 1 2'a)'=Annex 1 a) 2'b)'=Annex 1 b) "
        "1A'Annex 2'=Annex 2 2'1'=Annex 2, 1 3'1.1'=Annex 2, 1.1 ");
}

static void test_profile_labels(void **state)
{
    struct load *l = new_load(*state);
    assert_string_equal(labels(l,
                            "profile: {labels: {annex: $(n). bilaga}, "
                            "annexes: {numbering: letter}}\n"
                            "sections-numbering: none\n"
                            "sections: [{title: One}]\n"
                            "annexes: [{title: x}, {title: y}]\n"),
        "1''=One 1A'A. bilaga'=A. bilaga 1A'B. bilaga'=B. bilaga ");
}

/* Labels have the house's forms; a reference leaves a point at the end out. */
static void test_forms(void **state)
{
    struct load *l = new_load(*state);
    assert_string_equal(
        labels(l,
            "profile: {labels: {decimal: $(n)., letter: ($(n)), roman: § "
            "$(n).}}\n"
            "sections:\n"
            "  - title: One\n"
            "    sections:\n"
            "      - title: x\n"
            "        sections-numbering: letter\n"
            "        sections:\n"
            "          - title: x\n"
            "            sections-numbering: roman\n"
            "            sections: [{title: x}]\n"
            "          - {title: y, sections: [{title: x}]}\n"
            "annexes:\n"
            "  - {title: x, sections: [{title: x}]}\n"),
        "1'1.'=1 2'1.1.'=1.1 3'(a)'=1.1 (a) 4'§ i.'=1.1 (a) § i "
        "3'(b)'=1.1 (b) 4'b.1.'=1.1 b.1 1A'Annex 1'=Annex 1 "
        "2'1.'=Annex 1, 1 ");
}

#define NUMBERED(sections, annexes) \
    "profile: {sections: {numbering: " sections \
    "}, annexes: {sections-numbering: " annexes "}}\n"
#define TREE \
    "sections: [{title: One, sections: [{title: x}]}]\n" \
    "annexes: [{title: x, sections: [{title: y, sections: [{title: z}]}]}]\n"

/* The profile numbers what the report does not. */
static void test_numbering(void **state)
{
    static const char *const CASES[][2] = {
        {NUMBERED("letter", "roman") TREE,
            "1'a)'=a) 2'a.1'=a.1 1A'Annex 1'=Annex 1 2'i)'=Annex 1 i) "
            "3'i.1'=Annex 1 i.1 "},
        {NUMBERED("roman", "decimal") "sections-numbering: decimal\n" TREE,
            "1'1'=1 2'1.1'=1.1 1A'Annex 1'=Annex 1 2'1'=Annex 1, 1 "
            "3'1.1'=Annex 1, 1.1 "},
        {NUMBERED("none", "decimal") TREE,
            "1''=One 2''=x 1A'Annex 1'=Annex 1 2'1'=Annex 1, 1 "
            "3'1.1'=Annex 1, 1.1 "},
        {NUMBERED("decimal", "none") TREE,
            "1'1'=1 2'1.1'=1.1 1A'Annex 1'=Annex 1 2''=y 3''=z "},
        {NUMBERED("none", "none") "annexes: [{title: x, sections-numbering: "
                                  "letter, sections: [{title: y}]}]\n"
                                  "sections-numbering: decimal\n"
                                  "sections: [{title: One, sections: [{title: "
                                  "x}]}]\n",
            "1'1'=1 2''=x 1A'Annex 1'=Annex 1 2'a)'=Annex 1 a) "},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(labels(l, CASES[i][0]), CASES[i][1]);
    }
}

/* Tables with a caption are counted in the order of the report. */
static void test_tables(void **state)
{
#define TABLE(more) "{table: {columns: [{key: a}], rows: [[x]]" more "}}"
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "body: [" TABLE(", caption: c") ", " TABLE(
            "") "]\n"
                "sections: [{title: x, body: [{note: [" TABLE(", caption: c") "]}], after: [" TABLE(
                    ", caption: c") "]}]\n"
                                    "after: [" TABLE(
                                        ", caption: c") "]\n"
                                                        "annexes: [{title: y, body: [" TABLE(
                                                            ", caption: c") "]}]\n");
    assert_string_equal(short_messages(l), "");
    const struct block *blocks[] = {&doc->body.b[0],
        &doc->sections->body.b->body.b[0], &doc->sections->after.b[0],
        &doc->after.b[0], &doc->annexes->body.b[0]};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char want[] = "Table 1";
        want[6] = (char)('1' + i);
        assert_true(slice_is(blocks[i]->table->label, want));
        assert_true(
            slice_is(inline_plain(l->a, doc, &blocks[i]->table->caption), "c"));
    }
    assert_int_equal(doc->body.b[1].table->label.n, 0);
    assert_int_equal(doc->body.b[1].table->caption.n, 0);
}

static void test_lists(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "profile:\n"
        "  lists:\n"
        "    - {mark: '*', numbering: decimal, suffix: .}\n"
        "    - {mark: '-', numbering: letter, suffix: )}\n"
        "    - {mark: '+', numbering: roman, suffix: ''}\n"
        "body:\n"
        "  - |\n"
        "    1. a\n"
        "       1. b\n"
        "\n"
        "          4. c\n"
        "             1. d\n"
        "  - bullets:\n"
        "      - - e\n"
        "        - numbered: [f, [g, '- h']]\n"
        "          start: 3\n"
        "      - - i\n"
        "        - j\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(print_blocks(l, doc, &doc->body),
        "OL[1. P a | loose OL[a) P b | OL[iv P c | OL[i P d]]]] | "
        "loose UL[* P e | OL[c) P f; d) P g | UL[+ P h]]; * P i | P j]");
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {TEST(test_numbers), TEST(test_templates),
        TEST(test_sections), TEST(test_decimal_below_others),
        TEST(test_annexes), TEST(test_profile_labels), TEST(test_forms),
        TEST(test_numbering), TEST(test_tables), TEST(test_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
