/* The types of inputs, parameters and results, as a rule file says them: for those who must supply or read
 * them. */
#ifndef REGIMEN_TYPE_TEXT_H
#define REGIMEN_TYPE_TEXT_H

#include "runtime/buffer.h"
#include "runtime/image.h"

/* "10*9/L from 0 to 3000", "one of good, poor", "series of kg", "events { amount : [IU], route : one of ...
 * }" */
void input_type_text(const struct image *image, uint32_t input, struct buffer *out);
/* "mg or none", "table of drugs to set of ..." */
void parameter_type_text(const struct image *image, uint32_t param, struct buffer *out);
/* "standard < high", "mg", "yes or no" */
void rule_value_text(const struct image *image, uint32_t rule, struct buffer *out);

#endif
