/* Typed reading by tables of keys, from which the JSON Schema is made too. */
#ifndef RAP_MODEL_KEYS_INT_H
#define RAP_MODEL_KEYS_INT_H

#include "model/profile.h"

/* What a value is, and what is stored of it. */
enum type_kind {
    TYPE_TEXT, /* struct text *: with values in it */
    TYPE_WORD, /* struct slice: a text without values */
    TYPE_ID, /* struct slice: [a-z][a-z0-9-]* */
    TYPE_FILE, /* struct node *: the path, relative to where it stands */
    TYPE_BOOL, /* bool */
    TYPE_TRUE, /* nothing: the key itself says it */
    TYPE_INT, /* int32_t or int64_t */
    TYPE_LENGTH, /* rlen */
    TYPE_WIDTH, /* the width of a struct column */
    TYPE_COLOUR, /* struct colour */
    TYPE_DATE, /* struct date */
    TYPE_ENUM, /* uint8_t or int32_t: the index in names */
    TYPE_LANGUAGE, /* struct slice: a BCP 47 tag */
    TYPE_PATTERN, /* struct slice: an ICU date pattern */
    TYPE_MAP, /* a mapping with the keys of a table */
    TYPE_NAMED, /* a mapping with any keys */
    TYPE_LIST, /* an array of items and their count */
    TYPE_ONE_OF /* as its form that fits */
};

enum type_flag {
    TYPE_SOME = 1, /* may not be empty */
    TYPE_LATE = 2, /* text: $(page), $(pages), $(section) may stand in it */
    TYPE_NONE = 4, /* colour: may be "none" */
    TYPE_IDS = 8, /* named: the names are ids */
    TYPE_SET = 16, /* width: may not be auto */
    TYPE_SQL = 32, /* named: the names are identifiers of SQL */
    TYPE_VALUES = 64 /* id: $(…) may stand in it, then it is not checked */
};

struct reader;
struct type;
struct keys;

/* Where a value goes. */
struct dest {
    const char *name; /* of its key, for messages */
    bool item; /* it is an item of that key's list */
    void *at;
    size_t size; /* [bytes] of an integer or enum */
    uint32_t *count; /* list: gets the number of items */
    bool *given; /* gets whether there is a value; NULL: not wanted */
};

struct type {
    uint8_t kind; /* enum type_kind */
    uint8_t flags; /* of enum type_flag */
    const char *def; /* its name in the schema, or NULL */
    const char *what; /* for the schema: what it is */
    int64_t min, max; /* INT, LENGTH; LIST: the most items, 0: any number */
    const char *const *names; /* ENUM: ends with NULL */
    const struct keys *map; /* MAP */
    const struct type *item; /* LIST, NAMED: of each value */
    const struct type *const *forms; /* ONE_OF: ends with NULL */
    size_t size; /* [bytes] of its record, as a list's item */
    /* Read the value, which fits the type, instead of the usual way. */
    bool (*read)(struct reader *r, const struct type *t, struct node *n,
        const struct dest *to);
};

struct key {
    const char *name;
    const struct type *type;
    const char *what; /* one line for the schema */
    size_t offset; /* of its destination in the record */
    size_t size; /* [bytes] */
    size_t count; /* list: offset of its count */
    size_t given; /* offset of a bool; 0: none */
    bool required;
    const struct node *by; /* what of a profile requires it too, or NULL */
};

/* The keys of one mapping: at most KEYS_MOST. */
enum { KEYS_MOST = 64 };

struct keys {
    const char *what; /* "a section", for messages */
    const struct key *list;
    size_t n;
    size_t choice; /* one of the first so many keys must be given … */
    bool exclusive; /* … and no other of them */
    bool open; /* what else there may be is not known: say nothing of it */
    const struct type *others; /* for the schema: of further keys, or NULL */
    const char *hint; /* on an unknown key without a near one; NULL: a list */
    /* Check and complete the record when all keys are read. */
    void (*done)(struct reader *r, struct node *map, void *record);
};

#define KEY(key, t, text, ...) \
    { \
        .name = (key), .type = (t), .what = (text), __VA_ARGS__ \
    }
#define AT(record, member) \
    .offset = offsetof(record, member), .size = sizeof(((record *)0)->member)
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Texts no longer than this share the one piece that all of them have. */
enum { SHORT_TEXT = 256 };

struct reader {
    const struct load *l;
    const struct profile *profile; /* report: its own */
    const struct keys *facts; /* report: that it may give */
    bool partial; /* profile: see struct profile */
    const struct node **folders; /* profile: of fonts, one a file at most */
    size_t nfolders, folders_cap;
    int64_t depth; /* of sections */
    bool annex; /* within one */
    const struct style *style; /* profile: the body's, for the others */
    struct piece *pieces[SHORT_TEXT]; /* by length: "all of it is source" */
    const struct table *hinted; /* the table whose column keys are … */
    const char **names; /* … these, for hints; ends with NULL */
};

/*
 * Read the keys of a mapping into a record: unknown, missing and excluding
 * keys are reported, and whatever is wrong with the values.
 */
void keys_read(
    struct reader *r, const struct keys *k, struct node *map, void *record);

/*
 * Read one value; false if there is nothing sound to use. Silent on a node
 * that is bad.
 */
bool keys_value(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* Read a list's items into a new array; unsound ones are left out. */
bool keys_list(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* As load_diag, but false if it was silent: then a hint would go astray. */
bool keys_diag(struct reader *r, enum diag_id id, struct node *n,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Report at a node without making it bad: the rest of it is sound. */
bool keys_remark(struct reader *r, enum diag_id id, const struct node *n,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/*
 * Report the key of a mapping, if it is there, as one that says nothing beside
 * the others. True if a hint belongs to it.
 */
bool keys_refuse(
    struct reader *r, struct node *map, const char *key, const char *why);

/* Report a value that is empty where something is wanted. */
void keys_nothing(struct reader *r, struct node *n, const struct dest *to);

/* "'width'", or "an item of 'rows'". */
const char *keys_name(struct reader *r, const struct dest *to);

/*
 * Report an unknown key, with the nearest of `names`; NULL if there is none:
 * then with the hint, unless that is NULL, or with all names if they are few.
 */
const char *keys_unknown(struct reader *r, struct node *key, const char *what,
    const char *const *names, const char *hint);

/* "a, b or c" */
const char *keys_join(struct arena *a, const char *const *names);

/* Is this the scalar type's value? Reads it and reports. */
bool keys_scalar(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* The type, or that of its forms, that a node is to be read as; NULL: none. */
const struct type *keys_form(const struct type *t, const struct node *n);

/* Nothing but blanks and line breaks? */
bool keys_is_blank(struct slice s);

/* "[a-z][a-z0-9-]*" */
bool keys_is_id(struct slice s);

/* Does a "$(" stand in it? */
bool keys_has_value(struct slice s);

/* A text from a scalar; short ones without a value share their piece. */
struct text *text_read(struct reader *r, struct node *scalar, bool late);

/* The empty text at a place. */
struct text *text_empty(struct arena *a, struct pos pos);

/* The facts that every report may give, first among report.fields. */
extern const struct keys model_fact_keys;
extern const struct type *const model_fact_types[]; /* by enum field_type */
extern const struct keys model_report_keys;
extern const struct keys model_rows_keys;
extern const struct keys model_profile_keys;
extern const struct type model_true; /* true, the only value of its key */
extern const struct type model_line; /* inline text, not empty */
extern const struct type model_cell; /* inline text */
extern const struct type model_blocks; /* whole Markdown, not empty */
extern const struct type model_word; /* text without values, not empty */
extern const struct type model_file; /* a path */
extern const struct type model_pattern; /* of dates */
extern const struct type model_numbering; /* of sections */
extern const struct type model_profile; /* a name, a path or a mapping */
extern const struct type model_verbatim; /* text without markup */
extern const struct type model_items; /* bodies of a list */
extern const struct type model_framed; /* the body of a note or quotation */
extern const struct type model_table;
extern const struct type model_figure;
extern const struct type model_parts; /* of a report that extends another */
extern const struct type model_first_number; /* of a list */
extern const struct type model_cover; /* coverkeys.c */
extern const struct type model_condition; /* querykeys.c: `when` */
extern const struct type model_each; /* `for-each` */
extern const struct type model_values; /* `values` */
extern const struct type model_choices; /* `text` of a column */

extern const struct type model_rules; /* querykeys.c: `checks` */
extern const struct type model_except; /* of a check in `lint` */
extern const struct type model_lint; /* lintkeys.c */

/* Sizes of paper, in the order of `page.size`. */
enum paper { PAPER_A4, PAPER_A3, PAPER_LETTER };

/* A header or footer as written. */
struct furniture {
    struct slots kinds[PAGE_KINDS];
    struct slots all; /* of the pages without a variant of their own */
    rlen gap;
};

/* A profile as written. */
struct raw_profile {
    struct profile profile; /* first: what is stored as it is */
    struct furniture header, footer;
    uint8_t size; /* enum paper */
    rlen width, height; /* 0: by size */
};

/* A table as written. */
struct raw_table {
    struct table table;
    struct slice id;
};

/* Rows of a table as written, but for those in place. */
struct raw_rows {
    struct node *file; /* NULL: see query */
    struct query query;
};

/* An item of a list as written. */
struct raw_item {
    struct text *text; /* one of these two */
    struct body body;
    struct each *each;
    struct query *when;
};

/* A figure as written. */
struct raw_figure {
    struct figure figure;
    struct slice id;
};

/* A family of fonts as written. */
struct raw_family {
    struct node *files[FONT_CUTS];
    struct node **fallback;
    uint32_t nfallback;
    bool fallback_given;
};

/* Readers of what is not read in the usual way; entry.c */
bool entry_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool entry_read_body(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool entry_read_block(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* Read a text, or a mapping by these keys with a choice, as an entry. */
bool entry_read_by(struct reader *r, const struct keys *keys, struct node *n,
    const struct dest *to);

/* cover.c */
bool cover_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool cover_read_grid(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool cover_read_column(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool cover_read_row(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool cover_read_cell(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool cover_read_with(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
void cover_grid_done(struct reader *r, struct node *map, void *record);

/* table.c */
bool table_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool table_read_columns(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool table_read_column(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool table_keep(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* dataset.c */
bool dataset_read_all(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool dataset_read_types(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool dataset_read_updates(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to);
bool dataset_read_columns(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to);

/* query.c */
bool query_read_name(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_operands(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_where(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_order(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_each(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_condition(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to);
bool query_read_values(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_choice(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool query_read_choices(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
void query_each_done(struct reader *r, struct node *map, void *record);
void query_rows_done(struct reader *r, struct node *map, void *record);
void query_rule_done(struct reader *r, struct node *map, void *record);
void query_except_done(struct reader *r, struct node *map, void *record);

/* The name in "name", "name desc" or "natural(name) asc", and what is said. */
struct slice query_take_order(struct slice s, bool *natural, bool *descending);

/* Is there all of the query that was written? */
bool query_is_sound(const struct query *q);

/*
 * Of an id that was read and has values in it, the text; the id is empty then.
 * NULL if it is an id as it is. n: its scalar.
 */
struct text *query_take_id(struct reader *r, struct slice *id, struct node *n);
/* expect.c: the order that its rows should have, when its columns are known */
void table_read_order(struct reader *r, struct table *t, struct node *n);

/* figure.c */
bool figure_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* report.c */
bool report_read_facts(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool report_read_section(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool report_read_annex(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool report_read_notes(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool report_skip(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
void report_period_done(struct reader *r, struct node *map, void *record);

/* lint.c */
bool lint_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool lint_read_word(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
void lint_done(struct reader *r, struct node *map, void *record);

/* fact.c */
bool fact_read_declared(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/* The keys of `report:` under a profile: those of all, those it declares. */
const struct keys *fact_keys(struct arena *a, const struct profile *p);

/* A field for each of them, none of them given. */
struct field *fact_fields(struct arena *a, const struct keys *k);

/* Report a fact that a profile requires and the report's mapping lacks. */
void fact_report_missing(
    struct reader *r, const struct node *map, const struct key *key);

/* standard.c */

/* Settle what the PDF claims and carries, by the facts that were read. */
void standard_settle(struct reader *r, struct report *report);

/* font.c */
bool font_read_families(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);

/*
 * Note where a profile, not yet merged with others, has its fonts: its files
 * are named from there, whatever folder another one gives.
 */
void font_note_folder(struct reader *r, const struct node *profile);

/* extend.c */

/* The files that extend one another, the first one first. */
struct extend_chain {
    uint32_t *files;
    size_t n, cap;
};

/* Read the file that a scalar names by its path; false if it was reported. */
bool extend_file(struct reader *r, struct node *n, uint32_t *number);

/*
 * Add the file, named at `n`, to the chain. False if that was reported: it is
 * in it already, or there are too many. what: "report", "profile".
 */
bool extend_enter(struct reader *r, struct extend_chain *c, struct node *n,
    uint32_t number, const char *what);

/* Does it remove what is inherited: the word null, without quotes? */
bool extend_is_null(const struct node *n);

/*
 * Mappings merge key by key, all else is replaced; null removes a key. Neither
 * node is changed; reports a null that removes nothing.
 */
struct node *extend_merge(
    struct reader *r, struct node *base, struct node *over);

/*
 * The root of a report, merged with those that it extends. NULL if one of them
 * could not be had, which was reported.
 */
struct node *extend_report(struct reader *r, struct node *root);

/* parts.c: the root of a report with these `parts:` in their places. */
struct node *parts_apply(
    struct reader *r, struct node *root, struct node *parts);

/* profile.c */

/* "house" for "styles/house.yaml" */
struct slice profile_base_name(struct slice path);

/* style.c */
bool style_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool style_read_all(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool style_read_levels(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool style_read_label(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to);
bool style_read_separator(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to);
void style_page_done(struct reader *r, struct node *map, void *record);
void style_profile_done(struct reader *r, struct node *map, void *record);
void style_slots_done(struct reader *r, struct node *map, void *record);

/* Everything that a profile need not say. */
void style_defaults(struct raw_profile *raw);

/* Give each kind of page its header or footer. */
void style_furniture(const struct furniture *f, struct slots *kinds, rlen *gap);

/* Apply --profile: change that value in the root mapping. */
void set_profile(
    struct reader *r, struct node *root, const struct model_options *opt);

/* The same for --set, when r->facts are known. Reports bad-set. */
void set_apply(
    struct reader *r, struct node *root, const struct model_options *opt);

/* The blocks that bodies and covers have, in the order of enum entry_kind. */
#define BLOCKS_OF_BODY \
    KEY("text", &model_blocks, "Markdown", AT(struct entry, text)), \
        KEY("bullets", &model_items, "A list with marks", \
            AT(struct entry, bodies), \
            .count = offsetof(struct entry, nbodies)), \
        KEY("numbered", &model_items, "A list with numbers", \
            AT(struct entry, bodies), \
            .count = offsetof(struct entry, nbodies)), \
        KEY("table", &model_table, "A table", .offset = 0), \
        KEY("figure", &model_figure, "An image", .offset = 0), \
        KEY("note", &model_framed, "A note, with a bar beside it", \
            AT(struct entry, bodies), \
            .count = offsetof(struct entry, nbodies)), \
        KEY("quote", &model_framed, "A quotation", AT(struct entry, bodies), \
            .count = offsetof(struct entry, nbodies)), \
        KEY("code", &model_verbatim, "Code, line by line", \
            AT(struct entry, text)), \
        KEY("page-break", &model_true, "What follows begins on a new page", \
            .offset = 0)

#endif
