/* The rows that each table prints. */
#include "data/data_int.h"

bool data_count_cells(struct rows_in *in, uint32_t more, struct pos at)
{
    in->cells += more;
    progress_tick(in->l->progress, (uint64_t)in->cells, 0);
    if (in->cells <= in->l->limits->cells)
        return true;
    if (!in->cells_told) {
        in->cells_told = true;
        diag(in->l->d, D_LIMIT_CELLS, at, "the report has more than %lld cells",
            (long long)in->l->limits->cells);
        diag_hint(in->l->d, "--limit cells=N raises this limit");
    }
    return false;
}

static struct rows *new_rows(
    struct rows_in *in, const struct table *t, uint32_t count)
{
    struct rows *r = ARENA_NEW(in->l->a, struct rows);
    r->ncolumns = t->ncolumns;
    r->count = count;
    r->cells = ARENA_ARRAY(in->l->a, (size_t)count * t->ncolumns, struct cell);
    r->pos = ARENA_ARRAY(in->l->a, count, struct pos);
    return r;
}

static struct cell text_cell(struct text *text)
{
    if (!text)
        return (struct cell){.s = "", .kind = CELL_PLAIN};
    return (struct cell){.text = text, .kind = CELL_TEXT};
}

static struct rows *file_rows(struct rows_in *in, const struct table *t)
{
    if (!t->file || t->file->bad)
        return NULL;
    const struct load *l = in->l;
    size_t most = (size_t)l->limits->data;
    uint32_t number;
    enum file_error e =
        files_read(l->files, t->file->s, t->file->pos.file, most, &number);
    if (e == FILE_OK) {
        files_set_role(l->files, number, FILE_DATA);
        unsigned before = diag_errors(l->d);
        struct rows *r = data_read_csv(in, t, number);
        t->file->bad = r->failed = diag_errors(l->d) != before;
        return r;
    }
    files_diag(l->d, e, t->file->pos, t->file->s, most);
    files_hint(l->d, e, t->file->s);
    diag_path(l->d, load_path(l->a, t->file));
    t->file->bad = true;
    return NULL;
}

/* Rows written in place: as many as the limits allow. */
static struct rows *written_rows(struct rows_in *in, const struct table *t)
{
    uint32_t count = t->nrows;
    int64_t most = in->l->limits->rows;
    if (count > most) {
        if (load_diag(in->l, D_LIMIT_ROWS, t->rows_node,
                "the table has %u rows, more than %lld", count,
                (long long)most))
            diag_hint(in->l->d, "--limit rows=N raises this limit");
        count = (uint32_t)most;
    }
    struct rows *r = new_rows(in, t, count);
    for (uint32_t i = 0; i < count; i++) {
        r->pos[i] = t->row_nodes[i]->pos;
        if (!data_count_cells(in, t->ncolumns, r->pos[i])) {
            r->count = i;
            break;
        }
        for (uint32_t k = 0; k < t->ncolumns; k++)
            *data_cell(r, i, k) =
                text_cell(t->cells[(size_t)i * t->ncolumns + k]);
    }
    r->data_count = r->count;
    r->failed = !t->rows_node || r->count != t->rows_node->count;
    return r;
}

void data_table_rows(struct rows_in *in, struct table *t)
{
    bool elsewhere = t->rows_node && t->rows_node->kind == NODE_MAP;
    if (!elsewhere)
        t->rows = written_rows(in, t);
    else if (!t->query)
        t->rows = file_rows(in, t);
    if (!t->rows) {
        t->rows = new_rows(in, t, 0);
        t->rows->failed = true;
    }
    if (t->rows->count || !t->empty_row || t->rows->failed)
        return;
    t->rows = new_rows(in, t, 1);
    t->rows->pos[0] = t->empty->pos;
    for (uint32_t k = 0; k < t->ncolumns; k++)
        *data_cell(t->rows, 0, k) = text_cell(t->empty_row[k]);
}
