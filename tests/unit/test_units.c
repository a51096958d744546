/* Units: the tables of the specification, the algebra, and limits. */
#include "runtime/units.h"
#include "tests/unit/spec_table.h"

#define SPEC_UNITS "SPEC.md"

static struct unit unit_of(const char *text, unsigned flags)
{
    struct unit u;
    struct unit_error err;
    if (unit_parse(text, strlen(text), flags, &u, &err) != UNIT_OK) fail_msg("%s: %s", text, err.message);
    return u;
}

static const char *refusal(enum unit_status status)
{
    switch (status) {
    case UNIT_OK: return "accepted";
    case UNIT_UNKNOWN_ATOM: return "refused: unknown";
    case UNIT_SYNTAX: return "refused: syntax";
    case UNIT_TOO_LONG: return "refused: too long";
    case UNIT_OTHER_DIMENSION: return "refused: other dimension";
    case UNIT_SPECIAL: return "refused: special";
    case UNIT_INEXACT: return "refused: inexact";
    case UNIT_OVERFLOW: return "refused: overflow";
    }
    return "no such status";
}

/* What reading the text gives, in its canonical form; that form reads as the same unit again. */
static void expect_reading(char *const *cells, size_t column, unsigned flags)
{
    struct unit u, again;
    char text[UNIT_TEXT_MAX];
    enum unit_status status = unit_parse(cells[0], strlen(cells[0]), flags, &u, NULL);
    if (status != UNIT_OK) {
        spec_expect(cells, column, refusal(status));
        return;
    }
    size_t length = unit_format(&u, text);
    assert_int_equal(length, strlen(text));
    spec_expect(cells, column, text);
    again = unit_of(text, flags);
    assert_true(unit_equal(&u, &again));
}

static void row_reading(char *const *cells)
{
    expect_reading(cells, 1, UNIT_UCUM);
    expect_reading(cells, 2, UNIT_FRIENDLY);
    expect_reading(cells, 2, UNIT_RULES);
}

static void row_words(char *const *cells)
{
    static const unsigned modes[] = {UNIT_UCUM, UNIT_RULES, UNIT_RECORDS};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct unit u = unit_of(cells[0], modes[i]);
        char words[UNIT_TEXT_MAX];
        size_t length = unit_describe(&u, words);
        assert_int_equal(length, strlen(words));
        spec_expect(cells, 1, words);
    }
}

static void expect_advice(char *const *cells, unsigned flags)
{
    struct unit u;
    struct unit_error err;
    char place[64];
    enum unit_status status = unit_parse(cells[0], strlen(cells[0]), flags, &u, &err);
    assert_int_not_equal(status, UNIT_OK);
    assert_int_equal(status, err.status);
    assert_int_equal(status, unit_parse(cells[0], strlen(cells[0]), flags, &u, NULL));
    (void)snprintf(place, sizeof place, "%zu to %zu", err.at, err.at + err.length);
    spec_expect(cells, 1, place);
    spec_expect(cells, 2, err.message);
}

static void row_advice(char *const *cells)
{
    expect_advice(cells, UNIT_FRIENDLY);
}

static void row_advice_ucum(char *const *cells)
{
    expect_advice(cells, UNIT_UCUM);
}

/* Where there is a ratio, scaling by it gives the same. */
static void check_ratio(decimal value, const struct unit *from, const struct unit *to,
                        enum unit_status status, decimal converted)
{
    decimal numerator, denominator, scaled;
    enum unit_status ratio = unit_ratio(from, to, &numerator, &denominator, NULL);
    if (status != UNIT_OK && status != UNIT_OVERFLOW) assert_int_equal(ratio, status);
    if (ratio != UNIT_OK) return;
    assert_int_equal(decimal_scale(value, numerator, denominator, &scaled), DECIMAL_OK);
    assert_true(decimal_equal(scaled, converted));
    assert_true(decimal_is_whole(numerator) && decimal_is_whole(denominator));
    assert_true(decimal_sign(numerator) > 0 && decimal_sign(denominator) > 0);
}

static void expect_conversion(char *const *cells, size_t column, unsigned flags)
{
    static char text[DECIMAL_TEXT_MAX];
    struct unit from = unit_of(cells[1], flags), to = unit_of(cells[2], flags);
    struct unit_error err = {.status = UNIT_OK};
    decimal value, result = DECIMAL_ZERO;
    assert_int_equal(decimal_parse(cells[0], strlen(cells[0]), &value), DECIMAL_OK);
    enum unit_status status = unit_convert(value, &from, &to, &result, &err);
    assert_int_equal(status, err.status);
    assert_true(status == UNIT_OK || err.message[0] != '\0');
    if (status == UNIT_OK) decimal_format(result, text);
    spec_expect(cells, column, status == UNIT_OK ? text : refusal(status));
    check_ratio(value, &from, &to, status, result);
    assert_int_equal(unit_same_dimension(&from, &to), status != UNIT_OTHER_DIMENSION);
    assert_int_equal(unit_same_dimension(&to, &from), status != UNIT_OTHER_DIMENSION);
}

static void row_converting(char *const *cells)
{
    expect_conversion(cells, 3, UNIT_UCUM);
    expect_conversion(cells, 3, UNIT_RECORDS);
}

/* What rules take in steps is what a record converts at once; pi goes through no steps. */
static void row_steps(char *const *cells)
{
    struct unit from = unit_of(cells[1], UNIT_UCUM), to = unit_of(cells[2], UNIT_UCUM);
    struct unit_steps steps;
    decimal value;
    if (unit_steps(&from, &to, &steps, NULL) != UNIT_OK) {
        assert_true(strncmp(cells[3], "refused: ", 9) == 0);
        return;
    }
    assert_int_equal(decimal_parse(cells[0], strlen(cells[0]), &value), DECIMAL_OK);
    assert_int_equal(decimal_add(value, steps.before, &value), DECIMAL_OK);
    assert_int_equal(decimal_scale(value, steps.numerator, steps.denominator, &value), DECIMAL_OK);
    assert_int_equal(decimal_add(value, steps.after, &value), DECIMAL_OK);
    char text[DECIMAL_TEXT_MAX];
    decimal_format(value, text);
    spec_expect(cells, 3, text);
}

static void row_rules(char *const *cells)
{
    expect_conversion(cells, 3, UNIT_UCUM);
    expect_conversion(cells, 4, UNIT_RULES);
    expect_conversion(cells, 4, UNIT_RECORDS);
}

static void test_tables(void **state)
{
    (void)state;
    spec_check(SPEC_UNITS, "unit-reading", 3, row_reading);
    spec_check(SPEC_UNITS, "unit-words", 2, row_words);
    spec_check(SPEC_UNITS, "unit-advice", 3, row_advice);
    spec_check(SPEC_UNITS, "unit-advice-ucum", 3, row_advice_ucum);
    spec_check(SPEC_UNITS, "unit-converting", 4, row_converting);
    spec_check(SPEC_UNITS, "unit-special", 4, row_converting);
    spec_check(SPEC_UNITS, "unit-special", 4, row_steps);
    spec_check(SPEC_UNITS, "unit-rules", 5, row_rules);
}

typedef bool operation(const struct unit *a, const struct unit *b, struct unit *out);

static void expect_product(operation *operate, const char *a, const char *b, const char *expected)
{
    struct unit left = unit_of(a, UNIT_FRIENDLY), right = unit_of(b, UNIT_FRIENDLY);
    char text[UNIT_TEXT_MAX] = "nothing";
    if (operate(&left, &right, &left)) unit_format(&left, text);
    assert_string_equal(text, expected);
}

static void test_products(void **state)
{
    (void)state;
    expect_product(unit_multiply, "IU/m2", "m2", "[IU]");
    expect_product(unit_multiply, "m2", "IU/m2", "[IU]");
    expect_product(unit_multiply, "ug/m2/d", "m2", "ug/d");
    expect_product(unit_multiply, "mg/kg", "kg", "mg");
    expect_product(unit_multiply, "mg/kg", "g", "mg.g/kg");
    expect_product(unit_multiply, "ug/d", "d", "ug");
    expect_product(unit_multiply, "10*9/L", "L", "10*9");
    expect_product(unit_multiply, "10*9", "10*-9", "1");
    expect_product(unit_multiply, "10*9/L", "10*-6", "10*3/L");
    expect_product(unit_multiply, "24.h", "2", "48.h");
    expect_product(unit_multiply, "24.h", "/(36.h)", "2/3");
    expect_product(unit_multiply, "1", "mg", "mg");
    expect_product(unit_divide, "mg", "mg", "1");
    expect_product(unit_divide, "mg", "kg", "mg/kg");
    expect_product(unit_divide, "1", "mg/L", "L/mg");
    expect_product(unit_divide, "12", "18", "2/3");
    expect_product(unit_divide, "/12", "/18", "3/2");
}

static void test_product_of_itself(void **state)
{
    (void)state;
    struct unit u = unit_of("24.mg/kg", UNIT_UCUM), square = u, one = u;
    struct unit expected = unit_of("576.mg2/kg2", UNIT_UCUM);
    assert_true(unit_multiply(&square, &square, &square));
    assert_true(unit_equal(&square, &expected));
    assert_true(unit_divide(&one, &one, &one));
    assert_int_equal(one.count, 0);
}

static void test_powers(void **state)
{
    (void)state;
    struct unit u = unit_of("2.cm2/s", UNIT_UCUM), out, cube = unit_of("8.cm6/s3", UNIT_UCUM);
    struct unit inverse = unit_of("s/2/cm2", UNIT_UCUM);
    assert_true(unit_power(&u, 3, &out));
    assert_true(unit_equal(&out, &cube));
    assert_true(unit_power(&u, -1, &out));
    assert_true(unit_equal(&out, &inverse));
    assert_true(unit_power(&u, 0, &out));
    assert_int_equal(out.count, 0);
    assert_true(unit_power(&u, 62, &out));
    assert_false(unit_power(&u, 63, &out)); /* 2 to the power 63 */
    assert_false(unit_power(&u, 64, &out)); /* cm128 */
    assert_false(unit_power(&u, 1000000, &out));
    assert_false(unit_power(&u, -2147483647 - 1, &out));
}

/* A product that does not fit is refused; one whose parts cancel fits, though all are there for a while. */
static void test_limits_of_a_product(void **state)
{
    (void)state;
    struct unit twelve = unit_of("m.s.g.rad.K.C.cd.mol.kat.U.L.bar", UNIT_UCUM), out;
    struct unit one_more = unit_of("Pa", UNIT_UCUM), exchange = unit_of("Pa/bar", UNIT_UCUM);
    struct unit expected = unit_of("m.s.g.rad.K.C.cd.mol.kat.U.L.Pa", UNIT_UCUM);
    assert_false(unit_multiply(&twelve, &one_more, &out));
    assert_true(unit_multiply(&twelve, &exchange, &out));
    assert_true(unit_equal(&out, &expected));
    struct unit far = unit_of("m127", UNIT_UCUM), metre = unit_of("m", UNIT_UCUM);
    assert_false(unit_multiply(&far, &metre, &out));
    assert_true(unit_divide(&far, &metre, &out));
    assert_int_equal(out.terms[0].exponent, 126);
}

/* What is too long to say is given as its text, and a reason keeps its room. */
static void test_long_words(void **state)
{
    (void)state;
    const char *text = "[hp_Q]/[hp_M]/[kp_Q]/[kp_M]/[hp_C]/[kp_C]";
    struct unit u = unit_of(text, UNIT_UCUM), mg = unit_of("mg", UNIT_UCUM);
    char words[UNIT_TEXT_MAX];
    size_t length = unit_describe(&u, words);
    assert_string_equal(words, text);
    assert_int_equal(length, strlen(text));
    struct unit_error err;
    decimal out;
    assert_int_equal(unit_convert(DECIMAL_ONE, &u, &mg, &out, &err), UNIT_OTHER_DIMENSION);
    assert_non_null(strstr(err.message, text));
    assert_non_null(strstr(err.message, "converts to no other unit"));
}

static void test_equal(void **state)
{
    (void)state;
    struct unit a = unit_of("mg/kg", UNIT_UCUM), b = unit_of("/kg.mg", UNIT_UCUM),
                c = unit_of("mg/g", UNIT_UCUM);
    struct unit d = unit_of("mg.kg", UNIT_UCUM), one = unit_of("1", UNIT_UCUM), two = unit_of("2", UNIT_UCUM);
    struct unit three = unit_of("3", UNIT_UCUM), l = unit_of("l", UNIT_UCUM), L = unit_of("L", UNIT_UCUM);
    assert_true(unit_equal(&a, &b));
    assert_false(unit_equal(&a, &c));
    assert_false(unit_equal(&a, &d));
    assert_false(unit_equal(&a, &one));
    assert_false(unit_equal(&two, &three));
    assert_true(unit_equal(&one, &one));
    assert_false(unit_equal(&l, &L));
}

struct kinds {
    const char *unit;
    unsigned flags;
    bool dimensionless, calendar, time, days, special;
};

static void test_kinds(void **state)
{
    (void)state;
    static const struct kinds rows[] = {
        {"1", UNIT_UCUM, true, false, false, false, false},
        {"%", UNIT_UCUM, true, false, false, false, false},
        {"10*3", UNIT_UCUM, true, false, false, false, false},
        {"{cells}", UNIT_UCUM, true, false, false, false, false},
        {"cells", UNIT_FRIENDLY, true, false, false, false, false},
        {"mg/g", UNIT_UCUM, true, false, false, false, false},
        {"[pi]", UNIT_UCUM, true, false, false, false, false},
        {"mol", UNIT_UCUM, true, false, false, false, false},
        {"mol", UNIT_SUBSTANCE, false, false, false, false, false},
        {"eq/osm", UNIT_SUBSTANCE, true, false, false, false, false},
        {"rad", UNIT_UCUM, false, false, false, false, false},
        {"[IU]", UNIT_UCUM, false, false, false, false, false},
        {"[IU]/[iU]", UNIT_UCUM, true, false, false, false, false},
        {"B", UNIT_UCUM, false, false, false, false, true},
        {"dB/B", UNIT_UCUM, false, false, false, false, true},
        {"Cel", UNIT_UCUM, false, false, false, false, true},
        {"Cel.s/K", UNIT_UCUM, false, false, false, false, true},
        {"a", UNIT_UCUM, false, false, true, false, false},
        {"a", UNIT_CALENDAR, false, true, false, false, false},
        {"years", UNIT_RULES, false, true, false, false, false},
        {"mo", UNIT_CALENDAR, false, true, false, false, false},
        {"6.mo", UNIT_CALENDAR, false, true, false, false, false},
        {"mo2/a", UNIT_CALENDAR, false, true, false, false, false},
        {"/mo", UNIT_CALENDAR, false, false, false, false, false},
        {"mg/mo", UNIT_CALENDAR, false, false, false, false, false},
        {"a/mo", UNIT_CALENDAR, true, false, false, false, false},
        {"a_j", UNIT_CALENDAR, false, false, true, false, false},
        {"d", UNIT_RULES, false, false, true, true, false},
        {"wk", UNIT_RULES, false, false, true, true, false},
        {"weeks", UNIT_RULES, false, false, true, true, false},
        {"d2", UNIT_RULES, false, false, false, false, false},
        {"/d", UNIT_RULES, false, false, false, false, false},
        {"7.d", UNIT_UCUM, false, false, true, false, false},
        {"24.h", UNIT_UCUM, false, false, true, false, false},
        {"h", UNIT_UCUM, false, false, true, false, false},
        {"ms", UNIT_UCUM, false, false, true, false, false},
        {"mg/(ug/h)", UNIT_UCUM, false, false, true, false, false},
        {"/h", UNIT_UCUM, false, false, false, false, false},
        {"2", UNIT_UCUM, true, false, false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct unit u = unit_of(rows[i].unit, rows[i].flags);
        bool right = unit_is_dimensionless(&u) == rows[i].dimensionless &&
                     unit_is_calendar(&u) == rows[i].calendar && unit_is_time(&u) == rows[i].time &&
                     unit_is_days(&u) == rows[i].days && unit_is_special(&u) == rows[i].special;
        if (!right) fail_msg("%s (flags %u): its kinds are wrong", rows[i].unit, rows[i].flags);
    }
}

/* The text ends with its length, whatever stands behind it; a byte 0 is no part of a unit. */
static void test_parse_keeps_to_the_length(void **state)
{
    (void)state;
    struct unit u, mg = unit_of("mg", UNIT_UCUM), untouched = mg;
    assert_int_equal(unit_parse("mgx", 2, UNIT_UCUM, &u, NULL), UNIT_OK);
    assert_true(unit_equal(&u, &mg));
    assert_int_equal(unit_parse("mg\0", 3, UNIT_UCUM, &untouched, NULL), UNIT_SYNTAX);
    assert_int_equal(unit_parse("[in_i]", 5, UNIT_UCUM, &untouched, NULL), UNIT_SYNTAX);
    assert_int_equal(unit_parse("{a}", 2, UNIT_UCUM, &untouched, NULL), UNIT_SYNTAX);
    assert_int_equal(unit_parse("m²", 2, UNIT_FRIENDLY, &untouched, NULL), UNIT_UNKNOWN_ATOM);
    assert_true(unit_equal(&untouched, &mg));
}

static void test_long_and_deep_texts(void **state)
{
    (void)state;
    static char text[20001];
    struct unit u;
    memset(text, '(', 10000);
    memset(text + 10000, ')', 10000);
    text[10000] = 'm';
    assert_int_equal(unit_parse(text, 20001, UNIT_UCUM, &u, NULL), UNIT_TOO_LONG);
    memset(text, '(', 127);
    text[127] = 'm';
    memset(text + 128, ')', 127);
    assert_int_equal(unit_parse(text, 255, UNIT_UCUM, &u, NULL), UNIT_OK);
    assert_int_equal(unit_parse(text, 254, UNIT_UCUM, &u, NULL), UNIT_SYNTAX);
    memset(text, '(', 255);
    assert_int_equal(unit_parse(text, 255, UNIT_UCUM, &u, NULL), UNIT_SYNTAX);
    assert_int_equal(unit_parse(text, 256, UNIT_UCUM, &u, NULL), UNIT_TOO_LONG);
    const char *thirteen = "m.s.g.rad.K.C.cd.mol.kat.U.L.bar.Pa";
    assert_int_equal(unit_parse(thirteen, strlen(thirteen), UNIT_UCUM, &u, NULL), UNIT_OVERFLOW);
}

/* Any bytes give a unit or a message that is a whole text; short ones over a small alphabet are all tried. */
static void test_no_text_breaks_it(void **state)
{
    (void)state;
    static const char alphabet[] = "mg1*/.({[]})-9\xC2\xB5\xB2 ";
    enum { LETTERS = sizeof alphabet - 1, LENGTH = 4 };
    for (unsigned long n = 0; n < (unsigned long)LETTERS * LETTERS * LETTERS * LETTERS; n++) {
        char text[LENGTH], again[UNIT_TEXT_MAX];
        unsigned long rest = n;
        for (size_t i = 0; i < LENGTH; i++, rest /= LETTERS)
            text[i] = alphabet[rest % LETTERS];
        struct unit u, same;
        if (unit_parse(text, LENGTH, UNIT_FRIENDLY, &u, NULL) != UNIT_OK) continue;
        size_t length = unit_format(&u, again);
        assert_int_equal(unit_parse(again, length, UNIT_FRIENDLY, &same, NULL), UNIT_OK);
        assert_true(unit_equal(&u, &same));
    }
}

static void test_message_quotes_only_text(void **state)
{
    (void)state;
    struct unit u;
    struct unit_error err;
    assert_int_equal(unit_parse("\xFFq\xC2", 3, UNIT_UCUM, &u, &err), UNIT_UNKNOWN_ATOM);
    assert_string_equal(err.message, "'?q?' is not a unit");
    char text[200];
    memset(text, 'q', sizeof text);
    assert_int_equal(unit_parse(text, sizeof text, UNIT_UCUM, &u, &err), UNIT_UNKNOWN_ATOM);
    assert_non_null(strstr(err.message, "qqq…' is not a unit"));
    assert_true(strlen(err.message) < UNIT_MESSAGE_MAX);
}

static void expect_reason(const char *from, const char *to, unsigned flags, const char *reason)
{
    struct unit a = unit_of(from, flags), b = unit_of(to, flags);
    struct unit_error err;
    decimal x, y;
    assert_int_not_equal(unit_ratio(&a, &b, &x, &y, &err), UNIT_OK);
    if (!strstr(err.message, reason)) fail_msg("%s to %s: %s", from, to, err.message);
}

static void test_reasons(void **state)
{
    (void)state;
    expect_reason("mg", "mL", UNIT_UCUM, "milligrams (mass) cannot become millilitres (volume)");
    expect_reason("mg", "mL", UNIT_UCUM, "they measure different things");
    expect_reason("mg/dL", "mmol/L", UNIT_UCUM, "only the molar mass");
    expect_reason("mmol", "mg", UNIT_RULES, "only the molar mass");
    expect_reason("[IU]", "mg", UNIT_UCUM, "an arbitrary unit");
    expect_reason("a", "d", UNIT_CALENDAR, "years and months are calendar units");
    expect_reason("d", "mo", UNIT_CALENDAR, "years and months are calendar units");
    expect_reason("[pH]", "mol/L", UNIT_UCUM, "[pH] (acidity) is no ratio scale");
    expect_reason("Cel", "[degF]", UNIT_UCUM, "has a zero of its own");
    expect_reason("deg", "rad", UNIT_UCUM, "turn deg into rad exactly");
    expect_reason("Ym", "ym", UNIT_UCUM, "turn Ym into ym exactly");
}

/* The ratio has at most 34 digits above and below the line: at the limit and one beyond it. */
static void test_limits_of_a_ratio(void **state)
{
    (void)state;
    struct unit metre = unit_of("m", UNIT_UCUM), most = unit_of("10*33.m", UNIT_UCUM);
    struct unit beyond = unit_of("10*34.m", UNIT_UCUM);
    decimal numerator, denominator, expected;
    assert_int_equal(decimal_parse("1e33", 4, &expected), DECIMAL_OK);
    assert_int_equal(unit_ratio(&most, &metre, &numerator, &denominator, NULL), UNIT_OK);
    assert_true(decimal_equal(numerator, expected) && decimal_equal(denominator, DECIMAL_ONE));
    assert_int_equal(unit_ratio(&metre, &most, &numerator, &denominator, NULL), UNIT_OK);
    assert_true(decimal_equal(denominator, expected) && decimal_equal(numerator, DECIMAL_ONE));
    assert_int_equal(unit_ratio(&beyond, &metre, &numerator, &denominator, NULL), UNIT_INEXACT);
    assert_int_equal(unit_ratio(&metre, &beyond, &numerator, &denominator, NULL), UNIT_INEXACT);
}

/* Reading a record multiplies by the ratio, once it knows it: the same as converting, at every length of
 * value. */
static void test_ratio_converts_alike(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"d", "wk"},     {"wk", "d"},       {"h", "wk"},
                                           {"min", "d"},    {"[lb_av]", "kg"}, {"kg", "[lb_av]"},
                                           {"[in_i]", "m"}, {"m", "[ft_i]"}};
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        struct unit from = unit_of(pairs[k][0], UNIT_RECORDS), to = unit_of(pairs[k][1], UNIT_RECORDS);
        decimal above, below, once, again;
        assert_int_equal(unit_ratio(&from, &to, &above, &below, NULL), UNIT_OK);
        for (int n = 1; n <= 2000; n++) {
            decimal value = decimal_from_int(n);
            assert_int_equal(unit_convert(value, &from, &to, &once, NULL), UNIT_OK);
            assert_int_equal(decimal_scale(value, above, below, &again), DECIMAL_OK);
            if (!decimal_equal(once, again)) fail_msg("%d %s to %s", n, pairs[k][0], pairs[k][1]);
        }
    }
}

static void expect_rounded(const char *value, const char *from, const char *to, const char *expected)
{
    static char text[DECIMAL_TEXT_MAX];
    struct unit a = unit_of(from, UNIT_UCUM), b = unit_of(to, UNIT_UCUM);
    decimal x, y;
    assert_int_equal(decimal_parse(value, strlen(value), &x), DECIMAL_OK);
    assert_int_equal(unit_convert(x, &a, &b, &y, NULL), UNIT_OK);
    decimal_format(y, text);
    assert_string_equal(text, expected);
}

/* Half to even at the 34th digit, seen from both sides of the tie. */
static void test_conversion_rounds_once(void **state)
{
    (void)state;
    expect_rounded("1000000000000000000000000000000001", "m", "2.m", "500000000000000000000000000000000.5");
    expect_rounded("2000000000000000000000000000000001", "m", "2.m", "1000000000000000000000000000000000");
    expect_rounded("2000000000000000000000000000000003", "m", "2.m", "1000000000000000000000000000000002");
    expect_rounded("-2000000000000000000000000000000003", "m", "2.m", "-1000000000000000000000000000000002");
    expect_rounded("4000000000000000000000000000000003", "m", "4.m", "1000000000000000000000000000000001");
    expect_rounded("4000000000000000000000000000000001", "m", "4.m", "1000000000000000000000000000000000");
    expect_rounded("9999999999999999999999999999999999", "11.m", "10.m",
                   "11000000000000000000000000000000000");
    /* Thirty-five nines. */
    expect_rounded("369003690036900369003690036900369", "271.m", "m", "100000000000000000000000000000000000");
    expect_rounded("2", "m", "3.m", "0.6666666666666666666666666666666667");
    /* Quotients that have 34 digits where they are cut off, with something behind them: more than a half,
     * less. */
    expect_rounded("513", "d", "wk", "73.28571428571428571428571428571429");
    expect_rounded("-513", "d", "wk", "-73.28571428571428571428571428571429");
    expect_rounded("512", "d", "wk", "73.14285714285714285714285714285714");
    expect_rounded("1", "d", "wk", "0.1428571428571428571428571428571429");
    expect_rounded("9", "d", "wk", "1.285714285714285714285714285714286");
}

/* A value in the unit that is wanted stays what it is, also in units that no factor converts. */
static void test_same_unit(void **state)
{
    (void)state;
    static const char *const UNITS[] = {"1",    "mg", "[IU]/m2", "10*9/L", "Cel",     "[degF]",
                                        "[pH]", "dB", "mo",      "24.h",   "[pi].rad"};
    static const char *const VALUES[] = {"0", "-1.5", "9999999999999999999999999999999999", "1e-6000",
                                         "1e6000"};
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        for (size_t k = 0; k < sizeof VALUES / sizeof *VALUES; k++) {
            struct unit unit = unit_of(UNITS[i], UNIT_RECORDS);
            decimal value, same;
            assert_int_equal(decimal_parse(VALUES[k], strlen(VALUES[k]), &value), DECIMAL_OK);
            assert_int_equal(unit_convert(value, &unit, &unit, &same, NULL), UNIT_OK);
            assert_memory_equal(&value, &same, sizeof value);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_unit),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_product_of_itself),
        cmocka_unit_test(test_powers),
        cmocka_unit_test(test_limits_of_a_product),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_parse_keeps_to_the_length),
        cmocka_unit_test(test_long_and_deep_texts),
        cmocka_unit_test(test_no_text_breaks_it),
        cmocka_unit_test(test_message_quotes_only_text),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_limits_of_a_ratio),
        cmocka_unit_test(test_conversion_rounds_once),
        cmocka_unit_test(test_ratio_converts_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
