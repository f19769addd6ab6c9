/* Texts: split at the values in them. */
#include "model/keys_int.h"

#include <string.h>

/* The names of what is known only when a page is painted. */
static bool is_late(struct slice name)
{
    return slice_is(name, "page") || slice_is(name, "pages") ||
        slice_is(name, "section");
}

/* How many bytes at s are a name: [a-z][a-z0-9_-]*(.[a-z0-9_-]+)* */
static size_t name_length(struct slice s)
{
    size_t i = 0;
    bool begins = true; /* a part of the name */
    for (; i < s.n; i++) {
        char c = s.s[i];
        bool letter = c >= 'a' && c <= 'z';
        bool other = (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!letter && !(other && i > 0) && !(c == '.' && !begins))
            break;
        begins = c == '.';
    }
    return begins ? 0 : i;
}

static struct slice slice_part(struct slice s, size_t from, size_t to)
{
    return (struct slice){s.s + from, to - from};
}

/* What is being split. */
struct split {
    const struct load *l;
    struct text *t;
    const struct node *node;
    bool late;
    bool bad; /* the node or one it stands in was reported already */
    struct load_cursor cursor; /* of the last report */
    size_t end; /* of the value or line that was looked for last */
};

static void report(struct split *sp, size_t off, const char *what)
{
    if (sp->bad)
        return;
    diag(sp->l->d, D_VALUE_FORM,
        load_locate_from(sp->l->files, &sp->cursor, sp->node, off), "%s", what);
    diag_path(sp->l->d, load_path(sp->l->a, sp->node));
    diag_hint(sp->l->d, "for the characters '$(' write '$$('");
}

static void add_source(struct text *t, size_t from, size_t to)
{
    if (from == to)
        return;
    struct piece *p = &t->pieces[t->npieces++];
    *p = (struct piece){
        PIECE_SOURCE, .off = (uint32_t)from, .n = (uint32_t)(to - from)};
}

/*
 * Read the value "$(…)" at `off`; returns the offset after it, or 0 if it was
 * reported. It ends in the line it begins in.
 */
static size_t read_value(struct split *sp, size_t off, struct piece *out)
{
    struct slice s = sp->t->s;
    size_t begin = off + 2;
    if (sp->end < begin)
        sp->end = begin;
    while (sp->end < s.n && s.s[sp->end] != ')' && s.s[sp->end] != '\n')
        sp->end++;
    size_t end = sp->end;
    if (end == s.n || s.s[end] != ')') {
        report(sp, off, "no ')' ends this '$('");
        return 0;
    }
    struct slice inside = slice_part(s, begin, end);
    if (keys_has_value(inside)) {
        report(sp, off, "no ')' ends this '$('");
        return 0;
    }
    size_t n = name_length(inside);
    if (!n || (n < inside.n && inside.s[n] != ':')) {
        report(sp, off + 2 + n,
            inside.n ? "this is not the name of a value"
                     : "a name is missing in '$()'");
        return 0;
    }
    *out = (struct piece){PIECE_VALUE, .off = (uint32_t)off,
        .n = (uint32_t)(end + 1 - off), .name = slice_part(inside, 0, n)};
    if (n < inside.n)
        out->format = slice_part(inside, n + 1, inside.n);
    if (n + 1 == inside.n) {
        report(sp, begin + n, "no format follows this ':'");
        return 0;
    }
    if (sp->late && is_late(out->name)) {
        out->kind = PIECE_LATE;
        if (out->format.n) {
            report(sp, begin + n, "this value takes no format");
            return 0;
        }
    }
    return end + 1;
}

/* Split a text that has a '$' in it. */
static void split_text(struct split *sp)
{
    struct text *t = sp->t;
    size_t most = 1;
    for (size_t i = 0; i + 1 < t->s.n; i++) {
        if (t->s.s[i] == '$' && t->s.s[i + 1] == '(')
            most += 2;
    }
    t->pieces = ARENA_ARRAY(sp->l->a, most, struct piece);
    size_t from = 0;
    for (size_t i = 0; i + 1 < t->s.n; i++) {
        const char *s = t->s.s + i;
        if (*s != '$')
            continue;
        if (i + 2 < t->s.n && s[1] == '$' && s[2] == '(') {
            add_source(t, from, i);
            from = i + 1;
            i += 2;
        } else if (s[1] == '(') {
            struct piece value;
            size_t end = read_value(sp, i, &value);
            if (!end)
                continue;
            add_source(t, from, i);
            t->pieces[t->npieces++] = value;
            from = end;
            i = end - 1;
        }
    }
    add_source(t, from, t->s.n);
}

/* Most texts have one piece: equal pieces are shared through `shared`. */
static struct text *make_text(
    const struct load *l, struct node *scalar, bool late, struct piece **shared)
{
    struct text *t = ARENA_NEW(l->a, struct text);
    t->s = scalar->s;
    t->node = scalar;
    t->pos = scalar->pos;
    if (!t->s.n)
        return t;
    if (memchr(t->s.s, '$', t->s.n)) {
        struct split sp = {.l = l, .t = t, .node = scalar, .late = late};
        for (const struct node *up = scalar; up; up = up->parent)
            sp.bad = sp.bad || up->bad;
        split_text(&sp);
        return t;
    }
    struct piece **known = t->s.n < SHORT_TEXT ? &shared[t->s.n] : NULL;
    if (known && *known) {
        t->pieces = *known;
    } else {
        t->pieces = ARENA_NEW(l->a, struct piece);
        t->pieces->kind = PIECE_SOURCE;
        t->pieces->n = (uint32_t)t->s.n;
        if (known)
            *known = t->pieces;
    }
    t->npieces = 1;
    return t;
}

struct text *text_read(struct reader *r, struct node *scalar, bool late)
{
    return make_text(r->l, scalar, late, r->pieces);
}

struct text *model_text(const struct load *l, struct node *scalar, bool late)
{
    struct piece *none[SHORT_TEXT] = {NULL};
    return make_text(l, scalar, late, none);
}

struct text *text_empty(struct arena *a, struct pos pos)
{
    struct text *t = ARENA_NEW(a, struct text);
    t->s = SLICE("");
    t->pos = pos;
    return t;
}

struct pos model_text_pos(const struct files *files, struct load_cursor *c,
    const struct text *t, size_t off)
{
    if (t->node)
        return load_locate_from(files, c, t->node, off);
    if (t->one_place)
        return t->pos;
    return (struct pos){t->pos.file, t->pos.off + (uint32_t)off};
}
