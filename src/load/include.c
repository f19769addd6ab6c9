/* Reading a file with all that it includes. */
#include "load/load_int.h"

#include <stdlib.h>

/* A file that is being read, and what includes it. */
struct chain {
    const struct chain *up; /* NULL: the file that was asked for */
    uint32_t file;
    struct pos at; /* where the file above names it */
    int depth; /* files above */
};

/* The new items of a list. */
struct items {
    struct node **items;
    size_t n, cap;
};

static void expand(
    struct loading *g, struct node *list, const struct chain *chain);

bool load_is_include(const struct node *item)
{
    return item->kind == NODE_MAP && !item->bad && load_find(item, "include");
}

static void push(struct loading *g, struct items *out, struct node *n)
{
    out->items = arena_grow(
        g->l->a, out->items, &out->cap, out->n + 1, sizeof(struct node *));
    out->items[out->n++] = n;
}

/* The value of an item's `include` if it can be a path; else it is reported. */
static struct node *path_of(const struct load *l, struct node *item)
{
    for (uint32_t i = 0; i < item->count && item->count > 1; i++) {
        struct node *key = item->keys[i];
        if (slice_is(key->s, "include"))
            continue;
        if (load_diag(l, D_KEY_CONFLICT, key,
                "%s cannot stand beside 'include'", diag_quote(l->d, key->s)))
            diag_hint(l->d, "an item that includes a file has no other key");
        return NULL;
    }
    struct node *path = load_find(item, "include");
    if (path->kind != NODE_SCALAR)
        load_diag(l, D_TYPE, path, "'include' wants the name of one file");
    else if (path->s.n == 0)
        load_diag(l, D_VALUE, path, "'include' names no file");
    return path->bad ? NULL : path;
}

static void report_limit(struct loading *g, struct node *path, int64_t most,
    const char *what, const char *name)
{
    if (load_diag(g->l, D_LIMIT_INCLUDES, path, "more than %lld %s",
            (long long)most, what))
        load_hint_limit(g->l, name);
    g->stopped = true;
}

/* Are all files together too large? Then it is reported at `at`. */
static bool is_too_much(struct loading *g, struct pos at)
{
    const struct load *l = g->l;
    if (files_total(l->files) <= (uint64_t)l->limits->input)
        return false;
    diag(l->d, D_LIMIT_INPUT, at,
        "all files together have more than %lld bytes",
        (long long)l->limits->input);
    load_hint_limit(l, "input");
    g->stopped = true;
    return true;
}

/* Is the file being read already? Then it is reported. */
static bool is_cycle(const struct load *l, struct node *path, uint32_t file,
    const struct chain *chain)
{
    const struct chain *c = chain;
    while (c && c->file != file)
        c = c->up;
    if (!c ||
        !load_diag(l, D_INCLUDE_CYCLE, path, "%s includes itself",
            diag_quote(l->d, path->s)))
        return c;
    for (c = chain; c->file != file; c = c->up)
        diag_also(l->d, c->at, "by way of this file");
    return true;
}

/* Read the file that an item names into *number; false if it was reported. */
static bool read_file(struct loading *g, struct node *path,
    const struct chain *chain, uint32_t *number)
{
    const struct load *l = g->l;
    if (g->includes >= l->limits->includes) {
        report_limit(
            g, path, l->limits->includes, "included files", "includes");
        return false;
    }
    if (chain->depth >= l->limits->include_depth) {
        report_limit(g, path, l->limits->include_depth,
            "files that include one another", "include-depth");
        return false;
    }
    g->includes++;
    size_t most = (size_t)l->limits->file;
    enum file_error e =
        files_read(l->files, path->s, path->pos.file, most, number);
    if (e != FILE_OK) {
        files_diag(l->d, e, path->pos, path->s, most);
        files_hint(l->d, e, path->s);
        diag_path(l->d, load_path(l->a, path));
        return false;
    }
    return !is_cycle(l, path, *number, chain) && !is_too_much(g, path->pos);
}

static int compare_places(const void *a, const void *b)
{
    const struct node *x = *(struct node *const *)a;
    const struct node *y = *(struct node *const *)b;
    return (x->pos.off > y->pos.off) - (x->pos.off < y->pos.off);
}

/*
 * Expand the lists of a file, but for `done`. A list comes before those within
 * it: their paths are right only when its items have their final numbers.
 */
static void expand_all(struct loading *g, const struct load_lists *lists,
    const struct node *done, const struct chain *chain)
{
    if (lists->n > 1)
        qsort(lists->items, lists->n, sizeof(struct node *), compare_places);
    for (size_t i = 0; i < lists->n && !g->stopped; i++) {
        if (lists->items[i] != done)
            expand(g, lists->items[i], chain);
    }
}

static void splice(struct loading *g, struct items *out, struct node *to,
    const struct node *from, const struct chain *chain);

/* Put the content of the file that an item names at the end of *out. */
static void include(struct loading *g, struct items *out, struct node *to,
    struct node *item, const struct chain *chain)
{
    struct node *path = g->stopped ? NULL : path_of(g->l, item);
    struct chain below = {.up = chain, .depth = chain->depth + 1};
    struct load_lists lists = {0};
    struct node *root = NULL;
    if (path && read_file(g, path, chain, &below.file)) {
        struct load_place place = {to, (uint32_t)out->n};
        below.at = path->pos;
        root = load_parse(g, below.file, &place, &lists);
    }
    if (!root) {
        item->bad = true;
        push(g, out, item);
        return;
    }
    if (root->kind == NODE_LIST) {
        splice(g, out, to, root, &below);
    } else {
        root->parent = to;
        root->index = (uint32_t)out->n;
        push(g, out, root);
    }
    expand_all(g, &lists, root, &below);
}

/* Put the items of `from`, includes expanded, at the end of those of `to`. */
static void splice(struct loading *g, struct items *out, struct node *to,
    const struct node *from, const struct chain *chain)
{
    for (uint32_t i = 0; i < from->count; i++) {
        struct node *item = from->items[i];
        /* An alias stays where its node stands. */
        if (item->parent == from && item->index == i) {
            item->parent = to;
            item->index = (uint32_t)out->n;
        }
        if (load_is_include(item))
            include(g, out, to, item, chain);
        else
            push(g, out, item);
    }
}

static void expand(
    struct loading *g, struct node *list, const struct chain *chain)
{
    struct items out = {0};
    splice(g, &out, list, list, chain);
    list->items = out.items;
    list->count = (uint32_t)out.n;
}

/*
 * Aliases were counted before the lists in them held what they include: count
 * again. Deep calls end at the limit of depth.
 */
static bool recount(struct loading *g, const struct node *n, int64_t depth)
{
    const struct load *l = g->l;
    if (depth > l->limits->depth) {
        diag(l->d, D_LIMIT_DEPTH, n->pos,
            "nested in more than %lld lists and mappings, with includes",
            (long long)l->limits->depth);
        load_hint_limit(l, "depth");
        return false;
    }
    if (++g->nodes > l->limits->nodes) {
        diag(l->d, D_LIMIT_NODES, n->pos,
            "more than %lld values, counting each use of an alias",
            (long long)l->limits->nodes);
        load_hint_limit(l, "nodes");
        return false;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const struct node *item = n->items[i];
        if (!recount(g, item, depth + (item->kind != NODE_SCALAR)))
            return false;
    }
    return true;
}

struct node *load_file(const struct load *l, uint32_t number)
{
    struct loading g = {.l = l};
    struct load_place place = {0};
    struct load_lists lists = {0};
    struct chain chain = {.file = number};
    if (is_too_much(&g, (struct pos){number, 0}))
        return NULL;
    struct node *root = load_parse(&g, number, &place, &lists);
    if (!root)
        return NULL;
    expand_all(&g, &lists, NULL, &chain);
    if (g.stopped)
        return NULL;
    if (g.aliases && g.includes) {
        g.nodes = 0;
        if (!recount(&g, root, root->kind != NODE_SCALAR))
            return NULL;
    }
    return root;
}

struct node *load_text(const struct load *l, uint32_t number)
{
    struct loading g = {.l = l};
    struct load_place place = {0};
    return load_parse(&g, number, &place, NULL);
}
