/* compare: what changed from one report to another. */
#include "build.h"

#include <string.h>

/* What is asked for, and where it goes. */
struct compare {
    const struct rap_comparison *what;
    FILE *out;
};

static enum rap_status take(
    void *to, struct arena *a, struct edition old, struct edition new)
{
    const struct compare *c = to;
    struct buf text = buf_new(a);
    const struct changes *changes = review_compare(a, old, new);
    if (diag_errors(old.load->d) || diag_errors(new.load->d))
        return RAP_DONE;
    if (c->what->format == RAP_JSON)
        review_json(changes, a, &text);
    else if (c->what->format == RAP_MARKDOWN)
        review_markdown(changes, a, &text);
    else
        review_text(changes, a, &text);
    if (text.n)
        fwrite(text.s, 1, text.n, c->out);
    return changes->first && c->what->exit_code ? RAP_DIFFERENT : RAP_DONE;
}

enum rap_status rap_compare(const struct rap_comparison *what, FILE *out)
{
    struct compare c = {what, out};
    struct build_two two = {.old = what->old,
        .new = what->new,
        .old_name = what->old->as_of ? what->old->as_of : what->old->input,
        .new_name = what->new->as_of ? what->new->as_of : what->new->input,
        .take = take,
        .to = &c};
    FILE *log = what->new->log ? what->new->log : stderr;
    if (!two.old_name || !two.new_name) {
        fputs("rapporteur: two reports are compared\n", log);
        return RAP_USAGE;
    }
    enum rap_status status = build_resolved(&two);
    if (fflush(out) != 0 || ferror(out)) {
        fputs("rapporteur: cannot write what was found\n", log);
        status = RAP_SYSTEM;
    }
    return status;
}
