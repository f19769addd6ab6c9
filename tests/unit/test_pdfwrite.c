/* write.c: the whole file, its metadata, and what happens without memory. */
#include "support_base.h"
#include "support_pdf.h"

#include <string.h>

static struct sample *s;

/* Both faces, a rule, a link to a heading on the other page. */
static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    struct draw *v = ARENA_ARRAY(scratch, 4, struct draw);
    v[0] = sample_text(s, LOOK_BOLD, 50, 100, "Title");
    v[1] = sample_text(s, LOOK_PLAIN, 50, 120, i ? "second" : "first page");
    v[2] = (struct draw){.kind = DRAW_FILL,
        .artifact = ARTIFACT_LAYOUT,
        .x = PT(50),
        .y = PT(104)};
    v[2].fill.width = PT(300);
    v[2].fill.height = 400;
    v[3] =
        (struct draw){.kind = DRAW_LINK, .elem = 2, .x = PT(50), .y = PT(110)};
    v[3].link.target = 1;
    return (struct display){v, 4};
}

static struct sample *new_sample(struct arena *a)
{
    static struct span title;
    title.s = SLICE("R&D <report> – \"1\"");
    s = sample_new(a);
    s->doc.title = (struct rich){&title, 1};
    s->pages.n = 2;
    s->page[0].number = 1;
    s->page[1].number = 2;
    sample_heading(s, 1, "annex", "Annex", 1, 90);
    return s;
}

static struct slice write_sample(struct arena *a)
{
    struct arena_budget budget = {.limit = 0};
    s->scratch = arena_new(&budget);
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    return sample_unpacked(a, "out.pdf");
}

static void metadata_are_complete_and_escaped(void **state)
{
    new_sample(*state);
    s->langs[0] = "fr-CH";
    struct slice text = write_sample(*state);
    assert_true(sample_has(text, "/Title <FEFF0052002600440020003C0072"));
    assert_true(sample_has(text,
        "/CreationDate (D:20251204000000Z)\n/ModDate (D:20251204000000Z)\n"));
    assert_false(sample_has(text, "Haru"));
    assert_true(sample_has(text, "/Lang (fr-CH)\n"));
    assert_true(
        sample_has(text, "/ViewerPreferences <</DisplayDocTitle true>>\n"));
    assert_true(sample_has(text, "/Names <</Dests "));
    assert_true(sample_has(text, "<</Type /Metadata /Subtype /XML /Length "));
    assert_true(sample_has(text,
        "<rdf:li xml:lang=\"x-default\">R&amp;D "
        "&lt;report&gt; – \"1\"</rdf:li>"));
    assert_true(sample_has(text, "<rdf:li>fr-CH</rdf:li>"));
    assert_true(sample_has(
        text, "<xmp:CreateDate>2025-12-04T00:00:00Z</xmp:CreateDate>"));
    assert_true(
        sample_has(text, "<pdf:Producer>Rapporteur test</pdf:Producer>"));
}

static void dates_are_civil(void **state)
{
    static const struct {
        int64_t seconds;
        const char *date;
    } CASES[] = {{0, "19700101000000"}, {-1, "19691231235959"},
        {951782400, "20000229000000"}, {951868799, "20000229235959"},
        {951868800, "20000301000000"}, {4107542399, "21000228235959"},
        {4107542400, "21000301000000"}, {1735689599, "20241231235959"},
        {1735603200, "20241231000000"}, {-62135596800, "00010101000000"},
        {INT64_MIN, "00010101000000"}, {INT64_MAX, "99991231235959"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char want[40] = "/ModDate (D:";
        new_sample(*state);
        s->opt.date = CASES[i].seconds;
        strcat(strcat(want, CASES[i].date), "Z)");
        assert_true(sample_has(write_sample(*state), want));
    }
}

static void pages_share_their_resources(void **state)
{
    new_sample(*state);
    struct slice text = write_sample(*state);
    assert_int_equal(sample_count(text, "/Type /Page\n"), 2);
    assert_int_equal(sample_count(text, "/MediaBox [ 0 0 400 600 ]"), 2);
    assert_int_equal(sample_count(text, "/Resources 5 0 R"), 2);
    assert_int_equal(sample_count(text, "/ProcSet ["), 0);
    assert_true(sample_has(text, "/Contents 7 0 R"));
    assert_true(sample_has(text, "/Contents 9 0 R"));
    assert_true(sample_has(text, "7 0 obj\n<</Filter /FlateDecode"));
    assert_true(sample_has(text, "/Kids [ 6 0 R 8 0 R ]"));
    assert_int_equal(
        sample_count(
            text, "50 495.6 300 0.4 re\nf\nEMC\nBT\n/P<</MCID 0 >>BDC\n"),
        2);
}

static void no_pages_are_a_file_too(void **state)
{
    new_sample(*state);
    s->pages.n = 0;
    s->page_of[1] = 0;
    struct slice text = write_sample(*state);
    assert_true(sample_has(text, "/Count 0"));
}

static void the_same_pages_give_the_same_bytes(void **state)
{
    new_sample(*state);
    write_sample(*state);
    struct slice first = sample_read(*state, "out.pdf");
    arena_alloc(*state, 12345); /* other addresses */
    new_sample(*state);
    write_sample(*state);
    struct slice second = sample_read(*state, "out.pdf");
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.s, second.s, first.n);
}

static void a_page_libharu_refuses_is_an_error(void **state)
{
    struct arena_budget budget = {.limit = 0};
    new_sample(*state);
    s->scratch = arena_new(&budget);
    s->profile.width = PT(2);
    assert_false(sample_write(s, "out.pdf", paint));
    assert_int_equal(sample_errors(s), 1);
    assert_int_equal(diag_status(s->load.d), 3);
    arena_free(s->scratch);
}

/* One try within `limit` bytes; true if they were enough. */
static bool fits(size_t limit)
{
    static struct arena_budget budget;
    struct arena *volatile a = NULL, *volatile scratch = NULL;
    volatile bool done = false;
    budget = (struct arena_budget){.limit = limit};
    if (!setjmp(budget.jump)) {
        a = arena_new(&budget);
        scratch = arena_new(&budget);
        new_sample(a)->scratch = scratch;
        done = sample_write(s, "small.pdf", paint);
        assert_true(done);
    }
    arena_free(scratch);
    arena_free(a);
    return done;
}

static void running_out_of_memory_leaves_cleanly(void **state)
{
    (void)state;
    unsigned failures = 0;
    for (size_t limit = 4096; !fits(limit); limit += 4096)
        failures++;
    /* The sanitizers and valgrind see to the rest. */
    assert_true(failures > 50);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(metadata_are_complete_and_escaped),
        TEST(dates_are_civil),
        TEST(pages_share_their_resources),
        TEST(no_pages_are_a_file_too),
        TEST(the_same_pages_give_the_same_bytes),
        TEST(a_page_libharu_refuses_is_an_error),
        TEST(running_out_of_memory_leaves_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
