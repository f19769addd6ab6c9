/* update: an entry as YAML, added to a file that keeps all it has. */
#include "model/update.h"
#include "verbs/update_int.h"

#include <string.h>

bool entry_allows(struct slice s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = utf8_decode(s.s + i, s.n - i, &cp);
        if (!n || !utf8_allowed(cp) || cp < 0x20)
            return false;
        i += n;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Would some YAML readers take it for something that is no text? */
static bool reads_otherwise(struct slice s)
{
    static const char *const WORDS[] = {
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"};
    char c = s.n ? s.s[0] : '~';
    if (c == '~' || is_digit(c) || strchr(".+-", c) != NULL)
        return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t k = 0;
        while (k < s.n && WORDS[i][k] && (s.s[k] | 0x20) == WORDS[i][k])
            k++;
        if (k == s.n && !WORDS[i][k])
            return true;
    }
    return false;
}

/* Has it only what means nothing to YAML, wherever it stands? */
static bool is_plain(struct slice s)
{
    if (!s.n || s.s[0] == ' ' || s.s[s.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !is_digit(c) && !(c & 0x80) && !strchr(" ._/()+-", c))
            return false;
    }
    return true;
}

/* Digits, with the marks of numbers and dates. */
static bool is_figure(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.s[i]) && !(i && s.s[i] == '-') && s.s[i] != '.' &&
            !(!i && s.s[i] == '-' && s.n > 1))
            return false;
    }
    return s.n > 0;
}

/* The quotes that leave a text as it is, if some do. */
static char quote_for(struct slice s)
{
    bool escapes = false, single = true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        escapes = escapes || c == '"' || c == '\\';
        single = single && c != '\'' && c != '\n' && c != '\t';
    }
    return escapes && single ? '\'' : '"';
}

const char *entry_scalar(struct arena *a, struct slice s, bool typed)
{
    struct buf b = buf_new(a);
    if (is_plain(s) &&
        (typed ? is_figure(s) || !reads_otherwise(s) : !reads_otherwise(s))) {
        buf_put(&b, s.s, s.n);
        return b.s;
    }
    char quote = quote_for(s);
    buf_putc(&b, quote);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (quote == '"' && (c == '"' || c == '\\'))
            buf_putc(&b, '\\');
        /* What a column has before may be of several lines. */
        if (c == '\n' || c == '\t')
            buf_puts(&b, c == '\n' ? "\\n" : "\\t");
        else
            buf_putc(&b, c);
    }
    buf_putc(&b, quote);
    return b.s;
}

/* What an entry is written by. */
struct writer {
    struct buf *out;
    const struct entry_form *form;
    size_t pad; /* [columns] before the keys of the entry */
};

/* Begin a line, `depth` steps in from the entry's keys. */
static void put_start(const struct writer *w, size_t depth)
{
    for (size_t i = w->pad + depth * w->form->step; i > 0; i--)
        buf_putc(w->out, ' ');
}

/* A whole line "key: value"; value NULL: what follows is its value. */
static void put_line(
    const struct writer *w, size_t depth, const char *key, const char *value)
{
    put_start(w, depth);
    buf_printf(w->out, "%s:%s%s%s", key, value ? " " : "", value ? value : "",
        w->form->eol);
}

static void put_changes(const struct writer *w, const struct row_change *c)
{
    enum { WIDE = 80 };
    struct arena *a = w->out->a;
    put_line(w, 0, "set", NULL);
    put_line(w, 1, entry_scalar(a, c->key, false), NULL);
    for (size_t i = 0; i < c->n; i++) {
        const struct change_value *v = &c->values[i];
        const char *column = entry_scalar(a, v->column, false);
        const char *to = entry_scalar(a, v->to, v->typed);
        if (!v->has_from) {
            put_line(w, 2, column, to);
            continue;
        }
        const char *from = entry_scalar(a, v->from, v->typed);
        const char *both = arena_printf(a, "{from: %s, to: %s}", from, to);
        size_t start = w->pad + 2 * w->form->step;
        if (start + strlen(column) + 2 + strlen(both) <= WIDE) {
            put_line(w, 2, column, both);
            continue;
        }
        put_line(w, 2, column, NULL);
        put_line(w, 3, "from", from);
        put_line(w, 3, "to", to);
    }
}

static void put_addition(const struct writer *w, const struct row_change *c)
{
    struct arena *a = w->out->a;
    put_line(w, 0, "add", NULL);
    for (size_t i = 0; i < c->n; i++) {
        const struct change_value *v = &c->values[i];
        put_start(w, 1);
        buf_printf(w->out, "%s%s: %s%s", i ? "  " : "- ",
            entry_scalar(a, v->column, false), entry_scalar(a, v->to, v->typed),
            w->form->eol);
    }
}

void entry_put(
    struct buf *out, const struct row_change *c, const struct entry_form *form)
{
    struct arena *a = out->a;
    struct writer w = {out, form, form->indent + form->gap};
    for (size_t i = 0; i < form->indent; i++)
        buf_putc(out, ' ');
    buf_putc(out, '-');
    for (size_t i = 1; i < form->gap; i++)
        buf_putc(out, ' ');
    buf_printf(out, "date: %s%s", entry_scalar(a, c->date, true), form->eol);
    put_line(&w, 0, "source", entry_scalar(a, c->source, false));
    put_line(&w, 0, "dataset", entry_scalar(a, c->dataset, false));
    if (c->what == RAP_CHANGE_SET)
        put_changes(&w, c);
    else if (c->what == RAP_CHANGE_ADD)
        put_addition(&w, c);
    else
        put_line(&w, 0, "remove",
            arena_printf(a, "[%s]", entry_scalar(a, c->key, false)));
}

/* A text parsed apart from the report: NULL if it has errors. */
static struct node *parse(struct arena *a, const struct limits *limits,
    struct slice text, struct load *l)
{
    struct files *files = files_new(a);
    *l = (struct load){
        .a = a, .d = diags_new(a, files), .files = files, .limits = limits};
    uint32_t number = files_add_text(files, "<update>", text);
    struct node *root = load_text(l, number);
    return diag_errors(l->d) ? NULL : root;
}

/* [columns] before a place: of bytes, which is what blanks are. */
static size_t column_of(struct slice text, size_t off)
{
    size_t start = off;
    while (start && text.s[start - 1] != '\n')
        start--;
    if (!start && text.n >= 3 && memcmp(text.s, "\xef\xbb\xbf", 3) == 0)
        start = 3;
    return off - start;
}

/* Does an empty line stand before the last entry, or before its comments? */
static bool has_blank(struct slice text, const struct node *item)
{
    size_t end = item->pos.off; /* of the line above */
    for (;;) {
        while (end && text.s[end - 1] != '\n')
            end--;
        if (!end)
            return false;
        size_t start = --end;
        while (start && text.s[start - 1] != '\n')
            start--;
        while (start < end && strchr(" \t\r", text.s[start]))
            start++;
        if (start == end)
            return true;
        if (text.s[start] != '#')
            return false;
    }
}

/* How far what is within an entry stands in, by `set` or `add`; 0: unknown. */
static size_t step_in(struct slice text, const struct node *item)
{
    enum { STEP_MOST = 8 };
    static const char *const NAMES[] = {"set", "add"};
    for (size_t i = 0; i < 2; i++) {
        const struct node *in = load_find(item, NAMES[i]);
        if (!in || in->style != NODE_BLOCK)
            continue;
        size_t own = column_of(text, item->pos.off);
        size_t inner = column_of(text, in->pos.off);
        if (inner > own && inner - own <= STEP_MOST)
            return inner - own;
    }
    return 0;
}

/* By the last entry that shows it. */
static size_t step_of(struct slice text, const struct node *root)
{
    for (uint32_t i = root->count; i-- > 0;) {
        size_t step = step_in(text, root->items[i]);
        if (step)
            return step;
    }
    return 2;
}

/* See how a file writes its entries; NULL, or why it cannot be added to. */
static const char *form_of(
    struct slice text, const struct node *root, struct entry_form *form)
{
    enum { GAP_MOST = 8 };
    if (root->kind == NODE_MAP)
        return "make it a list: begin its first line with '- ' and indent the "
               "others by two blanks";
    if (root->kind != NODE_LIST || root->style != NODE_BLOCK || !root->count)
        return "write its list with a '- ' before each entry";
    const struct node *last = root->items[root->count - 1];
    form->indent = column_of(text, root->pos.off);
    size_t column = column_of(text, last->pos.off);
    form->gap = column > form->indent ? column - form->indent : 0;
    if (form->gap < 2 || form->gap > GAP_MOST)
        form->gap = 2;
    form->step = step_of(text, root);
    form->blank = root->count > 1 && has_blank(text, last);
    const char *newline = memchr(text.s, '\n', text.n);
    form->eol =
        newline && newline > text.s && newline[-1] == '\r' ? "\r\n" : "\n";
    return NULL;
}

/* Two YAML values: the same content, whatever they look like? */
static bool same_node(const struct node *x, const struct node *y)
{
    if (x->kind != y->kind || x->count != y->count ||
        (x->kind == NODE_SCALAR && !slice_eq(x->s, y->s)))
        return false;
    for (uint32_t i = 0; i < x->count; i++) {
        if (x->kind == NODE_MAP && !slice_eq(x->keys[i]->s, y->keys[i]->s))
            return false;
        if (!same_node(x->items[i], y->items[i]))
            return false;
    }
    return true;
}

/* Does the new file say what the old one did, and then the entry? */
static bool is_right(struct arena *a, const struct limits *limits,
    const struct node *old, struct slice text, const struct row_change *c)
{
    static const struct entry_form PLAIN = {.gap = 2, .step = 2, .eol = "\n"};
    struct load l, alone;
    const struct node *now = parse(a, limits, text, &l);
    struct buf entry = buf_new(a);
    entry_put(&entry, c, &PLAIN);
    const struct node *wanted =
        parse(a, limits, (struct slice){entry.s, entry.n}, &alone);
    uint32_t n = old ? old->count : 0;
    if (!now || !wanted || now->kind != NODE_LIST || now->count != n + 1)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (!same_node(old->items[i], now->items[i]))
            return false;
    }
    return same_node(wanted->items[0], now->items[n]);
}

/* Does the text end in an empty line? */
static bool ends_blank(const struct buf *b)
{
    size_t n = b->n;
    if (n && b->s[n - 1] == '\n')
        n--;
    if (n && b->s[n - 1] == '\r')
        n--;
    return !n || b->s[n - 1] == '\n';
}

struct slice entry_append(struct arena *a, const struct limits *limits,
    struct slice text, const struct row_change *c, const char **why)
{
    struct entry_form form = {.gap = 2, .step = 2, .eol = "\n"};
    struct buf b = buf_new(a);
    struct load l;
    struct node *root = NULL;
    if (text.n) {
        root = parse(a, limits, text, &l);
        *why = root ? form_of(text, root, &form)
                    : "its YAML has errors: mend those first";
        if (*why)
            return (struct slice){NULL, 0};
        buf_put(&b, text.s, text.n);
        if (text.s[text.n - 1] != '\n')
            buf_puts(&b, form.eol);
        if (form.blank && !ends_blank(&b))
            buf_puts(&b, form.eol);
    }
    entry_put(&b, c, &form);
    struct slice out = {b.s, b.n};
    if (!is_right(a, limits, root, out, c)) {
        *why = "nothing can be added at its end: move what stands after the "
               "last entry";
        return (struct slice){NULL, 0};
    }
    return out;
}
