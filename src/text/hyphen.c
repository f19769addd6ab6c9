/* Where words may be divided, by libhyphen. Its only home. */
#include "text/text_int.h"

#include "base/uni.h"

#include <hyphen.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    WORD_LEAST = 5, /* characters of a word worth dividing */
    WORD_MOST = 100, /* characters, as many as libhyphen takes */
    BYTES_MOST = 4 * WORD_MOST,
    ROOM = 8 /* more than libhyphen asks for beyond the word's bytes */
};

/* The dictionary of one language; tried is set before anything else. */
struct hyphens {
    HyphenDict *dict; /* NULL: none */
    iconv_t to; /* from UTF-8 to its character set; (iconv_t)-1: it is UTF-8 */
    bool tried;
};

static void free_dictionary(void *p)
{
    hnj_hyphen_free(p);
}

static void close_converter(void *p)
{
    iconv_close((iconv_t)p);
}

/*
 * The entry of families.yaml for a tag: its own, or that of the tag without
 * its last parts.
 */
static const struct dictionary *find_dictionary(
    const struct families *f, const char *tag)
{
    for (size_t n = strlen(tag); n;) {
        for (uint32_t i = 0; i < f->ndictionaries; i++) {
            const char *lang = f->dictionaries[i].lang;
            if (strlen(lang) == n && strncmp(lang, tag, n) == 0)
                return &f->dictionaries[i];
        }
        while (n && tag[n - 1] != '-')
            n--;
        n -= n > 0;
    }
    return NULL;
}

static void report_missing(
    const struct load *l, const struct dictionary *d, const char *tag)
{
    diag(l->d, D_HYPHEN_FILE, (struct pos){0},
        "the dictionary %s is not installed: words in '%s' are not divided",
        d->file, tag);
    diag_hint(l->d, "Debian's package %s brings it", d->package);
}

static void open_dictionary(const struct load *l, const struct families *f,
    struct hyphens *h, const char *tag)
{
    h->tried = true;
    const struct dictionary *d = find_dictionary(f, tag);
    if (!d)
        return;
    const char *path = arena_printf(l->a, "%s/%s", f->hyphen_folder, d->file);
    if (access(path, R_OK) == 0)
        h->dict = hnj_hyphen_load(path);
    if (!h->dict) {
        report_missing(l, d, tag);
        return;
    }
    files_depend(l->files, path);
    arena_on_free(l->a, free_dictionary, h->dict);
    if (h->dict->utf8)
        return;
    h->to = iconv_open(h->dict->cset, "UTF-8");
    if (h->to == (iconv_t)-1)
        h->dict = NULL;
    else
        arena_on_free(l->a, close_converter, (void *)h->to);
}

static struct hyphens *hyphens_of(struct fonts *f, uint16_t lang)
{
    struct fonts_priv *p = f->priv;
    if (!p->hyphens) {
        p->hyphens = ARENA_ARRAY(p->l->a, p->doc->nlangs, struct hyphens);
        for (uint32_t i = 0; i < p->doc->nlangs; i++)
            p->hyphens[i].to = (iconv_t)-1;
    }
    struct hyphens *h = &p->hyphens[lang];
    if (!h->tried)
        open_dictionary(p->l, p->families, h, p->doc->langs[lang]);
    return h;
}

/* Does a mark begin at byte i, which belongs to the letter before it? */
static bool is_mark_at(struct slice s, size_t i)
{
    uint32_t cp;
    return utf8_decode(s.s + i, s.n - i, &cp) && uni_is_mark(cp);
}

/* A word in small letters, and how long each character is in the original. */
struct folded {
    char s[BYTES_MOST + ROOM];
    size_t n;
    uint8_t lengths[WORD_MOST]; /* [bytes] in the original */
    size_t count; /* characters */
};

static bool fold(struct slice word, struct folded *out)
{
    size_t len;
    *out = (struct folded){.n = 0};
    for (size_t i = 0; i < word.n; i += len) {
        uint32_t cp;
        len = utf8_decode(word.s + i, word.n - i, &cp);
        if (!len || out->count == WORD_MOST)
            return false;
        out->lengths[out->count++] = (uint8_t)len;
        out->n += utf8_encode(uni_lower(cp), out->s + out->n);
    }
    return out->count >= WORD_LEAST;
}

/* To the dictionary's own character set, one byte a character. */
static bool convert(const struct hyphens *h, struct folded *w)
{
    if (h->to == (iconv_t)-1)
        return true;
    char in[BYTES_MOST], *from = in, *to = w->s;
    size_t left = w->n, room = sizeof w->s;
    memcpy(in, w->s, w->n);
    iconv(h->to, NULL, NULL, NULL, NULL);
    if (iconv(h->to, &from, &left, &to, &room) == (size_t)-1)
        return false;
    w->n = (size_t)(to - w->s);
    return w->n == w->count;
}

static void free_changes(char **rep, int *pos, int *cut, size_t n)
{
    for (size_t i = 0; rep && i < n; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}

bool hyphen_marks(
    struct fonts *f, uint16_t lang, struct slice s, uint8_t *marks)
{
    struct folded w;
    memset(marks, 0, s.n);
    const struct hyphens *h = hyphens_of(f, lang);
    if (!h->dict || !fold(s, &w) || !convert(h, &w))
        return false;
    char hyphens[BYTES_MOST + ROOM] = {0};
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    if (hnj_hyphen_hyphenate3(h->dict, w.s, (int)w.n, hyphens, NULL, &rep, &pos,
            &cut, 0, 0, 0, 0) != 0)
        return false;
    bool any = false;
    size_t at = 0;
    for (size_t i = 0; i + 1 < w.count; i++) {
        at += w.lengths[i];
        /* Where dividing changes the spelling it is left. */
        bool here = hyphens[i] & 1 && !(rep && rep[i]) && !is_mark_at(s, at);
        marks[at - 1] = here;
        any |= here;
    }
    free_changes(rep, pos, cut, w.n);
    return any;
}
