/* Facts of a report: those of all reports, and what a profile declares. */
#include "model/keys_int.h"

#include <string.h>

/* More would not fit a table of keys. */
enum { DECLARED_MOST = 40 };

/* What a user would call a fact's type. */
static const char *const TYPE_NAMES[] = {[FIELD_TEXT] = "text",
    [FIELD_DATE] = "date",
    [FIELD_PERIOD] = "period",
    [FIELD_LANGUAGE] = "language",
    [FIELD_CHOICE] = "one of some words"};

static uint8_t type_of(const struct key *fact)
{
    uint8_t type = FIELD_TEXT;
    if (fact->type->kind == TYPE_ENUM)
        return FIELD_CHOICE;
    while (type < FIELD_LANGUAGE && model_fact_types[type] != fact->type)
        type++;
    return fact->type == model_fact_types[type] ? type : FIELD_TEXT;
}

static const struct key *find_fact(const struct keys *k, struct slice name)
{
    for (size_t i = 0; i < k->n; i++) {
        if (slice_is(name, k->list[i].name))
            return &k->list[i];
    }
    return NULL;
}

/* Was nothing in a mapping found bad? */
static bool is_sound(const struct node *map)
{
    bool sound = !map->bad;
    for (uint32_t i = 0; i < map->count; i++)
        sound = sound && !map->keys[i]->bad && !map->items[i]->bad;
    return sound;
}

/* A fact of all reports can be required, but is what it is. */
static void check_common(struct reader *r, const struct key *fact,
    struct node *n, const struct declared *d)
{
    struct node *type = load_find(n, "type"), *must = load_find(n, "required");
    uint8_t own = type_of(fact);
    if (type && d->type != own &&
        keys_diag(r, D_VALUE, type,
            "the type of '%s' is %s in every report, it cannot be %s",
            fact->name, TYPE_NAMES[own], diag_quote(r->l->d, type->s)))
        diag_hint(r->l->d, "leave 'type' out");
    if (must && !d->required && fact->required)
        keys_diag(r, D_VALUE, must, "every report has a '%s'", fact->name);
}

/* Read one fact that a profile declares; false if it is not sound. */
static bool read_one(struct reader *r, const struct type *t, struct node *key,
    struct node *n, struct declared *out)
{
    const struct key *fact = find_fact(&model_fact_keys, key->s);
    struct dest to = {.name = "fields", .item = true, .at = out};
    *out = (struct declared){0};
    bool fits = keys_value(r, t, n, &to);
    if (!keys_is_id(key->s)) {
        keys_diag(r, D_ID_FORM, key,
            "a fact cannot be named %s: small letters, digits and hyphens, a "
            "letter first",
            diag_quote(r->l->d, key->s));
        return false;
    }
    if (!fits || !is_sound(n))
        return false;
    if (fact)
        check_common(r, fact, n, out);
    out->name = arena_strndup(r->l->a, key->s.s, key->s.n);
    out->by = load_find(n, "required");
    return is_sound(n);
}

bool fact_read_declared(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (n->count > DECLARED_MOST) {
        keys_diag(r, D_VALUE, n, "%s declares %lu facts: %d are the most",
            keys_name(r, to), (unsigned long)n->count, DECLARED_MOST);
        return false;
    }
    struct declared *list = ARENA_ARRAY(r->l->a, n->count, struct declared);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        if (read_one(r, t->item, n->keys[i], n->items[i], &list[kept]))
            kept++;
        else
            r->partial = true;
    }
    memcpy(to->at, &(void *){list}, sizeof(void *));
    *to->count = kept;
    return true;
}

/* The key of a fact that only a profile knows, as number `index`. */
static struct key declared_key(const struct declared *d, size_t index)
{
    static const size_t PLACES[] = {[FIELD_TEXT] = offsetof(struct field, text),
        [FIELD_DATE] = offsetof(struct field, from),
        [FIELD_PERIOD] = 0};
    return (struct key){.name = d->name,
        .type = model_fact_types[d->type],
        .what = "",
        .offset = index * sizeof(struct field) + PLACES[d->type]};
}

const struct keys *fact_keys(struct arena *a, const struct profile *p)
{
    struct keys *k = ARENA_NEW(a, struct keys);
    *k = model_fact_keys;
    struct key *list = ARENA_ARRAY(a, k->n + p->ndeclared, struct key);
    memcpy(list, k->list, k->n * sizeof *list);
    k->list = list;
    k->open = p->partial;
    for (uint32_t i = 0; i < p->ndeclared; i++) {
        const struct declared *d = &p->declared[i];
        const struct key *known = find_fact(k, slice_of(d->name));
        size_t at = known ? (size_t)(known - list) : k->n++;
        if (!known)
            list[at] = declared_key(d, at);
        list[at].by = d->required ? d->by : NULL;
    }
    return k;
}

struct field *fact_fields(struct arena *a, const struct keys *k)
{
    struct field *fields = ARENA_ARRAY(a, k->n, struct field);
    for (size_t i = 0; i < k->n; i++) {
        fields[i].name = k->list[i].name;
        fields[i].type = type_of(&k->list[i]);
    }
    return fields;
}

void fact_report_missing(
    struct reader *r, const struct node *map, const struct key *key)
{
    uint32_t file = key->by->pos.file;
    struct slice house =
        profile_base_name(slice_of(files_at(r->l->files, file)->path));
    const char *who = file == map->pos.file
        ? "its profile"
        : arena_printf(r->l->a, "the profile %s", diag_quote(r->l->d, house));
    if (keys_remark(r, D_KEY_MISSING, map,
            "'report' needs '%s': %s requires it", key->name, who))
        diag_also(r->l->d, key->by->pos, "required here");
}
