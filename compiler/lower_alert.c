/* Alerts: their rows, and what they say and advise.  SPEC.md, "Alerts".

   An alert is a classification with two members.  Each row that is written raises it; the last, which
   nobody wrote, is the `otherwise` that does not.  All rows agree about the member, so that several may
   hold at once and each tells its own message. */
#include "compiler/lower.h"
#include "compiler/severity.h"
#include "compiler/strength.h"

struct run lower_advices(struct ir_program *p, const struct advice *advices)
{
    uint32_t count = 0;
    for (const struct advice *a = advices; a; a = a->next)
        count++;
    struct image_advice *lowered = arena_alloc(p->arena, (count + 1) * sizeof *lowered), *end = lowered;
    for (const struct advice *a = advices; a; a = a->next)
        *end++ = (struct image_advice){lower_because(p, a->text), strength_named(a->strength.text)};
    struct run run = {p->ADVICES.count, count};
    for (uint32_t i = 0; i < count; i++)
        *(struct image_advice *)ir_add(p, &p->ADVICES) = lowered[i];
    return run;
}

uint32_t lower_telling(struct ir_program *p, const struct decl *d)
{
    struct image_alert alert = {.severity = severity_named(d->severity.text),
                                .say = lower_because(p, d->tail.say),
                                .advices = lower_advices(p, d->tail.advices)};
    *(struct image_alert *)ir_add(p, &p->ALERTS) = alert;
    return p->ALERTS.count - 1;
}

static void alert_row(struct ir_program *p, const struct decl *d, const struct row *row,
                      struct image_rule *rule)
{
    struct image_row r = *lower_row_new(p, rule);
    uint32_t place = p->ROWS.count - 1;
    r.type = ROWTYPE_VALUE;
    r.id = ir_text(p, lower_row_id(p, d, row, rule->rows.count));
    r.member = ALERT_RAISED;
    lower_row_condition(p, &r, row->when);
    lower_row_tail(p, &r, &row->tail);
    r.say = lower_because(p, row->tail.say);
    r.advices = lower_advices(p, row->tail.advices);
    *(struct image_row *)ir_at(&p->ROWS, place) = r;
}

/* Where no row holds it is not raised. */
static void quiet_row(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    struct image_row *r = lower_row_new(p, rule);
    r->type = ROWTYPE_VALUE;
    r->otherwise = true;
    r->member = ALERT_NOT_RAISED;
    uint32_t place = p->ROWS.count - 1,
             id = ir_text(p, arena_printf(p->arena, "%s.not_raised", d->name.text));
    ((struct image_row *)ir_at(&p->ROWS, place))->id = id;
}

void lower_alert(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    rule->kind = RULE_ALERT;
    rule->policy = RULE_AGREEMENT;
    rule->enumeration = (uint32_t)d->enumeration->index;
    lower_each_begin(p, d, rule);
    rule->alert = lower_telling(p, d);
    for (const struct row *row = d->rows; row; row = row->next)
        alert_row(p, d, row, rule);
    quiet_row(p, d, rule);
    lower_each_end(p);
}
