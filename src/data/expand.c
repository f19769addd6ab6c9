/* The expansion of a report: its values, rows and repeated parts, in order. */
#include "data/printed_int.h"
#include "data/updates_int.h"

#include <string.h>

struct sets *expand_sets(struct expand *x)
{
    if (!x->sets) {
        x->sets = sets_load(x->l, x->r);
        updates_apply(x->sets, x->r);
        sets_check(x->sets);
        x->guard = guard_new(x);
    }
    return x->sets;
}

bool expand_has_values(const struct text *t)
{
    for (uint32_t i = 0; t && i < t->npieces; i++) {
        if (t->pieces[i].kind == PIECE_VALUE)
            return true;
    }
    return false;
}

struct text *expand_fill(
    struct expand *x, struct text *t, const struct scope *scope, bool optional)
{
    if (!expand_has_values(t))
        return t;
    if (scope) {
        struct text *copy = ARENA_NEW(x->l->a, struct text);
        *copy = *t;
        copy->pieces = arena_alloc(x->l->a, t->npieces * sizeof *t->pieces);
        memcpy(copy->pieces, t->pieces, t->npieces * sizeof *t->pieces);
        t = copy;
    }
    struct load_cursor cursor = {0};
    for (uint32_t i = 0; i < t->npieces; i++) {
        struct piece *p = &t->pieces[i];
        if (p->kind == PIECE_VALUE && !p->value.s)
            expand_piece(x, t, p, scope, optional, &cursor);
    }
    return t;
}

struct text *expand_text_in(
    struct expand *x, struct text *t, const struct scope *scope)
{
    return expand_fill(x, t, scope, false);
}

struct slice expand_plain(
    struct expand *x, struct text *t, const struct scope *scope)
{
    return expand_join(x->l->a, expand_fill(x, t, scope, false));
}

struct pos expand_origin(const struct text *t)
{
    for (uint32_t i = 0; t && i < t->npieces; i++) {
        if (t->pieces[i].pos.file)
            return t->pieces[i].pos;
    }
    return (struct pos){0};
}

static void expand_slots(struct expand *x, const struct slots *s)
{
    expand_fill(x, s->start, NULL, true);
    expand_fill(x, s->centre, NULL, true);
    expand_fill(x, s->end, NULL, true);
}

static void expand_profile(struct expand *x, const struct profile *p)
{
    struct body cover = p->cover;
    expand_body(x, &cover, NULL, true);
    for (unsigned i = 0; i < PAGE_KINDS; i++) {
        expand_slots(x, &p->header[i]);
        expand_slots(x, &p->footer[i]);
    }
}

struct expand *expand_new(const struct load *l, struct report *r)
{
    struct expand *x = ARENA_NEW(l->a, struct expand);
    x->l = l;
    x->r = r;
    x->rows.l = l;
    x->field_states = ARENA_ARRAY(l->a, r->nfields, uint8_t);
    x->fields = ARENA_ARRAY(l->a, r->nfields, struct slice);
    x->value_states = ARENA_ARRAY(l->a, r->nvalues, uint8_t);
    x->values = ARENA_ARRAY(l->a, r->nvalues, struct datum);
    x->value_pos = ARENA_ARRAY(l->a, r->nvalues, struct pos);
    if (r->ndatasets)
        expand_sets(x);
    return x;
}

void data_expand(const struct load *l, struct report *r)
{
    struct expand *x = expand_new(l, r);
    for (uint32_t i = 0; i < r->nfields; i++) {
        if (r->fields[i].text && x->field_states[i] == USE_NEW)
            expand_fact(x, i);
    }
    for (uint32_t i = 0; i < r->nvalues; i++)
        expand_value_of(x, i);
    printed_begin(x);
    expand_body(x, &r->body, NULL, false);
    expand_notes(x, &r->notes, r->nnotes, NULL);
    expand_sections(x, &r->sections, &r->nsections, NULL);
    expand_body(x, &r->after, NULL, false);
    expand_sections(x, &r->annexes, &r->nannexes, NULL);
    expand_profile(x, r->profile);
    expand_rules(x);
    printed_end(x);
}
