/* Tests of line breaks: known answers, and the ASCII path against ICU. */
#include "support_base.h"

#include "base/uni.h"

#include <string.h>

enum { MOST = 64 };

/* The text with '~' where a line may end and '#' where it must. */
static void check(const char *marked, const char *lang)
{
    char text[MOST];
    uint8_t want[MOST] = {0}, got[MOST];
    size_t n = 0;
    for (const char *p = marked; *p; p++) {
        if (*p == '~')
            want[n] = UNI_BREAK_ALLOWED;
        else if (*p == '#')
            want[n] = UNI_BREAK_FORCED;
        else
            text[n++] = *p;
    }
    want[n] = UNI_BREAK_FORCED;
    memset(got, 0xee, sizeof got);
    uni_line_breaks(text, n, lang, got);
    if (memcmp(want, got, n + 1) != 0)
        fail_msg("%s", marked);
    assert_int_equal(got[n + 1], 0xee);
    uni_line_breaks_icu(text, n, lang, got);
    if (memcmp(want, got, n + 1) != 0)
        fail_msg("%s by ICU", marked);
}

static void breaks_where_it_should(void **state)
{
    (void)state;
    static const char *const ascii[] = {"", "word", "two ~words", "two  ~words",
        "IoT-~based", "a/~b", "Y.4241", "2025-12-04", "(see ~Annex ~2)",
        "end. ~Next", "1,000.50", "100% ~of", "$5", "a\n#b", "\n#\n#x", "x ",
        "f(x)", "say ~\"no\" ~now", "-x", "a ~-x", "a ~.5", "a|~b", "a\t~b",
        "{a}~b"};
    for (size_t i = 0; i < sizeof ascii / sizeof *ascii; i++)
        check(ascii[i], "en");
    check("caf\xc3\xa9 ~au ~lait", "fr");
    check("dit ~« oui », ~(« non ») ~« x »", "fr");
    check("sagt ~»ja« ~oder ~„nein“ ~so", "de");
    check("a ~\xe2\x80\x93 ~b", "en");
    check("a\xc2\xa0"
          "b",
        "en");
    check("\xe4\xb8\xad~\xe6\x96\x87", "zh");
    check("a\xc2\xad~b", "en");
    check("a\xe2\x80\xa8#b", "en");
}

static void same(const char *s, size_t n, const char *lang)
{
    uint8_t fast[MOST], icu[MOST];
    uni_line_breaks(s, n, lang, fast);
    uni_line_breaks_icu(s, n, lang, icu);
    if (memcmp(fast, icu, n + 1) != 0)
        fail_msg("[%.*s] in %s", (int)n, s, lang);
}

/* One of each class, those that may be confused, and two blanks. */
static const char CLASSES[] = "a1 \n,!\"()}-/$%|\t{.\\";

static void agrees_with_icu_on_all_short_texts(void **state)
{
    (void)state;
    enum { N = sizeof CLASSES - 1 };
    char s[4];
    for (unsigned i = 0; i < N * N * N * N; i++) {
        unsigned rest = i;
        for (size_t k = 0; k < 4; k++, rest /= N)
            s[k] = CLASSES[rest % N];
        same(s, 4, "en");
    }
    for (int a = 0; a < 128; a++) {
        for (int b = 0; b < 128; b++) {
            for (size_t k = 0; k < N; k++) {
                s[0] = (char)a;
                s[1] = (char)b;
                s[2] = CLASSES[k];
                same(s, 3, "");
            }
        }
    }
}

static uint32_t random_state = 1;

static unsigned random_below(unsigned n)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % n;
}

static void agrees_with_icu_on_random_texts(void **state)
{
    (void)state;
    static const char *const langs[] = {
        "en", "fr", "de", "fi", "ja", "zh-Hans", "ko", "ru", "es", "ar", ""};
    char s[MOST];
    for (unsigned i = 0; i < 100000; i++) {
        size_t n = random_below(20);
        for (size_t k = 0; k < n; k++)
            s[k] = random_below(8) ? CLASSES[random_below(sizeof CLASSES - 1)]
                                   : (char)(' ' + random_below(95));
        same(s, n, langs[i / 1000 % (sizeof langs / sizeof *langs)]);
    }
}

static void opens_again_and_bears_odd_languages(void **state)
{
    (void)state;
    char longest[200] = "";
    memset(longest, 'x', sizeof longest - 1);
    const char *const langs[] = {
        "en", "a", "b", "c", "d", "e", "f", "nonsense tag", longest};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        check("caf\xc3\xa9 ~x", langs[i]);
        check("caf\xc3\xa9 ~x", "en");
    }
    check("caf\xc3\xa9 ~x", NULL);
    uni_cleanup();
    check("caf\xc3\xa9 ~x", "en");
}

static int tear_down(void **state)
{
    (void)state;
    uni_cleanup();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_where_it_should),
        cmocka_unit_test(agrees_with_icu_on_all_short_texts),
        cmocka_unit_test(agrees_with_icu_on_random_texts),
        cmocka_unit_test(opens_again_and_bears_odd_languages),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
