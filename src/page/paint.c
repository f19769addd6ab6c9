/* One page's display list: text lines, rules, links, footnotes. */
#include "page/page_int.h"

#include <string.h>

struct draw *paint_add(struct painter *p, enum draw_kind kind)
{
    p->out.v =
        arena_grow(p->a, p->out.v, &p->cap, p->out.n + 1, sizeof *p->out.v);
    struct draw *d = &p->out.v[p->out.n++];
    memset(d, 0, sizeof *d);
    d->kind = (uint8_t)kind;
    return d;
}

void paint_fill(struct painter *p, rlen x, rlen y, rlen width, rlen height,
    struct colour colour)
{
    struct draw *d = paint_add(p, DRAW_FILL);
    d->artifact = ARTIFACT_LAYOUT;
    d->x = x;
    d->y = y;
    d->fill.width = width;
    d->fill.height = height;
    d->fill.colour = colour;
}

void paint_changed(struct painter *p, rlen top, rlen height)
{
    const struct style *body = &p->profile->styles[STYLE_BODY];
    const rlen away = PT(9), thick = PT(1);
    rlen x = p->x > away ? p->x - away : 0;
    paint_fill(p, x, top, thick, height, body->colour);
}

static rlen item_width(const struct item *item, rlen stretch)
{
    return item->width + (item_is_space(item) ? stretch : 0);
}

/* The element of an item: its span's own, or that of the box. */
static uint32_t item_elem(
    const struct para *para, const struct item *item, uint32_t elem)
{
    if (!elem || !para->span_elems || !para->span_elems[item->span])
        return elem;
    return para->span_elems[item->span];
}

static uint32_t item_link(const struct para *para, const struct item *item)
{
    return para->text ? para->text->spans[item->span].link : 0;
}

static uint8_t item_change(const struct para *para, const struct item *item)
{
    return para->text ? para->text->spans[item->span].change : CHANGE_NONE;
}

/* Where a link leads, if it leads anywhere in what is printed. */
static bool link_lives(const struct painter *p, uint32_t link)
{
    const struct link *l = &p->doc->links[link];
    return l->uri.n || p->pages->page_of[l->target];
}

static void paint_link(struct painter *p, uint32_t link, uint32_t elem, rlen x,
    rlen top, rlen width, rlen height)
{
    const struct tags *tags = p->flow->tags;
    if (!link_lives(p, link))
        return;
    /* Words in another language, or that changed, are elements within it. */
    while (elem && tags->v[elem].tag != TAG_LINK)
        elem = tags->v[elem].parent;
    const struct link *l = &p->doc->links[link];
    struct draw *d = paint_add(p, DRAW_LINK);
    d->elem = elem;
    d->x = x;
    d->y = top;
    d->link.width = width;
    d->link.height = height;
    d->link.link = link;
    d->link.target = l->uri.n ? 0 : l->target;
}

/* The mark of a footnote leads to it. */
static void paint_note_link(struct painter *p, uint32_t note, uint32_t elem,
    rlen x, rlen top, rlen width, rlen height)
{
    if (!elem || !p->pages->note_page[note])
        return;
    struct draw *d = paint_add(p, DRAW_LINK);
    d->elem = elem;
    d->x = x;
    d->y = top;
    d->link.width = width;
    d->link.height = height;
    d->link.note = note;
}

/* A stretch of a line that belongs to one element and one link. */
struct stretch {
    uint32_t first, last;
    rlen x;
};

/* Inserted words are underlined, deleted ones struck through. */
static void paint_change(struct painter *p, const struct para *para,
    const struct stretch *s, rlen end, rlen top)
{
    const struct item *first = &para->items.v[s->first];
    uint8_t change = item_change(para, first);
    if (change != CHANGE_INSERTED && change != CHANGE_DELETED)
        return;
    const struct look *look = &p->flow->fonts->looks[first->look];
    rlen y = top + para->baseline;
    y += change == CHANGE_INSERTED ? look->size / 8 : -look->size / 4;
    paint_fill(p, s->x, y, end - s->x, look->size / 18, look->colour);
}

static void paint_stretch(struct painter *p, const struct para *para,
    const struct line *line, const struct stretch *s, rlen end, rlen top,
    uint32_t elem)
{
    const struct item *first = &para->items.v[s->first];
    uint32_t own = item_elem(para, first, elem);
    struct draw *d = paint_add(p, DRAW_TEXT);
    d->elem = own;
    d->artifact = elem ? ARTIFACT_NONE : p->artifact;
    d->x = s->x;
    d->y = top + para->baseline;
    d->text.items = first;
    d->text.n = s->last - s->first;
    d->text.stretch = line->stretch;
    paint_change(p, para, s, end, top);
    uint32_t link = item_link(para, first);
    if (link)
        paint_link(p, link, own, s->x, top, end - s->x, para->leading);
    const struct span *span =
        para->text ? &para->text->spans[first->span] : NULL;
    /* The number before the note itself has no element of its own. */
    if (span && span->kind == SPAN_NOTE && own != elem)
        paint_note_link(
            p, span->note, own, s->x, top, end - s->x, para->leading);
}

/* One item at the end of a line, of the last one's look. */
static struct draw *paint_end(struct painter *p, const struct para *para,
    const struct line *line, struct item end, rlen x, rlen top, uint32_t elem)
{
    const struct item *last = &para->items.v[line->last - 1];
    struct item *item = ARENA_NEW(p->a, struct item);
    *item = end;
    struct draw *d = paint_add(p, DRAW_TEXT);
    d->elem = item_elem(para, last, elem);
    d->artifact = elem ? ARTIFACT_NONE : p->artifact;
    d->x = x;
    d->y = top + para->baseline;
    d->text.items = item;
    d->text.n = 1;
    return d;
}

static bool is_kind(const struct para *para, uint32_t i, enum item_kind kind)
{
    return i < para->items.n && para->items.v[i].kind == kind;
}

/*
 * What a line ends with: the hyphen of a divided word, or a space that no eye
 * sees but which divides the words for who reads the text alone (PDF 1.7,
 * 14.8.2.5). The space that a line is broken at has been painted with it.
 */
static void paint_line_end(struct painter *p, const struct para *para,
    const struct line *line, rlen x, rlen top, uint32_t elem)
{
    uint16_t look = para->items.v[line->last - 1].look;
    bool last = line == &para->lines.v[para->lines.n - 1];
    struct fonts *fonts = p->flow->fonts;
    if (line->hyphen)
        paint_end(p, para, line, text_hyphen(fonts, look), x, top, elem)
            ->hyphen = true;
    else if (elem &&
        (last ? para->goes_on : is_kind(para, line->last, ITEM_BREAK)))
        paint_end(p, para, line, text_space(fonts, look), x, top, elem);
}

static rlen line_start(
    const struct para *para, const struct line *line, rlen x, rlen width)
{
    if (para->align == ALIGN_CENTRE)
        return x + (width - line->width) / 2;
    if (para->align == ALIGN_END)
        return x + width - line->width;
    return x;
}

/* Does something on a line differ from the edition compared with? */
static bool is_changed(const struct para *para, const struct line *line)
{
    for (uint32_t i = line->first; para->text && i < line->last; i++)
        if (item_change(para, &para->items.v[i]) != CHANGE_NONE)
            return true;
    return false;
}

static void paint_line(struct painter *p, const struct para *para,
    const struct line *line, rlen x, rlen top, uint32_t elem)
{
    if (line->first == line->last)
        return;
    if (!p->told && is_changed(para, line))
        paint_changed(p, top, para->leading);
    x -= line->hang;
    struct stretch s = {line->first, line->first, x};
    const struct item *v = para->items.v;
    for (uint32_t i = line->first; i < line->last; i++) {
        bool same = i == line->first || v[i].span == v[i - 1].span ||
            (item_elem(para, &v[i], elem) ==
                    item_elem(para, &v[s.first], elem) &&
                item_change(para, &v[i]) == item_change(para, &v[s.first]) &&
                item_link(para, &v[i]) == item_link(para, &v[s.first]));
        if (!same) {
            s.last = i;
            paint_stretch(p, para, line, &s, x, top, elem);
            s = (struct stretch){i, i, x};
        }
        x += item_width(&v[i], line->stretch);
    }
    s.last = line->last;
    if (elem && line != &para->lines.v[para->lines.n - 1])
        s.last += is_kind(para, line->last, ITEM_SPACE);
    paint_stretch(p, para, line, &s, x, top, elem);
    paint_line_end(p, para, line, x, top, elem);
}

/*
 * A hook where a line of code goes on: no character, which would be copied with
 * the text.
 */
static void paint_hook(struct painter *p, const struct para *para,
    const struct line *line, rlen x, rlen top)
{
    struct colour colour =
        p->flow->fonts->looks[para->items.v[line->first].look].colour;
    rlen unit = para->hang / 8, thick = PT(1) / 2;
    rlen foot = top + para->baseline - 2 * unit;
    paint_fill(p, x + unit, foot - 3 * unit, thick, 3 * unit, colour);
    paint_fill(p, x + unit, foot - thick, 5 * unit, thick, colour);
}

void paint_lines(struct painter *p, const struct para *para, uint32_t from,
    uint32_t to, rlen x, rlen y, rlen width, uint32_t elem)
{
    for (uint32_t i = from; i < to && i < para->lines.n; i++) {
        const struct line *line = &para->lines.v[i];
        rlen start = line_start(para, line, x, width);
        if (para->hang && para_goes_on(para, i) && line->first < line->last) {
            paint_hook(p, para, line, start, y);
            start += para->hang;
        }
        paint_line(p, para, line, start, y, elem);
        y += para->leading;
    }
}

void paint_labels(struct painter *p, const struct box *box, rlen baseline)
{
    for (const struct box_label *l = box->labels; l; l = l->next)
        paint_lines(p, l->para, 0, l->para->lines.n, p->x + l->x,
            baseline - l->para->baseline, l->para->width, l->elem);
}

void paint_bar(struct painter *p, const struct box *box,
    const struct part *part, rlen bottom)
{
    rlen top = p->bar_from ? p->bar_from : p->y + part->y;
    p->bar_from = box->bar_next ? bottom : 0;
    if (box->bar)
        paint_fill(p, p->x + box->bar_x, top, box->bar, bottom - top,
            p->profile->note_colour);
}

/* Dots at fixed places counted from the end edge, so that they stand in file.
 */
static void paint_leader(struct painter *p, const struct box *box, rlen from,
    rlen to, rlen edge, rlen top)
{
    struct slice dot = p->profile->leader;
    if (!dot.n)
        return;
    struct shape_spec spec = {.style = &p->profile->styles[box->style]};
    struct items one =
        text_shape_plain(p->flow->fonts, p->a, dot, (struct pos){0}, &spec);
    rlen gap = spec.style->size / 4;
    rlen pitch = one.natural + gap;
    if (!one.n || pitch <= 0)
        return;
    rlen first = edge - (edge - from - gap) / pitch * pitch;
    if (first < from + gap)
        first += pitch;
    for (rlen x = first; x + one.natural + gap <= to; x += pitch) {
        struct draw *d = paint_add(p, DRAW_TEXT);
        d->artifact = ARTIFACT_LAYOUT;
        d->x = x;
        d->y = top + box->para->baseline;
        d->text.items = one.v;
        d->text.n = one.n;
    }
}

/* The last line of a contents entry: leader and page number. */
static void paint_contents_end(
    struct painter *p, const struct box *box, rlen x, rlen top)
{
    const struct para *para = box->para;
    const struct line *last = &para->lines.v[para->lines.n - 1];
    uint32_t number = p->pages->number_of[box->contents];
    const char *digits = arena_printf(p->a, "%u", number);
    struct shape_spec spec = {.style = &p->profile->styles[box->style]};
    struct items items = text_shape_plain(
        p->flow->fonts, p->a, slice_of(digits), box->pos, &spec);
    rlen end = x + box->width;
    rlen start = end - items.natural;
    rlen text_end = line_start(para, last, x, para->width) + last->width;
    paint_leader(p, box, text_end, start, end, top);
    struct draw *d = paint_add(p, DRAW_TEXT);
    d->elem = box->link_elem ? box->link_elem : box->elem;
    d->x = start;
    d->y = top + para->baseline;
    d->text.items = items.v;
    d->text.n = items.n;
}

static void paint_contents_link(
    struct painter *p, const struct box *box, rlen top, rlen height)
{
    if (!p->pages->page_of[box->contents])
        return;
    struct draw *d = paint_add(p, DRAW_LINK);
    d->elem = box->link_elem;
    rlen x = box->labels && box->labels->x < box->x ? box->labels->x : box->x;
    d->x = p->x + x;
    d->y = top;
    d->link.width = box->x + box->width - x;
    d->link.height = height;
    d->link.target = box->contents;
}

static void paint_box(
    struct painter *p, const struct box *box, const struct part *part)
{
    rlen top = paint_top(p, box, part);
    rlen x = p->x + box->x;
    const struct para *para = box->para;
    rlen height = (rlen)para_height(para, part->from, part->to);
    p->told = box->change == CHANGE_TOLD;
    if (box->change && !p->told)
        paint_changed(p, top, height);
    paint_bar(p, box, part, p->y + part->y + part->height);
    if (part->first)
        paint_labels(p, box, top + para->baseline);
    paint_lines(p, para, part->from, part->to, x, top, box->width, box->elem);
    p->told = false;
    if (box->kind != BOX_CONTENTS)
        return;
    if (part->last)
        paint_contents_end(p, box, x, top + height - para->leading);
    paint_contents_link(p, box, top, height);
}

/* The image and its caption; a list's mark stands at the top. */
static void paint_figure(
    struct painter *p, const struct box *box, const struct part *part)
{
    const struct picture *picture = box->picture;
    rlen x = p->x + box->x, y = paint_top(p, box, part);
    if (box->change)
        paint_changed(p, y, (rlen)picture_height(picture));
    paint_bar(p, box, part, p->y + part->y + part->height);
    if (box->labels)
        paint_labels(p, box, y + box->labels->para->baseline);
    struct draw *d = paint_add(p, DRAW_IMAGE);
    d->elem = box->elem;
    d->artifact = box->elem ? ARTIFACT_NONE : ARTIFACT_LAYOUT;
    d->x = x + picture->x;
    d->y = y;
    d->image.width = picture->width;
    d->image.height = picture->height;
    d->image.image = picture->figure->image;
    y += picture->height + picture->gap;
    if (picture->caption)
        paint_lines(p, picture->caption, 0, picture->caption->lines.n, x, y,
            box->width, picture->caption_elem);
}

void paint_contents(struct painter *p)
{
    for (uint32_t k = 0; k < p->page->nparts; k++) {
        const struct part *part = &p->pages->parts[p->page->part + k];
        const struct box *box = &p->flow->boxes[part->box];
        if (box->kind == BOX_CONTENTS)
            paint_box(p, box, part);
    }
}

static void paint_notes(struct painter *p)
{
    const struct page *page = p->page;
    if (!page->nnotes)
        return;
    rlen y = p->y + page->notes_y;
    if (p->profile->rule_note)
        paint_fill(p, p->x, y - NOTE_GAP / 2, p->flow->width / 3,
            p->profile->rule_note, p->profile->styles[STYLE_FOOTNOTE].colour);
    for (uint32_t i = 0; i < page->nnotes; i++) {
        const struct note_box *n =
            &p->flow->notes[p->pages->notes[page->note + i]];
        if (n->label)
            paint_lines(p, n->label, 0, n->label->lines.n, p->x + n->label_x, y,
                n->label->width, n->label_elem);
        paint_lines(p, n->para, 0, n->para->lines.n, p->x + n->x, y,
            n->para->width, n->elem);
        y += n->height;
    }
}

struct painter page_painter(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    const struct flow *flow = pages->flow;
    struct painter p = {.pages = pages,
        .flow = flow,
        .doc = flow->doc,
        .profile = flow->doc->profile,
        .page = &pages->v[i],
        .artifact = ARTIFACT_PAGINATION,
        .a = scratch};
    p.x = p.page->kind == PAGE_LEFT && p.profile->duplex ? p.profile->outer
                                                         : p.profile->inner;
    p.y = p.profile->top;
    return p;
}

struct display page_paint(
    const struct pages *pages, uint32_t i, struct arena *scratch)
{
    const struct flow *flow = pages->flow;
    struct painter p = page_painter(pages, i, scratch);
    paint_frames(&p);
    for (uint32_t k = 0; k < p.page->nparts; k++) {
        const struct part *part = &pages->parts[p.page->part + k];
        const struct box *box = &flow->boxes[part->box];
        if (box->kind == BOX_TABLE)
            paint_table(&p, box, part);
        else if (box->kind == BOX_FIGURE)
            paint_figure(&p, box, part);
        else if (box->kind == BOX_BOARD)
            paint_board(&p, box, part);
        else
            paint_box(&p, box, part);
    }
    paint_notes(&p);
    paint_furniture(&p);
    return p.out;
}
