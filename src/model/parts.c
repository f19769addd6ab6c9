/*
 * `parts:` of a report that extends another one: what they name is found by the
 * tables of keys, wherever it stands, and changed or removed. Nothing is
 * changed in place: the nodes on the way are copied, since aliases share them.
 */
#include "model/keys_int.h"

#include <stdlib.h>
#include <string.h>

struct part {
    struct slice id;
    struct node *key, *value;
    bool found;
};

struct walk {
    struct reader *r;
    struct part *parts; /* sorted by id */
    size_t n;
    const char **ids; /* of the report, for hints */
    size_t nids, cap;
};

static struct node *change(
    struct walk *w, const struct type *t, struct node *n);

static int compare_parts(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return slice_compare(x->id, y->id);
}

/* The value of `id` in a mapping of which it is a key, or NULL. */
static const struct node *find_id(const struct keys *k, const struct node *map)
{
    bool has = false;
    for (size_t i = 0; i < k->n; i++)
        has = has || strcmp(k->list[i].name, "id") == 0;
    const struct node *id = has ? load_find(map, "id") : NULL;
    return id && id->kind == NODE_SCALAR && !id->bad ? id : NULL;
}

/* The part that is about the mapping, or NULL. */
static struct part *find_part(
    struct walk *w, const struct keys *k, const struct node *map)
{
    const struct node *id = find_id(k, map);
    if (!id)
        return NULL;
    struct arena *a = w->r->l->a;
    w->ids = arena_grow(a, w->ids, &w->cap, w->nids + 2, sizeof *w->ids);
    w->ids[w->nids++] = arena_strndup(a, id->s.s, id->s.n);
    w->ids[w->nids] = NULL;
    struct part want = {.id = id->s};
    return w->n ? bsearch(&want, w->parts, w->n, sizeof want, compare_parts)
                : NULL;
}

/* A list or mapping whose items can be put elsewhere. */
static struct node *copy(struct arena *a, const struct node *n)
{
    struct node *out = ARENA_NEW(a, struct node);
    *out = *n;
    out->items = ARENA_ARRAY(a, n->count, struct node *);
    memcpy(out->items, n->items, n->count * sizeof(struct node *));
    return out;
}

static struct node *change_list(
    struct walk *w, const struct type *t, struct node *list)
{
    struct node *out = list;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        struct node *item = change(w, t->item, list->items[i]);
        if (item != list->items[i] && out == list)
            out = copy(w->r->l->a, list);
        if (item && out != list)
            out->items[kept] = item;
        kept += item != NULL;
    }
    if (out != list)
        out->count = kept;
    return out;
}

/* Change the value of a mapping; false: the mapping goes with it. */
static bool change_value(struct walk *w, const struct type *t,
    const struct node *map, struct node **out, uint32_t i)
{
    struct node *value = change(w, t, map->items[i]);
    if (value && value != map->items[i]) {
        if (*out == map)
            *out = copy(w->r->l->a, map);
        (*out)->items[i] = value;
    }
    return value;
}

static struct node *change_map(
    struct walk *w, const struct keys *k, struct node *map)
{
    struct part *part = find_part(w, k, map);
    if (part) {
        part->found = true;
        if (extend_is_null(part->value))
            return NULL;
        map = extend_merge(w->r, map, part->value);
    }
    struct node *out = map;
    for (uint32_t i = 0; i < map->count; i++) {
        size_t j = 0;
        while (j < k->n && !slice_is(map->keys[i]->s, k->list[j].name))
            j++;
        if (j == k->n || k->list[j].type->read == report_skip)
            continue;
        if (!change_value(w, k->list[j].type, map, &out, i))
            return NULL;
    }
    return out;
}

/* The node with the parts in it changed; NULL: it is removed. */
static struct node *change(struct walk *w, const struct type *t, struct node *n)
{
    const struct type *form = n->bad ? NULL : keys_form(t, n);
    if (form && form->kind == TYPE_LIST)
        return change_list(w, form, n);
    if (form && form->kind == TYPE_MAP)
        return change_map(w, form->map, n);
    return n;
}

/* Take the parts that can be one. */
static void read_parts(struct walk *w, const struct node *parts)
{
    struct reader *r = w->r;
    w->parts = ARENA_ARRAY(r->l->a, parts->count, struct part);
    for (uint32_t i = 0; i < parts->count; i++) {
        struct node *key = parts->keys[i], *value = parts->items[i];
        if (value->bad)
            continue;
        if (value->kind != NODE_MAP && !extend_is_null(value)) {
            keys_diag(r, D_TYPE, value,
                "the part %s wants a mapping, or null to be removed",
                diag_quote(r->l->d, key->s));
            continue;
        }
        w->parts[w->n++] =
            (struct part){.id = key->s, .key = key, .value = value};
    }
    if (w->n > 1)
        qsort(w->parts, w->n, sizeof *w->parts, compare_parts);
}

/* May `for-each` make this id of the one with a $(value) in it? */
static bool comes_from(struct slice id, const char *written)
{
    const char *value = strstr(written, "$("), *end = strrchr(written, ')');
    if (!value || !end || end < value)
        return false;
    size_t before = (size_t)(value - written), after = strlen(end + 1);
    return id.n > before + after && memcmp(id.s, written, before) == 0 &&
        memcmp(id.s + id.n - after, end + 1, after) == 0;
}

static void report_missing(struct walk *w, const struct part *part)
{
    const struct load *l = w->r->l;
    if (!keys_diag(w->r, D_PART_MISSING, part->key,
            "no section, annex or block has the id %s",
            diag_quote(l->d, part->id)))
        return;
    for (size_t i = 0; i < w->nids; i++) {
        if (comes_from(part->id, w->ids[i])) {
            diag_hint(
                l->d, "parts are named by the id as written: '%s'", w->ids[i]);
            return;
        }
    }
    const char *near = w->nids ? str_nearest(part->id, w->ids) : NULL;
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
}

static int compare_places(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->key->index > y->key->index) - (x->key->index < y->key->index);
}

struct node *parts_apply(
    struct reader *r, struct node *root, struct node *parts)
{
    struct walk w = {.r = r};
    struct dest to = {.name = "parts"};
    if (!keys_value(r, &model_parts, parts, &to))
        return root;
    read_parts(&w, parts);
    root = change_map(&w, &model_report_keys, root);
    if (w.n > 1)
        qsort(w.parts, w.n, sizeof *w.parts, compare_places);
    for (size_t i = 0; i < w.n; i++) {
        if (!w.parts[i].found)
            report_missing(&w, &w.parts[i]);
    }
    return root;
}
