/*
 * The rows of a dose: what each kind is for, and which of them made its result.
 */
#ifndef REGIMEN_DOSE_ROWS_H
#define REGIMEN_DOSE_ROWS_H

#include "runtime/eval_internal.h"

/* Of an enum row_type: whether its rows withhold, give an amount, say how that is given (the result must
   agree in it too), or only warn. */
static inline bool dose_row_withholds(uint32_t type)
{
    return type == ROWTYPE_WITHHOLD || type == ROWTYPE_TOO_EARLY;
}

static inline bool dose_row_gives_amount(uint32_t type)
{
    return type == ROWTYPE_AMOUNT || type == ROWTYPE_STEP;
}

static inline bool dose_row_stands_beside(uint32_t type)
{
    return type == ROWTYPE_ROUTE || type == ROWTYPE_SCHEDULE;
}

static inline bool dose_row_warns(uint32_t type)
{
    return type == ROWTYPE_WARN || type == ROWTYPE_TOO_LATE;
}

/* Marks the rows that made the result of the rule, and those that say something and are open. */
void dose_mark_rows(struct eval_context *context, const struct image_rule *rule, struct rule_result *result);

#endif
