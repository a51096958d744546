/* The values of parameters: those of the image, and those that are set by name. */
#include "runtime/eval_internal.h"
#include "runtime/parameter_text.h"

static void table_reset(struct eval_context *context, const struct image_param *param, struct run cells)
{
    for (uint32_t k = 0; k < cells.count; k++)
        context->cells[cells.first + k] = value_unknown(WHY_MISSING);
    for (uint32_t k = 0; k < param->entries.count; k++) {
        const struct image_entry *entry = &context->image->ENTRIES[param->entries.first + k];
        context->cells[cells.first + entry->key] =
            value_of_constant(&context->image->CONSTANTS[entry->value]);
    }
}

void eval_reset_parameters(struct eval_context *context)
{
    const struct image *image = context->image;
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        const struct image_param *param = &image->PARAMS[k];
        struct parameter *p = &context->parameters[k];
        p->set = param->value != NONE32;
        p->value = value_unknown(WHY_MISSING);
        if (param->key != NONE32)
            table_reset(context, param, p->cells);
        else if (p->set)
            p->value = value_of_constant(&image->CONSTANTS[param->value]);
    }
}

/* Texts are parsed beside the cells in use, so that a refusal changes nothing. */
bool eval_set(struct eval_context *context, const char *name, const char *text, char *reason,
              size_t reason_size)
{
    uint32_t param;
    struct value value;
    if (!parameter_find(context->image, name, &param, reason, reason_size)) return false;
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

const struct value *eval_parameter(const struct eval_context *context, uint32_t param)
{
    return &context->parameters[param].value;
}

bool eval_parameter_set(const struct eval_context *context, uint32_t param)
{
    return context->parameters[param].set;
}
