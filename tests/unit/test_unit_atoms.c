/* Every prefix, atom and spelling of units.def against UCUM's table worked out independently. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/unit_table.h"
#include "runtime/units.h"

static const struct factor {
    const char *code, *value, *base;
} FACTORS[] = {
#define UNIT_FACTOR(code, value, base) {code, value, base},
#include "tests/unit/unit_factors.def"
};

enum { FACTOR_COUNT = sizeof FACTORS / sizeof FACTORS[0] };

static const char *const CODES[] = {
#define UNIT_ATOM(code, kind, one, many, property, factor, definition) code,
#include "runtime/units.def"
};

static bool parse(const char *text, unsigned flags, struct unit *out)
{
    return unit_parse(text, strlen(text), flags, out, NULL) == UNIT_OK;
}

static struct unit unit_of(const char *text, unsigned flags)
{
    struct unit u;
    struct unit_error err;
    if (unit_parse(text, strlen(text), flags, &u, &err) != UNIT_OK) fail_msg("%s: %s", text, err.message);
    return u;
}

static decimal number(const char *text)
{
    decimal x;
    if (decimal_parse(text, strlen(text), &x) != DECIMAL_OK) fail_msg("%s is no number", text);
    return x;
}

/* One of the first unit is so many of the second. */
static void expect_factor(const struct unit *from, const char *name, const char *to_text, const char *value)
{
    static char text[DECIMAL_TEXT_MAX];
    struct unit to = unit_of(to_text, UNIT_UCUM);
    struct unit_error err;
    decimal result;
    if (unit_convert(DECIMAL_ONE, from, &to, &result, &err) != UNIT_OK) fail_msg("%s: %s", name, err.message);
    decimal_format(result, text);
    if (!decimal_equal(result, number(value))) fail_msg("1 %s is %s %s, not %s", name, value, to_text, text);
}

static void test_table_is_complete(void **state)
{
    (void)state;
    assert_int_equal(sizeof CODES / sizeof CODES[0], 305 + 7);
    assert_int_equal(FACTOR_COUNT, 305 + 7);
    assert_int_equal(unit_prefix_count(), 24);
    for (size_t i = 0; i < FACTOR_COUNT; i++)
        assert_string_equal(CODES[i], FACTORS[i].code);
}

/* The order is what the search relies on. */
static void test_codes_ascend(void **state)
{
    (void)state;
    for (size_t i = 1; i < FACTOR_COUNT; i++)
        if (strcmp(CODES[i - 1], CODES[i]) >= 0) fail_msg("%s stands before %s", CODES[i - 1], CODES[i]);
}

static void test_every_atom_is_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < FACTOR_COUNT; i++) {
        char text[UNIT_TEXT_MAX];
        struct unit u = unit_of(CODES[i], UNIT_UCUM);
        unit_format(&u, text);
        assert_string_equal(text, CODES[i]);
        assert_int_equal(u.count, 1);
        assert_int_equal(u.terms[0].atom, i);
        assert_int_equal(u.terms[0].prefix, UNIT_NO_PREFIX);
        assert_true(unit_describe(&u, text) > 0);
    }
}

static void test_every_factor(void **state)
{
    (void)state;
    for (size_t i = 0; i < FACTOR_COUNT; i++) {
        const struct factor *f = &FACTORS[i];
        struct unit u = unit_of(f->code, UNIT_UCUM), base = unit_of(f->base, UNIT_UCUM);
        if (!unit_same_dimension(&u, &base)) fail_msg("%s is not of the dimension %s", f->code, f->base);
        assert_int_equal(unit_is_special(&u), f->value[0] == '\0');
        if (f->value[0] != '\0') expect_factor(&u, f->code, f->base, f->value);
    }
}

/* Units whose bases are written differently have different dimensions: 312 times 312 pairs. */
static void test_every_pair_of_dimensions(void **state)
{
    (void)state;
    for (size_t i = 0; i < FACTOR_COUNT; i++) {
        struct unit a = unit_of(FACTORS[i].code, UNIT_UCUM);
        for (size_t j = i; j < FACTOR_COUNT; j++) {
            struct unit b = unit_of(FACTORS[j].code, UNIT_UCUM);
            if (unit_same_dimension(&a, &b) != (strcmp(FACTORS[i].base, FACTORS[j].base) == 0))
                fail_msg("%s and %s: one dimension or two?", FACTORS[i].code, FACTORS[j].code);
        }
    }
}

/* An arbitrary unit is a dimension of its own; only [IU] and [iU] are one. */
static void test_arbitrary_units_stand_alone(void **state)
{
    (void)state;
    size_t arbitrary = 0, kept = 0;
    for (int i = 0; i < FACTOR_COUNT; i++) {
        struct unit_atom atom = unit_atom_at(i);
        if (!(atom.kind & ATOM_ARBITRARY)) continue;
        arbitrary++;
        kept += strcmp(FACTORS[i].base, atom.code) == 0;
    }
    assert_int_equal(arbitrary, kept + 1);
    assert_true(arbitrary > 30);
}

/* A prefix goes with every metric atom and with no other; the pair is read as nothing else. */
static void test_prefixes_go_with_metric_atoms(void **state)
{
    (void)state;
    for (int i = 0; i < FACTOR_COUNT; i++) {
        struct unit_atom atom = unit_atom_at(i);
        for (int prefix = 0; prefix < (int)unit_prefix_count(); prefix++) {
            char text[UNIT_TEXT_MAX], again[UNIT_TEXT_MAX];
            struct unit u;
            (void)snprintf(text, sizeof text, "%s%s", unit_prefix_at(prefix)->code, atom.code);
            bool valid = parse(text, UNIT_UCUM, &u);
            bool pair = valid && u.terms[0].prefix == prefix && u.terms[0].atom == i;
            if (unit_atom_find(text, strlen(text)) >= 0) continue; /* cd, Pa: the atom goes first */
            if (atom.kind & ATOM_METRIC ? !pair : pair) fail_msg("%s is read wrongly", text);
            if (!valid) continue;
            unit_format(&u, again);
            assert_string_equal(again, text);
        }
    }
}

static int descending(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* The longest unit there can be fits in UNIT_TEXT_MAX: the longest twelve symbols, each with a sign and a
 * power. */
static void test_every_unit_fits_in_its_text(void **state)
{
    (void)state;
    static size_t lengths[FACTOR_COUNT * 25 + 2];
    size_t count = 0, total = 0;
    lengths[count++] = strlen("9223372036854775807");
    lengths[count++] = strlen("9223372036854775807");
    for (int i = 0; i < FACTOR_COUNT; i++) {
        lengths[count++] = strlen(CODES[i]);
        for (int prefix = 0; prefix < (int)unit_prefix_count(); prefix++)
            if (unit_atom_at(i).kind & ATOM_METRIC)
                lengths[count++] = strlen(unit_prefix_at(prefix)->code) + strlen(CODES[i]);
    }
    qsort(lengths, count, sizeof lengths[0], descending);
    for (size_t i = 0; i < UNIT_TERMS_MAX; i++)
        total += strlen("/") + lengths[i] + strlen("-127");
    assert_true(total < UNIT_TEXT_MAX);
}

static void test_every_prefix_has_its_value(void **state)
{
    (void)state;
    static const struct factor prefixes[] = {
        {"Y", "1e24", ""},  {"Z", "1e21", ""},     {"E", "1e18", ""},        {"P", "1e15", ""},
        {"T", "1e12", ""},  {"G", "1e9", ""},      {"M", "1e6", ""},         {"k", "1e3", ""},
        {"h", "1e2", ""},   {"da", "1e1", ""},     {"d", "1e-1", ""},        {"c", "1e-2", ""},
        {"m", "1e-3", ""},  {"u", "1e-6", ""},     {"n", "1e-9", ""},        {"p", "1e-12", ""},
        {"f", "1e-15", ""}, {"a", "1e-18", ""},    {"z", "1e-21", ""},       {"y", "1e-24", ""},
        {"Ki", "1024", ""}, {"Mi", "1048576", ""}, {"Gi", "1073741824", ""}, {"Ti", "1099511627776", ""},
    };
    assert_int_equal(sizeof prefixes / sizeof prefixes[0], unit_prefix_count());
    for (size_t i = 0; i < unit_prefix_count(); i++) {
        char text[UNIT_TEXT_MAX];
        assert_string_equal(prefixes[i].code, unit_prefix_at((int)i)->code);
        (void)snprintf(text, sizeof text, "%sg", prefixes[i].code);
        struct unit u = unit_of(text, UNIT_UCUM);
        expect_factor(&u, text, "g", prefixes[i].value);
        (void)snprintf(text, sizeof text, "%sg-2", prefixes[i].code);
        struct unit square = unit_of(text, UNIT_UCUM), expected;
        assert_true(unit_power(&u, -2, &expected));
        assert_true(unit_equal(&square, &expected));
    }
}

/* The rule files' meaning of a code is its UCUM meaning seen from another dimension: it prints as the same
 * code. */
static void test_variants_keep_their_codes(void **state)
{
    (void)state;
    for (int i = FACTOR_COUNT; i < (int)unit_atom_count(); i++) {
        char text[UNIT_TEXT_MAX];
        struct unit_atom atom = unit_atom_at(i);
        struct unit variant = unit_of(atom.code, atom.flags), plain = unit_of(atom.code, UNIT_UCUM);
        assert_int_equal(variant.terms[0].atom, i);
        unit_format(&variant, text);
        assert_string_equal(text, atom.code);
        assert_false(unit_equal(&variant, &plain));
        assert_false(unit_same_dimension(&variant, &plain));
    }
}

/* A spelling that is UCUM too means the same there; what it stands for is canonical. */
static void test_every_spelling(void **state)
{
    (void)state;
    struct unit_pairs spellings = unit_spellings();
    for (size_t i = 0; i < spellings.count; i++) {
        const struct unit_pair *s = &spellings.first[i];
        char text[UNIT_TEXT_MAX];
        struct unit friendly = unit_of(s->from, UNIT_FRIENDLY), ucum;
        unit_format(&friendly, text);
        assert_string_equal(text, s->to);
        if (parse(s->from, UNIT_UCUM, &ucum)) expect_factor(&friendly, s->from, s->from, "1");
        if (!(s->kind & ATOM_METRIC)) continue;
        (void)snprintf(text, sizeof text, "m%s", s->from);
        struct unit milli = unit_of(text, UNIT_FRIENDLY);
        expect_factor(&milli, text, s->to, "0.001");
    }
}

/* A mistake is refused in rule files, says what was meant, and is no spelling. */
static void test_every_mistake(void **state)
{
    (void)state;
    struct unit_pairs mistakes = unit_mistakes();
    for (size_t i = 0; i < mistakes.count; i++) {
        const struct unit_pair *m = &mistakes.first[i];
        struct unit u;
        struct unit_error err;
        char wanted[UNIT_TEXT_MAX];
        assert_int_equal(unit_parse(m->from, strlen(m->from), UNIT_FRIENDLY, &u, &err), UNIT_UNKNOWN_ATOM);
        (void)snprintf(wanted, sizeof wanted, "did you mean %.*s (", (int)strcspn(m->to, " "), m->to);
        if (!strstr(err.message, wanted)) fail_msg("%s: %s", m->from, err.message);
        assert_null(unit_pair_find(unit_spellings(), m->from, strlen(m->from)));
    }
}

static void test_every_quantity_is_recognised(void **state)
{
    (void)state;
    struct unit_pairs quantities = unit_quantities();
    for (size_t i = 0; i < quantities.count; i++) {
        char words[UNIT_TEXT_MAX];
        struct unit u = unit_of(quantities.first[i].to, UNIT_UCUM);
        unit_describe(&u, words);
        if (!strstr(words, quantities.first[i].from)) fail_msg("%s is %s", quantities.first[i].to, words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_is_complete),
        cmocka_unit_test(test_codes_ascend),
        cmocka_unit_test(test_every_atom_is_itself),
        cmocka_unit_test(test_every_factor),
        cmocka_unit_test(test_every_pair_of_dimensions),
        cmocka_unit_test(test_arbitrary_units_stand_alone),
        cmocka_unit_test(test_prefixes_go_with_metric_atoms),
        cmocka_unit_test(test_every_unit_fits_in_its_text),
        cmocka_unit_test(test_every_prefix_has_its_value),
        cmocka_unit_test(test_variants_keep_their_codes),
        cmocka_unit_test(test_every_spelling),
        cmocka_unit_test(test_every_mistake),
        cmocka_unit_test(test_every_quantity_is_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
