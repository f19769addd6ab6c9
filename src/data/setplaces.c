/* Where the rows and values of data sets stand, for messages. */
#include "data/csv_int.h"
#include "data/sets_int.h"

/* A value that an update has put there. */
struct place {
    int64_t rowid; /* 0: a free slot */
    uint32_t column;
    struct pos at;
};

/* A table of them, hashed, half of it free at least. */
struct set_places {
    struct place *slots;
    size_t size; /* a power of two */
    size_t n;
};

static struct place *find_slot(
    const struct set_places *p, int64_t rowid, uint32_t column)
{
    struct {
        int64_t rowid;
        int64_t column;
    } key = {rowid, column};
    size_t i = (size_t)str_hash(&key, sizeof key, 0) & (p->size - 1);
    while (p->slots[i].rowid &&
        (p->slots[i].rowid != rowid || p->slots[i].column != column))
        i = (i + 1) & (p->size - 1);
    return &p->slots[i];
}

static void grow(struct arena *a, struct set_places *p)
{
    struct set_places old = *p;
    p->size = old.size ? old.size * 2 : 64;
    p->slots = ARENA_ARRAY(a, p->size, struct place);
    for (size_t i = 0; i < old.size; i++) {
        const struct place *place = &old.slots[i];
        if (place->rowid)
            *find_slot(p, place->rowid, place->column) = *place;
    }
}

void sets_move_value(struct sets *s, struct set *set, int64_t rowid,
    uint32_t column, struct pos at)
{
    if (!set->places)
        set->places = ARENA_NEW(s->l->a, struct set_places);
    struct set_places *p = set->places;
    if (p->n * 2 >= p->size)
        grow(s->l->a, p);
    struct place *slot = find_slot(p, rowid, column);
    p->n += !slot->rowid;
    *slot = (struct place){rowid, column, at};
}

void sets_add_row(struct sets *s, struct set *set, struct pos at)
{
    set->pos = arena_grow(s->l->a, set->pos, &set->pos_cap,
        (size_t)set->nrows + 1, sizeof *set->pos);
    set->pos[set->nrows++] = at;
}

struct pos sets_pos(const struct sets *s, const struct set *set, int64_t rowid)
{
    (void)s;
    if (rowid < 1 || rowid > set->nrows)
        return (struct pos){0};
    return set->pos[rowid - 1];
}

struct pos sets_value_pos(
    const struct sets *s, const struct set *set, int64_t rowid, uint32_t column)
{
    const struct place *moved =
        set->places ? find_slot(set->places, rowid, column) : NULL;
    if (moved && moved->rowid)
        return moved->at;
    struct pos at = sets_pos(s, set, rowid);
    return at.file && at.file == set->file && set->separator
        ? csv_field_pos(s->l->files, at, column, set->separator)
        : at;
}
