/* Matching by keys: hashes, sorted. */
#include "review/review_int.h"

#include <stdlib.h>

void review_key(struct arena *a, struct keys *k, uint64_t hash, uint32_t index)
{
    k->v = arena_grow(a, k->v, &k->cap, (size_t)k->n + 1, sizeof *k->v);
    k->v[k->n++] = (struct key){hash, index};
}

static int compare(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The keys by hash, each once for each index. */
static struct keys sorted(struct arena *a, const struct keys *k)
{
    struct keys out = {.v = arena_alloc(a, k->n * sizeof *k->v)};
    for (uint32_t i = 0; i < k->n; i++)
        out.v[i] = k->v[i];
    if (k->n)
        qsort(out.v, k->n, sizeof *out.v, compare);
    for (uint32_t i = 0; i < k->n; i++)
        if (!i || compare(&out.v[i], &out.v[i - 1]) != 0)
            out.v[out.n++] = out.v[i];
    return out;
}

/* The first key with a hash, or k->n. */
static uint32_t find(const struct keys *k, uint64_t hash)
{
    uint32_t low = 0, high = k->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (k->v[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < k->n && k->v[low].hash == hash ? low : k->n;
}

/* Does one thing alone have the key at i, the first of its hash? */
static bool alone(const struct keys *k, uint32_t i)
{
    return i < k->n && (i + 1 == k->n || k->v[i + 1].hash != k->v[i].hash);
}

void review_join(struct arena *a, struct keys *x, struct keys *y, bool unique,
    uint32_t *mx, uint32_t *my)
{
    struct keys all = sorted(a, x);
    struct keys others = unique ? sorted(a, y) : (struct keys){0};
    /* From the first of a hash: how many of it are not free any more. */
    uint32_t *used = ARENA_ARRAY(a, all.n, uint32_t);
    for (uint32_t i = 0; i < y->n; i++) {
        const struct key *key = &y->v[i];
        uint32_t first = find(&all, key->hash);
        if (first == all.n || my[key->index] != REVIEW_NONE)
            continue;
        if (unique &&
            (!alone(&all, first) || !alone(&others, find(&others, key->hash))))
            continue;
        uint32_t k = first + used[first];
        while (k < all.n && all.v[k].hash == key->hash &&
            mx[all.v[k].index] != REVIEW_NONE)
            k++;
        used[first] = k - first;
        if (k == all.n || all.v[k].hash != key->hash)
            continue;
        mx[all.v[k].index] = key->index;
        my[key->index] = all.v[k].index;
    }
}
