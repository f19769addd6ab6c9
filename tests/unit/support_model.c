/* Reading reports within unit tests. */
#include "support_model.h"

struct report *read_with(
    struct load *l, const char *yaml, const char *const *sets)
{
    struct model_options opt = {.sets = sets};
    return model_read(l, load_string(l, yaml), &opt);
}

struct report *read_report(struct load *l, const char *yaml)
{
    return model_read(l, load_string(l, yaml), NULL);
}

void assert_messages(struct load *l, const char *wanted)
{
    assert_string_equal(short_messages(l), wanted);
}

void assert_slice(struct slice s, const char *wanted)
{
    struct slice w = slice_of(wanted);
    assert_int_equal(s.n, w.n);
    if (w.n)
        assert_memory_equal(s.s, w.s, w.n);
}
