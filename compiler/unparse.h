/*
 * Expressions back to text, in canonical spelling: what explanations and worksheets show.
 */
#ifndef REGIMEN_UNPARSE_H
#define REGIMEN_UNPARSE_H

#include "compiler/arena.h"
#include "compiler/ast.h"

/* Lives in the arena.  Cells' EXPR_SUBJECT are left out, so a cell reads as written. */
const char *expr_text(struct arena *arena, const struct expr *e);
/* Settings as lines NAME=VALUE, which the runtime reads again. */
/* The value of one setting as eval_set takes it; NAME=VALUE lines of several. */
const char *setting_text(struct arena *arena, const struct setting *setting);
const char *settings_text(struct arena *arena, const struct setting *settings);
/* `every 7 days of cycle` */
const char *schedule_text(struct arena *arena, const struct schedule *schedule);
/* The word of `latest`, `count of` and their like. */
const char *selector_word(enum selector selector);
/* "<", "is", "+", "and": the sign between the operands a and b of e, or NULL. */
const char *expr_sign(const struct expr *e);
const char *state_words(enum state state);

#endif
