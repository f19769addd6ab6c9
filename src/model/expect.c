/* The order that a table declares: `expect-order`. */
#include "model/keys_int.h"

#include <string.h>

static struct slice trim(struct slice s)
{
    while (s.n && s.s[0] == ' ')
        s = (struct slice){s.s + 1, s.n - 1};
    while (s.n && s.s[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* Take a word off the end of a text, with the blanks before it. */
static bool take_end(struct slice *s, const char *word)
{
    size_t n = strlen(word);
    if (s->n <= n || memcmp(s->s + s->n - n, word, n) != 0 ||
        s->s[s->n - n - 1] != ' ')
        return false;
    s->n -= n;
    *s = trim(*s);
    return true;
}

/* Take "natural(" and ")" off: all order here is natural. */
static struct slice bare(struct slice s)
{
    static const char natural[] = "natural(";
    const size_t n = sizeof natural - 1;
    if (s.n > n && memcmp(s.s, natural, n) == 0 && s.s[s.n - 1] == ')')
        s = trim((struct slice){s.s + n, s.n - n - 1});
    return s;
}

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
    s = trim(s);
    out->descending = take_end(&s, "desc");
    if (!out->descending)
        take_end(&s, "asc");
    s = bare(s);
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
