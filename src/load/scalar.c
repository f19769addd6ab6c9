/* What a file may hold, and what YAML would lose of it without a word. */
#include "load/load_int.h"

#include <string.h>

/* So many refused characters of one file are reported. */
enum { MOST_CHARACTERS = 20 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A blank, the end of a line or of the file. */
static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r' || c == '\0';
}

size_t load_skip_bom(const struct source *src)
{
    return src->n >= 3 && memcmp(src->s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Two bytes a character: a mark says so, or a NUL beside the first letter. */
static bool is_utf16(const struct source *src)
{
    if (src->n < 2)
        return false;
    const char *s = src->s;
    return memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0 ||
        (s[0] == '\0') != (s[1] == '\0');
}

/* A file of a spreadsheet or word processor: a ZIP, or of the older kind. */
static bool is_workbook(const struct source *src)
{
    return src->n >= 4 &&
        (memcmp(src->s, "PK\x03\x04", 4) == 0 ||
            memcmp(src->s, "\xd0\xcf\x11\xe0", 4) == 0);
}

bool load_is_other(const struct source *src)
{
    return is_utf16(src) || is_workbook(src);
}

void load_report_bytes(const struct load *l, struct pos at)
{
    const struct source *src = files_at(l->files, at.file);
    unsigned byte = (unsigned char)src->s[at.off];
    if (is_workbook(src)) {
        at.off = 0;
        diag(l->d, D_ENCODING, at,
            "this is no text, but a file of a spreadsheet or word processor");
        diag_hint(l->d, "in that program save it as CSV in UTF-8");
        return;
    }
    if (is_utf16(src)) {
        at.off = 0;
        diag(l->d, D_ENCODING, at, "this is UTF-16, not UTF-8");
        diag_hint(l->d, "save the file as UTF-8");
        return;
    }
    diag(l->d, D_ENCODING, at, "the byte 0x%02X is not UTF-8 here", byte);
    diag_hint(l->d, "save the file as UTF-8, not as Windows-1252 or Latin-1");
}

void load_report_character(const struct load *l, struct pos at, uint32_t cp)
{
    diag(l->d, D_CHARACTER, at, "the character U+%04lX may not stand in text",
        (unsigned long)cp);
    if (cp == 0x2028 || cp == 0x2029)
        diag_hint(l->d, "it breaks a line: use an ordinary line break");
    else if (cp == 0xfeff)
        diag_hint(l->d, "a byte order mark: it stands only at a file's start");
    else if (cp >= 0x80 && cp < 0xa0)
        diag_hint(l->d, "it may come from a wrong conversion of Windows-1252");
}

/*
 * YAML 1.1 ends lines, and so comments, where no editor shows it, and drops a
 * byte order mark at the start of any line.
 */
static bool is_hidden(uint32_t cp)
{
    return cp == 0x2028 || cp == 0x2029 || cp == 0xfeff;
}

bool load_check_bytes(const struct load *l, uint32_t number, bool *ascii)
{
    const struct source *src = files_at(l->files, number);
    unsigned found = 0;
    *ascii = true;
    size_t i = load_skip_bom(src);
    while (i < src->n && found < MOST_CHARACTERS) {
        unsigned char c = (unsigned char)src->s[i];
        if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t') {
            i++;
            continue;
        }
        uint32_t cp = 0;
        size_t length = utf8_decode(src->s + i, src->n - i, &cp);
        struct pos at = {number, (uint32_t)i};
        if (!length || (i < 4 && load_is_other(src))) {
            load_report_bytes(l, at);
            return false;
        }
        if (length > 1)
            *ascii = false;
        if (!utf8_allowed(cp) || is_hidden(cp)) {
            load_report_character(l, at, cp);
            found++;
        }
        i += length;
    }
    return found == 0;
}

/* Escapes may bring what the file's bytes could not. */
static bool check_escapes(const struct load *l, const struct node *n)
{
    size_t i = 0;
    while (i < n->s.n) {
        uint32_t cp = 0;
        size_t length = utf8_decode(n->s.s + i, n->s.n - i, &cp);
        if (!length || !utf8_allowed(cp)) {
            load_report_character(l, load_locate(l->files, n, i), cp);
            return false;
        }
        i += length;
    }
    return true;
}

/* The offset in its line of what stands at off. */
static size_t column(const char *s, size_t off)
{
    size_t start = off;
    while (start > 0 && s[start - 1] != '\n' && s[start - 1] != '\r')
        start--;
    return off - start;
}

/*
 * The '#' on the line after a plain text that would go on there: indented like
 * a second line of the text, and no blank after it.
 */
static const char *next_line_hash(
    const struct node *n, const char *file, const char *end)
{
    const char *line = end;
    while (is_blank(*line))
        line++;
    if (*line != '\n' && *line != '\r')
        return NULL;
    line += line[0] == '\r' && line[1] == '\n' ? 2 : 1;
    const char *s = line;
    while (*s == ' ')
        s++;
    if (*s != '#' || is_space(s[1]) || s[1] == '#')
        return NULL;
    const struct node *in = n->parent;
    bool goes_on = !in || in->style != NODE_BLOCK ||
        (size_t)(s - line) > column(file, in->pos.off);
    return goes_on ? s : NULL;
}

/*
 * The '#' after a scalar that YAML takes for the start of a comment, but that
 * may have been meant as text. NULL if there is none, or if it is a comment
 * beyond doubt: two blanks before it and one after.
 */
static const char *doubtful_hash(const struct node *n, const char *file)
{
    const char *end = file + n->end;
    const char *hash = end;
    while (is_blank(*hash))
        hash++;
    if (*hash == '#') {
        bool clear = is_space(hash[1]);
        if (n->style != NODE_PLAIN)
            return hash == end ? hash : NULL;
        if (n->s.n == 0)
            return clear ? NULL : hash;
        return clear && hash - end > 1 ? NULL : hash;
    }
    if (n->style != NODE_PLAIN || n->s.n == 0)
        return NULL;
    return next_line_hash(n, file, end);
}

static bool check_comment(const struct load *l, const struct node *n)
{
    if (n->style == NODE_LITERAL || n->style == NODE_FOLDED)
        return true;
    const char *file = files_at(l->files, n->pos.file)->s;
    const char *hash = doubtful_hash(n, file);
    if (!hash)
        return true;
    struct pos at = {n->pos.file, (uint32_t)(hash - file)};
    diag(l->d, D_YAML_COMMENT, at,
        "this '#' starts a comment: what follows it is not read");
    if (n->style == NODE_PLAIN)
        diag_hint(l->d,
            "put the text in quotes if it goes on, or write two "
            "blanks before the '#' and one after it");
    else
        diag_hint(l->d, "put blanks between the quote and the '#'");
    return false;
}

bool load_check_scalar(const struct load *l, const struct node *n, bool key)
{
    int64_t most = key ? l->limits->key : l->limits->text;
    if ((uint64_t)n->s.n > (uint64_t)most) {
        diag(l->d, key ? D_LIMIT_KEY : D_LIMIT_SCALAR, n->pos,
            "this %s has %zu bytes, more than %lld", key ? "key" : "text",
            n->s.n, (long long)most);
        load_hint_limit(l, key ? "key" : "text");
        return false;
    }
    if (n->style == NODE_QUOTED2 && !check_escapes(l, n))
        return false;
    return check_comment(l, n);
}
