/*
 * Doses for tests: flags and numbers of the record first, then the rows.
 *
 * A row's condition is a flag (a yes-or-no input), or NONE32 for always.  Amounts are registers: a number of
 * the record, a parameter, or a constant.
 */
#ifndef REGIMEN_TESTS_DOSE_BUILDER_H
#define REGIMEN_TESTS_DOSE_BUILDER_H

#include "tests/unit/result_words.h"

#include <stdlib.h>

enum { ALWAYS = -1 };

struct dose {
    struct build b;
    uint32_t flags[BUILD_LIST]; /* inputs */
    uint32_t flag_subjects[BUILD_LIST];
    int flag_count;
    uint32_t rule;
    struct eval_context *context;
};

static inline void dose_begin(struct dose *d)
{
    struct image_rule *rule = build_rule(&d->b, RULE_DOSE, 0);
    rule->drug = 1;
    build_part(&d->b, PART_SETUP);
}

static inline struct dose *dose_new(void)
{
    struct dose *d = calloc(1, sizeof *d);
    build_start(&d->b);
    build_text(&d->b, "drug");
    dose_begin(d);
    return d;
}

static inline int dose_flag(struct dose *d)
{
    d->flags[d->flag_count] = build_input(&d->b, KIND_BOOL, "flag");
    d->flag_subjects[d->flag_count] = build_load(&d->b, d->flags[d->flag_count]);
    return d->flag_count++;
}

/* A number of the record: its input; *reg is where it is loaded. */
static inline uint32_t dose_input(struct dose *d, uint32_t *reg)
{
    uint32_t input = build_input(&d->b, KIND_NUM, "number");
    *reg = build_op(&d->b, OP_LOAD_INPUT, input, 0, 0);
    return input;
}

static inline uint32_t dose_param(struct dose *d, uint32_t *reg)
{
    uint32_t param = build_param(&d->b, "limit");
    *reg = build_op(&d->b, OP_LOAD_PARAM, param, 0, 0);
    return param;
}

static inline struct image_row *dose_row(struct dose *d, enum row_type type, int flag)
{
    struct image_row *row = build_row(&d->b, type);
    if (flag >= 0) row->condition = build_holds(&d->b, d->flag_subjects[flag]);
    return row;
}

/* A clause with a value. */
static inline struct image_row *dose_clause(struct dose *d, enum row_type type, int flag, uint32_t reg)
{
    struct image_row *row = dose_row(d, type, flag);
    row->value = reg;
    return row;
}

static inline struct image_row *dose_round(struct dose *d, uint32_t reg, enum decimal_rounding how)
{
    struct image_row *row = dose_clause(d, ROWTYPE_ROUND, ALWAYS, reg);
    row->rounding = how;
    return row;
}

/* Adds a step to the row made last; days "1-7 9", or NULL.  lo NONE32: no statement. */
static inline struct image_step *dose_step(struct dose *d, struct image_row *row, uint32_t lo, uint32_t hi,
                                           const char *days)
{
    struct build *b = &d->b;
    if (row->steps.count++ == 0) row->steps.first = b->image.STEPS_count;
    struct image_step *step = &b->steps[b->image.STEPS_count++];
    *step = (struct image_step){
        .lo = lo, .hi = hi, .lo_node = NONE32, .hi_node = NONE32, .days = {b->image.DAYS_count, 0}};
    while (days && *days) {
        unsigned from, to;
        int used, count = sscanf(days, "%u-%u%n", &from, &to, &used);
        if (count < 2) {
            assert_int_equal(sscanf(days, "%u%n", &from, &used), 1);
            to = from;
        }
        b->days[b->image.DAYS_count++] = (struct image_days){from, to};
        step->days.count++;
        days += used;
        days += strspn(days, " ");
    }
    return step;
}

static inline struct image_row *dose_amount(struct dose *d, int flag, uint32_t lo, uint32_t hi)
{
    struct image_row *row = dose_row(d, ROWTYPE_AMOUNT, flag);
    dose_step(d, row, lo, hi, NULL);
    return row;
}

static inline struct image_row *dose_amount_of(struct dose *d, int flag, const char *number)
{
    uint32_t reg = build_number(&d->b, number);
    return dose_amount(d, flag, reg, reg);
}

static inline struct image_row *dose_days(struct dose *d, int flag, const char *number, const char *days)
{
    struct image_row *row = dose_row(d, ROWTYPE_STEP, flag);
    uint32_t reg = build_number(&d->b, number);
    dose_step(d, row, reg, reg, days);
    return row;
}

/* Ends the rule and runs what there is; letters: one a flag, y n ? or !. */
static inline void dose_end(struct dose *d)
{
    d->rule = build_rule_end(&d->b);
}

static inline const struct rule_result *dose_run_on(struct dose *d, const char *letters)
{
    if (!d->context) d->context = eval_new(&d->b.image);
    assert_non_null(d->context);
    for (int k = 0; letters[k]; k++) {
        if (letters[k] == '?')
            take_away(&d->b, d->flags[k], "?");
        else
            give_words(&d->b, d->flags[k], letters[k] == 'y' ? "yes" : letters[k] == 'n' ? "no" : "!");
    }
    eval_run(d->context, &d->b.record);
    return eval_result(d->context, d->rule);
}

static inline void dose_set(struct dose *d, uint32_t param, const char *words)
{
    if (!d->context) d->context = eval_new(&d->b.image);
    d->context->parameters[param] = (struct parameter){.set = true, .value = val(words)};
}

static inline void dose_free(struct dose *d)
{
    eval_free(d->context);
    free(d);
}

/* "give 5", "ask [60,75]", "give 1-7 9: 5; 8: 7 = 49", "unknown {give}, would be 5" */
static inline void say_days(const struct dose *d, const struct plan_step *step, char out[INTERVAL_WORDS])
{
    for (uint32_t k = 0; k < step->days.count; k++) {
        struct image_days days = d->b.days[step->days.first + k];
        char text[32];
        (void)snprintf(text, sizeof text, days.from == days.to ? "%s%u" : "%s%u-%u", k ? " " : "", days.from,
                       days.to);
        add_words(out, text);
    }
    if (step->days.count) add_words(out, ": ");
}

static inline void say_amount(const struct plan_step *step, char out[INTERVAL_WORDS])
{
    if (step->no_statement) {
        add_words(out, "no statement");
        return;
    }
    bool range = !decimal_equal(step->lo, step->hi);
    if (range) add_words(out, "[");
    say_number(step->lo, out);
    if (range) add_words(out, ",");
    if (range) say_number(step->hi, out);
    if (range) add_words(out, "]");
}

static inline const char *say_dose(const struct dose *d, const struct rule_result *r,
                                   char out[INTERVAL_WORDS])
{
    say_result(r, out);
    if (r->step_count && r->outcome != OUTCOME_DECIDED) add_words(out, ", would be");
    const struct plan_step *steps = eval_plan(d->context, d->rule);
    for (uint32_t k = 0; k < r->step_count; k++) {
        add_words(out, k ? "; " : " ");
        say_days(d, &steps[k], out);
        say_amount(&steps[k], out);
    }
    bool by_day = r->step_count && steps[0].days.count;
    if (by_day && r->has_total) add_words(out, " = ");
    if (by_day && r->has_total) say_number(r->total_lo, out);
    return out;
}

static inline void assert_dose(struct dose *d, const char *letters, const char *expected)
{
    char said[INTERVAL_WORDS];
    const struct rule_result *r = dose_run_on(d, letters);
    if (strcmp(say_dose(d, r, said), expected) != 0) fail_msg("%s: %s, expected %s", letters, said, expected);
}

static inline void assert_dose_fault(struct dose *d, const char *letters, enum fault fault, uint32_t row)
{
    const struct rule_result *r = dose_run_on(d, letters);
    assert_int_equal(r->outcome, OUTCOME_FAULT);
    assert_int_equal(r->fault, fault);
    assert_int_equal(r->fault_row, row);
    assert_int_equal(r->step_count, 0);
    assert_int_equal(r->action, ACTION_NONE);
}

#endif
