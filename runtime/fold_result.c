/* What a walk over a list gathers from its members, and what it comes to.

   A member is sure or doubtful.  What is gathered always holds both: the result as it is with the sure
   ones, and how far the doubtful ones can take it.  docs/evaluation.md, Selections, has the table that
   this implements. */
#include "runtime/eval_internal.h"

/* ---- Taking a member in --------------------------------------------------------------------------- */

static bool mirrored(const struct image_fold *fold)
{
    return fold->selector == FOLD_FIRST;
}

static void take_latest(const struct image_fold *fold, struct fold_state *s, bool sure)
{
    struct value none = {.tag = TAG_KNOWN};
    latest_take(&s->latest, &s->elements[s->at], s->at, mirrored(fold), sure, fold->gaps ? &s->gap : &none);
}

/* The value of a member that may be none: it can leave what it adds to as it is. */
static struct value doubted(const struct value *v, enum fold_selector selector)
{
    struct value w = *v;
    const struct value zero = value_number(DECIMAL_ZERO);
    if (selector == FOLD_TOTAL) interval_hull(&w, &zero, v);
    if (selector == FOLD_HIGHEST) w.flags = (uint8_t)((w.flags & ~VALUE_LO_OPEN) | VALUE_LO_NONE);
    if (selector == FOLD_LOWEST) w.flags = (uint8_t)((w.flags & ~VALUE_HI_OPEN) | VALUE_HI_NONE);
    if (w.tag == TAG_KNOWN && selector != FOLD_TOTAL) w.tag = TAG_RANGE;
    return w;
}

/* The element with the extreme value is the latest of those whose value reaches as far as any can: sure where
   one reaches it for certain. */
static void take_extreme(const struct image_fold *fold, struct fold_state *s, const struct value *v,
                         bool sure)
{
    int side = fold->selector == FOLD_HIGHEST ? 1 : -1;
    bool first = s->sure + s->doubtful == 1;
    int reach = first ? 1 : interval_reach(v, &s->sum, side);
    /* none of the members so far can have the extreme value any more */
    if (reach > 0) s->latest = (struct latest){.any = false};
    if (reach >= 0) take_latest(fold, s, sure && value_is_there(v) && value_is_point(v));
    struct value w = sure ? *v : doubted(v, (enum fold_selector)fold->selector);
    if (first)
        s->sum = w;
    else if (side > 0)
        interval_max(&s->sum, &s->sum, &w);
    else
        interval_min(&s->sum, &s->sum, &w);
}

static void take_sum(const struct image_fold *fold, struct fold_state *s, const struct value *v, bool sure)
{
    if (fold->selector == FOLD_AVERAGE) {
        if (s->sure + s->doubtful == 1)
            s->hull = *v;
        else
            interval_hull(&s->hull, &s->hull, v);
        /* the sum is divided by the number of sure members, and only where all are */
        if (!sure) return;
    }
    struct value w = sure ? *v : doubted(v, FOLD_TOTAL);
    interval_add(&s->sum, &s->sum, &w, fold->end);
}

static void note_fault(struct fold_state *s, const struct value *fault)
{
    if (!s->has_fault) s->fault = *fault;
    s->has_fault = true;
}

static void take_claim(struct fold_state *s, const struct value *claim, bool sure)
{
    enum truth truth = truth_of(claim);
    if (truth == TRUTH_FAULT) note_fault(s, claim);
    if (truth == TRUTH_NO && sure) s->failed = true;
    if (truth == TRUTH_YES || (truth == TRUTH_NO && sure)) return;
    s->doubted = true;
    if (s->doubt == NONE32) s->doubt = s->at;
}

/* Of `any` with a condition only the answer is asked. */
static bool selects_nothing(const struct image_fold *fold)
{
    return fold->selector == FOLD_ANY && fold->element == NONE32 && fold->where != NONE32;
}

bool fold_has_latest(const struct image_fold *fold, const struct fold_state *state)
{
    return latest_is_sure(&state->latest) || (fold->where == NONE32 && state->latest.any);
}

/* All from at on, in a longer list, are surely later than the first one, which is found.  Its near end is its
   late one, with the sign of mirrored time. */
static bool first_is_settled(const struct image_fold *fold, const struct fold_state *s)
{
    enum { LENGTH = 16 };
    if (s->at + LENGTH >= s->count || !fold_has_latest(fold, s)) return false;
    return s->elements[s->at].start - CLOCKS_APART > -s->latest.at.near;
}

bool fold_is_settled(const struct image_fold *fold, const struct fold_state *state)
{
    if (fold->selector == FOLD_FIRST) return first_is_settled(fold, state);
    return state->sure > 0 && selects_nothing(fold);
}

void fold_take(struct eval_context *context, const struct image_fold *fold, struct fold_state *state,
               const struct value *member)
{
    enum truth truth = truth_of(member);
    bool sure = truth == TRUTH_YES;
    if (truth == TRUTH_NO) return;
    if (truth == TRUTH_FAULT) note_fault(state, member);
    if (!sure && state->doubt == NONE32) state->doubt = state->at;
    if (sure)
        state->sure++;
    else
        state->doubtful++;
    switch ((enum fold_selector)fold->selector) {
    case FOLD_ANY:
        if (!selects_nothing(fold)) take_latest(fold, state, sure);
        break;
    case FOLD_LATEST:
    case FOLD_FIRST: take_latest(fold, state, sure); break;
    case FOLD_HIGHEST:
    case FOLD_LOWEST: take_extreme(fold, state, fold_value(fold, state, 0), sure); break;
    case FOLD_AVERAGE:
    case FOLD_TOTAL: take_sum(fold, state, fold_value(fold, state, 0), sure); break;
    case FOLD_EVERY: take_claim(state, eval_reg(context, fold->claim), sure); break;
    case FOLD_COUNT: break;
    }
}

/* ---- The end -------------------------------------------------------------------------------------- */

/* What cannot be said, and why: of nothing, because a membership is a fault, or because something is open. */
static struct value undecided(const struct fold_state *s)
{
    if (s->has_fault) return s->fault;
    return value_unknown(s->sure + s->doubtful == 0 ? WHY_NONE_RECORDED : WHY_MISSING);
}

/* A range whose ends have met is known, unless a fault has left it a range. */
static struct value closed_up(const struct fold_state *s, const struct value *v)
{
    struct value result = *v;
    if (v->tag == TAG_FAULT || v->tag == TAG_KNOWN) return result;
    if (value_is_point(v)) return value_number(v->n.lo);
    return s->has_fault ? s->fault : result;
}

static struct value count_of(const struct fold_state *s)
{
    struct value v = value_number(decimal_from_int(s->sure));
    if (s->doubtful == 0) return v;
    v.tag = TAG_RANGE;
    v.n.hi = decimal_from_int((int64_t)s->sure + s->doubtful);
    return closed_up(s, &v);
}

/* A total is unknown as soon as a value is, even where the bounds meet. */
static struct value total_of(const struct fold_state *s)
{
    if (s->sum.tag == TAG_UNKNOWN) return s->has_fault ? s->fault : s->sum;
    return closed_up(s, &s->sum);
}

/* Beside a doubtful member the average lies among the values of all. */
static struct value average_of(const struct image_fold *fold, const struct fold_state *s)
{
    struct value average, count = value_number(decimal_from_int(s->sure));
    if (s->doubtful) return closed_up(s, &s->hull);
    interval_div(&average, &s->sum, &count, fold->end);
    return average;
}

static struct value every_of(const struct fold_state *s)
{
    if (s->failed) return value_truth(false);
    return s->doubted || s->sure == 0 ? undecided(s) : value_truth(true);
}

static struct value result_of(const struct image_fold *fold, const struct fold_state *s)
{
    switch ((enum fold_selector)fold->selector) {
    case FOLD_COUNT: return count_of(s);
    case FOLD_TOTAL: return total_of(s);
    case FOLD_ANY: return undecided(s);
    case FOLD_EVERY: return every_of(s);
    case FOLD_HIGHEST:
    case FOLD_LOWEST: return s->sure ? closed_up(s, &s->sum) : undecided(s);
    case FOLD_AVERAGE: return s->sure ? average_of(fold, s) : undecided(s);
    case FOLD_LATEST:
    case FOLD_FIRST: break;
    }
    return latest_is_sure(&s->latest) ? s->latest.value : undecided(s);
}

static void put_element(struct value *d, const struct image_fold *fold, const struct fold_state *s)
{
    if (!latest_is_sure(&s->latest)) {
        *d = undecided(s);
        return;
    }
    value_put_known(d);
    d->e.list = fold->list;
    d->e.first = s->latest.first;
    d->e.last = s->latest.last;
}

/* What is asked most is put in place. */
static void put_result(struct value *d, const struct image_fold *fold, const struct fold_state *s)
{
    if (fold->selector == FOLD_ANY && (s->sure || !s->doubtful))
        value_put_truth(d, s->sure > 0);
    else
        *d = result_of(fold, s);
}

void fold_finish(struct eval_context *context, const struct image_fold *fold, struct fold_state *state)
{
    if (fold->result != NONE32) put_result(eval_reg(context, fold->result), fold, state);
    if (fold->element != NONE32) put_element(eval_reg(context, fold->element), fold, state);
}

uint32_t eval_doubt(const struct eval_context *context, uint32_t fold)
{
    return context->folds[context->fold_twin[fold]].doubt;
}
