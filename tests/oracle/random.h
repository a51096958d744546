/* Chance that is the same on every machine: a seed gives a program, a patient, a change. */
#ifndef ORACLE_RANDOM_H
#define ORACLE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

uint64_t chance_next(struct chance *c);
/* 0 .. count - 1 */
int chance_below(struct chance *c, int count);
/* True once in n times on average. */
bool chance_one_in(struct chance *c, int n);

#endif
