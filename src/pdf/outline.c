/* The outline: an entry for every heading. */
#include "pdf/pdf_int.h"

/* PDF/UA-1 has six levels of headings; 0 stands for the root. */
enum { LEVELS = 6, LEVEL_OPEN = 1 };

struct slice pdf_heading_text(struct pdf *p, uint32_t target)
{
    const struct target *t = &p->doc->targets[target];
    const struct section_doc *s = t->section;
    struct buf b = buf_new(p->a);
    if (!s)
        return t->label;
    struct slice title = inline_plain(p->a, p->doc, &s->title);
    buf_put(&b, s->label.s, s->label.n);
    if (s->label.n && title.n)
        buf_putc(&b, ' ');
    buf_put(&b, title.s, title.n);
    return (struct slice){b.s, b.n};
}

static HPDF_Outline add_entry(
    struct pdf *p, HPDF_Outline parent, const struct box *box)
{
    pdf_widen(p);
    HPDF_Outline o = HPDF_CreateOutline(p->haru, parent, "", NULL);
    if (!o)
        return NULL;
    /* Deeper levels are unfolded by the reader. */
    HPDF_Outline_SetOpened(o, box->heading <= LEVEL_OPEN);
    /* libharu gives entries the type of the root, and no Unicode titles. */
    HPDF_Dict_RemoveElement(o, "Type");
    HPDF_Dict_RemoveElement(o, "Title");
    struct buf *b = pdf_extra(p, o);
    buf_puts(b, "/Title ");
    pdf_put_text(b, pdf_heading_text(p, box->target));
    buf_putc(b, '\n');
    pdf_put_jump(p, b, box->target);
    buf_putc(b, '\n');
    return o;
}

bool pdf_outline(struct pdf *p)
{
    const struct flow *flow = p->pages->flow;
    HPDF_Outline open[LEVELS + 1] = {NULL}; /* the last entry of each level */
    uint32_t last = 0;
    for (size_t i = 0; i < flow->n && pdf_ok(p); i++) {
        const struct box *box = &flow->boxes[i];
        uint32_t target = box->target;
        /* A heading of two boxes (label and title) has one entry. */
        if (!box->heading || box->heading > LEVELS || !target ||
            target == last || !p->pages->page_of[target])
            continue;
        last = target;
        unsigned up = box->heading - 1U;
        while (up && !open[up])
            up--;
        HPDF_Outline o = add_entry(p, up ? open[up] : NULL, box);
        open[box->heading] = o;
        for (unsigned deeper = box->heading + 1U; deeper <= LEVELS; deeper++)
            open[deeper] = NULL;
    }
    return last != 0;
}
