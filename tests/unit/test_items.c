/* Tests of items: spans, spaces, marks, late texts, measures. */
#include "support_text.h"

#include <stdlib.h>
#include <string.h>

enum { SPANS = 64 };

/* A rich text by hand. */
struct written {
    struct type *t;
    struct rich text;
    struct shape_spec spec;
    struct late late;
};

static struct written *write_spans(void **state)
{
    struct written *w = ARENA_NEW(*state, struct written);
    w->t = open_type(*state);
    w->text.spans = ARENA_ARRAY(*state, SPANS, struct span);
    w->spec = (struct shape_spec){.style = &w->t->style, .late = &w->late};
    return w;
}

static struct span *add(struct written *w, unsigned style, const char *s)
{
    assert_true(w->text.n < SPANS);
    struct span *span = &w->text.spans[w->text.n++];
    *span = (struct span){
        .kind = SPAN_TEXT, .style = (uint8_t)style, .s = slice_of(s)};
    return span;
}

static struct items shape(struct written *w)
{
    return text_shape(w->t->fonts, w->t->a, w->t->doc, &w->text, &w->spec);
}

static const char *show(struct written *w)
{
    struct items items = shape(w);
    return show_items(w->t, &items);
}

static const struct look *look_of(struct written *w, const struct item *it)
{
    return &w->t->fonts->looks[it->look];
}

/* All of a value stands at one place. */
static void places_what_is_put_in(void **state)
{
    struct written *w = write_spans(state);
    struct load *l = w->t->l;
    uint32_t file = files_add_text(l->files, "<test>", SLICE("a $(b)"));
    struct span *s = add(w, 0, "xy z\xf0\x9f\xa7\xbf");
    s->pos = (struct pos){file, 2};
    s->fixed = true;
    shape(w);
    assert_string_equal(short_messages(l),
        "1:3: no font has the character U+1F9FF (NAZAR AMULET) "
        "[missing-glyph]\n");
}

static void joins_spaces(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(show_plain(t, ""), "");
    assert_string_equal(show_plain(t, "   "), "");
    assert_string_equal(show_plain(t, "a"), "[a]");
    assert_string_equal(show_plain(t, "  a \t b\nc  "), "[a]_[b]_[c]");
    struct items items = shape_plain(t, "a  b");
    assert_int_equal(items.v[1].width, 2500);
    assert_true(slice_is(items.v[1].word->s, " "));
}

static void keeps_dashes_off_the_start(void **state)
{
    struct type *t = open_type(*state);
    assert_string_equal(show_plain(t, "June \xe2\x80\x93 December"),
        "[June]=[\xe2\x80\x93]_[December]");
    assert_string_equal(
        show_plain(t, "x \xe2\x80\x94y"), "[x]=[\xe2\x80\x94]|[y]");
    assert_string_equal(show_plain(t, "Q1 - Data"), "[Q1]=[-]_[Data]");
    assert_string_equal(show_plain(t, "from -5 to"), "[from]_[-5]_[to]");
    assert_string_equal(
        show_plain(t, "what ? ( x )"), "[what]=[?]_[(]=[x]=[)]");
}

static void joins_tokens_over_spans(void **state)
{
    struct written *w = write_spans(state);
    add(w, 0, "see (");
    add(w, SPAN_STRONG, "people-");
    add(w, 0, "");
    add(w, 0, "centred) an");
    add(w, SPAN_EMPHASIS, "d/or ");
    add(w, 0, " end");
    assert_string_equal(
        show(w), "[see]_[(][people-]|[centred)]_[an][d/]|[or]_[end]");
    struct items items = shape(w);
    assert_int_equal(items.v[0].span, 0);
    assert_int_equal(items.v[3].span, 1);
    assert_true(look_of(w, &items.v[3])->bold);
    assert_int_equal(items.v[4].span, 3);
    assert_false(look_of(w, &items.v[4])->bold);
}

/* How a text is cut into spans of one look changes nothing. */
static void cutting_changes_nothing(void **state)
{
    static const char text[] =
        "Q2/20 (ITU-T) \xe2\x80\x9cpeople-centred\xe2\x80"
        "\x9d \xe2\x80\x93 end-to-end: 2025\xe2\x80\x93"
        "2028, and/or ( x ) Y.dt-SComCam; soft\xc2\xad"
        "ly 10\xc2\xa0km.";
    struct written *w = write_spans(state);
    add(w, 0, text);
    struct items whole = shape(w);
    struct items plain = shape_plain(w->t, text);
    assert_string_equal(show_items(w->t, &whole), show_items(w->t, &plain));
    srand(1);
    for (int round = 0; round < 200; round++) {
        w->text.n = 0;
        size_t from = 0, n = strlen(text);
        while (from < n) {
            size_t to = from + 1 + (size_t)(rand() % 12);
            to = to < n ? to : n;
            while (to < n && ((unsigned char)text[to] & 0xc0) == 0x80)
                to++;
            add(w, 0, "")->s = (struct slice){text + from, to - from};
            from = to;
        }
        struct items cut = shape(w);
        /* The words of a piece may be several now: compare text and breaks. */
        uint32_t j = 0;
        for (uint32_t i = 0; i < whole.n; i++) {
            struct slice s = text_of(w->t->a, &whole.v[i], 1);
            struct buf got = buf_new(w->t->a);
            do {
                assert_true(j < cut.n);
                struct slice part = text_of(w->t->a, &cut.v[j], 1);
                buf_put(&got, part.s, part.n);
                assert_int_equal(cut.v[j].kind, whole.v[i].kind);
            } while (got.n < s.n && cut.v[j++].brk == ITEM_BREAK_NONE);
            assert_int_equal(got.n, s.n);
            assert_memory_equal(got.s, s.s, s.n);
            assert_int_equal(cut.v[j].brk, whole.v[i].brk);
            j++;
        }
        assert_int_equal(j, cut.n);
    }
}

static void raises_note_marks(void **state)
{
    struct written *w = write_spans(state);
    w->t->doc->notes = ARENA_ARRAY(*state, 3, struct note_doc);
    w->t->doc->notes[2].number = 12;
    add(w, 0, "done!");
    struct span *note = add(w, 0, "");
    note->kind = SPAN_NOTE;
    note->note = 2;
    add(w, 0, " Next ");
    *add(w, 0, "") = *note;
    add(w, 0, ".");
    assert_string_equal(show(w), "[done!][12]_[Next]=[12][.]");
    struct items items = shape(w);
    assert_int_equal(look_of(w, &items.v[1])->size, 6500);
    assert_int_equal(look_of(w, &items.v[1])->rise, 3300);
    assert_int_equal(look_of(w, &items.v[6])->rise, 0);
}

/* A font's own small figures are better than large ones made small. */
static void takes_figures_of_the_font(void **state)
{
    struct written *w = write_spans(state);
    w->t->doc->notes = ARENA_ARRAY(*state, 3, struct note_doc);
    w->t->doc->notes[2].number = 12;
    add(w, 0, "12");
    struct span *note = add(w, 0, "");
    note->kind = SPAN_NOTE;
    note->note = 2;
    w->t->style.family = SLICE("noto-serif");
    struct items items = shape(w);
    assert_int_equal(look_of(w, &items.v[1])->size, PT(10));
    assert_int_equal(look_of(w, &items.v[1])->rise, 0);
    assert_int_not_equal(
        items.v[1].word->glyphs[0].id, items.v[0].word->glyphs[0].id);
    /* Figures of tables are of one width, without kerning. */
    w->spec.tabular = true;
    w->text.n = 0;
    add(w, 0, "1111 8888");
    items = shape(w);
    assert_int_equal(items.v[0].width, items.v[2].width);
    w->t->style.family = SLICE("serif");
    items = shape(w);
    assert_int_equal(items.v[0].width, items.v[2].width);
    w->spec.tabular = false;
    items = shape(w);
    assert_true(items.v[0].width < items.v[2].width);
}

static void breaks_addresses_in_spans(void **state)
{
    struct written *w = write_spans(state);
    add(w, 0, "(see ");
    struct span *url = add(w, SPAN_URL, "https://itu.int/a-b");
    url->link = 1;
    add(w, 0, "), or-else");
    w->t->profile->link_colour = (struct colour){0, 0, 99};
    assert_string_equal(
        show(w), "[(see]_[https://itu.]?[int/]?[a-]?[b][),]_[or-]|[else]");
    struct items items = shape(w);
    assert_int_equal(look_of(w, &items.v[2])->colour.b, 99);
    assert_int_equal(look_of(w, &items.v[6])->colour.b, 0);
}

static void sets_code(void **state)
{
    struct written *w = write_spans(state);
    add(w, 0, "use ");
    add(w, SPAN_CODE, "--foo-bar");
    assert_string_equal(show(w), "[use]_[--foo-]?[bar]");
    w->text.n = 0;
    add(w, 0, "  if (a-b)\t c;  ");
    w->spec.verbatim = true;
    assert_string_equal(show(w), "==[i]?[f]_[(]?[a]?[-]?[b]?[)]====_[c]?[;]");
}

static void breaks_identifiers_only_at_marks(void **state)
{
    struct written *w = write_spans(state);
    w->spec.identifier = true;
    add(w, 0, "Y.dt-");
    add(w, SPAN_STRONG, "reqts!a (ex X.1)");
    assert_string_equal(show(w), "[Y.]?[dt-]?[reqts!a]_[(ex]_[X.]?[1)]");
}

static void breaks_lines(void **state)
{
    struct written *w = write_spans(state);
    add(w, 0, "a ");
    add(w, 0, "")->kind = SPAN_BREAK;
    add(w, 0, " b-");
    add(w, 0, "")->kind = SPAN_BREAK;
    add(w, 0, "")->kind = SPAN_BREAK;
    add(w, 0, "c");
    assert_string_equal(show(w), "[a]/[b-]//[c]");
}

static void prints_what_is_known_late(void **state)
{
    struct written *w = write_spans(state);
    struct slice pages_of[] = {{0}, {0}, SLICE("123")};
    static const uint8_t kinds[] = {
        SPAN_PAGE, SPAN_PAGES, SPAN_SECTION, SPAN_PAGE_OF, SPAN_PAGE_OF};
    for (size_t i = 0; i < sizeof kinds; i++) {
        add(w, 0, "x");
        add(w, 0, "")->kind = kinds[i];
        add(w, 0, " ");
    }
    w->text.spans[10].target = 1;
    w->text.spans[13].target = 2;
    w->late = (struct late){.page_of = pages_of,
        .ntargets = 3,
        .page = SLICE("7"),
        .pages = SLICE("19"),
        .section = SLICE("The title")};
    assert_string_equal(
        show(w), "[x][7]_[x][19]_[x][The]_[title]_[x][00]_[x][123]");
    w->late = (struct late){.ntargets = 3};
    assert_string_equal(show(w), "[x]_[x]_[x]_[x][00]_[x][00]");
    w->spec.late = NULL;
    assert_string_equal(show(w), "[x][00]_[x][00]_[x]_[x][00]_[x][00]");
}

static void measures(void **state)
{
    static const char *const texts[] = {"", "one two three",
        "a people-centred view", "Y.dt-SComCam",
        "soft\xc2\xad"
        "hyphenation",
        "June \xe2\x80\x93 December",
        "10\xc2\xa0"
        "000\xc2\xa0km a"};
    struct type *t = open_type(*state);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct items items = shape_plain(t, texts[i]);
        struct lines one = break_items(t, &items, RLEN_MAX, TEXT_GREEDY);
        assert_int_equal(one.n, 1);
        assert_int_equal(items.natural, one.v[0].width);
        /* No line need be wider than `narrow`; one less is too narrow. */
        struct lines fit = break_items(t, &items, items.narrow, TEXT_GREEDY);
        for (uint32_t j = 0; j < fit.n; j++)
            assert_false(fit.v[j].over);
        struct lines over =
            break_items(t, &items, items.narrow - 1, TEXT_GREEDY);
        bool any = false;
        for (uint32_t j = 0; j < over.n; j++)
            any = any || over.v[j].over;
        assert_int_equal(any, items.n > 0);
        assert_true(items.narrow <= items.widest);
        assert_true(items.widest <= items.natural);
    }
    struct items name = shape_plain(t, "Y.dt-SComCam");
    assert_int_equal(name.widest, name.natural);
    assert_true(name.narrow < name.widest);
    struct items forced = shape_plain(t, "wide wide");
    assert_true(forced.natural > forced.widest * 2);
}

/* Megabytes in one text: sums do not overflow. */
static void measures_giants(void **state)
{
    enum { GIANT = 1 << 20 };
    struct type *t = open_type(*state);
    t->style.size = PT(100);
    char *s = arena_alloc(*state, GIANT + 1);
    memset(s, 'm', GIANT);
    s[GIANT] = '\0';
    struct items items = shape_plain(t, s);
    assert_int_equal(items.natural, INT32_MAX);
    struct lines lines = break_items(t, &items, PT(300), TEXT_GREEDY);
    assert_int_equal(lines.n, 1);
    assert_true(lines.v[0].over);
    assert_int_equal(lines.width, INT32_MAX);
}

static void gives_the_text_again(void **state)
{
    struct written *w = write_spans(state);
    add(w, 0,
        "a\xc2\xa0"
        "b  c-");
    add(w, SPAN_STRONG, "d");
    add(w, 0, "")->kind = SPAN_BREAK;
    add(w, 0, "e");
    struct items items = shape(w);
    struct slice s = text_of(w->t->a, items.v, items.n);
    assert_true(slice_is(s,
        "a\xc2\xa0"
        "b c-d\ne"));
    s = text_of(w->t->a, items.v, 0);
    assert_int_equal(s.n, 0);
    struct item hyphen = text_hyphen(w->t->fonts, items.v[0].look);
    assert_true(slice_is(hyphen.word->s, "-"));
    assert_int_equal(hyphen.width, 3330);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            joins_spaces, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            places_what_is_put_in, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            keeps_dashes_off_the_start, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            joins_tokens_over_spans, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            cutting_changes_nothing, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            raises_note_marks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            takes_figures_of_the_font, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_addresses_in_spans, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            sets_code, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_identifiers_only_at_marks, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            breaks_lines, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            prints_what_is_known_late, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            measures, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            measures_giants, set_up_arena, tear_down_arena),
        cmocka_unit_test_setup_teardown(
            gives_the_text_again, set_up_arena, tear_down_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
