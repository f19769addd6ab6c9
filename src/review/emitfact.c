/* Facts and footnotes: what of them changed. */
#include "review/review_int.h"

#include <string.h>

/* A fact as it stands in the YAML, or as its text reads. */
static const struct rich *fact_text(
    struct comparison *c, const struct side *s, uint32_t i)
{
    const struct field *f = &s->doc->report->fields[i];
    struct date from = f->from, to = f->to;
    if (f->type == FIELD_TEXT)
        return &s->doc->facts[i];
    const char *text = arena_printf(c->a, "%04d-%02u-%02u", (int)from.year,
        (unsigned)from.month, (unsigned)from.day);
    if (f->type == FIELD_PERIOD)
        text = arena_printf(c->a, "%s to %04d-%02u-%02u", text, (int)to.year,
            (unsigned)to.month, (unsigned)to.day);
    return review_plain(
        c->a, f->type == FIELD_LANGUAGE ? f->plain : slice_of(text));
}

/* The place of a fact; of one that is not given: of none. */
static struct change_place fact_place(const struct field *f)
{
    struct change_place p = {.here = f && f->given};
    if (p.here && f->node)
        p.pos = f->node->pos;
    return p;
}

/* The field of that name, given, whose value is printed; or NULL. */
static const struct field *given(const struct side *s, const char *name)
{
    const struct field *f = model_field(s->doc->report, slice_of(name));
    return f && f->given && f->type != FIELD_CHOICE ? f : NULL;
}

static void fact(struct comparison *c, const char *name)
{
    const struct field *old = given(&c->old, name), *new = given(&c->new, name);
    const struct rich none = {0}, *was = &none, *is = &none;
    if (old)
        was =
            fact_text(c, &c->old, (uint32_t)(old - c->old.doc->report->fields));
    if (new)
        is =
            fact_text(c, &c->new, (uint32_t)(new - c->new.doc->report->fields));
    struct word_diff words;
    unsigned verdict = review_texts(c, was, is, &words);
    bool type = old && new && old->type != new->type;
    if (old && new && !(verdict & (TEXT_OWN | TEXT_TOUCHED)) && !type) {
        review_follow(
            c, c->facts, fact_place(old), fact_place(new), verdict, &words);
        return;
    }
    if (!old && !new)
        return;
    struct change *x = review_change(c, c->facts, WHAT_FACT,
        !old       ? HOW_ADDED
            : !new ? HOW_REMOVED
                   : HOW_CHANGED);
    x->kind = "fact";
    x->old = fact_place(old);
    x->new = fact_place(new);
    x->old_name = x->new_name = slice_of(name);
    x->old_title = inline_plain(c->a, c->old.doc, was);
    x->new_title = inline_plain(c->a, c->new.doc, is);
    if (old && new)
        x->words = words;
}

/* Facts that decide the file, not what it says, are left out. */
void review_facts(struct comparison *c)
{
    const struct report *old = c->old.doc->report, *new = c->new.doc->report;
    for (uint32_t i = 0; i < new->nfields; i++)
        fact(c, new->fields[i].name);
    for (uint32_t i = 0; i < old->nfields; i++)
        if (!model_field(new, slice_of(old->fields[i].name)))
            fact(c, old->fields[i].name);
}

/* One footnote: changed, added (old 0) or removed (new 0). */
static void note(
    struct comparison *c, struct change_group *g, uint32_t old, uint32_t new)
{
    static const struct note_doc NONE;
    const struct note_doc *was = old ? &c->old.doc->notes[old] : &NONE;
    const struct note_doc *is = new ? &c->new.doc->notes[new] : &NONE;
    struct change_place p = {.here = old, .pos = was->pos};
    struct change_place q = {.here = new, .pos = is->pos};
    struct word_diff words = {0};
    unsigned how = !old ? HOW_ADDED : !new ? HOW_REMOVED : HOW_CHANGED;
    if (old && new) {
        unsigned verdict = review_texts(c, &was->text, &is->text, &words);
        if (!(verdict & (TEXT_OWN | TEXT_TOUCHED))) {
            review_follow(c, g, p, q, verdict, &words);
            return;
        }
    }
    struct change *x = review_change(c, g, WHAT_TEXT, how);
    x->kind = "footnote";
    x->old = p;
    x->new = q;
    if (old) {
        x->old_name = was->name;
        x->old_title = inline_plain(c->a, c->old.doc, &was->text);
    }
    if (new) {
        x->new_name = is->name;
        x->new_title = inline_plain(c->a, c->new.doc, &is->text);
    }
    x->words = words;
}

void review_notes(struct comparison *c)
{
    const struct doc *docs[] = {c->old.doc, c->new.doc};
    struct keys keys[2] = {{0}, {0}};
    uint32_t *match[2];
    struct arena *a = c->scratch;
    for (unsigned k = 0; k < 2; k++) {
        uint32_t n = docs[k]->nnotes;
        match[k] = arena_alloc(c->a, ((size_t)n + 1) * sizeof *match[k]);
        memset(match[k], 0xff, ((size_t)n + 1) * sizeof *match[k]);
        for (uint32_t i = 1; i < n; i++) {
            struct slice name = docs[k]->notes[i].name;
            review_key(a, &keys[k], str_hash(name.s, name.n, 0), i);
        }
    }
    review_join(a, &keys[0], &keys[1], false, match[0], match[1]);
    arena_reset(a);
    c->note_of = match[1];
    const struct change_place here = {.here = true};
    struct change_group *g = review_group(c, GROUP_NOTES, here, here);
    for (uint32_t j = 1; j < docs[1]->nnotes; j++)
        note(c, g, match[1][j] == REVIEW_NONE ? 0 : match[1][j], j);
    for (uint32_t i = 1; i < docs[0]->nnotes; i++)
        if (match[0][i] == REVIEW_NONE)
            note(c, g, i, 0);
}
