/* Footnotes: marks find their notes, notes get their numbers. */
#include "inline/inline_int.h"

void inline_scope_enter(struct resolver *in, struct scope *scope,
    const struct note *notes, uint32_t n)
{
    scope->id = ++in->nscopes;
    scope->up = in->scope;
    in->scope = scope;
    for (uint32_t i = 0; i < n; i++) {
        in->notes = arena_grow(in->l->a, in->notes, &in->notes_cap,
            (size_t)in->nnotes + 1, sizeof *in->notes);
        in->notes[in->nnotes] = (struct note_use){&notes[i], 0};
        inline_names_add(
            in->note_names, scope->id, notes[i].name, in->nnotes++);
    }
}

void inline_scope_leave(struct resolver *in)
{
    in->scope = in->scope->up;
}

static void tell_unknown(
    struct resolver *in, struct slice name, struct place at)
{
    const char *what = arena_printf(
        in->l->a, "there is no note %s", diag_quote(in->l->d, name));
    const char *hint = in->scope
        ? arena_printf(in->l->a, "add '%.*s' to 'notes' beside the body",
              (int)name.n, name.s)
        : "footnotes are marked in titles and bodies only";
    inline_tell(in, D_NOTE_UNKNOWN, at.text, at.off, what, hint);
}

void inline_note_mark(
    struct builder *b, struct slice name, struct place at, bool told)
{
    struct resolver *in = b->in;
    uint32_t i = 0;
    for (const struct scope *s = in->scope; s && !i; s = s->up)
        i = inline_names_find(in->note_names, s->id, name);
    if (!i && told)
        return;
    if (!i) {
        tell_unknown(in, name, at);
        return;
    }
    struct note_use *use = &in->notes[i];
    if (!use->number) {
        in->marked = arena_grow(in->l->a, in->marked, &in->marked_cap,
            (size_t)in->nmarked + 1, sizeof *in->marked);
        in->marked[in->nmarked++] = i;
        use->number = in->nmarked;
        *use->note->used = true;
    }
    uint32_t link = b->link;
    b->link = 0;
    inline_put_span(b, SPAN_NOTE, at)->note = use->number;
    b->link = link;
}

/* Is a note marked where nothing stands this time? */
static bool is_left_out(const struct resolver *in, struct slice name)
{
    const struct report *r = in->doc->report;
    for (uint32_t i = 0; i < r->nleft_out; i++) {
        if (slice_eq(r->left_out[i], name))
            return true;
    }
    return false;
}

void inline_notes_finish(struct resolver *in)
{
    struct doc *doc = in->doc;
    doc->nnotes = in->nmarked + 1;
    doc->notes = ARENA_ARRAY(in->l->a, doc->nnotes, struct note_doc);
    for (uint32_t i = 0; i < in->nmarked; i++) {
        const struct note *note = in->notes[in->marked[i]].note;
        doc->notes[i + 1] = (struct note_doc){.name = note->name,
            .number = i + 1,
            .text = inline_rich(in, note->text),
            .pos = note->node->pos};
    }
    for (uint32_t i = 1; i < in->nnotes; i++) {
        const struct note *note = in->notes[i].note;
        if (*note->used || inline_is_unread(in) || is_left_out(in, note->name))
            continue;
        if (load_diag(in->l, D_NOTE_UNUSED, note->node,
                "no mark refers to the note %s",
                diag_quote(in->l->d, note->name)))
            diag_hint(in->l->d, "[^%.*s] in a text is its mark",
                (int)note->name.n, note->name.s);
    }
}
