/* The atoms that pages are made of: lines, rows, lines of rows. */
#include "page/page_int.h"

int cursor_compare(const struct cursor *a, const struct cursor *b)
{
    if (a->box != b->box)
        return a->box < b->box ? -1 : 1;
    if (a->pos != b->pos)
        return a->pos < b->pos ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

struct table_top page_table_top(const struct grid *g, bool first, bool last)
{
    struct table_top t = {.head = g->head ? g->head_row.height : 0};
    t.caption = first ? g->caption
        : last        ? g->caption_concluded
                      : g->caption_continued;
    if (t.caption) {
        t.caption_height = (rlen)para_height(t.caption, 0, t.caption->lines.n);
        t.gap = g->caption_gap;
    }
    return t;
}

rlen page_table_top_height(const struct grid *g, bool first)
{
    struct table_top t = page_table_top(g, first, false);
    rlen height = t.caption_height + t.gap + t.head;
    if (first)
        return height;
    t = page_table_top(g, false, true);
    rlen other = t.caption_height + t.gap + t.head;
    return height > other ? height : other;
}

uint32_t page_row_lines(const struct grid *g, uint32_t row)
{
    uint32_t most = 1;
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        uint32_t n = g->cells[(size_t)row * g->ncolumns + c]->lines.n;
        if (n > most)
            most = n;
    }
    return most;
}

/* Would the row and its notes not fit on a page? Then it splits at its lines.
 */
static bool row_is_tall(
    const struct flow *flow, const struct box *box, const struct cursor *at)
{
    const struct grid *g = box->grid;
    rlen top = page_table_top_height(g, true);
    rlen again = page_table_top_height(g, false);
    int64_t height = g->rows[at->pos].height;
    height += at->pos == 0 ? box->top : 0;
    height += at->pos + 1 == g->nrows ? box->bottom : 0;
    for (uint32_t i = at->note; i < box->nnotes; i++) {
        if (box->notes[i].row != at->pos)
            break;
        height += flow->notes[box->notes[i].note].height;
        if (i == at->note)
            height += NOTE_GAP;
    }
    return height > flow->height - (top > again ? top : again);
}

/* Not one row alone before or after the break; in a row, as in a paragraph. */
static bool may_break_row(const struct profile *p, const struct box *box,
    const struct atom *atom, uint32_t lines)
{
    uint32_t left = box->grid->nrows - atom->next_pos;
    if (atom->ends_box)
        return !box->keep_next;
    if (atom->next_line)
        return atom->next_line >= (uint32_t)p->orphans &&
            lines - atom->next_line >= (uint32_t)p->widows;
    return lines > 1 || (atom->next_pos >= 2 && left >= 2);
}

static void atom_of_row(const struct flow *flow, const struct box *box,
    const struct cursor *at, bool page_begins, struct atom *atom)
{
    const struct grid *g = box->grid;
    bool begins = at->pos == 0 && at->line == 0;
    if (begins || page_begins)
        atom->top = page_table_top_height(g, begins);
    uint32_t lines = 1;
    atom->height = g->rows[at->pos].height;
    if (row_is_tall(flow, box, at)) {
        const struct para *cell = g->cells[(size_t)at->pos * g->ncolumns];
        lines = page_row_lines(g, at->pos);
        atom->height = cell->leading;
        if (at->line == 0 || page_begins)
            atom->height += g->pad_top + g->pad_bottom;
    }
    bool ends_row = at->line + 1 >= lines;
    atom->next_pos = ends_row ? at->pos + 1 : at->pos;
    atom->next_line = ends_row ? 0 : at->line + 1;
    atom->ends_box = atom->next_pos == g->nrows;
    atom->may_break = may_break_row(flow->doc->profile, box, atom, lines);
}

static void atom_of_line(const struct profile *p, const struct box *box,
    const struct cursor *at, struct atom *atom)
{
    uint32_t n = box->para->lines.n;
    atom->height = box->para->leading;
    atom->next_pos = at->pos + 1;
    atom->next_line = 0;
    atom->ends_box = atom->next_pos == n;
    atom->may_break = atom->ends_box
        ? !box->keep_next
        : box->heading == 0 && atom->next_pos >= (uint32_t)p->orphans &&
            n - atom->next_pos >= (uint32_t)p->widows;
}

/*
 * The footnotes whose first marks stand in the atom. In a row that is split,
 * marks stand in order of the cells, not of the lines: it is gone through again
 * for each line.
 */
static void take_notes(const struct flow *flow, const struct fill *f,
    struct arena *a, struct note_list *list, struct atom *atom)
{
    const struct box *box = &flow->boxes[f->at.box];
    uint32_t i = f->at.note;
    bool table = box->kind == BOX_TABLE;
    uint32_t from = table ? f->at.line : 0;
    uint32_t to = table ? atom->next_line : atom->next_pos;
    if (!to)
        to = UINT32_MAX; /* the rest of the row */
    for (; i < box->nnotes; i++) {
        const struct note_ref *r = &box->notes[i];
        if (table ? r->row > f->at.pos : r->line >= to)
            break;
        if (r->line < from || r->line >= to)
            continue;
        if (list) {
            list->v = arena_grow(
                a, list->v, &list->cap, list->n + 1, sizeof *list->v);
            list->v[list->n++] = r->note;
        }
        if (f->notes + atom->notes == 0)
            atom->notes += NOTE_GAP;
        atom->notes += flow->notes[r->note].height;
    }
    atom->next_note = atom->next_line ? f->at.note : i;
}

struct atom atom_next(const struct flow *flow, const struct fill *f,
    struct arena *a, struct note_list *notes)
{
    const struct box *box = &flow->boxes[f->at.box];
    struct atom atom = {0};
    bool box_begins = f->at.pos == 0 && f->at.line == 0;
    if (f->begun && box_begins)
        atom.gap = f->after > box->before ? f->after : box->before;
    if (box->kind == BOX_TABLE)
        atom_of_row(flow, box, &f->at, !f->begun, &atom);
    else if (box->kind == BOX_BOARD || box->kind == BOX_FIGURE)
        atom = (struct atom){.gap = atom.gap,
            .height = box->board ? box->board->height
                                 : (rlen)picture_height(box->picture),
            .next_pos = 1,
            .ends_box = true,
            .may_break = !box->keep_next};
    else
        atom_of_line(flow->doc->profile, box, &f->at, &atom);
    if (box_begins)
        atom.frame += box->top;
    if (atom.ends_box)
        atom.frame += box->bottom;
    if (box->nnotes)
        take_notes(flow, f, a, notes, &atom);
    return atom;
}

int64_t atom_bottom(const struct fill *f, const struct atom *atom)
{
    return (int64_t)f->y + atom->gap + atom->frame + atom->top + atom->height +
        f->notes + atom->notes;
}

void atom_put(const struct flow *flow, struct fill *f, const struct atom *atom)
{
    f->y += atom->gap + atom->frame + atom->top + atom->height;
    f->notes += atom->notes;
    f->after = flow->boxes[f->at.box].after;
    f->gaps += f->begun && atom->gap > 0;
    f->begun = true;
    f->at.pos = atom->next_pos;
    f->at.line = atom->next_line;
    f->at.note = atom->next_note;
    if (atom->ends_box)
        f->at = (struct cursor){.box = f->at.box + 1};
}

bool atom_must_end(const struct flow *flow, const struct fill *f)
{
    if (f->at.box == flow->n)
        return true;
    const struct box *box = &flow->boxes[f->at.box];
    bool begins = f->at.pos == 0 && f->at.line == 0;
    return f->begun && begins && (box->kind == BOX_BREAK || box->new_page);
}

int64_t atom_feather(const struct flow *flow, const struct fill *f)
{
    return (int64_t)flow->doc->profile->feather * f->gaps;
}
