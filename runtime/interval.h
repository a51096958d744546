/*
 * Values that may be ranges: arithmetic, comparison and logic.
 *
 * Every function takes values of any tag and writes one.  A result is a fault where an operand is one (the
 * first), off where one is off, unknown where one is unknown, a range where one is a range, else known; the
 * ends of its range hold whatever the operands can still be.  An end is open where an end that it comes from
 * is open.  An end beyond what a number can be is no end; a known result beyond it is a fault.  Known
 * operands take the short way.  `at` is the pc that a fault names; d may be a or b.
 */
#ifndef REGIMEN_INTERVAL_H
#define REGIMEN_INTERVAL_H

#include "runtime/image.h"
#include "runtime/value.h"

/* A known number. */
static inline struct value value_number(decimal x)
{
    return (struct value){.tag = TAG_KNOWN, .n = {x, x}};
}

static inline struct value value_truth(bool yes)
{
    return (struct value){.tag = TAG_KNOWN, .yes = yes};
}

/* Known, in place: what it is follows. */
static inline void value_put_known(struct value *d)
{
    d->tag = TAG_KNOWN;
    d->flags = d->why = d->fault = 0;
    d->at = 0;
}

/* value_truth in place: what lies behind a truth is left as it is. */
static inline void value_put_truth(struct value *d, bool yes)
{
    value_put_known(d);
    d->yes = yes;
}

static inline struct value value_code(int32_t code)
{
    return (struct value){.tag = TAG_KNOWN, .code = code};
}

/* Unknown without bounds. */
static inline struct value value_unknown(enum why why)
{
    return (struct value){.tag = TAG_UNKNOWN, .flags = VALUE_LO_NONE | VALUE_HI_NONE, .why = (uint8_t)why};
}

static inline struct value value_fault(enum fault fault, uint32_t at)
{
    return (struct value){
        .tag = TAG_FAULT, .flags = VALUE_LO_NONE | VALUE_HI_NONE, .fault = (uint8_t)fault, .at = at};
}

static inline bool value_both_known(const struct value *a, const struct value *b)
{
    return (a->tag | b->tag) == TAG_KNOWN;
}

/* Known or a range: there is something. */
static inline bool value_is_there(const struct value *a)
{
    return a->tag == TAG_KNOWN || a->tag == TAG_RANGE;
}

/* The one of the two that a result takes its tag from: fault, off, unknown, range, known; a where they tie.
 */
const struct value *value_weaker(const struct value *a, const struct value *b);
/* Both ends there, closed and equal. */
bool value_is_point(const struct value *number);
/* The fault that a status of the decimals means; FAULT_NONE for DECIMAL_OK. */
enum fault fault_of_decimal(enum decimal_status status);

/* ---- Numbers (interval.c) */
void interval_add(struct value *d, const struct value *a, const struct value *b, uint32_t at);
void interval_sub(struct value *d, const struct value *a, const struct value *b, uint32_t at);
/* An end that is exactly 0 makes the product 0, whatever the other is. */
void interval_mul(struct value *d, const struct value *a, const struct value *b, uint32_t at);
/* A divisor that is 0 is a fault; one that may be 0 gives unknown without bounds. */
void interval_div(struct value *d, const struct value *a, const struct value *b, uint32_t at);
void interval_negate(struct value *d, const struct value *a);
/* A range is cut at 0; one that lies below 0 is a fault. */
void interval_sqrt(struct value *d, const struct value *a, uint32_t at);
void interval_min(struct value *d, const struct value *a, const struct value *b);
void interval_max(struct value *d, const struct value *a, const struct value *b);
void interval_abs(struct value *d, const struct value *a);
/* All values of either; a range where two known ones differ. */
void interval_hull(struct value *d, const struct value *a, const struct value *b);
/* Whether the upper end of a (side 1), or the lower (side -1), reaches less far than that of b, as far, or
   farther: -1, 0,
   1.  An end that belongs to its range reaches farther than the same one that does not. */
int interval_reach(const struct value *a, const struct value *b, int side);
/* Keeps VALUE_NEGATIVE: a unit changes nothing about what the record said. */
void interval_scale(struct value *d, const struct value *a, const struct image_ratio *ratio, uint32_t at);

/* ---- Order (compare.c) */

/* How a may stand to b: a set of these. */
enum order { ORDER_BELOW = 1, ORDER_SAME = 2, ORDER_ABOVE = 4, ORDER_OPEN = 7 };
enum relation { RELATION_LT, RELATION_LE, RELATION_EQ };

/* The set for two numbers, two days, two times; ORDER_OPEN for faults and what is off.  Times are compared as
   moments where both have an offset, else as clock readings. */
typedef unsigned order_of(const struct value *a, const struct value *b);
order_of order_number, order_day, order_time;

/* Whether a is in the relation to b.  Decided where every value in the ranges agrees; else by order (-1, 0 or
   1, or a range of them) where that is not NULL; else unknown, or a fault where a or b is one. */
void compare_number(struct value *d, enum relation relation, const struct value *a, const struct value *b,
                    const struct value *order);
void compare_moment(struct value *d, enum relation relation, order_of *how, const struct value *a,
                    const struct value *b, const struct value *order);
/* -1, 0 or 1 as a number; a range of them, unknown, while that is open. */
void compare_order(struct value *d, order_of *how, const struct value *a, const struct value *b);
/* Yes where the record said `negative`, else a below limit. */
void compare_negative(struct value *d, const struct value *a, const struct value *limit,
                      const struct value *order);
/* Whether moment lies before limit (late: after it); no where there was no earlier one to count from. */
void compare_interval(struct value *d, order_of *how, bool late, const struct value *earlier,
                      const struct value *moment, const struct value *limit);
/* Members of one enumeration by their place; compare_code_open: of which one is not known. */
void compare_code_open(struct value *d, const struct value *a, const struct value *b);
static inline void compare_code(struct value *d, enum relation relation, const struct value *a,
                                const struct value *b)
{
    if (!value_both_known(a, b))
        compare_code_open(d, a, b);
    else if (relation == RELATION_EQ)
        value_put_truth(d, a->code == b->code);
    else
        value_put_truth(d, relation == RELATION_LT ? a->code < b->code : a->code <= b->code);
}
void compare_truth(struct value *d, const struct value *a, const struct value *b);
/* Whether the set holds the member. */
void compare_has(struct value *d, const struct value *set, const struct value *member);
/* Whether two sets have a member in common; no where one is known to be empty. */
void compare_meets(struct value *d, const struct value *a, const struct value *b);

/* ---- Logic (compare.c): Kleene's tables; a fault is an unknown that goes before unknown. */
void logic_and_open(struct value *d, const struct value *a, const struct value *b);
void logic_or_open(struct value *d, const struct value *a, const struct value *b);
void logic_not_open(struct value *d, const struct value *a);
/* The short way of known operands; the others are for those of which one is not known. */
static inline void logic_and(struct value *d, const struct value *a, const struct value *b)
{
    if (value_both_known(a, b))
        value_put_truth(d, a->yes && b->yes);
    else
        logic_and_open(d, a, b);
}
static inline void logic_or(struct value *d, const struct value *a, const struct value *b)
{
    if (value_both_known(a, b))
        value_put_truth(d, a->yes || b->yes);
    else
        logic_or_open(d, a, b);
}
static inline void logic_not(struct value *d, const struct value *a)
{
    if (a->tag == TAG_KNOWN)
        value_put_truth(d, !a->yes);
    else
        logic_not_open(d, a);
}
/* 1 for yes, 0 for no, unknown between them for unknown. */
void logic_tally(struct value *d, const struct value *a);

/* ---- Calendar (span.c) */
void span_months(struct value *d, const struct value *a, const struct value *b);
void span_months_time(struct value *d, const struct value *a, const struct value *b);
void span_days(struct value *d, const struct value *a, const struct value *b);
void span_days_time(struct value *d, const struct value *a, const struct value *b);
void span_seconds(struct value *d, const struct value *a, const struct value *b);
void span_completed(struct value *d, const struct value *a, const struct value *b, enum cal_unit unit);
void span_completed_time(struct value *d, const struct value *a, const struct value *b, enum cal_unit unit);
/* unit: CAL_DAYS or CAL_MONTHS, and for a time CAL_SECOND (to the microsecond).  A count of days or months
   that is not whole is a fault, and so is a result outside the years of the calendar. */
void shift_day(struct value *d, const struct value *a, const struct value *count, enum cal_unit unit,
               uint32_t at);
void shift_time(struct value *d, const struct value *a, const struct value *count, enum cal_unit unit,
                uint32_t at);
/* The last day of a phase that lasts length units (CAL_DAYS or CAL_MONTHS) from the day start; the day of
   this number of a phase whose last day is end.  Faults: a length not above zero, a day that the phase has
   not. */
void phase_end(struct value *d, const struct value *start, const struct value *length, enum cal_unit unit,
               uint32_t at);
void phase_day(struct value *d, const struct value *start, const struct value *number,
               const struct value *end, uint32_t at);
void day_of_time(struct value *d, const struct value *time);
void time_of_day(struct value *d, const struct value *day);

#endif
