/* The difference for people: as text for a terminal, or as Markdown. */
#include "review/print_int.h"

#include <string.h>

enum { CONTEXT = 6 }; /* words around what differs */

/* What is being printed. */
struct printer {
    const struct changes *c;
    struct arena *a;
    struct buf *out;
    bool markdown;
    size_t begun; /* [bytes] of `out` before what a line says */
    bool closed; /* Markdown: marks after a mark of the text just ended */
};

void review_put_pos(
    struct buf *out, const struct edition *edition, struct pos pos)
{
    uint32_t line, col;
    const struct files *files = edition->load->files;
    pos = files_place(files, pos);
    if (!pos.file)
        return;
    files_locate(files, pos, &line, &col, NULL);
    buf_readable(out, slice_of(files_at(files, pos.file)->path));
    buf_printf(out, ":%u:%u", line, col);
}

uint32_t review_parent(const struct side *s, const struct section_doc *section)
{
    uint32_t own = s->sect_of[section->target];
    return s->sects[own].parent;
}

/* What a title begins with. */
static void put_first_words(struct buf *out, struct slice title)
{
    enum { MOST = 24 };
    size_t n = title.n;
    if (n > MOST)
        for (n = MOST; n && title.s[n] != ' ';)
            n--;
    buf_put(out, title.s, n ? n : title.n);
    buf_puts(out, n && n < title.n ? " …" : "");
}

/*
 * "Annex 2 › Q2 – …": what has a number stands for all above it, and for its
 * title if `brief`, unless what is around it has no number.
 */
static void build_path(const struct side *s, const struct section_doc *section,
    bool brief, struct buf *out)
{
    struct slice title = inline_plain(s->a, s->doc, &section->title);
    struct slice label = s->doc->targets[section->target].label;
    const struct section_doc *up = s->sects[review_parent(s, section)].doc;
    if (section->label.n) {
        bool tells = !up || up->label.n;
        buf_put(out, label.s, label.n);
        if (brief && tells)
            return;
        buf_putc(out, ' ');
        if (brief) {
            put_first_words(out, title);
            return;
        }
    } else if (up) {
        struct slice above = s->doc->targets[up->target].label;
        if (!up->label.n)
            above = inline_plain(s->a, s->doc, &up->title);
        buf_put(out, above.s, above.n);
        buf_puts(out, " › ");
    }
    buf_put(out, title.s, title.n);
}

struct slice review_path(
    struct arena *a, const struct side *s, const struct section_doc *section)
{
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    if (section)
        build_path(s, section, false, &out);
    return (struct slice){out.s, out.n};
}

struct slice review_brief(
    struct arena *a, const struct side *s, const struct section_doc *section)
{
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    if (section)
        build_path(s, section, true, &out);
    return (struct slice){out.s, out.n};
}

static bool is_word(const struct slice s, size_t i)
{
    unsigned char b = i < s.n ? (unsigned char)s.s[i] : ' ';
    return b >= 0x80 || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') ||
        (b >= 'A' && b <= 'Z');
}

/* The bytes of a list's number, "12.", without its last; 0: it is none. */
static size_t number_size(struct slice s)
{
    size_t n = 0;
    while (n < s.n && s.s[n] >= '0' && s.s[n] <= '9')
        n++;
    bool ends = n + 1 >= s.n || s.s[n + 1] == ' ' || s.s[n + 1] == '\n';
    return n && n < s.n && (s.s[n] == '.' || s.s[n] == ')') && ends ? n : 0;
}

/* Would the character be markup there? `first`: the line begins with s. */
static bool is_markup(struct slice s, size_t i, bool first)
{
    char c = s.s[i];
    return strchr("\\`*[]<&~", c) ||
        (c == '_' && !(i && is_word(s, i - 1) && is_word(s, i + 1))) ||
        (c == '#' && (!i || s.s[i - 1] == ' ')) ||
        (first && ((!i && strchr(">-+=", c)) || (i && i == number_size(s))));
}

/* Text of a report; in Markdown with what would be markup escaped. */
static void put(struct printer *p, struct slice s)
{
    bool first = p->out->n == p->begun;
    for (; p->markdown && first && s.n && strchr(" \n\t", *s.s); s.n--)
        s.s++;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (p->markdown && is_markup(s, i, first))
            buf_putc(p->out, '\\');
        buf_putc(p->out, c == '\n' || c == '\t' ? ' ' : c);
    }
}

static void puts_plain(struct printer *p, const char *s)
{
    buf_puts(p->out, s);
}

/* Begin a line: 0 the title of a group, 1 a change, 2 what belongs to it. */
static void begin(struct printer *p, unsigned depth)
{
    static const char *const TEXT[] = {"\n", "\n  ", "    ", "      "};
    static const char *const MARKDOWN[] = {"\n## ", "- ", "  - ", "    - "};
    puts_plain(p, p->markdown ? MARKDOWN[depth] : TEXT[depth]);
    p->begun = p->out->n;
    p->closed = false;
}

static void end(struct printer *p, unsigned depth)
{
    puts_plain(p, p->markdown && !depth ? "\n\n" : "\n");
}

static void put_at(
    struct printer *p, const struct edition *edition, struct pos pos)
{
    if (!pos.file)
        return;
    puts_plain(p, p->markdown ? " (`" : " (");
    review_put_pos(p->out, edition, pos);
    puts_plain(p, p->markdown ? "`)" : ")");
}

/* How a run of words is marked. */
struct marks {
    const char *open, *close;
};

static struct marks marks_of(const struct printer *p, enum word_op op)
{
    static const struct marks TEXT[] = {[WORD_SAME] = {"", ""},
        [WORD_DELETED] = {"[-", "-]"},
        [WORD_INSERTED] = {"{+", "+}"},
        [WORD_TOUCHED] = {"{~", "~}"}};
    static const struct marks MARKDOWN[] = {[WORD_SAME] = {"", ""},
        [WORD_DELETED] = {"~~", "~~"},
        [WORD_INSERTED] = {"**", "**"},
        [WORD_TOUCHED] = {"*", "*"}};
    return p->markdown ? MARKDOWN[op] : TEXT[op];
}

/* Is the byte there that of a letter or digit? */
static bool is_wordly(struct slice s, size_t i)
{
    uint32_t cp;
    while (i && ((unsigned char)s.s[i] & 0xc0) == 0x80)
        i--;
    utf8_decode(s.s + i, s.n - i, &cp);
    return uni_is_letter(cp) || uni_is_digit(cp) || uni_is_mark(cp);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/*
 * Words between marks. Markdown's mark nothing beside a blank, nor between a
 * letter and a sign: a blank goes there.
 */
static void put_marked(struct printer *p, struct slice s, enum word_op op)
{
    struct marks m = marks_of(p, op);
    const struct buf *out = p->out;
    struct slice all = {out->s, out->n};
    bool marks = p->markdown && op != WORD_SAME;
    for (; marks && s.n && is_blank(*s.s); s.n--, s.s++)
        buf_putc(p->out, ' ');
    for (; marks && s.n && is_blank(s.s[s.n - 1]);)
        s.n--;
    if (!s.n)
        return;
    if (marks && all.n == out->n && all.n > p->begun &&
        is_wordly(all, all.n - 1) && !is_wordly(s, 0))
        buf_putc(p->out, ' ');
    if (p->closed && out->s[out->n - 1] != ' ' && is_wordly(s, 0))
        buf_putc(p->out, ' ');
    puts_plain(p, m.open);
    put(p, s);
    puts_plain(p, m.close);
    p->closed = marks && !is_wordly(s, s.n - 1);
}

/* Words from..to-1 with the blank before them, which is not marked. */
static void put_words(struct printer *p, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to, enum word_op op)
{
    if (from == to)
        return;
    if (from && w->v[from].from > w->v[from - 1].to)
        buf_putc(p->out, ' ');
    put_marked(p, review_said(p->a, s, w, from, to), op);
}

static void put_run(struct printer *p, const struct word_diff *d, uint32_t i)
{
    const struct comparison *c = p->c->all;
    const struct word_run *r = &d->runs[i];
    uint32_t n = r->new_to - r->new_from;
    bool first = i == 0, last = i + 1 == d->n;
    uint32_t before = first ? 0 : CONTEXT, after = last ? 0 : CONTEXT;
    if (r->op == WORD_SAME && n > before + after + 2) {
        put_words(
            p, &c->new, d->new, r->new_from, r->new_from + before, WORD_SAME);
        puts_plain(p, first ? "…" : " …");
        put_words(p, &c->new, d->new, r->new_to - after, r->new_to, WORD_SAME);
        return;
    }
    if (r->op == WORD_SAME || r->op == WORD_TOUCHED) {
        put_words(p, &c->new, d->new, r->new_from, r->new_to, r->op);
        return;
    }
    put_words(p, &c->old, d->old, r->old_from, r->old_to, WORD_DELETED);
    if (!r->new_from && r->old_to > r->old_from)
        buf_putc(p->out, ' ');
    put_words(p, &c->new, d->new, r->new_from, r->new_to, WORD_INSERTED);
}

static void put_diff(struct printer *p, const struct word_diff *d)
{
    for (uint32_t i = 0; i < d->n; i++)
        put_run(p, d, i);
}

/* "item moved, renumbered and retitled" */
static void put_head(struct printer *p, const struct change *x)
{
    static const char *const HOWS[] = {"added", "removed", "moved",
        "renumbered", "retitled", "changed", "changed"};
    unsigned left = 0, n = 0;
    for (unsigned i = 0; i < sizeof HOWS / sizeof *HOWS; i++)
        left += x->how >> i & 1U;
    puts_plain(p, p->markdown ? "**" : "");
    puts_plain(p, x->kind);
    for (unsigned i = 0; i < sizeof HOWS / sizeof *HOWS; i++) {
        if (!(x->how >> i & 1U))
            continue;
        left--;
        puts_plain(p, !n++ ? " " : left ? ", " : " and ");
        puts_plain(p, HOWS[i]);
    }
    puts_plain(p, p->markdown ? "**" : "");
}

/* "Y.4241 Title", or what a text says. */
static void put_name(struct printer *p, const struct change *x)
{
    bool old = !x->new.here;
    struct slice name = old ? x->old_name : x->new_name;
    struct slice title = old ? x->old_title : x->new_title;
    puts_plain(p, name.n || title.n ? ": " : "");
    put(p, name);
    puts_plain(p, name.n && title.n ? " " : "");
    put(p, title);
}

static void put_place(struct printer *p, const char *what, bool old,
    const struct change_place *place)
{
    const struct comparison *c = p->c->all;
    struct slice path =
        review_brief(p->a, old ? &c->old : &c->new, place->section);
    begin(p, 2);
    puts_plain(p, what);
    put(p, path.n ? path : SLICE("the report's own text"));
    if (place->row)
        buf_printf(p->out, ", row %u", (unsigned)place->row);
    put_at(p, old ? &p->c->old : &p->c->new, place->pos);
    end(p, 2);
}

static void put_cells(struct printer *p, const struct change *x)
{
    for (uint32_t i = 0; i < x->ncells; i++) {
        begin(p, 2);
        put(p, x->cells[i].column);
        puts_plain(p, ": ");
        put_diff(p, &x->cells[i].words);
        end(p, 2);
    }
}

static void put_texts(struct printer *p, const struct change *x)
{
    for (uint32_t i = 0; i < x->ntexts; i++) {
        begin(p, 2);
        if (!p->markdown)
            puts_plain(p,
                x->how & HOW_ADDED         ? "+ "
                    : x->how & HOW_REMOVED ? "- "
                                           : "  ");
        put(p, x->texts[i].text);
        end(p, 2);
    }
}

static void put_renamed(
    struct printer *p, const char *what, struct slice old, struct slice new)
{
    if (slice_eq(old, new))
        return;
    begin(p, 2);
    puts_plain(p, what);
    put(p, old.n ? old : SLICE("none"));
    puts_plain(p, " → ");
    put(p, new.n ? new : SLICE("none"));
    end(p, 2);
}

/* Does a change's first line name what it is about? */
static bool names_itself(const struct change *x)
{
    return x->how & (HOW_ADDED | HOW_REMOVED | HOW_MOVED) ||
        x->what == WHAT_ITEM || x->what == WHAT_FACT ||
        x->what == WHAT_SECTION || !x->words.n;
}

static void put_change(struct printer *p, const struct change *x)
{
    bool words = x->words.n, item = x->what == WHAT_ITEM;
    begin(p, 1);
    put_head(p, x);
    if (x->what == WHAT_FACT && words) {
        puts_plain(p, ": ");
        put(p, x->new_name);
    } else if (names_itself(x)) {
        put_name(p, x);
    }
    if (x->new.here)
        put_at(p, &p->c->new, x->new.pos);
    else
        put_at(p, &p->c->old, x->old.pos);
    end(p, 1);
    if (x->how & HOW_MOVED) {
        put_place(p, "from ", true, &x->old);
        put_place(p, "to ", false, &x->new);
    }
    if (x->how & HOW_RENUMBERED)
        put_renamed(p, "number: ", x->old_name, x->new_name);
    if (words) {
        begin(p, 2);
        puts_plain(p, item || x->what == WHAT_SECTION ? "title: " : "");
        put_diff(p, &x->words);
        end(p, 2);
    }
    put_cells(p, x);
    put_texts(p, x);
}

/* Items that left, as far as a line has room for them. */
static void put_left(struct printer *p, const struct change_left *left)
{
    enum { MOST = 3 };
    const struct comparison *c = p->c->all;
    unsigned n = 0, more = 0;
    for (; left; left = left->next) {
        if (n == MOST) {
            more++;
            continue;
        }
        puts_plain(p, n++ ? "; " : " (");
        put(p, left->name);
        puts_plain(p, " moved to ");
        put(p, review_brief(p->a, &c->new, left->section));
    }
    if (more)
        buf_printf(p->out, "; %u more moved", more);
    puts_plain(p, n ? ")" : "");
}

static void put_follows(struct printer *p, const struct change_follow *f)
{
    const struct comparison *c = p->c->all;
    for (; f; f = f->next) {
        begin(p, 2);
        struct slice path = review_brief(p->a, &c->new, f->new_section);
        put(p, path.n ? path : SLICE("the report's own text"));
        put_at(p, &p->c->new, f->new_pos);
        puts_plain(p, ": ");
        put_diff(p, &f->words);
        end(p, 2);
    }
}

static void put_counts(struct printer *p, const struct change_group *g)
{
    if (!g->counted && !g->follows)
        return;
    begin(p, 1);
    if (g->counted) {
        buf_printf(p->out, "rows: %u → %u", (unsigned)g->old_count,
            (unsigned)g->new_count);
        put_left(p, g->left);
    } else {
        puts_plain(
            p, g->kind == GROUP_FACTS ? "printed in" : "numbers that follow");
    }
    end(p, 1);
    put_follows(p, g->follows);
}

static void put_title(struct printer *p, const struct change_group *g)
{
    const struct comparison *c = p->c->all;
    bool old = !g->new.here;
    const struct change_place *place = old ? &g->old : &g->new;
    const struct side *s = old ? &c->old : &c->new;
    struct slice path = review_path(p->a, s, place->section);
    begin(p, 0);
    if (g->kind == GROUP_FACTS)
        puts_plain(p, "Facts of the report");
    else if (g->kind == GROUP_NOTES)
        puts_plain(p, "Footnotes");
    else
        put(p, path.n ? path : SLICE("The report's own text"));
    if (g->kind == GROUP_TABLE) {
        struct slice label = place->table->label;
        struct slice id = place->table_id;
        puts_plain(p, ": ");
        put(p, label.n ? label : SLICE("table"));
        if (id.n)
            puts_plain(p, " ");
        put(p, id);
    }
    end(p, 0);
}

static void print(struct printer *p)
{
    const struct changes *c = p->c;
    const char *first = p->markdown ? "# " : "";
    puts_plain(p, first);
    put(p, slice_of(c->old.name));
    puts_plain(p, " → ");
    put(p, slice_of(c->new.name));
    if (p->markdown)
        buf_printf(
            p->out, "\n\n%u change%s\n", (unsigned)c->n, c->n == 1 ? "" : "s");
    else
        buf_printf(
            p->out, ": %u change%s\n", (unsigned)c->n, c->n == 1 ? "" : "s");
    for (const struct change_group *g = c->first; g; g = g->next) {
        put_title(p, g);
        for (const struct change *x = g->first; x; x = x->next)
            put_change(p, x);
        put_counts(p, g);
    }
}

void review_text(const struct changes *c, struct arena *a, struct buf *out)
{
    struct printer p = {.c = c, .a = a, .out = out};
    if (c->first)
        print(&p);
}

void review_markdown(const struct changes *c, struct arena *a, struct buf *out)
{
    struct printer p = {.c = c, .a = a, .out = out, .markdown = true};
    if (c->first)
        print(&p);
}
