/* What is common to the kinds of rules: sets of outcomes, and how an undecided rule ends. */
#ifndef REGIMEN_VERDICT_H
#define REGIMEN_VERDICT_H

#include "runtime/walk.h"

/* The bit of an outcome, and of an action: a dose that is decided has the bit of its action instead. */
static inline uint32_t outcome_bit(uint32_t outcome)
{
    return UINT32_C(1) << outcome;
}

static inline uint32_t action_bit(enum action action)
{
    return UINT32_C(1) << (OUTCOME_COUNT + (uint32_t)action);
}

/* One outcome, and where that is a value, one value. */
bool verdict_is_single(const struct verdict *verdict);
/* More than one. */
bool verdict_is_several(const struct verdict *verdict);
/* all with what more has. */
void verdict_add(struct verdict *all, const struct verdict *more);
/* Whether all has everything that part has. */
bool verdict_covers(const struct verdict *all, const struct verdict *part);
/* Fills counted from truths: no where a row that holds overrides it, open where one might. */
void verdict_counted(struct eval_context *context, const struct image_rule *rule);
/* Makes the result the fault of a value that row (of ROWS, or NONE32) reads. */
void verdict_fault(struct eval_context *context, struct rule_result *result, const struct value *fault,
                   uint32_t row);
/* A fault that nothing missing could take away is all that the rule can come to. */
void verdict_settle_fault(const struct eval_context *context, const struct image_rule *rule,
                          struct rule_result *result);
/* The first fault among applies, `where` of a monitor, and the rows that matter, into result; false where
 * there is none. */
bool verdict_find_fault(struct eval_context *context, const struct image_rule *rule,
                        struct rule_result *result);

/* ---- classify.c */
/* The result of a row as one number, ordered as `by highest` orders them: a member by its place. */
int32_t row_code(const struct image_row *row);

/* ---- missing.c */
/* Whether a fault of what reads these may yet go away: something of them is missing, or a list, of which it
   may be open which entries count. */
bool missing_may_end_fault(const struct eval_context *context, struct run reads);
/* Fills result->missing from the subjects that the rows which matter compare. */
void missing_collect(struct eval_context *context, const struct image_rule *rule, struct rule_result *result);
/* Adds one read to the last of the lists, in its place, once. */
void missing_put(struct eval_context *context, struct rule_result *result, uint32_t read);
/* Adds what is not exactly known of a list of reads. */
void missing_add(struct eval_context *context, struct rule_result *result, struct run reads, uint32_t node);

/* ---- The kinds of rules, after their code has run; the truth of applies is not no */
void classify_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result);
void dose_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result);
void set_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result);
void rule_run(struct eval_context *context, uint32_t rule);
/* Of a rule that runs for each element of a list: for what its registers and context->each_list say. */
void rule_run_once(struct eval_context *context, uint32_t rule);
/* The same, with the registers of the subjects as they are now (near.c). */
void rule_decide_again(struct eval_context *context, uint32_t rule);

#endif
