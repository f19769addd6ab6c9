/* Texts to numbers by hash, open addressing. */
#include "base/seen.h"

struct slot {
    struct slice text;
    bool used;
    uint32_t number;
};

struct seen {
    struct arena *a;
    struct slot *slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
};

struct seen *seen_new(struct arena *a)
{
    struct seen *s = ARENA_NEW(a, struct seen);
    s->a = a;
    return s;
}

/* The slot of a text: its own, or the free one it would take. */
static struct slot *find_slot(const struct seen *s, struct slice text)
{
    size_t i = (size_t)str_hash(text.s, text.n, 0);
    for (;; i++) {
        struct slot *slot = &s->slots[i & (s->cap - 1)];
        if (!slot->used || slice_eq(slot->text, text))
            return slot;
    }
}

static void grow(struct seen *s)
{
    struct seen more = *s;
    more.cap = s->cap ? s->cap * 2 : 64;
    more.slots = ARENA_ARRAY(s->a, more.cap, struct slot);
    for (size_t i = 0; i < s->cap; i++) {
        if (s->slots[i].used)
            *find_slot(&more, s->slots[i].text) = s->slots[i];
    }
    *s = more;
}

uint32_t *seen_number(struct seen *s, struct slice text)
{
    if (s->n * 2 >= s->cap)
        grow(s);
    struct slot *slot = find_slot(s, text);
    if (!slot->used) {
        *slot = (struct slot){.text = text, .used = true};
        s->n++;
    }
    return &slot->number;
}

uint32_t seen_find(const struct seen *s, struct slice text)
{
    return s->cap ? find_slot(s, text)->number : 0;
}
