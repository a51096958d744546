/* The walk over a list: windows, gaps, and where to go on. */
#include "runtime/eval_internal.h"

/* ---- Gaps ----------------------------------------------------------------------------------------- */

/* Between two neighbours whose order, or whose being neighbours, partial dates leave open. */
static struct value gap_open(void)
{
    return (struct value){.tag = TAG_UNKNOWN, .flags = VALUE_HI_NONE, .n = {DECIMAL_ZERO, DECIMAL_ZERO}};
}

/* The days before the element at; elements before its neighbour may reach as far as gap_reach. */
static void gap_measure(struct fold_state *s)
{
    if (s->at >= 2) {
        struct value passed = element_day(&s->elements[s->at - 2]);
        if (passed.t.hi > s->gap_reach) s->gap_reach = passed.t.hi;
    }
    struct value before = element_day(&s->elements[s->at - 1]), after = element_day(&s->elements[s->at]);
    if (s->gap_reach <= before.t.lo && before.t.hi <= after.t.lo && s->gap_reach <= after.t.lo)
        span_days(&s->gap, &before, &after);
    else
        s->gap = gap_open();
}

const struct value *fold_value(const struct image_fold *fold, const struct fold_state *state, uint32_t field)
{
    return fold->gaps ? &state->gap : &state->elements[state->at].fields[field];
}

/* ---- Windows -------------------------------------------------------------------------------------- */

static struct value in_bounds(const struct eval_context *context, const struct image_fold *fold,
                              const struct element *element)
{
    struct value after = value_truth(true), before = value_truth(true), both;
    bool by_day = fold->window & FOLD_BY_DAY;
    order_of *how = by_day ? order_day : order_time;
    if (fold->lo == NONE32 && fold->hi == NONE32) return after;
    struct value at = by_day ? element_day(element) : element_time(element);
    enum relation low = fold->window & FOLD_LO_OPEN ? RELATION_LT : RELATION_LE;
    enum relation high = fold->window & FOLD_HI_OPEN ? RELATION_LT : RELATION_LE;
    if (fold->lo != NONE32) compare_moment(&after, low, how, eval_reg(context, fold->lo), &at, NULL);
    if (fold->hi != NONE32) compare_moment(&before, high, how, &at, eval_reg(context, fold->hi), NULL);
    logic_and(&both, &after, &before);
    return both;
}

/* A window after an element ends where the next one begins. */
static struct value in_window(const struct eval_context *context, const struct image_fold *fold,
                              const struct element *element)
{
    struct value in = in_bounds(context, fold, element), before;
    const struct value *next = fold->next == NONE32 ? NULL : eval_reg(context, fold->next);
    if (!next || next->tag == TAG_OFF || truth_of(&in) == TRUTH_NO) return in;
    struct value at = element_time(element);
    compare_moment(&before, RELATION_LT, order_time, &at, next, NULL);
    logic_and(&in, &in, &before);
    return in;
}

/* ---- Control -------------------------------------------------------------------------------------- */

/* To the body for the next element that the window may hold, or behind the fold. */
static uint32_t advance(struct eval_context *context, const struct image_fold *fold, struct fold_state *s)
{
    for (; s->at < s->count; s->at++) {
        if (fold->gaps) gap_measure(s);
        s->in_window = in_window(context, fold, &s->elements[s->at]);
        if (truth_of(&s->in_window) != TRUTH_NO) return fold->begin + 1;
    }
    fold_finish(context, fold, s);
    return fold->end + 1;
}

uint32_t fold_begin(struct eval_context *context, uint32_t index)
{
    const struct image_fold *fold = &context->image->FOLDS[index];
    const struct slot *slot = &context->record->slots[fold->list];
    struct fold_state *s = &context->folds[index];
    if (slot->state != SLOT_PRESENT) {
        struct value missing = value_unknown(WHY_MISSING);
        if (fold->result != NONE32) *eval_reg(context, fold->result) = missing;
        if (fold->element != NONE32) *eval_reg(context, fold->element) = missing;
        return fold->end + 1;
    }
    *s = (struct fold_state){.elements = slot->elements,
                             .count = slot->count,
                             .at = fold->gaps ? 1 : 0,
                             .gap_reach = INT64_MIN,
                             .sum = value_number(DECIMAL_ZERO)};
    return advance(context, fold, s);
}

uint32_t fold_next(struct eval_context *context, uint32_t index)
{
    const struct image_fold *fold = &context->image->FOLDS[index];
    struct fold_state *s = &context->folds[index];
    struct value member = s->in_window;
    if (fold->where != NONE32) logic_and(&member, &s->in_window, eval_reg(context, fold->where));
    fold_take(context, fold, s, &member);
    s->at++;
    return advance(context, fold, s);
}

/* ---- Events that last ----------------------------------------------------------------------------- */

static struct value as_kind(const struct value *moment, enum kind is, enum kind wanted)
{
    struct value v = *moment;
    if (is == KIND_TIME && wanted == KIND_DAY) day_of_time(&v, moment);
    if (is == KIND_DAY && wanted == KIND_TIME) time_of_day(&v, moment);
    return v;
}

void fold_active(struct eval_context *context, const struct insn *i)
{
    const struct fold_state *s = &context->folds[i->a];
    const struct element *element = &s->elements[s->at];
    enum kind kind = i->op == OP_ACTIVE_DAY ? KIND_DAY : KIND_TIME;
    order_of *how = kind == KIND_DAY ? order_day : order_time;
    const struct value *t = eval_reg(context, i->b);
    struct value at = as_kind(&element->at, (enum kind)element->at_kind, kind);
    struct value begun, lasts = element->ongoing ? value_truth(true) : value_unknown(WHY_MISSING);
    compare_moment(&begun, RELATION_LE, how, &at, t, NULL);
    if (element->until_kind != KIND_NONE) {
        struct value until = as_kind(&element->until, (enum kind)element->until_kind, kind);
        compare_moment(&lasts, RELATION_LE, how, t, &until, NULL);
    }
    logic_and(eval_reg(context, i->d), &begun, &lasts);
}
