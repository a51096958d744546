/* One rule: whom it is for, then its rows. */
#include "runtime/each.h"
#include "runtime/sets.h"
#include "runtime/verdict.h"

static const struct rule_result FRESH = {
    .outcome = OUTCOME_UNKNOWN,
    .applies = TRUTH_YES,
    .exact = true,
    .fault_at = NONE32,
    .fault_rule = NONE32,
    .fault_row = NONE32,
    .conflict_with = NONE32,
    .schedule = NONE32,
};

/* A guarantee or an expectation: what its condition says, 1 or 0 as its member. */
static void condition_run(struct eval_context *context, const struct image_rule *rule,
                          struct rule_result *result)
{
    enum truth truth = truth_at(context, rule->condition);
    result->possible_outcomes = outcome_bit(OUTCOME_DECIDED);
    if (truth == TRUTH_FAULT) {
        verdict_fault(context, result, eval_reg(context, rule->condition), NONE32);
        result->possible_outcomes = outcome_bit(OUTCOME_FAULT);
    } else if (truth != TRUTH_UNKNOWN) {
        result->outcome = OUTCOME_DECIDED;
        result->member = truth == TRUTH_YES;
    }
}

static void judge(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    switch ((enum rule_kind)rule->kind) {
    case RULE_CLASSIFY:
    case RULE_ALERT:
    case RULE_MONITOR: classify_run(context, rule, result); break;
    case RULE_DOSE: dose_run(context, rule, result); break;
    case RULE_COLLECT:
    case RULE_RECOMMEND: set_run(context, rule, result); break;
    case RULE_GUARANTEE:
    case RULE_EXPECT: condition_run(context, rule, result); break;
    case RULE_SHOWN: result->outcome = OUTCOME_DECIDED; break;
    }
}

/* An element of a list shares what the one before it has computed. */
static bool shares_code(const struct eval_context *context, const struct image_rule *rule, bool computes)
{
    return computes && rule->each != NONE32 && context->each_list == EACH_GIVEN;
}

static void run_applies(struct eval_context *context, const struct image_rule *rule, bool computes)
{
    if (shares_code(context, rule, computes)) {
        each_code_applies(context, rule);
        return;
    }
    if (computes) vm_run(context, rule->applies_setup);
    vm_run(context, rule->applies_decide);
}

static void run_rows(struct eval_context *context, const struct image_rule *rule, bool computes)
{
    if (context->each_list != EACH_GIVEN) return;
    if (shares_code(context, rule, computes)) {
        each_code_rows(context, rule);
        return;
    }
    if (computes) vm_run(context, rule->setup);
    vm_run(context, rule->decide);
}

/* computes: false where the subjects' registers are to stay as they are. */
static void run(struct eval_context *context, uint32_t index, bool computes)
{
    const struct image_rule *rule = &context->image->RULES[index];
    struct rule_result *result = &context->results[index];
    *result = FRESH;
    context->expects = rule->kind == RULE_EXPECT;
    context->variable_count = 0;
    context->traced = false;
    result->missing.first = context->missing_count;
    run_applies(context, rule, computes);
    result->applies = (uint8_t)truth_at(context, rule->applies);
    if (result->applies == TRUTH_NO) {
        result->outcome = OUTCOME_NOT_APPLICABLE;
        result->possible_outcomes = outcome_bit(OUTCOME_NOT_APPLICABLE);
        if (rule_fills_set(rule)) set_not_applicable(context, index);
    } else {
        run_rows(context, rule, computes);
        judge(context, rule, result);
    }
}

void rule_run(struct eval_context *context, uint32_t index)
{
    context->each_list = EACH_GIVEN;
    if (context->image->RULES[index].each == NONE32)
        run(context, index, true);
    else
        each_run(context, index);
}

void rule_run_once(struct eval_context *context, uint32_t index)
{
    run(context, index, true);
}

void rule_decide_again(struct eval_context *context, uint32_t index)
{
    context->focus.seen = NONE32;
    run(context, index, false);
}
