/* When a dose is given: days, dates, totals, and which schedule holds. */
#include "tests/unit/dose_builder.h"

#include "runtime/course.h"

enum { UNTOLD_PHASE = -1 };

/* A dose whose phase starts and ends on days of the record. */
struct dated {
    struct dose *d;
    uint32_t start, end;                            /* inputs */
    uint32_t start_reg, end_reg, day_reg, date_reg; /* the first two in the dose */
    uint32_t day_input, date_input, on_day, on_date, total;
};

static uint32_t day_input(struct build *b, uint32_t *reg)
{
    uint32_t input = build_input(b, KIND_DAY, "day");
    *reg = build_op(b, OP_LOAD_INPUT, input, 0, 0);
    return input;
}

static struct dated dated_new(void)
{
    struct dated t = {.d = dose_new()};
    t.start = day_input(&t.d->b, &t.start_reg);
    t.end = day_input(&t.d->b, &t.end_reg);
    return t;
}

/* Adds a schedule row; of the phase unless it has none. */
static struct image_schedule *schedule(struct dated *t, int flag, enum schedule_form form, int phase)
{
    struct build *b = &t->d->b;
    struct image_row *row = dose_row(t->d, ROWTYPE_SCHEDULE, flag);
    struct image_schedule *s = &b->schedules[b->image.SCHEDULES_count];
    row->schedule = b->image.SCHEDULES_count++;
    bool of = phase != UNTOLD_PHASE;
    *s = (struct image_schedule){.form = form,
                                 .phase = of ? (uint32_t)phase : NONE32,
                                 .start = of ? t->start_reg : NONE32,
                                 .end = of ? t->end_reg : NONE32,
                                 .every = NONE32,
                                 .every_to = NONE32,
                                 .start_node = NONE32,
                                 .end_node = NONE32,
                                 .every_node = NONE32,
                                 .every_to_node = NONE32};
    return s;
}

static struct image_schedule *every(struct dated *t, int flag, uint32_t reg, const char *unit)
{
    struct image_schedule *s = schedule(t, flag, SCHEDULE_EVERY, 0);
    s->every = reg;
    s->unit = build_text(&t->d->b, unit);
    return s;
}

static void listed(struct dated *t, struct image_schedule *s, uint32_t from, uint32_t to)
{
    struct build *b = &t->d->b;
    if (s->days.count++ == 0) s->days.first = b->image.DAYS_count;
    b->days[b->image.DAYS_count++] = (struct image_days){from, to};
}

/* Ends the dose; a guarantee behind it reads what it gives on one day, on one date, and in all. */
static void dated_end(struct dated *t)
{
    struct build *b = &t->d->b;
    dose_end(t->d);
    struct image_rule *rule = build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    t->day_input = build_input(b, KIND_NUM, "number");
    t->day_reg = build_op(b, OP_LOAD_INPUT, t->day_input, 0, 0);
    t->date_input = day_input(b, &t->date_reg);
    t->on_day = build_op(b, OP_DAY_AMOUNT, 0, t->day_reg, 0);
    t->on_date = build_op(b, OP_DATE_AMOUNT, 0, t->date_reg, 0);
    t->total = build_op(b, OP_LOAD_TOTAL, 0, 0, 0);
    rule->condition = build_op(b, OP_KNOWN, t->total, 0, 0);
    build_rule_end(b);
}

static void give_day(struct build *b, uint32_t input, const char *text)
{
    uint8_t kind;
    if (*text)
        give(b, input, moment_of_text(text, &kind));
    else
        take_away(b, input, "?");
}

/* "1 2028-02-15 0.8, 8 2028-02-22 0.5": each day of the course, its date and its amount; runs as 1-7. */
static void say_course(const struct dated *t, char out[INTERVAL_WORDS])
{
    struct course c = course_of(t->d->context, &t->d->b.image, t->d->rule);
    char text[64], date[CAL_TEXT_MAX];
    out[0] = '\0';
    for (uint32_t s = 0; s < c.count; s++)
        for (uint32_t day = course_next(&c, s, 0), last; day != 0; day = course_next(&c, s, last)) {
            last = course_run_end(&c, s, day);
            (void)snprintf(text, sizeof text, last > day ? "%s%u-%u " : "%s%u ", *out ? ", " : "", day, last);
            add_words(out, text);
            if (c.dated) cal_format_day(course_date(&c, day), date);
            if (c.dated) add_words(out, date);
            if (c.dated) add_words(out, " ");
            say_amount(&c.steps[s], out);
        }
}

static void assert_course(struct dated *t, const char *start, const char *end, const char *expected)
{
    char said[INTERVAL_WORDS];
    give_day(&t->d->b, t->start, start);
    give_day(&t->d->b, t->end, end);
    dose_run_on(t->d, "");
    say_course(t, said);
    if (strcmp(said, expected) != 0) fail_msg("from %s to %s: %s, expected %s", start, end, said, expected);
}

static const char *say_reg(const struct dated *t, uint32_t reg)
{
    static char said[INTERVAL_WORDS];
    const struct value *v = eval_register(t->d->context, reg);
    said[0] = '\0';
    if (v->tag == TAG_KNOWN)
        say_number(v->n.lo, said);
    else
        add_words(said, v->tag == TAG_UNKNOWN ? "unknown" : v->tag == TAG_FAULT ? "fault" : "range");
    return said;
}

static void assert_total(struct dated *t, const char *expected)
{
    assert_string_equal(say_reg(t, t->total), expected);
}

static void assert_on_day(struct dated *t, const char *day, const char *expected)
{
    give_words(&t->d->b, t->day_input, day);
    dose_run_on(t->d, "");
    assert_string_equal(say_reg(t, t->on_day), expected);
}

static void assert_on_date(struct dated *t, const char *date, const char *expected)
{
    give_day(&t->d->b, t->date_input, date);
    dose_run_on(t->d, "");
    assert_string_equal(say_reg(t, t->on_date), expected);
}

static void dated_free(struct dated *t)
{
    dose_free(t->d);
}

/* ---- Forms ---------------------------------------------------------------------------------------- */

/* 0.8 on day 1, then 0.5 on days 8 and 15. */
static struct dated inotuzumab(enum schedule_form form)
{
    struct dated t = dated_new();
    dose_days(t.d, ALWAYS, "0.8", "1");
    dose_days(t.d, ALWAYS, "0.5", "8 15");
    schedule(&t, ALWAYS, form, 0);
    dated_end(&t);
    return t;
}

static void test_of(void **state)
{
    (void)state;
    struct dated t = inotuzumab(SCHEDULE_OF);
    assert_course(&t, "2028-02-15", "2028-03-06", "1 2028-02-15 0.8, 8 2028-02-22 0.5, 15 2028-02-29 0.5");
    assert_total(&t, "1.8");
    assert_course(&t, "2027-02-15", "2027-03-07", "1 2027-02-15 0.8, 8 2027-02-22 0.5, 15 2027-03-01 0.5");
    assert_course(&t, "2026-01-24", "2026-02-13", "1 2026-01-24 0.8, 8 2026-01-31 0.5, 15 2026-02-07 0.5");
    dated_free(&t);
}

static void test_without_a_start(void **state)
{
    (void)state;
    struct dated t = inotuzumab(SCHEDULE_OF);
    assert_course(&t, "", "", "1 0.8, 8 0.5, 15 0.5");
    assert_total(&t, "1.8");
    assert_on_day(&t, "8", "0.5");
    assert_on_date(&t, "2028-02-22", "unknown");
    assert_course(&t, "2028-02", "2028-03", "1 0.8, 8 0.5, 15 0.5"); /* a month is no start */
    assert_course(&t, "2028-02-15", "", "1 0.8, 8 0.5, 15 0.5");     /* nor is one without its end */
    dated_free(&t);
}

static void test_on_one_day(void **state)
{
    (void)state;
    struct dated t = inotuzumab(SCHEDULE_OF);
    assert_course(&t, "2028-02-15", "2028-03-06", "1 2028-02-15 0.8, 8 2028-02-22 0.5, 15 2028-02-29 0.5");
    assert_on_day(&t, "1", "0.8");
    assert_on_day(&t, "8", "0.5");
    assert_on_day(&t, "9", "0");
    assert_on_day(&t, "0", "0");
    assert_on_day(&t, "-7", "0");
    assert_on_day(&t, "1.5", "fault");
    assert_on_date(&t, "2028-02-29", "0.5");
    assert_on_date(&t, "2028-03-01", "0");
    assert_on_date(&t, "2028-02-14", "0");
    assert_on_date(&t, "2028-02", "unknown");
    dated_free(&t);
}

/* The days of a step that one before it has with the same amount are not given again. */
static void test_shared_days(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_days(t.d, ALWAYS, "9", "1-3");
    dose_days(t.d, ALWAYS, "9", "3-5 9");
    dose_days(t.d, ALWAYS, "9", "4");
    schedule(&t, ALWAYS, SCHEDULE_OF, 0);
    dated_end(&t);
    assert_course(&t, "2024-02-27", "2024-03-18", "1-3 2024-02-27 9, 4-5 2024-03-01 9, 9 2024-03-06 9");
    assert_total(&t, "54");
    assert_on_day(&t, "3", "9");
    dated_free(&t);
}

static void test_continuous(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_days(t.d, ALWAYS, "9", "1-7");
    dose_days(t.d, ALWAYS, "28", "8-28");
    schedule(&t, ALWAYS, SCHEDULE_CONTINUOUS, 0);
    dated_end(&t);
    assert_course(&t, "2026-02-01", "2026-03-14", "1-7 2026-02-01 9, 8-28 2026-02-08 28");
    assert_total(&t, "651");
    dated_free(&t);
}

/* Without days of its own it runs through the phase. */
static void test_continuous_phase(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "28");
    schedule(&t, ALWAYS, SCHEDULE_CONTINUOUS, 0);
    dated_end(&t);
    assert_course(&t, "2026-02-01", "2026-02-28", "1-28 2026-02-01 28");
    assert_total(&t, "784");
    assert_on_day(&t, "28", "28");
    assert_on_day(&t, "29", "0");
    assert_course(&t, "", "", "");
    assert_total(&t, "unknown"); /* nobody knows for how long */
    assert_on_day(&t, "1", "unknown");
    dated_free(&t);
}

static void test_days(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    struct image_schedule *s = schedule(&t, ALWAYS, SCHEDULE_DAYS, 0);
    listed(&t, s, 15, 15);
    listed(&t, s, 1, 2);
    listed(&t, s, 2, 2);
    dated_end(&t);
    assert_course(&t, "2026-01-31", "2026-02-20", "1-2 2026-01-31 5, 15 2026-02-14 5");
    assert_total(&t, "15");
    assert_course(&t, "", "", "1-2 5, 15 5");
    assert_total(&t, "15"); /* the days are known without the start */
    dated_free(&t);
}

/* A plan that tells days keeps them. */
static void test_own_days(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_days(t.d, ALWAYS, "5", "3");
    listed(&t, schedule(&t, ALWAYS, SCHEDULE_DAYS, 0), 1, 1);
    dated_end(&t);
    assert_course(&t, "2026-01-31", "2026-02-20", "3 2026-02-02 5");
    assert_total(&t, "5");
    dated_free(&t);
}

static void test_every_week(void **state)
{
    (void)state;
    static const char *const UNITS[] = {"7 d", "1 wk"};
    for (int k = 0; k < 2; k++) {
        struct dated t = dated_new();
        char number[2] = {UNITS[k][0], '\0'};
        dose_amount_of(t.d, ALWAYS, "5");
        every(&t, ALWAYS, build_number(&t.d->b, number), UNITS[k] + 2);
        dated_end(&t);
        assert_course(&t, "2028-02-15", "2028-03-06", "1 2028-02-15 5, 8 2028-02-22 5, 15 2028-02-29 5");
        assert_total(&t, "15");
        assert_course(&t, "2028-02-15", "2028-03-07",
                      "1 2028-02-15 5, 8 2028-02-22 5, 15 2028-02-29 5, 22 2028-03-07 5"); /* the last day */
        assert_total(&t, "20");
        assert_course(&t, "2028-02-15", "2028-02-15", "1 2028-02-15 5");
        assert_course(&t, "", "", "");
        assert_total(&t, "unknown");
        dated_free(&t);
    }
}

/* Counted from the start: behind a short month the 31st comes back. */
static void test_every_month(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    every(&t, ALWAYS, build_number(&t.d->b, "1"), "mo");
    dated_end(&t);
    assert_course(&t, "2028-01-31", "2028-05-30",
                  "1 2028-01-31 5, 30 2028-02-29 5, 61 2028-03-31 5, 91 2028-04-30 5");
    assert_course(&t, "2027-01-31", "2027-02-28", "1 2027-01-31 5, 29 2027-02-28 5");
    assert_course(&t, "2027-01-31", "2027-02-27", "1 2027-01-31 5");
    assert_on_day(&t, "29", "0");
    dated_free(&t);
    t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    every(&t, ALWAYS, build_number(&t.d->b, "1"), "a");
    dated_end(&t);
    assert_course(&t, "2028-02-29", "2030-02-28", "1 2028-02-29 5, 366 2029-02-28 5, 731 2030-02-28 5");
    dated_free(&t);
}

/* A range, hours, so often a week, once: there are no dates to tell. */
static void test_forms_without_dates(void **state)
{
    (void)state;
    static const enum schedule_form FORMS[] = {SCHEDULE_EVERY, SCHEDULE_EVERY, SCHEDULE_TIMES, SCHEDULE_ONCE};
    for (int k = 0; k < 4; k++) {
        struct dated t = dated_new();
        dose_amount_of(t.d, ALWAYS, "5");
        uint32_t length = build_number(&t.d->b, "7"), to = build_number(&t.d->b, "10");
        struct image_schedule *s = schedule(&t, ALWAYS, FORMS[k], 0);
        s->unit = build_text(&t.d->b, k == 1 ? "h" : "d");
        s->times = 2;
        if (FORMS[k] == SCHEDULE_EVERY) s->every = length;
        if (k == 0) s->every_to = to;
        dated_end(&t);
        assert_course(&t, "2028-02-15", "2028-03-06", "");
        assert_total(&t, "unknown");
        assert_on_day(&t, "1", "unknown");
        assert_string_equal(say_dose(t.d, eval_result(t.d->context, 0), (char[INTERVAL_WORDS]){0}), "give 5");
        dated_free(&t);
    }
}

static void test_no_schedule(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    dated_end(&t);
    assert_course(&t, "2028-02-15", "2028-03-06", "");
    assert_total(&t, "5");
    assert_on_day(&t, "1", "unknown");
    dated_free(&t);
}

/* ---- Faults --------------------------------------------------------------------------------------- */

static void expect_fault(struct dated *t, const char *start, const char *end, enum fault fault, uint32_t row)
{
    give_day(&t->d->b, t->start, start);
    give_day(&t->d->b, t->end, end);
    assert_dose_fault(t->d, "", fault, row);
}

static void test_past_the_end(void **state)
{
    (void)state;
    struct dated t = inotuzumab(SCHEDULE_OF);
    expect_fault(&t, "2028-02-15", "2028-02-28", FAULT_PAST_PHASE, 2);
    assert_course(&t, "2028-02-15", "2028-02-29", "1 2028-02-15 0.8, 8 2028-02-22 0.5, 15 2028-02-29 0.5");
    expect_fault(&t, "2028-02-15", "2028-02-14", FAULT_PHASE_EMPTY, 2);
    dated_free(&t);
    t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    listed(&t, schedule(&t, ALWAYS, SCHEDULE_DAYS, 0), 1, 8);
    dated_end(&t);
    expect_fault(&t, "2028-02-15", "2028-02-21", FAULT_PAST_PHASE, 1);
    assert_course(&t, "2028-02-15", "2028-02-22", "1-8 2028-02-15 5");
    dated_free(&t);
}

static void test_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *every, *unit;
        enum fault fault;
    } CASES[] = {{"0", "d", FAULT_SCHEDULE_LENGTH},
                 {"-1", "wk", FAULT_SCHEDULE_LENGTH},
                 {"1.5", "mo", FAULT_NOT_WHOLE},
                 {"0.5", "a", FAULT_NOT_WHOLE},
                 {"0", "h", FAULT_SCHEDULE_LENGTH}};
    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        struct dated t = dated_new();
        dose_amount_of(t.d, ALWAYS, "5");
        every(&t, ALWAYS, build_number(&t.d->b, CASES[k].every), CASES[k].unit);
        dated_end(&t);
        expect_fault(&t, "2028-02-15", "2028-03-06", CASES[k].fault, 1);
        dated_free(&t);
    }
}

static void test_long_phase(void **state)
{
    (void)state;
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    every(&t, ALWAYS, build_number(&t.d->b, "5000"), "d");
    dated_end(&t);
    assert_course(&t, "2020-01-01", "2030-01-07", "1 2020-01-01 5"); /* 3,660 days */
    expect_fault(&t, "2020-01-01", "2030-01-08", FAULT_SCHEDULE_LONG, 1);
    dated_free(&t);
}

/* ---- Several rows --------------------------------------------------------------------------------- */

static struct dated two_rows(uint32_t second_from, int *flag)
{
    struct dated t = dated_new();
    *flag = dose_flag(t.d);
    dose_amount_of(t.d, ALWAYS, "5");
    listed(&t, schedule(&t, ALWAYS, SCHEDULE_DAYS, 0), 1, 2);
    struct image_schedule *s = schedule(&t, *flag, SCHEDULE_DAYS, 0);
    listed(&t, s, second_from, second_from);
    listed(&t, s, 1, 1);
    dated_end(&t);
    return t;
}

static void test_rows_that_differ(void **state)
{
    (void)state;
    int flag;
    struct dated t = two_rows(3, &flag);
    assert_dose(t.d, "n", "give 5");
    assert_dose(t.d, "y", "conflict");
    assert_false(eval_row(t.d->context, 0)->used); /* the amounts agree */
    assert_true(eval_row(t.d->context, 1)->used);
    assert_true(eval_row(t.d->context, 2)->used);
    assert_dose(t.d, "?", "unknown {conflict,give}, would be 5");
    assert_int_equal(eval_missing(t.d->context)[0], read_input(t.d->flags[0]));
    dated_free(&t);
    t = two_rows(2, &flag); /* written otherwise, the same */
    assert_dose(t.d, "y", "give 5");
    assert_dose(t.d, "?", "give 5");
    dated_free(&t);
}

static void test_no_row_holds(void **state)
{
    (void)state;
    struct dated t = dated_new();
    int flag = dose_flag(t.d);
    dose_amount_of(t.d, ALWAYS, "5");
    listed(&t, schedule(&t, flag, SCHEDULE_DAYS, 0), 1, 2);
    dated_end(&t);
    assert_dose(t.d, "n", "give 5");
    assert_int_equal(eval_result(t.d->context, 0)->schedule, NONE32);
    assert_dose(t.d, "y", "give 5");
    assert_int_equal(eval_result(t.d->context, 0)->schedule, 1);
    assert_dose(t.d, "?", "unknown {give}, would be 5"); /* on which days is not known */
    dated_free(&t);
}

/* A week, 7 days: one length; a month is none of them. */
static void test_lengths_that_agree(void **state)
{
    (void)state;
    static const struct {
        const char *number, *unit, *expected;
    } CASES[] = {{"1", "wk", "give 5"},
                 {"7", "d", "give 5"},
                 {"8", "d", "conflict"},
                 {"1", "mo", "conflict"},
                 {"168", "h", "conflict"}};
    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        struct dated t = dated_new();
        dose_amount_of(t.d, ALWAYS, "5");
        every(&t, ALWAYS, build_number(&t.d->b, "7"), "d");
        every(&t, ALWAYS, build_number(&t.d->b, CASES[k].number), CASES[k].unit);
        dated_end(&t);
        assert_dose(t.d, "", CASES[k].expected);
        dated_free(&t);
    }
}

/* An interval that nobody has set; one that is switched off. */
static void test_unset_length(void **state)
{
    (void)state;
    struct dated t = dated_new();
    uint32_t reg, param = dose_param(t.d, &reg);
    struct build_list reads = {{read_param(param)}, 1};
    dose_amount_of(t.d, ALWAYS, "5");
    every(&t, ALWAYS, reg, "d");
    struct image_row *row = &t.d->b.rule_rows[1].row;
    row->value_reads = build_indexes(&t.d->b, &reads);
    dated_end(&t);
    assert_dose(t.d, "", "unknown {give}");
    assert_int_equal(eval_result(t.d->context, 0)->missing.count, 1);
    assert_int_equal(eval_missing(t.d->context)[0], read_param(param));
    dose_set(t.d, param, "7");
    assert_dose(t.d, "", "give 5");
    assert_int_equal(eval_result(t.d->context, 0)->schedule, 1);
    dose_set(t.d, param, "off");
    assert_dose(t.d, "", "give 5");
    assert_int_equal(eval_result(t.d->context, 0)->schedule, NONE32);
    dated_free(&t);
}

/* ---- Two doses of one drug ------------------------------------------------------------------------ */

static void assert_two(uint32_t first_day, const char *second_start, const char *outcome)
{
    struct dated t = dated_new();
    dose_amount_of(t.d, ALWAYS, "5");
    listed(&t, schedule(&t, ALWAYS, SCHEDULE_DAYS, 0), 8, 8);
    dose_end(t.d);
    dose_begin(t.d);
    struct dated second = {.d = t.d};
    second.start = day_input(&t.d->b, &second.start_reg);
    second.end = day_input(&t.d->b, &second.end_reg);
    dose_amount_of(t.d, ALWAYS, "5");
    listed(&second, schedule(&second, ALWAYS, SCHEDULE_DAYS, 1), first_day, first_day);
    dose_end(t.d);
    give_day(&t.d->b, t.start, "2026-01-01");
    give_day(&t.d->b, t.end, "2026-01-31");
    give_day(&t.d->b, second.start, second_start);
    give_day(&t.d->b, second.end, *second_start ? "2026-02-28" : "");
    assert_dose(t.d, "", outcome);
    dated_free(&t);
}

static void test_two_doses(void **state)
{
    (void)state;
    assert_two(8, "2026-01-01", "give 5"); /* rules 0 and 1: the second is looked at */
    assert_two(1, "2026-01-08", "give 5"); /* one date, counted from two starts */
    assert_two(2, "2026-01-08", "conflict, would be 5");
    assert_two(8, "", "conflict, would be 5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of),
        cmocka_unit_test(test_without_a_start),
        cmocka_unit_test(test_on_one_day),
        cmocka_unit_test(test_shared_days),
        cmocka_unit_test(test_continuous),
        cmocka_unit_test(test_continuous_phase),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_own_days),
        cmocka_unit_test(test_every_week),
        cmocka_unit_test(test_every_month),
        cmocka_unit_test(test_forms_without_dates),
        cmocka_unit_test(test_no_schedule),
        cmocka_unit_test(test_past_the_end),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_long_phase),
        cmocka_unit_test(test_rows_that_differ),
        cmocka_unit_test(test_no_row_holds),
        cmocka_unit_test(test_lengths_that_agree),
        cmocka_unit_test(test_unset_length),
        cmocka_unit_test(test_two_doses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
