/*
 * The messages of the scanner, the token stream, the grammar and the tree builder.
 */
#ifndef REGIMEN_MISTAKES_H
#define REGIMEN_MISTAKES_H

#include "compiler/syntax.h"

/* Reports, unless the parser is muted; NULL then.  help may be NULL. */
struct diag *mistake(struct parser *p, enum diag_code code, struct span span, const char *help,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/* What stands at span, shortened for a message. */
const char *mistake_shown(struct parser *p, struct span span);

/* What the grammar could have taken instead of p->stream.current: the names that grammar.y gives its tokens.
 */
struct expected {
    const char *const *names;
    size_t count;
};

/* Whether the grammar could have taken the token of this name. */
bool mistake_expects(const struct expected *expected, const char *name);
/* Reports what people write from habit where the language has another form; false where it is none of it. */
bool mistake_of_habit(struct parser *p, const struct expected *expected);

/* Reports the token that does not fit; nothing where the scanner reported it already. */
void mistake_unexpected(struct parser *p, const struct expected *expected);

/* Reports a name that begins a line where only a clause can begin; next, where only a row of a classification
   can: the token after it. */
void mistake_clause(struct parser *p, const struct token *token, const struct token *next);

/* "`when`, `because` or the end of the declaration"; NULL where nothing helpful can be said. */
const char *mistake_expected(struct parser *p, const struct expected *expected);

#endif
