/* The structure tree: elements in reading order, by number. */
#include "layout/tags.h"

/* Make room for n more elements; returns the first one's number. */
static uint32_t reserve(struct tags *t, size_t n)
{
    t->v = arena_grow(t->a, t->v, &t->cap, t->n + n, sizeof *t->v);
    uint32_t first = (uint32_t)t->n;
    t->n += n;
    return first;
}

struct tags *tags_new(struct arena *a)
{
    struct tags *t = ARENA_NEW(a, struct tags);
    t->a = a;
    uint32_t none = reserve(t, 1);
    t->v[none] = (struct elem){0};
    tags_add(t, TAG_DOCUMENT, 0);
    return t;
}

uint32_t tags_add(struct tags *t, enum tag tag, uint32_t parent)
{
    uint32_t number = reserve(t, 1);
    t->v[number] = (struct elem){.parent = parent, .tag = (uint8_t)tag};
    return number;
}

uint32_t tags_add_row(struct tags *t, uint32_t parent, uint32_t ncolumns,
    const bool *row_header, bool head)
{
    uint32_t row = reserve(t, (size_t)ncolumns + 1);
    t->v[row] = (struct elem){.parent = parent, .tag = TAG_TR};
    for (uint32_t c = 0; c < ncolumns; c++) {
        struct elem cell = {.parent = row, .tag = TAG_TD};
        if (head || (row_header && row_header[c])) {
            cell.tag = TAG_TH;
            cell.scope = head ? SCOPE_COLUMN : SCOPE_ROW;
        }
        t->v[row + 1 + c] = cell;
    }
    return row;
}

uint32_t tags_mark(struct tags *t, struct tag_mark mark)
{
    size_t n = t->nmarks ? t->nmarks : 1;
    t->marks =
        arena_grow(t->a, t->marks, &t->marks_cap, n + 1, sizeof *t->marks);
    t->marks[n] = mark;
    t->nmarks = n + 1;
    return (uint32_t)n;
}

const char *tags_name(enum tag tag)
{
    static const char *const names[] = {
#define X(id, name) name,
        TAG_LIST(X)
#undef X
    };
    return names[tag];
}
