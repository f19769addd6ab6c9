/* Bodies: their entries to blocks. */
#include "inline/inline_int.h"

void inline_add_block(
    struct resolver *in, struct block_list *out, struct block b)
{
    out->b = arena_grow(
        in->l->a, out->b, &out->cap, (size_t)out->n + 1, sizeof *out->b);
    out->b[out->n++] = b;
}

bool inline_may_nest(
    struct resolver *in, struct nest nest, const struct text *t, uint32_t off)
{
    int64_t most = in->l->limits->lists;
    if (nest.depth < most)
        return true;
    inline_tell(in, D_LIMIT_LIST, t, off,
        arena_printf(in->l->a,
            "lists, quotes and notes nested more than %lld deep",
            (long long)most),
        "--limit lists=N raises this limit");
    return false;
}

/* On a cover, the rows that need a value which is missing are left out. */
static void drop_rows(struct rows *r)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        bool absent = false;
        for (uint32_t k = 0; k < r->ncolumns; k++) {
            const struct cell *cell = data_cell(r, i, k);
            absent |= cell->kind == CELL_TEXT && inline_absent(cell->text);
        }
        if (absent)
            continue;
        for (uint32_t k = 0; k < r->ncolumns && kept < i; k++)
            *data_cell(r, kept, k) = *data_cell(r, i, k);
        r->pos[kept++] = r->pos[i];
    }
    r->data_count -= r->data_count ? r->count - kept : 0;
    r->count = kept;
}

/* Does a table of the cover lack what it needs as a whole? */
static bool table_absent(const struct table *t)
{
    bool absent = inline_absent(t->caption);
    for (uint32_t i = 0; i < t->ncolumns; i++)
        absent |= inline_absent(t->columns[i].title);
    if (!absent && t->rows->count) {
        drop_rows(t->rows);
        absent = !t->rows->count && !t->empty_text;
    }
    return absent || inline_absent(t->rows->count ? NULL : t->empty_text);
}

static void convert_rows(
    struct resolver *in, const struct table *t, struct table_doc *doc)
{
    struct rows *r = t->rows;
    doc->rows = r;
    in->doc->nrows += r->count;
    size_t n = (size_t)r->count * r->ncolumns;
    for (size_t i = 0; i < n; i++) {
        struct cell *cell = &r->cells[i];
        if (cell->kind != CELL_TEXT && cell->kind != CELL_LINK)
            continue;
        struct rich *rich = ARENA_NEW(in->l->a, struct rich);
        *rich = cell->kind == CELL_LINK ? inline_linked(in, cell->linked)
                                        : inline_rich(in, cell->text);
        *cell = (struct cell){.rich = rich, .kind = CELL_RICH};
    }
    if (!r->count)
        doc->empty = inline_rich(in, t->empty_text);
}

static struct slice table_label(struct resolver *in)
{
    struct arena *a = in->l->a;
    return inline_label(a, in->doc->profile->labels[LABEL_TABLE],
        inline_number(a, NUMBERING_DECIMAL, ++in->tables, false));
}

static struct table_doc *convert_table(
    struct resolver *in, const struct table *t)
{
    struct arena *a = in->l->a;
    struct table_doc *doc = ARENA_NEW(a, struct table_doc);
    doc->table = t;
    doc->ncolumns = t->ncolumns;
    doc->columns = ARENA_ARRAY(a, t->ncolumns, struct column_doc);
    if (t->caption) {
        doc->label = table_label(in);
        doc->caption = inline_rich(in, t->caption);
    }
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        doc->columns[i].column = &t->columns[i];
        doc->columns[i].title = inline_rich(in, t->columns[i].title);
        doc->head = doc->head || doc->columns[i].title.n;
    }
    convert_rows(in, t, doc);
    return doc;
}

/* Is there no space between its items: has none more than a paragraph? */
static bool is_tight(const struct list_doc *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct blocks *body = &list->items[i].body;
        for (uint32_t k = 1; k < body->n; k++) {
            if (body->b[k].kind != BLOCK_LIST)
                return false;
        }
    }
    return true;
}

static struct list_doc *convert_list(
    struct resolver *in, const struct entry *e, struct nest nest)
{
    struct list_doc *list = ARENA_NEW(in->l->a, struct list_doc);
    list->numbered = e->kind == ENTRY_NUMBERED;
    list->level = nest.level++;
    list->items = ARENA_ARRAY(in->l->a, e->nbodies, struct list_item);
    int64_t number = e->start;
    for (uint32_t i = 0; i < e->nbodies; i++) {
        struct block_list body = {0};
        inline_body(in, &e->bodies[i], nest, &body);
        if (!body.n) /* its values leave nothing of it */
            continue;
        list->items[list->n++] = (struct list_item){
            inline_item_label(in, list->level, list->numbered, number++),
            {body.b, body.n}};
    }
    list->tight = is_tight(list);
    return list;
}

/* Lists, notes and quotes: what holds other bodies. */
static void add_container(struct resolver *in, const struct entry *e,
    struct nest nest, struct block b, struct block_list *out)
{
    int64_t most = in->l->limits->lists;
    if (nest.depth >= most) {
        if (load_diag(in->l, D_LIMIT_LIST, e->node,
                "lists, quotes and notes nested more than %lld deep",
                (long long)most))
            diag_hint(in->l->d, "--limit lists=N raises this limit");
        return;
    }
    nest.depth++;
    bool some;
    if (e->kind == ENTRY_BULLETS || e->kind == ENTRY_NUMBERED) {
        b.kind = BLOCK_LIST;
        b.list = convert_list(in, e, nest);
        some = b.list->n > 0;
    } else {
        struct block_list body = {0};
        if (e->nbodies)
            inline_body(in, e->bodies, nest, &body);
        b.kind = e->kind == ENTRY_NOTE ? BLOCK_NOTE : BLOCK_QUOTE;
        b.body = (struct blocks){body.b, body.n};
        some = body.n > 0;
    }
    if (some)
        inline_add_block(in, out, b);
}

static void add_entry(struct resolver *in, const struct entry *e,
    struct nest nest, struct block_list *out)
{
    struct block b = {.style = -1, .pos = e->node->pos};
    switch ((enum entry_kind)e->kind) {
    case ENTRY_TEXT:
        inline_markdown(in, e->text, nest, out);
        return;
    case ENTRY_BULLETS:
    case ENTRY_NUMBERED:
    case ENTRY_NOTE:
    case ENTRY_QUOTE:
        add_container(in, e, nest, b, out);
        return;
    case ENTRY_TABLE:
        if (in->cover && table_absent(e->table))
            return;
        b.kind = BLOCK_TABLE;
        b.table = convert_table(in, e->table);
        break;
    case ENTRY_FIGURE:
        if (in->cover &&
            (inline_absent(e->figure->alt) ||
                inline_absent(e->figure->caption)))
            return;
        b.kind = BLOCK_FIGURE;
        b.figure = inline_figure(in, e->figure);
        break;
    case ENTRY_CODE:
        b.kind = BLOCK_CODE;
        inline_code(in, e->text, &b);
        break;
    case ENTRY_PAGE_BREAK:
        b.kind = BLOCK_PAGE_BREAK;
        break;
    case ENTRY_GRID:
        b.kind = BLOCK_GRID;
        b.grid = inline_grid(in, e->grid);
        if (!b.grid)
            return;
        break;
    }
    inline_add_block(in, out, b);
}

/* An entry with an id is a target, where its first block is. */
static void add_entry_target(struct resolver *in, const struct entry *e,
    struct block_list *out, uint32_t first)
{
    if (out->n == first)
        inline_add_block(in, out,
            (struct block){
                .kind = BLOCK_PARAGRAPH, .style = -1, .pos = e->node->pos});
    struct block *b = &out->b[first];
    const struct node *id = load_find(e->node, "id");
    const struct node *holder =
        load_find(e->node, e->kind == ENTRY_FIGURE ? "figure" : "table");
    if (!id && holder)
        id = load_find(holder, "id");
    struct target t = {
        .kind = TARGET_BLOCK, .id = e->id, .pos = id ? id->pos : e->node->pos};
    if (e->kind == ENTRY_TABLE) {
        t.kind = TARGET_TABLE;
        t.table = b->table;
        t.label = b->table->label;
    } else if (e->kind == ENTRY_FIGURE) {
        t.kind = TARGET_FIGURE;
        t.label = in->doc->figures[b->figure].label;
    }
    b->target = inline_add_target(in, t);
}

/* As deep as YAML may nest: by limit `depth`. */
void inline_body(struct resolver *in, const struct body *body, struct nest nest,
    struct block_list *out)
{
    for (uint32_t i = 0; i < body->n; i++) {
        const struct entry *e = &body->entries[i];
        uint32_t first = out->n;
        if (in->cover && inline_absent(e->text))
            continue;
        add_entry(in, e, nest, out);
        if (e->id.n && !(in->cover && out->n == first))
            add_entry_target(in, e, out, first);
        for (uint32_t k = first; in->cover && k < out->n; k++)
            out->b[k].style = (int16_t)e->style;
    }
}
