#include "tests/oracle/random.h"

/* A counter, scrambled: SplitMix64. */
uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int chance_below(struct chance *c, int count)
{
    return (int)(chance_next(c) % (uint64_t)count);
}

bool chance_one_in(struct chance *c, int n)
{
    return chance_below(c, n) == 0;
}
