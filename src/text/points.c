/* Breakpoints: where a line may end, and what has been set up to there. */
#include "text/text_int.h"

#include <string.h>

enum {
    /* TeX's \hyphenpenalty and \exhyphenpenalty, and our own. */
    PENALTY_HYPHEN = 80,
    PENALTY_MARK = 30, /* after a hyphen, dash or slash of the text */
    PENALTY_NAME = 200, /* in a name, date or address … */
    PENALTY_DOUBT = 400, /* … after a mark that might be taken for ours */
    HANG_HYPHEN = 60 /* [%] of a hyphen that may stand out */
};

/* How far [%] a character may stand out of its frame at a line's end. */
static const struct {
    char c[4];
    uint8_t end, start;
} HANGS[] = {
    {".", 70, 0},
    {",", 70, 0},
    {"-", HANG_HYPHEN, 0},
    {":", 40, 0},
    {";", 40, 0},
    {"!", 15, 0},
    {"?", 15, 0},
    {"'", 60, 60},
    {"\"", 40, 40},
    {"\xe2\x80\x93", 25, 0}, /* en dash */
    {"\xe2\x80\x98", 60, 60}, /* quotation marks */
    {"\xe2\x80\x99", 60, 60},
    {"\xe2\x80\x9c", 45, 45},
    {"\xe2\x80\x9d", 45, 45},
    {"\xc2\xab", 30, 30},
    {"\xc2\xbb", 30, 30},
};

static rlen glyph_part(const struct fonts *f, const struct item *it,
    const struct glyph *g, unsigned percent)
{
    const struct face *face = f->faces[it->word->face];
    rlen width = width_at(g->advance, f->looks[it->look].size, face->upem);
    return width * (rlen)percent / 100;
}

rlen points_hang(
    const struct fonts *f, const struct item *it, bool end, bool hyphen)
{
    if (hyphen)
        return fonts_hyphen_width(f, it->look) * HANG_HYPHEN / 100;
    if (it->kind != ITEM_WORD || !it->word->n)
        return 0;
    struct slice s = it->word->s;
    for (size_t i = 0; i < sizeof HANGS / sizeof *HANGS; i++) {
        size_t n = strlen(HANGS[i].c);
        if (s.n < n || memcmp(end ? s.s + s.n - n : s.s, HANGS[i].c, n) != 0)
            continue;
        unsigned percent = end ? HANGS[i].end : HANGS[i].start;
        const struct glyph *g = it->word->glyphs;
        return glyph_part(f, it, end ? &g[it->word->n - 1] : g, percent);
    }
    return 0;
}

/* Widths of all items before one. */
struct sums {
    int64_t width, spaces;
};

static void add(struct sums *s, const struct item *it)
{
    s->width += it->width;
    if (item_is_space(it))
        s->spaces += it->width;
}

/* The points of a paragraph in the making. */
struct collector {
    struct fonts *f;
    const struct items *items;
    bool hang;
    size_t n;
};

static struct breakpoint *new_point(
    struct collector *c, uint32_t last, const struct sums *s)
{
    struct fonts_priv *p = c->f->priv;
    p->points = arena_grow(
        p->l->a, p->points, &p->points_cap, c->n + 1, sizeof *p->points);
    struct breakpoint *b = &p->points[c->n++];
    *b = (struct breakpoint){.last = last,
        .next = last,
        .end = s->width,
        .end_spaces = s->spaces,
        .start = s->width,
        .start_spaces = s->spaces};
    if (c->hang && last)
        b->hang_end = points_hang(c->f, &c->items->v[last - 1], true, false);
    return b;
}

/* The line after the point begins at item `next`, with `s` before it. */
static void begin_next(struct collector *c, struct breakpoint *b, uint32_t next,
    const struct sums *s)
{
    b->next = next;
    b->start = s->width;
    b->start_spaces = s->spaces;
    if (c->hang && next < c->items->n)
        b->hang_start = points_hang(c->f, &c->items->v[next], false, false);
}

/* The spaces at `i`, where a line may or must end: returns what follows. */
static uint32_t point_at_space(struct collector *c, uint32_t i, struct sums *s)
{
    const struct item *v = c->items->v;
    struct breakpoint *b = new_point(c, i, s);
    while (i < c->items->n && v[i].kind == ITEM_SPACE) {
        if (v[i].brk == ITEM_BREAK_LAST)
            b->penalty = PENALTY_NAME;
        add(s, &v[i++]);
    }
    if (i < c->items->n && v[i].kind == ITEM_BREAK) {
        b->forced = true;
        i++;
        while (i < c->items->n && v[i].kind == ITEM_SPACE)
            add(s, &v[i++]);
    }
    begin_next(c, b, i, s);
    return i;
}

static void point_after_word(
    struct collector *c, uint32_t i, const struct sums *s)
{
    const struct item *it = &c->items->v[i];
    struct breakpoint *b = new_point(c, i + 1, s);
    switch ((enum item_break)it->brk) {
    case ITEM_BREAK_HYPHEN:
        b->penalty = PENALTY_HYPHEN;
        b->hyphen = fonts_hyphen_width(c->f, it->look);
        b->hyphenated = true;
        if (c->hang)
            b->hang_end = points_hang(c->f, it, true, true);
        break;
    case ITEM_BREAK_LAST:
        b->penalty =
            item_ends_with(it, DOUBTFUL_MARKS) ? PENALTY_DOUBT : PENALTY_NAME;
        break;
    case ITEM_BREAK_ALLOWED:
    case ITEM_BREAK_NONE:
        b->penalty = PENALTY_MARK;
        b->hyphenated = item_ends_with(it, "-");
        break;
    }
    begin_next(c, b, i + 1, s);
}

size_t points_collect(struct fonts *f, const struct items *items, bool hang)
{
    struct collector c = {.f = f, .items = items, .hang = hang};
    struct sums s = {0};
    uint32_t i = 0;
    /* What stands before the first line is a point too. */
    while (i < items->n && items->v[i].kind == ITEM_SPACE)
        add(&s, &items->v[i++]);
    begin_next(&c, new_point(&c, i, &s), i, &s);
    f->priv->points[0].hang_end = 0;
    while (i < items->n) {
        const struct item *it = &items->v[i];
        if (it->kind == ITEM_SPACE || it->kind == ITEM_BREAK) {
            i = point_at_space(&c, i, &s);
            continue;
        }
        add(&s, it);
        i++;
        if (it->brk != ITEM_BREAK_NONE && i < items->n &&
            items->v[i].kind != ITEM_SPACE && items->v[i].kind != ITEM_BREAK)
            point_after_word(&c, i - 1, &s);
    }
    struct breakpoint *end = &f->priv->points[c.n - 1];
    if (c.n == 1 || end->next < items->n)
        end = new_point(&c, items->n, &s);
    end->forced = end->final = true;
    return c.n;
}
