/*
 * JSON: values are built, then written as stable text; lists of mappings are
 * read. Only home of jansson.
 */
#ifndef RAP_BASE_JSON_H
#define RAP_BASE_JSON_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* A value; freed with the arena it was made in. Keys keep their order. */
struct json;

/* Not json_object: that is jansson's, also to the linker. */
struct json *json_new_object(struct arena *a);
struct json *json_new_array(struct arena *a);

/*
 * Add to an object (key) or an array (key NULL). A value added may be added to
 * further, but not be added again. Bytes that are not UTF-8 become U+FFFD.
 */
void json_add(struct json *to, const char *key, struct json *value);
void json_add_str(struct json *to, const char *key, struct slice s);
void json_add_int(struct json *to, const char *key, int64_t n);
void json_add_bool(struct json *to, const char *key, bool b);
void json_add_null(struct json *to, const char *key);

/* A number as it is written, e.g. "2.5". */
void json_add_number(struct json *to, const char *key, struct slice s);

/* Append the value, indented by two blanks, a newline after it. */
void json_write(const struct json *v, struct buf *out);

/* What a value that was read is. */
enum json_form {
    JSON_FORM_NULL,
    JSON_FORM_WORD, /* true, false */
    JSON_FORM_NUMBER,
    JSON_FORM_TEXT,
    JSON_FORM_LIST,
    JSON_FORM_MAP
};

/* A key and its value in a mapping; offsets are those of the whole text. */
struct json_member {
    struct slice key;
    size_t key_at;
    uint8_t form; /* enum json_form */
    struct slice text; /* WORD, NUMBER: as written; TEXT: what it says */
    size_t at, end; /* [bytes] of the value */
};

/* One item of the list that is read. */
struct json_row {
    uint8_t form; /* enum json_form */
    size_t at, end; /* [bytes] */
    struct json_member *members; /* of a mapping, in order; no key twice */
    size_t n, cap;
};

/* A list being read item by item. */
struct json_list {
    struct arena *a; /* of what the items hold */
    struct slice text; /* in UTF-8 */
    size_t at; /* how far it is read */
    bool begun, ended;
    const char *fault; /* what is wrong with the text, or NULL */
    size_t fault_at;
};

/*
 * Read the next item into *row, whose room is used again. False at the end, and
 * where the text is no list in JSON, to the letter of RFC 8259: then with a
 * fault.
 */
bool json_next(struct json_list *list, struct json_row *row);

#endif
