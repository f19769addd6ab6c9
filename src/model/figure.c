/* Figures: an image, what it shows, its caption. */
#include "model/keys_int.h"

/* Was a key or its value refused? It may be the one that is missing. */
static bool has_refused(const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (map->keys[i]->bad || map->items[i]->bad)
            return true;
    }
    return false;
}

/* A decorative figure is skipped by those who do not see it: it has no words.
 */
static void check_decorative(struct reader *r, struct node *n)
{
    static const char *const NAMES[] = {"alt", "caption", "id"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *why = arena_printf(
            r->l->a, "a figure that is 'decorative' has no '%s'", NAMES[i]);
        if (keys_refuse(r, n, NAMES[i], why))
            diag_hint(r->l->d, "leave out one of the two");
    }
}

bool figure_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct raw_figure *raw = ARENA_NEW(r->l->a, struct raw_figure);
    struct figure *f = &raw->figure;
    struct entry *e = to->at;
    f->node = n;
    keys_read(r, t->map, n, raw);
    e->figure = f;
    e->id = raw->id;
    if (f->decorative)
        check_decorative(r, n);
    else if (!f->alt && !has_refused(n) &&
        keys_remark(
            r, D_ALT_MISSING, n, "the figure does not say what it shows"))
        diag_hint(r->l->d,
            "'alt' says it to readers who do not see it; 'decorative: true' is "
            "for what shows nothing that one must know");
    return true;
}
