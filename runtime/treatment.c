/* What is to be given, and to be looked for, by date.  The report, the public interface and the calendar
   file take it from here, so that they cannot disagree. */
#include "runtime/treatment.h"

#include <stdlib.h>

#include "runtime/alert_view.h"

enum { JOINED_FROM = 3 }; /* days that follow each other are one entry from so many on */

const struct treatment *treatment_at(const struct buffer *entries, uint32_t index)
{
    return (const struct treatment *)(const void *)entries->data + index;
}

static void add(struct buffer *entries, const struct treatment *entry)
{
    buffer_bytes(entries, (const char *)entry, sizeof *entry);
}

/* ---- Doses ---------------------------------------------------------------------------------------- */

/* The days of one step; entry has its rule. */
static void add_step(const struct course *c, struct treatment entry, bool joined, struct buffer *entries)
{
    uint32_t step = entry.step;
    bool continuous = course_is_continuous(c);
    for (uint32_t day = course_next(c, step, 0), last; day != 0; day = course_next(c, step, last)) {
        last = course_run_end(c, step, day);
        bool daily = joined && last - day + 1 >= JOINED_FROM;
        if (!continuous && !daily) last = day;
        entry.kind = continuous ? TREATMENT_CONTINUOUS : daily ? TREATMENT_DAILY : TREATMENT_DAY;
        entry.from = course_date(c, day);
        entry.to = course_date(c, last);
        entry.day = day;
        add(entries, &entry);
    }
}

static void add_dose(const struct result_view *v, struct treatment entry, bool joined, struct buffer *entries)
{
    struct course c = view_course(v, entry.rule);
    if (!c.dated) return;
    entry.from = c.start;
    entry.to = c.end;
    entry.kind = TREATMENT_PERIOD;
    entry.day = 1;
    if (c.days == COURSE_UNTOLD) add(entries, &entry);
    for (; entry.step < c.count && c.days != COURSE_UNTOLD; entry.step++)
        add_step(&c, entry, joined, entries);
}

/* ---- Monitors ------------------------------------------------------------------------------------- */

static cal_day date_of(int64_t moment, bool by_day)
{
    return by_day ? moment : cal_day_of(moment);
}

/* The window that the registers hold. */
static void add_window(const struct result_view *v, struct treatment entry, struct buffer *entries)
{
    const struct image_monitor *m = monitor_of(v, entry.rule);
    const struct value *from = eval_register(v->context, m->from), *to = eval_register(v->context, m->to);
    const struct value *overdue = eval_register(v->context, m->overdue);
    /* unknown, a fault or off: there is no date to show */
    if (from->tag > TAG_RANGE || to->tag > TAG_RANGE || overdue->tag > TAG_RANGE) return;
    entry.kind = TREATMENT_WINDOW;
    entry.step = (uint32_t)eval_result(v->context, entry.rule)->member;
    entry.from = date_of(from->t.lo, m->by_day);
    entry.to = date_of(to->t.hi, m->by_day);
    entry.behind = date_of(overdue->t.hi, m->by_day) + m->by_day;
    add(entries, &entry);
}

static bool is_awaited(int32_t state)
{
    return state == MONITOR_NOT_DUE || state == MONITOR_DUE || state == MONITOR_OVERDUE;
}

/* Of a monitor that goes through a list, that of the latest element. */
static void add_monitor(const struct result_view *v, struct treatment entry, struct buffer *entries)
{
    const struct rule_result *result = eval_result(v->context, entry.rule);
    bool each = v->image->RULES[entry.rule].each != NONE32;
    uint32_t latest = each ? eval_each_latest(v->context, entry.rule) : NONE32;
    if (result->outcome != OUTCOME_DECIDED || !is_awaited(result->member) || (each && latest == NONE32))
        return;
    if (each) eval_focus(v->context, entry.rule, latest);
    add_window(v, entry, entries);
    eval_unfocus(v->context);
}

/* ---- All of them ---------------------------------------------------------------------------------- */

void treatment_of(const struct result_view *v, uint32_t rule, bool joined, struct buffer *entries)
{
    const struct image_rule *r = &v->image->RULES[rule];
    struct treatment entry = {.order = r->order, .rule = rule};
    if (r->kind == RULE_DOSE) add_dose(v, entry, joined, entries);
    if (r->kind == RULE_MONITOR) add_monitor(v, entry, entries);
}

/* Two decided doses of one drug would be a conflict if they did not agree. */
uint32_t treatment_repeated(const struct result_view *v, uint32_t rule)
{
    const struct image_rule *rules = v->image->RULES;
    if (rules[rule].kind != RULE_DOSE || !view_course(v, rule).dated) return NONE32;
    for (uint32_t i = 0; i < v->order_count && v->order[i] != rule; i++) {
        uint32_t other = v->order[i];
        bool alike = rules[other].kind == RULE_DOSE && rules[other].drug == rules[rule].drug;
        if (alike && view_shows(v, other) && view_course(v, other).dated) return other;
    }
    return NONE32;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *a, const void *b)
{
    const struct treatment *x = a, *y = b;
    int order = compare(x->from, y->from);
    if (!order) order = compare(x->kind, y->kind);
    if (!order) order = compare(x->order, y->order);
    return order ? order : compare(x->step, y->step);
}

void treatment_collect(const struct result_view *v, bool joined, struct buffer *entries)
{
    for (uint32_t i = 0; i < v->order_count; i++)
        if (view_shows(v, v->order[i]) && treatment_repeated(v, v->order[i]) == NONE32)
            treatment_of(v, v->order[i], joined, entries);
    if (treatment_count(entries))
        qsort(entries->data, treatment_count(entries), sizeof(struct treatment), compare_entries);
}

void treatment_words(const struct result_view *v, const struct treatment *entry, enum value_style style,
                     struct buffer *out)
{
    if (entry->kind == TREATMENT_WINDOW)
        buffer_put(out, view_text(v, v->image->INPUTS[monitor_of(v, entry->rule)->list].name));
    else
        view_step_amount(v, entry->rule, &eval_plan(v->context, entry->rule)[entry->step], style, out);
}

/* ---- What is not in it ---------------------------------------------------------------------------- */

static bool is_scheduled(const struct image *image, const struct image_rule *rule)
{
    for (uint32_t row = rule->rows.first; row < rule->rows.first + rule->rows.count; row++)
        if (image->ROWS[row].type == ROWTYPE_SCHEDULE) return true;
    return false;
}

/* Of a dose that is decided. */
static void put_undated(const struct result_view *v, const struct course *c, struct buffer *out)
{
    if (!c->schedule)
        buffer_put(out, "no row of its schedule holds");
    else if (c->schedule->phase != NONE32 && !c->dated)
        buffer_printf(out, "the dates of %s are not known",
                      view_text(v, v->image->PHASES[c->schedule->phase].name));
    else {
        view_schedule_words(v, c->schedule, out);
        buffer_put(out, ": no dates");
    }
}

void treatment_why_not(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    struct course c = view_course(v, rule);
    bool dated = r->kind == RULE_MONITOR || (r->kind == RULE_DOSE && is_scheduled(v->image, r));
    if (!dated || !view_shows(v, rule) || result->outcome == OUTCOME_NOT_APPLICABLE) return;
    if (result->outcome != OUTCOME_DECIDED)
        buffer_put(out, outcome_word(result->outcome));
    else if (r->kind == RULE_DOSE && result->action == ACTION_WITHHOLD)
        buffer_put(out, "withheld");
    else if (treatment_repeated(v, rule) != NONE32)
        buffer_printf(out, "the same dose as %s",
                      view_text(v, v->image->RULES[treatment_repeated(v, rule)].name));
    else if (r->kind == RULE_DOSE && !course_has_dates(&c))
        put_undated(v, &c, out);
}
