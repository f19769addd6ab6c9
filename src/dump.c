/* What each stage has made, as lines of text: for goldens and for eyes. */
#include "dump.h"

#include <string.h>

static const char *style_name(int style)
{
    static const char *const NAMES[] = {
#define X(id, name) name,
        STYLE_LIST(X)
#undef X
    };
    return style >= 0 && style < STYLE_COUNT ? NAMES[style] : "-";
}

/* Text on one line, in quotes, controls and quotes escaped. */
static void put_quoted(struct buf *out, struct slice s)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (c == '\n')
            buf_puts(out, "\\n");
        else if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if ((unsigned char)c < ' ')
            buf_printf(out, "\\x%02x", (unsigned)c);
        else
            buf_putc(out, c);
    }
    buf_putc(out, '"');
}

static void put_indent(struct buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        buf_puts(out, "  ");
}

static void put_node(const struct files *files, const struct node *n,
    unsigned depth, struct buf *out)
{
    static const char *const STYLES[] = {
        "plain", "quoted", "quoted", "literal", "folded", "flow", "block"};
    uint32_t line, col;
    files_locate(files, n->pos, &line, &col, NULL);
    buf_printf(out, "%s:%u:%u ", files_at(files, n->pos.file)->path, line, col);
    if (n->kind == NODE_SCALAR) {
        buf_printf(out, "%s ", STYLES[n->style]);
        put_quoted(out, n->s);
        buf_putc(out, '\n');
        return;
    }
    buf_printf(out, "%s %u\n", n->kind == NODE_LIST ? "list" : "map", n->count);
    for (uint32_t i = 0; i < n->count; i++) {
        put_indent(out, depth + 1);
        if (n->kind == NODE_MAP)
            buf_printf(out, "%.*s: ", (int)n->keys[i]->s.n, n->keys[i]->s.s);
        else
            buf_puts(out, "- ");
        put_node(files, n->items[i], depth + 1, out);
    }
}

void dump_nodes(
    const struct files *files, const struct node *root, struct buf *out)
{
    put_node(files, root, 0, out);
}

static void put_para_lines(
    const struct para *p, const char *what, struct arena *a, struct buf *out)
{
    for (uint32_t i = 0; i < p->lines.n; i++) {
        const struct line *line = &p->lines.v[i];
        buf_printf(out, "  %s %u/%u width %d of %d ratio %d%s%s ", what, i + 1,
            p->lines.n, line->width, p->width, line->ratio,
            line->hyphen ? " hyphen" : "", line->over ? " over" : "");
        put_quoted(out,
            text_of(a, p->items.v + line->first, line->last - line->first));
        buf_putc(out, '\n');
    }
}

static void put_board_lines(
    const struct board *b, struct arena *a, struct buf *out)
{
    for (uint32_t i = 0; i < b->ncells; i++)
        put_para_lines(b->cells[i].para, "cell", a, out);
}

static void put_grid_lines(
    const struct grid *g, struct arena *a, struct buf *out)
{
    if (g->caption)
        put_para_lines(g->caption, "caption", a, out);
    for (uint32_t c = 0; g->head && c < g->ncolumns; c++)
        put_para_lines(g->head[c], "head", a, out);
    for (uint32_t r = 0; r < g->nrows; r++)
        for (uint32_t c = 0; c < g->ncolumns; c++)
            put_para_lines(
                g->cells[(size_t)r * g->ncolumns + c], "cell", a, out);
}

void dump_lines(const struct flow *flow, struct arena *a, struct buf *out)
{
    for (size_t i = 0; i < flow->n; i++) {
        const struct box *box = &flow->boxes[i];
        buf_printf(out, "%zu %s\n", i, style_name(box->style));
        for (const struct box_label *l = box->labels; l; l = l->next)
            put_para_lines(l->para, "label", a, out);
        if (box->kind == BOX_TABLE)
            put_grid_lines(box->grid, a, out);
        else if (box->kind == BOX_BOARD)
            put_board_lines(box->board, a, out);
        else if (box->picture && box->picture->caption)
            put_para_lines(box->picture->caption, "caption", a, out);
        else if (box->para)
            put_para_lines(box->para, "line", a, out);
    }
    for (uint32_t i = 1; i < flow->doc->nnotes; i++) {
        if (!flow->notes[i].para)
            continue; /* marked in the header row of a table without rows */
        buf_printf(out, "note %u\n", i);
        put_para_lines(flow->notes[i].para, "line", a, out);
    }
}

static void put_grid(const struct grid *g, struct buf *out)
{
    buf_puts(out, "  columns");
    for (uint32_t c = 0; c < g->ncolumns; c++)
        buf_printf(out, " %d+%d", g->x[c], g->width[c]);
    buf_puts(out, "\n  rows");
    if (g->head)
        buf_printf(out, " head %d", g->head_row.height);
    for (uint32_t r = 0; r < g->nrows; r++)
        buf_printf(out, " %d", g->rows[r].height);
    buf_putc(out, '\n');
}

static void put_board(const struct board *b, struct arena *a, struct buf *out)
{
    for (uint32_t i = 0; i < b->ncells; i++) {
        const struct board_cell *c = &b->cells[i];
        buf_printf(out, "  cell %d+%d %d+%d ", c->x, c->width, c->y, c->height);
        put_quoted(out, text_of(a, c->para->items.v, c->para->items.n));
        buf_putc(out, '\n');
    }
    for (uint32_t i = 0; i < b->nrules; i++)
        buf_printf(out, "  rule %d+%d\n", b->rules[i].y, b->rules[i].thickness);
}

static void put_picture(
    const struct flow *flow, const struct picture *p, struct buf *out)
{
    const struct image *image = &flow->doc->images->v[p->figure->image];
    buf_printf(out, "  image %d+%d x %d of %u x %u ", p->x, p->width, p->height,
        image->width, image->height);
    put_quoted(out, image->node->s);
    buf_putc(out, '\n');
}

void dump_boxes(const struct flow *flow, struct arena *a, struct buf *out)
{
    static const char *const KINDS[] = {
        "para", "table", "figure", "contents", "break", "board"};
    buf_printf(out, "area %d x %d\n", flow->width, flow->height);
    for (size_t i = 0; i < flow->n; i++) {
        const struct box *box = &flow->boxes[i];
        buf_printf(out, "%zu %s %s x %d width %d before %d after %d%s%s", i,
            KINDS[box->kind], style_name(box->style), box->x, box->width,
            box->before, box->after, box->keep_next ? " keep" : "",
            box->new_page ? " new-page" : "");
        if (box->top || box->bottom)
            buf_printf(out, " frame %d+%d", box->top, box->bottom);
        if (box->heading)
            buf_printf(out, " heading %d", box->heading);
        if (box->elem)
            buf_printf(out, " <%s>", tags_name(flow->tags->v[box->elem].tag));
        if (box->target) {
            buf_puts(out, " #");
            struct slice id = flow->doc->targets[box->target].id;
            buf_put(out, id.s, id.n);
        }
        for (const struct box_label *l = box->labels; l; l = l->next) {
            const struct items *items = &l->para->items;
            buf_puts(out, " label ");
            put_quoted(out, text_of(a, items->v, items->n));
        }
        if (box->para) {
            buf_printf(out, " lines %u ", box->para->lines.n);
            put_quoted(out, text_of(a, box->para->items.v, box->para->items.n));
        }
        buf_putc(out, '\n');
        if (box->kind == BOX_TABLE)
            put_grid(box->grid, out);
        else if (box->kind == BOX_BOARD)
            put_board(box->board, a, out);
        else if (box->picture)
            put_picture(flow, box->picture, out);
    }
}

/* How a text looks: its font file but for that of the body, cut, colour, size.
 */
static void put_look(
    const struct flow *flow, const struct item *item, struct buf *out)
{
    const struct look *look = &flow->fonts->looks[item->look];
    uint16_t body =
        fonts_look(flow->fonts, &flow->doc->profile->styles[STYLE_BODY], 0);
    const struct colour *c = &look->colour;
    if (look->family != flow->fonts->looks[body].family && item->word) {
        const char *path = flow->fonts->faces[item->word->face]->path;
        const char *slash = strrchr(path, '/');
        buf_printf(out, "%s ", slash ? slash + 1 : path);
    }
    buf_printf(
        out, "%s%s", look->bold ? "bold " : "", look->italic ? "italic " : "");
    if (c->r || c->g || c->b)
        buf_printf(out, "#%02x%02x%02x ", c->r, c->g, c->b);
    buf_printf(out, "%d ", look->size);
}

static void put_draw(const struct pages *pages, const struct draw *d,
    struct arena *a, struct buf *out)
{
    static const char *const ARTIFACTS[] = {
        "", "layout", "pagination", "header", "footer"};
    const struct flow *flow = pages->flow;
    const char *part = d->artifact ? ARTIFACTS[d->artifact]
        : d->elem                  ? tags_name(flow->tags->v[d->elem].tag)
                                   : "-";
    switch ((enum draw_kind)d->kind) {
    case DRAW_TEXT:
        buf_printf(out, "  text %d %d <%s> ", d->x, d->y, part);
        put_look(flow, d->text.items, out);
        put_quoted(out, text_of(a, d->text.items, d->text.n));
        break;
    case DRAW_FILL:
        buf_printf(out, "  fill %d %d %d x %d #%02x%02x%02x", d->x, d->y,
            d->fill.width, d->fill.height, d->fill.colour.r, d->fill.colour.g,
            d->fill.colour.b);
        break;
    case DRAW_IMAGE:
        buf_printf(out, "  image %d %d %d x %d <%s> ", d->x, d->y,
            d->image.width, d->image.height, part);
        put_quoted(out, flow->doc->images->v[d->image.image].node->s);
        break;
    case DRAW_LINK: {
        const struct doc *doc = flow->doc;
        struct slice to = d->link.note ? doc->notes[d->link.note].name
            : d->link.target           ? doc->targets[d->link.target].id
                                       : doc->links[d->link.link].uri;
        buf_printf(out, "  link %d %d %d x %d ", d->x, d->y, d->link.width,
            d->link.height);
        put_quoted(out, to);
        break;
    }
    }
    buf_putc(out, '\n');
}

void dump_pages(
    const struct pages *pages, struct arena *scratch, struct buf *out)
{
    static const char *const KINDS[] = {"first", "left", "right"};
    for (uint32_t i = 0; i < pages->n; i++) {
        buf_printf(out, "page %u of %u %s\n", pages->v[i].number, pages->total,
            KINDS[pages->v[i].kind]);
        struct display display = page_paint(pages, i, scratch);
        for (size_t k = 0; k < display.n; k++)
            put_draw(pages, &display.v[k], scratch, out);
        arena_reset(scratch);
    }
}
