/* The rows that a table has by query: cells by key, or as a column's `text`
 * says. */
#include "data/printed_int.h"

#include <math.h>
#include <string.h>

static const struct slice ROW = {"row", 3};

/* A text over $(row.column), its other values filled in. */
struct pattern {
    struct text *text;
    int32_t *columns; /* of each piece: of the result, or -1 */
    bool plain; /* no markup in it, whatever the row */
};

struct choice_plan {
    struct query *when;
    struct pattern pattern;
};

struct column_plan {
    int32_t key; /* of the result; -1: none */
    struct choice_plan *choices;
    uint32_t nchoices;
    struct pattern link; /* text NULL: none */
};

struct table_plan {
    struct expand *x;
    struct table *t;
    struct run run;
    struct scope scope; /* of the row */
    struct column_plan *columns;
    bool *used; /* of each column of the result */
    struct rows *rows;
    size_t cells_cap, pos_cap, identity_cap, sorts_cap;
    int32_t key; /* the column that names a row of its data set; -1: none */
    struct buf joined; /* the cell being put together */
    bool bad;
};

static int32_t find_column(struct table_plan *p, struct slice name)
{
    for (uint32_t i = 0; i < p->run.result.ncolumns; i++) {
        if (slice_eq(p->run.result.names[i], name)) {
            p->used[i] = true;
            return (int32_t)i;
        }
    }
    return -1;
}

/* Say what the query gives. */
static void hint_columns(struct table_plan *p, struct slice name)
{
    enum { SHOWN = 8 };
    struct arena *a = p->x->l->a;
    uint32_t n = p->run.result.ncolumns;
    const char **names = ARENA_ARRAY(a, (size_t)n + 1, const char *);
    struct buf list = buf_new(a);
    for (uint32_t i = 0; i < n; i++) {
        names[i] = p->run.result.names[i].s;
        if (i < SHOWN)
            buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = str_nearest(name, names);
    if (near)
        diag_hint(p->x->l->d, "did you mean '%s'?", near);
    diag_hint(
        p->x->l->d, "the query gives %s%s", list.s, n > SHOWN ? ", …" : "");
}

/* May a byte of source stand in a cell without being looked at as Markdown? */
static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9') || (c && strchr(" \n(),;/-", c));
}

/* Can the text bring no markup into a cell? */
static bool has_no_markup(const struct table_plan *p, const struct pattern *pat)
{
    const struct text *t = pat->text;
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *piece = &t->pieces[i];
        if (piece->kind == PIECE_VALUE && pat->columns[i] >= 0 &&
            !piece->format.n) {
            const struct origin *o = &p->run.result.origins[pat->columns[i]];
            if (o->set && o->set->columns[o->column].kind == COLUMN_MARKDOWN)
                return false;
        } else if (piece->kind == PIECE_VALUE) {
            return false;
        }
        for (uint32_t k = 0; piece->kind == PIECE_SOURCE && k < piece->n; k++) {
            if (!is_plain(t->s.s[piece->off + k]))
                return false;
        }
    }
    return true;
}

/* Look at the values of a text: its own row's by column, the others filled. */
static struct pattern read_pattern(
    struct table_plan *p, const struct text *t, const struct scope *up)
{
    struct expand *x = p->x;
    struct text *copy = ARENA_NEW(x->l->a, struct text);
    struct pattern pat = {.text = copy};
    struct load_cursor cursor = {0};
    *copy = *t;
    copy->pieces = ARENA_ARRAY(x->l->a, t->npieces, struct piece);
    if (t->npieces)
        memcpy(copy->pieces, t->pieces, t->npieces * sizeof *t->pieces);
    pat.columns = ARENA_ARRAY(x->l->a, t->npieces, int32_t);
    for (uint32_t i = 0; i < t->npieces; i++) {
        struct piece *piece = &copy->pieces[i];
        pat.columns[i] = -1;
        if (piece->kind != PIECE_VALUE)
            continue;
        struct slice name = expand_part(piece->name, ROW);
        if (!name.n) {
            expand_piece(x, copy, piece, up, false, &cursor);
            continue;
        }
        pat.columns[i] = find_column(p, name);
        if (pat.columns[i] >= 0)
            continue;
        p->bad = true;
        if (expand_tell(x, t, piece->off, &cursor, D_VALUE_UNKNOWN,
                arena_printf(x->l->a, "there is no value %s",
                    diag_quote(x->l->d, piece->name))))
            hint_columns(p, name);
    }
    pat.plain = has_no_markup(p, &pat);
    return pat;
}

/* Columns that only a condition uses are used, too. */
static void note_condition(struct table_plan *p, const struct query *when)
{
    const struct text *t = when ? when->sql : NULL;
    for (uint32_t i = 0; t && i < t->npieces; i++) {
        struct slice name = {0};
        if (t->pieces[i].kind == PIECE_VALUE)
            name = expand_part(t->pieces[i].name, ROW);
        if (name.n)
            find_column(p, name);
    }
}

static void plan_column(
    struct table_plan *p, uint32_t i, const struct scope *up)
{
    const struct column *c = &p->t->columns[i];
    struct column_plan *plan = &p->columns[i];
    plan->key = -1;
    plan->nchoices = c->nchoices;
    plan->choices = ARENA_ARRAY(p->x->l->a, c->nchoices, struct choice_plan);
    for (uint32_t k = 0; k < c->nchoices; k++) {
        plan->choices[k].when = c->choices[k].when;
        note_condition(p, c->choices[k].when);
        plan->choices[k].pattern = read_pattern(p, c->choices[k].text, up);
    }
    if (c->link)
        plan->link = read_pattern(p, c->link, up);
    if (c->nchoices || !c->key.n)
        return;
    plan->key = find_column(p, c->key);
    if (plan->key >= 0)
        return;
    struct node *key = load_find(c->node, "key");
    p->bad = true;
    if (load_diag(p->x->l, D_ROW_COLUMN, key ? key : c->node,
            "the rows have no column %s", diag_quote(p->x->l->d, c->key)))
        hint_columns(p, c->key);
}

/* The texts of a row that are used, kept for good. */
static void keep_texts(struct table_plan *p)
{
    for (uint32_t i = 0; i < p->run.result.ncolumns; i++) {
        struct set_value *v = &p->run.row[i].value;
        if (p->used[i] && v->storage == SET_TEXT)
            v->s = data_copy(&p->x->rows, v->s.s, v->s.n);
    }
}

static struct cell plain_cell(struct slice s)
{
    return (struct cell){
        .s = s.n ? s.s : "", .n = (uint32_t)s.n, .kind = CELL_PLAIN};
}

static struct cell key_cell(struct table_plan *p, uint32_t column)
{
    const struct datum *d = &p->run.row[column];
    if (d->kind == COLUMN_MARKDOWN && d->value.storage == SET_TEXT)
        return (struct cell){.text = expand_markup(p->x, d->value.s,
                                 query_pos(&p->run.result, 0, column)),
            .kind = CELL_TEXT};
    struct slice s = expand_print(p->x, d);
    for (size_t i = 0; i < s.n; i++) {
        if (!strchr("\n\t\r", s.s[i]))
            continue;
        char *joined = arena_strndup(p->x->l->a, s.s, s.n);
        s = (struct slice){joined, data_join_lines(joined, s.n)};
        break;
    }
    return plain_cell(s);
}

/* Add text as inline Markdown prints it: blanks become one. */
static void put_words(struct buf *b, struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool blank = strchr(" \t\n\r", s.s[i]) != NULL;
        if (!blank)
            buf_putc(b, s.s[i]);
        else if (b->n && b->s[b->n - 1] != ' ')
            buf_putc(b, ' ');
    }
}

/* What a pattern without markup says for the row. */
static struct cell join_cell(struct table_plan *p, const struct pattern *pat)
{
    struct buf *b = &p->joined;
    b->n = 0;
    for (uint32_t i = 0; i < pat->text->npieces; i++) {
        const struct piece *piece = &pat->text->pieces[i];
        if (pat->columns[i] >= 0)
            put_words(b, expand_print(p->x, &p->run.row[pat->columns[i]]));
        else
            put_words(b, (struct slice){pat->text->s.s + piece->off, piece->n});
    }
    if (b->n && b->s[b->n - 1] == ' ')
        b->n--;
    return plain_cell(data_copy(&p->x->rows, b->n ? b->s : "", b->n));
}

static struct cell pattern_cell(struct table_plan *p, const struct pattern *pat)
{
    if (pat->plain)
        return join_cell(p, pat);
    return (struct cell){.text = expand_fill(p->x, pat->text, &p->scope, false),
        .kind = CELL_TEXT};
}

/* The cell that the first alternative which holds gives. */
static struct cell choose(struct table_plan *p, const struct column_plan *plan)
{
    for (uint32_t i = 0; i < plan->nchoices; i++) {
        int holds = query_holds(p->x, plan->choices[i].when, &p->scope);
        p->bad = p->bad || holds < 0;
        if (holds > 0)
            return pattern_cell(p, &plan->choices[i].pattern);
    }
    return plain_cell(SLICE(""));
}

/* Make the cell a link, unless the address is empty. */
static struct cell link_cell(
    struct table_plan *p, const struct column_plan *plan, struct cell cell)
{
    struct text *address = expand_fill(p->x, plan->link.text, &p->scope, false);
    if (!expand_join(p->x->l->a, address).n)
        return cell;
    struct linked *linked = ARENA_NEW(p->x->l->a, struct linked);
    *linked = (struct linked){cell, address, p->run.pos};
    return (struct cell){.linked = linked, .kind = CELL_LINK};
}

/* The column of the result that is a key, of the data set it comes from. */
static void find_key(struct table_plan *p)
{
    p->key = -1;
    for (uint32_t i = p->run.result.ncolumns; i-- > 0;) {
        const struct origin *o = &p->run.result.origins[i];
        if (o->set && o->set->key == (int32_t)o->column)
            p->key = (int32_t)i;
    }
}

/* Who the row is, in this edition and another. */
static void add_identity(struct table_plan *p)
{
    struct rows *r = p->rows;
    if (p->key < 0)
        return;
    r->identity = arena_grow(p->x->l->a, r->identity, &p->identity_cap,
        (size_t)r->count + 1, sizeof *r->identity);
    struct slice key = expand_print(p->x, &p->run.row[p->key]);
    struct buf *b = &p->joined;
    b->n = 0;
    buf_puts(b, p->run.result.origins[p->key].set->name);
    buf_putc(b, '/');
    buf_put(b, key.s, key.n);
    r->identity[r->count] = data_copy(&p->x->rows, b->s, b->n);
}

/* The dates and numbers that tell whether the row is in order. */
static void add_sorts(struct table_plan *p)
{
    const struct table *t = p->t;
    struct rows *r = p->rows;
    if (!t->nexpected)
        return;
    r->sorts = arena_grow(p->x->l->a, r->sorts, &p->sorts_cap,
        ((size_t)r->count + 1) * t->nexpected, sizeof *r->sorts);
    for (uint32_t i = 0; i < t->nexpected; i++) {
        const struct column_plan *plan = &p->columns[t->expected[i].column];
        const struct datum *d = plan->key >= 0 ? &p->run.row[plan->key] : NULL;
        double *sort = &r->sorts[(size_t)r->count * t->nexpected + i];
        struct date date;
        *sort = (double)NAN;
        if (d && d->value.storage == SET_INTEGER)
            *sort = (double)d->value.i;
        else if (d && d->value.storage == SET_REAL)
            *sort = d->value.d;
        else if (d && d->value.storage == SET_TEXT && d->kind == COLUMN_DATE &&
            uni_parse_date(d->value.s, &date))
            *sort = uni_date_days(date);
    }
}

static bool add_row(struct table_plan *p)
{
    struct rows *r = p->rows;
    struct arena *a = p->x->l->a;
    uint32_t n = r->ncolumns;
    if (!data_count_cells(&p->x->rows, n, p->run.pos))
        return false;
    printed_row(p->x, &p->run.result, 0);
    keep_texts(p);
    add_sorts(p);
    r->cells = arena_grow(a, r->cells, &p->cells_cap,
        ((size_t)r->count + 1) * n, sizeof *r->cells);
    r->pos = arena_grow(
        a, r->pos, &p->pos_cap, (size_t)r->count + 1, sizeof *r->pos);
    r->pos[r->count] = p->run.pos;
    add_identity(p);
    for (uint32_t i = 0; i < n && !p->bad; i++) {
        const struct column_plan *plan = &p->columns[i];
        struct cell cell = plan->nchoices ? choose(p, plan)
            : plan->key >= 0              ? key_cell(p, (uint32_t)plan->key)
                                          : plain_cell(SLICE(""));
        if (plan->link.text)
            cell = link_cell(p, plan, cell);
        r->cells[(size_t)r->count * n + i] = cell;
    }
    r->count += !p->bad;
    return !p->bad;
}

/* Cells by key have places of their own where those of the rows are late. */
static void place_cells(struct table_plan *p)
{
    struct rows *r = p->rows;
    if (!r->count || r->pos[0].file != FILE_LATE)
        return;
    r->late = ARENA_ARRAY(p->x->l->a, r->ncolumns, uint32_t);
    for (uint32_t i = 0; i < r->ncolumns; i++)
        r->late[i] = (uint32_t)(p->columns[i].key + 1);
}

struct rows *expand_query_rows(
    struct expand *x, struct table *t, const struct scope *up)
{
    struct table_plan *p = ARENA_NEW(x->l->a, struct table_plan);
    struct rows *r = p->rows = ARENA_NEW(x->l->a, struct rows);
    p->x = x;
    p->t = t;
    p->joined = buf_new(x->l->a);
    r->ncolumns = t->ncolumns;
    r->failed = true;
    if (!query_open(&p->run, x, t->query, up, 0))
        return r;
    p->scope = (struct scope){ROW, &p->run.result, 0, up};
    p->used = ARENA_ARRAY(x->l->a, p->run.result.ncolumns, bool);
    p->columns = ARENA_ARRAY(x->l->a, t->ncolumns, struct column_plan);
    for (uint32_t i = 0; i < t->ncolumns; i++)
        plan_column(p, i, up);
    find_key(p);
    int more = p->bad ? -1 : 1;
    while (more > 0) {
        more = query_next(&p->run);
        if (more > 0 && !add_row(p))
            more = -1;
    }
    query_close(&p->run);
    place_cells(p);
    r->data_count = r->count;
    r->failed = more < 0 || p->bad || x->sets->bad || x->sets->partial;
    return r;
}
