/* Conditions: what they compare becomes subjects.

   A decision is asked again and again while the machine walks over what is not known, so a condition is
   split in two: the values that it compares are computed in the setup stream, the comparison itself in
   the decide stream.  Each compared value is noted as a subject together with the constants and
   parameters that it is compared with, its thresholds: these cut it into the regions in which every
   comparison has one answer.

   Of two values that both vary there is nothing to cut.  Then their order (below, same, above) is the
   subject, and the comparison takes it as a third operand for when the values alone leave it open.  The
   same serves for a parameter that is not set.

   Inside a value nothing is varied: p->stream is then the setup stream, no subject is made, and the
   comparison is computed once with what is known. */
#include "compiler/lower.h"
#include "compiler/types.h"
#include "compiler/unparse.h"
#include "runtime/eval.h"

#include <string.h>

/* How two kinds of values are compared. */
struct comparison {
    enum opcode lt, le, eq, order;
};

static const struct comparison NUMBERS = {OP_LT, OP_LE, OP_EQ, OP_ORDER};
static const struct comparison DAYS = {OP_LT_DAY, OP_LE_DAY, OP_EQ_DAY, OP_ORDER_DAY};
static const struct comparison TIMES = {OP_LT_TIME, OP_LE_TIME, OP_EQ_TIME, OP_ORDER_TIME};

/* Whether the condition in hand is one that the walk decides again. */
static bool walked(const struct ir_program *p)
{
    return p->stream != p->setup;
}

void lower_subject(struct ir_program *p, uint32_t reg, uint32_t threshold, uint32_t enumeration,
                   uint32_t node)
{
    if (walked(p)) ir_subject(p, reg, threshold, enumeration, node);
}

uint32_t lower_decide(struct ir_program *p, enum opcode op, uint32_t a, uint32_t b, uint32_t c,
                      struct span span)
{
    return ir_insn(p, p->stream, op, KIND_BOOL, a, b, c, span);
}

/* Kleene's not keeps unknown, so `not (x < P)` is what `x >= P` means for every tag. */
static uint32_t negated(struct ir_program *p, uint32_t reg, bool negate, struct span span)
{
    return negate ? lower_decide(p, OP_NOT, reg, 0, 0, span) : reg;
}

/* ---- Ordered comparisons -------------------------------------------------------------------------- */

/* x OP y where x is a subject and y a threshold, or both vary: then their order is the subject, and it is
   shown as the comparison, both.  GT and GE are the negations of LE and LT, so that `< P` and `>= P` ask the
   same question. */
static uint32_t compare(struct ir_program *p, const struct comparison *how, enum expr_kind sign, uint32_t x,
                        uint32_t y, uint32_t x_node, uint32_t both, struct span span)
{
    bool threshold = ir_is_setting(p, y);
    /* an operand that is left out has 16 bits, unlike NONE32 of a register */
    uint32_t order = NONE16;
    if (walked(p) && !ir_is_constant(y)) {
        order = lower_setup(p, how->order, KIND_NUM, x, y, 0, span);
        ir_subject_order(p, order, threshold ? y : NONE32, both);
    }
    /* a parameter that turns out not to be set cuts nothing: then the order is varied instead */
    if (threshold) lower_subject(p, x, y, NONE32, x_node);
    enum opcode op = sign == EXPR_IS ? how->eq : sign == EXPR_LT || sign == EXPR_GE ? how->lt : how->le;
    return negated(p, lower_decide(p, op, x, y, order, span), sign == EXPR_GT || sign == EXPR_GE, span);
}

/* The sign after the sides are exchanged: 5 < x is x > 5. */
static enum expr_kind mirrored(enum expr_kind sign)
{
    switch (sign) {
    case EXPR_LT: return EXPR_GT;
    case EXPR_LE: return EXPR_GE;
    case EXPR_GT: return EXPR_LT;
    case EXPR_GE: return EXPR_LE;
    default: return sign;
    }
}

/* Puts the setting on the right; of two that vary, the one computed first on the left.  So `a < b` and
   `b > a`, wherever they stand in the rule, are one subject and cannot be given answers that contradict
   each other. */
static uint32_t compare_either(struct ir_program *p, const struct comparison *how, enum expr_kind sign,
                               struct operand x, struct operand y, uint32_t both, struct span span)
{
    bool sx = ir_is_setting(p, x.reg), sy = ir_is_setting(p, y.reg);
    bool swap = sx == sy ? (sx ? ir_is_constant(x.reg) && !ir_is_constant(y.reg) : y.reg < x.reg) : sx;
    return swap ? compare(p, how, mirrored(sign), y.reg, x.reg, y.node, both, span)
                : compare(p, how, sign, x.reg, y.reg, x.node, both, span);
}

static struct operand shown_truth(struct ir_program *p, uint32_t node, uint32_t reg)
{
    const struct type truth = {.kind = TYPE_BOOL};
    lower_show(p, node, &truth, reg);
    return (struct operand){reg, NONE32, node};
}

struct operand lower_moment_order(struct ir_program *p, enum expr_kind sign, bool by_day, struct operand x,
                                  struct operand y, const char *text, struct span span)
{
    uint32_t node = ir_node(p, NODE_COMPARE, text, span);
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, y.node);
    return shown_truth(p, node, compare_either(p, by_day ? &DAYS : &TIMES, sign, x, y, node, span));
}

/* The words of a node as they stand beside an `and`. */
static const char *beside_and(struct ir_program *p, uint32_t node)
{
    const struct image_node *n = ir_node_at(p, node);
    const char *words = ir_at(&p->STRINGS, n->text);
    bool closed = n->kind == NODE_OR || n->kind == NODE_IMPLIES;
    return arena_printf(p->arena, closed ? "(%s)" : "%s", words);
}

struct operand lower_both(struct ir_program *p, struct operand a, struct operand b, struct span span)
{
    const char *first = beside_and(p, a.node), *second = beside_and(p, b.node);
    uint32_t node = ir_node(p, NODE_AND, arena_printf(p->arena, "%s and %s", first, second), span);
    ir_node_child(p, node, a.node);
    ir_node_child(p, node, b.node);
    return shown_truth(p, node, lower_decide(p, OP_AND, a.reg, b.reg, 0, span));
}

/* `time from A to B` in the unit of what it is compared with. */
static uint32_t lower_span(struct ir_program *p, const struct expr *e, const struct unit *scale,
                           struct unit *unit, uint32_t node)
{
    static const struct {
        const char *code;
        enum opcode days, times;
    } scales[] = {{"mo", OP_SPAN_MONTHS, OP_SPAN_MONTHS_TIME},
                  {"d", OP_SPAN_DAYS, OP_SPAN_DAYS_TIME},
                  {"s", OP_SPAN_SECONDS, OP_SPAN_SECONDS}};
    /* seconds are elapsed time: two dates are read as times for them */
    size_t i = unit_is_calendar(scale) ? 0 : unit_is_days(scale) ? 1 : 2;
    unit_parse(scales[i].code, strlen(scales[i].code), UNIT_RULES, unit, NULL);
    const struct expr *inner = lower_strip(e);
    bool times = i == 2 || (inner->a->type->kind == TYPE_TIME && inner->b->type->kind == TYPE_TIME);
    uint32_t a_node, b_node;
    uint32_t a = times ? lower_time(p, inner->a, &a_node) : lower_day(p, inner->a, &a_node);
    uint32_t b = times ? lower_time(p, inner->b, &b_node) : lower_day(p, inner->b, &b_node);
    ir_node_child(p, node, a_node);
    ir_node_child(p, node, b_node);
    return lower_setup(p, times ? scales[i].times : scales[i].days, KIND_NUM, a, b, 0, e->span);
}

/* A span has no unit until it is compared, so it is shown here and not by lower_value. */
static uint32_t span_node(struct ir_program *p, const struct expr *e)
{
    bool named = e->kind == EXPR_NAME;
    uint32_t node = lower_node(p, named ? NODE_DEFINE : NODE_CALL, e);
    if (named && e->decl && e->decl->label) ir_node_at(p, node)->label = ir_text(p, e->decl->label->plain);
    return node;
}

struct operand lower_span_shown(struct ir_program *p, const struct expr *e)
{
    struct type type = {.kind = TYPE_QUANTITY};
    struct unit month;
    unit_parse("mo", 2, UNIT_RULES, &month, NULL);
    uint32_t node = span_node(p, e);
    uint32_t reg = lower_span(p, e, &month, &type.unit, node);
    lower_show(p, node, &type, reg);
    return (struct operand){reg, NONE32, node};
}

static uint32_t compare_span(struct ir_program *p, enum expr_kind sign, const struct expr *span,
                             const struct expr *limit, uint32_t node)
{
    struct unit unit;
    uint32_t shown = span_node(p, span);
    ir_node_child(p, node, shown);
    uint32_t x = lower_span(p, span, &limit->type->unit, &unit, shown);
    struct type type = {.kind = TYPE_QUANTITY, .unit = unit};
    lower_show(p, shown, &type, x);
    struct operand y = lower_number(p, limit, &unit);
    ir_node_child(p, node, y.node);
    return compare(p, &NUMBERS, sign, x, y.reg, shown, node, limit->span);
}

/* In the unit of the side that is no literal: what the record says is then compared as it is, and the
   literal is converted here, once. */
static uint32_t compare_numbers(struct ir_program *p, enum expr_kind sign, const struct expr *a,
                                const struct expr *b, uint32_t node)
{
    const struct unit *unit = a->kind == EXPR_NUMBER ? &b->type->unit : &a->type->unit;
    struct operand x = lower_number(p, a, unit);
    struct operand y = lower_number(p, b, unit);
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, y.node);
    return compare_either(p, &NUMBERS, sign, x, y, node, a->span);
}

/* As times where one side is a time: a date is then the range of its day. */
static uint32_t compare_dates(struct ir_program *p, enum expr_kind sign, const struct expr *a,
                              const struct expr *b, uint32_t node)
{
    bool times = a->type->kind == TYPE_TIME || b->type->kind == TYPE_TIME;
    struct operand x, y;
    x.reg = times ? lower_time(p, a, &x.node) : lower_day(p, a, &x.node);
    y.reg = times ? lower_time(p, b, &y.node) : lower_day(p, b, &y.node);
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, y.node);
    return compare_either(p, times ? &TIMES : &DAYS, sign, x, y, node, a->span);
}

/* ---- Enumerations, yes and no --------------------------------------------------------------------- */

static uint32_t enumeration_index(const struct expr *e)
{
    return (uint32_t)e->type->enumeration->index;
}

/* Registers reg as a subject cut at the one member, or at every member where an order is asked. */
static void enum_subject(struct ir_program *p, const struct expr *e, uint32_t reg, uint32_t constant,
                         bool all, uint32_t node)
{
    if (!all) {
        lower_subject(p, reg, (uint32_t)ir_constant_of(p, constant)->code, enumeration_index(e), node);
        return;
    }
    for (const struct enum_value *v = e->type->enumeration->values; v; v = v->next)
        lower_subject(p, reg, (uint32_t)v->code, enumeration_index(e), node);
}

static uint32_t compare_enums(struct ir_program *p, enum expr_kind sign, const struct expr *a,
                              const struct expr *b, uint32_t node)
{
    struct operand x = lower_value(p, a);
    struct operand y = lower_value(p, b);
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, y.node);
    if (ir_is_constant(x.reg) && !ir_is_constant(y.reg)) {
        struct operand swapped = x;
        x = y;
        y = swapped;
        sign = mirrored(sign);
        a = b;
    }
    enum opcode op = sign == EXPR_IS                      ? OP_EQ_ENUM
                     : sign == EXPR_LT || sign == EXPR_GE ? OP_LT_ENUM
                                                          : OP_LE_ENUM;
    bool negate = sign == EXPR_GT || sign == EXPR_GE;
    if (!ir_is_constant(y.reg)) { /* two that vary: whether they agree is the subject */
        uint32_t reg = lower_setup(p, op, KIND_BOOL, x.reg, y.reg, 0, a->span);
        lower_subject(p, reg, NONE32, NONE32, x.node);
        return negated(p, reg, negate, a->span);
    }
    enum_subject(p, a, x.reg, y.reg, op != OP_EQ_ENUM, x.node);
    return negated(p, lower_decide(p, op, x.reg, y.reg, 0, a->span), negate, a->span);
}

/* Both sides are conditions themselves, so what they compare is varied; `is yes` adds no instruction. */
static uint32_t compare_bools(struct ir_program *p, const struct expr *a, const struct expr *b, uint32_t node)
{
    struct operand x = lower_condition(p, a);
    ir_node_child(p, node, x.node);
    struct operand y = lower_condition(p, b);
    ir_node_child(p, node, y.node);
    if (b->kind == EXPR_YES) return x.reg;
    if (b->kind == EXPR_NO) return lower_decide(p, OP_NOT, x.reg, 0, 0, a->span);
    return lower_decide(p, OP_EQ_BOOL, x.reg, y.reg, 0, a->span);
}

static bool is_date(const struct type *type)
{
    return type->kind == TYPE_DATE || type->kind == TYPE_TIME || type->kind == TYPE_ELEMENT;
}

static uint32_t compare_any(struct ir_program *p, enum expr_kind sign, const struct expr *a,
                            const struct expr *b, uint32_t node)
{
    if (a->type->kind == TYPE_SPAN) return compare_span(p, sign, a, b, node);
    if (b->type->kind == TYPE_SPAN) return compare_span(p, mirrored(sign), b, a, node);
    if (a->type->kind == TYPE_BOOL) return compare_bools(p, a, b, node);
    if (a->type->kind == TYPE_ENUM) return compare_enums(p, sign, a, b, node);
    return is_date(a->type) ? compare_dates(p, sign, a, b, node) : compare_numbers(p, sign, a, b, node);
}

/* Both ends are included (SPEC.md, Conditions). */
static uint32_t lower_range(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t low = compare_any(p, EXPR_GE, e->a, e->b, node);
    uint32_t high = compare_any(p, EXPR_LE, e->a, e->c, node);
    return lower_decide(p, OP_AND, low, high, 0, e->span);
}

/* The members that an expression is compared with, as a set; NONE32 where they are not all written out, or
 * too many. */
static uint32_t written_members(struct ir_program *p, const struct expr *e)
{
    const struct enumeration *list = e->a->type->enumeration;
    struct image_constant set = {.kind = KIND_SET, .tag = TAG_KNOWN, .enumeration = (uint32_t)list->index};
    /* `other` has the code after those of the members */
    if (list->count + list->or_other > SET_MEMBERS) return NONE32;
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        if (!arg->value) return NONE32;
        set.words[arg->value->code / 64] |= UINT64_C(1) << arg->value->code % 64;
    }
    return ir_constant(p, &set);
}

/* One question for all members, where each is written out; NONE32 where one is not. */
static uint32_t one_of_members(struct ir_program *p, const struct expr *e, uint32_t node)
{
    if (e->a->type->kind != TYPE_ENUM) return NONE32;
    struct operand x = lower_value(p, e->a);
    uint32_t set = ir_is_constant(x.reg) ? NONE32 : written_members(p, e);
    if (set == NONE32) return NONE32;
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, lower_value(p, e->args).node);
    for (const struct expr *arg = e->args; arg; arg = arg->next)
        lower_subject(p, x.reg, (uint32_t)arg->value->code, enumeration_index(e->a), x.node);
    return lower_decide(p, OP_HAS, set, x.reg, 0, e->span);
}

/* One question where that is possible, else a comparison for each value; only the first of these shows
   the value in the tree. */
static uint32_t lower_one_of(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t any = e->args && e->args->next ? one_of_members(p, e, node) : NONE32;
    if (any != NONE32) return any;
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        uint32_t one = compare_any(p, EXPR_IS, e->a, arg, arg == e->args ? node : NONE32);
        any = any == NONE32 ? one : lower_decide(p, OP_OR, any, one, 0, arg->span);
    }
    return any;
}

/* ---- Tests that look at how a value or a rule stands ---------------------------------------------- */

/* Asked in the setup stream: whether something is there is not what the walk may change. */
static uint32_t lower_known(struct ir_program *p, const struct expr *e, uint32_t node)
{
    if (e->kind == EXPR_NAME && e->decl && e->decl->kind == DECL_INPUT &&
        (e->decl->type->kind == TYPE_SERIES || e->decl->type->kind == TYPE_EVENTS))
        return lower_setup(p, OP_KNOWN_LIST, KIND_BOOL, lower_input_index(p, e->decl), 0, 0, e->span);
    struct operand o;
    if (e->kind == EXPR_UNTIL) return lower_setup(p, OP_KNOWN, KIND_BOOL, lower_until(p, e), 0, 0, e->span);
    if (e->type->kind == TYPE_SPAN) {
        /* any scale will do: whether a span is known does not depend on it */
        struct unit day, unit;
        unit_parse("d", 1, UNIT_RULES, &day, NULL);
        o = (struct operand){lower_span(p, e, &day, &unit, node), NONE32, NONE32};
    } else {
        o = e->type->kind == TYPE_ELEMENT ? lower_element(p, e) : lower_value(p, e);
    }
    ir_node_child(p, node, o.node);
    uint32_t reg = e->type->kind == TYPE_ELEMENT ? o.element : o.reg;
    return lower_setup(p, OP_KNOWN, KIND_BOOL, reg, 0, 0, e->span);
}

/* The input whose `negative below` is asked for: of a series through its selection. */
static const struct decl *negative_input(const struct expr *e)
{
    e = lower_strip(e);
    return e->kind == EXPR_SELECT ? lower_list(e) : e->decl;
}

/* The limit is a parameter that the input names; it is shown beside the value as if the rule had. */
static struct operand negative_limit(struct ir_program *p, const struct expr *e)
{
    struct decl *limit = negative_input(e)->negative_below.decl;
    struct expr *name = arena_alloc(p->arena, sizeof *name);
    *name = (struct expr){.kind = EXPR_NAME,
                          .span = e->span,
                          .name = limit->name,
                          .decl = limit,
                          .type = limit->type,
                          .builtin = -1};
    return lower_number(p, name, &e->type->unit);
}

static uint32_t lower_negative(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand x = lower_value(p, e), y = negative_limit(p, e);
    ir_node_child(p, node, x.node);
    ir_node_child(p, node, y.node);
    uint32_t order = NONE16;
    if (walked(p)) {
        order = lower_setup(p, OP_ORDER, KIND_NUM, x.reg, y.reg, 0, e->span);
        ir_subject_order(p, order, y.reg, node);
        ir_subject(p, x.reg, y.reg, NONE32, x.node);
    }
    return lower_decide(p, OP_NEGATIVE, x.reg, y.reg, order, e->span);
}

/* The operand of IS_OUTCOME: an outcome, or beyond these an action of a dose. */
static uint32_t outcome_flag(enum state state)
{
    switch (state) {
    case STATE_NO_STATEMENT: return OUTCOME_NO_STATEMENT;
    case STATE_EQUIPOISE: return OUTCOME_EQUIPOISE;
    case STATE_NOT_APPLICABLE: return OUTCOME_NOT_APPLICABLE;
    case STATE_NOT_COVERED: return OUTCOME_NOT_COVERED;
    case STATE_CONFLICT: return OUTCOME_CONFLICT;
    case STATE_FAULT: return OUTCOME_FAULT;
    case STATE_UNKNOWN: return OUTCOME_UNKNOWN;
    case STATE_GIVEN: return OUTCOME_COUNT + ACTION_GIVE;
    case STATE_ASKED: return OUTCOME_COUNT + ACTION_ASK;
    case STATE_WITHHELD: return OUTCOME_COUNT + ACTION_WITHHOLD;
    default: return OUTCOME_DECIDED;
    }
}

static bool is_rule(const struct expr *e)
{
    return e->kind == EXPR_NAME && e->decl && decl_is_rule(e->decl);
}

/* What is asked of a rule is its outcome, of a value whether it is there.  The answer is a subject of
   its own, a yes or no, since a rule that is not decided yet may still come to the outcome. */
static uint32_t lower_state(struct ir_program *p, const struct expr *e, uint32_t node)
{
    if (e->state == STATE_NEGATIVE) return lower_negative(p, e->a, node);
    uint32_t reg;
    if (is_rule(e->a) && e->state != STATE_KNOWN)
        reg = lower_setup(p, OP_IS_OUTCOME, KIND_BOOL, lower_rule_index(p, e->a->decl),
                          outcome_flag(e->state), 0, e->span);
    else
        reg = lower_known(p, e->a, node);
    /* of a rule `is unknown` is an outcome like the others */
    bool negate = !is_rule(e->a) && e->state == STATE_UNKNOWN;
    lower_subject(p, reg, NONE32, NONE32, node);
    return negated(p, reg, negate, e->span);
}

/* ---- Entry ---------------------------------------------------------------------------------------- */

static uint32_t lower_logic(struct ir_program *p, const struct expr *e, uint32_t node)
{
    static const enum opcode ops[] = {[EXPR_AND] = OP_AND, [EXPR_OR] = OP_OR, [EXPR_IMPLIES] = OP_IMPLIES};
    bool all = p->fold && p->fold->must == e && e->kind == EXPR_AND;
    if (all) p->fold->must = e->a;
    struct operand a = lower_condition(p, e->a);
    if (all) {
        lower_drop(p, a.reg, e->a->span);
        p->fold->must = e->b;
    }
    struct operand b = lower_condition(p, e->b);
    ir_node_child(p, node, a.node);
    ir_node_child(p, node, b.node);
    return lower_decide(p, ops[e->kind], a.reg, b.reg, 0, e->span);
}

static uint32_t lower_not(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand a = lower_condition(p, e->a);
    ir_node_child(p, node, a.node);
    return lower_decide(p, OP_NOT, a.reg, 0, 0, e->span);
}

/* Of a set in the record the answer as a whole is the subject; of a rule each item has its own possible
   answers. */
static uint32_t lower_within(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand a = lower_number(p, e->a, &e->b->type->unit);
    ir_node_child(p, node, a.node);
    uint32_t reg = lower_setup(p, OP_WITHIN, KIND_BOOL, a.reg, lower_rule_index(p, e->b->decl), 0, e->span);
    lower_subject(p, reg, NONE32, NONE32, node);
    return reg;
}

/* `active at T`: the only look at an element's end. */
static uint32_t lower_active(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t t_node;
    bool day = e->a->type->kind == TYPE_DATE;
    uint32_t t = day ? lower_day(p, e->a, &t_node) : lower_time(p, e->a, &t_node);
    ir_node_child(p, node, t_node);
    uint32_t reg = lower_lasts(p, e, day, t);
    lower_subject(p, reg, NONE32, NONE32, node);
    return reg;
}

static struct operand finish(struct ir_program *p, const struct expr *e, uint32_t node, uint32_t reg)
{
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* A define or a call whose body is a condition: expanded in place. */
static struct operand lower_named(struct ir_program *p, const struct expr *e)
{
    uint32_t node = ir_node(p, e->kind == EXPR_CALL ? NODE_CALL : NODE_DEFINE, e->name.text, e->span);
    if (e->kind == EXPR_NAME && e->decl->label)
        ir_node_at(p, node)->label = ir_text(p, e->decl->label->plain);
    struct ir_call_scope scope = {NULL, NULL, p->call};
    if (e->kind == EXPR_CALL) {
        scope = lower_arguments(p, e, node);
        p->call = &scope;
    }
    if (p->fold && p->fold->must == e) p->fold->must = e->decl->body;
    struct operand body = lower_condition(p, e->decl->body);
    p->call = scope.outer;
    if (e->kind == EXPR_NAME) ir_node_child(p, node, body.node);
    return finish(p, e, node, body.reg);
}

/* Any other yes or no is computed as a value and is a subject itself. */
static struct operand lower_leaf(struct ir_program *p, const struct expr *e)
{
    if (e->kind == EXPR_YES || e->kind == EXPR_NO) {
        uint32_t node = lower_node(p, NODE_LITERAL, e);
        return finish(p, e, node, ir_bool(p, e->kind == EXPR_YES));
    }
    struct operand o = lower_value(p, e);
    lower_subject(p, o.reg, NONE32, NONE32, o.node);
    return o;
}

static uint32_t lower_operator(struct ir_program *p, const struct expr *e, uint32_t node)
{
    switch (e->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IMPLIES: return lower_logic(p, e, node);
    case EXPR_NOT: return lower_not(p, e, node);
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
    case EXPR_IS: return compare_any(p, e->kind, e->a, e->b, node);
    case EXPR_IS_RANGE: return lower_range(p, e, node);
    case EXPR_IS_ONE_OF: return lower_one_of(p, e, node);
    case EXPR_IS_STATE: return lower_state(p, e, node);
    case EXPR_INCLUDES: return lower_includes(p, e, node);
    case EXPR_MEETS: return lower_meets(p, e, node);
    case EXPR_IS_WITHIN: return lower_within(p, e, node);
    case EXPR_NONE_ON: return lower_none_on(p, e, node);
    case EXPR_IN_WINDOW: return lower_in_window(p, e, node);
    default: return lower_active(p, e, node);
    }
}

static enum node_kind node_kind_of(const struct expr *e)
{
    switch (e->kind) {
    case EXPR_AND: return NODE_AND;
    case EXPR_OR: return NODE_OR;
    case EXPR_IMPLIES: return NODE_IMPLIES;
    case EXPR_NOT: return NODE_NOT;
    case EXPR_IS_STATE:
    case EXPR_INCLUDES:
    case EXPR_MEETS:
    case EXPR_IS_WITHIN:
    case EXPR_NONE_ON:
    case EXPR_IN_WINDOW:
    case EXPR_ACTIVE_AT: return NODE_TEST;
    default: return NODE_COMPARE;
    }
}

static bool is_operator(const struct expr *e)
{
    return (e->kind >= EXPR_NOT && e->kind <= EXPR_INCLUDES) || e->kind == EXPR_ACTIVE_AT ||
           e->kind == EXPR_IN_WINDOW || e->kind == EXPR_NONE_ON;
}

struct operand lower_condition(struct ir_program *p, const struct expr *e)
{
    /* a definition is put in, so that what it compares is varied as if the rule had written it */
    bool expands = (e->kind == EXPR_NAME && e->decl && e->decl->kind == DECL_DEFINE) ||
                   (e->kind == EXPR_CALL && e->decl);
    if (expands) return lower_named(p, e);
    if (!is_operator(e)) return lower_leaf(p, e);
    uint32_t node = lower_node(p, node_kind_of(e), e);
    uint32_t reg = lower_operator(p, e, node);
    return finish(p, e, node, negated(p, reg, e->negated, e->span));
}
