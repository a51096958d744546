/* When doses are given, in words and as a calendar. */
#include "runtime/course_view.h"

#include <stdlib.h>

#include "runtime/fact.h"

enum { JOINED_FROM = 3 }; /* days that follow each other are shown as one entry from so many on */

struct course view_course(const struct result_view *v, uint32_t rule)
{
    return course_of(v->context, v->image, rule);
}

bool course_has_dates(const struct course *course)
{
    return course->dated && course->days != COURSE_UNTOLD;
}

cal_day view_today(const struct result_view *v)
{
    return cal_day_of(v->record->now.t.lo);
}

/* ---- Words ---------------------------------------------------------------------------------------- */

const char *schedule_form_word(enum schedule_form form)
{
    static const char *const WORDS[] = {"of", "continuous", "days", "every", "times", "once"};
    return WORDS[form];
}

/* A length that this record leaves open is said in the words of the rule. */
static void put_length(const struct result_view *v, uint32_t reg, uint32_t node, const char *unit,
                       struct buffer *out)
{
    const struct value *length = eval_register(v->context, reg);
    if (length->tag == TAG_KNOWN)
        number_text(out, length->n.lo, unit, VALUE_EXACT);
    else if (node != NONE32)
        node_words(v, node, out);
}

static void put_lengths(const struct result_view *v, const struct image_schedule *s, struct buffer *out)
{
    const char *unit = view_text(v, s->unit);
    buffer_put(out, "every ");
    put_length(v, s->every, s->every_node, s->every_to == NONE32 ? unit : "1", out);
    if (s->every_to == NONE32) return;
    buffer_put(out, " to ");
    put_length(v, s->every_to, s->every_to_node, unit, out);
}

static void put_form(const struct result_view *v, const struct image_schedule *s, struct buffer *out)
{
    switch ((enum schedule_form)s->form) {
    case SCHEDULE_OF: break;
    case SCHEDULE_CONTINUOUS: buffer_put(out, "continuous"); break;
    case SCHEDULE_DAYS: view_day_numbers(v, s->days, out); break;
    case SCHEDULE_EVERY: put_lengths(v, s, out); break;
    case SCHEDULE_TIMES:
        buffer_printf(out, s->times == 1 ? "%u time a " : "%u times a ", s->times);
        unit_spelling(out, view_text(v, s->unit), true);
        break;
    case SCHEDULE_ONCE: buffer_put(out, "once"); break;
    }
}

void view_schedule_words(const struct result_view *v, const struct image_schedule *schedule,
                         struct buffer *out)
{
    size_t begin = out->length;
    put_form(v, schedule, out);
    if (schedule->phase == NONE32) return;
    buffer_put(out, out->length > begin ? " of " : "of ");
    buffer_put(out, view_text(v, v->image->PHASES[schedule->phase].name));
}

uint32_t view_schedule_missing(const struct result_view *v, uint32_t row, struct buffer *scratch,
                               const uint32_t **out)
{
    struct run reads = v->image->ROWS[row].value_reads;
    buffer_clear(scratch);
    buffer_repeat(scratch, 0, reads.count * sizeof(uint32_t));
    if (scratch->failed || reads.count == 0) return 0;
    *out = (const uint32_t *)(const void *)scratch->data;
    return eval_missing_of(v->context, reads, (uint32_t *)(void *)scratch->data);
}

void date_text(struct buffer *out, cal_day date)
{
    char text[CAL_TEXT_MAX];
    buffer_bytes(out, text, cal_format_day(date, text));
}

void weekday_text(struct buffer *out, cal_day date)
{
    static const char *const DAYS[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    buffer_printf(out, "%s ", DAYS[cal_weekday(date)]);
    date_text(out, date);
}

void view_step_amount(const struct result_view *v, uint32_t rule, const struct plan_step *step,
                      enum value_style style, struct buffer *out)
{
    if (step->no_statement)
        buffer_put(out, outcome_word(OUTCOME_NO_STATEMENT));
    else
        amount_text(out, step->lo, step->hi, view_text(v, v->image->RULES[rule].unit), style);
}

/* ---- The treatment calendar ----------------------------------------------------------------------- */

const struct treatment *treatment_at(const struct buffer *entries, uint32_t index)
{
    return (const struct treatment *)(const void *)entries->data + index;
}

static void add(struct buffer *entries, const struct treatment *entry)
{
    buffer_bytes(entries, (const char *)entry, sizeof *entry);
}

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

void treatment_of(const struct result_view *v, uint32_t rule, bool joined, struct buffer *entries)
{
    struct course c = view_course(v, rule);
    struct treatment entry = {c.start, c.end, TREATMENT_PERIOD, v->image->RULES[rule].order, rule, 0, 1};
    if (!c.dated) return;
    if (c.days == COURSE_UNTOLD) add(entries, &entry);
    for (; entry.step < c.count && c.days != COURSE_UNTOLD; entry.step++)
        add_step(&c, entry, joined, entries);
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
        if (view_shows(v, v->order[i]) && v->image->RULES[v->order[i]].kind == RULE_DOSE)
            treatment_of(v, v->order[i], joined, entries);
    if (treatment_count(entries))
        qsort(entries->data, treatment_count(entries), sizeof(struct treatment), compare_entries);
}

bool treatment_is_scheduled(const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    if (!view_shows(v, rule) || eval_result(v->context, rule)->outcome == OUTCOME_NOT_APPLICABLE)
        return false;
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
        if (v->image->ROWS[row].type == ROWTYPE_SCHEDULE) return true;
    return false;
}

void treatment_why_not(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct rule_result *result = eval_result(v->context, rule);
    struct course c = view_course(v, rule);
    if (course_has_dates(&c)) return;
    if (result->outcome != OUTCOME_DECIDED)
        buffer_put(out, outcome_word(result->outcome));
    else if (result->action == ACTION_WITHHOLD)
        buffer_put(out, "withheld");
    else if (!c.schedule)
        buffer_put(out, "no row of its schedule holds");
    else if (c.schedule->phase != NONE32 && !c.dated)
        buffer_printf(out, "the dates of %s are not known",
                      view_text(v, v->image->PHASES[c.schedule->phase].name));
    else {
        view_schedule_words(v, c.schedule, out);
        buffer_put(out, ": no dates");
    }
}
