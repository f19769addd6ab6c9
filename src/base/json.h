/* JSON: values are built, then written as stable text. Only home of jansson. */
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

/* Append the value, indented by two blanks, a newline after it. */
void json_write(const struct json *v, struct buf *out);

#endif
