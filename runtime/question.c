/* What tests expect that is no condition: why a rule is unknown, what an item of a set comes to, which rows
 * of a dose withhold, ask and warn. */
#include "runtime/after.h"

#include <string.h>

/* ---- What is missing ------------------------------------------------------------------------------ */

/* Places in marks: rules, then inputs, then parameters. */
static uint32_t mark_place(const struct image *image, uint32_t read)
{
    uint32_t index = read & UINT32_C(0x0FFFFFFF);
    switch (read >> 28) {
    case READ_RULE: return index;
    case READ_INPUT: return image->RULES_count + index;
    default: return image->RULES_count + image->INPUTS_count + index;
    }
}

static void mark_run(struct eval_context *context, uint32_t reader, struct run missing);

static bool reads_rule(const struct image *image, const struct image_subject *subject, uint32_t rule)
{
    for (uint32_t i = 0; i < subject->reads.count; i++)
        if (image->INDEXES[subject->reads.first + i] == ((uint32_t)READ_RULE << 28 | rule)) return true;
    return false;
}

/* Of a set only the items are waited for that the reader asks; false where it asks for the whole set. */
static bool mark_items(struct eval_context *context, uint32_t reader, uint32_t set)
{
    const struct image *image = context->image;
    struct run subjects = image->RULES[reader].subjects;
    bool asks = false;
    for (uint32_t k = subjects.first; k < subjects.first + subjects.count; k++) {
        const struct image_subject *subject = &image->SUBJECTS[k];
        if (!reads_rule(image, subject, set)) continue;
        if (subject->rule != set || subject->thresholds.count == 0) return false;
        mark_run(context, set, eval_items(context, set)[image->INDEXES[subject->thresholds.first]].missing);
        asks = true;
    }
    return asks;
}

static void mark_run(struct eval_context *context, uint32_t reader, struct run missing)
{
    for (uint32_t i = 0; i < missing.count; i++) {
        uint32_t read = context->missing[missing.first + i], rule = read & UINT32_C(0x0FFFFFFF);
        bool set = read >> 28 == READ_RULE && rule_fills_set(&context->image->RULES[rule]);
        if (!set || !mark_items(context, reader, rule)) context->marks[mark_place(context->image, read)] = 1;
    }
}

static size_t mark_room(const struct image *image)
{
    return (size_t)image->RULES_count + image->INPUTS_count + image->PARAMS_count;
}

/* Of each rule before this one that is marked what it waits for. */
static void mark_through(struct eval_context *context, uint32_t rule)
{
    for (uint32_t k = rule; k-- > 0;)
        if (context->marks[k]) mark_run(context, k, context->results[k].missing);
}

/* Marks what a rule, or what missing names of it, waits for, through the undecided rules among it. */
static void mark_missing(struct eval_context *context, uint32_t rule, struct run missing)
{
    memset(context->marks, 0, mark_room(context->image));
    mark_run(context, rule, missing);
    mark_through(context, rule);
}

static bool is_reason(const struct image *image, const struct image_rule *rule, uint32_t name)
{
    for (uint32_t k = 0; k < rule->reasons.count; k++) {
        uint32_t reason = image->INDEXES[rule->reasons.first + k];
        if (reason == name || strcmp(image_text(image, reason), image_text(image, name)) == 0) return true;
    }
    return false;
}

/* Whether what is marked, named, are exactly the reasons. */
static bool reasons_match(const struct eval_context *context, const struct image_rule *rule)
{
    const struct image *image = context->image;
    const uint8_t *inputs = context->marks + image->RULES_count, *params = inputs + image->INPUTS_count;
    uint32_t named = 0;
    for (uint32_t k = 0; k < image->INPUTS_count; k++) {
        if (inputs[k] && !is_reason(image, rule, image->INPUTS[k].name)) return false;
        named += inputs[k];
    }
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        if (params[k] && !is_reason(image, rule, image->PARAMS[k].name)) return false;
        named += params[k];
    }
    return named == rule->reasons.count;
}

static bool reasons_are(struct eval_context *context, const struct image_rule *rule, struct run missing)
{
    if (rule->reasons.count == 0) return true;
    mark_missing(context, rule->asked, missing);
    return reasons_match(context, rule);
}

static bool is_unknown(struct eval_context *context, const struct image_rule *rule)
{
    const struct rule_result *result = &context->results[rule->asked];
    if (rule->asked_item == NONE32)
        return result->outcome == OUTCOME_UNKNOWN && reasons_are(context, rule, result->missing);
    const struct set_item *item = &eval_items(context, rule->asked)[rule->asked_item];
    return item->state == ITEM_UNDECIDED && !item->fault && reasons_are(context, rule, item->missing);
}

/* ---- Items ---------------------------------------------------------------------------------------- */

static bool item_comes_to(const struct eval_context *context, const struct image_rule *rule)
{
    const struct set_item *item = &eval_items(context, rule->asked)[rule->asked_item];
    bool broken = context->results[rule->asked].outcome == OUTCOME_FAULT &&
                  context->results[rule->asked].fault == FAULT_GUARANTEE;
    return !broken && item->state == rule->asked_state &&
           (rule->asked_strength == STRENGTH_NONE || item->strength == rule->asked_strength);
}

/* ---- Rows of a dose ------------------------------------------------------------------------------- */

/* Whether the row is one of those that the result names under this question. */
static bool is_listed(const struct eval_context *context, uint32_t question, uint32_t row)
{
    uint32_t type = context->image->ROWS[row].type;
    uint8_t truth = context->rows[row].truth;
    switch (question) {
    case QUESTION_WITHHELD:
        return (type == ROWTYPE_WITHHOLD || type == ROWTYPE_TOO_EARLY) && truth == TRUTH_YES;
    case QUESTION_ASKED: return type == ROWTYPE_ASK && truth == TRUTH_YES;
    case QUESTION_WARNED: return (type == ROWTYPE_WARN || type == ROWTYPE_TOO_LATE) && truth == TRUTH_YES;
    default: return (type == ROWTYPE_WARN || type == ROWTYPE_TOO_LATE) && truth_is_open(truth);
    }
}

/* Of a dose that asks, what is open is named with the rows that ask. */
static bool waits(const struct eval_context *context, uint32_t question, uint32_t row)
{
    if (question != QUESTION_ASKED) return is_listed(context, question, row);
    return context->image->ROWS[row].type == ROWTYPE_ASK && truth_is_open(context->rows[row].truth);
}

static bool is_named(const struct image *image, const struct image_rule *rule, uint32_t row)
{
    for (uint32_t k = 0; k < rule->asked_rows.count; k++)
        if (image->INDEXES[rule->asked_rows.first + k] == row) return true;
    return false;
}

static bool is_exact(const struct value *value)
{
    return value->tag == TAG_KNOWN || value->tag == TAG_OFF;
}

static void mark_read(void *data, uint32_t read)
{
    struct eval_context *context = data;
    context->marks[mark_place(context->image, read)] = 1;
}

/* Of a set that is asked for one item only what this waits for. */
static void mark_subject(struct eval_context *context, const struct image_subject *subject)
{
    const struct image *image = context->image;
    bool item = subject->rule != NONE32 && rule_fills_set(&image->RULES[subject->rule]) &&
                subject->thresholds.count > 0;
    if (item)
        mark_run(context, subject->rule,
                 eval_items(context, subject->rule)[image->INDEXES[subject->thresholds.first]].missing);
    else
        eval_missing_each(context, subject->reads, mark_read, context);
}

static void mark_row(struct eval_context *context, uint32_t row)
{
    const struct image *image = context->image;
    struct run reads = image->ROWS[row].reads;
    for (uint32_t k = 0; k < reads.count; k++) {
        const struct image_subject *subject = &image->SUBJECTS[image->INDEXES[reads.first + k]];
        if (!is_exact(eval_reg(context, subject->reg))) mark_subject(context, subject);
    }
}

/* Marks what the rows that are open wait for. */
static void mark_rows(struct eval_context *context, const struct image_rule *rule)
{
    struct run rows = context->image->RULES[rule->asked].rows;
    memset(context->marks, 0, mark_room(context->image));
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (waits(context, rule->question, row)) mark_row(context, row);
    mark_through(context, context->image->RULES_count);
}

/* Whether the result names any row, and where the question names rows, exactly these. */
static bool rows_answer(struct eval_context *context, const struct image_rule *rule)
{
    const struct rule_result *result = &context->results[rule->asked];
    bool withheld = result->action == ACTION_WITHHOLD, any = false, alike = true;
    if (result->outcome != OUTCOME_DECIDED || withheld != (rule->question == QUESTION_WITHHELD)) return false;
    struct run rows = context->image->RULES[rule->asked].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        bool listed = is_listed(context, rule->question, row);
        any |= listed;
        alike &= rule->asked_rows.count == 0 || listed == is_named(context->image, rule, row);
    }
    if (rule->reasons.count == 0) return any && alike;
    mark_rows(context, rule);
    return reasons_match(context, rule);
}

/* ---- Entry ---------------------------------------------------------------------------------------- */

static bool answer(struct eval_context *context, const struct image_rule *rule)
{
    switch (rule->question) {
    case QUESTION_UNKNOWN: return is_unknown(context, rule);
    case QUESTION_ITEM: return item_comes_to(context, rule);
    default: return rows_answer(context, rule);
    }
}

void after_questions(struct eval_context *context)
{
    for (uint32_t k = 0; k < context->image->RULES_count; k++) {
        const struct image_rule *rule = &context->image->RULES[k];
        if (rule->kind != RULE_EXPECT || rule->question == QUESTION_NONE) continue;
        context->results[k].outcome = OUTCOME_DECIDED;
        context->results[k].member = answer(context, rule) != (rule->asked_not != 0);
    }
}

void eval_question_waits(struct eval_context *context, uint32_t expectation, read_visit *visit, void *data)
{
    const struct image *image = context->image;
    const struct image_rule *rule = &image->RULES[expectation];
    if (rule->question != QUESTION_ASKED && rule->question != QUESTION_UNCHECKED) return;
    mark_rows(context, rule);
    for (uint32_t k = 0; k < image->INPUTS_count; k++)
        if (context->marks[image->RULES_count + k]) visit(data, (uint32_t)READ_INPUT << 28 | k);
    for (uint32_t k = 0; k < image->PARAMS_count; k++)
        if (context->marks[image->RULES_count + image->INPUTS_count + k])
            visit(data, (uint32_t)READ_PARAM << 28 | k);
}
