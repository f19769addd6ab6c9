/* The flow: what becomes a box, where it stands, what it is part of. */
#include "support_layout.h"

#include <string.h>

static const struct box *box(struct world *w, size_t i)
{
    assert_true(i < w->flow->n);
    return &w->flow->boxes[i];
}

static void assert_text(struct world *w, size_t i, const char *text)
{
    assert_string_equal(para_text(w, box(w, i)->para), text);
}

static void assert_path(struct world *w, uint32_t elem, const char *path)
{
    assert_string_equal(tag_path(w, elem), path);
}

static void nothing_at_all(void **state)
{
    struct world *w = *state;
    w->profile.contents_depth = 3;
    lay_out(w);
    assert_int_equal(w->flow->n, 0);
    assert_int_equal(w->flow->body, 0);
    assert_int_equal(w->flow->width, PT(300));
    assert_int_equal(w->flow->height, PT(500));
}

static void everything_in_order(void **state)
{
    struct world *w = *state;
    w->profile.contents_depth = 1;
    w->profile.contents_new_page = true;
    w->profile.labels[LABEL_CONTENTS] = SLICE("Contents");
    add_paragraph(w, &w->doc.cover, "cover")->style = STYLE_TITLE;
    add_paragraph(w, &w->doc.body, "body");
    add_paragraph(w, &w->doc.after, "end");
    struct section_doc *s =
        add_section(w, &w->doc.sections, &w->doc.nsections, 1, "", "One");
    add_paragraph(w, &s->body, "in");
    add_paragraph(w, &s->after, "after");
    struct section_doc *sub =
        add_section(w, &s->sections, &s->nsections, 2, "", "Sub");
    add_paragraph(w, &sub->body, "deep");
    struct section_doc *x =
        add_section(w, &w->doc.annexes, &w->doc.nannexes, 1, "", "Annex");
    x->annex = true;
    lay_out(w);
    const char *const texts[] = {"cover", "Contents", "One", "Annex", "body",
        "One", "in", "Sub", "deep", "after", "end", "Annex"};
    const uint32_t sections[] = {0, 0, 0, 0, 0, s->target, s->target,
        sub->target, sub->target, s->target, 0, x->target};
    assert_int_equal(w->flow->n, 12);
    for (size_t i = 0; i < 12; i++) {
        assert_text(w, i, texts[i]);
        assert_int_equal(box(w, i)->section, sections[i]);
        assert_int_equal(box(w, i)->new_page, i == 4);
        if (i)
            assert_true(box(w, i)->elem > box(w, i - 1)->elem);
    }
    assert_int_equal(w->flow->body, 4);
    assert_path(w, box(w, 0)->elem, "Document/Title");
    assert_path(w, box(w, 4)->elem, "Document/P");
    assert_int_equal(box(w, 0)->style, STYLE_TITLE);
}

static void only_one_title(void **state)
{
    struct world *w = *state;
    add_paragraph(w, &w->doc.cover, "Title")->style = STYLE_TITLE;
    add_paragraph(w, &w->doc.cover, "More")->style = STYLE_TITLE;
    lay_out(w);
    assert_path(w, box(w, 0)->elem, "Document/Title");
    assert_path(w, box(w, 1)->elem, "Document/P");
}

static void style_of_a_paragraph(void **state)
{
    struct world *w = *state;
    struct style *s = &w->profile.styles[STYLE_BODY];
    s->before = PT(2);
    s->after = PT(6);
    s->indent = PT(10);
    s->indent_end = PT(20);
    s->align = ALIGN_JUSTIFY;
    s->keep_next = true;
    add_paragraph(w, &w->doc.body, "Words");
    lay_out(w);
    const struct box *b = box(w, 0);
    assert_int_equal(b->before, PT(2));
    assert_int_equal(b->after, PT(6));
    assert_int_equal(b->x, PT(10));
    assert_int_equal(b->width, PT(270));
    assert_int_equal(b->para->width, PT(270));
    assert_int_equal(b->para->align, ALIGN_JUSTIFY);
    assert_int_equal(b->para->leading, PT(12));
    assert_true(b->keep_next);
}

static void heading_with_its_label(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_HEADING_2].hang = PT(30);
    struct section_doc *s = add_section(
        w, &w->doc.sections, &w->doc.nsections, 2, "1.2", "Results");
    s->subtitle = rich_of(w, "(status)");
    struct section_doc *wide = add_section(w, &w->doc.sections,
        &w->doc.nsections, 2, "Working Party 1/20", "Results");
    lay_out(w);
    const struct box *b = box(w, 0);
    assert_int_equal(b->heading, 2);
    assert_int_equal(b->target, s->target);
    assert_true(b->keep_next);
    assert_int_equal(b->labels->x, 0);
    assert_int_equal(b->x, PT(30));
    assert_int_equal(b->width, PT(270));
    assert_string_equal(para_text(w, b->labels->para), "1.2");
    assert_int_equal(b->labels->elem, b->elem);
    assert_path(w, b->elem, "Document/H2");
    assert_int_equal(w->flow->tags->v[b->elem].extra, s->target);
    assert_text(w, 1, "(status)");
    assert_true(box(w, 1)->keep_next);
    assert_int_equal(box(w, 1)->heading, 0);
    assert_int_equal(box(w, 1)->style, STYLE_SECTION_SUBTITLE);
    const struct box *grown = box(w, 2);
    assert_int_equal(grown->target, wide->target);
    assert_int_equal(grown->x, grown->labels->para->items.natural + PT(5));
}

static void label_run_in(void **state)
{
    struct world *w = *state;
    add_section(w, &w->doc.sections, &w->doc.nsections, 1, "2", "Results");
    lay_out(w);
    assert_null(box(w, 0)->labels);
    assert_text(w, 0, "2\xc2\xa0\xc2\xa0Results");
    assert_int_equal(box(w, 0)->x, 0);
}

static void annex_heading(void **state)
{
    struct world *w = *state;
    w->profile.annex_new_page = true;
    w->profile.styles[STYLE_ANNEX_LABEL].align = ALIGN_CENTRE;
    struct section_doc *s = add_section(
        w, &w->doc.annexes, &w->doc.nannexes, 1, "Annex 1", "Results");
    s->annex = true;
    s->subtitle = rich_of(w, "(status)");
    add_paragraph(w, &s->body, "Text");
    lay_out(w);
    assert_text(w, 0, "Annex 1");
    assert_text(w, 1, "Results");
    assert_text(w, 2, "(status)");
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(box(w, i)->heading, i == 0);
        assert_int_equal(box(w, i)->target, i == 0 ? s->target : 0);
        assert_int_equal(box(w, i)->new_page, i == 0);
        assert_true(box(w, i)->keep_next);
    }
    assert_int_equal(box(w, 0)->elem, box(w, 1)->elem);
    assert_path(w, box(w, 0)->elem, "Document/H1");
    assert_path(w, box(w, 2)->elem, "Document/P");
    assert_int_equal(box(w, 0)->para->align, ALIGN_CENTRE);
    assert_false(box(w, 3)->keep_next);
}

static void contents(void **state)
{
    struct world *w = *state;
    w->profile.contents_depth = 2;
    w->profile.styles[STYLE_CONTENTS_2].indent = PT(20);
    struct section_doc *s =
        add_section(w, &w->doc.sections, &w->doc.nsections, 1, "1", "One");
    struct section_doc *sub =
        add_section(w, &s->sections, &s->nsections, 2, "1.1", "Sub");
    add_section(w, &sub->sections, &sub->nsections, 3, "1.1.1", "Deep");
    struct section_doc *ten =
        add_section(w, &w->doc.sections, &w->doc.nsections, 1, "10", "Ten");
    struct span *mark = add_span(w, &ten->title);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "A note");
    struct section_doc *x = add_section(
        w, &w->doc.annexes, &w->doc.nannexes, 1, "Annex 1", "Results");
    x->annex = true;
    lay_out(w);
    assert_int_equal(w->flow->body, 4);
    const uint32_t targets[] = {s->target, sub->target, ten->target, x->target};
    for (size_t i = 0; i < 4; i++) {
        const struct box *b = box(w, i);
        assert_int_equal(b->kind, BOX_CONTENTS);
        assert_int_equal(b->contents, targets[i]);
        assert_int_equal(b->target, 0);
        assert_int_equal(b->elem, b->link_elem);
        assert_int_equal(b->x + b->width, PT(300));
        assert_int_equal(b->para->width, b->width - b->number_width);
        assert_true(b->number_width > PT(20));
    }
    /* Labels of one level stand in one column, those of annexes in another. */
    assert_int_equal(box(w, 0)->x, box(w, 2)->x);
    assert_true(box(w, 3)->x > box(w, 2)->x);
    assert_int_equal(box(w, 1)->labels->x, PT(20));
    assert_text(w, 2, "Ten");
    assert_path(w, box(w, 0)->elem, "Document/TOC/TOCI/Reference/Link");
    assert_path(w, box(w, 1)->elem, "Document/TOC/TOC/TOCI/Reference/Link");
    assert_path(w, box(w, 3)->elem, "Document/TOC/TOCI/Reference/Link");
}

static void list_in_list(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_LIST].before = PT(3);
    w->profile.styles[STYLE_LIST].after = PT(6);
    w->profile.levels[0].indent = PT(4);
    w->profile.levels[1].indent = PT(1);
    struct list_doc *outer = add_list(w, &w->doc.body, 2, false);
    add_paragraph(w, &outer->items[0].body, "First");
    struct list_doc *inner = add_list(w, &outer->items[0].body, 2, true);
    inner->level = 1;
    add_paragraph(w, &inner->items[0].body, "a");
    add_paragraph(w, &inner->items[1].body, "b");
    add_paragraph(w, &outer->items[1].body, "Last");
    lay_out(w);
    assert_int_equal(w->flow->n, 4);
    const rlen label_x[] = {PT(4), PT(20), PT(20), PT(4)};
    const rlen x[] = {PT(19), PT(35), PT(35), PT(19)};
    for (size_t i = 0; i < 4; i++) {
        const struct box *b = box(w, i);
        assert_int_equal(b->labels->x, label_x[i]);
        assert_int_equal(b->x, x[i]);
        assert_int_equal(b->width, PT(300) - x[i]);
        assert_int_equal(b->before, i == 0 ? PT(3) : 0);
        assert_int_equal(b->after, i == 3 ? PT(6) : 0);
        assert_int_equal(b->style, STYLE_LIST);
    }
    assert_string_equal(para_text(w, box(w, 2)->labels->para), "2.");
    assert_ptr_equal(box(w, 0)->labels->para, box(w, 3)->labels->para);
    assert_path(w, box(w, 0)->labels->elem, "Document/L/LI/Lbl");
    assert_path(w, box(w, 0)->elem, "Document/L/LI/LBody/P");
    assert_path(w, box(w, 1)->elem, "Document/L/LI/LBody/L/LI/LBody/P");
}

static void loose_list_keeps_its_space(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_LIST].after = PT(6);
    struct list_doc *list = add_list(w, &w->doc.body, 2, false);
    list->tight = false;
    add_paragraph(w, &list->items[0].body, "a");
    add_paragraph(w, &list->items[1].body, "b");
    lay_out(w);
    assert_int_equal(box(w, 0)->after, PT(6));
    assert_int_equal(box(w, 1)->after, PT(6));
}

/* The marks of lists that begin together stand on one line, from outside in. */
static void item_that_begins_with_a_list(void **state)
{
    struct world *w = *state;
    struct list_doc *list = add_list(w, &w->doc.body, 2, true);
    struct list_doc *inner = add_list(w, &list->items[0].body, 2, false);
    inner->level = 1;
    add_paragraph(w, &inner->items[0].body, "in");
    add_paragraph(w, &inner->items[1].body, "next");
    lay_out(w);
    assert_int_equal(w->flow->n, 3);
    const struct box_label *outer = box(w, 0)->labels;
    assert_text(w, 0, "in");
    assert_string_equal(para_text(w, outer->para), "1.");
    assert_path(w, outer->elem, "Document/L/LI/Lbl");
    assert_path(w, outer->next->elem, "Document/L/LI/LBody/L/LI/Lbl");
    assert_true(outer->next->x > outer->x);
    assert_null(outer->next->next);
    assert_null(box(w, 1)->labels->next);
    /* An item without anything has a line for its mark. */
    assert_int_equal(box(w, 2)->para->items.n, 0);
    assert_string_equal(para_text(w, box(w, 2)->labels->para), "2.");
}

static void wide_number_widens_its_column(void **state)
{
    struct world *w = *state;
    struct list_doc *list = add_list(w, &w->doc.body, 2, true);
    list->items[1].label = SLICE("1000000.");
    add_paragraph(w, &list->items[0].body, "a");
    add_paragraph(w, &list->items[1].body, "b");
    lay_out(w);
    const struct box *b = box(w, 1);
    assert_int_equal(b->x, b->labels->para->items.natural + PT(3));
    assert_int_equal(box(w, 0)->x, b->x);
}

static void colon_keeps_with_its_list(void **state)
{
    struct world *w = *state;
    add_paragraph(w, &w->doc.body, "None:");
    add_paragraph(w, &w->doc.body, "These: ");
    struct list_doc *list = add_list(w, &w->doc.body, 1, false);
    add_paragraph(w, &list->items[0].body, "a:");
    add_paragraph(w, &w->doc.body, "Not these.");
    list = add_list(w, &w->doc.body, 1, false);
    add_paragraph(w, &list->items[0].body, "b");
    lay_out(w);
    const bool kept[] = {false, true, false, false, false};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(box(w, i)->keep_next, kept[i]);
}

static void note_and_quote(void **state)
{
    struct world *w = *state;
    w->profile.labels[LABEL_NOTE] = SLICE("Note");
    w->profile.labels[LABEL_NOTE_SEPARATOR] = SLICE(" \xe2\x80\x93 ");
    w->profile.note_bar = PT(2);
    w->profile.styles[STYLE_QUOTE].indent = PT(20);
    w->profile.styles[STYLE_QUOTE].indent_end = PT(10);
    struct block *note = add_block(w, &w->doc.body, BLOCK_NOTE);
    add_paragraph(w, &note->body, "This");
    add_paragraph(w, &note->body, "and that");
    struct block *quote = add_block(w, &w->doc.body, BLOCK_QUOTE);
    add_paragraph(w, &quote->body, "Said");
    struct block *listed = add_block(w, &w->doc.body, BLOCK_NOTE);
    struct list_doc *list = add_list(w, &listed->body, 1, false);
    add_paragraph(w, &list->items[0].body, "item");
    lay_out(w);
    assert_text(w, 0, "Note \xe2\x80\x93 This");
    assert_int_equal(box(w, 0)->para->text->spans[0].style, SPAN_STRONG);
    assert_text(w, 1, "and that");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(box(w, i)->bar, PT(2));
        assert_int_equal(box(w, i)->bar_x, 0);
        assert_int_equal(box(w, i)->x, PT(8));
        assert_int_equal(box(w, i)->width, PT(292));
        assert_int_equal(box(w, i)->style, STYLE_NOTE);
    }
    assert_path(w, box(w, 1)->elem, "Document/Div/P");
    assert_int_equal(box(w, 2)->x, PT(20));
    assert_int_equal(box(w, 2)->width, PT(270));
    assert_int_equal(box(w, 2)->bar, 0);
    assert_path(w, box(w, 2)->elem, "Document/BlockQuote/P");
    assert_text(w, 3, "Note");
    assert_text(w, 4, "item");
    assert_int_equal(box(w, 4)->style, STYLE_NOTE);
    assert_int_equal(box(w, 4)->bar, PT(2));
}

static void code_lines(void **state)
{
    struct world *w = *state;
    struct block *code = add_block(w, &w->doc.body, BLOCK_CODE);
    code->nlines = 3;
    code->lines = ARENA_ARRAY(w->a, 3, struct rich);
    code->lines[0] = rich_of(w, "int x;");
    code->lines[2] = rich_of(w, "int y;");
    lay_out(w);
    assert_int_equal(box(w, 0)->para->lines.n, 3);
    assert_text(w, 0, "int x;||int y;");
    assert_path(w, box(w, 0)->elem, "Document/P/Code");
}

static void footnotes(void **state)
{
    struct world *w = *state;
    w->profile.styles[STYLE_FOOTNOTE].hang = PT(12);
    w->profile.styles[STYLE_FOOTNOTE].after = PT(2);
    uint32_t one = add_note(w, "The first");
    uint32_t two = add_note(w, "The second");
    struct block *b = add_paragraph(w, &w->doc.body, "Some words");
    for (int i = 0; i < 3; i++) {
        struct span *mark = add_span(w, &b->text);
        mark->kind = SPAN_NOTE;
        mark->note = i == 1 ? two : one;
        add_span(w, &b->text)->kind = SPAN_BREAK;
    }
    struct block *again = add_paragraph(w, &w->doc.body, "Again");
    struct span *mark = add_span(w, &again->text);
    mark->kind = SPAN_NOTE;
    mark->note = one;
    lay_out(w);
    assert_int_equal(box(w, 0)->nnotes, 2);
    assert_int_equal(box(w, 0)->notes[0].note, one);
    assert_int_equal(box(w, 0)->notes[0].line, 0);
    assert_int_equal(box(w, 0)->notes[1].note, two);
    assert_int_equal(box(w, 0)->notes[1].line, 1);
    assert_int_equal(box(w, 1)->nnotes, 0);
    const struct note_box *n = &w->flow->notes[one];
    assert_string_equal(para_text(w, n->para), "The first");
    assert_string_equal(para_text(w, n->label), "1");
    assert_int_equal(n->x, PT(12));
    assert_int_equal(n->para->width, PT(288));
    assert_int_equal(n->height, PT(14));
    assert_path(w, n->elem, "Document/Note/P");
    assert_path(w, n->label_elem, "Document/Note/Lbl");
    const uint32_t *elems = box(w, 0)->para->span_elems;
    assert_int_equal(elems[0], box(w, 0)->elem);
    assert_path(w, elems[1], "Document/P/Reference/Link");
    assert_true(elems[5] < n->label_elem);
    assert_path(w, box(w, 1)->para->span_elems[1], "Document/P/Reference/Link");
}

static void links_and_languages(void **state)
{
    struct world *w = *state;
    struct block *b = add_paragraph(w, &w->doc.body, "Plain ");
    const uint32_t links[] = {0, 1, 1, 1, 2, 0, 0};
    const uint16_t langs[] = {0, 0, 1, 0, 0, 1, 0};
    for (int i = 1; i < 7; i++) {
        struct span *s = add_span(w, &b->text);
        s->s = SLICE("word ");
        s->link = links[i];
        s->lang = langs[i];
    }
    add_paragraph(w, &w->doc.body, "No element of its own");
    lay_out(w);
    const uint32_t *e = box(w, 0)->para->span_elems;
    assert_int_equal(e[0], box(w, 0)->elem);
    assert_path(w, e[1], "Document/P/Link");
    assert_path(w, e[2], "Document/P/Link/Span");
    assert_int_equal(e[3], e[1]);
    assert_path(w, e[4], "Document/P/Link");
    assert_path(w, e[5], "Document/P/Span");
    assert_int_equal(e[6], e[0]);
    const struct elem *v = w->flow->tags->v;
    assert_int_equal(v[e[1]].extra, 1);
    assert_int_equal(v[e[4]].extra, 2);
    assert_int_equal(v[e[2]].lang, 1);
    assert_int_equal(v[e[5]].lang, 1);
    assert_null(box(w, 1)->para->span_elems);
}

static void word_too_wide(void **state)
{
    struct world *w = *state;
    char *word = arena_strndup(w->a,
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen"
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen",
        120);
    add_paragraph(w, &w->doc.body, word);
    lay_out(w);
    const char *m = world_messages(w);
    assert_non_null(strstr(m, "[word-too-wide]"));
    assert_non_null(strstr(m, "'Donaudampf"));
    assert_non_null(strstr(m, "its line only 105.8 mm"));
}

static void several_ids_at_one_place(void **state)
{
    struct world *w = *state;
    struct block *b = add_block(w, &w->doc.body, BLOCK_PAGE_BREAK);
    b->target = add_target(w, TARGET_BLOCK, "break");
    struct block *note = add_block(w, &w->doc.body, BLOCK_NOTE);
    note->target = add_target(w, TARGET_BLOCK, "note");
    struct block *p = add_paragraph(w, &note->body, "Text");
    p->target = add_target(w, TARGET_BLOCK, "text");
    struct block *last = add_block(w, &w->doc.body, BLOCK_PAGE_BREAK);
    last->target = add_target(w, TARGET_BLOCK, "end");
    lay_out(w);
    assert_int_equal(box(w, 0)->kind, BOX_BREAK);
    assert_int_equal(box(w, 0)->target, 0);
    assert_int_equal(box(w, 1)->target, p->target);
    assert_int_equal(w->flow->next_target[p->target], note->target);
    assert_int_equal(w->flow->next_target[note->target], b->target);
    assert_int_equal(w->flow->next_target[b->target], 0);
    assert_int_equal(box(w, 2)->target, last->target);
}

/* A page number that is longer than thought moves the mark after it. */
static void refresh_moves_marks(void **state)
{
    struct world *w = *state;
    w->doc.has_page_refs = true;
    uint32_t t = add_target(w, TARGET_BLOCK, "there");
    struct block *b = add_paragraph(w, &w->doc.body, "See page ");
    struct span *ref = add_span(w, &b->text);
    ref->kind = SPAN_PAGE_OF;
    ref->target = t;
    struct span *more = add_span(w, &b->text);
    more->s = SLICE(" and the note");
    struct span *mark = add_span(w, &b->text);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "A note");
    add_paragraph(w, &w->doc.body, "Other");
    lay_out(w);
    const struct para *p = box(w, 0)->para;
    const struct para *other = box(w, 1)->para;
    assert_true(p->page_refs);
    assert_false(other->page_refs);
    assert_int_equal(p->lines.n, 1);
    const struct item *untouched = other->items.v;
    struct slice pages[2] = {{0}};
    pages[1] = SLICE("12345678901234567890123456789012345678901234567890");
    struct late late = {.page_of = pages, .ntargets = 2};
    layout_refresh(w->l, w->scratch, w->flow, &late);
    assert_int_equal(p->lines.n, 2);
    assert_int_equal(box(w, 0)->nnotes, 1);
    assert_int_equal(box(w, 0)->notes[0].line, 1);
    assert_ptr_equal(other->items.v, untouched);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_world, tear_down_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_at_all),
        TEST(everything_in_order),
        TEST(only_one_title),
        TEST(style_of_a_paragraph),
        TEST(heading_with_its_label),
        TEST(label_run_in),
        TEST(annex_heading),
        TEST(contents),
        TEST(list_in_list),
        TEST(loose_list_keeps_its_space),
        TEST(item_that_begins_with_a_list),
        TEST(wide_number_widens_its_column),
        TEST(colon_keeps_with_its_list),
        TEST(note_and_quote),
        TEST(code_lines),
        TEST(footnotes),
        TEST(links_and_languages),
        TEST(word_too_wide),
        TEST(several_ids_at_one_place),
        TEST(refresh_moves_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
