/*
 * Exact decimals: IEEE 754-2008 decimal128, 34 digits, round half to even.
 *
 * The only door to the decimal library.  Every clinical number of Regimen is one of these; no binary
 * floating point touches a value.  A decimal here is always finite: what would be infinite or not a number
 * is a status, and the result is then zero and must not be used.
 */
#ifndef REGIMEN_DECIMAL_H
#define REGIMEN_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct decimal {
    _Alignas(16) uint64_t w[2];
} decimal;

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_OVERFLOW,       /* beyond 10^6145 */
    DECIMAL_DIVIDE_BY_ZERO,
    DECIMAL_SQRT_NEGATIVE,
    DECIMAL_SYNTAX,         /* decimal_parse: not a number of our grammar */
    DECIMAL_DIGITS,         /* decimal_parse: more than 34 digits, or an exponent that does not fit */
};

enum decimal_rounding { ROUND_NEAREST, ROUND_DOWN, ROUND_UP }; /* ties of NEAREST go away from zero */

enum { DECIMAL_TEXT_MAX = 6200 };

extern const decimal DECIMAL_ZERO, DECIMAL_ONE;

/* -? digits ( . digits )? ( [eE] [+-]? digits )?   The whole of text must be the number. */
enum decimal_status decimal_parse(const char *text, size_t length, decimal *out);
/* Plain notation without trailing zeros and without exponent: 0.0001, 3750, -2.5.  Zero is "0".
   Returns the length; buffer has DECIMAL_TEXT_MAX bytes; terminated. */
size_t decimal_format(decimal x, char *buffer);
/* At most six significant digits; *shortened tells whether digits were left out (then half to even). */
size_t decimal_format_short(decimal x, char *buffer, bool *shortened);

decimal decimal_from_int(int64_t n);
/* False where x is not a whole number or does not fit. */
bool decimal_to_int(decimal x, int64_t *out);
bool decimal_is_whole(decimal x);
int decimal_sign(decimal x); /* -1, 0, 1 */
int decimal_compare(decimal a, decimal b); /* -1, 0, 1: by value, 1.50 equals 1.5 */
bool decimal_equal(decimal a, decimal b);
/* The same value has the same bytes afterwards (1.50 and 1.5; no negative zero). */
decimal decimal_canonical(decimal x);

enum decimal_status decimal_add(decimal a, decimal b, decimal *out);
enum decimal_status decimal_sub(decimal a, decimal b, decimal *out);
enum decimal_status decimal_mul(decimal a, decimal b, decimal *out);
enum decimal_status decimal_div(decimal a, decimal b, decimal *out);
enum decimal_status decimal_sqrt(decimal a, decimal *out);
decimal decimal_negate(decimal a);
/* a * numerator / denominator with one rounding at the 34th digit; both are whole and positive. */
enum decimal_status decimal_scale(decimal a, decimal numerator, decimal denominator, decimal *out);
/* The multiple of step (> 0) that lies nearest to, at or below, at or above x, by exact remainder. */
enum decimal_status decimal_round_to(decimal x, decimal step, enum decimal_rounding how, decimal *out);
/* True where the linked decimal library honours rounding modes and flags (see the known linking trap). */
bool decimal_self_test(void);

#endif
