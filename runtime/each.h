/*
 * Rules that run for each element of a list: alerts and monitors with `for each`.
 *
 *   each.c        which elements count, the rule for each of them, and one of them again (eval_focus)
 *   each_code.c   its code for one element after another
 *   each_order.c  where the next element begins, and whether an element is the last
 *   each_whole.c  the whole from the parts
 */
#ifndef REGIMEN_EACH_H
#define REGIMEN_EACH_H

#include "runtime/eval_internal.h"

/* Makes room for the parts of this record; false where memory is short. */
bool each_prepare(struct eval_context *context, const struct record *record);
/* The rule for each element of its list, and the whole. */
void each_run(struct eval_context *context, uint32_t rule);

/* What the rows of the rule in hand are where there is no element to run them for: of a list in which none
   counts no row holds but `not due`, of one that is not given each is open. */
void each_truths(struct eval_context *context, const struct image_rule *rule);
/* Whether the element in hand counts, of a monitor: where it does not, there is as little to say of it as
   where the rule does not apply.  Yes for any other rule: the rows of an alert have `where` in them. */
enum truth each_counts(const struct eval_context *context, const struct image_rule *rule);
/* What holds of the element in hand, open where its date leaves open whether it is there at all. */
enum truth each_if_there(const struct eval_context *context, enum truth truth);

/* ---- each_code.c */
/* Once a context: which code that is. */
void each_code_prepare(struct eval_context *context);
/* Before the first element of a rule: its registers are those of another record. */
void each_code_begin(struct eval_context *context);
/* The code of `applies`, which speaks of no element: once. */
void each_code_applies(struct eval_context *context, const struct image_rule *rule);
/* For the element in hand the code of `where`; all code of the rows. */
void each_code_where(struct eval_context *context, const struct image_rule *rule);
void each_code_rows(struct eval_context *context, const struct image_rule *rule);

/* ---- each_order.c */
/* What lies behind an element: the value of its next, and into *last whether it is the last. */
struct value each_next(const struct eval_context *context, uint32_t rule, uint32_t element, enum truth *last);

/* ---- each_whole.c */

/* What the parts have shown so far. */
struct whole {
    struct rule_result result; /* its list of missing inputs grows with the parts */
    struct rule_result fault;  /* the part that ends in one; of several that of the earliest element */
    bool any;                  /* an element counts, or may */
    bool applied;              /* a part shows that the rule applies, whatever `applies` by itself is */
    bool raised, broken;       /* an alert: a part is raised; either: one is a fault */
    bool any_raised, all_not;  /* an alert: one may be raised; none must be */
    bool candidate;            /* a monitor: there is an element that may be the latest that counts */
    bool sure, doubt;          /* one of them counts for certain; it is open which of them it is */
    uint64_t states, pressing; /* of any of them; the most pressing of all */
};

void whole_begin(struct eval_context *context, const struct image_rule *rule, struct whole *whole);
/* Takes in the part that has just run, its rows and what it waits for; waits: whether the whole waits for
 * that too. */
void whole_take(struct eval_context *context, uint32_t rule, bool waits, struct whole *whole);
/* A monitor's element that may be the latest, and the states that it can have as the latest. */
void whole_take_latest(const struct each_part *part, uint64_t states, struct whole *whole);
/* The result and the rows of the rule. */
void whole_end(struct eval_context *context, uint32_t rule, struct whole *whole);

#endif
