#include "compiler/mistakes.h"

#include <stdarg.h>
#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"

enum { SHOWN_MAX = 40, WORDS_MAX = 64 };

struct diag *mistake(struct parser *p, enum diag_code code, struct span span, const char *help, const char *format,
                     ...)
{
    if (span.end > p->scan.reported_end) p->scan.reported_end = span.end;
    if (p->muted) return NULL;
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprintf(p->c->arena, format, arguments);
    va_end(arguments);
    struct diag *d = diag_report(&p->c->sink, code, span, "%s", message);
    if (help) diag_help(&p->c->sink, d, "%s", help);
    return d;
}

/* Never cuts a character of several bytes in two. */
static size_t shown_length(const char *text, size_t length)
{
    if (length <= SHOWN_MAX) return length;
    length = SHOWN_MAX;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

const char *mistake_shown(struct parser *p, struct span span)
{
    const char *text = p->text + span.start;
    size_t length = strcspn(text, "\n\r");
    if (length > span.end - span.start) length = span.end - span.start;
    size_t shown = shown_length(text, length);
    return arena_printf(p->c->arena, "%.*s%s", (int)shown, text, shown < length ? "…" : "");
}

static bool expects(const struct expected *expected, const char *name)
{
    for (size_t i = 0; i < expected->count; i++)
        if (strcmp(expected->names[i], name) == 0) return true;
    return false;
}

static bool is_kind(int token, enum keyword_kind kind)
{
    const struct keyword *keyword = keyword_of(token);
    return keyword && keyword->kind == kind;
}

/* The word of a name or a keyword as the file has it, or NULL. */
static const char *word_at(const struct token *token)
{
    return token->kind == TOK_IDENT || keyword_of(token->kind) ? token->value.text : NULL;
}

static const char *suggest_keyword(const char *word, enum keyword_kind kind)
{
    const char *words[WORDS_MAX];
    return suggest(word, words, keyword_list(kind, words, WORDS_MAX));
}

/* ---- Each reports and returns true where the mistake is its own ----------------------------------------- */

static bool said_already(struct parser *p, const struct expected *expected)
{
    (void)expected;
    return p->stream.current.reported;
}

/* inptu weight : kg */
static bool unknown_declaration(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    (void)expected;
    if (token->span.start != p->stream.header.span.start || token->kind == TOK_DEND) return false;
    const char *word = word_at(token);
    const char *meant = word ? suggest_keyword(word, KEYWORD_DECLARATION) : NULL;
    struct diag *d = mistake(p, DIAG_DECLARATION_UNKNOWN, token->span, NULL, "no declaration begins with `%s`",
                             mistake_shown(p, token->span));
    if (d && meant) diag_help(&p->c->sink, d, "did you mean `%s`?", meant);
    if (d && !meant) diag_help(&p->c->sink, d, "a declaration begins with its word, for example `input` or `dose`");
    return true;
}

/* A bracket that is still open where it can no longer be closed. */
static bool open_bracket(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    bool starts = s->current.kind == TOK_DEND || s->current.kind == TOK_ROW_END ||
                  is_kind(s->current.kind, KEYWORD_CLAUSE) || s->current.kind == '|' ||
                  s->current.kind == TOK_WHEN || s->current.kind == TOK_BECAUSE || s->current.kind == TOK_TRACE;
    struct span opened = s->nesting > 0 ? s->brackets[s->nesting - 1] : s->opened;
    if (!starts || !expects(expected, "')'") || opened.end == 0) return false;
    mistake(p, DIAG_BRACKET_OPEN, opened, NULL, "this bracket is not closed");
    return true;
}

static bool unfinished(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->current.kind != TOK_DEND) return false;
    const char *rest = mistake_expected(p, expected);
    struct diag *d = mistake(p, DIAG_UNFINISHED, s->previous.span, NULL, "the declaration ends here, unfinished");
    if (d && rest) diag_help(&p->c->sink, d, "here can follow %s", rest);
    if (d && s->queued > 0 && s->queue[0].kind != TOK_YYEOF)
        diag_note(&p->c->sink, d, s->queue[0].span, "the next declaration begins here");
    return true;
}

static bool unfinished_row(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->current.kind != TOK_ROW_END) return false;
    mistake(p, DIAG_TABLE_ROW, s->previous.span, "each row of a table stands on one line, and | ends it",
            s->previous.kind == '|' ? "a cell is missing here" : "after this cell the closing | is missing");
    return true;
}

/* input from : kg */
static bool reserved_word(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const struct keyword *keyword = keyword_of(token->kind);
    bool declares = is_kind(p->stream.previous.kind, KEYWORD_DECLARATION) || p->stream.header.kind == TOK_ENUMERATION;
    if (!keyword || !declares || !expects(expected, "a name")) return false;
    struct diag *d = mistake(p, DIAG_WORD_RESERVED, token->span, NULL,
                             "`%s` is a word of the language, so nothing can be called so", keyword->word);
    if (d) diag_help(&p->c->sink, d, "choose a longer name, for example `%s_date`", keyword->word);
    return true;
}

/* `high age > 10 years` */
static bool row_without_when(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    bool row = token->kind == TOK_IDENT && expects(expected, "a value of the classification") && token->first;
    if (!row) return false;
    mistake(p, DIAG_WHEN_MISSING, token->span, "a row is `VALUE when CONDITION`, or `VALUE otherwise`",
            "after `%s` the word `when` is missing", mistake_shown(p, token->span));
    return true;
}

static const struct {
    const char *word, *instead;
} phrases[] = {
#define PHRASE(word, instead) {word, instead},
#include "compiler/phrases.def"
#undef PHRASE
};

/* older than, if, per */
static bool other_phrase(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const char *word = word_at(token);
    (void)expected;
    for (size_t i = 0; word && i < sizeof phrases / sizeof *phrases; i++) {
        if (strcmp(phrases[i].word, word) != 0) continue;
        struct diag *d = mistake(p, DIAG_WORD_INSTEAD, token->span, NULL, "`%s` cannot stand here", word);
        if (d) diag_help(&p->c->sink, d, "write %s", phrases[i].instead);
        return true;
    }
    return false;
}

static bool equals_sign(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    if (token->kind != '=' || !expects(expected, "`is`")) return false;
    mistake(p, DIAG_OPERATOR, token->span, NULL, "a comparison is written with `is`, not with `=`");
    return true;
}

static bool is_relation(int kind)
{
    return kind == '<' || kind == '>' || kind == TOK_LESS_EQUAL || kind == TOK_GREATER_EQUAL;
}

/* a < b < c */
static bool comparison_chain(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    if (!is_relation(token->kind) || !expects(expected, "`and`") || expects(expected, "`is`")) return false;
    mistake(p, DIAG_SYNTAX, token->span, "join two comparisons by `and`: a < b and b < c",
            "a comparison has two sides");
    return true;
}

/* round 5 mg, round to 5 mg */
static bool bare_rounding(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->clause != TOK_ROUND || (s->previous.kind != TOK_ROUND && s->previous.kind != TOK_TO)) return false;
    mistake(p, DIAG_ROUNDING_UNKNOWN, s->current.span,
            "write `round to nearest 5 mg`, `round down to 5 mg` or `round up to 5 mg`",
            "this does not say which way to round");
    return true;
}

/* years from A to B */
static bool bare_years(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->current.kind != TOK_FROM || s->previous.kind != TOK_IDENT) return false;
    const char *word = s->previous.value.text;
    if (strcmp(word, "years") != 0 && strcmp(word, "months") != 0 && strcmp(word, "weeks") != 0 &&
        strcmp(word, "days") != 0)
        return false;
    struct diag *d = mistake(p, DIAG_WORD_INSTEAD, s->previous.span, NULL, "`%s from` can mean two things", word);
    if (d)
        diag_help(&p->c->sink, d, "write `completed %s from A to B` for a whole number, `time from A to B` to compare "
                  "with a length of time", word);
    return true;
}

static bool dotted_token(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    (void)expected;
    if (token->kind == TOK_VERSION)
        mistake(p, DIAG_DATE_FORM, token->span, "a date is written 2019-03-07", "this is no number and no date");
    else if (token->kind == TOK_DOTTED)
        mistake(p, DIAG_SYNTAX, token->span, "`use` the protocol, and write the name alone",
                "a name with a dot stands only after `protocol` and `use`");
    else
        return false;
    return true;
}

/* withold when, first on its line */
static bool unknown_clause(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    (void)expected;
    if (token->kind != TOK_IDENT || !token->first) return false;
    const char *meant = suggest_keyword(token->value.text, KEYWORD_CLAUSE);
    if (!meant) return false;
    struct diag *d = mistake(p, DIAG_SYNTAX, token->span, NULL, "no clause begins with `%s`", token->value.text);
    if (d) diag_help(&p->c->sink, d, "did you mean `%s`?", meant);
    return true;
}

static bool unexpected(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const char *rest = mistake_expected(p, expected);
    struct diag *d = mistake(p, DIAG_SYNTAX, token->span, NULL, "`%s` cannot stand here",
                             mistake_shown(p, token->span));
    if (d && rest) diag_help(&p->c->sink, d, "here can stand %s", rest);
    return true;
}

void mistake_unexpected(struct parser *p, const struct expected *expected)
{
    static bool (*const cases[])(struct parser *, const struct expected *) = {
        said_already, unknown_declaration, open_bracket, unfinished,    unfinished_row, reserved_word,
        equals_sign,  comparison_chain,    bare_rounding, bare_years,   dotted_token,   row_without_when,
        other_phrase, unknown_clause,      unexpected,
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i](p, expected)) return;
}
