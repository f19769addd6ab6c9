/* Labels: of sections, annexes, tables and items of lists. */
#include "inline/inline_int.h"

#include <string.h>

/* a … z, aa, ab … */
static size_t put_letters(char *out, int64_t n)
{
    char digits[16];
    size_t count = 0, at = 0;
    for (; n > 0; n = (n - 1) / 26)
        digits[count++] = (char)('a' + (n - 1) % 26);
    while (count)
        out[at++] = digits[--count];
    return at;
}

static size_t put_roman(char *out, int64_t n)
{
    static const struct {
        int value;
        char s[3];
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
        {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
        {4, "iv"}, {1, "i"}};
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (; n >= parts[i].value; n -= parts[i].value) {
            size_t len = strlen(parts[i].s);
            memcpy(out + at, parts[i].s, len);
            at += len;
        }
    }
    return at;
}

struct slice inline_number(
    struct arena *a, enum numbering how, int64_t n, bool upper)
{
    char out[32];
    size_t len = 0;
    if (how == NUMBERING_NONE)
        return (struct slice){"", 0};
    if (how == NUMBERING_LETTER && n > 0)
        len = put_letters(out, n);
    else if (how == NUMBERING_ROMAN && n > 0 && n < 4000)
        len = put_roman(out, n);
    if (!len)
        return slice_of(arena_printf(a, "%lld", (long long)n));
    for (size_t i = 0; upper && i < len; i++)
        out[i] = (char)(out[i] - 'a' + 'A');
    return (struct slice){arena_strndup(a, out, len), len};
}

struct slice inline_label(
    struct arena *a, struct slice label, struct slice number)
{
    static const char mark[] = "$(n)";
    const size_t n = sizeof mark - 1;
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    for (size_t i = 0; i < label.n;) {
        if (label.n - i >= n && memcmp(label.s + i, mark, n) == 0) {
            buf_put(&out, number.s, number.n);
            i += n;
        } else {
            buf_putc(&out, label.s[i++]);
        }
    }
    while (out.n && out.s[out.n - 1] == ' ')
        out.n--;
    return (struct slice){out.s, out.n};
}

struct slice inline_item_label(
    struct resolver *in, uint8_t level, bool numbered, int64_t number)
{
    uint8_t deepest = LIST_LEVELS - 1;
    const struct list_level *l =
        &in->doc->profile->levels[level < deepest ? level : deepest];
    if (!numbered)
        return l->mark;
    struct arena *a = in->l->a;
    struct slice n =
        inline_number(a, (enum numbering)l->numbering, number, false);
    if (!n.n)
        return n;
    return slice_of(arena_printf(a, "%.*s%.*s", (int)n.n, n.s,
        (int)l->number_suffix.n, l->number_suffix.s));
}

/* "a" and "b" with something between them, unless one is empty. */
static struct slice join(
    struct arena *a, struct slice x, const char *between, struct slice y)
{
    if (!x.n)
        return y;
    return slice_of(
        arena_printf(a, "%.*s%s%.*s", (int)x.n, x.s, between, (int)y.n, y.s));
}

struct slice inline_annex_label(
    struct arena *a, const struct profile *p, int64_t n)
{
    return inline_label(a, p->labels[LABEL_ANNEX],
        inline_number(a, (enum numbering)p->annex_numbering, n, true));
}

/* A section's number in the profile's form. */
static struct slice section_label(
    struct resolver *in, enum numbering how, struct slice n)
{
    static const uint8_t FORMS[] = {[NUMBERING_DECIMAL] = LABEL_DECIMAL,
        [NUMBERING_LETTER] = LABEL_LETTER,
        [NUMBERING_ROMAN] = LABEL_ROMAN};
    return inline_label(in->l->a, in->doc->profile->labels[FORMS[how]], n);
}

/* A reference stands in a sentence: "see 2.1" is to the heading "2.1.". */
static struct slice without_point(struct slice label)
{
    if (label.n && label.s[label.n - 1] == '.')
        label.n--;
    return label;
}

/* A section with a number begins a count of its own for those it holds. */
static void begin_count(struct arena *a, struct above *under)
{
    under->count = ARENA_NEW(a, int64_t);
}

struct slice inline_section_label(struct resolver *in, const struct section *s,
    const struct above *above, uint32_t index, struct slice *ref,
    struct above *under)
{
    struct arena *a = in->l->a;
    struct slice label = {"", 0};
    *under = *above;
    under->level = (uint8_t)(above->level + 1);
    under->numbering = s->numbering;
    *ref = label;
    if (s->annex) {
        label = *ref =
            inline_annex_label(a, in->doc->profile, (int64_t)index + 1);
        /* The sections of an annex begin anew. */
        under->decimal = (struct slice){0};
        under->ref = label;
        if (label.n)
            under->before = join(a, label, ",", SLICE(" "));
        begin_count(a, under);
        return label;
    }
    enum numbering how = (enum numbering)above->numbering;
    if (how == NUMBERING_NONE)
        return label;
    begin_count(a, under);
    struct slice n;
    if (how == NUMBERING_DECIMAL) {
        n = inline_number(a, how, ++*above->count, false);
        n = under->decimal = join(a, above->decimal, ".", n);
        label = section_label(in, how, n);
        *ref = join(a, above->before, "", without_point(label));
    } else {
        n = inline_number(a, how, (int64_t)index + 1, false);
        label = section_label(in, how, n);
        *ref = join(a, above->ref, " ", without_point(label));
        /* "2.1 a)" holds "2.1 a.1", which prints as "a.1". */
        under->decimal = n;
        under->before = (struct slice){0};
        if (above->ref.n)
            under->before = join(a, above->ref, "", SLICE(" "));
    }
    under->ref = *ref;
    return label;
}
