/* Unicode by ICU: breaks, scripts, directions, names, dates, case. */
#ifndef RAP_BASE_UNI_H
#define RAP_BASE_UNI_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* A civil date of the proleptic Gregorian calendar. year 0: none. */
struct date {
    int16_t year; /* 1..9999 */
    uint8_t month; /* 1..12 */
    uint8_t day; /* 1..31 */
};

/* Read yyyy-mm-dd; false if it is not exactly that, or no such day. */
bool uni_parse_date(struct slice s, struct date *out);

/* What to say of one that is none: how it is written, or that it is no day. */
const char *uni_hint_date(struct arena *a, struct slice s);

/* Days since 1970-01-01. */
int32_t uni_date_days(struct date d);

/*
 * Format a date by an ICU pattern ("dd MMMM yyyy") in a language (BCP 47).
 * No time zone, no locale of the process. NULL if the pattern is not valid,
 * has no field, has fields of time or the week's year, or is longer than 128
 * bytes.
 */
const char *uni_format_date(
    struct arena *a, struct date d, struct slice pattern, const char *lang);

/* Is this a well-formed BCP 47 tag that ICU knows the language of? */
bool uni_lang_known(struct slice tag);

/* Line break chances of UAX #14 in a text, one byte of flags per byte of it. */
enum uni_break {
    UNI_BREAK_NONE = 0,
    UNI_BREAK_ALLOWED = 1, /* a line may end before this byte */
    UNI_BREAK_FORCED = 2 /* it must */
};

/*
 * Fill flags[0..n] (n + 1 bytes) for the valid UTF-8 text s in language lang.
 * flags[0] is NONE, flags[n] is FORCED. Plain ASCII takes a faster path with
 * the same answer as ICU (tests compare them).
 */
void uni_line_breaks(const char *s, size_t n, const char *lang, uint8_t *flags);

/* The same without the faster path: the test oracle. */
void uni_line_breaks_icu(
    const char *s, size_t n, const char *lang, uint8_t *flags);

/* Of the bidirectional classes R, AL, RLE, RLO, RLI: needs bidi to be set. */
bool uni_is_rtl(uint32_t cp);

/*
 * The script of a character as an ISO 15924 tag ('Latn'); common and
 * inherited ones give 'Zyyy' and 'Zinh'.
 */
uint32_t uni_script(uint32_t cp);

/* A combining mark or joiner that must stay with the character before it. */
bool uni_is_mark(uint32_t cp);

/* Properties Alphabetic and Decimal_Number, and the simple small letter. */
bool uni_is_letter(uint32_t cp);
bool uni_is_digit(uint32_t cp);
uint32_t uni_lower(uint32_t cp);

enum { UNI_MONTHS = 36 };

/*
 * The names of months in a language (BCP 47), in arena a: as they stand in a
 * date, short, and alone. Returns how many there are in out[UNI_MONTHS].
 */
size_t uni_months(struct arena *a, const char *lang, struct slice *out);

/* How many columns a terminal gives it: 2 if wide, 0 for a mark
 * above or below another. */
unsigned uni_columns(uint32_t cp);

/* Its Unicode name, for messages: "ARABIC LETTER BEH"; "" if it has none. */
const char *uni_name(struct arena *a, uint32_t cp);

/* NFC of a text; the same slice if it is NFC already. */
struct slice uni_nfc(struct arena *a, struct slice s);

/*
 * A key of a text in arena a: keys compared byte by byte, the shorter one of
 * two that begin alike first, stand as people of that language (BCP 47) look
 * for the texts, numbers in them by their value: Y.9 before Y.10.
 */
struct slice uni_sort_key(struct arena *a, struct slice s, const char *lang);

/*
 * Release what is kept open between calls, for leak checks; the next call
 * opens it again. Breaks and dates are for one thread at a time.
 */
void uni_cleanup(void);

#endif
