/* Profiles: found by name or path, merged with those that they extend, read. */
#include "model/keys_int.h"

#include <string.h>

static bool ends_with(struct slice s, const char *end)
{
    struct slice e = slice_of(end);
    return s.n >= e.n && memcmp(s.s + s.n - e.n, e.s, e.n) == 0;
}

/* The profiles that extend one another, the first one last in `maps`. */
struct chain {
    struct reader *r;
    struct node **maps;
    size_t nmaps, cap;
    struct extend_chain files; /* that they were read from */
    struct slice name; /* of the first */
    bool partial; /* one could not be had, which was reported */
};

/* Say which profiles there are. */
static void hint_profiles(
    const struct load *l, struct slice name, const char *folder)
{
    const char *near = str_nearest(name, file_names(l->a, folder, ".yaml"));
    if (near)
        diag_hint(l->d, "did you mean '%s'?", near);
    diag_hint(l->d, "profiles stand in %s; a path ends in .yaml", folder);
}

/* The file of a profile with a name, in the folder of profiles. */
static uint32_t find_name(struct chain *c, struct node *n)
{
    const struct load *l = c->r->l;
    const char *data = file_data_dir(l->a);
    const char *quoted = diag_quote(l->d, n->s);
    const char *folder = arena_printf(l->a, "%s/profiles", data ? data : "");
    if (!data || !keys_is_id(n->s)) {
        bool told = keys_diag(
            c->r, D_PROFILE_MISSING, n, "there is no profile %s", quoted);
        if (told && data)
            hint_profiles(l, n->s, folder);
        else if (told)
            diag_hint(l->d, "a path to a profile ends in .yaml");
        return 0;
    }
    const char *path =
        arena_printf(l->a, "%s/%.*s.yaml", folder, (int)n->s.n, n->s.s);
    uint32_t number;
    size_t max = (size_t)l->limits->file;
    files_allow(l->files, folder);
    enum file_error e = files_read(l->files, slice_of(path), 0, max, &number);
    if (e == FILE_OK) {
        files_set_role(l->files, number, FILE_OURS);
        return number;
    }
    if (e != FILE_MISSING) {
        files_diag(l->d, e, n->pos, slice_of(path), max);
        n->bad = true;
    } else if (keys_diag(c->r, D_PROFILE_MISSING, n, "there is no profile %s",
                   quoted)) {
        hint_profiles(l, n->s, folder);
    }
    return 0;
}

/* Read the profile that a scalar names; NULL if that was reported. */
static struct node *load_named(struct chain *c, struct node *n)
{
    if (n->bad)
        return NULL;
    uint32_t number = 0;
    if (!ends_with(n->s, ".yaml"))
        number = find_name(c, n);
    else if (!extend_file(c->r, n, &number))
        return NULL;
    if (!number || !extend_enter(c->r, &c->files, n, number, "profile"))
        return NULL;
    if (!c->name.n)
        c->name = n->s;
    struct node *root = load_file(c->r->l, number);
    if (root && root->kind != NODE_MAP) {
        keys_diag(c->r, D_TYPE, root, "a profile is a mapping");
        return NULL;
    }
    return root;
}

/* Collect what a profile extends, step by step. */
static void follow(struct chain *c, struct node *n)
{
    while (n) {
        if (n->kind == NODE_SCALAR)
            n = load_named(c, n);
        c->partial = !n || n->bad;
        if (c->partial)
            return;
        c->maps = arena_grow(
            c->r->l->a, c->maps, &c->cap, c->nmaps + 1, sizeof(struct node *));
        c->maps[c->nmaps++] = n;
        font_note_folder(c->r, n);
        n = load_find(n, "extends");
        struct dest to = {.name = "extends", .at = &(struct slice){0}};
        c->partial = n && !keys_value(c->r, &model_word, n, &to);
        if (c->partial)
            return;
    }
}

struct slice profile_base_name(struct slice s)
{
    if (ends_with(s, ".yaml"))
        s.n -= sizeof ".yaml" - 1;
    for (size_t i = s.n; i > 0; i--) {
        if (s.s[i - 1] == '/')
            return (struct slice){s.s + i, s.n - i};
    }
    return s;
}

/* Was `fields` found bad, or a key that may have been meant for it? */
static bool lost_fields(const struct node *map)
{
    const struct node *fields = load_find(map, "fields");
    bool lost = fields && fields->bad;
    for (uint32_t i = 0; i < map->count; i++)
        lost = lost || map->keys[i]->bad;
    return lost;
}

struct profile *profile_read(const struct load *l, struct node *n)
{
    struct raw_profile *raw = ARENA_NEW(l->a, struct raw_profile);
    struct reader *r = ARENA_NEW(l->a, struct reader);
    struct chain c = {.r = r};
    r->l = l;
    style_defaults(raw);
    follow(&c, n);
    struct node *map = c.nmaps ? c.maps[c.nmaps - 1] : NULL;
    for (size_t i = c.nmaps; i-- > 1;)
        map = extend_merge(r, map, c.maps[i - 1]);
    if (map)
        keys_read(r, &model_profile_keys, map, raw);
    raw->profile.node = map;
    raw->profile.partial = c.partial || r->partial || (map && lost_fields(map));
    raw->profile.name = profile_base_name(c.name);
    style_furniture(
        &raw->header, raw->profile.header, &raw->profile.header_gap);
    style_furniture(
        &raw->footer, raw->profile.footer, &raw->profile.footer_gap);
    return &raw->profile;
}
