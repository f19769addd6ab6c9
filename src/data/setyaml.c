/* Data sets from lists of mappings: YAML, and JSON once it is nodes. */
#include "data/setload_int.h"

/* The names of all rows, in the order in which they come up. */
struct names {
    struct set_found *list;
    size_t n, cap;
};

/*
 * The place of a name, first looked for at `from`, where it is in rows that are
 * written alike; the number of names if it is new.
 */
static size_t find_name(const struct names *names, struct slice s, size_t from)
{
    for (size_t i = 0; i < names->n; i++) {
        size_t at = (from + i) % names->n;
        if (slice_eq(names->list[at].source, s))
            return at;
    }
    return names->n;
}

static void add_name(
    struct set_loading *ld, struct names *names, struct slice s, struct pos at)
{
    names->list = arena_grow(ld->scratch.a, names->list, &names->cap,
        names->n + 1, sizeof *names->list);
    names->list[names->n++] = (struct set_found){s, at};
}

/* One above the limit is enough to report it. */
static void collect_names(
    struct set_loading *ld, const struct node *root, struct names *names)
{
    size_t most = (size_t)ld->s->l->limits->data_columns;
    for (uint32_t i = 0; i < root->count; i++) {
        const struct node *row = root->items[i];
        size_t at = 0;
        for (uint32_t k = 0; row->kind == NODE_MAP && k < row->count; k++) {
            at = find_name(names, row->keys[k]->s, at);
            if (at == names->n && names->n <= most)
                add_name(ld, names, row->keys[k]->s, row->keys[k]->pos);
            at++;
        }
    }
}

/* An empty list has the columns that the report speaks of. */
static void declared_names(struct set_loading *ld, struct names *names)
{
    const struct dataset *def = ld->set->def;
    for (uint32_t i = 0; i < def->ncolumns; i++)
        add_name(ld, names, def->columns[i].source, def->columns[i].node->pos);
    for (uint32_t i = 0; i <= def->ntypes; i++) {
        struct slice name = i < def->ntypes ? def->types[i].name : def->key;
        bool named = !name.n || find_name(names, name, 0) < names->n;
        for (uint32_t k = 0; k < def->ncolumns; k++)
            named = named || slice_eq(def->columns[k].name, name);
        if (!named)
            add_name(ld, names, name, def->node->pos);
    }
}

static const char *what_is(const struct node *n)
{
    return n->kind == NODE_LIST ? "a list"
        : n->kind == NODE_MAP   ? "a mapping"
        : n->s.n                ? "a text"
                                : "nothing";
}

/* Report a number in JSON that other programs would not read as it stands. */
static void tell_lossy(
    struct set_loading *ld, const struct set_column *c, struct node *n)
{
    const struct load *l = &ld->scratch;
    if (load_diag(l, D_SET_LOSSY, n,
            "'%s' would lose digits of %s where it is read as a number",
            c->name, diag_quote(l->d, n->s)))
        diag_hint(l->d, "quote it: \"%.*s\"", (int)n->s.n, n->s.s);
}

/* Is an unquoted value of JSON the same wherever it is read? */
static bool is_exact(const struct set_column *c, const struct node *n)
{
    struct slice s = n->s;
    char first = s.n ? s.s[0] : '\0';
    if (n->style != NODE_PLAIN ||
        !(first == '-' || (first >= '0' && first <= '9')))
        return true;
    if (!set_keeps_digits(s))
        return false;
    /* As a text it must be what is printed of the number. */
    bool point = false;
    for (size_t i = 0; i < s.n; i++) {
        point = point || s.s[i] == '.';
        if (s.s[i] == 'e' || s.s[i] == 'E')
            return c->storage != SET_TEXT;
    }
    return c->storage != SET_TEXT ||
        !((point && s.s[s.n - 1] == '0') || slice_is(s, "-0"));
}

static void read_value(
    struct set_loading *ld, uint32_t column, struct node *n, bool json)
{
    const struct load *l = &ld->scratch;
    const struct set_column *c = &ld->set->columns[column];
    if (n->bad) {
        set_drop(ld, column);
    } else if (n->kind != NODE_SCALAR) {
        load_diag(l, D_TYPE, n, "'%s' of '%s' wants a text, has %s", c->name,
            ld->set->name, what_is(n));
        set_drop(ld, column);
    } else if (json && !is_exact(c, n)) {
        tell_lossy(ld, c, n);
        set_drop(ld, column);
    } else if (!set_put(ld, column, n->s)) {
        set_refuse(ld, column, n->s, n->pos);
        diag_path(l->d, load_path(l->a, n));
    }
}

/* False at the limit of rows. */
static bool read_row(struct set_loading *ld, const struct names *names,
    struct node *row, bool json)
{
    const struct load *l = &ld->scratch;
    if (row->bad || row->kind != NODE_MAP || !row->count) {
        if (row->kind == NODE_MAP && !row->bad)
            load_diag(l, D_ROW_EMPTY, row, "a row with nothing in it");
        else
            load_diag(
                l, D_TYPE, row, "a row is a mapping, has %s", what_is(row));
        ld->set->partial = true;
        return true;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        at = find_name(names, row->keys[i]->s, at);
        read_value(ld, (uint32_t)at, row->items[i], json);
        at++;
    }
    return set_row(ld, row->pos);
}

void set_read_nodes(struct set_loading *ld, struct node *root, bool json)
{
    struct names names = {0};
    if (root->kind != NODE_LIST) {
        if (load_diag(&ld->scratch, D_TYPE, root,
                "the file wants a list of rows, has %s", what_is(root)))
            diag_hint(ld->scratch.d, "begin each row with '- '");
        return;
    }
    collect_names(ld, root, &names);
    if (!root->count)
        declared_names(ld, &names);
    if (!names.n) {
        if (load_diag(
                &ld->scratch, D_ROW_HEADER, root, "no row names a column"))
            diag_hint(ld->scratch.d,
                "a row is a mapping of columns and values; of a list without "
                "rows 'types' can name them");
        return;
    }
    set_room(ld, root->count);
    if (!set_columns(ld, names.list, (uint32_t)names.n))
        return;
    for (uint32_t i = 0; i < root->count; i++) {
        if (!read_row(ld, &names, root->items[i], json))
            break;
    }
}

void set_read_yaml(struct set_loading *ld)
{
    struct files *files = ld->s->l->files;
    unsigned before = diag_errors(ld->s->l->d);
    uint32_t known = files_count(files);
    struct node *root = load_file(&ld->scratch, ld->file);
    /* What data include is data. */
    for (uint32_t i = known + 1; i <= files_count(files); i++)
        files_set_role(files, i, FILE_DATA);
    if (root)
        set_read_nodes(ld, root, false);
    if (diag_errors(ld->s->l->d) != before)
        ld->set->partial = true;
}
