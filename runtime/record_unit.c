/* Conversion to the declared unit.  Units recur from record to record, and finding a ratio costs more than
 * using it. */
#include "runtime/record_internal.h"

#include <string.h>

static struct conversion *place_of(struct record_reader *reader, const struct expected *want,
                                   const char *unit, size_t length)
{
    uint32_t h = 0;
    for (const char *c = want->unit_text; *c; c++)
        h = 31 * h + (unsigned char)*c;
    for (size_t i = 0; i < length; i++)
        h = 31 * h + (unsigned char)unit[i];
    return &reader->conversions[h % CONVERSIONS_KEPT];
}

static bool is_for(const struct conversion *c, const struct expected *want, const char *unit, size_t length)
{
    return c->to && strcmp(c->to, want->unit_text) == 0 && c->length == length &&
           memcmp(c->from, unit, length) == 0;
}

/* Special units have no ratio and are not kept; neither are texts that are longer than any unit of a
 * laboratory. */
static void keep(struct conversion *c, const struct expected *want, const char *unit, size_t length,
                 const struct unit *from)
{
    struct conversion kept = {.to = want->unit_text, .length = length};
    if (length > sizeof kept.from) return;
    if (unit_ratio(from, &want->unit, &kept.numerator, &kept.denominator, NULL) != UNIT_OK) return;
    memcpy(kept.from, unit, length);
    *c = kept;
}

bool record_convert(struct record_reader *reader, const struct expected *want, const char *unit,
                    size_t length, decimal *number, struct unit_error *why)
{
    struct conversion *c = place_of(reader, want, unit, length);
    struct unit from;
    decimal converted;
    if (is_for(c, want, unit, length) &&
        decimal_scale(*number, c->numerator, c->denominator, &converted) == DECIMAL_OK) {
        *number = converted;
        return true;
    }
    if (unit_parse(unit, length, UNIT_RECORDS, &from, why) != UNIT_OK ||
        unit_convert(*number, &from, &want->unit, &converted, why) != UNIT_OK)
        return false;
    keep(c, want, unit, length, &from);
    *number = converted;
    return true;
}
