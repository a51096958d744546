#include "tests/oracle/oracle.h"

#include <stdlib.h>
#include <string.h>

struct answer answer_missing(void)
{
    return (struct answer){.kind = ANSWER_UNKNOWN};
}

struct answer answer_open(void)
{
    return (struct answer){.kind = ANSWER_UNKNOWN, .open = true};
}

struct answer answer_fault(void)
{
    return (struct answer){.kind = ANSWER_FAULT};
}

struct answer answer_truth(enum truth truth)
{
    if (truth == TRUTH_FAULT) return answer_fault();
    return truth == TRUTH_UNKNOWN ? answer_open()
                                  : (struct answer){.kind = ANSWER_TRUTH, .yes = truth == TRUTH_YES};
}

struct answer answer_number(const struct rational *number)
{
    return number ? (struct answer){.kind = ANSWER_NUMBER, .number = number} : answer_fault();
}

struct answer answer_moment(bool is_time, int64_t lo, int64_t hi)
{
    return (struct answer){.kind = ANSWER_MOMENT, .is_time = is_time, .lo = lo, .hi = hi};
}

static bool is_value(const struct answer *a)
{
    return a->kind != ANSWER_UNKNOWN && a->kind != ANSWER_FAULT && a->kind != ANSWER_OFF;
}

bool answer_spoiled(const struct answer *a, const struct answer *b, struct answer *out)
{
    if (is_value(a) && is_value(b)) return false;
    if (a->kind == ANSWER_FAULT || b->kind == ANSWER_FAULT) {
        *out = answer_fault();
        return true;
    }
    bool open = (!is_value(a) && a->open) || (!is_value(b) && b->open);
    bool reported = (is_value(a) || a->reported) && (is_value(b) || b->reported);
    *out = (struct answer){.kind = ANSWER_UNKNOWN, .open = open, .reported = reported && !open};
    return true;
}

/* ---- Three values, and a fault that acts as the third ----------------------------------------------- */

enum truth answer_is_true(const struct answer *a)
{
    if (a->kind == ANSWER_TRUTH) return a->yes ? TRUTH_YES : TRUTH_NO;
    return a->kind == ANSWER_FAULT ? TRUTH_FAULT : TRUTH_UNKNOWN;
}

enum truth truth_not(enum truth a)
{
    static const enum truth table[] = {[TRUTH_NO] = TRUTH_YES,
                                       [TRUTH_YES] = TRUTH_NO,
                                       [TRUTH_UNKNOWN] = TRUTH_UNKNOWN,
                                       [TRUTH_FAULT] = TRUTH_FAULT};
    return table[a];
}

enum truth truth_and(enum truth a, enum truth b)
{
    if (a == TRUTH_NO || b == TRUTH_NO) return TRUTH_NO;
    if (a == TRUTH_YES && b == TRUTH_YES) return TRUTH_YES;
    return a == TRUTH_FAULT || b == TRUTH_FAULT ? TRUTH_FAULT : TRUTH_UNKNOWN;
}

enum truth truth_or(enum truth a, enum truth b)
{
    return truth_not(truth_and(truth_not(a), truth_not(b)));
}

/* ---- Units ------------------------------------------------------------------------------------------ */

struct factor {
    const char *code, *value;
};

/* Of each dimension one unit is 1; UCUM's definitions, as far as the programs of the tests use them. */
static const struct factor FACTORS[] = {
    {"1", "1"},     {"g", "1"},     {"mg", "1e-3"}, {"ug", "1e-6"}, {"kg", "1e3"},    {"L", "1e-3"},
    {"dL", "1e-4"}, {"mL", "1e-6"}, {"uL", "1e-9"}, {"m", "1"},     {"cm", "1e-2"},   {"[IU]", "1"},
    {"%", "1e-2"},  {"s", "1"},     {"min", "60"},  {"h", "3600"},  {"d", "86400"},   {"wk", "604800"},
    {"mo", "1"},    {"a", "12"},    {"mmol", "1"},  {"mol", "1e3"}, {"umol", "1e-3"}, {"U", "1"},
};

/* "m3", "10*9", "[IU]": a code with its exponent. */
static const struct rational *term_factor(struct rationals *pool, const char *term, size_t length)
{
    char code[32];
    memcpy(code, term, length);
    code[length] = '\0';
    if (strncmp(code, "10*", 3) == 0) {
        char power[40] = "1e";
        strncat(power, code + 3, sizeof power - 3);
        return rational_parse(pool, power);
    }
    size_t n = length;
    while (n > 1 && code[n - 1] >= '0' && code[n - 1] <= '9')
        n--;
    long exponent = n < length ? strtol(code + n, NULL, 10) : 1;
    code[n] = '\0';
    for (size_t i = 0; i < sizeof FACTORS / sizeof *FACTORS; i++) {
        if (strcmp(FACTORS[i].code, code) != 0) continue;
        const struct rational *one = rational_parse(pool, FACTORS[i].value), *all = one;
        while (--exponent > 0)
            all = rational_exact(pool, all, '*', one);
        return all;
    }
    abort(); /* a unit that the table lacks */
}

const struct rational *unit_factor(struct rationals *pool, const struct unit *unit)
{
    char text[UNIT_TEXT_MAX];
    unit_format(unit, text);
    const struct rational *factor = rational_int(pool, 1);
    char sign = '*';
    for (const char *at = text; *at;) {
        if (*at == '/' || *at == '.') {
            sign = *at == '/' ? '/' : '*';
            at++;
            continue;
        }
        size_t length = strcspn(at, "./");
        factor = rational_exact(pool, factor, sign, term_factor(pool, at, length));
        at += length;
    }
    return factor;
}

struct answer answer_in_unit(struct oracle *o, const struct answer *a, const struct unit *from,
                             const struct unit *to)
{
    if (a->kind != ANSWER_NUMBER || unit_equal(from, to)) return *a;
    const struct rational *ratio =
        rational_exact(&o->numbers, unit_factor(&o->numbers, from), '/', unit_factor(&o->numbers, to));
    struct answer converted = *a;
    converted.number = rational_scale(&o->numbers, a->number, ratio);
    return converted;
}

/* ---- What a record says ----------------------------------------------------------------------------- */

struct answer answer_datum(struct oracle *o, const struct datum *d, const struct type *type)
{
    if (d->none) return (struct answer){.kind = ANSWER_OFF};
    if (d->form == DATUM_ABSENT || d->form == DATUM_MISSING) return answer_missing();
    if (d->form !=
        DATUM_KNOWN) /* whether `negative` says anything depends on the limit: the oracle cannot tell */
        return (struct answer){.kind = ANSWER_UNKNOWN,
                               .reported = d->form == DATUM_CENSORED,
                               .open = d->form == DATUM_NEGATIVE,
                               .negative = d->form == DATUM_NEGATIVE};
    switch (type->kind) {
    case TYPE_BOOL: return answer_truth(d->yes ? TRUTH_YES : TRUTH_NO);
    case TYPE_ENUM: return (struct answer){.kind = ANSWER_CODE, .code = d->code};
    case TYPE_SET: return (struct answer){.kind = ANSWER_SET, .set = d->set};
    case TYPE_DATE:
    case TYPE_TIME: return datum_moment(d, type->kind == TYPE_TIME);
    default: return answer_number(rational_parse(&o->numbers, d->number));
    }
}
