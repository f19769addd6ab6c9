/* Links and references in a Markdown text. */
#include "inline/markdown_int.h"

#include <string.h>

/* md4c does not tell where a link begins, but all text before it was seen. */
static void find_link(struct md *m)
{
    struct open_link *o = &m->link;
    const struct buf *s = &m->mt->s;
    uint32_t at = m->cursor;
    while (at < s->n && !strchr("[<", s->s[at]))
        at++;
    o->md = at;
    o->bracket = s->s[at] == '[';
}

/* Just after the link's or image's "](…)", which begins at the cursor or
 * later; md4c has found it well-formed. */
static uint32_t find_end(const struct md *m)
{
    const char *s = m->mt->s.s;
    uint32_t end = (uint32_t)m->mt->s.n, at = m->cursor;
    while (at + 1 < end && !(s[at] == ']' && s[at + 1] == '('))
        at++;
    at += 2;
    while (at < end && strchr(" \t\n", s[at]))
        at++;
    bool angle = at < end && s[at] == '<';
    for (unsigned open = 0; at < end; at++) {
        if (s[at] == '\\')
            at++;
        else if (angle ? s[at] == '>' : strchr(" \t\n", s[at]) != NULL)
            break;
        else if (!angle && s[at] == '(')
            open++;
        else if (!angle && s[at] == ')' && !open--)
            break;
    }
    at += angle;
    while (at < end && strchr(" \t\n", s[at]))
        at++;
    if (at < end && s[at] != ')') {
        char close = s[at] == '(' ? ')' : s[at];
        for (at++; at < end && s[at] != close; at++)
            at += s[at] == '\\';
        at++;
    }
    while (at < end && s[at] != ')')
        at++;
    return at < end ? at + 1 : end;
}

static bool is_lang(struct slice href)
{
    return href.n >= 5 && memcmp(href.s, "lang:", 5) == 0;
}

static void open_lang(struct md *m)
{
    struct open_link *o = &m->link;
    struct slice tag = {o->href.s + 5, o->href.n - 5};
    if (uni_lang_known(tag)) {
        m->b->lang = inline_lang(m->in, tag);
        return;
    }
    if (m->b->lost)
        return;
    struct diags *d = m->in->l->d;
    inline_md_tell(m, D_LANG_UNKNOWN, o->md,
        arena_printf(
            m->in->l->a, "%s is no known language", diag_quote(d, tag)),
        "a language is given as in [texte](lang:fr)");
}

void inline_md_link(struct md *m, struct slice href, struct slice title)
{
    struct open_link *o = &m->link;
    *o = (struct open_link){
        .first = m->b->n, .begin = m->b->text.n, .lang = m->b->lang};
    o->href = href;
    o->title = title;
    find_link(m);
    if (is_lang(href))
        open_lang(m);
    else
        o->link = inline_add_link(m->in, (struct link){.target = 0});
    m->b->link = o->link;
}

/* An address in <> or alone is text there. */
void inline_md_link_within(struct md *m)
{
    find_link(m);
    if (m->link.bracket)
        inline_md_tell(m, D_MD_LINK, m->link.md, "a link stands in another",
            "all of this text leads to one address: leave the brackets and "
            "what follows them out");
}

/* Has the link no text, or none but blanks? */
static bool is_empty(const struct md *m)
{
    const struct builder *b = m->b;
    for (uint32_t i = m->link.first; i < b->n; i++) {
        if (b->spans[i].kind != SPAN_TEXT && b->spans[i].kind != SPAN_BREAK)
            return false;
    }
    size_t at = m->link.begin;
    while (at < b->text.n && b->text.s[at] == ' ')
        at++;
    return at >= b->text.n;
}

/* The link is none: its text stays. */
static void drop_link(struct md *m)
{
    for (uint32_t i = m->link.first; i < m->b->n; i++)
        m->b->spans[i].link = 0;
}

/* How many characters of an id stand there. */
static size_t id_length(struct slice s, size_t at)
{
    size_t i = at;
    while (i < s.n &&
        ((s.s[i] >= 'a' && s.s[i] <= 'z') || (s.s[i] >= '0' && s.s[i] <= '9') ||
            s.s[i] == '-'))
        i++;
    return i - at;
}

static void end_uri(struct md *m)
{
    struct builder *b = m->b;
    struct open_link *o = &m->link;
    const char *why = NULL, *hint = NULL;
    struct slice uri = {0};
    if (o->title.n) {
        why = "the title of a link would not be printed";
        hint = "[text](address) is all there is to a link";
    } else if (is_empty(m)) {
        why = "a link without a text";
        hint = id_length(o->href, 0) == o->href.n
            ? arena_printf(m->in->l->a, "a reference has a '#': [](#%.*s)",
                  (int)o->href.n, o->href.s)
            : "<https://…> prints the address itself";
    } else {
        uri = inline_uri(m->in->l->a, o->href, &why);
    }
    if (why) {
        if (!b->lost)
            inline_md_tell(m, D_MD_LINK, o->md, why, hint);
        drop_link(m);
        return;
    }
    m->in->doc->links[o->link].uri = uri;
    if (o->bracket && slice_eq(inline_built(b, o->first), o->href)) {
        for (uint32_t i = o->first; i < b->n; i++)
            b->spans[i].style |= SPAN_URL;
    }
}

/* What a reference prints; false if it was reported. */
static bool read_form(struct md *m, struct pending *p)
{
    const struct open_link *o = &m->link;
    bool empty = is_empty(m);
    if (!o->title.n) {
        p->form = empty ? REF_LABEL : REF_LINK;
    } else if (slice_is(o->title, "rows")) {
        p->form = empty ? REF_ROWS : REF_COUNT;
    } else if (slice_is(o->title, "page") && empty) {
        p->form = REF_PAGE;
    } else {
        bool page = slice_is(o->title, "page");
        inline_md_tell(m, D_REF_FORM, o->md,
            page ? "a reference to a page has no text of its own"
                 : "a reference is followed by \"page\" or \"rows\", if by "
                   "anything",
            page ? "[](#id \"page\") prints the number" : NULL);
        return false;
    }
    return true;
}

static void end_reference(struct md *m)
{
    struct builder *b = m->b;
    struct open_link *o = &m->link;
    uint32_t off = inline_md_off(m->mt, o->md);
    struct pending p = {.link = o->link, .text = m->text, .off = off};
    p.id = (struct slice){o->href.s + 1, o->href.n - 1};
    if (!read_form(m, &p)) {
        drop_link(m);
        return;
    }
    if (p.form == REF_COUNT)
        p.said = inline_built(b, o->first);
    bool own = p.form == REF_LINK || p.form == REF_COUNT;
    p.index = own ? o->first : b->n;
    if (!own)
        inline_put_span(b, p.form == REF_PAGE ? SPAN_PAGE_OF : SPAN_TEXT,
            (struct place){m->text, off, true, ORIGIN_TEXT});
    b->pending = arena_grow(m->in->l->a, b->pending, &b->pending_cap,
        (size_t)b->npending + 1, sizeof p);
    b->pending[b->npending++] = p;
}

/* Note the spans of the link: a mark of a footnote in it is not its own. */
static void add_range(struct md *m)
{
    struct builder *b = m->b;
    b->ranges = arena_grow(m->in->l->a, b->ranges, &b->ranges_cap,
        (size_t)b->nranges + 1, sizeof *b->ranges);
    b->ranges[b->nranges++] = (struct link_range){.link = m->link.link,
        .first = m->link.first,
        .n = b->n - m->link.first};
}

void inline_md_link_end(struct md *m)
{
    struct builder *b = m->b;
    struct open_link *o = &m->link;
    bool lang = is_lang(o->href);
    if (lang && o->title.n)
        inline_md_tell(
            m, D_REF_FORM, o->md, "a language is followed by nothing", NULL);
    else if (lang && is_empty(m))
        inline_md_tell(
            m, D_REF_FORM, o->md, "no text is in this language", NULL);
    if (o->link && o->href.n && o->href.s[0] == '#')
        end_reference(m);
    else if (o->link)
        end_uri(m);
    if (o->link)
        add_range(m);
    b->link = 0;
    b->lang = o->lang;
    if (o->bracket)
        m->cursor = find_end(m);
    *o = (struct open_link){0};
}

void inline_md_address(struct md *m, const struct seg *seg)
{
    struct builder *b = m->b;
    struct open_link *o = &m->link;
    uint32_t end = seg->off + seg->src;
    uint8_t style = b->style;
    struct open_link around = *o; /* [texte](lang:fr) */
    *o = (struct open_link){.md = seg->md,
        .first = b->n,
        .begin = b->text.n,
        .lang = b->lang,
        .href = inline_literal_plain(m->in, m->text, seg->off, end)};
    o->link = inline_add_link(m->in, (struct link){.target = 0});
    b->link = o->link;
    b->style |= SPAN_URL;
    inline_literal(b, m->text, seg->off, end, false);
    inline_md_link_end(m);
    *o = around;
    b->style = style;
}

void inline_md_image(struct md *m)
{
    if (m->images++)
        return;
    const char *s = m->mt->s.s;
    uint32_t at = m->cursor;
    while (at + 1 < m->mt->s.n && !(s[at] == '!' && s[at + 1] == '['))
        at++;
    inline_md_tell(m, D_MD_IMAGE, at, "an image inside a text",
        "for the characters write '!\\['");
    m->cursor = at + 2;
}

void inline_md_image_end(struct md *m)
{
    if (--m->images == 0)
        m->cursor = find_end(m);
}

/* The '[' that belongs to the ']' at `at`; `at` if none does, or it is escaped.
 */
static uint32_t find_open(struct slice s, uint32_t at)
{
    uint32_t i = at, slashes = 0;
    while (i > 0 && !strchr("[]\n", s.s[i - 1]))
        i--;
    if (i == 0 || s.s[i - 1] != '[' || (at > i && s.s[at - 1] == '\\'))
        return at;
    i--;
    while (slashes < i && s.s[i - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 ? at : i;
}

/* The length of a curly quote, or 0. */
static size_t curly(struct slice s, size_t at)
{
    static const char *const QUOTES[] = {"“", "”", "„"};
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++) {
        size_t n = strlen(QUOTES[i]);
        if (s.n - at >= n && memcmp(s.s + at, QUOTES[i], n) == 0)
            return n;
    }
    return 0;
}

/* A word processor's quotes, in "](#id “page”)": what to write instead. */
static const char *curly_hint(
    const struct md *m, struct slice s, uint32_t open, uint32_t at)
{
    size_t id = id_length(s, at + 3), end = at + 3 + id;
    size_t from = end;
    while (from < s.n && s.s[from] == ' ')
        from++;
    size_t quote = id && from > end && from < s.n ? curly(s, from) : 0;
    if (!quote)
        return NULL;
    size_t to = from += quote;
    while (to < s.n && !strchr(")\n", s.s[to]) && !curly(s, to))
        to++;
    size_t close = to + (to < s.n ? curly(s, to) : 0);
    if (close >= s.n || s.s[close] != ')')
        return NULL;
    return arena_printf(m->in->l->a, "write straight quotes: %.*s \"%.*s\")",
        (int)(end - open), s.s + open, (int)(to - from), s.s + from);
}

/*
 * The '[' of a text in another language that a link in it has undone, as no
 * link stands in another; `at`, where its ']' is, if there is none.
 */
static uint32_t find_undone(struct slice s, uint32_t at)
{
    enum { INNER_MOST = 16 };
    uint32_t i = at;
    for (unsigned inner = 0; inner < INNER_MOST; inner++) {
        while (i > 0 && !strchr("[]\n", s.s[i - 1]))
            i--;
        if (i == 0 || s.s[i - 1] != ']')
            break;
        uint32_t open = find_open(s, i - 1);
        if (open == i - 1)
            break;
        i = open;
        uint32_t outer = find_open(s, i);
        if (outer != i)
            return outer;
    }
    return at;
}

/* Report such a text. */
static void check_lang(struct md *m, uint32_t at)
{
    static const char mark[] = "](lang:";
    const size_t n = sizeof mark - 1;
    struct slice all = m->text->s;
    if (all.n - at < n || memcmp(all.s + at, mark, n) != 0)
        return;
    uint32_t open = find_undone(all, at);
    if (open != at)
        inline_tell(m->in, D_REF_FORM, m->text, open,
            "a link stands in a text of another language",
            "end that before the link: [voir](lang:fr) [texte](https://…)");
}

/* What follows a ']' that was meant to end the text of a link. */
static bool is_address(struct slice s, uint32_t at)
{
    static const char *const STARTS[] = {
        "](http://", "](https://", "](mailto:"};
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        size_t n = strlen(STARTS[i]);
        if (s.n - at > n && memcmp(s.s + at, STARTS[i], n) == 0)
            return true;
    }
    return false;
}

/* Report a ']' at `at` that Markdown found to end no link or reference. */
static void check_bracket(struct md *m, struct slice s, uint32_t at)
{
    bool near = memcmp(s.s + at, "](#", 3) == 0;
    bool far = s.n - at > 4 && memcmp(s.s + at, "] (#", 4) == 0;
    bool address = is_address(s, at);
    uint32_t open = near || far || address ? find_open(s, at) : at;
    if (open == at)
        return;
    if (address) {
        inline_tell(m->in, D_MD_LINK, m->text, open,
            "this looks like a link, but is none",
            "an address has no blanks, write %20 for one, and ends with ')'");
        return;
    }
    const char *hint = near ? curly_hint(m, s, open, at) : NULL;
    if (near && !hint)
        hint = "write [](#id), [](#id \"page\") or [](#id \"rows\"); for the "
               "characters write '\\['";
    else if (far && open + 1 == at && id_length(s, at + 4))
        hint = "no blank between ] and (";
    if (hint)
        inline_tell(m->in, D_REF_FORM, m->text, open,
            "this looks like a reference, but is none", hint);
}

void inline_md_check_text(struct md *m, struct slice s, uint32_t off)
{
    struct slice all = m->text->s;
    const char *found = s.s;
    size_t left = s.n;
    while ((found = memchr(found, ']', left)) != NULL) {
        uint32_t at = off + (uint32_t)(found - s.s);
        left = s.n - (size_t)(++found - s.s);
        if ((size_t)at + 3 >= all.n)
            return;
        check_lang(m, at);
        check_bracket(m, all, at);
    }
}
