/*
 * Values that are written out for a parameter or for a record's field, in site files and tests.
 */
#ifndef REGIMEN_CHECK_LITERAL_H
#define REGIMEN_CHECK_LITERAL_H

#include "compiler/check.h"
#include "compiler/name_set.h"

/* Types *slot as a literal of type; a single member of a set becomes a list of one.  partial: dates may
   be written in part, as in records.  False where it does not fit, which is reported; *slot has a type
   in either case. */
bool check_literal(struct checker *ck, struct expr **slot, const struct type *type, bool partial);
/* "this is WHAT, and TYPE is needed", with the place where the type is declared. */
void report_wrong_literal(struct checker *ck, struct span span, const char *what, const struct type *type);

#endif
