/* The annex that lists what changed. */
#include "review/mark_int.h"

#include <string.h>

/* A text being written. */
struct writer {
    struct marker *m;
    struct span *spans;
    size_t cap;
    uint32_t n;
};

/* The blocks of the annex. */
struct annex {
    struct marker m;
    const struct changes *changes;
    struct block *blocks;
    size_t cap;
    uint32_t n;
};

static struct slice label(const struct marker *m, enum label_id id)
{
    return m->doc->profile->labels[id];
}

static struct slice label_of(
    const struct marker *m, enum label_id id, struct slice text)
{
    return inline_label(m->a, label(m, id), text);
}

static struct span *add(struct writer *w)
{
    w->spans = arena_grow(
        w->m->a, w->spans, &w->cap, (size_t)w->n + 1, sizeof *w->spans);
    return &w->spans[w->n++];
}

static void put(struct writer *w, struct slice s, enum change_mark change)
{
    if (s.n)
        *add(w) = mark_span(w->m, s, change);
}

static void put_strong(struct writer *w, struct slice s)
{
    if (!s.n)
        return;
    struct span *span = add(w);
    *span = mark_span(w->m, s, CHANGE_NONE);
    span->style = SPAN_STRONG;
}

static void put_words(struct writer *w, const struct word_diff *words)
{
    struct rich text = mark_words(w->m, words);
    for (uint32_t i = 0; i < text.n; i++)
        *add(w) = text.spans[i];
}

/* "Moved, Renumbered" */
static void put_hows(struct writer *w, const struct change *x)
{
    static const uint8_t LABELS[] = {LABEL_ADDED, LABEL_REMOVED, LABEL_MOVED,
        LABEL_RENUMBERED, LABEL_RETITLED, LABEL_CHANGED, LABEL_REORDERED};
    unsigned n = 0;
    for (unsigned i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        if (!(x->how >> i & 1U))
            continue;
        if (n++)
            put_strong(w, SLICE(", "));
        put_strong(w,
            label(w->m,
                x->column && 1U << i == HOW_REORDERED
                    ? LABEL_COLUMNS_REORDERED
                    : (enum label_id)LABELS[i]));
    }
}

/* A name, and the one it had. */
static void put_name(struct writer *w, const struct change *x)
{
    struct slice old = x->old.here ? x->old_name : (struct slice){"", 0};
    struct slice new = x->new.here ? x->new_name : (struct slice){"", 0};
    bool both = x->how & HOW_RENUMBERED && old.n && new.n;
    if (both) {
        put(w, old, CHANGE_DELETED);
        put(w, SLICE(" "), CHANGE_NONE);
        put(w, new, CHANGE_INSERTED);
    } else {
        put(w, new.n ? new : old, CHANGE_NONE);
    }
}

static struct slice title_of(const struct marker *m, const struct change *x)
{
    struct slice title = x->new.here ? x->new_title : x->old_title;
    return x->column && title.n ? label_of(m, LABEL_COLUMN, title) : title;
}

/* Where something was that was moved. */
static void put_from(struct writer *w, const struct change *x)
{
    const struct comparison *c = w->m->c;
    struct slice from = review_brief(w->m->a, &c->old, x->old.section);
    if (!(x->how & HOW_MOVED) || !from.n)
        return;
    put(w, SLICE(" ("), CHANGE_NONE);
    put(w, label_of(w->m, LABEL_MOVED_FROM, from), CHANGE_NONE);
    put(w, SLICE(")"), CHANGE_NONE);
}

static struct rich change_text(struct marker *m, const struct change *x)
{
    struct writer w = {.m = m};
    struct slice between = label(m, LABEL_SEPARATOR), title = title_of(m, x);
    bool named = x->old_name.n || x->new_name.n;
    m->pos = x->new.here ? x->new.pos : (struct pos){0};
    put_hows(&w, x);
    if (named || x->words.n || title.n || x->ncells)
        put(&w, SLICE(": "), CHANGE_NONE);
    put_name(&w, x);
    if (named && (x->words.n || title.n))
        put(&w, between, CHANGE_NONE);
    if (x->words.n)
        put_words(&w, &x->words);
    else
        put(&w, title, CHANGE_NONE);
    for (uint32_t i = 0; i < x->ncells; i++) {
        put(&w, i || named || title.n ? SLICE("; ") : SLICE(""), CHANGE_NONE);
        put(&w, x->cells[i].column, CHANGE_NONE);
        put(&w, SLICE(": "), CHANGE_NONE);
        put_words(&w, &x->cells[i].words);
    }
    put_from(&w, x);
    return (struct rich){w.spans, w.n};
}

static struct rich count_text(struct marker *m, const struct change_group *g)
{
    struct writer w = {.m = m};
    struct arena *a = m->a;
    m->pos = g->new.pos;
    put(&w,
        label_of(m, LABEL_ROWS,
            slice_of(arena_printf(a, "%u", (unsigned)g->new_count))),
        CHANGE_NONE);
    put(&w, SLICE(" ("), CHANGE_NONE);
    put(&w,
        label_of(m, LABEL_WAS,
            slice_of(arena_printf(a, "%u", (unsigned)g->old_count))),
        CHANGE_NONE);
    put(&w, SLICE(")"), CHANGE_NONE);
    return (struct rich){w.spans, w.n};
}

static void add_block(struct annex *x, struct block block)
{
    block.change = CHANGE_TOLD;
    block.style = -1;
    x->blocks = arena_grow(
        x->m.a, x->blocks, &x->cap, (size_t)x->n + 1, sizeof *x->blocks);
    x->blocks[x->n++] = block;
}

/* The title of a group, a link to it if it is there. */
static void group_title(struct annex *x, const struct change_group *g)
{
    struct marker *m = &x->m;
    const struct comparison *c = m->c;
    const struct section_doc *section =
        g->new.here ? g->new.section : g->old.section;
    struct writer w = {.m = m};
    struct slice title = g->kind == GROUP_FACTS ? label(m, LABEL_FACTS)
        : g->kind == GROUP_NOTES                ? label(m, LABEL_FOOTNOTES)
        : section ? review_path(m->a, g->new.here ? &c->new : &c->old, section)
                  : inline_plain(m->a, m->doc, &m->doc->title);
    struct slice caption = {"", 0};
    if (g->kind == GROUP_TABLE)
        caption = (g->new.here ? &g->new : &g->old)->table->label;
    m->pos = g->new.pos;
    put_strong(&w, title);
    if (w.n && section && g->new.here)
        w.spans[0].link =
            inline_append_link(m->a, m->doc, section->target, title);
    if (caption.n) {
        put_strong(&w, label(m, LABEL_SEPARATOR));
        put_strong(&w, caption);
    }
    add_block(x,
        (struct block){
            .kind = BLOCK_PARAGRAPH, .pos = m->pos, .text = {w.spans, w.n}});
}

static void add_item(
    struct annex *x, struct list_doc *list, size_t *cap, struct rich text)
{
    struct block *b = ARENA_NEW(x->m.a, struct block);
    *b = (struct block){.kind = BLOCK_PARAGRAPH,
        .change = CHANGE_TOLD,
        .style = -1,
        .pos = x->m.pos,
        .text = text};
    list->items = arena_grow(
        x->m.a, list->items, cap, (size_t)list->n + 1, sizeof *list->items);
    list->items[list->n++] = (struct list_item){
        .label = x->m.doc->profile->levels[0].mark, .body = {b, 1}};
}

static void group(struct annex *x, const struct change_group *g)
{
    struct list_doc *list = ARENA_NEW(x->m.a, struct list_doc);
    size_t cap = 0;
    if (!g->first && !g->counted)
        return;
    list->tight = true;
    group_title(x, g);
    for (const struct change *change = g->first; change; change = change->next)
        add_item(x, list, &cap, change_text(&x->m, change));
    if (g->counted)
        add_item(x, list, &cap, count_text(&x->m, g));
    add_block(
        x, (struct block){.kind = BLOCK_LIST, .pos = x->m.pos, .list = list});
}

/* The older report by its status date, or its name. */
static struct slice since(struct marker *m, const struct edition *old)
{
    const struct report *now = m->doc->report;
    const struct field *f = model_field(old->doc->report, SLICE("status-date"));
    const char *name = strrchr(old->name, '/');
    if (f && f->given && f->from.year) {
        const char *date =
            uni_format_date(m->a, f->from, now->dates, now->language);
        if (date)
            return slice_of(date);
    }
    return slice_of(name ? name + 1 : old->name);
}

static void add_section(struct annex *x, struct slice title)
{
    struct marker *m = &x->m;
    struct doc *doc = m->doc;
    uint32_t n = doc->nannexes;
    struct section_doc *annexes =
        ARENA_ARRAY(m->a, (size_t)n + 1, struct section_doc);
    if (n)
        memcpy(annexes, doc->annexes, n * sizeof *annexes);
    struct section_doc *s = &annexes[n];
    struct rich *text = review_plain(m->a, title);
    text->spans[0] = mark_span(m, title, CHANGE_NONE);
    *s = (struct section_doc){.id = SLICE("changes"),
        .level = 1,
        .annex = true,
        .label = inline_annex_label(m->a, doc->profile, (int64_t)n + 1),
        .title = *text,
        .body = {x->blocks, x->n}};
    struct target t = {.kind = TARGET_SECTION, .id = s->id, .section = s};
    t.label = s->label.n ? s->label : title;
    s->target = inline_append_target(m->a, doc, &t);
    /* What was there has moved in memory. */
    for (uint32_t i = 0; i < n; i++)
        doc->targets[annexes[i].target].section = &annexes[i];
    doc->annexes = annexes;
    doc->nannexes = n + 1;
}

void review_annex(const struct changes *c)
{
    struct annex x = {.changes = c};
    x.m = (struct marker){
        .a = c->all->a, .c = c->all, .doc = c->new.doc, .excerpt = true};
    for (const struct change_group *g = c->first; g; g = g->next)
        group(&x, g);
    struct slice nothing = label(&x.m, LABEL_NO_CHANGES);
    if (!x.n && nothing.n)
        add_block(&x,
            (struct block){.kind = BLOCK_PARAGRAPH,
                .text = *review_plain(x.m.a, nothing)});
    add_section(&x, label_of(&x.m, LABEL_CHANGES, since(&x.m, &c->old)));
}
