/*
 * One dose while it is checked.
 */
#ifndef REGIMEN_CHECK_DOSE_H
#define REGIMEN_CHECK_DOSE_H

#include "compiler/check.h"

/* Filled while the clauses are read in the order of the source; NULL and false for what was not met. */
struct dose_check {
    struct checker *ck;
    const struct expr *amount; /* the first one: its unit is the dose's */
    const struct step *plain;  /* the first one without days */
    const struct step *days;   /* the first one with days */
    const struct expr *range;  /* the first one that is a range */
    const struct clause *choose, *round;
    int amounts;
    bool has_point; /* some amount is no range */
    bool broken;    /* an amount was reported */
};

/* check_days.c: the days of one step or of a schedule; the last of them, a number; of all steps of one
   clause, that no day stands twice. */
bool check_days(struct checker *ck, struct expr *days);
const struct expr *check_last_day(const struct expr *days);
void check_days_apart(struct checker *ck, const struct step *steps);

/* check_schedule.c: one schedule; how those of the dose and its amounts go together. */
void check_schedule(struct checker *ck, const struct schedule *schedule);
void check_dose_schedules(const struct dose_check *dose, const struct decl *d);
/* Whether a schedule of the dose gives its plan days. */
bool check_schedule_gives_days(const struct decl *d);

#endif
