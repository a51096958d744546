/* Arithmetic of numbers that may be ranges.

   Each operation works on the ends: the range of a result is spanned by what the ends give, since sums,
   products and quotients are monotonous in each operand between them.  Each end carries whether it
   belongs to the range, because `< 5` must not become `<= 5` on the way through a calculation: that
   would decide a comparison at 5 otherwise.

   Ends are rounded half to even at the 34th digit like known results, not outwards: what a person
   calculates with the reported limit is what the machine calculates (docs/evaluation.md, Values). */
#include "runtime/interval.h"

/* One end of a range: a number that belongs to it or not, or no end on that side. */
struct end {
    decimal x;
    int infinite; /* -1 or 1: none, and on which side */
    bool open;
};

const struct value *value_weaker(const struct value *a, const struct value *b)
{
    static const uint8_t rank[] = {
        [TAG_KNOWN] = 0, [TAG_RANGE] = 1, [TAG_UNKNOWN] = 2, [TAG_OFF] = 3, [TAG_FAULT] = 4};
    return rank[b->tag] > rank[a->tag] ? b : a;
}

bool value_is_point(const struct value *number)
{
    const uint8_t apart = VALUE_LO_OPEN | VALUE_HI_OPEN | VALUE_LO_NONE | VALUE_HI_NONE;
    return !(number->flags & apart) && decimal_equal(number->n.lo, number->n.hi);
}

enum fault fault_of_decimal(enum decimal_status status)
{
    switch (status) {
    case DECIMAL_OK: return FAULT_NONE;
    case DECIMAL_DIVIDE_BY_ZERO: return FAULT_DIVIDE_BY_ZERO;
    case DECIMAL_SQRT_NEGATIVE: return FAULT_SQRT_NEGATIVE;
    case DECIMAL_UNDERFLOW: return FAULT_UNDERFLOW;
    default: return FAULT_OVERFLOW;
    }
}

static struct end lower(const struct value *v)
{
    if (v->flags & VALUE_LO_NONE) return (struct end){DECIMAL_ZERO, -1, true};
    return (struct end){v->n.lo, 0, v->flags & VALUE_LO_OPEN};
}

static struct end upper(const struct value *v)
{
    if (v->flags & VALUE_HI_NONE) return (struct end){DECIMAL_ZERO, 1, true};
    return (struct end){v->n.hi, 0, v->flags & VALUE_HI_OPEN};
}

static struct end end_none(int side)
{
    return (struct end){DECIMAL_ZERO, side, true};
}

/* The range between two ends, with the tag and the reason of source. */
static struct value between(const struct value *source, struct end lo, struct end hi)
{
    struct value v = {.tag = source->tag, .why = source->why, .n = {lo.x, hi.x}};
    if (lo.infinite)
        v.flags |= VALUE_LO_NONE;
    else if (lo.open)
        v.flags |= VALUE_LO_OPEN;
    if (hi.infinite)
        v.flags |= VALUE_HI_NONE;
    else if (hi.open)
        v.flags |= VALUE_HI_OPEN;
    return v;
}

/* The result of known operands. */
static struct value settled(enum decimal_status status, decimal x, uint32_t at)
{
    return status == DECIMAL_OK ? value_number(x) : value_fault(fault_of_decimal(status), at);
}

/* True, and d written, where there is nothing to compute with. */
static bool passes_on(struct value *d, const struct value *weaker)
{
    if (weaker->tag != TAG_FAULT && weaker->tag != TAG_OFF) return false;
    *d = *weaker;
    return true;
}

static int end_compare(const struct end *a, const struct end *b)
{
    if (a->infinite || b->infinite) return (a->infinite > b->infinite) - (a->infinite < b->infinite);
    return decimal_compare(a->x, b->x);
}

/* Of two ends the lower (side -1) or the upper (side 1); of two equal ones the closed one where loose, else
   the open one. */
static struct end choose(struct end a, struct end b, int side, bool loose)
{
    int order = end_compare(&a, &b) * side;
    if (order != 0) return order > 0 ? a : b;
    return a.open == loose ? b : a;
}

/* ---- Sums ----------------------------------------------------------------------------------------- */

static struct end end_add(struct end a, struct end b, int side)
{
    /* an end that neither range reaches is not reached by the sum */
    struct end sum = {.open = a.open || b.open};
    if (a.infinite || b.infinite || decimal_add(a.x, b.x, &sum.x) != DECIMAL_OK) return end_none(side);
    return sum;
}

static struct end end_negate(struct end a)
{
    return (struct end){a.infinite ? a.x : decimal_negate(a.x), -a.infinite, a.open};
}

void interval_add(struct value *d, const struct value *a, const struct value *b, uint32_t at)
{
    if (value_both_known(a, b)) {
        decimal sum;
        enum decimal_status status = decimal_add(a->n.lo, b->n.lo, &sum);
        *d = settled(status, sum, at);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    *d = between(weaker, end_add(lower(a), lower(b), -1), end_add(upper(a), upper(b), 1));
}

void interval_sub(struct value *d, const struct value *a, const struct value *b, uint32_t at)
{
    if (value_both_known(a, b)) {
        decimal difference;
        enum decimal_status status = decimal_sub(a->n.lo, b->n.lo, &difference);
        *d = settled(status, difference, at);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    *d = between(weaker, end_add(lower(a), end_negate(upper(b)), -1),
                 end_add(upper(a), end_negate(lower(b)), 1));
}

void interval_negate(struct value *d, const struct value *a)
{
    if (passes_on(d, a)) return;
    *d = between(a, end_negate(upper(a)), end_negate(lower(a)));
}

/* ---- Products ------------------------------------------------------------------------------------- */

static int end_sign(const struct end *a)
{
    return a->infinite ? a->infinite : decimal_sign(a->x);
}

static bool end_is_zero(const struct end *a)
{
    return end_sign(a) == 0;
}

/* Zero belongs to the product where one end that is zero belongs to its range. */
static struct end zero_of(const struct end *a, const struct end *b)
{
    bool reached = (end_is_zero(a) && !a->open) || (end_is_zero(b) && !b->open);
    return (struct end){DECIMAL_ZERO, 0, !reached};
}

/* Zero goes before infinity: 0 times whatever the other still can be is 0. */
static struct end end_mul(const struct end *a, const struct end *b)
{
    if (end_is_zero(a) || end_is_zero(b)) return zero_of(a, b);
    struct end product = {.open = a->open || b->open};
    if (a->infinite || b->infinite || decimal_mul(a->x, b->x, &product.x) != DECIMAL_OK)
        return end_none(end_sign(a) * end_sign(b));
    return product;
}

/* side: the sign of the divisors, which tells where a divisor goes that nears zero. */
static struct end end_div(const struct end *a, const struct end *b, int side)
{
    if (end_is_zero(a)) return (struct end){DECIMAL_ZERO, 0, a->open};
    /* ever larger divisors bring it near to 0, and never there */
    if (b->infinite) return (struct end){DECIMAL_ZERO, 0, true};
    struct end quotient = {.open = a->open || b->open};
    if (a->infinite || end_is_zero(b) || decimal_div(a->x, b->x, &quotient.x) != DECIMAL_OK)
        return end_none(end_sign(a) * side);
    return quotient;
}

/* The range that the four combinations of ends span. */
static struct value spanned(const struct value *source, const struct end c[4])
{
    struct end lo = c[0], hi = c[0];
    for (int i = 1; i < 4; i++) {
        lo = choose(lo, c[i], -1, true);
        hi = choose(hi, c[i], 1, true);
    }
    return between(source, lo, hi);
}

void interval_mul(struct value *d, const struct value *a, const struct value *b, uint32_t at)
{
    if (value_both_known(a, b)) {
        decimal product;
        enum decimal_status status = decimal_mul(a->n.lo, b->n.lo, &product);
        *d = settled(status, product, at);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    struct end p = lower(a), q = upper(a), r = lower(b), s = upper(b);
    const struct end c[4] = {end_mul(&p, &r), end_mul(&p, &s), end_mul(&q, &r), end_mul(&q, &s)};
    *d = spanned(weaker, c);
}

/* The sign of all numbers between the two ends; 0 where zero is among them. */
static int side_of(const struct end *lo, const struct end *hi)
{
    int low = end_sign(lo), high = end_sign(hi);
    if (low > 0 || (low == 0 && lo->open)) return 1;
    if (high < 0 || (high == 0 && hi->open)) return -1;
    return 0;
}

static struct value quotient_of(const struct value *source, const struct value *a, const struct value *b)
{
    struct end p = lower(a), q = upper(a), r = lower(b), s = upper(b);
    int side = side_of(&r, &s);
    /* on both sides of 0 the quotient goes to infinity: no end is left */
    if (side == 0) return value_unknown((enum why)source->why);
    const struct end c[4] = {end_div(&p, &r, side), end_div(&p, &s, side), end_div(&q, &r, side),
                             end_div(&q, &s, side)};
    return spanned(source, c);
}

void interval_div(struct value *d, const struct value *a, const struct value *b, uint32_t at)
{
    if (value_both_known(a, b)) {
        decimal quotient;
        enum decimal_status status = decimal_div(a->n.lo, b->n.lo, &quotient);
        *d = settled(status, quotient, at);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    if (value_is_point(b) && decimal_sign(b->n.lo) == 0)
        *d = value_fault(FAULT_DIVIDE_BY_ZERO, at);
    else
        *d = quotient_of(weaker, a, b);
}

/* ---- One operand ---------------------------------------------------------------------------------- */

static struct end end_sqrt(struct end a)
{
    struct end root = a;
    if (!a.infinite) decimal_sqrt(a.x, &root.x); /* a root of what is not negative always exists */
    return root;
}

void interval_sqrt(struct value *d, const struct value *a, uint32_t at)
{
    if (passes_on(d, a)) return;
    struct end lo = lower(a), hi = upper(a);
    if (side_of(&lo, &hi) < 0) {
        *d = value_fault(FAULT_SQRT_NEGATIVE, at);
        return;
    }
    /* what lies below 0 cannot have been meant: the rest of the range counts */
    if (end_sign(&lo) < 0) lo = (struct end){.x = DECIMAL_ZERO};
    *d = between(a, end_sqrt(lo), end_sqrt(hi));
}

void interval_abs(struct value *d, const struct value *a)
{
    if (passes_on(d, a)) return;
    struct end lo = lower(a), hi = upper(a);
    if (end_sign(&lo) >= 0)
        *d = between(a, lo, hi);
    else if (end_sign(&hi) <= 0)
        *d = between(a, end_negate(hi), end_negate(lo));
    else
        *d = between(a, (struct end){.x = DECIMAL_ZERO}, choose(end_negate(lo), hi, 1, true));
}

static struct end end_scale(struct end a, const struct image_ratio *ratio, int side)
{
    struct end scaled = a;
    if (a.infinite || decimal_scale(a.x, ratio->numerator, ratio->denominator, &scaled.x) != DECIMAL_OK)
        return end_none(side);
    return scaled;
}

void interval_scale(struct value *d, const struct value *a, const struct image_ratio *ratio, uint32_t at)
{
    if (a->tag == TAG_KNOWN) {
        decimal scaled;
        enum decimal_status status = decimal_scale(a->n.lo, ratio->numerator, ratio->denominator, &scaled);
        *d = settled(status, scaled, at);
        return;
    }
    if (passes_on(d, a)) return;
    uint8_t said = a->flags & VALUE_NEGATIVE;
    *d = between(a, end_scale(lower(a), ratio, -1), end_scale(upper(a), ratio, 1));
    d->flags |= said;
}

/* ---- The smaller and the larger ------------------------------------------------------------------- */

/* side -1: the smaller.  The end that both can reach beyond is loose, the one that holds them back is tight.
 */
static void extreme(struct value *d, const struct value *a, const struct value *b, int side)
{
    if (value_both_known(a, b)) {
        *d = value_number(decimal_compare(a->n.lo, b->n.lo) * side >= 0 ? a->n.lo : b->n.lo);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    *d = between(weaker, choose(lower(a), lower(b), side, side < 0),
                 choose(upper(a), upper(b), side, side > 0));
}

void interval_min(struct value *d, const struct value *a, const struct value *b)
{
    extreme(d, a, b, -1);
}

void interval_max(struct value *d, const struct value *a, const struct value *b)
{
    extreme(d, a, b, 1);
}

void interval_hull(struct value *d, const struct value *a, const struct value *b)
{
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    struct value v =
        between(weaker, choose(lower(a), lower(b), -1, true), choose(upper(a), upper(b), 1, true));
    /* of two known values that differ: either may be the one */
    if (v.tag == TAG_KNOWN && !decimal_equal(v.n.lo, v.n.hi)) v.tag = TAG_RANGE;
    *d = v;
}

int interval_reach(const struct value *a, const struct value *b, int side)
{
    struct end p = side < 0 ? lower(a) : upper(a), q = side < 0 ? lower(b) : upper(b);
    int order = end_compare(&p, &q) * side;
    return order != 0 ? order : (int)q.open - (int)p.open;
}
