/* The stream keeps a queue of raw tokens, so that it can look at what follows before it says what a word
   is, and a few facts about the declaration in hand: its first word, the clause, the open brackets, the
   columns of a table.  A word is refined when the grammar takes it, not when it is scanned, because only
   then the words before it are settled. */
#include "compiler/tokens.h"

#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"
#include "compiler/local_word.h"
#include "compiler/mistakes.h"
#include "compiler/time_word.h"

/* ---- Looking ahead ---------------------------------------------------------------------------------- */

static bool is_kind(int token, enum keyword_kind kind)
{
    const struct keyword *keyword = keyword_of(token);
    return keyword && keyword->kind == kind;
}

/* A rule whose rows fill a set. */
static bool fills_set(int header)
{
    return header == TOK_COLLECT || header == TOK_RECOMMEND;
}

static bool is_rule(int header)
{
    return header == TOK_CLASSIFY || header == TOK_DOSE || fills_set(header) || local_rule(header);
}

static bool is_margin(int token)
{
    return is_kind(token, KEYWORD_DECLARATION);
}

/* The end of a file that is cut off at the limit. */
static void cut_off(struct parser *p, struct token *token)
{
    if (p->stream.count == TOKENS_MAX)
        mistake(p, DIAG_TOO_LONG, token->span, "divide it into several protocols that `use` each other",
                "the file has more than %d words and signs; the rest is not read", TOKENS_MAX);
    token->kind = TOK_YYEOF;
}

static struct token scan_token(struct parser *p)
{
    struct token token = {0};
    uint32_t reported = p->scan.reported_end;
    token.kind = scanner_next(p, &token.value, &token.span);
    bool placed = is_kind(token.kind, KEYWORD_LOCAL) || is_kind(token.kind, KEYWORD_TIME);
    if (placed) token.kind = TOK_IDENT; /* until refine_name looks at its place */
    token.reported = p->scan.reported_end != reported;
    if (++p->stream.count >= TOKENS_MAX) cut_off(p, &token);
    p->scan.last_kind = token.kind;
    if (token.kind == TOK_ROW_END) return token;
    /* the sign of a row's end is a line end itself: it begins nothing */
    token.first = p->scan.line_start;
    token.column_one = token.first && token.span.start == p->scan.line_offset;
    p->scan.line_start = false;
    if (!token.first && is_margin(token.kind))
        token.kind = TOK_IDENT;
    else if (token.first && (is_margin(token.kind) || is_kind(token.kind, KEYWORD_CLAUSE)))
        p->scan.in_set = token.kind == TOK_SET;
    return token;
}

static const struct token *peek(struct parser *p, int i)
{
    struct stream *s = &p->stream;
    while (s->queued <= i)
        s->queue[s->queued++] = scan_token(p);
    return &s->queue[i];
}

static struct token take(struct parser *p)
{
    struct token token = *peek(p, 0);
    struct stream *s = &p->stream;
    s->queued--;
    memmove(s->queue, s->queue + 1, (size_t)s->queued * sizeof *s->queue);
    return token;
}

static bool is_word(const struct token *token, const char *word)
{
    return token->kind == TOK_IDENT && strcmp(token->value.text, word) == 0;
}

/* The text of a name or keyword, or NULL. */
static const char *word_of(const struct token *token)
{
    return token->kind == TOK_IDENT || keyword_of(token->kind) ? token->value.text : NULL;
}

/* ---- Where declarations begin ----------------------------------------------------------------------- */

static bool starts_text_or_name(const struct token *token)
{
    return !token->first &&
           (token->kind == TOK_IDENT || token->kind == TOK_TEXT_START || token->kind == TOK_REQUIREMENT);
}

static bool ends_operand(int kind)
{
    return kind == TOK_IDENT || kind == TOK_NUMBER || kind == TOK_UNIT || kind == TOK_DATE || kind == ')' ||
           kind == TOK_TEXT_END || kind == TOK_REQUIREMENT || kind == TOK_ROW_END || kind == TOK_OTHERWISE ||
           kind == TOK_YES || kind == TOK_NO || kind == TOK_NOW || kind == TOK_UNKNOWN;
}

/* Whether a declaration may be complete after this token. */
static bool may_end(int kind)
{
    return ends_operand(kind) || kind == '}' || kind == TOK_VERSION || kind == TOK_DOTTED ||
           kind == TOK_HIGHEST || kind == TOK_DEND;
}

/* `inptu weight "…"` in the first column: a misspelt declaration. */
static bool is_unknown_declaration(struct parser *p)
{
    const struct token *token = peek(p, 0);
    return token->kind == TOK_IDENT && token->column_one && may_end(p->stream.current.kind) &&
           starts_text_or_name(peek(p, 1));
}

static bool is_not_coded(struct parser *p)
{
    return peek(p, 0)->kind == TOK_NOT && peek(p, 0)->first && is_word(peek(p, 1), "coded");
}

static bool is_report_shows(struct parser *p)
{
    return peek(p, 0)->first && is_word(peek(p, 0), "report") && is_word(peek(p, 1), "shows");
}

static bool starts_declaration(struct parser *p)
{
    int kind = peek(p, 0)->kind;
    if (kind == TOK_SET && p->stream.open && p->stream.header.kind == TOK_TEST) return false;
    return is_margin(kind) || is_not_coded(p) || is_report_shows(p) || is_unknown_declaration(p);
}

/* No bracket reaches over the end of a clause, a cell or a declaration. */
static void forget_brackets(struct parser *p)
{
    struct stream *s = &p->stream;
    s->opened = s->nesting > 0 ? s->brackets[s->nesting - 1] : (struct span){0};
    s->nesting = s->dropped = 0;
}

/* A token of no width: the grammar ends a declaration at it, and recovers there from a mistake. */
static struct token declaration_end(struct parser *p)
{
    struct stream *s = &p->stream;
    struct token end = {.kind = TOK_DEND};
    end.span = parser_span(p, s->current.span.end, s->current.span.end);
    forget_brackets(p);
    s->open = s->in_head = s->in_row = false;
    s->pending_cell = s->clause = 0;
    return end;
}

static bool follows_row_value(struct parser *p, int i)
{
    int kind = peek(p, i)->kind;
    return kind == TOK_WHEN || kind == TOK_OTHERWISE || is_word(peek(p, i), "instead");
}

/* The first word of a classification's row, before token i: `high when`, `high otherwise`, `high as late
   when`. No row begins inside brackets, so that one on a new line shows a bracket that was never closed. */
static bool is_row_value(struct parser *p, const struct token *word, int i)
{
    const struct stream *s = &p->stream;
    /* a bracket that is still open at the start of a line is taken for forgotten */
    bool inside = s->nesting > 0 && !word->first;
    if (s->header.kind != TOK_CLASSIFY || inside || s->in_head || s->in_row) return false;
    if (s->current.kind == TOK_ROW_AS || s->current.kind == TOK_INSTEAD_OF)
        return false; /* the name of a row */
    return follows_row_value(p, i) ||
           (peek(p, i)->kind == TOK_AS && peek(p, i + 1)->kind == TOK_IDENT && follows_row_value(p, i + 2));
}

/* At the margin of a clause: its word, a table, or a row of a classification or an alert. */
static bool starts_clause(struct parser *p)
{
    const struct token *token = peek(p, 0);
    if (!token->first) return false;
    if (token->kind == TOK_WHEN && local_rule(p->stream.header.kind)) return true;
    if (token->kind == TOK_AFTER && p->stream.header.kind == TOK_MONITOR) return true;
    if (is_word(token, "for") && is_word(peek(p, 1), "each")) return true;
    return token->kind == TOK_HEAD_START || token->kind == TOK_AT || token->kind == TOK_SET ||
           token->kind == TOK_NO || token->kind == TOK_EQUIPOISE || is_kind(token->kind, KEYWORD_CLAUSE) ||
           (token->kind == TOK_IDENT && is_row_value(p, token, 1));
}

/* Drops tokens until a declaration begins; where clauses is true, until a clause or a line that could be one.
 */
static void skip(struct parser *p, bool clauses)
{
    bool muted = p->muted, complete = false;
    p->muted = true;
    while (peek(p, 0)->kind != TOK_YYEOF && !starts_declaration(p)) {
        const struct token *next = peek(p, 0);
        if (clauses && (starts_clause(p) || (complete && next->kind == TOK_IDENT && next->first))) break;
        complete = ends_operand(next->kind);
        p->stream.dropped_name |= next->kind == TOK_AS;
        take(p);
    }
    p->muted = muted;
}

static void begin_declaration(struct parser *p)
{
    struct stream *s = &p->stream;
    s->open = true;
    s->header = *peek(p, 0);
    s->name = *peek(p, 1);
    if (is_report_shows(p)) s->header.kind = TOK_REPORT_SHOWS;
    s->broken = s->dropped_name = s->applies = s->for_each = false;
    p->too_deep = false;
    p->decl = NULL;
}

/* ---- Words that need their neighbours ---------------------------------------------------------------- */

static bool fuse(struct parser *p, struct token *token)
{
    const char *word = word_of(token);
    if (!word || !fused_begins(word)) return false;
    const char *next = word_of(peek(p, 0));
    const struct fused *fused = next ? fused_find(word, next) : NULL;
    bool declares = fused && (fused->token == TOK_NOT_CODED || fused->token == TOK_REPORT_SHOWS);
    if (!fused || (declares && !token->first)) return false;
    /* `input t : time from ...` is the type `time` with a range, which check refuses in words */
    if (fused->token == TOK_TIME_FROM && p->stream.current.kind == ':') return false;
    struct token second = take(p);
    token->kind = fused->token;
    token->span.end = second.span.end;
    token->reported |= second.reported;
    return true;
}

/* `day 29 of induction` */
static bool counts_days(struct parser *p, int i)
{
    int kind = peek(p, i)->kind;
    return (kind == TOK_NUMBER || kind == TOK_IDENT) && peek(p, i + 1)->kind == TOK_OF;
}

/* `on day 1`, `on days 8, 15` of an amount, `inotuzumab on day 8` of a plan; `on day 29 of induction` is a
 * date. */
static void refine_on(struct parser *p, struct token *token)
{
    bool day = is_word(peek(p, 0), "day"),
         looks = p->stream.header.kind == TOK_TEST || p->stream.header.kind == TOK_GUARANTEE;
    if (!day && !is_word(peek(p, 0), "days")) return;
    if (day && counts_days(p, 1)) return;
    token->kind = looks ? TOK_ON_DAY : TOK_STEP_ON;
    token->span.end = take(p).span.end;
}

static void refine_name(struct parser *p, struct token *token)
{
    if (is_row_value(p, token, 0)) {
        token->kind = TOK_VALUE;
        forget_brackets(p);
        return;
    }
    token->kind = local_token(&p->stream, token, peek(p, 0)->kind, is_rule(p->stream.header.kind));
    if (token->kind != TOK_IDENT) forget_brackets(p);
    if (is_word(token, "completed") && peek(p, 0)->kind == TOK_IDENT && peek(p, 1)->kind == TOK_FROM)
        token->kind = TOK_COMPLETED;
    else if (is_word(token, "day") && counts_days(p, 0))
        token->kind = TOK_DAY;
    else if (token->kind == TOK_IDENT)
        token->kind = time_token(&p->stream, token);
}

/* A name at the beginning of a line, after something complete: a clause or row that is misspelt.  It is
   reported and dropped here: the grammar would lose the whole declaration where it is the first one. */
static bool is_unknown_clause(struct parser *p, const struct token *token)
{
    const struct stream *s = &p->stream;
    return token->kind == TOK_IDENT && token->first && is_rule(s->header.kind) && s->nesting == 0 &&
           !s->in_row && (ends_operand(s->current.kind) || s->current.kind == TOK_HIGHEST);
}

static void drop_clause(struct parser *p, const struct token *token)
{
    mistake_clause(p, token, p->stream.header.kind == TOK_CLASSIFY ? peek(p, 0) : NULL);
    p->stream.broken = true;
    skip(p, true);
}

/* Inside brackets and before `of` a clause word is a name.  First on its line, after a complete value, it
   shows that a bracket was never closed. */
static bool is_clause_name(struct parser *p, const struct token *token)
{
    const struct stream *s = &p->stream;
    if (s->nesting > 0 && !(token->first && ends_operand(s->current.kind))) return true;
    return peek(p, 0)->kind == TOK_OF && !(token->kind == TOK_SCHEDULE && s->header.kind == TOK_DOSE);
}

static void refine_clause(struct parser *p, struct token *token)
{
    struct stream *s = &p->stream;
    if (s->current.kind == TOK_IS || s->current.kind == TOK_NOT) return;
    if (s->in_head || s->in_row) {
        bool heads = ast_column_named(token->value.text) != CLAUSE_NONE && peek(p, 0)->kind != TOK_OF;
        if (s->nesting > 0 || !heads) token->kind = TOK_IDENT; /* `amount of given` */
        return;
    }
    if (is_clause_name(p, token) || local_name(s, token)) {
        token->kind = TOK_IDENT;
        return;
    }
    s->clause = token->kind;
    s->applies |= token->kind == TOK_APPLIES;
    s->has_when = false;
    forget_brackets(p);
}

/* The first word of a row: `equipoise hsct, chemotherapy when ...`. */
static void refine_equipoise(struct parser *p)
{
    struct stream *s = &p->stream;
    bool asked = s->current.kind == TOK_IS || s->current.kind == TOK_NOT;
    if (!fills_set(s->header.kind) || s->in_head || s->in_row || asked) return;
    s->clause = TOK_EQUIPOISE;
    s->has_when = false;
    forget_brackets(p);
}

/* Elsewhere it is refused; what stands on its line is dropped. */
static void refine_for_each(struct parser *p, struct token *token)
{
    struct stream *s = &p->stream;
    s->clause = TOK_FOR_EACH;
    s->for_each = true;
    forget_brackets(p);
    if (local_rule(s->header.kind)) return;
    mistake(p, DIAG_FOR_EACH_MISPLACED, token->span,
            "to ask whether one of them fits, write `any ... where (...)`",
            "only an alert or a monitor goes through a list with `for each`");
    token->reported = s->broken = true;
    skip(p, true);
}

static void refine_fused(struct parser *p, struct token *token)
{
    struct stream *s = &p->stream;
    bool limit = token->kind == TOK_AT_LEAST || token->kind == TOK_AT_MOST;
    bool of_interval = s->clause == TOK_INTERVAL && !token->first;
    if (limit && !of_interval) {
        s->clause = token->kind;
        forget_brackets(p);
    }
    if (token->kind == TOK_FOR_EACH && !s->in_head && !s->in_row) refine_for_each(p, token);
}

/* `as NAME when` at the margin of an alert names its row. */
static void refine_as(struct parser *p, struct token *token)
{
    struct stream *s = &p->stream;
    int before = s->current.kind;
    bool names_row = before == TOK_VALUE || before == TOK_NO_STATEMENT || before == TOK_EQUIPOISE;
    bool reason =
        s->clause == TOK_WITHHOLD || s->clause == TOK_ASK || s->clause == TOK_WARN || before == TOK_INTERVAL;
    bool may_name = s->clause == TOK_AMOUNT || reason || fills_set(s->header.kind);
    if (names_row || (s->clause && may_name && !s->has_when)) token->kind = TOK_ROW_AS;
    if (s->clause == TOK_FOR_EACH)
        s->clause = 0;
    else if (local_rule(s->header.kind) && token->first && peek(p, 0)->kind == TOK_IDENT &&
             peek(p, 1)->kind == TOK_WHEN)
        token->kind = TOK_ROW_AS;
}

/* In an alert each `when` but that of `applies when` begins a row. */
static void refine_when(struct parser *p)
{
    struct stream *s = &p->stream;
    s->has_when = true;
    if (local_rule(s->header.kind) && s->current.kind != TOK_APPLIES) forget_brackets(p);
}

static void refine(struct parser *p, struct token *token)
{
    if (fuse(p, token))
        refine_fused(p, token);
    else if (token->kind == TOK_IDENT)
        refine_name(p, token);
    else if (token->kind == TOK_ON)
        refine_on(p, token);
    else if (token->kind == TOK_AS)
        refine_as(p, token);
    else if (token->kind == TOK_WHEN)
        refine_when(p);
    else if (token->kind == TOK_EQUIPOISE)
        refine_equipoise(p);
    else if (is_kind(token->kind, KEYWORD_CLAUSE))
        refine_clause(p, token);
}

/* ---- Brackets --------------------------------------------------------------------------------------- */

static bool open_bracket(struct parser *p, struct span span)
{
    struct stream *s = &p->stream;
    if (s->nesting < NESTING_MAX) {
        s->brackets[s->nesting++] = span;
        return true;
    }
    if (!p->too_deep)
        mistake(p, DIAG_TOO_DEEP, span, "give a part of it a name with `define`",
                "more than %d brackets are open here", NESTING_MAX);
    p->too_deep = true;
    s->dropped++;
    return false;
}

static bool close_bracket(struct parser *p)
{
    struct stream *s = &p->stream;
    if (s->dropped > 0) {
        s->dropped--;
        return false;
    }
    if (s->nesting > 0) s->nesting--;
    return true;
}

/* False where the token is a bracket beyond the limit and is dropped with its partner. */
static bool count_brackets(struct parser *p, const struct token *token)
{
    struct stream *s = &p->stream;
    switch (token->kind) {
    case '(':
    case '{': return open_bracket(p, token->span);
    case ')':
    case '}': return close_bracket(p);
    case '|':
    case TOK_ROW_END: forget_brackets(p); return true;
    case TOK_TEXT_START: s->text_nesting = s->nesting; return true;
    case TOK_TEXT_END: s->nesting = s->text_nesting; return true;
    default: return true;
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------- */

static int cell_of_clause(enum clause_kind clause)
{
    switch (clause) {
    case CLAUSE_AMOUNT: return TOK_CELL_AMOUNT;
    case CLAUSE_DAYS: return TOK_CELL_DAYS;
    case CLAUSE_AT_LEAST:
    case CLAUSE_AT_MOST: return TOK_CELL_VALUE;
    case CLAUSE_ROUND: return TOK_CELL_ROUND;
    case CLAUSE_ROUTE: return TOK_CELL_ROUTE;
    case CLAUSE_INCLUDE:
    case CLAUSE_EXCLUDE:
    case CLAUSE_EQUIPOISE: return TOK_CELL_ITEMS;
    case CLAUSE_STRENGTH: return TOK_CELL_STRENGTH;
    case CLAUSE_SAY:
    case CLAUSE_ADVISE:
    case CLAUSE_BECAUSE: return TOK_CELL_TEXT;
    case CLAUSE_TRACE: return TOK_CELL_TRACE;
    case CLAUSE_CITE: return TOK_CELL_CITE;
    case CLAUSE_SCHEDULE: return TOK_CELL_SCHEDULE;
    default: return 0;
    }
}

/* Notes what heads the column that begins at the next token. */
static void note_column(struct parser *p)
{
    struct stream *s = &p->stream;
    if (s->column_count >= TABLE_COLUMNS_MAX) return;
    const char *word = word_of(peek(p, 0));
    bool alone = peek(p, 1)->kind == '|' || peek(p, 1)->kind == TOK_ROW_END;
    int cell = word && alone ? cell_of_clause(ast_column_named(word)) : 0;
    s->columns[s->column_count++] = cell;
}

static void note_cell(struct parser *p)
{
    struct stream *s = &p->stream;
    s->pending_cell = s->column < s->column_count ? s->columns[s->column] : 0;
    s->column++;
}

static void track_table(struct parser *p, const struct token *token)
{
    struct stream *s = &p->stream;
    if (token->kind == TOK_HEAD_START) {
        s->in_head = true;
        s->column_count = 0;
    } else if (token->kind == TOK_ROW_START) {
        s->in_row = true;
        s->column = 0;
    } else if (token->kind == TOK_ROW_END) {
        s->in_head = s->in_row = false;
    } else if (token->kind != '|') {
        return;
    }
    if (s->in_head)
        note_column(p);
    else if (s->in_row)
        note_cell(p);
}

/* The token before a cell of a clause's column; 0 where there is none. */
static int cell_token(struct parser *p)
{
    int cell = p->stream.pending_cell;
    p->stream.pending_cell = 0;
    bool empty = peek(p, 0)->kind == '|' || peek(p, 0)->kind == TOK_ROW_END;
    return empty ? 0 : cell;
}

/* ---- The stream ------------------------------------------------------------------------------------- */

/* `, then` and `, negative below` need no comma. */
static bool is_spare_comma(struct parser *p, const struct token *token)
{
    if (token->kind != ',') return false;
    return peek(p, 0)->kind == TOK_THEN || (is_word(peek(p, 0), "negative") && is_word(peek(p, 1), "below"));
}

/* In a Markdown file: each declaration stands in one block, so that none is read together with the prose
   before it and completed by a line further down the page. */
static void check_undivided(struct parser *p, struct token *token)
{
    const struct token *before = &p->stream.current;
    const char *written = p->c->files[p->file].text;
    uint32_t start = before->span.end, end = token->span.start;
    if (end <= start || memcmp(written + start, p->text + start, end - start) == 0) return;
    struct diag *d = mistake(p, DIAG_MARKDOWN_DIVIDED, token->span, NULL,
                             "this block begins in the middle of a declaration");
    token->reported = true;
    if (!d) return;
    diag_note(&p->c->sink, d, p->stream.header.span, "the declaration that it goes on with");
    diag_help(&p->c->sink, d,
              "write a declaration whole into one block; a block begins with a word such as `input`");
}

/* False where the token that was taken is to be left out. */
static bool next_token(struct parser *p, struct token *token)
{
    struct stream *s = &p->stream;
    bool at_end = peek(p, 0)->kind == TOK_YYEOF;
    if (s->open && (at_end || starts_declaration(p))) {
        *token = declaration_end(p);
        return true;
    }
    int cell = at_end ? 0 : cell_token(p);
    if (cell) {
        *token =
            (struct token){.kind = cell, .span = parser_span(p, s->current.span.end, s->current.span.end)};
        return true;
    }
    bool begins = !s->open;
    if (begins && !at_end) begin_declaration(p);
    *token = take(p);
    if (!begins) check_undivided(p, token);
    if (is_spare_comma(p, token) || !count_brackets(p, token)) return false;
    refine(p, token);
    if (is_unknown_clause(p, token)) {
        drop_clause(p, token);
        return false;
    }
    track_table(p, token);
    return true;
}

int grammar_lex(union syntax_value *value, struct span *span, struct parser *p)
{
    struct stream *s = &p->stream;
    struct token token;
    while (!next_token(p, &token)) {
    }
    s->previous = s->current;
    s->current = token;
    *value = token.value;
    *span = token.span;
    return token.kind;
}

bool tokens_skip_declaration(struct parser *p)
{
    skip(p, false);
    if (p->stream.open) declaration_end(p);
    return peek(p, 0)->kind != TOK_YYEOF;
}
