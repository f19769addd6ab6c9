/* libharu at arm's length, and the syntax of PDF objects. */
#include "pdf/pdf_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LIST_STEP = 4096 };

/*
 * libharu's allocator gets no argument, hence this. It never sees NULL: when
 * memory runs out, arena_alloc leaves for the build's owner, and nothing of
 * libharu's is used after (it would not survive a failed allocation). What it
 * frees stays until the arena goes.
 */
static _Thread_local struct arena *haru_memory;

static void *haru_alloc(HPDF_UINT n)
{
    return arena_alloc(haru_memory, n);
}

static void haru_free(void *p)
{
    (void)p;
}

static void haru_failed(struct pdf *p, HPDF_STATUS error, HPDF_STATUS detail)
{
    if (error == HPDF_XREF_COUNT_ERR)
        pdf_fail(p, D_LIMIT_OUTPUT, "the PDF needs more than %d objects",
            HPDF_LIMIT_MAX_XREF_ELEMENT);
    else
        pdf_fail(p, D_PDF_FAILED, "libharu failed with error 0x%04lX (%ld)",
            (unsigned long)error, (long)detail);
}

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *p)
{
    haru_failed(p, error, detail);
}

bool pdf_haru_open(struct pdf *p)
{
    /* Two levels of the pages tree: a flat one ends at 32,767 pages. */
    enum { PAGES_PER_NODE = 64 };
    haru_memory = p->a;
    p->haru = HPDF_NewEx(on_error, haru_alloc, haru_free, 0, p);
    if (!p->haru) {
        pdf_fail(p, D_PDF_FAILED, "libharu did not start");
        return false;
    }
    p->haru->pdf_version = HPDF_VER_17;
    HPDF_SetPagesConfiguration(p->haru, PAGES_PER_NODE);
    return pdf_ok(p);
}

bool pdf_ok(struct pdf *p)
{
    const HPDF_Error_Rec *e = &p->haru->error;
    if (e->error_no && !p->failed)
        haru_failed(p, e->error_no, e->detail_no);
    return !p->failed;
}

void pdf_fail(struct pdf *p, enum diag_id id, const char *fmt, ...)
{
    char text[300];
    va_list args;
    if (p->failed)
        return;
    p->failed = true;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    diag(p->l->d, id, (struct pos){0, 0}, "%s", text);
}

static void widen(HPDF_List list)
{
    list->items_per_block = list->count < LIST_STEP ? LIST_STEP : list->count;
}

void pdf_widen(struct pdf *p)
{
    widen(p->haru->xref->entries);
    widen(p->haru->page_list);
}

uint32_t pdf_id(const void *haru_object)
{
    /* The bits above hold libharu's own flags. */
    return ((const HPDF_Obj_Header *)haru_object)->obj_id & 0xffffff;
}

/*
 * libharu numbers an object by how many it has, and adds where its table
 * starts: raising that leaves ids out which are then ours, at no cost.
 */
uint32_t pdf_new_ids(struct pdf *p, uint32_t n)
{
    HPDF_Xref xref = p->haru->xref;
    uint64_t id = (uint64_t)xref->start_offset + xref->entries->count;
    if (id + n > HPDF_LIMIT_MAX_XREF_ELEMENT)
        haru_failed(p, HPDF_XREF_COUNT_ERR, 0);
    if (p->failed)
        return 0;
    xref->start_offset += n;
    return (uint32_t)id;
}

uint32_t pdf_new_id(struct pdf *p)
{
    return pdf_new_ids(p, 1);
}

void pdf_drop_last(struct pdf *p)
{
    HPDF_List entries = p->haru->xref->entries;
    HPDF_List_RemoveByIndex(entries, entries->count - 1);
}

void pdf_add_ref(struct pdf *p, HPDF_Dict d, const char *key, uint32_t id)
{
    /* What stands in for it is never written itself: an entry refers to it. */
    HPDF_Null other = HPDF_Null_New(p->haru->mmgr);
    if (!other)
        return;
    other->header.obj_id = id | HPDF_OTYPE_INDIRECT;
    HPDF_Dict_Add(d, key, other);
}

static HPDF_STATUS write_extra(HPDF_Dict d, HPDF_Stream to)
{
    const struct buf *b = d->attr;
    return HPDF_Stream_Write(to, (const HPDF_BYTE *)b->s, (HPDF_UINT)b->n);
}

struct buf *pdf_extra(struct pdf *p, HPDF_Dict d)
{
    if (d->write_fn != write_extra) {
        struct buf *b = ARENA_NEW(p->a, struct buf);
        *b = buf_new(p->a);
        d->attr = b;
        d->write_fn = write_extra;
    }
    return d->attr;
}

char *pdf_number(char *s, int64_t v, unsigned decimals)
{
    static const uint64_t POWER[] = {1, 10, 100, 1000};
    char digits[PDF_NUMBER_MAX];
    size_t n = 0;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    uint64_t whole = left / POWER[decimals];
    uint64_t part = left % POWER[decimals];
    if (v < 0)
        *s++ = '-';
    do
        digits[n++] = (char)('0' + whole % 10);
    while (whole /= 10);
    while (n)
        *s++ = digits[--n];
    if (!part)
        return s;
    *s++ = '.';
    while (part) {
        uint64_t power = POWER[--decimals];
        /* cppcheck-suppress zerodivcond ; no power is 0 */
        *s++ = (char)('0' + part / power);
        part %= power;
    }
    return s;
}

void pdf_put_number(struct buf *b, int64_t v, unsigned decimals)
{
    char *s = pdf_room(b, PDF_NUMBER_MAX);
    b->n = (size_t)(pdf_number(s, v, decimals) - b->s);
}

void pdf_put_ref(struct buf *b, uint32_t id)
{
    pdf_put_number(b, id, 0);
    buf_puts(b, " 0 R");
}

void pdf_put_bytes(struct buf *b, struct slice s)
{
    buf_putc(b, '(');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c == '(' || c == ')' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c < ' ' || c > '~')
            buf_printf(b, "\\%03o", c);
        else
            buf_putc(b, (char)c);
    }
    buf_putc(b, ')');
}

static void put_unit(struct buf *b, uint32_t unit)
{
    static const char HEX[] = "0123456789ABCDEF";
    char *s = pdf_room(b, 4);
    for (unsigned i = 0; i < 4; i++)
        s[i] = HEX[unit >> (12 - 4 * i) & 15];
    b->n += 4;
}

/* At most `most` units of 16 bits. */
static void put_units(struct buf *b, struct slice s, size_t most)
{
    size_t i = 0;
    while (i < s.n) {
        uint32_t cp;
        size_t len = utf8_decode(s.s + i, s.n - i, &cp);
        size_t units = cp < 0x10000 ? 1 : 2;
        if (!len || units > most)
            return;
        if (units == 2) {
            put_unit(b, 0xd7c0 + (cp >> 10));
            cp = 0xdc00 + (cp & 0x3ff);
        }
        put_unit(b, cp);
        most -= units;
        i += len;
    }
}

void pdf_put_utf16(struct buf *b, struct slice s)
{
    put_units(b, s, SIZE_MAX);
}

void pdf_put_text(struct buf *b, struct slice s)
{
    /* A string has at most 32,767 bytes (PDF 1.7, annex C), two are the mark.
     */
    enum { MOST_UNITS = (32767 - 2) / 2 };
    buf_puts(b, "<FEFF");
    put_units(b, s, MOST_UNITS);
    buf_putc(b, '>');
}
