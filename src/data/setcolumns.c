/* The columns of a data set: their names in SQL, their types, their table. */
#include "data/setload_int.h"

#include <stdlib.h>
#include <string.h>

const char *set_sql_name(struct arena *a, struct slice source)
{
    struct buf b = buf_new(a);
    bool gap = false;
    buf_puts(&b, "");
    for (size_t i = 0; i < source.n; i++) {
        char c = source.s[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool digit = c >= '0' && c <= '9';
        if (!(c >= 'a' && c <= 'z') && !digit && c != '_') {
            gap = true;
            continue;
        }
        if ((gap && b.n) || (digit && !b.n))
            buf_putc(&b, '_');
        gap = false;
        buf_putc(&b, c);
    }
    return b.s;
}

/* What `columns` calls a column of the file, or NULL. */
static const struct column_name *given_name(
    const struct dataset *def, struct slice source)
{
    for (uint32_t i = 0; i < def->ncolumns; i++) {
        if (slice_eq(def->columns[i].source, source))
            return &def->columns[i];
    }
    return NULL;
}

/* SQLite would take these for the number of a row. */
static bool is_rowid(const char *name)
{
    return strcmp(name, "rowid") == 0 || strcmp(name, "oid") == 0 ||
        strcmp(name, "_rowid_") == 0;
}

static void hint_name(struct load *l, struct slice source)
{
    diag_hint(l->d, "name it in the report: columns: {NAME: %s}",
        diag_quote(l->d, source));
}

static bool name_column(
    struct set_loading *ld, const struct set_found *f, struct set_column *c)
{
    struct load *l = &ld->scratch;
    struct arena *a = ld->s->l->a;
    const struct column_name *given = given_name(ld->set->def, f->source);
    c->source =
        (struct slice){arena_strndup(a, f->source.s, f->source.n), f->source.n};
    c->name = given ? arena_strndup(a, given->name.s, given->name.n)
                    : set_sql_name(a, f->source);
    if (*c->name && !is_rowid(c->name))
        return true;
    diag(l->d, D_ROW_HEADER, f->at,
        *c->name ? "the column %s would be SQLite's number of a row"
                 : "the column %s has no letter or digit for its name in SQL",
        diag_quote(l->d, f->source));
    hint_name(l, f->source);
    return false;
}

/* By name, those of one name in the order of the file. */
static int compare_columns(const void *a, const void *b)
{
    const struct set_column *x = *(const struct set_column *const *)a;
    const struct set_column *y = *(const struct set_column *const *)b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x > y) - (x < y);
}

static bool check_clashes(struct set_loading *ld, const struct set_found *found)
{
    const struct set *set = ld->set;
    struct load *l = &ld->scratch;
    const struct set_column **order =
        ARENA_ARRAY(l->a, set->ncolumns, const struct set_column *);
    bool sound = true;
    for (uint32_t i = 0; i < set->ncolumns; i++)
        order[i] = &set->columns[i];
    qsort(order, set->ncolumns, sizeof *order, compare_columns);
    for (uint32_t i = 1; i < set->ncolumns; i++) {
        const struct set_column *a = order[i - 1], *b = order[i];
        if (strcmp(a->name, b->name) != 0)
            continue;
        diag(l->d, D_ROW_HEADER, found[b - set->columns].at,
            "the columns %s and %s are both '%s' in SQL",
            diag_quote(l->d, a->source), diag_quote(l->d, b->source), b->name);
        hint_name(l, b->source);
        sound = false;
    }
    return sound;
}

/* Report a column that the report speaks of and the file lacks. */
static void tell_missing(
    struct set_loading *ld, struct node *at, struct slice name, bool in_file)
{
    const struct load *l = ld->s->l;
    const struct set *set = ld->set;
    const char **names =
        ARENA_ARRAY(l->a, (size_t)set->ncolumns + 1, const char *);
    for (uint32_t i = 0; i < set->ncolumns; i++) {
        const struct set_column *c = &set->columns[i];
        names[i] =
            in_file ? arena_strndup(l->a, c->source.s, c->source.n) : c->name;
    }
    if (!load_diag(l, D_ROW_COLUMN, at, "%s has no column %s",
            diag_quote(l->d, set->def->file->s), diag_quote(l->d, name)))
        return;
    for (uint32_t i = 0; !in_file && i < set->ncolumns; i++) {
        if (slice_eq(set->columns[i].source, name)) {
            diag_hint(l->d, "in SQL it is named '%s'", set->columns[i].name);
            return;
        }
    }
    const char *near = str_nearest(name, names);
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
    else
        sets_hint_column(ld->s, set, name);
}

static int compare_slices(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    return slice_compare(*x, *y);
}

static struct slice *sort_choices(
    struct arena *a, const struct column_type *type)
{
    struct slice *sorted = arena_alloc(a, type->nchoices * sizeof *sorted);
    memcpy(sorted, type->choices, type->nchoices * sizeof *sorted);
    qsort(sorted, type->nchoices, sizeof *sorted, compare_slices);
    return sorted;
}

static void type_column(struct set_loading *ld, const struct column_type *type)
{
    struct set_column *c = sets_column(ld->set, type->name);
    if (!c) {
        tell_missing(ld, type->key, type->name, false);
        return;
    }
    c->type = type;
    c->kind = type->kind;
    c->storage = set_storage_of(ld->s->report, type);
    if (type->kind == COLUMN_CHOICE)
        c->choices = sort_choices(ld->s->l->a, type);
}

static bool has_source(const struct set *set, struct slice source)
{
    for (uint32_t i = 0; i < set->ncolumns; i++) {
        if (slice_eq(set->columns[i].source, source))
            return true;
    }
    return false;
}

/* What the report says of columns must be of columns that there are. */
static void apply_report(struct set_loading *ld)
{
    struct set *set = ld->set;
    const struct dataset *def = set->def;
    for (uint32_t i = 0; i < def->ncolumns; i++) {
        const struct column_name *name = &def->columns[i];
        if (!has_source(set, name->source))
            tell_missing(ld, name->node, name->source, true);
    }
    for (uint32_t i = 0; i < def->ntypes; i++)
        type_column(ld, &def->types[i]);
    if (!def->key.n)
        return;
    const struct set_column *key = sets_column(set, def->key);
    if (key)
        set->key = (int32_t)(key - set->columns);
    else
        tell_missing(ld, load_find(def->node, "key"), def->key, false);
}

static const char *decl_of(const struct set_column *c)
{
    return c->storage == SET_INTEGER ? "INTEGER"
        : c->storage == SET_REAL     ? "REAL"
                                     : "TEXT";
}

static void make_table(struct set_loading *ld)
{
    const struct set *set = ld->set;
    struct buf create = buf_new(ld->scratch.a), insert = buf_new(ld->scratch.a);
    buf_printf(&create, "CREATE TABLE \"%s\" (", set->name);
    buf_printf(&insert, "INSERT INTO \"%s\" VALUES (", set->name);
    for (uint32_t i = 0; i < set->ncolumns; i++) {
        buf_printf(&create, "%s\"%s\" %s", i ? ", " : "", set->columns[i].name,
            decl_of(&set->columns[i]));
        buf_puts(&insert, i ? ", ?" : "?");
    }
    buf_putc(&create, ')');
    buf_putc(&insert, ')');
    sqlite3_stmt *stmt = sets_prepare(ld->s, create.s);
    sets_result(ld->s, sqlite3_step(stmt));
    sets_finish(ld->s, stmt);
    ld->insert = sets_prepare(ld->s, insert.s);
    ld->values = ARENA_ARRAY(ld->scratch.a, set->ncolumns, struct set_value);
}

static bool check_number(
    struct set_loading *ld, const struct set_found *found, uint32_t n)
{
    struct load *l = &ld->scratch;
    int64_t most = l->limits->data_columns;
    if (n <= most)
        return true;
    diag(l->d, D_LIMIT_COLUMNS, found[most].at,
        "the data set has %u columns, more than %lld", n, (long long)most);
    diag_hint(l->d, "--limit data-columns=N raises this limit");
    return false;
}

bool set_columns(
    struct set_loading *ld, const struct set_found *found, uint32_t n)
{
    struct set *set = ld->set;
    set->bad = true;
    if (!check_number(ld, found, n))
        return false;
    set->columns = ARENA_ARRAY(ld->s->l->a, n, struct set_column);
    set->ncolumns = n;
    bool named = true;
    for (uint32_t i = 0; i < n; i++) {
        struct set_column *c = &set->columns[i];
        c->storage = SET_TEXT;
        named = name_column(ld, &found[i], c) && named;
    }
    if (!named || !check_clashes(ld, found))
        return false;
    unsigned before = diag_errors(ld->s->l->d);
    apply_report(ld);
    make_table(ld);
    set->bad = diag_errors(ld->s->l->d) != before;
    return true;
}

/* The entry of `types` for a column of a data set, or NULL. */
static const struct column_type *find_type(
    const struct report *r, struct slice set, struct slice column)
{
    for (uint32_t i = 0; i < r->ndatasets; i++) {
        const struct dataset *def = &r->datasets[i];
        for (uint32_t k = 0; slice_eq(def->name, set) && k < def->ntypes; k++) {
            if (slice_eq(def->types[k].name, column))
                return &def->types[k];
        }
    }
    return NULL;
}

uint8_t set_storage_of(const struct report *r, const struct column_type *type)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < r->ndatasets; i++)
        left += r->datasets[i].ntypes;
    /* Columns that are in each other in a ring are texts. */
    for (; type && type->kind == COLUMN_IN; left--) {
        if (!left)
            return SET_TEXT;
        type = find_type(r, type->in_set, type->in_column);
    }
    return type && type->kind == COLUMN_INTEGER ? SET_INTEGER
        : type && type->kind == COLUMN_NUMBER   ? SET_REAL
                                                : SET_TEXT;
}
