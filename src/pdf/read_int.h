/* Inside the reading of a PDF: its objects. */
#ifndef RAP_PDF_READ_INT_H
#define RAP_PDF_READ_INT_H

#include "pdf/read.h"

#include <stdbool.h>

struct libdeflate_decompressor;

enum value_kind {
    VALUE_NULL, /* also: none, not to be read */
    VALUE_WORD, /* true, false */
    VALUE_NUMBER,
    VALUE_NAME,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_DICT,
    VALUE_REF
};

/* An object, or a part of one. */
struct value {
    uint8_t kind; /* enum value_kind */
    bool stream; /* DICT: `s` are its bytes as they stand there */
    struct slice s; /* NAME: without '/'; STRING: decoded; NUMBER, WORD */
    int64_t n; /* NUMBER: its whole part; REF: the id */
    struct value *items; /* ARRAY; DICT: key, value, key, value … */
    size_t count; /* of items */
};

/* Bytes as far as they are read. */
struct cursor {
    struct arena *a;
    const char *at, *end;
    bool failed;
};

/* readvalue.c: the syntax. */

/* The next value; c->failed if there is none, or it is nested too deeply. */
struct value read_value(struct cursor *c);

/* Step over blanks and this word; false if it is another. */
bool read_word(struct cursor *c, const char *word);

/* The value of a key, not followed; the null value if there is none. */
const struct value *read_key(const struct value *dict, const char *key);

/* A text string as UTF-8. */
struct slice read_text(struct arena *a, struct slice s);

/* readobject.c: objects by number. */

struct reader_place {
    uint8_t kind; /* enum place_kind of pdf_int.h */
    uint64_t at;
    uint32_t index;
};

/* An object stream that was unpacked. */
struct unpacked {
    struct slice s;
    size_t first; /* where its objects begin */
    uint32_t *ids; /* and their places from there, in turns */
    size_t n; /* objects */
};

struct pdf_reader {
    struct arena *a, *scratch;
    struct slice bytes;
    struct libdeflate_decompressor *zip;
    struct reader_place *places;
    size_t nplaces;
    struct value **objects; /* by id, as far as they were asked for */
    struct unpacked **unpacked; /* by id, of object streams */
    struct value trailer;
};

/* Does it end as PDFs do? */
bool reader_has_end(const struct pdf_reader *r);

/* Read where the objects are. False if it is not as we write it. */
bool reader_open(struct pdf_reader *r);

/* The value itself, or the object that it refers to. Never NULL. */
const struct value *reader_follow(
    struct pdf_reader *r, const struct value *value);

/* The object that a key has. */
const struct value *reader_get(
    struct pdf_reader *r, const struct value *dict, const char *key);

/*
 * The bytes of a stream, unpacked in arena a. False if it is none, or not to
 * be read.
 */
bool reader_stream(struct pdf_reader *r, struct arena *a,
    const struct value *stream, struct slice *out);

#endif
