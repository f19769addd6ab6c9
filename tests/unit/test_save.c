/* save.c: object streams, cross-reference stream, limits. */
#include "support_base.h"
#include "support_pdf.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writing {
    struct sample *s;
    struct pdf *p;
    struct outfile *out;
};

static struct writing begin(struct arena *a)
{
    struct writing w = {.s = sample_new(a)};
    const char *why;
    w.s->pages.n = 1;
    w.p = pdf_open(&w.s->load, &w.s->pages, &w.s->opt);
    w.out = outfile_open(a, w.s->load.files, "out.pdf", &why);
    assert_non_null(w.out);
    pdf_save_start(w.p, w.out);
    return w;
}

static struct slice finish(struct writing *w)
{
    pdf_save_finish(w->p);
    assert_false(w->p->failed);
    assert_true(outfile_commit(w->out));
    return sample_read(w->s->a, "out.pdf");
}

/* A cross-reference stream, its rows with the predictor undone. */
struct xref_rows {
    uint8_t *v;
    size_t n, columns;
};

static struct xref_rows read_rows(struct arena *a, struct slice file)
{
    unsigned size, width, columns;
    size_t length, n;
    const char *at = file.s + file.n - 1;
    while (strncmp(at, "startxref\n", 10) != 0)
        at--;
    const char *xref = file.s + strtoul(at + 10, NULL, 10);
    const char *dict = strstr(xref, "/Size");
    assert_int_equal(sscanf(dict,
                         "/Size %u /W [1 %u 1] /DecodeParms <</Predictor 12 "
                         "/Columns %u>>",
                         &size, &width, &columns),
        3);
    assert_int_equal(columns, width + 2);
    length = strtoul(strstr(dict, "/Length ") + 8, NULL, 10);
    const char *data = strstr(dict, "stream\n") + 7;
    struct xref_rows rows = {
        ARENA_ARRAY(a, (size_t)size * (columns + 1), uint8_t), size,
        columns + 1};
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(d, data, length, rows.v,
                         (size_t)size * rows.columns, &n),
        LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(d);
    assert_int_equal(n, (size_t)size * rows.columns);
    for (size_t i = 0; i < n; i++) {
        if (i % rows.columns == 0)
            assert_int_equal(rows.v[i], 2);
        else if (i > rows.columns)
            rows.v[i] = (uint8_t)(rows.v[i] + rows.v[i - rows.columns]);
    }
    return rows;
}

static size_t where(const struct xref_rows *rows, size_t id)
{
    size_t at = 0;
    for (size_t i = 2; i < rows->columns - 1; i++)
        at = at << 8 | rows->v[id * rows->columns + i];
    return at;
}

static void every_offset_leads_to_its_object(void **state)
{
    struct writing w = begin(*state);
    char head[40];
    size_t in_file = 0, packed = 0;
    for (int i = 0; i < 40; i++)
        pdf_save_stream(w.p, pdf_new_id(w.p), SLICE("/A 1 "),
            SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), i % 2);
    struct slice file = finish(&w);
    struct xref_rows rows = read_rows(*state, file);
    for (size_t id = 1; id < rows.n; id++) {
        size_t at = where(&rows, id);
        uint8_t kind = rows.v[id * rows.columns + 1];
        if (kind == PLACE_FILE) {
            snprintf(head, sizeof head, "%zu 0 obj\n<<", id);
            assert_memory_equal(file.s + at, head, strlen(head));
            in_file++;
        } else if (kind == PLACE_PACKED) {
            /* It stands in a stream, which stands in the file. */
            assert_int_equal(rows.v[at * rows.columns + 1], PLACE_FILE);
            packed++;
        }
    }
    assert_int_equal(in_file, 42); /* with an object stream and this one */
    /* Catalog, two nodes of pages, info, resources, page: all but content. */
    assert_int_equal(packed, 6);
}

static void streams_are_packed_or_not(void **state)
{
    struct writing w = begin(*state);
    pdf_save_stream(w.p, pdf_new_id(w.p), SLICE("/A 1 "), SLICE("abc"), false);
    pdf_save_stream(
        w.p, pdf_new_id(w.p), (struct slice){NULL, 0}, SLICE(""), true);
    struct slice file = finish(&w);
    assert_memory_equal(file.s, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 15);
    assert_true(sample_has(
        file, "8 0 obj\n<</A 1 /Length 3>>\nstream\nabc\nendstream\nendobj\n"));
    assert_true(sample_has(file, "9 0 obj\n<</Filter /FlateDecode /Length "));
    assert_memory_equal(file.s + file.n - 7, "\n%%EOF\n", 7);
}

static void two_hundred_objects_fill_a_stream(void **state)
{
    struct writing w = begin(*state);
    for (int i = 0; i < 401; i++) {
        char body[20];
        snprintf(body, sizeof body, "<</N %d>>", i);
        pdf_save_object(w.p, pdf_new_id(w.p), slice_of(body));
    }
    finish(&w);
    struct slice text = sample_unpacked(*state, "out.pdf");
    assert_int_equal(sample_count(text, "/Type /ObjStm /N 200 "), 2);
    /* The last has one of these and libharu's six. */
    assert_int_equal(sample_count(text, "/Type /ObjStm /N 7 "), 1);
    assert_true(sample_has(text, "<</N 0>>\n<</N 1>>\n"));
    assert_true(sample_has(text, "<</N 199>>\n"));
}

static void the_index_counts_from_the_first_object(void **state)
{
    struct writing w = begin(*state);
    pdf_save_object(w.p, 8, SLICE("<</A 1>>"));
    pdf_save_object(w.p, 10, SLICE("[2]"));
    finish(&w);
    struct slice text = sample_unpacked(*state, "out.pdf");
    assert_true(sample_has(text, "stream\n8 0 10 9 1 13 2 "));
    assert_true(sample_has(text, " <</A 1>>\n[2]\n<<\n/Type /Catalog"));
}

static void the_file_id_is_of_the_content(void **state)
{
    const char *ids[3];
    for (int i = 0; i < 3; i++) {
        struct writing w = begin(*state);
        pdf_save_stream(w.p, pdf_new_id(w.p), (struct slice){NULL, 0},
            i < 2 ? SLICE("same") : SLICE("else"), false);
        struct slice file = finish(&w);
        ids[i] = sample_find(file, "/ID [") + 5;
        assert_memory_equal(ids[i], ids[i] + 34, 34);
    }
    assert_memory_equal(ids[0], ids[1], 68);
    assert_memory_not_equal(ids[0], ids[2], 34);
}

static void the_limit_stops_it(void **state)
{
    struct writing w = begin(*state);
    w.s->limits.output = 100;
    pdf_save_stream(w.p, 8, (struct slice){NULL, 0},
        SLICE("0123456789012345678901234567890"), false);
    assert_false(w.p->failed);
    pdf_save_stream(w.p, 9, (struct slice){NULL, 0},
        SLICE("0123456789012345678901234567890"), false);
    pdf_save_object(w.p, 10, SLICE("[1]"));
    pdf_save_finish(w.p);
    assert_true(w.p->failed);
    assert_int_equal(sample_errors(w.s), 1);
    assert_int_equal(diag_status(w.s->load.d), 4);
    outfile_abandon(w.out);
}

static void a_failed_write_is_reported_once(void **state)
{
    struct writing w = begin(*state);
    outfile_abandon(w.out);
    pdf_save_stream(w.p, 8, (struct slice){NULL, 0}, SLICE("abc"), true);
    pdf_save_finish(w.p);
    assert_true(w.p->failed);
    assert_int_equal(sample_errors(w.s), 1);
    assert_int_equal(diag_status(w.s->load.d), 3);
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {
        TEST(every_offset_leads_to_its_object),
        TEST(streams_are_packed_or_not),
        TEST(two_hundred_objects_fill_a_stream),
        TEST(the_index_counts_from_the_first_object),
        TEST(the_file_id_is_of_the_content),
        TEST(the_limit_stops_it),
        TEST(a_failed_write_is_reported_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
