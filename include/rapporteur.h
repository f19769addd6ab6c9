/*
 * Rapporteur: official periodic reports from YAML to PDF.
 *
 * The whole public interface. Every call reads files and writes one output;
 * nothing is kept between calls, no call changes global state but the handlers
 * of SIGINT, SIGTERM and SIGHUP while an output is being written (they remove
 * the temporary file and let the signal take its course). One call at a time.
 */
#ifndef RAPPORTEUR_H
#define RAPPORTEUR_H

#include <stdbool.h>
#include <stdio.h>

#define RAP_VERSION "0.1.0"

/* What a call returns, and the command's exit status. */
enum rap_status {
    RAP_DONE = 0,
    RAP_REPORT = 1, /* the report is at fault */
    RAP_USAGE = 2, /* an option is at fault */
    RAP_SYSTEM = 3, /* file, disk, font or memory */
    RAP_LIMIT = 4, /* a limit was reached; rap_options.limits raises it */
    RAP_DIFFERENT = 5 /* rap_verify: the report gives another PDF;
                         rap_compare: if asked for */
};

/* How one message name is treated. */
enum rap_switch {
    RAP_WARN, /* -W name: print it */
    RAP_OFF, /* -W no-name: do not */
    RAP_ERROR /* -E name: it is an error */
};

struct rap_message_switch {
    const char *name; /* as messages show it in brackets */
    enum rap_switch how;
};

/*
 * What to build and how. All strings are borrowed for the call; a zeroed
 * struct with `input` set is a plain build. Lists end with NULL.
 */
struct rap_options {
    const char *input; /* the report, a YAML file */
    const char
        *output; /* the PDF; "-": standard output; NULL: beside the report */
    const char *const *only; /* ids of sections and annexes; NULL: all */
    const char *dump; /* a stage: print its result to `output` (NULL: "-") */
    const char *deps; /* a file for make rules naming all that was read */
    const char *const *sets; /* "report.key=value" */
    const char *const *limits; /* "name=number" */
    const char *profile; /* in place of the report's own */
    const char *standard; /* in place of report.standard: "ua-1,a-2a" … */
    const char *as_of; /* "yyyy-mm-dd": in place of report.status-date */
    const char *changes_since; /* an older report, or a date: mark what changed
                                  since that, or in the report as of it */
    const char *changes; /* "marks" or "annex": in place of the report's */
    const char *
        root; /* the folder below which files may be read; NULL: the report's */
    const struct rap_message_switch *switches;
    size_t nswitches;
    unsigned jobs; /* threads; 0: one for each core, at most 8 */
    bool strict; /* warnings are errors */
    bool timings; /* each stage's times on `log` */
    bool quiet; /* errors only */
    bool progress; /* `log` is a terminal: show there how far a long call is */
    bool colour; /* colour in messages */
    FILE *log; /* messages; NULL: standard error */
};

/* Make the report's PDF (or dump a stage). The output appears whole or not. */
enum rap_status rap_build(const struct rap_options *opt);

/*
 * Do all that rap_build does but write: the same verdict. `output`,
 * `deps` and `dump` are not looked at.
 */
enum rap_status rap_check(const struct rap_options *opt);

/*
 * Say on `out` what the PDF of that path claims, by what it was made and what
 * files it carries. If opt->input names a report, build that with the options
 * that the PDF records and say whether it gives the same bytes, or what
 * differs: then RAP_DIFFERENT. Of `opt` the root, limits, switches, strict,
 * colour and log are looked at too. Nothing is written but to `out`.
 */
enum rap_status rap_verify(
    const char *pdf, const struct rap_options *opt, FILE *out);

/* What a change does to the row of a data set. */
enum rap_change { RAP_CHANGE_SET, RAP_CHANGE_ADD, RAP_CHANGE_REMOVE };

/* A change of a data set, for rap_update. All strings are borrowed. */
struct rap_update {
    enum rap_change what;
    const char *dataset;
    const char *key; /* of the row; RAP_CHANGE_ADD: NULL if among the values */
    const char *const *values; /* "column=value", then NULL; RAP_CHANGE_REMOVE:
                                  none */
    const char *date; /* "yyyy-mm-dd": the day from which it holds */
    const char *source; /* who or what says so */
    const char *file; /* the update file; NULL: that of the date */
};

/*
 * Add an entry to an update file of the data set: the file keeps all it has,
 * and stays as it was if the report, with that entry, had an error. A change
 * says what the columns have before. Of `opt` the input, root, limits,
 * switches, strict, quiet, colour and log are looked at.
 */
enum rap_status rap_update(
    const struct rap_options *opt, const struct rap_update *update);

/* The forms of a difference (the first three) and of an answer (not Markdown).
 */
enum rap_format { RAP_TEXT, RAP_MARKDOWN, RAP_JSON, RAP_CSV };

/* A query of a report's data, for rap_query. */
struct rap_query {
    const char *sql; /* one SELECT; $(report.status-date) and the like are its
                        parameters */
    enum rap_format format; /* RAP_TEXT: in columns */
};

/*
 * Say on `out` what a query of the report's data sets gives, as they are with
 * all updates up to the status date. Of `opt` the input, as_of, sets, profile,
 * root, limits, switches, strict, quiet, colour and log are looked at. Nothing
 * is said where there are errors.
 */
enum rap_status rap_query(
    const struct rap_options *opt, const struct rap_query *query, FILE *out);

/* Two reports to compare: `new` has limits, colour and log for both. */
struct rap_comparison {
    const struct rap_options *old, *new;
    enum rap_format format;
    bool exit_code; /* RAP_DIFFERENT if they differ */
};

/*
 * Say on `out` what changed from one report to another: items, sections,
 * paragraphs, counts. Of their options the input, root, sets, profile,
 * switches, strict and quiet are looked at. Nothing is said where nothing
 * changed, but in JSON.
 */
enum rap_status rap_compare(const struct rap_comparison *what, FILE *out);

/*
 * Remove the temporary file of an output that is being written, and the line
 * that shows how far it is: for what ends the process while a call runs. Safe
 * in a signal handler.
 */
void rap_abandon(void);

/* Write the JSON Schema of reports to `out`. */
enum rap_status rap_schema(FILE *out);

#endif
