/* The built-in checks: which are on, what is found, what is accepted. */
#include "review/checks_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FINDING_MOST = 1024 }; /* [bytes] */

/* The message of each check, which has the check's name. */
static const enum diag_id MESSAGES[LINT_COUNT] = {
    [LINT_UNPRINTED] = D_ROW_UNPRINTED,
    [LINT_TWO_LISTS] = D_IDENTIFIER_TWICE,
    [LINT_PREFIX] = D_PREFIX_SPELT,
    [LINT_ORDER] = D_ORDER_BROKEN,
    [LINT_LINK] = D_LINK_VAGUE,
    [LINT_PERIOD] = D_DATE_OUTSIDE,
    [LINT_STALE] = D_DATA_STALE};

bool checks_on(const struct checks *c, enum lint_check check)
{
    return diag_is_on(c->l->d, MESSAGES[check]);
}

bool checks_accepts(struct checks *c, enum lint_check check, struct slice value)
{
    if (!c->accepted[check])
        return false;
    uint32_t number = seen_find(c->accepted_by[check], value);
    if (number)
        c->accepted[check][number - 1].found = true;
    return number != 0;
}

bool checks_find(struct checks *c, enum lint_check check, struct slice value,
    struct pos at, const char *fmt, ...)
{
    if (checks_accepts(c, check, value))
        return false;
    char text[FINDING_MOST];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    diag(c->l->d, MESSAGES[check], at, "%s", text);
    return true;
}

void checks_hint(struct checks *c, enum lint_check check, struct slice value)
{
    if (c->hinted[check])
        return;
    c->hinted[check] = true;
    diag_hint(c->l->d,
        "if it is right so, say why: lint: {%s: {accept: [%s], because: …}}",
        diag_name(MESSAGES[check]), diag_quote(c->l->d, value));
}

struct slice checks_cell(
    const struct checks *c, const struct rows *rows, uint32_t row, uint32_t i)
{
    const struct cell *cell = data_cell(rows, row, i);
    if (cell->kind == CELL_PLAIN)
        return (struct slice){cell->s, cell->n};
    return cell->kind == CELL_RICH ? inline_plain(c->a, c->doc, cell->rich)
                                   : (struct slice){0};
}

struct pos checks_cell_pos(
    const struct rows *rows, uint32_t row, uint32_t column)
{
    const struct cell *cell = data_cell(rows, row, column);
    bool own = cell->kind == CELL_RICH && cell->rich->n &&
        cell->rich->spans[0].pos.file;
    return own ? cell->rich->spans[0].pos : data_pos(rows, row, column);
}

void review_levels(struct diags *d, const struct report *report)
{
    const struct lint *lint = report->lint;
    for (unsigned i = 0; i < LINT_COUNT; i++) {
        switch ((enum lint_level)lint[i].level) {
        case LINT_OFF:
            diag_suggest_off(d, MESSAGES[i]);
            break;
        case LINT_ERROR:
            diag_suggest(d, MESSAGES[i], DIAG_ERROR);
            break;
        case LINT_WARNING:
            diag_suggest(d, MESSAGES[i], DIAG_WARNING);
            break;
        case LINT_DEFAULT:
            if (lint[i].node && !diag_is_on(d, MESSAGES[i]))
                diag_suggest(d, MESSAGES[i], DIAG_WARNING);
            break;
        }
    }
}

static void read_accepted(struct checks *c, enum lint_check check)
{
    const struct lint *lint = &c->doc->report->lint[check];
    if (!lint->naccept)
        return;
    c->accepted[check] = ARENA_ARRAY(c->a, lint->naccept, struct accepted);
    c->accepted_by[check] = seen_new(c->a);
    for (uint32_t i = 0; i < lint->naccept; i++) {
        const struct node *n = lint->accept[i];
        c->accepted[check][i].node = n;
        uint32_t *number = seen_number(c->accepted_by[check], n->s);
        *number = *number ? *number : i + 1;
    }
}

/* What was accepted once, and is not found any more. */
static void tell_unused(struct checks *c, enum lint_check check)
{
    const struct lint *lint = &c->doc->report->lint[check];
    struct diags *d = c->l->d;
    for (uint32_t i = 0; c->sound && checks_on(c, check) && i < lint->naccept;
         i++) {
        const struct accepted *a = &c->accepted[check][i];
        if (a->found)
            continue;
        diag(d, D_ACCEPT_UNUSED, a->node->pos, "'%s' does not find %s",
            diag_name(MESSAGES[check]), diag_quote(d, a->node->s));
        diag_path(d, load_path(c->l->a, a->node));
        diag_hint(d,
            "take it out, or correct it: the message of a finding says how it "
            "is accepted");
    }
}

static void add_list(void *to, const struct table_doc *table)
{
    struct checks *c = to;
    if (!table->rows || !table->rows->data_count)
        return;
    struct list list = {
        .table = table, .number = c->nlists + 1, .identifiers = -1};
    for (uint32_t i = 0; i < table->ncolumns && list.identifiers < 0; i++) {
        if (table->columns[i].column->identifier)
            list.identifiers = i;
    }
    c->lists[c->nlists++] = list;
}

static void count_table(void *to, const struct table_doc *table)
{
    struct checks *c = to;
    c->nlists += table->rows && table->rows->data_count;
}

static void find_lists(struct checks *c)
{
    struct walk count = {.to = c, .table = count_table};
    struct walk add = {.to = c, .table = add_list};
    checks_walk(c->doc, &count);
    c->lists = ARENA_ARRAY(c->a, c->nlists, struct list);
    c->nlists = 0;
    checks_walk(c->doc, &add);
}

void review_check(
    const struct load *l, struct arena *scratch, const struct doc *doc)
{
    struct checks c = {
        .l = l, .a = scratch, .doc = doc, .sound = diag_errors(l->d) == 0};
    for (unsigned i = 0; i < LINT_COUNT; i++)
        read_accepted(&c, (enum lint_check)i);
    find_lists(&c);
    check_identifiers(&c);
    check_order(&c);
    check_links(&c);
    check_data(&c);
    for (unsigned i = 0; i < LINT_COUNT; i++)
        tell_unused(&c, (enum lint_check)i);
    arena_reset(scratch);
}
