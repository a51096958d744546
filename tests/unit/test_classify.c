/* Classifications: policies, overrides, what is unknown, faults, `applies`. */
#include "tests/unit/result_words.h"

#include <stdlib.h>

enum { STANDARD, HIGH };

/* ---- The age and count table ---------------------------------------------------------------------- */

struct nci {
    struct build b;
    uint32_t wbc, age; /* age in months */
    struct eval_context *context;
};

static struct nci *nci_new(void)
{
    struct nci *n = calloc(1, sizeof *n);
    struct build *b = &n->b;
    build_start(b);
    n->wbc = build_input(b, KIND_NUM, "wbc");
    n->age = build_input(b, KIND_NUM, "age");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t wbc = build_load(b, n->wbc), age = build_load(b, n->age);
    struct image_row *row = build_value_row(b, STANDARD);
    uint32_t years = build_and(b, build_from(b, age, "12"), build_below(b, age, "120"));
    row->condition = build_and(b, years, build_below(b, wbc, "50"));
    row = build_value_row(b, HIGH);
    row->condition = build_from(b, age, "120");
    row = build_value_row(b, HIGH);
    row->condition = build_from(b, wbc, "50");
    build_rule_end(b);
    n->context = eval_new(&b->image);
    assert_non_null(n->context);
    return n;
}

static void nci_free(struct nci *n)
{
    eval_free(n->context);
    free(n);
}

static void nci_run(struct nci *n, const char *wbc, const char *age)
{
    take_away(&n->b, n->wbc, "?[0,3000]");
    take_away(&n->b, n->age, "?[0,)");
    if (wbc) give_words(&n->b, n->wbc, wbc);
    if (age) give_words(&n->b, n->age, age);
    eval_run(n->context, &n->b.record);
}

static void assert_nci(const char *wbc, const char *age, const char *expected)
{
    struct nci *n = nci_new();
    nci_run(n, wbc, age);
    assert_said(eval_result(n->context, 0), expected);
    nci_free(n);
}

static void test_boundaries(void **state)
{
    (void)state;
    assert_nci("49.999", "119.5", "decided 0");
    assert_nci("50", "119.5", "decided 1");
    assert_nci("49.999", "120", "decided 1");
    assert_nci("49.999", "12", "decided 0");
    assert_nci("49.999", "11.999", "not covered"); /* an infant */
    assert_nci("50", "11.999", "decided 1");
}

static void test_count_decides_without_age(void **state)
{
    (void)state;
    struct nci *n = nci_new();
    nci_run(n, "60", NULL);
    assert_said(eval_result(n->context, 0), "decided 1");
    assert_int_equal(eval_row(n->context, 0)->truth, TRUTH_NO);
    assert_int_equal(eval_row(n->context, 1)->truth, TRUTH_UNKNOWN);
    assert_false(eval_row(n->context, 1)->used);
    assert_int_equal(eval_row(n->context, 2)->truth, TRUTH_YES);
    assert_true(eval_row(n->context, 2)->used);
    assert_int_equal(eval_result(n->context, 0)->missing.count, 0);
    nci_free(n);
}

static void test_count_does_not_decide(void **state)
{
    (void)state;
    struct nci *n = nci_new();
    nci_run(n, "20", NULL);
    assert_said(eval_result(n->context, 0), "unknown {0,1,not covered}");
    const uint32_t age[] = {read_input(n->age)};
    assert_missing(n->context, eval_result(n->context, 0), 1, age);
    nci_run(n, NULL, NULL);
    assert_said(eval_result(n->context, 0), "unknown {0,1,not covered}");
    const uint32_t both[] = {read_input(n->wbc), read_input(n->age)};
    assert_missing(n->context, eval_result(n->context, 0), 2, both);
    nci_run(n, NULL, "130");
    assert_said(eval_result(n->context, 0), "decided 1");
    nci_run(n, NULL, "60"); /* one of the two, and never uncovered */
    assert_said(eval_result(n->context, 0), "unknown {0,1}");
    const uint32_t wbc[] = {read_input(n->wbc)};
    assert_missing(n->context, eval_result(n->context, 0), 1, wbc);
    nci_free(n);
}

static void test_ranges(void **state)
{
    (void)state;
    assert_nci("[0,50)", "60", "decided 0");
    assert_nci("[0,50]", "60", "unknown {0,1}");
    assert_nci("[50,3000]", "?", "decided 1");
    assert_nci("20", "(119,120)", "decided 0");
    assert_nci("20", "[119,121]", "unknown {0,1}");
    assert_nci("20", "(11,12)", "not covered");
    assert_nci("20", "[11,12]", "unknown {0,not covered}");
    assert_nci("[20,60]", "[130,140]", "decided 1"); /* either row says so */
}

/* ---- Rows whose conditions are inputs ------------------------------------------------------------- */

enum { ROWS = 5, NO_STATEMENT = -2, EQUIPOISE = -1, OTHERWISE = 100 };

/* One rule: results are members, NO_STATEMENT or EQUIPOISE, with OTHERWISE added for an `otherwise` row; each
   row holds as its input says.  instead[k]: the place of the row that row k overrides, or -1. */
struct policy {
    enum rule_policy policy;
    int count;
    int results[ROWS];
    int instead[ROWS];
};

static const struct policy AGREEMENT = {RULE_AGREEMENT, 3, {0, 1, 1}, {-1, -1, -1, -1, -1}};

struct rule_of_inputs {
    struct build b;
    uint32_t inputs[ROWS], applies;
    struct eval_context *context;
};

static void add_row(struct build *b, const struct policy *p, int k, uint32_t subject)
{
    int result = p->results[k] >= OTHERWISE - 2 ? p->results[k] - OTHERWISE : p->results[k];
    struct image_row *row = build_value_row(b, result < 0 ? 0 : (uint32_t)result);
    if (result < 0) row->result = result == NO_STATEMENT ? RESULT_NO_STATEMENT : RESULT_EQUIPOISE;
    if (p->instead[k] >= 0) row->instead_of = (uint32_t)p->instead[k];
    row->otherwise = p->results[k] >= OTHERWISE - 2;
    if (!row->otherwise) row->condition = build_holds(b, subject);
}

static struct rule_of_inputs *rule_new(const struct policy *p, bool with_applies)
{
    struct rule_of_inputs *r = calloc(1, sizeof *r);
    struct build *b = &r->b;
    uint32_t subjects[ROWS];
    build_start(b);
    for (int k = 0; k < p->count; k++)
        r->inputs[k] = build_input(b, KIND_BOOL, "row");
    r->applies = build_input(b, KIND_BOOL, "applies");
    struct image_rule *rule = build_rule(b, RULE_CLASSIFY, p->policy);
    if (with_applies) rule->applies = b->rule_subjects[build_load(b, r->applies)].s.reg;
    build_part(b, PART_SETUP);
    for (int k = 0; k < p->count; k++)
        subjects[k] = build_load(b, r->inputs[k]);
    for (int k = 0; k < p->count; k++)
        add_row(b, p, k, subjects[k]);
    build_rule_end(b);
    r->context = eval_new(&b->image);
    assert_non_null(r->context);
    return r;
}

static void rule_free(struct rule_of_inputs *r)
{
    eval_free(r->context);
    free(r);
}

static void give_letter(struct build *b, uint32_t input, char letter)
{
    if (letter == '?')
        take_away(b, input, "?");
    else if (letter == '!')
        give_words(b, input, "!");
    else
        give_words(b, input, letter == 'y' ? "yes" : "no");
}

/* rows: a letter a row, y n ? or ! for a fault. */
static const struct rule_result *rule_run_on(struct rule_of_inputs *r, char applies, const char *rows)
{
    give_letter(&r->b, r->applies, applies);
    for (int k = 0; rows[k]; k++)
        give_letter(&r->b, r->inputs[k], rows[k]);
    eval_run(r->context, &r->b.record);
    return eval_result(r->context, 0);
}

static void assert_rule(const struct policy *p, const char *rows, const char *expected)
{
    struct rule_of_inputs *r = rule_new(p, false);
    char said[INTERVAL_WORDS];
    if (strcmp(say_result(rule_run_on(r, 'y', rows), said), expected) != 0)
        fail_msg("rows %s: %s, expected %s", rows, said, expected);
    rule_free(r);
}

static void test_agreement(void **state)
{
    (void)state;
    const struct policy *p = &AGREEMENT;
    assert_rule(p, "ynn", "decided 0");
    assert_rule(p, "nyy", "decided 1");
    assert_rule(p, "nnn", "not covered");
    assert_rule(p, "yyn", "conflict");
    assert_rule(p, "yy?", "conflict"); /* whatever else is unknown */
    assert_rule(p, "ny?", "decided 1");
    assert_rule(p, "yn?", "unknown {0,conflict}");
    assert_rule(p, "?nn", "unknown {0,not covered}");
    assert_rule(p, "n??", "unknown {1,not covered}");
    assert_rule(p, "???", "unknown {0,1,not covered,conflict}");
}

static void test_silence_is_a_value(void **state)
{
    (void)state;
    const struct policy p = {RULE_AGREEMENT, 3, {0, NO_STATEMENT, EQUIPOISE}, {-1, -1, -1}};
    assert_rule(&p, "nyn", "no statement");
    assert_rule(&p, "nny", "equipoise");
    assert_rule(&p, "yyn", "conflict");
    assert_rule(&p, "nyy", "conflict");
    assert_rule(&p, "n?n", "unknown {no statement,not covered}");
}

static void test_first_match(void **state)
{
    (void)state;
    const struct policy p = {RULE_FIRST_MATCH, 3, {0, 1, NO_STATEMENT}, {-1, -1, -1}};
    assert_rule(&p, "yyy", "decided 0");
    assert_rule(&p, "nyy", "decided 1");
    assert_rule(&p, "nny", "no statement");
    assert_rule(&p, "nnn", "not covered");
    assert_rule(&p, "y??", "decided 0");
    assert_rule(&p, "?yy", "unknown {0,1}");
    assert_rule(&p, "n?y", "unknown {1,no statement}");
    assert_rule(&p, "??n", "unknown {0,1,not covered}");
    assert_rule(&p, "y!n", "decided 0");
    assert_rule(&p, "?y!", "unknown {0,1}"); /* what comes after a row that holds does not matter */
}

static void test_highest(void **state)
{
    (void)state;
    const struct policy p = {RULE_HIGHEST, 5, {0, 1, 2, NO_STATEMENT, EQUIPOISE}, {-1, -1, -1, -1, -1}};
    assert_rule(&p, "yynnn", "decided 1");
    assert_rule(&p, "yyyyy", "decided 2");
    assert_rule(&p, "ynnyy", "decided 0"); /* below every value */
    assert_rule(&p, "nnnyy", "equipoise");
    assert_rule(&p, "nnnyn", "no statement");
    assert_rule(&p, "nnnnn", "not covered");
    assert_rule(&p, "?yy??", "decided 2");
    assert_rule(&p, "y?nnn", "unknown {0,1}");
    assert_rule(&p, "y?n?!", "unknown {0,1}"); /* no fault below the value can matter */
    assert_rule(&p, "nnny?", "unknown {no statement,equipoise}");
}

static void test_otherwise(void **state)
{
    (void)state;
    const struct policy p = {RULE_AGREEMENT, 3, {0, 1, OTHERWISE + 2}, {-1, -1, -1}};
    assert_rule(&p, "nnn", "decided 2");
    assert_rule(&p, "ynn", "decided 0");
    assert_rule(&p, "?nn", "unknown {0,2}");
    const struct policy same = {RULE_FIRST_MATCH, 2, {0, OTHERWISE + 0}, {-1, -1}};
    assert_rule(&same, "?n", "decided 0");
    const struct policy silent = {RULE_AGREEMENT, 2, {0, OTHERWISE + NO_STATEMENT}, {-1, -1}};
    assert_rule(&silent, "nn", "no statement");
    struct rule_of_inputs *r = rule_new(&p, false);
    rule_run_on(r, 'y', "nnn");
    assert_int_equal(eval_row(r->context, 2)->truth, TRUTH_YES);
    assert_true(eval_row(r->context, 2)->used);
    rule_run_on(r, 'y', "ynn");
    assert_int_equal(eval_row(r->context, 2)->truth, TRUTH_NO);
    assert_false(eval_row(r->context, 2)->used);
    rule_free(r);
}

static void test_overrides(void **state)
{
    (void)state;
    const struct policy p = {RULE_AGREEMENT, 4, {0, 1, 2, 0}, {-1, 0, 0, -1}};
    assert_rule(&p, "ynnn", "decided 0");
    assert_rule(&p, "yynn", "decided 1");
    assert_rule(&p, "yyyn", "conflict"); /* two overrides that hold at once */
    assert_rule(&p, "nynn", "decided 1");
    assert_rule(&p, "y?nn", "unknown {0,1}"); /* no conflict is possible, and no gap */
    assert_rule(&p, "?ynn", "decided 1");
    assert_rule(&p, "yy?n", "unknown {1,conflict}");
    assert_rule(&p, "yyny", "conflict"); /* another row says what the overridden one said */
    const struct policy chain = {RULE_AGREEMENT, 3, {0, 1, 2}, {-1, 0, 1}};
    assert_rule(&chain, "yyy", "decided 2"); /* an overridden row still overrides */
    assert_rule(&chain, "yy?", "unknown {1,2}");
    assert_rule(&chain, "y?y", "conflict"); /* as the record stands both count */
    const struct policy first = {RULE_FIRST_MATCH, 3, {0, 1, 2}, {-1, 0, 0}};
    assert_rule(&first, "yyn", "decided 1");
    assert_rule(&first, "yyy", "conflict");
    const struct policy highest = {RULE_HIGHEST, 3, {2, 0, 1}, {-1, 0, 0}};
    assert_rule(&highest, "yyn", "decided 0");
    assert_rule(&highest, "yyy", "conflict");
    assert_rule(&highest, "yy?", "unknown {0,conflict}");
}

static void test_used_rows(void **state)
{
    (void)state;
    struct rule_of_inputs *r = rule_new(&AGREEMENT, false);
    rule_run_on(r, 'y', "nyy");
    assert_false(eval_row(r->context, 0)->used);
    assert_true(eval_row(r->context, 1)->used);
    assert_true(eval_row(r->context, 2)->used);
    rule_run_on(r, 'y', "yyn"); /* both rows of a conflict */
    assert_true(eval_row(r->context, 0)->used);
    assert_true(eval_row(r->context, 1)->used);
    assert_false(eval_row(r->context, 2)->used);
    rule_run_on(r, 'y', "n??");
    assert_false(eval_row(r->context, 1)->used);
    rule_free(r);
}

/* ---- Whom it is for ------------------------------------------------------------------------------- */

static void test_applies(void **state)
{
    (void)state;
    static const struct {
        char applies;
        const char *rows, *expected;
    } cases[] = {
        {'n', "yyn", "not applicable"}, {'n', "!!!", "not applicable"},
        {'y', "ynn", "decided 0"},      {'?', "ynn", "unknown {0,not applicable}"},
        {'?', "yyn", "conflict"},       {'?', "nnn", "unknown {not applicable,not covered}"},
        {'!', "ynn", "fault"},          {'?', "n?n", "unknown {1,not applicable,not covered}"},
        {'?', "n!n", "fault"},
    };
    struct rule_of_inputs *r = rule_new(&AGREEMENT, true);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_said(rule_run_on(r, cases[k].applies, cases[k].rows), cases[k].expected);
    const struct rule_result *result = rule_run_on(r, '!', "ynn");
    assert_int_equal(result->fault_row, NONE32);
    assert_int_equal(result->fault_at, FAULT_PC);
    const uint32_t waits[] = {read_input(r->inputs[1]), read_input(r->applies)};
    result = rule_run_on(r, '?', "n?n");
    assert_missing(r->context, result, 2, waits);
    rule_free(r);
}

/* ---- Faults --------------------------------------------------------------------------------------- */

static void test_faults(void **state)
{
    (void)state;
    assert_rule(&AGREEMENT, "!nn", "fault");
    assert_rule(&AGREEMENT, "y!n", "fault");
    assert_rule(&AGREEMENT, "ny!", "decided 1"); /* the fault cannot change it */
    assert_rule(&AGREEMENT, "?!n", "fault");     /* before unknown */
    assert_rule(&AGREEMENT, "yy!", "conflict");
    struct rule_of_inputs *r = rule_new(&AGREEMENT, false);
    const struct rule_result *result = rule_run_on(r, 'y', "?!!");
    assert_int_equal(result->fault, FAULT_OVERFLOW);
    assert_int_equal(result->fault_at, FAULT_PC);
    assert_int_equal(result->fault_row, 1);
    assert_int_equal(result->missing.count, 0);
    rule_free(r);
}

/* A context is used again and again: nothing of an earlier record is left. */
static void test_again(void **state)
{
    (void)state;
    struct rule_of_inputs *r = rule_new(&AGREEMENT, true);
    assert_said(rule_run_on(r, '?', "?yn"), "unknown {1,not applicable,conflict}");
    assert_said(rule_run_on(r, 'n', "?yn"), "not applicable");
    assert_false(eval_row(r->context, 1)->used);
    assert_said(rule_run_on(r, 'y', "nyn"), "decided 1");
    assert_int_equal(eval_result(r->context, 0)->missing.count, 0);
    rule_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_count_decides_without_age),
        cmocka_unit_test(test_count_does_not_decide),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_silence_is_a_value),
        cmocka_unit_test(test_first_match),
        cmocka_unit_test(test_highest),
        cmocka_unit_test(test_otherwise),
        cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_used_rows),
        cmocka_unit_test(test_applies),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
