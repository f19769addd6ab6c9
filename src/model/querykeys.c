/* The keys of queries, for-each, values, and of what rows by query print. */
#include "model/keys_int.h"

static const struct type SQL = {.kind = TYPE_TEXT,
    .flags = TYPE_SOME,
    .def = "sql",
    .what = "One SELECT over the data sets; $(values) in it are bound "
            "parameters"};
const struct type model_condition = {.kind = TYPE_TEXT,
    .flags = TYPE_SOME,
    .def = "condition",
    .what = "A condition in SQL; $(values) in it are bound parameters",
    .read = query_read_condition};
static const struct type OPERAND = {.kind = TYPE_TEXT,
    .def = "operand",
    .what = "A value to compare with; $(values) keep their type"};
static const struct type OPERANDS = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &OPERAND};
static const struct type *const WHERE_FORMS[] = {&OPERAND, &OPERANDS, NULL};
static const struct type WHERE_ITEM = {
    .kind = TYPE_ONE_OF, .forms = WHERE_FORMS, .read = query_read_operands};
static const struct type WHERE = {.kind = TYPE_NAMED,
    .flags = TYPE_SQL,
    .item = &WHERE_ITEM,
    .def = "where",
    .what = "What the columns are: a value; a list means one of; nothing "
            "means null",
    .read = query_read_where};
static const struct type *const ORDER_FORMS[] = {&model_word,
    &(const struct type){
        .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &model_word},
    NULL};
static const struct type ORDER = {.kind = TYPE_ONE_OF,
    .def = "order-by",
    .what = "Columns: name, name desc, natural(name); by the data set's order "
            "last",
    .forms = ORDER_FORMS,
    .read = query_read_order};
static const struct type LIMIT = {.kind = TYPE_INT, .min = 1, .max = INT32_MAX};

/* The keys of a query that are not of the choice. */
#define SHORTHAND(record, member) \
    KEY("where", &WHERE, "Which rows: column: value", \
        AT(record, member.where), .count = offsetof(record, member.nwhere)), \
        KEY("order-by", &ORDER, "In which order", AT(record, member.order), \
            .count = offsetof(record, member.norder)), \
        KEY("limit", &LIMIT, "How many rows at most", \
            AT(record, member.limit))
#define FROM(record, member) \
    KEY("from", &model_word, "The data set whose rows these are", \
        AT(record, member.from))
#define QUERY(record, member) \
    KEY("query", &SQL, "A SELECT for the rows", AT(record, member.sql))

/* In {query: select a, b} the comma ends the value. */
static const char COMMA[] = "a query with a comma in it stands in quotes";

/* for-each */
static const struct type LOOP_NAME = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "name",
    .what = "Small letters, digits, - and _, a letter first",
    .read = query_read_name};
static const struct key EACH_LIST[] = {FROM(struct each, query),
    QUERY(struct each, query),
    KEY("as", &LOOP_NAME, "$(NAME.column) is a value of the row",
        AT(struct each, as), .required = true),
    SHORTHAND(struct each, query)};
static const struct keys EACH_KEYS = {.what = "'for-each'",
    .hint = COMMA,
    .list = EACH_LIST,
    .n = COUNT_OF(EACH_LIST),
    .choice = 2,
    .exclusive = true,
    .done = query_each_done};
const struct type model_each = {.kind = TYPE_MAP,
    .def = "for-each",
    .what = "Rows, for each of which the item stands once",
    .map = &EACH_KEYS,
    .read = query_read_each};

/* values */
static const struct key VALUE_LIST[] = {
    KEY("query", &SQL, "A SELECT for one row of one column",
        AT(struct query_value, query.sql), .required = true)};
static const struct keys VALUE_KEYS = {.what = "a value",
    .list = VALUE_LIST,
    .n = COUNT_OF(VALUE_LIST),
    .hint = COMMA};
static const struct type VALUE = {.kind = TYPE_MAP,
    .def = "value",
    .what = "A query with one row and one column",
    .map = &VALUE_KEYS,
    .size = sizeof(struct query_value)};
const struct type model_values = {.kind = TYPE_NAMED,
    .item = &VALUE,
    .def = "values",
    .what = "Values by name, for $(values.NAME)",
    .read = query_read_values};

/* checks */
static const char *const RULE_LEVELS[] = {
    [RULE_ERROR] = "error", [RULE_WARNING] = "warning", NULL};
static const struct type RULE_LEVEL = {.kind = TYPE_ENUM, .names = RULE_LEVELS};
static const struct key RULE_LIST[] = {FROM(struct rule, query),
    QUERY(struct rule, query),
    KEY("rule", &model_verbatim, "What holds, in words", AT(struct rule, holds),
        .required = true),
    KEY("message", &model_verbatim,
        "What is said of each row that breaks it, over $(row.column)",
        AT(struct rule, message), .required = true),
    KEY("level", &RULE_LEVEL, "error, the default, or warning",
        AT(struct rule, level)),
    SHORTHAND(struct rule, query)};
static const struct keys RULE_KEYS = {.what = "a check",
    .list = RULE_LIST,
    .n = COUNT_OF(RULE_LIST),
    .choice = 2,
    .exclusive = true,
    .done = query_rule_done};
static const struct type RULE = {.kind = TYPE_MAP,
    .def = "check",
    .what = "A query for the rows that should not exist",
    .map = &RULE_KEYS,
    .size = sizeof(struct rule)};
const struct type model_rules = {.kind = TYPE_LIST, .item = &RULE};

/* `except` of a built-in check. */
static const struct key EXCEPT_LIST[] = {
    KEY("from", &model_word, "The data set whose rows these are",
        AT(struct query, from)),
    KEY("query", &SQL, "A SELECT of them, with the data set's key",
        AT(struct query, sql)),
    KEY("where", &WHERE, "Which rows: column: value", AT(struct query, where),
        .count = offsetof(struct query, nwhere))};
static const struct keys EXCEPT_KEYS = {.what = "an exception",
    .list = EXCEPT_LIST,
    .n = COUNT_OF(EXCEPT_LIST),
    .choice = 2,
    .exclusive = true,
    .done = query_except_done};
static const struct type EXCEPT_ITEM = {.kind = TYPE_MAP,
    .def = "exception",
    .what = "Rows of a data set",
    .map = &EXCEPT_KEYS,
    .size = sizeof(struct query)};
const struct type model_except = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &EXCEPT_ITEM};

/* Rows of a table that are not given in place. */
static const struct key ROWS_LIST[] = {
    KEY("file", &model_file,
        "A CSV or TSV file; its first line names the keys of the columns",
        AT(struct raw_rows, file)),
    FROM(struct raw_rows, query), QUERY(struct raw_rows, query),
    SHORTHAND(struct raw_rows, query)};
const struct keys model_rows_keys = {.what = "'rows'",
    .hint = COMMA,
    .list = ROWS_LIST,
    .n = COUNT_OF(ROWS_LIST),
    .choice = 3,
    .exclusive = true,
    .done = query_rows_done};

/* What a cell prints. */
static const struct key CHOICE_LIST[] = {
    KEY("when", &model_condition, "Where it holds, over $(row.column)",
        AT(struct alternative, when)),
    KEY("text", &model_cell, "What the cell prints then",
        AT(struct alternative, text), .required = true)};
static const struct keys CHOICE_KEYS = {
    .what = "an alternative", .list = CHOICE_LIST, .n = COUNT_OF(CHOICE_LIST)};
static const struct type CHOICE_MAP = {.kind = TYPE_MAP, .map = &CHOICE_KEYS};
static const struct type *const CHOICE_FORMS[] = {
    &model_cell, &CHOICE_MAP, NULL};
static const struct type CHOICE = {.kind = TYPE_ONE_OF,
    .forms = CHOICE_FORMS,
    .size = sizeof(struct alternative),
    .def = "alternative",
    .what = "A text, or one with the condition under which it stands",
    .read = query_read_choice};
static const struct type CHOICES = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &CHOICE};
static const struct type *const CELL_FORMS[] = {&model_cell, &CHOICES, NULL};
const struct type model_choices = {.kind = TYPE_ONE_OF,
    .def = "cell-text",
    .what = "What the cells print, over $(row.column): a text, or the first "
            "of several that holds",
    .forms = CELL_FORMS,
    .read = query_read_choices};
