/* The record reader, record by record: refusals, order, depth, damage. */
#include "tests/unit/record_words.h"

struct refusal_row {
    const char *json, *expected, *message; /* code|field|value; a part of the sentence */
};

static void expect_refusal(struct fixture *f, const struct refusal_row *row)
{
    struct record record;
    struct record_error error;
    char words[WORDS] = "accepted";
    if (!read_bytes(f, row->json, strlen(row->json), &record, &error))
        (void)snprintf(words, sizeof words, "%s|%s|%s", error.code, error.field, error.value);
    if (strcmp(words, row->expected) != 0)
        fail_msg("%s\n  is       %s\n  expected %s", row->json, words, row->expected);
    if (!strstr(error.message, row->message))
        fail_msg("%s\n  says     %s\n  expected %s", row->json, error.message, row->message);
}

static void test_refusals(void **state)
{
    static const struct refusal_row rows[] = {
        {"", "not_object||", "one JSON object"},
        {" \n", "not_object||", "one JSON object"},
        {"[]", "not_object||", "one JSON object"},
        {"\"id\"", "not_object||", ""},
        {"{", "not_json||", "this is not JSON"},
        {"{\"id\":\"a\"", "not_json||", "this is not JSON"},
        {"{\"id\":\"a\",}", "not_json|id|\"a\",}", "this is not JSON"},
        {"{\"id\":\"a\" \"as_of\":1}", "not_json|id|\"a\" \"as_of\":1}", "this is not JSON"},
        {"{\"id\":\"a\",\"wbc\":01}", "not_json|wbc|01}", ""},
        {"{\"id\":\"a\",\"wbc\":NaN}", "not_json|wbc|NaN}", ""},
        {"{\"id\":\"a\",\"wbc\":tru}", "not_json|wbc|tru}", ""},
        {"{\"id\":\"\xFF\"}", "invalid_utf8||", "UTF-8"},
        {"{\"id\":\"\xED\xA0\x80\"}", "invalid_utf8||", "UTF-8"},
        {"{\"id\":\"\\ud800\"}", "not_json|id|\"id\":\"\\ud800\"}", ""},
        {"{\"id\":\"a\",\"as_of\":\"2026-02-01\"} x", "not_json||", "this is not JSON"},
        {"{\"id\":\"a\",\"as_of\":\"2026-02-01\"}{}", "trailing_content||{}", "nothing may stand after"},
        {"{\"as_of\":\"2026-02-01\"}", "missing_id|id|", "no \"id\""},
        {"{\"id\":\"\",\"as_of\":\"2026-02-01\"}", "missing_id|id|\"\"", "empty"},
        {"{\"id\":null,\"as_of\":\"2026-02-01\"}", "wrong_type|id|null", "`id` is a text"},
        {"{\"id\":7,\"as_of\":\"2026-02-01\"}", "wrong_type|id|7", "`id` is a text"},
        {"{\"id\":\"a\",\"id\":\"a\"}", "duplicate_key|id|\"id\"", "stands twice"},
        {"{\"id\":\"a\",\"\\u0069d\":\"a\"}", "duplicate_key|id|\"\\u0069d\"", "stands twice"},
        {"{\"id\":\"a\"}", "missing_as_of|as_of|", "--as-of"},
        {"{\"id\":\"a\",\"as_of\":null}", "missing_as_of|as_of|", "--as-of"},
        {"{\"id\":\"a\",\"as_of\":7}", "wrong_type|as_of|7", "`as_of` is a date"},
        {"{\"id\":\"a\",\"as_of\":\"2026-02\"}", "date|as_of|\"2026-02\"", "a whole date"},
        {"{\"id\":\"a\",\"as_of\":\"2026-02-29\"}", "date|as_of|\"2026-02-29\"", "does not exist"},
        {"{\"id\":\"a\",\"as_of\":\"2026-02-01\",\"as_of\":\"2026-02-01\"}", "duplicate_key|as_of|\"as_of\"",
         ""},
        {"{\"id\":\"a\",\"wbc\":5,\"wbc\":5}", "duplicate_key|wbc|\"wbc\"", "`wbc` stands twice"},
        {"{\"id\":\"a\",\"wbc\":null,\"wbc\":5}", "duplicate_key|wbc|\"wbc\"", ""},
        {"{\"id\":\"a\",\"wcb\":5}", "unknown_key|wcb|5",
         "`wcb` is not an input of this program: did you mean `wbc`?"},
        {"{\"id\":\"a\",\"\":5}", "unknown_key||5", "is not an input"},
        {"{\"id\":\"a\",\"xyzzy\":[1,2,{\"a\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}"
         "]}",
         "unknown_key|xyzzy|[1,2,{\"a\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\xE2\x80\xA6",
         "`xyzzy` is not an input of this program"},
        {"{\"id\":\"a\",\"lineage\":\"t_al\"}", "unknown_value|lineage|\"t_al\"", "did you mean `t_all`?"},
        {"{\"id\":\"a\",\"lineage\":\"x\"}", "unknown_value|lineage|\"x\"",
         "write one of `b_precursor`, `mature_b`, `t_all`"},
        {"{\"id\":\"a\",\"ae\":[{\"at\":\"2026\",\"grad\":1}]}", "unknown_key|ae[0].grad|1",
         "not a key of the elements of `ae`: did you mean `grade`?"},
        {"{\"id\":\"a\",\"wbc\":{\"value\":5,\"unit\":\"mg\"}}", "unit|wbc|5", "10*9/L"},
        {"{\"id\":\"a\",\"wbc\":\"unknown\"}", "unknown_word|wbc|\"unknown\"",
         "{\"missing\": \"not tested\"}"},
        {"{\"id\":\"a\",\"wbc\":3001}", "range|wbc|3001", "from 0 to 3000 10*9/L"},
        {"{\"id\":\"a\",\"wbc\":0.12345678901234567890123456789012345}",
         "number|wbc|0.12345678901234567890123456789012345", "more than 34 digits"},
        {"{\"id\":\"a\",\"wbc\":\"negative\"}", "negative|wbc|\"negative\"",
         "no limit below which it is negative"},
        {"{\"id\":\"a\",\"prior_regimens\":2.5}", "not_whole|prior_regimens|2.5", "a whole number"},
        {"{\"id\":\"a\",\"risks\":[\"low\",\"low\"]}", "duplicate_member|risks[1]|\"low\"", "twice"},
        {"{\"id\":\"a\",\"remark\":\"\\u0000\"}", "nul_character|remark|\"\\u0000\"}", "U+0000"},
        {"{\"id\":\"a\",\"birth_date\":\"2023-02-29\"}", "date|birth_date|\"2023-02-29\"", "does not exist"},
        {"{\"id\":\"a\",\"ae\":[{}]}", "missing_at|ae[0]|{}", "write \"at\""},
        {"{\"id\":\"a\",\"ae\":[{\"at\":\"2026\",\"until\":\"2025\"}]}",
         "until_before_at|ae[0].until|\"2025\"", "ends"},
        {"{\"id\":\"a\",\"pregnant\":\"no\"}", "wrong_type|pregnant|\"no\"", "`true` or `false`"},
        {"{\"id\":\"a\",\"as_of\":\"2026-02-01T10:00\",\"planned_time\":\"2026-02-01T10:00Z\"}",
         "mixed_offsets|planned_time|\"2026-02-01T10:00Z\"", "carries an offset"},
        {"{\"id\":\"a\",\"ae\":[{\"at\":\"2026-02-01T10:00Z\"},{\"at\":\"2026-02-01T10:00\"}]}",
         "mixed_offsets|ae[1].at|\"2026-02-01T10:00\"", "carries no offset"},
        {"{\"id\":\"a\",\"ae\":[{\"at\":\"2026-01-01\",\"until\":\"2026-02-01T10:00Z\"}],"
         "\"bilirubin\":[{\"at\":\"2026-02-01T10:00\"}]}",
         "mixed_offsets|bilirubin[0].at|\"2026-02-01T10:00\"", "carries no offset"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_refusal(*state, &rows[i]);
}

/* A record of one key that is nested so deep. */
static void expect_depth(struct fixture *f, size_t levels, const char *expected)
{
    static const char HEAD[] = "{\"id\":\"a\",\"as_of\":\"2026-02-01\",\"extra\":";
    size_t head = sizeof HEAD - 1, length = head + 2 * levels + 1;
    char *json = malloc(length + 1);
    struct record record;
    struct record_error error = {.code = "accepted"};
    assert_non_null(json);
    memcpy(json, HEAD, head);
    memset(json + head, '[', levels);
    memset(json + head + levels, ']', levels);
    json[length - 1] = '}';
    (void)read_bytes(f, json, length, &record, &error);
    assert_string_equal(error.code, expected);
    /* and where nothing is closed */
    (void)read_bytes(f, json, head + levels, &record, &error);
    free(json);
}

static void test_depth(void **state)
{
    struct fixture *f = *state;
    expect_depth(f, 1, "unknown_key");
    record_reader_ignore_extra(f->reader, true);
    expect_depth(f, 1, "accepted");
    expect_depth(f, 63, "accepted");
    expect_depth(f, 64, "too_deep");
    expect_depth(f, 10000, "too_deep");
    record_reader_ignore_extra(f->reader, false);
    expect_depth(f, 10000, "unknown_key");
}

static void test_ignore_extra(void **state)
{
    struct fixture *f = *state;
    struct record record;
    struct record_error error;
    static const char JSON[] =
        "{\"x\":{\"a\":[1,{\"a\":2}],\"b\":null},\"id\":\"a\",\"y\":\"unknown\",\"as_of\":"
        "\"2026-02-01\",\"wbc\":{\"value\":5,\"source\":[]},\"ae\":[{\"at\":\"2026\",\"z\":1}]}";
    record_reader_ignore_extra(f->reader, true);
    assert_true(read_bytes(f, JSON, sizeof JSON - 1, &record, &error));
    assert_int_equal(record.ignored, 4);
    assert_int_equal(record.slots[input_named(&f->schema.image, "ae")].count, 1);
    static const struct refusal_row rows[] = {
        {"{\"id\":\"a\",\"x\":1,\"y\":2,\"x\":3}", "duplicate_key||\"x\"", "`x` stands twice"},
        {"{\"id\":\"a\",\"x\":{\"a\":1,\"b\":[{\"c\":1,\"c\":1}]}}", "duplicate_key|x|\"c\"",
         "`c` stands twice"},
        {"{\"id\":\"a\",\"ae\":[{\"at\":\"2026\",\"z\":1,\"z\":1}]}", "duplicate_key|ae[0]|\"z\"",
         "`z` stands twice"},
        {"{\"id\":\"a\",\"wbc\":{\"value\":5,\"s\":1,\"s\":1}}", "duplicate_key|wbc|\"s\"",
         "`s` stands twice"},
        {"{\"id\":\"a\",\"x\":tru}", "not_json|x|tru}", ""},
        {"{\"id\":\"a\",\"x\":[1,,2]}", "not_json|x|,2]}", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_refusal(f, &rows[i]);
    record_reader_ignore_extra(f->reader, false);
}

static void expect_now(struct fixture *f, const char *as_of, const char *json, const char *expected)
{
    static const struct image_type TIME = {.kind = KIND_TIME};
    struct record record;
    struct record_error error;
    char words[WORDS] = "";
    record_reader_as_of(f->reader, as_of);
    if (read_bytes(f, json, strlen(json), &record, &error)) {
        say_value(words, &f->schema.image, &TIME, &record.now, NULL);
        say(words, " '%s'", record.as_of);
    } else {
        say(words, "%s|%s|%s", error.code, error.field, error.value);
    }
    record_reader_as_of(f->reader, NULL);
    assert_string_equal(words, expected);
}

static void test_as_of(void **state)
{
    struct fixture *f = *state;
    expect_now(f, NULL, "{\"id\":\"a\",\"as_of\":\"2026-02-01\"}", "2026-02-01T23:59:59.999999 '2026-02-01'");
    expect_now(f, NULL, "{\"id\":\"a\",\"as_of\":\"2026-02-01T10:00Z\"}",
               "2026-02-01T10:00Z '2026-02-01T10:00Z'");
    expect_now(f, "2025-01-01", "{\"id\":\"a\",\"as_of\":\"2026-02-01\"}",
               "2026-02-01T23:59:59.999999 '2026-02-01'");
    expect_now(f, "2025-01-01", "{\"id\":\"a\"}", "2025-01-01T23:59:59.999999 '2025-01-01'");
    expect_now(f, "2025-01-01", "{\"id\":\"a\",\"as_of\":null}", "2025-01-01T23:59:59.999999 '2025-01-01'");
    expect_now(f, "2025-01", "{\"id\":\"a\"}", "date|as_of|");
    expect_now(f, "yesterday", "{\"id\":\"a\"}", "date|as_of|");
    expect_now(f, "2025-01-01T10:00", "{\"id\":\"a\",\"planned_time\":\"2026-02-01T10:00Z\"}",
               "mixed_offsets|as_of|");
}

/* A refused record is still named, wherever its id stands. */
static void test_id_of_refused(void **state)
{
    static const struct {
        const char *json, *id;
    } rows[] = {
        {"{\"id\":\"P7\",\"wcb\":5}", "P7"},
        {"{\"wcb\":{\"id\":\"no\",\"b\":[1]},\"id\":\"P7\"}", "P7"},
        {"{\"wcb\":5,\"id\":\"\"}", NULL},
        {"{\"wcb\":5,\"id\":7}", NULL},
        {"{\"wcb\":5}", NULL},
        {"{\"wcb\":5,\"x\":tru,\"id\":\"P7\"}", NULL},
        {"{\"id\":\"P7\",\"wbc\":tru}", "P7"},
        {"{\"id\":\"P7\"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct record record;
        struct record_error error;
        assert_false(read_bytes(*state, rows[i].json, strlen(rows[i].json), &record, &error));
        if (rows[i].id)
            assert_string_equal(record.id, rows[i].id);
        else
            assert_null(record.id);
    }
}

static void test_refusal_is_short(void **state)
{
    char json[WORDS] = "{\"id\":\"a\",\"";
    struct record record;
    struct record_error error;
    for (int i = 0; i < 700; i++)
        say(json, "\xC3\xA9");
    say(json, "\":\"");
    for (int i = 0; i < 700; i++)
        say(json, "\xE2\x82\xAC");
    say(json, "\"}");
    assert_false(read_bytes(*state, json, strlen(json), &record, &error));
    assert_string_equal(error.code, "unknown_key");
    assert_true(strlen(error.field) < sizeof error.field && strlen(error.value) < sizeof error.value);
    assert_string_equal(error.value + strlen(error.value) - 6, "\xE2\x82\xAC\xE2\x80\xA6");
}

/* Every element of the list in every place gives the same record. */
static void test_order_never_matters(void **state)
{
    struct fixture *f = *state;
    static const char *const PARTS[] = {
        "{\"at\":\"2026-01-05\",\"value\":5}",
        "{\"at\":\"2026-01-05\",\"value\":7,\"uln\":1}",
        "{\"value\":\"<5\",\"at\":\"2026-01\"}",
        "{\"at\":\"2026-01-05T10:00Z\",\"value\":7}",
        "{\"at\":\"2026-01-05T12:00+02:00\",\"value\":8}",
    };
    enum { COUNT = sizeof PARTS / sizeof *PARTS };
    char first[WORDS] = "";
    int64_t bilirubin = input_named(&f->schema.image, "bilirubin");
    for (int start = 0; start < COUNT; start++)
        for (int step = 1; step < COUNT; step++) {
            char json[WORDS] = "{\"id\":\"a\",\"as_of\":\"2026-02-01\",\"bilirubin\":[", words[WORDS] = "";
            for (int i = 0, at = start; i < COUNT; i++, at = (at + step) % COUNT)
                say(json, "%s%s", i ? "," : "", PARTS[at]);
            say(json, "]}");
            struct record record;
            struct record_error error;
            assert_true(read_bytes(f, json, strlen(json), &record, &error));
            say_slot(words, &f->schema.image, &f->schema.image.INPUTS[bilirubin], &record.slots[bilirubin]);
            if (!*first) memcpy(first, words, sizeof first);
            assert_string_equal(words, first);
        }
}

static const char *const GOOD[] = {
    "{\"id\":\"P1\",\"as_of\":\"2026-02-01\",\"wbc\":{\"value\":50000,\"unit\":\"/"
    "uL\"},\"mrd\":\"<=0.03\",\"lineage\":"
    "\"t_all\",\"agent\":{\"other\":\"x\"},\"risks\":[\"low\",\"high\"],\"birth_date\":\"2016-02-29\","
    "\"pregnant\":false}",
    "{\"id\":\"P2\",\"as_of\":\"2026-02-01T10:00Z\",\"bilirubin\":[{\"at\":\"2026-01-05\",\"value\":1e1,"
    "\"unit\":\"mg/L\","
    "\"uln\":1.2},{\"at\":\"2026-01-05\",\"value\":{\"missing\":\"\\u00e9\\n\"}}],\"wbc\":null}",
    "{\"id\":\"P3\",\"as_of\":\"2026-02-01\",\"ae\":[{\"at\":\"2026-01\",\"until\":\"ongoing\",\"term\":"
    "\"low\",\"grade\":3},"
    "{\"at\":\"2026-01-05T08:00\",\"until\":\"2026-01-06\"}],\"given\":[{\"at\":\"2026\",\"agents\":["
    "\"imatinib\"]}]}",
};

static void test_mutation(void **state)
{
    static const char BYTES[] = {'\0', '"', '\\', '{', '}',  '[', ']',    ',',    ':',    '0',    '9',
                                 '-',  '.', 'e',  ' ', '\n', 'n', '\x7F', '\x80', '\xC3', '\xED', '\xFF'};
    char json[1024];
    struct record record;
    struct record_error error;
    for (size_t g = 0; g < sizeof GOOD / sizeof *GOOD; g++) {
        size_t length = strlen(GOOD[g]), good = 0, tried = 0;
        assert_true(read_bytes(*state, GOOD[g], length, &record, &error));
        for (size_t i = 0; i < length; i++)
            for (size_t b = 0; b < sizeof BYTES; b++, tried++) {
                memcpy(json, GOOD[g], length);
                json[i] = BYTES[b];
                error = (struct record_error){.code = ""};
                bool read = read_bytes(*state, json, length, &record, &error);
                good += read;
                assert_true(read || (*error.code && *error.message));
            }
        assert_true(good > 0 && good < tried);
    }
}

static void test_cut_off(void **state)
{
    struct record record;
    struct record_error error;
    for (size_t g = 0; g < sizeof GOOD / sizeof *GOOD; g++)
        for (size_t length = 0; length < strlen(GOOD[g]); length++)
            assert_false(read_bytes(*state, GOOD[g], length, &record, &error));
}

/* A reader carries nothing from one record to the next. */
static void test_nothing_is_carried_over(void **state)
{
    struct fixture *f = *state;
    struct record record;
    struct record_error error;
    assert_true(read_bytes(f, GOOD[0], strlen(GOOD[0]), &record, &error));
    static const char EMPTY[] = "{\"id\":\"a\",\"as_of\":\"2026-02-01\"}";
    assert_true(read_bytes(f, EMPTY, sizeof EMPTY - 1, &record, &error));
    for (uint32_t i = 0; i < f->schema.image.INPUTS_count; i++) {
        assert_int_equal(record.slots[i].state, SLOT_ABSENT);
        assert_int_equal(record.slots[i].value.tag, TAG_UNKNOWN);
        assert_null(record.slots[i].note);
    }
}

/* Runs last: each code of record_errors.def has been met. */
static void test_codes_are_covered(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < CODE_COUNT; i++)
        if (!f->seen[i] && strcmp(CODES[i], "too_large") != 0)
            fail_msg("no record is refused with %s", CODES[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_ignore_extra),
        cmocka_unit_test(test_as_of),
        cmocka_unit_test(test_id_of_refused),
        cmocka_unit_test(test_refusal_is_short),
        cmocka_unit_test(test_order_never_matters),
        cmocka_unit_test(test_mutation),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_nothing_is_carried_over),
        cmocka_unit_test(test_codes_are_covered),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
