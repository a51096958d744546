/* Words, numbers, dates and signs.  Each function belongs to one rule of lexer.l, and chooses the state
   in which the scanner goes on: after a number a unit may follow on the same line, after `in`, `series
   of` or a colon a unit or the word of a type.

   The scanner accepts more than the language has.  What a physician may write out of habit (1,5 for 1.5,
   `=>`, a dash between numbers, capitals, typographic quotes) is matched as a whole, reported with what
   to write instead, and handed on as what was probably meant, so that one slip gives one message. */
#include "compiler/lex.h"

#include <ctype.h>
#include <string.h>

#include "compiler/keyword.h"
#include "compiler/mistakes.h"

struct span lex_advance(struct parser *p, size_t n)
{
    uint32_t start = p->scan.offset;
    p->scan.offset += (uint32_t)n;
    return parser_span(p, start, p->scan.offset);
}

void lex_keep(struct parser *p, struct span *span, size_t n)
{
    p->scan.offset = span->start + (uint32_t)n;
    span->end = p->scan.offset;
}

/* The scanner's buffer goes away after parsing; everything that is kept is copied into the arena. */
static const char *copy(struct parser *p, const char *text, size_t n)
{
    return arena_copy(p->c->arena, text, n);
}

void lex_again(struct parser *p, struct span *span)
{
    lex_keep(p, span, 0);
    p->scan.state = SCAN_PLAIN;
}

bool lex_newline(struct parser *p)
{
    bool in_table = p->scan.in_table;
    p->scan.in_table = false;
    p->scan.line_start = true;
    p->scan.line_offset = p->scan.offset;
    return in_table;
}

static struct expr *literal(struct parser *p, enum expr_kind kind, struct span span)
{
    struct expr *e = arena_alloc(p->c->arena, sizeof *e);
    e->kind = kind;
    e->span = span;
    e->depth = 1;
    return e;
}

/* A number that is written wrongly: reported already. */
static int number_broken(struct parser *p, union syntax_value *value, struct span span)
{
    value->expr = literal(p, EXPR_ERROR, span);
    p->scan.state = SCAN_AFTER_NUMBER;
    return TOK_NUMBER;
}

/* ---- Words ------------------------------------------------------------------------------------------ */

/* After `in` and `series of` a unit may stand, and after the `to` of a table's type. */
static void word_state(struct parser *p, const char *word)
{
    struct scan *scan = &p->scan;
    bool of = strcmp(word, "of") == 0 && scan->last_word;
    bool unit = strcmp(word, "in") == 0 || (of && strcmp(scan->last_word, "series") == 0) ||
                (scan->in_table_type && strcmp(word, "to") == 0);
    if (of && strcmp(scan->last_word, "table") == 0)
        scan->in_table_type = true;
    else if (strcmp(word, "to") == 0)
        scan->in_table_type = false;
    scan->state = unit ? SCAN_UNIT : SCAN_PLAIN;
    scan->last_word = word;
}

static void check_length(struct parser *p, size_t n, struct span span)
{
    if (n > WORD_BYTES_MAX)
        mistake(p, DIAG_TOO_LONG, span, NULL, "this has %zu characters; at most %d are allowed", n,
                WORD_BYTES_MAX);
}

static int keyword_or_name(struct parser *p, const char *text, size_t n, union syntax_value *value)
{
    const struct keyword *keyword = keyword_find(text, n);
    value->text = keyword ? keyword->word : copy(p, text, n);
    word_state(p, value->text);
    return keyword ? keyword->token : TOK_IDENT;
}

int lex_word(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    check_length(p, n, span);
    return keyword_or_name(p, text, n, value);
}

int lex_dotted(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    check_length(p, n, span);
    value->text = copy(p, text, n);
    p->scan.state = SCAN_PLAIN;
    return TOK_DOTTED;
}

static char *lower(struct parser *p, const char *text, size_t n)
{
    char *word = arena_copy(p->c->arena, text, n);
    for (size_t i = 0; i < n; i++)
        word[i] = (char)tolower((unsigned char)word[i]);
    return word;
}

static bool is_unit(const char *text, size_t n)
{
    struct unit unit;
    return n <= WORD_BYTES_MAX && unit_parse(text, n, UNIT_RULES, &unit, NULL) == UNIT_OK;
}

/* After `trace`, `requirement` or `not coded`. */
static bool stands_for_id(const struct parser *p)
{
    const struct scan *scan = &p->scan;
    return scan->last_kind == TOK_TRACE || scan->last_kind == TOK_REQUIREMENT_WORD ||
           (scan->last_kind == TOK_IDENT && scan->last_word && strcmp(scan->last_word, "coded") == 0);
}

/* word: the same in small letters. */
static void capital_mistake(struct parser *p, const char *word, struct span span)
{
    bool keyword = keyword_find(word, strlen(word)) || fused_begins(word) || fused_ends(word);
    bool second = p->scan.case_end > 0 && span.start - p->scan.case_end <= 1 && fused_ends(word);
    if (second) return; /* At Most: said of the first word */
    if (keyword)
        mistake(p, DIAG_CASE, span, NULL, "the words of the language are written small: `%s`", word);
    else if (stands_for_id(p))
        mistake(p, DIAG_NAME_LETTERS, span, "write the id with its hyphen, as in RISK-01",
                "`%s` is not the id of a requirement", mistake_shown(p, span));
    else
        mistake(p, DIAG_CASE, span, NULL, "names are written small: `%s`", *word ? word : "name");
    p->scan.case_end = span.end;
}

/* 50 10*9 / L */
static int unit_alone(struct parser *p, union syntax_value *value, struct span span)
{
    mistake(p, DIAG_UNIT_BLANKS, span, "write it directly after its number, without blanks inside: 50 10*9/L",
            "the unit `%s` has no number", mistake_shown(p, span));
    return number_broken(p, value, span);
}

int lex_capital(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    check_length(p, n, span);
    if ((p->scan.last_kind == '/' || p->scan.last_kind == '*') && is_unit(text, n))
        return unit_alone(p, value, span);
    const char *word = lower(p, text, n);
    /* no name begins with it, and the mistake is reported */
    while (*word == '_')
        word++;
    capital_mistake(p, word, span);
    return keyword_or_name(p, word, strlen(word), value);
}

int lex_requirement(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    check_length(p, n, span);
    value->text = copy(p, text, n);
    p->scan.state = SCAN_PLAIN;
    return TOK_REQUIREMENT;
}

int lex_foreign(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    mistake(p, DIAG_NAME_LETTERS, span,
            "texts in quotes may hold any letter, for example the label after the name",
            "`%s` has a letter that no name may have: use a to z, digits and _", mistake_shown(p, span));
    value->text = copy(p, text, n);
    p->scan.state = SCAN_PLAIN;
    return TOK_IDENT;
}

/* ---- Numbers and dates ------------------------------------------------------------------------------ */

static int number_token(struct parser *p, const char *text, size_t n, union syntax_value *value,
                        struct span span)
{
    struct expr *e = literal(p, EXPR_NUMBER, span);
    if (decimal_parse(text, n, &e->number) == DECIMAL_DIGITS) {
        mistake(p, DIAG_NUMBER_DIGITS, span, NULL, "a number has at most 34 digits");
        e->kind = EXPR_ERROR;
    }
    value->expr = e;
    p->scan.state = SCAN_AFTER_NUMBER;
    return TOK_NUMBER;
}

/* How much of a decimal fraction says something: without the zeros at its end, and its point. */
static size_t shown_digits(const char *text)
{
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        n--;
    return text[n - 1] == '.' ? n - 1 : n;
}

/* 50.000: where thousands are parted by points, fifty thousand.  Nobody writes zeros at the end for another
 * reason. */
static bool may_be_thousand(const char *text, size_t n)
{
    size_t whole = strspn(text, "0123456789");
    return n == whole + 4 && whole <= 3 && text[0] != '0' && text[whole] == '.' && text[n - 1] == '0';
}

static void thousand_mistake(struct parser *p, const char *text, size_t n, struct span span)
{
    size_t whole = n - 4, kept = shown_digits(copy(p, text, n));
    struct diag *d =
        mistake(p, DIAG_NUMBER_THOUSANDS, span, NULL, "this point can part thousands or decimals");
    if (d)
        diag_help(&p->c->sink, d, "write `%.*s`, or `%.*s%.3s` for thousands", (int)kept, text, (int)whole,
                  text, text + whole + 1);
}

int lex_number(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    if (may_be_thousand(text, n)) {
        thousand_mistake(p, text, n, span);
        return number_broken(p, value, span);
    }
    return number_token(p, text, n, value, span);
}

/* The parts of a number between its commas, joined. */
static const char *joined(struct parser *p, const char *text, size_t n, const char *with)
{
    const char *all = "";
    for (size_t start = 0, i = 0; i <= n; i++) {
        if (i < n && text[i] != ',') continue;
        all = arena_printf(p->c->arena, "%s%s%.*s", all, start ? with : "", (int)(i - start), text + start);
        start = i + 1;
    }
    return all;
}

/* Whether each part behind a comma has the three digits of thousands. */
static bool may_be_thousands(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == ',' && !(n - i >= 4 && strcspn(text + i + 1, ",") >= 3 &&
                                (n - i == 4 || text[i + 4] == ',' || text[i + 4] == '.')))
            return false;
    return text[0] != '0';
}

/* "`1.5`, or `1, 5` for a list": what 1,5 can have meant. */
static const char *comma_readings(struct parser *p, const char *text, size_t n)
{
    const char *list = joined(p, text, n, ", ");
    size_t commas = 0, points = 0;
    for (size_t i = 0; i < n; i++) {
        commas += text[i] == ',';
        points += text[i] == '.';
    }
    const char *decimals = joined(p, text, n, "."), *plain = joined(p, text, n, "");
    bool thousands = may_be_thousands(text, n);
    if (commas > 1 || points > 0)
        return thousands ? arena_printf(p->c->arena, "`%s`, or `%s` for a list", plain, list)
                         : arena_printf(p->c->arena, "`%s` for a list", list);
    if (thousands)
        return arena_printf(p->c->arena, "`%s`, or `%.*s` where the comma is the decimal point", plain,
                            (int)shown_digits(decimals), decimals);
    return arena_printf(p->c->arena, "`%s`, or `%s` for a list", decimals, list);
}

int lex_number_comma(struct parser *p, const char *text, size_t n, union syntax_value *value,
                     struct span span)
{
    struct diag *d = mistake(p, DIAG_NUMBER_COMMA, span, NULL, "a comma inside a number can mean two things");
    if (d) diag_help(&p->c->sink, d, "write %s", comma_readings(p, text, n));
    return number_broken(p, value, span);
}

static size_t digits_before_dash(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n && (isalnum((unsigned char)text[i]) || text[i] == '.'))
        i++;
    return i;
}

int lex_number_dash(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    size_t first = digits_before_dash(text, n), second = n;
    while (second > 0 && (isalnum((unsigned char)text[second - 1]) || text[second - 1] == '.'))
        second--;
    struct diag *d =
        mistake(p, DIAG_NUMBER_DASH, span, NULL, "a dash between two numbers can mean two things");
    if (d)
        diag_help(&p->c->sink, d, "write `%.*s to %.*s` for a range, `%.*s - %.*s` for a difference",
                  (int)first, text, (int)(n - second), text + second, (int)first, text, (int)(n - second),
                  text + second);
    return number_broken(p, value, span);
}

int lex_number_form(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    struct diag *d =
        mistake(p, DIAG_NUMBER_FORM, span, NULL, "digits stand on both sides of a decimal point");
    if (d && text[0] == '.')
        diag_help(&p->c->sink, d, "write `0%.*s`", (int)n, text);
    else if (d)
        diag_help(&p->c->sink, d, "write `%.*s`", (int)n - 1, text);
    return number_broken(p, value, span);
}

int lex_version(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    check_length(p, n, span);
    value->text = copy(p, text, n);
    p->scan.state = SCAN_PLAIN;
    return TOK_VERSION;
}

int lex_date(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    struct expr *e = literal(p, EXPR_DATE, span);
    enum cal_status status = cal_parse(text, n, &e->date);
    /* a form that the calendar never has, as opposed to a day that it lacks */
    if (status == CAL_SYNTAX)
        mistake(p, DIAG_DATE_FORM, span, "write 2019-03-07, or 2019-03-07T08:30 with a time",
                "`%s` is not a date", mistake_shown(p, span));
    else if (status != CAL_OK)
        mistake(p, DIAG_DATE_IMPOSSIBLE, span,
                n == 7 ? "for a difference of two numbers put blanks round -" : NULL,
                "the calendar has no `%s`", mistake_shown(p, span));
    if (status != CAL_OK) e->kind = EXPR_ERROR;
    value->expr = e;
    p->scan.state = SCAN_PLAIN;
    return TOK_DATE;
}

/* 2026-01-05 for 2026-1-5; where the year stands last, nobody can tell the day from the month. */
static const char *whole_date(struct parser *p, const char *text, size_t n)
{
    int parts[3] = {0, 0, 0}, at = 0;
    for (size_t i = 0; i < n && at < 3; i++) {
        if (text[i] == '-' || text[i] == '/')
            at++;
        else
            parts[at] = parts[at] * 10 + (text[i] - '0');
    }
    if (text[4] != '-') return arena_printf(p->c->arena, "%04d-MM-DD, with the month first", parts[2]);
    return arena_printf(p->c->arena, "`%04d-%02d-%02d`", parts[0], parts[1], parts[2]);
}

int lex_date_form(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    struct diag *d = mistake(p, DIAG_DATE_FORM, span, NULL, "this date can be read in more than one way");
    if (d)
        diag_help(&p->c->sink, d, "write year, month and day with all their digits: %s",
                  whole_date(p, text, n));
    value->expr = literal(p, EXPR_ERROR, span);
    p->scan.state = SCAN_PLAIN;
    return TOK_DATE;
}

/* yes/no in the place of a type. */
int lex_yes_no(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    mistake(p, DIAG_TYPE_FORM, span, "write `yes or no`", "`%s` is no type", mistake_shown(p, span));
    (void)text;
    (void)n;
    value->text = "text"; /* some type, so that nothing else is said */
    p->scan.state = SCAN_PLAIN;
    return TOK_IDENT;
}

/* ---- Signs ------------------------------------------------------------------------------------------ */

int lex_operator(struct parser *p, int token, const char *spelling, struct span span)
{
    mistake(p, DIAG_OPERATOR, span, NULL, "`%s` is not a sign of the language: write `%s`",
            mistake_shown(p, span), spelling);
    return token;
}

/* After a colon stands a type, which may be a unit; not in a setting, where it separates key and value. */
int lex_colon(struct parser *p)
{
    if (!p->scan.in_set) p->scan.state = SCAN_UNIT;
    return ':';
}

int lex_bar(struct parser *p)
{
    /* only a bar that begins its line begins a row */
    if (!p->scan.line_start) return '|';
    p->scan.in_table = true;
    return p->scan.last_kind == TOK_ROW_END ? TOK_ROW_START : TOK_HEAD_START;
}

/* The end of an expression in a text: the rest of the text follows. */
int lex_brace(struct parser *p)
{
    if (p->scan.in_braces) {
        p->scan.in_braces = false;
        p->scan.state = SCAN_TEXT;
    }
    return '}';
}

/* What to do instead, where a character is a common slip. */
static const char *character_help(const char *text)
{
    switch (text[0]) {
    case ';': return "leave it out: the next clause or declaration ends this one";
    case '[':
    case ']': return "brackets are round: ( )";
    case '\'': return "a text stands between straight double quotes, a value without quotes";
    case '%': return "a percent sign stands directly after its number: 10 %";
    case '^': return "a power of ten is a part of a unit, after a number: 1 10^9/L";
    case '.': return "a clause ends without a full stop";
    default: return NULL;
    }
}

/* The code of a character that no one can see, or 0: soft hyphen, blanks of odd width, joiners, line and
   paragraph separators, the mark of UTF-8. */
static uint32_t invisible(const char *text)
{
    const unsigned char *u = (const unsigned char *)text;
    if (u[0] == 0xC2) return u[1] == 0xAD ? 0xAD : 0;
    if (u[0] != 0xE2 && u[0] != 0xE3 && u[0] != 0xEF) return 0;
    uint32_t code = (u[0] & 0xFU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU);
    bool odd = (code >= 0x2000 && code <= 0x200F) || code == 0x2028 || code == 0x2029 ||
               (code >= 0x205F && code <= 0x2064) || code == 0x3000 || code == 0xFEFF;
    return odd ? code : 0;
}

void lex_character(struct parser *p, const char *text, struct span span)
{
    if (span.start == 0 && strncmp(text, "\xEF\xBB\xBF", 3) == 0) return; /* the mark of UTF-8 */
    /* one message for a run of characters that are not known */
    if (p->scan.reported_end == span.start && span.start > 0)
        p->scan.reported_end = span.end;
    else if ((unsigned char)text[0] < 0x20 || text[0] == 0x7F)
        mistake(p, DIAG_CHARACTER, span, "delete it", "an invisible control character stands here");
    else if (invisible(text))
        mistake(p, DIAG_CHARACTER, span, "delete it", "an invisible character stands here: U+%04X",
                (unsigned)invisible(text));
    else
        mistake(p, DIAG_CHARACTER, span,
                text[0] == '^' && p->scan.last_kind == TOK_UNIT
                    ? "a power is written without a sign, as in `mg/m2`"
                    : character_help(text),
                "the language has no sign `%s`", mistake_shown(p, span));
}
