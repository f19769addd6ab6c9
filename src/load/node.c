/* Nodes: finding a key, naming a place in the report, reporting at a node. */
#include "load/load_int.h"

#include <stdarg.h>
#include <string.h>

struct node *load_find(const struct node *map, const char *key)
{
    if (map->kind != NODE_MAP)
        return NULL;
    struct slice wanted = slice_of(key);
    for (uint32_t i = 0; i < map->count; i++) {
        if (slice_eq(map->keys[i]->s, wanted))
            return map->items[i];
    }
    return NULL;
}

unsigned load_depth(const struct node *n)
{
    unsigned depth = 0;
    for (; n; n = n->parent)
        depth += n->kind != NODE_SCALAR;
    return depth;
}

/* Can a key stand in a path without quotes? */
static bool is_word(struct slice key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return key.n > 0;
}

void load_path_key(struct buf *path, struct slice key)
{
    if (!is_word(key)) {
        buf_puts(path, "[\"");
        buf_put(path, key.s, key.n);
        buf_puts(path, "\"]");
        return;
    }
    if (path->n)
        buf_putc(path, '.');
    buf_put(path, key.s, key.n);
}

void load_path_index(struct buf *path, uint32_t index)
{
    buf_printf(path, "[%lu]", (unsigned long)index);
}

const char *load_path(struct arena *a, const struct node *n)
{
    unsigned steps = 0;
    for (const struct node *up = n; up->parent; up = up->parent)
        steps++;
    struct buf path = buf_new(a);
    const struct node **way = ARENA_ARRAY(a, steps, const struct node *);
    for (unsigned i = steps; i-- > 0; n = n->parent)
        way[i] = n;
    for (unsigned i = 0; i < steps; i++) {
        const struct node *parent = way[i]->parent;
        if (parent->kind == NODE_MAP)
            load_path_key(&path, parent->keys[way[i]->index]->s);
        else
            load_path_index(&path, way[i]->index);
    }
    return path.n ? path.s : "";
}

bool load_diag(
    const struct load *l, enum diag_id id, struct node *n, const char *fmt, ...)
{
    for (const struct node *up = n; up; up = up->parent) {
        if (up->bad)
            return false;
    }
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (length < 0)
        length = 0;
    char *text = arena_alloc(l->a, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, fmt, again);
    va_end(again);
    diag(l->d, id, n->pos, "%s", text);
    diag_path(l->d, load_path(l->a, n));
    n->bad = true;
    return true;
}

void load_hint_limit(const struct load *l, const char *name)
{
    diag_hint(l->d, "--limit %s=N raises this limit", name);
}
