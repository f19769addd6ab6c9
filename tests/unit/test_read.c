/* read.c: our own PDF read back; nothing else is believed, whatever it is. */
#include "support_base.h"
#include "support_pdf.h"

#include "pdf/pdf_int.h"
#include "pdf/read_int.h"

#include <stdlib.h>
#include <string.h>

static const char DATA[] = "a,b\n1,2\n";

static struct display paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    (void)pages;
    struct draw *v = ARENA_NEW(scratch, struct draw);
    *v = (struct draw){.kind = DRAW_FILL, .x = PT(50), .y = PT(100)};
    v->fill.width = PT((int)i + 1);
    v->fill.height = PT(1);
    return (struct display){v, 1};
}

/* Three pages and two files. */
static struct slice write_sample(struct arena *a)
{
    static const char *const OPTIONS[] = {"--set a=<&>", "--only b", NULL};
    static struct span title;
    static struct pdf_attachment files[2];
    struct arena_budget budget = {.limit = 0};
    struct sample *s = sample_new(a);
    title.s = SLICE("Title");
    s->doc.title = (struct rich){&title, 1};
    s->pages.n = 3;
    for (uint32_t i = 0; i < 3; i++)
        s->page[i].number = i + 1;
    for (size_t i = 0; i < 2; i++) {
        struct slice data = {DATA, sizeof DATA - 1 - i};
        files[i] = (struct pdf_attachment){.name = i
                ? SLICE("m\xc3\xa4 (\xf0\x9f\x98\x80).yaml")
                : SLICE("data/a.csv"),
            .file = files_add_text(s->load.files, "<data>", data),
            .role = i ? FILE_SOURCE : FILE_DATA};
    }
    s->opt.standard = STANDARD_UA1_A3A;
    s->opt.version = "1.2.3";
    s->opt.made_with = OPTIONS;
    s->opt.attachments = files;
    s->opt.nattachments = 2;
    s->scratch = arena_new(&budget);
    assert_true(sample_write(s, "out.pdf", paint));
    arena_free(s->scratch);
    return sample_read(a, "out.pdf");
}

static enum read_error read(
    struct arena *a, struct slice s, struct read_file *out)
{
    struct arena_budget budget = {.limit = 0};
    struct arena *scratch = arena_new(&budget);
    enum read_error e = pdf_read(a, scratch, s, out);
    arena_free(scratch);
    return e;
}

static void all_comes_back(void **state)
{
    struct read_file file;
    assert_int_equal(read(*state, write_sample(*state), &file), READ_OK);
    assert_true(slice_is(file.version, "1.2.3"));
    assert_true(slice_is(file.date, "2025-12-04T00:00:00Z"));
    assert_true(slice_is(file.pdfa, "3a"));
    assert_true(slice_is(file.pdfua, "1"));
    assert_string_equal(file.made_with[0], "--set a=<&>");
    assert_string_equal(file.made_with[1], "--only b");
    assert_null(file.made_with[2]);
    assert_int_equal(file.npages, 3);
    assert_false(slice_eq(file.pages[0], file.pages[1]));
    assert_int_equal(file.nattachments, 2);
    assert_true(slice_is(file.attachments[0].name, "data/a.csv"));
    assert_true(slice_is(file.attachments[0].relation, "Data"));
    assert_int_equal(file.attachments[0].size, sizeof DATA - 1);
    assert_string_equal(file.attachments[0].sha256,
        "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470");
    assert_true(slice_is(
        file.attachments[1].name, "m\xc3\xa4 (\xf0\x9f\x98\x80).yaml"));
    assert_true(slice_is(file.attachments[1].relation, "Source"));
}

static void what_is_cut_is_damaged(void **state)
{
    struct slice whole = write_sample(*state);
    struct read_file file;
    /* The line break at its end may go. */
    for (size_t n = 0; n + 1 < whole.n; n += n < 64 ? 1 : 17) {
        /* Memory of its own, so that reading past it is seen. */
        char *copy = malloc(n ? n : 1);
        memcpy(copy, whole.s, n);
        enum read_error e = read(*state, (struct slice){copy, n}, &file);
        assert_int_equal(e, n < 6 ? READ_NO_PDF : READ_DAMAGED);
        free(copy);
    }
}

/* Change each byte in turn: any verdict, but no harm. */
static void what_is_changed_does_no_harm(void **state)
{
    struct slice whole = write_sample(*state);
    unsigned refused = 0;
    for (size_t i = 0; i < whole.n; i++) {
        static const char TO[] = {'\0', '9', '<', '[', '\xff'};
        char *copy = malloc(whole.n);
        struct arena_budget budget = {.limit = 0};
        struct arena *a = arena_new(&budget);
        struct read_file file;
        memcpy(copy, whole.s, whole.n);
        copy[i] = TO[i % sizeof TO];
        refused += read(a, (struct slice){copy, whole.n}, &file) != READ_OK;
        arena_free(a);
        free(copy);
    }
    assert_true(refused > 100);
}

static void other_files_are_foreign(void **state)
{
    static const char *const TEXTS[] = {
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 2\n"
        "trailer<</Root 1 0 R>>\nstartxref\n40\n%%EOF\n",
        "%PDF-1.7\nstartxref\n9\n%%EOF\n",
        "%PDF-1.7\n5 0 obj\n<</Length 0>>\nstream\n\nendstream\n"
        "startxref\n9\n%%EOF\n",
        "%PDF-1.7\n5 0 obj\n<</W [1 8 1] /Length 99>>\nstream\n\n"
        "startxref\n9\n%%EOF\n",
        "%PDF-1.7\n99999999999999999999 0 obj\n<<>>\nstartxref\n9\n%%EOF\n",
        "%PDF-1.7\nstartxref\n99999999999999999999999\n%%EOF\n",
        /* Its root refers to itself, its pages to one another. */
        "%PDF-1.7\n0 0 obj\n<</W [1 1 1] /Root 0 0 R /Length 4>>\nstream\n"
        "\2\1\11\1\nendstream\nstartxref\n9\n%%EOF\n"};
    struct read_file file;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_int_equal(read(*state, slice_of(TEXTS[i]), &file), READ_FOREIGN);
    assert_int_equal(read(*state, SLICE("no PDF"), &file), READ_NO_PDF);
    assert_int_equal(read(*state, (struct slice){"", 0}, &file), READ_NO_PDF);
}

static struct value value_of(struct arena *a, const char *s, bool *failed)
{
    struct cursor c = {.a = a, .at = s, .end = s + strlen(s)};
    struct value v = read_value(&c);
    *failed = c.failed;
    return v;
}

static void values_are_read(void **state)
{
    bool failed;
    struct value v = value_of(*state,
        "<</A [1 -2.5 12 0 R (a\\051\\(\\101) <fE fF 0>]/B/C>>", &failed);
    assert_false(failed);
    const struct value *a = read_key(&v, "A");
    assert_int_equal(a->kind, VALUE_ARRAY);
    assert_int_equal(a->count, 5);
    assert_int_equal(a->items[0].n, 1);
    assert_int_equal(a->items[1].n, -2);
    assert_int_equal(a->items[2].kind, VALUE_REF);
    assert_int_equal(a->items[2].n, 12);
    assert_true(slice_is(a->items[3].s, "a)(A"));
    assert_int_equal(a->items[4].s.n, 3);
    assert_memory_equal(a->items[4].s.s, "\xfe\xff\0", 3);
    assert_true(slice_is(read_key(&v, "B")->s, "C"));
    assert_int_equal(read_key(&v, "D")->kind, VALUE_NULL);
}

static void nonsense_is_no_value(void **state)
{
    static const char *const TEXTS[] = {"", " ", "[", "[1", "<<", "<</A>>",
        "<<1 2>>", "<</A 1", "(a", "(a\\", "<41", "<4x>", ")", "]", ">>", "abc",
        "1.2.3", "--1", "+", "[1 2)", "<</A [1 >>]"};
    bool failed;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        value_of(*state, TEXTS[i], &failed);
        assert_true(failed);
    }
    /* Not so deep that the stack would run out. */
    char *deep = arena_alloc(*state, 100001);
    memset(deep, '[', 100000);
    deep[100000] = '\0';
    value_of(*state, deep, &failed);
    assert_true(failed);
}

static void texts_are_decoded(void **state)
{
    static const struct {
        struct slice in;
        const char *out;
    } CASES[] = {{{"abc", 3}, "abc"},
        {{"\xfe\xff\0a\xd8\x3d\xde\0", 8}, "a\xf0\x9f\x98\x80"},
        {{"\xfe\xff\xd8\x3d\0a", 6},
            "\xef\xbf\xbd"
            "a"},
        {{"\xfe\xff\xd8\x3d", 4}, "\xef\xbf\xbd"}, {{"\xfe\xff\0", 3}, ""},
        {{"\xfe", 1}, "\xfe"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(slice_is(read_text(*state, CASES[i].in), CASES[i].out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            all_comes_back, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            what_is_cut_is_damaged, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            what_is_changed_does_no_harm, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            other_files_are_foreign, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            values_are_read, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            nonsense_is_no_value, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            texts_are_decoded, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
