/* Collections and recommendations, and the question whether one includes an item.  SPEC.md, "Collections
   and recommendations".

   Items are written as codes of their enumeration; which of them are in the set is decided item by item
   when the rule is evaluated.  A row is copied out of its section before its condition is lowered and
   put back after: the section may move while it grows. */
#include "compiler/lower.h"
#include "compiler/strength.h"
#include "compiler/types.h"

static enum row_type row_type_of(const struct row *row)
{
    switch (row->kind) {
    case ROW_EXCLUDE: return ROWTYPE_EXCLUDE;
    case ROW_EQUIPOISE: return ROWTYPE_EQUIPOISE;
    default: return row->one_of ? ROWTYPE_CHOICE : ROWTYPE_INCLUDE;
    }
}

static struct run lower_items(struct ir_program *p, const struct decl *d, const struct name *items)
{
    struct run run = {p->INDEXES.count, 0};
    for (; items; items = items->next, run.count++)
        ir_push(p, &p->INDEXES, (uint32_t)enumeration_find(d->type->enumeration, items->text)->code);
    return run;
}

static void set_row(struct ir_program *p, const struct decl *d, const struct row *row,
                    struct image_rule *rule)
{
    struct image_row r = *lower_row_new(p, rule);
    uint32_t place = p->ROWS.count - 1;
    r.type = row_type_of(row);
    r.id = ir_text(p, lower_row_id(p, d, row, rule->rows.count));
    r.items = lower_items(p, d, row->items);
    lower_row_condition(p, &r, row->when);
    lower_row_tail(p, &r, &row->tail);
    r.strength = strength_named(row->tail.strength.text);
    *(struct image_row *)ir_at(&p->ROWS, place) = r;
}

void lower_set_rule(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    rule->kind = d->kind == DECL_COLLECT ? RULE_COLLECT : RULE_RECOMMEND;
    rule->enumeration = (uint32_t)d->type->enumeration->index;
    for (const struct row *row = d->rows; row; row = row->next)
        set_row(p, d, row, rule);
}

const struct decl *lower_set_of(const struct expr *e)
{
    e = lower_strip(e);
    return e->kind == EXPR_NAME && e->decl && decl_fills_set(e->decl) ? e->decl : NULL;
}

/* Only a condition that the walk decides again has subjects: in the setup stream the value is computed
   once, as it is. */
uint32_t lower_has_item(struct ir_program *p, const struct expr *e, uint32_t member, uint32_t node)
{
    uint32_t rule = lower_rule_index(p, lower_set_of(e->a));
    uint32_t reg = lower_setup(p, OP_HAS_ITEM, KIND_BOOL, rule, member, 0, e->span);
    uint32_t item = ir_is_constant(member) ? (uint32_t)ir_constant_of(p, member)->code : NONE32;
    if (p->stream != p->setup) ir_subject_item(p, reg, rule, item, node);
    return reg;
}
