/* Names to numbers by hash, open addressing. */
#include "inline/inline_int.h"

struct name {
    struct slice s;
    uint32_t scope;
    uint32_t number; /* 0: a free slot */
};

struct names {
    struct arena *a;
    struct name *slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
};

struct names *inline_names_new(struct arena *a)
{
    struct names *names = ARENA_NEW(a, struct names);
    names->a = a;
    return names;
}

/* The slot of a name: its own, or the free one it would take. */
static struct name *find_slot(
    const struct names *names, uint32_t scope, struct slice s)
{
    size_t i = (size_t)str_hash(s.s, s.n, scope);
    for (;; i++) {
        struct name *slot = &names->slots[i & (names->cap - 1)];
        if (!slot->number || (slot->scope == scope && slice_eq(slot->s, s)))
            return slot;
    }
}

uint32_t inline_names_find(
    const struct names *names, uint32_t scope, struct slice name)
{
    return names->cap ? find_slot(names, scope, name)->number : 0;
}

static void grow_names(struct names *names)
{
    struct names more = *names;
    more.cap = names->cap ? names->cap * 2 : 64;
    more.slots = ARENA_ARRAY(names->a, more.cap, struct name);
    for (size_t i = 0; i < names->cap; i++) {
        const struct name *old = &names->slots[i];
        if (old->number)
            *find_slot(&more, old->scope, old->s) = *old;
    }
    *names = more;
}

void inline_names_add(
    struct names *names, uint32_t scope, struct slice name, uint32_t number)
{
    if (names->n * 2 >= names->cap)
        grow_names(names);
    *find_slot(names, scope, name) = (struct name){name, scope, number};
    names->n++;
}
