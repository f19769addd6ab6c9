/* Tables: columns, caption, header and rows to a grid of known heights. */
#include "layout/layout_int.h"

/* A table being laid out. */
struct build {
    struct layout *y;
    const struct block *block;
    const struct table_doc *table;
    struct grid *g;
    struct place at;
    uint32_t elem;
    struct note_refs refs;
};

rlen layout_row_height(const struct grid *g, struct para *const *cells)
{
    int64_t most = 0;
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        int64_t height = para_height(cells[c], 0, cells[c]->lines.n);
        if (height > most)
            most = height;
    }
    most += g->pad_top + g->pad_bottom;
    return most < LAYOUT_TALL ? (rlen)most : LAYOUT_TALL;
}

/* "Table 3", "table 'items'" or "the table under 'Achievements'". */
static const char *name_of(const struct build *b)
{
    struct layout *y = b->y;
    struct diags *d = y->l->d;
    struct slice label = b->table->label;
    if (label.n)
        return arena_printf(y->a, "%.*s", (int)label.n, label.s);
    struct slice id = y->doc->targets[b->block->target].id;
    if (b->block->target && id.n)
        return arena_printf(y->a, "table %s", diag_quote(d, id));
    if (!y->section)
        return "the table";
    const struct section_doc *s = y->doc->targets[y->section].section;
    struct slice title = inline_plain(y->a, y->doc, &s->title);
    return arena_printf(y->a, "the table under %s", diag_quote(d, title));
}

/* "'Title'", or "2" for a column without a title. */
static const char *column_name(const struct build *b, uint32_t column)
{
    struct layout *y = b->y;
    const struct rich *text = &b->table->columns[column].title;
    struct slice title = inline_plain(y->a, y->doc, text);
    if (title.n)
        return diag_quote(y->l->d, title);
    return arena_printf(y->a, "%u", (unsigned)column + 1);
}

/* Show the row whose word makes an automatic column as wide as it is. */
static void show_widest(const struct build *b, uint32_t column, rlen narrow)
{
    const struct rows *data = b->table->rows;
    for (uint32_t r = 0; r < data->count; r++) {
        size_t i = (size_t)r * b->g->ncolumns + column;
        if (b->g->cells[i]->items.narrow < narrow)
            continue;
        diag_also(b->y->l->d, data->pos[r], "its widest word is in this row");
        return;
    }
}

static void too_wide(
    const struct build *b, const struct column_need *need, const rlen *width)
{
    struct layout *y = b->y;
    int64_t total = 0;
    uint32_t widest = 0;
    for (uint32_t c = 0; c < b->g->ncolumns; c++) {
        total += width[c] + 2 * b->g->pad_x;
        if (width[c] > width[widest])
            widest = c;
    }
    diag(y->l->d, D_TABLE_WIDE, b->block->pos,
        "%s needs %s, but the text is %s wide; most needs column %s: %s",
        name_of(b), layout_mm(y, total), layout_mm(y, b->at.width),
        column_name(b, widest), layout_mm(y, width[widest] + 2 * b->g->pad_x));
    if (need[widest].kind != WIDTH_FIXED)
        show_widest(b, widest, need[widest].narrow);
    diag_hint(y->l->d,
        "give its columns a smaller 'width', let names break with "
        "'break: identifier', or leave a column out");
}

/* A word of a cell or column title that its column is too narrow for. */
static void check_cell(const struct build *b, const struct para *p,
    uint32_t column, const struct pos *row)
{
    const struct line *line = layout_over(p);
    if (!line)
        return;
    struct layout *y = b->y;
    struct diags *d = y->l->d;
    const struct item *items = &p->items.v[line->first];
    struct pos pos = row ? *row : b->block->pos;
    if (p->text)
        pos = p->text->spans[items->span].pos;
    struct slice word = text_of(y->a, items, line->last - line->first);
    diag(d, D_WORD_WIDE, pos, "%s is %s wide, but column %s of %s only %s",
        diag_quote(d, word), layout_mm(y, line->width), column_name(b, column),
        name_of(b), layout_mm(y, p->width));
    diag_hint(d, "give the column a larger 'width', or none");
}

/* On one line if the text area has the room; at least as wide as the table. */
static void break_caption(
    struct build *b, struct para *p, const struct para_spec *spec)
{
    const struct grid *g = b->g;
    rlen table = g->x[g->ncolumns - 1] + g->width[g->ncolumns - 1];
    rlen width = layout_measure(b->y, p, spec).natural;
    if (width > b->at.width)
        width = b->at.width;
    layout_break(b->y, p, width > table ? width : table);
}

/* Text that repeats on later pages: the caption and a word after it. */
static struct para *repeated_caption(
    struct build *b, const struct rich *text, enum label_id label)
{
    struct layout *y = b->y;
    struct slice word = y->profile->labels[label];
    if (word.n)
        word = slice_of(arena_printf(y->a, " %.*s", (int)word.n, word.s));
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    struct para *p = layout_shape(y, layout_bare(y, text, word), &spec);
    break_caption(b, p, &spec);
    return p;
}

const struct rich *layout_caption(
    struct layout *y, struct slice label, const struct rich *caption)
{
    if (!label.n)
        return caption;
    struct slice between = y->profile->labels[LABEL_SEPARATOR];
    label = slice_of(arena_printf(
        y->a, "%.*s%.*s", (int)label.n, label.s, (int)between.n, between.s));
    return layout_run_in(y, label, SPAN_STRONG, caption);
}

static void caption(struct build *b)
{
    if (!b->table->caption.n)
        return;
    struct layout *y = b->y;
    struct grid *g = b->g;
    const struct rich *text =
        layout_caption(y, b->table->label, &b->table->caption);
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    g->caption_elem = tags_add(y->flow->tags, TAG_CAPTION, b->elem);
    g->caption = layout_shape(y, text, &spec);
    break_caption(b, g->caption, &spec);
    layout_check(y, g->caption, b->block->pos);
    layout_spans(y, g->caption, g->caption_elem);
    layout_marks(y, g->caption, 0, g->caption_elem, &b->refs);
    g->caption_continued = repeated_caption(b, text, LABEL_CONTINUED);
    g->caption_concluded = repeated_caption(b, text, LABEL_CONCLUDED);
    g->caption_gap = spec.style->after;
    g->page_refs |= g->caption->page_refs;
}

/* Cells are broken once; equal ones share their lines. */
static void break_cell(struct build *b, struct para *p, uint32_t column,
    const struct pos *row, uint32_t elem, uint32_t row_number)
{
    struct layout *y = b->y;
    if (!p->lines.n) {
        layout_break(y, p, b->g->width[column] - 2 * b->g->pad_x);
        check_cell(b, p, column, row);
    }
    if (p->text) {
        layout_spans(y, p, elem);
        layout_marks(y, p, row_number, elem, &b->refs);
    }
}

static void head(struct build *b)
{
    struct grid *g = b->g;
    struct tags *tags = b->y->flow->tags;
    if (!g->head)
        return;
    uint32_t group = tags_add(tags, TAG_THEAD, b->elem);
    g->head_row.elem = tags_add_row(tags, group, g->ncolumns, NULL, true);
    for (uint32_t c = 0; c < g->ncolumns; c++)
        break_cell(b, g->head[c], c, NULL, g->head_row.elem + 1 + c, 0);
    g->head_row.height = layout_row_height(g, g->head);
}

size_t layout_head_marks(const struct grid *g, struct note_ref *refs, size_t n)
{
    size_t found = 0;
    if (g->caption)
        found = layout_find_marks(g->caption, refs, found, n);
    for (uint32_t c = 0; g->head && c < g->ncolumns; c++)
        found = layout_find_marks(g->head[c], refs, found, n);
    for (size_t i = 0; i < found; i++)
        refs[i].line = 0;
    return found;
}

static void rows(struct build *b)
{
    struct grid *g = b->g;
    struct layout *y = b->y;
    struct tags *tags = y->flow->tags;
    const struct rows *data = b->table->rows;
    bool row_header[LAYOUT_COLUMNS];
    for (uint32_t c = 0; c < g->ncolumns; c++)
        row_header[c] = b->table->columns[c].column->row_header;
    uint32_t group = tags_add(tags, TAG_TBODY, b->elem);
    for (uint32_t r = 0; r < g->nrows; r++) {
        struct para **cells = &g->cells[(size_t)r * g->ncolumns];
        const struct pos *pos = r < data->count ? &data->pos[r] : NULL;
        uint32_t elem =
            tags_add_row(tags, group, g->ncolumns, row_header, false);
        g->rows[r].elem = elem;
        for (uint32_t c = 0; c < g->ncolumns; c++)
            break_cell(b, cells[c], c, pos, elem + 1 + c, r);
        g->rows[r].height = layout_row_height(g, cells);
        y->steps++;
        layout_tick(y);
    }
}

/* What repeats on every page must leave room for a line of a row. */
static void check_head(const struct build *b)
{
    const struct grid *g = b->g;
    struct layout *y = b->y;
    const struct para *p = g->caption;
    const struct para *again = g->caption_continued;
    int64_t top = 0;
    if (p)
        top = para_height(p, 0, p->lines.n);
    if (again && para_height(again, 0, again->lines.n) > top)
        top = para_height(again, 0, again->lines.n);
    top += g->caption_gap + (g->head ? g->head_row.height : 0);
    rlen line = g->pad_top + g->pad_bottom + g->cells[0]->leading;
    if (top + line <= y->flow->height)
        return;
    diag(y->l->d, D_HEADER_TALL, b->block->pos,
        "caption and header of %s are %s high and leave no room for a row "
        "on a page of %s",
        name_of(b), layout_mm(y, top), layout_mm(y, y->flow->height));
    diag_hint(y->l->d, "shorten them, or make the columns wider");
}

/* Set x and width of the columns. */
static void set_columns(struct grid *g, const rlen *width)
{
    rlen x = 0;
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        g->x[c] = x;
        g->width[c] = width[c] + 2 * g->pad_x;
        x += g->width[c];
    }
}

/* Find the columns' widths from what cells need; need[] gets the rest of it. */
static bool share_room(const struct build *b, const struct column_measure *m,
    struct column_need *need, rlen *width)
{
    const struct grid *g = b->g;
    rlen padding = 2 * g->pad_x;
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        const struct column *column = b->table->columns[c].column;
        need[c] = layout_need(&m[c]);
        need[c].kind = column->width_kind;
        need[c].share = column->share;
        need[c].fixed = column->width - padding;
        if (need[c].fixed < 0)
            need[c].fixed = 0;
    }
    rlen room = b->at.width - padding * (rlen)g->ncolumns;
    return layout_columns(need, g->ncolumns, room, padding, width);
}

/* The widths of the series if they serve this table, else its own. */
static bool columns(struct build *b, const struct series_table *t)
{
    struct column_need need[LAYOUT_COLUMNS];
    rlen width[LAYOUT_COLUMNS];
    if (!share_room(b, t->all, need, width) &&
        !share_room(b, t->own, need, width)) {
        too_wide(b, need, width);
        return false;
    }
    set_columns(b->g, width);
    return true;
}

static struct grid *new_grid(struct layout *y, const struct table_doc *t)
{
    const struct table_style *style = &y->profile->table;
    struct grid *g = ARENA_NEW(y->a, struct grid);
    g->table = t;
    g->ncolumns = t->ncolumns;
    g->nrows = t->rows->count ? t->rows->count : 1;
    g->x = ARENA_ARRAY(y->a, g->ncolumns, rlen);
    g->width = ARENA_ARRAY(y->a, g->ncolumns, rlen);
    g->pad_x = style->pad_x;
    g->pad_top = style->pad_top;
    g->pad_bottom = style->pad_bottom;
    g->rows = ARENA_ARRAY(y->a, g->nrows, struct grid_row);
    g->cells = ARENA_ARRAY(y->a, (size_t)g->nrows * g->ncolumns, struct para *);
    return g;
}

struct grid *layout_shape_table(struct layout *y, const struct block *block,
    struct column_measure **columns)
{
    struct grid *g = new_grid(y, block->table);
    *columns = ARENA_ARRAY(y->a, g->ncolumns, struct column_measure);
    layout_cells(y, g, *columns);
    return g;
}

static void put_box(struct build *b)
{
    struct layout *y = b->y;
    const struct grid *g = b->g;
    const struct table_style *style = &y->profile->table;
    struct box box = {.kind = BOX_TABLE,
        .change = b->block->change,
        .style = STYLE_TABLE_CELL,
        .before = style->before,
        .after = style->after,
        .x = b->at.x,
        .width = g->x[g->ncolumns - 1] + g->width[g->ncolumns - 1],
        .labels = layout_labels(y, b->at.mark),
        .elem = b->elem,
        .grid = b->g,
        .target = b->block->target,
        .notes = b->refs.v,
        .nnotes = (uint32_t)b->refs.n,
        .bar_x = b->at.bar_x,
        .bar = b->at.bar,
        .frame = b->at.frame,
        .pos = b->block->pos};
    rlen before = layout_style(y, STYLE_CAPTION)->before;
    if (g->caption && box.before < before)
        box.before = before;
    layout_box(y, &box);
}

/*
 * Where no row is, a text may say so: "None.". It stands in the table's place,
 * below the caption, so that the table's number is seen.
 */
static void no_rows(
    struct layout *y, const struct block *b, const struct place *at)
{
    struct block *text = ARENA_ARRAY(y->a, 2, struct block);
    struct blocks both = {text, 0};
    if (b->table->caption.n)
        text[both.n++] = (struct block){.kind = BLOCK_PARAGRAPH,
            .style = STYLE_CAPTION,
            .text = *layout_caption(y, b->table->label, &b->table->caption)};
    text[both.n++] = (struct block){
        .kind = BLOCK_PARAGRAPH, .style = -1, .text = b->table->empty};
    text[0].change = text[both.n - 1].change = b->change;
    text[0].target = b->target;
    text[0].pos = text[both.n - 1].pos = b->pos;
    layout_blocks(y, &both, at);
}

void layout_table(
    struct layout *y, const struct block *block, const struct place *at)
{
    const struct table_doc *t = block->table;
    if (!t->rows->count && t->empty.n) {
        no_rows(y, block, at);
        return;
    }
    struct series_table in;
    if (!layout_series_table(y, block, &in)) {
        in.grid = layout_shape_table(y, block, &in.own);
        in.all = in.own;
    }
    struct build b = {
        .y = y, .block = block, .table = t, .g = in.grid, .at = *at};
    if (!columns(&b, &in))
        return;
    b.elem = tags_add(y->flow->tags, TAG_TABLE, at->parent);
    caption(&b);
    head(&b);
    layout_head_marks(b.g, b.refs.v, b.refs.n);
    rows(&b);
    check_head(&b);
    put_box(&b);
}
