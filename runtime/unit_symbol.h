/*
 * Which unit a symbol names.  Internal to the unit module.
 */
#ifndef REGIMEN_UNIT_SYMBOL_H
#define REGIMEN_UNIT_SYMBOL_H

#include "runtime/units.h"

/*
 * The unit of a symbol without exponent ("mg", "m[Hg]"; with UNIT_FRIENDLY also "IU", "days"): one term, or
 * none for a counted thing ("cells").  False where it names none, or is one of the mistakes that
 * UNIT_FRIENDLY refuses.
 */
bool unit_symbol(const char *symbol, size_t length, unsigned flags, struct unit *out);

#endif
