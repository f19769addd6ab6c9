/* Tables: which one became which, and their columns. */
#include "review/review_int.h"

void review_tables(struct comparison *c)
{
    struct side *sides[] = {&c->old, &c->new};
    struct keys keys[2] = {{0}, {0}};
    for (unsigned k = 0; k < 2; k++) {
        struct side *s = sides[k];
        for (uint32_t i = 0; i < s->ntabs; i++) {
            uint32_t target = s->tabs[i].block->target;
            if (target && s->target[target])
                review_key(c->scratch, &keys[k], s->target[target], i);
        }
    }
    review_join(c->scratch, &keys[0], &keys[1], true, c->old.match_tab,
        c->new.match_tab);
    arena_reset(c->scratch);
}
