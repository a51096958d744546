/* The verifier: a schedule has what its form needs, and nothing else. */
#include "tests/unit/wide.h"

/* A NUM, a DAY register of another rule. */
static uint32_t foreign(const struct wide *w, enum kind kind)
{
    for (uint32_t i = 0; i < w->image.CONSTANTS_count; i++)
        if (w->image.CONSTANTS[i].kind != (uint32_t)kind) return i;
    fail_msg("all constants are of one kind");
    return 0;
}

static void test_phases(void **state)
{
    struct wide *w = *state;
    uint32_t without = 0;
    for (uint32_t i = 0; i < w->image.SCHEDULES_count; i++) {
        const struct image_schedule *s = &w->image.SCHEDULES[i];
        if (s->phase == NONE32) {
            without++;
            wide_SCHEDULES(w, i)->phase = 0;
            expect_refused(w, "SCHEDULES", i, "a phase without a start");
            wide_SCHEDULES(w, i)->form = SCHEDULE_OF;
            expect_refused(w, "SCHEDULES", i, "`of` without a phase");
            continue;
        }
        wide_SCHEDULES(w, i)->phase = NONE32;
        expect_refused(w, "SCHEDULES", i, "a start without a phase");
        wide_SCHEDULES(w, i)->start = wide_SCHEDULES(w, i)->start_node = NONE32;
        expect_refused(w, "SCHEDULES", i, "no start");
        wide_SCHEDULES(w, i)->end = wide_SCHEDULES(w, i)->end_node = NONE32;
        expect_refused(w, "SCHEDULES", i, "no end");
        wide_SCHEDULES(w, i)->start = foreign(w, KIND_DAY);
        expect_refused(w, "SCHEDULES", i, "a start that is no day");
    }
    assert_true(without > 0);
}

static bool tells_days(const struct image_schedule *s)
{
    return s->form == SCHEDULE_DAYS;
}

/* Each form, taken for another one that needs something else. */
static void test_forms(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.SCHEDULES_count; i++) {
        const struct image_schedule *s = &w->image.SCHEDULES[i];
        wide_SCHEDULES(w, i)->form = tells_days(s) ? SCHEDULE_ONCE : SCHEDULE_DAYS;
        expect_refused(w, "SCHEDULES", i, "days, or none");
        wide_SCHEDULES(w, i)->form = s->form == SCHEDULE_EVERY ? SCHEDULE_ONCE : SCHEDULE_EVERY;
        expect_refused(w, "SCHEDULES", i, "a length, or none");
        wide_SCHEDULES(w, i)->form = s->form == SCHEDULE_TIMES ? SCHEDULE_ONCE : SCHEDULE_TIMES;
        expect_refused(w, "SCHEDULES", i, "a number of times, or none");
        wide_SCHEDULES(w, i)->times = s->form == SCHEDULE_TIMES ? 0 : 1;
        expect_refused(w, "SCHEDULES", i, "times");
        wide_SCHEDULES(w, i)->unit = s->unit ? 0 : w->image.PROGRAM->name;
        expect_refused(w, "SCHEDULES", i, "unit");
        wide_SCHEDULES(w, i)->every_to = s->every_to == NONE32 ? s->start : foreign(w, KIND_NUM);
        if (s->every_to != NONE32 || s->start != NONE32) expect_refused(w, "SCHEDULES", i, "every_to");
        wide_restore(w);
    }
}

static void test_days(void **state)
{
    struct wide *w = *state;
    uint32_t found = 0;
    for (uint32_t i = 0; i < w->image.SCHEDULES_count; i++) {
        if (!tells_days(&w->image.SCHEDULES[i])) continue;
        uint32_t first = w->image.SCHEDULES[i].days.first;
        wide_DAYS(w, first)->from = 0;
        expect_refused(w, "DAYS", first, "day 0");
        wide_DAYS(w, first)->to = 0;
        expect_refused(w, "DAYS", first, "a run that ends before it begins");
        found++;
    }
    assert_true(found > 0);
}

/* A schedule belongs to a row of that type, and each such row has one. */
static void test_rows(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.ROWS_count; i++) {
        bool dates = w->image.ROWS[i].type == ROWTYPE_SCHEDULE;
        wide_ROWS(w, i)->schedule = dates ? NONE32 : 0;
        expect_refused(w, "ROWS", i, "schedule");
        wide_ROWS(w, i)->type = dates ? ROWTYPE_WARN : ROWTYPE_SCHEDULE;
        expect_refused(w, "ROWS", i, "type");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, wide_set_up, wide_tear_down);
}
