/* The PDF from its pages: document, pages, catalog. */
#include "pdf/pdf_int.h"

static void add_pages(struct pdf *p)
{
    const struct profile *style = p->doc->profile;
    p->page_ids = ARENA_ARRAY(p->a, p->pages->n, uint32_t);
    p->resources = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Xref_Add(p->haru->xref, p->resources);
    for (uint32_t i = 0; i < p->pages->n && pdf_ok(p); i++) {
        pdf_widen(p);
        HPDF_Page page = HPDF_AddPage(p->haru);
        if (!page) {
            pdf_fail(p, D_PDF_FAILED, "libharu made no page");
            return;
        }
        HPDF_Page_SetWidth(page, (HPDF_REAL)style->width / 1000);
        HPDF_Page_SetHeight(page, (HPDF_REAL)style->height / 1000);
        HPDF_Dict_Add(page, "Resources", p->resources);
        HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)i);
        HPDF_Dict_AddName(page, "Tabs", "S");
        p->page_ids[i] = pdf_id(page);
        /* The content is ours, with its length in it: page, content, length. */
        pdf_drop_last(p);
        pdf_drop_last(p);
        pdf_new_id(p);
    }
}

static void write_pages(
    struct pdf *p, struct arena *scratch, pdf_paint_fn paint)
{
    for (uint32_t i = 0; i < p->pages->n && !p->failed; i++) {
        progress_tick(p->l->progress, i, p->pages->n);
        struct display display = paint(p->pages, i, scratch);
        pdf_save_stream(p, p->page_ids[i] + 1, (struct slice){NULL, 0},
            pdf_content(p, i, &display), true);
        pdf_links(p, i, &display);
        arena_reset(scratch);
    }
}

/* An entry of a name dictionary, unless there is nothing to name. */
static void put_tree(struct buf *b, const char *key, uint32_t id)
{
    if (!id)
        return;
    buf_puts(b, key);
    pdf_put_ref(b, id);
}

static void fill_catalog(struct pdf *p, struct arena *scratch)
{
    struct buf *b = pdf_extra(p, p->haru->catalog);
    uint32_t dests = pdf_names(p), files = pdf_attach(p, scratch);
    buf_puts(b, "/MarkInfo <</Marked true>>\n/StructTreeRoot ");
    pdf_put_ref(b, pdf_structure_write(p));
    buf_puts(b, "\n/Lang ");
    pdf_put_bytes(b, slice_of(p->doc->langs[0]));
    buf_puts(b, "\n/ViewerPreferences <</DisplayDocTitle true>>\n");
    if (dests || files) {
        buf_puts(b, "/Names <<");
        put_tree(b, "/Dests ", dests);
        put_tree(b, "/EmbeddedFiles ", files);
        buf_puts(b, ">>\n");
    }
}

static void write_document(struct pdf *p, struct arena *scratch)
{
    pdf_structure_number(p);
    pdf_links_write(p);
    pdf_fonts_write(p);
    pdf_images_write(p, scratch);
    if (pdf_outline(p))
        HPDF_SetPageMode(p->haru, HPDF_PAGE_MODE_USE_OUTLINE);
    pdf_labels(p);
    pdf_metadata(p);
    fill_catalog(p, scratch);
    pdf_save_finish(p);
}

struct pdf *pdf_open(const struct load *l, const struct pages *pages,
    const struct pdf_options *opt)
{
    struct pdf *p = ARENA_NEW(l->a, struct pdf);
    p->l = l;
    p->a = l->a;
    p->pages = pages;
    p->doc = pages->flow->doc;
    p->opt = opt;
    p->content = buf_new(p->a);
    p->object = buf_new(p->a);
    p->uses = ARENA_ARRAY(p->a, pages->flow->fonts->nfaces, struct face_use);
    if (pdf_haru_open(p))
        add_pages(p);
    return p;
}

bool pdf_write_painted(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out, pdf_paint_fn paint)
{
    struct pdf *p = pdf_open(l, pages, opt);
    if (!p->failed)
        pdf_save_start(p, out);
    write_pages(p, scratch, paint);
    if (!p->failed)
        write_document(p, scratch);
    return !p->failed;
}

bool pdf_write(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out)
{
    return pdf_write_painted(l, scratch, pages, opt, out, page_paint);
}
