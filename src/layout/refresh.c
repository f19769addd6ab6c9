/* Page numbers of others have become known: lay out again what prints them. */
#include "layout/layout_int.h"

#include <assert.h>
#include <string.h>

/* The notes' lines are written anew; the array is the box's own. */
static struct note_ref *copy_refs(struct layout *y, struct box *b)
{
    struct note_ref *refs = ARENA_ARRAY(y->a, b->nnotes, struct note_ref);
    if (b->nnotes)
        memcpy(refs, b->notes, b->nnotes * sizeof *refs);
    b->notes = refs;
    return refs;
}

static void refresh_text(struct layout *y, struct box *b)
{
    struct para_spec spec = layout_spec(y, b->style);
    spec.align = b->para->align;
    spec.mode = b->para->mode;
    spec.hyphenate = b->para->hyphenate;
    layout_reshape(y, b->para, &spec);
    layout_check(y, b->para, b->pos);
    if (b->nnotes)
        layout_find_marks(b->para, copy_refs(y, b), 0, b->nnotes);
}

static void refresh_para(
    struct layout *y, struct para *p, const struct para_spec *spec)
{
    if (p && p->page_refs)
        layout_reshape(y, p, spec);
}

/* The head of a table: captions and column titles. */
static void refresh_head(struct layout *y, struct grid *g)
{
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    refresh_para(y, g->caption, &spec);
    refresh_para(y, g->caption_continued, &spec);
    refresh_para(y, g->caption_concluded, &spec);
    if (!g->head)
        return;
    for (uint32_t c = 0; c < g->ncolumns; c++) {
        spec = layout_cell_spec(y, g->table, c, true);
        refresh_para(y, g->head[c], &spec);
    }
    g->head_row.height = layout_row_height(g, g->head);
}

static void refresh_rows(struct layout *y, struct grid *g)
{
    for (uint32_t row = 0; row < g->nrows; row++) {
        struct para **cells = &g->cells[(size_t)row * g->ncolumns];
        bool any = false;
        for (uint32_t c = 0; c < g->ncolumns; c++) {
            if (!cells[c]->page_refs)
                continue;
            struct para_spec spec = layout_cell_spec(y, g->table, c, false);
            layout_reshape(y, cells[c], &spec);
            layout_check(y, cells[c], g->table->rows->pos[row]);
            any = true;
        }
        if (any)
            g->rows[row].height = layout_row_height(g, cells);
    }
}

static void refresh_table(struct layout *y, struct box *b)
{
    struct grid *g = b->grid;
    refresh_head(y, g);
    refresh_rows(y, g);
    struct note_ref *refs = copy_refs(y, b);
    size_t at = layout_head_marks(g, refs, b->nnotes);
    while (at < b->nnotes) {
        struct para **cells = &g->cells[(size_t)refs[at].row * g->ncolumns];
        size_t before = at;
        for (uint32_t c = 0; c < g->ncolumns; c++)
            at = layout_find_marks(cells[c], refs, at, b->nnotes);
        assert(at > before);
        (void)before;
    }
}

static void refresh_picture(struct layout *y, struct picture *p)
{
    struct para_spec spec = layout_title(y, STYLE_CAPTION);
    layout_reshape(y, p->caption, &spec);
    layout_check(y, p->caption, p->figure->pos);
    layout_picture_size(y, p);
}

static void refresh_board(struct layout *y, struct board *b)
{
    for (uint32_t i = 0; i < b->ncells; i++) {
        struct board_cell *c = &b->cells[i];
        if (!c->para->page_refs)
            continue;
        struct para_spec spec = layout_board_spec(y, b, c);
        layout_reshape(y, c->para, &spec);
        layout_check(y, c->para, c->cell->cell->node->pos);
    }
    if (b->ncells)
        layout_board_heights(b);
}

void layout_refresh(const struct load *l, struct arena *scratch,
    struct flow *flow, const struct late *late)
{
    if (!flow->doc->has_page_refs)
        return;
    struct layout y = {.l = l,
        .a = l->a,
        .scratch = scratch,
        .doc = flow->doc,
        .profile = flow->doc->profile,
        .fonts = flow->fonts,
        .late = late,
        .flow = flow};
    for (size_t i = 0; i < flow->n; i++) {
        struct box *b = &flow->boxes[i];
        if (b->para && b->para->page_refs)
            refresh_text(&y, b);
        else if (b->grid && b->grid->page_refs)
            refresh_table(&y, b);
        else if (b->picture && b->picture->caption &&
            b->picture->caption->page_refs)
            refresh_picture(&y, b->picture);
        else if (b->board)
            refresh_board(&y, b->board);
    }
    for (uint32_t i = 1; i < flow->doc->nnotes; i++) {
        struct note_box *n = &flow->notes[i];
        if (!n->para || !n->para->page_refs)
            continue;
        struct para_spec spec = layout_spec(&y, STYLE_FOOTNOTE);
        layout_reshape(&y, n->para, &spec);
        layout_note_height(&y, n);
    }
}
