/* Texts in quotes.  A text ends on its line; inside it, `{` begins an expression in the ordinary tokens
   of the language and `}` ends it.  Where a line ends too early both are closed, as if the missing sign
   stood there. */
#include <ctype.h>
#include <string.h>

#include "compiler/lex.h"
#include "compiler/mistakes.h"

int lex_quote(struct parser *p, bool typographic, struct span span)
{
    /* a quote inside {…} can only be the end of the text around it: the brace was forgotten */
    if (p->scan.in_braces) return lex_brace_open(p, span);
    if (typographic)
        mistake(p, DIAG_QUOTES, span, "an editor for plain text does not change them",
                "texts stand between straight double quotes: \"text\"");
    p->scan.typographic = typographic;
    p->scan.text_start = span.start;
    p->scan.state = SCAN_TEXT;
    return TOK_TEXT_START;
}

/* 'T_ALL': a value, as other languages write it. */
int lex_single_quoted(struct parser *p, const char *text, size_t n, union syntax_value *value,
                      struct span span)
{
    size_t quote = text[0] == '\'' ? 1 : 3, end = n;
    while ((unsigned char)text[end - 1] >= 0x80 || text[end - 1] == '\'')
        end--;
    char *word = arena_copy(p->c->arena, text + quote, end - quote);
    for (char *at = word; *at; at++)
        *at = *at == '-' ? '_' : (char)tolower((unsigned char)*at);
    struct diag *d = mistake(p, DIAG_QUOTES, span, NULL, "the language has no single quotes");
    if (d)
        diag_help(&p->c->sink, d,
                  "write a value without quotes, `%s`, and a text between straight double ones, \"%.*s\"",
                  word, (int)(end - quote), text + quote);
    value->text = word;
    p->scan.state = SCAN_PLAIN;
    return TOK_IDENT;
}

int lex_literal(struct parser *p, const char *text, size_t n, union syntax_value *value)
{
    value->text = arena_copy(p->c->arena, text, n);
    return TOK_LITERAL;
}

int lex_insert(struct parser *p, struct span span)
{
    p->scan.in_braces = true;
    p->scan.brace_start = span.start;
    p->scan.state = SCAN_PLAIN;
    return '{';
}

void lex_stray_brace(struct parser *p, struct span span)
{
    mistake(p, DIAG_TEXT_BRACES, span, "write }} for a brace that is printed", "this brace has no partner");
}

int lex_text_end(struct parser *p)
{
    p->scan.state = SCAN_PLAIN;
    return TOK_TEXT_END;
}

int lex_text_open(struct parser *p, struct span span)
{
    mistake(p, DIAG_TEXT_OPEN, parser_span(p, p->scan.text_start, span.end),
            "a text ends on its line, with a straight double quote", "this text has no closing quote");
    p->scan.state = SCAN_PLAIN;
    return TOK_TEXT_END;
}

int lex_brace_open(struct parser *p, struct span span)
{
    mistake(p, DIAG_TEXT_BRACES, parser_span(p, p->scan.brace_start, span.end),
            "write } after the value; and {{ for a brace that is printed", "this brace is not closed");
    p->scan.in_braces = false;
    p->scan.state = SCAN_PLAIN;
    return TOK_TEXT_END;
}
