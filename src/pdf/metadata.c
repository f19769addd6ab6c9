/* What the PDF says of itself: XMP, document information, output intent. */
#include "pdf/pdf_int.h"

#include <stdio.h>
#include <string.h>

/* "2025-12-04T00:00:00Z" and "D:20251204000000Z" need no more. */
enum { DATE_MAX = 40 };

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

void pdf_put_date(struct buf *b, int64_t seconds)
{
    struct moment t = moment_of(seconds);
    char date[DATE_MAX];
    snprintf(date, sizeof date, "(D:%04d%02d%02d%02d%02d%02dZ)", (int)t.year,
        t.month, t.day, t.hour, t.minute, t.second);
    buf_puts(b, date);
}

void pdf_put_xml(struct buf *b, struct slice s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = utf8_decode(s.s + i, s.n - i, &cp);
        if (!len || !utf8_allowed(cp))
            buf_utf8(b, 0xfffd);
        else if (cp == '&')
            buf_puts(b, "&amp;");
        else if (cp == '<')
            buf_puts(b, "&lt;");
        else if (cp == '>')
            buf_puts(b, "&gt;");
        else
            buf_put(b, s.s + i, len);
        i += len ? len : 1;
    }
}

/* What the report says of itself; a part that it does not is empty. */
struct facts {
    struct slice title, author, publisher, description, keywords;
};

static struct slice fact(struct pdf *p, const char *name)
{
    const struct report *r = p->doc->report;
    for (uint32_t i = 0; i < r->nfields; i++) {
        if (strcmp(r->fields[i].name, name) == 0)
            return inline_plain(p->a, p->doc, &p->doc->facts[i]);
    }
    return (struct slice){0};
}

static struct facts facts_of(struct pdf *p)
{
    return (struct facts){
        .title = inline_plain(p->a, p->doc, &p->doc->title),
        .author = fact(p, "author"),
        .publisher = fact(p, "organization"),
        .description = fact(p, "abstract"),
        .keywords = fact(p, "keywords"),
    };
}

static void put_item(struct buf *b, struct slice s, bool localized)
{
    buf_puts(b, localized ? "<rdf:li xml:lang=\"x-default\">" : "<rdf:li>");
    pdf_put_xml(b, s);
    buf_puts(b, "</rdf:li>");
}

/* A property with one item in its list, unless that is empty. */
static void put_property(
    struct buf *b, const char *name, const char *list, struct slice s)
{
    if (!s.n)
        return;
    buf_printf(b, "<%s><rdf:%s>", name, list);
    put_item(b, s, strcmp(list, "Alt") == 0);
    buf_printf(b, "</rdf:%s></%s>\n", list, name);
}

static void put_plain(struct buf *b, const char *name, struct slice s)
{
    if (!s.n)
        return;
    buf_printf(b, "<%s>", name);
    pdf_put_xml(b, s);
    buf_printf(b, "</%s>\n", name);
}

static struct slice trim(struct slice s)
{
    while (s.n && (s.s[0] == ' ' || s.s[0] == '\n'))
        s = (struct slice){s.s + 1, s.n - 1};
    while (s.n && (s.s[s.n - 1] == ' ' || s.s[s.n - 1] == '\n'))
        s.n--;
    return s;
}

/* Keywords are divided by commas. */
static void put_subjects(struct buf *b, struct slice s)
{
    if (!s.n)
        return;
    buf_puts(b, "<dc:subject><rdf:Bag>");
    while (s.n) {
        const char *comma = memchr(s.s, ',', s.n);
        size_t n = comma ? (size_t)(comma - s.s) : s.n;
        struct slice word = trim((struct slice){s.s, n});
        if (word.n)
            put_item(b, word, false);
        n += comma != NULL;
        s = (struct slice){s.s + n, s.n - n};
    }
    buf_puts(b, "</rdf:Bag></dc:subject>\n");
}

static void put_dublin_core(struct pdf *p, struct buf *b, const struct facts *f)
{
    buf_puts(b, "<dc:format>application/pdf</dc:format>\n");
    put_property(b, "dc:title", "Alt", f->title);
    put_property(b, "dc:language", "Bag", slice_of(p->doc->langs[0]));
    put_property(b, "dc:creator", "Seq", f->author);
    put_property(b, "dc:publisher", "Bag", f->publisher);
    put_property(b, "dc:description", "Alt", f->description);
    put_subjects(b, f->keywords);
}

static void put_dates(struct pdf *p, struct buf *b)
{
    struct moment t = moment_of(p->opt->date);
    char date[DATE_MAX];
    snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)t.year,
        t.month, t.day, t.hour, t.minute, t.second);
    buf_printf(b,
        "<xmp:CreateDate>%s</xmp:CreateDate>\n"
        "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
        "<xmp:MetadataDate>%s</xmp:MetadataDate>\n",
        date, date, date);
}

static void put_claims(struct buf *b, enum standard standard)
{
    switch (standard) {
    case STANDARD_UA1_A2A:
    case STANDARD_UA1_A3A:
        buf_printf(b,
            "<pdfaid:part>%d</pdfaid:part>"
            "<pdfaid:conformance>A</pdfaid:conformance>\n"
            "<pdfuaid:part>1</pdfuaid:part>\n",
            standard == STANDARD_UA1_A2A ? 2 : 3);
        return;
    case STANDARD_UA2_A4F:
        buf_puts(b,
            "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
            "<pdfaid:conformance>F</pdfaid:conformance>\n"
            "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>\n");
        return;
    case STANDARD_NONE:
        return;
    }
}

/* By what the file was made, so that it can be made again. */
static void put_made(struct pdf *p, struct buf *b)
{
    put_plain(b, "rapporteur:Version", slice_of(p->opt->version));
    const char *const *option = p->opt->made_with;
    if (!option || !*option)
        return;
    buf_puts(b, "<rapporteur:Options><rdf:Seq>");
    for (; *option; option++)
        put_item(b, slice_of(*option), false);
    buf_puts(b, "</rdf:Seq></rapporteur:Options>\n");
}

/* Of a schema that PDF/A does not know: a property, its type, what it is. */
static void put_extension(struct buf *b, const char *const (*properties)[3],
    size_t n, const char *title, const char *uri, const char *prefix)
{
    buf_printf(b,
        "<rdf:li rdf:parseType=\"Resource\">"
        "<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
        "<pdfaSchema:property><rdf:Seq>",
        title, uri, prefix);
    for (size_t i = 0; i < n; i++)
        buf_printf(b,
            "<rdf:li rdf:parseType=\"Resource\">"
            "<pdfaProperty:name>%s</pdfaProperty:name>"
            "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
            "<pdfaProperty:category>internal</pdfaProperty:category>"
            "<pdfaProperty:description>%s</pdfaProperty:description>"
            "</rdf:li>\n",
            properties[i][0], properties[i][1], properties[i][2]);
    buf_puts(b, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
}

#define UA_URI "http://www.aiim.org/pdfua/ns/id/"

/* PDF/A-2 and PDF/A-3 want every other schema described. */
static void put_extensions(struct buf *b)
{
    static const char *const UA[][3] = {
        {"part", "Integer", "Part of ISO 14289 to which the file conforms"}};
    static const char *const MADE[][3] = {
        {"Version", "Text", "Version of Rapporteur that made the file"},
        {"Options", "seq Text", "Options that decided its bytes"}};
    buf_puts(b,
        "<rdf:Description rdf:about=\"\""
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
        "<pdfaExtension:schemas><rdf:Bag>");
    put_extension(b, UA, sizeof UA / sizeof *UA, "PDF/UA identification schema",
        UA_URI, "pdfuaid");
    put_extension(b, MADE, sizeof MADE / sizeof *MADE, "Rapporteur schema",
        PDF_MADE_URI, "rapporteur");
    buf_puts(b, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

static uint32_t write_xmp(struct pdf *p, const struct facts *f)
{
    struct buf b = buf_new(p->a);
    buf_puts(&b,
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\""
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
        " xmlns:pdfuaid=\"" UA_URI "\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
        " xmlns:rapporteur=\"" PDF_MADE_URI "\">\n");
    put_claims(&b, p->opt->standard);
    put_dublin_core(p, &b, f);
    put_dates(p, &b);
    put_plain(&b, "pdf:Producer", slice_of(p->opt->producer));
    put_plain(&b, "pdf:Keywords", f->keywords);
    put_made(p, &b);
    buf_puts(&b, "</rdf:Description>\n");
    if (p->opt->standard == STANDARD_UA1_A2A ||
        p->opt->standard == STANDARD_UA1_A3A)
        put_extensions(&b);
    buf_puts(&b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    uint32_t id = pdf_new_id(p);
    /* Not packed, so that programs which know no PDF find it. */
    pdf_save_stream(p, id, SLICE("/Type /Metadata /Subtype /XML "),
        (struct slice){b.s, b.n}, false);
    return id;
}

static void put_text(struct buf *b, const char *key, struct slice s)
{
    if (!s.n)
        return;
    buf_puts(b, key);
    pdf_put_text(b, s);
    buf_putc(b, '\n');
}

static void fill_info(struct pdf *p, const struct facts *f)
{
    struct buf *b = pdf_extra(p, p->haru->info);
    HPDF_Dict_RemoveElement(p->haru->info, "Producer");
    put_text(b, "/Title ", f->title);
    put_text(b, "/Author ", f->author);
    put_text(b, "/Subject ", f->description);
    put_text(b, "/Keywords ", f->keywords);
    put_text(b, "/Producer ", slice_of(p->opt->producer));
    buf_puts(b, "/CreationDate ");
    pdf_put_date(b, p->opt->date);
    buf_puts(b, "\n/ModDate ");
    pdf_put_date(b, p->opt->date);
    buf_putc(b, '\n');
}

/* The colours are sRGB; PDF/A wants to be told. */
static uint32_t write_intent(struct pdf *p)
{
    uint32_t profile = pdf_new_id(p), id = pdf_new_id(p);
    struct buf b = buf_new(p->a);
    pdf_save_stream(p, profile, SLICE("/N 3 "),
        (struct slice){(const char *)pdf_srgb, PDF_SRGB_SIZE}, true);
    buf_puts(&b,
        "<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
        " /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1)"
        " /DestOutputProfile ");
    pdf_put_ref(&b, profile);
    buf_puts(&b, ">>");
    pdf_save_object(p, id, (struct slice){b.s, b.n});
    return id;
}

void pdf_metadata(struct pdf *p)
{
    struct facts facts = facts_of(p);
    struct buf *catalog = pdf_extra(p, p->haru->catalog);
    if (pdf_is_2(p))
        HPDF_Xref_GetEntry(p->haru->xref, pdf_id(p->haru->info))->obj = NULL;
    else
        fill_info(p, &facts);
    buf_puts(catalog, "/Metadata ");
    pdf_put_ref(catalog, write_xmp(p, &facts));
    buf_puts(catalog, "\n/OutputIntents [");
    pdf_put_ref(catalog, write_intent(p));
    buf_puts(catalog, "]\n");
}
