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

static bool allocate_rows(struct eval_context *c, const struct needs *needs)
{
    bool short_of = false;
    size_t marks = (size_t)c->image->RULES_count + c->image->INPUTS_count + c->image->PARAMS_count;
    c->truths = room(needs->rows, 1, &short_of);
    c->counted = room(needs->rows, 1, &short_of);
    c->base_counted = room(needs->rows, 1, &short_of);
    c->yields = room(needs->rows, 1, &short_of);
    c->plan_truths = room(needs->rows, 1, &short_of);
    c->reference_truths = room(needs->rows, 1, &short_of);
    c->matters = room(needs->rows, sizeof *c->matters, &short_of);
    c->dependents = room(needs->decisions, sizeof *c->dependents, &short_of);
    c->live = room(needs->decisions, sizeof *c->live, &short_of);
    c->needed = room(c->image->PROGRAM->register_count, sizeof *c->needed, &short_of);
    c->depends = room(c->image->PROGRAM->register_count, sizeof *c->depends, &short_of);
    c->once = room(c->image->SUBJECTS_count, sizeof *c->once, &short_of);
    c->marked = room(needs->subjects, sizeof *c->marked, &short_of);
    c->choice_of = room(needs->subjects, 1, &short_of);
    c->variables = room(needs->subjects, sizeof *c->variables, &short_of);
    c->regions = room(needs->regions, sizeof *c->regions, &short_of);
    c->marks = room(marks, 1, &short_of);
    c->read_marks = room(marks, sizeof *c->read_marks, &short_of);
    c->missing = room(needs->missing, sizeof *c->missing, &short_of);
    c->missing_room = (uint32_t)needs->missing;
    return !short_of;
}

static bool allocate(struct eval_context *c, const struct needs *needs)
{
    const struct image *image = c->image;
    bool short_of = false;
    c->registers = room(image->PROGRAM->register_count, sizeof *c->registers, &short_of);
    c->parameters = room(image->PARAMS_count, sizeof *c->parameters, &short_of);
    c->cells = room(needs->cells + needs->table, sizeof *c->cells, &short_of);
    c->results = room(image->RULES_count, sizeof *c->results, &short_of);
    c->rows = room(image->ROWS_count, sizeof *c->rows, &short_of);
    c->steps = room(needs->plans + 3 * needs->plan, sizeof *c->steps, &short_of);
    c->row_facts = room(image->ROWS_count, sizeof *c->row_facts, &short_of);
    c->rule_facts = room(image->RULES_count, sizeof *c->rule_facts, &short_of);
    c->plan_first = room(image->RULES_count, sizeof *c->plan_first, &short_of);
    c->items = room(needs->items, sizeof *c->items, &short_of);
    c->rows_of_item = room(needs->items, sizeof *c->rows_of_item, &short_of);
    c->set_idle = room(image->RULES_count, sizeof *c->set_idle, &short_of);
    c->item_ranks = room(needs->most_items, sizeof *c->item_ranks, &short_of);
    c->item_first = room(image->RULES_count, sizeof *c->item_first, &short_of);
    c->folds = room(image->FOLDS_count, sizeof *c->folds, &short_of);
    c->fold_of = room(image->PROGRAM->register_count, sizeof *c->fold_of, &short_of);
    c->fold_twin = room(image->FOLDS_count, sizeof *c->fold_twin, &short_of);
    c->unmarked = room(image->EACHES_count ? image->RULES_count : 0, sizeof *c->unmarked, &short_of);
    c->part_first = room(image->EACHES_count, sizeof *c->part_first, &short_of);
    c->roles = room(image->PROGRAM->register_count, sizeof *c->roles, &short_of);
    c->units = room(image->EACHES_count ? image->CODE_count : 0, sizeof *c->units, &short_of);
    c->each_codes = room(image->EACHES_count, sizeof *c->each_codes, &short_of);
    c->latest = room(image->EACHES_count, sizeof *c->latest, &short_of);
    c->whole_rows = room(needs->rows, sizeof *c->whole_rows, &short_of);
    c->focus.rows = room(needs->rows, sizeof *c->focus.rows, &short_of);
    return !short_of && allocate_rows(c, needs);
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
    void *const parts[] = {context->registers,   context->parameters,   context->cells,
                           context->results,     context->rows,         context->steps,
                           context->plan_first,  context->folds,        context->truths,
                           context->counted,     context->yields,       context->variables,
                           context->regions,     context->base_counted, context->reference_truths,
                           context->marks,       context->missing,      context->items,
                           context->item_first,  context->unmarked,     context->part_first,
                           context->latest,      context->whole_rows,   context->focus.rows,
                           context->parts,       context->matters,      context->depends,
                           context->dependents,  context->item_ranks,   context->fold_twin,
                           context->fold_of,     context->marked,       context->choice_of,
                           context->item_rows,   context->row_facts,    context->rows_of_item,
                           context->rule_facts,  context->live,         context->needed,
                           context->plan_truths, context->read_marks,   context->roles,
                           context->each_codes,  context->units,        context->set_idle,
                           context->once};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        free(parts[k]);
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
