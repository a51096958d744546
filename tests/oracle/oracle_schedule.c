/*
 * Schedules: the days and dates of a plan, counted one by one.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

#define MICROS INT64_C(86400000000)

/* A schedule that holds, looked at once. */
struct timing {
    const struct schedule *s;
    bool dated;          /* start and end are single days */
    int64_t start, last; /* the first day, as days since 1970; how many days the phase has */
    enum cal_unit unit;  /* EVERY */
    int64_t count;
};

static bool single_day(const struct answer *a, int64_t *day)
{
    *day = a->kind == ANSWER_MOMENT ? moment_day(a->lo) : 0;
    return a->kind == ANSWER_MOMENT && moment_day(a->hi) == *day;
}

static enum schedule_trouble look_at_phase(struct oracle *o, struct timing *t)
{
    if (!t->s->phase) return SCHEDULE_FINE;
    const struct decl *phase = t->s->phase->decl;
    struct answer start = oracle_day(o, phase->starts), end = oracle_phase_end(o, phase);
    if (start.kind == ANSWER_FAULT || end.kind == ANSWER_FAULT) return SCHEDULE_BAD;
    if (start.open || end.open) return SCHEDULE_DOUBT;
    t->dated = single_day(&start, &t->start) && single_day(&end, &t->last);
    t->last -= t->start - 1;
    return SCHEDULE_FINE;
}

static enum schedule_trouble look_at_length(struct oracle *o, struct timing *t, enum fault *fault)
{
    if (t->s->form != SCHEDULE_EVERY) return SCHEDULE_FINE;
    struct answer n = oracle_count(o, t->s->every, &t->unit, &t->count);
    if (n.kind == ANSWER_UNKNOWN) return SCHEDULE_DOUBT;
    *fault = n.kind == ANSWER_NUMBER ? FAULT_SCHEDULE_LENGTH : FAULT_NONE;
    return n.kind == ANSWER_NUMBER && t->count > 0 ? SCHEDULE_FINE : SCHEDULE_BAD;
}

/* ---- Days ------------------------------------------------------------------------------------------- */

static void list_part(const struct expr *part, bool *days)
{
    int64_t from = 0, to = 0;
    decimal_to_int(part->kind == EXPR_TO ? part->a->number : part->number, &from);
    decimal_to_int(part->kind == EXPR_TO ? part->b->number : part->number, &to);
    for (int64_t day = from; day <= to && day < DAYS_MAX; day++)
        days[day] = true;
}

static void list_days(const struct expr *e, bool *days)
{
    if (e->kind != EXPR_LIST) list_part(e, days);
    for (const struct expr *part = e->kind == EXPR_LIST ? e->args : NULL; part; part = part->next)
        list_part(part, days);
}

/* Day 1, and each further one counted from the start. */
static void every_days(const struct timing *t, bool *days)
{
    struct answer start = answer_moment(false, t->start * MICROS, t->start * MICROS);
    for (int n = 0;; n++) {
        struct answer at = moment_moved(&start, n * t->count, t->unit);
        int64_t day = at.kind == ANSWER_MOMENT ? moment_day(at.lo) - t->start + 1 : DAYS_MAX;
        if (day > t->last || day >= DAYS_MAX) return;
        days[day] = true;
    }
}

/* The days of a plan that has none of its own; false where nobody can say. */
static bool days_of(const struct timing *t, bool *days)
{
    switch (t->s->form) {
    case SCHEDULE_DAYS: list_days(t->s->days, days); return true;
    case SCHEDULE_CONTINUOUS:
        for (int64_t day = 1; day <= t->last && day < DAYS_MAX; day++)
            days[day] = true;
        return t->dated;
    case SCHEDULE_EVERY:
        if (t->dated && !t->s->every_to) every_days(t, days);
        return t->dated && !t->s->every_to && t->unit != CAL_MICROSECOND;
    default: return false;
    }
}

/* ---- The plan --------------------------------------------------------------------------------------- */

static bool by_day(const struct plan *plan)
{
    return plan->days[0].lo == NULL;
}

static void fill(const struct plan *plan, const bool *days, struct plan *course)
{
    for (int day = 1; day < DAYS_MAX; day++) {
        course->days[day] = by_day(plan) ? plan->days[day]
                            : days[day]  ? plan->days[0]
                                         : (struct amount){NULL, NULL};
        if (course->days[day].lo) course->last = day;
    }
}

enum schedule_trouble oracle_schedule(struct oracle *o, const struct schedule *s, struct verdict *v,
                                      enum fault *fault)
{
    struct timing t = {.s = s};
    bool days[DAYS_MAX] = {false};
    *fault = FAULT_NONE;
    enum schedule_trouble trouble = look_at_phase(o, &t), length = look_at_length(o, &t, fault);
    if (trouble == SCHEDULE_BAD || length == SCHEDULE_BAD) return SCHEDULE_BAD;
    if (trouble == SCHEDULE_DOUBT || length == SCHEDULE_DOUBT) return SCHEDULE_DOUBT;
    v->course = (struct plan){0};
    v->told = by_day(&v->plan) || days_of(&t, days);
    if (v->told) fill(&v->plan, days, &v->course);
    v->dated = t.dated && v->told;
    v->start = t.start;
    *fault = FAULT_PAST_PHASE;
    return t.dated && v->told && v->course.last > t.last ? SCHEDULE_BAD : SCHEDULE_FINE;
}

/* Whether two lengths are the same in every record: all that the generator writes are numbers. */
static bool same_length(struct oracle *o, const struct expr *a, const struct expr *b)
{
    enum cal_unit first, second;
    int64_t x = 0, y = 0;
    if (!a || !b) return a == b;
    struct answer one = oracle_count(o, a, &first, &x), two = oracle_count(o, b, &second, &y);
    return one.kind == ANSWER_NUMBER && two.kind == ANSWER_NUMBER && first == second && x == y;
}

bool oracle_same_schedule(struct oracle *o, const struct schedule *a, const struct schedule *b)
{
    bool one[DAYS_MAX] = {false}, other[DAYS_MAX] = {false};
    if (a->days) list_days(a->days, one);
    if (b->days) list_days(b->days, other);
    const struct decl *first = a->phase ? a->phase->decl : NULL, *second = b->phase ? b->phase->decl : NULL;
    return a->form == b->form && first == second && memcmp(one, other, sizeof one) == 0 &&
           same_length(o, a->every, b->every) && same_length(o, a->every_to, b->every_to);
}
