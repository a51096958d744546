/* Walks that need not know the kinds: every expression has the same few places for parts, and those that
   its kind does not use are NULL. */
#include "compiler/expr_tree.h"

#include <string.h>

typedef void expr_visit(void *data, struct expr **slot);

/* ---- Parts ------------------------------------------------------------------------------------------ */

static void visit_slot(struct expr **slot, expr_visit *visit, void *data)
{
    if (*slot) visit(data, slot);
}

static void visit_list(struct expr **slot, expr_visit *visit, void *data)
{
    for (; *slot; slot = &(*slot)->next)
        visit(data, slot);
}

static void visit_text(struct text *text, expr_visit *visit, void *data)
{
    for (struct text_part *part = text ? text->parts : NULL; part; part = part->next)
        visit_slot(&part->expr, visit, data);
}

void expr_each_part(struct expr *e, expr_visit *visit, void *data)
{
    visit_slot(&e->a, visit, data);
    visit_slot(&e->b, visit, data);
    visit_slot(&e->c, visit, data);
    visit_list(&e->args, visit, data);
    visit_text(e->text, visit, data);
    visit_slot(&e->where, visit, data);
    visit_slot(&e->claim, visit, data);
    visit_slot(&e->window.low, visit, data);
    visit_slot(&e->window.high, visit, data);
    visit_slot(&e->window.anchor, visit, data);
    visit_slot(&e->window.to, visit, data);
}

static void visit_tail(struct tail *tail, expr_visit *visit, void *data)
{
    visit_text(tail->because, visit, data);
    visit_text(tail->say, visit, data);
    for (struct advice *advice = tail->advices; advice; advice = advice->next)
        visit_text(advice->text, visit, data);
}

static void visit_clause(struct clause *c, expr_visit *visit, void *data)
{
    for (struct step *step = c->steps; step; step = step->next) {
        visit_slot(&step->amount, visit, data);
        visit_slot(&step->days, visit, data);
    }
    visit_slot(&c->value, visit, data);
    for (struct route *route = c->routes; route; route = route->next) {
        visit_slot(&route->over, visit, data);
        visit_slot(&route->over_to, visit, data);
    }
    if (c->schedule) {
        visit_slot(&c->schedule->phase, visit, data);
        visit_slot(&c->schedule->every, visit, data);
        visit_slot(&c->schedule->every_to, visit, data);
    }
    visit_slot(&c->least, visit, data);
    visit_slot(&c->most, visit, data);
    visit_slot(&c->from, visit, data);
    visit_slot(&c->to, visit, data);
    visit_slot(&c->when, visit, data);
    visit_tail(&c->tail, visit, data);
}

static void visit_watch(struct watch *watch, expr_visit *visit, void *data)
{
    if (!watch) return;
    visit_slot(&watch->select, visit, data);
    visit_slot(&watch->from, visit, data);
    visit_slot(&watch->to, visit, data);
}

void decl_each_expr(struct decl *d, expr_visit *visit, void *data)
{
    visit_slot(&d->low, visit, data);
    visit_slot(&d->high, visit, data);
    visit_slot(&d->starts, visit, data);
    visit_slot(&d->lasts, visit, data);
    visit_slot(&d->body, visit, data);
    visit_slot(&d->applies, visit, data);
    visit_slot(&d->each, visit, data);
    visit_slot(&d->follows, visit, data);
    visit_watch(d->watch, visit, data);
    visit_slot(&d->overdue, visit, data);
    for (struct row *row = d->rows; row; row = row->next) {
        visit_slot(&row->when, visit, data);
        visit_tail(&row->tail, visit, data);
    }
    for (struct clause *clause = d->clauses; clause; clause = clause->next)
        visit_clause(clause, visit, data);
    visit_list(&d->expects, visit, data);
    visit_list(&d->shows, visit, data);
    visit_tail(&d->tail, visit, data);
}

static void put_subject(void *data, struct expr **slot)
{
    if ((*slot)->kind == EXPR_SUBJECT) *slot = data;
    /* not into what was just put in: it may have tests of its own */
    else if (*slot != data)
        expr_each_part(*slot, put_subject, data);
}

void expr_put_subject(struct expr **slot, struct expr *with)
{
    put_subject(with, slot);
}

bool window_runs_forward(const struct window *w)
{
    return w->kind == WINDOW_FROM_TO_AFTER || w->kind == WINDOW_WITHIN_AFTER || w->kind == WINDOW_AFTER ||
           w->kind == WINDOW_SINCE;
}

/* ---- Equality --------------------------------------------------------------------------------------- */

static bool list_equal(const struct expr *a, const struct expr *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (!expr_equal(a, b)) return false;
    return !a && !b;
}

static bool same_or_equal(const struct expr *a, const struct expr *b)
{
    return a == b || (a && b && expr_equal(a, b));
}

static bool window_equal(const struct window *a, const struct window *b)
{
    return a->kind == b->kind && same_or_equal(a->low, b->low) && same_or_equal(a->high, b->high) &&
           same_or_equal(a->anchor, b->anchor) && same_or_equal(a->to, b->to);
}

static bool text_equal(const struct text *a, const struct text *b)
{
    return a == b || (a && b && a->plain && b->plain && strcmp(a->plain, b->plain) == 0);
}

/* A field, `active at`, `until` or a window belongs to the selection around it: in equal selections it means
   the same.  That both are of one list a field says itself. */
static bool same_binding(const struct expr *a, const struct expr *b)
{
    if (a->bound == b->bound) return true;
    if (a->kind == EXPR_NAME) return a->field || a->builtin != PSEUDO_NONE;
    bool of_entry = a->kind == EXPR_ACTIVE_AT || a->kind == EXPR_UNTIL || a->kind == EXPR_IN_WINDOW;
    return of_entry && a->bound && b->bound && same_or_equal(a->bound->a, b->bound->a);
}

static bool names_equal(const struct expr *a, const struct expr *b)
{
    return a->decl == b->decl && same_binding(a, b) && a->param == b->param && a->value == b->value &&
           a->field == b->field && a->builtin == b->builtin &&
           (a->name.text == b->name.text ||
            (a->name.text && b->name.text && strcmp(a->name.text, b->name.text) == 0));
}

/* Of a kind that has no literal all of these are zero on both sides. */
static bool literals_equal(const struct expr *a, const struct expr *b)
{
    return decimal_equal(a->number, b->number) && unit_equal(&a->unit, &b->unit) &&
           a->date.precision == b->date.precision && a->date.from == b->date.from &&
           a->date.offset == b->date.offset;
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
    if (a == b) return true;
    return a->kind == b->kind && a->negated == b->negated && a->state == b->state &&
           a->selector == b->selector && names_equal(a, b) && literals_equal(a, b) &&
           text_equal(a->text, b->text) && same_or_equal(a->a, b->a) && same_or_equal(a->b, b->b) &&
           same_or_equal(a->c, b->c) && list_equal(a->args, b->args) && same_or_equal(a->where, b->where) &&
           same_or_equal(a->claim, b->claim) && window_equal(&a->window, &b->window);
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
    return (hash ^ value) * UINT32_C(16777619) + 1;
}

static void hash_part(void *data, struct expr **slot)
{
    uint32_t *hash = data;
    *hash = mix(*hash, expr_hash(*slot));
}

static uint32_t hash_name(uint32_t hash, const char *name)
{
    for (; name && *name; name++)
        hash = mix(hash, (unsigned char)*name);
    return hash;
}

uint32_t expr_hash(const struct expr *e)
{
    uint32_t hash = mix((uint32_t)e->kind, (uint32_t)e->negated);
    hash = hash_name(mix(hash, (uint32_t)e->state), e->name.text);
    /* 1.50 and 1.5 are equal, so their hashes must be */
    if (e->kind == EXPR_NUMBER) {
        decimal canonical = decimal_canonical(e->number);
        hash = mix(mix(hash, (uint32_t)canonical.w[0]), (uint32_t)(canonical.w[0] >> 32));
    }
    expr_each_part((struct expr *)e, hash_part, &hash);
    return hash;
}
