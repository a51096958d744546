/* When a dose is given, on the report: its schedule, its dates, today. */
#include <inttypes.h>

#include "runtime/treatment.h"
#include "runtime/report_parts.h"

enum { DATES_SHOWN = 12 }; /* of one amount; the calendar has the others */

/* " (Cycle of blinatumomab, from Tue 2026-02-03 to Mon 2026-03-16)": the dates of the phase, and not of the
 * dose. */
static void put_phase(struct report *r, const struct course *c, struct buffer *text)
{
    const char *label = view_text(r->v, r->v->image->PHASES[c->schedule->phase].label);
    if (!*label && !c->dated) return;
    buffer_printf(text, " (%s%s", label, *label && c->dated ? ", " : "");
    if (c->dated) {
        buffer_put(text, "from ");
        weekday_text(text, c->start);
        buffer_put(text, " to ");
        weekday_text(text, c->end);
    }
    buffer_put(text, ")");
}

static void write_schedule(struct report *r, uint32_t rule, const struct course *c)
{
    struct buffer scratch = {0}, *text = report_begin(r);
    const uint32_t *reads = NULL;
    view_schedule_words(r->v, c->schedule, text);
    if (c->schedule->phase != NONE32) put_phase(r, c, text);
    report_end(r, "Schedule");
    if (c->dated || c->schedule->phase == NONE32) return;
    uint32_t count = view_schedule_missing(r->v, c->row, &scratch, &reads);
    text = report_begin(r);
    buffer_put(text, "the dates of the phase are not known; days count from its start");
    if (!r->all && count) buffer_put(text, "; missing: ");
    if (!r->all) report_put_missing(r, rule, reads, count, text);
    report_end(r, "NO DATES");
    if (r->all) report_missing(r, rule, reads, count, "  missing");
    r->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

static void put_entry(const struct treatment *entry, struct buffer *text)
{
    uint32_t last = treatment_last_day(entry);
    date_text(text, entry->from);
    if (last == entry->day) {
        buffer_printf(text, PAGE_TIE "(day" PAGE_TIE "%u)", entry->day);
        return;
    }
    buffer_put(text, " to ");
    date_text(text, entry->to);
    buffer_printf(text, " (%sdays %u to %u)", entry->kind == TREATMENT_DAILY ? "each day, " : "", entry->day,
                  last);
}

/* The dates of each amount. */
static void write_dates(struct report *r, uint32_t rule, const struct course *c)
{
    struct buffer entries = {0};
    treatment_of(r->v, rule, true, &entries);
    uint32_t count = treatment_count(&entries);
    for (uint32_t i = 0, shown = 0; i < count; i++) {
        const struct treatment *entry = treatment_at(&entries, i);
        bool first = i == 0 || entry[-1].step != entry->step,
             last = i + 1 == count || entry[1].step != entry->step;
        if (first) {
            view_step_amount(r->v, rule, &c->steps[entry->step], VALUE_SHORT, report_begin(r));
            shown = 0;
        }
        if (shown < DATES_SHOWN) buffer_put(&r->text, first ? ": " : ", ");
        if (shown++ < DATES_SHOWN) put_entry(entry, &r->text);
        if (!last) continue;
        if (shown > DATES_SHOWN) buffer_printf(&r->text, ", and %u more to ", shown - DATES_SHOWN);
        if (shown > DATES_SHOWN) date_text(&r->text, entry->to);
        report_end(r, entry->step == treatment_at(&entries, 0)->step ? "Dates" : "");
    }
    r->out->failed |= entries.failed;
    buffer_free(&entries);
}

/* ---- Today ---------------------------------------------------------------------------------------- */

/* The first day after day on which any step is given; 0: none. */
static uint32_t next_day(const struct course *c, uint32_t day)
{
    uint32_t next = 0;
    for (uint32_t step = 0; step < c->count; step++) {
        uint32_t own = course_next(c, step, day);
        if (own != 0 && (next == 0 || own < next)) next = own;
    }
    return next;
}

static void put_next(struct report *r, uint32_t rule, const struct course *c, uint32_t day,
                     struct buffer *text)
{
    if (day == 0) {
        buffer_put(text, "; no dose is left");
        return;
    }
    buffer_put(text, "; the next is ");
    view_step_amount(r->v, rule, &c->steps[course_step_on(c, day)], VALUE_SHORT, text);
    buffer_put(text, " on ");
    weekday_text(text, course_date(c, day));
    buffer_printf(text, " (day %u)", day);
}

static void write_today(struct report *r, uint32_t rule, const struct course *c)
{
    cal_day today = view_today(r->v);
    int64_t day = course_day(c, today);
    uint32_t step = course_step_on(c, day);
    struct buffer *text = report_begin(r);
    if (day < 1)
        buffer_printf(text, "%" PRId64 " %s before the start", 1 - day, day == 0 ? "day" : "days");
    else
        buffer_printf(text, "day %" PRId64, day);
    buffer_put(text, step == NONE32 ? ", no dose today" : ": ");
    if (step != NONE32) view_step_amount(r->v, rule, &c->steps[step], VALUE_SHORT, text);
    if (step == NONE32) put_next(r, rule, c, next_day(c, day < 1 ? 0 : (uint32_t)day), text);
    report_end(r, "Today");
}

void report_course(struct report *r, uint32_t rule)
{
    struct course c = view_course(r->v, rule);
    if (!c.schedule) return;
    write_schedule(r, rule, &c);
    if (!course_has_dates(&c)) return;
    if (r->all || treatment_repeated(r->v, rule) != NONE32)
        write_dates(r, rule, &c); /* else the calendar has them */
    write_today(r, rule, &c);
}
