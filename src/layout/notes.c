/* Footnotes: laid out where their first mark stands. */
#include "layout/layout_int.h"

/* The number of a note as a text: the mark itself, raised like the others. */
static struct para *number_of(struct layout *y, uint32_t note)
{
    const struct style *style = layout_style(y, STYLE_FOOTNOTE);
    struct para_spec spec = {.style = style, .align = ALIGN_START};
    struct rich *r = ARENA_NEW(y->a, struct rich);
    r->n = 1;
    r->spans = ARENA_NEW(y->a, struct span);
    r->spans->kind = SPAN_NOTE;
    r->spans->note = note;
    r->spans->pos = y->doc->notes[note].pos;
    return layout_shape(y, r, &spec);
}

/* All notes have the same hang: the style's, or what the widest number needs.
 */
static rlen note_hang(struct layout *y)
{
    if (!y->note_hang) {
        const struct style *style = layout_style(y, STYLE_FOOTNOTE);
        struct para *widest = number_of(y, y->doc->nnotes - 1);
        y->note_hang = widest->items.natural + style->size * 3 / 10;
        if (y->note_hang < style->hang)
            y->note_hang = style->hang;
    }
    return y->note_hang;
}

void layout_note_height(const struct layout *y, struct note_box *box)
{
    int64_t height = para_height(box->para, 0, box->para->lines.n);
    height += layout_style(y, STYLE_FOOTNOTE)->after;
    box->height = height < LAYOUT_TALL ? (rlen)height : LAYOUT_TALL;
}

void layout_note(struct layout *y, uint32_t note, uint32_t parent)
{
    const struct note_doc *doc = &y->doc->notes[note];
    struct note_box *box = &y->flow->notes[note];
    struct tags *tags = y->flow->tags;
    const struct style *style = layout_style(y, STYLE_FOOTNOTE);
    uint32_t elem = tags_add(tags, TAG_NOTE, parent);
    tags->v[elem].extra = note;
    box->label_elem = tags_add(tags, TAG_LBL, elem);
    box->elem = tags_add(tags, TAG_P, elem);
    rlen hang = note_hang(y);
    box->label_x = style->indent;
    box->x = style->indent + hang;
    box->label = number_of(y, note);
    layout_break(y, box->label, hang);
    struct para_spec spec = layout_spec(y, STYLE_FOOTNOTE);
    box->para = layout_shape(y, &doc->text, &spec);
    layout_break(y, box->para, y->flow->width - box->x - style->indent_end);
    layout_check(y, box->para, doc->pos);
    layout_spans(y, box->para, box->elem);
    layout_note_height(y, box);
}

/* Where in a paragraph we are: item and line, both only going on. */
struct spot {
    uint32_t item, line;
};

/* Go on to the line in which span i begins. */
static uint32_t line_of(const struct para *p, uint32_t span, struct spot *at)
{
    while (at->item < p->items.n && p->items.v[at->item].span < span)
        at->item++;
    while (
        at->line + 1 < p->lines.n && p->lines.v[at->line + 1].first <= at->item)
        at->line++;
    return at->line;
}

void layout_marks(struct layout *y, const struct para *p, uint32_t row,
    uint32_t parent, struct note_refs *refs)
{
    struct spot at = {0};
    for (uint32_t i = 0; p->text && i < p->text->n; i++) {
        const struct span *span = &p->text->spans[i];
        if (span->kind != SPAN_NOTE || y->flow->notes[span->note].para)
            continue;
        layout_note(y, span->note, parent);
        refs->v =
            arena_grow(y->a, refs->v, &refs->cap, refs->n + 1, sizeof *refs->v);
        refs->v[refs->n++] = (struct note_ref){
            .row = row, .line = line_of(p, i, &at), .note = span->note};
    }
}

size_t layout_find_marks(
    const struct para *p, struct note_ref *refs, size_t from, size_t n)
{
    struct spot at = {0};
    for (uint32_t i = 0; p->text && i < p->text->n && from < n; i++)
        if (p->text->spans[i].kind == SPAN_NOTE &&
            p->text->spans[i].note == refs[from].note)
            refs[from++].line = line_of(p, i, &at);
    return from;
}
