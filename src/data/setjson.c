/* Data sets from JSON: read into nodes, as if it were YAML. */
#include "base/json.h"
#include "data/setload_int.h"

#include <string.h>

/* A list of rows that grows. */
struct rows_found {
    struct node **items;
    size_t n, cap;
};

static struct node *new_node(struct set_loading *ld, enum node_kind kind,
    size_t at, size_t end, struct slice s)
{
    struct node *n = ARENA_NEW(ld->scratch.a, struct node);
    *n = (struct node){.kind = (uint8_t)kind,
        .style = NODE_FLOW,
        .pos = {ld->file, (uint32_t)at},
        .end = (uint32_t)end,
        .s = s};
    return n;
}

/* Escapes may bring what the file's bytes could not. */
static void check_text(struct set_loading *ld, struct node *n)
{
    for (size_t i = 0; i < n->s.n;) {
        uint32_t cp = 0;
        size_t length = utf8_decode(n->s.s + i, n->s.n - i, &cp);
        if (!length || !utf8_allowed(cp)) {
            load_report_character(&ld->scratch, n->pos, cp);
            n->bad = true;
            return;
        }
        i += length;
    }
}

/* A value: null is empty, a number or word as it is written. */
static struct node *value_node(
    struct set_loading *ld, const struct json_member *m)
{
    static const enum node_kind KINDS[] = {[JSON_FORM_NULL] = NODE_SCALAR,
        [JSON_FORM_WORD] = NODE_SCALAR,
        [JSON_FORM_NUMBER] = NODE_SCALAR,
        [JSON_FORM_TEXT] = NODE_SCALAR,
        [JSON_FORM_LIST] = NODE_LIST,
        [JSON_FORM_MAP] = NODE_MAP};
    struct slice s = m->form == JSON_FORM_NULL ? SLICE("") : m->text;
    struct node *n = new_node(ld, KINDS[m->form], m->at, m->end, s);
    if (n->kind == NODE_SCALAR)
        n->style = m->form == JSON_FORM_TEXT ? NODE_QUOTED2 : NODE_PLAIN;
    if (m->form == JSON_FORM_TEXT)
        check_text(ld, n);
    return n;
}

static struct node *row_node(struct set_loading *ld, const struct json_row *row)
{
    struct arena *a = ld->scratch.a;
    enum node_kind kind = row->form == JSON_FORM_MAP ? NODE_MAP
        : row->form == JSON_FORM_LIST                ? NODE_LIST
                                                     : NODE_SCALAR;
    const char *file = files_at(ld->s->l->files, ld->file)->s;
    struct slice text = {file + row->at, row->end - row->at};
    struct node *n = new_node(ld, kind, row->at, row->end, text);
    if (kind != NODE_MAP)
        return n;
    n->count = (uint32_t)row->n;
    n->items = ARENA_ARRAY(a, row->n, struct node *);
    n->keys = ARENA_ARRAY(a, row->n, struct node *);
    for (uint32_t i = 0; i < row->n; i++) {
        const struct json_member *m = &row->members[i];
        struct node *key =
            new_node(ld, NODE_SCALAR, m->key_at, m->key_at + m->key.n, m->key);
        n->keys[i] = key;
        n->items[i] = value_node(ld, m);
        key->parent = n->items[i]->parent = n;
        key->index = n->items[i]->index = i;
    }
    return n;
}

/* What people write that is no JSON. */
static const char *hint_of(struct slice text, size_t at)
{
    char c = at < text.n ? text.s[at] : '\0';
    if (c == '/' || c == '#')
        return "JSON has no comments";
    if (c == '\'')
        return "texts and keys stand in double quotes";
    if (c == '}' || c == ']')
        return "no comma stands after the last one";
    if (c == '{')
        return "rows stand in '[' and ']', divided by commas";
    return NULL;
}

/* Read all rows; NULL, reported, if the file is no list in JSON. */
static struct node *read_rows(struct set_loading *ld)
{
    const struct load *l = &ld->scratch;
    const struct source *file = files_at(l->files, ld->file);
    struct slice text = {file->s, file->n};
    bool bom = text.n >= 3 && memcmp(text.s, "\xef\xbb\xbf", 3) == 0;
    struct json_list list = {.a = l->a, .text = text, .at = bom ? 3 : 0};
    struct json_row row = {0};
    struct rows_found rows = {0};
    while (json_next(&list, &row)) {
        rows.items = arena_grow(
            l->a, rows.items, &rows.cap, rows.n + 1, sizeof *rows.items);
        rows.items[rows.n++] = row_node(ld, &row);
    }
    if (list.fault) {
        diag(l->d, D_JSON_SYNTAX,
            (struct pos){ld->file, (uint32_t)list.fault_at},
            "this is no JSON: %s", list.fault);
        const char *hint = hint_of(list.text, list.fault_at);
        if (hint)
            diag_hint(l->d, "%s", hint);
        return NULL;
    }
    struct node *root = new_node(ld, NODE_LIST, 0, text.n, text);
    root->items = rows.items;
    root->count = (uint32_t)rows.n;
    for (uint32_t i = 0; i < root->count; i++) {
        root->items[i]->parent = root;
        root->items[i]->index = i;
    }
    return root;
}

void set_read_json(struct set_loading *ld)
{
    bool ascii;
    unsigned before = diag_errors(ld->s->l->d);
    struct node *root =
        load_check_bytes(&ld->scratch, ld->file, &ascii) ? read_rows(ld) : NULL;
    if (root)
        set_read_nodes(ld, root, true);
    if (diag_errors(ld->s->l->d) != before)
        ld->set->partial = true;
}
