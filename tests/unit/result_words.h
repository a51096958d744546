/* Results in words, for the tests of rules: "decided 1", "unknown {0,1,not covered}". */
#ifndef REGIMEN_TESTS_RESULT_WORDS_H
#define REGIMEN_TESTS_RESULT_WORDS_H

#include "tests/unit/image_builder.h"

static inline const char *outcome_word(uint32_t bit)
{
    static const char *const words[] = {
#define OUTCOME(name, word, meaning) word,
#include "runtime/outcomes.def"
#undef OUTCOME
        "", "give", "ask", "withhold"};
    return words[bit];
}

static inline void add_item(char out[INTERVAL_WORDS], const char *word, bool *first)
{
    if (!*first) add_words(out, ",");
    add_words(out, word);
    *first = false;
}

/* What is possible: members by number, then outcomes and actions. */
static inline void say_possible(const struct rule_result *r, char out[INTERVAL_WORDS])
{
    bool first = true;
    char number[12];
    add_words(out, " {");
    for (uint32_t k = 0; k < 64; k++) {
        (void)snprintf(number, sizeof number, "%u", k);
        if (r->possible >> k & 1) add_item(out, number, &first);
    }
    for (uint32_t k = 1; k < OUTCOME_COUNT + 4; k++)
        if (r->possible_outcomes >> k & 1) add_item(out, outcome_word(k), &first);
    add_words(out, "}");
}

static inline const char *say_result(const struct rule_result *r, char out[INTERVAL_WORDS])
{
    char number[12] = "";
    *out = '\0';
    if (r->outcome == OUTCOME_DECIDED && r->action != ACTION_NONE) {
        add_words(out, outcome_word((uint32_t)OUTCOME_COUNT + r->action));
        return out;
    }
    add_words(out, outcome_word(r->outcome));
    if (r->outcome == OUTCOME_DECIDED) {
        (void)snprintf(number, sizeof number, " %d", r->member);
        add_words(out, number);
    }
    if (r->outcome == OUTCOME_UNKNOWN) say_possible(r, out);
    if (r->outcome == OUTCOME_UNKNOWN && !r->exact) add_words(out, " about");
    return out;
}

static inline void assert_said(const struct rule_result *r, const char *expected)
{
    char out[INTERVAL_WORDS];
    if (strcmp(say_result(r, out), expected) != 0) fail_msg("%s, expected %s", out, expected);
}

/* The reads that a result waits for, as it has them. */
static inline void assert_missing(const struct eval_context *context, const struct rule_result *r,
                                  uint32_t count, const uint32_t *reads)
{
    assert_int_equal(r->missing.count, count);
    for (uint32_t k = 0; k < count; k++)
        assert_int_equal(eval_missing(context)[r->missing.first + k], reads[k]);
}

static inline uint32_t read_input(uint32_t input)
{
    return (uint32_t)READ_INPUT << 28 | input;
}

static inline uint32_t read_param(uint32_t param)
{
    return (uint32_t)READ_PARAM << 28 | param;
}

static inline uint32_t read_rule(uint32_t rule)
{
    return (uint32_t)READ_RULE << 28 | rule;
}

#endif
