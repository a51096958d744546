/*
 * From text to a unit: the grammar of UCUM, read strictly from left to right.
 *
 * The text is a product; `/` divides by what stands directly behind it, and brackets group.  So one sign
 * is enough: it says on which side of the line the next component is, and a bracket keeps the sign that
 * held outside.  Each component is merged at once into the unit that is being built, and no tree is made.
 *
 * What is wrong is said with its place, in words that a physician can act on; what a misspelt symbol may
 * have meant is unit_suggest.c.
 */
#include <string.h>

#include "runtime/unit_suggest.h"
#include "runtime/unit_symbol.h"
#include "runtime/units.h"

enum { EXPONENT_MAX = 127 };

struct parser {
    const char *text;
    size_t length, at;
    unsigned flags;
    struct unit *unit;
    struct unit_error *err;
    int group; /* 1, or -1 where what the open parentheses hold stands below the line */
    int sign;  /* of the component that comes: 1, or -1 below the line */
    size_t depth;
    int8_t outer[UNIT_TEXT_MAX]; /* the group outside each open parenthesis */
};

/* A symbol and its exponent: "cm3", "10*-2". */
struct simple {
    size_t start, length; /* all of it */
    size_t symbol;        /* bytes before the exponent */
    int exponent;
};

static bool at_end(const struct parser *p)
{
    return p->at == p->length;
}

static char peek(const struct parser *p)
{
    return at_end(p) ? '\0' : p->text[p->at];
}

static bool accept(struct parser *p, char c)
{
    if (at_end(p) || p->text[p->at] != c) return false;
    p->at++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_joint(char c)
{
    return c != '\0' && strchr("./(){}", c) != NULL;
}

static enum unit_status syntax(const struct parser *p, size_t at, size_t length, const char *message)
{
    return unit_fail(p->err, UNIT_SYNTAX, at, length, "%s", message);
}

/* The value of a row of digits; -1 where it is over the limit. */
static int64_t digits_value(const char *digits, size_t length, int64_t limit)
{
    int64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = digits[i] - '0';
        if (value > (limit - digit) / 10) return -1;
        value = value * 10 + digit;
    }
    return value;
}

/* Multiplies the unit by one component, or divides it. */
static enum unit_status merge(struct parser *p, const struct unit *component, int exponent, size_t start)
{
    struct unit power;
    if (unit_power(component, exponent * p->sign, &power) && unit_multiply(p->unit, &power, p->unit))
        return UNIT_OK;
    return unit_fail(p->err, UNIT_OVERFLOW, start, p->at - start,
                     "the unit has more than %d parts here, or a power beyond %d", UNIT_TERMS_MAX,
                     EXPONENT_MAX);
}

/* {cells}: says what is counted, and is no part of the unit. */
static enum unit_status read_annotation(struct parser *p)
{
    size_t start = p->at;
    if (!accept(p, '{')) return UNIT_OK;
    for (; !at_end(p) && peek(p) != '}'; p->at++)
        if (peek(p) == '{' || (unsigned char)peek(p) > '~')
            return syntax(p, p->at, 1, "between { and } stand plain letters, digits and signs");
    if (!accept(p, '}')) return syntax(p, start, p->length - start, "the closing } is missing");
    return UNIT_OK;
}

/* The end of the symbol that begins here; brackets belong to it whole.  0 where one is not closed. */
static size_t symbol_end(const struct parser *p)
{
    size_t end = p->at;
    while (end < p->length && !is_joint(p->text[end])) {
        if (p->text[end] == '[') {
            const char *close = memchr(p->text + end, ']', p->length - end);
            if (!close) return 0;
            end = (size_t)(close - p->text);
        }
        end++;
    }
    return end;
}

/* 12h, 10e9: what stands right behind a number that is none. */
static enum unit_status fail_number(const struct parser *p, size_t digits, size_t length)
{
    const char *text = p->text + p->at, *rest = text + digits;
    size_t rest_length = length - digits;
    struct unit unit;
    if (digits == 2 && memcmp(text, "10", 2) == 0 && rest_length > 1 && strchr("eE+-", rest[0]))
        return unit_fail(p->err, UNIT_SYNTAX, p->at, length, "a power of ten in a unit is written 10*%s%.*s",
                         rest[0] == '-' ? "-" : "", (int)rest_length - 1, rest + 1);
    if (unit_symbol(rest, rest_length, p->flags, &unit))
        return unit_fail(p->err, UNIT_SYNTAX, p->at, length,
                         "a point is missing behind the number: %.*s.%.*s", (int)digits, text,
                         (int)rest_length, rest);
    return syntax(p, p->at, length,
                  "a number in a unit is a power of ten, 10*9, or stands before a point: 24.h");
}

static enum unit_status read_number(struct parser *p)
{
    size_t start = p->at, end = symbol_end(p), digits = 0;
    while (start + digits < p->length && is_digit(p->text[start + digits]))
        digits++;
    if (end != start + digits) return fail_number(p, digits, (end ? end : p->length) - start);
    p->at = end;
    int64_t value = digits_value(p->text + start, digits, INT64_MAX);
    if (value < 0)
        return unit_fail(p->err, UNIT_OVERFLOW, start, digits, "this number is too large for a unit");
    if (value == 0) return syntax(p, start, digits, "a unit is not multiplied or divided by 0");
    struct unit number = {0};
    if (value > 1) {
        number.count = 1;
        number.terms[0] = (struct unit_term){
            .atom = UNIT_ATOM_NUMBER, .prefix = UNIT_NO_PREFIX, .exponent = 1, .number = value};
    }
    return merge(p, &number, 1, start);
}

/* Takes the superscript off the end of the symbol. */
static bool superscript(const struct parser *p, struct simple *s)
{
    const char *end = p->text + s->start + s->length - 2;
    if (!(p->flags & UNIT_FRIENDLY) || s->length < 3) return false;
    if (memcmp(end, "²", 2) != 0 && memcmp(end, "³", 2) != 0) return false;
    s->exponent = memcmp(end, "²", 2) == 0 ? 2 : 3;
    s->symbol = s->length - 2;
    return true;
}

/* Splits the exponent off the end. */
static enum unit_status read_exponent(const struct parser *p, struct simple *s)
{
    s->symbol = s->length;
    s->exponent = 1;
    if (superscript(p, s)) return UNIT_OK;
    const char *text = p->text + s->start;
    while (s->symbol > 1 && is_digit(text[s->symbol - 1]))
        s->symbol--;
    size_t digits = s->length - s->symbol;
    if (digits == 0) return UNIT_OK;
    int64_t value = digits_value(text + s->symbol, digits, EXPONENT_MAX);
    if (value < 0)
        return unit_fail(p->err, UNIT_OVERFLOW, s->start + s->symbol, digits,
                         "a power in a unit is at most %d", EXPONENT_MAX);
    if (value == 0 && (p->flags & UNIT_FRIENDLY))
        return syntax(p, s->start, s->length, "a unit to the power 0 is 1: leave it out");
    bool negative = s->symbol > 1 && text[s->symbol - 1] == '-';
    if (negative || (s->symbol > 1 && text[s->symbol - 1] == '+')) s->symbol--;
    s->exponent = negative ? (int)-value : (int)value;
    return UNIT_OK;
}

/* The exponent is split off the end first: the digits of `m2` belong to the power, those in brackets
   ([in_i'H2O]) do not stand at the end. */
static enum unit_status read_symbol(struct parser *p)
{
    struct simple s = {.start = p->at};
    size_t end = symbol_end(p);
    if (end == 0) return syntax(p, p->at, p->length - p->at, "the closing ] is missing");
    s.length = end - p->at;
    enum unit_status status = read_exponent(p, &s);
    if (status != UNIT_OK) return status;
    struct unit atom;
    if (!unit_symbol(p->text + s.start, s.symbol, p->flags, &atom))
        return unit_fail_symbol(p->err, p->text, p->length, s.start, s.symbol);
    p->at = end;
    return merge(p, &atom, s.exponent, s.start);
}

static bool at_power_of_ten(const struct parser *p)
{
    const char *text = p->text + p->at;
    return p->length - p->at >= 3 && text[0] == '1' && text[1] == '0' && (text[2] == '*' || text[2] == '^');
}

static enum unit_status read_component(struct parser *p)
{
    if (peek(p) == '{') return read_annotation(p);
    if (at_end(p) || is_joint(peek(p))) return syntax(p, p->at, at_end(p) ? 0 : 1, "a unit is missing here");
    bool number = is_digit(peek(p)) && !at_power_of_ten(p);
    enum unit_status status = number ? read_number(p) : read_symbol(p);
    return status == UNIT_OK ? read_annotation(p) : status;
}

static void open_parenthesis(struct parser *p)
{
    p->outer[p->depth++] = (int8_t)p->group;
    p->group = p->sign;
}

static enum unit_status close_parentheses(struct parser *p)
{
    while (accept(p, ')')) {
        if (p->depth == 0) return syntax(p, p->at - 1, 1, "this ) closes nothing");
        p->group = p->outer[--p->depth];
    }
    return UNIT_OK;
}

static enum unit_status read_operator(struct parser *p)
{
    if (accept(p, '/'))
        p->sign = -p->group;
    else if (accept(p, '.'))
        p->sign = p->group;
    else
        return syntax(p, p->at, 1, "a point or a slash is missing here: mg.h, mg/h");
    return UNIT_OK;
}

static enum unit_status read_term(struct parser *p)
{
    p->group = 1;
    p->sign = accept(p, '/') ? -1 : 1;
    for (;;) {
        /* UCUM has /(...) at the beginning too: the sign that holds there becomes that of the group */
        while (accept(p, '('))
            open_parenthesis(p);
        enum unit_status status = read_component(p);
        if (status == UNIT_OK) status = close_parentheses(p);
        if (status != UNIT_OK) return status;
        if (at_end(p)) break;
        status = read_operator(p);
        if (status != UNIT_OK) return status;
    }
    if (p->depth > 0) return syntax(p, p->length, 0, "the closing ) is missing");
    return UNIT_OK;
}

static enum unit_status check_text(struct parser *p)
{
    if (p->length == 0) return syntax(p, 0, 0, "a unit is missing");
    if (p->length >= UNIT_TEXT_MAX)
        return unit_fail(p->err, UNIT_TOO_LONG, 0, p->length, "a unit has at most %d characters",
                         UNIT_TEXT_MAX - 1);
    for (size_t i = 0; i < p->length; i++)
        if ((unsigned char)p->text[i] <= ' ' || p->text[i] == 0x7F)
            return syntax(p, i, 1, "a unit is written without spaces, and without its number");
    return UNIT_OK;
}

enum unit_status unit_parse(const char *text, size_t length, unsigned flags, struct unit *out,
                            struct unit_error *err)
{
    struct unit unit = {0};
    struct parser p = {.text = text, .length = length, .flags = flags, .unit = &unit, .err = err};
    enum unit_status status = check_text(&p);
    if (status == UNIT_OK) status = read_term(&p);
    if (status != UNIT_OK) return status;
    if (err) *err = (struct unit_error){.status = UNIT_OK};
    *out = unit;
    return UNIT_OK;
}
