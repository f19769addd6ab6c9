/* Nodes are built, counted and checked as the reader finds them. */
#include "load/tree_int.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024 };

void load_tree_init(struct tree *t, struct loading *g, uint32_t number,
    const struct load_place *place, struct load_lists *lists)
{
    *t = (struct tree){.g = g, .l = g->l, .file = number};
    t->src = files_at(g->l->files, number);
    t->place = place;
    t->lists = lists;
    size_t frames = (size_t)g->l->limits->depth + 1;
    t->frames = ARENA_ARRAY(g->l->a, frames, struct frame);
}

static struct pos pos_at(const struct tree *t, uint32_t off)
{
    return (struct pos){t->file, off};
}

static struct frame *top(struct tree *t)
{
    return &t->frames[t->open];
}

/* The mapping that the next node is a key of, or NULL. */
static struct node *map_of_key(struct tree *t)
{
    const struct frame *f = top(t);
    bool key =
        f->node && f->node->kind == NODE_MAP && (t->nkids - f->base) % 2 == 0;
    return key ? f->node : NULL;
}

/* The path of the node added last, for a message about it. */
static struct buf path_here(struct tree *t)
{
    struct buf path = buf_new(t->l->a);
    const struct load_place *place = t->place;
    bool spliced = false;
    if (place->list) {
        buf_puts(&path, load_path(t->l->a, place->list));
        spliced = t->root && t->root->kind == NODE_LIST;
        if (!spliced)
            load_path_index(&path, place->index);
    }
    for (unsigned i = 1; i <= t->open; i++) {
        const struct frame *f = &t->frames[i];
        size_t end = i < t->open ? f[1].base : t->nkids;
        size_t n = end - f->base;
        if (n == 0)
            break;
        if (f->node->kind == NODE_LIST) {
            uint32_t first = i == 1 && spliced ? place->index : 0;
            load_path_index(&path, first + (uint32_t)n - 1);
        } else {
            struct slice key = t->kids[f->base + (n - 1) / 2 * 2]->s;
            if (key.n)
                load_path_key(&path, key);
        }
    }
    return path;
}

static void add_path(struct tree *t)
{
    struct buf path = path_here(t);
    diag_path(t->l->d, path.n ? path.s : "");
}

/* Complete the last message, which is about node n, added last. */
static void blame(struct tree *t, struct node *n)
{
    add_path(t);
    n->bad = true;
}

/* Stop: the last message says that a limit is reached. */
static void stop(struct tree *t, const char *limit)
{
    load_hint_limit(t->l, limit);
    add_path(t);
    t->failed = true;
    t->g->stopped = true;
}

/* Count `size` more values, at off. */
static void count(struct tree *t, int64_t size, uint32_t off)
{
    int64_t most = t->l->limits->nodes;
    top(t)->size += size;
    t->g->nodes += size;
    progress_tick(t->l->progress, (uint64_t)t->g->nodes, 0);
    if (t->g->nodes <= most)
        return;
    diag(t->l->d, D_LIMIT_NODES, pos_at(t, off),
        "more than %lld values, counting each use of an alias",
        (long long)most);
    stop(t, "nodes");
}

/* May a node with `height` levels stand here? If not, it is reported. */
static bool check_depth(struct tree *t, unsigned height, uint32_t off)
{
    int64_t most = t->l->limits->depth;
    if ((int64_t)t->outside + t->open + height <= most)
        return true;
    diag(t->l->d, D_LIMIT_DEPTH, pos_at(t, off),
        "nested in more than %lld lists and mappings", (long long)most);
    stop(t, "depth");
    return false;
}

struct node *load_tree_node(struct tree *t, enum node_kind kind,
    enum node_style style, uint32_t off, uint32_t end)
{
    struct node *n = ARENA_NEW(t->l->a, struct node);
    n->kind = (uint8_t)kind;
    n->style = (uint8_t)style;
    n->pos = pos_at(t, off);
    n->end = end;
    n->s = (struct slice){t->src->s + off, 0};
    return n;
}

/* Make n the next child; home: it stands here, not only an alias of it. */
static void add(struct tree *t, struct node *n, bool home)
{
    const struct frame *f = top(t);
    if (!f->node) {
        t->root = n;
        return;
    }
    size_t i = t->nkids - f->base;
    if (home) {
        n->parent = f->node;
        n->index = (uint32_t)(f->node->kind == NODE_MAP ? i / 2 : i);
    }
    t->kids = arena_grow(
        t->l->a, t->kids, &t->kids_cap, t->nkids + 1, sizeof(struct node *));
    t->kids[t->nkids++] = n;
}

static void check_tag(struct tree *t, struct node *n, const struct found *f)
{
    if (!f->tag)
        return;
    /* An anchor may stand before it. */
    uint32_t off = f->start;
    if (t->src->s[off] == '&') {
        while (off < f->end && t->src->s[off] != '!')
            off++;
    }
    const char *tag = t->src->s + off;
    struct slice word = {tag, strcspn(tag, " \t\r\n")};
    diag(t->l->d, D_YAML_TAG, pos_at(t, off), "a tag: %s",
        diag_quote(t->l->d, word));
    diag_hint(
        t->l->d, "leave it out, or put the text in quotes: it starts with '!'");
    blame(t, n);
}

static struct anchor **bucket(struct tree *t, struct slice name)
{
    if (!t->anchors)
        t->anchors = ARENA_ARRAY(t->l->a, BUCKETS, struct anchor *);
    return &t->anchors[str_hash(name.s, name.n, 0) % BUCKETS];
}

/* Remember n by its anchor, if it has one. */
static struct anchor *define(
    struct tree *t, struct node *n, const struct found *f)
{
    if (!f->anchor)
        return NULL;
    int64_t most = t->l->limits->aliases;
    if (++t->g->anchors > most) {
        diag(t->l->d, D_LIMIT_ALIASES, n->pos, "more than %lld anchors",
            (long long)most);
        stop(t, "aliases");
        return NULL;
    }
    struct anchor *anchor = ARENA_NEW(t->l->a, struct anchor);
    size_t length = strlen(f->anchor);
    const char *name = arena_strndup(t->l->a, f->anchor, length);
    anchor->name = (struct slice){name, length};
    anchor->node = n;
    anchor->off = f->start;
    anchor->size = 1;
    struct anchor **at = bucket(t, anchor->name);
    anchor->next = *at;
    *at = anchor;
    return anchor;
}

/* The text of a scalar: where the file has it as it is, no copy is made. */
static struct slice keep_text(
    struct tree *t, const struct node *n, struct slice value)
{
    size_t off = n->pos.off + (n->style == NODE_PLAIN ? 0 : 1);
    const char *s = t->src->s + off;
    if (off + value.n > t->src->n || memcmp(s, value.s, value.n) != 0)
        s = arena_strndup(t->l->a, value.s, value.n);
    return (struct slice){s, value.n};
}

/* Report what a key may not be. */
static void check_key(struct tree *t, struct node *key)
{
    struct diags *d = t->l->d;
    if (key->s.n == 0) {
        diag(d, D_YAML_KEY, key->pos, "an empty key");
        diag_hint(d, "put the text in quotes if it starts with ':'");
        blame(t, key);
    } else if (key->style == NODE_PLAIN && slice_is(key->s, "<<")) {
        diag(d, D_YAML_MERGE, key->pos, "a merge key ('<<')");
        diag_hint(d, "write the keys out, or use an alias as a whole value");
        blame(t, key);
    }
}

void load_tree_scalar(struct tree *t, const struct found *f,
    enum node_style style, struct slice value)
{
    struct node *n = load_tree_node(t, NODE_SCALAR, style, f->at, f->end);
    n->s = keep_text(t, n, value);
    struct node *map = map_of_key(t);
    if (!map)
        count(t, 1, f->at);
    add(t, n, true);
    define(t, n, f);
    check_tag(t, n, f);
    if (!n->bad && !load_check_scalar(t->l, n, map)) {
        blame(t, n);
        n->s.n = 0;
    }
    if (map && !n->bad)
        check_key(t, n);
    /* Its entry will be dropped: the mapping is not what was meant. */
    if (map && n->bad)
        map->bad = true;
    top(t)->end = f->end;
}

void load_tree_open(struct tree *t, const struct found *f, enum node_kind kind,
    enum node_style style)
{
    /* The items of an included list take the places of items outside. */
    if (t->open == 0 && t->place->list)
        t->outside = load_depth(t->place->list) - (kind == NODE_LIST);
    if (!check_depth(t, 1, f->at))
        return;
    struct node *n = load_tree_node(t, kind, style, f->at, f->end);
    struct node *map = map_of_key(t);
    count(t, 1, f->at);
    add(t, n, true);
    struct anchor *anchor = define(t, n, f);
    check_tag(t, n, f);
    if (map) {
        diag(t->l->d, D_YAML_KEY, n->pos, "a key that is a %s",
            kind == NODE_LIST ? "list" : "mapping");
        diag_hint(t->l->d, "put the text in quotes if it starts with '%c'",
            t->src->s[f->at]);
        blame(t, n);
        map->bad = true;
    }
    if (anchor)
        anchor->open = true;
    t->frames[++t->open] =
        (struct frame){.node = n, .base = t->nkids, .anchor = anchor};
}

static int compare_keys(const void *a, const void *b)
{
    const struct node *x = *(struct node *const *)a;
    const struct node *y = *(struct node *const *)b;
    int order = slice_compare(x->s, y->s);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/*
 * Report keys that stand twice and mark the later ones. They are sorted, not
 * hashed, so that no choice of keys can make it slow.
 */
static void check_duplicates(struct tree *t, struct node **keys, size_t n)
{
    if (n > 1)
        qsort(keys, n, sizeof(struct node *), compare_keys);
    const struct node *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!first || !slice_eq(first->s, keys[i]->s)) {
            first = keys[i];
            continue;
        }
        diag(t->l->d, D_YAML_DUPLICATE, keys[i]->pos, "the key %s stands twice",
            diag_quote(t->l->d, first->s));
        diag_also(t->l->d, first->pos, "first defined here");
        struct buf path = path_here(t);
        load_path_key(&path, first->s);
        diag_path(t->l->d, path.s);
        keys[i]->bad = true;
    }
}

static bool is_sound_key(const struct node *key)
{
    return key->kind == NODE_SCALAR && !key->bad;
}

/* What stands here no longer has no place, though an alias may keep it. */
static void drop(const struct node *map, struct node *n)
{
    if (n->parent == map)
        n->parent = NULL;
}

/* Give a mapping its entries: n nodes, keys and values by turns. */
static void close_map(struct tree *t, struct node *map, size_t base, size_t n)
{
    if (n == 0)
        return;
    t->kids = arena_grow(
        t->l->a, t->kids, &t->kids_cap, base + 2 * n, sizeof(struct node *));
    struct node **kids = t->kids + base, **keys = kids + n;
    size_t sound = 0;
    for (size_t i = 0; i < n; i += 2) {
        if (is_sound_key(kids[i]))
            keys[sound++] = kids[i];
    }
    check_duplicates(t, keys, sound);
    map->keys = ARENA_ARRAY(t->l->a, sound, struct node *);
    map->items = ARENA_ARRAY(t->l->a, sound, struct node *);
    for (size_t i = 0; i < n; i += 2) {
        if (!is_sound_key(kids[i])) {
            drop(map, kids[i]);
            drop(map, kids[i + 1]);
            continue;
        }
        map->keys[map->count] = kids[i];
        map->items[map->count++] = kids[i + 1];
    }
    /* Downwards, so that a value that stands here twice keeps its first. */
    for (uint32_t i = map->count; i-- > 0;) {
        map->keys[i]->index = i;
        if (map->items[i]->parent == map)
            map->items[i]->index = i;
    }
}

static void close_list(struct tree *t, struct node *list, size_t base, size_t n)
{
    if (n == 0)
        return;
    list->count = (uint32_t)n;
    list->items = ARENA_ARRAY(t->l->a, n, struct node *);
    memcpy(list->items, t->kids + base, n * sizeof(struct node *));
    struct load_lists *lists = t->lists;
    bool found = false;
    for (size_t i = 0; i < n && lists && !found; i++)
        found = load_is_include(list->items[i]);
    if (!found)
        return;
    lists->items = arena_grow(t->l->a, lists->items, &lists->cap, lists->n + 1,
        sizeof(struct node *));
    lists->items[lists->n++] = list;
}

void load_tree_close(struct tree *t, uint32_t end)
{
    struct frame f = *top(t);
    size_t n = t->nkids - f.base;
    f.node->end = f.node->style == NODE_FLOW ? end : f.end;
    t->open--;
    t->nkids = f.base;
    if (f.node->kind == NODE_MAP)
        close_map(t, f.node, f.base, n);
    else
        close_list(t, f.node, f.base, n);
    if (f.anchor) {
        f.anchor->open = false;
        f.anchor->size = f.size + 1;
        f.anchor->height = f.height + 1;
    }
    struct frame *parent = top(t);
    parent->size += f.size;
    if (parent->height <= f.height)
        parent->height = f.height + 1;
    parent->end = f.node->end;
}

static struct anchor *find_anchor(struct tree *t, struct slice name)
{
    struct anchor *anchor = *bucket(t, name);
    while (anchor && !slice_eq(anchor->name, name))
        anchor = anchor->next;
    return anchor;
}

/* Report what is wrong with an alias at off; false if nothing is. */
static bool refuse_alias(struct tree *t, uint32_t off, struct slice name,
    const struct anchor *anchor)
{
    struct diags *d = t->l->d;
    struct node *map = map_of_key(t);
    if (map) {
        diag(d, D_YAML_KEY, pos_at(t, off), "an alias as a key");
        diag_hint(d, "write the key out");
        map->bad = true;
    } else if (!anchor) {
        diag(d, D_YAML_SYNTAX, pos_at(t, off), "no anchor has the name %s",
            diag_quote(d, name));
        diag_hint(d, "put the text in quotes: it starts with '*'");
    } else if (anchor->open) {
        diag(d, D_YAML_ALIAS_CYCLE, pos_at(t, off),
            "the alias %s stands within what it repeats", diag_quote(d, name));
        diag_also(d, anchor->node->pos, "which starts here");
    } else {
        return false;
    }
    return true;
}

void load_tree_alias(struct tree *t, const struct found *f, struct slice name)
{
    int64_t most = t->l->limits->aliases;
    if (++t->g->aliases > most) {
        diag(t->l->d, D_LIMIT_ALIASES, pos_at(t, f->at),
            "more than %lld aliases", (long long)most);
        stop(t, "aliases");
        return;
    }
    struct anchor *anchor = find_anchor(t, name);
    if (anchor)
        anchor->used = true;
    struct frame *in = top(t);
    if (refuse_alias(t, f->at, name, anchor)) {
        struct node *n =
            load_tree_node(t, NODE_SCALAR, NODE_PLAIN, f->at, f->end);
        add(t, n, true);
        blame(t, n);
    } else if (check_depth(t, anchor->height, f->at)) {
        count(t, anchor->size, f->at);
        add(t, anchor->node, false);
        if (in->height < anchor->height)
            in->height = anchor->height;
    }
    in->end = f->end;
}

void load_tree_check_anchors(struct tree *t)
{
    for (size_t i = 0; t->anchors && i < BUCKETS; i++) {
        for (const struct anchor *a = t->anchors[i]; a; a = a->next) {
            if (a->used || a->node->kind != NODE_SCALAR || a->node->bad)
                continue;
            diag(t->l->d, D_YAML_SYNTAX, pos_at(t, a->off),
                "nothing repeats the text that is named '&%.*s' here",
                (int)a->name.n, a->name.s);
            diag_path(t->l->d, load_path(t->l->a, a->node));
            diag_hint(t->l->d,
                "put the text in quotes if it starts with '&', or take the "
                "name out");
        }
    }
}
