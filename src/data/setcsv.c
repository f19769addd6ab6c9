/* Data sets from CSV and TSV files. */
#include "data/csv_int.h"
#include "data/setload_int.h"

#include <string.h>

/* The row being read: its fields one after another. */
struct csv_row {
    struct set_loading *ld;
    char *bytes;
    size_t n, cap;
    size_t *ends; /* of each field, in bytes */
    uint32_t fields;
};

/* Do the names have one that the report speaks of? */
static bool wants(void *to, struct slice name)
{
    const struct csv_row *row = to;
    const struct dataset *def = row->ld->set->def;
    const char *sql = set_sql_name(row->ld->scratch.a, name);
    bool found = slice_is(def->key, sql);
    for (uint32_t i = 0; i < def->ntypes; i++)
        found = found || slice_is(def->types[i].name, sql);
    for (uint32_t i = 0; i < def->ncolumns; i++)
        found = found || slice_eq(def->columns[i].source, name);
    return found;
}

static bool on_header(
    void *to, const struct slice *names, uint32_t n, struct pos at)
{
    struct csv_row *row = to;
    struct set_loading *ld = row->ld;
    struct set_found *found = ARENA_ARRAY(ld->scratch.a, n, struct set_found);
    for (uint32_t i = 0; i < n; i++)
        found[i] = (struct set_found){names[i],
            csv_field_pos(ld->s->l->files, at, i, ld->set->separator)};
    row->ends = ARENA_ARRAY(ld->scratch.a, n, size_t);
    set_room(ld, csv_lines(files_at(ld->s->l->files, ld->file)));
    return set_columns(ld, found, n);
}

/* A line break is one character, whatever the file's line ends are. */
static size_t mend_breaks(char *s, size_t n)
{
    if (!memchr(s, '\r', n))
        return n;
    size_t to = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '\r')
            s[to++] = s[i];
    }
    return to;
}

static void on_field(void *to, uint32_t i, char *s, size_t n, struct pos at)
{
    struct csv_row *row = to;
    (void)at;
    if (i == 0)
        row->n = row->fields = 0;
    n = mend_breaks(s, n);
    row->bytes =
        arena_grow(row->ld->scratch.a, row->bytes, &row->cap, row->n + n, 1);
    if (n)
        memcpy(row->bytes + row->n, s, n);
    row->n += n;
    row->ends[row->fields++] = row->n;
}

static bool on_row(void *to, struct pos at)
{
    struct csv_row *row = to;
    struct set_loading *ld = row->ld;
    size_t from = 0;
    for (uint32_t i = 0; i < row->fields; i++) {
        struct slice text = {row->bytes + from, row->ends[i] - from};
        from = row->ends[i];
        if (!set_put(ld, i, text))
            set_refuse(ld, i, text,
                csv_field_pos(ld->s->l->files, at, i, ld->set->separator));
    }
    return set_row(ld, at);
}

void set_read_csv(struct set_loading *ld)
{
    static const char CHARACTERS[] = {[SEPARATOR_COMMA] = ',',
        [SEPARATOR_SEMICOLON] = ';',
        [SEPARATOR_TAB] = '\t',
        [SEPARATOR_BAR] = '|'};
    const struct dataset *def = ld->set->def;
    struct csv_row row = {.ld = ld};
    struct csv_sink sink = {&row, wants, on_header, on_field, on_row};
    struct csv_form form = {.hint = "write separator: ';' beside 'file'"};
    if (def->separator_given)
        form.separator = CHARACTERS[def->separator];
    ld->set->separator =
        csv_separator(&form, files_at(ld->s->l->files, ld->file)->path);
    unsigned before = diag_errors(ld->s->l->d);
    csv_read(ld->s->l, ld->file, &form, &sink);
    if (diag_errors(ld->s->l->d) != before)
        ld->set->partial = true;
}
