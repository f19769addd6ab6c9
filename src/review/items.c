/* Items: rows of tables, matched over all tables of both reports. */
#include "review/review_int.h"

#include <string.h>

enum { HARDLY_ANOTHER = 750 }; /* of 1000 */

/* What a pass matches by. */
enum by {
    BY_IDENTITY, /* the key of a data set */
    BY_CELLS, /* all cells of the columns that both tables have */
    BY_NUMBER, /* identifier, if it is one and no number of the row */
    BY_ALIAS, /* "Y.4241 (ex Y.example)": either */
    BY_TITLE,
    BY_PLACE /* the first column of identifiers, whatever is in it */
};

/* One way to match, among the rows that are still free. */
struct pass {
    uint8_t by; /* enum by */
    bool here; /* within matched tables; else over all */
    bool unique; /* only what one row on each side has */
};

static const struct pass PASSES[] = {{BY_IDENTITY, true, false},
    {BY_IDENTITY, false, false}, {BY_CELLS, true, false},
    {BY_NUMBER, true, false}, {BY_ALIAS, true, false}, {BY_NUMBER, false, true},
    {BY_ALIAS, false, true}, {BY_TITLE, true, true}, {BY_TITLE, false, true},
    {BY_CELLS, false, true}, {BY_PLACE, true, false}};

/* The keys of one side's rows for a pass. */
struct keying {
    struct comparison *c;
    struct side *s;
    const uint8_t *common; /* by column of `tab`: both tables have it */
    struct arena *a; /* reset for each pass */
    struct pass pass;
    struct keys keys;
};

static uint64_t hash_slice(struct slice s, uint64_t seed)
{
    return str_hash(s.s, s.n, seed);
}

/* What a table is on both sides: the new one's number, else one of its own. */
static uint64_t table_key(const struct keying *k, uint32_t tab)
{
    uint32_t match = k->s->match_tab[tab];
    if (k->s == &k->c->new)
        return match == REVIEW_NONE ? 0 : (uint64_t)tab + 1;
    return match == REVIEW_NONE ? 0 : (uint64_t)match + 1;
}

/* Does an identifier look like one, not like a number in a column of them? */
static bool is_telling(struct slice s)
{
    bool letter = false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.s[i];
        letter |= b >= 0x80 || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }
    return letter && s.n >= 3;
}

/* A title that tells: more than a word or two. */
static bool is_title(struct slice s)
{
    return s.n >= 12 && memchr(s.s, ' ', s.n);
}

static bool begins_with(struct slice s, const char *word)
{
    size_t n = strlen(word);
    return s.n > n && memcmp(s.s, word, n) == 0;
}

/* Split "Y.4241 (ex Y.example)" in two; other is empty if there is no such. */
static struct slice split_alias(struct slice s, struct slice *other)
{
    static const char *const WORDS[] = {
        "(ex ", "(ex. ", "(formerly ", "(former ", "(previously ", NULL};
    *other = (struct slice){"", 0};
    const char *open = s.n ? memchr(s.s, '(', s.n) : NULL;
    if (!open || s.s[s.n - 1] != ')')
        return s;
    struct slice rest = {open, s.n - (size_t)(open - s.s)};
    for (const char *const *word = WORDS; *word; word++) {
        if (!begins_with(rest, *word))
            continue;
        size_t skip = strlen(*word);
        *other = (struct slice){rest.s + skip, rest.n - skip - 1};
        s.n = (size_t)(open - s.s);
        while (s.n && s.s[s.n - 1] == ' ')
            s.n--;
        break;
    }
    return s;
}

static struct slice cell(
    const struct keying *k, const struct row *r, uint32_t column)
{
    if (column == REVIEW_NONE)
        return (struct slice){"", 0};
    return review_cell(k->s, &k->s->tabs[r->tab], r->row, column);
}

/*
 * All cells, each with its column, in any order; those of columns that both
 * have if here.
 */
static uint64_t hash_cells(const struct keying *k, const struct row *r)
{
    const struct tab *t = &k->s->tabs[r->tab];
    uint64_t h = 1;
    for (uint32_t i = 0; i < t->doc->ncolumns; i++) {
        if (k->pass.here && !k->common[i])
            continue;
        struct slice s = review_cell(k->s, t, r->row, i);
        if (s.n)
            h += hash_slice(s, hash_slice(review_column(k->s, t, i), 1));
    }
    return h;
}

static void add_key(struct keying *k, struct slice s, uint64_t in, uint32_t row)
{
    if (s.n)
        review_key(k->a, &k->keys, hash_slice(s, in), row);
}

static void key_row(struct keying *k, uint32_t i)
{
    const struct row *r = &k->s->rows[i];
    const struct tab *t = &k->s->tabs[r->tab];
    const struct slice *identity = t->doc->rows->identity;
    uint64_t in = k->pass.here ? table_key(k, r->tab) : 1;
    struct slice s, other;
    if (!in ||
        (k->c->old.identities &&
            k->c->new.identities &&identity &&identity[r->row].n &&
            k->pass.by != BY_IDENTITY))
        return;
    switch ((enum by)k->pass.by) {
    case BY_IDENTITY:
        if (identity)
            add_key(k, identity[r->row], in, i);
        break;
    case BY_CELLS:
        review_key(k->a, &k->keys, hash_cells(k, r) ^ in << 32, i);
        break;
    case BY_NUMBER:
        s = cell(k, r, t->number);
        if (is_telling(s))
            add_key(k, s, in, i);
        break;
    case BY_PLACE:
        add_key(k, cell(k, r, t->number), in, i);
        break;
    case BY_ALIAS:
        s = split_alias(cell(k, r, t->number), &other);
        if (is_telling(s))
            add_key(k, s, in, i);
        if (is_telling(other))
            add_key(k, other, in, i);
        break;
    case BY_TITLE:
        s = cell(k, r, t->title);
        if (is_title(s))
            add_key(k, s, in, i);
        break;
    }
}

/* The columns of a table that the other one has, too. */
static void find_common(
    struct keying *k, const struct side *other, uint32_t tab, uint8_t *common)
{
    const struct tab *t = &k->s->tabs[tab];
    uint32_t match = k->s->match_tab[tab];
    for (uint32_t i = 0; i < t->doc->ncolumns; i++) {
        struct slice name = review_column(k->s, t, i);
        common[i] = false;
        if (match == REVIEW_NONE)
            continue;
        const struct tab *m = &other->tabs[match];
        for (uint32_t n = 0; n < m->doc->ncolumns && !common[i]; n++)
            common[i] = slice_eq(name, review_column(other, m, n));
    }
}

static void key_rows(struct keying *k, const struct side *other)
{
    const struct side *s = k->s;
    for (uint32_t t = 0; t < s->ntabs; t++) {
        const struct tab *tab = &s->tabs[t];
        uint8_t *common = ARENA_ARRAY(k->a, tab->doc->ncolumns, uint8_t);
        find_common(k, other, t, common);
        k->common = common;
        for (uint32_t i = tab->row; i < tab->row + tab->nrows; i++)
            if (s->match_row[i] == REVIEW_NONE)
                key_row(k, i);
    }
}

/* The rows of one pair of tables that are free between others. */
struct gap {
    struct comparison *c;
    struct arena *a;
    const uint32_t *x, *y; /* rows */
    struct bag *bx, *by;
    uint32_t least; /* likeness of what is the same item */
};

/* Its title's words; where there is no identifier, those of all cells. */
static struct bag row_bag(struct arena *a, const struct side *s, uint32_t row)
{
    const struct row *r = &s->rows[row];
    const struct tab *t = &s->tabs[r->tab];
    bool all_cells = t->number == REVIEW_NONE || t->title == REVIEW_NONE;
    struct buf all = buf_new(a);
    buf_puts(&all, "");
    for (uint32_t i = 0; i < t->doc->ncolumns; i++) {
        struct slice text = review_cell(s, t, r->row, i);
        if (!all_cells && i != t->title)
            continue;
        buf_put(&all, text.s, text.n);
        buf_putc(&all, ' ');
    }
    struct rich *rich = review_plain(a, (struct slice){all.s, all.n});
    return review_bag(a, review_words(a, s, rich));
}

static uint32_t score_rows(void *to, uint32_t i, uint32_t j)
{
    struct gap *g = to;
    uint32_t score = review_likeness(&g->bx[i], &g->by[j]);
    return score >= g->least ? score : 0;
}

static void match_gap(struct gap *g, uint32_t nx, uint32_t ny)
{
    struct comparison *c = g->c;
    struct arena *a = g->a;
    if (!nx || !ny)
        return;
    g->bx = ARENA_ARRAY(a, nx, struct bag);
    g->by = ARENA_ARRAY(a, ny, struct bag);
    for (uint32_t i = 0; i < nx; i++)
        g->bx[i] = row_bag(a, &c->old, g->x[i]);
    for (uint32_t i = 0; i < ny; i++)
        g->by[i] = row_bag(a, &c->new, g->y[i]);
    uint32_t *pairs = arena_alloc(a, nx * sizeof *pairs);
    review_pair(a, nx, ny, score_rows, g, pairs);
    for (uint32_t i = 0; i < nx; i++) {
        if (pairs[i] == REVIEW_NONE)
            continue;
        c->old.match_row[g->x[i]] = g->y[pairs[i]];
        c->new.match_row[g->y[pairs[i]]] = g->x[i];
    }
}

/* May a row be matched by its likeness? Not if what it is, is known. */
static bool is_open(
    const struct comparison *c, const struct side *s, uint32_t i)
{
    const struct row *r = &s->rows[i];
    const struct slice *identity = s->tabs[r->tab].doc->rows->identity;
    return s->match_row[i] == REVIEW_NONE &&
        !(c->old.identities &&
            c->new.identities &&identity &&identity[r->row].n);
}

/* What is left of a table: rows that are alike, in order. */
static void match_likeness(struct comparison *c, uint32_t old, uint32_t new)
{
    const struct tab *x = &c->old.tabs[old], *y = &c->new.tabs[new];
    struct arena *a = c->work;
    uint32_t *ox = arena_alloc(a, x->nrows * sizeof *ox), nx = 0;
    uint32_t *oy = arena_alloc(a, y->nrows * sizeof *oy), ny = 0;
    for (uint32_t i = 0; i < x->nrows; i++)
        if (is_open(c, &c->old, x->row + i))
            ox[nx++] = x->row + i;
    for (uint32_t i = 0; i < y->nrows; i++)
        if (is_open(c, &c->new, y->row + i))
            oy[ny++] = y->row + i;
    /* Another identifier and another title: only if it is hardly another. */
    struct gap g = {.c = c, .a = a, .x = ox, .y = oy, .least = REVIEW_ALIKE};
    if (y->number != REVIEW_NONE && y->title != REVIEW_NONE)
        g.least = HARDLY_ANOTHER;
    match_gap(&g, nx, ny);
    arena_reset(a);
}

void review_items(struct comparison *c)
{
    struct arena *a = c->work;
    for (size_t i = 0; i < sizeof PASSES / sizeof *PASSES; i++) {
        struct keying x = {.c = c, .s = &c->old, .a = a, .pass = PASSES[i]};
        struct keying y = {.c = c, .s = &c->new, .a = a, .pass = PASSES[i]};
        key_rows(&x, &c->new);
        key_rows(&y, &c->old);
        review_join(a, &x.keys, &y.keys, x.pass.unique, c->old.match_row,
            c->new.match_row);
        arena_reset(a);
    }
    for (uint32_t j = 0; j < c->new.ntabs; j++)
        if (c->new.match_tab[j] != REVIEW_NONE)
            match_likeness(c, c->new.match_tab[j], j);
}
