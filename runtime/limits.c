/* What is done to an amount, in this order: choose, at least, at most, round (SPEC.md, The amount).

   What the clauses that hold come to together is worked out once for a plan (limits_of), and each of its
   amounts then goes through that.  A clause whose value is not known leaves the amount unknown, even
   where the amount lies far from it: nobody can say how far. */
#include "runtime/plan.h"

/* ---- The clauses that hold ------------------------------------------------------------------------ */

static bool takes_over(enum row_type type, decimal x, decimal other)
{
    if (type == ROWTYPE_LEAST) return decimal_compare(x, other) > 0;
    return type == ROWTYPE_MOST && decimal_compare(x, other) < 0;
}

/* Two that hold: the larger of `at least`, the smaller of `at most`; the others have to agree. */
static void limit_meet(struct limit *limit, const struct image_row *row, uint32_t index, decimal x)
{
    enum row_type type = (enum row_type)row->type;
    bool must_agree = type == ROWTYPE_CHOOSE || type == ROWTYPE_ROUND;
    if (must_agree && !(decimal_equal(limit->x, x) && limit->rounding == row->rounding)) {
        limit->state = LIMIT_CONFLICT;
    } else if (takes_over(type, x, limit->x)) {
        limit->x = x;
        limit->row = index;
    }
}

static void limit_take(struct limit *limit, const struct image_row *row, uint32_t index,
                       const struct value *v)
{
    if (v->tag == TAG_OFF || limit->state == LIMIT_FAULT) return;
    if (v->tag == TAG_FAULT)
        *limit = (struct limit){.state = LIMIT_FAULT, .row = index, .fault = *v};
    else if (v->tag != TAG_KNOWN)
        limit->open = true;
    else if (limit->state == LIMIT_NONE)
        /* one that is open beside it keeps it open */
        *limit = (struct limit){LIMIT_SET, limit->open, v->n.lo, index, row->rounding, limit->fault};
    else if (limit->state == LIMIT_SET)
        limit_meet(limit, row, index, v->n.lo);
}

static struct limit *limit_for(struct limits *limits, enum row_type type)
{
    switch (type) {
    case ROWTYPE_CHOOSE: return &limits->choose;
    case ROWTYPE_LEAST: return &limits->least;
    case ROWTYPE_MOST: return &limits->most;
    case ROWTYPE_ROUND: return &limits->round;
    default: return NULL;
    }
}

struct limits limits_of(const struct eval_context *context, const struct image_rule *rule)
{
    struct limits limits = {0};
    struct limit *const all[] = {&limits.choose, &limits.least, &limits.most, &limits.round};
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &context->image->ROWS[rule->rows.first + k];
        struct limit *limit = limit_for(&limits, (enum row_type)row->type);
        if (limit && context->counted[k] == TRUTH_YES)
            limit_take(limit, row, rule->rows.first + k, eval_reg(context, row->value));
    }
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        if (all[k]->open && all[k]->state <= LIMIT_SET) all[k]->state = LIMIT_UNKNOWN;
    return limits;
}

/* ---- One amount ----------------------------------------------------------------------------------- */

static enum outcome fail(struct plan *plan, enum fault fault, uint32_t row)
{
    plan->fault = value_fault(fault, NONE32);
    plan->fault_row = row;
    return OUTCOME_FAULT;
}

/* What a clause that holds without a value makes of the dose; DECIDED: it can be used, or is not there. */
static enum outcome limit_stops(const struct limit *limit, struct plan *plan)
{
    switch (limit->state) {
    case LIMIT_UNKNOWN: return OUTCOME_UNKNOWN;
    case LIMIT_CONFLICT: return OUTCOME_CONFLICT;
    case LIMIT_FAULT:
        plan->fault = limit->fault;
        plan->fault_row = limit->row;
        return OUTCOME_FAULT;
    case LIMIT_NONE:
    case LIMIT_SET: break;
    }
    return OUTCOME_DECIDED;
}

static bool is_range(const struct plan_step *step)
{
    return !decimal_equal(step->lo, step->hi);
}

static enum outcome choose(const struct limit *limit, struct plan_step *step, struct plan *plan)
{
    /* the point inside a range: where there is none, nothing is chosen, and a point that is not known
       does no harm */
    if (limit->state == LIMIT_NONE || !is_range(step)) return OUTCOME_DECIDED;
    enum outcome stop = limit_stops(limit, plan);
    if (stop != OUTCOME_DECIDED) return stop;
    if (decimal_compare(limit->x, step->lo) < 0 || decimal_compare(limit->x, step->hi) > 0)
        return fail(plan, FAULT_CHOICE_OUTSIDE, limit->row);
    step->lo = step->hi = limit->x;
    step->chosen = true;
    return OUTCOME_DECIDED;
}

static bool is_below(decimal x, const struct limit *limit)
{
    return limit->state == LIMIT_SET && decimal_compare(x, limit->x) < 0;
}

static bool is_above(decimal x, const struct limit *limit)
{
    return limit->state == LIMIT_SET && decimal_compare(x, limit->x) > 0;
}

/* Both ends of a range are cut. */
static enum outcome cap(const struct limits *limits, struct plan_step *step, struct plan *plan)
{
    const struct limit *least = &limits->least, *most = &limits->most;
    enum outcome low = limit_stops(least, plan);
    if (low == OUTCOME_FAULT) return low;
    enum outcome high = limit_stops(most, plan);
    /* a fault of either goes before what is only open */
    if (high != OUTCOME_DECIDED) return high;
    if (low != OUTCOME_DECIDED) return low;
    /* no amount satisfies both, so none may be given */
    if (most->state == LIMIT_SET && is_below(most->x, least))
        return fail(plan, FAULT_LEAST_ABOVE_MOST, most->row);
    if (is_below(step->lo, least) || is_below(step->hi, least)) step->least = least->row;
    if (is_above(step->lo, most) || is_above(step->hi, most)) step->most = most->row;
    if (is_below(step->lo, least)) step->lo = least->x;
    if (is_below(step->hi, least)) step->hi = least->x;
    if (is_above(step->lo, most)) step->lo = most->x;
    if (is_above(step->hi, most)) step->hi = most->x;
    return decimal_sign(step->lo) > 0 ? OUTCOME_DECIDED : fail(plan, FAULT_NOT_POSITIVE, most->row);
}

/* The multiple that the rounding gives, or the next one inside the limits. */
static enum decimal_status round_within(const struct limits *limits, decimal x, decimal *out)
{
    const struct limit *round = &limits->round;
    enum decimal_status status = decimal_round_to(x, round->x, (enum decimal_rounding)round->rounding, out);
    /* the cap is not a multiple of the step: the multiple below it, found from the cap and not from the
       amount */
    if (status == DECIMAL_OK && is_above(*out, &limits->most))
        status = decimal_round_to(limits->most.x, round->x, ROUND_DOWN, out);
    if (status == DECIMAL_OK && is_below(*out, &limits->least))
        status = decimal_round_to(limits->least.x, round->x, ROUND_UP, out);
    return status;
}

static enum outcome round_amount(const struct limits *limits, struct plan_step *step, struct plan *plan)
{
    const struct limit *round = &limits->round;
    step->before_round = step->lo;
    if (round->state == LIMIT_NONE || is_range(step)) return OUTCOME_DECIDED;
    enum outcome stop = limit_stops(round, plan);
    if (stop != OUTCOME_DECIDED) return stop;
    if (decimal_sign(round->x) <= 0) return fail(plan, FAULT_STEP_NOT_POSITIVE, round->row);
    decimal x;
    enum decimal_status status = round_within(limits, step->lo, &x);
    if (status != DECIMAL_OK) return fail(plan, fault_of_decimal(status), round->row);
    /* brought above `at least` it has passed `at most` again */
    if (is_above(x, &limits->most)) return fail(plan, FAULT_NO_MULTIPLE, round->row);
    if (decimal_sign(x) <= 0) return fail(plan, FAULT_ROUNDS_TO_ZERO, round->row);
    if (!decimal_equal(x, step->lo)) step->round = round->row;
    step->lo = step->hi = x;
    return OUTCOME_DECIDED;
}

enum outcome limits_apply(const struct limits *limits, struct plan_step *step, struct plan *plan)
{
    enum outcome outcome = choose(&limits->choose, step, plan);
    if (outcome == OUTCOME_DECIDED) outcome = cap(limits, step, plan);
    if (outcome == OUTCOME_DECIDED) outcome = round_amount(limits, step, plan);
    return outcome;
}
