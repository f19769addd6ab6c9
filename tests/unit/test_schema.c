/* The JSON Schema: it names what the reader takes. */
#include "support_model.h"

#include "model/keys_int.h"

#include <string.h>

static const char *schema(struct arena *a)
{
    struct buf out = buf_new(a);
    model_schema(a, &out);
    return out.s;
}

/* Every key of the tables is there, with its description. */
static void test_keys(void **state)
{
    static const struct keys *const TABLES[] = {
        &model_report_keys, &model_fact_keys, &model_profile_keys};
    const char *text = schema(*state);
    for (size_t t = 0; t < COUNT_OF(TABLES); t++) {
        for (size_t i = 0; i < TABLES[t]->n; i++) {
            const struct key *key = &TABLES[t]->list[i];
            assert_non_null(
                strstr(text, arena_printf(*state, "\"%s\": {", key->name)));
            assert_true(strlen(key->what) > 0);
        }
    }
}

/* Each "$ref" leads to a definition, and each definition is referred to. */
static void test_references(void **state)
{
    static const char REF[] = "\"$ref\": \"#/definitions/";
    const char *text = schema(*state);
    const char *definitions = strstr(text, "  \"definitions\": {");
    assert_non_null(definitions);
    unsigned count = 0;
    for (const char *s = strstr(text, REF); s; s = strstr(s + 1, REF)) {
        const char *name = s + sizeof REF - 1;
        size_t n = strcspn(name, "\"");
        const char *wanted =
            arena_printf(*state, "\n    \"%.*s\": {", (int)n, name);
        assert_non_null(strstr(definitions, wanted));
        count++;
    }
    assert_true(count > 50);
}

static void test_forms(void **state)
{
    const char *text = schema(*state);
    assert_true(strncmp(text,
                    "{\n  \"$schema\": \"http://json-schema.org/"
                    "draft-07/schema#\",\n",
                    20) == 0);
    assert_string_equal(text + strlen(text) - 3, "\n}\n");
    assert_non_null(strstr(text, "\"additionalProperties\": false"));
    assert_null(strstr(text, "\"additionalProperties\": true"));
    assert_non_null(strstr(text,
        "\"type\": [\n        \"string\",\n        \"number\",\n"
        "        \"boolean\"\n      ]"));
    /* What stands in quotes is the same to the reader, and blank is nothing. */
    assert_non_null(strstr(text,
        "\"type\": [\n            \"integer\",\n            \"string\"\n"));
    assert_non_null(strstr(text,
        "\"enum\": [\n            true,\n            \"true\"\n          ]"));
    assert_non_null(strstr(text, "\"pattern\": \"[^ \\\\t\\\\n]\""));
    assert_non_null(strstr(text, "\"maxItems\": 4"));
    assert_string_equal(text, schema(*state));
}

#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_keys),
        TEST(test_references),
        TEST(test_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
