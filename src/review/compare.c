/* Comparing two resolved reports: what matches what, then what differs. */
#include "review/review_int.h"

static void close_arena(void *p)
{
    arena_free(p);
}

/* Freed with a, also when memory runs out. */
static struct arena *open_arena(struct arena *a)
{
    struct arena *own = arena_beside(a);
    if (!own)
        arena_exhausted(a);
    arena_on_free(a, close_arena, own);
    return own;
}

static void open_side(
    struct comparison *c, struct side *s, const struct edition *edition)
{
    s->edition = edition;
    s->a = c->a;
    s->scratch = c->scratch;
    review_gather(s);
}

struct changes *review_compare(
    struct arena *a, struct edition old, struct edition new)
{
    struct comparison *c = ARENA_NEW(a, struct comparison);
    c->a = a;
    c->work = open_arena(a);
    c->scratch = open_arena(a);
    c->inner = open_arena(a);
    c->changes = ARENA_NEW(a, struct changes);
    c->changes->old = old;
    c->changes->new = new;
    c->changes->all = c;
    open_side(c, &c->old, &c->changes->old);
    open_side(c, &c->new, &c->changes->new);
    review_sections(c);
    review_tables(c);
    review_hash_leaves(&c->old);
    review_hash_leaves(&c->new);
    review_bodies(c);
    review_items(c);
    review_emit(c);
    return c->changes;
}
