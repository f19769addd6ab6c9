/* Profiles: found, merged, resolved, checked. */
#include "support_model.h"

#include <string.h>

static const struct profile *read_profile(struct load *l, const char *yaml)
{
    struct node *n = load_string(l, yaml);
    return profile_read(l, n);
}

static void test_defaults(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l, "{}\n");
    assert_messages(l, "");
    assert_int_equal(p->width, 595276);
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        assert_true(p->styles[i].size > 0 && p->styles[i].leading > 0);
        assert_slice(p->styles[i].family, "serif");
    }
    assert_slice(p->labels[LABEL_ANNEX], "Annex $(n)");
    assert_true(p->orphans >= 1 && p->widows >= 1);
    assert_int_equal(p->contents_depth, 0);
    assert_int_equal(profile_read(l, NULL)->height, p->height);
}

static void test_styles(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "styles:\n"
        "  heading-1: {size: 20pt, bold: true, colour: '#ff0000'}\n"
        "  body: {family: sans, size: 10pt, leading: 15pt, after: 2pt}\n"
        "  heading-2: {size: 20pt, leading: 22pt}\n");
    assert_messages(l, "");
    const struct style *s = p->styles;
    assert_slice(s[STYLE_HEADING_1].family, "sans");
    assert_true(s[STYLE_HEADING_1].bold);
    assert_int_equal(s[STYLE_HEADING_1].leading, PT(30));
    assert_int_equal(s[STYLE_HEADING_1].after, PT(2));
    assert_int_equal(s[STYLE_HEADING_1].colour.r, 255);
    assert_int_equal(s[STYLE_HEADING_2].leading, PT(22));
    assert_int_equal(s[STYLE_FOOTER].size, PT(10));
    assert_false(s[STYLE_FOOTER].bold);
}

static void test_page(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(
        l, "page: {size: letter, height: 500pt, margins: {inner: 1in}}\n");
    assert_messages(l, "");
    assert_int_equal(p->width, PT(612));
    assert_int_equal(p->height, PT(500));
    assert_int_equal(p->inner, PT(72));
    read_profile(l, "page: {margins: {inner: 200mm}}\n");
    assert_messages(l, "1:7: the margins leave no room for text [bad-value]\n");
}

static void test_lists(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "lists:\n  - {mark: '*'}\n"
        "  - {mark: '+', numbering: roman, suffix: '', indent: 3pt}\n");
    assert_messages(l, "");
    assert_slice(p->levels[0].mark, "*");
    assert_int_equal(p->levels[1].numbering, NUMBERING_ROMAN);
    assert_int_equal(p->levels[1].number_suffix.n, 0);
    assert_slice(p->levels[LIST_LEVELS - 1].mark, "+");
    assert_int_equal(p->levels[LIST_LEVELS - 1].indent, PT(3));
    read_profile(l, "lists: [{}, {}, {}, {}, {}]\n");
    assert_messages(
        l, "1:8: 'lists' has 5 levels: 1 to 4 can be given [bad-value]\n");
}

static void test_furniture(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "page: {duplex: true}\n"
        "header:\n  first: {}\n  left: {start: L}\n"
        "  all: {centre: $(section), end: ''}\n  gap: 5pt\n"
        "footer: {all: {end: $(page) of $(pages)}}\n");
    assert_messages(l, "");
    assert_true(p->header[PAGE_FIRST].given);
    assert_null(p->header[PAGE_FIRST].centre);
    assert_slice(p->header[PAGE_LEFT].start->s, "L");
    assert_null(p->header[PAGE_LEFT].centre);
    assert_int_equal(p->header[PAGE_RIGHT].centre->pieces[0].kind, PIECE_LATE);
    assert_null(p->header[PAGE_RIGHT].end);
    assert_int_equal(p->header_gap, PT(5));
    assert_int_equal(p->footer[PAGE_FIRST].end->npieces, 3);
    assert_true(p->footer_gap > 0);
    read_profile(l, "footer: {left: {start: L}}\n");
    assert_messages(l,
        "1:10: 'left' serves no page: 'page' has no 'duplex' "
        "[conflicting-keys]\n");
    l = new_load(*state);
    read_profile(l, "footer: {left: {}}\npage: {duplex: false}\n");
    read_profile(l, "footer: {left: {}}\npage: {duplex: x}\n");
    assert_messages(
        l, "2:16: 'duplex' cannot be 'x': true or false [bad-value]\n");
}

static void test_tables(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(
        l, "tables: {head-fill: '#102030', zebra: none, head-align: centre}\n");
    assert_messages(l, "");
    assert_true(p->table.head_fill);
    assert_int_equal(p->table.head_colour.b, 0x30);
    assert_false(p->table.zebra);
    assert_true(p->table.head_align_given);
    assert_int_equal(p->table.head_align, ALIGN_CENTRE);
}

static void test_cover(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "cover:\n  - {style: title, text: $(report.title)}\n  - Line\n"
        "  - page-break: true\n  - {text: x}\n");
    assert_messages(l, "");
    assert_int_equal(p->cover.n, 4);
    assert_int_equal(p->cover.entries[0].style, STYLE_TITLE);
    assert_int_equal(p->cover.entries[1].style, STYLE_FIELD);
    assert_int_equal(p->cover.entries[2].kind, ENTRY_PAGE_BREAK);
    assert_int_equal(p->cover.entries[3].style, STYLE_FIELD);
    read_profile(l, "cover:\n  - {style: titel, text: x}\n  - picture: {}\n");
    assert_messages(l,
        "2:13: 'style' cannot be 'titel': none of its 35 values "
        "[bad-value]\n"
        "3:5: unknown key 'picture' in an entry of the cover [unknown-key]\n");
}

static void test_rules(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "styles:\n"
        "  heading-1: {rule-after: 1.5pt, rule-colour: '#00ff00'}\n"
        "  quote: {fill: '#102030', rule-gap: 5pt}\n"
        "  code: {fill: none, rule-gap: 1pt}\n"
        "  note: {rule-before: 0pt, rule-colour: '#00ff00'}\n"
        "end: {rule: 0.5pt}\n");
    assert_messages(l, "");
    const struct style *s = &p->styles[STYLE_HEADING_1];
    assert_int_equal(s->rule_after, 1500);
    assert_int_equal(s->rule_before, 0);
    assert_int_equal(s->rule_gap, PT(3));
    assert_int_equal(s->rule_colour.g, 255);
    assert_false(s->fill);
    assert_true(p->styles[STYLE_QUOTE].fill);
    assert_int_equal(p->styles[STYLE_QUOTE].fill_colour.b, 0x30);
    assert_false(p->styles[STYLE_CODE].fill);
    assert_int_equal(p->end_rule, 500);
    assert_int_equal(p->end_width, 113386);
    read_profile(
        l, "styles: {body: {fill: none}, table-cell: {rule-gap: 1pt}}\n");
    assert_messages(l,
        "1:17: unknown key 'fill' in the style of this role [unknown-key]\n"
        "1:43: unknown key 'rule-gap' in the style of this role "
        "[unknown-key]\n");
    l = new_load(*state);
    read_profile(l,
        "styles: {quote: {rule-colour: '#000000'}, code: {rule-gap: 1pt}}\n"
        "end: {width: 400mm}\n");
    assert_messages(l,
        "1:18: 'rule-colour' serves no rule: there is no 'rule-before' or "
        "'rule-after' [conflicting-keys]\n"
        "1:50: 'rule-gap' serves nothing: there is no 'rule-before', "
        "'rule-after' or 'fill' [conflicting-keys]\n"
        "2:6: 'end' needs 'rule' [missing-key]\n");
    l = new_load(*state);
    read_profile(l, "end: {rule: 1pt, width: 400mm}\n");
    assert_messages(l, "1:25: the rule is wider than the text [bad-value]\n");
}

static void test_labels(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p =
        read_profile(l, "labels: {annex: Anlage $(n), note: ''}\n");
    assert_slice(p->labels[LABEL_ANNEX], "Anlage $(n)");
    assert_slice(p->labels[LABEL_NOTE], "");
    assert_messages(l, "");
    l = new_load(*state);
    read_profile(l, "labels: {table: ''}\n");
    assert_messages(l, "1:17: 'table' has no value [wrong-type]\n");
    l = new_load(*state);
    read_profile(l, "labels: {annex: A $(x), table: $$(n)}\n");
    assert_messages(l,
        "1:17: 'annex' is a label: only $(n), the number, can stand in it "
        "[bad-substitution]\n");
    l = new_load(*state);
    read_profile(l, "labels: {annex: Anhang, table: Tab, continued: x}\n");
    assert_messages(l,
        "1:17: 'annex' has no place for the number: 'Anhang' [bad-value]\n"
        "1:32: 'table' has no place for the number: 'Tab' [bad-value]\n");
    assert_non_null(strstr(messages(l), "hint: write 'Anhang $(n)'\n"));
    l = new_load(*state);
    p = read_profile(l, "labels: {separator: ' ', letter: ($(n))}\n");
    assert_messages(l, "");
    assert_slice(p->labels[LABEL_SEPARATOR], " ");
    assert_slice(p->labels[LABEL_LETTER], "($(n))");
    assert_slice(p->labels[LABEL_ROMAN], "$(n))");
    read_profile(l, "labels: {separator: '', decimal: ''}\n");
    read_profile(l, "labels: {separator: $(n), decimal: Part}\n");
    assert_messages(l,
        "1:21: 'separator' has no value [wrong-type]\n"
        "1:34: 'decimal' has no value [wrong-type]\n"
        "1:21: no value can stand in 'separator' [bad-substitution]\n"
        "1:36: 'decimal' has no place for the number: 'Part' [bad-value]\n");
}

static void test_numbering(void **state)
{
    struct load *l = new_load(*state);
    const struct profile *p = read_profile(l,
        "sections: {numbering: none}\nannexes: {sections-numbering: roman}\n");
    assert_messages(l, "");
    assert_int_equal(p->sections_numbering, NUMBERING_NONE);
    assert_int_equal(p->annex_sections_numbering, NUMBERING_ROMAN);
    read_profile(l, "sections: {numbering: greek}\n");
    assert_messages(l,
        "1:23: 'numbering' cannot be 'greek': decimal, letter, roman or none "
        "[bad-value]\n");
}

/* Profiles in files, each over the one that it extends. */
static void test_extends(void **state)
{
    write_file("styles/base.yaml",
        "page: {size: a3, margins: {top: 30mm, inner: 20mm}}\n"
        "styles: {body: {size: 12pt, leading: 16pt}, title: {bold: true}}\n"
        "lists: [{mark: '*'}, {mark: '+'}]\n");
    write_file("styles/house.yaml",
        "extends: base.yaml\nstyles: {title: {size: 24pt}}\n"
        "page: {margins: {inner: 25.4mm}}\n");
    write_file("report.yaml",
        "report: {title: T, language: en}\n"
        "profile:\n  extends: styles/house.yaml\n  lists: [{mark: '-'}]\n");
    struct load *l = new_load(*state);
    struct report *r = model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l, "");
    const struct profile *p = r->profile;
    assert_slice(p->name, "house");
    assert_int_equal(p->height, 1190551);
    assert_int_equal(p->inner, PT(72));
    assert_int_equal(p->top, 85039);
    assert_true(p->styles[STYLE_TITLE].bold);
    assert_int_equal(p->styles[STYLE_TITLE].size, PT(24));
    assert_int_equal(p->styles[STYLE_TITLE].leading, PT(32));
    assert_slice(p->levels[1].mark, "-");
}

/* Messages name the file that is at fault. */
static void test_bad_files(void **state)
{
    write_file("report.yaml",
        "report: {title: T, language: en}\nprofile: house.yaml\n");
    struct load *l = new_load(*state);
    write_file("house.yaml", "extends: house.yaml\n");
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(
        l, "1:10: the profile 'house.yaml' extends itself [extends-cycle]\n");
    l = new_load(*state);
    write_file("house.yaml", "extends: none.yaml\nwidows: 0\n");
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l,
        "1:10: there is no file 'none.yaml' [missing-file]\n"
        "2:9: 'widows' cannot be '0': a whole number from 1 to 10 "
        "[bad-value]\n");
    assert_non_null(strstr(messages(l), "house.yaml:2:9: "));
    l = new_load(*state);
    write_file("house.yaml", "- a\n");
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(l, "1:1: a profile is a mapping [wrong-type]\n");
    l = new_load(*state);
    write_file("house.yaml", "extends: [a]\n");
    model_read(l, load_path_of(l, "report.yaml"), NULL);
    assert_messages(
        l, "1:10: 'extends' wants a text, has a list [wrong-type]\n");
}

static void test_names(void **state)
{
    struct load *l = new_load(*state);
    read_report(l, "report: {title: T, language: en}\nprofile: ../plain\n");
    assert_messages(
        l, "2:10: there is no profile '../plain' [unknown-profile]\n");
    l = new_load(*state);
    read_report(l, "report: {title: T, language: en}\nprofile: plane\n");
    assert_non_null(strstr(messages(l), "did you mean 'plain'?"));
    l = new_load(*state);
    struct report *r = read_report(l, "report: {title: T, language: en}\n");
    assert_messages(l, "");
    assert_slice(r->profile->name, "plain");
    assert_int_equal(r->profile->contents_depth, 2);
    assert_true(r->profile->cover.n > 3);
}

/* --profile stands for the report's own, and is found from the start folder. */
static void test_option(void **state)
{
    write_file("house.yaml", "widows: 4\n");
    write_file(
        "sub/report.yaml", "report: {title: T, language: en}\nprofile: none\n");
    struct load *l = new_load(*state);
    struct model_options opt = {.profile = "house.yaml"};
    struct report *r = model_read(l, load_path_of(l, "sub/report.yaml"), &opt);
    assert_messages(l, "");
    assert_int_equal(r->profile->widows, 4);
    opt.profile = "nowhere";
    l = new_load(*state);
    model_read(l, load_path_of(l, "sub/report.yaml"), &opt);
    assert_non_null(strstr(messages(l), "<command line>:1:"));
    assert_non_null(strstr(messages(l), "[unknown-profile]"));
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_defaults),
        TEST(test_styles),
        TEST(test_page),
        TEST(test_lists),
        TEST(test_furniture),
        TEST(test_tables),
        TEST(test_cover),
        TEST(test_rules),
        TEST(test_labels),
        TEST(test_numbering),
        TEST(test_extends),
        TEST(test_bad_files),
        TEST(test_names),
        TEST(test_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
