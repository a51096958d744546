/*
 * One evaluated alert or monitor as the writers of results see it: what it tells, and the elements that it
 * was run for.
 *
 * Of a rule with `for each`, registers and rows are those of an element only while it is in focus
 * (eval_focus).
 */
#ifndef REGIMEN_ALERT_VIEW_H
#define REGIMEN_ALERT_VIEW_H

#include "runtime/result_view.h"

/* The severity of an alert; of a monitor there is none. */
enum alert_severity alert_severity(const struct result_view *v, uint32_t rule);
/* The rule, or the element in focus, has something to tell: it is raised; it is overdue, late or missed. */
bool alert_tells(const struct result_view *v, uint32_t rule);
/* Whether the row is one that tells it. */
bool alert_row_tells(const struct result_view *v, uint32_t rule, uint32_t row);
/* An alert's row that is open beside one that holds. */
bool alert_row_unchecked(const struct result_view *v, uint32_t rule, uint32_t row);
/* What the row says, else the rule; where neither does, the label of the rule. */
void alert_message(const struct result_view *v, uint32_t rule, uint32_t row, struct buffer *out);
/* Whether the row, or the rule for it, says anything of its own. */
bool alert_says(const struct result_view *v, uint32_t rule, uint32_t row);
/* ADVICES of the row, else of the rule. */
struct run alert_advices(const struct result_view *v, uint32_t rule, uint32_t row);
/* The most forceful strength of all that it may advise; STRENGTH_COUNT where it advises nothing, or without a strength. */
unsigned alert_force(const struct result_view *v, uint32_t rule);

/* ---- Monitors */
const struct image_monitor *monitor_of(const struct result_view *v, uint32_t rule);
/* A register of its window as a reader sees it; nothing where it is not known. */
void monitor_moment(const struct result_view *v, uint32_t rule, uint32_t reg, struct buffer *out);
/* From when on it is overdue: the day after the limit, or the limit where that is a time. */
void monitor_since(const struct result_view *v, uint32_t rule, struct buffer *out);
/* The element in a register of its list; NULL where it selected none for certain. */
const struct element *monitor_element(const struct result_view *v, uint32_t reg);

/* ---- Elements */
/* Whether an element of a rule with `for each` is shown: it counts, or may. */
bool each_is_shown(const struct result_view *v, uint32_t rule, uint32_t element);
/* What came of it is unknown, or a fault. */
bool each_is_open(const struct result_view *v, uint32_t rule, uint32_t element);
/* The element in the list that a rule runs for. */
const struct element *each_element(const struct result_view *v, uint32_t rule, uint32_t element);
/* The fields that the record gives: " (amount 3750 IU, route intramuscular)" */
void element_fields(const struct result_view *v, uint32_t list, const struct element *element, struct buffer *out);
/* "2026-01-10 (amount 3750 IU, route intramuscular)" */
void element_words(const struct result_view *v, uint32_t list, const struct element *element,
                   struct buffer *out);
/* "pegaspargase_given of 2026-01-10 (amount 3750 IU)" */
void each_words(const struct result_view *v, uint32_t rule, uint32_t element, struct buffer *out);

#endif
