/*
 * Doses: the plan of each amount row, cut and rounded in the fixed order, and the first outcome of the list
 * that holds.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

struct dose {
    struct oracle *o;
    const struct decl *rule;
    struct verdict *v;
    struct unit unit;
    bool doubt;       /* something that decides it is not known, or a condition is a fault and acts so */
    bool faulty;      /* a value that decides it is a fault */
    enum fault fault; /* NONE: one that arithmetic raised */
};

static void fail(struct dose *d, enum fault fault)
{
    if (!d->faulty) d->fault = fault;
    d->faulty = true;
}

static void look(struct dose *d, enum truth truth)
{
    d->doubt = d->doubt || truth == TRUTH_FAULT || truth == TRUTH_UNKNOWN;
}

/* ---- The rows of the image, in its order ------------------------------------------------------------ */

static int rows_of(const struct clause *c)
{
    return c->kind == CLAUSE_INTERVAL && c->most ? 2 : 1;
}

/* Later than the first length after FROM (or not past the second): no where the list is known to hold none.
 */
static enum truth interval_end(struct oracle *o, const struct clause *c, const struct expr *length,
                               bool early)
{
    bool dates = length_counts_dates(length->type);
    struct answer from = dates ? oracle_day(o, c->from) : oracle_time(o, c->from);
    if (from.kind == ANSWER_UNKNOWN && from.none) return TRUTH_NO;
    struct answer to = dates ? oracle_day(o, c->to) : oracle_time(o, c->to);
    struct answer limit = oracle_shift(o, &from, length, 1);
    return answer_compare(early ? EXPR_LT : EXPR_GT, &to, &limit);
}

static void judge_clauses(struct dose *d)
{
    struct verdict *v = d->v;
    for (const struct clause *c = d->rule->clauses; c && v->row_count + 2 < ROWS_MAX; c = c->next) {
        enum truth when = oracle_truth(d->o, c->when);
        if (c->kind != CLAUSE_INTERVAL) {
            v->rows[v->row_count++] = when;
            continue;
        }
        v->rows[v->row_count++] = truth_and(when, interval_end(d->o, c, c->least, true));
        if (c->most) v->rows[v->row_count++] = truth_and(when, interval_end(d->o, c, c->most, false));
    }
}

/* ---- Values of clauses ------------------------------------------------------------------------------ */

/* NULL where there is none: unknown, a fault (both noted), or switched off. */
static const struct rational *clause_number(struct dose *d, const struct expr *e)
{
    struct answer a = oracle_number(d->o, e, &d->unit);
    if (a.kind == ANSWER_UNKNOWN)
        d->doubt = true;
    else if (a.kind == ANSWER_FAULT)
        fail(d, FAULT_NONE);
    return a.kind == ANSWER_NUMBER ? a.number : NULL;
}

/* The largest (sign 1) or smallest (-1) value of the clauses of a kind that hold; NULL: none. */
static const struct rational *limit(struct dose *d, enum clause_kind kind, int sign)
{
    const struct rational *best = NULL;
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next) {
        if (c->kind != kind || d->v->rows[row] == TRUTH_NO) continue;
        look(d, d->v->rows[row]);
        const struct rational *value = clause_number(d, c->value);
        if (value && (best == NULL || rational_compare(value, best) == sign)) best = value;
    }
    return best;
}

/* ---- One amount ------------------------------------------------------------------------------------- */

static void choose(struct dose *d, struct amount *a)
{
    const struct rational *point = limit(d, CLAUSE_CHOOSE, 1), *other = limit(d, CLAUSE_CHOOSE, -1);
    if (point == NULL || a->lo == a->hi) return;
    if (rational_compare(point, other) != 0)
        d->doubt = true; /* two points: a conflict, which is another's business */
    if (rational_compare(point, a->lo) < 0 || rational_compare(point, a->hi) > 0)
        fail(d, FAULT_CHOICE_OUTSIDE);
    a->lo = a->hi = point;
}

static void cut(const struct rational *least, const struct rational *most, const struct rational **x)
{
    if (least && rational_compare(*x, least) < 0) *x = least;
    if (most && rational_compare(*x, most) > 0) *x = most;
}

static void round_amount(struct dose *d, const struct clause *c, const struct rational *least,
                         const struct rational *most, struct amount *a)
{
    static const int directions[] = {[ROUND_NEAREST] = 0, [ROUND_DOWN] = -1, [ROUND_UP] = 1};
    const struct rational *step = clause_number(d, c->value);
    if (step == NULL || a->lo != a->hi) return;
    if (rational_sign(step) <= 0) {
        fail(d, FAULT_STEP_NOT_POSITIVE);
        return;
    }
    struct rationals *pool = &d->o->numbers;
    const struct rational *x = rational_multiple(pool, a->lo, step, directions[c->rounding]);
    if (most && rational_compare(x, most) > 0) x = rational_multiple(pool, most, step, -1);
    if (least && rational_compare(x, least) < 0) x = rational_multiple(pool, least, step, 1);
    if (most && rational_compare(x, most) > 0)
        fail(d, FAULT_NO_MULTIPLE);
    else if (rational_sign(x) <= 0)
        fail(d, FAULT_ROUNDS_TO_ZERO);
    a->lo = a->hi = x;
}

static void round_by_clauses(struct dose *d, const struct rational *least, const struct rational *most,
                             struct amount *a)
{
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next) {
        if (c->kind != CLAUSE_ROUND || d->v->rows[row] == TRUTH_NO) continue;
        look(d, d->v->rows[row]);
        round_amount(d, c, least, most, a);
    }
}

/* False where the amount is not known or a fault. */
static bool finish_amount(struct dose *d, const struct step *step, struct amount *a)
{
    bool range = step->amount->kind == EXPR_TO;
    a->lo = clause_number(d, range ? step->amount->a : step->amount);
    a->hi = range ? clause_number(d, step->amount->b) : a->lo;
    if (a->lo == NULL || a->hi == NULL) return false;
    if (rational_sign(a->lo) <= 0)
        fail(d, FAULT_NOT_POSITIVE);
    else if (rational_compare(a->lo, a->hi) > 0)
        fail(d, FAULT_RANGE_REVERSED);
    choose(d, a);
    const struct rational *least = limit(d, CLAUSE_AT_LEAST, 1), *most = limit(d, CLAUSE_AT_MOST, -1);
    if (least && most && rational_compare(least, most) > 0) fail(d, FAULT_LEAST_ABOVE_MOST);
    bool point = a->lo == a->hi;
    cut(least, most, &a->lo);
    cut(least, most, &a->hi);
    if (point) a->hi = a->lo;
    if (rational_sign(a->lo) <= 0) fail(d, FAULT_NOT_POSITIVE);
    if (!d->faulty) round_by_clauses(d, least, most, a);
    return !d->doubt && !d->faulty;
}

/* ---- Plans ------------------------------------------------------------------------------------------ */

/* False where a day has another amount already. */
static bool put_day(struct plan *plan, int64_t day, const struct amount *a)
{
    struct amount *at = &plan->days[day];
    bool same =
        at->lo == NULL || (rational_compare(at->lo, a->lo) == 0 && rational_compare(at->hi, a->hi) == 0);
    *at = *a;
    if (day > plan->last) plan->last = (int)day;
    return same;
}

static bool put_days(struct plan *plan, const struct expr *e, const struct amount *a)
{
    bool same = true;
    if (e->kind == EXPR_LIST) {
        for (const struct expr *part = e->args; part; part = part->next)
            same = put_days(plan, part, a) && same;
        return same;
    }
    int64_t from = 0, to = 0;
    decimal_to_int(e->kind == EXPR_TO ? e->a->number : e->number, &from);
    decimal_to_int(e->kind == EXPR_TO ? e->b->number : e->number, &to);
    for (int64_t day = from; day <= to && day < DAYS_MAX; day++)
        same = put_day(plan, day, a) && same;
    return same;
}

static bool add_steps(struct dose *d, const struct clause *c, struct plan *plan)
{
    bool same = true;
    for (const struct step *s = c->steps; s; s = s->next) {
        struct amount a;
        if (s->no_statement)
            plan->no_statement = true;
        else if (!finish_amount(d, s, &a))
            continue;
        else
            same = (s->days ? put_days(plan, s->days, &a) : put_day(plan, 0, &a)) && same;
    }
    return same;
}

static bool same_amount(const struct amount *a, const struct amount *b)
{
    if (a->lo == NULL || b->lo == NULL) return a->lo == b->lo;
    return rational_compare(a->lo, b->lo) == 0 && rational_compare(a->hi, b->hi) == 0;
}

static bool same_plan(const struct plan *a, const struct plan *b)
{
    if (a->no_statement != b->no_statement || a->last != b->last) return false;
    for (int day = 0; day <= a->last; day++)
        if (!same_amount(&a->days[day], &b->days[day])) return false;
    return true;
}

static bool is_step_row(const struct clause *c)
{
    return c->from_table && c->steps->days;
}

static enum truth overridden(struct dose *d, const struct clause *c)
{
    enum truth truth = TRUTH_NO;
    int row = 0;
    for (const struct clause *other = d->rule->clauses; other; row += rows_of(other), other = other->next)
        if (c->name.text && other->instead_of.text && strcmp(other->instead_of.text, c->name.text) == 0)
            truth = truth_or(truth, d->v->rows[row]);
    return truth;
}

struct plans {
    struct plan steps; /* all table rows by days together */
    bool any_step, any, conflict;
};

static void add_plan(struct dose *d, struct plans *plans, const struct plan *plan)
{
    if (plans->any && !same_plan(&d->v->plan, plan)) plans->conflict = true;
    if (!plans->any) d->v->plan = *plan;
    plans->any = true;
}

static void read_amounts(struct dose *d, struct plans *plans)
{
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next) {
        if (c->kind != CLAUSE_AMOUNT) continue;
        enum truth counts = truth_and(d->v->rows[row], truth_not(overridden(d, c)));
        look(d, counts);
        d->v->used[row] = counts == TRUTH_YES;
        if (counts == TRUTH_NO) continue;
        struct plan plan = {0};
        if (is_step_row(c)) {
            plans->conflict = !add_steps(d, c, &plans->steps) || plans->conflict;
            plans->any_step = true;
        } else {
            add_steps(d, c, &plan);
            add_plan(d, plans, &plan);
        }
    }
    if (plans->any_step) add_plan(d, plans, &plans->steps);
}

/* A schedule that holds.  Where two of them, or two plans, stand against each other, what is wrong with one
   of them alone goes before: that is not told apart. */
static void take_schedule(struct dose *d, struct plans *plans, const struct schedule *s,
                          const struct schedule **found)
{
    enum fault fault;
    bool two = *found && !oracle_same_schedule(d->o, *found, s);
    enum schedule_trouble trouble = oracle_schedule(d->o, s, d->v, &fault);
    plans->conflict = plans->conflict || two;
    if (trouble == SCHEDULE_DOUBT || (plans->conflict && trouble == SCHEDULE_BAD)) d->doubt = true;
    if (trouble == SCHEDULE_BAD) fail(d, fault);
    *found = s;
}

static void read_schedules(struct dose *d, struct plans *plans)
{
    const struct schedule *found = NULL;
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next) {
        if (c->kind != CLAUSE_SCHEDULE) continue;
        look(d, d->v->rows[row]);
        bool silent = plans->conflict && d->v->plan.no_statement; /* whether it is dated is not said */
        if (silent && d->v->rows[row] == TRUTH_YES) d->doubt = true;
        if (d->v->rows[row] == TRUTH_YES && plans->any && !d->v->plan.no_statement)
            take_schedule(d, plans, c->schedule, &found);
    }
    d->v->schedule = found;
    d->v->scheduled = found != NULL;
    if (d->faulty && plans->conflict && found) d->doubt = true;
}

/* One sum, rounded once; none where a schedule leaves the days open. */
static void add_up(struct dose *d)
{
    struct verdict *v = d->v;
    const struct plan *plan = v->scheduled ? &v->course : &v->plan;
    if (v->scheduled && !v->told) return;
    struct rationals *pool = &d->o->numbers;
    const struct rational *zero = rational_int(pool, 0), *lo = zero, *hi = zero;
    for (int day = 0; day <= plan->last; day++)
        if (plan->days[day].lo) {
            lo = rational_exact(pool, lo, '+', plan->days[day].lo);
            hi = rational_exact(pool, hi, '+', plan->days[day].hi);
        }
    v->total_lo = rational_add(pool, lo, zero);
    v->total_hi = rational_add(pool, hi, zero);
    if (rational_compare(v->total_lo, v->total_hi) == 0) v->total_hi = v->total_lo;
}

/* ---- The outcome ------------------------------------------------------------------------------------ */

/* TRUTH_YES where one of the clauses holds; an interval's lower end withholds. */
static enum truth any_clause(const struct dose *d, enum clause_kind kind)
{
    enum truth any = TRUTH_NO;
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next)
        if (c->kind == kind) any = truth_or(any, d->v->rows[row]);
    return any;
}

static void settle(struct dose *d, enum outcome outcome, enum action action)
{
    d->v->sure = true;
    d->v->outcome = outcome;
    d->v->action = action;
    d->v->fault = outcome == OUTCOME_FAULT ? d->fault : FAULT_NONE;
}

static void look_at_routes(struct dose *d)
{
    int row = 0;
    for (const struct clause *c = d->rule->clauses; c; row += rows_of(c), c = c->next)
        if (c->kind == CLAUSE_ROUTE) look(d, d->v->rows[row]);
}

const struct unit *dose_unit(const struct decl *rule)
{
    static const struct unit one = {0};
    for (const struct clause *c = rule->clauses; c; c = c->next)
        for (const struct step *s = c->kind == CLAUSE_AMOUNT ? c->steps : NULL; s; s = s->next)
            if (!s->no_statement)
                return s->amount->kind == EXPR_TO ? &s->amount->b->type->unit : &s->amount->type->unit;
    return &one;
}

void oracle_dose(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct dose d = {.o = o, .rule = rule, .v = v, .unit = *dose_unit(rule)};
    judge_clauses(&d);
    enum truth withhold = truth_or(any_clause(&d, CLAUSE_WITHHOLD), TRUTH_NO);
    int row = 0;
    for (const struct clause *c = rule->clauses; c; row += rows_of(c), c = c->next)
        if (c->kind == CLAUSE_INTERVAL) withhold = truth_or(withhold, v->rows[row]);
    if (withhold == TRUTH_YES) {
        settle(&d, OUTCOME_DECIDED, ACTION_WITHHOLD);
        v->sure = v->applies == TRUTH_YES; /* the machine may know that it does not apply */
        return;
    }
    look(&d, v->applies);
    look(&d, withhold);
    look_at_routes(&d);
    struct plans plans = {0};
    read_amounts(&d, &plans);
    read_schedules(&d, &plans);
    if (d.doubt) return;
    if (d.faulty) {
        settle(&d, OUTCOME_FAULT, ACTION_NONE);
        return;
    }
    enum truth asked = any_clause(&d, CLAUSE_ASK);
    if (plans.conflict)
        settle(&d, OUTCOME_CONFLICT, ACTION_NONE);
    else if (plans.any && v->plan.no_statement)
        settle(&d, OUTCOME_NO_STATEMENT, ACTION_NONE);
    else if (!plans.any)
        settle(&d, OUTCOME_NOT_COVERED, ACTION_NONE);
    else
        settle(&d, OUTCOME_DECIDED, asked == TRUTH_NO ? ACTION_GIVE : ACTION_ASK);
    v->sure = v->outcome != OUTCOME_DECIDED || asked == TRUTH_NO ||
              asked == TRUTH_YES; /* the machine may know more of it */
    add_up(&d);
}
