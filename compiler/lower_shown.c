/*
 * What stands on top of a report: its values, computed by the code of a rule that has no rows and runs behind
 * all others.
 */
#include "compiler/lower.h"
#include "compiler/types.h"

static const struct decl *find_shown(const struct compilation *c)
{
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_SHOWN) return d;
    return NULL;
}

static uint32_t shown_node(struct ir_program *p, const struct expr *e)
{
    return (e->type->kind == TYPE_SPAN ? lower_span_shown(p, e) : lower_value(p, e)).node;
}

void lower_shown(struct ir_program *p)
{
    const struct decl *d = find_shown(p->compilation);
    if (!d) return;
    struct image_rule *rule = lower_rule_add(p, "report shows", p->RULES.count);
    rule->kind = RULE_SHOWN;
    ir_rule_begin(p, d->span);
    ir_rule_body(p);
    for (const struct expr *e = d->shows; e; e = e->next) {
        uint32_t node = shown_node(p, e);
        *(struct image_shown *)ir_add(p, &p->SHOWN) = (struct image_shown){node};
    }
    ir_rule_end(p);
}
