/* Where the elements of a list lie to each other, as far as their dates tell.

   The list is in the order of its earliest possible times.  To find what lies behind an element only its
   neighbours must be looked at, as long as they can still be nearer: backwards as far as earlier
   elements may reach (each_part.reach), forwards until the next is certain.  Without that a rule over a
   list of n elements would compare n * n pairs. */
#include "runtime/each.h"

/* What is known of the elements behind x. */
struct search {
    const struct element *x;
    struct value at; /* of x, as a time */
    struct value next;
    enum truth last;
};

static bool earlier(int64_t a, int16_t a_offset, int64_t b, int16_t b_offset)
{
    return cal_elapsed(a, a_offset, b, b_offset) > 0;
}

/* Another element that counts, or may: the next begins no later than one that is surely behind x, and no
   earlier than any that may be. */
static void look_at(struct search *s, const struct element *other, enum truth counts)
{
    struct value at = element_time(other);
    unsigned order = order_time(&s->at, &at);
    if (counts == TRUTH_NO || !(order & ORDER_BELOW) || elements_at_one_moment(s->x, other)) return;
    bool sure = counts == TRUTH_YES && order == ORDER_BELOW;
    if (sure || s->last == TRUTH_YES) s->last = sure ? TRUTH_NO : TRUTH_UNKNOWN;
    struct value *next = &s->next;
    bool lower =
        next->flags & VALUE_LO_NONE || earlier(at.t.lo, at.t.lo_offset, next->t.lo, next->t.lo_offset);
    bool upper = sure && (next->flags & VALUE_HI_NONE ||
                          earlier(at.t.hi, at.t.hi_offset, next->t.hi, next->t.hi_offset));
    if (lower) next->t.lo = at.t.lo, next->t.lo_offset = at.t.lo_offset;
    if (upper) next->t.hi = at.t.hi, next->t.hi_offset = at.t.hi_offset;
    next->flags &= (uint8_t) ~(VALUE_LO_NONE | (upper ? VALUE_HI_NONE : 0));
}

/* Nothing that begins behind this can be nearer than what is found. */
static bool is_passed(const struct search *s, const struct element *element)
{
    return !(s->next.flags & VALUE_HI_NONE) && element->start - CLOCKS_APART > s->next.t.hi;
}

/* What may be next is found, as far as that is open: only one that counts for certain says more. */
static bool is_found(const struct search *s, const struct element *element)
{
    return !(s->next.flags & VALUE_LO_NONE) && element->start - CLOCKS_APART > s->next.t.lo;
}

struct value each_next(const struct eval_context *context, uint32_t rule, uint32_t element, enum truth *last)
{
    const struct each_part *parts = eval_each(context, rule);
    const struct element *elements =
        context->record->slots[context->image->EACHES[context->image->RULES[rule].each].list].elements;
    uint32_t count = eval_each_count(context, rule);
    struct search s = {.x = &elements[element],
                       .at = element_time(&elements[element]),
                       .next = value_unknown(WHY_UNDECIDED),
                       .last = TRUTH_YES};
    for (uint32_t k = element; k > 0 && elements[k - 1].reach + CLOCKS_APART > s.at.t.lo; k--)
        look_at(&s, &elements[k - 1], (enum truth)parts[k - 1].counts);
    for (uint32_t k = element + 1; k < count && !is_passed(&s, &elements[k]); k++) {
        if (is_found(&s, &elements[k])) k = parts[k].next_sure;
        if (k < count) look_at(&s, &elements[k], (enum truth)parts[k].counts);
    }
    *last = s.last;
    if (s.last == TRUTH_YES) s.next.tag = TAG_OFF;
    return s.next;
}
