/* Which schedule dates a plan, and whether the plan fits into it.

   A length of the schedule that is not known leaves open how often the dose is given, and so the dose
   itself.  A start that is not known leaves only the dates open: the plan is decided by days, and shown
   without dates. */
#include "runtime/course.h"
#include "runtime/plan.h"

static enum outcome fail(struct plan *plan, struct value fault, uint32_t row)
{
    plan->fault = fault;
    plan->fault_row = row;
    return OUTCOME_FAULT;
}

static const struct image_schedule *schedule_at(const struct image *image, uint32_t row)
{
    return &image->SCHEDULES[image->ROWS[row].schedule];
}

/* ---- One schedule --------------------------------------------------------------------------------- */

static const struct value *value_or_null(const struct eval_context *context, uint32_t reg)
{
    return reg == NONE32 ? NULL : eval_reg(context, reg);
}

/* An institution can switch an interval off. */
static bool is_off(const struct eval_context *context, const struct image_schedule *s)
{
    const struct value *every = value_or_null(context, s->every), *to = value_or_null(context, s->every_to);
    return (every && every->tag == TAG_OFF) || (to && to->tag == TAG_OFF);
}

/* The fault of one of its values, or NULL. */
static const struct value *fault_in(const struct eval_context *context, const struct image_schedule *s)
{
    const uint32_t regs[] = {s->start, s->end, s->every, s->every_to};
    for (size_t k = 0; k < sizeof regs / sizeof *regs; k++) {
        const struct value *v = value_or_null(context, regs[k]);
        if (v && v->tag == TAG_FAULT) return v;
    }
    return NULL;
}

static enum fault length_fault(const struct value *length, bool counts_dates)
{
    if (decimal_sign(length->n.lo) <= 0) return FAULT_SCHEDULE_LENGTH;
    return counts_dates && !decimal_is_whole(length->n.lo) ? FAULT_NOT_WHOLE : FAULT_NONE;
}

/* The lengths must be known: what they leave open is how often the dose is given. */
static enum outcome lengths_hold(const struct eval_context *context, const struct image_schedule *s,
                                 uint32_t row, struct plan *plan)
{
    const struct value *every = value_or_null(context, s->every), *to = value_or_null(context, s->every_to);
    bool months, dates = schedule_unit_count(image_text(context->image, s->unit), &months) > 0;
    if (!every) return OUTCOME_DECIDED;
    if (every->tag != TAG_KNOWN || (to && to->tag != TAG_KNOWN)) return OUTCOME_UNKNOWN;
    enum fault fault = length_fault(every, dates);
    if (fault == FAULT_NONE && to) fault = length_fault(to, dates);
    if (fault == FAULT_NONE && to && decimal_compare(every->n.lo, to->n.lo) > 0) fault = FAULT_RANGE_REVERSED;
    return fault == FAULT_NONE ? OUTCOME_DECIDED : fail(plan, value_fault(fault, NONE32), row);
}

static bool same_length(const struct eval_context *context, const struct image_schedule *a,
                        const struct image_schedule *b, uint32_t one, uint32_t other)
{
    decimal x, y;
    bool a_months, b_months;
    if (one == NONE32 || other == NONE32) return one == other;
    if (!value_both_known(eval_reg(context, one), eval_reg(context, other))) return false;
    int64_t a_count = schedule_unit_count(image_text(context->image, a->unit), &a_months);
    int64_t b_count = schedule_unit_count(image_text(context->image, b->unit), &b_months);
    if (a_count == 0 || b_count == 0 || a_months != b_months)
        return a->unit == b->unit &&
               decimal_equal(eval_reg(context, one)->n.lo, eval_reg(context, other)->n.lo);
    return decimal_mul(eval_reg(context, one)->n.lo, decimal_from_int(a_count), &x) == DECIMAL_OK &&
           decimal_mul(eval_reg(context, other)->n.lo, decimal_from_int(b_count), &y) == DECIMAL_OK &&
           decimal_equal(x, y);
}

static bool same_days(const struct image *image, struct run a, struct run b)
{
    struct plan_step x = {.days = a}, y = {.days = b};
    struct course one = {.image = image, .steps = &x, .count = 1, .days = COURSE_STEPS}, other = one;
    uint32_t day = 0, next;
    other.steps = &y;
    do {
        next = course_next(&one, 0, day);
        if (course_next(&other, 0, day) != next) return false;
        day = next;
    } while (day != 0);
    return true;
}

bool schedule_same(const struct eval_context *context, uint32_t a, uint32_t b)
{
    if (a == NONE32 || b == NONE32) return a == b;
    const struct image_schedule *x = schedule_at(context->image, a), *y = schedule_at(context->image, b);
    return x->form == y->form && x->phase == y->phase && x->times == y->times &&
           (x->form != SCHEDULE_TIMES || x->unit == y->unit) && same_days(context->image, x->days, y->days) &&
           same_length(context, x, y, x->every, y->every) &&
           same_length(context, x, y, x->every_to, y->every_to);
}

/* ---- The rows that hold --------------------------------------------------------------------------- */

/* Takes a row that holds beside those before it. */
static enum outcome take(const struct eval_context *context, uint32_t row, struct plan *plan)
{
    const struct image_schedule *s = schedule_at(context->image, row);
    const struct value *fault = fault_in(context, s);
    if (is_off(context, s)) return OUTCOME_DECIDED;
    if (fault) return fail(plan, *fault, row);
    enum outcome outcome = lengths_hold(context, s, row, plan);
    if (outcome != OUTCOME_DECIDED) return outcome;
    if (plan->schedule != NONE32 && !schedule_same(context, plan->schedule, row)) return OUTCOME_CONFLICT;
    if (plan->schedule == NONE32) plan->schedule = row;
    return OUTCOME_DECIDED;
}

static enum outcome find(const struct eval_context *context, const struct image_rule *rule, struct plan *plan)
{
    enum outcome outcome = OUTCOME_DECIDED;
    plan->schedule = NONE32;
    for (uint32_t k = 0; k < rule->rows.count && outcome != OUTCOME_FAULT; k++) {
        const struct image_row *row = &context->image->ROWS[rule->rows.first + k];
        if (row->type == ROWTYPE_SCHEDULE && context->counted[k] == TRUTH_YES)
            outcome = plan_graver(outcome, take(context, rule->rows.first + k, plan));
    }
    return outcome;
}

/* The last day that the plan names. */
static uint32_t last_day(const struct course *course)
{
    uint32_t last = 0;
    if (course->days != COURSE_STEPS && course->days != COURSE_LISTED) return 0;
    for (uint32_t s = 0; s < course->count; s++) {
        struct run runs = course->days == COURSE_STEPS ? course->steps[s].days : course->schedule->days;
        for (uint32_t k = 0; k < runs.count; k++) {
            uint32_t to = course->image->DAYS[runs.first + k].to;
            if (to > last) last = to;
        }
    }
    return last;
}

enum outcome plan_schedule(const struct eval_context *context, const struct image_rule *rule,
                           struct plan *plan)
{
    enum outcome outcome = find(context, rule, plan);
    /* without a schedule there is nothing that the plan would have to fit into */
    if (outcome != OUTCOME_DECIDED || plan->schedule == NONE32) return outcome;
    struct course c = course_make(context, context->image, plan->steps, plan->count, plan->schedule);
    if (!c.dated) return OUTCOME_DECIDED;
    int64_t length = course_day(&c, c.end);
    bool counted = c.days == COURSE_EVERY || c.days == COURSE_PHASE;
    if (length < 1) return fail(plan, value_fault(FAULT_PHASE_EMPTY, NONE32), plan->schedule);
    if (last_day(&c) > length) return fail(plan, value_fault(FAULT_PAST_PHASE, NONE32), plan->schedule);
    if (counted && length > IMAGE_DAY_MAX)
        return fail(plan, value_fault(FAULT_SCHEDULE_LONG, NONE32), plan->schedule);
    return OUTCOME_DECIDED;
}
