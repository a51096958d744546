/* When doses are given, as the writers of results ask for it. */
#ifndef REGIMEN_COURSE_VIEW_H
#define REGIMEN_COURSE_VIEW_H

#include "runtime/course.h"
#include "runtime/result_view.h"

/* The course of a dose; without steps where it is not decided to give or to ask. */
struct course view_course(const struct result_view *v, uint32_t rule);
/* Whether its days are known as dates. */
bool course_has_dates(const struct course *course);
/* The date of the evaluation. */
cal_day view_today(const struct result_view *v);
/* "of", "continuous", "days", "every", "times", "once" */
const char *schedule_form_word(enum schedule_form form);
/* "every 7 days of consolidation", as a rule says it, with the lengths of this record. */
void view_schedule_words(const struct result_view *v, const struct image_schedule *schedule,
                         struct buffer *out);
/* What keeps a schedule that holds from having dates, as view_row_missing. */
uint32_t view_schedule_missing(const struct result_view *v, uint32_t row, struct buffer *scratch,
                               const uint32_t **out);
/* "2028-02-22", "Tue 2028-02-22" */
void date_text(struct buffer *out, cal_day date);
void weekday_text(struct buffer *out, cal_day date);
/* The amount of a step, or that there is none. */
void view_step_amount(const struct result_view *v, uint32_t rule, const struct plan_step *step,
                      enum value_style style, struct buffer *out);

/* ---- The treatment calendar: what all doses that are shown give, by date */

enum treatment_kind {
    TREATMENT_CONTINUOUS, /* a run of an infusion */
    TREATMENT_DAILY,      /* on each of some days that follow each other */
    TREATMENT_PERIOD,     /* somewhere in a phase: the schedule tells no days */
    TREATMENT_DAY
};

struct treatment {
    cal_day from, to; /* the same on one day */
    uint32_t kind;    /* enum treatment_kind */
    uint32_t order;   /* of the rule among the declarations */
    uint32_t rule, step;
    uint32_t day; /* of the phase, of from */
};

/* The day of the phase of entry->to. */
static inline uint32_t treatment_last_day(const struct treatment *entry)
{
    return entry->day + (uint32_t)(entry->to - entry->from);
}
/* One entry for each dose, run and period, in order of their dates, into entries.  joined: neighbouring days
   are one entry. */
void treatment_collect(const struct result_view *v, bool joined, struct buffer *entries);
/* The same of one dose. */
void treatment_of(const struct result_view *v, uint32_t rule, bool joined, struct buffer *entries);
static inline uint32_t treatment_count(const struct buffer *entries)
{
    return (uint32_t)(entries->length / sizeof(struct treatment));
}
const struct treatment *treatment_at(const struct buffer *entries, uint32_t index);
/* Whether a rule is a dose with a schedule that is for this patient. */
bool treatment_is_scheduled(const struct result_view *v, uint32_t rule);
/* Why such a dose has no dates: "withheld", "unknown", "the start of cycle is not known"; nothing where it
 * has some. */
void treatment_why_not(const struct result_view *v, uint32_t rule, struct buffer *out);

#endif
