/* Boxes to pages: fill each page, break it at the last place that may be. */
#include "page/page_int.h"

#include <string.h>

/* Where the next atom comes from. An atom is a line, a row, or a row's line. */
struct cursor {
    uint32_t box;
    uint32_t pos; /* line of a paragraph, row of a table */
    uint32_t line; /* of a row taller than a page */
    uint32_t note; /* next of the box's note_refs */
};

/* A page being filled. Copied to remember the last place to break it. */
struct fill {
    struct cursor at;
    rlen y; /* bottom of what stands on it */
    rlen after; /* space that the last box wants below */
    rlen notes; /* height of the footnotes, with the gap above */
    uint32_t nparts, nnotes; /* in the paginator's arrays */
    struct part last_part; /* as it was; its end grows */
};

struct atom {
    rlen gap; /* above it */
    rlen top; /* what repeats above it: a table's header */
    rlen height; /* of itself */
    rlen notes; /* that its footnotes add */
    uint32_t nnotes;
    uint32_t next_pos, next_line, next_note;
    bool ends_box;
    bool may_break; /* after it */
};

struct paginator {
    const struct load *l;
    const struct flow *flow;
    const struct profile *profile;
    struct arena *a;
    struct part *parts;
    size_t parts_cap;
    uint32_t *notes;
    size_t notes_cap;
    struct page *pages;
    size_t npages, pages_cap;
    uint32_t section; /* target of the last top heading that was passed */
};

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
    const struct paginator *p, const struct box *box, const struct cursor *at)
{
    const struct grid *g = box->grid;
    rlen top = page_table_top_height(g, true);
    rlen again = page_table_top_height(g, false);
    int64_t height = (int64_t)g->rows[at->pos].height;
    for (uint32_t i = at->note; i < box->nnotes; i++) {
        if (box->notes[i].row != at->pos)
            break;
        height += p->flow->notes[box->notes[i].note].height;
        if (i == at->note)
            height += NOTE_GAP;
    }
    return height > p->flow->height - (top > again ? top : again);
}

/* Not one row alone before or after the break; in a row, as in a paragraph. */
static bool may_break_row(const struct paginator *p, const struct box *box,
    const struct atom *atom, uint32_t lines)
{
    uint32_t left = box->grid->nrows - atom->next_pos;
    if (atom->ends_box)
        return !box->keep_next;
    if (atom->next_line)
        return atom->next_line >= (uint32_t)p->profile->orphans &&
            lines - atom->next_line >= (uint32_t)p->profile->widows;
    return lines > 1 || (atom->next_pos >= 2 && left >= 2);
}

static void atom_of_row(const struct paginator *p, const struct box *box,
    const struct cursor *at, bool page_begins, struct atom *atom)
{
    const struct grid *g = box->grid;
    bool begins = at->pos == 0 && at->line == 0;
    if (begins || page_begins)
        atom->top = page_table_top_height(g, begins);
    uint32_t lines = 1;
    atom->height = g->rows[at->pos].height;
    if (row_is_tall(p, box, at)) {
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
    atom->may_break = may_break_row(p, box, atom, lines);
}

static void atom_of_line(const struct paginator *p, const struct box *box,
    const struct cursor *at, struct atom *atom)
{
    uint32_t n = box->para->lines.n;
    atom->height = box->para->leading;
    atom->next_pos = at->pos + 1;
    atom->next_line = 0;
    atom->ends_box = atom->next_pos == n;
    atom->may_break = atom->ends_box ? !box->keep_next
                                     : box->heading == 0 &&
            atom->next_pos >= (uint32_t)p->profile->orphans &&
            n - atom->next_pos >= (uint32_t)p->profile->widows;
}

/*
 * The footnotes whose first marks stand in the atom. In a row that is split,
 * marks stand in order of the cells, not of the lines: it is gone through again
 * for each line.
 */
static void take_notes(struct paginator *p, const struct box *box,
    const struct fill *f, struct atom *atom)
{
    uint32_t i = f->at.note;
    uint32_t n = f->nnotes;
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
        p->notes = arena_grow(
            p->a, p->notes, &p->notes_cap, (size_t)n + 1, sizeof *p->notes);
        p->notes[n++] = r->note;
        if (f->notes + atom->notes == 0)
            atom->notes += NOTE_GAP;
        atom->notes += p->flow->notes[r->note].height;
    }
    atom->nnotes = n - f->nnotes;
    atom->next_note = atom->next_line ? f->at.note : i;
}

static struct atom next_atom(
    struct paginator *p, const struct fill *f, uint32_t first_part)
{
    const struct box *box = &p->flow->boxes[f->at.box];
    struct atom atom = {0};
    bool page_begins = f->nparts == first_part;
    bool box_begins = f->at.pos == 0 && f->at.line == 0;
    if (!page_begins && box_begins)
        atom.gap = f->after > box->before ? f->after : box->before;
    if (box->kind == BOX_TABLE)
        atom_of_row(p, box, &f->at, page_begins, &atom);
    else
        atom_of_line(p, box, &f->at, &atom);
    if (box->nnotes)
        take_notes(p, box, f, &atom);
    return atom;
}

static void put_atom(struct paginator *p, struct fill *f,
    const struct atom *atom, uint32_t first_part)
{
    const struct box *box = &p->flow->boxes[f->at.box];
    bool fresh = f->nparts == first_part || f->last_part.box != f->at.box;
    if (fresh) {
        f->last_part = (struct part){.box = f->at.box,
            .from = f->at.pos,
            .line_from = f->at.line,
            .y = f->y + atom->gap,
            .head = box->kind == BOX_TABLE,
            .first = f->at.pos == 0 && f->at.line == 0};
        p->parts = arena_grow(p->a, p->parts, &p->parts_cap,
            (size_t)f->nparts + 1, sizeof *p->parts);
        f->nparts++;
    }
    struct part *part = &f->last_part;
    part->to = atom->next_line ? atom->next_pos + 1 : atom->next_pos;
    part->line_to = atom->next_line ? atom->next_line : UINT32_MAX;
    part->last = atom->ends_box;
    p->parts[f->nparts - 1] = *part;
    f->y += atom->gap + atom->top + atom->height;
    f->notes += atom->notes;
    f->nnotes += atom->nnotes;
    f->after = box->after;
    f->at.pos = atom->next_pos;
    f->at.line = atom->next_line;
    f->at.note = atom->next_note;
    if (atom->ends_box)
        f->at = (struct cursor){.box = f->at.box + 1};
}

/* Nothing fits an empty page: say what is too tall. */
static void report_tall(
    const struct paginator *p, const struct fill *f, const struct atom *atom)
{
    const struct box *box = &p->flow->boxes[f->at.box];
    const struct rows *rows = box->grid ? box->grid->table->rows : NULL;
    struct pos pos =
        rows && f->at.pos < rows->count ? rows->pos[f->at.pos] : box->pos;
    if (atom->top + atom->height <= p->flow->height) {
        diag(p->l->d, D_NOTE_TALL, pos,
            "the footnotes marked in one line do not fit on its page");
        diag_hint(p->l->d, "shorten the notes or move them into the text");
        return;
    }
    diag(p->l->d, D_HEADER_TALL, box->pos,
        "no line fits on a page below what repeats on it");
    diag_hint(p->l->d, "shorten the caption or the header row of the table");
}

/*
 * Fill one page from f->at on. True if it was done, with f as at its end;
 * false if an error was reported.
 */
static bool fill_page(struct paginator *p, struct fill *f)
{
    uint32_t first_part = f->nparts;
    struct fill legal = *f;
    bool have_legal = false;
    while (f->at.box < p->flow->n) {
        const struct box *box = &p->flow->boxes[f->at.box];
        bool empty = f->nparts == first_part;
        bool box_begins = f->at.pos == 0 && f->at.line == 0;
        if (box->kind == BOX_BREAK) {
            f->at = (struct cursor){.box = f->at.box + 1};
            if (!empty)
                return true;
            continue;
        }
        if (box->new_page && box_begins && !empty)
            return true;
        struct atom atom = next_atom(p, f, first_part);
        int64_t bottom = (int64_t)f->y + atom.gap + atom.top + atom.height +
            f->notes + atom.notes;
        if (bottom > p->flow->height) {
            if (empty) {
                report_tall(p, f, &atom);
                return false;
            }
            if (have_legal)
                *f = legal;
            if (f->nparts > first_part)
                p->parts[f->nparts - 1] = f->last_part;
            return true;
        }
        put_atom(p, f, &atom, first_part);
        if (atom.may_break) {
            legal = *f;
            have_legal = true;
        }
    }
    return true;
}

/* The section named in a page's header: where it begins, or what opens it. */
static uint32_t page_section(struct paginator *p, const struct page *page)
{
    uint32_t named = p->section;
    for (uint32_t i = 0; i < page->nparts; i++) {
        const struct part *part = &p->parts[page->part + i];
        const struct box *box = &p->flow->boxes[part->box];
        if (box->heading == 1 && part->first) {
            if (i == 0 || !named)
                named = box->target;
            p->section = box->target;
        }
    }
    return named;
}

/* Notes stand in order, though the lines of a split row may mark them in none.
 */
static void sort_notes(uint32_t *notes, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t note = notes[i], k = i;
        for (; k && notes[k - 1] > note; k--)
            notes[k] = notes[k - 1];
        notes[k] = note;
    }
}

static void add_page(struct paginator *p, const struct fill *f,
    uint32_t first_part, uint32_t first_note)
{
    p->pages = arena_grow(
        p->a, p->pages, &p->pages_cap, p->npages + 1, sizeof *p->pages);
    struct page *page = &p->pages[p->npages++];
    uint32_t number = (uint32_t)p->npages;
    *page = (struct page){.part = first_part,
        .nparts = f->nparts - first_part,
        .note = first_note,
        .nnotes = f->nnotes - first_note,
        .notes_y = p->flow->height - f->notes + (f->notes ? NOTE_GAP : 0),
        .number = number,
        .kind = number == 1                         ? PAGE_FIRST
            : p->profile->duplex && number % 2 == 0 ? PAGE_LEFT
                                                    : PAGE_RIGHT};
    page->section = page_section(p, page);
    sort_notes(p->notes + first_note, page->nnotes);
}

struct pages *paginate_once(
    const struct load *l, struct arena *a, const struct flow *flow)
{
    struct paginator p = {
        .l = l, .flow = flow, .profile = flow->doc->profile, .a = a};
    struct fill f = {0};
    do {
        uint32_t first_part = f.nparts, first_note = f.nnotes;
        f.y = f.after = f.notes = 0;
        if (!fill_page(&p, &f))
            return NULL;
        if (f.nparts == first_part && p.npages && f.at.box == flow->n)
            break; /* a page break that nothing follows */
        if ((int64_t)p.npages >= l->limits->pages) {
            diag(l->d, D_LIMIT_PAGES, (struct pos){0},
                "the report has more than %lld pages",
                (long long)l->limits->pages);
            diag_hint(l->d, "raise it with --limit pages=N");
            return NULL;
        }
        add_page(&p, &f, first_part, first_note);
    } while (f.at.box < flow->n);
    struct pages *pages = ARENA_NEW(a, struct pages);
    *pages = (struct pages){.flow = flow,
        .v = p.pages,
        .n = (uint32_t)p.npages,
        .total = (uint32_t)p.npages,
        .parts = p.parts,
        .notes = p.notes};
    return pages;
}
