/* One amount of a dose: what it must be, choose, at least, at most, round. */
#include "tests/unit/dose_builder.h"

/* ---- The product ---------------------------------------------------------------------------------- */

static struct dose *of_input(uint32_t *input)
{
    uint32_t reg;
    struct dose *d = dose_new();
    *input = dose_input(d, &reg);
    struct image_row *row = dose_amount(d, ALWAYS, reg, reg);
    struct build_list reads = {{read_input(*input)}, 1};
    d->b.steps[row->steps.first].reads = build_indexes(&d->b, &reads);
    dose_end(d);
    return d;
}

static void test_product(void **state)
{
    (void)state;
    uint32_t input;
    struct dose *d = of_input(&input);
    give_words(&d->b, input, "2.50");
    assert_dose(d, "", "give 2.5");
    give_words(&d->b, input, "1e-10");
    assert_dose(d, "", "give 0.0000000001");
    take_away(&d->b, input, "?[1,9]");
    assert_dose(d, "", "unknown {give}");
    const uint32_t reads[] = {read_input(input)};
    assert_missing(d->context, eval_result(d->context, 0), 1, reads);
    give_words(&d->b, input, "[2,3)"); /* a censored factor gives no dose */
    assert_dose(d, "", "unknown {give}");
    assert_missing(d->context, eval_result(d->context, 0), 1, reads);
    give_words(&d->b, input, "0");
    assert_dose_fault(d, "", FAULT_NOT_POSITIVE, 0);
    give_words(&d->b, input, "-1");
    assert_dose_fault(d, "", FAULT_NOT_POSITIVE, 0);
    give_words(&d->b, input, "!");
    assert_dose_fault(d, "", FAULT_OVERFLOW, 0);
    assert_int_equal(eval_result(d->context, 0)->fault_at, FAULT_PC);
    dose_free(d);
}

static struct dose *of_range(const char *lo, const char *hi)
{
    struct dose *d = dose_new();
    uint32_t low = build_number(&d->b, lo), high = build_number(&d->b, hi);
    dose_amount(d, ALWAYS, low, high);
    return d;
}

static void test_range(void **state)
{
    (void)state;
    struct dose *d = of_range("60", "75");
    dose_end(d);
    assert_dose(d, "", "give [60,75]");
    dose_free(d);
    d = of_range("75", "60");
    dose_end(d);
    assert_dose_fault(d, "", FAULT_RANGE_REVERSED, 0);
    dose_free(d);
    d = of_range("0", "60");
    dose_end(d);
    assert_dose_fault(d, "", FAULT_NOT_POSITIVE, 0);
    dose_free(d);
    d = of_range("60", "60.0");
    dose_end(d);
    assert_dose(d, "", "give 60");
    dose_free(d);
}

/* ---- Limits --------------------------------------------------------------------------------------- */

/* amount [hi], at least, at most, round to: NULL leaves a clause out, "none" is a parameter that is off. */
struct limits_case {
    const char *lo, *hi, *least, *most, *step;
    enum decimal_rounding how;
    const char *expected; /* NULL: a fault */
    enum fault fault;
};

static uint32_t limit_register(struct dose *d, const char *text)
{
    return strcmp(text, "none") == 0 ? build_none(&d->b) : build_number(&d->b, text);
}

static void assert_limits(const struct limits_case *c)
{
    struct dose *d = of_range(c->lo, c->hi ? c->hi : c->lo);
    uint32_t row = 0;
    if (c->least) dose_clause(d, ROWTYPE_LEAST, ALWAYS, limit_register(d, c->least)), row++;
    if (c->most) dose_clause(d, ROWTYPE_MOST, ALWAYS, limit_register(d, c->most)), row++;
    if (c->step) dose_round(d, limit_register(d, c->step), c->how), row++;
    dose_end(d);
    const struct rule_result *r = dose_run_on(d, "");
    if (!c->expected && (r->outcome != OUTCOME_FAULT || r->fault != c->fault || r->fault_row != row))
        fail_msg("%s, at most %s, to %s: fault %d in row %u", c->lo, c->most, c->step, r->fault,
                 r->fault_row);
    if (c->expected) assert_dose(d, "", c->expected);
    dose_free(d);
}

static void test_caps(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {"2.5", NULL, NULL, "2", NULL, 0, "give 2", 0},
        {"2", NULL, NULL, "2", NULL, 0, "give 2", 0},
        {"1.5", NULL, NULL, "2", NULL, 0, "give 1.5", 0},
        {"1.5", NULL, NULL, "none", NULL, 0, "give 1.5", 0},
        {"0.5", NULL, "1", NULL, NULL, 0, "give 1", 0},
        {"0.5", NULL, "none", "2", NULL, 0, "give 0.5", 0},
        {"5", NULL, "2", "2", NULL, 0, "give 2", 0},
        {"60", "75", NULL, "70", NULL, 0, "give [60,70]", 0},
        {"60", "75", "65", NULL, NULL, 0, "give [65,75]", 0},
        {"60", "75", NULL, "50", NULL, 0, "give 50", 0}, /* both ends are cut */
        {"5", NULL, "3", "2", NULL, 0, NULL, FAULT_LEAST_ABOVE_MOST},
        {"2.5", NULL, "3", "2", NULL, 0, NULL, FAULT_LEAST_ABOVE_MOST},
        {"5", NULL, NULL, "0", NULL, 0, NULL, FAULT_NOT_POSITIVE},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_limits(&cases[k]);
}

static void test_rounding(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {"1.24", NULL, NULL, NULL, "0.5", ROUND_NEAREST, "give 1", 0},
        {"1.25", NULL, NULL, NULL, "0.5", ROUND_NEAREST, "give 1.5", 0}, /* ties go away from zero */
        {"1.75", NULL, NULL, NULL, "0.5", ROUND_NEAREST, "give 2", 0},
        {"1.99", NULL, NULL, NULL, "0.5", ROUND_DOWN, "give 1.5", 0},
        {"1.01", NULL, NULL, NULL, "0.5", ROUND_UP, "give 1.5", 0},
        {"1.5", NULL, NULL, NULL, "0.5", ROUND_UP, "give 1.5", 0},
        {"0.3", NULL, NULL, NULL, "0.1", ROUND_DOWN, "give 0.3", 0}, /* exact in decimals */
        {"1.24", NULL, NULL, NULL, "none", ROUND_NEAREST, "give 1.24", 0},
        {"60", "75", NULL, NULL, "50", ROUND_NEAREST, "give [60,75]", 0}, /* a range is never rounded */
        {"60", "75", NULL, "40", "25", ROUND_NEAREST, "give 25",
         0}, /* one amount once its ends have met: 50 is over 40 */
        {"1.24", NULL, NULL, NULL, "0", ROUND_NEAREST, NULL, FAULT_STEP_NOT_POSITIVE},
        {"1.24", NULL, NULL, NULL, "-1", ROUND_NEAREST, NULL, FAULT_STEP_NOT_POSITIVE},
        {"0.2", NULL, NULL, NULL, "0.5", ROUND_NEAREST, NULL, FAULT_ROUNDS_TO_ZERO},
        {"0.2", NULL, NULL, NULL, "0.5", ROUND_DOWN, NULL, FAULT_ROUNDS_TO_ZERO},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_limits(&cases[k]);
}

static void test_rounding_at_limits(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {"1.9", NULL, NULL, "2", "0.75", ROUND_NEAREST, "give 1.5", 0}, /* 2.25 would pass the cap */
        {"5", NULL, NULL, "2", "0.75", ROUND_NEAREST, "give 1.5", 0},
        {"5", NULL, NULL, "2", "0.5", ROUND_UP, "give 2", 0}, /* the cap is a multiple itself */
        {"3750.01", NULL, NULL, "3750", "0.1", ROUND_UP, "give 3750", 0},
        {"5", NULL, NULL, "0.7", "0.1", ROUND_NEAREST, "give 0.7", 0},  /* seven times 0.1 exactly */
        {"1.1", NULL, "1", NULL, "0.75", ROUND_NEAREST, "give 1.5", 0}, /* 0.75 lies below */
        {"0.2", NULL, "1", NULL, "0.75", ROUND_DOWN, "give 1.5", 0},
        {"1.1", NULL, "1", "1.4", "0.75", ROUND_NEAREST, NULL, FAULT_NO_MULTIPLE},
        {"1.1", NULL, "1", "1.5", "0.75", ROUND_NEAREST, "give 1.5", 0},
        {"5", NULL, NULL, "0.4", "0.5", ROUND_NEAREST, NULL, FAULT_ROUNDS_TO_ZERO},
        {"5", NULL, "0.3", "0.4", "0.5", ROUND_NEAREST, NULL, FAULT_NO_MULTIPLE},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_limits(&cases[k]);
}

/* Of several that hold the largest `at least`, the smallest `at most`; those that do not hold are nothing. */
static void test_several_limits(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, ALWAYS, "10");
    dose_clause(d, ROWTYPE_MOST, a, build_number(&d->b, "8"));
    dose_clause(d, ROWTYPE_MOST, b, build_number(&d->b, "6"));
    dose_end(d);
    assert_dose(d, "nn", "give 10");
    assert_dose(d, "yn", "give 8");
    assert_dose(d, "yy", "give 6");
    assert_int_equal(eval_plan(d->context, 0)->most, 2);
    assert_true(eval_row(d->context, 2)->used);
    assert_false(eval_row(d->context, 1)->used); /* it holds, and did not bite */
    dose_free(d);
    d = dose_new();
    a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, ALWAYS, "1");
    dose_clause(d, ROWTYPE_LEAST, a, build_number(&d->b, "3"));
    dose_clause(d, ROWTYPE_LEAST, b, build_number(&d->b, "2"));
    dose_end(d);
    assert_dose(d, "yy", "give 3");
    assert_int_equal(eval_plan(d->context, 0)->least, 1);
    dose_free(d);
}

static void test_what_changed_it(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    dose_amount_of(d, ALWAYS, "2.6");
    dose_clause(d, ROWTYPE_LEAST, ALWAYS, build_number(&d->b, "1"));
    dose_clause(d, ROWTYPE_MOST, ALWAYS, build_number(&d->b, "2.4"));
    dose_round(d, build_number(&d->b, "0.5"), ROUND_DOWN);
    dose_end(d);
    assert_dose(d, "", "give 2");
    const struct plan_step *step = eval_plan(d->context, 0);
    assert_true(decimal_equal(step->raw_lo, dec("2.6")));
    assert_int_equal(step->least, NONE32);
    assert_int_equal(step->most, 2);
    assert_int_equal(step->round, 3);
    assert_true(decimal_equal(step->before_round, dec("2.4")));
    assert_false(eval_row(d->context, 1)->used);
    assert_true(eval_row(d->context, 2)->used);
    assert_true(eval_row(d->context, 3)->used);
    dose_free(d);
}

/* A limit that is not set makes the dose unknown, and names itself. */
static void test_unset_limit(void **state)
{
    (void)state;
    static const enum row_type types[] = {ROWTYPE_LEAST, ROWTYPE_MOST, ROWTYPE_ROUND};
    for (int k = 0; k < 3; k++) {
        struct dose *d = dose_new();
        uint32_t reg, param = dose_param(d, &reg);
        dose_amount_of(d, ALWAYS, "2");
        struct image_row *row = dose_clause(d, types[k], ALWAYS, reg);
        struct build_list reads = {{read_param(param)}, 1};
        row->value_reads = build_indexes(&d->b, &reads);
        dose_end(d);
        assert_dose(d, "", "unknown {give}");
        assert_missing(d->context, eval_result(d->context, 0), 1, reads.items);
        dose_set(d, param, "off");
        assert_dose(d, "", "give 2");
        dose_set(d, param, "1");
        assert_dose(d, "", types[k] == ROWTYPE_MOST ? "give 1" : "give 2");
        dose_set(d, param, "!");
        assert_dose_fault(d, "", FAULT_OVERFLOW, 1);
        dose_free(d);
    }
}

/* ---- Choose --------------------------------------------------------------------------------------- */

static void assert_choice(const char *lo, const char *hi, const char *point, const char *expected)
{
    struct dose *d = of_range(lo, hi);
    uint32_t reg = build_number(&d->b, point);
    dose_clause(d, ROWTYPE_CHOOSE, ALWAYS, reg);
    dose_end(d);
    if (expected)
        assert_dose(d, "", expected);
    else
        assert_dose_fault(d, "", FAULT_CHOICE_OUTSIDE, 1);
    dose_free(d);
}

static void test_choose(void **state)
{
    (void)state;
    assert_choice("60", "75", "70", "give 70");
    assert_choice("60", "75", "60", "give 60");
    assert_choice("60", "75", "75", "give 75");
    assert_choice("60", "75", "59.9", NULL);
    assert_choice("60", "75", "75.1", NULL);
    assert_choice("60", "60", "75", "give 60"); /* no range, nothing to choose */
}

static void test_choose_then_limits(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    uint32_t reg, param = dose_param(d, &reg);
    int other = dose_flag(d);
    dose_amount(d, ALWAYS, build_number(&d->b, "60"), build_number(&d->b, "75"));
    struct image_row *row = dose_clause(d, ROWTYPE_CHOOSE, ALWAYS, reg);
    struct build_list reads = {{read_param(param)}, 1};
    row->value_reads = build_indexes(&d->b, &reads);
    dose_clause(d, ROWTYPE_CHOOSE, other, build_number(&d->b, "65"));
    dose_clause(d, ROWTYPE_MOST, ALWAYS, build_number(&d->b, "68"));
    dose_round(d, build_number(&d->b, "5"), ROUND_NEAREST);
    dose_end(d);
    assert_dose(d, "n", "unknown {give}");
    assert_missing(d->context, eval_result(d->context, 0), 1, reads.items);
    dose_set(d, param, "72");
    assert_dose(d, "n", "give 65"); /* 72, cut to 68, rounded to 70, which passes the cap */
    assert_true(eval_plan(d->context, 0)->chosen);
    assert_true(eval_row(d->context, 1)->used);
    assert_dose(d, "y", "conflict"); /* 72 and 65 */
    dose_set(d, param, "65");
    assert_dose(d, "y", "give 65");
    dose_set(d, param, "off");
    assert_dose(d, "n", "give [60,68]");
    dose_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_product),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_caps),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_rounding_at_limits),
        cmocka_unit_test(test_several_limits),
        cmocka_unit_test(test_what_changed_it),
        cmocka_unit_test(test_unset_limit),
        cmocka_unit_test(test_choose),
        cmocka_unit_test(test_choose_then_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
