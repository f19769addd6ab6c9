/* Line breaks: ICU's rules of UAX #14, and a faster path for plain ASCII. */
#include "base/uni_int.h"

#include "base/str.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* The classes of UAX #14 that ASCII has, as bits so that sets are masks. */
enum line_class {
    AL = 1 << 0, /* letters and what behaves so */
    NU = 1 << 1, /* digits */
    SP = 1 << 2, /* blank */
    LF = 1 << 3, /* line feed */
    IS = 1 << 4, /* , . : ; */
    EX = 1 << 5, /* ! ? */
    QU = 1 << 6, /* " ' */
    OP = 1 << 7, /* ( [ { */
    CP = 1 << 8, /* ) ] */
    CL = 1 << 9, /* } */
    HY = 1 << 10, /* - */
    SY = 1 << 11, /* / */
    PR = 1 << 12, /* $ + \ */
    PO = 1 << 13, /* % */
    BA = 1 << 14 /* | and TAB */
};

/* 0: controls, which ICU shall judge. */
static const uint16_t CLASSES[128] = {['\t'] = BA,
    ['\n'] = LF,
    [' '] = SP,
    ['!'] = EX,
    ['"'] = QU,
    ['#'] = AL,
    ['$'] = PR,
    ['%'] = PO,
    ['&'] = AL,
    ['\''] = QU,
    ['('] = OP,
    [')'] = CP,
    ['*'] = AL,
    ['+'] = PR,
    [','] = IS,
    ['-'] = HY,
    ['.'] = IS,
    ['/'] = SY,
    ['0'] = NU,
    ['1'] = NU,
    ['2'] = NU,
    ['3'] = NU,
    ['4'] = NU,
    ['5'] = NU,
    ['6'] = NU,
    ['7'] = NU,
    ['8'] = NU,
    ['9'] = NU,
    [':'] = IS,
    [';'] = IS,
    ['<'] = AL,
    ['='] = AL,
    ['>'] = AL,
    ['?'] = EX,
    ['@'] = AL,
    ['A'] = AL,
    ['B'] = AL,
    ['C'] = AL,
    ['D'] = AL,
    ['E'] = AL,
    ['F'] = AL,
    ['G'] = AL,
    ['H'] = AL,
    ['I'] = AL,
    ['J'] = AL,
    ['K'] = AL,
    ['L'] = AL,
    ['M'] = AL,
    ['N'] = AL,
    ['O'] = AL,
    ['P'] = AL,
    ['Q'] = AL,
    ['R'] = AL,
    ['S'] = AL,
    ['T'] = AL,
    ['U'] = AL,
    ['V'] = AL,
    ['W'] = AL,
    ['X'] = AL,
    ['Y'] = AL,
    ['Z'] = AL,
    ['['] = OP,
    ['\\'] = PR,
    [']'] = CP,
    ['^'] = AL,
    ['_'] = AL,
    ['`'] = AL,
    ['a'] = AL,
    ['b'] = AL,
    ['c'] = AL,
    ['d'] = AL,
    ['e'] = AL,
    ['f'] = AL,
    ['g'] = AL,
    ['h'] = AL,
    ['i'] = AL,
    ['j'] = AL,
    ['k'] = AL,
    ['l'] = AL,
    ['m'] = AL,
    ['n'] = AL,
    ['o'] = AL,
    ['p'] = AL,
    ['q'] = AL,
    ['r'] = AL,
    ['s'] = AL,
    ['t'] = AL,
    ['u'] = AL,
    ['v'] = AL,
    ['w'] = AL,
    ['x'] = AL,
    ['y'] = AL,
    ['z'] = AL,
    ['{'] = OP,
    ['|'] = BA,
    ['}'] = CL,
    ['~'] = AL};

/* What has been read of a text, up to the place in question. */
struct scan {
    const char *s;
    size_t n;
    unsigned last; /* class of the byte before; LF at the start */
    unsigned base; /* class of the last byte that is no blank */
    /* LB25: within NU (NU | SY | IS)*, and after that and a CL or CP. */
    bool number, closed;
    bool first_hyphen; /* last is a hyphen with a break before it */
};

/* Do the bytes from i continue as IS? NU, i.e. with a number? */
static bool number_at(const struct scan *t, size_t i)
{
    if (i < t->n && CLASSES[(unsigned char)t->s[i]] == IS)
        i++;
    return i < t->n && CLASSES[(unsigned char)t->s[i]] == NU;
}

/* What versions of ICU differ in, by an example of it. */
enum example { QUOTE, HYPHEN, EXAMPLES };
static bool icu_joins(enum example x);

/* May a line end after a blank and before byte i of class b? */
static bool breaks_after_blank(const struct scan *t, size_t i, unsigned b)
{
    if (b == IS) /* LB15c, d: only before a number, " .5" */
        return i + 1 < t->n && CLASSES[(unsigned char)t->s[i + 1]] == NU;
    if (t->base == QU && b == OP) /* LB15, which Unicode 15.1 has dropped */
        return !icu_joins(QUOTE);
    return true; /* LB18 */
}

/* May a line end before byte i of class b, which stands after no blank? */
static bool breaks_within(const struct scan *t, size_t i, unsigned b)
{
    switch (b) {
    case IS: /* LB13 */
    case HY: /* LB21 */
    case BA:
    case QU: /* LB19 */
        return false;
    case AL: /* LB20a, 23, 24, 28, 29, 30 */
        return !(t->last & (AL | NU | PR | PO | IS | CP) || t->first_hyphen);
    case NU: /* LB23, 25, 30 */
        return !(t->last & (AL | NU | PR | PO | IS | HY | CP) || t->number);
    case PR: /* LB24, 25 */
    case PO:
        return !(t->last == AL || t->number || t->closed);
    case OP: /* LB30, 25 */
        return !(t->last & (AL | NU) ||
            (t->last & (PR | PO) && number_at(t, i + 1)));
    default:
        return true;
    }
}

static bool breaks_before(const struct scan *t, size_t i, unsigned b)
{
    if (b & (SP | LF | CL | CP | EX | SY)) /* LB6, 7, 13 */
        return false;
    if (t->base == OP) /* LB14 */
        return false;
    if (t->last == SP)
        return breaks_after_blank(t, i, b);
    if (t->last == QU) /* LB19 */
        return false;
    return breaks_within(t, i, b);
}

/* Fill flags[0..n-1]; false if a byte is not ASCII or a control. */
static bool break_ascii(const char *s, size_t n, uint8_t *flags)
{
    struct scan t = {.s = s, .n = n, .last = LF, .base = LF};
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        unsigned b = c < 128 ? CLASSES[c] : 0;
        if (!b)
            return false;
        bool start = t.last == LF;
        bool breaks = start || breaks_before(&t, i, b);
        flags[i] = (uint8_t)(start ? UNI_BREAK_FORCED
                : breaks           ? UNI_BREAK_ALLOWED
                                   : UNI_BREAK_NONE);
        /* Later versions count a break that LB14 forbids: "( -a". */
        t.first_hyphen =
            b == HY && (breaks || (t.last == SP && icu_joins(HYPHEN)));
        t.closed = t.number && b & (CL | CP);
        t.number = b == NU || (t.number && b & (SY | IS));
        t.last = b;
        if (b != SP)
            t.base = b;
    }
    return true;
}

enum { ITERATORS = 4, LANG_MOST = 64 };

/*
 * Open iterators, one for each language used lately: opening one costs as much
 * as breaking many paragraphs.
 */
static struct {
    struct {
        char lang[LANG_MOST];
        UBreakIterator *iterator;
    } open[ITERATORS];
    unsigned next; /* the one to be replaced */
    UText *text;
    enum { UNKNOWN, APART, JOINED } answers[EXAMPLES];
} cache;

void uni_close_breaks(void)
{
    for (size_t i = 0; i < ITERATORS; i++)
        if (cache.open[i].iterator)
            ubrk_close(cache.open[i].iterator);
    utext_close(cache.text);
    memset(&cache, 0, sizeof cache);
}

/* The iterator of a language, or NULL for lack of memory. */
static UBreakIterator *find_iterator(const char *lang)
{
    if (!lang || strlen(lang) >= LANG_MOST)
        lang = "";
    for (size_t i = 0; i < ITERATORS; i++)
        if (cache.open[i].iterator && strcmp(cache.open[i].lang, lang) == 0)
            return cache.open[i].iterator;
    char locale[UNI_LOCALE_MOST];
    uni_locale(lang, locale);
    UErrorCode e = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_LINE, locale, NULL, 0, &e);
    if (U_FAILURE(e))
        return NULL;
    size_t slot = cache.next++ % ITERATORS;
    if (cache.open[slot].iterator)
        ubrk_close(cache.open[slot].iterator);
    memcpy(cache.open[slot].lang, lang, strlen(lang) + 1);
    cache.open[slot].iterator = iterator;
    return iterator;
}

/* If ICU cannot work, for lack of memory, lines end at blanks alone. */
static void break_blanks(const char *s, size_t n, uint8_t *flags)
{
    for (size_t i = 1; i < n; i++) {
        if (s[i - 1] == '\n')
            flags[i] = UNI_BREAK_FORCED;
        else if (s[i - 1] == ' ' && s[i] != ' ')
            flags[i] = UNI_BREAK_ALLOWED;
    }
}

static bool is_one_of(uint32_t cp, const uint32_t *set)
{
    while (*set && *set != cp)
        set++;
    return *set != 0;
}

/*
 * LB15a, b of Unicode 15.1, which older versions of ICU lack: no line ends
 * after « and a blank, as French has them, nor before a blank's ».
 */
static void join_quotes(const char *s, size_t n, uint8_t *flags)
{
    static const uint32_t OPENING[] = {0xAB, 0x2018, 0x201B, 0x201C, 0x201F,
        0x2039, 0},
                          CLOSING[] = {0xBB, 0x2019, 0x201D, 0x203A, 0},
                          SPACES[] = {' ', '\n', 0xA0, 0x2007, 0x202F, 0},
                          BEFORE[] = {'(', '[', '{', '"', '\'', 0},
                          AFTER[] = {')', ']', '}', '"', '\'', '.', ',', ':',
                              ';', '!', '?', '/', 0};
    uint32_t before = ' ', cp, after;
    bool opened = false;
    size_t len;
    for (size_t i = 0; i < n; i += len, before = cp) {
        len = utf8_decode(s + i, n - i, &cp);
        if (!len)
            return;
        if (i + len == n || !utf8_decode(s + i + len, n - i - len, &after))
            after = ' ';
        bool closed = is_one_of(cp, CLOSING) &&
            (is_one_of(after, SPACES) || is_one_of(after, AFTER) ||
                is_one_of(after, OPENING) || is_one_of(after, CLOSING));
        if ((opened || closed) && flags[i] == UNI_BREAK_ALLOWED)
            flags[i] = UNI_BREAK_NONE;
        if (cp != ' ')
            opened = is_one_of(cp, OPENING) &&
                (is_one_of(before, SPACES) || is_one_of(before, BEFORE) ||
                    is_one_of(before, OPENING));
    }
}

void uni_line_breaks_icu(
    const char *s, size_t n, const char *lang, uint8_t *flags)
{
    memset(flags, UNI_BREAK_NONE, n + 1);
    UErrorCode e = U_ZERO_ERROR;
    UBreakIterator *iterator = find_iterator(lang);
    cache.text = utext_openUTF8(cache.text, s, (int64_t)n, &e);
    if (iterator)
        ubrk_setUText(iterator, cache.text, &e);
    if (!iterator || U_FAILURE(e)) {
        break_blanks(s, n, flags);
    } else {
        int32_t at = ubrk_first(iterator);
        while ((at = ubrk_next(iterator)) != UBRK_DONE)
            flags[at] = ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD
                ? UNI_BREAK_FORCED
                : UNI_BREAK_ALLOWED;
        join_quotes(s, n, flags);
    }
    flags[n] = UNI_BREAK_FORCED;
}

/* Does this ICU forbid the break in the example? Asked once. */
static bool icu_joins(enum example x)
{
    static const struct {
        const char *s;
        size_t n, at;
    } examples[EXAMPLES] = {
        [QUOTE] = {"\" (", 3, 2}, [HYPHEN] = {"( -a", 4, 3}};
    if (cache.answers[x] == UNKNOWN) {
        uint8_t flags[8];
        uni_line_breaks_icu(examples[x].s, examples[x].n, "", flags);
        cache.answers[x] = flags[examples[x].at] ? APART : JOINED;
    }
    return cache.answers[x] == JOINED;
}

void uni_line_breaks(const char *s, size_t n, const char *lang, uint8_t *flags)
{
    if (!break_ascii(s, n, flags)) {
        uni_line_breaks_icu(s, n, lang, flags);
        return;
    }
    flags[0] = UNI_BREAK_NONE;
    flags[n] = UNI_BREAK_FORCED;
}
