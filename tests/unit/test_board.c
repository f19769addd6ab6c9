/* Boards: where a grid's cells and rules stand. */
#include "support_layout.h"

#include <string.h>

enum { ROWS = 3 };

/* A grid of two columns, 100 pt and the rest, of up to ROWS rows. */
struct fixture {
    struct masthead head;
    struct column columns[2];
    struct mast_row rows[ROWS];
    struct mast_cell cells[ROWS][2];
    struct mast_doc doc;
    struct mast_row_doc row_docs[ROWS];
    struct mast_cell_doc cell_docs[ROWS][2];
    struct node node;
};

static struct fixture *add_grid(struct world *w, uint32_t nrows)
{
    struct fixture *f = ARENA_NEW(w->a, struct fixture);
    memset(f, 0, sizeof *f);
    f->columns[0].width = PT(100);
    f->columns[1].share = 1000;
    f->head = (struct masthead){.node = &f->node,
        .columns = f->columns,
        .ncolumns = 2,
        .gap = PT(10),
        .style = STYLE_FIELD};
    f->doc =
        (struct mast_doc){.grid = &f->head, .rows = f->row_docs, .n = nrows};
    for (uint32_t i = 0; i < nrows; i++)
        f->row_docs[i] =
            (struct mast_row_doc){.row = &f->rows[i], .cells = f->cell_docs[i]};
    add_block(w, &w->doc.cover, BLOCK_GRID)->grid = &f->doc;
    return f;
}

static struct mast_cell *add_cell(
    struct world *w, struct fixture *f, uint32_t row, const char *text)
{
    uint32_t i = f->row_docs[row].n++;
    struct mast_cell *c = &f->cells[row][i];
    *c = (struct mast_cell){
        .node = &f->node, .style = -1, .column = i, .columns = 1, .rows = 1};
    f->cell_docs[row][i] = (struct mast_cell_doc){c, rich_of(w, text), 1};
    return c;
}

static const struct board *board(struct world *w)
{
    assert_int_equal(w->flow->boxes[0].kind, BOX_BOARD);
    return w->flow->boxes[0].board;
}

static void columns_and_baselines(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_TITLE].size = PT(20);
    w->profile.styles[STYLE_TITLE].leading = PT(24);
    struct fixture *f = add_grid(w, 2);
    add_cell(w, f, 0, "small");
    add_cell(w, f, 0, "LARGE")->style = STYLE_TITLE;
    struct mast_cell *wide = add_cell(w, f, 1, "wide");
    wide->columns = 2;
    wide->align = ALIGN_END;
    wide->align_given = true;
    lay_out(w);
    const struct board *b = board(w);
    assert_int_equal(b->ncells, 3);
    const struct board_cell *c = b->cells;
    assert_int_equal(c[0].width, PT(100));
    assert_int_equal(c[1].x, PT(110));
    assert_int_equal(c[1].width, PT(190));
    assert_int_equal(c[2].width, PT(300));
    assert_int_equal(c[2].para->align, ALIGN_END);
    assert_int_equal(c[1].y, 0);
    assert_int_equal(
        c[0].y + c[0].para->baseline, c[1].y + c[1].para->baseline);
    assert_int_equal(c[2].y, PT(24));
    assert_int_equal(b->height, PT(36));
    assert_string_equal(tag_path(w, c[0].elem), "Document/P");
    assert_string_equal(tag_path(w, c[1].elem), "Document/Title");
}

static void rules_and_spaces(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_FIELD].before = PT(2);
    w->profile.styles[STYLE_FIELD].after = PT(3);
    struct fixture *f = add_grid(w, 3);
    for (uint32_t i = 0; i < 3; i++)
        add_cell(w, f, i, "x");
    f->rows[1].before = PT(7);
    f->rows[1].before_given = true;
    f->row_docs[2].rule = PT(1);
    f->doc.rule = PT(2);
    lay_out(w);
    const struct board *b = board(w);
    /* 12, the larger of 3 and 7, 12, 3, the rule, 2, 12, 3, the rule */
    assert_int_equal(b->cells[1].y, PT(19));
    assert_int_equal(b->nrules, 2);
    assert_int_equal(b->rules[0].y, PT(34));
    assert_int_equal(b->cells[2].y, PT(37));
    assert_int_equal(b->rules[1].y, PT(52));
    assert_int_equal(b->height, PT(54));
    assert_int_equal(w->flow->boxes[0].before, PT(2));
}

/* What a cell over two rows needs more goes to the last of them. */
static void cell_over_rows(void **state)
{
    struct world *w = *state;
    struct fixture *f = add_grid(w, 2);
    add_cell(w, f, 0, "a column of so many words that it takes several lines");
    f->cells[0][0].rows = 2;
    f->cell_docs[0][0].rows = 2;
    add_cell(w, f, 0, "x");
    add_cell(w, f, 1, "y")->column = 1;
    lay_out(w);
    const struct board *b = board(w);
    assert_true(b->cells[0].para->lines.n > 2);
    assert_int_equal(b->cells[2].y, PT(12));
    assert_int_equal(b->height, b->cells[0].height);
}

static void cell_with_a_fill(void **state)
{
    struct world *w = *state;
    struct style *s = &w->profile.styles[STYLE_ABSTRACT];
    s->fill = true;
    s->rule_gap = PT(5);
    s->rule_before = PT(1);
    struct fixture *f = add_grid(w, 1);
    add_cell(w, f, 0, "a");
    add_cell(w, f, 0, "b")->style = STYLE_ABSTRACT;
    lay_out(w);
    const struct board *b = board(w);
    assert_int_equal(b->cells[0].y, PT(6));
    assert_int_equal(b->cells[1].y, 0);
    assert_int_equal(b->cells[1].height, PT(23));
    assert_int_equal(b->cells[1].para->width, PT(180));
    assert_int_equal(b->height, PT(23));
}

static void no_room(void **state)
{
    struct world *w = *state;
    struct fixture *f = add_grid(w, 1);
    struct node key = {.s = SLICE("columns")}, value = {0};
    struct node *keys[] = {&key}, *items[] = {&value};
    f->node = (struct node){
        .kind = NODE_MAP, .keys = keys, .items = items, .count = 1};
    f->columns[0].width = PT(290);
    add_cell(w, f, 0, "x");
    lay_out(w);
    assert_string_equal(world_messages(w),
        "rapporteur: error: the columns of the grid need 106.2 mm, but the text is 105.8 mm wide "
        "[table-too-wide]\n");
}

static void closing_rule(void **state)
{
    struct world *w = *state;
    w->profile.end_rule = 500;
    w->profile.end_width = PT(100);
    w->profile.end_before = PT(18);
    add_paragraph(w, &w->doc.body, "The end");
    add_block(w, &w->doc.body, BLOCK_PAGE_BREAK);
    lay_out(w);
    assert_int_equal(w->flow->n, 2);
    const struct box *box = &w->flow->boxes[1];
    assert_true(w->flow->boxes[0].keep_next);
    assert_int_equal(box->kind, BOX_BOARD);
    assert_int_equal(box->x, PT(100));
    assert_int_equal(box->width, PT(100));
    assert_int_equal(box->before, PT(18));
    assert_int_equal(box->board->height, 500);
    assert_int_equal(box->board->ncells, 0);
}

/* No wider than the text. */
static void wide_closing_rule(void **state)
{
    struct world *w = *state;
    w->profile.end_rule = 500;
    w->profile.end_width = PT(400);
    add_paragraph(w, &w->doc.body, "The end");
    lay_out(w);
    assert_int_equal(w->flow->boxes[1].x, 0);
    assert_int_equal(w->flow->boxes[1].width, PT(300));
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_world, tear_down_world)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(columns_and_baselines),
        TEST(rules_and_spaces), TEST(cell_over_rows), TEST(cell_with_a_fill),
        TEST(no_room), TEST(closing_rule), TEST(wide_closing_rule)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
