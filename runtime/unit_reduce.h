/*
 * What a unit comes down to: a dimension and an exact factor.  Internal to the unit module.
 */
#ifndef REGIMEN_UNIT_REDUCE_H
#define REGIMEN_UNIT_REDUCE_H

#include <gmp.h>

#include "runtime/units.h"

/* Seven base units, and of each term of two units at most one more: an arbitrary unit, or that of a variant.
 */
enum { UNIT_AXES_MAX = 7 + 2 * UNIT_TERMS_MAX };

/* One dimension to a power: a base unit, an arbitrary unit, or the atom of a variant. */
struct unit_axis {
    int16_t atom;
    int32_t exponent; /* never 0 */
};

struct unit_axes {
    size_t count;
    struct unit_axis axes[UNIT_AXES_MAX];
};

/* One unit = factor * pi^pi_power of the atoms of the dimension. */
struct unit_reduction {
    struct unit_axes dimension; /* atoms that stand for themselves */
    struct unit_axes specials;  /* the special atoms, which count above as their references */
    bool exact;                 /* factor and pi_power are wanted too */
    int32_t pi_power;
    mpq_t factor;
};

/* Of above / below; below may be NULL. */
void unit_dimension(const struct unit *above, const struct unit *below, struct unit_axes *out);
/* Likewise, the mole and what it defines always a dimension of their own. */
void unit_dimension_with_substance(const struct unit *above, const struct unit *below, struct unit_axes *out);
/* As unit_dimension, with the factor; ends with unit_reduction_clear. */
void unit_reduce(const struct unit *above, const struct unit *below, struct unit_reduction *out);
void unit_reduction_clear(struct unit_reduction *r);
/* The exponent of an atom, 0 where it does not occur. */
int unit_axis_exponent(const struct unit_axes *axes, int atom);

/* The exact value of -? digits ( . digits )? ( e -? digits )?, of less than DECIMAL_TEXT_MAX bytes. */
void unit_exact(const char *text, mpq_t out);
/* product * x^power; x is used up. */
void unit_exact_merge(mpq_t product, mpq_t x, int power);

#endif
