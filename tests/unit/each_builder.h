/*
 * An alert and a monitor that run for each of some given doses, and their results in words.
 *
 * The alert is raised where the amount (field 0 of a dose) is below 100 and the flag holds.  The monitor
 * expects a level from 6 to 8 days after the dose and is overdue after 10.  Field 1 of a dose is 1 where it
 * counts.
 */
#ifndef REGIMEN_TESTS_EACH_BUILDER_H
#define REGIMEN_TESTS_EACH_BUILDER_H

#include "tests/unit/result_words.h"

#include <stdlib.h>

enum { ALERT_RULE, MONITOR_RULE };

struct followed {
    struct build b;
    uint32_t given, levels, flag, applies;
    bool shifted; /* the monitor looks as many days later as the amount says */
    struct eval_context *context;
};

/* ---- The rules ------------------------------------------------------------------------------------ */

/* A field of the element in hand, as a subject. */
static inline uint32_t followed_field(struct followed *f, const struct image_each *each, uint32_t field)
{
    return build_subject(&f->b, build_op(&f->b, OP_GET, each->element, field, 0), KIND_NUM, READ_INPUT,
                         f->given);
}

static inline uint32_t followed_where(struct followed *f, struct image_each *each, uint32_t marks)
{
    struct build *b = &f->b;
    if (each->where != NONE32) return each->where;
    uint32_t one = build_number(b, "1");
    list_add(&b->rule_subjects[marks].thresholds, one);
    each->where = build_op(b, OP_EQ, b->rule_subjects[marks].s.reg, one, NONE16);
    return each->where;
}

/* The condition of a row: the element counts, and this. */
static inline void followed_row(struct followed *f, struct image_each *each, uint32_t marks,
                                struct image_row *row, uint32_t condition)
{
    build_reads(&f->b, marks, NONE32);
    row->condition = build_and(&f->b, followed_where(f, each, marks), condition);
}

static inline void followed_applies(struct followed *f)
{
    struct build *b = &f->b;
    uint32_t applies = build_load(b, f->applies);
    build_part(b, PART_SETUP);
    build_current(b)->applies = b->rule_subjects[applies].s.reg;
}

static inline void followed_alert(struct followed *f)
{
    struct build *b = &f->b;
    struct image_rule *rule = build_rule(b, RULE_ALERT, RULE_AGREEMENT);
    rule->enumeration = build_enum(b, ALERT_STATE_COUNT, false);
    rule->alert = b->image.ALERTS_count++;
    followed_applies(f);
    struct image_each *each = build_each(b, f->given);
    each->next = each->last = NONE32; /* it does not look behind an element */
    uint32_t amount = followed_field(f, each, 0), marks = followed_field(f, each, 1),
             flag = build_load(b, f->flag);
    struct image_row *row = build_value_row(b, ALERT_RAISED);
    followed_row(f, each, marks, row, build_and(b, build_below(b, amount, "100"), build_holds(b, flag)));
    build_value_row(b, ALERT_NOT_RAISED)->otherwise = 1;
    build_rule_end(b);
}

/* A day so many days after the element. */
static inline uint32_t followed_day(struct followed *f, const struct image_each *each, const char *days)
{
    uint32_t day = build_op(&f->b, OP_GET_DAY, each->element, 0, 0);
    if (f->shifted)
        day = build_op(&f->b, OP_SHIFT_DAY, day, build_op(&f->b, OP_GET, each->element, 0, 0), CAL_DAYS);
    return build_op(&f->b, OP_SHIFT_DAY, day, build_number(&f->b, days), CAL_DAYS);
}

/* Whether there is a level in these days, before the next dose: a subject. */
static inline uint32_t followed_level(struct followed *f, const struct image_each *each, uint32_t from,
                                      uint32_t to, uint32_t window, uint32_t *element)
{
    struct build *b = &f->b;
    uint32_t index = b->image.FOLDS_count++;
    struct image_fold *fold = &b->folds[index];
    *fold = (struct image_fold){.list = f->levels,
                                .selector = FOLD_ANY,
                                .lo = from,
                                .hi = to,
                                .window = FOLD_BY_DAY | window,
                                .next = each->next,
                                .where = NONE32,
                                .claim = NONE32,
                                .outer = NONE32,
                                .begin = b->image.CODE_count,
                                .end = b->image.CODE_count + 1};
    build_insn(b, OP_FOLD, 0, index, 0, 0);
    build_insn(b, OP_END_FOLD, 0, index, 0, 0);
    fold->result = build_register(b);
    *element = fold->element = build_register(b);
    return build_subject(b, fold->result, KIND_BOOL, READ_INPUT, f->levels);
}

static inline void followed_rows(struct followed *f, struct image_each *each, const struct image_monitor *m,
                                 uint32_t done, uint32_t late, uint32_t marks, uint32_t last)
{
    struct build *b = &f->b;
    uint32_t today = build_op(b, OP_DAY_OF, b->program.now, 0, 0);
    struct image_row *row = build_value_row(b, MONITOR_DONE);
    uint32_t begun = build_op(b, OP_LE_DAY, m->from, today, NONE16);
    followed_row(f, each, marks, row, build_and(b, begun, build_holds(b, done)));
    row = build_value_row(b, MONITOR_LATE);
    uint32_t passed = build_op(b, OP_LT_DAY, m->to, today, NONE16);
    followed_row(f, each, marks, row, build_and(b, passed, build_holds(b, late)));
    row = build_value_row(b, MONITOR_MISSED);
    followed_row(f, each, marks, row, build_not(b, build_holds(b, last)));
    row = build_value_row(b, MONITOR_NOT_DUE);
    followed_row(f, each, marks, row, build_op(b, OP_LT_DAY, today, m->from, NONE16));
    row = build_value_row(b, MONITOR_OVERDUE);
    followed_row(f, each, marks, row, build_op(b, OP_LT_DAY, m->overdue, today, NONE16));
    build_value_row(b, MONITOR_DUE)->otherwise = 1;
}

static inline void followed_monitor(struct followed *f)
{
    struct build *b = &f->b;
    struct image_rule *rule = build_rule(b, RULE_MONITOR, RULE_FIRST_MATCH);
    rule->enumeration = build_enum(b, MONITOR_STATE_COUNT, false);
    rule->monitor = b->image.MONITORS_count++;
    struct image_monitor *m = &b->monitors[rule->monitor];
    followed_applies(f);
    struct image_each *each = build_each(b, f->given);
    *m = (struct image_monitor){
        .list = f->levels, .by_day = 1, .from_node = NONE32, .to_node = NONE32, .overdue_node = NONE32};
    m->from = followed_day(f, each, "6");
    m->to = followed_day(f, each, "8");
    m->overdue = followed_day(f, each, "10");
    uint32_t done = followed_level(f, each, m->from, m->to, 0, &m->done);
    uint32_t late = followed_level(f, each, m->to, NONE32, FOLD_LO_OPEN, &m->late);
    (void)followed_level(f, each, followed_day(f, each, "0"), m->from, FOLD_HI_OPEN, &m->early);
    uint32_t marks = followed_field(f, each, 1),
             last = build_subject(b, each->last, KIND_BOOL, READ_INPUT, f->given);
    followed_rows(f, each, m, done, late, marks, last);
    build_rule_end(b);
}

static inline struct followed *followed_new_shifted(bool shifted)
{
    struct followed *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->shifted = shifted;
    struct build *b = &f->b;
    build_start(b);
    b->program.now = build_register(b);
    f->given = build_events(b, "given", 2);
    f->levels = build_events(b, "levels", 1);
    f->flag = build_input(b, KIND_BOOL, "flag");
    f->applies = build_input(b, KIND_BOOL, "applies");
    followed_alert(f);
    followed_monitor(f);
    give_words(b, f->flag, "yes");
    give_words(b, f->applies, "yes");
    f->context = eval_new(&b->image);
    assert_non_null(f->context);
    return f;
}

static inline struct followed *followed_new(void)
{
    return followed_new_shifted(false);
}

static inline void followed_free(struct followed *f)
{
    eval_free(f->context);
    free(f);
}

/* ---- The record ----------------------------------------------------------------------------------- */

/* "DATE VALUE MARK; ...": MARK is y (where it is left out), n, ? or !.  NULL: the list is not given. */
static inline void followed_give(struct followed *f, uint32_t list, const char *text)
{
    if (!text) {
        f->b.slots[list] = (struct slot){.state = SLOT_ABSENT};
        return;
    }
    give_list(&f->b, list);
    while (*text) {
        char at[40] = "", value[40] = "", mark = 'y';
        (void)sscanf(text, " %39[^ ;] %39[^ ;] %c", at, value, &mark);
        struct value *fields = &f->b.element_fields[4 * f->b.element_count];
        give_element(&f->b, list, at, value);
        fields[1] = val(mark == 'n' ? "0" : mark == '?' ? "?" : mark == '!' ? "!" : "1");
        text += strcspn(text, ";");
        text += *text == ';';
    }
}

static inline void followed_run(struct followed *f, const char *now, const char *given, const char *levels)
{
    uint8_t kind;
    struct value *at = &f->b.record.now;
    f->b.element_count = 0;
    followed_give(f, f->given, given);
    followed_give(f, f->levels, levels);
    *at = moment_of_text(now, &kind);
    if (kind == KIND_DAY) at->t.lo = at->t.hi = at->t.lo * CAL_MICROS_PER_DAY + CAL_MICROS_PER_DAY - 1;
    assert_true(eval_run(f->context, &f->b.record));
}

/* ---- Words ---------------------------------------------------------------------------------------- */

static inline const char *state_word(uint32_t rule, uint32_t state)
{
    static const char *const alerts[] = {
#define ALERT_STATE(name, word, shown, meaning) shown,
#include "runtime/alert_states.def"
#undef ALERT_STATE
    };
    static const char *const monitors[] = {
#define MONITOR_STATE(name, word, shown, meaning) shown,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
    };
    return rule == ALERT_RULE ? alerts[state] : monitors[state];
}

/* "due", "{not due|due|not applicable}", "not applicable", "fault" */
static inline void say_states(uint32_t rule, uint8_t outcome, int32_t member, uint64_t possible,
                              uint32_t outcomes, char out[INTERVAL_WORDS])
{
    const char *between = "{";
    if (outcome == OUTCOME_DECIDED) add_words(out, state_word(rule, (uint32_t)member));
    if (outcome != OUTCOME_DECIDED && outcome != OUTCOME_UNKNOWN) add_words(out, outcome_word(outcome));
    if (outcome != OUTCOME_UNKNOWN) return;
    for (uint32_t k = 0; k < MONITOR_STATE_COUNT; k++) {
        if (!(possible >> k & 1)) continue;
        add_words(out, between);
        add_words(out, state_word(rule, k));
        between = "|";
    }
    if (outcomes >> OUTCOME_NOT_APPLICABLE & 1) {
        add_words(out, between);
        add_words(out, outcome_word(OUTCOME_NOT_APPLICABLE));
    }
    add_words(out, "}");
}

/* The whole, and each element: "-" where it does not count, a question mark before it where that is open. */
static inline const char *say_followed(const struct followed *f, uint32_t rule, char out[INTERVAL_WORDS])
{
    const struct rule_result *r = eval_result(f->context, rule);
    *out = '\0';
    say_states(rule, r->outcome, r->member, r->possible, r->possible_outcomes, out);
    for (uint32_t k = 0; k < eval_each_count(f->context, rule); k++) {
        const struct each_part *part = &eval_each(f->context, rule)[k];
        add_words(out, k ? "; " : ": ");
        if (part->counts == TRUTH_NO) {
            add_words(out, "-");
            continue;
        }
        if (part->counts != TRUTH_YES) add_words(out, "?");
        say_states(rule, part->outcome, part->member, part->possible, part->possible_outcomes, out);
    }
    return out;
}

static inline void assert_followed(struct followed *f, uint32_t rule, const char *now, const char *given,
                                   const char *levels, const char *expected)
{
    char said[INTERVAL_WORDS];
    followed_run(f, now, given, levels);
    if (strcmp(say_followed(f, rule, said), expected) != 0)
        fail_msg("%s, doses %s, levels %s: \"%s\", expected \"%s\"", now, given ? given : "none",
                 levels ? levels : "none", said, expected);
}

#endif
