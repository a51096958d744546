/* Alerts and monitors as a program that embeds the library reads them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/regimen.h"

static const char SOURCE[] = "protocol t \"Title\"\n"
                             "version 1.0.0\n"
                             "status draft\n"
                             "input fever \"Fever\" : yes or no\n"
                             "input doses \"Doses\" : events { amount : mg }\n"
                             "input levels \"Levels\" : series of mg/L\n"
                             "alert low \"Low level\" : critical\n"
                             "  for each doses where (amount > 10 mg) as dose\n"
                             "  when (lowest levels from 6 days to 8 days after dose) as found < 1 mg/L\n"
                             "    say    \"Level {found}\"\n"
                             "    advise \"Give more\" strength option\n"
                             "    advise \"Tell the parents\"\n"
                             "alert hot \"Fever\"\n"
                             "  when fever\n"
                             "  when fever and (any doses)\n"
                             "monitor level \"Level\"\n"
                             "  say \"Take one after {date of dose}\"\n"
                             "  for each doses as dose\n"
                             "  expect levels from 6 days to 8 days\n"
                             "classify c \"C\" : a by agreement\n"
                             "  a when fever\n";

enum { LOW, HOT, LEVEL, CLASS, RULES };

struct fixture {
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
};

static int set_up(void **state)
{
    static struct fixture f;
    const uint8_t *image;
    size_t size;
    struct regimen_error error;
    struct regimen_compiler *compiler = regimen_compiler_new();
    regimen_compiler_load_text(compiler, "t.rgm", SOURCE, sizeof SOURCE - 1);
    if (regimen_compiler_build(compiler, &image, &size) != REGIMEN_COMPILER_OK)
        fail_msg("%s", regimen_compiler_diagnostics(compiler, "text", false, NULL));
    assert_int_equal(regimen_program_load(image, size, &f.program, &error), REGIMEN_OK);
    assert_int_equal(regimen_evaluator_new(f.program, &f.evaluator, &error), REGIMEN_OK);
    regimen_compiler_free(compiler);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    regimen_evaluator_free(f->evaluator);
    regimen_program_free(f->program);
    return 0;
}

/* Two doses that count and one that does not; the first has a low level, the second none. */
static void evaluate(struct fixture *f)
{
    static const char RECORD[] =
        "{\"id\":\"A\",\"as_of\":\"2026-03-01\",\"fever\":true,\"doses\":[{\"at\":\"2026-01-10\",\"amount\":"
        "20},"
        "{\"at\":\"2026-01-20\",\"amount\":10},{\"at\":\"2026-02-10T08:00\",\"amount\":30}],"
        "\"levels\":[{\"at\":\"2026-01-17\",\"value\":0.5}]}";
    struct regimen_error error;
    if (regimen_evaluate(f->evaluator, RECORD, sizeof RECORD - 1, &error) != REGIMEN_OK)
        fail_msg("%s", error.message);
}

static void test_rules(void **state)
{
    struct fixture *f = *state;
    static const char *const kinds[] = {"alert", "alert", "monitor", "classify"};
    struct regimen_rule rule;
    for (size_t i = 0; i < RULES; i++) {
        assert_true(regimen_program_rule(f->program, i, &rule));
        assert_string_equal(rule.kind, kinds[i]);
    }
    assert_true(regimen_program_rule(f->program, HOT, &rule));
    assert_string_equal(rule.value, "not raised, raised");
}

static void test_values(void **state)
{
    struct fixture *f = *state;
    evaluate(f);
    assert_string_equal(regimen_result_value(f->evaluator, LOW), "raised");
    assert_string_equal(regimen_result_value(f->evaluator, HOT), "raised");
    assert_string_equal(regimen_result_value(f->evaluator, LEVEL), "overdue");
    assert_string_equal(regimen_result_severity(f->evaluator, LOW), "critical");
    assert_string_equal(regimen_result_severity(f->evaluator, HOT), "");
    assert_string_equal(regimen_result_severity(f->evaluator, LEVEL), "");
    assert_string_equal(regimen_result_severity(f->evaluator, RULES), "");
    assert_false(regimen_result_has_findings(f->evaluator)); /* a raised alert is an answer */
}

static void test_messages(void **state)
{
    struct fixture *f = *state;
    struct regimen_message m;
    evaluate(f);
    assert_int_equal(regimen_result_messages(f->evaluator, LOW), 1);
    assert_true(regimen_result_message(f->evaluator, LOW, 0, &m));
    assert_string_equal(m.text, "Level 0.5 mg/L");
    assert_string_equal(m.of, "doses of 2026-01-10 (amount 20 mg)");
    assert_string_equal(m.row, "low#1");
    assert_int_equal(m.advices, 2);
    assert_false(regimen_result_message(f->evaluator, LOW, 1, &m));
    assert_int_equal(regimen_result_messages(f->evaluator, HOT), 2);
    assert_true(regimen_result_message(f->evaluator, HOT, 1, &m));
    assert_string_equal(m.text, "Fever"); /* nothing is said, so it is the label */
    assert_string_equal(m.of, "");
    assert_string_equal(m.row, "hot#2");
    assert_int_equal(m.advices, 0);
    assert_int_equal(regimen_result_messages(f->evaluator, LEVEL), 2); /* one missed, one overdue */
    assert_true(regimen_result_message(f->evaluator, LEVEL, 1, &m));
    assert_string_equal(m.text, "Take one after 2026-02-10");
    assert_string_equal(m.row, "level.overdue");
    assert_int_equal(regimen_result_messages(f->evaluator, CLASS), 0);
    assert_int_equal(regimen_result_messages(f->evaluator, RULES), 0);
    assert_false(regimen_result_message(f->evaluator, CLASS, 0, &m));
}

static void test_advice(void **state)
{
    struct fixture *f = *state;
    struct regimen_advice a;
    evaluate(f);
    assert_true(regimen_result_advice(f->evaluator, LOW, 0, 0, &a));
    assert_string_equal(a.text, "Give more");
    assert_string_equal(a.strength, "option");
    assert_true(regimen_result_advice(f->evaluator, LOW, 0, 1, &a));
    assert_string_equal(a.text, "Tell the parents");
    assert_string_equal(a.strength, "");
    assert_false(regimen_result_advice(f->evaluator, LOW, 0, 2, &a));
    assert_false(regimen_result_advice(f->evaluator, LOW, 1, 0, &a));
    assert_false(regimen_result_advice(f->evaluator, HOT, 0, 0, &a));
}

static void assert_element(struct fixture *f, size_t rule, size_t index, const char *at, const char *value,
                           const char *from, const char *to)
{
    struct regimen_element e;
    assert_true(regimen_result_element(f->evaluator, rule, index, &e));
    assert_string_equal(e.at, at);
    assert_string_equal(e.outcome, "decided");
    assert_string_equal(e.value, value);
    assert_string_equal(e.from, from);
    assert_string_equal(e.to, to);
}

static void test_elements(void **state)
{
    struct fixture *f = *state;
    struct regimen_element e;
    evaluate(f);
    assert_int_equal(regimen_result_elements(f->evaluator, LOW), 2); /* the one of 10 mg does not count */
    assert_element(f, LOW, 0, "2026-01-10", "raised", "", "");

    assert_true(regimen_result_element(f->evaluator, LOW, 1, &e));
    assert_string_equal(e.text, "doses of 2026-02-10T08:00 (amount 30 mg)");
    assert_string_equal(e.outcome, "unknown"); /* no level was taken */
    assert_string_equal(e.value, "");
    assert_false(regimen_result_element(f->evaluator, LOW, 2, &e));
    assert_int_equal(regimen_result_elements(f->evaluator, LEVEL), 3);
    assert_element(f, LEVEL, 0, "2026-01-10", "done", "2026-01-16", "2026-01-18");
    assert_element(f, LEVEL, 1, "2026-01-20", "missed", "2026-01-26", "2026-01-28");
    assert_element(f, LEVEL, 2, "2026-02-10T08:00", "overdue", "2026-02-16", "2026-02-18");
    assert_int_equal(regimen_result_elements(f->evaluator, HOT), 0);
    assert_int_equal(regimen_result_elements(f->evaluator, CLASS), 0);
    assert_false(regimen_result_element(f->evaluator, HOT, 0, &e));
}

/* Whatever is asked leaves the results as they are. */
static void test_nothing_is_changed(void **state)
{
    struct fixture *f = *state;
    struct regimen_message m;
    struct regimen_element e;
    evaluate(f);
    static char before[40000];
    size_t length;
    const char *json = regimen_result_json_explained(f->evaluator, &length);
    assert_true(length < sizeof before);
    memcpy(before, json, length + 1);
    for (size_t rule = 0; rule < RULES; rule++) {
        (void)regimen_result_messages(f->evaluator, rule);
        (void)regimen_result_message(f->evaluator, rule, 0, &m);
        (void)regimen_result_element(f->evaluator, rule, 0, &e);
        (void)regimen_result_report(f->evaluator, NULL);
    }
    assert_string_equal(regimen_result_json_explained(f->evaluator, NULL), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),    cmocka_unit_test(test_values),
        cmocka_unit_test(test_messages), cmocka_unit_test(test_advice),
        cmocka_unit_test(test_elements), cmocka_unit_test(test_nothing_is_changed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
