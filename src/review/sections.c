/* Sections: which one became which, and what was moved. */
#include "review/review_int.h"

#include <string.h>

/* Of a section's words those count for its likeness that are long enough. */
enum { MOST_WORDS = 5000, LONG_WORD = 4 }; /* LONG_WORD [bytes] */

/* The words of sections, as they are asked for. */
struct bags {
    struct side *s;
    struct bag *of; /* by section; v NULL: not made yet */
};

struct matching {
    struct comparison *c;
    struct bags old, new;
    /* The sections that are held against each other. */
    uint32_t *x, *y;
};

static uint64_t hash_slice(struct slice s, uint64_t seed)
{
    return str_hash(s.s, s.n, seed);
}

static void put_words(
    struct bags *b, struct bag *bag, size_t *cap, const struct rich *text)
{
    struct arena *a = b->s->scratch;
    const struct words *w = review_words(a, b->s, text);
    for (uint32_t i = 0; i < w->n && bag->n < MOST_WORDS; i++) {
        if (w->v[i].to - w->v[i].from < LONG_WORD)
            continue;
        bag->v = arena_grow(
            b->s->a, bag->v, cap, (size_t)bag->n + 1, sizeof *bag->v);
        bag->v[bag->n++] = w->v[i].hash;
    }
    arena_reset(a);
}

/* The words of a table's cells, as far as there is room for them. */
static void put_cells(
    struct bags *b, struct bag *bag, size_t *cap, uint32_t tab)
{
    enum { ENOUGH = 200 }; /* rows */
    const struct tab *t = &b->s->tabs[tab];
    for (uint32_t i = 0; i < t->nrows && i < ENOUGH; i++)
        for (uint32_t k = 0; k < t->doc->ncolumns; k++)
            put_words(
                b, bag, cap, review_plain(b->s->a, review_cell(b->s, t, i, k)));
}

/* Its title's words, and those of its own texts and tables. */
static const struct bag *bag_of(struct bags *b, uint32_t section)
{
    struct side *s = b->s;
    struct bag *bag = &b->of[section];
    const struct sect *sect = &s->sects[section];
    size_t cap = 0;
    if (bag->v)
        return bag;
    put_words(b, bag, &cap, &sect->doc->title);
    for (uint32_t i = 0; i < sect->nleaves; i++) {
        const struct leaf *leaf = &s->leaves[sect->leaf + i];
        if (leaf->kind != LEAF_TABLE) {
            put_words(b, bag, &cap, leaf->text);
            continue;
        }
        bag->v =
            arena_grow(s->a, bag->v, &cap, (size_t)bag->n + 1, sizeof *bag->v);
        bag->v[bag->n++] = s->tabs[leaf->table].columns;
        put_cells(b, bag, &cap, leaf->table);
    }
    if (!bag->v)
        bag->v = ARENA_NEW(s->a, uint64_t);
    review_bag_sort(bag);
    return bag;
}

static uint32_t likeness(struct matching *m, uint32_t old, uint32_t new)
{
    return review_likeness(bag_of(&m->old, old), bag_of(&m->new, new));
}

static void match(struct comparison *c, uint32_t old, uint32_t new)
{
    c->old.match_sect[old] = new;
    c->new.match_sect[new] = old;
}

static bool free_in(const struct side *s, uint32_t section)
{
    return section && s->match_sect[section] == REVIEW_NONE;
}

static void by_id(struct comparison *c)
{
    struct side *sides[] = {&c->old, &c->new};
    struct keys keys[2] = {{0}, {0}};
    for (unsigned k = 0; k < 2; k++)
        for (uint32_t i = 1; i < sides[k]->nsects; i++)
            if (sides[k]->sects[i].doc->id.n)
                review_key(c->scratch, &keys[k],
                    hash_slice(sides[k]->sects[i].doc->id, 0), i);
    review_join(c->scratch, &keys[0], &keys[1], true, c->old.match_sect,
        c->new.match_sect);
    arena_reset(c->scratch);
}

/* The free sections in one; returns how many. */
static uint32_t free_children(
    const struct side *s, uint32_t section, uint32_t *out)
{
    uint32_t n = 0, i = s->sects[section].first;
    for (; i != REVIEW_NONE; i = s->sects[i].next)
        if (free_in(s, i))
            out[n++] = i;
    return n;
}

static uint32_t score_sections(void *to, uint32_t i, uint32_t j)
{
    struct matching *m = to;
    return likeness(m, m->x[i], m->y[j]);
}

/* Match the sections in two that are matched: by title, then by likeness. */
static void match_children(
    struct matching *m, uint32_t old, uint32_t new, bool alike)
{
    struct comparison *c = m->c;
    struct arena *a = c->scratch;
    struct keys kx = {0}, ky = {0};
    uint32_t nx = free_children(&c->old, old, m->x);
    uint32_t ny = free_children(&c->new, new, m->y);
    if (!nx || !ny)
        return;
    for (uint32_t i = 0; i < nx; i++)
        review_key(a, &kx, hash_slice(c->old.sects[m->x[i]].title, 0), m->x[i]);
    for (uint32_t i = 0; i < ny; i++)
        review_key(a, &ky, hash_slice(c->new.sects[m->y[i]].title, 0), m->y[i]);
    review_join(a, &kx, &ky, false, c->old.match_sect, c->new.match_sect);
    arena_reset(a);
    nx = free_children(&c->old, old, m->x);
    ny = free_children(&c->new, new, m->y);
    if (!alike || !nx || !ny)
        return;
    struct arena *own = c->work;
    uint32_t *pairs = arena_alloc(own, nx * sizeof *pairs);
    review_pair(own, nx, ny, score_sections, m, pairs);
    for (uint32_t i = 0; i < nx; i++)
        if (pairs[i] != REVIEW_NONE)
            match(c, m->x[i], m->y[pairs[i]]);
    arena_reset(own);
}

/* Parents have smaller indices: what is matched in one pass has its turn. */
static void by_parents(struct matching *m, bool alike)
{
    struct comparison *c = m->c;
    for (uint32_t j = 0; j < c->new.nsects; j++)
        if (c->new.match_sect[j] != REVIEW_NONE)
            match_children(m, c->new.match_sect[j], j, alike);
}

/* Elsewhere: the only free ones with a title, if the rest is alike, too. */
static void by_title(struct matching *m)
{
    struct comparison *c = m->c;
    struct arena *a = c->work;
    struct side *sides[] = {&c->old, &c->new};
    struct keys keys[2] = {{0}, {0}};
    uint32_t *found[2];
    for (unsigned k = 0; k < 2; k++) {
        found[k] = arena_alloc(a, sides[k]->nsects * sizeof *found[k]);
        memset(found[k], 0xff, sides[k]->nsects * sizeof *found[k]);
        for (uint32_t i = 1; i < sides[k]->nsects; i++)
            if (free_in(sides[k], i))
                review_key(
                    a, &keys[k], hash_slice(sides[k]->sects[i].title, 0), i);
    }
    review_join(a, &keys[0], &keys[1], true, found[0], found[1]);
    for (uint32_t j = 1; j < c->new.nsects; j++) {
        uint32_t i = found[1][j];
        if (i != REVIEW_NONE && likeness(m, i, j) >= REVIEW_ALIKE)
            match(c, i, j);
    }
    arena_reset(a);
}

/* Those that do not stand in order among their neighbours were moved. */
static void find_moved_in(struct comparison *c, uint32_t section)
{
    struct side *s = &c->new;
    struct arena *a = c->scratch;
    uint32_t old = s->match_sect[section], n = 0, most = 0;
    for (uint32_t i = s->sects[section].first; i != REVIEW_NONE;
         i = s->sects[i].next)
        most++;
    uint32_t *own = ARENA_ARRAY(a, most, uint32_t);
    uint32_t *was = ARENA_ARRAY(a, most, uint32_t);
    bool *in = ARENA_ARRAY(a, most, bool);
    for (uint32_t i = s->sects[section].first; i != REVIEW_NONE;
         i = s->sects[i].next) {
        uint32_t k = s->match_sect[i];
        if (k == REVIEW_NONE)
            continue;
        s->sects[i].moved = old == REVIEW_NONE || c->old.sects[k].parent != old;
        if (s->sects[i].moved)
            continue;
        own[n] = i;
        was[n++] = k;
    }
    review_rising(a, was, n, in);
    for (uint32_t i = 0; i < n; i++)
        s->sects[own[i]].moved = !in[i];
    arena_reset(a);
}

/* Where sections that are no more stood, among those that still are. */
static void place_removed(struct comparison *c, uint32_t old)
{
    uint32_t new = c->old.match_sect[old];
    uint32_t *tail = &c->new.sects[new].removed;
    for (uint32_t i = c->old.sects[old].first; i != REVIEW_NONE;
         i = c->old.sects[i].next) {
        uint32_t now = c->old.match_sect[i];
        if (now == REVIEW_NONE) {
            *tail = i;
            tail = &c->old.sects[i].next_removed;
        } else if (c->new.sects[now].parent == new &&
            !c->new.sects[now].moved) {
            tail = &c->new.sects[now].removed_after;
        }
    }
}

/* References to what is the same count as the same, whatever its id. */
static void share_targets(struct comparison *c)
{
    for (uint32_t j = 1; j < c->new.nsects; j++) {
        uint32_t i = c->new.match_sect[j];
        uint32_t own = c->new.sects[j].doc->target;
        if (i != REVIEW_NONE && c->new.target[own])
            c->new.target[own] = c->old.target[c->old.sects[i].doc->target];
    }
}

void review_sections(struct comparison *c)
{
    struct matching m = {.c = c};
    m.old =
        (struct bags){&c->old, ARENA_ARRAY(c->a, c->old.nsects, struct bag)};
    m.new =
        (struct bags){&c->new, ARENA_ARRAY(c->a, c->new.nsects, struct bag)};
    m.x = ARENA_ARRAY(c->a, c->old.nsects, uint32_t);
    m.y = ARENA_ARRAY(c->a, c->new.nsects, uint32_t);
    match(c, 0, 0);
    by_id(c);
    by_parents(&m, false);
    by_title(&m);
    by_parents(&m, true);
    for (uint32_t j = 0; j < c->new.nsects; j++)
        find_moved_in(c, j);
    for (uint32_t i = 0; i < c->old.nsects; i++)
        if (c->old.match_sect[i] != REVIEW_NONE)
            place_removed(c, i);
    share_targets(c);
}
