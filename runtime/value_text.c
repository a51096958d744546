/* Values as a person reads them. */
#include "runtime/value_text.h"
#include "runtime/words.h"

#include <inttypes.h>
#include <string.h>

struct unit_word {
    const char *ucum, *one, *many;
};

/* Times that stand alone are spelled out; a rate (ug/d) keeps its letters. */
static const struct unit_word UNIT_WORDS[] = {
    {"a", "year", "years"}, {"mo", "month", "months"},    {"wk", "week", "weeks"},    {"d", "day", "days"},
    {"h", "hour", "hours"}, {"min", "minute", "minutes"}, {"s", "second", "seconds"},
};

void unit_spelling(struct buffer *out, const char *ucum, bool one)
{
    static const char IU[] = "[IU]";
    for (size_t i = 0; i < sizeof UNIT_WORDS / sizeof *UNIT_WORDS; i++)
        if (strcmp(ucum, UNIT_WORDS[i].ucum) == 0) {
            buffer_put(out, one ? UNIT_WORDS[i].one : UNIT_WORDS[i].many);
            return;
        }
    for (const char *s; (s = strstr(ucum, IU)); ucum = s + sizeof IU - 1) {
        buffer_bytes(out, ucum, (size_t)(s - ucum));
        buffer_put(out, "IU");
    }
    buffer_put(out, ucum);
}

void unit_suffix(struct buffer *out, const char *ucum, bool one)
{
    static const char DEGREES[] = "\xC2\xB0";
    if (!*ucum || strcmp(ucum, "1") == 0) return;
    buffer_put(out, " ");
    if (strcmp(ucum, "Cel") == 0)
        buffer_printf(out, "%sC", DEGREES);
    else if (strcmp(ucum, "[degF]") == 0)
        buffer_printf(out, "%sF", DEGREES);
    else
        unit_spelling(out, ucum, one);
}

enum { SHORT_DIGITS = 6, FACTOR_DIGITS = 9 };

static void digits_text(struct buffer *out, decimal x, enum value_style style)
{
    char digits[DECIMAL_TEXT_MAX];
    bool shortened = false;
    size_t length = style == VALUE_EXACT
                        ? decimal_format(x, digits)
                        : decimal_format_short(x, style == VALUE_SHORT ? SHORT_DIGITS : FACTOR_DIGITS, digits,
                                               &shortened);
    if (shortened) buffer_put(out, "\xE2\x89\x88 ");
    buffer_bytes(out, digits, length);
}

/* Months as years and months. */
static void months_text(struct buffer *out, int64_t months)
{
    int64_t years = months / 12, rest = months % 12;
    if (years) buffer_printf(out, "%" PRId64 " %s", years, years == 1 ? "year" : "years");
    if (years && rest) buffer_put(out, " ");
    if (rest || !years) buffer_printf(out, "%" PRId64 " %s", rest, rest == 1 ? "month" : "months");
}

void number_text(struct buffer *out, decimal x, const char *ucum, enum value_style style)
{
    int64_t months;
    if (strcmp(ucum, "mo") == 0 && decimal_to_int(x, &months) && months >= 12) {
        months_text(out, months);
        return;
    }
    digits_text(out, x, style);
    unit_suffix(out, ucum, decimal_equal(x, DECIMAL_ONE));
}

void amount_text(struct buffer *out, decimal lo, decimal hi, const char *ucum, enum value_style style)
{
    if (!decimal_equal(lo, hi)) {
        buffer_put(out, "from ");
        digits_text(out, lo, style);
        buffer_put(out, " to ");
    }
    number_text(out, hi, ucum, style);
}

static bool both_ends(const struct value *v)
{
    return !(v->flags & (VALUE_LO_NONE | VALUE_HI_NONE));
}

/* Between two neighbouring whole numbers: completed units and a part of the next. */
static bool between_neighbours(const struct value *v, int64_t *low)
{
    int64_t high;
    return both_ends(v) && (v->flags & VALUE_LO_OPEN) && (v->flags & VALUE_HI_OPEN) &&
           decimal_to_int(v->n.lo, low) && decimal_to_int(v->n.hi, &high) && *low >= 0 && high == *low + 1;
}

/* Calendar time that is not whole: 9 years 11 months and some days; 13 days and some hours. */
static bool part_span_text(struct buffer *out, const struct value *v, const char *ucum)
{
    bool months = strcmp(ucum, "mo") == 0, days = strcmp(ucum, "d") == 0;
    int64_t n;
    if ((!months && !days) || !between_neighbours(v, &n)) return false;
    if (months)
        months_text(out, n);
    else
        buffer_printf(out, "%" PRId64 " %s", n, n == 1 ? "day" : "days");
    buffer_put(out, months ? " and some days" : " and some hours");
    return true;
}

static void open_range_text(struct buffer *out, const struct value *v, const char *ucum,
                            enum value_style style)
{
    bool low = !(v->flags & VALUE_LO_NONE), high = !(v->flags & VALUE_HI_NONE);
    if (!low && !high) buffer_put(out, "any value");
    if (low) {
        buffer_put(out, v->flags & VALUE_LO_OPEN ? "> " : ">= ");
        number_text(out, v->n.lo, ucum, style);
    }
    if (low && high) buffer_put(out, " and ");
    if (high) {
        buffer_put(out, v->flags & VALUE_HI_OPEN ? "< " : "<= ");
        number_text(out, v->n.hi, ucum, style);
    }
}

static void range_text(struct buffer *out, const struct value *v, const char *ucum, enum value_style style)
{
    if (part_span_text(out, v, ucum)) return;
    if (v->flags & (VALUE_LO_NONE | VALUE_HI_NONE | VALUE_LO_OPEN | VALUE_HI_OPEN))
        open_range_text(out, v, ucum, style);
    else
        amount_text(out, v->n.lo, v->n.hi, ucum, style);
}

static void num_text(struct buffer *out, const struct value *v, const char *ucum, enum value_style style)
{
    if (!(v->flags & VALUE_NEGATIVE)) {
        range_text(out, v, ucum, style);
        return;
    }
    buffer_put(out, "negative");
    if (v->tag != TAG_RANGE || (v->flags & VALUE_HI_NONE)) return;
    buffer_put(out, " (below ");
    number_text(out, v->n.hi, ucum, style);
    buffer_put(out, ")");
}

/* A range of days as one word where it is a whole month or year. */
static bool partial_date_text(struct buffer *out, int64_t lo, int64_t hi)
{
    struct cal_civil a = cal_to_civil(lo), b = cal_to_civil(hi);
    bool whole = a.year == b.year && a.day == 1 && b.day == cal_month_length(b.year, b.month);
    if (whole && a.month == 1 && b.month == 12)
        buffer_printf(out, "%04d", a.year);
    else if (whole && a.month == b.month)
        buffer_printf(out, "%04d-%02d", a.year, a.month);
    else
        return false;
    return true;
}

static void day_text(struct buffer *out, int64_t day)
{
    char text[CAL_TEXT_MAX];
    buffer_bytes(out, text, cal_format_day(day, text));
}

static void moment_text(struct buffer *out, int64_t clock, int16_t offset)
{
    struct cal_value at = {.precision = CAL_TIME, .from = clock, .to = clock, .offset = offset};
    char text[CAL_TEXT_MAX];
    buffer_bytes(out, text, cal_format(&at, text));
}

static void end_text(struct buffer *out, const struct value *v, bool high, bool time)
{
    if (time)
        moment_text(out, high ? v->t.hi : v->t.lo, high ? v->t.hi_offset : v->t.lo_offset);
    else
        day_text(out, high ? v->t.hi : v->t.lo);
}

static bool is_midnight(cal_clock clock)
{
    return clock == cal_day_of(clock) * CAL_MICROS_PER_DAY;
}

static void dates_text(struct buffer *out, const struct value *v, bool time)
{
    bool low = !(v->flags & VALUE_LO_NONE), high = !(v->flags & VALUE_HI_NONE);
    bool whole_days = time && low && high && is_midnight(v->t.lo) && is_midnight(v->t.hi + 1);
    if (!low && !high)
        buffer_put(out, "any date");
    else if (!low || !high) {
        buffer_put(out, low ? "from " : "until ");
        end_text(out, v, high, time);
    } else if (whole_days) {
        struct value days = *v;
        days.t.lo = cal_day_of(v->t.lo);
        days.t.hi = cal_day_of(v->t.hi);
        dates_text(out, &days, false);
    } else if (v->t.lo == v->t.hi)
        end_text(out, v, false, time);
    else if (time || !partial_date_text(out, v->t.lo, v->t.hi)) {
        buffer_put(out, "from ");
        end_text(out, v, false, time);
        buffer_put(out, " to ");
        end_text(out, v, true, time);
    }
}

const char *member_name(const struct image *image, uint32_t enumeration, int32_t code)
{
    const struct image_enum *e = &image->ENUMS[enumeration];
    if (code < 0 || (uint32_t)code >= e->members.count) return "other";
    return image_text(image, image->MEMBERS[e->members.first + (uint32_t)code].name);
}

static void set_text(struct buffer *out, const struct image *image, uint32_t enumeration,
                     const struct value *v)
{
    const char *between = "";
    for (int32_t code = 0; code < SET_MEMBERS; code++)
        if (v->set[code / 64] >> (code % 64) & 1) {
            buffer_put(out, between);
            buffer_put(out, member_name(image, enumeration, code));
            between = ", ";
        }
    if (!*between) buffer_put(out, "none of them");
}

void value_text(struct buffer *out, const struct image *image, const struct image_type *type,
                const struct value *v, enum value_style style)
{
    if (v->tag == TAG_FAULT)
        buffer_printf(out, "fault: %s", fault_sentence(v->fault));
    else if (v->tag == TAG_OFF)
        buffer_put(out, "none");
    else if (v->tag == TAG_UNKNOWN && !(v->flags & VALUE_NEGATIVE))
        buffer_put(out, "unknown");
    else
        switch (type->kind) {
        case KIND_BOOL: buffer_put(out, v->yes ? "yes" : "no"); break;
        case KIND_NUM: num_text(out, v, image_text(image, type->unit), style); break;
        case KIND_DAY: dates_text(out, v, false); break;
        case KIND_TIME: dates_text(out, v, true); break;
        case KIND_ENUM: buffer_put(out, member_name(image, type->enumeration, v->code)); break;
        case KIND_SET: set_text(out, image, type->enumeration, v); break;
        default: break;
        }
}
