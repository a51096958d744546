/*
 * Units of measure: all of UCUM, case-sensitive, with exact conversion.
 *
 * A unit is a product of powers of atoms, kept as written and merged (2500 IU/m2 times m2 is IU).  It is a
 * plain value: no heap, copied by assignment.  Factors are ratios of integers, times a power of pi for plane
 * angles.
 */
#ifndef REGIMEN_UNITS_H
#define REGIMEN_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/decimal.h"

enum { UNIT_TERMS_MAX = 12, UNIT_TEXT_MAX = 256, UNIT_MESSAGE_MAX = 320 };
enum { UNIT_ATOM_NUMBER = -1, UNIT_NO_PREFIX = -1 };

/* One factor: a prefix with an atom, or a whole number, to a power. */
struct unit_term {
    int16_t atom;    /* index in units.def, or UNIT_ATOM_NUMBER */
    int8_t prefix;   /* index of the prefix, or UNIT_NO_PREFIX */
    int8_t exponent; /* never 0; of a number 1 or -1 */
    int64_t number;  /* the integer of UNIT_ATOM_NUMBER (24 in "24.h"), at least 2; else 0 */
};

/* No two terms have the same atom and prefix, and there is at most one number above and one below the
   line: merged, as unit_multiply leaves it.  The order is that of the text, and without meaning. */
struct unit {
    uint8_t count; /* 0: dimensionless, "1" */
    struct unit_term terms[UNIT_TERMS_MAX];
};

/* Which spellings are taken, and which dimensions are kept apart (SPEC.md, Units). */
enum unit_flags {
    UNIT_UCUM = 0,
    UNIT_FRIENDLY = 1,  /* IU, mcg, years, cells, 10^9/L ... and their plurals, as rule files may write */
    UNIT_CALENDAR = 2,  /* a and mo are calendar units of a dimension of their own (1 a = 12 mo) */
    UNIT_SUBSTANCE = 4, /* mol (so eq, osm, kat, U) is a dimension of its own: mmol/L is then no cell count */
    UNIT_RULES = UNIT_FRIENDLY | UNIT_CALENDAR | UNIT_SUBSTANCE, /* what rule files take */
    UNIT_RECORDS = UNIT_CALENDAR | UNIT_SUBSTANCE,               /* what records take */
};

enum unit_status {
    UNIT_OK,
    UNIT_UNKNOWN_ATOM, /* not a unit; message says what was meant */
    UNIT_SYNTAX,
    UNIT_TOO_LONG,
    UNIT_OTHER_DIMENSION, /* conversion between different dimensions */
    UNIT_SPECIAL,         /* valid, but no conversion by a factor: pH, dB, ... */
    UNIT_INEXACT,         /* the ratio does not fit in two 34-digit integers */
    UNIT_OVERFLOW,
};

struct unit_error {
    enum unit_status status;
    size_t at, length;              /* the part of the text that is wrong */
    char message[UNIT_MESSAGE_MAX]; /* a sentence for a physician, with the suggestion */
};

/* text need not be terminated.  out is set only where the result is UNIT_OK; err may be NULL.
   Annotations {...} are read and left out. */
enum unit_status unit_parse(const char *text, size_t length, unsigned flags, struct unit *out,
                            struct unit_error *err);
/* Canonical UCUM text ("10*9/L", "[IU]/m2", "1"); the length; buffer has UNIT_TEXT_MAX bytes.  Parsed again
   with the same flags it is the same unit. */
size_t unit_format(const struct unit *u, char *buffer);
/* What a person calls it: "milligrams (mass)", "international units", "international units per square metre".
   The length; buffer has UNIT_TEXT_MAX bytes.  A unit that is too long to say is given as its UCUM text. */
size_t unit_describe(const struct unit *u, char *buffer);

bool unit_equal(const struct unit *a, const struct unit *b); /* same terms, in any order */
/* A special unit has the dimension of its reference (pH that of mol/L): only unit_convert says whether there
   is a conversion. */
bool unit_same_dimension(const struct unit *a, const struct unit *b);
/* Also %, 10*3, {cells}: all of dimension 1.  Not the special ones (bel). */
bool unit_is_dimensionless(const struct unit *u);
bool unit_is_calendar(const struct unit *u); /* a, mo, or a multiple of them (UNIT_CALENDAR) */
/* d, wk, h, min, s, 24.h, mg/(mg/h) and their likes: an elapsed time. */
bool unit_is_time(const struct unit *u);
/* d or wk alone: in a window or an interval they count dates, where 24 h is an elapsed time. */
bool unit_is_days(const struct unit *u);
/* Contains pH, dB, Cel ...: not a ratio scale. */
bool unit_is_special(const struct unit *u);

/* Equal atoms with equal prefixes merge, whole numbers too.  False where the result needs more than
   UNIT_TERMS_MAX terms, an exponent beyond 127 or a number beyond int64_t; out may be one of the operands. */
bool unit_multiply(const struct unit *a, const struct unit *b, struct unit *out);
bool unit_divide(const struct unit *a, const struct unit *b, struct unit *out);
bool unit_power(const struct unit *u, int exponent, struct unit *out);

/* value in from = value * numerator / denominator in to; both whole and positive, in lowest terms, at most 34
   digits. UNIT_OTHER_DIMENSION, UNIT_SPECIAL (also Cel to [degF]: their zeros differ) or UNIT_INEXACT (also
   for powers of pi) say why there is no such ratio.  err may be NULL; its at and length are 0. */
enum unit_status unit_ratio(const struct unit *from, const struct unit *to, decimal *numerator,
                            decimal *denominator, struct unit_error *err);
/* A conversion in steps that a machine of decimals can take, each of them exact but the ratio:
   value in to = (value + before) * numerator / denominator + after. */
struct unit_steps {
    decimal before, numerator, denominator, after; /* one of before and after is 0 */
};
/* As unit_ratio, and between Cel, [degF], [degRe] and kelvin too. */
enum unit_status unit_steps(const struct unit *from, const struct unit *to, struct unit_steps *out,
                            struct unit_error *err);
/* Also the affine special units Cel, [degF] and [degRe]; rounds once, at 34 digits, half to even.  Every
   ratio, powers of pi too (with 64 decimals).  UNIT_OVERFLOW where the result is beyond the range of
   decimals. */
enum unit_status unit_convert(decimal value, const struct unit *from, const struct unit *to, decimal *out,
                              struct unit_error *err);

#endif
