/* Items to lines: greedy or balanced here, else by total fit. */
#include "text/text_int.h"

#include <string.h>

enum {
    FILL = 60, /* [%] of a line: less is a poor one to break a name at */
    FEW_LINES = 16,
    BALANCED_MOST = 16 /* lines of a title */
};

/* A place where a line may end, and the line that it makes. */
struct chance {
    uint32_t last; /* one after its last item */
    uint32_t next; /* where the next line begins */
    int64_t width; /* with the hyphen */
    bool found, hyphen, over;
    bool lenient; /* at an ITEM_BREAK_LAST */
};

struct breaker {
    const struct fonts *f;
    const struct items *items;
    rlen width; /* of a full line */
    rlen first_more; /* that the first is wider by */
};

/* Is what follows a chance, up to the next ordinary one, wider than a line? */
static bool part_too_wide(const struct breaker *b, uint32_t i)
{
    int64_t width = 0;
    while (i < b->items->n && b->items->v[i].kind == ITEM_SPACE)
        i++;
    for (; i < b->items->n && width <= b->width; i++) {
        const struct item *it = &b->items->v[i];
        if (it->kind == ITEM_SPACE || it->kind == ITEM_BREAK)
            return false;
        width += it->width;
        if (it->brk == ITEM_BREAK_ALLOWED || it->brk == ITEM_BREAK_HYPHEN)
            return width > b->width;
    }
    return width > b->width;
}

/* Which of two chances serves: a name that fits on a line stays whole. */
static struct chance choose(const struct breaker *b, const struct chance *plain,
    const struct chance *lenient)
{
    if (lenient->found && lenient->last > plain->last &&
        (!plain->found || part_too_wide(b, plain->next)))
        return *lenient;
    return *plain;
}

/* The chance after a word that ends a line as `at` says. */
static struct chance chance_after(
    const struct breaker *b, const struct chance *at, const struct item *it)
{
    struct chance end = *at;
    end.found = true;
    end.next = at->last;
    end.hyphen = it->brk == ITEM_BREAK_HYPHEN;
    end.lenient = it->brk == ITEM_BREAK_LAST;
    if (end.hyphen)
        end.width += fonts_hyphen_width(b->f, it->look);
    return end;
}

/* The line so far and the next part, which no line can hold. */
static struct chance overflow(const struct breaker *b, struct chance at)
{
    at.found = at.over = true;
    for (; at.last < b->items->n; at.last++) {
        const struct item *it = &b->items->v[at.last];
        if (it->kind == ITEM_SPACE || it->kind == ITEM_BREAK)
            break;
        at.width += it->width;
        if (it->brk == ITEM_BREAK_NONE)
            continue;
        at.last++;
        at = chance_after(b, &at, it);
        at.over = true;
        return at;
    }
    bool forced =
        at.last < b->items->n && b->items->v[at.last].kind == ITEM_BREAK;
    at.next = at.last + forced;
    return at;
}

/*
 * Does a chance within a name or address replace the one before it? After a
 * hyphen or a point, which might be taken for ours, only if that is a poor one.
 */
static bool is_better(
    const struct breaker *b, const struct item *it, const struct chance *before)
{
    return !item_ends_with(it, DOUBTFUL_MARKS) || !before->found ||
        before->width * 100 < (int64_t)b->width * FILL;
}

/* The chance at the spaces or the forced break at item i. */
static struct chance chance_at(
    const struct breaker *b, const struct chance *at, uint32_t i)
{
    struct chance end = *at;
    end.found = true;
    end.next = i + 1;
    end.lenient = b->items->v[i].brk == ITEM_BREAK_LAST;
    return end;
}

/* The line from item `first` on. */
static struct chance fit_line(const struct breaker *b, uint32_t first)
{
    const struct item *v = b->items->v;
    struct chance at = {.last = first}, plain = at, lenient = at;
    int64_t pending = 0;
    for (uint32_t i = first; i < b->items->n; i++) {
        const struct item *it = &v[i];
        if (it->kind == ITEM_BREAK)
            return chance_at(b, &at, i);
        if (it->kind == ITEM_SPACE) {
            struct chance end = chance_at(b, &at, i);
            *(end.lenient ? &lenient : &plain) = end;
            pending += it->width;
            continue;
        }
        struct chance before = at;
        at.last = i + 1;
        at.width += pending + it->width;
        pending = 0;
        if (at.width > b->width) {
            struct chance best = choose(b, &plain, &lenient);
            return best.found ? best : overflow(b, before);
        }
        if (it->brk == ITEM_BREAK_NONE)
            continue;
        struct chance end = chance_after(b, &at, it);
        if (end.width > b->width)
            continue;
        if (!end.lenient)
            plain = end;
        else if (is_better(b, it, &lenient))
            lenient = end;
    }
    at.next = b->items->n;
    return at;
}

static struct line make_line(uint32_t first, const struct chance *c)
{
    return (struct line){.first = first,
        .last = c->last,
        .width = (rlen)(c->width > INT32_MAX ? INT32_MAX : c->width),
        .hyphen = c->hyphen,
        .over = c->over};
}

/* Lines in the making: few of them need no memory of their own. */
struct collector {
    struct arena *a;
    struct line few[FEW_LINES];
    struct line *v;
    size_t n, cap;
};

static void collect(struct collector *c, struct line line)
{
    if (c->n == c->cap) {
        struct line *old = c->v;
        size_t had = c->cap;
        c->cap = 0;
        c->v = arena_grow(c->a, NULL, &c->cap, had * 2, sizeof line);
        memcpy(c->v, old, had * sizeof line);
    }
    c->v[c->n++] = line;
}

static uint32_t skip_spaces(const struct items *items, uint32_t i)
{
    while (i < items->n && items->v[i].kind == ITEM_SPACE)
        i++;
    return i;
}

/* What a width costs: the lines, then those that end in a poor way. */
struct cost {
    uint32_t lines, poor;
};

/* Break at a width into c, or only count if it is NULL. */
static struct cost break_at(const struct breaker *b, struct collector *c)
{
    struct cost cost = {0};
    uint32_t i = 0;
    do {
        uint32_t first = skip_spaces(b->items, i);
        struct breaker line = *b;
        line.width += cost.lines ? 0 : b->first_more;
        struct chance end = fit_line(&line, first);
        if (c)
            collect(c, make_line(first, &end));
        cost.lines++;
        cost.poor += end.over || end.lenient;
        i = skip_spaces(b->items, end.next);
    } while (i < b->items->n);
    return cost;
}

/*
 * The least width that needs no more lines: its lines are the most even ones
 * that a greedy break can give.
 */
static rlen balanced_width(struct breaker b)
{
    rlen most = b.width, least = 0;
    struct cost want = break_at(&b, NULL);
    if (want.lines < 2 || want.lines > BALANCED_MOST)
        return most;
    while (most - least > PT(1)) {
        b.width = least + (most - least) / 2;
        struct cost cost = break_at(&b, NULL);
        if (cost.lines > want.lines || cost.poor > want.poor)
            least = b.width;
        else
            most = b.width;
    }
    return most;
}

static struct lines break_greedily(struct arena *a, const struct fonts *f,
    const struct items *items, const struct break_spec *spec)
{
    struct breaker b = {.f = f,
        .items = items,
        .width = spec->width,
        .first_more = spec->first_more};
    if (spec->mode == TEXT_BALANCE)
        b.width = balanced_width(b);
    struct collector c = {.a = a, .cap = FEW_LINES};
    c.v = c.few;
    break_at(&b, &c);
    struct lines out = {.n = (uint32_t)c.n};
    out.v = arena_alloc(a, c.n * sizeof *out.v);
    memcpy(out.v, c.v, c.n * sizeof *out.v);
    for (size_t i = 0; i < c.n; i++)
        if (out.v[i].width > out.width)
            out.width = out.v[i].width;
    return out;
}

/* Most cells: all fits, and nothing ends a line. */
static bool is_one_line(const struct items *items, int64_t limit)
{
    if (items->natural > limit)
        return false;
    uint32_t i = 0;
    while (i < items->n && items->v[i].kind != ITEM_BREAK)
        i++;
    return i == items->n;
}

struct lines text_break(struct fonts *f, struct arena *a, struct items *items,
    const struct break_spec *spec)
{
    if (is_one_line(items, (int64_t)spec->width + spec->first_more)) {
        struct lines one = {.n = 1, .width = items->natural};
        one.v = ARENA_NEW(a, struct line);
        one.v->last = items->n;
        one.v->width = items->natural;
        return one;
    }
    if (spec->mode == TEXT_RAGGED || spec->mode == TEXT_JUSTIFY)
        return fit_lines(f, a, items, spec);
    return break_greedily(a, f, items, spec);
}
