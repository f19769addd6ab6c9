/* Sort keys: texts in the order in which people look for them. */
#include "base/uni_int.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

/* The collator asked for last stays open; closed by uni_close_sort. */
static UCollator *collator;
static char collator_lang[UNI_LOCALE_MOST];

void uni_close_sort(void)
{
    if (collator)
        ucol_close(collator);
    collator = NULL;
}

static UCollator *open_collator(struct arena *a, const char *lang)
{
    char locale[UNI_LOCALE_MOST];
    uni_locale(lang, locale);
    if (collator && strcmp(locale, collator_lang) == 0)
        return collator;
    uni_close_sort();
    UErrorCode e = U_ZERO_ERROR;
    collator = ucol_open(locale, &e);
    if (U_SUCCESS(e))
        ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &e);
    uni_check(a, e);
    if (U_FAILURE(e))
        uni_close_sort();
    memcpy(collator_lang, locale, sizeof locale);
    return collator;
}

struct slice uni_sort_key(struct arena *a, struct slice s, const char *lang)
{
    UCollator *c = open_collator(a, lang);
    UErrorCode e = U_ZERO_ERROR;
    /* No text has more UTF-16 units than bytes of UTF-8. */
    UChar *text = arena_alloc(a, (s.n + 1) * sizeof *text);
    int32_t n = 0;
    u_strFromUTF8WithSub(text, (int32_t)s.n + 1, &n, s.n ? s.s : "",
        (int32_t)s.n, 0xFFFD, NULL, &e);
    uni_check(a, e);
    if (!c || U_FAILURE(e))
        return s;
    size_t room = s.n * 4 + 16;
    uint8_t *key = arena_alloc(a, room);
    int32_t len = ucol_getSortKey(c, text, n, key, (int32_t)room);
    if (len > 0 && (size_t)len > room) {
        key = arena_alloc(a, (size_t)len);
        len = ucol_getSortKey(c, text, n, key, len);
    }
    return (struct slice){(const char *)key, len > 0 ? (size_t)len : 0};
}
