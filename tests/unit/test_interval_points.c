/*
 * Ranges against the numbers in them: what an operation gives for every pair of points lies in the range that
 * it gives for the ranges, each end that belongs to the result is reached, and how ranges stand to each other
 * is how their points do.
 */
#include "tests/unit/interval_words.h"

enum { ENDS = 7, RANGES = ENDS * ENDS, POINTS = 17 };

/* Lower and upper ends: -1, 0, 1 closed and open, and none. */
static bool range_at(int index, struct value *out)
{
    int lo = index % ENDS, hi = index / ENDS;
    struct value v = {.tag = TAG_RANGE, .n = {decimal_from_int(lo / 2 - 1), decimal_from_int(hi / 2 - 1)}};
    if (lo == 6)
        v.flags |= VALUE_LO_NONE;
    else if (lo % 2)
        v.flags |= VALUE_LO_OPEN;
    if (hi == 6)
        v.flags |= VALUE_HI_NONE;
    else if (hi % 2)
        v.flags |= VALUE_HI_OPEN;
    *out = v;
    if (lo == 6 || hi == 6) return true;
    return lo / 2 < hi / 2 || (lo == hi && lo % 2 == 0);
}

/* -2, -1.75 ... 2 */
static decimal point_at(int index)
{
    decimal x;
    decimal_div(decimal_from_int(index - POINTS / 2), decimal_from_int(4), &x);
    return x;
}

static bool holds(const struct value *v, decimal x)
{
    int low = v->flags & VALUE_LO_NONE ? 1 : decimal_compare(x, v->n.lo);
    int high = v->flags & VALUE_HI_NONE ? -1 : decimal_compare(x, v->n.hi);
    return (low > 0 || (low == 0 && !(v->flags & VALUE_LO_OPEN))) &&
           (high < 0 || (high == 0 && !(v->flags & VALUE_HI_OPEN)));
}

typedef void operation(struct value *d, const struct value *a, const struct value *b);

static void add(struct value *d, const struct value *a, const struct value *b)
{
    interval_add(d, a, b, 0);
}

static void sub(struct value *d, const struct value *a, const struct value *b)
{
    interval_sub(d, a, b, 0);
}

static void mul(struct value *d, const struct value *a, const struct value *b)
{
    interval_mul(d, a, b, 0);
}

static void divide(struct value *d, const struct value *a, const struct value *b)
{
    interval_div(d, a, b, 0);
}

static void negate(struct value *d, const struct value *a, const struct value *b)
{
    (void)b;
    interval_negate(d, a);
}

static void magnitude(struct value *d, const struct value *a, const struct value *b)
{
    (void)b;
    interval_abs(d, a);
}

/* Every result of points lies inside; *low, *high: the ends of the range have been reached. */
static void compare_points(operation *op, const struct value *a, const struct value *b, const struct value *d,
                           bool *low, bool *high)
{
    char x_text[INTERVAL_WORDS], y_text[INTERVAL_WORDS], d_text[INTERVAL_WORDS];
    for (int i = 0; i < POINTS; i++)
        for (int k = 0; k < POINTS; k++) {
            if (!holds(a, point_at(i)) || !holds(b, point_at(k))) continue;
            struct value x = value_number(point_at(i)), y = value_number(point_at(k)), z;
            op(&z, &x, &y);
            if (z.tag == TAG_FAULT) continue; /* division by zero: the range is unknown */
            if (!holds(d, z.n.lo))
                fail_msg("%s and %s leave %s", say_interval(&x, x_text), say_interval(&y, y_text),
                         say_interval(d, d_text));
            *low |= decimal_equal(z.n.lo, d->n.lo);
            *high |= decimal_equal(z.n.lo, d->n.hi);
        }
}

static void assert_sound(operation *op)
{
    struct value a, b, d;
    for (int i = 0; i < RANGES; i++)
        for (int k = 0; k < RANGES; k++) {
            if (!range_at(i, &a) || !range_at(k, &b)) continue;
            bool low = false, high = false;
            op(&d, &a, &b);
            if (d.tag == TAG_FAULT) continue;
            compare_points(op, &a, &b, &d, &low, &high);
            if (!(d.flags & (VALUE_LO_NONE | VALUE_LO_OPEN))) assert_true(low);
            if (!(d.flags & (VALUE_HI_NONE | VALUE_HI_OPEN))) assert_true(high);
        }
}

static void test_operations(void **state)
{
    (void)state;
    operation *const all[] = {add, sub, mul, divide, negate, magnitude, interval_min, interval_max};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_sound(all[i]);
}

/* An end that is left open, or out, is one that points come as near to as they like. */
static void test_products_are_tight(void **state)
{
    (void)state;
    struct value a, b, d;
    for (int i = 0; i < RANGES; i++)
        for (int k = 0; k < RANGES; k++) {
            if (!range_at(i, &a) || !range_at(k, &b)) continue;
            interval_mul(&d, &a, &b, 0);
            bool bounded = !((a.flags | b.flags) & (VALUE_LO_NONE | VALUE_HI_NONE));
            if (bounded) assert_false(d.flags & (VALUE_LO_NONE | VALUE_HI_NONE));
            if (bounded && value_is_point(&a) && decimal_sign(a.n.lo) == 0) assert_true(value_is_point(&d));
        }
}

static unsigned standing_of_points(const struct value *a, const struct value *b)
{
    unsigned standing = 0;
    for (int i = 0; i < POINTS; i++)
        for (int k = 0; k < POINTS; k++) {
            if (!holds(a, point_at(i)) || !holds(b, point_at(k))) continue;
            int order = decimal_compare(point_at(i), point_at(k));
            standing |= order < 0 ? ORDER_BELOW : order > 0 ? ORDER_ABOVE : ORDER_SAME;
        }
    return standing;
}

static void test_order(void **state)
{
    (void)state;
    struct value a, b;
    for (int i = 0; i < RANGES; i++)
        for (int k = 0; k < RANGES; k++) {
            if (!range_at(i, &a) || !range_at(k, &b)) continue;
            unsigned seen = standing_of_points(&a, &b), said = order_number(&a, &b);
            if (said != seen) {
                char x[INTERVAL_WORDS], y[INTERVAL_WORDS];
                fail_msg("%s to %s: %u, not %u", say_interval(&a, x), say_interval(&b, y), seen, said);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations),
        cmocka_unit_test(test_products_are_tight),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
