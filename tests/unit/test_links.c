/* links.c: annotations, named destinations, page labels. */
#include "support_base.h"
#include "support_pdf.h"

#include <stdio.h>
#include <string.h>

static struct draw links[4];
static size_t nlinks;

/* The links stand on the first page. */
static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    (void)scratch;
    return (struct display){links, i ? 0 : nlinks};
}

static struct slice write_sample(struct sample *s, uint32_t npages)
{
    s->scratch = arena_new(&(struct arena_budget){.limit = 0});
    s->pages.n = npages;
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    return sample_unpacked(s->a, "out.pdf");
}

static struct draw link_at(uint32_t link, uint32_t target)
{
    struct draw d = {.kind = DRAW_LINK, .elem = 2, .x = PT(50), .y = PT(100)};
    d.link.width = PT(20);
    d.link.height = PT(10);
    d.link.link = link;
    d.link.target = target;
    return d;
}

static void addresses_are_actions(void **state)
{
    struct sample *s = sample_new(*state);
    s->links[1] = (struct link){
        .uri = SLICE("https://example.org/?(a"), .text = SLICE("here")};
    s->links[2] = (struct link){.uri = SLICE("mailto:a@b.c")};
    links[0] = link_at(1, 0);
    links[1] = link_at(2, 0);
    nlinks = 2;
    struct slice text = write_sample(s, 1);
    assert_true(sample_has(text, "/Annots 10 0 R"));
    assert_int_equal(sample_count(text, "/Rect[50 490 70 500]"), 2);
    assert_int_equal(sample_count(text, "/Subtype/Link"), 2);
    assert_int_equal(sample_count(text, "/F 4/Border[0 0 0]"), 2);
    assert_true(
        sample_has(text, "/A<</S/URI/URI(https://example.org/?\\(a)>>"));
    assert_true(sample_has(text, "[8 0 R 9 0 R]"));
    assert_true(sample_has(text, "/Contents<FEFF0068006500720065>"));
    /* A link that says nothing is described by its address. */
    assert_true(sample_has(text, "/Contents<FEFF006D00610069006C0074006F"));
    assert_false(sample_has(text, "/Dest("));
    assert_false(sample_has(text, "/Dest["));
}

static void internal_links_go_to_names_or_places(void **state)
{
    struct sample *s = sample_new(*state);
    uint32_t named = sample_heading(s, 1, "annex-1", "A", 1, 50);
    uint32_t other = sample_heading(s, 1, "", "B", 1, 70);
    s->links[1] = (struct link){.target = named, .text = SLICE("x")};
    links[0] = link_at(1, 0);
    links[1] = link_at(0, other);
    nlinks = 2;
    struct slice text = write_sample(s, 2);
    assert_true(sample_has(text, "/Annots 12 0 R"));
    assert_true(sample_has(text, "/Contents<FEFF0078>/Dest(annex-1)"));
    /* Without a text of its own, a link says its heading. */
    assert_true(
        sample_has(text, "/Contents<FEFF0042>/Dest[8 0 R /XYZ 0 530 null]"));
    assert_true(
        sample_has(text, "<</Names[(annex-1) [8 0 R /XYZ 0 550 null]]>>"));
    assert_false(sample_has(text, "/Fit"));
}

static void links_to_what_is_left_out_are_left_out(void **state)
{
    struct sample *s = sample_new(*state);
    uint32_t t = sample_heading(s, 1, "gone", "A", 0, 50);
    s->page_of[t] = 0;
    links[0] = link_at(0, t);
    nlinks = 1;
    struct slice text = write_sample(s, 1);
    assert_false(sample_has(text, "/Annot"));
    assert_false(sample_has(text, "/Names"));
}

static void names_are_sorted_by_bytes(void **state)
{
    struct sample *s = sample_new(*state);
    sample_heading(s, 1, "b", "B", 0, 0);
    sample_heading(s, 1, "a-b", "AB", 0, 0);
    sample_heading(s, 1, "a", "A", 0, 0);
    nlinks = 0;
    struct slice text = write_sample(s, 1);
    assert_true(sample_has(text,
        "<</Names[(a) [6 0 R /XYZ 0 600 null]\n(a-b) [6 0 R /XYZ 0 600 null]"
        "\n(b) [6 0 R /XYZ 0 600 null]]>>"));
}

static void many_names_are_a_balanced_tree(void **state)
{
    enum { MANY = 64 * 64 + 1 };
    struct sample *s = sample_new(*state);
    s->doc.targets = ARENA_ARRAY(s->a, MANY + 1, struct target);
    s->pages.page_of = ARENA_ARRAY(s->a, MANY + 1, uint32_t);
    s->pages.y_of = ARENA_ARRAY(s->a, MANY + 1, rlen);
    for (uint32_t i = 1; i <= MANY; i++) {
        char id[20];
        snprintf(id, sizeof id, "t%04u", (unsigned)(MANY - i));
        s->doc.targets[i].id = slice_of(arena_strndup(s->a, id, 5));
        s->pages.page_of[i] = 1;
    }
    s->doc.ntargets = MANY + 1;
    nlinks = 0;
    struct slice text = write_sample(s, 1);
    /* Leaves of 64, nodes over them, a root without limits. */
    assert_int_equal(sample_count(text, "]/Names["), 65);
    assert_int_equal(sample_count(text, "]/Kids["), 2);
    assert_int_equal(sample_count(text, "<</Kids["), 1);
    assert_int_equal(sample_count(text, "<</Names["), 0);
    assert_true(sample_has(text, "<</Limits[(t0064) (t0127)]/Names[(t0064) ["));
    assert_true(sample_has(text, "<</Limits[(t0000) (t4095)]/Kids["));
    assert_true(sample_has(text, "<</Limits[(t4096) (t4096)]/Kids["));
}

static void numbers_that_follow_share_a_label_range(void **state)
{
    struct sample *s = sample_new(*state);
    static const uint32_t NUMBERS[] = {7, 8, 12, 13};
    for (int i = 0; i < 4; i++)
        s->page[i].number = NUMBERS[i];
    nlinks = 0;
    struct slice text = write_sample(s, 4);
    assert_true(sample_has(text,
        "/Nums [ 0 <<\n/S /D\n/St 7\n>> 2 <<\n"
        "/S /D\n/St 12\n>> ]"));
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(addresses_are_actions),
        TEST(internal_links_go_to_names_or_places),
        TEST(links_to_what_is_left_out_are_left_out),
        TEST(names_are_sorted_by_bytes),
        TEST(many_names_are_a_balanced_tree),
        TEST(numbers_that_follow_share_a_label_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
