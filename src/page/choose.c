/*
 * Where pages end: the least costly way through all that could be, as lines
 * are chosen in a paragraph. Plass, "Optimal Pagination Techniques" (1981).
 */
#include "page/page_int.h"

#include <string.h>

enum {
    COST_PAGE = 200, /* of any page: fewer are better */
    COST_ILLEGAL = 20000, /* an end where none should be: there is no other */
    COST_HYPHEN = 2000, /* a word divided by the end */
    COST_PARAGRAPH = 30, /* a paragraph divided … */
    COST_NARROW = 40, /* … with no more lines left than must be */
    COST_HEADING = 150, /* a heading with a line or two at the foot */
    COST_LEFTOVER = 100, /* a section's last line or two at the top */
    COST_LIST = 40, /* a list divided … */
    COST_LIST_EDGE = 120, /* … after its first or before its last item */
    COST_TABLE = 30, /* a table divided … */
    COST_TABLE_EDGE = 60, /* … with two rows alone */
    FILL_LEAST = 60, /* [%] of a page, if there is another way */
    SHORT_LAST = 15, /* [%] of a page that the last one should have */
    SLACK = 500, /* what may cost so much more is not followed up */
    LIVE_MOST = 64 /* page ends followed up at a time */
};

/* An end of a page, reached in the best way. */
struct reached {
    struct cursor at;
    int64_t cost; /* of all pages up to here */
    uint32_t from; /* the node at which the page begins */
    uint32_t pages; /* up to here */
};

/* An end that a page could have. */
struct candidate {
    struct cursor at;
    int64_t cost;
    rlen used; /* height */
};

struct choice {
    const struct load *l;
    struct arena *a;
    const struct flow *flow;
    struct reached *nodes;
    size_t n, cap;
    uint32_t live[LIVE_MOST]; /* nodes to be followed up, by place */
    size_t nlive;
    struct candidate *candidates; /* of the page at hand */
    size_t ncandidates, candidates_cap;
    bool failed;
};

/*
 * What it costs to leave a part of a page empty: the square of the share. What
 * feathering can fill counts a third.
 */
static int64_t cost_of_gap(const struct choice *c, const struct fill *f)
{
    int64_t empty = (int64_t)c->flow->height - f->y - f->notes;
    if (empty <= atom_feather(c->flow, f))
        empty /= 3;
    int64_t percent = empty * 100 / c->flow->height;
    return percent > 0 ? percent * percent : 0;
}

static int64_t cost_in_para(
    const struct choice *c, const struct box *box, const struct cursor *at)
{
    const struct profile *p = c->flow->doc->profile;
    const struct lines *lines = &box->para->lines;
    int64_t cost = COST_PARAGRAPH;
    if (at->pos <= (uint32_t)p->orphans ||
        lines->n - at->pos <= (uint32_t)p->widows)
        cost += COST_NARROW;
    if (lines->v[at->pos - 1].hyphen)
        cost += COST_HYPHEN;
    return cost;
}

/* Is a box of a line or two all that is left of its section? */
static bool is_leftover(const struct flow *flow, uint32_t i)
{
    const struct box *box = &flow->boxes[i];
    if (box->kind != BOX_PARA || box->heading || box->para->lines.n > 2)
        return false;
    if (i + 1 == flow->n)
        return true;
    const struct box *next = &flow->boxes[i + 1];
    return next->heading || next->new_page || next->kind == BOX_BREAK ||
        next->kind == BOX_BOARD;
}

/* What it costs to end a page at a place, however full it is. */
static int64_t cost_of_place(const struct choice *c, const struct cursor *at)
{
    const struct box *box = &c->flow->boxes[at->box];
    if (at->pos || at->line) {
        if (box->kind != BOX_TABLE)
            return cost_in_para(c, box, at);
        uint32_t left = box->grid->nrows - at->pos;
        return COST_TABLE + (at->pos <= 2 || left <= 2 ? COST_TABLE_EDGE : 0);
    }
    switch ((enum list_place)box->list) {
    case LIST_OUTSIDE:
        return is_leftover(c->flow, at->box) ? COST_LEFTOVER : 0;
    case LIST_INSIDE:
        return COST_LIST;
    case LIST_EDGE:
        return COST_LIST_EDGE;
    }
    return 0;
}

static void add_candidate(struct choice *c, const struct fill *f, int64_t cost)
{
    c->candidates = arena_grow(c->a, c->candidates, &c->candidates_cap,
        c->ncandidates + 1, sizeof *c->candidates);
    c->candidates[c->ncandidates++] =
        (struct candidate){.at = f->at, .cost = cost, .used = f->y + f->notes};
}

/* A page that ends where it must: it may be short, but not very. */
static void add_forced(struct choice *c, const struct fill *f)
{
    int64_t percent = (int64_t)(f->y + f->notes) * 100 / c->flow->height;
    int64_t lack = percent < SHORT_LAST ? SHORT_LAST - percent : 0;
    c->ncandidates = 0;
    add_candidate(c, f, lack * lack * 3);
}

/* Nothing fits an empty page: say what is too tall. */
static void report_tall(
    struct choice *c, const struct fill *f, const struct atom *atom)
{
    const struct box *box = &c->flow->boxes[f->at.box];
    const struct rows *rows = box->grid ? box->grid->table->rows : NULL;
    struct pos pos =
        rows && f->at.pos < rows->count ? rows->pos[f->at.pos] : box->pos;
    c->failed = true;
    if (box->kind == BOX_BOARD) {
        diag(c->l->d, D_GRID_TALL, box->pos, "the grid is taller than a page");
        diag_hint(c->l->d, "make two grids of it, or its texts smaller");
        return;
    }
    rlen line = atom->top + atom->height;
    if (line <= c->flow->height && line + atom->frame > c->flow->height) {
        diag(c->l->d, D_HEADER_TALL, box->pos,
            "no line fits on a page with the rules and gaps around it");
        diag_hint(c->l->d, "make 'rule-gap' of its style smaller");
        return;
    }
    if (line <= c->flow->height) {
        diag(c->l->d, D_NOTE_TALL, pos,
            "the footnotes marked in one line do not fit on its page");
        diag_hint(c->l->d, "shorten the notes or move them into the text");
        return;
    }
    diag(c->l->d, D_HEADER_TALL, box->pos,
        "no line fits on a page below what repeats on it");
    diag_hint(c->l->d, "shorten the caption or the header row of the table");
}

/* Skip the break that ended the page before, and more of them. */
static void skip_breaks(const struct flow *flow, struct cursor *at)
{
    while (at->box < flow->n && flow->boxes[at->box].kind == BOX_BREAK)
        *at = (struct cursor){.box = at->box + 1};
}

/* Lines and rows since the last heading of a page. */
static unsigned since_heading(const struct box *box, unsigned n)
{
    return box->heading ? 0 : n + 1;
}

/*
 * Collect the ends that the page from `at` on could have. The last candidate
 * is the fullest. Sets `failed` if an error was reported.
 */
static void collect(struct choice *c, struct cursor at)
{
    struct fill f = {.at = at}, last = f;
    unsigned since = UINT16_MAX;
    c->ncandidates = 0;
    while (!atom_must_end(c->flow, &f)) {
        struct atom atom = atom_next(c->flow, &f, c->a, NULL);
        if (atom_bottom(&f, &atom) > c->flow->height) {
            if (!f.begun)
                report_tall(c, &f, &atom);
            else if (!c->ncandidates)
                add_candidate(c, &last, COST_ILLEGAL);
            return;
        }
        since = since_heading(&c->flow->boxes[f.at.box], since);
        atom_put(c->flow, &f, &atom);
        last = f;
        if (!atom.may_break || f.at.box == c->flow->n)
            continue;
        int64_t cost = cost_of_gap(c, &f) + cost_of_place(c, &f.at);
        add_candidate(c, &f, cost + (since < 3 ? COST_HEADING : 0));
    }
    add_forced(c, &f);
}

/* Does a page end far from the last row of a table? */
static bool is_in_long_table(const struct flow *flow, const struct reached *n)
{
    if (n->at.box >= flow->n || !n->at.pos)
        return false;
    const struct box *box = &flow->boxes[n->at.box];
    return box->kind == BOX_TABLE && box->grid->nrows - n->at.pos > 200;
}

/*
 * Is it no use to follow up a node? Another one that is further on has cost
 * less by more than could be made up; in the middle of a long table, where one
 * row is as good as another, by anything.
 */
static bool is_hopeless(const struct choice *c, const struct reached *n)
{
    int64_t slack = is_in_long_table(c->flow, n) ? 0 : SLACK;
    for (size_t i = 0; i < c->nlive; i++) {
        const struct reached *other = &c->nodes[c->live[i]];
        if (other->pages <= n->pages && other->cost + slack <= n->cost)
            return true;
    }
    return false;
}

/* Put the node among the live ones, in order of place. */
static void add_live(struct choice *c, struct reached n)
{
    size_t i = 0;
    while (i < c->nlive && cursor_compare(&c->nodes[c->live[i]].at, &n.at) < 0)
        i++;
    if (i < c->nlive && cursor_compare(&c->nodes[c->live[i]].at, &n.at) == 0) {
        if (n.cost < c->nodes[c->live[i]].cost)
            c->nodes[c->live[i]] = n;
        return;
    }
    if (c->nlive == LIVE_MOST) {
        /* The one that is furthest back goes, or this one is it. */
        if (i == 0)
            return;
        i--;
        c->nlive--;
        memmove(c->live, c->live + 1, c->nlive * sizeof *c->live);
    }
    c->nodes = arena_grow(c->a, c->nodes, &c->cap, c->n + 1, sizeof *c->nodes);
    c->nodes[c->n] = n;
    memmove(c->live + i + 1, c->live + i, (c->nlive - i) * sizeof *c->live);
    c->live[i] = (uint32_t)c->n++;
    c->nlive++;
}

/* Follow up a node: all ends of the page that begins there. */
static void follow(struct choice *c, uint32_t index)
{
    struct reached from = c->nodes[index];
    skip_breaks(c->flow, &from.at);
    collect(c, from.at);
    int64_t least = (int64_t)c->flow->height * FILL_LEAST / 100;
    for (size_t i = 0; i < c->ncandidates; i++) {
        const struct candidate *to = &c->candidates[i];
        if (to->used < least && i + 1 < c->ncandidates)
            continue;
        add_live(c,
            (struct reached){.at = to->at,
                .cost = from.cost + to->cost + COST_PAGE,
                .from = index,
                .pages = from.pages + 1});
    }
}

static bool too_many_pages(struct choice *c, const struct reached *n)
{
    if ((int64_t)n->pages <= c->l->limits->pages)
        return false;
    diag(c->l->d, D_LIMIT_PAGES, (struct pos){0},
        "the report has more than %lld pages", (long long)c->l->limits->pages);
    diag_hint(c->l->d, "raise it with --limit pages=N");
    return true;
}

/* The end of the flow, when nothing but breaks follows. */
static bool at_end(const struct choice *c, const struct reached *n)
{
    struct cursor at = n->at;
    skip_breaks(c->flow, &at);
    return at.box == c->flow->n && n->pages > 0;
}

/* The ends of the pages that lead to a node. */
static void trace(struct choice *c, uint32_t index, struct ends *out)
{
    out->n = c->nodes[index].pages;
    out->v = ARENA_ARRAY(c->a, out->n, struct cursor);
    for (size_t i = out->n; i > 0; i--) {
        out->v[i - 1] = c->nodes[index].at;
        index = c->nodes[index].from;
    }
}

bool choose_ends(const struct load *l, struct arena *a, const struct flow *flow,
    struct ends *out)
{
    struct choice c = {.l = l, .a = a, .flow = flow};
    add_live(&c, (struct reached){0});
    while (c.nlive) {
        uint32_t index = c.live[0];
        c.nlive--;
        memmove(c.live, c.live + 1, c.nlive * sizeof *c.live);
        const struct reached *n = &c.nodes[index];
        if (at_end(&c, n)) {
            trace(&c, index, out);
            return !too_many_pages(&c, n);
        }
        if (is_hopeless(&c, n))
            continue;
        if (too_many_pages(&c, n))
            return false;
        follow(&c, index);
        if (c.failed)
            return false;
    }
    return false;
}
