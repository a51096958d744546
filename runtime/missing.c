/* What an unknown result waits for. */
#include "runtime/regions.h"
#include "runtime/verdict.h"

enum { NODE_DEPTH_MAX = 100 };

static uint32_t read_index(uint32_t read)
{
    return read & UINT32_C(0x0FFFFFFF);
}

static bool input_is_open(const struct eval_context *context, uint32_t input)
{
    const struct slot *slot = &context->record->slots[input];
    if (slot->state != SLOT_PRESENT) return true;
    if (context->image->INPUTS[input].list != LIST_NOT) return slot->count == 0;
    return slot->value.tag != TAG_KNOWN;
}

static bool read_is_open(const struct eval_context *context, uint32_t read)
{
    switch (read >> 28) {
    case READ_INPUT: return input_is_open(context, read_index(read));
    case READ_PARAM: return !context->parameters[read_index(read)].set;
    default: return context->results[read_index(read)].outcome != OUTCOME_DECIDED;
    }
}

static bool read_is_list(const struct eval_context *context, uint32_t read)
{
    return read >> 28 == READ_INPUT && context->image->INPUTS[read_index(read)].list != LIST_NOT;
}

uint32_t eval_missing_of(const struct eval_context *context, struct run reads, uint32_t *out)
{
    const uint32_t *items = context->image->INDEXES + reads.first;
    uint32_t count = 0;
    for (uint32_t k = 0; k < reads.count; k++)
        if (read_is_open(context, items[k])) out[count++] = items[k];
    for (uint32_t k = 0; count == 0 && k < reads.count; k++)
        if (read_is_list(context, items[k])) out[count++] = items[k];
    return count;
}

/* ---- The list of a result, sorted ----------------------------------------------------------------- */

static void put(struct eval_context *context, struct rule_result *result, uint32_t read)
{
    uint32_t *items = context->missing + result->missing.first;
    uint32_t place = 0;
    while (place < result->missing.count && items[place] < read)
        place++;
    if (place < result->missing.count && items[place] == read) return;
    for (uint32_t k = result->missing.count; k > place; k--)
        items[k] = items[k - 1];
    items[place] = read;
    result->missing.count++;
    context->missing_count = result->missing.first + result->missing.count;
}

static bool reg_is_open(const struct eval_context *context, uint32_t reg)
{
    return reg != NONE32 && eval_reg(context, reg)->tag != TAG_KNOWN;
}

static bool none_recorded(const struct value *v)
{
    return v->tag == TAG_UNKNOWN && v->why == WHY_NONE_RECORDED;
}

/* Whether the node is a selection from the list that found nothing, or reads of what it found something that
   is not known. */
static bool gives_nothing(const struct eval_context *context, const struct image_node *node, uint32_t list)
{
    const struct image_node *select = node;
    if (node->kind == NODE_FIELD && node->child != NONE32) select = &context->image->NODES[node->child];
    if (select->kind != NODE_SELECT || select->ref != list) return false;
    if (select->element == NONE32) return node->reg != NONE32 && none_recorded(eval_reg(context, node->reg));
    const struct value *element = eval_reg(context, select->element);
    return element->tag == TAG_KNOWN ? reg_is_open(context, node->reg) : none_recorded(element);
}

static bool selects_nothing(const struct eval_context *context, uint32_t index, uint32_t list, uint32_t depth)
{
    if (index == NONE32 || depth == 0) return false;
    const struct image_node *node = &context->image->NODES[index];
    if (gives_nothing(context, node, list)) return true;
    for (uint32_t child = node->child; child != NONE32; child = context->image->NODES[child].next)
        if (selects_nothing(context, child, list, depth - 1)) return true;
    return false;
}

void missing_add(struct eval_context *context, struct rule_result *result, struct run reads, uint32_t node)
{
    const uint32_t *items = context->image->INDEXES + reads.first;
    bool found = false;
    for (uint32_t k = 0; k < reads.count; k++) {
        bool list = read_is_list(context, items[k]);
        bool open = read_is_open(context, items[k]) ||
                    (list && selects_nothing(context, node, read_index(items[k]), NODE_DEPTH_MAX));
        if (open) put(context, result, items[k]);
        found |= open;
    }
    for (uint32_t k = 0; !found && k < reads.count; k++)
        if (read_is_list(context, items[k])) put(context, result, items[k]);
}

/* `negative` without its limit waits for that parameter too. */
static void add_limits(struct eval_context *context, struct rule_result *result,
                       const struct image_subject *subject)
{
    const struct value *v = eval_reg(context, subject->reg);
    for (uint32_t k = 0; k < subject->reads.count; k++) {
        uint32_t read = context->image->INDEXES[subject->reads.first + k];
        if (read >> 28 != READ_INPUT) continue;
        const struct value *given = &context->record->slots[read_index(read)].value;
        if (read_is_list(context, read)) given = v;
        uint32_t limit = context->image->INPUTS[read_index(read)].negative_below;
        if (limit != NONE32 && given->tag == TAG_UNKNOWN && (given->flags & VALUE_NEGATIVE))
            put(context, result, (uint32_t)READ_PARAM << 28 | limit);
    }
}

/* A range that no threshold cuts leaves nothing open. */
static bool subject_matters(const struct eval_context *context, const struct image_subject *subject)
{
    if (!subject_is_open(context, subject)) return false;
    return eval_reg(context, subject->reg)->tag != TAG_RANGE ||
           regions_of(context, subject, context->regions) > 1;
}

/* Where no subject is open, what those that were compared read that is not there. */
static void add_all_open(struct eval_context *context, const struct image_rule *rule,
                         struct rule_result *result)
{
    for (uint32_t k = 0; k < rule->subjects.count; k++) {
        struct run reads = context->image->SUBJECTS[rule->subjects.first + k].reads;
        for (uint32_t i = 0; context->marks[k] && i < reads.count; i++) {
            uint32_t read = context->image->INDEXES[reads.first + i];
            if (read_is_open(context, read)) put(context, result, read);
        }
    }
}

void missing_collect(struct eval_context *context, const struct image_rule *rule, walk_matters *matters,
                     struct rule_result *result)
{
    result->missing = (struct run){context->missing_count, 0};
    walk_mark(context, rule, matters);
    for (uint32_t k = 0; k < rule->subjects.count; k++) {
        const struct image_subject *subject = &context->image->SUBJECTS[rule->subjects.first + k];
        if (!context->marks[k] || !subject_matters(context, subject)) continue;
        missing_add(context, result, subject->reads, subject->node);
        add_limits(context, result, subject);
    }
    if (result->missing.count == 0) add_all_open(context, rule, result);
}
