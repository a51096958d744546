/*
 * Which conditions no record can leave unknown, so that no test can show them so.
 *
 * A condition is certain where it asks only whether something is known, or compares what must be
 * known wherever its rule applies.  What this does not see it takes for uncertain: it excuses no row wrongly.
 */
#ifndef REGIMEN_CLI_TRACE_CERTAIN_H
#define REGIMEN_CLI_TRACE_CERTAIN_H

#include <stdbool.h>

#include "compiler/arena.h"
#include "runtime/image.h"

/* One a register of the program: whether it is certain, inside its rule.  It belongs to the arena; the image
   is a verified one, in which each register is written by one instruction. */
const bool *certain_registers(struct arena *arena, const struct image *image);

#endif
