/*
 * Which conditions no record can leave unknown, so that no test can show them so.
 *
 * A condition is certain where it asks only whether something is known, or of inputs and parameters that must
 * be known where it counts: `x is known and x is a`, or `x is a` in a rule that applies where x is known.
 * What this does not see it takes for uncertain: it excuses no row wrongly.
 */
#ifndef REGIMEN_CLI_TRACE_CERTAIN_H
#define REGIMEN_CLI_TRACE_CERTAIN_H

#include <stdbool.h>

#include "compiler/arena.h"
#include "runtime/image.h"

struct certainty {
    const struct image *image; /* verified: each register is written by one instruction */
    const uint32_t *writers;   /* one a register: the pc of that instruction, or NONE32 */
    unsigned *known;           /* one a register: how many conditions around say that it is known */
};

/* writers must stay; the rest belongs to the arena. */
struct certainty certainty_new(struct arena *arena, const struct image *image, const uint32_t *writers);
/* Whether a condition of a rule, a register, is certain wherever the rule applies. */
bool is_certain(struct certainty *c, const struct image_rule *rule, uint32_t condition);

#endif
