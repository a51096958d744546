/* The amounts of a dose: limits and rounding, steps by day, and whether two plans are the same. */
#ifndef REGIMEN_PLAN_H
#define REGIMEN_PLAN_H

#include "runtime/eval_internal.h"

/* The most steps that a plan of the rule can have. */
size_t plan_room(const struct image *image, const struct image_rule *rule);
/* The plan of the rows that hold by context->truths and context->counted, into plan, with its schedule:
   OUTCOME_FAULT (described in it), CONFLICT, UNKNOWN (an amount, a limit or a length is), NO_STATEMENT,
   NOT_COVERED, or DECIDED. */
enum outcome plan_make(struct eval_context *context, const struct image_rule *rule, struct plan *plan);
/* The same of its amounts alone. */
enum outcome plan_amounts(struct eval_context *context, const struct image_rule *rule, struct plan *plan);
/* The one that goes before the other: fault, conflict, unknown, then a. */
enum outcome plan_graver(enum outcome a, enum outcome b);
/* Whether what plan_make makes, or a comparison of two plans, depends on this register beside the truths of
 * the rows. */
bool plan_reads(const struct image *image, const struct image_rule *rule, uint32_t reg);
/* The same amounts, or no statement both. */
bool plan_same_amount(const struct plan_step *a, const struct plan_step *b);
/* The same amounts on the same days, however they are written. */
bool plan_same(const struct image *image, const struct plan *a, const struct plan *b);
/* Whether two runs of DAYS have a day in common. */
bool plan_days_meet(const struct image *image, struct run a, struct run b);
void plan_copy(struct plan *to, const struct plan *from);

/* ---- schedule.c */

/* The schedule of the rows that hold, into plan->schedule, for the steps that plan has: DECIDED (also where
   there is none), UNKNOWN (how often the dose is given is), CONFLICT (two of them differ), or FAULT described
   in plan. */
enum outcome plan_schedule(const struct eval_context *context, const struct image_rule *rule,
                           struct plan *plan);
/* Whether the schedules of two rows are the same, with known lengths; NONE32: none. */
bool schedule_same(const struct eval_context *context, uint32_t a, uint32_t b);

/* ---- limits.c: what at least, at most, choose and round come to */

enum limit_state { LIMIT_NONE, LIMIT_SET, LIMIT_UNKNOWN, LIMIT_CONFLICT, LIMIT_FAULT };

/* What all clauses of one kind that hold come to: the largest `at least`, the smallest `at most`, the
   one point, the one step. */
struct limit {
    enum limit_state state;
    bool open; /* one that holds has no known value */
    decimal x;
    uint32_t row;      /* of ROWS: the one that it comes from */
    uint32_t rounding; /* enum decimal_rounding */
    struct value fault;
};

/* The four of a rule, in the order in which they are applied. */
struct limits {
    struct limit choose, least, most, round;
};

/* Of the rows that count now. */
struct limits limits_of(const struct eval_context *context, const struct image_rule *rule);
/* Takes the raw amounts of step through them.  DECIDED, UNKNOWN, CONFLICT, or FAULT described in plan. */
enum outcome limits_apply(const struct limits *limits, struct plan_step *step, struct plan *plan);

#endif
