/* The regions into which thresholds cut what a subject can still be. */
#ifndef REGIMEN_REGIONS_H
#define REGIMEN_REGIONS_H

#include "runtime/eval_internal.h"

/* Whether the walk varies it: it is not known, and is no order that its operands decide. */
bool subject_is_open(const struct eval_context *context, const struct image_subject *subject);
/* Writes the regions, in order, into out, which has regions_room values; their number.  0: it cannot be
 * varied. */
uint32_t regions_of(const struct eval_context *context, const struct image_subject *subject,
                    struct value *out);
/* Whether it takes whole numbers alone: a count in the unit that it has, not converted to that of what it is
   compared with. */
bool subject_is_whole(const struct image *image, const struct image_subject *subject);
uint32_t regions_room(const struct image *image, const struct image_subject *subject);

#endif
