/* The resolved report: all texts read, numbered, and their references known. */
#include "inline/inline_int.h"

#include <string.h>

/* The data row that the first value of a text comes from, or {0}. */
static struct pos value_pos(const struct text *t)
{
    for (uint32_t i = 0; i < t->npieces; i++) {
        if (t->pieces[i].pos.file)
            return t->pieces[i].pos;
    }
    return (struct pos){0};
}

void inline_tell(struct resolver *in, enum diag_id id, const struct text *t,
    size_t off, const char *what, const char *hint)
{
    const struct load *l = in->l;
    if (t->node && t->node->bad)
        return;
    struct pos at = inline_pos(in, t, off), from = value_pos(t);
    diag(l->d, id, at, "%s", what);
    if (t->node)
        diag_path(l->d, load_path(l->a, t->node));
    if (from.file && (from.file != at.file || from.off != at.off))
        diag_also(l->d, from, "a value of it comes from here");
    if (hint)
        diag_hint(l->d, "%s", hint);
}

/*
 * A value of a data row stands where that does. To find another place, a text
 * is walked from its start: too slow for each span of a long one, so the walk
 * goes on from the nearest of the last places.
 */
struct pos inline_pos(struct resolver *in, const struct text *t, size_t off)
{
    uint32_t piece = inline_first_piece(t, off);
    if (piece < t->npieces && t->pieces[piece].pos.file)
        return t->pieces[piece].pos;
    const struct load_cursor *from = NULL;
    for (size_t i = 0; i < PLACES_KEPT; i++) {
        const struct load_cursor *c = &in->places[i];
        if (c->scalar == t->node && c->off <= off &&
            (!from || c->off > from->off))
            from = c;
    }
    in->newest = (in->newest + 1) % PLACES_KEPT;
    struct load_cursor *to = &in->places[in->newest];
    if (from)
        *to = *from;
    return model_text_pos(in->l->files, to, t, off);
}

uint16_t inline_lang(struct resolver *in, struct slice tag)
{
    struct doc *doc = in->doc;
    for (uint32_t i = 0; i < doc->nlangs; i++) {
        if (slice_is(tag, doc->langs[i]))
            return (uint16_t)i;
    }
    if (doc->nlangs > UINT16_MAX)
        return 0;
    doc->langs = arena_grow(in->l->a, doc->langs, &in->langs_cap,
        (size_t)doc->nlangs + 1, sizeof *doc->langs);
    doc->langs[doc->nlangs] = arena_strndup(in->l->a, tag.s, tag.n);
    return (uint16_t)doc->nlangs++;
}

struct slice inline_plain(
    struct arena *a, const struct doc *doc, const struct rich *text)
{
    (void)doc;
    if (text->n == 1 && text->spans->kind == SPAN_TEXT &&
        text->spans->change != CHANGE_DELETED)
        return text->spans->s;
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < text->n; i++) {
        const struct span *s = &text->spans[i];
        if (s->change == CHANGE_DELETED)
            continue;
        if (s->kind == SPAN_TEXT)
            buf_put(&out, s->s.s, s->s.n);
        else if (s->kind == SPAN_BREAK)
            buf_putc(&out, ' ');
    }
    return (struct slice){out.s, out.n};
}

static struct blocks read_body(struct resolver *in, const struct body *body)
{
    struct block_list out = {0};
    inline_body(in, body, (struct nest){0}, &out);
    return (struct blocks){out.b, out.n};
}

static struct section_doc *read_sections(struct resolver *in,
    const struct section *sections, uint32_t n, const struct above *above);

static void read_section(struct resolver *in, const struct section *s,
    const struct above *above, uint32_t index, struct section_doc *doc)
{
    struct above under;
    struct slice ref;
    doc->label = inline_section_label(in, s, above, index, &ref, &under);
    doc->level = above->level;
    doc->annex = s->annex;
    doc->id = s->id;
    doc->pos = s->title->node ? s->title->node->pos : s->title->pos;
    const struct node *id = load_find(s->node, "id");
    struct target t = {.kind = TARGET_SECTION,
        .id = s->id,
        .label = ref,
        .pos = id ? id->pos : doc->pos,
        .section = doc};
    doc->target = inline_add_target(in, t);
    struct scope scope;
    inline_scope_enter(in, &scope, s->notes, s->nnotes);
    in->title_of = doc->target;
    doc->title = inline_rich(in, s->title);
    in->title_of = 0;
    doc->subtitle = inline_rich(in, s->subtitle);
    doc->body = read_body(in, &s->body);
    doc->sections = read_sections(in, s->sections, s->nsections, &under);
    doc->nsections = doc->sections ? s->nsections : 0;
    doc->after = read_body(in, &s->after);
    inline_scope_leave(in);
}

/* As deep as sections may be: by limit `headings`. */
static struct section_doc *read_sections(struct resolver *in,
    const struct section *sections, uint32_t n, const struct above *above)
{
    if (!n || above->level > in->l->limits->headings)
        return NULL;
    struct section_doc *doc = ARENA_ARRAY(in->l->a, n, struct section_doc);
    for (uint32_t i = 0; i < n; i++)
        read_section(in, &sections[i], above, i, &doc[i]);
    return doc;
}

static void read_slots(
    struct resolver *in, const struct slots *s, struct rich *out)
{
    out[0] = inline_rich(in, s->start);
    out[1] = inline_rich(in, s->centre);
    out[2] = inline_rich(in, s->end);
}

static void read_furniture(struct resolver *in)
{
    struct doc *doc = in->doc;
    for (unsigned i = 0; i < PAGE_KINDS; i++) {
        read_slots(in, &doc->profile->header[i], doc->header[i]);
        read_slots(in, &doc->profile->footer[i], doc->footer[i]);
    }
}

/* The cover comes first: its tables are numbered so. */
static void read_cover(struct resolver *in)
{
    in->cover = true;
    in->doc->cover = read_body(in, &in->doc->profile->cover);
    in->cover = false;
}

/* The facts that are texts; the title is one of them. */
static void read_facts(struct resolver *in)
{
    struct doc *doc = in->doc;
    const struct report *r = in->r;
    doc->facts = ARENA_ARRAY(in->l->a, r->nfields, struct rich);
    in->busy = ARENA_ARRAY(in->l->a, r->nfields, bool);
    for (uint32_t i = 0; i < r->nfields; i++) {
        const struct field *f = &r->fields[i];
        if (f->type != FIELD_TEXT || !f->text)
            continue;
        in->busy[i] = true;
        doc->facts[i] = inline_rich(in, f->text);
        in->busy[i] = false;
        if (strcmp(f->name, "title") == 0)
            doc->title = doc->facts[i];
    }
}

static struct resolver *new_resolver(const struct load *l, struct report *r)
{
    struct resolver *in = ARENA_NEW(l->a, struct resolver);
    struct doc *doc = ARENA_NEW(l->a, struct doc);
    in->l = l;
    in->r = r;
    in->doc = doc;
    in->ids = inline_names_new(l->a);
    in->note_names = inline_names_new(l->a);
    in->nnotes = 1;
    in->notes =
        arena_grow(l->a, in->notes, &in->notes_cap, 1, sizeof *in->notes);
    doc->report = r;
    doc->profile = r->profile;
    doc->ids = in->ids;
    inline_lang(in, slice_of(r->language));
    inline_add_target(in, (struct target){0});
    inline_add_link(in, (struct link){0});
    doc->figures = arena_grow(
        l->a, doc->figures, &in->figures_cap, 1, sizeof *doc->figures);
    doc->figures[doc->nfigures++] = (struct figure_doc){0};
    return in;
}

struct doc *inline_resolve(const struct load *l, struct report *r)
{
    struct resolver *in = new_resolver(l, r);
    struct doc *doc = in->doc;
    read_facts(in);
    read_cover(in);
    struct scope scope;
    inline_scope_enter(in, &scope, r->notes, r->nnotes);
    int64_t count = 0;
    struct above above = {
        .level = 1, .numbering = r->numbering, .count = &count};
    doc->body = read_body(in, &r->body);
    doc->sections = read_sections(in, r->sections, r->nsections, &above);
    doc->nsections = doc->sections ? r->nsections : 0;
    doc->after = read_body(in, &r->after);
    doc->annexes = read_sections(in, r->annexes, r->nannexes, &above);
    doc->nannexes = doc->annexes ? r->nannexes : 0;
    inline_scope_leave(in);
    inline_notes_finish(in);
    read_furniture(in);
    inline_refs_resolve(in);
    return doc;
}
