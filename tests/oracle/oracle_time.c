/*
 * Dates and times in the tests' own way: years and months are counted off one by one.
 */
#include "tests/oracle/oracle.h"

#include <string.h>

#define MICROS INT64_C(86400000000)

struct civil {
    int64_t year;
    int month, day;
};

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0));
}

int64_t moment_day(int64_t micros)
{
    return floor_div(micros, MICROS);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int64_t year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Days from 1970-01-01 to the first of January. */
static int64_t year_start(int64_t year)
{
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 - 719162;
}

static int64_t day_of_civil(struct civil c)
{
    int64_t day = year_start(c.year) + c.day - 1;
    for (int m = 1; m < c.month; m++)
        day += month_length(c.year, m);
    return day;
}

static struct civil civil_of_day(int64_t day)
{
    struct civil c = {1970 + floor_div(day, 366), 1, 1};
    while (year_start(c.year + 1) <= day)
        c.year++;
    while (year_start(c.year) > day)
        c.year--;
    int64_t left = day - year_start(c.year);
    while (left >= month_length(c.year, c.month))
        left -= month_length(c.year, c.month++);
    c.day = (int)left + 1;
    return c;
}

static bool month_moved(int64_t day, int64_t months, int64_t *out)
{
    struct civil c = civil_of_day(day);
    int64_t n = c.year * 12 + c.month - 1 + months;
    c.year = floor_div(n, 12);
    c.month = (int)(n - c.year * 12) + 1;
    if (c.year < 1 || c.year > 9999) return false;
    if (c.day > month_length(c.year, c.month)) c.day = month_length(c.year, c.month);
    *out = day_of_civil(c);
    return true;
}

static bool clock_moved(int64_t micros, int64_t count, enum cal_unit unit, int64_t *out)
{
    int64_t day = moment_day(micros), left = micros - day * MICROS;
    if (unit == CAL_MICROSECOND) {
        *out = micros + count;
        return true;
    }
    if (unit == CAL_DAYS)
        day += count;
    else if (!month_moved(day, count, &day))
        return false;
    *out = day * MICROS + left;
    return true;
}

struct answer moment_moved(const struct answer *at, int64_t count, enum cal_unit unit)
{
    struct answer moved = *at;
    if (!clock_moved(at->lo, count, unit, &moved.lo) || !clock_moved(at->hi, count, unit, &moved.hi))
        return answer_fault();
    return moved;
}

int64_t day_moved(int64_t day, int64_t months, int64_t days)
{
    month_moved(day, months, &day);
    return day + days;
}

void day_period(int64_t day, int months, int64_t *first, int64_t *last)
{
    struct civil c = civil_of_day(day);
    *first = day_of_civil((struct civil){c.year, months == 1 ? c.month : 1, 1});
    *last = day_moved(*first, months, -1);
}

void day_parts(int64_t day, int *year, int *month, int *of_month)
{
    struct civil c = civil_of_day(day);
    *year = (int)c.year;
    *month = c.month;
    *of_month = c.day;
}

/* ---- Clocks ----------------------------------------------------------------------------------------- */

struct answer datum_moment(const struct datum *d, bool as_time)
{
    struct answer at = answer_moment(as_time, d->lo, d->hi);
    at.zoned = as_time && d->zoned;
    at.offset = d->offset;
    return at;
}

int64_t clocks_apart(const struct datum *a, const struct datum *b)
{
    const int64_t minute = INT64_C(60000000);
    return a->zoned && b->zoned ? (a->offset - b->offset) * minute : 0;
}

bool datum_before(const struct datum *a, const struct datum *b)
{
    return a->hi < b->lo + clocks_apart(a, b);
}

/* ---- As a day, as a time ---------------------------------------------------------------------------- */

static struct answer as_day(struct answer a)
{
    if (a.kind == ANSWER_MOMENT && a.is_time)
        a = answer_moment(false, moment_day(a.lo) * MICROS, moment_day(a.hi) * MICROS + MICROS - 1);
    return a;
}

static struct answer moment_of(struct oracle *o, const struct expr *e)
{
    const struct expr *plain = e->kind == EXPR_DATE_OF ? e->a : e;
    if (e->kind != EXPR_DATE_OF && e->type->kind != TYPE_ELEMENT) return oracle_value(o, plain);
    return oracle_moment(o, plain);
}

struct answer oracle_day(struct oracle *o, const struct expr *e)
{
    return as_day(moment_of(o, e));
}

struct answer oracle_time(struct oracle *o, const struct expr *e)
{
    struct answer a =
        e->kind == EXPR_DATE_OF && e->type->kind == TYPE_DATE ? oracle_day(o, e) : moment_of(o, e);
    a.is_time = true;
    return a;
}

/* ---- Lengths ---------------------------------------------------------------------------------------- */

static const struct unit *unit_named(const char *code, struct unit *unit)
{
    unit_parse(code, strlen(code), UNIT_RULES, unit, NULL);
    return unit;
}

static bool has_code(const struct unit *unit, const char *first, const char *second)
{
    char code[UNIT_TEXT_MAX];
    unit_format(unit, code);
    return strcmp(code, first) == 0 || strcmp(code, second) == 0;
}

static enum cal_unit scale_of(const struct unit *unit, struct unit *small)
{
    bool months = has_code(unit, "mo", "a"), days = has_code(unit, "d", "wk");
    unit_named(months ? "mo" : days ? "d" : "s", small);
    return months ? CAL_MONTHS : days ? CAL_DAYS : CAL_MICROSECOND;
}

bool length_counts_dates(const struct type *length)
{
    struct unit small;
    return scale_of(&length->unit, &small) != CAL_MICROSECOND;
}

struct answer oracle_count(struct oracle *o, const struct expr *length, enum cal_unit *unit, int64_t *count)
{
    struct unit small;
    *unit = scale_of(&length->type->unit, &small);
    struct answer n = oracle_number(o, length, &small);
    if (n.kind != ANSWER_NUMBER) return n;
    const struct rational *all = n.number;
    if (*unit == CAL_MICROSECOND) all = rational_mul(&o->numbers, all, rational_int(&o->numbers, 1000000));
    return rational_to_int(all, count) ? n : answer_fault();
}

struct answer oracle_shift(struct oracle *o, const struct answer *at, const struct expr *length, int sign)
{
    enum cal_unit unit;
    int64_t count = 0;
    struct answer spoiled, n = oracle_count(o, length, &unit, &count);
    if (answer_spoiled(at, &n, &spoiled)) return spoiled;
    return moment_moved(at, sign * count, unit);
}

/* ---- time from, completed --------------------------------------------------------------------------- */

/* `time from A to B SIGN limit`: whether B SIGN (A moved by limit). */
enum truth oracle_span_compare(struct oracle *o, enum expr_kind sign, const struct expr *span,
                               const struct expr *limit)
{
    const struct expr *e = oracle_strip(span);
    bool elapsed = !length_counts_dates(limit->type);
    bool times = elapsed || (e->a->type->kind == TYPE_TIME && e->b->type->kind == TYPE_TIME);
    struct answer from = times ? oracle_time(o, e->a) : oracle_day(o, e->a);
    struct answer to = times ? oracle_time(o, e->b) : oracle_day(o, e->b);
    if (!elapsed) from.zoned = to.zoned = false; /* the calendar goes by what the clocks show */
    struct answer limited = oracle_shift(o, &from, limit, 1);
    return answer_compare(sign, &to, &limited);
}

static int64_t completed_between(int64_t from, int64_t to, enum cal_unit unit, int64_t size)
{
    int64_t step = unit == CAL_DAYS ? size : 28 * size,
            n = floor_div(moment_day(to) - moment_day(from), step) + 2;
    for (int64_t moved;; n--)
        if (clock_moved(from, n * size, unit, &moved) && moved <= to) return n;
}

struct answer oracle_completed(struct oracle *o, const struct expr *e)
{
    bool times = e->a->type->kind == TYPE_TIME && e->b->type->kind == TYPE_TIME;
    struct answer from = times ? oracle_time(o, e->a) : oracle_day(o, e->a);
    struct answer to = times ? oracle_time(o, e->b) : oracle_day(o, e->b), spoiled;
    if (answer_spoiled(&from, &to, &spoiled)) return spoiled;
    enum cal_unit unit = has_code(&e->unit, "mo", "a") ? CAL_MONTHS : CAL_DAYS;
    int64_t size = has_code(&e->unit, "a", "a") ? 12 : has_code(&e->unit, "wk", "wk") ? 7 : 1;
    int64_t most = completed_between(from.lo, times ? to.hi : moment_day(to.hi) * MICROS, unit, size);
    int64_t least = times ? completed_between(from.hi, to.lo, unit, size)
                          : completed_between(moment_day(from.hi) * MICROS, to.lo, unit, size);
    if (least != most) return (struct answer){.kind = ANSWER_UNKNOWN, .reported = true};
    return answer_number(rational_int(&o->numbers, least));
}

/* ---- Phases ----------------------------------------------------------------------------------------- */

static bool whole_number(const struct answer *n, int64_t *count)
{
    return n->kind == ANSWER_NUMBER && rational_to_int(n->number, count);
}

/* A length that is not above zero is a fault, whatever the start. */
struct answer oracle_phase_end(struct oracle *o, const struct decl *phase)
{
    enum cal_unit unit;
    int64_t count = 0;
    struct answer start = oracle_day(o, phase->starts), spoiled,
                  n = oracle_count(o, phase->lasts, &unit, &count);
    if (n.kind == ANSWER_NUMBER && count <= 0) return answer_fault();
    if (answer_spoiled(&start, &n, &spoiled)) return spoiled;
    struct answer after = moment_moved(&start, count, unit);
    return after.kind == ANSWER_FAULT ? after : moment_moved(&after, -1, CAL_DAYS);
}

static struct answer day_number(struct oracle *o, const struct decl *phase)
{
    struct answer start = oracle_day(o, phase->starts);
    if (start.kind != ANSWER_MOMENT) return start;
    int64_t today = moment_day(o->patient->now.lo);
    if (moment_day(start.lo) != moment_day(start.hi))
        return (struct answer){.kind = ANSWER_UNKNOWN, .reported = true};
    return answer_number(rational_int(&o->numbers, today - moment_day(start.lo) + 1));
}

static struct answer day_of_phase(struct oracle *o, const struct decl *phase, const struct expr *number)
{
    struct answer start = oracle_day(o, phase->starts), n = oracle_value(o, number),
                  end = oracle_phase_end(o, phase), spoiled;
    int64_t count = 1;
    if (n.kind == ANSWER_NUMBER && (!whole_number(&n, &count) || count <= 0)) return answer_fault();
    if (answer_spoiled(&start, &n, &spoiled) || answer_spoiled(&start, &end, &spoiled)) {
        if (n.kind == ANSWER_FAULT || end.kind == ANSWER_FAULT) return answer_fault();
        spoiled.reported = false; /* there may be no such day */
        return spoiled;
    }
    struct answer day = moment_moved(&start, count - 1, CAL_DAYS);
    if (day.kind == ANSWER_FAULT) return day;
    bool first = moment_day(day.lo) > moment_day(end.lo), last = moment_day(day.hi) > moment_day(end.hi);
    return first && last ? answer_fault() : first || last ? answer_open() : day;
}

struct answer oracle_phase(struct oracle *o, const struct expr *e)
{
    const struct decl *phase = e->a->decl;
    switch (e->kind) {
    case EXPR_PHASE_START: return oracle_day(o, phase->starts);
    case EXPR_PHASE_END: return oracle_phase_end(o, phase);
    case EXPR_PHASE_NUMBER: return day_number(o, phase);
    default: return day_of_phase(o, phase, e->b);
    }
}
