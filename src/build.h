/* The pipeline as verbs use it, which are more than building. */
#ifndef RAP_BUILD_H
#define RAP_BUILD_H

#include "base/file.h"
#include "base/limits.h"
#include "load/load.h"
#include "review/changes.h"

#include <rapporteur.h>

struct report;

/* Where a build's PDF goes in place of a file, or how far it is to go. */
struct build_use {
    /* Called once with the report as written: then the build ends. NULL: it
     * goes on. */
    void (*model)(void *to, const struct load *l, struct report *r);
    /* Called once with the PDF, if there were no errors; the arenas and the
     * bytes go with the build. NULL: only the front half is run. */
    void (*take)(
        void *to, struct arena *a, struct arena *scratch, struct slice pdf);
    void *to;
    const char *epoch; /* in place of SOURCE_DATE_EPOCH; NULL: not set */
    const struct file_change *change; /* a file as it would be; NULL: none */
};

/*
 * rap_build, its PDF into `use`; `output`, `deps` and `dump` are not looked
 * at. In memory and a budget of its own.
 */
enum rap_status build_into(
    const struct rap_options *opt, const struct build_use *use);

/* Two reports, resolved: what a comparison asks for. */
struct build_two {
    const struct rap_options *old, *new;
    const char *old_name, *new_name; /* for readers */
    /*
     * Called once if there were no errors in either, in arena a; what it gives
     * is the status unless errors are reported meanwhile.
     */
    enum rap_status (*take)(
        void *to, struct arena *a, struct edition old, struct edition new);
    void *to;
};

/*
 * Resolve two reports, up to labels and references, and have them taken. Files
 * and messages are each one's own, limits the newer one's.
 */
enum rap_status build_resolved(const struct build_two *two);

/* The limits with --limit applied; false if that was wrong, and reported. */
bool build_limits(
    struct limits *limits, const struct rap_options *opt, FILE *log);

/* Report, after the jump of a budget, what ran out. */
enum rap_status build_out_of_memory(
    const struct arena_budget *budget, FILE *log);

/*
 * record.c: the options that decide a PDF's bytes, as the PDF records them:
 * "--only annex-1,annex-2", "SOURCE_DATE_EPOCH=0"; then NULL. `files` is asked
 * where a profile given by its path lies: below the root it is recorded by its
 * path from there, elsewhere by its name.
 */
const char *const *record_options(struct arena *a, struct files *files,
    const struct rap_options *opt, const char *epoch);

/*
 * Set the options that are so recorded; paths are made to begin at the root.
 * NULL, or the first one that is not understood.
 */
const char *record_apply(struct arena *a, const char *const *recorded,
    const char *root, struct rap_options *opt, const char **epoch);

#endif
