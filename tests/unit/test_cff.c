/* cff.c: names or CIDs. */
#include "support_base.h"
#include "support_pdf.h"

#include <string.h>

/*
 * Header, an INDEX of one name "F", one of one top dictionary of `n` bytes;
 * what follows it stands at 15 + n.
 */
static size_t make(uint8_t *to, const uint8_t *dict, uint8_t n,
    const uint8_t *rest, size_t nrest)
{
    const uint8_t head[] = {
        1, 0, 4, 1, 0, 1, 1, 1, 2, 'F', 0, 1, 1, 1, (uint8_t)(n + 1)};
    memcpy(to, head, sizeof head);
    memcpy(to + sizeof head, dict, n);
    memcpy(to + sizeof head + n, rest, nrest);
    return sizeof head + n + nrest;
}

/* ROS, then charset at the byte after the dictionary (15 + 9 = 24). */
static const uint8_t CID_DICT[] = {139, 140, 139, 12, 30, 28, 0, 24, 15};

static enum cff_kind kind_of(const uint8_t *dict, uint8_t ndict,
    const uint8_t *rest, size_t nrest, uint32_t nglyphs)
{
    uint8_t table[128];
    size_t n = make(table, dict, ndict, rest, nrest);
    return pdf_cff_kind(table, n, nglyphs);
}

static enum cff_kind cid_kind(
    const uint8_t *charset, size_t n, uint32_t nglyphs)
{
    return kind_of(CID_DICT, sizeof CID_DICT, charset, n, nglyphs);
}

static void without_ros_glyphs_have_names(void **state)
{
    (void)state;
    /* A real 0.5 whose bytes hold 12 and 30, a long number, a charset. */
    const uint8_t dict[] = {
        30, 0x0a, 0x5f, 12, 7, 29, 0, 12, 30, 0, 17, 247, 0, 15};
    const uint8_t none[] = {0};
    assert_int_equal(kind_of(dict, sizeof dict, none, 0, 3), CFF_NAMES);
}

static void all_formats_of_the_identity(void **state)
{
    (void)state;
    const uint8_t list[] = {0, 0, 1, 0, 2, 0, 3};
    const uint8_t bytes[] = {1, 0, 1, 1, 0, 3, 0};
    const uint8_t words[] = {2, 0, 1, 0, 2};
    assert_int_equal(cid_kind(list, sizeof list, 4), CFF_CIDS);
    assert_int_equal(cid_kind(bytes, sizeof bytes, 4), CFF_CIDS);
    assert_int_equal(cid_kind(words, sizeof words, 4), CFF_CIDS);
}

static void another_charset_is_told_apart(void **state)
{
    (void)state;
    const uint8_t list[] = {0, 0, 1, 0, 2, 0, 4};
    const uint8_t words[] = {2, 0, 1, 0, 1, 0, 9, 0, 5};
    assert_int_equal(cid_kind(list, sizeof list, 4), CFF_CIDS_MAP);
    assert_int_equal(cid_kind(words, sizeof words, 4), CFF_CIDS_MAP);
}

static void every_truncation_is_bad(void **state)
{
    (void)state;
    uint8_t table[128];
    const uint8_t list[] = {0, 0, 1, 0, 2, 0, 3};
    size_t n = make(table, CID_DICT, sizeof CID_DICT, list, sizeof list);
    assert_int_equal(pdf_cff_kind(table, n, 4), CFF_CIDS);
    for (size_t i = 0; i < n; i++) {
        /* In memory of its own, so that reading beyond it is noticed. */
        uint8_t *part = test_malloc(i + 1);
        memcpy(part, table, i);
        assert_int_equal(pdf_cff_kind(part, i, 4), CFF_BAD);
        test_free(part);
    }
}

static void nonsense_is_bad(void **state)
{
    (void)state;
    const uint8_t format[] = {3, 0, 1, 0, 2};
    const uint8_t predefined[] = {139, 140, 139, 12, 30};
    assert_int_equal(cid_kind(format, sizeof format, 4), CFF_BAD);
    assert_int_equal(
        kind_of(predefined, sizeof predefined, format, sizeof format, 4),
        CFF_BAD);
    assert_int_equal(pdf_cff_kind("", 0, 4), CFF_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_ros_glyphs_have_names),
        cmocka_unit_test(all_formats_of_the_identity),
        cmocka_unit_test(another_charset_is_told_apart),
        cmocka_unit_test(every_truncation_is_bad),
        cmocka_unit_test(nonsense_is_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
