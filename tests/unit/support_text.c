/* Fixtures of the tests of src/text. */
#include "support_text.h"

#include <string.h>

struct type *new_type(struct arena *a)
{
    static const char *langs[] = {"en", "ro", "th"};
    struct type *t = ARENA_NEW(a, struct type);
    t->a = a;
    t->l = new_load(a);
    t->style = (struct style){
        .family = SLICE("serif"), .size = PT(10), .leading = PT(12)};
    t->profile = ARENA_NEW(a, struct profile);
    for (size_t i = 0; i < STYLE_COUNT; i++)
        t->profile->styles[i] = t->style;
    t->profile->styles[STYLE_CODE].family = SLICE("mono");
    t->doc = ARENA_NEW(a, struct doc);
    t->doc->profile = t->profile;
    t->doc->langs = langs;
    t->doc->nlangs = sizeof langs / sizeof *langs;
    return t;
}

struct type *open_type(struct arena *a)
{
    struct type *t = new_type(a);
    t->fonts = fonts_open(t->l, t->doc);
    assert_string_equal(messages(t->l), "");
    assert_non_null(t->fonts->priv->cuts);
    return t;
}

const char *show_items(struct type *t, const struct items *items)
{
    static const char breaks[] = {[ITEM_BREAK_NONE] = 0,
        [ITEM_BREAK_ALLOWED] = '|',
        [ITEM_BREAK_LAST] = '?',
        [ITEM_BREAK_HYPHEN] = '-'};
    struct buf out = buf_new(t->a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < items->n; i++) {
        const struct item *it = &items->v[i];
        if (it->kind == ITEM_WORD) {
            buf_printf(&out, "[%.*s]", (int)it->word->s.n, it->word->s.s);
            if (breaks[it->brk])
                buf_putc(&out, breaks[it->brk]);
        } else {
            buf_putc(&out,
                it->kind == ITEM_SPACE       ? '_'
                    : it->kind == ITEM_FIXED ? '='
                                             : '/');
        }
    }
    return out.s;
}

struct items shape_plain(struct type *t, const char *s)
{
    struct shape_spec spec = {.style = &t->style};
    struct pos pos = {0};
    return text_shape_plain(t->fonts, t->a, slice_of(s), pos, &spec);
}

const char *show_plain(struct type *t, const char *s)
{
    struct items items = shape_plain(t, s);
    return show_items(t, &items);
}

const char *show_lines(
    struct type *t, const struct items *items, const struct lines *lines)
{
    struct buf out = buf_new(t->a);
    for (uint32_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->v[i];
        struct slice s =
            text_of(t->a, items->v + line->first, line->last - line->first);
        buf_printf(&out, "%s%.*s%s%s", i ? "/" : "", (int)s.n, s.s,
            line->hyphen ? "-" : "", line->over ? "!" : "");
    }
    return out.s;
}

struct items make_items(struct type *t, const char *s)
{
    struct items items = {.v = ARENA_ARRAY(t->a, strlen(s) + 1, struct item)};
    items.natural = INT32_MAX; /* not known: no short cut */
    uint16_t look = fonts_look(t->fonts, &t->style, 0);
    fonts_cut(t->fonts, look);
    for (; *s; s++) {
        struct item *last = items.n ? &items.v[items.n - 1] : NULL;
        struct item it = {.look = look, .kind = ITEM_WORD, .width = PT(10)};
        const char *mark = strchr("|?-", *s);
        if (mark && last) {
            last->brk = *s == '|' ? ITEM_BREAK_ALLOWED
                : *s == '?'       ? ITEM_BREAK_LAST
                                  : ITEM_BREAK_HYPHEN;
            continue;
        }
        struct word *w = ARENA_NEW(t->a, struct word);
        w->s = (struct slice){s, 1};
        it.word = w;
        if (*s == ' ' || *s == '=' || *s == '_') {
            it.kind = *s == '=' ? ITEM_FIXED : ITEM_SPACE;
            it.brk = *s == '_' ? ITEM_BREAK_LAST : ITEM_BREAK_NONE;
            it.width = PT(3);
            if (*s == '_')
                w->s = SLICE(" ");
        } else if (*s == '/') {
            it = (struct item){.look = look, .kind = ITEM_BREAK};
        }
        items.v[items.n++] = it;
    }
    return items;
}

struct lines break_items(
    struct type *t, struct items *items, rlen width, unsigned mode)
{
    struct break_spec spec = {.width = width, .mode = (uint8_t)mode};
    return text_break(t->fonts, t->a, items, &spec);
}

const char *lines_of(struct type *t, const char *s, rlen width, unsigned mode)
{
    struct items items = make_items(t, s);
    struct lines lines = break_items(t, &items, width, mode);
    return show_lines(t, &items, &lines);
}

void breaks_long_paragraphs(struct type *t, rlen width, unsigned mode)
{
    enum { MANY = 400000 };
    static const char *const patterns[] = {"a?", "a|", "a ", "aa-"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        size_t n = strlen(patterns[i]);
        char *s = arena_alloc(t->a, MANY + 1);
        for (size_t j = 0; j < MANY; j += n)
            memcpy(s + j, patterns[i], n);
        s[MANY / n * n] = '\0';
        struct items items = make_items(t, s);
        struct lines lines = break_items(t, &items, width, mode);
        assert_true(lines.n > 100);
    }
}
