/* The structure tree: which elements are in the file, and what they hold. */
#include "pdf/pdf_int.h"

#include <string.h>

static const uint32_t NEVER = UINT32_MAX;

/* The mark of a note, and an earlier one. */
struct note_link {
    uint32_t elem;
    struct note_link *next;
};

/*
 * What has been marked, in order of painting, and the elements that are in the
 * file: those with content, those around them, and all rows and cells of a
 * table that is printed, since an empty cell is a cell too.
 */
struct structure {
    struct pdf *p;
    const struct tags *tags;
    struct mark *marks;
    size_t n, cap;
    size_t *page_first; /* by page: its first mark; MCIDs count from there */
    uint32_t *id; /* by element; 0: not in the file */
    uint32_t *begun; /* by element: the first mark in it or below, or NEVER */
    uint32_t *own; /* marks, sorted by element */
    uint32_t *own_first; /* by element, and one more: its first in `own` */
    uint32_t *child, *next; /* by element: first child, next sibling; 0: none */
    struct bounds *figure; /* by figure: where it stands; NULL: none was met */
    uint32_t *target; /* by target: the element there; NULL: not asked yet */
    uint32_t *note; /* by note: its element */
    struct note_link **note_refs; /* by note: the marks that refer to it */
    uint32_t root; /* id of the StructTreeRoot */
    uint32_t space[2]; /* ids of the namespaces of PDF 2.0 and 1.7 */
};

bool pdf_is_2(const struct pdf *p)
{
    return p->opt->standard == STANDARD_UA2_A4F;
}

static struct structure *of(struct pdf *p)
{
    if (!p->structure) {
        struct structure *s = ARENA_NEW(p->a, struct structure);
        s->p = p;
        s->tags = p->pages->flow->tags;
        s->page_first = ARENA_ARRAY(p->a, (size_t)p->pages->n + 1, size_t);
        p->structure = s;
    }
    return p->structure;
}

static size_t add_mark(struct structure *s, struct mark mark)
{
    s->marks =
        arena_grow(s->p->a, s->marks, &s->cap, s->n + 1, sizeof *s->marks);
    s->marks[s->n] = mark;
    return s->n++;
}

void pdf_mark_page(struct pdf *p, uint32_t i)
{
    struct structure *s = of(p);
    s->page_first[i] = s->n;
}

uint32_t pdf_mark(struct pdf *p, uint32_t i, uint32_t elem)
{
    struct structure *s = of(p);
    return (uint32_t)(add_mark(s, (struct mark){elem, 0}) - s->page_first[i]);
}

void pdf_mark_object(struct pdf *p, uint32_t elem, uint32_t id)
{
    add_mark(of(p), (struct mark){elem, id});
}

void pdf_figure_place(struct pdf *p, uint32_t elem, struct bounds bounds)
{
    struct structure *s = of(p);
    if (!s->figure)
        s->figure = ARENA_ARRAY(p->a, p->doc->nfigures, struct bounds);
    s->figure[s->tags->v[elem].extra] = bounds;
}

/* The page of a mark. */
static uint32_t page_of(const struct structure *s, size_t mark)
{
    uint32_t low = 0, high = s->p->pages->n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->page_first[middle] <= mark)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool of_table(uint8_t tag)
{
    return tag == TAG_THEAD || tag == TAG_TBODY || tag == TAG_TR ||
        tag == TAG_TH || tag == TAG_TD;
}

/* Sort the marks by their elements, in order of painting within each. */
static void sort_marks(struct structure *s)
{
    size_t n = s->tags->n;
    s->own_first = ARENA_ARRAY(s->p->a, n + 1, uint32_t);
    s->own = ARENA_ARRAY(s->p->a, s->n + 1, uint32_t);
    for (size_t i = 0; i < s->n; i++)
        s->own_first[s->marks[i].elem]++;
    uint32_t at = 0;
    for (size_t e = 0; e <= n; e++) {
        uint32_t count = s->own_first[e];
        s->own_first[e] = at;
        at += count;
    }
    for (size_t i = 0; i < s->n; i++)
        s->own[s->own_first[s->marks[i].elem]++] = (uint32_t)i;
    /* Each now points at the next one's: put them back. */
    memmove(s->own_first + 1, s->own_first, n * sizeof *s->own_first);
    s->own_first[0] = 0;
}

/* Parents have smaller numbers than their children. */
static void find_begun(struct structure *s)
{
    const struct elem *v = s->tags->v;
    s->begun = ARENA_ARRAY(s->p->a, s->tags->n, uint32_t);
    for (size_t e = 0; e < s->tags->n; e++)
        s->begun[e] = s->own_first[e] < s->own_first[e + 1]
            ? s->own[s->own_first[e]]
            : NEVER;
    for (size_t e = s->tags->n - 1; e > 1; e--)
        if (s->begun[e] < s->begun[v[e].parent])
            s->begun[v[e].parent] = s->begun[e];
}

/* Each note's element, and the marks that refer to it, the last one first. */
static void find_notes(struct structure *s)
{
    struct arena *a = s->p->a;
    const struct elem *v = s->tags->v;
    size_t n = (size_t)s->p->doc->nnotes + 1;
    s->note = ARENA_ARRAY(a, n, uint32_t);
    s->note_refs = ARENA_ARRAY(a, n, struct note_link *);
    for (uint32_t e = 1; n > 1 && e < s->tags->n; e++) {
        if (s->id[e] && v[e].tag == TAG_NOTE)
            s->note[v[e].extra] = e;
        if (!s->id[e] || v[e].tag != TAG_REFERENCE || !v[e].extra)
            continue;
        struct note_link *link = ARENA_NEW(a, struct note_link);
        *link = (struct note_link){e, s->note_refs[v[e].extra]};
        s->note_refs[v[e].extra] = link;
    }
}

void pdf_structure_number(struct pdf *p)
{
    struct structure *s = of(p);
    const struct elem *v = s->tags->v;
    size_t n = s->tags->n;
    uint32_t count = 0;
    sort_marks(s);
    find_begun(s);
    s->id = ARENA_ARRAY(p->a, n, uint32_t);
    for (size_t e = 1; e < n; e++)
        if (e == 1 || s->begun[e] != NEVER ||
            (of_table(v[e].tag) && s->id[v[e].parent]))
            s->id[e] = ++count;
    uint32_t first = pdf_new_ids(p, count);
    s->child = ARENA_ARRAY(p->a, n, uint32_t);
    s->next = ARENA_ARRAY(p->a, n, uint32_t);
    for (size_t e = n - 1; e > 0; e--) {
        if (!s->id[e])
            continue;
        s->id[e] += first - 1;
        s->next[e] = s->child[v[e].parent];
        s->child[v[e].parent] = (uint32_t)e;
    }
    s->root = pdf_new_id(p);
    find_notes(s);
}

/* The element of a box; of a grid, its first cell's. */
static uint32_t box_elem(const struct box *box)
{
    if (box->kind == BOX_BOARD && box->board->ncells)
        return box->board->cells[0].elem;
    return box->elem;
}

static void find_targets(struct structure *s)
{
    const struct flow *flow = s->p->pages->flow;
    s->target = ARENA_ARRAY(s->p->a, s->p->doc->ntargets + 1, uint32_t);
    for (size_t i = 0; i < flow->n; i++)
        for (uint32_t t = flow->boxes[i].target; t; t = flow->next_target[t])
            s->target[t] = box_elem(&flow->boxes[i]);
}

uint32_t pdf_target_elem(struct pdf *p, uint32_t target)
{
    struct structure *s = of(p);
    if (!s->target)
        find_targets(s);
    uint32_t e = s->target[target];
    while (e > 1 && !s->id[e])
        e = s->tags->v[e].parent;
    return s->id[e ? e : 1];
}

static void put_name(struct buf *b, const char *name)
{
    buf_putc(b, '/');
    buf_puts(b, name);
}

/* PDF 2.0 has other names for some, and leaves some to PDF 1.7's names. */
static void put_type(struct structure *s, struct buf *b, uint32_t e)
{
    const struct elem *v = &s->tags->v[e];
    enum tag tag = (enum tag)v->tag;
    /* A link that leads nowhere in this file is a piece of text. */
    bool dead = tag == TAG_LINK;
    for (uint32_t i = s->own_first[e]; dead && i < s->own_first[e + 1]; i++)
        dead = !s->marks[s->own[i]].object;
    if (dead)
        tag = TAG_SPAN;
    buf_puts(b, "<</S");
    if (!pdf_is_2(s->p)) {
        put_name(b, tags_name(tag));
        return;
    }
    bool old = tag == TAG_TOC || tag == TAG_TOCI || tag == TAG_BLOCK_QUOTE ||
        tag == TAG_CODE || tag == TAG_REFERENCE;
    put_name(b, tag == TAG_NOTE ? "FENote" : tags_name(tag));
    buf_puts(b, "/NS ");
    pdf_put_ref(b, s->space[old]);
}

static void put_list_numbering(
    const struct structure *s, struct buf *b, uint32_t extra)
{
    static const char *const NAMES[] = {[NUMBERING_NONE] = "None",
        [NUMBERING_DECIMAL] = "Decimal",
        [NUMBERING_LETTER] = "LowerAlpha",
        [NUMBERING_ROMAN] = "LowerRoman"};
    const char *bullets = pdf_is_2(s->p) ? "Unordered" : "Disc";
    buf_puts(b, "/A<</O/List/ListNumbering");
    put_name(b, extra ? NAMES[extra - 1] : bullets);
    buf_puts(b, ">>");
}

/* The identifier of a note: all of one length, so that they sort. */
static void put_note_id(struct buf *b, uint32_t note)
{
    buf_printf(b, "(note-%08u)", (unsigned)note);
}

uint32_t pdf_note_elem(struct pdf *p, uint32_t note)
{
    struct structure *s = of(p);
    return s->id[s->note[note] ? s->note[note] : 1];
}

static void put_ref_list(struct buf *b, uint32_t id)
{
    buf_puts(b, "/Ref[");
    pdf_put_ref(b, id);
    buf_putc(b, ']');
}

/*
 * What an element refers to: a mark to its note and back, a line of the
 * contents to its heading (PDF/UA-2, 8.2.5.8 and 8.2.5.14).
 */
static void put_refs(struct structure *s, struct buf *b, uint32_t e)
{
    const struct elem *v = &s->tags->v[e];
    if (!pdf_is_2(s->p) || !v->extra)
        return;
    if (v->tag == TAG_TOCI && s->p->pages->page_of[v->extra])
        put_ref_list(b, pdf_target_elem(s->p, v->extra));
    if (v->tag == TAG_REFERENCE && s->note[v->extra])
        put_ref_list(b, s->id[s->note[v->extra]]);
    if (v->tag != TAG_NOTE || !s->note_refs[v->extra])
        return;
    const char *before = "/Ref[";
    for (struct note_link *r = s->note_refs[v->extra]; r; r = r->next) {
        buf_puts(b, before);
        pdf_put_ref(b, s->id[r->elem]);
        before = " ";
    }
    buf_putc(b, ']');
}

/* What a figure shows, and where: PDF 1.7, 14.8.5.4.3 wants its BBox. */
static void put_figure(struct structure *s, struct buf *b, uint32_t figure)
{
    const struct bounds *at = &s->figure[figure];
    const int64_t edges[] = {at->left, at->bottom, at->right, at->top};
    struct slice alt = s->p->doc->figures[figure].alt;
    if (alt.n) {
        buf_puts(b, "/Alt");
        pdf_put_text(b, alt);
    }
    buf_puts(b, "/A<</O/Layout/Placement/Block/BBox[");
    for (unsigned i = 0; i < 4; i++) {
        pdf_put_number(b, edges[i], 2);
        buf_puts(b, i < 3 ? " " : "]>>");
    }
}

/*
 * Inserted and deleted words look so, and are told so: their text stays what it
 * is, so that it can be found and copied.
 */
static void put_change(struct structure *s, struct buf *b, uint32_t mark)
{
    const struct tag_mark *m = &s->tags->marks[mark];
    if (m->change == CHANGE_INSERTED)
        buf_puts(b, "/A<</O/Layout/TextDecorationType/Underline>>");
    else if (m->change == CHANGE_DELETED)
        buf_puts(b, "/A<</O/Layout/TextDecorationType/LineThrough>>");
    if (!m->alt.n)
        return;
    buf_puts(b, "/Alt");
    pdf_put_text(b, m->alt);
}

static void put_attributes(struct structure *s, struct buf *b, uint32_t e)
{
    const struct elem *v = s->tags->v;
    if (v[e].tag == TAG_TH) {
        buf_puts(b,
            v[e].scope == SCOPE_ROW ? "/A<</O/Table/Scope/Row>>"
                                    : "/A<</O/Table/Scope/Column>>");
    } else if (v[e].tag == TAG_L) {
        put_list_numbering(s, b, v[e].extra);
    } else if (v[e].tag == TAG_NOTE) {
        buf_puts(b, "/ID");
        put_note_id(b, v[e].extra);
    } else if (v[e].tag == TAG_FIGURE) {
        put_figure(s, b, v[e].extra);
    } else if (v[e].tag == TAG_SPAN && v[e].extra) {
        put_change(s, b, v[e].extra);
    }
    put_refs(s, b, e);
    if (v[e].lang != v[v[e].parent].lang) {
        buf_puts(b, "/Lang");
        pdf_put_bytes(b, slice_of(s->p->doc->langs[v[e].lang]));
    }
}

/* A piece of content as a kid of an element whose /Pg is `page`. */
static void put_mark(
    const struct structure *s, struct buf *b, size_t mark, uint32_t page)
{
    uint32_t own = page_of(s, mark);
    uint32_t object = s->marks[mark].object;
    int64_t mcid = (int64_t)(mark - s->page_first[own]);
    if (!object && own == page) {
        pdf_put_number(b, mcid, 0);
        return;
    }
    buf_puts(b, object ? "<</Type/OBJR/Obj " : "<</Type/MCR/MCID ");
    if (object)
        pdf_put_ref(b, object);
    else
        pdf_put_number(b, mcid, 0);
    if (own != page) {
        buf_puts(b, "/Pg ");
        pdf_put_ref(b, s->p->page_ids[own]);
    }
    buf_puts(b, ">>");
}

/*
 * The kids in reading order: content by painting, and elements before the
 * content that comes after their own begins; notes, which are painted at the
 * foot of a page, after all of it.
 */
static unsigned put_kids(
    const struct structure *s, struct buf *b, uint32_t e, uint32_t page)
{
    uint32_t at = s->own_first[e], end = s->own_first[e + 1];
    uint32_t kid = s->child[e];
    unsigned n = 0;
    while (at < end || kid) {
        bool note = kid && s->tags->v[kid].tag == TAG_NOTE;
        bool content = at < end && (!kid || note || s->own[at] < s->begun[kid]);
        if (n++)
            buf_putc(b, ' ');
        if (content) {
            put_mark(s, b, s->own[at++], page);
        } else {
            pdf_put_ref(b, s->id[kid]);
            kid = s->next[kid];
        }
    }
    return n;
}

static void write_element(struct structure *s, uint32_t e)
{
    struct buf *b = &s->p->object;
    uint32_t parent = s->tags->v[e].parent;
    uint32_t first = s->own_first[e];
    uint32_t page = UINT32_MAX;
    b->n = 0;
    put_type(s, b, e);
    buf_puts(b, "/P ");
    pdf_put_ref(b, parent ? s->id[parent] : s->root);
    put_attributes(s, b, e);
    if (first < s->own_first[e + 1]) {
        page = page_of(s, s->own[first]);
        buf_puts(b, "/Pg ");
        pdf_put_ref(b, s->p->page_ids[page]);
    }
    bool any = page != UINT32_MAX || s->child[e];
    if (any) {
        buf_puts(b, "/K ");
        size_t start = b->n;
        buf_putc(b, '[');
        if (put_kids(s, b, e, page) == 1 && !s->child[e] &&
            !s->marks[s->own[first]].object) {
            /* A number needs no brackets. */
            memmove(b->s + start, b->s + start + 1, b->n - start - 1);
            b->n--;
        } else {
            buf_putc(b, ']');
        }
    }
    buf_puts(b, ">>");
    pdf_save_object(s->p, s->id[e], (struct slice){b->s, b->n});
}

/* A number as the key of a tree, in `room` of PDF_NUMBER_MAX bytes. */
static struct slice number_key(char *room, int64_t number)
{
    return (struct slice){room, (size_t)(pdf_number(room, number, 0) - room)};
}

/* For each page the elements of its marked content, for each link its own. */
static uint32_t write_parents(struct structure *s)
{
    struct pdf *p = s->p;
    struct tree tree = pdf_tree(p, false);
    char key[PDF_NUMBER_MAX] = "";
    for (uint32_t i = 0; i < p->pages->n; i++) {
        struct buf *b = pdf_tree_entry(&tree, number_key(key, i));
        size_t end = i + 1 < p->pages->n ? s->page_first[i + 1] : s->n;
        buf_putc(b, '[');
        for (size_t m = s->page_first[i]; m < end && !s->marks[m].object; m++) {
            if (m > s->page_first[i])
                buf_putc(b, ' ');
            pdf_put_ref(b, s->id[s->marks[m].elem]);
        }
        buf_putc(b, ']');
    }
    for (size_t i = 0; i < p->nlinks; i++) {
        int64_t number = (int64_t)p->pages->n + (int64_t)i;
        struct buf *b = pdf_tree_entry(&tree, number_key(key, number));
        pdf_put_ref(b, s->id[p->links[i].elem]);
    }
    return pdf_tree_end(&tree);
}

/* The elements of notes by their identifiers. */
static uint32_t write_ids(struct structure *s)
{
    struct pdf *p = s->p;
    struct tree tree = pdf_tree(p, true);
    struct buf key = buf_new(p->a);
    for (uint32_t i = 1; i < p->doc->nnotes; i++) {
        if (!s->note[i])
            continue;
        key.n = 0;
        put_note_id(&key, i);
        pdf_put_ref(pdf_tree_entry(&tree, (struct slice){key.s, key.n}),
            s->id[s->note[i]]);
    }
    return pdf_tree_end(&tree);
}

static uint32_t write_namespace(struct pdf *p, const char *name)
{
    struct buf b = buf_new(p->a);
    uint32_t id = pdf_new_id(p);
    buf_printf(&b, "<</Type/Namespace/NS(%s)>>", name);
    pdf_save_object(p, id, (struct slice){b.s, b.n});
    return id;
}

uint32_t pdf_structure_write(struct pdf *p)
{
    struct structure *s = of(p);
    struct buf b = buf_new(p->a);
    if (pdf_is_2(p)) {
        s->space[0] = write_namespace(p, "http://iso.org/pdf2/ssn");
        s->space[1] = write_namespace(p, "http://iso.org/pdf/ssn");
    }
    if (p->l->progress)
        progress_stage(p->l->progress, "pdf", "elements");
    for (uint32_t e = 1; e < s->tags->n && !p->failed; e++) {
        if (s->id[e])
            write_element(s, e);
        progress_tick(p->l->progress, e, s->tags->n);
    }
    uint32_t parents = write_parents(s), ids = write_ids(s);
    buf_puts(&b, "<</Type/StructTreeRoot/K[");
    pdf_put_ref(&b, s->id[1]);
    buf_puts(&b, "]/ParentTree ");
    pdf_put_ref(&b, parents);
    buf_puts(&b, "/ParentTreeNextKey ");
    pdf_put_number(&b, (int64_t)p->pages->n + (int64_t)p->nlinks, 0);
    if (ids) {
        buf_puts(&b, "/IDTree ");
        pdf_put_ref(&b, ids);
    }
    if (pdf_is_2(p)) {
        buf_puts(&b, "/Namespaces[");
        pdf_put_ref(&b, s->space[0]);
        buf_putc(&b, ' ');
        pdf_put_ref(&b, s->space[1]);
        buf_putc(&b, ']');
    } else {
        /* PDF 1.7 has no element for the title of a document. */
        buf_puts(&b, "/RoleMap<</Title/P>>");
    }
    buf_puts(&b, ">>");
    pdf_save_object(p, s->root, (struct slice){b.s, b.n});
    return s->root;
}
