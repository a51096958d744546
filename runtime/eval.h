/*
 * Evaluation: one context holds the registers and results of one record at a time.  It is made once for a
 * program, allocates everything then, and runs any number of records; contexts share nothing that changes.
 */
#ifndef REGIMEN_EVAL_H
#define REGIMEN_EVAL_H

#include "runtime/image.h"
#include "runtime/record.h"

enum outcome {
#define OUTCOME(name, word, meaning) OUTCOME_##name,
#include "runtime/outcomes.def"
#undef OUTCOME
    OUTCOME_COUNT
};

/* What a decided dose comes to. */
enum action { ACTION_NONE, ACTION_GIVE, ACTION_ASK, ACTION_WITHHOLD };

/* IS_OUTCOME's operand b: an outcome, or OUTCOME_COUNT + action. */

/* The truth of a condition.  A fault acts as unknown in logic, and is remembered as the reason. */
enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN, TRUTH_FAULT };

/* One amount of a plan.  hi equals lo where it is no range. */
struct plan_step {
    uint32_t step;   /* STEPS that it comes from */
    struct run days; /* of DAYS, empty: not by day */
    bool no_statement;
    decimal raw_lo, raw_hi; /* the product, before choose, at least, at most, round */
    decimal lo, hi;         /* the amount */
    bool chosen;
    uint32_t least, most, round; /* ROWS of the clause that changed it, or NONE32 */
    decimal before_round;
};

struct missing {
    uint32_t read; /* (read_kind << 28) | index: input, parameter or rule */
};

/* What a row was on the record, for readers. */
struct row_state {
    uint8_t truth;  /* enum truth: its condition */
    bool used;      /* it made the result (not overridden, not outranked) */
    bool unchecked; /* a warn that is unknown, an ask that is unknown */
};

/* What a rule came to.  Which members hold depends on outcome: member where it is decided, the fault
   where it is one, possible and missing where it is unknown. */
struct rule_result {
    uint8_t outcome;        /* enum outcome */
    uint8_t action;         /* DOSE: enum action */
    uint8_t applies;        /* enum truth */
    bool exact;             /* false: the walk was cut off, possible counts rows alone */
    int32_t member;         /* CLASSIFY decided: member code */
    uint8_t fault;          /* enum fault */
    uint32_t fault_at;      /* pc, or NONE32 */
    uint32_t fault_rule;    /* RULES whose guarantee, or whose fault it is; NONE32 */
    uint32_t fault_row;     /* ROWS, or NONE32 */
    uint32_t conflict_with; /* DOSE: the other dose of the drug; NONE32 */
    uint64_t possible;      /* not decided: bit i: member i (CLASSIFY) */
    uint64_t in_parts;      /* with `each`: bit i: state i, which some element has for certain */
    uint32_t
        possible_outcomes; /* bit per enum outcome (DECIDED: some value or set) and OUTCOME_COUNT + action */
    uint32_t step_count;   /* DOSE: of plan, also where it is not decided but known (would_be) */
    uint32_t schedule;     /* DOSE: ROWS: the schedule of that plan, or NONE32 (course.h) */
    bool has_total;
    decimal total_lo, total_hi;
    struct run missing; /* of eval_context.missing */
};

/* What a rule that runs for each element of a list came to for one of them. */
struct each_part {
    uint8_t counts;  /* enum truth: `where`; no: the rule was not run for it */
    uint8_t last;    /* enum truth: no element that counts is later */
    uint8_t outcome; /* enum outcome; NOT_APPLICABLE where it does not count, too */
    bool exact;
    int32_t member; /* decided: as rule_result */
    uint64_t possible;
    uint32_t possible_outcomes;
    uint32_t next_sure; /* for the machine: the first one from this one on that counts for certain, or the
                           number of them */
};

/* What a collection or recommendation says of one item of its set. */
struct set_item {
    uint8_t state;      /* enum item_state */
    uint8_t strength;   /* enum strength: INCLUDED, CHOICE, EXCLUDED of a recommendation */
    bool named;         /* some row names it */
    bool fault;         /* UNDECIDED because of a fault */
    bool exact;         /* as rule_result.exact */
    uint32_t possible;  /* bit per rank (sets.h) */
    struct run missing; /* UNDECIDED: of eval_context.missing */
};

struct eval_context;

/* NULL where memory is short.  The image must outlive it. */
struct eval_context *eval_new(const struct image *image);
void eval_free(struct eval_context *context);
/* A parameter by name from text ("2 mg", "by_age", "none", "yes", "2026-01-01", "[a, b]"), unit-checked; a
   table from text is "key: value, key: value".  False with a sentence in reason. */
bool eval_set(struct eval_context *context, const char *name, const char *text, char *reason,
              size_t reason_size);
/* Back to what the image holds. */
void eval_reset_parameters(struct eval_context *context);
/* Runs every rule on the record.  The record's values are for this image's inputs; as_of is in it.  Allocates
   nothing but the parts of rules that run for each element of a list, where this record has more elements
   than any before.  False where memory is short for that: nothing was run, and there is no result. */
bool eval_run(struct eval_context *context, const struct record *record);

/* After eval_run, until the next: */
const struct rule_result *eval_result(const struct eval_context *context, uint32_t rule);
const struct row_state *eval_row(const struct eval_context *context, uint32_t row);
const struct plan_step *eval_plan(const struct eval_context *context, uint32_t rule); /* step_count of them */
/* Of a collection or recommendation: one for each member of its enumeration. */
const struct set_item *eval_items(const struct eval_context *context, uint32_t rule);
/* Of a rule with `each`: one part for each element of its list, in the order of the list; none where that is
 * not given. */
uint32_t eval_each_count(const struct eval_context *context, uint32_t rule);
const struct each_part *eval_each(const struct eval_context *context, uint32_t rule);
/* The element whose state is that of the monitor; NONE32 where there is none, or it is open which one it is.
 */
uint32_t eval_each_latest(const struct eval_context *context, uint32_t rule);
/* Runs such a rule again for one element: until eval_unfocus its result, rows, registers and missing inputs
   are those of the element.  One rule at a time. */
void eval_focus(struct eval_context *context, uint32_t rule, uint32_t element);
bool eval_in_focus(const struct eval_context *context, uint32_t rule);
/* The rule's whole result and rows are back, not its registers.  Without a focus it does nothing. */
void eval_unfocus(struct eval_context *context);
const uint32_t *eval_missing(const struct eval_context *context); /* see rule_result.missing: reads */
const struct value *eval_register(const struct eval_context *context, uint32_t reg);
const struct value *eval_parameter(const struct eval_context *context, uint32_t param);
/* Of a table the entry for a member of its keys, TAG_UNKNOWN where there is none; `other` has none. */
struct value eval_entry(const struct eval_context *context, uint32_t param, int32_t key);
bool eval_parameter_set(const struct eval_context *context, uint32_t param);
/* The walk (FOLDS) that a selection shows; NONE32 where there is none. */
uint32_t eval_fold_of(const struct eval_context *context, const struct image_node *selection);
/* The first element of which it is open whether a selection counts it, or whether the claim of `every` holds;
   NONE32: none. Of a selection (FOLDS) that a rule has made on this record. */
uint32_t eval_doubt(const struct eval_context *context, uint32_t fold);
/* Where an element of its list lies to the window of a fold, by the registers as they are now. */
enum window_place {
    WINDOW_OUTSIDE,
    WINDOW_INSIDE,
    WINDOW_OPEN,
    WINDOW_NEXT_OPEN /* only whether it is before the next element is open */
};
enum window_place eval_window(const struct eval_context *context, uint32_t fold, uint32_t element);
/* The reads among run (INDEXES) that are not exactly known in the record just evaluated, into out (room for
   run.count); the number of them. */
uint32_t eval_missing_of(const struct eval_context *context, struct run reads, uint32_t *out);
/* The same, one by one. */
typedef void read_visit(void *data, uint32_t read);
void eval_missing_each(const struct eval_context *context, struct run reads, read_visit *visit, void *data);
/* The inputs and parameters that the open rows wait for of which an expectation asks. */
void eval_question_waits(struct eval_context *context, uint32_t expectation, read_visit *visit, void *data);

#endif
