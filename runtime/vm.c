/* The loop.  The image is verified: operands are of their kinds and inside their tables. */
#include "runtime/eval_internal.h"

/* The order that decides a comparison whose values leave it open. */
static const struct value *order_at(const struct value *r, uint16_t c)
{
    return c == NONE16 ? NULL : &r[c];
}

static void or_else(struct value *d, const struct value *a, const struct value *b)
{
    *d = value_is_there(a) || a->tag == TAG_FAULT ? *a : *b;
}

/* Which value it is stays open with the condition. */
static void pick_open(struct value *d, const struct value *condition)
{
    bool fault = condition->tag == TAG_FAULT;
    *d = fault ? value_fault(condition->fault, condition->at) : value_unknown(WHY_UNDECIDED);
}

static void pick(struct value *d, const struct value *condition, const struct value *b, const struct value *c)
{
    if (condition->tag == TAG_KNOWN)
        *d = condition->yes ? *b : *c;
    else
        pick_open(d, condition);
}

static void only(struct value *d, const struct value *condition, const struct value *b, uint32_t pc)
{
    if (condition->tag == TAG_KNOWN && !condition->yes) {
        *d = value_fault(FAULT_NO_CASE, pc);
        return;
    }
    pick(d, condition, b, b);
}

static inline uint32_t pc_of(const struct insn *code, const struct insn *i)
{
    return (uint32_t)(i - code);
}

/* One instruction; the next one.  The registers stay where they are: who runs many keeps r, which is
   context->registers, and code, which is the image's. */
static inline __attribute__((always_inline)) const struct insn *
execute(struct eval_context *context, struct value *r, const struct insn *code, const struct insn *i)
{
    struct value *d = &r[i->d];
    switch ((enum opcode)i->op) {
    case OP_LOAD_INPUT: *d = context->record->slots[i->a].value; break;
    case OP_LOAD_PARAM: *d = context->parameters[i->a].value; break;
    case OP_LOAD_RESULT: fetch_result(context, i, pc_of(code, i)); break;
    case OP_HAS_ITEM: fetch_item(context, i, pc_of(code, i)); break;
    case OP_STATE_ON:
    case OP_STATE_AT: each_state(context, i); break;
    case OP_LOAD_TOTAL: fetch_total(context, i, pc_of(code, i)); break;
    case OP_DAY_AMOUNT:
    case OP_DATE_AMOUNT: fetch_amount(context, i, pc_of(code, i)); break;
    case OP_IS_OUTCOME: fetch_outcome(context, i); break;
    case OP_WITHIN: fetch_within(context, i, pc_of(code, i)); break;
    case OP_TABLE: fetch_table(context, i); break;

    case OP_ADD: interval_add(d, &r[i->a], &r[i->b], pc_of(code, i)); break;
    case OP_SUB: interval_sub(d, &r[i->a], &r[i->b], pc_of(code, i)); break;
    case OP_MUL: interval_mul(d, &r[i->a], &r[i->b], pc_of(code, i)); break;
    case OP_DIV: interval_div(d, &r[i->a], &r[i->b], pc_of(code, i)); break;
    case OP_NEGATE: interval_negate(d, &r[i->a]); break;
    case OP_SQRT: interval_sqrt(d, &r[i->a], pc_of(code, i)); break;
    case OP_MIN: interval_min(d, &r[i->a], &r[i->b]); break;
    case OP_MAX: interval_max(d, &r[i->a], &r[i->b]); break;
    case OP_ABS: interval_abs(d, &r[i->a]); break;
    case OP_SCALE: interval_scale(d, &r[i->a], &context->image->RATIOS[i->b], pc_of(code, i)); break;

    case OP_LT: compare_number(d, RELATION_LT, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_LE: compare_number(d, RELATION_LE, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_EQ: compare_number(d, RELATION_EQ, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_ORDER: compare_order(d, order_number, &r[i->a], &r[i->b]); break;
    case OP_NEGATIVE: compare_negative(d, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_LT_DAY: compare_moment(d, RELATION_LT, order_day, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_LE_DAY: compare_moment(d, RELATION_LE, order_day, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_EQ_DAY: compare_moment(d, RELATION_EQ, order_day, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_ORDER_DAY: compare_order(d, order_day, &r[i->a], &r[i->b]); break;
    case OP_LT_TIME: compare_moment(d, RELATION_LT, order_time, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_LE_TIME: compare_moment(d, RELATION_LE, order_time, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_EQ_TIME: compare_moment(d, RELATION_EQ, order_time, &r[i->a], &r[i->b], order_at(r, i->c)); break;
    case OP_ORDER_TIME: compare_order(d, order_time, &r[i->a], &r[i->b]); break;
    case OP_LT_ENUM: compare_code(d, RELATION_LT, &r[i->a], &r[i->b]); break;
    case OP_LE_ENUM: compare_code(d, RELATION_LE, &r[i->a], &r[i->b]); break;
    case OP_EQ_ENUM: compare_code(d, RELATION_EQ, &r[i->a], &r[i->b]); break;
    case OP_EQ_BOOL: compare_truth(d, &r[i->a], &r[i->b]); break;
    case OP_HAS: compare_has(d, &r[i->a], &r[i->b]); break;
    case OP_MEETS: compare_meets(d, &r[i->a], &r[i->b]); break;

    case OP_AND: logic_and(d, &r[i->a], &r[i->b]); break;
    case OP_OR: logic_or(d, &r[i->a], &r[i->b]); break;
    case OP_NOT: logic_not(d, &r[i->a]); break;
    case OP_IMPLIES: {
        struct value otherwise;
        logic_not(&otherwise, &r[i->a]);
        logic_or(d, &otherwise, &r[i->b]);
        break;
    }
    case OP_KNOWN: value_put_truth(d, value_is_there(&r[i->a])); break;
    case OP_KNOWN_LIST: value_put_truth(d, context->record->slots[i->a].state == SLOT_PRESENT); break;
    case OP_OR_ELSE: or_else(d, &r[i->a], &r[i->b]); break;
    case OP_PICK: pick(d, &r[i->a], &r[i->b], &r[i->c]); break;
    case OP_ONLY: only(d, &r[i->a], &r[i->b], pc_of(code, i)); break;
    case OP_TALLY: logic_tally(d, &r[i->a]); break;

    case OP_SPAN_MONTHS: span_months(d, &r[i->a], &r[i->b]); break;
    case OP_SPAN_MONTHS_TIME: span_months_time(d, &r[i->a], &r[i->b]); break;
    case OP_SPAN_DAYS: span_days(d, &r[i->a], &r[i->b]); break;
    case OP_SPAN_DAYS_TIME: span_days_time(d, &r[i->a], &r[i->b]); break;
    case OP_SPAN_SECONDS: span_seconds(d, &r[i->a], &r[i->b]); break;
    case OP_COMPLETED: span_completed(d, &r[i->a], &r[i->b], (enum cal_unit)i->c); break;
    case OP_COMPLETED_TIME: span_completed_time(d, &r[i->a], &r[i->b], (enum cal_unit)i->c); break;
    case OP_SHIFT_DAY: shift_day(d, &r[i->a], &r[i->b], (enum cal_unit)i->c, pc_of(code, i)); break;
    case OP_SHIFT_TIME: shift_time(d, &r[i->a], &r[i->b], (enum cal_unit)i->c, pc_of(code, i)); break;
    case OP_PHASE_END: phase_end(d, &r[i->a], &r[i->b], (enum cal_unit)i->c, pc_of(code, i)); break;
    case OP_PHASE_DAY: phase_day(d, &r[i->a], &r[i->b], &r[i->c], pc_of(code, i)); break;
    case OP_DAY_OF: day_of_time(d, &r[i->a]); break;
    case OP_TIME_OF: time_of_day(d, &r[i->a]); break;

    case OP_FOLD: return code + fold_begin(context, i->a);
    case OP_DROP: return truth_of(&r[i->b]) == TRUTH_NO ? code + fold_drop(context, i->a) : i + 1;
    case OP_END_FOLD: return code + fold_next(context, i->a);
    case OP_FIELD: *d = *fold_value(&context->image->FOLDS[i->a], &context->folds[i->a], i->b); break;
    case OP_AT_DAY: *d = element_day(&context->folds[i->a].elements[context->folds[i->a].at]); break;
    case OP_AT_TIME: *d = element_time(&context->folds[i->a].elements[context->folds[i->a].at]); break;
    case OP_ACTIVE_DAY:
    case OP_ACTIVE_TIME: fold_active(context, i); break;
    case OP_LASTS_DAY:
    case OP_LASTS_TIME: element_lasts(context, i); break;
    case OP_GET: fetch_field(context, i); break;
    case OP_GET_DAY: fetch_day(context, i); break;
    case OP_GET_TIME: fetch_time(context, i); break;

    case OP_EARLY_DAY: compare_interval(d, order_day, false, &r[i->a], &r[i->b], &r[i->c]); break;
    case OP_EARLY_TIME: compare_interval(d, order_time, false, &r[i->a], &r[i->b], &r[i->c]); break;
    case OP_LATE_DAY: compare_interval(d, order_day, true, &r[i->a], &r[i->b], &r[i->c]); break;
    case OP_LATE_TIME: compare_interval(d, order_time, true, &r[i->a], &r[i->b], &r[i->c]); break;
    case OP_COUNT:
    case OP_END: break;
    }
    return i + 1;
}

void vm_run(struct eval_context *context, uint32_t pc)
{
    const struct insn *code = context->image->CODE;
    struct value *r = context->registers;
    for (const struct insn *i = code + pc; i->op != OP_END;)
        i = execute(context, r, code, i);
}

void vm_run_units(struct eval_context *context, const struct run *units, uint32_t count)
{
    const struct insn *code = context->image->CODE;
    struct value *r = context->registers;
    for (uint32_t k = 0; k < count; k++) {
        const struct insn *i = &code[units[k].first], *end = i + units[k].count;
        while (i < end)
            i = execute(context, r, code, i);
    }
}

void vm_run_some(struct eval_context *context, const struct decision *decisions, uint32_t count,
                 uint64_t subjects)
{
    const struct insn *code = context->image->CODE;
    struct value *r = context->registers;
    for (uint32_t k = 0; k < count; k++)
        if (decisions[k].subjects & subjects) (void)execute(context, r, code, &code[decisions[k].pc]);
}
