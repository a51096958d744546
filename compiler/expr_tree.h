/*
 * Walks over expressions that hold for every kind of them.
 */
#ifndef REGIMEN_EXPR_TREE_H
#define REGIMEN_EXPR_TREE_H

#include "compiler/ast.h"

/* visit(data, slot) for each direct part of e, in the order of the source: *slot may be replaced.  The
   expressions inside texts are parts too. */
void expr_each_part(struct expr *e, void (*visit)(void *data, struct expr **slot), void *data);
/* The same for the expressions of a declaration itself: conditions, amounts, texts; of a table only its rows.
 */
void decl_each_expr(struct decl *d, void (*visit)(void *data, struct expr **slot), void *data);

/* Puts with into every place of *slot where the left side of a test is left out (EXPR_SUBJECT). */
void expr_put_subject(struct expr **slot, struct expr *with);

/* Whether a window begins at its anchor, or later: `from A to B after T`, `within A after T`, `after T`,
 * `since T`. */
bool window_runs_forward(const struct window *w);

/* The same words with the same meaning; brackets and positions aside.  After check. */
bool expr_equal(const struct expr *a, const struct expr *b);
/* Equal expressions have equal hashes. */
uint32_t expr_hash(const struct expr *e);

#endif
