/* The keys of a report: what the reader takes and the JSON Schema describes. */
#include "model/keys_int.h"

/* Single values. */
const struct type model_line = {.kind = TYPE_TEXT,
    .flags = TYPE_SOME,
    .def = "line",
    .what = "Text with inline Markdown and $(values)"};
const struct type model_cell = {.kind = TYPE_TEXT,
    .def = "cell",
    .what = "Text with inline Markdown and $(values); may be empty"};

const struct type model_blocks = {.kind = TYPE_TEXT,
    .flags = TYPE_SOME,
    .def = "markdown",
    .what = "Paragraphs and lists in Markdown, with $(values)"};
static const struct type MAY_BE_EMPTY = {.kind = TYPE_TEXT,
    .def = "markdown-or-nothing",
    .what = "Paragraphs and lists in Markdown, with $(values); may be empty"};
const struct type model_verbatim = {.kind = TYPE_TEXT,
    .flags = TYPE_SOME,
    .def = "verbatim",
    .what = "Text as it is, with $(values)"};
const struct type model_word = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "word",
    .what = "Text as it is"};
static const struct type ID = {.kind = TYPE_ID,
    .flags = TYPE_VALUES,
    .def = "id",
    .what = "Small letters, digits and hyphens, a letter first; $(values) may "
            "stand in it"};
static const struct type DATE = {
    .kind = TYPE_DATE, .def = "date", .what = "A date: year-month-day"};
static const struct type LANGUAGE = {.kind = TYPE_LANGUAGE,
    .def = "language",
    .what = "A language tag such as en or pt-BR"};
const struct type model_pattern = {.kind = TYPE_PATTERN,
    .def = "date-pattern",
    .what = "An ICU date pattern such as dd MMMM yyyy"};
const struct type model_file = {.kind = TYPE_FILE,
    .def = "file",
    .what = "A path, relative to the file that it stands in"};
static const struct type WIDTH = {.kind = TYPE_WIDTH,
    .def = "width",
    .what = "A length such as 16mm, a share such as 1fr, or auto"};
const struct type model_true = {.kind = TYPE_TRUE};
const struct type model_first_number = {
    .kind = TYPE_INT, .min = 0, .max = 9999};

static const char *const NUMBERINGS[] = {
    "decimal", "letter", "roman", "none", NULL};
const struct type model_numbering = {.kind = TYPE_ENUM,
    .names = NUMBERINGS,
    .def = "numbering",
    .what = "1, 1.1; a); i); or no number"};
static const char *const CHANGES[] = {
    [CHANGES_MARKS] = "marks", [CHANGES_ANNEX] = "annex", NULL};
static const struct type CHANGES_HOW = {.kind = TYPE_ENUM, .names = CHANGES};
static const char *const ALIGNS[] = {"start", "centre", "end", NULL};
static const struct type ALIGN = {.kind = TYPE_ENUM, .names = ALIGNS};
static const struct type SWITCH = {.kind = TYPE_BOOL};
static const char *const STANDARDS[] = {[STANDARD_UA1_A2A] = "ua-1,a-2a",
    [STANDARD_UA1_A3A] = "ua-1,a-3a",
    [STANDARD_UA2_A4F] = "ua-2,a-4f",
    [STANDARD_NONE] = "none",
    NULL};
static const struct type STANDARD = {.kind = TYPE_ENUM, .names = STANDARDS};
static const char *const ATTACH_NAMES[] = {[ATTACH_NONE] = "none",
    [ATTACH_DATA] = "data",
    [ATTACH_SOURCES] = "sources",
    NULL};
static const struct type ATTACH = {.kind = TYPE_ENUM, .names = ATTACH_NAMES};
static const char *const BREAKS[] = {"identifier", NULL};
static const struct type BREAK = {.kind = TYPE_ENUM, .names = BREAKS};
static const char *const HEADERS[] = {"row", NULL};
static const struct type HEADER = {.kind = TYPE_ENUM, .names = HEADERS};

/* Facts: the index in report.fields is the place in this list. */
#define FACT_LIST(X) \
    X(TITLE, "title", &model_line, text, true, "The report's title") \
    X(SUBTITLE, "subtitle", &model_line, text, false, "A second title line") \
    X(LANGUAGE, "language", &LANGUAGE, plain, true, \
        "The language it is written in") \
    X(STATUS_DATE, "status-date", &DATE, from, false, \
        "The one date as of which the report holds") \
    X(PERIOD, "period", &PERIOD, name, false, "The period it reports on") \
    X(NUMBER, "number", &model_line, text, false, \
        "The document's number, e.g. TD 120") \
    X(VERSION, "version", &model_line, text, false, \
        "The document's version or revision") \
    X(ORGANIZATION, "organization", &model_line, text, false, \
        "The body that issues it") \
    X(SOURCE, "source", &model_line, text, false, "Who submits it") \
    X(AUTHOR, "author", &model_line, text, false, "Who wrote it") \
    X(CONTACT, "contact", &model_line, text, false, \
        "Whom to ask, with address") \
    X(PLACE, "place", &model_line, text, false, \
        "The place of the meeting or of issue") \
    X(PURPOSE, "purpose", &model_line, text, false, \
        "What is asked of the reader, e.g. Information") \
    X(KEYWORDS, "keywords", &model_line, text, false, \
        "Keywords, divided by commas") \
    X(ABSTRACT, "abstract", &model_line, text, false, \
        "What the report is about, in a paragraph") \
    X(STANDARD, "standard", &STANDARD, choice, false, \
        "What the PDF conforms to: PDF/UA and PDF/A") \
    X(ATTACH, "attach", &ATTACH, choice, false, \
        "The files that the PDF carries: none, the data, all sources")

enum fact {
#define X(id, name, type, member, required, what) FACT_##id,
    FACT_LIST(X)
#undef X
};

static const struct key PERIOD_LIST[] = {
    KEY("from", &DATE, "Its first day", AT(struct field, from),
        .required = true),
    KEY("to", &DATE, "Its last day", AT(struct field, to), .required = true)};
static const struct keys PERIOD_KEYS = {.what = "a period",
    .list = PERIOD_LIST,
    .n = COUNT_OF(PERIOD_LIST),
    .done = report_period_done};
static const struct type PERIOD = {.kind = TYPE_MAP,
    .def = "period",
    .what = "A first and a last day",
    .map = &PERIOD_KEYS};
const struct type *const model_fact_types[] = {[FIELD_TEXT] = &model_line,
    [FIELD_DATE] = &DATE,
    [FIELD_PERIOD] = &PERIOD,
    [FIELD_LANGUAGE] = &LANGUAGE};

static const struct key FACTS[] = {
#define X(id, key, t, member, must, text) \
    KEY(key, t, text, \
        .offset = \
            FACT_##id * sizeof(struct field) + offsetof(struct field, member), \
        .size = sizeof(((struct field *)0)->member), .required = (must)),
    FACT_LIST(X)
#undef X
};
/* The schema cannot know the profile: it takes what one could declare. */
static const struct type *const OTHER_FORMS[] = {&model_line, &PERIOD, NULL};
static const struct type OTHER_FACT = {.kind = TYPE_ONE_OF,
    .def = "declared-fact",
    .what = "A fact that the profile declares: a text, a date or a period",
    .forms = OTHER_FORMS};
const struct keys model_fact_keys = {.what = "'report'",
    .list = FACTS,
    .n = COUNT_OF(FACTS),
    .others = &OTHER_FACT,
    .hint = "a profile can declare further facts under 'fields'"};
static const struct type FACT_MAP = {.kind = TYPE_MAP,
    .def = "facts",
    .what = "Facts about the report, for the cover and the PDF's metadata; "
            "$(report.NAME) prints one",
    .map = &model_fact_keys,
    .read = report_read_facts};

const char *model_standard_name(enum standard standard)
{
    return STANDARDS[standard];
}

/* Bodies hold entries, and entries bodies. */
static const struct type BODY, SOME_BODY, ENTRY, SECTION;

static const struct type ENTRIES = {.kind = TYPE_LIST, .item = &ENTRY};
static const struct type *const BODY_FORMS[] = {&MAY_BE_EMPTY, &ENTRIES, NULL};
static const struct type BODY = {.kind = TYPE_ONE_OF,
    .def = "body",
    .what = "Markdown, or a list of texts and blocks",
    .forms = BODY_FORMS,
    .size = sizeof(struct body),
    .read = entry_read_body};
static const struct type SOME_ENTRIES = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &ENTRY};
static const struct type *const SOME_FORMS[] = {
    &model_blocks, &SOME_ENTRIES, NULL};
/* Of items and blocks, sections and annexes. */
#define EACH_AND_WHEN(record) \
    KEY("for-each", &model_each, "It stands once for each row", \
        AT(record, each)), \
        KEY("when", &model_condition, "It stands where this holds", \
            AT(record, when))
static const struct key ITEM_LIST[] = {
    KEY("text", &model_blocks, "Markdown", AT(struct raw_item, text)),
    KEY("body", &SOME_BODY, "A list of texts and blocks",
        AT(struct raw_item, body)),
    EACH_AND_WHEN(struct raw_item)};
static const struct keys ITEM_KEYS = {.what = "an item of a list",
    .list = ITEM_LIST,
    .n = COUNT_OF(ITEM_LIST),
    .choice = 2,
    .exclusive = true};
static const struct type ITEM_MAP = {.kind = TYPE_MAP, .map = &ITEM_KEYS};
static const struct type *const ITEM_FORMS[] = {
    &model_blocks, &SOME_ENTRIES, &ITEM_MAP, NULL};
static const struct type SOME_BODY = {.kind = TYPE_ONE_OF,
    .flags = TYPE_SOME,
    .forms = SOME_FORMS,
    .read = entry_read_body};
static const struct type ITEM = {.kind = TYPE_ONE_OF,
    .flags = TYPE_SOME,
    .def = "item",
    .what = "Markdown, a list of texts and blocks, or one of these with "
            "for-each or when; not empty",
    .forms = ITEM_FORMS,
    .size = sizeof(struct body),
    .read = entry_read_body};
const struct type model_items = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &ITEM};
const struct type model_framed = {.kind = TYPE_ONE_OF,
    .flags = TYPE_SOME,
    .def = "framed",
    .what = "Markdown, or a list of texts and blocks; not empty",
    .forms = SOME_FORMS,
    .read = entry_read_block};

/* Tables. */
static const struct key COLUMN_LIST[] = {
    KEY("key", &model_word,
        "Names the column in rows with keys and in data files",
        AT(struct column, key)),
    KEY("title", &model_line, "What the header row prints",
        AT(struct column, title)),
    KEY("text", &model_choices,
        "What its cells print, over $(row.column); else the row's column 'key'",
        AT(struct column, choices), .count = offsetof(struct column, nchoices)),
    KEY("link", &model_cell,
        "An address, over $(row.column), which the cells lead to",
        AT(struct column, link)),
    KEY("width", &WIDTH, "How wide it is; by its cells if not given",
        .offset = 0),
    KEY("align", &ALIGN, "Where its cells stand", AT(struct column, align),
        .given = offsetof(struct column, align_given)),
    /* The one value there is stands for true, which `given` stores. */
    KEY("hyphenate", &SWITCH, "Words of its cells may be divided",
        AT(struct column, hyphenate)),
    KEY("break", &BREAK, "identifier: lines may end after . - _ and /",
        AT(struct column, identifier),
        .given = offsetof(struct column, identifier)),
    KEY("header", &HEADER, "row: its cells are the headers of their rows",
        AT(struct column, row_header),
        .given = offsetof(struct column, row_header))};
static const struct keys COLUMN_KEYS = {.what = "a column",
    .list = COLUMN_LIST,
    .n = COUNT_OF(COLUMN_LIST),
    .choice = 3};
static const struct type COLUMN = {.kind = TYPE_MAP,
    .def = "column",
    .what = "A column of a table",
    .map = &COLUMN_KEYS,
    .size = sizeof(struct column),
    .read = table_read_column};
static const struct type COLUMNS = {.kind = TYPE_LIST,
    .flags = TYPE_SOME,
    .item = &COLUMN,
    .read = table_read_columns};

static const struct type ROWS_ELSEWHERE = {
    .kind = TYPE_MAP, .map = &model_rows_keys};
static const struct type CELLS = {.kind = TYPE_LIST, .item = &model_cell};
static const struct type NAMED_CELLS = {
    .kind = TYPE_NAMED, .item = &model_cell};
static const struct type *const ROW_FORMS[] = {&CELLS, &NAMED_CELLS, NULL};
static const struct type ROW = {.kind = TYPE_ONE_OF,
    .def = "row",
    .what = "The cells in the order of the columns, or by column key",
    .forms = ROW_FORMS};
static const struct type ROW_LIST = {.kind = TYPE_LIST, .item = &ROW};
static const struct type *const ROWS_FORMS[] = {
    &ROW_LIST, &ROWS_ELSEWHERE, NULL};
static const struct type ROWS = {
    .kind = TYPE_ONE_OF, .forms = ROWS_FORMS, .read = table_keep};
static const struct type *const EMPTY_FORMS[] = {
    &model_line, &NAMED_CELLS, NULL};
static const struct type EMPTY = {
    .kind = TYPE_ONE_OF, .forms = EMPTY_FORMS, .read = table_keep};

static const struct type EXPECT_ORDER = {
    .kind = TYPE_WORD, .flags = TYPE_SOME, .read = table_keep};

static const struct key TABLE_LIST[] = {
    KEY("id", &ID, "What [](#id) refers to", AT(struct raw_table, id)),
    KEY("caption", &model_line, "A table with a caption has a number",
        AT(struct raw_table, table.caption)),
    KEY("columns", &COLUMNS, "Its columns", AT(struct raw_table, table.columns),
        .count = offsetof(struct raw_table, table.ncolumns), .required = true),
    KEY("rows", &ROWS, "Its rows: here, in a file, or by query",
        AT(struct raw_table, table.rows_node), .required = true),
    KEY("empty", &EMPTY,
        "Where there is no row: a text in place of the table, or one row",
        AT(struct raw_table, table.empty)),
    KEY("expect-order", &EXPECT_ORDER,
        "The order that its rows should have: KEY, KEY desc",
        AT(struct raw_table, table.expect_node))};
static const struct keys TABLE_KEYS = {
    .what = "a table", .list = TABLE_LIST, .n = COUNT_OF(TABLE_LIST)};
const struct type model_table = {.kind = TYPE_MAP,
    .def = "table",
    .what = "A table",
    .map = &TABLE_KEYS,
    .read = table_read};

/* Figures. */
static const struct type FIGURE_WIDTH = {.kind = TYPE_LENGTH,
    .def = "figure-width",
    .what = "A length such as 80mm",
    .min = PT(1),
    .max = RLEN_MAX};
static const struct key FIGURE_LIST[] = {
    KEY("id", &ID, "What [](#id) refers to", AT(struct raw_figure, id)),
    KEY("file", &model_file,
        "A PNG or JPEG image: a path, relative to the file that it stands in",
        AT(struct raw_figure, figure.file), .required = true),
    KEY("alt", &model_verbatim,
        "What it shows, for readers who do not see it; without markup",
        AT(struct raw_figure, figure.alt)),
    KEY("caption", &model_line, "A figure with a caption has a number",
        AT(struct raw_figure, figure.caption)),
    KEY("width", &FIGURE_WIDTH, "How wide it is; by the image if not given",
        AT(struct raw_figure, figure.width)),
    KEY("decorative", &SWITCH, "It shows nothing that one must know; false",
        AT(struct raw_figure, figure.decorative))};
static const struct keys FIGURE_KEYS = {
    .what = "a figure", .list = FIGURE_LIST, .n = COUNT_OF(FIGURE_LIST)};
const struct type model_figure = {.kind = TYPE_MAP,
    .def = "figure",
    .what = "An image with what it shows",
    .map = &FIGURE_KEYS,
    .read = figure_read};

/* An entry of a body: the first keys in the order of enum entry_kind. */
static const struct key ENTRY_LIST[] = {BLOCKS_OF_BODY,
    KEY("id", &ID, "What [](#id) refers to; of a table or figure: inside it",
        AT(struct entry, id)),
    KEY("start", &model_first_number, "The first number of `numbered`",
        AT(struct entry, start)),
    EACH_AND_WHEN(struct entry)};
static const struct keys ENTRY_KEYS = {.what = "an entry",
    .list = ENTRY_LIST,
    .n = COUNT_OF(ENTRY_LIST),
    .choice = ENTRY_PAGE_BREAK + 1,
    .exclusive = true};
static const struct type ENTRY_MAP = {
    .kind = TYPE_MAP, .map = &ENTRY_KEYS, .def = "block", .what = "A block"};
static const struct type *const ENTRY_FORMS[] = {
    &model_blocks, &ENTRY_MAP, NULL};
static const struct type ENTRY = {.kind = TYPE_ONE_OF,
    .def = "entry",
    .what = "Markdown, or a block",
    .forms = ENTRY_FORMS,
    .size = sizeof(struct entry),
    .read = entry_read};

static const struct type NOTES = {.kind = TYPE_NAMED,
    .item = &model_line,
    .def = "notes",
    .what = "Footnotes by name; [^name] in the text marks the place",
    .read = report_read_notes};

/* Sections and annexes have the same keys. */
static const struct type SECTIONS = {.kind = TYPE_LIST, .item = &SECTION};
static const struct key SECTION_LIST[] = {
    KEY("id", &ID, "What [](#id) refers to", AT(struct section, id)),
    KEY("title", &model_line, "Its heading", AT(struct section, title),
        .required = true),
    KEY("subtitle", &model_line, "A line below the heading",
        AT(struct section, subtitle)),
    KEY("body", &BODY, "What stands before its sections",
        AT(struct section, body)),
    KEY("sections-numbering", &model_numbering, "How its sections are numbered",
        AT(struct section, numbering)),
    KEY("sections", &SECTIONS, "Its sections", AT(struct section, sections),
        .count = offsetof(struct section, nsections)),
    KEY("after", &BODY, "What stands after its sections",
        AT(struct section, after)),
    KEY("notes", &NOTES, "Footnotes of its texts", AT(struct section, notes),
        .count = offsetof(struct section, nnotes)),
    EACH_AND_WHEN(struct section)};
static const struct keys SECTION_KEYS = {
    .what = "a section", .list = SECTION_LIST, .n = COUNT_OF(SECTION_LIST)};
static const struct type SECTION = {.kind = TYPE_MAP,
    .def = "section",
    .what = "A section or an annex",
    .map = &SECTION_KEYS,
    .size = sizeof(struct section),
    .read = report_read_section};
static const struct keys ANNEX_KEYS = {
    .what = "an annex", .list = SECTION_LIST, .n = COUNT_OF(SECTION_LIST)};
static const struct type ANNEX = {.kind = TYPE_MAP,
    .def = "section",
    .what = "A section or an annex",
    .map = &ANNEX_KEYS,
    .size = sizeof(struct section),
    .read = report_read_annex};
static const struct type ANNEXES = {.kind = TYPE_LIST, .item = &ANNEX};

static const struct type PROFILE_MAP = {.kind = TYPE_MAP,
    .def = "profile",
    .what = "A house style",
    .map = &model_profile_keys};
static const struct type *const PROFILE_FORMS[] = {
    &model_word, &PROFILE_MAP, NULL};
const struct type model_profile = {
    .kind = TYPE_ONE_OF, .forms = PROFILE_FORMS, .read = report_skip};

/* Data sets. */
static const char *const COLUMN_KINDS[] = {
    "text", "integer", "number", "date", "markdown", NULL};
static const struct type COLUMN_WORD = {
    .kind = TYPE_ENUM, .names = COLUMN_KINDS};
static const struct type COLUMN_CHOICE_WORD = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "word",
    .what = "Text as it is",
    .size = sizeof(struct slice)};
static const struct type COLUMN_CHOICES = {.kind = TYPE_LIST,
    .flags = TYPE_SOME,
    .item = &COLUMN_CHOICE_WORD,
    .def = "allowed-values",
    .what = "The values that the column may have"};
static const struct key COLUMN_IN_LIST[] = {
    KEY("in", &model_word, "dataset.column: one of the values there",
        AT(struct column_type, in_set), .required = true)};
static const struct keys COLUMN_IN_KEYS = {
    .what = "a type", .list = COLUMN_IN_LIST, .n = COUNT_OF(COLUMN_IN_LIST)};
static const struct type COLUMN_IN_MAP = {
    .kind = TYPE_MAP, .map = &COLUMN_IN_KEYS};
static const struct type *const COLUMN_TYPE_FORMS[] = {
    &COLUMN_WORD, &COLUMN_CHOICES, &COLUMN_IN_MAP, NULL};
static const struct type COLUMN_TYPE = {.kind = TYPE_ONE_OF,
    .def = "column-type",
    .what = "What a column of a data set holds",
    .forms = COLUMN_TYPE_FORMS};
static const struct type COLUMN_TYPES = {.kind = TYPE_NAMED,
    .flags = TYPE_SQL,
    .item = &COLUMN_TYPE,
    .read = dataset_read_types};
static const struct type COLUMN_NAMES = {.kind = TYPE_NAMED,
    .flags = TYPE_SQL,
    .item = &model_word,
    .read = dataset_read_columns};
static const char *const SEPARATORS[] = {[SEPARATOR_COMMA] = ",",
    [SEPARATOR_SEMICOLON] = ";",
    [SEPARATOR_TAB] = "tab",
    [SEPARATOR_BAR] = "|",
    NULL};
static const struct type SEPARATOR = {.kind = TYPE_ENUM, .names = SEPARATORS};
static const struct type UPDATE_FILES = {.kind = TYPE_FILE,
    .def = "file-pattern",
    .what = "A path, relative to the file that it stands in; * in its last "
            "part stands for any characters",
    .read = dataset_read_updates};
static const struct key DATASET_LIST[] = {
    KEY("file", &model_file,
        "A .csv, .tsv, .yaml, .json or .sqlite file: a path, relative to the "
        "file that it stands in",
        AT(struct dataset, file), .required = true),
    KEY("table", &model_word, "The table or view of an SQLite file",
        AT(struct dataset, table)),
    KEY("key", &model_word, "The column whose values name the rows: unique",
        AT(struct dataset, key)),
    KEY("types", &COLUMN_TYPES, "What columns hold that are not plain text",
        AT(struct dataset, types), .count = offsetof(struct dataset, ntypes)),
    KEY("columns", &COLUMN_NAMES,
        "Names of columns, each with what the file calls it",
        AT(struct dataset, columns),
        .count = offsetof(struct dataset, ncolumns)),
    KEY("updates", &UPDATE_FILES,
        "Its update files: a path whose last part may have '*' in it",
        AT(struct dataset, updates)),
    KEY("separator", &SEPARATOR, "What divides the cells of a CSV file",
        AT(struct dataset, separator),
        .given = offsetof(struct dataset, separator_given))};
static const struct keys DATASET_KEYS = {
    .what = "a data set", .list = DATASET_LIST, .n = COUNT_OF(DATASET_LIST)};
static const struct type DATASET = {.kind = TYPE_MAP,
    .def = "data-set",
    .what = "A data set",
    .map = &DATASET_KEYS,
    .size = sizeof(struct dataset)};
static const struct type DATASETS = {.kind = TYPE_NAMED,
    .flags = TYPE_SQL,
    .item = &DATASET,
    .def = "data",
    .what = "Data sets by name: tables that queries can read",
    .read = dataset_read_all};
/* What a report that extends another one changes in it, by id. */
static const struct type *const PART_FORMS[] = {
    &SECTION, &ENTRY_MAP, &model_table, &model_figure, NULL};
static const struct type PART = {.kind = TYPE_ONE_OF,
    .def = "part",
    .what = "Keys of a section, annex or block, or null to remove it",
    .forms = PART_FORMS};
const struct type model_parts = {
    .kind = TYPE_NAMED, .item = &PART, .read = report_skip};
static const struct type BASE = {.kind = TYPE_FILE, .read = report_skip};

static const struct key REPORT_LIST[] = {
    KEY("report", &FACT_MAP, "Facts about the report",
        AT(struct report, fields), .required = true),
    KEY("profile", &model_profile,
        "House style: a name, a path that ends in .yaml, or a mapping",
        .offset = 0),
    KEY("data", &DATASETS, "Data sets, by name", AT(struct report, datasets),
        .count = offsetof(struct report, ndatasets)),
    KEY("extends", &BASE,
        "A report that this one changes: a path, relative to this file",
        .offset = 0),
    KEY("parts", &model_parts,
        "What is changed in sections, annexes and blocks of it, by their ids",
        .offset = 0),
    KEY("dates", &model_pattern,
        "How $(dates) are printed; else by the profile",
        AT(struct report, dates)),
    KEY("values", &model_values, "Values by query, for $(values.NAME)",
        AT(struct report, values), .count = offsetof(struct report, nvalues)),
    KEY("checks", &model_rules, "What must hold of the data",
        AT(struct report, rules), .count = offsetof(struct report, nrules)),
    KEY("lint", &model_lint, "The built-in checks", AT(struct report, lint)),
    KEY("changes", &CHANGES_HOW,
        "What --changes-since gives: marks, or an annex that lists them, too",
        AT(struct report, changes)),
    KEY("body", &BODY, "What stands before the first section",
        AT(struct report, body)),
    KEY("sections-numbering", &model_numbering, "How the sections are numbered",
        AT(struct report, numbering)),
    KEY("sections", &SECTIONS, "The sections", AT(struct report, sections),
        .count = offsetof(struct report, nsections)),
    KEY("after", &BODY, "What stands after the last section",
        AT(struct report, after)),
    KEY("notes", &NOTES, "Footnotes of its texts and of those of its sections",
        AT(struct report, notes), .count = offsetof(struct report, nnotes)),
    KEY("annexes", &ANNEXES, "The annexes", AT(struct report, annexes),
        .count = offsetof(struct report, nannexes))};
const struct keys model_report_keys = {
    .what = "the report", .list = REPORT_LIST, .n = COUNT_OF(REPORT_LIST)};
