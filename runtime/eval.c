/* The evaluation context: its memory, and one record through all rules. */
#include "runtime/after.h"
#include "runtime/each.h"
#include "runtime/plan.h"
#include "runtime/regions.h"
#include "runtime/sets.h"
#include "runtime/verdict.h"

#include <stdlib.h>
#include <string.h>

/* ---- Constants ------------------------------------------------------------------------------------ */

static decimal decimal_of_words(const uint64_t words[2])
{
    return (decimal){{words[0], words[1]}};
}

struct value value_of_constant(const struct image_constant *constant)
{
    struct value v = {.tag = (uint8_t)constant->tag};
    if (constant->tag == TAG_OFF || constant->tag == TAG_UNKNOWN) v.flags = VALUE_LO_NONE | VALUE_HI_NONE;
    switch ((enum kind)constant->kind) {
    case KIND_NUM:
        v.n.lo = decimal_of_words(constant->words);
        v.n.hi = decimal_of_words(constant->words + 2);
        break;
    case KIND_DAY:
    case KIND_TIME:
        v.t.lo = (int64_t)constant->words[0];
        v.t.hi = (int64_t)constant->words[1];
        v.t.lo_offset = v.t.hi_offset =
            constant->kind == KIND_DAY ? CAL_NO_OFFSET : (int16_t)constant->words[2];
        break;
    case KIND_SET: memcpy(v.set, constant->words, sizeof v.set); break;
    case KIND_BOOL: v.yes = constant->code != 0; break;
    default: v.code = constant->code; break;
    }
    return v;
}

/* ---- Memory --------------------------------------------------------------------------------------- */

/* What the rule that needs most of each needs. */
struct needs {
    size_t rows, subjects, regions, plan, plans, missing, cells, table, items, most_items, decisions;
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* A list of what is missing for the rule, of a set one for each item too, of a rule that runs for each
   element of a list one for the element in hand, and one to work with. */
static void need_subjects(const struct image *image, const struct image_rule *rule, struct needs *needs)
{
    size_t regions = 0, lists = (size_t)set_item_count(image, rule) + 2;
    if (rule->each != NONE32) {
        lists++;
        needs->missing += 2; /* that list, of both */
    }
    for (uint32_t k = 0; k < rule->subjects.count; k++) {
        const struct image_subject *subject = &image->SUBJECTS[rule->subjects.first + k];
        regions += regions_room(image, subject);
        needs->missing += lists * 2 * subject->reads.count; /* each read, and the limit of its `negative` */
    }
    needs->regions = larger(needs->regions, regions);
}

static void need_rows(const struct image *image, const struct image_rule *rule, struct needs *needs)
{
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        needs->missing += row->value_reads.count;
        for (uint32_t s = 0; s < row->steps.count; s++)
            needs->missing += image->STEPS[row->steps.first + s].reads.count;
    }
}

static uint32_t cells_of(const struct image *image, const struct image_param *param)
{
    return param->key == NONE32 ? 0 : image->ENUMS[param->key].members.count;
}

static size_t stretch_length(const struct image *image, uint32_t pc)
{
    size_t length = 0;
    while (image->CODE[pc + length].op != OP_END)
        length++;
    return length;
}

static struct needs needs_of(const struct image *image)
{
    struct needs needs = {0};
    for (uint32_t k = 0; k < image->RULES_count; k++) {
        const struct image_rule *rule = &image->RULES[k];
        size_t plan = plan_room(image, rule);
        needs.rows = larger(needs.rows, rule->rows.count);
        needs.subjects = larger(needs.subjects, rule->subjects.count);
        needs.plan = larger(needs.plan, plan);
        needs.plans += plan;
        needs.items += set_item_count(image, rule);
        needs.most_items = larger(needs.most_items, set_item_count(image, rule));
        needs.decisions = larger(needs.decisions, stretch_length(image, rule->applies_decide) +
                                                      stretch_length(image, rule->decide));
        need_subjects(image, rule, &needs);
        need_rows(image, rule, &needs);
    }
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        size_t cells = cells_of(image, &image->PARAMS[k]);
        needs.cells += cells;
        needs.table = larger(needs.table, cells);
    }
    return needs;
}

/* Room for count items, never none; *short_of is set where memory is short. */
static void *room(size_t count, size_t size, bool *short_of)
{
    void *items = calloc(count ? count : 1, size);
    if (!items) *short_of = true;
    return items;
}

static bool allocate(struct eval_context *c, const struct needs *needs)
{
    const struct image *image = c->image;
    bool short_of = false;
#define ROOM(field, count) c->field = room(count, sizeof *c->field, &short_of);
#include "runtime/eval_memory.def"
#undef ROOM
    c->missing_room = (uint32_t)needs->missing;
    return !short_of;
}

static struct rule_fact fact_of_rule(const struct image *image, const struct image_rule *rule)
{
    struct rule_fact fact = {rule->rows.count, false, (uint8_t)rule->kind};
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        fact.overrides |= row->instead_of != NONE32;
        if (row->otherwise) fact.otherwise = k;
    }
    return fact;
}

static struct row_fact fact_of_row(const struct image_row *row)
{
    return (struct row_fact){
        .condition = row->condition, .code = (int8_t)row_code(row), .rank = (uint8_t)row_rank(row)};
}

/* Gives each rule its place among the steps, and each table its cells. */
static void lay_out(struct eval_context *c, const struct needs *needs)
{
    const struct image *image = c->image;
    uint32_t steps = 0, cells = 0, items = 0;
    for (uint32_t k = 0; k < image->RULES_count; k++) {
        c->plan_first[k] = steps;
        steps += (uint32_t)plan_room(image, &image->RULES[k]);
        c->item_first[k] = items;
        c->rule_facts[k] = fact_of_rule(image, &image->RULES[k]);
        items += set_item_count(image, &image->RULES[k]);
    }
    c->draft.steps = c->steps + steps;
    c->other.steps = c->draft.steps + needs->plan;
    c->reference.steps = c->other.steps + needs->plan;
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        c->parameters[k].cells = (struct run){cells, cells_of(image, &image->PARAMS[k])};
        cells += c->parameters[k].cells.count;
    }
    c->cell_count = cells;
    for (uint32_t k = 0; k < image->ROWS_count; k++)
        c->row_facts[k] = fact_of_row(&image->ROWS[k]);
    for (uint32_t k = 0; k < image->CONSTANTS_count; k++)
        c->registers[k] = value_of_constant(&image->CONSTANTS[k]);
}

struct eval_context *eval_new(const struct image *image)
{
    struct eval_context *context = calloc(1, sizeof *context);
    if (!context) return NULL;
    struct needs needs = needs_of(image);
    context->image = image;
    context->focus.rule = NONE32;
    if (needs.plans > UINT32_MAX || needs.missing > UINT32_MAX || needs.items > UINT32_MAX ||
        !allocate(context, &needs) || !fold_find_twins(image, context->fold_twin)) {
        eval_free(context);
        return NULL;
    }
    lay_out(context, &needs);
    if (!sets_prepare(context, needs.items) || !once_prepare(context)) {
        eval_free(context);
        return NULL;
    }
    fold_find_registers(image, context->fold_of);
    each_code_prepare(context);
    walk_prepare(context, needs.subjects);
    eval_reset_parameters(context);
    return context;
}

void eval_free(struct eval_context *context)
{
    if (!context) return;
#define ROOM(field, count) free(context->field);
#include "runtime/eval_memory.def"
#undef ROOM
    free(context->item_rows);
    free(context->parts);
    free(context);
}

/* ---- One record ----------------------------------------------------------------------------------- */

/* Guarantees look at rules as they ended, and expectations at guarantees too. */
bool eval_run(struct eval_context *context, const struct record *record)
{
    const struct image *image = context->image;
    context->focus.rule = context->focus.seen = NONE32;
    if (!each_prepare(context, record)) return false;
    context->record = record;
    context->record_number++;
    context->missing_count = 0;
    memset(context->rows, 0, image->ROWS_count * sizeof *context->rows);
    if (image->PROGRAM->now != NONE32) *eval_reg(context, image->PROGRAM->now) = record->now;
    for (uint32_t k = 0; k < image->RULES_count; k++)
        if (context->rule_facts[k].kind < RULE_GUARANTEE) rule_run(context, k);
    if (image->EACHES_count)
        memcpy(context->unmarked, context->results, image->RULES_count * sizeof *context->results);
    after_doses(context);
    after_guarantees(context);
    after_expectations(context);
    after_all(context);
    return true;
}

const struct rule_result *eval_result(const struct eval_context *context, uint32_t rule)
{
    return &context->results[rule];
}

const struct row_state *eval_row(const struct eval_context *context, uint32_t row)
{
    return &context->rows[row];
}

const struct plan_step *eval_plan(const struct eval_context *context, uint32_t rule)
{
    return context->steps + context->plan_first[rule];
}

const struct set_item *eval_items(const struct eval_context *context, uint32_t rule)
{
    return context->items + context->item_first[rule];
}

const uint32_t *eval_missing(const struct eval_context *context)
{
    return context->missing;
}

const struct value *eval_register(const struct eval_context *context, uint32_t reg)
{
    return eval_reg(context, reg);
}
