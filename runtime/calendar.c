/* Civil dates: counting days, moving by calendar units, completed units.

   Days are counted in one direction with the rule of leap years and in the other by dividing through the
   cycles of 400, 100, 4 and 1 years; both take constant time and need no table but the days before each
   month.  All is done in whole numbers.

   Months are counted from the start and never one by one: from 31 January one month later is 28
   February, and two months later 31 March again (SPEC.md, Moving). */
#include "runtime/calendar.h"

#include <assert.h>

enum {
    MONTHS_PER_YEAR = 12,
    YEAR_FIRST = 1,
    YEAR_LAST = 9999,
    /* Days of the Gregorian cycles: four years gain a day, a century loses one, four centuries gain one. */
    DAYS_PER_YEAR = 365,
    DAYS_PER_4_YEARS = 4 * DAYS_PER_YEAR + 1,
    DAYS_PER_100_YEARS = 25 * DAYS_PER_4_YEARS - 1,
    DAYS_PER_400_YEARS = 4 * DAYS_PER_100_YEARS + 1,
};

#define FIRST_CLOCK (CAL_FIRST_DAY * CAL_MICROS_PER_DAY)
#define LAST_CLOCK  ((CAL_LAST_DAY + 1) * CAL_MICROS_PER_DAY - 1)

/* Rounded towards the smaller number, as days before 1970 and negative spans need; b is above 0. */
static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_modulo(int64_t a, int64_t b)
{
    return a - floor_divide(a, b) * b;
}

bool cal_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days of a year before the first of the month. */
static int days_before_month(int year, int month)
{
    static const int16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    return before[month - 1] + (month > 2 && cal_is_leap(year));
}

int cal_month_length(int year, int month)
{
    return days_before_month(year, month + 1) - days_before_month(year, month);
}

bool cal_valid(struct cal_civil date)
{
    return date.year >= YEAR_FIRST && date.year <= YEAR_LAST && date.month >= 1 &&
           date.month <= MONTHS_PER_YEAR && date.day >= 1 &&
           date.day <= cal_month_length(date.year, date.month);
}

cal_day cal_from_civil(struct cal_civil date)
{
    assert(cal_valid(date));
    int past = date.year - 1;
    /* of the years that are over; that of this year is in days_before_month */
    int leap_days = past / 4 - past / 100 + past / 400;
    int of_year = days_before_month(date.year, date.month) + date.day - 1;
    return CAL_FIRST_DAY + (int64_t)past * DAYS_PER_YEAR + leap_days + of_year;
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

/* The year of a day counted from 0001-01-01, and the day of that year counted from 0.  The last day of a leap
   cycle would begin a further short cycle; it belongs to the last one. */
static int year_of(int day, int *of_year)
{
    int cycles = day / DAYS_PER_400_YEARS;
    day %= DAYS_PER_400_YEARS;
    int centuries = at_most(day / DAYS_PER_100_YEARS, 3);
    day -= centuries * DAYS_PER_100_YEARS;
    int fours = day / DAYS_PER_4_YEARS;
    day %= DAYS_PER_4_YEARS;
    int years = at_most(day / DAYS_PER_YEAR, 3);
    *of_year = day - years * DAYS_PER_YEAR;
    return 400 * cycles + 100 * centuries + 4 * fours + years + 1;
}

struct cal_civil cal_to_civil(cal_day day)
{
    assert(day >= CAL_FIRST_DAY && day <= CAL_LAST_DAY);
    int of_year;
    int year = year_of((int)(day - CAL_FIRST_DAY), &of_year);
    int month = of_year / 31 + 1; /* this one or the next */
    if (month < MONTHS_PER_YEAR && of_year >= days_before_month(year, month + 1)) month++;
    return (struct cal_civil){year, month, of_year - days_before_month(year, month) + 1};
}

cal_day cal_day_of(cal_clock clock)
{
    return floor_divide(clock, CAL_MICROS_PER_DAY);
}

/* 1970-01-01 was a Thursday. */
int cal_weekday(cal_day day)
{
    return (int)floor_modulo(day + 3, 7);
}

static cal_clock time_of_day(cal_clock clock)
{
    return floor_modulo(clock, CAL_MICROS_PER_DAY);
}

/* Months since January of the year 0. */
static int64_t month_index(struct cal_civil date)
{
    return (int64_t)date.year * MONTHS_PER_YEAR + date.month - 1;
}

enum cal_status cal_add_months(cal_day day, int64_t months, cal_day *out)
{
    struct cal_civil date = cal_to_civil(day);
    int64_t index;
    if (__builtin_add_overflow(month_index(date), months, &index)) return CAL_OUT_OF_RANGE;
    if (index < YEAR_FIRST * MONTHS_PER_YEAR || index >= (YEAR_LAST + 1) * MONTHS_PER_YEAR)
        return CAL_OUT_OF_RANGE;
    date.year = (int)(index / MONTHS_PER_YEAR);
    date.month = (int)(index % MONTHS_PER_YEAR) + 1;
    date.day = at_most(date.day, cal_month_length(date.year, date.month));
    *out = cal_from_civil(date);
    return CAL_OK;
}

/* base + count * each, from first to last. */
static enum cal_status add_within(int64_t base, int64_t count, int64_t each, int64_t first, int64_t last,
                                  int64_t *out)
{
    int64_t distance, sum;
    if (__builtin_mul_overflow(count, each, &distance) || __builtin_add_overflow(base, distance, &sum))
        return CAL_OUT_OF_RANGE;
    if (sum < first || sum > last) return CAL_OUT_OF_RANGE;
    *out = sum;
    return CAL_OK;
}

enum cal_status cal_add_days(cal_day day, int64_t days, cal_day *out)
{
    return add_within(day, days, 1, CAL_FIRST_DAY, CAL_LAST_DAY, out);
}

static enum cal_status add_calendar_months(cal_clock clock, int64_t count, int64_t each, cal_clock *out)
{
    int64_t months;
    cal_day day;
    if (__builtin_mul_overflow(count, each, &months)) return CAL_OUT_OF_RANGE;
    enum cal_status status = cal_add_months(cal_day_of(clock), months, &day);
    if (status == CAL_OK) *out = day * CAL_MICROS_PER_DAY + time_of_day(clock);
    return status;
}

/* The length of a unit that has one length: weeks and shorter. */
static int64_t unit_micros(enum cal_unit unit)
{
    switch (unit) {
    case CAL_MICROSECOND: return 1;
    case CAL_SECOND: return CAL_MICROS_PER_SECOND;
    case CAL_MINUTE: return CAL_MICROS_PER_MINUTE;
    case CAL_HOUR: return CAL_MICROS_PER_HOUR;
    case CAL_DAYS: return CAL_MICROS_PER_DAY;
    case CAL_WEEKS: return 7 * CAL_MICROS_PER_DAY;
    case CAL_MONTHS:
    case CAL_YEARS: break;
    }
    assert(!"months and years have no one length");
    return 1;
}

/* A clock has no changes to summer time, so that a day is 24 hours on it. */
enum cal_status cal_add(cal_clock clock, int64_t count, enum cal_unit unit, cal_clock *out)
{
    if (unit == CAL_MONTHS) return add_calendar_months(clock, count, 1, out);
    if (unit == CAL_YEARS) return add_calendar_months(clock, count, MONTHS_PER_YEAR, out);
    return add_within(clock, count, unit_micros(unit), FIRST_CLOCK, LAST_CLOCK, out);
}

/* In the month of to, from + n months is its day of the month or the month's end: reached by to, or one month
   less. */
int64_t cal_months_between(cal_day from, cal_day to, bool *exact)
{
    struct cal_civil a = cal_to_civil(from), b = cal_to_civil(to);
    int64_t months = month_index(b) - month_index(a);
    int due = at_most(a.day, cal_month_length(b.year, b.month));
    *exact = due == b.day;
    return months - (due > b.day);
}

int64_t cal_months_between_clocks(cal_clock from, cal_clock to, bool *exact)
{
    int64_t months = cal_months_between(cal_day_of(from), cal_day_of(to), exact);
    /* on the day itself the time of day says whether the last month is full */
    bool later = *exact && time_of_day(from) > time_of_day(to);
    *exact = *exact && time_of_day(from) == time_of_day(to);
    return months - later;
}

/* A year is twelve months also from 29 February: both clamp to 28 February. */
int64_t cal_completed(cal_day from, cal_day to, enum cal_unit unit)
{
    bool exact;
    if (unit == CAL_MONTHS) return cal_months_between(from, to, &exact);
    if (unit == CAL_YEARS) return floor_divide(cal_months_between(from, to, &exact), MONTHS_PER_YEAR);
    /* at most 3.7 million days: no overflow */
    return floor_divide((to - from) * CAL_MICROS_PER_DAY, unit_micros(unit));
}

int64_t cal_completed_clocks(cal_clock from, cal_clock to, enum cal_unit unit)
{
    bool exact;
    if (unit == CAL_MONTHS) return cal_months_between_clocks(from, to, &exact);
    if (unit == CAL_YEARS) return floor_divide(cal_months_between_clocks(from, to, &exact), MONTHS_PER_YEAR);
    return floor_divide(to - from, unit_micros(unit));
}

int64_t cal_elapsed(cal_clock from, int16_t from_offset, cal_clock to, int16_t to_offset)
{
    int64_t elapsed = to - from;
    if (from_offset == CAL_NO_OFFSET || to_offset == CAL_NO_OFFSET) return elapsed;
    /* a clock further east shows a later reading at the same moment */
    return elapsed + (from_offset - to_offset) * CAL_MICROS_PER_MINUTE;
}
