/* A region allocator with a budget, a clean-up list and one way to run out. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 1 << 14, LARGEST_BLOCK = 1 << 20, ALIGN = 16 };

struct block {
    struct block *next;
    size_t size; /* [bytes] after this header */
    size_t used; /* [bytes] */
};

struct cleanup {
    struct cleanup *next;
    void (*fn)(void *);
    void *p;
};

struct arena {
    struct arena_budget *budget;
    struct block *blocks; /* the newest first; only it is filled */
    struct cleanup *cleanups;
    size_t size; /* [bytes] of all blocks */
    size_t charged; /* [bytes] that foreign libraries hold */
};

static const size_t HEADER = (sizeof(struct block) + ALIGN - 1) / ALIGN * ALIGN;

struct arena *arena_new(struct arena_budget *budget)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a)
        a->budget = budget;
    return a;
}

struct arena *arena_beside(const struct arena *a)
{
    return arena_new(a->budget);
}

static void run_cleanups(struct arena *a)
{
    while (a->cleanups) {
        struct cleanup *c = a->cleanups;
        a->cleanups = c->next;
        c->fn(c->p);
    }
    a->budget->used -= a->charged;
    a->charged = 0;
}

static void free_blocks(struct arena *a, struct block *keep)
{
    struct block *b = a->blocks;
    while (b) {
        struct block *next = b->next;
        if (b != keep) {
            a->size -= b->size;
            a->budget->used -= b->size;
            free(b);
        }
        b = next;
    }
    a->blocks = keep;
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    run_cleanups(a);
    free_blocks(a, NULL);
    free(a);
}

void arena_reset(struct arena *a)
{
    run_cleanups(a);
    struct block *keep = a->blocks;
    if (keep && keep->size > LARGEST_BLOCK)
        keep = NULL;
    free_blocks(a, keep);
}

void arena_exhausted_at(struct arena_budget *budget)
{
    longjmp(budget->jump, 1);
}

void arena_exhausted(struct arena *a)
{
    arena_exhausted_at(a->budget);
}

void arena_exhausted_limit(struct arena *a)
{
    a->budget->limited = true;
    arena_exhausted(a);
}

size_t arena_left(const struct arena *a)
{
    const struct arena_budget *budget = a->budget;
    return !budget->limit              ? SIZE_MAX
        : budget->used < budget->limit ? budget->limit - budget->used
                                       : 0;
}

void arena_charge(struct arena *a, size_t n)
{
    struct arena_budget *budget = a->budget;
    budget->used -= a->charged;
    a->charged = 0;
    if (n > arena_left(a))
        arena_exhausted_limit(a);
    a->charged = n;
    budget->used += n;
    if (budget->used > budget->peak)
        budget->peak = budget->used;
}

bool arena_try(struct arena *a, void (*fn)(void *), void *p)
{
    struct arena_budget *budget = a->budget;
    jmp_buf outer;
    bool whole = false;
    memcpy(&outer, &budget->jump, sizeof outer);
    if (setjmp(budget->jump) == 0) {
        fn(p);
        whole = true;
    }
    memcpy(&budget->jump, &outer, sizeof outer);
    return whole;
}

static void *block_start(struct block *b)
{
    return (char *)b + HEADER;
}

/* Add a block that has room for n bytes and is larger than the last one. */
static struct block *add_block(struct arena *a, size_t n)
{
    size_t size = a->size < FIRST_BLOCK ? FIRST_BLOCK : a->size;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < n)
        size = n;
    struct arena_budget *budget = a->budget;
    bool over = budget->limit && size > budget->limit - budget->used;
    if (over || size > SIZE_MAX - HEADER) {
        budget->limited = over;
        arena_exhausted(a);
    }
    struct block *b = malloc(HEADER + size);
    if (!b)
        arena_exhausted(a);
    b->size = size;
    b->used = 0;
    a->size += size;
    budget->used += size;
    if (budget->used > budget->peak)
        budget->peak = budget->used;
    /* A block for one large thing goes behind the one being filled. */
    if (a->blocks && n > LARGEST_BLOCK / 4 &&
        a->blocks->used < a->blocks->size) {
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        b->next = a->blocks;
        a->blocks = b;
    }
    return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 2)
        arena_exhausted(a);
    n = (n + ALIGN - 1) / ALIGN * ALIGN;
    struct block *b = a->blocks;
    if (!b || b->size - b->used < n)
        b = add_block(a, n);
    void *p = (char *)block_start(b) + b->used;
    b->used += n;
    return p;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n))
        arena_exhausted(a);
    return memset(arena_alloc(a, n), 0, n);
}

void *arena_grow(
    struct arena *a, void *items, size_t *cap, size_t want, size_t size)
{
    if (want <= *cap)
        return items;
    size_t room = *cap ? *cap * 2 : 8;
    if (room < want)
        room = want;
    size_t n;
    if (__builtin_mul_overflow(room, size, &n))
        arena_exhausted(a);
    void *grown = arena_alloc(a, n);
    if (*cap)
        memcpy(grown, items, *cap * size);
    *cap = room;
    return grown;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    if (n)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0)
        arena_exhausted(a);
    char *s = arena_alloc(a, (size_t)n + 1);
    va_start(args, fmt);
    vsnprintf(s, (size_t)n + 1, fmt, args);
    va_end(args);
    return s;
}

void arena_on_free(struct arena *a, void (*fn)(void *), void *p)
{
    struct cleanup *c = arena_alloc(a, sizeof *c);
    *c = (struct cleanup){.next = a->cleanups, .fn = fn, .p = p};
    a->cleanups = c;
}

size_t arena_size(const struct arena *a)
{
    return a->size;
}
