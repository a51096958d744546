/*
 * Exact decimals against rational arithmetic: random and awkward operands, each result worked out a second
 * time with GMP's rationals and rounded here by definition.
 */
#include "runtime/decimal.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <gmp.h>
#include <stdio.h>
#include <string.h>

enum { ROUNDS = 20000, DIGITS = 34 };

struct random {
    uint64_t state;
};

static unsigned draw(struct random *r, unsigned below)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(r->state >> 33) % below;
}

/* Digits as they make trouble: all nines, a one and zeros with a last digit, fives, or any. */
static char draw_digit(struct random *r, unsigned style, bool edge)
{
    switch (style) {
    case 0: return '9';
    case 1: return edge ? '1' : '0';
    case 2: return edge ? '5' : '0';
    default: return (char)('0' + draw(r, 10));
    }
}

/* Of up to 34 digits, and around 1 in size unless far. */
static decimal draw_number(struct random *r, unsigned spread)
{
    char text[DIGITS + 16];
    unsigned style = draw(r, 6), n = 1 + draw(r, draw(r, 2) ? DIGITS : 6), at = 0;
    if (draw(r, 3) == 0) text[at++] = '-';
    for (unsigned i = 0; i < n; i++)
        text[at++] = draw_digit(r, style, i == 0 || i + 1 == n);
    int exponent = (int)draw(r, spread) - (int)(spread / 2);
    at += (unsigned)snprintf(text + at, 16, "e%d", exponent);
    decimal x;
    assert_int_equal(decimal_parse(text, at, &x), DECIMAL_OK);
    return x;
}

/* The value as its printed text says, and so without knowledge of the encoding. */
static void rational_of(decimal x, mpq_t q)
{
    static char text[DECIMAL_TEXT_MAX];
    size_t length = decimal_format(x, text), fraction = 0;
    char *point = strchr(text, '.');
    if (point) {
        fraction = length - (size_t)(point - text) - 1;
        memmove(point, point + 1, fraction + 1);
    }
    assert_int_equal(mpz_set_str(mpq_numref(q), text, 10), 0);
    mpz_ui_pow_ui(mpq_denref(q), 10, fraction);
    mpq_canonicalize(q);
}

static void rational_times_power(mpq_t q, long exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)(exponent < 0 ? -exponent : exponent));
    mpz_mul(exponent < 0 ? mpq_denref(q) : mpq_numref(q), exponent < 0 ? mpq_denref(q) : mpq_numref(q),
            power);
    mpq_canonicalize(q);
    mpz_clear(power);
}

/* The nearest whole number, ties to even. */
static void rational_to_whole(mpq_t q)
{
    mpz_t floor, twice;
    mpz_inits(floor, twice, NULL);
    mpz_fdiv_qr(floor, twice, mpq_numref(q), mpq_denref(q));
    mpz_mul_2exp(twice, twice, 1);
    int order = mpz_cmp(twice, mpq_denref(q));
    if (order > 0 || (order == 0 && mpz_odd_p(floor))) mpz_add_ui(floor, floor, 1);
    mpq_set_z(q, floor);
    mpz_clears(floor, twice, NULL);
}

/* Brings |q| to at least 10^33 and below 10^34 by a power of ten; returns the power. */
static long rational_normalize(mpq_t q)
{
    mpq_t low, high, size;
    mpq_inits(low, high, size, NULL);
    mpq_set_ui(low, 1, 1);
    rational_times_power(low, DIGITS - 1);
    mpq_set_ui(high, 1, 1);
    rational_times_power(high, DIGITS);
    long estimate =
        (long)mpz_sizeinbase(mpq_numref(q), 10) - (long)mpz_sizeinbase(mpq_denref(q), 10) - DIGITS;
    rational_times_power(q, -estimate);
    for (mpq_abs(size, q); mpq_cmp(size, high) >= 0; mpq_abs(size, q), estimate++)
        rational_times_power(q, -1);
    for (mpq_abs(size, q); mpq_cmp(size, low) < 0; mpq_abs(size, q), estimate--)
        rational_times_power(q, 1);
    mpq_clears(low, high, size, NULL);
    return estimate;
}

static void rational_round(mpq_t q)
{
    if (mpq_sgn(q) == 0) return;
    long power = rational_normalize(q);
    rational_to_whole(q);
    rational_times_power(q, power);
}

static void assert_value(decimal given, mpq_t expected, const char *what, decimal a, decimal b)
{
    static char texts[3][DECIMAL_TEXT_MAX];
    mpq_t value;
    mpq_init(value);
    rational_of(given, value);
    if (!mpq_equal(value, expected)) {
        decimal_format(a, texts[0]);
        decimal_format(b, texts[1]);
        decimal_format(given, texts[2]);
        fail_msg("%s of %s and %s is not %s", what, texts[0], texts[1], texts[2]);
    }
    mpq_clear(value);
}

static void test_arithmetic(void **state)
{
    (void)state;
    struct random r = {1};
    mpq_t p, q, expected;
    mpq_inits(p, q, expected, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        decimal a = draw_number(&r, i % 8 ? 24 : 160), b = draw_number(&r, i % 8 ? 24 : 160), given;
        rational_of(a, p);
        rational_of(b, q);
        mpq_add(expected, p, q);
        rational_round(expected);
        assert_int_equal(decimal_add(a, b, &given), DECIMAL_OK);
        assert_value(given, expected, "sum", a, b);
        mpq_sub(expected, p, q);
        rational_round(expected);
        assert_int_equal(decimal_sub(a, b, &given), DECIMAL_OK);
        assert_value(given, expected, "difference", a, b);
        mpq_mul(expected, p, q);
        rational_round(expected);
        assert_int_equal(decimal_mul(a, b, &given), DECIMAL_OK);
        assert_value(given, expected, "product", a, b);
        int order = mpq_cmp(p, q);
        assert_int_equal(decimal_compare(a, b), (order > 0) - (order < 0));
        assert_int_equal(decimal_sign(a), mpq_sgn(p));
        if (mpq_sgn(q) == 0) continue;
        mpq_div(expected, p, q);
        rational_round(expected);
        assert_int_equal(decimal_div(a, b, &given), DECIMAL_OK);
        assert_value(given, expected, "quotient", a, b);
    }
    mpq_clears(p, q, expected, NULL);
}

/* Neighbours that differ in the last digit only, in every alignment of their exponents. */
static void test_compare_neighbours(void **state)
{
    (void)state;
    struct random r = {2};
    for (int i = 0; i < ROUNDS; i++) {
        decimal a = draw_number(&r, 24), unit = draw_number(&r, 80), b;
        assert_int_equal(decimal_compare(a, a), 0);
        assert_int_equal(decimal_add(a, unit, &b), DECIMAL_OK);
        mpq_t p, q;
        mpq_inits(p, q, NULL);
        rational_of(a, p);
        rational_of(b, q);
        int order = mpq_cmp(p, q);
        assert_int_equal(decimal_compare(a, b), (order > 0) - (order < 0));
        assert_int_equal(decimal_equal(a, b), order == 0);
        mpq_clears(p, q, NULL);
    }
}

static void test_scale(void **state)
{
    (void)state;
    struct random r = {3};
    mpq_t p, q, expected;
    mpq_inits(p, q, expected, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        decimal a = draw_number(&r, 24), n = draw_number(&r, 24), d = draw_number(&r, 24), given;
        if (decimal_sign(d) == 0) continue;
        rational_of(a, p);
        rational_of(n, q);
        mpq_mul(expected, p, q);
        rational_of(d, q);
        mpq_div(expected, expected, q);
        rational_round(expected);
        assert_int_equal(decimal_scale(a, n, d, &given), DECIMAL_OK);
        assert_value(given, expected, "scaling", a, n);
    }
    mpq_clears(p, q, expected, NULL);
}

/* The root of 34 digits r belongs to x where (r - u/2)^2 <= x <= (r + u/2)^2, with u a unit of its 34th
   digit. */
static void assert_root(decimal x, decimal root)
{
    mpq_t value, r, bound;
    mpq_inits(value, r, bound, NULL);
    rational_of(x, value);
    rational_of(root, r);
    long power = rational_normalize(r);
    for (int side = -1; side <= 1; side += 2) {
        mpq_set_si(bound, side, 2);
        mpq_add(bound, bound, r);
        rational_times_power(bound, power);
        mpq_mul(bound, bound, bound);
        int order = mpq_cmp(value, bound);
        if (order * side > 0) fail_msg("a root is off by more than half a unit");
    }
    mpq_clears(value, r, bound, NULL);
}

static void test_sqrt(void **state)
{
    (void)state;
    struct random r = {4};
    for (int i = 0; i < ROUNDS; i++) {
        decimal x = draw_number(&r, i % 8 ? 24 : 400), root, square;
        if (decimal_sign(x) < 0) x = decimal_negate(x);
        if (decimal_sign(x) == 0) continue;
        assert_int_equal(decimal_sqrt(x, &root), DECIMAL_OK);
        assert_root(x, root);
        assert_int_equal(decimal_mul(decimal_from_int(i), decimal_from_int(i), &square), DECIMAL_OK);
        assert_int_equal(decimal_sqrt(square, &root), DECIMAL_OK);
        assert_true(decimal_equal(root, decimal_from_int(i)));
    }
}

/* By definition: the whole number of steps, floor, ceiling or nearest with ties away from zero. */
static void rational_round_to(mpq_t x, mpq_t step, enum decimal_rounding how, mpq_t result)
{
    mpz_t count;
    mpz_init(count);
    mpq_t steps, half;
    mpq_inits(steps, half, NULL);
    mpq_div(steps, x, step);
    mpq_set_si(half, mpq_sgn(steps) < 0 ? -1 : 1, 2);
    if (how == ROUND_NEAREST) mpq_add(steps, steps, half);
    if (how == ROUND_NEAREST) mpz_tdiv_q(count, mpq_numref(steps), mpq_denref(steps));
    if (how == ROUND_DOWN) mpz_fdiv_q(count, mpq_numref(steps), mpq_denref(steps));
    if (how == ROUND_UP) mpz_cdiv_q(count, mpq_numref(steps), mpq_denref(steps));
    mpq_set_z(steps, count);
    mpq_mul(result, steps, step);
    mpq_clears(steps, half, NULL);
    mpz_clear(count);
}

static int assert_rounded(decimal x, decimal step, enum decimal_rounding how)
{
    mpq_t p, q, expected, shortest;
    mpq_inits(p, q, expected, shortest, NULL);
    rational_of(x, p);
    rational_of(step, q);
    mpq_abs(q, q);
    rational_round_to(p, q, how, expected);
    mpq_set(shortest, expected);
    rational_round(shortest);
    bool fits = mpq_equal(shortest, expected);
    decimal given;
    assert_int_equal(decimal_round_to(x, step, how, &given), fits ? DECIMAL_OK : DECIMAL_INEXACT);
    if (fits) assert_value(given, expected, "rounding", x, step);
    mpq_clears(p, q, expected, shortest, NULL);
    return fits;
}

static void test_round_to(void **state)
{
    (void)state;
    struct random r = {5};
    int exact = 0, inexact = 0;
    for (int i = 0; i < ROUNDS; i++) {
        unsigned spread = i % 4 ? 12 : 90;
        decimal x = draw_number(&r, spread), step = draw_number(&r, spread);
        if (decimal_sign(step) == 0) continue;
        for (enum decimal_rounding how = ROUND_NEAREST; how <= ROUND_UP; how++)
            assert_rounded(x, step, how) ? exact++ : inexact++;
    }
    assert_true(exact > ROUNDS && inexact > ROUNDS / 20);
}

/* Exact halves, and the numbers one unit of the 34th digit beside them. */
static void test_round_to_at_ties(void **state)
{
    (void)state;
    struct random r = {6};
    for (int i = 0; i < ROUNDS / 4; i++) {
        decimal step, half, x, beside;
        char text[32];
        int length = snprintf(text, sizeof text, "%ue-%u", 1 + draw(&r, 5000), draw(&r, 6));
        assert_int_equal(decimal_parse(text, (size_t)length, &step), DECIMAL_OK);
        assert_int_equal(decimal_div(step, decimal_from_int(2), &half), DECIMAL_OK);
        decimal odd = decimal_from_int(2 * (int64_t)draw(&r, 100000) + 1 - 100000);
        assert_int_equal(decimal_mul(half, odd, &x), DECIMAL_OK);
        assert_rounded(x, step, ROUND_NEAREST);
        for (int64_t side = -1; side <= 1; side += 2) {
            assert_int_equal(
                decimal_scale(decimal_from_int(side), DECIMAL_ONE, decimal_from_int(INT64_MAX), &beside),
                DECIMAL_OK);
            assert_int_equal(decimal_add(x, beside, &beside), DECIMAL_OK);
            for (enum decimal_rounding how = ROUND_NEAREST; how <= ROUND_UP; how++)
                assert_rounded(beside, step, how);
        }
    }
}

/* Far apart in size: the remainder of a very large number by a very small step, and the reverse. */
static void test_round_to_far_apart(void **state)
{
    (void)state;
    struct random r = {7};
    for (int i = 0; i < 40; i++) {
        decimal x = draw_number(&r, 4000), step = draw_number(&r, 4000);
        if (decimal_sign(step) == 0) continue;
        for (enum decimal_rounding how = ROUND_NEAREST; how <= ROUND_UP; how++)
            assert_rounded(x, step, how);
    }
}

static void test_text_both_ways(void **state)
{
    (void)state;
    struct random r = {8};
    static char text[DECIMAL_TEXT_MAX];
    for (int i = 0; i < ROUNDS; i++) {
        decimal x = draw_number(&r, i % 8 ? 100 : 12000), back;
        size_t length = decimal_format(x, text);
        assert_int_equal(decimal_parse(text, length, &back), DECIMAL_OK);
        assert_memory_equal(&x, &back, sizeof x);
    }
}

static void test_short_text(void **state)
{
    (void)state;
    struct random r = {9};
    static char text[DECIMAL_TEXT_MAX];
    mpq_t value, expected;
    mpq_inits(value, expected, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        decimal x = draw_number(&r, 60), back;
        bool shortened;
        size_t length = decimal_format_short(x, 6, text, &shortened);
        assert_int_equal(decimal_parse(text, length, &back), DECIMAL_OK);
        rational_of(x, value);
        mpq_set(expected, value);
        if (mpq_sgn(expected) != 0) {
            long power = rational_normalize(expected) + DIGITS - 6;
            rational_times_power(expected, 6 - DIGITS);
            rational_to_whole(expected);
            rational_times_power(expected, power);
        }
        assert_value(back, expected, "short text", x, x);
        assert_int_equal(shortened, !mpq_equal(expected, value));
    }
    mpq_clears(value, expected, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_compare_neighbours),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_sqrt),
        cmocka_unit_test(test_round_to),
        cmocka_unit_test(test_round_to_at_ties),
        cmocka_unit_test(test_round_to_far_apart),
        cmocka_unit_test(test_text_both_ways),
        cmocka_unit_test(test_short_text),
    };
    return cmocka_run_group_tests_name("decimal, against rationals", tests, NULL, NULL);
}
