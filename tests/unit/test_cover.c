/* Covers: blocks as in a body, and the cells of grids. */
#include "support_model.h"

#include <string.h>

static const struct profile *read_cover(struct load *l, const char *cover)
{
    const char *yaml = arena_printf(l->a, "cover:\n%s", cover);
    return profile_read(l, load_string(l, yaml));
}

static void test_blocks(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_cover(l,
        "  - bullets: [a, b]\n"
        "  - {numbered: [a], start: 3}\n"
        "  - table: {columns: [{title: A}], rows: []}\n"
        "  - figure: {file: f.png, decorative: true}\n"
        "  - note: n\n"
        "  - quote: q\n"
        "  - code: c\n"
        "  - grid: {columns: [1fr], rows: [[a]]}\n");
    assert_messages(l, "");
    const uint8_t kinds[] = {ENTRY_BULLETS, ENTRY_NUMBERED, ENTRY_TABLE,
        ENTRY_FIGURE, ENTRY_NOTE, ENTRY_QUOTE, ENTRY_CODE, ENTRY_GRID};
    assert_int_equal(p->cover.n, sizeof kinds);
    for (size_t i = 0; i < sizeof kinds; i++)
        assert_int_equal(p->cover.entries[i].kind, kinds[i]);
    assert_int_equal(p->cover.entries[1].start, 3);
    read_cover(l,
        "  - {quote: q, style: title}\n"
        "  - {note: n, quote: q}\n"
        "  - {text: t, start: 2}\n");
    assert_messages(l,
        "2:16: 'style' stands beside 'text' only [conflicting-keys]\n"
        "3:15: an entry of the cover has either 'note' or 'quote', not both "
        "[conflicting-keys]\n"
        "4:15: 'start' stands beside 'numbered' only [conflicting-keys]\n");
}

static void test_grid(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_cover(l,
        "  - grid:\n"
        "      columns: [20mm, 1fr, 2.5fr]\n"
        "      rule-colour: '#010203'\n"
        "      rows:\n"
        "        - [{text: a, rows: 2}, '', {text: b, align: end}]\n"
        "        - {cells: [{text: c, columns: 2, style: title, lines: false,\n"
        "            with: source}], rule-after: 1.5pt, before: 4pt}\n");
    assert_messages(l, "");
    const struct masthead *g = p->cover.entries[0].grid;
    assert_int_equal(g->ncolumns, 3);
    assert_int_equal(g->columns[0].width, 56693);
    assert_int_equal(g->columns[2].share, 2500);
    assert_int_equal(g->gap, 8504);
    assert_int_equal(g->style, STYLE_FIELD);
    assert_int_equal(g->rule_colour[1], 2);
    assert_int_equal(g->rows[0].ncells, 3);
    assert_int_equal(g->rows[0].cells[0].rows, 2);
    assert_int_equal(g->rows[0].cells[2].column, 2);
    assert_int_equal(g->rows[0].cells[2].align, ALIGN_END);
    assert_int_equal(g->rows[0].cells[2].style, -1);
    assert_true(g->rows[0].cells[2].lines);
    const struct mast_row *row = &g->rows[1];
    assert_int_equal(row->cells[0].column, 1);
    assert_int_equal(row->cells[0].style, STYLE_TITLE);
    assert_false(row->cells[0].lines);
    assert_slice(row->cells[0].with->pieces->name, "report.source");
    assert_int_equal(row->rule_after, 1500);
    assert_true(row->before_given);
    assert_false(row->after_given);
}

static void test_faults(void **state)
{
    static const struct {
        const char *grid, *message;
    } cases[] = {
        {"columns: [auto], rows: [[a]]",
            "2:22: an item of 'columns' cannot be 'auto': a length such as "
            "16mm, at most 14400pt, or a share such as 1fr, at most 1000fr "
            "[bad-value]\n"},
        {"columns: [1fr]", "2:11: a grid needs 'rows' [missing-key]\n"},
        {"columns: [1fr], rows: []",
            "2:34: 'rows' is an empty list [bad-value]\n"},
        {"columns: [1fr], rows: [[a, b]]",
            "2:39: no room for this cell: the grid has 1 column "
            "[ragged-row]\n"},
        {"columns: [1fr, 1fr], rows: [[a, {text: b, rows: 2}], "
         "[{text: c, columns: 2}]]",
            "2:66: no room for this cell: the grid has 2 columns "
            "[ragged-row]\n"},
        {"columns: [1fr], rows: [[{text: a, rows: 3}], [b]]",
            "2:36: the cell spans 3 rows, but below it there is only 1 "
            "[bad-value]\n"},
        {"columns: [1fr], rows: [[' ']]",
            "2:35: the row has only empty cells [bad-value]\n"},
        {"columns: [1fr, 1fr], rows: [[{text: '', with: source}, a]]",
            "2:52: 'with' serves no cell that is empty [conflicting-keys]\n"},
        {"columns: [1fr, 1fr], rows: [[{text: '', style: title, lines: true},"
         " a]]",
            "2:52: 'style' serves no cell that is empty [conflicting-keys]\n"
            "2:66: 'lines' serves no cell that is empty [conflicting-keys]\n"},
        {"columns: [1fr], rows: [[a]], rule-colour: '#000000'",
            "2:41: 'rule-colour' serves no rule: no row has 'rule-before' or "
            "'rule-after' [conflicting-keys]\n"},
        {"columns: [1fr], rows: [[{text: a, with: ''}]]",
            "2:52: 'with' has no value [wrong-type]\n"},
        {"columns: [1fr], rows: [[{with: source}]]",
            "2:36: a cell needs 'text' [missing-key]\n"},
        {"columns: [1fr], rows: [[{text: a, with: report.source}]]",
            "2:52: 'with' names a fact without 'report.' [bad-value]\n"},
        {"columns: 1fr, rows: [[a]]",
            "2:21: 'columns' wants a list, has a text [wrong-type]\n"},
        {"columns: [1fr], rows: [[]]",
            "2:35: an item of 'rows' is an empty list [bad-value]\n"},
        {"columns: [1fr, 1fr], rows: [[{text: a, rows: 2}, b], "
         "{cells: [c], rule-before: 1pt, rule-after: 1pt}]",
            "2:91: the rule would cross a cell that spans the rows at both "
            "sides [bad-value]\n"},
        {"columns: [1fr, 1fr], rows: [{cells: [{text: a, rows: 2}, b], "
         "rule-after: 1pt}, {cells: [c], rule-before: 0pt}]",
            "2:85: the rule would cross a cell that spans the rows at both "
            "sides [bad-value]\n"},
        {"columns: [1fr], rows: [a]",
            "2:35: an item of 'rows' wants a list or a mapping, has a text "
            "[wrong-type]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct load *l = new_load(*state);
        read_cover(l, arena_printf(l->a, "  - grid: {%s}\n", cases[i].grid));
        assert_messages(l, cases[i].message);
    }
}

/* As many columns as can be told apart, and one more. */
static void test_many_columns(void **state)
{
    for (int n = MAST_COLUMNS; n <= MAST_COLUMNS + 1; n++) {
        struct load *l = new_load(*state);
        struct buf b = buf_new(l->a);
        buf_puts(&b, "  - grid: {columns: [");
        for (int i = 0; i < n; i++)
            buf_puts(&b, "1fr, ");
        buf_puts(&b, "], rows: [[a]]}\n");
        read_cover(l, b.s);
        assert_messages(l,
            n == MAST_COLUMNS
                ? ""
                : "2:21: the grid has 33 columns: 32 at most [bad-value]\n");
    }
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_blocks), TEST(test_grid),
        TEST(test_faults), TEST(test_many_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
