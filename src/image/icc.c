/* Colour profiles of images: only what is sound goes into a PDF. */
#include "image/image_int.h"

#include <string.h>

enum {
    ICC_HEADER = 128,
    ICC_TAG = 12, /* [bytes] of an entry in the table of tags */
    ICC_TAGS_MOST = 100
};

static uint32_t read32(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 |
        u[3];
}

static bool is_one_of(const char *s, const char *const *names)
{
    for (; *names; names++) {
        if (memcmp(s, *names, 4) == 0)
            return true;
    }
    return false;
}

/* Do all tags lie within the profile? */
static bool has_sound_tags(struct slice icc)
{
    uint32_t n = read32(icc.s + ICC_HEADER);
    if (!n || n > ICC_TAGS_MOST || ICC_HEADER + 4 + n * ICC_TAG > icc.n)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const char *tag = icc.s + ICC_HEADER + 4 + (size_t)i * ICC_TAG;
        uint32_t at = read32(tag + 4), size = read32(tag + 8);
        if (at < ICC_HEADER || at > icc.n || size > icc.n - at)
            return false;
    }
    return true;
}

/* ISO 32000-1, 8.6.5.5: the classes, colour spaces and versions there are. */
bool image_icc_sound(struct slice icc, unsigned colours)
{
    static const char *const CLASSES[] = {"scnr", "mntr", "prtr", "spac", NULL};
    static const char *const SPACES[] = {
        [1] = "GRAY", [3] = "RGB ", [4] = "CMYK"};
    static const char *const BETWEEN[] = {"XYZ ", "Lab ", NULL};
    if (icc.n < ICC_HEADER + 4 || icc.n > IMAGE_ICC_MOST)
        return false;
    return read32(icc.s) == icc.n && memcmp(icc.s + 36, "acsp", 4) == 0 &&
        icc.s[8] >= 2 && icc.s[8] <= 4 && is_one_of(icc.s + 12, CLASSES) &&
        memcmp(icc.s + 16, SPACES[colours], 4) == 0 &&
        is_one_of(icc.s + 20, BETWEEN) && has_sound_tags(icc);
}
