/* Exact decimals: the tables of the specification, the encoding, and the limits of range and digits. */
#include "runtime/decimal.h"
#include "tests/unit/spec_table.h"

#define SPEC_NUMBERS "SPEC.md"

static decimal number(const char *text)
{
    decimal x;
    if (decimal_parse(text, strlen(text), &x) != DECIMAL_OK) fail_msg("%s is no number", text);
    return x;
}

static const char *outcome(enum decimal_status status, decimal x, char *buffer)
{
    switch (status) {
    case DECIMAL_OK: decimal_format(x, buffer); return buffer;
    case DECIMAL_OVERFLOW: return "fault: overflow";
    case DECIMAL_DIVIDE_BY_ZERO: return "fault: division by zero";
    case DECIMAL_SQRT_NEGATIVE: return "fault: negative root";
    case DECIMAL_SYNTAX: return "refused: syntax";
    case DECIMAL_DIGITS: return "refused: digits";
    case DECIMAL_UNDERFLOW: return "fault: underflow";
    case DECIMAL_INEXACT: return "fault: inexact";
    }
    return "no such status";
}

/* A table writes very long results with an exponent: cells[column] is read and compared in plain notation. */
static void expect_outcome(char *const *cells, size_t column, enum decimal_status status, decimal x)
{
    char given[DECIMAL_TEXT_MAX], plain[DECIMAL_TEXT_MAX];
    decimal expected;
    const char *text = outcome(status, x, given);
    if (status != DECIMAL_OK) assert_memory_equal(&x, &DECIMAL_ZERO, sizeof x);
    if (status == DECIMAL_OK &&
        decimal_parse(cells[column], strlen(cells[column]), &expected) == DECIMAL_OK) {
        decimal_format(expected, plain);
        char *row[] = {cells[0], cells[1], plain};
        spec_expect(row, 2, text);
    } else {
        spec_expect(cells, column, text);
    }
}

static void row_reading(char *const *cells)
{
    char buffer[DECIMAL_TEXT_MAX];
    decimal x;
    enum decimal_status status = decimal_parse(cells[0], strlen(cells[0]), &x);
    spec_expect(cells, 1, outcome(status, x, buffer));
    decimal canonical = decimal_canonical(x);
    assert_memory_equal(&x, &canonical, sizeof x);
}

static void row_calculating(char *const *cells)
{
    decimal a = number(cells[0]), b = cells[2][0] ? number(cells[2]) : DECIMAL_ZERO, result;
    enum decimal_status status = DECIMAL_OK;
    switch (cells[1][0]) {
    case '+': status = decimal_add(a, b, &result); break;
    case '-': status = decimal_sub(a, b, &result); break;
    case '*': status = decimal_mul(a, b, &result); break;
    case '/': status = decimal_div(a, b, &result); break;
    case 's': status = decimal_sqrt(a, &result); break;
    default: {
        static const char *const words[] = {"less", "equal", "greater"};
        spec_expect(cells, 3, words[decimal_compare(a, b) + 1]);
        spec_expect(cells, 3, words[1 - decimal_compare(b, a)]);
        assert_int_equal(decimal_equal(a, b), decimal_compare(a, b) == 0);
        return;
    }
    }
    expect_outcome(cells, 3, status, result);
}

static void row_scaling(char *const *cells)
{
    decimal result;
    enum decimal_status status = decimal_scale(number(cells[0]), number(cells[1]), number(cells[2]), &result);
    expect_outcome(cells, 3, status, result);
}

static void row_rounding(char *const *cells)
{
    static const enum decimal_rounding ways[] = {ROUND_NEAREST, ROUND_DOWN, ROUND_UP};
    for (size_t i = 0; i < 3; i++) {
        decimal result;
        enum decimal_status status = decimal_round_to(number(cells[0]), number(cells[1]), ways[i], &result);
        expect_outcome(cells, 2 + i, status, result);
    }
}

static void row_printing(char *const *cells)
{
    char exact[DECIMAL_TEXT_MAX], brief[DECIMAL_TEXT_MAX], marked[DECIMAL_TEXT_MAX + 8];
    bool shortened;
    decimal x = number(cells[0]);
    size_t exact_length = decimal_format(x, exact),
           brief_length = decimal_format_short(x, 6, brief, &shortened);
    assert_int_equal(exact_length, strlen(exact));
    assert_int_equal(brief_length, strlen(brief));
    (void)snprintf(marked, sizeof marked, "%s%s", shortened ? "≈" : "", brief);
    spec_expect(cells, 1, exact);
    spec_expect(cells, 2, marked);
}

static void test_tables(void **state)
{
    (void)state;
    spec_check(SPEC_NUMBERS, "number-reading", 2, row_reading);
    spec_check(SPEC_NUMBERS, "calculating", 4, row_calculating);
    spec_check(SPEC_NUMBERS, "scaling", 4, row_scaling);
    spec_check(SPEC_NUMBERS, "rounding", 5, row_rounding);
    spec_check(SPEC_NUMBERS, "printing", 3, row_printing);
}

static void test_library_is_the_right_one(void **state)
{
    (void)state;
    assert_true(decimal_self_test());
}

/* The text ends with its length, whatever stands behind it; a byte 0 is no part of a number. */
static void test_parse_keeps_to_the_length(void **state)
{
    (void)state;
    decimal x;
    assert_int_equal(decimal_parse("1234", 2, &x), DECIMAL_OK);
    assert_true(decimal_equal(x, decimal_from_int(12)));
    assert_int_equal(decimal_parse("1.5", 2, &x), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("1e5", 2, &x), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("1\0", 2, &x), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("\0001", 2, &x), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("1\0005", 3, &x), DECIMAL_SYNTAX);
}

static void assert_range(const char *text, enum decimal_status expected)
{
    decimal x;
    enum decimal_status status = decimal_parse(text, strlen(text), &x);
    if (status != expected) fail_msg("%s: status %d", text, status);
}

static void test_range_of_exponents(void **state)
{
    (void)state;
    assert_range("9999999999999999999999999999999999e6111", DECIMAL_OK);
    assert_range("9999999999999999999999999999999999e6112", DECIMAL_DIGITS);
    assert_range("1e6144", DECIMAL_OK);
    assert_range("1e-6176", DECIMAL_OK);
    assert_range("10e-6177", DECIMAL_OK);
    assert_range("15e-6177", DECIMAL_DIGITS);
    assert_range("1e99999999999999999999999999999999999", DECIMAL_DIGITS);
    assert_range("1e-99999999999999999999999999999999999", DECIMAL_DIGITS);
    assert_range("0e99999999999999999999999999999999999", DECIMAL_OK);
    assert_range("1e9223372036854775807", DECIMAL_DIGITS);
    assert_range("0.1e-9223372036854775808", DECIMAL_DIGITS);
}

/* Zeros that an exponent takes away again. */
static void test_parse_long_texts(void **state)
{
    (void)state;
    enum { ZEROS = 100000 };
    char *text = malloc(ZEROS + 32);
    decimal x;
    assert_non_null(text);
    memset(text, '0', ZEROS);
    text[0] = '1';
    (void)snprintf(text + ZEROS, 32, "e-%d", ZEROS - 1);
    assert_int_equal(decimal_parse(text, strlen(text), &x), DECIMAL_OK);
    assert_true(decimal_equal(x, DECIMAL_ONE));
    text[0] = '0';
    text[1] = '.';
    (void)snprintf(text + ZEROS, 32, "5e%d", ZEROS - 1);
    assert_int_equal(decimal_parse(text, strlen(text), &x), DECIMAL_OK);
    assert_true(decimal_equal(x, decimal_from_int(5)));
    memset(text, '9', ZEROS);
    assert_int_equal(decimal_parse(text, ZEROS, &x), DECIMAL_DIGITS);
    free(text);
}

static void test_longest_texts_fit(void **state)
{
    (void)state;
    char text[DECIMAL_TEXT_MAX];
    decimal_format(number("-9999999999999999999999999999999999e6111"), text);
    assert_int_equal(strlen(text), 1 + 6145);
    decimal_format(number("-1234567890123456789012345678901234e-6176"), text);
    assert_int_equal(strlen(text), 3 + 6176);
    assert_memory_equal(text, "-0.000", 6);
    assert_string_equal(text + 3 + 6176 - 34, "1234567890123456789012345678901234");
}

/* Values that come by different ways have the same bytes in canonical form. */
static void test_canonical(void **state)
{
    (void)state;
    static const char *const values[] = {"0",      "1.5",       "100",
                                         "-3750",  "1e40",      "0.00000001",
                                         "1e6144", "123e-6170", "9999999999999999999999999999999999"};
    decimal one, fifty = decimal_from_int(50), seven = number("7e-3");
    assert_int_equal(decimal_div(fifty, fifty, &one), DECIMAL_OK);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        decimal x = number(values[i]), y, z, back;
        assert_int_equal(decimal_mul(x, one, &y), DECIMAL_OK);
        assert_int_equal(decimal_add(seven, decimal_negate(seven), &z), DECIMAL_OK);
        assert_int_equal(decimal_add(y, z, &back), DECIMAL_OK);
        back = decimal_canonical(back);
        assert_memory_equal(&back, &x, sizeof x);
    }
}

static void assert_is_zero(decimal x)
{
    char text[DECIMAL_TEXT_MAX];
    assert_int_equal(decimal_sign(x), 0);
    assert_int_equal(x.w[1] >> 63, 0);
    decimal_format(x, text);
    assert_string_equal(text, "0");
    x = decimal_canonical(x);
    assert_memory_equal(&x, &DECIMAL_ZERO, sizeof x);
}

static void test_zero_has_no_sign(void **state)
{
    (void)state;
    decimal minus = number("-2.5"), x;
    char text[DECIMAL_TEXT_MAX];
    decimal bits_of_minus_zero = {{0, UINT64_C(0xb040000000000000)}};
    decimal_format(bits_of_minus_zero, text);
    assert_string_equal(text, "0");
    assert_is_zero(decimal_canonical(bits_of_minus_zero));
    assert_is_zero(number("-0.00"));
    assert_is_zero(decimal_negate(DECIMAL_ZERO));
    assert_int_equal(decimal_mul(minus, DECIMAL_ZERO, &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_int_equal(decimal_div(DECIMAL_ZERO, minus, &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_int_equal(decimal_add(minus, decimal_negate(minus), &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_int_equal(decimal_scale(minus, DECIMAL_ZERO, minus, &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_int_equal(decimal_round_to(number("-0.2"), DECIMAL_ONE, ROUND_UP, &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_true(decimal_equal(decimal_negate(DECIMAL_ZERO), DECIMAL_ZERO));
    /* The zero of a difference keeps the exponent of its operands until it is made canonical. */
    assert_int_equal(decimal_sub(number("1e-6000"), number("1e-6000"), &x), DECIMAL_OK);
    assert_is_zero(x);
    assert_int_equal(decimal_compare(x, DECIMAL_ZERO), 0);
    assert_int_equal(decimal_compare(x, minus), 1);
}

static void test_integers(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 1, -1, 10, 3750, -1000, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[32];
        int64_t back;
        (void)snprintf(text, sizeof text, "%lld", (long long)values[i]);
        decimal x = decimal_from_int(values[i]), parsed = number(text);
        assert_true(decimal_equal(x, parsed));
        assert_true(decimal_to_int(x, &back) && back == values[i]);
    }
}

static void assert_whole(const char *text, bool whole, bool fits)
{
    int64_t n;
    decimal x = number(text), unpadded;
    assert_int_equal(decimal_is_whole(x), whole);
    assert_int_equal(decimal_to_int(x, &n), fits);
    /* The same value with zeros behind the point. */
    assert_int_equal(decimal_mul(x, number("0.01"), &unpadded), DECIMAL_OK);
    assert_int_equal(decimal_mul(unpadded, number("100"), &unpadded), DECIMAL_OK);
    assert_int_equal(decimal_is_whole(unpadded), whole);
    assert_int_equal(decimal_to_int(unpadded, &n), fits);
}

static void test_whole_numbers(void **state)
{
    (void)state;
    assert_whole("0", true, true);
    assert_whole("-3", true, true);
    assert_whole("2.5", false, false);
    assert_whole("1e3", true, true);
    assert_whole("0.0000000000000000000000000000000001", false, false);
    assert_whole("9223372036854775807", true, true);
    assert_whole("9223372036854775808", true, false);
    assert_whole("-9223372036854775808", true, true);
    assert_whole("-9223372036854775809", true, false);
    assert_whole("18446744073709551617", true, false);
    assert_whole("1e40", true, false);
    assert_whole("1e6000", true, false);
    assert_whole("1e-6000", false, false);
}

/* Bits of an image: only the finite decimals of one encoding are taken. */
static void test_invalid_bits(void **state)
{
    (void)state;
    static const decimal invalid[] = {
        {{0, UINT64_C(0x7c00000000000000)}},                            /* not a number */
        {{0, UINT64_C(0xfc00000000000000)}},                            /* not a number, with sign */
        {{0, UINT64_C(0x7800000000000000)}},                            /* infinity */
        {{0, UINT64_C(0x6000000000000000)}},                            /* the second form of a coefficient */
        {{UINT64_C(0x378d8e6400000000), UINT64_C(0x3041ed09bead87c0)}}, /* 10^34 */
        {{UINT64_MAX, UINT64_MAX}},
    };
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        assert_false(decimal_is_valid(invalid[i]));
    decimal most = {{UINT64_C(0x378d8e63ffffffff), UINT64_C(0x3041ed09bead87c0)}};
    assert_true(decimal_is_valid(most));
    assert_true(decimal_equal(most, number("9999999999999999999999999999999999")));
    assert_true(decimal_is_valid(number("-9999999999999999999999999999999999e6111")));
    assert_true(decimal_is_valid(number("-1e-6176")));
    assert_true(decimal_is_valid(DECIMAL_ZERO) && decimal_is_valid(DECIMAL_ONE));
    decimal one = number("1");
    assert_memory_equal(&DECIMAL_ONE, &one, sizeof one);
}

static void assert_product(const char *a, const char *b, enum decimal_status status, const char *product)
{
    decimal x;
    assert_int_equal(decimal_mul(number(a), number(b), &x), status);
    assert_true(decimal_equal(x, number(product)));
}

/* At the ends of the range a result is exact or a fault. */
static void test_limits_of_products(void **state)
{
    (void)state;
    assert_product("1e-6000", "1e-176", DECIMAL_OK, "1e-6176");
    assert_product("1e-6000", "1e-177", DECIMAL_UNDERFLOW, "0");
    assert_product("2e-6000", "5e-177", DECIMAL_OK, "1e-6176");
    assert_product("15e-6000", "1e-177", DECIMAL_UNDERFLOW, "0");
    assert_product("0", "1e-6176", DECIMAL_OK, "0");
    assert_product("1e6111", "1e33", DECIMAL_OK, "1e6144");
    assert_product("1e6111", "1e34", DECIMAL_OVERFLOW, "0");
    assert_product("-5e6111", "2e33", DECIMAL_OVERFLOW, "0");
}

static void assert_scaled(const char *a, const char *n, const char *d, enum decimal_status status,
                          const char *result)
{
    decimal x;
    assert_int_equal(decimal_scale(number(a), number(n), number(d), &x), status);
    assert_true(decimal_equal(x, number(result)));
}

static void test_limits_of_scaling(void **state)
{
    (void)state;
    assert_scaled("1e6000", "1e6000", "1e6000", DECIMAL_OK, "1e6000");
    assert_scaled("-1e-6000", "1e-6000", "1e-6000", DECIMAL_OK, "-1e-6000");
    assert_scaled("1e6000", "1e6000", "-3e6000", DECIMAL_OK, "-333333333333333333333333333333333.3e5967");
    assert_scaled("21", "12", "1", DECIMAL_OK, "252");
    /* the largest whole number of 63 bits, and beyond it */
    assert_scaled("4611686018427387903", "2", "1", DECIMAL_OK, "9223372036854775806");
    assert_scaled("4611686018427387904", "2", "1", DECIMAL_OK, "9223372036854775808");
    assert_scaled("9223372036854775807", "9223372036854775807", "1", DECIMAL_OK,
                  "8507059173023461584739690778423250e4");
    assert_scaled("1e6000", "1e200", "1", DECIMAL_OVERFLOW, "0");
    assert_scaled("1e-6000", "1e-200", "1", DECIMAL_UNDERFLOW, "0");
    assert_scaled("1e-6000", "1e-6000", "1", DECIMAL_UNDERFLOW, "0");
    /* The product is 40 digits of nine, and rounds up to a power of ten. */
    assert_scaled("99999999999999999999", "100000000000000000001", "1", DECIMAL_OK, "1e40");
    /* The 35th digit is a 5, and only the 52nd tells that it is no tie. */
    assert_scaled("1000000000000000050000000000000002", "1000000000000000010000000000000000", "1", DECIMAL_OK,
                  "1000000000000000060000000000000003e33");
    /* The 35th digit is a 5, and only the remainder of the division tells that it is no tie. */
    assert_scaled("1e-6000", "1e-200", "7176268863841161415434163199357280e-200", DECIMAL_OK,
                  "1393481792521275673812650575899071e-6067");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_library_is_the_right_one),
        cmocka_unit_test(test_parse_keeps_to_the_length),
        cmocka_unit_test(test_range_of_exponents),
        cmocka_unit_test(test_parse_long_texts),
        cmocka_unit_test(test_longest_texts_fit),
        cmocka_unit_test(test_canonical),
        cmocka_unit_test(test_zero_has_no_sign),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_invalid_bits),
        cmocka_unit_test(test_limits_of_products),
        cmocka_unit_test(test_limits_of_scaling),
    };
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
