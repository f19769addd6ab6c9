/* What libyaml cannot read, in our words and with what to do about it. */
#include "load/load_int.h"

#include <string.h>

/* Where a message stands: at the problem or where its context started. */
enum spot { AT, FROM };

/* What to say for a problem of libyaml; the first rule that fits is taken. */
struct rule {
    const char *problem; /* a part of its words */
    const char *context; /* a part of its words, or NULL: any */
    enum spot spot;
    const char *text; /* NULL: a text that starts with a wrong character */
    const char *hint;
};

static const struct rule rules[] = {
    {"tab character", NULL, AT, "a tab in the indentation",
        "indent with blanks"},
    {"expected alphabetic or numeric", "an alias", FROM, NULL, NULL},
    {"expected alphabetic or numeric", "an anchor", FROM, NULL, NULL},
    {"", "a tag", FROM, NULL, NULL},
    {"tag handle", NULL, FROM, NULL, NULL},
    {"", "a block scalar", FROM, NULL, NULL},
    {"expected node content", NULL, AT, NULL, NULL},
    {"cannot start any token", NULL, AT, NULL, NULL},
    {"unknown directive name", NULL, FROM, NULL, NULL},
    {"expected directive name", NULL, FROM, NULL, NULL},
    {"", "scanning a quoted scalar", FROM, "this quote is not closed",
        "end the text with the same quote"},
    {"", "parsing a quoted scalar", AT, "this is no escape",
        "write \\\\ for a backslash, or use single quotes"},
    {"sequence entries are not allowed", NULL, AT, "a list cannot start here",
        "start the list on the next line, or put the text in quotes: it "
        "starts with '- '"},
    {"mapping keys are not allowed", NULL, AT, "a key cannot start here",
        "put the text in quotes: it starts with '? '"},
    {"expected '-' indicator", NULL, AT, "this is no item of the list",
        "start each item with '- ', all indented alike"},
    {"expected <document start>", NULL, AT,
        "this does not belong to what stands before it",
        "indent what belongs together alike"},
    {"expected key", NULL, AT, "this is no key of the mapping",
        "write 'key: value', all keys of a mapping indented alike; put a "
        "text in quotes if in doubt"},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The start of the line that off stands in. */
static size_t line_start(const char *s, size_t off)
{
    while (off > 0 && s[off - 1] != '\n' && s[off - 1] != '\r')
        off--;
    return off;
}

/* Does the line that off stands in hold the two characters before `end`? */
static bool holds(const char *s, size_t off, size_t end, const char *pair)
{
    for (size_t i = line_start(s, off); i + 1 < end; i++) {
        if (s[i] == pair[0] && s[i + 1] == pair[1])
            return true;
    }
    return false;
}

static size_t line_end(const char *s, size_t off)
{
    return off + strcspn(s + off, "\r\n");
}

/* An unquoted text that starts with what means something else in YAML. */
static void report_start(const struct load *l, struct pos at, char c)
{
    if (c == '\t') {
        diag(l->d, D_YAML_SYNTAX, at, "a tab in the indentation");
        diag_hint(l->d, "indent with blanks");
    } else if (c == '\0' || !strchr(",[]{}&*!|>%@`?:-", c)) {
        diag(l->d, D_YAML_SYNTAX, at, "a value is missing here");
    } else {
        diag(l->d, D_YAML_SYNTAX, at,
            "a text without quotes cannot start with '%c'", c);
        diag_hint(l->d, "put the text in quotes: it starts with '%c'", c);
    }
}

/* The start of the line before the one that off stands in that has text. */
static size_t line_before(const char *s, size_t off)
{
    size_t start = line_start(s, off);
    while (start > 0 && strchr(" \t\r\n", s[start - 1]))
        start--;
    return line_start(s, start);
}

/*
 * Report a "word:" with no blank after it, which is no key, at the start of the
 * line that off stands in; false if there is none.
 */
static bool report_cramped(const struct load *l, struct pos at, size_t off)
{
    const char *s = files_at(l->files, at.file)->s;
    size_t from = off + strspn(s + off, " -"), end = from;
    while ((s[end] >= 'a' && s[end] <= 'z') || (end > from && s[end] == '-'))
        end++;
    size_t last = line_end(s, off);
    if (end == from || s[end] != ':' || end + 1 >= last ||
        strchr(" \t/:", s[end + 1]) || holds(s, off, last, ": ") ||
        s[last - 1] == ':')
        return false;
    int n = (int)(end + 1 - from);
    at.off = (uint32_t)end + 1;
    diag(l->d, D_YAML_SYNTAX, at, "a blank is missing after '%.*s'", n,
        s + from);
    diag_hint(l->d, "write '%.*s ' before the value", n, s + from);
    return true;
}

/* A ': ' where no key can stand. */
static void report_colon(const struct load *l, struct pos at, const char *s)
{
    if (!holds(s, at.off, at.off, ": ") &&
        report_cramped(l, at, line_before(s, at.off)))
        return;
    diag(l->d, D_YAML_SYNTAX, at, "a text without quotes cannot hold ': '");
    if (holds(s, at.off, at.off, ": "))
        diag_hint(l->d, "put the text in quotes: it contains ': '");
    else
        diag_hint(l->d,
            "put the text in quotes: it contains ': '; or, if "
            "this is a key, indent it like the one before");
}

/* A line in a mapping that has no ': '. */
static void report_no_key(const struct load *l, struct pos at, const char *s)
{
    if (report_cramped(l, at, line_start(s, at.off)))
        return;
    diag(l->d, D_YAML_SYNTAX, at, "this is no key: ': ' is missing");
    if (holds(s, at.off, line_end(s, at.off), " #"))
        diag_hint(l->d, "' #' starts a comment: put the key in quotes");
    else
        diag_hint(l->d,
            "write 'key: value'; a text that goes on is indented "
            "deeper than its key");
}

/*
 * Something after a quoted text, a list or a mapping that was meant to be a
 * part of it. False if nothing of that kind stands before it.
 */
static bool report_rest(const struct load *l, struct pos at, const char *s,
    const struct load_fault *f)
{
    size_t before = at.off;
    while (before > 0 && is_blank(s[before - 1]))
        before--;
    if (before == 0)
        return false;
    char c = s[before - 1];
    if (c == ']' || c == '}') {
        char open = c == ']' ? '[' : '{';
        diag(l->d, D_YAML_SYNTAX, at, "text after the '%c'", c);
        diag_hint(l->d, "put the text in quotes: it starts with '%c'", open);
    } else if (c == '\'' || c == '"') {
        diag(l->d, D_YAML_SYNTAX, at, "text after the closing quote");
        if (f->quoted_end == before && f->quoted < line_start(s, before))
            diag_also(l->d, (struct pos){at.file, f->quoted},
                "the quote opens here: is its end missing?");
        if (before < at.off)
            diag_hint(l->d, "put the whole text in quotes");
        else if (c == '"')
            diag_hint(l->d, "within double quotes write \\\" for \"");
        else
            diag_hint(l->d, "within single quotes write '' for '");
    } else {
        return false;
    }
    return true;
}

/* A '#' that goes on as "#1a2b3c" between two places: it may be meant as text.
 * False if there is none. */
static bool report_comment(const struct load *l, struct pos from, uint32_t end)
{
    const char *s = files_at(l->files, from.file)->s;
    char open = s[from.off];
    while (++from.off < end) {
        const char *at = s + from.off;
        if (at[0] != '#' || !strchr(" \t[{,", at[-1]) ||
            strchr("# \t\r\n", at[1]))
            continue;
        diag(l->d, D_YAML_SYNTAX, from,
            "this '#' starts a comment, and the '%c' before it is not closed",
            open);
        diag_hint(l->d, "put the text in quotes if it starts with '#'");
        return true;
    }
    return false;
}

/* A list in [ ] or a mapping in { } that goes on wrongly or has no end. */
static void report_flow(
    const struct load *l, struct pos at, uint32_t from, const char *s)
{
    struct pos start = {at.file, from};
    char open = s[from] == '{' ? '{' : '[';
    if (report_comment(l, start, at.off))
        return;
    if (s[at.off] == '\0') {
        diag(l->d, D_YAML_SYNTAX, start, "this '%c' is not closed", open);
        diag_hint(l->d, "put the text in quotes if it starts with '%c'", open);
        return;
    }
    if (s[at.off] == ':' && line_start(s, at.off) <= from) {
        report_colon(l, at, s);
        return;
    }
    diag(l->d, D_YAML_SYNTAX, at, "',' or '%c' is missing before this",
        open == '{' ? '}' : ']');
    diag_also(l->d, start, "it starts here");
    diag_hint(l->d, "put the text in quotes if it starts with '%c'", open);
}

static bool contains(const char *words, const char *part)
{
    return words && strstr(words, part);
}

/* Was something else wanted than what stands there? */
static bool is_rest(const struct load_fault *f)
{
    return contains(f->problem, "expected key") ||
        contains(f->problem, "expected ','") ||
        contains(f->problem, "expected '-'") ||
        contains(f->problem, "<document start>");
}

static const struct rule *find_rule(const struct load_fault *f)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const struct rule *r = &rules[i];
        if (contains(f->problem, r->problem) &&
            (!r->context || contains(f->context, r->context)))
            return r;
    }
    return NULL;
}

/* A problem that the rules have, or libyaml's own words. */
static void report_rule(const struct load *l, struct pos at, struct pos from,
    const struct load_fault *f)
{
    const struct rule *r = find_rule(f);
    struct pos spot = r && r->spot == FROM ? from : at;
    if (r && !r->text) {
        report_start(l, spot, files_at(l->files, at.file)->s[spot.off]);
        return;
    }
    const char *words = f->problem ? f->problem : "the YAML cannot be read";
    diag(l->d, D_YAML_SYNTAX, spot, "%s", r ? r->text : words);
    if (spot.off == at.off && f->context && f->from < f->at)
        diag_also(l->d, from, "%s, started here", f->context);
    if (r)
        diag_hint(l->d, "%s", r->hint);
}

/* Is a no-break space in the indentation of the line at `start`? */
static bool report_no_break(
    const struct load *l, uint32_t number, const char *s, size_t start)
{
    size_t off = start + strspn(s + start, " ");
    if (strncmp(s + off, "\xc2\xa0", 2) != 0)
        return false;
    diag(l->d, D_YAML_SYNTAX, (struct pos){number, (uint32_t)off},
        "a no-break space in the indentation");
    diag_hint(l->d, "indent with blanks");
    return true;
}

void load_report_fault(
    const struct load *l, uint32_t number, const struct load_fault *f)
{
    const char *s = files_at(l->files, number)->s;
    struct pos at = {number, f->at}, from = {number, f->from};
    if (report_no_break(l, number, s, line_before(s, f->at)) ||
        report_no_break(l, number, s, line_start(s, f->at)))
        return;
    if (contains(f->problem, "values are not allowed"))
        report_colon(l, at, s);
    else if (contains(f->problem, "expected ':'"))
        report_no_key(l, from, s);
    else if (is_rest(f) && report_rest(l, at, s, f))
        return;
    else if (contains(f->problem, "expected ','"))
        report_flow(l, at, f->from, s);
    else
        report_rule(l, at, from, f);
}
