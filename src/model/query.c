/* Queries as written, and what stands once for each row of them. */
#include "model/keys_int.h"

#include <string.h>

static bool is_name_start(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "[a-z][a-z0-9_-]*" */
static bool is_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool other = (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!is_name_start(c) && !(i && other))
            return false;
    }
    return s.n > 0;
}

static const char NAME_FORM[] =
    "small letters, digits, - and _, a letter first";

/* `as`: a name of its own, for $(NAME.column). */
bool query_read_name(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    (void)t;
    static const char *const TAKEN[] = {"report", "values", "row"};
    for (size_t i = 0; i < COUNT_OF(TAKEN); i++) {
        if (slice_is(n->s, TAKEN[i])) {
            if (keys_diag(r, D_VALUE, n,
                    "%s cannot be '%s': that name has a meaning",
                    keys_name(r, to), TAKEN[i]))
                diag_hint(r->l->d, "choose another name");
            return false;
        }
    }
    if (!is_name(n->s)) {
        keys_diag(r, D_VALUE, n, "%s cannot be %s: %s", keys_name(r, to),
            diag_quote(r->l->d, n->s), NAME_FORM);
        return false;
    }
    memcpy(to->at, &n->s, sizeof n->s);
    return true;
}

/* The values of one column of `where`. */
bool query_read_operands(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct where *w = to->at;
    if (n->kind == NODE_LIST) {
        struct type item = *t->forms[1]->item, list = *t->forms[1];
        item.size = sizeof(struct text *);
        list.item = &item;
        struct dest values = {
            .name = to->name, .at = &w->values, .count = &w->nvalues};
        return keys_list(r, &list, n, &values) && w->nvalues == n->count;
    }
    w->values = ARENA_NEW(r->l->a, struct text *);
    *w->values = text_read(r, n, false);
    w->nvalues = 1;
    return true;
}

bool query_read_where(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct where *where = ARENA_ARRAY(r->l->a, n->count, struct where);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        struct where *w = &where[kept];
        struct dest at = {
            .name = arena_strndup(r->l->a, n->keys[i]->s.s, n->keys[i]->s.n),
            .at = w};
        w->column = n->keys[i]->s;
        w->node = n->items[i];
        kept += keys_value(r, t->item, n->items[i], &at);
    }
    memcpy(to->at, &(void *){where}, sizeof(void *));
    *to->count = kept;
    return kept == n->count;
}

static struct slice trim(struct slice s)
{
    while (s.n && s.s[0] == ' ')
        s = (struct slice){s.s + 1, s.n - 1};
    while (s.n && s.s[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* Take a word off the end of a text, with the blanks before it. */
static bool take_end(struct slice *s, const char *word)
{
    size_t n = strlen(word);
    if (s->n <= n || memcmp(s->s + s->n - n, word, n) != 0 ||
        s->s[s->n - n - 1] != ' ')
        return false;
    s->n -= n;
    *s = trim(*s);
    return true;
}

struct slice query_take_order(struct slice s, bool *natural, bool *descending)
{
    static const char NATURAL[] = "natural(";
    const size_t n = sizeof NATURAL - 1;
    s = trim(s);
    *descending = take_end(&s, "desc");
    if (!*descending)
        take_end(&s, "asc");
    *natural = s.n > n && memcmp(s.s, NATURAL, n) == 0 && s.s[s.n - 1] == ')';
    return *natural ? trim((struct slice){s.s + n, s.n - n - 1}) : s;
}

/* "natural(name) desc"; false if it is no such thing. */
static bool parse_order(struct slice s, struct order *o)
{
    s = query_take_order(s, &o->natural, &o->descending);
    o->column = s;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (!is_name_start(c) && c != '_' && !(i && c >= '0' && c <= '9'))
            return false;
    }
    return s.n > 0;
}

/* Add the columns of one text, which commas divide. */
static bool add_order(
    struct reader *r, struct node *n, struct order *order, uint32_t *count)
{
    struct slice rest = n->s;
    for (bool last = false; !last;) {
        const char *comma = memchr(rest.s, ',', rest.n);
        size_t len = comma ? (size_t)(comma - rest.s) : rest.n;
        struct order *o = &order[*count];
        *o = (struct order){.node = n};
        if (!parse_order((struct slice){rest.s, len}, o)) {
            if (keys_diag(r, D_VALUE, n, "'order-by' cannot be %s",
                    diag_quote(r->l->d, n->s)))
                diag_hint(r->l->d,
                    "it names columns: name, name desc, natural(name); a "
                    "'query' can order by anything");
            return false;
        }
        ++*count;
        last = !comma;
        if (comma)
            rest = (struct slice){comma + 1, rest.n - len - 1};
    }
    return true;
}

static size_t count_commas(struct slice s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.s[i] == ',';
    return n;
}

bool query_read_order(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct node *const *items = n->kind == NODE_LIST ? n->items : &n;
    uint32_t nitems = n->kind == NODE_LIST ? n->count : 1, count = 0;
    size_t room = 0;
    for (uint32_t i = 0; i < nitems; i++) {
        struct slice word;
        struct dest at = {
            .name = to->name, .item = n->kind == NODE_LIST, .at = &word};
        if (!keys_value(r, t->forms[0], items[i], &at))
            return false;
        room += count_commas(items[i]->s);
    }
    if (!nitems)
        keys_diag(r, D_VALUE, n, "'order-by' is an empty list");
    struct order *order = ARENA_ARRAY(r->l->a, room, struct order);
    for (uint32_t i = 0; i < nitems; i++) {
        if (!add_order(r, items[i], order, &count))
            return false;
    }
    memcpy(to->at, &(void *){order}, sizeof(void *));
    *to->count = count;
    return count > 0;
}

/* Say that what only the shorthand has stands beside something else. */
static void refuse_shorthand(
    struct reader *r, struct node *map, const char *beside)
{
    static const char *const NAMES[] = {"where", "order-by", "limit"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *why =
            arena_printf(r->l->a, "'%s' stands beside 'from' only", NAMES[i]);
        if (load_find(map, NAMES[i]) && keys_refuse(r, map, NAMES[i], why) &&
            strcmp(beside, "query") == 0)
            diag_hint(r->l->d, "write it into the SELECT itself");
    }
}

/* Complete a query that was read from the keys of a mapping. */
static void finish(struct reader *r, struct node *map, struct query *q)
{
    q->node = map;
    q->from_node = load_find(map, "from");
    if (load_find(map, "query"))
        refuse_shorthand(r, map, "query");
}

void query_each_done(struct reader *r, struct node *map, void *record)
{
    struct each *each = record;
    each->node = map;
    finish(r, map, &each->query);
}

void query_rows_done(struct reader *r, struct node *map, void *record)
{
    struct raw_rows *rows = record;
    finish(r, map, &rows->query);
    if (load_find(map, "file"))
        refuse_shorthand(r, map, "file");
}

void query_rule_done(struct reader *r, struct node *map, void *record)
{
    struct rule *rule = record;
    rule->node = map;
    finish(r, map, &rule->query);
}

void query_except_done(struct reader *r, struct node *map, void *record)
{
    finish(r, map, record);
}

bool query_is_sound(const struct query *q)
{
    if (!q->sql && !q->from.n)
        return false;
    for (uint32_t i = 0; i < q->node->count; i++) {
        if (q->node->keys[i]->bad || q->node->items[i]->bad)
            return false;
    }
    return !q->node->bad;
}

/* A for-each that is not sound is kept, so that its item is left out. */
bool query_read_each(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct each *each = ARENA_NEW(r->l->a, struct each);
    keys_read(r, t->map, n, each);
    memcpy(to->at, &each, sizeof each);
    return true;
}

bool query_read_condition(struct reader *r, const struct type *t,
    struct node *n, const struct dest *to)
{
    struct text *sql = NULL;
    struct type plain = *t;
    plain.read = NULL;
    struct dest at = {.name = to->name, .item = to->item, .at = &sql};
    struct query *q = ARENA_NEW(r->l->a, struct query);
    memcpy(to->at, &q, sizeof q);
    q->node = n;
    q->condition = true;
    if (keys_value(r, &plain, n, &at))
        q->sql = sql;
    return true;
}

bool query_read_values(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct query_value *values =
        ARENA_ARRAY(r->l->a, n->count, struct query_value);
    for (uint32_t i = 0; i < n->count; i++) {
        struct node *key = n->keys[i];
        struct query_value *v = &values[i];
        struct dest at = {.name = to->name, .item = true, .at = v};
        if (!is_name(key->s))
            keys_diag(r, D_VALUE, key, "a value cannot be named %s: %s",
                diag_quote(r->l->d, key->s), NAME_FORM);
        v->name = key->s;
        v->node = v->query.node = n->items[i];
        keys_value(r, t->item, n->items[i], &at);
    }
    memcpy(to->at, &(void *){values}, sizeof(void *));
    *to->count = n->count;
    return true;
}

bool query_read_choice(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct alternative *c = to->at;
    if (n->kind == NODE_MAP) {
        keys_read(r, t->forms[1]->map, n, c);
        return c->text != NULL;
    }
    c->text = text_read(r, n, false);
    return true;
}

/* What comes after an alternative without a condition is never printed. */
static void check_choices(struct reader *r, struct node *n,
    const struct alternative *choices, uint32_t count)
{
    for (uint32_t i = 0; count == n->count && i + 1 < count; i++) {
        if (choices[i].when ||
            !keys_diag(r, D_VALUE, n->items[i + 1],
                "this alternative is never printed"))
            continue;
        diag_also(r->l->d, n->items[i]->pos, "this one always holds");
        return;
    }
}

bool query_read_choices(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct alternative *choices = NULL;
    uint32_t count = 1;
    if (n->kind == NODE_SCALAR) {
        choices = ARENA_NEW(r->l->a, struct alternative);
        choices->text = text_read(r, n, false);
    } else {
        struct dest at = {.name = to->name, .at = &choices, .count = &count};
        if (!keys_list(r, t->forms[1], n, &at))
            return false;
        check_choices(r, n, choices, count);
    }
    memcpy(to->at, &choices, sizeof choices);
    *to->count = count;
    return count > 0;
}

struct text *query_take_id(struct reader *r, struct slice *id, struct node *n)
{
    if (!n || !id->n || keys_is_id(*id))
        return NULL;
    *id = (struct slice){0};
    return text_read(r, n, false);
}
