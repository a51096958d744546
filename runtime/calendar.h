/*
 * Civil dates and times, years 0001 to 9999, proleptic Gregorian.
 *
 * A day is counted from 1970-01-01 (day 0).  A moment is a clock reading in microseconds from
 * 1970-01-01T00:00 on the clock of the record, with the offset of that clock from UTC where the record gives
 * one.  A partial date (2019, 2019-03) and a date that stands for a time are ranges, both ends included.
 * Nothing here reads a clock, a locale or a time zone of the machine.
 */
#ifndef REGIMEN_CALENDAR_H
#define REGIMEN_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t cal_day;   /* days since 1970-01-01 */
typedef int64_t cal_clock; /* microseconds since 1970-01-01T00:00 on the record's clock */

#define CAL_MICROS_PER_DAY    INT64_C(86400000000)
#define CAL_MICROS_PER_HOUR   INT64_C(3600000000)
#define CAL_MICROS_PER_MINUTE INT64_C(60000000)
#define CAL_MICROS_PER_SECOND INT64_C(1000000)

#define CAL_FIRST_DAY INT64_C(-719162) /* 0001-01-01 */
#define CAL_LAST_DAY  INT64_C(2932896) /* 9999-12-31 */

enum { CAL_NO_OFFSET = INT16_MIN };
enum { CAL_TEXT_MAX = 40 };

/* A date as it is written; month and day from 1.  What cal_valid refuses must not be given to the
   functions below. */
struct cal_civil {
    int year, month, day;
};

/* How much of a date was written, from the least. */
enum cal_precision { CAL_YEAR, CAL_MONTH, CAL_DAY, CAL_TIME };

/* What a text of a record or a rule says: the range of clock readings that it can mean, both included. */
struct cal_value {
    enum cal_precision precision;
    cal_clock from, to;
    int16_t offset; /* minutes east of UTC, or CAL_NO_OFFSET */
};

/* In order of length; from CAL_DAYS on a unit counts dates of the calendar, below it is elapsed time. */
enum cal_unit {
    CAL_MICROSECOND,
    CAL_SECOND,
    CAL_MINUTE,
    CAL_HOUR,
    CAL_DAYS,
    CAL_WEEKS,
    CAL_MONTHS,
    CAL_YEARS,
};

enum cal_status {
    CAL_OK,
    CAL_SYNTAX,
    CAL_NO_SUCH_DATE, /* well written, but no calendar or clock has it: 2023-02-29, 24:00, 08:30:60 */
    CAL_OUT_OF_RANGE, /* a year outside 0001 to 9999, an offset beyond 14 hours */
};

/* ISO 8601 as FHIR restricts it: 2019, 2019-03, 2019-03-07, 2019-03-07T08:30[:15[.123456]][Z|+01:00].  A time
   without seconds is that exact minute.  Where a text is wrong in several ways, CAL_SYNTAX goes before the
   others. out is written only with CAL_OK; so everywhere here. */
enum cal_status cal_parse(const char *text, size_t length, struct cal_value *out);
/* The shortest text that cal_parse reads back to the same value; buffer has CAL_TEXT_MAX bytes. */
size_t cal_format(const struct cal_value *value, char *buffer);
size_t cal_format_day(cal_day day, char *buffer);

/* Divisible by 4, but by 100 only where by 400 too. */
bool cal_is_leap(int year);
int cal_month_length(int year, int month); /* month from 1 to 12 */
bool cal_valid(struct cal_civil date);
cal_day cal_from_civil(struct cal_civil date); /* a valid date */
struct cal_civil cal_to_civil(cal_day day);    /* from CAL_FIRST_DAY to CAL_LAST_DAY */
cal_day cal_day_of(cal_clock clock);           /* rounds towards the past */
int cal_weekday(cal_day day);                  /* 0 is a Monday, 6 a Sunday */

/* Moves by whole calendar months, the day clamped to the month's end: 31 January + 1 = 28 or 29 February.
   CAL_OUT_OF_RANGE beyond years 0001 to 9999. */
enum cal_status cal_add_months(cal_day day, int64_t months, cal_day *out);
enum cal_status cal_add_days(cal_day day, int64_t days, cal_day *out); /* likewise */
/* The same for a clock reading: the time of day is kept for days to years; shorter units are elapsed time. */
enum cal_status cal_add(cal_clock clock, int64_t count, enum cal_unit unit, cal_clock *out);

/* The largest n for which from + n months is not after to; *exact tells whether it falls on to.
   Negative where to lies before from. */
int64_t cal_months_between(cal_day from, cal_day to, bool *exact);
int64_t cal_months_between_clocks(cal_clock from, cal_clock to, bool *exact);
/* Completed units between two days: the largest n for which from + n units is not after to.  Units shorter
   than a day count the elapsed time between the two midnights. */
int64_t cal_completed(cal_day from, cal_day to, enum cal_unit unit);
/* The same between two clock readings, in days or longer units: the time of day counts too. */
int64_t cal_completed_clocks(cal_clock from, cal_clock to, enum cal_unit unit);
/* Elapsed microseconds; offsets are used where both have one. */
int64_t cal_elapsed(cal_clock from, int16_t from_offset, cal_clock to, int16_t to_offset);

#endif
