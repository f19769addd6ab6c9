/* The list of changes, in order of the new report. */
#include "review/review_int.h"

struct change_place review_place(
    const struct side *s, uint32_t section, struct pos pos)
{
    return (struct change_place){
        .here = true, .section = s->sects[section].doc, .pos = pos};
}

void review_append(struct comparison *c, struct change_group *g)
{
    if (c->last)
        c->last->next = g;
    else
        c->changes->first = g;
    c->last = g;
}

static struct change_group *new_group(struct comparison *c,
    enum change_group_kind kind, struct change_place old,
    struct change_place new)
{
    struct change_group *g = ARENA_NEW(c->a, struct change_group);
    g->kind = (uint8_t)kind;
    g->old = old;
    g->new = new;
    return g;
}

struct change_group *review_group(struct comparison *c,
    enum change_group_kind kind, struct change_place old,
    struct change_place new)
{
    struct change_group *g = new_group(c, kind, old, new);
    review_append(c, g);
    return g;
}

struct change_place review_table_place(const struct side *s, uint32_t tab)
{
    const struct tab *t = &s->tabs[tab];
    struct change_place p = review_place(s, t->section, t->block->pos);
    p.table = t->doc;
    p.table_id = s->doc->targets[t->block->target].id;
    return p;
}

struct change_group *review_table_group(struct comparison *c, uint32_t tab)
{
    struct change_group **g = &c->group_of[tab];
    const struct change_place nowhere = {0};
    uint32_t old = c->new.match_tab[tab];
    if (!*g)
        *g = new_group(c, GROUP_TABLE,
            old == REVIEW_NONE ? nowhere : review_table_place(&c->old, old),
            review_table_place(&c->new, tab));
    return *g;
}

struct change *review_change(struct comparison *c, struct change_group *g,
    enum change_what what, unsigned how)
{
    struct change *x = ARENA_NEW(c->a, struct change);
    x->what = (uint8_t)what;
    x->how = (uint8_t)how;
    x->old = g->old;
    x->new = g->new;
    x->kind = "";
    if (g->last)
        g->last->next = x;
    else
        g->first = x;
    g->last = x;
    c->changes->n++;
    return x;
}

unsigned review_texts(struct comparison *c, const struct rich *old,
    const struct rich *new, struct word_diff *out)
{
    *out = (struct word_diff){0};
    return review_diff(c->a, c->inner, review_words(c->a, &c->old, old),
        review_words(c->a, &c->new, new), out);
}

static void add_follow(struct comparison *c, struct change_group *g,
    struct change_place old, struct change_place new,
    const struct word_diff *words)
{
    struct change_follow *last = g->follows_last;
    if (last && last->words.runs == words->runs)
        return;
    struct change_follow *f = ARENA_NEW(c->a, struct change_follow);
    f->old_section = old.section;
    f->new_section = new.section;
    f->old_pos = old.pos;
    f->new_pos = new.pos;
    f->words = *words;
    if (last)
        last->next = f;
    else
        g->follows = f;
    g->follows_last = f;
}

void review_follow(struct comparison *c, struct change_group *g,
    struct change_place old, struct change_place new, unsigned verdict,
    const struct word_diff *words)
{
    const struct words *w = words->new;
    for (uint32_t i = 0; i < words->n && verdict & TEXT_COUNTS; i++) {
        const struct word_run *run = &words->runs[i];
        const struct word *word = &w->v[run->new_from];
        if (run->op != WORD_FOLLOWS || word->class != CLASS_COUNT)
            continue;
        const struct span *span = &w->text->spans[word->span];
        uint32_t target = c->new.doc->links[span->link].target;
        uint32_t tab = c->new.tab_of[target];
        if (tab != REVIEW_NONE)
            add_follow(c, review_table_group(c, tab), old, new, words);
    }
    if (verdict & TEXT_FACTS)
        add_follow(c, c->facts, old, new, words);
    if (verdict & TEXT_NUMBERS)
        add_follow(c, g, old, new, words);
}

void review_add_text(struct arena *a, struct texts *t,
    const struct block *block, struct slice text)
{
    t->v = arena_grow(a, t->v, &t->cap, (size_t)t->n + 1, sizeof *t->v);
    t->v[t->n++] = (struct change_text){block, text};
}

static const char *kind_of(const struct leaf *leaf)
{
    static const char *const ROLES[] = {[ROLE_PARAGRAPH] = "paragraph",
        [ROLE_BULLET] = "list item",
        [ROLE_NUMBERED] = "numbered item",
        [ROLE_NOTE] = "note",
        [ROLE_QUOTE] = "quotation"};
    return leaf->kind == LEAF_CODE  ? "code"
        : leaf->kind == LEAF_FIGURE ? "figure"
                                    : ROLES[leaf->role];
}

static struct change_place leaf_place(
    const struct side *s, const struct leaf *leaf)
{
    struct pos pos = leaf->block->pos;
    if (leaf->text && leaf->text->n)
        pos = leaf->text->spans->pos;
    if (leaf->kind == LEAF_FIGURE)
        pos = s->doc->figures[leaf->block->figure].pos;
    return review_place(s, leaf->section, pos);
}

/* What a figure says to who does not see it; else its caption or file. */
static struct slice leaf_text(const struct side *s, const struct leaf *leaf)
{
    if (leaf->kind != LEAF_FIGURE)
        return inline_plain(s->a, s->doc, leaf->text);
    const struct figure_doc *f = &s->doc->figures[leaf->block->figure];
    if (f->caption.n)
        return inline_plain(s->a, s->doc, &f->caption);
    return f->alt.n || !f->figure->file ? f->alt : f->figure->file->s;
}

static struct change *leaf_change(struct comparison *c, struct change_group *g,
    const struct leaf *old, const struct leaf *new, unsigned how)
{
    /* One of them may be NULL, not both. */
    const struct leaf *any = old;
    if (new)
        any = new;
    enum change_what what = any->kind == LEAF_FIGURE ? WHAT_FIGURE : WHAT_TEXT;
    struct change *x = review_change(c, g, what, how);
    x->kind = kind_of(any);
    x->old = old ? leaf_place(&c->old, old) : (struct change_place){0};
    x->new = new ? leaf_place(&c->new, new) : (struct change_place){0};
    if (old)
        x->old_title = leaf_text(&c->old, old);
    if (new)
        x->new_title = leaf_text(&c->new, new);
    return x;
}

/* Of a figure: its image, and its text for who does not see it. */
static void figure_pair(struct comparison *c, struct change_group *g,
    const struct leaf *old, const struct leaf *new)
{
    uint32_t i = old->block->figure, j = new->block->figure;
    if (c->old.image[i] != c->new.image[j]) {
        struct change *x = leaf_change(c, g, old, new, HOW_CHANGED);
        x->kind = "image";
    }
    struct word_diff words;
    if (review_texts(c, review_plain(c->a, c->old.doc->figures[i].alt),
            review_plain(c->a, c->new.doc->figures[j].alt), &words)) {
        struct change *x = leaf_change(c, g, old, new, HOW_CHANGED);
        x->kind = "description of a figure";
        x->words = words;
    }
}

bool review_reset(const struct leaf *old, const struct leaf *new)
{
    return old->role != new->role || old->depth != new->depth ||
        old->begins != new->begins;
}

static void leaf_pair(struct comparison *c, struct change_group *g,
    const struct leaf *old, const struct leaf *new, uint32_t j, bool moved)
{
    unsigned verdict = c->verdict[j];
    bool own = verdict & (TEXT_OWN | TEXT_TOUCHED);
    bool reset = !moved && review_reset(old, new);
    if (new->kind == LEAF_FIGURE)
        figure_pair(c, g, old, new);
    if (own || reset || moved) {
        struct change *x = leaf_change(
            c, g, old, new, (moved ? HOW_MOVED : 0) | (own ? HOW_CHANGED : 0));
        if (own)
            x->words = *c->diff[j];
        if (new->kind == LEAF_FIGURE && own)
            x->kind = "caption of a figure";
        if (reset) {
            x->how |= HOW_CHANGED;
            if (kind_of(old) != kind_of(new))
                x->kind = arena_printf(
                    c->a, "%s, now a %s", kind_of(old), kind_of(new));
            else
                x->kind = arena_printf(
                    c->a, "%s, now at another level", kind_of(new));
        }
    } else if (verdict) {
        review_follow(c, g, leaf_place(&c->old, old), leaf_place(&c->new, new),
            verdict, c->diff[j]);
    }
}

/* `texts`: those of a section that came; NULL: each is a change. */
static void leaf_added(struct comparison *c, struct change_group *g, uint32_t j,
    struct texts *texts)
{
    const struct leaf *leaf = &c->new.leaves[j];
    uint32_t moved = c->leaf_moved[j];
    if (leaf->kind == LEAF_TABLE) {
        uint32_t old = c->new.match_tab[leaf->table];
        if (old == REVIEW_NONE)
            review_table_added(c, leaf->table, texts);
        else
            review_table_pair(c, old, leaf->table, true);
    } else if (moved != REVIEW_NONE) {
        leaf_pair(c, g, &c->old.leaves[moved], leaf, j, true);
    } else if (texts) {
        review_add_text(c->a, texts, leaf->block, leaf_text(&c->new, leaf));
    } else {
        leaf_change(c, g, NULL, leaf, HOW_ADDED);
    }
}

static void leaf_removed(struct comparison *c, struct change_group *g,
    uint32_t i, struct texts *texts)
{
    const struct leaf *leaf = &c->old.leaves[i];
    if (leaf->kind == LEAF_TABLE) {
        if (c->old.match_tab[leaf->table] == REVIEW_NONE)
            review_table_removed(c, leaf->table, texts);
    } else if (c->old_moved[i] != REVIEW_NONE) {
        return;
    } else if (texts) {
        review_add_text(c->a, texts, leaf->block, leaf_text(&c->old, leaf));
    } else {
        leaf_change(c, g, leaf, NULL, HOW_REMOVED);
    }
}

static void leaves(struct comparison *c, struct change_group *g,
    const struct sect *sect, struct texts *texts)
{
    for (uint32_t k = 0; k < sect->nmerged; k++) {
        uint32_t i = sect->merged[k].old, j = sect->merged[k].new;
        if (i == REVIEW_NONE)
            leaf_added(c, g, j, texts);
        else if (j == REVIEW_NONE)
            leaf_removed(c, g, i, NULL);
        else if (c->new.leaves[j].kind != LEAF_TABLE)
            leaf_pair(c, g, &c->old.leaves[i], &c->new.leaves[j], j, false);
        else if (c->new.match_tab[c->new.leaves[j].table] ==
            c->old.leaves[i].table)
            review_table_pair(
                c, c->old.leaves[i].table, c->new.leaves[j].table, false);
    }
}

/* Title, subtitle and place of a section that there was before. */
static void section_pair(struct comparison *c, struct change_group *g,
    const struct sect *old, const struct sect *new)
{
    struct word_diff words;
    unsigned verdict =
        review_texts(c, &old->doc->title, &new->doc->title, &words);
    bool own = verdict & (TEXT_OWN | TEXT_TOUCHED);
    unsigned how = (new->moved ? HOW_MOVED : 0) | (own ? HOW_RETITLED : 0);
    if (how) {
        struct change *x = review_change(c, g, WHAT_SECTION, how);
        x->kind = "section";
        x->old_name = old->doc->label;
        x->new_name = new->doc->label;
        x->old_title = old->title;
        x->new_title = new->title;
        if (own)
            x->words = words;
    }
    if (!own)
        review_follow(c, g, g->old, g->new, verdict, &words);
    verdict = review_texts(c, &old->doc->subtitle, &new->doc->subtitle, &words);
    if (verdict & (TEXT_OWN | TEXT_TOUCHED)) {
        struct change *x = review_change(c, g, WHAT_TITLE, HOW_CHANGED);
        x->kind = "subtitle";
        x->words = words;
    } else {
        review_follow(c, g, g->old, g->new, verdict, &words);
    }
}

/* The texts of a section that is no more, with those in it. */
static void removed_texts(
    struct comparison *c, struct change_group *g, uint32_t i, struct texts *t)
{
    const struct sect *sect = &c->old.sects[i];
    for (uint32_t k = 0; k < sect->nleaves; k++)
        leaf_removed(c, g, sect->leaf + k, t);
    for (uint32_t k = sect->first; k != REVIEW_NONE; k = c->old.sects[k].next) {
        if (c->old.match_sect[k] != REVIEW_NONE)
            continue;
        review_add_text(c->a, t, NULL, c->old.sects[k].title);
        removed_texts(c, g, k, t);
    }
}

static void sections_removed(struct comparison *c, uint32_t first)
{
    for (uint32_t i = first; i != REVIEW_NONE;
         i = c->old.sects[i].next_removed) {
        const struct sect *sect = &c->old.sects[i];
        struct change_group *g = review_group(c, GROUP_SECTION,
            review_place(&c->old, i, sect->doc->pos), (struct change_place){0});
        struct change *x = review_change(c, g, WHAT_SECTION, HOW_REMOVED);
        struct texts texts = {0};
        x->kind = "section";
        x->old_name = sect->doc->label;
        x->old_title = sect->title;
        removed_texts(c, g, i, &texts);
        x->texts = texts.v;
        x->ntexts = texts.n;
    }
}

/* `texts`: of the section around it, if that came as a whole. */
static void walk(struct comparison *c, uint32_t j, struct texts *around);

static void walk_sections(struct comparison *c, uint32_t j, struct texts *texts)
{
    const struct sect *sect = &c->new.sects[j];
    sections_removed(c, sect->removed);
    for (uint32_t k = sect->first; k != REVIEW_NONE; k = c->new.sects[k].next) {
        walk(c, k, texts);
        sections_removed(c, c->new.sects[k].removed_after);
    }
}

static void section_added(
    struct comparison *c, uint32_t j, struct texts *around)
{
    const struct sect *sect = &c->new.sects[j];
    struct change_group *g = review_group(c, GROUP_SECTION,
        (struct change_place){0}, review_place(&c->new, j, sect->doc->pos));
    struct texts own = {0}, *texts = around ? around : &own;
    struct change *x = NULL;
    if (around) {
        review_add_text(c->a, around, NULL, sect->title);
    } else {
        x = review_change(c, g, WHAT_SECTION, HOW_ADDED);
        x->kind = "section";
        x->new_name = sect->doc->label;
        x->new_title = sect->title;
    }
    leaves(c, g, sect, texts);
    walk_sections(c, j, texts);
    if (x) {
        x->texts = own.v;
        x->ntexts = own.n;
    }
}

/* As deep as sections may be: by limit `headings`. */
static void walk(struct comparison *c, uint32_t j, struct texts *around)
{
    const struct sect *sect = &c->new.sects[j];
    uint32_t i = c->new.match_sect[j];
    if (i == REVIEW_NONE) {
        section_added(c, j, around);
        return;
    }
    const struct sect *old = &c->old.sects[i];
    struct change_group *g = review_group(c, GROUP_SECTION,
        review_place(&c->old, i, old->doc ? old->doc->pos : (struct pos){0}),
        review_place(&c->new, j, sect->doc ? sect->doc->pos : (struct pos){0}));
    if (sect->doc)
        section_pair(c, g, old, sect);
    leaves(c, g, sect, NULL);
    walk_sections(c, j, NULL);
}

/* Groups in which nothing is were made for what might have been. */
static void drop_empty(struct changes *changes)
{
    struct change_group **link = &changes->first;
    while (*link) {
        struct change_group *g = *link;
        if (g->first || g->counted || g->follows)
            link = &g->next;
        else
            *link = g->next;
    }
}

void review_emit(struct comparison *c)
{
    c->group_of = ARENA_ARRAY(c->a, c->new.ntabs, struct change_group *);
    const struct change_place here = {.here = true};
    c->facts = review_group(c, GROUP_FACTS, here, here);
    review_facts(c);
    walk(c, 0, NULL);
    review_notes(c);
    drop_empty(c->changes);
}
