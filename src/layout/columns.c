/* Widths of a table's columns: fixed, shares, and automatic from the cells. */
#include "layout/layout_int.h"

#include <string.h>

/* The part of the room [%] that a column may take without being asked. */
enum { MODEST = 36 };

/*
 * The columns are filled from `lo` towards `hi`; those that take no part have
 * 0 for both.
 */
struct range {
    rlen lo[LAYOUT_COLUMNS], hi[LAYOUT_COLUMNS];
};

static int64_t sum(const rlen *v, uint32_t n)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < n; i++)
        total += v[i];
    return total;
}

static rlen clamp(rlen v, rlen lo, rlen hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

/* The highest level to which all columns can be filled within `room`. */
static rlen fair_level(const struct range *r, uint32_t n, int64_t room)
{
    rlen low = 0, high = INT32_MAX;
    while (low < high) {
        rlen level = low + (high - low) / 2 + 1;
        int64_t need = 0;
        for (uint32_t i = 0; i < n; i++)
            need += clamp(level, r->lo[i], r->hi[i]);
        if (need <= room)
            low = level;
        else
            high = level - 1;
    }
    return low;
}

/*
 * Share `room` (at least the sum of lo). A column that asks for no more than
 * the fair level gets all it asks for, so identifiers and short words stay on
 * one line; the others share what is left by what they lack.
 */
static void fill(const struct range *r, uint32_t n, int64_t room, rlen *width)
{
    rlen level = fair_level(r, n, room);
    int64_t left = room, lack = 0;
    for (uint32_t i = 0; i < n; i++) {
        width[i] = r->hi[i] <= level ? r->hi[i] : r->lo[i];
        left -= width[i];
        lack += r->hi[i] - width[i];
    }
    for (uint32_t i = 0; i < n && left > 0 && lack > 0; i++) {
        rlen missing = r->hi[i] - width[i];
        int64_t more = left < lack ? left * missing / lack : missing;
        lack -= missing;
        left -= more;
        width[i] += (rlen)more;
    }
}

static bool is_flexible(const struct column_need *c)
{
    return c->kind != WIDTH_FIXED;
}

/* Has it to be automatic, or may it also have a share? */
static bool takes_part(const struct column_need *c, bool shares)
{
    return c->kind == WIDTH_AUTO || (shares && c->kind == WIDTH_SHARE);
}

/*
 * Automatic columns within `room`. Unless `natural`, one whose text would take
 * more than `modest` on one line gets no more than it usually needs: the rest
 * serves the columns with a share better.
 */
static void fill_auto(const struct column_need *c, uint32_t n, int64_t room,
    bool natural, int64_t modest, rlen *width)
{
    struct range r;
    memset(&r, 0, sizeof r);
    for (uint32_t i = 0; i < n; i++)
        if (c[i].kind == WIDTH_AUTO) {
            r.lo[i] = c[i].widest;
            r.hi[i] =
                !natural && c[i].natural <= modest ? c[i].natural : c[i].usual;
        }
    if (natural && sum(r.hi, n) < room)
        for (uint32_t i = 0; i < n; i++)
            if (c[i].kind == WIDTH_AUTO) {
                r.lo[i] = c[i].usual;
                r.hi[i] = c[i].natural;
            }
    fill(&r, n, room, width);
}

/*
 * Columns with a share split `room` by it, none narrower than its words. A
 * share is of the whole column: 2fr is twice as wide as 1fr, padding and all.
 */
static void fill_shares(const struct column_need *c, uint32_t n, int64_t room,
    rlen padding, rlen *width)
{
    bool settled[LAYOUT_COLUMNS] = {false};
    int64_t shares = 0;
    for (uint32_t i = 0; i < n; i++)
        if (c[i].kind == WIDTH_SHARE) {
            shares += c[i].share;
            room += padding;
        }
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < n; i++) {
            if (c[i].kind != WIDTH_SHARE || settled[i] ||
                room * c[i].share / shares >= c[i].widest + padding)
                continue;
            width[i] = c[i].widest;
            room -= width[i] + padding;
            shares -= c[i].share;
            settled[i] = again = true;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (c[i].kind == WIDTH_SHARE && !settled[i]) {
            width[i] = (rlen)(room * c[i].share / shares) - padding;
            room -= width[i] + padding;
            shares -= c[i].share;
        }
}

/* Its longest word, or so much of its text if that is more. */
static rlen some_text(const struct column_need *c, int64_t most)
{
    int64_t text = c->usual < most ? c->usual : most;
    return c->widest > text ? c->widest : (rlen)text;
}

/*
 * Too little room for the words of the columns that take part: identifiers and
 * addresses break where need be, rather than leave a text no more than its
 * longest word if it could use an equal part. False if even so it is too
 * little.
 */
static bool squeeze(const struct column_need *c, uint32_t n, bool shares,
    int64_t room, rlen *width)
{
    struct range r;
    int64_t parts = 0;
    memset(&r, 0, sizeof r);
    for (uint32_t i = 0; i < n; i++)
        parts += takes_part(&c[i], shares);
    for (uint32_t i = 0; i < n; i++)
        if (takes_part(&c[i], shares)) {
            r.lo[i] = c[i].narrow;
            r.hi[i] = some_text(&c[i], room / parts);
        }
    int64_t least = sum(r.lo, n);
    fill(&r, n, room > least ? room : least, width);
    return least <= room;
}

/*
 * What the columns with a share keep of `room` when the automatic ones would
 * take more: their text on one line, or as much as an equal part.
 */
static int64_t reserve(const struct column_need *c, uint32_t n, int64_t room)
{
    int64_t parts = 0, kept = 0;
    for (uint32_t i = 0; i < n; i++)
        parts += is_flexible(&c[i]);
    for (uint32_t i = 0; i < n; i++)
        if (c[i].kind == WIDTH_SHARE) {
            int64_t part = room / parts;
            if (part > c[i].natural)
                part = c[i].natural;
            kept += part > c[i].widest ? part : c[i].widest;
        }
    return kept;
}

bool layout_columns(const struct column_need *c, uint32_t n, rlen room,
    rlen padding, rlen *width)
{
    int64_t left = room, words = 0, auto_words = 0, natural = 0, parts = 0;
    bool has_share = false;
    rlen fixed[LAYOUT_COLUMNS] = {0};
    for (uint32_t i = 0; i < n; i++) {
        parts += is_flexible(&c[i]);
        if (!is_flexible(&c[i]))
            fixed[i] = c[i].fixed;
        left -= fixed[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!is_flexible(&c[i]))
            continue;
        natural += c[i].natural;
        if (c[i].kind == WIDTH_SHARE) {
            has_share = true;
            words += c[i].widest;
        } else {
            /* A text beside long names is not to be a column of single words.
             */
            words += some_text(&c[i], left / parts / 2);
            auto_words += c[i].widest;
        }
    }
    memset(width, 0, n * sizeof *width);
    bool fits = left >= 0;
    if (parts && words > left) {
        fits = squeeze(c, n, true, left, width);
    } else if (parts) {
        bool tight = has_share && natural > left;
        int64_t auto_room = tight ? left - reserve(c, n, left) : left;
        if (auto_room < auto_words)
            squeeze(c, n, false, auto_room, width);
        else
            fill_auto(c, n, auto_room, !tight, left * MODEST / 100, width);
        if (has_share)
            fill_shares(c, n, left - sum(width, n), padding, width);
    }
    for (uint32_t i = 0; i < n; i++)
        width[i] += fixed[i];
    return fits;
}
