/* Rules that run for each element of a list: when an element ends where the next begins, and the whole from
 * the parts. */
#include "tests/unit/each_builder.h"

/* ---- States of a monitor -------------------------------------------------------------------------- */

static void monitor(const char *now, const char *given, const char *levels, const char *expected)
{
    struct followed *f = followed_new();
    assert_followed(f, MONITOR_RULE, now, given, levels, expected);
    followed_free(f);
}

/* A dose on 10 January: from the 16th to the 18th, overdue after the 20th. */
static void test_states(void **state)
{
    (void)state;
    const char *dose = "2026-01-10 100";
    monitor("2026-01-15", dose, "", "not due: not due");
    monitor("2026-01-16", dose, "", "due: due");
    monitor("2026-01-20", dose, "", "due: due");
    monitor("2026-01-21", dose, "", "overdue: overdue");
    monitor("2026-01-21", dose, "2026-01-16 1", "done: done");
    monitor("2026-01-21", dose, "2026-01-18 1", "done: done");
    monitor("2026-01-17", dose, "2026-01-16 1", "done: done");
    monitor("2026-01-17", dose, "2026-01-15 1", "due: due"); /* early: shown, and does not count */
    monitor("2026-01-21", dose, "2026-01-15 1", "overdue: overdue");
    monitor("2026-01-21", dose, "2026-01-19 1", "late: late");
    monitor("2026-01-21", dose, "2026-01-17 1; 2026-01-19 1", "done: done");
    monitor("2026-01-21", dose, "2026-01-17T23:59 1", "done: done"); /* calendar dates */
}

static void test_lists(void **state)
{
    (void)state;
    monitor("2026-01-21", "", "", "not due"); /* nothing to follow */
    monitor("2026-01-21", NULL, "", "{done|late|not due|due|missed|overdue}");
    monitor("2026-01-15", "2026-01-10 100", NULL, "not due: not due");
    monitor("2026-01-17", "2026-01-10 100", NULL, "{done|due}: {done|due}");
    monitor("2026-01-21", "2026-01-10 100", NULL, "{done|late|overdue}: {done|late|overdue}");
}

static void test_missing_lists(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    followed_run(f, "2026-01-17", NULL, NULL);
    const uint32_t given = read_input(f->given), levels = read_input(f->levels);
    assert_missing(f->context, eval_result(f->context, MONITOR_RULE), 1, &given);
    assert_missing(f->context, eval_result(f->context, ALERT_RULE), 1, &given);
    followed_run(f, "2026-01-17", "2026-01-10 100", NULL);
    assert_missing(f->context, eval_result(f->context, MONITOR_RULE), 1, &levels);
    assert_missing(f->context, eval_result(f->context, ALERT_RULE), 0, NULL);
    followed_free(f);
}

static void test_two_doses(void **state)
{
    (void)state;
    const char *doses = "2026-01-10 100; 2026-01-24 100";
    monitor("2026-01-30", doses, "", "due: missed; due");
    monitor("2026-01-30", doses, "2026-01-17 1", "due: done; due");
    monitor("2026-01-30", doses, "2026-01-19 1", "due: late; due");
    monitor("2026-01-30", doses, "2026-01-17 1; 2026-01-30 1", "done: done; done");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17 100", "2026-01-17 1",
            "overdue: {done|missed}; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17 100", "2026-01-16 1", "overdue: done; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17 100", "2026-01-18 1", "overdue: missed; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17T08:00 100", "2026-01-17T07:59 1",
            "overdue: done; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17T08:00 100", "2026-01-17T08:00 1",
            "overdue: missed; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-17T08:00 100", "2026-01-17 1",
            "overdue: {done|missed}; overdue");
}

static void test_month_ends(void **state)
{
    (void)state;
    monitor("2024-02-28", "2024-02-23 100", "", "not due: not due");
    monitor("2024-02-29", "2024-02-23 100", "", "due: due");
    monitor("2024-03-04", "2024-02-23 100", "2024-03-02 1", "done: done"); /* across 29 February */
    monitor("2024-03-04", "2024-02-23 100", "2024-03-03 1", "late: late");
    monitor("2026-02-28", "2026-02-22 100", "", "due: due");
    monitor("2026-03-01", "2026-02-22 100", "2026-03-01 1", "done: done");
}

/* ---- Elements that may count ---------------------------------------------------------------------- */

static void test_where(void **state)
{
    (void)state;
    monitor("2026-01-30", "2026-01-10 100 n", "", "not due: -");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-24 100 n", "", "overdue: overdue; -");
    monitor("2026-01-30", "2026-01-10 100 n; 2026-01-24 100", "", "due: -; due");
    monitor("2026-01-30", "2026-01-24 100 ?", "", "{not due|due}: ?{due|not applicable}");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-24 100 ?", "",
            "{due|overdue}: {missed|overdue}; ?{due|not applicable}");
    monitor("2026-01-30", "2026-01-10 100 ?; 2026-01-24 100", "", "due: ?{missed|not applicable}; due");
    monitor("2026-02-20", "2026-01-10 100; 2026-01-24 100 ?", "",
            "overdue: {missed|overdue}; ?{overdue|not applicable}");
    monitor("2026-01-28", "2026-01-24 100 ?", "", "not due: ?{not due|not applicable}"); /* as of no dose */
    monitor("2026-01-30", "2026-01-24 100 !", "", "fault: ?fault");
    monitor("2026-01-30", "2026-01-10 100 !; 2026-01-24 100", "", "due: ?fault; due");
}

/* Whether a dose counts must not wait for those behind it; where one may, the window may end there. */
static void test_doubtful_next(void **state)
{
    (void)state;
    monitor("2026-01-30", "2026-01-10 100; 2026-01-16 100 ?", "2026-01-18 1",
            "{done|overdue}: {done|missed|overdue}; ?{overdue|not applicable}");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-16 100 n", "2026-01-18 1", "done: done; -");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-16 100 n; 2026-01-17 100", "2026-01-16 1",
            "overdue: done; -; overdue");
    monitor("2026-01-30", "2026-01-10 100; 2026-01-16 100 ?; 2026-01-17 100", "2026-01-17 1",
            "overdue: {done|missed}; ?{missed|not applicable}; overdue");
}

static void test_partial_dates(void **state)
{
    (void)state;
    monitor("2026-02-09", "2026-01 100", "", "{due|overdue}: {due|overdue}");
    monitor("2026-03-20", "2026-01 100", "", "overdue: overdue");
    monitor("2026-03-20", "2026-01 100; 2026-01-15 100", "", "overdue: {missed|overdue}; {missed|overdue}");
    monitor("2026-02-09", "2026-01 100; 2026-01-15 100", "",
            "{due|overdue}: {due|missed|overdue}; {missed|overdue}");
    monitor("2026-02-09", "2026-01 100; 2026-02-03 100", "", "due: missed; due");
}

/* Elements at one moment are no next of each other: all of them are the latest. */
static void test_one_moment(void **state)
{
    (void)state;
    monitor("2026-01-17", "2026-01-10 100; 2026-01-10 50", "", "due: due; due");
    monitor("2026-01-17", "2026-01-10 100; 2026-01-10 50", "2026-01-17 1", "done: done; done");
    monitor("2026-01-17", "2026-01-10T08:00 100; 2026-01-10T08:00 50", "", "due: due; due");
    monitor("2026-01-17", "2026-01-10T08:00 100; 2026-01-10T09:00 50", "", "due: missed; due");
    monitor("2026-01-17", "2026-01-10 100; 2026-01-10T09:00 50", "", "due: {due|missed}; {due|missed}");
    monitor("2026-01-17", "2026-01-10T09:00+01:00 100; 2026-01-10T08:00Z 50", "", "due: due; due");
}

/* Of doses at one moment with states of their own the most pressing one; the amount is a delay in days here.
 */
static void test_most_pressing(void **state)
{
    (void)state;
    struct followed *f = followed_new_shifted(true);
    assert_followed(f, MONITOR_RULE, "2026-01-17", "2026-01-10 0; 2026-01-10 5", "", "due: due; not due");
    assert_int_equal(eval_each_latest(f->context, MONITOR_RULE), 0);
    assert_followed(f, MONITOR_RULE, "2026-01-21", "2026-01-10 0; 2026-01-10 5", "", "overdue: overdue; due");
    assert_followed(f, MONITOR_RULE, "2026-01-21", "2026-01-10 0; 2026-01-10 5", "2026-01-17 1",
                    "due: done; due");
    assert_int_equal(eval_each_latest(f->context, MONITOR_RULE), 1);
    assert_followed(f, MONITOR_RULE, "2026-01-21", "2026-01-10 0; 2026-01-10 ?", "",
                    "overdue: overdue; {not due|due|overdue}");
    assert_followed(f, MONITOR_RULE, "2026-01-21", "2026-01-10 5; 2026-01-10 ?", "",
                    "{due|overdue}: due; {not due|due|overdue}");
    assert_followed(f, MONITOR_RULE, "2026-01-21", "2026-01-10 5; 2026-01-10 0 ?", "",
                    "{due|overdue}: due; ?{overdue|not applicable}");
    followed_free(f);
}

/* ---- Alerts --------------------------------------------------------------------------------------- */

static void alert(const char *given, const char *flag, const char *expected)
{
    struct followed *f = followed_new();
    give_words(&f->b, f->flag, flag);
    assert_followed(f, ALERT_RULE, "2026-02-01", given, "", expected);
    followed_free(f);
}

static void test_alert(void **state)
{
    (void)state;
    alert("2026-01-10 99", "yes", "raised: raised");
    alert("2026-01-10 100", "yes", "not raised: not raised");
    alert("2026-01-10 99; 2026-01-12 100", "yes", "raised: raised; not raised");
    alert("2026-01-10 99; 2026-01-12 ?", "yes", "raised: raised; {not raised|raised}");
    alert("2026-01-10 99; 2026-01-12 !", "yes", "raised: raised; fault");
    alert("2026-01-10 100; 2026-01-12 ?", "yes", "{not raised|raised}: not raised; {not raised|raised}");
    alert("2026-01-10 100; 2026-01-12 ?", "no", "not raised: not raised; not raised");
    alert("2026-01-10 !; 2026-01-12 ?", "yes", "fault: fault; {not raised|raised}");
    alert("2026-01-10 99", "?", "{not raised|raised}: {not raised|raised}");
    alert("2026-01-10 99 n", "yes", "not raised: -");
    alert("2026-01-10 99 ?", "yes", "{not raised|raised}: ?{not raised|raised}");
    alert("2026-01-10 100 ?", "yes", "not raised: ?not raised"); /* whether it counts or not */
    alert("", "yes", "not raised");
    alert(NULL, "yes", "{not raised|raised}");
    alert(NULL, "no", "{not raised|raised}"); /* never said of a list that is not there */
}

static void test_applies(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    give_words(&f->b, f->applies, "no");
    assert_followed(f, ALERT_RULE, "2026-01-17", "2026-01-10 99", "",
                    "not applicable: -"); /* which elements count is not asked */
    assert_followed(f, MONITOR_RULE, "2026-01-17", NULL, "", "not applicable");
    assert_followed(f, MONITOR_RULE, "2026-01-17", "", "", "not applicable");
    give_words(&f->b, f->applies, "?");
    assert_followed(f, ALERT_RULE, "2026-01-17", "2026-01-10 99; 2026-01-12 100", "",
                    "{raised|not applicable}: {raised|not applicable}; {not raised|not applicable}");
    assert_followed(f, MONITOR_RULE, "2026-01-17", "2026-01-10 99", "",
                    "{due|not applicable}: {due|not applicable}");
    assert_followed(f, MONITOR_RULE, "2026-01-17", "", "", "{not due|not applicable}");
    const uint32_t both[] = {read_input(f->given), read_input(f->applies)};
    assert_missing(f->context, eval_result(f->context, MONITOR_RULE), 1, both + 1);
    followed_run(f, "2026-01-17", NULL, "");
    assert_missing(f->context, eval_result(f->context, MONITOR_RULE), 2, both);
    give_words(&f->b, f->applies, "!");
    assert_followed(f, MONITOR_RULE, "2026-01-17", NULL, "", "fault");
    followed_free(f);
}

/* The earliest element that ends in a fault is named. */
static void test_first_fault(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    followed_run(f, "2026-02-01", "2026-01-10 100; 2026-01-11 !; 2026-01-12 !", "");
    const struct rule_result *r = eval_result(f->context, ALERT_RULE);
    assert_int_equal(r->outcome, OUTCOME_FAULT);
    assert_int_equal(r->fault, FAULT_OVERFLOW);
    assert_int_equal(r->fault_row, 0);
    assert_int_equal(r->missing.count, 0);
    followed_free(f);
}

/* ---- Rows, and one element again ------------------------------------------------------------------- */

static void assert_truths(const struct followed *f, uint32_t rule, const char *letters)
{
    struct run rows = f->b.rules[rule].rows;
    for (uint32_t k = 0; k < rows.count; k++)
        if ("nyu!"[eval_row(f->context, rows.first + k)->truth] != letters[k])
            fail_msg("row %u is not as in %s", k, letters);
}

static void test_rows(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    followed_run(f, "2026-02-01", "2026-01-10 99; 2026-01-12 100", "");
    assert_truths(f, ALERT_RULE, "yn"); /* the row holds for one of them */
    assert_true(eval_row(f->context, 0)->used);
    assert_int_equal(eval_each_latest(f->context, MONITOR_RULE), 1);
    assert_int_equal(eval_each_latest(f->context, ALERT_RULE), NONE32);
    assert_int_equal(eval_result(f->context, MONITOR_RULE)->in_parts,
                     1u << MONITOR_MISSED | 1u << MONITOR_OVERDUE);
    followed_run(f, "2026-02-01", "", "");
    assert_truths(f, ALERT_RULE, "ny");
    assert_truths(f, MONITOR_RULE, "nnnynn");
    assert_int_equal(eval_each_latest(f->context, MONITOR_RULE), NONE32);
    followed_free(f);
}

static void test_focus(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    followed_run(f, "2026-01-30", "2026-01-10 ?; 2026-01-24 99", "2026-01-19 1");
    char whole[INTERVAL_WORDS], after[INTERVAL_WORDS];
    say_followed(f, ALERT_RULE, whole);
    uint32_t given = read_input(f->given);
    eval_focus(f->context, ALERT_RULE, 0);
    assert_said(eval_result(f->context, ALERT_RULE), "unknown {0,1}");
    assert_missing(f->context, eval_result(f->context, ALERT_RULE), 1, &given);
    assert_truths(f, ALERT_RULE, "un");
    eval_focus(f->context, MONITOR_RULE, 0); /* the one before is put back */
    assert_said(eval_result(f->context, ALERT_RULE), "decided 1");
    assert_int_equal(eval_result(f->context, MONITOR_RULE)->member, MONITOR_LATE);
    const struct image_monitor *m = f->b.monitors;
    assert_int_equal(eval_register(f->context, m->to)->t.lo, build_day_of("2026-01-18"));
    assert_int_equal(eval_register(f->context, m->late)->tag, TAG_KNOWN);
    assert_int_equal(eval_register(f->context, m->late)->e.first, 0);
    eval_focus(f->context, MONITOR_RULE, 1);
    assert_int_equal(eval_result(f->context, MONITOR_RULE)->member, MONITOR_DUE);
    assert_int_equal(eval_register(f->context, m->from)->t.lo, build_day_of("2026-01-30"));
    eval_unfocus(f->context);
    eval_unfocus(f->context);
    assert_int_equal(eval_result(f->context, MONITOR_RULE)->member, MONITOR_DUE);
    assert_string_equal(say_followed(f, ALERT_RULE, after), whole);
    followed_free(f);
}

/* Sixty doses, one a day: each is missed but the last ones, and each has the one of the next day as its next.
 */
static void test_many(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    char doses[2048] = "";
    for (int day = 0; day < 60; day++) {
        size_t length = strlen(doses);
        (void)snprintf(doses + length, sizeof doses - length, "%s2026-%02d-%02d 100", day ? "; " : "",
                       1 + day / 28, 1 + day % 28);
    }
    followed_run(f, "2026-03-20", doses, "");
    for (uint32_t k = 0; k < 60; k++) {
        const struct each_part *part = &eval_each(f->context, MONITOR_RULE)[k];
        assert_int_equal(part->member, k + 1 < 60 ? MONITOR_MISSED : MONITOR_OVERDUE);
        assert_int_equal(part->last, k + 1 < 60 ? TRUTH_NO : TRUTH_YES);
        eval_focus(f->context, MONITOR_RULE, k);
        const struct value *next = eval_register(f->context, f->b.eaches[1].next);
        assert_int_equal(next->tag == TAG_OFF, k + 1 == 60);
        if (k + 1 < 60) assert_int_equal(cal_day_of(next->t.lo), f->b.elements[k + 1].at.t.lo);
        if (k + 1 < 60) assert_int_equal(cal_day_of(next->t.hi), f->b.elements[k + 1].at.t.lo);
    }
    eval_unfocus(f->context);
    followed_free(f);
}

/* Nothing of one record is left for the next, and the room grows with the longest list. */
static void test_records(void **state)
{
    (void)state;
    struct followed *f = followed_new();
    for (int round = 0; round < 2; round++) {
        assert_followed(f, ALERT_RULE, "2026-02-01", "", "", "not raised");
        assert_followed(f, ALERT_RULE, "2026-02-01", "2026-01-10 99; 2026-01-11 99; 2026-01-12 1", "",
                        "raised: raised; raised; raised");
        assert_followed(f, ALERT_RULE, "2026-02-01", "2026-01-10 100", "", "not raised: not raised");
        assert_followed(f, ALERT_RULE, "2026-02-01", NULL, "", "{not raised|raised}");
    }
    followed_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_missing_lists), cmocka_unit_test(test_two_doses),
        cmocka_unit_test(test_month_ends),    cmocka_unit_test(test_where),
        cmocka_unit_test(test_doubtful_next), cmocka_unit_test(test_partial_dates),
        cmocka_unit_test(test_one_moment),    cmocka_unit_test(test_most_pressing),
        cmocka_unit_test(test_alert),         cmocka_unit_test(test_applies),
        cmocka_unit_test(test_first_fault),   cmocka_unit_test(test_rows),
        cmocka_unit_test(test_focus),         cmocka_unit_test(test_records),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
