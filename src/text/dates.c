/* Dates in a text: no line should end inside one. */
#include "text/text_int.h"

#include "base/uni.h"

/* The names of months in a language. */
struct months {
    struct slice names[UNI_MONTHS];
    size_t n;
    bool tried;
};

static bool is_month(struct fonts *f, uint16_t lang, struct slice s)
{
    struct fonts_priv *p = f->priv;
    if (!p->months)
        p->months = ARENA_ARRAY(p->l->a, p->doc->nlangs, struct months);
    struct months *m = &p->months[lang];
    if (!m->tried) {
        m->tried = true;
        m->n = uni_months(p->l->a, p->doc->langs[lang], m->names);
    }
    /* What stands after a month: "December," "(June". */
    while (s.n && (s.s[s.n - 1] == ',' || s.s[s.n - 1] == '.'))
        s.n--;
    while (s.n && s.s[0] == '(') {
        s.s++;
        s.n--;
    }
    for (size_t i = 0; i < m->n; i++)
        if (slice_eq(m->names[i], s))
            return true;
    return false;
}

/* Digits at one end of an item; those of a day or a year. */
static bool has_digits(const struct item *it, bool at_end)
{
    if (it->kind != ITEM_WORD || !it->word->s.n)
        return false;
    struct slice s = it->word->s;
    size_t n = 0;
    if (at_end && s.n > 1 && (s.s[s.n - 1] == ',' || s.s[s.n - 1] == '.'))
        s.n--;
    while (n < s.n &&
        uni_is_digit((unsigned char)(at_end ? s.s[s.n - 1 - n] : s.s[n])))
        n++;
    return n == 1 || n == 2 || (!at_end && n == 4);
}

void dates_bind(
    struct fonts *f, struct item *items, size_t n, const struct rich *text)
{
    for (size_t i = 1; i + 1 < n; i++) {
        const struct item *before = &items[i - 1], *after = &items[i + 1];
        if (items[i].kind != ITEM_SPACE || before->kind != ITEM_WORD ||
            after->kind != ITEM_WORD)
            continue;
        /* "4 December", "December 2025", and "December 4, 2025". */
        bool inside =
            (has_digits(before, true) &&
                is_month(f, item_lang(text, after), after->word->s)) ||
            (has_digits(after, false) &&
                (is_month(f, item_lang(text, before), before->word->s) ||
                    (i >= 2 && items[i - 2].brk == ITEM_BREAK_LAST &&
                        items[i - 2].kind == ITEM_SPACE &&
                        has_digits(before, true))));
        if (inside)
            items[i].brk = ITEM_BREAK_LAST;
    }
}
