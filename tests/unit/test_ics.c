/* The dates of doses through the public interface, and the calendar of a record, read back by libical. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#include "cli/ics.h"
#include "compiler/regimen_compiler.h"

struct bench {
    struct regimen_program *program;
    struct regimen_evaluator *evaluator;
};

/* A program from a file, or from a text where path is NULL. */
static struct bench bench_of(const char *path, const char *text)
{
    struct bench b;
    struct regimen_compiler *compiler = regimen_compiler_new();
    const uint8_t *image;
    size_t size;
    assert_non_null(compiler);
    if (path)
        assert_int_equal(regimen_compiler_load_paths(compiler, &path, 1), REGIMEN_COMPILER_OK);
    else
        regimen_compiler_load_text(compiler, "p.rgm", text, strlen(text));
    if (regimen_compiler_build(compiler, &image, &size) != REGIMEN_COMPILER_OK)
        fail_msg("%s", regimen_compiler_diagnostics(compiler, "text", false, NULL));
    assert_int_equal(regimen_program_load(image, size, &b.program, NULL), REGIMEN_OK);
    regimen_compiler_free(compiler);
    assert_int_equal(regimen_evaluator_new(b.program, &b.evaluator, NULL), REGIMEN_OK);
    return b;
}

static void bench_free(struct bench *b)
{
    regimen_evaluator_free(b->evaluator);
    regimen_program_free(b->program);
}

static int set_up(void **state)
{
    static struct bench b;
    b = bench_of("tests/golden/dates.rgm", NULL);
    *state = &b;
    return 0;
}

static int tear_down(void **state)
{
    bench_free(*state);
    return 0;
}

static void evaluate(struct bench *b, const char *id, const char *as_of, const char *rest)
{
    char json[600];
    struct regimen_error error;
    (void)snprintf(json, sizeof json, "{\"id\":\"%s\",\"as_of\":\"%s\"%s}", id, as_of, rest);
    if (regimen_evaluate(b->evaluator, json, strlen(json), &error) != REGIMEN_OK)
        fail_msg("%s", error.message);
}

static const char FULL[] = ",\"bsa\":1.2,\"cycle_start\":\"2028-02-15\",\"monthly_start\":\"2028-01-31\","
                           "\"pregnant\":false,\"liver\":true";

static size_t rule_named(const struct bench *b, const char *name)
{
    struct regimen_rule rule;
    for (size_t i = 0; regimen_program_rule(b->program, i, &rule); i++)
        if (strcmp(rule.name, name) == 0) return i;
    fail_msg("there is no rule %s", name);
    return 0;
}

/* ---- The public interface ------------------------------------------------------------------------- */

static void assert_date(struct bench *b, const char *rule, size_t index, const char *expected)
{
    struct regimen_date d;
    char said[200] = "none";
    if (regimen_result_date(b->evaluator, rule_named(b, rule), index, &d))
        (void)snprintf(said, sizeof said, "%s %s %u-%u %s, %s%s%s", d.from, d.to, d.day, d.day_to, d.what,
                       d.route, d.continuous ? ", continuous" : "", d.ask ? ", ask" : "");
    assert_string_equal(said, expected);
}

static void test_dates(void **state)
{
    struct bench *b = *state;
    evaluate(b, "P1", "2028-02-22", FULL);
    assert_string_equal(regimen_result_record(b->evaluator), "P1");
    assert_string_equal(regimen_result_as_of(b->evaluator), "2028-02-22");
    assert_int_equal(regimen_result_dates(b->evaluator, rule_named(b, "by_steps")), 3);
    assert_date(b, "by_steps", 0, "2028-02-15 2028-02-15 1-1 0.96 mg, intravenous over 1 hour");
    assert_date(b, "by_steps", 2, "2028-02-29 2028-02-29 15-15 0.6 mg, intravenous over 1 hour");
    assert_date(b, "by_steps", 3, "none");
    assert_date(b, "infusion", 1,
                "2028-02-22 2028-03-13 8-28 18 ug/d, continuous intravenous infusion, continuous");
    assert_date(b, "listed", 1, "2028-02-16 2028-02-16 2-2 30 mg, , ask");
    assert_int_equal(regimen_result_dates(b->evaluator, rule_named(b, "daily")), 21); /* day by day */
    assert_date(b, "by_months", 1, "2028-02-29 2028-02-29 30-30 1.8 mg, ");
    assert_non_null(
        strstr(regimen_result_date_worksheet(b->evaluator, rule_named(b, "by_steps"), 1), "0.5 mg/m2"));
    assert_null(regimen_result_date_worksheet(b->evaluator, rule_named(b, "by_steps"), 3));
    assert_int_equal(regimen_result_dates(b->evaluator, 1000), 0);
    assert_false(regimen_result_date(b->evaluator, 1000, 0, &(struct regimen_date){.day = 0}));
}

/* Of two doses of one drug the dates stand with the first that is shown: what is shown may change in between.
 */
static void test_dates_of_what_is_shown(void **state)
{
    (void)state;
    struct bench b =
        bench_of(NULL, "protocol p \"P\"\nversion 1.0.0\nstatus draft\n"
                       "input begun \"Begun\" : date\n"
                       "phase cycle \"Cycle\" starts begun lasts 21 days\n"
                       "dose one \"One\" of drug\n  amount 2 mg\n  schedule days 1, 8 of cycle\n"
                       "dose two \"Two\" of drug\n  amount 2 mg\n  schedule days 1, 8 of cycle\n");
    evaluate(&b, "A", "2026-01-05", ",\"begun\":\"2026-01-05\"");
    assert_int_equal(regimen_result_dates(b.evaluator, rule_named(&b, "one")), 2);
    assert_int_equal(regimen_result_dates(b.evaluator, rule_named(&b, "two")), 0);
    assert_int_equal(regimen_evaluator_only(b.evaluator, "two", NULL), REGIMEN_OK);
    assert_int_equal(regimen_result_dates(b.evaluator, rule_named(&b, "two")), 2);
    bench_free(&b);
}

static void assert_undated(struct bench *b, const char *rule, const char *expected)
{
    size_t index = rule_named(b, rule);
    assert_string_equal(regimen_result_undated(b->evaluator, index), expected);
    if (*expected) assert_int_equal(regimen_result_dates(b->evaluator, index), 0);
}

static void test_undated(void **state)
{
    struct bench *b = *state;
    evaluate(b, "P1", "2028-02-22", FULL);
    assert_undated(b, "by_steps", "");
    assert_undated(b, "unfixed", "every 7 to 10 days of weekly_cycle: no dates");
    assert_undated(b, "rested", "unknown");
    assert_undated(b, "two_weeks", ""); /* it has no schedule */
    assert_undated(b, "first_level", "unknown");
    assert_string_equal(regimen_result_undated(b->evaluator, 1000), "");
    evaluate(b, "P1", "2028-02-22", ",\"bsa\":1.2,\"cycle_start\":\"2028-02\",\"pregnant\":true");
    assert_undated(b, "by_steps", "withheld");
    assert_undated(b, "infusion", "the dates of infusion_cycle are not known");
    assert_undated(b, "by_months", "the dates of monthly_course are not known");
}

/* The window of a monitor, while nothing is there yet. */
static void test_windows(void **state)
{
    struct bench *b = *state;
    struct regimen_date d;
    static const struct {
        const char *as_of, *level, *state;
    } CASES[] = {{"2028-02-21", "[]", "not due"},
                 {"2028-02-22", "[]", "due"},
                 {"2028-02-27", "[]", "due"},
                 {"2028-02-28", "[]", "overdue"},
                 {"2028-02-28", "[{\"at\":\"2028-02-22\",\"value\":1}]", NULL}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char rest[200];
        (void)snprintf(rest, sizeof rest, ",\"cycle_start\":\"2028-02-15\",\"last_given\":[],\"level\":%s",
                       CASES[i].level);
        evaluate(b, "P1", CASES[i].as_of, rest);
        size_t rule = rule_named(b, "first_level");
        assert_int_equal(regimen_result_dates(b->evaluator, rule), CASES[i].state ? 1 : 0);
        assert_undated(b, "first_level", "");
        if (!CASES[i].state) continue;
        assert_true(regimen_result_date(b->evaluator, rule, 0, &d));
        assert_string_equal(d.from, "2028-02-22");
        assert_string_equal(d.to, "2028-02-25");
        assert_string_equal(d.overdue_from, "2028-02-28");
        assert_string_equal(d.what, "level");
        assert_string_equal(d.state, CASES[i].state);
        assert_string_equal(regimen_result_date_worksheet(b->evaluator, rule, 0), "");
    }
}

/* ---- The calendar --------------------------------------------------------------------------------- */

static struct buffer calendar_text(struct bench *b)
{
    struct buffer text = {0};
    assert_true(ics_calendar(b->program, b->evaluator, &text));
    return text;
}

/* At most 75 bytes, then CR and LF; no line begins inside a character. */
static void assert_folded(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\r\n");
        assert_true(length > 0 && length <= 75);
        assert_int_not_equal((unsigned char)*text & 0xC0, 0x80);
        assert_memory_equal(text + length, "\r\n", 2);
        text += length + 2;
    }
}

/* Parsed, and found to keep to the standard. */
static icalcomponent *calendar(struct bench *b)
{
    struct buffer text = calendar_text(b);
    assert_folded(buffer_text(&text));
    icalcomponent *c = icalparser_parse_string(buffer_text(&text));
    assert_non_null(c);
    assert_int_equal(icalcomponent_count_errors(c), 0);
    assert_true(icalrestriction_check(c));
    buffer_free(&text);
    return c;
}

static icalcomponent *event_about(icalcomponent *c, const char *words)
{
    for (icalcomponent *e = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT); e;
         e = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT))
        if (strstr(icalcomponent_get_summary(e), words)) return e;
    return NULL;
}

static void assert_days(icalcomponent *event, const char *from, const char *behind)
{
    assert_non_null(event);
    assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstart(event)), from);
    assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtend(event)), behind);
    assert_true(icalcomponent_get_dtstart(event).is_date);
}

static void test_events(void **state)
{
    struct bench *b = *state;
    evaluate(b, "P1", "2028-02-22", FULL);
    icalcomponent *c = calendar(b);
    assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 2 + 3 + 3 + 21 + 6 + 4);
    assert_days(event_about(c, "drug_b 0.6 mg, day 15"), "20280229", "20280301");
    assert_days(event_about(c, "drug_a 9 ug/d continuous, days 1 to 7"), "20280215", "20280222");
    icalcomponent *asked = event_about(c, "drug_c 30 mg, day 2");
    assert_string_equal(icalcomponent_get_summary(asked), "DRAFT: ASK FIRST: P1: drug_c 30 mg, day 2");
    assert_int_equal(icalcomponent_get_status(asked), ICAL_STATUS_TENTATIVE);
    assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstamp(asked)), "20280222T235959Z");
    const char *words = icalcomponent_get_description(event_about(c, "drug_b 0.6 mg, day 8"));
    static const char *const PARTS[] = {"by_steps: Single days",
                                        "intravenous over 1 hour",
                                        "0.5 mg/m2",
                                        "x bsa",
                                        "1.2 m2",
                                        "= AMOUNT  0.6 mg",
                                        "Record P1, as of 2028-02-22",
                                        "Protocol dates 1.0.0, DRAFT: not approved",
                                        "Digest "};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (!strstr(words, PARTS[i])) fail_msg("%s is not in: %s", PARTS[i], words);
    assert_null(strstr(words, "0.8 mg/m2")); /* the worksheet of another day */
    icalcomponent_free(c);
}

static void test_window_events(void **state)
{
    struct bench *b = *state;
    evaluate(
        b, "P1", "2028-02-28",
        ",\"cycle_start\":\"2028-02-15\",\"level\":[],\"last_given\":[{\"at\":\"2028-02-27\",\"amount\":5}]");
    icalcomponent *c = calendar(b), *late = event_about(c, "first_level"),
                  *open = event_about(c, "level_after");
    assert_days(late, "20280222", "20280226");
    assert_string_equal(icalcomponent_get_summary(late), "DRAFT: OVERDUE: P1: first_level, level expected");
    assert_days(open, "20280304", "20280307"); /* six to eight days after, across 29 February */
    assert_string_equal(icalcomponent_get_summary(open), "DRAFT: P1: level_after, level expected");
    icalcomponent_free(c);
}

/* A withheld dose is no event; the calendar says that it is not there. */
static void test_withheld(void **state)
{
    struct bench *b = *state;
    evaluate(b, "P1", "2028-02-22", ",\"bsa\":1.2,\"cycle_start\":\"2028-02-15\",\"pregnant\":true");
    icalcomponent *c = calendar(b);
    assert_null(event_about(c, "drug_b"));
    icalcomponent *journal = icalcomponent_get_first_component(c, ICAL_VJOURNAL_COMPONENT);
    assert_non_null(
        strstr(icalcomponent_get_description(journal), "Not in this calendar: by_steps (withheld)"));
    icalcomponent_free(c);
    evaluate(b, "P1", "2028-02-22", ""); /* nothing is known: no event, and still a calendar */
    c = calendar(b);
    assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 0);
    icalcomponent_free(c);
}

static void uid_of(struct bench *b, const char *words, char out[100])
{
    icalcomponent *c = calendar(b), *event = event_about(c, words);
    assert_non_null(event);
    (void)snprintf(out, 100, "%s", icalcomponent_get_uid(event));
    icalcomponent_free(c);
}

/* Stable where the amount or the time of evaluation changes; another one for another record, rule or day. */
static void test_uids(void **state)
{
    struct bench *b = *state;
    char first[100], other[100];
    evaluate(b, "P1", "2028-02-22", FULL);
    uid_of(b, "drug_b 0.6 mg, day 8", first);
    uid_of(b, "drug_b 0.6 mg, day 15", other);
    assert_string_not_equal(first, other);
    uid_of(b, "drug_e 24 mg, day 8", other); /* another dose of that date */
    assert_string_not_equal(first, other);
    evaluate(b, "P1", "2028-02-23T09:00",
             ",\"bsa\":1.4,\"cycle_start\":\"2028-02-15\",\"pregnant\":false,\"liver\":false");
    uid_of(b, "drug_b 0.7 mg, day 8", other);
    assert_string_equal(first, other);
    evaluate(b, "P2", "2028-02-22", FULL);
    uid_of(b, "drug_b 0.6 mg, day 8", other);
    assert_string_not_equal(first, other);
}

static void test_same_bytes(void **state)
{
    struct bench *b = *state;
    evaluate(b, "P1", "2028-02-22", FULL);
    struct buffer first = calendar_text(b);
    evaluate(b, "P1", "2028-02-22", FULL);
    struct buffer second = calendar_text(b);
    assert_string_equal(buffer_text(&first), buffer_text(&second));
    buffer_free(&first);
    buffer_free(&second);
}

/* What needs escaping, control characters, characters of several bytes across a fold. */
static void test_hard_ids(void **state)
{
    struct bench *b = *state;
    static const char *const IDS[][2] = {
        {"a, b; c: \\\\d", "a, b; c: \\d"},
        {"line\\nend\\tand \\u0007 bell", "line\nend and  bell"},
        {"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9"
         "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9",
         "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9"
         "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9"},
    };
    for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
        char expected[200];
        evaluate(b, IDS[i][0], "2028-02-22", FULL);
        (void)snprintf(expected, sizeof expected, "DRAFT: %s: drug_b 0.6 mg, day 8", IDS[i][1]);
        icalcomponent *c = calendar(b);
        if (!event_about(c, expected))
            fail_msg("%s stands as %s", expected,
                     icalcomponent_get_summary(event_about(c, "drug_b 0.6 mg, day 8")));
        icalcomponent_free(c);
    }
}

/* Words that no line can hold, of characters of two bytes, which begin at every place of a line. */
static void test_long_words(void **state)
{
    struct bench *b = *state;
    for (size_t before = 0; before < 6; before++) {
        char id[200] = "aaaaaa", expected[260];
        for (size_t i = before; i < before + 2 * 80; i += 2)
            memcpy(id + i, "\xC3\xA9", 3);
        evaluate(b, id, "2028-02-22", FULL);
        (void)snprintf(expected, sizeof expected, "DRAFT: %s: drug_b 0.6 mg, day 8", id);
        icalcomponent *c = calendar(b);
        assert_non_null(event_about(c, expected));
        icalcomponent_free(c);
    }
}

/* The moment of an evaluation with an offset is told in UTC. */
static void test_stamp(void **state)
{
    struct bench *b = *state;
    static const char *const TIMES[][2] = {
        {"2028-02-22", "20280222T235959Z"},
        {"2028-02-22T08:30", "20280222T083000Z"},
        {"2028-02-22T08:30:15+02:00", "20280222T063015Z"},
        {"2028-02-29T23:30-05:00", "20280301T043000Z"},
    };
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        evaluate(b, "P1", TIMES[i][0], FULL);
        icalcomponent *c = calendar(b);
        icalcomponent *event = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
        assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstamp(event)), TIMES[i][1]);
        icalcomponent_free(c);
    }
}

/* What a protocol's status makes of its events. */
static void test_status(void **state)
{
    (void)state;
    static const struct {
        const char *status, *before;
        icalproperty_status certain;
    } CASES[] = {{"draft", "DRAFT: ", ICAL_STATUS_TENTATIVE},
                 {"retired", "RETIRED: ", ICAL_STATUS_TENTATIVE},
                 {"approved by \"A. Example\" on 2026-01-15", "", ICAL_STATUS_CONFIRMED}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char source[400], expected[80];
        (void)snprintf(
            source, sizeof source,
            "protocol p \"P\"\nversion 1.0.0\nstatus %s\ninput s \"S\" : date\n"
            "phase c \"C\" starts s lasts 3 days\ndose d of d\n  amount 5 mg\n  schedule days 2 of c\n",
            CASES[i].status);
        struct bench b = bench_of(NULL, source);
        evaluate(&b, "P1", "2026-01-01", ",\"s\":\"2025-12-31\"");
        icalcomponent *c = calendar(&b), *event = event_about(c, "d 5 mg");
        (void)snprintf(expected, sizeof expected, "%sP1: d 5 mg, day 2", CASES[i].before);
        assert_string_equal(icalcomponent_get_summary(event), expected);
        assert_int_equal(icalcomponent_get_status(event), CASES[i].certain);
        icalcomponent_free(c);
        bench_free(&b);
    }
}

/* Only what is shown. */
static void test_only(void **state)
{
    struct bench *b = *state;
    assert_int_equal(regimen_evaluator_only(b->evaluator, "by_steps", NULL), REGIMEN_OK);
    evaluate(b, "P1", "2028-02-22", FULL);
    icalcomponent *c = calendar(b);
    assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 3);
    icalcomponent_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),    cmocka_unit_test(test_undated),
        cmocka_unit_test(test_windows),  cmocka_unit_test(test_window_events),
        cmocka_unit_test(test_events),   cmocka_unit_test(test_withheld),
        cmocka_unit_test(test_uids),     cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_hard_ids), cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_stamp),    cmocka_unit_test(test_status),
        cmocka_unit_test(test_only),     cmocka_unit_test(test_dates_of_what_is_shown),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
