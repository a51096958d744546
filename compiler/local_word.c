#include "compiler/local_word.h"

#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"

bool local_rule(int header)
{
    return header == TOK_ALERT || header == TOK_MONITOR;
}

/* What a clause may end with. */
static bool ends_clause(int kind)
{
    return kind == TOK_IDENT || kind == TOK_NUMBER || kind == TOK_UNIT || kind == TOK_DATE || kind == ')' ||
           kind == TOK_TEXT_END || kind == TOK_REQUIREMENT || kind == TOK_ROW_END || kind == TOK_YES ||
           kind == TOK_NO || kind == TOK_NOW || kind == TOK_UNKNOWN;
}

static bool is_declared(int before)
{
    const struct keyword *keyword = keyword_of(before);
    return keyword && keyword->kind == KEYWORD_DECLARATION;
}

static int follower(int token)
{
    return token == TOK_OVERDUE ? TOK_AFTER : TOK_TEXT_START;
}

int local_token(const struct stream *s, const struct token *name, int next, bool in_rule)
{
    const struct keyword *keyword = keyword_find(name->value.text, strlen(name->value.text));
    if (keyword && keyword->token == TOK_FOR)
        return s->header.kind == TOK_TEST && s->current.kind == TOK_IDENT && next == TOK_DATE ? TOK_FOR
                                                                                              : TOK_IDENT;
    if (!keyword || keyword->kind != KEYWORD_LOCAL || !in_rule || is_declared(s->current.kind))
        return TOK_IDENT;
    if (s->in_head || s->in_row || (keyword->token == TOK_OVERDUE && s->header.kind != TOK_MONITOR))
        return TOK_IDENT;
    /* after a complete clause a name would have no place, so the word is meant */
    bool follows_clause =
        local_rule(s->header.kind) && ends_clause(s->current.kind); /* no name may stand there */
    if (s->nesting > 0 && !(follows_clause && name->first))
        return TOK_IDENT; /* first on its line: a bracket is open */
    return follows_clause || next == follower(keyword->token) ? keyword->token : TOK_IDENT;
}

/* Only the clauses of the rule itself keep their words; another one at the margin is a clause in the wrong
 * rule. */
bool local_name(const struct stream *s, const struct token *word)
{
    bool own = word->kind == TOK_APPLIES || word->kind == TOK_STRENGTH ||
               (word->kind == TOK_EXPECT && s->header.kind == TOK_MONITOR);
    return local_rule(s->header.kind) && !own && !(word->first && ends_clause(s->current.kind));
}
