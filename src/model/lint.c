/* What `lint:` says of the built-in checks. */
#include "model/keys_int.h"

#include <string.h>

/* A word whose place is wanted later: its node is kept. */
bool lint_read_word(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct slice word;
    struct dest at = {.name = to->name, .item = to->item, .at = &word};
    memcpy(to->at, &n, sizeof n);
    return keys_scalar(r, t, n, &at);
}

bool lint_read(struct reader *r, const struct type *t, struct node *n,
    const struct dest *to)
{
    struct lint *lint = to->at;
    lint->node = n;
    if (n->kind == NODE_MAP) {
        keys_read(r, t->forms[1]->map, n, lint);
        return true;
    }
    struct dest level = {
        .name = to->name, .at = &lint->level, .size = sizeof lint->level};
    if (!keys_scalar(r, t->forms[0], n, &level))
        return false;
    lint->level++;
    return true;
}

void lint_done(struct reader *r, struct node *map, void *record)
{
    struct lint *lint = record;
    const struct node *level = load_find(map, "level");
    const struct node *accept = load_find(map, "accept");
    const struct node *because = load_find(map, "because");
    if (level && !level->bad)
        lint->level++;
    if (accept && !because)
        keys_remark(r, D_KEY_MISSING, accept,
            "'accept' needs 'because': why these findings are right");
    else if (because && !accept)
        keys_refuse(r, map, "because", "'because' stands beside 'accept' only");
}
