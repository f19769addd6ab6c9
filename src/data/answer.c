/* A query from the command line, answered from a report's data sets. */
#include "data/expand_int.h"

#include <string.h>

/* Is it text that a report might have? Reported if not. */
static bool check_sql(const struct load *l, uint32_t file, struct slice sql)
{
    for (size_t i = 0; i < sql.n;) {
        uint32_t cp;
        size_t n = utf8_decode(sql.s + i, sql.n - i, &cp);
        struct pos at = {file, (uint32_t)i};
        if (!n)
            load_report_bytes(l, at);
        else if (!utf8_allowed(cp))
            load_report_character(l, at, cp);
        if (!n || !utf8_allowed(cp))
            return false;
        i += n;
    }
    return true;
}

/* The query as if it stood in a file of its own. */
static struct query *read_sql(const struct load *l, struct slice sql)
{
    uint32_t file = files_add_text(l->files, "<query>", sql);
    if (!check_sql(l, file, sql))
        return NULL;
    struct node *n = ARENA_NEW(l->a, struct node);
    *n = (struct node){.kind = NODE_SCALAR,
        .style = NODE_PLAIN,
        .pos = {file, 0},
        .end = (uint32_t)sql.n,
        .s = sql};
    struct query *q = ARENA_NEW(l->a, struct query);
    q->node = n;
    /* Its places are those of the bytes, not of a scalar in YAML. */
    q->sql = model_text(l, n, false);
    q->sql->node = NULL;
    return q;
}

static struct data_value value_of(struct expand *x, const struct datum *d)
{
    static const uint8_t KINDS[] = {[SET_NULL] = DATA_NULL,
        [SET_TEXT] = DATA_TEXT,
        [SET_INTEGER] = DATA_NUMBER,
        [SET_REAL] = DATA_NUMBER};
    /* A date as the data set has it, not as the report prints it. */
    struct slice s =
        d->value.storage == SET_TEXT ? d->value.s : expand_print(x, d);
    return (struct data_value){KINDS[d->value.storage], s};
}

const struct data_table *data_query(
    const struct load *l, struct report *r, struct slice sql)
{
    struct query *q = read_sql(l, sql);
    if (!q || diag_errors(l->d))
        return NULL;
    struct expand *x = expand_new(l, r);
    const struct result *result = query_run(x, q, NULL, QUERY_ANY_ORDER);
    if (!result)
        return NULL;
    struct data_table *t = ARENA_NEW(l->a, struct data_table);
    size_t n = (size_t)result->nrows * result->ncolumns;
    *t = (struct data_table){.names = result->names,
        .ncolumns = result->ncolumns,
        .nrows = result->nrows,
        .values = ARENA_ARRAY(l->a, n, struct data_value)};
    for (size_t i = 0; i < n; i++)
        t->values[i] = value_of(x, &result->data[i]);
    return t;
}
