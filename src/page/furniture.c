/* Header and footer of a page. */
#include "page/page_int.h"

struct slot {
    struct items items;
    const struct rich *text;
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

/* How wide a slot may be: what its neighbours leave, at least its share. */
static rlen slot_width(const struct slot *slots, int i, rlen width)
{
    rlen gap = width / 20;
    rlen others = 0;
    int used = 0;
    for (int k = 0; k < 3; k++) {
        if (k != i && slots[k].items.n) {
            others += slots[k].items.natural + gap;
            used++;
        }
    }
    rlen share = (width - used * gap) / (used + 1);
    rlen left = width - others;
    return left > share ? left : share;
}

/* One slot's lines; the header's last, the footer's first line is at y. */
static void paint_slot(struct painter *p, const struct slot *slot, int i,
    const struct style *style, rlen width, rlen y, bool upwards)
{
    static const uint8_t ALIGNS[3] = {ALIGN_START, ALIGN_CENTRE, ALIGN_END};
    struct para para = {.text = slot->text,
        .items = slot->items,
        .width = width,
        .leading = style->leading,
        .baseline = fonts_baseline(p->flow->fonts, style),
        .align = ALIGNS[i]};
    para.lines =
        text_break(p->a, p->flow->fonts, &para.items, width, 0, TEXT_RAGGED);
    if (upwards)
        y -= (rlen)para.lines.n * style->leading;
    rlen x = p->x;
    if (i == 1)
        x += (p->flow->width - width) / 2;
    else if (i == 2)
        x += p->flow->width - width;
    paint_lines(p, &para, 0, para.lines.n, x, y, width, 0);
}

static void paint_slots(struct painter *p, const struct rich *texts,
    const struct late *late, bool header)
{
    const struct style *style =
        &p->profile->styles[header ? STYLE_HEADER : STYLE_FOOTER];
    struct slot slots[3] = {0};
    struct shape_spec spec = {.style = style, .late = late};
    for (int i = 0; i < 3; i++) {
        slots[i].text = &texts[i];
        if (texts[i].n)
            slots[i].items =
                text_shape(p->flow->fonts, p->a, p->doc, &texts[i], &spec);
    }
    rlen y = header ? p->y - p->profile->header_gap
                    : p->y + p->flow->height + p->profile->footer_gap;
    for (int i = 0; i < 3; i++)
        if (slots[i].items.n)
            paint_slot(p, &slots[i], i, style,
                slot_width(slots, i, p->flow->width), y, header);
}

void paint_furniture(struct painter *p)
{
    struct late late = late_of(p);
    unsigned kind = p->page->kind;
    paint_slots(p, p->doc->header[kind], &late, true);
    paint_slots(p, p->doc->footer[kind], &late, false);
}
