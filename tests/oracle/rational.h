/*
 * Numbers of the oracle: exact fractions, rounded to 34 digits where the specification says that a step of a
 * calculation is.  Nothing here knows the decimals of the runtime.
 *
 * Every number lives in a pool until rationals_reset; what a function returns must not be changed.  NULL
 * stands for a result that does not exist: x / 0, the root of a negative number.
 */
#ifndef ORACLE_RATIONAL_H
#define ORACLE_RATIONAL_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rational {
    mpq_t q;
    struct rational *next;
};

struct rationals { /* zeroed: empty */
    struct rational *used, *spare;
};

void rationals_reset(struct rationals *pool);
void rationals_free(struct rationals *pool);

const struct rational *rational_int(struct rationals *pool, int64_t n);
/* Decimal text with an optional sign, point and exponent. */
const struct rational *rational_parse(struct rationals *pool, const char *text);
/* Each is rounded to 34 digits, half to even. */
const struct rational *rational_add(struct rationals *pool, const struct rational *a,
                                    const struct rational *b);
const struct rational *rational_sub(struct rationals *pool, const struct rational *a,
                                    const struct rational *b);
const struct rational *rational_mul(struct rationals *pool, const struct rational *a,
                                    const struct rational *b);
const struct rational *rational_div(struct rationals *pool, const struct rational *a,
                                    const struct rational *b);
const struct rational *rational_sqrt(struct rationals *pool, const struct rational *a);
const struct rational *rational_negate(struct rationals *pool, const struct rational *a);
/* a * factor, where factor is exact. */
const struct rational *rational_scale(struct rationals *pool, const struct rational *a,
                                      const struct rational *factor);
/* a + b, a * b or a / b without any rounding. */
const struct rational *rational_exact(struct rationals *pool, const struct rational *a, char sign,
                                      const struct rational *b);
/* The multiple of step at or below (-1), nearest to (0; ties away from zero), at or above (1) a; step is
 * above 0. */
const struct rational *rational_multiple(struct rationals *pool, const struct rational *a,
                                         const struct rational *step, int direction);
int rational_compare(const struct rational *a, const struct rational *b);
int rational_sign(const struct rational *a);
/* False where a is no whole number or does not fit. */
bool rational_to_int(const struct rational *a, int64_t *out);
/* Plain decimal notation; false where it has more than `digits` digits after the point. */
bool rational_text(const struct rational *a, int digits, char *buffer, size_t size);

#endif
