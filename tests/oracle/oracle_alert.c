/*
 * Alerts and monitors, element by element, and what they come to as a whole.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

/* No goes before what is open, and that before a fault, which it might take away. */
static enum truth both(enum truth a, enum truth b)
{
    bool open = a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN;
    return open && a != TRUTH_NO && b != TRUTH_NO ? TRUTH_UNKNOWN : truth_and(a, b);
}

/* ---- Elements --------------------------------------------------------------------------------------- */

static enum truth is_before(const struct happening *a, const struct happening *b)
{
    if (datum_before(&a->at, &b->at)) return TRUTH_YES;
    return a->at.lo >= b->at.hi + clocks_apart(&a->at, &b->at) ? TRUTH_NO : TRUTH_UNKNOWN;
}

/* Later than the other, and not at its moment. */
static enum truth is_behind(const struct happening *a, const struct happening *b)
{
    return happenings_same_moment(a, b) ? TRUTH_NO : is_before(b, a);
}

/* Whether an element that counts for certain lies between the one at hand and this one: then this is not the
   next.  A day may lie before the next and not before a later one, where their clocks differ. */
static bool is_hidden(const struct each_scope *each, const struct happening *other)
{
    const struct happening *x = &each->view->items[each->at];
    for (int i = 0; i < each->view->count; i++) {
        const struct happening *h = &each->view->items[i];
        if (each->counts[i] == TRUTH_YES && is_behind(h, x) == TRUTH_YES && datum_before(&h->at, &other->at))
            return true;
    }
    return false;
}

/* Whether some element that counts lies behind the one at hand, and this happening not before it. */
static enum truth is_cut_off(const struct each_scope *each, const struct happening *h)
{
    const struct happening *x = &each->view->items[each->at];
    enum truth cut = TRUTH_NO;
    for (int i = 0; i < each->view->count; i++) {
        const struct happening *other = &each->view->items[i];
        if (i == each->at || (h && is_hidden(each, other))) continue;
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
    enum truth truth = oracle_sure_truth(o, each->select->where);
    o->element = scope.outer;
    return oracle_may_be_later(o, h) ? both(truth, TRUTH_UNKNOWN) : truth;
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

static struct part *begin_parts(struct oracle *o, const struct each_scope *each, struct verdict *v)
{
    v->part_count = each->view->count;
    v->parts = arena_alloc(o->program->arena, ((size_t)v->part_count + 1) * sizeof *v->parts);
    for (int i = 0; i < v->part_count; i++) {
        v->parts[i].item = &each->view->items[i];
        v->parts[i].counts = each->counts[i];
    }
    return v->parts;
}

static void decide_part(struct part *part, int member)
{
    part->sure = true;
    part->outcome = OUTCOME_DECIDED;
    part->member = member;
}

/* ---- Alerts ----------------------------------------------------------------------------------------- */

/* Yes goes before what is open, that before a fault, and a fault before no: a fault is none where something
   beside it may yet raise the alert. */
static enum truth joined(enum truth a, enum truth b)
{
    return truth_not(both(truth_not(a), truth_not(b)));
}

/* Whether one row holds; each into rows, where the rule is looked at for an element that counts so much. What
   fails in two places may be one condition and its opposite, of which one holds whatever the fault is. */
static enum truth any_row(struct oracle *o, const struct decl *rule, enum truth counts, enum truth *rows)
{
    enum truth any = TRUTH_NO;
    long faults = o->faults;
    for (const struct row *row = rule->rows; row; row = row->next) {
        enum truth holds = oracle_sure_truth(o, row->when);
        *rows = both(counts, holds);
        any = joined(any, *rows++);
    }
    return any == TRUTH_FAULT && o->faults - faults > 1 ? TRUTH_UNKNOWN : any;
}

static void decide(struct verdict *v, int member)
{
    v->sure = v->applies == TRUTH_YES;
    v->outcome = OUTCOME_DECIDED;
    v->member = member;
}

static void conclude(struct verdict *v, enum truth raised)
{
    if (raised == TRUTH_UNKNOWN) return;
    decide(v, raised == TRUTH_YES ? ALERT_RAISED : ALERT_NOT_RAISED);
    if (raised == TRUTH_FAULT) v->outcome = OUTCOME_FAULT;
}

static void unknown(struct verdict *v)
{
    v->sure = v->applies == TRUTH_YES;
    v->outcome = OUTCOME_UNKNOWN;
}

static int count_rows(const struct decl *rule)
{
    int count = 0;
    for (const struct row *row = rule->rows; row; row = row->next)
        count++;
    return count;
}

/* What the rows that hold tell. */
static void tell(struct oracle *o, const struct decl *rule, struct part *part)
{
    int k = 0;
    for (const struct row *row = rule->rows; row; row = row->next, k++)
        if (part->rows[k] == TRUTH_YES) part->says[k] = oracle_say(o, row->tail.say);
}

static enum truth judge_part(struct oracle *o, const struct decl *rule, struct part *part)
{
    enum truth raised = any_row(o, rule, part->counts, part->rows);
    part->row_count = count_rows(rule);
    tell(o, rule, part);
    if (raised != TRUTH_UNKNOWN) decide_part(part, raised == TRUTH_YES ? ALERT_RAISED : ALERT_NOT_RAISED);
    if (raised == TRUTH_FAULT) part->outcome = OUTCOME_FAULT;
    return raised;
}

void oracle_alert(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct each_scope each;
    enum truth raised = TRUTH_NO;
    if (!rule->each) {
        conclude(v, any_row(o, rule, TRUTH_YES, v->rows));
        v->row_count = count_rows(rule);
        return;
    }
    if (!begin_each(o, rule, &each)) {
        unknown(v);
        return;
    }
    struct part *parts = begin_parts(o, &each, v);
    for (each.at = 0; each.at < each.view->count; each.at++)
        raised = joined(raised, judge_part(o, rule, &parts[each.at]));
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
    w.now = datum_moment(&o->patient->now, !w.by_day);
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
    struct answer at = datum_moment(&h->at, !w->by_day);
    o->element = &scope;
    enum truth fits = oracle_truth(o, select->where);
    o->element = scope.outer;
    if (oracle_may_be_later(o, h)) fits = truth_and(fits, TRUTH_UNKNOWN);
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

struct condition_of {
    enum truth holds;
    int state;
};

/* What holds of each state by itself, in the order in which they are asked. */
static void judge_states(struct oracle *o, const struct decl *rule,
                         struct condition_of all[MONITOR_STATE_COUNT])
{
    struct window_of w = window_of(o, rule);
    const struct condition_of found[MONITOR_STATE_COUNT] = {
        {truth_and(answer_compare(EXPR_GE, &w.now, &w.from), any_entry(o, rule, &w, false)), MONITOR_DONE},
        {truth_and(answer_compare(EXPR_GT, &w.now, &w.to), any_entry(o, rule, &w, true)), MONITOR_LATE},
        {o->each ? is_cut_off(o->each, NULL) : TRUTH_NO, MONITOR_MISSED},
        {answer_compare(EXPR_LT, &w.now, &w.from), MONITOR_NOT_DUE},
        {answer_compare(EXPR_GT, &w.now, &w.overdue), MONITOR_OVERDUE},
        {TRUTH_YES, MONITOR_DUE},
    };
    memcpy(all, found, sizeof found);
}

/* The first of the states that holds for certain, where none before it may; -1 where that cannot be told. */
static int first_state(const struct condition_of all[MONITOR_STATE_COUNT])
{
    int i = 0;
    while (all[i].holds == TRUTH_NO)
        i++;
    return all[i].holds == TRUTH_YES ? all[i].state : -1;
}

/* Into rows what holds by itself, where the rule is looked at for an element that counts so much. */
static int state_of(struct oracle *o, const struct decl *rule, enum truth counts, enum truth *rows)
{
    struct condition_of all[MONITOR_STATE_COUNT];
    judge_states(o, rule, all);
    for (int i = 0; i < MONITOR_STATE_COUNT; i++)
        rows[all[i].state] = truth_and(counts, all[i].holds);
    return first_state(all);
}

/* Each element for itself; one that may not be there has no state that is sure. */
static void judge_parts(struct oracle *o, const struct decl *rule, struct each_scope *each,
                        struct part *parts)
{
    for (each->at = 0; each->at < each->view->count; each->at++) {
        struct part *part = &parts[each->at];
        int state = state_of(o, rule, part->counts, part->rows);
        part->row_count = MONITOR_STATE_COUNT;
        if (part->counts == TRUTH_YES && state >= 0) decide_part(part, state);
    }
}

/* Where it is sure which elements are the latest: the most pressing of their states. */
static void judge_latest(struct each_scope *each, struct verdict *v)
{
    int state = -1;
    for (each->at = 0; each->at < each->view->count; each->at++) {
        const struct part *part = &v->parts[each->at];
        enum truth latest = truth_and(each->counts[each->at], truth_not(is_cut_off(each, NULL)));
        if (latest == TRUTH_NO) continue;
        if (latest != TRUTH_YES || !part->sure) return;
        if (part->member > state) state = part->member;
    }
    decide(v, state < 0 ? MONITOR_NOT_DUE : state);
}

void oracle_monitor(struct oracle *o, const struct decl *rule, struct verdict *v)
{
    struct each_scope each;
    if (rule->each && !begin_each(o, rule, &each)) {
        unknown(v);
    } else if (rule->each) {
        judge_parts(o, rule, &each, begin_parts(o, &each, v));
        judge_latest(&each, v);
    } else {
        int state = state_of(o, rule, TRUTH_YES, v->rows);
        v->row_count = MONITOR_STATE_COUNT;
        if (state >= 0) decide(v, state);
    }
}
