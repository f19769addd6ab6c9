/* families.yaml: which font files serve which family, cut and script; which
 * dictionaries serve which language. Families that the profile brings. */
#include "text/text_int.h"

#include <string.h>

/* The cuts' keys, by their bits. */
static const char *const CUT_KEYS[CUTS] = {
    [0] = "regular",
    [CUT_BOLD] = "bold",
    [CUT_ITALIC] = "italic",
    [CUT_BOLD | CUT_ITALIC] = "bold-italic",
};

/* Report what is wrong with the file: it is ours, so a few words do. */
static bool refuse(const struct load *l, struct node *n, const char *wanted)
{
    load_diag(l, D_TYPE, n, "families.yaml wants %s here", wanted);
    return false;
}

static bool is_text(const struct load *l, struct node *n)
{
    return (n->kind == NODE_SCALAR && n->s.n) || refuse(l, n, "a text");
}

static bool is_list(const struct load *l, struct node *n)
{
    return (n->kind == NODE_LIST && n->count) || refuse(l, n, "a list");
}

static bool is_map(const struct load *l, struct node *n)
{
    return (n->kind == NODE_MAP && n->count) || refuse(l, n, "a mapping");
}

/* The value of a key that must be there, or NULL. */
static struct node *require(
    const struct load *l, struct node *map, const char *key)
{
    struct node *n = load_find(map, key);
    if (!n)
        load_diag(l, D_KEY_MISSING, map, "the key '%s' is missing", key);
    return n;
}

/* Are all keys of the map among the names, which NULL ends? */
static bool check_keys(
    const struct load *l, struct node *map, const char *const *names)
{
    for (uint32_t i = 0; i < map->count; i++) {
        const char *const *name = names;
        while (*name && !slice_is(map->keys[i]->s, *name))
            name++;
        if (*name)
            continue;
        load_diag(l, D_KEY_UNKNOWN, map->keys[i], "unknown key %s",
            diag_quote(l->d, map->keys[i]->s));
        return false;
    }
    return true;
}

static const char *copy(const struct load *l, const struct node *n)
{
    return arena_strndup(l->a, n->s.s, n->s.n);
}

static bool read_script(const struct load *l, struct node *n, uint32_t *script)
{
    if (!n)
        return true;
    if (n->kind != NODE_SCALAR || n->s.n != 4)
        return refuse(l, n, "a script's four letters");
    *script = HB_TAG(n->s.s[0], n->s.s[1], n->s.s[2], n->s.s[3]);
    return true;
}

static bool read_font(
    const struct load *l, struct node *n, const char *package, struct font *out)
{
    static const char *const keys[] = {
        "script", "package", "regular", "bold", "italic", "bold-italic", NULL};
    if (!is_map(l, n) || !check_keys(l, n, keys) || !require(l, n, "regular") ||
        !read_script(l, load_find(n, "script"), &out->script))
        return false;
    struct node *own = load_find(n, "package");
    if (own && !is_text(l, own))
        return false;
    out->package = own ? copy(l, own) : package;
    for (unsigned cut = 0; cut < CUTS; cut++) {
        struct node *file = load_find(n, CUT_KEYS[cut]);
        if (!file)
            continue;
        if (!is_text(l, file))
            return false;
        if (memchr(file->s.s, '/', file->s.n))
            return refuse(l, file, "a file's name without its folder");
        out->files[cut].name = copy(l, file);
    }
    return true;
}

static bool read_family(
    const struct load *l, struct node *key, struct node *n, struct family *out)
{
    static const char *const keys[] = {
        "name", "package", "fonts", "fallback", NULL};
    if (!is_map(l, n) || !check_keys(l, n, keys))
        return false;
    struct node *name = require(l, n, "name");
    struct node *package = require(l, n, "package");
    struct node *fonts = require(l, n, "fonts");
    if (!name || !package || !fonts || !is_text(l, name) ||
        !is_text(l, package) || !is_list(l, fonts))
        return false;
    out->key = copy(l, key);
    out->name = copy(l, name);
    out->nfonts = fonts->count;
    out->fonts = ARENA_ARRAY(l->a, fonts->count, struct font);
    const char *brings = copy(l, package);
    for (uint32_t i = 0; i < fonts->count; i++)
        if (!read_font(l, fonts->items[i], brings, &out->fonts[i]))
            return false;
    return true;
}

/* The families named under `fallback`, when all are known. */
static bool read_fallback(const struct load *l, const struct families *f,
    struct node *n, struct family *out)
{
    struct node *list = load_find(n, "fallback");
    if (!list)
        return true;
    if (!is_list(l, list))
        return false;
    out->fallback = ARENA_ARRAY(l->a, list->count, uint16_t);
    for (uint32_t i = 0; i < list->count; i++) {
        struct node *name = list->items[i];
        int32_t index =
            name->kind == NODE_SCALAR ? families_find(f, name->s) : -1;
        if (index < 0)
            return refuse(l, name, "the key of a family");
        out->fallback[out->nfallback++] = (uint16_t)index;
    }
    return true;
}

static bool read_folders(
    const struct load *l, struct node *n, struct families *f)
{
    if (!n || !is_list(l, n))
        return false;
    f->folders = ARENA_ARRAY(l->a, n->count, const char *);
    for (uint32_t i = 0; i < n->count; i++) {
        if (!is_text(l, n->items[i]))
            return false;
        if (n->items[i]->s.s[0] != '/')
            return refuse(l, n->items[i], "an absolute path");
        f->folders[f->nfolders++] = copy(l, n->items[i]);
    }
    return true;
}

static bool read_dictionary(const struct load *l, struct node *key,
    struct node *n, struct dictionary *d)
{
    static const char *const keys[] = {"file", "package", NULL};
    if (!is_map(l, n) || !check_keys(l, n, keys))
        return false;
    struct node *file = require(l, n, "file");
    struct node *package = require(l, n, "package");
    if (!file || !package || !is_text(l, file) || !is_text(l, package))
        return false;
    if (memchr(file->s.s, '/', file->s.n))
        return refuse(l, file, "a file's name without its folder");
    *d = (struct dictionary){copy(l, key), copy(l, file), copy(l, package)};
    return true;
}

static bool read_hyphenation(
    const struct load *l, struct node *n, struct families *f)
{
    static const char *const keys[] = {"folder", "languages", NULL};
    if (!n)
        return true;
    if (!is_map(l, n) || !check_keys(l, n, keys))
        return false;
    struct node *folder = require(l, n, "folder");
    struct node *map = require(l, n, "languages");
    if (!folder || !map || !is_text(l, folder) || !is_map(l, map))
        return false;
    if (folder->s.s[0] != '/')
        return refuse(l, folder, "an absolute path");
    f->hyphen_folder = copy(l, folder);
    f->dictionaries = ARENA_ARRAY(l->a, map->count, struct dictionary);
    for (uint32_t i = 0; i < map->count; i++)
        if (!read_dictionary(
                l, map->keys[i], map->items[i], &f->dictionaries[i]))
            return false;
    f->ndictionaries = map->count;
    return true;
}

enum { FAMILIES_MOST = 1000 };

struct families *families_of(const struct load *l, struct node *root)
{
    static const char *const keys[] = {
        "folders", "families", "hyphenation", NULL};
    struct families *f = ARENA_NEW(l->a, struct families);
    if (!is_map(l, root) || !check_keys(l, root, keys) ||
        !read_folders(l, require(l, root, "folders"), f) ||
        !read_hyphenation(l, load_find(root, "hyphenation"), f))
        return NULL;
    struct node *map = require(l, root, "families");
    if (!map || !is_map(l, map))
        return NULL;
    if (map->count > FAMILIES_MOST) {
        refuse(l, map, "fewer families");
        return NULL;
    }
    f->v = ARENA_ARRAY(l->a, map->count, struct family);
    f->names = ARENA_ARRAY(l->a, map->count + 1, const char *);
    for (; f->n < map->count; f->n++) {
        struct family *family = &f->v[f->n];
        if (!read_family(l, map->keys[f->n], map->items[f->n], family))
            return NULL;
        f->names[f->n] = family->key;
    }
    f->own = f->n;
    for (uint32_t i = 0; i < f->n; i++)
        if (!read_fallback(l, f, map->items[i], &f->v[i]))
            return NULL;
    return f;
}

struct families *families_read(const struct load *l)
{
    const char *folder = file_fonts_dir(l->a);
    if (!folder) {
        diag(l->d, D_FONT_FILE, (struct pos){0},
            "families.yaml, which lists the fonts, is not installed");
        return NULL;
    }
    struct slice path =
        slice_of(arena_printf(l->a, "%s/families.yaml", folder));
    size_t max = (size_t)l->limits->file;
    uint32_t number = 0;
    enum file_error e = FILE_FAILED;
    if (files_allow(l->files, folder))
        e = files_read(l->files, path, 0, max, &number);
    if (e != FILE_OK) {
        files_diag(l->d, e, (struct pos){0}, path, max);
        return NULL;
    }
    files_set_role(l->files, number, FILE_OURS);
    struct node *root = load_file(l, number);
    return root ? families_of(l, root) : NULL;
}

/* The index of a family among those from `first` to before `end`, or -1. */
static int32_t find_among(
    const struct families *f, uint32_t first, uint32_t end, struct slice name)
{
    for (uint32_t i = first; i < end; i++)
        if (slice_is(name, f->v[i].key) || slice_is(name, f->v[i].name))
            return (int32_t)i;
    return -1;
}

int32_t families_find(const struct families *f, struct slice name)
{
    int32_t house = find_among(f, f->own, f->n, name);
    return house < 0 ? find_among(f, 0, f->own, name) : house;
}

/* A family of the profile: one font, whose files are read. */
static struct family house_family(
    const struct load *l, const struct house_family *h)
{
    struct font *font = ARENA_NEW(l->a, struct font);
    for (unsigned cut = 0; cut < CUTS; cut++) {
        if (!h->cuts[cut].node)
            continue;
        font->files[cut].name = files_at(l->files, h->cuts[cut].file)->path;
        font->files[cut].house = &h->cuts[cut];
    }
    return (struct family){
        .key = h->name, .name = h->name, .fonts = font, .nfonts = 1};
}

/* One that falls back on its own name means that of families.yaml. */
static int32_t find_fallback(
    const struct families *f, const struct family *own, struct slice name)
{
    return slice_is(name, own->key) ? find_among(f, 0, f->own, name)
                                    : families_find(f, name);
}

static void house_fallback(const struct load *l, const struct families *f,
    const struct house_family *h, struct family *out)
{
    static const char *const USUAL[] = {"noto-serif", "noto-sans"};
    size_t n = h->fallback_given ? h->nfallback : sizeof USUAL / sizeof *USUAL;
    out->fallback = ARENA_ARRAY(l->a, n, uint16_t);
    for (size_t i = 0; i < n; i++) {
        struct node *node = h->fallback_given ? h->fallback[i] : NULL;
        struct slice name = node ? node->s : slice_of(USUAL[i]);
        int32_t index = find_fallback(f, out, name);
        if (index >= 0)
            out->fallback[out->nfallback++] = (uint16_t)index;
        else if (node)
            families_unknown(l, f, name, node->pos);
    }
}

void families_add(
    const struct load *l, struct families *f, const struct profile *p)
{
    uint32_t all = f->own + p->nfamilies;
    if (all == f->own)
        return;
    struct family *v = ARENA_ARRAY(l->a, all, struct family);
    const char **names = ARENA_ARRAY(l->a, all + 1, const char *);
    memcpy(v, f->v, f->own * sizeof *v);
    for (uint32_t i = f->own; i < all; i++) {
        v[i] = house_family(l, &p->families[i - f->own]);
        names[i - f->own] = v[i].key;
    }
    memcpy(names + p->nfamilies, f->names, f->own * sizeof *names);
    f->v = v;
    f->n = all;
    f->names = names;
    for (uint32_t i = f->own; i < all; i++)
        house_fallback(l, f, &p->families[i - f->own], &v[i]);
}

void families_unknown(const struct load *l, const struct families *f,
    struct slice name, struct pos pos)
{
    diag(l->d, D_FONT_FAMILY, pos, "there is no font family %s",
        diag_quote(l->d, name));
    const char *near = str_nearest(name, f->names);
    struct buf all = buf_new(l->a);
    for (const char *const *s = f->names; *s; s++)
        buf_printf(&all, "%s%s", all.n ? ", " : "", *s);
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
    else
        diag_hint(l->d, "%s %s",
            f->n > f->own ? "the profile and families.yaml have"
                          : "families.yaml has",
            all.s);
}
