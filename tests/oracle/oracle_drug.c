/*
 * Several doses of one drug: those that are decided and say different things are conflicts, which guarantees
 * see, but no rule.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

/* ---- Amounts ---------------------------------------------------------------------------------------- */

static bool same_number(struct oracle *o, const struct rational *a, const struct unit *unit,
                        const struct rational *b, const struct unit *other)
{
    if (!a || !b) return !a && !b;
    const struct rational *one = rational_exact(&o->numbers, a, '*', unit_factor(&o->numbers, unit));
    const struct rational *two = rational_exact(&o->numbers, b, '*', unit_factor(&o->numbers, other));
    return rational_compare(one, two) == 0;
}

static bool same_amounts(struct oracle *o, const struct decl *a, const struct decl *b)
{
    const struct plan *one = &oracle_verdict(o, a)->plan, *other = &oracle_verdict(o, b)->plan;
    const struct unit *unit = dose_unit(a), *other_unit = dose_unit(b);
    if (one->last != other->last) return false;
    for (int day = 0; day <= one->last; day++)
        if (!same_number(o, one->days[day].lo, unit, other->days[day].lo, other_unit) ||
            !same_number(o, one->days[day].hi, unit, other->days[day].hi, other_unit))
            return false;
    return true;
}

/* ---- Dates ------------------------------------------------------------------------------------------ */

static bool given_on(const struct verdict *v, int64_t date)
{
    int64_t day = date - v->start + 1;
    return day >= 1 && day <= v->course.last && v->course.days[day].lo != NULL;
}

static bool covers(const struct verdict *a, const struct verdict *b)
{
    for (int day = 1; day <= a->course.last; day++)
        if (a->course.days[day].lo && !given_on(b, a->start + day - 1)) return false;
    return true;
}

/* One without a schedule says nothing of when; where one has no dates, what is written counts. */
static bool same_dates(struct oracle *o, const struct verdict *a, const struct verdict *b)
{
    if (!a->schedule || !b->schedule) return true;
    if (a->dated && b->dated) return covers(a, b) && covers(b, a);
    return oracle_same_schedule(o, a->schedule, b->schedule);
}

/* ---- Both ------------------------------------------------------------------------------------------- */

static bool agree(struct oracle *o, const struct decl *a, const struct decl *b)
{
    const struct verdict *one = oracle_verdict(o, a), *other = oracle_verdict(o, b);
    if (one->action != other->action) return false;
    return one->action == ACTION_WITHHOLD || (same_amounts(o, a, b) && same_dates(o, one, other));
}

/* Whether the other one stands against it. */
static enum truth differs(struct oracle *o, const struct decl *rule, const struct decl *other)
{
    const struct verdict *v = oracle_verdict(o, other);
    if (!v->sure) return TRUTH_UNKNOWN;
    return v->outcome == OUTCOME_DECIDED && !agree(o, rule, other) ? TRUTH_YES : TRUTH_NO;
}

enum truth oracle_contradicted(struct oracle *o, const struct decl *rule)
{
    enum truth any = TRUTH_NO;
    if (rule->kind != DECL_DOSE || oracle_verdict(o, rule)->outcome != OUTCOME_DECIDED) return TRUTH_NO;
    for (const struct protocol *p = o->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_DOSE && d != rule && strcmp(d->drug.text, rule->drug.text) == 0)
                any = truth_or(any, differs(o, rule, d));
    return any;
}

const struct verdict *oracle_seen(struct oracle *o, const struct decl *rule)
{
    static const struct verdict conflict = {.sure = true, .outcome = OUTCOME_CONFLICT}, open = {0};
    const struct verdict *v = oracle_verdict(o, rule);
    if (!o->after || !v->sure) return v;
    enum truth contradicted = oracle_contradicted(o, rule);
    return contradicted == TRUTH_YES ? &conflict : contradicted == TRUTH_NO ? v : &open;
}
