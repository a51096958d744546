/*
 * Words that are keywords only where nothing else can be meant (LOCAL in keywords.def): `say`, `advise`,
 * `overdue`, `for`.
 */
#ifndef REGIMEN_LOCAL_WORD_H
#define REGIMEN_LOCAL_WORD_H

#include "compiler/syntax.h"

/* Whether a rule with this header token tells staff something: after a clause of it these words are never
 * names. */
bool local_rule(int header);
/* The kind of a name that stands between s->current and a token of the kind next: that of its keyword, or
   TOK_IDENT. in_rule: the declaration is a rule. */
int local_token(const struct stream *s, const struct token *name, int next, bool in_rule);
/* Whether a clause word in a rule that tells staff something is a name: `for each doses as given`, `after
 * given`. */
bool local_name(const struct stream *s, const struct token *word);

#endif
