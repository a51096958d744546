/*
 * Values as a person reads them: "12 mg", "9 years 11 months and some days", "2019-03", "from 60 to 75 mg".
 *
 * Units are shown as rule files write them (IU, 10*9/L, ug/d).  JSON has them in UCUM instead
 * (result_value.h).
 */
#ifndef REGIMEN_VALUE_TEXT_H
#define REGIMEN_VALUE_TEXT_H

#include "runtime/buffer.h"
#include "runtime/image.h"

enum value_style {
    VALUE_EXACT,  /* every digit */
    VALUE_SHORT,  /* six significant digits, "≈" before what was shortened */
    VALUE_FACTOR, /* nine: enough that a product of a few of them has six right ones */
};

/* A unit as rule files spell it: IU/m2, years, 10*9/L.  one: for the number 1 (day, not days). */
void unit_spelling(struct buffer *out, const char *ucum, bool one);
/* The unit after a number, with the blank before it; nothing for "1". */
void unit_suffix(struct buffer *out, const char *ucum, bool one);
void number_text(struct buffer *out, decimal x, const char *ucum, enum value_style style);
/* "60 mg", or "from 60 to 75 mg" where the ends differ. */
void amount_text(struct buffer *out, decimal lo, decimal hi, const char *ucum, enum value_style style);
/* Any value but those of KIND_TEXT and KIND_ELEM, which have no text of their own. */
void value_text(struct buffer *out, const struct image *image, const struct image_type *type,
                const struct value *v, enum value_style style);
/* The name of a member; "other" for the code after the last. */
const char *member_name(const struct image *image, uint32_t enumeration, int32_t code);

#endif
