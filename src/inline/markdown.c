/*
 * Markdown to spans and blocks by md4c, whose only home this is: its events,
 * turned into calls of mdblock.c, mdlink.c and spans.c.
 */
#include "inline/markdown_int.h"

#include <md4c.h>
#include <string.h>

void inline_md_tell(struct md *m, enum diag_id id, uint32_t at,
    const char *what, const char *hint)
{
    inline_tell(m->in, id, m->text, inline_md_off(m->mt, at), what, hint);
}

uint32_t inline_md_find(const struct md *m, char c)
{
    const struct buf *s = &m->mt->s;
    const char *at = memchr(s->s + m->cursor, c, s->n - m->cursor);
    return at ? (uint32_t)(at - s->s) : (uint32_t)s->n;
}

/* Is this part of what md4c was given? Then *at is where. */
static bool find_in(const struct md *m, const char *s, uint32_t *at)
{
    uintptr_t begin = (uintptr_t)m->mt->s.s, here = (uintptr_t)s;
    if (here < begin || here >= begin + m->mt->s.n)
        return false;
    *at = (uint32_t)(here - begin);
    return true;
}

static void set_style(struct md *m)
{
    unsigned style = m->style | (m->strong ? SPAN_STRONG : 0) |
        (m->emphasis ? SPAN_EMPHASIS : 0) | (m->code ? SPAN_CODE : 0);
    if (m->link.link && !m->link.bracket)
        style |= SPAN_URL;
    m->b->style = (uint8_t)style;
}

static bool all_blank(struct slice s)
{
    size_t i = 0;
    while (i < s.n && strchr(" \t\n\r", s.s[i]))
        i++;
    return i == s.n;
}

/* Source text as it is printed: in code, in a code block, or elsewhere. */
static void put_source(struct md *m, struct slice s, uint32_t off)
{
    struct place at = {m->text, off, false, ORIGIN_TEXT};
    if (m->lines.b) {
        inline_code_put(&m->lines, s, at);
        return;
    }
    m->others = m->others || !all_blank(s);
    if (m->code) {
        inline_put_code(m->b, s, at);
        return;
    }
    inline_md_check_text(m, s, off);
    inline_put(m->b, s, at);
}

static void put_value(struct md *m, const struct seg *seg)
{
    const struct piece *p = &m->text->pieces[seg->piece];
    m->nvalues++;
    m->piece = seg->piece;
    inline_value(m->b, m->text, p, m->code || m->lines.b);
}

static void put_note(struct md *m, const struct seg *seg)
{
    struct slice s = {m->text->s.s + seg->off, seg->src};
    if (m->code || m->lines.b) {
        put_source(m, s, seg->off);
        return;
    }
    m->others = true;
    inline_note_mark(m->b, (struct slice){s.s + 2, s.n - 3},
        (struct place){m->text, seg->off, true, ORIGIN_TEXT}, m->definition);
    m->definition = false;
}

static void put_address(struct md *m, const struct seg *seg)
{
    uint32_t end = seg->off + seg->src;
    m->others = true;
    if (m->code || m->lines.b)
        inline_literal(m->b, m->text, seg->off, end, true);
    else if (m->b->link) /* no link stands in another */
        inline_literal(m->b, m->text, seg->off, end, false);
    else
        inline_md_address(m, seg);
}

/* Text of what md4c was given, which stand-ins may be part of. */
static void put_text(struct md *m, uint32_t at, uint32_t n)
{
    uint32_t end = at + n;
    const struct seg *last = m->mt->segs + m->mt->nsegs;
    for (const struct seg *seg = inline_seg(m->mt, at);
         seg < last && seg->md < end; seg++) {
        uint32_t from = at > seg->md ? at - seg->md : 0;
        uint32_t to = end < seg->md + seg->n ? end - seg->md : seg->n;
        if (seg->kind == SEG_VALUE)
            put_value(m, seg);
        else if (seg->kind == SEG_NOTE)
            put_note(m, seg);
        else if (seg->kind == SEG_ADDRESS)
            put_address(m, seg);
        else if (seg->kind == SEG_COPY)
            put_source(m,
                (struct slice){m->text->s.s + seg->off + from, to - from},
                seg->off + from);
    }
}

static void tell_entity(struct md *m, struct slice s, uint32_t cp, uint32_t at)
{
    struct arena *a = m->in->l->a;
    const char *what = arena_printf(
        a, "the entity %s is not known here", diag_quote(m->in->l->d, s));
    char c[8] = "";
    if (cp && s.s[1] != '#')
        utf8_encode(cp, c);
    if (s.s[1] == '#')
        inline_md_tell(m, D_CHARACTER, at,
            arena_printf(a, "%s is no character that may stand in text",
                diag_quote(m->in->l->d, s)),
            NULL);
    else
        inline_md_tell(m, D_MD_ENTITY, at, what,
            arena_printf(a, "type the character itself: %s", c));
}

/* A name that HTML does not know is text, as in CommonMark. */
static void put_entity(struct md *m, struct slice s, uint32_t at)
{
    char out[4];
    uint32_t cp;
    size_t n = inline_entity(s, out, &cp);
    uint32_t off = inline_md_off(m->mt, at);
    m->others = true;
    if (n)
        inline_put(m->b, (struct slice){out, n},
            (struct place){m->text, off, true, ORIGIN_TEXT});
    else if (cp || s.s[1] == '#')
        tell_entity(m, s, cp, at);
    else
        put_source(m, s, off);
}

static void put_html(struct md *m, struct slice s, uint32_t at)
{
    bool closing = s.n > 1 && s.s[1] == '/';
    if (m->html || (closing && m->html_told))
        return;
    m->html = m->html_told = true;
    bool br = s.n > 3 && (s.s[1] | 0x20) == 'b' && (s.s[2] | 0x20) == 'r';
    inline_md_tell(m, D_MD_HTML, at, "HTML has no meaning here",
        br ? "a backslash at the end of a line breaks it"
           : "for the character '<' write '\\<'");
}

static void put_normal(struct md *m, uint32_t at, uint32_t n)
{
    bool fresh = m->fresh && m->blocks && !m->lines.b && !m->code;
    m->fresh = false;
    if (fresh && inline_md_is_definition(m, at)) {
        m->definition = inline_seg(m->mt, at)->kind == SEG_NOTE;
        inline_md_tell(m, D_MD_DEFINITION, at,
            "this looks like a definition of Markdown, which has none here",
            "footnotes stand in 'notes:' beside the body, addresses in the "
            "link itself; for the text itself write '\\['");
    }
    put_text(m, at, n);
}

static void put_break(struct md *m, struct place at)
{
    if (m->in->in_value)
        inline_put_break(m->b, at);
    else
        inline_put_line(m->b, at);
    if (m->link.first > m->b->n) {
        m->link.first = m->b->n;
        m->link.begin = m->b->text.n;
    }
}

static int on_text(
    MD_TEXTTYPE type, const char *text, MD_SIZE size, struct md *m)
{
    uint32_t at = m->cursor;
    bool inside = size && find_in(m, text, &at);
    if (inside)
        m->cursor = at + size;
    if (m->refused) {
        if (inside)
            inline_md_refuse_at(m, at);
        return 0;
    }
    if (m->images)
        return 0;
    if (!m->lines.b)
        inline_md_paragraph(m);
    bool html = type == MD_TEXT_HTML;
    if (!html)
        m->html = false;
    struct slice s = {text, size};
    uint32_t off = inline_md_off(m->mt, at);
    bool kept = m->in->in_value && m->in->value_lines;
    if (type == MD_TEXT_BR || (type == MD_TEXT_SOFTBR && kept)) {
        m->others = true;
        put_break(m, (struct place){m->text, off, true, ORIGIN_TEXT});
    } else if (html) {
        put_html(m, s, at);
    } else if (type == MD_TEXT_ENTITY) {
        put_entity(m, s, at);
    } else if (inside) {
        put_normal(m, at, size);
    } else {
        put_source(m, s, off);
    }
    return 0;
}

/* A fence of code, with the language's name after it, which is not printed. */
static void open_code(struct md *m, const MD_BLOCK_CODE_DETAIL *code)
{
    struct slice info = {code->info.text, code->info.size};
    uint32_t at;
    if (!info.n || !find_in(m, info.s, &at))
        at = inline_md_find(m, code->fence_char);
    for (size_t i = 0; i < info.n; i++) {
        if (info.s[i] != ' ' && info.s[i] != '\t')
            continue;
        inline_md_tell(m, D_MD_FENCE, at, "more than a word beside a fence",
            "words there are not printed: write them before the code; for the "
            "characters of the fence write '\\`' or '\\~'");
        break;
    }
    inline_md_code(m, at);
}

static int on_block(MD_BLOCKTYPE type, const void *detail, struct md *m)
{
    if (m->refused || !m->blocks)
        return 0;
    if (type != MD_BLOCK_DOC)
        inline_md_paragraph_end(m);
    switch (type) {
    case MD_BLOCK_QUOTE:
        return inline_md_quote(m) ? 0 : -1;
    case MD_BLOCK_UL: {
        const MD_BLOCK_UL_DETAIL *ul = detail;
        return inline_md_list(m, false, 0, ul->is_tight) ? 0 : -1;
    }
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *ol = detail;
        return inline_md_list(m, true, ol->start, ol->is_tight) ? 0 : -1;
    }
    case MD_BLOCK_LI: {
        const MD_BLOCK_LI_DETAIL *li = detail;
        if (li->is_task)
            inline_md_tell(m, D_MD_TASK, li->task_mark_offset - 1,
                "a task mark has no meaning here",
                "for the characters themselves write '\\['");
        inline_md_item(m);
        return 0;
    }
    case MD_BLOCK_CODE:
        open_code(m, detail);
        return 0;
    case MD_BLOCK_HR:
        inline_md_refuse(m, D_MD_RULE);
        return 0;
    case MD_BLOCK_H:
        inline_md_refuse(m, D_MD_HEADING);
        return 0;
    case MD_BLOCK_HTML:
        inline_md_refuse(m, D_MD_HTML);
        return 0;
    case MD_BLOCK_TABLE:
        inline_md_refuse(m, D_MD_TABLE);
        return 0;
    case MD_BLOCK_P:
        inline_md_paragraph(m);
        return 0;
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        return 0;
    }
    return 0;
}

static int on_block_end(MD_BLOCKTYPE type, struct md *m)
{
    if (!m->blocks)
        return 0;
    if (m->refused) {
        if (type == MD_BLOCK_HR || type == MD_BLOCK_H ||
            type == MD_BLOCK_HTML || type == MD_BLOCK_TABLE)
            inline_md_refuse_end(m);
        return 0;
    }
    inline_md_paragraph_end(m);
    if (type == MD_BLOCK_CODE)
        inline_md_code_end(m);
    else if (type == MD_BLOCK_UL || type == MD_BLOCK_OL ||
        type == MD_BLOCK_LI || type == MD_BLOCK_QUOTE)
        inline_md_leave(m);
    return 0;
}

/* What a stand-in in an attribute says. */
static struct slice read_stand_in(struct md *m, const struct seg *seg)
{
    if (seg->kind == SEG_MARK)
        return SLICE("");
    if (seg->kind != SEG_VALUE)
        return inline_literal_plain(
            m->in, m->text, seg->off, seg->off + seg->src);
    const struct piece *p = &m->text->pieces[seg->piece];
    m->b->lost |= p->absent;
    return inline_value_plain(m->in, m->text, p);
}

/*
 * What an attribute says, values and entities put in. Its bytes may be md4c's
 * own copy, so stand-ins are found by their spelling.
 */
static struct slice read_attribute(struct md *m, const MD_ATTRIBUTE *attr)
{
    struct buf out = buf_new(m->in->l->a);
    buf_puts(&out, "");
    for (size_t i = 0; attr->size && attr->substr_offsets[i] < attr->size;
         i++) {
        const char *s = attr->text + attr->substr_offsets[i];
        size_t n = attr->substr_offsets[i + 1] - attr->substr_offsets[i];
        char c[4];
        uint32_t cp;
        if (attr->substr_types[i] == MD_TEXT_ENTITY) {
            struct slice entity = {s, n};
            size_t len = inline_entity(entity, c, &cp);
            if (!len && (cp || s[1] == '#'))
                tell_entity(m, entity, cp, inline_md_find(m, '&'));
            buf_put(&out, len ? c : s, len ? len : n);
            continue;
        }
        for (size_t k = 0; k < n;) {
            struct seg seg;
            size_t len = inline_stand_in(m->mt, s + k, n - k, &seg);
            struct slice value =
                len ? read_stand_in(m, &seg) : (struct slice){s + k, 1};
            buf_put(&out, value.s, value.n);
            k += len ? len : 1;
        }
    }
    return (struct slice){out.s, out.n};
}

static int on_span(MD_SPANTYPE type, const void *detail, struct md *m)
{
    if (m->refused)
        return 0;
    inline_md_paragraph(m);
    m->html = m->fresh = false;
    m->others = true;
    if (type == MD_SPAN_IMG) {
        inline_md_image(m);
    } else if (m->images) {
        return 0;
    } else if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *a = detail;
        if (m->links++ == 0)
            inline_md_link(
                m, read_attribute(m, &a->href), read_attribute(m, &a->title));
        else
            inline_md_link_within(m);
    } else if (type == MD_SPAN_STRONG) {
        m->strong++;
    } else if (type == MD_SPAN_EM) {
        m->emphasis++;
    } else if (type == MD_SPAN_CODE) {
        m->code++;
    }
    set_style(m);
    return 0;
}

static int on_span_end(MD_SPANTYPE type, struct md *m)
{
    if (m->refused)
        return 0;
    if (type == MD_SPAN_IMG) {
        inline_md_image_end(m);
    } else if (m->images) {
        return 0;
    } else if (type == MD_SPAN_A) {
        if (--m->links == 0)
            inline_md_link_end(m);
    } else if (type == MD_SPAN_STRONG) {
        m->strong--;
    } else if (type == MD_SPAN_EM) {
        m->emphasis--;
    } else if (type == MD_SPAN_CODE) {
        m->code--;
    }
    set_style(m);
    return 0;
}

enum event_kind { BLOCK, BLOCK_END, SPAN, SPAN_END, TEXT };

/* What md4c calls back with. */
struct event {
    struct md *m;
    enum event_kind kind;
    int type; /* as md4c's enum of the kind */
    void *detail;
    const char *text;
    MD_SIZE size; /* [bytes] of text */
    int result;
};

static void take_event(void *p)
{
    struct event *e = p;
    switch (e->kind) {
    case BLOCK:
        e->result = on_block((MD_BLOCKTYPE)e->type, e->detail, e->m);
        break;
    case BLOCK_END:
        e->result = on_block_end((MD_BLOCKTYPE)e->type, e->m);
        break;
    case SPAN:
        e->result = on_span((MD_SPANTYPE)e->type, e->detail, e->m);
        break;
    case SPAN_END:
        e->result = on_span_end((MD_SPANTYPE)e->type, e->m);
        break;
    case TEXT:
        e->result = on_text((MD_TEXTTYPE)e->type, e->text, e->size, e->m);
        break;
    }
}

/* If memory runs out, md4c is to free its own before that is acted upon. */
static int pass_on(struct event e)
{
    return arena_try(e.m->in->l->a, take_event, &e) ? e.result : -1;
}

static int tell_block(MD_BLOCKTYPE type, void *detail, void *m)
{
    return pass_on((struct event){
        .m = m, .kind = BLOCK, .type = (int)type, .detail = detail});
}

static int tell_block_end(MD_BLOCKTYPE type, void *detail, void *m)
{
    (void)detail;
    return pass_on(
        (struct event){.m = m, .kind = BLOCK_END, .type = (int)type});
}

static int tell_span(MD_SPANTYPE type, void *detail, void *m)
{
    return pass_on((struct event){
        .m = m, .kind = SPAN, .type = (int)type, .detail = detail});
}

static int tell_span_end(MD_SPANTYPE type, void *detail, void *m)
{
    (void)detail;
    return pass_on((struct event){.m = m, .kind = SPAN_END, .type = (int)type});
}

static int tell_text(MD_TEXTTYPE type, const char *text, MD_SIZE size, void *m)
{
    return pass_on((struct event){
        .m = m, .kind = TEXT, .type = (int)type, .text = text, .size = size});
}

static void parse(struct md *m)
{
    static const MD_PARSER parser = {.flags = MD_FLAG_NOINDENTEDCODEBLOCKS |
            MD_FLAG_TABLES | MD_FLAG_TASKLISTS,
        .enter_block = tell_block,
        .leave_block = tell_block_end,
        .enter_span = tell_span,
        .leave_span = tell_span_end,
        .text = tell_text};
    const struct buf *s = &m->mt->s;
    if (md_parse(s->s, (MD_SIZE)s->n, &parser, m) != 0 && !m->stopped)
        arena_exhausted(m->in->l->a);
}

/* Is a text too long for Markdown? Then that is reported. */
static bool too_long(struct resolver *in, const struct text *t)
{
    int64_t most = in->l->limits->markdown;
    if ((int64_t)t->s.n <= most)
        return false;
    inline_tell(in, D_LIMIT_MARKDOWN, t, 0,
        arena_printf(in->l->a, "a text of %zu bytes, more than %lld", t->s.n,
            (long long)most),
        "--limit markdown=N raises this limit");
    return true;
}

void inline_markdown(struct resolver *in, const struct text *t,
    struct nest nest, struct block_list *out)
{
    if (!t->s.n || too_long(in, t))
        return;
    struct md m = {.in = in, .text = t, .blocks = true, .nest = nest};
    m.b = inline_builder(in);
    m.mt = inline_md_text(in, t, 0, (uint32_t)t->s.n, false);
    m.frames[0] = (struct frame){.kind = FRAME_ROOT, .out = out};
    m.nframes = 1;
    parse(&m);
    inline_builder_free(m.b);
    inline_md_text_free(in, m.mt);
}

/* Is there something in bytes from..to that md4c must see? */
static bool has_markup(const struct text *t, uint32_t from, uint32_t to)
{
    static const bool marks[256] = {['*'] = true,
        ['_'] = true,
        ['`'] = true,
        ['['] = true,
        ['<'] = true,
        ['&'] = true,
        ['\\'] = true,
        ['\n'] = true,
        [':'] = true};
    for (uint32_t i = from; i < to; i++) {
        char c = t->s.s[i];
        if (!marks[(unsigned char)c])
            continue;
        if (c == ':' && !(i + 1 < to && t->s.s[i + 1] == '/'))
            continue;
        return true;
    }
    return false;
}

void inline_run(
    struct builder *b, const struct text *t, uint32_t from, uint32_t to)
{
    struct resolver *in = b->in;
    if (from >= to || too_long(in, t))
        return;
    if (!has_markup(t, from, to)) {
        inline_literal(b, t, from, to, false);
        return;
    }
    struct md m = {.in = in, .b = b, .text = t, .style = b->style};
    m.links = b->link != 0; /* no link stands in another */
    m.mt = inline_md_text(in, t, from, to, true);
    parse(&m);
    b->style = m.style;
    inline_md_text_free(in, m.mt);
}

struct rich inline_rich(struct resolver *in, const struct text *t)
{
    struct rich r = {0};
    if (!t || !t->s.n)
        return r;
    struct builder *b = inline_builder(in);
    inline_run(b, t, 0, (uint32_t)t->s.n);
    r = inline_finish(b);
    inline_builder_free(b);
    return r;
}
