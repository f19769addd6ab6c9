/* Identifiers: where they stand in a cell, when two are one, their prefixes. */
#include "review/checks_int.h"

#include "base/uni.h"

#include <string.h>

/* What a byte position holds. */
enum sort { SORT_LETTER, SORT_DIGIT, SORT_MARK, SORT_OTHER };

/* The character at i, its length, and what it is: marks divide words. */
static enum sort sort_at(struct slice s, size_t i, uint32_t *cp, size_t *len)
{
    *len = utf8_decode(s.s + i, s.n - i, cp);
    if (!*len) {
        *len = 1;
        *cp = 0xfffd;
        return SORT_OTHER;
    }
    uint32_t c = *cp;
    if (c < 0x80) {
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        return letter                         ? SORT_LETTER
            : c >= '0' && c <= '9'            ? SORT_DIGIT
            : c && strchr("._-/ \t", (char)c) ? SORT_MARK
                                              : SORT_OTHER;
    }
    if (c == 0xa0 || (c >= 0x2010 && c <= 0x2014) || c == 0x202f)
        return SORT_MARK;
    return uni_is_letter(c) || uni_is_mark(c) ? SORT_LETTER
        : uni_is_digit(c)                     ? SORT_DIGIT
                                              : SORT_OTHER;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static struct slice trim(struct slice s)
{
    while (s.n && is_blank(s.s[0]))
        s = (struct slice){s.s + 1, s.n - 1};
    while (s.n && is_blank(s.s[s.n - 1]))
        s.n--;
    return s;
}

/*
 * At least three letters and digits, among them a digit or, between them, a
 * mark that is no blank: not "none", not "N/A", not "see below".
 */
static bool is_identifier(struct slice s)
{
    size_t count = 0, len;
    bool telling = false, mark = false;
    uint32_t cp;
    for (size_t i = 0; i < s.n; i += len) {
        enum sort sort = sort_at(s, i, &cp, &len);
        if (sort == SORT_LETTER || sort == SORT_DIGIT) {
            telling = telling || sort == SORT_DIGIT || (mark && count);
            mark = false;
            count++;
        } else {
            mark = sort == SORT_MARK && !is_blank(s.s[i]) && cp != 0xa0;
        }
    }
    return telling && count >= 3;
}

/* The length of "(ex " at i: a bracket, a word of small letters, a blank. */
static size_t bracket_at(struct slice s, size_t i)
{
    size_t at = i + 1;
    if (s.s[i] != '(')
        return 0;
    while (at < s.n && s.s[at] >= 'a' && s.s[at] <= 'z')
        at++;
    return at > i + 1 && at < s.n && s.s[at] == ' ' ? at + 1 - i : 0;
}

size_t identifiers_of(struct slice cell, struct slice out[IDENTIFIERS_MOST])
{
    size_t n = 0, from = 0;
    bool inside = false;
    for (size_t i = 0; i <= cell.n && n < IDENTIFIERS_MOST; i++) {
        size_t skip = 1;
        if (i < cell.n) {
            size_t bracket = inside ? 0 : bracket_at(cell, i);
            bool cut = bracket || strchr(",;\n", cell.s[i]) ||
                (inside && cell.s[i] == ')');
            if (!cell.s[i] || !cut)
                continue;
            inside = bracket || (inside && cell.s[i] != ')');
            skip = bracket ? bracket : 1;
        }
        struct slice piece = trim((struct slice){cell.s + from, i - from});
        if (is_identifier(piece))
            out[n++] = piece;
        from = i + skip;
        i = from - 1;
    }
    return n;
}

struct slice identifier_key(struct arena *a, struct slice identifier)
{
    /* A small letter takes no more bytes than 4, a gap one. */
    char *key = arena_alloc(a, identifier.n * 5 + 1);
    size_t n = 0, len;
    uint32_t cp;
    enum sort last = SORT_OTHER;
    for (size_t i = 0; i < identifier.n; i += len) {
        enum sort sort = sort_at(identifier, i, &cp, &len);
        bool word = sort == SORT_LETTER || sort == SORT_DIGIT;
        if (word && n && sort != last)
            key[n++] = ' ';
        if (word)
            n += utf8_encode(uni_lower(cp), key + n);
        last = sort;
    }
    return (struct slice){key, n};
}

void identifier_fold(struct buf *out, struct slice word)
{
    size_t len;
    for (size_t i = 0; i < word.n; i += len) {
        uint32_t cp;
        sort_at(word, i, &cp, &len);
        buf_utf8(out, uni_lower(cp));
    }
}

/*
 * The end of the word of letters at *i and, in *i, of the marks after it; 0 if
 * there is no such word, or nothing comes after the marks.
 */
static size_t take_word(struct slice s, size_t *i)
{
    size_t at = *i, len = 0;
    uint32_t cp;
    while (at < s.n && sort_at(s, at, &cp, &len) == SORT_LETTER)
        at += len;
    size_t end = at;
    while (at < s.n && sort_at(s, at, &cp, &len) == SORT_MARK)
        at += len;
    if (end == *i || at == end || at == s.n ||
        sort_at(s, at, &cp, &len) == SORT_OTHER)
        return 0;
    *i = at;
    return end;
}

static struct slice between(struct slice s, size_t from, size_t to)
{
    return (struct slice){s.s + from, to - from};
}

size_t identifier_prefixes(struct slice s, struct prefix out[2])
{
    size_t at = 0, end = take_word(s, &at);
    if (!end)
        return 0;
    struct slice first = between(s, 0, end), whole = between(s, 0, at);
    out[0] = (struct prefix){
        .whole = whole, .own = whole, .word = first, .depth = 1};
    size_t second = at;
    out[0].number = s.s[at] >= '0' && s.s[at] <= '9';
    bool apart = memchr(s.s + end, ' ', at - end) != NULL;
    end = take_word(s, &at);
    if (!end)
        return 1;
    struct slice word = between(s, second, end);
    out[1] = (struct prefix){.whole = between(s, 0, at),
        .own = between(s, second, at),
        .word = word,
        .above = first,
        .depth = 2};
    /* "Suppl. Y.58" is "Y.Suppl.58": the letter of a series comes first. */
    if (apart && word.n <= 2 && first.n > 2) {
        out[1].own = out[1].whole;
        out[1].word = first;
        out[1].above = word;
        out[0] = out[1];
        return 1;
    }
    return 2;
}

bool identifier_same_word(struct slice shorter, struct slice longer)
{
    size_t i = 0, j = 0, len, letters = 0;
    uint32_t a, b;
    for (; i < shorter.n && j < longer.n; letters++) {
        sort_at(shorter, i, &a, &len);
        i += len;
        sort_at(longer, j, &b, &len);
        j += len;
        if (uni_lower(a) != uni_lower(b))
            return false;
    }
    if (i < shorter.n)
        return false;
    bool abbreviated = j < longer.n;
    for (; j < longer.n; j += len) {
        sort_at(longer, j, &b, &len);
        if (uni_lower(b) != b)
            return false;
    }
    return !abbreviated || letters >= 3;
}
