/* Exif data: which way up a photograph is seen. */
#include "image/image_int.h"

#include <string.h>

/* TIFF data within Exif, of either byte order. */
struct tiff {
    const unsigned char *s;
    size_t n;
    bool big;
};

static uint32_t get(const struct tiff *t, size_t at, unsigned bytes)
{
    uint32_t v = 0;
    if (at > t->n || bytes > t->n - at)
        return 0;
    for (unsigned i = 0; i < bytes; i++)
        v = v << 8 | t->s[at + (t->big ? i : bytes - 1 - i)];
    return v;
}

uint8_t image_exif_turn(struct slice exif)
{
    enum { MARK = 6, ENTRY = 12, ORIENTATION = 0x112, SHORT = 3 };
    if (exif.n < MARK + 8 || memcmp(exif.s, "Exif\0", MARK) != 0)
        return TURN_NONE;
    struct tiff t = {
        (const unsigned char *)exif.s + MARK, exif.n - MARK, false};
    t.big = t.s[0] == 'M';
    size_t at = get(&t, 4, 4);
    uint32_t n = get(&t, at, 2);
    for (uint32_t i = 0; i < n; i++) {
        size_t entry = at + 2 + (size_t)i * ENTRY;
        if (get(&t, entry, 2) != ORIENTATION || get(&t, entry + 2, 2) != SHORT)
            continue;
        uint32_t turn = get(&t, entry + 8, 2);
        return turn >= TURN_NONE && turn <= TURN_LEFT ? (uint8_t)turn
                                                      : TURN_NONE;
    }
    return TURN_NONE;
}
