/* The order that a table declares: `expect-order`. */
#include "model/keys_int.h"

#include <string.h>

/* The keys of the columns, for hints; ends with NULL. */
static const char **key_names(struct arena *a, const struct table *t)
{
    const char **names = ARENA_ARRAY(a, t->ncolumns + 1, const char *);
    size_t n = 0;
    for (uint32_t i = 0; i < t->ncolumns; i++) {
        struct slice key = t->columns[i].key;
        if (key.n)
            names[n++] = arena_strndup(a, key.s, key.n);
    }
    return names;
}

static bool read_column(struct reader *r, const struct table *t, struct slice s,
    struct node *n, struct expected *out)
{
    bool natural; /* all order here is */
    s = query_take_order(s, &natural, &out->descending);
    out->column = 0;
    while (out->column < t->ncolumns &&
        !(s.n && slice_eq(t->columns[out->column].key, s)))
        out->column++;
    if (out->column < t->ncolumns)
        return true;
    const char **names = key_names(r->l->a, t);
    const char *near = str_nearest(s, names);
    if (keys_diag(r, D_ROW_COLUMN, n,
            "'expect-order' names %s, but no column has that key",
            diag_quote(r->l->d, s))) {
        if (near)
            diag_hint(r->l->d, "did you mean '%s'?", near);
        else if (names[0])
            diag_hint(r->l->d, "allowed here: %s", keys_join(r->l->a, names));
    }
    return false;
}

void table_read_order(struct reader *r, struct table *t, struct node *n)
{
    struct slice word, rest = n->s;
    struct dest to = {.name = "expect-order", .at = &word};
    if (!keys_scalar(r, &model_word, n, &to))
        return;
    size_t cap = 0;
    for (bool last = false; !last;) {
        const char *comma = memchr(rest.s, ',', rest.n);
        size_t len = comma ? (size_t)(comma - rest.s) : rest.n;
        t->expected = arena_grow(r->l->a, t->expected, &cap,
            (size_t)t->nexpected + 1, sizeof *t->expected);
        if (!read_column(r, t, (struct slice){rest.s, len}, n,
                &t->expected[t->nexpected])) {
            t->nexpected = 0;
            return;
        }
        t->nexpected++;
        last = !comma;
        if (comma)
            rest = (struct slice){comma + 1, rest.n - len - 1};
    }
}
