/* Header and footer of a page: painted, and first of all checked. */
#include "page/page_int.h"

enum { SLOTS = 3 };

struct slot {
    struct items items;
    const struct rich *text;
};

/* Where checking is: what it has told need not be told of each page. */
struct furniture_check {
    const struct load *l;
    bool told[PAGE_KINDS][2][SLOTS];
};

static struct late late_of(struct painter *p)
{
    const struct page *page = p->page;
    struct late late = {
        .page = slice_of(arena_printf(p->a, "%u", page->number)),
        .pages = slice_of(arena_printf(p->a, "%u", p->pages->total))};
    if (page->section) {
        const struct section_doc *s = p->doc->targets[page->section].section;
        struct slice title = inline_plain(p->a, p->doc, &s->title);
        late.section = s->label.n
            ? slice_of(arena_printf(p->a, "%.*s  %.*s", (int)s->label.n,
                  s->label.s, (int)title.n, title.s))
            : title;
    }
    return late;
}

static rlen larger(rlen a, rlen b)
{
    return a > b ? a : b;
}

/*
 * How wide each slot may be, so that none meets its neighbour: their own
 * widths where these fit, else what a short one leaves, else equal parts. The
 * one in the centre stays in the centre.
 */
static void slot_widths(const struct slot *slots, rlen room, rlen *width)
{
    rlen gap = room / 20;
    rlen start = slots[0].items.natural, end = slots[2].items.natural;
    rlen centre = slots[1].items.natural;
    if (!slots[1].items.n) {
        rlen half = (room - gap) / 2;
        width[0] = start <= half ? start
            : end <= half        ? room - end - (end ? gap : 0)
                                 : half;
        width[2] = start ? room - gap - width[0] : room;
        return;
    }
    rlen side = larger(start, end);
    rlen third = (room - 2 * gap) / 3;
    width[1] = side ? third : room;
    if (side && centre <= third)
        width[1] = centre;
    else if (side && side <= third)
        width[1] = room - 2 * (side + gap);
    width[0] = width[2] = (room - width[1]) / 2 - gap;
}

static bool has_text(const struct rich *texts)
{
    return texts[0].n || texts[1].n || texts[2].n;
}

/* Report a word that is too wide, or lines that leave the page. */
static void check_slot(
    struct painter *p, const struct para *para, int i, bool header, rlen top)
{
    bool *told = &p->check->told[p->page->kind][header][i];
    struct diags *d = p->check->l->d;
    const char *what = header ? "header" : "footer";
    int64_t bottom = top + (int64_t)para->lines.n * para->leading;
    struct pos pos = para->text->spans[0].pos;
    for (uint32_t k = 0; k < para->lines.n && !*told; k++) {
        const struct line *line = &para->lines.v[k];
        if (!line->over)
            continue;
        struct slice word = text_of(
            p->a, &para->items.v[line->first], line->last - line->first);
        diag(d, D_WORD_WIDE, pos, "%s is wider than its part of the %s",
            diag_quote(d, word), what);
        *told = true;
    }
    if (*told || (top >= 0 && bottom <= p->profile->height))
        return;
    *told = true;
    diag(d, D_HEADER_TALL, pos,
        "the %s does not fit between the text and the edge of the page", what);
    diag_hint(d, "shorten it, or give it a larger margin or a smaller 'gap'");
}

/* One slot's lines; the header's last, the footer's first line is at y. */
static void paint_slot(struct painter *p, const struct slot *slot, int i,
    const struct style *style, rlen width, rlen y, bool upwards)
{
    static const uint8_t ALIGNS[SLOTS] = {ALIGN_START, ALIGN_CENTRE, ALIGN_END};
    struct para para = {.text = slot->text,
        .items = slot->items,
        .width = width,
        .leading = style->leading,
        .baseline = fonts_baseline(p->flow->fonts, style),
        .align = ALIGNS[i]};
    struct break_spec spec = {
        .width = width, .mode = TEXT_BALANCE, .text = slot->text};
    para.lines = text_break(p->flow->fonts, p->a, &para.items, &spec);
    if (upwards)
        y -= (rlen)para.lines.n * style->leading;
    rlen x = p->x;
    if (i == 1)
        x += (p->flow->width - width) / 2;
    else if (i == 2)
        x += p->flow->width - width;
    if (p->check)
        check_slot(p, &para, i, upwards, y);
    else
        paint_lines(p, &para, 0, para.lines.n, x, y, width, 0);
}

static void paint_slots(struct painter *p, const struct rich *texts,
    const struct late *late, bool header)
{
    const struct style *style =
        &p->profile->styles[header ? STYLE_HEADER : STYLE_FOOTER];
    struct slot slots[SLOTS] = {0};
    struct shape_spec spec = {.style = style, .late = late};
    for (int i = 0; i < SLOTS; i++) {
        slots[i].text = &texts[i];
        if (texts[i].n)
            slots[i].items =
                text_shape(p->flow->fonts, p->a, p->doc, &texts[i], &spec);
    }
    rlen y = header ? p->y - p->profile->header_gap
                    : p->y + p->flow->height + p->profile->footer_gap;
    rlen width[SLOTS] = {0};
    slot_widths(slots, p->flow->width, width);
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].items.n)
            paint_slot(p, &slots[i], i, style, width[i], y, header);
}

void paint_furniture(struct painter *p)
{
    const struct rich *header = p->doc->header[p->page->kind];
    const struct rich *footer = p->doc->footer[p->page->kind];
    if (!has_text(header) && !has_text(footer))
        return;
    struct late late = late_of(p);
    p->artifact = ARTIFACT_HEADER;
    paint_slots(p, header, &late, true);
    p->artifact = ARTIFACT_FOOTER;
    paint_slots(p, footer, &late, false);
}

void page_check(
    const struct load *l, const struct pages *pages, struct arena *scratch)
{
    struct furniture_check check = {.l = l};
    for (uint32_t i = 0; i < pages->n; i++) {
        struct painter p = page_painter(pages, i, scratch);
        paint_contents(&p);
        p.check = &check;
        paint_furniture(&p);
        arena_reset(scratch);
    }
}
