/*
 * Conversion: exact ratios, and values rounded once.
 *
 * UCUM defines each unit by others, down to seven base units, with factors that are exact decimals.  So
 * the ratio of two units is a fraction of whole numbers (GMP), and is exact until it meets a value; the
 * value is rounded then, and only then.  A table of factors as decimals would have rounded each of them.
 *
 * Temperatures have zeros of their own: for these value and ratio are not enough, and a shift comes before
 * or behind the ratio (SPEC.md, Temperature and other special units).
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/unit_reduce.h"
#include "runtime/unit_suggest.h"
#include "runtime/unit_table.h"

/* The atom that the calendar or the mole stands on, where it is a dimension. */
static int own_dimension(const char *code, unsigned flag)
{
    return unit_atom_variant(unit_atom_find(code, strlen(code)), flag);
}

/* Why these dimensions differ, as the end of a sentence. */
static const char *difference(const struct unit *from, const struct unit *to)
{
    struct unit_axes ratio;
    unit_dimension_with_substance(from, to, &ratio);
    /* what is left of from / to says why they differ: mass in one and moles in the other, for one */
    int mole = unit_axis_exponent(&ratio, own_dimension("mol", UNIT_SUBSTANCE));
    int mass = unit_axis_exponent(&ratio, unit_atom_find("g", 1));
    if (ratio.count == 2 && mole != 0 && mole == -mass)
        return "between mass and amount of substance only the molar mass of the substance converts";
    if (unit_axis_exponent(&ratio, own_dimension("mo", UNIT_CALENDAR)) != 0)
        return "years and months are calendar units and never become days or hours";
    for (size_t i = 0; i < ratio.count; i++)
        if (unit_atom_at(ratio.axes[i].atom).kind & ATOM_ARBITRARY)
            return "an arbitrary unit, defined by its assay or product, converts to no other unit";
    return "they measure different things";
}

/* In words, unless they would crowd out the rest of the message. */
static void name_briefly(const struct unit *u, char *buffer)
{
    if (unit_describe(u, buffer) > UNIT_MESSAGE_MAX / 4) unit_format(u, buffer);
}

static enum unit_status fail_dimension(const struct unit *from, const struct unit *to, struct unit_error *err)
{
    char from_text[UNIT_TEXT_MAX], to_text[UNIT_TEXT_MAX];
    name_briefly(from, from_text);
    name_briefly(to, to_text);
    return unit_fail(err, UNIT_OTHER_DIMENSION, 0, 0, "%s cannot become %s: %s", from_text, to_text,
                     difference(from, to));
}

/* Names the special unit and says why no factor converts it. */
static enum unit_status fail_special(const struct unit_axes *specials, struct unit_error *err)
{
    struct unit_atom atom = unit_atom_at(specials->axes[0].atom);
    bool zero = unit_pair_find(unit_offsets(), atom.code, strlen(atom.code)) != NULL;
    return unit_fail(err, UNIT_SPECIAL, 0, 0, "%s (%s) %s", atom.code, atom.property,
                     zero ? "has a zero of its own: no factor converts it"
                          : "is no ratio scale: its values do not convert by a factor");
}

static enum unit_status fail_inexact(const struct unit *from, const struct unit *to, struct unit_error *err)
{
    char from_text[UNIT_TEXT_MAX], to_text[UNIT_TEXT_MAX];
    unit_format(from, from_text);
    unit_format(to, to_text);
    return unit_fail(err, UNIT_INEXACT, 0, 0,
                     "no two whole numbers of at most %d digits turn %s into %s exactly", DECIMAL_DIGITS_MAX,
                     from_text, to_text);
}

/* A positive whole number of at most 34 digits. */
static bool whole_decimal(const mpz_t whole, decimal *out)
{
    char text[DECIMAL_DIGITS_MAX + 3]; /* mpz_sizeinbase may say a digit too many; sign and end */
    if (mpz_sizeinbase(whole, 10) > DECIMAL_DIGITS_MAX + 1) return false;
    mpz_get_str(text, 10, whole);
    size_t length = strlen(text);
    return length <= DECIMAL_DIGITS_MAX && decimal_parse(text, length, out) == DECIMAL_OK;
}

enum unit_status unit_ratio(const struct unit *from, const struct unit *to, decimal *numerator,
                            decimal *denominator, struct unit_error *err)
{
    struct unit_reduction r;
    unit_reduce(from, to, &r);
    enum unit_status status = UNIT_OK;
    if (r.dimension.count > 0)
        status = fail_dimension(from, to, err);
    else if (r.specials.count > 0)
        status = fail_special(&r.specials, err);
    else if (r.pi_power != 0 || !whole_decimal(mpq_numref(r.factor), numerator) ||
             !whole_decimal(mpq_denref(r.factor), denominator))
        status = fail_inexact(from, to, err);
    unit_reduction_clear(&r);
    return status;
}

/* The 34 digits of a positive whole number that has 35 to 38, half to even; more: it is cut off, and
 * something follows.  The digits dropped are added to exponent. */
static void round_digits(mpz_t digits, bool more, long *exponent)
{
    char text[DECIMAL_DIGITS_MAX + 8];
    mpz_get_str(text, 10, digits);
    long drop = (long)strlen(text) - DECIMAL_DIGITS_MAX;
    assert(drop > 0);
    mpz_t divisor, rest;
    mpz_inits(divisor, rest, NULL);
    mpz_ui_pow_ui(divisor, 10, (unsigned long)drop);
    mpz_tdiv_qr(digits, rest, digits, divisor);
    mpz_mul_2exp(rest, rest, 1);
    int half = mpz_cmp(rest, divisor);
    if (half > 0 || (half == 0 && (more || mpz_odd_p(digits)))) mpz_add_ui(digits, digits, 1);
    *exponent += drop;
    mpz_clears(divisor, rest, NULL);
}

/* The digits of x with a power of ten, for decimal_parse. */
static size_t digits_text(const mpq_t x, char *text, size_t room)
{
    mpz_t above, below, digits, rest;
    mpz_inits(above, below, digits, rest, NULL);
    mpz_abs(above, mpq_numref(x));
    mpz_set(below, mpq_denref(x));
    /* so many digits before the division that the quotient has one at least behind those that stay: rounding
     * looks at it.  Each size may be a digit too large, and a quotient has a digit fewer than its sizes say.
     */
    long exponent =
        (long)mpz_sizeinbase(above, 10) - (long)mpz_sizeinbase(below, 10) - DECIMAL_DIGITS_MAX - 2;
    mpz_ui_pow_ui(rest, 10, (unsigned long)labs(exponent));
    if (exponent < 0)
        mpz_mul(above, above, rest);
    else
        mpz_mul(below, below, rest);
    mpz_tdiv_qr(digits, rest, above, below);
    round_digits(digits, mpz_sgn(rest) != 0, &exponent);
    int length = gmp_snprintf(text, room, "%s%Zde%ld", mpq_sgn(x) < 0 ? "-" : "", digits, exponent);
    mpz_clears(above, below, digits, rest, NULL);
    return (size_t)length;
}

/* The nearest decimal: one rounding, at the 34th digit. */
static enum unit_status nearest_decimal(const mpq_t x, decimal *out, struct unit_error *err)
{
    char text[2 * DECIMAL_DIGITS_MAX];
    if (mpq_sgn(x) == 0) {
        *out = DECIMAL_ZERO;
        return UNIT_OK;
    }
    size_t length = digits_text(x, text, sizeof text);
    if (decimal_parse(text, length, out) == DECIMAL_OK) return UNIT_OK;
    return unit_fail(err, UNIT_OVERFLOW, 0, 0, "the converted value is beyond the range of decimals");
}

/* An affine unit's value plus this, in its reference, is a value on a ratio scale; 0 for what has no zero of
 * its own. */
static bool zero_shift(const struct unit *u, mpq_t shift)
{
    struct unit_reduction r;
    unit_reduce(u, NULL, &r);
    const struct unit_pair *offset = NULL;
    bool proper = r.specials.count == 0;
    mpq_set_ui(shift, 0, 1);
    /* Cel alone, perhaps with a prefix; Cel/h has no zero that could be shifted */
    if (r.specials.count == 1 && r.specials.axes[0].exponent == 1 && r.dimension.count == 1) {
        struct unit_atom atom = unit_atom_at(r.specials.axes[0].atom);
        offset = unit_pair_find(unit_offsets(), atom.code, strlen(atom.code));
    }
    unit_reduction_clear(&r);
    if (!offset) return proper;
    struct unit alone;
    unit_parse(offset->from, strlen(offset->from), UNIT_UCUM, &alone, NULL);
    unit_reduce(&alone, NULL, &r);
    unit_exact(offset->to, shift);
    mpq_mul(shift, shift, r.factor);
    unit_reduction_clear(&r);
    return true;
}

/* x * pi^power, with the decimals that units.def gives. */
static void multiply_pi(mpq_t x, int power)
{
    mpq_t pi;
    mpq_init(pi);
    unit_exact(unit_atom_at(unit_atom_find("[pi]", 4)).factor, pi);
    unit_exact_merge(x, pi, power);
    mpq_clear(pi);
}

/* x in from, times ratio, with both zeros taken into account. */
static bool convert_exact(mpq_t x, const struct unit *from, const struct unit *to,
                          const struct unit_reduction *ratio)
{
    if (ratio->specials.count == 0) {
        mpq_mul(x, x, ratio->factor);
        multiply_pi(x, ratio->pi_power);
        return true;
    }
    mpq_t shift_from, shift_to;
    mpq_inits(shift_from, shift_to, NULL);
    bool possible = ratio->pi_power == 0 && zero_shift(from, shift_from) && zero_shift(to, shift_to);
    if (possible) {
        struct unit_reduction r;
        unit_reduce(from, NULL, &r);
        mpq_mul(x, x, r.factor);
        unit_reduction_clear(&r);
        mpq_add(x, x, shift_from);
        mpq_sub(x, x, shift_to);
        unit_reduce(to, NULL, &r);
        mpq_div(x, x, r.factor);
        unit_reduction_clear(&r);
    }
    mpq_clears(shift_from, shift_to, NULL);
    return possible;
}

static void decimal_exact(decimal value, mpq_t out)
{
    char text[DECIMAL_TEXT_MAX];
    decimal_format(value, text);
    unit_exact(text, out);
}

/* False where x has more digits than a decimal holds. */
static bool exact_decimal(const mpq_t x, decimal *out)
{
    if (nearest_decimal(x, out, NULL) != UNIT_OK) return false;
    mpq_t back;
    mpq_init(back);
    decimal_exact(*out, back);
    bool same = mpq_equal(back, x);
    mpq_clear(back);
    return same;
}

/* The distance between two zeros, in whichever of the two units it can be written. */
static bool step_between(const mpq_t distance, const mpq_t factor_from, const mpq_t factor_to,
                         struct unit_steps *out)
{
    mpq_t in_unit;
    mpq_init(in_unit);
    mpq_div(in_unit, distance, factor_from);
    bool exact = exact_decimal(in_unit, &out->before);
    if (!exact) {
        out->before = DECIMAL_ZERO;
        mpq_div(in_unit, distance, factor_to);
        exact = exact_decimal(in_unit, &out->after);
    }
    mpq_clear(in_unit);
    return exact;
}

/* Between two scales of which one at least has a zero of its own. */
static bool affine_steps(const struct unit *from, const struct unit *to, struct unit_steps *out)
{
    struct unit_reduction own, other;
    mpq_t shift_from, shift_to, ratio;
    mpq_inits(shift_from, shift_to, ratio, NULL);
    unit_reduce(from, NULL, &own);
    unit_reduce(to, NULL, &other);
    bool possible =
        own.pi_power == 0 && other.pi_power == 0 && zero_shift(from, shift_from) && zero_shift(to, shift_to);
    if (possible) {
        mpq_sub(shift_from, shift_from, shift_to);
        mpq_div(ratio, own.factor, other.factor);
        possible = whole_decimal(mpq_numref(ratio), &out->numerator) &&
                   whole_decimal(mpq_denref(ratio), &out->denominator) &&
                   step_between(shift_from, own.factor, other.factor, out);
    }
    unit_reduction_clear(&own);
    unit_reduction_clear(&other);
    mpq_clears(shift_from, shift_to, ratio, NULL);
    return possible;
}

enum unit_status unit_steps(const struct unit *from, const struct unit *to, struct unit_steps *out,
                            struct unit_error *err)
{
    out->before = out->after = DECIMAL_ZERO;
    enum unit_status status = unit_ratio(from, to, &out->numerator, &out->denominator, err);
    return status == UNIT_SPECIAL && affine_steps(from, to, out) ? UNIT_OK : status;
}

enum unit_status unit_convert(decimal value, const struct unit *from, const struct unit *to, decimal *out,
                              struct unit_error *err)
{
    struct unit_reduction ratio;
    mpq_t x;
    if (unit_equal(from, to)) { /* most values come in the unit in which they are wanted */
        *out = decimal_canonical(value);
        return UNIT_OK;
    }
    unit_reduce(from, to, &ratio);
    mpq_init(x);
    decimal_exact(value, x);
    enum unit_status status = UNIT_OK;
    if (ratio.dimension.count > 0)
        status = fail_dimension(from, to, err);
    else if (!convert_exact(x, from, to, &ratio))
        status = fail_special(&ratio.specials, err);
    else
        status = nearest_decimal(x, out, err);
    mpq_clear(x);
    unit_reduction_clear(&ratio);
    return status;
}
