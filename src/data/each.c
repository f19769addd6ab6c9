/* for-each and when: what stands for each row, and where a condition holds. */
#include "data/printed_int.h"

#include <string.h>

/* One item of a list, as often as it stands. */
struct standing {
    struct expand *x;
    struct each *each;
    struct query *when;
    const struct scope *up; /* around it */
    const struct result *rows; /* of its for-each */
    uint32_t row; /* the next one */
    struct scope own;
    const struct scope *scope; /* of this time */
    bool any; /* it stood */
};

static struct standing stand(struct expand *x, struct each *each,
    struct query *when, const struct scope *scope)
{
    struct standing s = {.x = x, .each = each, .when = when, .up = scope};
    if (!each)
        return s;
    bool sound = each->query.node && each->as.n &&
        (each->query.sql || each->query.from.n);
    s.rows = sound ? query_run(x, &each->query, scope, 0) : NULL;
    x->r->partial = x->r->partial || !s.rows;
    return s;
}

/* Once more? Then s->scope is that of the row. */
static bool next(struct standing *s)
{
    for (;;) {
        uint32_t count = !s->each ? 1 : s->rows ? s->rows->nrows : 0;
        if (s->row >= count)
            return false;
        s->scope = s->up;
        if (s->each) {
            s->own = (struct scope){s->each->as, s->rows, s->row, s->up};
            s->scope = &s->own;
        }
        s->row++;
        int holds = query_holds(s->x, s->when, s->scope);
        s->x->r->partial = s->x->r->partial || holds < 0;
        if (holds > 0) {
            s->any = true;
            if (s->each)
                printed_row(s->x, s->rows, s->row - 1);
            return true;
        }
    }
}

static void leave_out(struct expand *x, struct slice name)
{
    struct report *r = x->r;
    for (uint32_t i = 0; i < r->nleft_out; i++) {
        if (slice_eq(r->left_out[i], name))
            return;
    }
    r->left_out = arena_grow(x->l->a, r->left_out, &x->left_out_cap,
        (size_t)r->nleft_out + 1, sizeof *r->left_out);
    r->left_out[r->nleft_out++] = name;
}

/* The names of the footnote marks in a text that does not stand. */
static void leave_marks_out(struct expand *x, struct slice s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (s.s[i] != '[' || s.s[i + 1] != '^')
            continue;
        const char *end = memchr(s.s + i, ']', s.n - i);
        if (!end)
            return;
        struct slice name = {s.s + i + 2, (size_t)(end - s.s) - i - 2};
        leave_out(x, name);
        i += name.n + 2;
    }
}

/*
 * What does not stand has no marks of footnotes, whose notes are not unused
 * for that. As deep as the nodes are, which load bounds.
 */
static void note_left_out(struct expand *x, const struct node *n)
{
    if (n->kind == NODE_SCALAR)
        leave_marks_out(x, n->s);
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++)
        note_left_out(x, n->items[i]);
}

static void end(struct standing *s, const struct node *n)
{
    if (!s->any && n)
        note_left_out(s->x, n);
}

static bool is_id(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool other = (c >= '0' && c <= '9') || c == '-';
        if (!(c >= 'a' && c <= 'z') && !(i && other))
            return false;
    }
    return s.n > 0;
}

/* The id that a text gives; empty if it gives none, which was reported. */
static struct slice expand_id(
    struct expand *x, struct text *t, const struct scope *scope)
{
    const struct load *l = x->l;
    struct text *filled = expand_fill(x, t, scope, false);
    struct slice id = expand_join(l->a, filled);
    if (is_id(id))
        return id;
    struct pos from = expand_origin(filled);
    x->r->partial = true;
    if (load_diag(l, D_ID_FORM, (struct node *)(uintptr_t)t->node,
            "'id' becomes %s: small letters, digits and hyphens, a letter "
            "first",
            diag_quote(l->d, id))) {
        if (from.file)
            diag_also(l->d, from, "the value comes from here");
        diag_hint(l->d, "a column with lower(…) of a 'query' can make one");
    }
    return (struct slice){0};
}

static bool is_blank(struct slice s)
{
    size_t i = 0;
    while (i < s.n && strchr(" \t\n", s.s[i]))
        i++;
    return i == s.n;
}

/* Do the values of a text leave nothing of it? */
static bool is_nothing(const struct text *t)
{
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        bool value = p->kind == PIECE_VALUE && !p->absent && p->value.s;
        bool source = p->kind == PIECE_SOURCE;
        struct slice s = value ? p->value
            : source           ? (struct slice){t->s.s + p->off, p->n}
                               : SLICE("?");
        if (!is_blank(s))
            return false;
    }
    return t->npieces > 0;
}

/* A text that must say something. */
static struct text *expand_title(struct expand *x, struct text *t,
    const struct scope *scope, bool optional, const char *what)
{
    struct text *filled = expand_fill(x, t, scope, optional);
    if (!filled || !expand_has_values(filled) || !is_nothing(filled))
        return filled;
    struct load_cursor cursor = {0};
    struct pos from = expand_origin(filled);
    if (expand_tell(x, filled, 0, &cursor, D_TEXT_EMPTY,
            arena_printf(x->l->a, "the values leave nothing of %s", what)) &&
        from.file)
        diag_also(x->l->d, from, "the value comes from here");
    return filled;
}

/* The same text, or none if nothing of it is left. */
static struct text *expand_some(
    struct expand *x, struct text *t, const struct scope *scope)
{
    t = expand_fill(x, t, scope, false);
    return t && expand_has_values(t) && is_nothing(t) ? NULL : t;
}

/* Texts of an array, into a new one if they are not the report's own. */
static struct text **expand_texts(struct expand *x, struct text **texts,
    size_t n, const struct scope *scope, bool optional)
{
    struct text **out = texts;
    if (!texts)
        return NULL;
    if (scope)
        out = ARENA_ARRAY(x->l->a, n, struct text *);
    for (size_t i = 0; i < n; i++)
        out[i] = expand_fill(x, texts[i], scope, optional);
    return out;
}

static struct column *expand_columns(struct expand *x, const struct table *t,
    const struct scope *scope, bool optional)
{
    struct column *columns = t->columns;
    if (scope) {
        columns = ARENA_ARRAY(x->l->a, t->ncolumns, struct column);
        if (t->ncolumns)
            memcpy(columns, t->columns, t->ncolumns * sizeof *columns);
    }
    for (uint32_t i = 0; i < t->ncolumns; i++)
        columns[i].title = expand_fill(x, columns[i].title, scope, optional);
    return columns;
}

static struct table *expand_table(
    struct expand *x, struct table *t, const struct scope *scope, bool optional)
{
    struct table *out = t;
    if (scope) {
        out = ARENA_NEW(x->l->a, struct table);
        *out = *t;
    }
    out->columns = expand_columns(x, t, scope, optional);
    out->caption = expand_title(x, t->caption, scope, optional, "the caption");
    out->empty_text = expand_fill(x, t->empty_text, scope, optional);
    out->empty_row =
        expand_texts(x, t->empty_row, t->ncolumns, scope, optional);
    out->cells = expand_texts(
        x, t->cells, (size_t)t->nrows * t->ncolumns, scope, optional);
    if (t->query)
        out->rows = expand_query_rows(x, out, scope);
    data_table_rows(&x->rows, out);
    return out;
}

static struct figure *expand_figure(struct expand *x, struct figure *f,
    const struct scope *scope, bool optional)
{
    struct figure *out = f;
    if (scope) {
        out = ARENA_NEW(x->l->a, struct figure);
        *out = *f;
    }
    out->alt = expand_title(x, f->alt, scope, optional, "what 'alt' says");
    out->caption = expand_title(x, f->caption, scope, optional, "the caption");
    return out;
}

/* A value that is not given leaves a cell of a grid out. */
static void expand_grid(struct expand *x, const struct masthead *g)
{
    for (uint32_t i = 0; i < g->nrows; i++) {
        const struct mast_row *row = &g->rows[i];
        for (uint32_t k = 0; k < row->ncells; k++) {
            expand_fill(x, row->cells[k].text, NULL, true);
            expand_fill(x, row->cells[k].with, NULL, true);
        }
    }
}

/* The items of a list: each as often as it stands. */
static void expand_items(
    struct expand *x, struct entry *e, const struct scope *scope, bool optional)
{
    const struct body *from = e->bodies;
    uint32_t n = e->nbodies;
    size_t cap = 0;
    e->bodies = NULL;
    e->nbodies = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct standing s = stand(x, from[i].each, from[i].when, scope);
        while (next(&s)) {
            struct body b = {.entries = from[i].entries, .n = from[i].n};
            expand_body(x, &b, s.scope, optional);
            e->bodies = arena_grow(x->l->a, e->bodies, &cap,
                (size_t)e->nbodies + 1, sizeof *e->bodies);
            e->bodies[e->nbodies++] = b;
        }
        end(&s, from[i].node);
    }
}

/* A paragraph that is nothing but a value with markup is what that says. */
static struct text *unwrap(struct text *t)
{
    struct text *markup = NULL;
    for (uint32_t i = 0; t && i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        if (p->kind == PIECE_VALUE && p->markup && !markup)
            markup = p->markup;
        else if (p->kind != PIECE_SOURCE ||
            !is_blank((struct slice){t->s.s + p->off, p->n}))
            return t;
    }
    return markup ? markup : t;
}

static struct entry expand_entry(struct expand *x, const struct entry *from,
    const struct scope *scope, bool optional)
{
    struct entry e = *from;
    e.each = NULL;
    e.when = NULL;
    e.text = expand_fill(x, e.text, scope, optional);
    if (e.kind == ENTRY_TEXT)
        e.text = unwrap(e.text);
    if (e.id_text)
        e.id = expand_id(x, e.id_text, scope);
    if (e.table)
        e.table = expand_table(x, e.table, scope, optional);
    if (e.figure)
        e.figure = expand_figure(x, e.figure, scope, optional);
    if (e.grid)
        expand_grid(x, e.grid);
    if (e.nbodies)
        expand_items(x, &e, scope, optional);
    return e;
}

/* Bodies stand in one another as deep as YAML may: by limit `depth`. */
void expand_body(
    struct expand *x, struct body *b, const struct scope *scope, bool optional)
{
    const struct entry *from = b->entries;
    uint32_t n = b->n;
    size_t cap = 0;
    b->entries = NULL;
    b->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct standing s = stand(x, from[i].each, from[i].when, scope);
        while (next(&s)) {
            struct entry e = expand_entry(x, &from[i], s.scope, optional);
            b->entries = arena_grow(x->l->a, b->entries, &cap, (size_t)b->n + 1,
                sizeof *b->entries);
            b->entries[b->n++] = e;
        }
        end(&s, from[i].node);
    }
}

void expand_notes(struct expand *x, struct note **notes, uint32_t n,
    const struct scope *scope)
{
    const struct note *from = *notes;
    if (scope) {
        *notes = ARENA_ARRAY(x->l->a, n, struct note);
        if (n)
            memcpy(*notes, from, n * sizeof *from);
    }
    for (uint32_t i = 0; i < n; i++)
        (*notes)[i].text = expand_fill(x, (*notes)[i].text, scope, false);
}

static struct section expand_section(
    struct expand *x, const struct section *from, const struct scope *scope)
{
    struct section s = *from;
    s.each = NULL;
    s.when = NULL;
    if (s.id_text)
        s.id = expand_id(x, s.id_text, scope);
    s.title = expand_title(x, s.title, scope, false, "the title");
    s.subtitle = expand_some(x, s.subtitle, scope);
    expand_body(x, &s.body, scope, false);
    expand_notes(x, &s.notes, s.nnotes, scope);
    expand_sections(x, &s.sections, &s.nsections, scope);
    expand_body(x, &s.after, scope, false);
    return s;
}

/* As deep as sections may be: by limit `headings`. */
void expand_sections(struct expand *x, struct section **list, uint32_t *n,
    const struct scope *scope)
{
    const struct section *from = *list;
    uint32_t count = *n;
    size_t cap = 0;
    *list = NULL;
    *n = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct standing s = stand(x, from[i].each, from[i].when, scope);
        while (next(&s)) {
            struct section made = expand_section(x, &from[i], s.scope);
            *list =
                arena_grow(x->l->a, *list, &cap, (size_t)*n + 1, sizeof **list);
            (*list)[(*n)++] = made;
        }
        end(&s, from[i].node);
    }
}
