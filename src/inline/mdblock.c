/* Blocks of a Markdown text: paragraphs, lists, quotes, code; and the others,
 * which are refused. */
#include "inline/markdown_int.h"

#include <string.h>

static struct frame *top(struct md *m)
{
    return &m->frames[m->nframes - 1];
}

static void add_block(struct md *m, struct block b)
{
    b.style = -1;
    inline_add_block(m->in, top(m)->out, b);
}

void inline_md_paragraph(struct md *m)
{
    if (m->open)
        return;
    m->open = m->fresh = true;
    m->nvalues = 0;
    m->others = false;
}

static void add_paragraph(struct md *m)
{
    struct rich r = inline_finish(m->b);
    if (r.n)
        add_block(m,
            (struct block){
                .kind = BLOCK_PARAGRAPH, .text = r, .pos = r.spans->pos});
}

/* Where the paragraph of s that begins at `from` ends: at a blank line. */
static uint32_t paragraph_end(struct slice s, uint32_t from)
{
    bool blank = false; /* nothing but blanks since a line break */
    for (uint32_t i = from; i < s.n; i++) {
        if (s.s[i] == '\n' && blank)
            return i;
        blank = s.s[i] == '\n' || (blank && strchr(" \t", s.s[i]));
    }
    return (uint32_t)s.n;
}

/*
 * A paragraph that is nothing but a value of the data: blocks, where that has
 * markup of its own, else as many paragraphs as it has.
 */
static bool split_datum(struct md *m, const struct piece *p)
{
    struct slice s = p->value;
    if (p->markup) {
        inline_reset(m->b);
        inline_markdown(m->in, p->markup, m->nest, top(m)->out);
        return true;
    }
    if (paragraph_end(s, 0) == s.n)
        return false;
    inline_reset(m->b);
    for (uint32_t from = 0; from < s.n;) {
        uint32_t end = paragraph_end(s, from);
        inline_put(m->b, (struct slice){s.s + from, end - from},
            (struct place){m->text, p->off, true, ORIGIN_VALUE});
        add_paragraph(m);
        from = end + 1;
    }
    return true;
}

/*
 * A paragraph that is nothing but a field's text becomes as many as that text
 * has; false if that is one.
 */
static bool split_value(struct md *m)
{
    if (m->nvalues != 1 || m->others)
        return false;
    const struct piece *p = &m->text->pieces[m->piece];
    if (p->pos.file)
        return split_datum(m, p);
    const struct field *f = inline_text_field(m->in, p);
    if (!f || paragraph_end(f->text->s, 0) == f->text->s.n)
        return false;
    inline_reset(m->b);
    for (uint32_t from = 0; from < f->text->s.n;) {
        uint32_t end = paragraph_end(f->text->s, from);
        inline_run(m->b, f->text, from, end);
        add_paragraph(m);
        from = end + 1;
    }
    return true;
}

void inline_md_paragraph_end(struct md *m)
{
    if (!m->open)
        return;
    m->open = false;
    if (!split_value(m))
        add_paragraph(m);
}

/* Room for one more level? */
static bool may_nest(struct md *m)
{
    if (m->nframes + 2 <= FRAMES &&
        inline_may_nest(
            m->in, m->nest, m->text, inline_md_off(m->mt, m->cursor)))
        return true;
    m->stopped = true;
    return false;
}

static struct frame *push(struct md *m, enum frame_kind kind)
{
    struct frame *f = &m->frames[m->nframes++];
    *f = (struct frame){.kind = (uint8_t)kind, .out = &f->own};
    return f;
}

bool inline_md_list(struct md *m, bool numbered, int64_t start, bool tight)
{
    if (!may_nest(m))
        return false;
    struct frame *f = push(m, FRAME_LIST);
    f->list = ARENA_NEW(m->in->l->a, struct list_doc);
    f->list->numbered = numbered;
    f->list->tight = tight;
    f->list->level = m->nest.level++;
    f->number = start;
    m->nest.depth++;
    return true;
}

bool inline_md_quote(struct md *m)
{
    if (!may_nest(m))
        return false;
    push(m, FRAME_QUOTE);
    m->nest.depth++;
    return true;
}

void inline_md_item(struct md *m)
{
    push(m, FRAME_ITEM);
}

static void leave_item(struct md *m, const struct frame *item)
{
    struct frame *f = top(m);
    struct list_doc *list = f->list;
    list->items = arena_grow(m->in->l->a, list->items, &f->items_cap,
        (size_t)list->n + 1, sizeof *list->items);
    list->items[list->n++] = (struct list_item){
        inline_item_label(m->in, list->level, list->numbered, f->number++),
        {item->own.b, item->own.n}};
}

void inline_md_leave(struct md *m)
{
    struct frame *f = top(m);
    m->nframes--;
    if (f->kind == FRAME_ITEM) {
        leave_item(m, f);
        return;
    }
    m->nest.depth--;
    struct block b = {.kind = BLOCK_QUOTE, .body = {f->own.b, f->own.n}};
    const struct blocks *first = &b.body;
    if (f->kind == FRAME_LIST) {
        m->nest.level--;
        b.kind = BLOCK_LIST;
        b.list = f->list;
        first = &f->list->items->body;
    }
    b.pos = first->n ? first->b->pos : inline_pos(m->in, m->text, 0);
    add_block(m, b);
}

void inline_md_code(struct md *m, uint32_t at)
{
    m->fence = at;
    m->lines = (struct code_lines){.b = m->b};
    m->b->style = SPAN_CODE;
}

void inline_md_code_end(struct md *m)
{
    struct code_lines *c = &m->lines;
    inline_code_end(c);
    if (c->n) {
        uint32_t off = inline_md_off(m->mt, m->cursor);
        struct block b = {
            .kind = BLOCK_CODE, .lines = c->lines, .nlines = c->n};
        b.pos = c->lines->n ? c->lines->spans->pos
                            : inline_pos(m->in, m->text, off);
        add_block(m, b);
    } else {
        inline_md_tell(m, D_MD_FENCE, m->fence, "a code block without code",
            "for the characters of the fence write '\\`' or '\\~'");
    }
    c->b = NULL;
    inline_reset(m->b);
}

void inline_md_refuse(struct md *m, enum diag_id id)
{
    m->refused = true;
    m->refused_told = false;
    m->refused_id = id;
}

static void tell_refused(struct md *m, uint32_t at)
{
    m->refused_told = true;
    if (m->refused_id == D_MD_HEADING)
        inline_md_tell(m, D_MD_HEADING, at, "a heading inside a text",
            "sections have their headings in 'title:'; for the characters "
            "write '\\#', '\\-' or '\\='");
    else if (m->refused_id == D_MD_TABLE)
        inline_md_tell(m, D_MD_TABLE, at, "a table inside a text",
            "write it as a 'table:' of the body; for the character write "
            "'\\|'");
    else if (m->refused_id == D_MD_RULE)
        inline_md_tell(m, D_MD_RULE, at, "a rule inside a text",
            "'page-break: true' in the body begins a page; for the "
            "characters write '\\*' or '\\-'");
    else
        inline_md_tell(m, D_MD_HTML, at, "HTML has no meaning here",
            "for the character '<' write '\\<'");
}

void inline_md_refuse_at(struct md *m, uint32_t at)
{
    if (m->refused_told)
        return;
    const char *s = m->mt->s.s;
    while (at > 0 && s[at - 1] != '\n')
        at--;
    while (s[at] == ' ' || s[at] == '\t')
        at++;
    tell_refused(m, at);
}

/* Where a rule begins in the line from..to of s; `to` if there is none. */
static uint32_t find_rule(const char *s, uint32_t from, uint32_t to)
{
    uint32_t end = to, at = to, count = 0;
    while (end > from && s[end - 1] == ' ')
        end--;
    if (end == from || !strchr("*-_", s[end - 1]))
        return to;
    for (uint32_t i = end; i > from; i--) {
        if (s[i - 1] == s[end - 1]) {
            at = i - 1;
            count++;
        } else if (s[i - 1] != ' ') {
            break;
        }
    }
    return count >= 3 ? at : to;
}

/* No event tells where a rule or an empty block stands: look for it. */
void inline_md_refuse_end(struct md *m)
{
    m->refused = false;
    if (m->refused_told)
        return;
    const struct buf *s = &m->mt->s;
    uint32_t at = m->cursor, end = at;
    for (; at < s->n; at = end + 1) {
        const char *nl = memchr(s->s + at, '\n', s->n - at);
        end = nl ? (uint32_t)(nl - s->s) : (uint32_t)s->n;
        uint32_t here = at;
        if (m->refused_id == D_MD_RULE)
            here = find_rule(s->s, at, end);
        else
            while (here < end && !strchr("#|<", s->s[here]))
                here++;
        if (here < end) {
            at = here;
            break;
        }
    }
    tell_refused(m, at < s->n ? at : m->cursor);
    m->cursor = end < s->n ? end : (uint32_t)s->n;
}

bool inline_md_is_definition(const struct md *m, uint32_t at)
{
    const struct buf *s = &m->mt->s;
    const struct seg *seg = inline_seg(m->mt, at);
    if (seg->kind == SEG_NOTE && seg->md == at) {
        uint32_t end = at + seg->n;
        return end < s->n && s->s[end] == ':';
    }
    if (s->s[at] != '[' || (at && s->s[at - 1] == '\\'))
        return false;
    bool some = false;
    uint32_t i = at + 1;
    for (; i < s->n && s->s[i] != ']'; i++) {
        if (s->s[i] == '[' || (s->s[i] == '\n' && s->s[i - 1] == '\n'))
            return false;
        some = some || !strchr(" \t\n", s->s[i]);
        i += s->s[i] == '\\' && i + 1 < s->n;
    }
    if (!some || i + 1 >= s->n)
        return false;
    seg = inline_seg(m->mt, i + 1);
    return seg->kind == SEG_MARK && seg->md == i + 1;
}
