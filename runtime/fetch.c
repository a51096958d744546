/* What instructions read beside registers: tables of parameters, results of other rules, selected elements.
 */
#include "runtime/course.h"
#include "runtime/sets.h"

#include <string.h>

void fetch_table(struct eval_context *context, const struct insn *i)
{
    const struct value *key = eval_reg(context, i->b);
    struct value *d = eval_reg(context, i->d);
    if (key->tag == TAG_FAULT)
        *d = *key;
    else if (key->tag != TAG_KNOWN)
        *d = value_unknown((enum why)key->why);
    else
        *d = eval_entry(context, i->a, key->code);
}

/* ---- Results of rules ----------------------------------------------------------------------------- */

/* What a rule reads as that has no value. */
static struct value undecided(const struct rule_result *result, uint32_t pc)
{
    if (result->outcome == OUTCOME_FAULT) return value_fault(FAULT_OTHER_RULE, pc);
    return value_unknown(WHY_UNDECIDED);
}

static struct value number_range(decimal lo, decimal hi)
{
    struct value v = value_number(lo);
    v.n.hi = hi;
    if (!decimal_equal(lo, hi)) v.tag = TAG_RANGE;
    return v;
}

static bool gives_amounts(const struct rule_result *result)
{
    return result->outcome == OUTCOME_DECIDED && result->action != ACTION_WITHHOLD;
}

/* The one amount of a dose that has one. */
static const struct plan_step *single_amount(const struct eval_context *context, uint32_t rule)
{
    const struct rule_result *result = &context->results[rule];
    const struct plan_step *step = eval_plan(context, rule);
    bool single =
        gives_amounts(result) && result->step_count == 1 && step->days.count == 0 && !step->no_statement;
    return single ? step : NULL;
}

/* The members that a decided set has: what is one of a choice is among them. */
static struct value set_value(const struct eval_context *context, uint32_t rule)
{
    struct value v = {.tag = TAG_KNOWN};
    const struct set_item *items = eval_items(context, rule);
    for (uint32_t k = 0; k < set_item_count(context->image, &context->image->RULES[rule]); k++)
        if (item_is_in(&items[k])) v.set[k / 64] |= UINT64_C(1) << k % 64;
    return v;
}

static struct value result_value(const struct eval_context *context, uint32_t rule, uint32_t pc)
{
    const struct rule_result *result = &context->results[rule];
    if (rule_fills_set(&context->image->RULES[rule]))
        return result->outcome == OUTCOME_DECIDED ? set_value(context, rule) : undecided(result, pc);
    if (context->image->RULES[rule].kind != RULE_DOSE)
        return result->outcome == OUTCOME_DECIDED ? value_code(result->member) : undecided(result, pc);
    const struct plan_step *step = single_amount(context, rule);
    return step ? number_range(step->lo, step->hi) : undecided(result, pc);
}

void fetch_result(struct eval_context *context, const struct insn *i, uint32_t pc)
{
    *eval_reg(context, i->d) = result_value(context, i->a, pc);
}

void fetch_item(struct eval_context *context, const struct insn *i, uint32_t pc)
{
    const struct value *member = eval_reg(context, i->b);
    struct value *d = eval_reg(context, i->d);
    uint32_t count = set_item_count(context->image, &context->image->RULES[i->a]);
    if (member->tag != TAG_KNOWN) {
        *d = member->tag == TAG_FAULT ? *member : value_unknown((enum why)member->why);
    } else if ((uint32_t)member->code >= count) { /* `other` is no item */
        *d = context->results[i->a].outcome == OUTCOME_DECIDED ? value_truth(false)
                                                               : undecided(&context->results[i->a], pc);
    } else {
        const struct set_item *item = &eval_items(context, i->a)[member->code];
        bool open = item->state == ITEM_UNDECIDED || item->state == ITEM_NOT_APPLICABLE;
        bool broken = item->fault || context->results[i->a].fault == FAULT_GUARANTEE;
        *d = broken ? value_fault(FAULT_OTHER_RULE, pc)
             : open ? value_unknown(WHY_UNDECIDED)
                    : value_truth(item_is_in(item));
    }
}

void fetch_total(struct eval_context *context, const struct insn *i, uint32_t pc)
{
    const struct rule_result *result = &context->results[i->a];
    bool there = gives_amounts(result) && result->has_total;
    *eval_reg(context, i->d) =
        there ? number_range(result->total_lo, result->total_hi) : undecided(result, pc);
}

/* What a course gives on a day; a day without a dose is 0, which no amount is. */
static struct value amount_on(const struct course *course, int64_t day)
{
    uint32_t step = course_step_on(course, day);
    if (step == NONE32) return value_number(DECIMAL_ZERO);
    if (course->steps[step].no_statement) return value_unknown(WHY_UNDECIDED);
    return number_range(course->steps[step].lo, course->steps[step].hi);
}

/* Operand b as a day of the course; false with what its amount is instead in *d. */
static bool day_asked(const struct course *course, const struct value *b, bool date, int64_t *day,
                      struct value *d, uint32_t pc)
{
    *d = value_unknown(WHY_UNDECIDED);
    if (b->tag == TAG_FAULT) *d = *b;
    if (b->tag != TAG_KNOWN || course->days == COURSE_UNTOLD || (date && !course->dated)) return false;
    if (date)
        *day = course_day(course, b->t.lo);
    else if (!decimal_to_int(b->n.lo, day)) {
        *d = value_fault(FAULT_NOT_WHOLE, pc);
        return false;
    }
    return true;
}

void fetch_amount(struct eval_context *context, const struct insn *i, uint32_t pc)
{
    struct value *d = eval_reg(context, i->d);
    struct course course = course_of(context, context->image, i->a);
    int64_t day;
    if (course.count == 0)
        *d = undecided(&context->results[i->a], pc);
    else if (day_asked(&course, eval_reg(context, i->b), i->op == OP_DATE_AMOUNT, &day, d, pc))
        *d = amount_on(&course, day);
}

static bool is_outcome(const struct rule_result *result, uint32_t asked)
{
    if (asked < OUTCOME_COUNT) return result->outcome == asked;
    return result->outcome == OUTCOME_DECIDED && result->action == asked - OUTCOME_COUNT;
}

/* Whether another outcome can still take the place of the one that the rule has: of an unknown, a conflict, a
   fault, and of a dose that is withheld before it is known to apply. */
static bool may_turn(const struct rule_result *result)
{
    uint32_t own = UINT32_C(1) << result->outcome;
    if (result->outcome == OUTCOME_UNKNOWN) return true;
    if (result->outcome == OUTCOME_CONFLICT || result->outcome == OUTCOME_FAULT)
        return (result->possible_outcomes & ~own) != 0;
    return result->action == ACTION_WITHHOLD && result->applies != TRUTH_YES;
}

/* What a test expects looks at the outcome as it is; a rule must not read what more knowledge would take
 * back. */
void fetch_outcome(struct eval_context *context, const struct insn *i)
{
    const struct rule_result *result = &context->results[i->a];
    bool is = is_outcome(result, i->b), open = may_turn(result) && i->b != OUTCOME_UNKNOWN;
    bool possible = result->possible_outcomes >> i->b & 1;
    if (context->expects && is) open = false;
    *eval_reg(context, i->d) = open && possible ? value_unknown(WHY_UNDECIDED) : value_truth(is);
}

void fetch_within(struct eval_context *context, const struct insn *i, uint32_t pc)
{
    const struct value *a = eval_reg(context, i->a);
    struct value *d = eval_reg(context, i->d), above, below;
    const struct plan_step *step = single_amount(context, i->b);
    if (!step) {
        struct value none = undecided(&context->results[i->b], pc);
        compare_number(d, RELATION_LE, a, &none, NULL);
        return;
    }
    struct value lo = value_number(step->lo), hi = value_number(step->hi);
    compare_number(&above, RELATION_LE, &lo, a, NULL);
    compare_number(&below, RELATION_LE, a, &hi, NULL);
    logic_and(d, &above, &below);
}

/* ---- Elements ------------------------------------------------------------------------------------- */

struct value element_day(const struct element *element)
{
    struct value day = element->at;
    if (element->at_kind == KIND_TIME) day_of_time(&day, &element->at);
    return day;
}

struct value element_time(const struct element *element)
{
    struct value time = element->at;
    if (element->at_kind == KIND_DAY) time_of_day(&time, &element->at);
    return time;
}

static bool same_number(const struct value *a, const struct value *b)
{
    bool lo = (a->flags & VALUE_LO_NONE) || decimal_equal(a->n.lo, b->n.lo);
    bool hi = (a->flags & VALUE_HI_NONE) || decimal_equal(a->n.hi, b->n.hi);
    return lo && hi;
}

bool value_same(enum kind kind, const struct value *a, const struct value *b)
{
    if (a->tag != b->tag || a->flags != b->flags) return false;
    switch (kind) {
    case KIND_NUM: return same_number(a, b);
    case KIND_BOOL: return a->tag != TAG_KNOWN || a->yes == b->yes;
    case KIND_ENUM: return a->tag != TAG_KNOWN || a->code == b->code;
    case KIND_SET: return a->tag != TAG_KNOWN || memcmp(a->set, b->set, sizeof a->set) == 0;
    case KIND_DAY:
    case KIND_TIME:
        return a->t.lo == b->t.lo && a->t.hi == b->t.hi && a->t.lo_offset == b->t.lo_offset &&
               a->t.hi_offset == b->t.hi_offset;
    default: return false; /* a text is known by its note */
    }
}

static bool same_note(const struct element *a, const struct element *b, uint32_t field)
{
    const char *one = a->notes ? a->notes[field] : NULL, *two = b->notes ? b->notes[field] : NULL;
    return one && two && strcmp(one, two) == 0;
}

/* The field of all elements at the selected moment, where they agree in it. */
static struct value common_field(const struct slot *slot, const struct value *selected, uint32_t field,
                                 enum kind kind)
{
    const struct element *first = &slot->elements[selected->e.first];
    for (uint32_t k = selected->e.first + 1; k <= selected->e.last; k++) {
        const struct element *other = &slot->elements[k];
        bool same = kind == KIND_TEXT ? same_note(first, other, field)
                                      : value_same(kind, &first->fields[field], &other->fields[field]);
        if (!same) return value_unknown(WHY_MISSING);
    }
    return first->fields[field];
}

/* What a selection that selected nothing gives. */
static struct value none_selected(const struct value *selected)
{
    return selected->tag == TAG_FAULT ? *selected : value_unknown((enum why)selected->why);
}

void fetch_field(struct eval_context *context, const struct insn *i)
{
    const struct image *image = context->image;
    const struct value *selected = eval_reg(context, i->a);
    struct value *d = eval_reg(context, i->d);
    if (selected->tag != TAG_KNOWN) {
        *d = none_selected(selected);
        return;
    }
    uint32_t list = selected->e.list;
    enum kind kind = (enum kind)image->FIELDS[image->INPUTS[list].fields.first + i->b].type.kind;
    *d = common_field(&context->record->slots[list], selected, i->b, kind);
}

static const struct element *selected_element(const struct eval_context *context,
                                              const struct value *selected)
{
    return &context->record->slots[selected->e.list].elements[selected->e.first];
}

void fetch_day(struct eval_context *context, const struct insn *i)
{
    const struct value *selected = eval_reg(context, i->a);
    *eval_reg(context, i->d) = selected->tag == TAG_KNOWN ? element_day(selected_element(context, selected))
                                                          : none_selected(selected);
}

void fetch_time(struct eval_context *context, const struct insn *i)
{
    const struct value *selected = eval_reg(context, i->a);
    *eval_reg(context, i->d) = selected->tag == TAG_KNOWN ? element_time(selected_element(context, selected))
                                                          : none_selected(selected);
}
