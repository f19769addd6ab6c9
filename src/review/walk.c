/* The texts and tables of a report, in order. */
#include "review/checks_int.h"

static void walk_blocks(const struct blocks *blocks, const struct walk *w);

static void walk_text(const struct rich *text, const struct walk *w)
{
    if (w->text && text->n)
        w->text(w->to, text);
}

static void walk_table(const struct table_doc *t, const struct walk *w)
{
    walk_text(&t->caption, w);
    for (uint32_t i = 0; i < t->ncolumns; i++)
        walk_text(&t->columns[i].title, w);
    if (w->table)
        w->table(w->to, t);
    walk_text(&t->empty, w);
}

/* As deep as lists may be: by limit `lists`. */
static void walk_block(const struct block *b, const struct walk *w)
{
    switch ((enum block_kind)b->kind) {
    case BLOCK_PARAGRAPH:
        walk_text(&b->text, w);
        break;
    case BLOCK_LIST:
        for (uint32_t i = 0; i < b->list->n; i++)
            walk_blocks(&b->list->items[i].body, w);
        break;
    case BLOCK_TABLE:
        walk_table(b->table, w);
        break;
    case BLOCK_NOTE:
    case BLOCK_QUOTE:
        walk_blocks(&b->body, w);
        break;
    case BLOCK_FIGURE:
    case BLOCK_CODE:
    case BLOCK_PAGE_BREAK:
    case BLOCK_GRID:
        break;
    }
}

static void walk_blocks(const struct blocks *blocks, const struct walk *w)
{
    for (uint32_t i = 0; i < blocks->n; i++)
        walk_block(&blocks->b[i], w);
}

static void walk_sections(
    const struct section_doc *sections, uint32_t n, const struct walk *w)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct section_doc *s = &sections[i];
        walk_text(&s->title, w);
        walk_text(&s->subtitle, w);
        walk_blocks(&s->body, w);
        walk_sections(s->sections, s->nsections, w);
        walk_blocks(&s->after, w);
    }
}

void checks_walk(const struct doc *doc, const struct walk *w)
{
    walk_blocks(&doc->body, w);
    walk_sections(doc->sections, doc->nsections, w);
    walk_blocks(&doc->after, w);
    walk_sections(doc->annexes, doc->nannexes, w);
    for (uint32_t i = 1; i < doc->nfigures; i++)
        walk_text(&doc->figures[i].caption, w);
    for (uint32_t i = 1; i < doc->nnotes; i++)
        walk_text(&doc->notes[i].text, w);
}
