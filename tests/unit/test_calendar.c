/* Dates and times: the tables of the specification, and every day against a naive count. */
#include "runtime/calendar.h"
#include "tests/unit/spec_table.h"

#define SPEC_CALENDAR "SPEC.md"

static struct cal_value value_of(const char *text)
{
    struct cal_value value;
    if (cal_parse(text, strlen(text), &value) != CAL_OK) fail_msg("%s is no date or time", text);
    return value;
}

static cal_day day_of(const char *text)
{
    struct cal_value value = value_of(text);
    assert_int_equal(value.precision, CAL_DAY);
    return cal_day_of(value.from);
}

static void format_clock(cal_clock clock, char *buffer)
{
    struct cal_value value = {CAL_TIME, clock, clock, CAL_NO_OFFSET};
    cal_format(&value, buffer);
}

static void format_number(int64_t n, char *buffer)
{
    (void)snprintf(buffer, CAL_TEXT_MAX, "%lld", (long long)n);
}

static const char *status_word(enum cal_status status)
{
    switch (status) {
    case CAL_OK: return "accepted";
    case CAL_SYNTAX: return "syntax";
    case CAL_NO_SUCH_DATE: return "no such date";
    case CAL_OUT_OF_RANGE: return "out of range";
    }
    return "no such status";
}

/* Printing is the inverse, whatever text a value came from. */
static void assert_prints_back(const struct cal_value *value)
{
    char text[CAL_TEXT_MAX];
    size_t length = cal_format(value, text);
    assert_int_equal(length, strlen(text));
    struct cal_value back = value_of(text);
    assert_int_equal(back.precision, value->precision);
    assert_int_equal(back.from, value->from);
    assert_int_equal(back.to, value->to);
    assert_int_equal(back.offset, value->offset);
}

static void row_reading(char *const *cells)
{
    char from[CAL_TEXT_MAX], to[CAL_TEXT_MAX], offset[CAL_TEXT_MAX] = "none";
    struct cal_value value = value_of(cells[0]);
    format_clock(value.from, from);
    format_clock(value.to, to);
    if (value.offset != CAL_NO_OFFSET) format_number(value.offset, offset);
    spec_expect(cells, 1, from);
    spec_expect(cells, 2, to);
    spec_expect(cells, 3, offset);
    assert_prints_back(&value);
}

static void row_refusing(char *const *cells)
{
    struct cal_value value;
    spec_expect(cells, 1, status_word(cal_parse(cells[0], strlen(cells[0]), &value)));
}

static enum cal_unit unit_named(const char *name)
{
    static const char *const names[] = {"microseconds", "seconds", "minutes", "hours",
                                        "days",         "weeks",   "months",  "years"};
    for (int unit = CAL_MICROSECOND; unit <= CAL_YEARS; unit++)
        if (strcmp(names[unit], name) == 0) return (enum cal_unit)unit;
    fail_msg("no unit %s", name);
    return CAL_DAYS;
}

static void row_moving(char *const *cells)
{
    char text[CAL_TEXT_MAX];
    struct cal_value start = value_of(cells[0]);
    enum cal_unit unit = unit_named(cells[2]);
    int64_t count = strtoll(cells[1], NULL, 10);
    cal_clock moved = start.from;
    enum cal_status status = cal_add(start.from, count, unit, &moved);
    if (status == CAL_OK && start.precision == CAL_DAY)
        cal_format_day(cal_day_of(moved), text);
    else
        format_clock(moved, text);
    spec_expect(cells, 3, status == CAL_OK ? text : status_word(status));
    if (unit == CAL_MONTHS || unit == CAL_DAYS) {
        cal_day day, from = cal_day_of(start.from);
        assert_int_equal(
            unit == CAL_DAYS ? cal_add_days(from, count, &day) : cal_add_months(from, count, &day), status);
        if (status == CAL_OK) assert_int_equal(day, cal_day_of(moved));
    }
}

static void row_completed(char *const *cells)
{
    static const enum cal_unit units[] = {CAL_DAYS, CAL_WEEKS, CAL_MONTHS, CAL_YEARS};
    cal_day from = day_of(cells[0]), to = day_of(cells[1]);
    char text[CAL_TEXT_MAX];
    bool exact;
    for (size_t i = 0; i < 4; i++) {
        format_number(cal_completed(from, to, units[i]), text);
        spec_expect(cells, 2 + i, text);
    }
    format_number(cal_months_between(from, to, &exact), text);
    spec_expect(cells, 4, text);
    spec_expect(cells, 6, exact ? "yes" : "no");
    assert_int_equal(cal_completed(from, to, CAL_HOUR), 24 * (to - from));
}

static void row_completed_times(char *const *cells)
{
    char text[CAL_TEXT_MAX];
    bool exact;
    format_number(cal_months_between_clocks(value_of(cells[0]).from, value_of(cells[1]).from, &exact), text);
    spec_expect(cells, 2, text);
    spec_expect(cells, 3, exact ? "yes" : "no");
}

static void row_elapsed(char *const *cells)
{
    char text[CAL_TEXT_MAX];
    struct cal_value from = value_of(cells[0]), to = value_of(cells[1]);
    int64_t elapsed = cal_elapsed(from.from, from.offset, to.from, to.offset);
    assert_int_equal(elapsed % CAL_MICROS_PER_MINUTE, 0);
    format_number(elapsed / CAL_MICROS_PER_MINUTE, text);
    spec_expect(cells, 2, text);
}

static void test_tables(void **state)
{
    (void)state;
    spec_check(SPEC_CALENDAR, "date-reading", 4, row_reading);
    spec_check(SPEC_CALENDAR, "refusing", 2, row_refusing);
    spec_check(SPEC_CALENDAR, "moving", 4, row_moving);
    spec_check(SPEC_CALENDAR, "completed", 7, row_completed);
    spec_check(SPEC_CALENDAR, "completed times", 4, row_completed_times);
    spec_check(SPEC_CALENDAR, "elapsed", 3, row_elapsed);
}

/* Where one clock has no offset, the other's does not count. */
static void test_elapsed_needs_both_offsets(void **state)
{
    (void)state;
    assert_int_equal(cal_elapsed(0, 120, 60, CAL_NO_OFFSET), 60);
    assert_int_equal(cal_elapsed(0, CAL_NO_OFFSET, 60, -120), 60);
    assert_int_equal(cal_elapsed(0, 0, 60, 0), 60);
}

static void test_parse_keeps_to_the_length(void **state)
{
    (void)state;
    struct cal_value value = {.from = 42};
    assert_int_equal(cal_parse("2019-03-07", 8, &value), CAL_SYNTAX);
    assert_int_equal(cal_parse("2019-03\0", 8, &value), CAL_SYNTAX);
    assert_int_equal(cal_parse("2019-02-29", 10, &value), CAL_NO_SUCH_DATE);
    assert_int_equal(value.from, 42);
    assert_int_equal(cal_parse("2019-03-07", 7, &value), CAL_OK);
    assert_int_equal(value.precision, CAL_MONTH);
    assert_int_equal(cal_parse("2019-03-07", 4, &value), CAL_OK);
    assert_int_equal(value.precision, CAL_YEAR);
}

/* A calendar as a child counts it: tomorrow is the next day of the month, or the first of the next. */
struct counter {
    struct cal_civil date;
    cal_day day;
};

static int counter_month_length(struct cal_civil date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = date.year % 400 == 0 || (date.year % 4 == 0 && date.year % 100 != 0);
    return date.month == 2 && leap ? 29 : lengths[date.month - 1];
}

static void counter_next(struct counter *c)
{
    c->day++;
    if (++c->date.day <= counter_month_length(c->date)) return;
    c->date.day = 1;
    if (++c->date.month <= 12) return;
    c->date.month = 1;
    c->date.year++;
}

static bool same_date(struct cal_civil a, struct cal_civil b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* All 3,652,059 days; the count of days is tied down by day 0. */
static void test_every_day_of_every_year(void **state)
{
    (void)state;
    struct counter c = {{1, 1, 1}, CAL_FIRST_DAY};
    for (; c.day <= CAL_LAST_DAY; counter_next(&c)) {
        if (!same_date(cal_to_civil(c.day), c.date) || cal_from_civil(c.date) != c.day)
            fail_msg("day %lld", (long long)c.day);
        if (c.day == 0) assert_true(same_date(c.date, (struct cal_civil){1970, 1, 1}));
    }
    assert_true(same_date(c.date, (struct cal_civil){10000, 1, 1}));
}

static void test_months(void **state)
{
    (void)state;
    for (int year = 1; year <= 9999; year++) {
        assert_int_equal(cal_is_leap(year), counter_month_length((struct cal_civil){year, 2, 1}) == 29);
        for (int month = 1; month <= 12; month++) {
            int length = counter_month_length((struct cal_civil){year, month, 1});
            assert_int_equal(cal_month_length(year, month), length);
            assert_true(cal_valid((struct cal_civil){year, month, length}));
            assert_false(cal_valid((struct cal_civil){year, month, length + 1}));
            assert_false(cal_valid((struct cal_civil){year, month, 0}));
        }
        assert_false(cal_valid((struct cal_civil){year, 0, 1}));
        assert_false(cal_valid((struct cal_civil){year, 13, 1}));
    }
    assert_false(cal_valid((struct cal_civil){0, 12, 31}));
    assert_false(cal_valid((struct cal_civil){10000, 1, 1}));
}

/* Every day of 1896 to 2104, and the same with one field that does not exist. */
static void test_texts_of_days(void **state)
{
    (void)state;
    struct counter c = {{1896, 1, 1}, cal_from_civil((struct cal_civil){1896, 1, 1})};
    for (; c.date.year <= 2104; counter_next(&c)) {
        char expected[CAL_TEXT_MAX], text[CAL_TEXT_MAX];
        struct cal_value value;
        (void)snprintf(expected, sizeof expected, "%04d-%02d-%02d", c.date.year, c.date.month, c.date.day);
        cal_format_day(c.day, text);
        assert_string_equal(text, expected);
        assert_int_equal(cal_parse(text, 10, &value), CAL_OK);
        assert_int_equal(value.from, c.day * CAL_MICROS_PER_DAY);
        assert_int_equal(value.to, (c.day + 1) * CAL_MICROS_PER_DAY - 1);
        assert_prints_back(&value);
    }
}

/* A year's or a month's range ends where the next begins. */
static void test_partial_dates_follow_each_other(void **state)
{
    (void)state;
    cal_clock year_end = CAL_FIRST_DAY * CAL_MICROS_PER_DAY, month_end = year_end;
    for (int year = 1; year <= 9999; year++) {
        char text[CAL_TEXT_MAX];
        (void)snprintf(text, sizeof text, "%04d", year);
        struct cal_value value = value_of(text);
        assert_int_equal(value.from, year_end);
        assert_prints_back(&value);
        year_end = value.to + 1;
        for (int month = 1; month <= 12; month++) {
            (void)snprintf(text, sizeof text, "%04d-%02d", year, month);
            value = value_of(text);
            assert_int_equal(value.from, month_end);
            assert_prints_back(&value);
            month_end = value.to + 1;
        }
        assert_int_equal(month_end, year_end);
    }
    assert_int_equal(year_end, (CAL_LAST_DAY + 1) * CAL_MICROS_PER_DAY);
}

/* Times of day with every length of fraction, offsets from one end to the other, before and after 1970. */
static void test_times_print_back(void **state)
{
    (void)state;
    static const int64_t steps[] = {1, 10, 333, 100000, 999999, 1000000, 60000000, 3599999999};
    const cal_clock days[] = {CAL_FIRST_DAY, -1, 0, 19000, CAL_LAST_DAY};
    for (size_t d = 0; d < sizeof days / sizeof *days; d++)
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
            for (int n = 0; n <= 24; n++) {
                cal_clock clock = days[d] * CAL_MICROS_PER_DAY + n * steps[s];
                int offset = 70 * n - 840;
                struct cal_value value = {CAL_TIME, clock, clock, (int16_t)offset};
                assert_int_equal(cal_day_of(clock), days[d]);
                assert_prints_back(&value);
                value.offset = CAL_NO_OFFSET;
                assert_prints_back(&value);
            }
}

/* The n-th month from a date, one month after the other. */
static cal_day naive_month(struct cal_civil from, int n)
{
    struct cal_civil date = from;
    for (; n > 0; n--) {
        date.year += date.month == 12;
        date.month = date.month == 12 ? 1 : date.month + 1;
    }
    for (; n < 0; n++) {
        date.year -= date.month == 1;
        date.month = date.month == 1 ? 12 : date.month - 1;
    }
    int length = counter_month_length(date);
    if (date.day > length) date.day = length;
    return cal_from_civil(date);
}

/* Two and a half years back and forth from the start. */
static void check_months_from(struct counter start)
{
    int n = -30;
    cal_day due = naive_month(start.date, n), next = naive_month(start.date, n + 1), day;
    assert_int_equal(cal_add_months(start.day, n, &day), CAL_OK);
    assert_int_equal(day, due);
    for (cal_day to = due; n < 30; to++) {
        if (to == next) {
            due = next;
            next = naive_month(start.date, ++n + 1);
            assert_int_equal(cal_add_months(start.day, n, &day), CAL_OK);
            assert_int_equal(day, due);
        }
        bool exact;
        int years = n >= 0 ? n / 12 : -((11 - n) / 12);
        if (cal_months_between(start.day, to, &exact) != n || exact != (to == due) ||
            cal_completed(start.day, to, CAL_MONTHS) != n || cal_completed(start.day, to, CAL_YEARS) != years)
            fail_msg("from day %lld to day %lld", (long long)start.day, (long long)to);
    }
}

/* From every day of two years: 1900 without a leap day, 2000 and 2024 with one. */
static void test_months_between(void **state)
{
    (void)state;
    static const int years[] = {1899, 1999, 2023};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        struct counter c = {{years[i], 1, 1}, cal_from_civil((struct cal_civil){years[i], 1, 1})};
        for (; c.date.year <= years[i] + 1; counter_next(&c))
            check_months_from(c);
    }
}

/* Completed years against birthdays; who was born on 29 February has it on the 28th in a common year. */
static void test_birthdays(void **state)
{
    (void)state;
    struct counter birth = {{1999, 12, 1}, cal_from_civil((struct cal_civil){1999, 12, 1})};
    for (; birth.date.year < 2001; counter_next(&birth))
        for (int age = 0; age <= 110; age++) {
            struct cal_civil date = birth.date;
            date.year += age;
            if (date.day > counter_month_length(date)) date.day = 28;
            cal_day birthday = cal_from_civil(date);
            assert_int_equal(cal_completed(birth.day, birthday, CAL_YEARS), age);
            assert_int_equal(cal_completed(birth.day, birthday - 1, CAL_YEARS), age - 1);
        }
}

/* Weeks and days below and above 0 round towards the past. */
static void test_completed_days_and_weeks(void **state)
{
    (void)state;
    int64_t weeks = -100;
    for (int64_t days = -700; days < 700; days++) {
        if (days == (weeks + 1) * 7) weeks++;
        assert_int_equal(cal_completed(1000, 1000 + days, CAL_DAYS), days);
        assert_int_equal(cal_completed(1000, 1000 + days, CAL_WEEKS), weeks);
    }
}

/* Clocks of one day against months between days: the time of day decides only on the day itself. */
static void test_months_between_clocks(void **state)
{
    (void)state;
    static const int64_t times[] = {0, 1, 43200000000, 86399999999};
    cal_day from = day_of("2023-12-31");
    for (cal_day to = from - 800; to < from + 800; to++)
        for (int i = 0; i < 16; i++) {
            cal_clock a = from * CAL_MICROS_PER_DAY + times[i % 4],
                      b = to * CAL_MICROS_PER_DAY + times[i / 4], due;
            bool exact;
            int64_t n = cal_months_between_clocks(a, b, &exact);
            assert_int_equal(cal_add(a, n, CAL_MONTHS, &due), CAL_OK);
            assert_true(due <= b);
            assert_int_equal(exact, due == b);
            assert_int_equal(cal_add(a, n + 1, CAL_MONTHS, &due), CAL_OK);
            assert_true(due > b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_elapsed_needs_both_offsets),
        cmocka_unit_test(test_parse_keeps_to_the_length),
        cmocka_unit_test(test_every_day_of_every_year),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_texts_of_days),
        cmocka_unit_test(test_partial_dates_follow_each_other),
        cmocka_unit_test(test_times_print_back),
        cmocka_unit_test(test_months_between),
        cmocka_unit_test(test_birthdays),
        cmocka_unit_test(test_completed_days_and_weeks),
        cmocka_unit_test(test_months_between_clocks),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
