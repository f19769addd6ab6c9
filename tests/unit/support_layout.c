/* A document made by hand, for the tests of layout. */
#include "support_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena_budget budget;

static void set_styles(struct profile *p)
{
    for (int i = 0; i < STYLE_COUNT; i++)
        p->styles[i] = (struct style){.family = SLICE("serif"),
            .size = PT(10),
            .leading = PT(12),
            .align = ALIGN_START};
    p->styles[STYLE_CODE].family = SLICE("mono");
    for (int i = 0; i < LIST_LEVELS; i++)
        p->levels[i] = (struct list_level){.hang = PT(15)};
    for (int i = 0; i < LABEL_COUNT; i++)
        p->labels[i] = (struct slice){"", 0};
    p->labels[LABEL_CONTINUED] = SLICE("(continued)");
    p->labels[LABEL_CONCLUDED] = SLICE("(concluded)");
    p->labels[LABEL_SEPARATOR] = SLICE(" \xe2\x80\x93 ");
}

int set_up_world(void **state)
{
    struct arena *a = arena_new(&budget);
    struct world *w = ARENA_NEW(a, struct world);
    w->a = a;
    w->scratch = arena_new(&budget);
    struct limits *limits = ARENA_NEW(a, struct limits);
    limits_init(limits);
    struct files *files = files_new(a);
    const char *fonts = file_fonts_dir(a);
    if (fonts)
        files_allow(files, fonts);
    w->l = ARENA_NEW(a, struct load);
    *w->l = (struct load){
        .a = a, .d = diags_new(a, files), .files = files, .limits = limits};
    w->report.language = "en";
    w->report.profile = &w->profile;
    w->profile.width = PT(400);
    w->profile.height = PT(600);
    w->profile.inner = w->profile.outer = PT(50);
    w->profile.top = w->profile.bottom = PT(50);
    set_styles(&w->profile);
    w->doc.report = &w->report;
    w->doc.profile = &w->profile;
    w->doc.langs = ARENA_ARRAY(a, 4, const char *);
    w->doc.langs[0] = "en";
    w->doc.langs[1] = "fr";
    w->doc.nlangs = 2;
    w->doc.targets = ARENA_ARRAY(a, 32, struct target);
    w->doc.ntargets = 1;
    w->doc.links = ARENA_ARRAY(a, 8, struct link);
    w->doc.nlinks = 3;
    w->doc.links[1].uri = SLICE("https://example.org/");
    w->doc.links[2].uri = SLICE("https://example.org/2");
    w->doc.notes = ARENA_ARRAY(a, 8, struct note_doc);
    w->doc.nnotes = 1;
    *state = w;
    return 0;
}

int tear_down_world(void **state)
{
    struct world *w = *state;
    arena_free(w->scratch);
    arena_free(w->a);
    return 0;
}

struct rich rich_of(struct world *w, const char *text)
{
    struct rich r = {ARENA_ARRAY(w->a, 8, struct span), 1};
    r.spans[0].s = slice_of(text);
    return r;
}

struct span *add_span(struct world *w, struct rich *r)
{
    (void)w;
    assert_true(r->n < 8);
    return &r->spans[r->n++];
}

struct block *add_block(
    struct world *w, struct blocks *to, enum block_kind kind)
{
    if (!to->b)
        to->b = ARENA_ARRAY(w->a, WORLD_BLOCKS, struct block);
    assert_true(to->n < WORLD_BLOCKS);
    struct block *b = &to->b[to->n++];
    b->kind = (uint8_t)kind;
    b->style = -1;
    return b;
}

struct block *add_paragraph(
    struct world *w, struct blocks *to, const char *text)
{
    struct block *b = add_block(w, to, BLOCK_PARAGRAPH);
    b->text = rich_of(w, text);
    return b;
}

struct list_doc *add_list(
    struct world *w, struct blocks *to, uint32_t n, bool numbered)
{
    struct list_doc *list = ARENA_NEW(w->a, struct list_doc);
    add_block(w, to, BLOCK_LIST)->list = list;
    list->items = ARENA_ARRAY(w->a, n, struct list_item);
    list->n = n;
    list->numbered = numbered;
    list->tight = true;
    for (uint32_t i = 0; i < n; i++)
        list->items[i].label = slice_of(
            numbered ? arena_printf(w->a, "%u.", i + 1) : "\xe2\x80\xa2");
    return list;
}

struct table_doc *add_table(struct world *w, struct blocks *to,
    uint32_t ncolumns, const char *const *titles, uint32_t nrows,
    const char *const *cells)
{
    struct table_doc *t = ARENA_NEW(w->a, struct table_doc);
    add_block(w, to, BLOCK_TABLE)->table = t;
    struct column *columns = ARENA_ARRAY(w->a, ncolumns, struct column);
    struct table *model = ARENA_NEW(w->a, struct table);
    model->columns = columns;
    model->ncolumns = ncolumns;
    t->table = model;
    t->ncolumns = ncolumns;
    t->columns = ARENA_ARRAY(w->a, ncolumns, struct column_doc);
    t->head = titles != NULL;
    for (uint32_t c = 0; c < ncolumns; c++) {
        t->columns[c].column = &columns[c];
        if (titles)
            t->columns[c].title = rich_of(w, titles[c]);
    }
    t->rows = ARENA_NEW(w->a, struct rows);
    t->rows->ncolumns = ncolumns;
    t->rows->count = nrows;
    t->rows->pos = ARENA_ARRAY(w->a, nrows, struct pos);
    t->rows->cells = ARENA_ARRAY(w->a, (size_t)nrows * ncolumns, struct cell);
    for (size_t i = 0; i < (size_t)nrows * ncolumns; i++) {
        t->rows->cells[i].s = cells[i];
        t->rows->cells[i].n = (uint32_t)strlen(cells[i]);
    }
    return t;
}

uint32_t add_target(struct world *w, enum target_kind kind, const char *id)
{
    assert_true(w->doc.ntargets < 32);
    struct target *t = &w->doc.targets[w->doc.ntargets];
    t->kind = (uint8_t)kind;
    t->id = slice_of(id);
    return w->doc.ntargets++;
}

struct section_doc *add_section(struct world *w, struct section_doc **to,
    uint32_t *n, unsigned level, const char *label, const char *title)
{
    if (!*to)
        *to = ARENA_ARRAY(w->a, 8, struct section_doc);
    assert_true(*n < 8);
    struct section_doc *s = &(*to)[(*n)++];
    s->level = (uint8_t)level;
    s->label = slice_of(label);
    s->title = rich_of(w, title);
    s->target = add_target(w, TARGET_SECTION, "");
    w->doc.targets[s->target].section = s;
    return s;
}

uint32_t add_note(struct world *w, const char *text)
{
    assert_true(w->doc.nnotes < 8);
    struct note_doc *n = &w->doc.notes[w->doc.nnotes];
    n->number = w->doc.nnotes;
    n->text = rich_of(w, text);
    return w->doc.nnotes++;
}

struct flow *lay_out(struct world *w)
{
    struct late late = {0};
    struct fonts *fonts = fonts_open(w->l, &w->doc);
    w->flow = layout_flow(w->l, w->scratch, &w->doc, fonts, &late);
    return w->flow;
}

const char *tag_path(struct world *w, uint32_t elem)
{
    const struct elem *v = w->flow->tags->v;
    const char *path = tags_name(v[elem].tag);
    while ((elem = v[elem].parent))
        path = arena_printf(w->a, "%s/%s", tags_name(v[elem].tag), path);
    return path;
}

const char *para_text(struct world *w, const struct para *p)
{
    struct buf b = buf_new(w->a);
    for (uint32_t i = 0; i < p->lines.n; i++) {
        const struct line *line = &p->lines.v[i];
        struct slice s =
            text_of(w->a, p->items.v + line->first, line->last - line->first);
        if (i)
            buf_putc(&b, '|');
        buf_put(&b, s.s, s.n);
    }
    return b.s;
}

const char *world_messages(struct world *w)
{
    char *s = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&s, &n);
    struct diag_print how = {.format = DIAG_SHORT};
    diag_print(w->l->d, &how, out);
    fclose(out);
    char *copy = arena_strndup(w->a, s, n);
    free(s);
    return copy;
}
