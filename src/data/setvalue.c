/* Values of data sets: made from what is written, by the column's type. */
#include "data/csv_int.h"
#include "data/setload_int.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A hint costs as many comparisons as there are choices. */
enum { LISTED = 12, HINTED = 1000, DIGITS_KEPT = 15, DIGITS_MOST = 40 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "-12", without a zero before it, and within 64 bits. */
static bool read_integer(struct slice s, int64_t *out)
{
    size_t at = s.n && s.s[0] == '-';
    if (at == s.n || (s.s[at] == '0' && s.n > 1))
        return false;
    int64_t value = 0;
    for (; at < s.n; at++) {
        if (!is_digit(s.s[at]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s.s[at] - '0', &value))
            return false;
    }
    if (s.s[0] != '-' && __builtin_sub_overflow(0, value, &value))
        return false;
    *out = value;
    return true;
}

/* The parts of a number; offsets in it. */
struct parts {
    size_t whole, point, exponent, end; /* point, exponent: = end: none */
};

/* "-12", "1.5", "2e-3": no zero before another digit, no blank, no '+'. */
static bool read_parts(struct slice s, struct parts *p)
{
    size_t at = s.n && s.s[0] == '-';
    *p = (struct parts){at, s.n, s.n, s.n};
    while (at < s.n && is_digit(s.s[at]))
        at++;
    if (at == p->whole || (s.s[p->whole] == '0' && at > p->whole + 1))
        return false;
    if (at < s.n && s.s[at] == '.') {
        p->point = at++;
        while (at < s.n && is_digit(s.s[at]))
            at++;
        if (at == p->point + 1)
            return false;
    }
    if (at < s.n && (s.s[at] == 'e' || s.s[at] == 'E')) {
        p->exponent = at++;
        at += at < s.n && (s.s[at] == '-' || s.s[at] == '+');
        size_t first = at;
        while (at < s.n && is_digit(s.s[at]))
            at++;
        if (at == first)
            return false;
    }
    return at == s.n;
}

/* Copy the digits that count; SIZE_MAX if there are more than room for. */
static size_t significant(struct slice s, const struct parts *p, char *out)
{
    size_t n = 0, zeros = 0;
    for (size_t i = p->whole; i < p->exponent; i++) {
        char c = s.s[i];
        if (c == '.' || (c == '0' && !n))
            continue;
        if (c == '0') {
            zeros++;
            continue;
        }
        for (; zeros; zeros--) {
            if (n == DIGITS_MOST)
                return SIZE_MAX;
            out[n++] = '0';
        }
        if (n == DIGITS_MOST)
            return SIZE_MAX;
        out[n++] = c;
    }
    return n;
}

static bool read_double(struct slice s, double *out)
{
    char room[64];
    struct parts p;
    if (s.n >= sizeof room || !read_parts(s, &p))
        return false;
    memcpy(room, s.s, s.n);
    room[s.n] = '\0';
    errno = 0;
    *out = strtod(room, NULL);
    return errno != ERANGE;
}

bool set_keeps_digits(struct slice number)
{
    struct parts p;
    double value;
    char digits[DIGITS_MOST], printed[DIGITS_MOST + 16];
    if (!read_parts(number, &p) || !read_double(number, &value))
        return false;
    size_t n = significant(number, &p, digits);
    if (n <= DIGITS_KEPT)
        return true;
    if (n > DIGITS_MOST)
        return false;
    snprintf(printed, sizeof printed, "%.*e", (int)n - 1, value);
    const char *at = printed + (printed[0] == '-');
    return at[0] == digits[0] && memcmp(at + 2, digits + 1, n - 1) == 0;
}

static int compare_choice(const void *key, const void *item)
{
    const struct slice *a = key, *b = item;
    return slice_compare(*a, *b);
}

static bool is_choice(const struct set_column *c, struct slice s)
{
    return bsearch(&s, c->choices, c->type->nchoices, sizeof *c->choices,
               compare_choice) != NULL;
}

bool set_convert(
    const struct set_column *c, struct slice text, struct set_value *out)
{
    struct date date;
    *out = (struct set_value){
        .storage = text.n ? c->storage : SET_NULL, .s = text};
    if (!text.n)
        return true;
    if (c->storage == SET_INTEGER)
        return read_integer(text, &out->i);
    if (c->storage == SET_REAL)
        return read_double(text, &out->d) && set_keeps_digits(text);
    return (c->kind != COLUMN_DATE || uni_parse_date(text, &date)) &&
        (c->kind != COLUMN_CHOICE || is_choice(c, text));
}

/* "a, b or c", or how many there are. */
static const char *list_choices(struct arena *a, const struct column_type *type)
{
    struct buf b = buf_new(a);
    if (type->nchoices > LISTED)
        return arena_printf(a, "none of its %u values", type->nchoices);
    for (uint32_t i = 0; i < type->nchoices; i++) {
        if (i)
            buf_puts(&b, i + 1 < type->nchoices ? ", " : " or ");
        buf_put(&b, type->choices[i].s, type->choices[i].n);
    }
    return b.s;
}

static void hint_choice(
    const struct load *l, const struct column_type *type, struct slice text)
{
    if (type->nchoices > HINTED || diag_errors(l->d) > HINTED)
        return;
    const char **names =
        ARENA_ARRAY(l->a, (size_t)type->nchoices + 1, const char *);
    for (uint32_t i = 0; i < type->nchoices; i++)
        names[i] = arena_strndup(l->a, type->choices[i].s, type->choices[i].n);
    const char *near = str_nearest(text, names);
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
}

/* What a number looks like that cannot be read as one. */
static void hint_number(
    const struct load *l, const struct set_column *c, struct slice text)
{
    size_t at = text.n && text.s[0] == '-', marks = 0;
    bool zero =
        at + 1 < text.n && text.s[at] == '0' && is_digit(text.s[at + 1]);
    char *other = arena_strndup(l->a, text.s, text.n);
    for (size_t i = at; i < text.n; i++) {
        if (text.s[i] == ',')
            other[i] = '.';
        marks += text.s[i] == ',' || text.s[i] == '.';
        if (!is_digit(text.s[i]) && !strchr(",. '", text.s[i]))
            return;
    }
    double value;
    if (zero || (c->storage == SET_INTEGER && !marks))
        diag_hint(l->d, "without a type it is kept as it is written");
    else if (marks == 1 && c->storage == SET_REAL &&
        read_double((struct slice){other, text.n}, &value))
        diag_hint(l->d, "write %s", other);
    else if (marks)
        diag_hint(l->d, "write it without marks between its digits");
}

void set_report(struct sets *s, const struct set *set,
    const struct set_column *c, struct slice text, struct pos at)
{
    const struct load *l = s->l;
    double value;
    if (c->storage == SET_REAL && read_double(text, &value)) {
        diag(l->d, D_SET_LOSSY, at, "'%s' of '%s' cannot keep all digits of %s",
            c->name, set->name, diag_quote(l->d, text));
        diag_hint(l->d, "without a type it is kept as it is written");
        return;
    }
    const char *wanted = c->storage == SET_INTEGER ? "a whole number such as 12"
        : c->storage == SET_REAL                   ? "a number such as 1.5"
        : c->kind == COLUMN_DATE ? "a date, year-month-day as in 2025-12-04"
                                 : list_choices(l->a, c->type);
    diag(l->d, D_SET_VALUE, at, "'%s' of '%s' cannot be %s: %s", c->name,
        set->name, diag_quote(l->d, text), wanted);
    if (c->storage != SET_TEXT) {
        hint_number(l, c, text);
    } else if (c->kind == COLUMN_CHOICE) {
        hint_choice(l, c->type, text);
    } else {
        const char *hint = uni_hint_date(l->a, text);
        if (hint)
            diag_hint(l->d, "%s", hint);
    }
}

bool sets_value(struct sets *s, const struct set *set,
    const struct set_column *column, struct slice text, struct pos at,
    struct set_value *out)
{
    if (!csv_check_cell(s->l, slice_of(column->name), text.n, at))
        return false;
    if (set_convert(column, text, out))
        return true;
    set_report(s, set, column, text, at);
    return false;
}

void sets_bind(
    struct sets *s, sqlite3_stmt *stmt, int at, const struct set_value *v)
{
    int result = SQLITE_OK;
    switch ((enum set_storage)v->storage) {
    case SET_NULL:
        result = sqlite3_bind_null(stmt, at);
        break;
    case SET_INTEGER:
        result = sqlite3_bind_int64(stmt, at, v->i);
        break;
    case SET_REAL:
        result = sqlite3_bind_double(stmt, at, v->d);
        break;
    case SET_TEXT:
        result =
            sqlite3_bind_text(stmt, at, v->s.s, (int)v->s.n, SQLITE_STATIC);
        break;
    }
    sets_result(s, result);
}
