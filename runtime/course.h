/*
 * The course of a dose: on which days its plan is given, and on which dates.
 *
 * A day is a number, and day 1 is the start of the phase.  A course is taken from a plan, the schedule that
 * dates it and the registers, which keep their values after a run: nothing of it is stored.
 */
#ifndef REGIMEN_COURSE_H
#define REGIMEN_COURSE_H

#include "runtime/eval.h"

/* Where the days come from. */
enum course_days {
    COURSE_UNTOLD, /* from nowhere: the plan and its schedule tell no single days */
    COURSE_STEPS,  /* the steps of the plan */
    COURSE_LISTED, /* the schedule: days 1, 8 */
    COURSE_EVERY,  /* the schedule: every so many days or months from the start to the end of the phase */
    COURSE_PHASE   /* all days of the phase */
};

struct course {
    const struct image *image;
    const struct plan_step *steps;
    uint32_t count;                        /* of steps; more than one with COURSE_STEPS only */
    uint32_t row;                          /* of ROWS: the schedule; NONE32: none */
    const struct image_schedule *schedule; /* NULL: none */
    enum course_days days;
    bool dated;         /* start and end are known */
    cal_day start, end; /* of the phase, where dated */
    int64_t every;      /* COURSE_EVERY */
    bool months;        /* every counts months, not days */
};

/* The course of count steps by the schedule of a row; NONE32: by none.  The steps must stay while it is used.
 */
struct course course_make(const struct eval_context *context, const struct image *image,
                          const struct plan_step *steps, uint32_t count, uint32_t row);
/* The course of a dose that is decided to give or to ask; of any other rule one without steps. */
struct course course_of(const struct eval_context *context, const struct image *image, uint32_t rule);

/* The first day after day that a step of a plan has, and no step before it has with the same amount; 0: none.
 */
uint32_t course_step_next(const struct image *image, const struct plan_step *steps, uint32_t step,
                          uint32_t day);
/* The first day after day on which step is given; 0: none.  From day 0 on, all of them.  A day that two steps
   have, which only is where their amounts are the same, is a day of the first one: it is given once. */
uint32_t course_next(const struct course *course, uint32_t step, uint32_t day);
/* The last of the days from day on that follow each other without a gap. */
uint32_t course_run_end(const struct course *course, uint32_t step, uint32_t day);
/* How many days there are from day 1 on for one step. */
uint32_t course_day_count(const struct course *course, uint32_t step);
/* The step that is given on day, which may be any number; NONE32: none is. */
uint32_t course_step_on(const struct course *course, int64_t day);
/* Of a course that is dated. */
cal_day course_date(const struct course *course, int64_t day);
int64_t course_day(const struct course *course, cal_day date);
/* Whether the days of a step are shown as runs and not one by one. */
bool course_is_continuous(const struct course *course);

/* Days or months that the unit of a schedule counts in (weeks are 7 days, years 12 months); 0: hours or
   minutes, which no date counts. */
int schedule_unit_count(const char *unit, bool *months);

#endif
