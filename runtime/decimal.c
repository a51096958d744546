/* Arithmetic of exact decimals.  The decimal library is used here and nowhere else.

   Nearly all numbers of a record and of a rule have a few digits.  So each operation first tries whole
   numbers of 128 bits: where the exact result has at most 34 digits it is that result, and nothing was
   rounded.  Everything else goes to the library, which rounds once.  Both ways give the same value to
   the last digit; the encodings may differ (1.50 and 1.5), which no caller may look at. */
#include "runtime/decimal_parts.h"

/* The library is built in eight variants; these name the one that is linked, libbidgcc000: arguments by
   value, rounding mode and flags passed to each call, so that nothing is global. */
#define DECIMAL_CALL_BY_REFERENCE      0
#define DECIMAL_GLOBAL_ROUNDING        0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

const decimal DECIMAL_ZERO = {{0, UINT64_C(0x3040000000000000)}};
const decimal DECIMAL_ONE = {{1, UINT64_C(0x3040000000000000)}};

static BID_UINT128 bid_of(decimal x)
{
    BID_UINT128 b;
    b.w[0] = x.w[0];
    b.w[1] = x.w[1];
    return b;
}

static decimal decimal_of(BID_UINT128 b)
{
    decimal x = {{b.w[0], b.w[1]}};
    /* the library keeps a sign and an exponent of zero; we have one zero */
    return decimal_sign(x) == 0 ? DECIMAL_ZERO : x;
}

/* What a call of the library comes to: its result, or the status that its flags mean. */
static enum decimal_status settle(BID_UINT128 result, _IDEC_flags flags, decimal *out)
{
    *out = DECIMAL_ZERO;
    /* the library hands out an infinity here, which no decimal of ours may be */
    if (flags & BID_OVERFLOW_EXCEPTION) return DECIMAL_OVERFLOW;
    if (flags & BID_UNDERFLOW_EXCEPTION) return DECIMAL_UNDERFLOW;
    *out = decimal_of(result);
    return DECIMAL_OK;
}

/* Writes the part with the larger exponent with more digits, so that both have one exponent.  False where the
   digits do not suffice; the parts are then unchanged. */
static bool parts_align(struct decimal_parts *a, struct decimal_parts *b)
{
    if (a->exponent == b->exponent) return true;
    struct decimal_parts *high = a->exponent > b->exponent ? a : b, *low = high == a ? b : a;
    int more = high->exponent - low->exponent;
    coefficient digits;
    if (more >= DECIMAL_DIGITS_MAX) return false;
    if (!decimal_digits_multiply(high->digits, decimal_power_of_ten(more), &digits)) return false;
    high->digits = digits;
    high->exponent = low->exponent;
    return true;
}

/* Of one exponent.  Two coefficients of 34 digits have a sum of less than 128 bits. */
static struct decimal_parts parts_add(struct decimal_parts a, struct decimal_parts b)
{
    struct decimal_parts sum = a;
    if (a.negative == b.negative) {
        sum.digits = a.digits + b.digits;
    } else if (a.digits >= b.digits) {
        sum.digits = a.digits - b.digits;
    } else {
        sum.digits = b.digits - a.digits;
        sum.negative = b.negative;
    }
    return sum;
}

enum decimal_status decimal_add(decimal a, decimal b, decimal *out)
{
    struct decimal_parts p = decimal_split(a), q = decimal_split(b);
    if (parts_align(&p, &q)) {
        struct decimal_parts sum = parts_add(p, q);
        if (decimal_digits_fit(sum.digits)) {
            *out = decimal_join(sum);
            return DECIMAL_OK;
        }
    }
    _IDEC_flags flags = 0;
    BID_UINT128 sum = bid128_add(bid_of(a), bid_of(b), BID_ROUNDING_TO_NEAREST, &flags);
    return settle(sum, flags, out);
}

enum decimal_status decimal_sub(decimal a, decimal b, decimal *out)
{
    return decimal_add(a, decimal_negate(b), out);
}

enum decimal_status decimal_mul(decimal a, decimal b, decimal *out)
{
    struct decimal_parts p = decimal_split(a), q = decimal_split(b);
    struct decimal_parts product = {.exponent = p.exponent + q.exponent,
                                    .negative = p.negative != q.negative};
    if (decimal_digits_multiply(p.digits, q.digits, &product.digits) &&
        decimal_pack(product, out) == DECIMAL_OK)
        return DECIMAL_OK;
    _IDEC_flags flags = 0;
    BID_UINT128 result = bid128_mul(bid_of(a), bid_of(b), BID_ROUNDING_TO_NEAREST, &flags);
    return settle(result, flags, out);
}

/* The quotient where the digits of one number are a multiple of the other's; false where they are not. */
static bool divide_digits(decimal a, decimal b, decimal *out)
{
    struct decimal_parts p = decimal_split(a), q = decimal_split(b);
    /* more than 64 bits are left to the library */
    if ((p.digits | q.digits) >> 64) return false;
    uint64_t dividend = (uint64_t)p.digits, divisor = (uint64_t)q.digits;
    if (dividend % divisor != 0) return false;
    struct decimal_parts quotient = {.digits = dividend / divisor,
                                     .exponent = p.exponent - q.exponent,
                                     .negative = p.negative != q.negative};
    return decimal_pack(quotient, out) == DECIMAL_OK;
}

enum decimal_status decimal_div(decimal a, decimal b, decimal *out)
{
    if (decimal_sign(b) == 0) {
        *out = DECIMAL_ZERO;
        return DECIMAL_DIVIDE_BY_ZERO;
    }
    if (divide_digits(a, b, out)) return DECIMAL_OK;
    _IDEC_flags flags = 0;
    BID_UINT128 quotient = bid128_div(bid_of(a), bid_of(b), BID_ROUNDING_TO_NEAREST, &flags);
    return settle(quotient, flags, out);
}

enum decimal_status decimal_sqrt(decimal a, decimal *out)
{
    if (decimal_sign(a) < 0) {
        *out = DECIMAL_ZERO;
        return DECIMAL_SQRT_NEGATIVE;
    }
    _IDEC_flags flags = 0;
    BID_UINT128 root = bid128_sqrt(bid_of(a), BID_ROUNDING_TO_NEAREST, &flags);
    return settle(root, flags, out);
}

decimal decimal_negate(decimal a)
{
    struct decimal_parts p = decimal_split(a);
    p.negative = !p.negative;
    return decimal_join(p);
}

static decimal magnitude(decimal a)
{
    return decimal_sign(a) < 0 ? decimal_negate(a) : a;
}

int decimal_sign(decimal x)
{
    struct decimal_parts p = decimal_split(x);
    if (p.digits == 0) return 0;
    return p.negative ? -1 : 1;
}

/* Any two numbers. */
__attribute__((noinline)) static int compare_parts(decimal a, decimal b)
{
    struct decimal_parts p = decimal_split(a), q = decimal_split(b);
    int sign = decimal_sign(a);
    if (sign != decimal_sign(b)) return sign < decimal_sign(b) ? -1 : 1;
    if (sign == 0) return 0;
    if (parts_align(&p, &q)) {
        if (p.digits == q.digits) return 0;
        return p.digits < q.digits ? -sign : sign;
    }
    _IDEC_flags flags = 0; /* equal numbers can always be aligned */
    return bid128_quiet_less(bid_of(a), bid_of(b), &flags) ? -1 : 1;
}

/* Nearly all numbers are not negative and have at most 64 bits of digits: their words are compared as they
   are, the digits with the larger exponent written out. */
int decimal_compare(decimal a, decimal b)
{
    const uint64_t negative_or_long = UINT64_C(1) << 63 | ((UINT64_C(1) << DECIMAL_EXPONENT_SHIFT) - 1);
    int64_t more = (int64_t)(a.w[1] >> DECIMAL_EXPONENT_SHIFT) - (int64_t)(b.w[1] >> DECIMAL_EXPONENT_SHIFT);
    if ((a.w[1] & negative_or_long) || (b.w[1] & negative_or_long) || more >= DECIMAL_POWERS ||
        more <= -DECIMAL_POWERS)
        return compare_parts(a, b);
    /* 64 bits times 10^19, the most that is multiplied here, stay below 128 bits */
    coefficient p = a.w[0], q = b.w[0];
    if (more > 0) p *= decimal_powers[more];
    if (more < 0) q *= decimal_powers[-more];
    return (p > q) - (p < q);
}

bool decimal_equal(decimal a, decimal b)
{
    return decimal_compare(a, b) == 0;
}

/* Whether |x| goes to the multiple that is further from zero, with the remainder to the one below and the gap
   to the one above. The gap may have been rounded, and that cannot bring the two together: both are multiples
   of one unit in the remainder's 34th digit, so a larger gap is larger by at least that unit, and rounding
   keeps the order. */
static bool rounds_outwards(enum decimal_rounding how, bool negative, decimal remainder, decimal gap)
{
    switch (how) {
    case ROUND_DOWN: return negative;
    case ROUND_UP: return !negative;
    case ROUND_NEAREST: break;
    }
    return decimal_compare(remainder, gap) >= 0;
}

/* a + b where that has at most 34 digits. */
static enum decimal_status add_exactly(decimal a, decimal b, decimal *out)
{
    _IDEC_flags flags = 0;
    BID_UINT128 sum = bid128_add(bid_of(a), bid_of(b), BID_ROUNDING_TO_NEAREST, &flags);
    enum decimal_status status = settle(sum, flags, out);
    if (status != DECIMAL_OK || !(flags & BID_INEXACT_EXCEPTION)) return status;
    *out = DECIMAL_ZERO;
    return DECIMAL_INEXACT;
}

/* |x| to a multiple of |step| by whole numbers; false where the two have no exponent in common, or the
   multiple does not fit.  negative: x is. */
static bool round_digits(decimal size, decimal step, enum decimal_rounding how, bool negative, decimal *out)
{
    struct decimal_parts p = decimal_split(size), q = decimal_split(step);
    if (!parts_align(&p, &q)) return false;
    coefficient remainder = p.digits % q.digits, gap = q.digits - remainder;
    bool outwards = how == ROUND_NEAREST ? remainder >= gap : (how == ROUND_DOWN) == negative;
    *out = size;
    if (remainder == 0) return true;
    p.digits = outwards ? p.digits + gap : p.digits - remainder;
    if (!decimal_digits_fit(p.digits)) return false;
    *out = decimal_join(p);
    return true;
}

/* The same of any two. */
static enum decimal_status round_any(decimal size, decimal step, enum decimal_rounding how, bool negative,
                                     decimal *out)
{
    decimal gap;
    _IDEC_flags flags = 0;
    decimal remainder = decimal_of(bid128_fmod(bid_of(size), bid_of(step), &flags));
    decimal_sub(step, remainder, &gap);
    *out = size;
    if (decimal_sign(remainder) == 0) return DECIMAL_OK;
    if (!rounds_outwards(how, negative, remainder, gap))
        return add_exactly(size, decimal_negate(remainder), out);
    *out = step; /* the gap may have been rounded */
    return decimal_compare(size, step) < 0 ? DECIMAL_OK : add_exactly(size, gap, out);
}

enum decimal_status decimal_round_to(decimal x, decimal step, enum decimal_rounding how, decimal *out)
{
    *out = DECIMAL_ZERO;
    if (decimal_sign(step) == 0) return DECIMAL_DIVIDE_BY_ZERO;
    bool negative = decimal_sign(x) < 0;
    enum decimal_status status = DECIMAL_OK;
    step = magnitude(step);
    if (!round_digits(magnitude(x), step, how, negative, out))
        status = round_any(magnitude(x), step, how, negative, out);
    if (negative) *out = decimal_negate(*out);
    return status;
}

/* Not honoured by the functions of the same names that the compiler's own library has, and that a wrong
   order of linking picks silently: they would round every number without saying so. */
static bool self_test_modes(void)
{
    _IDEC_flags flags = 0;
    BID_UINT128 up = bid128_div(bid_of(DECIMAL_ONE), bid_of(decimal_from_int(3)), BID_ROUNDING_UP, &flags);
    coefficient expected = decimal_power_of_ten(34) / 3 + 1;
    return decimal_split(decimal_of(up)).digits == expected && (flags & BID_INEXACT_EXCEPTION);
}

/* Our reading of the encoding is the library's. */
static bool self_test_encoding(void)
{
    char text[] = "-12.5";
    _IDEC_flags flags = 0;
    BID_UINT128 read = bid128_from_string(text, BID_ROUNDING_TO_NEAREST, &flags);
    decimal own = decimal_join((struct decimal_parts){.digits = 125, .exponent = -1, .negative = true});
    return read.w[0] == own.w[0] && read.w[1] == own.w[1];
}

bool decimal_self_test(void)
{
    return self_test_modes() && self_test_encoding();
}
