/*
 * Total fit: the best lines of a whole paragraph. The method and its measures
 * are those of Knuth and Plass, "Breaking Paragraphs into Lines" (1981).
 */
#include "text/text_int.h"

#include <string.h>

enum {
    LINE_PENALTY = 10,
    WORST = 10000, /* badness of what is beyond all measure */
    CLASSES = 4, /* of fitness: tight, decent, loose, very loose */
    HYPHENS_MOST = 3, /* in a row: more are counted no further */
    KINDS = CLASSES * (HYPHENS_MOST + 1),
    RATIO_FIRST = 100, /* [1/100] of its stretch that a line may need … */
    RATIO_SECOND = 141, /* … when words may be divided */
    EMPTY_RAGGED = 30, /* [%] of a ragged line: then words are divided */
    SHORT_LAST = 4, /* [sizes] a last line of one word should be wider */
    /* A ragged line may well lack so many sizes, or this part of its width. */
    RAGGED_STRETCH = 4,
    RAGGED_PART = 7,
    GAP_MOST = 4 /* spaces: with wider gaps a line is better left ragged */
};

static const int64_t DEMERITS_CLASS = 10000, /* neighbours differ in grey */
    DEMERITS_TWO_HYPHENS = 10000, DEMERITS_THREE_HYPHENS = INT64_C(1) << 40,
                     DEMERITS_LAST_HYPHEN = 5000, /* the last line but one */
    DEMERITS_SHORT_LAST = 50000, NONE = INT64_MAX;

/* What is tried: each pass allows more than the one before. */
struct pass {
    int64_t ratio; /* [1/100] most stretch of a line; 0: any */
    int64_t extra; /* stretch given to every justified line */
};

struct fitter {
    struct fonts *f;
    const struct items *items;
    const struct break_spec *spec;
    struct pass pass;
    size_t npoints, nnodes, nactive;
    int64_t size; /* of the letters, for measures in ems */
};

/* A line from one point to another. */
struct trial {
    int64_t natural; /* its width */
    int64_t room; /* of the frame, what hangs out of it added */
    int64_t spaces, stretch, shrink;
};

/* TeX's plain text gives half and takes a third of a space. */
static int64_t stretch_of(int64_t spaces)
{
    return spaces / 2;
}

static int64_t shrink_of(int64_t spaces)
{
    return spaces / 3;
}

static struct trial try_line(const struct fitter *t,
    const struct breakpoint *from, const struct breakpoint *to)
{
    struct trial l = {.natural = to->end - from->start + to->hyphen,
        .room = t->spec->width,
        .spaces = to->end_spaces - from->start_spaces};
    if (t->spec->mode == TEXT_JUSTIFY) {
        l.room += from->hang_start + to->hang_end;
        l.stretch = stretch_of(l.spaces) + t->pass.extra;
        l.shrink = shrink_of(l.spaces);
    } else {
        l.stretch = t->size * RAGGED_STRETCH;
        if (l.stretch < t->spec->width / RAGGED_PART)
            l.stretch = t->spec->width / RAGGED_PART;
    }
    if (l.natural < 0) /* nothing but spaces between two forced breaks */
        l.natural = 0;
    return l;
}

/* The ratio [1/100] in which the spaces change; NONE where they cannot. */
static int64_t ratio_of(const struct trial *l, const struct breakpoint *to)
{
    int64_t lack = l->room - l->natural;
    if (lack >= 0)
        return to->forced ? 0 : l->stretch ? lack * 100 / l->stretch : NONE;
    return l->shrink && -lack <= l->shrink ? lack * 100 / l->shrink : -NONE;
}

static int64_t badness_of(int64_t ratio)
{
    if (ratio < 0)
        ratio = -ratio;
    if (ratio > 464) /* the cube root of WORST * 10^4, about */
        return WORST;
    return ratio * ratio * ratio / 10000;
}

static unsigned class_of(const struct fitter *t, int64_t ratio)
{
    if (t->spec->mode != TEXT_JUSTIFY)
        return 1;
    return ratio < -50 ? 0 : ratio <= 50 ? 1 : ratio <= 100 ? 2 : 3;
}

/* Is the line that ends the paragraph one short word? */
static bool is_short_last(const struct fitter *t, const struct breakpoint *from,
    const struct trial *l)
{
    return l->spaces == 0 && from->last > 0 &&
        l->natural < t->size * SHORT_LAST;
}

static int64_t demerits_of(const struct fitter *t, const struct fit_node *a,
    const struct fit_node *line, const struct trial *l, int64_t ratio)
{
    const struct breakpoint *from = &t->f->priv->points[a->point];
    const struct breakpoint *to = &t->f->priv->points[line->point];
    int64_t bad = LINE_PENALTY + badness_of(ratio);
    int64_t d = bad * bad + (int64_t)to->penalty * to->penalty;
    int apart = (int)line->fitness - (int)a->fitness;
    if (apart > 1 || apart < -1)
        d += DEMERITS_CLASS;
    if (line->hyphens == 2)
        d += DEMERITS_TWO_HYPHENS;
    if (line->hyphens >= HYPHENS_MOST)
        d += DEMERITS_THREE_HYPHENS;
    if (to->final && from->hyphenated)
        d += DEMERITS_LAST_HYPHEN;
    if (to->final && is_short_last(t, from, l))
        d += DEMERITS_SHORT_LAST;
    return d;
}

static uint32_t add_node(struct fitter *t, struct fit_node node)
{
    struct fonts_priv *p = t->f->priv;
    p->nodes = arena_grow(
        p->l->a, p->nodes, &p->nodes_cap, t->nnodes + 1, sizeof *p->nodes);
    p->nodes[t->nnodes] = node;
    return (uint32_t)t->nnodes++;
}

static void activate(struct fitter *t, uint32_t node)
{
    struct fonts_priv *p = t->f->priv;
    p->active = arena_grow(
        p->l->a, p->active, &p->active_cap, t->nactive + 1, sizeof *p->active);
    p->active[t->nactive++] = node;
}

/* The best line to a point for each kind of line. */
struct bests {
    struct fit_node v[KINDS];
};

/* Weigh the line from active node a. False if it can reach no further. */
static bool weigh(
    struct fitter *t, uint32_t a, uint32_t point, struct bests *bests)
{
    const struct fit_node *from = &t->f->priv->nodes[a];
    const struct breakpoint *to = &t->f->priv->points[point];
    struct trial l = try_line(t, &t->f->priv->points[from->point], to);
    int64_t ratio = ratio_of(&l, to);
    if (ratio == -NONE) {
        /* The same without what only this end adds. */
        int64_t least = l.natural - to->hyphen - l.shrink;
        return least <= l.room - to->hang_end && !to->forced;
    }
    if (ratio == NONE)
        ratio = WORST;
    if (t->pass.ratio && ratio > t->pass.ratio)
        return !to->forced;
    struct fit_node line = {.point = point,
        .from = a,
        .fitness = (uint8_t)class_of(t, ratio),
        .hyphens = to->hyphenated ? (uint8_t)(from->hyphens + 1) : 0};
    if (line.hyphens > HYPHENS_MOST)
        line.hyphens = HYPHENS_MOST;
    line.demerits = from->demerits + demerits_of(t, from, &line, &l, ratio);
    struct fit_node *best = &bests->v[line.hyphens * CLASSES + line.fitness];
    if (line.demerits < best->demerits)
        *best = line;
    return !to->forced;
}

/*
 * Nothing reaches the point: it gets a line that is too wide. All ways to what
 * follows have that line, so that it costs nothing.
 */
static void reach_anyhow(struct fitter *t, uint32_t a, uint32_t point)
{
    const struct fit_node *from = &t->f->priv->nodes[a];
    activate(t,
        add_node(t,
            (struct fit_node){.demerits = from->demerits,
                .point = point,
                .from = a,
                .fitness = 1,
                .over = true}));
}

/*
 * Keep what may still be part of the best way. One with more hyphens in a row
 * is never better off; a class is worth no more than DEMERITS_CLASS.
 */
static void keep_bests(struct fitter *t, const struct bests *bests)
{
    int64_t least = NONE;
    for (size_t i = 0; i < KINDS; i++) {
        const struct fit_node *node = &bests->v[i];
        if (i % CLASSES == 0)
            for (size_t k = i; k < i + CLASSES; k++)
                if (bests->v[k].demerits < least)
                    least = bests->v[k].demerits;
        if (node->demerits < NONE && node->demerits <= least + DEMERITS_CLASS)
            activate(t, add_node(t, *node));
    }
}

/* Try all lines that end at a point. False if the pass fails there. */
static bool visit(struct fitter *t, uint32_t point)
{
    struct bests bests;
    for (size_t i = 0; i < KINDS; i++)
        bests.v[i].demerits = NONE;
    size_t kept = 0;
    uint32_t *active = t->f->priv->active, last = active[t->nactive - 1];
    for (size_t i = 0; i < t->nactive; i++)
        if (weigh(t, active[i], point, &bests))
            active[kept++] = active[i];
    t->nactive = kept;
    keep_bests(t, &bests);
    if (t->nactive)
        return true;
    if (t->pass.ratio)
        return false;
    reach_anyhow(t, last, point);
    return true;
}

/* One pass. True with *end as the best last node if it comes to the end. */
static bool run_pass(struct fitter *t, uint32_t *end)
{
    t->nnodes = t->nactive = 0;
    activate(t, add_node(t, (struct fit_node){.fitness = 1}));
    for (uint32_t i = 1; i < t->npoints; i++)
        if (!visit(t, i))
            return false;
    const struct fonts_priv *p = t->f->priv;
    *end = p->active[0];
    for (size_t i = 1; i < t->nactive; i++)
        if (p->nodes[p->active[i]].demerits < p->nodes[*end].demerits)
            *end = p->active[i];
    return true;
}

/* The lines that lead to a node. */
static struct lines lines_to(struct fitter *t, struct arena *a, uint32_t end)
{
    const struct fonts_priv *p = t->f->priv;
    struct lines out = {0};
    for (uint32_t i = end; i; i = p->nodes[i].from)
        out.n++;
    out.v = ARENA_ARRAY(a, out.n, struct line);
    for (uint32_t i = end, k = out.n; i; i = p->nodes[i].from) {
        const struct fit_node *node = &p->nodes[i];
        const struct breakpoint *to = &p->points[node->point];
        const struct breakpoint *from = &p->points[p->nodes[node->from].point];
        out.v[--k] = (struct line){.first = from->next,
            .last = to->last > from->next ? to->last : from->next,
            .hang = from->hang_start,
            .hyphen = to->hyphen > 0,
            .over = node->over};
    }
    return out;
}

/* How much of what ends the line may stand out of its frame. */
static rlen end_hang(
    const struct fitter *t, const struct items *items, const struct line *line)
{
    if (t->spec->mode != TEXT_JUSTIFY || !t->spec->hang ||
        line->first == line->last)
        return 0;
    return points_hang(t->f, &items->v[line->last - 1], true, line->hyphen);
}

/* Measure a line and stretch its spaces, but not those of a forced one. */
static void set_line(const struct fitter *t, const struct items *items,
    struct line *line, bool forced)
{
    int64_t width = 0, spaces = 0, n = 0;
    for (uint32_t i = line->first; i < line->last; i++) {
        const struct item *it = &items->v[i];
        bool space = item_is_space(it);
        width += it->width;
        spaces += space ? it->width : 0;
        n += space;
    }
    if (line->hyphen)
        width += fonts_hyphen_width(t->f, items->v[line->last - 1].look);
    int64_t room =
        t->spec->width + line->hang + end_hang(t, items, line) - width;
    line->width = (rlen)(width > INT32_MAX ? INT32_MAX : width);
    if (t->spec->mode != TEXT_JUSTIFY || line->over || !n ||
        (forced && room >= 0))
        return;
    /* Downwards, so that no line ends beyond its frame. */
    int64_t stretch = room >= 0 ? room / n : -((-room + n - 1) / n);
    if (stretch * n > GAP_MOST * spaces)
        return;
    int64_t most = room >= 0 ? stretch_of(spaces) : shrink_of(spaces);
    int64_t ratio = most > 0 ? room * 100 / most : 0;
    line->stretch = (rlen)stretch;
    line->ratio = (int16_t)(ratio > INT16_MAX ? INT16_MAX
            : ratio < -INT16_MAX              ? -INT16_MAX
                                              : ratio);
}

/* Does the line end where it must: at a forced break or the end? */
static bool is_forced(
    const struct items *items, const struct lines *l, uint32_t i)
{
    if (i + 1 == l->n)
        return true;
    for (uint32_t k = l->v[i].last; k < l->v[i + 1].first; k++)
        if (items->v[k].kind == ITEM_BREAK)
            return true;
    return false;
}

/* Does some ragged line that leads to a node lack so much that it shows? */
static bool is_ragged(const struct fitter *t, uint32_t end)
{
    const struct fonts_priv *p = t->f->priv;
    for (uint32_t i = end; i; i = p->nodes[i].from) {
        const struct breakpoint *to = &p->points[p->nodes[i].point];
        const struct fit_node *from = &p->nodes[p->nodes[i].from];
        struct trial l = try_line(t, &p->points[from->point], to);
        if (p->nodes[i].over ||
            (!to->forced && (l.room - l.natural) * 100 > l.room * EMPTY_RAGGED))
            return true;
    }
    return false;
}

/*
 * The passes over the items. False if it takes more than the first, or the
 * lines are poor, and words may still be divided for another try.
 */
static bool fit_items(struct fitter *t, bool may_divide, uint32_t *end)
{
    bool justify = t->spec->mode == TEXT_JUSTIFY;
    int64_t w = t->spec->width;
    const struct pass passes[] = {
        {RATIO_FIRST, 0},
        {RATIO_SECOND, 0},
        {RATIO_SECOND, w / 40},
        {RATIO_SECOND, w / 20},
        {RATIO_SECOND, w / 10},
        {0, w / 5},
    };
    t->npoints = points_collect(t->f, t->items, justify && t->spec->hang);
    if (!justify) {
        t->pass = (struct pass){0, 0};
        run_pass(t, end);
        return !may_divide || !is_ragged(t, *end);
    }
    size_t n = may_divide ? 1 : sizeof passes / sizeof *passes;
    for (size_t i = 0; i < n; i++) {
        t->pass = passes[i];
        if (run_pass(t, end))
            return true;
    }
    return false;
}

static void finish_lines(
    struct fitter *t, const struct items *items, struct lines *lines)
{
    for (uint32_t i = 0; i < lines->n; i++) {
        set_line(t, items, &lines->v[i], is_forced(items, lines, i));
        if (lines->v[i].width > lines->width)
            lines->width = lines->v[i].width;
    }
}

struct lines fit_lines(struct fonts *f, struct arena *a, struct items *items,
    const struct break_spec *spec)
{
    struct fitter t = {.f = f, .items = items, .spec = spec};
    if (items->n)
        t.size = f->looks[items->v[0].look].size;
    uint32_t end = 0;
    struct divided d = {0};
    if (!fit_items(&t, spec->hyphenate, &end)) {
        d = divide_words(f, a, items, spec->text);
        if (d.any)
            t.items = &d.items;
        fit_items(&t, false, &end);
    }
    struct lines lines = lines_to(&t, a, end);
    if (d.any)
        divide_join(f, a, &d, spec->text, items, &lines);
    finish_lines(&t, items, &lines);
    return lines;
}
