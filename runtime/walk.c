/* Every combination of the regions of a rule's open subjects. */
#include "runtime/each.h"
#include "runtime/walk.h"
#include "runtime/regions.h"

#include <string.h>

void walk_truths(struct eval_context *context, const struct image_rule *rule)
{
    if (context->each_list != EACH_GIVEN) {
        each_truths(context, rule);
        return;
    }
    const struct image_row *rows = context->image->ROWS + rule->rows.first;
    for (uint32_t k = 0; k < rule->rows.count; k++)
        context->truths[k] = (uint8_t)truth_at(context, rows[k].condition);
}

static void mark(struct eval_context *context, const struct image_rule *rule, struct run subjects)
{
    const uint32_t *indexes = context->image->INDEXES + subjects.first;
    for (uint32_t k = 0; k < subjects.count; k++)
        context->marks[indexes[k] - rule->subjects.first] = 1;
}

void walk_mark(struct eval_context *context, const struct image_rule *rule, walk_matters *matters)
{
    memset(context->marks, 0, rule->subjects.count);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        if (matters(context, rule, k)) mark(context, rule, context->image->ROWS[rule->rows.first + k].reads);
    if (truth_is_open((uint8_t)truth_at(context, rule->applies)))
        memset(context->marks + (rule->applies_subjects.first - rule->subjects.first), 1,
               rule->applies_subjects.count);
}

/* Finds what is varied; false where that makes too many combinations. */
static bool vary(struct eval_context *context, const struct image_rule *rule)
{
    uint32_t room = 0, combinations = 1;
    context->variable_count = 0;
    for (uint32_t k = 0; k < rule->subjects.count; k++) {
        const struct image_subject *subject = &context->image->SUBJECTS[rule->subjects.first + k];
        if (!context->marks[k] || !subject_is_open(context, subject)) continue;
        uint32_t count = regions_of(context, subject, context->regions + room);
        if (count == 0) continue;
        if (count > WALK_LIMIT / combinations) return false;
        combinations *= count;
        context->variables[context->variable_count++] = (struct variable){
            .reg = subject->reg, .saved = *eval_reg(context, subject->reg), .first = room, .count = count};
        room += count;
    }
    return true;
}

static void put(struct eval_context *context, const struct variable *v)
{
    *eval_reg(context, v->reg) = context->regions[v->first + v->at];
}

/* The next combination; false after the last. */
static bool step(struct eval_context *context)
{
    for (uint32_t k = 0; k < context->variable_count; k++) {
        struct variable *v = &context->variables[k];
        v->at = v->at + 1 < v->count ? v->at + 1 : 0;
        put(context, v);
        if (v->at != 0) return true;
    }
    return false;
}

static enum truth decide(struct eval_context *context, const struct image_rule *rule)
{
    vm_run(context, rule->applies_decide);
    enum truth applies = truth_at(context, rule->applies);
    if (applies == TRUTH_NO) return applies;
    if (context->each_list == EACH_GIVEN) vm_run(context, rule->decide);
    walk_truths(context, rule);
    return applies;
}

bool walk(struct eval_context *context, const struct image_rule *rule, walk_matters *matters,
          walk_visit *visit, void *data)
{
    walk_mark(context, rule, matters);
    if (!vary(context, rule)) return false;
    for (uint32_t k = 0; k < context->variable_count; k++)
        put(context, &context->variables[k]);
    while (visit(context, rule, decide(context, rule), data) && step(context)) {
    }
    for (uint32_t k = 0; k < context->variable_count; k++)
        *eval_reg(context, context->variables[k].reg) = context->variables[k].saved;
    (void)decide(context, rule);
    return true;
}

bool walk_waits(const struct eval_context *context)
{
    for (uint32_t k = 0; k < context->variable_count; k++) {
        const struct value *v = &context->variables[k].saved;
        if (v->tag != TAG_FAULT || v->fault == FAULT_OTHER_RULE) return true;
    }
    return false;
}
