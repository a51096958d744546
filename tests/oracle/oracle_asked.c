/*
 * What is asked of a dose beside its one amount: whether another one lies in its range, and what it gives on
 * a day.
 */
#include "tests/oracle/oracle.h"

/* Why there is no amount; false where there may be. */
static bool gives_nothing(const struct verdict *v, struct answer *why)
{
    *why = answer_open();
    if (!v->sure) return true;
    if (v->outcome == OUTCOME_FAULT) *why = answer_fault();
    return v->outcome != OUTCOME_DECIDED || v->action == ACTION_WITHHOLD;
}

/* ---- Ranges ----------------------------------------------------------------------------------------- */

enum truth oracle_within(struct oracle *o, const struct expr *e)
{
    const struct verdict *v = oracle_seen(o, e->b->decl);
    struct answer a = oracle_value(o, e->a), why, spoiled;
    if (gives_nothing(v, &why)) return answer_is_true(answer_spoiled(&a, &why, &spoiled) ? &spoiled : &why);
    const struct amount *range = &v->plan.days[0];
    struct answer low = answer_number(range->lo), high = answer_number(range->hi);
    if (answer_spoiled(&a, &low, &spoiled)) return answer_is_true(&spoiled);
    const struct unit *unit = dose_unit(e->b->decl);
    a.number = rational_exact(&o->numbers, a.number, '*', unit_factor(&o->numbers, &e->a->type->unit));
    low.number = rational_exact(&o->numbers, low.number, '*', unit_factor(&o->numbers, unit));
    high.number = rational_exact(&o->numbers, high.number, '*', unit_factor(&o->numbers, unit));
    return truth_and(answer_compare(EXPR_GE, &a, &low), answer_compare(EXPR_LE, &a, &high));
}

/* ---- Days ------------------------------------------------------------------------------------------- */

static struct answer amount_on(struct oracle *o, const struct plan *plan, int64_t day)
{
    const struct amount *a = day >= 1 && day <= plan->last ? &plan->days[day] : NULL;
    if (a == NULL || a->lo == NULL) return answer_number(rational_int(&o->numbers, 0));
    return rational_compare(a->lo, a->hi) == 0 ? answer_number(a->lo)
                                               : (struct answer){.kind = ANSWER_UNKNOWN, .reported = true};
}

static struct answer on_day(struct oracle *o, const struct verdict *v, const struct expr *number)
{
    struct answer n = oracle_value(o, number);
    int64_t day = 0;
    if (n.kind != ANSWER_NUMBER || !rational_to_int(n.number, &day)) return answer_open();
    if (v->plan.days[0].lo == NULL) return amount_on(o, &v->plan, day);
    return v->told ? amount_on(o, &v->course, day) : answer_open();
}

static struct answer on_date(struct oracle *o, const struct verdict *v, const struct expr *date)
{
    struct answer at = oracle_day(o, date);
    if (at.kind == ANSWER_FAULT) return at;
    if (at.kind != ANSWER_MOMENT || moment_day(at.lo) != moment_day(at.hi) || !v->dated) return answer_open();
    return amount_on(o, &v->course, moment_day(at.lo) - v->start + 1);
}

/* 0 on a day that has no amount. */
struct answer oracle_on(struct oracle *o, const struct expr *e)
{
    const struct verdict *v = oracle_seen(o, e->a->decl);
    struct answer why;
    if (gives_nothing(v, &why)) return why;
    return e->kind == EXPR_ON_DAY ? on_day(o, v, e->b) : on_date(o, v, e->b);
}
