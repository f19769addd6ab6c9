/* Reports: facts, sections, annexes, footnotes; the way into this stage. */
#include "model/keys_int.h"

#include <string.h>

const struct field *model_field(const struct report *r, struct slice name)
{
    for (uint32_t i = 0; i < r->nfields; i++) {
        if (slice_is(name, r->fields[i].name))
            return &r->fields[i];
    }
    return NULL;
}

static void read_choice(struct field *f, const struct node *n)
{
    f->given = n && !n->bad;
    if (f->given)
        f->plain = n->s;
}

bool report_read_facts(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct field *fields;
    memcpy(&fields, to->at, sizeof fields);
    (void)t;
    keys_read(r, r->facts, n, fields);
    for (size_t i = 0; i < r->facts->n; i++) {
        struct field *f = &fields[i];
        f->given = f->type == FIELD_TEXT ? f->text != NULL
            : f->type == FIELD_LANGUAGE  ? f->plain.n > 0
            : f->type == FIELD_PERIOD    ? f->from.year && f->to.year
                                         : f->from.year != 0;
        if (f->type == FIELD_CHOICE)
            read_choice(f, load_find(n, f->name));
        if (f->given)
            f->node = load_find(n, f->name);
    }
    return true;
}

void report_period_done(struct reader *r, struct node *map, void *record)
{
    struct field *f = record;
    if (!f->from.year || !f->to.year ||
        uni_date_days(f->from) <= uni_date_days(f->to))
        return;
    if (keys_diag(r, D_VALUE, load_find(map, "to"),
            "the period ends before it begins"))
        diag_also(r->l->d, load_find(map, "from")->pos, "it begins here");
    f->to.year = 0;
}

/*
 * The numbering of the sections in one that does not say it: the profile's in
 * an annex; below others decimal, but none where the profile numbers none.
 */
static uint8_t below(const struct reader *r, bool annex)
{
    uint8_t how = r->annex ? r->profile->annex_sections_numbering
                           : r->profile->sections_numbering;
    return annex || how == NUMBERING_NONE ? how : NUMBERING_DECIMAL;
}

static bool read_section(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to, bool annex)
{
    struct section *s = to->at;
    int64_t most = r->l->limits->headings;
    if (r->depth >= most) {
        keys_diag(r, D_LIMIT_HEADINGS, n,
            "a section at level %ld: the limit is %ld", (long)most + 1,
            (long)most);
        return false;
    }
    s->node = n;
    s->annex = annex;
    r->annex = r->annex || annex;
    s->numbering = below(r, annex);
    r->depth++;
    keys_read(r, t->map, n, s);
    r->depth--;
    r->annex = r->annex && !annex;
    s->id_text = query_take_id(r, &s->id, load_find(n, "id"));
    /* Without its title it is kept: its ids and counts are wanted. */
    if (!s->title)
        s->title = text_empty(r->l->a, n->pos);
    return true;
}

bool report_read_section(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    return read_section(r, t, n, to, false);
}

bool report_read_annex(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    return read_section(r, t, n, to, true);
}

static bool is_note_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && !(i && c == '-'))
            return false;
    }
    return s.n > 0;
}

bool report_read_notes(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct note *notes = ARENA_ARRAY(r->l->a, n->count, struct note);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        struct node *key = n->keys[i];
        struct note *note = &notes[kept];
        struct dest text = {.name = to->name, .item = true, .at = &note->text};
        bool sound = keys_value(r, t->item, n->items[i], &text);
        if (!is_note_name(key->s)) {
            keys_diag(r, D_ID_FORM, key,
                "a note cannot be named %s: small letters, digits and hyphens",
                diag_quote(r->l->d, key->s));
            sound = false;
        }
        note->name = key->s;
        note->used = ARENA_NEW(r->l->a, bool);
        note->node = n->items[i];
        kept += sound;
    }
    memcpy(to->at, &(void *){notes}, sizeof(void *));
    *to->count = kept;
    return true;
}

/* Read elsewhere: the profile, when its parents are known. */
bool report_skip(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    (void)r, (void)t, (void)n, (void)to;
    return true;
}

static const char *language_of(struct arena *a, const struct report *report)
{
    const struct field *f = model_field(report, SLICE("language"));
    return f && f->given ? arena_strndup(a, f->plain.s, f->plain.n) : "en";
}

/* Does a misspelt key seem to name the profile? */
static bool is_misspelt(const struct node *root)
{
    static const char *const NAMES[] = {"profile", NULL};
    bool found = false;
    for (uint32_t i = 0; i < root->count; i++)
        found = found || str_nearest(root->keys[i]->s, NAMES);
    return found;
}

/* The profile that the report names, or plain. */
static const struct profile *find_profile(
    struct reader *r, const struct node *root)
{
    struct node *named = root ? load_find(root, "profile") : NULL;
    struct dest to = {.name = "profile"};
    bool wrong = named ? !keys_value(r, &model_profile, named, &to)
                       : root && is_misspelt(root);
    if (!named && root) {
        named = ARENA_NEW(r->l->a, struct node);
        *named = (struct node){
            .kind = NODE_SCALAR, .s = SLICE("plain"), .pos = root->pos};
    }
    struct profile *p = profile_read(r->l, named && named->bad ? NULL : named);
    p->partial = p->partial || wrong;
    return p;
}

/* What the report may say, which its profile decides too. */
static void prepare(struct reader *r, struct report *report, struct node *root,
    const struct model_options *opt)
{
    if (root)
        set_profile(r, root, opt);
    report->profile = r->profile = find_profile(r, root);
    r->facts = fact_keys(r->l->a, r->profile);
    report->fields = fact_fields(r->l->a, r->facts);
    report->nfields = (uint32_t)r->facts->n;
    report->numbering = r->profile->sections_numbering;
}

struct report *model_read(
    const struct load *l, struct node *root, const struct model_options *opt)
{
    struct reader *r = ARENA_NEW(l->a, struct reader);
    struct report *report = ARENA_NEW(l->a, struct report);
    r->l = l;
    report->node = root;
    if (root && root->kind != NODE_MAP) {
        keys_diag(r, D_TYPE, root, "a report is a mapping, this is %s",
            root->kind == NODE_LIST ? "a list" : "a text");
        root = NULL;
    }
    if (root)
        report->node = root = extend_report(r, root);
    prepare(r, report, root, opt);
    if (root) {
        set_apply(r, root, opt);
        keys_read(r, &model_report_keys, root, report);
        if (report->dates.n)
            report->dates_node = load_find(root, "dates");
    }
    standard_settle(r, report);
    report->language = language_of(l->a, report);
    if (!report->dates.n)
        report->dates = report->profile->dates;
    return report;
}
