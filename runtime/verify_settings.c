/* The institution's settings in an image: each can be read as a value of its parameter. */
#include "runtime/parameter_text.h"
#include "runtime/verify.h"

#include <stdlib.h>

/* Room for the cells of the largest table. */
static struct value *cells_new(const struct image *image)
{
    uint32_t largest = 1;
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        uint32_t key = image->PARAMS[k].key;
        uint32_t count = key == NONE32 ? 0 : image->ENUMS[key].members.count;
        if (count > largest) largest = count;
    }
    return calloc(largest, sizeof(struct value));
}

static bool values_hold(const struct verifier *v, struct value *cells)
{
    char reason[320];
    struct value value;
    for (uint32_t k = 0; k < v->image->SETTINGS_count; k++) {
        const struct image_setting *setting = &v->image->SETTINGS[k];
        const char *text = image_aside(v->image, setting->value);
        if (!parameter_parse(v->image, setting->param, text, &value, cells, reason, sizeof reason))
            return verify_refuse(v, "SETTINGS", k, reason);
    }
    return true;
}

bool verify_settings(const struct verifier *v)
{
    if (v->image->SITE_count > 1) return verify_refuse(v, "SITE", 1, "there is more than one site");
    struct value *cells = cells_new(v->image);
    if (!cells) return verify_refuse(v, "SETTINGS", 0, "the memory is not sufficient");
    bool hold = values_hold(v, cells);
    free(cells);
    return hold;
}
