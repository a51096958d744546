/*
 * One dose while it is checked.
 */
#ifndef REGIMEN_CHECK_DOSE_H
#define REGIMEN_CHECK_DOSE_H

#include "compiler/check.h"

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

/* check_days.c: the days of one step; of all steps of one clause, that no day stands twice. */
void check_days(struct dose_check *dose, struct step *step);
void check_days_apart(struct dose_check *dose, const struct clause *clause);

#endif
