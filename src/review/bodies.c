/* Bodies: which paragraph, table or figure became which, word by word. */
#include "review/review_int.h"

#include <string.h>

enum { MOVED_WORDS = 4 }; /* a text that is found elsewhere has so many */

/* The leaves of one section, of both sides. */
struct bodies {
    struct comparison *c;
    const struct leaf *x, *y;
    uint32_t x0, y0; /* their indices */
    struct bag *bx, *by; /* of a gap */
    uint32_t gx, gy; /* where it begins */
    struct merged *out;
    uint32_t n;
};

static void put(struct bodies *b, uint32_t old, uint32_t new)
{
    struct comparison *c = b->c;
    b->out[b->n++] = (struct merged){old, new};
    if (old == REVIEW_NONE || new == REVIEW_NONE)
        return;
    c->old.match_leaf[old] = new;
    c->new.match_leaf[new] = old;
    if (c->new.leaves[new].kind != LEAF_TABLE)
        return;
    uint32_t i = c->old.leaves[old].table, j = c->new.leaves[new].table;
    if (c->old.match_tab[i] != REVIEW_NONE ||
        c->new.match_tab[j] != REVIEW_NONE)
        return;
    c->old.match_tab[i] = j;
    c->new.match_tab[j] = i;
}

/* How many columns two tables have in common, of all. */
static uint32_t score_tables(const struct comparison *c, uint32_t i, uint32_t j)
{
    const struct tab *x = &c->old.tabs[i], *y = &c->new.tabs[j];
    uint32_t common = 0, all = x->doc->ncolumns + y->doc->ncolumns;
    if (c->old.match_tab[i] != REVIEW_NONE ||
        c->new.match_tab[j] != REVIEW_NONE)
        return c->old.match_tab[i] == j ? 1000 : 0;
    for (uint32_t k = 0; k < x->doc->ncolumns; k++) {
        struct slice name = review_column(&c->old, x, k);
        bool found = false;
        for (uint32_t n = 0; n < y->doc->ncolumns && !found; n++)
            found = slice_eq(name, review_column(&c->new, y, n));
        common += found;
    }
    return 2000 * common / all;
}

static uint32_t score_leaves(void *to, uint32_t i, uint32_t j)
{
    struct bodies *b = to;
    const struct leaf *x = &b->x[b->gx + i], *y = &b->y[b->gy + j];
    if (x->kind != y->kind)
        return 0;
    if (x->kind == LEAF_TABLE)
        return score_tables(b->c, x->table, y->table);
    if (x->kind == LEAF_FIGURE) {
        const struct doc *old = b->c->old.doc, *new = b->c->new.doc;
        const struct node *was = old->figures[x->block->figure].figure->file;
        const struct node *is = new->figures[y->block->figure].figure->file;
        if (was && is && slice_eq(was->s, is->s))
            return 1000;
    }
    return review_likeness(&b->bx[i], &b->by[j]);
}

static struct bag *gap_bags(struct arena *a, const struct side *s,
    const struct leaf *leaves, uint32_t n)
{
    struct bag *bags = ARENA_ARRAY(a, n, struct bag);
    for (uint32_t i = 0; i < n; i++)
        if (leaves[i].text)
            bags[i] = review_bag(a, review_words(a, s, leaves[i].text));
    return bags;
}

/* What is not the same: pairs that are alike, old ones before new ones. */
static void put_gap(
    struct bodies *b, struct match_run from, struct match_run to)
{
    uint32_t nx = to.x - from.x, ny = to.y - from.y, j = 0;
    struct arena *a = b->c->scratch;
    uint32_t *pairs = arena_alloc(a, nx * sizeof *pairs);
    b->gx = from.x;
    b->gy = from.y;
    memset(pairs, 0xff, nx * sizeof *pairs);
    if (nx && ny) {
        b->bx = gap_bags(a, &b->c->old, b->x + from.x, nx);
        b->by = gap_bags(a, &b->c->new, b->y + from.y, ny);
        review_pair(a, nx, ny, score_leaves, b, pairs);
    }
    for (uint32_t i = 0; i < nx; i++) {
        if (pairs[i] == REVIEW_NONE) {
            put(b, b->x0 + from.x + i, REVIEW_NONE);
            continue;
        }
        for (; j < pairs[i]; j++)
            put(b, REVIEW_NONE, b->y0 + from.y + j);
        put(b, b->x0 + from.x + i, b->y0 + from.y + j++);
    }
    for (; j < ny; j++)
        put(b, REVIEW_NONE, b->y0 + from.y + j);
    arena_reset(a);
}

static uint64_t *hashes(struct arena *a, const struct leaf *leaves, uint32_t n)
{
    uint64_t *h = arena_alloc(a, n * sizeof *h);
    for (uint32_t i = 0; i < n; i++)
        h[i] = leaves[i].hash;
    return h;
}

/* The leaves of a section of the new report, with those of the old one. */
static void merge(struct comparison *c, uint32_t old, uint32_t new)
{
    const struct sect none = {0};
    const struct sect *was = old == REVIEW_NONE ? &none : &c->old.sects[old];
    struct sect *is = &c->new.sects[new];
    struct bodies b = {.c = c,
        .x0 = was->leaf,
        .y0 = is->leaf,
        .x = c->old.leaves + was->leaf,
        .y = c->new.leaves + is->leaf};
    uint32_t nx = was->nleaves, ny = is->nleaves;
    struct match_runs runs = {0};
    b.out = ARENA_ARRAY(c->a, (size_t)nx + ny, struct merged);
    review_match(c->work, c->inner, hashes(c->work, b.x, nx), nx,
        hashes(c->work, b.y, ny), ny, &runs);
    struct match_run at = {0}, end = {nx, ny, 0};
    for (uint32_t k = 0; k <= runs.n; k++) {
        struct match_run run = k < runs.n ? runs.v[k] : end;
        put_gap(&b, at, run);
        for (uint32_t i = 0; i < run.n; i++)
            put(&b, b.x0 + run.x + i, b.y0 + run.y + i);
        at = (struct match_run){run.x + run.n, run.y + run.n, 0};
    }
    arena_reset(c->work);
    is->merged = b.out;
    is->nmerged = b.n;
}

/* The texts that went and came again elsewhere, each once on its side. */
static void find_moved(struct comparison *c)
{
    struct side *sides[] = {&c->old, &c->new};
    struct keys keys[2] = {{0}, {0}};
    struct arena *a = c->work;
    for (unsigned k = 0; k < 2; k++)
        for (uint32_t i = 0; i < sides[k]->nleaves; i++) {
            const struct leaf *leaf = &sides[k]->leaves[i];
            if (sides[k]->match_leaf[i] == REVIEW_NONE &&
                leaf->kind != LEAF_TABLE && leaf->nwords >= MOVED_WORDS)
                review_key(a, &keys[k], leaf->hash, i);
        }
    review_join(a, &keys[0], &keys[1], true, c->old_moved, c->leaf_moved);
    arena_reset(a);
}

static bool same_text(
    struct comparison *c, const struct leaf *x, const struct leaf *y)
{
    if (x->exact != y->exact)
        return false;
    bool same = slice_eq(inline_plain(c->scratch, c->old.doc, x->text),
        inline_plain(c->scratch, c->new.doc, y->text));
    arena_reset(c->scratch);
    return same;
}

/* What the words of a pair differ in. */
static void compare(struct comparison *c, uint32_t old, uint32_t new)
{
    const struct leaf *x = &c->old.leaves[old], *y = &c->new.leaves[new];
    if (y->kind == LEAF_TABLE || same_text(c, x, y))
        return;
    struct word_diff *d = ARENA_NEW(c->a, struct word_diff);
    c->verdict[new] = (uint8_t)review_diff(c->a, c->inner,
        review_words(c->a, &c->old, x->text),
        review_words(c->a, &c->new, y->text), d);
    c->diff[new] = d;
}

void review_bodies(struct comparison *c)
{
    uint32_t n = c->new.nleaves;
    c->diff = ARENA_ARRAY(c->a, n, struct word_diff *);
    c->verdict = ARENA_ARRAY(c->a, n, uint8_t);
    c->leaf_moved = arena_alloc(c->a, n * sizeof *c->leaf_moved);
    memset(c->leaf_moved, 0xff, n * sizeof *c->leaf_moved);
    c->old_moved = arena_alloc(c->a, c->old.nleaves * sizeof *c->old_moved);
    memset(c->old_moved, 0xff, c->old.nleaves * sizeof *c->old_moved);
    for (uint32_t j = 0; j < c->new.nsects; j++)
        merge(c, c->new.match_sect[j], j);
    find_moved(c);
    for (uint32_t j = 0; j < n; j++) {
        uint32_t i = c->new.match_leaf[j];
        if (i == REVIEW_NONE)
            i = c->leaf_moved[j];
        if (i != REVIEW_NONE)
            compare(c, i, j);
    }
}
