/* What the files on Unicode share. */
#ifndef RAP_BASE_UNI_INT_H
#define RAP_BASE_UNI_INT_H

#include "base/uni.h"

/* Room for an ICU locale [bytes]: ULOC_FULLNAME_CAPACITY. */
enum { UNI_LOCALE_MOST = 157 };

/*
 * The ICU locale of a BCP 47 tag, in `locale`; "" (the root) if it is none.
 */
void uni_locale(const char *tag, char locale[UNI_LOCALE_MOST]);

/* Run out of memory if that is what ICU reports. */
void uni_check(struct arena *a, int error);

/* UTF-16 to UTF-8 in arena a; units that are no text become U+FFFD. */
struct slice uni_from_utf16(struct arena *a, const uint16_t *s, size_t n);

/* Close what the files keep open between calls. */
void uni_close_breaks(void);
void uni_close_dates(void);
void uni_close_sort(void);

#endif
