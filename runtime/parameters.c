/* The values of parameters: those of the image, and those that are set by name. */
#include "runtime/eval_internal.h"
#include "runtime/parameter_text.h"

const struct image_setting *image_setting_of(const struct image *image, uint32_t param)
{
    for (uint32_t k = 0; k < image->SETTINGS_count; k++)
        if (image->SETTINGS[k].param == param) return &image->SETTINGS[k];
    return NULL;
}

/* Texts are parsed beside the cells in use, so that a refusal changes nothing. */
static bool set(struct eval_context *context, uint32_t param, const char *text, char *reason,
                size_t reason_size)
{
    struct value value;
    struct parameter *p = &context->parameters[param];
    struct value *spare = context->cells + context->cell_count;
    if (!parameter_parse(context->image, param, text, &value, spare, reason, reason_size)) return false;
    bool table = context->image->PARAMS[param].key != NONE32;
    for (uint32_t k = 0; table && k < p->cells.count; k++)
        context->cells[p->cells.first + k] = spare[k];
    if (!table) p->value = value;
    p->set = true;
    return true;
}

bool eval_set(struct eval_context *context, const char *name, const char *text, char *reason,
              size_t reason_size)
{
    uint32_t param;
    return parameter_find(context->image, name, &param, reason, reason_size) &&
           set(context, param, text, reason, reason_size);
}

void eval_reset_parameters(struct eval_context *context)
{
    const struct image *image = context->image;
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        struct parameter *p = &context->parameters[k];
        p->set = false;
        p->value = value_unknown(WHY_MISSING);
        for (uint32_t c = 0; c < p->cells.count; c++)
            context->cells[p->cells.first + c] = value_unknown(WHY_MISSING);
    }
    for (uint32_t k = 0; k < image->SETTINGS_count; k++) {
        char reason[256]; /* the verifier has parsed each setting */
        set(context, image->SETTINGS[k].param, image_aside(image, image->SETTINGS[k].value), reason,
            sizeof reason);
    }
}

const struct value *eval_parameter(const struct eval_context *context, uint32_t param)
{
    return &context->parameters[param].value;
}

struct value eval_entry(const struct eval_context *context, uint32_t param, int32_t key)
{
    const struct parameter *table = &context->parameters[param];
    if (!table->set || (uint32_t)key >= table->cells.count) return value_unknown(WHY_MISSING);
    return context->cells[table->cells.first + (uint32_t)key];
}

bool eval_parameter_set(const struct eval_context *context, uint32_t param)
{
    return context->parameters[param].set;
}
