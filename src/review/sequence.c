/* What two sequences have in common: Myers' differences, patience, pairs. */
#include "review/review_int.h"

#include <string.h>

enum {
    SHORT = 4000, /* elements of both: differences are looked for in full */
    MOST_EDITS = 1000 /* in longer ones without anything unique */
};

/* A part of both sequences, or a run that is known. */
struct box {
    uint32_t x0, x1, y0, y1;
    bool run;
};

struct matcher {
    struct arena *a; /* of the result */
    struct arena *scratch;
    const uint64_t *x, *y;
    struct match_runs *out;
    struct box *stack;
    size_t cap;
    uint32_t n;
    int64_t *forward, *backward; /* furthest x by diagonal */
    size_t room; /* diagonals to each side */
};

static void push(struct matcher *m, struct box box)
{
    if (box.x0 == box.x1 || box.y0 == box.y1)
        return;
    m->stack =
        arena_grow(m->scratch, m->stack, &m->cap, (size_t)m->n + 1, sizeof box);
    m->stack[m->n++] = box;
}

static void push_run(struct matcher *m, uint32_t x, uint32_t y, uint32_t n)
{
    push(m, (struct box){x, x + n, y, y + n, true});
}

static void add_run(struct matcher *m, const struct box *b)
{
    struct match_runs *out = m->out;
    struct match_run *last = out->n ? &out->v[out->n - 1] : NULL;
    if (last && last->x + last->n == b->x0 && last->y + last->n == b->y0) {
        last->n += b->x1 - b->x0;
        return;
    }
    out->v =
        arena_grow(m->a, out->v, &out->cap, (size_t)out->n + 1, sizeof *out->v);
    out->v[out->n++] = (struct match_run){b->x0, b->y0, b->x1 - b->x0};
}

/* One direction of the search for a middle. */
struct front {
    int64_t *far; /* by diagonal: the furthest x, -1 where none is */
    const uint64_t *x, *y; /* from the end it starts at */
    int64_t nx, ny;
    bool back; /* it runs from the ends to the starts */
};

static bool same(const struct front *f, int64_t i, int64_t j)
{
    if (f->back)
        return f->x[f->nx - 1 - i] == f->y[f->ny - 1 - j];
    return f->x[i] == f->y[j];
}

/* Go on on diagonal k with edit d; the place before what is alike, or -1. */
static int64_t advance(struct front *f, int64_t k, int64_t d)
{
    int64_t right = k > -d && f->far[k - 1] >= 0 && f->far[k - 1] < f->nx
        ? f->far[k - 1] + 1
        : -1;
    int64_t down = k < d && f->far[k + 1] - k <= f->ny ? f->far[k + 1] : -1;
    int64_t i = !d ? 0 : right > down ? right : down;
    f->far[k] = i;
    if (i < 0)
        return i;
    int64_t start = i;
    while (i < f->nx && i - k < f->ny && same(f, i, i - k))
        i++;
    f->far[k] = i;
    return start;
}

/* The run in the middle of a way with the least edits; false if too many. */
struct middle {
    int64_t x, y, n;
};

/* Do both fronts meet on diagonal k of this one? */
static bool meets(const struct front *f, const struct front *other, int64_t k,
    int64_t reach, int64_t start, struct middle *out)
{
    int64_t opposite = f->nx - f->ny - k;
    if (start < 0 || opposite < -reach || opposite > reach ||
        other->far[opposite] < 0 || f->far[k] + other->far[opposite] < f->nx)
        return false;
    int64_t n = f->far[k] - start;
    *out = (struct middle){start, start - k, n};
    if (f->back)
        *out = (struct middle){f->nx - f->far[k], f->ny - (f->far[k] - k), n};
    return true;
}

/*
 * Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section
 * 4b: both ends are followed until they meet.
 */
static bool find_middle(
    struct matcher *m, const struct box *b, int64_t most, struct middle *out)
{
    struct front f = {.far = m->forward + m->room,
        .x = m->x + b->x0,
        .y = m->y + b->y0,
        .nx = b->x1 - b->x0,
        .ny = b->y1 - b->y0};
    struct front g = f;
    g.far = m->backward + m->room;
    g.back = true;
    bool odd = (f.nx - f.ny) % 2 != 0;
    int64_t half = (f.nx + f.ny + 1) / 2;
    if (half > most)
        half = most;
    for (int64_t k = -half - 1; k <= half + 1; k++)
        f.far[k] = g.far[k] = -1;
    for (int64_t d = 0; d <= half; d++) {
        for (int64_t k = -d; k <= d; k += 2) {
            int64_t start = advance(&f, k, d);
            if (odd && meets(&f, &g, k, d - 1, start, out))
                return true;
        }
        for (int64_t k = -d; k <= d; k += 2) {
            int64_t start = advance(&g, k, d);
            if (!odd && meets(&g, &f, k, d, start, out))
                return true;
        }
    }
    return false;
}

static void make_room(struct matcher *m, size_t diagonals)
{
    if (diagonals <= m->room && m->forward)
        return;
    m->room = diagonals;
    m->forward = ARENA_ARRAY(m->scratch, 2 * diagonals + 1, int64_t);
    m->backward = ARENA_ARRAY(m->scratch, 2 * diagonals + 1, int64_t);
}

static void split_middle(struct matcher *m, const struct box *b)
{
    int64_t nx = b->x1 - b->x0, ny = b->y1 - b->y0;
    int64_t most = nx + ny <= SHORT ? nx + ny : MOST_EDITS;
    struct middle at;
    make_room(m, (size_t)most + 2);
    if (!find_middle(m, b, most, &at))
        return;
    uint32_t x = b->x0 + (uint32_t)at.x, y = b->y0 + (uint32_t)at.y;
    uint32_t n = (uint32_t)at.n;
    push(m, (struct box){x + n, b->x1, y + n, b->y1, false});
    push_run(m, x, y, n);
    push(m, (struct box){b->x0, x, b->y0, y, false});
}

/* Split at what is unique in both and in one order: patience. */
static bool split_unique(struct matcher *m, const struct box *b)
{
    uint32_t nx = b->x1 - b->x0, ny = b->y1 - b->y0;
    struct arena *a = m->scratch;
    struct keys kx = {0}, ky = {0};
    uint32_t *mx = arena_alloc(a, nx * sizeof *mx);
    uint32_t *my = arena_alloc(a, ny * sizeof *my);
    memset(mx, 0xff, nx * sizeof *mx);
    memset(my, 0xff, ny * sizeof *my);
    for (uint32_t i = 0; i < nx; i++)
        review_key(a, &kx, m->x[b->x0 + i], i);
    for (uint32_t i = 0; i < ny; i++)
        review_key(a, &ky, m->y[b->y0 + i], i);
    review_join(a, &kx, &ky, true, mx, my);
    uint32_t n = 0;
    uint32_t *at = arena_alloc(a, nx * sizeof *at), *to = my;
    for (uint32_t i = 0; i < nx; i++) {
        if (mx[i] == REVIEW_NONE)
            continue;
        at[n] = i;
        to[n++] = mx[i];
    }
    bool *in = ARENA_ARRAY(a, n, bool);
    review_rising(a, to, n, in);
    uint32_t x = b->x1, y = b->y1;
    for (uint32_t i = n; i-- > 0;) {
        if (!in[i])
            continue;
        uint32_t ax = b->x0 + at[i], ay = b->y0 + to[i];
        push(m, (struct box){ax + 1, x, ay + 1, y, false});
        push_run(m, ax, ay, 1);
        x = ax;
        y = ay;
    }
    push(m, (struct box){b->x0, x, b->y0, y, false});
    return n > 0;
}

static void split(struct matcher *m, struct box b)
{
    uint32_t head = 0, tail = 0;
    uint32_t nx = b.x1 - b.x0, ny = b.y1 - b.y0;
    while (head < nx && head < ny && m->x[b.x0 + head] == m->y[b.y0 + head])
        head++;
    while (tail < nx - head && tail < ny - head &&
        m->x[b.x1 - 1 - tail] == m->y[b.y1 - 1 - tail])
        tail++;
    push_run(m, b.x1 - tail, b.y1 - tail, tail);
    struct box in = {b.x0 + head, b.x1 - tail, b.y0 + head, b.y1 - tail, false};
    struct box start = {b.x0, b.x0 + head, b.y0, b.y0 + head, true};
    uint32_t rest = in.x1 - in.x0 + in.y1 - in.y0;
    /* What comes first is pushed last, but splitting pushes, too. */
    if (head) {
        push(m, in);
        push(m, start);
        return;
    }
    if (in.x0 == in.x1 || in.y0 == in.y1)
        return;
    if (rest <= SHORT || !split_unique(m, &in))
        split_middle(m, &in);
}

void review_match(struct arena *a, struct arena *inner, const uint64_t *x,
    uint32_t nx, const uint64_t *y, uint32_t ny, struct match_runs *out)
{
    struct matcher m = {.a = a, .scratch = inner, .x = x, .y = y, .out = out};
    push(&m, (struct box){0, nx, 0, ny, false});
    while (m.n) {
        struct box b = m.stack[--m.n];
        if (b.run)
            add_run(&m, &b);
        else
            split(&m, b);
    }
    arena_reset(inner);
}

void review_rising(struct arena *a, const uint32_t *v, uint32_t n, bool *in)
{
    /* ends[k]: the last element of a rising run of k + 1, as low as can be. */
    uint32_t *ends = ARENA_ARRAY(a, n, uint32_t), count = 0;
    uint32_t *before = ARENA_ARRAY(a, n, uint32_t);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t low = 0, high = count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (v[ends[middle]] < v[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? ends[low - 1] : REVIEW_NONE;
        ends[low] = i;
        count += low == count;
    }
    uint32_t i = count ? ends[count - 1] : REVIEW_NONE;
    for (; i != REVIEW_NONE; i = before[i])
        in[i] = true;
}

enum { MOST_PAIRS = 40000 }; /* that are looked at one by one */

void review_pair(struct arena *a, uint32_t nx, uint32_t ny, review_score *score,
    void *to, uint32_t *match)
{
    for (uint32_t i = 0; i < nx; i++)
        match[i] = REVIEW_NONE;
    if ((uint64_t)nx * ny > MOST_PAIRS) {
        for (uint32_t i = 0; i < nx && i < ny; i++)
            if (score(to, i, i) >= REVIEW_ALIKE)
                match[i] = i;
        return;
    }
    /* best[i][j]: of what follows i and j. */
    size_t width = (size_t)ny + 1;
    uint32_t *own = ARENA_ARRAY(a, (size_t)nx * width, uint32_t);
    uint32_t *best = ARENA_ARRAY(a, ((size_t)nx + 1) * width, uint32_t);
    for (uint32_t i = nx; i-- > 0;) {
        for (uint32_t j = ny; j-- > 0;) {
            uint32_t s = score(to, i, j);
            own[i * width + j] = s >= REVIEW_ALIKE ? s : 0;
            uint32_t skip = best[(i + 1) * width + j];
            if (skip < best[i * width + j + 1])
                skip = best[i * width + j + 1];
            uint32_t take = own[i * width + j] + best[(i + 1) * width + j + 1];
            best[i * width + j] = take > skip ? take : skip;
        }
    }
    for (uint32_t i = 0, j = 0; i < nx && j < ny;) {
        size_t at = i * width + j;
        if (own[at] && best[at] == own[at] + best[at + width + 1])
            match[i++] = j++;
        else if (best[at] == best[at + width])
            i++;
        else
            j++;
    }
}
