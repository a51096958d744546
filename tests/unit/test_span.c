/* Calendar time between days and times, and moving them. */
#include "tests/unit/interval_words.h"

/* ---- Days and times in words ---------------------------------------------------------------------- */

/* 2019, 2019-03, 2019-03-07, 2019-03-07T08:30+01:00; "?": unknown. */
static struct value when(const char *text, enum kind kind)
{
    struct cal_value c;
    struct value v = value_unknown(WHY_MISSING);
    v.t.lo = v.t.hi = 0;
    v.t.lo_offset = v.t.hi_offset = CAL_NO_OFFSET;
    if (strcmp(text, "?") == 0) return v;
    if (strcmp(text, "!") == 0) return value_fault(FAULT_DATE_RANGE, FAULT_PC);
    assert_int_equal(cal_parse(text, strlen(text), &c), CAL_OK);
    v.flags = 0;
    v.t.lo = kind == KIND_DAY ? cal_day_of(c.from) : c.from;
    v.t.hi = kind == KIND_DAY ? cal_day_of(c.to) : c.to;
    v.t.lo_offset = v.t.hi_offset = c.offset;
    v.tag = v.t.lo == v.t.hi ? TAG_KNOWN : TAG_RANGE;
    return v;
}

static struct value day(const char *text)
{
    return when(text, KIND_DAY);
}

static struct value moment(const char *text)
{
    return when(text, KIND_TIME);
}

static const char *say_day(const struct value *v, char out[INTERVAL_WORDS])
{
    char lo[CAL_TEXT_MAX] = "", hi[CAL_TEXT_MAX] = "";
    if (v->tag == TAG_FAULT) return "!";
    if (!(v->flags & VALUE_LO_NONE)) cal_format_day(v->t.lo, lo);
    if (!(v->flags & VALUE_HI_NONE)) cal_format_day(v->t.hi, hi);
    if (v->tag == TAG_KNOWN) assert_string_equal(lo, hi);
    *out = '\0';
    if (v->tag == TAG_UNKNOWN) add_words(out, "?");
    add_words(out, lo);
    if (v->tag != TAG_KNOWN) add_words(out, "..");
    if (v->tag != TAG_KNOWN) add_words(out, hi);
    return out;
}

/* ---- Spans ---------------------------------------------------------------------------------------- */

typedef void span_of(struct value *d, const struct value *a, const struct value *b);

static void assert_span(span_of *span, enum kind kind, const char *from, const char *to, const char *expected)
{
    struct value a = when(from, kind), b = when(to, kind), d;
    char said[INTERVAL_WORDS];
    span(&d, &a, &b);
    if (strcmp(say_interval(&d, said), expected) != 0)
        fail_msg("from %s to %s: %s, expected %s", from, to, say_interval(&d, said), expected);
}

static void test_months(void **state)
{
    (void)state;
    assert_span(span_months, KIND_DAY, "2016-01-10", "2026-01-10", "120"); /* the tenth birthday */
    assert_span(span_months, KIND_DAY, "2016-01-10", "2026-01-09", "(119,120)");
    assert_span(span_months, KIND_DAY, "2016-01-10", "2026-01-11", "(120,121)");
    assert_span(span_months, KIND_DAY, "2016-02-29", "2017-02-28", "12");
    assert_span(span_months, KIND_DAY, "2026-01-31", "2026-02-28", "1");
    assert_span(span_months, KIND_DAY, "2026-01-10", "2026-01-10", "0");
    assert_span(span_months, KIND_DAY, "2026-01-10", "2025-12-10", "-1");
    assert_span(span_months, KIND_DAY, "2026-01-10", "2026-01-09", "(-1,0)");
    assert_span(span_months, KIND_DAY, "2016", "2026-01-10", "(108,121)");
    assert_span(span_months, KIND_DAY, "2016-01", "2026-01-31", "[120,121)");
    assert_span(span_months, KIND_DAY, "2016-01-10", "2026", "(119,132)");
    assert_span(span_months, KIND_DAY, "?", "2026-01-10", "?");
    assert_span(span_months, KIND_DAY, "!", "?", "!");
    assert_span(span_months_time, KIND_TIME, "2026-01-10T08:00", "2026-02-10T08:00", "1");
    assert_span(span_months_time, KIND_TIME, "2026-01-10T08:00", "2026-02-10T07:59", "(0,1)");
}

static void test_days(void **state)
{
    (void)state;
    assert_span(span_days, KIND_DAY, "2026-02-28", "2026-03-01", "1");
    assert_span(span_days, KIND_DAY, "2026-03-01", "2026-02-28", "-1");
    assert_span(span_days, KIND_DAY, "2026-02", "2026-03-01", "[1,28]");
    assert_span(span_days, KIND_DAY, "2026-01-10", "?", "?");
    assert_span(span_days_time, KIND_TIME, "2026-01-01T08:00", "2026-01-15T08:00", "14");
    assert_span(span_days_time, KIND_TIME, "2026-01-01T08:00", "2026-01-15T07:59:59.999999", "(13,14)");
    assert_span(span_days_time, KIND_TIME, "2026-01-02T08:00", "2026-01-01T09:00", "(-1,0)");
}

static void test_seconds(void **state)
{
    (void)state;
    assert_span(span_seconds, KIND_TIME, "2026-01-01T08:00", "2026-01-03T08:00", "172800");
    assert_span(span_seconds, KIND_TIME, "2026-01-01T08:00:00.000001", "2026-01-01T08:00", "-0.000001");
    assert_span(span_seconds, KIND_TIME, "2026-01-01T08:00+01:00", "2026-01-01T08:00Z", "3600");
    assert_span(span_seconds, KIND_TIME, "2026-01-01T08:00+01:00", "2026-01-01T08:00",
                "0"); /* clock readings */
    assert_span(span_seconds, KIND_TIME, "2026-01-01", "2026-01-02T00:00", "[0.000001,86400]");
}

static void test_completed(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        enum cal_unit unit;
        const char *expected;
    } rows[] = {
        {"2004-02-29", "2025-02-28", CAL_YEARS, "21"}, {"2004-03-01", "2025-02-28", CAL_YEARS, "20"},
        {"2004", "2025-06-01", CAL_YEARS, "[20,21]"},  {"2026-01-01", "2026-01-15", CAL_WEEKS, "2"},
        {"2026-01-01", "2026-01-14", CAL_WEEKS, "1"},  {"?", "2026-01-14", CAL_WEEKS, "?"},
        {"2026-01-31", "2026-02-28", CAL_MONTHS, "1"}, {"2026-01-31", "2026-02-27", CAL_DAYS, "27"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value a = day(rows[i].from), b = day(rows[i].to), d;
        char said[INTERVAL_WORDS];
        span_completed(&d, &a, &b, rows[i].unit);
        assert_string_equal(say_interval(&d, said), rows[i].expected);
    }
}

/* ---- Moving --------------------------------------------------------------------------------------- */

static void assert_moved(const char *from, const char *count, enum cal_unit unit, const char *expected)
{
    struct value a = day(from), n = val(count), d;
    char said[INTERVAL_WORDS];
    shift_day(&d, &a, &n, unit, 9);
    if (strcmp(say_day(&d, said), expected) != 0)
        fail_msg("%s and %s: %s, expected %s", from, count, say_day(&d, said), expected);
}

static void test_shift_day(void **state)
{
    (void)state;
    assert_moved("2026-01-01", "14", CAL_DAYS, "2026-01-15");
    assert_moved("2026-01-31", "1", CAL_MONTHS, "2026-02-28");
    assert_moved("2026-03-01", "-1", CAL_DAYS, "2026-02-28");
    assert_moved("2026-02", "1", CAL_MONTHS, "2026-03-01..2026-03-28");
    assert_moved("2026-01-01", "[14,21]", CAL_DAYS, "2026-01-15..2026-01-22");
    assert_moved("2026-01-01", "?", CAL_DAYS, "?..");
    assert_moved("2026-01-01", "?[0,7]", CAL_DAYS, "?2026-01-01..2026-01-08");
    assert_moved("2026-01-01", "?[0.5,1.5]", CAL_DAYS, "?2026-01-01..2026-01-03");
    assert_moved("9999-12-01", "[0,90]", CAL_DAYS, "9999-12-01.."); /* an end outside the calendar is none */
}

static void assert_move_fault(const char *from, const char *count, enum cal_unit unit, enum fault fault)
{
    struct value a = day(from), n = val(count), d;
    shift_day(&d, &a, &n, unit, 9);
    assert_int_equal(d.tag, TAG_FAULT);
    assert_int_equal(d.fault, fault);
}

static void test_shift_faults(void **state)
{
    (void)state;
    assert_move_fault("2026-01-01", "1.5", CAL_DAYS, FAULT_NOT_WHOLE);
    assert_move_fault("2026-01-01", "0.5", CAL_MONTHS, FAULT_NOT_WHOLE);
    assert_move_fault("9999-12-31", "1", CAL_DAYS, FAULT_DATE_RANGE);
    assert_move_fault("0001-01-01", "-1", CAL_MONTHS, FAULT_DATE_RANGE);
    assert_move_fault("2026-01-01", "1e30", CAL_DAYS, FAULT_DATE_RANGE);
    assert_move_fault("2026-01-01", "-1e30", CAL_MONTHS, FAULT_DATE_RANGE);
    assert_move_fault("2026-01-01", "!", CAL_DAYS, FAULT_OVERFLOW);
}

static void assert_time_moved(const char *from, const char *count, enum cal_unit unit, const char *expected)
{
    struct value a = moment(from), n = val(count), d, e = moment(expected);
    shift_time(&d, &a, &n, unit, 9);
    assert_int_equal(d.tag, TAG_KNOWN);
    assert_int_equal(d.t.lo, e.t.lo);
    assert_int_equal(d.t.hi, e.t.hi);
    assert_int_equal(d.t.lo_offset, e.t.lo_offset);
}

/* ---- Phases --------------------------------------------------------------------------------------- */

static void assert_end(const char *start, const char *length, enum cal_unit unit, const char *expected)
{
    struct value a = day(start), n = val(length), d;
    char said[INTERVAL_WORDS];
    phase_end(&d, &a, &n, unit, 9);
    if (strcmp(say_day(&d, said), expected) != 0)
        fail_msg("a phase from %s, %s long, ends %s, expected %s", start, length, say_day(&d, said),
                 expected);
}

static void test_phase_end(void **state)
{
    (void)state;
    assert_end("2026-01-11", "1", CAL_DAYS, "2026-01-11");
    assert_end("2026-01-11", "21", CAL_DAYS, "2026-01-31");
    assert_end("2028-02-15", "15", CAL_DAYS, "2028-02-29");
    assert_end("2026-01-31", "1", CAL_MONTHS, "2026-02-27");
    assert_end("2027-08-31", "6", CAL_MONTHS, "2028-02-28");
    assert_end("2026-02", "28", CAL_DAYS, "2026-02-28..2026-03-27");
    assert_end("9999-12-11", "21", CAL_DAYS, "9999-12-31");
    assert_end("9999-12-11", "22", CAL_DAYS, "!");
    assert_end("2026-01-11", "0", CAL_DAYS, "!");
    assert_end("2026-01-11", "-1", CAL_MONTHS, "!");
    assert_end("?", "0", CAL_DAYS, "!");
    assert_end("2026-01-11", "1.5", CAL_DAYS, "!");
    assert_end("2026-01-11", "?", CAL_DAYS, "?..");
    assert_end("?", "21", CAL_DAYS, "?..");
    assert_end("!", "21", CAL_DAYS, "!");
}

static void assert_phase_day(const char *start, const char *number, const char *end, const char *expected)
{
    struct value a = day(start), n = val(number), last = day(end), d;
    char said[INTERVAL_WORDS];
    if (strcmp(end, "?") == 0) last = value_unknown(WHY_MISSING);
    phase_day(&d, &a, &n, &last, 9);
    if (strcmp(say_day(&d, said), expected) != 0)
        fail_msg("day %s from %s to %s is %s, expected %s", number, start, end, say_day(&d, said), expected);
}

static void test_phase_day(void **state)
{
    (void)state;
    assert_phase_day("2026-01-11", "1", "2026-01-31", "2026-01-11");
    assert_phase_day("2026-01-11", "21", "2026-01-31", "2026-01-31");
    assert_phase_day("2026-01-11", "22", "2026-01-31", "!");
    assert_phase_day("2026-01-11", "0", "2026-01-31", "!");
    assert_phase_day("2026-01-11", "-1", "2026-01-31", "!");
    assert_phase_day("2026-01-11", "1.5", "2026-01-31", "!");
    assert_phase_day("2026-01", "31", "2026-02", "2026-01-31..2026-03-02");
    assert_phase_day("2026-01-11", "8", "?", "?..");
    assert_phase_day("2026-01-11", "8", "!", "!");
    assert_phase_day("2026-01-11", "?", "2026-01-31", "?..");
    assert_phase_day("!", "8", "2026-01-31", "!");
}

static void test_shift_time(void **state)
{
    (void)state;
    assert_time_moved("2026-01-31T08:30+01:00", "1", CAL_MONTHS, "2026-02-28T08:30+01:00");
    assert_time_moved("2026-01-31T08:30", "14", CAL_DAYS, "2026-02-14T08:30");
    assert_time_moved("2026-01-31T08:30", "86400", CAL_SECOND, "2026-02-01T08:30");
    assert_time_moved("2026-01-31T08:30", "0.0000014", CAL_SECOND, "2026-01-31T08:30:00.000001");
    struct value a = moment("9999-12-31T23:59"), n = val("60"), d;
    shift_time(&d, &a, &n, CAL_SECOND, 9);
    assert_int_equal(d.fault, FAULT_DATE_RANGE);
}

/* ---- Days, times, and how they stand -------------------------------------------------------------- */

static void test_day_and_time(void **state)
{
    (void)state;
    struct value d = day("2026-01-10"), t, back;
    time_of_day(&t, &d);
    assert_int_equal(t.tag, TAG_RANGE);
    assert_int_equal(t.t.hi - t.t.lo, CAL_MICROS_PER_DAY - 1);
    day_of_time(&back, &t);
    assert_int_equal(back.tag, TAG_KNOWN); /* a range inside one day is that day */
    assert_int_equal(back.t.lo, d.t.lo);
    struct value late = moment("2026-01-10T23:30-05:00"); /* the clock's date */
    day_of_time(&back, &late);
    assert_int_equal(back.t.lo, d.t.lo);
    struct value unknown = day("?");
    time_of_day(&t, &unknown);
    assert_int_equal(t.flags & (VALUE_LO_NONE | VALUE_HI_NONE), VALUE_LO_NONE | VALUE_HI_NONE);
}

static void assert_standing(enum kind kind, const char *a, const char *b, unsigned expected)
{
    struct value x = when(a, kind), y = when(b, kind);
    assert_int_equal((kind == KIND_DAY ? order_day : order_time)(&x, &y), expected);
}

static void test_order(void **state)
{
    (void)state;
    assert_standing(KIND_DAY, "2026-01-10", "2026-01-11", ORDER_BELOW);
    assert_standing(KIND_DAY, "2026-01-10", "2026-01-10", ORDER_SAME);
    assert_standing(KIND_DAY, "2026-01", "2026-01-31", ORDER_BELOW | ORDER_SAME);
    assert_standing(KIND_DAY, "2026-01", "2026-01-15", ORDER_OPEN);
    assert_standing(KIND_DAY, "2026-01-15", "2026-01", ORDER_OPEN);
    assert_standing(KIND_DAY, "2026-02", "2026-01", ORDER_ABOVE);
    assert_standing(KIND_DAY, "?", "2026-01-10", ORDER_OPEN);
    assert_standing(KIND_DAY, "!", "2026-01-10", ORDER_OPEN);
    assert_standing(KIND_TIME, "2026-01-10T08:00+01:00", "2026-01-10T07:30Z", ORDER_BELOW);
    assert_standing(KIND_TIME, "2026-01-10T08:00+01:00", "2026-01-10T07:00Z", ORDER_SAME);
    assert_standing(KIND_TIME, "2026-01-10T08:00+01:00", "2026-01-10T07:30",
                    ORDER_ABOVE); /* clock readings */
    assert_standing(KIND_TIME, "2026-01-10", "2026-01-10T12:00", ORDER_OPEN);
}

static const char *interval(bool late, const struct value *earlier, const char *at, const char *limit)
{
    struct value moment_at = day(at), allowed = day(limit), d;
    compare_interval(&d, order_day, late, earlier, &moment_at, &allowed);
    return say_truth(&d);
}

/* The first dose has no interval to keep; a list that is not there leaves it open. */
static void test_intervals(void **state)
{
    (void)state;
    struct value before = day("2026-01-01"), first = value_unknown(WHY_NONE_RECORDED), missing = day("?");
    assert_string_equal(interval(false, &before, "2026-01-14", "2026-01-15"), "yes");
    assert_string_equal(interval(false, &before, "2026-01-15", "2026-01-15"), "no");
    assert_string_equal(interval(true, &before, "2026-01-15", "2026-01-15"), "no");
    assert_string_equal(interval(true, &before, "2026-01-16", "2026-01-15"), "yes");
    assert_string_equal(interval(false, &before, "?", "2026-01-15"), "?");
    assert_string_equal(interval(false, &first, "2026-01-14", "?"), "no");
    assert_string_equal(interval(true, &first, "2026-01-14", "?"), "no");
    assert_string_equal(interval(false, &missing, "2026-01-14", "?"), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_months),     cmocka_unit_test(test_days),
        cmocka_unit_test(test_seconds),    cmocka_unit_test(test_completed),
        cmocka_unit_test(test_shift_day),  cmocka_unit_test(test_shift_faults),
        cmocka_unit_test(test_shift_time), cmocka_unit_test(test_day_and_time),
        cmocka_unit_test(test_phase_end),  cmocka_unit_test(test_phase_day),
        cmocka_unit_test(test_order),      cmocka_unit_test(test_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
