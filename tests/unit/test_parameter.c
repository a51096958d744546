/* Parameters from text: every type, units, tables, and what is said of a wrong one. */
#include "tests/unit/value_words.h"

#include "runtime/parameter_text.h"

struct row {
    const char *name, *text;
    const char *expected; /* the value in words, or a part of the refusal */
    bool refused;
};

static uint32_t find(const struct image *image, const char *name)
{
    uint32_t param;
    char reason[400] = "";
    if (!parameter_find(image, name, &param, reason, sizeof reason)) fail_msg("%s", reason);
    return param;
}

static void say_cells(char *out, const struct image *image, const struct image_param *param,
                      const struct value *cells)
{
    const struct image_enum *keys = &image->ENUMS[param->key];
    for (uint32_t i = 0; i < keys->members.count; i++) {
        say(out, "%s%s: ", i ? ", " : "", image_text(image, image->MEMBERS[keys->members.first + i].name));
        say_value(out, image, &param->type, &cells[i], NULL);
    }
}

static void expect_row(const struct image *image, const struct row *row)
{
    uint32_t index = find(image, row->name);
    const struct image_param *param = &image->PARAMS[index];
    struct value value, cells[SET_MEMBERS];
    char words[WORDS] = "", reason[400] = "";
    bool parsed = parameter_parse(image, index, row->text, &value, cells, reason, sizeof reason);
    if (!parsed)
        say(words, "%s", reason);
    else if (value.tag == TAG_OFF)
        say(words, "off");
    else if (param->key != NONE32)
        say_cells(words, image, param, cells);
    else
        say_value(words, image, &param->type, &value, NULL);
    bool right = row->refused ? strstr(words, row->expected) && strstr(words, row->name)
                              : strcmp(words, row->expected) == 0;
    if (parsed == row->refused || !right)
        fail_msg("%s = %s\n  is       %s\n  expected %s", row->name, row->text, words, row->expected);
}

static void test_values(void **state)
{
    static const struct row rows[] = {
        {"vincristine_max_dose", "2 mg", "2", false},
        {"vincristine_max_dose", "2mg", "2", false},
        {"vincristine_max_dose", "  2.50  mg ", "2.5", false},
        {"vincristine_max_dose", "2000 ug", "2", false},
        {"vincristine_max_dose", "2000 mcg", "2", false},
        {"vincristine_max_dose", "2e-3 g", "2", false},
        {"vincristine_max_dose", "none", "off", false},
        {"mrd_negative_limit", "0.01 %", "0.01", false},
        {"mrd_negative_limit", "0.0001 1", "0.01", false},
        {"factor", "0.75", "0.75", false},
        {"factor", "-1", "-1", false},
        {"factor", "75 %", "0.75", false},
        {"courses", "4", "4", false},
        {"courses", "4.0", "4", false},
        {"overdue_after", "6 days", "6", false},
        {"overdue_after", "1 week", "7", false},
        {"overdue_after", "36 h", "1.5", false},
        {"youngest", "18 years", "18", false},
        {"youngest", "6 months", "0.5", false},
        {"strict", "yes", "yes", false},
        {"strict", "no", "no", false},
        {"valid_from", "2026-01-31", "2026-01-31", false},
        {"valid_from", "2026-02", "[2026-02-01..2026-02-28]", false},
        {"valid_from", "none", "off", false},
        {"opened", "2026-01-31T08:30", "2026-01-31T08:30", false},
        {"opened", "2026-01-31", "[2026-01-31T00:00..2026-01-31T23:59:59.999999]", false},
        {"reading", "a", "a", false},
        {"reading", "none", "off", false},
        {"watched", "[imatinib, dasatinib]", "{imatinib,dasatinib}", false},
        {"watched", "dasatinib,imatinib", "{imatinib,dasatinib}", false},
        {"watched", "imatinib", "{imatinib}", false},
        {"watched", "[]", "{}", false},
        {"watched", "[ ]", "{}", false},
        {"greeting", "Good morning: all, of you", "text", false},
        {"greeting", "", "text", false},
        {"greeting", "none", "text", false},
        {"limits", "dasatinib: 5 mg", "imatinib: unknown(..), dasatinib: 5", false},
        {"limits", "imatinib: 400 mg, dasatinib: 0.14 g", "imatinib: 400, dasatinib: 140", false},
        {"classes", "imatinib: low, dasatinib: [low, high]", "imatinib: {low}, dasatinib: {low,high}", false},
        {"classes", "imatinib: low, high, dasatinib: low", "imatinib: {low,high}, dasatinib: {low}", false},
        {"classes", "dasatinib:[]", "imatinib: unknown, dasatinib: {}", false},
    };
    struct schema schema;
    (void)state;
    schema_fill(&schema);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_row(&schema.image, &rows[i]);
}

static void test_refusals(void **state)
{
    static const struct row rows[] = {
        {"vincristine_max_dose", "2", "is in mg: write the unit behind the number", true},
        {"vincristine_max_dose", "2 IU", "is in mg, milligrams", true},
        {"vincristine_max_dose", "2 IU", "\"IU\"", true},
        {"vincristine_max_dose", "2 mgg", "\"mgg\"", true},
        {"vincristine_max_dose", "mg", "is a number, such as \"2 mg\"", true},
        {"vincristine_max_dose", "", "is set to nothing", true},
        {"vincristine_max_dose", "None", "is a number", true},
        {"vincristine_max_dose", "2,5 mg", "\",5 mg\"", true},
        {"vincristine_max_dose", "1.500 mg", "the point can part thousands or decimals", true},
        {"vincristine_max_dose", "150.000 mg", "the point can part thousands or decimals", true},
        {"vincristine_max_dose", "1234567890123456789012345678901234567890 mg", "at most 34 digits", true},
        {"mrd_negative_limit", "0.01", "is in %: write the unit", true},
        {"mrd_negative_limit", "none", "cannot be `none`", true},
        {"factor", "2 mg", "is in 1", true},
        {"factor", "1 mol", "cannot become plain number", true}, /* in UCUM a number of things */
        {"factor", "1 osm", "cannot become plain number", true},
        {"factor", "1 2", "\"2\" behind the number is no unit", true},
        {"factor", "1 000", "\"000\" behind the number is no unit", true},
        {"vincristine_max_dose", "1 000 mg", "is in mg", true},
        {"courses", "2.5", "is a whole number", true},
        {"overdue_after", "1 month", "is in d", true},
        {"youngest", "30 days", "is in a", true},
        {"strict", "true", "is `yes` or `no`, not \"true\"", true},
        {"strict", "none", "is `yes` or `no`", true},
        {"valid_from", "2023-02-29", "there is no such date", true},
        {"valid_from", "31.01.2026", "is a date such as 2026-01-31", true},
        {"valid_from", "2026-01-31T08:30", "is a date such as 2026-01-31", true},
        {"opened", "none", "or a time such as", true},
        {"reading", "c", "is not in its list", true},
        {"watched", "imatinb", "did you mean `imatinib`?", true},
        {"watched", "imatinib, imatinib", "has `imatinib` twice", true},
        {"watched", "[imatinib", "cannot be \"[imatinib\"", true},
        {"watched", "imatinib,", "cannot be \"\"", true},
        {"watched", ",imatinib", "cannot be \"\"", true},
        {"limits", "5 mg", "is a table: write \"key: value, key: value\"", true},
        {"limits", "imatinib: 5", "is in mg: write the unit", true},
        {"limits", "imatinb: 5 mg", "did you mean `imatinib`?", true},
        {"limits", "imatinib: 5 mg, imatinib: 6 mg", "has the key `imatinib` twice", true},
        {"limits", "imatinib: 5 mg,", "is a table", true},
        {"limits", "imatinib:", "is a number", true},
        {"classes", "imatinib:", "write [] for the empty one", true},
        {"classes", "imatinib: low, high,", "is a table", true},
        {"classes", "low, imatinib: high", "is a table", true},
        {"classes", "imatinib: low, low", "has `low` twice", true},
    };
    struct schema schema;
    (void)state;
    schema_fill(&schema);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_row(&schema.image, &rows[i]);
}

static void test_names(void **state)
{
    struct schema schema;
    uint32_t param;
    char reason[400];
    (void)state;
    schema_fill(&schema);
    assert_false(parameter_find(&schema.image, "vincristin_max_dose", &param, reason, sizeof reason));
    assert_string_equal(reason, "`vincristin_max_dose` is not a parameter of this program: did you mean "
                                "`vincristine_max_dose`?");
    assert_false(parameter_find(&schema.image, "xyzzy", &param, reason, sizeof reason));
    assert_string_equal(reason, "`xyzzy` is not a parameter of this program");
    assert_false(parameter_find(&schema.image, "", &param, reason, sizeof reason));
    schema.image.PARAMS_count = 0;
    assert_false(parameter_find(&schema.image, "factor", &param, reason, sizeof reason));
}

/* A long text of many bytes a character is cut between two of them. */
static void test_quotes_are_whole(void **state)
{
    struct schema schema;
    struct value value;
    char reason[400], text[400] = "";
    (void)state;
    schema_fill(&schema);
    for (int i = 0; i < 100; i++)
        say(text, "\xE2\x82\xAC");
    assert_false(parameter_parse(&schema.image, find(&schema.image, "strict"), text, &value, NULL, reason,
                                 sizeof reason));
    assert_non_null(strstr(reason, "\xE2\x82\xAC\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_quotes_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
