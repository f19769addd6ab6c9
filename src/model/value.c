/* Typed scalars: lengths, colours, dates, names … and what is wrong with them.
 */
#include "model/keys_int.h"

#include <string.h>

enum { LISTED_NAMES = 12 };

/* Report a value that the type does not allow. */
static bool refuse(struct reader *r, enum diag_id id, struct node *n,
    const struct dest *to, const char *allowed)
{
    return keys_diag(r, id, n, "%s cannot be %s: %s", keys_name(r, to),
        diag_quote(r->l->d, n->s), allowed);
}

static const char *print_length(struct arena *a, int64_t length)
{
    if (length % 1000 == 0)
        return arena_printf(a, "%ldpt", (long)(length / 1000));
    return arena_printf(a, "%ld.%03ldpt", (long)(length / 1000),
        (long)(length < 0 ? -length : length) % 1000);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_number(struct slice s)
{
    size_t i = 0;
    while (i < s.n && (is_digit(s.s[i]) || s.s[i] == '.'))
        i++;
    return i && i == s.n;
}

/* A share of the free width, as "1fr" or "1.5fr", in thousandths. */
static bool parse_share(struct slice s, int32_t *share)
{
    if (s.n < 3 || memcmp(s.s + s.n - 2, "fr", 2) != 0)
        return false;
    int32_t value = 0, decimals = -1;
    for (size_t i = 0; i < s.n - 2; i++) {
        if (s.s[i] == '.' && decimals < 0 && i > 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(s.s[i]) || value > 100000 || decimals == 3)
            return false;
        value = value * 10 + (s.s[i] - '0');
        decimals += decimals >= 0;
    }
    if (decimals == 0)
        return false;
    for (int32_t i = decimals < 0 ? 0 : decimals; i < 3; i++)
        value *= 10;
    *share = value;
    return value > 0 && value <= 1000000;
}

/* Say how to write a length with a missing unit or a decimal comma. */
static void hint_length(struct reader *r, const struct node *n, bool share)
{
    struct diags *d = r->l->d;
    if (is_number(n->s)) {
        diag_hint(d, "a unit is missing: %s",
            share ? "mm, cm, pt, in or fr" : "mm, cm, pt or in");
        return;
    }
    char *other = arena_strndup(r->l->a, n->s.s, n->s.n);
    char *comma = memchr(other, ',', n->s.n);
    if (!comma)
        return;
    *comma = '.';
    int32_t part;
    rlen length;
    if (unit_parse(other, n->s.n, &length) ||
        (share && parse_share((struct slice){other, n->s.n}, &part)))
        diag_hint(d, "write %s", other);
}

static bool read_length(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    rlen length;
    struct arena *a = r->l->a;
    if (unit_parse(n->s.s, n->s.n, &length) && length >= t->min &&
        length <= t->max) {
        memcpy(to->at, &length, sizeof length);
        return true;
    }
    const char *allowed =
        arena_printf(a, "a length such as 16mm or 12pt, from %s to %s",
            print_length(a, t->min), print_length(a, t->max));
    if (refuse(r, D_VALUE, n, to, allowed))
        hint_length(r, n, false);
    return false;
}

static bool read_width(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct column *c = to->at;
    bool may_be_auto = !(t->flags & TYPE_SET);
    if (may_be_auto && slice_is(n->s, "auto")) {
        c->width_kind = WIDTH_AUTO;
    } else if (parse_share(n->s, &c->share)) {
        c->width_kind = WIDTH_SHARE;
    } else if (unit_parse(n->s.s, n->s.n, &c->width) && c->width > 0) {
        c->width_kind = WIDTH_FIXED;
    } else {
        if (refuse(r, D_VALUE, n, to,
                may_be_auto
                    ? "a length such as 16mm, at most 14400pt, a share such as "
                      "1fr, at most 1000fr, or auto"
                    : "a length such as 16mm, at most 14400pt, or a share such "
                      "as 1fr, at most 1000fr"))
            hint_length(r, n, true);
        return false;
    }
    return true;
}

static bool store_int(const struct dest *to, int64_t value)
{
    if (to->size == sizeof(uint8_t))
        memcpy(to->at, &(uint8_t){(uint8_t)value}, sizeof(uint8_t));
    else if (to->size == sizeof(int32_t))
        memcpy(to->at, &(int32_t){(int32_t)value}, sizeof(int32_t));
    else
        memcpy(to->at, &value, sizeof value);
    return true;
}

static bool read_int(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    int64_t value;
    if (unit_parse_int(n->s.s, n->s.n, t->min, t->max, &value))
        return store_int(to, value);
    refuse(r, D_VALUE, n, to,
        arena_printf(r->l->a, "a whole number from %ld to %ld", (long)t->min,
            (long)t->max));
    return false;
}

/* Other words for true and false. */
static void hint_bool(struct reader *r, struct slice s)
{
    static const char *const WORDS[][2] = {{"no", "yes"}, {"No", "Yes"},
        {"off", "on"}, {"False", "True"}, {"FALSE", "TRUE"}};
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        bool value = slice_is(s, WORDS[i][1]);
        if (value || slice_is(s, WORDS[i][0]))
            diag_hint(r->l->d, "write %s", value ? "true" : "false");
    }
}

static bool read_bool(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    bool value = slice_is(n->s, "true");
    if (t->kind == TYPE_TRUE) {
        if (!value)
            refuse(r, D_VALUE, n, to, "only true, or leave the key out");
        return value;
    }
    if (!value && !slice_is(n->s, "false")) {
        if (refuse(r, D_VALUE, n, to, "true or false"))
            hint_bool(r, n->s);
        return false;
    }
    memcpy(to->at, &value, sizeof value);
    return true;
}

static int hex_digit(char c)
{
    return is_digit(c)         ? c - '0'
        : c >= 'a' && c <= 'f' ? c - 'a' + 10
        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                               : -1;
}

static bool parse_colour(struct slice s, struct colour *out)
{
    uint8_t bytes[3];
    if (s.n != 7 || s.s[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(s.s[1 + 2 * i]), low = hex_digit(s.s[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high * 16 + low);
    }
    *out = (struct colour){bytes[0], bytes[1], bytes[2]};
    return true;
}

static bool read_colour(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    bool none = (t->flags & TYPE_NONE) && slice_is(n->s, "none");
    if (!none && !parse_colour(n->s, to->at)) {
        if (refuse(r, D_VALUE, n, to,
                t->flags & TYPE_NONE ? "a colour such as \"#1a2b3c\", or none"
                                     : "a colour such as \"#1a2b3c\"") &&
            !n->s.n)
            diag_hint(r->l->d,
                "unquoted, '#' begins a comment: write the colour in quotes");
        return false;
    }
    if (to->given)
        *to->given = !none;
    return true;
}

static bool read_date(struct reader *r, struct node *n, const struct dest *to)
{
    struct date date;
    if (uni_parse_date(n->s, &date)) {
        memcpy(to->at, &date, sizeof date);
        return true;
    }
    const char *hint = uni_hint_date(r->l->a, n->s);
    if (refuse(r, D_VALUE, n, to, "a date, year-month-day as in 2025-12-04") &&
        hint)
        diag_hint(r->l->d, "%s", hint);
    return false;
}

/* What people write instead of our words. */
static const char *other_word(struct slice s)
{
    static const char *const WORDS[][2] = {{"left", "start"}, {"right", "end"},
        {"middle", "centre"}, {"justified", "justify"}};
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (slice_is(s, WORDS[i][0]))
            return WORDS[i][1];
    }
    return NULL;
}

static bool read_enum(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    const char *other = other_word(n->s), *near = str_nearest(n->s, t->names);
    int64_t count = 0;
    for (; t->names[count]; count++) {
        if (slice_is(n->s, t->names[count]))
            return store_int(to, count);
        if (other && strcmp(other, t->names[count]) == 0)
            near = other;
    }
    const char *allowed = count <= LISTED_NAMES
        ? keys_join(r->l->a, t->names)
        : arena_printf(r->l->a, "none of its %ld values", (long)count);
    if (refuse(r, D_VALUE, n, to, allowed) && near)
        diag_hint(r->l->d, "did you mean '%s'?", near);
    return false;
}

bool keys_has_value(struct slice s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.s[i] == '$' && s.s[i + 1] == '(')
            return true;
    }
    return false;
}

bool keys_is_id(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (!(c >= 'a' && c <= 'z') && !(i && (is_digit(c) || c == '-')))
            return false;
    }
    return s.n > 0;
}

/* The id that is meant by one with capitals, blanks or low lines. */
static void hint_id(struct reader *r, struct slice s)
{
    char *id = arena_strndup(r->l->a, s.s, s.n);
    for (size_t i = 0; i < s.n; i++) {
        if (id[i] >= 'A' && id[i] <= 'Z')
            id[i] = (char)(id[i] - 'A' + 'a');
        else if (id[i] == '_' || id[i] == ' ' || id[i] == '.')
            id[i] = '-';
    }
    if (keys_is_id((struct slice){id, s.n}))
        diag_hint(r->l->d, "write %s", diag_quote(r->l->d, slice_of(id)));
}

/* The tag that is meant by the name of a locale, as "fr_FR". */
static void hint_language(struct reader *r, struct slice s)
{
    char *tag = arena_strndup(r->l->a, s.s, s.n);
    for (size_t i = 0; i < s.n; i++)
        tag[i] = tag[i] == '_' ? '-' : tag[i];
    if (uni_lang_known((struct slice){tag, s.n}))
        diag_hint(r->l->d, "write %s", tag);
}

/* The kinds that are stored as they are typed, once they are sound. */
static bool read_word(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    static const struct date SAMPLE = {2025, 12, 4};
    bool ok = true;
    bool values = t->flags & TYPE_VALUES && keys_has_value(n->s);
    if (t->kind == TYPE_ID && !values && !keys_is_id(n->s)) {
        ok = false;
        if (refuse(r, D_ID_FORM, n, to,
                "small letters, digits and hyphens, a letter first"))
            hint_id(r, n->s);
    } else if (t->kind == TYPE_LANGUAGE && !uni_lang_known(n->s)) {
        ok = false;
        if (refuse(
                r, D_LANG_UNKNOWN, n, to, "a language tag such as en or pt-BR"))
            hint_language(r, n->s);
    } else if (t->kind == TYPE_PATTERN &&
        !uni_format_date(r->l->a, SAMPLE, n->s, "en")) {
        ok = false;
        if (refuse(r, D_DATE_PATTERN, n, to, "a pattern such as dd MMMM yyyy"))
            diag_hint(r->l->d,
                "yyyy year, MM or MMMM month, dd day, EEEE weekday; other "
                "letters stand in single quotes");
    }
    if (ok)
        memcpy(to->at, &n->s, sizeof n->s);
    return ok;
}

bool keys_is_blank(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] != ' ' && s.s[i] != '\n' && s.s[i] != '\t')
            return false;
    }
    return true;
}

bool keys_scalar(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    bool text = t->kind == TYPE_TEXT || t->kind == TYPE_WORD;
    if (keys_is_blank(n->s) && (!text || (t->flags & TYPE_SOME)) &&
        t->kind != TYPE_COLOUR) {
        keys_nothing(r, n, to);
        return false;
    }
    switch ((enum type_kind)t->kind) {
    case TYPE_TEXT: {
        struct text *made = text_read(r, n, t->flags & TYPE_LATE);
        memcpy(to->at, &made, sizeof made);
        return true;
    }
    case TYPE_FILE:
        memcpy(to->at, &n, sizeof n);
        return true;
    case TYPE_BOOL:
    case TYPE_TRUE:
        return read_bool(r, t, n, to);
    case TYPE_INT:
        return read_int(r, t, n, to);
    case TYPE_LENGTH:
        return read_length(r, t, n, to);
    case TYPE_WIDTH:
        return read_width(r, t, n, to);
    case TYPE_COLOUR:
        return read_colour(r, t, n, to);
    case TYPE_DATE:
        return read_date(r, n, to);
    case TYPE_ENUM:
        return read_enum(r, t, n, to);
    case TYPE_WORD:
    case TYPE_ID:
    case TYPE_LANGUAGE:
    case TYPE_PATTERN:
        return read_word(r, t, n, to);
    case TYPE_MAP:
    case TYPE_NAMED:
    case TYPE_LIST:
    case TYPE_ONE_OF:
        break; /* not scalars */
    }
    return false;
}
