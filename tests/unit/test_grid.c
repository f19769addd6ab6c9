/* A cover's grid, and what of a cover is left out. */
#include "support_doc.h"

#include <string.h>

/* Resolve a report with these facts besides, and this cover. */
static struct doc *resolve_cover(
    struct load *l, const char *facts, const char *cover)
{
    struct model_options options = {0};
    const char *yaml = arena_printf(l->a,
        "report: {title: T, language: en, %s}\nprofile:\n  cover:\n%s", facts,
        cover);
    struct report *r = model_read(l, load_string(l, yaml), &options);
    data_expand(l, r);
    struct doc *doc = inline_resolve(l, r);
    assert_string_equal(short_messages(l), "");
    return doc;
}

static void assert_cover(
    void **state, const char *facts, const char *cover, const char *wanted)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_cover(l, facts, cover);
    assert_string_equal(print_blocks(l, doc, &doc->cover), wanted);
}

#define ROW(cells) "        - " cells "\n"
#define GRID(rows) \
    "    - grid:\n        columns: [1fr, 1fr, 1fr]\n        rows:\n" rows

static void test_cells(void **state)
{
    const char *grid = GRID(ROW("[{text: '**S**', with: source}, "
                                "$(report.source), $(report.place)]")
            ROW("[{text: N, with: number}, $(report.number)]"));
    assert_cover(state, "source: A, place: B, number: 1", grid,
        "GRID[0:{S:S} 1:A 2:B; 0:N 1:1]");
    assert_cover(state, "source: A", grid, "GRID[0:{S:S} 1:A]");
    assert_cover(state, "place: B", grid, "GRID[2:B]");
    assert_cover(state, "number: 1", grid, "GRID[0:N 1:1]");
    assert_cover(state, "version: 1", grid, "");
}

static void test_rules(void **state)
{
#define RULED(text, before, after) \
    ROW("{cells: [" text "], rule-before: " before ", rule-after: " after "}")
    const char *grid = GRID(RULED("$(report.source)", "1pt", "2pt")
            RULED("$(report.place)", "3pt", "4pt")
                RULED("$(report.number)", "0pt", "5pt"));
    assert_cover(state, "source: A, place: B, number: 1", grid,
        "GRID[1-0:A; 3-0:B; 4-0:1; 5-]");
    /* What stood between the others still does. */
    assert_cover(state, "source: A, number: 1", grid, "GRID[1-0:A; 4-0:1; 5-]");
    /* Nothing that faced a row is left at an edge. */
    assert_cover(state, "number: 1", grid, "GRID[3-0:1; 5-]");
    assert_cover(state, "source: A", grid, "GRID[1-0:A; 5-]");
}

static void test_spans(void **state)
{
    const char *grid = GRID(
        ROW("[{text: L, rows: 3}, A]") ROW("[$(report.place)]") ROW("[C]"));
    assert_cover(state, "place: B", grid, "GRID[0:x3:L 1:A; 1:B; 1:C]");
    assert_cover(state, "version: 1", grid, "GRID[0:x2:L 1:A; 1:C]");
}

/* Line breaks of values count, those of the cell only if they are forced. */
static void test_lines(void **state)
{
    assert_cover(state, "contact: \"A\\n*B*\\n\"",
        GRID(ROW("[\"$(report.contact)\\nx\\\\\\ny\"]")),
        "GRID[0:A/{E:B} x/y]");
    assert_cover(state, "contact: \"A\\nB\\n\"",
        GRID(ROW("[{text: $(report.contact), lines: false}]")), "GRID[0:A B]");
    assert_cover(
        state, "contact: \"A\\nB\\n\"", "    - $(report.contact)\n", "P A B");
    /* A line whose value is not given goes, the others stay. */
    const char *lines =
        GRID(ROW("[\"$(report.place)\\\\\\n*b*  \\n$(report.number)\"]"));
    assert_cover(state, "place: P, number: 1", lines, "GRID[0:P/{E:b}/1]");
    assert_cover(state, "place: P", lines, "GRID[0:P/{E:b}]");
    assert_cover(state, "number: 1", lines, "GRID[0:{E:b}/1]");
}

/* What goes on over a line that is left out is not torn. */
static void test_markup_over_lines(void **state)
{
    const char *strong =
        GRID(ROW("[\"**a\\\\\\n$(report.place)\\\\\\n$(report.number)**\"]"));
    assert_cover(state, "number: 1", strong, "GRID[0:{S:a}{S:/}{S:1}]");
    assert_cover(state, "place: P", strong, "GRID[0:{S:a}{S:/}{S:P}]");
    const char *link = GRID(ROW("[\"[a $(report.place)\\\\\\nb\\\\\\n"
                                "$(report.number)](https://x.y/) c\"]"));
    assert_cover(state, "number: 1", link,
        "GRID[0:[b](https://x.y/)[/](https://x.y/)[1](https://x.y/) c]");
    assert_cover(state, "place: P", link,
        "GRID[0:[a P](https://x.y/)[/](https://x.y/)[b](https://x.y/)]");
    const char *address = GRID(ROW(
        "[\"a [b]($(report.place))\\\\\\nc <https://$(report.place)> [d](lang:$(report.place))\"]"));
    assert_cover(state, "number: 1", address, "");
    /* A backslash that is text ends no line. */
    assert_cover(
        state, "number: 1", GRID(ROW("[\"a\\\\\\\\\\n$(report.place)\"]")), "");
}

static void test_blocks(void **state)
{
    const char *cover = "    - bullets: [$(report.place), b]\n"
                        "    - quote: $(report.place)\n"
                        "    - code: |\n        $(report.place)\n"
                        "    - {note: [$(report.number)]}\n";
    assert_cover(state, "place: P, number: 1", cover,
        "UL[• P P; • P b] | QUOTE[P P] | CODE[{C:P}] | NOTE[P 1]");
    assert_cover(state, "number: 1", cover, "UL[• P b] | NOTE[P 1]");
}

static void test_tables(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_cover(l, "source: S",
        "    - table:\n"
        "        columns: [{title: A}, {title: B}]\n"
        "        rows: [[a, $(report.source)], [b, $(report.place)], [c, d]]\n"
        "    - table: {columns: [{title: A}], rows: [[$(report.place)]]}\n"
        "    - table: {columns: [{title: A}], rows: [[$(report.place)]], "
        "empty: None.}\n"
        "    - table: {columns: [{title: $(report.place)}], rows: [[a]]}\n"
        "    - table: {caption: $(report.place), columns: [{title: A}], "
        "rows: [[a]]}\n");
    assert_int_equal(doc->cover.n, 2);
    const struct rows *rows = doc->cover.b[0].table->rows;
    assert_int_equal(rows->count, 2);
    assert_int_equal(rows->data_count, 2);
    assert_string_equal(print_rich(l, doc, data_cell(rows, 1, 1)->rich), "d");
    assert_string_equal(
        print_rich(l, doc, &doc->cover.b[1].table->empty), "None.");
}

/* A line of a slot goes by itself too. */
static void test_slots(void **state)
{
    struct load *l = new_load(*state);
    const char *yaml =
        "profile:\n"
        "  header:\n"
        "    all: {centre: \"- $(page) -\\\\\\n$(report.number)\",\n"
        "      end: $(report.place)}\n";
    struct doc *doc = resolve_report(l, yaml);
    assert_string_equal(
        print_rich(l, doc, &doc->header[PAGE_RIGHT][1]), "- %0 -");
    assert_int_equal(doc->header[PAGE_RIGHT][2].n, 0);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_cells), TEST(test_rules),
        TEST(test_spans), TEST(test_lines), TEST(test_markup_over_lines),
        TEST(test_blocks), TEST(test_tables), TEST(test_slots)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
