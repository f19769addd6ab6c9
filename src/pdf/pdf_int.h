/* Inside the PDF stage: the document being written, and its writers. */
#ifndef RAP_PDF_PDF_INT_H
#define RAP_PDF_PDF_INT_H

#include "pdf/pdf.h"
#include "pdf/squeeze_int.h"

#include <hpdf.h>
#include <hpdf_doc.h>

struct icc_use;
struct link_box;
struct structure;

/* Paints page i, as page_paint does; tests put their own in its place. */
typedef struct display (*pdf_paint_fn)(
    const struct pages *pages, uint32_t i, struct arena *scratch);

/* Where an object stands: nowhere, in the file, in an object stream. */
enum place_kind { PLACE_NONE, PLACE_FILE, PLACE_PACKED };

/* The file as far as it is written. */
struct save {
    struct outfile *out;
    uint64_t at; /* [bytes] written */
    uint64_t hash[2]; /* of them, for the file's /ID */
    uint64_t **places; /* chunks of them, by object id; see save.c */
    size_t nplaces; /* ids, places or not */
    size_t cap; /* chunks */
    struct buf index; /* of the object stream being filled: "id offset " */
    struct buf bodies; /* its objects */
    uint8_t waiting; /* how many */
    uint32_t stream; /* its id, if any wait */
    struct squeeze *queue; /* of streams on their way to the file */
};

/* What the document needs of one face. */
struct face_use {
    uint32_t id; /* of its Type0 font; 0: not used */
    uint8_t *used; /* [nglyphs] 1: stands in the file */
    int32_t *advance; /* [nglyphs] its own + 1 [font units]; 0: not asked yet */
};

struct pdf {
    const struct load *l;
    struct arena *a; /* lives as long as the document */
    const struct pages *pages;
    const struct doc *doc;
    const struct pdf_options *opt;
    HPDF_Doc haru;
    HPDF_Dict resources; /* one for all pages */
    bool failed; /* an error was reported: everything does nothing */
    struct save save;
    struct buf content; /* of the page being painted */
    struct face_use *uses; /* by face */
    uint32_t *image_ids; /* by image; 0: not painted; NULL: none is */
    struct icc_use *profiles; /* colour profiles in the file */
    uint32_t *page_ids; /* by page; its content's id is one more */
    struct buf object; /* the text of an object, for a moment */
    struct link_box *links; /* in order of the pages */
    size_t nlinks, links_cap;
    struct structure *structure;
};

/* object.c: libharu kept at arm's length, and the syntax of objects. */

/* A document in p->haru, its memory from p->a. False if it failed. */
bool pdf_haru_open(struct pdf *p);

/* Has nothing failed so far, in libharu too? Reports it the first time. */
bool pdf_ok(struct pdf *p);

/* Report a failure, if it is the first one. */
void pdf_fail(struct pdf *p, enum diag_id id, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Let libharu's lists of objects and pages double instead of growing by fixed
 * steps: to be called before anything is added to them.
 */
void pdf_widen(struct pdf *p);

/* The id of an object of libharu's. */
uint32_t pdf_id(const void *haru_object);

/* A new id for an object that goes past libharu; 0 if it failed. */
uint32_t pdf_new_id(struct pdf *p);

/* The first of n new ids that follow one another; 0 if it failed. */
uint32_t pdf_new_ids(struct pdf *p, uint32_t n);

/*
 * Give back what libharu made last: the id is free again, and the object is
 * not written.
 */
void pdf_drop_last(struct pdf *p);

/* An entry that refers to an object of ours in a dictionary of libharu's. */
void pdf_add_ref(struct pdf *p, HPDF_Dict d, const char *key, uint32_t id);

/*
 * The raw entries that are written after those of a libharu dictionary. Not
 * for pages, whose `attr` is in use.
 */
struct buf *pdf_extra(struct pdf *p, HPDF_Dict d);

enum { PDF_NUMBER_MAX = 24 };

/*
 * Write v / 10^decimals at s, which has PDF_NUMBER_MAX bytes of room: no
 * exponent, no trailing zeros. decimals <= 3. Returns the end.
 */
char *pdf_number(char *s, int64_t v, unsigned decimals);

void pdf_put_number(struct buf *b, int64_t v, unsigned decimals);
void pdf_put_ref(struct buf *b, uint32_t id); /* "12 0 R" */
void pdf_put_bytes(struct buf *b, struct slice s); /* "(...)", escaped */

/* UTF-8 as "<FEFF...>": UTF-16BE; cut where a PDF string may not be longer. */
void pdf_put_text(struct buf *b, struct slice s);

/* The same digits alone, without mark and brackets. */
void pdf_put_utf16(struct buf *b, struct slice s);

/* Room for n more bytes at the end of b, which the caller then counts. */
static inline char *pdf_room(struct buf *b, size_t n)
{
    if (b->cap - b->n < n)
        b->s = arena_grow(b->a, b->s, &b->cap, b->n + n, 1);
    return b->s + b->n;
}

/* Nearest integer, halves away from 0; b > 0. */
static inline int64_t pdf_round(int64_t a, int64_t b)
{
    return (a < 0 ? a - b / 2 : a + b / 2) / b;
}

/* save.c: objects to the file. */

void pdf_save_start(struct pdf *p, struct outfile *out);

/* Pack an object that is no stream into an object stream. */
void pdf_save_object(struct pdf *p, uint32_t id, struct slice body);

/*
 * Write a stream with these further entries; all is copied. Streams stand in
 * the file in the order of these calls, however many cores pack them, but are
 * written later: an error may be seen only at pdf_save_finish.
 */
void pdf_save_stream(struct pdf *p, uint32_t id, struct slice entries,
    struct slice data, bool compress);

/* All objects that libharu holds, cross-reference stream and trailer. */
void pdf_save_finish(struct pdf *p);

/* content.c: a display list to operators. */

/*
 * The content stream of page i, each piece marked as part of its element or as
 * an artifact. Fills are painted before texts, so no fill may be meant to
 * cover a text. Valid until the next call.
 */
struct slice pdf_content(
    struct pdf *p, uint32_t i, const struct display *display);

/* predict.c */

/*
 * Write n bytes of rows, each of `row` bytes, the first of them free, as
 * differences to neighbours `pixel` bytes apart and to the row above, in place
 * and each in the way that packs best, its number in the free byte (PNG,
 * section 9). pixel 0: as they are. `none` has room for a row.
 */
void pdf_predict(
    uint8_t *rows, size_t row, size_t n, size_t pixel, uint8_t *none);

/* image.c: images once, however often they are painted. */

/* "/Im<image>" is painted. */
void pdf_image_use(struct pdf *p, uint32_t image);

/* The unit square's place in that of an image: six numbers of -1, 0, 1. */
struct matrix {
    int8_t a, b, c, d, e, f;
};
struct matrix pdf_image_matrix(const struct image *image);

/*
 * Read, compress and write the images that are painted, and name them in the
 * pages' resources. Resets scratch. Reports file-changed and the like.
 */
void pdf_images_write(struct pdf *p, struct arena *scratch);

/* font.c: faces to fonts. */

/* The use of a face, from now on part of the document. */
struct face_use *pdf_font_use(struct pdf *p, uint16_t face);

/* A glyph's own advance [font units], as /W will have it. */
int32_t pdf_font_advance(struct pdf *p, uint16_t face, uint16_t glyph);

/* Write all fonts that are used, and name them in the pages' resources. */
void pdf_fonts_write(struct pdf *p);

/* tounicode.c: what each of the n glyphs (ascending) says, as a CMap. */
struct slice pdf_tounicode(struct arena *a, const struct slice *unicode,
    const uint16_t *glyphs, uint32_t n);

/* cff.c: how a CFF font program names its glyphs. */
enum cff_kind {
    CFF_BAD, /* not to be understood */
    CFF_NAMES, /* by name: the CIDs of a document are its glyph ids */
    CFF_CIDS, /* by CIDs that equal the glyph ids */
    CFF_CIDS_MAP /* by other CIDs */
};
enum cff_kind pdf_cff_kind(const void *table, size_t n, uint32_t nglyphs);

/* tree.c: name trees and number trees, their keys given in order. */

struct tree_node {
    struct slice first, last; /* keys, as they are written */
    uint32_t id;
};

struct tree {
    struct pdf *p;
    bool names; /* keys are strings, else numbers */
    struct buf leaf; /* entries of the leaf being filled */
    unsigned waiting; /* how many */
    struct slice first, last; /* their keys */
    struct tree_node *nodes; /* the leaves written */
    size_t nnodes, cap;
};

struct tree pdf_tree(struct pdf *p, bool names);

/* Begin an entry; its value goes to the buffer returned. */
struct buf *pdf_tree_entry(struct tree *t, struct slice key);

/* The root's id; 0 if the tree is empty. */
uint32_t pdf_tree_end(struct tree *t);

/* structure.c: marked content, and the structure tree when all is painted. */

/* A piece of a page that belongs to a structure element. */
struct mark {
    uint32_t elem;
    uint32_t object; /* of an annotation: its id; 0: marked content */
};

/* Is it a PDF 2.0, whose elements have namespaces and some other names? */
bool pdf_is_2(const struct pdf *p);

/* Page i begins: pages are marked in order. */
void pdf_mark_page(struct pdf *p, uint32_t i);

/*
 * The next piece of marked content on page i, part of this element: returns
 * its MCID. All of it comes before the page's annotations.
 */
uint32_t pdf_mark(struct pdf *p, uint32_t i, uint32_t elem);

/* An annotation of the page is part of the element. */
void pdf_mark_object(struct pdf *p, uint32_t elem, uint32_t id);

/* Where a figure stands on its page: edges in 1/100 pt, y up. */
struct bounds {
    int64_t left, bottom, right, top;
};

void pdf_figure_place(struct pdf *p, uint32_t elem, struct bounds bounds);

/* Find out which elements are in the file, and give them their ids. */
void pdf_structure_number(struct pdf *p);

/* The id of the element that stands where a target is; never 0. */
uint32_t pdf_target_elem(struct pdf *p, uint32_t target);

/* The id of a note's element. */
uint32_t pdf_note_elem(struct pdf *p, uint32_t note);

/* Write the tree. Returns its root's id. */
uint32_t pdf_structure_write(struct pdf *p);

/* links.c: places in the document, and links to them. */

/* A link's rectangle on a page, written when the elements have ids. */
struct link_box {
    rlen rect[4]; /* left, bottom, right, top; from the page's foot, y up */
    uint32_t id; /* of the annotation */
    uint32_t page; /* index */
    uint32_t elem; /* structure element, a Link */
    uint32_t link, target, note; /* as in struct draw */
};

/*
 * The entry of an annotation or outline item that leads to a target which is
 * on a page: its name or its place.
 */
void pdf_put_jump(struct pdf *p, struct buf *b, uint32_t target);

/* Collect the links of page i, and list them in the page. */
void pdf_links(struct pdf *p, uint32_t i, const struct display *display);

/* Write the annotations of all links. */
void pdf_links_write(struct pdf *p);

/* The name tree of all ids on a page. Its id, or 0 if there are none. */
uint32_t pdf_names(struct pdf *p);

void pdf_labels(struct pdf *p);

/* metadata.c */

/* Fill the document information, write XMP and output intent. */
void pdf_metadata(struct pdf *p);

/* "(D:20251204000000Z)" from seconds since 1970. */
void pdf_put_date(struct buf *b, int64_t seconds);

/* Text for XML, escaped; what XML may not have becomes U+FFFD. */
void pdf_put_xml(struct buf *b, struct slice s);

/* The schema of what only we say in the XMP. */
#define PDF_MADE_URI "urn:rapporteur:made/1#"

/* srgb.c: the ICC profile of the colours. */
enum { PDF_SRGB_SIZE = 712 };
extern const unsigned char pdf_srgb[PDF_SRGB_SIZE];

/*
 * attach.c: write the attachments. The id of their name tree, or 0. Resets
 * scratch. Reports file-changed and the like.
 */
uint32_t pdf_attach(struct pdf *p, struct arena *scratch);

/* outline.c */

/* "2.1 Main achievements": label and title of a section's target. */
struct slice pdf_heading_text(struct pdf *p, uint32_t target);

/* An entry for every heading on a page. False if there is none. */
bool pdf_outline(struct pdf *p);

/* write.c */

/* A document with its pages, of which nothing is written; see p->failed. */
struct pdf *pdf_open(const struct load *l, const struct pages *pages,
    const struct pdf_options *opt);

/* pdf_write with a painter of one's own. */
bool pdf_write_painted(const struct load *l, struct arena *scratch,
    const struct pages *pages, const struct pdf_options *opt,
    struct outfile *out, pdf_paint_fn paint);

#endif
