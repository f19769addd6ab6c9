/* Places in the document and links to them: names, annotations, labels. */
#include "pdf/pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* In one node of a name tree: names, or nodes below. */
enum { NODE_ITEMS = 64 };

/* "[12 0 R /XYZ 0 700 null]": the page's start edge, the zoom as it is. */
static void put_place(struct pdf *p, struct buf *b, uint32_t target)
{
    const struct pages *pages = p->pages;
    rlen height = p->doc->profile->height;
    uint32_t page = pages->page_of[target] - 1;
    buf_putc(b, '[');
    pdf_put_ref(b, p->page_ids[page]);
    buf_puts(b, " /XYZ 0 ");
    pdf_put_number(b, pdf_round(height - pages->y_of[target], 10), 2);
    buf_puts(b, " null]");
}

void pdf_put_dest(struct pdf *p, struct buf *b, uint32_t target)
{
    struct slice id = p->doc->targets[target].id;
    if (id.n)
        pdf_put_bytes(b, id);
    else
        put_place(p, b, target);
}

/* A link of libharu's, within `rect`: to an address, or to be completed. */
static HPDF_Annotation add_annotation(
    struct pdf *p, uint32_t i, HPDF_Rect rect, struct slice uri)
{
    HPDF_Page page = HPDF_GetPageByIndex(p->haru, i);
    pdf_widen(p);
    if (uri.n)
        return HPDF_Page_CreateURILinkAnnot(
            page, rect, arena_strndup(p->a, uri.s, uri.n));
    /*
     * libharu's destinations cannot keep the zoom, so this one only opens the
     * door: it is taken out again, and its id given to the link.
     */
    HPDF_Destination none = HPDF_Page_CreateDestination(page);
    if (!none)
        return NULL;
    pdf_drop_last_id(p);
    HPDF_Annotation a = HPDF_Page_CreateLinkAnnot(page, rect, none);
    if (a)
        HPDF_Dict_RemoveElement(a, "Dest");
    return a;
}

static void add_link(struct pdf *p, uint32_t i, const struct draw *d)
{
    const struct link *link =
        d->link.link ? &p->doc->links[d->link.link] : NULL;
    uint32_t target = link ? link->target : d->link.target;
    struct slice uri = link ? link->uri : (struct slice){NULL, 0};
    struct slice text = link ? link->text : pdf_heading_text(p, target);
    if (!uri.n && !p->pages->page_of[target])
        return;
    float height = (float)p->doc->profile->height;
    HPDF_Rect rect = {(float)d->x / 1000,
        (height - (float)(d->y + d->link.height)) / 1000,
        (float)(d->x + d->link.width) / 1000, (height - (float)d->y) / 1000};
    HPDF_Annotation a = add_annotation(p, i, rect, uri);
    if (!a)
        return;
    struct buf *b = pdf_extra(p, a);
    buf_puts(b, "/F 4\n/Border [0 0 0]\n/Contents "); /* 4: printed */
    pdf_put_text(b, text.n ? text : uri);
    if (!uri.n) {
        buf_puts(b, "\n/Dest ");
        pdf_put_dest(p, b, target);
    }
    buf_putc(b, '\n');
}

void pdf_links(struct pdf *p, uint32_t i, const struct display *display)
{
    for (size_t k = 0; k < display->n && pdf_ok(p); k++)
        if (display->v[k].kind == DRAW_LINK)
            add_link(p, i, &display->v[k]);
}

/* A target's name and its index, or a node and the names it spans. */
struct name {
    struct slice first, last;
    uint32_t index; /* target; for a node its id */
};

static int by_bytes(const void *a, const void *b)
{
    const struct slice *x = &((const struct name *)a)->first;
    const struct slice *y = &((const struct name *)b)->first;
    int order = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static uint32_t list_names(struct pdf *p, struct name *names)
{
    uint32_t n = 0;
    for (uint32_t t = 1; t < p->doc->ntargets; t++) {
        struct slice id = p->doc->targets[t].id;
        if (id.n && p->pages->page_of[t])
            names[n++] = (struct name){id, id, t};
    }
    qsort(names, n, sizeof *names, by_bytes);
    return n;
}

/* Write one node of n items; `alone` is the root. Returns it as an item. */
static struct name write_node(
    struct pdf *p, const struct name *items, uint32_t n, bool leaf, bool alone)
{
    struct buf b = buf_new(p->a);
    struct name node = {items[0].first, items[n - 1].last, pdf_new_id(p)};
    buf_puts(&b, "<<");
    if (!alone) {
        buf_puts(&b, "/Limits [");
        pdf_put_bytes(&b, node.first);
        pdf_put_bytes(&b, node.last);
        buf_puts(&b, "] ");
    }
    buf_puts(&b, leaf ? "/Names [" : "/Kids [");
    for (uint32_t i = 0; i < n; i++) {
        if (leaf) {
            pdf_put_bytes(&b, items[i].first);
            put_place(p, &b, items[i].index);
        } else {
            pdf_put_ref(&b, items[i].index);
            buf_putc(&b, ' ');
        }
    }
    buf_puts(&b, "]>>");
    pdf_save_object(p, node.index, (struct slice){b.s, b.n});
    return node;
}

uint32_t pdf_names(struct pdf *p)
{
    struct name *items = ARENA_ARRAY(p->a, p->doc->ntargets, struct name);
    uint32_t n = list_names(p, items);
    if (!n)
        return 0;
    /* The nodes of each level take the places of the items below them. */
    for (bool leaf = true; leaf || n > 1; leaf = false) {
        uint32_t nodes = 0;
        for (uint32_t i = 0; i < n; i += NODE_ITEMS) {
            uint32_t here = n - i < NODE_ITEMS ? n - i : NODE_ITEMS;
            items[nodes++] =
                write_node(p, items + i, here, leaf, n <= NODE_ITEMS);
        }
        n = nodes;
    }
    return items[0].index;
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
