/*
 * The walk: what an undecided rule comes to for every combination of the regions of its open subjects.
 *
 * Only the subjects are varied that an undecided row which matters, or an undecided `applies`, compares.
 */
#ifndef REGIMEN_WALK_H
#define REGIMEN_WALK_H

#include "runtime/eval_internal.h"

enum { WALK_LIMIT = 4096 };

/* Called for each combination, with the truths of the rows in context->truths.  False: enough has been seen.
 */
typedef bool walk_visit(struct eval_context *context, const struct image_rule *rule, enum truth applies,
                        void *data);
/* Whether the row, by its place in the rule, is undecided and could still change the result. */
typedef bool walk_matters(const struct eval_context *context, const struct image_rule *rule, uint32_t row);

/* False, and nothing visited, where there are more than WALK_LIMIT combinations.  Afterwards the registers
   and context->truths are as before. */
bool walk(struct eval_context *context, const struct image_rule *rule, walk_matters *matters,
          walk_visit *visit, void *data);
/* After walk: whether something is missing that could still change the result, and not only faults keep it open. */
bool walk_waits(const struct eval_context *context);
/* Marks, by place in the rule's subjects, those that undecided rows that matter and an undecided `applies`
 * compare. */
void walk_mark(struct eval_context *context, const struct image_rule *rule, walk_matters *matters);
/* Reads the truths of the rule's rows from their registers. */
void walk_truths(struct eval_context *context, const struct image_rule *rule);

#endif
