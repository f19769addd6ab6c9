/* Lengths and integers read from text, exactly, in integer arithmetic. */
#include "base/unit.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A unit as rlen per thousandth of it: num / den. */
struct unit {
    char name[3];
    int16_t num, den;
};

static const struct unit *find_unit(const char *s, size_t n)
{
    static const struct unit units[] = {
        {"mm", 360, 127}, {"cm", 3600, 127}, {"pt", 1, 1}, {"in", 72, 1}};
    for (size_t i = 0; n == 2 && i < sizeof units / sizeof *units; i++)
        if (memcmp(units[i].name, s, 2) == 0)
            return &units[i];
    return NULL;
}

bool unit_parse(const char *s, size_t n, rlen *out)
{
    size_t i = n && s[0] == '-';
    size_t start = i;
    int64_t thousandths = 0;
    /* Nine digits hold more than RLEN_MAX in any unit, zeros apart. */
    for (; i < n && is_digit(s[i]); i++) {
        thousandths = thousandths * 10 + (s[i] - '0');
        if (thousandths > 999999999)
            return false;
    }
    if (i == start)
        return false;
    unsigned decimals = 0;
    if (i < n && s[i] == '.') {
        for (i++; i < n && is_digit(s[i]) && decimals < 3; i++, decimals++)
            thousandths = thousandths * 10 + (s[i] - '0');
        if (!decimals)
            return false;
    }
    for (; decimals < 3; decimals++)
        thousandths *= 10;
    const struct unit *unit = find_unit(s + i, n - i);
    if (!unit)
        return false;
    rlen length = unit_scale(thousandths, unit->num, unit->den);
    if (length > RLEN_MAX)
        return false;
    *out = s[0] == '-' ? -length : length;
    return true;
}

bool unit_parse_int(
    const char *s, size_t n, int64_t min, int64_t max, int64_t *out)
{
    bool negative = n && s[0] == '-';
    size_t i = negative;
    if (i == n)
        return false;
    /* Counted downwards, where there is one number more. */
    int64_t value = 0;
    for (; i < n; i++) {
        if (!is_digit(s[i]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s[i] - '0', &value))
            return false;
    }
    if (!negative && __builtin_sub_overflow(0, value, &value))
        return false;
    if (value < min || value > max)
        return false;
    *out = value;
    return true;
}

rlen unit_scale(int64_t a, int64_t b, int64_t c)
{
    int64_t product;
    bool negative = (a < 0) != (b < 0);
    /* Out of range becomes the largest length, never a wrong sign. */
    if (__builtin_mul_overflow(a, b, &product) ||
        __builtin_add_overflow(product, negative ? -(c / 2) : c / 2, &product))
        return negative ? -INT32_MAX : INT32_MAX;
    product /= c;
    if (product > INT32_MAX)
        return INT32_MAX;
    return product < -INT32_MAX ? -INT32_MAX : (rlen)product;
}
