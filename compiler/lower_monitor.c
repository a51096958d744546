/* Monitors: the window, what lies in it, after it and before it, and the rows of the states.  SPEC.md,
   "Monitors".

   A monitor is a classification by first match whose rows nobody wrote: each state is a condition of the
   program, so that it is decided, explained, and asked for what is missing like every other.  The
   elements that results name as done, late and early are found by folds of their own; the states do not
   read them, for whether there is an element may be known where it is open which.

   Lengths count by dates or by elapsed time, one way for the whole monitor: by_day decides whether the
   bounds are DAY or TIME registers. */
#include "compiler/lower.h"
#include "compiler/unparse.h"

/* One monitor while it is lowered. */
struct watching {
    struct ir_program *p;
    const struct decl *d;
    struct image_rule *rule;
    struct image_monitor monitor;
    struct span span; /* of what is expected */
    bool by_day;
};

static const char *const monitor_words[] = {
#define MONITOR_STATE(name, word, shown, meaning) word,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
};

/* ---- Moments ---------------------------------------------------------------------------------------- */

/* `given + 6 days`; length NULL: `given`. */
static const char *moment_text(const struct watching *w, const struct expr *length)
{
    struct arena *arena = w->p->arena;
    const char *anchor = w->d->each ? w->d->each->name.text : expr_text(arena, w->d->follows);
    return length ? arena_printf(arena, "%s + %s", anchor, expr_text(arena, length)) : anchor;
}

static struct operand at(const struct watching *w, const struct expr *moment)
{
    struct operand o = {NONE32, NONE32, NONE32};
    o.reg = w->by_day ? lower_day(w->p, moment, &o.node) : lower_time(w->p, moment, &o.node);
    return o;
}

/* Each call shows its own tree; the registers are those of the first. */
static struct operand moment(const struct watching *w, const struct expr *length)
{
    return length ? lower_later(w->p, w->d->follows, length) : at(w, w->d->follows);
}

static const struct expr *overdue_length(const struct watching *w)
{
    return w->d->overdue ? w->d->overdue : w->d->watch->to;
}

static const char *relation_sign(enum expr_kind sign)
{
    return sign == EXPR_LT ? "<" : sign == EXPR_GT ? ">" : ">=";
}

/* now SIGN the moment after length, as a condition */
static struct operand now_is(const struct watching *w, enum expr_kind sign, const struct expr *length)
{
    const struct type time = {.kind = TYPE_TIME};
    const struct expr now = {.kind = EXPR_NOW, .span = w->span, .type = (struct type *)&time};
    const char *text = arena_printf(w->p->arena, "now %s %s", relation_sign(sign), moment_text(w, length));
    return lower_moment_order(w->p, sign, w->by_day, at(w, &now), moment(w, length), text, w->span);
}

/* ---- What is there ---------------------------------------------------------------------------------- */

static const char *list_text(const struct watching *w)
{
    const struct expr *select = w->d->watch->select;
    const char *name = select->a->name.text;
    return select->where
               ? arena_printf(w->p->arena, "%s where (%s)", name, expr_text(w->p->arena, select->where))
               : name;
}

static struct fold_bounds bounds(const struct watching *w, uint32_t lo, uint32_t hi, uint32_t open)
{
    struct fold_bounds b = {lo, hi, lower_each_next_moment(w->p), open, {NONE32, NONE32, NONE32}};
    if (w->by_day) b.flags |= FOLD_BY_DAY;
    return b;
}

static struct fold_bounds in_window(const struct watching *w)
{
    return bounds(w, w->monitor.from, w->monitor.to, 0);
}

static struct fold_bounds after_window(const struct watching *w)
{
    return bounds(w, w->monitor.to, NONE32, FOLD_LO_OPEN);
}

/* Which element it is; the rows are not decided by it. */
static uint32_t element(const struct watching *w, enum selector selector, struct fold_bounds b)
{
    uint32_t node = ir_node(w->p, NODE_SELECT, list_text(w), w->span);
    return lower_fold(w->p, w->d->watch->select, selector, &b, node).element;
}

/* Whether there is one, as a condition. */
static struct operand any(const struct watching *w, struct fold_bounds b, const char *text)
{
    uint32_t node =
        ir_node(w->p, NODE_SELECT, arena_printf(w->p->arena, "any %s %s", list_text(w), text), w->span);
    struct operand o = lower_fold(w->p, w->d->watch->select, SELECT_ANY, &b, node);
    const struct type truth = {.kind = TYPE_BOOL};
    lower_show(w->p, node, &truth, o.reg);
    ir_subject(w->p, o.reg, NONE32, NONE32, node);
    return o;
}

static const char *window_text(const struct watching *w)
{
    struct arena *arena = w->p->arena;
    const struct watch *watch = w->d->watch;
    const char *to = expr_text(arena, watch->to), *anchor = moment_text(w, NULL);
    return watch->from
               ? arena_printf(arena, "from %s to %s after %s", expr_text(arena, watch->from), to, anchor)
               : arena_printf(arena, "within %s after %s", to, anchor);
}

/* ---- States ----------------------------------------------------------------------------------------- */

/* Nothing in the window could count before it has begun, and still that is asked: where the list of what
   is expected is missing, `any` is unknown, and a monitor before its window is then not done, and not
   due, instead of unknown. */
static struct operand is_done(const struct watching *w)
{
    struct operand begun = now_is(w, EXPR_GE, w->d->watch->from);
    return lower_both(w->p, begun, any(w, in_window(w), window_text(w)), w->span);
}

/* The same guard: a missing list makes no monitor late whose window has not ended. */
static struct operand is_late(const struct watching *w)
{
    const char *text = arena_printf(w->p->arena, "after %s", moment_text(w, w->d->watch->to));
    struct operand over = now_is(w, EXPR_GT, w->d->watch->to);
    return lower_both(w->p, over, any(w, after_window(w), text), w->span);
}

/* The next element has begun, and nothing was there. */
static struct operand is_missed(const struct watching *w)
{
    const char *text = arena_printf(w->p->arena, "a later %s", w->d->each->a->a->name.text);
    struct operand o = {NONE32, NONE32, ir_node(w->p, NODE_TEST, text, w->span)};
    o.reg = lower_setup(w->p, OP_NOT, KIND_BOOL, lower_each_last(w->p), 0, 0, w->span);
    const struct type truth = {.kind = TYPE_BOOL};
    lower_show(w->p, o.node, &truth, o.reg);
    ir_subject(w->p, o.reg, NONE32, NONE32, o.node);
    return o;
}

static struct operand state_condition(const struct watching *w, enum monitor_state state)
{
    switch (state) {
    case MONITOR_DONE: return is_done(w);
    case MONITOR_LATE: return is_late(w);
    case MONITOR_MISSED: return is_missed(w);
    case MONITOR_NOT_DUE: return now_is(w, EXPR_LT, w->d->watch->from);
    default: return now_is(w, EXPR_GT, overdue_length(w));
    }
}

static void state_row(struct watching *w, enum monitor_state state)
{
    struct ir_program *p = w->p;
    struct image_row r = *lower_row_new(p, w->rule);
    uint32_t place = p->ROWS.count - 1;
    r.type = ROWTYPE_VALUE;
    r.id = ir_text(p, arena_printf(p->arena, "%s.%s", w->d->name.text, monitor_words[state]));
    r.member = state;
    r.otherwise = state == MONITOR_DUE;
    struct ir_list reads;
    lower_row_begin(p, &reads);
    if (!r.otherwise) lower_row_end(p, &r, lower_each_guard(p, state_condition(w, state), w->span));
    p->row_reads = NULL;
    *(struct image_row *)ir_at(&p->ROWS, place) = r;
}

/* ---- The monitor ------------------------------------------------------------------------------------ */

static void lower_window(struct watching *w)
{
    const struct watch *watch = w->d->watch;
    struct operand from = moment(w, watch->from), to = moment(w, watch->to),
                   overdue = moment(w, overdue_length(w));
    w->monitor = (struct image_monitor){.list = lower_input_index(w->p, lower_list(watch->select)),
                                        .by_day = w->by_day,
                                        .from = from.reg,
                                        .to = to.reg,
                                        .overdue = overdue.reg,
                                        .from_node = watch->from ? from.node : NONE32,
                                        .to_node = to.node,
                                        .overdue_node = w->d->overdue ? overdue.node : NONE32};
    w->monitor.done = element(w, SELECT_FIRST, in_window(w));
    w->monitor.late = element(w, SELECT_FIRST, after_window(w));
    w->monitor.early = NONE32;
    if (watch->from)
        w->monitor.early = element(w, SELECT_LATEST, bounds(w, moment(w, NULL).reg, from.reg, FOLD_HI_OPEN));
}

/* The order is that of decision, not that of how much they press: what is there comes before every
   moment that has passed, and of the last three each leaves to the next what it does not hold for. */
void lower_monitor(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    static const enum monitor_state states[] = {MONITOR_DONE,    MONITOR_LATE,    MONITOR_MISSED,
                                                MONITOR_NOT_DUE, MONITOR_OVERDUE, MONITOR_DUE};
    struct watching w = {.p = p,
                         .d = d,
                         .rule = rule,
                         .span = d->watch->span,
                         .by_day = lower_counts_days(d->watch->to->type)};
    rule->kind = RULE_MONITOR;
    rule->policy = RULE_FIRST_MATCH;
    rule->enumeration = (uint32_t)d->enumeration->index;
    lower_each_begin(p, d, rule);
    if (d->tail.say || d->tail.advices) rule->alert = lower_telling(p, d);
    lower_window(&w);
    rule->monitor = p->MONITORS.count;
    *(struct image_monitor *)ir_add(p, &p->MONITORS) = w.monitor;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (states[i] != MONITOR_MISSED || d->each) state_row(&w, states[i]);
    lower_each_end(p);
}
