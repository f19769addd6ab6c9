/* libyaml reads a file; what it finds goes into a tree. Only home of libyaml.
 */
#include "load/tree_int.h"

#include <yaml.h>

#include <string.h>

struct parse {
    struct tree tree;
    const struct source *src;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_parser, has_event; /* are to be deleted */
    bool ascii; /* each character is one byte */
    size_t start; /* offset of the first character */
    size_t chars, off; /* number of a character and its offset, to go on from */
    uint32_t quoted, quoted_end; /* offsets of the last text, if it is quoted */
};

/* Also run when memory runs out within an event. */
static void release(void *p)
{
    struct parse *y = p;
    if (y->has_event)
        yaml_event_delete(&y->event);
    if (y->has_parser)
        yaml_parser_delete(&y->parser);
    y->has_event = y->has_parser = false;
}

static bool goes_on(char c)
{
    return (c & 0xc0) == 0x80;
}

/*
 * libyaml counts characters. Its marks hardly ever go back, so that walking
 * from the last one to the next is about one pass over the file.
 */
static uint32_t offset_of(struct parse *y, const yaml_mark_t *mark)
{
    const char *s = y->src->s;
    if (y->ascii)
        return (uint32_t)(y->start + mark->index);
    while (y->chars < mark->index && y->off < y->src->n) {
        do {
            y->off++;
        } while (goes_on(s[y->off]));
        y->chars++;
    }
    while (y->chars > mark->index && y->off > y->start) {
        do {
            y->off--;
        } while (goes_on(s[y->off]));
        y->chars--;
    }
    return (uint32_t)y->off;
}

static const char *chars_of(const yaml_char_t *s)
{
    return (const char *)s;
}

static uint32_t skip_space(const char *s, uint32_t off, uint32_t end)
{
    while (off < end && strchr(" \t\r\n#", s[off])) {
        if (s[off] == '#')
            off += (uint32_t)strcspn(s + off, "\r\n");
        else
            off++;
    }
    return off;
}

/* The offset after the anchor and tag of a scalar, in any order. */
static uint32_t skip_properties(const char *s, const struct found *f)
{
    uint32_t off = f->start;
    bool anchor = f->anchor, tag = f->tag;
    while (
        off < f->end && ((anchor && s[off] == '&') || (tag && s[off] == '!'))) {
        if (s[off] == '&') {
            off += (uint32_t)strlen(f->anchor) + 1;
            anchor = false;
        } else {
            off += (uint32_t)strcspn(s + off, " \t\r\n");
            tag = false;
        }
        off = skip_space(s, off, f->end);
    }
    return off < f->end ? off : f->end;
}

/* The end of a block's text without the empty lines after it. */
static uint32_t trim_block(const char *s, uint32_t from, uint32_t end)
{
    uint32_t off = end;
    while (off > from && strchr(" \t\r\n", s[off - 1]))
        off--;
    while (off < end && s[off] != '\r' && s[off] != '\n')
        off++;
    return off;
}

static enum node_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return NODE_QUOTED1;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return NODE_QUOTED2;
    case YAML_LITERAL_SCALAR_STYLE:
        return NODE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return NODE_FOLDED;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        break;
    }
    return NODE_PLAIN;
}

static void on_scalar(struct parse *y)
{
    const yaml_event_t *e = &y->event;
    enum node_style style = style_of(e->data.scalar.style);
    struct found f = {
        .start = offset_of(y, &e->start_mark),
        .end = offset_of(y, &e->end_mark),
        .anchor = chars_of(e->data.scalar.anchor),
        .tag = e->data.scalar.tag,
    };
    f.at = skip_properties(y->src->s, &f);
    if (style == NODE_LITERAL || style == NODE_FOLDED)
        f.end = trim_block(y->src->s, f.at, f.end);
    bool quoted = style == NODE_QUOTED1 || style == NODE_QUOTED2;
    y->quoted = quoted ? f.at : 0;
    y->quoted_end = quoted ? f.end : 0;
    struct slice value = {
        chars_of(e->data.scalar.value), e->data.scalar.length};
    load_tree_scalar(&y->tree, &f, style, value);
}

/* The start of a list or mapping. */
static void on_start(struct parse *y, bool list)
{
    const yaml_event_t *e = &y->event;
    bool flow = list ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                     : e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct found f = {
        .start = offset_of(y, &e->start_mark),
        .end = offset_of(y, &e->end_mark),
        .anchor = chars_of(list ? e->data.sequence_start.anchor
                                : e->data.mapping_start.anchor),
        .tag = list ? e->data.sequence_start.tag : e->data.mapping_start.tag,
    };
    f.at = f.start;
    if (f.anchor || f.tag) {
        /* The event ends after a '[' or '{', before a block's first entry, but
         * after the '-' of a list that is indented like its key. */
        bool after = flow || (list && y->src->s[f.end] != '-');
        f.at = f.end - after;
    }
    load_tree_open(&y->tree, &f, list ? NODE_LIST : NODE_MAP,
        flow ? NODE_FLOW : NODE_BLOCK);
}

static void on_alias(struct parse *y)
{
    const yaml_event_t *e = &y->event;
    uint32_t off = offset_of(y, &e->start_mark);
    struct found f = {
        .start = off, .at = off, .end = offset_of(y, &e->end_mark)};
    load_tree_alias(&y->tree, &f, slice_of(chars_of(e->data.alias.anchor)));
}

static void on_document(struct parse *y)
{
    struct diags *d = y->tree.l->d;
    if (!y->tree.root)
        return;
    uint32_t off = offset_of(y, &y->event.start_mark);
    diag(d, D_YAML_DOCUMENTS, (struct pos){y->tree.file, off},
        "a second YAML document starts here");
    diag_hint(d, "put it in a file of its own, or take the '---' out");
    y->tree.failed = true;
    y->tree.root = NULL;
}

/* What libyaml cannot read ends the file: what came before is incomplete. */
static void on_fault(struct parse *y)
{
    const yaml_parser_t *p = &y->parser;
    if (p->error == YAML_MEMORY_ERROR)
        arena_exhausted(y->tree.l->a);
    struct load_fault fault = {.problem = p->problem,
        .context = p->context,
        .quoted = y->quoted,
        .quoted_end = y->quoted_end};
    fault.at = offset_of(y, &p->problem_mark);
    fault.from = p->context ? offset_of(y, &p->context_mark) : fault.at;
    load_report_fault(y->tree.l, y->tree.file, &fault);
    y->tree.failed = true;
    y->tree.root = NULL;
}

/* Handle one event; false after the last one. */
static bool take_event(struct parse *y)
{
    if (!yaml_parser_parse(&y->parser, &y->event)) {
        on_fault(y);
        return false;
    }
    y->has_event = true;
    yaml_event_type_t type = y->event.type;
    switch (type) {
    case YAML_DOCUMENT_START_EVENT:
        on_document(y);
        break;
    case YAML_SCALAR_EVENT:
        on_scalar(y);
        break;
    case YAML_ALIAS_EVENT:
        on_alias(y);
        break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        on_start(y, type == YAML_SEQUENCE_START_EVENT);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        load_tree_close(&y->tree, offset_of(y, &y->event.end_mark));
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    yaml_event_delete(&y->event);
    y->has_event = false;
    return type != YAML_STREAM_END_EVENT && !y->tree.failed;
}

static bool is_empty(const struct node *root)
{
    return !root ||
        (root->kind == NODE_SCALAR && root->style == NODE_PLAIN &&
            root->s.n == 0 && !root->bad);
}

/* A file without a value is a mistake; a text of our own may be empty. */
static void check_empty(struct tree *t)
{
    if (t->failed || !is_empty(t->root))
        return;
    if (!t->lists) {
        t->root = load_tree_node(t, NODE_SCALAR, NODE_PLAIN, 0, 0);
        return;
    }
    diag(t->l->d, D_YAML_EMPTY, (struct pos){t->file, 0},
        "nothing is in this file");
    t->root = NULL;
}

struct node *load_parse(struct loading *g, uint32_t number,
    const struct load_place *place, struct load_lists *lists)
{
    struct parse *y = ARENA_NEW(g->l->a, struct parse);
    if (!load_check_bytes(g->l, number, &y->ascii))
        return NULL;
    load_tree_init(&y->tree, g, number, place, lists);
    y->src = files_at(g->l->files, number);
    y->start = y->off = load_skip_bom(y->src);
    arena_on_free(g->l->a, release, y);
    if (!yaml_parser_initialize(&y->parser))
        arena_exhausted(g->l->a);
    y->has_parser = true;
    yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y->parser,
        (const unsigned char *)y->src->s + y->start, y->src->n - y->start);
    while (take_event(y))
        continue;
    release(y);
    if (y->tree.root && !y->tree.failed)
        load_tree_check_anchors(&y->tree);
    check_empty(&y->tree);
    return g->stopped ? NULL : y->tree.root;
}
