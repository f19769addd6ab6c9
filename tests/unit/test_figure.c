/* Figures: how large an image is, where it stands, what belongs to it. */
#include "support_layout.h"

#include <string.h>

static struct images images;
static struct image image[2];

/* A figure of an image of this natural size. */
static struct figure_doc *add_figure(
    struct world *w, struct blocks *to, rlen width, rlen height)
{
    image[1] = (struct image){.width = 40,
        .height = 30,
        .turn = TURN_NONE,
        .natural_width = width,
        .natural_height = height};
    images = (struct images){image, 2};
    w->doc.images = &images;
    if (!w->doc.figures)
        w->doc.figures = ARENA_ARRAY(w->a, 4, struct figure_doc);
    w->doc.nfigures = w->doc.nfigures ? w->doc.nfigures : 1;
    struct figure *figure = ARENA_NEW(w->a, struct figure);
    figure->node = ARENA_NEW(w->a, struct node);
    figure->file = ARENA_NEW(w->a, struct node);
    figure->file->s = SLICE("chart.png");
    struct figure_doc *f = &w->doc.figures[w->doc.nfigures];
    *f = (struct figure_doc){.figure = figure, .image = 1};
    add_block(w, to, BLOCK_FIGURE)->figure = w->doc.nfigures++;
    return f;
}

/* To be changed. */
static struct figure *figure_of(struct world *w, uint32_t i)
{
    struct figure *f;
    memcpy(&f, &w->doc.figures[i].figure, sizeof f);
    return f;
}

static const struct box *box_at(struct world *w, size_t i)
{
    assert_true(i < w->flow->n);
    assert_int_equal(w->flow->boxes[i].kind, BOX_FIGURE);
    return &w->flow->boxes[i];
}

static void assert_size(const struct box *b, rlen width, rlen height)
{
    assert_int_equal(b->picture->width, width);
    assert_int_equal(b->picture->height, height);
}

static void natural_size(void **state)
{
    struct world *w = *state;
    w->profile.table.before = PT(4);
    w->profile.table.after = PT(5);
    add_figure(w, &w->doc.body, PT(120), PT(80));
    lay_out(w);
    const struct box *b = box_at(w, 0);
    assert_size(b, PT(120), PT(80));
    assert_int_equal(b->picture->x, 0);
    assert_int_equal(b->before, PT(4));
    assert_int_equal(b->after, PT(5));
    assert_null(b->picture->caption);
    assert_int_equal(picture_height(b->picture), PT(80));
    assert_string_equal(tag_path(w, b->elem), "Document/Figure");
    assert_int_equal(w->flow->tags->v[b->elem].extra, 1);
}

static void as_large_as_fits(void **state)
{
    struct world *w = *state;
    add_figure(w, &w->doc.body, PT(900), PT(300));
    lay_out(w);
    assert_size(box_at(w, 0), PT(300), PT(100));
    struct figure_doc *f = add_figure(w, &w->doc.after, PT(300), PT(1000));
    f->caption = rich_of(w,
        "Two lines of a caption, so long that the text "
        "area has no room for both of them in one.");
    w->profile.styles[STYLE_CAPTION].after = PT(6);
    image[1].natural_width = PT(300);
    image[1].natural_height = PT(1000);
    lay_out(w);
    /* 500 pt less two lines of 12 pt and the gap of 6 pt. */
    const struct box *b = box_at(w, 1);
    assert_int_equal(b->picture->caption->lines.n, 2);
    assert_size(b, PT(141), PT(470));
    assert_int_equal(picture_height(b->picture), PT(500));
    assert_string_equal(world_messages(w), "");
}

static void width_as_given(void **state)
{
    struct world *w = *state;
    add_figure(w, &w->doc.body, PT(120), PT(80));
    figure_of(w, 1)->width = PT(240);
    lay_out(w);
    assert_size(box_at(w, 0), PT(240), PT(160));
    assert_string_equal(world_messages(w), "");
}

static void given_and_too_wide(void **state)
{
    struct world *w = *state;
    struct figure_doc *f = add_figure(w, &w->doc.body, PT(120), PT(80));
    f->label = SLICE("Figure 1");
    figure_of(w, 1)->width = PT(301);
    lay_out(w);
    assert_string_equal(world_messages(w),
        "rapporteur: error: Figure 1 is to be 106.2 mm wide, but the text is "
        "105.8 mm wide [figure-too-large]\n");
}

static void given_and_too_tall(void **state)
{
    struct world *w = *state;
    add_figure(w, &w->doc.body, PT(100), PT(400));
    figure_of(w, 1)->width = PT(126);
    lay_out(w);
    assert_string_equal(world_messages(w),
        "rapporteur: error: the figure 'chart.png' is 177.8 mm high, but with "
        "its caption a page has room for 176.4 mm [figure-too-large]\n");
}

static void extreme_shapes(void **state)
{
    struct world *w = *state;
    add_figure(w, &w->doc.body, PT(400), 1);
    lay_out(w);
    assert_size(box_at(w, 0), PT(300), 1);
    image[1].natural_width = 1;
    image[1].natural_height = INT32_MAX;
    lay_out(w);
    assert_size(box_at(w, 0), 1, PT(500));
    image[1].natural_width = INT32_MAX;
    image[1].natural_height = INT32_MAX;
    lay_out(w);
    assert_size(box_at(w, 0), PT(300), PT(300));
    assert_string_equal(world_messages(w), "");
    figure_of(w, 1)->width = PT(300);
    image[1].natural_width = 1;
    lay_out(w);
    assert_non_null(strstr(world_messages(w), "[figure-too-large]"));
}

static void stands_as_its_caption(void **state)
{
    struct world *w = *state;
    struct figure_doc *f = add_figure(w, &w->doc.body, PT(100), PT(80));
    f->caption = rich_of(w, "Caption");
    f->label = SLICE("Figure 1");
    w->profile.styles[STYLE_CAPTION].align = ALIGN_CENTRE;
    lay_out(w);
    const struct picture *p = box_at(w, 0)->picture;
    assert_int_equal(p->x, PT(100));
    assert_string_equal(
        para_text(w, p->caption), "Figure 1 \xe2\x80\x93 Caption");
    assert_string_equal(
        tag_path(w, p->caption_elem), "Document/Figure/Caption");
    w->profile.styles[STYLE_CAPTION].align = ALIGN_END;
    lay_out(w);
    assert_int_equal(box_at(w, 0)->picture->x, PT(200));
}

static void note_in_caption(void **state)
{
    struct world *w = *state;
    struct figure_doc *f = add_figure(w, &w->doc.body, PT(100), PT(80));
    f->caption = rich_of(w,
        "A long caption that takes more than one line of "
        "the text area, with a note at its very end");
    struct span *mark = add_span(w, &f->caption);
    mark->kind = SPAN_NOTE;
    mark->note = add_note(w, "The note.");
    lay_out(w);
    const struct box *b = box_at(w, 0);
    assert_true(b->picture->caption->lines.n > 1);
    assert_int_equal(b->nnotes, 1);
    assert_int_equal(b->notes[0].line, 0);
}

static void decorative(void **state)
{
    struct world *w = *state;
    add_figure(w, &w->doc.body, PT(100), PT(80));
    figure_of(w, 1)->decorative = true;
    lay_out(w);
    assert_int_equal(box_at(w, 0)->elem, 0);
}

static void begins_a_list_item(void **state)
{
    struct world *w = *state;
    struct list_doc *list = add_list(w, &w->doc.body, 1, false);
    add_figure(w, &list->items[0].body, PT(900), PT(90));
    lay_out(w);
    const struct box *b = box_at(w, 0);
    assert_non_null(b->labels);
    assert_true(b->x > 0);
    assert_int_equal(b->x + b->picture->width, PT(300));
    assert_string_equal(tag_path(w, b->elem), "Document/L/LI/LBody/Figure");
}

static void follows_what_announces_it(void **state)
{
    struct world *w = *state;
    add_paragraph(w, &w->doc.body, "As this shows:");
    add_figure(w, &w->doc.body, PT(100), PT(80));
    lay_out(w);
    assert_true(w->flow->boxes[0].keep_next);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_world, tear_down_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(natural_size),
        TEST(as_large_as_fits),
        TEST(width_as_given),
        TEST(given_and_too_wide),
        TEST(given_and_too_tall),
        TEST(extreme_shapes),
        TEST(stands_as_its_caption),
        TEST(note_in_caption),
        TEST(decorative),
        TEST(begins_a_list_item),
        TEST(follows_what_announces_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
