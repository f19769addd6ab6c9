/* The syntax of PDF objects, read without trust. */
#include "pdf/read_int.h"

#include <string.h>

/* Ours nest four deep. */
enum { DEPTH_MOST = 32 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' ||
        c == '\0';
}

static bool is_regular(char c)
{
    return !is_blank(c) && !strchr("()<>[]{}/%", c);
}

static void skip_blanks(struct cursor *c)
{
    while (c->at < c->end && is_blank(*c->at))
        c->at++;
}

bool read_word(struct cursor *c, const char *word)
{
    size_t n = strlen(word);
    skip_blanks(c);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0)
        return false;
    c->at += n;
    return true;
}

static struct slice take_regular(struct cursor *c)
{
    const char *start = c->at;
    while (c->at < c->end && is_regular(*c->at))
        c->at++;
    return (struct slice){start, (size_t)(c->at - start)};
}

static struct value fail(struct cursor *c)
{
    c->failed = true;
    return (struct value){.kind = VALUE_NULL};
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
                                : -1;
}

/* "<FEFF…>", past its bracket. */
static struct value read_hex(struct cursor *c)
{
    struct buf b = buf_new(c->a);
    int high = -1;
    for (; c->at < c->end && *c->at != '>'; c->at++) {
        int digit = hex_digit(*c->at);
        if (digit < 0 && !is_blank(*c->at))
            return fail(c);
        if (digit >= 0 && high < 0) {
            high = digit;
        } else if (digit >= 0) {
            buf_putc(&b, (char)(high << 4 | digit));
            high = -1;
        }
    }
    if (c->at == c->end)
        return fail(c);
    c->at++;
    if (high >= 0)
        buf_putc(&b, (char)(high << 4));
    return (struct value){.kind = VALUE_STRING, .s = {b.s, b.n}};
}

/* What stands after a backslash: one of our octal numbers, or a character. */
static void read_escape(struct cursor *c, struct buf *b)
{
    unsigned v = 0, n = 0;
    while (n < 3 && c->at < c->end && *c->at >= '0' && *c->at <= '7') {
        v = v * 8 + (unsigned)(*c->at++ - '0');
        n++;
    }
    if (n)
        buf_putc(b, (char)(v & 255));
    else if (c->at < c->end)
        buf_putc(b, *c->at++);
}

/* "(…)", past its bracket. */
static struct value read_string(struct cursor *c)
{
    struct buf b = buf_new(c->a);
    size_t open = 1;
    while (c->at < c->end) {
        char next = *c->at++;
        open += next == '(';
        open -= next == ')';
        if (!open)
            return (struct value){.kind = VALUE_STRING, .s = {b.s, b.n}};
        if (next == '\\')
            read_escape(c, &b);
        else
            buf_putc(&b, next);
    }
    return fail(c);
}

/* The whole part of a number; one that is too large is the largest. */
static bool parse_number(struct slice s, int64_t *out)
{
    bool minus = s.n && s.s[0] == '-', digits = false;
    size_t i = minus || (s.n && s.s[0] == '+');
    int64_t v = 0;
    for (; i < s.n && s.s[i] >= '0' && s.s[i] <= '9'; i++) {
        int digit = s.s[i] - '0';
        v = v > (INT64_MAX - digit) / 10 ? INT64_MAX : v * 10 + digit;
        digits = true;
    }
    if (i < s.n && s.s[i] == '.') {
        for (i++; i < s.n && s.s[i] >= '0' && s.s[i] <= '9'; i++)
            digits = true;
    }
    *out = minus ? -v : v;
    return digits && i == s.n;
}

/* A number, or with another and an R after it a reference. */
static struct value read_number(struct cursor *c, struct slice s, int64_t n)
{
    struct cursor ahead = *c;
    int64_t generation;
    skip_blanks(&ahead);
    struct slice second = take_regular(&ahead);
    if (second.n && parse_number(second, &generation) &&
        read_word(&ahead, "R") &&
        (ahead.at == ahead.end || !is_regular(*ahead.at))) {
        c->at = ahead.at;
        return (struct value){.kind = VALUE_REF, .n = n};
    }
    return (struct value){.kind = VALUE_NUMBER, .s = s, .n = n};
}

static struct value read_plain(struct cursor *c)
{
    struct slice s = take_regular(c);
    int64_t n;
    if (parse_number(s, &n))
        return read_number(c, s, n);
    if (slice_is(s, "null"))
        return (struct value){.kind = VALUE_NULL};
    if (slice_is(s, "true") || slice_is(s, "false"))
        return (struct value){.kind = VALUE_WORD, .s = s};
    return fail(c);
}

static struct value read_at(struct cursor *c, unsigned depth);

/* Items up to the closing bracket; those of a dictionary come in pairs. */
static struct value read_items(
    struct cursor *c, enum value_kind kind, const char *close, unsigned depth)
{
    struct value list = {.kind = (uint8_t)kind};
    size_t cap = 0;
    while (!read_word(c, close)) {
        struct value item = read_at(c, depth + 1);
        bool key = kind == VALUE_DICT && list.count % 2 == 0;
        if (c->failed || (key && item.kind != VALUE_NAME))
            return fail(c);
        list.items = arena_grow(
            c->a, list.items, &cap, list.count + 1, sizeof *list.items);
        list.items[list.count++] = item;
    }
    return kind == VALUE_DICT && list.count % 2 ? fail(c) : list;
}

static struct value read_at(struct cursor *c, unsigned depth)
{
    skip_blanks(c);
    if (c->failed || c->at == c->end || depth > DEPTH_MOST)
        return fail(c);
    if (read_word(c, "<<"))
        return read_items(c, VALUE_DICT, ">>", depth);
    switch (*c->at) {
    case '[':
        c->at++;
        return read_items(c, VALUE_ARRAY, "]", depth);
    case '/':
        c->at++;
        return (struct value){.kind = VALUE_NAME, .s = take_regular(c)};
    case '(':
        c->at++;
        return read_string(c);
    case '<':
        c->at++;
        return read_hex(c);
    default:
        return read_plain(c);
    }
}

struct value read_value(struct cursor *c)
{
    return read_at(c, 0);
}

const struct value *read_key(const struct value *dict, const char *key)
{
    static const struct value NONE = {.kind = VALUE_NULL};
    if (dict->kind != VALUE_DICT)
        return &NONE;
    for (size_t i = 0; i + 1 < dict->count; i += 2) {
        if (slice_is(dict->items[i].s, key))
            return &dict->items[i + 1];
    }
    return &NONE;
}

struct slice read_text(struct arena *a, struct slice s)
{
    if (s.n < 2 || memcmp(s.s, "\xfe\xff", 2) != 0)
        return s;
    struct buf b = buf_new(a);
    const unsigned char *u = (const unsigned char *)s.s;
    for (size_t i = 2; i + 1 < s.n; i += 2) {
        uint32_t cp = (uint32_t)u[i] << 8 | u[i + 1];
        if (cp >= 0xd800 && cp < 0xdc00 && i + 3 < s.n) {
            uint32_t low = (uint32_t)u[i + 2] << 8 | u[i + 3];
            if (low >= 0xdc00 && low < 0xe000) {
                cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        buf_utf8(&b, cp >= 0xd800 && cp < 0xe000 ? 0xfffd : cp);
    }
    return (struct slice){b.s, b.n};
}
