/* Boards: a cover's grid, and the rule that closes the document. */
#include "layout/layout_int.h"

enum { LEAST_WIDTH = PT(1) };

struct para_spec layout_board_spec(
    const struct layout *y, const struct board *b, const struct board_cell *c)
{
    const struct mast_cell *cell = c->cell->cell;
    int style = cell->style >= 0 ? cell->style : b->grid->grid->style;
    bool title = style == STYLE_TITLE || style == STYLE_SUBTITLE;
    struct para_spec spec =
        title ? layout_title(y, style) : layout_spec(y, style);
    if (!cell->align_given || cell->align == spec.align)
        return spec;
    spec.align = cell->align;
    spec.mode =
        title || spec.align == ALIGN_CENTRE ? TEXT_BALANCE : TEXT_RAGGED;
    return spec;
}

/* Place and width of each column; false, reported, if there is no room. */
static bool columns(struct layout *y, const struct masthead *g,
    const struct place *at, rlen *x, rlen *width)
{
    int64_t left = (int64_t)at->width - (int64_t)g->gap * (g->ncolumns - 1);
    int64_t shares = 0, least = 0;
    for (uint32_t i = 0; i < g->ncolumns; i++) {
        left -= g->columns[i].width;
        shares += g->columns[i].share;
        least += g->columns[i].share ? LEAST_WIDTH : 0;
    }
    if (left < least) {
        diag(y->l->d, D_TABLE_WIDE, load_find(g->node, "columns")->pos,
            "the columns of the grid need %s, but the text is %s wide",
            layout_mm(y, at->width - left + least), layout_mm(y, at->width));
        diag_hint(y->l->d, "make columns or 'gap' smaller");
        return false;
    }
    rlen next = 0;
    for (uint32_t i = 0; i < g->ncolumns; i++) {
        x[i] = next;
        width[i] = g->columns[i].width;
        if (g->columns[i].share) {
            width[i] = (rlen)(left * g->columns[i].share / shares);
            left -= width[i];
            shares -= g->columns[i].share;
        }
        next += width[i] + g->gap;
    }
    return true;
}

static void add_cell(struct layout *y, struct board *b, uint32_t row,
    const struct mast_cell_doc *doc, const rlen *x, const rlen *width,
    uint32_t parent)
{
    struct board_cell *c = &b->cells[b->ncells++];
    const struct mast_cell *cell = doc->cell;
    int style = cell->style >= 0 ? cell->style : b->grid->grid->style;
    uint32_t end = cell->column + (uint32_t)cell->columns - 1;
    *c = (struct board_cell){.style = layout_style(y, style),
        .cell = doc,
        .row = row,
        .x = x[cell->column] + layout_style(y, style)->indent};
    c->width = x[end] + width[end] - c->x - c->style->indent_end;
    c->elem = tags_add(y->flow->tags, layout_paragraph_tag(y, style), parent);
    struct para_spec spec = layout_board_spec(y, b, c);
    c->para = layout_shape(y, &doc->text, &spec);
    layout_break(y, c->para, c->width - 2 * layout_trim(c->style).side);
    layout_check(y, c->para, cell->node->pos);
    layout_spans(y, c->para, c->elem);
}

/* The space that a row has above or below it: its own, or its cells'. */
static rlen row_space(const struct board *b, uint32_t row, bool above)
{
    const struct mast_row *own = b->grid->rows[row].row;
    if (above ? own->before_given : own->after_given)
        return above ? own->before : own->after;
    rlen most = 0;
    for (uint32_t i = 0; i < b->ncells; i++) {
        const struct style *s = b->cells[i].style;
        if (b->cells[i].row == row && (above ? s->before : s->after) > most)
            most = above ? s->before : s->after;
    }
    return most;
}

static void add_rule(struct board *b, int64_t y, rlen thickness)
{
    b->rules[b->nrules++] = (struct board_rule){(rlen)y, thickness};
}

/* The first baseline of a cell below the top of its frame. */
static rlen ascent(const struct board_cell *c)
{
    return layout_trim(c->style).top + c->para->baseline;
}

/*
 * Place the cells of a row whose top is at y, their first baselines side by
 * side. Returns its bottom: of the cells that end there.
 */
static int64_t place_row(struct board *b, uint32_t row, int64_t y)
{
    rlen most = 0;
    int64_t bottom = y;
    for (uint32_t i = 0; i < b->ncells; i++)
        if (b->cells[i].row == row && ascent(&b->cells[i]) > most)
            most = ascent(&b->cells[i]);
    for (uint32_t i = 0; i < b->ncells; i++) {
        struct board_cell *c = &b->cells[i];
        if (c->row == row) {
            struct trim trim = layout_trim(c->style);
            int64_t height = para_height(c->para, 0, c->para->lines.n) +
                trim.top + trim.bottom;
            c->y = (rlen)y + most - ascent(c);
            c->height = height < LAYOUT_TALL ? (rlen)height : LAYOUT_TALL;
        }
        if (c->row <= row && c->row + c->cell->rows == row + 1 &&
            (int64_t)c->y + c->height > bottom)
            bottom = (int64_t)c->y + c->height;
    }
    return bottom < LAYOUT_TALL ? bottom : LAYOUT_TALL;
}

void layout_board_heights(struct board *b)
{
    const struct mast_doc *grid = b->grid;
    int64_t y = 0;
    rlen after = 0;
    b->nrules = 0;
    for (uint32_t i = 0; i < grid->n; i++) {
        rlen before = row_space(b, i, true);
        rlen rule = grid->rows[i].rule;
        if (rule) {
            y += after;
            add_rule(b, y, rule);
            y += rule + before;
        } else if (i) {
            y += before > after ? before : after;
        }
        y = place_row(b, i, y);
        after = row_space(b, i, false);
    }
    if (grid->rule) {
        add_rule(b, y + after, grid->rule);
        y += after + grid->rule;
    }
    b->height = y < LAYOUT_TALL ? (rlen)y : LAYOUT_TALL;
}

static struct board *new_board(struct layout *y, const struct mast_doc *grid)
{
    struct board *b = ARENA_NEW(y->a, struct board);
    size_t n = 0;
    for (uint32_t i = 0; i < grid->n; i++)
        n += grid->rows[i].n;
    const uint8_t *rgb = grid->grid->rule_colour;
    b->grid = grid;
    b->cells = ARENA_ARRAY(y->a, n, struct board_cell);
    b->rules = ARENA_ARRAY(y->a, (size_t)grid->n + 1, struct board_rule);
    b->colour = (struct colour){rgb[0], rgb[1], rgb[2]};
    return b;
}

/*
 * The space at an edge of a grid: its own, or that of its style; and of the row
 * there, unless a rule comes between.
 */
static rlen edge_space(const struct layout *y, const struct board *b, bool top)
{
    const struct masthead *g = b->grid->grid;
    if (top ? g->before_given : g->after_given)
        return top ? g->before : g->after;
    const struct style *style = layout_style(y, g->style);
    rlen space = top ? style->before : style->after;
    if (top ? b->grid->rows[0].rule : b->grid->rule)
        return space;
    rlen row = row_space(b, top ? 0 : b->grid->n - 1, top);
    return row > space ? row : space;
}

static void put_board(struct layout *y, const struct block *block,
    const struct place *at, struct board *b)
{
    const struct mast_doc *grid = b->grid;
    struct box box = {.kind = BOX_BOARD,
        .style = (int16_t)grid->grid->style,
        .before = edge_space(y, b, true),
        .after = edge_space(y, b, false),
        .x = at->x,
        .width = at->width,
        .board = b,
        .frame = at->frame,
        .target = block->target,
        .pos = block->pos};
    for (uint32_t i = 0; i < b->ncells; i++)
        box.keep_next |= b->cells[i].style->keep_next;
    layout_box(y, &box);
}

void layout_board(
    struct layout *y, const struct block *block, const struct place *at)
{
    const struct mast_doc *grid = block->grid;
    rlen x[MAST_COLUMNS], width[MAST_COLUMNS];
    if (!columns(y, grid->grid, at, x, width))
        return;
    struct board *b = new_board(y, grid);
    for (uint32_t i = 0; i < grid->n; i++)
        for (uint32_t k = 0; k < grid->rows[i].n; k++)
            add_cell(y, b, i, &grid->rows[i].cells[k], x, width, at->parent);
    layout_board_heights(b);
    put_board(y, block, at, b);
}

void layout_end(struct layout *y, const struct place *at)
{
    const struct profile *p = y->profile;
    struct flow *f = y->flow;
    if (!p->end_rule)
        return;
    while (f->n > f->body && f->boxes[f->n - 1].kind == BOX_BREAK)
        f->n--;
    if (!f->n)
        return;
    rlen width = p->end_width < at->width ? p->end_width : at->width;
    struct board *b = ARENA_NEW(y->a, struct board);
    b->rules = ARENA_NEW(y->a, struct board_rule);
    add_rule(b, 0, p->end_rule);
    b->height = p->end_rule;
    struct box box = {.kind = BOX_BOARD,
        .style = STYLE_BODY,
        .before = p->end_before,
        .x = at->x + (at->width - width) / 2,
        .width = width,
        .board = b};
    f->boxes[f->n - 1].keep_next = true;
    y->section = 0;
    layout_box(y, &box);
}
