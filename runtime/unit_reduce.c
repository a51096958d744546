/* Down to the base units: the definition of each atom is parsed and reduced in turn, with the power in
   which it stands.  Definitions of UCUM have no circles and are a few levels deep, so the recursion
   ends.  The number pi is no fraction and is counted apart, so that angles whose powers of it cancel
   stay exact. */
#include "runtime/unit_reduce.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/unit_table.h"

static void axis_add(struct unit_axes *a, int atom, int exponent)
{
    size_t i = 0;
    while (i < a->count && a->axes[i].atom != atom)
        i++;
    if (i == a->count) {
        assert(a->count < UNIT_AXES_MAX);
        a->axes[a->count++] = (struct unit_axis){.atom = (int16_t)atom};
    }
    a->axes[i].exponent += exponent;
    /* what cancels leaves no trace: same dimension means that nothing is left of the ratio */
    if (a->axes[i].exponent == 0) a->axes[i] = a->axes[--a->count];
}

int unit_axis_exponent(const struct unit_axes *axes, int atom)
{
    for (size_t i = 0; i < axes->count; i++)
        if (axes->axes[i].atom == atom) return axes->axes[i].exponent;
    return 0;
}

void unit_exact(const char *text, mpq_t out)
{
    char digits[DECIMAL_TEXT_MAX];
    size_t length = 0;
    long scale = 0;
    bool fraction = false;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        digits[length++] = *text;
        scale -= fraction;
    }
    digits[length] = '\0';
    if (*text == 'e') scale += strtol(text + 1, NULL, 10);
    mpz_set_str(mpq_numref(out), digits, 10);
    mpz_set_ui(mpq_denref(out), 1);
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(scale));
    if (scale < 0)
        mpz_set(mpq_denref(out), power);
    else
        mpz_mul(mpq_numref(out), mpq_numref(out), power);
    mpz_clear(power);
    mpq_canonicalize(out);
}

void unit_exact_merge(mpq_t product, mpq_t x, int power)
{
    mpz_pow_ui(mpq_numref(x), mpq_numref(x), (unsigned long)abs(power));
    mpz_pow_ui(mpq_denref(x), mpq_denref(x), (unsigned long)abs(power));
    if (power < 0)
        mpq_div(product, product, x);
    else
        mpq_mul(product, product, x);
}

static void factor_merge_text(struct unit_reduction *r, const char *text, int power)
{
    if (!r->exact || strcmp(text, "1") == 0) return;
    mpq_t x;
    mpq_init(x);
    unit_exact(text, x);
    unit_exact_merge(r->factor, x, power);
    mpq_clear(x);
}

static void factor_merge_number(struct unit_reduction *r, int64_t number, int power)
{
    if (!r->exact) return;
    mpq_t x;
    mpq_init(x);
    _Static_assert(LONG_MAX >= INT64_MAX, "a number of a unit fits in a long");
    mpz_set_si(mpq_numref(x), number);
    unit_exact_merge(r->factor, x, power);
    mpq_clear(x);
}

static void reduce_unit(struct unit_reduction *r, const struct unit *u, int power);

static void reduce_atom(struct unit_reduction *r, int index, int power)
{
    struct unit_atom atom = unit_atom_at(index);
    if (atom.kind & ATOM_PI) {
        r->pi_power += power;
        return;
    }
    /* a base or arbitrary unit: it is a dimension */
    if (atom.definition[0] == '\0') {
        axis_add(&r->dimension, index, power);
        return;
    }
    if (atom.kind & ATOM_SPECIAL) axis_add(&r->specials, index, power);
    struct unit definition;
    enum unit_status status =
        unit_parse(atom.definition, strlen(atom.definition), atom.flags, &definition, NULL);
    assert(status == UNIT_OK);
    (void)status;
    factor_merge_text(r, atom.factor, power);
    reduce_unit(r, &definition, power);
}

static void reduce_unit(struct unit_reduction *r, const struct unit *u, int power)
{
    for (size_t i = 0; i < u->count; i++) {
        const struct unit_term *t = &u->terms[i];
        int exponent = t->exponent * power;
        if (t->atom == UNIT_ATOM_NUMBER) {
            factor_merge_number(r, t->number, exponent);
            continue;
        }
        if (t->prefix != UNIT_NO_PREFIX) factor_merge_text(r, unit_prefix_at(t->prefix)->factor, exponent);
        reduce_atom(r, t->atom, exponent);
    }
}

void unit_dimension(const struct unit *above, const struct unit *below, struct unit_axes *out)
{
    struct unit_reduction r;
    memset(&r, 0, sizeof r);
    reduce_unit(&r, above, 1);
    if (below) reduce_unit(&r, below, -1);
    *out = r.dimension;
}

static struct unit with_substance(const struct unit *u)
{
    struct unit result = *u;
    for (size_t i = 0; i < result.count; i++)
        if (result.terms[i].atom != UNIT_ATOM_NUMBER)
            result.terms[i].atom = (int16_t)unit_atom_variant(result.terms[i].atom, UNIT_SUBSTANCE);
    return result;
}

void unit_dimension_with_substance(const struct unit *above, const struct unit *below, struct unit_axes *out)
{
    struct unit over = with_substance(above), under = below ? with_substance(below) : (struct unit){0};
    unit_dimension(&over, &under, out);
}

void unit_reduce(const struct unit *above, const struct unit *below, struct unit_reduction *out)
{
    memset(out, 0, sizeof *out);
    out->exact = true;
    mpq_init(out->factor);
    mpq_set_ui(out->factor, 1, 1);
    reduce_unit(out, above, 1);
    if (below) reduce_unit(out, below, -1);
}

void unit_reduction_clear(struct unit_reduction *r)
{
    mpq_clear(r->factor);
}

bool unit_same_dimension(const struct unit *a, const struct unit *b)
{
    struct unit_axes ratio;
    unit_dimension(a, b, &ratio);
    return ratio.count == 0;
}

bool unit_is_dimensionless(const struct unit *u)
{
    struct unit_axes axes;
    unit_dimension(u, NULL, &axes);
    return axes.count == 0 && !unit_is_special(u);
}

/* The dimension is that of the atom with this code, to the first power. */
static bool is_plainly(const struct unit *u, const char *code, unsigned flags)
{
    struct unit_axes axes;
    unit_dimension(u, NULL, &axes);
    int atom = unit_atom_variant(unit_atom_find(code, strlen(code)), flags);
    return axes.count == 1 && unit_axis_exponent(&axes, atom) == 1 && !unit_is_special(u);
}

bool unit_is_calendar(const struct unit *u)
{
    return is_plainly(u, "mo", UNIT_CALENDAR);
}

bool unit_is_time(const struct unit *u)
{
    return is_plainly(u, "s", UNIT_UCUM);
}
