/* Values: put into the texts of a report and of its profile. */
#include "data/data_int.h"
#include "data/updates_int.h"
#include "model/profile.h"

#include <string.h>

enum field_state { FIELD_NEW, FIELD_BUSY, FIELD_DONE };

/* A date as it was formatted once: a report has few, many times. */
struct dated {
    struct date date;
    struct slice pattern;
    struct slice s;
};

enum { DATED = 8 };

struct expand {
    const struct load *l;
    struct report *r;
    struct rows_in rows;
    uint8_t *states; /* of each field: enum field_state */
    struct slice *values; /* of each text field: its value */
    struct dated dated[DATED];
    unsigned ndated;
};

/* A text whose values are being put in. */
struct use {
    struct expand *x;
    struct text *t;
    bool optional; /* a fact that is not given is only marked */
    struct load_cursor *cursor; /* in the text */
};

static void expand_text(struct expand *x, struct text *t, bool optional);

/* Report at a value; false if its text was reported before. */
static bool tell(
    const struct use *u, const struct piece *p, enum diag_id id, const char *s)
{
    const struct load *l = u->x->l;
    if (u->t->node && u->t->node->bad)
        return false;
    diag(l->d, id, model_text_pos(l->files, u->cursor, u->t, p->off), "%s", s);
    if (u->t->node)
        diag_path(l->d, load_path(l->a, u->t->node));
    return true;
}

/* "report.NAME" */
static bool is_fact(struct slice name)
{
    static const char prefix[] = "report.";
    const size_t n = sizeof prefix - 1;
    return name.n > n && memcmp(name.s, prefix, n) == 0;
}

/* Say what could have been meant by an unknown name. */
static void hint_name(struct expand *x, struct slice name)
{
    struct arena *a = x->l->a;
    const char **names =
        ARENA_ARRAY(a, (size_t)x->r->nfields * 3 + 1, const char *);
    size_t n = 0;
    for (uint32_t i = 0; i < x->r->nfields; i++) {
        const struct field *f = &x->r->fields[i];
        names[n++] = arena_printf(a, "report.%s", f->name);
        if (f->type == FIELD_PERIOD) {
            names[n++] = arena_printf(a, "report.%s.from", f->name);
            names[n++] = arena_printf(a, "report.%s.to", f->name);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (slice_is(name, names[i] + sizeof "report." - 1)) {
            diag_hint(x->l->d, "did you mean '%s'?", names[i]);
            return;
        }
    }
    const char *near = str_nearest(name, names);
    if (near)
        diag_hint(x->l->d, "did you mean '%s'?", near);
    else if (slice_is(name, "page") || slice_is(name, "pages") ||
        slice_is(name, "section"))
        diag_hint(x->l->d, "it is known in headers and footers only");
    else if (is_fact(name))
        diag_hint(
            x->l->d, "a profile can declare further facts under 'fields'");
}

static void tell_unknown(const struct use *u, const struct piece *p)
{
    /* What a profile that was refused declares is not known. */
    if (u->x->r->profile->partial && is_fact(p->name))
        return;
    const char *text = arena_printf(
        u->x->l->a, "there is no value %s", diag_quote(u->x->l->d, p->name));
    if (tell(u, p, D_VALUE_UNKNOWN, text))
        hint_name(u->x, p->name);
}

/* "report.period.from" is field "period", part "from"; NULL if unknown. */
static struct field *find_field(
    struct expand *x, struct slice name, struct slice *part)
{
    static const char prefix[] = "report.";
    const size_t skip = sizeof prefix - 1;
    if (name.n <= skip || memcmp(name.s, prefix, skip) != 0)
        return NULL;
    name.s += skip;
    name.n -= skip;
    const char *dot = memchr(name.s, '.', name.n);
    size_t n = dot ? (size_t)(dot - name.s) : name.n;
    *part = dot ? (struct slice){dot + 1, name.n - n - 1} : (struct slice){0};
    for (uint32_t i = 0; i < x->r->nfields; i++) {
        struct field *f = &x->r->fields[i];
        if (slice_eq((struct slice){name.s, n}, slice_of(f->name)))
            return f;
    }
    return NULL;
}

static struct slice format_date(
    const struct use *u, const struct piece *p, struct date d)
{
    struct expand *x = u->x;
    struct slice pattern = p->format;
    if (!pattern.n)
        pattern = x->r->dates.n ? x->r->dates : x->r->profile->dates;
    for (unsigned i = 0; i < DATED; i++) {
        const struct dated *old = &x->dated[i];
        if (old->date.year && slice_eq(old->pattern, pattern) &&
            memcmp(&old->date, &d, sizeof d) == 0)
            return old->s;
    }
    const char *s = uni_format_date(x->l->a, d, pattern, x->r->language);
    if (!s) {
        const char *text = arena_printf(x->l->a, "%s is no pattern for a date",
            diag_quote(x->l->d, pattern));
        if (tell(u, p, D_DATE_PATTERN, text))
            diag_hint(x->l->d, "use d, dd, M, MM, MMM, MMMM, yyyy, EEEE");
        return (struct slice){0};
    }
    struct dated *room = &x->dated[x->ndated++ % DATED];
    *room = (struct dated){d, pattern, slice_of(s)};
    return room->s;
}

/* "from – to" */
static struct slice format_period(
    const struct use *u, const struct piece *p, const struct field *f)
{
    struct slice from = format_date(u, p, f->from);
    struct slice to = from.n ? format_date(u, p, f->to) : from;
    if (!to.n)
        return to;
    return slice_of(arena_printf(
        u->x->l->a, "%.*s – %.*s", (int)from.n, from.s, (int)to.n, to.s));
}

/* A text's pieces one after another. */
static struct slice join_pieces(struct arena *a, const struct text *t)
{
    if (t->npieces == 1 && t->pieces->kind == PIECE_SOURCE)
        return (struct slice){t->s.s + t->pieces->off, t->pieces->n};
    struct buf b = buf_new(a);
    buf_puts(&b, "");
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        if (p->kind == PIECE_SOURCE)
            buf_put(&b, t->s.s + p->off, p->n);
        else
            buf_put(&b, p->value.s, p->value.n);
    }
    return (struct slice){b.s, b.n};
}

/*
 * Expand the text of a field, once. As deep as there are fields: one that is
 * being expanded is not entered again.
 */
static void expand_field(struct expand *x, size_t i)
{
    x->states[i] = FIELD_BUSY;
    expand_text(x, x->r->fields[i].text, false);
    x->values[i] = join_pieces(x->l->a, x->r->fields[i].text);
    x->states[i] = FIELD_DONE;
}

/* The value of a text field: with the values in it. */
static struct slice text_value(
    const struct use *u, const struct piece *p, const struct field *f)
{
    struct expand *x = u->x;
    size_t i = (size_t)(f - x->r->fields);
    if (x->states[i] == FIELD_BUSY) {
        const char *text = arena_printf(
            x->l->a, "'report.%s' is part of its own value", f->name);
        tell(u, p, D_VALUE_UNKNOWN, text);
        return (struct slice){0};
    }
    if (x->states[i] == FIELD_NEW)
        expand_field(x, i);
    return x->values[i];
}

/* Was the fact given, but not as it must be? Then that was reported. */
static bool given_badly(const struct report *r, const char *name)
{
    const struct node *facts = r->node ? load_find(r->node, "report") : NULL;
    return facts && facts->kind == NODE_MAP && load_find(facts, name);
}

static void tell_absent(
    const struct use *u, struct piece *p, const struct field *f)
{
    /* Something stands for it, so that the rest of the text is looked at. */
    if (given_badly(u->x->r, f->name)) {
        p->value = SLICE("?");
        return;
    }
    p->absent = true;
    if (u->optional)
        return;
    const char *text =
        arena_printf(u->x->l->a, "the report gives no '%s'", f->name);
    if (tell(u, p, D_VALUE_UNKNOWN, text))
        diag_hint(u->x->l->d, "add '%s' to 'report'", f->name);
}

static bool is_date(const struct field *f, struct slice part)
{
    return f->type == FIELD_DATE || (f->type == FIELD_PERIOD && part.n);
}

static void expand_value(const struct use *u, struct piece *p)
{
    struct slice part;
    const struct field *f = find_field(u->x, p->name, &part);
    bool known = f &&
        (!part.n ||
            (f->type == FIELD_PERIOD &&
                (slice_is(part, "from") || slice_is(part, "to"))));
    if (!known) {
        tell_unknown(u, p);
        return;
    }
    bool period = f->type == FIELD_PERIOD && !part.n;
    if (p->format.n && !is_date(f, part) && !period) {
        tell(u, p, D_DATE_PATTERN, "only a date takes a format");
        return;
    }
    if (f->type == FIELD_LANGUAGE) {
        p->value = slice_of(u->x->r->language);
    } else if (!f->given) {
        tell_absent(u, p, f);
    } else if (f->type == FIELD_CHOICE) {
        p->value = f->plain;
    } else if (f->type == FIELD_TEXT) {
        p->value = text_value(u, p, f);
    } else if (period) {
        p->value = format_period(u, p, f);
    } else {
        p->value = format_date(u, p, slice_is(part, "to") ? f->to : f->from);
    }
}

static void expand_text(struct expand *x, struct text *t, bool optional)
{
    if (!t)
        return;
    struct load_cursor cursor = {0};
    struct use u = {x, t, optional, &cursor};
    for (uint32_t i = 0; i < t->npieces; i++) {
        struct piece *p = &t->pieces[i];
        if (p->kind == PIECE_VALUE && !p->value.s)
            expand_value(&u, p);
    }
}

static void expand_table(struct expand *x, struct table *t, bool optional)
{
    for (uint32_t i = 0; i < t->ncolumns; i++)
        expand_text(x, t->columns[i].title, optional);
    expand_text(x, t->caption, optional);
    expand_text(x, t->empty_text, optional);
    for (uint32_t i = 0; t->empty_row && i < t->ncolumns; i++)
        expand_text(x, t->empty_row[i], optional);
    for (size_t i = 0; t->cells && i < (size_t)t->nrows * t->ncolumns; i++)
        expand_text(x, t->cells[i], optional);
    data_table_rows(&x->rows, t);
}

/* A value that is not given leaves a cell of a grid out. */
static void expand_grid(struct expand *x, const struct masthead *g)
{
    for (uint32_t i = 0; i < g->nrows; i++) {
        const struct mast_row *row = &g->rows[i];
        for (uint32_t k = 0; k < row->ncells; k++) {
            expand_text(x, row->cells[k].text, true);
            expand_text(x, row->cells[k].with, true);
        }
    }
}

/* Bodies stand in one another as deep as YAML may: by limit `depth`. */
static void expand_body(struct expand *x, struct body *b, bool optional)
{
    for (uint32_t i = 0; i < b->n; i++) {
        struct entry *e = &b->entries[i];
        expand_text(x, e->text, optional);
        if (e->table)
            expand_table(x, e->table, optional);
        if (e->figure) {
            expand_text(x, e->figure->alt, optional);
            expand_text(x, e->figure->caption, optional);
        }
        if (e->grid)
            expand_grid(x, e->grid);
        for (uint32_t k = 0; k < e->nbodies; k++)
            expand_body(x, &e->bodies[k], optional);
    }
}

static void expand_notes(struct expand *x, struct note *notes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        expand_text(x, notes[i].text, false);
}

/* As deep as sections may be: by limit `headings`. */
static void expand_sections(struct expand *x, struct section *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        expand_text(x, s[i].title, false);
        expand_text(x, s[i].subtitle, false);
        expand_body(x, &s[i].body, false);
        expand_notes(x, s[i].notes, s[i].nnotes);
        expand_sections(x, s[i].sections, s[i].nsections);
        expand_body(x, &s[i].after, false);
    }
}

static void expand_slots(struct expand *x, const struct slots *s)
{
    expand_text(x, s->start, true);
    expand_text(x, s->centre, true);
    expand_text(x, s->end, true);
}

void data_expand(const struct load *l, struct report *r)
{
    struct expand *x = ARENA_NEW(l->a, struct expand);
    x->l = l;
    x->r = r;
    x->rows.l = l;
    if (r->ndatasets) {
        struct sets *s = sets_load(l, r);
        updates_apply(s, r);
        sets_check(s);
    }
    x->states = ARENA_ARRAY(l->a, r->nfields, uint8_t);
    x->values = ARENA_ARRAY(l->a, r->nfields, struct slice);
    for (uint32_t i = 0; i < r->nfields; i++) {
        if (r->fields[i].text && x->states[i] == FIELD_NEW)
            expand_field(x, i);
    }
    expand_body(x, &r->body, false);
    expand_notes(x, r->notes, r->nnotes);
    expand_sections(x, r->sections, r->nsections);
    expand_body(x, &r->after, false);
    expand_sections(x, r->annexes, r->nannexes);
    const struct profile *p = r->profile;
    struct body cover = p->cover;
    expand_body(x, &cover, true);
    for (unsigned i = 0; i < PAGE_KINDS; i++) {
        expand_slots(x, &p->header[i]);
        expand_slots(x, &p->footer[i]);
    }
}
