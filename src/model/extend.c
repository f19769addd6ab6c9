/* What extends another file: found, merged key by key. Reports and profiles. */
#include "model/keys_int.h"

#include <stdlib.h>
#include <string.h>

bool extend_file(struct reader *r, struct node *n, uint32_t *number)
{
    const struct load *l = r->l;
    size_t max = (size_t)l->limits->file;
    enum file_error e = files_read(l->files, n->s, n->pos.file, max, number);
    if (e == FILE_OK)
        return true;
    files_diag(l->d, e, n->pos, n->s, max);
    files_hint(l->d, e, n->s);
    diag_path(l->d, load_path(l->a, n));
    n->bad = true;
    return false;
}

bool extend_enter(struct reader *r, struct extend_chain *c, struct node *n,
    uint32_t number, const char *what)
{
    const struct load *l = r->l;
    for (size_t i = 0; i < c->n; i++) {
        if (c->files[i] != number)
            continue;
        keys_diag(r, D_EXTENDS_CYCLE, n, "the %s %s extends itself", what,
            diag_quote(l->d, n->s));
        return false;
    }
    int64_t most = l->limits->include_depth;
    if ((int64_t)c->n > most) {
        if (keys_diag(r, D_LIMIT_INCLUDES, n,
                "more than %lld files that extend one another",
                (long long)most))
            diag_hint(l->d, "--limit include-depth=N raises this limit");
        return false;
    }
    c->files = arena_grow(l->a, c->files, &c->cap, c->n + 1, sizeof number);
    c->files[c->n++] = number;
    return true;
}

bool extend_is_null(const struct node *n)
{
    return n->kind == NODE_SCALAR && n->style == NODE_PLAIN &&
        slice_is(n->s, "null");
}

/* Where a key stands in a mapping. */
struct place {
    struct slice key;
    uint32_t at;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return slice_compare(x->key, y->key);
}

/* The places of a mapping's keys, in the order of the keys. */
static struct place *sort_keys(struct arena *a, const struct node *map)
{
    struct place *places = ARENA_ARRAY(a, map->count, struct place);
    for (uint32_t i = 0; i < map->count; i++)
        places[i] = (struct place){map->keys[i]->s, i};
    if (map->count > 1)
        qsort(places, map->count, sizeof *places, compare_places);
    return places;
}

/* The mapping `over` with the entries of `base`, and room for its own. */
static struct node *open_merged(
    struct arena *a, const struct node *base, const struct node *over)
{
    struct node *out = ARENA_NEW(a, struct node);
    *out = *over;
    out->bad = base->bad || over->bad;
    out->count = base->count;
    uint32_t most = base->count + over->count;
    out->items = ARENA_ARRAY(a, most, struct node *);
    out->keys = ARENA_ARRAY(a, most, struct node *);
    if (base->count) {
        memcpy(out->items, base->items, base->count * sizeof(struct node *));
        memcpy(out->keys, base->keys, base->count * sizeof(struct node *));
    }
    return out;
}

/* Drop the entries without a value. */
static void close_merged(struct node *map)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        map->items[kept] = map->items[i];
        map->keys[kept] = map->keys[i];
        kept += map->items[i] != NULL;
    }
    map->count = kept;
}

static void report_nothing(
    struct reader *r, const struct node *key, struct node *null)
{
    if (keys_diag(r, D_NULL_NOTHING, null,
            "null removes %s, which is not there to be removed",
            diag_quote(r->l->d, key->s)))
        diag_hint(r->l->d, "the text \"null\" stands in quotes");
}

/*
 * What is not merged stays the node it is, with its place and parent. As deep
 * as the nodes are, which load bounds.
 */
struct node *extend_merge(
    struct reader *r, struct node *base, struct node *over)
{
    if (base->kind != NODE_MAP || over->kind != NODE_MAP)
        return over;
    struct node *out = open_merged(r->l->a, base, over);
    const struct place *places = sort_keys(r->l->a, base);
    for (uint32_t i = 0; i < over->count; i++) {
        struct node *item = over->items[i];
        struct place want = {over->keys[i]->s, out->count};
        const struct place *known =
            bsearch(&want, places, base->count, sizeof *places, compare_places);
        uint32_t at = known ? known->at : want.at;
        if (known && extend_is_null(item)) {
            out->items[at] = NULL;
            continue;
        }
        if (extend_is_null(item))
            report_nothing(r, over->keys[i], item);
        if (known)
            item = extend_merge(r, base->items[at], item);
        else
            out->count++;
        out->keys[at] = over->keys[i];
        out->items[at] = item;
    }
    close_merged(out);
    return out;
}

/* The mapping without the keys that say what it extends. */
static struct node *strip(struct arena *a, const struct node *map)
{
    static const struct node NOTHING = {.kind = NODE_MAP};
    struct node *out = open_merged(a, &NOTHING, map);
    for (uint32_t i = 0; i < map->count; i++) {
        bool ours = slice_is(map->keys[i]->s, "extends") ||
            slice_is(map->keys[i]->s, "parts");
        out->keys[i] = map->keys[i];
        out->items[i] = ours ? NULL : map->items[i];
    }
    out->count = map->count;
    close_merged(out);
    return out;
}

/* One report of those that extend one another. */
struct edition {
    struct node *root;
    struct node *parts; /* its value of that key, or NULL */
};

/* The report that `path` names, with what it extends; NULL: it was reported. */
static struct node *load_base(
    struct reader *r, struct extend_chain *c, struct node *path)
{
    uint32_t number;
    struct node *kept;
    struct dest to = {.name = "extends", .at = &kept};
    if (!keys_value(r, &model_file, path, &to) ||
        !extend_file(r, path, &number) ||
        !extend_enter(r, c, path, number, "report"))
        return NULL;
    struct node *root = load_file(r->l, number);
    if (root && root->kind != NODE_MAP) {
        if (keys_diag(r, D_TYPE, root, "a report is a mapping"))
            diag_also(r->l->d, path->pos, "extended here");
        return NULL;
    }
    return root;
}

struct node *extend_report(struct reader *r, struct node *root)
{
    struct extend_chain c = {0};
    struct edition *list = NULL;
    size_t n = 0, cap = 0;
    struct node *path;
    extend_enter(r, &c, root, root->pos.file, "report");
    while ((path = load_find(root, "extends"))) {
        list = arena_grow(r->l->a, list, &cap, n + 1, sizeof *list);
        list[n++] = (struct edition){root, load_find(root, "parts")};
        root = load_base(r, &c, path);
        if (!root)
            return NULL;
    }
    keys_refuse(r, root, "parts", "'parts' stands beside 'extends' only");
    while (n-- > 0) {
        root = extend_merge(r, root, strip(r->l->a, list[n].root));
        if (list[n].parts)
            root = parts_apply(r, root, list[n].parts);
    }
    return root;
}
