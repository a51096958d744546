#include "tests/oracle/rational.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 34 };

static struct rational *rational_new(struct rationals *pool)
{
    struct rational *r = pool->spare;
    if (r) {
        pool->spare = r->next;
    } else {
        r = malloc(sizeof *r);
        if (r == NULL) abort();
        mpq_init(r->q);
    }
    r->next = pool->used;
    pool->used = r;
    return r;
}

void rationals_reset(struct rationals *pool)
{
    while (pool->used) {
        struct rational *r = pool->used;
        pool->used = r->next;
        r->next = pool->spare;
        pool->spare = r;
    }
}

void rationals_free(struct rationals *pool)
{
    rationals_reset(pool);
    while (pool->spare) {
        struct rational *r = pool->spare;
        pool->spare = r->next;
        mpq_clear(r->q);
        free(r);
    }
}

const struct rational *rational_int(struct rationals *pool, int64_t n)
{
    struct rational *r = rational_new(pool);
    mpq_set_si(r->q, (long)n, 1);
    return r;
}

/* q * 10^exponent */
static void shift(mpq_t q, long exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(exponent));
    if (exponent >= 0)
        mpz_mul(mpq_numref(q), mpq_numref(q), power);
    else
        mpz_mul(mpq_denref(q), mpq_denref(q), power);
    mpz_clear(power);
    mpq_canonicalize(q);
}

const struct rational *rational_parse(struct rationals *pool, const char *text)
{
    struct rational *r = rational_new(pool);
    char digits[128];
    size_t n = 0;
    long exponent = 0;
    bool after_point = false;
    const char *at = text;
    for (; *at && *at != 'e' && *at != 'E'; at++) {
        if (*at == '.')
            after_point = true;
        else if (n + 1 < sizeof digits) {
            digits[n++] = *at;
            exponent -= after_point;
        }
    }
    digits[n] = '\0';
    if (*at) exponent += strtol(at + 1, NULL, 10);
    mpq_set_ui(r->q, 0, 1);
    mpz_set_str(mpq_numref(r->q), digits, 10);
    shift(r->q, exponent);
    return r;
}

/* The quotient nearest to n / d, half to even; both not negative. */
static void nearest_even(mpz_t out, const mpz_t n, const mpz_t d)
{
    mpz_t remainder;
    mpz_init(remainder);
    mpz_fdiv_qr(out, remainder, n, d);
    mpz_mul_2exp(remainder, remainder, 1);
    int side = mpz_cmp(remainder, d);
    if (side > 0 || (side == 0 && mpz_odd_p(out))) mpz_add_ui(out, out, 1);
    mpz_clear(remainder);
}

static bool has_few_digits(const mpq_t q)
{
    return mpz_cmp_ui(mpq_denref(q), 1) == 0 && mpz_sizeinbase(mpq_numref(q), 10) <= DIGITS;
}

/* How many places the point must move so that q, which is above 0, has DIGITS digits before it. */
static long places(const mpq_t q)
{
    long move =
        DIGITS + 2 - (long)mpz_sizeinbase(mpq_numref(q), 10) + (long)mpz_sizeinbase(mpq_denref(q), 10);
    mpq_t shifted;
    mpz_t limit;
    mpq_init(shifted);
    mpz_init(limit);
    mpz_ui_pow_ui(limit, 10, DIGITS);
    for (bool fits = false; !fits; move -= !fits) {
        mpq_set(shifted, q);
        shift(shifted, move);
        fits = mpq_cmp_z(shifted, limit) < 0;
    }
    mpq_clear(shifted);
    mpz_clear(limit);
    return move;
}

static const struct rational *rounded(struct rational *r)
{
    if (mpq_sgn(r->q) == 0 || has_few_digits(r->q)) return r;
    int sign = mpq_sgn(r->q);
    mpq_abs(r->q, r->q);
    long move = places(r->q);
    shift(r->q, move);
    nearest_even(mpq_numref(r->q), mpq_numref(r->q), mpq_denref(r->q));
    mpz_set_ui(mpq_denref(r->q), 1);
    shift(r->q, -move);
    if (sign < 0) mpq_neg(r->q, r->q);
    return r;
}

const struct rational *rational_add(struct rationals *pool, const struct rational *a,
                                    const struct rational *b)
{
    struct rational *r = rational_new(pool);
    mpq_add(r->q, a->q, b->q);
    return rounded(r);
}

const struct rational *rational_sub(struct rationals *pool, const struct rational *a,
                                    const struct rational *b)
{
    struct rational *r = rational_new(pool);
    mpq_sub(r->q, a->q, b->q);
    return rounded(r);
}

const struct rational *rational_mul(struct rationals *pool, const struct rational *a,
                                    const struct rational *b)
{
    struct rational *r = rational_new(pool);
    mpq_mul(r->q, a->q, b->q);
    return rounded(r);
}

const struct rational *rational_div(struct rationals *pool, const struct rational *a,
                                    const struct rational *b)
{
    if (mpq_sgn(b->q) == 0) return NULL;
    struct rational *r = rational_new(pool);
    mpq_div(r->q, a->q, b->q);
    return rounded(r);
}

/* With twice the digits and some more, and a last digit that tells an exact root from one that only begins
 * like it. */
const struct rational *rational_sqrt(struct rationals *pool, const struct rational *a)
{
    if (mpq_sgn(a->q) < 0) return NULL;
    struct rational *r = rational_new(pool);
    mpz_t scaled, remainder;
    mpz_init(scaled);
    mpz_init(remainder);
    mpz_ui_pow_ui(scaled, 10, 160);
    mpz_mul(scaled, scaled, mpq_numref(a->q));
    mpz_tdiv_qr(scaled, remainder, scaled, mpq_denref(a->q));
    bool exact = mpz_sgn(remainder) == 0;
    mpz_sqrtrem(scaled, remainder, scaled);
    exact = exact && mpz_sgn(remainder) == 0;
    mpz_mul_ui(scaled, scaled, 10);
    if (!exact) mpz_add_ui(scaled, scaled, 1);
    mpq_set_z(r->q, scaled);
    shift(r->q, -81);
    mpz_clear(scaled);
    mpz_clear(remainder);
    return rounded(r);
}

const struct rational *rational_negate(struct rationals *pool, const struct rational *a)
{
    struct rational *r = rational_new(pool);
    mpq_neg(r->q, a->q);
    return r;
}

const struct rational *rational_scale(struct rationals *pool, const struct rational *a,
                                      const struct rational *factor)
{
    return rational_mul(pool, a, factor);
}

const struct rational *rational_exact(struct rationals *pool, const struct rational *a, char sign,
                                      const struct rational *b)
{
    struct rational *r = rational_new(pool);
    if (sign == '+')
        mpq_add(r->q, a->q, b->q);
    else if (sign == '*')
        mpq_mul(r->q, a->q, b->q);
    else
        mpq_div(r->q, a->q, b->q);
    return r;
}

/* The whole number nearest to q; of two, the one further from 0. */
static void nearest_whole(mpz_t out, const mpq_t q)
{
    mpz_t twice, half;
    mpz_init(twice);
    mpz_init(half);
    mpz_mul_2exp(twice, mpq_numref(q), 1);
    mpz_abs(twice, twice);
    mpz_add(twice, twice, mpq_denref(q));
    mpz_mul_2exp(half, mpq_denref(q), 1);
    mpz_tdiv_q(out, twice, half);
    if (mpq_sgn(q) < 0) mpz_neg(out, out);
    mpz_clear(twice);
    mpz_clear(half);
}

const struct rational *rational_multiple(struct rationals *pool, const struct rational *a,
                                         const struct rational *step, int direction)
{
    struct rational *r = rational_new(pool);
    mpz_t count;
    mpz_init(count);
    mpq_div(r->q, a->q, step->q);
    if (direction < 0)
        mpz_fdiv_q(count, mpq_numref(r->q), mpq_denref(r->q));
    else if (direction > 0)
        mpz_cdiv_q(count, mpq_numref(r->q), mpq_denref(r->q));
    else
        nearest_whole(count, r->q);
    mpq_set_z(r->q, count);
    mpq_mul(r->q, r->q, step->q);
    mpz_clear(count);
    return r;
}

int rational_compare(const struct rational *a, const struct rational *b)
{
    int order = mpq_cmp(a->q, b->q);
    return (order > 0) - (order < 0);
}

int rational_sign(const struct rational *a)
{
    return mpq_sgn(a->q);
}

bool rational_to_int(const struct rational *a, int64_t *out)
{
    if (mpz_cmp_ui(mpq_denref(a->q), 1) != 0 || !mpz_fits_slong_p(mpq_numref(a->q))) return false;
    *out = mpz_get_si(mpq_numref(a->q));
    return true;
}

static void put_point(const char *digits, int after, char *buffer, size_t size)
{
    bool negative = *digits == '-';
    digits += negative;
    int length = (int)strlen(digits), before = length > after ? length - after : 1;
    size_t n = 0;
    if (negative) buffer[n++] = '-';
    for (int i = before + after; i > 0 && n + 2 < size; i--) {
        buffer[n++] = i > length ? '0' : digits[length - i];
        if (i == after + 1 && after > 0) buffer[n++] = '.';
    }
    buffer[n] = '\0';
}

bool rational_text(const struct rational *a, int digits, char *buffer, size_t size)
{
    mpq_t q;
    mpq_init(q);
    mpq_set(q, a->q);
    int after = 0;
    while (mpz_cmp_ui(mpq_denref(q), 1) != 0 && after < digits) {
        after++;
        shift(q, 1);
    }
    bool whole = mpz_cmp_ui(mpq_denref(q), 1) == 0;
    char *text = mpz_get_str(NULL, 10, mpq_numref(q));
    if (whole) put_point(text, after, buffer, size);
    free(text);
    mpq_clear(q);
    return whole;
}
