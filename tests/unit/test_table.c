/* Tables: cells shared and measured, rows, captions, what is too wide. */
#include "support_layout.h"

#include <string.h>

static const char *const titles[] = {"SG", "Number", "Title"};
static const char LONG[] =
    "Requirements and capabilities of digital twins in smart and sustainable "
    "cities and communities of any size";
static const char *const items[] = {"SG20", "Y.4241", LONG, "SG20", "Y.4242",
    "Overview", "SG20", "", "Overview"};

static struct table_doc *some_table(struct world *w)
{
    return add_table(w, &w->doc.body, 3, titles, 3, items);
}

/* The same columns, to be changed. */
static struct column *column(struct table_doc *t, uint32_t c)
{
    return &t->table->columns[c];
}

static const struct grid *grid(struct world *w)
{
    assert_true(w->flow->n > 0);
    const struct box *b = &w->flow->boxes[w->flow->n - 1];
    assert_int_equal(b->kind, BOX_TABLE);
    return b->grid;
}

static void assert_path(struct world *w, uint32_t elem, const char *path)
{
    assert_string_equal(tag_path(w, elem), path);
}

static void cells_and_heights(void **state)
{
    struct world *w = *state;
    struct table_style *style = &w->profile.table;
    style->pad_x = PT(3);
    style->pad_top = PT(2);
    style->pad_bottom = PT(1);
    style->before = PT(4);
    style->after = PT(5);
    some_table(w);
    lay_out(w);
    const struct grid *g = grid(w);
    assert_int_equal(g->nrows, 3);
    assert_int_equal(g->ncolumns, 3);
    /* Something had to wrap: the table is as wide as the text. */
    const struct box *b = &w->flow->boxes[0];
    assert_int_equal(b->width, PT(300));
    assert_int_equal(b->before, PT(4));
    assert_int_equal(b->after, PT(5));
    rlen x = 0;
    for (int c = 0; c < 3; c++) {
        assert_int_equal(g->x[c], x);
        x += g->width[c];
        for (int r = 0; r < 3; r++)
            assert_int_equal(g->cells[3 * r + c]->width, g->width[c] - PT(6));
    }
    assert_int_equal(x, PT(300));
    assert_int_equal(g->width[0], g->cells[0]->items.natural + PT(6));
    uint32_t lines = g->cells[2]->lines.n;
    assert_true(lines > 1);
    assert_int_equal(g->rows[0].height, (rlen)lines * PT(12) + PT(3));
    assert_int_equal(g->rows[1].height, PT(15));
    assert_int_equal(g->head_row.height, PT(15));
    assert_string_equal(para_text(w, g->head[1]), "Number");
    assert_string_equal(para_text(w, g->cells[4]), "Y.4242");
}

static void equal_cells_are_one(void **state)
{
    struct world *w = *state;
    const char *const cells[] = {"a", "a", "a", "b", "", "", "a", ""};
    add_table(w, &w->doc.body, 2, NULL, 4, cells);
    lay_out(w);
    struct para **p = grid(w)->cells;
    assert_ptr_equal(p[0], p[2]);
    assert_ptr_equal(p[0], p[6]);
    assert_ptr_not_equal(p[0], p[1]); /* another column */
    assert_ptr_not_equal(p[0], p[4]);
    assert_ptr_equal(p[5], p[7]);
    assert_int_equal(p[5]->lines.n, 1);
}

static void narrow_table_stays_narrow(void **state)
{
    struct world *w = *state;
    const char *const cells[] = {"a", "b"};
    add_table(w, &w->doc.body, 2, NULL, 1, cells);
    lay_out(w);
    const struct grid *g = grid(w);
    assert_null(g->head);
    assert_int_equal(g->head_row.height, 0);
    assert_int_equal(w->flow->boxes[0].width,
        g->cells[0]->items.natural + g->cells[1]->items.natural);
}

/* The widths that all tables of a series share may be too much for a page. */
static void series_that_does_not_fit(void **state)
{
    struct world *w = *state;
    static const char wide[] = "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const char *const first[] = {wide, "b"}, *const second[] = {"b", wide};
    add_table(w, &w->doc.body, 2, titles, 1, first);
    add_table(w, &w->doc.body, 2, titles, 1, second);
    lay_out(w);
    assert_string_equal(world_messages(w), "");
    assert_int_equal(w->flow->n, 2);
    const struct grid *a = w->flow->boxes[0].grid, *b = grid(w);
    assert_true(a->width[0] > a->width[1]);
    assert_true(b->width[0] < b->width[1]);
}

static void elements(void **state)
{
    struct world *w = *state;
    struct table_doc *t = some_table(w);
    column(t, 1)->row_header = true;
    t->label = SLICE("Table 1");
    t->caption = rich_of(w, "Items");
    lay_out(w);
    const struct grid *g = grid(w);
    const struct elem *v = w->flow->tags->v;
    assert_path(w, w->flow->boxes[0].elem, "Document/Table");
    assert_path(w, g->caption_elem, "Document/Table/Caption");
    assert_path(w, g->head_row.elem, "Document/Table/THead/TR");
    assert_path(w, g->head_row.elem + 3, "Document/Table/THead/TR/TH");
    assert_int_equal(v[g->head_row.elem + 3].scope, SCOPE_COLUMN);
    assert_true(g->caption_elem < g->head_row.elem);
    uint32_t last = g->head_row.elem;
    for (uint32_t r = 0; r < 3; r++) {
        uint32_t row = g->rows[r].elem;
        assert_true(row > last);
        last = row;
        assert_path(w, row + 1, "Document/Table/TBody/TR/TD");
        assert_path(w, row + 2, "Document/Table/TBody/TR/TH");
        assert_int_equal(v[row + 2].scope, SCOPE_ROW);
    }
}

static void captions(void **state)
{
    struct world *w = *state;
    struct table_doc *t = some_table(w);
    t->label = SLICE("Table 1");
    t->caption = rich_of(w, "Items");
    struct span *mark = add_span(w, &t->caption);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "Of SG20");
    add_span(w, &t->caption)->s = SLICE(" linked");
    t->caption.spans[2].link = 1;
    w->profile.styles[STYLE_CAPTION].before = PT(9);
    w->profile.styles[STYLE_CAPTION].after = PT(3);
    lay_out(w);
    const struct grid *g = grid(w);
    assert_string_equal(
        para_text(w, g->caption), "Table 1 \xe2\x80\x93 Items1 linked");
    assert_string_equal(para_text(w, g->caption_continued),
        "Table 1 \xe2\x80\x93 Items linked (continued)");
    assert_string_equal(para_text(w, g->caption_concluded),
        "Table 1 \xe2\x80\x93 Items linked (concluded)");
    assert_null(g->caption_continued->span_elems);
    assert_int_equal(g->caption->text->spans[0].style, SPAN_STRONG);
    assert_int_equal(g->caption_gap, PT(3));
    assert_int_equal(g->caption->width, PT(300));
    const struct box *b = &w->flow->boxes[0];
    assert_int_equal(b->before, PT(9));
    assert_int_equal(b->nnotes, 1);
    assert_path(w, g->caption->span_elems[3], "Document/Table/Caption/Link");
}

/* A caption wider than its table has the words after it on the same line. */
static void caption_of_a_narrow_table(void **state)
{
    struct world *w = *state;
    static const char *const one[] = {"A"};
    struct table_doc *t = add_table(w, &w->doc.body, 1, one, 1, one);
    t->label = SLICE("Table 1");
    t->caption = rich_of(w, "Items");
    lay_out(w);
    const struct grid *g = grid(w);
    assert_true(g->caption->width > g->width[0]);
    assert_true(g->caption_continued->width > g->caption->width);
    assert_int_equal(g->caption->lines.n, 1);
    assert_int_equal(g->caption_continued->lines.n, 1);
    assert_int_equal(g->caption_concluded->lines.n, 1);
}

static void without_rows(void **state)
{
    struct world *w = *state;
    struct table_doc *t = add_table(w, &w->doc.body, 3, titles, 0, NULL);
    uint32_t target = add_target(w, TARGET_TABLE, "items");
    w->doc.body.b[0].target = target;
    t->empty = rich_of(w, "None.");
    add_table(w, &w->doc.body, 3, titles, 0, NULL);
    lay_out(w);
    assert_int_equal(w->flow->n, 2);
    const struct box *b = &w->flow->boxes[0];
    assert_int_equal(b->kind, BOX_PARA);
    assert_int_equal(b->style, STYLE_BODY);
    assert_int_equal(b->target, target);
    assert_string_equal(para_text(w, b->para), "None.");
    assert_path(w, b->elem, "Document/P");
    /* No text to say so: a blank row under the header. */
    const struct grid *g = grid(w);
    assert_int_equal(g->nrows, 1);
    assert_int_equal(g->cells[0]->items.n, 0);
    assert_int_equal(g->rows[0].height, PT(12));
    assert_string_equal(world_messages(w), "");
}

static void widths_as_given(void **state)
{
    struct world *w = *state;
    w->profile.table.pad_x = PT(3);
    struct table_doc *t = some_table(w);
    column(t, 0)->width_kind = WIDTH_FIXED;
    column(t, 0)->width = PT(50);
    column(t, 2)->width_kind = WIDTH_SHARE;
    column(t, 2)->share = 1000;
    lay_out(w);
    const struct grid *g = grid(w);
    assert_int_equal(g->width[0], PT(50));
    rlen number = g->head[1]->items.natural;
    assert_int_equal(g->width[1], number + PT(6));
    assert_int_equal(g->width[2], PT(300) - PT(50) - number - PT(6));
}

static void alignment(void **state)
{
    struct world *w = *state;
    struct table_doc *t = some_table(w);
    column(t, 1)->align_given = true;
    column(t, 1)->align = ALIGN_END;
    w->profile.styles[STYLE_TABLE_CELL].align = ALIGN_JUSTIFY;
    lay_out(w);
    const struct grid *g = grid(w);
    assert_int_equal(g->cells[0]->align, ALIGN_START);
    assert_int_equal(g->cells[1]->align, ALIGN_END);
    assert_int_equal(g->head[1]->align, ALIGN_END);
    w->profile.table.head_align_given = true;
    w->profile.table.head_align = ALIGN_CENTRE;
    lay_out(w);
    assert_int_equal(grid(w)->head[1]->align, ALIGN_CENTRE);
    assert_int_equal(grid(w)->cells[1]->align, ALIGN_END);
}

/* One very long name among many short ones must not take the titles' room. */
static void outlier(void **state)
{
    struct world *w = *state;
    enum { ROWS = 60 };
    const char *cells[2 * ROWS];
    for (int i = 0; i < ROWS; i++) {
        cells[2 * i] = "Y.4000 name";
        cells[2 * i + 1] = LONG;
    }
    cells[20] = "Y.4001 (ex Y.a, b, c, d, e, f, g, h, i, j, k, l, m, n)";
    struct table_doc *t = add_table(w, &w->doc.body, 2, NULL, ROWS, cells);
    column(t, 1)->width_kind = WIDTH_SHARE;
    column(t, 1)->share = 1000;
    lay_out(w);
    const struct grid *g = grid(w);
    assert_true(g->width[0] >= g->cells[0]->items.natural);
    assert_true(g->width[0] < g->cells[20]->items.natural / 2);
    assert_true(g->cells[20]->lines.n > 1);
    assert_int_equal(g->cells[0]->lines.n, 1);
}

static const char WORD[] =
    "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen";

static void word_too_wide(void **state)
{
    struct world *w = *state;
    const char *const cells[] = {"a", "b", WORD, "c", WORD, "d"};
    struct table_doc *t = add_table(w, &w->doc.body, 2, titles, 3, cells);
    column(t, 0)->width_kind = WIDTH_FIXED;
    column(t, 0)->width = PT(40);
    w->doc.body.b[0].target = add_target(w, TARGET_TABLE, "items-q2");
    uint32_t file =
        files_add_text(w->l->files, "rows.csv", SLICE("k\na\nb\nc\n"));
    for (uint32_t r = 0; r < 3; r++)
        t->rows->pos[r] = (struct pos){file, 2 + 2 * r};
    lay_out(w);
    const char *m = world_messages(w);
    /* The first of equal cells speaks for all. */
    assert_non_null(strstr(m, "rows.csv:3:1: error: 'Donaudampf"));
    assert_non_null(
        strstr(m, "but column 'SG' of table 'items-q2' only 14.1 mm"));
    assert_null(strstr(m, "rows.csv:4"));
    assert_int_equal(diag_errors(w->l->d), 1);
}

static void table_too_wide(void **state)
{
    struct world *w = *state;
    const char *const cells[] = {WORD, WORD};
    struct section_doc *s =
        add_section(w, &w->doc.sections, &w->doc.nsections, 1, "", "Results");
    add_table(w, &s->body, 2, NULL, 1, cells);
    lay_out(w);
    const char *m = world_messages(w);
    assert_non_null(strstr(m, "the table under 'Results' needs "));
    assert_non_null(
        strstr(m, "but the text is 105.8 mm wide; most needs column 1: "));
    assert_non_null(strstr(m, "[table-too-wide]"));
    assert_int_equal(diag_errors(w->l->d), 1);
}

static void header_too_tall(void **state)
{
    struct world *w = *state;
    struct table_doc *t = some_table(w);
    t->label = SLICE("Table 7");
    t->caption = rich_of(w, "Items");
    w->profile.styles[STYLE_TABLE_HEAD].leading = PT(476);
    lay_out(w);
    assert_string_equal(world_messages(w), "");
    w->profile.styles[STYLE_TABLE_HEAD].leading = PT(477);
    lay_out(w);
    const char *m = world_messages(w);
    assert_non_null(strstr(m, "header of Table 7 are 172.5 mm high"));
    assert_non_null(strstr(m, "[header-too-tall]"));
}

static struct rich *cell_with_note(struct world *w, const char *text)
{
    struct rich *r = ARENA_NEW(w->a, struct rich);
    *r = rich_of(w, text);
    struct span *mark = add_span(w, r);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "A note");
    return r;
}

static void set_rich(struct table_doc *t, size_t i, struct rich *r)
{
    t->rows->cells[i].kind = CELL_RICH;
    t->rows->cells[i].rich = r;
}

static void notes_in_cells(void **state)
{
    struct world *w = *state;
    struct table_doc *t = some_table(w);
    struct span *mark = add_span(w, &t->columns[0].title);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "Of the title");
    set_rich(t, 5, cell_with_note(w, LONG));
    set_rich(t, 6, cell_with_note(w, "SG20"));
    set_rich(t, 7, cell_with_note(w, "Y"));
    lay_out(w);
    const struct box *b = &w->flow->boxes[0];
    assert_int_equal(b->nnotes, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(b->notes[i].note, i + 1);
    assert_int_equal(b->notes[0].row, 0);
    assert_int_equal(b->notes[0].line, 0);
    assert_int_equal(b->notes[1].row, 1);
    assert_int_equal(b->notes[1].line, grid(w)->cells[5]->lines.n - 1);
    assert_int_equal(b->notes[2].row, 2);
    assert_int_equal(b->notes[3].row, 2);
    assert_path(w, w->flow->notes[2].elem, "Document/Table/TBody/TR/TD/Note/P");
    assert_path(w, grid(w)->cells[6]->span_elems[1],
        "Document/Table/TBody/TR/TD/Reference/Link");
}

static void refresh(void **state)
{
    struct world *w = *state;
    w->doc.has_page_refs = true;
    struct table_doc *t = some_table(w);
    struct rich *r = cell_with_note(w, "Overview ");
    r->spans[2] = r->spans[1];
    r->spans[1] = (struct span){
        .kind = SPAN_PAGE_OF, .target = add_target(w, TARGET_BLOCK, "there")};
    r->n = 3;
    set_rich(t, 5, r);
    column(t, 2)->width_kind = WIDTH_FIXED;
    column(t, 2)->width = PT(100);
    lay_out(w);
    const struct box *b = &w->flow->boxes[0];
    const struct grid *g = grid(w);
    rlen first = g->rows[0].height;
    assert_true(g->page_refs);
    assert_int_equal(g->rows[1].height, PT(12));
    struct slice pages[2] = {{0}};
    pages[1] = SLICE("123456789012345");
    struct late late = {.page_of = pages, .ntargets = 2};
    layout_refresh(w->l, w->scratch, w->flow, &late);
    assert_true(g->cells[5]->lines.n > 1);
    assert_int_equal(g->rows[1].height, (rlen)g->cells[5]->lines.n * PT(12));
    assert_int_equal(g->rows[0].height, first);
    assert_int_equal(b->nnotes, 1);
    assert_int_equal(b->notes[0].row, 1);
    assert_true(b->notes[0].line > 0);
    assert_int_equal(b->notes[0].line, g->cells[5]->lines.n - 1);
}

/* A column of page numbers has room for those that are found later. */
static void room_for_page_numbers(void **state)
{
    struct world *w = *state;
    w->doc.has_page_refs = true;
    static const char *const one[] = {""};
    struct table_doc *t = add_table(w, &w->doc.body, 1, one, 1, one);
    struct rich *r = ARENA_NEW(w->a, struct rich);
    *r = rich_of(w, "");
    r->spans[0] = (struct span){
        .kind = SPAN_PAGE_OF, .target = add_target(w, TARGET_BLOCK, "there")};
    r->n = 1;
    set_rich(t, 0, r);
    lay_out(w);
    struct slice pages[2] = {{0}};
    pages[1] = SLICE("1234");
    struct late late = {.page_of = pages, .ntargets = 2};
    layout_refresh(w->l, w->scratch, w->flow, &late);
    assert_string_equal(world_messages(w), "");
    assert_int_equal(grid(w)->cells[0]->lines.n, 1);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_world, tear_down_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_and_heights),
        TEST(equal_cells_are_one),
        TEST(narrow_table_stays_narrow),
        TEST(series_that_does_not_fit),
        TEST(elements),
        TEST(captions),
        TEST(caption_of_a_narrow_table),
        TEST(without_rows),
        TEST(widths_as_given),
        TEST(alignment),
        TEST(outlier),
        TEST(word_too_wide),
        TEST(table_too_wide),
        TEST(header_too_tall),
        TEST(notes_in_cells),
        TEST(refresh),
        TEST(room_for_page_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
