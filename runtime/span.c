/* Calendar time between days and times, and moving them, where they may be ranges.

   A time between two dates that is no whole number of units lies between two of them.  It has no
   fraction, because months differ in length: it is the open range between the two, which is what a
   comparison with a whole threshold needs (SPEC.md, Time).

   Moving is monotonous in the date and in the count, so the ends of a range move to the ends of the
   result. */
#include "runtime/interval.h"

/* The beginning of a result: the tag and the reason of its operands. */
static struct value like(const struct value *weaker)
{
    return (struct value){.tag = weaker->tag, .why = weaker->why};
}

static bool passes_on(struct value *d, const struct value *weaker)
{
    if (weaker->tag != TAG_FAULT && weaker->tag != TAG_OFF) return false;
    *d = *weaker;
    return true;
}

static bool has_lo(const struct value *v)
{
    return !(v->flags & VALUE_LO_NONE);
}

static bool has_hi(const struct value *v)
{
    return !(v->flags & VALUE_HI_NONE);
}

/* ---- Spans ---------------------------------------------------------------------------------------- */

/* Whole units from one to the other, and whether they fall on it exactly. */
typedef int64_t count_units(int64_t from, int64_t to, bool *exact);

static int64_t months_of_clocks(int64_t from, int64_t to, bool *exact)
{
    return cal_months_between_clocks(from, to, exact);
}

static int64_t months_of_days(int64_t from, int64_t to, bool *exact)
{
    return cal_months_between(from, to, exact);
}

static int64_t days_of_days(int64_t from, int64_t to, bool *exact)
{
    *exact = true;
    return to - from;
}

static int64_t days_of_clocks(int64_t from, int64_t to, bool *exact)
{
    int64_t days = cal_day_of(to - from);
    *exact = days * CAL_MICROS_PER_DAY == to - from;
    return days;
}

/* Of known ones: known where they are whole units apart, else between two of these. */
static void span_known(struct value *d, const struct value *a, const struct value *b, count_units *units)
{
    bool exact;
    int64_t whole = units(a->t.lo, b->t.lo, &exact);
    *d = value_number(decimal_from_int(whole));
    if (exact) return;
    d->tag = TAG_RANGE;
    d->flags = VALUE_LO_OPEN | VALUE_HI_OPEN;
    d->n.hi = decimal_from_int(whole + 1);
}

/* The shortest span is that from the latest a to the earliest b, the longest that from the earliest a to the
 * latest b. */
static void span(struct value *d, const struct value *a, const struct value *b, count_units *units)
{
    if (value_both_known(a, b)) {
        span_known(d, a, b, units);
        return;
    }
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    struct value v = like(weaker);
    bool exact = true;
    if (has_hi(a) && has_lo(b)) {
        v.n.lo = decimal_from_int(units(a->t.hi, b->t.lo, &exact));
        if (!exact) v.flags |= VALUE_LO_OPEN;
    } else {
        v.flags |= VALUE_LO_NONE;
    }
    if (has_lo(a) && has_hi(b)) {
        int64_t whole = units(a->t.lo, b->t.hi, &exact);
        v.n.hi = decimal_from_int(exact ? whole : whole + 1);
        if (!exact) v.flags |= VALUE_HI_OPEN;
    } else {
        v.flags |= VALUE_HI_NONE;
    }
    if (v.tag == TAG_KNOWN && v.flags) v.tag = TAG_RANGE; /* between two whole units */
    *d = v;
}

void span_months(struct value *d, const struct value *a, const struct value *b)
{
    span(d, a, b, months_of_days);
}

void span_months_time(struct value *d, const struct value *a, const struct value *b)
{
    span(d, a, b, months_of_clocks);
}

void span_days(struct value *d, const struct value *a, const struct value *b)
{
    span(d, a, b, days_of_days);
}

void span_days_time(struct value *d, const struct value *a, const struct value *b)
{
    span(d, a, b, days_of_clocks);
}

static decimal seconds_of(int64_t micros)
{
    decimal seconds;
    decimal_div(decimal_from_int(micros), decimal_from_int(CAL_MICROS_PER_SECOND), &seconds);
    return seconds;
}

void span_seconds(struct value *d, const struct value *a, const struct value *b)
{
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    struct value v = like(weaker);
    if (has_hi(a) && has_lo(b))
        v.n.lo = seconds_of(cal_elapsed(a->t.hi, a->t.hi_offset, b->t.lo, b->t.lo_offset));
    else
        v.flags |= VALUE_LO_NONE;
    if (has_lo(a) && has_hi(b))
        v.n.hi = seconds_of(cal_elapsed(a->t.lo, a->t.lo_offset, b->t.hi, b->t.hi_offset));
    else
        v.flags |= VALUE_HI_NONE;
    *d = v;
}

typedef int64_t completed_units(int64_t from, int64_t to, enum cal_unit unit);

static void completed(struct value *d, const struct value *a, const struct value *b, enum cal_unit unit,
                      completed_units *between)
{
    const struct value *weaker = value_weaker(a, b);
    if (passes_on(d, weaker)) return;
    struct value v = like(weaker);
    if (has_hi(a) && has_lo(b))
        v.n.lo = decimal_from_int(between(a->t.hi, b->t.lo, unit));
    else
        v.flags |= VALUE_LO_NONE;
    if (has_lo(a) && has_hi(b))
        v.n.hi = decimal_from_int(between(a->t.lo, b->t.hi, unit));
    else
        v.flags |= VALUE_HI_NONE;
    *d = v;
}

void span_completed(struct value *d, const struct value *a, const struct value *b, enum cal_unit unit)
{
    completed(d, a, b, unit, cal_completed);
}

void span_completed_time(struct value *d, const struct value *a, const struct value *b, enum cal_unit unit)
{
    completed(d, a, b, unit, cal_completed_clocks);
}

/* ---- Moving --------------------------------------------------------------------------------------- */

/* The whole count that an end of a range stands for; beyond the calendar where the number is. */
static int64_t whole_count(decimal x, enum decimal_rounding how)
{
    decimal whole;
    int64_t count;
    if (decimal_to_int(x, &count)) return count;
    /* outwards: the result must hold every whole count of the range */
    if (decimal_round_to(x, DECIMAL_ONE, how, &whole) == DECIMAL_OK && decimal_to_int(whole, &count))
        return count;
    return decimal_sign(x) < 0 ? INT64_MIN : INT64_MAX;
}

/* Seconds to the microsecond, the smallest unit of a clock reading. */
static int64_t micros_count(decimal seconds)
{
    decimal micros;
    if (decimal_mul(seconds, decimal_from_int(CAL_MICROS_PER_SECOND), &micros) != DECIMAL_OK)
        return decimal_sign(seconds) < 0 ? INT64_MIN : INT64_MAX;
    return whole_count(micros, ROUND_NEAREST);
}

typedef enum cal_status move(int64_t from, decimal count, enum decimal_rounding how, enum cal_unit unit,
                             int64_t *to);

static enum cal_status move_day(int64_t from, decimal count, enum decimal_rounding how, enum cal_unit unit,
                                int64_t *to)
{
    int64_t whole = whole_count(count, how);
    return unit == CAL_MONTHS ? cal_add_months(from, whole, to) : cal_add_days(from, whole, to);
}

static enum cal_status move_clock(int64_t from, decimal count, enum decimal_rounding how, enum cal_unit unit,
                                  int64_t *to)
{
    if (unit == CAL_SECOND) return cal_add(from, micros_count(count), CAL_MICROSECOND, to);
    return cal_add(from, whole_count(count, how), unit, to);
}

/* Ends that leave the calendar are no ends. */
static struct value moved(const struct value *weaker, const struct value *a, const struct value *count,
                          enum cal_unit unit, move *by)
{
    struct value v = like(weaker);
    v.t.lo_offset = a->t.lo_offset;
    v.t.hi_offset = a->t.hi_offset;
    if (!has_lo(a) || !has_lo(count) || by(a->t.lo, count->n.lo, ROUND_DOWN, unit, &v.t.lo) != CAL_OK)
        v.flags |= VALUE_LO_NONE;
    if (!has_hi(a) || !has_hi(count) || by(a->t.hi, count->n.hi, ROUND_UP, unit, &v.t.hi) != CAL_OK)
        v.flags |= VALUE_HI_NONE;
    return v;
}

static void shift(struct value *d, const struct value *a, const struct value *count, enum cal_unit unit,
                  move *by, uint32_t at)
{
    const struct value *weaker = value_weaker(a, count);
    if (passes_on(d, weaker)) return;
    if (unit != CAL_SECOND && value_is_point(count) && !decimal_is_whole(count->n.lo)) {
        *d = value_fault(FAULT_NOT_WHOLE, at);
        return;
    }
    struct value v = moved(weaker, a, count, unit, by);
    /* of a range only that end is gone; a known date that leaves the calendar is a fault */
    *d = v.tag == TAG_KNOWN && v.flags ? value_fault(FAULT_DATE_RANGE, at) : v;
}

void shift_day(struct value *d, const struct value *a, const struct value *count, enum cal_unit unit,
               uint32_t at)
{
    shift(d, a, count, unit, move_day, at);
}

void shift_time(struct value *d, const struct value *a, const struct value *count, enum cal_unit unit,
                uint32_t at)
{
    shift(d, a, count, unit, move_clock, at);
}

/* ---- Phases --------------------------------------------------------------------------------------- */

static struct value one_less(const struct value *count, uint32_t at)
{
    struct value one = value_number(DECIMAL_ONE), less;
    interval_sub(&less, count, &one, at);
    return less;
}

/* Months first, so that a month from the 31st ends on the day before the clamped date. */
void phase_end(struct value *d, const struct value *start, const struct value *length, enum cal_unit unit,
               uint32_t at)
{
    struct value back = value_number(decimal_from_int(-1)), days, after;
    bool empty = value_is_there(length) && has_hi(length) && decimal_sign(length->n.hi) <= 0;
    if (empty) {
        *d = value_fault(FAULT_PHASE_EMPTY, at);
    } else if (unit == CAL_DAYS) {
        days = one_less(length, at);
        shift_day(d, start, &days, unit, at);
    } else {
        shift_day(&after, start, length, unit, at);
        shift_day(d, &after, &back, CAL_DAYS, at);
    }
}

/* The ends of two ranges belong together: each comes from the same end of the start. */
static bool is_past(const struct value *day, const struct value *end)
{
    bool first = has_lo(day) && has_lo(end) && day->t.lo > end->t.lo;
    return first && has_hi(day) && has_hi(end) && day->t.hi > end->t.hi;
}

void phase_day(struct value *d, const struct value *start, const struct value *number,
               const struct value *end, uint32_t at)
{
    struct value passed = one_less(number, at), day;
    shift_day(&day, start, &passed, CAL_DAYS, at);
    const struct value *weaker = value_weaker(&day, end);
    if (passes_on(d, weaker)) return;
    bool below = value_is_point(number) && decimal_sign(number->n.lo) <= 0;
    if (below || is_past(&day, end)) {
        *d = value_fault(FAULT_PHASE_DAY, at);
        return;
    }
    *d = weaker->tag == TAG_UNKNOWN ? value_unknown((enum why)weaker->why)
                                    : day; /* there may be no such day */
}

/* ---- Days and times ------------------------------------------------------------------------------- */

void day_of_time(struct value *d, const struct value *time)
{
    if (d != time) *d = *time;
    if (d->tag == TAG_FAULT || d->tag == TAG_OFF) return;
    d->t.lo = has_lo(d) ? cal_day_of(d->t.lo) : 0;
    d->t.hi = has_hi(d) ? cal_day_of(d->t.hi) : 0;
    d->t.lo_offset = d->t.hi_offset = CAL_NO_OFFSET;
    if (d->tag == TAG_RANGE && !d->flags && d->t.lo == d->t.hi) d->tag = TAG_KNOWN;
}

/* The day as the range of its times. */
void time_of_day(struct value *d, const struct value *day)
{
    if (d != day) *d = *day;
    if (d->tag == TAG_KNOWN) d->tag = TAG_RANGE;
    if (d->tag == TAG_FAULT || d->tag == TAG_OFF) return;
    d->t.lo = has_lo(d) ? d->t.lo * CAL_MICROS_PER_DAY : 0;
    d->t.hi = has_hi(d) ? d->t.hi * CAL_MICROS_PER_DAY + CAL_MICROS_PER_DAY - 1 : 0;
    d->t.lo_offset = d->t.hi_offset = CAL_NO_OFFSET;
}
