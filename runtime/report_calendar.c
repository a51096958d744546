/* The treatment calendar on the report: what all scheduled doses give, week by week. */
#include <inttypes.h>

#include "runtime/treatment.h"
#include "runtime/report_parts.h"

enum {
    MARK = 2,
    DATE = 4,
    UNTIL = 19,
    GOING_ON = 26,
    DAYS = 37,
    NAME = 53,
    AMOUNT = 75,
    ENTRIES_BEFORE = 4, /* shown of what begins before today */
    LINES_SHOWN = 40
};

struct calendar {
    struct report *report;
    struct buffer entries;
    uint32_t count;
    uint32_t first, last; /* those that are shown: from first to before last */
    cal_day today;
};

static const struct treatment *entry_at(const struct calendar *c, uint32_t index)
{
    return treatment_at(&c->entries, index);
}

static cal_day week_of(cal_day date)
{
    return date - cal_weekday(date);
}

/* ---- What is shown -------------------------------------------------------------------------------- */

/* How many lines the entries from first to before last take, with the headings of their weeks. */
static uint32_t lines_of(const struct calendar *c, uint32_t first, uint32_t last)
{
    uint32_t lines = 0;
    for (uint32_t i = first; i < last; i++) {
        bool begins = i == first || week_of(entry_at(c, i)->from) != week_of(entry_at(c, i - 1)->from);
        lines += begins ? 2 : 1;
    }
    return lines;
}

/* All where that is not too much; else a little of what has begun before today, and as much of what comes as
   there is room for. */
static void choose_lines(struct calendar *c)
{
    uint32_t next = 0;
    c->last = c->count;
    if (lines_of(c, 0, c->count) <= LINES_SHOWN) return;
    while (next < c->count && entry_at(c, next)->from < c->today)
        next++;
    c->first = next > ENTRIES_BEFORE ? next - ENTRIES_BEFORE : 0;
    while (c->first > 0 && lines_of(c, c->first - 1, c->count) <= LINES_SHOWN)
        c->first--;
    while (lines_of(c, c->first, c->last) > LINES_SHOWN)
        c->last--;
}

static void write_left_out(struct calendar *c, uint32_t count, const char *which, const char *to,
                           cal_day date)
{
    if (count == 0) return;
    struct buffer *text = report_begin(c->report);
    buffer_printf(text, "%u %s %s not shown here, %s ", count, which, count == 1 ? "entry is" : "entries are",
                  to);
    weekday_text(text, date);
    buffer_put(text, ".");
    page_text(c->report->out, DATE, buffer_text(text));
}

/* ---- Lines ---------------------------------------------------------------------------------------- */

static bool is_today(const struct calendar *c, const struct treatment *entry)
{
    return entry->from <= c->today && c->today <= entry->to;
}

static void put_days(const struct treatment *entry, struct buffer *text)
{
    uint32_t last = treatment_last_day(entry);
    if (entry->kind == TREATMENT_WINDOW)
        buffer_put(text, entry->step == MONITOR_NOT_DUE ? "expected"
                                                        : monitor_word((enum monitor_state)entry->step));
    else if (entry->kind == TREATMENT_PERIOD)
        buffer_put(text, "not fixed");
    else if (last == entry->day)
        buffer_printf(text, "day %u", entry->day);
    else
        buffer_printf(text, "days %u to %u", entry->day, last);
}

/* "28 ug/d, continuous", "5 mg each day, ASK FIRST" */
static void put_amount(const struct report *r, const struct treatment *entry, struct buffer *text)
{
    const struct result_view *v = r->v;
    treatment_words(v, entry, VALUE_SHORT, text);
    if (entry->kind == TREATMENT_WINDOW && entry->step == MONITOR_OVERDUE) {
        buffer_put(text, "; OVERDUE since ");
        date_text(text, entry->behind);
    }
    if (entry->kind == TREATMENT_WINDOW) return;
    struct course course = view_course(v, entry->rule);
    if (entry->kind == TREATMENT_CONTINUOUS) buffer_put(text, ", continuous");
    if (entry->kind == TREATMENT_DAILY) buffer_put(text, ", each day");
    if (entry->kind == TREATMENT_PERIOD) buffer_put(text, ", ");
    if (entry->kind == TREATMENT_PERIOD) view_schedule_words(v, course.schedule, text);
    if (eval_result(v->context, entry->rule)->action == ACTION_ASK) buffer_put(text, ", ASK FIRST");
}

/* Uses the buffers of a line of values: name for the date, date for the days. */
static void write_entry(struct calendar *c, const struct treatment *entry)
{
    struct report *r = c->report;
    struct report_line *l = &r->line;
    bool today = is_today(c, entry), several = entry->to > entry->from;
    struct buffer *const parts[] = {&l->name, &l->value, &l->date, &l->remark};
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++)
        buffer_clear(parts[i]);
    weekday_text(&l->name, entry->from);
    if (several) buffer_put(&l->value, "to ");
    if (several) weekday_text(&l->value, entry->to);
    if (!several && today) buffer_put(&l->value, "TODAY");
    put_days(entry, &l->date);
    put_amount(r, entry, &l->remark);
    struct page_column columns[] = {
        {MARK, 1, today ? ">" : ""},
        {DATE, UNTIL - DATE - 1, buffer_text(&l->name)},
        {UNTIL, DAYS - UNTIL - 1, buffer_text(&l->value)},
        {DAYS, NAME - DAYS - 1, buffer_text(&l->date)},
        {NAME, AMOUNT - NAME - 1, view_text(r->v, r->v->image->RULES[entry->rule].name)},
        {AMOUNT, PAGE_WIDTH - AMOUNT, buffer_text(&l->remark)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}

/* What began before this week and still goes on in it. */
static void put_going_on(const struct calendar *c, cal_day week, struct buffer *text)
{
    const struct result_view *v = c->report->v;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct treatment *entry = entry_at(c, i);
        if (entry->from >= week || entry->to < week) continue;
        buffer_put(text, text->length ? "; " : "going on: ");
        buffer_printf(text, "%s ", view_text(v, v->image->RULES[entry->rule].name));
        treatment_words(v, entry, VALUE_SHORT, text);
    }
}

static void write_week(struct calendar *c, cal_day date)
{
    struct report *r = c->report;
    struct buffer *text = report_begin(r);
    buffer_clear(&r->side);
    buffer_put(text, "Week of ");
    weekday_text(text, week_of(date));
    put_going_on(c, week_of(date), &r->side);
    struct page_column columns[] = {
        {MARK, GOING_ON - MARK - 1, buffer_text(text)},
        {GOING_ON, PAGE_WIDTH - GOING_ON, buffer_text(&r->side)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}

/* Today has its line, whether there is anything to give or not. */
static void write_empty_today(struct calendar *c)
{
    struct buffer *text = report_begin(c->report);
    weekday_text(text, c->today);
    struct page_column columns[] = {
        {MARK, 1, ">"},
        {DATE, UNTIL - DATE - 1, buffer_text(text)},
        {UNTIL, PAGE_WIDTH - UNTIL, "TODAY     nothing new begins on this day"},
    };
    page_columns(c->report->out, columns, sizeof columns / sizeof *columns);
}

/* A heading where a week begins, and today where it lies between two entries. */
struct position {
    cal_day week;
    bool any, passed_today;
};

static void reach(struct calendar *c, struct position *at, cal_day date)
{
    if (at->any && at->week == week_of(date)) return;
    write_week(c, date);
    at->week = week_of(date);
    at->any = true;
}

static void write_today(struct calendar *c, struct position *at)
{
    at->passed_today = true;
    reach(c, at, c->today);
    write_empty_today(c);
}

static void write_lines(struct calendar *c)
{
    struct position at = {.passed_today = c->first < c->last && c->today < entry_at(c, c->first)->from};
    for (uint32_t i = c->first; i < c->last; i++) {
        const struct treatment *entry = entry_at(c, i);
        if (entry->from > c->today && !at.passed_today) write_today(c, &at);
        at.passed_today |= entry->from == c->today;
        reach(c, &at, entry->from);
        write_entry(c, entry);
    }
}

/* ---- Around them ---------------------------------------------------------------------------------- */

static cal_day last_date(const struct calendar *c)
{
    cal_day last = entry_at(c, 0)->to;
    for (uint32_t i = 1; i < c->count; i++)
        if (entry_at(c, i)->to > last) last = entry_at(c, i)->to;
    return last;
}

static void write_title(struct calendar *c)
{
    struct buffer *text = report_begin(c->report);
    buffer_put(text, "TREATMENT CALENDAR: ");
    weekday_text(text, entry_at(c, 0)->from);
    buffer_put(text, " to ");
    weekday_text(text, last_date(c));
    buffer_put(text, "; today is ");
    weekday_text(text, c->today);
    if (c->today < entry_at(c, 0)->from) buffer_put(text, ", before all of it");
    if (c->today > last_date(c)) buffer_put(text, ", after all of it");
    report_heading(c->report, buffer_text(text));
}

/* What else has dates, so that nobody takes the calendar for complete: doses by name, monitors by their
 * number. */
static void write_absent(struct calendar *c)
{
    const struct result_view *v = c->report->v;
    struct buffer *text = report_begin(c->report);
    uint32_t monitors = 0;
    for (uint32_t i = 0; i < v->order_count; i++) {
        const struct image_rule *rule = &v->image->RULES[v->order[i]];
        struct course course = view_course(v, v->order[i]);
        buffer_clear(&c->report->side);
        treatment_why_not(v, v->order[i], &c->report->side);
        bool repeated = treatment_repeated(v, v->order[i]) != NONE32;
        if (!c->report->side.length || (course.dated && !repeated)) continue;
        monitors += rule->kind == RULE_MONITOR;
        if (rule->kind == RULE_MONITOR) continue;
        buffer_put(text, text->length ? "; " : "Not in this calendar: ");
        buffer_printf(text, "%s (%s)", view_text(v, rule->name), buffer_text(&c->report->side));
    }
    if (monitors) buffer_put(text, text->length ? "; " : "Not in this calendar: ");
    if (monitors)
        buffer_printf(text, "%u %s", monitors,
                      monitors == 1 ? "monitor that is unknown" : "monitors that are unknown");
    page_text(c->report->out, MARK, buffer_text(text));
}

/* Without a scheduled dose the monitors have their own section, with their windows. */
static bool any_dose(const struct calendar *c)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (entry_at(c, i)->kind != TREATMENT_WINDOW) return true;
    return false;
}

void report_calendar(struct report *r)
{
    struct calendar c = {.report = r, .today = view_today(r->v)};
    treatment_collect(r->v, true, &c.entries);
    c.count = treatment_count(&c.entries);
    if (!c.entries.failed && any_dose(&c)) {
        choose_lines(&c);
        write_title(&c);
        write_left_out(&c, c.first, "earlier", "from", entry_at(&c, 0)->from);
        write_lines(&c);
        write_left_out(&c, c.count - c.last, "later", "to", last_date(&c));
        write_absent(&c);
    }
    r->out->failed |= c.entries.failed;
    buffer_free(&c.entries);
}
