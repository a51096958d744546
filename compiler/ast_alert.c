/* Rows of alerts. */
#include "compiler/ast_build.h"
#include "compiler/syntax.h"

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
