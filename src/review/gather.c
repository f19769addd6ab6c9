/* A report as flat lists: sections, leaves, tables, rows. */
#include "review/review_int.h"

#include <string.h>

/* What stands around a block. */
struct around {
    uint32_t section;
    uint8_t role; /* enum leaf_role */
    uint8_t depth;
    bool begins; /* the next leaf begins an item */
    struct blocks *in;
    struct list_doc *list; /* the innermost; NULL: none */
    uint32_t item, top;
    bool after;
};

static uint64_t hash_slice(struct slice s, uint64_t seed)
{
    return str_hash(s.s, s.n, seed);
}

struct slice review_cell(
    const struct side *s, const struct tab *t, uint32_t row, uint32_t column)
{
    const struct cell *cell = data_cell(t->doc->rows, row, column);
    if (cell->kind == CELL_RICH)
        return inline_plain(s->a, s->doc, cell->rich);
    return (struct slice){cell->s, cell->n};
}

struct slice review_column(
    const struct side *s, const struct tab *t, uint32_t column)
{
    const struct column_doc *c = &t->doc->columns[column];
    if (c->column->key.n)
        return c->column->key;
    return inline_plain(s->a, s->doc, &c->title);
}

static bool is_one_of(struct slice s, const char *const *names)
{
    for (; *names; names++)
        if (slice_is(s, *names))
            return true;
    return false;
}

/*
 * The column of identifiers: one that may break as they do, or heads its row,
 * or is named so. The column of titles is named so, or is the widest by shares.
 */
static void find_roles(const struct side *s, struct tab *t)
{
    static const char *const NUMBERS[] = {
        "number", "no", "id", "name", "key", "code", "ref", "reference", NULL};
    static const char *const TITLES[] = {
        "title", "subject", "name", "description", "text", NULL};
    const struct column_doc *columns = t->doc->columns;
    uint32_t n = t->doc->ncolumns, share = REVIEW_NONE;
    t->number = t->title = REVIEW_NONE;
    for (unsigned pass = 0; pass < 3 && t->number == REVIEW_NONE; pass++) {
        for (uint32_t i = n; i-- > 0;) {
            const struct column *c = columns[i].column;
            if (pass == 0       ? c->identifier
                    : pass == 1 ? is_one_of(c->key, NUMBERS)
                                : c->row_header)
                t->number = i;
        }
    }
    for (const char *const *name = TITLES; *name; name++)
        for (uint32_t i = 0; i < n && t->title == REVIEW_NONE; i++)
            if (i != t->number && slice_is(review_column(s, t, i), *name))
                t->title = i;
    for (uint32_t i = 0; i < n; i++)
        if (i != t->number && columns[i].column->width_kind == WIDTH_SHARE &&
            (share == REVIEW_NONE ||
                columns[i].column->share > columns[share].column->share))
            share = i;
    if (t->title == REVIEW_NONE)
        t->title = share;
}

static uint32_t add_table(struct side *s, struct block *block, uint32_t section)
{
    s->tabs = arena_grow(
        s->a, s->tabs, &s->tabs_cap, (size_t)s->ntabs + 1, sizeof *s->tabs);
    struct tab *t = &s->tabs[s->ntabs];
    *t = (struct tab){.doc = block->table, .block = block, .section = section};
    const struct rows *rows = block->table->rows;
    t->row = s->nrows;
    t->nrows = rows->data_count ? rows->count : 0;
    s->nrows += t->nrows;
    s->identities |= t->nrows && rows->identity;
    for (uint32_t i = 0; i < block->table->ncolumns; i++)
        t->columns = hash_slice(review_column(s, t, i), t->columns + 1);
    find_roles(s, t);
    if (block->target)
        s->tab_of[block->target] = s->ntabs;
    return s->ntabs++;
}

/* Lines of code as one text. */
static struct rich *join_lines(struct arena *a, const struct block *b)
{
    struct rich *all = ARENA_NEW(a, struct rich);
    size_t n = b->nlines;
    for (uint32_t i = 0; i < b->nlines; i++)
        n += b->lines[i].n;
    all->spans = ARENA_ARRAY(a, n + 1, struct span);
    for (uint32_t i = 0; i < b->nlines; i++) {
        if (i)
            all->spans[all->n++].kind = SPAN_BREAK;
        for (uint32_t k = 0; k < b->lines[i].n; k++)
            all->spans[all->n++] = b->lines[i].spans[k];
    }
    return all;
}

static void add_leaf(struct side *s, struct block *b, enum leaf_kind kind,
    struct rich *text, struct around *at)
{
    s->leaves = arena_grow(s->a, s->leaves, &s->leaves_cap,
        (size_t)s->nleaves + 1, sizeof *s->leaves);
    struct leaf *leaf = &s->leaves[s->nleaves++];
    *leaf = (struct leaf){.kind = (uint8_t)kind,
        .role = at->role,
        .depth = at->depth,
        .begins = at->begins,
        .section = at->section,
        .block = b,
        .in = at->in,
        .list = at->list,
        .item = at->item,
        .top = at->top,
        .after = at->after,
        .text = text};
    at->begins = false;
    if (kind == LEAF_TABLE)
        leaf->table = add_table(s, b, at->section);
}

static void add_blocks(
    struct side *s, struct blocks *blocks, struct around *at);

static void add_list(
    struct side *s, struct list_doc *list, const struct around *at)
{
    for (uint32_t i = 0; i < list->n; i++) {
        struct around in = *at;
        in.role = list->numbered ? ROLE_NUMBERED : ROLE_BULLET;
        in.depth++;
        in.begins = true;
        in.list = list;
        in.item = i;
        add_blocks(s, &list->items[i].body, &in);
    }
}

/* As deep as lists, notes and quotations nest: by limit `lists`. */
static void add_blocks(struct side *s, struct blocks *blocks, struct around *at)
{
    at->in = blocks;
    for (uint32_t i = 0; i < blocks->n; i++) {
        struct block *b = &blocks->b[i];
        at->top = at->depth ? at->top : i;
        struct around in = *at;
        switch ((enum block_kind)b->kind) {
        case BLOCK_PARAGRAPH:
            if (b->text.n)
                add_leaf(s, b, LEAF_TEXT, &b->text, at);
            break;
        case BLOCK_LIST:
            add_list(s, b->list, at);
            break;
        case BLOCK_TABLE:
            add_leaf(s, b, LEAF_TABLE, NULL, at);
            break;
        case BLOCK_FIGURE:
            add_leaf(
                s, b, LEAF_FIGURE, &s->doc->figures[b->figure].caption, at);
            break;
        case BLOCK_NOTE:
        case BLOCK_QUOTE:
            in.role = b->kind == BLOCK_NOTE ? ROLE_NOTE : ROLE_QUOTE;
            in.depth++;
            add_blocks(s, &b->body, &in);
            break;
        case BLOCK_CODE:
            add_leaf(s, b, LEAF_CODE, join_lines(s->a, b), at);
            break;
        case BLOCK_PAGE_BREAK: /* says nothing */
        case BLOCK_GRID: /* prints facts */
            break;
        }
    }
}

static void add_bodies(
    struct side *s, uint32_t section, struct blocks *body, struct blocks *after)
{
    struct around at = {.section = section};
    uint32_t first = s->nleaves;
    add_blocks(s, body, &at);
    uint32_t nbody = s->nleaves - first;
    at.after = true;
    add_blocks(s, after, &at);
    struct sect *sect = &s->sects[section];
    sect->leaf = first;
    sect->nbody = nbody;
    sect->nleaves = s->nleaves - first;
}

static uint32_t add_section(
    struct side *s, struct section_doc *doc, uint32_t parent)
{
    s->sects = arena_grow(
        s->a, s->sects, &s->sects_cap, (size_t)s->nsects + 1, sizeof *s->sects);
    struct sect *sect = &s->sects[s->nsects];
    *sect = (struct sect){.doc = doc,
        .parent = parent,
        .first = REVIEW_NONE,
        .next = REVIEW_NONE,
        .removed = REVIEW_NONE,
        .removed_after = REVIEW_NONE,
        .next_removed = REVIEW_NONE};
    if (doc)
        s->sect_of[doc->target] = s->nsects;
    if (doc)
        sect->title = inline_plain(s->a, s->doc, &doc->title);
    return s->nsects++;
}

/* As deep as sections may be: by limit `headings`. */
static void add_sections(struct side *s, struct section_doc *docs, uint32_t n,
    uint32_t parent, uint32_t *last)
{
    for (uint32_t i = 0; i < n; i++) {
        struct section_doc *doc = &docs[i];
        uint32_t own = add_section(s, doc, parent), inner = REVIEW_NONE;
        if (*last == REVIEW_NONE)
            s->sects[parent].first = own;
        else
            s->sects[*last].next = own;
        *last = own;
        add_bodies(s, own, &doc->body, &doc->after);
        add_sections(s, doc->sections, doc->nsections, own, &inner);
    }
}

static uint32_t *no_matches(struct arena *a, size_t n)
{
    uint32_t *m = arena_alloc(a, n * sizeof *m);
    memset(m, 0xff, n * sizeof *m);
    return m;
}

static void list_rows(struct side *s)
{
    s->rows = ARENA_ARRAY(s->a, s->nrows, struct row);
    for (uint32_t i = 0; i < s->ntabs; i++)
        for (uint32_t k = 0; k < s->tabs[i].nrows; k++)
            s->rows[s->tabs[i].row + k] = (struct row){i, k};
}

void review_gather(struct side *s)
{
    struct doc *doc = s->edition->doc;
    s->doc = doc;
    s->tab_of = no_matches(s->a, doc->ntargets);
    s->sect_of = ARENA_ARRAY(s->a, doc->ntargets, uint32_t);
    s->target = ARENA_ARRAY(s->a, doc->ntargets, uint64_t);
    s->image = ARENA_ARRAY(s->a, doc->nfigures, uint64_t);
    for (uint32_t i = 1; i < doc->ntargets; i++) {
        struct slice id = doc->targets[i].id;
        s->target[i] = id.n ? hash_slice(id, 1) : 0;
    }
    uint32_t root = add_section(s, NULL, REVIEW_NONE), last = REVIEW_NONE;
    add_bodies(s, root, &doc->body, &doc->after);
    add_sections(s, doc->sections, doc->nsections, root, &last);
    add_sections(s, doc->annexes, doc->nannexes, root, &last);
    list_rows(s);
    s->match_sect = no_matches(s->a, s->nsects);
    s->match_leaf = no_matches(s->a, s->nleaves);
    s->match_tab = no_matches(s->a, s->ntabs);
    s->match_row = no_matches(s->a, s->nrows);
}

/* The bytes of a figure's image as a hash; 1 if they cannot be had. */
static uint64_t hash_image(struct side *s, uint32_t figure)
{
    const struct load *l = s->edition->load;
    const struct figure_doc *f = &s->doc->figures[figure];
    const struct node *file = f->figure->file;
    uint32_t number;
    struct slice bytes = {0};
    size_t most = (size_t)l->limits->image;
    if (!file)
        return 1;
    enum file_error e = files_pass(
        l->files, file->s, file->pos.file, most, &number, s->scratch, &bytes);
    if (e == FILE_OK && !bytes.s)
        e = files_again(l->files, number, s->scratch, &bytes);
    if (e != FILE_OK) {
        files_diag(l->d, e, file->pos, file->s, most);
        return 1;
    }
    return hash_slice(bytes, 2);
}

static void hash_figure(struct side *s, struct leaf *leaf)
{
    uint32_t figure = leaf->block->figure;
    const struct figure_doc *f = &s->doc->figures[figure];
    s->image[figure] = hash_image(s, figure);
    if (f->figure->file)
        leaf->hash = hash_slice(f->figure->file->s, leaf->hash);
    leaf->exact = hash_slice(f->alt, s->image[figure]);
}

void review_hash_leaves(struct side *s)
{
    for (uint32_t i = 0; i < s->nleaves; i++) {
        struct leaf *leaf = &s->leaves[i];
        const uint8_t frame[] = {
            leaf->kind, leaf->role, leaf->depth, leaf->begins};
        leaf->hash = leaf->exact = str_hash(frame, sizeof frame, 0);
        if (leaf->kind == LEAF_TABLE) {
            const struct tab *t = &s->tabs[leaf->table];
            uint32_t target = leaf->block->target;
            leaf->hash ^=
                target && s->target[target] ? s->target[target] : t->columns;
            continue;
        }
        if (leaf->kind == LEAF_FIGURE)
            hash_figure(s, leaf);
        const struct words *w = review_words(s->scratch, s, leaf->text);
        leaf->nwords = w->n;
        for (uint32_t k = 0; k < w->n; k++) {
            const uint64_t both[] = {w->v[k].hash, w->v[k].look};
            leaf->hash = str_hash(&both[0], sizeof *both, leaf->hash);
            leaf->exact = str_hash(both, sizeof both, leaf->exact);
        }
        leaf->exact = hash_slice(w->line, leaf->exact);
        arena_reset(s->scratch);
    }
}
