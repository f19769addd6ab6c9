/* Inside inline: what its files share while a report is resolved. */
#ifndef RAP_INLINE_INT_H
#define RAP_INLINE_INT_H

#include "inline/doc.h"

/* A growing list of blocks. */
struct block_list {
    struct block *b;
    size_t cap;
    uint32_t n;
};

/* How deep a body stands in others. */
struct nest {
    uint8_t level; /* lists around it */
    uint8_t depth; /* lists, quotes and notes around it: by limit `lists` */
};

/* What a reference prints. */
enum ref_form {
    REF_LINK, /* [text](#id): its own text */
    REF_LABEL, /* [](#id) */
    REF_PAGE, /* [](#id "page") */
    REF_ROWS, /* [](#id "rows") */
    REF_COUNT /* [30](#id "rows") */
};

/* A reference, until all targets are known. */
struct pending {
    uint8_t form; /* enum ref_form */
    uint32_t link; /* index in doc.links */
    uint32_t title_of; /* the target in whose heading it stands, or 0 */
    uint32_t index; /* of the span to fill, while it is built */
    struct span *span; /* the same, from then on */
    struct slice id;
    struct slice said; /* REF_COUNT: the number as typed */
    const struct text *text;
    uint32_t off; /* of the reference in its text */
};

/* The spans of one link. */
struct link_range {
    uint32_t link; /* index in doc.links */
    uint32_t first, n;
    const struct span *spans; /* once they are built */
};

/* Where text that is put into spans comes from. */
struct place {
    const struct text *text;
    uint32_t off; /* [bytes] in the text */
    bool fixed; /* all of it comes from there: a value */
    uint8_t origin; /* enum span_origin */
};

/* Spans being built: one paragraph, title, cell or line of code. */
struct builder {
    struct resolver *in;
    struct buf text; /* of all spans, one after another */
    struct span *spans; /* s.s is not set yet */
    size_t cap;
    uint32_t n;
    bool skip; /* blanks are dropped: one stands before, or nothing */
    bool trail; /* the last byte is a blank, to go if nothing follows */
    bool lost; /* the line needs a value which is missing: it goes */
    uint32_t line; /* spans before the line, whose break is one of its own … */
    size_t line_text; /* … and the length of their text */
    uint8_t style; /* of what comes next: enum span_style */
    uint16_t lang;
    uint32_t link;
    struct pending *pending;
    size_t pending_cap;
    uint32_t npending;
    struct link_range *ranges;
    size_t ranges_cap;
    uint32_t nranges;
    struct builder *next; /* free ones */
};

/* Notes that marks may refer to: a section's, those around it behind it. */
struct scope {
    uint32_t id;
    const struct scope *up;
};

/* A note of the report, used or not. */
struct note_use {
    const struct note *note;
    uint32_t number; /* 0: no mark so far */
};

/* Texts are walked by turns: a value is a text in another. */
enum { PLACES_KEPT = 8 };

/* One report being resolved. */
struct resolver {
    const struct load *l;
    struct report *r;
    struct doc *doc;
    size_t targets_cap, links_cap, langs_cap, figures_cap;
    struct names *ids; /* to indices in doc.targets */
    struct names *note_names; /* by scope, to indices in notes */
    struct note_use *notes; /* [1..nnotes-1] */
    size_t notes_cap;
    uint32_t nnotes;
    uint32_t *marked; /* notes in order of their first marks */
    size_t marked_cap;
    uint32_t nmarked;
    const struct scope *scope; /* NULL: no marks may stand here */
    uint32_t nscopes;
    struct pending *pending;
    size_t pending_cap;
    uint32_t npending;
    struct link_range *ranges;
    size_t ranges_cap;
    uint32_t nranges;
    const char **id_names; /* for hints; NULL: not made yet */
    uint64_t compared; /* of them, with unknown ids */
    struct names *given_ids; /* also of what was refused; NULL: not made yet */
    bool unread; /* a file could not be included: found with given_ids */
    struct builder *free_builders;
    struct md_text *free_texts;
    bool *busy; /* one per field: its text is being read */
    uint32_t tables, figures; /* numbered so far */
    uint32_t title_of; /* the target whose heading is being read, or 0 */
    bool cover; /* blocks with absent values are left out */
    bool value_lines; /* a line break in a value begins a line … */
    bool in_value; /* … and such a value is being read */
    struct load_cursor places[PLACES_KEPT]; /* those found last, by turns */
    unsigned newest; /* of them */
};

/* resolve.c */

/*
 * Report at byte `off` of a text, with a hint unless NULL; silent if the text
 * was found bad before.
 */
void inline_tell(struct resolver *in, enum diag_id id, const struct text *t,
    size_t off, const char *what, const char *hint);

/* Where byte `off` of a text stands; cheap for places in order. */
struct pos inline_pos(struct resolver *in, const struct text *t, size_t off);

/* The index of a language in doc.langs. */
uint16_t inline_lang(struct resolver *in, struct slice tag);

/* names.c: texts to numbers, by scope. */

struct names *inline_names_new(struct arena *a);

/* The number of a name, or 0. */
uint32_t inline_names_find(
    const struct names *names, uint32_t scope, struct slice name);

/* Add a name that is not there, with a number > 0. */
void inline_names_add(
    struct names *names, uint32_t scope, struct slice name, uint32_t number);

/* spans.c: building spans. */

struct builder *inline_builder(struct resolver *in);
void inline_builder_free(struct builder *b);

/* Add text: blanks and line breaks become one blank. */
void inline_put(struct builder *b, struct slice s, struct place at);

/* Add text as it is, but on one line. */
void inline_put_code(struct builder *b, struct slice s, struct place at);

/* Add a span that is no text; returns it. */
struct span *inline_put_span(
    struct builder *b, enum span_kind kind, struct place at);

/* A forced line break; blanks at it go. */
void inline_put_break(struct builder *b, struct place at);

/* The same between two lines of the text itself, not of a value. */
void inline_put_line(struct builder *b, struct place at);

/* The spans, in the arena; the builder is empty again. */
struct rich inline_finish(struct builder *b);

/* Forget what was built. */
void inline_reset(struct builder *b);

/* The text of spans so far, from the one at `first`, in the arena. */
struct slice inline_built(const struct builder *b, uint32_t first);

/* mdtext.c: what md4c sees of a text. */

enum seg_kind {
    SEG_COPY, /* as it stands in the text */
    SEG_VALUE, /* a stand-in for a value */
    SEG_NOTE, /* a stand-in for a footnote mark */
    SEG_ADDRESS, /* a stand-in for an address, values in it included */
    SEG_MARK /* nothing: it hides a construct from md4c */
};

struct seg {
    uint32_t md; /* offset in what md4c sees */
    uint32_t n; /* [bytes] there */
    uint32_t off; /* offset in the text */
    uint32_t src; /* [bytes] there */
    uint32_t piece; /* SEG_VALUE: of the text */
    uint8_t kind; /* enum seg_kind */
};

struct md_text {
    const struct text *text;
    struct buf s; /* what md4c sees */
    struct seg *segs;
    size_t cap;
    uint32_t nsegs;
    struct md_text *next; /* free ones */
};

/*
 * What md4c is to see of the bytes from..to of a text. inline_only hides the
 * marks of blocks at the start of lines, and leaves blank lines out.
 */
struct md_text *inline_md_text(struct resolver *in, const struct text *t,
    uint32_t from, uint32_t to, bool inline_only);
void inline_md_text_free(struct resolver *in, struct md_text *mt);

/* The segment that holds byte `md` of what md4c sees; the last one at the end;
 * NULL if there is none at all. */
const struct seg *inline_seg(const struct md_text *mt, uint32_t md);

/* The offset in the text of byte `md`. */
uint32_t inline_md_off(const struct md_text *mt, uint32_t md);

/*
 * If a stand-in begins the n bytes at s, its length, and *seg is what it
 * stands for (SEG_MARK's: only kind is set); else 0.
 */
size_t inline_stand_in(
    const struct md_text *mt, const char *s, size_t n, struct seg *seg);

/* values.c: what values say. */

/* Add the value of a piece; `code`: as it is. */
void inline_value(
    struct builder *b, const struct text *t, const struct piece *p, bool code);

/* Its plain text, for an address: reported if it is not known before pages. */
struct slice inline_value_plain(
    struct resolver *in, const struct text *t, const struct piece *p);

/* The first piece of a text that ends after byte `off`; npieces if none. */
uint32_t inline_first_piece(const struct text *t, size_t off);

/* Add bytes from..to of a text, which has no markup there. */
void inline_literal(struct builder *b, const struct text *t, uint32_t from,
    uint32_t to, bool code);

/* The same as plain text. */
struct slice inline_literal_plain(
    struct resolver *in, const struct text *t, uint32_t from, uint32_t to);

/* The report's field that a piece names if it is a given text, else NULL. */
const struct field *inline_text_field(
    const struct resolver *in, const struct piece *p);

/* Are values missing that a text needs? */
bool inline_absent(const struct text *t);

/* cell.c: a cell that leads to an address. */
struct rich inline_linked(struct resolver *in, const struct linked *l);

/* grid.c: a grid of the cover; NULL if nothing of it is printed. */
struct mast_doc *inline_grid(struct resolver *in, const struct masthead *g);

/* figure.c: a figure of the document; its index. */
uint32_t inline_figure(struct resolver *in, const struct figure *f);

/* markdown.c: Markdown to spans and blocks. */

/* Append the blocks of a text to `out`. */
void inline_markdown(struct resolver *in, const struct text *t,
    struct nest nest, struct block_list *out);

/* Add bytes from..to of a text with inline Markdown. */
void inline_run(
    struct builder *b, const struct text *t, uint32_t from, uint32_t to);

/*
 * A text with inline Markdown, without those of its lines that need a value
 * which is missing; NULL gives n 0.
 */
struct rich inline_rich(struct resolver *in, const struct text *t);

/* entity.c */

/*
 * What an entity ("&amp;") says, at out (4 bytes of room); returns its length,
 * 0 if it is none of ours. *cp gets the character that its name or number
 * means in HTML, 0 if none.
 */
size_t inline_entity(struct slice s, char *out, uint32_t *cp);

/* link.c */

/* Is this the whole address of a link, in an address's form? */
bool inline_is_address(struct slice s);

/*
 * An address as it goes into the PDF, or an empty slice and *why says what is
 * wrong with it.
 */
struct slice inline_uri(struct arena *a, struct slice href, const char **why);

/* code.c: text set line by line. */

struct code_lines {
    struct builder *b;
    struct rich *lines;
    size_t cap;
    uint32_t n;
};

/* Add text that may have line breaks. */
void inline_code_put(struct code_lines *c, struct slice s, struct place at);

/* End the last line unless it is empty. */
void inline_code_end(struct code_lines *c);

/* A verbatim text: its lines. */
void inline_code(struct resolver *in, const struct text *t, struct block *out);

/* notes.c */

void inline_scope_enter(struct resolver *in, struct scope *scope,
    const struct note *notes, uint32_t n);
void inline_scope_leave(struct resolver *in);

/* Add the mark of a footnote; told: a fault of it was reported. */
void inline_note_mark(
    struct builder *b, struct slice name, struct place at, bool told);

/* Could a file not be included, in which a mark or an id may stand? */
bool inline_is_unread(struct resolver *in);

/* Read the notes that have marks; report those that have none. */
void inline_notes_finish(struct resolver *in);

/* label.c */

/* A number in letters, roman or decimal digits; `upper`: in capitals. */
struct slice inline_number(
    struct arena *a, enum numbering how, int64_t n, bool upper);

/* The mark or number of a list's item. */
struct slice inline_item_label(
    struct resolver *in, uint8_t level, bool numbered, int64_t number);

/* What a section's label is made from: what stands above it. */
struct above {
    uint8_t level; /* of the sections under it, from 1 */
    uint8_t numbering; /* of the sections under it */
    struct slice decimal; /* what a decimal label extends, or empty */
    struct slice before; /* what a reference to a decimal one begins with */
    struct slice ref; /* what a reference to a lettered one begins with */
    /*
     * The decimal ones so far: those under several headings without a number
     * are counted on, so that no label stands twice.
     */
    int64_t *count;
};

/*
 * The label that the section at `index` of its list prints, and *ref, which a
 * reference to it prints (empty: its title). *under is for what it holds.
 */
struct slice inline_section_label(struct resolver *in, const struct section *s,
    const struct above *above, uint32_t index, struct slice *ref,
    struct above *under);

/* blocks.c */

void inline_body(struct resolver *in, const struct body *body, struct nest nest,
    struct block_list *out);
void inline_add_block(
    struct resolver *in, struct block_list *out, struct block b);

/* May something nest once more? If not, that was reported. */
bool inline_may_nest(
    struct resolver *in, struct nest nest, const struct text *t, uint32_t off);

/* refs.c */

/* A new target; one with an id is found by it. Returns its index. */
uint32_t inline_add_target(struct resolver *in, struct target t);

/* A new link; returns its index. */
uint32_t inline_add_link(struct resolver *in, struct link link);

/* Give every reference what it prints. */
void inline_refs_resolve(struct resolver *in);

#endif
