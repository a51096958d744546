/* What stands on top of a report: its values, what is missing in it, and that it changes no result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/regimen_compiler.h"
#include "runtime/buffer.h"
#include "runtime/regimen.h"

static const char HEADER[] =
    "protocol t \"Title\"\nversion 1.2.3\nstatus draft\n"
    "enumeration drugs : imatinib, dasatinib or other\n"
    "input born \"Date of birth\" : date\n"
    "input body_weight \"Weight\" : series of kg from 0 to 300\n"
    "input height \"Body height\" : series of cm\n"
    "input planned \"Planned drug\" : drugs\n"
    "input sites : set of marrow, cns\n"
    "input fever \"Fever\" : yes or no\n"
    "input remark \"Remark\" : text\n"
    "input mrd \"MRD\" : number from 0 to 1, negative below limit\n"
    "input doses \"Doses\" : events { amount : mg }\n"
    "parameter limit \"Limit\" : number\n"
    "define age \"Age today\" = time from born to now\n"
    "define last_dose \"Last dose\" = date of latest doses\n"
    "define ratio \"Ratio\" = number(latest body_weight in kg) / (number(latest height in cm) - 100)\n"
    "define group_today \"Group\" = risk\n"
    "define above \"Above the limit\" = mrd > limit\n";
static const char RULE[] = "classify risk \"Risk\" : low, high by agreement\n"
                           "  low  when fever\n"
                           "  high when not fever\n"
                           "  high when above\n";

struct shown_program {
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
};

/* With a line `report shows names`; without one where names is NULL. */
static struct shown_program program_showing(const char *names)
{
    struct shown_program p;
    struct buffer text = {0};
    struct regimen_compiler *compiler = regimen_compiler_new();
    const uint8_t *image;
    size_t size;
    buffer_put(&text, HEADER);
    if (names) buffer_printf(&text, "report shows %s\n", names);
    buffer_put(&text, RULE);
    regimen_compiler_load_text(compiler, "t.rgm", buffer_text(&text), text.length);
    if (regimen_compiler_build(compiler, &image, &size) != REGIMEN_COMPILER_OK)
        fail_msg("%s", regimen_compiler_diagnostics(compiler, "text", false, NULL));
    assert_int_equal(regimen_program_load(image, size, &p.program, NULL), REGIMEN_OK);
    assert_int_equal(regimen_evaluator_new(p.program, &p.evaluator, NULL), REGIMEN_OK);
    regimen_compiler_free(compiler);
    buffer_free(&text);
    return p;
}

static void program_end(struct shown_program *p)
{
    regimen_evaluator_free(p->evaluator);
    regimen_program_free(p->program);
}

static void evaluate(const struct shown_program *p, const char *fields)
{
    struct buffer record = {0};
    struct regimen_error error;
    buffer_printf(&record, "{\"id\":\"P1\",\"as_of\":\"2026-02-02\"%s%s}", *fields ? "," : "", fields);
    if (regimen_evaluate(p->evaluator, buffer_text(&record), record.length, &error) != REGIMEN_OK)
        fail_msg("%s: %s", error.field, error.message);
    buffer_free(&record);
}

/* What stands between two words of a text, each once. */
static const char *between(const char *text, const char *from, const char *to, struct buffer *out)
{
    const char *begin = strstr(text, from);
    buffer_clear(out);
    if (!begin) return "";
    begin += strlen(from);
    const char *end = strstr(begin, to);
    assert_non_null(end);
    buffer_bytes(out, begin, (size_t)(end - begin));
    return buffer_text(out);
}

static void expect_json(const char *names, const char *fields, const char *shown)
{
    struct shown_program p = program_showing(names);
    struct buffer part = {0};
    evaluate(&p, fields);
    assert_string_equal(between(regimen_result_json(p.evaluator, NULL), "\"shown\":", ",\"results\"", &part),
                        shown);
    buffer_free(&part);
    program_end(&p);
}

/* The lines of the report become one. */
static void expect_report(const char *names, const char *fields, const char *shown)
{
    struct shown_program p = program_showing(names);
    struct buffer part = {0}, line = {0};
    evaluate(&p, fields);
    between(regimen_result_report(p.evaluator, NULL), "  Shown ", "\n  Protocol", &part);
    for (const char *c = buffer_text(&part); *c; c++) {
        bool blank = *c == ' ' || *c == '\n';
        if (!blank) buffer_bytes(&line, c, 1);
        if (blank && line.length && c[1] && c[1] != ' ' && c[1] != '\n') buffer_put(&line, " ");
    }
    assert_string_equal(buffer_text(&line), shown);
    buffer_free(&part);
    buffer_free(&line);
    program_end(&p);
}

static void test_values(void **state)
{
    (void)state;
    expect_json("born", "\"born\":\"2016-02-29\"",
                "{\"born\":{\"label\":\"Date of birth\",\"value\":\"2016-02-29\"}}");
    expect_json("fever, sites", "\"sites\":[\"cns\",\"marrow\"],\"fever\":false",
                "{\"fever\":{\"label\":\"Fever\",\"value\":false},\"sites\":{\"value\":\"marrow, cns\"}}");
    expect_json("planned, remark", "\"planned\":{\"other\":\"trial drug\"},\"remark\":\"a \\\"b\\\"\"",
                "{\"planned\":{\"label\":\"Planned drug\",\"value\":\"other\",\"other\":\"trial drug\"},"
                "\"remark\":{\"label\":\"Remark\",\"value\":\"a \\\"b\\\"\"}}");
    expect_json("age", "\"born\":\"2016-02-02\"",
                "{\"age\":{\"label\":\"Age today\",\"value\":{\"value\":120,\"unit\":\"mo\"}}}");
    expect_json(
        "age", "\"born\":\"2016-02-03\"",
        "{\"age\":{\"label\":\"Age today\",\"value\":{\"from\":119,\"from_included\":false,\"to\":120,"
        "\"to_included\":false,\"unit\":\"mo\"}}}");
    expect_json("last_dose, group_today",
                "\"doses\":[{\"at\":\"2026-02-01\"},{\"at\":\"2026-01-02\"}],\"fever\":true,\"mrd\":0",
                "{\"last_dose\":{\"label\":\"Last dose\",\"value\":\"2026-02-01\"},"
                "\"group_today\":{\"label\":\"Group\",\"why\":\"risk: unknown\"}}");
}

/* Of a series the latest value that counts: on the day itself, not after it, and not one of two. */
static void test_series(void **state)
{
    (void)state;
    expect_json("body_weight",
                "\"body_weight\":[{\"at\":\"2026-02-03\",\"value\":20},{\"at\":\"2026-02-02\",\"value\":19},"
                "{\"at\":\"2026-02-01\",\"value\":18}]",
                "{\"body_weight\":{\"label\":\"Weight\",\"value\":{\"value\":19,\"unit\":\"kg\"},\"at\":"
                "\"2026-02-02\"}}");
    expect_json("body_weight", "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18500,\"unit\":\"g\"}]",
                "{\"body_weight\":{\"label\":\"Weight\",\"value\":{\"value\":18.5,\"unit\":\"kg\"},\"at\":"
                "\"2026-02-01\","
                "\"written\":\"18500 g\"}}");
    expect_json("body_weight",
                "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18},{\"at\":\"2026-02-01\",\"value\":19}]",
                "{\"body_weight\":{\"label\":\"Weight\",\"at\":\"2026-02-01\",\"why\":\"two values at "
                "2026-02-01: 18 and "
                "19\"}}");
    expect_json("body_weight", "\"body_weight\":[{\"at\":\"2026-02-03\",\"value\":20}]",
                "{\"body_weight\":{\"label\":\"Weight\",\"why\":\"none recorded\"}}");
    expect_json(
        "body_weight", "\"body_weight\":[{\"at\":\"2026-02\",\"value\":20}]",
        "{\"body_weight\":{\"label\":\"Weight\",\"why\":\"the entry of 2026-02 may lie after 2026-02-02\"}}");
    expect_json("body_weight",
                "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":{\"missing\":\"in "
                "plaster\"}},{\"at\":\"2026-01-01\","
                "\"value\":18}]",
                "{\"body_weight\":{\"label\":\"Weight\",\"at\":\"2026-02-01\",\"why\":\"in plaster, entry of "
                "2026-02-01\"}}");
}

static void test_missing(void **state)
{
    (void)state;
    expect_json(
        "born, body_weight, planned, sites, remark, last_dose, age",
        "\"planned\":{\"missing\":\"not decided\"}",
        "{\"born\":{\"label\":\"Date of birth\",\"why\":\"absent\"},"
        "\"body_weight\":{\"label\":\"Weight\",\"why\":\"absent\"},"
        "\"planned\":{\"label\":\"Planned drug\",\"why\":\"not decided\"},\"sites\":{\"why\":\"absent\"},"
        "\"remark\":{\"label\":\"Remark\",\"why\":\"absent\"},"
        "\"last_dose\":{\"label\":\"Last dose\",\"why\":\"date of latest doses: absent\"},"
        "\"age\":{\"label\":\"Age today\",\"why\":\"born: absent\"}}");
    expect_json("mrd, born", "\"mrd\":\"<0.03\",\"born\":\"2016\"",
                "{\"mrd\":{\"label\":\"MRD\",\"value\":{\"from\":0,\"to\":0.03,\"to_included\":false},"
                "\"written\":\"<0.03\","
                "\"why\":\"only known as <0.03\"},"
                "\"born\":{\"label\":\"Date of "
                "birth\",\"value\":\"2016\",\"written\":\"2016\",\"why\":\"only known as 2016\"}}");
    expect_json("above", "\"mrd\":0.5",
                "{\"above\":{\"label\":\"Above the limit\",\"why\":\"limit: not set\"}}");
    expect_json("ratio",
                "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18}],\"height\":[{\"at\":\"2026-02-01\","
                "\"value\":100}]",
                "{\"ratio\":{\"label\":\"Ratio\",\"why\":\"division by zero\"}}");
}

static void test_report(void **state)
{
    (void)state;
    expect_report(
        "born, body_weight, height, planned",
        "\"born\":\"2016-02-29\",\"planned\":\"imatinib\",\"body_weight\":[{\"at\":\"2026-02-01T08:00\","
        "\"value\":18500,"
        "\"unit\":\"g\"}],\"height\":[{\"at\":\"2026-02-01T20:00\",\"value\":110}]",
        "born 2016-02-29; Weight 18.5 kg (written 18500 g), height 110 cm on 2026-02-01; planned imatinib");
    expect_report("height, body_weight",
                  "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18}],\"height\":[{\"at\":\"2026-01-31\","
                  "\"value\":110}]",
                  "height 110 cm on 2026-01-31; Weight 18 kg on 2026-02-01");
    expect_report("height, body_weight, planned", "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18}]",
                  "height: absent; Weight 18 kg on 2026-02-01; planned: absent");
    expect_report(
        "last_dose, age, ratio", "\"height\":[{\"at\":\"2026-02-01\",\"value\":110}]",
        "last dose: unknown (date of latest doses: absent); age: unknown (born: absent); ratio: unknown "
        "(latest body_weight: absent)");
    expect_report("ratio",
                  "\"body_weight\":[{\"at\":\"2026-02-01\",\"value\":18}],\"height\":[{\"at\":\"2026-02-01\","
                  "\"value\":100}]",
                  "ratio: division by zero");
    expect_report(
        "fever, sites, mrd, remark",
        "\"fever\":true,\"sites\":[],\"mrd\":\"negative\",\"remark\":\"a\\u001bb\"",
        "fever yes; sites none of them; mrd: only known as negative, and the limit of negative is not "
        "set; remark a?b");
    expect_report(NULL, "\"fever\":true", "");
}

/* The values of one record are not those of the next. */
static void test_next_record(void **state)
{
    (void)state;
    struct shown_program p = program_showing("age, last_dose");
    struct buffer part = {0};
    evaluate(&p, "\"born\":\"2016-02-02\",\"doses\":[{\"at\":\"2026-02-01\"}]");
    evaluate(&p, "");
    assert_string_equal(between(regimen_result_json(p.evaluator, NULL), "\"shown\":", ",\"results\"", &part),
                        "{\"age\":{\"label\":\"Age today\",\"why\":\"born: absent\"},"
                        "\"last_dose\":{\"label\":\"Last dose\",\"why\":\"date of latest doses: absent\"}}");
    buffer_free(&part);
    program_end(&p);
}

static void test_names(void **state)
{
    (void)state;
    struct shown_program p = program_showing("body_weight, age, born"), silent = program_showing(NULL);
    assert_int_equal(regimen_program_shown(p.program), 3);
    assert_string_equal(regimen_program_shown_name(p.program, 0), "body_weight");
    assert_string_equal(regimen_program_shown_name(p.program, 1), "age");
    assert_string_equal(regimen_program_shown_name(p.program, 2), "born");
    assert_null(regimen_program_shown_name(p.program, 3));
    assert_int_equal(regimen_program_shown(silent.program), 0);
    assert_null(regimen_program_shown_name(silent.program, 0));
    program_end(&p);
    program_end(&silent);
}

/* The results, the rules that a program has, and what may be selected: with the line and without it. */
static void test_changes_nothing(void **state)
{
    (void)state;
    struct shown_program p = program_showing("mrd, group_today, above"), silent = program_showing(NULL);
    static const char *const RECORDS[] = {"", "\"fever\":true", "\"fever\":false,\"mrd\":0.5"};
    for (size_t i = 0; i < sizeof RECORDS / sizeof *RECORDS; i++) {
        evaluate(&p, RECORDS[i]);
        evaluate(&silent, RECORDS[i]);
        const char *with = strstr(regimen_result_json(p.evaluator, NULL), "\"results\":");
        const char *without = strstr(regimen_result_json(silent.evaluator, NULL), "\"results\":");
        assert_true(with && without);
        assert_string_equal(with, without);
    }
    assert_int_equal(regimen_program_rules(p.program), regimen_program_rules(silent.program));
    assert_int_equal(regimen_evaluator_only(p.evaluator, "report shows", NULL), REGIMEN_NAME);
    assert_int_equal(regimen_evaluator_only(p.evaluator, "", NULL), REGIMEN_NAME);
    program_end(&p);
    program_end(&silent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),          cmocka_unit_test(test_series),
        cmocka_unit_test(test_missing),         cmocka_unit_test(test_report),
        cmocka_unit_test(test_next_record),     cmocka_unit_test(test_names),
        cmocka_unit_test(test_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
