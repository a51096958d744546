/*
 * Alerts and monitors, element by element, and what they come to as a whole.
 */
#include "tests/oracle/oracle.h"

/* ---- Elements --------------------------------------------------------------------------------------- */

static enum truth is_before(const struct happening *a, const struct happening *b)
{
    if (a->at.hi < b->at.lo) return TRUTH_YES;
    return a->at.lo >= b->at.hi ? TRUTH_NO : TRUTH_UNKNOWN;
}

/* Later than the other, and not at its moment. */
static enum truth is_behind(const struct happening *a, const struct happening *b)
{
    return happenings_same_moment(a, b) ? TRUTH_NO : is_before(b, a);
}

/* Whether some element that counts lies behind the one at hand, and this happening not before it. */
static enum truth is_cut_off(const struct each_scope *each, const struct happening *h)
{
    const struct happening *x = &each->view->items[each->at];
    enum truth cut = TRUTH_NO;
    for (int i = 0; i < each->view->count; i++) {
        const struct happening *other = &each->view->items[i];
        if (i == each->at) continue;
        enum truth behind = truth_and(each->counts[i], is_behind(other, x));
        cut = truth_or(cut, h ? truth_and(behind, truth_not(is_before(h, other))) : behind);
    }
    return cut;
}

enum truth oracle_before_next(struct oracle *o, const struct happening *h)
{
    return o->each->counts ? truth_not(is_cut_off(o->each, h)) : TRUTH_UNKNOWN;
}

/* Whether the element counts: `where` holds, and it is surely there. */
static enum truth counts(struct oracle *o, const struct each_scope *each)
{
    const struct happening *h = &each->view->items[each->at];
    struct element_scope scope = {each->select, h, NULL, o->element};
    o->element = &scope;
    enum truth truth = oracle_truth(o, each->select->where);
    o->element = scope.outer;
    return h->at.hi > o->patient->now.hi ? truth_and(truth, TRUTH_UNKNOWN) : truth;
}

/* The elements of a rule, and which of them count; false where the list is not given. */
static bool begin_each(struct oracle *o, const struct decl *rule, struct each_scope *each)
{
    *each = (struct each_scope){.select = rule->each->a};
    each->view = &o->lists[each->select->a->decl->index];
    enum truth *found = arena_alloc(o->program->arena, ((size_t)each->view->count + 1) * sizeof *found);
    o->each = each;
    for (each->at = 0; each->at < each->view->count; each->at++)
        found[each->at] = counts(o, each);
    each->counts = found;
    return each->view->given;
}

/* ---- Alerts ----------------------------------------------------------------------------------------- */

static enum truth any_row(struct oracle *o, const struct decl *rule)
{
    enum truth any = TRUTH_NO;
    for (const struct row *row = rule->rows; row; row = row->next)
        any = truth_or(any, oracle_truth(o, row->when));
    return any;
}

static void decide(struct verdict *v, int member)
{
    v->sure = v->applies == TRUTH_YES;
    v->outcome = OUTCOME_DECIDED;
    v->member = member;
}

static void conclude(struct verdict *v, enum truth raised)
{
    if (raised == TRUTH_YES || raised == TRUTH_NO)
        decide(v, raised == TRUTH_YES ? ALERT_RAISED : ALERT_NOT_RAISED);
}

static void unknown(struct verdict *v)
{
    v->sure = v->applies == TRUTH_YES;
    v->outcome = OUTCOME_UNKNOWN;
}

void oracle_alert(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct each_scope each;
    enum truth raised = TRUTH_NO;
    if (!rule->each) {
        conclude(v, any_row(o, rule));
        return;
    }
    if (!begin_each(o, rule, &each)) {
        unknown(v);
        return;
    }
    for (each.at = 0; each.at < each.view->count; each.at++)
        raised = truth_or(raised, truth_and(each.counts[each.at], any_row(o, rule)));
    conclude(v, raised);
}

/* ---- Monitors --------------------------------------------------------------------------------------- */

struct window_of {
    bool by_day;
    struct answer now, from, to, overdue;
};

static struct answer moved(struct oracle *o, const struct window_of *w, const struct expr *anchor,
                           const struct expr *length)
{
    struct answer at = w->by_day ? oracle_day(o, anchor) : oracle_time(o, anchor);
    return length ? oracle_shift(o, &at, length, 1) : at;
}

static struct window_of window_of(struct oracle *o, const struct decl *rule)
{
    struct window_of w = {.by_day = length_counts_dates(rule->watch->to->type)};
    w.now = answer_moment(!w.by_day, o->patient->now.lo, o->patient->now.hi);
    if (w.by_day) {
        const int64_t day = INT64_C(86400000000);
        w.now.lo = moment_day(w.now.lo) * day;
        w.now.hi = w.now.lo + day - 1;
    }
    w.from = moved(o, &w, rule->follows, rule->watch->from);
    w.to = moved(o, &w, rule->follows, rule->watch->to);
    w.overdue = moved(o, &w, rule->follows, rule->overdue ? rule->overdue : rule->watch->to);
    return w;
}

/* An entry of what is expected, in the window or, late, after it. */
static enum truth entry_fits(struct oracle *o, const struct decl *rule, const struct window_of *w,
                             const struct happening *h, bool late)
{
    const struct expr *select = rule->watch->select;
    struct element_scope scope = {select, h, NULL, o->element};
    struct answer at = answer_moment(!w->by_day, h->at.lo, h->at.hi);
    o->element = &scope;
    enum truth fits = oracle_truth(o, select->where);
    o->element = scope.outer;
    if (h->at.hi > o->patient->now.hi) fits = truth_and(fits, TRUTH_UNKNOWN);
    if (o->each) fits = truth_and(fits, oracle_before_next(o, h));
    if (late) return truth_and(fits, answer_compare(EXPR_GT, &at, &w->to));
    return truth_and(fits,
                     truth_and(answer_compare(EXPR_GE, &at, &w->from), answer_compare(EXPR_LE, &at, &w->to)));
}

static enum truth any_entry(struct oracle *o, const struct decl *rule, const struct window_of *w, bool late)
{
    const struct list_view *view = &o->lists[rule->watch->select->a->decl->index];
    enum truth any = view->given ? TRUTH_NO : TRUTH_UNKNOWN;
    for (int i = 0; view->given && i < view->count; i++)
        any = truth_or(any, entry_fits(o, rule, w, &view->items[i], late));
    return any;
}

/* The first of the states that holds for certain, where none before it may; -1 where that cannot be told. */
static int state_of(struct oracle *o, const struct decl *rule)
{
    struct window_of w = window_of(o, rule);
    const struct {
        enum truth holds;
        int state;
    } rows[] = {
        {truth_and(answer_compare(EXPR_GE, &w.now, &w.from), any_entry(o, rule, &w, false)), MONITOR_DONE},
        {truth_and(answer_compare(EXPR_GT, &w.now, &w.to), any_entry(o, rule, &w, true)), MONITOR_LATE},
        {o->each ? is_cut_off(o->each, NULL) : TRUTH_NO, MONITOR_MISSED},
        {answer_compare(EXPR_LT, &w.now, &w.from), MONITOR_NOT_DUE},
        {answer_compare(EXPR_GT, &w.now, &w.overdue), MONITOR_OVERDUE},
        {TRUTH_YES, MONITOR_DUE},
    };
    int i = 0;
    while (rows[i].holds == TRUTH_NO)
        i++;
    return rows[i].holds == TRUTH_YES ? rows[i].state : -1;
}

/* Where it is sure which elements are the latest: the most pressing of their states. */
static void judge_latest(struct oracle *o, const struct decl *rule, struct each_scope *each,
                         struct verdict *v)
{
    int state = -1;
    for (each->at = 0; each->at < each->view->count; each->at++) {
        enum truth latest = truth_and(each->counts[each->at], truth_not(is_cut_off(each, NULL)));
        if (latest == TRUTH_NO) continue;
        int own = latest == TRUTH_YES ? state_of(o, rule) : -1;
        if (own < 0) return;
        if (own > state) state = own;
    }
    decide(v, state < 0 ? MONITOR_NOT_DUE : state);
}

void oracle_monitor(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct each_scope each;
    if (rule->each) {
        if (begin_each(o, rule, &each))
            judge_latest(o, rule, &each, v);
        else
            unknown(v);
        return;
    }
    int state = state_of(o, rule);
    if (state >= 0) decide(v, state);
}
