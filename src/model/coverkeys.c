/* The keys of a profile's cover. */
#include "model/keys_int.h"

static const struct type SPACE = {
    .kind = TYPE_LENGTH, .min = 0, .max = PT(500)};
static const struct type RULE = {.kind = TYPE_LENGTH, .min = 0, .max = PT(20)};
static const struct type COLOUR = {.kind = TYPE_COLOUR,
    .def = "colour",
    .what = "A colour such as \"#1a2b3c\""};
static const struct type SWITCH = {.kind = TYPE_BOOL};
static const struct type SPAN = {
    .kind = TYPE_INT, .min = 1, .max = MAST_COLUMNS};
static const char *const ALIGNS[] = {"start", "centre", "end", NULL};
static const struct type ALIGN = {.kind = TYPE_ENUM, .names = ALIGNS};
static const char *const STYLE_NAMES[] = {
#define X(id, name) name,
    STYLE_LIST(X)
#undef X
        NULL};
static const struct type STYLE_NAME = {.kind = TYPE_ENUM, .names = STYLE_NAMES};
static const struct type FACT = {
    .kind = TYPE_WORD, .flags = TYPE_SOME, .read = cover_read_with};
static const struct type COLUMN = {.kind = TYPE_WIDTH,
    .flags = TYPE_SET,
    .def = "grid-column",
    .what = "A length such as 16mm, or a share such as 1fr",
    .size = sizeof(struct column),
    .read = cover_read_column};
static const struct type COLUMNS = {.kind = TYPE_LIST,
    .flags = TYPE_SOME,
    .max = MAST_COLUMNS,
    .item = &COLUMN};

/* Cells and rows of a grid. */
static const struct key CELL_LIST[] = {
    KEY("text", &model_cell, "Not printed where one of its values is not given",
        AT(struct mast_cell, text), .required = true),
    KEY("style", &STYLE_NAME, "How it looks; as the grid if not given",
        AT(struct mast_cell, style)),
    KEY("align", &ALIGN, "Where it stands; else as its style says",
        AT(struct mast_cell, align),
        .given = offsetof(struct mast_cell, align_given)),
    KEY("columns", &SPAN, "How many columns it takes",
        AT(struct mast_cell, columns)),
    KEY("rows", &SPAN, "How many rows it takes", AT(struct mast_cell, rows)),
    KEY("lines", &SWITCH, "A line break in a value begins a line; true",
        AT(struct mast_cell, lines)),
    KEY("with", &FACT, "A fact without which it is not printed",
        AT(struct mast_cell, with))};
static const struct keys CELL_KEYS = {
    .what = "a cell", .list = CELL_LIST, .n = COUNT_OF(CELL_LIST)};
static const struct type CELL_MAP = {.kind = TYPE_MAP, .map = &CELL_KEYS};
static const struct type *const CELL_FORMS[] = {&model_cell, &CELL_MAP, NULL};
static const struct type CELL = {.kind = TYPE_ONE_OF,
    .def = "grid-cell",
    .what = "A text inside a line, or one with how it stands",
    .forms = CELL_FORMS,
    .size = sizeof(struct mast_cell),
    .read = cover_read_cell};
static const struct type CELLS = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &CELL};

static const struct key ROW_LIST[] = {
    KEY("cells", &CELLS, "Its cells", AT(struct mast_row, cells),
        .count = offsetof(struct mast_row, ncells), .required = true),
    KEY("rule-before", &RULE, "Thickness of a rule above it",
        AT(struct mast_row, rule_before)),
    KEY("rule-after", &RULE, "Thickness of a rule below it",
        AT(struct mast_row, rule_after)),
    KEY("before", &SPACE, "Space above its text; else by its styles",
        AT(struct mast_row, before),
        .given = offsetof(struct mast_row, before_given)),
    KEY("after", &SPACE, "Space below its text; else by its styles",
        AT(struct mast_row, after),
        .given = offsetof(struct mast_row, after_given))};
static const struct keys ROW_KEYS = {
    .what = "a row", .list = ROW_LIST, .n = COUNT_OF(ROW_LIST)};
static const struct type ROW_MAP = {.kind = TYPE_MAP, .map = &ROW_KEYS};
static const struct type *const ROW_FORMS[] = {&CELLS, &ROW_MAP, NULL};
static const struct type ROW = {.kind = TYPE_ONE_OF,
    .def = "grid-row",
    .what = "The cells of a row, or these with rules and spaces",
    .forms = ROW_FORMS,
    .size = sizeof(struct mast_row),
    .read = cover_read_row};
static const struct type ROWS = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .max = MAST_ROWS, .item = &ROW};

static const struct key GRID_LIST[] = {
    KEY("columns", &COLUMNS, "How wide its columns are",
        AT(struct masthead, columns),
        .count = offsetof(struct masthead, ncolumns), .required = true),
    KEY("gap", &SPACE, "Between columns; 3mm", AT(struct masthead, gap)),
    KEY("style", &STYLE_NAME, "How its cells look; field if not given",
        AT(struct masthead, style)),
    KEY("before", &SPACE, "Space above it; else by its style and first row",
        AT(struct masthead, before),
        .given = offsetof(struct masthead, before_given)),
    KEY("after", &SPACE, "Space below it; else by its style and last row",
        AT(struct masthead, after),
        .given = offsetof(struct masthead, after_given)),
    KEY("rule-colour", &COLOUR, "Of its rules",
        AT(struct masthead, rule_colour)),
    KEY("rows", &ROWS, "Its rows", AT(struct masthead, rows),
        .count = offsetof(struct masthead, nrows), .required = true)};
static const struct keys GRID_KEYS = {.what = "a grid",
    .list = GRID_LIST,
    .n = COUNT_OF(GRID_LIST),
    .done = cover_grid_done};
static const struct type GRID = {.kind = TYPE_MAP,
    .def = "grid",
    .what = "Texts in columns, for a masthead; no table",
    .map = &GRID_KEYS,
    .read = cover_read_grid};

/* An entry of the cover: the first keys in the order of enum entry_kind. */
static const struct key COVER_LIST[] = {BLOCKS_OF_BODY,
    KEY("grid", &GRID, "Texts in columns", AT(struct entry, grid)),
    KEY("style", &STYLE_NAME, "How `text` looks; field if not given",
        AT(struct entry, style)),
    KEY("start", &model_first_number, "The first number of `numbered`",
        AT(struct entry, start))};
static const struct keys COVER_KEYS = {.what = "an entry of the cover",
    .list = COVER_LIST,
    .n = COUNT_OF(COVER_LIST),
    .choice = ENTRY_GRID + 1,
    .exclusive = true};
static const struct type COVER_MAP = {.kind = TYPE_MAP, .map = &COVER_KEYS};
static const struct type *const COVER_FORMS[] = {
    &model_blocks, &COVER_MAP, NULL};
static const struct type COVER_ENTRY = {.kind = TYPE_ONE_OF,
    .def = "cover-entry",
    .what = "A text or block of the cover; left out where a value is not given",
    .forms = COVER_FORMS,
    .size = sizeof(struct entry),
    .read = cover_read};
const struct type model_cover = {.kind = TYPE_LIST, .item = &COVER_ENTRY};
