/* Comparison of values that may be ranges, and Kleene's logic.

   A comparison first finds all the ways in which two values may stand to each other, from their ends
   alone.  Where a relation holds for all of these or for none it is decided, whatever the values are; so
   a missing value with a declared range decides as much as it can.  Only then does an order count that
   the walk over regions has chosen for two values that both vary. */
#include "runtime/interval.h"

/* ---- How two values may stand --------------------------------------------------------------------- */

/* low: how the lower end of a stands to the upper end of b; high: the upper of a to the lower of b.  Where
   such ends meet, the values can be the same only if both ends belong to their ranges. */
static unsigned standing(int low, int high, bool low_meets, bool high_meets)
{
    bool apart = low > 0 || high < 0 || (low == 0 && !low_meets) || (high == 0 && !high_meets);
    return (low < 0 ? ORDER_BELOW : 0u) | (apart ? 0u : ORDER_SAME) | (high > 0 ? ORDER_ABOVE : 0u);
}

static unsigned order_of_sign(int sign)
{
    return sign < 0 ? ORDER_BELOW : sign > 0 ? ORDER_ABOVE : ORDER_SAME;
}

/* Whether there is nothing that could be compared. */
static bool is_void(const struct value *a)
{
    return a->tag == TAG_FAULT || a->tag == TAG_OFF;
}

static bool no_end(const struct value *lower, const struct value *upper)
{
    return (lower->flags & VALUE_LO_NONE) || (upper->flags & VALUE_HI_NONE);
}

unsigned order_number(const struct value *a, const struct value *b)
{
    if (value_both_known(a, b)) return order_of_sign(decimal_compare(a->n.lo, b->n.lo));
    if (is_void(a) || is_void(b)) return ORDER_OPEN;
    /* without an end the one may always be below, or above, the other */
    int low = no_end(a, b) ? -1 : decimal_compare(a->n.lo, b->n.hi);
    int high = no_end(b, a) ? 1 : decimal_compare(a->n.hi, b->n.lo);
    return standing(low, high, !(a->flags & VALUE_LO_OPEN) && !(b->flags & VALUE_HI_OPEN),
                    !(a->flags & VALUE_HI_OPEN) && !(b->flags & VALUE_LO_OPEN));
}

/* How -1, 0 or 1, or a range of them, stands to 0. */
static unsigned order_to_zero(const struct value *order)
{
    if (is_void(order)) return ORDER_OPEN;
    int low = order->flags & VALUE_LO_NONE ? -1 : decimal_sign(order->n.lo);
    int high = order->flags & VALUE_HI_NONE ? 1 : decimal_sign(order->n.hi);
    return standing(low, high, !(order->flags & VALUE_LO_OPEN), !(order->flags & VALUE_HI_OPEN));
}

static int sign_of(int64_t x)
{
    return (x > 0) - (x < 0);
}

unsigned order_day(const struct value *a, const struct value *b)
{
    if (is_void(a) || is_void(b)) return ORDER_OPEN;
    int low = no_end(a, b) ? -1 : sign_of(a->t.lo - b->t.hi);
    int high = no_end(b, a) ? 1 : sign_of(a->t.hi - b->t.lo);
    return standing(low, high, true, true);
}

unsigned order_time(const struct value *a, const struct value *b)
{
    if (is_void(a) || is_void(b)) return ORDER_OPEN;
    int low = -1, high = 1;
    if (!no_end(a, b)) low = sign_of(cal_elapsed(b->t.hi, b->t.hi_offset, a->t.lo, a->t.lo_offset));
    if (!no_end(b, a)) high = sign_of(cal_elapsed(b->t.lo, b->t.lo_offset, a->t.hi, a->t.hi_offset));
    return standing(low, high, true, true);
}

/* ---- Deciding ------------------------------------------------------------------------------------- */

/* What each relation holds for. */
static const unsigned holds_for[] = {
    [RELATION_LT] = ORDER_BELOW, [RELATION_LE] = ORDER_BELOW | ORDER_SAME, [RELATION_EQ] = ORDER_SAME};

/* False where the standings disagree. */
static bool decided(struct value *d, enum relation relation, unsigned standings)
{
    bool some = standings & holds_for[relation], none = standings & ~holds_for[relation];
    if (some && none) return false;
    value_put_truth(d, some);
    return true;
}

/* Unknown because of the weaker operand, or its fault, or off because there is no limit to compare with. */
static void put_open(struct value *d, const struct value *weaker)
{
    struct value open = {.tag = TAG_UNKNOWN, .flags = VALUE_LO_NONE | VALUE_HI_NONE, .why = weaker->why};
    if (is_void(weaker)) open = *weaker;
    d->tag = open.tag;
    d->flags = open.flags;
    d->why = open.why;
    d->fault = open.fault;
    d->at = open.at;
}

static void settle(struct value *d, enum relation relation, unsigned standings, const struct value *weaker,
                   const struct value *order)
{
    /* the values go first: an order of the walk that contradicts them is not looked at */
    if (decided(d, relation, standings)) return;
    if (order && decided(d, relation, order_to_zero(order))) return;
    put_open(d, order ? value_weaker(weaker, order) : weaker);
}

void compare_number(struct value *d, enum relation relation, const struct value *a, const struct value *b,
                    const struct value *order)
{
    if (value_both_known(a, b))
        value_put_truth(d, order_of_sign(decimal_compare(a->n.lo, b->n.lo)) & holds_for[relation]);
    else
        settle(d, relation, order_number(a, b), value_weaker(a, b), order);
}

void compare_moment(struct value *d, enum relation relation, order_of *how, const struct value *a,
                    const struct value *b, const struct value *order)
{
    if (value_both_known(a, b))
        value_put_truth(d, how(a, b) & holds_for[relation]);
    else
        settle(d, relation, how(a, b), value_weaker(a, b), order);
}

void compare_order(struct value *d, order_of *how, const struct value *a, const struct value *b)
{
    if (value_both_known(a, b)) {
        unsigned is = how(a, b);
        *d = value_number(is == ORDER_SAME ? DECIMAL_ZERO : decimal_from_int(is == ORDER_ABOVE ? 1 : -1));
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (weaker->tag == TAG_FAULT) {
        *d = *weaker;
        return;
    }
    unsigned standings = how(a, b);
    /* the ways are neighbours: below and above are never possible without same */
    int lo = standings & ORDER_BELOW ? -1 : standings & ORDER_SAME ? 0 : 1;
    int hi = standings & ORDER_ABOVE ? 1 : standings & ORDER_SAME ? 0 : -1;
    struct value order = {.tag = lo == hi ? TAG_KNOWN : TAG_UNKNOWN,
                          .n = {decimal_from_int(lo), decimal_from_int(hi)}};
    if (lo != hi) order.why = weaker->why;
    *d = order;
}

void compare_negative(struct value *d, const struct value *a, const struct value *limit,
                      const struct value *order)
{
    /* the word decides by itself, also while the limit is not set */
    if (a->flags & VALUE_NEGATIVE)
        value_put_truth(d, true);
    else
        compare_number(d, RELATION_LT, a, limit, order);
}

void compare_interval(struct value *d, order_of *how, bool late, const struct value *earlier,
                      const struct value *moment, const struct value *limit)
{
    if (earlier->tag == TAG_UNKNOWN && earlier->why == WHY_NONE_RECORDED)
        *d = value_truth(false);
    else if (late)
        compare_moment(d, RELATION_LT, how, limit, moment, NULL);
    else
        compare_moment(d, RELATION_LT, how, moment, limit, NULL);
}

void compare_code_open(struct value *d, const struct value *a, const struct value *b)
{
    put_open(d, value_weaker(a, b));
}

void compare_truth(struct value *d, const struct value *a, const struct value *b)
{
    if (value_both_known(a, b))
        value_put_truth(d, a->yes == b->yes);
    else
        put_open(d, value_weaker(a, b));
}

void compare_has(struct value *d, const struct value *set, const struct value *member)
{
    if (value_both_known(set, member)) {
        uint32_t code = (uint32_t)member->code;
        /* `other` of the longest list has a code beyond the bits; no set has it */
        value_put_truth(d, code < SET_MEMBERS && (set->set[code / 64] >> code % 64 & 1));
    } else {
        put_open(d, value_weaker(set, member));
    }
}

static bool set_is_empty(const struct value *set)
{
    uint64_t any = 0;
    for (int k = 0; k < SET_MEMBERS / 64; k++)
        any |= set->set[k];
    return set->tag == TAG_KNOWN && any == 0;
}

/* With an empty set nothing has a member in common, be the other one known or not. */
void compare_meets(struct value *d, const struct value *a, const struct value *b)
{
    if (!value_both_known(a, b)) {
        bool fault = a->tag == TAG_FAULT || b->tag == TAG_FAULT;
        if (!fault && (set_is_empty(a) || set_is_empty(b)))
            value_put_truth(d, false);
        else
            put_open(d, value_weaker(a, b));
        return;
    }
    uint64_t common = 0;
    for (int k = 0; k < SET_MEMBERS / 64; k++)
        common |= a->set[k] & b->set[k];
    value_put_truth(d, common != 0);
}

/* ---- Kleene --------------------------------------------------------------------------------------- */

static bool is_truth(const struct value *a, bool yes)
{
    return a->tag == TAG_KNOWN && a->yes == yes;
}

/* deciding: the truth of one operand that decides whatever the other is. */
static void join(struct value *d, const struct value *a, const struct value *b, bool deciding)
{
    if (is_truth(a, deciding) || is_truth(b, deciding))
        value_put_truth(d, deciding);
    else
        put_open(d, value_weaker(a, b));
}

void logic_and_open(struct value *d, const struct value *a, const struct value *b)
{
    join(d, a, b, false);
}

void logic_or_open(struct value *d, const struct value *a, const struct value *b)
{
    join(d, a, b, true);
}

void logic_not_open(struct value *d, const struct value *a)
{
    put_open(d, a);
}

void logic_tally(struct value *d, const struct value *a)
{
    if (a->tag == TAG_FAULT)
        *d = *a;
    else if (a->tag == TAG_KNOWN)
        *d = value_number(a->yes ? DECIMAL_ONE : DECIMAL_ZERO);
    else
        *d = (struct value){.tag = TAG_UNKNOWN, .why = a->why, .n = {DECIMAL_ZERO, DECIMAL_ONE}};
}
