/*
 * The walk: what an undecided rule comes to for every combination of the regions of its open subjects.
 *
 * Only the subjects are varied that an undecided row which matters, or an undecided `applies`, compares. They
 * are given their regions one after the other, and what is not yet given stays as it is: unknown.  So each
 * node of the search stands for all combinations below it, and where the rows come to the same there already,
 * these need not be looked at one by one (docs/evaluation.md, "How the search is done").
 */
#ifndef REGIMEN_WALK_H
#define REGIMEN_WALK_H

#include "runtime/eval_internal.h"

enum { WALK_LIMIT = 4096 };

enum walk_answer {
    WALK_ON,   /* what lies below has to be told apart */
    WALK_BACK, /* all that lies below has been taken in */
    WALK_STOP, /* and nothing else can be found anywhere */
};

/* Called at each node with context->truths as they are there; whole: nothing that matters is left to be given
   below, so that the answer is not WALK_ON. */
typedef enum walk_answer walk_visit(struct eval_context *context, const struct image_rule *rule,
                                    enum truth applies, bool whole, void *data);

/* Once a context: no subject is marked, of as many as the rule with the most has. */
void walk_prepare(struct eval_context *context, size_t subjects);
/* Fills context->truths from the registers of the rule's rows. */
void walk_truths(struct eval_context *context, const struct image_rule *rule);
/* The rows that matter, by their places in the rule, in the order in which the search decides them: begun
   anew, and one more, which is open. */
void walk_matter_none(struct eval_context *context);
void walk_matter(struct eval_context *context, uint32_t place);
/* Marks, by place in the rule's subjects, those that the rows which matter and an undecided `applies`
 * compare. */
void walk_mark(struct eval_context *context, const struct image_rule *rule);
/* While a node is visited: whether a subject that the row compares has been given one of its regions. */
bool walk_is_touched(const struct eval_context *context, const struct image_rule *rule, uint32_t place);
/* False, and nothing visited, where there are more than WALK_LIMIT combinations.  first: the first
   combination is visited as a whole before all.  Afterwards the registers and context->truths are as before.
 */
bool walk(struct eval_context *context, const struct image_rule *rule, bool first, walk_visit *visit,
          void *data);
/* ---- once.c: where nothing has to be searched */
/* Once a context; false where memory is short. */
bool once_prepare(struct eval_context *context);
/* Whether all that the open rows which matter allow is what a walk over them would find, where no row stands
   instead of another. */
bool rows_ask_once(const struct eval_context *context, const struct image_rule *rule);

/* After walk: whether something is missing that could still change the result, and not only faults keep it
 * open. */
bool walk_waits(const struct eval_context *context, const struct image_rule *rule);

#endif
