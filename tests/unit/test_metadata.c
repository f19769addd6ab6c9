/* metadata.c: claims, escaping, output intent. */
#include "support_base.h"
#include "support_pdf.h"

#include "pdf/pdf_int.h"

#include <string.h>

static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages, (void)i, (void)scratch;
    return (struct display){NULL, 0};
}

static struct sample *new_sample(struct arena *a, enum standard standard)
{
    static struct span title;
    struct sample *s = sample_new(a);
    title.s = SLICE("Title");
    s->doc.title = (struct rich){&title, 1};
    s->pages.n = 1;
    s->page[0].number = 1;
    s->opt.standard = (uint8_t)standard;
    s->opt.version = "7.8.9";
    return s;
}

static struct slice write_sample(struct sample *s)
{
    struct arena_budget budget = {.limit = 0};
    s->scratch = arena_new(&budget);
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    return sample_unpacked(s->a, "out.pdf");
}

static void each_standard_is_claimed(void **state)
{
    static const struct {
        enum standard standard;
        const char *header, *claims;
        bool extensions, info;
    } CASES[] = {
        {STANDARD_UA1_A2A, "%PDF-1.7\n",
            "<pdfaid:part>2</pdfaid:part>"
            "<pdfaid:conformance>A</pdfaid:conformance>\n"
            "<pdfuaid:part>1</pdfuaid:part>\n",
            true, true},
        {STANDARD_UA1_A3A, "%PDF-1.7\n",
            "<pdfaid:part>3</pdfaid:part>"
            "<pdfaid:conformance>A</pdfaid:conformance>\n"
            "<pdfuaid:part>1</pdfuaid:part>\n",
            true, true},
        {STANDARD_UA2_A4F, "%PDF-2.0\n",
            "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
            "<pdfaid:conformance>F</pdfaid:conformance>\n"
            "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>\n",
            false, false},
        {STANDARD_NONE, "%PDF-1.7\n", NULL, false, true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice text = write_sample(new_sample(*state, CASES[i].standard));
        assert_memory_equal(text.s, CASES[i].header, 9);
        if (CASES[i].claims)
            assert_true(sample_has(text, CASES[i].claims));
        else
            assert_false(sample_has(text, "part>"));
        assert_int_equal(
            sample_count(text, "<pdfaExtension:schemas>"), CASES[i].extensions);
        assert_int_equal(sample_has(text, " 0 R /Info "), CASES[i].info);
        assert_int_equal(sample_has(text, "/CreationDate"), CASES[i].info);
    }
}

static void how_it_was_made(void **state)
{
    static const char *const OPTIONS[] = {
        "--set report.title=<&>", "--only a", NULL};
    struct sample *s = new_sample(*state, STANDARD_UA1_A2A);
    s->opt.made_with = OPTIONS;
    struct slice text = write_sample(s);
    assert_true(sample_has(text,
        "<rapporteur:Version>7.8.9</rapporteur:Version>\n"
        "<rapporteur:Options><rdf:Seq>"
        "<rdf:li>--set report.title=&lt;&amp;&gt;</rdf:li>"
        "<rdf:li>--only a</rdf:li>"
        "</rdf:Seq></rapporteur:Options>\n"));
    s = new_sample(*state, STANDARD_UA1_A2A);
    assert_false(sample_has(write_sample(s), "<rapporteur:Options>"));
}

static void facts_are_metadata(void **state)
{
    static struct field fields[] = {
        {.name = "author"}, {.name = "keywords"}, {.name = "abstract"}};
    static struct span spans[] = {
        {.s = {"A. & B.", 7}}, {.s = {" a b,c , ,d<e", 13}}};
    struct rich facts[] = {{&spans[0], 1}, {&spans[1], 1}, {NULL, 0}};
    struct sample *s = new_sample(*state, STANDARD_UA1_A2A);
    s->report.fields = fields;
    s->report.nfields = 3;
    s->doc.facts = facts;
    struct slice text = write_sample(s);
    assert_true(sample_has(text,
        "<dc:creator><rdf:Seq><rdf:li>A. &amp; B.</rdf:li></rdf:Seq>"
        "</dc:creator>\n"));
    assert_true(sample_has(text,
        "<dc:subject><rdf:Bag><rdf:li>a b</rdf:li><rdf:li>c</rdf:li>"
        "<rdf:li>d&lt;e</rdf:li></rdf:Bag></dc:subject>\n"));
    assert_true(sample_has(text, "/Author <FEFF0041002E00200026"));
    /* Nothing is said of what the report does not say. */
    assert_false(sample_has(text,
        "description>"
        "<rdf:Alt>"));
    assert_false(sample_has(text, "/Subject "));
    assert_false(sample_has(text, "publisher"));
}

static void xml_is_escaped(void **state)
{
    static const struct {
        struct slice in;
        const char *out;
    } CASES[] = {{{"a<b>&c\"'", 8}, "a&lt;b&gt;&amp;c\"'"},
        {{"]]>", 3}, "]]&gt;"}, {{"\t\n", 2}, "\t\n"},
        {{"a\x01\0b", 4},
            "a\xef\xbf\xbd\xef\xbf\xbd"
            "b"},
        {{"\xff\xc3\xa9\xc3", 4}, "\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd"},
        {{"\xef\xbf\xbe", 3}, "\xef\xbf\xbd"},
        {{"\xf0\x9f\x98\x80", 4}, "\xf0\x9f\x98\x80"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf b = buf_new(*state);
        pdf_put_xml(&b, CASES[i].in);
        buf_putc(&b, '\0');
        assert_string_equal(b.s, CASES[i].out);
    }
}

static unsigned number_at(const unsigned char *s)
{
    return (unsigned)s[0] << 24 | (unsigned)s[1] << 16 | (unsigned)s[2] << 8 |
        s[3];
}

/* The tags lie in the profile, and the white of the colorants is D50. */
static void the_profile_is_whole(void **state)
{
    (void)state;
    const unsigned char *s = pdf_srgb;
    long sum[3] = {0};
    assert_int_equal(number_at(s), PDF_SRGB_SIZE);
    assert_memory_equal(s + 12, "mntrRGB XYZ ", 12);
    assert_memory_equal(s + 36, "acsp", 4);
    unsigned n = number_at(s + 128);
    assert_int_equal(n, 9);
    for (unsigned i = 0; i < n; i++) {
        const unsigned char *tag = s + 132 + i * 12;
        unsigned at = number_at(tag + 4), size = number_at(tag + 8);
        assert_true(at >= 132 + n * 12 && at % 4 == 0);
        assert_true(size >= 12 && at + size <= PDF_SRGB_SIZE);
        if (memcmp(tag + 1, "XYZ", 3) != 0)
            continue;
        for (unsigned k = 0; k < 3; k++)
            sum[k] += (long)number_at(s + at + 8 + 4 * k);
    }
    /* In 1/65536. */
    assert_in_range(sum[0], 63190 - 3, 63190 + 3);
    assert_in_range(sum[1], 65536 - 3, 65536 + 3);
    assert_in_range(sum[2], 54061 - 3, 54061 + 3);
}

static void the_profile_is_in_the_file(void **state)
{
    struct slice text = write_sample(new_sample(*state, STANDARD_UA1_A2A));
    assert_true(sample_has(text, "/OutputIntents ["));
    assert_true(sample_has(text, "/S /GTS_PDFA1"));
    const char *at = sample_find(text, "/N 3 ");
    assert_non_null(at);
    const char *data = strstr(at, "stream\n") + 7;
    assert_memory_equal(data, pdf_srgb, PDF_SRGB_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_standard_is_claimed, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            how_it_was_made, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            facts_are_metadata, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            xml_is_escaped, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            the_profile_is_whole, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            the_profile_is_in_the_file, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
