/*
 * What a physician is told about a unit that is not one.  Internal to the unit module.
 */
#ifndef REGIMEN_UNIT_SUGGEST_H
#define REGIMEN_UNIT_SUGGEST_H

#include "runtime/units.h"

/* Fills err, which may be NULL; returns status. */
enum unit_status unit_fail(struct unit_error *err, enum unit_status status, size_t at, size_t length,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Symbol, at this place of the text, is no unit; says what may have been meant.  err may be NULL. */
enum unit_status unit_fail_symbol(struct unit_error *err, const char *text, size_t text_length, size_t at,
                                  size_t length);

#endif
