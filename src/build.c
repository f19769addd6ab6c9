/* The pipeline, top to bottom: the only file but dump.c that knows every stage.
 */
#include "build.h"
#include "base/clocks.h"
#include "base/limits.h"
#include "dump.h"
#include "pdf/pdf.h"
#include "review/review.h"

#include <rapporteur.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* [ms] A build that takes longer shows how far it is. */
enum { PROGRESS_AFTER = 1000 };

/* One build: its memory, its files, what it found. */
struct build {
    const struct rap_options *opt;
    const struct build_use *use; /* what takes the PDF; NULL: a file does */
    struct arena_budget budget;
    struct arena *a, *scratch;
    struct limits limits;
    struct files *files;
    struct diags *d;
    struct load load;
    FILE *log;
    bool write; /* else only check */
    const struct pdf_attachment *attachments;
    size_t nattachments;
    struct clocks begun, stage; /* when the build and the stage began */
    struct progress progress;
    enum rap_status old; /* what the report compared with came to */
};

/* Print what was spent since then. */
static void print_cost(
    struct build *b, const char *name, const struct clocks *since)
{
    progress_clear(&b->progress);
    clocks_print(b->log, name, since);
}

/* Print what the stage that ends now has cost, and start the next one's. */
static void stage_done(struct build *b, const char *name)
{
    progress_stage(&b->progress, NULL, NULL);
    if (!b->opt->timings)
        return;
    print_cost(b, name, &b->stage);
    b->stage = clocks_now();
}

static bool wants_dump(const struct build *b, const char *stage)
{
    return b->opt->dump && !b->use && strcmp(b->opt->dump, stage) == 0;
}

/* The target of the PDF: -o, or the report's name with .pdf in its place. */
static const char *output_path(struct build *b)
{
    if (b->opt->output)
        return b->opt->output;
    if (b->opt->dump)
        return "-";
    const char *in = b->opt->input;
    size_t n = strlen(in);
    const char *slash = strrchr(in, '/');
    const char *dot = strrchr(in, '.');
    if (dot && dot != in && (!slash || dot > slash + 1))
        n = (size_t)(dot - in);
    return arena_printf(b->a, "%.*s.pdf", (int)n, in);
}

static struct outfile *open_output(struct build *b, const char *path)
{
    const char *why = NULL;
    struct outfile *out = outfile_open(b->a, b->files, path, &why);
    if (!out)
        diag(b->d, D_OUTPUT_TARGET, (struct pos){0}, "cannot write %s: %s",
            path, why);
    return out;
}

/* Take one more step with an output: prepare or commit it. */
static bool step_output(struct build *b, struct outfile *out, const char *path,
    bool (*step)(struct outfile *))
{
    if (step(out))
        return true;
    diag(b->d, D_OUTPUT_FAILED, (struct pos){0}, "cannot write %s: %s", path,
        strerror(errno));
    return false;
}

static bool write_text(struct build *b, struct outfile *out, const char *path,
    const struct buf *text)
{
    if (outfile_write(out, text->s, text->n))
        return true;
    diag(b->d, D_OUTPUT_FAILED, (struct pos){0}, "cannot write %s: %s", path,
        strerror(errno));
    return false;
}

static bool write_deps(struct build *b, struct outfile *out, const char *target)
{
    struct buf text = buf_new(b->a);
    files_deps(b->files, target, &text);
    return write_text(b, out, b->opt->deps, &text);
}

/* SOURCE_DATE_EPOCH, unless it is no number that can be a date. */
static const char *document_epoch(const struct build *b, int64_t *seconds)
{
    const int64_t end_of_9999 = INT64_C(253402300799);
    const char *epoch = b->use ? b->use->epoch : getenv("SOURCE_DATE_EPOCH");
    return epoch &&
            unit_parse_int(epoch, strlen(epoch), 0, end_of_9999, seconds)
        ? epoch
        : NULL;
}

/*
 * The date of the metadata: SOURCE_DATE_EPOCH, else the status date, else
 * the end of the period, else 1970. Never the clock.
 */
static int64_t document_date(const struct build *b, const struct report *r)
{
    int64_t seconds;
    if (document_epoch(b, &seconds))
        return seconds;
    const struct field *status = model_field(r, SLICE("status-date"));
    if (status && status->given && status->from.year)
        return (int64_t)uni_date_days(status->from) * 86400;
    const struct field *period = model_field(r, SLICE("period"));
    if (period && period->given && period->to.year)
        return (int64_t)uni_date_days(period->to) * 86400;
    return 0;
}

static struct node *read_input(struct build *b)
{
    struct slice path = slice_of(b->opt->input);
    uint32_t number;
    progress_stage(&b->progress, "load", "values");
    enum file_error e =
        files_read(b->files, path, 0, (size_t)b->limits.file, &number);
    if (e != FILE_OK) {
        files_diag(b->d, e, (struct pos){0}, path, (size_t)b->limits.file);
        return NULL;
    }
    struct node *root = load_file(&b->load, number);
    stage_done(b, "load");
    return root;
}

/* As far as the report says something. */
static struct doc *resolve_texts(struct build *b, struct node *root)
{
    struct model_options options = {.sets = b->opt->sets,
        .profile = b->opt->profile,
        .standard = b->opt->standard,
        .as_of = b->opt->as_of};
    progress_stage(&b->progress, "model", NULL);
    struct report *report = model_read(&b->load, root, &options);
    review_levels(b->d, report);
    stage_done(b, "model");
    if (b->use && b->use->model) {
        b->use->model(b->use->to, &b->load, report);
        return NULL;
    }
    progress_stage(&b->progress, "data", "cells");
    data_expand(&b->load, report);
    stage_done(b, "data");
    progress_stage(&b->progress, "inline", NULL);
    struct doc *doc = inline_resolve(&b->load, report);
    stage_done(b, "inline");
    return doc;
}

/* The front half: it runs on whatever is sound, and reports everything. */
static struct doc *resolve(struct build *b, struct node *root)
{
    struct doc *doc = resolve_texts(b, root);
    if (!doc)
        return NULL;
    progress_stage(&b->progress, "review", NULL);
    review_check(&b->load, b->scratch, doc);
    stage_done(b, "review");
    progress_stage(&b->progress, "image", NULL);
    image_check(&b->load, b->scratch, doc);
    stage_done(b, "image");
    b->attachments = pdf_attachments(&b->load, doc->report, &b->nattachments);
    return diag_errors(b->d) ? NULL : doc;
}

/* Text, layout and pages: only for a report without errors. */
static struct pages *set_pages(struct build *b, const struct doc *doc)
{
    progress_stage(&b->progress, "text", NULL);
    struct fonts *fonts = fonts_open(&b->load, doc);
    stage_done(b, "text");
    if (diag_errors(b->d))
        return NULL;
    progress_stage(&b->progress, "layout", "rows");
    struct late late = {.ntargets = doc->ntargets};
    struct flow *flow = layout_flow(&b->load, b->scratch, doc, fonts, &late);
    stage_done(b, "layout");
    if (diag_errors(b->d))
        return NULL;
    progress_stage(&b->progress, "page", NULL);
    struct pages *pages = page_paginate(&b->load, b->scratch, flow);
    if (pages && b->opt->only)
        pages = page_only(&b->load, b->scratch, pages, b->opt->only);
    stage_done(b, "page");
    return pages;
}

static bool write_pdf(
    struct build *b, const struct pages *pages, struct outfile *out)
{
    const struct report *report = pages->flow->doc->report;
    int64_t seconds;
    struct pdf_options options = {.standard = report->standard,
        .attachments = b->attachments,
        .nattachments = b->nattachments,
        .date = document_date(b, report),
        .producer = "Rapporteur " RAP_VERSION,
        .version = RAP_VERSION,
        .made_with =
            record_options(b->a, b->files, b->opt, document_epoch(b, &seconds)),
        .jobs = b->opt->jobs};
    progress_stage(&b->progress, "pdf", "pages");
    return pdf_write(&b->load, b->scratch, pages, &options, out);
}

/*
 * Write the PDF, or the text of a dump if pages is NULL, and the rule for make.
 * Nothing is put in place before all is written; what is not goes with the
 * arena.
 */
static void write_outputs(
    struct build *b, const struct pages *pages, const struct buf *text)
{
    const char *path = output_path(b), *rule = b->opt->deps;
    struct outfile *out = open_output(b, path);
    struct outfile *deps = out && rule ? open_output(b, rule) : NULL;
    if (!out || (rule && !deps))
        return;
    if (deps && outfile_same(out, deps)) {
        diag(b->d, D_OUTPUT_TARGET, (struct pos){0},
            "cannot write %s: it is both the output and --deps", path);
        return;
    }
    if (pages ? !write_pdf(b, pages, out) : !write_text(b, out, path, text))
        return;
    if (deps && !write_deps(b, deps, path))
        return;
    progress_clear(&b->progress);
    if (step_output(b, out, path, outfile_prepare) &&
        (!deps || step_output(b, deps, rule, outfile_prepare)) &&
        step_output(b, out, path, outfile_commit) && deps)
        step_output(b, deps, rule, outfile_commit);
    if (pages)
        stage_done(b, "pdf");
}

static void give_pdf(struct build *b, const struct pages *pages)
{
    struct outfile *out = outfile_memory(b->a);
    if (write_pdf(b, pages, out))
        b->use->take(b->use->to, b->a, b->scratch, outfile_bytes(out));
}

/* A changed file that nothing reads any more was not looked at. */
static void check_change(struct build *b)
{
    if (b->use->change && !files_pretended(b->files))
        diag(b->d, D_FILE_CHANGED, (struct pos){0},
            "the report changed: it does not read %s any more",
            b->use->change->name);
}

/* One of two reports, in the arenas of `with`; NULL if it has errors. */
static struct doc *resolve_one(struct build *b, const struct build *with);
static enum rap_status finish(struct build *b);

/* What was read of the older report decides the output, too. */
static void depend_on(struct build *b, const struct files *files)
{
    for (uint32_t i = 1; i <= files_count(files); i++)
        if (files_at(files, i)->real)
            files_depend(b->files, files_at(files, i)->real);
}

static bool wants_annex(const struct build *b, const struct report *r)
{
    const char *how = b->opt->changes;
    return how ? strcmp(how, "annex") == 0 : r->changes == CHANGES_ANNEX;
}

/* Mark what changed since an older report; false if that has errors. */
static bool mark_changes(struct build *b, struct doc *doc)
{
    struct rap_options *options = ARENA_NEW(b->a, struct rap_options);
    struct build *old = ARENA_NEW(b->a, struct build);
    *options = *b->opt;
    struct date date;
    const char *since = b->opt->changes_since;
    bool dated = uni_parse_date(slice_of(since), &date);
    options->as_of = dated ? since : NULL;
    if (!dated) {
        options->input = since;
        options->sets = NULL;
    }
    options->standard = "none"; /* it claims nothing */
    options->timings = false;
    /* Its warnings are known since it was built itself. */
    options->quiet = true;
    options->strict = false;
    old->opt = options;
    progress_stage(&b->progress, "compare", NULL);
    struct edition was = {
        .load = &old->load, .doc = resolve_one(old, b), .name = since};
    struct edition is = {.load = &b->load, .doc = doc, .name = b->opt->input};
    if (was.doc) {
        const struct changes *changes = review_compare(b->a, was, is);
        depend_on(b, old->files);
        review_mark(changes);
        if (wants_annex(b, doc->report))
            review_annex(changes);
    }
    stage_done(b, "compare");
    b->old = finish(old);
    return was.doc && b->old == RAP_DONE;
}

/* The same if it is asked for; a report that counts on it is told. */
static bool note_changes(struct build *b, struct doc *doc)
{
    if (b->opt->changes_since)
        return mark_changes(b, doc);
    if (doc->report->changes == CHANGES_ANNEX) {
        const struct node *key = load_find(doc->report->node, "changes");
        diag(b->d, D_CHANGES_SINCE, key ? key->pos : (struct pos){0},
            "there is no annex of changes: nothing to compare with is given");
        diag_hint(b->d, "--changes-since OLD.yaml, or a date");
    }
    return true;
}

/* Run the stages as far as the dump asked for needs, or to the PDF. */
static void run(struct build *b)
{
    struct buf text = buf_new(b->a);
    struct pages *pages = NULL;
    struct node *root = read_input(b);
    if (!root)
        return;
    if (wants_dump(b, "nodes")) {
        dump_nodes(b->files, root, &text);
    } else {
        struct doc *doc = resolve(b, root);
        if (!doc)
            return;
        if (wants_dump(b, "model"))
            dump_model(doc, b->a, &text);
        else if (b->use && !b->use->take)
            check_change(b);
        else if (!note_changes(b, doc))
            return;
        else
            pages = set_pages(b, doc);
    }
    if (diag_errors(b->d))
        return;
    if (wants_dump(b, "lines"))
        dump_lines(pages->flow, b->a, &text);
    else if (wants_dump(b, "boxes"))
        dump_boxes(pages->flow, b->a, &text);
    else if (wants_dump(b, "pages"))
        dump_pages(pages, b->scratch, &text);
    if (b->use && pages)
        give_pdf(b, pages);
    else if (b->write && !b->use)
        write_outputs(b, b->opt->dump ? NULL : pages, &text);
}

/* Say what is wrong with a --limit. */
static void report_limit(FILE *log, const char *given, struct slice name)
{
    int64_t cap = limits_cap(name);
    const char *near = limits_near(name);
    if (cap)
        fprintf(log, "rapporteur: --limit %s: give a number from 1 to %lld\n",
            given, (long long)cap);
    else
        fprintf(log, "rapporteur: --limit %s: no such limit%s%s%s\n", given,
            near ? "; did you mean '" : " (see rapporteur(1))",
            near ? near : "", near ? "'?" : "");
}

bool build_limits(
    struct limits *limits, const struct rap_options *opt, FILE *log)
{
    limits_init(limits);
    for (const char *const *p = opt->limits; p && *p; p++) {
        const char *eq = strchr(*p, '=');
        struct slice name = {*p, eq ? (size_t)(eq - *p) : strlen(*p)};
        int64_t n;
        if (!eq || !unit_parse_int(eq + 1, strlen(eq + 1), 1, INT64_MAX, &n) ||
            !limits_set(limits, name, n)) {
            report_limit(log, *p, name);
            return false;
        }
    }
    return true;
}

enum rap_status build_out_of_memory(
    const struct arena_budget *budget, FILE *log)
{
    if (!budget->limited) {
        fprintf(log, "rapporteur: error: memory ran out [%s]\n",
            diag_name(D_MEMORY));
        return RAP_SYSTEM;
    }
    fprintf(log,
        "rapporteur: error: more than %lld bytes of memory are needed "
        "[%s]\n  hint: --limit memory=N raises this limit\n",
        (long long)budget->limit, diag_name(D_LIMIT_MEMORY));
    return RAP_LIMIT;
}

static bool apply_switches(struct build *b)
{
    for (size_t i = 0; i < b->opt->nswitches; i++) {
        const struct rap_message_switch *s = &b->opt->switches[i];
        struct slice name = slice_of(s->name);
        bool ok = s->how == RAP_OFF
            ? diag_set_off(b->d, name)
            : diag_set_level(
                  b->d, name, s->how == RAP_ERROR ? DIAG_ERROR : DIAG_WARNING);
        if (!ok) {
            fprintf(b->log,
                "rapporteur: '%s' is no message that can be switched so\n",
                s->name);
            return false;
        }
    }
    if (b->opt->strict)
        diag_set_strict(b->d);
    return true;
}

/* The folder that may be read: --root, or the report's. */
static bool open_root(struct build *b)
{
    const char *root = b->opt->root;
    if (!root) {
        const char *slash = strrchr(b->opt->input, '/');
        root = !slash                ? "."
            : slash == b->opt->input ? "/"
                                     : arena_strndup(b->a, b->opt->input,
                                           (size_t)(slash - b->opt->input));
    }
    if (files_root(b->files, root))
        return true;
    struct slice path = slice_of(b->opt->root ? root : b->opt->input);
    diag(b->d, errno == ENOENT ? D_FILE_MISSING : D_FILE_FAILED,
        (struct pos){0}, "cannot read %.*s: %s", (int)path.n, path.s,
        strerror(errno));
    return false;
}

static enum rap_status finish(struct build *b)
{
    bool colour = b->opt->colour;
    progress_clear(&b->progress);
    struct diag_print how = {.format = DIAG_HUMAN,
        .quiet = b->opt->quiet,
        .colour = colour,
        .most = (unsigned)b->limits.messages};
    diag_print(b->d, &how, b->log);
    return (enum rap_status)diag_status(b->d);
}

static void open_arenas(struct build *b)
{
    b->a = arena_new(&b->budget);
    b->scratch = b->a ? arena_new(&b->budget) : NULL;
    if (!b->scratch)
        arena_exhausted_at(&b->budget);
    b->budget.limit = (size_t)b->limits.memory;
}

static void open_load(struct build *b)
{
    b->files = files_new(b->a);
    b->d = diags_new(b->a, b->files);
    b->load = (struct load){.a = b->a,
        .d = b->d,
        .files = b->files,
        .limits = &b->limits,
        .progress = &b->progress};
    if (b->use && b->use->change)
        files_pretend(b->files, b->use->change);
}

static enum rap_status run_build(struct build *b)
{
    open_arenas(b);
    open_load(b);
    if (!apply_switches(b))
        return RAP_USAGE;
    b->begun = b->stage = clocks_now();
    if (b->opt->progress && !b->opt->quiet)
        progress_start(&b->progress, b->log, PROGRESS_AFTER);
    if (open_root(b))
        run(b);
    if (b->opt->timings)
        print_cost(b, "total", &b->begun);
    enum rap_status status = finish(b);
    return status == RAP_DONE ? b->old : status;
}

static enum rap_status build(
    const struct rap_options *opt, bool write, const struct build_use *use)
{
    struct build b = {.opt = opt, .write = write, .use = use, .log = opt->log};
    if (!b.log)
        b.log = stderr;
    if (!opt->input) {
        fputs("rapporteur: no report given\n", b.log);
        return RAP_USAGE;
    }
    if (!build_limits(&b.limits, opt, b.log))
        return RAP_USAGE;
    volatile enum rap_status status;
    if (setjmp(b.budget.jump) == 0) {
        status = run_build(&b);
    } else {
        progress_clear(&b.progress);
        status = build_out_of_memory(&b.budget, b.log);
    }
    arena_free(b.scratch);
    arena_free(b.a);
    uni_cleanup();
    return status;
}

static struct doc *resolve_one(struct build *b, const struct build *with)
{
    b->log = with->log;
    b->limits = with->limits;
    b->a = with->a;
    b->scratch = with->scratch;
    open_load(b);
    if (!apply_switches(b) || !open_root(b))
        return NULL;
    struct node *root = read_input(b);
    struct doc *doc = root ? resolve_texts(b, root) : NULL;
    return diag_errors(b->d) ? NULL : doc;
}

static enum rap_status run_two(struct build *b, const struct build_two *two)
{
    open_arenas(b);
    struct build old = {.opt = two->old}, new = {.opt = two->new};
    enum rap_status status = RAP_DONE, own[2];
    struct edition was = {.load = &old.load, .name = two->old_name};
    struct edition is = {.load = &new.load, .name = two->new_name};
    was.doc = resolve_one(&old, b);
    is.doc = resolve_one(&new, b);
    if (was.doc && is.doc)
        status = two->take(two->to, b->a, was, is);
    own[0] = finish(&old);
    own[1] = finish(&new);
    for (unsigned i = 0; i < 2; i++)
        status = own[i] != RAP_DONE ? own[i] : status;
    return !was.doc || !is.doc ? (status ? status : RAP_USAGE) : status;
}

enum rap_status build_resolved(const struct build_two *two)
{
    struct build b = {.opt = two->new, .log = two->new->log};
    if (!b.log)
        b.log = stderr;
    if (!build_limits(&b.limits, two->new, b.log))
        return RAP_USAGE;
    volatile enum rap_status status;
    if (setjmp(b.budget.jump) == 0)
        status = run_two(&b, two);
    else
        status = build_out_of_memory(&b.budget, b.log);
    arena_free(b.scratch);
    arena_free(b.a);
    uni_cleanup();
    return status;
}

enum rap_status rap_build(const struct rap_options *opt)
{
    return build(opt, true, NULL);
}

enum rap_status rap_check(const struct rap_options *opt)
{
    return build(opt, false, NULL);
}

enum rap_status build_into(
    const struct rap_options *opt, const struct build_use *use)
{
    return build(opt, true, use);
}

void rap_abandon(void)
{
    outfile_remove_all();
    progress_abandon();
}

enum rap_status rap_schema(FILE *out)
{
    struct arena_budget budget = {0};
    struct arena *volatile a = NULL;
    enum rap_status volatile status = RAP_SYSTEM;
    if (setjmp(budget.jump) == 0) {
        a = arena_new(&budget);
        if (a) {
            struct buf text = buf_new(a);
            model_schema(a, &text);
            if (fwrite(text.s, 1, text.n, out) == text.n && fflush(out) == 0)
                status = RAP_DONE;
        }
    }
    if (status != RAP_DONE)
        fputs("rapporteur: the schema could not be written\n", stderr);
    arena_free(a);
    return status;
}
