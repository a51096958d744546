/* Where in a list to look: the elements that may lie between two moments. */
#include "runtime/eval_internal.h"

/* The first element up to which, itself included, one may reach as far as moment. */
static uint32_t first_reaching(const struct slot *slot, int64_t moment)
{
    uint32_t low = 0, high = slot->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slot->elements[middle].reach < moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first element behind low that begins after moment. */
static uint32_t first_after(const struct slot *slot, uint32_t low, int64_t moment)
{
    uint32_t high = slot->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slot->elements[middle].start <= moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct run stretch_between(const struct slot *slot, int64_t from, int64_t to)
{
    uint32_t first = from == INT64_MIN ? 0 : first_reaching(slot, from - CLOCKS_APART);
    uint32_t end = to == INT64_MAX ? slot->count : first_after(slot, first, to + CLOCKS_APART);
    return (struct run){first, end - first};
}

int64_t stretch_from(const struct value *moment, bool by_day)
{
    if (moment->tag == TAG_FAULT || moment->tag == TAG_OFF || (moment->flags & VALUE_LO_NONE))
        return INT64_MIN;
    return by_day ? moment->t.lo * CAL_MICROS_PER_DAY : moment->t.lo;
}

int64_t stretch_to(const struct value *moment, bool by_day)
{
    if (moment->tag == TAG_FAULT || moment->tag == TAG_OFF || (moment->flags & VALUE_HI_NONE))
        return INT64_MAX;
    return by_day ? (moment->t.hi + 1) * CAL_MICROS_PER_DAY : moment->t.hi;
}

struct run stretch_of_window(const struct eval_context *context, const struct image_fold *fold,
                             const struct slot *slot)
{
    bool by_day = fold->window & FOLD_BY_DAY;
    int64_t from = fold->lo == NONE32 ? INT64_MIN : stretch_from(eval_reg(context, fold->lo), by_day);
    int64_t to = fold->hi == NONE32 ? INT64_MAX : stretch_to(eval_reg(context, fold->hi), by_day);
    int64_t next = fold->next == NONE32 ? INT64_MAX : stretch_to(eval_reg(context, fold->next), false);
    return stretch_between(slot, from, next < to ? next : to);
}
