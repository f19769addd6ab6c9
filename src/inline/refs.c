/* Targets and links; references get what they print. */
#include "inline/inline_int.h"

#include <string.h>

uint32_t inline_add_target(struct resolver *in, struct target t)
{
    struct doc *doc = in->doc;
    doc->targets = arena_grow(in->l->a, doc->targets, &in->targets_cap,
        (size_t)doc->ntargets + 1, sizeof *doc->targets);
    uint32_t index = doc->ntargets++;
    doc->targets[index] = t;
    if (!t.id.n)
        return index;
    uint32_t first = inline_names_find(in->ids, 0, t.id);
    if (!first) {
        inline_names_add(in->ids, 0, t.id, index);
        return index;
    }
    struct diags *d = in->l->d;
    diag(
        d, D_ID_DOUBLE, t.pos, "the id %s is given twice", diag_quote(d, t.id));
    diag_also(d, doc->targets[first].pos, "first defined here");
    return index;
}

uint32_t inline_add_link(struct resolver *in, struct link link)
{
    struct doc *doc = in->doc;
    doc->links = arena_grow(in->l->a, doc->links, &in->links_cap,
        (size_t)doc->nlinks + 1, sizeof *doc->links);
    doc->links[doc->nlinks] = link;
    return doc->nlinks++;
}

uint32_t inline_append_target(
    struct arena *a, struct doc *doc, const struct target *target)
{
    uint32_t n = doc->ntargets;
    struct target *targets = ARENA_ARRAY(a, (size_t)n + 1, struct target);
    memcpy(targets, doc->targets, n * sizeof *targets);
    targets[n] = *target;
    if (inline_target(doc, target->id))
        targets[n].id.n = 0;
    else if (target->id.n)
        inline_names_add(doc->ids, 0, target->id, n);
    doc->targets = targets;
    doc->ntargets = n + 1;
    return n;
}

uint32_t inline_append_link(
    struct arena *a, struct doc *doc, uint32_t target, struct slice text)
{
    uint32_t n = doc->nlinks;
    struct link *links = ARENA_ARRAY(a, (size_t)n + 1, struct link);
    memcpy(links, doc->links, n * sizeof *links);
    links[n] = (struct link){.target = target, .text = text};
    doc->links = links;
    doc->nlinks = n + 1;
    return n;
}

uint32_t inline_target(const struct doc *doc, struct slice id)
{
    return inline_names_find(doc->ids, 0, id);
}

static void tell(struct resolver *in, const struct pending *p, enum diag_id id,
    const char *what, const char *hint)
{
    inline_tell(in, id, p->text, p->off, what, hint);
}

/*
 * The id that an unknown one comes near to, or NULL. Where many are unknown
 * among many, it is looked for only for the first ones.
 */
static const char *nearest_id(struct resolver *in, struct slice id)
{
    enum { MOST_COMPARED = 200000 };
    if (in->compared > MOST_COMPARED)
        return NULL;
    in->compared += in->doc->ntargets;
    if (!in->id_names) {
        const struct doc *doc = in->doc;
        size_t n = 0;
        in->id_names = ARENA_ARRAY(in->l->a, doc->ntargets, const char *);
        for (uint32_t i = 1; i < doc->ntargets; i++) {
            struct slice s = doc->targets[i].id;
            if (s.n)
                in->id_names[n++] = arena_strndup(in->l->a, s.s, s.n);
        }
    }
    return str_nearest(id, in->id_names);
}

/* All ids that the YAML gives. As deep as the nodes are, which load bounds. */
static void note_ids(struct resolver *in, const struct node *n)
{
    const struct node *id = n->kind == NODE_MAP ? load_find(n, "id") : NULL;
    if (id && id->kind == NODE_SCALAR && id->s.n)
        inline_names_add(in->given_ids, 0, id->s, 1);
    if (n->kind == NODE_MAP && n->bad && load_find(n, "include"))
        in->unread = true;
    for (uint32_t i = 0; n->kind != NODE_SCALAR && i < n->count; i++)
        note_ids(in, n->items[i]);
}

/* Find what the YAML gives; false if all of that was taken. */
static bool find_given(struct resolver *in)
{
    const struct report *report = in->doc->report;
    if (!diag_errors(in->l->d) || !report || !report->node)
        return false;
    if (!in->given_ids) {
        in->given_ids = inline_names_new(in->l->a);
        note_ids(in, report->node);
    }
    return true;
}

bool inline_is_unread(struct resolver *in)
{
    return find_given(in) && in->unread;
}

/* May it be the id of something that was refused or could not be read? */
static bool is_refused(struct resolver *in, struct slice id)
{
    if (in->doc->report && in->doc->report->partial)
        return true;
    return find_given(in) &&
        (in->unread || inline_names_find(in->given_ids, 0, id));
}

static void tell_unknown(struct resolver *in, const struct pending *p)
{
    if (is_refused(in, p->id))
        return;
    struct arena *a = in->l->a;
    const char *near = nearest_id(in, p->id);
    tell(in, p, D_REF_UNKNOWN,
        arena_printf(a, "nothing has the id %s", diag_quote(in->l->d, p->id)),
        near ? arena_printf(a, "did you mean '#%s'?", near) : NULL);
}

/* Read a number as people write it: 182, 1 234, 1,234, 1.234. */
static bool read_count(struct slice s, int64_t *out)
{
    char digits[20];
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = utf8_decode(s.s + i, s.n - i, &cp);
        bool digit = cp >= '0' && cp <= '9';
        bool between = n && i + len < s.n && cp < 0xFFFF &&
            (cp == ' ' || cp == ',' || cp == '.' || cp == '\'' || cp == 0xA0 ||
                cp == 0x2009 || cp == 0x202F || cp == 0x2019);
        if ((!digit && !between) || n == sizeof digits)
            return false;
        if (digit)
            digits[n++] = (char)cp;
        i += len;
    }
    return n && unit_parse_int(digits, n, 0, INT64_MAX, out);
}

static void resolve_rows(
    struct resolver *in, const struct pending *p, const struct target *t)
{
    struct arena *a = in->l->a;
    if (!t->table) {
        tell(in, p, D_REF_FORM, "only a table has rows to count",
            "give the table itself an 'id'");
        return;
    }
    int64_t said, count = t->table->rows->data_count;
    if (p->form == REF_ROWS) {
        p->span->s = slice_of(arena_printf(a, "%lld", (long long)count));
        return;
    }
    if (!read_count(p->said, &said)) {
        tell(in, p, D_REF_FORM,
            arena_printf(
                a, "%s is no number of rows", diag_quote(in->l->d, p->said)),
            "[](#id \"rows\") prints the number, [30](#id \"rows\") checks it");
        return;
    }
    if (said == count || t->table->rows->failed)
        return;
    tell(in, p, D_ROWS_DIFFER,
        arena_printf(a, "%lld is stated, but the table '%.*s' has %lld row%s",
            (long long)said, (int)p->id.n, p->id.s, (long long)count,
            count == 1 ? "" : "s"),
        arena_printf(
            a, "[](#%.*s \"rows\") prints the number", (int)p->id.n, p->id.s));
}

/* No line ends inside "Annex 1": its blanks become no-break spaces. */
static struct slice bound(struct arena *a, struct slice label)
{
    struct buf b = buf_new(a);
    for (size_t i = 0; i < label.n; i++)
        if (label.s[i] == ' ')
            buf_puts(&b, "\xc2\xa0");
        else
            buf_putc(&b, label.s[i]);
    return (struct slice){b.s, b.n};
}

static void resolve_label(
    struct resolver *in, const struct pending *p, const struct target *t)
{
    if (t->label.n) {
        bool title = t->kind == TARGET_SECTION && !t->section->label.n;
        p->span->s = title ? t->label : bound(in->l->a, t->label);
        p->span->style |= title ? 0 : SPAN_WHOLE;
        return;
    }
    tell(in, p, D_REF_EMPTY,
        arena_printf(
            in->l->a, "%s has no number to print", diag_quote(in->l->d, p->id)),
        t->table ? "give the table a 'caption', or the reference a text: "
                   "[text](#id)"
            : t->kind == TARGET_FIGURE
            ? "give the figure a 'caption', or the reference a text: "
              "[text](#id)"
            : "give the reference a text: [text](#id)");
}

/* Does the label of a target come from its title? */
static bool is_titled(const struct target *t)
{
    return t->kind == TARGET_SECTION && !t->label.n;
}

/* Resolve one reference; false if its target's title must come first. */
static bool resolve(struct resolver *in, const struct pending *p)
{
    struct doc *doc = in->doc;
    uint32_t i = inline_names_find(in->ids, 0, p->id);
    if (!i) {
        tell_unknown(in, p);
        return true;
    }
    doc->links[p->link].target = i;
    const struct target *t = &doc->targets[i];
    switch ((enum ref_form)p->form) {
    case REF_LINK:
        break;
    case REF_LABEL:
        if (is_titled(t))
            return false;
        resolve_label(in, p, t);
        break;
    case REF_PAGE:
        p->span->target = i;
        doc->has_page_refs = true;
        break;
    case REF_ROWS:
    case REF_COUNT:
        resolve_rows(in, p, t);
        break;
    }
    return true;
}

/*
 * Sections without a number are named by their titles, once the references in
 * these are resolved; `open` tells in whose titles one waits for a title.
 */
static void label_titles(struct resolver *in, const bool *open)
{
    struct doc *doc = in->doc;
    for (uint32_t i = 1; i < doc->ntargets; i++) {
        struct target *t = &doc->targets[i];
        if (is_titled(t) && !open[i])
            t->label = inline_plain(in->l->a, doc, &t->section->title);
    }
}

/* What a link says is the text of its spans. */
static void gather_texts(struct resolver *in)
{
    for (uint32_t i = 0; i < in->nranges; i++) {
        const struct link_range *r = &in->ranges[i];
        struct slice *text = &in->doc->links[r->link].text;
        struct rich rich = {.n = r->n};
        memcpy(&rich.spans, &r->spans, sizeof rich.spans);
        *text =
            r->n == 1 ? r->spans->s : inline_plain(in->l->a, in->doc, &rich);
    }
}

void inline_refs_resolve(struct resolver *in)
{
    struct doc *doc = in->doc;
    bool *open = ARENA_ARRAY(in->l->a, doc->ntargets, bool);
    uint32_t later = 0;
    for (uint32_t i = 0; i < in->npending; i++) {
        const struct pending p = in->pending[i];
        if (!p.span || resolve(in, &p))
            continue;
        open[p.title_of] = true;
        in->pending[later++] = p;
    }
    label_titles(in, open);
    for (uint32_t i = 0; i < later; i++) {
        const struct pending *p = &in->pending[i];
        if (!resolve(in, p))
            tell(in, p, D_REF_FORM,
                "the title that this would print refers to another title",
                "give the reference a text: [text](#id)");
    }
    gather_texts(in);
}
