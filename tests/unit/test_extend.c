/* Reports that extend others: what is merged, replaced, removed, refused. */
#include "support_model.h"

#include "model/keys_int.h"

#include <string.h>

/* The file of the test's folder with what it extends, on one line. */
static const char *extended(struct load *l, const char *path)
{
    struct reader *r = ARENA_NEW(l->a, struct reader);
    r->l = l;
    struct node *root = load_path_of(l, path);
    assert_non_null(root);
    return dump_node(l, extend_report(r, root));
}

static void mappings_merge_and_the_rest_is_replaced(void **state)
{
    write_file("base.yaml",
        "report: {title: A, period: {from: x, to: y}}\nbody: [a, b]\n"
        "profile: plain\nnotes: {n: one}\n");
    write_file("next.yaml",
        "after: end\nextends: base.yaml\n"
        "report: {period: {to: z}, number: 2}\nbody: [c]\n"
        "profile: {extends: plain}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"report\": {\"title\": \"A\", \"period\": {\"from\": \"x\", "
        "\"to\": \"z\"}, \"number\": \"2\"}, \"body\": [\"c\"], "
        "\"profile\": {\"extends\": \"plain\"}, \"notes\": {\"n\": \"one\"}, "
        "\"after\": \"end\"}");
    assert_messages(l, "");
}

static void null_removes_what_is_inherited(void **state)
{
    write_file("base.yaml", "report: {title: A, number: 1}\nbody: a\n");
    write_file("next.yaml",
        "extends: base.yaml\nreport: {number: null, place: 'null'}\n"
        "body: null\nnotes: {n: null}\nsections: [null]\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"report\": {\"title\": \"A\", \"place\": \"null\"}, "
        "\"notes\": {\"n\": \"null\"}, \"sections\": [\"null\"]}");
    assert_messages(l, "");
    l = new_load(*state);
    write_file("next.yaml", "extends: base.yaml\nreport: {plce: null}\n");
    extended(l, "next.yaml");
    assert_messages(l,
        "2:16: null removes 'plce', which is not there to be removed "
        "[nothing-to-remove]\n");
}

#define SECTIONS \
    "sections:\n" \
    "  - id: one\n" \
    "    body:\n" \
    "      - {text: a, id: block}\n" \
    "      - table: {id: rows, columns: [], rows: [[annex]]}\n" \
    "      - bullets: [[{note: [{text: b, id: deep}]}]]\n" \
    "    sections: [{id: two, title: Two}]\n"

static void parts_stand_anywhere(void **state)
{
    write_file("base.yaml", SECTIONS "annexes: [{id: annex, title: A}]\n");
    write_file("next.yaml",
        "extends: base.yaml\nparts:\n  annex: {title: B}\n  one: {title: One}\n"
        "  rows: {caption: C}\n  deep: {text: c}\n  two: {body: d}\n"
        "  block: {text: e}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"sections\": [{\"id\": \"one\", \"body\": ["
        "{\"text\": \"e\", \"id\": \"block\"}, "
        "{\"table\": {\"id\": \"rows\", \"columns\": [], "
        "\"rows\": [[\"annex\"]], \"caption\": \"C\"}}, {\"bullets\": "
        "[[{\"note\": [{\"text\": \"c\", \"id\": \"deep\"}]}]]}], "
        "\"sections\": [{\"id\": \"two\", \"title\": \"Two\", "
        "\"body\": \"d\"}], \"title\": \"One\"}], "
        "\"annexes\": [{\"id\": \"annex\", \"title\": \"B\"}]}");
    assert_messages(l, "");
}

static void parts_are_removed_as_items(void **state)
{
    write_file("base.yaml", SECTIONS);
    write_file("next.yaml",
        "extends: base.yaml\nparts: {rows: null, two: null, block: null}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"sections\": [{\"id\": \"one\", \"body\": [{\"bullets\": "
        "[[{\"note\": [{\"text\": \"b\", \"id\": \"deep\"}]}]]}], "
        "\"sections\": []}]}");
    assert_messages(l, "");
}

/* What a part brings can be a part's place, whatever their order is. */
static void parts_stand_in_what_others_bring(void **state)
{
    write_file("base.yaml", SECTIONS);
    write_file("next.yaml",
        "extends: base.yaml\nparts:\n  new: {title: New}\n"
        "  one: {body: null, sections: [{id: new, title: x}]}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"sections\": [{\"id\": \"one\", \"sections\": "
        "[{\"id\": \"new\", \"title\": \"New\"}]}]}");
    assert_messages(l, "");
    l = new_load(*state);
    write_file("next.yaml",
        "extends: base.yaml\nparts:\n  two: {title: New}\n"
        "  one: {sections: [{id: new, title: x}]}\n");
    extended(l, "next.yaml");
    assert_messages(
        l, "3:3: no section, annex or block has the id 'two' [missing-part]\n");
}

/* Before for-each there is one of them, which can be changed for all. */
static void parts_are_named_by_the_id_as_written(void **state)
{
    write_file("base.yaml", "sections: [{id: q-$(q.id)-a, title: A}]\n");
    write_file("next.yaml",
        "extends: base.yaml\nparts: {'q-$(q.id)-a': {title: B}, q-2-a: null}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"sections\": [{\"id\": \"q-$(q.id)-a\", \"title\": \"B\"}]}");
    assert_messages(l,
        "2:36: no section, annex or block has the id 'q-2-a' "
        "[missing-part]\n");
    assert_non_null(strstr(messages(l), "by the id as written: 'q-$(q.id)-a'"));
}

/* A file may stand below several: what it says is changed for one only. */
static void chains_go_from_the_first(void **state)
{
    write_file("a.yaml", "report: {title: A, number: 1}\n" SECTIONS);
    write_file("b.yaml",
        "extends: a.yaml\nreport: {title: B}\nparts: {two: {id: three}}\n");
    write_file("c.yaml",
        "extends: b.yaml\nreport: {number: 3}\n"
        "parts: {three: {title: Three}, one: {body: null}}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "c.yaml"),
        "{\"report\": {\"title\": \"B\", \"number\": \"3\"}, \"sections\": "
        "[{\"id\": \"one\", \"sections\": [{\"id\": \"three\", "
        "\"title\": \"Three\"}]}]}");
    assert_messages(l, "");
}

/* An alias is changed in each of its places, and what it repeats stays. */
static void aliases_are_not_changed_in_place(void **state)
{
    write_file("base.yaml",
        "sections: [&s {id: one, title: A, body: x}, *s]\n"
        "annexes: [{id: two, body: [&t {text: a}]}, {id: three, body: [*t]}]\n");
    write_file("next.yaml",
        "extends: base.yaml\nparts: {one: {body: null}, two: {body: b}}\n");
    struct load *l = new_load(*state);
    assert_string_equal(extended(l, "next.yaml"),
        "{\"sections\": [{\"id\": \"one\", \"title\": \"A\"}, "
        "{\"id\": \"one\", \"title\": \"A\"}], \"annexes\": "
        "[{\"id\": \"two\", \"body\": \"b\"}, "
        "{\"id\": \"three\", \"body\": [{\"text\": \"a\"}]}]}");
    assert_messages(l, "");
}

/* Messages and paths are of the file in which a value stands. */
static void values_keep_their_places(void **state)
{
    write_file("old/base.yaml",
        "report: {title: A, language: english}\nprofile: house.yaml\n"
        "sections: [{id: one, title: One, boddy: x}]\n");
    write_file("old/house.yaml", "dates: yyyy\n");
    write_file("next.yaml",
        "extends: old/base.yaml\nreport: {title: B, nmber: 3}\n"
        "parts: {one: {subtitel: x}}\n");
    struct load *l = new_load(*state);
    struct report *r = model_read(l, load_path_of(l, "next.yaml"), NULL);
    assert_slice(r->profile->name, "house");
    assert_slice(model_field(r, SLICE("title"))->text->s, "B");
    const char *all = messages(l);
    assert_non_null(strstr(all, "old/base.yaml:1:30: "));
    assert_non_null(strstr(all, "old/base.yaml:3:34: "));
    assert_non_null(strstr(all, "in sections[0].boddy\n"));
    assert_non_null(strstr(all, "next.yaml:2:20: "));
    assert_non_null(strstr(all, "next.yaml:3:15: "));
    assert_non_null(strstr(all, "in parts.one.subtitel\n"));
}

/* Without what it extends, nothing that only that gives is missed. */
static void a_missing_base_is_all_that_is_said(void **state)
{
    write_file("next.yaml",
        "extends: base.yaml\nbody: '[](#one)'\nparts: {one: {body: x}}\n");
    struct load *l = new_load(*state);
    model_read(l, load_path_of(l, "next.yaml"), NULL);
    assert_messages(l, "1:10: there is no file 'base.yaml' [missing-file]\n");
    l = new_load(*state);
    write_file("next.yaml", "extends: [base.yaml]\n");
    model_read(l, load_path_of(l, "next.yaml"), NULL);
    assert_messages(
        l, "1:10: 'extends' wants a text, has a list [wrong-type]\n");
}

static void a_house_style_takes_null_too(void **state)
{
    write_file("base.yaml", "extends: plain\nlabels: {annex: X $(n)}\n");
    write_file("house.yaml", "extends: base.yaml\nlabels: {annex: null}\n");
    write_file(
        "r.yaml", "report: {title: T, language: en}\nprofile: house.yaml\n");
    struct load *l = new_load(*state);
    const struct report *r = model_read(l, load_path_of(l, "r.yaml"), NULL);
    assert_messages(l, "");
    assert_slice(r->profile->labels[LABEL_ANNEX], "Annex $(n)");
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mappings_merge_and_the_rest_is_replaced),
        TEST(null_removes_what_is_inherited),
        TEST(parts_stand_anywhere),
        TEST(parts_are_removed_as_items),
        TEST(parts_stand_in_what_others_bring),
        TEST(parts_are_named_by_the_id_as_written),
        TEST(chains_go_from_the_first),
        TEST(aliases_are_not_changed_in_place),
        TEST(values_keep_their_places),
        TEST(a_missing_base_is_all_that_is_said),
        TEST(a_house_style_takes_null_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
