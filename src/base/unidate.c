/* Dates: read, counted in days, formatted by ICU patterns; months' names. */
#include "base/uni_int.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const uint8_t days[12] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* The n digits at s as a number, or -1. */
static int read_digits(const char *s, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

bool uni_parse_date(struct slice s, struct date *out)
{
    if (s.n != 10 || s.s[4] != '-' || s.s[7] != '-')
        return false;
    int year = read_digits(s.s, 4), month = read_digits(s.s + 5, 2),
        day = read_digits(s.s + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        (unsigned)day > days_in_month((unsigned)year, (unsigned)month))
        return false;
    *out = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * How the date is written that "4.12.2025", "2025-1-5", "2025/01/05" or
 * "31/12/2025" means; NULL if it is no such thing, or may be two.
 */
static const char *guess_date(struct arena *a, struct slice s)
{
    unsigned part[3] = {0}, digits[3] = {0}, at = 0;
    char mark = '.';
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (is_digit(c)) {
            if (++digits[at] > 4)
                return NULL;
            part[at] = part[at] * 10 + (unsigned)(c - '0');
        } else if (strchr(".-/", c) && digits[at] && at < 2 &&
            (!at || c == mark)) {
            mark = c;
            at++;
        } else if (c != ' ') {
            return NULL;
        }
    }
    bool year_last = digits[2] == 4 && (mark == '.' || part[0] > 12);
    if (at != 2 || (digits[0] != 4 && !year_last))
        return NULL;
    const char *guess = arena_printf(a, "%04u-%02u-%02u",
        part[year_last ? 2 : 0], part[1], part[year_last ? 0 : 2]);
    struct date date;
    return uni_parse_date(slice_of(guess), &date) ? guess : NULL;
}

/* Is it written as a date? */
static bool is_dated(struct slice s)
{
    static const char FORM[] = "0000-00-00";
    if (s.n != sizeof FORM - 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (FORM[i] == '0' ? !is_digit(s.s[i]) : s.s[i] != FORM[i])
            return false;
    }
    return true;
}

const char *uni_hint_date(struct arena *a, struct slice s)
{
    const char *guess = guess_date(a, s);
    if (guess)
        return arena_printf(a, "write %s", guess);
    return is_dated(s) ? "there is no such day" : NULL;
}

int32_t uni_date_days(struct date d)
{
    /* Counted from 1 March, so that the leap day ends a year. */
    int32_t year = d.year - (d.month < 3);
    int32_t month = (d.month + 9) % 12;
    int32_t days = year * 365 + year / 4 - year / 100 + year / 400 +
        (month * 153 + 2) / 5 + d.day - 1;
    return days - 719468;
}

/*
 * Has the pattern some field of a date and no other, none wider than ICU has a
 * form for, and quotes that close? 'Y', the year of the week, is left out: it
 * is hardly ever meant, and wrong for a few days each year.
 */
static bool is_date_pattern(struct slice p)
{
    enum { WIDEST = 6 };
    bool quoted = false, field = false;
    size_t run = 0;
    for (size_t i = 0; i < p.n; i++) {
        char c = p.s[i];
        if (c == '\'')
            quoted = !quoted;
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (quoted || !letter) {
            run = 0;
            continue;
        }
        run = i && p.s[i - 1] == c ? run + 1 : 1;
        if (!strchr("yMLdEwDQ", c) || run > WIDEST)
            return false;
        field = true;
    }
    return field && !quoted;
}

/* The formatter used last: most dates of a report have one form. */
static struct {
    struct slice pattern;
    char pattern_room[128];
    char lang[64];
    UDateFormat *format;
} cache;

void uni_close_dates(void)
{
    if (cache.format)
        udat_close(cache.format);
    memset(&cache, 0, sizeof cache);
}

/* Gregorian at all times, whatever the language's calendar. */
static void set_calendar(UDateFormat *format, UErrorCode *e)
{
    UCalendar *calendar = ucal_clone(udat_getCalendar(format), e);
    ucal_setGregorianChange(calendar, -1e18, e);
    udat_setCalendar(format, calendar);
    if (calendar)
        ucal_close(calendar);
}

static UDateFormat *open_format(
    struct arena *a, struct slice pattern, const char *lang)
{
    char locale[UNI_LOCALE_MOST];
    uni_locale(lang, locale);
    UErrorCode e = U_ZERO_ERROR;
    uloc_setKeywordValue("calendar", "gregorian", locale, UNI_LOCALE_MOST, &e);
    size_t room = pattern.n + 1;
    UChar *text = arena_alloc(a, room * sizeof *text);
    int32_t n = 0;
    u_strFromUTF8(text, (int32_t)room, &n, pattern.s, (int32_t)pattern.n, &e);
    static const UChar UTC[] = {'U', 'T', 'C', 0};
    /* Or ICU would go and look for the system's time zone. */
    ucal_setDefaultTimeZone(UTC, &e);
    UDateFormat *format =
        udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, UTC, 3, text, n, &e);
    if (format && U_SUCCESS(e))
        set_calendar(format, &e);
    uni_check(a, e);
    if (format && U_FAILURE(e)) {
        udat_close(format);
        return NULL;
    }
    return format;
}

static UDateFormat *find_format(
    struct arena *a, struct slice pattern, const char *lang)
{
    if (cache.format && slice_eq(cache.pattern, pattern) &&
        strcmp(cache.lang, lang) == 0)
        return cache.format;
    uni_close_dates();
    if (pattern.n > sizeof cache.pattern_room ||
        strlen(lang) >= sizeof cache.lang)
        return NULL;
    cache.format = open_format(a, pattern, lang);
    memcpy(cache.pattern_room, pattern.s, pattern.n);
    cache.pattern = (struct slice){cache.pattern_room, pattern.n};
    memcpy(cache.lang, lang, strlen(lang) + 1);
    return cache.format;
}

const char *uni_format_date(
    struct arena *a, struct date d, struct slice pattern, const char *lang)
{
    if (!is_date_pattern(pattern))
        return NULL;
    UDateFormat *format = find_format(a, pattern, lang ? lang : "");
    if (!format)
        return NULL;
    enum { ROOM = 1024 };
    UChar text[ROOM];
    UErrorCode e = U_ZERO_ERROR;
    UDate when = 86400000.0 * uni_date_days(d);
    int32_t n = udat_format(format, when, text, ROOM, NULL, &e);
    uni_check(a, e);
    if (U_FAILURE(e) || n > ROOM)
        return NULL;
    struct slice out = uni_from_utf16(a, text, (size_t)n);
    return arena_strndup(a, out.s, out.n);
}

size_t uni_months(struct arena *a, const char *lang, struct slice *out)
{
    static const UDateFormatSymbolType KINDS[] = {
        UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS};
    enum { MONTHS = 12, ROOM = 64 };
    size_t n = 0;
    UDateFormat *format = open_format(a, SLICE("MMMM"), lang);
    for (size_t i = 0; format && i < MONTHS * 3; i++) {
        UChar text[ROOM];
        UErrorCode e = U_ZERO_ERROR;
        int32_t len = udat_getSymbols(
            format, KINDS[i / MONTHS], (int32_t)(i % MONTHS), text, ROOM, &e);
        uni_check(a, e);
        if (U_SUCCESS(e) && len > 0 && len <= ROOM)
            out[n++] = uni_from_utf16(a, text, (size_t)len);
    }
    if (format)
        udat_close(format);
    return n;
}
