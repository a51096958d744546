/* The plan of a dose: the amounts of the rows that hold, by day where they are steps.

   Each amount goes through the limits by itself (limits.c).  Rows of a table with days are joined into
   one plan; each other amount row is a whole plan, and all that hold have to be the same.  Two plans are
   compared day by day and not step by step, since the same days can be cut into steps in many ways.

   All of this is done in room that the context has had from the start: plan_room says how much a rule
   can need. */
#include "runtime/course.h"
#include "runtime/plan.h"

#include <string.h>

size_t plan_room(const struct image *image, const struct image_rule *rule)
{
    size_t joined = 0, longest = 0;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        if (row->type == ROWTYPE_STEP) joined += row->steps.count;
        if (row->type == ROWTYPE_AMOUNT && row->steps.count > longest) longest = row->steps.count;
    }
    return joined > longest ? joined : longest;
}

static bool schedule_reads(const struct image_schedule *s, uint32_t reg)
{
    return s->start == reg || s->end == reg || s->every == reg || s->every_to == reg;
}

bool plan_reads(const struct image *image, const struct image_rule *rule, uint32_t reg)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        if (row->value == reg) return true;
        if (row->schedule != NONE32 && schedule_reads(&image->SCHEDULES[row->schedule], reg)) return true;
        for (uint32_t s = row->steps.first; s < row->steps.first + row->steps.count; s++)
            if (image->STEPS[s].lo == reg || image->STEPS[s].hi == reg) return true;
    }
    return false;
}

void plan_copy(struct plan *to, const struct plan *from)
{
    struct plan_step *steps = to->steps;
    if (from->count) memcpy(steps, from->steps, from->count * sizeof *steps);
    *to = *from;
    to->steps = steps;
}

/* Without amounts, and what comes after them. */
static void plan_clear(struct plan *plan)
{
    plan->count = 0;
    plan->schedule = NONE32;
    plan->has_total = false;
}

/* ---- Outcomes of parts ---------------------------------------------------------------------------- */

enum outcome plan_graver(enum outcome a, enum outcome b)
{
    static const enum outcome order[] = {OUTCOME_FAULT, OUTCOME_CONFLICT, OUTCOME_UNKNOWN};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        if (a == order[k] || b == order[k]) return order[k];
    return a;
}

/* Makes the fault that of the plan. */
static enum outcome fail(struct plan *plan, struct value fault, uint32_t row)
{
    plan->fault = fault;
    plan->fault_row = row;
    return OUTCOME_FAULT;
}

/* ---- Amounts -------------------------------------------------------------------------------------- */

/* The product as the registers have it. */
static enum outcome raw_amount(const struct eval_context *context, const struct image_step *step,
                               uint32_t row, struct plan_step *out, struct plan *plan)
{
    const struct value *lo = eval_reg(context, step->lo), *hi = eval_reg(context, step->hi);
    const struct value *weaker = value_weaker(lo, hi);
    if (weaker->tag == TAG_FAULT) return fail(plan, *weaker, row);
    if (weaker->tag != TAG_KNOWN) return OUTCOME_UNKNOWN;
    out->raw_lo = out->lo = lo->n.lo;
    out->raw_hi = out->hi = hi->n.lo;
    if (decimal_sign(out->lo) <= 0 || decimal_sign(out->hi) <= 0)
        return fail(plan, value_fault(FAULT_NOT_POSITIVE, NONE32), row);
    if (decimal_compare(out->lo, out->hi) > 0)
        return fail(plan, value_fault(FAULT_RANGE_REVERSED, NONE32), row);
    return OUTCOME_DECIDED;
}

/* Adds a step whose amount is known; of another one, only what that makes of the dose. */
static enum outcome add_step(const struct eval_context *context, const struct limits *limits, uint32_t index,
                             uint32_t row, struct plan *plan)
{
    const struct image_step *step = &context->image->STEPS[index];
    struct plan_step *out = &plan->steps[plan->count];
    enum outcome outcome = OUTCOME_DECIDED;
    *out = (struct plan_step){
        .step = index, .days = step->days, .least = NONE32, .most = NONE32, .round = NONE32};
    out->no_statement = step->lo == NONE32;
    if (!out->no_statement) outcome = raw_amount(context, step, row, out, plan);
    if (!out->no_statement && outcome == OUTCOME_DECIDED) outcome = limits_apply(limits, out, plan);
    if (outcome == OUTCOME_DECIDED) plan->count++;
    return outcome;
}

/* Adds the steps of a row to plan. */
static enum outcome add_row(const struct eval_context *context, const struct limits *limits, uint32_t index,
                            struct plan *plan)
{
    const struct image_row *row = &context->image->ROWS[index];
    enum outcome outcome = OUTCOME_DECIDED;
    for (uint32_t k = 0; k < row->steps.count && outcome != OUTCOME_FAULT; k++)
        outcome = plan_graver(outcome, add_step(context, limits, row->steps.first + k, index, plan));
    return outcome;
}

/* ---- Days ----------------------------------------------------------------------------------------- */

bool plan_same_amount(const struct plan_step *a, const struct plan_step *b)
{
    if (a->no_statement || b->no_statement) return a->no_statement == b->no_statement;
    return decimal_equal(a->lo, b->lo) && decimal_equal(a->hi, b->hi);
}

static bool meet(struct image_days a, struct image_days b)
{
    return a.from <= b.to && b.from <= a.to;
}

bool plan_days_meet(const struct image *image, struct run a, struct run b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t j = 0; j < b.count; j++)
            if (meet(image->DAYS[a.first + i], image->DAYS[b.first + j])) return true;
    return false;
}

/* Two amounts for one day; a step without days is for every day. */
static bool steps_clash(const struct image *image, const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        for (uint32_t j = i + 1; j < plan->count; j++) {
            const struct plan_step *a = &plan->steps[i], *b = &plan->steps[j];
            bool meeting =
                a->days.count == 0 || b->days.count == 0 || plan_days_meet(image, a->days, b->days);
            if (meeting && !(plan_same_amount(a, b) && (a->days.count == 0) == (b->days.count == 0)))
                return true;
        }
    return false;
}

/* The last day from day on that one run of the plan covers with this amount; 0: none does. */
static uint32_t covered_to(const struct image *image, const struct plan *plan, const struct plan_step *amount,
                           uint32_t day)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        for (uint32_t k = 0; k < step->days.count && plan_same_amount(step, amount); k++) {
            struct image_days days = image->DAYS[step->days.first + k];
            if (days.from <= day && day <= days.to) return days.to;
        }
    }
    return 0;
}

/* Whether plan gives the amount of step on each day of step.  It jumps from the end of one run to the
   next, so that long runs of days take no longer than short ones. */
static bool plan_covers(const struct image *image, const struct plan *plan, const struct plan_step *step)
{
    for (uint32_t k = 0; k < step->days.count; k++) {
        struct image_days days = image->DAYS[step->days.first + k];
        for (uint32_t day = days.from; day <= days.to;) {
            uint32_t last = covered_to(image, plan, step, day);
            if (last == 0) return false;
            if (last >= days.to) break;
            day = last + 1;
        }
    }
    return true;
}

bool plan_same(const struct image *image, const struct plan *a, const struct plan *b)
{
    if (a->count == 0 || b->count == 0) return a->count == b->count;
    bool by_day = a->steps[0].days.count > 0;
    if (by_day != (b->steps[0].days.count > 0)) return false;
    if (!by_day) return plan_same_amount(&a->steps[0], &b->steps[0]);
    for (uint32_t k = 0; k < a->count; k++)
        if (!plan_covers(image, b, &a->steps[k])) return false;
    for (uint32_t k = 0; k < b->count; k++)
        if (!plan_covers(image, a, &b->steps[k])) return false;
    return true;
}

/* ---- The total ------------------------------------------------------------------------------------ */

/* Whether a run before run k of step s covers day; *until: as far as that answer holds, at most to *until. */
static bool counted_before(const struct image *image, const struct plan *plan, uint32_t s, uint32_t k,
                           uint32_t day, uint32_t *until)
{
    for (uint32_t i = 0; i <= s; i++) {
        struct run runs = plan->steps[i].days;
        for (uint32_t j = 0; j < (i < s ? runs.count : k); j++) {
            struct image_days days = image->DAYS[runs.first + j];
            if (days.from <= day && day <= days.to) {
                if (days.to < *until) *until = days.to;
                return true;
            }
            if (days.from > day && days.from - 1 < *until) *until = days.from - 1;
        }
    }
    return false;
}

/* How many days of run k of step s no earlier run has. */
static uint64_t new_days(const struct image *image, const struct plan *plan, uint32_t s, uint32_t k)
{
    struct image_days days = image->DAYS[plan->steps[s].days.first + k];
    /* 64 bits: the last day may be the largest of 32 */
    uint64_t count = 0, day = days.from;
    while (day <= days.to) {
        uint32_t until = days.to;
        if (!counted_before(image, plan, s, k, (uint32_t)day, &until)) count += until - day + 1;
        day = (uint64_t)until + 1;
    }
    return count;
}

static enum decimal_status add_times(decimal *sum, decimal amount, uint64_t times)
{
    decimal product;
    enum decimal_status status = decimal_mul(amount, decimal_from_int((int64_t)times), &product);
    return status == DECIMAL_OK ? decimal_add(*sum, product, sum) : status;
}

/* How often a step is given: an amount that neither the plan nor a schedule gives days counts once, or, where
   the schedule's days are not told, nobody knows how often.  False then. */
static bool days_of_step(const struct course *course, const struct plan *plan, uint32_t s, uint64_t *days)
{
    const struct plan_step *step = &plan->steps[s];
    *days = 0;
    for (uint32_t k = 0; k < step->days.count; k++)
        *days += new_days(course->image, plan, s, k);
    /* only a plan without days of its own, of one step, takes those of the schedule */
    if (step->days.count > 0 || s > 0) return true;
    *days = course->schedule ? course_day_count(course, s) : 1;
    return course->schedule == NULL || course->days != COURSE_UNTOLD;
}

/* Each amount once a day. */
static enum outcome plan_total(const struct eval_context *context, struct plan *plan)
{
    struct course course = course_make(context, context->image, plan->steps, plan->count, plan->schedule);
    plan->has_total = true;
    plan->total_lo = plan->total_hi = DECIMAL_ZERO;
    for (uint32_t s = 0; s < plan->count; s++) {
        const struct plan_step *step = &plan->steps[s];
        uint64_t days;
        plan->has_total &= days_of_step(&course, plan, s, &days) && !step->no_statement;
        if (step->no_statement) continue;
        enum decimal_status status = add_times(&plan->total_lo, step->lo, days);
        if (status == DECIMAL_OK) status = add_times(&plan->total_hi, step->hi, days);
        if (status != DECIMAL_OK) return fail(plan, value_fault(fault_of_decimal(status), NONE32), NONE32);
    }
    return OUTCOME_DECIDED;
}

/* ---- The rows that hold --------------------------------------------------------------------------- */

static bool counts(const struct eval_context *context, const struct image_rule *rule, uint32_t place,
                   uint32_t type)
{
    return context->image->ROWS[rule->rows.first + place].type == type &&
           context->counted[place] == TRUTH_YES;
}

/* Steps of a table: all that hold are one plan. */
static enum outcome join_steps(struct eval_context *context, const struct image_rule *rule,
                               const struct limits *limits, struct plan *plan)
{
    enum outcome outcome = OUTCOME_NOT_COVERED;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (!counts(context, rule, k, ROWTYPE_STEP)) continue;
        enum outcome added = add_row(context, limits, rule->rows.first + k, plan);
        if (added == OUTCOME_FAULT) return added;
        outcome = outcome == OUTCOME_NOT_COVERED ? added : plan_graver(outcome, added);
    }
    if (steps_clash(context->image, plan)) return OUTCOME_CONFLICT;
    return outcome;
}

/* A whole plan beside what there is already: has to be the same where both are known.  *known: plan is a
 * plan. */
static enum outcome agree(struct eval_context *context, const struct limits *limits, uint32_t row,
                          struct plan *plan, bool *known)
{
    struct plan *own = &context->other;
    plan_clear(own);
    enum outcome outcome = add_row(context, limits, row, own);
    if (outcome == OUTCOME_FAULT) return fail(plan, own->fault, own->fault_row);
    if (steps_clash(context->image, own)) return OUTCOME_CONFLICT;
    if (outcome != OUTCOME_DECIDED) return outcome;
    /* two that are known and differ are a conflict, whatever a third one may turn out to be */
    if (*known) return plan_same(context->image, plan, own) ? OUTCOME_DECIDED : OUTCOME_CONFLICT;
    plan_copy(plan, own);
    *known = true;
    return OUTCOME_DECIDED;
}

static bool says_nothing(const struct plan *plan)
{
    for (uint32_t k = 0; k < plan->count; k++)
        if (!plan->steps[k].no_statement) return false;
    return true;
}

enum outcome plan_amounts(struct eval_context *context, const struct image_rule *rule, struct plan *plan)
{
    struct limits limits = limits_of(context, rule);
    plan_clear(plan);
    enum outcome outcome = join_steps(context, rule, &limits, plan);
    bool known = outcome == OUTCOME_DECIDED;
    for (uint32_t k = 0; k < rule->rows.count && outcome != OUTCOME_FAULT; k++) {
        if (!counts(context, rule, k, ROWTYPE_AMOUNT)) continue;
        enum outcome own = agree(context, &limits, rule->rows.first + k, plan, &known);
        outcome = outcome == OUTCOME_NOT_COVERED ? own : plan_graver(outcome, own);
    }
    return outcome == OUTCOME_DECIDED && says_nothing(plan) ? OUTCOME_NO_STATEMENT : outcome;
}

/* A schedule only counts beside an amount. */
enum outcome plan_make(struct eval_context *context, const struct image_rule *rule, struct plan *plan)
{
    enum outcome outcome = plan_amounts(context, rule, plan);
    if (outcome == OUTCOME_NOT_COVERED || outcome == OUTCOME_NO_STATEMENT || outcome == OUTCOME_FAULT)
        return outcome;
    outcome = plan_graver(outcome, plan_schedule(context, rule, plan));
    return outcome == OUTCOME_DECIDED ? plan_total(context, plan) : outcome;
}
