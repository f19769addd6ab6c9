/* What a build has read, as rules for make. */
#include "base/file_int.h"

#include <string.h>

void files_depend(struct files *f, const char *real)
{
    for (size_t i = 0; i < f->depend_count; i++)
        if (strcmp(f->depends[i], real) == 0)
            return;
    f->depends = arena_grow(f->a, f->depends, &f->depend_cap,
        f->depend_count + 1, sizeof *f->depends);
    f->depends[f->depend_count++] = arena_strndup(f->a, real, strlen(real));
}

/*
 * Can make not be told of the character, which would end the name or begin a
 * command? A '?' then matches it in the name of a file that is there.
 */
static bool is_unsafe(char c)
{
    return strchr(";|=[", c) || ((unsigned char)c < ' ' && c != '\t');
}

/* A file name as make reads it, before or after the colon of a rule. */
static void put_name(struct buf *out, const char *name, bool target)
{
    for (; *name; name++) {
        size_t slashes = strspn(name, "\\");
        char next = name[slashes];
        bool unsafe = next && is_unsafe(next);
        bool quoted =
            next && (strchr(" \t#:", next) || (target && next == '%'));
        /* Backslashes before one of these are halved by make. */
        for (size_t i = 0; i < slashes; i++)
            buf_puts(out, quoted || unsafe ? "\\\\" : "\\");
        name += slashes;
        if (!next)
            return;
        if (quoted)
            buf_putc(out, '\\');
        if (next == '$')
            buf_putc(out, '$');
        buf_putc(out, unsafe ? '?' : next);
    }
}

/* Was a file that was noted also read? */
static bool was_read(const struct files *f, const char *real)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->entries[i]->in && strcmp(f->entries[i]->source.real, real) == 0)
            return true;
    return false;
}

/* Dependency number i, or NULL for a text that is no file, or one named
 * before. */
static const char *name_at(const struct files *f, size_t i)
{
    if (i >= f->count) {
        const char *real = f->depends[i - f->count];
        return was_read(f, real) ? NULL : real;
    }
    const struct entry *e = f->entries[i];
    return e->in ? e->source.path : NULL;
}

void files_deps(const struct files *f, const char *target, struct buf *out)
{
    size_t n = f->count + f->depend_count;
    put_name(out, target, true);
    buf_putc(out, ':');
    for (size_t i = 0; i < n; i++) {
        const char *name = name_at(f, i);
        if (!name)
            continue;
        buf_puts(out, " \\\n ");
        put_name(out, name, false);
    }
    buf_putc(out, '\n');
    /* Without these, make would stop when one of the files is gone. */
    for (size_t i = 0; i < n; i++) {
        const char *name = name_at(f, i);
        if (!name)
            continue;
        buf_putc(out, '\n');
        put_name(out, name, true);
        buf_puts(out, ":\n");
    }
}
