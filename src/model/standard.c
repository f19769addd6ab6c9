/* The standard that the PDF claims, and the files that it carries. */
#include "model/keys_int.h"

static const struct field *choice(const struct report *report, const char *name)
{
    const struct field *f = model_field(report, slice_of(name));
    return f && f->given ? f : NULL;
}

/* Report files that the standard does not allow. */
static void refuse_files(
    struct reader *r, const struct field *attach, const struct field *standard)
{
    struct diags *d = r->l->d;
    if (!keys_remark(r, D_ATTACH_FORBIDDEN, attach->node,
            "a PDF that conforms to %s carries no files",
            diag_quote(d, standard->plain)))
        return;
    diag_also(d, standard->node->pos, "the standard is chosen here");
    diag_hint(d,
        "'attach: none' leaves them out; 'standard: %s' and 'standard: %s' "
        "allow them",
        model_standard_name(STANDARD_UA1_A3A),
        model_standard_name(STANDARD_UA2_A4F));
}

void model_nothing_attached(const struct load *l, const struct node *at)
{
    diag(l->d, D_ATTACH_MISSING, at->pos,
        "a PDF that conforms to '%s' carries files, this one has none",
        model_standard_name(STANDARD_UA2_A4F));
    if (at->parent)
        diag_path(l->d, load_path(l->a, at));
    diag_hint(l->d, "'attach: sources' puts the report's own files into it");
}

void standard_settle(struct reader *r, struct report *report)
{
    const struct field *attach = choice(report, "attach");
    const struct field *standard = choice(report, "standard");
    report->attach = attach ? attach->choice : ATTACH_NONE;
    report->standard = standard         ? standard->choice
        : report->attach == ATTACH_NONE ? STANDARD_UA1_A2A
                                        : STANDARD_UA1_A3A;
    if (!standard)
        return;
    if (report->attach != ATTACH_NONE && report->standard == STANDARD_UA1_A2A)
        refuse_files(r, attach, standard);
    if (report->attach == ATTACH_NONE && report->standard == STANDARD_UA2_A4F)
        model_nothing_attached(r->l, standard->node);
}
