/* `for each`: the element that the rule is at, where the next one begins, whether it counts. */
#include "compiler/expr_tree.h"
#include "compiler/lower.h"

/* The entry of the rule in hand; asked for anew each time, since EACHES may move. */
static struct image_each *each_at(struct ir_program *p)
{
    return ir_at(&p->EACHES, p->each->place);
}

/* A register that the machine sets before it runs the rule. */
static uint32_t given_reg(struct ir_program *p, enum kind kind)
{
    uint32_t reg = ir_reg(p, kind, p->each->select->span);
    ir_read(p, reg, READ_INPUT, each_at(p)->list);
    return reg;
}

void lower_each_begin(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    if (!d->each) return;
    struct ir_each *each = arena_alloc(p->arena, sizeof *each);
    *each = (struct ir_each){d->each->a, d->each->name.text, p->EACHES.count};
    p->each = each;
    rule->each = each->place;
    *(struct image_each *)ir_add(p, &p->EACHES) =
        (struct image_each){.list = lower_input_index(p, lower_list(each->select)),
                            .element = NONE32,
                            .next = NONE32,
                            .last = NONE32,
                            .where = NONE32,
                            .where_node = NONE32};
    each_at(p)->element = given_reg(p, KIND_ELEM);
    /* `where` is lowered before any row, and found again in each of them by ir_insn */
    if (!each->select->where) return;
    struct operand where = lower_condition(p, each->select->where);
    each_at(p)->where = where.reg;
    each_at(p)->where_node = where.node;
}

void lower_each_end(struct ir_program *p)
{
    p->each = NULL;
}

struct operand lower_each(struct ir_program *p, const struct expr *select)
{
    struct operand o = {NONE32, each_at(p)->element, ir_node(p, NODE_SELECT, p->each->name, select->span)};
    const struct decl *list = lower_list(select);
    bool series = list->type->kind == TYPE_SERIES;
    o.reg = series ? lower_setup(p, OP_GET, KIND_NUM, o.element, 0, 0, select->span) : o.element;
    lower_show(p, o.node, select->type, o.reg);
    struct image_node *node = ir_node_at(p, o.node);
    node->element = p->fold ? NONE32 : o.element;
    node->ref = each_at(p)->list;
    node->label = ir_text(p, list->label ? list->label->plain : NULL);
    return o;
}

/* Only a window that runs forward from the element ends where the next one begins; one that looks back
   may reach over earlier elements. */
static bool starts_at_element(const struct ir_program *p, const struct window *w)
{
    if (!window_runs_forward(w)) return false;
    const struct expr *anchor = w->anchor->kind == EXPR_DATE_OF ? w->anchor->a : w->anchor;
    return lower_strip(anchor) == p->each->select;
}

/* Made at its first use: the machine works out the next element only for rules that ask for it. */
uint32_t lower_each_next_moment(struct ir_program *p)
{
    if (!p->each) return NONE32;
    if (each_at(p)->next == NONE32) each_at(p)->next = given_reg(p, KIND_TIME);
    return each_at(p)->next;
}

uint32_t lower_each_next(struct ir_program *p, const struct window *window)
{
    return p->each && starts_at_element(p, window) ? lower_each_next_moment(p) : NONE32;
}

uint32_t lower_each_last(struct ir_program *p)
{
    if (each_at(p)->last == NONE32) each_at(p)->last = given_reg(p, KIND_BOOL);
    return each_at(p)->last;
}

/* Whether an element may be left out by `where`. */
static bool counts_some(const struct ir_program *p)
{
    return p->each && p->each->select->where;
}

struct operand lower_each_guard(struct ir_program *p, struct operand condition, struct span span)
{
    if (!counts_some(p)) return condition;
    return lower_both(p, lower_condition(p, p->each->select->where), condition, span);
}

struct operand lower_each_condition(struct ir_program *p, const struct expr *when)
{
    if (when) return lower_each_guard(p, lower_condition(p, when), when->span);
    return counts_some(p) ? lower_condition(p, p->each->select->where)
                          : (struct operand){NONE32, NONE32, NONE32};
}
