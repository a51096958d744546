#include "tests/oracle/oracle.h"

static enum truth truth_of(bool yes)
{
    return yes ? TRUTH_YES : TRUTH_NO;
}

static enum truth of_order(enum expr_kind sign, int order)
{
    switch (sign) {
    case EXPR_LT: return truth_of(order < 0);
    case EXPR_LE: return truth_of(order <= 0);
    case EXPR_GT: return truth_of(order > 0);
    case EXPR_GE: return truth_of(order >= 0);
    default: return truth_of(order == 0);
    }
}

/* Decided where every moment that the one can be stands so to every moment that the other can be. */
static enum truth compare_moments(enum expr_kind sign, const struct answer *a, const struct answer *b)
{
    bool times = a->is_time || b->is_time;
    int64_t a_lo = times ? a->lo : moment_day(a->lo), a_hi = times ? a->hi : moment_day(a->hi);
    int64_t b_lo = times ? b->lo : moment_day(b->lo), b_hi = times ? b->hi : moment_day(b->hi);
    if (times && a->zoned && b->zoned) { /* b as a's clock shows it */
        b_lo += (a->offset - b->offset) * INT64_C(60000000);
        b_hi += (a->offset - b->offset) * INT64_C(60000000);
    }
    if (a_hi < b_lo) return of_order(sign, -1);
    if (a_lo > b_hi) return of_order(sign, 1);
    if (a_lo == a_hi && b_lo == b_hi) return of_order(sign, 0);
    if (a_hi == b_lo && (sign == EXPR_LE || sign == EXPR_GT)) return truth_of(sign == EXPR_LE);
    if (a_lo == b_hi && (sign == EXPR_GE || sign == EXPR_LT)) return truth_of(sign == EXPR_GE);
    return TRUTH_UNKNOWN;
}

enum truth answer_compare(enum expr_kind sign, const struct answer *a, const struct answer *b)
{
    struct answer spoiled;
    if (answer_spoiled(a, b, &spoiled)) return answer_is_true(&spoiled);
    switch (a->kind) {
    case ANSWER_NUMBER: return of_order(sign, rational_compare(a->number, b->number));
    case ANSWER_MOMENT: return compare_moments(sign, a, b);
    case ANSWER_CODE: return of_order(sign, (a->code > b->code) - (a->code < b->code));
    default: return truth_of(a->yes == b->yes);
    }
}

static bool is_moment(const struct expr *e)
{
    return e->type->kind == TYPE_DATE || e->type->kind == TYPE_TIME || e->type->kind == TYPE_ELEMENT;
}

static enum expr_kind turned(enum expr_kind sign)
{
    static const enum expr_kind other[] = {[EXPR_LT] = EXPR_GT,
                                           [EXPR_LE] = EXPR_GE,
                                           [EXPR_GT] = EXPR_LT,
                                           [EXPR_GE] = EXPR_LE,
                                           [EXPR_IS] = EXPR_IS};
    return other[sign];
}

/* Numbers in units meet as they are, without rounding: a threshold is a threshold in every unit. */
static enum truth compare_numbers(struct oracle *o, enum expr_kind sign, const struct expr *a,
                                  const struct expr *b)
{
    struct answer x = oracle_value(o, a), y = oracle_value(o, b), spoiled;
    if (answer_spoiled(&x, &y, &spoiled)) return answer_is_true(&spoiled);
    x.number = rational_exact(&o->numbers, x.number, '*', unit_factor(&o->numbers, &a->type->unit));
    y.number = rational_exact(&o->numbers, y.number, '*', unit_factor(&o->numbers, &b->type->unit));
    return answer_compare(sign, &x, &y);
}

enum truth oracle_compare(struct oracle *o, enum expr_kind sign, const struct expr *a, const struct expr *b)
{
    if (a->type->kind == TYPE_SPAN) return oracle_span_compare(o, sign, a, b);
    if (b->type->kind == TYPE_SPAN) return oracle_span_compare(o, turned(sign), b, a);
    if (a->type->kind == TYPE_QUANTITY) return compare_numbers(o, sign, a, b);
    bool times = a->type->kind == TYPE_TIME || b->type->kind == TYPE_TIME;
    struct answer x = !is_moment(a) ? oracle_value(o, a) : times ? oracle_time(o, a) : oracle_day(o, a);
    struct answer y = !is_moment(b) ? oracle_value(o, b) : times ? oracle_time(o, b) : oracle_day(o, b);
    return answer_compare(sign, &x, &y);
}
