/*
 * The token stream between the scanner and the grammar.
 *
 * It looks a few tokens ahead, and so keeps out of the grammar what one token cannot decide:
 *
 *   declaration words   keywords as the first word of a line, else names; DEND before each, and at the end
 *                       of the file
 *   clause words        names inside brackets and before `of`
 *   two-word keywords   `or else`, `at most`, ...: one token
 *   rows                VALUE, the first word of a classification's row; ROW_AS, the `as` that names a row
 *   cells               CELL_..., before a cell of a column headed by a clause word
 */
#ifndef REGIMEN_TOKENS_H
#define REGIMEN_TOKENS_H

#include "compiler/syntax.h"

/* The grammar's next token; it is p->stream.current afterwards. */
int grammar_lex(union syntax_value *value, struct span *span, struct parser *p);

/* Drops what is left of the current declaration, so that parsing can begin anew after it.  False at the end
   of the file. */
bool tokens_skip_declaration(struct parser *p);

#endif
