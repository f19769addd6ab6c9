/* Messages printed: sorted, each with its source line and a caret. */
#include "base/diag_int.h"
#include "base/file.h"
#include "base/uni.h"

#include <stdlib.h>
#include <string.h>

/* A text longer than TEXT_MOST characters loses its middle. */
enum { TEXT_MOST = 200, TEXT_HEAD = 150, TEXT_TAIL = 49 };

/* What is shown of a source line left of the caret, and altogether. */
enum { LINE_BEFORE = 60, LINE_MOST = 100 };

static const char RESET[] = "\033[0m", BOLD[] = "\033[1m",
                  GREEN[] = "\033[1;32m";

static const struct {
    const char *word;
    const char *colour;
} LEVELS[] = {
    [DIAG_NOTE] = {"note", "\033[1;36m"},
    [DIAG_WARNING] = {"warning", "\033[1;35m"},
    [DIAG_ERROR] = {"error", "\033[1;31m"},
};

struct printer {
    const struct diags *d;
    const struct diag_print *how;
    FILE *out;
};

static void colour(const struct printer *p, const char *code)
{
    if (p->how->colour)
        fputs(code, p->out);
}

/*
 * May a terminal be trusted with cp? Not with controls, which may be
 * sequences, nor with what reorders or hides the text around it.
 */
static bool is_printable(uint32_t cp)
{
    return utf8_allowed(cp) && cp >= 0x20 && (cp < 0x200b || cp > 0x200f) &&
        (cp < 0x2028 || cp > 0x202e) && (cp < 0x2060 || cp > 0x206f) &&
        cp != 0xfeff && cp != 0x61c && cp < 0xe0000;
}

/* One character at s in a form safe to print: its bytes read, and columns. */
struct glyph {
    size_t bytes;
    unsigned width; /* [columns of a terminal] */
    char text[12];
};

static struct glyph safe_char(const char *s, size_t n)
{
    struct glyph g = {.bytes = 1, .width = 4};
    uint32_t cp;
    size_t len = utf8_decode(s, n, &cp);
    if (!len) {
        snprintf(g.text, sizeof g.text, "\\x%02x", (unsigned char)*s);
        return g;
    }
    g.bytes = len;
    if (is_printable(cp)) {
        memcpy(g.text, s, len);
        g.width = uni_columns(cp);
    } else if (cp == '\n' || cp == '\t' || cp == '\r') {
        snprintf(g.text, sizeof g.text, "\\%c",
            cp == '\n'       ? 'n'
                : cp == '\t' ? 't'
                             : 'r');
        g.width = 2;
    } else {
        int width = snprintf(g.text, sizeof g.text,
            cp < 0x80          ? "\\x%02x"
                : cp < 0x10000 ? "\\u%04x"
                               : "\\U%06x",
            (unsigned)cp);
        g.width = (unsigned)width;
    }
    return g;
}

/* Print s escaped. */
static void put_safe(FILE *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        struct glyph g = safe_char(s + i, n - i);
        fputs(g.text, out);
        i += g.bytes;
    }
}

/* The byte where character number `count` of s starts. */
static size_t skip_chars(const char *s, size_t n, size_t count)
{
    size_t i = 0;
    while (i < n && count--)
        i += safe_char(s + i, n - i).bytes;
    return i;
}

/* Print s escaped, without its middle if it is long. */
static void put_text(FILE *out, const char *s)
{
    size_t n = strlen(s), count = 0;
    for (size_t i = 0; i < n; count++)
        i += safe_char(s + i, n - i).bytes;
    if (count <= TEXT_MOST) {
        put_safe(out, s, n);
        return;
    }
    put_safe(out, s, skip_chars(s, n, TEXT_HEAD));
    fputs("…", out);
    size_t tail = skip_chars(s, n, count - TEXT_TAIL);
    put_safe(out, s + tail, n - tail);
}

static void put_place(const struct printer *p, struct pos at)
{
    colour(p, BOLD);
    if (at.file) {
        uint32_t line, col;
        const struct source *source = files_at(p->d->files, at.file);
        files_locate(p->d->files, at, &line, &col, NULL);
        put_safe(p->out, source->path, strlen(source->path));
        fprintf(p->out, ":%u:%u: ", (unsigned)line, (unsigned)col);
    } else {
        fputs("rapporteur: ", p->out);
    }
    colour(p, RESET);
}

/*
 * The byte to start a long line at, so that its byte `at` is LINE_BEFORE
 * characters in or less.
 */
static size_t line_start(struct slice line, size_t at)
{
    size_t start = at, count = 0;
    while (start > 0 && count < LINE_BEFORE) {
        start--;
        if (((unsigned char)line.s[start] & 0xc0) != 0x80)
            count++;
    }
    return start;
}

/*
 * Print the line with a caret below it: a tab stays one in both lines, so that
 * the caret stands right whatever a tab's width is.
 */
static void put_source(const struct printer *p, struct pos at)
{
    struct slice line;
    uint32_t number, col;
    files_locate(p->d->files, at, &number, &col, &line);
    if (!line.n)
        return;
    size_t caret = col - 1 < line.n ? col - 1 : line.n;
    size_t i = line_start(line, caret);
    struct buf below = buf_new(p->d->a);
    fputs(i ? "    …" : "    ", p->out);
    buf_puts(&below, i ? "     " : "    ");
    unsigned shown = 0;
    while (i < line.n && (i < caret || shown < LINE_MOST)) {
        struct glyph g = safe_char(line.s + i, line.n - i);
        bool tab = line.s[i] == '\t';
        fputs(tab ? "\t" : g.text, p->out);
        for (unsigned k = 0; i < caret && k < (tab ? 1 : g.width); k++)
            buf_putc(&below, tab ? '\t' : ' ');
        i += g.bytes;
        shown += g.width ? g.width : 1;
    }
    fputs(i < line.n ? "…\n" : "\n", p->out);
    fputs(below.s, p->out);
    colour(p, GREEN);
    putc('^', p->out);
    colour(p, RESET);
    putc('\n', p->out);
}

static void put_remark(const struct printer *p, const struct remark *r)
{
    if (r->hint) {
        fputs("  ", p->out);
        colour(p, BOLD);
        fputs("hint:", p->out);
        colour(p, RESET);
        putc(' ', p->out);
    } else {
        put_place(p, r->at);
        colour(p, LEVELS[DIAG_NOTE].colour);
        fputs("note: ", p->out);
        colour(p, RESET);
    }
    put_text(p->out, r->text);
    putc('\n', p->out);
    if (!r->hint && r->at.file)
        put_source(p, r->at);
}

static void put_message(const struct printer *p, const struct message *m)
{
    enum diag_level level = diag_level_of(p->d, m->id);
    put_place(p, m->at);
    colour(p, LEVELS[level].colour);
    fprintf(p->out, "%s: ", LEVELS[level].word);
    colour(p, RESET);
    put_text(p->out, m->text);
    fprintf(p->out, " [%s]\n", diag_name(m->id));
    if (p->how->format == DIAG_SHORT)
        return;
    if (m->path && *m->path) {
        fputs("  in ", p->out);
        put_safe(p->out, m->path, strlen(m->path));
        putc('\n', p->out);
    }
    if (m->at.file)
        put_source(p, m->at);
    for (const struct remark *r = m->remarks; r; r = r->next)
        put_remark(p, r);
}

struct place {
    const struct message *m;
    size_t order; /* in which it was added: the sort is to be stable */
};

static int compare_places(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->m->at.file != b->m->at.file)
        return a->m->at.file < b->m->at.file ? -1 : 1;
    if (a->m->at.off != b->m->at.off)
        return a->m->at.off < b->m->at.off ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static bool is_shown(const struct printer *p, enum diag_id id)
{
    return !p->d->off[id] &&
        (!p->how->quiet || diag_level_of(p->d, id) == DIAG_ERROR);
}

void diag_print(const struct diags *d, const struct diag_print *how, FILE *out)
{
    struct printer p = {d, how, out};
    struct place *places = ARENA_ARRAY(d->a, d->kept + 1, struct place);
    size_t n = 0;
    for (const struct message *m = d->first; m; m = m->next) {
        if (is_shown(&p, m->id)) {
            places[n] = (struct place){m, n};
            n++;
        }
    }
    qsort(places, n, sizeof *places, compare_places);
    size_t most = how->most && how->most < n ? how->most : n;
    for (size_t i = 0; i < most; i++)
        put_message(&p, places[i].m);
    size_t left = n - most;
    for (unsigned id = 0; id < D_COUNT; id++)
        if (is_shown(&p, (enum diag_id)id))
            left += d->dropped[id];
    if (left)
        fprintf(out, "rapporteur: note: %zu more message%s not shown\n", left,
            left == 1 ? "" : "s");
}
