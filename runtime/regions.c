/*
 * The regions of a subject: the parts of what it can still be in which every comparison with it has one
 * answer.
 *
 * Numbers, days and times are cut at the thresholds that are known: the cuts themselves, and what lies
 * between them. An enumeration has the members that are named, and one region for all others.
 */
#include "runtime/regions.h"
#include "runtime/sets.h"

/* ---- Numbers, days, times ------------------------------------------------------------------------- */

static order_of *order_for(enum kind kind)
{
    return kind == KIND_NUM ? order_number : kind == KIND_DAY ? order_day : order_time;
}

/* Puts a cut in its place among those before it; false where it is there already. */
static bool cut_insert(struct value *cuts, uint32_t count, const struct value *cut, order_of *order)
{
    uint32_t place = count;
    while (place > 0 && order(cut, &cuts[place - 1]) == ORDER_BELOW)
        place--;
    if (place > 0 && order(cut, &cuts[place - 1]) == ORDER_SAME) return false;
    for (uint32_t k = count; k > place; k--)
        cuts[k] = cuts[k - 1];
    cuts[place] = *cut;
    return true;
}

/* The known thresholds inside the range of v, in order. */
static uint32_t cuts_of(const struct eval_context *context, const struct image_subject *subject,
                        const struct value *v, struct value *cuts)
{
    const uint32_t *thresholds = context->image->INDEXES + subject->thresholds.first;
    order_of *order = order_for((enum kind)subject->kind);
    uint32_t count = 0;
    for (uint32_t k = 0; k < subject->thresholds.count; k++) {
        const struct value *cut = eval_reg(context, thresholds[k]);
        if (cut->tag != TAG_KNOWN || !(order(cut, v) & ORDER_SAME)) continue;
        count += cut_insert(cuts, count, cut, order);
    }
    return count;
}

static bool number_is_empty(const struct value *v, bool whole)
{
    if (v->flags & (VALUE_LO_NONE | VALUE_HI_NONE)) return false;
    decimal least = v->n.lo;
    bool open = v->flags & VALUE_LO_OPEN;
    if (whole && (open || !decimal_is_whole(least))) {
        if (decimal_round_to(least, DECIMAL_ONE, ROUND_DOWN, &least) != DECIMAL_OK) return false;
        if (decimal_add(least, DECIMAL_ONE, &least) != DECIMAL_OK) return false;
        open = false;
    }
    int order = decimal_compare(least, v->n.hi);
    return order > 0 || (order == 0 && (open || (v->flags & VALUE_HI_OPEN)));
}

static bool moment_is_empty(const struct value *v)
{
    if (v->flags & (VALUE_LO_NONE | VALUE_HI_NONE)) return false;
    return cal_elapsed(v->t.lo, v->t.lo_offset, v->t.hi, v->t.hi_offset) < 0;
}

/* v from behind one cut to before another; NULL: as far as v goes. */
static struct value piece(enum kind kind, const struct value *v, const struct value *from,
                          const struct value *to)
{
    struct value p = *v;
    p.tag = TAG_RANGE;
    if (from) p.flags &= (uint8_t) ~(VALUE_LO_NONE | VALUE_LO_OPEN);
    if (to) p.flags &= (uint8_t) ~(VALUE_HI_NONE | VALUE_HI_OPEN);
    if (kind == KIND_NUM) {
        if (from) p.n.lo = from->n.lo, p.flags |= VALUE_LO_OPEN;
        if (to) p.n.hi = to->n.lo, p.flags |= VALUE_HI_OPEN;
    } else {
        if (from) p.t.lo = from->t.lo + 1, p.t.lo_offset = from->t.lo_offset;
        if (to) p.t.hi = to->t.lo - 1, p.t.hi_offset = to->t.lo_offset;
    }
    return p;
}

static bool is_empty(const struct image_subject *subject, const struct value *v, bool whole)
{
    return subject->kind == KIND_NUM ? number_is_empty(v, whole) : moment_is_empty(v);
}

/* Spreads count cuts at the front of out into the cuts and the pieces around them, and leaves out what is
 * empty. */
static uint32_t cut_up(const struct image_subject *subject, const struct value *v, struct value *out,
                       uint32_t count, bool whole)
{
    enum kind kind = (enum kind)subject->kind;
    for (uint32_t k = count; k-- > 0;) {
        struct value cut = out[k];
        cut.flags |= v->flags & VALUE_NEGATIVE;
        const struct value *next = k + 1 < count ? &out[2 * k + 3] : NULL;
        out[2 * k + 2] = piece(kind, v, &cut, next);
        out[2 * k + 1] = cut;
    }
    out[0] = piece(kind, v, NULL, count ? &out[1] : NULL);
    uint32_t kept = 0;
    for (uint32_t k = 0; k < 2 * count + 1; k++)
        if (!is_empty(subject, &out[k], whole)) out[kept++] = out[k];
    return kept;
}

bool subject_is_whole(const struct image *image, const struct image_subject *subject)
{
    if (subject->node == NONE32) return false;
    const struct image_node *node = &image->NODES[subject->node];
    return node->type.whole && node->reg == subject->reg;
}

static uint32_t range_regions(const struct eval_context *context, const struct image_subject *subject,
                              const struct value *v, struct value *out)
{
    bool whole = subject_is_whole(context->image, subject);
    struct value range = *v;
    if (v->tag == TAG_FAULT) range = value_unknown(WHY_MISSING);
    return cut_up(subject, &range, out, cuts_of(context, subject, &range, out), whole);
}

/* ---- Enumerations, yes and no --------------------------------------------------------------------- */

static bool is_named(const uint32_t *codes, uint32_t count, uint32_t code)
{
    for (uint32_t k = 0; k < count; k++)
        if (codes[k] == code) return true;
    return false;
}

static uint32_t member_regions(const struct eval_context *context, const struct image_subject *subject,
                               struct value *out)
{
    const struct image_enum *enumeration = &context->image->ENUMS[subject->enumeration];
    const uint32_t *named = context->image->INDEXES + subject->thresholds.first;
    uint32_t members = enumeration->members.count + (enumeration->or_other ? 1 : 0), count = 0, rest = 0;
    for (uint32_t k = 0; k < subject->thresholds.count; k++)
        out[count++] = value_code((int32_t)named[k]);
    while (rest < members && is_named(named, subject->thresholds.count, rest))
        rest++;
    if (rest < members) out[count++] = value_code((int32_t)rest);
    return count;
}

/* The values that another rule's result can still have, and none. */
static uint32_t result_regions(const struct eval_context *context, const struct image_subject *subject,
                               const struct value *v, struct value *out)
{
    const struct rule_result *result = &context->results[subject->rule];
    uint32_t count = 0;
    if (result->outcome != OUTCOME_UNKNOWN) return 0;
    for (int32_t code = 0; code < 64; code++)
        if (result->possible >> code & 1) out[count++] = value_code(code);
    if (result->possible_outcomes & ~(UINT32_C(1) << OUTCOME_DECIDED)) out[count++] = *v;
    return count;
}

static uint32_t both_regions(struct value *out)
{
    out[0] = value_truth(false);
    out[1] = value_truth(true);
    return 2;
}

/* Whether a set includes an item: yes, no, and nothing where the rule may not apply. */
static uint32_t item_regions(const struct eval_context *context, const struct image_subject *subject,
                             const struct value *v, struct value *out)
{
    const struct rule_result *result = &context->results[subject->rule];
    const uint32_t in = ((UINT32_C(1) << RANK_EQUIPOISE) - 1) & ~((UINT32_C(1) << RANK_INCLUDED) - 1);
    const uint32_t none = UINT32_C(1) << RANK_NOT_APPLICABLE;
    uint32_t ranks = ~none, count = 0;
    if (result->outcome != OUTCOME_UNKNOWN && result->outcome != OUTCOME_FAULT) return 0;
    if (result->possible_outcomes & UINT32_C(1) << OUTCOME_NOT_APPLICABLE) ranks |= none;
    if (subject->thresholds.count > 0) {
        uint32_t code = context->image->INDEXES[subject->thresholds.first];
        const struct set_item *item = &eval_items(context, subject->rule)[code];
        if (item->fault) return 0;
        ranks = item->possible;
    } else if (result->outcome == OUTCOME_FAULT) {
        return 0;
    }
    if (ranks & ~in & ~none) out[count++] = value_truth(false);
    if (ranks & in) out[count++] = value_truth(true);
    if (ranks & none) out[count++] = *v;
    return count;
}

uint32_t regions_of(const struct eval_context *context, const struct image_subject *subject,
                    struct value *out)
{
    const struct value *v = eval_reg(context, subject->reg);
    switch ((enum kind)subject->kind) {
    case KIND_NUM:
    case KIND_DAY:
    case KIND_TIME: return range_regions(context, subject, v, out);
    case KIND_ENUM:
        if (subject->rule != NONE32) return result_regions(context, subject, v, out);
        return member_regions(context, subject, out);
    case KIND_BOOL:
        return subject->rule == NONE32 ? both_regions(out) : item_regions(context, subject, v, out);
    default: return 0;
    }
}

uint32_t regions_room(const struct image *image, const struct image_subject *subject)
{
    switch ((enum kind)subject->kind) {
    case KIND_NUM:
    case KIND_DAY:
    case KIND_TIME: return 2 * subject->thresholds.count + 1;
    case KIND_ENUM:
        if (subject->rule == NONE32) return subject->thresholds.count + 1;
        return image->ENUMS[subject->enumeration].members.count + 1;
    default: return subject->rule == NONE32 ? 2 : 3;
    }
}

bool subject_is_open(const struct eval_context *context, const struct image_subject *subject)
{
    uint8_t tag = eval_reg(context, subject->reg)->tag;
    if (tag == TAG_KNOWN || tag == TAG_OFF) return false;
    return subject->unless_known == NONE32 || eval_reg(context, subject->unless_known)->tag != TAG_KNOWN;
}
