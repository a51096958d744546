/*
 * Guarantees: checked when all rules have their results, which no rule sees.
 */
#include "compiler/expr_tree.h"
#include "tests/oracle/oracle.h"

struct search {
    const struct decl *rule;
    bool found;
};

static void look(void *data, struct expr **slot)
{
    struct search *s = data;
    const struct decl *named = (*slot)->decl;
    s->found = s->found || named == s->rule;
    if (named && named->kind == DECL_DEFINE) look(data, (struct expr **)&named->body);
    expr_each_part(*slot, look, data);
}

static bool names(const struct decl *guarantee, const struct decl *rule)
{
    struct search s = {.rule = rule};
    struct expr *body = guarantee->body;
    look(&s, &body);
    return s.found;
}

enum truth oracle_marked(struct oracle *o, const struct decl *rule)
{
    enum truth marked = TRUTH_NO;
    o->after = true;
    for (const struct protocol *p = o->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_GUARANTEE && d->body && names(d, rule))
                marked = truth_or(marked, truth_not(oracle_truth(o, d->body)));
    o->after = false;
    return marked == TRUTH_FAULT ? TRUTH_UNKNOWN : marked;
}
