/* The report as written: keys typed, nothing expanded yet. */
#ifndef RAP_MODEL_MODEL_H
#define RAP_MODEL_MODEL_H

#include "base/uni.h"
#include "base/unit.h"
#include "load/load.h"

struct compiled;
struct printed;
struct profile;
struct rows;

/*
 * The built-in checks: X(id, name, the keys of its mapping, what it finds). A
 * check's message has the same name.
 */
#define LINT_LIST(X) \
    X(UNPRINTED, "unprinted-row", printed, \
        "Rows of a data set with a key that nothing prints") \
    X(TWO_LISTS, "identifier-in-two-lists", common, \
        "Identifiers that stand in two tables") \
    X(PREFIX, "prefix-spelling", common, \
        "Prefixes of identifiers that are spelt in several ways") \
    X(ORDER, "out-of-order", common, \
        "Rows out of the order of their table's expect-order") \
    X(LINK, "vague-link", common, \
        "Links whose text is only 'here' or the like") \
    X(PERIOD, "date-outside-period", dated, \
        "Rows with a date outside the report's period; off by default") \
    X(STALE, "stale-data", stale, \
        "A status date much later than every dated row; off by default")

/*
 * Text with values in it, as typed. The pieces follow one another; all but the
 * first '$' of `$$(` belongs to one. A value never becomes markup: Markdown
 * sees a stand-in, the value is put in after it was parsed.
 */
enum piece_kind {
    PIECE_SOURCE, /* bytes of the source; texts share it: never change it */
    PIECE_VALUE, /* $(name) or $(name:format) */
    PIECE_LATE /* $(page), $(pages), $(section): known when painting */
};

struct piece {
    uint8_t kind; /* enum piece_kind */
    uint32_t off, n; /* [bytes] in text.s: the whole "$(…)" for a value */
    struct slice name; /* value: "report.status-date" */
    struct slice format; /* value: what follows ':', else empty */
    struct slice
        value; /* value: set by data_expand; UTF-8, allowed characters */
    struct pos pos; /* value: of the data row that it came from; else none */
    struct text *markup; /* value: of a column typed markdown: inline text in
                            place of `value`; else NULL */
    bool absent; /* value: an optional fact that the report lacks */
};

struct text {
    struct slice s; /* as typed */
    const struct node *node; /* the scalar it came from; NULL: see pos */
    struct pos pos; /* where it begins if node is NULL (data files) */
    bool one_place; /* … and all of it stands there: a value of a data row */
    struct piece *pieces;
    uint32_t npieces;
};

/*
 * The place of byte `off` of a text, in its YAML or data file. The cursor makes
 * places asked for in order cheap.
 */
struct pos model_text_pos(const struct files *files, struct load_cursor *c,
    const struct text *t, size_t off);

/* How a reader takes a text: decides which Markdown may stand in it. */
enum text_form {
    TEXT_BLOCKS, /* whole Markdown blocks: bodies, `text:`, bullets */
    TEXT_INLINE, /* inline Markdown: titles, captions, cells, notes, fields */
    TEXT_PLAIN /* no markup at all: code, keys */
};

/* What a PDF claims to be: `report.standard`, --standard. */
enum standard {
    STANDARD_UA1_A2A, /* PDF/UA-1 and PDF/A-2a */
    STANDARD_UA1_A3A, /* PDF/UA-1 and PDF/A-3a: may carry files */
    STANDARD_UA2_A4F, /* PDF/UA-2 and PDF/A-4f: carries files */
    STANDARD_NONE /* nothing; it is tagged all the same */
};

/* "ua-1,a-2a", as the key and the option have it. */
const char *model_standard_name(enum standard standard);

/* Which of the files read are embedded in the PDF: `report.attach`. */
enum attach { ATTACH_NONE, ATTACH_DATA, ATTACH_SOURCES };

/* `changes`: what a build does with them besides marking. */
enum report_changes { CHANGES_MARKS, CHANGES_ANNEX };

enum field_type {
    FIELD_TEXT,
    FIELD_DATE,
    FIELD_PERIOD,
    FIELD_LANGUAGE,
    FIELD_CHOICE
};

/* One fact of the report's `report:` mapping. */
struct field {
    const char *name; /* "status-date" */
    uint8_t type; /* enum field_type */
    bool given;
    struct node *node; /* its value; NULL unless given */
    struct text *text; /* FIELD_TEXT: inline Markdown */
    struct date from; /* FIELD_DATE: the date; FIELD_PERIOD: its start */
    struct date to; /* FIELD_PERIOD */
    struct slice plain; /* FIELD_LANGUAGE: the BCP 47 tag; FIELD_CHOICE: the
                           word as written */
    uint8_t choice; /* FIELD_CHOICE: of enum standard or enum attach */
};

/* One column of a `where`: it is one of the values, or null where one of them
 * is empty. */
struct where {
    struct slice column;
    struct node *node; /* its value */
    struct text **values; /* without markup; $(…) are bound parameters */
    uint32_t nvalues; /* >= 1 */
};

/* One column of an `order-by`. */
struct order {
    struct slice column;
    struct node *node;
    bool natural; /* natural(column): Y.9 before Y.10 */
    bool descending; /* column desc */
};

/*
 * A question to the data sets: one SELECT, or the shorthand `from`, whose order
 * always ends with the data set's. A $(…) in it is a parameter bound with its
 * type, never SQL.
 */
struct query {
    struct node *node; /* of the mapping, or of the SQL where it stands alone */
    struct text *sql; /* the SELECT; NULL: the shorthand */
    struct slice from; /* shorthand: the data set's name */
    struct node *from_node;
    struct where *where;
    uint32_t nwhere;
    struct order *order;
    uint32_t norder;
    int64_t limit; /* rows at most; 0: all */
    bool condition; /* sql is an expression, not a SELECT: `when` */
    struct compiled *compiled; /* data's own: what is kept from run to run */
};

/* `for-each`: its item stands once for each row. */
struct each {
    struct node *node;
    struct slice as; /* $(as.column) is the row's */
    struct query query;
};

/* One of `values:`: $(values.name) is what the query's one row, one column
 * says. */
struct query_value {
    struct slice name;
    struct node *node;
    struct query query;
};

/* One of `checks:`: a query for the rows that should not exist. */
struct rule {
    struct node *node;
    struct text *holds; /* `rule`: what holds; without markup */
    struct query query;
    struct text *message; /* of each row, over $(row.column); no markup */
    uint8_t level; /* enum rule_level */
};

enum rule_level { RULE_ERROR, RULE_WARNING };

/* What a cell prints: the first alternative that holds. */
struct alternative {
    struct query *when; /* a condition over $(row.column); NULL: always */
    struct text *text; /* inline */
};

enum width_kind { WIDTH_AUTO, WIDTH_FIXED, WIDTH_SHARE };

struct column {
    struct node *node;
    struct slice key; /* names the cell in rows with keys; unique in a table */
    struct text *title; /* inline; NULL: no title */
    struct alternative *choices; /* what its cells print, over $(row.column);
                               none: the row's column `key` */
    uint32_t nchoices;
    struct text *link; /* an address over $(row.column), which makes the cell
                          a link unless it is empty; NULL: none */
    uint8_t width_kind; /* enum width_kind */
    rlen width; /* WIDTH_FIXED: > 0 */
    int32_t share; /* WIDTH_SHARE: in 1/1000 fr, > 0 */
    uint8_t align; /* enum align of model/profile.h */
    bool align_given;
    bool identifier; /* break: identifier */
    bool hyphenate; /* words of its cells may be divided */
    bool row_header; /* header: row */
};

/* One column of `expect-order`. */
struct expected {
    uint32_t column; /* of the table */
    bool descending;
};

struct table {
    struct column *columns;
    uint32_t ncolumns;
    struct text *caption; /* inline; NULL: none, and no number */
    struct expected *expected; /* the order that its rows should have */
    uint32_t nexpected;
    struct node *expect_node; /* the value of `expect-order`; NULL: none */
    struct node *rows_node; /* the value of `rows` */
    struct node *file; /* rows: {file: …}: the scalar; else NULL */
    struct query *query; /* rows: {from: …} or {query: …}; else NULL */
    struct node *empty; /* the value of `empty`; NULL: none */
    struct text *empty_text; /* empty: None. (inline) */
    struct text *
        *empty_row; /* empty: {key: text}, one per column, may be NULL */
    struct text *
        *cells; /* rows in place: nrows * ncolumns, inline, never NULL */
    struct node **row_nodes; /* rows in place: one per row */
    uint32_t nrows; /* rows in place */
    struct rows *rows; /* set by data_expand; see data/data.h */
};

/* A figure as written. */
struct figure {
    struct node *node;
    struct node *file; /* the path of its image; NULL: reported */
    struct text *alt; /* what it shows, without markup; NULL: decorative */
    struct text *caption; /* inline; NULL: none, and no number */
    rlen width; /* 0: by the image */
    bool decorative;
};

enum entry_kind {
    ENTRY_TEXT, /* Markdown blocks */
    ENTRY_BULLETS, /* bodies */
    ENTRY_NUMBERED, /* bodies */
    ENTRY_TABLE,
    ENTRY_FIGURE,
    ENTRY_NOTE, /* body in a frame */
    ENTRY_QUOTE, /* body */
    ENTRY_CODE, /* text, verbatim */
    ENTRY_PAGE_BREAK,
    ENTRY_GRID /* cover only */
};

/* A cell of a cover's grid. */
struct mast_cell {
    struct node *node;
    struct text *text; /* inline; blank: nothing stands there */
    struct text *with; /* a value without which it is not printed, or NULL */
    int32_t style; /* enum style_id; -1: the grid's */
    uint8_t align; /* enum align of model/profile.h */
    bool align_given; /* else the style's */
    bool lines; /* a line break of a value begins a line */
    int32_t columns, rows; /* that it spans, >= 1 */
    uint32_t column; /* its first one */
};

struct mast_row {
    struct node *node;
    struct mast_cell *cells; /* in order of their columns */
    uint32_t ncells;
    rlen rule_before, rule_after; /* thickness; 0: none */
    rlen before, after; /* space … */
    bool before_given, after_given; /* … else that of its cells' styles */
};

enum { MAST_COLUMNS = 32, MAST_ROWS = 1000 }; /* at most */

/* A `grid` of a cover: the masthead of a document. */
struct masthead {
    struct node *node;
    struct column *columns; /* their widths, never automatic */
    uint32_t ncolumns;
    rlen gap; /* between columns */
    struct mast_row *rows;
    uint32_t nrows;
    int32_t style; /* enum style_id: of its cells */
    rlen before, after; /* space around it … */
    bool before_given, after_given; /* … else by style and rows */
    uint8_t rule_colour[3]; /* red, green, blue */
};

struct entry;

/* A body: Markdown, or a list of entries. */
struct body {
    struct entry *entries;
    uint32_t n;
    struct node *node; /* item of a list with keys: its mapping; else NULL */
    struct each *each; /* item of a list: it stands once for each row */
    struct query *when; /* … and only where this holds; NULL: always */
};

/* One note of `notes:`. */
struct note {
    bool *used; /* a mark refers to it, or to one made from the same note */
    struct slice name;
    struct text *text; /* inline */
    struct node *node;
};

/* One entry of a body, as written. */
struct entry {
    uint8_t kind; /* enum entry_kind */
    struct node *node;
    struct slice id; /* empty: none */
    struct text *id_text; /* the id while it has a $(…); NULL: see id */
    struct each *each; /* it stands once for each row; NULL: once */
    struct query *when; /* it stands where this condition holds, or NULL */
    struct text *text; /* ENTRY_TEXT, ENTRY_CODE */
    struct table *table;
    struct figure *figure;
    struct body *bodies; /* BULLETS, NUMBERED: one each; NOTE, QUOTE: one */
    uint32_t nbodies;
    struct masthead *grid; /* GRID */
    int64_t start; /* NUMBERED: first number */
    int32_t style; /* cover only: enum style_id; else -1 */
};

enum numbering {
    NUMBERING_DECIMAL, /* 1, 1.1 … */
    NUMBERING_LETTER, /* a) */
    NUMBERING_ROMAN, /* i) */
    NUMBERING_NONE
};

struct section {
    struct node *node;
    struct slice id;
    struct text *id_text; /* the id while it has a $(…); NULL: see id */
    struct each *each; /* it stands once for each row; NULL: once */
    struct query *when; /* it stands where this condition holds, or NULL */
    struct text *title; /* inline, never NULL */
    struct text *subtitle; /* inline or NULL */
    uint8_t numbering; /* of its subsections: enum numbering */
    bool annex;
    struct body body, after;
    struct note *notes; /* beside its bodies */
    uint32_t nnotes;
    struct section *sections;
    uint32_t nsections;
};

/* What a column of a data set holds. */
enum column_kind {
    COLUMN_TEXT, /* the first ones in the order of their words in `types` */
    COLUMN_INTEGER,
    COLUMN_NUMBER,
    COLUMN_DATE,
    COLUMN_MARKDOWN,
    COLUMN_CHOICE, /* one of the words of a list */
    COLUMN_IN /* {in: dataset.column}: one of the values there */
};

/* An entry of a data set's `types`. */
struct column_type {
    struct slice name; /* of the column, in SQL */
    struct node *key; /* … as it stands there */
    struct node *node;
    uint8_t kind; /* enum column_kind */
    struct slice *choices; /* COLUMN_CHOICE */
    uint32_t nchoices;
    struct slice in_set, in_column; /* COLUMN_IN */
};

/* An entry of a data set's `columns`. */
struct column_name {
    struct slice name; /* in SQL */
    struct slice source; /* in the file */
    struct node *key, *node;
};

/* What divides the cells of a file of rows, in the order of their words. */
enum separator {
    SEPARATOR_COMMA,
    SEPARATOR_SEMICOLON,
    SEPARATOR_TAB,
    SEPARATOR_BAR
};

/* One data set of `data:`. */
struct dataset {
    struct node *node;
    struct node *key_node; /* its name, as it stands there */
    struct slice name; /* [a-z][a-z0-9_]* */
    struct node *file; /* the path; NULL: reported */
    struct slice table; /* of an SQLite file; empty: none given */
    struct slice key; /* the column that names a row; empty: none */
    bool separator_given; /* else by the file's name */
    uint8_t separator; /* enum separator */
    struct node *updates; /* the pattern of its update files; NULL: none */
    struct column_type *types;
    uint32_t ntypes;
    struct column_name *columns;
    uint32_t ncolumns;
};

/* The built-in checks that `lint:` sets, in the order of LINT_LIST. */
enum lint_check {
#define X(id, name, own, what) LINT_##id,
    LINT_LIST(X)
#undef X
        LINT_COUNT
};

enum lint_level { LINT_DEFAULT, LINT_OFF, LINT_WARNING, LINT_ERROR };

/* What `lint:` says of one check. */
struct lint {
    struct node *node; /* its value; NULL: nothing */
    uint8_t level; /* enum lint_level */
    struct node **accept; /* the findings that are right as they are */
    uint32_t naccept;
    struct slice because; /* why they are */
    struct node **columns; /* data set.column: only these; none: all dates */
    uint32_t ncolumns;
    int64_t span; /* [days] */
    bool span_given;
    struct query *except; /* rows that need not be printed: by query */
    uint32_t nexcept;
};

struct report {
    struct node *node;
    struct field *fields; /* every known one, given or not */
    uint32_t nfields;
    const char *language; /* BCP 47, NUL-terminated; "en" if not given */
    uint8_t standard; /* enum standard */
    uint8_t attach; /* enum attach */
    const struct profile *profile;
    struct dataset *datasets;
    uint32_t ndatasets;
    struct slice dates; /* ICU pattern for dates without one */
    struct node *dates_node; /* NULL: the profile's */
    struct query_value *values; /* in order of the file */
    uint32_t nvalues;
    uint8_t changes; /* enum report_changes: what is made of those since … */
    uint8_t numbering; /* of the top sections */
    struct body body, after;
    struct note *notes;
    uint32_t nnotes;
    struct section *sections;
    uint32_t nsections;
    struct section *annexes;
    uint32_t nannexes;
    struct rule *rules; /* `checks`, in order of the file */
    uint32_t nrules;
    struct lint lint[LINT_COUNT];
    struct printed *printed; /* set by data_expand; see data/printed.h */
    /* Set by data_expand: */
    bool partial; /* a for-each or `when` failed: what it holds is not known */
    struct slice *left_out; /* names of notes that are marked only in what
                               does not stand this time */
    uint32_t nleft_out;
};

/* The field of that name, or NULL. */
const struct field *model_field(const struct report *r, struct slice name);

/* Report that the standard chosen at a node wants files, and there are none. */
void model_nothing_attached(const struct load *l, const struct node *at);

/* What the command line says about the report. */
struct model_options {
    const char *const *sets; /* "report.key=value"; NULL-terminated, or NULL */
    const char *profile; /* --profile NAME|FILE, or NULL */
    const char *standard; /* --standard NAMES, or NULL */
    const char *as_of; /* --as-of DATE, or NULL */
};

/*
 * Read a report. Reports every mistake it finds (the model group of
 * base/diag_list.h) and goes on: a node that failed is marked bad and left
 * out. Never NULL; the caller looks at diag_errors. In arena l->a.
 */
struct report *model_read(
    const struct load *l, struct node *root, const struct model_options *opt);

/*
 * Split a scalar into pieces; reports bad-substitution. `late` allows $(page)
 * and the like.
 */
struct text *model_text(const struct load *l, struct node *scalar, bool late);

/* The JSON Schema (draft 7) of reports, made from the tables of keys. */
void model_schema(struct arena *a, struct buf *out);

#endif
