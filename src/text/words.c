/* Tokens: where they may break, and the cache that keeps them shaped. */
#include "text/text_int.h"

#include "base/uni.h"

#include <string.h>

enum { FIRST_SLOTS = 1024 };

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* A letter or digit, any byte of a character beyond ASCII among them. */
static bool is_letter(char c)
{
    return is_digit(c) || is_upper(c) || is_lower(c) ||
        (unsigned char)c >= 0x80;
}

static bool ends_with(struct slice s, size_t end, const char *what)
{
    size_t n = strlen(what);
    return end >= n && memcmp(s.s + end - n, what, n) == 0;
}

static const char SOFT_HYPHEN[] = "\xc2\xad", ZERO_SPACE[] = "\xe2\x80\x8b",
                  JOINER[] = "\xe2\x80\x8d", EN_DASH[] = "\xe2\x80\x93",
                  EM_DASH[] = "\xe2\x80\x94";

/*
 * Is a token a name such as "Y.4201-Rev" or "2025–2028"? It has a mark inside,
 * and a digit, a capital after a small letter, or a point between letters.
 */
static bool is_name(struct slice s)
{
    bool mark = false, odd = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        mark = mark || is_in(c, ".-_/") || ends_with(s, i + 1, EN_DASH);
        odd = odd || is_digit(c) ||
            (i && is_upper(c) && is_lower(s.s[i - 1])) ||
            (i && i + 1 < s.n && c == '.' && is_letter(s.s[i - 1]) &&
                is_letter(s.s[i + 1]));
    }
    return mark && odd;
}

/* Does a break at i part a single letter from a hyphen or slash: "ITU-T"? */
static bool parts_letter(struct slice s, size_t i)
{
    if (i < 2 || !is_in(s.s[i - 1], "-/"))
        return false;
    bool before = i < 3 || !is_letter(s.s[i - 3]);
    bool after = i + 1 >= s.n || !is_letter(s.s[i + 1]);
    return before || after;
}

static bool breaks_name(struct slice s, size_t i)
{
    return i >= 2 && is_in(s.s[i - 1], ".-_/") && is_letter(s.s[i - 2]) &&
        is_letter(s.s[i]);
}

static bool breaks_address(struct slice s, size_t i)
{
    static const char marks[] = "/?&=-_.#:";
    return is_in(s.s[i - 1], marks) && !is_in(s.s[i], marks) &&
        !ends_with(s, i, "//");
}

/* Does a character begin at byte i that is no mark of the one before? */
static bool begins_character(struct slice s, size_t i)
{
    uint32_t cp;
    return ((unsigned char)s.s[i] & 0xc0) != 0x80 && !ends_with(s, i, JOINER) &&
        utf8_decode(s.s + i, s.n - i, &cp) && !uni_is_mark(cp);
}

/* The break chance of a mode before byte i, where prose has `flag`. */
static enum item_break rule(
    unsigned mode, struct slice s, size_t i, bool name, uint8_t flag)
{
    if (mode == MODE_WHOLE)
        return ITEM_BREAK_NONE;
    if (mode == MODE_CODE)
        return begins_character(s, i) ? ITEM_BREAK_LAST : ITEM_BREAK_NONE;
    if (flag && ends_with(s, i, ZERO_SPACE))
        return ITEM_BREAK_ALLOWED;
    /* A dash belongs to what stands before it. */
    if (s.n - i >= 3 && ends_with(s, i + 3, EM_DASH))
        return ITEM_BREAK_NONE;
    if (mode == MODE_IDENTIFIER)
        return breaks_name(s, i) ? ITEM_BREAK_LAST : ITEM_BREAK_NONE;
    if (mode == MODE_URL)
        return breaks_address(s, i) ? ITEM_BREAK_LAST : ITEM_BREAK_NONE;
    if (!flag)
        return ITEM_BREAK_NONE;
    if (ends_with(s, i, SOFT_HYPHEN))
        return ITEM_BREAK_HYPHEN;
    return name || parts_letter(s, i) ? ITEM_BREAK_LAST : ITEM_BREAK_ALLOWED;
}

void words_rules(unsigned mode, struct slice s, uint8_t *flags)
{
    bool name = mode == MODE_PROSE && is_name(s);
    for (size_t i = 1; i < s.n; i++)
        flags[i] = (uint8_t)rule(mode, s, i, name, flags[i]);
}

void words_hide(struct slice s, uint8_t *flags)
{
    for (size_t i = s.n; i > 0; i--) {
        size_t len = ends_with(s, i, SOFT_HYPHEN) ? sizeof SOFT_HYPHEN - 1
            : ends_with(s, i, ZERO_SPACE)         ? sizeof ZERO_SPACE - 1
                                                  : 0;
        if (!len || flags[i] == ITEM_BREAK_NONE)
            continue;
        flags[i - len] = flags[i];
        flags[i] = ITEM_BREAK_NONE;
    }
}

uint8_t *words_flags(struct fonts *f, size_t n)
{
    struct fonts_priv *p = f->priv;
    p->flags = arena_grow(p->l->a, p->flags, &p->flags_cap, n, 1);
    return p->flags;
}

unsigned words_breaks(
    struct fonts *f, uint16_t lang, struct slice s, uint8_t *flags)
{
    struct fonts_priv *p = f->priv;
    const char *tag = lang < p->doc->nlangs ? p->doc->langs[lang] : "";
    p->context.n = 0;
    buf_puts(&p->context, "x ");
    buf_put(&p->context, s.s, s.n);
    buf_puts(&p->context, " x");
    size_t n = p->context.n;
    p->raw = arena_grow(p->l->a, p->raw, &p->raw_cap, n + 1, 1);
    uni_line_breaks(p->context.s, n, tag, p->raw);
    memset(flags, ITEM_BREAK_NONE, s.n + 1);
    for (size_t i = 1; i < s.n; i++)
        if (p->raw[i + 2] != UNI_BREAK_NONE)
            flags[i] = ITEM_BREAK_ALLOWED;
    unsigned bind = 0;
    /* A dash belongs to what stands before it. */
    if (p->raw[2] == UNI_BREAK_NONE || slice_is(s, "-") ||
        (s.n >= 3 && (ends_with(s, 3, EN_DASH) || ends_with(s, 3, EM_DASH))))
        bind |= BIND_BEFORE;
    if (p->raw[n - 1] == UNI_BREAK_NONE)
        bind |= BIND_AFTER;
    return bind;
}

struct part *words_add_part(struct fonts *f)
{
    struct fonts_priv *p = f->priv;
    p->parts = arena_grow(
        p->l->a, p->parts, &p->parts_cap, p->nparts + 1, sizeof *p->parts);
    return &p->parts[p->nparts++];
}

/* Shape s[from..to-1], from the cache unless it is the whole of a token. */
static void add_piece(struct fonts *f, const struct setting *set,
    struct slice s, size_t from, size_t to, struct pos pos, bool kept)
{
    if (from == to)
        return;
    struct slice piece = {s.s + from, to - from};
    pos = place_of(set, pos, from);
    if (kept && piece.n == s.n) {
        shape_piece(f, set, piece, pos);
        return;
    }
    struct setting whole = *set;
    whole.mode = MODE_WHOLE;
    const struct token *t = words_token(f, &whole, piece, pos);
    for (uint32_t i = 0; i < t->n; i++)
        *words_add_part(f) = t->parts[i];
}

/* How a character divides a token. */
enum divider { DIVIDER_NONE, DIVIDER_FIXED, DIVIDER_SPACE, DIVIDER_HIDDEN };

static enum divider divider_of(uint32_t cp)
{
    switch (cp) {
    case 0xa0:
    case 0x2007:
    case 0x202f:
        return DIVIDER_FIXED;
    case 0x1680:
    case 0x205f:
    case 0x3000:
        return DIVIDER_SPACE;
    case 0xad:
    case 0x200b:
        return DIVIDER_HIDDEN;
    default:
        return cp >= 0x2000 && cp <= 0x200a ? DIVIDER_SPACE : DIVIDER_NONE;
    }
}

/* Shape the space at s[from..to-1]. */
static void add_space(struct fonts *f, const struct setting *set,
    struct slice s, size_t from, size_t to, struct pos pos, bool kept)
{
    size_t first = f->priv->nparts;
    uint32_t cp;
    utf8_decode(s.s + from, to - from, &cp);
    add_piece(f, set, s, from, to, pos, kept);
    for (size_t i = first; i < f->priv->nparts; i++)
        f->priv->parts[i].kind =
            divider_of(cp) == DIVIDER_FIXED ? ITEM_FIXED : ITEM_SPACE;
}

void words_split(struct fonts *f, const struct setting *set, struct slice s,
    const uint8_t *flags, struct pos pos, bool kept)
{
    size_t first = f->priv->nparts, from = 0, len;
    for (size_t i = 0; i < s.n; i += len) {
        uint32_t cp;
        len = utf8_decode(s.s + i, s.n - i, &cp);
        enum divider d = divider_of(cp);
        uint8_t brk = flags ? flags[i + len] : ITEM_BREAK_NONE;
        if (d == DIVIDER_NONE && brk == ITEM_BREAK_NONE)
            continue;
        add_piece(f, set, s, from, d ? i : i + len, pos, kept);
        from = i + len;
        if (d == DIVIDER_FIXED || d == DIVIDER_SPACE)
            add_space(f, set, s, i, from, pos, kept);
        if (brk != ITEM_BREAK_NONE && f->priv->nparts > first)
            f->priv->parts[f->priv->nparts - 1].brk = brk;
    }
    add_piece(f, set, s, from, s.n, pos, kept);
}

static void build_token(
    struct fonts *f, const struct setting *set, struct token *t, struct pos pos)
{
    struct fonts_priv *p = f->priv;
    size_t first = p->nparts;
    uint8_t *flags = NULL;
    if (set->mode != MODE_WHOLE) {
        flags = words_flags(f, t->s.n + 1);
        t->bind = (uint8_t)words_breaks(f, set->lang, t->s, flags);
        words_rules(set->mode, t->s, flags);
        words_hide(t->s, flags);
    }
    words_split(f, set, t->s, flags, pos, true);
    t->n = (uint32_t)(p->nparts - first);
    t->parts = ARENA_ARRAY(p->l->a, t->n, struct part);
    if (t->n)
        memcpy(t->parts, p->parts + first, t->n * sizeof *t->parts);
    p->nparts = first;
}

static void grow_slots(struct fonts_priv *p)
{
    size_t n = p->nslots ? p->nslots * 2 : FIRST_SLOTS;
    struct slot *slots = ARENA_ARRAY(p->l->a, n, struct slot);
    for (size_t i = 0; i < p->nslots; i++) {
        if (!p->slots[i].token)
            continue;
        size_t to = p->slots[i].hash & (n - 1);
        while (slots[to].token)
            to = (to + 1) & (n - 1);
        slots[to] = p->slots[i];
    }
    p->slots = slots;
    p->nslots = n;
}

static void insert(struct fonts_priv *p, uint64_t hash, struct token *t)
{
    if (2 * (p->ntokens + 1) > p->nslots)
        grow_slots(p);
    size_t i = hash & (p->nslots - 1);
    while (p->slots[i].token)
        i = (i + 1) & (p->nslots - 1);
    p->slots[i] = (struct slot){hash, t};
    p->ntokens++;
}

const struct token *words_token(
    struct fonts *f, const struct setting *set, struct slice s, struct pos pos)
{
    struct fonts_priv *p = f->priv;
    uint64_t key = (uint64_t)set->cut << 32 | (uint64_t)set->lang << 8 |
        (uint64_t)set->mode << FEATURES | set->features;
    uint64_t hash = str_hash(s.s, s.n, key);
    size_t i = p->nslots ? hash & (p->nslots - 1) : 0;
    for (; p->nslots && p->slots[i].token; i = (i + 1) & (p->nslots - 1)) {
        const struct token *t = p->slots[i].token;
        if (p->slots[i].hash == hash && t->key == key && slice_eq(t->s, s))
            return t;
    }
    struct token *t = ARENA_NEW(p->l->a, struct token);
    t->s = (struct slice){arena_strndup(p->l->a, s.s, s.n), s.n};
    t->key = key;
    build_token(f, set, t, pos);
    insert(p, hash, t);
    return t;
}
