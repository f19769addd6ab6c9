/* A profile's cover: its entries, and the cells of its grids. */
#include "model/keys_int.h"

#include <string.h>

enum { GAP = 8504 }; /* 3 mm */

bool cover_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (!entry_read_by(r, t->forms[1]->map, n, to))
        return false;
    struct entry *e = to->at;
    if (e->kind == ENTRY_TEXT && e->style < 0)
        e->style = STYLE_FIELD;
    return true;
}

bool cover_read_grid(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct masthead *grid = ARENA_NEW(r->l->a, struct masthead);
    *grid = (struct masthead){.node = n, .gap = GAP, .style = STYLE_FIELD};
    keys_read(r, t->map, n, grid);
    memcpy(to->at, &grid, sizeof grid);
    return true;
}

bool cover_read_column(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct column *c = to->at;
    *c = (struct column){.node = n};
    return keys_scalar(r, t, n, to);
}

bool cover_read_row(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct mast_row *row = to->at;
    *row = (struct mast_row){.node = n};
    if (n->kind == NODE_MAP) {
        keys_read(r, t->forms[1]->map, n, row);
        return row->cells != NULL;
    }
    struct dest cells = {.name = to->name,
        .item = true,
        .at = &row->cells,
        .count = &row->ncells};
    return keys_list(r, t->forms[0], n, &cells);
}

/* One without a text at all was reported. */
static bool is_blank(const struct mast_cell *c)
{
    return c->text && keys_is_blank(c->text->s);
}

/* A cell without text only takes its place. */
static void refuse_on_empty(struct reader *r, struct node *cell)
{
    static const char *const NAMES[] = {"style", "align", "lines", "with"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++)
        keys_refuse(r, cell, NAMES[i],
            arena_printf(
                r->l->a, "'%s' serves no cell that is empty", NAMES[i]));
}

bool cover_read_cell(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct mast_cell *c = to->at;
    *c = (struct mast_cell){
        .node = n, .style = -1, .lines = true, .columns = 1, .rows = 1};
    if (n->kind == NODE_SCALAR) {
        c->text = text_read(r, n, false);
        return true;
    }
    keys_read(r, t->forms[1]->map, n, c);
    if (is_blank(c))
        refuse_on_empty(r, n);
    return true;
}

/* A fact's name stands for its value in a text: so it is looked up later. */
bool cover_read_with(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct slice name = {0};
    struct dest word = {.name = to->name, .at = &name, .size = sizeof name};
    if (!keys_scalar(r, t, n, &word))
        return false;
    static const char prefix[] = "report.";
    const size_t length = sizeof prefix - 1;
    if (name.n > length && memcmp(name.s, prefix, length) == 0) {
        keys_diag(r, D_VALUE, n, "%s names a fact without 'report.'",
            keys_name(r, to));
        return false;
    }
    struct arena *a = r->l->a;
    struct text *text = ARENA_NEW(a, struct text);
    *text = (struct text){.s = n->s, .node = n, .npieces = 1};
    text->pieces = ARENA_NEW(a, struct piece);
    const char *full = arena_printf(a, "report.%.*s", (int)name.n, name.s);
    *text->pieces = (struct piece){
        .kind = PIECE_VALUE, .n = (uint32_t)n->s.n, .name = slice_of(full)};
    memcpy(to->at, &text, sizeof text);
    return true;
}

/* Places of a grid that cells above them take: how many more rows. */
struct taken {
    uint32_t rows[MAST_COLUMNS];
};

/* A cell takes the first columns that are free. */
static bool place_cell(struct reader *r, const struct masthead *g, uint32_t row,
    struct mast_cell *c, struct taken *taken, uint32_t *at)
{
    while (*at < g->ncolumns && taken->rows[*at])
        ++*at;
    c->column = *at;
    uint32_t end = *at + (uint32_t)c->columns;
    bool fits = end <= g->ncolumns;
    for (uint32_t i = *at; fits && i < end; i++)
        fits = !taken->rows[i];
    if (!fits) {
        keys_diag(r, D_ROW_RAGGED, c->node,
            "no room for this cell: the grid has %u column%s", g->ncolumns,
            g->ncolumns == 1 ? "" : "s");
        return false;
    }
    if (row + (uint32_t)c->rows > g->nrows) {
        keys_diag(r, D_VALUE, c->node,
            "the cell spans %d rows, but below it there %s %u", (int)c->rows,
            g->nrows - row == 2 ? "is only" : "are only", g->nrows - row - 1);
        return false;
    }
    for (; *at < end; ++*at)
        taken->rows[*at] = (uint32_t)c->rows;
    return true;
}

/* A rule goes across the whole grid: so no cell may be in its way. */
static void check_rule(struct reader *r, const struct masthead *g,
    const struct taken *taken, struct node *rule)
{
    bool crosses = false;
    for (uint32_t i = 0; i < g->ncolumns; i++)
        crosses = crosses || taken->rows[i];
    if (rule && crosses)
        keys_diag(r, D_VALUE, rule,
            "the rule would cross a cell that spans the rows at both sides");
}

static bool place_row(struct reader *r, const struct masthead *g, uint32_t row,
    struct taken *taken)
{
    struct mast_row *at = &g->rows[row];
    bool some = false;
    uint32_t column = 0;
    if (at->rule_before)
        check_rule(r, g, taken, load_find(at->node, "rule-before"));
    for (uint32_t i = 0; i < at->ncells; i++) {
        some |= !is_blank(&at->cells[i]);
        if (!place_cell(r, g, row, &at->cells[i], taken, &column))
            return false;
    }
    if (!some &&
        keys_diag(r, D_VALUE, at->node, "the row has only empty cells"))
        diag_hint(r->l->d,
            "space above or below a row is its 'before' or "
            "'after'");
    for (uint32_t i = 0; i < g->ncolumns; i++)
        taken->rows[i] -= taken->rows[i] > 0;
    if (at->rule_after)
        check_rule(r, g, taken, load_find(at->node, "rule-after"));
    return some;
}

/* Are all items of a list there, and not too many? If not, it was reported. */
static bool is_whole(struct reader *r, struct node *list, const char *what,
    uint32_t n, uint32_t most)
{
    if (!list || !n || list->count != n)
        return false;
    if (n > most)
        keys_diag(
            r, D_VALUE, list, "the grid has %u %s: %u at most", n, what, most);
    return n <= most;
}

static void check_colour(
    struct reader *r, struct node *map, const struct masthead *g)
{
    bool rule = false;
    for (uint32_t i = 0; i < g->nrows; i++)
        rule = rule || load_find(g->rows[i].node, "rule-before") ||
            load_find(g->rows[i].node, "rule-after");
    if (!rule)
        keys_refuse(r, map, "rule-colour",
            "'rule-colour' serves no rule: no row has 'rule-before' or "
            "'rule-after'");
}

void cover_grid_done(struct reader *r, struct node *map, void *record)
{
    struct masthead *g = record;
    struct taken taken = {{0}};
    bool columns = is_whole(
        r, load_find(map, "columns"), "columns", g->ncolumns, MAST_COLUMNS);
    bool rows =
        is_whole(r, load_find(map, "rows"), "rows", g->nrows, MAST_ROWS);
    for (uint32_t i = 0; columns && rows && i < g->nrows; i++) {
        if (!place_row(r, g, i, &taken))
            return;
    }
    if (rows)
        check_colour(r, map, g);
}
