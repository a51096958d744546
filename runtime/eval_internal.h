/*
 * The inside of an evaluation context, for the files of the machine alone.
 *
 *   eval.c      the context; one record: the rules in order, then what looks at all of them (after.c)
 *   vm.c        the loop over instructions; fetch.c and fold.c do what needs more than a line there;
 * stretch.c: where in a list a fold has to look rule.c      one rule: applies, the rows' truths, the search
 * over regions (walk.c, regions.c) each.c      a rule that runs for each element of a list, and the whole
 * from the parts; each_code.c: what of its code is run again for another element sets.c      collections and
 * recommendations, item by item classify.c  what the truths of rows mean for a classification; dose.c,
 * dose_rows.c, plan.c: for a dose missing.c   which inputs, parameters and rules an unknown result waits for
 *   parameters.c  the values of parameters
 */
#ifndef REGIMEN_EVAL_INTERNAL_H
#define REGIMEN_EVAL_INTERNAL_H

#include "runtime/eval.h"
#include "runtime/interval.h"

/* ---- Parameters ----------------------------------------------------------------------------------- */

/* The value of a parameter; unset: TAG_UNKNOWN, `none`: TAG_OFF.  A table has a cell for each member of its
   key's enumeration instead, TAG_UNKNOWN where there is no entry. */
struct parameter {
    bool set;
    struct value value;
    struct run cells; /* of eval_context.cells */
};

/* ---- Folds ---------------------------------------------------------------------------------------- */

/* Where an element stands in time, for `latest` and, mirrored, for `first`: the near end and the far one, in
   clock readings and, where it has an offset, as moments. */
struct instant {
    int64_t near, reach;
    int64_t near_moment, reach_moment;
    bool offset; /* it is a moment */
    bool whole;  /* one moment, or one day */
    uint8_t kind;
};

/* The latest of the members seen so far: those at the last moment, of which at least one is sure unless
 * doubted. */
struct latest {
    bool any;       /* there is a member */
    bool sure;      /* one of the group is a member for certain */
    bool unordered; /* another may be as late as the group */
    uint32_t first, last;
    struct instant at;                              /* of the group */
    struct value value;                             /* the gap of the group; unknown where they differ */
    int64_t reach_clock, reach_plain, reach_moment; /* the farthest of all members, of those without an
                                                       offset, of those with one */
};

struct fold_state {
    uint64_t record; /* the number of the record that it has been walked for to the end, if others share it */
    const struct element *elements;
    uint32_t count, at;      /* elements up to the end of its window; the one in hand */
    uint32_t window;         /* the first element that the window may hold */
    uint32_t tail;           /* where it has begun: behind window while only the last elements are asked */
    struct value in_window;  /* BOOL: of the element at */
    struct value gap;        /* of gaps: the days before the element at */
    int64_t gap_reach;       /* the last day that any element before the neighbour can have */
    uint32_t sure, doubtful; /* members so far */
    uint32_t doubt;          /* the first of the doubtful ones, or whose claim is open; NONE32 */
    bool failed, doubted;    /* EVERY: the claim fails, is open, for one */
    bool yes;                /* ANY */
    bool has_fault;
    struct value fault; /* the first fault of a membership */
    struct value sum;   /* of the values: their total, or their extremes */
    struct value hull;  /* AVERAGE: of all members */
    struct latest latest;
};

/* ---- The walk ------------------------------------------------------------------------------------- */

/* A subject that is varied: its regions are count values from first in eval_context.regions. */
struct variable {
    uint32_t subject, reg; /* its place among those of the rule */
    uint64_t bit;          /* in eval_context.depends; two may share one */
    struct value saved;
    uint32_t first, count;
    bool placed; /* it stands in one of its regions */
};

/* An instruction that decides: its pc, and a bit for each open subject that it depends on. */
struct decision {
    uint64_t subjects;
    uint32_t pc;
};

/* What the truths of the rows allow: a bit per enum outcome and OUTCOME_COUNT + action (DECIDED only for a
   classification), and per member. */
struct verdict {
    uint32_t outcomes;
    uint64_t members;
};

/* What is asked of a row again and again, apart from all that is only shown. */
struct row_fact {
    uint32_t condition; /* as in image_row */
    int8_t code;        /* of a classification: row_code */
    uint8_t rank;       /* of a set: row_rank */
};

/* The same of a rule. */
struct rule_fact {
    uint32_t otherwise; /* the place of that row, or the number of rows */
    bool overrides;     /* a row stands instead of another */
    uint8_t kind;       /* enum rule_kind */
};

/* What the rows of a set give an item: a bit per enum set_rank. */
struct item_ranks {
    uint32_t held, open; /* by rows that hold, by open ones */
};

/* A dose's amounts as one combination of truths gives them. */
struct plan {
    struct plan_step *steps;
    uint32_t count;
    struct value fault; /* where the outcome is FAULT: what it is, and where */
    uint32_t fault_row; /* of ROWS, or NONE32 */
    uint32_t schedule;  /* of ROWS: the one that dates it, or NONE32 */
    bool has_total;
    decimal total_lo, total_hi;
};

/* ---- Rules that run for each element of a list -------------------------------------------------------- */

/* What there is to run for. */
enum each_list {
    EACH_GIVEN,   /* an element; also of a rule that runs for no list */
    EACH_NOTHING, /* no element counts: no row looks at anything */
    EACH_MISSING, /* the list is not given: every row is open */
};

/* The code of the rows of such a rule, as runs of eval_context.units: what depends on no element, what
   `where` is made of, the rest. */
struct each_code {
    struct run once, where, rest;
};

/* What eval_unfocus puts back. */
struct focus {
    uint32_t rule; /* NONE32: there is none */
    uint32_t seen; /* the rule whose code the registers have seen all of, in the last focus; NONE32 */
    struct rule_result result;
    struct row_state *rows; /* room for those of any rule */
    uint32_t missing_count;
};

/* ---- The context ---------------------------------------------------------------------------------- */

struct eval_context {
    const struct image *image;
    const struct record *record;
    struct value *registers; /* constants first */
    struct parameter *parameters;
    struct value *cells; /* of all tables, then room for one more */
    uint32_t cell_count; /* of all tables */
    struct rule_result *results;
    bool expects; /* the rule in hand is what a test expects */
    struct row_state *rows;
    struct plan_step *steps; /* room for the plan of each rule, and for three more */
    uint32_t *plan_first;    /* by rule: its place in steps */
    struct plan draft, other,
        reference; /* the walk's: this combination, a row's own, the first combination */
    struct fold_state *folds;
    uint32_t *fold_of;      /* by register: the fold that leaves its result or its element there, or NONE32 */
    uint32_t *fold_twin;    /* by fold: the first one that selects the same, or itself */
    uint64_t record_number; /* of the records so far, from 1 on */
    struct row_fact *row_facts;   /* by row */
    struct rule_fact *rule_facts; /* by rule */
    uint8_t *truths;              /* by row of the rule in hand: enum truth */
    uint8_t *counted;             /* likewise: whether it counts beside the rows that override it */
    uint8_t *base_counted;        /* counted, of the record as it is: the walk leaves it alone */
    uint8_t *yields;              /* likewise: classify.c's */
    uint8_t *reference_truths;    /* likewise: the truths in the combination of reference */
    uint8_t *plan_truths;         /* likewise: those that the plan in draft was made for */
    uint32_t *matters;            /* the places of the open rows that can still change the result */
    uint32_t matter_count;
    bool *once;       /* by SUBJECTS: once.c's */
    uint32_t *marked; /* what the last walk_mark has found */
    uint32_t marked_count;
    uint8_t *choice_of;         /* by subject of the rule in hand: walk.c's */
    struct variable *variables; /* of the rule in hand */
    uint32_t variable_count;
    uint64_t *depends; /* by register: a bit for each open subject of the rule in hand that it depends on */
    uint32_t *dependents; /* the instructions that depend on any: of applies_decide, then of decide */
    uint32_t applies_dependents, dependent_count;
    struct decision *live; /* of these, those that a search runs again: from live_first of `applies`, from
                              live_rows of the rows, up to dependent_count */
    uint32_t live_first, live_rows;
    uint64_t *needed; /* by register: the last search that has needed it */
    uint64_t walk_number;
    bool traced; /* these say what they should of the rule in hand */
    struct value *regions;
    struct set_item *items;        /* of all sets */
    uint32_t *item_first;          /* by rule: its place in items */
    bool *set_idle;                /* by rule: its items say already that it is not applicable */
    struct run *rows_of_item;      /* by item of all sets: of item_rows */
    uint32_t *item_rows;           /* places, in their rule, of the rows that name an item */
    uint32_t item;                 /* the item in hand */
    struct item_ranks *item_ranks; /* by item of the rule in hand, on the record as it is */
    enum each_list each_list;      /* of the rule in hand */
    bool each_maybe_later;         /* the element in hand may lie after now */
    struct each_part *parts;       /* of all rules that run for each element of a list */
    uint32_t part_room;
    uint32_t *part_first;         /* by EACHES: its place in parts */
    uint8_t *roles;               /* by register: each_code.c's */
    struct each_code *each_codes; /* by EACHES */
    struct run *units;            /* of all of these: pcs */
    uint32_t unit_count;
    bool each_applied;            /* the code of `applies` of the rule in hand has been run */
    bool each_shared;             /* so has that of its rows which depends on no element */
    uint32_t *latest;             /* by EACHES: the part whose state is that of its monitor, or NONE32 */
    struct row_state *whole_rows; /* of the rule in hand, over its parts */
    struct rule_result *unmarked; /* results before after.c marks any: what rules have read of each other */
    struct focus focus;
    uint8_t *marks; /* by rule, input and parameter: after.c's */
    uint32_t *missing;
    uint32_t missing_count, missing_room;
    uint64_t *read_marks; /* by input, parameter and rule: missing.c's */
    uint64_t mark_number;
    uint32_t asked;
    uint32_t
        nodes_left; /* that missing.c looks at for one list: trees that stand again are followed each time */
};

static inline struct value *eval_reg(const struct eval_context *context, uint32_t reg)
{
    return &context->registers[reg];
}

static inline enum truth truth_of(const struct value *condition)
{
    if (condition->tag == TAG_KNOWN) return condition->yes ? TRUTH_YES : TRUTH_NO;
    return condition->tag == TAG_FAULT ? TRUTH_FAULT : TRUTH_UNKNOWN;
}

static inline bool truth_is_open(uint8_t truth)
{
    return truth == TRUTH_UNKNOWN || truth == TRUTH_FAULT;
}

/* The truth of a condition's register; NONE32: yes. */
static inline enum truth truth_at(const struct eval_context *context, uint32_t reg)
{
    return reg == NONE32 ? TRUTH_YES : truth_of(eval_reg(context, reg));
}

/* A constant of an image, or an entry of a parameter, as a value. */
struct value value_of_constant(const struct image_constant *constant);

/* Runs the code from pc to its END. */
void vm_run(struct eval_context *context, uint32_t pc);
/* These stretches of instructions, each of which ends where no walk over a list is left open. */
void vm_run_units(struct eval_context *context, const struct run *units, uint32_t count);
/* Of these those that depend on one of the subjects. */
void vm_run_some(struct eval_context *context, const struct decision *decisions, uint32_t count,
                 uint64_t subjects);

/* ---- fetch.c: what instructions read beside registers; pc is theirs */
void fetch_table(struct eval_context *context, const struct insn *i);
void fetch_result(struct eval_context *context, const struct insn *i, uint32_t pc);
/* each.c: what a rule comes to for the elements at a moment */
void each_state(struct eval_context *context, const struct insn *i);
void fetch_item(struct eval_context *context, const struct insn *i, uint32_t pc);
void fetch_total(struct eval_context *context, const struct insn *i, uint32_t pc);
void fetch_amount(struct eval_context *context, const struct insn *i, uint32_t pc);
void fetch_outcome(struct eval_context *context, const struct insn *i);
void fetch_within(struct eval_context *context, const struct insn *i, uint32_t pc);
void fetch_field(struct eval_context *context, const struct insn *i);
void fetch_day(struct eval_context *context, const struct insn *i);
void fetch_time(struct eval_context *context, const struct insn *i);
/* The day, the range of times of an element. */
struct value element_day(const struct element *element);
struct value element_time(const struct element *element);
/* Whether two values of one kind are the same: both ends, both tags. */
bool value_same(enum kind kind, const struct value *a, const struct value *b);

/* ---- stretch.c: where in a list to look, which is in time order */
/* The elements that may lie between two moments in microseconds, on whatever clocks; INT64_MIN, INT64_MAX: no
 * bound. */
struct run stretch_between(const struct slot *slot, int64_t from, int64_t to);
/* The earliest and the latest that a DAY (by_day) or a TIME can be, as such a bound. */
int64_t stretch_from(const struct value *moment, bool by_day);
int64_t stretch_to(const struct value *moment, bool by_day);
/* All elements that a window does not surely leave out. */
struct run stretch_of_window(const struct eval_context *context, const struct image_fold *fold,
                             const struct slot *slot);

/* ---- fold.c, fold_result.c, latest.c */
/* Fills twins by fold; false where memory is short.  A selection without a condition and a window is walked
   once a record, and the others of its kind take over what it has come to. */
bool fold_find_twins(const struct image *image, uint32_t *twins);
/* Fills fold_of by register; see eval_context. */
void fold_find_registers(const struct image *image, uint32_t *fold_of);
/* Where to go on: the body, or behind the fold where nothing is (left) to be walked. */
uint32_t fold_begin(struct eval_context *context, uint32_t fold);
uint32_t fold_next(struct eval_context *context, uint32_t fold);
/* The same where the element is no member, whatever the rest of the body says. */
uint32_t fold_drop(struct eval_context *context, uint32_t fold);
void fold_active(struct eval_context *context, const struct insn *i);
void element_lasts(struct eval_context *context, const struct insn *i);
/* The element taken in with its membership; and the end. */
void fold_take(struct eval_context *context, const struct image_fold *fold, struct fold_state *state,
               const struct value *member);
/* Whether members that are surely behind the last group (before it, mirrored) change nothing: it is selected,
   or it is open and no membership of theirs can be a fault. */
bool fold_has_latest(const struct image_fold *fold, const struct fold_state *state);
/* Whether no further element can change what the fold comes to. */
bool fold_is_settled(const struct image_fold *fold, const struct fold_state *state);
void fold_finish(struct eval_context *context, const struct image_fold *fold, struct fold_state *state);
/* A field of the element that the fold is at. */
const struct value *fold_value(const struct image_fold *fold, const struct fold_state *state, uint32_t field);
/* The same time, or the same day where both are dated by the day. */
bool elements_at_one_moment(const struct element *a, const struct element *b);
void latest_take(struct latest *latest, const struct element *element, uint32_t index, bool mirrored,
                 bool sure, const struct value *value);
bool latest_is_sure(const struct latest *latest);

#endif
