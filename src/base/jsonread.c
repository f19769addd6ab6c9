/*
 * Lists of mappings in JSON, item by item. jansson says what is JSON and what
 * texts say; it keeps no places, so that a walk over what it took finds them.
 */
#include "base/json.h"

#include <jansson.h>

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_space(struct slice s, size_t at)
{
    while (at < s.n && is_space(s.s[at]))
        at++;
    return at;
}

/* The offset after the string that begins at `at`. */
static size_t skip_string(struct slice s, size_t at)
{
    for (at++; at < s.n && s.s[at] != '"'; at++)
        at += s.s[at] == '\\';
    return at + 1;
}

/* The offset after the value that begins at `at`, which is sound. */
static size_t skip_value(struct slice s, size_t at)
{
    size_t depth = 0;
    while (at < s.n) {
        char c = s.s[at];
        if (c == '"') {
            at = skip_string(s, at);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (depth && (c == '}' || c == ']')) {
            depth--;
            at++;
        } else if (depth) {
            at++;
            continue;
        } else {
            while (at < s.n && !is_space(s.s[at]) && !strchr(",]}", s.s[at]))
                at++;
        }
        if (!depth)
            break;
    }
    return at;
}

static bool fail(struct json_list *list, size_t at, const char *fault)
{
    list->fault = fault;
    list->fault_at = at < list->text.n ? at : list->text.n;
    return false;
}

static enum json_form form_of(const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        return JSON_FORM_MAP;
    case JSON_ARRAY:
        return JSON_FORM_LIST;
    case JSON_STRING:
        return JSON_FORM_TEXT;
    case JSON_INTEGER:
    case JSON_REAL:
        return JSON_FORM_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_FORM_WORD;
    case JSON_NULL:
        break;
    }
    return JSON_FORM_NULL;
}

/* An item of the list, and the walk over it. */
struct item {
    struct json_list *list;
    struct json_row *row;
    json_t *value;
};

static void read_member(
    struct item *item, const char *key, const json_t *value, size_t *at)
{
    struct slice s = item->list->text;
    struct arena *a = item->list->a;
    struct json_row *row = item->row;
    struct json_member m = {.form = (uint8_t)form_of(value)};
    m.key_at = skip_space(s, *at + 1); /* after '{' or ',' */
    m.at = skip_space(s, skip_space(s, skip_string(s, m.key_at)) + 1);
    m.end = skip_value(s, m.at);
    m.key = slice_of(arena_strndup(a, key, strlen(key)));
    if (m.form == JSON_FORM_TEXT) {
        size_t n = json_string_length(value);
        const char *text = arena_strndup(a, json_string_value(value), n);
        m.text = (struct slice){text, n};
    } else {
        m.text = (struct slice){s.s + m.at, m.end - m.at};
    }
    row->members = arena_grow(a, row->members, &row->cap, row->n + 1, sizeof m);
    row->members[row->n++] = m;
    *at = skip_space(s, m.end);
}

static void read_members(void *p)
{
    struct item *item = p;
    size_t at = item->row->at;
    for (void *i = json_object_iter(item->value); i;
         i = json_object_iter_next(item->value, i))
        read_member(
            item, json_object_iter_key(i), json_object_iter_value(i), &at);
}

/* Read the item that begins at `at`. */
static bool read_item(struct json_list *list, size_t at, struct json_row *row)
{
    json_error_t e;
    struct item item = {.list = list, .row = row};
    size_t flags = JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES |
        JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL;
    item.value = json_loadb(list->text.s + at, list->text.n - at, flags, &e);
    if (!item.value) {
        if (json_error_code(&e) == json_error_out_of_memory)
            arena_exhausted(list->a);
        size_t back = e.position > 0 ? (size_t)e.position - 1 : 0;
        return fail(
            list, at + back, arena_strndup(list->a, e.text, strlen(e.text)));
    }
    row->form = (uint8_t)form_of(item.value);
    row->at = at;
    row->end = list->at = at + (size_t)e.position;
    row->n = 0;
    bool whole =
        row->form != JSON_FORM_MAP || arena_try(list->a, read_members, &item);
    json_decref(item.value);
    if (!whole)
        arena_exhausted(list->a);
    return true;
}

/* The end of the list: nothing may follow. */
static bool end_list(struct json_list *list, size_t at)
{
    list->ended = true;
    at = skip_space(list->text, at);
    return at == list->text.n ? false
                              : fail(list, at, "something follows the list");
}

bool json_next(struct json_list *list, struct json_row *row)
{
    struct slice s = list->text;
    if (list->fault || list->ended)
        return false;
    bool first = !list->begun;
    size_t at = skip_space(s, list->at);
    if (first && (at == s.n || s.s[at] != '['))
        return fail(list, at, "'[' expected: the rows are a list");
    if (first)
        at = skip_space(s, at + 1);
    list->begun = true;
    if (at < s.n && s.s[at] == ']')
        return end_list(list, at + 1);
    if (!first) {
        if (at == s.n || s.s[at] != ',')
            return fail(list, at, "',' or ']' expected");
        at = skip_space(s, at + 1);
    }
    return at < s.n ? read_item(list, at, row)
                    : fail(list, at, "the list does not end");
}
