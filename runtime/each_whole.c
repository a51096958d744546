/* A rule's whole from its parts.  It is made while they run, from a few bits (struct whole): so the
   parts can be taken in any order and none has to be kept for it.  The states of a monitor are bits in
   the order in which they press, so the more pressing of two sets is a matter of their lowest bits. */
#include "runtime/each.h"
#include "runtime/verdict.h"

#include <string.h>

static uint64_t member_bit(uint32_t member)
{
    return UINT64_C(1) << member;
}

void whole_begin(struct eval_context *context, const struct image_rule *rule, struct whole *whole)
{
    *whole = (struct whole){.all_not = true};
    whole->result = (struct rule_result){.outcome = OUTCOME_UNKNOWN,
                                         .applies = TRUTH_YES,
                                         .exact = true,
                                         .missing = {context->missing_count, 0},
                                         .fault_at = NONE32,
                                         .fault_rule = NONE32,
                                         .fault_row = NONE32,
                                         .conflict_with = NONE32};
    memset(context->whole_rows, 0, rule->rows.count * sizeof *context->whole_rows);
}

/* ---- The parts ------------------------------------------------------------------------------------ */

/* The list of the part lies behind that of the whole, which may grow over what was read of it. */
static void take_missing(struct eval_context *context, struct run missing, struct rule_result *whole)
{
    for (uint32_t k = 0; k < missing.count; k++)
        missing_put(context, whole, context->missing[missing.first + k]);
}

/* Yes goes before fault, fault before unknown, unknown before no. */
static uint8_t joined(uint8_t a, uint8_t b)
{
    static const uint8_t force[] = {[TRUTH_NO] = 0, [TRUTH_UNKNOWN] = 1, [TRUTH_FAULT] = 2, [TRUTH_YES] = 3};
    return force[b] > force[a] ? b : a;
}

static void take_rows(struct eval_context *context, const struct image_rule *rule)
{
    struct row_state *whole = context->whole_rows;
    const struct row_state *parts = context->rows + rule->rows.first;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (parts[k].truth == TRUTH_NO && !parts[k].used && !parts[k].unchecked) continue;
        whole[k].truth = joined(whole[k].truth, parts[k].truth);
        whole[k].used |= parts[k].used;
        whole[k].unchecked |= parts[k].unchecked;
    }
}

static void take_alert(const struct rule_result *part, struct whole *whole)
{
    bool decided = part->outcome == OUTCOME_DECIDED;
    /* one element for which it is raised raises the whole, whatever is open for others */
    whole->raised |= decided && part->member == ALERT_RAISED;
    whole->any_raised |= (part->possible & member_bit(ALERT_RAISED)) != 0;
    whole->all_not &= (part->possible & member_bit(ALERT_NOT_RAISED)) != 0;
}

void whole_take(struct eval_context *context, uint32_t rule, bool waits, struct whole *whole)
{
    const struct rule_result part = context->results[rule];
    context->missing_count = whole->result.missing.first + whole->result.missing.count;
    whole->result.applies = part.applies;
    bool judged = part.outcome == OUTCOME_DECIDED || part.outcome == OUTCOME_UNKNOWN;
    whole->applied |= judged && !(part.possible_outcomes & outcome_bit(OUTCOME_NOT_APPLICABLE));
    if (part.outcome == OUTCOME_DECIDED) whole->result.in_parts |= member_bit((uint32_t)part.member);
    take_alert(&part, whole);
    /* an earlier element of a monitor says nothing of the whole, so nothing that it lacks is missing */
    if (!waits) return;
    take_rows(context, &context->image->RULES[rule]);
    whole->result.exact &= part.exact;
    whole->result.possible_outcomes |= part.possible_outcomes;
    if (part.outcome == OUTCOME_UNKNOWN) take_missing(context, part.missing, &whole->result);
    if (part.outcome != OUTCOME_FAULT) return;
    whole->broken = true;
    whole->fault = part;
}

/* The more pressing of two states, for all that each can be: those of either that the other can fall behind.
 */
static uint64_t more_pressing(uint64_t a, uint64_t b)
{
    uint64_t from_a = a & (~a + 1), from_b = b & (~b + 1); /* the lowest bit of each */
    return (a & ~(from_b - 1)) | (b & ~(from_a - 1));
}

void whole_take_latest(const struct each_part *part, uint64_t states, struct whole *whole)
{
    whole->sure |= part->counts == TRUTH_YES;
    whole->doubt |= part->counts != TRUTH_YES || part->last != TRUTH_YES;
    whole->pressing = whole->candidate ? more_pressing(whole->pressing, states) : states;
    whole->states |= states;
    whole->candidate = true;
}

/* ---- The whole ------------------------------------------------------------------------------------ */

static uint64_t alert_states(const struct whole *whole)
{
    if (whole->raised) return member_bit(ALERT_RAISED);
    return (whole->any_raised ? member_bit(ALERT_RAISED) : 0) |
           (whole->all_not ? member_bit(ALERT_NOT_RAISED) : 0);
}

/* Elements at one moment are all the latest.  Where none counts for certain, there may be nothing to follow.
 */
static uint64_t monitor_states(const struct whole *whole)
{
    if (!whole->doubt) return whole->pressing;
    return whole->states | (whole->sure ? 0 : member_bit(MONITOR_NOT_DUE));
}

/* The latest element with the state of its monitor. */
static uint32_t latest_of(const struct eval_context *context, uint32_t rule, const struct rule_result *result)
{
    const struct each_part *parts = eval_each(context, rule);
    for (uint32_t k = eval_each_count(context, rule); k-- > 0;)
        if (parts[k].counts == TRUTH_YES && parts[k].last == TRUTH_YES &&
            parts[k].outcome == OUTCOME_DECIDED && parts[k].member == result->member)
            return k;
    return NONE32;
}

static bool single(uint64_t states)
{
    return states != 0 && (states & (states - 1)) == 0;
}

/* What it can be; settled where that is one state of a rule that applies, or that it does not apply. */
static void settle(struct eval_context *context, const struct image_rule *rule, uint64_t states, bool applied,
                   struct rule_result *result)
{
    const uint32_t not_applicable = outcome_bit(OUTCOME_NOT_APPLICABLE);
    result->possible = states;
    result->possible_outcomes &= ~not_applicable;
    if (!applied) result->possible_outcomes |= not_applicable;
    if (states) result->possible_outcomes |= outcome_bit(OUTCOME_DECIDED);
    if (single(states) && applied) {
        result->outcome = OUTCOME_DECIDED;
        result->possible_outcomes = outcome_bit(OUTCOME_DECIDED);
        result->member = __builtin_ctzll(states);
        result->exact = true;
    } else if (result->possible_outcomes == not_applicable) { /* for no element, whatever is missing */
        result->outcome = OUTCOME_NOT_APPLICABLE;
        result->exact = true;
    } else if (result->missing.count == 0) {
        missing_put(context, result, (uint32_t)READ_INPUT << 28 | context->image->EACHES[rule->each].list);
    }
}

/* Where one part is raised, the rows of the others that are not made nothing of the whole. */
static void drop_otherwise(struct eval_context *context, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < rule->rows.count; k++)
        if (context->image->ROWS[rule->rows.first + k].otherwise)
            context->whole_rows[k] = (struct row_state){TRUTH_NO, false, false};
}

void whole_end(struct eval_context *context, uint32_t rule, struct whole *whole)
{
    const struct image_rule *r = &context->image->RULES[rule];
    struct rule_result *result = &whole->result;
    uint64_t states = r->kind == RULE_ALERT ? alert_states(whole) : monitor_states(whole);
    if (whole->broken && !whole->raised) {
        whole->fault.missing = (struct run){result->missing.first, 0};
        whole->fault.possible = states;
        whole->fault.in_parts = result->in_parts;
        whole->fault.possible_outcomes |= result->possible_outcomes;
        *result = whole->fault;
    } else {
        settle(context, r, states, result->applies == TRUTH_YES || whole->applied, result);
    }
    if (result->outcome != OUTCOME_UNKNOWN) result->missing.count = 0;
    context->missing_count = result->missing.first + result->missing.count;
    context->results[rule] = *result;
    if (whole->raised) drop_otherwise(context, r);
    memcpy(context->rows + r->rows.first, context->whole_rows, r->rows.count * sizeof *context->rows);
    bool decided = r->kind == RULE_MONITOR && result->outcome == OUTCOME_DECIDED;
    context->latest[r->each] = decided && !whole->doubt ? latest_of(context, rule, result) : NONE32;
}
