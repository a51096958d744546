/* The walk over regions: what it cuts, what it decides, where it stops; and against all completions of a
 * record. */
#include "tests/unit/result_words.h"

#include "runtime/regions.h"

#include <stdlib.h>

/* ---- Regions -------------------------------------------------------------------------------------- */

/* The regions of a number that is `words`, cut at the thresholds (blanks between them), in words. */
static void assert_regions(const char *words, const char *thresholds, bool whole, const char *expected)
{
    struct build *b = calloc(1, sizeof *b);
    struct value out[2 * BUILD_LIST];
    char said[INTERVAL_WORDS] = "", one[INTERVAL_WORDS];
    build_start(b);
    uint32_t input = build_input(b, KIND_NUM, "x");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t subject = build_load(b, input);
    b->rule_subjects[subject].s.node = 0;
    b->nodes[0].type.whole = whole;
    b->nodes[0].reg = b->rule_subjects[subject].s.reg;
    b->image.NODES_count = 1;
    for (const char *at = thresholds; *at;) {
        char number[16] = "";
        size_t length = strcspn(at, " ");
        memcpy(number, at, length);
        at += length + (at[length] == ' ');
        build_reads(b, subject, build_number(b, number));
    }
    build_rule_end(b);
    give_words(b, input, words);
    struct eval_context *context = eval_new(&b->image);
    eval_run(context, &b->record);
    uint32_t count = regions_of(context, &b->subjects[0], out);
    for (uint32_t k = 0; k < count; k++) {
        if (k) add_words(said, " ");
        add_words(said, say_interval(&out[k], one));
    }
    if (strcmp(said, expected) != 0) fail_msg("%s at %s: %s, expected %s", words, thresholds, said, expected);
    eval_free(context);
    free(b);
}

static void test_number_regions(void **state)
{
    (void)state;
    assert_regions("?", "50", false, "(,50) 50 (50,)");
    assert_regions("?[0,3000]", "50", false, "[0,50) 50 (50,3000]");
    assert_regions("?[0,3000]", "50 10 50.0", false, "[0,10) 10 (10,50) 50 (50,3000]");
    assert_regions("?[0,3000]", "0 3000", false, "0 (0,3000) 3000"); /* the ends themselves */
    assert_regions("?(0,3000)", "0 3000", false, "(0,3000)");
    assert_regions("?[0,3000]", "-1 3001", false, "[0,3000]");
    assert_regions("?[0,3000]", "", false, "[0,3000]");
    assert_regions("[0,0.03)", "0.01 0.03", false, "[0,0.01) 0.01 (0.01,0.03)");
    assert_regions("?[5,5]", "5", false, "5");
    assert_regions("!", "50", false, "(,50) 50 (50,)"); /* a fault could have been anything */
}

static void test_whole_regions(void **state)
{
    (void)state;
    assert_regions("?[0,46]", "43 44", true, "[0,43) 43 44 (44,46]"); /* nothing lies between 43 and 44 */
    assert_regions("?[0,46]", "0 46", true, "0 (0,46) 46");
    assert_regions("?(42.5,44)", "43", true, "43");
    assert_regions("?", "1 2", true, "(,1) 1 2 (2,)");
    assert_regions("?[0,2]", "1", true, "[0,1) 1 (1,2]");
}

static void test_negative_stays(void **state)
{
    (void)state;
    struct build *b = calloc(1, sizeof *b);
    struct value out[2 * BUILD_LIST], said = val("[0,0.01)");
    build_start(b);
    uint32_t input = build_input(b, KIND_NUM, "mrd");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    build_reads(b, build_load(b, input), build_number(b, "0.005"));
    build_rule_end(b);
    said.flags |= VALUE_NEGATIVE;
    give(b, input, said);
    struct eval_context *context = eval_new(&b->image);
    eval_run(context, &b->record);
    assert_int_equal(regions_of(context, &b->subjects[0], out), 3);
    for (int k = 0; k < 3; k++)
        assert_true(out[k].flags & VALUE_NEGATIVE);
    eval_free(context);
    free(b);
}

static uint32_t day_regions(enum kind kind, const char *from, const char *to, const char *cut,
                            struct value *out)
{
    struct build *b = calloc(1, sizeof *b);
    build_start(b);
    uint32_t input = build_input(b, kind, "d");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    build_reads(b, build_load(b, input), kind == KIND_DAY ? build_day(b, cut) : build_time(b, cut));
    build_rule_end(b);
    uint8_t ignored;
    struct value v = moment_of_text(from, &ignored), last = moment_of_text(to, &ignored);
    v.t.hi = last.t.hi;
    v.tag = TAG_UNKNOWN;
    give(b, input, v);
    struct eval_context *context = eval_new(&b->image);
    eval_run(context, &b->record);
    uint32_t count = regions_of(context, &b->subjects[0], out);
    eval_free(context);
    free(b);
    return count;
}

static void test_day_regions(void **state)
{
    (void)state;
    struct value out[8];
    assert_int_equal(day_regions(KIND_DAY, "2026-01-01", "2026-01-31", "2026-01-15", out), 3);
    assert_int_equal(out[0].t.hi, build_day_of("2026-01-14"));
    assert_int_equal(out[1].t.lo, build_day_of("2026-01-15"));
    assert_int_equal(out[1].tag, TAG_KNOWN);
    assert_int_equal(out[2].t.lo, build_day_of("2026-01-16"));
    assert_int_equal(day_regions(KIND_DAY, "2026-01-15", "2026-01-31", "2026-01-15", out), 2);
    assert_int_equal(day_regions(KIND_DAY, "2026-01-15", "2026-01-15", "2026-01-15", out), 1);
    assert_int_equal(day_regions(KIND_DAY, "2026-01-16", "2026-01-31", "2026-01-15", out), 1);
    assert_int_equal(day_regions(KIND_TIME, "2026-01-15T08:00", "2026-01-15T09:00", "2026-01-15T08:30", out),
                     3);
    assert_int_equal(out[1].t.lo - out[0].t.hi, 1);
    assert_int_equal(
        day_regions(KIND_TIME, "2026-01-15T08:00+01:00", "2026-01-15T09:00+01:00", "2026-01-15T07:00Z", out),
        2); /* the moment of the cut is the first of the range */
}

/* ---- One question asked in several rows ----------------------------------------------------------- */

struct question {
    struct build b;
    uint32_t x, y, param;
    struct eval_context *context;
};

static struct question *question_start(void)
{
    struct question *q = calloc(1, sizeof *q);
    build_start(&q->b);
    q->x = build_input(&q->b, KIND_NUM, "x");
    q->y = build_input(&q->b, KIND_NUM, "y");
    q->param = build_param(&q->b, "limit");
    return q;
}

static const struct rule_result *question_run(struct question *q)
{
    if (!q->context) q->context = eval_new(&q->b.image);
    assert_non_null(q->context);
    eval_run(q->context, &q->b.record);
    return eval_result(q->context, q->b.image.RULES_count - 1);
}

static void question_free(struct question *q)
{
    eval_free(q->context);
    free(q);
}

/* The same expression in two rows has one value in both. */
static void test_one_subject(void **state)
{
    (void)state;
    struct question *q = question_start();
    struct build *b = &q->b;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, q->x);
    struct image_row *row = build_value_row(b, 1);
    row->condition = build_below(b, x, "5");
    row = build_value_row(b, 1);
    row->condition = build_from(b, x, "5");
    build_rule_end(b);
    assert_said(question_run(q), "decided 1");
    assert_true(eval_row(q->context, 0)->used); /* one of the two made it */
    assert_true(eval_row(q->context, 1)->used);
    assert_int_equal(eval_row(q->context, 0)->truth, TRUTH_UNKNOWN);
    assert_int_equal(eval_register(q->context, b->subjects[0].reg)->tag, TAG_UNKNOWN); /* as it was */
    assert_int_equal(eval_register(q->context, b->rows[0].condition)->tag, TAG_UNKNOWN);
    question_free(q);
}

/* A value that lies between two thresholds cannot be above both. */
static void test_thresholds_of_one_subject(void **state)
{
    (void)state;
    struct question *q = question_start();
    struct build *b = &q->b;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, q->x);
    struct image_row *row = build_value_row(b, 0);
    row->condition = build_below(b, x, "5");
    row = build_value_row(b, 1);
    row->condition = build_from(b, x, "10");
    build_rule_end(b);
    assert_said(question_run(q), "unknown {0,1,not covered}"); /* never a conflict */
    give_words(b, q->x, "[0,7]");
    assert_said(question_run(q), "unknown {0,not covered}");
    give_words(b, q->x, "[5,10)");
    assert_said(question_run(q), "not covered");
    question_free(q);
}

/* Different expressions vary independently, even where they read the same input. */
static void test_two_subjects(void **state)
{
    (void)state;
    struct question *q = question_start();
    struct build *b = &q->b;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, q->x), y = build_load(b, q->y);
    struct image_row *row = build_value_row(b, 0);
    row->condition = build_below(b, x, "5");
    row = build_value_row(b, 1);
    row->condition = build_below(b, y, "5");
    build_rule_end(b);
    assert_said(question_run(q), "unknown {0,1,not covered,conflict}");
    question_free(q);
}

/* x < limit and x >= limit, beside the parameter's own order. */
static struct question *against_limit(uint32_t first, uint32_t second)
{
    struct question *q = question_start();
    struct build *b = &q->b;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, q->x), reg = b->rule_subjects[x].s.reg;
    uint32_t limit = build_op(b, OP_LOAD_PARAM, q->param, 0, 0);
    uint32_t order = build_op(b, OP_ORDER, reg, limit, 0);
    uint32_t c = build_subject(b, order, KIND_NUM, READ_INPUT, q->x);
    list_add(&b->rule_subjects[c].reads, read_param(q->param));
    b->rule_subjects[c].s.unless_known = limit;
    for (int k = 0; k < 2; k++) {
        struct image_row *row = build_value_row(b, k ? second : first);
        build_reads(b, x, limit);
        build_reads(b, c, build_number(b, "0"));
        uint32_t below = build_op(b, OP_LT, reg, limit, order);
        row->condition = k ? build_not(b, below) : below;
    }
    build_rule_end(b);
    return q;
}

static void set_param(struct question *q, const char *words)
{
    q->context->parameters[q->param] = (struct parameter){.set = true, .value = val(words)};
}

static void test_unset_parameter(void **state)
{
    (void)state;
    struct question *q = against_limit(1, 1);
    assert_said(question_run(q), "decided 1"); /* whatever the limit is */
    give_words(&q->b, q->x, "7");
    assert_said(question_run(q), "decided 1");
    question_free(q);
    q = against_limit(0, 1);
    assert_said(question_run(q), "unknown {0,1}");
    const uint32_t both[] = {read_input(q->x), read_param(q->param)};
    assert_missing(q->context, question_run(q), 2, both);
    give_words(&q->b, q->x, "7");
    assert_said(question_run(q), "unknown {0,1}");
    const uint32_t limit[] = {read_param(q->param)};
    assert_missing(q->context, question_run(q), 1, limit);
    question_free(q);
}

static void test_set_parameter(void **state)
{
    (void)state;
    struct question *q = against_limit(0, 1);
    question_run(q);
    set_param(q, "5");
    assert_said(question_run(q), "unknown {0,1}");
    const uint32_t x[] = {read_input(q->x)};
    assert_missing(q->context, question_run(q), 1, x);
    give_words(&q->b, q->x, "5");
    assert_said(question_run(q), "decided 1");
    give_words(&q->b, q->x, "4.99");
    assert_said(question_run(q), "decided 0");
    question_free(q);
}

/* Without an order a comparison with what is not set stays open: its rows count alone. */
static void test_no_order(void **state)
{
    (void)state;
    struct question *q = question_start();
    struct build *b = &q->b;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t x = build_load(b, q->x), limit = build_op(b, OP_LOAD_PARAM, q->param, 0, 0);
    struct image_row *row = build_value_row(b, 1);
    row->condition = build_compare(b, OP_LT, x, limit);
    row = build_value_row(b, 1);
    row->condition = build_not(b, build_compare(b, OP_LT, x, limit));
    build_rule_end(b);
    assert_said(question_run(q), "unknown {1,not covered}");
    question_free(q);
}

/* ---- Enumerations and other rules ----------------------------------------------------------------- */

static struct question *of_members(bool or_other, bool named_all)
{
    struct question *q = question_start();
    struct build *b = &q->b;
    uint32_t list = build_enum(b, 3, or_other), input = build_input(b, KIND_ENUM, "lineage");
    b->inputs[input].type.enumeration = list;
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t lineage = build_load(b, input);
    for (uint32_t k = 0; k < (named_all ? 3u : 2u); k++) {
        struct image_row *row = build_value_row(b, k);
        row->condition = build_is(b, lineage, (int32_t)k);
    }
    build_rule_end(b);
    return q;
}

static void test_members(void **state)
{
    (void)state;
    struct question *q = of_members(false, false);
    assert_said(question_run(q), "unknown {0,1,not covered}"); /* one region for all others */
    question_free(q);
    q = of_members(false, true);
    assert_said(question_run(q), "unknown {0,1,2}"); /* there are no others */
    question_free(q);
    q = of_members(true, true);
    assert_said(question_run(q), "unknown {0,1,2,not covered}"); /* `other` */
    question_free(q);
}

/* A rule over y / x, where x is 1, and one that reads its result. */
static struct question *of_a_rule(bool gap)
{
    struct question *q = question_start();
    struct build *b = &q->b;
    uint32_t list = build_enum(b, 3, false);
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT)->enumeration = list;
    build_part(b, PART_SETUP);
    uint32_t quotient = build_op(b, OP_DIV, build_op(b, OP_LOAD_INPUT, q->y, 0, 0),
                                 build_op(b, OP_LOAD_INPUT, q->x, 0, 0), 0);
    uint32_t y = build_subject(b, quotient, KIND_NUM, READ_INPUT, q->y);
    give_words(b, q->x, "1");
    struct image_row *row = build_value_row(b, 0);
    row->condition = build_below(b, y, "5");
    row = build_value_row(b, 1);
    row->condition = gap ? build_from(b, y, "6") : build_from(b, y, "5");
    build_rule_end(b);
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t group = build_subject(b, build_op(b, OP_LOAD_RESULT, 0, 0, 0), KIND_ENUM, READ_RULE, 0);
    b->rule_subjects[group].s.rule = 0;
    b->rule_subjects[group].s.enumeration = list;
    for (int32_t k = 0; k < 3; k++) {
        row = build_value_row(b, k == 2 ? 5 : 4);
        row->condition = build_is(b, group, k);
    }
    build_rule_end(b);
    return q;
}

static void test_results_of_rules(void **state)
{
    (void)state;
    struct question *q = of_a_rule(false);
    assert_said(question_run(q), "decided 4"); /* 0 or 1, and never 2 */
    give_words(&q->b, q->y, "7");
    assert_said(question_run(q), "decided 4");
    question_free(q);
    q = of_a_rule(true); /* the first rule may end without a value, which is not a no */
    assert_said(question_run(q), "unknown {4,5,not covered,conflict}");
    const uint32_t reads[] = {read_rule(0)};
    assert_missing(q->context, question_run(q), 1, reads);
    give_words(&q->b, q->y, "5.5");
    assert_said(question_run(q), "unknown {4,5,not covered,conflict}");
    question_free(q);
}

/* ---- Asking for outcomes -------------------------------------------------------------------------- */

static const char *asked(struct question *q, uint32_t reg)
{
    question_run(q);
    return say_truth(eval_register(q->context, reg));
}

static void test_outcomes_as_conditions(void **state)
{
    (void)state;
    struct question *q = of_a_rule(true);
    struct build *b = &q->b;
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_DECIDE);
    uint32_t uncovered = build_op(b, OP_IS_OUTCOME, 0, OUTCOME_NOT_COVERED, 0);
    uint32_t conflict = build_op(b, OP_IS_OUTCOME, 0, OUTCOME_CONFLICT, 0);
    uint32_t unknown = build_op(b, OP_IS_OUTCOME, 0, OUTCOME_UNKNOWN, 0);
    uint32_t decided = build_op(b, OP_IS_OUTCOME, 0, OUTCOME_DECIDED, 0);
    b->rules[b->image.RULES_count].condition = decided;
    build_rule_end(b);
    assert_string_equal(asked(q, uncovered), "?");
    assert_string_equal(asked(q, conflict), "no"); /* not among what is possible */
    assert_string_equal(asked(q, unknown), "yes");
    assert_string_equal(asked(q, decided), "?");
    give_words(b, q->y, "5.5");
    assert_string_equal(asked(q, uncovered), "yes");
    assert_string_equal(asked(q, unknown), "no");
    assert_string_equal(asked(q, decided), "no");
    give_words(b, q->x, "0");
    assert_string_equal(asked(q, uncovered), "no"); /* the outcome is a fault */
    give_words(b, q->y, "?");
    assert_string_equal(asked(q, uncovered), "?"); /* one that a missing value may take away */
    question_free(q);
}

/* ---- The limit ------------------------------------------------------------------------------------ */

/* count yes-or-no inputs: a row where all hold, and, where each is asked twice, one where not all do, with
   the same value. */
static struct question *of_inputs(uint32_t count, bool twice)
{
    struct question *q = question_start();
    struct build *b = &q->b;
    uint32_t inputs[BUILD_LIST], all = NONE32;
    for (uint32_t k = 0; k < count; k++)
        inputs[k] = build_input(b, KIND_BOOL, "flag");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    for (uint32_t k = 0; k < count; k++)
        inputs[k] = build_load(b, inputs[k]);
    struct image_row *row = build_value_row(b, 1);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t one = build_holds(b, inputs[k]);
        all = all == NONE32 ? one : build_and(b, all, one);
    }
    row->condition = all;
    if (twice) {
        row = build_value_row(b, 1);
        for (uint32_t k = 0; k < count; k++)
            build_holds(b, inputs[k]);
        row->condition = build_not(b, all);
    }
    build_rule_end(b);
    return q;
}

static void test_limit(void **state)
{
    (void)state;
    struct question *q = of_inputs(12, true); /* 4096 combinations */
    assert_said(question_run(q), "decided 1");
    question_free(q);
    q = of_inputs(13, true);
    assert_said(question_run(q), "unknown {1,not covered} about"); /* never decided wrongly */
    assert_int_equal(question_run(q)->missing.count, 13);
    give_words(&q->b, q->b.image.INPUTS_count - 1, "yes"); /* what is known is not varied */
    assert_said(question_run(q), "decided 1");
    question_free(q);
}

/* What is asked once needs no search, however much it is. */
static void test_asked_once(void **state)
{
    (void)state;
    struct question *q = of_inputs(BUILD_LIST, false);
    assert_said(question_run(q), "unknown {1,not covered}");
    assert_int_equal(question_run(q)->missing.count, BUILD_LIST);
    give_words(&q->b, q->b.image.INPUTS_count - 1, "no");
    assert_said(question_run(q), "not covered");
    question_free(q);
}

/* One row, which compares a count with a number: op with the count at the left. */
static void assert_count(const char *count, enum opcode op, const char *number, const char *expected)
{
    struct question *q = question_start();
    struct build *b = &q->b;
    uint32_t input = build_input(b, KIND_NUM, "count");
    build_rule(b, RULE_CLASSIFY, RULE_AGREEMENT);
    build_part(b, PART_SETUP);
    uint32_t subject = build_load(b, input);
    b->rule_subjects[subject].s.node = 0;
    b->nodes[0] = (struct image_node){.kind = NODE_INPUT,
                                      .type = {.kind = KIND_NUM, .whole = true},
                                      .ref = input,
                                      .reg = b->rule_subjects[subject].s.reg,
                                      .child = NONE32,
                                      .next = NONE32};
    b->image.NODES_count = 1;
    struct image_row *row = build_value_row(b, 1);
    row->condition = build_compare(b, op, subject, build_number(b, number));
    build_rule_end(b);
    give_words(b, input, count);
    assert_said(question_run(q), expected);
    question_free(q);
}

static void test_counts(void **state)
{
    (void)state;
    assert_count("?", OP_EQ, "3", "unknown {1,not covered}");
    assert_count("?", OP_EQ, "2.5", "not covered"); /* no count is that */
    assert_count("(2,4)", OP_EQ, "3", "decided 1");
    assert_count("(2,5)", OP_EQ, "3", "unknown {1,not covered}");
    assert_count("?[0,3.5]", OP_LE, "3", "decided 1"); /* none lies between 3 and its end */
    assert_count("?[0,4]", OP_LE, "3", "unknown {1,not covered}");
}

/* ---- Against all completions ---------------------------------------------------------------------- */

enum { INPUTS = 3, RULE_ROWS = 5, TRIALS = 3000, VALUES = 5 };

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 10) % below;
}

/* Points in every region of the thresholds 1 and 2. */
static const char *const points[VALUES] = {"0", "1", "1.5", "2", "3"};

struct trial {
    struct build b;
    uint32_t inputs[INPUTS];
    struct eval_context *context;
};

static uint32_t random_test(struct build *b, const uint32_t *subjects, uint32_t *seed)
{
    uint32_t subject = subjects[next(seed, INPUTS)];
    const char *at = next(seed, 2) ? "1" : "2";
    uint32_t reg = next(seed, 3)
                       ? build_below(b, subject, at)
                       : build_compare(b, next(seed, 2) ? OP_LE : OP_EQ, subject, build_number(b, at));
    return next(seed, 2) ? reg : build_not(b, reg);
}

static struct trial *trial_new(uint32_t *seed, bool overrides)
{
    static const enum rule_policy policies[] = {RULE_AGREEMENT, RULE_FIRST_MATCH, RULE_HIGHEST};
    struct trial *t = calloc(1, sizeof *t);
    struct build *b = &t->b;
    uint32_t subjects[INPUTS];
    build_start(b);
    for (int k = 0; k < INPUTS; k++)
        t->inputs[k] = build_input(b, KIND_NUM, "x");
    build_rule(b, RULE_CLASSIFY, overrides ? RULE_AGREEMENT : policies[next(seed, 3)]);
    build_part(b, PART_SETUP);
    for (int k = 0; k < INPUTS; k++)
        subjects[k] = build_load(b, t->inputs[k]);
    uint32_t rows = 1 + next(seed, RULE_ROWS);
    for (uint32_t k = 0; k < rows; k++) {
        struct image_row *row = build_value_row(b, next(seed, 3));
        uint32_t one = random_test(b, subjects, seed), two = random_test(b, subjects, seed);
        row->condition = build_op(b, next(seed, 2) ? OP_AND : OP_OR, one, two, 0);
        if (!next(seed, 8)) row->result = RESULT_NO_STATEMENT;
        if (overrides && k > 0 && next(seed, 2)) row->instead_of = next(seed, k);
    }
    build_rule_end(b);
    t->context = eval_new(&b->image);
    return t;
}

/* The outcomes of every completion of the inputs that are unknown. */
static struct rule_result completions(struct trial *t, const bool *known, const uint32_t *values)
{
    struct rule_result all = {0};
    for (uint32_t n = 0; n < VALUES * VALUES * VALUES; n++) {
        const uint32_t digits[INPUTS] = {n % VALUES, n / VALUES % VALUES, n / VALUES / VALUES};
        bool repeated = false;
        for (int k = 0; k < INPUTS; k++) {
            repeated |= known[k] && digits[k] != 0;
            give_words(&t->b, t->inputs[k], points[known[k] ? values[k] : digits[k]]);
        }
        if (repeated) continue;
        eval_run(t->context, &t->b.record);
        const struct rule_result *one = eval_result(t->context, 0);
        assert_int_not_equal(one->outcome, OUTCOME_UNKNOWN);
        all.possible |= one->possible;
        all.possible_outcomes |= one->possible_outcomes;
    }
    return all;
}

/* Whether two rows that hold disagree: a conflict whatever else is unknown. */
static bool conflict_stands(const struct trial *t)
{
    return eval_result(t->context, 0)->outcome == OUTCOME_CONFLICT;
}

static void compare_trial(struct trial *t, uint32_t *seed, bool overrides)
{
    bool known[INPUTS];
    uint32_t values[INPUTS];
    for (int k = 0; k < INPUTS; k++) {
        known[k] = next(seed, 2);
        values[k] = next(seed, VALUES);
    }
    struct rule_result all = completions(t, known, values);
    for (int k = 0; k < INPUTS; k++)
        if (known[k])
            give_words(&t->b, t->inputs[k], points[values[k]]);
        else
            take_away(&t->b, t->inputs[k], "?");
    eval_run(t->context, &t->b.record);
    const struct rule_result *r = eval_result(t->context, 0);
    if (overrides && conflict_stands(t)) return;
    assert_int_equal(r->possible, all.possible);
    assert_int_equal(r->possible_outcomes, all.possible_outcomes);
    bool one = __builtin_popcount(all.possible_outcomes) == 1 && __builtin_popcountll(all.possible) <= 1;
    assert_int_equal(r->outcome != OUTCOME_UNKNOWN, one);
}

static void run_trials(uint32_t seed, bool overrides)
{
    for (int k = 0; k < TRIALS; k++) {
        struct trial *t = trial_new(&seed, overrides);
        for (int i = 0; i < 3; i++)
            compare_trial(t, &seed, overrides);
        eval_free(t->context);
        free(t);
    }
}

static void test_completions(void **state)
{
    (void)state;
    run_trials(1, false);
}

static void test_completions_with_overrides(void **state)
{
    (void)state;
    run_trials(2, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number_regions),
        cmocka_unit_test(test_whole_regions),
        cmocka_unit_test(test_negative_stays),
        cmocka_unit_test(test_day_regions),
        cmocka_unit_test(test_one_subject),
        cmocka_unit_test(test_thresholds_of_one_subject),
        cmocka_unit_test(test_two_subjects),
        cmocka_unit_test(test_unset_parameter),
        cmocka_unit_test(test_set_parameter),
        cmocka_unit_test(test_no_order),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_results_of_rules),
        cmocka_unit_test(test_outcomes_as_conditions),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_asked_once),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_completions),
        cmocka_unit_test(test_completions_with_overrides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
