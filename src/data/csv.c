/* CSV and TSV files, row by row. Only home of <csv.h>. */
#include "data/csv_int.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* One file being read. */
struct csv {
    const struct load *l;
    const struct csv_sink *sink;
    const struct csv_form *form;
    struct csv_parser *parser;
    uint32_t file;
    struct slice text; /* of the file, without its byte order mark */
    uint32_t base; /* [bytes] before text in the file */
    uint32_t row_at; /* where the row being read begins, in text */
    uint32_t header_at; /* … and the first one */
    struct slice *names; /* of the first row */
    size_t names_cap;
    uint32_t nnames;
    uint32_t fields; /* of the row so far */
    char separator;
    bool header; /* the first row is being read */
    bool filled; /* a field of the row is not empty */
    bool stop; /* a limit was reached, or no row is wanted */
};

static struct pos csv_pos(const struct csv *c, size_t off)
{
    return (struct pos){c->file, c->base + (uint32_t)off};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void on_field(void *field, size_t n, void *data)
{
    struct csv *c = data;
    uint32_t at = c->fields++;
    if (c->stop)
        return;
    c->filled = c->filled || n > 0;
    if (!c->header) {
        if (at < c->nnames)
            c->sink->field(c->sink->to, at, field, n, csv_pos(c, c->row_at));
        return;
    }
    c->names = arena_grow(c->l->a, c->names, &c->names_cap,
        (size_t)c->nnames + 1, sizeof *c->names);
    const char *name = arena_strndup(c->l->a, field, n);
    c->names[c->nnames++] = (struct slice){name, n};
}

static int compare_names(const void *a, const void *b)
{
    const struct slice *x = *(const struct slice *const *)a;
    const struct slice *y = *(const struct slice *const *)b;
    int order = slice_compare(*x, *y);
    return order ? order : (x > y) - (x < y);
}

/* A name that stands twice, or NULL. */
static const struct slice *doubled_name(const struct csv *c)
{
    const struct slice **order =
        ARENA_ARRAY(c->l->a, c->nnames, const struct slice *);
    for (uint32_t i = 0; i < c->nnames; i++)
        order[i] = &c->names[i];
    qsort(order, c->nnames, sizeof *order, compare_names);
    for (uint32_t i = 1; i < c->nnames; i++) {
        if (slice_eq(*order[i - 1], *order[i]))
            return order[i];
    }
    return NULL;
}

/* The first row must name the keys; false if it was reported. */
static bool check_header(struct csv *c)
{
    struct diags *d = c->l->d;
    struct pos at = csv_pos(c, c->header_at);
    for (uint32_t i = 0; i < c->nnames; i++) {
        struct slice name = c->names[i];
        if (!name.n) {
            diag(d, D_ROW_HEADER, at, "column %u of %u has no name", i + 1,
                c->nnames);
            diag_hint(d, "the first line names the key of each column");
            return false;
        }
        if (is_blank(name.s[0]) || is_blank(name.s[name.n - 1])) {
            diag(d, D_ROW_HEADER, at,
                "a blank stands before or after the name %s",
                diag_quote(d, name));
            diag_hint(d, "blanks count in data files: leave them out");
            return false;
        }
    }
    const struct slice *twice = doubled_name(c);
    if (twice) {
        diag(d, D_ROW_HEADER, at, "the name %s stands twice",
            diag_quote(d, *twice));
        return false;
    }
    return true;
}

static bool names_wanted(const struct csv *c)
{
    for (uint32_t i = 0; i < c->nnames; i++) {
        if (c->sink->wants(c->sink->to, c->names[i]))
            return true;
    }
    return false;
}

/* A character between cells, as messages name it. */
static const char *separator_name(char c)
{
    return c == ',' ? "commas" : c == '\t' ? "tabs" : c == ';' ? "';'" : "'|'";
}

/*
 * Spreadsheets divide cells by what their language suggests: then no name is
 * one that is looked for, and one holds the character. False if that was
 * reported.
 */
static bool check_separator(struct csv *c)
{
    const char *others = c->separator == ',' ? ";\t"
        : c->separator == ';'                ? ",\t"
                                             : ";,";
    const char *s = c->text.s + c->header_at;
    size_t at = strcspn(s, others), end = strcspn(s, "\r\n");
    char other = at < end ? s[at] : '\0';
    if (!other || names_wanted(c))
        return true;
    struct diags *d = c->l->d;
    diag(d, D_ROW_HEADER, csv_pos(c, c->header_at),
        "cells are divided by %s here, this file seems to use %s",
        separator_name(c->separator), separator_name(other));
    if (c->form->separator)
        diag_hint(d, "change 'separator', or leave it out");
    else if (other == ';')
        diag_hint(d, "%s", c->form->hint);
    else
        diag_hint(d, "give it a name that ends in %s",
            other == ',' ? ".csv" : ".tsv");
    return false;
}

static void end_header(struct csv *c)
{
    c->header = false;
    c->stop = !check_separator(c) || !check_header(c) ||
        !c->sink->header(
            c->sink->to, c->names, c->nnames, csv_pos(c, c->header_at));
}

static void end_row(struct csv *c)
{
    if (c->fields != c->nnames) {
        struct diags *d = c->l->d;
        struct pos at = csv_pos(c, c->row_at);
        struct pos first = csv_pos(c, c->header_at);
        uint32_t line, col;
        struct slice whole;
        files_locate(c->l->files, at, &line, &col, &whole);
        diag(d, D_ROW_RAGGED, at, "the row in line %u has %u cell%s, not %u",
            line, c->fields, c->fields == 1 ? "" : "s", c->nnames);
        diag_also(d, first, "the first line names %u", c->nnames);
        if (c->fields > c->nnames)
            diag_hint(d, "a cell with a separator in it stands in quotes");
        return;
    }
    if (!c->filled && c->nnames > 1) {
        struct diags *d = c->l->d;
        diag(d, D_ROW_EMPTY, csv_pos(c, c->row_at), "a row with nothing in it");
        diag_hint(d, "delete the line");
        return;
    }
    if (!c->sink->row(c->sink->to, csv_pos(c, c->row_at)))
        c->stop = true;
}

static void on_row(int end, void *data)
{
    (void)end;
    struct csv *c = data;
    if (!c->stop) {
        if (c->header)
            end_header(c);
        else
            end_row(c);
    }
    c->fields = 0;
    c->filled = false;
}

/* Blanks of a field are its own: libcsv is to strip none. */
static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void free_parser(void *parser)
{
    csv_free(parser);
}

static void open_parser(struct csv *c)
{
    c->parser = ARENA_NEW(c->l->a, struct csv_parser);
    csv_init(c->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(c->parser, (unsigned char)c->separator);
    csv_set_space_func(c->parser, no_space);
    csv_set_blk_size(c->parser, 16 << 10);
    arena_on_free(c->l->a, free_parser, c->parser);
}

/* What libcsv stopped at, at `off`; the row began before. */
static void tell_quote(struct csv *c, size_t off, bool end)
{
    if (csv_error(c->parser) != CSV_EPARSE)
        arena_exhausted(c->l->a);
    struct diags *d = c->l->d;
    struct pos row = csv_pos(c, c->row_at);
    if (end) {
        diag(d, D_CSV_QUOTE, row,
            "a quote that opens in this row is not closed");
    } else {
        bool inside = c->text.s[off] == '"';
        diag(d, D_CSV_QUOTE, csv_pos(c, off),
            inside ? "a quote inside a cell that is not in quotes"
                   : "text after the quote that closes a cell");
        diag_also(d, row, "the row begins here");
    }
    diag_hint(d, "a cell with quotes stands in quotes, each inner one doubled");
}

/*
 * Feed the file line by line: the parser is between two rows if no field was
 * seen and none is open, and then the next line begins a row.
 */
static void parse_lines(struct csv *c)
{
    const char *s = c->text.s;
    size_t at = 0;
    while (at < c->text.n && !c->stop) {
        const char *nl = memchr(s + at, '\n', c->text.n - at);
        size_t n = nl ? (size_t)(nl - s) + 1 - at : c->text.n - at;
        if (!c->fields && !c->parser->pstate) {
            c->row_at = (uint32_t)at;
            if (c->header)
                c->header_at = c->row_at;
        }
        size_t done = csv_parse(c->parser, s + at, n, on_field, on_row, c);
        if (done < n) {
            tell_quote(c, at + done, false);
            c->stop = true;
        }
        at += n;
    }
    if (!c->stop && csv_fini(c->parser, on_field, on_row, c) != 0) {
        tell_quote(c, 0, true);
        c->stop = true;
    }
}

/* Report bytes that no text may have; false if there are some. */
static bool check_bytes(struct csv *c)
{
    const struct load *l = c->l;
    const struct source *source = files_at(l->files, c->file);
    const char *s = c->text.s;
    bool sound = true;
    for (size_t i = 0; i < c->text.n;) {
        unsigned char byte = (unsigned char)s[i];
        if ((byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t') {
            i++;
            continue;
        }
        if (byte == '\r') {
            if (i + 1 < c->text.n && s[i + 1] == '\n') {
                i += 2;
                continue;
            }
            load_report_character(l, csv_pos(c, i), byte);
            diag_hint(l->d, "if lines end so, save it with other line ends");
            return false;
        }
        uint32_t cp;
        size_t n = utf8_decode(s + i, c->text.n - i, &cp);
        if (!n || (i < 4 && load_is_other(source))) {
            load_report_bytes(l, csv_pos(c, i));
            return false;
        }
        if (!utf8_allowed(cp)) {
            load_report_character(l, csv_pos(c, i), cp);
            sound = false;
        }
        i += n;
    }
    return sound;
}

char csv_separator(const struct csv_form *form, const char *path)
{
    if (form->separator)
        return form->separator;
    return slice_ends(slice_of(path), ".tsv") ? '\t' : ',';
}

uint32_t csv_lines(const struct source *file)
{
    uint32_t lines = 1;
    const char *s = file->s, *end = s + file->n;
    while (s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
        lines++;
        s++;
    }
    return lines;
}

bool csv_check_cell(
    const struct load *l, struct slice name, size_t n, struct pos row)
{
    int64_t most = l->limits->cell;
    if ((int64_t)n <= most)
        return true;
    diag(l->d, D_LIMIT_CELL, row, "the cell %s has %zu bytes, more than %lld",
        diag_quote(l->d, name), n, (long long)most);
    diag_hint(l->d, "--limit cell=N raises this limit");
    return false;
}

struct pos csv_field_pos(
    const struct files *files, struct pos row, uint32_t i, char separator)
{
    const struct source *file = files_at(files, row.file);
    size_t at = row.off;
    bool quoted = false;
    for (; i && at < file->n; at++) {
        char c = file->s[at];
        if (c == '"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            i--;
        else if (c == '\n' && !quoted)
            return row;
    }
    if (at < file->n && file->s[at] == '"')
        at++;
    return (struct pos){row.file, (uint32_t)at};
}

bool csv_read(const struct load *l, uint32_t number,
    const struct csv_form *form, const struct csv_sink *sink)
{
    const struct source *source = files_at(l->files, number);
    struct csv c = {
        .l = l, .sink = sink, .form = form, .file = number, .header = true};
    c.text = (struct slice){source->s, source->n};
    if (c.text.n >= 3 && memcmp(c.text.s, "\xef\xbb\xbf", 3) == 0)
        c.base = 3;
    c.text.s += c.base;
    c.text.n -= c.base;
    if (!check_bytes(&c))
        return false;
    c.separator = csv_separator(form, source->path);
    open_parser(&c);
    parse_lines(&c);
    csv_free(c.parser);
    if (c.header && !c.stop) {
        diag(l->d, D_ROW_HEADER, csv_pos(&c, 0), "the file is empty");
        diag_hint(l->d, "its first line names the key of each column");
        return false;
    }
    return !c.stop;
}
