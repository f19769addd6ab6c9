/* query: a SELECT over a report's data sets, as they are by its status date. */
#include "base/json.h"
#include "build.h"
#include "data/data.h"

#include <string.h>

/* What is asked for, and where the answer goes. */
struct asking {
    const struct rap_query *query;
    FILE *out;
};

static const struct data_value *value_at(
    const struct data_table *t, uint32_t row, uint32_t column)
{
    return &t->values[(size_t)row * t->ncolumns + column];
}

/* A value on one line. */
static void put_line(struct buf *b, struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool blank = strchr("\n\r\t", s.s[i]) != NULL;
        buf_putc(b, blank ? ' ' : s.s[i]);
    }
}

/* How many columns of a terminal a text takes. */
static uint32_t width_of(struct slice s)
{
    uint32_t width = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = utf8_decode(s.s + i, s.n - i, &cp);
        width += uni_columns(cp);
        i += n ? n : 1;
    }
    return width;
}

/* How a column is set. */
struct measure {
    uint32_t width;
    bool numbers; /* nothing but numbers: they end where it ends */
};

static struct measure measure_column(const struct data_table *t, uint32_t c)
{
    struct measure m = {
        .width = width_of(t->names[c]), .numbers = t->nrows > 0};
    for (uint32_t i = 0; i < t->nrows; i++) {
        const struct data_value *v = value_at(t, i, c);
        uint32_t width = width_of(v->s);
        m.width = width > m.width ? width : m.width;
        m.numbers = m.numbers && v->kind != DATA_TEXT;
    }
    return m;
}

static void put_blanks(struct buf *b, uint32_t n, char c)
{
    while (n--)
        buf_putc(b, c);
}

/* Add a cell and what fills it up; the last one has nothing after it. */
static void put_cell(
    struct buf *b, const struct measure *m, struct slice s, bool last)
{
    uint32_t left = m->width - width_of(s);
    if (m->numbers)
        put_blanks(b, left, ' ');
    put_line(b, s);
    if (!m->numbers && !last)
        put_blanks(b, left, ' ');
    if (!last)
        buf_puts(b, "  ");
}

static void end_line(struct buf *b)
{
    while (b->n && b->s[b->n - 1] == ' ')
        b->n--;
    buf_putc(b, '\n');
}

static void put_text(const struct data_table *t, struct arena *a, struct buf *b)
{
    struct measure *m = ARENA_ARRAY(a, t->ncolumns, struct measure);
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        m[c] = measure_column(t, c);
        put_cell(b, &m[c], t->names[c], c + 1 == t->ncolumns);
    }
    end_line(b);
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        put_blanks(b, m[c].width, '-');
        if (c + 1 < t->ncolumns)
            buf_puts(b, "  ");
    }
    buf_putc(b, '\n');
    for (uint32_t i = 0; i < t->nrows; i++) {
        for (uint32_t c = 0; c < t->ncolumns; c++)
            put_cell(b, &m[c], value_at(t, i, c)->s, c + 1 == t->ncolumns);
        end_line(b);
    }
}

static bool needs_quotes(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr(",\"\n\r", s.s[i]))
            return true;
    }
    return s.n && (s.s[0] == ' ' || s.s[s.n - 1] == ' ');
}

static void put_field(struct buf *b, struct slice s, bool first)
{
    if (!first)
        buf_putc(b, ',');
    if (!needs_quotes(s)) {
        buf_put(b, s.s, s.n);
        return;
    }
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"')
            buf_putc(b, '"');
        buf_putc(b, s.s[i]);
    }
    buf_putc(b, '"');
}

static void put_csv(const struct data_table *t, struct buf *b)
{
    for (uint32_t c = 0; c < t->ncolumns; c++)
        put_field(b, t->names[c], c == 0);
    buf_putc(b, '\n');
    for (uint32_t i = 0; i < t->nrows; i++) {
        for (uint32_t c = 0; c < t->ncolumns; c++)
            put_field(b, value_at(t, i, c)->s, c == 0);
        /* An empty line would be passed over by who reads it. */
        if (t->ncolumns == 1 && !value_at(t, i, 0)->s.n)
            buf_puts(b, "\"\"");
        buf_putc(b, '\n');
    }
}

/* Is it the key of an earlier column, or the name of another one? */
static bool is_taken(
    const struct data_table *t, const char **keys, uint32_t c, const char *key)
{
    for (uint32_t k = 0; k < t->ncolumns; k++) {
        if (k < c ? strcmp(keys[k], key) == 0
                  : k > c && slice_is(t->names[k], key))
            return true;
    }
    return false;
}

/* The keys of an object: a name that several columns have gets a number. */
static const char **json_keys(const struct data_table *t, struct arena *a)
{
    const char **keys = ARENA_ARRAY(a, t->ncolumns, const char *);
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        unsigned same = 1;
        for (uint32_t k = 0; k < c; k++)
            same += slice_eq(t->names[k], t->names[c]);
        const char *name = arena_strndup(a, t->names[c].s, t->names[c].n);
        keys[c] = same > 1 ? arena_printf(a, "%s:%u", name, same) : name;
        while (same > 1 && is_taken(t, keys, c, keys[c]))
            keys[c] = arena_printf(a, "%s:%u", name, ++same);
    }
    return keys;
}

static void put_json(const struct data_table *t, struct arena *a, struct buf *b)
{
    const char **keys = json_keys(t, a);
    struct json *list = json_new_array(a);
    for (uint32_t i = 0; i < t->nrows; i++) {
        struct json *row = json_new_object(a);
        for (uint32_t c = 0; c < t->ncolumns; c++) {
            const struct data_value *v = value_at(t, i, c);
            if (v->kind == DATA_NULL)
                json_add_null(row, keys[c]);
            else if (v->kind == DATA_NUMBER)
                json_add_number(row, keys[c], v->s);
            else
                json_add_str(row, keys[c], v->s);
        }
        json_add(list, NULL, row);
    }
    json_write(list, b);
}

/* Answer when the report is read; nothing is said beside an error. */
static void answer(void *to, const struct load *l, struct report *r)
{
    const struct asking *ask = to;
    const struct data_table *t = data_query(l, r, slice_of(ask->query->sql));
    if (!t || diag_errors(l->d))
        return;
    struct buf text = buf_new(l->a);
    if (ask->query->format == RAP_JSON)
        put_json(t, l->a, &text);
    else if (ask->query->format == RAP_CSV)
        put_csv(t, &text);
    else
        put_text(t, l->a, &text);
    fwrite(text.s, 1, text.n, ask->out);
}

enum rap_status rap_query(
    const struct rap_options *opt, const struct rap_query *query, FILE *out)
{
    struct asking ask = {query, out};
    struct build_use use = {.model = answer, .to = &ask};
    enum rap_status status = build_into(opt, &use);
    if (fflush(out) != 0 || ferror(out)) {
        fputs("rapporteur: cannot write what was found\n",
            opt->log ? opt->log : stderr);
        status = RAP_SYSTEM;
    }
    return status;
}
