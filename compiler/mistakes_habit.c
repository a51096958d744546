/*
 * What people write from habit where the language has another form: `last 21 days`, `and/or`, `T-ALL`, `from
 * 0 - 300`.
 */
#include "compiler/mistakes.h"

#include <ctype.h>
#include <string.h>

#include "compiler/grammar.h"
#include "compiler/phrases.h"

static bool is_word(const struct token *token, const char *word)
{
    return token->kind == TOK_IDENT && strcmp(token->value.text, word) == 0;
}

static void instead(struct parser *p, struct span span, const char *help)
{
    mistake(p, DIAG_WORD_INSTEAD, span, help, "`%s` cannot stand here", mistake_shown(p, span));
}

static bool touches(const struct token *a, const struct token *b)
{
    return a->span.end == b->span.start;
}

/* max alt, last alt: the word was taken for a name, and the next one does not fit. */
static bool selector(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->previous.kind != TOK_IDENT || s->current.kind != TOK_IDENT || s->current.first) return false;
    const char *meant = phrase_instead(PHRASE_SELECTOR, s->previous.value.text);
    if (!meant) return false;
    instead(p, s->previous.span, arena_printf(p->c->arena, "write `%s %s`", meant, s->current.value.text));
    return true;
}

/* any alt last 21 days, any alt within the last 21 days */
static bool last_days(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    (void)expected;
    if (!is_word(token, "last") && !is_word(token, "past") && !is_word(token, "previous")) return false;
    instead(p, token->span, "write `within 21 days before now`, or another moment in the place of `now`");
    return true;
}

/* any alt within 21 days */
static bool within_what(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (!mistake_expects(expected, "`before`") || !mistake_expects(expected, "`after`")) return false;
    if (s->previous.kind != TOK_UNIT && s->previous.kind != TOK_IDENT) return false;
    mistake(p, DIAG_UNFINISHED, s->previous.span,
            "write `within 21 days before now`, or `within 21 days after ...`",
            "after `%s` the moment is missing from which this counts", mistake_shown(p, s->previous.span));
    return true;
}

/* fever and/or rash */
static bool and_or(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->current.kind != '/' || (s->previous.kind != TOK_AND && s->previous.kind != TOK_OR)) return false;
    struct span span = s->previous.span;
    span.end = s->current.span.end + (s->queued > 0 && s->queue[0].kind == TOK_OR ? 2U : 0U);
    instead(p, span, "write `or`: it holds too where both do");
    return true;
}

/* The words at span as a name: t_all for T-ALL. */
static const char *as_name(struct parser *p, struct span span)
{
    char *name = arena_copy(p->c->arena, p->text + span.start, span.end - span.start);
    for (char *at = name; *at; at++)
        *at = *at == '-' ? '_' : (char)tolower((unsigned char)*at);
    return name;
}

/* Where the word ends that begins at this place of the file; the place itself where none does. */
static uint32_t word_end(const struct parser *p, uint32_t at)
{
    if (at >= p->length || !islower((unsigned char)p->text[at])) return at;
    while (at < p->length && (isalnum((unsigned char)p->text[at]) || p->text[at] == '_'))
        at++;
    return at;
}

/* lineage is T-ALL, lineage is t-all */
static bool hyphen(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    struct span span = s->current.span;
    bool id = s->current.kind == TOK_REQUIREMENT &&
              (mistake_expects(expected, "a name") || mistake_expects(expected, "`of`"));
    bool dash = s->current.kind == '-' && s->previous.kind == TOK_IDENT &&
                touches(&s->previous, &s->current) && word_end(p, span.end) > span.end;
    if (!id && !dash) return false;
    if (dash) {
        span.start = s->previous.span.start;
        span.end = word_end(p, span.end);
    }
    struct diag *d = mistake(p, DIAG_NAME_LETTERS, span, NULL, "a name has no hyphens");
    if (d) diag_help(&p->c->sink, d, "write `%s`", as_name(p, span));
    return true;
}

/* from 0 - 300, at least 7 days - 14 days */
static bool dash_for_to(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->current.kind != '-' || !mistake_expects(expected, "`to`")) return false;
    instead(p, s->current.span, "write `to` between the two ends of a range");
    return true;
}

/* input weight : kg 0 to 300 */
static bool range_without_from(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    bool range =
        s->current.kind == TOK_NUMBER && s->header.kind == TOK_INPUT && mistake_expects(expected, "`from`");
    if (!range) return false;
    mistake(p, DIAG_SYNTAX, s->current.span, "write the range with both words: `from 0 to 300`",
            "before the range the word `from` is missing");
    return true;
}

/* input weight : "kg" */
static bool quoted_type(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->current.kind != TOK_TEXT_START || s->previous.kind != ':' || !mistake_expects(expected, "a unit"))
        return false;
    mistake(p, DIAG_TYPE_FORM, s->current.span, "write the unit or the type as it is: `: kg`, `: date`",
            "a type stands without quotes");
    return true;
}

/* on day 1 and 8 */
static bool and_in_days(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->current.kind != TOK_AND || s->previous.kind != TOK_NUMBER || !mistake_expects(expected, "`then`"))
        return false;
    instead(p, s->current.span, "write a comma between days: `on days 1, 8`");
    return true;
}

/* phase cycle start birth_date */
static bool phase_word(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    if (token->kind != TOK_IDENT || !mistake_expects(expected, "`starts`")) return false;
    const char *meant = phrase_instead(PHRASE_PHASE, token->value.text);
    if (!meant) return false;
    instead(p, token->span, arena_printf(p->c->arena, "write %s", meant));
    return true;
}

bool mistake_of_habit(struct parser *p, const struct expected *expected)
{
    static bool (*const cases[])(struct parser *, const struct expected *) = {
        selector,           last_days,   within_what, and_or,      hyphen,
        range_without_from, dash_for_to, quoted_type, and_in_days, phase_word,
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i](p, expected)) return true;
    return false;
}
