/* outline.c: an entry for every heading. */
#include "support_base.h"
#include "support_pdf.h"

static struct display nothing(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    (void)i;
    (void)scratch;
    return (struct display){NULL, 0};
}

/* Catalog 1, pages 2, info 3, node 4, resources 5, pages 6 and 8. */
static struct slice write_sample(struct sample *s)
{
    s->scratch = arena_new(&(struct arena_budget){.limit = 0});
    s->pages.n = 2;
    assert_true(sample_write(s, "out.pdf", nothing));
    arena_free(s->scratch);
    return sample_unpacked(s->a, "out.pdf");
}

static void headings_nest(void **state)
{
    struct sample *s = sample_new(*state);
    uint32_t a = sample_heading(s, 1, "", "A", 0, 100);
    sample_heading(s, 2, "bee", "B", 0, 200);
    sample_heading(s, 3, "", "C", 1, 300);
    sample_heading(s, 1, "", "D", 1, 400);
    s->sections[a].label = SLICE("1");
    struct slice text = write_sample(s);
    assert_true(sample_has(text, "/PageMode /UseOutlines"));
    /* The root shows A, D and the opened A's B; B hides C. */
    assert_true(sample_has(text,
        "/Type /Outlines\n/First 13 0 R\n"
        "/Last 16 0 R\n/Count 3\n"));
    assert_true(sample_has(text,
        "/First 14 0 R\n/Last 14 0 R\n/Next 16 0 R\n/Count 1\n"
        "/Title <FEFF003100200041>\n/Dest[6 0 R /XYZ 0 500 null]\n"));
    assert_true(sample_has(text,
        "/Parent 13 0 R\n/First 15 0 R\n/Last 15 0 R\n/Count -1\n"
        "/Title <FEFF0042>\n/Dest(bee)\n"));
    assert_true(sample_has(text,
        "/Parent 14 0 R\n/Title <FEFF0043>\n/Dest[8 0 R /XYZ 0 300 null]\n"));
    assert_int_equal(sample_count(text, "/Type /Outlines"), 1);
}

static void skipped_levels_find_a_parent(void **state)
{
    struct sample *s = sample_new(*state);
    sample_heading(s, 3, "", "A", 0, 0); /* nothing above: top level */
    sample_heading(s, 1, "", "B", 0, 0);
    sample_heading(s, 4, "", "C", 0, 0); /* below B */
    sample_heading(s, 2, "", "D", 0, 0); /* below B, not A */
    sample_heading(s, 3, "", "E", 0, 0); /* below D */
    struct slice text = write_sample(s);
    assert_true(sample_has(text,
        "/Parent 12 0 R\n/Next 14 0 R\n/Title "
        "<FEFF0041>"));
    assert_int_equal(sample_count(text, "/Parent 14 0 R\n"), 2);
    assert_true(sample_has(text, "/Parent 16 0 R\n/Title <FEFF0045>"));
}

static void only_what_is_on_a_page_has_an_entry(void **state)
{
    struct sample *s = sample_new(*state);
    sample_heading(s, 1, "", "A", 0, 0);
    uint32_t b = sample_heading(s, 1, "", "B", 0, 0);
    s->page_of[b] = 0;
    struct slice text = write_sample(s);
    assert_int_equal(sample_count(text, "/Title <FEFF0041>"), 1);
    assert_int_equal(sample_count(text, "/Title <FEFF0042>"), 0);
}

static void two_boxes_of_a_heading_have_one_entry(void **state)
{
    struct sample *s = sample_new(*state);
    sample_heading(s, 1, "", "A", 0, 0);
    s->boxes[s->flow.n] = s->boxes[0];
    s->flow.n++;
    struct slice text = write_sample(s);
    assert_int_equal(sample_count(text, "/Title <FEFF0041>"), 1);
}

static void without_headings_there_is_none(void **state)
{
    struct sample *s = sample_new(*state);
    struct slice text = write_sample(s);
    assert_false(sample_has(text, "Outlines"));
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(headings_nest),
        TEST(skipped_levels_find_a_parent),
        TEST(only_what_is_on_a_page_has_an_entry),
        TEST(two_boxes_of_a_heading_have_one_entry),
        TEST(without_headings_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
