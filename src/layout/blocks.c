/* The blocks of a body: paragraphs, notes, quotes, code, page breaks. */
#include "layout/layout_int.h"

#include <string.h>

static bool is_listlike(const struct block *b)
{
    return b->kind == BLOCK_LIST || b->kind == BLOCK_TABLE ||
        b->kind == BLOCK_FIGURE || b->kind == BLOCK_CODE ||
        b->kind == BLOCK_QUOTE;
}

/* "… the following:" belongs to what it announces. */
static bool announces(const struct rich *text)
{
    for (uint32_t i = text->n; i-- > 0;) {
        struct slice s = text->spans[i].s;
        if (text->spans[i].kind != SPAN_TEXT)
            continue;
        while (s.n && s.s[s.n - 1] == ' ')
            s.n--;
        if (s.n)
            return s.s[s.n - 1] == ':';
    }
    return false;
}

enum tag layout_paragraph_tag(struct layout *y, int style)
{
    if (style != STYLE_TITLE || y->titled)
        return TAG_P;
    y->titled = true;
    return TAG_TITLE;
}

static void paragraph(struct layout *y, const struct block *block,
    const struct rich *text, const struct place *at, bool first, bool keep)
{
    int style = block->style >= 0 ? block->style : at->style;
    struct box b = layout_box_in(y, at, style);
    if (at->tight) {
        b.before = first ? at->between : b.before;
        b.after = 0;
    }
    b.keep_next |= keep;
    b.change = block->change;
    b.pos = block->pos;
    b.target = block->target;
    b.elem =
        tags_add(y->flow->tags, layout_paragraph_tag(y, style), at->parent);
    b.labels = layout_labels(y, at->mark);
    bool title = style == STYLE_TITLE || style == STYLE_SUBTITLE;
    struct para_spec spec =
        title ? layout_title(y, style) : layout_spec(y, style);
    layout_text_box(y, &b, layout_shape(y, text, &spec), at->parent);
}

/* The frame of blocks that a style sets in, with an element of their own. */
static struct place inside(
    struct layout *y, const struct place *at, int style, enum tag tag)
{
    const struct style *s = layout_style(y, style);
    struct place in = *at;
    in.x += s->indent;
    in.width -= s->indent + s->indent_end;
    in.frame = layout_frame(y, s, in.x, in.width, at->frame);
    rlen side = layout_trim(s).side;
    in.x += side;
    in.width -= 2 * side;
    in.style = (int16_t)style;
    in.contained = true;
    in.tight = false;
    in.parent = tags_add(y->flow->tags, tag, at->parent);
    return in;
}

static void quote(
    struct layout *y, const struct block *block, const struct place *at)
{
    struct place in = inside(y, at, STYLE_QUOTE, TAG_BLOCK_QUOTE);
    layout_anchor(y, block->target);
    layout_blocks(y, &block->body, &in);
    if (in.frame != at->frame)
        layout_frame_end(y, in.frame);
}

/* The word "Note – " in bold runs into the first paragraph. */
static struct blocks with_label(
    struct layout *y, const struct block *block, struct slice label)
{
    struct blocks out = {.n = block->body.n};
    bool run_in = out.n && block->body.b[0].kind == BLOCK_PARAGRAPH;
    size_t own = run_in ? 0 : 1;
    out.b = ARENA_ARRAY(y->a, out.n + own, struct block);
    if (block->body.n)
        memcpy(out.b + own, block->body.b, block->body.n * sizeof *out.b);
    out.n += (uint32_t)own;
    struct rich none = {0};
    if (run_in) {
        struct slice then = y->profile->labels[LABEL_NOTE_SEPARATOR];
        label = slice_of(arena_printf(
            y->a, "%.*s%.*s", (int)label.n, label.s, (int)then.n, then.s));
        out.b->text = *layout_run_in(y, label, SPAN_STRONG, &out.b->text);
    } else {
        out.b->style = -1;
        out.b->pos = block->pos;
        out.b->text = *layout_run_in(y, label, SPAN_STRONG, &none);
    }
    return out;
}

static void note(
    struct layout *y, const struct block *block, const struct place *at)
{
    const struct style *style = layout_style(y, STYLE_NOTE);
    struct place in = inside(y, at, STYLE_NOTE, TAG_DIV);
    rlen bar = y->profile->note_bar;
    if (bar) {
        in.bar = bar;
        in.bar_x = at->x;
        rlen clear = bar + style->size * 6 / 10;
        if (style->indent < clear) {
            in.x += clear - style->indent;
            in.width -= clear - style->indent;
        }
    }
    struct slice label = y->profile->labels[LABEL_NOTE];
    struct blocks body = label.n ? with_label(y, block, label) : block->body;
    layout_anchor(y, block->target);
    size_t first = y->flow->n;
    layout_blocks(y, &body, &in);
    for (size_t i = first; i + 1 < y->flow->n; i++)
        y->flow->boxes[i].bar_next = true;
    /* A label on a line of its own. */
    if (body.n > block->body.n && y->flow->n > first + 1)
        y->flow->boxes[first].keep_next = true;
    if (in.frame != at->frame)
        layout_frame_end(y, in.frame);
}

static void code(
    struct layout *y, const struct block *block, const struct place *at)
{
    struct rich *all = ARENA_NEW(y->a, struct rich);
    size_t n = 0;
    for (uint32_t i = 0; i < block->nlines; i++)
        n += (size_t)block->lines[i].n + 1;
    all->spans = ARENA_ARRAY(y->a, n + 1, struct span);
    for (uint32_t i = 0; i < block->nlines; i++) {
        const struct rich *line = &block->lines[i];
        if (i)
            all->spans[all->n++].kind = SPAN_BREAK;
        if (line->n)
            memcpy(&all->spans[all->n], line->spans,
                line->n * sizeof *line->spans);
        all->n += line->n;
    }
    struct box b = layout_box_in(y, at, STYLE_CODE);
    b.change = block->change;
    b.pos = block->pos;
    b.target = block->target;
    b.labels = layout_labels(y, at->mark);
    uint32_t p = tags_add(y->flow->tags, TAG_P, at->parent);
    b.elem = tags_add(y->flow->tags, TAG_CODE, p);
    struct para_spec spec = layout_greedy(y, STYLE_CODE);
    spec.verbatim = true;
    layout_text_box(y, &b, layout_shape(y, all, &spec), at->parent);
}

static void list(
    struct layout *y, const struct block *block, const struct place *at)
{
    layout_anchor(y, block->target);
    layout_list(y, block->list, at);
}

static void page_break(struct layout *y, const struct block *block)
{
    struct box b = {.kind = BOX_BREAK, .pos = block->pos};
    layout_box(y, &b);
    layout_anchor(y, block->target);
}

/*
 * Blocks nest in lists, notes and quotes, as deep as YAML and Markdown may:
 * the limits on depth and on lists bound the recursion.
 */
void layout_blocks(
    struct layout *y, const struct blocks *blocks, const struct place *at)
{
    for (uint32_t i = 0; i < blocks->n; i++) {
        const struct block *b = &blocks->b[i];
        bool keep = i + 1 < blocks->n && is_listlike(b + 1) &&
            b->kind == BLOCK_PARAGRAPH &&
            (announces(&b->text) || b->change == CHANGE_TOLD);
        switch ((enum block_kind)b->kind) {
        case BLOCK_PARAGRAPH:
            paragraph(y, b, &b->text, at, i == 0, keep);
            break;
        case BLOCK_LIST:
            list(y, b, at);
            break;
        case BLOCK_TABLE:
            layout_table(y, b, at);
            break;
        case BLOCK_FIGURE:
            layout_figure(y, b, at);
            break;
        case BLOCK_NOTE:
            note(y, b, at);
            break;
        case BLOCK_QUOTE:
            quote(y, b, at);
            break;
        case BLOCK_CODE:
            code(y, b, at);
            break;
        case BLOCK_PAGE_BREAK:
            page_break(y, b);
            break;
        case BLOCK_GRID:
            layout_board(y, b, at);
            break;
        }
    }
}
