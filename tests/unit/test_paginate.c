/* Page breaks over flows made by hand: lines and rows of known height. */
#include "page/page_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { LINE = PT(10), MOST = 64 };

static struct arena_budget budget;

struct world {
    struct arena *a;
    struct limits limits;
    struct load l;
    struct report report;
    struct profile profile;
    struct doc doc;
    struct flow flow;
    struct box boxes[MOST];
    struct note_box notes[8];
};

static int set_up(void **state)
{
    struct arena *a = arena_new(&budget);
    struct world *w = ARENA_NEW(a, struct world);
    w->a = a;
    limits_init(&w->limits);
    struct files *files = files_new(a);
    w->l = (struct load){
        .a = a, .files = files, .d = diags_new(a, files), .limits = &w->limits};
    w->profile.orphans = w->profile.widows = 2;
    w->doc.profile = &w->profile;
    w->doc.report = &w->report;
    w->flow = (struct flow){.doc = &w->doc,
        .a = a,
        .width = 1000,
        .height = 10 * LINE,
        .boxes = w->boxes,
        .notes = w->notes};
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    arena_free(w->a);
    return 0;
}

static struct para *para_of(struct world *w, uint32_t lines)
{
    struct para *p = ARENA_NEW(w->a, struct para);
    p->lines.n = lines;
    p->lines.v = ARENA_ARRAY(w->a, lines, struct line);
    p->leading = LINE;
    return p;
}

static struct box *add_para(struct world *w, uint32_t lines)
{
    struct box *b = &w->boxes[w->flow.n++];
    b->kind = BOX_PARA;
    b->para = para_of(w, lines);
    return b;
}

/* A table of one column with these numbers of lines in its rows. */
static struct box *add_table(
    struct world *w, uint32_t nrows, const uint32_t *lines, bool head)
{
    struct box *b = &w->boxes[w->flow.n++];
    struct grid *g = ARENA_NEW(w->a, struct grid);
    struct table_doc *t = ARENA_NEW(w->a, struct table_doc);
    t->rows = ARENA_NEW(w->a, struct rows);
    g->table = t;
    b->kind = BOX_TABLE;
    b->grid = g;
    g->ncolumns = 1;
    g->nrows = nrows;
    g->cells = ARENA_ARRAY(w->a, nrows, struct para *);
    g->rows = ARENA_ARRAY(w->a, nrows, struct grid_row);
    for (uint32_t i = 0; i < nrows; i++) {
        g->cells[i] = para_of(w, lines ? lines[i] : 1);
        g->rows[i].height = (rlen)(lines ? lines[i] : 1) * LINE;
    }
    if (head) {
        g->head = ARENA_ARRAY(w->a, 1, struct para *);
        g->head[0] = para_of(w, 1);
        g->head_row.height = LINE;
    }
    return b;
}

static struct pages *paginate(struct world *w)
{
    return paginate_once(&w->l, w->a, &w->flow);
}

static const struct part *part_of(
    const struct pages *p, uint32_t page, uint32_t k)
{
    assert_true(page < p->n);
    assert_true(k < p->v[page].nparts);
    return &p->parts[p->v[page].part + k];
}

static void test_one_page_with_the_larger_space(void **state)
{
    struct world *w = *state;
    add_para(w, 2)->after = 7;
    add_para(w, 1)->before = 4;
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 1);
    assert_int_equal(part_of(p, 0, 0)->y, 0);
    assert_int_equal(part_of(p, 0, 1)->y, 2 * LINE + 7);
}

static void test_no_widow(void **state)
{
    struct world *w = *state;
    add_para(w, 11);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 0, 0)->to, 9);
    assert_int_equal(part_of(p, 1, 0)->from, 9);
    assert_int_equal(part_of(p, 1, 0)->to, 11);
}

static void test_no_orphan(void **state)
{
    struct world *w = *state;
    add_para(w, 9);
    add_para(w, 5);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(p->v[0].nparts, 1);
    assert_int_equal(part_of(p, 1, 0)->box, 1);
    assert_int_equal(part_of(p, 1, 0)->y, 0);
}

static void test_heading_keeps_with_next(void **state)
{
    struct world *w = *state;
    add_para(w, 8);
    struct box *h = add_para(w, 1);
    h->keep_next = true;
    h->heading = 1;
    add_para(w, 3);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(p->v[0].nparts, 1);
    assert_int_equal(part_of(p, 1, 0)->box, 1);
    assert_int_equal(part_of(p, 1, 1)->box, 2);
}

static void test_chain_longer_than_a_page_still_ends(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 30; i++)
        add_para(w, 1)->keep_next = true;
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 3);
    assert_int_equal(diag_errors(w->l.d), 0);
}

static void test_new_page_and_break(void **state)
{
    struct world *w = *state;
    w->boxes[w->flow.n++].kind = BOX_BREAK; /* nothing before it: no page */
    add_para(w, 1);
    add_para(w, 1)->new_page = true;
    w->boxes[w->flow.n++].kind = BOX_BREAK;
    add_para(w, 1)->new_page = true;
    w->boxes[w->flow.n++].kind = BOX_BREAK; /* nothing after it: no page */
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(p->v[i].number, i + 1);
    assert_int_equal(p->v[0].kind, PAGE_FIRST);
    assert_int_equal(p->v[1].kind, PAGE_RIGHT);
    w->profile.duplex = true;
    p = paginate(w);
    assert_int_equal(p->v[0].kind, PAGE_FIRST);
    assert_int_equal(p->v[1].kind, PAGE_LEFT);
    assert_int_equal(p->v[2].kind, PAGE_RIGHT);
}

static void test_table_repeats_its_header(void **state)
{
    struct world *w = *state;
    add_table(w, 20, NULL, true);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 3);
    assert_int_equal(part_of(p, 0, 0)->to, 9);
    assert_int_equal(part_of(p, 1, 0)->to, 18);
    assert_int_equal(part_of(p, 2, 0)->to, 20);
    for (uint32_t i = 0; i < 3; i++)
        assert_true(part_of(p, i, 0)->head);
    assert_true(part_of(p, 2, 0)->last);
    assert_false(part_of(p, 1, 0)->last);
}

static void test_no_row_alone(void **state)
{
    struct world *w = *state;
    add_para(w, 8);
    add_table(w, 4, NULL, true); /* header and one row would fit */
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(p->v[0].nparts, 1);
    w->flow.n = 0;
    memset(w->boxes, 0, sizeof w->boxes);
    add_table(w, 10, NULL, true); /* the last row alone would go over */
    p = paginate(w);
    assert_int_equal(part_of(p, 0, 0)->to, 8);
}

static void test_rows_stay_whole(void **state)
{
    struct world *w = *state;
    static const uint32_t LINES[] = {4, 4, 3, 2, 2};
    add_table(w, 5, LINES, false);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 0, 0)->to, 2);
    assert_int_equal(part_of(p, 1, 0)->line_from, 0);
}

static void test_row_taller_than_a_page_splits(void **state)
{
    struct world *w = *state;
    static const uint32_t LINES[] = {1, 25, 1};
    add_table(w, 3, LINES, true);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 3);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        const struct part *part = part_of(p, i, 0);
        if (part->from <= 1 && part->to >= 2) {
            uint32_t from = part->from == 1 ? part->line_from : 0;
            uint32_t to = part->to > 2 || part->line_to == UINT32_MAX
                ? 25
                : part->line_to;
            assert_int_equal(from, seen);
            seen = to;
        }
    }
    assert_int_equal(seen, 25);
    assert_true(part_of(p, 2, 0)->last);
}

/* What frames take counts for the rows at which they begin and end. */
static void test_row_in_a_frame_stays_whole(void **state)
{
    struct world *w = *state;
    static const uint32_t LINES[] = {2, 2, 10, 2, 2};
    struct box *b = add_table(w, 5, LINES, false);
    b->top = b->bottom = LINE;
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 3);
    assert_int_equal(part_of(p, 1, 0)->from, 2);
    assert_int_equal(part_of(p, 1, 0)->line_from, 0);
    assert_int_equal(part_of(p, 1, 0)->to, 3);
}

/* A row that fits but for its notes: they go to the pages of their marks. */
static void test_row_with_notes_splits(void **state)
{
    struct world *w = *state;
    static const uint32_t LINES[] = {8};
    /* In order of the cells: the second one's mark is on an earlier line. */
    static const struct note_ref REFS[] = {{0, 1, 1}, {0, 7, 2}, {0, 0, 3}};
    w->flow.height = 10 * LINE + NOTE_GAP;
    for (int i = 1; i <= 3; i++)
        w->notes[i].height = 2 * LINE;
    struct box *b = add_table(w, 1, LINES, false);
    b->notes = REFS;
    b->nnotes = 3;
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 0, 0)->line_to, 6);
    assert_int_equal(p->v[0].nnotes, 2);
    assert_int_equal(p->notes[p->v[0].note], 1);
    assert_int_equal(p->notes[p->v[0].note + 1], 3);
    assert_int_equal(part_of(p, 1, 0)->line_from, 6);
    assert_int_equal(p->v[1].nnotes, 1);
    assert_int_equal(p->notes[p->v[1].note], 2);
}

static void test_split_row_leaves_no_line_alone(void **state)
{
    struct world *w = *state;
    static const uint32_t LINES[] = {11};
    add_table(w, 1, LINES, false);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 0, 0)->line_to, 9);
}

static void test_note_stands_on_its_marks_page(void **state)
{
    struct world *w = *state;
    static const struct note_ref REFS[] = {{0, 1, 1}, {0, 9, 2}};
    w->notes[1].height = 2 * LINE;
    w->notes[2].height = LINE;
    struct box *b = add_para(w, 12);
    b->notes = REFS;
    b->nnotes = 2;
    w->flow.height = 10 * LINE + NOTE_GAP;
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 0, 0)->to, 8);
    assert_int_equal(p->v[0].nnotes, 1);
    assert_int_equal(p->notes[p->v[0].note], 1);
    assert_int_equal(p->v[0].notes_y, w->flow.height - 2 * LINE);
    assert_int_equal(p->v[1].nnotes, 1);
    assert_int_equal(p->notes[p->v[1].note], 2);
}

/* A page is left a little emptier if the next ones are the better for it. */
static void test_heading_leaves_the_foot(void **state)
{
    struct world *w = *state;
    w->flow.height = 40 * LINE;
    add_para(w, 37);
    struct box *heading = add_para(w, 1);
    heading->heading = 1;
    heading->keep_next = true;
    add_para(w, 20);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 1, 0)->box, 1);
    /* With some more lines below it, it may stay. */
    w->flow.boxes[0].para->lines.n = 33;
    p = paginate(w);
    assert_int_equal(part_of(p, 0, 1)->box, 1);
}

static void test_list_is_divided_inside(void **state)
{
    struct world *w = *state;
    w->flow.height = 40 * LINE;
    add_para(w, 37);
    for (int i = 0; i < 6; i++)
        add_para(w, 1)->list = i == 0 ? LIST_OUTSIDE
            : i == 1 || i == 5        ? LIST_EDGE
                                      : LIST_INSIDE;
    add_para(w, 20);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 1, 0)->box, 4);
    /* One item alone is worse than an empty line or two. */
    w->flow.boxes[0].para->lines.n = 39;
    p = paginate(w);
    assert_int_equal(part_of(p, 1, 0)->box, 1);
    w->flow.boxes[0].para->lines.n = 35;
    p = paginate(w);
    assert_in_range(part_of(p, 1, 0)->box, 3, 5);
}

static void test_no_hyphen_at_the_foot(void **state)
{
    struct world *w = *state;
    struct box *b = add_para(w, 15);
    b->para->lines.v[9].hyphen = true;
    struct pages *p = paginate(w);
    assert_int_equal(part_of(p, 0, 0)->to, 9);
}

/* Looking ahead: a line less here saves the last line from standing alone. */
static void test_leftover_is_avoided(void **state)
{
    struct world *w = *state;
    w->flow.height = 40 * LINE;
    add_para(w, 30);
    add_para(w, 10);
    add_para(w, 1);
    struct box *heading = add_para(w, 1);
    heading->heading = 1;
    heading->keep_next = true;
    add_para(w, 20);
    struct pages *p = paginate(w);
    assert_int_equal(p->n, 2);
    assert_int_equal(part_of(p, 1, 0)->box, 1);
    assert_in_range(part_of(p, 1, 0)->from, 7, 8);
}

static void test_feathering_within_its_limit(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 5; i++)
        add_para(w, 3)->after = LINE / 2;
    w->profile.feather = LINE / 4;
    /* Three paragraphs and two spaces; what is left is two times a quarter. */
    w->flow.height = 10 * LINE + LINE / 2;
    struct pages *p = paginate(w);
    assert_int_equal(part_of(p, 0, 1)->y, 3 * LINE + LINE * 3 / 4);
    assert_int_equal(part_of(p, 0, 2)->y, 7 * LINE + LINE / 2);
    /* The last page stays as it is. */
    assert_int_equal(part_of(p, 1, 1)->y, 3 * LINE + LINE / 2);
    w->profile.feather = LINE / 4 - 1;
    p = paginate(w);
    assert_int_equal(part_of(p, 0, 1)->y, 3 * LINE + LINE / 2);
}

/* Pages are chosen in time that grows with the flow, and so does a table. */
static void test_many_pages(void **state)
{
    struct world *w = *state;
    enum { ROWS = 200000 };
    w->flow.height = 40 * LINE;
    w->limits.pages = ROWS;
    add_para(w, 3);
    add_table(w, ROWS, NULL, true);
    struct pages *p = paginate(w);
    assert_in_range(p->n, ROWS / 39, ROWS / 39 + 1);
    for (uint32_t i = 1; i + 2 < p->n; i++)
        assert_int_equal(part_of(p, i, 0)->to - part_of(p, i, 0)->from, 39);
}

static void test_too_tall_is_an_error(void **state)
{
    struct world *w = *state;
    struct box *b = add_table(w, 1, NULL, true);
    b->grid->head_row.height = 10 * LINE;
    assert_null(paginate(w));
    assert_int_equal(diag_errors(w->l.d), 1);
    static const struct note_ref REF = {0, 0, 1};
    w->flow.n = 0;
    memset(w->boxes, 0, sizeof w->boxes);
    b = add_para(w, 1);
    b->notes = &REF;
    b->nnotes = 1;
    w->notes[1].height = 11 * LINE;
    assert_null(paginate(w));
    assert_int_equal(diag_errors(w->l.d), 2);
}

static void test_page_limit(void **state)
{
    struct world *w = *state;
    w->limits.pages = 2;
    add_para(w, 20);
    assert_non_null(paginate(w));
    add_para(w, 1);
    assert_null(paginate(w));
    assert_int_equal(diag_status(w->l.d), 4);
}

static void test_empty_report_has_a_page(void **state)
{
    struct pages *p = paginate(*state);
    assert_int_equal(p->n, 1);
    assert_int_equal(p->v[0].nparts, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_one_page_with_the_larger_space),
        TEST(test_no_widow),
        TEST(test_no_orphan),
        TEST(test_heading_keeps_with_next),
        TEST(test_chain_longer_than_a_page_still_ends),
        TEST(test_new_page_and_break),
        TEST(test_table_repeats_its_header),
        TEST(test_no_row_alone),
        TEST(test_rows_stay_whole),
        TEST(test_row_taller_than_a_page_splits),
        TEST(test_row_in_a_frame_stays_whole),
        TEST(test_row_with_notes_splits),
        TEST(test_split_row_leaves_no_line_alone),
        TEST(test_note_stands_on_its_marks_page),
        TEST(test_too_tall_is_an_error),
        TEST(test_page_limit),
        TEST(test_empty_report_has_a_page),
        TEST(test_heading_leaves_the_foot),
        TEST(test_list_is_divided_inside),
        TEST(test_no_hyphen_at_the_foot),
        TEST(test_leftover_is_avoided),
        TEST(test_feathering_within_its_limit),
        TEST(test_many_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
