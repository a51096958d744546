/* Dates and times of a record.  A date in part is the range of its days; a time without an offset is a
   reading of the record's own clock, and nothing is known of its zone. */
#include "runtime/record_internal.h"

static bool refuse_date(struct record_reader *reader, const struct json_token *token, enum cal_status status,
                        bool times)
{
    const char *quote = record_quote(reader, token);
    if (status == CAL_NO_SUCH_DATE)
        return record_refuse(reader, RECORD_DATE, token, "`%s` does not exist in the calendar", quote);
    if (status == CAL_OUT_OF_RANGE)
        return record_refuse(reader, RECORD_DATE, token, "`%s` lies outside the years 0001 to 9999", quote);
    return record_refuse(reader, RECORD_DATE, token,
                         "`%s` is not a date: write \"2026-01-31\"%s, or \"2026-01\" or "
                         "\"2026\" where the day is not known",
                         quote, times ? " or \"2026-01-31T08:30\"" : "");
}

/* Either all times of a record carry an offset or none does. */
static bool offset_fits(struct record_reader *reader, const struct json_token *token, bool has_offset)
{
    if (!reader->times_seen) {
        reader->times_seen = true;
        reader->times_have_offset = has_offset;
    }
    if (reader->times_have_offset == has_offset) return true;
    return record_refuse(
        reader, RECORD_OFFSET, token,
        "this time carries %s and another of the record carries %s: write all of them the same way",
        has_offset ? "an offset from UTC" : "no offset from UTC", has_offset ? "none" : "one");
}

bool when_take(struct record_reader *reader, const struct json_token *token, bool times, struct value *out,
               enum kind *kind)
{
    struct cal_value v;
    enum cal_status status = cal_parse(token->text, token->length, &v);
    if (status != CAL_OK) return refuse_date(reader, token, status, times);
    *kind = v.precision == CAL_TIME ? KIND_TIME : KIND_DAY;
    *out = (struct value){.tag = TAG_KNOWN};
    out->t.lo = *kind == KIND_TIME ? v.from : cal_day_of(v.from);
    out->t.hi = *kind == KIND_TIME ? v.to : cal_day_of(v.to);
    out->t.lo_offset = out->t.hi_offset = *kind == KIND_TIME ? v.offset : CAL_NO_OFFSET;
    if (out->t.lo != out->t.hi) out->tag = TAG_RANGE;
    if (*kind == KIND_DAY) return true;
    if (!times)
        return record_refuse(reader, RECORD_WRONG_TYPE, token, "a date stands here, without a time of day");
    return offset_fits(reader, token, v.offset != CAL_NO_OFFSET);
}

cal_clock when_start(const struct value *value, enum kind kind)
{
    return kind == KIND_TIME ? value->t.lo : value->t.lo * CAL_MICROS_PER_DAY;
}

cal_clock when_end(const struct value *value, enum kind kind)
{
    return kind == KIND_TIME ? value->t.hi : (value->t.hi + 1) * CAL_MICROS_PER_DAY - 1;
}

bool clock_after(cal_clock a, int16_t a_offset, cal_clock b, int16_t b_offset)
{
    return cal_elapsed(b, b_offset, a, a_offset) > 0;
}
