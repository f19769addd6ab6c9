/*
 * Every message, grouped by the stage that finds it:
 * X(id, level, class, stable name, meaning in a few words).
 * Level OFF: a warning, once it is switched on.
 */
#ifndef RAP_BASE_DIAG_LIST_H
#define RAP_BASE_DIAG_LIST_H

/* clang-format off */
#define DIAG_LIST(X) \
    /* base: files and the system */ \
    X(FILE_MISSING, ERROR, INPUT, "missing-file", "a file that the report names does not exist") \
    X(FILE_OUTSIDE, ERROR, INPUT, "outside-root", "a path leads out of the folder that may be read") \
    X(FILE_KIND, ERROR, INPUT, "not-a-file", "a path names a folder, device or pipe, or is a URL") \
    X(FILE_LIMIT, ERROR, LIMIT, "file-too-large", "a file is larger than its limit") \
    X(FILE_CHANGED, ERROR, SYSTEM, "file-changed", "a file changed while it was read") \
    X(FILE_FAILED, ERROR, SYSTEM, "file-unreadable", "the system could not read a file") \
    X(OUTPUT_FAILED, ERROR, SYSTEM, "output-failed", "the output could not be written") \
    X(OUTPUT_TARGET, ERROR, SYSTEM, "output-target", "the output's path is no place for a file") \
    X(MEMORY, ERROR, SYSTEM, "out-of-memory", "memory ran out") \
    X(LIMIT_MEMORY, ERROR, LIMIT, "limit-memory", "the build needs more memory than its limit") \
    /* load: YAML */ \
    X(ENCODING, ERROR, INPUT, "bad-encoding", "the bytes are not UTF-8") \
    X(CHARACTER, ERROR, INPUT, "bad-character", "a character that may not stand in text") \
    X(YAML_SYNTAX, ERROR, INPUT, "yaml-syntax", "the YAML cannot be read") \
    X(YAML_TAG, ERROR, INPUT, "yaml-tag", "a YAML tag") \
    X(YAML_MERGE, ERROR, INPUT, "yaml-merge", "a YAML merge key") \
    X(YAML_DUPLICATE, ERROR, INPUT, "duplicate-key", "a key stands twice in one mapping") \
    X(YAML_KEY, ERROR, INPUT, "bad-key", "a key that is not a plain text") \
    X(YAML_COMMENT, ERROR, INPUT, "comment-or-text", "a plain text that a '#' may have cut short") \
    X(YAML_ALIAS_CYCLE, ERROR, INPUT, "alias-cycle", "an alias within its own anchor") \
    X(YAML_EMPTY, ERROR, INPUT, "empty-file", "a YAML file with nothing in it") \
    X(YAML_DOCUMENTS, ERROR, INPUT, "several-documents", "more than one YAML document in a file") \
    X(INCLUDE_CYCLE, ERROR, INPUT, "include-cycle", "a file that includes itself") \
    X(LIMIT_DEPTH, ERROR, LIMIT, "limit-depth", "nested too deeply") \
    X(LIMIT_NODES, ERROR, LIMIT, "limit-nodes", "too many YAML values") \
    X(LIMIT_ALIASES, ERROR, LIMIT, "limit-aliases", "too many YAML aliases") \
    X(LIMIT_SCALAR, ERROR, LIMIT, "limit-text", "a text is longer than its limit") \
    X(LIMIT_KEY, ERROR, LIMIT, "limit-key", "a key is longer than its limit") \
    X(LIMIT_INCLUDES, ERROR, LIMIT, "limit-includes", "too many or too deeply nested includes") \
    X(LIMIT_INPUT, ERROR, LIMIT, "limit-input", "all files together are larger than the limit") \
    /* model: keys and values */ \
    X(KEY_UNKNOWN, ERROR, INPUT, "unknown-key", "a key that does not exist here") \
    X(KEY_MISSING, ERROR, INPUT, "missing-key", "a key that must be given") \
    X(KEY_CONFLICT, ERROR, INPUT, "conflicting-keys", "keys that exclude each other") \
    X(TYPE, ERROR, INPUT, "wrong-type", "a mapping, list or text where another is wanted") \
    X(VALUE, ERROR, INPUT, "bad-value", "a value outside what the key allows") \
    X(ID_FORM, ERROR, INPUT, "bad-id", "an id that is not [a-z][a-z0-9-]*") \
    X(VALUE_FORM, ERROR, INPUT, "bad-substitution", "a $( ) that cannot be read") \
    X(VALUE_UNKNOWN, ERROR, INPUT, "unknown-value", "a $( ) names a value that does not exist") \
    X(DATE_PATTERN, ERROR, INPUT, "bad-date-pattern", "a date format that cannot be used") \
    X(PROFILE_MISSING, ERROR, INPUT, "unknown-profile", "no such profile") \
    X(EXTENDS_CYCLE, ERROR, INPUT, "extends-cycle", "a report or profile that extends itself") \
    X(NULL_NOTHING, ERROR, INPUT, "nothing-to-remove", "null for something that is not inherited") \
    X(PART_MISSING, ERROR, INPUT, "missing-part", "'parts' names an id that the report does not have") \
    X(ALT_MISSING, ERROR, INPUT, "missing-alt", "a figure that does not say what it shows") \
    X(SET, ERROR, INPUT, "bad-set", "a --set that names no key of the report") \
    X(ATTACH_FORBIDDEN, ERROR, INPUT, "forbidden-attachment", "files to attach, which the standard forbids") \
    X(ATTACH_MISSING, ERROR, INPUT, "missing-attachment", "nothing to attach, which the standard wants") \
    X(NAME_FORM, ERROR, INPUT, "bad-name", "a name of a data set or column that SQL cannot have, or that is taken") \
    X(SET_UNKNOWN, ERROR, INPUT, "unknown-dataset", "a data set that the report does not have") \
    X(LIMIT_COLUMNS, ERROR, LIMIT, "limit-columns", "a table or data set has too many columns") \
    X(LIMIT_HEADINGS, ERROR, LIMIT, "limit-headings", "sections are nested too deeply") \
    /* data: rows */ \
    X(ROW_RAGGED, ERROR, INPUT, "ragged-row", "a row with too few or too many cells") \
    X(ROW_EMPTY, ERROR, INPUT, "empty-row", "a row of a data file with nothing in it") \
    X(ROW_COLUMN, ERROR, INPUT, "unknown-column", "a column that the rows do not have") \
    X(ROW_HEADER, ERROR, INPUT, "bad-header", "a data file's first line names no proper keys") \
    X(QUERY, ERROR, INPUT, "bad-query", "a query or condition that cannot be read") \
    X(QUERY_FORBIDDEN, ERROR, INPUT, "forbidden-query", "something that a query may not do or use") \
    X(QUERY_FAILED, ERROR, INPUT, "failed-query", "a query that failed while it ran") \
    X(QUERY_ORDER, WARNING, INPUT, "unordered-query", "a query whose rows come in no stated order") \
    X(QUERY_UNTYPED, WARNING, INPUT, "untyped-comparison", "a column of text compared with a number") \
    X(QUERY_ONE, ERROR, INPUT, "not-one-value", "the query of a value that gives not one row of one column") \
    X(VALUE_CYCLE, ERROR, INPUT, "value-cycle", "a value that needs itself") \
    X(TEXT_EMPTY, ERROR, INPUT, "empty-text", "a title or caption of which the data leave nothing") \
    X(LIMIT_QUERY_STEPS, ERROR, LIMIT, "limit-query-steps", "queries take too many steps") \
    X(LIMIT_QUERY_MEMORY, ERROR, LIMIT, "limit-query-memory", "a query needs too much memory") \
    X(CSV_QUOTE, ERROR, INPUT, "csv-quote", "a quote in CSV that is not closed or not alone") \
    X(SET_KIND, ERROR, INPUT, "unknown-data", "a data file of a kind that cannot be read") \
    X(SET_VALUE, ERROR, INPUT, "bad-data", "a value that its column's type does not allow") \
    X(SET_LOSSY, ERROR, INPUT, "lossy-number", "a number that would lose digits") \
    X(SET_DANGLING, ERROR, INPUT, "dangling-value", "a value that the data set which must have it has not") \
    X(ROW_DOUBLE, ERROR, INPUT, "duplicate-row", "a row with the key of another") \
    X(ROW_UNNAMED, ERROR, INPUT, "unnamed-row", "a row whose key is empty") \
    X(JSON_SYNTAX, ERROR, INPUT, "json-syntax", "the JSON cannot be read") \
    X(DATABASE_BAD, ERROR, INPUT, "bad-database", "a file that is no sound SQLite database, or lacks the table") \
    X(DATABASE_OPEN, ERROR, INPUT, "unsaved-database", "an SQLite database with changes that are not in its file yet") \
    X(UPDATE_ROW, ERROR, INPUT, "unknown-row", "an update of a row that is not there") \
    X(UPDATE_FROM, ERROR, INPUT, "stale-update", "an update that starts from another value than there is") \
    X(UPDATE_SAME, WARNING, INPUT, "idle-update", "an update that changes nothing") \
    X(UPDATE_NONE, WARNING, INPUT, "unmatched-updates", "a folder with files, none of which is taken for updates") \
    X(UPDATE_FORM, ERROR, INPUT, "fixed-updates", "an update file that nothing can be added to") \
    X(UPDATE_FILE, ERROR, INPUT, "foreign-updates", "a file for an update that the data set does not take") \
    X(UPDATE_DONE, ERROR, INPUT, "nothing-to-update", "a change to record that the data have already") \
    X(UPDATE_LATER, NOTE, INPUT, "later-updates", "updates that are later than the status date") \
    X(LIMIT_SETS, ERROR, LIMIT, "limit-datasets", "the report has too many data sets") \
    X(LIMIT_ROWS, ERROR, LIMIT, "limit-rows", "a table or data set has too many rows") \
    X(LIMIT_CELLS, ERROR, LIMIT, "limit-cells", "the report has too many cells") \
    X(LIMIT_CELL, ERROR, LIMIT, "limit-cell", "a cell is longer than its limit") \
    /* inline: Markdown, labels, references */ \
    X(MD_HTML, ERROR, INPUT, "raw-html", "HTML in Markdown") \
    X(MD_IMAGE, ERROR, INPUT, "markdown-image", "an image in Markdown") \
    X(MD_TABLE, ERROR, INPUT, "markdown-table", "a pipe table in Markdown") \
    X(MD_TASK, ERROR, INPUT, "markdown-task", "a task mark in Markdown") \
    X(MD_HEADING, ERROR, INPUT, "markdown-heading", "a heading in Markdown") \
    X(MD_RULE, ERROR, INPUT, "markdown-rule", "a rule in Markdown") \
    X(MD_FENCE, ERROR, INPUT, "markdown-fence", "a code block with words beside its fence, or with nothing in it") \
    X(MD_DEFINITION, ERROR, INPUT, "markdown-definition", "a link or note definition in Markdown") \
    X(MD_ENTITY, ERROR, INPUT, "unknown-entity", "an HTML entity that is not known here") \
    X(MD_LINK, ERROR, INPUT, "bad-link", "a link whose address cannot be used") \
    X(NOTE_UNKNOWN, ERROR, INPUT, "unknown-note", "a footnote mark without its note") \
    X(NOTE_UNUSED, ERROR, INPUT, "unused-note", "a note that no mark refers to") \
    X(ID_DOUBLE, ERROR, INPUT, "duplicate-id", "an id that is given twice") \
    X(REF_UNKNOWN, ERROR, INPUT, "unknown-reference", "a reference to an id that does not exist") \
    X(REF_EMPTY, ERROR, INPUT, "empty-reference", "a reference to something that has no label") \
    X(REF_FORM, ERROR, INPUT, "bad-reference", "a reference in a form that its target has not") \
    X(ROWS_DIFFER, ERROR, INPUT, "wrong-count", "a stated number differs from the rows that a table prints") \
    X(LANG_UNKNOWN, ERROR, INPUT, "unknown-language", "a language tag that is not known") \
    X(LIMIT_LIST, ERROR, LIMIT, "limit-lists", "lists are nested too deeply") \
    X(LIMIT_MARKDOWN, ERROR, LIMIT, "limit-markdown", "a Markdown text is longer than its limit") \
    /* review: checks; the first ones are set by `lint:` */ \
    X(ROW_UNPRINTED, WARNING, INPUT, "unprinted-row", "a row of a data set with a key that nothing prints") \
    X(IDENTIFIER_TWICE, WARNING, INPUT, "identifier-in-two-lists", "an identifier that stands in two tables") \
    X(PREFIX_SPELT, WARNING, INPUT, "prefix-spelling", "a prefix of identifiers that is spelt in several ways") \
    X(ORDER_BROKEN, WARNING, INPUT, "out-of-order", "a row out of the order that its table declares") \
    X(LINK_VAGUE, WARNING, INPUT, "vague-link", "a link whose text does not say where it leads") \
    X(DATE_OUTSIDE, OFF, INPUT, "date-outside-period", "a row that is printed, with a date outside the report's period") \
    X(DATA_STALE, OFF, INPUT, "stale-data", "a status date much later than every dated row") \
    X(ACCEPT_UNUSED, WARNING, INPUT, "unused-acceptance", "a finding that 'lint' accepts, but that there is not") \
    X(CHECK_FAILED, ERROR, INPUT, "failed-check", "a row that should not exist, by a check of the report") \
    X(CHECK_DOUBTED, WARNING, INPUT, "doubtful-row", "the same, by a check that only warns") \
    /* image: figures */ \
    X(IMAGE_KIND, ERROR, INPUT, "unknown-image", "a file that is no PNG or JPEG image") \
    X(IMAGE_BAD, ERROR, INPUT, "bad-image", "an image that is damaged or of a kind that cannot be used") \
    X(LIMIT_IMAGE, ERROR, LIMIT, "limit-image", "images with too many pixels") \
    /* text: fonts, glyphs, lines */ \
    X(FONT_FAMILY, ERROR, INPUT, "unknown-font", "a font family that there is not") \
    X(FONT_FILE, ERROR, SYSTEM, "missing-font", "a font file that is not installed") \
    X(FONT_BAD, ERROR, SYSTEM, "bad-font", "a font file that cannot be used") \
    X(HYPHEN_FILE, WARNING, SYSTEM, "missing-dictionary", "a hyphenation dictionary that is not installed") \
    X(GLYPH_MISSING, ERROR, INPUT, "missing-glyph", "a character that no font has") \
    X(TEXT_PRIVATE, ERROR, INPUT, "private-character", "a private-use character, which the standard forbids") \
    X(TEXT_RTL, ERROR, INPUT, "right-to-left", "right-to-left text, which cannot be set yet") \
    /* layout: lines, tables */ \
    X(WORD_WIDE, ERROR, INPUT, "word-too-wide", "a word wider than its line") \
    X(TABLE_WIDE, ERROR, INPUT, "table-too-wide", "columns that do not fit the page") \
    X(FIGURE_LARGE, ERROR, INPUT, "figure-too-large", "a figure that does not fit its place") \
    X(HEADER_TALL, ERROR, INPUT, "header-too-tall", "what repeats on a page leaves no room for a line") \
    /* page */ \
    X(CHANGES_SINCE, NOTE, INPUT, "changes-unknown", "an annex of changes, but no edition to compare with") \
    X(ONLY_UNKNOWN, ERROR, INPUT, "unknown-part", "--only names no section or annex") \
    X(NOTE_ELSEWHERE, WARNING, INPUT, "note-elsewhere", "--only prints the mark of a footnote, but not its text") \
    X(NOTE_TALL, ERROR, INPUT, "note-too-tall", "footnotes that leave no room on their page") \
    X(GRID_TALL, ERROR, INPUT, "grid-too-tall", "a grid of a cover that is taller than a page") \
    X(PAGES_UNSETTLED, ERROR, INPUT, "unsettled-pages", "page references did not settle") \
    X(LIMIT_PAGES, ERROR, LIMIT, "limit-pages", "too many pages") \
    /* pdf */ \
    X(PDF_FAILED, ERROR, SYSTEM, "pdf-failed", "the PDF library failed") \
    X(LIMIT_ATTACHMENT, ERROR, LIMIT, "limit-attachment", "a file to attach is larger than its limit") \
    X(LIMIT_ATTACHMENTS, ERROR, LIMIT, "limit-attachments", "too many files to attach") \
    X(PDF_FOREIGN, ERROR, INPUT, "foreign-pdf", "a file to verify that this program has not made") \
    X(PDF_DAMAGED, ERROR, INPUT, "damaged-pdf", "a file to verify that was changed after it was made") \
    X(PDF_OPTION, ERROR, INPUT, "unknown-option", "a file to verify was made with an option that there is not") \
    X(LIMIT_OUTPUT, ERROR, LIMIT, "limit-output", "the PDF is larger than its limit")
/* clang-format on */

#endif
