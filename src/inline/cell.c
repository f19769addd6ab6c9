/* Cells of tables: their text, and the address that all of it leads to. */
#include "inline/inline_int.h"

static void put_cell(struct builder *b, const struct linked *l)
{
    if (l->cell.kind == CELL_TEXT) {
        inline_run(b, l->cell.text, 0, (uint32_t)l->cell.text->s.n);
        return;
    }
    /* A text of its own says where the cell stands. */
    struct text *t = ARENA_NEW(b->in->l->a, struct text);
    *t = (struct text){.pos = l->pos, .one_place = true};
    inline_put(b, (struct slice){l->cell.s, l->cell.n},
        (struct place){t, 0, true, ORIGIN_VALUE});
}

/* A link to something of the report: known when all its targets are. */
static void refer(struct builder *b, uint32_t link, const struct linked *l,
    struct slice address)
{
    struct pending p = {.form = REF_LINK,
        .link = link,
        .id = {address.s + 1, address.n - 1},
        .text = l->address};
    b->pending = arena_grow(b->in->l->a, b->pending, &b->pending_cap,
        (size_t)b->npending + 1, sizeof p);
    b->pending[b->npending++] = p;
}

/* Where the link leads; false if it leads nowhere, which was reported. */
static bool lead(struct builder *b, uint32_t link, const struct linked *l)
{
    struct resolver *in = b->in;
    const char *why = NULL;
    struct slice address =
        inline_literal_plain(in, l->address, 0, (uint32_t)l->address->s.n);
    if (address.n > 1 && address.s[0] == '#') {
        refer(b, link, l, address);
        return true;
    }
    in->doc->links[link].uri = inline_uri(in->l->a, address, &why);
    if (why)
        inline_tell(in, D_MD_LINK, l->address, 0, why, NULL);
    return !why;
}

struct rich inline_linked(struct resolver *in, const struct linked *l)
{
    struct builder *b = inline_builder(in);
    uint32_t link = inline_add_link(in, (struct link){.target = 0});
    b->link = link;
    put_cell(b, l);
    b->link = 0;
    uint32_t spans = b->n;
    if (spans && lead(b, link, l)) {
        b->ranges = arena_grow(in->l->a, b->ranges, &b->ranges_cap,
            (size_t)b->nranges + 1, sizeof *b->ranges);
        b->ranges[b->nranges++] = (struct link_range){.link = link, .n = spans};
    } else {
        for (uint32_t i = 0; i < spans; i++)
            b->spans[i].link = 0;
    }
    struct rich r = inline_finish(b);
    inline_builder_free(b);
    return r;
}
