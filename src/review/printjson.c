/* The difference for tools: as JSON. */
#include "review/print_int.h"

struct printer {
    const struct changes *c;
    const struct comparison *all;
    struct arena *a;
};

static void add_pos(struct printer *p, struct json *to,
    const struct edition *edition, struct pos pos)
{
    uint32_t line, col;
    const struct files *files = edition->load->files;
    pos = files_place(files, pos);
    if (!pos.file)
        return;
    files_locate(files, pos, &line, &col, NULL);
    json_add_str(to, "file", slice_of(files_at(files, pos.file)->path));
    json_add_int(to, "line", line);
    json_add_int(to, "column", col);
    (void)p;
}

/* The sections from the outermost on. As deep as they may be. */
static void add_path(struct printer *p, struct json *path, const struct side *s,
    const struct section_doc *section)
{
    if (!section)
        return;
    add_path(p, path, s, s->sects[review_parent(s, section)].doc);
    struct json *o = json_new_object(p->a);
    json_add_str(o, "id", section->id);
    json_add_str(o, "label", section->label);
    json_add_str(o, "title", inline_plain(p->a, s->doc, &section->title));
    json_add(path, NULL, o);
}

static void add_place(struct printer *p, struct json *to, const char *key,
    bool old, const struct change_place *place)
{
    const struct side *s = old ? &p->all->old : &p->all->new;
    if (!place->here)
        return;
    struct json *o = json_new_object(p->a), *path = json_new_array(p->a);
    add_path(p, path, s, place->section);
    json_add(o, "sections", path);
    if (place->table) {
        json_add_str(o, "table", place->table_id);
        json_add_str(o, "label", place->table->label);
    }
    if (place->row)
        json_add_int(o, "row", place->row);
    add_pos(p, o, old ? &p->c->old : &p->c->new, place->pos);
    json_add(to, key, o);
}

static struct slice said(struct printer *p, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to)
{
    return review_said_after(p->a, s, w, from, to);
}

static void add_words(struct printer *p, struct json *to, const char *key,
    const struct word_diff *d)
{
    static const char *const OPS[] = {[WORD_SAME] = "same",
        [WORD_DELETED] = "deleted",
        [WORD_INSERTED] = "inserted",
        [WORD_FOLLOWS] = "follows",
        [WORD_TOUCHED] = "touched"};
    struct json *list = json_new_array(p->a);
    for (uint32_t i = 0; i < d->n; i++) {
        const struct word_run *r = &d->runs[i];
        struct json *o = json_new_object(p->a);
        json_add_str(o, "op", slice_of(OPS[r->op]));
        if (r->old_to > r->old_from)
            json_add_str(o, "old",
                said(p, &p->all->old, d->old, r->old_from, r->old_to));
        if (r->new_to > r->new_from)
            json_add_str(o, "new",
                said(p, &p->all->new, d->new, r->new_from, r->new_to));
        json_add(list, NULL, o);
    }
    json_add(to, key, list);
}

static void add_cells(
    struct printer *p, struct json *to, const struct change *x)
{
    struct json *list = json_new_array(p->a);
    for (uint32_t i = 0; i < x->ncells; i++) {
        struct json *o = json_new_object(p->a);
        json_add_str(o, "column", x->cells[i].column);
        add_words(p, o, "words", &x->cells[i].words);
        json_add(list, NULL, o);
    }
    json_add(to, "cells", list);
}

static void add_texts(
    struct printer *p, struct json *to, const struct change *x)
{
    struct json *list = json_new_array(p->a);
    for (uint32_t i = 0; i < x->ntexts; i++)
        json_add_str(list, NULL, x->texts[i].text);
    json_add(to, "texts", list);
}

static void add_said(struct json *to, const char *name_key,
    const char *title_key, struct slice name, struct slice title)
{
    if (name.n)
        json_add_str(to, name_key, name);
    if (title.n)
        json_add_str(to, title_key, title);
}

static struct json *change(struct printer *p, const struct change *x)
{
    static const char *const WHATS[] = {[WHAT_FACT] = "fact",
        [WHAT_SECTION] = "section",
        [WHAT_TITLE] = "title",
        [WHAT_TEXT] = "text",
        [WHAT_FIGURE] = "figure",
        [WHAT_TABLE] = "table",
        [WHAT_ITEM] = "item"};
    static const char *const HOWS[] = {"added", "removed", "moved",
        "renumbered", "retitled", "changed", "reordered"};
    struct json *o = json_new_object(p->a), *how = json_new_array(p->a);
    json_add_str(o, "what", slice_of(WHATS[x->what]));
    json_add_str(o, "kind", slice_of(x->kind));
    for (unsigned i = 0; i < sizeof HOWS / sizeof *HOWS; i++)
        if (x->how >> i & 1U)
            json_add_str(how, NULL, slice_of(HOWS[i]));
    json_add(o, "how", how);
    if (x->old.here)
        add_said(o, "old-name", "old-text", x->old_name, x->old_title);
    if (x->new.here)
        add_said(o, "new-name", "new-text", x->new_name, x->new_title);
    if (x->words.n)
        add_words(p, o, "words", &x->words);
    if (x->ncells)
        add_cells(p, o, x);
    if (x->ntexts)
        add_texts(p, o, x);
    add_place(p, o, "old", true, &x->old);
    add_place(p, o, "new", false, &x->new);
    return o;
}

static void add_counts(
    struct printer *p, struct json *to, const struct change_group *g)
{
    if (g->counted) {
        struct json *rows = json_new_object(p->a);
        json_add_int(rows, "old", g->old_count);
        json_add_int(rows, "new", g->new_count);
        json_add(to, "rows", rows);
    }
    struct json *left = json_new_array(p->a);
    for (const struct change_left *x = g->left; x; x = x->next) {
        struct json *o = json_new_object(p->a), *path = json_new_array(p->a);
        json_add_str(o, "name", x->name);
        add_path(p, path, &p->all->new, x->section);
        json_add(o, "sections", path);
        json_add(left, NULL, o);
    }
    if (g->left)
        json_add(to, "left", left);
    struct json *list = json_new_array(p->a);
    for (const struct change_follow *f = g->follows; f; f = f->next) {
        struct json *o = json_new_object(p->a), *path = json_new_array(p->a);
        add_path(p, path, &p->all->new, f->new_section);
        json_add(o, "sections", path);
        add_pos(p, o, &p->c->new, f->new_pos);
        add_words(p, o, "words", &f->words);
        json_add(list, NULL, o);
    }
    if (g->follows)
        json_add(to, "follows", list);
}

static struct json *group(struct printer *p, const struct change_group *g)
{
    static const char *const KINDS[] = {[GROUP_FACTS] = "facts",
        [GROUP_SECTION] = "section",
        [GROUP_TABLE] = "table",
        [GROUP_NOTES] = "footnotes"};
    struct json *o = json_new_object(p->a), *list = json_new_array(p->a);
    bool placed = g->kind == GROUP_SECTION || g->kind == GROUP_TABLE;
    json_add_str(o, "kind", slice_of(KINDS[g->kind]));
    if (placed) {
        add_place(p, o, "old", true, &g->old);
        add_place(p, o, "new", false, &g->new);
    }
    for (const struct change *x = g->first; x; x = x->next)
        json_add(list, NULL, change(p, x));
    json_add(o, "changes", list);
    add_counts(p, o, g);
    return o;
}

void review_json(const struct changes *c, struct arena *a, struct buf *out)
{
    struct printer p = {.c = c, .all = c->all, .a = a};
    struct json *o = json_new_object(a), *groups = json_new_array(a);
    json_add_str(o, "old", slice_of(c->old.name));
    json_add_str(o, "new", slice_of(c->new.name));
    json_add_int(o, "changes", c->n);
    for (const struct change_group *g = c->first; g; g = g->next)
        json_add(groups, NULL, group(&p, g));
    json_add(o, "groups", groups);
    json_write(o, out);
}
