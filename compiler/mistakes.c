/* Messages for what the grammar cannot take.  A parser knows only which tokens would have fitted; what a
   person meant is told from the words around it.  Each function below knows one common slip, reports it
   and says so; they are asked from the most particular to the most general, and the last one takes all.

   A place is reported once: what the scanner or the stream has said of a word is not said again by the
   grammar. */
#include "compiler/mistakes.h"

#include <stdarg.h>
#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"
#include "compiler/local_word.h"
#include "compiler/phrases.h"

enum { SHOWN_MAX = 40, WORDS_MAX = 64 };

/* Messages are only counted from now on: none is worded, so that garbage is passed over quickly. */
static bool is_full(const struct parser *p)
{
    return p->c->sink.errors >= DIAG_KEPT_MAX;
}

struct diag *mistake(struct parser *p, enum diag_code code, struct span span, const char *help,
                     const char *format, ...)
{
    /* also where it is muted: what is dropped with a mistake is part of it */
    if (span.end > p->scan.reported_end) p->scan.reported_end = span.end;
    if (p->muted) return NULL;
    if (is_full(p)) return diag_report(&p->c->sink, code, span, "not kept");
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprintf(p->c->arena, format, arguments);
    va_end(arguments);
    struct diag *d = diag_report(&p->c->sink, code, span, "%s", message);
    if (help) diag_help(&p->c->sink, d, "%s", help);
    return d;
}

const char *mistake_shown(struct parser *p, struct span span)
{
    if (is_full(p)) return "";
    const char *text = p->text + span.start;
    size_t length = 0, size = span.end - span.start;
    while (length < size && length < SHOWN_MAX && text[length] != '\n' && text[length] != '\r')
        length++;
    bool cut = length == SHOWN_MAX && length < size;
    while (cut && length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--; /* no character of several bytes is cut in two */
    return arena_printf(p->c->arena, "%.*s%s", (int)length, text, cut ? "…" : "");
}

bool mistake_expects(const struct expected *expected, const char *name)
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

/* The declaration that was probably meant; `report` is none alone. */
static const char *suggest_declaration(const char *word)
{
    const char *words[WORDS_MAX];
    size_t count = keyword_list(KEYWORD_DECLARATION, words, WORDS_MAX - 1);
    words[count++] = "report";
    const char *meant = suggest(word, words, count);
    return meant && strcmp(meant, "report") == 0 ? "report shows" : meant;
}

/* ---- Each reports and returns true where the mistake is its own -----------------------------------------
 */

/* What was wrong with this word or the one before may be why it does not fit. */
static bool said_already(struct parser *p, const struct expected *expected)
{
    (void)expected;
    return p->stream.current.reported || p->stream.previous.reported;
}

/* inptu weight : kg */
static bool unknown_declaration(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const char *word = word_at(token);
    const char *meant = word ? suggest_declaration(word) : NULL;
    bool begins = token->span.start == p->stream.header.span.start && token->kind != TOK_DEND;
    bool could_begin =
        token->kind == TOK_IDENT && token->first && mistake_expects(expected, "the end of the declaration");
    if (!begins && !(could_begin && meant)) return false;
    struct diag *d = mistake(p, DIAG_DECLARATION_UNKNOWN, token->span, NULL,
                             "no declaration begins with `%s`", mistake_shown(p, token->span));
    if (d && meant) diag_help(&p->c->sink, d, "did you mean `%s`?", meant);
    if (d && !meant)
        diag_help(&p->c->sink, d, "a declaration begins with its word, for example `input` or `dose`");
    return true;
}

/* Whether a clause, a row or the next declaration begins here. */
static bool begins_next(const struct parser *p, const struct token *token)
{
    int kind = token->kind;
    bool clause = is_kind(kind, KEYWORD_CLAUSE) || kind == TOK_AT_LEAST || kind == TOK_AT_MOST ||
                  kind == TOK_AS_OF || kind == TOK_FOR_EACH || kind == TOK_SET || kind == TOK_VALUE ||
                  kind == TOK_HEAD_START;
    bool row = (kind == TOK_WHEN && local_rule(p->stream.header.kind)) || is_kind(kind, KEYWORD_LOCAL);
    return kind == TOK_DEND || ((clause || row) && token->first);
}

/* A bracket that is still open where it can no longer be closed. */
static bool open_bracket(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    int kind = s->current.kind;
    bool ends = begins_next(p, &s->current) || kind == TOK_ROW_END || kind == '|' || kind == TOK_WHEN ||
                kind == TOK_BECAUSE || kind == TOK_TRACE;
    struct span opened = s->nesting > 0 ? s->brackets[s->nesting - 1] : s->opened;
    if (!ends || !mistake_expects(expected, "')'") || opened.end == 0) return false;
    mistake(p, DIAG_BRACKET_OPEN, opened, NULL, "this bracket is not closed");
    return true;
}

/* What stands before the mistake, for "after ... something is missing". */
static const char *shown_before(struct parser *p)
{
    const struct token *before = &p->stream.previous;
    if (before->kind == TOK_TEXT_END) return "the text";
    return arena_printf(p->c->arena, "`%s`", mistake_shown(p, before->span));
}

/* The next clause or declaration begins before this one is complete. */
static bool unfinished(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    bool declaration = s->current.kind == TOK_DEND;
    if (!begins_next(p, &s->current) ||
        (!declaration && mistake_expects(expected, "the end of the declaration")))
        return false;
    const struct token *next = declaration ? &s->queue[0] : &s->current;
    const char *rest = mistake_expected(p, expected);
    struct diag *d =
        mistake(p, DIAG_UNFINISHED, s->previous.span, NULL, "after %s something is missing", shown_before(p));
    if (d && rest) diag_help(&p->c->sink, d, "here can follow %s", rest);
    if (d && next->kind != TOK_YYEOF)
        diag_note(&p->c->sink, d, next->span, "the next %s begins here",
                  declaration ? "declaration" : "clause");
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

static bool is_misnamed(const struct compilation *c, int token)
{
    for (size_t i = 0; i < MISNAMED_MAX; i++)
        if (c->misnamed[i] == token) return true;
    return false;
}

static void note_misnamed(struct compilation *c, int token)
{
    size_t i = 0;
    while (i < MISNAMED_MAX && c->misnamed[i] != 0)
        i++;
    if (i < MISNAMED_MAX) c->misnamed[i] = token;
}

/* b when from > 3 kg: the name is what has to be mended. */
static bool misnamed(struct parser *p, const struct expected *expected)
{
    bool name = mistake_expects(expected, "a name") || mistake_expects(expected, "a value");
    return name && is_misnamed(p->c, p->stream.current.kind);
}

/* input from : kg */
static bool reserved_word(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const struct keyword *keyword = keyword_of(token->kind);
    bool declares =
        is_kind(p->stream.previous.kind, KEYWORD_DECLARATION) || p->stream.header.kind == TOK_ENUMERATION;
    if (!keyword || !declares || !mistake_expects(expected, "a name")) return false;
    note_misnamed(p->c, token->kind);
    struct diag *d = mistake(p, DIAG_WORD_RESERVED, token->span, NULL,
                             "`%s` is a word of the language, so nothing can be called so", keyword->word);
    if (d) diag_label(&p->c->sink, d, "%s", keyword->meaning);
    if (d) diag_help(&p->c->sink, d, "choose a longer name, for example `%s_date`", keyword->word);
    return true;
}

/* older than, if, per */
static bool report_phrase(struct parser *p, const struct token *token)
{
    const char *word = word_at(token), *instead = word ? phrase_instead(PHRASE_WORD, word) : NULL;
    if (!instead) return false;
    struct diag *d = mistake(p, DIAG_WORD_INSTEAD, token->span, NULL, "`%s` cannot stand here", word);
    if (d) diag_help(&p->c->sink, d, "write %s", instead);
    return true;
}

static bool other_phrase(struct parser *p, const struct expected *expected)
{
    (void)expected;
    return report_phrase(p, &p->stream.current);
}

/* `withhold age > 10 years` */
static bool when_missing(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    bool or_name = expected->count == 2 && mistake_expects(expected, "`as NAME`"); /* of a row */
    if ((expected->count != 1 && !or_name) || !mistake_expects(expected, "`when`")) return false;
    if (report_phrase(p, &s->current)) return true;
    mistake(p, DIAG_WHEN_MISSING, s->previous.span, NULL, "after `%s` the word `when` is missing",
            mistake_shown(p, s->previous.span));
    return true;
}

/* `x is y or else z` */
static bool loose_or_else(struct parser *p, const struct expected *expected)
{
    (void)expected;
    if (p->stream.current.kind != TOK_OR_ELSE) return false;
    mistake(p, DIAG_SYNTAX, p->stream.current.span,
            "put brackets round the value and its substitute: (x or else y)",
            "it is not clear what `or else` stands for");
    return true;
}

static bool equals_sign(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    if (token->kind != '=' || !mistake_expects(expected, "`is`")) return false;
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
    if (!is_relation(token->kind) || !mistake_expects(expected, "`and`") || mistake_expects(expected, "`is`"))
        return false;
    mistake(p, DIAG_SYNTAX, token->span, "join two comparisons by `and`: a < b and b < c",
            "a comparison has two sides");
    return true;
}

/* age >= 1 year and < 10 years */
static bool bare_relation(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (!is_relation(s->current.kind) || (s->previous.kind != TOK_AND && s->previous.kind != TOK_OR))
        return false;
    mistake(p, DIAG_SYNTAX, s->current.span, "repeat the value: age >= 1 year and age < 10 years",
            "this comparison has no left side");
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

/* interval 14 days from A to B */
static bool bare_interval(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->previous.kind != TOK_INTERVAL || !mistake_expects(expected, "`at least`")) return false;
    bool most = s->current.kind == TOK_AT_MOST;
    mistake(p, DIAG_WORD_INSTEAD, s->current.span,
            most ? "say how early the dose may be too: `interval at least 14 days to 28 days from latest "
                   "doses to planned`"
                 : "write `interval at least 14 days from latest doses to planned`, or `at least 14 days to "
                   "28 days`",
            "`interval` says at least how long, from when to when");
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
    struct diag *d =
        mistake(p, DIAG_WORD_INSTEAD, s->previous.span, NULL, "`%s from` can mean two things", word);
    if (d)
        diag_help(&p->c->sink, d,
                  "write `completed %s from A to B` for a whole number, `time from A to B` to compare "
                  "with a length of time",
                  word);
    return true;
}

static bool dotted_token(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    (void)expected;
    if (token->kind == TOK_VERSION)
        mistake(p, DIAG_DATE_FORM, token->span, "a date is written 2019-03-07",
                "this is no number and no date");
    else if (token->kind == TOK_DOTTED)
        mistake(p, DIAG_SYNTAX, token->span, "`use` the protocol, and write the name alone",
                "a name with a dot stands only after `protocol` and `use`");
    else
        return false;
    return true;
}

/* { term : one of a, b, grade : grades } */
static bool values_of_field(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    bool field = s->nesting > 0 && p->text[s->brackets[s->nesting - 1].start] == '{';
    if (!field || expected->count != 1 || !mistake_expects(expected, "':'")) return false;
    mistake(p, DIAG_TYPE_FORM, s->previous.span,
            "give the values a name with `enumeration NAME : a, b`, and write NAME as the type of the field",
            "after `%s` its type is missing; no list of values stands inside { }",
            mistake_shown(p, s->previous.span));
    return true;
}

/* route by mouth */
static bool no_route(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->clause != TOK_ROUTE || expected->count != 1 || !mistake_expects(expected, "a name")) return false;
    mistake(p, DIAG_ROUTE_UNKNOWN, s->current.span,
            "a route is one word, for example `oral` or `intravenous`", "here a route is missing");
    return true;
}

/* schedule continuous, schedule once weekly */
static bool no_schedule(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    bool inside = s->clause == TOK_SCHEDULE && (!s->has_when || s->current.kind == TOK_WHEN);
    if (!inside || s->header.kind != TOK_DOSE) return false;
    mistake(p, DIAG_SYNTAX, s->current.span,
            "a schedule is `of PHASE`, `continuous of PHASE`, `days 1, 8 of PHASE`, `every 7 days`, `2 times "
            "a week` or `once`",
            "`%s` cannot stand in a schedule", mistake_shown(p, s->current.span));
    return true;
}

/* for each given as dose where (amount > 5 mg) */
static bool where_after_as(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->current.kind != TOK_WHERE || !local_rule(s->header.kind) || s->previous.kind != TOK_IDENT)
        return false;
    mistake(p, DIAG_SYNTAX, s->current.span, "write it in this order: `for each E where (...) as x`",
            "`where` stands before `as`");
    return true;
}

/* expect level from 6 days to 8 days after start */
static bool after_in_monitor(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    (void)expected;
    if (s->current.kind != TOK_AFTER || s->header.kind != TOK_MONITOR) return false;
    mistake(p, DIAG_SYNTAX, s->current.span,
            "write it directly below the header: `after start`, or `for each E as x`",
            "what a monitor follows stands once, before everything else");
    return true;
}

/* report shows latest weight */
static bool shown_expression(struct parser *p, const struct expected *expected)
{
    const struct stream *s = &p->stream;
    if (s->header.kind != TOK_REPORT_SHOWS || s->current.kind == ':' || !mistake_expects(expected, "a name"))
        return false;
    mistake(
        p, DIAG_SYNTAX, s->current.span,
        "of a series the latest value is shown; a value that is worked out has a name by `define NAME = ...`",
        "here stands the name of an input or a definition alone");
    return true;
}

static bool unexpected(struct parser *p, const struct expected *expected)
{
    const struct token *token = &p->stream.current;
    const char *rest = mistake_expected(p, expected);
    struct diag *d =
        mistake(p, DIAG_SYNTAX, token->span, NULL, "`%s` cannot stand here", mistake_shown(p, token->span));
    if (d && rest) diag_help(&p->c->sink, d, "here can stand %s", rest);
    return true;
}

void mistake_unexpected(struct parser *p, const struct expected *expected)
{
    static bool (*const cases[])(struct parser *, const struct expected *) = {
        said_already,     misnamed,       unknown_declaration, open_bracket,     mistake_of_habit,
        unfinished,       unfinished_row, reserved_word,       when_missing,     equals_sign,
        comparison_chain, bare_relation,  bare_rounding,       bare_interval,    bare_years,
        loose_or_else,    dotted_token,   where_after_as,      after_in_monitor, other_phrase,
        values_of_field,  no_route,       no_schedule,         shown_expression, unexpected,
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i](p, expected)) return;
}

static void row_without_when(struct parser *p, const struct token *token)
{
    mistake(p, DIAG_WHEN_MISSING, token->span, "a row is `VALUE when CONDITION`, or `VALUE otherwise`",
            "after `%s` the word `when` is missing", mistake_shown(p, token->span));
}

/* In an alert also `when`, in a monitor `after`, in both `say` and `advise`. */
static const char *suggest_clause(struct parser *p, const char *word)
{
    if (local_rule(p->stream.header.kind) && strcmp(word, "for") == 0) return "for each";
    const char *words[WORDS_MAX];
    size_t count = keyword_list(KEYWORD_CLAUSE, words, WORDS_MAX - 2);
    if (local_rule(p->stream.header.kind)) {
        count += keyword_list(KEYWORD_LOCAL, words + count, WORDS_MAX - 2 - count);
        words[count++] = p->stream.header.kind == TOK_ALERT ? "when" : "after";
    }
    return suggest(word, words, count);
}

/* withold when, amont 5 mg */
static void unknown_clause(struct parser *p, const struct token *token)
{
    const char *word = mistake_shown(p, token->span);
    const char *meant = suggest_clause(p, word);
    struct diag *d = mistake(p, DIAG_CLAUSE_UNKNOWN, token->span, NULL, "no clause begins with `%s`", word);
    if (d && meant)
        diag_help(&p->c->sink, d, "did you mean `%s`?", meant);
    else if (d && p->stream.header.kind == TOK_ALERT)
        diag_help(&p->c->sink, d, "what raises an alert is written `when CONDITION`");
    else if (d && p->stream.header.kind == TOK_MONITOR)
        diag_help(&p->c->sink, d, "a monitor has `for each` or `after`, `expect`, and `overdue after`");
}

void mistake_clause(struct parser *p, const struct token *token, const struct token *next)
{
    if (token->reported) return;
    if (next && (next->reported || report_phrase(p, next))) return;
    if (next)
        row_without_when(p, token);
    else if (!report_phrase(p, token))
        unknown_clause(p, token);
}
