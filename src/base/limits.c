/* The limits by name. */
#include "base/limits.h"

void limits_init(struct limits *l)
{
    *l = (struct limits){
#define X(member, name, standard, cap) .member = (standard),
        LIMIT_LIST(X)
#undef X
    };
}

/* The member of that name and its cap, or NULL. */
static int64_t *find_limit(struct limits *l, struct slice name, int64_t *cap)
{
#define X(member, word, standard, most) \
    if (slice_is(name, word)) { \
        *cap = (most); \
        return &l->member; \
    }
    LIMIT_LIST(X)
#undef X
    return NULL;
}

bool limits_set(struct limits *l, struct slice name, int64_t n)
{
    int64_t cap = 0;
    int64_t *limit = find_limit(l, name, &cap);
    if (!limit || n < 1 || n > cap)
        return false;
    *limit = n;
    return true;
}

int64_t limits_cap(struct slice name)
{
    struct limits any;
    int64_t cap = 0;
    find_limit(&any, name, &cap);
    return cap;
}

const char *limits_near(struct slice name)
{
    static const char *const NAMES[] = {
#define X(member, word, standard, most) word,
        LIMIT_LIST(X)
#undef X
            NULL};
    return str_nearest(name, NAMES);
}
