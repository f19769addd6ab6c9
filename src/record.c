/* The options that decide a PDF's bytes, as the PDF records them. */
#include "build.h"

#include <string.h>

static const char EPOCH[] = "SOURCE_DATE_EPOCH=";

/* A growing list of strings that ends with NULL. */
struct list {
    struct arena *a;
    const char **items;
    size_t n, cap;
};

static void add(struct list *list, const char *item)
{
    list->items = arena_grow(
        list->a, list->items, &list->cap, list->n + 2, sizeof *list->items);
    list->items[list->n++] = item;
    list->items[list->n] = NULL;
}

static void add_option(struct list *list, const char *name, const char *value)
{
    if (value)
        add(list, arena_printf(list->a, "--%s %s", name, value));
}

static const char *join_ids(struct arena *a, const char *const *ids)
{
    struct buf b = buf_new(a);
    for (; ids && *ids; ids++) {
        if (b.n)
            buf_putc(&b, ',');
        buf_puts(&b, *ids);
    }
    buf_putc(&b, '\0');
    return b.n > 1 ? b.s : NULL;
}

static bool is_path(const char *profile)
{
    static const char END[] = ".yaml";
    size_t n = strlen(profile), end = sizeof END - 1;
    return n >= end && strcmp(profile + n - end, END) == 0;
}

/* A file's path from the root, where it lies below that, or NULL. */
static const char *below_root(struct files *files, const char *path)
{
    uint32_t number;
    return files_read(files, slice_of(path), 0, SIZE_MAX, &number) == FILE_OK
        ? files_below(files, number)
        : NULL;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The profile's path from the root, where it lies below that, or its name. */
static const char *recorded_profile(
    struct arena *a, struct files *files, const char *profile)
{
    if (!profile || !is_path(profile))
        return profile;
    const char *below = below_root(files, profile);
    if (below)
        return below;
    const char *name = name_of(profile);
    return arena_strndup(a, name, strlen(name) - strlen(".yaml"));
}

/* The same of the report that another is compared with; a date as it is. */
static const char *recorded_since(struct files *files, const char *since)
{
    if (!since || !is_path(since))
        return since;
    const char *below = below_root(files, since);
    return below ? below : name_of(since);
}

const char *const *record_options(struct arena *a, struct files *files,
    const struct rap_options *opt, const char *epoch)
{
    struct list list = {.a = a};
    add_option(&list, "standard", opt->standard);
    add_option(&list, "as-of", opt->as_of);
    add_option(&list, "profile", recorded_profile(a, files, opt->profile));
    add_option(
        &list, "changes-since", recorded_since(files, opt->changes_since));
    add_option(&list, "changes", opt->changes);
    add_option(&list, "only", join_ids(a, opt->only));
    for (const char *const *set = opt->sets; set && *set; set++)
        add_option(&list, "set", *set);
    if (epoch)
        add(&list, arena_printf(a, "%s%s", EPOCH, epoch));
    return list.items;
}

/* The value of a recorded option of that name, or NULL. */
static const char *value_of(const char *recorded, const char *name)
{
    size_t n = strlen(name);
    return strncmp(recorded, name, n) == 0 ? recorded + n : NULL;
}

/* "a,b" as a list. */
static const char *const *split_ids(struct arena *a, const char *ids)
{
    struct list list = {.a = a};
    for (;;) {
        size_t n = strcspn(ids, ",");
        add(&list, arena_strndup(a, ids, n));
        if (!ids[n])
            return list.items;
        ids += n + 1;
    }
}

const char *record_apply(struct arena *a, const char *const *recorded,
    const char *root, struct rap_options *opt, const char **epoch)
{
    struct list sets = {.a = a};
    for (; *recorded; recorded++) {
        const char *value;
        if ((value = value_of(*recorded, "--standard ")) != NULL)
            opt->standard = value;
        else if ((value = value_of(*recorded, "--as-of ")) != NULL)
            opt->as_of = value;
        else if ((value = value_of(*recorded, "--profile ")) != NULL)
            opt->profile =
                is_path(value) ? arena_printf(a, "%s/%s", root, value) : value;
        else if ((value = value_of(*recorded, "--changes-since ")) != NULL)
            opt->changes_since =
                is_path(value) ? arena_printf(a, "%s/%s", root, value) : value;
        else if ((value = value_of(*recorded, "--changes ")) != NULL)
            opt->changes = value;
        else if ((value = value_of(*recorded, "--only ")) != NULL)
            opt->only = split_ids(a, value);
        else if ((value = value_of(*recorded, "--set ")) != NULL)
            add(&sets, value);
        else if ((value = value_of(*recorded, EPOCH)) != NULL)
            *epoch = value;
        else
            return *recorded;
    }
    opt->sets = sets.items;
    return NULL;
}
