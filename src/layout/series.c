/*
 * Tables with the same columns under one top heading: a series, in which each
 * column is as wide in all of them, so that the eye finds it again.
 */
#include "layout/layout_int.h"

#include <string.h>

/* A table that stands in the body of a section, and what its columns need. */
struct member {
    const struct block *block;
    struct grid *grid;
    struct column_measure *columns; /* [grid->ncolumns] */
    uint32_t series; /* index of its first member */
    struct column_measure *all; /* the first member's: of the whole series */
};

/* All members of the document, in its order. */
struct series {
    struct member *v;
    size_t n, cap;
    size_t next; /* the first that was not laid out yet */
};

static bool same_column(const struct layout *y, const struct column_doc *a,
    const struct column_doc *b)
{
    const struct column *p = a->column, *q = b->column;
    struct slice s = inline_plain(y->scratch, y->doc, &a->title);
    struct slice t = inline_plain(y->scratch, y->doc, &b->title);
    return p->width_kind == q->width_kind && p->width == q->width &&
        p->share == q->share && p->identifier == q->identifier &&
        slice_eq(s, t);
}

static bool same_columns(const struct layout *y, const struct table_doc *a,
    const struct table_doc *b)
{
    if (a->ncolumns != b->ncolumns || a->head != b->head)
        return false;
    for (uint32_t c = 0; c < a->ncolumns; c++)
        if (!same_column(y, &a->columns[c], &b->columns[c]))
            return false;
    return true;
}

/* The members from `first` on are those under one top heading. */
static void add_member(
    struct layout *y, struct series *s, size_t first, const struct block *b)
{
    /* Mostly the last table is the one that is like this one. */
    enum { LOOK_BACK = 8 };
    s->v = arena_grow(y->a, s->v, &s->cap, s->n + 1, sizeof *s->v);
    struct member *m = &s->v[s->n];
    *m = (struct member){.block = b, .series = (uint32_t)s->n};
    size_t least = s->n > first + LOOK_BACK ? s->n - LOOK_BACK : first;
    for (size_t i = s->n; i > least; i--) {
        if (!same_columns(y, s->v[i - 1].block->table, b->table))
            continue;
        m->series = s->v[i - 1].series;
        break;
    }
    s->n++;
    arena_reset(y->scratch);
}

static void add_blocks(struct layout *y, struct series *s, size_t first,
    const struct blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->n; i++) {
        const struct block *b = &blocks->b[i];
        if (b->kind == BLOCK_TABLE && b->table->rows->count)
            add_member(y, s, first, b);
    }
}

static void add_section(struct layout *y, struct series *s, size_t first,
    const struct section_doc *section)
{
    add_blocks(y, s, first, &section->body);
    for (uint32_t i = 0; i < section->nsections; i++)
        add_section(y, s, first, &section->sections[i]);
    add_blocks(y, s, first, &section->after);
}

/* Shape the first table of a series; the others are added to a copy. */
static void measure_lead(struct layout *y, struct member *lead)
{
    lead->grid = layout_shape_table(y, lead->block, &lead->columns);
    uint32_t n = lead->grid->ncolumns;
    lead->all = ARENA_ARRAY(y->a, n, struct column_measure);
    memcpy(lead->all, lead->columns, n * sizeof *lead->all);
}

/* Shape the tables that are not alone in their series, and add up its needs. */
static void measure(struct layout *y, struct series *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct member *m = &s->v[i], *lead = &s->v[m->series];
        if (lead == m)
            continue;
        if (!lead->grid)
            measure_lead(y, lead);
        m->grid = layout_shape_table(y, m->block, &m->columns);
        for (uint32_t c = 0; c < m->grid->ncolumns; c++)
            layout_add_measure(&lead->all[c], &m->columns[c]);
    }
}

void layout_collect_series(struct layout *y)
{
    struct series *s = y->series = ARENA_NEW(y->a, struct series);
    const struct doc *doc = y->doc;
    add_blocks(y, s, 0, &doc->body);
    for (uint32_t i = 0; i < doc->nsections; i++)
        add_section(y, s, s->n, &doc->sections[i]);
    for (uint32_t i = 0; i < doc->nannexes; i++)
        add_section(y, s, s->n, &doc->annexes[i]);
    measure(y, s);
}

bool layout_series_table(
    struct layout *y, const struct block *block, struct series_table *out)
{
    struct series *s = y->series;
    if (!s || s->next == s->n || s->v[s->next].block != block)
        return false;
    const struct member *m = &s->v[s->next++];
    if (!m->grid)
        return false;
    *out = (struct series_table){
        .grid = m->grid, .own = m->columns, .all = s->v[m->series].all};
    return true;
}
