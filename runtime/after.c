/* Doses of one drug, and guarantees: what cannot be said before all rules have run.  What is marked here
   no rule reads, for all have run: guarantees see the conflicts of doses, and the expectations of tests all
   of it (docs/evaluation.md, After all rules). */
#include "runtime/after.h"
#include "runtime/course.h"
#include "runtime/plan.h"
#include "runtime/units.h"
#include "runtime/verdict.h"

#include <string.h>

/* ---- Doses of one drug ---------------------------------------------------------------------------- */

static bool is_decided_dose(const struct eval_context *context, uint32_t rule)
{
    return context->rule_facts[rule].kind == RULE_DOSE && context->results[rule].outcome == OUTCOME_DECIDED;
}

static struct plan plan_of(const struct eval_context *context, uint32_t rule)
{
    return (struct plan){.steps = context->steps + context->plan_first[rule],
                         .count = context->results[rule].step_count,
                         .schedule = context->results[rule].schedule};
}

static bool unit_read(const struct image *image, uint32_t text, struct unit *unit)
{
    const char *code = image_text(image, text);
    return unit_parse(code, strlen(code), UNIT_RECORDS, unit, NULL) == UNIT_OK;
}

/* The ratio that turns amounts of one rule into the unit of another; false where there is none. */
static bool ratio_between(const struct image *image, uint32_t from, uint32_t to, struct image_ratio *ratio)
{
    struct unit a, b;
    return unit_read(image, image->RULES[from].unit, &a) && unit_read(image, image->RULES[to].unit, &b) &&
           unit_ratio(&a, &b, &ratio->numerator, &ratio->denominator, NULL) == UNIT_OK;
}

/* The plan of a rule in the unit of another, into the draft. */
static bool plan_in_unit_of(struct eval_context *context, uint32_t rule, uint32_t other)
{
    struct plan own = plan_of(context, rule);
    struct image_ratio ratio;
    plan_copy(&context->draft, &own);
    if (context->image->RULES[rule].unit == context->image->RULES[other].unit) return true;
    if (!ratio_between(context->image, rule, other, &ratio)) return false;
    for (uint32_t k = 0; k < own.count; k++) {
        struct plan_step *step = &context->draft.steps[k];
        if (decimal_scale(step->lo, ratio.numerator, ratio.denominator, &step->lo) != DECIMAL_OK ||
            decimal_scale(step->hi, ratio.numerator, ratio.denominator, &step->hi) != DECIMAL_OK)
            return false;
    }
    return true;
}

/* Plans with days of their own have the same ones, however their steps are cut; those that schedules give
   have to be the same too. */
static bool same_dates(const struct course *a, const struct course *b)
{
    if (a->days == COURSE_STEPS && b->days == COURSE_STEPS) return a->start == b->start;
    uint32_t i = course_next(a, 0, 0), j = course_next(b, 0, 0);
    for (; i != 0 && j != 0 && course_date(a, i) == course_date(b, j); i = course_next(a, 0, i))
        j = course_next(b, 0, j);
    return i == 0 && j == 0;
}

/* A dose without a schedule says nothing of when. */
static bool schedules_agree(const struct eval_context *context, uint32_t a, uint32_t b)
{
    struct course x = course_of(context, context->image, a), y = course_of(context, context->image, b);
    if (!x.schedule || !y.schedule) return true;
    bool told = x.dated && y.dated && x.days != COURSE_UNTOLD && y.days != COURSE_UNTOLD;
    return told ? same_dates(&x, &y) : schedule_same(context, x.row, y.row);
}

static bool doses_agree(struct eval_context *context, uint32_t a, uint32_t b)
{
    if (context->results[a].action != context->results[b].action) return false;
    /* both are kept back: their reasons may differ */
    if (context->results[a].action == ACTION_WITHHOLD) return true;
    struct plan plan = plan_of(context, b);
    return plan_in_unit_of(context, a, b) && plan_same(context->image, &context->draft, &plan) &&
           schedules_agree(context, a, b);
}

static void make_conflict(struct eval_context *context, uint32_t rule, uint32_t other)
{
    struct rule_result *result = &context->results[rule];
    if (result->conflict_with == NONE32) result->conflict_with = other;
}

/* Pairs are found first and marked afterwards, so that three doses of one drug are all compared. */
void after_doses(struct eval_context *context)
{
    const struct image *image = context->image;
    for (uint32_t a = 0; a < image->RULES_count; a++) {
        if (!is_decided_dose(context, a)) continue;
        for (uint32_t b = a + 1; b < image->RULES_count; b++) {
            if (!is_decided_dose(context, b) || image->RULES[a].drug != image->RULES[b].drug) continue;
            if (doses_agree(context, a, b)) continue;
            make_conflict(context, a, b);
            make_conflict(context, b, a);
        }
    }
    for (uint32_t k = 0; k < image->RULES_count; k++) {
        struct rule_result *result = &context->results[k];
        if (!is_decided_dose(context, k) || result->conflict_with == NONE32) continue;
        result->outcome = OUTCOME_CONFLICT;
        result->action = ACTION_NONE;
        result->possible_outcomes = outcome_bit(OUTCOME_CONFLICT);
    }
}

/* ---- Guarantees ----------------------------------------------------------------------------------- */

static void run_all(struct eval_context *context, enum rule_kind kind)
{
    for (uint32_t k = 0; k < context->image->RULES_count; k++)
        if (context->rule_facts[k].kind == kind) rule_run(context, k);
}

static void mark_broken(struct eval_context *context, uint32_t rule, uint32_t guarantee)
{
    struct rule_result *result = &context->results[rule];
    if (result->outcome == OUTCOME_FAULT) return;
    struct value fault = value_fault(FAULT_GUARANTEE, NONE32);
    verdict_fault(context, result, &fault, NONE32);
    result->fault_rule = guarantee;
    result->action = ACTION_NONE;
    result->possible_outcomes = outcome_bit(OUTCOME_FAULT);
}

/* A guarantee about a rule that is not for this patient, or about a limit that is switched off, says nothing.
 */
static void leave_out(struct eval_context *context, uint32_t guarantee)
{
    const struct image_rule *rule = &context->image->RULES[guarantee];
    struct rule_result *result = &context->results[guarantee];
    if (result->outcome == OUTCOME_UNKNOWN && eval_reg(context, rule->condition)->tag == TAG_OFF)
        result->outcome = OUTCOME_NOT_APPLICABLE;
    for (uint32_t i = 0; i < rule->names.count && result->outcome == OUTCOME_UNKNOWN; i++) {
        uint32_t named = context->image->INDEXES[rule->names.first + i];
        if (context->results[named].outcome == OUTCOME_NOT_APPLICABLE)
            result->outcome = OUTCOME_NOT_APPLICABLE;
    }
}

static void mark_all_broken(struct eval_context *context, uint32_t guarantee)
{
    const struct rule_result *result = &context->results[guarantee];
    struct run names = context->image->RULES[guarantee].names;
    if (result->outcome != OUTCOME_DECIDED || result->member == 1) return;
    for (uint32_t i = 0; i < names.count; i++)
        mark_broken(context, context->image->INDEXES[names.first + i], guarantee);
}

void after_guarantees(struct eval_context *context)
{
    run_all(context, RULE_GUARANTEE);
    for (uint32_t k = 0; k < context->image->RULES_count; k++)
        if (context->rule_facts[k].kind == RULE_GUARANTEE) leave_out(context, k);
    for (uint32_t k = 0; k < context->image->RULES_count; k++)
        if (context->rule_facts[k].kind == RULE_GUARANTEE) mark_all_broken(context, k);
}

void after_expectations(struct eval_context *context)
{
    run_all(context, RULE_EXPECT);
    after_questions(context);
}

void after_all(struct eval_context *context)
{
    if (context->image->SHOWN_count) run_all(context, RULE_SHOWN);
}
