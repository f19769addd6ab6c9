/* Predictors: rows come back as they were, and shorter where they are smooth.
 */
#include "support_base.h"

#include "pdf/pdf_int.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 37, HEIGHT = 11, MOST = 8 * WIDTH + 1 };

static uint8_t near(int a, int b, int c)
{
    int p = a + b - c, x = abs(p - a), y = abs(p - b), z = abs(p - c);
    if (x <= y && x <= z)
        return (uint8_t)a;
    return (uint8_t)(y <= z ? b : c);
}

/* PNG, 9.2, read from the front. */
static void undo(uint8_t *rows, size_t row, size_t n, size_t pixel)
{
    for (size_t at = 0; at < n; at += row) {
        uint8_t *now = rows + at;
        for (size_t i = 1; i < row; i++) {
            uint8_t a = i > pixel ? now[i - pixel] : 0;
            uint8_t b = at ? *(now - row + i) : 0;
            uint8_t c = at && i > pixel ? *(now - row + i - pixel) : 0;
            const uint8_t add[] = {
                0, a, b, (uint8_t)((a + b) / 2), near(a, b, c)};
            assert_in_range(now[0], 0, 4);
            now[i] = (uint8_t)(now[i] + add[now[0]]);
        }
    }
}

static void comes_back(void **state)
{
    (void)state;
    static const size_t pixels[] = {0, 1, 2, 3, 6};
    unsigned seen = 0;
    uint8_t none[MOST];
    for (size_t k = 0; k < 40; k++) {
        size_t pixel = pixels[k % 5], row = 1 + WIDTH * (pixel ? pixel : 1);
        size_t n = row * HEIGHT;
        uint8_t *rows = malloc(n), *copy = malloc(n);
        uint32_t noise = (uint32_t)k;
        for (size_t i = 0; i < n; i++) {
            noise = noise * 1664525 + 1013904223;
            size_t x = i % row, y = i / row;
            rows[i] = k < 10 ? (uint8_t)(noise >> 24)
                : k < 20     ? (uint8_t)(x * 3)
                : k < 30     ? (uint8_t)(y * y + (x % 2 ? noise >> 30 : 90))
                             : (uint8_t)(x * x / 9 + y * 7 + (noise >> 30));
        }
        memcpy(copy, rows, n);
        pdf_predict(rows, row, n, pixel, none);
        for (size_t at = 0; at < n; at += row)
            seen |= 1u << rows[at];
        undo(rows, row, n, pixel ? pixel : 1);
        for (size_t i = 0; i < n; i++)
            assert_true(i % row == 0 || rows[i] == copy[i]);
        free(rows);
        free(copy);
    }
    assert_int_equal(seen, 31); /* each of the five was the best of some row */
}

static void smooth_is_small(void **state)
{
    (void)state;
    uint8_t rows[3 * (WIDTH + 1)], none[WIDTH + 1];
    for (size_t i = 0; i < sizeof rows; i++)
        rows[i] = (uint8_t)(i % (WIDTH + 1) * 5);
    pdf_predict(rows, WIDTH + 1, sizeof rows, 1, none);
    assert_int_equal(rows[0], 1);
    for (size_t i = 1; i <= WIDTH; i++)
        assert_int_equal(rows[i], 5);
    for (size_t i = WIDTH + 1; i < sizeof rows; i++)
        assert_int_equal(rows[i], i % (WIDTH + 1) ? 0 : 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(smooth_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
