/* JSON by jansson: values owned by an arena, written as stable text. */
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

struct json {
    struct arena *a;
    json_t *value;
    bool taken; /* another value holds it now */
};

static void release(void *p)
{
    const struct json *v = p;
    if (!v->taken)
        json_decref(v->value);
}

static void check(struct arena *a, bool good)
{
    if (!good)
        arena_exhausted(a);
}

/* The owner comes first: should memory run out, it is known to the arena. */
static struct json *new_value(struct arena *a)
{
    struct json *v = ARENA_NEW(a, struct json);
    v->a = a;
    arena_on_free(a, release, v);
    return v;
}

struct json *json_new_object(struct arena *a)
{
    struct json *v = new_value(a);
    v->value = json_object();
    check(a, v->value);
    return v;
}

struct json *json_new_array(struct arena *a)
{
    struct json *v = new_value(a);
    v->value = json_array();
    check(a, v->value);
    return v;
}

/* Give away a value, also if it is NULL for lack of memory. */
static void add(struct json *to, const char *key, json_t *value)
{
    check(to->a,
        (key ? json_object_set_new(to->value, key, value)
             : json_array_append_new(to->value, value)) == 0);
}

void json_add(struct json *to, const char *key, struct json *value)
{
    value->taken = true;
    add(to, key, value->value);
}

/* The text with each byte that is not UTF-8 replaced by U+FFFD. */
static struct slice mend(struct arena *a, struct slice s)
{
    struct buf out = buf_new(a);
    while (s.n) {
        size_t good = utf8_valid(s.s, s.n);
        buf_put(&out, s.s, good);
        if (good < s.n) {
            buf_utf8(&out, 0xfffd);
            good++;
        }
        s = (struct slice){s.s + good, s.n - good};
    }
    return (struct slice){out.s, out.n};
}

void json_add_str(struct json *to, const char *key, struct slice s)
{
    if (utf8_valid(s.s, s.n) < s.n)
        s = mend(to->a, s);
    add(to, key, json_stringn_nocheck(s.n ? s.s : "", s.n));
}

void json_add_int(struct json *to, const char *key, int64_t n)
{
    add(to, key, json_integer(n));
}

void json_add_bool(struct json *to, const char *key, bool b)
{
    add(to, key, json_boolean(b));
}

void json_add_null(struct json *to, const char *key)
{
    add(to, key, json_null());
}

void json_add_number(struct json *to, const char *key, struct slice s)
{
    json_t *value = json_loadb(s.s, s.n, JSON_DECODE_ANY, NULL);
    if (value && json_is_number(value)) {
        add(to, key, value);
        return;
    }
    json_decref(value);
    json_add_str(to, key, s);
}

static void free_text(void *p)
{
    char **text = p;
    free(*text);
    *text = NULL;
}

void json_write(const struct json *v, struct buf *out)
{
    char **text = ARENA_NEW(v->a, char *);
    arena_on_free(v->a, free_text, text);
    /* The digits that every double keeps: 0.3 is no 0.29999999999999999. */
    *text = json_dumps(v->value, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    check(v->a, *text);
    buf_puts(out, *text);
    buf_putc(out, '\n');
    free_text(text);
}
