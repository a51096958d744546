/* Multiplication by a ratio with one rounding, where the product needs more digits than a decimal has.

   a * n / d in two steps would round twice: once the product, once the quotient.  So the product is
   formed in full, with 68 zeros behind it, and divided as a whole number; the quotient then has more
   than 34 digits, and only these are rounded.  Of what lies behind the last digit no more is needed than
   whether it is zero. */
#include "runtime/decimal_parts.h"

#include <gmp.h>

/* The low-level functions of GMP work on arrays of the caller: evaluation allocates nothing here either. */
_Static_assert(GMP_LIMB_BITS == 64, "a coefficient is two limbs");

enum {
    LIMBS = 2,
    /* A product of two coefficients times 10^68: its quotient by a third always has more than 34 digits. */
    WIDE_LIMBS = 4 * LIMBS,
    WIDE_SHIFT = 2 * DECIMAL_DIGITS_MAX,
    STRIDE = DECIMAL_POWERS - 1, /* digits that a limb holds */
};

struct wide {
    mp_limb_t limb[WIDE_LIMBS]; /* the least first */
};

static void limbs_of(coefficient value, mp_limb_t limb[LIMBS])
{
    limb[0] = (mp_limb_t)value;
    limb[1] = (mp_limb_t)(value >> 64);
}

static bool wide_has_34_digits(const struct wide *w)
{
    bool small = mpn_zero_p(w->limb + LIMBS, WIDE_LIMBS - LIMBS);
    return small && decimal_digits_fit((coefficient)w->limb[1] << 64 | w->limb[0]);
}

/* a * b * 10^WIDE_SHIFT */
static struct wide wide_product(coefficient a, coefficient b)
{
    mp_limb_t x[LIMBS], y[LIMBS], power[LIMBS], product[2 * LIMBS], shifted[3 * LIMBS];
    struct wide result;
    limbs_of(a, x);
    limbs_of(b, y);
    limbs_of(decimal_power_of_ten(DECIMAL_DIGITS_MAX), power);
    mpn_mul_n(product, x, y, LIMBS);
    mpn_mul(shifted, product, 2 * LIMBS, power, LIMBS);
    mpn_mul(result.limb, shifted, 3 * LIMBS, power, LIMBS);
    return result;
}

/* The whole quotient; *rest tells whether there is a remainder. */
static struct wide wide_divide(const struct wide *dividend, coefficient divisor, bool *rest)
{
    mp_limb_t d[LIMBS], remainder[LIMBS] = {0};
    struct wide quotient = {{0}};
    limbs_of(divisor, d);
    mpn_tdiv_qr(quotient.limb, remainder, 0, dividend->limb, WIDE_LIMBS, d, d[1] != 0 ? 2 : 1);
    *rest = !mpn_zero_p(remainder, LIMBS);
    return quotient;
}

/* Rounds to 34 digits, half to even; rest tells whether the value lies above w.  Returns the number of
   digits that went. */
static int wide_round(struct wide *w, bool rest, coefficient *digits)
{
    int dropped = 0;
    mp_limb_t last = 0;
    while (!mpn_zero_p(w->limb + 3, WIDE_LIMBS - 3)) { /* more than 57 digits */
        rest = mpn_divrem_1(w->limb, 0, w->limb, WIDE_LIMBS, decimal_powers[STRIDE]) != 0 || rest;
        dropped += STRIDE;
    }
    while (!wide_has_34_digits(w)) {
        rest = rest || last != 0;
        last = mpn_divrem_1(w->limb, 0, w->limb, WIDE_LIMBS, 10);
        dropped++;
    }
    *digits = (coefficient)w->limb[1] << 64 | w->limb[0];
    *digits += last > 5 || (last == 5 && (rest || *digits % 2 == 1));
    return dropped;
}

static enum decimal_status scale_wide(struct decimal_parts a, struct decimal_parts n, struct decimal_parts d,
                                      decimal *out)
{
    bool rest;
    struct wide product = wide_product(a.digits, n.digits);
    struct wide quotient = wide_divide(&product, d.digits, &rest);
    struct decimal_parts result = {
        .exponent = a.exponent + n.exponent - d.exponent - WIDE_SHIFT,
        .negative = (a.negative != n.negative) != d.negative,
    };
    result.exponent += wide_round(&quotient, rest, &result.digits);
    if (!decimal_digits_fit(result.digits)) {
        result.digits /= 10; /* it was rounded up to 10^34 */
        result.exponent++;
    }
    return decimal_pack(decimal_parts_canonical(result), out);
}

/* A whole number times another, as years in months. */
static bool scale_plain(decimal a, decimal numerator, decimal denominator, decimal *out)
{
    int64_t product;
    bool plain = decimal_is_plain(a) && decimal_is_plain(numerator);
    if (!plain || !decimal_is_plain(denominator) || denominator.w[0] != 1) return false;
    if (__builtin_mul_overflow((int64_t)a.w[0], (int64_t)numerator.w[0], &product)) return false;
    *out = decimal_from_int(product);
    return true;
}

enum decimal_status decimal_scale(decimal a, decimal numerator, decimal denominator, decimal *out)
{
    if (scale_plain(a, numerator, denominator, out)) return DECIMAL_OK;
    struct decimal_parts p = decimal_split(a), n = decimal_split(numerator), d = decimal_split(denominator);
    struct decimal_parts product = {.exponent = p.exponent + n.exponent,
                                    .negative = p.negative != n.negative};
    decimal exact;
    *out = DECIMAL_ZERO;
    if (d.digits == 0) return DECIMAL_DIVIDE_BY_ZERO;
    if (decimal_digits_multiply(p.digits, n.digits, &product.digits) &&
        decimal_pack(product, &exact) == DECIMAL_OK)
        /* the product is exact, so the division is the only rounding */
        return decimal_div(exact, denominator, out);
    return scale_wide(p, n, d, out);
}
