/* Marking the newer report: what of it is new, and what was there before. */
#include "review/mark_int.h"

static void leaf(struct marker *m, uint32_t j)
{
    const struct comparison *c = m->c;
    const struct leaf *leaf = &c->new.leaves[j];
    struct block *b = leaf->block;
    bool moved = c->leaf_moved[j] != REVIEW_NONE;
    bool added = c->new.match_leaf[j] == REVIEW_NONE && !moved;
    if (moved ||
        (!added && review_reset(&c->old.leaves[c->new.match_leaf[j]], leaf)))
        b->change = CHANGE_TOUCHED;
    if (leaf->kind == LEAF_TABLE) {
        bool here = c->new.match_tab[leaf->table] != REVIEW_NONE;
        if (added)
            b->change = here ? CHANGE_TOUCHED : CHANGE_INSERTED;
        return;
    }
    if (leaf->kind == LEAF_FIGURE && !added) {
        uint32_t i = c->new.match_leaf[j];
        i = i == REVIEW_NONE ? c->leaf_moved[j] : i;
        const struct leaf *old = &c->old.leaves[i];
        if (old->exact != leaf->exact)
            b->change = CHANGE_TOUCHED;
    }
    if (leaf->kind == LEAF_FIGURE && added)
        b->change = CHANGE_INSERTED;
    if (added)
        mark_inserted(leaf->text);
    else if (c->diff[j] && c->diff[j]->n)
        *leaf->text = mark_words(m, c->diff[j]);
    if (leaf->kind == LEAF_CODE && (added || c->diff[j])) {
        b->lines = leaf->text;
        b->nlines = 1;
    }
}

/* Two texts of one place; true if they differ. */
static bool text_pair(
    struct marker *m, const struct rich *old, struct rich *new)
{
    struct word_diff d;
    struct comparison *all = m->c->changes->all;
    if (!review_texts(all, old, new, &d))
        return false;
    *new = mark_words(m, &d);
    return true;
}

static void section(struct marker *m, uint32_t j)
{
    const struct sect *sect = &m->c->new.sects[j];
    uint32_t i = m->c->new.match_sect[j];
    m->pos = sect->doc->pos;
    if (i == REVIEW_NONE) {
        mark_inserted(&sect->doc->title);
        mark_inserted(&sect->doc->subtitle);
        return;
    }
    const struct section_doc *old = m->c->old.sects[i].doc;
    text_pair(m, &old->title, &sect->doc->title);
    text_pair(m, &old->subtitle, &sect->doc->subtitle);
    if (sect->moved)
        sect->doc->change = CHANGE_TOUCHED;
}

/* The sign of a row that is new here, before what its cell says. */
static void sign(struct marker *m, const struct tab *t, uint32_t row,
    enum change_mark change)
{
    uint32_t column = t->title != REVIEW_NONE ? t->title
        : t->number != REVIEW_NONE            ? t->number
                                              : 0;
    struct cell *cell = data_cell(t->doc->rows, row, column);
    struct rich *rich = ARENA_NEW(m->a, struct rich);
    const struct rich *was = cell->kind == CELL_RICH
        ? cell->rich
        : review_plain(m->a, (struct slice){cell->s, cell->n});
    rich->spans = ARENA_ARRAY(m->a, (size_t)was->n + 2, struct span);
    rich->spans[rich->n++] = mark_span(m, SLICE("+"), change);
    rich->spans[rich->n++] = mark_span(m, SLICE(" "), CHANGE_NONE);
    for (uint32_t i = 0; i < was->n; i++) {
        struct span *s = &rich->spans[rich->n++];
        *s = was->spans[i];
        if (cell->kind != CELL_RICH) {
            s->pos = m->pos;
            s->fixed = true;
        }
    }
    *cell = (struct cell){.rich = rich, .kind = CELL_RICH};
}

/* A row being marked. */
struct row_mark {
    struct marker *m;
    const struct tab *t;
    uint32_t row;
    bool any;
};

static void differs(
    void *to, uint32_t column, unsigned verdict, const struct word_diff *words)
{
    struct row_mark *r = to;
    struct rich *rich = ARENA_NEW(r->m->a, struct rich);
    if (!verdict)
        return;
    *rich = mark_words(r->m, words);
    *data_cell(r->t->doc->rows, r->row, column) =
        (struct cell){.rich = rich, .kind = CELL_RICH};
    r->any = true;
}

static void row(struct marker *m, uint32_t j)
{
    struct comparison *all = m->c->changes->all;
    const struct row *new = &m->c->new.rows[j];
    const struct tab *t = &m->c->new.tabs[new->tab];
    struct rows *rows = t->doc->rows;
    uint32_t i = m->c->new.match_row[j];
    const struct row *old = i == REVIEW_NONE ? NULL : &m->c->old.rows[i];
    struct row_mark r = {.m = m, .t = t, .row = new->row};
    enum change_mark change = CHANGE_NONE;
    m->pos = rows->pos[new->row];
    if (old)
        review_row_cells(all, old, new, differs, &r);
    if (!old)
        change = CHANGE_NEW;
    else if (m->c->new.match_tab[new->tab] != old->tab)
        change = CHANGE_CAME;
    /* What came with its table is marked with it. */
    if (m->c->new.match_tab[new->tab] == REVIEW_NONE && change == CHANGE_NEW)
        return;
    if (change != CHANGE_NONE)
        sign(m, t, new->row, change);
    if (change == CHANGE_NONE && !r.any)
        return;
    if (!rows->change)
        rows->change = ARENA_ARRAY(m->a, rows->count, uint8_t);
    rows->change[new->row] =
        change != CHANGE_NONE ? CHANGE_INSERTED : CHANGE_TOUCHED;
}

/* Caption and titles of the columns. */
static void table(struct marker *m, uint32_t j)
{
    const struct tab *t = &m->c->new.tabs[j];
    uint32_t i = m->c->new.match_tab[j];
    m->pos = t->block->pos;
    if (i == REVIEW_NONE) {
        mark_inserted(&t->doc->caption);
        mark_inserted(&t->doc->empty);
        return;
    }
    const struct tab *old = &m->c->old.tabs[i];
    text_pair(m, &old->doc->caption, &t->doc->caption);
    for (uint32_t k = 0; k < t->doc->ncolumns; k++) {
        struct rich *title = &t->doc->columns[k].title;
        struct slice name = review_column(&m->c->new, t, k);
        bool found = false;
        for (uint32_t n = 0; n < old->doc->ncolumns && !found; n++) {
            found = slice_eq(name, review_column(&m->c->old, old, n));
            if (found)
                text_pair(m, &old->doc->columns[n].title, title);
        }
        if (!found)
            mark_inserted(title);
    }
    if (old->doc->rows->data_count)
        mark_inserted(&t->doc->empty);
    else if (!t->doc->rows->count && !old->doc->rows->count)
        text_pair(m, &old->doc->empty, &t->doc->empty);
}

static void notes(struct marker *m)
{
    const struct comparison *c = m->c;
    for (uint32_t j = 1; j < m->doc->nnotes; j++) {
        struct note_doc *note = &m->doc->notes[j];
        uint32_t i = c->note_of[j];
        m->pos = note->pos;
        if (i == REVIEW_NONE)
            mark_inserted(&note->text);
        else
            text_pair(m, &c->old.doc->notes[i].text, &note->text);
    }
}

void review_mark(const struct changes *changes)
{
    const struct comparison *c = changes->all;
    struct marker m = {.a = c->a, .c = c, .doc = changes->new.doc};
    for (uint32_t j = 1; j < c->new.nsects; j++)
        section(&m, j);
    for (uint32_t j = 0; j < c->new.nleaves; j++) {
        m.pos = c->new.leaves[j].block->pos;
        leaf(&m, j);
    }
    for (uint32_t j = 0; j < c->new.ntabs; j++)
        table(&m, j);
    for (uint32_t j = 0; j < c->new.nrows; j++)
        row(&m, j);
    notes(&m);
    mark_gone(&m);
    mark_put_in(&m);
}
