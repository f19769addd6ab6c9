/* The rows of a table from a CSV or TSV file. */
#include "data/csv_int.h"
#include "data/data_int.h"

#include <string.h>

/* A table that is being filled from a file. */
struct filling {
    struct rows_in *in;
    const struct table *t;
    struct rows *rows;
    uint32_t file;
    const struct slice *names; /* of the file's columns */
    uint32_t nnames;
    int32_t *place; /* of each field of a row: the table's column, or -1 */
};

struct slice data_copy(struct rows_in *in, const char *s, size_t n)
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

size_t data_join_lines(char *s, size_t n)
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

static void on_field(void *to, uint32_t i, char *s, size_t n, struct pos row)
{
    struct filling *f = to;
    if (f->place[i] < 0)
        return;
    struct cell *cell =
        data_cell(f->rows, f->rows->count, (uint32_t)f->place[i]);
    *cell = (struct cell){.s = "", .kind = CELL_PLAIN};
    n = data_join_lines(s, n);
    if (!csv_check_cell(f->in->l, f->names[i], n, row))
        return;
    struct slice copy = data_copy(f->in, s, n);
    *cell =
        (struct cell){.s = copy.s, .n = (uint32_t)copy.n, .kind = CELL_PLAIN};
}

/* Say what a file without that column has. */
static void hint_names(const struct filling *f, struct slice key)
{
    enum { SHOWN = 8 };
    struct arena *a = f->in->l->a;
    const char **names = ARENA_ARRAY(a, (size_t)f->nnames + 1, const char *);
    struct buf list = buf_new(a);
    for (uint32_t i = 0; i < f->nnames; i++) {
        names[i] = arena_strndup(a, f->names[i].s, f->names[i].n);
        if (i < SHOWN)
            buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = str_nearest(key, names);
    if (near)
        diag_hint(f->in->l->d, "did you mean '%s'?", near);
    diag_hint(f->in->l->d, "its first line names %s%s", list.s,
        f->nnames > SHOWN ? ", …" : "");
}

/* Room for as many rows as the file can have, or one above the limit. */
static void make_room(struct filling *f)
{
    const struct load *l = f->in->l;
    int64_t lines = csv_lines(files_at(l->files, f->file));
    int64_t most = l->limits->rows + 1;
    size_t room = (size_t)(lines < most ? lines : most);
    struct rows *r = f->rows;
    r->cells = arena_alloc(l->a, room * r->ncolumns * sizeof *r->cells);
    r->pos = arena_alloc(l->a, room * sizeof *r->pos);
}

static bool wants(void *to, struct slice name)
{
    const struct filling *f = to;
    for (uint32_t k = 0; k < f->t->ncolumns; k++) {
        if (slice_eq(name, f->t->columns[k].key))
            return true;
    }
    return false;
}

/* Find the table's columns among the names of the file. */
static bool on_header(
    void *to, const struct slice *names, uint32_t n, struct pos at)
{
    struct filling *f = to;
    const struct load *l = f->in->l;
    bool sound = true;
    f->names = names;
    f->nnames = n;
    f->place = ARENA_ARRAY(l->a, n, int32_t);
    for (uint32_t i = 0; i < n; i++)
        f->place[i] = -1;
    for (uint32_t k = 0; k < f->t->ncolumns; k++) {
        const struct column *column = &f->t->columns[k];
        uint32_t i = 0;
        if (!column->key.n)
            continue; /* which was reported */
        while (i < n && !slice_eq(names[i], column->key))
            i++;
        if (i < n) {
            f->place[i] = (int32_t)k;
            continue;
        }
        struct node *key = load_find(column->node, "key");
        if (load_diag(l, D_ROW_COLUMN, key ? key : column->node,
                "the rows have no column %s", diag_quote(l->d, column->key))) {
            diag_also(l->d, at, "the columns are named");
            hint_names(f, column->key);
        }
        sound = false;
    }
    if (sound)
        make_room(f);
    return sound;
}

static bool on_row(void *to, struct pos at)
{
    struct filling *f = to;
    const struct load *l = f->in->l;
    if (f->rows->count >= l->limits->rows) {
        diag(l->d, D_LIMIT_ROWS, at, "the table has more than %lld rows",
            (long long)l->limits->rows);
        diag_hint(l->d, "--limit rows=N raises this limit");
        return false;
    }
    if (!data_count_cells(f->in, f->rows->ncolumns, at))
        return false;
    f->rows->pos[f->rows->count++] = at;
    return true;
}

struct rows *data_read_csv(
    struct rows_in *in, const struct table *t, uint32_t number)
{
    static const struct csv_form FORM = {
        .hint = "save it as CSV with commas, or as .tsv with tabs"};
    struct filling f = {.in = in, .t = t, .file = number};
    struct csv_sink sink = {&f, wants, on_header, on_field, on_row};
    f.rows = ARENA_NEW(in->l->a, struct rows);
    f.rows->ncolumns = t->ncolumns;
    csv_read(in->l, number, &FORM, &sink);
    f.rows->data_count = f.rows->count;
    return f.rows;
}
