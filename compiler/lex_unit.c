/* Units.  A unit is scanned by its form alone; unit_parse of the runtime says whether it is one, so rule
   files, records and the command read units alike.  What stands after a number may also be a word (`7 to
   10`, `5 or`), which is told apart by the list of keywords. */
#include <ctype.h>
#include <string.h>

#include "compiler/keyword.h"
#include "compiler/lex.h"
#include "compiler/mistakes.h"
#include "compiler/phrases.h"

/* A superscript digit is C2 B2, C2 B3, C2 B9 or E2 81 B0 ... B9: its ASCII digit and its length, or 0. */
static char superscript(const char *text, size_t *length)
{
    const unsigned char *u = (const unsigned char *)text;
    *length = u[0] == 0xC2 ? 2 : 3;
    if (u[0] == 0xC2 && (u[1] == 0xB2 || u[1] == 0xB3)) return (char)('0' + u[1] - 0xB0);
    if (u[0] == 0xC2 && u[1] == 0xB9) return '1';
    if (u[0] == 0xE2 && u[1] == 0x81 && u[2] >= 0xB0 && u[2] <= 0xB9) return (char)('0' + u[2] - 0xB0);
    return '\0';
}

/* m2 for m², 10^9 for 10⁹. */
static char *without_superscripts(struct parser *p, const char *text, size_t n)
{
    char *plain = arena_alloc(p->c->arena, 2 * n + 1);
    size_t length = 0, digits = 0;
    for (size_t i = 0; i < n;) {
        size_t bytes;
        char digit = superscript(text + i, &bytes);
        /* a power of ten needs its sign: 109 would be a number */
        if (digit && digits == 0 && length >= 2 && strncmp(plain + length - 2, "10", 2) == 0)
            plain[length++] = '^';
        plain[length++] = digit ? digit : text[i];
        digits = digit ? digits + 1 : 0;
        i += digit ? bytes : 1;
    }
    return plain;
}

static void unit_mistake(struct parser *p, const char *text, const struct unit_error *error, struct span span)
{
    struct span part =
        parser_span(p, span.start + (uint32_t)error->at, span.start + (uint32_t)(error->at + error->length));
    bool divides = strchr(text, '/') != NULL && error->at > 0;
    bool meant = strstr(error->message, "did you mean") != NULL;
    mistake(p, DIAG_UNIT_UNKNOWN, error->length > 0 ? part : span,
            meant     ? NULL
            : divides ? "to divide by a value, put a blank before and after the /"
                      : "to multiply by a value, write * between them",
            "%s", error->message);
}

/* text: terminated; written: what stands in the file. */
static int unit_token(struct parser *p, const char *text, union syntax_value *value, struct span span)
{
    struct unit_word *word = arena_alloc(p->c->arena, sizeof *word);
    struct unit_error error = {0};
    word->broken = unit_parse(text, strlen(text), UNIT_RULES, &word->unit, &error) != UNIT_OK;
    if (word->broken) unit_mistake(p, text, &error, span);
    value->unit = word;
    p->scan.state = SCAN_PLAIN;
    return TOK_UNIT;
}

static int unit_written(struct parser *p, const char *text, size_t n, union syntax_value *value,
                        struct span span)
{
    char *plain = without_superscripts(p, text, n);
    if (strlen(plain) != n || strncmp(plain, text, n) != 0)
        mistake(p, DIAG_UNIT_SUPERSCRIPT, span, NULL, "powers are written with plain digits: `%s`", plain);
    return unit_token(p, plain, value, span);
}

static bool all_letters(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isalpha((unsigned char)text[i]) && text[i] != '_') return false;
    return true;
}

/* A word that never is a unit, though it stands directly after a number. */
static bool is_word(struct parser *p, const char *text, size_t n)
{
    char *word = arena_copy(p->c->arena, text, n);
    const struct keyword *keyword = keyword_find(text, n);
    return (keyword && keyword->kind != KEYWORD_TIME) || fused_begins(word) ||
           phrase_instead(PHRASE_WORD, word);
}

static bool is_capital_word(struct parser *p, const char *text, size_t n)
{
    char *word = arena_copy(p->c->arena, text, n);
    for (size_t i = 0; i < n; i++)
        word[i] = (char)tolower((unsigned char)word[i]);
    return isupper((unsigned char)text[0]) && is_word(p, word, n);
}

/* A keyword goes before a unit that is spelt like it; `days` and the other words of time are none here. */
int lex_unit_after(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    if (n > WORD_BYTES_MAX || !all_letters(text, n)) return unit_written(p, text, n, value, span);
    if (is_word(p, text, n)) return lex_word(p, text, n, value, span);
    if (is_capital_word(p, text, n)) return lex_capital(p, text, n, value, span);
    return unit_written(p, text, n, value, span);
}

size_t lex_times_ten(struct parser *p, const char *text, struct span span)
{
    mistake(p, DIAG_UNIT_TIMES, span, "write the power of ten as a part of the unit: 50 10^9/L",
            "the multiplication sign before a power of ten is left out");
    return strcspn(text, "1");
}

size_t lex_unit_length(const char *text, size_t n)
{
    size_t word = strlen("events");
    return n > word && strncmp(text, "events{", word + 1) == 0 ? word : n;
}

/* A word in capitals in the place of a type is a misspelt word, unless it is a unit (IU, L, Gy). */
int lex_unit_at(struct parser *p, const char *text, size_t n, union syntax_value *value, struct span span)
{
    struct unit unit;
    if (strncmp(text, "events", n) == 0) return lex_word(p, text, n, value, span);
    if (n <= WORD_BYTES_MAX && all_letters(text, n) &&
        (is_capital_word(p, text, n) || unit_parse(text, n, UNIT_RULES, &unit, NULL) != UNIT_OK))
        return lex_capital(p, text, n, value, span);
    return unit_written(p, text, n, value, span);
}
