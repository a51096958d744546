/* The public face of dates: what a dose gives when, and the windows of monitors.

   A rule's dates are found when they are first asked for and kept until another rule is asked about or
   the next record is evaluated: a program that goes through them by index finds each in constant time. */
#include "runtime/api.h"
#include "runtime/treatment.h"
#include "runtime/report.h"

#include <string.h>

/* RULES of a rule that the public interface counts; NONE32 where there is none. */
static uint32_t rule_at(const struct regimen_evaluator *e, size_t rule)
{
    return rule < e->program->order_count ? e->program->order[rule] : NONE32;
}

/* The dates of a rule, found once for a record; a period without days of its own has none. */
static const struct buffer *dates_of(struct regimen_evaluator *e, size_t rule)
{
    uint32_t index = rule_at(e, rule);
    if (e->dated_rule == rule) return &e->dates;
    struct result_view v = api_view(e);
    buffer_clear(&e->dates);
    e->dated_rule = rule;
    if (index == NONE32 || treatment_repeated(&v, index) != NONE32) return &e->dates;
    treatment_of(&v, index, false, &e->dates);
    if (treatment_count(&e->dates) && treatment_at(&e->dates, 0)->kind == TREATMENT_PERIOD)
        buffer_clear(&e->dates);
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

/* What only doses have. */
static void put_dose(struct regimen_evaluator *e, const struct treatment *entry, struct regimen_date *date)
{
    struct result_view v = api_view(e);
    view_route(&v, entry->rule, &e->route);
    date->day = entry->day;
    date->day_to = treatment_last_day(entry);
    date->continuous = entry->kind == TREATMENT_CONTINUOUS;
    date->ask = eval_result(e->context, entry->rule)->action == ACTION_ASK;
}

static void put_window(const struct treatment *entry, struct regimen_date *date)
{
    date->state = monitor_word((enum monitor_state)entry->step);
    copy_date(date->overdue_from, entry->behind);
}

bool regimen_result_date(struct regimen_evaluator *e, size_t rule, size_t index, struct regimen_date *date)
{
    const struct treatment *entry = date_at(e, rule, index);
    if (!entry) return false;
    struct result_view v = api_view(e);
    *date = (struct regimen_date){.state = ""};
    buffer_clear(&e->amount);
    buffer_clear(&e->route);
    treatment_words(&v, entry, VALUE_EXACT, &e->amount);
    if (entry->kind == TREATMENT_WINDOW)
        put_window(entry, date);
    else
        put_dose(e, entry, date);
    copy_date(date->from, entry->from);
    copy_date(date->to, entry->to);
    date->what = finished(&e->amount);
    date->route = finished(&e->route);
    return date->what && date->route;
}

const char *regimen_result_date_worksheet(struct regimen_evaluator *e, size_t rule, size_t index)
{
    const struct treatment *entry = date_at(e, rule, index);
    if (!entry) return NULL;
    struct result_view v = api_view(e);
    buffer_clear(&e->worksheet);
    if (entry->kind != TREATMENT_WINDOW) report_step_worksheet(&v, entry->rule, entry->step, &e->worksheet);
    return finished(&e->worksheet);
}

const char *regimen_result_undated(struct regimen_evaluator *e, size_t rule)
{
    uint32_t index = rule_at(e, rule);
    struct result_view v = api_view(e);
    buffer_clear(&e->amount);
    if (index != NONE32) treatment_why_not(&v, index, &e->amount);
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

const char *regimen_result_site(const struct regimen_evaluator *e)
{
    const struct result_view v = api_view(e);
    return v.site_name ? v.site_name : "";
}

const char *regimen_result_site_digest(const struct regimen_evaluator *e)
{
    const struct result_view v = api_view(e);
    return v.site_name ? v.site_digest : "";
}
