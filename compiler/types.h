/*
 * Types of expressions: making them, comparing them, saying them in words.
 */
#ifndef REGIMEN_TYPES_H
#define REGIMEN_TYPES_H

#include "compiler/arena.h"
#include "compiler/ast.h"

struct type *type_new(struct arena *arena, enum type_kind kind);
struct type *type_quantity(struct arena *arena, const struct unit *unit);
/* A whole number without a unit. */
struct type *type_whole(struct arena *arena);
struct type *type_of_enumeration(struct arena *arena, struct enumeration *enumeration);

/* What kind of value a type stands for; none of them is true of TYPE_ERROR. */
bool type_is_date(const struct type *type); /* DATE or TIME */
/* An event, or a value that still knows when it was observed: `date of` and `FIELD of` apply. */
bool type_is_dated(const struct type *type);
/* The whole list: a series or events. */
bool type_is_list(const struct type *type);
/* A quantity without a unit. */
bool type_is_number(const struct type *type);

/* A rule: what has a result for each record. */
bool decl_is_rule(const struct decl *d);
/* A rule whose rows fill a set. */
bool decl_fills_set(const struct decl *d);
/* A rule whose result is a value of its enumeration. */
bool decl_is_classified(const struct decl *d);

/* Some part of it is a month or a year. */
bool unit_has_calendar(const struct unit *unit);
/* An amount per time: ug/d, mg/h. */
bool unit_is_rate(const struct unit *unit);
/* For an amount per day (ug/d) the unit of one day's amount (ug); else false. */
bool unit_per_day(const struct unit *unit, struct unit *amount);
/* Counts calendar dates in windows, intervals and thresholds (d, wk, mo, a), as opposed to elapsed time (h,
 * min, s). */
bool unit_counts_dates(const struct unit *unit);

/* "a date", "yes or no", "an amount in milligrams (mass)", "one of standard, high": for messages. */
const char *type_words(struct arena *arena, const struct type *type);
/* "milligrams (mass)", "no unit". */
/* An amount in one of them can be written in the other, exactly but for the 34th digit. */
bool units_fit(const struct unit *a, const struct unit *b);
/* "milligrams (mass)", "no unit". */
const char *unit_words(struct arena *arena, const struct unit *unit);
/* "mg", as one would write it. */
const char *unit_text(struct arena *arena, const struct unit *unit);

/* Of an IS_STATE: what only a test asks of the rows of a dose. */
bool expr_asks_of_rows(const struct expr *e);

/* The value called so, NULL where there is none; `other` of an open enumeration is not in it (see
   check_member). */
struct enum_value *enumeration_find(const struct enumeration *enumeration, const char *name);
/* "standard, intermediate, high", shortened after the first ones. */
const char *enumeration_words(struct arena *arena, const struct enumeration *enumeration);
/* The field called so in a list of them, or NULL. */
struct field *field_find(struct field *fields, const char *name);

#endif
