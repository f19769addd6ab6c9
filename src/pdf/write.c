/* The PDF from its pages: document, pages, catalog, metadata. */
#include "pdf/pdf_int.h"

#include <stdio.h>

/* "2025-12-04T00:00:00Z" and "D:20251204000000Z" need no more. */
enum { DATE_MAX = 40 };

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

struct moment {
    int64_t year;
    int month, day, hour, minute, second;
};

/* Of the years 1 to 9999: what is outside is moved to the nearest. */
static struct moment moment_of(int64_t seconds)
{
    static const int64_t FIRST = -62135596800, LAST = 253402300799;
    enum { DAY = 86400, DAYS_400 = 146097, DAYS_100 = 36524, DAYS_4 = 1461 };
    if (seconds < FIRST)
        seconds = FIRST;
    if (seconds > LAST)
        seconds = LAST;
    /* Days since 1 March of the year 0: a leap day ends its year. */
    int64_t days = (seconds - FIRST) / DAY + 306;
    int in_day = (int)((seconds - FIRST) % DAY);
    int64_t year = days / DAYS_400 * 400;
    days %= DAYS_400;
    int64_t century = days / DAYS_100 < 4 ? days / DAYS_100 : 3;
    days -= century * DAYS_100;
    year += century * 100 + days / DAYS_4 * 4;
    days %= DAYS_4;
    int64_t rest = days / 365 < 4 ? days / 365 : 3;
    days -= rest * 365;
    year += rest;
    /* From March on, five months have 153 days. */
    int64_t month = (5 * days + 2) / 153;
    return (struct moment){
        .year = month < 10 ? year : year + 1,
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(days - (153 * month + 2) / 5) + 1,
        .hour = in_day / 3600,
        .minute = in_day / 60 % 60,
        .second = in_day % 60,
    };
}

static void put_xml(struct buf *b, struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.s[i]) {
        case '&':
            buf_puts(b, "&amp;");
            break;
        case '<':
            buf_puts(b, "&lt;");
            break;
        case '>':
            buf_puts(b, "&gt;");
            break;
        default:
            buf_putc(b, s.s[i]);
        }
    }
}

static uint32_t write_metadata(
    struct pdf *p, struct slice title, struct moment t)
{
    struct buf b = buf_new(p->a);
    char date[DATE_MAX];
    snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)t.year,
        t.month, t.day, t.hour, t.minute, t.second);
    buf_puts(&b,
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    put_xml(&b, title);
    buf_puts(&b,
        "</rdf:li></rdf:Alt></dc:title>\n"
        "<dc:language><rdf:Bag><rdf:li>");
    put_xml(&b, slice_of(p->doc->langs[0]));
    buf_printf(&b,
        "</rdf:li></rdf:Bag></dc:language>\n"
        "<xmp:CreateDate>%s</xmp:CreateDate>\n"
        "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
        "<xmp:MetadataDate>%s</xmp:MetadataDate>\n<pdf:Producer>",
        date, date, date);
    put_xml(&b, slice_of(p->opt->producer));
    buf_puts(&b,
        "</pdf:Producer>\n</rdf:Description>\n</rdf:RDF>\n"
        "</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    uint32_t id = pdf_new_id(p);
    /* Not packed, so that programs which know no PDF find it. */
    pdf_save_stream(p, id, SLICE("/Type /Metadata /Subtype /XML "),
        (struct slice){b.s, b.n}, false);
    return id;
}

static void fill_info(struct pdf *p, struct slice title, struct moment t)
{
    struct buf *b = pdf_extra(p, p->haru->info);
    char date[DATE_MAX];
    snprintf(date, sizeof date, "(D:%04d%02d%02d%02d%02d%02dZ)", (int)t.year,
        t.month, t.day, t.hour, t.minute, t.second);
    HPDF_Dict_RemoveElement(p->haru->info, "Producer");
    buf_puts(b, "/Title ");
    pdf_put_text(b, title);
    buf_puts(b, "\n/Producer ");
    pdf_put_text(b, slice_of(p->opt->producer));
    buf_printf(b, "\n/CreationDate %s\n/ModDate %s\n", date, date);
}

static void fill_catalog(
    struct pdf *p, uint32_t metadata, uint32_t names, uint32_t structure)
{
    struct buf *b = pdf_extra(p, p->haru->catalog);
    buf_puts(b, "/MarkInfo <</Marked true>>\n/StructTreeRoot ");
    pdf_put_ref(b, structure);
    buf_putc(b, '\n');
    buf_puts(b, "/Lang ");
    pdf_put_bytes(b, slice_of(p->doc->langs[0]));
    buf_puts(b, "\n/ViewerPreferences <</DisplayDocTitle true>>\n/Metadata ");
    pdf_put_ref(b, metadata);
    if (names) {
        buf_puts(b, "\n/Names <</Dests ");
        pdf_put_ref(b, names);
        buf_puts(b, ">>");
    }
    buf_putc(b, '\n');
}

static void write_document(struct pdf *p)
{
    struct slice title = inline_plain(p->a, p->doc, &p->doc->title);
    struct moment t = moment_of(p->opt->date);
    pdf_structure_number(p);
    pdf_links_write(p);
    pdf_fonts_write(p);
    if (pdf_outline(p))
        HPDF_SetPageMode(p->haru, HPDF_PAGE_MODE_USE_OUTLINE);
    pdf_labels(p);
    fill_info(p, title, t);
    uint32_t names = pdf_names(p), structure = pdf_structure_write(p);
    fill_catalog(p, write_metadata(p, title, t), names, structure);
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
        write_document(p);
    return !p->failed;
}

bool pdf_write(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out)
{
    return pdf_write_painted(l, scratch, pages, opt, out, page_paint);
}
