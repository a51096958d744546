/* Doses: rows that agree or differ, steps by day, withhold, ask and warn, what is unknown, what goes before
 * what. */
#include "tests/unit/dose_builder.h"

/* ---- Amounts by agreement ------------------------------------------------------------------------- */

static void test_agreement(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, a, "2000");
    dose_amount_of(d, b, "2e3");
    dose_end(d);
    assert_dose(d, "yn", "give 2000");
    assert_dose(d, "yy", "give 2000"); /* the same amount, written differently */
    assert_true(eval_row(d->context, 0)->used);
    assert_true(eval_row(d->context, 1)->used);
    assert_dose(d, "nn", "not covered");
    assert_dose(d, "y?", "give 2000"); /* the same either way */
    assert_dose(d, "n?", "unknown {not covered,give}");
    dose_free(d);
    d = dose_new();
    a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, a, "2000");
    dose_amount_of(d, b, "2500");
    dose_end(d);
    assert_dose(d, "yy", "conflict");
    assert_true(eval_row(d->context, 0)->used);
    assert_true(eval_row(d->context, 1)->used);
    assert_dose(d, "y?", "unknown {conflict,give}");
    assert_int_equal(dose_run_on(d, "y?")->missing.count, 1);
    assert_int_equal(eval_missing(d->context)[0], read_input(d->flags[1]));
    assert_dose(d, "y!", "fault");
    assert_int_equal(eval_result(d->context, 0)->fault_row, 1);
    dose_free(d);
}

/* What is given after the limits has to agree. */
static void test_agreement_after_limits(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int a = dose_flag(d), cap = dose_flag(d);
    dose_amount_of(d, ALWAYS, "5");
    dose_amount_of(d, a, "7");
    dose_clause(d, ROWTYPE_MOST, cap, build_number(&d->b, "4"));
    dose_end(d);
    assert_dose(d, "yy", "give 4");
    assert_dose(d, "yn", "conflict");
    assert_dose(d, "?y", "give 4");
    assert_dose(d, "n?", "unknown {give}"); /* two plans, one outcome */
    assert_dose(d, "y?", "conflict");
    dose_free(d);
}

static void test_limit_that_cannot_bite(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int cap = dose_flag(d);
    dose_amount_of(d, ALWAYS, "5");
    dose_clause(d, ROWTYPE_MOST, cap, build_number(&d->b, "5"));
    dose_end(d);
    assert_dose(d, "?", "give 5");
    dose_free(d);
}

static void test_overrides(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int young = dose_flag(d), liver = dose_flag(d), other = dose_flag(d);
    dose_amount_of(d, young, "2500");
    dose_amount_of(d, liver, "1250")->instead_of = 0;
    dose_amount_of(d, other, "1000")->instead_of = 0;
    dose_end(d);
    assert_dose(d, "ynn", "give 2500");
    assert_dose(d, "yyn", "give 1250");
    assert_false(eval_row(d->context, 0)->used);
    assert_dose(d, "yyy", "conflict"); /* two overrides that hold at once */
    assert_dose(d, "y?n", "unknown {give}");
    assert_dose(d, "yy?", "unknown {conflict,give}");
    dose_free(d);
}

/* One known conflict is a conflict, in whatever order the rows stand; an unknown amount cannot agree. */
static void test_unknown_beside_others(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    uint32_t reg;
    int other = dose_flag(d);
    dose_input(d, &reg);
    dose_amount(d, ALWAYS, reg, reg);
    dose_amount_of(d, ALWAYS, "2");
    dose_amount_of(d, other, "3");
    dose_end(d);
    assert_dose(d, "y", "conflict");
    assert_dose(d, "n",
                "unknown {conflict,give}"); /* the amount that is not known may differ from the other */
    dose_free(d);
}

/* ---- Steps by day --------------------------------------------------------------------------------- */

static void test_steps(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int second = dose_flag(d);
    dose_days(d, ALWAYS, "9", "1-7");
    dose_days(d, second, "28", "8-28");
    dose_end(d);
    assert_dose(d, "y", "give 1-7: 9; 8-28: 28 = 651");
    assert_dose(d, "n", "give 1-7: 9 = 63");
    assert_dose(d, "?", "unknown {give}");
    dose_free(d);
}

static void test_days_in_common(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int other = dose_flag(d), same = dose_flag(d);
    dose_days(d, ALWAYS, "9", "1-7 15");
    dose_days(d, other, "8", "7-9");
    dose_days(d, same, "9.0", "3-10 15-16");
    dose_end(d);
    assert_dose(d, "nn", "give 1-7 15: 9 = 72");
    assert_dose(d, "yn", "conflict");                            /* day 7 */
    assert_dose(d, "ny", "give 1-7 15: 9; 3-10 15-16: 9 = 108"); /* each day once: 1 to 10, 15, 16 */
    assert_dose(d, "?n", "unknown {conflict,give}");
    dose_free(d);
}

static void test_total(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *total;
    } cases[] = {
        {"1-7", "8-28", "28"},         {"1-28", "3 5 7", "28"}, {"3 5 7", "1-28", "28"},
        {"1-3 2-4", "4-6", "6"},       {"5-9", "1-6", "9"},     {"1 3 5", "1-5", "5"},
        {"1-2 5-6 9-10", "2-9", "10"}, {"1 1 1", "1", "1"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct dose *d = dose_new();
        dose_days(d, ALWAYS, "1", cases[k].first);
        dose_days(d, ALWAYS, "1", cases[k].second);
        dose_end(d);
        const struct rule_result *r = dose_run_on(d, "");
        assert_true(r->has_total);
        if (!decimal_equal(r->total_lo, dec(cases[k].total)))
            fail_msg("%s and %s", cases[k].first, cases[k].second);
        dose_free(d);
    }
}

/* A plan in one row and the same plan in steps agree; another one does not. */
static void test_plan_against_steps(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int whole = dose_flag(d), other = dose_flag(d);
    dose_days(d, ALWAYS, "0.8", "1");
    dose_days(d, ALWAYS, "0.5", "8 15");
    uint32_t high = build_number(&d->b, "0.8"), low = build_number(&d->b, "0.5");
    struct image_row *row = dose_row(d, ROWTYPE_AMOUNT, whole);
    dose_step(d, row, low, low, "8");
    dose_step(d, row, high, high, "1");
    dose_step(d, row, low, low, "15");
    row = dose_row(d, ROWTYPE_AMOUNT, other);
    dose_step(d, row, high, high, "1");
    dose_step(d, row, low, low, "8");
    dose_end(d);
    assert_dose(d, "nn", "give 1: 0.8; 8 15: 0.5 = 1.8");
    assert_dose(d, "yn", "give 1: 0.8; 8 15: 0.5 = 1.8");
    assert_dose(d, "ny", "conflict"); /* day 15 */
    assert_dose(d, "?n", "give 1: 0.8; 8 15: 0.5 = 1.8");
    dose_free(d);
}

static void test_days_against_no_days(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    dose_days(d, ALWAYS, "5", "1");
    dose_amount_of(d, ALWAYS, "5");
    dose_end(d);
    assert_dose(d, "", "conflict");
    dose_free(d);
}

static void test_clash_in_one_row(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    uint32_t high = build_number(&d->b, "0.8"), low = build_number(&d->b, "0.5");
    struct image_row *row = dose_row(d, ROWTYPE_AMOUNT, ALWAYS);
    dose_step(d, row, high, high, "1-8");
    dose_step(d, row, low, low, "8");
    dose_end(d);
    assert_dose(d, "", "conflict");
    dose_free(d);
}

static void test_no_statement(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int silent = dose_flag(d), amount = dose_flag(d);
    dose_amount(d, silent, NONE32, NONE32);
    dose_amount_of(d, amount, "5");
    dose_end(d);
    assert_dose(d, "yn", "no statement");
    assert_true(eval_row(d->context, 0)->used);
    assert_dose(d, "ny", "give 5");
    assert_dose(d, "yy", "conflict"); /* by agreement silence is a value */
    assert_dose(d, "?n", "unknown {no statement,not covered}");
    dose_free(d);
    d = dose_new();
    struct image_row *row = dose_row(d, ROWTYPE_AMOUNT, ALWAYS);
    uint32_t reg = build_number(&d->b, "5");
    dose_step(d, row, reg, reg, "1-2");
    dose_step(d, row, NONE32, NONE32, "3");
    dose_end(d);
    assert_dose(d, "", "give 1-2: 5; 3: no statement"); /* and no total */
    dose_free(d);
}

/* ---- Withhold ------------------------------------------------------------------------------------- */

static struct dose *with_reasons(enum row_type first, enum row_type second)
{
    struct dose *d = dose_new();
    int a = dose_flag(d), b = dose_flag(d), amount = dose_flag(d);
    dose_amount_of(d, amount, "5");
    dose_row(d, first, a);
    dose_row(d, second, b);
    dose_end(d);
    return d;
}

static void test_withhold(void **state)
{
    (void)state;
    struct dose *d = with_reasons(ROWTYPE_WITHHOLD, ROWTYPE_TOO_EARLY);
    assert_dose(d, "nny", "give 5");
    assert_dose(d, "yny", "withhold");
    assert_true(eval_row(d->context, 1)->used);
    assert_false(eval_row(d->context, 2)->used);
    assert_false(eval_row(d->context, 0)->used);
    assert_dose(d, "nyy", "withhold");
    assert_dose(d, "yyy", "withhold");
    assert_true(eval_row(d->context, 1)->used && eval_row(d->context, 2)->used); /* every reason */
    assert_dose(d, "y?n", "withhold"); /* whatever else is unknown, or not covered */
    assert_dose(d, "y!!", "withhold");
    assert_dose(d, "n?y", "unknown {give,withhold}, would be 5");
    assert_int_equal(eval_result(d->context, 0)->missing.count, 1);
    assert_dose(d, "n?n", "unknown {not covered,withhold}");
    assert_dose(d, "n??", "unknown {not covered,give,withhold}");
    assert_dose(d, "n!y", "fault, would be 5");
    dose_free(d);
}

/* ---- Ask and warn --------------------------------------------------------------------------------- */

static void test_ask(void **state)
{
    (void)state;
    struct dose *d = with_reasons(ROWTYPE_ASK, ROWTYPE_WITHHOLD);
    assert_dose(d, "nny", "give 5");
    assert_dose(d, "yny", "ask 5");
    assert_true(eval_row(d->context, 1)->used);
    assert_false(eval_row(d->context, 1)->unchecked);
    assert_dose(d, "?ny", "ask 5"); /* nobody can say that there is nothing to ask */
    assert_true(eval_row(d->context, 1)->unchecked);
    assert_false(eval_row(d->context, 1)->used);
    assert_dose(d, "!ny", "ask 5");
    assert_true(eval_row(d->context, 1)->unchecked);
    assert_dose(d, "yyy", "withhold");
    assert_dose(d, "ynn", "not covered");
    assert_dose(d, "?n?", "unknown {not covered,give,ask}"); /* what is asked may turn out to be nothing */
    assert_dose(d, "yn?", "unknown {not covered,ask}");
    dose_free(d);
}

static void test_warn(void **state)
{
    (void)state;
    static const enum row_type types[] = {ROWTYPE_WARN, ROWTYPE_TOO_LATE};
    for (int k = 0; k < 2; k++) {
        struct dose *d = with_reasons(types[k], ROWTYPE_WITHHOLD);
        assert_dose(d, "yny", "give 5");
        assert_true(eval_row(d->context, 1)->used);
        assert_dose(d, "?ny", "give 5");
        assert_true(eval_row(d->context, 1)->unchecked);
        assert_dose(d, "!ny", "give 5");
        assert_true(eval_row(d->context, 1)->unchecked);
        assert_dose(d, "nny", "give 5");
        assert_false(eval_row(d->context, 1)->unchecked || eval_row(d->context, 1)->used);
        dose_free(d);
    }
}

/* ---- Routes --------------------------------------------------------------------------------------- */

static void add_route(struct dose *d, int flag, uint32_t name)
{
    struct image_row *row = dose_row(d, ROWTYPE_ROUTE, flag);
    row->routes = (struct run){d->b.image.ROUTES_count, 1};
    d->b.routes[d->b.image.ROUTES_count++] = (struct image_route){name, NONE32, NONE32, 0};
}

static void test_routes(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, ALWAYS, "5");
    add_route(d, a, 100);
    add_route(d, b, 200);
    dose_end(d);
    assert_dose(d, "yn", "give 5");
    assert_true(eval_row(d->context, 1)->used);
    assert_false(eval_row(d->context, 2)->used);
    assert_dose(d, "y?", "unknown {give}, would be 5"); /* by which route is not known */
    dose_free(d);
    d = dose_new();
    a = dose_flag(d), b = dose_flag(d);
    dose_amount_of(d, ALWAYS, "5");
    add_route(d, ALWAYS, 100);
    add_route(d, b, 100);
    dose_end(d);
    assert_dose(d, "y?", "give 5"); /* the same route */
    dose_free(d);
}

/* ---- Whom it is for, and the order of outcomes ---------------------------------------------------- */

/* applies, withhold, ask, one amount and another */
static struct dose *in_order(void)
{
    struct dose *d = calloc(1, sizeof *d);
    struct build *b = &d->b;
    build_start(b);
    build_text(b, "drug");
    uint32_t applies = build_input(b, KIND_BOOL, "applies");
    struct image_rule *rule = build_rule(b, RULE_DOSE, 0);
    rule->drug = 1;
    rule->applies = b->rule_subjects[build_load(b, applies)].s.reg;
    d->flags[d->flag_count++] = applies;
    build_part(b, PART_SETUP);
    int withhold = dose_flag(d), ask = dose_flag(d), one = dose_flag(d), other = dose_flag(d);
    dose_row(d, ROWTYPE_WITHHOLD, withhold);
    dose_row(d, ROWTYPE_ASK, ask);
    dose_amount_of(d, one, "1");
    dose_amount_of(d, other, "2");
    dose_end(d);
    return d;
}

static void test_order(void **state)
{
    (void)state;
    static const struct {
        const char *flags, *expected; /* applies, withhold, ask, one, other */
    } cases[] = {
        {"nyyyy", "not applicable"},
        {"n!!!!", "not applicable"},
        {"?yyyy", "withhold"}, /* also while it is unknown whether the dose is meant at all */
        {"!yyyy", "withhold"},
        {"yy!!!", "withhold"},
        {"y!yyy", "fault"}, /* before conflict */
        {"yn!!n", "fault"},
        {"ynyyy", "conflict"}, /* before unknown and ask */
        {"?nyyy", "conflict"},
        {"y?yyy", "conflict"},
        {"ynnnn", "not covered"},
        {"?nnnn", "unknown {not applicable,not covered}"},
        {"?nnyn", "unknown {not applicable,give}, would be 1"},
        {"?nyyn", "unknown {not applicable,ask}, would be 1"},
        {"??nyn", "unknown {not applicable,give,withhold}, would be 1"},
        {"!nnyn", "fault, would be 1"},
        {"ynyyn", "ask 1"},
        {"ynnyn", "give 1"},
    };
    struct dose *d = in_order();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_dose(d, cases[k].flags, cases[k].expected);
    dose_free(d);
}

/* A fault of an amount that holds goes before what is unknown. */
static void test_fault_of_amount(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int withhold = dose_flag(d), bad = dose_flag(d);
    dose_row(d, ROWTYPE_WITHHOLD, withhold);
    dose_amount_of(d, bad, "-1");
    dose_end(d);
    assert_dose(d, "ny", "fault");
    assert_dose(d, "?y", "fault");
    assert_int_equal(eval_result(d->context, 0)->fault, FAULT_NOT_POSITIVE);
    assert_int_equal(eval_result(d->context, 0)->fault_row, 1);
    assert_dose(d, "yy", "withhold");
    assert_dose(d, "n?", "unknown {not covered,fault}");
    dose_free(d);
}

/* ---- The search ----------------------------------------------------------------------------------- */

/* Rows that together cover every weight, with and without one amount for all. */
static struct dose *by_weight(const char *below, const char *above)
{
    struct dose *d = dose_new();
    struct build *b = &d->b;
    d->flags[0] = build_input(b, KIND_NUM, "weight");
    uint32_t weight = build_load(b, d->flags[0]);
    struct image_row *row = build_row(b, ROWTYPE_AMOUNT);
    row->condition = build_below(b, weight, "45");
    uint32_t reg = build_number(b, below);
    dose_step(d, row, reg, reg, NULL);
    row = build_row(b, ROWTYPE_AMOUNT);
    row->condition = build_from(b, weight, "45");
    reg = build_number(b, above);
    dose_step(d, row, reg, reg, NULL);
    dose_end(d);
    return d;
}

static void test_search(void **state)
{
    (void)state;
    struct dose *d = by_weight("28", "28");
    assert_dose(d, "?", "give 28");
    assert_true(eval_row(d->context, 0)->used);
    assert_true(eval_row(d->context, 1)->used);
    dose_free(d);
    d = by_weight("15", "28");
    assert_dose(d, "?", "unknown {give}");
    give_words(&d->b, d->flags[0], "44.999");
    assert_dose(d, "", "give 15");
    give_words(&d->b, d->flags[0], "45");
    assert_dose(d, "", "give 28");
    give_words(&d->b, d->flags[0], "[40,45)");
    assert_dose(d, "", "give 15");
    dose_free(d);
}

/* Beyond the limit of combinations each row counts alone. */
static void test_search_cut_off(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    for (int k = 0; k < 13; k++)
        dose_flag(d);
    for (int k = 0; k < 13; k++)
        dose_amount_of(d, k, "5");
    dose_end(d);
    assert_dose(d, "?????????????", "unknown {not covered,conflict,give} about");
    assert_dose(d, "y????????????", "give 5");
    dose_free(d);
}

/* ---- What others read of a dose ------------------------------------------------------------------- */

struct reader {
    uint32_t amount, total, within;
};

/* Ends the dose and adds a guarantee that reads it. */
static struct reader read_dose(struct dose *d, const char *number)
{
    struct build *b = &d->b;
    struct reader r;
    dose_end(d);
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    r.amount = build_op(b, OP_LOAD_RESULT, 0, 0, 0);
    r.total = build_op(b, OP_LOAD_TOTAL, 0, 0, 0);
    r.within = build_op(b, OP_WITHIN, build_number(b, number), 0, 0);
    build_rule_end(b);
    return r;
}

static void assert_read(struct dose *d, const struct reader *r, const char *flags, const char *amount,
                        const char *total, const char *within)
{
    char said[INTERVAL_WORDS];
    dose_run_on(d, flags);
    assert_string_equal(say_interval(eval_register(d->context, r->amount), said), amount);
    assert_string_equal(say_interval(eval_register(d->context, r->total), said), total);
    assert_string_equal(say_truth(eval_register(d->context, r->within)), within);
}

static void test_read_amount(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    int ask = dose_flag(d), withhold = dose_flag(d), bad = dose_flag(d), good = dose_flag(d);
    dose_row(d, ROWTYPE_ASK, ask);
    dose_row(d, ROWTYPE_WITHHOLD, withhold);
    dose_amount_of(d, good, "5");
    dose_amount_of(d, bad, "-1");
    struct reader r = read_dose(d, "5");
    assert_read(d, &r, "nnny", "5", "5", "yes");
    assert_read(d, &r, "ynny", "5", "5", "yes");
    assert_read(d, &r, "nyny", "?", "?", "?"); /* withheld: there is no amount */
    assert_read(d, &r, "n?ny", "?", "?", "?");
    assert_read(d, &r, "nnnn", "?", "?", "?");
    assert_read(d, &r, "nnyn", "!", "!", "!");
    assert_int_equal(eval_register(d->context, r.amount)->fault, FAULT_OTHER_RULE);
    dose_free(d);
}

static void test_read_range(void **state)
{
    (void)state;
    struct dose *d = dose_new();
    uint32_t low = build_number(&d->b, "60"), high = build_number(&d->b, "75");
    dose_amount(d, ALWAYS, low, high);
    struct reader r = read_dose(d, "75");
    assert_read(d, &r, "", "[60,75]", "[60,75]", "yes");
    dose_free(d);
    d = dose_new();
    low = build_number(&d->b, "60"), high = build_number(&d->b, "75");
    dose_amount(d, ALWAYS, low, high);
    r = read_dose(d, "75.1");
    assert_read(d, &r, "", "[60,75]", "[60,75]", "no");
    dose_free(d);
    d = dose_new();
    dose_days(d, ALWAYS, "9", "1-7");
    r = read_dose(d, "9");
    assert_read(d, &r, "", "?", "63", "?"); /* several amounts are none */
    dose_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_agreement_after_limits),
        cmocka_unit_test(test_limit_that_cannot_bite),
        cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_unknown_beside_others),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_days_in_common),
        cmocka_unit_test(test_total),
        cmocka_unit_test(test_plan_against_steps),
        cmocka_unit_test(test_days_against_no_days),
        cmocka_unit_test(test_clash_in_one_row),
        cmocka_unit_test(test_no_statement),
        cmocka_unit_test(test_withhold),
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_warn),
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_fault_of_amount),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_search_cut_off),
        cmocka_unit_test(test_read_amount),
        cmocka_unit_test(test_read_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
