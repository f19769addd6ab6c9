/* structure.c: which elements are written, with what kids, under which ids. */
#include "support_base.h"
#include "support_pdf.h"

/* What stands on page 0 and on page 1. */
static struct draw draws[2][8];
static size_t ndraws[2];

static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    (void)scratch;
    return (struct display){draws[i], ndraws[i]};
}

static struct sample *new_sample(struct arena *a)
{
    ndraws[0] = ndraws[1] = 0;
    return sample_new(a);
}

static void put(struct sample *s, int page, uint32_t elem)
{
    struct draw d = sample_text(s, LOOK_PLAIN, 50, 100, "A");
    d.elem = elem;
    if (!elem)
        d.artifact = ARTIFACT_FOOTER;
    draws[page][ndraws[page]++] = d;
}

static void put_link(struct sample *s, int page, uint32_t elem)
{
    s->links[1] = (struct link){.uri = SLICE("mailto:a@b.c")};
    struct draw d = {.kind = DRAW_LINK, .elem = elem};
    d.link.link = 1;
    draws[page][ndraws[page]++] = d;
}

static struct slice write_sample(struct sample *s)
{
    s->scratch = arena_new(&(struct arena_budget){.limit = 0});
    s->pages.n = 2;
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    return sample_unpacked(s->a, "out.pdf");
}

/*
 * Catalog, pages, info, node and resources have the ids 1 to 5, the pages 6
 * and 8; the first object made by painting is a font, 10. The Document is 11
 * where there is no link.
 */
static void content_of_two_pages_is_one_element(void **state)
{
    struct sample *s = new_sample(*state);
    put(s, 0, 2);
    put(s, 0, 0);
    put(s, 1, 2);
    put(s, 1, 0);
    put(s, 1, 2);
    struct slice text = write_sample(s);
    assert_true(sample_has(text, "<</S/Document/P 13 0 R/K [12 0 R]>>"));
    assert_true(sample_has(text,
        "<</S/P/P 11 0 R/Pg 6 0 R/K [0 <</Type/MCR/MCID 0/Pg 8 0 R>> "
        "<</Type/MCR/MCID 1/Pg 8 0 R>>]>>"));
    assert_true(sample_has(text, "<</Nums[0 [12 0 R]\n1 [12 0 R 12 0 R]]>>"));
    assert_true(sample_has(text, "/ParentTreeNextKey 2/RoleMap<</Title/P>>"));
    assert_true(sample_has(text, "/MarkInfo <</Marked true>>"));
    assert_true(sample_has(text, "/StructTreeRoot 13 0 R"));
}

static void a_link_stands_where_its_text_does(void **state)
{
    struct sample *s = new_sample(*state);
    uint32_t link = tags_add(s->flow.tags, TAG_LINK, 2);
    put(s, 0, 2);
    put(s, 0, link);
    put_link(s, 0, link);
    put(s, 0, 2);
    struct slice text = write_sample(s);
    /* The annotation is 11, the page's list 12, their stream 13. */
    assert_true(sample_has(text, "<</S/P/P 14 0 R/Pg 6 0 R/K [0 16 0 R 2]>>"));
    assert_true(sample_has(
        text, "<</S/Link/P 15 0 R/Pg 6 0 R/K [1 <</Type/OBJR/Obj 11 0 R>>]>>"));
    assert_true(sample_has(text, "/StructParent 2/"));
    assert_true(sample_has(
        text, "<</Nums[0 [15 0 R 16 0 R 15 0 R]\n1 []\n2 16 0 R]>>"));
}

static void a_link_that_leads_nowhere_is_a_span(void **state)
{
    struct sample *s = new_sample(*state);
    put(s, 0, tags_add(s->flow.tags, TAG_LINK, 2));
    struct slice text = write_sample(s);
    assert_true(sample_has(text, "<</S/Span/P 12 0 R/Pg 6 0 R/K 0>>"));
    assert_false(sample_has(text, "/S/Link"));
}

static void what_is_not_printed_is_left_out(void **state)
{
    struct sample *s = new_sample(*state);
    uint32_t heading = tags_add(s->flow.tags, TAG_H1, 1);
    tags_add(s->flow.tags, TAG_H2, 1);
    put(s, 0, heading);
    struct slice text = write_sample(s);
    assert_true(sample_has(text, "<</S/H1/P 11 0 R/Pg 6 0 R/K 0>>"));
    assert_false(sample_has(text, "/S/P"));
    assert_false(sample_has(text, "/S/H2"));
}

static void an_empty_cell_is_a_cell(void **state)
{
    static const bool HEADS[] = {true, false};
    struct sample *s = new_sample(*state);
    struct tags *t = s->flow.tags;
    uint32_t table = tags_add(t, TAG_TABLE, 1);
    uint32_t head =
        tags_add_row(t, tags_add(t, TAG_THEAD, table), 2, NULL, true);
    uint32_t body = tags_add(t, TAG_TBODY, table);
    tags_add_row(t, body, 2, HEADS, false);
    put(s, 0, head + 1);
    struct slice text = write_sample(s);
    assert_int_equal(sample_count(text, "<</S/TR"), 2);
    assert_int_equal(
        sample_count(text, "<</S/TH/P 14 0 R/A<</O/Table/Scope/Column>>"), 2);
    assert_true(sample_has(text, "<</S/TH/P 18 0 R/A<</O/Table/Scope/Row>>>>"));
    assert_true(sample_has(text, "<</S/TD/P 18 0 R>>"));
}

static void notes_come_last_and_have_identifiers(void **state)
{
    struct sample *s = new_sample(*state);
    uint32_t note = tags_add(s->flow.tags, TAG_NOTE, 2);
    s->flow.tags->v[note].extra = 1;
    s->doc.nnotes = 2;
    put(s, 0, 2);
    put(s, 0, note);
    put(s, 1, 2);
    struct slice text = write_sample(s);
    assert_true(
        sample_has(text, "/K [0 <</Type/MCR/MCID 0/Pg 8 0 R>> 13 0 R]>>"));
    assert_true(sample_has(
        text, "<</S/Note/P 12 0 R/ID(note-00000001)/Pg 6 0 R/K 1>>"));
    assert_true(sample_has(text, "<</Names[(note-00000001) 13 0 R]>>"));
}

static void languages_are_told_where_they_change(void **state)
{
    struct sample *s = new_sample(*state);
    const char *langs[] = {"en", "fr"};
    s->doc.langs = langs;
    s->doc.nlangs = 2;
    uint32_t span = tags_add(s->flow.tags, TAG_SPAN, 2);
    uint32_t inner = tags_add(s->flow.tags, TAG_SPAN, span);
    s->flow.tags->v[span].lang = s->flow.tags->v[inner].lang = 1;
    put(s, 0, inner);
    struct slice text = write_sample(s);
    assert_int_equal(sample_count(text, "/Lang(fr)"), 1);
    assert_true(sample_has(text, "<</S/Span/P 12 0 R/Lang(fr)/K [14 0 R]>>"));
}

static void lists_tell_how_they_count(void **state)
{
    struct sample *s = new_sample(*state);
    uint32_t a = tags_add(s->flow.tags, TAG_L, 1);
    put(s, 0, tags_add(s->flow.tags, TAG_LI, a));
    uint32_t b = tags_add(s->flow.tags, TAG_L, 1);
    s->flow.tags->v[b].extra = 1 + NUMBERING_ROMAN;
    put(s, 0, tags_add(s->flow.tags, TAG_LI, b));
    struct slice text = write_sample(s);
    assert_int_equal(sample_count(text, "/ListNumbering/Disc>>"), 1);
    assert_int_equal(sample_count(text, "/ListNumbering/LowerRoman>>"), 1);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(content_of_two_pages_is_one_element),
        TEST(a_link_stands_where_its_text_does),
        TEST(a_link_that_leads_nowhere_is_a_span),
        TEST(what_is_not_printed_is_left_out),
        TEST(an_empty_cell_is_a_cell),
        TEST(notes_come_last_and_have_identifiers),
        TEST(languages_are_told_where_they_change),
        TEST(lists_tell_how_they_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
