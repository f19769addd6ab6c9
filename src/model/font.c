/* Fonts beside a profile: found and read; src/text opens them. */
#include "model/keys_int.h"

#include <string.h>

enum { FAMILIES_MOST = 100 };

void font_note_folder(struct reader *r, const struct node *profile)
{
    struct node *fonts = load_find(profile, "fonts");
    struct node *folder = fonts ? load_find(fonts, "folder") : NULL, *kept;
    struct dest to = {.name = "folder", .at = &kept};
    if (!folder)
        return;
    if (keys_value(r, &model_file, folder, &to) &&
        !load_find(fonts, "families"))
        keys_refuse(r, fonts, "folder",
            "'folder' serves no family: none is given beside it");
    r->folders = arena_grow(r->l->a, r->folders, &r->folders_cap,
        r->nfolders + 1, sizeof *r->folders);
    r->folders[r->nfolders++] = folder;
}

/* The folder that is given in the same file, or NULL. */
static const struct node *find_folder(
    const struct reader *r, const struct node *n)
{
    for (size_t i = 0; i < r->nfolders; i++) {
        if (r->folders[i]->pos.file == n->pos.file)
            return r->folders[i];
    }
    return NULL;
}

/* A path in the folder; what is no such path is as it is, and refused so. */
static struct slice join(
    struct arena *a, const struct node *folder, struct slice name)
{
    const char *colon = memchr(name.s, ':', name.n);
    bool address = colon && name.n - (size_t)(colon - name.s) > 2 &&
        memcmp(colon, "://", 3) == 0;
    if (!folder || address || name.s[0] == '/')
        return name;
    return slice_of(arena_printf(
        a, "%.*s/%.*s", (int)folder->s.n, folder->s.s, (int)name.n, name.s));
}

static void hint_place(
    struct reader *r, const struct node *folder, const struct node *n)
{
    const char *path = files_at(r->l->files, n->pos.file)->path;
    if (folder)
        diag_hint(r->l->d, "it is looked for in %s beside %s",
            diag_quote(r->l->d, folder->s), path);
    else
        diag_hint(r->l->d,
            "it is looked for beside %s; 'folder' of 'fonts' names another "
            "place",
            path);
}

/* Read the file that a node names, relative to the file it stands in. */
static bool read_file(struct reader *r, struct node *n, struct font_bytes *out)
{
    const struct load *l = r->l;
    const struct node *folder = find_folder(r, n);
    if (folder && folder->bad)
        return false;
    struct slice path = join(l->a, folder, n->s);
    size_t max = (size_t)l->limits->font;
    uint32_t number;
    enum file_error e = files_read(l->files, path, n->pos.file, max, &number);
    if (e == FILE_OK) {
        files_set_role(l->files, number, FILE_FONT);
        *out = (struct font_bytes){n, number};
        return true;
    }
    files_diag(l->d, e, n->pos, path, max);
    diag_path(l->d, load_path(l->a, n));
    if (e == FILE_MISSING)
        hint_place(r, folder, n);
    else if (e == FILE_TOO_LARGE)
        diag_hint(l->d, "--limit font=N raises this limit");
    n->bad = true;
    return false;
}

/* A family: files by cut, in whose order the keys are. */
static bool read_family(struct reader *r, const struct type *t,
    struct node *key, struct node *n, struct house_family *out)
{
    struct raw_family raw = {0};
    struct dest to = {.name = "families", .item = true, .at = &raw};
    *out = (struct house_family){.node = key};
    if (!keys_value(r, t, n, &to))
        return false;
    if (keys_is_blank(key->s)) {
        keys_diag(r, D_VALUE, key, "a family of fonts has no name");
        return false;
    }
    out->name = arena_strndup(r->l->a, key->s.s, key->s.n);
    out->fallback = raw.fallback;
    out->nfallback = raw.nfallback;
    out->fallback_given = raw.fallback_given;
    for (size_t i = 0; i < FONT_CUTS; i++) {
        if (raw.files[i] && !raw.files[i]->bad)
            read_file(r, raw.files[i], &out->cuts[i]);
    }
    return out->cuts[0].node != NULL;
}

bool font_read_families(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    if (n->count > FAMILIES_MOST) {
        keys_diag(r, D_VALUE, n, "%s has %lu families: %d are the most",
            keys_name(r, to), (unsigned long)n->count, FAMILIES_MOST);
        return false;
    }
    struct house_family *list =
        ARENA_ARRAY(r->l->a, n->count, struct house_family);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++)
        kept += read_family(r, t->item, n->keys[i], n->items[i], &list[kept]);
    memcpy(to->at, &(void *){list}, sizeof(void *));
    *to->count = kept;
    return true;
}
