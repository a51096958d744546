/* Decimals as text, both ways.  A text is read digit by digit into a coefficient; digits are never
   dropped: a number with more than 34 of them is refused, because a rounded value is not the one that
   was written. */
#include "runtime/decimal_parts.h"

#include <assert.h>
#include <string.h>

enum { HALF_DIGITS = DECIMAL_DIGITS_MAX / 2 };

/* An exponent is read up to this size, beyond which no length of digits could bring it back. */
#define EXPONENT_LIMIT INT64_C(100000000000000000)

struct span {
    const char *text;
    size_t length;
};

struct number_text {
    bool negative;
    struct span whole, fraction;
    int64_t exponent;
};

/* Digits that were read: their value, and the zeros behind it that count once a further digit comes. */
struct digit_run {
    coefficient value;
    int count;
    int64_t zeros;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool accept(struct span *rest, const char *any)
{
    if (rest->length == 0 || rest->text[0] == '\0' || !strchr(any, rest->text[0])) return false;
    rest->text++;
    rest->length--;
    return true;
}

/* False where there is not one digit. */
static bool take_digits(struct span *rest, struct span *digits)
{
    size_t n = 0;
    while (n < rest->length && is_digit(rest->text[n]))
        n++;
    *digits = (struct span){rest->text, n};
    rest->text += n;
    rest->length -= n;
    return n > 0;
}

static bool take_exponent(struct span *rest, int64_t *exponent)
{
    struct span digits;
    bool negative = accept(rest, "+-") && rest->text[-1] == '-';
    if (!take_digits(rest, &digits)) return false;
    int64_t value = 0;
    for (size_t i = 0; i < digits.length && value < EXPONENT_LIMIT; i++)
        value = value * 10 + (digits.text[i] - '0');
    *exponent = negative ? -value : value;
    return true;
}

static bool scan_number(struct span text, struct number_text *number)
{
    *number = (struct number_text){.negative = accept(&text, "-")};
    if (!take_digits(&text, &number->whole)) return false;
    if (accept(&text, ".") && !take_digits(&text, &number->fraction)) return false;
    if (accept(&text, "eE") && !take_exponent(&text, &number->exponent)) return false;
    return text.length == 0;
}

/* False beyond 34 digits. */
static bool run_append(struct digit_run *run, struct span digits)
{
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.text[i] == '0') {
            /* a zero before the first digit means nothing; one behind it counts only if a digit follows */
            run->zeros += run->count > 0;
            continue;
        }
        if (run->zeros >= DECIMAL_DIGITS_MAX - run->count) return false;
        int more = (int)run->zeros + 1;
        run->value = run->value * decimal_power_of_ten(more) + (coefficient)(digits.text[i] - '0');
        run->count = run->count == 0 ? 1 : run->count + more;
        run->zeros = 0;
    }
    return true;
}

enum decimal_status decimal_parse(const char *text, size_t length, decimal *out)
{
    struct number_text number;
    struct digit_run run = {0};
    *out = DECIMAL_ZERO;
    if (!scan_number((struct span){text, length}, &number)) return DECIMAL_SYNTAX;
    if (!run_append(&run, number.whole) || !run_append(&run, number.fraction)) return DECIMAL_DIGITS;
    if (run.value == 0) return DECIMAL_OK;
    int64_t exponent = number.exponent - (int64_t)number.fraction.length + run.zeros;
    /* beyond these no way of writing the coefficient brings it into range */
    if (exponent > DECIMAL_EXPONENT_MOST + DECIMAL_DIGITS_MAX || exponent < DECIMAL_EXPONENT_LEAST)
        return DECIMAL_DIGITS;
    struct decimal_parts parts = {
        .digits = run.value, .exponent = (int)exponent, .negative = number.negative};
    return decimal_pack(decimal_parts_canonical(parts), out) == DECIMAL_OK ? DECIMAL_OK : DECIMAL_DIGITS;
}

static void digits_write_half(uint64_t value, char digits[HALF_DIGITS])
{
    for (int i = HALF_DIGITS; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
}

/* Writes the digits of a coefficient without leading zeros; returns how many.  Zero has none. */
static int digits_write(coefficient value, char digits[DECIMAL_DIGITS_MAX])
{
    char all[DECIMAL_DIGITS_MAX];
    coefficient half = decimal_power_of_ten(HALF_DIGITS);
    int zeros = 0;
    digits_write_half((uint64_t)(value / half), all);
    digits_write_half((uint64_t)(value % half), all + HALF_DIGITS);
    while (zeros < DECIMAL_DIGITS_MAX && all[zeros] == '0')
        zeros++;
    memcpy(digits, all + zeros, (size_t)(DECIMAL_DIGITS_MAX - zeros));
    return DECIMAL_DIGITS_MAX - zeros;
}

static char *put(char *at, const char *text, int n)
{
    memcpy(at, text, (size_t)n);
    return at + n;
}

static char *put_zeros(char *at, int n)
{
    memset(at, '0', (size_t)n);
    return at + n;
}

/* The canonical form has no zeros at the end behind the point, so none are printed. */
static size_t parts_format(struct decimal_parts p, char *buffer)
{
    char digits[DECIMAL_DIGITS_MAX], *at = buffer;
    p = decimal_parts_canonical(p);
    int n = digits_write(p.digits, digits);
    int whole = n + p.exponent; /* digits before the point; negative: zeros behind it */
    if (p.negative) *at++ = '-';
    if (whole <= 0) *at++ = '0';
    if (p.exponent >= 0) {
        at = put(at, digits, n);
        at = put_zeros(at, p.exponent);
    } else if (whole > 0) {
        at = put(at, digits, whole);
        *at++ = '.';
        at = put(at, digits + whole, n - whole);
    } else {
        *at++ = '.';
        at = put_zeros(at, -whole);
        at = put(at, digits, n);
    }
    *at = '\0';
    return (size_t)(at - buffer);
}

size_t decimal_format(decimal x, char *buffer)
{
    assert(decimal_is_valid(x));
    return parts_format(decimal_split(x), buffer);
}

/* Rounds half to even by a number of digits that is smaller than the coefficient has. */
static coefficient shorten(coefficient digits, int by)
{
    coefficient unit = decimal_power_of_ten(by), kept = digits / unit, rest = digits % unit;
    return kept + (rest > unit / 2 || (rest == unit / 2 && kept % 2 == 1));
}

size_t decimal_format_short(decimal x, int significant, char *buffer, bool *shortened)
{
    assert(decimal_is_valid(x));
    char digits[DECIMAL_DIGITS_MAX];
    struct decimal_parts p = decimal_split(x);
    int excess = digits_write(p.digits, digits) - significant;
    *shortened = excess > 0 && p.digits % decimal_power_of_ten(excess) != 0;
    if (*shortened) {
        p.digits = shorten(p.digits, excess);
        p.exponent += excess;
    }
    return parts_format(p, buffer);
}
