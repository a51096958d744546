/* Near misses and what missing values would decide, in explanations: which change is told, and how far it is.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/regimen.h"

static const char header[] = "protocol near \"Near\"\nversion 1.0.0\nstatus draft\n"
                             "input cells \"Cells\" : 10*9/L from 0 to 3000\n"
                             "input mass \"Mass\" : kg\n"
                             "input chromosomes \"Chromosomes\" : count from 0 to 100\n"
                             "input fever \"Fever\" : yes or no\n"
                             "input rash \"Rash\" : yes or no\n"
                             "input lineage \"Lineage\" : one of b_cell, t_cell, mature\n"
                             "input birth \"Birth\" : date\n"
                             "input diagnosis \"Diagnosis\" : date\n"
                             "input planned \"Planned\" : time\n"
                             "input levels \"Levels\" : series of IU/mL\n"
                             "parameter limit \"Limit\" : kg\n"
                             "define age \"Age\" = time from birth to diagnosis\n"
                             "classify other \"Other\" : low, high by first match\n"
                             "  high when cells >= 100 10*9/L\n"
                             "  low otherwise\n";

/* The explanation of one record, to be freed; with parameters "mass 50" as limit. */
static char *explain(const char *rules, const char *record, const char *limit)
{
    char *text, *json;
    const uint8_t *image;
    size_t size, length;
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
    struct regimen_error error;
    assert_true(asprintf(&text, "%s%s", header, rules) > 0);
    assert_true(asprintf(&json, "{\"id\":\"P1\",\"as_of\":\"2026-02-02\",%s}", record) > 0);
    struct regimen_compiler *compiler = regimen_compiler_new();
    assert_int_equal(regimen_compiler_load_text(compiler, "near.rgm", text, strlen(text)),
                     REGIMEN_COMPILER_OK);
    int built = regimen_compiler_build(compiler, &image, &size);
    if (built != REGIMEN_COMPILER_OK)
        fail_msg("%s", regimen_compiler_diagnostics(compiler, "text", false, &length));
    assert_int_equal(regimen_program_load(image, size, &program, &error), REGIMEN_OK);
    assert_int_equal(regimen_evaluator_new(program, &evaluator, &error), REGIMEN_OK);
    if (limit) assert_int_equal(regimen_evaluator_set(evaluator, "limit", limit, &error), REGIMEN_OK);
    if (regimen_evaluate(evaluator, json, strlen(json), &error) != REGIMEN_OK) fail_msg("%s", error.message);
    char *before = strdup(regimen_result_json(evaluator, NULL));
    char *first = strdup(regimen_result_explanation(evaluator, NULL));
    assert_string_equal(regimen_result_explanation(evaluator, NULL), first); /* everything is put back */
    assert_string_equal(regimen_result_json(evaluator, NULL), before);
    regimen_evaluator_free(evaluator);
    regimen_program_free(program);
    regimen_compiler_free(compiler);
    free(before);
    free(text);
    free(json);
    return first;
}

/* The part of an explanation that is about the rule r. */
static const char *of_rule(const char *explanation)
{
    const char *at = strncmp(explanation, "r = ", 4) == 0 ? explanation : strstr(explanation, "\nr = ");
    assert_non_null(at);
    return at;
}

/* One row `a when CONDITION` of a rule; said: what is told of it, or NULL for nothing. */
static void near_row(const char *condition, const char *record, const char *said)
{
    char *rules;
    assert_true(asprintf(&rules, "classify r \"R\" : a by agreement\n  a when %s\n", condition) > 0);
    char *text = explain(rules, record, "50 kg");
    const char *found = strstr(of_rule(text), "would hold");
    bool fine =
        said ? found && strncmp(found, said, strlen(said)) == 0 && found[strlen(said)] == '\n' : !found;
    if (!fine) fail_msg("%s\n%s, expected: %s", text, condition, said ? said : "nothing");
    free(text);
    free(rules);
}

static void test_numbers(void **state)
{
    (void)state;
    near_row("cells >= 50 10*9/L", "\"cells\":49.9",
             "would hold if cells were >= 50 10*9/L; it is 49.9 10*9/L, 0.1 10*9/L less");
    near_row("cells >= 50 10*9/L", "\"cells\":50", NULL);
    near_row("cells > 50 10*9/L", "\"cells\":50", "would hold if cells were > 50 10*9/L; it is 50 10*9/L");
    near_row("cells < 50 10*9/L", "\"cells\":50.1",
             "would hold if cells were < 50 10*9/L; it is 50.1 10*9/L, 0.1 10*9/L more");
    near_row("cells is from 50 10*9/L to 60 10*9/L", "\"cells\":61",
             "would hold if cells were from 50 to 60 10*9/L; it is 61 10*9/L, 1 10*9/L more");
    near_row("cells >= 50 10*9/L and cells < 60 10*9/L", "\"cells\":49",
             "would hold if cells were >= 50 10*9/L and < 60 10*9/L; it is 49 10*9/L, 1 10*9/L less");
    near_row("cells < 10 10*9/L or cells > 90 10*9/L", "\"cells\":11",
             "would hold if cells were < 10 10*9/L; it is 11 10*9/L, 1 10*9/L more");
    near_row("cells < 10 10*9/L or cells > 90 10*9/L", "\"cells\":89",
             "would hold if cells were > 90 10*9/L; it is 89 10*9/L, 1 10*9/L less");
    near_row("cells is 7 10*9/L", "\"cells\":5",
             "would hold if cells were 7 10*9/L; it is 5 10*9/L, 2 10*9/L less");
    near_row("mass > limit", "\"mass\":49", "would hold if mass were > 50 kg; it is 49 kg, 1 kg less");
    near_row("latest levels > 1 IU/mL", "\"levels\":[{\"at\":\"2026-01-01\",\"value\":0.9}]",
             "would hold if latest levels were > 1 IU/mL; it is 0.9 IU/mL, 0.1 IU/mL less");
}

static void test_whole_numbers(void **state)
{
    (void)state;
    near_row("chromosomes < 44", "\"chromosomes\":44",
             "would hold if chromosomes were < 44; it is 44, 1 more");
    near_row("chromosomes < 43.5", "\"chromosomes\":46",
             "would hold if chromosomes were < 43.5; it is 46, 3 more");
    near_row("chromosomes > 50", "\"chromosomes\":46",
             "would hold if chromosomes were > 50; it is 46, 5 less");
    near_row("chromosomes >= 50", "\"chromosomes\":46",
             "would hold if chromosomes were >= 50; it is 46, 4 less");
    near_row("chromosomes > 43 and chromosomes < 44", "\"chromosomes\":46", NULL);
}

static void test_times(void **state)
{
    (void)state;
    near_row("age >= 10 years", "\"birth\":\"2016-01-10\",\"diagnosis\":\"2026-01-09\"",
             "would hold if age were >= 10 years; it is 9 years 11 months and some days, 1 day less");
    near_row("age < 10 years", "\"birth\":\"2016-01-10\",\"diagnosis\":\"2026-01-10\"",
             "would hold if age were < 10 years; it is 10 years, 1 day more");
    near_row("age > 10 years", "\"birth\":\"2016-01-10\",\"diagnosis\":\"2026-01-10\"",
             "would hold if age were > 10 years; it is 10 years, 1 day less");
    near_row("age <= 10 years", "\"birth\":\"2016-01-10\",\"diagnosis\":\"2026-01-22\"",
             "would hold if age were <= 10 years; it is 10 years and some days, 12 days more");
    near_row("age >= 1 year", "\"birth\":\"2024-02-29\",\"diagnosis\":\"2025-02-27\"",
             "would hold if age were >= 1 year; it is 11 months and some days, 1 day less");
    near_row("age >= 10 years", "\"birth\":\"2016\",\"diagnosis\":\"2026-01-09\"", NULL); /* partly known */
    near_row("diagnosis >= 2026-01-10", "\"diagnosis\":\"2025-12-29\"",
             "would hold if diagnosis were from 2026-01-10; it is 2025-12-29, 12 days earlier");
    near_row("diagnosis < 2026-01-10", "\"diagnosis\":\"2026-01-10\"",
             "would hold if diagnosis were until 2026-01-09; it is 2026-01-10, 1 day later");
    near_row("planned >= 2026-01-10T08:00", "\"planned\":\"2026-01-09T06:30\"",
             "would hold if planned were from 2026-01-10T08:00; it is 2026-01-09T06:30, 1 day 1 hour 30 "
             "minutes earlier");
}

static void test_words(void **state)
{
    (void)state;
    near_row("fever", "\"fever\":false", "would hold if fever were yes; it is no");
    near_row("not fever", "\"fever\":true", "would hold if fever were no; it is yes");
    near_row("lineage is t_cell", "\"lineage\":\"b_cell\"",
             "would hold if lineage were t_cell; it is b_cell");
    near_row("lineage is one of t_cell, mature", "\"lineage\":\"b_cell\"",
             "would hold if lineage were t_cell, for example; it is b_cell");
    near_row("lineage is not b_cell", "\"lineage\":\"b_cell\"",
             "would hold if lineage were t_cell, for example; it is b_cell");
}

/* Where two changes are needed, or a change would move another part of the row, nothing is told. */
static void test_one_change_alone(void **state)
{
    (void)state;
    near_row("fever and rash", "\"fever\":false,\"rash\":false", NULL);
    near_row("fever and rash", "\"fever\":true,\"rash\":false", "would hold if rash were yes; it is no");
    near_row("fever and cells > 5 10*9/L", "\"fever\":false", NULL); /* the other is unknown */
    near_row("fever or cells > 5 10*9/L", "\"fever\":false,\"cells\":4",
             "would hold if cells were > 5 10*9/L; it is 4 10*9/L, 1 10*9/L less");
    near_row("cells > 100 10*9/L or mass > 50 kg",
             "\"cells\":99,\"mass\":40", /* the smaller part of itself */
             "would hold if cells were > 100 10*9/L; it is 99 10*9/L, 1 10*9/L less");
    near_row("cells > 5 10*9/L and cells * 2 < 8 10*9/L", "\"cells\":4.5", NULL);
    near_row("cells < 50 10*9/L and other is high", "\"cells\":100", NULL); /* the other rule reads it too */
    near_row("mass < 50 kg and other is high", "\"cells\":100,\"mass\":50",
             "would hold if mass were < 50 kg; it is 50 kg");
    near_row("other is high", "\"cells\":99", NULL); /* told at the other rule */
    near_row("mass > 1 kg and cells is known", "\"mass\":0.9,\"cells\":4",
             "would hold if mass were > 1 kg; it is 0.9 kg, 0.1 kg less");
}

static void test_applies(void **state)
{
    (void)state;
    static const char rules[] = "classify r \"R\" : a by agreement\n"
                                "  applies when cells >= 50 10*9/L\n"
                                "  a when mass < 10 kg\n";
    char *text = explain(rules, "\"cells\":49,\"mass\":12", NULL);
    assert_non_null(strstr(of_rule(text), "applies: no\n"));
    assert_non_null(
        strstr(of_rule(text), "would hold if cells were >= 50 10*9/L; it is 49 10*9/L, 1 10*9/L less\n"));
    assert_null(strstr(of_rule(text), "mass"));
    free(text);
}

static void decides(const char *rules, const char *record, const char *said)
{
    char *text = explain(rules, record, NULL);
    bool fine = said ? strstr(of_rule(text), said) != NULL : strstr(of_rule(text), "would decide") == NULL;
    if (!fine) fail_msg("%s\nexpected: %s", text, said ? said : "nothing");
    free(text);
}

static void test_what_is_missing(void **state)
{
    (void)state;
    static const char risk[] = "classify r \"R\" : a, b by agreement\n"
                               "  a when cells < 50 10*9/L and age < 10 years\n"
                               "  b when cells >= 50 10*9/L\n"
                               "  b when age >= 10 years\n";
    static const char kinds[] = "classify r \"R\" : a, b by first match\n"
                                "  a when lineage is t_cell\n"
                                "  b when lineage is mature\n";
    static const char both[] = "classify r \"R\" : a, b by agreement\n"
                               "  a when fever and rash and not (mass > 1 kg)\n"
                               "  b when fever and rash and mass > 1 kg\n";
    decides(risk, "\"fever\":true",
            "├─ what cells would decide\n│  ├─ < 50 10*9/L: unknown\n│  └─ >= 50 10*9/L: b\n");
    decides(risk, "\"cells\":12", "├─ what age would decide\n│  ├─ < 10 years: a\n│  └─ >= 10 years: b\n");
    decides(risk, "\"cells\":\"<60\"", "│  ├─ < 50 10*9/L: unknown\n│  └─ >= 50 10*9/L: b\n");
    decides(kinds, "\"fever\":true", "│  ├─ t_cell: a\n│  ├─ mature: b\n│  └─ any other: not covered\n");
    decides(both, "\"fever\":true", "├─ what rash would decide\n│  ├─ no: not covered\n│  └─ yes: unknown\n");
    decides("classify r \"R\" : a, b by agreement\n"
            "  a when fever is known and rash and cells < 1 10*9/L\n"
            "  b when rash and cells >= 1 10*9/L\n  b when not rash and mass > 1 kg\n"
            "  a when not rash and mass <= 1 kg\n",
            "\"fever\":true", NULL);     /* none decides alone */
    decides(risk, "\"cells\":60", NULL); /* decided */
}

/* `negative` is cut like any range; its regions are told as numbers. */
static void test_negative(void **state)
{
    (void)state;
    static const char rules[] = "parameter low \"Low\" : number\n"
                                "input mrd \"MRD\" : number from 0 to 1, negative below low\n"
                                "classify r \"R\" : a, b by first match\n"
                                "  a when mrd < 0.0005 and fever\n"
                                "  b when mrd >= 0.0005\n";
    decides(rules, "\"mrd\":\"negative\"", "│  ├─ < 0.0005: unknown\n│  └─ >= 0.0005: b\n");
}

static void test_doses(void **state)
{
    (void)state;
    static const char dose[] = "dose r \"R\" of drug\n"
                               "  amount 28 ug/d when mass >= 45 kg\n"
                               "  amount 1 ug/kg/d * mass when mass < 45 kg\n"
                               "  withhold when fever\n";
    decides(dose, "\"mass\":45", "├─ what fever would decide\n│  ├─ no: give 28 ug/d\n│  └─ yes: withhold\n");
    decides(dose, "\"mass\":44", "│  ├─ no: give 44 ug/d\n│  └─ yes: withhold\n");
    decides(dose, "\"fever\":true,\"mass\":44", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_one_change_alone),
        cmocka_unit_test(test_applies),
        cmocka_unit_test(test_what_is_missing),
        cmocka_unit_test(test_doses),
        cmocka_unit_test(test_negative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
