/*
 * The inside of a decimal: sign, coefficient and exponent.  For the files runtime/decimal*.c alone.
 *
 * A decimal is kept in the binary integer encoding of IEEE 754-2008: from the top one sign bit, fourteen bits
 * of exponent (plus 6176) and a coefficient of 113 bits.  34 digits always fit in those, so the encoding's
 * second form, infinities and not-a-numbers never occur.
 */
#ifndef REGIMEN_DECIMAL_PARTS_H
#define REGIMEN_DECIMAL_PARTS_H

#include "runtime/decimal.h"

__extension__ typedef unsigned __int128 coefficient;

enum {
    DECIMAL_EXPONENT_LEAST = -6176,
    DECIMAL_EXPONENT_MOST = 6111,
    DECIMAL_EXPONENT_SHIFT = 49, /* of the exponent in the upper word */
    DECIMAL_EXPONENT_MASK = 0x3fff,
    DECIMAL_POWERS = 20,
};

/* value = (negative ? -1 : 1) * digits * 10^exponent */
struct decimal_parts {
    coefficient digits; /* below 10^34 */
    int exponent;
    bool negative;
};

extern const uint64_t decimal_powers[DECIMAL_POWERS]; /* 10^0 to 10^19 */

/* The member of the value's cohort whose exponent lies nearest to 0; zero is +0. */
struct decimal_parts decimal_parts_canonical(struct decimal_parts p);
/* Encodes parts of at most 34 digits with the exponent that they have; DECIMAL_OVERFLOW or DECIMAL_UNDERFLOW,
   and zero, where that is out of range.  Canonical parts are out of range only where the value is. */
enum decimal_status decimal_pack(struct decimal_parts p, decimal *out);

/* 10^n, for n from 0 to 38. */
static inline coefficient decimal_power_of_ten(int n)
{
    enum { LAST = DECIMAL_POWERS - 1 };
    return n <= LAST ? decimal_powers[n] : (coefficient)decimal_powers[LAST] * decimal_powers[n - LAST];
}

/* Whether the coefficient has at most 34 digits. */
static inline bool decimal_digits_fit(coefficient digits)
{
    const uint64_t half = UINT64_C(100000000000000000);
    return digits < (coefficient)half * half;
}

/* False, and product undefined, where the product has more than 34 digits. */
static inline bool decimal_digits_multiply(coefficient a, coefficient b, coefficient *product)
{
    return !__builtin_mul_overflow(a, b, product) && decimal_digits_fit(*product);
}

/* Only of what decimal_is_valid accepts; both directions are a few shifts. */
static inline struct decimal_parts decimal_split(decimal x)
{
    uint64_t upper = x.w[1] & ((UINT64_C(1) << DECIMAL_EXPONENT_SHIFT) - 1);
    int exponent = (int)(x.w[1] >> DECIMAL_EXPONENT_SHIFT & DECIMAL_EXPONENT_MASK);
    return (struct decimal_parts){
        .digits = (coefficient)upper << 64 | x.w[0],
        .exponent = exponent + DECIMAL_EXPONENT_LEAST,
        .negative = x.w[1] >> 63,
    };
}

/* A whole number from 0 on that is written out and has at most 63 bits: most are. */
static inline bool decimal_is_plain(decimal x)
{
    const uint64_t no_exponent = (uint64_t)-DECIMAL_EXPONENT_LEAST << DECIMAL_EXPONENT_SHIFT;
    return x.w[1] == no_exponent && x.w[0] <= INT64_MAX;
}

/* The parts must be in range; see decimal_pack. */
static inline decimal decimal_join(struct decimal_parts p)
{
    uint64_t exponent = (uint64_t)(p.exponent - DECIMAL_EXPONENT_LEAST);
    bool negative = p.negative && p.digits != 0;
    return (decimal){{(uint64_t)p.digits, (uint64_t)negative << 63 | exponent << DECIMAL_EXPONENT_SHIFT |
                                              (uint64_t)(p.digits >> 64)}};
}

#endif
