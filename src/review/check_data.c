/* Data sets: rows that nothing prints, dates that do not fit. */
#include "review/checks_int.h"

#include "data/printed.h"

enum { SPAN = 92 }; /* [days] unless `lint:` gives another */

static void check_rows(struct checks *c, const struct printed *p)
{
    for (uint32_t i = 0; checks_on(c, LINT_UNPRINTED) && i < p->nunprinted;
         i++) {
        const struct unprinted *row = &p->unprinted[i];
        if (!checks_find(c, LINT_UNPRINTED, row->name, row->pos,
                "the row %s of '%s' is printed nowhere",
                diag_quote(c->l->d, row->key), row->set))
            continue;
        if (!c->hinted[LINT_UNPRINTED])
            diag_hint(c->l->d,
                "no table and no for-each asks for it: is one of its values "
                "mistyped?");
        checks_hint(c, LINT_UNPRINTED, row->name);
    }
}

static struct slice print_date(struct checks *c, struct date d)
{
    return slice_of(
        arena_printf(c->a, "%04d-%02d-%02d", d.year, d.month, d.day));
}

static void check_dates(struct checks *c, const struct printed *p)
{
    const struct field *period = model_field(c->doc->report, SLICE("period"));
    for (uint32_t i = 0; checks_on(c, LINT_PERIOD) && i < p->noutside; i++) {
        const struct printed_date *d = &p->outside[i];
        bool early = uni_date_days(d->date) < uni_date_days(period->from);
        struct slice date = print_date(c, d->date);
        if (!checks_find(c, LINT_PERIOD, date, d->pos,
                "%s in '%s' is %s the report's period", date.s, d->column,
                early ? "before" : "after"))
            continue;
        diag_also(c->l->d, period->node->pos, "from %s to %s",
            print_date(c, period->from).s, print_date(c, period->to).s);
        checks_hint(c, LINT_PERIOD, date);
    }
}

static void check_age(struct checks *c, const struct printed *p)
{
    const struct report *r = c->doc->report;
    const struct field *status = model_field(r, SLICE("status-date"));
    const struct lint *lint = &r->lint[LINT_STALE];
    if (!checks_on(c, LINT_STALE) || !p->latest.date.year || !status->given)
        return;
    int64_t span = lint->span_given ? lint->span : SPAN;
    int64_t days =
        uni_date_days(status->from) - (int64_t)uni_date_days(p->latest.date);
    struct slice date = print_date(c, p->latest.date);
    if (days <= span ||
        !checks_find(c, LINT_STALE, date, status->node->pos,
            "the status date is %lld days after the last date of the data, %s",
            (long long)days, date.s))
        return;
    if (p->latest.pos.file)
        diag_also(c->l->d, p->latest.pos, "that date");
    checks_hint(c, LINT_STALE, date);
}

void check_data(struct checks *c)
{
    const struct printed *p = c->doc->report->printed;
    if (!p || !c->sound)
        return;
    check_rows(c, p);
    check_dates(c, p);
    check_age(c, p);
}
