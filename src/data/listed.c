/* Which data sets the tables and for-each of a report ask for. */
#include "data/printed_int.h"

#include <string.h>

struct listing {
    const struct sets *sets;
    bool *listed; /* by data set */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_word(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Does a word, in any case, stand in the text? */
static bool has_word(struct slice s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++) {
        size_t k = 0;
        while (k < n && lower(s.s[i + k]) == word[k])
            k++;
        if (k == n && !(i && is_word(s.s[i - 1])) &&
            (i + n == s.n || !is_word(s.s[i + n])))
            return true;
    }
    return false;
}

static void list_query(const struct listing *to, const struct query *q)
{
    for (uint32_t i = 0; q && i < to->sets->n; i++) {
        const char *name = to->sets->sets[i].name;
        if (q->sql ? has_word(q->sql->s, name) : slice_is(q->from, name))
            to->listed[i] = true;
    }
}

static void list_each(const struct listing *to, const struct each *each)
{
    if (each)
        list_query(to, &each->query);
}

/* Bodies stand in one another as deep as YAML may: by limit `depth`. */
static void list_body(const struct listing *to, const struct body *b)
{
    list_each(to, b->each);
    for (uint32_t i = 0; i < b->n; i++) {
        const struct entry *e = &b->entries[i];
        list_each(to, e->each);
        if (e->table)
            list_query(to, e->table->query);
        for (uint32_t k = 0; k < e->nbodies; k++)
            list_body(to, &e->bodies[k]);
    }
}

/* As deep as sections may be: by limit `headings`. */
static void list_sections(
    const struct listing *to, const struct section *sections, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        list_each(to, sections[i].each);
        list_body(to, &sections[i].body);
        list_body(to, &sections[i].after);
        list_sections(to, sections[i].sections, sections[i].nsections);
    }
}

bool *printed_listed(struct expand *x)
{
    const struct report *r = x->r;
    struct listing to = {
        .sets = x->sets, .listed = ARENA_ARRAY(x->l->a, x->sets->n, bool)};
    list_body(&to, &r->body);
    list_body(&to, &r->after);
    list_sections(&to, r->sections, r->nsections);
    list_sections(&to, r->annexes, r->nannexes);
    return to.listed;
}
