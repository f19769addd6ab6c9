/* PNG's predictors: rows as differences, which pack better. */
#include "pdf/pdf_int.h"

#include <stdlib.h>
#include <string.h>

enum filter {
    FILTER_NONE,
    FILTER_SUB,
    FILTER_UP,
    FILTER_AVERAGE,
    FILTER_PAETH,
    FILTERS
};

/* The neighbour, of left, above and above left, that their plane comes near. */
static uint8_t paeth(int a, int b, int c)
{
    int to_a = abs(b - c), to_b = abs(a - c), to_c = abs(a + b - 2 * c);
    return (uint8_t)(to_a <= to_b && to_a <= to_c ? a : to_b <= to_c ? b : c);
}

/* What a filter leaves of a byte beside its neighbours. */
static inline uint8_t rest(
    enum filter filter, uint8_t x, uint8_t left, uint8_t up, uint8_t corner)
{
    switch (filter) {
    case FILTER_SUB:
        return (uint8_t)(x - left);
    case FILTER_UP:
        return (uint8_t)(x - up);
    case FILTER_AVERAGE:
        return (uint8_t)(x - (left + up) / 2);
    case FILTER_PAETH:
        return (uint8_t)(x - paeth(left, up, corner));
    case FILTER_NONE:
    case FILTERS:
        break;
    }
    return x;
}

/* How far a rest is from 0. */
static inline unsigned far(uint8_t v)
{
    return v < 128 ? v : 256u - v;
}

/*
 * How far the rests of a row are from 0: the less, the better it packs. The
 * first pixel has no neighbour to its left; the loop has no branch for it.
 */
static inline uint64_t cost_by(enum filter filter, const uint8_t *row,
    const uint8_t *up, size_t n, size_t pixel)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < pixel; i++)
        sum += far(rest(filter, row[i], 0, up[i], 0));
    for (size_t i = pixel; i < n; i++)
        sum += far(rest(filter, row[i], row[i - pixel], up[i], up[i - pixel]));
    return sum;
}

/* The filter is known in each of the loops, so that they are fast. */
static uint64_t cost(enum filter filter, const uint8_t *row, const uint8_t *up,
    size_t n, size_t pixel)
{
    switch (filter) {
    case FILTER_SUB:
        return cost_by(FILTER_SUB, row, up, n, pixel);
    case FILTER_UP:
        return cost_by(FILTER_UP, row, up, n, pixel);
    case FILTER_AVERAGE:
        return cost_by(FILTER_AVERAGE, row, up, n, pixel);
    case FILTER_PAETH:
        return cost_by(FILTER_PAETH, row, up, n, pixel);
    case FILTER_NONE:
    case FILTERS:
        break;
    }
    return cost_by(FILTER_NONE, row, up, n, pixel);
}

static enum filter best_filter(
    const uint8_t *row, const uint8_t *up, size_t n, size_t pixel)
{
    enum filter best = FILTER_NONE;
    uint64_t least = UINT64_MAX;
    for (enum filter f = FILTER_NONE; f < FILTERS; f++) {
        uint64_t sum = cost(f, row, up, n, pixel);
        if (sum < least) {
            least = sum;
            best = f;
        }
    }
    return best;
}

/* From its end on, so that what comes before is still as it was. */
static void apply(
    enum filter filter, uint8_t *row, const uint8_t *up, size_t n, size_t pixel)
{
    if (filter == FILTER_NONE)
        return;
    for (size_t i = n; i-- > 0;) {
        bool first = i < pixel;
        row[i] = rest(filter, row[i], first ? 0 : row[i - pixel], up[i],
            first ? 0 : up[i - pixel]);
    }
}

void pdf_predict(
    uint8_t *rows, size_t row, size_t n, size_t pixel, uint8_t *none)
{
    memset(none, 0, row);
    for (size_t at = n; at > 0; at -= row) {
        uint8_t *now = rows + at - row;
        const uint8_t *up = at > row ? now - row + 1 : none;
        enum filter filter =
            pixel ? best_filter(now + 1, up, row - 1, pixel) : FILTER_NONE;
        now[0] = (uint8_t)filter;
        apply(filter, now + 1, up, row - 1, pixel);
    }
}
