/* What the truths of its rows mean for a dose.

   A dose is decided in two layers.  What withholds goes first: where a reason holds nothing else is
   asked, and where none can hold nothing of it is varied any more.  What is left is the plan of the rows
   that count, and the routes and the schedule beside it.  The result is decided where every combination
   of what is missing gives the same action with the same plan; for that the plan of the first
   combination is kept (reference) and those of the others are compared with it.

   Making a plan is dear, so it is made again only where rows that make it stand otherwise.  What is asked
   (`ask`) and what warns is never searched: a person looks at it anyway (docs/evaluation.md, Doses). */
#include "runtime/dose_rows.h"
#include "runtime/plan.h"
#include "runtime/verdict.h"

#include <string.h>

/* ---- Kinds of rows -------------------------------------------------------------------------------- */

static bool makes_plan(uint32_t type)
{
    return dose_row_gives_amount(type) || type == ROWTYPE_CHOOSE || type == ROWTYPE_LEAST ||
           type == ROWTYPE_MOST || type == ROWTYPE_ROUND;
}

/* What is asked or warned is judged once, by what is known, and never searched. */
static bool matters(const struct eval_context *context, const struct image_row *row, uint32_t place)
{
    if (row->type == ROWTYPE_ASK || dose_row_warns(row->type) || !truth_is_open(context->truths[place]))
        return false;
    return row->instead_of != NONE32 || context->base_counted[place] != TRUTH_NO;
}

/* What withholds is decided first. */
static void find_matters(struct eval_context *context, const struct image_rule *rule)
{
    const struct image_row *rows = context->image->ROWS + rule->rows.first;
    walk_matter_none(context);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        if (dose_row_withholds(rows[k].type) && matters(context, &rows[k], k)) walk_matter(context, k);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        if (!dose_row_withholds(rows[k].type) && matters(context, &rows[k], k)) walk_matter(context, k);
}

/* ---- One combination of truths -------------------------------------------------------------------- */

/* The search while it goes on; the walk hands it from node to node. */
struct search {
    enum action action; /* give, or ask */
    bool may_give;      /* nothing asks for certain */
    struct verdict all, bound;
    bool has_reference; /* a combination that gives or asks has been seen */
    bool same;          /* all those gave the same plan by the same routes */
    bool plan_apart;    /* what conditions compare is no amount, no limit and no date of a plan */
    bool plan_searched; /* as far as it depends on nothing that withholds */
    bool plan_made;     /* for the truths in eval_context.plan_truths, and kept in draft */
    uint32_t plan_outcomes;
};

/* A fault in a reason is as open as one that is unknown. */
static enum truth withheld(const struct eval_context *context, const struct image_rule *rule)
{
    enum truth truth = TRUTH_NO;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (!dose_row_withholds(context->image->ROWS[rule->rows.first + k].type)) continue;
        if (context->truths[k] == TRUTH_YES) return TRUTH_YES;
        if (truth_is_open(context->truths[k])) truth = TRUTH_UNKNOWN;
    }
    return truth;
}

static bool says_nothing(const struct image *image, const struct image_row *row)
{
    for (uint32_t k = 0; k < row->steps.count; k++)
        if (image->STEPS[row->steps.first + k].lo != NONE32) return false;
    return true;
}

/* Whether a row that still counts is undecided: of those that make the plan, or also of those beside it,
   routes and schedules.  These and limits only count where there is an amount. */
static bool is_open(const struct eval_context *context, const struct image_rule *rule, bool beside)
{
    bool amount = false, other = false;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &context->image->ROWS[rule->rows.first + k];
        bool open = truth_is_open(context->counted[k]);
        if (dose_row_gives_amount(row->type)) {
            if (open) return true;
            amount |= context->counted[k] == TRUTH_YES && !says_nothing(context->image, row);
        } else if (makes_plan(row->type) || (beside && dose_row_stands_beside(row->type))) {
            other |= open;
        }
    }
    return amount && other;
}

/* Whether two rows give amounts for a day in common; a whole plan speaks of every day. */
static bool rows_meet(const struct eval_context *context, const struct image_row *a,
                      const struct image_row *b)
{
    if (a->type == ROWTYPE_AMOUNT || b->type == ROWTYPE_AMOUNT) return true;
    for (uint32_t i = 0; i < a->steps.count; i++)
        for (uint32_t j = 0; j < b->steps.count; j++)
            if (plan_days_meet(context->image, context->image->STEPS[a->steps.first + i].days,
                               context->image->STEPS[b->steps.first + j].days))
                return true;
    return false;
}

static bool schedules_may_clash(const struct eval_context *context, const struct image_rule *rule, uint32_t a,
                                uint32_t b)
{
    return context->image->ROWS[rule->rows.first + a].type == ROWTYPE_SCHEDULE &&
           context->image->ROWS[rule->rows.first + b].type == ROWTYPE_SCHEDULE &&
           !schedule_same(context, rule->rows.first + a, rule->rows.first + b);
}

/* Two rows of amounts, or two schedules, that could count at once and need not agree. */
static bool may_clash(const struct eval_context *context, const struct image_rule *rule)
{
    const struct image_row *rows = context->image->ROWS + rule->rows.first;
    for (uint32_t a = 0; a < rule->rows.count; a++)
        for (uint32_t b = a + 1; b < rule->rows.count; b++) {
            if (context->counted[a] == TRUTH_NO || context->counted[b] == TRUTH_NO) continue;
            if (schedules_may_clash(context, rule, a, b)) return true;
            if (!dose_row_gives_amount(rows[a].type) || !dose_row_gives_amount(rows[b].type)) continue;
            if (rows[a].instead_of == rule->rows.first + b || rows[b].instead_of == rule->rows.first + a)
                continue;
            if (rows_meet(context, &rows[a], &rows[b])) return true;
        }
    return false;
}

/* An amount that cannot be given. */
static bool may_fault(const struct eval_context *context, const struct image_row *row)
{
    for (uint32_t k = 0; k < row->steps.count; k++) {
        const struct image_step *step = &context->image->STEPS[row->steps.first + k];
        const struct value *lo = step->lo == NONE32 ? NULL : eval_reg(context, step->lo);
        if (lo && (lo->tag == TAG_FAULT || (lo->tag == TAG_KNOWN && decimal_sign(lo->n.lo) <= 0)))
            return true;
    }
    return false;
}

/* What the amounts can come to where a row that counts for them is undecided: each alone may hold or not. */
static uint32_t open_outcomes(const struct eval_context *context, const struct image_rule *rule,
                              enum action action)
{
    uint32_t outcomes = outcome_bit(OUTCOME_UNKNOWN);
    bool holds = false;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &context->image->ROWS[rule->rows.first + k];
        if (!dose_row_gives_amount(row->type) || context->truths[k] == TRUTH_NO) continue;
        holds |= context->truths[k] == TRUTH_YES;
        if (context->counted[k] == TRUTH_NO) continue;
        outcomes |=
            says_nothing(context->image, row) ? outcome_bit(OUTCOME_NO_STATEMENT) : action_bit(action);
        if (may_fault(context, row)) outcomes |= outcome_bit(OUTCOME_FAULT);
    }
    if (!holds) outcomes |= outcome_bit(OUTCOME_NOT_COVERED);
    if (may_clash(context, rule)) outcomes |= outcome_bit(OUTCOME_CONFLICT);
    return outcomes;
}

/* What the rows that make the plan and those beside it come to, the plan in draft. */
static uint32_t plan_outcomes(struct eval_context *context, const struct image_rule *rule, enum action action)
{
    verdict_counted(context, rule);
    enum outcome made = plan_make(context, rule, &context->draft);
    uint32_t outcomes = made == OUTCOME_DECIDED ? action_bit(action) : outcome_bit(made);
    if (is_open(context, rule, true)) outcomes = open_outcomes(context, rule, action);
    if (made == OUTCOME_UNKNOWN && may_clash(context, rule)) outcomes |= outcome_bit(OUTCOME_CONFLICT);
    return outcomes;
}

/* Whether these rows stand as they did when the plan was made last. */
static bool plan_stands(const struct eval_context *context, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        uint32_t type = context->image->ROWS[rule->rows.first + k].type;
        if (context->truths[k] != context->plan_truths[k] &&
            (makes_plan(type) || dose_row_stands_beside(type)))
            return false;
    }
    return true;
}

/* The same, made once for combinations that differ in nothing that a plan is made of. */
static uint32_t plan_judged(struct eval_context *context, const struct image_rule *rule,
                            struct search *search)
{
    if (search->plan_apart && search->plan_made && plan_stands(context, rule)) return search->plan_outcomes;
    memcpy(context->plan_truths, context->truths, rule->rows.count);
    search->plan_made = true;
    search->plan_outcomes = plan_outcomes(context, rule, search->action);
    return search->plan_outcomes;
}

/* The outcomes of one combination, its plan in draft.  UNKNOWN stands beside others where something is open.
 */
static struct verdict judge(struct eval_context *context, const struct image_rule *rule, enum truth applies,
                            struct search *search)
{
    struct verdict v = {outcome_bit(OUTCOME_NOT_APPLICABLE), 0};
    if (applies == TRUTH_NO) return v;
    enum truth kept_back = withheld(context, rule);
    v.outcomes = action_bit(ACTION_WITHHOLD);
    if (kept_back == TRUTH_YES) return v;
    /* else the action to withhold stays among the outcomes, beside what the plan comes to */
    if (kept_back == TRUTH_NO) v.outcomes = 0;
    v.outcomes |= plan_judged(context, rule, search);
    if (truth_is_open((uint8_t)applies)) v.outcomes |= outcome_bit(OUTCOME_NOT_APPLICABLE);
    return v;
}

/* ---- The search ----------------------------------------------------------------------------------- */

/* By registers, not by their values: an expression that stands twice in a rule has one register. */
static bool same_route(const struct image_route *a, const struct image_route *b)
{
    return a->name == b->name && a->unit == b->unit && a->over == b->over && a->over_to == b->over_to;
}

static bool has_route(const struct image *image, const struct image_rule *rule, const uint8_t *truths,
                      const struct image_route *route)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        for (uint32_t r = 0; row->type == ROWTYPE_ROUTE && truths[k] == TRUTH_YES && r < row->routes.count;
             r++)
            if (same_route(&image->ROUTES[row->routes.first + r], route)) return true;
    }
    return false;
}

static bool routes_within(const struct image *image, const struct image_rule *rule, const uint8_t *truths,
                          const uint8_t *others)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        for (uint32_t r = 0; row->type == ROWTYPE_ROUTE && truths[k] == TRUTH_YES && r < row->routes.count;
             r++)
            if (!has_route(image, rule, others, &image->ROUTES[row->routes.first + r])) return false;
    }
    return true;
}

static bool same_as_reference(const struct eval_context *context, const struct image_rule *rule)
{
    return plan_same(context->image, &context->draft, &context->reference) &&
           schedule_same(context, context->draft.schedule, context->reference.schedule) &&
           routes_within(context->image, rule, context->truths, context->reference_truths) &&
           routes_within(context->image, rule, context->reference_truths, context->truths);
}

/* Keeps the plan of the first combination, or its fault, and compares the plans of later ones with it. */
static void compare_with_reference(struct eval_context *context, const struct image_rule *rule,
                                   struct search *search, const struct verdict *v)
{
    if (search->has_reference) {
        if (v->outcomes == action_bit(search->action)) search->same &= same_as_reference(context, rule);
        return;
    }
    plan_copy(&context->reference, &context->draft);
    memcpy(context->reference_truths, context->truths, rule->rows.count);
    search->has_reference = true;
}

/* ---- The plan by itself --------------------------------------------------------------------------- */

/* Whether the plan is made of what a condition compares: then it has another amount in each region. */
static bool plan_is_varied(const struct eval_context *context, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < rule->subjects.count; k++)
        if (plan_reads(context->image, rule, context->image->SUBJECTS[rule->subjects.first + k].reg))
            return true;
    return false;
}

static bool plan_is_touched(const struct eval_context *context, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < context->matter_count; k++) {
        uint32_t place = context->matters[k];
        if (!dose_row_withholds(context->image->ROWS[rule->rows.first + place].type) &&
            walk_is_touched(context, rule, place))
            return true;
    }
    return false;
}

/* Whether this node has the same plans below it as one before: the rule applies and nothing withholds, and
   what has been given so far says nothing else. */
static bool is_repeated(const struct eval_context *context, const struct image_rule *rule, enum truth applies,
                        struct search *search)
{
    if (!search->plan_apart || applies != TRUTH_YES || withheld(context, rule) != TRUTH_NO) return false;
    if (plan_is_touched(context, rule)) return false;
    bool repeated = search->plan_searched;
    search->plan_searched = true;
    return repeated;
}

/* Whether every row that is still open makes no difference to the outcome, the plan and the routes. */
static bool is_settled(const struct eval_context *context, const struct image_rule *rule, enum truth applies)
{
    if (applies != TRUTH_YES) return applies == TRUTH_NO;
    enum truth kept_back = withheld(context, rule);
    return kept_back == TRUTH_YES || (kept_back == TRUTH_NO && !is_open(context, rule, true));
}

static enum walk_answer gather(struct eval_context *context, const struct image_rule *rule,
                               enum truth applies, bool whole, void *data)
{
    struct search *search = data;
    verdict_counted(context, rule);
    /* a node is taken as it is only where no open row can make a difference any more */
    if (!whole && !is_settled(context, rule, applies))
        return is_repeated(context, rule, applies, search) ? WALK_BACK : WALK_ON;
    struct verdict v = judge(context, rule, applies, search);
    verdict_add(&search->all, &v);
    /* only what gives a plan, or the fault of one, can be shown or compared */
    if (v.outcomes == action_bit(search->action) || v.outcomes == outcome_bit(OUTCOME_FAULT))
        compare_with_reference(context, rule, search, &v);
    return WALK_BACK;
}

/* ---- The result ----------------------------------------------------------------------------------- */

/* Keeps what the machine found for a dose that is given or asked for, and of another one what it would be. */
static void keep_plan(struct eval_context *context, struct rule_result *result, const struct plan *plan)
{
    struct plan kept = {.steps = context->steps + context->plan_first[result - context->results]};
    plan_copy(&kept, plan);
    result->step_count = plan->count;
    result->schedule = plan->schedule;
    result->has_total = plan->has_total;
    result->total_lo = plan->total_lo;
    result->total_hi = plan->total_hi;
}

static void plan_fault(struct eval_context *context, struct rule_result *result, const struct plan *plan)
{
    verdict_fault(context, result, &plan->fault, plan->fault_row);
}

static bool value_is_open(const struct eval_context *context, uint32_t reg)
{
    if (reg == NONE32) return false;
    uint8_t tag = eval_reg(context, reg)->tag;
    return tag != TAG_KNOWN && tag != TAG_OFF;
}

static bool has_range(const struct image *image, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        for (uint32_t s = 0; s < row->steps.count; s++)
            if (image->STEPS[row->steps.first + s].lo != image->STEPS[row->steps.first + s].hi) return true;
    }
    return false;
}

/* The start of its phase only dates a plan, which is decided without. */
static void missing_of_schedule(struct eval_context *context, struct rule_result *result,
                                const struct image_row *row)
{
    if (row->type != ROWTYPE_SCHEDULE) return;
    const struct image_schedule *s = &context->image->SCHEDULES[row->schedule];
    if (value_is_open(context, s->every)) missing_add(context, result, row->value_reads, s->every_node);
    if (value_is_open(context, s->every_to)) missing_add(context, result, row->value_reads, s->every_to_node);
}

/* Adds what the amounts and limits of a row that may hold wait for; `choose` speaks of ranges only. */
static void missing_of_row(struct eval_context *context, const struct image_rule *rule,
                           struct rule_result *result, const struct image_row *row)
{
    bool asks = makes_plan(row->type) && (row->type != ROWTYPE_CHOOSE || has_range(context->image, rule));
    if (asks && value_is_open(context, row->value))
        missing_add(context, result, row->value_reads, row->value_node);
    missing_of_schedule(context, result, row);
    for (uint32_t k = 0; k < row->steps.count; k++) {
        const struct image_step *step = &context->image->STEPS[row->steps.first + k];
        if (value_is_open(context, step->lo)) missing_add(context, result, step->reads, step->lo_node);
        if (step->hi != step->lo && value_is_open(context, step->hi))
            missing_add(context, result, step->reads, step->hi_node);
    }
}

static void end_unknown(struct eval_context *context, const struct image_rule *rule,
                        struct rule_result *result)
{
    result->outcome = OUTCOME_UNKNOWN;
    missing_collect(context, rule, result);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        if (context->base_counted[k] != TRUTH_NO)
            missing_of_row(context, rule, result, &context->image->ROWS[rule->rows.first + k]);
}

/* One outcome for every combination. */
static void end_single(struct eval_context *context, const struct image_rule *rule,
                       struct rule_result *result, const struct search *search)
{
    uint32_t bit = (uint32_t)__builtin_ctz(search->all.outcomes);
    result->outcome = bit < OUTCOME_COUNT ? (uint8_t)bit : OUTCOME_DECIDED;
    if (bit >= OUTCOME_COUNT) result->action = (uint8_t)(bit - OUTCOME_COUNT);
    if (result->action == ACTION_GIVE || result->action == ACTION_ASK)
        keep_plan(context, result, &context->reference);
    else if (result->outcome == OUTCOME_FAULT)
        plan_fault(context, result, &context->reference);
    else if (result->outcome == OUTCOME_UNKNOWN)
        end_unknown(context, rule, result);
}

/* Several outcomes: what holds already goes before unknown. */
static void end_open(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    verdict_counted(context, rule);
    enum outcome made = plan_make(context, rule, &context->draft);
    if (made == OUTCOME_DECIDED && !is_open(context, rule, false))
        keep_plan(context, result, &context->draft);
    if (made == OUTCOME_FAULT)
        plan_fault(context, result, &context->draft);
    else if (verdict_find_fault(context, rule, result))
        return;
    else if (made == OUTCOME_CONFLICT)
        result->outcome = OUTCOME_CONFLICT;
    else
        end_unknown(context, rule, result);
}

/* UNKNOWN among the outcomes means that the dose would be decided once that is known. */
static void note_possible(struct rule_result *result, const struct search *search)
{
    const uint32_t unknown = outcome_bit(OUTCOME_UNKNOWN), decided = outcome_bit(OUTCOME_DECIDED);
    uint32_t outcomes = search->all.outcomes;
    if (outcomes & unknown) outcomes = (outcomes & ~unknown) | action_bit(search->action);
    if (search->may_give && result->outcome != OUTCOME_DECIDED && (outcomes & action_bit(ACTION_ASK)))
        outcomes |= action_bit(ACTION_GIVE);
    if (outcomes >> OUTCOME_COUNT) outcomes |= decided;
    if (result->action == ACTION_WITHHOLD && result->applies != TRUTH_YES)
        outcomes |= outcome_bit(OUTCOME_NOT_APPLICABLE);
    result->possible_outcomes = outcomes;
    if (result->outcome != OUTCOME_UNKNOWN) result->possible_outcomes |= outcome_bit(result->outcome);
}

/* ---- Entry ---------------------------------------------------------------------------------------- */

/* An `ask` that is not known to be no asks; one that is open may yet be none. */
static enum action asked(const struct eval_context *context, const struct image_rule *rule, bool *may_give)
{
    bool asks = false, sure = false;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (context->image->ROWS[rule->rows.first + k].type != ROWTYPE_ASK) continue;
        asks |= context->truths[k] != TRUTH_NO;
        sure |= context->truths[k] == TRUTH_YES;
    }
    *may_give = !sure;
    return asks ? ACTION_ASK : ACTION_GIVE;
}

/* What the rows say as the record stands. */
static void look(struct eval_context *context, const struct image_rule *rule, struct search *search,
                 enum truth applies)
{
    walk_truths(context, rule);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        context->rows[rule->rows.first + k].truth = context->truths[k];
    verdict_counted(context, rule);
    memcpy(context->base_counted, context->counted, rule->rows.count);
    search->action = asked(context, rule, &search->may_give);
    find_matters(context, rule);
    search->bound = search->all = judge(context, rule, applies, search);
}

void dose_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    struct search search = {.same = true};
    look(context, rule, &search, (enum truth)result->applies);
    if (verdict_is_single(&search.bound)) {
        compare_with_reference(context, rule, &search, &search.bound);
    } else {
        search.all = (struct verdict){0, 0};
        search.plan_apart = !plan_is_varied(context, rule);
        result->exact = walk(context, rule, true, gather, &search);
        /* cut off: what was found may not be all there is */
        if (!result->exact) search.all = search.bound;
    }
    if (verdict_is_single(&search.all) && search.same)
        end_single(context, rule, result, &search);
    else
        end_open(context, rule, result);
    note_possible(result, &search);
    verdict_settle_fault(context, rule, result);
    dose_mark_rows(context, rule, result);
}
