/* Phases: their first day, their last day, and what day of one it is.  SPEC.md, "Phases".

   A phase is no value of a program: each mention computes its days from `starts` and `lasts`, with a
   tree that shows them.  Day 1 is the first day, and the last day is one before start + length. */
#include "compiler/lower.h"
#include "compiler/types.h"

#include <string.h>

static struct unit unit_named(const char *code)
{
    struct unit unit;
    unit_parse(code, strlen(code), UNIT_RULES, &unit, NULL);
    return unit;
}

static uint32_t put_label(struct ir_program *p, uint32_t node, const struct decl *phase)
{
    ir_node_at(p, node)->label = ir_text(p, phase->label ? phase->label->plain : NULL);
    return node;
}

/* Of a start that is a time its day counts. */
uint32_t lower_phase_start(struct ir_program *p, const struct decl *phase, uint32_t *node)
{
    return lower_day(p, phase->starts, node);
}

uint32_t lower_phase_end(struct ir_program *p, const struct decl *phase, uint32_t node)
{
    bool months = unit_is_calendar(&phase->lasts->type->unit);
    struct unit unit = unit_named(months ? "mo" : "d");
    uint32_t start_node;
    uint32_t start = lower_phase_start(p, phase, &start_node);
    struct operand length = lower_number(p, phase->lasts, &unit);
    ir_node_child(p, node, start_node);
    ir_node_child(p, node, length.node);
    return lower_setup(p, OP_PHASE_END, KIND_DAY, start, length.reg, months ? CAL_MONTHS : CAL_DAYS,
                       phase->lasts->span);
}

/* The number of the day of `now`. */
static uint32_t day_number(struct ir_program *p, const struct decl *phase, uint32_t node, struct span span)
{
    uint32_t start_node;
    uint32_t start = lower_phase_start(p, phase, &start_node);
    uint32_t today = lower_setup(p, OP_DAY_OF, KIND_DAY, lower_now_reg(p, span), 0, 0, span);
    ir_node_child(p, node, start_node);
    uint32_t passed = lower_setup(p, OP_SPAN_DAYS, KIND_NUM, start, today, 0, span);
    return lower_setup(p, OP_ADD, KIND_NUM, passed, ir_number(p, DECIMAL_ONE), 0, span);
}

static uint32_t day_of_phase(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand number = lower_value(p, e->b);
    uint32_t start_node;
    uint32_t start = lower_phase_start(p, e->a->decl, &start_node);
    uint32_t end = lower_phase_end(p, e->a->decl, node);
    ir_node_child(p, node, number.node);
    return lower_setup(p, OP_PHASE_DAY, KIND_DAY, start, number.reg, end, e->span);
}

struct operand lower_phase_part(struct ir_program *p, const struct expr *e)
{
    const struct decl *phase = e->a->decl;
    uint32_t node = put_label(p, lower_node(p, NODE_DEFINE, e), phase);
    uint32_t reg, child;
    switch (e->kind) {
    case EXPR_PHASE_START:
        reg = lower_phase_start(p, phase, &child);
        ir_node_child(p, node, child);
        break;
    case EXPR_PHASE_END: reg = lower_phase_end(p, phase, node); break;
    case EXPR_PHASE_NUMBER: reg = day_number(p, phase, node, e->span); break;
    default: reg = day_of_phase(p, e, node); break;
    }
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

/* A part of a phase that no expression of the rule names, for a schedule to show: it is lowered as if
   the rule had written it. */
uint32_t lower_phase_shown(struct ir_program *p, const struct expr *phase, enum expr_kind part,
                           uint32_t *node)
{
    struct expr *e = arena_alloc(p->arena, sizeof *e);
    *e = (struct expr){.kind = part, .span = phase->span, .a = (struct expr *)phase, .builtin = -1};
    e->type = type_new(p->arena, TYPE_DATE);
    struct operand o = lower_phase_part(p, e);
    *node = o.node;
    return o.reg;
}
