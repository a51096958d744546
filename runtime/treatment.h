/*
 * The treatment calendar: what is to be given when, and what is to be looked for, by date.
 *
 * Doses that are decided to give or to ask, on the dates of their courses; monitors whose window is still to
 * come, is open, or has passed without a value.
 */
#ifndef REGIMEN_TREATMENT_H
#define REGIMEN_TREATMENT_H

#include "runtime/course_view.h"

enum treatment_kind {
    TREATMENT_CONTINUOUS, /* a run of an infusion */
    TREATMENT_DAILY,      /* on each of some days that follow each other */
    TREATMENT_PERIOD,     /* somewhere in a phase: the schedule tells no days */
    TREATMENT_WINDOW,     /* of a monitor */
    TREATMENT_DAY
};

struct treatment {
    cal_day from, to; /* the same on one day */
    uint32_t kind;    /* enum treatment_kind */
    uint32_t order;   /* of the rule among the declarations */
    uint32_t rule;
    uint32_t step;  /* of the plan; of a window: enum monitor_state */
    uint32_t day;   /* of the phase, of from; of a window 0 */
    cal_day behind; /* of a window: from when on it is overdue */
};

/* The day of the phase of entry->to. */
static inline uint32_t treatment_last_day(const struct treatment *entry)
{
    return entry->day + (uint32_t)(entry->to - entry->from);
}
/* One entry for each dose, run, period and window of all rules that are shown, in order of their dates, into
   entries. joined: neighbouring days are one entry. */
void treatment_collect(const struct result_view *v, bool joined, struct buffer *entries);
/* The same of one rule, the dates of each amount in turn. */
void treatment_of(const struct result_view *v, uint32_t rule, bool joined, struct buffer *entries);
/* How many entries the buffer holds. */
static inline uint32_t treatment_count(const struct buffer *entries)
{
    return (uint32_t)(entries->length / sizeof(struct treatment));
}
/* The entry at a place below treatment_count; good until the buffer grows. */
const struct treatment *treatment_at(const struct buffer *entries, uint32_t index);
/* "28 ug/d", the list in which a monitor expects something. */
void treatment_words(const struct result_view *v, const struct treatment *entry, enum value_style style,
                     struct buffer *out);
/* The dose before this one that says the same of the same drug, with dates, and is shown: what is given once
   stands once in a calendar.  NONE32: none. */
uint32_t treatment_repeated(const struct result_view *v, uint32_t rule);
/* Why a dose with a schedule, or a monitor, that is shown and for this patient has no dates: "withheld",
   "unknown", "the dates of cycle are not known", "the same dose as one"; nothing where it has some or needs
   none. */
void treatment_why_not(const struct result_view *v, uint32_t rule, struct buffer *out);

#endif
