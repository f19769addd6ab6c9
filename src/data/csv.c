/* CSV and TSV files to rows. Only home of <csv.h>. */
#include "data/data_int.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* One file being read. */
struct csv {
    struct rows_in *in;
    const struct table *t;
    struct rows *rows;
    struct csv_parser *parser;
    uint32_t file;
    struct slice text; /* of the file, without its byte order mark */
    uint32_t base; /* [bytes] before text in the file */
    uint32_t row_at; /* where the row being read begins, in text */
    uint32_t header_at; /* … and the first one */
    struct slice *names; /* of the first row */
    size_t names_cap;
    uint32_t nnames;
    int32_t *place; /* of each field of a row: the table's column, or -1 */
    uint32_t fields; /* of the row so far */
    uint32_t room; /* rows that fit */
    char separator;
    bool header; /* the first row is being read */
    bool filled; /* a field of the row is not empty */
    bool stop; /* a limit was reached, or no column can be found */
};

static struct pos csv_pos(const struct csv *c, size_t off)
{
    return (struct pos){c->file, c->base + (uint32_t)off};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A copy of a field; short ones stand side by side in blocks. */
static struct slice copy_field(struct rows_in *in, const char *s, size_t n)
{
    enum { BLOCK = 64 << 10 };
    char *out;
    if (n > BLOCK / 8) {
        out = arena_alloc(in->l->a, n);
    } else {
        if (!in->block || n > in->block_left) {
            in->block = arena_alloc(in->l->a, BLOCK);
            in->block_left = BLOCK;
        }
        out = in->block;
        in->block += n;
        in->block_left -= n;
    }
    memcpy(out, s, n);
    return (struct slice){out, n};
}

/* Line breaks and tabs of a plain cell are spaces; returns the new length. */
static size_t join_lines(char *s, size_t n)
{
    size_t to = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\r' && i + 1 < n && s[i + 1] == '\n')
            continue;
        bool blank = s[i] == '\n' || s[i] == '\t';
        s[to++] = blank ? ' ' : s[i];
    }
    return to;
}

static void on_field(void *field, size_t n, void *data)
{
    struct csv *c = data;
    uint32_t at = c->fields++;
    if (c->stop)
        return;
    n = join_lines(field, n);
    c->filled = c->filled || n > 0;
    if (c->header) {
        struct slice name = copy_field(c->in, field, n);
        c->names = arena_grow(c->in->l->a, c->names, &c->names_cap,
            (size_t)c->nnames + 1, sizeof *c->names);
        c->names[c->nnames++] = name;
        return;
    }
    if (at >= c->nnames || c->place[at] < 0)
        return;
    struct cell *cell =
        data_cell(c->rows, c->rows->count, (uint32_t)c->place[at]);
    int64_t most = c->in->l->limits->cell;
    if ((int64_t)n > most) {
        *cell = (struct cell){.s = "", .kind = CELL_PLAIN};
        struct diags *d = c->in->l->d;
        diag(d, D_LIMIT_CELL, csv_pos(c, c->row_at),
            "the cell %s has %zu bytes, more than %lld",
            diag_quote(d, c->names[at]), n, (long long)most);
        diag_hint(d, "--limit cell=N raises this limit");
        return;
    }
    struct slice s = copy_field(c->in, field, n);
    *cell = (struct cell){.s = s.s, .n = (uint32_t)s.n, .kind = CELL_PLAIN};
}

static int compare_names(const void *a, const void *b)
{
    const struct slice *x = *(const struct slice *const *)a;
    const struct slice *y = *(const struct slice *const *)b;
    size_t n = x->n < y->n ? x->n : y->n;
    int order = n ? memcmp(x->s, y->s, n) : 0;
    if (!order)
        order = (x->n > y->n) - (x->n < y->n);
    return order ? order : (x > y) - (x < y);
}

/* A name that stands twice, or NULL. */
static const struct slice *doubled_name(const struct csv *c)
{
    const struct slice **order =
        ARENA_ARRAY(c->in->l->a, c->nnames, const struct slice *);
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
    struct diags *d = c->in->l->d;
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

/* Say what a file without that column has. */
static void hint_names(struct csv *c, struct slice key)
{
    enum { SHOWN = 8 };
    struct arena *a = c->in->l->a;
    const char **names = ARENA_ARRAY(a, (size_t)c->nnames + 1, const char *);
    struct buf list = buf_new(a);
    for (uint32_t i = 0; i < c->nnames; i++) {
        names[i] = arena_strndup(a, c->names[i].s, c->names[i].n);
        if (i < SHOWN)
            buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = str_nearest(key, names);
    if (near)
        diag_hint(c->in->l->d, "did you mean '%s'?", near);
    diag_hint(c->in->l->d, "its first line names %s%s", list.s,
        c->nnames > SHOWN ? ", …" : "");
}

/* Find the table's columns among the names of the file. */
static void place_columns(struct csv *c)
{
    const struct load *l = c->in->l;
    c->place = ARENA_ARRAY(l->a, c->nnames, int32_t);
    for (uint32_t i = 0; i < c->nnames; i++)
        c->place[i] = -1;
    for (uint32_t k = 0; k < c->t->ncolumns; k++) {
        const struct column *column = &c->t->columns[k];
        uint32_t i = 0;
        if (!column->key.n)
            continue; /* which was reported */
        while (i < c->nnames && !slice_eq(c->names[i], column->key))
            i++;
        if (i < c->nnames) {
            c->place[i] = (int32_t)k;
            continue;
        }
        struct node *key = load_find(column->node, "key");
        if (load_diag(l, D_ROW_COLUMN, key ? key : column->node,
                "the rows have no column %s", diag_quote(l->d, column->key))) {
            diag_also(l->d, csv_pos(c, c->header_at), "the columns are named");
            hint_names(c, column->key);
        }
        c->stop = true;
    }
}

static bool names_key(const struct csv *c)
{
    for (uint32_t i = 0; i < c->nnames; i++) {
        for (uint32_t k = 0; k < c->t->ncolumns; k++) {
            if (slice_eq(c->names[i], c->t->columns[k].key))
                return true;
        }
    }
    return false;
}

/*
 * Spreadsheets divide cells by what their language suggests: then no name is a
 * key, and one holds the character. False if that was reported.
 */
static bool check_separator(struct csv *c)
{
    const char *others = c->separator == ',' ? ";\t" : ";,";
    const char *s = c->text.s + c->header_at;
    size_t at = strcspn(s, others), end = strcspn(s, "\r\n");
    char other = at < end ? s[at] : '\0';
    if (!other || names_key(c))
        return true;
    struct diags *d = c->in->l->d;
    diag(d, D_ROW_HEADER, csv_pos(c, c->header_at),
        "cells are divided by %s here, this file seems to use %s",
        c->separator == ',' ? "commas" : "tabs",
        other == ';'       ? "';'"
            : other == ',' ? "commas"
                           : "tabs");
    if (other == ';')
        diag_hint(d, "save it as CSV with commas, or as .tsv with tabs");
    else
        diag_hint(d, "give it a name that ends in %s",
            other == ',' ? ".csv" : ".tsv");
    return false;
}

static void end_header(struct csv *c)
{
    c->header = false;
    if (!check_separator(c) || !check_header(c)) {
        c->stop = true;
        return;
    }
    place_columns(c);
}

/* Is there room for the row that ends now? */
static bool check_limits(struct csv *c)
{
    const struct load *l = c->in->l;
    struct pos at = csv_pos(c, c->row_at);
    if (c->rows->count >= l->limits->rows) {
        diag(l->d, D_LIMIT_ROWS, at, "the table has more than %lld rows",
            (long long)l->limits->rows);
        diag_hint(c->in->l->d, "--limit rows=N raises this limit");
        return false;
    }
    return data_count_cells(c->in, c->rows->ncolumns, at);
}

static void end_row(struct csv *c)
{
    if (c->fields != c->nnames) {
        struct diags *d = c->in->l->d;
        struct pos at = csv_pos(c, c->row_at);
        struct pos first = csv_pos(c, c->header_at);
        uint32_t line, col;
        struct slice whole;
        files_locate(c->in->l->files, at, &line, &col, &whole);
        diag(d, D_ROW_RAGGED, at, "the row in line %u has %u cell%s, not %u",
            line, c->fields, c->fields == 1 ? "" : "s", c->nnames);
        diag_also(d, first, "the first line names %u", c->nnames);
        if (c->fields > c->nnames)
            diag_hint(d, "a cell with a separator in it stands in quotes");
        return;
    }
    if (!c->filled && c->rows->ncolumns > 1) {
        struct diags *d = c->in->l->d;
        diag(d, D_ROW_EMPTY, csv_pos(c, c->row_at), "a row with nothing in it");
        diag_hint(d, "delete the line");
        return;
    }
    if (!check_limits(c)) {
        c->stop = true;
        return;
    }
    c->rows->pos[c->rows->count++] = csv_pos(c, c->row_at);
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
    c->parser = ARENA_NEW(c->in->l->a, struct csv_parser);
    csv_init(c->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(c->parser, (unsigned char)c->separator);
    csv_set_space_func(c->parser, no_space);
    csv_set_blk_size(c->parser, 16 << 10);
    arena_on_free(c->in->l->a, free_parser, c->parser);
}

/* What libcsv stopped at, at `off`; the row began before. */
static void tell_quote(struct csv *c, size_t off, bool end)
{
    if (csv_error(c->parser) != CSV_EPARSE)
        arena_exhausted(c->in->l->a);
    struct diags *d = c->in->l->d;
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
    const struct load *l = c->in->l;
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

/* Room for as many rows as the file can have, or one above the limit. */
static void make_room(struct csv *c)
{
    int64_t lines = 1;
    const char *s = c->text.s, *end = s + c->text.n;
    while (s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
        lines++;
        s++;
    }
    int64_t most = c->in->l->limits->rows + 1;
    c->room = (uint32_t)(lines < most ? lines : most);
    struct arena *a = c->in->l->a;
    struct rows *r = c->rows;
    r->cells = arena_alloc(a, (size_t)c->room * r->ncolumns * sizeof *r->cells);
    r->pos = arena_alloc(a, (size_t)c->room * sizeof *r->pos);
}

static bool ends_with(struct slice s, const char *end)
{
    size_t n = strlen(end);
    if (s.n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.s[s.n - n + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i])
            return false;
    }
    return true;
}

struct rows *data_read_csv(
    struct rows_in *in, const struct table *t, uint32_t number)
{
    const struct source *source = files_at(in->l->files, number);
    struct csv c = {.in = in, .t = t, .file = number, .header = true};
    c.text = (struct slice){source->s, source->n};
    if (c.text.n >= 3 && memcmp(c.text.s, "\xef\xbb\xbf", 3) == 0)
        c.base = 3;
    c.text.s += c.base;
    c.text.n -= c.base;
    c.rows = ARENA_NEW(in->l->a, struct rows);
    c.rows->ncolumns = t->ncolumns;
    if (!check_bytes(&c))
        return c.rows;
    make_room(&c);
    c.separator = ends_with(slice_of(source->path), ".tsv") ? '\t' : ',';
    open_parser(&c);
    parse_lines(&c);
    csv_free(c.parser);
    if (c.header && !c.stop) {
        diag(in->l->d, D_ROW_HEADER, csv_pos(&c, 0), "the file is empty");
        diag_hint(in->l->d, "its first line names the key of each column");
    }
    c.rows->data_count = c.rows->count;
    return c.rows;
}
