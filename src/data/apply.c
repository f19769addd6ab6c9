/* Updates: one entry applied to the tables, and noted in their history. */
#include "data/updates_int.h"

#include "model/update.h"

#include <string.h>

/* How often all keys are searched for one that may be meant. */
enum { HINTS_MOST = 20 };

static struct set *set_of(const struct applying *a, const struct target *t)
{
    return &a->s->sets[t->set];
}

/* Run a statement that gives no row, for its next use. */
static void run(struct applying *a, sqlite3_stmt *stmt)
{
    sets_result(a->s, sqlite3_step(stmt));
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

/* The rowid of the row with that key, or 0. */
static int64_t find(
    struct applying *a, struct target *t, const struct set_value *key)
{
    const struct set *set = set_of(a, t);
    const char *name = set->columns[set->key].name;
    if (!t->find)
        t->find = sets_prepare(a->s,
            arena_printf(a->s->l->a,
                "select rowid from \"%s\" where \"%s\" = ?1", set->name, name));
    sets_bind(a->s, t->find, 1, key);
    int64_t row = sets_result(a->s, sqlite3_step(t->find)) == SQLITE_ROW
        ? sqlite3_column_int64(t->find, 0)
        : 0;
    sqlite3_reset(t->find);
    sqlite3_clear_bindings(t->find);
    return row;
}

/* What a column of a row has, as text; s NULL: nothing. */
static struct slice get(
    struct applying *a, struct target *t, int64_t row, uint32_t column)
{
    const struct set *set = set_of(a, t);
    struct arena *arena = a->s->l->a;
    struct slice out = {NULL, 0};
    if (!t->get[column])
        t->get[column] = sets_prepare(a->s,
            arena_printf(arena,
                "select cast(\"%s\" as text) from \"%s\" where rowid = ?1",
                set->columns[column].name, set->name));
    sqlite3_stmt *stmt = t->get[column];
    sqlite3_bind_int64(stmt, 1, row);
    if (sets_result(a->s, sqlite3_step(stmt)) == SQLITE_ROW &&
        sqlite3_column_type(stmt, 0) != SQLITE_NULL) {
        const void *s = sqlite3_column_text(stmt, 0);
        out.n = (size_t)sqlite3_column_bytes(stmt, 0);
        out.s = arena_strndup(arena, s, out.n);
    }
    sqlite3_reset(stmt);
    return out;
}

/* An entry that is being applied, and a row of it. */
struct change_of {
    struct applying *a;
    const struct update *u;
    struct target *t;
    struct set *set;
    struct slice key; /* the row's, as text */
    int64_t row; /* its rowid */
};

static void bind_slice(
    const struct change_of *c, sqlite3_stmt *stmt, int at, struct slice s)
{
    struct set_value v = {.storage = s.s ? SET_TEXT : SET_NULL, .s = s};
    sets_bind(c->a->s, stmt, at, &v);
}

/* Note in the history that a column changed. */
static void note(const struct change_of *c, uint32_t column, struct slice old,
    struct slice new, struct pos at)
{
    struct sets *s = c->a->s;
    struct set *history = &s->sets[c->t->history];
    const struct update *u = c->u;
    if (!c->t->note)
        c->t->note = sets_prepare(s,
            arena_printf(s->l->a,
                "insert into \"%s\" values (?1, ?2, ?3, ?4, ?5, ?6)",
                history->name));
    const char *date = arena_printf(
        s->l->a, "%04d-%02d-%02d", u->date.year, u->date.month, u->date.day);
    const struct slice values[] = {slice_of(date), c->key,
        slice_of(c->set->columns[column].name), old, new,
        u->source.n ? u->source : (struct slice){NULL, 0}};
    for (int i = 0; i < 6; i++)
        bind_slice(c, c->t->note, i + 1, values[i]);
    run(c->a, c->t->note);
    sets_add_row(s, history, at);
}

/* Say which key may be meant by one that is not there. */
static void hint_key(struct change_of *c)
{
    struct sets *s = c->a->s;
    const struct set *set = c->set;
    struct arena *a = s->l->a;
    sqlite3_stmt *all = sets_prepare(s,
        arena_printf(a, "select cast(\"%s\" as text) from \"%s\"",
            set->columns[set->key].name, set->name));
    const char **names = NULL;
    size_t n = 0, cap = 0;
    while (sets_result(s, sqlite3_step(all)) == SQLITE_ROW) {
        const void *name = sqlite3_column_text(all, 0);
        names = arena_grow(a, names, &cap, n + 2, sizeof *names);
        if (name)
            names[n++] =
                arena_strndup(a, name, (size_t)sqlite3_column_bytes(all, 0));
    }
    sqlite3_finalize(all);
    if (!n)
        return;
    names[n] = NULL;
    const char *near = str_nearest(c->key, names);
    if (near)
        diag_hint(s->l->d, "did you mean '%s'?", near);
}

/*
 * Where a column of the row changed last, as the history has it; `more`
 * narrows that. {0} if nowhere.
 */
static struct pos changed_at(
    const struct change_of *c, const char *column, const char *more)
{
    struct sets *s = c->a->s;
    const struct set *history = &s->sets[c->t->history];
    sqlite3_stmt *last = sets_prepare(s,
        arena_printf(s->l->a,
            "select max(rowid) from \"%s\" where \"key\" = ?1 and "
            "\"column\" = ?2%s",
            history->name, more));
    bind_slice(c, last, 1, c->key);
    bind_slice(c, last, 2, slice_of(column));
    int64_t row = sets_result(s, sqlite3_step(last)) == SQLITE_ROW
        ? sqlite3_column_int64(last, 0)
        : 0;
    sqlite3_finalize(last);
    return row ? sets_pos(s, history, row) : (struct pos){0};
}

/* Say what became of a row that is not there. The first times will do. */
static void explain_key(struct change_of *c)
{
    if (c->a->hints++ >= HINTS_MOST)
        return;
    struct pos gone = changed_at(
        c, c->set->columns[c->set->key].name, " and \"new\" is null");
    if (gone.file)
        diag_also(c->a->s->l->d, gone, "it was removed here");
    else
        hint_key(c);
}

/* The value of a node for a column; false: reported. */
static bool take_value(struct change_of *c, const struct set_column *column,
    struct node *n, struct set_value *out)
{
    const struct load *l = c->a->s->l;
    if (!n->bad && sets_value(c->a->s, c->set, column, n->s, n->pos, out))
        return true;
    if (!n->bad)
        diag_path(l->d, load_path(l->a, n));
    n->bad = true;
    return false;
}

/* Find the row of a key that stands in the file; false: reported. */
static bool find_row(struct change_of *c, struct node *key)
{
    struct sets *s = c->a->s;
    struct set_value v;
    const struct set_column *column = &c->set->columns[c->set->key];
    c->key = key->s;
    c->row = 0;
    if (!take_value(c, column, key, &v))
        return false;
    c->row = v.storage == SET_NULL ? 0 : find(c->a, c->t, &v);
    if (c->row) {
        c->key = get(c->a, c->t, c->row, (uint32_t)c->set->key);
        return true;
    }
    if (!c->a->partial && !c->a->rows && !c->set->partial) {
        diag(s->l->d, D_UPDATE_ROW, key->pos, "%s has no row with the key %s",
            c->set->name, diag_quote(s->l->d, key->s));
        diag_path(s->l->d, load_path(s->l->a, key));
        explain_key(c);
    }
    return false;
}

/* The column of a name in the file; NULL: reported. */
static const struct set_column *find_column(
    struct change_of *c, struct node *name)
{
    const struct load *l = c->a->s->l;
    const struct set_column *column = sets_column(c->set, name->s);
    if (column)
        return column;
    if (load_diag(l, D_ROW_COLUMN, name, "%s has no column %s", c->set->name,
            diag_quote(l->d, name->s)))
        sets_hint_column(c->a->s, c->set, name->s);
    return NULL;
}

static uint32_t index_of(const struct set *set, const struct set_column *column)
{
    return (uint32_t)(column - set->columns);
}

/* Where a row has its name, for a message: of a new one, its key. */
static struct node *key_node(
    const struct change_of *c, const struct update_row *row)
{
    const char *key = c->set->columns[c->set->key].name;
    for (uint32_t i = 0; i < row->nvalues; i++) {
        if (slice_is(row->values[i].column->s, key))
            return row->values[i].to;
    }
    return NULL;
}

/* May a new row have that key? If not, it is reported. */
static bool check_new(struct change_of *c, const struct update_row *row,
    struct node *key, const struct set_value *value)
{
    c->row = 0;
    struct sets *s = c->a->s;
    const struct load *l = s->l;
    const char *name = c->set->columns[c->set->key].name;
    if (!key) {
        load_diag(l, D_KEY_MISSING, row->node,
            "a new row of %s needs '%s', its key", c->set->name, name);
        return false;
    }
    if (key->bad)
        return false;
    if (value->storage == SET_NULL) {
        load_diag(l, D_ROW_UNNAMED, key, "'%s', the key, is empty", name);
        return false;
    }
    c->row = find(c->a, c->t, value);
    if (c->row) {
        if (load_diag(l, D_ROW_DOUBLE, key, "%s has a row with the key %s",
                c->set->name, diag_quote(l->d, key->s)))
            diag_also(l->d, sets_pos(s, c->set, c->row), "it is here");
        return false;
    }
    if (c->set->nrows < l->limits->rows)
        return true;
    diag(l->d, D_LIMIT_ROWS, row->node->pos,
        "the data set has more than %lld rows", (long long)l->limits->rows);
    diag_hint(l->d, "--limit rows=N raises this limit");
    return false;
}

static sqlite3_stmt *insertion(struct change_of *c)
{
    struct arena *a = c->a->s->l->a;
    if (c->t->insert)
        return c->t->insert;
    struct buf names = buf_new(a), marks = buf_new(a);
    for (uint32_t i = 0; i < c->set->ncolumns; i++) {
        buf_printf(&names, ", \"%s\"", c->set->columns[i].name);
        buf_printf(&marks, ", ?%u", (unsigned)i + 2);
    }
    c->t->insert = sets_prepare(c->a->s,
        arena_printf(a, "insert into \"%s\" (rowid%s) values (?1%s)",
            c->set->name, names.s, marks.s));
    return c->t->insert;
}

/* Put a new row in, and note what it has. */
static void insert(struct change_of *c, const struct update_row *row,
    const struct set_value *values, const struct pos *places)
{
    struct sets *s = c->a->s;
    sqlite3_stmt *stmt = insertion(c);
    c->row = (int64_t)c->set->nrows + 1;
    sqlite3_bind_int64(stmt, 1, c->row);
    for (uint32_t i = 0; i < c->set->ncolumns; i++)
        sets_bind(s, stmt, (int)i + 2, &values[i]);
    run(c->a, stmt);
    sets_add_row(s, c->set, row->node->pos);
    uint32_t key = (uint32_t)c->set->key;
    const struct slice nothing = {NULL, 0};
    c->key = get(c->a, c->t, c->row, key);
    note(c, key, nothing, c->key, places[key]);
    for (uint32_t i = 0; i < c->set->ncolumns; i++) {
        if (!places[i].file)
            continue;
        if (!c->a->later)
            sets_move_value(s, c->set, c->row, i, places[i]);
        if (i != key && values[i].storage != SET_NULL)
            note(c, i, nothing, get(c->a, c->t, c->row, i), places[i]);
    }
}

static void add_row(struct change_of *c, const struct update_row *row)
{
    struct arena *a = c->a->s->l->a;
    struct set_value *values =
        ARENA_ARRAY(a, c->set->ncolumns, struct set_value);
    struct pos *places = ARENA_ARRAY(a, c->set->ncolumns, struct pos);
    for (uint32_t i = 0; i < row->nvalues; i++) {
        const struct update_value *v = &row->values[i];
        const struct set_column *column = find_column(c, v->column);
        if (!column) {
            /* It may be the key's, misspelt. */
            row->node->bad = true;
            continue;
        }
        uint32_t at = index_of(c->set, column);
        places[at] = v->to->pos;
        if (!take_value(c, column, v->to, &values[at]))
            values[at] = (struct set_value){.storage = SET_NULL};
    }
    struct node *key = key_node(c, row);
    if (check_new(c, row, key, &values[c->set->key]))
        insert(c, row, values, places);
    else
        c->a->rows = c->a->rows || !c->row;
}

/* Is a number what a column of the row has? False too if it was refused. */
static bool is_number(
    struct change_of *c, const struct set_column *column, struct node *from)
{
    struct sets *s = c->a->s;
    struct set_value value;
    if (!take_value(c, column, from, &value))
        return false;
    sqlite3_stmt *stmt = sets_prepare(s,
        arena_printf(s->l->a, "select \"%s\" = ?1 from \"%s\" where rowid = ?2",
            column->name, c->set->name));
    sets_bind(s, stmt, 1, &value);
    sqlite3_bind_int64(stmt, 2, c->row);
    bool same = sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW &&
        sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return same;
}

/* Is a value what a column of the row has now? Numbers may be spelt apart. */
static bool is_present(struct change_of *c, const struct set_column *column,
    struct node *from, struct slice now)
{
    if (column->storage != SET_TEXT && from->s.n && now.s)
        return is_number(c, column, from);
    return now.s ? slice_eq(from->s, now) : from->s.n == 0;
}

/* "'approved'", or what says that nothing is there. */
static const char *shown(struct diags *d, struct slice s)
{
    return s.n ? diag_quote(d, s) : "empty";
}

/* Does a change start from what is there? If not, it is reported. */
static void check_from(struct change_of *c, const struct update_value *v,
    const struct set_column *column, struct slice now)
{
    struct sets *s = c->a->s;
    struct diags *d = s->l->d;
    if (!v->from || v->from->bad || c->a->partial || c->a->values ||
        c->set->partial || is_present(c, column, v->from, now))
        return;
    if (!load_diag(s->l, D_UPDATE_FROM, v->from,
            "'%s' of %s is %s before this update, not %s", column->name,
            diag_quote(d, c->key), shown(d, now), shown(d, v->from->s)))
        return;
    struct pos at = changed_at(c, column->name, "");
    if (!at.file)
        at = sets_value_pos(s, c->set, c->row, index_of(c->set, column));
    if (at.file)
        diag_also(d, at, "as it was given here");
}

/* Give a column of the row a value. */
static void put(
    struct change_of *c, uint32_t column, const struct set_value *value)
{
    sqlite3_stmt **stmt = &c->t->put[column];
    if (!*stmt)
        *stmt = sets_prepare(c->a->s,
            arena_printf(c->a->s->l->a,
                "update \"%s\" set \"%s\" = ?1 where rowid = ?2", c->set->name,
                c->set->columns[column].name));
    sets_bind(c->a->s, *stmt, 1, value);
    sqlite3_bind_int64(*stmt, 2, c->row);
    run(c->a, *stmt);
}

/* Say that a change changes nothing, unless that may come from elsewhere. */
static void tell_idle(const struct change_of *c, const struct update_value *v,
    const struct set_column *column, struct slice now)
{
    const struct load *l = c->a->s->l;
    if (c->a->partial || c->a->values || c->set->partial ||
        (v->from && v->from->bad))
        return;
    diag(l->d, D_UPDATE_SAME, v->to->pos, "'%s' of %s is %s already",
        column->name, diag_quote(l->d, c->key), shown(l->d, now));
    diag_path(l->d, load_path(l->a, v->to));
}

static void set_value(struct change_of *c, const struct update_value *v)
{
    struct sets *s = c->a->s;
    const struct load *l = s->l;
    const struct set_column *column = find_column(c, v->column);
    struct set_value value;
    if (!column)
        return;
    uint32_t at = index_of(c->set, column);
    if (at == (uint32_t)c->set->key) {
        if (load_diag(l, D_VALUE, v->column,
                "'%s' is the key: it names the row and stays", column->name))
            diag_hint(l->d, "remove the row, and add another");
        return;
    }
    struct slice old = get(c->a, c->t, c->row, at);
    check_from(c, v, column, old);
    if (!take_value(c, column, v->to, &value)) {
        c->a->values = true;
        return;
    }
    put(c, at, &value);
    struct slice now = get(c->a, c->t, c->row, at);
    if (slice_eq(old, now)) {
        tell_idle(c, v, column, now);
        return;
    }
    if (!c->a->later)
        sets_move_value(s, c->set, c->row, at, v->to->pos);
    note(c, at, old, now, v->to->pos);
}

static void remove_row(struct change_of *c, struct node *key)
{
    const struct slice nothing = {NULL, 0};
    if (!find_row(c, key))
        return;
    uint32_t own = (uint32_t)c->set->key;
    for (uint32_t i = 0; i < c->set->ncolumns; i++) {
        struct slice old = get(c->a, c->t, c->row, i);
        if (i != own && old.s)
            note(c, i, old, nothing, key->pos);
    }
    note(c, own, c->key, nothing, key->pos);
    if (!c->t->remove)
        c->t->remove = sets_prepare(c->a->s,
            arena_printf(c->a->s->l->a, "delete from \"%s\" where rowid = ?1",
                c->set->name));
    sqlite3_bind_int64(c->t->remove, 1, c->row);
    run(c->a, c->t->remove);
}

void updates_apply_one(struct applying *a, const struct dated_update *u)
{
    struct change_of c = {
        .a = a, .u = u->update, .t = u->target, .set = set_of(a, u->target)};
    if (c.set->bad || c.set->key < 0)
        return;
    for (uint32_t i = 0; i < u->update->nadd; i++)
        add_row(&c, &u->update->add[i]);
    for (uint32_t i = 0; i < u->update->nset; i++) {
        const struct update_row *row = &u->update->set[i];
        bool found = find_row(&c, row->node);
        for (uint32_t k = 0; found && k < row->nvalues; k++)
            set_value(&c, &row->values[k]);
    }
    for (uint32_t i = 0; i < u->update->nremove; i++)
        remove_row(&c, u->update->remove[i].node);
}
