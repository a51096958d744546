/* Arithmetic, comparison and logic of values that may be ranges. */
#include "tests/unit/interval_words.h"

#include <stdlib.h>

/* ---- Arithmetic, row by row ----------------------------------------------------------------------- */

static struct value calculate(char op, const char *a, const char *b)
{
    static const struct image_ratio half = {.numerator = {{1, UINT64_C(0x3040000000000000)}},
                                            .denominator = {{2, UINT64_C(0x3040000000000000)}}};
    struct value x = val(a), y = val(b), d = {.tag = TAG_OFF};
    switch (op) {
    case '+': interval_add(&d, &x, &y, 9); break;
    case '-': interval_sub(&d, &x, &y, 9); break;
    case '*': interval_mul(&d, &x, &y, 9); break;
    case '/': interval_div(&d, &x, &y, 9); break;
    case 'n': interval_negate(&d, &x); break;
    case 'r': interval_sqrt(&d, &x, 9); break;
    case '<': interval_min(&d, &x, &y); break;
    case '>': interval_max(&d, &x, &y); break;
    case 'a': interval_abs(&d, &x); break;
    case 'h': interval_scale(&d, &x, &half, 9); break;
    case 'u': interval_hull(&d, &x, &y); break;
    default: fail_msg("no operation %c", op);
    }
    return d;
}

static void assert_result(char op, const char *a, const char *b, const char *expected)
{
    char text[INTERVAL_WORDS];
    struct value d = calculate(op, a, b);
    const char *said = say_interval(&d, text);
    if (strcmp(said, expected) != 0) fail_msg("%s %c %s is %s, expected %s", a, op, b, said, expected);
}

static void test_sums(void **state)
{
    (void)state;
    assert_result('+', "2", "3.5", "5.5");
    assert_result('+', "[1,2]", "3", "[4,5]");
    assert_result('+', "(1,2]", "[3,4)", "(4,6)");
    assert_result('+', "?[0,3000]", "[1,2]", "?[1,3002]");
    assert_result('+', "?", "3", "?");
    assert_result('+', "[1,)", "[2,3]", "[3,)");
    assert_result('-', "2", "3.5", "-1.5");
    assert_result('-', "(1,2]", "[3,4)", "(-3,-1]");
    assert_result('-', "(,2]", "[3,4)", "(,-1]");
    assert_result('-', "5", "?[1,)", "?(,4]");
    assert_result('n', "2", "0", "-2");
    assert_result('n', "[1,2)", "0", "(-2,-1]");
    assert_result('n', "(,2)", "0", "(-2,)");
    assert_result('n', "?", "0", "?");
}

static void test_products(void **state)
{
    (void)state;
    assert_result('*', "2.5", "4", "10");
    assert_result('*', "[-2,3)", "[4,5]", "[-10,15)");
    assert_result('*', "[-2,3]", "[-1,4]", "[-8,12]");
    assert_result('*', "(-2,-1)", "(-3,-2]", "(2,6)");
    assert_result('*', "0", "?", "?[0,0]");
    assert_result('*', "[0,1]", "[2,)", "[0,)");
    assert_result('*', "(0,1]", "[2,)", "(0,)");
    assert_result('*', "(0,1]", "[0,5]", "[0,5]"); /* the closed 0 is reached */
    assert_result('*', "(0,1)", "(0,5)", "(0,5)");
    assert_result('*', "[2,)", "(,-1]", "(,-2]");
    assert_result('*', "[0,3)", "5", "[0,15)");
    assert_result('*', "(,)", "(,)", "(,)");
}

static void test_quotients(void **state)
{
    (void)state;
    assert_result('/', "5", "2", "2.5");
    assert_result('/', "0", "7", "0");
    assert_result('/', "[4,6)", "2", "[2,3)");
    assert_result('/', "6", "[2,3)", "(2,3]");
    assert_result('/', "[-4,6]", "[1,2]", "[-4,6]");
    assert_result('/', "6", "[2,)", "(0,3]");
    assert_result('/', "[0,6]", "[2,)", "[0,3]");
    assert_result('/', "(1,2)", "(0,5)", "(0.2,)");
    assert_result('/', "(1,2)", "(-5,0)", "(,-0.2)");
    assert_result('/', "(0,1)", "(0,5)", "(0,)");
    assert_result('/', "[1,2]", "[0,5]", "?"); /* 0 is possible */
    assert_result('/', "[1,2]", "[-1,1]", "?");
    assert_result('/', "1", "?", "?");
    assert_result('/', "[5,)", "(,-1]", "(,0)");
}

static void test_one_operand(void **state)
{
    (void)state;
    assert_result('r', "9", "0", "3");
    assert_result('r', "0", "0", "0");
    assert_result('r', "[4,9)", "0", "[2,3)");
    assert_result('r', "[-4,9)", "0", "[0,3)"); /* cut at 0 */
    assert_result('r', "(,9]", "0", "[0,3]");
    assert_result('r', "[-4,0]", "0", "[0,0]");
    assert_result('r', "?", "0", "?[0,)");
    assert_result('a', "-3", "0", "3");
    assert_result('a', "[-3,2)", "0", "[0,3]");
    assert_result('a', "(-3,3]", "0", "[0,3]");
    assert_result('a', "(-3,-1]", "0", "[1,3)");
    assert_result('a', "[1,2)", "0", "[1,2)");
    assert_result('a', "(,-1)", "0", "(1,)");
    assert_result('h', "3", "0", "1.5");
    assert_result('h', "?[0,3)", "0", "?[0,1.5)");
    assert_result('h', "(,3)", "0", "(,1.5)");
}

static void test_extremes(void **state)
{
    (void)state;
    assert_result('<', "2", "3", "2");
    assert_result('>', "2", "3", "3");
    assert_result('<', "[1,5]", "[2,3]", "[1,3]");
    assert_result('>', "[1,5]", "[2,3]", "[2,5]");
    assert_result('<', "(1,5)", "[1,5]", "[1,5)"); /* 1 is reached; 5 is held back */
    assert_result('>', "(1,5)", "[1,5]", "(1,5]");
    assert_result('<', "(,5]", "3", "(,3]");
    assert_result('>', "(,5]", "3", "[3,5]");
    assert_result('<', "?[5,10]", "3", "?[3,3]");
    assert_result('u', "2", "2", "2");
    assert_result('u', "2", "3", "[2,3]");
    assert_result('u', "(1,2]", "[1,3)", "[1,3)");
    assert_result('u', "?[0,1]", "5", "?[0,5]");
}

/* The tag of a result: fault, off, unknown, range, known, whichever operand it comes from. */
static void test_tags(void **state)
{
    (void)state;
    static const char *const values[] = {"1", "[1,2]", "?[1,2]", "off", "!"};
    static const uint8_t tags[] = {TAG_KNOWN, TAG_RANGE, TAG_UNKNOWN, TAG_OFF, TAG_FAULT};
    static const char operations[] = "+-*/<>u";
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 5; k++)
            for (const char *op = operations; *op; op++) {
                struct value d = calculate(*op, values[i], values[k]);
                assert_int_equal(d.tag, tags[i > k ? i : k]);
                if (d.tag == TAG_FAULT) assert_int_equal(d.at, FAULT_PC);
            }
    for (const char *op = "nrah"; *op; op++)
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(calculate(*op, values[i], "0").tag, tags[i]);
}

/* The first of two faults is kept, and the reason of what is unknown. */
static void test_reasons(void **state)
{
    (void)state;
    struct value first = value_fault(FAULT_OVERFLOW, 3), second = value_fault(FAULT_SQRT_NEGATIVE, 4), d;
    interval_add(&d, &first, &second, 9);
    assert_int_equal(d.at, 3);
    assert_int_equal(d.fault, FAULT_OVERFLOW);
    struct value none = value_unknown(WHY_NONE_RECORDED), one = value_number(DECIMAL_ONE);
    interval_mul(&d, &one, &none, 9);
    assert_int_equal(d.why, WHY_NONE_RECORDED);
    compare_number(&d, RELATION_LT, &one, &none, NULL);
    assert_int_equal(d.why, WHY_NONE_RECORDED);
}

static void assert_fault(char op, const char *a, const char *b, enum fault fault)
{
    struct value d = calculate(op, a, b);
    assert_int_equal(d.tag, TAG_FAULT);
    assert_int_equal(d.fault, fault);
    assert_int_equal(d.at, 9);
}

static void test_faults(void **state)
{
    (void)state;
    assert_fault('+', "9e6144", "9e6144", FAULT_OVERFLOW);
    assert_fault('-', "-9e6144", "9e6144", FAULT_OVERFLOW);
    assert_fault('*', "1e4000", "1e4000", FAULT_OVERFLOW);
    assert_fault('*', "1e-4000", "1e-4000", FAULT_UNDERFLOW);
    assert_fault('/', "1e4000", "1e-4000", FAULT_OVERFLOW);
    assert_fault('/', "1", "0", FAULT_DIVIDE_BY_ZERO);
    assert_fault('/', "0", "0", FAULT_DIVIDE_BY_ZERO);
    assert_fault('/', "[1,2]", "0", FAULT_DIVIDE_BY_ZERO);
    assert_fault('/', "?", "0", FAULT_DIVIDE_BY_ZERO);
    assert_fault('r', "-1", "0", FAULT_SQRT_NEGATIVE);
    assert_fault('r', "[-4,-1]", "0", FAULT_SQRT_NEGATIVE);
    assert_fault('r', "?(-4,0)", "0", FAULT_SQRT_NEGATIVE);
    /* an end of a range that is too large is no end */
    assert_result('*', "[1e-4000,1e4000]", "1e4000", "[1,)");
    assert_result('*', "[-1e4000,1e-4000]", "1e4000", "(,1]");
    assert_result('+', "[9e6144,9e6144]", "9e6144", "(,)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),        cmocka_unit_test(test_products), cmocka_unit_test(test_quotients),
        cmocka_unit_test(test_one_operand), cmocka_unit_test(test_extremes), cmocka_unit_test(test_tags),
        cmocka_unit_test(test_reasons),     cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
