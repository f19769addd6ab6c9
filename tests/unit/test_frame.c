/* Frames: what the rules and the fill of a style take around boxes. */
#include "support_layout.h"

static void frame_of_a_heading(void **state)
{
    struct world *w = *state;
    struct style *s = &w->profile.styles[STYLE_HEADING_1];
    s->hang = PT(20);
    s->indent = PT(5);
    s->fill = true;
    s->rule_after = PT(1);
    s->rule_gap = PT(3);
    add_section(w, &w->doc.sections, &w->doc.nsections, 1, "1", "One");
    lay_out(w);
    const struct box *b = &w->flow->boxes[0];
    assert_int_equal(b->frame->x, PT(5));
    assert_int_equal(b->frame->width, PT(295));
    assert_int_equal(b->labels->x, PT(8));
    assert_int_equal(b->x, PT(28));
    assert_int_equal(b->top, PT(3));
    assert_int_equal(b->bottom, PT(4));
}

/* One frame around all that a quotation holds; another one within. */
static void frames_in_frames(void **state)
{
    struct world *w = *state;
    struct style *quote = &w->profile.styles[STYLE_QUOTE];
    quote->rule_before = quote->rule_after = PT(1);
    quote->rule_gap = PT(3);
    w->profile.styles[STYLE_NOTE].fill = true;
    w->profile.styles[STYLE_NOTE].rule_gap = PT(2);
    struct block *b = add_block(w, &w->doc.body, BLOCK_QUOTE);
    struct block *n = add_block(w, &b->body, BLOCK_NOTE);
    add_paragraph(w, &n->body, "in both");
    add_paragraph(w, &b->body, "in one");
    add_paragraph(w, &w->doc.body, "in none");
    lay_out(w);
    const struct box *v = w->flow->boxes;
    assert_int_equal(v[0].top, PT(6));
    assert_int_equal(v[0].bottom, PT(2));
    assert_int_equal(v[0].x, PT(2));
    assert_ptr_equal(v[0].frame->outer, v[1].frame);
    assert_int_equal(v[1].frame->first, 0);
    assert_int_equal(v[1].frame->last, 1);
    assert_int_equal(v[1].top, 0);
    assert_int_equal(v[1].bottom, PT(4));
    assert_null(v[2].frame);
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_world, tear_down_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(frame_of_a_heading), TEST(frames_in_frames)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
