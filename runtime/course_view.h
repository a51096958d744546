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
/* "every 7 days", "days 1, 8, 15", "2 times a week": how often, without the phase; nothing where the plan
 * tells the days. */
void view_schedule_form(const struct result_view *v, const struct image_schedule *schedule,
                        struct buffer *out);
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

#endif
