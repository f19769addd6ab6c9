/* From a byte of a scalar's text back to its place in the file. */
#include "load/load.h"

#include <string.h>

/* A source and a value that are walked together. */
struct walk {
    const char *s; /* the file */
    size_t p; /* offset in it */
    size_t end; /* of the scalar in it */
    size_t i; /* offset in the value */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* The offset after the line break at p. */
static size_t after_break(const char *s, size_t p)
{
    return p + (s[p] == '\r' && s[p + 1] == '\n' ? 2 : 1);
}

/* The offset of the end of the line that p stands in. */
static size_t line_end(const char *s, size_t p, size_t end)
{
    while (p < end && !is_break(s[p]))
        p++;
    return p;
}

/* Skip blanks and line breaks; returns the number of breaks. */
static size_t skip_breaks(const struct walk *w, size_t *p)
{
    size_t breaks = 0;
    while (*p < w->end) {
        if (is_blank(w->s[*p])) {
            (*p)++;
        } else if (is_break(w->s[*p])) {
            *p = after_break(w->s, *p);
            breaks++;
        } else {
            break;
        }
    }
    return breaks;
}

/* How long the code point that an escape stands for is in UTF-8. */
static size_t escaped_length(const char *digits, size_t n)
{
    uint32_t cp = 0;
    for (size_t i = 0; i < n; i++) {
        char c = digits[i];
        uint32_t digit = (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        cp = cp << 4 | digit;
    }
    char out[4];
    return utf8_encode(cp, out);
}

/*
 * The escape at w->p of a double-quoted text: *source is its length, and the
 * result that of what it stands for.
 */
static size_t escape(const struct walk *w, size_t *source)
{
    char c = w->s[w->p + 1];
    size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    *source = 2 + digits;
    if (digits)
        return escaped_length(w->s + w->p + 2, digits);
    if (c == 'N' || c == '_')
        return 2;
    return c == 'L' || c == 'P' ? 3 : 1;
}

/* An escaped line break, which may stand for nothing in the value. */
static bool is_joint(const struct walk *w, int style)
{
    return style == NODE_QUOTED2 && w->s[w->p] == '\\' &&
        is_break(w->s[w->p + 1]);
}

/*
 * One step through a plain or quoted text: a line break with its blanks is a
 * space, or as many line breaks as there are empty lines; false if the step
 * would go beyond byte `off` of the value.
 */
static bool step_flow(struct walk *w, int style, size_t off)
{
    size_t source = 1, value = 1;
    char c = w->s[w->p];
    if (is_blank(c) || is_break(c)) {
        size_t next = w->p;
        size_t breaks = skip_breaks(w, &next);
        source = next - w->p;
        value = breaks > 1 ? breaks - 1 : 1;
        if (!breaks)
            value = source = source < off - w->i ? source : off - w->i;
    } else if (style == NODE_QUOTED1 && c == '\'') {
        source = 2;
    } else if (style == NODE_QUOTED2 && c == '\\') {
        if (is_joint(w, style)) {
            size_t next = w->p + 1;
            value = skip_breaks(w, &next) - 1;
            source = next - w->p;
        } else {
            value = escape(w, &source);
        }
    }
    if (w->i + value > off)
        return false;
    w->i += value;
    w->p += source;
    return true;
}

/* The first line of a block's text, after its header. */
static size_t first_line(const struct walk *w, size_t p)
{
    p = line_end(w->s, p, w->end);
    return p < w->end ? after_break(w->s, p) : p;
}

static size_t locate_flow(struct walk *w, const struct node *scalar, size_t off)
{
    while (w->p < w->end && (w->i < off || is_joint(w, scalar->style)) &&
        step_flow(w, scalar->style, off))
        continue;
    return w->p;
}

/* Measure the line of a literal text. */
static void measure_line(
    const struct walk *w, struct slice text, struct load_cursor *c)
{
    const char *line = text.s + w->i;
    const char *newline = memchr(line, '\n', text.n - w->i);
    c->n = newline ? (size_t)(newline - line) : text.n - w->i;
    c->end = line_end(w->s, w->p, w->end);
}

/*
 * A literal text has the file's lines without their indentation: what a line
 * is longer than its value is the indentation.
 */
static size_t locate_literal(
    struct walk *w, struct load_cursor *c, struct slice text, size_t off)
{
    if (!c->end)
        measure_line(w, text, c);
    while (w->i + c->n < off && c->end < w->end) {
        w->i += c->n + 1;
        w->p = after_break(w->s, c->end);
        measure_line(w, text, c);
    }
    if (w->i + c->n < off || c->end - w->p < c->n)
        return c->end;
    return c->end - c->n + (off - w->i);
}

static size_t count_leading(const char *s, size_t n, char c)
{
    size_t i = 0;
    while (i < n && s[i] == c)
        i++;
    return i;
}

/* The indentation of a folded text, from its first line that is not empty. */
static size_t folded_indent(const struct walk *w, struct slice text)
{
    size_t p = w->p, start = p;
    while (p < w->end && (w->s[p] == ' ' || is_break(w->s[p]))) {
        if (is_break(w->s[p]))
            start = p + 1;
        p++;
    }
    size_t more = count_leading(text.s + w->i, text.n - w->i, ' ');
    return p - start > more ? p - start - more : 0;
}

/* Lines of a folded text are joined by one space or kept apart by breaks. */
static size_t locate_folded(
    struct walk *w, struct load_cursor *c, struct slice text, size_t off)
{
    while (w->p < w->end) {
        if (!c->end)
            c->end = line_end(w->s, w->p, w->end);
        size_t n = c->end - w->p;
        if (n > c->indent) {
            n -= c->indent;
            if (off < w->i)
                break;
            if (off <= w->i + n)
                return w->p + c->indent + (off - w->i);
            w->i += n;
            c->last = c->end;
            size_t breaks = w->i < text.n
                ? count_leading(text.s + w->i, text.n - w->i, '\n')
                : 0;
            w->i += breaks ? breaks : 1;
        }
        w->p = c->end < w->end ? after_break(w->s, c->end) : c->end;
        c->end = 0;
    }
    return c->last;
}

/* The start of a scalar's text, in the file and in its value. */
static void start_walk(
    struct walk *w, struct load_cursor *c, const struct node *scalar)
{
    *c = (struct load_cursor){.scalar = scalar};
    w->i = 0;
    w->p = scalar->pos.off;
    if (scalar->style == NODE_QUOTED1 || scalar->style == NODE_QUOTED2)
        w->p++;
    if (scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED)
        w->p = first_line(w, w->p);
    if (scalar->style == NODE_FOLDED) {
        w->i = count_leading(scalar->s.s, scalar->s.n, '\n');
        c->indent = folded_indent(w, scalar->s);
        c->last = w->p;
    }
}

struct pos load_locate_from(const struct files *files, struct load_cursor *c,
    const struct node *scalar, size_t off)
{
    struct walk w = {.s = files_at(files, scalar->pos.file)->s,
        .p = c->p,
        .end = scalar->end,
        .i = c->i};
    if (off > scalar->s.n)
        off = scalar->s.n;
    if (c->scalar != scalar || off < c->off)
        start_walk(&w, c, scalar);
    size_t found = scalar->style == NODE_LITERAL
        ? locate_literal(&w, c, scalar->s, off)
        : scalar->style == NODE_FOLDED ? locate_folded(&w, c, scalar->s, off)
                                       : locate_flow(&w, scalar, off);
    c->off = off;
    c->p = w.p;
    c->i = w.i;
    return (struct pos){scalar->pos.file, (uint32_t)found};
}

struct pos load_locate(
    const struct files *files, const struct node *scalar, size_t off)
{
    struct load_cursor c = {0};
    return load_locate_from(files, &c, scalar, off);
}
