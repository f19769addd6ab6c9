/* Name trees and number trees (PDF 1.7, 7.9.6 and 7.9.7). */
#include "pdf/pdf_int.h"

enum { LEAF_ENTRIES = 64, LEAF_BYTES = 1 << 14, NODE_KIDS = 64 };

struct tree pdf_tree(struct pdf *p, bool names)
{
    return (struct tree){.p = p, .names = names, .leaf = buf_new(p->a)};
}

static struct slice keep(struct tree *t, struct slice s)
{
    return (struct slice){arena_strndup(t->p->a, s.s, s.n), s.n};
}

/* Write a node with these entries. `alone`: it is the root. Returns its id. */
static uint32_t write_node(struct tree *t, const struct tree_node *node,
    const char *entries, struct slice body, bool alone)
{
    struct buf b = buf_new(t->p->a);
    uint32_t id = pdf_new_id(t->p);
    buf_puts(&b, "<<");
    if (!alone) {
        buf_puts(&b, "/Limits[");
        buf_put(&b, node->first.s, node->first.n);
        buf_putc(&b, ' ');
        buf_put(&b, node->last.s, node->last.n);
        buf_puts(&b, "]");
    }
    buf_puts(&b, entries);
    buf_put(&b, body.s, body.n);
    buf_puts(&b, "]>>");
    pdf_save_object(t->p, id, (struct slice){b.s, b.n});
    return id;
}

static void end_leaf(struct tree *t, bool alone)
{
    struct arena *a = t->p->a;
    struct tree_node node = {t->first, t->last, 0};
    node.id = write_node(t, &node, t->names ? "/Names[" : "/Nums[",
        (struct slice){t->leaf.s, t->leaf.n}, alone);
    t->nodes =
        arena_grow(a, t->nodes, &t->cap, t->nnodes + 1, sizeof *t->nodes);
    t->nodes[t->nnodes++] = node;
    t->leaf.n = 0;
    t->waiting = 0;
}

struct buf *pdf_tree_entry(struct tree *t, struct slice key)
{
    if (t->waiting == LEAF_ENTRIES || t->leaf.n >= LEAF_BYTES)
        end_leaf(t, false);
    t->last = keep(t, key);
    if (!t->waiting++)
        t->first = t->last;
    else
        buf_putc(&t->leaf, '\n');
    buf_put(&t->leaf, key.s, key.n);
    buf_putc(&t->leaf, ' ');
    return &t->leaf;
}

/* Put a node above the nodes from..to-1. */
static struct tree_node join(struct tree *t, size_t from, size_t to, bool alone)
{
    struct tree_node node = {t->nodes[from].first, t->nodes[to - 1].last, 0};
    struct buf kids = buf_new(t->p->a);
    for (size_t i = from; i < to; i++) {
        pdf_put_ref(&kids, t->nodes[i].id);
        buf_putc(&kids, ' ');
    }
    node.id =
        write_node(t, &node, "/Kids[", (struct slice){kids.s, kids.n}, alone);
    return node;
}

uint32_t pdf_tree_end(struct tree *t)
{
    if (t->waiting)
        end_leaf(t, t->nnodes == 0);
    /* The nodes of each level take the places of those below them. */
    while (t->nnodes > 1) {
        size_t above = 0;
        for (size_t i = 0; i < t->nnodes; i += NODE_KIDS) {
            size_t end = i + NODE_KIDS < t->nnodes ? i + NODE_KIDS : t->nnodes;
            t->nodes[above++] = join(t, i, end, t->nnodes <= NODE_KIDS);
        }
        t->nnodes = above;
    }
    return t->nnodes ? t->nodes[0].id : 0;
}
