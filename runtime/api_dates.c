/* The public face of dates: what a dose gives when. */
#include "runtime/api.h"
#include "runtime/course_view.h"
#include "runtime/report.h"

#include <string.h>

/* RULES of a rule that the public interface counts; NONE32 where there is none, or no dose. */
static uint32_t dose_at(const struct regimen_evaluator *e, size_t rule)
{
    if (rule >= e->program->order_count) return NONE32;
    uint32_t index = e->program->order[rule];
    return e->program->image.RULES[index].kind == RULE_DOSE ? index : NONE32;
}

/* The dates of a dose, found once for a record and a rule. */
static const struct buffer *dates_of(struct regimen_evaluator *e, size_t rule)
{
    uint32_t index = dose_at(e, rule);
    if (e->dated_rule == rule) return &e->dates;
    struct result_view v = api_view(e);
    buffer_clear(&e->dates);
    e->dated_rule = rule;
    if (index == NONE32) return &e->dates;
    struct course course = view_course(&v, index);
    if (course_has_dates(&course)) treatment_of(&v, index, false, &e->dates);
    return &e->dates;
}

/* NULL where there is none of that index. */
static const struct treatment *date_at(struct regimen_evaluator *e, size_t rule, size_t index)
{
    const struct buffer *dates = dates_of(e, rule);
    bool there = !dates->failed && index < treatment_count(dates);
    return there ? treatment_at(dates, (uint32_t)index) : NULL;
}

size_t regimen_result_dates(struct regimen_evaluator *e, size_t rule)
{
    const struct buffer *dates = dates_of(e, rule);
    return dates->failed ? 0 : treatment_count(dates);
}

static const char *finished(struct buffer *text)
{
    return text->failed ? NULL : buffer_text(text);
}

static void copy_date(char out[REGIMEN_DATE_MAX], cal_day date)
{
    char text[CAL_TEXT_MAX];
    cal_format_day(date, text);
    api_copy(out, REGIMEN_DATE_MAX, text);
}

bool regimen_result_date(struct regimen_evaluator *e, size_t rule, size_t index, struct regimen_date *date)
{
    const struct treatment *entry = date_at(e, rule, index);
    if (!entry) return false;
    struct result_view v = api_view(e);
    const struct plan_step *step = &eval_plan(e->context, entry->rule)[entry->step];
    buffer_clear(&e->amount);
    buffer_clear(&e->route);
    view_step_amount(&v, entry->rule, step, VALUE_EXACT, &e->amount);
    view_route(&v, entry->rule, &e->route);
    *date = (struct regimen_date){.day = entry->day,
                                  .day_to = treatment_last_day(entry),
                                  .amount = finished(&e->amount),
                                  .route = finished(&e->route),
                                  .continuous = entry->kind == TREATMENT_CONTINUOUS,
                                  .ask = eval_result(e->context, entry->rule)->action == ACTION_ASK};
    copy_date(date->from, entry->from);
    copy_date(date->to, entry->to);
    return date->amount && date->route;
}

const char *regimen_result_date_worksheet(struct regimen_evaluator *e, size_t rule, size_t index)
{
    const struct treatment *entry = date_at(e, rule, index);
    if (!entry) return NULL;
    struct result_view v = api_view(e);
    buffer_clear(&e->worksheet);
    report_step_worksheet(&v, entry->rule, entry->step, &e->worksheet);
    return finished(&e->worksheet);
}

const char *regimen_result_undated(struct regimen_evaluator *e, size_t rule)
{
    uint32_t index = dose_at(e, rule);
    struct result_view v = api_view(e);
    buffer_clear(&e->amount);
    if (index != NONE32 && treatment_is_scheduled(&v, index)) treatment_why_not(&v, index, &e->amount);
    return finished(&e->amount);
}

const char *regimen_result_record(const struct regimen_evaluator *e)
{
    return e->record.id;
}

const char *regimen_result_as_of(const struct regimen_evaluator *e)
{
    return e->record.as_of;
}
