/* The report's own checks: queries for the rows that should not exist. */
#include "data/expand_int.h"

/* Are all values of a text known? If not, that was reported. */
static bool is_known(const struct text *t)
{
    for (uint32_t i = 0; i < t->npieces; i++) {
        if (t->pieces[i].kind == PIECE_VALUE && !t->pieces[i].value.s)
            return false;
    }
    return true;
}

/* Report one row. */
static void tell_row(struct expand *x, const struct rule *rule,
    const struct scope *scope, struct slice holds)
{
    const struct load *l = x->l;
    struct pos check = rule->node->pos, at = scope->result->pos[0];
    const struct text *t = expand_text_in(x, rule->message, scope);
    struct slice s = expand_join(l->a, t);
    if (!is_known(t))
        return;
    at = files_place(l->files, at);
    bool known = at.file && at.file != rule->node->pos.file;
    diag(l->d, rule->level == RULE_WARNING ? D_CHECK_DOUBTED : D_CHECK_FAILED,
        known ? at : check, "%.*s: %.*s", (int)holds.n, holds.s, (int)s.n, s.s);
    diag_path(l->d, load_path(l->a, rule->node));
    if (known)
        diag_also(l->d, check, "the check");
}

static void check_rule(struct expand *x, struct rule *rule)
{
    struct run run;
    if (!rule->holds || !rule->message || rule->node->bad ||
        !query_open(&run, x, &rule->query, NULL, QUERY_ANY_ORDER))
        return;
    struct scope scope = {SLICE("row"), &run.result, 0, NULL};
    struct slice holds = expand_plain(x, rule->holds, NULL);
    while (query_next(&run) > 0)
        tell_row(x, rule, &scope, holds);
    query_close(&run);
}

void expand_rules(struct expand *x)
{
    /* What was left out of the data may be what a rule misses. */
    if (x->r->nrules && (expand_sets(x)->bad || x->sets->partial))
        return;
    for (uint32_t i = 0; i < x->r->nrules; i++)
        check_rule(x, &x->r->rules[i]);
}
