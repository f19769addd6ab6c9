/* Tables and items: what became of them. */
#include "review/review_int.h"

#include <string.h>

/* A table of the new report beside what it was. */
struct pair {
    struct comparison *c;
    struct change_group *g;
    uint32_t old, new; /* in tabs; old may be REVIEW_NONE */
};

/* Two rows, which may stand in any tables. */
struct item {
    const struct row *old, *new;
    const struct tab *was, *is;
};

static struct slice cell_of(
    const struct side *s, const struct row *r, uint32_t column)
{
    if (column == REVIEW_NONE)
        return (struct slice){"", 0};
    return review_cell(s, &s->tabs[r->tab], r->row, column);
}

/* The cells but those of some columns, with a bar between them. */
static struct slice other_cells(struct arena *a, const struct side *s,
    const struct row *r, uint32_t but, uint32_t and)
{
    const struct tab *t = &s->tabs[r->tab];
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < t->doc->ncolumns; i++) {
        struct slice text = review_cell(s, t, r->row, i);
        if (i == but || i == and || !text.n)
            continue;
        buf_puts(&out, out.n ? " | " : "");
        buf_put(&out, text.s, text.n);
    }
    return (struct slice){out.s, out.n};
}

static struct slice row_title(
    struct arena *a, const struct side *s, const struct row *r)
{
    const struct tab *t = &s->tabs[r->tab];
    if (t->title != REVIEW_NONE)
        return cell_of(s, r, t->title);
    return other_cells(a, s, r, t->number, REVIEW_NONE);
}

struct slice review_row_text(
    struct arena *a, const struct side *s, const struct row *r)
{
    struct slice name = cell_of(s, r, s->tabs[r->tab].number);
    struct slice title = row_title(a, s, r);
    if (!name.n || !title.n)
        return name.n ? name : title;
    return slice_of(arena_printf(
        a, "%.*s %.*s", (int)name.n, name.s, (int)title.n, title.s));
}

static struct change_place row_place(const struct side *s, const struct row *r)
{
    struct change_place p = review_table_place(s, r->tab);
    p.pos = s->tabs[r->tab].doc->rows->pos[r->row];
    p.row = r->row + 1;
    return p;
}

static struct change *item_change(struct comparison *c, struct change_group *g,
    const struct row *old, const struct row *new, unsigned how)
{
    struct change *x = review_change(c, g, WHAT_ITEM, how);
    x->kind = "item";
    x->old = x->new = (struct change_place){0};
    if (old) {
        x->old = row_place(&c->old, old);
        x->old_name = cell_of(&c->old, old, c->old.tabs[old->tab].number);
        x->old_title = row_title(c->a, &c->old, old);
    }
    if (new) {
        x->new = row_place(&c->new, new);
        x->new_name = cell_of(&c->new, new, c->new.tabs[new->tab].number);
        x->new_title = row_title(c->a, &c->new, new);
    }
    return x;
}

/* A cell as a text; plain ones become one. */
static const struct rich *cell_rich(
    struct arena *a, const struct row *r, const struct tab *t, uint32_t column)
{
    const struct cell *cell = data_cell(t->doc->rows, r->row, column);
    if (cell->kind == CELL_RICH)
        return cell->rich;
    return review_plain(a, (struct slice){cell->s, cell->n});
}

/* Is it a text that no look or reference can hide in? */
static bool is_bare(const struct tab *t, const struct row *r, uint32_t column)
{
    const struct cell *cell = data_cell(t->doc->rows, r->row, column);
    if (cell->kind != CELL_RICH || !cell->rich->n)
        return true;
    const struct span *s = cell->rich->spans;
    return cell->rich->n == 1 && s->kind == SPAN_TEXT && !s->style &&
        !s->link && !s->lang;
}

/* Do two cells say the same in the same look? */
static bool same_cells(
    struct comparison *c, const struct item *it, uint32_t old, uint32_t new)
{
    return is_bare(it->was, it->old, old) && is_bare(it->is, it->new, new) &&
        slice_eq(
            cell_of(&c->old, it->old, old), cell_of(&c->new, it->new, new));
}

static bool is_position(struct slice s, uint32_t row)
{
    int64_t n;
    return unit_parse_int(s.s, s.n, 1, INT64_MAX, &n) && n == (int64_t)row + 1;
}

/* Is the column of identifiers only a count of the rows? */
static bool only_counts(
    const struct comparison *c, const struct item *it, uint32_t i, uint32_t j)
{
    return i == it->was->number && j == it->is->number &&
        is_position(cell_of(&c->old, it->old, i), it->old->row) &&
        is_position(cell_of(&c->new, it->new, j), it->new->row);
}

/* What came of an item: the change, once there is one. */
struct outcome {
    struct comparison *c;
    struct change_group *g;
    struct item it;
    struct change *x;
    size_t cells_cap;
};

static void note_change(struct outcome *o, unsigned how)
{
    if (!o->x)
        o->x = item_change(o->c, o->g, o->it.old, o->it.new, 0);
    o->x->how |= (uint8_t)how;
}

static void add_cell(
    struct outcome *o, uint32_t column, const struct word_diff *words)
{
    struct change *x = o->x;
    const struct column_doc *doc = &o->it.is->doc->columns[column];
    x->cells = arena_grow(o->c->a, x->cells, &o->cells_cap,
        (size_t)x->ncells + 1, sizeof *x->cells);
    struct slice name = inline_plain(o->c->a, o->c->new.doc, &doc->title);
    x->cells[x->ncells++] = (struct cell_diff){
        name.n ? name : review_column(&o->c->new, o->it.is, column), *words};
}

/* The old column that a new one was: of the same role, else by its name. */
static uint32_t old_column(
    const struct comparison *c, const struct item *it, uint32_t column)
{
    bool same = c->new.match_tab[it->new->tab] == it->old->tab;
    struct slice name = review_column(&c->new, it->is, column);
    uint32_t n = it->was->doc->ncolumns;
    if (!same && column == it->is->number)
        return it->was->number;
    if (!same && column == it->is->title)
        return it->was->title;
    if (column < n && slice_eq(name, review_column(&c->old, it->was, column)))
        return column;
    for (uint32_t i = 0; i < n; i++)
        if (slice_eq(name, review_column(&c->old, it->was, i)))
            return i;
    /* A column that has another name, but is what the old one was. */
    if (column == it->is->number && it->was->number != REVIEW_NONE)
        return it->was->number;
    return column == it->is->title ? it->was->title : REVIEW_NONE;
}

void review_row_cells(struct comparison *c, const struct row *old,
    const struct row *new, review_differs *differs, void *to)
{
    const struct item it = {
        old, new, &c->old.tabs[old->tab], &c->new.tabs[new->tab]};
    for (uint32_t j = 0; j < it.is->doc->ncolumns; j++) {
        uint32_t i = old_column(c, &it, j);
        if (i == REVIEW_NONE || same_cells(c, &it, i, j))
            continue;
        struct word_diff words;
        unsigned verdict = review_texts(c, cell_rich(c->a, old, it.was, i),
            cell_rich(c->a, new, it.is, j), &words);
        if (only_counts(c, &it, i, j))
            verdict = TEXT_LABELS;
        differs(to, j, verdict, &words);
    }
}

static void cell_pair(
    void *to, uint32_t column, unsigned verdict, const struct word_diff *words)
{
    struct outcome *o = to;
    const struct item *it = &o->it;
    if (!(verdict & (TEXT_OWN | TEXT_TOUCHED))) {
        review_follow(o->c, o->g, row_place(&o->c->old, it->old),
            row_place(&o->c->new, it->new), verdict, words);
    } else if (verdict & TEXT_OWN && column == it->is->number) {
        note_change(o, HOW_RENUMBERED);
    } else if (column == it->is->title) {
        note_change(o, HOW_RETITLED);
        o->x->words = *words;
    } else {
        note_change(o, HOW_CHANGED);
        add_cell(o, column, words);
    }
}

/* A row of the new report that there was before. */
static void item_pair(struct comparison *c, struct change_group *g,
    const struct row *old, const struct row *new, bool moved)
{
    struct outcome o = {.c = c,
        .g = g,
        .it = {old, new, &c->old.tabs[old->tab], &c->new.tabs[new->tab]}};
    if (moved)
        note_change(&o, HOW_MOVED);
    review_row_cells(c, old, new, cell_pair, &o);
}

/* An item that left a table: said beside the table's count. */
static void add_left(struct comparison *c, struct change_group *g,
    const struct row *old, const struct row *new)
{
    struct change_left *left = ARENA_NEW(c->a, struct change_left);
    left->name = cell_of(&c->old, old, c->old.tabs[old->tab].number);
    if (!left->name.n)
        left->name = row_title(c->a, &c->old, old);
    left->section = c->new.sects[c->new.tabs[new->tab].section].doc;
    if (g->left_last)
        g->left_last->next = left;
    else
        g->left = left;
    g->left_last = left;
}

/* Did an item come from another table? `old`: the one that this table was. */
static bool is_moved(const struct comparison *c, uint32_t row, uint32_t old)
{
    uint32_t was = c->new.match_row[row];
    return was != REVIEW_NONE && c->old.rows[was].tab != old;
}

static void rows_of_new(const struct pair *p)
{
    struct comparison *c = p->c;
    const struct tab *t = &c->new.tabs[p->new];
    for (uint32_t j = t->row; j < t->row + t->nrows; j++) {
        uint32_t i = c->new.match_row[j];
        if (i == REVIEW_NONE)
            item_change(c, p->g, NULL, &c->new.rows[j], HOW_ADDED);
        else
            item_pair(c, p->g, &c->old.rows[i], &c->new.rows[j],
                is_moved(c, j, p->old));
    }
}

static void rows_of_old(const struct pair *p)
{
    struct comparison *c = p->c;
    const struct tab *t = &c->old.tabs[p->old];
    for (uint32_t i = t->row; i < t->row + t->nrows; i++) {
        uint32_t j = c->old.match_row[i];
        if (j == REVIEW_NONE)
            item_change(c, p->g, &c->old.rows[i], NULL, HOW_REMOVED);
        else if (c->new.rows[j].tab != p->new)
            add_left(c, p->g, &c->old.rows[i], &c->new.rows[j]);
    }
}

/*
 * Rows in another order, by themselves: what has another identifier has been
 * sorted elsewhere, which is told already.
 */
static void find_order(const struct pair *p)
{
    struct comparison *c = p->c;
    const struct tab *t = &c->new.tabs[p->new];
    struct arena *a = c->scratch;
    uint32_t *was = ARENA_ARRAY(a, t->nrows, uint32_t), n = 0;
    uint32_t *own = ARENA_ARRAY(a, t->nrows, uint32_t);
    for (uint32_t j = t->row; j < t->row + t->nrows; j++) {
        uint32_t i = c->new.match_row[j];
        if (i == REVIEW_NONE || is_moved(c, j, p->old))
            continue;
        struct slice name = cell_of(&c->new, &c->new.rows[j], t->number);
        const struct row *old = &c->old.rows[i];
        if (!slice_eq(name, cell_of(&c->old, old, c->old.tabs[p->old].number)))
            continue;
        own[n] = j;
        was[n++] = i;
    }
    bool *in = ARENA_ARRAY(a, n, bool);
    review_rising(a, was, n, in);
    struct texts rows = {0};
    for (uint32_t k = 0; k < n; k++)
        if (!in[k])
            review_add_text(c->a, &rows, NULL,
                review_row_text(c->a, &c->new, &c->new.rows[own[k]]));
    if (rows.n) {
        struct change *x = review_change(c, p->g, WHAT_TABLE, HOW_REORDERED);
        x->kind = "order of the rows";
        x->texts = rows.v;
        x->ntexts = rows.n;
    }
    arena_reset(a);
}

/* What a column is called: its title, or else its key. */
static struct slice column_title(struct comparison *c, const struct side *s,
    const struct tab *t, uint32_t column)
{
    struct slice title =
        inline_plain(c->a, s->doc, &t->doc->columns[column].title);
    return title.n ? title : review_column(s, t, column);
}

/* A column of `s` that the other table lacks. */
static void column_alone(const struct pair *p, bool added, uint32_t column)
{
    struct comparison *c = p->c;
    const struct side *s = added ? &c->new : &c->old;
    const struct tab *t = &s->tabs[added ? p->new : p->old];
    struct change *x =
        review_change(c, p->g, WHAT_TABLE, added ? HOW_ADDED : HOW_REMOVED);
    struct slice title = column_title(c, s, t, column);
    x->kind = "column";
    x->column = true;
    if (added) {
        x->new_title = title;
        x->old = (struct change_place){0};
    } else {
        x->old_title = title;
        x->new = (struct change_place){0};
    }
}

static void title_pair(const struct pair *p, const char *kind,
    const struct rich *old, const struct rich *new)
{
    struct comparison *c = p->c;
    struct word_diff words;
    unsigned verdict = review_texts(c, old, new, &words);
    if (!(verdict & (TEXT_OWN | TEXT_TOUCHED))) {
        review_follow(c, p->g, p->g->old, p->g->new, verdict, &words);
        return;
    }
    struct change *x = review_change(c, p->g, WHAT_TITLE, HOW_CHANGED);
    x->kind = kind;
    x->words = words;
}

static uint32_t column_named(
    const struct side *s, const struct tab *t, struct slice name)
{
    for (uint32_t i = 0; i < t->doc->ncolumns; i++)
        if (slice_eq(name, review_column(s, t, i)))
            return i;
    return REVIEW_NONE;
}

/* Columns that both tables have, in another order. */
static void columns_order(const struct pair *p)
{
    struct comparison *c = p->c;
    const struct tab *was = &c->old.tabs[p->old], *is = &c->new.tabs[p->new];
    struct arena *a = c->scratch;
    uint32_t *old = ARENA_ARRAY(a, is->doc->ncolumns, uint32_t), n = 0;
    uint32_t *new = ARENA_ARRAY(a, is->doc->ncolumns, uint32_t);
    for (uint32_t j = 0; j < is->doc->ncolumns; j++) {
        uint32_t i = column_named(&c->old, was, review_column(&c->new, is, j));
        if (i == REVIEW_NONE)
            continue;
        new[n] = j;
        old[n++] = i;
    }
    bool *in = ARENA_ARRAY(a, n, bool);
    review_rising(a, old, n, in);
    struct texts titles = {0};
    for (uint32_t k = 0; k < n; k++)
        if (!in[k])
            review_add_text(
                c->a, &titles, NULL, column_title(c, &c->new, is, new[k]));
    if (titles.n) {
        struct change *x = review_change(c, p->g, WHAT_TABLE, HOW_REORDERED);
        x->kind = "order of the columns";
        x->column = true;
        x->texts = titles.v;
        x->ntexts = titles.n;
    }
    arena_reset(a);
}

static void columns(const struct pair *p)
{
    struct comparison *c = p->c;
    const struct tab *was = &c->old.tabs[p->old], *is = &c->new.tabs[p->new];
    for (uint32_t j = 0; j < is->doc->ncolumns; j++) {
        uint32_t i = column_named(&c->old, was, review_column(&c->new, is, j));
        if (i == REVIEW_NONE)
            column_alone(p, true, j);
        else
            title_pair(p, "title of a column", &was->doc->columns[i].title,
                &is->doc->columns[j].title);
    }
    for (uint32_t i = 0; i < was->doc->ncolumns; i++)
        if (column_named(&c->new, is, review_column(&c->old, was, i)) ==
            REVIEW_NONE)
            column_alone(p, false, i);
    columns_order(p);
}

/* What a table without rows prints in their place. */
static const struct rich *empty_text(
    struct comparison *c, const struct side *s, const struct tab *t)
{
    const struct row r = {(uint32_t)(t - s->tabs), 0};
    if (!t->doc->rows->count)
        return &t->doc->empty;
    return review_plain(
        c->a, other_cells(c->a, s, &r, REVIEW_NONE, REVIEW_NONE));
}

static void count(const struct pair *p)
{
    const struct tab *was = &p->c->old.tabs[p->old];
    const struct tab *is = &p->c->new.tabs[p->new];
    p->g->old_count = was->doc->rows->data_count;
    p->g->new_count = is->doc->rows->data_count;
    p->g->counted = p->g->old_count != p->g->new_count;
    if (!p->g->old_count && !p->g->new_count)
        title_pair(p, "text in place of rows",
            empty_text(p->c, &p->c->old, was),
            empty_text(p->c, &p->c->new, is));
}

void review_table_pair(
    struct comparison *c, uint32_t old, uint32_t new, bool moved)
{
    struct pair p = {c, review_table_group(c, new), old, new};
    review_append(c, p.g);
    if (moved) {
        struct change *x = review_change(c, p.g, WHAT_TABLE, HOW_MOVED);
        x->kind = "table";
    }
    title_pair(&p, "caption", &c->old.tabs[old].doc->caption,
        &c->new.tabs[new].doc->caption);
    columns(&p);
    rows_of_new(&p);
    rows_of_old(&p);
    find_order(&p);
    count(&p);
}

/* What a reader knows a table by: its caption, or nothing. */
static struct slice caption_of(
    struct comparison *c, const struct side *s, const struct tab *t)
{
    return inline_plain(c->a, s->doc, &t->doc->caption);
}

void review_table_added(struct comparison *c, uint32_t new, struct texts *texts)
{
    const struct tab *t = &c->new.tabs[new];
    struct change_group *g = review_table_group(c, new);
    struct texts own = {0};
    struct change *x = NULL;
    review_append(c, g);
    if (!texts) {
        x = review_change(c, g, WHAT_TABLE, HOW_ADDED);
        x->kind = "table";
        x->new_title = caption_of(c, &c->new, t);
        texts = &own;
    }
    for (uint32_t j = t->row; j < t->row + t->nrows; j++) {
        const struct row *row = &c->new.rows[j];
        uint32_t i = c->new.match_row[j];
        if (i == REVIEW_NONE)
            review_add_text(
                c->a, texts, NULL, review_row_text(c->a, &c->new, row));
        else
            item_pair(c, g, &c->old.rows[i], row, true);
    }
    if (x) {
        x->texts = own.v;
        x->ntexts = own.n;
    }
}

void review_table_removed(
    struct comparison *c, uint32_t old, struct texts *texts)
{
    const struct tab *t = &c->old.tabs[old];
    struct texts own = {0};
    struct change *x = NULL;
    if (!texts) {
        struct change_group *g = review_group(c, GROUP_TABLE,
            review_table_place(&c->old, old), (struct change_place){0});
        x = review_change(c, g, WHAT_TABLE, HOW_REMOVED);
        x->kind = "table";
        x->old_title = caption_of(c, &c->old, t);
        texts = &own;
    }
    for (uint32_t i = t->row; i < t->row + t->nrows; i++)
        if (c->old.match_row[i] == REVIEW_NONE)
            review_add_text(c->a, texts, NULL,
                review_row_text(c->a, &c->old, &c->old.rows[i]));
    if (x) {
        x->texts = own.v;
        x->ntexts = own.n;
    }
}
