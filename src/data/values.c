/* Values: what a $(…) says, of the report's facts, of queries, of rows. */
#include "data/expand_int.h"

#include <string.h>

bool expand_tell(struct expand *x, const struct text *t, size_t off,
    struct load_cursor *cursor, enum diag_id id, const char *what)
{
    const struct load *l = x->l;
    if (t->node && t->node->bad)
        return false;
    diag(l->d, id, model_text_pos(l->files, cursor, t, off), "%s", what);
    if (t->node)
        diag_path(l->d, load_path(l->a, t->node));
    return true;
}

/* A value that is looked up. */
struct use {
    struct expand *x;
    const struct text *t;
    const struct piece *p;
    const struct scope *scope;
    struct load_cursor *cursor;
    bool optional; /* a fact that is not given is only marked */
};

static bool tell(const struct use *u, enum diag_id id, const char *what)
{
    return expand_tell(u->x, u->t, u->p->off, u->cursor, id, what);
}

struct slice expand_part(struct slice name, struct slice prefix)
{
    if (!prefix.n || name.n <= prefix.n + 1 ||
        memcmp(name.s, prefix.s, prefix.n) != 0 || name.s[prefix.n] != '.')
        return (struct slice){0};
    return (struct slice){name.s + prefix.n + 1, name.n - prefix.n - 1};
}

/* Names for a hint, in an array that ends with NULL. */
struct names {
    struct arena *a;
    const char **list;
    size_t n, cap;
};

static void add_name(struct names *names, const char *name)
{
    names->list = arena_grow(
        names->a, names->list, &names->cap, names->n + 2, sizeof *names->list);
    names->list[names->n++] = name;
    names->list[names->n] = NULL;
}

static void add_facts(struct names *names, const struct report *r)
{
    for (uint32_t i = 0; i < r->nfields; i++) {
        const struct field *f = &r->fields[i];
        add_name(names, arena_printf(names->a, "report.%s", f->name));
        if (f->type != FIELD_PERIOD)
            continue;
        add_name(names, arena_printf(names->a, "report.%s.from", f->name));
        add_name(names, arena_printf(names->a, "report.%s.to", f->name));
    }
}

/* All that a value may be called where it stands. */
static void add_all(struct names *names, const struct use *u)
{
    const struct report *r = u->x->r;
    add_facts(names, r);
    for (uint32_t i = 0; i < r->nvalues; i++)
        add_name(names,
            arena_printf(names->a, "values.%.*s", (int)r->values[i].name.n,
                r->values[i].name.s));
    for (const struct scope *s = u->scope; s; s = s->up) {
        for (uint32_t i = 0; s->result && i < s->result->ncolumns; i++)
            add_name(names,
                arena_printf(names->a, "%.*s.%.*s", (int)s->name.n, s->name.s,
                    (int)s->result->names[i].n, s->result->names[i].s));
    }
}

static bool is_fact(struct slice name)
{
    return expand_part(name, SLICE("report")).n > 0;
}

/* Say what columns a row has, if the name is of one; false if not. */
static bool hint_row(const struct use *u, struct slice name)
{
    enum { SHOWN = 12 };
    const struct scope *s = u->scope;
    while (s && !(s->result && expand_part(name, s->name).n))
        s = s->up;
    if (!s)
        return false;
    struct buf list = buf_new(u->x->l->a);
    uint32_t n = s->result->ncolumns;
    for (uint32_t i = 0; i < n && i < SHOWN; i++)
        buf_printf(&list, "%s%.*s", i ? ", " : "", (int)s->result->names[i].n,
            s->result->names[i].s);
    diag_hint(u->x->l->d, "'%.*s' has %s%s", (int)s->name.n, s->name.s, list.s,
        n > SHOWN ? ", …" : "");
    return true;
}

/* Say what could have been meant by an unknown name. */
static void hint_name(const struct use *u, struct slice name)
{
    struct diags *d = u->x->l->d;
    struct names names = {.a = u->x->l->a};
    add_all(&names, u);
    for (size_t i = 0; i < names.n; i++) {
        const char *dot = strchr(names.list[i], '.');
        if (slice_is(name, dot + 1)) {
            diag_hint(d, "did you mean '%s'?", names.list[i]);
            return;
        }
    }
    const char *near = names.n ? str_nearest(name, names.list) : NULL;
    if (near)
        diag_hint(d, "did you mean '%s'?", near);
    else if (hint_row(u, name))
        return;
    else if (slice_is(name, "page") || slice_is(name, "pages") ||
        slice_is(name, "section"))
        diag_hint(d, "it is known in headers and footers only");
    else if (is_fact(name))
        diag_hint(d, "a profile can declare further facts under 'fields'");
    else if (expand_part(name, SLICE("row")).n)
        diag_hint(d,
            "a row is known in the columns of its table and in the message of "
            "a check");
}

static void tell_unknown(const struct use *u)
{
    /* What a profile that was refused declares is not known. */
    if (u->x->r->profile->partial && is_fact(u->p->name))
        return;
    const char *text = arena_printf(
        u->x->l->a, "there is no value %s", diag_quote(u->x->l->d, u->p->name));
    if (tell(u, D_VALUE_UNKNOWN, text))
        hint_name(u, u->p->name);
}

/* "report.period.from" is field "period", part "from"; NULL if unknown. */
static struct field *find_field(
    const struct expand *x, struct slice name, struct slice *part)
{
    name = expand_part(name, SLICE("report"));
    const char *dot = name.n ? memchr(name.s, '.', name.n) : NULL;
    size_t n = dot ? (size_t)(dot - name.s) : name.n;
    *part = dot ? (struct slice){dot + 1, name.n - n - 1} : (struct slice){0};
    for (uint32_t i = 0; name.n && i < x->r->nfields; i++) {
        struct field *f = &x->r->fields[i];
        if (!slice_eq((struct slice){name.s, n}, slice_of(f->name)))
            continue;
        bool whole = !part->n ||
            (f->type == FIELD_PERIOD &&
                (slice_is(*part, "from") || slice_is(*part, "to")));
        return whole ? f : NULL;
    }
    return NULL;
}

static struct slice format_date(const struct use *u, struct date d)
{
    struct expand *x = u->x;
    struct slice pattern = u->p ? u->p->format : (struct slice){0};
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
        if (u->p && tell(u, D_DATE_PATTERN, text))
            diag_hint(x->l->d, "use d, dd, M, MM, MMM, MMMM, yyyy, EEEE");
        return (struct slice){0};
    }
    struct dated *room = &x->dated[x->ndated++ % DATED];
    *room = (struct dated){d, pattern, slice_of(s)};
    return room->s;
}

/* "from – to" */
static struct slice format_period(const struct use *u, const struct field *f)
{
    struct slice from = format_date(u, f->from);
    struct slice to = from.n ? format_date(u, f->to) : from;
    if (!to.n)
        return to;
    return slice_of(arena_printf(
        u->x->l->a, "%.*s – %.*s", (int)from.n, from.s, (int)to.n, to.s));
}

struct slice expand_join(struct arena *a, const struct text *t)
{
    if (t->npieces == 1 && t->pieces->kind == PIECE_SOURCE)
        return (struct slice){t->s.s + t->pieces->off, t->pieces->n};
    if (t->npieces == 1)
        return t->pieces->value;
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
 * As deep as there are fields: one that is being expanded is not entered
 * again.
 */
void expand_fact(struct expand *x, size_t i)
{
    x->field_states[i] = USE_BUSY;
    expand_fill(x, x->r->fields[i].text, NULL, false);
    x->fields[i] = expand_join(x->l->a, x->r->fields[i].text);
    x->field_states[i] = USE_DONE;
}

/* The value of a text field: with the values in it. */
static struct slice text_value(const struct use *u, const struct field *f)
{
    struct expand *x = u->x;
    size_t i = (size_t)(f - x->r->fields);
    if (x->field_states[i] == USE_BUSY) {
        tell(u, D_VALUE_UNKNOWN,
            arena_printf(
                x->l->a, "'report.%s' is part of its own value", f->name));
        return (struct slice){0};
    }
    if (x->field_states[i] == USE_NEW)
        expand_fact(x, i);
    return x->fields[i];
}

/* Was the fact given, but not as it must be? Then that was reported. */
static bool given_badly(const struct report *r, const char *name)
{
    const struct node *facts = r->node ? load_find(r->node, "report") : NULL;
    return facts && facts->kind == NODE_MAP && load_find(facts, name);
}

static void tell_absent(const struct use *u, const struct field *f)
{
    const char *text =
        arena_printf(u->x->l->a, "the report gives no '%s'", f->name);
    if (tell(u, D_VALUE_UNKNOWN, text))
        diag_hint(u->x->l->d, "add '%s' to 'report'", f->name);
}

static bool is_date(const struct field *f, struct slice part)
{
    return f->type == FIELD_DATE || (f->type == FIELD_PERIOD && part.n);
}

/* The value of a fact, put into a piece. */
static void fill_fact(
    const struct use *u, struct piece *p, const struct field *f, bool to)
{
    struct slice part =
        expand_part(expand_part(p->name, SLICE("report")), slice_of(f->name));
    bool period = f->type == FIELD_PERIOD && !part.n;
    if (p->format.n && !is_date(f, part) && !period) {
        tell(u, D_DATE_PATTERN, "only a date takes a format");
        return;
    }
    if (f->type == FIELD_LANGUAGE) {
        p->value = slice_of(u->x->r->language);
    } else if (!f->given) {
        /* Something stands for it, so that the rest of the text is looked at.
         */
        if (given_badly(u->x->r, f->name)) {
            p->value = SLICE("?");
            return;
        }
        p->absent = true;
        if (!u->optional)
            tell_absent(u, f);
    } else if (f->type == FIELD_CHOICE) {
        p->value = f->plain;
    } else if (f->type == FIELD_TEXT) {
        p->value = text_value(u, f);
    } else if (period) {
        p->value = format_period(u, f);
    } else {
        p->value = format_date(u, to ? f->to : f->from);
    }
}

static struct datum text_datum(struct slice s)
{
    struct datum d = {.value = {.storage = SET_TEXT, .s = s}};
    if (!s.n)
        d.value.storage = SET_NULL;
    return d;
}

/* A fact as a parameter; false if there is none, which was reported. */
static bool fact_datum(const struct use *u, const struct field *f,
    struct slice part, struct datum *out)
{
    struct arena *a = u->x->l->a;
    if (f->type == FIELD_LANGUAGE) {
        *out = text_datum(slice_of(u->x->r->language));
        return true;
    }
    if (!f->given) {
        if (!given_badly(u->x->r, f->name))
            tell_absent(u, f);
        return false;
    }
    if (is_date(f, part)) {
        struct date d = slice_is(part, "to") ? f->to : f->from;
        *out = text_datum(slice_of(
            arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day)));
        out->kind = COLUMN_DATE;
        return true;
    }
    if (f->type == FIELD_PERIOD) {
        if (tell(u, D_VALUE_UNKNOWN, "a period is two dates"))
            diag_hint(u->x->l->d, "write $(report.%s.from) or $(report.%s.to)",
                f->name, f->name);
        return false;
    }
    *out = text_datum(f->type == FIELD_TEXT ? text_value(u, f) : f->plain);
    return true;
}

/* Report a value that needs itself. */
static void tell_cycle(const struct use *u, const struct query_value *v)
{
    const char *text = arena_printf(
        u->x->l->a, "the value '%.*s' needs itself", (int)v->name.n, v->name.s);
    if (tell(u, D_VALUE_CYCLE, text))
        diag_also(u->x->l->d, v->node->pos, "it is defined here");
}

/* Report a result that is not one row of one column. */
static void tell_shape(
    struct expand *x, struct query_value *v, const struct result *r)
{
    const char *what = r->ncolumns != 1
        ? arena_printf(x->l->a, "%lu columns", (unsigned long)r->ncolumns)
        : r->nrows ? "more than one row"
                   : "no row";
    struct node *at = load_find(v->node, "query");
    if (load_diag(x->l, D_QUERY_ONE, at ? at : v->node,
            "the query of the value '%.*s' gives %s, not one row of one column",
            (int)v->name.n, v->name.s, what))
        diag_hint(x->l->d, "%s",
            r->ncolumns == 1 && !r->nrows
                ? "an aggregate such as max() or count() gives one row always"
                : "select one column, with count(), max() or a 'where' that "
                  "leaves one row");
}

bool expand_value_of(struct expand *x, uint32_t i)
{
    struct query_value *v = &x->r->values[i];
    if (x->value_states[i] != USE_NEW)
        return x->value_states[i] == USE_DONE;
    x->value_states[i] = USE_BUSY;
    const struct result *r =
        v->query.sql ? query_run(x, &v->query, NULL, QUERY_ONE_ROW) : NULL;
    bool one = r && r->nrows == 1 && r->ncolumns == 1;
    if (r && !one)
        tell_shape(x, v, r);
    if (one) {
        x->values[i] = r->data[0];
        x->value_pos[i] = query_pos(r, 0, 0);
    }
    x->value_states[i] = one ? USE_DONE : USE_FAILED;
    return one;
}

/* The index of "values.NAME"; nvalues if there is none of that name. */
static uint32_t find_value(const struct expand *x, struct slice name)
{
    uint32_t i = 0;
    while (i < x->r->nvalues && !slice_eq(x->r->values[i].name, name))
        i++;
    return i;
}

/* The row's column that a name means; *known is set if its row is known. */
static const struct datum *find_row(
    const struct use *u, struct pos *pos, bool *known)
{
    for (const struct scope *s = u->scope; s; s = s->up) {
        struct slice name = expand_part(u->p->name, s->name);
        if (!name.n)
            continue;
        *known = true;
        for (uint32_t i = 0; i < s->result->ncolumns; i++) {
            if (!slice_eq(s->result->names[i], name))
                continue;
            *pos = query_pos(s->result, s->row, i);
            return &s->result->data[(size_t)s->row * s->result->ncolumns + i];
        }
        return NULL;
    }
    return NULL;
}

/* A value of rows or queries; 0 if there is no such, -1 if it was reported. */
static int find_datum(
    const struct use *u, const struct datum **out, struct pos *pos)
{
    bool row = false;
    *out = find_row(u, pos, &row);
    if (row)
        return *out != NULL;
    struct slice name = expand_part(u->p->name, SLICE("values"));
    uint32_t i = find_value(u->x, name);
    if (!name.n || i == u->x->r->nvalues)
        return 0;
    if (u->x->value_states[i] == USE_BUSY) {
        tell_cycle(u, &u->x->r->values[i]);
        return -1;
    }
    if (!expand_value_of(u->x, i))
        return -1;
    *out = &u->x->values[i];
    *pos = u->x->value_pos[i];
    return 1;
}

bool expand_datum(struct expand *x, const struct text *t, const struct piece *p,
    const struct scope *scope, struct datum *out, struct pos *pos)
{
    struct load_cursor cursor = {0};
    struct use u = {x, t, p, scope, &cursor, false};
    const struct datum *found = NULL;
    *pos = (struct pos){0};
    int known = find_datum(&u, &found, pos);
    if (known > 0)
        *out = *found;
    if (known)
        return known > 0;
    struct slice part;
    const struct field *f = find_field(x, p->name, &part);
    if (!f) {
        tell_unknown(&u);
        return false;
    }
    return fact_datum(&u, f, part, out);
}

struct slice expand_print(struct expand *x, const struct datum *d)
{
    char number[40];
    struct date date;
    const struct set_value *v = &d->value;
    switch ((enum set_storage)v->storage) {
    case SET_NULL:
        break;
    case SET_TEXT:
        if (d->kind == COLUMN_DATE && uni_parse_date(v->s, &date)) {
            struct use u = {.x = x};
            struct slice s = format_date(&u, date);
            return s.n ? s : v->s;
        }
        return v->s;
    case SET_INTEGER:
        return slice_of(arena_printf(x->l->a, "%lld", (long long)v->i));
    case SET_REAL:
        sqlite3_snprintf((int)sizeof number, number, "%.15g", v->d);
        return slice_of(arena_strndup(x->l->a, number, strlen(number)));
    }
    return SLICE("");
}

struct text *expand_markup(struct expand *x, struct slice s, struct pos pos)
{
    struct text *t = ARENA_NEW(x->l->a, struct text);
    *t = (struct text){.s = s, .pos = pos, .one_place = true};
    if (!s.n)
        return t;
    t->pieces = ARENA_NEW(x->l->a, struct piece);
    t->pieces->kind = PIECE_SOURCE;
    t->pieces->n = (uint32_t)s.n;
    t->npieces = 1;
    return t;
}

/* A value of a row or query, put into a piece. */
static void fill_datum(
    const struct use *u, struct piece *p, const struct datum *d, struct pos pos)
{
    struct expand *x = u->x;
    struct date date;
    bool text = d->value.storage == SET_TEXT;
    p->pos = pos;
    if (p->format.n && text && uni_parse_date(d->value.s, &date)) {
        p->value = format_date(u, date);
    } else if (p->format.n && d->value.storage != SET_NULL) {
        if (tell(u, D_DATE_PATTERN, "only a date takes a format") && pos.file)
            diag_also(x->l->d, pos, "the value comes from here");
    } else {
        p->value = expand_print(x, d);
        if (d->kind == COLUMN_MARKDOWN && text)
            p->markup = expand_markup(x, p->value, pos);
    }
    if (!p->value.s)
        p->value = SLICE("");
}

void expand_piece(struct expand *x, const struct text *t, struct piece *p,
    const struct scope *scope, bool optional, struct load_cursor *cursor)
{
    struct use u = {x, t, p, scope, cursor, optional};
    const struct datum *found = NULL;
    struct pos pos = {0};
    int known = find_datum(&u, &found, &pos);
    if (known > 0) {
        fill_datum(&u, p, found, pos);
        return;
    }
    if (known < 0) {
        p->value = SLICE("?");
        return;
    }
    struct slice part;
    const struct field *f = find_field(x, p->name, &part);
    if (f)
        fill_fact(&u, p, f, slice_is(part, "to"));
    else
        tell_unknown(&u);
}
