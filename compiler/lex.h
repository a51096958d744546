/*
 * What the scanner's rules do with the text that they matched: one function a rule of lexer.l.
 *
 * Each takes the text (n bytes) with its span, fills in the token's value and returns the token.  A mistake
 * is reported here, and a token returned that lets the parser go on as meant.
 */
#ifndef REGIMEN_LEX_H
#define REGIMEN_LEX_H

#include "compiler/syntax.h"
#include "compiler/grammar.h"

/* The span of the next n bytes; they are passed. */
struct span lex_advance(struct parser *p, size_t n);
/* Only the first n bytes of the token are taken; the rest is read again. */
void lex_keep(struct parser *p, struct span *span, size_t n);

/* Nothing is taken: the text is read again as plain text. */
void lex_again(struct parser *p, struct span *span);
/* True where it ends a row of a table. */
bool lex_newline(struct parser *p);

/* A word: a keyword or a name; a name with dots; a word with capitals, reported and read as if small;
   the id of a requirement; a word with a letter that no name may have, reported and read as a name. */
int lex_word(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_dotted(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_capital(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_requirement(struct parser *p, const char *text, size_t n, union syntax_value *value,
                    struct span span);
int lex_foreign(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);

/* Dates, versions and numbers.  What has the form and no value, and every other form in which people
   write them, is reported and becomes an EXPR_ERROR in the place of the value. */
int lex_date(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_date_form(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_version(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_number(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_number_comma(struct parser *p, const char *text, size_t n, union syntax_value *value,
                     struct span span);
int lex_number_dash(struct parser *p, const char *text, size_t n, union syntax_value *value,
                    struct span span);
int lex_number_form(struct parser *p, const char *text, size_t n, union syntax_value *value,
                    struct span span);

/* After a number: a unit, or a word that stands there instead. */
int lex_unit_after(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
/* The bytes before the power of ten in `x 10^9/L`, reported. */
size_t lex_times_ten(struct parser *p, const char *text, struct span span);
/* Where a type stands: `events{` is no annotated unit. */
size_t lex_unit_length(const char *text, size_t n);
int lex_unit_at(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);

/* An operator in a spelling that other languages use. */
int lex_operator(struct parser *p, int token, const char *spelling, struct span span);
int lex_colon(struct parser *p);
int lex_bar(struct parser *p);
int lex_brace(struct parser *p);
/* Nothing that could be made sense of: passed over. */
void lex_character(struct parser *p, const char *text, struct span span);

int lex_quote(struct parser *p, bool typographic, struct span span);
int lex_single_quoted(struct parser *p, const char *text, size_t n, union syntax_value *value,
                      struct span span);
int lex_yes_no(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span);
int lex_literal(struct parser *p, const char *text, size_t n, union syntax_value *value);
int lex_insert(struct parser *p, struct span span);
void lex_stray_brace(struct parser *p, struct span span);
int lex_text_end(struct parser *p);
/* The line ends and the text does not; or the text does and its {expression} does not. */
int lex_text_open(struct parser *p, struct span span);
int lex_brace_open(struct parser *p, struct span span);

#endif
