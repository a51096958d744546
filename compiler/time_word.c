#include "compiler/time_word.h"

#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"

static bool begins_schedule(int kind)
{
    return kind == TOK_SCHEDULE || kind == TOK_CELL_SCHEDULE;
}

/* After the name or the label of the phase, or after the whole of its other part: nowhere else is it a word.
 */
static bool begins_part(const struct stream *s)
{
    int before = s->current.kind;
    return s->header.kind == TOK_PHASE && s->nesting == 0 && before != TOK_PHASE && before != TOK_STARTS &&
           before != TOK_LASTS;
}

int time_token(const struct stream *s, const struct token *name)
{
    const struct keyword *keyword = keyword_find(name->value.text, strlen(name->value.text));
    if (!keyword || keyword->kind != KEYWORD_TIME) return TOK_IDENT;
    switch (keyword->token) {
    case TOK_STARTS:
    case TOK_LASTS: return begins_part(s) ? keyword->token : TOK_IDENT;
    case TOK_TIMES: return begins_schedule(s->previous.kind) ? keyword->token : TOK_IDENT;
    default: return begins_schedule(s->current.kind) ? keyword->token : TOK_IDENT;
    }
}
