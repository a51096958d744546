/* Sets of outcomes, rows that override others, and the faults of conditions.

   An outcome is a bit, and what is still possible is a set of bits: the walk joins such sets and asks
   whether one covers another, for millions of combinations if need be. */
#include "runtime/each.h"
#include "runtime/verdict.h"

#include <string.h>

static bool one_bit(uint64_t bits)
{
    return bits != 0 && (bits & (bits - 1)) == 0;
}

bool verdict_is_single(const struct verdict *verdict)
{
    bool valued = verdict->outcomes & outcome_bit(OUTCOME_DECIDED);
    return one_bit(verdict->outcomes) && (!valued || one_bit(verdict->members));
}

bool verdict_is_several(const struct verdict *verdict)
{
    return verdict->outcomes != 0 && !verdict_is_single(verdict);
}

void verdict_add(struct verdict *all, const struct verdict *more)
{
    all->outcomes |= more->outcomes;
    all->members |= more->members;
}

bool verdict_covers(const struct verdict *all, const struct verdict *part)
{
    return (part->outcomes & ~all->outcomes) == 0 && (part->members & ~all->members) == 0;
}

/* A row that holds overrides whether or not it is itself overridden. */
void verdict_counted(struct eval_context *context, const struct image_rule *rule)
{
    const struct image_row *rows = context->image->ROWS + rule->rows.first;
    uint8_t *counted = context->counted;
    memcpy(counted, context->truths, rule->rows.count);
    if (!context->rule_facts[rule - context->image->RULES].overrides) return;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (rows[k].instead_of == NONE32) continue;
        uint32_t other = rows[k].instead_of - rule->rows.first;
        if (context->truths[k] == TRUTH_YES)
            counted[other] = TRUTH_NO;
        else if (truth_is_open(context->truths[k]) && counted[other] == TRUTH_YES)
            counted[other] = TRUTH_UNKNOWN;
    }
}

/* ---- Faults --------------------------------------------------------------------------------------- */

/* The rule whose fault the instruction at pc has read, or NONE32. */
static uint32_t rule_read_at(const struct image *image, const struct value *fault)
{
    if (fault->fault != FAULT_OTHER_RULE || fault->at >= image->CODE_count) return NONE32;
    const struct insn *i = &image->CODE[fault->at];
    return i->op == OP_WITHIN ? i->b : i->a;
}

void verdict_fault(struct eval_context *context, struct rule_result *result, const struct value *fault,
                   uint32_t row)
{
    result->outcome = OUTCOME_FAULT;
    result->fault = fault->fault;
    result->fault_at = fault->at;
    result->fault_rule = rule_read_at(context->image, fault);
    result->fault_row = row;
}

void verdict_settle_fault(const struct eval_context *context, const struct image_rule *rule,
                          struct rule_result *result)
{
    bool waits = !result->exact || result->fault == FAULT_OTHER_RULE || walk_waits(context, rule);
    if (result->outcome == OUTCOME_FAULT && !waits) result->possible_outcomes = outcome_bit(OUTCOME_FAULT);
}

bool verdict_find_fault(struct eval_context *context, const struct image_rule *rule,
                        struct rule_result *result)
{
    if (truth_at(context, rule->applies) == TRUTH_FAULT) {
        verdict_fault(context, result, eval_reg(context, rule->applies), NONE32);
        return true;
    }
    if (each_counts(context, rule) == TRUTH_FAULT) {
        verdict_fault(context, result, eval_reg(context, context->image->EACHES[rule->each].where), NONE32);
        return true;
    }
    /* the rows that matter stand in the order of the search; of several faults that of the first row is
       named */
    uint32_t first = rule->rows.count;
    for (uint32_t k = 0; k < context->matter_count; k++) {
        uint32_t place = context->matters[k];
        if (context->truths[place] == TRUTH_FAULT && place < first) first = place;
    }
    if (first == rule->rows.count) return false;
    uint32_t row = rule->rows.first + first;
    verdict_fault(context, result, eval_reg(context, context->image->ROWS[row].condition), row);
    return true;
}
