/* Rows of collections and recommendations. */
#include "compiler/ast_build.h"
#include "compiler/mistakes.h"

struct row *ast_items(struct parser *p, struct name_list items, bool one_of)
{
    struct row *row = arena_alloc(p->c->arena, sizeof *row);
    row->items = items.first;
    row->one_of = one_of;
    return row;
}

struct row *ast_set_gives(struct row *row, enum row_kind kind)
{
    row->kind = kind;
    return row;
}

struct row *ast_set_row(struct parser *p, struct row *row, const struct name *name, struct tail_parts *before,
                        struct expr *when, struct tail_parts *after, struct span span)
{
    row->span = span;
    row->when = when;
    row->tail = ast_tail(after ? ast_tails(p, before, after) : before);
    if (name) row->name = *name;
    return row;
}

struct cell *ast_cell_items(struct parser *p, const struct row *items, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->names = items->items;
    cell->one_of = items->one_of;
    return cell;
}
