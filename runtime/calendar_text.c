/* Dates and times as text, both ways.  The form is read first and completely, then the calendar is
   asked: so a text that is no date is told apart from a date that does not exist (SPEC.md, How a date is
   read). */
#include "runtime/calendar.h"

enum {
    MINUTES_PER_HOUR = 60,
    SECONDS_PER_MINUTE = 60,
    HOURS_PER_DAY = 24,
    OFFSET_HOURS_MAX = 14,
    FRACTION_DIGITS = 6,
};

struct reader {
    const char *at, *end;
};

/* The fields as they are written, before the calendar is asked whether they exist. */
struct written {
    enum cal_precision precision;
    struct cal_civil date;
    int hour, minute, second, micros;
    bool has_offset, west;
    int offset_hour, offset_minute;
};

static bool next_is(const struct reader *r, char c)
{
    return r->at < r->end && *r->at == c;
}

static bool take_char(struct reader *r, char c)
{
    if (!next_is(r, c)) return false;
    r->at++;
    return true;
}

static bool next_is_digit(const struct reader *r)
{
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

/* Exactly so many digits. */
static bool take_number(struct reader *r, int digits, int *value)
{
    *value = 0;
    for (; digits > 0; digits--) {
        if (!next_is_digit(r)) return false;
        *value = *value * 10 + (*r->at++ - '0');
    }
    return true;
}

/* One to six digits after the point, as microseconds. */
static bool take_fraction(struct reader *r, int *micros)
{
    int digits = 0;
    for (*micros = 0; digits < FRACTION_DIGITS && next_is_digit(r); digits++)
        *micros = *micros * 10 + (*r->at++ - '0');
    bool any = digits > 0;
    for (; digits < FRACTION_DIGITS; digits++)
        *micros *= 10;
    return any;
}

static bool take_date(struct reader *r, struct written *w)
{
    w->precision = CAL_YEAR;
    if (!take_number(r, 4, &w->date.year)) return false;
    if (!take_char(r, '-')) return true;
    w->precision = CAL_MONTH;
    if (!take_number(r, 2, &w->date.month)) return false;
    if (!take_char(r, '-')) return true;
    w->precision = CAL_DAY;
    return take_number(r, 2, &w->date.day);
}

static bool take_hour_and_minute(struct reader *r, int *hour, int *minute)
{
    return take_number(r, 2, hour) && take_char(r, ':') && take_number(r, 2, minute);
}

static bool take_time(struct reader *r, struct written *w)
{
    w->precision = CAL_TIME;
    if (!take_hour_and_minute(r, &w->hour, &w->minute)) return false;
    if (!take_char(r, ':')) return true;
    if (!take_number(r, 2, &w->second)) return false;
    return !take_char(r, '.') || take_fraction(r, &w->micros);
}

static bool take_offset(struct reader *r, struct written *w)
{
    w->has_offset = r->at < r->end;
    if (!w->has_offset || take_char(r, 'Z')) return true;
    w->west = next_is(r, '-');
    if (!take_char(r, '-') && !take_char(r, '+')) return false;
    return take_hour_and_minute(r, &w->offset_hour, &w->offset_minute);
}

static bool take_all(struct reader *r, struct written *w)
{
    if (!take_date(r, w)) return false;
    if (w->precision == CAL_DAY && take_char(r, 'T') && !(take_time(r, w) && take_offset(r, w))) return false;
    return r->at == r->end;
}

static enum cal_status check(const struct written *w)
{
    struct cal_civil date = w->date;
    /* four digits cannot be above 9999 */
    if (date.year == 0) return CAL_OUT_OF_RANGE;
    if (w->precision < CAL_MONTH) date.month = 1;
    if (w->precision < CAL_DAY) date.day = 1;
    if (!cal_valid(date)) return CAL_NO_SUCH_DATE;
    if (w->hour >= HOURS_PER_DAY || w->minute >= MINUTES_PER_HOUR || w->second >= SECONDS_PER_MINUTE)
        return CAL_NO_SUCH_DATE;
    if (w->offset_minute >= MINUTES_PER_HOUR || w->offset_hour > OFFSET_HOURS_MAX ||
        (w->offset_hour == OFFSET_HOURS_MAX && w->offset_minute > 0))
        return CAL_OUT_OF_RANGE;
    return CAL_OK;
}

static cal_clock clock_of(const struct written *w)
{
    return cal_from_civil(w->date) * CAL_MICROS_PER_DAY + w->hour * CAL_MICROS_PER_HOUR +
           w->minute * CAL_MICROS_PER_MINUTE + w->second * CAL_MICROS_PER_SECOND + w->micros;
}

static void set_days(struct cal_value *out, struct cal_civil first, struct cal_civil last)
{
    out->from = cal_from_civil(first) * CAL_MICROS_PER_DAY;
    /* the last microsecond of the day: the range has both its ends */
    out->to = (cal_from_civil(last) + 1) * CAL_MICROS_PER_DAY - 1;
}

static void set_range(const struct written *w, struct cal_value *out)
{
    int year = w->date.year, month = w->date.month;
    switch (w->precision) {
    case CAL_YEAR: set_days(out, (struct cal_civil){year, 1, 1}, (struct cal_civil){year, 12, 31}); return;
    case CAL_MONTH:
        set_days(out, (struct cal_civil){year, month, 1},
                 (struct cal_civil){year, month, cal_month_length(year, month)});
        return;
    case CAL_DAY: set_days(out, w->date, w->date); return;
    case CAL_TIME: out->from = out->to = clock_of(w); return;
    }
}

static int16_t offset_of(const struct written *w)
{
    if (!w->has_offset) return CAL_NO_OFFSET;
    int minutes = w->offset_hour * MINUTES_PER_HOUR + w->offset_minute;
    return (int16_t)(w->west ? -minutes : minutes);
}

enum cal_status cal_parse(const char *text, size_t length, struct cal_value *out)
{
    struct reader reader = {text, text + length};
    struct written w = {0};
    if (!take_all(&reader, &w)) return CAL_SYNTAX;
    enum cal_status status = check(&w);
    if (status != CAL_OK) return status;
    *out = (struct cal_value){.precision = w.precision, .offset = offset_of(&w)};
    set_range(&w, out);
    return CAL_OK;
}

static char *put_number(char *at, int digits, int value)
{
    for (int i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

static char *put_part(char *at, char before, int digits, int value)
{
    *at++ = before;
    return put_number(at, digits, value);
}

static char *put_date(char *at, cal_day day, enum cal_precision precision)
{
    struct cal_civil date = cal_to_civil(day);
    at = put_number(at, 4, date.year);
    if (precision >= CAL_MONTH) at = put_part(at, '-', 2, date.month);
    if (precision >= CAL_DAY) at = put_part(at, '-', 2, date.day);
    return at;
}

/* Seconds only where they are not 0, and no trailing zeros in their fraction. */
static char *put_time(char *at, cal_clock of_day)
{
    int seconds = (int)(of_day % CAL_MICROS_PER_MINUTE / CAL_MICROS_PER_SECOND);
    int micros = (int)(of_day % CAL_MICROS_PER_SECOND);
    at = put_part(at, 'T', 2, (int)(of_day / CAL_MICROS_PER_HOUR));
    at = put_part(at, ':', 2, (int)(of_day % CAL_MICROS_PER_HOUR / CAL_MICROS_PER_MINUTE));
    if (seconds != 0 || micros != 0) at = put_part(at, ':', 2, seconds);
    if (micros != 0) {
        at = put_part(at, '.', FRACTION_DIGITS, micros);
        while (at[-1] == '0')
            at--;
    }
    return at;
}

static char *put_offset(char *at, int offset)
{
    if (offset == CAL_NO_OFFSET) return at;
    if (offset == 0) {
        *at++ = 'Z';
        return at;
    }
    int minutes = offset < 0 ? -offset : offset;
    at = put_part(at, offset < 0 ? '-' : '+', 2, minutes / MINUTES_PER_HOUR);
    return put_part(at, ':', 2, minutes % MINUTES_PER_HOUR);
}

size_t cal_format(const struct cal_value *value, char *buffer)
{
    cal_day day = cal_day_of(value->from);
    char *at = put_date(buffer, day, value->precision);
    if (value->precision == CAL_TIME) {
        at = put_time(at, value->from - day * CAL_MICROS_PER_DAY);
        at = put_offset(at, value->offset);
    }
    *at = '\0';
    return (size_t)(at - buffer);
}

size_t cal_format_day(cal_day day, char *buffer)
{
    char *at = put_date(buffer, day, CAL_DAY);
    *at = '\0';
    return (size_t)(at - buffer);
}
