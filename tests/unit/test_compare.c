/* Three-valued comparison and logic, cell by cell. */
#include "tests/unit/interval_words.h"

/* ---- Comparison ----------------------------------------------------------------------------------- */

static const struct value *order_or_null(const char *text, struct value *order)
{
    if (text == NULL) return NULL;
    *order = val(text);
    return order;
}

static void assert_compared(const char *a, const char *b, const char *order, const char *expected)
{
    struct value x = val(a), y = val(b), c, lt, le, eq;
    const struct value *by = order_or_null(order, &c);
    char said[64];
    compare_number(&lt, RELATION_LT, &x, &y, by);
    compare_number(&le, RELATION_LE, &x, &y, by);
    compare_number(&eq, RELATION_EQ, &x, &y, by);
    (void)snprintf(said, sizeof said, "%s %s %s", say_truth(&lt), say_truth(&le), say_truth(&eq));
    if (strcmp(said, expected) != 0)
        fail_msg("%s to %s by %s: %s, expected %s", a, b, order ? order : "nothing", said, expected);
}

/* a, b: below, not above, the same */
static void test_known_numbers(void **state)
{
    (void)state;
    assert_compared("49.999", "50", NULL, "yes yes no");
    assert_compared("50", "50.0", NULL, "no yes yes");
    assert_compared("50.001", "50", NULL, "no no no");
    assert_compared("0.0005", "5e-4", NULL, "no yes yes");
}

static void test_ranges(void **state)
{
    (void)state;
    assert_compared("[0,0.03)", "0.03", NULL, "yes yes no");
    assert_compared("[0,0.03]", "0.03", NULL, "? yes ?");
    assert_compared("(0.03,1]", "0.03", NULL, "no no no");
    assert_compared("[0.03,1]", "0.03", NULL, "no ? ?");
    assert_compared("[0,1]", "0.03", NULL, "? ? ?");
    assert_compared("0.03", "[0,0.03)", NULL, "no no no");
    assert_compared("0.03", "(0.03,1]", NULL, "yes yes no");
    assert_compared("[1,2)", "[2,3]", NULL, "yes yes no");
    assert_compared("[1,2]", "[2,3]", NULL, "? yes ?");
    assert_compared("[1,3]", "[2,4]", NULL, "? ? ?");
    assert_compared("(,2)", "[2,)", NULL, "yes yes no");
    assert_compared("[2,)", "(,2)", NULL, "no no no");
    assert_compared("[3,3]", "3", NULL, "no yes yes"); /* both ends meet */
}

/* A declared range decides for what is missing; nothing decides without one. */
static void test_unknown_operands(void **state)
{
    (void)state;
    assert_compared("?[0,3000]", "3001", NULL, "yes yes no");
    assert_compared("?[0,3000]", "3000", NULL, "? yes ?");
    assert_compared("?[0,3000]", "0", NULL, "no ? ?");
    assert_compared("?[0,3000]", "-1", NULL, "no no no");
    assert_compared("?", "50", NULL, "? ? ?");
    assert_compared("50", "?", NULL, "? ? ?");
    assert_compared("off", "50", NULL, "? ? ?");
}

static void test_faults(void **state)
{
    (void)state;
    assert_compared("!", "50", NULL, "! ! !");
    assert_compared("50", "!", NULL, "! ! !");
    assert_compared("?", "!", NULL, "! ! !");
    assert_compared("!", "50", "-1", "yes yes no"); /* the walk supposes an order */
    assert_compared("!", "50", "!", "! ! !");
}

/* What the values leave open is decided by the order, or a range of orders. */
static void test_orders(void **state)
{
    (void)state;
    assert_compared("?", "50", "-1", "yes yes no");
    assert_compared("?", "50", "0", "no yes yes");
    assert_compared("?", "50", "1", "no no no");
    assert_compared("?", "50", "?[-1,1]", "? ? ?");
    assert_compared("?", "50", "[-1,0)", "yes yes no");
    assert_compared("?", "50", "[-1,0]", "? yes ?");
    assert_compared("?", "50", "(0,1]", "no no no");
    assert_compared("?", "50", "[0,1]", "no ? ?");
    assert_compared("3", "50", "1", "yes yes no"); /* the values go before */
}

static void assert_order(const char *a, const char *b, const char *expected)
{
    struct value x = val(a), y = val(b), d;
    char said[INTERVAL_WORDS];
    compare_order(&d, order_number, &x, &y);
    assert_string_equal(say_interval(&d, said), expected);
}

static void test_order_of(void **state)
{
    (void)state;
    assert_order("1", "2", "-1");
    assert_order("2", "2", "0");
    assert_order("3", "2", "1");
    assert_order("[0,1]", "2", "-1");
    assert_order("[0,2]", "2", "?[-1,0]");
    assert_order("[2,3]", "2", "?[0,1]");
    assert_order("[2,3]", "[0,3]", "?[-1,1]");
    assert_order("?", "2", "?[-1,1]");
    assert_order("!", "?", "!");
}

static const char *negative(struct value a, const char *limit)
{
    struct value b = val(limit), d;
    compare_negative(&d, &a, &b, NULL);
    return say_truth(&d);
}

static void test_negative(void **state)
{
    (void)state;
    struct value said = val("[0,0.0001)"), unset = val("?[0,1]");
    said.flags |= VALUE_NEGATIVE;
    unset.flags |= VALUE_NEGATIVE;
    assert_string_equal(negative(said, "0.0001"), "yes");
    assert_string_equal(negative(unset, "?"), "yes"); /* the word is negative without a limit too */
    assert_string_equal(negative(val("0.00009"), "0.0001"), "yes");
    assert_string_equal(negative(val("0.0001"), "0.0001"), "no");
    assert_string_equal(negative(val("0.00009"), "?"), "?");
    assert_string_equal(negative(val("[0,0.001)"), "0.0001"), "?");
    assert_string_equal(negative(val("?[0,1]"), "0.0001"), "?");
    static const struct image_ratio twice = {.numerator = {{2, UINT64_C(0x3040000000000000)}},
                                             .denominator = {{1, UINT64_C(0x3040000000000000)}}};
    interval_scale(&said, &said, &twice, 0);
    assert_string_equal(negative(said, "0"), "yes"); /* whatever the unit */
    interval_add(&said, &said, &said, 0);
    assert_string_equal(negative(said, "0"), "no"); /* a sum is no longer what the record said */
}

static void test_codes(void **state)
{
    (void)state;
    struct value low = value_code(0), high = value_code(2), none = value_unknown(WHY_MISSING), d;
    compare_code(&d, RELATION_LT, &low, &high);
    assert_string_equal(say_truth(&d), "yes");
    compare_code(&d, RELATION_LE, &high, &low);
    assert_string_equal(say_truth(&d), "no");
    compare_code(&d, RELATION_EQ, &high, &high);
    assert_string_equal(say_truth(&d), "yes");
    compare_code(&d, RELATION_EQ, &high, &none);
    assert_string_equal(say_truth(&d), "?");
}

static void test_sets(void **state)
{
    (void)state;
    struct value set = {.tag = TAG_KNOWN, .set = {1, 0, 0, UINT64_C(1) << 63}}, d;
    static const struct {
        int32_t code;
        const char *held;
    } members[] = {{0, "yes"}, {1, "no"}, {63, "no"}, {64, "no"}, {254, "no"}, {255, "yes"}, {256, "no"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct value member = value_code(members[i].code);
        compare_has(&d, &set, &member);
        assert_string_equal(say_truth(&d), members[i].held);
    }
    struct value none = value_unknown(WHY_MISSING), zero = value_code(0);
    compare_has(&d, &none, &zero);
    assert_string_equal(say_truth(&d), "?");
    compare_has(&d, &set, &none);
    assert_string_equal(say_truth(&d), "?");
}

static void test_meets(void **state)
{
    (void)state;
    const struct value first = {.tag = TAG_KNOWN, .set = {UINT64_C(1) | UINT64_C(1) << 63}},
                       none = {.tag = TAG_KNOWN},
                       last = {.tag = TAG_KNOWN, .set = {UINT64_C(1) << 62, 0, 0, UINT64_C(1) << 63}},
                       both = {.tag = TAG_KNOWN, .set = {UINT64_C(1), 0, 0, UINT64_C(1) << 63}},
                       open = value_unknown(WHY_MISSING), fault = value_fault(FAULT_OTHER_RULE, 0);
    const struct {
        const struct value *a, *b;
        const char *met;
    } rows[] = {{&first, &last, "no"}, {&first, &both, "yes"}, {&last, &both, "yes"}, {&first, &first, "yes"},
                {&first, &none, "no"}, {&none, &none, "no"},   {&first, &open, "?"},  {&open, &open, "?"},
                {&none, &open, "no"},  {&none, &fault, "!"},   {&open, &fault, "!"},  {&first, &fault, "!"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value d;
        compare_meets(&d, rows[i].a, rows[i].b);
        assert_string_equal(say_truth(&d), rows[i].met);
        compare_meets(&d, rows[i].b, rows[i].a);
        assert_string_equal(say_truth(&d), rows[i].met);
    }
}

/* ---- Kleene --------------------------------------------------------------------------------------- */

enum { TRUTHS = 4 };

static const char *const truths[TRUTHS] = {"no", "yes", "?", "!"};

typedef void connective(struct value *d, const struct value *a, const struct value *b);

static void assert_table(connective *op, const char *const expected[TRUTHS][TRUTHS])
{
    for (int i = 0; i < TRUTHS; i++)
        for (int k = 0; k < TRUTHS; k++) {
            struct value a = val(truths[i]), b = val(truths[k]), d;
            op(&d, &a, &b);
            if (strcmp(say_truth(&d), expected[i][k]) != 0)
                fail_msg("%s, %s: %s", truths[i], truths[k], say_truth(&d));
        }
}

static void test_and(void **state)
{
    (void)state;
    static const char *const table[TRUTHS][TRUTHS] = {
        {"no", "no", "no", "no"}, {"no", "yes", "?", "!"}, {"no", "?", "?", "!"}, {"no", "!", "!", "!"}};
    assert_table(logic_and, table);
}

static void test_or(void **state)
{
    (void)state;
    static const char *const table[TRUTHS][TRUTHS] = {{"no", "yes", "?", "!"},
                                                      {"yes", "yes", "yes", "yes"},
                                                      {"?", "yes", "?", "!"},
                                                      {"!", "yes", "!", "!"}};
    assert_table(logic_or, table);
}

static void test_same_truth(void **state)
{
    (void)state;
    static const char *const table[TRUTHS][TRUTHS] = {
        {"yes", "no", "?", "!"}, {"no", "yes", "?", "!"}, {"?", "?", "?", "!"}, {"!", "!", "!", "!"}};
    assert_table(compare_truth, table);
}

static void test_not_and_tally(void **state)
{
    (void)state;
    static const char *const not_of[TRUTHS] = {"yes", "no", "?", "!"};
    static const char *const tally_of[TRUTHS] = {"0", "1", "?[0,1]", "!"};
    for (int i = 0; i < TRUTHS; i++) {
        char said[INTERVAL_WORDS];
        struct value a = val(truths[i]), d;
        logic_not(&d, &a);
        assert_string_equal(say_truth(&d), not_of[i]);
        logic_tally(&d, &a);
        assert_string_equal(say_interval(&d, said), tally_of[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_numbers),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_unknown_operands),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_order_of),
        cmocka_unit_test(test_negative),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_meets),
        cmocka_unit_test(test_and),
        cmocka_unit_test(test_or),
        cmocka_unit_test(test_same_truth),
        cmocka_unit_test(test_not_and_tally),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
