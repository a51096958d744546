/* What an unknown result waits for. */
#include "runtime/each.h"
#include "runtime/regions.h"
#include "runtime/verdict.h"

enum { NODE_DEPTH_MAX = 100, NODES_MAX = 10000 };

typedef bool read_test(const struct eval_context *context, uint32_t read);

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

/* A dose that is withheld is decided, but has no amount for a rule that asks for it; and where `applies when`
   is not known, a rule that reads it waits for that all the same. */
static bool rule_is_open(const struct rule_result *result)
{
    return result->outcome != OUTCOME_DECIDED || result->action == ACTION_WITHHOLD;
}

static bool read_is_open(const struct eval_context *context, uint32_t read)
{
    switch (read >> 28) {
    case READ_INPUT: return input_is_open(context, read_index(read));
    case READ_PARAM: return !context->parameters[read_index(read)].set;
    default: return rule_is_open(&context->results[read_index(read)]);
    }
}

static bool read_is_list(const struct eval_context *context, uint32_t read)
{
    return read >> 28 == READ_INPUT && context->image->INPUTS[read_index(read)].list != LIST_NOT;
}

/* A date is complete, and where a time is needed it is the range of its day. */
static bool read_is_day(const struct eval_context *context, uint32_t read)
{
    return read >> 28 == READ_INPUT && context->image->INPUTS[read_index(read)].type.kind == KIND_DAY;
}

bool missing_may_end_fault(const struct eval_context *context, struct run reads)
{
    const uint32_t *items = context->image->INDEXES + reads.first;
    for (uint32_t k = 0; k < reads.count; k++)
        if (read_is_list(context, items[k]) || read_is_open(context, items[k])) return true;
    return false;
}

static bool visit_reads(const struct eval_context *context, struct run reads, read_test *test,
                        read_visit *visit, void *data)
{
    const uint32_t *items = context->image->INDEXES + reads.first;
    bool any = false;
    for (uint32_t k = 0; k < reads.count; k++) {
        if (!test(context, items[k])) continue;
        visit(data, items[k]);
        any = true;
    }
    return any;
}

void eval_missing_each(const struct eval_context *context, struct run reads, read_visit *visit, void *data)
{
    if (visit_reads(context, reads, read_is_open, visit, data)) return;
    if (visit_reads(context, reads, read_is_list, visit, data)) return;
    (void)visit_reads(context, reads, read_is_day, visit, data);
}

struct read_list {
    uint32_t *items, count;
};

static void list_read(void *data, uint32_t read)
{
    struct read_list *list = data;
    list->items[list->count++] = read;
}

uint32_t eval_missing_of(const struct eval_context *context, struct run reads, uint32_t *out)
{
    struct read_list list = {out, 0};
    eval_missing_each(context, reads, list_read, &list);
    return list.count;
}

/* ---- The list of a result, sorted ----------------------------------------------------------------- */

/* There is room for what the subjects of all rules read; a tree that names anything else is cut short. */
void missing_put(struct eval_context *context, struct rule_result *result, uint32_t read)
{
    uint32_t *items = context->missing + result->missing.first;
    uint32_t place = 0;
    while (place < result->missing.count && items[place] < read)
        place++;
    if (place < result->missing.count && items[place] == read) return;
    if (context->missing_count == context->missing_room) return;
    for (uint32_t k = result->missing.count; k > place; k--)
        items[k] = items[k - 1];
    items[place] = read;
    result->missing.count++;
    context->missing_count = result->missing.first + result->missing.count;
}

/* ---- What of a list is still live ----------------------------------------------------------------- */

/* In eval_context.read_marks, of the last number that has been given out: a read that is asked about, and one
   that is live.  What is marked otherwise has a smaller number. */
enum { MARK_ASKED, MARK_LIVE, MARK_COUNT };

static uint64_t *mark_of(const struct eval_context *context, uint32_t read)
{
    const struct image *image = context->image;
    uint32_t before = read >> 28 == READ_INPUT   ? 0
                      : read >> 28 == READ_PARAM ? image->INPUTS_count
                                                 : image->INPUTS_count + image->PARAMS_count;
    return &context->read_marks[before + read_index(read)];
}

static void ask(struct eval_context *context, struct run list)
{
    context->mark_number += MARK_COUNT;
    context->asked = list.count;
    for (uint32_t k = 0; k < list.count; k++)
        *mark_of(context, context->missing[list.first + k]) = context->mark_number + MARK_ASKED;
}

/* Once all that is asked about is live, there is nothing to look for any more. */
static void answer(struct eval_context *context, uint32_t read)
{
    uint64_t *mark = mark_of(context, read);
    if (*mark != context->mark_number + MARK_ASKED) return;
    *mark = context->mark_number + MARK_LIVE;
    if (--context->asked == 0) context->nodes_left = 0;
}

/* No tree names the limit of an input that is negative below it. */
static void note_live(struct eval_context *context, uint32_t read)
{
    answer(context, read);
    uint32_t limit =
        read >> 28 == READ_INPUT ? context->image->INPUTS[read_index(read)].negative_below : NONE32;
    if (limit != NONE32) answer(context, (uint32_t)READ_PARAM << 28 | limit);
}

/* Adds a read to the list, or notes that it is live where there is none. */
static void put(struct eval_context *context, struct rule_result *result, uint32_t read)
{
    if (result)
        missing_put(context, result, read);
    else
        note_live(context, read);
}

static bool put_open(struct eval_context *context, struct rule_result *result, uint32_t read)
{
    if (!read_is_open(context, read)) return false;
    put(context, result, read);
    return true;
}

/* ---- What an expression waits for ----------------------------------------------------------------- */

static bool add_node(struct eval_context *context, struct rule_result *result, uint32_t index,
                     uint32_t depth);

/* NULL inside of a fold, where the value is that of the last element and says nothing about the others. */
static const struct value *node_value(const struct eval_context *context, const struct image_node *node)
{
    return node->reg == NONE32 ? NULL : eval_reg(context, node->reg);
}

/* The list is what is missing: it is not there, nothing could be selected from it, or what was selected has
 * no value. */
static bool add_list(struct eval_context *context, struct rule_result *result,
                     const struct image_node *select)
{
    put(context, result, (uint32_t)READ_INPUT << 28 | select->ref);
    return true;
}

/* The selected element is there, and its field or date is not. */
static bool add_field(struct eval_context *context, struct rule_result *result,
                      const struct image_node *field, uint32_t depth)
{
    if (field->child == NONE32) return false;
    const struct image_node *select = &context->image->NODES[field->child];
    bool found = add_node(context, result, field->child, depth);
    if (!found && select->kind == NODE_SELECT) {
        put(context, result, (uint32_t)READ_INPUT << 28 | select->ref);
        found = true;
    }
    return found;
}

static bool add_children(struct eval_context *context, struct rule_result *result, uint32_t child,
                         uint32_t depth)
{
    bool found = false;
    for (; child != NONE32; child = context->image->NODES[child].next)
        found |= add_node(context, result, child, depth);
    return found;
}

static bool has_window(const struct image_fold *fold)
{
    return fold->lo != NONE32 || fold->hi != NONE32 || fold->next != NONE32;
}

/* What leaves open which entries lie in the window of a selection: WINDOW_OPEN, the moments that it counts
   from; WINDOW_NEXT_OPEN, where the next element begins; neither where each entry of a list that is there is
   surely in it or not. */
static enum window_place open_window(const struct eval_context *context, const struct image_node *select)
{
    const struct slot *slot = &context->record->slots[select->ref];
    enum window_place found = WINDOW_OUTSIDE;
    if (slot->state != SLOT_PRESENT) return WINDOW_OPEN;
    uint32_t fold = slot->count > 0 ? eval_fold_of(context, select) : NONE32;
    if (fold != NONE32 && !has_window(&context->image->FOLDS[fold])) return found;
    if (fold == NONE32) return found;
    struct run stretch = stretch_of_window(context, &context->image->FOLDS[fold], slot);
    for (uint32_t k = stretch.first; k < stretch.first + stretch.count && found != WINDOW_OPEN; k++) {
        enum window_place place = eval_window(context, fold, k);
        if (place == WINDOW_OPEN || place == WINDOW_NEXT_OPEN) found = place;
    }
    return found;
}

static bool is_moment(const struct image_node *node)
{
    return node->type.kind == KIND_DAY || node->type.kind == KIND_TIME;
}

/* The list whose next element ends the window of a selection. */
static void add_next(struct eval_context *context, struct rule_result *result,
                     const struct image_node *select)
{
    const struct image *image = context->image;
    const struct image_fold *fold = &image->FOLDS[eval_fold_of(context, select)];
    for (uint32_t k = 0; k < image->EACHES_count; k++)
        if (image->EACHES[k].next == fold->next)
            put(context, result, (uint32_t)READ_INPUT << 28 | image->EACHES[k].list);
}

/* What a monitor expects is counted from what its window shows. */
static void add_window(struct eval_context *context, struct rule_result *result,
                       const struct image_node *select, uint32_t depth)
{
    const struct image *image = context->image;
    uint32_t index = image->MONITORS_count ? eval_fold_of(context, select) : NONE32;
    if (index == NONE32) return;
    const struct image_fold *fold = &image->FOLDS[index];
    for (uint32_t k = 0; k < image->MONITORS_count; k++)
        if (image->MONITORS[k].to == fold->lo || image->MONITORS[k].to == fold->hi)
            (void)add_node(context, result, image->MONITORS[k].to_node, depth);
}

/* Of a list that is empty nothing is asked: what its condition and its window read is not waited for. */
static bool add_select(struct eval_context *context, struct rule_result *result,
                       const struct image_node *select, uint32_t depth)
{
    const struct image_node *nodes = context->image->NODES;
    const struct slot *slot = &context->record->slots[select->ref];
    uint32_t child = (select->again == NONE32 ? select : &nodes[select->again])->child;
    (void)add_list(context, result, select);
    if (slot->state == SLOT_PRESENT && slot->count == 0) return true;
    enum window_place open = open_window(context, select);
    if (open == WINDOW_NEXT_OPEN) add_next(context, result, select);
    if (open == WINDOW_OPEN) add_window(context, result, select, depth);
    for (; child != NONE32; child = nodes[child].next)
        if (open == WINDOW_OPEN || !is_moment(&nodes[child])) (void)add_node(context, result, child, depth);
    return true;
}

/* A parameter that is not set; of a table that is, what its key waits for, or else the entry that it does not
 * have. */
static bool add_param(struct eval_context *context, struct rule_result *result, const struct image_node *node,
                      uint32_t depth)
{
    uint32_t read = (uint32_t)READ_PARAM << 28 | node->ref;
    if (put_open(context, result, read)) return true;
    if (node->child == NONE32) return false;
    bool found = add_children(context, result, node->child, depth), shown = node->reg != NONE32;
    if (!found && shown) put(context, result, read);
    return found || shown;
}

/* The cases behind the one that counts are not waited for. */
static bool add_case(struct eval_context *context, struct rule_result *result, const struct image_node *node,
                     uint32_t depth)
{
    const struct image_node *nodes = context->image->NODES;
    if (node->child == NONE32 || nodes[node->child].next == NONE32) return false;
    const struct value *condition = node_value(context, &nodes[node->child]);
    uint32_t then = nodes[node->child].next;
    if (!condition) return add_children(context, result, node->child, depth);
    if (condition->tag != TAG_KNOWN) return add_node(context, result, node->child, depth);
    return add_node(context, result, condition->yes ? then : nodes[then].next, depth);
}

/* Puts what leaves this expression open; what is known in it is not waited for, whatever it read.  False
   where that is nothing. */
static bool add_node(struct eval_context *context, struct rule_result *result, uint32_t index, uint32_t depth)
{
    if (index == NONE32 || depth == 0 || context->nodes_left == 0) return false;
    context->nodes_left--;
    const struct image_node *node = &context->image->NODES[index];
    const struct value *value = node_value(context, node);
    if (value && (value->tag == TAG_KNOWN || value->tag == TAG_OFF)) return false;
    switch ((enum node_kind)node->kind) {
    case NODE_INPUT: return put_open(context, result, (uint32_t)READ_INPUT << 28 | node->ref);
    case NODE_PARAM: return add_param(context, result, node, depth - 1);
    case NODE_RESULT: return put_open(context, result, (uint32_t)READ_RULE << 28 | node->ref);
    case NODE_FIELD: return add_field(context, result, node, depth - 1);
    case NODE_CASE: return add_case(context, result, node, depth - 1);
    case NODE_SELECT: return add_select(context, result, node, depth - 1);
    default: return add_children(context, result, node->child, depth - 1);
    }
}

/* A comparison waits for both of its sides; its own register is that of the last way that the walk tried. */
static bool add_root(struct eval_context *context, struct rule_result *result, uint32_t root)
{
    if (root == NONE32) return false;
    context->nodes_left = NODES_MAX;
    const struct image_node *node = &context->image->NODES[root];
    bool compared = node->kind == NODE_COMPARE || node->kind == NODE_TEST;
    return compared ? add_children(context, result, node->child, NODE_DEPTH_MAX)
                    : add_node(context, result, root, NODE_DEPTH_MAX);
}

void missing_add(struct eval_context *context, struct rule_result *result, struct run reads, uint32_t node)
{
    if (add_root(context, result, node)) return;
    const uint32_t *items = context->image->INDEXES + reads.first;
    bool found = false;
    for (uint32_t k = 0; k < reads.count; k++)
        found |= put_open(context, result, items[k]);
    bool listed = found;
    for (uint32_t k = 0; !found && k < reads.count; k++) {
        if (!read_is_list(context, items[k])) continue;
        missing_put(context, result, items[k]);
        listed = true;
    }
    for (uint32_t k = 0; !listed && k < reads.count; k++)
        if (read_is_day(context, items[k])) missing_put(context, result, items[k]);
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
            missing_put(context, result, (uint32_t)READ_PARAM << 28 | limit);
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
    for (uint32_t k = 0; k < context->marked_count; k++) {
        struct run reads = context->image->SUBJECTS[rule->subjects.first + context->marked[k]].reads;
        for (uint32_t i = 0; i < reads.count; i++) {
            uint32_t read = context->image->INDEXES[reads.first + i];
            if (read_is_open(context, read)) missing_put(context, result, read);
        }
    }
}

/* ---- What can still change a condition ------------------------------------------------------------ */

/* Whether the element in hand counts may be all that is open. */
static void add_where(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    if (truth_is_open((uint8_t)each_counts(context, rule)))
        add_node(context, result, context->image->EACHES[rule->each].where_node, NODE_DEPTH_MAX);
}

/* Notes what leaves the rows that matter and an open `applies` open: what stands in a part of a condition
   that is known already can change it no more. */
static void note_all_live(struct eval_context *context, const struct image_rule *rule)
{
    context->nodes_left = NODES_MAX;
    if (truth_is_open((uint8_t)truth_at(context, rule->applies)))
        add_node(context, NULL, rule->applies_node, NODE_DEPTH_MAX);
    add_where(context, rule, NULL);
    for (uint32_t k = 0; k < context->matter_count; k++)
        add_node(context, NULL, context->image->ROWS[rule->rows.first + context->matters[k]].node,
                 NODE_DEPTH_MAX);
}

/* Takes out of result->missing, the last of the lists, what can change no condition any more. */
static void keep_live(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    uint32_t *items = context->missing + result->missing.first, kept = 0;
    if (result->missing.count < 2) return; /* one alone stays, whatever it changes */
    ask(context, result->missing);
    note_all_live(context, rule);
    for (uint32_t k = 0; k < result->missing.count; k++)
        if (*mark_of(context, items[k]) == context->mark_number + MARK_LIVE) items[kept++] = items[k];
    if (kept > 0) result->missing.count = kept;
    context->missing_count = result->missing.first + result->missing.count;
}

void missing_collect(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    result->missing = (struct run){context->missing_count, 0};
    walk_mark(context, rule);
    for (uint32_t k = 0; k < context->marked_count; k++) {
        const struct image_subject *subject =
            &context->image->SUBJECTS[rule->subjects.first + context->marked[k]];
        if (!subject_matters(context, subject)) continue;
        missing_add(context, result, subject->reads, subject->node);
        add_limits(context, result, subject);
    }
    context->nodes_left = NODES_MAX;
    add_where(context, rule, result);
    if (result->missing.count == 0) add_all_open(context, rule, result);
    keep_live(context, rule, result);
}
