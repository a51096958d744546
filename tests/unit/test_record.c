/* The record reader, value by value: every good and bad form, with the boundaries. */
#include "tests/unit/record_words.h"

static void expect_slot(struct fixture *f, const char *key, const char *value, const char *expected)
{
    char json[WORDS], words[WORDS] = "";
    struct record record;
    struct record_error error;
    int64_t input = input_named(&f->schema.image, key);
    assert_true(input >= 0);
    (void)snprintf(json, sizeof json, "{\"id\":\"P1\",\"as_of\":\"2026-02-01\",\"%s\":%s}", key, value);
    if (read_bytes(f, json, strlen(json), &record, &error))
        say_slot(words, &f->schema.image, &f->schema.image.INPUTS[input], &record.slots[input]);
    else
        say(words, "%s|%s|%s", error.code, error.field, error.value);
    if (strcmp(words, expected) != 0)
        fail_msg("%s = %s\n  is       %s\n  expected %s", key, value, words, expected);
}

struct value_row {
    const char *key, *value, *expected;
};

static void expect_values(void **state, const struct value_row *rows, size_t count)
{
    for (int turn = 0; turn < 2; turn++) /* what a reader has learnt changes nothing */
        for (size_t i = 0; i < count; i++)
            expect_slot(*state, rows[i].key, rows[i].value, rows[i].expected);
}
static void test_numbers(void **state)
{
    static const struct value_row rows[] = {
        {"wbc", "50", "50"},
        {"wbc", "0", "0"},
        {"wbc", "-0", "0"},
        {"wbc", "3000", "3000"},
        {"wbc", "3000.0", "3000"},
        {"wbc", "3e3", "3000"},
        {"wbc", "3000.000000000000000000000000000001", "range|wbc|3000.000000000000000000000000000001"},
        {"wbc", "-0.0001", "range|wbc|-0.0001"},
        {"wbc", "3001", "range|wbc|3001"},
        {"wbc", "28.104000000000003", "28.104000000000003"},
        {"wbc", "0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"},
        {"wbc", "0.12345678901234567890123456789012345", "number|wbc|0.12345678901234567890123456789012345"},
        {"wbc", "1234567890123456789012345678901234567890",
         "number|wbc|1234567890123456789012345678901234567890"},
        {"wbc", "1e99999", "number|wbc|1e99999"},
        {"wbc", "null", "absent unknown[0..3000]"},
        {"wbc", "true", "wrong_type|wbc|true"},
        {"wbc", "[\"a]\\\"}\"]", "wrong_type|wbc|[\"a]\\\"}\"]"},
        {"wbc", "[]", "wrong_type|wbc|[]"},
        {"wbc", "\"50\"", "wrong_type|wbc|\"50\""},
        {"wbc", "\"\"", "wrong_type|wbc|\"\""},
        {"wbc", "\"50 10*9/L\"", "wrong_type|wbc|\"50 10*9/L\""},
        {"wbc", "\"unknown\"", "unknown_word|wbc|\"unknown\""},
        {"wbc", "\"Unknown\"", "unknown_word|wbc|\"Unknown\""},
        {"wbc", "{\"missing\":\"not tested\"}", "missing unknown[0..3000] 'not tested'"},
        {"wbc", "{\"missing\":\"\"}", "wrong_type|wbc|\"\""},
        {"wbc", "{\"missing\":true}", "wrong_type|wbc|true"},
        {"wbc", "{\"missing\":null}", "wrong_type|wbc|null"},
        {"wbc", "{\"missing\":\"x\",\"value\":5}", "wrong_type|wbc|{\"missing\":\"x\",\"value\":5}"},
        {"wbc", "{}", "wrong_type|wbc|{}"},
        {"wbc", "{\"other\":\"x\"}", "unknown_key|wbc|\"x\""},
        {"weight", "1e20", "100000000000000000000"},
        {"weight", "-12.50", "-12.5"},
        {"weight", "null", "absent unknown(..)"},
        {"prior_regimens", "3", "3"},
        {"prior_regimens", "3.0", "3"},
        {"prior_regimens", "30e-1", "3"},
        {"prior_regimens", "2.5", "not_whole|prior_regimens|2.5"},
        {"prior_regimens", "20", "20"},
        {"prior_regimens", "21", "range|prior_regimens|21"},
        {"prior_regimens", "\"< 3\"", "[0..3) '< 3'"},
        {"prior_regimens", "\"<2.5\"", "not_whole|prior_regimens|\"<2.5\""},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_censored(void **state)
{
    static const struct value_row rows[] = {
        {"mrd", "\"<0.03\"", "[0..0.03) '<0.03'"},
        {"mrd", "\"<=0.03\"", "[0..0.03] '<=0.03'"},
        {"mrd", "\"<= 0.03\"", "[0..0.03] '<= 0.03'"},
        {"mrd", "\">0.03\"", "(0.03..1] '>0.03'"},
        {"mrd", "\">=0.03\"", "[0.03..1] '>=0.03'"},
        {"mrd", "\"<0\"", "range|mrd|\"<0\""},
        {"mrd", "\"<=0\"", "[0..0] '<=0'"},
        {"mrd", "\">1\"", "range|mrd|\">1\""},
        {"mrd", "\">=1\"", "[1..1] '>=1'"},
        {"mrd", "\"<1\"", "[0..1) '<1'"},
        {"mrd", "\"<2\"", "[0..1] '<2'"},
        {"mrd", "\">-1\"", "[0..1] '>-1'"},
        {"mrd", "\"<-1\"", "range|mrd|\"<-1\""},
        {"mrd", "\">=2\"", "range|mrd|\">=2\""},
        {"mrd", "\"<\"", "wrong_type|mrd|\"<\""},
        {"mrd", "\"<=\"", "wrong_type|mrd|\"<=\""},
        {"mrd", "\"=<1\"", "wrong_type|mrd|\"=<1\""},
        {"mrd", "\"<<1\"", "wrong_type|mrd|\"<<1\""},
        {"mrd", "\"< 0.1 %\"", "wrong_type|mrd|\"< 0.1 %\""},
        {"mrd", "\"<0.1 \"", "wrong_type|mrd|\"<0.1 \""},
        {"mrd", "\"<1.\"", "wrong_type|mrd|\"<1.\""},
        {"mrd", "\"<1234567890123456789012345678901234567890\"",
         "number|mrd|\"<1234567890123456789012345678901234567890\""},
        {"mrd", "\"negative\"", "unknown[0..1] negative 'negative'"},
        {"weight", "\"<3\"", "(..3) '<3'"},
        {"weight", "\">=3\"", "[3..) '>=3'"},
        {"wbc", "\">3000\"", "range|wbc|\">3000\""},
        {"wbc", "\">2999.9\"", "(2999.9..3000] '>2999.9'"},
        {"wbc", "\"negative\"", "negative|wbc|\"negative\""},
        {"wbc", "{\"value\":\"<500\",\"unit\":\"/uL\"}", "[0..0.5) '<500 /uL'"},
        {"wbc", "{\"value\":\">= 3000000\",\"unit\":\"/uL\"}", "[3000..3000] '>= 3000000 /uL'"},
        {"wbc", "{\"value\":\">3000000\",\"unit\":\"/uL\"}", "range|wbc|\">3000000\""},
        {"mrd", "{\"value\":\"<1\",\"unit\":\"%\"}", "[0..0.01) '<1 %'"},
        {"mrd", "{\"value\":\"negative\"}", "unknown[0..1] negative 'negative'"},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_negative_limit(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *limit, *expected;
    } rows[] = {
        {"0.01", "[0..0.0001) negative 'negative'"}, /* the limit is in percent */
        {"100", "[0..1) negative 'negative'"},       {"200", "[0..1] negative 'negative'"},
        {"0", "negative|mrd|\"negative\""},          {"-1", "negative|mrd|\"negative\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value limit = {.tag = TAG_KNOWN};
        assert_int_equal(decimal_parse(rows[i].limit, strlen(rows[i].limit), &limit.n.lo), DECIMAL_OK);
        limit.n.hi = limit.n.lo;
        record_reader_negative_limit(f->reader, 0, &limit);
        expect_slot(f, "mrd", "\"negative\"", rows[i].expected);
    }
    struct value off = {.tag = TAG_OFF};
    record_reader_negative_limit(f->reader, 0, &off);
    expect_slot(f, "mrd", "\"negative\"", "unknown[0..1] negative 'negative'");
    record_reader_negative_limit(f->reader, 0, NULL);
    expect_slot(f, "mrd", "\"negative\"", "unknown[0..1] negative 'negative'");
}

static void test_units(void **state)
{
    static const struct value_row rows[] = {
        {"wbc", "{\"value\":50}", "50"},
        {"wbc", "{\"value\":50,\"unit\":\"10*9/L\"}", "50"},
        {"wbc", "{\"unit\":\"/uL\",\"value\":50000}", "50 '50000 /uL'"},
        {"wbc", "{\"value\":50,\"unit\":\"10*3/uL\"}", "50 '50 10*3/uL'"},
        {"wbc", "{\"value\":5e4,\"unit\":\"{cells}/uL\"}", "50 '5e4 {cells}/uL'"},
        {"wbc", "{\"value\":3000000,\"unit\":\"/uL\"}", "3000 '3000000 /uL'"},
        {"wbc", "{\"value\":3000001,\"unit\":\"/uL\"}", "range|wbc|3000001"},
        {"wbc", "{\"value\":null,\"unit\":\"/uL\"}", "absent unknown[0..3000]"},
        {"wbc", "{\"value\":50,\"unit\":\"mg\"}", "unit|wbc|50"},
        {"wbc", "{\"value\":50,\"unit\":\"cells\"}", "unit|wbc|50"},
        {"wbc", "{\"value\":0.000001,\"unit\":\"umol/L\"}", "unit|wbc|0.000001"}, /* no number of things */
        {"wbc", "{\"value\":\"<3\",\"unit\":\"meq/L\"}", "unit|wbc|\"<3\""},
        {"wbc", "{\"value\":50,\"unit\":\"\"}", "wrong_type|wbc|\"\""},
        {"wbc", "{\"value\":50,\"unit\":7}", "wrong_type|wbc|7"},
        {"wbc", "{\"unit\":\"/uL\"}", "wrong_type|wbc|{\"unit\":\"/uL\"}"},
        {"wbc", "{\"value\":50,\"units\":\"/uL\"}", "unknown_key|wbc|\"/uL\""},
        {"wbc", "{\"value\":50,\"value\":50}", "duplicate_key|wbc|\"value\""},
        {"wbc", "{\"value\":[50]}", "wrong_type|wbc|[50]"},
        {"wbc", "{\"value\":{\"value\":50}}", "wrong_type|wbc|{\"value\":50}"},
        {"mrd", "{\"value\":5,\"unit\":\"%\"}", "0.05 '5 %'"},
        {"mrd", "{\"value\":0.05,\"unit\":\"1\"}", "0.05"},
        {"temperature", "{\"value\":98.6,\"unit\":\"[degF]\"}", "37 '98.6 [degF]'"},
        {"temperature", "{\"value\":310.15,\"unit\":\"K\"}", "37 '310.15 K'"},
        {"temperature", "{\"value\":\"<98.6\",\"unit\":\"[degF]\"}", "(..37) '<98.6 [degF]'"},
        {"delay", "{\"value\":2,\"unit\":\"a\"}", "24 '2 a'"},
        {"delay", "{\"value\":30,\"unit\":\"d\"}", "unit|delay|30"},
        {"weight", "{\"value\":12500,\"unit\":\"g\"}", "12.5 '12500 g'"},
        {"weight", "{\"value\":1,\"unit\":\"[lb_av]\"}", "0.45359237 '1 [lb_av]'"},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_words(void **state)
{
    static const struct value_row rows[] = {
        {"pregnant", "true", "yes"},
        {"pregnant", "false", "no"},
        {"pregnant", "null", "absent unknown"},
        {"pregnant", "1", "wrong_type|pregnant|1"},
        {"pregnant", "\"yes\"", "wrong_type|pregnant|\"yes\""},
        {"pregnant", "\"unknown\"", "unknown_word|pregnant|\"unknown\""},
        {"pregnant", "{\"missing\":\"declined\"}", "missing unknown 'declined'"},
        {"pregnant", "{\"value\":true}", "unknown_key|pregnant|true"},
        {"lineage", "\"b_precursor\"", "b_precursor"},
        {"lineage", "\"t_all\"", "t_all"},
        {"lineage", "\"T_ALL\"", "unknown_value|lineage|\"T_ALL\""},
        {"lineage", "\"t_al\"", "unknown_value|lineage|\"t_al\""},
        {"lineage", "\"t_all \"", "unknown_value|lineage|\"t_all \""},
        {"lineage", "\"\"", "unknown_value|lineage|\"\""},
        {"lineage", "true", "wrong_type|lineage|true"},
        {"lineage", "2", "wrong_type|lineage|2"},
        {"lineage", "[\"t_all\"]", "wrong_type|lineage|[\"t_all\"]"},
        {"lineage", "{\"other\":\"mixed\"}", "unknown_value|lineage|\"mixed\""},
        {"agent", "{\"other\":\"eflornithine\"}", "other 'eflornithine'"},
        {"agent", "{\"other\":\"\"}", "wrong_type|agent|\"\""},
        {"agent", "{\"other\":\"a\",\"missing\":\"b\"}",
         "wrong_type|agent|{\"other\":\"a\",\"missing\":\"b\"}"},
        {"agent", "\"other\"", "unknown_value|agent|\"other\""},
        {"risks", "[]", "{}"},
        {"risks", "[\"low\"]", "{low}"},
        {"risks", "[\"high\",\"low\"]", "{low,high}"},
        {"risks", "[\"low\",\"low\"]", "duplicate_member|risks[1]|\"low\""},
        {"risks", "[\"low\",\"medium\"]", "unknown_value|risks[1]|\"medium\""},
        {"risks", "[\"low\",null]", "wrong_type|risks[1]|null"},
        {"risks", "[[\"low\"]]", "wrong_type|risks[0]|[\"low\"]"},
        {"risks", "[{\"other\":\"x\"}]", "unknown_value|risks[0]|\"x\""},
        {"risks", "[{\"missing\":\"x\"}]", "wrong_type|risks[0]|{\"missing\":\"x\"}"},
        {"risks", "\"low\"", "wrong_type|risks|\"low\""},
        {"risks", "\"unknown\"", "unknown_word|risks|\"unknown\""},
        {"risks", "null", "absent unknown"},
        {"risks", "{\"missing\":\"x\"}", "missing unknown 'x'"},
        {"agents", "[\"imatinib\",{\"other\":\"herbs\"}]", "{imatinib,other} 'herbs'"},
        {"agents", "[{\"other\":\"a\"},{\"other\":\"b\"}]", "duplicate_member|agents[1]|{\"other\":\"b\"}"},
        {"remark", "\"seen by Dr \\u00c9\"", "text 'seen by Dr \xC3\x89'"},
        {"remark", "\"\"", "text ''"},
        {"remark", "5", "wrong_type|remark|5"},
        {"remark", "\"unknown\"", "unknown_word|remark|\"unknown\""},
        {"remark", "\"a\\u0000b\"", "nul_character|remark|\"a\\u0000b\"}"},
        {"remark", "{\"other\":\"x\"}", "unknown_key|remark|\"x\""},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_dates(void **state)
{
    static const struct value_row rows[] = {
        {"birth_date", "\"2016-01-10\"", "2016-01-10"},
        {"birth_date", "\"2016-02-29\"", "2016-02-29"},
        {"birth_date", "\"2023-02-29\"", "date|birth_date|\"2023-02-29\""},
        {"birth_date", "\"2023-13-01\"", "date|birth_date|\"2023-13-01\""},
        {"birth_date", "\"0001-01-01\"", "0001-01-01"},
        {"birth_date", "\"9999-12-31\"", "9999-12-31"},
        {"birth_date", "\"0000-01-01\"", "date|birth_date|\"0000-01-01\""},
        {"birth_date", "\"2019\"", "[2019-01-01..2019-12-31] '2019'"},
        {"birth_date", "\"2020-02\"", "[2020-02-01..2020-02-29] '2020-02'"},
        {"birth_date", "\"20160110\"", "date|birth_date|\"20160110\""},
        {"birth_date", "\"10.01.2016\"", "date|birth_date|\"10.01.2016\""},
        {"birth_date", "\"\"", "date|birth_date|\"\""},
        {"birth_date", "20160110", "wrong_type|birth_date|20160110"},
        {"birth_date", "\"2016-01-10T08:00\"", "wrong_type|birth_date|\"2016-01-10T08:00\""},
        {"birth_date", "\"unknown\"", "unknown_word|birth_date|\"unknown\""},
        {"birth_date", "null", "absent unknown(..)"},
        {"birth_date", "{\"missing\":\"found abandoned\"}", "missing unknown(..) 'found abandoned'"},
        {"planned_time", "\"2026-02-01T08:30\"", "2026-02-01T08:30"},
        {"planned_time", "\"2026-02-01T08:30:15.25+01:00\"", "2026-02-01T08:30:15.25+01:00"},
        {"planned_time", "\"2026-02-01T08:30:00Z\"", "2026-02-01T08:30Z"},
        {"planned_time", "\"2026-02-01\"", "[2026-02-01T00:00..2026-02-01T23:59:59.999999] '2026-02-01'"},
        {"planned_time", "\"2026-02\"", "[2026-02-01T00:00..2026-02-28T23:59:59.999999] '2026-02'"},
        {"planned_time", "\"2026-02-01T25:00\"", "date|planned_time|\"2026-02-01T25:00\""},
        {"planned_time", "\"08:30\"", "date|planned_time|\"08:30\""},
        {"planned_time", "null", "absent unknown(..)"},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_series(void **state)
{
    static const struct value_row rows[] = {
        {"bilirubin", "null", "absent unknown"},
        {"bilirubin", "{\"missing\":\"not tested\"}", "missing unknown 'not tested'"},
        {"bilirubin", "[]", "0"},
        {"bilirubin", "5", "wrong_type|bilirubin|5"},
        {"bilirubin", "{\"at\":\"2026\"}", "unknown_key|bilirubin|\"2026\""},
        {"bilirubin", "[5]", "wrong_type|bilirubin[0]|5"},
        {"bilirubin", "[null]", "wrong_type|bilirubin[0]|null"},
        {"bilirubin", "[{\"value\":5}]", "missing_at|bilirubin[0]|{\"value\":5}"},
        {"bilirubin", "[{\"at\":null,\"value\":5}]", "missing_at|bilirubin[0]|{\"at\":null,\"value\":5}"},
        {"bilirubin", "[{\"at\":5}]", "wrong_type|bilirubin[0].at|5"},
        {"bilirubin", "[{\"at\":\"2026-02-30\"}]", "date|bilirubin[0].at|\"2026-02-30\""},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":1.50}]", "1: 2026-01-05 value 1.5"},
        {"bilirubin", "[{\"value\":10,\"at\":\"2026-01-05\",\"unit\":\"mg/L\"}]",
         "1: 2026-01-05 value 1 '10 mg/L'"},
        {"bilirubin", "[{\"unit\":\"mg/L\",\"value\":\"<10\",\"at\":\"2026-01-05\"}]",
         "1: 2026-01-05 value [0..1) '<10 mg/L'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":10,\"unit\":\"kg\"}]", "unit|bilirubin[0].value|10"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":10,\"unit\":5}]", "wrong_type|bilirubin[0].unit|5"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":10,\"unit\":null}]", "1: 2026-01-05 value 10"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":{\"value\":10,\"unit\":\"mg/L\"}}]",
         "1: 2026-01-05 value 1 '10 mg/L'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":{\"value\":1,\"unit\":\"mg/L\"},\"unit\":\"mg/L\"}]",
         "unit|bilirubin[0].value|\"mg/L\""},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":101}]", "range|bilirubin[0].value|101"},
        {"bilirubin", "[{\"at\":\"2026-01-05\"},{\"at\":\"2026-01-06\",\"value\":-1}]",
         "range|bilirubin[1].value|-1"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":null}]", "1: 2026-01-05"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":{\"missing\":\"hemolysed\"}}]",
         "1: 2026-01-05 value unknown[0..100] 'hemolysed'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":5,\"uln\":1.2,\"method\":\"a\"}]",
         "1: 2026-01-05 value 5 uln 1.2 method a"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":5,\"uln\":{\"value\":12,\"unit\":\"mg/L\"}}]",
         "1: 2026-01-05 value 5 uln 1.2 '12 mg/L'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":5,\"ulm\":1.2}]",
         "unknown_key|bilirubin[0].ulm|1.2"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"until\":\"2026-01-06\"}]",
         "unknown_key|bilirubin[0].until|\"2026-01-06\""},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"at\":\"2026-01-05\"}]",
         "duplicate_key|bilirubin[0].at|\"at\""},
        {"bilirubin", "[{\"at\":\"2026\",\"value\":1,\"value\":1}]",
         "duplicate_key|bilirubin[0].value|\"value\""},
        {"bilirubin", "[{\"at\":\"2026\",\"unit\":\"g\",\"unit\":\"g\"}]",
         "duplicate_key|bilirubin[0].unit|\"unit\""},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":\"unknown\"}]",
         "unknown_word|bilirubin[0].value|\"unknown\""},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_events(void **state)
{
    static const struct value_row rows[] = {
        {"ae", "[]", "0"},
        {"ae", "[{\"at\":\"2026-01-05\"}]", "1: 2026-01-05"},
        {"ae", "[{\"at\":\"2026-01-05\",\"term\":\"low\",\"grade\":3}]", "1: 2026-01-05 term low grade 3"},
        {"ae", "[{\"at\":\"2026-01-05\"},{\"at\":\"2026-01-05\"},{\"at\":\"2026-01-05\",\"grade\":2.5}]",
         "not_whole|ae[2].grade|2.5"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":\"ongoing\"}]", "1: 2026-01-05 ongoing"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":null}]", "1: 2026-01-05"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":\"2026-01-05\"}]", "1: 2026-01-05 until 2026-01-05"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":\"2026-01-04\"}]",
         "until_before_at|ae[0].until|\"2026-01-04\""},
        {"ae", "[{\"until\":\"2026-01-04\",\"at\":\"2026-01-05\"}]",
         "until_before_at|ae[0].until|\"2026-01-04\""},
        {"ae", "[{\"at\":\"2026-01-05T10:00\",\"until\":\"2026-01-05\"}]",
         "1: 2026-01-05T10:00 until 2026-01-05"},
        {"ae", "[{\"at\":\"2026-01-05T10:00\",\"until\":\"2026-01-05T10:00\"}]",
         "1: 2026-01-05T10:00 until 2026-01-05T10:00"},
        {"ae", "[{\"at\":\"2026-01-05T10:00\",\"until\":\"2026-01-05T09:59\"}]",
         "until_before_at|ae[0].until|\"2026-01-05T09:59\""},
        {"ae", "[{\"at\":\"2026-01-05T10:00+02:00\",\"until\":\"2026-01-05T09:00+01:00\"}]",
         "1: 2026-01-05T10:00+02:00 until 2026-01-05T09:00+01:00"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":\"2026-01\"}]",
         "1: 2026-01-05 until [2026-01-01..2026-01-31]"},
        {"ae", "[{\"at\":\"2026-01\",\"until\":\"2026-01-01\"}]",
         "1: [2026-01-01..2026-01-31] until 2026-01-01"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":true}]", "wrong_type|ae[0].until|true"},
        {"ae", "[{\"at\":\"2026-01-05\",\"until\":\"now\"}]", "date|ae[0].until|\"now\""},
        {"ae", "[{\"at\":\"2026-01-05\",\"unit\":\"mg\"}]", "unknown_key|ae[0].unit|\"mg\""},
        {"ae", "[{\"at\":\"2026-01-05\",\"value\":5}]", "unknown_key|ae[0].value|5"},
        {"given",
         "[{\"at\":\"2026-01-05\",\"amount\":{\"value\":3.75,\"unit\":\"k[IU]\"},\"agents\":[\"imatinib\"],"
         "\"remark\":\"left arm\",\"stopped\":false,\"first_on\":\"2025\"}]",
         "1: 2026-01-05 amount 3750 '3.75 k[IU]' agents {imatinib} remark text 'left arm' stopped no "
         "first_on [2025-01-01..2025-12-31] '2025'"},
        {"given", "[{\"at\":\"2026-01-05\",\"amount\":{\"value\":3750,\"unit\":\"mg\"}}]",
         "unit|given[0].amount|3750"},
        {"given", "[{\"at\":\"2026-01-05\",\"agents\":[\"imatinib\",\"imatinib\"]}]",
         "duplicate_member|given[0].agents|\"imatinib\""},
        {"given", "[{\"at\":\"2026-01-05\",\"stopped\":\"unknown\"}]",
         "unknown_word|given[0].stopped|\"unknown\""},
        {"given", "[{\"at\":\"2026-01-05\",\"stopped\":{\"missing\":\"?\"}}]",
         "1: 2026-01-05 stopped unknown '?'"},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

static void test_time_order(void **state)
{
    static const struct value_row rows[] = {
        {"ae", "[{\"at\":\"2026-01-09\"},{\"at\":\"2026-01-05\"}]", "2: 2026-01-05; 2026-01-09"},
        /* the start of the range, then its end */
        {"ae",
         "[{\"at\":\"2026-01\"},{\"at\":\"2026-01-01\"},{\"at\":\"2026-01-01T00:00\"},{\"at\":\"2025\"}]",
         "4: [2025-01-01..2025-12-31]; 2026-01-01T00:00; 2026-01-01; [2026-01-01..2026-01-31]"},
        /* instants, not clock readings */
        {"ae", "[{\"at\":\"2026-01-05T10:00+02:00\"},{\"at\":\"2026-01-05T09:30+01:00\"}]",
         "2: 2026-01-05T10:00+02:00; 2026-01-05T09:30+01:00"},
        /* as of 2026-02-01 is the end of that day */
        {"ae", "[{\"at\":\"2026-02-01\"},{\"at\":\"2026-02-02\"}]", "1: 2026-02-01 +1 later"},
        {"ae", "[{\"at\":\"2026-02-01T23:59:59.999999\"},{\"at\":\"2026-02-02T00:00\"}]",
         "1: 2026-02-01T23:59:59.999999 +1 later"},
        {"ae", "[{\"at\":\"2026-02\"},{\"at\":\"2026-03\"}]", "1: [2026-02-01..2026-02-28] +1 later"},
        /* two events at one moment are two, even if they say the same */
        {"ae",
         "[{\"at\":\"2026-01-05\",\"grade\":2},{\"at\":\"2026-01-05\",\"grade\":1},{\"at\":\"2026-01-05\","
         "\"grade\":1}]",
         "3: 2026-01-05 grade 1; 2026-01-05 grade 1; 2026-01-05 grade 2"},
        /* values of a series: equal ones merge, different ones are in dispute */
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":5},{\"at\":\"2026-01-05\",\"value\":5.0}]",
         "1: 2026-01-05 value 5"},
        {"bilirubin",
         "[{\"at\":\"2026-01-05\",\"value\":50,\"unit\":\"mg/L\"},{\"at\":\"2026-01-05\",\"value\":5}]",
         "1: 2026-01-05 value 5"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":7},{\"at\":\"2026-01-05\",\"value\":5}]",
         "1: 2026-01-05 disputed value unknown[0..100] '5 and 7'"},
        {"bilirubin",
         "[{\"at\":\"2026-01-05\",\"value\":7},{\"at\":\"2026-01-05\",\"value\":5},{\"at\":\"2026-01-05\","
         "\"value\":6}]",
         "1: 2026-01-05 disputed value unknown[0..100] '5 and 6 and more'"},
        {"bilirubin",
         "[{\"at\":\"2026-01-05\",\"value\":\"<5\"},{\"at\":\"2026-01-05\",\"value\":70,\"unit\":\"mg/L\"}]",
         "1: 2026-01-05 disputed value unknown[0..100] '70 mg/L and <5'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\"},{\"at\":\"2026-01-05\",\"value\":5}]",
         "1: 2026-01-05 disputed value unknown[0..100] '5 and missing'"},
        {"bilirubin",
         "[{\"at\":\"2026-01-05\",\"value\":5,\"method\":\"a\"},{\"at\":\"2026-01-05\",\"value\":5,"
         "\"method\":\"b\"}]",
         "1: 2026-01-05 value 5 method unknown 'a and b'"},
        {"bilirubin",
         "[{\"at\":\"2026-01-05T10:00+02:00\",\"value\":5},{\"at\":\"2026-01-05T09:00+01:00\",\"value\":7}]",
         "1: 2026-01-05T09:00+01:00 disputed value unknown[0..100] '7 and 5'"},
        {"bilirubin", "[{\"at\":\"2026-01-05\",\"value\":5},{\"at\":\"2026-01-05T00:00\",\"value\":7}]",
         "2: 2026-01-05T00:00 value 7; 2026-01-05 value 5"},
        /* a month is no moment */
        {"bilirubin", "[{\"at\":\"2026-01\",\"value\":5},{\"at\":\"2026-01\",\"value\":7}]",
         "2: [2026-01-01..2026-01-31] value 5; [2026-01-01..2026-01-31] value 7"},
        /* what lies after now takes no part in a dispute */
        {"bilirubin", "[{\"at\":\"2026-02-02\",\"value\":5},{\"at\":\"2026-02-02\",\"value\":7}]",
         "0 +2 later"},
    };
    expect_values(state, rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),        cmocka_unit_test(test_censored),
        cmocka_unit_test(test_negative_limit), cmocka_unit_test(test_units),
        cmocka_unit_test(test_words),          cmocka_unit_test(test_dates),
        cmocka_unit_test(test_series),         cmocka_unit_test(test_events),
        cmocka_unit_test(test_time_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
