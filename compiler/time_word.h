/*
 * Words that are keywords only in a phase or in a schedule (TIME in keywords.def): `starts`, `once`, `days`
 * ...
 */
#ifndef REGIMEN_TIME_WORD_H
#define REGIMEN_TIME_WORD_H

#include "compiler/syntax.h"

/* The kind of a name that follows s->current: that of its keyword, or TOK_IDENT. */
int time_token(const struct stream *s, const struct token *name);

#endif
