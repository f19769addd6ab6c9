/* Texts as words, and what differs between two of them. */
#include "review/review_int.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT_FACT = 40 }; /* [bytes]: a date, a number; one word */

/* A text being parted. */
struct parting {
    struct arena *a;
    const struct side *s;
    struct words *w;
    size_t cap;
    uint32_t span; /* that the place is in */
};

struct rich *review_plain(struct arena *a, struct slice s)
{
    struct rich *r = ARENA_NEW(a, struct rich);
    if (!s.n)
        return r;
    r->spans = ARENA_NEW(a, struct span);
    r->spans->s = s;
    r->n = 1;
    return r;
}

static void join_spans(struct arena *a, struct words *w)
{
    const struct rich *text = w->text;
    w->starts = ARENA_ARRAY(a, (size_t)text->n + 1, uint32_t);
    if (text->n == 1 && text->spans->kind == SPAN_TEXT) {
        w->line = text->spans->s;
        w->starts[1] = (uint32_t)w->line.n;
        return;
    }
    struct buf line = buf_new(a);
    buf_puts(&line, "");
    for (uint32_t i = 0; i < text->n; i++) {
        const struct span *s = &text->spans[i];
        w->starts[i] = (uint32_t)line.n;
        if (s->kind == SPAN_TEXT)
            buf_put(&line, s->s.s, s->s.n);
        else
            buf_putc(&line, s->kind == SPAN_BREAK ? '\n' : WORDS_OTHER);
    }
    w->starts[text->n] = (uint32_t)line.n;
    w->line = (struct slice){line.s, line.n};
}

static bool is_digits(struct slice s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = utf8_decode(s.s + i, s.n - i, &cp);
        digit |= uni_is_digit(cp);
        if (!uni_is_digit(cp) && (cp == 'e' || uni_is_letter(cp)))
            return false;
        i += n;
    }
    return digit;
}

static const struct link *link_of(const struct parting *p, const struct span *s)
{
    return s->link ? &p->s->doc->links[s->link] : NULL;
}

/* What words of a span are. */
static enum word_class class_of(const struct parting *p, const struct span *s)
{
    const struct link *link = link_of(p, s);
    if (s->kind == SPAN_TEXT && link && !link->uri.n) {
        const struct target *t = &p->s->doc->targets[link->target];
        if (t->kind == TARGET_TABLE && is_digits(s->s))
            return CLASS_COUNT;
        if (s->style & SPAN_WHOLE || (s->fixed && slice_eq(s->s, t->label)))
            return CLASS_LABEL;
    }
    return s->origin == ORIGIN_FACT ? CLASS_FACT
        : s->origin == ORIGIN_VALUE ? CLASS_VALUE
                                    : CLASS_OWN;
}

/*
 * The look of a span; labels and numbers may be bound as a whole or not. The
 * report's own language is a fact of it, not of each word.
 */
static uint64_t look_of(const struct parting *p, const struct span *s)
{
    const struct link *link = link_of(p, s);
    const char *lang = s->lang ? p->s->doc->langs[s->lang] : "";
    uint64_t h = str_hash(lang, strlen(lang), s->style & ~(unsigned)SPAN_WHOLE);
    if (!link)
        return h;
    if (link->uri.n)
        return str_hash(link->uri.s, link->uri.n, h);
    return h ^ p->s->target[link->target];
}

static void add_word(
    struct parting *p, uint32_t from, uint32_t to, uint64_t hash)
{
    struct words *w = p->w;
    const struct span *s = &w->text->spans[p->span];
    w->v = arena_grow(p->a, w->v, &p->cap, (size_t)w->n + 1, sizeof *w->v);
    w->v[w->n++] = (struct word){.hash = hash,
        .look = look_of(p, s),
        .from = from,
        .to = to,
        .span = p->span,
        .class = (uint8_t)class_of(p, s)};
}

static struct slice part(const struct words *w, uint32_t from, uint32_t to)
{
    return (struct slice){w->line.s + from, to - from};
}

/* Does something stand before this byte, without a blank between? */
static bool is_glued(const struct words *w, uint32_t at)
{
    return at && w->line.s[at - 1] != ' ' && w->line.s[at - 1] != '\n';
}

/* The same mark after a blank, or a word after a mark, is another. */
static uint64_t hash_own(const struct words *w, uint32_t from, uint32_t to)
{
    return str_hash(w->line.s + from, to - from, is_glued(w, from));
}

/* Is the character a part of words, also at their ends? */
static bool is_wordly(uint32_t cp)
{
    return uni_is_letter(cp) || uni_is_digit(cp) || uni_is_mark(cp);
}

/* The bytes of the character that ends before `to`. */
static uint32_t last_size(const struct words *w, uint32_t to)
{
    uint32_t n = 1;
    while (n < to && ((unsigned char)w->line.s[to - n] & 0xc0) == 0x80)
        n++;
    return n;
}

static uint32_t char_at(const struct words *w, uint32_t at, uint32_t *cp)
{
    return (uint32_t)utf8_decode(w->line.s + at, w->line.n - at, cp);
}

static void find_span(struct parting *p, uint32_t at)
{
    while (p->w->starts[p->span + 1] <= at)
        p->span++;
}

static void add_mark(struct parting *p, uint32_t from, uint32_t to)
{
    find_span(p, from);
    add_word(p, from, to, hash_own(p->w, from, to));
}

/* A stretch without blanks: marks, the word between them, marks. */
static void add_stretch(struct parting *p, uint32_t from, uint32_t to)
{
    const struct words *w = p->w;
    uint32_t cp, end = to;
    while (from < to) {
        uint32_t n = char_at(w, from, &cp);
        if (is_wordly(cp))
            break;
        add_mark(p, from, from + n);
        from += n;
    }
    while (end > from) {
        uint32_t n = last_size(w, end);
        char_at(w, end - n, &cp);
        if (is_wordly(cp))
            break;
        end -= n;
    }
    if (end > from)
        add_mark(p, from, end);
    while (end < to) {
        uint32_t n = char_at(w, end, &cp);
        add_mark(p, end, end + n);
        end += n;
    }
}

/* What is not known before pages: the mark of a note, the number of a page. */
static void add_other(struct parting *p, uint32_t at)
{
    const struct span *s = &p->w->text->spans[p->span];
    const struct doc *doc = p->s->doc;
    uint64_t hash = s->kind;
    if (s->kind == SPAN_NOTE) {
        struct slice name = doc->notes[s->note].name;
        hash = str_hash(name.s, name.n, s->kind);
    } else if (s->kind == SPAN_PAGE_OF) {
        hash ^= p->s->target[s->target];
    }
    add_word(p, at, at + 1, hash);
}

/* A span that is one word: a label, a count, a short fact. Its end, or 0. */
static uint32_t whole_span(struct parting *p, uint32_t at)
{
    const struct words *w = p->w;
    const struct span *s = &w->text->spans[p->span];
    if (at != w->starts[p->span] || s->kind != SPAN_TEXT)
        return 0;
    enum word_class class = class_of(p, s);
    uint32_t end = w->starts[p->span + 1], cp;
    if (class == CLASS_COUNT || class == CLASS_LABEL) {
        uint64_t target = p->s->target[p->s->doc->links[s->link].target];
        add_word(p, at, end, target ^ class);
        return end;
    }
    while (end > at) {
        uint32_t n = last_size(w, end);
        char_at(w, end - n, &cp);
        if (is_wordly(cp))
            break;
        end -= n;
    }
    struct slice fact = part(w, at, end);
    bool some = false;
    for (size_t i = 0; i < fact.n; i++)
        some |= uni_is_digit((unsigned char)fact.s[i]);
    if (class != CLASS_FACT || !some || fact.n > SHORT_FACT)
        return 0;
    add_word(p, at, end, hash_own(w, at, end));
    return end;
}

/* Where the stretch that begins at `at` ends. */
static uint32_t stretch_end(struct parting *p, uint32_t at)
{
    const struct words *w = p->w;
    uint32_t span = p->span;
    for (; at < w->line.n; at++) {
        char c = w->line.s[at];
        if (c == ' ' || c == '\n' || c == WORDS_OTHER)
            break;
        while (w->starts[span + 1] <= at) {
            const struct span *next = &w->text->spans[++span];
            enum word_class class = class_of(p, next);
            /* A label or count is a word of its own. */
            if (class == CLASS_COUNT || class == CLASS_LABEL)
                return at;
        }
    }
    return at;
}

struct words *review_words(
    struct arena *a, const struct side *s, const struct rich *text)
{
    struct words *w = ARENA_NEW(a, struct words);
    struct parting p = {.a = a, .s = s, .w = w};
    /* What it is read from may get marks, and so other spans. */
    struct rich *own = ARENA_NEW(a, struct rich);
    *own = *text;
    w->text = own;
    join_spans(a, w);
    for (uint32_t at = 0; at < w->line.n;) {
        char c = w->line.s[at];
        find_span(&p, at);
        uint32_t end = whole_span(&p, at);
        if (end) {
            at = end;
        } else if (c == ' ') {
            at++;
        } else if (c == WORDS_OTHER) {
            add_other(&p, at++);
        } else if (c == '\n') {
            add_word(&p, at, at + 1, '\n');
            at++;
        } else {
            end = stretch_end(&p, at);
            add_stretch(&p, at, end);
            at = end;
        }
    }
    return w;
}

/* Bytes from..to, with words for what is none. */
static struct slice said(struct arena *a, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to)
{
    struct slice all = part(w, from, to);
    if (!memchr(all.s, WORDS_OTHER, all.n) && !memchr(all.s, '\n', all.n))
        return all;
    struct buf out = buf_new(a);
    buf_puts(&out, "");
    uint32_t span = 0;
    for (uint32_t at = from; at < to; at++) {
        while (w->starts[span + 1] <= at)
            span++;
        const struct span *x = &w->text->spans[span];
        struct slice name = x->kind == SPAN_NOTE ? s->doc->notes[x->note].name
            : x->kind == SPAN_PAGE_OF            ? s->doc->targets[x->target].id
                                                 : (struct slice){"", 0};
        char c = w->line.s[at];
        if (c == '\n')
            buf_putc(&out, ' ');
        else if (c != WORDS_OTHER)
            buf_putc(&out, c);
        else
            buf_printf(&out, x->kind == SPAN_NOTE ? "[^%.*s]" : "#%.*s",
                (int)name.n, name.s);
    }
    return (struct slice){out.s, out.n};
}

struct slice review_said(struct arena *a, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to)
{
    if (from >= to)
        return (struct slice){"", 0};
    return said(a, s, w, w->v[from].from, w->v[to - 1].to);
}

struct slice review_said_after(struct arena *a, const struct side *s,
    const struct words *w, uint32_t from, uint32_t to)
{
    if (from >= to)
        return (struct slice){"", 0};
    return said(a, s, w, from ? w->v[from - 1].to : 0, w->v[to - 1].to);
}

static int compare(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

void review_bag_sort(struct bag *bag)
{
    if (bag->n)
        qsort(bag->v, bag->n, sizeof *bag->v, compare);
}

struct bag review_bag(struct arena *a, const struct words *w)
{
    struct bag bag = {.v = arena_alloc(a, w->n * sizeof *bag.v), .n = w->n};
    for (uint32_t i = 0; i < w->n; i++)
        bag.v[i] = w->v[i].hash;
    review_bag_sort(&bag);
    return bag;
}

uint32_t review_likeness(const struct bag *x, const struct bag *y)
{
    uint64_t common = 0;
    for (uint32_t i = 0, j = 0; i < x->n && j < y->n;) {
        int order = compare(&x->v[i], &y->v[j]);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    uint64_t all = (uint64_t)x->n + y->n;
    return all ? (uint32_t)(2000 * common / all) : 1000;
}

/* Runs being put together. */
struct runs {
    struct arena *a;
    const struct words *old, *new;
    struct word_run *v;
    size_t cap;
    uint32_t n;
};

static void add_run(struct runs *r, struct word_run run)
{
    struct word_run *last = r->n ? &r->v[r->n - 1] : NULL;
    if (run.old_from == run.old_to && run.new_from == run.new_to)
        return;
    if (last && last->op == run.op && run.op != WORD_FOLLOWS) {
        last->old_to = run.old_to;
        last->new_to = run.new_to;
        return;
    }
    r->v = arena_grow(r->a, r->v, &r->cap, (size_t)r->n + 1, sizeof *r->v);
    r->v[r->n++] = run;
}

static bool is_number(const struct words *w, uint32_t i)
{
    return w->v[i].class == CLASS_VALUE &&
        is_digits(part(w, w->v[i].from, w->v[i].to));
}

/* Are all these words numbers that are values, or facts? */
static unsigned follows(const struct words *w, uint32_t from, uint32_t to)
{
    unsigned all = from < to ? TEXT_NUMBERS | TEXT_FACTS : 0;
    for (uint32_t i = from; i < to; i++) {
        if (w->v[i].class != CLASS_FACT)
            all &= ~(unsigned)TEXT_FACTS;
        if (!is_number(w, i))
            all &= ~(unsigned)TEXT_NUMBERS;
    }
    return all;
}

/* What is not alike: deleted words, then inserted ones. */
static unsigned add_gap(struct runs *r, struct word_run gap)
{
    if (gap.old_from == gap.old_to && gap.new_from == gap.new_to)
        return 0;
    unsigned both = follows(r->old, gap.old_from, gap.old_to) &
        follows(r->new, gap.new_from, gap.new_to);
    if (both) {
        gap.op = WORD_FOLLOWS;
        add_run(r, gap);
        return both & TEXT_FACTS ? TEXT_FACTS : TEXT_NUMBERS;
    }
    struct word_run run = gap;
    run.op = WORD_DELETED;
    run.new_to = run.new_from;
    add_run(r, run);
    run = gap;
    run.op = WORD_INSERTED;
    run.old_from = run.old_to;
    add_run(r, run);
    return TEXT_OWN;
}

/* A word that stands for the same on both sides. */
static unsigned add_pair(struct runs *r, uint32_t i, uint32_t j)
{
    const struct word *x = &r->old->v[i], *y = &r->new->v[j];
    struct word_run run = {WORD_SAME, i, i + 1, j, j + 1};
    unsigned verdict = 0;
    struct slice s = part(r->old, x->from, x->to);
    if (!slice_eq(s, part(r->new, y->from, y->to))) {
        run.op = WORD_FOLLOWS;
        verdict = y->class == CLASS_COUNT ? TEXT_COUNTS : TEXT_LABELS;
    } else if (x->look != y->look) {
        run.op = WORD_TOUCHED;
        verdict = TEXT_TOUCHED;
    }
    add_run(r, run);
    return verdict;
}

static uint64_t *hashes(struct arena *a, const struct words *w)
{
    uint64_t *h = arena_alloc(a, w->n * sizeof *h);
    for (uint32_t i = 0; i < w->n; i++)
        h[i] = w->v[i].hash;
    return h;
}

unsigned review_diff(struct arena *a, struct arena *inner,
    const struct words *old, const struct words *new, struct word_diff *out)
{
    struct runs r = {.a = a, .old = old, .new = new};
    struct match_runs same = {0};
    unsigned verdict = 0;
    uint32_t i = 0, j = 0;
    review_match(
        a, inner, hashes(a, old), old->n, hashes(a, new), new->n, &same);
    for (uint32_t k = 0; k <= same.n; k++) {
        struct match_run end = {old->n, new->n, 0};
        const struct match_run *m = k < same.n ? &same.v[k] : &end;
        verdict |= add_gap(&r, (struct word_run){0, i, m->x, j, m->y});
        for (uint32_t n = 0; n < m->n; n++)
            verdict |= add_pair(&r, m->x + n, m->y + n);
        i = m->x + m->n;
        j = m->y + m->n;
    }
    *out = (struct word_diff){old, new, r.v, r.n};
    return verdict;
}
