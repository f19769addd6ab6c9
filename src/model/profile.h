/* A house style: everything about looks that is data. */
#ifndef RAP_MODEL_PROFILE_H
#define RAP_MODEL_PROFILE_H

#include "model/model.h"

enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END, ALIGN_JUSTIFY };

struct colour {
    uint8_t r, g, b;
};

/* The roles of text that a profile styles; `styles:` has one key each. */
#define STYLE_LIST(X) \
    X(BODY, "body") \
    X(TITLE, "title") \
    X(SUBTITLE, "subtitle") \
    X(FIELD, "field") \
    X(ABSTRACT, "abstract") \
    X(MASTHEAD, "masthead") \
    X(MASTHEAD_LARGE, "masthead-large") \
    X(MASTHEAD_SMALL, "masthead-small") \
    X(HEADING_1, "heading-1") \
    X(HEADING_2, "heading-2") \
    X(HEADING_3, "heading-3") \
    X(HEADING_4, "heading-4") \
    X(HEADING_5, "heading-5") \
    X(HEADING_6, "heading-6") \
    X(ANNEX_LABEL, "annex-label") \
    X(ANNEX_TITLE, "annex-title") \
    X(ANNEX_SUBTITLE, "annex-subtitle") \
    X(SECTION_SUBTITLE, "section-subtitle") \
    X(LIST, "list") \
    X(CAPTION, "caption") \
    X(TABLE_HEAD, "table-head") \
    X(TABLE_CELL, "table-cell") \
    X(NOTE, "note") \
    X(QUOTE, "quote") \
    X(CODE, "code") \
    X(FOOTNOTE, "footnote") \
    X(CONTENTS_TITLE, "contents-title") \
    X(CONTENTS_1, "contents-1") \
    X(CONTENTS_2, "contents-2") \
    X(CONTENTS_3, "contents-3") \
    X(CONTENTS_4, "contents-4") \
    X(CONTENTS_5, "contents-5") \
    X(CONTENTS_6, "contents-6") \
    X(HEADER, "header") \
    X(FOOTER, "footer")

enum style_id {
#define X(id, name) STYLE_##id,
    STYLE_LIST(X)
#undef X
        STYLE_COUNT
};

/*
 * How a paragraph of one role looks. In YAML each style inherits what it does
 * not say from `body`, here everything is resolved.
 */
struct style {
    struct slice family; /* a name of `families` or families.yaml */
    bool bold, italic;
    rlen size; /* > 0 */
    rlen leading; /* baseline to baseline, > 0 */
    rlen before, after; /* space; between two paragraphs the larger counts */
    rlen indent; /* from the start edge of its frame */
    rlen indent_end;
    rlen hang; /* column of a label (heading number, list mark), 0: run in */
    uint8_t align; /* enum align */
    bool hyphenate; /* words may be divided if need be */
    bool hang_punctuation; /* justified: punctuation may stand in the margin */
    bool keep_next; /* no page break after it */
    struct colour colour;
    rlen rule_before, rule_after; /* blocks: thickness of rules; 0: none */
    struct colour rule_colour;
    rlen rule_gap; /* from the text to a rule, or to the edge of the fill */
    bool fill; /* blocks: a colour behind them */
    struct colour fill_colour;
};

/* Marks and indents of one level of lists. */
struct list_level {
    struct slice mark; /* of bullets, e.g. "•" */
    uint8_t numbering; /* of numbered lists: NUMBERING_DECIMAL… */
    struct slice number_suffix; /* "." or ")" */
    rlen indent; /* from the enclosing level's text to the mark */
    rlen hang; /* from the mark to the text */
    rlen between; /* items of a tight list */
};

enum { LIST_LEVELS = 4 }; /* deeper ones use the last */

struct table_style {
    rlen before, after;
    rlen rule; /* thickness of inner rules; 0: none */
    rlen rule_outer; /* top and bottom, and sides if frame */
    rlen rule_head; /* under the header row */
    bool frame; /* rules at the sides and between columns */
    struct colour rule_colour;
    rlen pad_x, pad_top, pad_bottom; /* cell padding */
    bool head_fill;
    struct colour head_colour;
    bool zebra;
    struct colour zebra_colour;
    uint8_t head_align; /* enum align */
    bool head_align_given; /* else each column's own */
};

/* The three slots of a header or footer; each may be NULL. */
struct slots {
    struct text *start, *centre, *end;
    bool given;
};

/* Which pages a variant of header or footer serves. */
enum page_kind { PAGE_FIRST, PAGE_LEFT, PAGE_RIGHT, PAGE_KINDS };

/* Fixed words in the report's language; `labels:` has one key each. */
#define LABEL_LIST(X) \
    X(ANNEX, "annex", "Annex $(n)") \
    X(TABLE, "table", "Table $(n)") \
    X(FIGURE, "figure", "Figure $(n)") \
    X(DECIMAL, "decimal", "$(n)") \
    X(LETTER, "letter", "$(n))") \
    X(ROMAN, "roman", "$(n))") \
    X(SEPARATOR, "separator", " – ") \
    X(CONTINUED, "continued", "(continued)") \
    X(CONCLUDED, "concluded", "(concluded)") \
    X(CONTENTS, "contents", "Contents") \
    X(NOTE, "note", "Note") \
    X(NOTE_SEPARATOR, "note-separator", " – ") \
    X(INSERTED, "inserted", "inserted: $(n)") \
    X(DELETED, "deleted", "deleted: $(n)") \
    X(SECTION_GONE, "removed-section", "Section removed: $(n)") \
    X(MOVED_TO, "moved-to", "moved to $(n)") \
    X(MOVED_FROM, "moved-from", "from $(n)") \
    X(CHANGES, "changes", "Changes since $(n)") \
    X(ROWS, "rows", "Rows: $(n)") \
    X(WAS, "was", "was $(n)") \
    X(NEW, "new", "new") \
    X(CAME, "moved-here", "moved here") \
    X(ROWS_GONE, "removed-rows", "Removed from this table:") \
    X(NO_CHANGES, "no-changes", "Nothing has changed.") \
    X(ADDED, "added", "Added") \
    X(REMOVED, "removed", "Removed") \
    X(MOVED, "moved", "Moved") \
    X(RENUMBERED, "renumbered", "Renumbered") \
    X(RETITLED, "retitled", "Retitled") \
    X(CHANGED, "changed", "Changed") \
    X(REORDERED, "reordered", "Other order of rows") \
    X(COLUMNS_REORDERED, "reordered-columns", "Other order of columns") \
    X(COLUMN, "column", "column $(n)") \
    X(FACTS, "facts", "Facts of the report") \
    X(FOOTNOTES, "footnotes", "Footnotes")

enum label_id {
#define X(id, name, text) LABEL_##id,
    LABEL_LIST(X)
#undef X
        LABEL_COUNT
};

/* A fact that a profile declares: reports may give it, or must. */
struct declared {
    const char *name; /* [a-z][a-z0-9-]*; also one that all reports have */
    uint8_t type; /* enum field_type: FIELD_TEXT, FIELD_DATE, FIELD_PERIOD */
    bool required;
    const struct node *by; /* where `required` is said, or NULL */
};

/* The cuts of a family: regular, bold, italic, bold-italic. */
enum { FONT_CUTS = 4 };

/* A font file beside a profile, read. */
struct font_bytes {
    struct node *node; /* what names it; NULL: there is no such cut */
    uint32_t file; /* its number */
};

/* A family of fonts that a profile brings. */
struct house_family {
    const char *name;
    const struct node *node; /* its key */
    struct font_bytes cuts[FONT_CUTS]; /* the first, regular, is there */
    struct node **fallback; /* names of families */
    uint32_t nfallback;
    bool fallback_given; /* else that of serif */
};

struct profile {
    struct slice name;
    struct node *node; /* with what it extends merged in; NULL: none read */
    bool partial; /* some of it was refused: it may have declared more */
    struct declared *declared; /* `fields` */
    uint32_t ndeclared;
    struct house_family *families; /* `fonts` */
    uint32_t nfamilies;
    rlen width, height; /* of the page */
    rlen top, bottom, inner, outer; /* margins */
    rlen feather; /* most that a space between boxes may grow to fill a page */
    bool duplex; /* left and right pages differ */
    rlen header_gap,
        footer_gap; /* text area to header or footer baseline box */
    struct style styles[STYLE_COUNT];
    struct list_level levels[LIST_LEVELS];
    struct table_style table;
    struct slots header[PAGE_KINDS], footer[PAGE_KINDS];
    struct slice labels[LABEL_COUNT]; /* "$(n)" stands for the number */
    struct slice dates; /* ICU pattern */
    struct colour link_colour;
    rlen end_rule; /* thickness of the rule below the last text; 0: none */
    rlen end_width, end_before; /* how wide it is, the space above it */
    rlen rule_note; /* thickness of the rule above footnotes; 0: none */
    struct colour note_colour; /* of the bar beside a note block */
    rlen note_bar; /* its thickness; 0: none */
    bool annex_new_page;
    uint8_t annex_numbering; /* enum numbering: Annex 1, Annex A */
    /* enum numbering, where the report says none: of its top sections … */
    uint8_t sections_numbering;
    uint8_t annex_sections_numbering; /* … and of those of each annex */
    int32_t orphans, widows; /* lines, >= 1 */
    int32_t contents_depth; /* 0: no contents; else levels of headings */
    bool contents_new_page; /* the body begins on a new page after it */
    struct slice leader; /* "." repeated, or empty */
    struct body
        cover; /* entries with a style; dropped where a value is absent */
};

/*
 * Read a profile: a name (found in the profiles folder), a path ending in
 * .yaml relative to the report, or a mapping with `extends`. Reports and
 * returns what is sound; never NULL. Used by model_read.
 */
struct profile *profile_read(const struct load *l, struct node *n);

#endif
