/* Messages: kept in one list, counted by level; diagprint.c prints them. */
#include "base/diag_int.h"
#include "base/file.h"

#include <stdarg.h>
#include <string.h>

/*
 * More are counted but not kept, so that a data file of nothing but mistakes
 * costs no memory: far more than anyone reads. A text is kept to TEXT_KEPT
 * bytes: more than is printed of it.
 */
enum { MESSAGES_KEPT = 100000, TEXT_KEPT = 2048, QUOTE_MOST = 200 };

static const struct {
    int level; /* enum diag_level, or DIAG_OFF */
    enum diag_class class;
    const char *name;
    const char *text;
} LIST[] = {
#define X(id, level, class, name, text) \
    {DIAG_##level, DIAG_##class, name, text},
    DIAG_LIST(X)
#undef X
};

const char *diag_name(enum diag_id id)
{
    return LIST[id].name;
}

const char *diag_text(enum diag_id id)
{
    return LIST[id].text;
}

struct diags *diags_new(struct arena *a, const struct files *files)
{
    struct diags *d = ARENA_NEW(a, struct diags);
    d->a = a;
    d->files = files;
    d->tail = &d->first;
    for (size_t i = 0; i < D_COUNT; i++) {
        d->off[i] = LIST[i].level == DIAG_OFF;
        d->levels[i] = d->off[i] ? DIAG_WARNING : (uint8_t)LIST[i].level;
    }
    return d;
}

enum diag_level diag_level_of(const struct diags *d, enum diag_id id)
{
    enum diag_level level = (enum diag_level)d->levels[id];
    return level == DIAG_WARNING && d->strict ? DIAG_ERROR : level;
}

__attribute__((format(printf, 2, 0))) static const char *format_text(
    struct diags *d, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        arena_exhausted(d->a);
    size_t size = n < TEXT_KEPT ? (size_t)n + 1 : TEXT_KEPT;
    char *text = arena_alloc(d->a, size);
    vsnprintf(text, size, fmt, args);
    return text;
}

static uint64_t hash_message(const struct message *m)
{
    uint64_t place = (uint64_t)m->at.file << 32 | m->at.off;
    return str_hash(m->text, strlen(m->text), place);
}

static bool same_message(const struct message *a, const struct message *b)
{
    return a->id == b->id && a->at.file == b->at.file &&
        a->at.off == b->at.off && strcmp(a->text, b->text) == 0;
}

/* The slot of the table that holds a message equal to m, or is free for it. */
static struct message **find_slot(struct diags *d, const struct message *m)
{
    size_t mask = d->slots - 1;
    size_t i = (size_t)hash_message(m) & mask;
    while (d->table[i] && !same_message(d->table[i], m))
        i = (i + 1) & mask;
    return &d->table[i];
}

static void grow_table(struct diags *d)
{
    d->slots = d->slots ? d->slots * 2 : 64;
    d->table = ARENA_ARRAY(d->a, d->slots, struct message *);
    for (struct message *m = d->first; m; m = m->next)
        *find_slot(d, m) = m;
}

void diag(struct diags *d, enum diag_id id, struct pos at, const char *fmt, ...)
{
    d->last = NULL;
    if (d->kept >= MESSAGES_KEPT) {
        d->counts[id]++;
        d->dropped[id]++;
        return;
    }
    struct message *m = ARENA_NEW(d->a, struct message);
    m->id = id;
    m->at = files_place(d->files, at);
    va_list args;
    va_start(args, fmt);
    m->text = format_text(d, fmt, args);
    va_end(args);
    if (d->kept * 2 >= d->slots)
        grow_table(d);
    struct message **slot = find_slot(d, m);
    if (*slot)
        return;
    *slot = m;
    *d->tail = m;
    d->tail = &m->next;
    d->kept++;
    d->counts[id]++;
    d->last = m;
}

static struct remark *add_remark(struct diags *d)
{
    struct remark **end = &d->last->remarks;
    while (*end)
        end = &(*end)->next;
    *end = ARENA_NEW(d->a, struct remark);
    return *end;
}

void diag_also(struct diags *d, struct pos at, const char *fmt, ...)
{
    if (!d->last)
        return;
    struct remark *r = add_remark(d);
    r->at = files_place(d->files, at);
    va_list args;
    va_start(args, fmt);
    r->text = format_text(d, fmt, args);
    va_end(args);
}

void diag_hint(struct diags *d, const char *fmt, ...)
{
    if (!d->last)
        return;
    struct remark *r = add_remark(d);
    r->hint = true;
    va_list args;
    va_start(args, fmt);
    r->text = format_text(d, fmt, args);
    va_end(args);
}

void diag_path(struct diags *d, const char *path)
{
    if (d->last)
        d->last->path = arena_strndup(d->a, path, strlen(path));
}

const char *diag_quote(struct diags *d, struct slice s)
{
    struct buf text = buf_new(d->a);
    buf_putc(&text, '\'');
    size_t i = 0;
    for (unsigned count = 0; i < s.n && count < QUOTE_MOST; count++) {
        uint32_t cp;
        size_t len = utf8_decode(s.s + i, s.n - i, &cp);
        i += len ? len : 1;
    }
    buf_put(&text, s.s, i);
    buf_puts(&text, i < s.n ? "…'" : "'");
    return text.s;
}

/* The id of a message name; D_COUNT if there is none. */
static enum diag_id find_name(struct slice name)
{
    unsigned id = 0;
    while (id < D_COUNT && !slice_is(name, LIST[id].name))
        id++;
    return (enum diag_id)id;
}

bool diag_set_level(struct diags *d, struct slice name, enum diag_level level)
{
    enum diag_id id = find_name(name);
    if (id == D_COUNT || (LIST[id].level == DIAG_ERROR && level != DIAG_ERROR))
        return false;
    d->levels[id] = (uint8_t)level;
    d->off[id] = false;
    d->switched[id] = true;
    return true;
}

bool diag_set_off(struct diags *d, struct slice name)
{
    enum diag_id id = find_name(name);
    if (id == D_COUNT || LIST[id].level == DIAG_ERROR)
        return false;
    d->off[id] = true;
    d->switched[id] = true;
    return true;
}

void diag_suggest(struct diags *d, enum diag_id id, enum diag_level level)
{
    if (d->switched[id])
        return;
    d->levels[id] = (uint8_t)level;
    d->off[id] = false;
}

void diag_suggest_off(struct diags *d, enum diag_id id)
{
    d->off[id] = d->off[id] || !d->switched[id];
}

bool diag_is_on(const struct diags *d, enum diag_id id)
{
    return !d->off[id];
}

void diag_set_strict(struct diags *d)
{
    d->strict = true;
}

/* Counted by id, since levels may change after a message was added. */
static unsigned count_level(const struct diags *d, enum diag_level level)
{
    unsigned n = 0;
    for (unsigned id = 0; id < D_COUNT; id++)
        if (!d->off[id] && diag_level_of(d, (enum diag_id)id) == level)
            n += d->counts[id];
    return n;
}

unsigned diag_errors(const struct diags *d)
{
    return count_level(d, DIAG_ERROR);
}

unsigned diag_warnings(const struct diags *d)
{
    return count_level(d, DIAG_WARNING);
}

int diag_status(const struct diags *d)
{
    bool found[DIAG_LIMIT + 1] = {false};
    for (unsigned id = 0; id < D_COUNT; id++)
        if (d->counts[id] && !d->off[id] &&
            diag_level_of(d, (enum diag_id)id) == DIAG_ERROR)
            found[LIST[id].class] = true;
    if (found[DIAG_INPUT])
        return 1;
    return found[DIAG_SYSTEM] ? 3 : found[DIAG_LIMIT] ? 4 : 0;
}
