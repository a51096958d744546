/* On which days and dates a plan is given.

   Days are told one after the other (course_next) instead of being listed: a phase may have thousands,
   and the machine allocates nothing.  Each question about a course is a walk from day to day, from day 0
   on. */
#include "runtime/course.h"
#include "runtime/plan.h"

#include <string.h>

enum { EVERY_MAX = 1 << 22 }; /* beyond the calendar, in days and in months */

int schedule_unit_count(const char *unit, bool *months)
{
    *months = strcmp(unit, "mo") == 0 || strcmp(unit, "a") == 0;
    if (strcmp(unit, "d") == 0 || strcmp(unit, "mo") == 0) return 1;
    if (strcmp(unit, "wk") == 0) return 7;
    return strcmp(unit, "a") == 0 ? 12 : 0;
}

/* ---- Making one ----------------------------------------------------------------------------------- */

static bool known_day(const struct eval_context *context, uint32_t reg, cal_day *day)
{
    if (reg == NONE32) return false;
    const struct value *v = eval_register(context, reg);
    *day = v->t.lo;
    return v->tag == TAG_KNOWN;
}

/* A single length, counted in dates. */
static bool take_every(struct course *c, const struct eval_context *context)
{
    const struct image_schedule *s = c->schedule;
    int unit = schedule_unit_count(image_text(c->image, s->unit), &c->months);
    if (s->every_to != NONE32 || unit == 0 || !c->dated) return false;
    if (!decimal_to_int(eval_register(context, s->every)->n.lo, &c->every)) return false;
    /* so that the product below cannot overflow; a longer interval has no second dose either */
    if (c->every > EVERY_MAX) c->every = EVERY_MAX;
    c->every *= unit;
    return true;
}

/* A plan with days of its own keeps them. */
static enum course_days days_of(struct course *c, const struct eval_context *context)
{
    if (c->count == 0) return COURSE_UNTOLD;
    if (c->steps[0].days.count > 0) return COURSE_STEPS;
    if (!c->schedule) return COURSE_UNTOLD;
    switch ((enum schedule_form)c->schedule->form) {
    case SCHEDULE_DAYS: return COURSE_LISTED;
    case SCHEDULE_EVERY: return take_every(c, context) ? COURSE_EVERY : COURSE_UNTOLD;
    case SCHEDULE_CONTINUOUS: return c->dated ? COURSE_PHASE : COURSE_UNTOLD;
    case SCHEDULE_OF:
    case SCHEDULE_TIMES:
    case SCHEDULE_ONCE: break;
    }
    return COURSE_UNTOLD;
}

struct course course_make(const struct eval_context *context, const struct image *image,
                          const struct plan_step *steps, uint32_t count, uint32_t row)
{
    struct course c = {.image = image, .steps = steps, .count = count, .row = row};
    if (row != NONE32) {
        c.schedule = &image->SCHEDULES[image->ROWS[row].schedule];
        c.dated =
            known_day(context, c.schedule->start, &c.start) && known_day(context, c.schedule->end, &c.end);
    }
    c.days = days_of(&c, context);
    return c;
}

struct course course_of(const struct eval_context *context, const struct image *image, uint32_t rule)
{
    const struct rule_result *result = eval_result(context, rule);
    bool gives = image->RULES[rule].kind == RULE_DOSE && result->outcome == OUTCOME_DECIDED &&
                 result->action != ACTION_WITHHOLD;
    if (!gives) return course_make(context, image, NULL, 0, NONE32);
    return course_make(context, image, eval_plan(context, rule), result->step_count, result->schedule);
}

/* ---- Days ----------------------------------------------------------------------------------------- */

static uint32_t next_listed(const struct image *image, struct run runs, uint32_t day)
{
    uint32_t next = 0;
    for (uint32_t k = 0; k < runs.count; k++) {
        struct image_days days = image->DAYS[runs.first + k];
        uint32_t first = days.from > day ? days.from : day + 1;
        if (first <= days.to && (next == 0 || first < next)) next = first;
    }
    return next;
}

/* The last of the days from day on that a step before this one gives with the same amount, one after the
   other; 0: it does not give this one. */
static uint32_t given_until(const struct image *image, const struct plan_step *steps, uint32_t step,
                            uint32_t day)
{
    for (uint32_t k = 0; k < step; k++)
        for (uint32_t i = 0; i < steps[k].days.count; i++) {
            struct image_days days = image->DAYS[steps[k].days.first + i];
            if (days.from <= day && day <= days.to && plan_same_amount(&steps[k], &steps[step]))
                return days.to;
        }
    return 0;
}

uint32_t course_step_next(const struct image *image, const struct plan_step *steps, uint32_t step,
                          uint32_t day)
{
    for (;;) {
        day = next_listed(image, steps[step].days, day);
        uint32_t until = day == 0 ? 0 : given_until(image, steps, step, day);
        if (until == 0) return day;
        day = until;
    }
}

static uint32_t day_in_phase(const struct course *c, int64_t day)
{
    return day <= course_day(c, c->end) ? (uint32_t)day : 0;
}

/* The n-th month is counted from the start, so that the day of the month comes back behind a short month. */
static uint32_t next_month(const struct course *c, uint32_t day)
{
    bool exact;
    cal_day date;
    int64_t passed = day == 0 ? 0 : cal_months_between(c->start, course_date(c, day), &exact) / c->every + 1;
    return cal_add_months(c->start, passed * c->every, &date) == CAL_OK ? day_in_phase(c, course_day(c, date))
                                                                        : 0;
}

static uint32_t next_every(const struct course *c, uint32_t day)
{
    if (c->months) return next_month(c, day);
    int64_t passed = day == 0 ? 0 : (day - 1) / c->every + 1;
    return day_in_phase(c, passed * c->every + 1);
}

uint32_t course_next(const struct course *c, uint32_t step, uint32_t day)
{
    switch (c->days) {
    case COURSE_STEPS: return course_step_next(c->image, c->steps, step, day);
    case COURSE_LISTED: return next_listed(c->image, c->schedule->days, day);
    case COURSE_EVERY: return next_every(c, day);
    case COURSE_PHASE: return day_in_phase(c, (int64_t)day + 1);
    case COURSE_UNTOLD: break;
    }
    return 0;
}

uint32_t course_run_end(const struct course *c, uint32_t step, uint32_t day)
{
    while (course_next(c, step, day) == day + 1)
        day++;
    return day;
}

uint32_t course_day_count(const struct course *c, uint32_t step)
{
    uint32_t count = 0;
    for (uint32_t day = course_next(c, step, 0); day != 0; day = course_next(c, step, day))
        count++;
    return count;
}

uint32_t course_step_on(const struct course *c, int64_t day)
{
    /* days are counted in 32 bits; the question may ask any number */
    if (day < 1 || day >= UINT32_MAX) return NONE32;
    for (uint32_t step = 0; step < c->count; step++)
        if (course_next(c, step, (uint32_t)day - 1) == (uint32_t)day) return step;
    return NONE32;
}

/* ---- Dates ---------------------------------------------------------------------------------------- */

cal_day course_date(const struct course *c, int64_t day)
{
    return c->start + day - 1;
}

int64_t course_day(const struct course *c, cal_day date)
{
    return date - c->start + 1;
}

bool course_is_continuous(const struct course *c)
{
    return c->schedule && c->schedule->form == SCHEDULE_CONTINUOUS;
}
