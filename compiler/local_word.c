#include "compiler/local_word.h"

#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"

bool local_rule(int header)
{
    return header == TOK_ALERT;
}

/* What a clause may end with. */
static bool ends_clause(int kind)
{
    return kind == TOK_IDENT || kind == TOK_NUMBER || kind == TOK_UNIT || kind == TOK_DATE || kind == ')' ||
           kind == TOK_TEXT_END || kind == TOK_REQUIREMENT || kind == TOK_ROW_END || kind == TOK_YES || kind == TOK_NO ||
           kind == TOK_NOW || kind == TOK_UNKNOWN;
}

static bool is_declared(int before)
{
    const struct keyword *keyword = keyword_of(before);
    return keyword && keyword->kind == KEYWORD_DECLARATION;
}

int local_token(const struct stream *s, const struct token *name, int next, bool in_rule)
{
    const struct keyword *keyword = keyword_find(name->value.text, strlen(name->value.text));
    if (!keyword || keyword->kind != KEYWORD_LOCAL || !in_rule || is_declared(s->current.kind)) return TOK_IDENT;
    if (s->nesting > 0 || s->in_head || s->in_row) return TOK_IDENT;
    bool follows_clause = local_rule(s->header.kind) && ends_clause(s->current.kind); /* no name may stand there */
    return follows_clause || next == TOK_TEXT_START ? keyword->token : TOK_IDENT;
}
