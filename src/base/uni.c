/* What ICU knows of single characters, of languages, and of normal forms. */
#include "base/uni_int.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

_Static_assert(UNI_LOCALE_MOST >= ULOC_FULLNAME_CAPACITY, "room for a locale");

void uni_cleanup(void)
{
    uni_close_breaks();
    uni_close_dates();
    uni_close_sort();
    u_cleanup();
}

void uni_check(struct arena *a, int error)
{
    if (error == U_MEMORY_ALLOCATION_ERROR)
        arena_exhausted(a);
}

void uni_locale(const char *tag, char locale[UNI_LOCALE_MOST])
{
    UErrorCode e = U_ZERO_ERROR;
    uloc_forLanguageTag(tag ? tag : "", locale, UNI_LOCALE_MOST, NULL, &e);
    if (U_FAILURE(e) || e == U_STRING_NOT_TERMINATED_WARNING)
        locale[0] = '\0';
}

bool uni_lang_known(struct slice tag)
{
    enum { TAG_MOST = 64 };
    char text[TAG_MOST], locale[UNI_LOCALE_MOST];
    if (!tag.n || tag.n >= TAG_MOST)
        return false;
    for (size_t i = 0; i < tag.n; i++)
        if (!u_isalnum((unsigned char)tag.s[i]) && tag.s[i] != '-')
            return false;
    memcpy(text, tag.s, tag.n);
    text[tag.n] = '\0';
    UErrorCode e = U_ZERO_ERROR;
    int32_t read = 0;
    uloc_forLanguageTag(text, locale, UNI_LOCALE_MOST, &read, &e);
    return U_SUCCESS(e) && (size_t)read == tag.n &&
        *uloc_getISO3Language(locale);
}

bool uni_is_rtl(uint32_t cp)
{
    if (cp < 0x590)
        return false;
    switch ((int)u_charDirection((UChar32)cp)) {
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
    case U_RIGHT_TO_LEFT_EMBEDDING:
    case U_RIGHT_TO_LEFT_OVERRIDE:
    case U_RIGHT_TO_LEFT_ISOLATE:
        return true;
    default:
        return false;
    }
}

uint32_t uni_script(uint32_t cp)
{
    UErrorCode e = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)cp, &e);
    const char *tag = U_SUCCESS(e) ? uscript_getShortName(script) : NULL;
    if (!tag || strlen(tag) != 4)
        tag = "Zzzz";
    return (uint32_t)tag[0] << 24 | (uint32_t)tag[1] << 16 |
        (uint32_t)tag[2] << 8 | (uint32_t)tag[3];
}

bool uni_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return u_isUAlphabetic((UChar32)cp);
}

bool uni_is_digit(uint32_t cp)
{
    return cp < 0x80 ? cp >= '0' && cp <= '9' : u_isdigit((UChar32)cp);
}

uint32_t uni_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)u_tolower((UChar32)cp);
}

bool uni_is_mark(uint32_t cp)
{
    if (cp < 0x300) /* the first combining mark */
        return false;
    switch (u_getIntPropertyValue((UChar32)cp, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_ZWJ:
        return true;
    default:
        return u_charType((UChar32)cp) == U_COMBINING_SPACING_MARK;
    }
}

unsigned uni_columns(uint32_t cp)
{
    int type = u_charType((UChar32)cp);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK)
        return 0;
    int width = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

const char *uni_name(struct arena *a, uint32_t cp)
{
    enum { NAME_MOST = 128 };
    char name[NAME_MOST];
    UErrorCode e = U_ZERO_ERROR;
    int32_t n =
        u_charName((UChar32)cp, U_UNICODE_CHAR_NAME, name, NAME_MOST, &e);
    uni_check(a, e);
    return U_SUCCESS(e) && n > 0 ? arena_strndup(a, name, (size_t)n) : "";
}

struct slice uni_from_utf16(struct arena *a, const uint16_t *s, size_t n)
{
    /* A unit takes three bytes at most. */
    size_t room = n * 3 + 1;
    char *out = arena_alloc(a, room);
    UErrorCode e = U_ZERO_ERROR;
    int32_t len = 0;
    u_strToUTF8WithSub(
        out, (int32_t)room, &len, s, (int32_t)n, 0xfffd, NULL, &e);
    uni_check(a, e);
    return (struct slice){out, U_SUCCESS(e) ? (size_t)len : 0};
}

/* Every character below U+0300 is NFC and combines with none before it. */
static bool is_simple(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] >= 0xcc)
            return false;
    return true;
}

struct slice uni_nfc(struct arena *a, struct slice s)
{
    if (is_simple(s) || s.n > INT32_MAX / 8)
        return s;
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    UChar *text = arena_alloc(a, (s.n + 1) * sizeof *text);
    int32_t n = 0;
    u_strFromUTF8(text, (int32_t)s.n + 1, &n, s.s, (int32_t)s.n, &e);
    uni_check(a, e);
    if (U_FAILURE(e) || unorm2_isNormalized(nfc, text, n, &e))
        return s;
    /* NFC grows a text to at most three times its units. */
    int32_t room = n * 3 + 1;
    UChar *normal = arena_alloc(a, (size_t)room * sizeof *normal);
    n = unorm2_normalize(nfc, text, n, normal, room, &e);
    uni_check(a, e);
    return U_FAILURE(e) ? s : uni_from_utf16(a, normal, (size_t)n);
}
