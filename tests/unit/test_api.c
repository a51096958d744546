/* The public interface of the library, as a program that embeds it uses it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/regimen.h"

static const char SOURCE[] = "protocol t \"Title\"\n"
                             "version 1.2.3\n"
                             "status approved by \"A. Example\" on 2026-01-15\n"
                             "enumeration groups : low, high or other\n"
                             "input cells \"Cells\" : 10*9/L from 0 to 3000\n"
                             "input marker \"Marker\" : number from 0 to 1, negative below marker_limit\n"
                             "input count_of_doses \"Doses\" : count\n"
                             "input group \"Group\" : one of groups\n"
                             "input born \"Born\" : date\n"
                             "input seen \"Seen\" : yes or no\n"
                             "input weight \"Weight\" : series of kg { method : groups } from 0 to 300\n"
                             "input taken \"Given\" : events { amount : mg, note : text }\n"
                             "parameter marker_limit \"Limit\" : number\n"
                             "parameter most \"Most\" : mg or none\n"
                             "parameter classes \"Classes\" : table of groups to set of groups\n"
                             "classify risk \"Risk\" : low < high  by agreement\n"
                             "  low  when cells < 50 10*9/L\n"
                             "  high when cells >= 50 10*9/L\n"
                             "classify sign \"Sign\" : good, bad  by agreement\n"
                             "  good when marker is negative\n"
                             "  bad  when marker > 0.5\n"
                             "classify clash \"Clash\" : low, high  by agreement\n"
                             "  low  when seen\n"
                             "  high when cells >= 50 10*9/L\n"
                             "dose drug \"Drug\" of drug\n"
                             "  amount 10 mg\n"
                             "  at most most\n"
                             "guarantee \"small\" drug <= 9 mg\n";

enum { RISK, SIGN, CLASH, DRUG, SMALL, RULES };

struct fixture {
    uint8_t *image; /* as the compiler made it */
    size_t size;
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
};

static int set_up(void **state)
{
    static struct fixture f;
    const uint8_t *image;
    struct regimen_error error;
    struct regimen_compiler *compiler = regimen_compiler_new();
    regimen_compiler_load_text(compiler, "t.rgm", SOURCE, sizeof SOURCE - 1);
    assert_int_equal(regimen_compiler_build(compiler, &image, &f.size), REGIMEN_COMPILER_OK);
    f.image = malloc(f.size);
    memcpy(f.image, image, f.size);
    regimen_compiler_free(compiler);
    assert_int_equal(regimen_program_load(f.image, f.size, &f.program, &error), REGIMEN_OK);
    assert_int_equal(regimen_evaluator_new(f.program, &f.evaluator, &error), REGIMEN_OK);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    regimen_evaluator_free(f->evaluator);
    regimen_program_free(f->program);
    free(f->image);
    return 0;
}

static void test_nothing_is_fine(void **state)
{
    (void)state;
    regimen_program_free(NULL);
    regimen_evaluator_free(NULL);
    assert_string_equal(regimen_version(), REGIMEN_VERSION);
}

static void assert_refused(const void *bytes, size_t size, enum regimen_status status)
{
    struct regimen_program *program = (struct regimen_program *)1;
    struct regimen_error error = {.message = ""};
    assert_int_equal(regimen_program_load(bytes, size, &program, &error), status);
    assert_null(program);
    assert_int_equal(error.status, status);
    assert_true(*error.message);
    assert_int_equal(regimen_program_load(bytes, size, &program, NULL), status);
}

static void test_images_that_are_none(void **state)
{
    struct fixture *f = *state;
    assert_refused("", 0, REGIMEN_IMAGE);
    assert_refused("not an image at all, but long enough to be one", 40, REGIMEN_IMAGE);
    assert_refused(f->image, f->size - 1, REGIMEN_IMAGE);
    f->image[f->size / 2] ^= 1;
    assert_refused(f->image, f->size, REGIMEN_IMAGE);
    struct regimen_program *program;
    struct regimen_error error;
    assert_int_equal(regimen_program_load_file("/nowhere/t.rgmc", &program, &error), REGIMEN_UNREADABLE);
    assert_non_null(strstr(error.message, "/nowhere/t.rgmc cannot be read"));
    assert_int_equal(regimen_program_load_file("/", &program, &error), REGIMEN_UNREADABLE);
    assert_int_equal(regimen_program_load_file("/dev/null", &program, &error), REGIMEN_IMAGE);
}

static void test_info(void **state)
{
    struct fixture *f = *state;
    struct regimen_program_info info;
    regimen_program_info(f->program, &info);
    assert_string_equal(info.name, "t");
    assert_string_equal(info.title, "Title");
    assert_string_equal(info.version, "1.2.3");
    assert_string_equal(info.status, "approved");
    assert_string_equal(info.approved_by, "A. Example");
    assert_string_equal(info.approved_on, "2026-01-15");
    assert_int_equal(strlen(info.digest), 64);
    assert_string_equal(info.site_name, "");
    assert_string_equal(info.site_digest, "");
}

static void test_types(void **state)
{
    static const struct {
        const char *name, *type, *unit;
    } INPUTS[] = {
        {"cells", "10*9/L from 0 to 3000", "10*9/L"},
        {"marker", "number from 0 to 1, negative below marker_limit", "1"},
        {"count_of_doses", "count", "1"},
        {"group", "one of low, high or other", ""},
        {"born", "date", ""},
        {"seen", "yes or no", ""},
        {"weight", "series of kg { method : one of low, high or other } from 0 to 300", "kg"},
        {"taken", "events { amount : mg, note : text }", ""},
    };
    struct fixture *f = *state;
    struct regimen_item item;
    assert_int_equal(regimen_program_inputs(f->program), sizeof INPUTS / sizeof *INPUTS);
    for (size_t i = 0; i < sizeof INPUTS / sizeof *INPUTS; i++) {
        assert_true(regimen_program_input(f->program, i, &item));
        assert_string_equal(item.name, INPUTS[i].name);
        assert_string_equal(item.type, INPUTS[i].type);
        assert_string_equal(item.unit, INPUTS[i].unit);
        assert_true(*item.label);
    }
    assert_false(regimen_program_input(f->program, sizeof INPUTS / sizeof *INPUTS, &item));
}

static void test_parameters_and_rules(void **state)
{
    static const char *const PARAMETERS[] = {"number", "mg or none",
                                             "table of groups to set of low, high or other"};
    static const char *const VALUES[RULES] = {"low, high", "good, bad", "low, high", "mg", "yes or no"};
    struct fixture *f = *state;
    struct regimen_item item;
    struct regimen_rule rule;
    assert_int_equal(regimen_program_parameters(f->program), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(regimen_program_parameter(f->program, i, &item));
        assert_string_equal(item.type, PARAMETERS[i]);
        assert_false(item.is_set);
    }
    assert_false(regimen_program_parameter(f->program, 3, &item));
    assert_int_equal(regimen_program_rules(f->program), RULES);
    for (size_t i = 0; i < RULES; i++) {
        assert_true(regimen_program_rule(f->program, i, &rule));
        assert_string_equal(rule.value, VALUES[i]);
    }
    assert_string_equal(rule.kind, "guarantee");
    assert_string_equal(rule.name, "");
    assert_string_equal(rule.label, "small");
    assert_false(regimen_program_rule(f->program, RULES, &rule));
}

static void evaluate(struct fixture *f, const char *record)
{
    struct regimen_error error;
    assert_int_equal(regimen_evaluate(f->evaluator, record, strlen(record), &error), REGIMEN_OK);
}

static void assert_result(struct fixture *f, size_t rule, const char *outcome, const char *value)
{
    assert_string_equal(regimen_result_outcome(f->evaluator, rule), outcome);
    assert_string_equal(regimen_result_value(f->evaluator, rule), value);
}

static void test_results(void **state)
{
    struct fixture *f = *state;
    size_t length;
    evaluate(
        f,
        "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"cells\":{\"value\":49999,\"unit\":\"/uL\"},\"seen\":true}");
    assert_result(f, RISK, "decided", "low");
    assert_result(f, SIGN, "unknown", "");
    assert_result(f, CLASH, "decided", "low");
    assert_result(f, DRUG, "unknown", ""); /* the cap is not set */
    assert_null(regimen_result_outcome(f->evaluator, RULES));
    assert_null(regimen_result_value(f->evaluator, RULES));
    assert_false(regimen_result_has_findings(f->evaluator));
    const char *json = regimen_result_json(f->evaluator, &length);
    assert_int_equal(length, strlen(json));
    assert_non_null(
        strstr(json, "\"risk\":{\"kind\":\"classify\",\"outcome\":\"decided\",\"value\":\"low\""));
    assert_null(strstr(json, "\"explain\""));
    assert_non_null(strstr(regimen_result_json_explained(f->evaluator, NULL), "\"explain\":{\"risk\":{"));
    assert_int_equal(length, strlen(json)); /* a text lives until its own function is called again */
    assert_null(strstr(json, "\"explain\""));
    assert_null(strstr(regimen_result_report(f->evaluator, NULL), "  RESULT      low\n"));
    regimen_evaluator_all(f->evaluator, true);
    assert_non_null(strstr(regimen_result_report(f->evaluator, NULL), "  RESULT      low\n"));
    regimen_evaluator_all(f->evaluator, false);
    assert_non_null(strstr(regimen_result_explanation(f->evaluator, NULL), "risk = low\n"));
}

static void test_findings(void **state)
{
    struct fixture *f = *state;
    struct regimen_error error;
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"cells\":50,\"seen\":true}");
    assert_result(f, CLASH, "conflict", "");
    assert_true(regimen_result_has_findings(f->evaluator));
    assert_int_equal(regimen_evaluator_only(f->evaluator, "risk", &error), REGIMEN_OK);
    assert_false(regimen_result_has_findings(f->evaluator)); /* of what is shown */
    assert_true(regimen_evaluator_shows(f->evaluator, RISK));
    assert_false(regimen_evaluator_shows(f->evaluator, CLASH));
    assert_false(regimen_evaluator_shows(f->evaluator, RULES));
    assert_null(strstr(regimen_result_json(f->evaluator, NULL), "clash"));
    assert_int_equal(regimen_evaluator_only(f->evaluator, "rosk", &error), REGIMEN_NAME);
    assert_non_null(strstr(error.message, "rosk"));
}

static void test_broken_guarantee(void **state)
{
    struct fixture *f = *state;
    struct regimen_error error;
    assert_int_equal(regimen_evaluator_set(f->evaluator, "most", "none", &error), REGIMEN_OK);
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\"}");
    assert_result(f, SMALL, "decided", "does not hold");
    assert_result(f, DRUG, "fault", "");
    assert_true(regimen_result_has_findings(f->evaluator));
    assert_int_equal(regimen_evaluator_set(f->evaluator, "most", "8.5 mg", &error), REGIMEN_OK);
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\"}");
    assert_result(f, SMALL, "decided", "holds");
    assert_result(f, DRUG, "decided", "give");
    assert_non_null(strstr(regimen_result_json(f->evaluator, NULL), "\"set\":{\"most\":\"8.5 mg\"}"));
}

static void test_settings_that_are_refused(void **state)
{
    static const struct {
        const char *name, *value;
        enum regimen_status status;
    } CASES[] = {
        {"mots", "1 mg", REGIMEN_NAME},    {"", "", REGIMEN_NAME},
        {"most", "1 mL", REGIMEN_VALUE},   {"most", "1", REGIMEN_VALUE},
        {"most", "", REGIMEN_VALUE},       {"marker_limit", "none", REGIMEN_VALUE},
        {"most", "1 mg x", REGIMEN_VALUE},
    };
    struct fixture *f = *state;
    struct regimen_error error;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(regimen_evaluator_set(f->evaluator, CASES[i].name, CASES[i].value, &error),
                         CASES[i].status);
        assert_true(*error.message);
        assert_int_equal(regimen_evaluator_set(f->evaluator, CASES[i].name, CASES[i].value, NULL),
                         CASES[i].status);
    }
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\"}");
    assert_null(strstr(regimen_result_json(f->evaluator, NULL), "\"set\"")); /* nothing of it was taken */
    assert_result(f, DRUG, "unknown", "");
    assert_int_equal(regimen_evaluator_because(f->evaluator, "mots", "x", &error), REGIMEN_NAME);
}

static void test_limit_of_negative(void **state)
{
    struct fixture *f = *state;
    static const char RECORD[] = "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"marker\":\"negative\"}";
    struct regimen_error error;
    evaluate(f, RECORD);
    assert_result(f, SIGN, "unknown", "");
    assert_int_equal(regimen_evaluator_set(f->evaluator, "marker_limit", "0.1", &error), REGIMEN_OK);
    evaluate(f, RECORD);
    assert_result(f, SIGN, "decided", "good");
    assert_int_equal(regimen_evaluator_set(f->evaluator, "marker_limit", "0.9", &error), REGIMEN_OK);
    evaluate(f, RECORD);
    assert_result(f, SIGN, "unknown", ""); /* it may be above 0.5 */
}

static void test_time_of_evaluation(void **state)
{
    static const char *const BAD[] = {"",          "2026", "2026-02",         "2026-02-30",
                                      "31.1.2026", "now",  "2026-01-31T25:00"};
    struct fixture *f = *state;
    struct regimen_error error;
    assert_int_equal(regimen_evaluate(f->evaluator, "{\"id\":\"A\"}", 10, &error), REGIMEN_RECORD);
    assert_string_equal(error.code, "missing_as_of");
    assert_string_equal(error.record, "A");
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(regimen_evaluator_as_of(f->evaluator, BAD[i], &error), REGIMEN_VALUE);
    assert_int_equal(regimen_evaluator_as_of(f->evaluator, "2026-01-31", &error), REGIMEN_OK);
    evaluate(f, "{\"id\":\"A\"}");
    assert_non_null(strstr(regimen_result_json(f->evaluator, NULL), "\"as_of\":\"2026-01-31\""));
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2025-01-01\"}");
    assert_non_null(strstr(regimen_result_json(f->evaluator, NULL), "\"as_of\":\"2025-01-01\""));
    assert_int_equal(regimen_evaluator_as_of(f->evaluator, NULL, &error), REGIMEN_OK);
    assert_int_equal(regimen_evaluate(f->evaluator, "{\"id\":\"A\"}", 10, NULL), REGIMEN_RECORD);
}

static void test_refused_records(void **state)
{
    struct fixture *f = *state;
    struct regimen_error error;
    static const char RECORD[] = "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"cells\":-1}";
    assert_int_equal(regimen_evaluate(f->evaluator, RECORD, sizeof RECORD - 1, &error), REGIMEN_RECORD);
    assert_string_equal(error.code, "range");
    assert_string_equal(error.field, "cells");
    assert_string_equal(error.value, "-1");
    assert_int_equal(error.offset, strstr(RECORD, "-1") - RECORD);
    const char *json = regimen_refused_json(f->evaluator, &error, "f.json", 7, NULL);
    assert_ptr_equal(
        strstr(json, "{\"record\":\"A\",\"file\":\"f.json\",\"line\":7,\"error\":{\"code\":\"range\","),
        json);
    json = regimen_refused_json(f->evaluator, &error, NULL, 0, NULL);
    assert_ptr_equal(strstr(json, "{\"record\":\"A\",\"error\":{"), json);
    assert_non_null(
        strstr(regimen_refused_text(f->evaluator, &error, "f.json, line 7", NULL), "f.json, line 7\n"));
    assert_ptr_equal(strstr(json, "{\"record\":\"A\",\"error\":{"), json); /* the other form stays */
    static const char EXTRA[] = "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"x\":{\"y\":[1,2]}}";
    assert_int_equal(regimen_evaluate(f->evaluator, EXTRA, sizeof EXTRA - 1, &error), REGIMEN_RECORD);
    assert_string_equal(error.code, "unknown_key");
    regimen_evaluator_ignore_extra(f->evaluator, true);
    evaluate(f, EXTRA);
    assert_non_null(strstr(regimen_result_json(f->evaluator, NULL), "\"ignored\":1"));
    assert_int_equal(regimen_evaluate(f->evaluator, "", 0, &error), REGIMEN_RECORD);
    evaluate(f, "{\"id\":\"B\",\"as_of\":\"2026-01-01\",\"cells\":50}"); /* the evaluator goes on */
    assert_result(f, RISK, "decided", "high");
}

static void test_site(void **state)
{
    struct fixture *f = *state;
    struct regimen_error error;
    assert_int_equal(regimen_evaluator_site(f->evaluator, "s", "S", "most=4 mg\nmarker_limit=0.1\n", &error),
                     REGIMEN_OK);
    assert_int_equal(regimen_evaluator_because(f->evaluator, "most", "policy 12", &error), REGIMEN_OK);
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"marker\":\"negative\"}");
    assert_result(f, SIGN, "decided", "good");
    const char *json = regimen_result_json(f->evaluator, NULL);
    assert_non_null(strstr(json, "\"site\":{\"name\":\"s\",\"digest\":\""));
    assert_non_null(strstr(json, "\"amount\":{\"value\":4,\"unit\":\"mg\"}"));
    assert_null(strstr(json, "\"set\"")); /* nothing was set for this run alone */
    assert_non_null(strstr(json, "policy 12"));
    assert_int_equal(regimen_evaluator_site(f->evaluator, "s", "S", "mots=4 mg\n", &error), REGIMEN_NAME);
    assert_int_equal(regimen_evaluator_site(f->evaluator, "s", "S", "most\n", &error), REGIMEN_VALUE);
}

static void test_evaluators_share_nothing(void **state)
{
    struct fixture *f = *state;
    struct regimen_evaluator *other;
    struct regimen_error error;
    assert_int_equal(regimen_evaluator_new(f->program, &other, &error), REGIMEN_OK);
    assert_int_equal(regimen_evaluator_set(other, "most", "none", &error), REGIMEN_OK);
    static const char RECORD[] = "{\"id\":\"B\",\"as_of\":\"2026-01-01\",\"cells\":50}";
    evaluate(f, "{\"id\":\"A\",\"as_of\":\"2026-01-01\",\"cells\":49}");
    assert_int_equal(regimen_evaluate(other, RECORD, sizeof RECORD - 1, &error), REGIMEN_OK);
    assert_result(f, RISK, "decided", "low");
    assert_result(f, DRUG, "unknown", "");
    assert_string_equal(regimen_result_value(other, RISK), "high");
    assert_non_null(strstr(regimen_result_json(f->evaluator, NULL), "\"record\":\"A\""));
    regimen_evaluator_free(other);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_fine),
        cmocka_unit_test_setup_teardown(test_images_that_are_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_info, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_parameters_and_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_results, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_findings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_guarantee, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_settings_that_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limit_of_negative, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_time_of_evaluation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_site, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_evaluators_share_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
