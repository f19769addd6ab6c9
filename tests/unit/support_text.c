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
