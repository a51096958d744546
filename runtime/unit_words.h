/*
 * Units as a person says them.  Internal to the unit module.
 */
#ifndef REGIMEN_UNIT_WORDS_H
#define REGIMEN_UNIT_WORDS_H

#include "runtime/unit_text.h"
#include "runtime/units.h"

/* "milligram per kilogram", or with plural "milligrams per kilogram"; the unit 1 is "plain number". */
void unit_say(struct text *t, const struct unit *u, bool plural);
/* What the unit measures: "mass", "number concentration"; NULL where there is no common word. */
const char *unit_quantity(const struct unit *u);

#endif
