#include "runtime/parameter_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/suggest.h"
#include "runtime/units.h"

enum { QUOTE_MAX = 60 };

struct piece {
    const char *text;
    size_t length;
};

struct setting {
    const struct image *image;
    const struct image_param *param;
    char *reason;
    size_t reason_size;
};

__attribute__((format(printf, 2, 3))) static bool refuse(const struct setting *s, const char *format, ...)
{
    char words[400];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    (void)snprintf(s->reason, s->reason_size, "`%s` %s", image_text(s->image, s->param->name), words);
    return false;
}

static int shown(struct piece p)
{
    if (p.length <= QUOTE_MAX) return (int)p.length;
    int length = QUOTE_MAX;
    while (length > 0 && ((unsigned char)p.text[length] & 0xC0) == 0x80) /* whole characters */
        length--;
    return length;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct piece trimmed(struct piece p)
{
    while (p.length && is_blank(p.text[0])) {
        p.text++;
        p.length--;
    }
    while (p.length && is_blank(p.text[p.length - 1]))
        p.length--;
    return p;
}

static bool piece_is(struct piece p, const char *word)
{
    return strlen(word) == p.length && memcmp(word, p.text, p.length) == 0;
}

/* ---- Words ---------------------------------------------------------------------------------------- */

/* The name at the offsets nearest to word, or NULL. */
static const char *nearest(const struct image *image, const uint32_t *names, size_t stride, uint32_t count,
                           struct piece word)
{
    char terminated[QUOTE_MAX + 1];
    const char **candidates = calloc(count ? count : 1, sizeof *candidates);
    if (!candidates || word.length > QUOTE_MAX) {
        free(candidates);
        return NULL;
    }
    memcpy(terminated, word.text, word.length);
    terminated[word.length] = '\0';
    for (uint32_t i = 0; i < count; i++)
        candidates[i] = image_text(image, names[i * stride]);
    const char *near = suggest(terminated, candidates, count);
    free(candidates);
    return near;
}

static bool member_parse(const struct setting *s, uint32_t enumeration, struct piece p, int32_t *code)
{
    const struct image_enum *list = &s->image->ENUMS[enumeration];
    const struct image_member *members = &s->image->MEMBERS[list->members.first];
    for (uint32_t i = 0; i < list->members.count; i++)
        if (piece_is(p, image_text(s->image, members[i].name))) {
            *code = (int32_t)i;
            return true;
        }
    const char *near =
        list->members.count ? nearest(s->image, &members->name, 1, list->members.count, p) : NULL;
    if (near) return refuse(s, "cannot be \"%.*s\": did you mean `%s`?", shown(p), p.text, near);
    return refuse(s, "cannot be \"%.*s\": it is not in its list", shown(p), p.text);
}

static bool bool_parse(const struct setting *s, struct piece p, struct value *out)
{
    out->yes = piece_is(p, "yes");
    return out->yes || piece_is(p, "no") || refuse(s, "is `yes` or `no`, not \"%.*s\"", shown(p), p.text);
}

static bool date_parse(const struct setting *s, bool times, struct piece p, struct value *out)
{
    struct cal_value v;
    enum cal_status status = cal_parse(p.text, p.length, &v);
    if (status == CAL_NO_SUCH_DATE)
        return refuse(s, "cannot be \"%.*s\": there is no such date", shown(p), p.text);
    if (status != CAL_OK || (v.precision == CAL_TIME && !times))
        return refuse(s, "is a date such as 2026-01-31%s, not \"%.*s\"",
                      times ? " or a time such as 2026-01-31T08:30" : "", shown(p), p.text);
    out->t.lo = times ? v.from : cal_day_of(v.from);
    out->t.hi = times ? v.to : cal_day_of(v.to);
    out->t.lo_offset = out->t.hi_offset = v.precision == CAL_TIME ? v.offset : CAL_NO_OFFSET;
    out->tag = out->t.lo == out->t.hi ? TAG_KNOWN : TAG_RANGE;
    return true;
}

/* ---- Quantities ----------------------------------------------------------------------------------- */

static size_t digits(struct piece p, size_t from)
{
    size_t at = from;
    while (at < p.length && p.text[at] >= '0' && p.text[at] <= '9')
        at++;
    return at - from;
}

/* How much of p is its number; what follows is the unit.  An `e` without digits belongs to the unit. */
static size_t number_length(struct piece p)
{
    size_t at = p.length && p.text[0] == '-';
    at += digits(p, at);
    if (at < p.length && p.text[at] == '.') at += 1 + digits(p, at + 1);
    if (at < p.length && (p.text[at] == 'e' || p.text[at] == 'E')) {
        size_t sign = at + 1 < p.length && (p.text[at + 1] == '-' || p.text[at + 1] == '+');
        size_t exponent = digits(p, at + 1 + sign);
        if (exponent) at += 1 + sign + exponent;
    }
    return at;
}

static bool refuse_unit(const struct setting *s, struct piece unit, const struct unit *declared,
                        const struct unit_error *why)
{
    char words[UNIT_TEXT_MAX];
    unit_describe(declared, words);
    return refuse(s, "is in %s, %s; \"%.*s\": %s", image_text(s->image, s->param->type.unit), words,
                  shown(unit), unit.text, why->message);
}

static bool convert(const struct setting *s, struct piece unit, decimal *number)
{
    const char *declared_text = image_text(s->image, s->param->type.unit);
    struct unit from, declared;
    struct unit_error why = {0};
    decimal converted;
    if (unit_parse(declared_text, strlen(declared_text), UNIT_RECORDS, &declared, &why) != UNIT_OK)
        return refuse(s, "has a unit that cannot be read: %s", why.message);
    if (unit.length == 0) {
        if (strcmp(declared_text, "1") == 0) return true;
        return refuse(s, "is in %s: write the unit behind the number", declared_text);
    }
    /* "1 000" is no thousand, and not 1 times the UCUM unit "000" either. */
    if (digits(unit, 0) == unit.length && !piece_is(unit, "1"))
        return refuse(s, "is one number and its unit: \"%.*s\" behind the number is no unit", shown(unit),
                      unit.text);
    if (unit_parse(unit.text, unit.length, UNIT_RULES, &from, &why) != UNIT_OK ||
        unit_convert(*number, &from, &declared, &converted, &why) != UNIT_OK)
        return refuse_unit(s, unit, &declared, &why);
    *number = converted;
    return true;
}

/* 50.000 is fifty, or fifty thousand where points part thousands. */
static bool may_be_thousand(struct piece p, size_t length)
{
    size_t whole = digits(p, 0);
    return length == whole + 4 && whole >= 1 && whole <= 3 && p.text[0] != '0' && p.text[whole] == '.' &&
           p.text[length - 1] == '0';
}

static bool number_parse(const struct setting *s, struct piece p, struct value *out)
{
    size_t length = number_length(p);
    if (may_be_thousand(p, length))
        return refuse(s, "cannot be \"%.*s\": the point can part thousands or decimals", shown(p), p.text);
    struct piece unit = trimmed((struct piece){p.text + length, p.length - length});
    decimal number;
    enum decimal_status status = decimal_parse(p.text, length, &number);
    if (status == DECIMAL_DIGITS)
        return refuse(s, "cannot be \"%.*s\": a number has at most 34 digits", shown(p), p.text);
    if (status != DECIMAL_OK)
        return refuse(s, "is a number, such as \"2 %s\", not \"%.*s\"",
                      image_text(s->image, s->param->type.unit), shown(p), p.text);
    if (!convert(s, unit, &number)) return false;
    if (s->param->type.whole && !decimal_is_whole(number))
        return refuse(s, "is a whole number, not \"%.*s\"", shown(p), p.text);
    out->n.lo = out->n.hi = decimal_canonical(number);
    return true;
}

/* ---- Lists ---------------------------------------------------------------------------------------- */

/* The text up to the next comma outside of brackets, and *rest behind it. */
static struct piece next_item(struct piece *rest)
{
    size_t at = 0;
    for (int depth = 0; at < rest->length && (depth > 0 || rest->text[at] != ','); at++)
        depth += (rest->text[at] == '[') - (rest->text[at] == ']');
    struct piece item = {rest->text, at};
    size_t taken = at < rest->length ? at + 1 : at;
    rest->text += taken;
    rest->length -= taken;
    return trimmed(item);
}

static bool set_parse(const struct setting *s, struct piece p, struct value *out)
{
    memset(out->set, 0, sizeof out->set);
    if (p.length >= 2 && p.text[0] == '[' && p.text[p.length - 1] == ']')
        p = trimmed((struct piece){p.text + 1, p.length - 2});
    else if (p.length == 0)
        return refuse(s, "is a set: write [] for the empty one");
    bool more = p.length > 0;
    while (more) {
        struct piece item = next_item(&p);
        more = p.length > 0 || p.text[-1] == ',';
        int32_t code;
        if (!member_parse(s, s->param->type.enumeration, item, &code)) return false;
        uint64_t bit = UINT64_C(1) << code % 64;
        if (out->set[code / 64] & bit) return refuse(s, "has `%.*s` twice", shown(item), item.text);
        out->set[code / 64] |= bit;
    }
    return true;
}

static bool value_parse(const struct setting *s, struct piece p, struct value *out)
{
    *out = (struct value){.tag = TAG_KNOWN};
    switch (s->param->type.kind) {
    case KIND_BOOL: return bool_parse(s, p, out);
    case KIND_NUM: return number_parse(s, p, out);
    case KIND_DAY: return date_parse(s, false, p, out);
    case KIND_TIME: return date_parse(s, true, p, out);
    case KIND_ENUM: return member_parse(s, s->param->type.enumeration, p, &out->code);
    case KIND_SET: return set_parse(s, p, out);
    default: return true;
    }
}

/* An entry of a table nobody set. */
static struct value no_entry(enum kind kind)
{
    struct value v = {.tag = TAG_UNKNOWN};
    if (kind == KIND_NUM || kind == KIND_DAY || kind == KIND_TIME) v.flags = VALUE_LO_NONE | VALUE_HI_NONE;
    if (kind == KIND_DAY || kind == KIND_TIME) v.t.lo_offset = v.t.hi_offset = CAL_NO_OFFSET;
    return v;
}

static bool entry_parse(const struct setting *s, struct piece entry, struct value *cells)
{
    const char *colon = entry.length ? memchr(entry.text, ':', entry.length) : NULL;
    if (!colon) return refuse(s, "is a table: write \"key: value, key: value\"");
    size_t before = (size_t)(colon - entry.text);
    struct piece key = trimmed((struct piece){entry.text, before});
    struct piece value = trimmed((struct piece){colon + 1, entry.length - before - 1});
    int32_t code;
    if (!member_parse(s, s->param->key, key, &code)) return false;
    if (cells[code].tag != TAG_UNKNOWN) return refuse(s, "has the key `%.*s` twice", shown(key), key.text);
    return value_parse(s, value, &cells[code]);
}

/* Of a table of sets, members without a key of their own belong to the key before them. */
static struct piece next_entry(const struct setting *s, struct piece *rest)
{
    struct piece entry = next_item(rest);
    while (s->param->type.kind == KIND_SET && rest->length > 0) {
        struct piece behind = *rest, item = next_item(&behind);
        if (memchr(item.text, ':', item.length)) break;
        entry.length = (size_t)(item.text + item.length - entry.text);
        *rest = behind;
    }
    return entry;
}

static bool table_parse(const struct setting *s, struct piece p, struct value *cells)
{
    uint32_t count = s->image->ENUMS[s->param->key].members.count;
    for (uint32_t i = 0; i < count; i++)
        cells[i] = no_entry(s->param->type.kind);
    for (bool more = p.length > 0; more;) {
        struct piece entry = next_entry(s, &p);
        more = p.length > 0 || p.text[-1] == ',';
        if (!entry_parse(s, entry, cells)) return false;
    }
    return true;
}

bool parameter_parse(const struct image *image, uint32_t param, const char *text, struct value *out,
                     struct value *cells, char *reason, size_t reason_size)
{
    const struct setting s = {image, &image->PARAMS[param], reason, reason_size};
    struct piece p = trimmed((struct piece){text, strlen(text)});
    *out = (struct value){.tag = TAG_KNOWN};
    if (s.param->or_none && s.param->key == NONE32 && piece_is(p, "none")) {
        out->tag = TAG_OFF;
        return true;
    }
    bool may_be_empty = s.param->type.kind == KIND_TEXT || s.param->type.kind == KIND_SET;
    if (p.length == 0 && !may_be_empty) return refuse(&s, "is set to nothing");
    if (s.param->key != NONE32) return table_parse(&s, p, cells);
    if (s.param->type.kind == KIND_NUM && piece_is(p, "none"))
        return refuse(&s, "cannot be `none`: the protocol needs a value");
    return value_parse(&s, p, out);
}

bool parameter_find(const struct image *image, const char *name, uint32_t *param, char *reason,
                    size_t reason_size)
{
    for (*param = 0; *param < image->PARAMS_count; ++*param)
        if (strcmp(image_text(image, image->PARAMS[*param].name), name) == 0) return true;
    struct piece word = {name, strlen(name)};
    const char *near = image->PARAMS_count ? nearest(image, &image->PARAMS->name,
                                                     sizeof *image->PARAMS / sizeof image->PARAMS->name,
                                                     image->PARAMS_count, word)
                                           : NULL;
    (void)snprintf(reason, reason_size, "`%.*s` is not a parameter of this program%s%s%s", shown(word),
                   word.text, near ? ": did you mean `" : "", near ? near : "", near ? "`?" : "");
    return false;
}
