/* The keys of a profile. */
#include "model/keys_int.h"

static const struct type EXTENDS = {
    .kind = TYPE_WORD, .flags = TYPE_SOME, .read = report_skip};
/* Noted before the profiles are merged. */
static const struct type FONT_FOLDER = {.kind = TYPE_FILE, .read = report_skip};
static const struct type ANY_WORD = {.kind = TYPE_WORD,
    .def = "word-or-nothing",
    .what = "Text as it is; may be empty"};
static const struct type SWITCH = {.kind = TYPE_BOOL};
static const struct type COLOUR = {.kind = TYPE_COLOUR,
    .def = "colour",
    .what = "A colour such as \"#1a2b3c\""};
static const struct type FILL = {.kind = TYPE_COLOUR,
    .flags = TYPE_NONE,
    .def = "fill",
    .what = "A colour such as \"#1a2b3c\", or none"};

/* Lengths by what they may be. */
static const struct type PAPER_SIZE = {
    .kind = TYPE_LENGTH, .min = PT(72), .max = RLEN_MAX};
static const struct type SPACE = {
    .kind = TYPE_LENGTH, .min = 0, .max = PT(500)};
static const struct type MARGIN = {
    .kind = TYPE_LENGTH, .min = 0, .max = PT(1000)};
static const struct type FONT_SIZE = {
    .kind = TYPE_LENGTH, .min = PT(3), .max = PT(200)};
static const struct type LEADING = {
    .kind = TYPE_LENGTH, .min = PT(3), .max = PT(400)};
static const struct type RULE_WIDTH = {
    .kind = TYPE_LENGTH, .min = PT(1), .max = RLEN_MAX};
static const struct type RULE = {.kind = TYPE_LENGTH, .min = 0, .max = PT(20)};

static const struct type LINES = {.kind = TYPE_INT, .min = 1, .max = 10};
static const struct type LEVELS = {.kind = TYPE_INT, .min = 0, .max = 6};

static const char *const PAPERS[] = {"a4", "a3", "letter", NULL};
static const struct type PAPER = {.kind = TYPE_ENUM, .names = PAPERS};
static const char *const ALIGNS[] = {"start", "centre", "end", "justify", NULL};
static const struct type ALIGN = {.kind = TYPE_ENUM, .names = ALIGNS};
static const char *const CELL_ALIGNS[] = {"start", "centre", "end", NULL};
static const struct type CELL_ALIGN = {.kind = TYPE_ENUM, .names = CELL_ALIGNS};
static const char *const NUMBERINGS[] = {"decimal", "letter", "roman", NULL};
static const struct type NUMBERING = {.kind = TYPE_ENUM, .names = NUMBERINGS};

/* The page. */
#define IN_PROFILE(member) AT(struct raw_profile, profile.member)

static const struct key MARGIN_LIST[] = {
    KEY("top", &MARGIN, "Above the text", IN_PROFILE(top)),
    KEY("bottom", &MARGIN, "Below the text", IN_PROFILE(bottom)),
    KEY("inner", &MARGIN, "At the binding edge", IN_PROFILE(inner)),
    KEY("outer", &MARGIN, "At the outer edge", IN_PROFILE(outer))};
static const struct keys MARGIN_KEYS = {
    .what = "'margins'", .list = MARGIN_LIST, .n = COUNT_OF(MARGIN_LIST)};
static const struct type MARGINS = {.kind = TYPE_MAP, .map = &MARGIN_KEYS};

static const struct key PAGE_LIST[] = {
    KEY("size", &PAPER, "The paper", AT(struct raw_profile, size)),
    KEY("width", &PAPER_SIZE, "Instead of that of `size`",
        AT(struct raw_profile, width)),
    KEY("height", &PAPER_SIZE, "Instead of that of `size`",
        AT(struct raw_profile, height)),
    KEY("margins", &MARGINS, "From the paper's edges to the text", .offset = 0),
    KEY("feather", &SPACE,
        "Most that is added to each space between blocks to fill a page",
        IN_PROFILE(feather)),
    KEY("duplex", &SWITCH, "Printed on both sides: left and right pages differ",
        IN_PROFILE(duplex))};
static const struct keys PAGE_KEYS = {.what = "'page'",
    .list = PAGE_LIST,
    .n = COUNT_OF(PAGE_LIST),
    .done = style_page_done};
static const struct type PAGE = {
    .kind = TYPE_MAP, .def = "page", .what = "The page", .map = &PAGE_KEYS};

/* Styles. */
enum { BLOCK_KEYS = 5 };

static const struct key STYLE_LIST_OF[] = {
    KEY("family", &model_word,
        "A family of families.yaml, such as serif, or of `fonts`",
        AT(struct style, family)),
    KEY("size", &FONT_SIZE, "Of the letters", AT(struct style, size)),
    KEY("leading", &LEADING,
        "From line to line; if only the size is given, it grows with it",
        AT(struct style, leading)),
    KEY("bold", &SWITCH, "Bold letters", AT(struct style, bold)),
    KEY("italic", &SWITCH, "Italic letters", AT(struct style, italic)),
    KEY("before", &SPACE, "Space above; of two neighbours' the larger counts",
        AT(struct style, before)),
    KEY("after", &SPACE, "Space below", AT(struct style, after)),
    KEY("indent", &SPACE, "From the start edge", AT(struct style, indent)),
    KEY("indent-end", &SPACE, "From the end edge",
        AT(struct style, indent_end)),
    KEY("hyphenate", &SWITCH, "Words may be divided where lines need it",
        AT(struct style, hyphenate)),
    KEY("hang-punctuation", &SWITCH,
        "In justified text, points and hyphens may stand in the margin",
        AT(struct style, hang_punctuation)),
    KEY("hang", &SPACE,
        "Width of the column in which a number or mark stands; 0pt: run in",
        AT(struct style, hang)),
    KEY("align", &ALIGN, "How its lines stand", AT(struct style, align)),
    KEY("keep-next", &SWITCH, "No page break between this and what follows",
        AT(struct style, keep_next)),
    KEY("colour", &COLOUR, "Of the letters", AT(struct style, colour)),
    /* Of blocks only: the last BLOCK_KEYS. */
    KEY("rule-before", &RULE, "Thickness of a rule above",
        AT(struct style, rule_before)),
    KEY("rule-after", &RULE, "Thickness of a rule below",
        AT(struct style, rule_after)),
    KEY("rule-colour", &COLOUR, "Of these rules",
        AT(struct style, rule_colour)),
    KEY("rule-gap", &SPACE, "From the text to these rules, or a fill's edge",
        AT(struct style, rule_gap)),
    KEY("fill", &FILL, "Behind the block", AT(struct style, fill_colour),
        .given = offsetof(struct style, fill))};
static const struct keys STYLE_KEYS = {.what = "the style of this role",
    .hint = "rules and fills are for headings, titles, cover texts, notes, "
            "quotations and code",
    .list = STYLE_LIST_OF,
    .n = COUNT_OF(STYLE_LIST_OF) - BLOCK_KEYS};
static const struct keys BLOCK_STYLE_KEYS = {.what = "the style of a block",
    .list = STYLE_LIST_OF,
    .n = COUNT_OF(STYLE_LIST_OF)};
static const struct type STYLE = {.kind = TYPE_MAP,
    .def = "style",
    .what = "How a role of text looks; the rest is as in `body`",
    .map = &STYLE_KEYS,
    .read = style_read};
static const struct type BLOCK_STYLE = {.kind = TYPE_MAP,
    .def = "block-style",
    .what = "How a block looks; the rest is as in `body`",
    .map = &BLOCK_STYLE_KEYS,
    .read = style_read};

/* Is a role that of whole blocks, which may have rules and a fill? */
#define IS_BLOCK(id) \
    (((id) >= STYLE_TITLE && (id) <= STYLE_SECTION_SUBTITLE) || \
        (id) == STYLE_NOTE || (id) == STYLE_QUOTE || (id) == STYLE_CODE || \
        (id) == STYLE_CONTENTS_TITLE)

/* All styles; `body` is the first. */
static const struct key STYLES_LIST[] = {
#define X(id, key) \
    KEY(key, IS_BLOCK(STYLE_##id) ? &BLOCK_STYLE : &STYLE, "Style of: " key, \
        .offset = STYLE_##id * sizeof(struct style)),
    STYLE_LIST(X)
#undef X
};
static const struct keys STYLES_KEYS = {
    .what = "'styles'", .list = STYLES_LIST, .n = COUNT_OF(STYLES_LIST)};
static const struct type STYLES = {.kind = TYPE_MAP,
    .def = "styles",
    .what = "How each role of text looks",
    .map = &STYLES_KEYS,
    .read = style_read_all};

/* Fonts beside the profile. */
static const struct type FAMILY_NAME = {.kind = TYPE_FILE,
    .def = "family-name",
    .what = "A family of families.yaml or of the profile",
    .size = sizeof(struct node *)};
static const struct type FALLBACK = {
    .kind = TYPE_LIST, .flags = TYPE_SOME, .item = &FAMILY_NAME};
static const struct key FAMILY_LIST[] = {
    KEY("regular", &model_file, "The font file",
        .offset = 0 * sizeof(struct node *), .required = true),
    KEY("bold", &model_file, "That of bold letters",
        .offset = 1 * sizeof(struct node *)),
    KEY("italic", &model_file, "That of italic letters",
        .offset = 2 * sizeof(struct node *)),
    KEY("bold-italic", &model_file, "That of letters that are both",
        .offset = 3 * sizeof(struct node *)),
    KEY("fallback", &FALLBACK, "Families for characters that it lacks",
        AT(struct raw_family, fallback),
        .count = offsetof(struct raw_family, nfallback),
        .given = offsetof(struct raw_family, fallback_given))};
static const struct keys FAMILY_KEYS = {
    .what = "a family", .list = FAMILY_LIST, .n = COUNT_OF(FAMILY_LIST)};
static const struct type FAMILY = {.kind = TYPE_MAP,
    .def = "family",
    .what = "The font files of a family",
    .map = &FAMILY_KEYS};
static const struct type FAMILIES = {
    .kind = TYPE_NAMED, .item = &FAMILY, .read = font_read_families};
static const struct key FONT_LIST[] = {
    KEY("folder", &FONT_FOLDER, "Where the files are; beside the profile",
        .offset = 0),
    KEY("families", &FAMILIES, "Families that `family` of a style may name",
        IN_PROFILE(families),
        .count = offsetof(struct raw_profile, profile.nfamilies))};
static const struct keys FONT_KEYS = {
    .what = "'fonts'", .list = FONT_LIST, .n = COUNT_OF(FONT_LIST)};
static const struct type FONTS = {.kind = TYPE_MAP,
    .def = "fonts",
    .what = "Fonts in files beside the profile",
    .map = &FONT_KEYS};

/* Lists. */
static const struct key LEVEL_LIST[] = {
    KEY("mark", &model_word, "Of bullets", AT(struct list_level, mark)),
    KEY("numbering", &NUMBERING, "Of numbered lists",
        AT(struct list_level, numbering)),
    KEY("suffix", &ANY_WORD, "After the number",
        AT(struct list_level, number_suffix)),
    KEY("indent", &SPACE, "From the enclosing text to the mark",
        AT(struct list_level, indent)),
    KEY("hang", &SPACE, "From the mark to the text",
        AT(struct list_level, hang)),
    KEY("between", &SPACE, "Between items without space of their own",
        AT(struct list_level, between))};
static const struct keys LEVEL_KEYS = {
    .what = "a level of lists", .list = LEVEL_LIST, .n = COUNT_OF(LEVEL_LIST)};
static const struct type LEVEL = {.kind = TYPE_MAP,
    .def = "list-level",
    .what = "A level of lists",
    .map = &LEVEL_KEYS,
    .size = sizeof(struct list_level)};
static const struct type LISTS = {.kind = TYPE_LIST,
    .flags = TYPE_SOME,
    .max = LIST_LEVELS,
    .item = &LEVEL,
    .read = style_read_levels};

/* Tables. */
#define IN_TABLE(member) IN_PROFILE(table.member)

static const struct key TABLE_LIST[] = {
    KEY("before", &SPACE, "Space above", IN_TABLE(before)),
    KEY("after", &SPACE, "Space below", IN_TABLE(after)),
    KEY("rule", &RULE, "Thickness of the rules between rows", IN_TABLE(rule)),
    KEY("rule-outer", &RULE, "Of the rules at top and bottom",
        IN_TABLE(rule_outer)),
    KEY("rule-head", &RULE, "Of the rule below the header row",
        IN_TABLE(rule_head)),
    KEY("rule-colour", &COLOUR, "Of all rules", IN_TABLE(rule_colour)),
    KEY("frame", &SWITCH, "Rules at the sides and between columns too",
        IN_TABLE(frame)),
    KEY("padding", &SPACE, "Beside a cell's text", IN_TABLE(pad_x)),
    KEY("padding-top", &SPACE, "Above a cell's text", IN_TABLE(pad_top)),
    KEY("padding-bottom", &SPACE, "Below a cell's text", IN_TABLE(pad_bottom)),
    KEY("head-fill", &FILL, "Behind the header row", IN_TABLE(head_colour),
        .given = offsetof(struct raw_profile, profile.table.head_fill)),
    KEY("head-align", &CELL_ALIGN,
        "Where column titles stand; else as the column's cells",
        IN_TABLE(head_align),
        .given = offsetof(struct raw_profile, profile.table.head_align_given)),
    KEY("zebra", &FILL, "Behind every other row", IN_TABLE(zebra_colour),
        .given = offsetof(struct raw_profile, profile.table.zebra))};
static const struct keys TABLE_KEYS = {
    .what = "'tables'", .list = TABLE_LIST, .n = COUNT_OF(TABLE_LIST)};
static const struct type TABLES = {.kind = TYPE_MAP,
    .def = "tables",
    .what = "How tables look",
    .map = &TABLE_KEYS};

/* Headers and footers. */
static const struct type SLOT = {.kind = TYPE_TEXT,
    .flags = TYPE_LATE,
    .def = "slot",
    .what = "Inline Markdown with $(values), $(page), $(pages), $(section)"};
static const struct key SLOT_LIST[] = {
    KEY("start", &SLOT, "At the start edge", AT(struct slots, start)),
    KEY("centre", &SLOT, "In the middle", AT(struct slots, centre)),
    KEY("end", &SLOT, "At the end edge", AT(struct slots, end))};
static const struct keys SLOT_KEYS = {.what = "slots",
    .list = SLOT_LIST,
    .n = COUNT_OF(SLOT_LIST),
    .done = style_slots_done};
static const struct type SLOTS = {.kind = TYPE_MAP,
    .def = "slots",
    .what = "What a header or footer prints",
    .map = &SLOT_KEYS};

#define IN_KIND(kind) \
    .offset = offsetof(struct furniture, kinds) + (kind) * sizeof(struct slots)

static const struct key FURNITURE_LIST[] = {
    KEY("all", &SLOTS, "Pages that have no variant of their own here",
        AT(struct furniture, all)),
    KEY("first", &SLOTS, "The first page; {} for none", IN_KIND(PAGE_FIRST)),
    KEY("left", &SLOTS, "Left pages, with even numbers; needs duplex",
        IN_KIND(PAGE_LEFT)),
    KEY("right", &SLOTS, "Right pages, with odd numbers; all if not duplex",
        IN_KIND(PAGE_RIGHT)),
    KEY("gap", &SPACE, "From the text to it", AT(struct furniture, gap))};
static const struct keys FURNITURE_KEYS = {.what = "a header or footer",
    .list = FURNITURE_LIST,
    .n = COUNT_OF(FURNITURE_LIST)};
static const struct type FURNITURE = {.kind = TYPE_MAP,
    .def = "furniture",
    .what = "A header or footer by kind of page",
    .map = &FURNITURE_KEYS};

/* Labels, contents, annexes, notes. */
static const struct type LABEL = {.kind = TYPE_WORD,
    .flags = TYPE_SOME,
    .def = "label",
    .what = "Words in the report's language; $(n) stands for the number",
    .read = style_read_label};
static const struct type FREE_LABEL = {.kind = TYPE_WORD,
    .def = "label-or-nothing",
    .what = "Words in the report's language; may be empty",
    .read = style_read_label};
static const struct type SEPARATOR = {.kind = TYPE_WORD,
    .def = "separator",
    .what = "Text between a label and a title; may be a blank",
    .read = style_read_separator};
/*
 * What tells two annexes, tables or sections apart must stand, and so must the
 * words that changed.
 */
#define LABEL_TYPE(id) \
    (LABEL_##id == LABEL_SEPARATOR || LABEL_##id == LABEL_NOTE_SEPARATOR \
            ? &SEPARATOR \
            : LABEL_##id <= LABEL_ROMAN || \
                (LABEL_##id >= LABEL_INSERTED && LABEL_##id <= LABEL_WAS) \
            ? &LABEL \
            : &FREE_LABEL)
static const struct key LABELS_LIST[] = {
#define X(id, key, text) \
    KEY(key, LABEL_TYPE(id), "Without it: " text, \
        .offset = offsetof(struct raw_profile, profile.labels) + \
            LABEL_##id * sizeof(struct slice)),
    LABEL_LIST(X)
#undef X
};
static const struct keys LABELS_KEYS = {
    .what = "'labels'", .list = LABELS_LIST, .n = COUNT_OF(LABELS_LIST)};
static const struct type LABELS = {.kind = TYPE_MAP, .map = &LABELS_KEYS};

static const struct key CONTENTS_LIST[] = {
    KEY("depth", &LEVELS, "Levels of headings that it lists; 0: no contents",
        IN_PROFILE(contents_depth)),
    KEY("new-page", &SWITCH, "What follows it begins on a new page",
        IN_PROFILE(contents_new_page)),
    KEY("leader", &ANY_WORD, "Repeated up to the page number",
        IN_PROFILE(leader))};
static const struct keys CONTENTS_KEYS = {
    .what = "'contents'", .list = CONTENTS_LIST, .n = COUNT_OF(CONTENTS_LIST)};
static const struct type CONTENTS = {.kind = TYPE_MAP, .map = &CONTENTS_KEYS};

static const struct key ANNEX_LIST[] = {
    KEY("new-page", &SWITCH, "Each begins on a new page",
        IN_PROFILE(annex_new_page)),
    KEY("numbering", &NUMBERING, "Annex 1, Annex A, Annex I",
        IN_PROFILE(annex_numbering)),
    KEY("sections-numbering", &model_numbering,
        "Of the sections of an annex that does not say it",
        IN_PROFILE(annex_sections_numbering))};
static const struct keys ANNEX_KEYS = {
    .what = "'annexes'", .list = ANNEX_LIST, .n = COUNT_OF(ANNEX_LIST)};
static const struct type ANNEXES = {.kind = TYPE_MAP, .map = &ANNEX_KEYS};

static const struct key SECTION_LIST[] = {KEY("numbering", &model_numbering,
    "Of the sections of a report that does not say it; none: at all levels",
    IN_PROFILE(sections_numbering))};
static const struct keys SECTION_KEYS = {
    .what = "'sections'", .list = SECTION_LIST, .n = COUNT_OF(SECTION_LIST)};
static const struct type SECTIONS = {.kind = TYPE_MAP, .map = &SECTION_KEYS};

static const struct key NOTE_LIST[] = {
    KEY("bar", &RULE, "Thickness of the bar beside a note; 0pt: none",
        IN_PROFILE(note_bar)),
    KEY("colour", &COLOUR, "Of that bar", IN_PROFILE(note_colour))};
static const struct keys NOTE_KEYS = {
    .what = "'note'", .list = NOTE_LIST, .n = COUNT_OF(NOTE_LIST)};
static const struct type NOTE = {.kind = TYPE_MAP, .map = &NOTE_KEYS};

static const struct key FOOTNOTE_LIST[] = {KEY("rule", &RULE,
    "Thickness of the rule above them; 0pt: none", IN_PROFILE(rule_note))};
static const struct keys FOOTNOTE_KEYS = {
    .what = "'footnotes'", .list = FOOTNOTE_LIST, .n = COUNT_OF(FOOTNOTE_LIST)};
static const struct type FOOTNOTES = {.kind = TYPE_MAP, .map = &FOOTNOTE_KEYS};

static const struct key LINK_LIST[] = {
    KEY("colour", &COLOUR, "Of links", IN_PROFILE(link_colour))};
static const struct keys LINK_KEYS = {
    .what = "'links'", .list = LINK_LIST, .n = COUNT_OF(LINK_LIST)};
static const struct type LINKS = {.kind = TYPE_MAP, .map = &LINK_KEYS};

/* Facts. */
static const char *const FIELD_TYPES[] = {"text", "date", "period", NULL};
static const struct type FIELD_TYPE = {.kind = TYPE_ENUM, .names = FIELD_TYPES};
static const struct key FIELD_KEY_LIST[] = {
    KEY("type", &FIELD_TYPE, "What it is; text if not given",
        AT(struct declared, type)),
    KEY("required", &SWITCH, "Every report of this profile gives it",
        AT(struct declared, required))};
static const struct keys FIELD_KEYS = {
    .what = "a fact", .list = FIELD_KEY_LIST, .n = COUNT_OF(FIELD_KEY_LIST)};
static const struct type FIELD = {.kind = TYPE_MAP,
    .def = "field",
    .what = "A fact that reports may give",
    .map = &FIELD_KEYS};
static const struct type FIELDS = {.kind = TYPE_NAMED,
    .flags = TYPE_IDS,
    .item = &FIELD,
    .read = fact_read_declared};

/* The rule that closes the document. */
static const struct key END_LIST[] = {
    KEY("rule", &RULE, "Thickness of a rule below the last text; 0pt: none",
        IN_PROFILE(end_rule)),
    KEY("width", &RULE_WIDTH, "How wide it is, in the middle",
        IN_PROFILE(end_width)),
    KEY("before", &SPACE, "Space above it", IN_PROFILE(end_before))};
static const struct keys END_KEYS = {
    .what = "'end'", .list = END_LIST, .n = COUNT_OF(END_LIST)};
static const struct type END = {.kind = TYPE_MAP, .map = &END_KEYS};

static const struct key PROFILE_LIST[] = {
    KEY("extends", &EXTENDS,
        "The profile that this one changes: a name or a path", .offset = 0),
    KEY("fields", &FIELDS,
        "Facts that reports give under `report`, beside those of all reports",
        IN_PROFILE(declared),
        .count = offsetof(struct raw_profile, profile.ndeclared)),
    KEY("page", &PAGE, "The page", .offset = 0),
    KEY("fonts", &FONTS, "Fonts in files beside the profile", .offset = 0),
    KEY("styles", &STYLES, "How each role of text looks", IN_PROFILE(styles)),
    KEY("lists", &LISTS, "Marks and indents by level, at most four",
        IN_PROFILE(levels)),
    KEY("tables", &TABLES, "How tables look", .offset = 0),
    KEY("header", &FURNITURE, "Above the text", AT(struct raw_profile, header)),
    KEY("footer", &FURNITURE, "Below the text", AT(struct raw_profile, footer)),
    KEY("labels", &LABELS, "Fixed words in the report's language", .offset = 0),
    KEY("dates", &model_pattern, "How $(dates) are printed", IN_PROFILE(dates)),
    KEY("contents", &CONTENTS, "The list of headings", .offset = 0),
    KEY("sections", &SECTIONS, "Sections", .offset = 0),
    KEY("annexes", &ANNEXES, "Annexes", .offset = 0),
    KEY("note", &NOTE, "Notes in the text", .offset = 0),
    KEY("footnotes", &FOOTNOTES, "Footnotes", .offset = 0),
    KEY("links", &LINKS, "Links", .offset = 0),
    KEY("end", &END, "What closes the document", .offset = 0),
    KEY("orphans", &LINES, "Fewest lines of a paragraph at a page's foot",
        IN_PROFILE(orphans)),
    KEY("widows", &LINES, "Fewest lines of a paragraph at a page's head",
        IN_PROFILE(widows)),
    KEY("cover", &model_cover, "What stands before the contents",
        IN_PROFILE(cover.entries),
        .count = offsetof(struct raw_profile, profile.cover.n))};
const struct keys model_profile_keys = {.what = "the profile",
    .list = PROFILE_LIST,
    .n = COUNT_OF(PROFILE_LIST),
    .done = style_profile_done};
