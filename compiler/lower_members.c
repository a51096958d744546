/* Questions to a set: whether it has a member, or one of several.

   A set that a rule fills is asked item by item, so that an open item keeps open only what asks for it.  Any
   other set is one value, computed in the setup stream, and each question to it is one subject. */
#include "compiler/lower.h"
#include "compiler/types.h"

uint32_t lower_includes(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand set = lower_value(p, e->a);
    struct operand member = lower_value(p, e->b);
    ir_node_child(p, node, set.node);
    ir_node_child(p, node, member.node);
    if (lower_set_of(e->a)) return lower_has_item(p, e, member.reg, node);
    uint32_t reg = lower_setup(p, OP_HAS, KIND_BOOL, set.reg, member.reg, 0, e->span);
    lower_subject(p, reg, NONE32, NONE32, node);
    return reg;
}

/* Of a rule's set each item is asked by itself, so that the others may wait. */
static uint32_t lower_meets_items(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t any = NONE32;
    for (const struct expr *value = e->args; value; value = value->next) {
        struct operand member = lower_value(p, value);
        ir_node_child(p, node, member.node);
        uint32_t reg = lower_has_item(p, e, member.reg, node);
        any = any == NONE32 ? reg : lower_decide(p, OP_OR, any, reg, 0, e->span);
    }
    return any;
}

uint32_t lower_meets(struct ir_program *p, const struct expr *e, uint32_t node)
{
    uint32_t any = NONE32;
    if (!e->b && lower_set_of(e->a)) return lower_meets_items(p, e, node);
    struct operand set = lower_value(p, e->a);
    ir_node_child(p, node, set.node);
    if (e->b) {
        struct operand other = lower_value(p, e->b);
        ir_node_child(p, node, other.node);
        any = lower_setup(p, OP_MEETS, KIND_BOOL, set.reg, other.reg, 0, e->span);
    }
    for (const struct expr *value = e->args; value; value = value->next) {
        struct operand member = lower_value(p, value);
        ir_node_child(p, node, member.node);
        uint32_t reg = lower_setup(p, OP_HAS, KIND_BOOL, set.reg, member.reg, 0, e->span);
        any = any == NONE32 ? reg : lower_setup(p, OP_OR, KIND_BOOL, any, reg, 0, e->span);
    }
    lower_subject(p, any, NONE32, NONE32, node);
    return any;
}
