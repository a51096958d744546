/* The encoding of decimals: coefficients, canonical form, range. */
#include "runtime/decimal_parts.h"

const uint64_t decimal_powers[DECIMAL_POWERS] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

struct decimal_parts decimal_parts_canonical(struct decimal_parts p)
{
    if (p.digits == 0) return (struct decimal_parts){0};
    /* first zeros behind the point go; then a positive exponent is written out as far as 34 digits reach */
    for (; p.exponent < 0 && p.digits % 10 == 0; p.exponent++)
        p.digits /= 10;
    for (; p.exponent > 0 && decimal_digits_fit(p.digits * 10); p.exponent--)
        p.digits *= 10;
    return p;
}

enum decimal_status decimal_pack(struct decimal_parts p, decimal *out)
{
    *out = DECIMAL_ZERO;
    if (p.digits == 0) return DECIMAL_OK;
    if (p.exponent < DECIMAL_EXPONENT_LEAST) return DECIMAL_UNDERFLOW;
    if (p.exponent > DECIMAL_EXPONENT_MOST) return DECIMAL_OVERFLOW;
    *out = decimal_join(p);
    return DECIMAL_OK;
}

bool decimal_is_valid(decimal x)
{
    struct decimal_parts p = decimal_split(x);
    return p.exponent <= DECIMAL_EXPONENT_MOST && decimal_digits_fit(p.digits);
}

decimal decimal_canonical(decimal x)
{
    return decimal_join(decimal_parts_canonical(decimal_split(x)));
}

decimal decimal_from_int(int64_t n)
{
    /* the least int64_t has no positive counterpart */
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    return decimal_join((struct decimal_parts){.digits = size, .negative = n < 0});
}

/* A canonical number has an exponent below 0 only where it has digits behind the point. */
bool decimal_is_whole(decimal x)
{
    return decimal_is_plain(x) || decimal_parts_canonical(decimal_split(x)).exponent >= 0;
}

bool decimal_to_int(decimal x, int64_t *out)
{
    if (decimal_is_plain(x)) {
        *out = (int64_t)x.w[0];
        return true;
    }
    struct decimal_parts p = decimal_parts_canonical(decimal_split(x));
    uint64_t limit = p.negative ? UINT64_C(1) << 63 : INT64_MAX;
    if (p.exponent != 0 || p.digits > limit) return false;
    uint64_t size = (uint64_t)p.digits;
    *out = p.negative ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}
