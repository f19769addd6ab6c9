/* Memory: regions that are freed at once, with the foreign handles in them. */
#ifndef RAP_BASE_ARENA_H
#define RAP_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * What happens when memory runs out: arena_alloc jumps to `jump`, which its
 * owner has set by setjmp. One build has one of these, shared by its arenas;
 * the only jump in the program. `limit` [bytes] bounds the sum of all arenas
 * that share it (0: none); `used` is that sum.
 */
struct arena_budget {
    jmp_buf jump;
    size_t limit;
    size_t used;
    size_t peak;
    bool limited; /* it was the limit that ran out, not the system */
};

/*
 * A new empty arena, or NULL if not even that fits. The budget is borrowed and
 * must outlive the arena.
 */
struct arena *arena_new(struct arena_budget *budget);

/* The same with the budget of another arena. */
struct arena *arena_beside(const struct arena *a);

/* Release everything in it, running the registered functions last-in first. */
void arena_free(struct arena *a);

/* Forget everything in it (running registered functions), keep some memory. */
void arena_reset(struct arena *a);

/*
 * n bytes aligned for any type, not cleared. Never NULL: if memory or the
 * budget runs out, it jumps to the budget's owner. n may be 0.
 */
void *arena_alloc(struct arena *a, size_t n);

/* The same, cleared; count * size is checked for overflow. */
void *arena_zalloc(struct arena *a, size_t count, size_t size);

/*
 * Make room for `want` elements of `size` bytes in the array *items of
 * capacity *cap, doubling it: the common growing array. The old block stays
 * in the arena (at most as much again).
 */
void *arena_grow(
    struct arena *a, void *items, size_t *cap, size_t want, size_t size);

/* The n bytes at s, with a NUL after them. */
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* printf into the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Call fn(p) when the arena is freed or reset. */
void arena_on_free(struct arena *a, void (*fn)(void *), void *p);

/* Run out on purpose: for a foreign library's failed allocation. */
_Noreturn void arena_exhausted(struct arena *a);

/* The same by the budget's limit, which the library was told. */
_Noreturn void arena_exhausted_limit(struct arena *a);

/* The same for a budget whose first arena could not be had. */
_Noreturn void arena_exhausted_at(struct arena_budget *budget);

/*
 * Call fn(p); false if memory ran out in it, which ended it there. For what is
 * called back by a foreign library, which must be left by returning: the
 * caller then runs out by arena_exhausted.
 */
bool arena_try(struct arena *a, void (*fn)(void *), void *p);

/*
 * Count n bytes that a foreign library holds for this arena against the budget,
 * in place of those counted before; they are counted until it is freed. Runs
 * out if that is more than the budget has.
 */
void arena_charge(struct arena *a, size_t n);

/* [bytes] What the budget has left; SIZE_MAX if nothing limits it. */
size_t arena_left(const struct arena *a);

/* Bytes taken from the system for this arena. */
size_t arena_size(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_zalloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_zalloc((a), (n), sizeof(type)))

#endif
