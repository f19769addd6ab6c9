/* Loading within unit tests. */
#include "support_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct load *new_load(struct arena *a)
{
    struct load *l = ARENA_NEW(a, struct load);
    struct limits *limits = ARENA_NEW(a, struct limits);
    limits_init(limits);
    struct files *files = files_new(a);
    *l = (struct load){
        .a = a, .d = diags_new(a, files), .files = files, .limits = limits};
    return l;
}

struct node *load_bytes(struct load *l, const char *yaml, size_t n)
{
    struct slice text = {yaml, n};
    return load_file(l, files_add_text(l->files, "<test>", text));
}

struct node *load_string(struct load *l, const char *yaml)
{
    return load_bytes(l, yaml, strlen(yaml));
}

struct node *load_path_of(struct load *l, const char *path)
{
    uint32_t number;
    assert_true(files_root(l->files, "."));
    assert_int_equal(
        files_read(l->files, slice_of(path), 0, 1 << 20, &number), FILE_OK);
    return load_file(l, number);
}

static void put_node(struct buf *out, const struct node *n)
{
    if (n->bad)
        buf_putc(out, '!');
    if (n->kind == NODE_SCALAR) {
        buf_putc(out, '"');
        buf_put(out, n->s.s, n->s.n);
        buf_putc(out, '"');
        return;
    }
    buf_putc(out, n->kind == NODE_MAP ? '{' : '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i)
            buf_puts(out, ", ");
        if (n->kind == NODE_MAP) {
            put_node(out, n->keys[i]);
            buf_puts(out, ": ");
        }
        put_node(out, n->items[i]);
    }
    buf_putc(out, n->kind == NODE_MAP ? '}' : ']');
}

const char *dump_node(struct load *l, const struct node *n)
{
    struct buf out = buf_new(l->a);
    if (!n)
        return "NULL";
    put_node(&out, n);
    return out.s;
}

static const char *print_messages(struct load *l, enum diag_format format)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    struct diag_print how = {.format = format};
    diag_print(l->d, &how, out);
    fclose(out);
    const char *copy = arena_strndup(l->a, text, n);
    free(text);
    return copy;
}

const char *messages(struct load *l)
{
    return print_messages(l, DIAG_HUMAN);
}

const char *short_messages(struct load *l)
{
    const char *text = print_messages(l, DIAG_SHORT);
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    while (*text) {
        const char *end = strchr(text, '\n') + 1;
        const char *s = strchr(text, ':') + 1;
        const char *error = strstr(s, "error: ");
        assert_true(s < end && error && error < end);
        buf_put(&out, s, (size_t)(error - s));
        error += strlen("error: ");
        buf_put(&out, error, (size_t)(end - error));
        text = end;
    }
    return out.s;
}
