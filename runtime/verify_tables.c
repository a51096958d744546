/* Constants, enumerations, inputs, parameters. */
#include "runtime/verify.h"

#include <string.h>

#include "runtime/units.h"

enum { OFFSET_MINUTES_MAX = 14 * 60 };

/* ---- Enumerations --------------------------------------------------------------------------------- */

/* The codes that a value of the enumeration can have: from 0 to below this. */
static uint32_t codes_of(const struct verifier *v, uint32_t enumeration)
{
    const struct image_enum *list = &v->image->ENUMS[enumeration];
    return list->members.count + list->or_other;
}

bool verify_code_fits(const struct verifier *v, int64_t code, uint32_t enumeration)
{
    return code >= 0 && code < (int64_t)codes_of(v, enumeration);
}

bool verify_set_fits(const struct verifier *v, const uint64_t *set, uint32_t enumeration)
{
    uint32_t codes = codes_of(v, enumeration);
    /* no bit beyond the members */
    for (uint32_t code = codes; code < SET_MEMBERS; code++)
        if (set[code / 64] >> code % 64 & 1) return false;
    return true;
}

static bool type_is(const struct verifier *v, const struct image_type *type, bool list)
{
    struct unit unit;
    const char *text = image_text(v->image, type->unit);
    switch (type->kind) {
    case KIND_LIST: return list;
    case KIND_NUM: return !list && unit_parse(text, strlen(text), UNIT_RECORDS, &unit, NULL) == UNIT_OK;
    case KIND_SET: return !list && codes_of(v, type->enumeration) <= SET_MEMBERS;
    case KIND_NONE:
    case KIND_ELEM: return false;
    default: return !list;
    }
}

/* ---- Constants ------------------------------------------------------------------------------------ */

/* Canonical and finite: what decimal_canonical makes of a number is what is there. */
static bool decimal_holds(const uint64_t *words)
{
    decimal x;
    memcpy(&x, words, sizeof x);
    if (!decimal_is_valid(x)) return false;
    decimal same = decimal_canonical(x);
    return memcmp(&x, &same, sizeof x) == 0;
}

/* Both ends in order; a known number has one value. */
static bool number_holds(const struct image_constant *c)
{
    if (!decimal_holds(&c->words[0]) || !decimal_holds(&c->words[2])) return false;
    decimal lo, hi;
    memcpy(&lo, &c->words[0], sizeof lo);
    memcpy(&hi, &c->words[2], sizeof hi);
    int order = decimal_compare(lo, hi);
    return c->tag == TAG_KNOWN ? order == 0 : order < 0;
}

static bool moment_holds(const struct image_constant *c)
{
    int64_t lo = (int64_t)c->words[0], hi = (int64_t)c->words[1], offset = (int64_t)c->words[2];
    int64_t scale = c->kind == KIND_DAY ? 1 : CAL_MICROS_PER_DAY;
    int64_t first = cal_from_civil((struct cal_civil){1, 1, 1}) * scale;
    int64_t last = (cal_from_civil((struct cal_civil){9999, 12, 31}) + 1) * scale - 1;
    bool plain = offset == CAL_NO_OFFSET;
    bool minutes = c->kind == KIND_TIME && offset >= -OFFSET_MINUTES_MAX && offset <= OFFSET_MINUTES_MAX;
    return lo >= first && hi <= last && (c->tag == TAG_KNOWN ? lo == hi : lo < hi) && (plain || minutes);
}

static bool members_hold(const struct verifier *v, const struct image_constant *c)
{
    if (c->enumeration >= v->image->ENUMS_count) return false;
    return c->kind == KIND_ENUM ? verify_code_fits(v, c->code, c->enumeration)
                                : verify_set_fits(v, c->words, c->enumeration);
}

static bool known_holds(const struct verifier *v, const struct image_constant *c)
{
    bool known = c->tag == TAG_KNOWN, listed = c->kind == KIND_ENUM || c->kind == KIND_SET;
    if (!listed && c->enumeration != 0) return false;
    switch (c->kind) {
    case KIND_NUM: return number_holds(c);
    case KIND_DAY:
    case KIND_TIME: return moment_holds(c);
    case KIND_BOOL: return known && (c->code == 0 || c->code == 1);
    case KIND_ENUM:
    case KIND_SET: return known && members_hold(v, c);
    case KIND_TEXT: return known && c->code >= 0 && verify_text_holds(v, (uint32_t)c->code);
    default: return false;
    }
}

bool verify_constants(const struct verifier *v)
{
    for (uint32_t i = 0; i < v->image->CONSTANTS_count; i++) {
        const struct image_constant *c = &v->image->CONSTANTS[i];
        bool off = c->tag == TAG_OFF && c->kind == KIND_NUM && c->enumeration == 0;
        bool value = (c->tag == TAG_KNOWN || c->tag == TAG_RANGE) && known_holds(v, c);
        if (!off && !value) return verify_refuse(v, "CONSTANTS", i, "this is no value of its kind");
    }
    for (uint32_t i = 0; i < v->image->RATIOS_count; i++) {
        const struct image_ratio *ratio = &v->image->RATIOS[i];
        const decimal *parts[] = {&ratio->numerator, &ratio->denominator};
        for (int k = 0; k < 2; k++)
            if (!decimal_holds(parts[k]->w) || !decimal_is_whole(*parts[k]) || decimal_sign(*parts[k]) <= 0)
                return verify_refuse(v, "RATIOS", i, "a ratio is one of whole numbers above zero");
    }
    return true;
}

/* ---- Inputs --------------------------------------------------------------------------------------- */

static bool fields_hold(const struct verifier *v, const struct image_input *input)
{
    bool series = input->list == LIST_SERIES;
    if (input->list == LIST_NOT) return input->fields.count == 0;
    for (uint32_t i = 0; i < input->fields.count; i++)
        if (!type_is(v, &v->image->FIELDS[input->fields.first + i].type, false)) return false;
    return !series ||
           (input->fields.count > 0 && v->image->FIELDS[input->fields.first].type.kind == KIND_NUM);
}

static bool end_holds(const struct verifier *v, uint32_t constant)
{
    const struct image_constant *c = constant == NONE32 ? NULL : &v->image->CONSTANTS[constant];
    return !c || (c->kind == KIND_NUM && c->tag == TAG_KNOWN);
}

/* A declared range, or a limit of `negative`, only of numbers. */
static bool range_holds(const struct verifier *v, const struct image_input *input)
{
    bool number = input->type.kind == KIND_NUM || input->list == LIST_SERIES;
    bool bounded = input->low != NONE32 || input->high != NONE32 || input->negative_below != NONE32;
    if (!bounded) return true;
    if (!number || !end_holds(v, input->low) || !end_holds(v, input->high)) return false;
    if (input->low != NONE32 && input->high != NONE32) {
        decimal low, high;
        memcpy(&low, v->image->CONSTANTS[input->low].words, sizeof low);
        memcpy(&high, v->image->CONSTANTS[input->high].words, sizeof high);
        if (decimal_compare(low, high) > 0) return false;
    }
    const struct image_param *limit =
        &v->image->PARAMS[input->negative_below == NONE32 ? 0 : input->negative_below];
    return input->negative_below == NONE32 || (limit->key == NONE32 && limit->type.kind == KIND_NUM);
}

static bool inputs_hold(const struct verifier *v)
{
    for (uint32_t i = 0; i < v->image->INPUTS_count; i++) {
        const struct image_input *input = &v->image->INPUTS[i];
        if (!type_is(v, &input->type, input->list != LIST_NOT) || !fields_hold(v, input))
            return verify_refuse(v, "INPUTS", i, "its type is none of an input");
        if (!range_holds(v, input)) return verify_refuse(v, "INPUTS", i, "its range is none");
    }
    return true;
}

/* ---- Parameters ----------------------------------------------------------------------------------- */

bool verify_tables(const struct verifier *v)
{
    if (!inputs_hold(v)) return false;
    for (uint32_t i = 0; i < v->image->PARAMS_count; i++)
        if (!type_is(v, &v->image->PARAMS[i].type, false))
            return verify_refuse(v, "PARAMS", i, "its type is none of a parameter");
    return true;
}
