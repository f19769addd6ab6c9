/* What is no more: put back, as deleted, where it was. */
#include "review/mark_int.h"

#include <stdlib.h>
#include <string.h>

static struct slice label(const struct marker *m, enum label_id id)
{
    return m->doc->profile->labels[id];
}

static struct put_in *put(struct marker *m, uint8_t depth)
{
    m->v = arena_grow(m->a, m->v, &m->cap, (size_t)m->n + 1, sizeof *m->v);
    struct put_in *p = &m->v[m->n];
    *p = (struct put_in){.depth = depth, .order = m->n};
    m->n++;
    return p;
}

static void put_block(struct marker *m, uint8_t depth, struct blocks *in,
    uint32_t at, struct block block)
{
    struct put_in *p = put(m, depth);
    p->in = in;
    p->at = at;
    p->block = block;
    m->row = NULL;
}

static struct block paragraph(const struct marker *m, struct rich text)
{
    return (struct block){
        .kind = BLOCK_PARAGRAPH, .style = -1, .pos = m->pos, .text = text};
}

static struct list_item item_of(
    struct marker *m, struct block block, bool bullet)
{
    struct list_item item = {.label = {"", 0}};
    item.body.b = ARENA_NEW(m->a, struct block);
    item.body.b[0] = block;
    item.body.n = 1;
    if (bullet)
        item.label = m->doc->profile->levels[0].mark;
    return item;
}

static void add_item(
    struct marker *m, struct list_doc *list, size_t *cap, struct list_item item)
{
    list->items = arena_grow(
        m->a, list->items, cap, (size_t)list->n + 1, sizeof *list->items);
    list->items[list->n++] = item;
}

static struct list_doc *new_list(struct marker *m, uint8_t level)
{
    struct list_doc *list = ARENA_NEW(m->a, struct list_doc);
    list->tight = true;
    list->level = level;
    return list;
}

/* A paragraph that says `text`, deleted, within a label such as "… gone". */
static struct block labelled(
    struct marker *m, enum label_id id, struct slice text)
{
    struct rich *rich =
        review_plain(m->a, inline_label(m->a, label(m, id), text));
    for (uint32_t i = 0; i < rich->n; i++)
        rich->spans[i] = mark_span(m, rich->spans[i].s, CHANGE_DELETED);
    return paragraph(m, *rich);
}

/* The cells of a row of the older report, and where it is now. */
static struct rich row_text(struct marker *m, uint32_t i)
{
    const struct comparison *c = m->c;
    const struct row *r = &c->old.rows[i];
    const struct tab *t = &c->old.tabs[r->tab];
    struct rich out = {0};
    size_t n = (size_t)t->doc->ncolumns * 2 + 1;
    out.spans = ARENA_ARRAY(m->a, n, struct span);
    for (uint32_t k = 0; k < t->doc->ncolumns; k++) {
        struct slice s = review_cell(&c->old, t, r->row, k);
        if (!s.n)
            continue;
        if (out.n)
            out.spans[out.n++] =
                mark_span(m, label(m, LABEL_SEPARATOR), CHANGE_DELETED);
        out.spans[out.n++] = mark_span(m, s, CHANGE_DELETED);
    }
    uint32_t j = c->old.match_row[i];
    if (j == REVIEW_NONE)
        return out;
    const struct tab *now = &c->new.tabs[c->new.rows[j].tab];
    struct slice where =
        review_brief(m->a, &c->new, c->new.sects[now->section].doc);
    if (where.n)
        out.spans[out.n++] = mark_span(m,
            slice_of(arena_printf(m->a, " (%.*s)",
                (int)inline_label(m->a, label(m, LABEL_MOVED_TO), where).n,
                inline_label(m->a, label(m, LABEL_MOVED_TO), where).s)),
            CHANGE_NONE);
    return out;
}

/*
 * The rows of an old table that do not stand in `new` (NONE: in none that is
 * marked); `all`: also those that came to another.
 */
static struct list_doc *rows_gone(
    struct marker *m, uint32_t old, uint32_t new, bool all)
{
    const struct comparison *c = m->c;
    const struct tab *t = &c->old.tabs[old];
    struct list_doc *list = new_list(m, 0);
    size_t cap = 0;
    for (uint32_t i = t->row; i < t->row + t->nrows; i++) {
        uint32_t j = c->old.match_row[i];
        if (j != REVIEW_NONE && (!all || c->new.rows[j].tab == new))
            continue;
        add_item(m, list, &cap, item_of(m, paragraph(m, row_text(m, i)), true));
    }
    return list;
}

/* Rows that a table has lost, listed after it. */
static void table_rows(struct marker *m, const struct leaf *leaf)
{
    uint32_t old = m->c->new.match_tab[leaf->table];
    if (old == REVIEW_NONE)
        return;
    m->pos = leaf->block->pos;
    struct list_doc *list = rows_gone(m, old, leaf->table, true);
    if (!list->n)
        return;
    uint32_t at = (uint32_t)(leaf->block - leaf->in->b) + 1;
    struct slice title = label(m, LABEL_ROWS_GONE);
    if (title.n) {
        struct rich *text = review_plain(m->a, title);
        text->spans[0] = mark_span(m, title, CHANGE_NONE);
        text->spans[0].style = SPAN_STRONG;
        put_block(m, leaf->depth, leaf->in, at, paragraph(m, *text));
    }
    put_block(m, leaf->depth, leaf->in, at,
        (struct block){
            .kind = BLOCK_LIST, .style = -1, .pos = m->pos, .list = list});
}

/* A place among the blocks of a section. */
struct spot {
    struct blocks *in;
    uint32_t at;
};

/* An item of a list that is no more as a whole: of a list of our own. */
static void put_own_item(struct marker *m, const struct leaf *leaf,
    struct spot spot, struct block block)
{
    struct list_item item = item_of(m, block, leaf->role == ROLE_BULLET);
    if (!m->row || m->row_in != spot.in || m->row_at != spot.at) {
        struct list_doc *list = new_list(m, 0);
        put_block(m, 0, spot.in, spot.at,
            (struct block){
                .kind = BLOCK_LIST, .style = -1, .pos = m->pos, .list = list});
        m->row = list;
        m->row_in = spot.in;
        m->row_at = spot.at;
        m->row_cap = 0;
    }
    add_item(m, m->row, &m->row_cap, item);
}

static struct block deleted_block(struct marker *m, const struct leaf *leaf)
{
    const struct figure_doc *f = leaf->kind == LEAF_FIGURE
        ? &m->c->old.doc->figures[leaf->block->figure]
        : NULL;
    struct block b = paragraph(m, mark_deleted(m, leaf->text));
    if (f && !f->caption.n)
        b.text = mark_deleted(m, review_plain(m->a, f->alt));
    if (leaf->kind == LEAF_CODE) {
        struct rich *lines = ARENA_NEW(m->a, struct rich);
        *lines = b.text;
        b.kind = BLOCK_CODE;
        b.lines = lines;
        b.nlines = 1;
    }
    return b;
}

/* A table that is no more: its caption, and its rows that are no more. */
static void put_table(
    struct marker *m, const struct leaf *leaf, struct spot spot)
{
    const struct tab *t = &m->c->old.tabs[leaf->table];
    struct list_doc *list = rows_gone(m, leaf->table, REVIEW_NONE, false);
    if (t->doc->caption.n)
        put_block(m, 0, spot.in, spot.at,
            paragraph(m, mark_deleted(m, &t->doc->caption)));
    if (list->n)
        put_block(m, 0, spot.in, spot.at,
            (struct block){
                .kind = BLOCK_LIST, .style = -1, .pos = m->pos, .list = list});
}

/* In no list, note or quotation that is still there: at that spot. */
static void put_at(struct marker *m, const struct leaf *leaf, struct spot spot)
{
    if (leaf->kind == LEAF_TABLE) {
        if (m->c->old.match_tab[leaf->table] == REVIEW_NONE)
            put_table(m, leaf, spot);
        return;
    }
    struct block b = deleted_block(m, leaf);
    if (leaf->kind != LEAF_CODE && !b.text.n)
        return;
    if (leaf->role == ROLE_BULLET || leaf->role == ROLE_NUMBERED)
        put_own_item(m, leaf, spot, b);
    else
        put_block(m, 0, spot.in, spot.at, b);
}

/* May an old leaf stand beside a new one, in the same list, note …? */
static bool fits(const struct leaf *leaf, const struct leaf *beside)
{
    return beside && beside->depth == leaf->depth && leaf->depth &&
        beside->role == leaf->role;
}

/* One leaf that is no more, between two that are there; either may be NULL. */
static void put_leaf(struct marker *m, const struct leaf *leaf,
    const struct leaf *before, const struct leaf *after, struct spot spot)
{
    bool table = leaf->kind == LEAF_TABLE;
    bool fit = !table && (fits(leaf, before) || fits(leaf, after));
    if (!fit) {
        put_at(m, leaf, spot);
        return;
    }
    const struct leaf *beside = fits(leaf, before) ? before : after;
    struct block b = deleted_block(m, leaf);
    uint32_t index = (uint32_t)(beside->block - beside->in->b);
    if (!leaf->begins || !beside->list) {
        put_block(m, leaf->depth, beside->in, index + (beside == before), b);
        return;
    }
    struct put_in *p = put(m, leaf->depth);
    p->list = beside->list;
    p->at = beside->item + (beside == before);
    p->item = item_of(m, b, leaf->role == ROLE_BULLET);
    if (leaf->role == ROLE_BULLET && beside->list->n)
        p->item.label = beside->list->items[0].label;
    m->row = NULL;
}

/* Where what stands in no list after a leaf of the section goes. */
static struct spot spot_after(
    struct blocks *body, struct blocks *after, const struct leaf *leaf)
{
    if (!leaf)
        return (struct spot){body, 0};
    return (struct spot){leaf->after ? after : body, leaf->top + 1};
}

static void section_leaves(struct marker *m, uint32_t j)
{
    const struct comparison *c = m->c;
    const struct sect *sect = &c->new.sects[j];
    struct blocks *body = sect->doc ? &sect->doc->body : &m->doc->body;
    struct blocks *after = sect->doc ? &sect->doc->after : &m->doc->after;
    const struct leaf *last = NULL;
    m->pos = sect->doc ? sect->doc->pos : (struct pos){0};
    for (uint32_t k = 0; k < sect->nmerged; k++) {
        const struct merged *merged = &sect->merged[k];
        if (merged->new != REVIEW_NONE) {
            last = &c->new.leaves[merged->new];
            m->pos = last->block->pos;
            if (last->kind == LEAF_TABLE)
                table_rows(m, last);
            continue;
        }
        if (c->old_moved[merged->old] != REVIEW_NONE)
            continue;
        uint32_t next = k;
        while (next < sect->nmerged && sect->merged[next].new == REVIEW_NONE)
            next++;
        const struct leaf *after_it = next < sect->nmerged
            ? &c->new.leaves[sect->merged[next].new]
            : NULL;
        put_leaf(m, &c->old.leaves[merged->old], last, after_it,
            spot_after(body, after, last));
    }
}

/* A section that is no more, and those in it. As deep as they may be. */
static void put_section(struct marker *m, uint32_t i, struct spot spot)
{
    const struct comparison *c = m->c;
    const struct sect *sect = &c->old.sects[i];
    struct slice title = review_path(m->a, &c->old, sect->doc);
    put_block(m, 0, spot.in, spot.at, labelled(m, LABEL_SECTION_GONE, title));
    for (uint32_t k = sect->leaf; k < sect->leaf + sect->nleaves; k++)
        if (c->old_moved[k] == REVIEW_NONE)
            put_at(m, &c->old.leaves[k], spot);
    for (uint32_t k = sect->first; k != REVIEW_NONE; k = c->old.sects[k].next)
        if (c->old.match_sect[k] == REVIEW_NONE)
            put_section(m, k, spot);
}

/* Sections that stood before the first one of this, and after itself. */
static void sections_gone(struct marker *m, uint32_t j)
{
    const struct comparison *c = m->c;
    const struct sect *sect = &c->new.sects[j];
    struct blocks *body = sect->doc ? &sect->doc->body : &m->doc->body;
    m->pos = sect->doc ? sect->doc->pos : (struct pos){0};
    for (uint32_t i = sect->removed; i != REVIEW_NONE;
         i = c->old.sects[i].next_removed)
        put_section(m, i, (struct spot){body, body->n});
    for (uint32_t i = sect->removed_after; i != REVIEW_NONE;
         i = c->old.sects[i].next_removed)
        put_section(m, i, (struct spot){&sect->doc->after, sect->doc->after.n});
}

void mark_gone(struct marker *m)
{
    for (uint32_t j = 0; j < m->c->new.nsects; j++) {
        section_leaves(m, j);
        sections_gone(m, j);
    }
}

/* Inner ones first; blocks before items, which hold blocks; by place. */
static int compare(const void *a, const void *b)
{
    const struct put_in *x = a, *y = b;
    const void *px = x->in ? (const void *)x->in : x->list;
    const void *py = y->in ? (const void *)y->in : y->list;
    if (x->depth != y->depth)
        return x->depth > y->depth ? -1 : 1;
    if (!x->in != !y->in)
        return x->in ? -1 : 1;
    if (px != py)
        return (uintptr_t)px < (uintptr_t)py ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void grow_blocks(struct marker *m, const struct put_in *p, uint32_t n)
{
    struct blocks *in = p->in;
    struct block *b = ARENA_ARRAY(m->a, (size_t)in->n + n, struct block);
    uint32_t k = 0, count = 0;
    for (uint32_t i = 0; i <= in->n; i++) {
        for (; k < n && p[k].at == i; k++)
            b[count++] = p[k].block;
        if (i < in->n)
            b[count++] = in->b[i];
    }
    *in = (struct blocks){b, count};
}

static void grow_list(struct marker *m, const struct put_in *p, uint32_t n)
{
    struct list_doc *list = p->list;
    struct list_item *items =
        ARENA_ARRAY(m->a, (size_t)list->n + n, struct list_item);
    uint32_t k = 0, count = 0;
    for (uint32_t i = 0; i <= list->n; i++) {
        for (; k < n && p[k].at == i; k++)
            items[count++] = p[k].item;
        if (i < list->n)
            items[count++] = list->items[i];
    }
    list->items = items;
    list->n = count;
}

void mark_put_in(struct marker *m)
{
    if (m->n)
        qsort(m->v, m->n, sizeof *m->v, compare);
    for (uint32_t i = 0, n; i < m->n; i += n) {
        const struct put_in *p = &m->v[i];
        for (n = 1; i + n < m->n && p[n].in == p->in && p[n].list == p->list;)
            n++;
        if (p->in)
            grow_blocks(m, p, n);
        else
            grow_list(m, p, n);
    }
}
