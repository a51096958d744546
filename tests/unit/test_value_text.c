/* Values as a person reads them: units, ranges, calendar time, partial dates. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "runtime/value_text.h"

static const char STRINGS[] = "\0standard\0high\0mg";
static const struct image_member MEMBERS[] = {{1}, {10}};
static const struct image_enum ENUMS[] = {{.members = {0, 2}, .or_other = 1}};
static const struct image IMAGE = {.STRINGS = STRINGS, .ENUMS = ENUMS, .MEMBERS = MEMBERS};

static decimal number(const char *text)
{
    decimal x;
    assert_int_equal(decimal_parse(text, strlen(text), &x), DECIMAL_OK);
    return x;
}

static struct value range(const char *lo, const char *hi, unsigned flags, enum tag tag)
{
    return (struct value){.tag = tag, .flags = flags, .n = {number(lo), number(hi)}};
}

static void assert_number(const char *x, const char *unit, enum value_style style, const char *expected)
{
    struct buffer out = {0};
    number_text(&out, number(x), unit, style);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_number("1875", "[IU]", VALUE_EXACT, "1875 IU");
    assert_number("2500", "[IU]/m2", VALUE_EXACT, "2500 IU/m2");
    assert_number("50", "10*9/L", VALUE_EXACT, "50 10*9/L");
    assert_number("3", "1", VALUE_EXACT, "3");
    assert_number("1", "d", VALUE_EXACT, "1 day");
    assert_number("14", "d", VALUE_EXACT, "14 days");
    assert_number("9", "ug/d", VALUE_EXACT, "9 ug/d");
    assert_number("1.38564064605510", "mg", VALUE_SHORT, "\xE2\x89\x88 1.38564 mg");
    assert_number("1.385640", "mg", VALUE_SHORT, "1.38564 mg");
    assert_number("1.38564064605510", "mg", VALUE_EXACT, "1.3856406460551 mg");
}

static void assert_value(uint8_t kind, struct value v, uint32_t unit, const char *expected)
{
    struct image image = IMAGE;
    struct image_type type = {.kind = kind, .enumeration = 0, .unit = unit};
    struct buffer out = {0};
    value_text(&out, &image, &type, &v, VALUE_EXACT);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

enum { MG = 15 };

static void test_ranges(void **state)
{
    (void)state;
    assert_value(KIND_NUM, range("60", "60", 0, TAG_KNOWN), MG, "60 mg");
    assert_value(KIND_NUM, range("60", "75", 0, TAG_RANGE), MG, "from 60 to 75 mg");
    assert_value(KIND_NUM, range("0", "0.03", VALUE_LO_NONE | VALUE_HI_OPEN, TAG_RANGE), MG, "< 0.03 mg");
    assert_value(KIND_NUM, range("5", "0", VALUE_HI_NONE, TAG_RANGE), MG, ">= 5 mg");
    assert_value(KIND_NUM, range("5", "9", VALUE_LO_OPEN, TAG_RANGE), MG, "> 5 mg and <= 9 mg");
    assert_value(KIND_NUM, range("0", "0.5", VALUE_HI_OPEN | VALUE_NEGATIVE, TAG_RANGE), MG,
                 "negative (below 0.5 mg)");
    assert_value(KIND_NUM, range("0", "9", VALUE_NEGATIVE, TAG_UNKNOWN), MG, "negative");
    assert_value(KIND_NUM, range("0", "9", 0, TAG_UNKNOWN), MG, "unknown");
    assert_value(KIND_NUM, (struct value){.tag = TAG_FAULT, .fault = FAULT_DIVIDE_BY_ZERO}, MG,
                 "fault: division by zero");
    assert_value(KIND_NUM, (struct value){.tag = TAG_OFF}, MG, "none");
}

static void assert_span(const char *lo, const char *hi, unsigned flags, const char *unit,
                        const char *expected)
{
    struct image image = {.STRINGS = unit};
    struct image_type type = {.kind = KIND_NUM};
    struct value v = range(lo, hi, flags, TAG_RANGE);
    struct buffer out = {0};
    value_text(&out, &image, &type, &v, VALUE_EXACT);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void test_calendar_time(void **state)
{
    (void)state;
    unsigned open = VALUE_LO_OPEN | VALUE_HI_OPEN;
    assert_span("120", "120", 0, "mo", "10 years");
    assert_span("119", "120", open, "mo", "9 years 11 months and some days");
    assert_span("0", "1", open, "mo", "0 months and some days");
    assert_span("12", "13", open, "mo", "1 year and some days");
    assert_span("13", "13", 0, "mo", "1 year 1 month");
    assert_span("11", "11", 0, "mo", "11 months");
    assert_span("108", "120", open, "mo", "> 9 years and < 10 years");
    assert_span("13", "14", open, "d", "13 days and some hours");
    assert_span("1", "2", open, "d", "1 day and some hours");
    assert_span("1.5", "2.5", open, "d", "> 1.5 days and < 2.5 days");
}

static struct value days(int year, int month, int day, int length, enum tag tag)
{
    int64_t first = cal_from_civil((struct cal_civil){year, month, day});
    return (struct value){.tag = tag, .t = {first, first + length - 1, CAL_NO_OFFSET, CAL_NO_OFFSET}};
}

static struct value times(int64_t lo, int64_t hi)
{
    return (struct value){.tag = TAG_RANGE, .t = {lo, hi, CAL_NO_OFFSET, CAL_NO_OFFSET}};
}

static void test_dates(void **state)
{
    (void)state;
    int64_t day = cal_from_civil((struct cal_civil){2026, 1, 10}) * CAL_MICROS_PER_DAY;
    int64_t hour = CAL_MICROS_PER_DAY / 24;
    assert_value(KIND_DAY, days(2026, 2, 28, 1, TAG_KNOWN), 0, "2026-02-28");
    assert_value(KIND_DAY, days(2024, 2, 1, 29, TAG_RANGE), 0, "2024-02");
    assert_value(KIND_DAY, days(2019, 1, 1, 365, TAG_RANGE), 0, "2019");
    assert_value(KIND_DAY, days(2019, 1, 1, 364, TAG_RANGE), 0, "from 2019-01-01 to 2019-12-30");
    assert_value(KIND_TIME, times(day, day + CAL_MICROS_PER_DAY - 1), 0, "2026-01-10");
    assert_value(KIND_TIME, times(day + 8 * hour, day + 8 * hour), 0, "2026-01-10T08:00");
    assert_value(KIND_TIME, times(day, day + 8 * hour), 0, "from 2026-01-10T00:00 to 2026-01-10T08:00");
}

static void test_codes(void **state)
{
    (void)state;
    assert_value(KIND_ENUM, (struct value){.code = 1}, 0, "high");
    assert_value(KIND_ENUM, (struct value){.code = 2}, 0, "other");
    assert_value(KIND_SET, (struct value){.set = {3}}, 0, "standard, high");
    assert_value(KIND_SET, (struct value){.set = {0}}, 0, "none of them");
    assert_value(KIND_BOOL, (struct value){.yes = true}, 0, "yes");
    assert_value(KIND_BOOL, (struct value){.tag = TAG_UNKNOWN}, 0, "unknown");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_ranges), cmocka_unit_test(test_calendar_time),
        cmocka_unit_test(test_dates),   cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
