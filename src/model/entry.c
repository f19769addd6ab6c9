/* Bodies and their entries: texts, lists, tables, figures, notes, code, page
 * breaks. */
#include "model/keys_int.h"

#include <string.h>

static struct entry text_entry(struct reader *r, struct node *scalar)
{
    return (struct entry){.kind = ENTRY_TEXT,
        .node = scalar,
        .text = text_read(r, scalar, false),
        .style = -1};
}

/* An item of a list with keys: `text` or `body`, `for-each`, `when`. */
static bool read_item(struct reader *r, const struct keys *keys, struct node *n,
    struct body *body)
{
    struct raw_item raw = {0};
    keys_read(r, keys, n, &raw);
    *body = raw.body;
    if (raw.text) {
        body->entries = ARENA_NEW(r->l->a, struct entry);
        *body->entries = (struct entry){.kind = ENTRY_TEXT,
            .node = load_find(n, "text"),
            .text = raw.text,
            .style = -1};
        body->n = 1;
    }
    body->node = n;
    body->each = raw.each;
    body->when = raw.when;
    return body->n > 0;
}

bool entry_read_body(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct body *body = to->at;
    if (n->kind == NODE_MAP)
        return read_item(r, t->forms[2]->map, n, body);
    if (n->kind == NODE_LIST) {
        struct dest entries = {
            .name = to->name, .at = &body->entries, .count = &body->n};
        return keys_list(r, t->forms[1], n, &entries);
    }
    if (keys_is_blank(n->s)) {
        if (t->flags & TYPE_SOME)
            keys_nothing(r, n, to);
        return !(t->flags & TYPE_SOME);
    }
    body->entries = ARENA_NEW(r->l->a, struct entry);
    *body->entries = text_entry(r, n);
    body->n = 1;
    return true;
}

bool entry_read_block(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct body *body = ARENA_NEW(r->l->a, struct body);
    struct dest at = {.name = to->name, .at = body};
    if (!entry_read_body(r, t, n, &at))
        return false;
    memcpy(to->at, &body, sizeof body);
    *to->count = 1;
    return true;
}

/* The first key of the mapping that says what an entry is. */
static size_t find_choice(const struct keys *k, const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        for (size_t j = 0; j < k->choice; j++) {
            if (slice_is(map->keys[i]->s, k->list[j].name))
                return j;
        }
    }
    return 0;
}

static void check_beside(
    struct reader *r, struct node *map, const struct entry *e)
{
    if (e->kind != ENTRY_NUMBERED)
        keys_refuse(r, map, "start", "'start' stands beside 'numbered' only");
    if (e->kind == ENTRY_TABLE)
        keys_refuse(r, map, "id", "the 'id' of a table stands inside 'table'");
    if (e->kind == ENTRY_FIGURE)
        keys_refuse(
            r, map, "id", "the 'id' of a figure stands inside 'figure'");
    if (e->kind == ENTRY_PAGE_BREAK)
        keys_refuse(r, map, "id", "a page break has no 'id'");
    if (e->kind != ENTRY_TEXT)
        keys_refuse(r, map, "style", "'style' stands beside 'text' only");
}

/* Has the entry what its kind promises? */
static bool is_sound(const struct entry *e)
{
    switch ((enum entry_kind)e->kind) {
    case ENTRY_TEXT:
    case ENTRY_CODE:
        return e->text != NULL;
    case ENTRY_BULLETS:
    case ENTRY_NUMBERED:
    case ENTRY_NOTE:
    case ENTRY_QUOTE:
        return e->bodies != NULL;
    case ENTRY_TABLE:
        return e->table != NULL;
    case ENTRY_FIGURE:
        return e->figure != NULL;
    case ENTRY_GRID:
        return e->grid != NULL;
    case ENTRY_PAGE_BREAK:
        break;
    }
    return true;
}

/* Is the scalar a text? Then it is read. */
static bool read_text(struct reader *r, struct node *n, const struct dest *to)
{
    if (keys_is_blank(n->s)) {
        keys_nothing(r, n, to);
        return false;
    }
    *(struct entry *)to->at = text_entry(r, n);
    return true;
}

/* What is not sound is cleared: the next one is read into the same place. */
static bool keep_sound(struct entry *e)
{
    bool sound = is_sound(e);
    if (!sound)
        *e = (struct entry){0};
    return sound;
}

/* The `id` of an entry; of a table or figure it stands inside. */
static struct node *entry_id(const struct node *n)
{
    struct node *id = load_find(n, "id");
    const struct node *inside = load_find(n, "table");
    if (!inside)
        inside = load_find(n, "figure");
    return id || !inside ? id : load_find(inside, "id");
}

bool entry_read_by(struct reader *r, const struct keys *keys, struct node *n,
    const struct dest *to)
{
    if (n->kind == NODE_SCALAR)
        return read_text(r, n, to);
    struct entry *e = to->at;
    *e = (struct entry){.node = n, .start = 1, .style = -1};
    keys_read(r, keys, n, e);
    e->kind = (uint8_t)find_choice(keys, n);
    e->id_text = query_take_id(r, &e->id, entry_id(n));
    check_beside(r, n, e);
    return keep_sound(e);
}

bool entry_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    return entry_read_by(r, t->forms[1]->map, n, to);
}
