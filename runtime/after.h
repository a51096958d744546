/* What looks at all rules once they have run. */
#ifndef REGIMEN_AFTER_H
#define REGIMEN_AFTER_H

#include "runtime/eval_internal.h"

/* Two doses of one drug that are both decided and differ in action or plan become conflicts. */
void after_doses(struct eval_context *context);
/* Runs the guarantees; one that does not hold makes each rule that it names a fault.  None reads that mark.
 */
void after_guarantees(struct eval_context *context);
/* Runs the expectations of tests. */
void after_expectations(struct eval_context *context);
/* Answers those of them that are questions. */
void after_questions(struct eval_context *context);
/* Computes what stands on top of a report. */
void after_all(struct eval_context *context);

#endif
