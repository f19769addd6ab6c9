/* Code: text as it is, line by line. */
#include "inline/inline_int.h"

#include <string.h>

enum { TAB = 4 }; /* columns; no font has a glyph for it */

static void end_line(struct code_lines *c)
{
    c->lines = arena_grow(
        c->b->in->l->a, c->lines, &c->cap, (size_t)c->n + 1, sizeof *c->lines);
    c->lines[c->n++] = inline_finish(c->b);
    c->b->style = SPAN_CODE;
}

static void put_tab(struct code_lines *c, struct place at)
{
    size_t column = utf8_count(c->b->text.s ? c->b->text.s : "", c->b->text.n);
    inline_put_code(c->b, (struct slice){"    ", TAB - column % TAB}, at);
}

void inline_code_put(struct code_lines *c, struct slice s, struct place at)
{
    c->b->style = SPAN_CODE;
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && s.s[i] != '\n' && s.s[i] != '\t')
            i++;
        struct place here = at;
        if (!at.fixed)
            here.off += (uint32_t)from;
        inline_put_code(c->b, (struct slice){s.s + from, i - from}, here);
        if (i == s.n)
            break;
        if (s.s[i++] == '\n')
            end_line(c);
        else
            put_tab(c, here);
    }
}

void inline_code_end(struct code_lines *c)
{
    if (c->b->n)
        end_line(c);
}

void inline_code(struct resolver *in, const struct text *t, struct block *out)
{
    struct code_lines c = {.b = inline_builder(in)};
    for (uint32_t i = 0; i < t->npieces; i++) {
        const struct piece *p = &t->pieces[i];
        struct slice s = {t->s.s + p->off, p->n};
        c.b->style = SPAN_CODE;
        if (p->kind == PIECE_SOURCE)
            inline_code_put(
                &c, s, (struct place){t, p->off, false, ORIGIN_TEXT});
        else
            inline_value(c.b, t, p, true);
    }
    inline_code_end(&c);
    inline_builder_free(c.b);
    out->lines = c.lines;
    out->nlines = c.n;
}
