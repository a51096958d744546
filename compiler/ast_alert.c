/* Rows of alerts, clauses of monitors, and `for each`. */
#include "compiler/ast_build.h"
#include "compiler/mistakes.h"

/* It stands once, before all that may speak of the element. */
static bool each_has_its_place(struct parser *p, struct span word)
{
    const struct decl *decl = p->decl;
    struct diag *d;
    if (decl->each) {
        d = mistake(p, DIAG_FOR_EACH_MISPLACED, word,
                    "a rule goes through one list; select from others with `any`, `latest` or `lowest`",
                    "a second `for each` stands in this rule");
        if (d) diag_note(&p->c->sink, d, decl->each->span, "the first one");
        return false;
    }
    if (!decl->rows && !decl->tables) return true;
    d = mistake(p, DIAG_FOR_EACH_MISPLACED, word,
                "put it below the header, before all that speaks of the element",
                "`for each` stands after a condition");
    if (d)
        diag_note(&p->c->sink, d, decl->rows ? decl->rows->span : decl->tables->span,
                  "this stands before it");
    return false;
}

void ast_for_each(struct parser *p, struct expr *select, const struct name *name, struct span word,
                  struct span span)
{
    if (!each_has_its_place(p, word)) {
        p->decl->names_lost = true;
        return;
    }
    struct name as = *name;
    p->decl->each = ast_named(p, EXPR_AS, &as, ast_select(p, SELECT_EACH, select, select->span), span);
}

struct row *ast_alert_row(struct parser *p, const struct name *label, struct expr *when,
                          const struct tail_parts *tail, struct span span)
{
    struct row *row = arena_alloc(p->c->arena, sizeof *row);
    row->span = span;
    row->when = when;
    row->tail = ast_tail(tail);
    if (label) row->name = *label;
    return row;
}

/* ---- Monitors --------------------------------------------------------------------------------------- */

void ast_follows(struct parser *p, struct expr *moment, struct span span)
{
    if (p->decl->follows) ast_twice(p, span, p->decl->follows->span, "after");
    p->decl->follows = moment;
}

void ast_watch(struct parser *p, struct expr *select, struct expr *from, struct expr *to, struct span span)
{
    struct watch *watch = arena_alloc(p->c->arena, sizeof *watch);
    *watch = (struct watch){span, ast_select(p, SELECT_ANY, select, select->span), from, to};
    if (p->decl->watch) ast_twice(p, span, p->decl->watch->span, "expect");
    p->decl->watch = watch;
}

void ast_overdue(struct parser *p, struct expr *length, struct span span)
{
    if (p->decl->overdue) ast_twice(p, span, p->decl->overdue->span, "overdue after");
    p->decl->overdue = length;
}

void ast_add_tail(struct parser *p, struct tail_parts *tail)
{
    if (!tail) return;
    p->parts.tail = ast_tails(p, p->parts.tail, tail);
    p->decl->tail = ast_tail(p->parts.tail);
}
