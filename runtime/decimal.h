/*
 * Exact decimals: IEEE 754-2008 decimal128, 34 digits, round half to even.
 *
 * The only door to the decimal library.  Every clinical number of Regimen is one of these; no binary
 * floating point touches a value.  A decimal here is always finite: what would be infinite or not a number
 * is a status, and the result is then zero and must not be used.  A result is exact or rounded once, at the
 * 34th digit; where digits would be lost in any other way, that is a status too.
 */
#ifndef REGIMEN_DECIMAL_H
#define REGIMEN_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bits of the standard's binary integer encoding, the lower word first; aligned as the library wants
   its own type.  A plain value: copied by assignment, and the same number may have several encodings
   (see decimal_canonical). */
typedef struct decimal {
    _Alignas(16) uint64_t w[2];
} decimal;

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_OVERFLOW,       /* at or beyond 10^6145 */
    DECIMAL_DIVIDE_BY_ZERO, /* also decimal_round_to with the step 0 */
    DECIMAL_SQRT_NEGATIVE,
    DECIMAL_SYNTAX,    /* decimal_parse: not a number of our grammar */
    DECIMAL_DIGITS,    /* decimal_parse: more than 34 digits, or an exponent that does not fit */
    DECIMAL_UNDERFLOW, /* so near to zero (below 10^-6143) that digits would be lost */
    DECIMAL_INEXACT,   /* decimal_round_to: the multiple has more than 34 digits */
};

enum decimal_rounding { ROUND_NEAREST, ROUND_DOWN, ROUND_UP }; /* ties of NEAREST go away from zero */

/* The text is longest for a number near 10^-6176 in plain notation. */
enum { DECIMAL_DIGITS_MAX = 34, DECIMAL_TEXT_MAX = 6200 };

extern const decimal DECIMAL_ZERO, DECIMAL_ONE;

/* -? digits ( . digits )? ( [eE] [+-]? digits )?   The whole of text must be the number.  Digits count from
   the first that is not 0 to the last that is not 0.  The result is canonical. */
enum decimal_status decimal_parse(const char *text, size_t length, decimal *out);
/* Plain notation without trailing zeros and without exponent: 0.0001, 3750, -2.5.  Zero is "0".
   Returns the length; buffer has DECIMAL_TEXT_MAX bytes; terminated. */
size_t decimal_format(decimal x, char *buffer);
/* At most this many significant digits, 1 or more; *shortened tells whether digits were left out (then half
   to even). The buffer as above. */
size_t decimal_format_short(decimal x, int significant, char *buffer, bool *shortened);

/* False for bits that are no finite decimal in its one encoding: to be asked of constants that come from
   outside, since every other function here relies on it. */
bool decimal_is_valid(decimal x);

/* Exact for every n. */
decimal decimal_from_int(int64_t n);
/* False, with *out as it was, where x is not a whole number or does not fit. */
bool decimal_to_int(decimal x, int64_t *out);
bool decimal_is_whole(decimal x);
int decimal_sign(decimal x);               /* -1, 0, 1 */
int decimal_compare(decimal a, decimal b); /* -1, 0, 1: by value, 1.50 equals 1.5 */
bool decimal_equal(decimal a, decimal b);
/* The same value has the same bytes afterwards (1.50 and 1.5; no negative zero). */
decimal decimal_canonical(decimal x);

/* The exact result, rounded half to even at the 34th digit where it has more.  *out is zero where the
   status is not DECIMAL_OK; it may be one of the operands' variables, since these are passed by value. */
enum decimal_status decimal_add(decimal a, decimal b, decimal *out);
enum decimal_status decimal_sub(decimal a, decimal b, decimal *out);
enum decimal_status decimal_mul(decimal a, decimal b, decimal *out);
enum decimal_status decimal_div(decimal a, decimal b, decimal *out);
/* Correctly rounded too, so the root of a square is exact. */
enum decimal_status decimal_sqrt(decimal a, decimal *out);
decimal decimal_negate(decimal a);
/* a * numerator / denominator with one rounding at the 34th digit, however many digits the product has. */
enum decimal_status decimal_scale(decimal a, decimal numerator, decimal denominator, decimal *out);
/* The multiple of step that lies nearest to, at or below, at or above x, by exact remainder.  "Below" is
   towards the smaller number: -2.5 down to 1 is -3.  The sign of step has no meaning; DECIMAL_INEXACT where
   the multiple cannot be written in 34 digits. */
enum decimal_status decimal_round_to(decimal x, decimal step, enum decimal_rounding how, decimal *out);
/* True where the linked decimal library honours rounding modes and flags (see the known linking trap). */
bool decimal_self_test(void);

#endif
