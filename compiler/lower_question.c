/*
 * What a test asks that is no condition: what an item of a set comes to, which rows of a dose withhold, ask
 * and warn.
 */
#include "compiler/lower.h"
#include "compiler/strength.h"
#include "compiler/types.h"

#include <string.h>

void lower_reasons(struct ir_program *p, const struct name *reasons, struct image_rule *rule)
{
    rule->reasons.first = p->INDEXES.count;
    for (; reasons; reasons = reasons->next, rule->reasons.count++)
        ir_push(p, &p->INDEXES, ir_text(p, reasons->text));
}

/* In place of the question its rule, so that a test that fails says what this came to. */
static const struct expr *is_decided(struct ir_program *p, const struct expr *e, const struct expr *rule)
{
    struct expr *decided = arena_alloc(p->arena, sizeof *decided),
                *name = arena_alloc(p->arena, sizeof *name);
    *name = *rule;
    name->next = NULL;
    *decided = (struct expr){.kind = EXPR_IS_STATE,
                             .span = e->span,
                             .a = name,
                             .state = STATE_DECIDED,
                             .type = e->type,
                             .builtin = -1};
    return decided;
}

static void lower_item_question(struct ir_program *p, const struct expr *e, struct image_rule *rule)
{
    struct standing standing = {.state = ITEM_EQUIPOISE};
    rule->question = QUESTION_ITEM;
    rule->asked = lower_rule_index(p, e->a->decl);
    rule->asked_item = (uint32_t)e->a->value->code;
    if (e->kind == EXPR_IS_STATE && e->state == STATE_UNKNOWN) {
        rule->question = QUESTION_UNKNOWN;
        lower_reasons(p, e->reasons, rule);
    } else if (e->kind == EXPR_IS) {
        standing_named(e->b->name.text, e->negated, &standing);
    }
    rule->asked_state = standing.state;
    rule->asked_strength = standing.strength;
    rule->asked_not = e->negated && standing.state != ITEM_ABSENT;
}

static bool row_is_named(struct ir_program *p, const struct decl *dose, const struct image_row *row,
                         const struct expr *e)
{
    bool interval = row->type == ROWTYPE_TOO_EARLY || row->type == ROWTYPE_TOO_LATE;
    bool fits = !interval || (row->type == ROWTYPE_TOO_EARLY) == (e->state == STATE_WITHHELD);
    for (const struct name *n = e->rows; n && fits; n = n->next) {
        if (interval && strcmp(n->text, "interval") == 0) return true;
        if (row->id == ir_text(p, arena_printf(p->arena, "%s.%s", dose->name.text, n->text))) return true;
    }
    return false;
}

static void lower_row_question(struct ir_program *p, const struct expr *e, struct image_rule *rule)
{
    const struct decl *dose = e->a->decl;
    rule->question = e->state == STATE_WITHHELD ? QUESTION_WITHHELD
                     : e->state == STATE_ASKED  ? QUESTION_ASKED
                     : e->state == STATE_WARNED ? QUESTION_WARNED
                                                : QUESTION_UNCHECKED;
    rule->asked = lower_rule_index(p, dose);
    rule->asked_not = e->negated;
    struct run rows = ((const struct image_rule *)ir_at(&p->RULES, rule->asked))->rows;
    rule->asked_rows.first = p->INDEXES.count;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!row_is_named(p, dose, ir_at(&p->ROWS, row), e)) continue;
        ir_push(p, &p->INDEXES, row);
        rule->asked_rows.count++;
    }
    lower_reasons(p, e->reasons, rule);
}

const struct expr *lower_question(struct ir_program *p, const struct expr *e, struct image_rule *rule)
{
    bool is = e->kind == EXPR_IS || e->kind == EXPR_IS_STATE;
    if (is && e->a->kind == EXPR_OF && e->a->decl && decl_fills_set(e->a->decl)) {
        lower_item_question(p, e, rule);
        return is_decided(p, e, e->a->a);
    }
    if (e->kind != EXPR_IS_STATE || !expr_asks_of_rows(e)) return e;
    lower_row_question(p, e, rule);
    return is_decided(p, e, e->a);
}
