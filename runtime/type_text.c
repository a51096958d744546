/* The types of inputs, parameters and results in words. */
#include "runtime/type_text.h"
#include "runtime/words.h"

#include <string.h>

static void members_text(const struct image *image, uint32_t enumeration, const char *between,
                         struct buffer *out)
{
    const struct image_enum *e = &image->ENUMS[enumeration];
    for (uint32_t i = 0; i < e->members.count; i++) {
        if (i) buffer_put(out, between);
        buffer_put(out, image_text(image, image->MEMBERS[e->members.first + i].name));
    }
}

static void number_type_text(const struct image *image, const struct image_type *type, struct buffer *out)
{
    const char *unit = image_text(image, type->unit);
    bool plain = !*unit || strcmp(unit, "1") == 0;
    buffer_put(out, type->whole ? "count" : plain ? "number" : unit);
}

static void type_text(const struct image *image, const struct image_type *type, struct buffer *out)
{
    switch (type->kind) {
    case KIND_BOOL: buffer_put(out, "yes or no"); break;
    case KIND_NUM: number_type_text(image, type, out); break;
    case KIND_DAY: buffer_put(out, "date"); break;
    case KIND_TIME: buffer_put(out, "time"); break;
    case KIND_TEXT: buffer_put(out, "text"); break;
    case KIND_ENUM:
    case KIND_SET:
        buffer_put(out, type->kind == KIND_SET ? "set of " : "one of ");
        members_text(image, type->enumeration, ", ", out);
        if (image->ENUMS[type->enumeration].or_other) buffer_put(out, " or other");
        break;
    default: break;
    }
}

static void bound_text(const struct image *image, const char *word, uint32_t constant, struct buffer *out)
{
    char digits[DECIMAL_TEXT_MAX];
    decimal bound;
    if (constant == NONE32) return;
    memcpy(&bound, image->CONSTANTS[constant].words, sizeof bound);
    decimal_format(bound, digits);
    buffer_printf(out, " %s %s", word, digits);
}

static void range_text(const struct image *image, const struct image_input *input, struct buffer *out)
{
    bound_text(image, "from", input->low, out);
    bound_text(image, "to", input->high, out);
    if (input->negative_below != NONE32)
        buffer_printf(out, ", negative below %s",
                      image_text(image, image->PARAMS[input->negative_below].name));
}

static void fields_text(const struct image *image, struct run fields, struct buffer *out)
{
    if (!fields.count) return;
    buffer_put(out, " { ");
    for (uint32_t i = fields.first; i < fields.first + fields.count; i++) {
        if (i > fields.first) buffer_put(out, ", ");
        buffer_printf(out, "%s : ", image_text(image, image->FIELDS[i].name));
        type_text(image, &image->FIELDS[i].type, out);
    }
    buffer_put(out, " }");
}

void input_type_text(const struct image *image, uint32_t index, struct buffer *out)
{
    const struct image_input *input = &image->INPUTS[index];
    if (input->list == LIST_NOT) {
        type_text(image, &input->type, out);
        range_text(image, input, out);
    } else if (input->list == LIST_EVENTS) {
        buffer_put(out, "events");
        fields_text(image, input->fields, out);
    } else {
        buffer_put(out, "series of ");
        type_text(image, &image->FIELDS[input->fields.first].type, out);
        fields_text(image, (struct run){input->fields.first + 1, input->fields.count - 1}, out);
        range_text(image, input, out);
    }
}

void parameter_type_text(const struct image *image, uint32_t index, struct buffer *out)
{
    const struct image_param *param = &image->PARAMS[index];
    if (param->key != NONE32) {
        const char *keys = image_text(image, image->ENUMS[param->key].name);
        buffer_printf(out, "table of %s to ", *keys ? keys : "names");
    }
    type_text(image, &param->type, out);
    if (param->or_none) buffer_put(out, " or none");
}

static void states_text(const struct image_rule *rule, struct buffer *out)
{
    int32_t count = rule->kind == RULE_ALERT ? ALERT_STATE_COUNT : MONITOR_STATE_COUNT;
    for (int32_t state = 0; state < count; state++)
        buffer_printf(out, "%s%s", state ? ", " : "", state_word(rule, state));
}

void rule_value_text(const struct image *image, uint32_t index, struct buffer *out)
{
    const struct image_rule *rule = &image->RULES[index];
    if (rule_fills_set(rule)) {
        buffer_put(out, "set of ");
        members_text(image, rule->enumeration, ", ", out);
    } else if (rule_tells(rule))
        states_text(rule, out);
    else if (rule->kind == RULE_CLASSIFY)
        members_text(image, rule->enumeration, rule->policy == RULE_HIGHEST ? " < " : ", ", out);
    else
        buffer_put(out, rule->kind == RULE_DOSE ? image_text(image, rule->unit) : "yes or no");
}
