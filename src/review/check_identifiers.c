/* Identifiers in tables: in two of them, or with prefixes spelt variously. */
#include "review/checks_int.h"

#include <stdlib.h>
#include <string.h>

/* Where an identifier stands first. */
struct place {
    struct slice text;
    uint32_t list; /* number of the table */
    struct pos pos;
};

/* One way to spell a prefix. */
struct spelling {
    struct prefix prefix;
    struct slice above, word; /* in small letters */
    uint32_t count; /* identifiers that have it */
    struct pos pos; /* the first of them */
    uint32_t order; /* it was the n-th to be seen */
    bool other; /* the prefix is more often spelt so: */
    struct slice usual;
    uint32_t usual_count;
    struct pos usual_pos;
};

struct identifiers {
    struct checks *c;
    bool twice, spelt; /* which checks are on */
    struct seen *keys; /* to places, + 1 */
    struct place *places;
    size_t nplaces, places_cap;
    struct seen *ways; /* to spellings, + 1 */
    struct buf key; /* of the one that is looked up */
    struct spelling *spellings;
    size_t nspellings, spellings_cap;
};

static void check_twice(struct identifiers *in, struct slice identifier,
    uint32_t list, struct pos pos)
{
    struct checks *c = in->c;
    uint32_t *number = seen_number(in->keys, identifier_key(c->a, identifier));
    if (!*number) {
        in->places = arena_grow(c->a, in->places, &in->places_cap,
            in->nplaces + 1, sizeof *in->places);
        in->places[in->nplaces++] = (struct place){identifier, list, pos};
        *number = (uint32_t)in->nplaces;
        return;
    }
    struct place first = in->places[*number - 1];
    if (first.list == list ||
        !checks_find(c, LINT_TWO_LISTS, identifier, pos,
            "%s stands in another list too", diag_quote(c->l->d, identifier)))
        return;
    diag_also(c->l->d, first.pos, "%s",
        slice_eq(first.text, identifier)
            ? "there"
            : arena_printf(
                  c->a, "there, as %s", diag_quote(c->l->d, first.text)));
    checks_hint(c, LINT_TWO_LISTS, identifier);
}

/* Spellings are one if the whole is: below "y." and "Y." the rest counts. */
static void count_spelling(
    struct identifiers *in, const struct prefix *p, struct pos pos)
{
    struct arena *a = in->c->a;
    struct buf *key = &in->key;
    key->n = 0;
    buf_putc(key, (char)('0' + p->depth));
    buf_putc(key, p->number ? '#' : ' ');
    identifier_fold(key, p->above);
    size_t above = key->n - 2;
    buf_putc(key, ' ');
    buf_put(key, p->own.s, p->own.n);
    uint32_t known = seen_find(in->ways, (struct slice){key->s, key->n});
    if (known) {
        in->spellings[known - 1].count++;
        return;
    }
    char *kept = arena_strndup(a, key->s, key->n);
    uint32_t *number = seen_number(in->ways, (struct slice){kept, key->n});
    struct buf word = buf_new(a);
    identifier_fold(&word, p->word);
    in->spellings = arena_grow(a, in->spellings, &in->spellings_cap,
        in->nspellings + 1, sizeof *in->spellings);
    *number = (uint32_t)++in->nspellings;
    in->spellings[*number - 1] = (struct spelling){.prefix = *p,
        .above = {kept + 2, above},
        .word = {word.s, word.n},
        .count = 1,
        .pos = pos,
        .order = *number};
}

/* By depth, the word above, the word: what is spelt alike comes together. */
static int compare_spellings(const void *x, const void *y)
{
    const struct spelling *a = x, *b = y;
    int by = (a->prefix.depth > b->prefix.depth) -
        (a->prefix.depth < b->prefix.depth);
    by = by ? by : a->prefix.number - b->prefix.number;
    by = by ? by : slice_compare(a->above, b->above);
    by = by ? by : slice_compare(a->word, b->word);
    return by ? by : (a->order > b->order) - (a->order < b->order);
}

static bool is_one(const struct spelling *a, const struct spelling *b)
{
    return a->prefix.depth == b->prefix.depth &&
        a->prefix.number == b->prefix.number && slice_eq(a->above, b->above) &&
        identifier_same_word(a->prefix.word, b->prefix.word);
}

/* Find the most frequent spelling of one prefix. */
static void check_family(struct checks *c, struct spelling *s, size_t n)
{
    uint32_t most = 0;
    for (uint32_t i = 1; i < n; i++) {
        if (s[i].count > s[most].count ||
            (s[i].count == s[most].count && s[i].order < s[most].order))
            most = i;
    }
    struct spelling usual = s[most];
    for (size_t i = 0; n > 1 && i < n; i++) {
        s[i].usual = usual.prefix.whole;
        s[i].usual_count = usual.count;
        s[i].usual_pos = usual.pos;
        s[i].other = i != most;
    }
    if (n > 1)
        checks_accepts(c, LINT_PREFIX, usual.prefix.whole);
}

static int compare_order(const void *x, const void *y)
{
    const struct spelling *a = x, *b = y;
    return (a->order > b->order) - (a->order < b->order);
}

static void tell_spelling(struct checks *c, const struct spelling *s)
{
    struct slice whole = s->prefix.whole;
    bool one = s->count == 1;
    if (!checks_find(c, LINT_PREFIX, whole, s->pos,
            "%lu identifier%s with %s, %lu with %s: one prefix, spelt in two "
            "ways",
            (unsigned long)s->count, one ? " begins" : "s begin",
            diag_quote(c->l->d, whole), (unsigned long)s->usual_count,
            diag_quote(c->l->d, s->usual)))
        return;
    diag_also(c->l->d, s->usual_pos, "the other way");
    checks_hint(c, LINT_PREFIX, whole);
}

/*
 * Report each spelling of a prefix but the most frequent one. Families are
 * runs that begin with the shortest word.
 */
static void check_spellings(struct identifiers *in)
{
    struct spelling *s = in->spellings;
    size_t all = in->nspellings;
    if (!all)
        return;
    qsort(s, all, sizeof *s, compare_spellings);
    for (size_t i = 0, n; i < all; i += n) {
        n = 1;
        while (i + n < all && is_one(&s[i], &s[i + n]))
            n++;
        check_family(in->c, s + i, n);
    }
    qsort(s, all, sizeof *s, compare_order);
    for (size_t i = 0; i < all; i++) {
        if (s[i].other)
            tell_spelling(in->c, &s[i]);
    }
}

static void check_cell(
    struct identifiers *in, struct slice cell, uint32_t list, struct pos pos)
{
    struct slice found[IDENTIFIERS_MOST];
    size_t n = identifiers_of(cell, found);
    for (size_t i = 0; i < n; i++) {
        struct prefix prefixes[2];
        size_t np = in->spelt ? identifier_prefixes(found[i], prefixes) : 0;
        for (size_t k = 0; k < np; k++)
            count_spelling(in, &prefixes[k], pos);
        if (in->twice)
            check_twice(in, found[i], list, pos);
    }
}

void check_identifiers(struct checks *c)
{
    struct identifiers in = {.c = c,
        .twice = checks_on(c, LINT_TWO_LISTS),
        .spelt = checks_on(c, LINT_PREFIX),
        .keys = seen_new(c->a),
        .ways = seen_new(c->a),
        .key = buf_new(c->a)};
    if (!in.twice && !in.spelt)
        return;
    for (uint32_t i = 0; i < c->nlists; i++) {
        const struct list *list = &c->lists[i];
        const struct rows *rows = list->table->rows;
        if (list->identifiers < 0)
            continue;
        uint32_t column = (uint32_t)list->identifiers;
        for (uint32_t row = 0; row < rows->count; row++)
            check_cell(&in, checks_cell(c, rows, row, column), list->number,
                checks_cell_pos(rows, row, column));
    }
    check_spellings(&in);
}
