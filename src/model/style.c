/* Profiles: what they need not say, and the values that depend on others. */
#include "model/keys_int.h"

#include <string.h>

enum { LEAST_TEXT = PT(72) };

static const struct {
    rlen width, height;
} PAPERS[] = {
    [PAPER_A4] = {595276, 841890},
    [PAPER_A3] = {841890, 1190551},
    [PAPER_LETTER] = {PT(612), PT(792)},
};

static const struct style BODY = {.family = {"serif", 5},
    .size = PT(11),
    .leading = PT(14),
    .after = PT(6),
    .align = ALIGN_START,
    .hyphenate = true,
    .rule_gap = PT(3)};

static const struct list_level LEVELS[LIST_LEVELS] = {
    {{"•", 3}, NUMBERING_DECIMAL, {".", 1}, PT(0), PT(14), 0},
    {{"–", 3}, NUMBERING_LETTER, {")", 1}, PT(0), PT(14), 0},
    {{"•", 3}, NUMBERING_ROMAN, {".", 1}, PT(0), PT(14), 0},
    {{"–", 3}, NUMBERING_DECIMAL, {")", 1}, PT(0), PT(14), 0},
};

void style_defaults(struct raw_profile *raw)
{
    struct profile *p = &raw->profile;
    *raw = (struct raw_profile){0};
    p->width = PAPERS[PAPER_A4].width;
    p->height = PAPERS[PAPER_A4].height;
    p->top = p->bottom = p->inner = p->outer = PT(72);
    raw->header.gap = raw->footer.gap = PT(20);
    for (size_t i = 0; i < STYLE_COUNT; i++)
        p->styles[i] = BODY;
    memcpy(p->levels, LEVELS, sizeof LEVELS);
    p->table = (struct table_style){.before = PT(6),
        .after = PT(6),
        .rule = 400,
        .rule_outer = 400,
        .rule_head = 400,
        .pad_x = PT(3),
        .pad_top = PT(2),
        .pad_bottom = PT(2)};
#define X(id, name, text) p->labels[LABEL_##id] = slice_of(text);
    LABEL_LIST(X)
#undef X
    p->dates = SLICE("dd MMMM yyyy");
    p->orphans = p->widows = 2;
    p->leader = SLICE(".");
    p->note_bar = PT(2);
    p->rule_note = 400;
    p->end_width = 113386; /* 40 mm */
    p->end_before = PT(18);
}

/* What belongs to rules or a fill wants to be told of them, if only 0pt. */
static void check_rules(struct reader *r, struct node *map)
{
    bool rule = load_find(map, "rule-before") || load_find(map, "rule-after");
    bool refused = false;
    if (!rule)
        refused = keys_refuse(r, map, "rule-colour",
            "'rule-colour' serves no rule: there is no 'rule-before' or "
            "'rule-after'");
    if (!rule && !load_find(map, "fill"))
        refused |= keys_refuse(r, map, "rule-gap",
            "'rule-gap' serves nothing: there is no 'rule-before', "
            "'rule-after' or 'fill'");
    if (refused)
        diag_hint(r->l->d,
            "give one of them too; 0pt or none keeps the key for profiles that "
            "extend this one");
}

bool style_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct style *s = to->at;
    if (s != r->style)
        *s = *r->style;
    rlen size = s->size, leading = s->leading;
    keys_read(r, t->map, n, s);
    if (load_find(n, "size") && !load_find(n, "leading"))
        s->leading = unit_scale(leading, s->size, size);
    check_rules(r, n);
    return true;
}

/* How free a role is in its `align`. */
static const struct {
    uint8_t from, to; /* of enum style_id */
    bool fixed; /* it has a place of its own; else it is just not justified */
} ALIGNED[] = {
    {STYLE_TITLE, STYLE_SUBTITLE, false},
    {STYLE_HEADING_1, STYLE_SECTION_SUBTITLE, false},
    {STYLE_CAPTION, STYLE_TABLE_CELL, false},
    {STYLE_CODE, STYLE_CODE, false},
    {STYLE_CONTENTS_TITLE, STYLE_CONTENTS_TITLE, false},
    {STYLE_CONTENTS_1, STYLE_FOOTER, true},
};

/* An `align` that would do nothing is an error. */
static void check_align(
    struct reader *r, const struct style *s, size_t id, struct node *map)
{
    struct node *n = load_find(map, "align");
    for (size_t i = 0; n && i < sizeof ALIGNED / sizeof *ALIGNED; i++) {
        if (id < ALIGNED[i].from || id > ALIGNED[i].to)
            continue;
        if (ALIGNED[i].fixed &&
            keys_diag(r, D_VALUE, n, "this role has a place of its own"))
            diag_hint(r->l->d,
                "take 'align' out; headers and footers have 'start', 'centre' "
                "and 'end'");
        else if (!ALIGNED[i].fixed && s->align == ALIGN_JUSTIFY &&
            keys_diag(r, D_VALUE, n, "this role is never justified"))
            diag_hint(r->l->d, "write 'start', 'centre' or 'end'");
    }
}

/* The body's style is the first key of the table, so it is read first. */
bool style_read_all(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct style *styles = to->at;
    r->style = &styles[STYLE_BODY];
    keys_read(r, t->map, n, styles);
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        struct node *own = load_find(n, t->map->list[i].name);
        if (own)
            check_align(r, &styles[i], i, own);
        else
            styles[i] = styles[STYLE_BODY];
    }
    return true;
}

/* Levels that are not given are as the last one that is. */
bool style_read_levels(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct list_level *levels = to->at;
    if (!n->count || n->count > t->max) {
        keys_diag(r, D_VALUE, n, "%s has %lu levels: 1 to %ld can be given",
            keys_name(r, to), (unsigned long)n->count, (long)t->max);
        return false;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        struct dest at = {.name = to->name, .item = true, .at = &levels[i]};
        keys_value(r, t->item, n->items[i], &at);
    }
    for (uint32_t i = n->count; i < LIST_LEVELS; i++)
        levels[i] = levels[n->count - 1];
    return true;
}

/* $(n) is all that may stand in a label, and must where it tells two apart. */
bool style_read_label(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (!keys_scalar(r, t, n, to))
        return false;
    bool numbered = !(t->flags & TYPE_SOME);
    for (size_t i = 0; i + 1 < n->s.n; i++) {
        bool number = n->s.n - i >= 4 && memcmp(n->s.s + i, "$(n)", 4) == 0;
        numbered |= number;
        if (number || n->s.s[i] != '$' || n->s.s[i + 1] != '(')
            continue;
        keys_diag(r, D_VALUE_FORM, n,
            "%s is a label: only $(n), the number, can stand in it",
            keys_name(r, to));
        return false;
    }
    if (!numbered &&
        keys_diag(r, D_VALUE, n, "%s has no place for the number: %s",
            keys_name(r, to), diag_quote(r->l->d, n->s)))
        diag_hint(r->l->d, "write '%.*s $(n)'", (int)n->s.n, n->s.s);
    return numbered;
}

bool style_read_separator(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to)
{
    if (!n->s.n) {
        keys_nothing(r, n, to);
        return false;
    }
    for (size_t i = 0; i + 1 < n->s.n; i++) {
        if (memcmp(n->s.s + i, "$(", 2) != 0)
            continue;
        keys_diag(
            r, D_VALUE_FORM, n, "no value can stand in %s", keys_name(r, to));
        return false;
    }
    return keys_scalar(r, t, n, to);
}

void style_page_done(struct reader *r, struct node *map, void *record)
{
    struct raw_profile *raw = record;
    struct profile *p = &raw->profile;
    p->width = raw->width ? raw->width : PAPERS[raw->size].width;
    p->height = raw->height ? raw->height : PAPERS[raw->size].height;
    if (p->width - p->inner - p->outer < LEAST_TEXT ||
        p->height - p->top - p->bottom < LEAST_TEXT)
        keys_diag(r, D_VALUE, map, "the margins leave no room for text");
}

/*
 * Slots of left pages want to be told whether there are left pages. A profile
 * that has them for those that extend it says so by `duplex: false`.
 */
static void check_left(struct reader *r, struct node *map)
{
    static const char *const NAMES[] = {"header", "footer"};
    const struct node *page = load_find(map, "page");
    if (page && load_find(page, "duplex"))
        return;
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        struct node *slots = load_find(map, NAMES[i]);
        if (slots && slots->kind == NODE_MAP &&
            keys_refuse(r, slots, "left",
                "'left' serves no page: 'page' has no 'duplex'"))
            diag_hint(r->l->d,
                "write 'page: {duplex: true}', or false to keep 'left' for "
                "profiles that extend this one");
    }
}

/* The rule at the end: its thickness is told, and it fits the text. */
static void check_end(
    struct reader *r, struct node *map, const struct profile *p)
{
    struct node *end = load_find(map, "end");
    if (!end || end->kind != NODE_MAP)
        return;
    struct node *width = load_find(end, "width");
    if (!load_find(end, "rule"))
        keys_remark(r, D_KEY_MISSING, end, "'end' needs 'rule'");
    else if (width && p->end_width > p->width - p->inner - p->outer)
        keys_diag(r, D_VALUE, width, "the rule is wider than the text");
}

void style_profile_done(struct reader *r, struct node *map, void *record)
{
    struct raw_profile *raw = record;
    check_left(r, map);
    check_end(r, map, &raw->profile);
}

/* An empty text is how a derived profile takes one away. */
static struct text *or_none(struct text *t)
{
    return t && t->s.n ? t : NULL;
}

void style_slots_done(struct reader *r, struct node *map, void *record)
{
    struct slots *s = record;
    (void)r, (void)map;
    s->start = or_none(s->start);
    s->centre = or_none(s->centre);
    s->end = or_none(s->end);
    s->given = true;
}

void style_furniture(const struct furniture *f, struct slots *kinds, rlen *gap)
{
    for (size_t i = 0; i < PAGE_KINDS; i++)
        kinds[i] = f->kinds[i].given ? f->kinds[i] : f->all;
    *gap = f->gap;
}
