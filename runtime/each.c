/* A rule for each element of its list. */
#include "runtime/each.h"
#include "runtime/verdict.h"

#include <stdlib.h>
#include <string.h>

static const struct image_each *each_of(const struct eval_context *context, uint32_t rule)
{
    return &context->image->EACHES[context->image->RULES[rule].each];
}

static const struct slot *list_of(const struct eval_context *context, uint32_t rule)
{
    return &context->record->slots[each_of(context, rule)->list];
}

uint32_t eval_each_count(const struct eval_context *context, uint32_t rule)
{
    if (context->image->RULES[rule].each == NONE32) return 0;
    const struct slot *list = list_of(context, rule);
    return list->state == SLOT_PRESENT ? list->count : 0;
}

const struct each_part *eval_each(const struct eval_context *context, uint32_t rule)
{
    return context->parts + context->part_first[context->image->RULES[rule].each];
}

static struct each_part *parts_of(const struct eval_context *context, uint32_t rule)
{
    return context->parts + context->part_first[context->image->RULES[rule].each];
}

uint32_t eval_each_latest(const struct eval_context *context, uint32_t rule)
{
    uint32_t each = context->image->RULES[rule].each;
    return each == NONE32 ? NONE32 : context->latest[each];
}

bool each_prepare(struct eval_context *context, const struct record *record)
{
    const struct image *image = context->image;
    size_t count = 0;
    for (uint32_t k = 0; k < image->EACHES_count; k++) {
        const struct slot *list = &record->slots[image->EACHES[k].list];
        context->part_first[k] = (uint32_t)count;
        if (list->state == SLOT_PRESENT) count += list->count;
        if (count > UINT32_MAX) return false;
    }
    if (count <= context->part_room) return true;
    struct each_part *parts = realloc(context->parts, count * sizeof *parts);
    if (!parts) return false;
    context->parts = parts;
    context->part_room = (uint32_t)count;
    return true;
}

/* ---- The registers that no instruction writes ----------------------------------------------------- */

static void put(struct eval_context *context, uint32_t reg, struct value value)
{
    if (reg != NONE32) *eval_reg(context, reg) = value;
}

static void place(struct eval_context *context, uint32_t rule, uint32_t element, struct value next,
                  struct value last)
{
    const struct image_each *each = each_of(context, rule);
    put(context, each->element, (struct value){.tag = TAG_KNOWN, .e = {each->list, element, element}});
    put(context, each->next, next);
    put(context, each->last, last);
    context->each_maybe_later = list_of(context, rule)->elements[element].maybe_later;
}

static struct value truth_value(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? value_unknown(WHY_UNDECIDED) : value_truth(truth == TRUTH_YES);
}

static enum truth place_in_order(struct eval_context *context, uint32_t rule, uint32_t element)
{
    enum truth last;
    struct value next = each_next(context, rule, element, &last);
    place(context, rule, element, next, truth_value(last));
    return last;
}

/* As if no later one counted. */
static void place_last(struct eval_context *context, uint32_t rule, uint32_t element)
{
    struct value none = value_unknown(WHY_NONE_RECORDED);
    none.tag = TAG_OFF;
    place(context, rule, element, none, value_truth(true));
}

static void place_nowhere(struct eval_context *context, uint32_t rule)
{
    struct value none = value_unknown(WHY_NONE_RECORDED);
    const struct image_each *each = each_of(context, rule);
    put(context, each->element, none);
    put(context, each->next, none);
    put(context, each->last, none);
    context->each_maybe_later = false;
}

/* ---- No element ----------------------------------------------------------------------------------- */

void each_truths(struct eval_context *context, const struct image_rule *rule)
{
    const struct image_row *rows = context->image->ROWS + rule->rows.first;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        bool due_later = rule->kind == RULE_MONITOR && rows[k].member == MONITOR_NOT_DUE;
        context->truths[k] = context->each_list == EACH_MISSING ? TRUTH_UNKNOWN
                             : due_later                        ? TRUTH_YES
                                                                : TRUTH_NO;
    }
}

static void clear_rows(struct eval_context *context, uint32_t rule)
{
    struct run rows = context->image->RULES[rule].rows;
    memset(context->rows + rows.first, 0, rows.count * sizeof *context->rows);
}

static void run_without(struct eval_context *context, uint32_t rule, enum each_list list)
{
    place_nowhere(context, rule);
    clear_rows(context, rule);
    context->each_list = list;
    rule_run_once(context, rule);
    context->each_list = EACH_GIVEN;
    if (list == EACH_MISSING && context->results[rule].outcome == OUTCOME_UNKNOWN)
        missing_put(context, &context->results[rule],
                    (uint32_t)READ_INPUT << 28 | each_of(context, rule)->list);
}

/* ---- Which elements count ------------------------------------------------------------------------- */

enum truth each_if_there(const struct eval_context *context, enum truth truth)
{
    return context->each_maybe_later && truth == TRUTH_YES ? TRUTH_UNKNOWN : truth;
}

enum truth each_counts(const struct eval_context *context, const struct image_rule *rule)
{
    if (rule->kind != RULE_MONITOR || rule->each == NONE32 || context->each_list != EACH_GIVEN)
        return TRUTH_YES;
    return each_if_there(context, truth_at(context, context->image->EACHES[rule->each].where));
}

/* Whether an element counts must not wait for whether those behind it do. */
static enum truth counts(struct eval_context *context, uint32_t rule, uint32_t element)
{
    struct value open = value_unknown(WHY_UNDECIDED);
    place(context, rule, element, open, open);
    each_code_where(context, &context->image->RULES[rule]);
    return each_if_there(context, truth_at(context, each_of(context, rule)->where));
}

/* Begins the parts: which elements count.  Of a rule that does not apply none is asked. */
static void begin_parts(struct eval_context *context, uint32_t rule, bool applies)
{
    struct each_part *parts = parts_of(context, rule);
    const struct slot *list = list_of(context, rule);
    for (uint32_t k = 0; k < list->count; k++) {
        parts[k] = (struct each_part){.counts = (uint8_t)(applies ? counts(context, rule, k) : TRUTH_NO),
                                      .last = TRUTH_NO,
                                      .outcome = OUTCOME_NOT_APPLICABLE,
                                      .exact = true};
    }
    for (uint32_t k = list->count, sure = k; k-- > 0;) {
        if (parts[k].counts == TRUTH_YES) sure = k;
        parts[k].next_sure = sure;
    }
}

/* ---- The parts ------------------------------------------------------------------------------------ */

static void run_part(struct eval_context *context, uint32_t rule)
{
    clear_rows(context, rule);
    rule_run_once(context, rule);
    if (context->each_maybe_later && context->results[rule].outcome == OUTCOME_UNKNOWN)
        missing_put(context, &context->results[rule],
                    (uint32_t)READ_INPUT << 28 | each_of(context, rule)->list);
}

static void keep_part(const struct rule_result *result, struct each_part *part)
{
    part->outcome = result->outcome;
    part->exact = result->exact;
    part->member = result->member;
    part->possible = result->possible;
    part->possible_outcomes = result->possible_outcomes;
}

/* The states of an element that may be the latest, if it is. */
static uint64_t states_as_latest(struct eval_context *context, uint32_t rule, uint32_t element,
                                 const struct each_part *part)
{
    uint32_t missing_count = context->missing_count;
    if (part->last == TRUTH_YES) return part->possible;
    place_last(context, rule, element);
    run_part(context, rule);
    context->missing_count = missing_count;
    return context->results[rule].possible;
}

/* Whether the rule looks at what lies behind an element. */
static bool looks_behind(const struct eval_context *context, uint32_t rule)
{
    const struct image_each *each = each_of(context, rule);
    return context->image->RULES[rule].kind == RULE_MONITOR || each->next != NONE32 || each->last != NONE32;
}

static void take_part(struct eval_context *context, uint32_t rule, uint32_t element, struct whole *whole)
{
    struct each_part *part = parts_of(context, rule) + element;
    context->missing_count = whole->result.missing.first + whole->result.missing.count;
    if (looks_behind(context, rule))
        part->last = (uint8_t)place_in_order(context, rule, element);
    else
        place_last(context, rule, element);
    run_part(context, rule);
    whole->any = true;
    keep_part(&context->results[rule], part);
    bool alert = context->image->RULES[rule].kind == RULE_ALERT, latest = part->last != TRUTH_NO;
    whole_take(context, rule, alert || latest, whole);
    if (alert || !latest) return;
    whole_take_latest(part, states_as_latest(context, rule, element, part), whole);
}

/* From the last to the first, so that the registers of the first are left: the earliest fault is named. */
void each_run(struct eval_context *context, uint32_t rule)
{
    const struct image_rule *r = &context->image->RULES[rule];
    const struct each_part *parts = eval_each(context, rule);
    struct whole whole;
    context->latest[r->each] = NONE32;
    if (list_of(context, rule)->state != SLOT_PRESENT) {
        run_without(context, rule, EACH_MISSING);
        return;
    }
    each_code_begin(context);
    each_code_applies(context, r);
    bool applies = truth_at(context, r->applies) != TRUTH_NO;
    begin_parts(context, rule, applies);
    whole_begin(context, r, &whole);
    for (uint32_t k = eval_each_count(context, rule); k-- > 0;)
        if (parts[k].counts != TRUTH_NO) take_part(context, rule, k, &whole);
    context->missing_count = whole.result.missing.first + whole.result.missing.count;
    if (whole.any)
        whole_end(context, rule, &whole);
    else
        run_without(context, rule, EACH_NOTHING);
}

/* ---- One of them again ---------------------------------------------------------------------------- */

/* What it reads of other rules is what it has read before, without the marks that these got afterwards. */
static void run_unmarked(struct eval_context *context, uint32_t rule)
{
    struct rule_result *marked = context->results, whole = context->unmarked[rule];
    context->results = context->unmarked;
    run_part(context, rule);
    marked[rule] = context->unmarked[rule];
    context->unmarked[rule] = whole;
    context->results = marked;
}

void eval_focus(struct eval_context *context, uint32_t rule, uint32_t element)
{
    struct run rows = context->image->RULES[rule].rows;
    struct focus *focus = &context->focus;
    eval_unfocus(context);
    focus->rule = rule;
    focus->result = context->results[rule];
    focus->missing_count = context->missing_count;
    memcpy(focus->rows, context->rows + rows.first, rows.count * sizeof *focus->rows);
    context->each_list = EACH_GIVEN;
    each_code_begin(context);
    context->each_applied = context->each_shared = focus->seen == rule;
    (void)place_in_order(context, rule, element);
    run_unmarked(context, rule);
    focus->seen = context->each_shared ? rule : NONE32;
}

bool eval_in_focus(const struct eval_context *context, uint32_t rule)
{
    return context->focus.rule == rule;
}

void eval_unfocus(struct eval_context *context)
{
    struct focus *focus = &context->focus;
    if (focus->rule == NONE32) return;
    struct run rows = context->image->RULES[focus->rule].rows;
    context->results[focus->rule] = focus->result;
    context->missing_count = focus->missing_count;
    memcpy(context->rows + rows.first, focus->rows, rows.count * sizeof *focus->rows);
    focus->rule = NONE32;
}

/* ---- What another rule asks of it ------------------------------------------------------------------ */

static enum truth is_at(const struct element *element, const struct insn *i, const struct value *moment)
{
    bool day = i->op == OP_STATE_ON;
    struct value at = day ? element_day(element) : element_time(element), is;
    compare_moment(&is, RELATION_EQ, day ? order_day : order_time, &at, moment, NULL);
    return truth_of(&is);
}

/* Elements at one moment have one state or none that is known. */
void each_state(struct eval_context *context, const struct insn *i)
{
    const struct value *moment = eval_reg(context, i->b);
    struct value *d = eval_reg(context, i->d);
    const struct each_part *parts = eval_each(context, i->a);
    const struct slot *list = list_of(context, i->a);
    bool found = false, day = i->op == OP_STATE_ON;
    struct run near = {0, 0};
    if (list->state == SLOT_PRESENT)
        near = stretch_between(list, stretch_from(moment, day), stretch_to(moment, day));
    *d = value_unknown(WHY_NONE_RECORDED);
    for (uint32_t k = near.first; k < near.first + near.count; k++) {
        enum truth at = is_at(&list->elements[k], i, moment);
        if (at == TRUTH_NO) continue;
        bool same = !found || (d->tag == TAG_KNOWN && d->code == parts[k].member);
        bool decided = at == TRUTH_YES && parts[k].outcome == OUTCOME_DECIDED && same;
        *d = decided ? value_code(parts[k].member) : value_unknown(WHY_UNDECIDED);
        found = true;
    }
}
