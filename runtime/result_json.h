/*
 * The result of a record as one JSON object (SPEC.md, "Results").
 */
#ifndef REGIMEN_RESULT_JSON_H
#define REGIMEN_RESULT_JSON_H

#include "runtime/json_writer.h"
#include "runtime/regimen.h"
#include "runtime/result_view.h"

/* One object, without a line end.  explain: with the tree of each result under "explain". */
void result_json(const struct result_view *v, bool explain, struct buffer *out);
/* The line that stands in the place of a record that was refused; file: NULL where it need not be said; line
   from 1, 0 where there is none. */
void result_json_refused(const struct regimen_error *error, const char *file, size_t line,
                         struct buffer *out);

/* Pieces that doses and classifications share. */
void json_missing(struct json_writer *w, const struct result_view *v, uint32_t rule, const uint32_t *reads,
                  uint32_t count);
/* {"value","unit"} or {"from","to","unit"}. */
void json_amount(struct json_writer *w, decimal lo, decimal hi, const char *unit);
/* Any value: a quantity as json_amount (an open or missing end says so), others as their text. */
void json_value(struct json_writer *w, const struct result_view *v, const struct image_type *type,
                const struct value *value, const char *text);
/* "missing" and "possible", or "reason" and its place, of a result that is unknown or a fault. */
void json_unknown(struct json_writer *w, const struct result_view *v, uint32_t rule);
void json_fault(struct json_writer *w, const struct result_view *v, uint32_t rule);
/* "trace":[...] and "cite":[...] of the rows that pass; nothing where there are none. */
typedef bool row_filter(const struct result_view *v, uint32_t rule, uint32_t row);
void json_sources(struct json_writer *w, const struct result_view *v, uint32_t rule, row_filter *filter);
void json_row_sources(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row);
/* "rows":[...], those that made the result. */
void json_rows(struct json_writer *w, const struct result_view *v, uint32_t rule);
/* A text where it is not empty. */
void json_key_buffer(struct json_writer *w, const char *key, const struct buffer *text);

/* "shown":{...}, in order of the declaration (result_json_shown.c); nothing where the protocol shows nothing.
 */
void json_shown(struct json_writer *w, const struct result_view *v);

/* What is particular to a dose (result_json_dose.c). */
void json_dose(struct json_writer *w, const struct result_view *v, uint32_t rule);
/* "amount", or "steps" with their "total", of a plan that is known (result_json_plan.c). */
void json_plan(struct json_writer *w, const struct result_view *v, uint32_t rule);
void json_would_be(struct json_writer *w, const struct result_view *v, uint32_t rule);
void json_worksheet(struct json_writer *w, const struct result_view *v, uint32_t rule);
/* {"value","unit"} of a step, or "no statement". */
void json_plan_amount(struct json_writer *w, const struct result_view *v, uint32_t rule,
                      const struct plan_step *step);

/* When it is given (result_json_course.c): "dates", or "runs" of an infusion, of a step; "days" with them and
   the "total" where the schedule and not the plan tells days; "schedule" and "today".  Each writes nothing
   where there is none. */
struct course;
void json_step_dates(struct json_writer *w, const struct course *course, uint32_t step);
void json_course_days(struct json_writer *w, const struct result_view *v, uint32_t rule);
void json_schedule(struct json_writer *w, const struct result_view *v, uint32_t rule);

/* "missing" of a row that is open. */
void json_row_missing(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row);

/* What is particular to an alert or a monitor, and "each":[...], the elements that it runs for
 * (result_json_alert.c). */
void json_alert(struct json_writer *w, const struct result_view *v, uint32_t rule);
void json_each(struct json_writer *w, const struct result_view *v, uint32_t rule);

/* What is particular to a collection or recommendation (result_json_set.c). */
void json_set(struct json_writer *w, const struct result_view *v, uint32_t rule);

#endif
