/* Which rows of a dose made its result. */
#include "runtime/dose_rows.h"
#include "runtime/plan.h"
#include "runtime/verdict.h"

static void mark_limits(struct eval_context *context, struct rule_result *result)
{
    const struct plan_step *steps = eval_plan(context, (uint32_t)(result - context->results));
    for (uint32_t k = 0; k < result->step_count; k++) {
        const uint32_t rows[] = {steps[k].least, steps[k].most, steps[k].round};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (rows[i] != NONE32) context->rows[rows[i]].used = true;
    }
}

static bool any_chosen(const struct eval_context *context, const struct rule_result *result)
{
    const struct plan_step *steps = eval_plan(context, (uint32_t)(result - context->results));
    for (uint32_t k = 0; k < result->step_count; k++)
        if (steps[k].chosen) return true;
    return false;
}

/* Amounts of rows that hold; where none does and the search has decided, of those that may. */
static void mark_amounts(struct eval_context *context, const struct image_rule *rule, bool certain)
{
    bool marked = false;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        uint32_t row = rule->rows.first + k;
        uint8_t counted = context->base_counted[k];
        if (!dose_row_gives_amount(context->image->ROWS[row].type)) continue;
        if (certain ? counted != TRUTH_YES : !truth_is_open(counted)) continue;
        context->rows[row].used = true;
        marked = true;
    }
    if (!marked && certain) mark_amounts(context, rule, false);
}

static void mark_decided(struct eval_context *context, const struct image_rule *rule,
                         struct rule_result *result)
{
    bool chosen = any_chosen(context, result);
    mark_amounts(context, rule, true);
    mark_limits(context, result);
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        struct row_state *state = &context->rows[rule->rows.first + k];
        uint32_t type = context->image->ROWS[rule->rows.first + k].type;
        bool speaks = type == ROWTYPE_ASK || dose_row_warns(type);
        bool yes = state->truth == TRUTH_YES;
        if (yes && (speaks || dose_row_stands_beside(type) || (chosen && type == ROWTYPE_CHOOSE)))
            state->used = true;
        if (speaks && truth_is_open(state->truth)) state->unchecked = true;
    }
}

/* Every reason that holds; where none does and the search has decided, those that may. */
static void mark_withheld(struct eval_context *context, const struct image_rule *rule)
{
    bool holds = false;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        bool reason = dose_row_withholds(context->image->ROWS[rule->rows.first + k].type);
        holds |= reason && context->rows[rule->rows.first + k].truth == TRUTH_YES;
    }
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        struct row_state *state = &context->rows[rule->rows.first + k];
        bool reason = dose_row_withholds(context->image->ROWS[rule->rows.first + k].type);
        state->used = reason && (holds ? state->truth == TRUTH_YES : truth_is_open(state->truth));
    }
}

/* What disagrees: the schedules that hold, or the amounts. */
static void mark_conflict(struct eval_context *context, const struct image_rule *rule)
{
    verdict_counted(context, rule);
    bool clash = plan_schedule(context, rule, &context->draft) == OUTCOME_CONFLICT;
    for (uint32_t k = 0; clash && k < rule->rows.count; k++) {
        uint32_t row = rule->rows.first + k;
        bool holds =
            context->image->ROWS[row].type == ROWTYPE_SCHEDULE && context->base_counted[k] == TRUTH_YES;
        if (holds) context->rows[row].used = true;
    }
    if (!clash || plan_amounts(context, rule, &context->draft) == OUTCOME_CONFLICT)
        mark_amounts(context, rule, true);
}

void dose_mark_rows(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    if (result->action == ACTION_WITHHOLD)
        mark_withheld(context, rule);
    else if (result->outcome == OUTCOME_DECIDED)
        mark_decided(context, rule, result);
    else if (result->outcome == OUTCOME_CONFLICT)
        mark_conflict(context, rule);
    else if (result->outcome == OUTCOME_NO_STATEMENT)
        mark_amounts(context, rule, true);
}
