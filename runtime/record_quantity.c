/* One number of a record: its unit, what censoring and `negative` make of it, and the declared range.

   A value begins as the declared range of its input and is cut by what the record says: "<0.03" leaves
   what is below, an exact number leaves one point.  What is left empty lies outside of the range, and
   the record is refused.  The range is checked after the conversion, since a number in the wrong unit is
   the mistake that it is there to find. */
#include "runtime/record_internal.h"

#include <string.h>

static bool refuse_number(struct record_reader *reader, const struct expected *want,
                          const struct json_token *token, enum decimal_status status)
{
    if (status == DECIMAL_DIGITS)
        return record_refuse(reader, RECORD_NUMBER, token,
                             "this number of `%s` has more than 34 digits and cannot be held exactly",
                             want->name);
    return record_refuse(reader, RECORD_WRONG_TYPE, token,
                         "`%s` is %s, without quotes; a limit is written \"<0.03\" or \">= 5\"", want->name,
                         expected_words(reader, want));
}

/* "<", "<=", ">" or ">=", and blanks; the number begins at *from. */
static enum bound bound_of(const struct json_token *token, size_t *from)
{
    char sign = token->length ? token->text[0] : '\0';
    if (sign != '<' && sign != '>') return BOUND_EXACT;
    bool equal = token->length > 1 && token->text[1] == '=';
    for (*from = equal ? 2 : 1; *from < token->length && token->text[*from] == ' ';)
        (*from)++;
    if (sign == '<') return equal ? BOUND_LESS_EQUAL : BOUND_LESS;
    return equal ? BOUND_MORE_EQUAL : BOUND_MORE;
}

static bool negative_take(struct record_reader *reader, const struct expected *want,
                          const struct json_token *token, struct quantity *out)
{
    out->bound = BOUND_NEGATIVE;
    return want->negative_below != NONE32 ||
           record_refuse(reader, RECORD_NEGATIVE, token,
                         "`%s` has no limit below which it is negative: write the number, or \"<0.03\"",
                         want->name);
}

bool quantity_take(struct record_reader *reader, const struct expected *want, const struct json_token *token,
                   struct quantity *out)
{
    *out = (struct quantity){.bound = BOUND_EXACT, .written = *token};
    size_t from = 0;
    if (token->type == JSON_STRING) {
        if (token_is(token, "negative")) return negative_take(reader, want, token, out);
        out->bound = bound_of(token, &from);
    }
    bool number = token->type == JSON_NUMBER || out->bound != BOUND_EXACT;
    enum decimal_status status =
        number ? decimal_parse(token->text + from, token->length - from, &out->number) : DECIMAL_SYNTAX;
    return status == DECIMAL_OK || refuse_number(reader, want, token, status);
}

static bool refuse_unit(struct record_reader *reader, const struct expected *want, const struct quantity *q,
                        const struct unit_error *why)
{
    struct json_token unit = {JSON_STRING, q->unit, q->unit_length, q->written.offset, q->written.width};
    const char *quote = record_quote(reader, &unit);
    char declared[UNIT_TEXT_MAX];
    unit_describe(&want->unit, declared);
    return record_refuse(reader, RECORD_UNIT, &q->written, "`%s` is declared in %s, %s; \"%s\": %s",
                         want->name, want->unit_text, declared, quote, why->message);
}

static bool is_declared_unit(const struct expected *want, const struct quantity *q)
{
    return strlen(want->unit_text) == q->unit_length && memcmp(want->unit_text, q->unit, q->unit_length) == 0;
}

/* The number in the declared unit. */
static bool convert(struct record_reader *reader, const struct expected *want, struct quantity *q)
{
    struct unit_error why = {0};
    if (!q->unit || is_declared_unit(want, q)) return true;
    return record_convert(reader, want, q->unit, q->unit_length, &q->number, &why) ||
           refuse_unit(reader, want, q, &why);
}

/* As written, where the value does not show it already. */
static bool note_of(struct record_reader *reader, const struct expected *want, const struct quantity *q,
                    const char **note)
{
    bool own_unit = q->unit && !is_declared_unit(want, q);
    if (q->bound == BOUND_EXACT && !own_unit) return true;
    *note = own_unit && q->bound != BOUND_NEGATIVE
                ? pool_printf(&reader->pool, "%.*s %.*s", (int)q->written.length, q->written.text,
                              (int)q->unit_length, q->unit)
                : pool_copy(&reader->pool, q->written.text, q->written.length);
    return *note || record_refuse_memory(reader);
}

/* Cuts a range at x from above (or below); an end that is already tighter stays. */
static void cut_above(struct value *v, decimal x, bool open)
{
    int order = v->flags & VALUE_HI_NONE ? -1 : decimal_compare(x, v->n.hi);
    if (order > 0 || (order == 0 && !open)) return;
    v->n.hi = x;
    v->flags = (uint8_t)((v->flags & ~(VALUE_HI_NONE | VALUE_HI_OPEN)) | (open ? VALUE_HI_OPEN : 0));
}

static void cut_below(struct value *v, decimal x, bool open)
{
    int order = v->flags & VALUE_LO_NONE ? 1 : decimal_compare(x, v->n.lo);
    if (order < 0 || (order == 0 && !open)) return;
    v->n.lo = x;
    v->flags = (uint8_t)((v->flags & ~(VALUE_LO_NONE | VALUE_LO_OPEN)) | (open ? VALUE_LO_OPEN : 0));
}

static bool is_empty(const struct value *v)
{
    if (v->flags & (VALUE_LO_NONE | VALUE_HI_NONE)) return false;
    int order = decimal_compare(v->n.lo, v->n.hi);
    return order > 0 || (order == 0 && v->flags & (VALUE_LO_OPEN | VALUE_HI_OPEN));
}

/* "0 to 3000 10*9/L" */
static const char *range_words(struct record_reader *reader, const struct expected *want)
{
    char *low = pool_alloc(&reader->pool, DECIMAL_TEXT_MAX),
         *high = pool_alloc(&reader->pool, DECIMAL_TEXT_MAX);
    if (!low || !high) return "";
    if (!(want->bounds.flags & VALUE_LO_NONE)) decimal_format(want->bounds.n.lo, low);
    if (!(want->bounds.flags & VALUE_HI_NONE)) decimal_format(want->bounds.n.hi, high);
    const char *unit = strcmp(want->unit_text, "1") == 0 ? "" : want->unit_text;
    const char *words = pool_printf(&reader->pool, "%s%s%s%s%s%s", *low ? "from " : "", low,
                                    *high && *low ? " " : "", *high ? "to " : "", high, *unit ? " " : "");
    words = words ? pool_printf(&reader->pool, "%s%s", words, unit) : NULL;
    return words ? words : "";
}

static bool refuse_range(struct record_reader *reader, const struct expected *want, const struct quantity *q)
{
    return record_refuse(reader, RECORD_RANGE, &q->written,
                         "`%s` is declared %s, and this value lies outside: look at its number and its unit",
                         want->name, range_words(reader, want));
}

/* Below the limit that the institution set; unknown while there is none. */
static bool negative_value(struct record_reader *reader, const struct expected *want,
                           const struct quantity *q, struct value *out)
{
    const struct negative_limit *limit = &reader->limits[want->negative_below];
    const struct image_param *param = &reader->image->PARAMS[want->negative_below];
    out->flags |= VALUE_NEGATIVE;
    if (!limit->set) return true;
    const char *unit_text = image_text(reader->image, param->type.unit);
    struct unit unit;
    struct unit_error why = {0};
    decimal converted;
    if (unit_parse(unit_text, strlen(unit_text), UNIT_RECORDS, &unit, &why) != UNIT_OK ||
        unit_convert(limit->value, &unit, &want->unit, &converted, &why) != UNIT_OK)
        return record_refuse(reader, RECORD_NEGATIVE, &q->written, "the limit `%s` has another unit: %s",
                             image_text(reader->image, param->name), why.message);
    out->tag = TAG_RANGE;
    cut_above(out, converted, true);
    return !is_empty(out) ||
           record_refuse(reader, RECORD_NEGATIVE, &q->written, "no value of `%s` lies below the limit `%s`",
                         want->name, image_text(reader->image, param->name));
}

static void cut(struct value *out, const struct quantity *q)
{
    bool open = q->bound == BOUND_LESS || q->bound == BOUND_MORE, exact = q->bound == BOUND_EXACT;
    if (exact || q->bound == BOUND_LESS || q->bound == BOUND_LESS_EQUAL) cut_above(out, q->number, open);
    if (exact || q->bound == BOUND_MORE || q->bound == BOUND_MORE_EQUAL) cut_below(out, q->number, open);
}

bool quantity_finish(struct record_reader *reader, const struct expected *want, const struct json_token *unit,
                     struct reading *reading)
{
    struct quantity *q = &reading->quantity;
    if (unit && q->unit)
        return record_refuse(reader, RECORD_UNIT, unit,
                             "the unit of `%s` stands twice: in the value and beside it", want->name);
    if (unit) {
        q->unit = unit->text;
        q->unit_length = unit->length;
    }
    reading->pending = false;
    reading->value = want->bounds;
    if (!convert(reader, want, q) || !note_of(reader, want, q, &reading->note)) return false;
    if (q->bound == BOUND_NEGATIVE) return negative_value(reader, want, q, &reading->value);
    if (want->whole && !decimal_is_whole(q->number))
        return record_refuse(reader, RECORD_NOT_WHOLE, &q->written, "`%s` is a count: a whole number",
                             want->name);
    q->number = decimal_canonical(q->number);
    reading->value.tag = q->bound == BOUND_EXACT ? TAG_KNOWN : TAG_RANGE;
    cut(&reading->value, q);
    return !is_empty(&reading->value) || refuse_range(reader, want, q);
}
