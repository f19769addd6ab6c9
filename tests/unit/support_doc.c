/* Resolving reports within unit tests. */
#include "support_doc.h"

#include <string.h>

#define FACTS "report: {title: T, language: en, status-date: 2025-01-31}\n"

struct report *expand_report(struct load *l, const char *yaml)
{
    struct model_options options = {0};
    struct node *root = load_string(l, arena_printf(l->a, "%s%s", FACTS, yaml));
    assert_non_null(root);
    struct report *r = model_read(l, root, &options);
    data_expand(l, r);
    return r;
}

struct doc *resolve_report(struct load *l, const char *yaml)
{
    return inline_resolve(l, expand_report(l, yaml));
}

struct doc *resolve_body(struct load *l, const char *markdown)
{
    struct buf yaml = buf_new(l->a);
    buf_puts(&yaml, "body: |\n  ");
    for (const char *s = markdown; *s; s++) {
        buf_putc(&yaml, *s);
        if (*s == '\n' && s[1] && s[1] != '\n')
            buf_puts(&yaml, "  ");
    }
    buf_putc(&yaml, '\n');
    return resolve_report(l, yaml.s);
}

static void put_style(
    struct buf *out, const struct doc *doc, const struct span *s, bool begin)
{
    static const char letters[] = "SECU";
    const struct link *link = &doc->links[s->link];
    if (!begin) {
        buf_puts(out, s->style & ~SPAN_WHOLE ? "}" : "");
        if (s->link && link->uri.n)
            buf_printf(out, "](%.*s)", (int)link->uri.n, link->uri.s);
        else if (s->link)
            buf_printf(out, "](#%.*s)", (int)doc->targets[link->target].id.n,
                doc->targets[link->target].id.s);
        buf_puts(out, s->lang ? ">" : "");
        return;
    }
    if (s->lang)
        buf_printf(out, "<%s:", doc->langs[s->lang]);
    buf_puts(out, s->link ? "[" : "");
    if (!(s->style & ~SPAN_WHOLE))
        return;
    buf_putc(out, '{');
    for (unsigned i = 0; i < 4; i++) {
        if (s->style & 1U << i)
            buf_putc(out, letters[i]);
    }
    buf_putc(out, ':');
}

/* Two spans of text of one look: only their places tell them apart. */
static bool alike(const struct span *a, const struct span *b)
{
    return a->kind == SPAN_TEXT && b->kind == SPAN_TEXT &&
        (a->style | SPAN_WHOLE) == (b->style | SPAN_WHOLE) &&
        a->lang == b->lang && a->link == b->link;
}

static void put_span(
    struct buf *out, const struct doc *doc, const struct span *s)
{
    switch ((enum span_kind)s->kind) {
    case SPAN_TEXT:
        buf_put(out, s->s.s, s->s.n);
        break;
    case SPAN_BREAK:
        buf_putc(out, '/');
        break;
    case SPAN_NOTE:
        buf_printf(out, "^%u", s->note);
        break;
    case SPAN_PAGE_OF:
        buf_printf(out, "@%.*s", (int)doc->targets[s->target].id.n,
            doc->targets[s->target].id.s);
        break;
    case SPAN_PAGE:
    case SPAN_PAGES:
    case SPAN_SECTION:
        buf_printf(out, "%%%d", s->kind - SPAN_PAGE);
        break;
    }
}

static void put_rich(
    struct buf *out, const struct doc *doc, const struct rich *text)
{
    for (uint32_t i = 0; i < text->n; i++) {
        const struct span *s = &text->spans[i];
        if (!i || !alike(s - 1, s))
            put_style(out, doc, s, true);
        put_span(out, doc, s);
        if (i + 1 == text->n || !alike(s, s + 1))
            put_style(out, doc, s, false);
    }
}

const char *print_rich(
    struct load *l, const struct doc *doc, const struct rich *text)
{
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    put_rich(&out, doc, text);
    return out.s;
}

static void put_blocks(
    struct buf *out, const struct doc *doc, const struct blocks *blocks);

static void put_list(
    struct buf *out, const struct doc *doc, const struct list_doc *list)
{
    buf_puts(out, list->tight ? "" : "loose ");
    buf_puts(out, list->numbered ? "OL[" : "UL[");
    for (uint32_t i = 0; i < list->n; i++) {
        const struct list_item *item = &list->items[i];
        buf_printf(
            out, "%s%.*s ", i ? "; " : "", (int)item->label.n, item->label.s);
        put_blocks(out, doc, &item->body);
    }
    buf_putc(out, ']');
}

/* Rules as their thickness in points, above the row they stand above. */
static void put_grid(
    struct buf *out, const struct doc *doc, const struct mast_doc *grid)
{
    buf_puts(out, "GRID[");
    for (uint32_t i = 0; i < grid->n; i++) {
        const struct mast_row_doc *row = &grid->rows[i];
        buf_puts(out, i ? "; " : "");
        if (row->rule)
            buf_printf(out, "%d-", row->rule / 1000);
        for (uint32_t k = 0; k < row->n; k++) {
            const struct mast_cell_doc *c = &row->cells[k];
            buf_printf(out, "%s%u:", k ? " " : "", c->cell->column);
            if (c->rows > 1)
                buf_printf(out, "x%u:", c->rows);
            put_rich(out, doc, &c->text);
        }
    }
    if (grid->rule)
        buf_printf(out, "; %d-", grid->rule / 1000);
    buf_putc(out, ']');
}

static void put_block(
    struct buf *out, const struct doc *doc, const struct block *b)
{
    switch ((enum block_kind)b->kind) {
    case BLOCK_PARAGRAPH:
        buf_puts(out, "P ");
        put_rich(out, doc, &b->text);
        break;
    case BLOCK_LIST:
        put_list(out, doc, b->list);
        break;
    case BLOCK_TABLE:
        buf_puts(out, "TABLE");
        break;
    case BLOCK_FIGURE:
        buf_puts(out, "FIGURE");
        break;
    case BLOCK_NOTE:
    case BLOCK_QUOTE:
        buf_puts(out, b->kind == BLOCK_NOTE ? "NOTE[" : "QUOTE[");
        put_blocks(out, doc, &b->body);
        buf_putc(out, ']');
        break;
    case BLOCK_CODE:
        buf_puts(out, "CODE[");
        for (uint32_t i = 0; i < b->nlines; i++) {
            buf_puts(out, i ? "/" : "");
            put_rich(out, doc, &b->lines[i]);
        }
        buf_putc(out, ']');
        break;
    case BLOCK_PAGE_BREAK:
        buf_puts(out, "BREAK");
        break;
    case BLOCK_GRID:
        put_grid(out, doc, b->grid);
        break;
    }
}

static void put_blocks(
    struct buf *out, const struct doc *doc, const struct blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->n; i++) {
        buf_puts(out, i ? " | " : "");
        put_block(out, doc, &blocks->b[i]);
    }
}

const char *print_blocks(
    struct load *l, const struct doc *doc, const struct blocks *blocks)
{
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    put_blocks(&out, doc, blocks);
    return out.s;
}
