/* Places in the document and links to them: names, annotations, labels. */
#include "pdf/pdf_int.h"

#include <stdlib.h>

/* Where a link leads to in the document. */
struct spot {
    uint32_t page; /* index */
    rlen y; /* from the page's top */
    uint32_t elem; /* id of the element there; PDF 2.0 only */
};

static struct spot spot_of(struct pdf *p, uint32_t target)
{
    return (struct spot){p->pages->page_of[target] - 1, p->pages->y_of[target],
        pdf_is_2(p) ? pdf_target_elem(p, target) : 0};
}

static struct spot spot_of_note(struct pdf *p, uint32_t note)
{
    return (struct spot){p->pages->note_page[note] - 1, p->pages->note_y[note],
        pdf_is_2(p) ? pdf_note_elem(p, note) : 0};
}

/* "[12 0 R /XYZ 0 700 null]": the page's start edge, the zoom as it is. */
static void put_place(struct pdf *p, struct buf *b, uint32_t id, rlen y)
{
    buf_putc(b, '[');
    pdf_put_ref(b, id);
    buf_puts(b, " /XYZ 0 ");
    pdf_put_number(b, pdf_round(p->doc->profile->height - y, 10), 2);
    buf_puts(b, " null]");
}

/*
 * "/Dest[…]" or, by name, "/Dest(…)"; in PDF 2.0 an action, with the structure
 * destination too (PDF/UA-2, 8.8) beside one that all readers know.
 */
static void put_jump(
    struct pdf *p, struct buf *b, struct slice name, struct spot to)
{
    buf_puts(b, pdf_is_2(p) ? "/A<</S/GoTo/D" : "/Dest");
    if (name.n)
        pdf_put_bytes(b, name);
    else
        put_place(p, b, p->page_ids[to.page], to.y);
    if (!pdf_is_2(p))
        return;
    buf_puts(b, "/SD");
    put_place(p, b, to.elem, to.y);
    buf_puts(b, ">>");
}

void pdf_put_jump(struct pdf *p, struct buf *b, uint32_t target)
{
    put_jump(p, b, p->doc->targets[target].id, spot_of(p, target));
}

/* What a link is called by who cannot see it; never empty. */
static struct slice link_text(
    struct pdf *p, const struct link_box *box, const struct link *link)
{
    if (box->note)
        return inline_plain(p->a, p->doc, &p->doc->notes[box->note].text);
    if (link && (link->text.n || link->uri.n))
        return link->text.n ? link->text : link->uri;
    /* A page number says little: rather what stands there. */
    uint32_t target = link ? link->target : box->target;
    struct slice text = pdf_heading_text(p, target);
    return text.n ? text : p->doc->targets[target].id;
}

static void put_link_action(struct pdf *p, struct buf *b,
    const struct link_box *box, const struct link *link)
{
    if (link && link->uri.n) {
        buf_puts(b, "/A<</S/URI/URI");
        pdf_put_bytes(b, link->uri);
        buf_puts(b, ">>");
    } else if (box->note) {
        put_jump(p, b, (struct slice){NULL, 0}, spot_of_note(p, box->note));
    } else {
        pdf_put_jump(p, b, link ? link->target : box->target);
    }
}

/*
 * An annotation is an object of ours, since a table may have a link in each of
 * 100,000 rows.
 */
static void write_link(struct pdf *p, const struct link_box *box, uint32_t key)
{
    const struct link *link = box->link ? &p->doc->links[box->link] : NULL;
    struct buf *b = &p->object;
    b->n = 0;
    /* F 4: it is printed, as PDF/A wants it. */
    buf_puts(b, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    for (unsigned i = 0; i < 4; i++) {
        pdf_put_number(b, pdf_round(box->rect[i], 10), 2);
        buf_putc(b, i < 3 ? ' ' : ']');
    }
    buf_puts(b, "/P ");
    pdf_put_ref(b, p->page_ids[box->page]);
    buf_puts(b, "/StructParent ");
    pdf_put_number(b, key, 0);
    buf_puts(b, "/Contents");
    pdf_put_text(b, link_text(p, box, link));
    put_link_action(p, b, box, link);
    buf_puts(b, ">>");
    pdf_save_object(p, box->id, (struct slice){b->s, b->n});
}

void pdf_links_write(struct pdf *p)
{
    for (size_t i = 0; i < p->nlinks && !p->failed; i++)
        write_link(p, &p->links[i], p->pages->n + (uint32_t)i);
}

static void add_link(struct pdf *p, uint32_t page, const struct draw *d)
{
    rlen height = p->doc->profile->height;
    p->links = arena_grow(
        p->a, p->links, &p->links_cap, p->nlinks + 1, sizeof *p->links);
    struct link_box *box = &p->links[p->nlinks++];
    *box =
        (struct link_box){.rect = {d->x, (rlen)(height - d->y - d->link.height),
                              d->x + d->link.width, height - d->y},
            .id = pdf_new_id(p),
            .page = page,
            .elem = d->elem,
            .link = d->link.link,
            .target = d->link.target,
            .note = d->link.note};
    pdf_mark_object(p, d->elem, box->id);
}

/*
 * Does a link lead anywhere? One that is part of an artifact, as a repeated
 * header is, is none: PDF/UA-1 wants an element for it.
 */
static bool leads(const struct pdf *p, const struct draw *d)
{
    const struct link *link =
        d->link.link ? &p->doc->links[d->link.link] : NULL;
    uint32_t target = link ? link->target : d->link.target;
    return d->elem &&
        (d->link.note || (link && link->uri.n) || p->pages->page_of[target]);
}

void pdf_links(struct pdf *p, uint32_t i, const struct display *display)
{
    struct buf *list = &p->object;
    size_t first = p->nlinks;
    for (size_t k = 0; k < display->n && !p->failed; k++) {
        const struct draw *d = &display->v[k];
        if (d->kind == DRAW_LINK && leads(p, d))
            add_link(p, i, d);
    }
    if (p->nlinks == first || p->failed)
        return;
    list->n = 0;
    for (size_t k = first; k < p->nlinks; k++) {
        buf_putc(list, k == first ? '[' : ' ');
        pdf_put_ref(list, p->links[k].id);
    }
    buf_putc(list, ']');
    uint32_t id = pdf_new_id(p);
    pdf_save_object(p, id, (struct slice){list->s, list->n});
    pdf_add_ref(p, HPDF_GetPageByIndex(p->haru, i), "Annots", id);
}

/* A target's name and its index. */
struct name {
    struct slice id;
    uint32_t target;
};

static int by_bytes(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return slice_compare(x->id, y->id);
}

uint32_t pdf_names(struct pdf *p)
{
    struct name *names = ARENA_ARRAY(p->a, p->doc->ntargets, struct name);
    uint32_t n = 0;
    for (uint32_t t = 1; t < p->doc->ntargets; t++)
        if (p->doc->targets[t].id.n && p->pages->page_of[t])
            names[n++] = (struct name){p->doc->targets[t].id, t};
    qsort(names, n, sizeof *names, by_bytes);
    struct tree tree = pdf_tree(p, true);
    struct buf key = buf_new(p->a);
    for (uint32_t i = 0; i < n; i++) {
        key.n = 0;
        pdf_put_bytes(&key, names[i].id);
        struct buf *b = pdf_tree_entry(&tree, (struct slice){key.s, key.n});
        struct spot to = spot_of(p, names[i].target);
        if (pdf_is_2(p))
            buf_puts(b, "<</D");
        put_place(p, b, p->page_ids[to.page], to.y);
        if (!pdf_is_2(p))
            continue;
        buf_puts(b, "/SD");
        put_place(p, b, to.elem, to.y);
        buf_puts(b, ">>");
    }
    return pdf_tree_end(&tree);
}

/* Pages whose numbers follow one another share a range. */
void pdf_labels(struct pdf *p)
{
    const struct pages *pages = p->pages;
    for (uint32_t i = 0; i < pages->n && pdf_ok(p); i++) {
        uint32_t number = pages->v[i].number;
        if (!i || number != pages->v[i - 1].number + 1)
            HPDF_AddPageLabel(
                p->haru, i, HPDF_PAGE_NUM_STYLE_DECIMAL, number, NULL);
    }
}
