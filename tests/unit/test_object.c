/* object.c: libharu's errors [pdf-failed], its lists, numbers and strings. */
#include "support_base.h"
#include "support_pdf.h"

#include <string.h>

static struct pdf *open_sample(struct sample **s, struct arena *a)
{
    *s = sample_new(a);
    (*s)->pages.n = 1;
    return pdf_open(&(*s)->load, &(*s)->pages, &(*s)->opt);
}

static void check_number(int64_t v, unsigned decimals, const char *want)
{
    char s[PDF_NUMBER_MAX + 1];
    *pdf_number(s, v, decimals) = '\0';
    assert_string_equal(s, want);
}

static void numbers_are_short(void **state)
{
    (void)state;
    check_number(0, 0, "0");
    check_number(0, 3, "0");
    check_number(1200, 2, "12");
    check_number(1230, 2, "12.3");
    check_number(1203, 2, "12.03");
    check_number(-5, 3, "-0.005");
    check_number(-1500, 3, "-1.5");
    check_number(INT64_MIN, 0, "-9223372036854775808");
    check_number(INT64_MAX, 3, "9223372036854775.807");
}

static void rounding_is_symmetric(void **state)
{
    (void)state;
    assert_int_equal(pdf_round(14, 10), 1);
    assert_int_equal(pdf_round(15, 10), 2);
    assert_int_equal(pdf_round(-14, 10), -1);
    assert_int_equal(pdf_round(-15, 10), -2);
    assert_int_equal(pdf_round(0, 10), 0);
}

static void bytes_are_escaped(void **state)
{
    struct buf b = buf_new(*state);
    pdf_put_bytes(&b, SLICE("a(b)\\c\r\n\xff~"));
    assert_string_equal(b.s, "(a\\(b\\)\\\\c\\015\\012\\377~)");
}

static void text_is_utf16(void **state)
{
    struct buf b = buf_new(*state);
    pdf_put_text(&b, SLICE("A\xc3\xa9\xe2\x80\x93\xf0\xa0\xae\x9f"));
    assert_string_equal(b.s, "<FEFF004100E92013D842DF9F>");
}

static void long_text_is_cut_between_characters(void **state)
{
    struct buf text = buf_new(*state), b = buf_new(*state);
    buf_putc(&text, 'a'); /* so that the limit falls within a pair */
    for (int i = 0; i < 9000; i++)
        buf_puts(&text, "\xf0\xa0\xae\x9f");
    pdf_put_text(&b, (struct slice){text.s, text.n});
    size_t bytes = (b.n - 2) / 2;
    assert_true(bytes <= 32767);
    assert_true(bytes > 32760);
    assert_string_equal(b.s + b.n - 9, "D842DF9F>");
}

static void ids_are_dense(void **state)
{
    struct sample *s;
    struct pdf *p = open_sample(&s, *state);
    uint32_t id = pdf_new_id(p);
    /* Catalog, pages, info, node, resources, page, content; length dropped. */
    assert_int_equal(id, 8);
    assert_int_equal(p->page_ids[0], 6);
    assert_int_equal(pdf_new_ids(p, 1000), 9);
    HPDF_Dict d = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Xref_Add(p->haru->xref, d);
    assert_int_equal(pdf_id(d), 1009);
    pdf_drop_last(p);
    assert_int_equal(pdf_new_id(p), 1009);
}

static void lists_double(void **state)
{
    struct sample *s;
    struct pdf *p = open_sample(&s, *state);
    HPDF_List entries = p->haru->xref->entries;
    while (entries->count < 5000) {
        pdf_widen(p);
        HPDF_Xref_Add(p->haru->xref, HPDF_Dict_New(p->haru->mmgr));
    }
    assert_int_equal(entries->items_per_block, 4999);
    assert_false(p->failed);
}

static void too_many_objects_are_a_limit(void **state)
{
    struct sample *s;
    struct pdf *p = open_sample(&s, *state);
    HPDF_List entries = p->haru->xref->entries;
    HPDF_UINT count = entries->count;
    entries->count = HPDF_LIMIT_MAX_XREF_ELEMENT;
    assert_int_equal(pdf_new_id(p), 0);
    entries->count = count;
    assert_true(p->failed);
    assert_int_equal(diag_status(s->load.d), 4);
}

static void a_failure_of_libharu_is_reported_once(void **state)
{
    struct sample *s;
    struct pdf *p = open_sample(&s, *state);
    /* Recorded without a call of the handler, then with one. */
    assert_null(HPDF_Name_New(p->haru->mmgr, NULL));
    HPDF_SetError(&p->haru->error, HPDF_NAME_INVALID_VALUE, 7);
    assert_false(pdf_ok(p));
    assert_null(HPDF_AddPage(p->haru));
    assert_false(pdf_ok(p));
    assert_int_equal(pdf_new_id(p), 0);
    assert_int_equal(sample_errors(s), 1);
    assert_int_equal(diag_status(s->load.d), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(rounding_is_symmetric),
        cmocka_unit_test_setup_teardown(
            bytes_are_escaped, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            text_is_utf16, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            long_text_is_cut_between_characters, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            ids_are_dense, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            lists_double, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            too_many_objects_are_a_limit, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(a_failure_of_libharu_is_reported_once,
            set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
